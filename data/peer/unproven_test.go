package peer

import (
	"errors"
	"slices"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/store"
	"lianluo.local/data/view"
)

// bring delivers a hand's records by the computer of another unit, some of which nobody proves; first is the position
// of the first.
func bring(t *testing.T, s *store.Store, by *hand, first int, rs []journal.Record, aside ...int) (Received, error) {
	t.Helper()
	d := Delivery{Unit: county, Replica: by.last.ID.Replica, Incarnation: 1, First: uint64(first),
		Records: rs[first-1:], At: noon, Aside: map[int]string{}}
	for i, r := range rs[:first-1] {
		d.Prev = journal.Advance(d.Prev, uint64(i+1), r.Hash)
	}
	for _, i := range aside {
		d.Aside[i-first+1] = "ground"
	}
	got, err := Receive(ctx, s, d)
	if err != nil {
		t.Fatal(err)
	}
	return got[0], got[0].Err
}

// One record that nobody proves is set aside alone: those around it count, the stream goes on, may be told again, and
// nothing of it is seen or passed on. When it is proven it counts as though it had just come.
func TestOneUnprovenRecordCostsOneRecord(t *testing.T) {
	s, town, table := open(t), writer(t, township, 8), writer(t, station, 3)
	introduce(t, s, town)
	body := func(title string) journal.Record {
		e := counter(t, station, title, len(table.all)+1)
		e = []byte(`{"via":"` + township + `",` + string(e[1:]))
		return table.own(e, nil, station, township, county, city)
	}
	for _, title := range []string{"一", "二", "三"} {
		body(title)
	}
	second := table.all[1]
	if got, err := bring(t, s, town, 1, table.all, 1); err != nil || got.Fresh != 2 {
		t.Fatalf("%d came: %v", got.Fresh, err)
	}
	if got, err := bring(t, s, town, 1, table.all, 1); err != nil || got.Fresh != 0 {
		t.Errorf("told again: %d came: %v", got.Fresh, err)
	}
	body("四")
	if got, err := bring(t, s, town, 4, table.all); err != nil || got.Fresh != 1 {
		t.Errorf("the stream stops: %d %v", got.Fresh, err)
	}
	want := []string{station + " 一", station + " 三", station + " 四"}
	if got := titles(t, s); !slices.Equal(got, want) || len(stream(t, s, city)) != 3 {
		t.Errorf("the list holds %q, %d go up", got, len(stream(t, s, city)))
	}
	list, err := Apart(ctx, s)
	if err != nil || len(list) != 1 || list[0].N != 1 || list[0].By != town.last.ID.Replica ||
		list[0].Unit != township || list[0].Author != station || list[0].Ground != "ground" {
		t.Fatalf("%+v %v", list, err)
	}
	got, err := Reconsider(ctx, s, list[0], "other", county, noon,
		func(rs []journal.Record) map[int]error { return map[int]error{0: errors.New("no")} })
	if again, _ := Apart(ctx, s); err != nil || got.Fresh != 0 || len(again) != 1 || again[0].Ground != "other" {
		t.Errorf("still unproven: %+v %v, %+v", got, err, again)
	}
	list[0].Ground = "other"
	got, err = Reconsider(ctx, s, list[0], "more", county, noon, func(rs []journal.Record) map[int]error {
		if len(rs) != 1 || rs[0].Hash != second.Hash {
			t.Errorf("asked about %v", rs)
		}
		return nil
	})
	if left, _ := Apart(ctx, s); err != nil || got.Fresh != 1 || len(left) != 0 {
		t.Errorf("proven: %+v %v, left %v", got, err, left)
	}
	if fs, err := view.Page(ctx, s, view.Filter{}, 0, 1000); err != nil || len(fs) != 4 || fs[0].Title != "二" ||
		len(stream(t, s, city)) != 4 {
		t.Errorf("it does not count: %v %v", fs, err)
	}
	inOrder(t, s, county)
}

// What somebody heaps up is refused with his file.
func TestUnprovenHasALimit(t *testing.T) {
	s, town, table := open(t), writer(t, township, 8), writer(t, station, 3)
	introduce(t, s, town)
	table.own(counter(t, station, "一", 1), nil, station, township, county, city)
	if err := exec(ctx, s, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<?)
		INSERT INTO unproven SELECT CAST(i AS BLOB), ?, 'x', x'00', '', x'00', NULL, NULL, '' FROM n`,
		mostUnproven, town.last.ID.Replica[:]); err != nil {
		t.Fatal(err)
	}
	if _, err := bring(t, s, town, 1, table.all, 0); !errors.Is(err, ErrUnproven) {
		t.Errorf("one more: %v", err)
	}
	if _, err := bring(t, s, town, 1, table.all); err != nil {
		t.Errorf("what is proven: %v", err)
	}
}

// A record that does not stand between those of its author that are here is set aside; what a copy of a computer wrote
// follows its own words, which lie apart.
func TestAJournalStaysAChain(t *testing.T) {
	s, table, copied := open(t), writer(t, station, 3), writer(t, station, 3)
	introduce(t, s, table)
	for i, title := range []string{"一", "二", "三", "五"} {
		table.own(counter(t, station, title, i+1), nil, station, county, city)
	}
	all := slices.Clone(table.all)
	table.hear(s, county)
	liar := writer(t, station, 3)
	liar.last.ID.Seq, liar.last.Hash = 4, journal.Hash{9} // in the place of the fifth
	liar.all = make([]journal.Record, 7)
	all = append(all, liar.own(counter(t, station, "假", 8), nil, station, county, city))
	for i, title := range []string{"一", "二", "另"} { // an image from before the third was used elsewhere
		if copied.own(counter(t, station, title, i+1), nil, station, county, city); i == 1 &&
			copied.last.Hash != all[1].Hash {
			t.Fatal("no copy")
		}
	}
	copied.own(counter(t, station, "又", 9), nil, station, county, city)
	all = append(all, copied.all[2])
	if got, err := bring(t, s, table, 5, all); err != nil || got.Fresh != 0 {
		t.Fatalf("%+v %v", got, err)
	}
	if list, _ := Apart(ctx, s); len(list) != 1 || list[0].N != 1 {
		t.Errorf("set aside: %+v", list)
	}
	if forks, err := s.Forks(ctx); err != nil || len(forks) != 1 {
		t.Errorf("alarms: %v %v", forks, err)
	}
	if got := titles(t, s); len(got) != 4 {
		t.Errorf("the list holds %q", got)
	}
	inOrder(t, s, county)
}
