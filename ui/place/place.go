// Package place is where the window stands on the screens, as the system that draws it knows it: it opens where it was,
// as far as the screens allow, and comes forward when the program is started again.
package place

import (
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"os"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/go-gl/glfw/v3.4/glfw"

	"lianluo.local/data/home"
)

// place is where the window was and how large, so that it opens there again: in pixels of the screen, its size without
// what the system draws round it.
type place struct {
	X, Y          int
	Width, Height int
	Whole         bool // it filled the screen
}

// Usual is the place of a window that was never open; a smaller screen gets a smaller one.
var Usual = place{X: 0, Y: 0, Width: 1366, Height: 720}

func placed(h home.Home) (p place) {
	b, err := os.ReadFile(h.Place())
	if err != nil || json.Unmarshal(b, &p) != nil || p.Width < 200 || p.Height < 200 {
		return place{}
	}
	return p
}

// within gives the place that a window gets on the present screens (the room on each that is free of bars; edge is what
// the system draws round a window): as it was where most of its title can be seen, else in the middle of the first
// screen; never larger than the screen.
func (p place) within(screens []image.Rectangle, edge image.Rectangle) place {
	if len(screens) == 0 {
		return p
	}
	title := image.Rect(p.X, p.Y-edge.Min.Y, p.X+p.Width, p.Y+1)
	on, seen := screens[0], 0
	for _, s := range screens {
		if n := s.Intersect(title).Dx(); n > seen {
			on, seen = s, n
		}
	}
	lost := seen < p.Width/2
	room := image.Rectangle{Min: on.Min.Add(edge.Min), Max: on.Max.Sub(edge.Max)}
	p.Width, p.Height = min(p.Width, room.Dx()), min(p.Height, room.Dy())
	if lost {
		p.X, p.Y = (room.Min.X+room.Max.X-p.Width)/2, (room.Min.Y+room.Max.Y-p.Height)/2
	}
	p.X = min(max(p.X, room.Min.X), room.Max.X-p.Width)
	p.Y = min(max(p.Y, room.Min.Y), room.Max.Y-p.Height)
	return p
}

// Ready fails where no system draws windows here: Fyne would go on without. On Windows Init does not say so.
func Ready() (err error) {
	defer func() {
		if none := recover(); none != nil {
			err = fmt.Errorf("no windows: %v", none)
		}
	}()
	if err := glfw.Init(); err != nil {
		return err
	}
	glfw.GetPlatform() // panics where nothing was begun
	return nil
}

// Native lets f work on the window of the system, where there is one.
func Native(win fyne.Window, f func(*glfw.Window)) {
	if d, ok := win.(interface{ RunWithContext(func()) }); ok {
		d.RunWithContext(func() {
			if g := glfw.GetCurrentContext(); g != nil {
				f(g)
			}
		})
	}
}

// Shown says whether the system has made the window.
func Shown(win fyne.Window) (yes bool) {
	Native(win, func(*glfw.Window) { yes = true })
	return yes
}

// edges are what the system draws round the window: Min at the left and top, Max at the right and bottom.
func edges(g *glfw.Window) image.Rectangle {
	left, top, right, bottom := g.GetFrameSize()
	return image.Rectangle{Min: image.Pt(left, top), Max: image.Pt(right, bottom)}
}

// Settle puts the window where it was, as far as the screens allow.
func Settle(win fyne.Window, h home.Home) {
	p, known := placed(h), true
	if p == (place{}) {
		p, known = Usual, false
	}
	Native(win, func(g *glfw.Window) {
		var screens []image.Rectangle
		for _, m := range glfw.GetMonitors() {
			x, y, width, height := m.GetWorkarea()
			screens = append(screens, image.Rect(x, y, x+width, y+height))
		}
		if !known { // its size is told in points of the text, and its place is the middle
			p.Width, p.Height = g.GetSize()
			p.X = -1 << 16
		}
		p = p.within(screens, edges(g))
		g.SetSize(p.Width, p.Height)
		if w, ok := win.(desktop.Window); ok {
			w.RequestPosition(p.X, p.Y)
		}
		if p.Whole {
			g.Maximize()
		}
	})
}

// Remember keeps the place for the next time.
func Remember(win fyne.Window, h home.Home) {
	Native(win, func(g *glfw.Window) {
		p := placed(h)
		if g.GetAttrib(glfw.Iconified) == glfw.True || !h.Exists() {
			return
		}
		// or the place before it filled the screen stays
		if p.Whole = g.GetAttrib(glfw.Maximized) == glfw.True; !p.Whole || p.Width == 0 {
			p.X, p.Y = g.GetPos()
			p.Width, p.Height = g.GetSize()
		}
		if b, err := json.Marshal(p); err == nil {
			_ = os.WriteFile(h.Place(), b, 0o600) // without it the window opens in the middle
		}
	})
}

// patience is how long a second start waits for the first window to come forward.
const patience = 20 * time.Second

// Raised asks the window that is open to come forward and to take files in, and says whether it did. Several may ask at once.
func Raised(h home.Home, files ...string) bool {
	f, err := os.OpenFile(h.Raise(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return false
	}
	_, err = f.WriteString(strings.Join(append(files, ""), end))
	if errors.Join(err, f.Close()) != nil {
		return false
	}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for last := time.Now().Add(patience); time.Now().Before(last); <-tick.C {
		if _, err := os.Stat(h.Raise()); err != nil {
			return true
		}
	}
	_ = os.Remove(h.Raise())
	return false
}

// end stands behind the name of each file that is asked for: no name has it.
const end = "\x00"

// Heed comes forward when the program is started again, until the window is closed; given gets the files that it was started
// with.
func Heed(win fyne.Window, h home.Home, closed <-chan struct{}, given func(files ...string)) {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-closed:
			return
		case <-tick.C:
			if _, err := os.Stat(h.Raise()); err == nil {
				fyne.Do(func() { heed(win, h, given) })
			}
		}
	}
}

func heed(win fyne.Window, h home.Home, given func(files ...string)) {
	asked := h.Raise() + ".heard"
	if os.Rename(h.Raise(), asked) != nil {
		return // somebody writes it, where that is in the way; or it was heard already
	}
	b, _ := os.ReadFile(asked) // without it, it comes forward
	_ = os.Remove(asked)
	Native(win, func(g *glfw.Window) {
		if g.GetAttrib(glfw.Iconified) == glfw.True {
			g.Restore()
		}
	})
	win.RequestFocus()
	if files := strings.Split(string(b), end); len(files) > 1 {
		given(files[:len(files)-1]...)
	}
}
