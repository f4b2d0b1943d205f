package figure

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"lianluo.local/data/matter"
	"lianluo.local/data/session"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// crowd are matters and sessions of a year in two counties, whatever may happen to them.
func crowd(seed uint64, n int) (w *World, ms []Matter, ss []*Session) {
	r := rand.New(rand.NewPCG(seed, 1))
	first := thing.Days("2026-01-01")
	w = &World{Today: thing.Days("2026-11-29"), Calendar: Calendar{Week: 1, Since: "2021-06-01"}, People: map[string]Person{},
		Leaders: map[string]string{"市领导甲": "city"}, Tiers: map[string]string{"s1": "county", "s2": "city"}, Sites: map[string]Site{}}
	stations := []string{"141102002003D1-A", "141102002000Z1-G", "141102001001D1-X", "141125100000Z1-K", "141125100201D1-C"}
	for i, s := range stations {
		w.Sites[s] = Site{Name: s, Kind: []string{"point", "station", "base", "station", "point"}[i]}
	}
	for i := range 12 {
		id := fmt.Sprintf("019ab0c0-0000-7000-8000-0000000000%02d", i)
		p := Person{ID: id, Name: fmt.Sprintf("代表%d", i), Stations: stations[i%5 : i%5+1], Levels: []string{"county"}}
		switch i % 4 {
		case 0:
			p.Levels = []string{"province", "city", "county"}
		case 1:
			p.Tier = words.Tiers[i%3].Code
		case 2:
			p.Levels = nil
		}
		w.People[id] = p
	}
	ids := make([]string, 0, len(w.People))
	for id := range w.People {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	some := func() (list []string) {
		for range r.IntN(4) {
			list = append(list, ids[r.IntN(len(ids))])
		}
		return list
	}
	for i := range n {
		t := &matter.Tally{Station: stations[r.IntN(5)], Register: []string{"reception", "visit"}[r.IntN(2)], Category: []string{"0203", "0101", ""}[r.IntN(3)],
			Purpose: []string{"help", "", "praise"}[r.IntN(3)], Channel: "walk-in", Raised: first + r.IntN(333), People: r.IntN(3), State: matter.Registered,
			Holder: stations[0], Session: []string{"", "s1", "s2"}[r.IntN(3)], Persons: some(), Class: r.IntN(9)}
		t.Keyed, t.Due = t.Raised+r.IntN(9), t.Raised+21
		if r.IntN(9) == 0 {
			t.Leader = "市领导甲"
		}
		switch r.IntN(7) {
		case 0:
			t.State, t.Outcome, t.Ended, t.OnSpot, t.Due = matter.Answered, matter.Settled, t.Raised, "answered", 0
		case 1:
			t.State, t.Outcome, t.Ended, t.Due = matter.Guided, matter.Removed, t.Raised, 0
		case 2:
			t.State, t.Outcome, t.Ended = matter.Withdrawn, matter.Removed, t.Raised+r.IntN(30)
		case 3, 4:
			told := t.Raised + r.IntN(40)
			t.State, t.Outcome, t.Told, t.Ended, t.Department = matter.Closed, matter.Settled, told, told+r.IntN(20), "水利局"
			t.Happened = []matter.Event{{What: matter.WasAssigned, On: t.Raised + 1, Who: "住建局"}, {What: matter.WasReturned, On: t.Raised + 2, Who: "住建局"},
				{What: matter.WasAssigned, On: t.Raised + 3, Who: "水利局"}, {What: matter.WasTold, On: told}, {What: matter.WasNot, On: told + 1},
				{What: matter.WasRedone, On: told + 1}, {What: matter.WasTold, On: told + 1}, {What: matter.WasSatisfied, On: t.Ended}}
		case 5:
			t.Limit = t.Raised + 10
		}
		m := Matter{Tally: t, Row: int64(i + 1)}
		if r.IntN(6) == 0 {
			m.Root = int64(1 + r.IntN(5))
		}
		ms = append(ms, m)
	}
	for i := range ms { // those with which others are handled
		if i < 5 {
			ms[i].Root = int64(i + 1)
		}
	}
	for i := range n / 3 {
		s := &Session{Row: int64(i + 1), Tally: session.Tally{Station: stations[r.IntN(5)], Kind: []string{"reception", "visit", "activity"}[r.IntN(3)],
			State: session.State(1 + r.IntN(8)), Day: first + r.IntN(333), Citizens: r.IntN(5), Homes: r.IntN(4), Tier: []string{"", "city"}[r.IntN(2)]}}
		for _, id := range some() {
			s.Present = append(s.Present, session.Attended{Key: id, Guest: r.IntN(5) == 0})
		}
		ss = append(ss, s)
	}
	return w, ms, ss
}

func fill(t *Table, ms []Matter, ss []*Session) *Table {
	for _, m := range ms {
		t.Matter(m)
	}
	for _, s := range ss {
		t.Session(s)
	}
	return t
}

// tables are one by each axis, and some crossed.
func tables() (list [][]Axis) {
	list = [][]Axis{nil}
	for _, a := range Axes {
		list = append(list, []Axis{a})
	}
	by := func(code string) Axis { a, _ := AxisByCode(code); return a }
	return append(list, []Axis{by("county"), by("month")}, []Axis{by("tier"), by("level")}, []Axis{by("week"), by("department")},
		[]Axis{by("person"), by("quarter")}, []Axis{by("group"), by("category")})
}

// Each number is what the things in the list behind it stand for together, in every cell of every table; 人数 are those who came
// to the sessions in its list, each once; and every cell adds up.
func TestEveryCellOpens(t *testing.T) {
	w, ms, ss := crowd(7, 110)
	for _, axes := range tables() {
		tab := fill(New(w, Days("2026-03-01", "2026-10-14"), axes...), ms, ss)
		name := ""
		for _, a := range axes {
			name += a.Code + " "
		}
		rows := append(tab.Rows(), tab.Total())
		for _, row := range rows {
			if !row.Balanced() {
				t.Errorf("by %s: %v is out of balance", name, row.Labels)
			}
			for _, i := range Indicators {
				if i.Code == "seated" || i.Code == "coverage" {
					continue
				}
				want, sum, roots, who := row.Cell.numbers[i.place()], int64(0), map[int64]bool{}, map[string]bool{}
				for _, m := range ms {
					n := tab.Holds(m, i, row.Keys...)
					if i.Code == "cases" && n > 0 && m.Root != 0 {
						if roots[m.Root] {
							continue
						}
						roots[m.Root] = true
					}
					sum += n
				}
				for _, s := range ss {
					n := tab.Held(s, i, row.Keys...)
					sum += n
					if i.Code == "persons" && n > 0 {
						for _, a := range s.Present {
							who[w.who(a.Key)] = true
						}
					}
				}
				if i.Code == "persons" {
					if int64(len(who)) < want || sum < want {
						t.Errorf("by %s: %v: %d people behind %d", name, row.Labels, len(who), want)
					}
					continue
				}
				if sum != want {
					t.Errorf("by %s: %v: %s is %d, its list has %d", name, row.Labels, i.Code, want, sum)
				}
				if v, ok := row.Says(i); ok && i.Unit == "%" && (v < 0 || v > 1) && !slices.Contains(beyond, i.Code) {
					t.Errorf("by %s: %v: %s is %v", name, row.Labels, i.Code, v)
				}
			}
		}
	}
}

// beyond are the rates of acts to acts, of which those of one span may be more than those of another.
var beyond = []string{"redoneRate", "returnRate"}

// In whatever order things come, a table is the same; where its rows do not overlap they add up to its total.
func TestOrderDoesNotMatter(t *testing.T) {
	w, ms, ss := crowd(11, 200)
	say := func(tab *Table) (text string) {
		for _, row := range append(tab.Rows(), tab.Total()) {
			text += fmt.Sprintln(row.Keys, row.Labels, row.Cell.numbers)
		}
		return text
	}
	for _, axes := range tables() {
		span := Days("2026-02-10", "2026-11-30")
		before := say(fill(New(w, span, axes...), ms, ss))
		r := rand.New(rand.NewPCG(3, 9))
		r.Shuffle(len(ms), func(i, j int) { ms[i], ms[j] = ms[j], ms[i] })
		r.Shuffle(len(ss), func(i, j int) { ss[i], ss[j] = ss[j], ss[i] })
		after := fill(New(w, span, axes...), ms, ss)
		if say(after) != before {
			t.Errorf("by %v another order gives\n%s\ninstead of\n%s", axes, say(after), before)
		}
		if len(axes) != 1 || axes[0].Overlaps != "" {
			continue
		}
		var sum, total Numbers
		for _, row := range after.Rows() {
			for i, v := range row.Cell.numbers {
				sum[i] += v
			}
		}
		total = after.Total().Cell.numbers
		for _, code := range []string{"collected", "closed", "moved", "rated", "assigned", "onSpot"} {
			if at := places[code]; sum[at] != total[at] {
				t.Errorf("by %s: %s adds up to %d of %d", axes[0].Code, code, sum[at], total[at])
			}
		}
	}
}

// The three streams of the article that the stations are known from: 各级代表 1,560 件次, 市四套班子 269, 县四套班子 1,285. Each is
// what came up where one of that tier sat; they overlap, so that the 3,114 together are no number of matters: the distinct
// count is one of its own, and so is that of what was settled.
func TestThreeStreams(t *testing.T) {
	day := thing.Days("2021-04-10")
	w := &World{Today: thing.Days("2021-06-30"), People: map[string]Person{"d": {ID: "d", Name: "代表甲", Levels: []string{"county"}}},
		Leaders: map[string]string{}, Tiers: map[string]string{"city": "city", "county": "county"}}
	var ms []Matter
	add := func(n int, settled int, sitting string, persons ...string) {
		for i := range n {
			m := &matter.Tally{Station: "141102002003D1-A", Raised: day, Keyed: day, Session: sitting, Persons: persons, State: matter.Registered}
			if i < settled {
				m.State, m.Outcome, m.Ended = matter.Closed, matter.Settled, day+9
			}
			ms = append(ms, Matter{Tally: m, Row: int64(len(ms) + 1)})
		}
	}
	add(269, 132, "city", "d")      // a city leader sat with deputies
	add(951, 490, "county", "d")    // a county leader did
	add(1285-951, 189, "county")    // … without any
	add(1560-269-951, 256, "", "d") // deputies alone
	const distinct = 269 + 951 + 334 + 340
	tier, _ := AxisByCode("tier")
	tab := fill(New(w, Days("2021-03-20", "2021-06-30"), tier), ms, nil)
	got := map[string][2]float64{}
	collected, _ := ByCode("collected")
	closed, _ := ByCode("closed")
	var sum float64
	for _, row := range tab.Rows() {
		a, _ := row.Says(collected)
		b, _ := row.Says(closed)
		got[row.Labels[0]] = [2]float64{a, b}
		sum += a
	}
	want := map[string][2]float64{"市四套班子": {269, 132}, "县四套班子": {1285, 679}, "各级代表": {1560, 878}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("by tier %v, want %v", got, want)
	}
	if total, _ := tab.Total().Says(collected); total != distinct || sum != 3114 || distinct != 1894 || tier.Overlaps == "" {
		t.Errorf("distinct %v of %v: %s", total, sum, tier.Overlaps)
	}
}

// A deputy of three mandates is one person, at his highest level; by 身份 he stands at each.
func TestThreeMandates(t *testing.T) {
	w := &World{Today: 1 << 20, People: map[string]Person{"a": {ID: "a", Levels: []string{"province", "city", "county"}}, "b": {ID: "b", Levels: []string{"county"}}}}
	w.People["a2"] = w.People["a"] // known under another ID elsewhere
	day := thing.Days("2026-11-21")
	var ss []*Session
	for i, who := range []string{"a", "a2", "a"} {
		ss = append(ss, &Session{Row: int64(i), Tally: session.Tally{Station: "141102002003D1-A", Kind: "reception", State: session.Held, Day: day + i, Citizens: 4,
			Present: []session.Attended{{Key: who}, {Key: "b"}, {Key: "特邀张三", Guest: true}}}})
	}
	for code, want := range map[string]string{"level": "省 3 1;县 3 1;合计 6 2", "levels": "省 3 1;市 3 1;县 6 2;合计 6 2"} {
		a, _ := AxisByCode(code)
		tab, got := fill(New(w, Days("2026-11-01", "2026-11-30"), a), nil, ss), ""
		for _, row := range append(tab.Rows(), tab.Total()) {
			got += fmt.Sprintf(";%s %d %d", row.Labels[0], row.Cell.numbers[deputies], row.Cell.numbers[persons])
		}
		if got[1:] != want {
			t.Errorf("by %s %s, want %s", code, got[1:], want)
		}
	}
}

func TestSpans(t *testing.T) {
	c := Calendar{Week: 5, Since: "2021-06-01"} // 大英县's week begins on Friday
	day := thing.Days("2026-11-29")
	for p, want := range map[Period]string{Week: "2026-11-27 2026-12-03 2026年11月27日至12月3日", Month: "2026-11-01 2026-11-30 2026年11月",
		Quarter: "2026-10-01 2026-12-31 2026年第4季度", Half: "2026-07-01 2026-12-31 2026年下半年", Year: "2026-01-01 2026-12-31 2026年",
		Term: "2026-06-01 2031-05-31 2026年6月1日至2031年5月31日"} {
		s := c.Of(p, day)
		if got := s.First() + " " + s.Last() + " " + c.Name(s); got != want || c.Is(s) != p {
			t.Errorf("%s: %s is %q", p, got, c.Is(s))
		}
	}
	for _, k := range []struct{ from, to, before, year string }{
		{"2026-11-27", "2026-12-03", "2026-11-20 2026-11-26", "2025-11-28 2025-12-04"},
		{"2024-02-01", "2024-02-29", "2024-01-01 2024-01-31", "2023-02-01 2023-02-28"},
		{"2026-01-01", "2026-03-31", "2025-10-01 2025-12-31", "2025-01-01 2025-03-31"},
		{"2026-11-10", "2026-11-12", "2026-11-07 2026-11-09", "2025-11-10 2025-11-12"},
	} {
		s := Days(k.from, k.to)
		b, y := c.Before(s), c.YearBefore(s)
		if b.First()+" "+b.Last() != k.before || y.First()+" "+y.Last() != k.year {
			t.Errorf("before %s: %s %s; a year before %s %s", k.from, b.First(), b.Last(), y.First(), y.Last())
		}
	}
	if s := c.Due(Month, thing.Days("2026-12-03")); s.First() != "2026-11-01" {
		t.Errorf("on 3 December the report on %s is due", s.First())
	}
}

// Every indicator says what it is, and every rate of what two numbers it is made.
func TestIndicatorsAreDefined(t *testing.T) {
	met := map[string]bool{}
	for _, i := range Indicators {
		if met[i.Code] || i.Code == "" || i.Name == "" || i.Definition == "" || i.Unit == "" || i.Source == "" || i.Day == "" && !i.Rate() {
			t.Errorf("%+v", i)
		}
		met[i.Code] = true
	}
	for _, i := range Indicators {
		if i.Rate() && (!met[i.Under] || !met[i.Over] && i.Over != "daysOf") {
			t.Errorf("%s is %s / %s", i.Code, i.Over, i.Under)
		}
	}
}

// An axis is known by its code, by its name, and by its name as people say it.
func TestAxisAsPeopleSayIt(t *testing.T) {
	for typed, code := range map[string]string{"乡镇": "township", "县": "county", "代表级别": "level", "代表级别（按身份）": "levels",
		" week ": "week", "乡": ""} {
		if a, known := AxisByCode(typed); a.Code != code || known != (code != "") {
			t.Errorf("%q is %q", typed, a.Code)
		}
	}
}
