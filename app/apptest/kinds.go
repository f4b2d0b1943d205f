package apptest

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest/parcel"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Kinds are those that the homes of a world know: the program's, and one that only tests have. Its words are all that
// is told of it but for this file.
var Kinds = append(slices.Clone(app.Kinds), parcel.Kind)

// SendParcel sends a parcel to the county, the city and another station ("" for none), with a note.
func (o *Seat) SendParcel(title, to string) parcel.Parcel {
	o.World.T.Helper()
	p, err := store.RecordOne[parcel.Parcel](ctx, o.Store, parcel.Send(title, "给"+title+"的话",
		o.Settings.Unit, to, o.World.Now))
	o.World.Must(err)
	return p
}

// PostParcel posts a parcel for all below.
func (o *Seat) PostParcel(title string) parcel.Parcel {
	o.World.T.Helper()
	p, err := store.RecordOne[parcel.Parcel](ctx, o.Store, parcel.Post(title, o.Settings.Unit, o.World.Now))
	o.World.Must(err)
	return p
}

// Invite lets another unit into a parcel, with those that it reports to.
func (o *Seat) Invite(p parcel.Parcel, code string) parcel.Parcel {
	o.World.T.Helper()
	o.World.Later(time.Minute)
	p, err := store.RecordOne[parcel.Parcel](ctx, o.Store, parcel.Invite(p, o.Settings.Unit, unit.Path(code, ""), o.World.Now))
	o.World.Must(err)
	return p
}

// Expel sends a unit away from a parcel.
func (o *Seat) Expel(p parcel.Parcel, code string) parcel.Parcel {
	o.World.T.Helper()
	o.World.Later(time.Minute)
	p, err := store.RecordOne[parcel.Parcel](ctx, o.Store, parcel.Expel(p, o.Settings.Unit, code, o.World.Now))
	o.World.Must(err)
	return p
}

// TryParcel does some act that may follow with some parcel, or posts one.
func (o *Seat) TryParcel(dice *rand.Rand, all []*Seat) {
	o.World.T.Helper()
	if unit.Parent(o.Settings.Unit) != "" && unit.Parent(unit.Parent(o.Settings.Unit)) == "" && dice.IntN(4) == 0 {
		o.PostParcel("通知")
		return
	}
	ps := o.Parcels()
	if len(ps) == 0 {
		return
	}
	var units [][]string
	for _, other := range all {
		units = append(units, unit.Path(other.Settings.Unit, other.Settings.Parent))
	}
	p := ps[dice.IntN(len(ps))]
	_, err := store.RecordOne[parcel.Parcel](ctx, o.Store, parcel.Anything(p, o.Settings.Unit, units, dice, o.World.Now))
	if err != nil && !errors.Is(err, thing.ErrNotNow) && !errors.Is(err, thing.ErrNotYours) {
		o.World.T.Fatalf("%s with %+v: %v", o.Settings.Unit, p, err)
	}
}

// Parcels are those that a home lists, by ID.
func (o *Seat) Parcels() (ps []parcel.Parcel) {
	o.World.T.Helper()
	ls, err := view.Things[parcel.Parcel](ctx, o.Store, parcel.Name, "1 ORDER BY id")
	o.World.Must(err)
	for _, l := range ls {
		ps = append(ps, l.Thing)
	}
	return ps
}

// SameParcels fails unless everybody whom a parcel concerns has it, the note included, nobody else lists it, and nobody
// who was sent away heard any more of it.
func (w *World) SameParcels(all ...*Seat) (n int) {
	w.T.Helper()
	whole := func(p parcel.Parcel) string {
		b, err := json.Marshal(p)
		w.Must(err)
		return string(b) + p.Note
	}
	want := map[string]parcel.Parcel{}
	for _, o := range all {
		for _, p := range o.Parcels() {
			if !p.Concerns(o.Settings.Unit) {
				w.T.Errorf("%s has a parcel that is not for it: %+v", o.Settings.Unit, p)
			}
			if o.Settings.Unit == p.Unit {
				want[p.ID] = p
			}
		}
	}
	for _, o := range all {
		have := o.Parcels()
		for id, p := range want {
			at := slices.IndexFunc(have, func(q parcel.Parcel) bool { return q.ID == id })
			rs, err := o.Store.Entries(ctx, id)
			w.Must(err)
			switch there := p.Concerns(o.Settings.Unit); {
			case there && at < 0:
				w.T.Errorf("%s lacks %q", o.Settings.Unit, p.Title)
			case there && (whole(have[at]) != whole(p) || !have[at].Known() && !p.Posted):
				w.T.Errorf("%s has\n%s, not\n%s", o.Settings.Unit, whole(have[at]), whole(p))
			case !there && (at >= 0 || !parcel.Left(rs, o.Settings.Unit)):
				w.T.Errorf("%s still has\n%s, listed %v, last heard %+v", o.Settings.Unit, whole(p), at >= 0, rs[len(rs)-1].Entry)
			}
		}
		if len(have) > len(want) && unit.Parent(o.Settings.Unit) != "" {
			w.T.Errorf("%s has %d parcels of %d", o.Settings.Unit, len(have), len(want))
		}
	}
	return len(want)
}
