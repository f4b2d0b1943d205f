package form

import (
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/settings"
	"lianluo.local/data/site"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

func TestDates(t *testing.T) {
	for got, want := range map[string]string{
		Date("2026-04-07"): "2026年4月7日", Date(""): "", Date("四月\n初"): "四月 初", Day(time.Time{}): "",
		Moment(time.Date(2026, 3, 8, 9, 2, 0, 0, time.UTC)): "2026年3月8日 9时02分", Moment(time.Time{}): "",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A list of boxes takes the lines it needs, and nothing of it leaves its row.
func TestChoose(t *testing.T) {
	s := A4(1, 20)
	f := Grid{Page: s.Page, X: s.Margin, Y: 40, W: s.Width(), Label: s.Note(9), Value: s.Style(typeset.Kai, 11),
		Column: 20, Pad: 1}
	f.Choose(Choice{Label: "来源渠道", Ticks: Ticks(words.Channels, "box")}, Choice{Label: "人数", Value: "7人", Share: .3})
	f.Close()
	ps := papertest.Print(t, typeset.Document{Pages: []*typeset.Page{s.Page}}, "")
	if text := papertest.All(ps); !strings.Contains(text, "✓5意见箱") || strings.Count(text, "✓") != 1 ||
		!strings.Contains(text, "10其他") || !strings.Contains(text, "7人") {
		t.Errorf("the boxes say %q", text)
	}
	for _, p := range ps {
		if y := 297 - p.Y/72*25.4; y < 40 || y > f.Y || !p.Within(210, 297, 20) {
			t.Errorf("%q stands outside its row", p.Text)
		}
	}
}

// However long a title, a note and a number are, they keep to the page and apart from each other.
func TestHeadHasRoom(t *testing.T) {
	s := A4(1.48, 15)
	y, err := s.Head(Head{Organisation: strings.Repeat("人大代表联络站", 9), Title: strings.Repeat("不予受理", 6),
		Note:   strings.Repeat("请您保管", 20),
		Number: strings.Repeat("02-002003", 8), Code: "1"})
	if err != nil {
		t.Fatal(err)
	}
	s.Part(y, "告知单存根", strings.Repeat("联络站留存", 20), strings.Repeat("02-002003", 8))
	ps := papertest.Print(t, typeset.Document{Pages: []*typeset.Page{s.Page}}, "")
	for i, a := range ps {
		if !a.Within(210, 297, 7) {
			t.Errorf("%q leaves the page", a.Text)
		}
		for _, b := range ps[:i] {
			if a.Y < b.Y+b.Size/2 && b.Y < a.Y+a.Size/2 && a.X < b.X+b.Width && b.X < a.X+a.Width {
				t.Errorf("%q lies over %q", a.Text, b.Text)
			}
		}
	}
}

// Whoever prints for a citizen names the table where he sat as it is known, with its telephone; his own is never taken
// for it.
func TestMetTheTableAsItIsKnown(t *testing.T) {
	const table, point = "141102002003D1-A", "141102002006D1-J"
	o := Issuer{Settings: settings.Settings{Unit: "141102000000", Name: "离石区人大常委会", Phone: "0358-8221000", Hours: "工作日"}}
	for name, x := range map[string]struct {
		sites              map[string]site.Site
		station            string
		name, phone, hours string
	}{
		"unknown": {nil, table, "凤山街道袁家庄社区代表联络点", "", ""},
		"known":   {map[string]site.Site{table: {Facts: site.Facts{Name: "为民联络点", Phone: "0358-1", Opening: "周一"}}}, table, "为民联络点", "0358-1", "周一"},
		"a point of the table": {map[string]site.Site{table: {Facts: site.Facts{Name: "为民联络点", Phone: "0358-1", Opening: "周一"}},
			point: {Facts: site.Facts{Name: "便民联络点", Phone: "0358-2"}}}, point, "便民联络点", "0358-2", ""},
		"a name alone": {map[string]site.Site{table: {Facts: site.Facts{Name: "为民联络点"}}}, table, "为民联络点", "", ""},
	} {
		o.Sites = x.sites
		m := matter.Matter{Base: thing.Base{Unit: table}}
		m.Station = x.station
		if met := o.Met(m); met.Name != x.name || met.Phone != x.phone || met.Hours != x.hours {
			t.Errorf("%s: %s %s %s", name, met.Name, met.Phone, met.Hours)
		}
	}
}
