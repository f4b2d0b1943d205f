package workday

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// The days off and the weekends worked of 2026, as the State Council published them in November 2025.
func TestYear2026(t *testing.T) {
	off := "01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 " +
		"06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07"
	worked := "01-04 02-14 02-28 05-09 09-20 10-10"
	c := Official()
	for d := day("2026-01-01"); d.Year() == 2026; d = d.AddDate(0, 0, 1) {
		date, weekend := d.Format("01-02"), d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		want := !weekend && !strings.Contains(off, date) || strings.Contains(worked, date)
		if c.IsWorkday(d) != want {
			t.Errorf("%s: worked %v", date, !want)
		}
	}
	if got := c.Between(day("2025-12-31"), day("2026-12-31")); got != 248 {
		t.Errorf("%d working days", got)
	}
	if c.Name(day("2026-02-17")) != "春节" || c.Name(day("2026-03-17")) != "" {
		t.Error("names")
	}
}

func TestKnown(t *testing.T) {
	for year := 2000; year < 2030; year++ {
		if got := Official().Known(year); got != (year >= firstYear && year <= 2027) {
			t.Errorf("%d: %v", year, got)
		}
	}
}

func TestAddAndBetween(t *testing.T) {
	c := Official()
	for _, x := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-23", 5, "2026-11-30"},
		{"2026-11-28", 1, "2026-11-30"},
		{"2026-11-28", 0, "2026-11-28"},
		{"2026-02-13", 1, "2026-02-14"},
		{"2026-02-14", 1, "2026-02-24"},
		{"2026-02-24", -1, "2026-02-14"},
		{"2026-09-30", 3, "2026-10-10"},
	} {
		if got := c.Add(day(x.from), x.n).Format(time.DateOnly); got != x.want {
			t.Errorf("%s + %d = %s", x.from, x.n, got)
		}
	}
	if got := c.Between(day("2026-11-30"), day("2026-11-23")); got != -5 {
		t.Error(got)
	}
	shanghai := time.FixedZone("+8", 8*3600)
	if got := c.Between(time.Date(2026, 11, 23, 0, 10, 0, 0, shanghai), time.Date(2026, 11, 24, 23, 50, 0, 0, shanghai)); got != 1 {
		t.Error(got)
	}
	rapid.Check(t, func(t *rapid.T) {
		from := day("2020-01-01").AddDate(0, 0, rapid.IntRange(0, 3000).Draw(t, "day"))
		n := rapid.IntRange(0, 60).Draw(t, "n")
		to := c.Add(from, n)
		if c.Between(from, to) != n || n > 0 && !c.IsWorkday(to) {
			t.Fatalf("%s + %d = %s", from, n, to)
		}
	})
}

func TestTable(t *testing.T) {
	days, err := Parse(strings.NewReader("日期,休班,名称\n# 国务院办公厅\n2028-01-01,休,元旦\n\n2028-02-06, 班 ,春节调休\n2028-10-01,休\n"), plain)
	if err != nil || len(days) != 3 || days[1] != (Day{"2028-02-06", true, "春节调休"}) {
		t.Fatal(days, err)
	}
	c := Official().With(days)
	if !c.Known(2028) || Official().Known(2028) || c.IsWorkday(day("2028-01-01")) || !c.IsWorkday(day("2028-02-06")) || !c.Known(2026) || Parsed(days).Table() != "2028-01-01,休,元旦\n2028-02-06,班,春节调休\n2028-10-01,休," {
		t.Error("not merged")
	}
	if c.With(days[:1]).With([]Day{{Date: "2028-10-01", Work: true}}).Known(2028) {
		t.Error("known without a National Day")
	}
	for _, bad := range []string{"2028-13-01,休", "2028-01-01", "2028-01-01,off", "a\nb,休", "2028-01-01,休\n元旦,休", "\"2028"} {
		if _, err := Parse(strings.NewReader(bad), plain); !errors.Is(err, ErrTable) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func plain(s string) (string, bool) {
	_, err := time.Parse(time.DateOnly, s)
	return s, err == nil
}

// What an office of a newer program tells is used as far as it can be read: columns, words and lines that mean nothing here are passed
// over; of a line that cannot be read somebody hears, and the others hold.
func TestToldIsReadAsFarAsItCanBe(t *testing.T) {
	for table, unread := range map[string]string{
		"日期,休班,名称,依据\n2028-01-01,休,元旦,国办发\n2028-03-08,半,妇女节\n学期,春\n2028-02-06,班,,,,\n": "",
		"2028-01-01,休\n2028-13-45,休\n2028-02-06,班\n":                                   "line 2",
		"2028-01-01,休\n2028-02-0\"1,休\n2028-02-06,班\n":                                 "line 2",
		"2028-01-01,休\n[2028-05,2028-06],季\n2028-02-06,班\n2028-11-11,休,\"没有完\n再一行":     "line 2",
	} {
		days, err := Told(strings.NewReader(table), plain)
		if len(days) != 2 || days[0].Date != "2028-01-01" || days[0].Work || days[1].Date != "2028-02-06" || !days[1].Work {
			t.Errorf("%q: %+v", table, days)
		}
		if (err != nil) != (unread != "") || err != nil && (!errors.Is(err, ErrTable) || !strings.Contains(err.Error(), unread)) {
			t.Errorf("%q: %v, want %s", table, err, unread)
		}
		if _, err := Parse(strings.NewReader(table), plain); !errors.Is(err, ErrTable) {
			t.Errorf("%q: a person's own table is read leniently: %v", table, err)
		}
	}
}
