package act

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// each act, where it is done, and what goes before.
var each = []struct {
	do, by string
	before []order
}{
	{"collate", table, nil}, {"merge", table, nil}, {"assign", above1, []order{sorted, up}},
	{"sign", above1, []order{sorted, up, handed}},
	{"return", above1, []order{sorted, up, handed}}, {"extend", above1, []order{sorted, up, handed}},
	{"answer", above1, []order{sorted, up, handed, signed}},
	{"escalate", table, []order{sorted}},
	{"urge", above1, []order{sorted, up, handed}},
	{"supervise", above1, []order{sorted}}, {"lead", table, nil},
	{"inform-deputy", table, []order{sorted, up, handed, answered}},
	{"inform", table, []order{sorted, up, handed, answered}},
	{"rate", table, []order{sorted, up, handed, answered, informed}},
	{"redo", above1, []order{sorted, up, handed, answered, informed, unhappy}}, {"withdraw", table, nil},
}

// On every sheet Enter goes from field to field, never back and never out, to the button that does it, and presses
// that; Esc closes the sheet wherever the focus is.
func TestEnterWalksAndEscapeClosesEverySheet(t *testing.T) {
	for _, c := range each {
		t.Run(c.do, func(t *testing.T) {
			w := newWorld(t)
			v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), c.before...)
			tried := 0
			open := func() {
				w.sheets[c.by].Ask(c.do, []ledger.View{v}, func([]office.Outcome) { tried++ })
				tried = 0
			}
			for steps := 0; ; steps++ {
				open()
				met := map[fyne.Focusable]bool{}
				for range steps {
					met[w.win.Canvas().Focused()] = true
					w.win.Press(fyne.KeyReturn)
				}
				at := w.win.Canvas().Focused()
				b, button := at.(*kit.Button)
				if met[at] || at == nil || steps > 12 || button && !strings.Contains(b.Text, "Ctrl+Enter") {
					t.Fatalf("after %d times Enter %T has the focus", steps, at)
				}
				if button {
					before := w.win.Sheet()
					if w.win.Press(fyne.KeyReturn); tried == 0 && w.win.Sheet() == before {
						t.Error("Enter does not press the button")
					}
				}
				w.win.Press(fyne.KeyEscape)
				if w.win.Sheet() != "" {
					t.Fatalf("Esc with %T in focus leaves\n%s", at, w.win.Sheet())
				}
				if button {
					return
				}
			}
		})
	}
}

// Whoever clicks everything twice does an act once, and nothing to the page that comes to light below.
func TestDoubleClickDoesItOnce(t *testing.T) {
	w := newWorld(t)
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	kit.Clock = func() time.Time { return at }
	t.Cleanup(func() { kit.Clock = nil })
	below := 0
	page := kit.NewButton("印", "", false, func() { below++ })
	w.win.Canvas().SetContent(page)
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted, up, handed)
	done := 0
	w.sheets[above1].Ask("urge", []ledger.View{v}, func([]office.Outcome) { done++ })
	yes := button(w.win.Canvas().Overlays().Top(), "催办")
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject(yes).AddXY(20, 20)
	for range 2 {
		test.TapCanvas(w.win.Canvas(), where)
		at = at.Add(200 * time.Millisecond)
	}
	if m := w.view(v.Number); done != 1 || m.Urged != 1 || below != 0 {
		t.Errorf("done %d times, urged %d times, the page below was pressed %d times", done, m.Urged, below)
	}
}

// button finds a button by how its text begins.
func button(o fyne.CanvasObject, text string) *kit.Button {
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *kit.Button:
		if strings.HasPrefix(o.Text, text) {
			return o
		}
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	for _, part := range parts {
		if b := button(part, text); b != nil {
			return b
		}
	}
	return nil
}

// With the largest letters a sheet is no higher than the window, its buttons are in sight, and what does not fit can be
// scrolled to.
func TestEverySheetFitsTheWindow(t *testing.T) {
	w := newWorld(t)
	fyne.CurrentApp().Settings().SetTheme(look.New("light", 26))
	w.win.Resize(fyne.NewSize(1280, 688))
	for _, c := range each {
		v := w.already(w.receive(desk.Draft{Title: strings.Repeat("七巷雨水倒灌，", 4)}), c.before...)
		w.sheets[c.by].Ask(c.do, []ledger.View{v}, func([]office.Outcome) {})
		b := button(w.win.Canvas().Overlays().Top(), "不办了")
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		if at.Y+b.Size().Height > w.win.Canvas().Size().Height || at.X+b.Size().Width > w.win.Canvas().Size().Width {
			t.Errorf("%s: its buttons stand at %v", c.do, at)
		}
		w.win.Shot(c.do + "26")
		if w.win.Press(fyne.KeyEscape); w.win.Sheet() != "" {
			t.Fatalf("%s stays", c.do)
		}
	}
}

// Who is faster than the disk changes nothing: keys that come while an act is recorded are not written into its sheet,
// not kept as a draft and not done. What is refused has the keyboard again, and so has the page.
func TestKeysWhileAnActIsRecorded(t *testing.T) {
	w := newWorld(t)
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted, up, handed)
	var held []func()
	s := w.sheets[above1]
	s.host.Run.Work = func(f func()) { held = append(held, f) }
	recorded := func() {
		t.Helper()
		if len(held) != 1 {
			t.Fatalf("%d acts are under way", len(held))
		}
		f := held[0]
		held = nil
		f()
	}
	done := 0
	s.Ask("assign", []ledger.View{v}, func([]office.Outcome) { done++ })
	recorded() // what the roster offers
	department := w.office[above1].Profile.Departments[0]
	for _, do := range []string{"", department} {
		if do != "" {
			w.win.Type(do)
			w.win.Press(fyne.KeyReturn)
		}
		before := w.win.Sheet()
		w.do()
		if f := w.win.Canvas().Focused(); f != nil {
			t.Fatalf("%T has the keyboard", f)
		}
		w.win.Press(fyne.KeyReturn)
		w.win.Press(fyne.KeyDown)
		w.do()
		if do == "" && w.win.Sheet() != before {
			t.Errorf("the sheet says\n%s", w.win.Sheet())
		}
		recorded()
		if do == "" && w.win.Canvas().Focused() == nil {
			t.Error("what was refused has no keyboard")
		}
	}
	if m := w.view(v.Number); done != 1 || len(s.kept) != 0 || len(m.Units) != 1 || m.Units[0] != department {
		t.Errorf("done %d times for %v, kept %v", done, m.Units, s.kept)
	}
}
