package station

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/data/field"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
)

// The list says of each unit what is missing there, and can be narrowed to those.
func TestListSaysWhatIsMissing(t *testing.T) {
	w := newWorld(t, "county", "141102", 30)
	w.show(t, usual, 18)
	w.silent = map[string]string{w.table.Rows()[0].Code: "21 天没有消息"}
	w.Shown()
	w.win.Shot("county-list")
	if n := len(w.table.Rows()); n != 33 || !strings.Contains(w.win.Words(), "一共 33 个，资料不全的 22 个") {
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
	if n := len(w.table.Rows()); n != 1 || w.table.Rows()[0].Name != "区住建局" {
		t.Errorf("qzjj finds %d", n)
	}
}

// A unit's page has what is known of it and who is grouped there; a name leads to the person.
func TestUnitWithItsPeople(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1).show(t, usual, 18)
	w.win.Shot("station-list")
	w.table.Choose(0)
	w.table.Focus()
	w.win.Press(fyne.KeyReturn)
	w.win.Shot("station-unit")
	said := w.win.Words()
	for _, want := range []string{"2021年3月20日设立", "0358-8200000", "电脑、打印机、桌椅", w.open.Head, w.open.people[0].Name, "设立：" + w.open.Name} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not told: %s", want, said)
		}
	}
	if strings.Contains(said, "13812345678") {
		t.Error("a telephone is told")
	}
	if w.win.Tap(w.open.people[0].Name); len(w.shown) != 1 {
		t.Errorf("%v were asked for", w.shown)
	}
	if !w.Back() || w.Back() {
		t.Error("Esc does not lead back to the list")
	}
}

// A unit is registered, put right, merged into another and taken back; whoever is grouped there comes along.
func TestActsOnAUnit(t *testing.T) {
	w := newWorld(t, "county", "141102", 6).show(t, usual, 18)
	w.win.Press(fyne.KeyN)
	w.win.Shot("which-kind")
	w.win.Tap("部门")
	w.fill(field.Values{"name": "区林业局", "phone": "0358-8220009"})
	w.win.Shot("department")
	w.win.Tap("登记部门")
	w.search.SetText("qlyj")
	if n := len(w.table.Rows()); n != 1 {
		t.Fatalf("qlyj finds %d: %q %s", n, w.said, w.win.Words())
	}
	w.search.SetText("")
	w.win.Press(fyne.KeyN)
	w.win.Tap("联络站")
	w.win.Type("fsjd") // 凤山街道
	w.win.Shot("station-place")
	w.win.Press(fyne.KeyReturn)
	w.fill(field.Values{"name": "凤山街道代表联络站", "head": "高小宝"})
	w.win.Tap("登记联络站")
	w.search.SetText("高小宝")
	if n := len(w.table.Rows()); n != 1 || w.table.Rows()[0].Town != "凤山街道" {
		t.Fatalf("高小宝 finds %d: %q %s", n, w.said, w.win.Words())
	}
	w.search.SetText("")
	v := w.table.Rows()[0]
	w.Page.Open(v)
	w.win.Shot("unit")
	w.win.Press(fyne.KeyE)
	w.win.Shot("unit-correct")
	w.fill(field.Values{"head": "李四海"})
	w.win.Tap("更正")
	if said := w.win.Words(); !strings.Contains(said, "李四海") || !strings.Contains(said, "更正：站长") {
		t.Errorf("it says %s", said)
	}
	w.win.Tap("并入…")
	w.fill(field.Values{"successor": w.table.Rows()[3].Code})
	w.win.Tap("并入")
	if said := w.win.Words(); !strings.Contains(said, "已并入"+w.table.Rows()[2].Called()) {
		t.Errorf("it says %s, %q", said, w.said)
	}
	w.win.Shot("unit-merged")
	w.win.Tap("恢复…")
	w.win.Tap("恢复")
	if w.open.State != site.Open {
		t.Errorf("%s is %v: %q", w.open.Code, w.open.State, w.said)
	}
}

// On an old screen with the largest letters and on the largest screen, with no unit, few and many, nothing ends outside.
func TestSizes(t *testing.T) {
	for _, role := range []struct {
		role, unit string
		stations   int
	}{{"station", "141102002003", 1}, {"station", "141102002003", 0}, {"county", "141102", 55}, {"city", "1411", 12}} {
		w := newWorld(t, role.role, role.unit, role.stations)
		for _, size := range []fyne.Size{fyne.NewSize(1110, 620), fyne.NewSize(3600, 2080)} {
			name := fmt.Sprintf("units-%s-%d-%.0f", role.role, role.stations, size.Width)
			w.show(t, size, 26)
			w.win.Shot(name + "-list")
			w.win.Inside(name)
			if role.stations > 0 {
				w.Page.Open(w.table.Rows()[0])
				w.win.Shot(name + "-unit")
				w.win.Inside(name + " unit")
			}
		}
	}
}

// A station registers itself where its county did not, and says of itself what it knows best.
func TestAStationRegistersItself(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 0).show(t, usual, 18)
	w.win.Press(fyne.KeyN)
	w.win.Shot("own")
	w.fill(field.Values{"head": "高小宝", "phone": "0358-8221321"})
	w.win.Tap("登记本站")
	if n := len(w.table.Rows()); n != 1 || w.table.Rows()[0].Head != "高小宝" || w.foot.Visible() {
		t.Fatalf("%d units: %q %s", n, w.said, w.win.Words())
	}
	w.table.Focus()
	w.win.Press(fyne.KeyN) // it is there already
	w.win.Press(fyne.KeyE)
	if said := w.win.Words(); w.open == nil || strings.Contains(said, "名称必填") || !strings.Contains(said, "站长") {
		t.Errorf("it says %s", said)
	}
}

// Who is no deputy in office is named apart and not counted.
func TestWhoCounts(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	for _, b := range []person.Opening{
		{Facts: person.Facts{Name: "解玉兰", Roles: []string{"liaison"}}},
		{Facts: person.Facts{Name: "单桂花"}, Mandates: []person.Mandate{{Level: "county", Congress: "十四届", Standing: "suspended"}}},
		{Facts: person.Facts{Name: "郝建平"}, Mandates: []person.Mandate{{Level: "township", Congress: "九届"}}}} {
		b.Seats = []person.Seat{{Station: w.Settings.Unit, Part: "main"}}
		if _, err := w.Store.Write(ctx, store.Act{Kind: person.Name, Do: person.Add, Body: b, Private: person.Private{}, Unit: w.Settings.Unit,
			By: someone.Name, At: w.World.Now}); err != nil {
			t.Fatal(err)
		}
	}
	w.show(t, usual, 18)
	w.table.Choose(0)
	w.table.Focus()
	w.win.Press(fyne.KeyReturn)
	w.win.Shot("who-counts")
	said := w.win.Words()
	deputies, others, apart := strings.Cut(said, "其他人员 2")
	if !apart || !strings.Contains(said, "代表 2") || !strings.Contains(deputies, "郝建平") {
		t.Fatalf("who counts is not told: %s", said)
	}
	for _, name := range []string{"解玉兰", "单桂花"} {
		if strings.Contains(deputies, name) || !strings.Contains(others, name) {
			t.Errorf("%s is counted", name)
		}
	}
}
