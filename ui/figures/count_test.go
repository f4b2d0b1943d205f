package figures

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/app/report/figure"
	"lianluo.local/ui/kit"
)

// slow is a runner that works when it is told to.
type slow struct{ work []func() }

func (s *slow) runner() kit.Runner {
	return kit.Runner{Work: func(f func()) { s.work = append(s.work, f) }, Show: func(f func()) { f() }}
}

func (s *slow) all() {
	for len(s.work) > 0 {
		f := s.work[0]
		s.work = s.work[1:]
		f()
	}
}

// While it is counted a sentence says so, Esc leads back to what was shown; nothing is counted twice that has not changed,
// and what came in meanwhile is counted without moving anything.
func TestCountingCanBeLeft(t *testing.T) {
	w, stations := played(t)
	w.show(t, usual, 18)
	s := &slow{}
	w.Page.host.Run = s.runner()
	w.grid.Focus()
	w.grid.Choose(1, 3)
	made := w.got.AsOf
	w.World.Later(60 * 1e9)
	w.Shown()
	s.all()
	if !w.got.AsOf.Equal(made) {
		t.Error("it is counted again though nothing has changed")
	}
	w.unfocus()
	w.win.Press(fyne.KeyLeft)
	w.Shown()
	w.Shown() // what comes meanwhile does not begin it anew
	if len(s.work) != 1 {
		t.Errorf("it is counted %d times at once", len(s.work))
	}
	w.says(t, "正在数2026年10月的", "按 Esc")
	if !w.Back() || w.want.span != w.got.span {
		t.Error("Esc does not leave what is counted")
	}
	s.all()
	w.says(t, "2026年11月", "截至")
	if w.got.span != figure.Days("2026-11-01", "2026-11-30") {
		t.Errorf("what was left is shown: %s", w.got.span.First())
	}
	before := w.lines()
	stations[0].Receive(desk.Draft{Title: "又一件", Words: "又一件"})
	w.World.Settle(stations[0], stations[1], w.Seat)
	w.grid.Focus()
	w.Shown()
	s.all()
	if row, column := w.grid.Chosen(); row != 1 || column != 3 || !w.grid.Focused() {
		t.Errorf("what came moved the cell to %d, %d", row, column)
	}
	if fmt.Sprint(before) == fmt.Sprint(w.lines()) {
		t.Errorf("what came is not counted: %q", before)
	}
	ended, stop := context.WithCancel(ctx)
	w.Page.host.Context = ended
	w.unfocus()
	w.win.Press(fyne.KeyLeft)
	stop()
	s.all()
}

// What was counted is kept as far as there is room: a table of very many rows alone, of small ones the newest.
func TestFewAnswersAreKept(t *testing.T) {
	of := func(kind string, rows int) answer {
		a := answer{asked: asked{kind: kind}}
		a.Rows = make([]figure.Row, rows)
		return a
	}
	var list []answer
	for n := range 40 {
		list = keep(list, of(fmt.Sprint(n), 10))
	}
	if len(list) != keeps || list[keeps-1].kind != "39" {
		t.Errorf("kept %d, the last is %s", len(list), list[len(list)-1].kind)
	}
	if list = keep(list, of("39", 10)); len(list) != keeps {
		t.Errorf("one that is kept already makes %d", len(list))
	}
	if list = keep(list, of("large", 5*keepsRows)); len(list) != 1 || list[0].kind != "large" {
		t.Errorf("beside a large one %d are kept", len(list)-1)
	}
}

// What somebody asked for is shown also where something came in from others meanwhile, and not where he went elsewhere.
func TestWhatIsAskedForIsShown(t *testing.T) {
	w, _ := played(t)
	w.show(t, usual, 18)
	s := &slow{}
	w.Page.host.Run = s.runner()
	told := func() bool {
		return len(w.said) > 0 && strings.Contains(w.said[len(w.said)-1], "还没有印发过报告")
	}
	w.win.Press(fyne.KeyG)
	w.Shown()
	if s.all(); !told() {
		t.Errorf("G says %q", w.said)
	}
	for _, elsewhere := range []func(){func() { w.win.Press(fyne.KeyLeft) }, func() { w.Left(); w.Shown() }} {
		w.said = nil
		w.win.Press(fyne.KeyG)
		elsewhere()
		if s.all(); told() {
			t.Error("what was asked for comes after somebody went elsewhere")
		}
	}
}

// A line of the page for a leader that is opened twice before its list is found opens one list.
func TestLeaderOpensALineOnce(t *testing.T) {
	w, _ := played(t)
	city := &world{Seat: w.above}
	city.show(t, usual, 18)
	city.win.Press(fyne.KeyLeft, fyne.KeyDown)
	s := &slow{}
	city.Page.host.Run = s.runner()
	at := city.win.Canvas().Focused().(*kit.Door)
	for range 2 {
		at.Tapped(&fyne.PointEvent{})
	}
	if s.all(); city.behind == nil {
		t.Fatalf("nothing is opened: %s", city.win.Words())
	}
	if city.Back(); city.over != nil || len(city.object.Objects) != 1 {
		t.Errorf("%d things stand on the page", len(city.object.Objects))
	}
}
