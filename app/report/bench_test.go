package report_test

import (
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/report"
	"lianluo.local/app/report/account"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/thing"
)

var (
	matters = flag.Int("matters", 1000000, "how many matters a benchmark counts")
	kept    = flag.String("city", "", "a folder in which a city is kept from one benchmark to the next; \"\": it is filled anew")
	duckdb  = flag.String("duckdb", "", "the folder in which npm put @duckdb/node-api")
)

var ctx = context.Background()

// question is a table of the city, and the same in SQL: by what it is parted, with columns named as in the bodies.
type question struct{ name, from, by, sql string }

const all, to = "2021-11-29", "2026-11-22"

var questions = []question{
	{"category", all, "category", "category"}, {"station", all, "station", "station"}, {"tier", all, "tier", ""},
	{"week", all, "week", "strftime('%Y-%W', occurred)"}, {"department", all, "department", ""}, {"person", all, "person", ""},
	{"station×quarter", all, "station quarter", ""}, {"category×county", all, "category county", "category, substr(station, 1, 6)"},
	{"station×week", all, "station week", ""}, {"one year by county", "2025-11-24", "county", ""},
	{"last week by county", "2026-11-16", "county", "substr(station, 1, 6)"},
}

// asked is a question in SQL: seven numbers of the fifty.
func (q question) asked(from string) string {
	return "SELECT " + q.sql + `, count(*), sum(CASE WHEN onSpot = 'answered' THEN 1 END), sum(CASE WHEN state IN (20, 80, 81, 82) THEN 1 END),
		sum(CASE WHEN told BETWEEN '` + q.from + "' AND '" + to + `' THEN 1 END), sum(CASE WHEN result IN ('satisfied', 'basically') THEN 1 END),
		sum(CASE WHEN result = 'unsatisfied' THEN 1 END), sum(CASE WHEN redone > 0 THEN 1 END) FROM ` + from + `
		WHERE occurred >= '` + q.from + "' AND occurred < '" + to + "~' GROUP BY " + q.sql
}

// BenchmarkCity asks the tables of a city of 708 stations over 260 weeks, then some of them in plain SQL over the JSON of all
// matters, and in DuckDB over a CSV of what these ask for. It is filled once, in a minute and more; CPU-ms is the time of
// processors, which other work on the computer changes less.
//
//	go test -bench City -run - -benchtime 3x ./app/report
func BenchmarkCity(b *testing.B) {
	d, db := city(b, *matters)
	year, _ := report.KindByCode("year")
	for _, q := range questions {
		b.Run(q.name, func(b *testing.B) {
			var by []figure.Axis
			for code := range strings.FieldsSeq(q.by) {
				a, _ := figure.AxisByCode(code)
				by = append(by, a)
			}
			before := worked()
			for range b.N {
				r, err := d.Make(ctx, report.Ask{Kind: year, From: q.from, To: to, By: by})
				if err != nil || len(r.Rows) == 0 {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((worked()-before).Milliseconds())/float64(b.N), "CPU-ms")
			b.ReportMetric(resident(), "MB")
		})
	}
	b.Run("the weekly report against the week and the year before", func(b *testing.B) {
		week, _ := report.KindByCode("week")
		before := worked()
		for range b.N {
			if _, err := d.Make(ctx, report.Ask{Kind: week, From: "2026-11-16", Compare: []string{report.Before, report.Year}}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64((worked()-before).Milliseconds())/float64(b.N), "CPU-ms")
	})
	for _, kind := range []string{"week", "month"} {
		b.Run("all that a report of a "+kind+" says in words", func(b *testing.B) {
			k, _ := report.KindByCode(kind)
			before := worked()
			for range b.N {
				asks := account.Asks(k, "2026-10-12", "")
				for i := range asks { // its span is given by its first day
					asks[i].To = d.Calendar.Of(k.Period, thing.Days("2026-10-12")).Last()
				}
				reports, err := d.Together(ctx, asks...)
				if err != nil {
					b.Fatal(err)
				}
				f := account.Facts{Kind: k, Calendar: d.Calendar, Reports: reports, Regular: true}
				if sections, _ := account.Write(f); len(sections) < 4 {
					b.Fatal(sections)
				}
			}
			b.ReportMetric(float64((worked()-before).Milliseconds())/float64(b.N), "CPU-ms")
			b.ReportMetric(resident(), "MB")
		})
	}
	for _, kind := range []string{"week", "month"} {
		b.Run("the report of a "+kind+" as a PDF, with its attached tables", func(b *testing.B) { drawn(b, d, kind) })
	}
	fields := strings.Fields("station category occurred onSpot state told result redone")
	var each []string
	for _, f := range fields {
		each = append(each, "json_extract(open, '$."+f+"') AS "+f)
	}
	extracted := "SELECT " + strings.Join(each, ", ") + " FROM matter"
	for _, q := range questions {
		if q.sql == "" {
			continue
		}
		b.Run(q.name+" in SQL", func(b *testing.B) {
			for range b.N {
				if n, err := groups(db, q.asked("("+extracted+")")); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
		})
	}
	b.Run("DuckDB", func(b *testing.B) { inDuckDB(b, db, extracted, fields) })
}

// drawn draws the whole report of a kind at a city's register that reads the lists of a desk.
func drawn(b *testing.B, d *report.Desk, kind string) {
	w := apptest.New(b)
	w.Now = d.Now()
	o := w.SetUp("city", apptest.City)
	o.Report = d
	k, _ := report.KindByCode(kind)
	file := filepath.Join(b.TempDir(), kind+".pdf")
	before := worked()
	b.ResetTimer()
	for range b.N {
		w.Must(o.WriteReport(ctx, report.Ask{Kind: k, From: "2026-10-12"}, file))
	}
	b.ReportMetric(float64((worked()-before).Milliseconds())/float64(b.N), "CPU-ms")
	b.ReportMetric(resident(), "MB")
}

// inDuckDB asks the questions of DuckDB with two threads, over a CSV and over a table that it makes of it.
func inDuckDB(b *testing.B, db *sql.DB, extracted string, fields []string) {
	node, err := exec.LookPath("node")
	if err != nil || *duckdb == "" {
		b.Skip("no Node.js, or no -duckdb FOLDER in which npm install @duckdb/node-api was run (make bench-reports does both)")
	}
	dir := b.TempDir()
	file := filepath.Join(dir, "matters.csv")
	if err := written(db, extracted, fields, file); err != nil {
		b.Fatal(err)
	}
	var asked [][2]string
	for _, q := range questions {
		if q.sql != "" {
			asked = append(asked, [2]string{q.name, q.asked("TABLE_OF_MATTERS")})
		}
	}
	text, err := json.Marshal(asked)
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(node, filepath.Join("testdata", "duckdb", "ask.js"), *duckdb, file)
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(text)), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		fmt.Printf("BenchmarkCity/DuckDB/%s", line)
	}
}

// written writes what a question gives as a CSV.
func written(db *sql.DB, question string, fields []string, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := db.Query(question)
	if err != nil {
		return err
	}
	defer rows.Close()
	w := csv.NewWriter(f)
	if err := w.Write(fields); err != nil {
		return err
	}
	cells, at := make([]sql.NullString, len(fields)), make([]any, len(fields))
	for i := range cells {
		at[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(at...); err != nil {
			return err
		}
		line := make([]string, len(fields))
		for i, c := range cells {
			line[i] = c.String
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return rows.Err()
}

// groups is how many rows a question gives.
func groups(db *sql.DB, question string) (n int, err error) {
	rows, err := db.Query(question)
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
		_, _ = fmt.Sscan(after, &mb)
	}
	return mb / 1024
}

// worked is how long processors worked for this process, 0 where that is not told.
func worked() time.Duration {
	text, _ := os.ReadFile("/proc/self/stat")
	_, after, _ := strings.Cut(string(text), ") ")
	var user, system time.Duration // in hundredths of a second, at places 14 and 15 of the line
	if fields := strings.Fields(after); len(fields) > 12 {
		_, _ = fmt.Sscan(fields[11], &user)
		_, _ = fmt.Sscan(fields[12], &system)
	}
	return (user + system) * 10 * time.Millisecond
}
