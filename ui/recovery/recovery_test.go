package recovery

import (
	"context"
	"errors"
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/explain"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// table is a home as the page sees it.
type table struct {
	State
	made     int
	printer  error
	tried    bool
	typed    string
	went     string
	replaced bool
}

const words = "甲乙丙丁戊己庚辛壬癸子丑"

func open(t *testing.T, on *table) (*Page, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	var w fyne.Window
	host := kit.Host{Context: context.Background(), Run: kit.Inline, Canvas: func() fyne.Canvas { return w.Canvas() },
		Explain: explain.Sentence, Go: func(page string) { on.went = page }}
	hold := func() { on.Number, on.Made, on.Tried = "7462 4944", "2026年11月28日", "" }
	p := New(host, Actions{
		Back:  "preferences",
		State: func(context.Context) (State, error) { return on.State, nil },
		Make: func(replace bool) ([]string, error) {
			on.made++
			on.replaced = replace
			return strings.Split(words, ""), nil
		},
		Print: func(context.Context) error {
			if on.printer == nil {
				hold()
			}
			return on.printer
		},
		Save:    func(context.Context, string) (string, error) { hold(); return "/stick/恢复单.pdf", nil },
		Copy:    func(context.Context) error { hold(); return nil },
		Picture: func() (image.Image, error) { return image.NewRGBA(image.Rect(0, 0, 210, 297)), nil },
		Tried: func(context.Context) error {
			on.tried, on.Tried = true, "2026年11月28日试过"
			return nil
		},
		Typed: func(_ context.Context, text string) (string, error) {
			on.typed = text
			if text != words {
				return "", problem.Problems{"": "第 3 个字不对"}
			}
			on.Locked = 0
			return "打开了 3 处", nil
		},
		Known: func(_ context.Context, locked bool) (int, error) {
			n := on.Gone
			if on.Gone = 0; locked {
				n, on.Locked = on.Locked, 0
			}
			return n, nil
		},
	})
	w = test.NewTempWindow(t, p.Object())
	w.Resize(fyne.NewSize(1186, 700))
	p.Shown()
	return p, w
}

// A sheet is made, the printer is missing at first, four characters are typed back: wrong ones are told by their
// places.
func TestASheetIsMadeAndTried(t *testing.T) {
	on := &table{printer: errors.New("no printer")}
	p, _ := open(t, on)
	if p.steps.Visible() || p.typing.Visible() || p.stands.Text != "还没有恢复单。" {
		t.Errorf("at first: %q", p.stands.Text)
	}
	p.begin()
	p.compare()
	if on.tried || !p.steps.Visible() || !p.right.Disabled() {
		t.Error("tried before it is on paper")
	}
	p.print()
	if !p.right.Disabled() || p.notice.Said() == "" {
		t.Error("it did not come out of the printer, and nobody says so")
	}
	on.printer = nil
	p.print()
	if p.right.Disabled() || on.replaced || !strings.Contains(p.notice.Said(), "电脑里没有留") {
		t.Error(p.notice.Said())
	}
	for typed, says := range map[string]string{"乙庚壬": "现在是 3 个", "乙庚壬子": "第 12 个字不对", "甲甲壬丑": "第 2、7 个字不对"} {
		p.some.SetText(typed)
		p.compare()
		if !strings.Contains(p.part["some"].Problem(), says) || on.tried {
			t.Errorf("%s: %q", typed, p.part["some"].Problem())
		}
	}
	p.some.SetText(" 乙 庚　壬丑 ")
	p.compare()
	if !on.tried || p.words != nil || p.steps.Visible() || !strings.HasPrefix(p.stands.Text, "✓ 恢复单 7462 4944") {
		t.Errorf("%v %q", on.tried, p.stands.Text)
	}
	p.Back()
	if on.went != "preferences" {
		t.Error(on.went)
	}
}

// Whoever was just set up is led to a sheet, may put it off, and is not asked for anything else.
func TestBeginAtSetUp(t *testing.T) {
	on := &table{}
	p, _ := open(t, on)
	p.Begin("单位建好了。")
	if on.made != 1 || p.notice.Said() != "单位建好了。" {
		t.Error(on.made, p.notice.Said())
	}
	if p.Back(); on.went != "home" {
		t.Error(on.went)
	}
}

// On a new computer the characters open what is locked; wrong ones are told below the field, and what was typed stays.
func TestWordsAreOpened(t *testing.T) {
	on := &table{State: State{Locked: 3, Opens: "1234 5678"}}
	p, _ := open(t, on)
	if !p.typing.Visible() || p.typed.Text != "打开保密内容" || !strings.Contains(p.lost.Text,
		"有 3 件的保密内容锁着：请从保险柜里拿编号 1234 5678 的恢复单") {
		t.Errorf("%q %q", p.typed.Text, p.lost.Text)
	}
	p.all.SetText("甲乙")
	p.try()
	if p.part["all"].Problem() != "第 3 个字不对" || p.all.Text != "甲乙" {
		t.Errorf("%q %q", p.part["all"].Problem(), p.all.Text)
	}
	p.all.SetText(words)
	p.try()
	if p.notice.Said() != "打开了 3 处" || p.all.Text != "" || p.lost.Visible() {
		t.Errorf("%q %q", p.notice.Said(), p.lost.Text)
	}
}

// Words that another computer of the unit has trouble nobody; where that one is no more the sheet opens them as well.
func TestWordsOfTheOtherComputer(t *testing.T) {
	on := &table{State: State{Number: "7462 4944", Made: "2026年11月28日", Tried: "今天试过", Elsewhere: 2,
		Opens: "1234 5678"}}
	p, _ := open(t, on)
	if p.mislaid.Visible() || p.known.Visible() || p.typed.Text != "打开保密内容" || !strings.Contains(p.lost.Text,
		"有 2 件的保密内容在本单位另一台电脑上") {
		t.Errorf("%q %q", p.typed.Text, p.lost.Text)
	}
}

// What is gone is said until somebody knows it.
func TestWhatIsGone(t *testing.T) {
	on := &table{State: State{Number: "7462 4944", Made: "2026年11月28日", Gone: 2}}
	p, _ := open(t, on)
	if !p.known.Visible() || !strings.Contains(p.lost.Text, "有 2 件的保密内容不在了") || !strings.Contains(p.stands.Text,
		"还没有照纸上的字试过") {
		t.Errorf("%q %q", p.lost.Text, p.stands.Text)
	}
	p.acknowledge(false)
	if p.known.Visible() || p.lost.Visible() {
		t.Error("it goes on being said")
	}
}
