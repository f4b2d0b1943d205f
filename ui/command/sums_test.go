package command_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Whoever has nothing but the lines of list, agenda list, roster list and unit list adds up here what reports say, by the sentences that
// stand under them. Nothing of the program's own counting is used.

// telling is one line of what the program tells.
type telling = map[string]any

func word(l telling, key string) string { s, _ := l[key].(string); return s }

func lines(l telling, key string) (list []telling) {
	for _, v := range many(l, key) {
		list = append(list, v.(telling))
	}
	return list
}

func many(l telling, key string) []any { v, _ := l[key].([]any); return v }

func whole(l telling, key string) int { f, _ := l[key].(float64); return int(f) }

var east = time.FixedZone("CST", 8*3600)

// dayOf numbers the day of a date or a moment in China; 0 for none.
func dayOf(s string) int {
	if s == "" {
		return 0
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		s = t.In(east).Format(time.DateOnly)
	}
	t, _ := time.Parse(time.DateOnly, s)
	return int(t.Unix() / 86400)
}

// stretch is some days, the first and the last.
type stretch struct{ from, to int }

func (s stretch) has(day int) bool { return day != 0 && s.from <= day && day <= s.to }

// lists are all that a home tells.
type lists struct {
	matters, sessions []telling
	people, units     map[string]telling
	roots             map[string]string
	today             int
}

func readLists(say func(args ...string) []map[string]any, today time.Time) *lists {
	l := &lists{matters: say("list"), sessions: say("agenda", "list", "--from", "2000-01-01", "--to", "2099-12-31"), people: map[string]telling{},
		units: map[string]telling{}, roots: map[string]string{}, today: dayOf(today.Format(time.RFC3339))}
	for _, p := range say("roster", "list", "--limit", "100000") {
		l.people[word(p, "id")] = p
	}
	for _, u := range say("unit", "list") {
		if word(u, "state") == "open" {
			l.units[word(u, "code")] = u
		}
	}
	into := map[string]string{}
	for _, m := range l.matters {
		into[word(m, "id")] = word(m, "into")
	}
	for id := range into {
		root := id
		for range 99 {
			if next := into[root]; next != "" {
				root = next
			}
		}
		l.roots[id] = root
	}
	return l
}

// cell is what is counted in a row.
type cell struct {
	n          map[string]float64
	roots, who map[string]bool
}

func (c *cell) add(other map[string]float64) {
	for k, v := range other {
		c.n[k] += v
	}
}

// place is a key of an axis, with the days that count there.
type place struct {
	key string
	in  stretch
}

// parts are the weeks or months of some days, called by their place in the row of them.
func parts(axis string, in stretch) (list []place) {
	begins := func(day int) bool {
		t := time.Unix(int64(day)*86400, 0).UTC()
		first, month := t.Day() == 1, int(t.Month())
		switch axis {
		case "week":
			return t.Weekday() == time.Monday
		case "month":
			return first
		case "quarter":
			return first && month%3 == 1
		case "half":
			return first && month%6 == 1
		case "year":
			return first && month == 1
		}
		return first && month == 6 && t.Year()%5 == 1 // 2021-06-01
	}
	from := in.from
	for day := in.from + 1; day <= in.to+1; day++ {
		if day > in.to || begins(day) {
			list = append(list, place{fmt.Sprintf("%04d", len(list)), stretch{from, day - 1}})
			from = day
		}
	}
	return list
}

var times = strings.Fields("week month quarter half year congress")

// at gives the keys under which something stands that is given by them.
func at(in stretch, keys ...string) (list []place) {
	for _, k := range slices.Compact(slices.Sorted(slices.Values(keys))) {
		list = append(list, place{k, in})
	}
	return list
}

// head is the place to which a station's code belongs.
func (l *lists) head(axis, station string) string {
	switch {
	case axis == "county" && len(station) >= 6:
		return station[:6] + "000000"
	case axis == "township" && len(station) >= 9:
		return station[:9] + "000"
	case axis == "station":
		return station
	case axis == "base" && word(l.units[station], "kind") == "base":
		return station
	}
	return ""
}

var placed = strings.Fields("county township station base")

// tier, level and who a person is; of one who is on no roster nothing.
func (l *lists) person(axis, id string) []string {
	p := l.people[id]
	switch axis {
	case "tier":
		return []string{cmp.Or(word(p, "tier"), "deputy")}
	case "person":
		return []string{word(p, "id")}
	}
	order := strings.Fields("nation province city county township")
	var levels []string
	for _, level := range order {
		if slices.ContainsFunc(lines(p, "mandates"), func(m telling) bool { return word(m, "level") == level }) {
			levels = append(levels, level)
		}
	}
	if len(levels) == 0 {
		return []string{""}
	}
	if axis == "level" {
		return levels[:1]
	}
	return levels
}

var personal = strings.Fields("tier level levels person")

// stands says where a matter stands on an axis.
func (l *lists) stands(axis string, m telling, in stretch) []place {
	text := func(key string) []place { return at(in, word(m, key)) }
	category := word(m, "category")
	switch {
	case slices.Contains(times, axis):
		return parts(axis, in)
	case slices.Contains(placed, axis):
		return at(in, l.head(axis, word(m, "station")))
	case slices.Contains(personal, axis):
		var keys []string
		for _, d := range many(m, "deputies") {
			ids, _ := m["persons"].(map[string]any)
			id, _ := ids[d.(string)].(string)
			keys = append(keys, l.person(axis, id)...)
		}
		if axis == "tier" {
			for _, s := range l.sessions {
				if word(s, "id") == word(m, "session") && word(s, "tier") != "" {
					keys = append(keys, word(s, "tier"))
				}
			}
			for _, p := range l.people {
				if word(p, "name") == word(m, "leader") && word(p, "tier") != "" {
					keys = append(keys, word(p, "tier"))
				}
			}
		}
		if len(keys) == 0 && axis != "person" {
			keys = []string{""}
		}
		if axis == "level" {
			for _, level := range strings.Fields("nation province city county township") {
				if slices.Contains(keys, level) {
					return at(in, level)
				}
			}
		}
		return at(in, keys...)
	case axis == "group":
		return at(in, category[:min(2, len(category))])
	case axis == "holder":
		h := word(m, "holder")
		switch {
		case strings.HasSuffix(h, "00000000"):
			return at(in, "city")
		case strings.HasSuffix(h, "000000"):
			return at(in, "county")
		case h[9:12] == "000":
			return at(in, "township")
		}
		return at(in, "station")
	case axis == "department":
		keys := []string{lead(m)}
		for _, h := range lines(m, "happened") {
			if who := word(h, "who"); who != "" {
				keys = append(keys, who)
			}
		}
		return at(in, keys...)
	case axis == "term":
		due := dayOf(word(m, "due"))
		if due == 0 {
			return at(in, "")
		}
		for _, most := range []int{7, 15, 31, 92, 183} {
			if due-dayOf(word(m, "occurred")) <= most {
				return at(in, fmt.Sprint(most))
			}
		}
		return at(in, "more")
	}
	return text(axis)
}

// lead is the main department.
func lead(m telling) string {
	if units := many(m, "units"); len(units) > 0 {
		return units[0].(string)
	}
	return ""
}

// timed gives the place of a part of time by what it is called.
func timed(axis, called string, in stretch) string {
	for _, p := range parts(axis, in) {
		from, to := time.Unix(int64(p.in.from)*86400, 0).UTC(), time.Unix(int64(p.in.to)*86400, 0).UTC()
		y, m, half := from.Year(), int(from.Month()), map[bool]string{true: "上", false: "下"}[from.Month() < 7]
		names := []string{from.Format("2006年1月"), fmt.Sprintf("%d年第%d季度", y, (m+2)/3), fmt.Sprintf("%d年%s半年", y, half), from.Format("2006年")}
		names = append(names, from.Format("2006年1月2日"), from.Format("2006年1月2日")+to.Format("至2日"), from.Format("2006年1月2日")+to.Format("至1月2日"),
			from.Format("2006年1月2日")+to.Format("至2006年1月2日"))
		if slices.Contains(names, called) {
			return p.key
		}
	}
	return "? " + called
}

// codes are those of all indicators.
var codes = append(slices.Clone(ofSessions), strings.Fields("carried collected cases citizens late led onSpot outOfScope accepted responded responseRate closed closedOf "+
	"closedRate open moved overdue handled days assigned returned returnRate due answeredOf answerRate dueClosed inTime lateClosed inTimeRate answered "+
	"finished solved solvedRate rated ratedOf ratedRate satisfied satisfiedRate dissatisfied dissatisfiedRate redone redoneRate promised keptOf kept "+
	"keptRate suggested")...)

// ofSessions is what tells of them.
var ofSessions = strings.Fields("sessions planned cancelled empty deputies persons seated coverage people visits homes activities attended")

// differs names the numbers of a report that are not what was added up.
func (l *lists) differs(report telling, axes []string) (wrong []string) {
	in := stretch{dayOf(word(report, "from")), dayOf(word(report, "to"))}
	want := l.cells(in, axes)
	about := lines(report, "indicators")
	check := func(key string, values telling) {
		c := want[key]
		if c == nil {
			c = &cell{}
		}
		for _, i := range about {
			code, over, under := word(i, "code"), word(i, "over"), word(i, "under")
			must, is := any(c.n[code]), values[code]
			if under != "" {
				if must = nil; c.n[under] != 0 {
					must = math.Round(c.n[over]/c.n[under]*1e6) / 1e6
				}
			}
			_, sits := values["sessions"].(float64)
			if is == nil && !sits && slices.Contains(ofSessions, code) { // the axes do not part them
				continue
			}
			if is != must {
				wrong = append(wrong, fmt.Sprintf("%s by %v: %s is %v, added up %v", key, axes, code, is, must))
			}
		}
		if c.n["carried"]+c.n["collected"] != c.n["closed"]+c.n["open"]+c.n["moved"] {
			wrong = append(wrong, fmt.Sprintf("%s by %v is out of balance: %v", key, axes, c.n))
		}
		delete(want, key)
	}
	check("total", report["total"].(telling))
	for _, row := range lines(report, "rows") {
		var keys []string
		for i, k := range many(row, "keys") {
			key := k.(string)
			if slices.Contains(times, axes[i]) {
				key = timed(axes[i], key, in)
			}
			keys = append(keys, key)
		}
		check("="+strings.Join(keys, "|"), row["values"].(telling))
	}
	for key, c := range want {
		if len(c.n) > 0 {
			wrong = append(wrong, fmt.Sprintf("no row %s by %v, added up %v", key, axes, c.n))
		}
	}
	return wrong
}
