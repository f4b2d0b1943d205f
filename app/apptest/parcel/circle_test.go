package parcel_test

import (
	"slices"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/apptest/parcel"
	"lianluo.local/data/store"
)

// region is a district with two stations and a sibling district with one, under their city, all enrolled.
func region(t *testing.T) (w *apptest.World, a, b, county, city, sibling, far *apptest.Seat) {
	t.Helper()
	w, a, b, county, city = district(t)
	sibling, far = w.SetUp("county", "141121000000"), w.SetUp("station", "141121103000Z1-A")
	w.Enrol(sibling, city)
	w.Enrol(far, sibling)
	w.Settle(a, b, county, city, sibling, far)
	return w, a, b, county, city, sibling, far
}

// titled is the only parcel that a home lists.
func only(t *testing.T, o *apptest.Seat) parcel.Parcel {
	t.Helper()
	ps := o.Parcels()
	if len(ps) != 1 {
		t.Fatalf("%s lists %d parcels", o.Settings.Unit, len(ps))
	}
	return ps[0]
}

// Who comes in has the parcel from its first word, the note as far as those who wrote it let him; who goes has what was said until then,
// lists it no more, and is told nothing more; and may come again.
func TestCircleGrowsAndShrinks(t *testing.T) {
	w, a, b, county, city, sibling, far := region(t)
	all := []*apptest.Seat{a, b, county, city, sibling, far}
	p := a.SendParcel("锦旗", "")
	w.Settle(all...)
	p = act(w, a, p, "rename", "锦旗一面")
	w.Settle(all...)
	county.Invite(p, b.Settings.Unit)
	w.Settle(all...)
	if n := w.SameParcels(all...); n != 1 || len(only(t, b).History) != 3 || only(t, b).Note != p.Note {
		t.Errorf("let in, it has %+v", only(t, b))
	}
	act(w, b, p, "take", "")
	w.Settle(all...)
	w.SameParcels(all...)
	city.Invite(only(t, city), far.Settings.Unit)
	w.Settle(all...)
	w.SameParcels(all...)
	act(w, far, p, "rename", "远处改的")
	w.Settle(all...)
	w.SameParcels(all...)
	if got := only(t, a); got.Title != "远处改的" || len(only(t, sibling).History) != 6 || len(got.History) != 6 {
		t.Errorf("its sender has %+v", got)
	}
	county.Expel(only(t, county), b.Settings.Unit)
	w.Settle(all...)
	act(w, a, p, "rename", "以后的")
	w.Settle(all...)
	w.SameParcels(all...)
	heard, err := b.Store.Entries(ctx, p.ID)
	if w.Must(err); len(b.Parcels()) != 0 || len(heard) != 7 {
		t.Errorf("sent away, it lists %+v, and heard %d", b.Parcels(), len(heard))
	}
	if _, err := b.Store.Write(ctx, store.Act{Kind: parcel.Name, Thing: p.ID, Do: "rename", Body: map[string]string{"title": "还想改"},
		Unit: b.Settings.Unit, At: w.Now}); err == nil {
		t.Error("sent away, it still acts")
	}
	far.Expel(only(t, far), far.Settings.Unit)
	w.Settle(all...)
	w.SameParcels(all...)
	if len(far.Parcels()) != 0 || len(sibling.Parcels()) != 1 {
		t.Error("who goes takes his office with him")
	}
	county.Invite(only(t, county), b.Settings.Unit)
	w.Settle(all...)
	if w.SameParcels(all...); only(t, b).Title != "以后的" {
		t.Errorf("let in again, it has %+v", only(t, b))
	}
	city.Expel(only(t, city), sibling.Settings.Unit)
	w.Settle(all...)
	w.SameParcels(all...)
	for _, o := range all {
		w.Must(o.Store.Rebuild(ctx))
		o.Healthy()
		o.Quiet()
	}
}

// Two who change the circle without knowing of each other both change what they meant to.
func TestCircleChangesAtOnce(t *testing.T) {
	w, a, b, county, city, sibling, far := region(t)
	all := []*apptest.Seat{a, b, county, city, sibling, far}
	p := a.SendParcel("锦旗", "")
	w.Settle(all...)
	county.Invite(p, b.Settings.Unit)
	city.Invite(p, far.Settings.Unit)
	act(w, a, p, "rename", "不知道的")
	w.Settle(all...)
	if n := w.SameParcels(all...); n != 1 || len(only(t, b).For) != 6 || len(only(t, far).History) != 4 {
		t.Errorf("it is for %v", only(t, b).For)
	}
	city.Expel(only(t, city), far.Settings.Unit)
	act(w, far, p, "rename", "走之前")
	county.Expel(only(t, county), b.Settings.Unit)
	w.Settle(all...)
	w.SameParcels(all...)
	if got := only(t, a); len(got.For) != 4 {
		t.Errorf("it is for %v", got.For)
	}
	for _, o := range all {
		o.Healthy()
		o.Quiet()
	}
}

// An office whose program does not know the kind lets newcomers have what it does not understand, and lists it when it is renewed.
func TestOldOfficeLetsNewcomersIn(t *testing.T) {
	w, a, b, county, city, sibling, far := region(t)
	learns(w, sibling, app.Kinds)
	learns(w, county, app.Kinds)
	all := []*apptest.Seat{a, b, county, city, sibling, far}
	p := a.SendParcel("锦旗", "")
	w.Settle(all...)
	city.Invite(p, far.Settings.Unit)
	city.Invite(only(t, city), b.Settings.Unit)
	w.Settle(all...)
	if n := w.SameParcels(a, b, city, far); n != 1 || only(t, far).Note != p.Note {
		t.Error("they have no parcel")
	}
	act(w, far, p, "take", "")
	city.Expel(only(t, city), b.Settings.Unit)
	w.Settle(all...)
	act(w, a, p, "rename", "以后的")
	w.Settle(all...)
	if w.SameParcels(a, b, city, far); len(b.Parcels()) != 0 || only(t, far).Title != "以后的" {
		t.Error("it was not passed on")
	}
	learns(w, sibling, apptest.Kinds)
	learns(w, county, apptest.Kinds)
	w.Settle(all...)
	w.SameParcels(all...)
	for _, o := range all {
		o.Healthy()
		o.Quiet()
	}
}

// A newcomer's computers come and go like everybody's: a second one, a new one, a copy that is put back.
func TestNewcomersComputers(t *testing.T) {
	w, a, b, county, city, sibling, far := region(t)
	all := []*apptest.Seat{a, b, county, city, sibling, far}
	copied := b.KeepCopy()
	p := a.SendParcel("锦旗", "")
	w.Settle(all...)
	city.Invite(p, far.Settings.Unit)
	county.Invite(p, b.Settings.Unit)
	w.Settle(all...)
	second := w.SetUp("station", b.Settings.Unit)
	w.Enrol(second, county)
	all = append(all, second)
	w.Settle(all...)
	w.SameParcels(all...)
	w.Must(b.PutBack(copied))
	all[5] = far.Burns(all)
	all[2] = county.Burns(all)
	all[4] = sibling.Burns(all)
	w.Settle(all...)
	for _, o := range all {
		o.Heeds(all)
	}
	w.Settle(all...)
	if n := w.SameParcels(all...); n != 1 {
		t.Errorf("%d parcels", n)
	}
	act(w, second, p, "rename", "第二台改的")
	all[2].Expel(only(t, all[2]), b.Settings.Unit)
	w.Settle(all...)
	w.SameParcels(all...)
	all[1] = b.Burns(all)
	w.Settle(all...)
	w.SameParcels(all...)
	for _, o := range all {
		o.Healthy()
	}
}

// What an office posts is known at every unit below it, and to those above; nobody else says anything about it.
func TestPostedForAllBelow(t *testing.T) {
	w, a, b, county, city, sibling, far := region(t)
	village := w.Under("station", "141102002004D1-2", apptest.Fengshan)
	w.Enrol(village, b)
	all := []*apptest.Seat{a, b, county, city, sibling, far, village}
	w.Settle(all...)
	p, q := city.PostParcel("市里的通知"), county.PostParcel("县里的通知")
	w.Settle(all...)
	if n := w.SameParcels(all...); n != 2 || len(village.Parcels()) != 2 || len(far.Parcels()) != 1 || len(sibling.Parcels()) != 1 {
		t.Errorf("%d, at the village %d, at the sibling %d", n, len(village.Parcels()), len(far.Parcels()))
	}
	act(w, city, p, "rename", "改了的通知")
	act(w, county, q, "rename", "县里改了的")
	for _, o := range []*apptest.Seat{a, county, village} {
		if _, err := o.Store.Write(ctx, store.Act{Kind: parcel.Name, Thing: p.ID, Do: "rename", Body: map[string]string{"title": "乱改"},
			Unit: o.Settings.Unit, At: w.Now}); err == nil {
			t.Errorf("%s changes what its office posted", o.Settings.Unit)
		}
	}
	w.Settle(all...)
	w.SameParcels(all...)
	late := w.SetUp("station", "141102002005")
	w.Enrol(late, county)
	all = append(all, late)
	all[2] = county.Burns(all)
	w.Settle(all...)
	for _, o := range all {
		o.Heeds(all)
	}
	w.Settle(all...)
	if w.SameParcels(all...); len(late.Parcels()) != 2 || !slices.ContainsFunc(late.Parcels(), func(p parcel.Parcel) bool { return p.Title == "改了的通知" }) {
		t.Errorf("a newcomer has %+v", late.Parcels())
	}
	w.Later(time.Minute)
	for _, o := range all {
		w.Must(o.Store.Rebuild(ctx))
		o.Healthy()
		o.Quiet()
	}
}
