package app_test

import (
	"encoding/json"
	"slices"
	"testing"

	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
)

// A station writes under the name of another's matter, with its own true keys: the matter stays as it is at its table, the county and the
// city, the exchange of all goes on, and the county is told whose computer did it.
func TestAMatterIsNotTakenAway(t *testing.T) {
	w, county, thief := pair(t)
	victim, city := w.setUp("station", fengshan), w.setUp("city", cityUnit)
	w.enrol(victim, county)
	w.enrol(county, city)
	thief.titles("自己的")
	victim.titles("被偷的")
	w.settle(thief, victim, county, city)
	m := victim.list()[0].Matter

	st, err := thief.Store.Since(ctx, countyUnit, 0, 1<<20)
	w.must(err)
	rs := st.Records
	for _, e := range []journal.Entry{
		{Do: "receive", Body: rs[0].Body, Depth: 1},
		{Do: "void", Body: json.RawMessage(`{"note":"不要了"}`), Seen: []journal.ID{m.Trail[0].ID}, Depth: 2},
		{Do: "lead", Body: json.RawMessage(`{"leader":"坏人"}`), Seen: []journal.ID{m.Trail[0].ID}, Depth: 1<<63 - 1},
	} {
		last := rs[len(rs)-1]
		e.ID, e.Prev = last.ID, last.Hash
		e.ID.Seq++
		e.Thing, e.Kind, e.Schema, e.Unit, e.Level, e.At = m.ID, matter.Kind, matter.Schema, yuanjia, journal.Station, w.now
		r, err := journal.Seal(e, matter.Private{Name: "贼"}, [16]byte{byte(e.Depth)})
		w.must(err)
		r.Signature, err = thief.Courier.Sign(r.Signed())
		w.must(err)
		rs = append(rs, r)
	}
	self := thief.Store.Self()
	if why := w.smuggle(county, bundle.Header{Program: courier.Program, From: yuanjia, To: countyUnit, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: 1, End: uint64(len(rs)), Made: w.now}, rs, thief.Courier.Keys.Current); len(why) > 0 {
		t.Errorf("put aside as %q", why)
	}
	victim.titles("以后的")
	w.settle(victim, county, city)
	w.same(m, victim, county, city)
	if !county.known("以后的") || !city.known("以后的") || len(county.list()) != 3 {
		t.Errorf("the county lists %d matters, the later one %v, at the city %v", len(county.list()), county.known("以后的"), city.known("以后的"))
	}
	if got := progress(t, county, yuanjia).Faults; !slices.Equal(got, []string{"barred"}) {
		t.Errorf("the county is told %q of the thief", got)
	}
	for unit, o := range map[string]*office{fengshan: county, cityUnit: county, countyUnit: victim} {
		if p := progress(t, o, unit); len(p.Faults)+len(p.Aside)+p.Waiting > 0 || p.Diverged != "" {
			t.Errorf("%s is told of %s: %+v", o.Settings.Unit, unit, p)
		}
	}
	for _, o := range []*office{victim, county, city} {
		o.healthy()
	}
}
