package view_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))
)

const station = "141102002003D1-A"

func open(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Create(ctx, store.Options{Path: filepath.Join(t.TempDir(), "lianluo.db"), Backups: t.TempDir(),
		Kinds: []thing.Kind{matter.Kind}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func receive(t *testing.T, s *store.Store, title, paper string, private matter.Private) matter.Matter {
	t.Helper()
	m, err := store.RecordOne[matter.Matter](ctx, s, store.Act{Kind: matter.Name, Do: "receive",
		Body: &matter.Opening{Report: matter.Report{Register: "reception",
			Channel: "walk-in", Occurred: noon, Station: station, PaperNumber: paper, Title: title, Category: "0203",
			OnSpot: "register", Due: "2026-12-14"}},
		Private: private, Unit: station, By: "赵联络", At: noon})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPagesAndCounts(t *testing.T) {
	s := open(t)
	receive(t, s, "七巷排水", "", matter.Private{})
	receive(t, s, "建公厕", "", matter.Private{})
	page, err := view.Page(ctx, s, view.Filter{Step: 3, Station: "141102002003", Register: "reception", Category: "02",
		From: noon.Add(-time.Hour)}, 0, 10)
	if err != nil || len(page) != 2 || page[0].Title != "建公厕" {
		t.Errorf("page %v %v", page, err)
	}
	if page, err = view.Page(ctx, s, view.Filter{}, page[0].Row, 10); err != nil || len(page) != 1 ||
		page[0].Title != "七巷排水" {
		t.Errorf("the older ones %v %v", page, err)
	}
	for day, want := range map[string]int{"2026-12-15": 2, "2026-12-14": 0} { // not on the day itself
		if n, err := view.Count(ctx, s, view.Filter{Overdue: day}); n != want || err != nil {
			t.Errorf("overdue on %s: %d %v", day, n, err)
		}
	}
}

// A number is found however it is written, in part, and among what a scanner read.
func TestNumberIsFoundHoweverItIsWritten(t *testing.T) {
	s := open(t)
	slip := numbers.Paper(station, "reception", 2026, 'A', 7)
	m := receive(t, s, "甲", slip, matter.Private{})
	receive(t, s, "乙", "", matter.Private{})
	if number, err := view.Keyed(ctx, s, m.PaperKey()); number != m.Number || err != nil {
		t.Errorf("keyed: %q %v", number, err)
	}
	n := m.Number
	for _, way := range []string{n, strings.ToLower(n), strings.ReplaceAll(n, "-", ""), strings.ReplaceAll(n, "-", "–"),
		strings.ReplaceAll(n, "-", " "), strings.ReplaceAll(n, "0", "O"),
		strings.ReplaceAll(n, "1", "l"), "编号：" + n,
		"回执编号 " + n + "\n凤山街道袁家庄社区联络点 0358-8221321\n承诺 2026年12月14日前答复\n询问请打电话报编号，或持回执到站。",
		"回执编号 " + n + "凤山街道袁家庄社区联络点 0358-8221321承诺 2026年12月14日前答复", n[13:], n[13 : len(n)-2], strings.ReplaceAll(n[13:],
			"-", ""), n[3:], m.ID, strings.ToUpper(m.ID),
		slip, strings.ReplaceAll(slip, "-", ""), "编号 " + slip} {
		if fs, err := view.ByNumber(ctx, s, way); err != nil || len(fs) != 1 || fs[0].ID != m.ID {
			t.Errorf("%q: %d, %v", way, len(fs), err)
		}
	}
	for _, way := range []string{"", " ", "-", "000", "*", "02-999999", "J26-A0008-1", "编号"} {
		if fs, err := view.ByNumber(ctx, s, way); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%q: %d, %v", way, len(fs), err)
		}
	}
}

// Who came before is found however he was written then and now.
func TestPeopleAreFoundByTheirForms(t *testing.T) {
	s := open(t)
	receive(t, s, "甲", "", matter.Private{Name: "张三山、阿依古丽·买买提", Phone: "+86 138 1111 2222、（0358）822 1321"})
	for labels, want := range map[string]int{"张三山": 1, "张 三山（男）": 1, "阿依古丽买买提": 1, "李四海 张三山": 1, "张三": 0} {
		if n, err := view.Count(ctx, s, view.Filter{Labels: thing.People(labels)}); n != want || err != nil {
			t.Errorf("%s: %d %v", labels, n, err)
		}
	}
	for labels, want := range map[string]int{"13811112222": 1, "8221321": 1, "0358-8221321": 1,
		"139 0000 0000，138-1111-2222": 1, "13811112223": 0} {
		if n, err := view.Count(ctx, s, view.Filter{Labels: thing.Phones(labels)}); n != want || err != nil {
			t.Errorf("%s: %d %v", labels, n, err)
		}
	}
}

// Matters are counted from what their list keeps of each, those that are handled together with what they are handled with; who
// alters that is found.
func TestTallies(t *testing.T) {
	s := open(t)
	a := receive(t, s, "甲", "", matter.Private{})
	receive(t, s, "乙", "", matter.Private{})
	n := 0
	if err := view.Matters(ctx, s, thing.Days("2030-01-01"), 1<<20, func(row int64, m *matter.Tally) {
		if n++; m.Station != station || m.Category != "0203" || m.Raised != thing.Days("2026-11-23") {
			t.Errorf("row %d: %+v", row, m)
		}
	}); err != nil || n != 2 {
		t.Errorf("%d matters: %v", n, err)
	}
	if r, err := s.Check(ctx, station); err != nil || !r.OK {
		t.Errorf("%+v %v", r.Problems, err)
	}
	err := s.Transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec("UPDATE matter SET tally = replace(tally, '0203', '0101') WHERE id = ?", a.ID)
		return err
	})
	if r, e := s.Check(ctx, station); err != nil || e != nil || len(r.Problems) != 1 || r.Problems[0].What != store.Apart {
		t.Errorf("%+v %v %v", r.Problems, err, e)
	}
}
