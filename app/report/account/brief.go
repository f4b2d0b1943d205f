package account

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	gregorian "time"

	"lianluo.local/app/report"
	"lianluo.local/data/matter"
	"lianluo.local/data/thing"
)

// Brief is what a leader has to know of a week: 本周一张纸. Nobody is named in it who came to a station, and of what confidence
// was asked for there is nothing but that it is.
type Brief struct {
	Says         []Said
	Led          []Led
	Late         []Late
	Dissatisfied []Complaint
	Visits       []Visit
}

// Said is what people speak of: how often, whether more (1) or less (-1) than before, and that in words.
type Said struct {
	What, Count, Change string
	Up                  int
	Category            string // its code
}

// Led is a matter that a leader took on himself and that is not done: what it is, where it stands, how many days there are.
type Led struct {
	What, Leader, State, Days string
	Late                      bool
	ID                        string // of the matter
}

// Late is who has something overdue, how much, and since when at the longest; Key is the department's, "" for what went to none.
type Late struct{ Unit, Key, Count, Longest string }

// Complaint is what somebody is not satisfied with, and why.
type Complaint struct{ Unit, What, Words, ID string }

// Visit is a case worth a visit: what and why, where, and when deputies sit there next.
type Visit struct{ What, Why, Where, When, ID string }

// How many of each there are at most.
const (
	mostSaid   = 5
	mostLed    = 4
	mostOthers = 3
)

// Brief makes the brief of the reports that Asks asks for.
func (f Facts) Brief() (b Brief) {
	w := newWriter(f)
	b.Says = w.says()
	r := w.Reports[led]
	for _, m := range r.Items {
		if ended(m) || len(b.Led) == mostLed {
			continue
		}
		days, late := w.left(m)
		b.Led = append(b.Led, Led{m.Title, m.Leader, m.State.String(), days, late, m.ID})
	}
	b.Late = w.late()
	for _, m := range w.Reports[dissatisfied].Items {
		if words := m.Hidden(m.Complaint); words != "" && len(b.Dissatisfied) < mostOthers {
			b.Dissatisfied = append(b.Dissatisfied, Complaint{w.who(m), m.Title, words, m.ID})
		}
	}
	b.Visits = w.visits()
	return b
}

// late are those who have most overdue: departments, and in one line the offices, stations and leaders who have what went to none.
func (w *writer) late() (list []Late) {
	rows := slices.Clone(w.Reports[departments].Rows)
	sortBy(rows, "overdue")
	for _, row := range rows {
		n := number(row, "overdue")
		if n == 0 || len(list) == mostOthers {
			break
		}
		longest, names := 0, []string{}
		for _, m := range w.Reports[overdue].Items {
			if key := append(slices.Clone(m.Units), "")[0]; key == row.Keys[0] {
				longest = max(longest, Lateness(w.Reports[overdue], m))
				if who := w.who(m); !slices.Contains(names, who) {
					names = append(names, who)
				}
			}
		}
		x := Late{Unit: label(row), Key: row.Keys[0], Count: strconv.Itoa(n) + "件次"}
		if x.Key == "" && len(names) > 0 {
			if x.Unit = strings.Join(names[:min(len(names), 2)], "、"); len(names) > 2 {
				x.Unit += "等" + strconv.Itoa(len(names)) + "个"
			}
		}
		if longest > 0 {
			x.Longest = "最久的超期" + strconv.Itoa(longest) + "天"
		}
		list = append(list, x)
	}
	return list
}

// ended says whether nothing more is to come of a matter.
func ended(m report.Item) bool { return m.Tally().Outcome != matter.Pending }

// left is how many days there still are for a matter, as of the day on which the brief is written.
func (w *writer) left(m report.Item) (said string, late bool) {
	r := w.Reports[led]
	limit := m.Limit()
	if limit == "" {
		return "", false
	}
	switch n := thing.Days(limit) - thing.DaysAt(r.AsOf); {
	case n < 0:
		return "超期" + strconv.Itoa(-n) + "天", true
	case n == 0:
		return "今天到期", false
	default:
		return "还有" + strconv.Itoa(n) + "天", false
	}
}

// says are the five things of which people speak most; of one of which they did not speak before, that is said.
func (w *writer) says() (list []Said) {
	rows := rank(w.Reports[categories].Rows, "collected")
	for _, row := range rows[:min(len(rows), mostSaid)] {
		n := number(row, "collected")
		_, name, cut := strings.Cut(label(row), " · ")
		if !cut {
			name = label(row)
		}
		s := Said{What: name, Count: strconv.Itoa(n) + "件次", Category: row.Keys[0]}
		if then, ok := w.before(categories, row, "collected"); ok {
			switch d := n - then; {
			case then == 0:
				s.Up, s.Change = 1, w.held[0].name+"没有人反映"
			case d > 0:
				s.Up, s.Change = 1, "比"+w.held[0].name+"多"+strconv.Itoa(d)+"件次"
			case d < 0:
				s.Up, s.Change = -1, "比"+w.held[0].name+"少"+strconv.Itoa(-d)+"件次"
			default:
				s.Change = "和" + w.held[0].name + "一样"
			}
		}
		list = append(list, s)
	}
	return list
}

// visits are the cases most worth a visit of those that are not done: with which somebody is dissatisfied, that are done
// again, late, urgent, or that many people raised.
func (w *writer) visits() (list []Visit) {
	type candidate struct {
		report.Item
		worth int
		why   []string
	}
	var all []candidate
	met := map[string]bool{}
	for _, n := range []int{dissatisfied, overdue, led} {
		for _, m := range w.Reports[n].Items {
			if met[m.ID] || ended(m) || m.Confidential {
				continue
			}
			met[m.ID] = true
			c := candidate{Item: m}
			add := func(is bool, worth int, why string) {
				if is {
					c.worth, c.why = c.worth+worth, append(c.why, why)
				}
			}
			add(m.Result == "unsatisfied", 100, "群众不满意")
			add(m.Redone > 0, 50*m.Redone, "重办"+strconv.Itoa(m.Redone)+"次")
			late := Lateness(w.Reports[overdue], m)
			add(late > 0, min(late, 60), "超期"+strconv.Itoa(late)+"天")
			add(m.Urgency == "critical", 40, "特急")
			add(m.People >= 5, min(m.People, 50), strconv.Itoa(m.People)+"人反映")
			if c.worth > 0 {
				all = append(all, c)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.worth, a.worth) })
	for _, c := range all[:min(len(all), mostOthers)] {
		station := ""
		if w.Over != nil {
			station = w.Over(c.Station)
		}
		v := Visit{What: c.Title, Why: strings.Join(c.why, "，"), Where: cmp.Or(c.Hidden(c.Place), station), When: "还没有排接待，请先和联络站约", ID: c.ID}
		for _, s := range w.Next {
			if s.Station == station && station != "" {
				v.When = dayOf(s.Day) + s.Begins + "在" + station + "有代表接待"
				break
			}
		}
		list = append(list, v)
	}
	return list
}

// dayOf is a day as it is said: 12月5日.
func dayOf(day string) string {
	at, err := gregorian.Parse(gregorian.DateOnly, day)
	if err != nil {
		return day
	}
	return at.Format("1月2日")
}
