package people

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/app/roster"
	"lianluo.local/data/field"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
	"lianluo.local/ui/show"
)

// first opens the first person whom a filter chooses and who holds one mandate.
func (w *world) first(t testing.TB, f roster.Filter) person.Person {
	t.Helper()
	ps, _, err := w.Roster.People(ctx, f)
	i := slices.IndexFunc(ps, func(v person.Person) bool { return len(v.Held()) == 1 })
	if err != nil || i < 0 {
		t.Fatalf("nobody is %+v: %v", f, err)
	}
	w.Page.Open(ps[i])
	return ps[i]
}

// by is the act of a code.
func by(do string) act {
	return acts[slices.IndexFunc(acts, func(a act) bool { return a.do == do })]
}

// Whoever is put on the roster stands there, with mandate and station, and is found by first letters.
func TestSomebodyIsPutOnTheRoster(t *testing.T) {
	w := newWorld(t, "county", "141102", 12).show(t, usual, 18)
	w.table.Focus()
	w.press(fyne.KeyN)
	w.shot(t, "add")
	w.tap(t, "登记一位")
	if said := w.words(); !strings.Contains(said, "请写姓名") {
		t.Errorf("without a name it says %s", said)
	}
	w.typed("高小宝")
	w.press(fyne.KeyReturn) // on to what follows
	w.fill(map[string]any{"phone": "13812340000", "birth": "1970-13"})
	w.tap(t, "登记一位")
	if said := w.words(); !strings.Contains(said, "出生年月") || !strings.Contains(said, "高小宝") {
		t.Errorf("with a wrong month it says %s", said)
	}
	w.shot(t, "add-wrong")
	w.press(fyne.KeyEscape) // what was typed stays
	w.table.Focus()
	w.press(fyne.KeyN)
	if said := w.words(); !strings.Contains(said, "高小宝") || !strings.Contains(said, "都还在") {
		t.Errorf("opened again it says %s", said)
	}
	w.fill(map[string]any{"birth": "1970-12", "level": "county", "congress": "14", "stations": "凤山站", "fields": []string{"教育"}})
	w.shot(t, "add-filled")
	w.tap(t, "登记一位")
	if len(w.said) == 0 || !strings.Contains(w.said[len(w.said)-1], "已登记") {
		t.Fatalf("it says %q, %s", w.said, w.words())
	}
	w.search.SetText("gxb")
	if rows := w.table.Rows(); len(rows) != 1 || rows[0].Held()[0].String() != "十四届县人大代表" || w.seats(rows[0]) != "凤山站" {
		t.Fatalf("found are %v", rows)
	}
}

// A person's page does what may be done with him, and shows what became of it.
func TestActsOnAPerson(t *testing.T) {
	w := newWorld(t, "county", "141102", 12).show(t, usual, 18)
	v := w.first(t, roster.Filter{Level: "county"})
	w.shot(t, "person")
	for _, step := range []struct {
		do, say, want string
		values        field.Values
	}{
		{person.Correct, "更正", "第9小学主任", field.Values{"employer": "第9小学", "post": "主任"}},
		{person.Group, "编入站点", "凤山站　参加", field.Values{"stations": "凤山站", "part": "part"}},
		{person.Away, "请假", "请假", field.Values{"to": "2026-12-31", "reason": "住院"}},
		{person.Suspend, "暂停执行职务", "暂停执行", field.Values{"reason": "custody"}},
		{person.Resume, "恢复执行职务", "在任", nil},
		{person.End, "职务终止", "2026年11月23日终止　迁出或者调离", field.Values{"reason": "moved"}},
		{person.Cancel, "作废", "已作废", field.Values{"note": "登记了两次"}},
	} {
		w.do(by(step.do))
		if said := w.words(); !strings.Contains(said, step.say+" "+v.Name) {
			t.Fatalf("no sheet of %s: %s", step.do, said)
		}
		w.shot(t, "sheet-"+step.do)
		w.fill(step.values)
		w.tap(t, step.say)
		if said := w.words(); !strings.Contains(said, step.want) || w.win.Canvas().Overlays().Top() != nil {
			t.Fatalf("%s: %s is not told: %s", step.do, step.want, said)
		}
	}
	w.shot(t, "person-after")
}

// A mandate is chosen before it is put right, and another one can be added.
func TestMandates(t *testing.T) {
	w := newWorld(t, "county", "141102", 12).show(t, usual, 18)
	v := w.first(t, roster.Filter{Level: "county"})
	w.press(fyne.KeyM)
	w.shot(t, "which-mandate")
	w.tap(t, v.Held()[0].String())
	w.shot(t, "mandate")
	w.fill(field.Values{"delegation": "城区代表团"})
	w.tap(t, "代表职务")
	if said := w.words(); !strings.Contains(said, "城区代表团") || !strings.Contains(said, v.Held()[0].District) {
		t.Errorf("it says %s", said)
	}
	w.press(fyne.KeyM)
	w.tap(t, "登记新的职务")
	w.fill(field.Values{"level": "township", "congress": "十五届"})
	w.tap(t, "代表职务")
	if said := w.words(); !strings.Contains(said, "十五届乡人大代表") || !strings.Contains(said, "十四届县人大代表") {
		t.Errorf("it says %s", said)
	}
}

// Two who are one are joined and counted once, and can be parted again.
func TestTwoAreOne(t *testing.T) {
	w := newWorld(t, "county", "141102", 12).show(t, usual, 18)
	all := w.all
	v := w.first(t, roster.Filter{Level: "county"})
	other := w.table.Rows()[slices.IndexFunc(w.table.Rows(), func(o person.Person) bool {
		return o.ID != v.ID && len(o.Held()) == 1 && o.Held()[0].Level == "province"
	})]
	w.do(by(person.Join))
	w.typed(other.Name)
	w.shot(t, "join")
	w.press(fyne.KeyReturn)
	w.tap(t, "并为一人")
	if w.Back(); w.all != all-1 {
		t.Errorf("%d are counted, not %d: %q", w.all, all-1, w.said)
	}
	w.Page.Open(other)
	w.again()
	w.shot(t, "joined")
	if len(w.open.joined) != 1 || !strings.Contains(w.words(), "并在一起") {
		t.Fatalf("of %s and %s: %s", v.Name, other.Name, w.words())
	}
	w.tap(t, "更多")
	w.tap(t, "和"+w.place(v.Unit))
	if w.Back(); w.all != all {
		t.Errorf("%d are counted, not %d: %q", w.all, all, w.said)
	}
}

// All who are ticked come to a station at once.
func TestManyAreGrouped(t *testing.T) {
	w := newWorld(t, "county", "141102", 30).show(t, usual, 18)
	w.table.Focus()
	w.press(fyne.KeyDown, fyne.KeySpace, fyne.KeySpace, fyne.KeySpace, fyne.KeyG)
	w.shot(t, "many")
	w.fill(field.Values{"stations": "莲花池站"})
	ids := []string{w.marked[0].ID, w.marked[1].ID, w.marked[2].ID}
	w.tap(t, "编入站点")
	if got := fmt.Sprint(w.said[len(w.said)-1]); got != "已编入 3 位。" || len(w.marked) != 0 {
		t.Fatalf("it says %s: %s", got, w.words())
	}
	for _, id := range ids {
		if v, err := w.Roster.Person(ctx, id); err != nil || !strings.Contains(w.seats(v), "莲花池站") {
			t.Errorf("%s is at %s, %v", v.Name, w.seats(v), err)
		}
	}
}

// The seats of a congress add up, or the line says that they do not; a congress ends as a whole, after it was said of how
// many.
func TestACongressEnds(t *testing.T) {
	w := newWorld(t, "county", "141102", 30)
	w.Roster.Profile.Quotas = []profile.Quota{{Level: "county", Congress: "十四届", Seats: 9, Place: w.Settings.Unit},
		{Level: "township", Congress: "十四届", Seats: 3}}
	w.show(t, usual, 18)
	w.shot(t, "quota")
	held, _ := w.Roster.Deputies(ctx, "county", "十四届", "")
	if said := w.words(); !strings.Contains(said, "名额 3 ≠ 实有") || !strings.Contains(said, "请核对") || len(held) == 0 {
		t.Errorf("it says %s", said)
	}
	w.turnover()
	w.fill(field.Values{"level": "county", "congress": "14"})
	w.shot(t, "turnover")
	w.tap(t, "看有多少位")
	w.shot(t, "turnover-sure")
	if said := w.words(); !strings.Contains(said, fmt.Sprintf("十四届县人大代表 %d 位", len(held))) {
		t.Fatalf("it says %s", said)
	}
	w.tap(t, "终止这")
	if left, err := w.Roster.Deputies(ctx, "county", "十四届", ""); err != nil || len(left) > 0 {
		t.Errorf("%d are left, %v: %q", len(left), err, w.said)
	}
	if said := w.said[len(w.said)-1]; !strings.Contains(said, fmt.Sprintf("%d 位的职务已终止", len(held))) {
		t.Errorf("it says %s", said)
	}
}

// What a person sat at stands on his page, and a name that nobody can tell is asked about once.
func TestMattersOfAPerson(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 12)
	all, _, _ := w.Roster.People(ctx, roster.Filter{})
	me := all[0].Name
	for _, names := range [][]string{{me}, {me, "胡不归"}} {
		if _, err := w.Desk.Receive(ctx, someone, desk.Draft{Title: "七巷雨水倒灌", Name: "单志远", Words: "积水", Deputies: names}); err != nil {
			t.Fatal(err)
		}
	}
	w.show(t, usual, 18)
	w.shot(t, "strange")
	w.Page.Open(w.table.Rows()[slices.IndexFunc(w.table.Rows(), func(v person.Person) bool { return v.ID == all[0].ID })])
	w.shot(t, "matters")
	if said := w.words(); strings.Count(said, "七巷雨水倒灌") != 2 || !strings.Contains(said, "手头 2 件") {
		t.Errorf("it says %s", said)
	}
	w.tap(t, "看")
	w.Print()
	if len(w.shown) != 1 || fmt.Sprint(w.printed) != "[contact-card 1]" {
		t.Errorf("shown %v, printed %v", w.shown, w.printed)
	}
	w.Back()
	w.tap(t, "认不出的姓名 1")
	w.shot(t, "strangers")
	w.press(fyne.KeyReturn)
	w.tap(t, "登记一位新的")
	w.tap(t, "登记一位")
	if len(w.strange) != 0 {
		t.Errorf("%d are strange still: %q %s", len(w.strange), w.said, w.words())
	}
}

// A photo from a file stands on the page.
func TestAPhotoFromAFile(t *testing.T) {
	w := newWorld(t, "county", "141102", 4).show(t, usual, 18)
	v := w.first(t, roster.Filter{Level: "county"})
	dir := t.TempDir()
	var b bytes.Buffer
	if err := errors.Join(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 900, 1200)), nil),
		os.WriteFile(filepath.Join(dir, "王.jpg"), b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	w.keep(v, filepath.Join(dir, "王.jpg"))
	w.shot(t, "photo")
	if w.open.photo == nil || show.Portrait(w.open.photo) == nil || !strings.Contains(w.words(), "换照片") {
		t.Errorf("no photo: %q %s", w.said, w.words())
	}
}

// Whoever walks through a sheet with Tab sees where he is.
func TestTabBringsIntoSight(t *testing.T) {
	w := newWorld(t, "county", "141102", 1).show(t, fyne.NewSize(1110, 620), 26)
	w.add()
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject
	for range 12 {
		w.win.Canvas().FocusNext()
	}
	at := w.win.Canvas().Focused().(fyne.CanvasObject)
	w.shot(t, "tab")
	if end := where(at).Y + at.Size().Height; end > 560 || where(at).Y < 40 {
		t.Errorf("%T stands at %v, %v high", at, where(at), at.Size().Height)
	}
}
