package people

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/store"
)

// The list finds by name, by first letters of its sounds, by level, station, field and tier, and says how many there are.
func TestListFinds(t *testing.T) {
	w := newWorld(t, "county", "141102", 90).show(t, usual, 18)
	w.shot(t, "county-list")
	if n := len(w.table.Rows()); n != step || !strings.Contains(w.words(), "一共 82 位") {
		t.Errorf("%d rows at first: %s", n, w.count.Text)
	}
	first := w.table.Rows()[0]
	if first.Held()[0].Level != "province" {
		t.Errorf("the first is %s", levels(first))
	}
	w.typed(first.Name)
	if rows := w.table.Rows(); len(rows) == 0 || rows[0].Name != first.Name {
		t.Errorf("by name: %v", rows)
	}
	w.search.SetText("")
	for i, want := range map[int]string{5: "县", 7: "已届满"} {
		w.level.TypedRune(rune('0' + i))
		w.shot(t, fmt.Sprintf("county-level-%d", i))
		for _, v := range w.table.Rows() {
			if !strings.Contains(levels(v)+w.standing(v), want) {
				t.Errorf("%s: %s %s", want, levels(v), w.standing(v))
			}
		}
		if len(w.table.Rows()) == 0 {
			t.Error("nobody is " + want)
		}
	}
	w.level.TypedRune('1')
	w.station.Entry.SetText("")
	w.win.Canvas().Focus(w.station.Entry)
	w.press(fyne.KeyDown)
	if n := len(w.station.Offered()); n != 3 {
		t.Errorf("%d stations are offered", n)
	}
	w.press(fyne.KeyReturn)
	for _, v := range w.table.Rows() {
		if !v.Seated(w.station.Chosen().Code) {
			t.Errorf("%s is not at %s", v.Name, w.station.Chosen().Text)
		}
	}
	w.shot(t, "county-station")
}

// Telephone, birth and address are covered until somebody asks.
func TestContactIsCovered(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 12).show(t, usual, 18)
	w.shot(t, "station-list")
	w.table.Choose(0)
	w.table.Focus()
	w.press(fyne.KeyReturn)
	w.shot(t, "station-person")
	secret := w.open.Phone
	if said := w.words(); strings.Contains(said, secret) || strings.Contains(said, "1975") || !strings.Contains(said, "十四届") {
		t.Errorf("at first it says %s", said)
	}
	for _, b := range []string{"显示联系方式"} {
		w.tap(t, b)
	}
	if said := w.words(); !strings.Contains(said, secret) || !strings.Contains(said, "七巷3号") {
		t.Errorf("asked for, it says %s", said)
	}
	if b, err := os.ReadFile(filepath.Join(w.Home.Audit(), "0000000001.log")); err != nil ||
		strings.Count(string(b), `"do":"contact","what":"`+w.open.ID) != 1 {
		t.Errorf("it is written down as %s, %v", b, err)
	}
	w.shot(t, "station-person-bare")
	if !w.Back() || w.open != nil || w.Back() {
		t.Error("Esc does not lead back to the list")
	}
}

// Space ticks and goes on, Ctrl+A ticks all, Esc takes the ticks back.
func TestTicks(t *testing.T) {
	w := newWorld(t, "county", "141102", 20).show(t, usual, 18)
	w.table.Focus()
	w.press(fyne.KeyDown, fyne.KeySpace, fyne.KeySpace)
	if len(w.marked) != 2 || !strings.Contains(w.words(), "已勾 2 位") {
		t.Errorf("%d are ticked: %s", len(w.marked), w.count.Text)
	}
	w.markAll()
	if len(w.marked) != len(w.table.Rows()) {
		t.Errorf("%d of %d are ticked", len(w.marked), len(w.table.Rows()))
	}
	if w.Back(); len(w.marked) != 0 {
		t.Errorf("%d are ticked still", len(w.marked))
	}
}

// On an old screen with the largest letters and on the largest screen, with nobody, few and many, nothing ends outside.
func TestSizes(t *testing.T) {
	for _, home := range []struct {
		role, unit string
		people     int
	}{{"station", "141102002003", 0}, {"station", "141102002003", 12}, {"county", "141102", 900}, {"city", "1411", 12}} {
		w := newWorld(t, home.role, home.unit, home.people)
		for _, size := range []fyne.Size{fyne.NewSize(1110, 620), fyne.NewSize(3600, 2080)} {
			name := fmt.Sprintf("%s-%d-%.0f", home.role, home.people, size.Width)
			w.show(t, size, 26)
			w.shot(t, name+"-list")
			if w.inside(t, name); home.people > 0 {
				w.Page.Open(w.table.Rows()[0])
				w.shot(t, name+"-person")
				w.inside(t, name+" person")
			}
		}
	}
}

// From the page of today the list comes as it is meant, however it was left.
func TestWaitingFromAnotherPage(t *testing.T) {
	w := newWorld(t, "county", "141102", 12).show(t, usual, 18)
	b := person.Opening{Facts: person.Facts{Name: "解玉兰"}, Seats: []person.Seat{{Station: apptest.Yuanjia, Part: "main"}},
		Mandates: []person.Mandate{{Level: "county", Congress: "十四届"}}}
	if _, err := w.Store.Write(ctx, store.Act{Kind: person.Name, Do: person.Add, Body: b, Private: person.Private{}, Unit: apptest.Yuanjia,
		By: someone.Name, At: w.World.Now}); err != nil {
		t.Fatal(err)
	}
	w.search.SetText("没有的人")
	w.Page.Open(w.people(t)[0])
	w.Waiting()
	if rows := w.table.Rows(); w.open != nil || len(rows) != 1 || rows[0].Name != "解玉兰" {
		t.Errorf("%d wait: %s", len(rows), w.words())
	}
	w.shot(t, "waiting")
}

// people are all that are here.
func (w *world) people(t *testing.T) []person.Person {
	t.Helper()
	ps, _, err := w.roster.People(ctx, roster.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return ps
}
