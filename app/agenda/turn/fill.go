package turn

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/person"
	"lianluo.local/data/words"
)

// Evening is a session that deputies of a station are chosen for.
type Evening struct {
	Station  string
	Day      string // 2027-01-11
	From, To string // 19:30, 21:00
	Seats    int    // how many are chosen
	Fields   []string
	ID       string // tells evenings of one hour and station apart
}

// Sat is that somebody is called to a session, or was at one.
type Sat struct {
	Person        string // his ID
	Day, From, To string
	Receives      bool // it is a reception: it counts
}

// Choice is somebody who is chosen, and why: 今年 1 次，3 个月前，农业组.
type Choice struct {
	Person person.Person
	Why    string
}

// member is a deputy with what he does in the time that is planned.
type member struct {
	person.Person
	years map[string]int   // his receptions by years
	days  []string         // of his receptions
	busy  map[string][]Sat // by days
}

func (m *member) sits(s Sat) {
	if m.busy[s.Day] = append(m.busy[s.Day], s); !s.Receives {
		return
	}
	m.years[s.Day[:4]]++
	i, _ := slices.BinarySearch(m.days, s.Day)
	m.days = slices.Insert(m.days, i, s.Day)
}

// last is the day on which he received before a day, "" for never.
func (m *member) last(day string) string {
	if i, _ := slices.BinarySearch(m.days, day); i > 0 {
		return m.days[i-1]
	}
	return ""
}

// free says whether he may be called: he is in office, not on leave, and nowhere else at that hour.
func (m *member) free(day, from, to string) bool {
	return callable(m.Person, day) && !slices.ContainsFunc(m.busy[day], func(s Sat) bool { return Meet(s.From, s.To, from, to) })
}

// callable is person.Active, also of a leader who holds no mandate.
func callable(p person.Person, day string) bool {
	return p.Active(day) || p.Tier != "" && len(p.Mandates) == 0 && p.State == person.Here && !p.Away(day)
}

// Meet says whether two spans of one day have a time in common; who does not say when it begins or ends has all of it.
func Meet(from, to, other, until string) bool {
	return from < cmp.Or(until, "24:00") && other < cmp.Or(to, "24:00")
}

// members are people by their IDs, with what they do.
func members(people []person.Person, taken []Sat) map[string]*member {
	all := map[string]*member{}
	for _, p := range people {
		all[p.ID] = &member{Person: p, years: map[string]int{}, busy: map[string][]Sat{}}
	}
	for _, s := range taken {
		if m := all[s.Person]; m != nil && len(s.Day) == len(time.DateOnly) {
			m.sits(s)
		}
	}
	return all
}

// Fill chooses deputies for evenings, one list for each, in their order: of those who are grouped to the station and may
// be called whoever received least often that year, then longest ago, then whose field it is, then who stands first
// on the roster. Nobody is called to two places at one time. Fewer are chosen where there are not more.
func Fill(evenings []Evening, people []person.Person, taken []Sat) [][]Choice {
	all := members(people, taken)
	pools := map[string][]*member{}
	for _, m := range all {
		for _, s := range m.Seats {
			pools[s.Station] = append(pools[s.Station], m)
		}
	}
	for _, pool := range pools {
		slices.SortFunc(pool, func(a, b *member) int { return listed(a.Person, b.Person) })
	}
	order := make([]int, len(evenings))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return before(evenings[i], evenings[j]) })
	chosen := make([][]Choice, len(evenings))
	var round []turn
	for _, i := range order {
		e := evenings[i]
		round = round[:0]
		for _, m := range pools[e.Station] {
			if m.free(e.Day, e.From, e.To) {
				round = append(round, turn{m, m.years[e.Day[:4]], m.last(e.Day), m.field(e.Fields)})
			}
		}
		slices.SortStableFunc(round, turn.compare)
		for _, t := range round[:min(len(round), e.Seats)] {
			chosen[i] = append(chosen[i], Choice{t.Person, t.why(e.Day)})
			t.sits(Sat{t.ID, e.Day, e.From, e.To, true})
		}
	}
	return chosen
}

// listed is the order of the roster: by the highest level that somebody holds, then by name.
func listed(a, b person.Person) int {
	rank := func(p person.Person) int {
		if held := p.Held(); len(held) > 0 {
			return slices.IndexFunc(words.Levels, func(w words.Word) bool { return w.Code == held[0].Level })
		}
		return len(words.Levels)
	}
	return cmp.Or(rank(a)-rank(b), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}

func before(a, b Evening) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.From, b.From), cmp.Compare(a.Station, b.Station), cmp.Compare(a.ID, b.ID))
}

// turn is what speaks for a deputy on an evening.
type turn struct {
	*member
	times int
	last  string
	field string
}

func (t turn) compare(other turn) int {
	fits := func(t turn) int {
		if t.field == "" {
			return 1
		}
		return 0
	}
	return cmp.Or(t.times-other.times, cmp.Compare(t.last, other.last), fits(t)-fits(other))
}

// field is that of his fields which an evening is about, "" for none.
func (m *member) field(fields []string) string {
	for _, f := range fields {
		if slices.Contains(m.Fields, f) {
			return f
		}
	}
	return ""
}

func (t turn) why(day string) string {
	said := []string{"今年还没有"}
	if t.times > 0 {
		said[0] = fmt.Sprintf("今年 %d 次", t.times)
	}
	if t.last != "" {
		said = append(said, Ago(t.last, day))
	}
	if t.field != "" {
		said = append(said, strings.TrimSuffix(t.field, "组")+"组")
	}
	return strings.Join(said, "，")
}

// Ago says in words how long before a day another one is: 12 天前，3 个月前，2 年前.
func Ago(then, day string) string {
	a, _ := time.Parse(time.DateOnly, then)
	b, _ := time.Parse(time.DateOnly, day)
	months := (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
	if b.Day() < a.Day() {
		months--
	}
	switch {
	case months >= 24:
		return fmt.Sprintf("%d 年前", months/12)
	case months >= 1:
		return fmt.Sprintf("%d 个月前", months)
	}
	return fmt.Sprintf("%d 天前", int(b.Sub(a)/(24*time.Hour)))
}
