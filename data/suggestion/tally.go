package suggestion

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Tally is what one has to know of a suggestion to count it, no word among it, so that a hundred thousand are counted
// without reading what they say. A list keeps it as text (String).
type Tally struct {
	State      State
	Kind, Held string
	Key        bool
	Handed     string // the first time
	Due        string // by when the first answer was due, with what was granted and the time that no clock counted
	FirstDue   string // as it was at first
	Answered   string // when all who had to answer first did, "" while one did not
	Class      int    // of the last round that was answered, the least done of several
	Met        bool   // somebody talked with those who signed
	Promises   []Promise
	First      Verdict // what they said first
	Last       Verdict // and what they say now
	Units      []Counted
	Signers    []string // the keys of those who signed
}

// Verdict is a rating as it is counted; the zero one is none.
type Verdict struct {
	Work, Result string
	Back         bool // a form came back: somebody said something, or there is a paper on which he said nothing
}

// Counted is a unit of one: Did says whether it answered, or, a helper, gave its opinion.
type Counted struct {
	Key       string
	Help, Did bool
}

// Tally gives what is counted of it.
func (s *Suggestion) Tally() Tally {
	t := Tally{State: s.State, Kind: s.Kind, Held: s.Held, Key: s.Key, Handed: s.FirstHand, Due: s.firstDue(), FirstDue: s.FirstDue,
		Answered: s.answeredOn(), Met: len(s.Contacts) > 0, Last: verdict(s.Rating())}
	for i, r := range s.Ratings { // of several at first, that which found it wanting
		if i == 0 || r.Round == 1 && !r.Again && !r.Content() {
			t.First = verdict(r)
		}
	}
	for _, p := range s.Promises {
		t.Promises = append(t.Promises, Promise{By: p.By, Kept: p.Kept})
	}
	round := 0
	for _, a := range s.Answers {
		if a.Back || a.Again {
			continue
		}
		if a.Round > round {
			round, t.Class = a.Round, 0
		}
		t.Class = max(t.Class, a.As())
	}
	for _, u := range s.Units {
		did := u.Helped != ""
		if !u.Help {
			did = slices.ContainsFunc(s.Answers, func(a Answer) bool { return a.Unit == u.Key && !a.Back })
		}
		t.Units = append(t.Units, Counted{s.UnitKey(u), u.Help, did})
	}
	for _, g := range s.Signed() {
		t.Signers = append(t.Signers, s.alike(g.Key))
	}
	return t
}

func verdict(r Rating) Verdict {
	return Verdict{r.Work, r.Result, r.On != "" && (r.Work != "none" || r.Result != "none" || r.Paper != "")}
}

// answeredOn is the day on which all who had to answer the first time did.
func (s *Suggestion) answeredOn() (on string) {
	if s.Round <= 1 && slices.ContainsFunc(s.Units, func(u Unit) bool { return !u.Help && u.Answered == "" }) {
		return ""
	}
	for _, a := range s.Answers {
		if a.Round <= 1 && !a.Again && !a.Back {
			on = max(on, a.On)
		}
	}
	return on
}

// firstDue is by when the first answer was due. Where it was handed on anew, with another term, it is worked out from what
// was granted before.
func (s *Suggestion) firstDue() string {
	by := date(s.FirstDue)
	if s.Round <= 1 || by.IsZero() {
		return s.Due
	}
	for _, p := range s.Pauses {
		if from, to := date(p.From), date(p.To); !from.IsZero() && !to.IsZero() && p.To <= s.Handed {
			by = by.Add(to.Sub(from))
		}
	}
	day := by.Format(time.DateOnly)
	for _, x := range s.Extensions {
		if x.Granted != "" && x.Granted <= s.Handed {
			day = max(day, x.To)
		}
	}
	return day
}

// tallied is how many parts a tally has as text.
const tallied = 15

// String is a tally as a list keeps it.
func (t Tally) String() string {
	word := func(s string) string { // a computer may write anything where a code belongs
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune("|,:", r) {
				return -1
			}
			return r
		}, s)
	}
	flag := func(b bool) string { return map[bool]string{true: "1"}[b] }
	said := func(v Verdict) string { return word(v.Work) + ":" + word(v.Result) + ":" + flag(v.Back) }
	var promises, units, signers []string
	for _, p := range t.Promises {
		promises = append(promises, word(p.By)+":"+word(p.Kept))
	}
	for _, u := range t.Units {
		units = append(units, word(u.Key)+":"+flag(u.Help)+":"+flag(u.Did))
	}
	for _, s := range t.Signers {
		signers = append(signers, word(s))
	}
	return strings.Join([]string{strconv.Itoa(int(t.State)), word(t.Kind), word(t.Held), flag(t.Key), word(t.Handed), word(t.Due), word(t.FirstDue), word(t.Answered),
		strconv.Itoa(t.Class), flag(t.Met), strings.Join(promises, ","), said(t.First), said(t.Last), strings.Join(units, ","), strings.Join(signers, ",")}, "|")
}

// ParseTally reads what String wrote.
func ParseTally(text string) (t Tally, err error) {
	var p [tallied]string
	rest, more := text, true
	for i := range p {
		if !more {
			return t, fmt.Errorf("a tally of %d parts", i)
		}
		p[i], rest, more = strings.Cut(rest, "|")
	}
	state, err := strconv.Atoi(p[0])
	class, err2 := strconv.Atoi(p[8])
	if err != nil || err2 != nil || more {
		return t, fmt.Errorf("a tally %q", text)
	}
	t = Tally{State: State(state), Kind: p[1], Held: p[2], Key: p[3] != "", Handed: p[4], Due: p[5], FirstDue: p[6], Answered: p[7], Class: class, Met: p[9] != ""}
	t.Promises = items(p[10], func(by, kept, _ string) Promise { return Promise{By: by, Kept: kept} })
	said := func(work, result, back string) Verdict { return Verdict{work, result, back != ""} }
	for i, of := range []*Verdict{&t.First, &t.Last} {
		for _, v := range items(p[11+i], said) {
			*of = v
		}
	}
	t.Units = items(p[13], func(key, help, did string) Counted { return Counted{key, help != "", did != ""} })
	t.Signers = items(p[14], func(key, _, _ string) string { return key })
	return t, nil
}

// items reads a list, each item of up to three parts.
func items[T any](list string, item func(a, b, c string) T) []T {
	if list == "" {
		return nil
	}
	all := make([]T, 0, strings.Count(list, ",")+1)
	for part := range strings.SplitSeq(list, ",") {
		a, b, _ := strings.Cut(part, ":")
		b, c, _ := strings.Cut(b, ":")
		all = append(all, item(a, b, c))
	}
	return all
}

// UnitKey tells a unit apart in all suggestions.
func (s *Suggestion) UnitKey(u Unit) string {
	if u.Code != "" {
		return KeyOf(u.Code)
	}
	return s.alike(u.Key)
}
