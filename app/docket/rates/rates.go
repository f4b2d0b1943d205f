// Package rates counts what became of deputies' suggestions: how many were answered, in time, after a talk, how many are
// solved, which promises were kept, and what those who signed say of it. Each rate says in words what was divided by what,
// so that two counties can be compared at all.
//
//	f := rates.Of(list, "2027-12-31", profile.Letters)
//
// It is pure: the day is given, and the same suggestions always give the same figures, in one pass over them.
package rates

import (
	"cmp"
	"slices"
	"time"

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
	Key, Name      string // the name is "" where no suggestion that names it is known here
	Main, Help     int
	Answered, Gave int
	Work, Result   [4]int
}

// Figures are all that a list of suggestions adds up to.
type Figures struct {
	Count  int // suggestions that were handed to units, those aside that were joined to others, withdrawn or void
	Joined int // suggestions that were joined to others
	Rates  []Rate
	Units  []Unit // those with the most to answer first
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

// Of counts suggestions as they stood on a day (2027-12-31). letters are what the county prints for the classes 1–9.
func Of(list []suggestion.Suggestion, today string, letters [9]string) Figures {
	var f Figures
	parts := map[string]*[2]int{}
	for _, r := range told {
		parts[r[0]] = &[2]int{}
	}
	count := func(code string, part bool) {
		parts[code][1]++
		if part {
			parts[code][0]++
		}
	}
	units := map[string]*Unit{}
	for i := range list {
		s := &list[i]
		switch {
		case s.State == suggestion.Joined:
			f.Joined++
			continue
		case s.FirstHand == "" || s.State == suggestion.Withdrawn || s.State == suggestion.Void || s.State == suggestion.Refused:
			continue
		}
		f.Count++
		on, first, due := Answered(s), s.FirstDue, due(s)
		count("answered", on != "")
		if on != "" || due != "" && due < today {
			count("inTime", on != "" && (due == "" || on <= due))
			count("inTimeFirst", on != "" && (first == "" || on <= first))
		}
		if on != "" {
			class := class(s)
			a := class > 0 && class <= len(letters) && letters[class-1] == letters[0]
			count("met", len(s.Contacts) > 0)
			count("solved", a)
			count("done", a || len(s.Promises) > 0 && len(s.Pending()) == 0)
		}
		for _, p := range s.Promises {
			if p.Kept != "" || p.By < today {
				count("kept", p.Kept != "" && p.Kept <= p.By)
			}
		}
		last := s.Rating()
		back := returned(last)
		if back || s.State == suggestion.Delivered || len(s.Ratings) > 0 {
			count("returned", back)
			count("satisfiedAll", content(last))
		}
		if back {
			count("satisfied", content(last))
			count("fully", last.Result == "satisfied")
		}
		if len(s.Ratings) > 0 && returned(s.Ratings[0]) {
			count("firstTime", content(s.Ratings[0]))
		}
		add(units, s, last)
	}
	for _, r := range told {
		f.Rates = append(f.Rates, Rate{r[0], r[1], r[2], parts[r[0]][0], parts[r[0]][1]})
	}
	for _, u := range units {
		f.Units = append(f.Units, *u)
	}
	slices.SortFunc(f.Units, func(a, b Unit) int {
		return cmp.Or(cmp.Compare(b.Main, a.Main), cmp.Compare(b.Help, a.Help), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
	return f
}

// Answered is the day on which all who had to answer first did; "" while one did not.
func Answered(s *suggestion.Suggestion) (on string) {
	if s.Round <= 1 && slices.ContainsFunc(s.Units, func(u suggestion.Unit) bool { return !u.Help && u.Answered == "" }) {
		return ""
	}
	for _, a := range s.Answers {
		if a.Round <= 1 && !a.Again && !a.Back {
			on = max(on, a.On)
		}
	}
	return on
}

// due is by when the first answer was due, with what was granted and the time that no clock counted.
func due(s *suggestion.Suggestion) string {
	if s.Round <= 1 {
		return s.Due
	}
	by, err := time.Parse(time.DateOnly, s.FirstDue)
	if err != nil {
		return s.FirstDue
	}
	again := s.Handed // it was handed on anew, and with it began another term
	for _, p := range s.Pauses {
		from, err := time.Parse(time.DateOnly, p.From)
		to, err2 := time.Parse(time.DateOnly, p.To)
		if err == nil && err2 == nil && p.To <= again {
			by = by.Add(to.Sub(from))
		}
	}
	day := by.Format(time.DateOnly)
	for _, x := range s.Extensions {
		if x.Granted != "" && x.Granted <= again {
			day = max(day, x.To)
		}
	}
	return day
}

// class is that of the last round that was answered, the least done of several.
func class(s *suggestion.Suggestion) (class int) {
	round := 0
	for _, a := range s.Answers {
		if a.Back || a.Again {
			continue
		}
		if a.Round > round {
			round, class = a.Round, 0
		}
		class = max(class, a.As())
	}
	return class
}

// returned says whether a form came back: somebody said something, or there is a paper on which he said nothing.
func returned(r suggestion.Rating) bool {
	return r.On != "" && (r.Work != "none" || r.Result != "none" || r.Paper != "")
}

func content(r suggestion.Rating) bool { return r.Result == "satisfied" || r.Result == "basically" }

// add counts a suggestion for each of its units.
func add(units map[string]*Unit, s *suggestion.Suggestion, last suggestion.Rating) {
	for _, u := range s.Units {
		sum := units[u.Key]
		if sum == nil {
			sum = &Unit{Key: u.Key}
			units[u.Key] = sum
		}
		if sum.Name == "" {
			sum.Name = s.Who[u.Key].Name
		}
		if u.Help {
			sum.Help++
			if u.Helped != "" {
				sum.Gave++
			}
			continue
		}
		sum.Main++
		did := slices.ContainsFunc(s.Answers, func(a suggestion.Answer) bool { return a.Unit == u.Key && !a.Back })
		if u.Answered == "" && !did {
			continue
		}
		sum.Answered++
		if last.On != "" {
			sum.Work[verdict(last.Work)]++
			sum.Result[verdict(last.Result)]++
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
