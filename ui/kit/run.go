// Package kit is what pages are made of: fields, chips, pickers, tables, notices, and the one door to the main thread.
// It knows no word of our work.
package kit

import (
	"context"

	"fyne.io/fyne/v2"
)

// Runner says where work is done and where its result is shown.
type Runner struct {
	Work func(func()) // away from the main thread
	Show func(func()) // on the main thread
}

// Live works in the background and shows on the main thread.
var Live = Runner{func(f func()) { go f() }, fyne.Do}

// Inline does both at once, for tests.
var Inline = Runner{func(f func()) { f() }, func(f func()) { f() }}

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
