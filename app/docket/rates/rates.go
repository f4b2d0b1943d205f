// Package rates counts what became of deputies' suggestions: how many were answered, in time, after a talk, how many are
// solved, which promises were kept, and what those who signed say of it. Each rate says in words what was divided by what,
// so that two counties can be compared at all.
//
//	f := rates.Of(tallies, "2027-12-31", profile.Letters)
//
// It is pure: the day is given, and the same suggestions always give the same figures, in one pass over them.
package rates

import (
	"cmp"
	"slices"

	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

// Rate is one: so many of so many, and how both were counted.
type Rate struct {
	Code, Name, Formula string
	Part, Whole         int
}

// Value is the rate between 0 and 1; false where nothing was counted.
func (r Rate) Value() (float64, bool) {
	if r.Whole == 0 {
		return 0, false
	}
	return float64(r.Part) / float64(r.Whole), true
}

// Unit is what one unit had to do with suggestions: how many it had to answer or to help with, how many of either it did,
// and how many of those that it answered were rated how (words.Verdicts, in their order), for work and for result.
type Unit struct {
	Key            string // what it is called stands among the words of suggestions
	Main, Help     int
	Answered, Gave int
	Work, Result   [4]int
}

// Figures are all that a list of suggestions adds up to.
type Figures struct {
	Sum
	Rates []Rate
	Units []Unit // those with the most to answer first
}

// Sum is how many there are, and how many of them are what.
type Sum struct {
	All              int // but those that were withdrawn or entered by mistake
	Session, Between int
	Motions          int
	Joined, Refused  int
	Key              int // 重点督办
	Handed           int // handed to units; of these the rates tell
	Deputies         int // who signed one or more
}

// The rates, in the order in which they are told: code, name and formula.
var told = [...][3]string{
	{"answered", "答复率", "已答复的件数÷交办的件数"},
	{"inTime", "按期答复率（含延期）", "在期限内答复的件数÷应答复的件数；应答复＝已答复和期限已到的，期限按批准的延期和暂停计算"},
	{"inTimeFirst", "按期答复率（不含延期）", "在原定期限内答复的件数÷应答复的件数；期限不算延期"},
	{"met", "面商率", "有面商记录的已答复件数÷已答复的件数"},
	{"solved", "A类率", "答复类别为A的件数÷已答复的件数；类别以核定的为准，分办的以办得最少的为准"},
	{"done", "落实率", "A类件数与承诺全部兑现的件数之和÷已答复的件数"},
	{"kept", "承诺落实率", "按承诺期限兑现的承诺数÷到期和已兑现的承诺数"},
	{"returned", "征询表收回率", "收回征询意见表的件数÷已送达答复的件数"},
	{"satisfied", "满意率（收回口径）", "对办理结果满意、基本满意的件数÷收回征询意见表的件数；以最后一次评价为准"},
	{"satisfiedAll", "满意率（送达口径）", "对办理结果满意、基本满意的件数÷已送达答复的件数"},
	{"fully", "满意率（不含基本满意）", "对办理结果满意的件数÷收回征询意见表的件数"},
	{"firstTime", "首次满意率", "第一次评价对办理结果满意、基本满意的件数÷作过第一次评价的件数；重办以后改变的不算"},
}

// Count is a count that goes on: suggestions are added one by one, and none is kept.
type Count struct {
	sum      Sum
	today    string
	letters  [9]string
	parts    map[string]*[2]int
	units    map[string]*Unit
	deputies map[string]bool
}

// On begins a count of suggestions as they stand on a day (2027-12-31). letters are what the county prints for the classes
// 1–9.
func On(today string, letters [9]string) *Count {
	c := &Count{today: today, letters: letters, parts: map[string]*[2]int{}, units: map[string]*Unit{}, deputies: map[string]bool{}}
	for _, r := range told {
		c.parts[r[0]] = &[2]int{}
	}
	return c
}

// Of counts all of a list.
func Of(list []suggestion.Tally, today string, letters [9]string) Figures {
	c := On(today, letters)
	for _, t := range list {
		c.Add(t)
	}
	return c.Figures()
}

func (c *Count) rate(code string, part bool) {
	p := c.parts[code]
	if p[1]++; part {
		p[0]++
	}
}

// Add counts one more.
func (c *Count) Add(t suggestion.Tally) {
	if t.State == suggestion.Withdrawn || t.State == suggestion.Void {
		return
	}
	c.sum.add(t)
	for _, key := range t.Signers {
		c.deputies[key] = true
	}
	if t.Handed == "" || t.State == suggestion.Joined || t.State == suggestion.Refused {
		return
	}
	c.sum.Handed++
	on := t.Answered
	c.rate("answered", on != "")
	if on != "" || t.Due != "" && t.Due < c.today {
		c.rate("inTime", on != "" && (t.Due == "" || on <= t.Due))
		c.rate("inTimeFirst", on != "" && (t.FirstDue == "" || on <= t.FirstDue))
	}
	kept := len(t.Promises) > 0
	for _, p := range t.Promises {
		if p.Kept != "" || p.By < c.today {
			c.rate("kept", p.Kept != "" && p.Kept <= p.By)
		}
		kept = kept && p.Kept != ""
	}
	if on != "" {
		a := t.Class > 0 && t.Class <= len(c.letters) && c.letters[t.Class-1] == c.letters[0]
		c.rate("met", t.Met)
		c.rate("solved", a)
		c.rate("done", a || kept)
	}
	if t.Last.Work != "" || t.State == suggestion.Delivered {
		c.rate("returned", t.Last.Back)
		c.rate("satisfiedAll", content(t.Last))
	}
	if t.Last.Back {
		c.rate("satisfied", content(t.Last))
		c.rate("fully", t.Last.Result == "satisfied")
	}
	if t.First.Back {
		c.rate("firstTime", content(t.First))
	}
	c.each(t)
}

// Figures are what was counted so far.
func (c *Count) Figures() Figures {
	f := Figures{Sum: c.sum}
	f.Deputies = len(c.deputies)
	for _, r := range told {
		f.Rates = append(f.Rates, Rate{r[0], r[1], r[2], c.parts[r[0]][0], c.parts[r[0]][1]})
	}
	for _, u := range c.units {
		f.Units = append(f.Units, *u)
	}
	slices.SortFunc(f.Units, func(a, b Unit) int {
		return cmp.Or(cmp.Compare(b.Main, a.Main), cmp.Compare(b.Help, a.Help), cmp.Compare(a.Key, b.Key))
	})
	return f
}

func (f *Sum) add(t suggestion.Tally) {
	f.All++
	for _, x := range []struct {
		is bool
		n  *int
	}{{t.Held != "between", &f.Session}, {t.Held == "between", &f.Between}, {t.Kind == "motion", &f.Motions}, {t.State == suggestion.Joined, &f.Joined},
		{t.State == suggestion.Refused, &f.Refused}, {t.Key, &f.Key}} {
		if x.is {
			*x.n++
		}
	}
}

func content(v suggestion.Verdict) bool { return v.Result == "satisfied" || v.Result == "basically" }

// each counts a suggestion for each of its units.
func (c *Count) each(t suggestion.Tally) {
	for _, u := range t.Units {
		sum := c.units[u.Key]
		if sum == nil {
			sum = &Unit{Key: u.Key}
			c.units[u.Key] = sum
		}
		did := 0
		if u.Did {
			did = 1
		}
		if u.Help {
			sum.Help, sum.Gave = sum.Help+1, sum.Gave+did
			continue
		}
		sum.Main, sum.Answered = sum.Main+1, sum.Answered+did
		if u.Did && t.Last.Work != "" {
			sum.Work[verdict(t.Last.Work)]++
			sum.Result[verdict(t.Last.Result)]++
		}
	}
}

// verdict is the place of a rating among those there are; what nobody knows is none.
func verdict(code string) int {
	for i, w := range words.Verdicts {
		if w.Code == code {
			return i
		}
	}
	return len(words.Verdicts) - 1
}
