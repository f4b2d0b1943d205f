package station

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// The list says of each unit what is missing there, and can be narrowed to those.
func TestListSaysWhatIsMissing(t *testing.T) {
	w := newWorld(t, "county", "141102", 30)
	w.show(t, usual, 18)
	w.silent = map[string]string{w.table.Rows()[0].Code: "21 天没有消息"}
	w.Shown()
	w.shot(t, "county-list")
	if n := len(w.table.Rows()); n != 33 || !strings.Contains(w.words(), "一共 33 个，资料不全的 22 个") {
		t.Errorf("%d rows: %s", n, w.count.Text)
	}
	var said []string
	for i := range w.table.Rows()[:3] {
		said = append(said, w.table.Cell(i, 4))
	}
	if got := strings.Join(said, "|"); got != "21 天没有消息|缺站长、电话|缺代表" {
		t.Errorf("of the first three it says %s", got)
	}
	w.lacks.TypedRune('1')
	if n := len(w.table.Rows()); n != 22 {
		t.Errorf("%d lack something", n)
	}
	w.lacks.TypedRune('1')
	w.lacks.TypedRune('2')
	if n := len(w.table.Rows()); n != 1 {
		t.Errorf("%d were not heard of", n)
	}
	w.lacks.TypedRune('2')
	w.kind.TypedRune('6')
	if n := len(w.table.Rows()); n != 3 {
		t.Errorf("%d departments", n)
	}
	w.search.SetText("qzjj")
	if n := len(w.table.Rows()); n != 1 || w.table.Rows()[0].Facts.Name != "区住建局" {
		t.Errorf("qzjj finds %d", n)
	}
}

// A unit's page has what is known of it and who is grouped there; a name leads to the person.
func TestUnitWithItsPeople(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1).show(t, usual, 18)
	w.shot(t, "station-list")
	w.table.Choose(0)
	w.table.Focus()
	w.press(fyne.KeyReturn)
	w.shot(t, "station-unit")
	said := w.words()
	for _, want := range []string{"2021年3月20日设立", "0358-8200000", "电脑、打印机、桌椅", w.open.Head, w.open.people[0].Name, "设立：" + w.open.Facts.Name} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not told: %s", want, said)
		}
	}
	if strings.Contains(said, "13812345678") {
		t.Error("a telephone is told")
	}
	if w.tap(t, w.open.people[0].Name); len(w.shown) != 1 {
		t.Errorf("%v were asked for", w.shown)
	}
	if !w.Back() || w.Back() {
		t.Error("Esc does not lead back to the list")
	}
}
