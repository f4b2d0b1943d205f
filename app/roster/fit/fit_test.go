package fit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
	"lianluo.local/data/thing"
)

const (
	point    = "141102002003D1-A" // 离石区凤山街道袁家庄社区
	township = "141102002000Z1-G" // 凤山街道
	apart    = "141102001001D1-X" // 离石区另一个街道
)

// deputy is a county's deputy in office; with makes him another one.
func deputy(name string, with ...func(*Candidate)) Candidate {
	c := Candidate{Person: person.Person{Base: thing.Base{ID: name}, State: person.Here,
		Facts:    person.Facts{Name: name},
		Mandates: []person.Mandate{{Level: "county", Congress: "十四届", Standing: "office"}}}}
	for _, w := range with {
		w(&c)
	}
	return c
}

func knows(fields ...string) func(*Candidate) {
	return func(c *Candidate) { c.Fields = fields }
}

func at(station string) func(*Candidate) {
	return func(c *Candidate) { c.Seats = append(c.Seats, person.Seat{Station: station}) }
}

func mandate(set func(*person.Mandate)) func(*Candidate) {
	return func(c *Candidate) { set(&c.Mandates[0]) }
}

func leave(from, to string) func(*Candidate) {
	return func(c *Candidate) { c.Leaves = []person.Leave{{From: from, To: to}} }
}

func work(inHand int, sat string, declined int) func(*Candidate) {
	return func(c *Candidate) { c.InHand, c.Sat, c.Declined = inHand, sat, declined }
}

// The cases of matching, each one deputy and one matter: what speaks for him, what against, in points and in words.
func TestFit(t *testing.T) {
	fields := []profile.Field{
		{Name: "农业", Categories: map[string]int{"01": 0}, Words: []string{"灌溉"}},
		{Name: "水利组", Categories: map[string]int{"0101": 0, "02": 2}, Words: []string{"水渠"}},
		{Name: "教育", Categories: map[string]int{"08": 0}},
	}
	m := matter.Matter{Report: matter.Report{Station: point, Category: "0101", Title: "水渠漏水"}}
	road := matter.Matter{Report: matter.Report{Station: point, Category: "0105", Title: "路不好走"}}
	said := matter.Matter{Report: matter.Report{Station: point, Title: "没有水灌溉"}}
	mute := matter.Matter{Report: matter.Report{Station: point}}
	declined := m
	declined.Declines = []matter.Declined{{Who: "王明", Person: "王明", On: "2026-11-20", Why: "出差"}}
	named := m
	named.Declines = []matter.Declined{{Who: "王　明（区人大代表）", On: "2026-11-20", Why: "回避"}}
	for name, c := range map[string]struct {
		m    matter.Matter
		with []func(*Candidate)
		want string // "" for not offered
	}{
		"his category":               {m, []func(*Candidate){knows("水利组")}, "5 水利组"},
		"his group of categories":    {road, []func(*Candidate){knows("农业")}, "3 农业组"},
		"a weight of the county's":   {matter.Matter{Report: matter.Report{Category: "0203"}}, []func(*Candidate){knows("水利组")}, "2 水利组"},
		"the better of two fields":   {m, []func(*Candidate){knows("农业", "水利组")}, "5 水利组"},
		"a word of his field":        {said, []func(*Candidate){knows("农业")}, "3 农业组（说到“灌溉”）"},
		"the category before a word": {m, []func(*Candidate){knows("农业")}, "3 农业组"},
		"another field":              {m, []func(*Candidate){knows("教育")}, ""},
		"a field that nobody lists":  {m, []func(*Candidate){knows("航天")}, ""},
		"nothing is known of either": {mute, nil, ""},

		"grouped to the station":      {m, []func(*Candidate){at(point)}, "4 本站"},
		"of the township":             {m, []func(*Candidate){at(township)}, "2 本乡镇"},
		"of another township":         {m, []func(*Candidate){at(apart)}, ""},
		"in the township's congress":  {m, []func(*Candidate){mandate(func(m *person.Mandate) { m.Level, m.Place = "township", "141102002000" })}, "2 本乡镇"},
		"in another's congress":       {m, []func(*Candidate){mandate(func(m *person.Mandate) { m.Level, m.Place = "township", "141102001000" })}, ""},
		"elected in the township":     {m, []func(*Candidate){mandate(func(m *person.Mandate) { m.District = "凤山第三选区" })}, "1 本选区"},
		"elected in the village":      {m, []func(*Candidate){mandate(func(m *person.Mandate) { m.District = "袁家庄选区" })}, "1 本选区"},
		"elected by a congress":       {m, []func(*Candidate){mandate(func(m *person.Mandate) { m.Level, m.District = "city", "凤山" })}, ""},
		"elected elsewhere":           {m, []func(*Candidate){mandate(func(m *person.Mandate) { m.District = "滨河第一选区" })}, ""},
		"all of it":                   {m, []func(*Candidate){knows("水利组"), at(point), mandate(func(m *person.Mandate) { m.District = "凤山第三选区" })}, "10 水利组，本站，本选区"},
		"field and township, one had": {road, []func(*Candidate){knows("农业"), at(township), work(1, "", 0)}, "4 农业组，本乡镇，手头 1 件"},

		"much in hand":                 {road, []func(*Candidate){knows("农业"), work(5, "", 0)}, "-2 农业组，手头 5 件"},
		"received a week ago":          {m, []func(*Candidate){at(point), work(0, "2026-11-22", 0)}, "3 本站，11月22日接待过"},
		"received a fortnight ago":     {m, []func(*Candidate){at(point), work(0, "2026-11-15", 0)}, "4 本站"},
		"declined others":              {m, []func(*Candidate){at(point), work(0, "", 2)}, "4 本站，推辞过 2 件"},
		"declined this one":            {declined, []func(*Candidate){at(point), work(0, "", 1)}, "4 本站，推辞过 1 件，这一件推辞了：出差"},
		"declined it before he was on": {named, []func(*Candidate){at(point)}, "4 本站，这一件推辞了：回避"},

		"on leave":                     {m, []func(*Candidate){at(point), leave("2026-11-01", "2026-11-29")}, ""},
		"on leave without an end":      {m, []func(*Candidate){at(point), leave("2026-11-29", "")}, ""},
		"back from leave":              {m, []func(*Candidate){at(point), leave("2026-11-01", "2026-11-28")}, "4 本站"},
		"his leave is to come":         {m, []func(*Candidate){at(point), leave("2026-11-30", "")}, "4 本站"},
		"suspended":                    {m, []func(*Candidate){at(point), mandate(func(m *person.Mandate) { m.Standing = "suspended" })}, ""},
		"ended":                        {m, []func(*Candidate){at(point), mandate(func(m *person.Mandate) { m.Standing = "ended" })}, ""},
		"no deputy":                    {m, []func(*Candidate){at(point), func(c *Candidate) { c.Mandates = nil }}, ""},
		"entered by mistake":           {m, []func(*Candidate){at(point), func(c *Candidate) { c.State = person.Void }}, ""},
		"one mandate ended, one holds": {m, []func(*Candidate){at(point), func(c *Candidate) { c.Mandates = append(c.Mandates, person.Mandate{Level: "city", Standing: "ended"}) }}, "4 本站"},
	} {
		got := ""
		for _, f := range Rank(c.m, []Candidate{deputy("王明", c.with...)}, fields, "2026-11-29") {
			got = fmt.Sprint(f.Score, " ", f.Why)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// The best come first; of those who fit as well, who has less to do, then who has not sat at the table for longer; who
// declined it comes last, whatever speaks for him.
func TestFitRanks(t *testing.T) {
	m := matter.Matter{Report: matter.Report{Station: point, Category: "0801"},
		Handling: matter.Handling{Declines: []matter.Declined{{Who: "甲", Person: "甲", Why: "出差"}}}}
	cs := []Candidate{
		deputy("甲", knows("教育"), at(point)), deputy("乙", at(point)), deputy("丙", knows("教育"), at(point)),
		deputy("丁", at(point), work(0, "2026-03-01", 0)), deputy("戊", knows("教育"), work(1, "", 0), at(township)),
		deputy("己", at(point), work(1, "", 0), mandate(func(m *person.Mandate) { m.District = "凤山" })), deputy("庚"),
	}
	for range 5 {
		var names []string
		for _, f := range Rank(m, cs, profile.Default().Fields, "2026-11-29") {
			names = append(names, f.Person.Name)
		}
		if got := strings.Join(names, ""); got != "丙乙丁己戊甲" {
			t.Error(got)
		}
		cs = append(cs[1:], cs[0])
	}
	if slices.ContainsFunc(Rank(m, nil, nil, "2026-11-29"), func(Deputy) bool { return true }) {
		t.Error("somebody fits who is not there")
	}
}
