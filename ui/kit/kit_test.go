package kit

import (
	"context"
	"errors"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lianluo.local/ui/look"
)

// stand puts things below each other into a window.
func stand(t *testing.T, things ...fyne.CanvasObject) fyne.Window {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.New("light", 18))
	Keys = map[Key]func(){}
	w := test.NewTempWindow(t, container.NewVBox(things...))
	w.Resize(fyne.NewSize(800, 600))
	return w
}

func key(w fyne.Window, names ...fyne.KeyName) {
	for _, n := range names {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestEnterWalksAndShiftEnterBreaksTheLine(t *testing.T) {
	a, b, c := NewEntry(""), NewArea("", 3), NewEntry("")
	w := stand(t, a, b, c)
	Focus(a)
	test.Type(a, "张伟𣲗")
	key(w, fyne.KeyReturn)
	test.Type(w.Canvas().Focused(), "甲")
	b.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(w, fyne.KeyReturn)
	b.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	test.Type(w.Canvas().Focused(), "乙")
	key(w, fyne.KeyReturn)
	if w.Canvas().Focused() != c || a.Text != "张伟𣲗" || b.Text != "甲\n乙" {
		t.Errorf("%q %q", a.Text, b.Text)
	}
}

func TestKeysOfTheWindowWorkWhileSomebodyWrites(t *testing.T) {
	e := NewEntry("")
	stand(t, e)
	pressed := ""
	Keys[Key{Name: fyne.KeyF2}] = func() { pressed += "F2 " }
	Keys[Key{Name: fyne.KeyP, Ctrl: true}] = func() { pressed += "Ctrl+P" }
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	e.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyP, Modifier: fyne.KeyModifierControl})
	if pressed != "F2 Ctrl+P" {
		t.Errorf("pressed %q", pressed)
	}
}

// The ring round a button that fills what scrolls is whole at every side, whoever put it into a sheet.
func TestTheRingIsWhole(t *testing.T) {
	for name, wrap := range map[string]func(fyne.CanvasObject) fyne.CanvasObject{
		"said to scroll": func(o fyne.CanvasObject) fyne.CanvasObject { return Scroll(o) },
		"too long":       func(o fyne.CanvasObject) fyne.CanvasObject { return o },
	} {
		w := stand(t)
		box := container.NewVBox()
		var bs []*Button
		for range 20 {
			bs = append(bs, NewButton("交办…", "", false, func() {}))
			box.Add(bs[len(bs)-1])
		}
		s := Show(w.Canvas(), "更多", wrap(box), fyne.NewSize(520, 300), NewButton("不办了", "Esc", false, func() {}))
		for _, b := range []*Button{bs[0], bs[len(bs)-1]} {
			Focus(b)
			pic, seen := w.Canvas().Capture(), image.Rectangle{}
			ring := color.RGBAModel.Convert(look.Color(look.Ring))
			for y := range pic.Bounds().Dy() {
				for x := range pic.Bounds().Dx() {
					if color.RGBAModel.Convert(pic.At(x, y)) == ring {
						seen = seen.Union(image.Rect(x, y, x+1, y+1))
					}
				}
			}
			size, scale := b.Size(), w.Canvas().Scale()
			if float32(seen.Dx()) < (size.Width+8)*scale || float32(seen.Dy()) < (size.Height+8)*scale {
				t.Errorf("%s: of a button of %v the ring is %v", name, size, seen.Size())
			}
		}
		s.Close()
	}
}

func TestChipsByKeyboardAndMouse(t *testing.T) {
	told := 0
	one := NewChips(false, Option{Code: "a", Text: "甲"}, Option{Code: "b", Text: "乙"}, Option{Code: "c", Text: "丙"})
	one.OnChanged = func() { told++ }
	many := NewChips(true, one.Options()...)
	w := stand(t, one, many)
	Focus(one)
	test.Type(one, "2")
	key(w, fyne.KeyRight)
	test.Type(one, " ")
	if one.One() != "c" || told != 2 {
		t.Errorf("chosen %v, told %d", one.Chosen(), told)
	}
	key(w, fyne.KeyReturn)
	test.Type(w.Canvas().Focused(), "13")
	if got := many.Chosen(); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("chosen %v", got)
	}
	one.Tapped(&fyne.PointEvent{Position: fyne.NewPos(10, 10)})
	if one.One() != "a" {
		t.Errorf("tapped %v", one.Chosen())
	}
}

func TestPickerByKeyboard(t *testing.T) {
	var taken Option
	p := NewPicker("", func(q string) (os []Option) {
		for _, s := range []string{"凤山", "滨河", "凤城"} {
			if q != "" && strings.HasPrefix(s, q) {
				os = append(os, Option{Code: s, Text: s})
			}
		}
		return os
	})
	p.OnChosen = func(o Option) { taken = o }
	after := NewEntry("")
	w := stand(t, p.Container, after)
	Focus(p.Entry)
	test.Type(p.Entry, "凤")
	key(w, fyne.KeyDown, fyne.KeyReturn)
	if taken.Code != "凤城" || p.Chosen().Code != "凤城" || p.Entry.Text != "凤城" || len(p.Offered()) != 0 ||
		w.Canvas().Focused() != after {
		t.Errorf("taken %+v, offered %v", taken, p.Offered())
	}
	Focus(p.Entry)
	test.Type(p.Entry, "x")
	if p.Chosen() != (Option{}) {
		t.Error("a changed text is still taken for the choice")
	}
	p.Entry.SetText("凤")
	key(w, fyne.KeyEscape)
	if len(p.Offered()) != 0 {
		t.Error("Esc leaves the list open")
	}
}

func TestTableByKeyboardKeepsItsPlace(t *testing.T) {
	opened := 0
	tb := NewTable("没有", Column[int]{Title: "数", Text: func(n int) string { return strings.Repeat("一", n) }})
	tb.OnOpen = func(n int) { opened = n }
	w := stand(t, tb.Container)
	tb.Set([]int{1, 2, 3})
	tb.Focus()
	key(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if opened != 2 {
		t.Errorf("opened %d", opened)
	}
	tb.Append([]int{4})
	if n, ok := tb.Chosen(); !ok || n != 2 || len(tb.Rows()) != 4 || tb.Cell(3, 0) != "一一一一" {
		t.Errorf("chosen %d of %v", n, tb.Rows())
	}
	if tb.Set(nil); tb.OnOpen != nil {
		if _, ok := tb.Chosen(); ok {
			t.Error("an empty table has a chosen row")
		}
	}
}

func TestProblemAndNoticeAreSaidAndTakenBack(t *testing.T) {
	f, n := NewField("姓名", true, NewEntry("")), NewNotice()
	stand(t, f.Container, n.Container)
	f.Say("请写姓名")
	n.Say(Bad, "还有一处要改")
	if f.Problem() != "请写姓名" || n.Said() != "还有一处要改" {
		t.Errorf("%q %q", f.Problem(), n.Said())
	}
	f.Say("")
	n.Say(Plain, "")
	if f.problem.Visible() || n.Visible() {
		t.Error("what was taken back still takes room")
	}
}

func TestAskSaysYesByEnterAndNoByEscape(t *testing.T) {
	done := 0
	w := stand(t, NewEntry(""))
	Ask(w.Canvas(), "重填", "清掉？", "清掉", func() { done++ })
	key(w, fyne.KeyReturn)
	Ask(w.Canvas(), "重填", "清掉？", "清掉", func() { done++ })
	key(w, fyne.KeyEscape)
	if done != 1 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("done %d times, still open: %v", done, w.Canvas().Overlays().Top() != nil)
	}
}

func TestKeysOfThePageRestWhileADialogIsOpen(t *testing.T) {
	saved := 0
	w := stand(t, NewEntry(""))
	Keys[Key{Name: fyne.KeyF9}] = func() { saved++ }
	s := Show(w.Canvas(), "回执", Text("内容"), fyne.Size{}, NewButton("关闭", "Esc", false, nil))
	key(w, fyne.KeyF9)
	if saved != 0 {
		t.Error("a key reached the page below")
	}
	s.Close()
	if Keys[Key{Name: fyne.KeyF9}](); saved != 1 {
		t.Error("the keys of the page did not come back")
	}
}

// What can be pressed is 44 pixels high at least with the usual text.
func TestTargetsAreLargeEnough(t *testing.T) {
	for _, o := range []fyne.CanvasObject{NewEntry(""), NewButton("登记", "F9", true, nil), NewCheck("匿名", nil),
		NewChips(false, Option{Code: "a", Text: "甲"})} {
		if stand(t, o); o.MinSize().Height < 44 {
			t.Errorf("%T is %v high", o, o.MinSize().Height)
		}
	}
}

// A long sentence is shown whole: what is narrower becomes higher.
func TestChineseWrapsAndIsNeverClipped(t *testing.T) {
	l := Text(strings.Repeat("一下雨院子里就是二三十公分的污泥", 6))
	stand(t, l)
	wide := l.MinSize().Height
	l.Resize(fyne.NewSize(300, wide))
	if narrow := l.MinSize(); narrow.Height < 2*wide || narrow.Width > 300 {
		t.Errorf("%v high at 784, %v at 300", wide, narrow)
	}
}

// No line begins with what closes or ends with what opens, at any width and size of letters; nothing is lost but blanks
// at a line's end; and no line is broader than the eye follows.
func TestLinesAreSetAsOnPaper(t *testing.T) {
	const said = "群众来了，按 F2 登记，从上往下填，填完按回车到下一格。以后来问，按 F3，用姓名、电话或编号找；快到期、已超期的事（“红”的）19时48分前办。2026年11月23日！"
	l := Text(said)
	stand(t, l)
	for _, letters := range []float32{15, 18, 26} {
		fyne.CurrentApp().Settings().SetTheme(look.New("light", letters))
		for width := 8 * letters; width < 3000; width += 37 {
			l.Resize(fyne.NewSize(width, 10))
			lines := strings.Split(l.Label.Text, "\n")
			if strings.ReplaceAll(strings.Join(lines, ""), " ", "") != strings.ReplaceAll(said, " ", "") ||
				l.Text != said {
				t.Fatalf("something is lost: %q", lines)
			}
			for i, line := range lines {
				if i > 0 && strings.ContainsRune("。，、；：？！）》”", []rune(line)[0]) ||
					strings.HasSuffix(line, "（") || strings.HasSuffix(line, "“") {
					t.Errorf("at %v, letters of %v: %q", width, letters, lines)
				}
				if broad := fyne.MeasureText(line, letters, fyne.TextStyle{}).Width; broad > width ||
					broad > 50*letters {
					t.Errorf("%q is %v broad of %v", line, broad, width)
				}
			}
		}
	}
}

// Work runs away from the main thread, its result is shown on it, and not after the end.
func TestDo(t *testing.T) {
	var order []string
	r := Runner{Work: func(f func()) { order = append(order, "work"); f() },
		Show: func(f func()) { order = append(order, "show"); f() }}
	ctx, end := context.WithCancel(context.Background())
	fail := errors.New("failed")
	Do(r, ctx, func(context.Context) (int, error) { return 7, fail }, func(n int, err error) {
		if n != 7 || !errors.Is(err, fail) {
			t.Errorf("shown %d %v", n, err)
		}
		order = append(order, "shown")
	})
	end()
	Do(r, ctx, func(context.Context) (int, error) { return 0, nil },
		func(int, error) { t.Error("shown after the end") })
	if got := strings.Join(order, " "); got != "work show shown work show" {
		t.Error(got)
	}
}

// The last state is always worked on; those between may be left out.
func TestPump(t *testing.T) {
	var p Pump
	var finish func()
	state, worked := 0, []int{}
	ask := func() { p.Ask(func(done func()) { worked, finish = append(worked, state), done }) }
	for state = 1; state <= 3; state++ {
		ask()
	}
	state = 3
	finish()
	finish()
	if !slices.Equal(worked, []int{1, 3}) {
		t.Errorf("worked on %v", worked)
	}
}

// A blank at a line's end makes no line of its own, at any width.
func TestNoEmptyLine(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 26))
	l := Text("F 筛选，S 按栏目排序，Ctrl+C 复制编号，回车看全部，Ctrl+P 打印刚交办的交办单。")
	for width := float32(120); width < 900; width++ {
		l.Resize(fyne.NewSize(width, 400))
		for _, line := range strings.Split(l.Label.Text, "\n") {
			if strings.TrimRight(line, " ") != line {
				t.Fatalf("at %v a line ends with a blank: %q", width, line)
			}
		}
	}
}

// Whoever closes what work is done with waits until none is under way, and no longer than he is patient.
func TestRest(t *testing.T) {
	shown := make(chan func(), 1)
	r := Behind(func(f func()) { shown <- f })
	goOn, begun := make(chan struct{}), make(chan struct{})
	done := false
	Do(r, context.Background(), func(context.Context) (int, error) { close(begun); <-goOn; done = true; return 7, nil }, func(int, error) {})
	<-begun
	impatient := make(chan time.Time)
	close(impatient)
	r.Rest(impatient)
	close(goOn)
	r.Rest(nil)
	if (<-shown)(); !done {
		t.Error("it rests while there is work")
	}
	r.Rest(nil)
}

// ↓ opens the list of a picker before anything is typed; what is asked for and comes too late is passed over.
func TestAPickerOpensItsList(t *testing.T) {
	p := NewPicker("", func(typed string) []Option { return []Option{{Code: "a", Text: "甲"}, {Code: "b", Text: "乙"}} })
	w := stand(t, p.Container)
	Focus(p.Entry)
	key(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if p.Chosen().Code != "b" {
		t.Errorf("%v is chosen", p.Chosen())
	}
	var answers []func([]Option)
	p.Ask = func(typed string, answer func([]Option)) { answers = append(answers, answer) }
	p.Entry.SetText("王")
	p.Entry.SetText("王明")
	answers[1]([]Option{{Code: "2", Text: "王明"}})
	answers[0]([]Option{{Code: "1", Text: "王建"}})
	if got := p.Offered(); len(got) != 1 || got[0].Code != "2" {
		t.Errorf("offered are %v", got)
	}
}

// A chip bears the digit that chooses it, unless its text begins with that very number.
func TestChipsBearTheirDigits(t *testing.T) {
	c := NewChips(false, Option{Text: "14岁以下"}, Option{Text: "2次"}, Option{Text: "35至59岁"}, Option{Text: "60岁以上"})
	for i, want := range []string{"1", "", "3", "4"} {
		if got := c.digit(i); got != want {
			t.Errorf("%s bears %q", c.Options()[i].Text, got)
		}
	}
}
