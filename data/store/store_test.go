package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/thing"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.FixedZone("CST", 8*3600))
)

const station, county = "141102002003D1-A", "141102000000"

// all are the kinds that this package is played with.
var all = []thing.Kind{matter.Kind, Rules, Pulses, Keepsakes}

// listed is a matter as it stands in the list.
type listed struct {
	Changed
	*matter.Matter
}

// onList gives all matters, the newest first.
func onList(s *Store) (ls []listed, err error) {
	cs, err := s.Changed(ctx, 0, 1000)
	slices.SortFunc(cs, func(a, b Changed) int { return int(b.Row - a.Row) })
	for _, c := range cs {
		ls = append(ls, listed{c, c.Sum.(*matter.Matter)})
	}
	return ls, err
}

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Create(ctx, Options{Path: filepath.Join(t.TempDir(), "lianluo.db"), Backups: t.TempDir(), Kinds: all})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func act(title, paper string) Act {
	return Act{Kind: matter.Name, Do: "receive", Body: &matter.Opening{Report: matter.Report{Register: "reception",
		Channel: "walk-in", Occurred: noon, Station: station,
		PaperNumber: paper, Title: title, Category: "0203", OnSpot: "register", Due: "2026-12-14",
		Deputies: []string{"李慧敏"}}},
		Private: matter.Private{Name: "王𠅤明", Phone: "13812345678", Words: "原话"},
		Unit:    station, By: "赵联络", At: noon}
}

func receive(t *testing.T, s *Store, title string) matter.Matter {
	t.Helper()
	m, err := RecordOne[matter.Matter](ctx, s, act(title, ""))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func healthy(t *testing.T, s *Store) Report {
	t.Helper()
	rep, err := s.Check(ctx, station)
	if err != nil || !rep.OK {
		t.Fatalf("check: %v %v", err, rep.Problems)
	}
	return rep
}

func TestRecordNumbersAndFinds(t *testing.T) {
	s := open(t)
	a, b := receive(t, s, "七巷雨水倒灌"), receive(t, s, "建公厕")
	if a.Number == b.Number || !numbers.Valid(a.Number) {
		t.Fatalf("numbers %q %q", a.Number, b.Number)
	}
	if _, err := RecordOne[matter.Matter](ctx, s, Act{Kind: matter.Name, Thing: a.ID, Do: "correct",
		Body: map[string]any{"title": "七巷排水"}, Private: map[string]any{"phone": "13900001111"},
		Unit: station, By: "赵", At: noon}); err != nil {
		t.Fatal(err)
	}
	fs, err := onList(s)
	if err != nil || len(fs) != 2 || fs[1].Title != "七巷排水" || fs[1].Phone != "13900001111" || len(fs[1].History) != 2 {
		t.Fatalf("found %+v %v", fs, err)
	}
	if rep := healthy(t, s); rep.Entries != 3 || rep.Things[matter.Name] != 2 {
		t.Errorf("report %+v", rep)
	}
}

func TestRefusedActChangesNothing(t *testing.T) {
	s := open(t)
	m := receive(t, s, "甲")
	for name, a := range map[string]Act{
		"unknown act": {Kind: matter.Name, Thing: m.ID, Do: "fly", Body: struct{}{}, Unit: station},
		"other unit": {Kind: matter.Name, Thing: m.ID, Do: "void", Body: map[string]string{"note": "错"},
			Unit: "141102000000Z1-G"},
		"county": {Kind: matter.Name, Thing: m.ID, Do: "void", Body: map[string]string{"note": "错"},
			Unit: county},
		"no reason": {Kind: matter.Name, Thing: m.ID, Do: "void", Body: map[string]string{}, Unit: station},
		"foreign field": {Kind: matter.Name, Thing: m.ID, Do: "correct", Body: map[string]string{"number": "1"},
			Unit: station},
		"unknown thing": {Kind: matter.Name, Thing: "x", Do: "void", Body: map[string]string{"note": "错"},
			Unit: station},
	} {
		if _, err := RecordOne[matter.Matter](ctx, s, a); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if rep := healthy(t, s); rep.Entries != 1 {
		t.Errorf("%d entries", rep.Entries)
	}
	if after := receive(t, s, "乙"); after.Number[13:18] != m.Number[13:14]+"0002" {
		t.Errorf("number after refusals %q", after.Number)
	}
}

// keyed is a matter that was written on paper first.
func keyed(title, paper, register string, on time.Time) Act {
	a := act(title, paper)
	r := &a.Body.(*matter.Opening).Report
	r.Register, r.Occurred = register, on
	return a
}

// A slip is registered once however its number is written; a station's own books begin with 1 every year, each of the
// three.
func TestPaperIsKeyedInOnce(t *testing.T) {
	s := open(t)
	slip := numbers.Paper(station, "reception", 2026, 'A', 1)
	next := noon.AddDate(1, 0, 0)
	for i, c := range []struct {
		paper, register string
		on              time.Time
		taken           bool
	}{
		{slip, "reception", noon, false}, {strings.ReplaceAll(slip, "-", ""), "reception", noon, true},
		{strings.ReplaceAll(slip, "0", "O"), "reception", noon, true},
		{"编号：" + strings.ToLower(slip), "visit", next, true}, {strings.ReplaceAll(slip, "-", "－"), "opinion", noon,
			true},
		{"12", "reception", noon, false}, {"１２", "reception", noon, true}, {"第012号", "reception", noon, true},
		{"12", "visit", noon, false}, {"12", "opinion", noon, false},
		{"12", "reception", next, false}, {"12", "reception", noon.AddDate(-1, 0, 0), false}, {"1-2", "reception", noon,
			false}, {"12-", "reception", noon, true},
		{"1-12", "reception", noon, false}, {"11-2", "reception", noon, false}, {"1—12", "reception", noon, true},
		{"1O", "reception", noon, false}, {"10", "reception", noon, true},
		// in Beijing it is 2027
		{"12", "visit", time.Date(2026, 12, 31, 23, 30, 0, 0, noon.Location()), true},
		{"12", "visit", time.Date(2026, 12, 31, 16, 30, 0, 0, time.UTC), false},
	} {
		if _, err := RecordOne[matter.Matter](ctx, s, keyed("甲", c.paper, c.register, c.on)); errors.Is(err,
			ErrTaken) != c.taken || err != nil && !c.taken {
			t.Errorf("%d: %q in %s of %d: %v", i, c.paper, c.register, c.on.Year(), err)
		}
	}
	healthy(t, s)
}

// A paper moves with the day of its matter, and is free again when the matter was entered by mistake.
func TestPaperFollowsItsMatter(t *testing.T) {
	s := open(t)
	record := func(a Act) (matter.Matter, error) { return RecordOne[matter.Matter](ctx, s, a) }
	m, err := record(keyed("甲", "12", "reception", noon.AddDate(-1, 0, 0))) // the year is mistyped
	if err != nil {
		t.Fatal(err)
	}
	right := Act{Kind: matter.Name, Thing: m.ID, Do: "correct", Body: map[string]any{"occurred": noon},
		Unit: station, At: noon}
	if _, err := record(right); err != nil {
		t.Fatal(err)
	}
	if _, err := record(keyed("乙", "12", "reception", noon)); !errors.Is(err, ErrTaken) {
		t.Errorf("taken in the right year: %v", err)
	}
	other, err := record(keyed("丙", "12", "reception", noon.AddDate(-1, 0, 0)))
	if err != nil {
		t.Errorf("the wrong year is free again: %v", err)
	}
	back := right
	back.Body = map[string]any{"occurred": noon.AddDate(-1, 0, 0)}
	if _, err := record(back); !errors.Is(err, ErrTaken) {
		t.Errorf("moved onto another's paper: %v", err)
	}
	if _, err := record(Act{Kind: matter.Name, Thing: other.ID, Do: "void", Body: map[string]string{"note": "错"},
		Unit: station, At: noon}); err != nil {
		t.Fatal(err)
	}
	if _, err := record(keyed("丁", "012", "reception", noon.AddDate(-1, 0, 0))); err != nil {
		t.Errorf("after the other was voided: %v", err)
	}
	healthy(t, s)
}

// Entries of one matter that arrive in any order, with parents missing, end as the same matter.
func TestFault21ChildBeforeParentWaits(t *testing.T) {
	a := open(t)
	m := receive(t, a, "甲")
	for _, title := range []string{"乙", "丙"} {
		if _, err := RecordOne[matter.Matter](ctx, a, Act{Kind: matter.Name, Thing: m.ID, Do: "correct",
			Body: map[string]string{"title": title}, Unit: station, At: noon}); err != nil {
			t.Fatal(err)
		}
	}
	st, _ := a.Since(ctx, county, 0, 1<<20)
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {1, 0, 2}} {
		b := open(t)
		here := map[int]bool{}
		for _, i := range order {
			err := b.Transact(ctx, func(tx *sql.Tx) error {
				if _, _, err := b.keep(tx, &st.Records[i], fate{fate: "waiting"}, noon); err != nil {
					return err
				}
				_, _, err := b.fold(tx, m.ID, nil, "")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			here[i] = true
			var waiting, want int
			for n := range here {
				if n > 0 && !here[n-1] || n > 1 && !here[n-2] {
					want++
				}
			}
			if err := b.read.QueryRow("SELECT count(*) FROM entry WHERE fate='waiting'").Scan(&waiting); err != nil ||
				waiting != want {
				t.Errorf("order %v: %d wait without those before them, want %d: %v", order, waiting, want, err)
			}
		}
		fs, err := onList(b)
		if err != nil || len(fs) != 1 || fs[0].Title != "丙" || len(fs[0].History) != 3 {
			t.Fatalf("order %v: %+v %v", order, fs, err)
		}
	}
}

func TestCheckFindsWhatWasTamperedWith(t *testing.T) {
	own := ""
	for _, c := range matter.Kind.Columns {
		own += "," + c.Name
	}
	for name, sql := range map[string]string{
		"projection":  "UPDATE matter SET number='x'",
		"private":     "UPDATE matter SET private=replace(private,'138','139')",
		"entry words": `UPDATE entry SET core=CAST(replace(CAST(core AS TEXT),'"title":"甲"','"title":"乙"') AS BLOB)`,
		"secret":      `UPDATE entry SET secret=CAST(replace(CAST(secret AS TEXT),'138','139') AS BLOB)`,
		"secret gone": "UPDATE entry SET secret=NULL",
		"set back":    "INSERT INTO peer (replica, unit, name, card, acked) VALUES (x'01', '141102000000', '', '', 9)",
		"self":        "DELETE FROM self",
		"chain":       "DELETE FROM stream; DELETE FROM entry WHERE seq=1",
		"stream":      "UPDATE stream SET hash=x'00' WHERE position=1",
		"label":       "UPDATE label SET value=value||'9' WHERE kind='phone'",
		"stray":       "INSERT INTO matter SELECT 99,99,'x',number,unit,path,sealed,told,open,private" + own + " FROM matter LIMIT 1",
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			receive(t, s, "甲")
			receive(t, s, "丁")
			if _, err := s.write.Exec(sql); err != nil {
				t.Fatal(err)
			}
			if rep, err := s.Check(ctx, station); err != nil || rep.OK {
				t.Errorf("not found: %+v %v", rep, err)
			}
			if name == "projection" || name == "private" || name == "stray" || name == "label" {
				if err := s.Rebuild(ctx); err != nil {
					t.Fatal(err)
				}
				healthy(t, s)
			}
		})
	}
}

func TestOpenRefusesNewerForeignAndBrokenFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	s, err := Create(ctx, Options{Path: path, Backups: dir, Kinds: all})
	if err != nil {
		t.Fatal(err)
	}
	self := s.Self()
	if _, err := s.write.Exec("PRAGMA user_version=99"); err != nil {
		t.Fatal(err)
	}
	done := false // by a program that was open before the newer one came
	if err := s.Transact(ctx, func(*sql.Tx) error { done = true; return nil }); !errors.Is(err, ErrSince) || done {
		t.Errorf("written for a newer program: %v", err)
	}
	s.Close()
	if _, err := Open(ctx, Options{Path: path, Backups: dir, Kinds: all}); !errors.Is(err, ErrNewer) {
		t.Errorf("newer: %v", err)
	}
	if self.Incarnation != 1 || self.Replica == (journal.Replica{}) {
		t.Errorf("self %v", self)
	}
	if err := os.WriteFile(path+"x", []byte(strings.Repeat("not a database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, Options{Path: path + "x", Backups: dir, Kinds: all}); !errors.Is(err, ErrForeign) {
		t.Errorf("foreign: %v", err)
	}
}

func TestBackupOpens(t *testing.T) {
	s := open(t)
	receive(t, s, "甲")
	file := filepath.Join(t.TempDir(), "sub", "b.db")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	b, err := Open(ctx, Options{Path: file, Backups: t.TempDir(), Kinds: all})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if rep := healthy(t, b); rep.Things[matter.Name] != 1 {
		t.Errorf("%+v", rep)
	}
}

func TestDraftIsFoundAgain(t *testing.T) {
	s := open(t)
	for _, body := range []string{`{"a":1}`, `{"a":2}`, ""} {
		if err := s.Keep(ctx, "table", body, noon); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Kept(ctx, "table"); err != nil || got != body {
			t.Errorf("kept %q %v, want %q", got, err, body)
		}
	}
}

// Of what comes nothing lies in files beside the home, not for a moment either: the system's folder for those is
// anybody's.
func TestNoTemporaryFiles(t *testing.T) {
	s := open(t)
	for _, db := range []*sql.DB{s.write, s.read} {
		var where int
		if err := db.QueryRow("PRAGMA temp_store").Scan(&where); err != nil || where != 2 {
			t.Errorf("temporary tables lie in %d, want 2, memory: %v", where, err)
		}
	}
}
