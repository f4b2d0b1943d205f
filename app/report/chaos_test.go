package report_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/data/issued"
	"lianluo.local/data/journal"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
)

var (
	seeds = flag.Int("seeds", 3, "how many worlds of reports to play")
	seed  = flag.Uint64("seed", 1, "the first of them")
)

// Two counties with their stations (one with two computers) and the city register, handle and issue, in any order, while files are lost
// and spoilt and computers are restored; in two worlds of three the county, or a station, has a program that does not know issued
// reports until the end. Then all sync undisturbed: everybody whom a report concerns has it, as it was when it was issued, in the same
// edition everywhere, and nobody else lists it; none that was issued is lost.
func TestReportsInChaos(t *testing.T) {
	apptest.InTurmoil(t, *seeds, *seed, chaos, issued.Name)
}

func chaos(c *apptest.Turmoil) {
	w, all, t, was := c.World, c.All, c.T, map[string]string{}
	c.Play(140, 12, func(o *apptest.Seat, n, side int) {
		switch {
		case side >= 7:
			o.Sync()
			return
		case side >= 3 && o == c.Old:
			return
		}
		o.ReadsCalendar()
		switch {
		case side == 2:
			o.Anything(c.Dice)
		case side >= 3:
			kind := []string{"week", "month", "categories", "overdue"}[c.Dice.IntN(4)]
			e := issue(t, o, kind, w.Now.AddDate(0, 0, -7*c.Dice.IntN(2)).Format(time.DateOnly), "")
			was[e.ID] = printed(given(t, o, e))
		case len(o.Settings.Unit) > 12:
			occurred := w.Now.AddDate(0, 0, -c.Dice.IntN(9))
			o.Receive(desk.Draft{Title: fmt.Sprint("第", n, "件"), Words: "请办一办。", Occurred: occurred.Format(time.RFC3339)})
		}
	})
	c.Calm(func([]*apptest.Seat) {})
	apptest.SameThings(w, all, issued.Name, func(r *issued.Report) []string { return r.Envelope("").Audience })
	have, editions := map[string]bool{}, map[string]int{}
	for _, o := range all {
		list, err := o.Report.Issued(ctx)
		w.Must(err)
		for _, e := range list {
			if got := printed(given(t, o, e)); was[e.ID] != got {
				t.Errorf("%s at %s was\n%s\nand is\n%s", e.Title, o.Settings.Unit, was[e.ID], got)
			}
			if n, met := editions[e.ID]; met && n != e.Edition {
				t.Errorf("%s is edition %d at %s, elsewhere %d", e.ID, e.Edition, o.Settings.Unit, n)
			}
			have[e.ID], editions[e.ID] = true, e.Edition
		}
		w.Must(o.Store.Rebuild(ctx))
		o.Healthy()
		o.Quiet()
	}
	for id := range was {
		if !have[id] {
			t.Errorf("report %s is lost", id)
		}
	}
	if len(have) < 10 {
		t.Errorf("%d reports were played", len(have))
	}
}

// Whatever a station issues, with its own true keys and a program that checks nothing, its county and its other computer go on: what cannot
// be is refused, what is taken is the same everywhere, can be listed, shown and compared, and soon.
func TestStrangeReports(t *testing.T) {
	w, county, station := apptest.Pair(t)
	second := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(second, county)
	station.Receive(desk.Draft{Title: "甲", Words: "甲"})
	good := issue(t, station, "week", "", "")
	o := func() issued.Opening {
		rs, err := station.Store.Entries(ctx, good.ID)
		w.Must(err)
		var o issued.Opening
		w.Must(json.Unmarshal(rs[0].Body, &o))
		return o
	}
	station.Kinds = slices.Clone(apptest.Kinds)
	for i, k := range station.Kinds {
		if fold := k.Fold; k.Name == issued.Name {
			station.Kinds[i].Fold = func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
				if s, _ := fold(rs); s != nil {
					return s, nil
				}
				r := &issued.Report{State: issued.Issued, Opening: issued.Opening{AsOf: "2026-11-21T19:30:00+08:00", To: "2026-11-22"}}
				r.ID, r.Unit = rs[0].Thing, rs[0].Unit
				return r, nil
			}
		}
	}
	w.Must(station.Close())
	station.Open(station.Home)
	says := func(thing string, do string, body any) string {
		sums, err := station.Store.Write(ctx, store.Act{Kind: issued.Name, Thing: thing, Do: do, Body: body, Unit: apptest.Yuanjia, By: "乙", At: w.Now})
		w.Must(err)
		return sums[0].Shared().ID
	}
	hashed := func(change func(*issued.Opening)) issued.Opening {
		opening := o()
		change(&opening)
		r := issued.Report{Opening: opening}
		r.Unit = apptest.Yuanjia
		opening.Hash = r.Sum()
		return opening
	}
	odd, long := "\u202e\ue000\x1b[31m王\n\n明", strings.Repeat("单曾区解查仇", 2_000)
	taken := map[string]bool{good.ID: true}
	for _, change := range []func(*issued.Opening){
		func(o *issued.Opening) { o.Kind, o.Title = "future", "以后才有的报告" }, func(o *issued.Opening) { o.By = []string{"colour", "taste"} },
		func(o *issued.Opening) { o.From, o.To = "0001-01-01", "9999-12-31" }, func(o *issued.Opening) { o.Number, o.Edited, o.Before = 1e6, 1e6, "?" },
		func(o *issued.Opening) { o.Title, o.Notes, o.Whom = odd, []string{odd, odd}, nil },
		func(o *issued.Opening) {
			o.Shown = append(o.Shown, issued.Indicator{Code: "?", Name: odd, Over: "?", Under: "??"})
		},
		func(o *issued.Opening) { o.Shown, o.Codes, o.Sums, o.Rows, o.Total.Numbers = nil, nil, nil, nil, nil },
		func(o *issued.Opening) { o.Rows = append(o.Rows, o.Rows...); o.Sums = nil },
		func(o *issued.Opening) { o.Reporting, o.Missing = 0, []issued.Absent{{Name: odd}, {}} },
		func(o *issued.Opening) { o.Reporting = issued.MostRows }, func(o *issued.Opening) { o.Knew = nil },
		func(o *issued.Opening) {
			o.Items = []issued.Item{{State: -1 << 60, Title: odd}, {State: 1 << 60, Limit: "从前"}}
		},
		func(o *issued.Opening) {
			o.Held = []issued.Held{{What: "?", Table: o.Table}, {What: "year", Table: o.Table, From: "x"}}
		},
		func(o *issued.Opening) { o.Late, o.More = []issued.Item{{Number: odd}}, 1e12 },
	} {
		taken[says("", issued.Issue, hashed(change))] = true
	}
	for _, body := range []any{hashed(func(o *issued.Opening) { o.Total.Numbers[1]++ }), hashed(func(o *issued.Opening) { o.Title = long }), "谁也读不懂", []int{7}, nil,
		map[string]any{"rows": 7}, hashed(func(o *issued.Opening) { o.Rows[0].Numbers = o.Rows[0].Numbers[1:] }), hashed(func(o *issued.Opening) { o.AsOf = "从前" })} {
		says("", issued.Issue, body)
	}
	says(good.ID, issued.Issue, hashed(func(o *issued.Opening) { o.Title = "换掉的" }))
	says(good.ID, "?", nil)
	w.Settle(station, county, second)
	for _, o := range []*apptest.Seat{county, second} {
		list, err := o.Report.Issued(ctx)
		w.Must(err)
		if len(list) != len(taken) {
			t.Errorf("%s lists %d reports of %d", o.Settings.Unit, len(list), len(taken))
		}
		for _, e := range list {
			if !taken[e.ID] {
				t.Errorf("%s took %+v", o.Settings.Unit, e)
			}
			i := given(t, o, e)
			printed(i)
			if laid, err := o.Lay(ctx, i); err != nil || len(laid.All()) == 0 {
				t.Errorf("%s: %v", e.Title, err)
			}
			_, _, _, _ = o.Report.Changed(ctx, i)
			if strings.ContainsAny(e.Title, "\n\x1b\u202e") || e.Title == "换掉的" {
				t.Errorf("it is called %q", e.Title)
			}
		}
		if uneven, err := o.Report.Verify(ctx); err != nil || len(uneven) != 0 {
			t.Errorf("%v, %v", uneven, err)
		}
		issue(t, o, "week", "", "")
		o.Healthy()
	}
	apptest.SameThings(w, []*apptest.Seat{county, second}, issued.Name, func(r *issued.Report) []string { return nil })
}
