package peer

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))
)

const station, county = "141102002003D1-A", "141102000000"

// all are the kinds that this package is played with.
var all = []thing.Kind{matter.Kind, store.Rules, store.Pulses, store.Keepsakes}

func open(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Create(ctx, store.Options{Path: filepath.Join(t.TempDir(), "lianluo.db"),
		Backups: t.TempDir(), Kinds: all})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func act(title, paper string) store.Act {
	return store.Act{Kind: matter.Name, Do: "receive",
		Body: &matter.Opening{Report: matter.Report{Register: "reception", Channel: "walk-in",
			Occurred: noon, Station: station,
			PaperNumber: paper, Title: title, Category: "0203", OnSpot: "register", Due: "2026-12-14",
			Deputies: []string{"李慧敏"}}},
		Private: matter.Private{Name: "王𠅤明", Phone: "13812345678", Words: "原话"},
		Unit:    station, By: "赵联络", At: noon}
}

func receive(t *testing.T, s *store.Store, title string) matter.Matter {
	t.Helper()
	m, err := store.RecordOne[matter.Matter](ctx, s, act(title, ""))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func healthy(t *testing.T, s *store.Store) store.Report {
	t.Helper()
	rep, err := s.Check(ctx, station)
	if err != nil || !rep.OK {
		t.Fatalf("check: %v %v", err, rep.Problems)
	}
	return rep
}

// keyed is a matter that was written on paper first.
func keyed(title, paper, register string, on time.Time) store.Act {
	a := act(title, paper)
	r := &a.Body.(*matter.Opening).Report
	r.Register, r.Occurred = register, on
	return a
}

// What two computers registered from one paper is told, and is nothing wrong with the records.
func TestPaperOfTwoComputers(t *testing.T) {
	a, b := open(t), open(t)
	if err := Know(ctx, b, Peer{Replica: a.Self().Replica, Unit: station}); err != nil {
		t.Fatal(err)
	}
	for s, paper := range map[*store.Store]string{a: "88", b: "第88号"} {
		if _, err := store.RecordOne[matter.Matter](ctx, s, keyed("甲", paper, "reception", noon)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := carry(t, a, b, 0); err != nil {
		t.Fatal(err)
	}
	said := healthy(t, b).Doubled
	if a.Series() == b.Series() { // by chance, and then the numbers are one, too
		said = slices.DeleteFunc(said, func(f store.Finding) bool { return f.What == store.Numbered })
	}
	if len(said) != 1 || said[0].What != store.Keyed || said[0].Name != "88" {
		t.Errorf("said of one paper on two matters: %+v", said)
	}
}

// carry brings all of a's stream to b, as a bundle would.
func carry(t *testing.T, a, b *store.Store, after uint64) (int, error) {
	t.Helper()
	st, err := a.Since(ctx, county, after, 8<<20)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Receive(ctx, b, Delivery{Unit: county, Replica: a.Self().Replica, Incarnation: 1, First: st.First,
		Prev: st.Prev, Head: st.End, Records: st.Records, At: noon})
	if err != nil {
		return 0, err
	}
	return got[0].Fresh, got[0].Err
}

func TestDeliveriesTwiceOverlappingAndWithAGap(t *testing.T) {
	a, b := open(t), open(t)
	if err := Know(ctx, b, Peer{Replica: a.Self().Replica, Unit: station}); err != nil {
		t.Fatal(err)
	}
	receive(t, a, "一")
	m := receive(t, a, "二")
	for want := range 2 {
		if n, err := carry(t, a, b, 0); err != nil || n != 2-2*want {
			t.Fatalf("delivery %d: %d %v", want, n, err)
		}
	}
	receive(t, a, "三")
	if _, err := store.RecordOne[matter.Matter](ctx, a, store.Act{Kind: matter.Name, Thing: m.ID, Do: "void",
		Body: map[string]string{"note": "重复"}, Unit: station, At: noon}); err != nil {
		t.Fatal(err)
	}
	if _, err := carry(t, a, b, 3); !errors.Is(err, ErrGap) {
		t.Fatalf("gap: %v", err)
	}
	if n, err := carry(t, a, b, 1); err != nil || n != 2 {
		t.Fatalf("overlap: %d %v", n, err)
	}
	got, _ := view.Page(ctx, b, view.Filter{}, 0, 1000)
	if len(got) != 3 || got[1].State != matter.Void {
		t.Errorf("county has %+v", got)
	}
	healthy(t, b)
	ps, _ := Peers(ctx, b)
	if ps[0].Life().Stored != 4 || ps[0].Life().Head != 4 {
		t.Errorf("peer %+v", ps[0])
	}
	stranger := open(t)
	receive(t, stranger, "四")
	st, _ := stranger.Since(ctx, county, 0, 1<<20)
	if got, err := Receive(ctx, b, Delivery{Unit: county, Replica: a.Self().Replica, Incarnation: 1, First: 1, Head: 1,
		Records: st.Records, At: noon}); err != nil || !errors.Is(got[0].Err, ErrDiverged) {
		t.Errorf("another past was taken: %v %v", got, err)
	}
	healthy(t, b)
}

// Two computers of one table have the same letter by chance. As soon as one hears of the other, it takes another
// letter.
func TestLetterOfAnotherComputer(t *testing.T) {
	a, b := open(t), open(t)
	err := errors.Join(b.Become(ctx, journal.Replica{a.Self().Replica[0], 1}),
		Know(ctx, b, Peer{Replica: a.Self().Replica, Unit: station}))
	if err != nil || a.Series() != b.Series() {
		t.Fatal(err, a.Series(), b.Series())
	}
	given := map[string]bool{receive(t, a, "一").Number: true, receive(t, a, "二").Number: true}
	if _, err := carry(t, a, b, 0); err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"三", "四", "五"} {
		number := receive(t, b, title).Number
		if given[number] || b.Series() == a.Series() {
			t.Errorf("%s, and its letter is %c", number, b.Series())
		}
		given[number] = true
	}
	if given[receive(t, a, "六").Number] {
		t.Error("a number was given twice")
	}
	if self := b.Self(); self.Incarnation>>16 != 1 {
		t.Errorf("%d lives for one letter", self.Incarnation>>16+1)
	}
	healthy(t, b)
}
