package command

import (
	"errors"
	"flag"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/manual"
	"lianluo.local/app/paper/papertest"
)

// Whatever is written behind a paper reaches it: one that takes nothing refuses each flag by its name.
func TestEveryFlagReachesThePaper(t *testing.T) {
	now := time.Date(2026, 11, 22, 19, 30, 0, 0, time.FixedZone("", 8*3600))
	l := &ledger.Ledger{Unit: "141102002003D1-A", Now: func() time.Time { return now }}
	values := map[string]string{"size": "80mm", "checked": "true", "year": "2025", "first": "3", "count": "4", "qr": "true", "contact": "true",
		"query":   "路灯",
		"station": "141102002003D1-A", "register": "visit", "category": "0203", "from": "2026-11-01",
		"to":     "2026-11-20",
		"basket": "tell", "step": "3", "overdue": "true"}
	k, _ := paper.ByCode("joining-slip")
	fs := flag.NewFlagSet("", flag.ContinueOnError)
	paperFlags(fs)
	fs.VisitAll(func(f *flag.Flag) {
		if f.Name == "out" || f.Name == "sign" { // of the file, whatever is on the paper
			return
		}
		fs := flag.NewFlagSet("", flag.ContinueOnError)
		fs.SetOutput(io.Discard)
		o := paperFlags(fs)
		if err := fs.Parse([]string{"--" + f.Name + "=" + values[f.Name]}); err != nil {
			t.Fatal(f.Name, err)
		}
		if err := o.wished(l); err != nil {
			t.Errorf("--%s %s: %v", f.Name, values[f.Name], err)
		}
		want := paper.Pick(f.Name)
		if f.Name == "to" {
			want = paper.Days
		}
		var not paper.NotTaken
		if err := k.Refuses(paper.Things{}, o.wish); !errors.As(err, &not) || len(not.Not) != 1 || not.Not[0] != want {
			t.Errorf("--%s %s: %v", f.Name, values[f.Name], err)
		}
	})
}

// The commands that the page for technicians names are there.
func TestHandedOverNamesCommands(t *testing.T) {
	d, err := manual.Install(time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	text := papertest.All(papertest.Print(t, d, ""))
	for _, m := range regexp.MustCompile(`lianluo-cli([a-z]+)`).FindAllStringSubmatch(text, -1) {
		if !slices.ContainsFunc(commands(), func(r row) bool { return strings.HasPrefix(m[1], r.name) }) && m[1] != "help" {
			t.Errorf("there is no command %s", m[1])
		}
		named++
	}
	if named == 0 {
		t.Error("it names none")
	}
}
