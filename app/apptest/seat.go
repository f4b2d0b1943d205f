package apptest

import (
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/app/installer"
	"lianluo.local/app/ledger"
	officework "lianluo.local/app/office"
	"lianluo.local/app/trust"
	"lianluo.local/assets/places"
	"lianluo.local/data/home"
	"lianluo.local/data/matter"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Seat is one home, open, and who sits there.
type Seat struct {
	*app.App
	World  *World
	Random io.Reader    // what it draws
	Kinds  []thing.Kind // that its program knows; nil for Kinds

	Publisher string // whose releases its program believes
	System    installer.System
}

// Open opens a home, also one that was closed before.
func (o *Seat) Open(h home.Home) {
	o.World.T.Helper()
	var err error
	if o.Kinds == nil {
		o.Kinds = Kinds
	}
	if o.App, err = app.Open(ctx, app.Options{Home: h, Now: func() time.Time { return o.World.Now }, Random: o.Random,
		Kinds: o.Kinds, Key: Sealing(), Publisher: o.Publisher, System: o.System}); err != nil {
		o.World.T.Fatal(err)
	}
}

// As is the office of another unit that sits at the same computer: for a page, which shows no more of an act than what
// comes of it.
func (o *Seat) As(code string) *officework.Office {
	at, set := *o.Office, *o.Settings
	set.Unit, set.Role, set.Parent, set.Name = code, unit.LevelOf(code), unit.Parent(code), places.Of(code).Where
	at.Settings = &set
	return &at
}

// Receive registers a matter.
func (o *Seat) Receive(d desk.Draft) matter.Matter {
	o.World.T.Helper()
	o.World.Later(time.Minute)
	m, err := o.Desk.Receive(ctx, o.Clerk(), d)
	if err != nil {
		o.World.T.Fatal(err)
	}
	return m
}

// Titles registers a matter for each title. Where something goes wrong (a test of a fault) a thing of another kind goes
// the same way.
func (o *Seat) Titles(list ...string) {
	o.World.T.Helper()
	for _, title := range list {
		o.Receive(desk.Draft{Title: title, Name: "单志远", Phone: "13812345678"})
		if strings.Contains(o.World.T.Name(), "Fault") && !o.World.Alone {
			o.SendParcel(title, "")
		}
	}
}

// Sync is one round of exchange.
func (o *Seat) Sync() courier.Round {
	o.World.T.Helper()
	o.World.Later(time.Minute)
	r, err := o.Courier.Sync(ctx)
	if err != nil {
		o.World.T.Fatal(err)
	}
	return r
}

// List is what an office sees, by number, newest first.
func (o *Seat) List() []ledger.View {
	o.World.T.Helper()
	page, err := o.Ledger.Page(ctx, ledger.Query{Limit: 1000})
	if err != nil {
		o.World.T.Fatal(err)
	}
	return page.Matters
}

// Known says whether it lists a matter of that title.
func (o *Seat) Known(title string) bool {
	o.World.T.Helper()
	return slices.ContainsFunc(o.List(), func(v ledger.View) bool { return v.Title == title })
}

// Do does one act, written as the command line takes it.
func (o *Seat) Do(m matter.Matter, order string) matter.Matter {
	o.World.T.Helper()
	o.World.Later(time.Minute)
	after, err := o.Try(m, order)
	if err != nil {
		o.World.T.Fatalf("%s of %s in %v by %s: %v", order, m.Number, m.State, o.Settings.Unit, err)
	}
	return after
}

// Try does one act that may be refused.
func (o *Seat) Try(m matter.Matter, order string) (matter.Matter, error) {
	o.World.T.Helper()
	parsed, err := officework.Parse([]byte(order))
	if err != nil {
		return m, err
	}
	return o.Office.Do(ctx, o.Clerk(), m.ID, parsed)
}

// Show is a matter as it stands there.
func (o *Seat) Show(m matter.Matter) matter.Matter {
	o.World.T.Helper()
	v, err := o.Ledger.Show(ctx, m.Number)
	if err != nil {
		o.World.T.Fatal(err)
	}
	return v.Matter
}

// Agree fails unless the county has every matter of the stations exactly once and field for field, and every book is in
// order.
func (w *World) Agree(county *Seat, stations ...*Seat) {
	w.T.Helper()
	have := map[string]matter.Matter{}
	for _, v := range county.List() {
		if _, twice := have[v.Number]; twice {
			w.T.Errorf("%s stands twice in the county's list", v.Number)
		}
		have[v.Number] = v.Matter
	}
	total := 0
	for _, s := range stations {
		for _, v := range s.List() {
			total++
			if got, ok := have[v.Number]; !ok {
				w.T.Errorf("%s %s is missing at the county", v.Number, v.Title)
			} else if !reflect.DeepEqual(got, v.Matter) {
				w.T.Errorf("%s differs:\ncounty  %+v\nstation %+v", v.Number, got, v.Matter)
			}
		}
		if n, err := s.Courier.Unsent(ctx); n != 0 || err != nil {
			w.T.Errorf("%s still has %d unsent: %v", s.Settings.Unit, n, err)
		}
	}
	if len(have) != total {
		w.T.Errorf("the county lists %d matters, the stations %d", len(have), total)
	}
	for _, o := range append(stations, county) {
		o.Healthy()
	}
	w.SameParcels(append(stations, county)...)
}

// Same fails unless a matter is the same everywhere: all of it between stations and county, the open part at the city.
func (w *World) Same(m matter.Matter, all ...*Seat) {
	w.T.Helper()
	want := all[0].Show(m)
	for _, o := range all[1:] {
		got := o.Show(m)
		if o.Settings.Unit == City || got.Confidential && o.Settings.Unit != got.Unit {
			if got.Name+got.Phone+got.Words+got.Address+got.OnSpotAnswer != "" {
				w.T.Errorf("%s knows the citizen: %+v", o.Settings.Unit, got.Private)
			}
			got.Private = want.Private
		}
		if !reflect.DeepEqual(got, want) {
			w.T.Errorf("%s has\n%+v\n%s has\n%+v", o.Settings.Unit, got, all[0].Settings.Unit, want)
		}
	}
}

// Healthy fails unless the books are in order.
func (o *Seat) Healthy() {
	o.World.T.Helper()
	if rep, err := o.Store.Check(ctx, o.Settings.Unit); err != nil || !rep.OK {
		o.World.T.Errorf("check of %s: %v %v", o.Settings.Unit, rep.Problems, err)
	}
}

// Quiet fails where an office's page shows anything amiss.
func (o *Seat) Quiet() {
	o.World.T.Helper()
	ps, err := o.Courier.Status(ctx)
	o.World.Must(err)
	for _, p := range ps {
		if p.Silent || len(p.Aside) > 0 || len(p.Gaps) > 0 || p.Unacked > 0 && !p.Revoked || p.Forks > 0 ||
			p.Diverged != "" || p.Waiting > 0 {
			o.World.T.Errorf("%s about %s: %+v", o.Settings.Unit, p.Unit, p)
		}
	}
}

// Progress is what the status of an office says about a unit.
func Progress(t *testing.T, o *Seat, unit string) courier.Progress {
	t.Helper()
	ps, err := o.Courier.Status(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range ps {
		if p.Unit == unit {
			return p
		}
	}
	t.Fatalf("%s does not know %s", o.Settings.Unit, unit)
	return courier.Progress{}
}

// Picture is whom it believes.
func (o *Seat) Picture() trust.Picture {
	o.World.T.Helper()
	pic, err := o.Trust.Picture(ctx)
	o.World.Must(err)
	return pic
}

// Entries counts what a home holds.
func (o *Seat) Entries() int {
	o.World.T.Helper()
	rep, err := o.Store.Check(ctx, o.Settings.Unit)
	o.World.Must(err)
	return rep.Entries
}
