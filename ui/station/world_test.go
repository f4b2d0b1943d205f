package station

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	"lianluo.local/assets/names"
	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/field"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "赵晖"}

var ctx = context.Background()

// world is one computer with units, the page on it, and what it said.
type world struct {
	*apptest.Seat
	*Page
	host kit.Host
	win  kittest.Window
	said []string

	shown  []string          // people who were asked for
	silent map[string]string // what is said of units that nobody heard of
}

// newWorld is an office or station with so many stations, of which every third lacks something, and departments.
func newWorld(t testing.TB, role, code string, stations int) *world {
	t.Helper()
	w := &world{Seat: apptest.Alone(t, role, code)}
	w.World.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	w.host = kit.Host{Context: ctx, Run: kit.Inline, Go: func(string) {}, Explain: error.Error,
		Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	var acts []store.Act
	act := func(kind, do string, body, private any) {
		acts = append(acts, store.Act{Kind: kind, Do: do, Body: body, Private: private, Unit: w.Settings.Unit, By: someone.Name,
			At: w.World.Now.AddDate(0, -1, 0)})
	}
	within := w.Settings.Unit[:map[string]int{"city": 4, "county": 6, "station": 12}[role]]
	all, n := names.All(), 0
	for _, place := range villages(within) {
		if n == stations {
			break
		}
		s, _ := unit.Station(place.Code)
		f := site.Facts{Name: places.Of(s).Full, Head: all[n%len(all)], Phone: fmt.Sprintf("0358-82%05d", n), Address: place.Name + "便民服务中心一楼",
			Opening: "工作日 8:00–18:00", Area: "42", Equipment: []string{"电脑", "打印机", "桌椅"}, Liaisons: []string{"李慧敏"}}
		if n%3 == 1 {
			f.Head, f.Phone = "", ""
		}
		act(site.Name, site.Begin, site.Opening{Code: s, Kind: "point", Facts: f, Opened: "2021-03-20"}, nil)
		if n%3 != 2 {
			act(person.Name, person.Add, person.Opening{Facts: person.Facts{Name: all[(n*7)%len(all)]}, Seats: []person.Seat{{Station: s, Part: "main"}},
				Mandates: []person.Mandate{{Level: "county", Congress: "十四届"}}}, person.Private{Phone: "13812345678"})
		}
		n++
	}
	if role == "county" {
		for i, d := range []string{"区住建局", "区水利局", "区教育局"} {
			act(site.Name, site.Begin, site.Opening{Code: fmt.Sprintf("%s-%02d", within, i+1), Kind: "department",
				Facts: site.Facts{Name: d, Phone: []string{"0358-8220001", "", ""}[i]}}, nil)
		}
	}
	if len(acts) > 0 {
		if _, err := w.Store.Write(ctx, acts...); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// villages are the places whose codes begin so.
func villages(within string) (list []places.Place) {
	if len(within) == 12 {
		p, _ := places.ByCode(within)
		return []places.Place{p}
	}
	var below func(code string)
	below = func(code string) {
		for _, p := range places.Children(code) {
			if p.Level == "village" {
				list = append(list, p)
			}
			below(p.Code)
		}
	}
	below((within + "00000000")[:12])
	return list
}

// show puts the page into a window.
func (w *world) show(t testing.TB, size fyne.Size, text float32) *world {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New("light", text))
	w.host.Canvas = func() fyne.Canvas { return w.win.Canvas() }
	w.Page = New(w.host, w.Roster, someone, Actions{Person: func(v person.Person) { w.shown = append(w.shown, v.Name) },
		Silent: func(context.Context) (map[string]string, error) { return w.silent, nil }})
	w.win = kittest.Open(t, w.Object(), size)
	kit.Keys = w.Keys()
	w.Shown()
	w.Start()
	return w
}

// usual is what a window of 1366×768 leaves to a page.
var usual = fyne.NewSize(1186, 700)

// fill writes into the sheet that is open.
func (w *world) fill(v field.Values) { w.form.Fill(w.form.Values().With(v)) }
