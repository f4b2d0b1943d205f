package entrance

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/explain"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

var errWrong = problem.New("wrong", "姓名或密码不对，请再输一遍。")

// door is a home with one person; a wrong password costs so long.
type door struct {
	password string
	wait     time.Duration
	opened   []string
	asked    string
}

func (d *door) enter(_ context.Context, name, password string) error {
	if name != "王明" || password != d.password {
		d.wait = 80 * time.Second
		return errWrong
	}
	d.opened = append(d.opened, name)
	return nil
}

func judge(name, password string) string {
	if len([]rune(password)) < 8 {
		return "太短了，至少八个字"
	}
	return ""
}

func open(t *testing.T, size float32, make func(kit.Host) fyne.CanvasObject) *kittest.Window {
	w, h := kittest.Begin(t, size, explain.Sentence)
	*w = kittest.Open(t, make(h), fyne.NewSize(1366, 720))
	return w
}

func entrance(t *testing.T, size float32, d *door) (*kittest.Window, *Page) {
	var p *Page
	w := open(t, size, func(h kit.Host) fyne.CanvasObject {
		p = New(h, Actions{Unit: "凤山街道联络站", Name: "王明", Enter: d.enter, Wait: func(string) time.Duration { return d.wait },
			Judge: judge, Done: func() { d.opened = append(d.opened, "open") },
			Sheet: func(_ context.Context, characters, name, password string) error {
				if characters != "甲乙丙丁" {
					return problem.New("no sheet", "字不对，请照单子再看一遍。")
				}
				d.password = password
				return d.enter(context.Background(), name, password)
			},
			Help: &Help{Office: "离石区人大", Asked: func() string { return d.asked },
				Ask: func(context.Context, string, string, string) error {
					d.asked = "1234567890123452"
					return nil
				},
				Take: func(_ context.Context, _, password string) error {
					d.opened = append(d.opened, "help "+password)
					return nil
				}}})
		return p.Object()
	})
	p.Shown()
	return w, p
}

// A wrong password is said once, then how long to wait; until then nothing is tried, afterwards the right one opens.
func TestSignIn(t *testing.T) {
	d := &door{password: "柳树下的第七巷"}
	w, p := entrance(t, 18, d)
	w.Type("大槐树下第七巷")
	w.Press(fyne.KeyReturn)
	if says := w.Words(); !strings.Contains(says, "请等 1 分 20 秒再试") || strings.Contains(says, "槐") {
		t.Error(says)
	}
	w.Shot("entrance-wait")
	w.Type(d.password)
	if w.Press(fyne.KeyReturn); len(d.opened) > 0 {
		t.Error("tried while nobody may")
	}
	d.wait = 900 * time.Millisecond
	if p.Tick(); !strings.Contains(w.Words(), "请等 1 秒再试") {
		t.Error(w.Words())
	}
	d.wait = 0
	p.Tick()
	if w.Press(fyne.KeyReturn); fmt.Sprint(d.opened) != "[王明 open]" || p.password.Text != "" {
		t.Errorf("opened %v, the field says %q", d.opened, p.password.Text)
	}
}

// Whoever forgot goes on with the sheet, or with the office above, by keys alone.
func TestForgotten(t *testing.T) {
	for _, size := range []float32{18, 26} {
		d := &door{password: "柳树下的第七巷"}
		w, p := entrance(t, size, d)
		w.Shot(fmt.Sprintf("entrance-%.0f", size))
		w.Inside("sign in")
		w.Tap("忘了密码")
		w.Shot(fmt.Sprintf("entrance-sheet-%.0f", size))
		w.Inside("by sheet")
		w.Type("甲乙丙丁")
		w.Press(fyne.KeyReturn, fyne.KeyReturn)
		w.Type("短")
		w.Press(fyne.KeyReturn)
		if !strings.Contains(w.Words(), "太短了") {
			t.Error(w.Words())
		}
		p.lost.fresh.Clear()
		p.lost.fresh.Focus()
		w.Type("北坡新栽的核桃林")
		w.Press(fyne.KeyReturn)
		w.Type("北坡新栽的核桃林")
		w.Press(fyne.KeyReturn)
		if fmt.Sprint(d.opened) != "[王明 open]" || d.password != "北坡新栽的核桃林" {
			t.Errorf("opened %v: %s", d.opened, w.Words())
		}

		kit.Focus(p.lost.ways)
		w.Type("2")
		w.Shot(fmt.Sprintf("entrance-ask-%.0f", size))
		w.Inside("asking")
		for range 2 {
			p.lost.fresh.Focus()
			w.Type("东沟的石板桥东边")
		}
		p.lost.stick.Choose("/media/stick")
		w.Tap("写到U盘")
		if !strings.Contains(w.Words(), "1234 5678 9012 3452") || p.lost.fresh.Text() != "" {
			t.Error(w.Words())
		}
		w.Shot(fmt.Sprintf("entrance-asked-%.0f", size))
		w.Inside("asked")
		if w.Tap("重新申请"); strings.Contains(w.Words(), "1234 5678") {
			t.Error("the stick was lost, and stays: " + w.Words())
		}
		for range 2 {
			p.lost.fresh.Focus()
			w.Type("东沟的石板桥东边")
		}
		kit.Focus(p.lost.stick.Entry)
		if w.Press(fyne.KeyReturn); !strings.Contains(w.Words(), "1234 5678 9012 3452") {
			t.Error("Enter writes nothing: " + w.Words())
		}
		kit.Focus(p.lost.stick.Entry)
		if w.Press(fyne.KeyReturn); w.Canvas().Focused() != p.lost.password {
			t.Error("Enter leads elsewhere")
		}
		w.Tap("取回答复")
		w.Type("东沟的石板桥东边")
		w.Press(fyne.KeyReturn)
		if fmt.Sprint(d.opened) != "[王明 open help 东沟的石板桥东边 open]" {
			t.Errorf("opened %v", d.opened)
		}
		p.Keys()[kit.Key{Name: fyne.KeyEscape}]()
		if !strings.Contains(w.Words(), "记录锁着") {
			t.Error(w.Words())
		}
	}
}

// The first password is typed twice, and may be put off.
func TestFirstPassword(t *testing.T) {
	for _, size := range []float32{18, 26} {
		done, later := "", 0
		var p *First
		w := open(t, size, func(h kit.Host) fyne.CanvasObject {
			p = NewFirst(h, Protecting{Name: "王明", Judge: judge, Later: func() { later++ },
				Done: func(name string) { done += name },
				Do:   func(_ context.Context, name, password string) error { done = password + " "; return nil }})
			return p.Object()
		})
		p.Shown()
		w.Shot(fmt.Sprintf("first-%.0f", size))
		w.Inside("first password")
		w.Type("柳树下的第七巷")
		w.Press(fyne.KeyReturn)
		w.Type("柳树下的第八巷")
		if w.Press(fyne.KeyReturn); !strings.Contains(w.Words(), "太短了") {
			t.Error(w.Words())
		}
		p.fresh.Clear()
		p.fresh.Focus()
		w.Type("柳树下的第七条巷")
		w.Press(fyne.KeyReturn)
		w.Type("柳树下的第八条巷")
		if w.Press(fyne.KeyReturn); !strings.Contains(w.Words(), "两遍不一样") || done != "" {
			t.Error(w.Words())
		}
		p.fresh.Clear()
		for range 2 {
			p.fresh.Focus()
			w.Type("柳树下的第七条巷")
		}
		if w.Press(fyne.KeyReturn); done != "柳树下的第七条巷 王明" {
			t.Error(done)
		}
		if p.Keys()[kit.Key{Name: fyne.KeyEscape}](); later != 1 {
			t.Error("not put off")
		}
	}
}

// The box opens by code, whoever has to wait with a password; a code that was wrong too often counts no more; another opens
// by his own, or by password.
func TestBox(t *testing.T) {
	for _, dim := range []bool{true, false} {
		d := &door{password: "柳树下的第七巷"}
		people := []Person{{"1", "王明", true}, {"2", "李慧敏", true}}
		opened := ""
		var b *Box
		e := kit.NewArea("", 3)
		w := open(t, 18, func(h kit.Host) fyne.CanvasObject {
			b = NewBox(h, Again{People: func() []Person { return people }, Password: d.enter,
				Wait: func(string) time.Duration { return d.wait },
				Code: func(_ context.Context, id, code string) error {
					if code != "4821" {
						people[0].Coded = false
						return problem.New("wrong", "开锁码不对，请改用密码。")
					}
					opened += id
					return nil
				}, Done: func() { opened += " "; kit.Uncover() }})
			return kit.Page("登记来访", "请按顺序填。", e)
		})
		kit.Focus(e)
		w.Type("七巷雨水倒")
		b.Veil = kit.Cover(w.Canvas(), dim, b.Object(), b.First())
		d.wait = time.Minute // of who guessed at a password, not at a code
		b.who.Choose("another")
		b.turn()
		b.who.Choose(people[0].ID)
		b.turn()
		w.Type("灌48２1")
		w.Shot(fmt.Sprintf("box-%v", dim))
		w.Press(fyne.KeyReturn)
		d.wait = 0
		w.Type("。")
		if e.Text != "七巷雨水倒灌。" || opened != "1 " {
			t.Errorf("written %q, opened %q", e.Text, opened)
		}

		b.Veil = kit.Cover(w.Canvas(), dim, b.Object(), b.First())
		w.Type("1111")
		w.Press(fyne.KeyReturn)
		if says := w.Words(); !strings.Contains(says, "开锁码不对") || w.Canvas().Focused() != b.password {
			t.Error(says)
		}
		w.Tap("换人")
		w.Type("2")
		w.Shot(fmt.Sprintf("box-switch-%v", dim))
		w.Type("4821")
		if w.Press(fyne.KeyReturn); opened != "1 2 " {
			t.Errorf("opened %q", opened)
		}
		b.Veil = kit.Cover(w.Canvas(), dim, b.Object(), b.First())
		kit.Focus(b.who)
		w.Type("3")
		w.Type("王明")
		w.Press(fyne.KeyReturn)
		w.Type(d.password)
		if w.Press(fyne.KeyReturn); kit.Covered() || fmt.Sprint(d.opened) != "[王明]" {
			t.Errorf("%v: %s", d.opened, w.Words())
		}
	}
}
