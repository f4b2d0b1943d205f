package report_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/app/roster"
	"lianluo.local/data/matter"
)

// said is a report as it can be compared.
func said(t *testing.T, o *apptest.Seat, kind, by, from, to string) (string, report.Report) {
	t.Helper()
	k, _ := report.KindByCode(kind)
	var axes []figure.Axis
	for _, code := range strings.Fields(by) {
		a, _ := figure.AxisByCode(code)
		axes = append(axes, a)
	}
	r, err := o.Report.Make(ctx, report.Ask{Kind: k, From: from, To: to, By: axes})
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, row := range append(slices.Clone(r.Rows), r.Total) {
		text += fmt.Sprint(row.Labels)
		for _, i := range figure.Indicators {
			if v, ok := row.Says(i); ok {
				text += fmt.Sprintf(" %s=%v", i.Code, v)
			}
		}
		text += "\n"
	}
	return text, r
}

// says is what an indicator says of everything.
func says(r report.Report, code string) float64 {
	i, _ := figure.ByCode(code)
	v, _ := r.Total.Says(i)
	return v
}

// Whatever two stations, their county and their city did, and in whatever order their deliveries came, the reports are equal
// wherever all of it is; and each number opens into the matters that it counts.
func TestReportsAreTheSameEverywhere(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { everywhere(t, rand.New(rand.NewPCG(5, seed))) })
	}
}

func everywhere(t *testing.T, r *rand.Rand) {
	w, point, town, county, city := apptest.Chain(t)
	evenings(w, county, town, 4)
	all := []*apptest.Seat{point, town, county, city}
	var ms []matter.Matter
	for i := range 24 {
		o := all[r.IntN(2)]
		d := desk.Draft{Title: fmt.Sprintf("事情%d", i), Words: "请办一办。", Category: []string{"0203", "0101", "1107"}[r.IntN(3)], People: 1 + r.IntN(3)}
		switch r.IntN(6) {
		case 0:
			d.OnSpot, d.OnSpotAnswer = "answered", "当场说清楚了"
		case 1:
			d.OnSpot, d.Reason, d.Door = "out-of-scope", "court", "法院"
		case 2:
			d.Occurred = w.Now.AddDate(0, 0, -20).Format(time.RFC3339) // written on paper, and keyed in late
		}
		ms = append(ms, o.Receive(d))
		if w.Later(7 * time.Hour); r.IntN(3) == 0 {
			all[r.IntN(4)].Sync()
		}
	}
	for range 500 { // anybody does anything that he may
		m, o := ms[r.IntN(len(ms))], all[r.IntN(4)]
		_, _ = o.Try(m, []string{`{"do":"collate","mode":"department"}`, `{"do":"assign","to":["水利局"]}`, `{"do":"sign"}`, `{"do":"return","note":"不归我们管"}`,
			`{"do":"answer","class":1,"answer":"通了"}`, `{"do":"inform","way":"visit"}`, `{"do":"rate","attitude":"satisfied","result":"basically"}`,
			`{"do":"rate","attitude":"satisfied","result":"unsatisfied","note":"没有通"}`, `{"do":"withdraw","note":"不用了"}`,
			`{"do":"merge","into":"` + ms[0].Number + `"}`}[r.IntN(10)])
		if w.Later(time.Hour); r.IntN(9) == 0 {
			all[r.IntN(4)].Sync()
		}
	}
	w.Settle(all...)
	for _, by := range []string{"station", "category", "week", "department", "station month", "register"} {
		want, first := said(t, city, "year", by, "2026-10-01", "2026-12-31")
		if first.Total.Cell == nil || !strings.Contains(want, "collected=28") || says(first, "rated") == 0 {
			t.Fatalf("the city counts\n%s", want)
		}
		if got, _ := said(t, county, "year", by, "2026-10-01", "2026-12-31"); got != want {
			t.Errorf("by %s the county says\n%s\nand the city\n%s", by, got, want)
		}
	}
	_, rep := said(t, county, "year", "station", "2026-11-01", "2026-11-30")
	for _, row := range append(slices.Clone(rep.Rows), rep.Total) {
		for _, code := range []string{"collected", "closed", "open", "moved", "late", "rated", "returned"} {
			i, _ := figure.ByCode(code)
			l, err := county.Report.Behind(ctx, rep.Part, i, row.Keys...)
			w.Must(err)
			var sum int64
			for _, b := range l.Matters {
				sum += b.Much
			}
			if v, _ := row.Says(i); int64(v) != sum || len(l.Rows()) > int(v) {
				t.Errorf("%v: %s is %v, its list has %d", row.Labels, code, v, sum)
			}
		}
	}
	for _, o := range all {
		o.Healthy()
	}
}

// What came in after a report's days were over is counted in them as late, and nothing else changes in them.
func TestLateIsSaid(t *testing.T) {
	w := apptest.New(t)
	o := w.SetUp("station", apptest.Yuanjia)
	o.Receive(desk.Draft{Title: "甲", Words: "甲"})
	_, before := said(t, o, "week", "", "2026-11-16", "2026-11-22")
	w.Later(72 * time.Hour)
	o.Receive(desk.Draft{Title: "乙", Words: "乙", Occurred: "2026-11-20T19:30:00+08:00"})
	_, after := said(t, o, "week", "", "2026-11-16", "2026-11-22")
	for code, want := range map[string][2]float64{"collected": {1, 2}, "late": {0, 1}, "open": {1, 2}, "closed": {0, 0}} {
		a, b := says(before, code), says(after, code)
		if a != want[0] || b != want[1] {
			t.Errorf("%s was %v and is %v, want %v", code, a, b, want)
		}
	}
}

// Who has not reported is named: one that was never heard of, one that fell silent; who reported in the last week is not.
func TestWhoIsMissing(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Sync()
	county.Sync()
	_, r := said(t, county, "week", "", "2026-11-16", "2026-11-22")
	if len(r.Missing) != 0 || !strings.Contains(r.Received(), "1 个已报送") {
		t.Errorf("missing %v: %s", r.Missing, r.Received())
	}
	w.Later(20 * 24 * time.Hour)
	_, r = said(t, county, "month", "", "2026-12-01", "2026-12-31")
	if len(r.Missing) != 1 || r.Missing[0].Unit != station.Settings.Unit || !strings.Contains(r.Received(), "报到 11月21日") {
		t.Errorf("missing %v: %s", r.Missing, r.Received())
	}
}

// A city names the same units as its county: who has nothing to say exchanges each week and is not missing, who is registered
// and never joined is.
func TestWhoIsMissingTwoFloorsBelow(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	order, err := roster.ParseSite([]byte(`{"do":"open","kind":"联络点","place":"141102002006","name":"没有接入的联络点"}`))
	w.Must(err)
	site, err := county.Roster.Alter(ctx, county.Clerk(), "", order)
	w.Must(err)
	for week := range 5 {
		for _, o := range []*apptest.Seat{station, county, city, county, station} {
			o.Sync()
			w.Later(time.Minute)
		}
		day := w.Now.Format(time.DateOnly)
		for _, o := range []*apptest.Seat{county, city} {
			_, r := said(t, o, "week", "", day, day)
			if len(r.Missing) != 1 || r.Missing[0].Unit != site.Code {
				t.Errorf("week %d: at %s are missing %v", week, o.Settings.Unit, r.Missing)
			}
		}
		w.Later(7*24*time.Hour - 10*time.Minute)
	}
}

// The attached tables are all there, each by axes and of indicators that exist.
func TestKindsAreWhole(t *testing.T) {
	o := apptest.Alone(t, "county", apptest.County)
	met, attached := map[string]bool{}, 0
	for _, k := range report.Kinds {
		if met[k.Code] || len(figure.Some(k.Codes...)) != len(k.Codes) || len(o.Report.Axes(report.Ask{Kind: k})) != len(k.By) {
			b, _ := json.Marshal(k)
			t.Errorf("%s", b)
		}
		met[k.Code] = true
		if strings.HasPrefix(k.Name, "附表") {
			attached++
		}
		if _, err := o.Report.Make(ctx, report.Ask{Kind: k}); err != nil {
			t.Errorf("%s: %v", k.Code, err)
		}
	}
	if attached != 9 {
		t.Errorf("%d attached tables", attached)
	}
}

// Several lists behind numbers of one report may be asked for at one time: each has what its number counts.
func TestListsAreAskedForTogether(t *testing.T) {
	w := apptest.New(t)
	o := w.SetUp("station", apptest.Yuanjia)
	for i := range 60 {
		o.Receive(desk.Draft{Title: fmt.Sprint("第", i, "件"), Words: "请办", Category: []string{"0203", "0101", "1107", "0601"}[i%4]})
	}
	_, r := said(t, o, "month", "category", "2026-11-01", "2026-11-30")
	i, _ := figure.ByCode("collected")
	wrong := make(chan string, 64)
	var all sync.WaitGroup
	for n := range 32 {
		row := r.Rows[n%len(r.Rows)]
		all.Go(func() {
			l, err := o.Report.Behind(ctx, r.Part, i, row.Keys...)
			if v, _ := row.Says(i); err != nil || len(l.Matters) != int(v) {
				wrong <- fmt.Sprintf("%v says %v and opens %d: %v", row.Labels, v, len(l.Matters), err)
			}
		})
	}
	all.Wait()
	close(wrong)
	for said := range wrong {
		t.Error(said)
	}
}

// A list is read by many: what in a title tells who the citizen is stands nowhere in it, and of what confidence was asked for nothing does.
func TestListsNameNobody(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Receive(desk.Draft{Name: "欧阳志远", Phone: "13912345678", Title: "欧阳志远家的灯13912345678", Words: "灯坏了"})
	station.Receive(desk.Draft{Name: "单明", Title: "低保办不下来", Words: "低保", Confidential: true})
	w.Later(40 * 24 * time.Hour)
	w.Settle(station, county)
	for _, o := range []*apptest.Seat{county, station} {
		k, _ := report.KindByCode("overdue")
		r, err := o.Report.Issue(ctx, o.Clerk(), report.Ask{Kind: k, From: "2026-12-01"})
		w.Must(err)
		told, err := json.Marshal(r.Plain())
		w.Must(err)
		for _, word := range []string{"欧阳", "13912345678", "低保"} {
			if strings.Contains(string(told), word) {
				t.Errorf("%s at %s: %s", word, o.Settings.Unit, told)
			}
		}
		if !strings.Contains(string(told), `"**家的灯**"`) || !strings.Contains(string(told), `"保密件"`) {
			t.Errorf("%s tells %s", o.Settings.Unit, told)
		}
	}
}
