// Package duty is the record of a deputy's duty (履职档案, form F13): what he did, derived from what is kept anyway, never typed.
// A reception, a round of visits or an activity counts where his name was ticked; what he did elsewhere, once somebody has
// confirmed it; of matters those that he guided, consulted on, took on or led; and the suggestions that he proposed. There
// are no points and no ranks.
//
//	r := duty.Of(p, nil, "2027-01-01", "2027-12-31", sessions, matters, suggestions)
package duty

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
	"lianluo.local/data/session"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

// Record is what somebody did from a day to another, both counted.
type Record struct {
	Person string         `json:"person"` // ID
	From   string         `json:"from"`
	To     string         `json:"to"`
	Items  []Item         `json:"items"`  // by day
	Counts map[string]int `json:"counts"` // by the codes of words.Duties, and "days": on how many different days
	Goals  []Goal         `json:"goals,omitempty"`
}

// Item is one thing that he did: the day, of words.Duties, in words, and the ID of the session or matter behind it.
type Item struct {
	Day  string `json:"day"`
	Kind string `json:"kind"`
	What string `json:"what"`
	ID   string `json:"id"`
}

// Goal is a quota of the county in a year: so many of a kind done of so many.
type Goal struct {
	Kind string `json:"kind"`
	Done int    `json:"done"`
	Of   int    `json:"of"`
}

// Of derives the record of a person, who has these other IDs too, from the sessions, matters and suggestions that name him
// among those given, in whatever order; matters name people by their IDs (matter.Persons).
func Of(p person.Person, also []string, from, to string, sessions []session.Session, matters []matter.Matter, suggestions []suggestion.Suggestion) Record {
	r := Record{Person: p.ID, From: from, To: to, Items: []Item{}, Counts: map[string]int{}}
	ids := append([]string{p.ID}, also...)
	put := func(day, kind, what, id string) {
		if day >= from && day <= to && kind != "" {
			r.Items = append(r.Items, Item{day, kind, what, id})
		}
	}
	for _, s := range sessions {
		for _, c := range s.Called {
			if s.Counts() && c.Came && slices.Contains(ids, c.Person()) {
				put(s.Day, kind(s), what(s, c), s.ID)
				break
			}
		}
	}
	gathered := map[string]bool{"": true}
	for _, s := range suggestions {
		gathered[s.ID], gathered[s.Before] = true, true
		if g, is := signed(s, ids); is {
			put(s.Submitted, "suggestion", proposed(s, g), s.ID)
		}
	}
	for _, m := range matters {
		is := func(name string) bool {
			return name != "" && slices.Contains(ids, m.Persons[name])
		}
		about := m.Number + " " + m.Title
		if m.Confidential {
			about = m.Number + " 保密件"
		}
		on := cmp.Or(m.Assigned, day(m.Occurred))
		switch {
		case m.State == matter.Void:
			continue
		case slices.ContainsFunc(m.Guides, is):
			put(on, map[string]string{"guide": "guided", "consult": "consulted"}[m.Mode], about, m.ID)
		}
		if is(m.Taker()) {
			put(on, "taken", about, m.ID)
		}
		if is(m.Leader) {
			put(on, "led", about, m.ID)
		}
		if !gathered[m.Suggestion] && slices.ContainsFunc(m.Proposers, is) {
			gathered[m.Suggestion] = true
			put(on, "suggestion", "代表建议“"+cmp.Or(m.Suggests, m.Title)+"”", m.Suggestion)
		}
	}
	slices.SortFunc(r.Items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), rank(a.Kind)-rank(b.Kind), cmp.Compare(a.ID, b.ID))
	})
	days := map[string]bool{}
	for _, it := range r.Items {
		r.Counts[it.Kind]++
		days[it.Day] = true
	}
	if len(days) > 0 {
		r.Counts["days"] = len(days)
	}
	return r
}

// signed gives the signature of somebody with one of some IDs under a suggestion that was handed in and not taken back.
func signed(s suggestion.Suggestion, ids []string) (suggestion.Signer, bool) {
	i := slices.IndexFunc(s.Signers, func(g suggestion.Signer) bool { return g.Signed != "" && slices.Contains(ids, s.Who[g.Key].Person) })
	if i < 0 || s.State == suggestion.Withdrawn || s.State == suggestion.Void {
		return suggestion.Signer{}, false
	}
	return s.Signers[i], true
}

// proposed is a suggestion as a record has it.
func proposed(s suggestion.Suggestion, g suggestion.Signer) string {
	what := words.Proposals.Name(s.Kind) + "“" + s.Title + "”"
	if s.Confidential {
		what = words.Proposals.Name(s.Kind) + "（保密件）"
	}
	if g.Lead {
		return "领衔" + what
	}
	return "附议" + what
}

// rank is the place of a kind among words.Duties.
func rank(kind string) int {
	return slices.IndexFunc(words.Duties, func(w words.Word) bool { return w.Code == kind })
}

func kind(s session.Session) string {
	if s.Kind == "activity" {
		return cmp.Or(s.Type, "other")
	}
	return s.Kind
}

// what is a session as a record has it: what it was about and where, who confirmed it, and what the deputy says against it.
func what(s session.Session, c session.Called) string {
	text := s.Title()
	if s.Place != "" {
		text += "，" + s.Place
	}
	if c.For != "" {
		text += "（代" + c.For + "）"
	}
	if s.Confirmer != "" {
		text += "（别处履职，已确认）"
	}
	for _, o := range s.Objects {
		if o.Key == c.Key {
			text += "（本人有异议：" + o.Note
			if o.Answer != "" {
				text += "；答复：" + o.Answer
			}
			text += "）"
		}
	}
	return strings.TrimPrefix(text, "，")
}

// beijing is the civil time of every station.
var beijing = time.FixedZone("CST", 8*60*60)

func day(t time.Time) string { return t.In(beijing).Format(time.DateOnly) }

// Whole says whether a stretch of days is a whole year, which goals are for.
func Whole(from, to string) bool {
	return len(from) == 10 && from[4:] == "-01-01" && to == from[:4]+"-12-31"
}

// Aims are how far the goals of a county for somebody's mandates are reached: the higher where there are two of one kind.
func (r Record) Aims(p person.Person, goals []profile.Goal) (list []Goal) {
	for _, g := range goals {
		if g.Level != "" && !slices.ContainsFunc(p.Held(), func(m person.Mandate) bool { return m.Level == g.Level }) {
			continue
		}
		i := slices.IndexFunc(list, func(had Goal) bool { return had.Kind == g.Kind })
		if i < 0 {
			i, list = len(list), append(list, Goal{Kind: g.Kind, Done: r.Counts[g.Kind]})
		}
		list[i].Of = max(list[i].Of, g.Times)
	}
	return list
}
