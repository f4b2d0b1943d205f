package tray

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/ui/act"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// keystroke is what a window is told of a key: down, typed, its character, up; it goes to whatever has the focus then.
func (w *world) keystroke(name fyne.KeyName, char rune) {
	k := &fyne.KeyEvent{Name: name}
	if f, ok := w.canvas.Focused().(desktop.Keyable); ok {
		f.KeyDown(k)
	}
	if f := w.canvas.Focused(); f != nil {
		f.TypedKey(k)
	} else if do, ok := kit.Keys[kit.Key{Name: name}]; ok {
		do()
	}
	if f := w.canvas.Focused(); f != nil && char != 0 {
		f.TypedRune(char)
	}
	if f, ok := w.canvas.Focused().(desktop.Keyable); ok {
		f.KeyUp(k)
	}
}

// sheet is all that can be read on the sheet that is open, "" for none.
func (w *world) sheet() string {
	return kittest.Seen(w.canvas.Overlays().Top())
}

// do does an order at a unit with the newest matter.
func (w *world) do(unit string, o office.Order) {
	w.t.Helper()
	at := *w.office
	set := *w.office.Settings
	set.Unit, at.Settings = unit, &set
	if unit != county {
		set.Role = "station"
	}
	page, err := w.ledger.Page(ctx, ledger.Query{})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := at.Do(ctx, someone, page.Matters[0].ID, o); err != nil {
		w.t.Fatalf("%s: %v", o.Do, err)
	}
	w.Shown()
}

// Each decision of the page, on each kind of basket, opens its sheet as it opens for whoever clicks: the key that opens
// it is not typed into it, and leaves no draft behind.
func TestNoDecisionIsTypedIntoItsSheet(t *testing.T) {
	w := open(t, 1)
	w.table.Choose(0)
	sheets := act.New(w.host, w.office, w.ledger, w.roster, someone)
	w.actions.Ask = sheets.Ask
	tried := map[string]bool{}
	try := func() {
		t.Helper()
		for i, d := range decisions {
			if d.do == "" || tried[d.word] || !w.lit(d, w.with()) {
				continue
			}
			if tried[d.word] = true; d.do == "suggest" { // it leads to another page
				continue
			}
			w.buttons[i].OnTapped()
			want := w.sheet()
			w.keystroke(fyne.KeyEscape, 0)
			for _, char := range d.mark + strings.ToLower(d.mark) {
				w.table.Focus()
				w.keystroke(d.key, char)
				if got := w.sheet(); got != want || want == "" {
					t.Errorf("%s %c opens\n%s\nand the button\n%s", d.word, char, got, want)
				}
				w.keystroke(fyne.KeyEscape, 0)
				if w.sheet() != "" {
					w.keystroke(fyne.KeyEscape, 0) // what a field offers closes first
				}
				if w.sheet() != "" {
					t.Fatalf("%s is not closed by Esc:\n%s", d.word, w.sheet())
				}
			}
		}
	}
	try()
	w.do(county, office.Order{Do: "assign", To: []string{"水利局"}})
	w.Basket("sign")
	try()
	w.do(county, office.Order{Do: "sign"})
	w.Basket("handled")
	try()
	w.do(county, office.Order{Do: "answer", Class: 1, Answer: "修好了"})
	w.Basket("below")
	w.do(point, office.Order{Do: "inform"})
	w.do(point, office.Order{Do: "rate", Result: "unsatisfied", Reason: "又堵了"})
	w.Basket("redo")
	try()
	for _, d := range decisions {
		if d.do != "" && !tried[d.word] {
			t.Errorf("%s was never lit", d.word)
		}
	}
	w.Basket("below")
	before := fmt.Sprint(w.words, w.marked)
	w.table.Focus()
	if w.keystroke(fyne.KeyF, 'f'); !strings.Contains(w.sheet(), "筛选") {
		t.Fatal("F does not ask what to narrow by")
	}
	w.keystroke(fyne.KeyReturn, 0)
	if after := fmt.Sprint(w.words, w.marked); after != before || w.sheet() != "" {
		t.Errorf("%s became %s\n%s", before, after, w.sheet())
	}
}

// What was just assigned went to another basket and is printed from here, until somebody turns to what has a paper of
// its own.
func TestWhatWasJustAssignedIsPrinted(t *testing.T) {
	w := open(t, 5)
	var on []string
	w.actions.Print = func(kind string, vs []ledger.View) {
		on = []string{kind}
		for _, v := range vs {
			on = append(on, fmt.Sprint(v.Title, v.Units))
		}
	}
	w.press(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	w.press(fyne.Key3)
	if text := kittest.Seen(w.bar); !strings.Contains(text, "打印刚办的 2 件　P") {
		t.Errorf("the buttons say\n%s", text)
	}
	want := []string{"assignment", "第4件[区住建局]", "第3件[区住建局]"}
	if w.press(fyne.KeyP); !slices.Equal(on, want) {
		t.Errorf("printed %v", on)
	}
	on = nil
	w.press(fyne.KeyDown) // to another that has no paper yet
	if w.Print(); !slices.Equal(on, want) {
		t.Errorf("after ↓ printed %v", on)
	}
	w.Basket("sign")
	if w.press(fyne.KeyP); !slices.Equal(on, []string{"assignment", "第4件[区住建局]"}) {
		t.Errorf("of the chosen one printed %v", on)
	}
	w.press(fyne.KeyU)
	if w.press(fyne.KeyI); !slices.Equal(on, []string{"urging", "第4件[区住建局]"}) {
		t.Errorf("after urging printed %v", on)
	}
	w.press(fyne.KeyDown, fyne.KeyP)
	if on[1] == "第4件[区住建局]" {
		t.Errorf("of the chosen one printed %v", on)
	}
}

// Where the chosen matter has left the basket, no key acts on another that nobody chose.
func TestNobodyActsOnWhatNobodyChose(t *testing.T) {
	w := open(t, 3)
	asked := 0
	w.actions.Ask = func(string, []ledger.View, func([]office.Outcome)) { asked++ }
	w.press(fyne.KeySpace)
	w.do(county, office.Order{Do: "assign", To: []string{"水利局"}}) // from another computer
	w.press(fyne.Key3, fyne.KeyP)
	if asked > 0 || len(w.printed) > 0 || len(w.marked) > 0 || !strings.Contains(w.said[len(w.said)-1], "请先用 ↑↓ 选一件") {
		t.Errorf("asked %d times, printed %v, said %q", asked, w.printed, w.said)
	}
	if text := kittest.Seen(w.side.Container); !strings.Contains(text, "没有选中的") {
		t.Errorf("at the side stands\n%s", text)
	}
	w.press(fyne.KeyDown)
	if v, _ := w.table.Chosen(); v.Title != "第1件" || !strings.Contains(kittest.Seen(w.side.Container), "第1件") {
		t.Errorf("↓ chose %s, at the side stands\n%s", v.Title, kittest.Seen(w.side.Container))
	}
}

// What is ticked, narrowed and turned to is taken back step by step.
func TestTakingBack(t *testing.T) {
	w := open(t, 12)
	ctrl := func(name fyne.KeyName) { kit.Keys[kit.Key{Name: name, Ctrl: true}]() }
	w.press(fyne.KeySpace)
	ctrl(fyne.KeyA)
	if w.Back(); len(w.marked) != 0 {
		t.Fatal("Esc keeps ticks")
	}
	w.press(fyne.KeyF)
	for _, r := range "第1" {
		w.canvas.Focused().TypedRune(r)
	}
	if !strings.Contains(w.sheet(), "有这些的 3 件") {
		t.Error(w.sheet())
	}
	w.keystroke(fyne.KeyReturn, 0)
	if len(w.table.Rows()) != 3 || !strings.Contains(w.count.Text, "3 / 12 件") {
		t.Fatalf("%d rows, %s", len(w.table.Rows()), w.count.Text)
	}
	w.only("没有的词")
	if text := kittest.Seen(w.table.Container); !strings.Contains(text, "没有“没有的词”的") {
		t.Errorf("it says\n%s", text)
	}
	w.undo()
	w.press(fyne.KeyRight)
	for i, want := range []string{"new 第1 0", "new  0", "new  12", "new  1", "new  0"} {
		ctrl(fyne.KeyZ)
		if got := fmt.Sprint(w.basket, " ", w.words, " ", len(w.marked)); got != want {
			t.Errorf("taken back %d times: %q, not %q", i+1, got, want)
		}
	}
	if ctrl(fyne.KeyZ); !strings.Contains(w.said[len(w.said)-1], "没有可以撤销的") {
		t.Errorf("said %q", w.said)
	}
	w.table.Choose(0)
	ctrl(fyne.KeyC)
	if got := fyne.CurrentApp().Clipboard().Content(); got != w.table.Rows()[0].Number {
		t.Errorf("%q was copied", got)
	}
}

// After a click on a basket the table has the keyboard. Until what lies in the basket is there, no key acts on what lay
// in the one before.
func TestABasketThatWasClicked(t *testing.T) {
	w := open(t, 3)
	asked := 0
	w.actions.Ask = func(string, []ledger.View, func([]office.Outcome)) { asked++ }
	w.do(county, office.Order{Do: "assign", To: []string{"水利局"}})
	list := w.canvas.Focused()
	var later []func()
	w.host.Run.Work = func(f func()) { later = append(later, f) }
	w.canvas.Focus(w.tabs)
	for range slices.IndexFunc(w.tabs.Options(), func(o kit.Option) bool { return o.Code == "sign" }) {
		w.tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	w.tabs.TypedRune(' ')
	if w.canvas.Focused() != list {
		t.Errorf("%T has the keyboard", w.canvas.Focused())
	}
	if w.press(fyne.Key3, fyne.KeyU); asked > 0 {
		t.Error("a key acts on what lay in another basket")
	}
	for _, f := range later {
		f()
	}
	if w.press(fyne.KeyU); asked != 1 || len(w.table.Rows()) != 1 {
		t.Errorf("asked %d times of %d rows", asked, len(w.table.Rows()))
	}
	if w.basket != "sign" || w.tabs.One() != "sign" {
		t.Errorf("%s is shown, %s is lit", w.basket, w.tabs.One())
	}
}
