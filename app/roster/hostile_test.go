package roster_test

import (
	"slices"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
)

// lies has a seat write whatever it likes about people and units, with its own true keys: its program refuses nothing.
func lies(o *apptest.Seat) {
	o.World.T.Helper()
	o.Kinds = slices.Clone(apptest.Kinds)
	for i, k := range o.Kinds {
		if fold := k.Fold; k.Name == person.Name || k.Name == site.Name {
			o.Kinds[i].Fold = func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
				if s, _ := fold(rs); s != nil {
					return s, nil
				}
				p := &person.Person{State: person.Here}
				p.ID, p.Unit = rs[0].Thing, rs[0].Unit
				return p, nil
			}
		}
	}
	o.World.Must(o.Close())
	o.Open(o.Home)
}

// says writes an act as it is.
func says(o *apptest.Seat, kind, id, do string, body any) string {
	o.World.T.Helper()
	sums, err := o.Store.Write(ctx, store.Act{Kind: kind, Thing: id, Do: do, Body: body, Unit: o.Settings.Unit, By: "乙", At: o.World.Now})
	o.World.Must(err)
	return sums[0].Shared().ID
}

// Whoever joins somebody of his to a person who is not adds nothing to that one, wherever both are known.
func TestStrangerJoinsNobody(t *testing.T) {
	w, city, county, other, point, station := district(t)
	all := []*apptest.Seat{point, station, county, other, city}
	a := must(county, "", wang)
	lies(other)
	b := must(other, "", `{"do":"add","name":"假王明","phone":"13700007777","mandates":[{"level":"县","congress":"十五届"}]}`)
	says(other, person.Name, b.ID, person.Join, person.Move{With: a.ID})
	w.Settle(all...)
	p, err := city.Roster.Person(ctx, a.ID)
	w.Must(err)
	if len(p.Mandates) != len(a.Mandates) {
		t.Errorf("he has %+v", p.Mandates)
	}
	if q, err := city.Roster.Person(ctx, b.ID); err != nil || q.Name != "假王明" {
		t.Errorf("the other one is %s %v", q.Name, err)
	}
	if _, n, _ := city.Roster.People(ctx, roster.Filter{}); n != 2 {
		t.Errorf("the city lists %d", n)
	}
}

// A mandate of what is no place counts nowhere, and whoever says something of that person afterwards is heard.
func TestPlaceThatIsNone(t *testing.T) {
	w, city, county, _, point, _ := district(t)
	lies(point)
	says(point, person.Name, "", person.Add, person.Opening{Facts: person.Facts{Name: "李四"},
		Mandates: []person.Mandate{{Level: "county", Congress: "十四届", Place: "1"}}})
	id := must(point, "", `{"do":"add","name":"张三","mandates":[{"level":"乡","congress":"十四届"}]}`).ID
	says(point, person.Name, id, person.Named, person.Move{Mandate: &person.Mandate{Level: "county", Congress: "十四届", Place: "二"}})
	w.Settle(point, county, city)
	if p := must(county, id, `{"do":"mandate","level":"市","congress":"五届"}`); len(p.Mandates) != 2 {
		t.Errorf("he has %+v", p.Mandates)
	}
	lists(t, "张三  [city office township office] ["+apptest.Yuanjia+"]", county)
}

// One code may be said to be theirs by a station, by one next to it and by two offices: everywhere the same of them holds, and what
// its county closed is closed.
func TestUnitsOfOneCode(t *testing.T) {
	w, city, county, other, point, station := district(t)
	all := []*apptest.Seat{point, station, county, other, city}
	mustAlter(point, apptest.Yuanjia, `{"do":"open","name":"自己写的"}`)
	mustAlter(city, apptest.Yuanjia, `{"do":"open","name":"市里写的"}`)
	mustAlter(county, apptest.Yuanjia, `{"do":"open","name":"县里写的"}`)
	w.Settle(all...)
	names := func(closed bool) (said []string) {
		for _, o := range []*apptest.Seat{point, county, city} {
			list, err := o.Roster.Sites(ctx, closed)
			w.Must(err)
			said = append(said, "")
			for _, s := range list {
				said[len(said)-1] += s.Name + " "
			}
			if one, err := o.Roster.Site(ctx, apptest.Yuanjia); err != nil || one.Name != "县里写的" {
				t.Errorf("%s shows %q %v", o.Settings.Unit, one.Name, err)
			}
		}
		return said
	}
	if got := names(false); slices.ContainsFunc(got, func(s string) bool { return s != "县里写的 " }) {
		t.Errorf("lists %q", got)
	}
	mustAlter(county, apptest.Yuanjia, `{"do":"close"}`)
	w.Settle(all...)
	if got := names(false); slices.ContainsFunc(got, func(s string) bool { return s != "" }) {
		t.Errorf("lists %q after it was closed", got)
	}
	if got := names(true); slices.ContainsFunc(got, func(s string) bool { return s != "县里写的 " }) {
		t.Errorf("lists %q of all", got)
	}
}

// A county takes no mandate that is of another one's congress.
func TestMandateOfAnotherPlace(t *testing.T) {
	w, city, county, other, point, station := district(t)
	all := []*apptest.Seat{point, station, county, other, city}
	p := must(city, "", `{"do":"add","name":"王明","stations":["`+far+`","`+apptest.Yuanjia+`"],
		"mandates":[{"level":"市","congress":"五届"},{"level":"县","congress":"十四届","place":"141102"}]}`)
	w.Settle(all...)
	_, err := order(other, p.ID, `{"do":"mandate","level":"县","congress":"十四届"}`)
	wrong(t, "another county names it", err, "place", "离石区")
	lies(other)
	says(other, person.Name, p.ID, person.Named, person.Move{Mandate: &person.Mandate{Level: "county", Congress: "十四届", Place: wenshui}})
	w.Settle(all...)
	must(county, p.ID, `{"do":"mandate","level":"县","congress":"十四届","number":"18"}`)
	w.Settle(all...)
	for _, o := range all {
		q, err := o.Roster.Person(ctx, p.ID)
		w.Must(err)
		if m, _ := q.Mandate("county 十四届"); !m.Owned || m.Unit != apptest.County || m.Number != "18" {
			t.Errorf("%s has %+v", o.Settings.Unit, m)
		}
	}
}
