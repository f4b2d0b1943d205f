package app_test

import (
	"encoding/json"
	"slices"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
)

// A station writes under the name of another's matter, with its own true keys: the matter stays as it is at its table,
// the county and the city, the exchange of all goes on, and the county is told whose computer did it.
func TestAMatterIsNotTakenAway(t *testing.T) {
	w, county, thief := apptest.Pair(t)
	victim, city := w.SetUp("station", apptest.Fengshan), w.SetUp("city", apptest.City)
	w.Enrol(victim, county)
	w.Enrol(county, city)
	thief.Titles("自己的")
	victim.Titles("被偷的")
	w.Settle(thief, victim, county, city)
	m := victim.List()[0].Matter

	st, err := thief.Store.Since(ctx, apptest.County, 0, 1<<20)
	w.Must(err)
	rs := st.Records
	for _, e := range []journal.Entry{
		{Do: "receive", Body: rs[0].Body, Depth: 1},
		{Do: "void", Body: json.RawMessage(`{"note":"不要了"}`), Seen: []journal.ID{m.Trail[0].ID}, Depth: 2},
		{Do: "lead", Body: json.RawMessage(`{"leader":"坏人"}`), Seen: []journal.ID{m.Trail[0].ID}, Depth: 1<<63 - 1},
	} {
		last := rs[len(rs)-1]
		e.ID, e.Prev = last.ID, last.Hash
		e.ID.Seq++
		e.Thing, e.Kind, e.Schema, e.Unit, e.Level, e.At = m.ID, matter.Name, matter.Schema, apptest.Yuanjia, journal.Station, w.Now
		r, err := journal.Seal(e, matter.Private{Name: "贼"}, [16]byte{byte(e.Depth)})
		w.Must(err)
		r.Signature, err = thief.Courier.Sign(r.Signed())
		w.Must(err)
		rs = append(rs, r)
	}
	self := thief.Store.Self()
	if why := w.Smuggle(county, bundle.Header{Program: courier.Program, From: apptest.Yuanjia, To: apptest.County, Replica: self.Replica, Incarnation: self.Incarnation,
		Stream: "up", First: 1, End: uint64(len(rs)), Made: w.Now}, rs, thief.Courier.Keys().Current); len(why) > 0 {
		t.Errorf("put aside as %q", why)
	}
	victim.Titles("以后的")
	w.Settle(victim, county, city)
	w.Same(m, victim, county, city)
	if !county.Known("以后的") || !city.Known("以后的") || len(county.List()) != 3 {
		t.Errorf("the county lists %d matters, the later one %v, at the city %v", len(county.List()), county.Known("以后的"), city.Known("以后的"))
	}
	if got := apptest.Progress(t, county, apptest.Yuanjia).Faults; !slices.Equal(got, []string{"barred"}) {
		t.Errorf("the county is told %q of the thief", got)
	}
	for unit, o := range map[string]*apptest.Seat{apptest.Fengshan: county, apptest.City: county, apptest.County: victim} {
		if p := apptest.Progress(t, o, unit); len(p.Faults)+len(p.Aside)+p.Waiting > 0 || p.Diverged != "" {
			t.Errorf("%s is told of %s: %+v", o.Settings.Unit, unit, p)
		}
	}
	for _, o := range []*apptest.Seat{victim, county, city} {
		o.Healthy()
	}
}
