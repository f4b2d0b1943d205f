package apptest

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"

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

// TryParcel does some act that may follow with some parcel.
func (o *Seat) TryParcel(dice *rand.Rand) {
	o.World.T.Helper()
	ps := o.Parcels()
	if len(ps) == 0 {
		return
	}
	p := ps[dice.IntN(len(ps))]
	_, err := store.RecordOne[parcel.Parcel](ctx, o.Store, parcel.Anything(p, o.Settings.Unit, dice, o.World.Now))
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

// SameParcels fails unless everybody whom a parcel concerns has it, the note included, and nobody else does.
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
			if !slices.Contains(p.For, o.Settings.Unit) {
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
			switch there := slices.Contains(p.For, o.Settings.Unit); {
			case there && at < 0:
				w.T.Errorf("%s lacks %q", o.Settings.Unit, p.Title)
			case there && (whole(have[at]) != whole(p) || !have[at].Known()):
				w.T.Errorf("%s has\n%s, not\n%s", o.Settings.Unit, whole(have[at]), whole(p))
			}
		}
		if len(have) > len(want) && unit.Parent(o.Settings.Unit) != "" {
			w.T.Errorf("%s has %d parcels of %d", o.Settings.Unit, len(have), len(want))
		}
	}
	return len(want)
}
