package suggestion

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// tell keeps the text of an act and gives the mark by which it is found, which everybody counts alike.
func (s *Suggestion) tell(text string) (mark string) {
	s.Marks++
	mark = strconv.Itoa(s.Marks)
	if text != "" {
		s.Texts = with(s.Texts, mark, text)
	}
	return mark
}

func with[V any](m map[string]V, key string, v V) map[string]V {
	m = maps.Clone(m)
	if m == nil {
		m = map[string]V{}
	}
	m[key] = v
	return m
}

// name keeps who some keys are.
func (s *Suggestion) name(names map[string]Who) {
	if len(s.Who)+len(names) > 2*most { // signers, and units
		return
	}
	all := maps.Clone(s.Who)
	if all == nil {
		all = map[string]Who{}
	}
	maps.Copy(all, names)
	s.Who = all
}

// hear keeps who some keys are, and what the suggestion says, where an entry says it again to those who come to hear of it.
func (s *Suggestion) hear(b Told) {
	if s.name(b.Names); b.Wording != nil {
		s.Wording = *b.Wording
	}
	if s.Salt == "" {
		s.Salt = b.Salt
	}
}

// step begins the clock of the next step.
func (s *Suggestion) step(on, term string) { s.Since, s.Term = on, term }

func draft(s *Suggestion, r journal.Record) ([]string, string, error) {
	var first Opening
	if err := json.Unmarshal(r.Body, &first); err != nil {
		return nil, "", err
	}
	s.Bare = first.Wording != nil
	thing.Hear(r, &first.Told)
	code, ok := unit.Parse(first.Office)
	switch {
	case !ok || code != first.Office || code != r.Unit && !unit.Above(code, r.Unit) && !unit.Above(r.Unit, code):
		return nil, "", fmt.Errorf("a suggestion by %s for %q", r.Unit, first.Office)
	case first.Via != "" && !unit.Above(first.Via, r.Unit):
		return nil, "", errors.New("a table that reports to none above it")
	case !has(words.Proposals, first.Kind) || !has(words.Levels, first.Level):
		return nil, "", fmt.Errorf("a %q to a congress %q", first.Kind, first.Level)
	case len(first.Matters) > most || len(first.Signers) > most || len(first.Units) > most:
		return nil, "", errors.New("too many at once")
	case slices.ContainsFunc(first.Units, func(u Unit) bool { return u.Code != "" }): // whom its office names
		return nil, "", errors.New("a table that hands it on")
	}
	if err := first.days(); err != nil {
		return nil, "", err
	}
	s.ID, s.Unit, s.Via, s.Office, s.Facts, s.Before = r.Thing, r.Unit, first.Via, first.Office, first.Facts, first.Before
	if first.Wording != nil {
		s.Wording = *first.Wording
	}
	s.Untouched, s.Salt = first.Untouched, first.Salt
	s.name(first.Names)
	if err := errors.Join(s.gather(first.Matters), s.sign(first.proposers())); err != nil {
		return nil, "", err
	}
	switch first.Becomes {
	case None:
	case Submitted:
		s.State, s.Up, s.Submitted = Submitted, true, first.On
	case Assigned, Answered:
		if first.Becomes == Answered && (first.Answer == nil || first.Answer.Class < 1 || first.Answer.Class > 8) {
			return nil, "", errors.New("answered without an answer")
		}
		s.State, s.Up, s.Submitted, s.Accepted = first.Becomes, true, first.On, first.On
		s.Handed, s.FirstHand, s.Due, s.FirstDue, s.Round = first.On, first.On, first.Due, first.Due, 1
		s.step(first.On, first.Due)
		if err := s.hand(first.On, first.Units); err != nil {
			return nil, "", err
		}
		if s.State == Answered && !slices.ContainsFunc(s.Mains(), func(u Unit) bool { return u.Key == first.Answer.Unit }) {
			return nil, "", errors.New("an answer of nobody who has it")
		}
		if a := first.Answer; s.State == Answered {
			for i := range s.Units {
				if u := &s.Units[i]; !u.Help {
					u.Signed, u.Answered = first.On, a.On
				}
			}
			s.Answers = []Answer{{Unit: a.Unit, Round: 1, On: a.On, Class: a.Class, Number: a.Number, Mark: s.tell(first.Text)}}
		}
	default:
		return nil, "", fmt.Errorf("a suggestion that becomes %d", first.Becomes)
	}
	return nil, first.title(), nil
}

// gather sets the matters that it grew from.
func (s *Suggestion) gather(links []Link) error {
	ids := map[string]bool{}
	for _, l := range links {
		if l.ID == "" || ids[l.ID] || unit.LevelOf(l.Station) != journal.Station || l.Via != "" && !unit.Above(l.Via, l.Station) {
			return fmt.Errorf("a matter %q of %q", l.ID, l.Station)
		}
		ids[l.ID] = true
	}
	s.Matters = links
	return nil
}

func change(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	was := s.Facts
	var names []string
	for _, code := range b.Fields {
		f, known := Fields.Field(code)
		known = known && f.Correctable || code == "signers" || code == "matters"
		if !known || s.State > Inviting && (code == "confidential" || code == "signers") {
			return nil, "", fmt.Errorf("%s stays", code)
		}
		names = append(names, name(code))
	}
	changed := func(code string) bool { return slices.Contains(b.Fields, code) }
	if err := json.Unmarshal(r.Body, &s.Facts); err != nil {
		return nil, "", err
	}
	for code, undo := range map[string]func(){"kind": func() { s.Kind = was.Kind }, "level": func() { s.Level = was.Level },
		"congress": func() { s.Congress = was.Congress }, "held": func() { s.Held = was.Held }, "public": func() { s.Public = was.Public },
		"confidential": func() { s.Confidential = was.Confidential }, "origin": func() { s.Origin = was.Origin },
		"original": func() { s.Original = was.Original }} {
		if !changed(code) {
			undo()
		}
	}
	if !has(words.Proposals, s.Kind) || !has(words.Levels, s.Level) {
		return nil, "", fmt.Errorf("a %q to a congress %q", s.Kind, s.Level)
	}
	if b.Wording != nil { // in it stands what is said, and nothing else
		next := s.Wording
		for code, set := range map[string]func(){"title": func() { next.Title = b.Title }, "category": func() { next.Category = b.Category },
			"facts": func() { next.Case = b.Case }, "proposal": func() { next.Proposal = b.Proposal },
			"wanted": func() { next.Wanted = b.Wanted }, "delegation": func() { next.Delegation = b.Delegation }} {
			if changed(code) {
				set()
			}
		}
		s.Wording = next
	}
	if changed("title") || changed("facts") || changed("proposal") {
		s.Untouched = b.Untouched
	}
	s.name(b.Names)
	var wrong []error
	if changed("matters") {
		wrong = append(wrong, s.gather(b.Matters))
	}
	if changed("signers") {
		wrong = append(wrong, s.resign(b.Signers))
	}
	return b.Fields, thing.Join(strings.Join(names, "、"), b.Text), errors.Join(wrong...)
}

func submit(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	s.hear(b.Told)
	s.Up, s.Submitted = true, b.on(r)
	s.step(s.Submitted, b.Term)
	return []string{thing.State}, b.Text, nil
}

// share lets stations hear of it, and says who those are of whom its table knew the name alone.
func share(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	s.name(b.Names)
	return nil, "", s.invited(r, b.Guests)
}

// invited lets more units hear of it.
func (s *Suggestion) invited(r journal.Record, more []Guest) error {
	for _, g := range more {
		if !unit.Above(r.Unit, g.Station) || g.Via != "" && !unit.Above(g.Via, g.Station) {
			return fmt.Errorf("%s hears of it: %w", g.Station, thing.ErrNotYours)
		}
		if !slices.Contains(s.Guests, g) {
			s.Guests = append(slices.Clip(s.Guests), g)
		}
	}
	if len(s.Guests) > most {
		return errors.New("too many hear of it")
	}
	return nil
}
