package users

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/app/crew"
	"lianluo.local/app/explain"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/staff"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// office is who works somewhere, and what was asked of it.
type office struct {
	lines []Line
	did   []string
	said  string
}

func (o *office) act(_ context.Context, w crew.Order) (u staff.User, err error) {
	o.did = append(o.did, fmt.Sprint(w.Do, " ", w.User, w.Name, w.Roles))
	for i := range o.lines {
		if o.lines[i].ID == w.User {
			o.lines[i].Locked = w.Do == staff.Lock
			u = o.lines[i].User
		}
	}
	if w.Do == staff.Add {
		if len(w.Roles) == 0 {
			return u, problem.Problems{"roles": "请写角色，如 联络员"}.Of(staff.Name)
		}
		u = staff.User{ID: "3", Name: w.Name, Since: "2026-11-29"}
		o.lines = append(o.lines, Line{User: u})
	}
	return u, nil
}

func open(t *testing.T, size float32) (*kittest.Window, *Page, *office) {
	o := &office{lines: []Line{
		{staff.User{ID: "1", Name: "王明", Roles: []right.Role{right.Administrator, right.Liaison}, Since: "2026-11-23"}, "有"},
		{staff.User{ID: "2", Name: "李慧敏", Roles: []right.Role{"volunteer"}, Since: "2026-11-24"}, ""}}}
	w, h := kittest.Begin(t, size, explain.Sentence)
	h.Say = func(_ kit.Tone, s string) { o.said = s }
	p := New(h, journal.Station, Actions{List: func(context.Context) ([]Line, error) { return slices.Clone(o.lines), nil },
		Act: o.act, Self: func() string { return "1" },
		Judge: func(_, password string) string {
			if len([]rune(password)) < 8 {
				return "太短了，至少八个字"
			}
			return ""
		},
		Password: func(_ context.Context, u staff.User, password string) error {
			o.did = append(o.did, u.Name+" "+password)
			return nil
		}})
	*w = kittest.Open(t, p.Object(), fyne.NewSize(1366, 720))
	p.Shown()
	p.Start()
	if high := p.table.Container.Size().Height; high < 300 {
		t.Errorf("the list is %v high on a page of 720", high)
	}
	for k, do := range p.Keys() {
		kit.Keys[k] = do
	}
	return w, p, o
}

// A user is added with a role whose rights stand beside it, and given a password at once.
func TestAdd(t *testing.T) {
	for _, size := range []float32{18, 26} {
		w, _, o := open(t, size)
		w.Shot(fmt.Sprintf("users-%.0f", size))
		w.Inside("users")
		w.Tap("增加用户")
		w.Type("赵小燕")
		w.Press(fyne.KeyReturn)
		w.Shot(fmt.Sprintf("users-add-%.0f", size))
		if says := w.Sheet(); !strings.Contains(says, "值班员") || !strings.Contains(says, "登记、更正自己一天内登记的") ||
			strings.Contains(says, "市督查室") {
			t.Error(says)
		}
		w.Tap("增加")
		if says := w.Sheet(); !strings.Contains(says, "请写角色") {
			t.Error(says)
		}
		w.Type(" ")
		w.Tap("增加")
		if says := w.Sheet(); !strings.Contains(says, "给赵小燕设第一个密码") {
			t.Fatal(says)
		}
		w.Shot(fmt.Sprintf("users-password-%.0f", size))
		w.Type("北坡新栽的核桃林")
		w.Press(fyne.KeyReturn)
		w.Type("北坡新栽的核桃林")
		w.Press(fyne.KeyReturn)
		if got := strings.Join(o.did, "; "); got != "add 赵小燕[]; add 赵小燕[volunteer]; 赵小燕 北坡新栽的核桃林" {
			t.Error(got)
		}
	}
}

// Nobody changes his own role or shuts himself out; of others both is offered, and taken back.
func TestOthersAlone(t *testing.T) {
	w, p, o := open(t, 18)
	p.table.Choose(0)
	if w.Press(fyne.KeyR); w.Sheet() != "" || !p.acts[staff.Lock].Disabled() {
		t.Error("he may change himself: " + w.Sheet())
	}
	p.table.Choose(1)
	if w.Press(fyne.KeyReturn); !strings.Contains(w.Sheet(), "李慧敏的角色") {
		t.Fatal(w.Sheet())
	}
	w.Press(fyne.KeyReturn)
	w.Type(" ")
	w.Tap("改好")
	w.Tap("停用")
	w.Tap("停用")
	w.Tap("恢复")
	if got := strings.Join(o.did, "; "); got != "role 2[volunteer liaison]; lock 2[]; unlock 2[]" {
		t.Error(got)
	}
}
