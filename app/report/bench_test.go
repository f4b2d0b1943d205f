package report_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

var matters = flag.Int("matters", 1000000, "how many matters a benchmark counts")

var ctx = context.Background()

const (
	weeks    = 260
	stations = 708
	deputies = 10000
)

// BenchmarkCity asks the tables of a city of 708 stations over 260 weeks, each beside the same question in plain SQL over the JSON of
// all matters. It is filled once, in half a minute and more: go test -run - -bench City -benchtime 3x ./app/report
func BenchmarkCity(b *testing.B) {
	d, db := city(b, *matters)
	by := func(codes ...string) (axes []figure.Axis) {
		for _, code := range codes {
			a, _ := figure.AxisByCode(code)
			axes = append(axes, a)
		}
		return axes
	}
	year, _ := report.KindByCode("year")
	const all, to = "2021-11-29", "2026-11-22"
	plain := func(by string) string {
		return "SELECT " + by + `, count(*), sum(json_extract(open, '$.onSpot') = 'answered'), sum(state IN (20, 80, 81, 82)),
			sum(json_extract(open, '$.told') BETWEEN ?1 AND ?2), sum(json_extract(open, '$.result') IN ('satisfied', 'basically')),
			sum(json_extract(open, '$.result') = 'unsatisfied'), sum(json_extract(open, '$.redone') > 0) FROM matter
			WHERE json_extract(open, '$.occurred') BETWEEN ?1 AND ?2 GROUP BY ` + strings.ReplaceAll(by, ", ", ",")
	}
	for _, q := range []struct{ name, from, by, plain string }{
		{"category", all, "category", "json_extract(open, '$.category')"}, {"station", all, "station", "json_extract(open, '$.station')"},
		{"tier", all, "tier", ""}, {"week", all, "week", "strftime('%Y-%W', json_extract(open, '$.occurred'))"},
		{"station×quarter", all, "station quarter", ""}, {"category×county", all, "category county", "json_extract(open, '$.category'), substr(json_extract(open, '$.station'), 1, 6)"},
		{"station×week", all, "station week", ""}, {"last week by county", "2026-11-16", "county", "substr(json_extract(open, '$.station'), 1, 6)"},
	} {
		b.Run(q.name, func(b *testing.B) {
			for range b.N {
				r, err := d.Make(ctx, report.Ask{Kind: year, From: q.from, To: to, By: by(strings.Fields(q.by)...)})
				if err != nil || len(r.Rows) == 0 {
					b.Fatal(err)
				}
			}
			b.ReportMetric(resident(), "MB")
		})
		if q.plain == "" {
			continue
		}
		b.Run(q.name+"/json_extract", func(b *testing.B) {
			for range b.N {
				if n, err := groups(db, plain(q.plain), q.from, to+"~"); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
		})
	}
}

// groups is how many rows a question gives.
func groups(db *sql.DB, question string, args ...any) (n int, err error) {
	rows, err := db.Query(question, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// resident is how many MB this process holds, 0 where that is not told.
func resident() (mb float64) {
	text, _ := os.ReadFile("/proc/self/status")
	if _, after, ok := strings.Cut(string(text), "VmRSS:"); ok {
		fmt.Sscan(after, &mb)
	}
	return mb / 1024
}

// city is a desk over so many matters, written into the list as the store would.
func city(b *testing.B, n int) (*report.Desk, *sql.DB) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "lianluo.db")
	s, err := store.Create(ctx, store.Options{Path: path, Backups: b.TempDir(), Kinds: []thing.Kind{matter.Kind, session.Kind}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	var codes []string
	for _, county := range places.Children("1411") {
		for _, town := range places.Children(county.Code) {
			for _, village := range places.Children(town.Code) {
				if code, ok := unit.Station(village.Code); ok && len(codes) < stations {
					codes = append(codes, code)
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	people := map[string]figure.Person{}
	ids := make([]string, deputies)
	for i := range ids {
		ids[i] = fmt.Sprintf("019ab0c0-0000-7000-8000-%012d", i)
		people[ids[i]] = figure.Person{ID: ids[i], Name: fmt.Sprint("代表", i), Levels: []string{words.Levels[1+i%4].Code}, Stations: []string{codes[i%stations]}}
	}
	fill(b, db, r, n, codes, ids)
	fillSessions(b, db, r, codes, ids)
	if _, err := db.Exec("ANALYZE"); err != nil {
		b.Fatal(err)
	}
	return &report.Desk{Store: s, Unit: "141100000000", Calendar: figure.Calendar{Week: 1, Since: "2021-06-01"},
		Now: func() time.Time { return time.Date(2026, 11, 29, 9, 0, 0, 0, time.FixedZone("CST", 8*3600)) },
		People: func(context.Context) (map[string]figure.Person, func(station, name string) string, error) {
			return people, func(string, string) string { return "" }, nil
		},
		Sites: func(context.Context) (list []site.Site, err error) {
			for _, c := range codes {
				list = append(list, site.Site{Code: c, Kind: "station", Facts: site.Facts{Name: c}})
			}
			return list, nil
		},
		Heard: func(context.Context) ([]report.Heard, error) { return nil, nil }}, db
}

var begin = time.Date(2021, 11, 29, 19, 30, 0, 0, time.FixedZone("CST", 8*3600))

func fill(b *testing.B, db *sql.DB, r *rand.Rand, n int, codes, ids []string) {
	insert := inserter(b, db, matter.Kind)
	defer insert.done()
	kinds := category.All()
	offices := strings.Fields("住建局 城管局 自然资源局 交通局 水利局 农业农村局 教育局 卫健局 民政局 人社局 公安局 市场监管局")
	title := strings.Repeat("七巷雨水倒灌到院子里", 2)
	for i := range n {
		at := begin.Add(time.Duration(i) * (weeks * 7 * 24 * time.Hour / time.Duration(n)))
		station := codes[r.IntN(len(codes))]
		name := func() string { return fmt.Sprint("代表", r.IntN(deputies)) }
		on := func(days int) string { return at.AddDate(0, 0, days).Format(time.DateOnly) }
		m := &matter.Matter{Report: matter.Report{Number: numbers.Make(station, at.Year(), 'A', i), Register: "reception", Channel: words.Channels[r.IntN(7)].Code,
			Occurred: at, Station: station, People: 1 + r.IntN(4), Purpose: words.Purposes[r.IntN(6)].Code, Category: kinds[r.IntN(len(kinds))].Code,
			Title: title, Place: title, Urgency: "normal", OnSpot: "register", Deputies: []string{name(), name()}, Due: on(21)}, State: matter.InHand}
		m.Persons = matter.Persons{m.Deputies[0]: ids[r.IntN(deputies)], m.Deputies[1]: ids[r.IntN(deputies)]}
		m.ID, m.Unit, m.Holder, m.Mode, m.Units = fmt.Sprintf("019ab0c1-0000-7000-8000-%012d", i), station, station[:6]+"000000", "department", []string{offices[r.IntN(12)]}
		acts := strings.Fields("receive collate assign sign answer inform rate")
		switch r.IntN(10) {
		case 0, 1:
			m.State, m.OnSpot, m.Due, m.Units, acts = matter.Answered, "answered", "", nil, acts[:1]
		case 2:
			if i > n*9/10 {
				acts = acts[:4]
				break
			}
			fallthrough
		default:
			m.State, m.Told, m.RatedOn, m.Result, m.Class = matter.Closed, on(10+r.IntN(14)), on(24+r.IntN(9)), words.Ratings[r.IntN(2)].Code, 1+r.IntN(3)
			m.Happened = []matter.Happened{{What: matter.WasAssigned, On: on(3), Who: m.Units[0]}, {What: matter.WasTold, On: m.Told}, {What: matter.WasSatisfied, On: m.RatedOn}}
		}
		for j, do := range acts {
			m.History = append(m.History, thing.Event{ID: journal.ID{Replica: journal.Replica{1}, Incarnation: 1, Seq: uint64(i)}, At: at.AddDate(0, 0, 3*j), Unit: m.Unit, By: "赵晖", Do: do, Note: title})
		}
		insert.put(m)
	}
}

func fillSessions(b *testing.B, db *sql.DB, r *rand.Rand, codes, ids []string) {
	insert := inserter(b, db, session.Kind)
	defer insert.done()
	for i, station := range codes {
		for month := range 60 {
			s := &session.Session{Station: station, State: session.Held}
			s.ID, s.Unit, s.Kind, s.Day, s.Citizens = fmt.Sprintf("019ab0c2-%04d-7000-8000-%012d", month, i), station, "reception", begin.AddDate(0, month, i%28).Format(time.DateOnly), r.IntN(9)
			if r.IntN(5) == 0 {
				s.Tier = words.Tiers[r.IntN(4)].Code
			}
			for range 2 {
				s.Called = append(s.Called, session.Called{Key: ids[r.IntN(deputies)], Came: true})
			}
			insert.put(s)
		}
	}
}

// inserting writes things into the list of a kind.
type inserting struct {
	b    *testing.B
	tx   *sql.Tx
	stmt *sql.Stmt
	kind thing.Kind
	row  int64
}

func inserter(b *testing.B, db *sql.DB, k thing.Kind) *inserting {
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	names := strings.Fields("row version id number unit path sealed told open private")
	for _, c := range k.Columns {
		names = append(names, c.Name)
	}
	stmt, err := tx.Prepare("INSERT INTO " + k.Name + " (" + strings.Join(names, ", ") + ") VALUES (?" + strings.Repeat(",?", len(names)-1) + ")")
	if err != nil {
		b.Fatal(err)
	}
	return &inserting{b: b, tx: tx, stmt: stmt, kind: k}
}

func (i *inserting) put(s thing.Sum) {
	i.row++
	open, _ := s.Parts()
	text, err := json.Marshal(open)
	if err != nil {
		i.b.Fatal(err)
	}
	number, _ := s.Label()
	base := s.Shared()
	values := slices.Concat([]any{i.row, i.row, base.ID, number, base.Unit, base.Unit, 0, 1, string(text), "{}"})
	for _, c := range i.kind.Columns {
		values = append(values, c.Of(s))
	}
	if _, err := i.stmt.Exec(values...); err != nil {
		i.b.Fatal(err)
	}
}

func (i *inserting) done() {
	if err := i.tx.Commit(); err != nil {
		i.b.Fatal(err)
	}
}
