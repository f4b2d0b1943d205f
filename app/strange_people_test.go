package app_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/paper"
	"lianluo.local/app/roster"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
)

// Whatever a station says of people and of itself, with its own true keys, its county goes on: every list, sheet and paper is made,
// and soon.
func TestStrangePeople(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Kinds = slices.Clone(apptest.Kinds)
	for i, k := range station.Kinds {
		if fold := k.Fold; k.Name == person.Name || k.Name == site.Name {
			station.Kinds[i].Fold = func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
				if s, _ := fold(rs); s != nil {
					return s, nil
				}
				p := &person.Person{State: person.Here}
				p.ID, p.Unit = rs[0].Thing, rs[0].Unit
				return p, nil
			}
		}
	}
	w.Must(station.Close())
	station.Open(station.Home)
	says := func(kind, id, do string, body, private any) string {
		sums, err := station.Store.Write(ctx, store.Act{Kind: kind, Thing: id, Do: do, Body: body, Private: private,
			Unit: apptest.Yuanjia, By: "乙", At: w.Now})
		w.Must(err)
		return sums[0].Shared().ID
	}
	long := strings.Repeat("单曾区解查仇", 2_000)
	var many []person.Mandate
	var fields []string
	for i := range 2000 {
		many = append(many, person.Mandate{Level: []string{"county", "city", "nation"}[i%3], Congress: fmt.Sprint(i, long[:240]), Since: "从前", Until: "9999", Standing: "?", Offices: []string{"?"}})
		fields = append(fields, fmt.Sprint("领域", i))
	}
	seat := []person.Seat{{Station: apptest.Yuanjia, Part: "?", Since: "昨天"}}
	for i, o := range []person.Opening{
		{Facts: person.Facts{Name: "李四"}, Mandates: many, Seats: seat}, // nobody has so many
		{Facts: person.Facts{Name: long, Post: long, Employer: long, Sex: "?", Tier: "?", Open: true, Shown: true}, Seats: seat},
		{Facts: person.Facts{Name: "\u202e\ue000\x1b[31m王\n\n明", Fields: fields, Roles: fields, Structures: fields}, Mandates: many[:60], Seats: seat},
		{Facts: person.Facts{Name: "赵六"}, Mandates: []person.Mandate{{Level: "county", Congress: "十四届", Number: long, District: long, Delegation: long}}, Seats: seat},
	} {
		id := says(person.Name, "", person.Add, o, person.Private{Phone: long[:9000], Birth: "从前", Email: long[:9000], Address: "\u202e\ue000", Remark: long})
		says(person.Name, id, person.Picture, person.Move{}, person.Image{Photo: []byte(long[:i*10])})
		says(person.Name, id, person.Away, person.Move{Leave: &person.Leave{From: "昨天", To: "那天", Why: long}}, nil)
	}
	says(site.Name, "", site.Begin, site.Opening{Code: apptest.Yuanjia, Kind: "point", Opened: "从前",
		Facts: site.Facts{Name: long, Short: "\u202e\ue000", Address: long, Area: "∞", Equipment: fields, Head: long, Liaisons: fields, Phone: long}}, nil)
	m := station.Receive(desk.Draft{Title: "路灯不亮", Name: "单志远", Phone: "13812345678"})
	w.Settle(station, county)

	people, n, err := county.Roster.People(ctx, roster.Filter{})
	w.Must(err)
	if n != 3 || len(people) != 3 {
		t.Errorf("it lists %d", n)
	}
	w.Must(apptest.Err(county.Roster.Places(ctx, true)))
	w.Must(apptest.Err(county.Roster.Doubts(ctx)))
	w.Must(apptest.Err(county.Roster.Offers(ctx, apptest.Yuanjia)))
	w.Must(apptest.Err(county.Roster.Expertise(ctx)))
	w.Must(apptest.Err(county.Roster.Fit(ctx, county.Show(m), 9)))
	for _, p := range people {
		if strings.ContainsAny(p.Name, "\u202e\x1b\n") {
			t.Errorf("a name %q", p.Name)
		}
		w.Must(apptest.Err(county.Roster.Caveats(ctx, person.Person{}, p)))
	}
	for _, k := range paper.Kinds() {
		if k.Of == matter.Name || k.Of == suggestion.Name || k.Of == session.Name && k.About == paper.One { // none is held here
			continue
		}
		var names []string
		if k.About != paper.Nothing && k.Of != session.Name {
			names = []string{apptest.Yuanjia}
		}
		things, err := county.Named(ctx, k, names)
		w.Must(err)
		p, err := county.Paper(ctx, k, things, paper.Wish{})
		w.Must(err)
		if d, err := county.Draw(ctx, p); k.Code != "contact-card" && (err != nil || len(d.Pages) == 0) {
			t.Errorf("%s: %v", k.Code, err)
		}
	}
	w.Must(county.ExportPeople(ctx, filepath.Join(apptest.Dir(t), "people.xlsx"), app.Export{Print: true}))
	w.Must(county.ExportPeople(ctx, filepath.Join(apptest.Dir(t), "rows.xlsx"), app.Export{}))
	w.Must(county.ExportUnits(ctx, filepath.Join(apptest.Dir(t), "units.xlsx"), app.Export{}))
	county.Healthy()
}
