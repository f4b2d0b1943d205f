package app_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/docket"
	"lianluo.local/app/paper"
	"lianluo.local/data/person"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/view"
)

// Whatever a station says of suggestions, with its own true keys, its county, and another computer of the station, go on:
// what cannot be is refused, what is taken is the same everywhere; nobody answers, reviews or rates what is not his; every
// list, basket, figure and paper is made, and soon.
func TestStrangeSuggestions(t *testing.T) {
	w, county, station := apptest.Pair(t)
	second := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(second, county)
	strange(t, station)
	says := func(id, do string, body, private any) string {
		sums, err := station.Store.Write(ctx, store.Act{Kind: suggestion.Name, Thing: id, Do: do, Body: body, Private: private,
			Unit: apptest.Yuanjia, By: "乙", At: w.Now})
		w.Must(err)
		return sums[0].Shared().ID
	}
	long := strings.Repeat("单曾区解查仇", 1_000)
	odd := "\u202e\ue000\x1b[31m王\n\n明"
	deputies, err := station.Store.Write(ctx, store.Act{Kind: person.Name, Do: person.Add, Unit: apptest.Yuanjia, By: "乙", At: w.Now,
		Body: person.Opening{Facts: person.Facts{Name: "李国平"}, Seats: []person.Seat{{Station: apptest.Yuanjia}}, Mandates: []person.Mandate{{Level: "county", Congress: "十四届"}}}})
	w.Must(err)
	deputy := deputies[0].Shared().ID
	names := map[string]suggestion.Who{}
	var many, most, twice []suggestion.Signer
	var links []suggestion.Link
	var units []suggestion.Unit
	var guests []suggestion.Guest
	var promises []suggestion.Promise
	for i := range 3001 {
		key := fmt.Sprint("人", i)
		most = append(most, suggestion.Signer{Key: key, Signed: "2026-11-01", Delivered: "从前", Way: "?", Until: long[:30]})
		links = append(links, suggestion.Link{ID: fmt.Sprintf("01a204de-7ea0-7d99-b065-%012d", i), Number: long[:60], Station: apptest.Fengshan})
		units = append(units, suggestion.Unit{Key: key, Due: "2027-01-01", Signed: "从前", Answered: "2026-13-41"})
		guests = append(guests, suggestion.Guest{Station: apptest.Fengshan, Via: key})
		promises = append(promises, suggestion.Promise{By: fmt.Sprintf("%04d-01-01", i), Unit: key, Mark: "1", Kept: "?"})
		twice = append(twice, suggestion.Signer{Key: "一人"})
		if i < 300 {
			names[key] = suggestion.Who{Person: deputy, Name: long[:300], Number: odd, Post: odd}
		}
	}
	many = most[:3000]
	facts := suggestion.Facts{Kind: "suggestion", Level: "county", Congress: "十四届七次", Held: "between", Public: "full"}
	said := func(text string) suggestion.Told {
		return suggestion.Told{Wording: &suggestion.Wording{Title: text, Case: text, Proposal: text, Category: text, Wanted: []string{text}}, Text: text, Names: names, Promised: []string{text}}
	}
	with := func(change func(*suggestion.Opening)) suggestion.Opening {
		o := suggestion.Opening{Facts: facts, Office: apptest.County, Told: said("关于河道的建议"), Signers: []suggestion.Signer{{Key: suggestion.KeyOf(deputy), Lead: true, Signed: "2026-11-01"}}}
		change(&o)
		return o
	}
	openings := []suggestion.Opening{
		with(func(o *suggestion.Opening) { o.Signers, o.Becomes, o.On = many, suggestion.Submitted, "2026-11-01" }), with(func(o *suggestion.Opening) { o.Signers = most }),
		with(func(o *suggestion.Opening) { o.Signers = twice }), with(func(o *suggestion.Opening) { o.Signers[0].Key = "" }),
		with(func(o *suggestion.Opening) {
			o.Matters, o.Becomes, o.On = links[:3000], suggestion.Submitted, "2026-11-01"
		}), with(func(o *suggestion.Opening) { o.Matters = links }),
		with(func(o *suggestion.Opening) { o.Matters = []suggestion.Link{{ID: "?", Station: "?"}} }), with(func(o *suggestion.Opening) { o.Office = "141121000000" }),
		with(func(o *suggestion.Opening) { o.Office = "?" }), with(func(o *suggestion.Opening) { o.Office = apptest.Fengshan }), with(func(o *suggestion.Opening) { o.Via = "141121000000" }),
		with(func(o *suggestion.Opening) { o.Kind = "?" }), with(func(o *suggestion.Opening) { o.Level = odd }), with(func(o *suggestion.Opening) { o.Becomes = 77 }),
		with(func(o *suggestion.Opening) { o.Becomes, o.On = suggestion.Submitted, "9999-99-99" }), with(func(o *suggestion.Opening) { o.Becomes, o.On, o.Congress = suggestion.Submitted, long, long }),
		with(func(o *suggestion.Opening) {
			o.Told, o.Original, o.Public, o.Held, o.Origin = said(long), long, long, odd, odd
			o.Becomes = suggestion.Submitted
		}),
		with(func(o *suggestion.Opening) {
			o.Becomes, o.Units, o.On, o.Due = suggestion.Assigned, units[:3000], "从前", "9999-99-99"
		}),
		with(func(o *suggestion.Opening) {
			o.Becomes, o.Units = suggestion.Assigned, []suggestion.Unit{{Key: "我", Code: apptest.Yuanjia}}
		}),
		with(func(o *suggestion.Opening) {
			o.Becomes, o.Units = suggestion.Assigned, []suggestion.Unit{{Key: "它", Code: apptest.County}, {Key: "它"}}
		}),
		with(func(o *suggestion.Opening) {
			o.Becomes, o.Units, o.Answer = suggestion.Answered, units[:1], &suggestion.Answer{Unit: "?", Class: 99, On: "?"}
		}),
		with(func(o *suggestion.Opening) {
			o.Becomes, o.Units, o.Answer = suggestion.Answered, units[:1], &suggestion.Answer{Unit: "人0", Class: 1, On: "9999-99-99", Reviewed: -7, Round: 1 << 40}
		}),
		with(func(o *suggestion.Opening) {
			o.Becomes, o.Units, o.On, o.Before = suggestion.Assigned, units[:2], "2026-11-01", links[0].ID
		}),
		with(func(o *suggestion.Opening) {
			o.Confidential, o.Becomes, o.On = true, suggestion.Submitted, "2026-11-01"
		}),
	}
	acts := []struct {
		do   string
		body any
	}{
		{suggestion.Invite, suggestion.Said{Signers: most[:500], Until: "9999-99-99", Out: true}}, {suggestion.Invite, suggestion.Said{Signers: most[:500], Until: "2026-12-01", Out: true}},
		{suggestion.Cosign, suggestion.Said{Signs: []string{"人7", "人7", "谁"}}}, {suggestion.Cosign, suggestion.Said{Signs: []string{"人8"}, Date: "1999-01-01"}},
		{suggestion.Change, map[string]any{"fields": []string{"congress", "confidential", "title", "?", "office"}, "congress": long, "office": apptest.Yuanjia, "confidential": true}},
		{suggestion.Change, map[string]any{"fields": slices.Repeat([]string{"title"}, 5000)}}, {suggestion.Submit, suggestion.Said{Date: "0000-00-00"}}, {suggestion.Submit, suggestion.Said{}},
		{suggestion.Register, suggestion.Said{Number: long}}, {suggestion.Accept, suggestion.Said{}}, {suggestion.Assign, suggestion.Said{Units: units[:2], Guests: guests}},
		{suggestion.Sign, suggestion.Said{Unit: "我"}}, {suggestion.Reply, suggestion.Said{Unit: "我", Class: 99}}, {suggestion.Reply, suggestion.Said{Unit: "我", Class: 3, Promises: promises[:2900]}},
		{suggestion.Review, suggestion.Said{Class: -1}}, {suggestion.Deliver, suggestion.Said{Signs: []string{"?"}}}, {suggestion.Rate, suggestion.Said{Work: "satisfied", Result: "satisfied"}},
		{suggestion.Rate, suggestion.Said{Work: "?", Result: odd}}, {suggestion.Keep, suggestion.Said{Kept: []string{"1"}}}, {suggestion.Extend, suggestion.Said{Unit: "我", To: "9999-12-31"}},
		{suggestion.Hold, suggestion.Said{Why: "?"}}, {suggestion.Withdraw, suggestion.Said{}}, {suggestion.Share, suggestion.Said{Guests: guests}}, {"?", suggestion.Said{}},
		{suggestion.Submit, []int{1}}, {suggestion.Change, map[string]any{"fields": 7}}, {suggestion.Write, openings[0]},
	}
	privates := []any{nil, "谁也读不懂", []int{7}, map[string]any{"names": 7}, map[string]any{"names": map[string]any{"人1": long}}, said(long)}
	for i, o := range openings {
		id := says("", suggestion.Write, o, privates[i%len(privates)])
		for n, a := range acts {
			if i == 0 || n%12 == i%12 { // else it takes long to write
				says(id, a.do, a.body, privates[(n+i)%len(privates)])
			}
		}
	}
	w.Settle(station, county, second)
	for _, o := range []*apptest.Seat{county, second} {
		w.Must(o.Docket.Upkeep(ctx, o.Clerk()))
	}
	w.Settle(station, county, second)
	docketOf := func(o *apptest.Seat) map[string]string {
		list := map[string]string{}
		ls, err := view.Things[suggestion.Suggestion](ctx, o.Store, suggestion.Name, "1")
		w.Must(err)
		for _, l := range ls {
			s := l.Thing
			if s.Up {
				b, err := json.Marshal(s)
				w.Must(err)
				list[s.ID] = string(b)
			}
			if s.State > suggestion.Answered || s.State < suggestion.Draft || s.Handles(apptest.Yuanjia) && len(s.Answers)+len(s.Ratings) > 0 || len(s.Signers) > 3000 || len(s.Promises) > 3000 {
				t.Errorf("%s has one in state %v with %d signers, %d promises, handled by %v", o.Settings.Unit, s.State, len(s.Signers), len(s.Promises), s.Units[:min(len(s.Units), 2)])
			}
			for _, d := range []string{s.Submitted, s.Handed, s.Since, s.Term, s.Due} {
				if _, err := time.Parse(time.DateOnly, d); err != nil && d != "" {
					t.Errorf("%s has the day %.20q", o.Settings.Unit, d)
				}
			}
		}
		return list
	}
	here, there := docketOf(county), docketOf(second)
	for id, s := range here {
		if s != there[id] {
			t.Errorf("the county has\n%.500s\nand the station\n%.500s", s, there[id])
		}
	}
	if len(here) < 5 || len(here) > len(openings)/2 {
		t.Errorf("the county lists %d", len(here))
	}
	for _, o := range []*apptest.Seat{county, second} {
		for _, f := range []docket.Filter{{}, {Limit: 50}, {Query: "河道"}, {Unit: "水利局"}} {
			list, _, err := o.Docket.List(ctx, f)
			w.Must(err)
			for _, s := range list {
				o.Docket.Light(s)
				docket.Hints(s)
				suggestion.Kind.Contests(&s)
				o.Docket.Acts(s)
			}
			if len(list) > 0 {
				w.Must(apptest.Err(o.Docket.Similar(ctx, list[0], 5)))
			}
		}
		w.Must(apptest.Err(o.Docket.Baskets(ctx)))
		w.Must(apptest.Err(o.Docket.Gaps(ctx, docket.Series{Office: apptest.County, Congress: "十四届七次"})))
		_, _, err := o.Docket.Figures(ctx, docket.Filter{})
		w.Must(err)
		for id := range here {
			for _, k := range paper.Kinds() {
				if o != county || k.Of != suggestion.Name || k.About != paper.One || len(here[id]) > 200_000 {
					continue
				}
				things, err := o.Named(ctx, k, []string{id})
				w.Must(err)
				if p, err := o.Paper(ctx, k, things, paper.Wish{}); err == nil {
					if d, err := o.Draw(ctx, p); err != nil && !strings.Contains(err.Error(), " of a suggestion in state ") || err == nil && len(d.Pages) == 0 {
						t.Errorf("%s of %s: %v", k.Code, id, err)
					}
				}
			}
		}
		o.Healthy()
	}
}
