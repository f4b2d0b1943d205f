package report_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/app/roster"
)

// evenings lets a station hold sessions of all kinds with deputies that its county entered.
func evenings(w *apptest.World, county, station *apptest.Seat, n int) {
	var people []any
	for i := range 4 {
		o, err := roster.Parse(fmt.Appendf(nil, `{"do":"add","name":"代表%s","tier":%q,"mandates":[{"level":%q,"congress":"十四届"}],"stations":[%q]}`,
			[]string{"甲", "乙", "丙", "丁"}[i], []string{"", "county", "", "city"}[i], []string{"县", "市", "省", "县"}[i], station.Settings.Unit))
		w.Must(err)
		p, err := county.Roster.Act(ctx, county.Clerk(), "", o)
		w.Must(err)
		people = append(people, p.ID)
	}
	w.Settle(county, station)
	for i := range n {
		day, kind := w.Now.Format(time.DateOnly), []string{"reception", "visit", "activity", "reception"}[i%4]
		id, who := "", people[i%4]
		for _, body := range []string{fmt.Sprintf(`{"do":"plan","kind":%q,"day":%q,"planned":[%q],"becomes":"open"}`, kind, day, who),
			fmt.Sprintf(`{"do":"attend","present":[%q,{"who":"周建军","part":"特邀","unit":"县委"}]}`, who), `{"do":"close"}`} {
			o, err := agenda.Parse([]byte(body))
			w.Must(err)
			if body == `{"do":"close"}` {
				station.Receive(desk.Draft{Title: fmt.Sprintf("会上说的%d", i), Words: "请办一办。", People: 1 + i%3})
			}
			s, err := station.Agenda.Act(ctx, station.Clerk(), id, o)
			w.Must(err)
			id = s.ID
		}
		w.Later(31 * time.Hour)
	}
}

// Every number of every kind of report, and of those of other axes, is what the matters and sessions in the list behind it stand for
// together, in its rows and in its total.
func TestEveryNumberOpens(t *testing.T) {
	w, county, station := apptest.Pair(t)
	evenings(w, county, station, 6)
	r := rand.New(rand.NewPCG(4, 4))
	for i := range 12 {
		m := station.Receive(desk.Draft{Title: fmt.Sprintf("事情%d", i), Words: "请办一办。", Category: []string{"0203", "0101"}[i%2], People: 1 + i%3,
			OnSpot: []string{"", "", "", "answered"}[i%4], OnSpotAnswer: []string{"", "", "", "说清楚了"}[i%4]})
		w.Later(5 * time.Hour)
		for range 30 {
			_, _ = station.Try(m, []string{`{"do":"collate","mode":"department"}`, `{"do":"assign","to":["水利局"]}`, `{"do":"sign"}`, `{"do":"return","note":"不归我们管"}`,
				`{"do":"answer","class":1,"answer":"通了"}`, `{"do":"inform","way":"visit"}`, `{"do":"rate","attitude":"satisfied","result":"basically"}`,
				`{"do":"rate","attitude":"satisfied","result":"unsatisfied","reason":"没有通"}`, `{"do":"redo"}`}[r.IntN(9)])
			w.Later(time.Hour)
		}
	}
	w.Settle(county, station)
	year, _ := report.KindByCode("year")
	var asks []report.Ask
	for _, k := range report.Kinds {
		asks = append(asks, report.Ask{Kind: k, From: "2026-11-10", To: "2027-01-31"})
	}
	for _, a := range figure.Axes {
		asks = append(asks, report.Ask{Kind: year, From: "2026-11-25", To: "2026-12-20", By: []figure.Axis{a}})
	}
	month, _ := figure.AxisByCode("month")
	for _, code := range []string{"tier", "department", "category"} {
		a, _ := figure.AxisByCode(code)
		asks = append(asks, report.Ask{Kind: year, From: "2026-11-10", To: "2026-12-20", By: []figure.Axis{a, month}})
	}
	opened, met := 0, map[string]bool{}
	together, err := county.Report.Together(ctx, asks...)
	w.Must(err)
	for n, ask := range asks {
		rep, err := county.Report.Make(ctx, ask)
		w.Must(err)
		if printed(rep) != printed(together[n]) {
			t.Errorf("alone\n%s\nis, made with others,\n%s", printed(rep), printed(together[n]))
		}
		for _, row := range append(slices.Clone(rep.Rows), rep.Total) {
			for _, i := range figure.Indicators {
				base := i
				if i.Rate() {
					base, _ = figure.ByCode(i.Under)
				}
				v, _ := row.Says(base)
				if opened++; i.Code == "seated" || i.Code == "coverage" || v == 0 && opened%7 != 0 {
					continue // those who are grouped are no list of what happened; of nothing one in seven is opened
				}
				l, err := county.Report.Behind(ctx, rep.Part, i, row.Keys...)
				w.Must(err)
				if row.Keys == nil && i.Code == ask.Kind.List && len(l.Matters) != len(rep.Items) {
					t.Errorf("%s: %d are behind it and it lists %d", rep.Title, len(l.Matters), len(rep.Items))
				}
				var sum int64
				for _, b := range slices.Concat(l.Matters, l.Sessions) {
					sum += b.Much
				}
				if i.Code == "persons" && sum >= int64(v) && (sum == 0) == (v == 0) { // one may have come to several
					sum = int64(v)
				}
				if sum != int64(v) {
					t.Errorf("%s %v: %s is %v, its list has %d", rep.Title, row.Labels, i.Code, v, sum)
				}
				if v > 0 {
					met[i.Code] = true
				}
			}
		}
	}
	for _, code := range []string{"sessions", "deputies", "persons", "people", "visits", "activities", "attended", "collected", "open", "closed", "assigned", "rated", "redone"} {
		if !met[code] {
			t.Errorf("nothing is counted as %s", code)
		}
	}
	t.Logf("%d numbers", opened)
}
