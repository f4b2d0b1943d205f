package parcel_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/apptest/parcel"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
)

// lies lets a station that is not honest say two things to its county, one after the other, made of a matter and a parcel.
func lies(t *testing.T, change func(i int, e *journal.Entry, honest []journal.Record)) (w *apptest.World, county, station *apptest.Seat) {
	t.Helper()
	w, county, station = apptest.Pair(t)
	w.Alone = true
	station.Titles("路灯不亮")
	station.SendParcel("锦旗", "")
	st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
	w.Must(err)
	rs := station.Rewrite(st.Records, func(i int, e *journal.Entry) { change(i, e, st.Records) })
	for i, f := range w.Parts(station, county, rs...) {
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprint(i, ".bundle"), f)
		county.Sync()
	}
	if p := apptest.Progress(t, county, apptest.Yuanjia); p.Stored != 2 {
		t.Fatalf("the county holds %d", p.Stored)
	}
	return w, county, station
}

// What is open to doubt when a thing is opened is not got round by opening it with a second entry on one that does not count.
func TestSecondEntryOpensNothing(t *testing.T) {
	_, county, _ := lies(t, func(i int, e *journal.Entry, honest []journal.Record) {
		first := honest[1].Entry
		e.Thing, e.Kind, e.Do, e.Schema, e.Body, e.Envelope = first.Thing, first.Kind, first.Do, first.Schema, first.Body, first.Envelope
		if i == 0 {
			reversed := *first.Envelope
			reversed.Audience = slices.Clone(reversed.Audience)
			slices.Reverse(reversed.Audience)
			e.Envelope = &reversed
			return
		}
		e.Seen, e.Depth = []journal.ID{honest[0].ID}, 2
	})
	if ps := county.Parcels(); len(ps) != 0 {
		t.Errorf("the county lists %+v", ps)
	}
	county.Healthy()
}

// A thing that turns out to be of another kind than was believed stands in the list of that alone, and a check sees it where it does not.
func TestThingStandsInOneList(t *testing.T) {
	w, county, _ := lies(t, func(i int, e *journal.Entry, honest []journal.Record) {
		if i == 0 { // of before there were envelopes
			e.Thing, e.Envelope = honest[1].Thing, nil
		}
	})
	if len(county.Parcels()) != 1 || len(county.List()) != 0 {
		t.Errorf("%d parcels, %d matters", len(county.Parcels()), len(county.List()))
	}
	county.Healthy()
	id := county.Parcels()[0].ID
	own := strings.Repeat(", ''", len(matter.Kind.Columns))
	w.Sqlite(county.Home.Database(), `INSERT INTO matter SELECT row, version, id, number, unit, path, sealed, told, open, private`+own+` FROM parcel WHERE id='`+id+"'")
	rep, err := county.Store.Check(ctx, apptest.County)
	if w.Must(err); !rep.Only(store.Stray) || rep.OK {
		t.Errorf("a parcel among the matters: %+v", rep.Problems)
	}
}

// A kind whose program stumbles over what somebody wrote sets that thing aside and stops nothing else: no delivery, no check, no act.
func TestStumblingOverOneThing(t *testing.T) {
	for _, in := range []string{"fold", "column"} {
		t.Run(in, func(t *testing.T) {
			w, a, b, county, city := district(t)
			kinds := slices.Clone(apptest.Kinds)
			k, stumbles := &kinds[len(kinds)-1], func(at string, s thing.Sum) {
				if p, ok := s.(*parcel.Parcel); ok && in == at && p.Title == "绊脚" {
					panic(at)
				}
			}
			fold, state := k.Fold, k.Columns[0]
			k.Fold = func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
				s, refused := fold(rs)
				stumbles("fold", s)
				return s, refused
			}
			k.Columns = []thing.Column{{Name: state.Name, Of: func(s thing.Sum) any { stumbles("column", s); return state.Of(s) }}}
			learns(w, county, kinds)
			p := a.SendParcel("锦旗", apptest.Fengshan)
			a.SendParcel("绊脚", apptest.Fengshan)
			w.Settle(a, county)
			act(w, a, p, "rename", "绊脚")
			a.Titles("路灯不亮")
			a.SendParcel("又一件", apptest.Fengshan)
			w.Settle(a, b, county, city)
			if len(county.List()) != 1 || len(county.Parcels()) != 2 {
				t.Errorf("%s: %d matters, %d parcels", in, len(county.List()), len(county.Parcels()))
			}
			rep, err := county.Store.Check(ctx, apptest.County)
			if w.Must(err); rep.Only(store.Misjudged) || !rep.Only(store.Garbled, store.Misjudged) {
				t.Errorf("%s: the check finds %+v", in, rep.Problems)
			}
			if _, err := county.Store.Write(ctx, store.Act{Kind: parcel.Name, Thing: p.ID, Do: "rename", Body: map[string]string{"title": "绊脚"},
				Unit: apptest.County, By: "乙", At: w.Now}); err == nil {
				t.Errorf("%s: an act on what is set aside", in)
			}
			w.Must(county.Store.Rebuild(ctx))
			kinds = slices.Clone(apptest.Kinds)
			kinds[len(kinds)-1].Version++
			learns(w, county, kinds)
			if len(county.Parcels()) != 3 {
				t.Errorf("%s: a better program lists %d", in, len(county.Parcels()))
			}
			county.Healthy()
		})
	}
}

// A window that does not know a kind goes on while a command of a newer program, which does, works at the same home: what comes to the
// window then stands in the list of whoever knows the kind and opens the home next.
func TestTwoProgramsAtOnce(t *testing.T) {
	w, a, b, county, city := district(t, app.Kinds...)
	newer, err := store.Open(ctx, store.Options{Path: county.Home.Database(), Backups: county.Home.Backups(),
		Kinds: apptest.Kinds, Key: apptest.Sealing()})
	w.Must(err)
	w.Must(newer.Close())
	a.SendParcel("锦旗", apptest.Fengshan)
	w.Settle(a, b, county, city)
	learns(w, county, apptest.Kinds)
	if n := w.SameParcels(a, b, county, city); n != 1 {
		t.Errorf("%d parcels", n)
	}
	county.Healthy()
}

// Whatever somebody did to the lists of a database or to what is noted of them: they are made anew, and the home opens.
func TestListsThatSomebodyChanged(t *testing.T) {
	for name, statement := range map[string]string{
		"nothing is noted":  "DELETE FROM kind",
		"one is not noted":  "DELETE FROM kind WHERE name='parcel'",
		"a view":            "DROP TABLE parcel; CREATE VIEW parcel AS SELECT * FROM matter; UPDATE kind SET version='0' WHERE name='parcel'",
		"no list":           "DROP TABLE parcel; DELETE FROM kind WHERE name='parcel'",
		"noted with quotes": `INSERT INTO kind VALUES ('a"; DROP TABLE entry; --', 'x'), ('Parcel', 'x'); UPDATE kind SET version='' WHERE name='matter'`,
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			station.Titles("路灯不亮")
			station.SendParcel("锦旗", "")
			w.Settle(station, county)
			w.Sqlite(county.Home.Database(), statement)
			learns(w, county, apptest.Kinds)
			if len(county.List()) != 1 || len(county.Parcels()) != 1 {
				t.Errorf("%d matters, %d parcels", len(county.List()), len(county.Parcels()))
			}
			county.Healthy()
		})
	}
}

// tells lets a station that is not honest say what it said to its county in other words.
func tells(w *apptest.World, county, station *apptest.Seat, change func(i int, e *journal.Entry)) {
	w.T.Helper()
	st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
	w.Must(err)
	for i, f := range w.Parts(station, county, station.Rewrite(st.Records, change)...) {
		w.Put(apptest.County, station.Settings.Unit, fmt.Sprint(i, ".bundle"), f)
		county.Sync()
	}
}

// No station writes somebody into a parcel, or itself between its county and another station, or anything about what its office posted:
// whom it names hears nothing, and what it said that it may say counts.
func TestStationLetsNobodyIn(t *testing.T) {
	for name, change := range map[string]func(e *journal.Entry){
		"another station": func(e *journal.Entry) {
			e.Envelope.Audience = append([]string{apptest.Fengshan}, e.Envelope.Audience...)
		},
		"one that reports elsewhere": func(e *journal.Entry) {
			e.Envelope.Audience = []string{apptest.Yuanjia, apptest.Fengshan, apptest.County, apptest.City}
		},
		"nobody but itself": func(e *journal.Entry) { e.Envelope.Audience = []string{apptest.Yuanjia} },
		"all below":         func(e *journal.Entry) { e.Envelope.Way = journal.Below },
	} {
		t.Run(name, func(t *testing.T) {
			w, a, b, county, city := district(t)
			p := a.SendParcel("锦旗", "")
			act(w, a, p, "rename", "改了")
			tells(w, county, a, func(i int, e *journal.Entry) {
				if i == 1 {
					changed := *e.Envelope
					changed.Audience = slices.Clone(changed.Audience)
					e.Envelope, e.Seen = &changed, []journal.ID{{Replica: e.ID.Replica, Incarnation: e.ID.Incarnation, Seq: 1}}
					change(e)
				}
			})
			w.Settle(county, b, city)
			if len(b.Parcels()) != 0 || len(city.Parcels()) != 1 || only(t, county).Title != "改了" {
				t.Errorf("the other station lists %+v, the county %+v", b.Parcels(), county.Parcels())
			}
			county.Healthy()
		})
	}
}

// A station that says that it reports to its township does not make its county tell that one of it.
func TestStationReportsToWhomItDoes(t *testing.T) {
	w, a, b, county, city := district(t)
	p := a.SendParcel("锦旗", "")
	act(w, a, p, "rename", "改了")
	tells(w, county, a, func(i int, e *journal.Entry) {
		through := *e.Envelope
		through.Audience = [][]string{{apptest.Yuanjia, apptest.Fengshan}, {apptest.Yuanjia, apptest.Fengshan, apptest.County, apptest.City}}[i]
		if e.Envelope = &through; i == 1 {
			e.Seen = []journal.ID{{Replica: e.ID.Replica, Incarnation: e.ID.Incarnation, Seq: 1}}
		}
	})
	w.Settle(county, b, city)
	if len(b.Parcels())+len(county.Parcels())+len(city.Parcels()) != 0 {
		t.Errorf("listed: %d, at the county %d, at the city %d", len(b.Parcels()), len(county.Parcels()), len(city.Parcels()))
	}
}

// What a station says about what its office posted is not heard.
func TestNobodySpeaksForWhoPosted(t *testing.T) {
	w, a, b, county, city := district(t)
	p := county.PostParcel("通知")
	w.Settle(a, b, county, city)
	mine := a.SendParcel("锦旗", "")
	tells(w, county, a, func(i int, e *journal.Entry) {
		rs, err := a.Store.Entries(ctx, p.ID)
		w.Must(err)
		e.Thing, e.Do, e.Seen, e.Depth, e.Envelope = p.ID, "rename", []journal.ID{rs[0].ID}, 2, rs[0].Envelope
	})
	w.Settle(county, b, city)
	if only(t, b).Title != "通知" || only(t, county).Title != "通知" {
		t.Errorf("%s says %+v", mine.Unit, county.Parcels())
	}
	county.Healthy()
}
