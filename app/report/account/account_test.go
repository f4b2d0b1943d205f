package account_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/report"
	"lianluo.local/app/report/account"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/matter"
	"lianluo.local/data/session"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"

	"pgregory.net/rapid"
)

// world is what happened somewhere, as much of it as a draw says.
type world struct {
	figure.World
	matters  []figure.Matter
	sessions []*figure.Session
	items    []report.Item
	heard    []report.Heard
	missing  []report.Heard
	asOf     time.Time
}

var calendar = figure.Calendar{Week: 1, Since: "2021-06-01"}

// happened draws a world of two years before a day.
func happened(t *rapid.T) *world {
	n := func(most int, what string) int { return rapid.IntRange(0, most).Draw(t, what) }
	w := &world{World: figure.World{Calendar: calendar, People: map[string]figure.Person{}, Leaders: map[string]string{}, Tiers: map[string]string{},
		Sites: map[string]figure.Site{}}}
	w.asOf = time.Date(2026, 11, 27, 18, 0, 0, 0, time.FixedZone("CST", 8*3600)).AddDate(0, 0, n(40, "later"))
	w.Today = thing.DaysAt(w.asOf)
	for i := range 5 {
		id := fmt.Sprintf("019ab0c0-0000-7000-8000-00000000000%d", i)
		w.People[id] = figure.Person{ID: id, Name: "代表" + []string{"甲", "乙", "丙", "丁", "戊"}[i], Levels: []string{"county"}, Stations: []string{"141102002003D1-A"}}
	}
	some := func(what string) (ids []string) {
		for i := range n(3, what) {
			ids = append(ids, fmt.Sprintf("019ab0c0-0000-7000-8000-00000000000%d", i))
		}
		return ids
	}
	first, long := thing.Days("2025-10-01"), w.Today-thing.Days("2025-10-01")
	if rapid.Bool().Draw(t, "new") { // nothing is known of what was before
		first, long = w.Today-20, 20
	}
	kinds := []string{"0203", "0101", "0403", "0501", "", "0102"}
	offices := []string{"", "住建局", "水利局", "交通局", "教育局"}
	for i := range n(1, "many")*n(300, "matters") + n(30, "few") {
		m := &matter.Tally{Station: "141102002003D1-A", Register: "reception", Category: kinds[n(5, "category")], Purpose: words.Purposes[n(4, "purpose")].Code,
			Channel: words.Channels[n(2, "channel")].Code, Raised: first + n(long, "raised"), People: 1, State: matter.Registered, Persons: some("persons"),
			Department: offices[n(4, "department")]}
		m.Keyed, m.Due = m.Raised+n(9, "keyed"), m.Raised+21
		if m.Department != "" {
			m.Happened = append(m.Happened, matter.Event{What: matter.WasAssigned, On: m.Raised + 1, Who: m.Department})
		}
		switch n(6, "state") {
		case 0:
			m.State, m.Outcome, m.Ended, m.OnSpot, m.Due = matter.Answered, matter.Settled, m.Raised, "answered", 0
		case 1:
			m.State, m.Outcome, m.Ended, m.Due = matter.Guided, matter.Removed, m.Raised, 0
		case 2, 3:
			m.Told = m.Raised + n(30, "told")
			m.State, m.Outcome, m.Ended = matter.Closed, matter.Settled, m.Told
			rated := []matter.Happening{matter.WasSatisfied, matter.WasNot}[min(n(4, "rated"), 1)]
			m.Happened = append(m.Happened, matter.Event{What: matter.WasTold, On: m.Told}, matter.Event{What: rated, On: m.Told})
		case 4:
			m.Limit = m.Raised + 10
		}
		w.matters = append(w.matters, figure.Matter{Tally: m, Row: int64(i + 1)})
	}
	for i := range n(40, "sessions") {
		s := &figure.Session{Row: int64(i + 1), Tally: session.Tally{Station: "141102002003D1-A", Kind: []string{"reception", "visit", "activity"}[n(2, "kind")],
			State: session.Held, Day: first + n(long, "day"), Citizens: n(5, "citizens"), Homes: n(4, "homes")}}
		for _, id := range some("present") {
			s.Present = append(s.Present, session.Attended{Key: id})
		}
		w.sessions = append(w.sessions, s)
	}
	for i := range n(15, "items") {
		m := matter.Matter{Report: matter.Report{Number: fmt.Sprintf("02-002003-26-A%04d-7", i), Title: "路灯不亮", Confidential: n(3, "confidential") == 0}}
		m.Term, m.State, m.Units, m.Complaint = thing.Date(w.Today-n(30, "term")), matter.InHand, []string{"住建局"}, "灯还是不亮"
		w.items = append(w.items, report.Item{Matter: m, Title: map[bool]string{true: "保密件", false: m.Title}[m.Confidential]})
	}
	for i := range n(6, "heard") {
		h := report.Heard{Unit: fmt.Sprint(i), Name: []string{"甲站", "乙站", "丙站", "丁站", "戊站", "己站"}[i], Last: w.asOf}
		if w.heard = append(w.heard, h); n(2, "missing") == 0 {
			w.missing = append(w.missing, h)
		}
	}
	return w
}

func (w *world) part(s figure.Span, axes []figure.Axis) report.Part {
	t := figure.New(&w.World, s, axes...)
	for _, m := range w.matters {
		t.Matter(m)
	}
	for _, x := range w.sessions {
		t.Session(x)
	}
	return report.Part{Span: s, Name: calendar.Name(s), Rows: t.Rows(), Total: t.Total()}
}

// written is an account of a kind on a day.
func (w *world) written(kind, day string) []account.Section {
	sections, _ := account.Write(w.facts(kind, day))
	return sections
}

// facts are what an account of a kind on a day is written from.
func (w *world) facts(kind, day string) account.Facts {
	k, _ := report.KindByCode(kind)
	f := account.Facts{Kind: k, Calendar: calendar, Regular: true}
	s := calendar.Of(k.Period, thing.Days(day))
	for _, a := range account.Asks(k, s.First(), s.Last()) {
		r := report.Report{Kind: a.Kind, AsOf: w.asOf, Indicators: figure.Some(a.Codes...), Heard: w.heard, Missing: w.missing}
		r.Part = w.part(s, a.By)
		if slices.Contains(a.Compare, report.Before) {
			p := w.part(calendar.Before(s), a.By)
			r.Before = &p
		}
		if slices.Contains(a.Compare, report.Year) {
			p := w.part(calendar.YearBefore(s), a.By)
			r.Year = &p
		}
		if a.Kind.List != "" {
			r.Items = w.items
		}
		f.Reports = append(f.Reports, r)
	}
	for i := range w.items {
		f.Next = append(f.Next, account.Session{Day: "2026-12-05", Begins: "19:30", Station: []string{"甲站", "乙站"}[i%2], Deputies: []string{"代表甲"}})
	}
	return f
}

var (
	dates   = regexp.MustCompile(`\d+年(第\d季度|\d+月(\d+日)?)?|\d+月\d+日|至(\d+月)?\d+日|\d+:\d\d`)
	figures = regexp.MustCompile(`\d+(\.\d+)?%?`)
	zero    = regexp.MustCompile(`(^|[^\d.])0(\.0)?(件|场|人|个|天|%|户|次|百)`)
	compare = regexp.MustCompile(`比[上去\d]|和[上去\d].*(持平|一样)|增长|上升|没有人反映`)
	three   = regexp.MustCompile(`前三位[^，。；]*是([^，。；]*)`)
)

// In whatever world, each number of each sentence stands in a table of its report; no sentence tells of zero, percentages stand
// beside what they are of, three are named first only where there are three, and nothing is held against a span of which
// nothing is known or one that is not over.
func TestSentencesSayWhatTheTablesSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := happened(t)
		kind := rapid.SampledFrom([]string{"week", "month", "quarter", "half", "year", "term", "station"}).Draw(t, "kind")
		f := w.facts(kind, rapid.SampledFrom([]string{"2026-11-18", "2026-10-07", "2026-12-01"}).Draw(t, "on"))
		sections, _ := account.Write(f)
		if len(sections) == 0 {
			t.Fatal("nothing is said")
		}
		stand := map[string]bool{}
		for _, s := range sections {
			for _, x := range s.Tables {
				for _, row := range append(slices.Clone(x.Rows), x.Sum) {
					if row != nil && len(row) != len(x.Columns) && len(row) != 1 {
						t.Fatalf("%s: %d cells under %d titles", x.Title, len(row), len(x.Columns))
					}
					for _, cell := range row {
						for _, n := range figures.FindAllString(cell, -1) {
							stand[n], stand[strings.TrimSuffix(n, "%")] = true, true
						}
					}
				}
			}
		}
		r := f.Reports[0]
		over := r.AsOf.Format(time.DateOnly) > r.Span.Last()
		empty := func(p *report.Part) bool {
			for _, code := range []string{"collected", "sessions", "visits", "activities"} {
				i, _ := figure.ByCode(code)
				if v, _ := p.Total.Says(i); v > 0 {
					return false
				}
			}
			return true
		}
		known := over && (!empty(r.Before) || r.Year != nil && !empty(r.Year))
		for i, s := range sections {
			if !strings.HasPrefix(s.Head, []string{"一", "二", "三", "四", "五", "六", "七", "八"}[i]+"、") {
				t.Fatalf("the %dth section is called %s", i+1, s.Head)
			}
			for _, p := range s.Paragraphs {
				for _, n := range figures.FindAllString(dates.ReplaceAllString(p, ""), -1) {
					if !stand[n] {
						t.Fatalf("%s of %q stands in no table", n, p)
					}
				}
				if zero.MatchString(p) {
					t.Fatalf("%q tells of zero", p)
				}
				if compare.MatchString(p) && !known {
					t.Fatalf("%q compares with what is not known", p)
				}
				for said := range strings.SplitSeq(p, "。") {
					if strings.Contains(said, "%") && !strings.Contains(said, "件次") {
						t.Fatalf("%q does not say of how many", said)
					}
				}
				for _, m := range three.FindAllStringSubmatch(p, -1) {
					if strings.Count(m[1], "、") != 2 {
						t.Fatalf("%q: not three", m[0])
					}
				}
				if strings.Contains(p, "，，") || strings.Contains(p, "。，") || strings.HasPrefix(p, "，") || !strings.HasSuffix(p, "。") {
					t.Fatalf("%q", p)
				}
			}
		}
		for _, s := range sections { // what confidence was asked for is told nowhere
			for _, x := range s.Tables {
				for i, row := range x.Rows {
					if x.Title == "群众不满意的事项" && w.items[i].Confidential && (row[2] != "保密件" || row[4] != "—") {
						t.Fatal(row)
					}
				}
			}
		}
	})
}

// A week as it is read by a county.
func TestAWeekInWords(t *testing.T) {
	w := &world{World: figure.World{Calendar: calendar, People: map[string]figure.Person{}, Leaders: map[string]string{}, Tiers: map[string]string{}, Sites: map[string]figure.Site{}},
		asOf: time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))}
	w.Today = thing.DaysAt(w.asOf)
	first := thing.Days("2026-11-16")
	put := func(n, on int, code, office string) {
		for range n {
			m := &matter.Tally{Station: "141102002003D1-A", Register: "reception", Category: code, Purpose: "help", Channel: "walk-in", Raised: on, Keyed: on,
				People: 1, State: matter.Registered, Department: office, Due: on + 21}
			if office != "" {
				m.Happened = []matter.Event{{What: matter.WasAssigned, On: on, Who: office}}
			}
			w.matters = append(w.matters, figure.Matter{Tally: m, Row: int64(len(w.matters) + 1)})
		}
	}
	put(12, first, "0403", "住建局")
	put(7, first+1, "0203", "住建局")
	put(6, first+2, "0501", "交通局")
	put(2, first+3, "0101", "")
	put(20, first-7, "0403", "")
	put(2, first-6, "0203", "")
	w.sessions = append(w.sessions, &figure.Session{Row: 1, Tally: session.Tally{Station: "141102002003D1-A", Kind: "reception", State: session.Held, Day: first, Citizens: 4}})
	w.heard = []report.Heard{{Unit: "1", Name: "甲站", Last: w.asOf}, {Unit: "2", Name: "乙站"}}
	w.missing = w.heard[1:]
	var b strings.Builder
	for _, s := range w.written("week", "2026-11-18") {
		fmt.Fprintln(&b, s.Head)
		for _, p := range s.Paragraphs {
			fmt.Fprintln(&b, p)
		}
	}
	for _, s := range w.written("week", "2026-11-18") {
		for _, table := range s.Tables {
			if got := strings.Join(table.Sum, " "); table.Title == "承办单位办理情况" && got != "合计（2个单位） 25 0 0 0 0 25 0" {
				t.Errorf("its sum is %s", got)
			}
		}
	}
	const want = `一、总体情况
本周开展进站接待1场，接待群众31人次。
收集意见27件次，比上周多5件次（增长22.7%）。
上期结转22件次，期末在办49件次。
应报送的单位有2个，已报送1个，期末一周内没有报送的有1个：乙站，没有报来的数不在表里。报送过的单位，数字都已报到11月23日09:00。
二、分类情况
群众反映前三位的是供水供电供气供暖通信12件次（占44.4%）、城乡建设7件次（占25.9%）、交通出行6件次（占22.2%）。
三、承办情况
交给2个单位办理25件次。
承办的是住建局19件次、交通局6件次。
四、热点问题
“供水供电供气供暖通信”方面的“天然气”12件次，比上周少8件次。
“城乡建设”方面的“排水排污内涝”7件次，比上周多5件次。
“交通出行”方面的“道路设施标线”6件次，上周没有人反映。
`
	if got := b.String(); got != want {
		t.Errorf("it says\n%s", got)
	}
}

// A brief of other days than a week speaks of these days, and says how long there still is on the day on which it is written.
func TestBriefOfOtherDays(t *testing.T) {
	w := &world{World: figure.World{Calendar: calendar, People: map[string]figure.Person{}, Leaders: map[string]string{}, Tiers: map[string]string{}, Sites: map[string]figure.Site{}},
		asOf: time.Date(2026, 11, 24, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))}
	w.Today = thing.DaysAt(w.asOf)
	for i, on := range []string{"2026-11-10", "2026-11-17", "2026-11-18"} {
		w.matters = append(w.matters, figure.Matter{Row: int64(i + 1), Tally: &matter.Tally{Station: "141102002003D1-A", Category: "0403", Raised: thing.Days(on), State: matter.Registered}})
	}
	m := matter.Matter{Report: matter.Report{Number: "1"}}
	m.Term, m.State, m.Leader = "2026-11-23", matter.InHand, "市领导甲"
	w.items = []report.Item{{Matter: m, Title: "路灯不亮"}}
	f := w.facts("leader", "2026-11-18")
	if b := f.Brief(); b.Led[0].Days != "超期1天" || b.Says[0].Change != "比上周多1件次" {
		t.Errorf("%+v", b)
	}
	f.Regular = false
	if b := f.Brief(); b.Says[0].Change != "比2026年11月9日至15日多1件次" {
		t.Errorf("%+v", b)
	}
}

// What a leader reads of a week: of five things at most, three units, three cases that are worth it and no others; nothing of what
// confidence was asked for but that it is.
func TestBriefIsShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := happened(t)
		for i := range w.items {
			w.items[i].ID, w.items[i].Place, w.items[i].People = fmt.Sprint(i), "王家巷3号院门口", rapid.IntRange(0, 9).Draw(t, "people")
			w.items[i].Leader = "市领导甲"
		}
		f := w.facts("leader", "2026-11-18")
		b := f.Brief()
		overdue, _ := figure.ByCode("overdue")
		for _, r := range f.Reports {
			if n, _ := r.Total.Says(overdue); r.Kind.Code == "departments" && n > 0 && len(b.Late) == 0 {
				t.Fatalf("%v are overdue, and nobody is late", n) // also where they went to no department
			}
		}
		if len(b.Says) > 5 || len(b.Led) > 4 || len(b.Late) > 3 || len(b.Dissatisfied) > 3 || len(b.Visits) > 3 {
			t.Fatal(b)
		}
		for _, v := range b.Visits {
			if v.What == "" || v.Why == "" || v.Where == "" || v.When == "" {
				t.Fatalf("%+v", v)
			}
		}
		for _, c := range b.Dissatisfied {
			if c.Words == "" || c.What == "" {
				t.Fatalf("%+v", c)
			}
		}
		for _, m := range w.items {
			if m.Confidential && strings.Contains(fmt.Sprintf("%+v", b), m.Number) {
				t.Fatal(b)
			}
		}
	})
}
