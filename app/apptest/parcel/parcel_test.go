package parcel_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/apptest/parcel"
	"lianluo.local/data/journal"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

var ctx = context.Background()

// district is two stations, their county and the city, all enrolled; the county's program knows the kinds given.
func district(t *testing.T, county ...thing.Kind) (w *apptest.World, a, b, office, city *apptest.Seat) {
	t.Helper()
	w = apptest.Begin(t)
	city, office = w.SetUp("city", apptest.City), w.SetUp("county", apptest.County)
	a, b = w.SetUp("station", apptest.Yuanjia), w.SetUp("station", apptest.Fengshan)
	if county != nil {
		learns(w, office, county)
	}
	w.Enrol(office, city)
	w.Enrol(a, office)
	w.Enrol(b, office)
	w.Settle(a, b, office, city)
	return w, a, b, office, city
}

// learns lets another program, which knows other kinds, open a home.
func learns(w *apptest.World, o *apptest.Seat, kinds []thing.Kind) {
	h := o.Home
	w.Must(o.Close())
	o.Kinds = kinds
	o.Open(h)
}

func act(w *apptest.World, o *apptest.Seat, p parcel.Parcel, do, title string) parcel.Parcel {
	w.T.Helper()
	after, err := store.RecordOne[parcel.Parcel](ctx, o.Store, store.Act{Kind: parcel.Name, Thing: p.ID, Do: do, Body: map[string]string{"title": title},
		Unit: o.Settings.Unit, By: "乙", At: w.Now})
	w.Must(err)
	return after
}

// A parcel goes up, down and across with its note, and back and forth; nobody else hears of it.
func TestParcelTravels(t *testing.T) {
	w, a, b, county, city := district(t)
	other := w.SetUp("station", "141102002004D1-2")
	w.Enrol(other, county)
	all := []*apptest.Seat{a, b, county, city, other}
	p := a.SendParcel("锦旗", apptest.Fengshan)
	a.SendParcel("给县里的", "")
	county.SendParcel("县里发的", "")
	a.Titles("路灯不亮")
	w.Settle(all...)
	if n := w.SameParcels(all...); n != 3 || len(other.Parcels()) != 0 || len(b.Parcels()) != 1 {
		t.Errorf("%d parcels, %d at another station, %d at the one it is for", n, len(other.Parcels()), len(b.Parcels()))
	}
	act(w, b, p, "take", "")
	w.Settle(all...)
	act(w, city, p, "rename", "锦旗一面")
	w.Settle(all...)
	w.SameParcels(all...)
	if got := a.Parcels()[slices.IndexFunc(a.Parcels(), func(q parcel.Parcel) bool { return q.ID == p.ID })]; got.State != parcel.Taken || got.Title != "锦旗一面" || len(got.History) != 3 {
		t.Errorf("its sender sees %+v", got)
	}
	for _, o := range all {
		o.Healthy()
		o.Quiet()
	}
}

// Two who do not know of each other: both words are kept, and whoever saw both settles it.
func TestParcelsConflictIsSettled(t *testing.T) {
	w, a, b, county, city := district(t)
	all := []*apptest.Seat{a, b, county, city}
	p := a.SendParcel("锦旗", apptest.Fengshan)
	w.Settle(all...)
	act(w, a, p, "keep", "")
	act(w, b, p, "take", "")
	act(w, a, p, "rename", "自己留着")
	act(w, city, p, "rename", "市里改的")
	w.Settle(all...)
	w.SameParcels(all...)
	if got := county.Parcels()[0]; len(got.Conflicts) < 2 {
		t.Fatalf("conflicts %+v", got.Conflicts)
	}
	if found, err := view.Conflicts(ctx, county.Store); err != nil || len(found) != 1 || found[0].ID != p.ID || !found[0].Of(apptest.Yuanjia) {
		t.Errorf("the county is told of %v %v", found, err)
	}
	act(w, county, p, "rename", "定了")
	w.Settle(all...)
	w.SameParcels(all...)
	if got := a.Parcels()[0]; len(got.Conflicts) != 0 || got.Title != "定了" {
		t.Errorf("after it was settled: %q %+v", got.Title, got.Conflicts)
	}
}

// A county whose program does not know the kind passes parcels on, their notes too, has nothing against anybody for it, and has them in its
// list when it is renewed. Its matters are compared meanwhile.
func TestOldOfficePassesOnWhatItDoesNotKnow(t *testing.T) {
	w, a, b, county, city := district(t, app.Kinds...)
	all := []*apptest.Seat{a, b, county, city}
	p := a.SendParcel("锦旗", apptest.Fengshan)
	a.Titles("路灯不亮")
	w.Settle(all...)
	act(w, b, p, "take", "")
	w.Settle(all...)
	if n := w.SameParcels(a, b, city); n != 1 {
		t.Errorf("%d parcels", n)
	}
	for _, o := range all {
		o.Healthy()
	}
	digests, err := county.Store.Digests(ctx, apptest.Yuanjia, apptest.County)
	if _, compared := digests[parcel.Name]; err != nil || compared {
		t.Errorf("the county compares %v, %v", digests, err)
	}
	if got := apptest.Progress(t, county, apptest.Yuanjia); got.Diverged != "" || got.Unacked > 0 {
		t.Errorf("the county about the station: %+v", got)
	}
	learns(w, county, apptest.Kinds)
	if n := w.SameParcels(all...); n != 1 || len(county.Parcels()) != 1 {
		t.Errorf("renewed, it lists %d of %d", len(county.Parcels()), n)
	}
	county.Healthy()
	act(w, county, p, "rename", "县里也看到了")
	w.Settle(all...)
	w.SameParcels(all...)
	learns(w, county, app.Kinds) // and back
	a.SendParcel("又一件", apptest.Fengshan)
	w.Settle(all...)
	county.Healthy()
	learns(w, county, apptest.Kinds)
	w.Settle(all...)
	w.SameParcels(all...)
	for _, o := range all {
		o.Healthy()
		o.Quiet()
	}
}

// Parcels survive a copy that is put back, a disk that dies, a list that is made anew, and a fold of another version.
func TestParcelsComeBack(t *testing.T) {
	w, a, b, county, city := district(t)
	all := []*apptest.Seat{a, b, county, city}
	a.SendParcel("锦旗", apptest.Fengshan)
	w.Settle(all...)
	copied := a.KeepCopy()
	a.SendParcel("后来的", apptest.Fengshan)
	w.Settle(all...)
	w.Must(a.PutBack(copied))
	w.Settle(all...)
	if n := w.SameParcels(all...); n != 2 {
		t.Errorf("after a copy was put back: %d", n)
	}
	w.Must(county.Store.Rebuild(ctx))
	newer := slices.Clone(apptest.Kinds)
	newer[len(newer)-1].Version++
	newer[len(newer)-1].Columns = append(slices.Clone(newer[len(newer)-1].Columns), thing.Column{Name: "title", Of: func(s thing.Sum) any { return s.(*parcel.Parcel).Title }})
	before := filepath.Join(apptest.Dir(t), "before.db")
	w.Must(b.Store.Backup(ctx, before))
	learns(w, b, newer)
	w.SameParcels(all...)
	b.Healthy()
	learns(w, b, apptest.Kinds) // an older program opens what a newer one left, and a newer one what an older one left
	b.Healthy()
	learns(w, b, newer)
	w.Must(b.PutBack(before))
	w.Settle(all...)
	fresh := a.Burns(all)
	all[0] = fresh
	w.Settle(all...)
	for _, o := range all {
		o.Heeds(all)
	}
	w.Settle(all...)
	if n := w.SameParcels(all...); n != 2 {
		t.Errorf("in the end %d", n)
	}
	for _, o := range all {
		o.Healthy()
	}
}

// What stands in a parcel is found by its words and by the first letters of its title.
func TestParcelsAreFound(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.SendParcel("锦旗", "")
	station.Titles("路灯不亮")
	w.Settle(station, county)
	for _, o := range []*apptest.Seat{station, county} {
		w.Must(apptest.Err(o.Ledger.Fill(ctx)))
		for _, words := range []string{"锦旗", "给锦旗", "jq"} {
			rows, _, err := o.Index.Find(ctx, words, 10, 0)
			if w.Must(err); len(rows) != 1 {
				t.Errorf("%s finds %v", words, rows)
				continue
			}
			if ls, err := view.Things[parcel.Parcel](ctx, o.Store, parcel.Name, "row = ?", rows[0]); err != nil || len(ls) != 1 || ls[0].Thing.Title != "锦旗" {
				t.Errorf("%s finds %v %v", words, ls, err)
			}
		}
		if o.Known("锦旗") || len(o.List()) != 1 {
			t.Error("a parcel stands among the matters")
		}
	}
}

// What somebody writes who may not: it stands in his journal, and nothing follows from it.
func TestParcelsAreTheirSenders(t *testing.T) {
	w, a, b, county, city := district(t)
	p := a.SendParcel("给县里的", "")
	w.Settle(a, b, county, city)
	_, err := b.Store.Write(ctx, store.Act{Kind: parcel.Name, Thing: p.ID, Do: "take", Body: map[string]string{}, Unit: apptest.Fengshan, At: w.Now})
	if err == nil {
		t.Error("a station acts on what it does not know")
	}
	w.Later(time.Minute)
	audiences := [][]string{{apptest.Fengshan, apptest.City, apptest.County}, {apptest.County, apptest.Fengshan}, {apptest.Fengshan, apptest.Yuanjia}}
	for _, audience := range audiences {
		act := parcel.Send("歪的", "话", apptest.Fengshan, "", w.Now)
		act.Envelope.Audience = audience
		if _, err := b.Store.Write(ctx, act); !errors.Is(err, thing.ErrNotYours) {
			t.Errorf("for %v: %v", audience, err)
		}
		b.SendParcel("歪的", "")
	}
	tells(w, county, b, func(i int, e *journal.Entry) { // whose program lets him
		crooked := *e.Envelope
		crooked.Audience = audiences[i]
		e.Envelope = &crooked
	})
	w.Settle(a, county, city)
	for _, o := range []*apptest.Seat{a, county, city} {
		if len(o.Parcels()) != 1 {
			t.Errorf("%s lists %+v", o.Settings.Unit, o.Parcels())
		}
	}
}

// A kind is its words and one line: no other file but that line's speaks of this one.
func TestOneFileKnowsParcels(t *testing.T) {
	var knows []string
	err := filepath.WalkDir(filepath.Join("..", "..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || filepath.Base(filepath.Dir(path)) == "parcel" {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), `"lianluo.local/app/apptest/parcel"`) {
			knows = append(knows, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(knows) != 1 {
		t.Errorf("known in %v", knows)
	}
}
