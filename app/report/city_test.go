package report_test

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
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

const (
	weeks    = 260
	stations = 708
	deputies = 10000
)

// city is a desk over so many matters, written into the list as the store would.
func city(b *testing.B, n int) (*report.Desk, *sql.DB) {
	b.Helper()
	path := filepath.Join(cmp.Or(*kept, b.TempDir()), fmt.Sprintf("city-%d-%d-%d.db", n, matter.Kind.Version, session.Kind.Version))
	o := store.Options{Path: path, Backups: b.TempDir(), Kinds: []thing.Kind{matter.Kind, session.Kind}}
	open := store.Create
	_, err := os.Stat(path)
	filled := err == nil
	if filled {
		open = store.Open
	}
	s, err := open(ctx, o)
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
	if !filled {
		fill(b, db, r, n, codes, ids)
		fillSessions(b, db, r, codes, ids)
		if _, err := db.Exec("ANALYZE"); err != nil {
			b.Fatal(err)
		}
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
