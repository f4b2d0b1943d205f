package turn

import (
	"cmp"
	"fmt"
	"slices"

	"lianluo.local/data/person"
)

// Visit is that a leader goes to a station, or is to go.
type Visit struct {
	Leader  string // his ID
	Station string
	Day     string
}

// Sent is a leader who is sent to a station on a slot, and why there.
type Sent struct {
	Leader  person.Person
	Station string
	Slot    Slot
	Why     string
}

// Round sends each leader once a month to a station, on the days of a rule: those of a month take its days in turn. Who
// may not be called on his day takes another of the month; who has none is left out (Missed), and the next in turn goes
// where he would have gone. Each goes on to the next station in the order of their codes, to none twice before he was at
// all, and where he may choose to one to which nobody else goes that month. Visits of before count; whoever has one in a
// month is sent no more.
func Round(leaders []person.Person, stations []string, slots []Slot, from, to string, visits []Visit, taken []Sat) (sent []Sent, missed []Missed) {
	if len(stations) == 0 || len(leaders) == 0 {
		return nil, nil
	}
	stations = slices.Compact(slices.Sorted(slices.Values(stations)))
	place := map[string]int{}
	for i, s := range stations {
		place[s] = i
	}
	leaders = slices.SortedFunc(slices.Values(leaders), listed)
	all := members(leaders, taken)
	goes := map[string]*way{}
	for i, l := range leaders {
		goes[l.ID] = &way{at: i - 1 + len(stations), times: map[string]int{}, last: map[string]string{}, months: map[string]bool{}}
	}
	went := map[string]map[string]int{} // how many go to a station, by months
	note := func(v Visit, month string) {
		if went[month] == nil {
			went[month] = map[string]int{}
		}
		went[month][v.Station]++
		if w := goes[v.Leader]; w != nil {
			w.goes(v, month, place)
		}
	}
	for _, v := range slices.SortedFunc(slices.Values(visits), func(a, b Visit) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Leader, b.Leader), cmp.Compare(a.Station, b.Station))
	}) {
		note(v, v.Day[:7])
	}
	slots = slices.SortedFunc(slices.Values(slots), func(a, b Slot) int { return cmp.Compare(a.Rule, b.Rule) })
	for len(slots) > 0 {
		month := slots[0].Rule[:7]
		n := 0
		for n < len(slots) && slots[n].Rule[:7] == month {
			n++
		}
		for i, l := range leaders {
			w := goes[l.ID]
			if w.months[month] {
				continue
			}
			slot, ok := all[l.ID].day(slots[:n], i, from, to)
			if !ok {
				missed = append(missed, Missed{l, month})
				continue
			}
			v := Visit{l.ID, w.next(stations, went[month]), slot.Rule}
			sent = append(sent, Sent{l, v.Station, slot, w.why(v.Station, slot.Day)})
			note(v, month)
			all[l.ID].sits(Sat{l.ID, slot.Day, from, to, true})
		}
		slots = slots[n:]
	}
	return sent, missed
}

// Missed is a leader who can go to no station in a month.
type Missed struct {
	Leader person.Person
	Month  string // 2027-01
}

// day is the first of some slots, from the i-th on, on which somebody may be called.
func (m *member) day(slots []Slot, i int, from, to string) (Slot, bool) {
	for k := range slots {
		if s := slots[(i+k)%len(slots)]; m.free(s.Day, from, to) {
			return s, true
		}
	}
	return Slot{}, false
}

// way is where a leader has been.
type way struct {
	at     int               // the ordinal of the station where he was last
	times  map[string]int    // how often he was at a station
	last   map[string]string // on which day he was there last
	months map[string]bool   // in which he goes
}

func (w *way) goes(v Visit, month string, place map[string]int) {
	if i, known := place[v.Station]; known {
		w.at = i
	}
	w.times[v.Station]++
	w.last[v.Station], w.months[month] = v.Day, true
}

// next is the station to which he goes when others go to some already.
func (w *way) next(stations []string, taken map[string]int) string {
	best := ""
	for i := range stations {
		s := stations[(w.at+1+i)%len(stations)]
		if best == "" || cmp.Or(w.times[s]-w.times[best], taken[s]-taken[best]) < 0 {
			best = s
		}
	}
	return best
}

func (w *way) why(station, day string) string {
	if w.times[station] == 0 {
		return "按次序轮到，没有到过这个站"
	}
	return fmt.Sprintf("按次序轮到，到过 %d 次，%s", w.times[station], Ago(w.last[station], day))
}
