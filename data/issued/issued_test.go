package issued_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/issued"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

const station, county, city = "141102002003D1-A", "141102000000", "141100000000"

var seven = []string{"carried", "collected", "closed", "open", "moved", "rated", "satisfied"}

// opening is a report of two rows that adds up.
func opening() issued.Opening {
	return issued.Opening{Kind: "week", Title: "周报（2026年11月16日至22日）", From: "2026-11-16", To: "2026-11-22", By: []string{"station"}, Number: 3, Edited: 1,
		AsOf: "2026-11-23T09:00:00+08:00", Codes: seven, Sums: seven, Shown: []issued.Indicator{{Code: "satisfiedRate", Name: "满意率", Unit: "%", Over: "satisfied", Under: "rated"}},
		Table: issued.Table{Rows: []issued.Row{{Keys: []string{"a"}, Labels: []string{"甲"}, Numbers: []int64{1, 2, 1, 1, 1, 4, 3}}, {Keys: []string{"b"}, Labels: []string{"乙"}, Numbers: []int64{0, 2, 1, 1, 0, 1, 1}}},
			Total: issued.Row{Labels: []string{"合计"}, Numbers: []int64{1, 4, 2, 2, 1, 5, 4}}}, Knew: map[string]uint64{"00.1": 7}}
}

// said is the entry by which a unit issues something.
func said(t *testing.T, unit string, level journal.Level, body any) journal.Record {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r, err := journal.Seal(journal.Entry{ID: journal.ID{Replica: journal.Replica{1}, Incarnation: 1, Seq: 1}, Thing: "t", Kind: issued.Name, Do: issued.Issue,
		Schema: issued.Schema, Unit: unit, Level: level, By: "赵晖", At: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC), Depth: 1, Body: b}, nil, [16]byte{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func hashed(unit string, o issued.Opening) issued.Opening {
	r := issued.Report{Opening: o}
	r.Unit = unit
	o.Hash = r.Sum()
	return o
}

// A report says what its entry says, once: nothing follows it.
func TestIssuedOnce(t *testing.T) {
	e := said(t, station, journal.Station, hashed(station, opening()))
	r, err := issued.Report{}.Apply(e)
	if err != nil || r.State != issued.Issued || r.Maker != "赵晖" || r.Number != 3 || len(r.History) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := r.Apply(e); !errors.Is(err, thing.ErrNotNow) {
		t.Errorf("issued twice: %v", err)
	}
	for number, want := range map[[2]int]string{{3, 1}: "第3号", {3, 2}: "第3号（第2版）"} {
		if got := issued.Heading(number[0], number[1]); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// What does not add up, bears another hash, or says more than a report does is refused, and nobody falls over it.
func TestCraftedNumbersAreRefused(t *testing.T) {
	long := strings.Repeat("长", 1000)
	many := func(n int) (rows []issued.Row) {
		for range n {
			rows = append(rows, issued.Row{Labels: []string{"甲"}, Numbers: make([]int64, len(seven))})
		}
		return rows
	}
	for name, change := range map[string]func(o *issued.Opening){
		"a cell":            func(o *issued.Opening) { o.Rows[0].Numbers[5]++ },
		"the total":         func(o *issued.Opening) { o.Total.Numbers[6]-- },
		"the balance":       func(o *issued.Opening) { o.Sums, o.Rows[0].Numbers[0] = nil, 9 },
		"a false imbalance": func(o *issued.Opening) { o.Rows[0].Odd = true },
		"too few numbers":   func(o *issued.Opening) { o.Rows[1].Numbers = nil },
		"no total":          func(o *issued.Opening) { o.Total = issued.Row{} },
		"below nothing":     func(o *issued.Opening) { o.Rows[0].Numbers[5], o.Total.Numbers[5] = -4, -3 },
		"beyond everything": func(o *issued.Opening) { o.Sums, o.Rows[0].Numbers[5] = nil, 1<<62 },
		"a margin":          func(o *issued.Opening) { o.Margins[1] = []issued.Row{{Labels: []string{"甲"}}} },
		"a held column": func(o *issued.Opening) {
			o.Held = []issued.Held{{Table: issued.Table{Total: issued.Row{Labels: []string{"合计"}, Numbers: []int64{1}}}}}
		},
		"no day":             func(o *issued.Opening) { o.From = "2026-13-99" },
		"days backwards":     func(o *issued.Opening) { o.To = "2026-11-01" },
		"no moment":          func(o *issued.Opening) { o.AsOf = "昨天" },
		"no number":          func(o *issued.Opening) { o.Number = 0 },
		"a negative edition": func(o *issued.Opening) { o.Edited = -1 },
		"a long title":       func(o *issued.Opening) { o.Title = long },
		"a long label":       func(o *issued.Opening) { o.Rows[0].Labels[0] = long },
		"many labels":        func(o *issued.Opening) { o.Rows[0].Labels = strings.Fields("一 二 三") },
		"many keys":          func(o *issued.Opening) { o.Rows[0].Keys = strings.Fields("一 二 三") },
		"many axes":          func(o *issued.Opening) { o.By = strings.Fields("station week month") },
		"many rows":          func(o *issued.Opening) { o.Sums, o.Rows = nil, many(issued.MostRows+1) },
		"many late ones":     func(o *issued.Opening) { o.Late = make([]issued.Item, issued.MostItems+1) },
		"for others":         func(o *issued.Opening) { o.Whom = []string{county} },
		"through a stranger": func(o *issued.Opening) { o.Via = "141121103000Z1-A" },
	} {
		o := opening()
		change(&o)
		if _, err := (issued.Report{}).Apply(said(t, station, journal.Station, hashed(station, o))); !errors.Is(err, thing.ErrBody) {
			t.Errorf("%s: %v", name, err)
		}
	}
	o := hashed(station, opening())
	o.Hash = strings.Repeat("0", 64)
	for _, body := range []any{o, 7, []int{1}, "谁也读不懂", map[string]any{"rows": 7}, map[string]any{"total": map[string]any{"n": []any{"x"}}}, nil} {
		if _, err := (issued.Report{}).Apply(said(t, station, journal.Station, body)); !errors.Is(err, thing.ErrBody) {
			t.Errorf("%v: %v", body, err)
		}
	}
	if _, err := (issued.Report{}).Apply(said(t, city, journal.Station, hashed(city, opening()))); !errors.Is(err, thing.ErrNotYours) {
		t.Errorf("a station in the name of a city: %v", err)
	}
}

// A station's goes to its county and through whom it reports, a county's to the city, a city's to the counties that it is about.
func TestWhoHears(t *testing.T) {
	for _, c := range []struct {
		unit, via string
		level     journal.Level
		whom      []string
		want      string
	}{
		{station, "", journal.Station, nil, station + " " + county},
		{station, "141102002000Z1-G", journal.Station, nil, station + " 141102002000Z1-G " + county},
		{county, "", journal.County, nil, county + " " + city},
		{city, "", journal.City, []string{county, "141121000000"}, county + " 141121000000 " + city},
	} {
		o := opening()
		o.Via, o.Whom = c.via, c.whom
		r, err := issued.Report{}.Apply(said(t, c.unit, c.level, hashed(c.unit, o)))
		if got := strings.Join(r.Envelope("").Audience, " "); err != nil || got != c.want {
			t.Errorf("%s: %s, %v", c.unit, got, err)
		}
	}
}

// Anything that a stranger writes is read or refused.
func FuzzOpening(f *testing.F) {
	b, _ := json.Marshal(hashed(station, opening()))
	f.Add(b)
	f.Add([]byte(`{"rows":[{"l":["x"],"n":[9223372036854775807]}],"codes":["a"],"total":{"l":["y"],"n":[1]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if !json.Valid(b) {
			return
		}
		r, err := issued.Report{}.Apply(said(t, station, journal.Station, json.RawMessage(b)))
		if err == nil && r.Verify() != nil {
			t.Errorf("%s was taken", b)
		}
	})
}
