// Package kit is what pages are made of: fields, chips, pickers, tables, notices, and the one door to the main thread.
// It knows no word of our work.
//
// It has more than eight files, one for each thing that a page is made of, and is one package all the same: one press
// of a key does one thing wherever the focus is, which every widget here has a part in (keys.go, pointer.go), and
// nobody else has to know of that.
package kit

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Runner says where work is done and where its result is shown.
type Runner struct {
	Work func(func())                    // away from the main thread
	Show func(func())                    // on the main thread
	Rest func(patience <-chan time.Time) // waits until no work is under way, or for as long as the patience lasts
}

// Live works in the background and shows on the main thread.
var Live = Behind(fyne.Do)

// Inline does both at once, for tests.
var Inline = Runner{func(f func()) { f() }, func(f func()) { f() }, func(<-chan time.Time) {}}

// Behind works in the background, and shows as it is told.
func Behind(show func(func())) Runner {
	var lock sync.Mutex
	rest := make(chan struct{}) // closed while no work is under way
	close(rest)
	busy := 0
	return Runner{
		Work: func(f func()) {
			lock.Lock()
			defer lock.Unlock()
			if busy++; busy == 1 {
				rest = make(chan struct{})
			}
			go func() {
				defer func() {
					lock.Lock()
					defer lock.Unlock()
					if busy--; busy == 0 {
						close(rest)
					}
				}()
				f()
			}()
		},
		Show: show,
		Rest: func(patience <-chan time.Time) {
			lock.Lock()
			ended := rest
			lock.Unlock()
			select {
			case <-ended:
			case <-patience:
			}
		},
	}
}

// Do is the one door: work runs away from the main thread, show on it, and not at all once ctx has ended.
func Do[T any](r Runner, ctx context.Context, work func(context.Context) (T, error), show func(T, error)) {
	r.Work(func() {
		v, err := work(ctx)
		r.Show(func() {
			if ctx.Err() == nil {
				show(v, err)
			}
		})
	})
}

// Pump keeps one piece of work under way at a time, and begins it once more when it was asked for meanwhile: the last
// state is always worked on, the ones between may be left out. It lives on the main thread.
type Pump struct{ busy, again bool }

// Ask begins the work, now or after the one under way; start must call done on the main thread.
func (p *Pump) Ask(start func(done func())) {
	if p.busy {
		p.again = true
		return
	}
	p.busy = true
	start(func() {
		p.busy = false
		if p.again {
			p.again = false
			p.Ask(start)
		}
	})
}

// Host is what a page is given by the window it stands in.
type Host struct {
	Context context.Context
	Run     Runner
	Canvas  func() fyne.Canvas        // where dialogs are laid
	Go      func(page string)         // goes to another page
	Explain func(error) string        // one sentence for people; it also logs the error
	Say     func(tone Tone, s string) // one sentence over the window's top line; "" takes it away
}

// reveal scrolls what has just got the focus into sight.
func reveal(o fyne.CanvasObject) {
	var roots []fyne.CanvasObject
	for _, d := range dialogs {
		roots = append(roots, d.pop.Content)
	}
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		roots = append(roots, w.Canvas().Content())
	}
	for _, root := range roots {
		if s, y, ok := within(root, o, nil, 0); ok && s != nil {
			top, bottom := y-16, y+o.Size().Height+16
			if top < s.Offset.Y {
				s.ScrollToOffset(fyne.NewPos(0, max(0, top)))
			} else if bottom > s.Offset.Y+s.Size().Height {
				s.ScrollToOffset(fyne.NewPos(0, bottom-s.Size().Height))
			}
			return
		}
	}
}

// within finds o below root: the nearest scroller around it and how far down in that scroller it lies.
func within(root, o fyne.CanvasObject, s *container.Scroll, y float32) (*container.Scroll, float32, bool) {
	if root == o {
		return s, y, true
	}
	var below []fyne.CanvasObject
	switch r := root.(type) {
	case *container.Scroll:
		s, y, below = r, 0, []fyne.CanvasObject{r.Content}
	case *fyne.Container:
		below = r.Objects
	}
	for _, b := range below {
		at := y
		if b != nil && (s == nil || b != s.Content) {
			at += b.Position().Y
		}
		if s, y, ok := within(b, o, s, at); ok {
			return s, y, ok
		}
	}
	return nil, 0, false
}
