package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
)

// numbered is every number of every report of a home, by every axis.
func numbered(t *testing.T, o *apptest.Seat) (text string) {
	t.Helper()
	year, _ := report.KindByCode("year")
	asks := []report.Ask{}
	for _, k := range report.Kinds {
		asks = append(asks, report.Ask{Kind: k, From: "2026-01-01", To: "2027-12-31"})
	}
	for _, a := range figure.Axes {
		asks = append(asks, report.Ask{Kind: year, From: "2026-11-01", To: "2027-12-31", By: []figure.Axis{a}})
	}
	for _, a := range asks {
		r, err := o.Report.Make(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		text += r.Title + "\n"
		for _, row := range append(slices.Clone(r.Rows), r.Total) {
			text += fmt.Sprint(row.Labels)
			for _, i := range figure.Indicators {
				text += " " + r.Cell(row, i)
			}
			text += "\n"
		}
		for _, item := range r.Items {
			text += item.Number + "\n"
		}
	}
	return text
}

// What an earlier program left is counted as soon as its home is opened, as it is counted once all is made again from the journal.
func TestReportsOfHomesOfBefore(t *testing.T) {
	apptest.Plain(t)
	files, err := filepath.Glob("testdata/*.zip")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var counted atomic.Int32
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			w := homesOfBefore(t, file, time.Date(2027, 1, 17, 9, 0, 0, 0, apptest.Evening.Location()))
			for _, name := range []string{"station", "county", "city"} {
				if _, err := os.Stat(filepath.Join(w.dir, name, "settings.json")); err != nil {
					continue // nobody sat there
				}
				o := w.open(name)
				before := numbered(t, o)
				w.Must(o.Rebuild(ctx))
				if after := numbered(t, o); after != before {
					t.Errorf("%s says\n%s\nand made anew\n%s", name, before, after)
				}
				total := strings.Count(before, "\n")
				if !strings.ContainsAny(before, "123456789") || total < 60 {
					t.Errorf("%s counts nothing:\n%s", name, before)
				}
				o.Healthy()
				counted.Add(1)
			}
		})
	}
	t.Cleanup(func() {
		if n := counted.Load(); n < 9 {
			t.Errorf("%d homes", n)
		}
	})
}
