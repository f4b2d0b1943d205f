package suggestion

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

func register(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	if b.Number == "" {
		return nil, "", errors.New("no number")
	}
	was := s.Number
	s.Number = b.Number
	if s.State == Registered && s.Registered == "" {
		s.Registered = b.on(r)
		s.step(s.Registered, b.Term)
	} else if was != "" {
		return []string{"number"}, thing.Join(was+" 改为 "+b.Number, b.Text), nil
	}
	return []string{"number"}, thing.Join(b.Number, b.Text), s.invited(r, b.Guests)
}

func accept(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	s.Accepted, s.Into, s.IntoNumber, s.Ended = b.on(r), "", "", ""
	s.step(s.Accepted, b.Term)
	return []string{thing.State}, b.Text, nil
}

func join(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	if b.Into == "" || b.Into == s.ID {
		return nil, "", errors.New("joined to none, or to itself")
	}
	s.Into, s.IntoNumber, s.Ended = b.Into, b.IntoNum, b.on(r)
	s.step(s.Ended, "")
	return []string{thing.State}, thing.Join("并入 "+b.IntoNum, b.Text), nil
}

func refuse(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	s.Ended = b.on(r)
	s.step(s.Ended, "")
	return []string{thing.State}, b.Text, nil
}

// hand gives it to units. Who had it before and has it again keeps what he did.
func (s *Suggestion) hand(on string, units []Unit) error {
	var list []Unit
	mains, keys := 0, map[string]bool{}
	for _, u := range units {
		if u.Key == "" || keys[u.Key] {
			return fmt.Errorf("a unit %q", u.Key)
		}
		keys[u.Key] = true
		if u.Code != "" {
			if code, ok := unit.Parse(u.Code); !ok || code != u.Code || u.Code == s.Office || !unit.Above(s.Office, u.Code) {
				return fmt.Errorf("a unit %q", u.Code)
			}
		}
		fresh := Unit{Key: u.Key, Code: u.Code, Help: u.Help, On: on, Due: u.Due}
		if i := slices.IndexFunc(s.Units, func(had Unit) bool { return had.Key == u.Key && had.Help == u.Help }); i >= 0 {
			had := s.Units[i]
			fresh.On, fresh.Signed, fresh.Helped, fresh.Answered, fresh.Due = had.On, had.Signed, had.Helped, had.Answered, cmp.Or(had.Due, u.Due)
		}
		if !u.Help && fresh.Answered == "" {
			mains++
		}
		list = append(list, fresh)
	}
	if mains == 0 {
		return errors.New("nobody is to answer")
	}
	s.Units = list
	s.drop(func(unit string) bool {
		return !slices.ContainsFunc(list, func(u Unit) bool { return u.Key == unit && u.Answered != "" })
	})
	return nil
}

// drop says of units that what they answered is no answer any more, and nothing that they promised waits.
func (s *Suggestion) drop(gone func(unit string) bool) {
	s.Answers = slices.Clone(s.Answers)
	for i := range s.Answers {
		if a := &s.Answers[i]; a.Round == s.Round && gone(a.Unit) {
			a.Back = true
		}
	}
	s.Promises = slices.DeleteFunc(slices.Clone(s.Promises), func(p Promise) bool { return p.Kept == "" && gone(p.Unit) })
}

// unit gives one of those that handle it, by its key; "" for the one that has to answer alone.
func (s *Suggestion) unit(r journal.Record, key string) (at int, err error) {
	mains := s.Mains()
	if key == "" && len(mains) == 1 {
		key = mains[0].Key
	}
	at = slices.IndexFunc(s.Units, func(u Unit) bool { return u.Key == key })
	switch {
	case at < 0:
		return at, thing.ErrNotNow
	case r.Unit != s.Office && s.Units[at].Code != r.Unit: // for itself alone
		return at, fmt.Errorf("%s for another: %w", r.Unit, thing.ErrNotNow)
	}
	s.Units = slices.Clone(s.Units)
	return at, nil
}

func (s *Suggestion) handNote(b Said) string {
	var mains, helps []string
	for _, u := range s.Units {
		name := s.Who[u.Key].Name
		switch {
		case name == "":
		case u.Help:
			helps = append(helps, name)
		default:
			mains = append(mains, name)
		}
	}
	note := ""
	if mains != nil {
		note = "主办 " + strings.Join(mains, "、")
	}
	if helps != nil {
		note = thing.Join(note, "协办 "+strings.Join(helps, "、"))
	}
	return thing.Join(thing.Join(note, until(b.Due)), b.Text)
}

func assign(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	s.hear(b.Told)
	again := s.Round > 0 // it was returned, or others have it now: its term runs on where the office says nothing else
	if err := errors.Join(s.hand(b.on(r), b.Units), s.invited(r, b.Guests)); err != nil {
		return nil, "", err
	}
	if !again || b.Due != s.Due { // else the time of those who have it runs on
		s.Handed = b.on(r)
	}
	s.Hard, s.Due = b.Hard, b.Due
	if !again {
		s.FirstHand, s.FirstDue, s.Round = s.Handed, b.Due, 1
	}
	s.step(b.on(r), soonest(b.Term, s.Due))
	s.begin("")
	return []string{"units"}, s.handNote(b), nil
}

func sign(s *Suggestion, r journal.Record, b Said, i int) ([]string, string, error) {
	if s.Units[i].Signed != "" {
		return nil, "", thing.ErrNotNow
	}
	s.Units[i].Signed = b.on(r)
	s.begin(b.Term)
	return []string{"unit " + s.Units[i].Key}, thing.Join(s.Who[s.Units[i].Key].Name, b.Text), nil
}

// begin says that those who have to answer have it, where all of them signed. By term they have talked with the deputies
// (重庆), else by the day of the answer.
func (s *Suggestion) begin(term string) {
	if slices.ContainsFunc(s.Mains(), func(u Unit) bool { return u.Signed == "" }) {
		return
	}
	if s.State = InHand; s.met() {
		term = ""
	}
	s.step(s.Handed, cmp.Or(soonest(term, s.Due), s.Due))
}

// met says whether those who have it talked with the deputies since it was handed on.
func (s *Suggestion) met() bool {
	return slices.ContainsFunc(s.Contacts, func(c Contact) bool { return c.On >= s.Handed })
}

func giveBack(s *Suggestion, r journal.Record, b Said, i int) ([]string, string, error) {
	u := s.Units[i]
	if u.Answered != "" {
		return nil, "", thing.ErrNotNow
	}
	s.rest(b.on(r), b.Due)
	s.step(b.on(r), b.Term)
	s.Units[i].Signed = ""
	return []string{"units"}, thing.Join(s.Who[u.Key].Name, b.Text), nil
}

func ask(s *Suggestion, r journal.Record, b Said, i int) ([]string, string, error) {
	s.Requests = append(slices.Clip(s.Requests), Request{s.Units[i].Key, b.More, b.on(r), s.tell(b.Text)})
	what := "申请改办"
	if b.More {
		what = "申请增办"
	}
	return nil, thing.Join(s.Who[s.Units[i].Key].Name+what, b.Text), bounded(len(s.Requests))
}

func bounded(n int) error {
	if n > most {
		return errors.New("too many")
	}
	return nil
}

func meet(s *Suggestion, r journal.Record, b Said, i int) ([]string, string, error) {
	if !has(words.Contacts, b.Way) {
		return nil, "", fmt.Errorf("a contact %q", b.Way)
	}
	key := s.Units[i].Key
	s.Contacts = append(slices.Clip(s.Contacts), Contact{key, b.Way, b.on(r), s.tell(b.Text)})
	if s.State == InHand && s.met() {
		s.Term = max(s.Term, s.Due)
	}
	return nil, thing.Join(s.Who[key].Name+words.Contacts.Name(b.Way), b.Text), bounded(len(s.Contacts))
}

func help(s *Suggestion, r journal.Record, b Said, i int) ([]string, string, error) {
	if !s.Units[i].Help {
		return nil, "", thing.ErrNotNow
	}
	s.Units[i].Helped = b.on(r)
	key := s.Units[i].Key
	s.Opinions = append(slices.Clip(s.Opinions), Opinion{Unit: key, On: b.on(r), Number: cmp.Or(b.Letter, b.Number), Mark: s.tell(b.Text)})
	return []string{"unit " + key}, thing.Join(s.Who[key].Name, b.Text), bounded(len(s.Opinions))
}

// poor sends an opinion back: the unit gives another one by a day (重庆 article 20).
func poor(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
	i := slices.IndexFunc(s.Units, func(u Unit) bool { return u.Key == b.Unit && u.Help && u.Helped != "" })
	if i < 0 || !b.No {
		return nil, "", thing.ErrNotNow
	}
	s.Units, s.Opinions = slices.Clone(s.Units), slices.Clone(s.Opinions)
	s.Units[i].Helped, s.Units[i].Due = "", max(s.Units[i].Due, b.Term)
	for n := range s.Opinions {
		if s.Opinions[n].Unit == b.Unit {
			s.Opinions[n].Back = true
		}
	}
	return []string{"unit " + b.Unit}, thing.Join(s.Who[b.Unit].Name+"的会办意见退回", b.Text), nil
}

func reply(s *Suggestion, r journal.Record, b Said, i int) ([]string, string, error) {
	if b.Class < 1 || b.Class > 8 {
		return nil, "", fmt.Errorf("class %d of result", b.Class)
	}
	if s.Units[i].Help || s.Units[i].Answered != "" {
		return nil, "", thing.ErrNotNow
	}
	key := s.Units[i].Key
	if s.Units[i].Signed == "" { // who answers has it
		s.Units[i].Signed = b.on(r)
	}
	s.Units[i].Answered = b.on(r)
	s.Answers = append(slices.Clip(s.Answers), Answer{Unit: key, Round: s.Round, On: b.on(r), Class: b.Class, Number: cmp.Or(b.Letter, b.Number), Mark: s.tell(b.Text)})
	s.Promises = slices.DeleteFunc(slices.Clone(s.Promises), func(p Promise) bool { return p.Unit == key && p.Kept == "" }) // it answers anew
	for n, p := range b.Promises {
		what := ""
		if n < len(b.Promised) {
			what = b.Promised[n]
		}
		s.Promises = append(s.Promises, Promise{By: p.By, Unit: key, Mark: s.tell(what)})
	}
	if !slices.ContainsFunc(s.Mains(), func(u Unit) bool { return u.Answered == "" }) {
		s.State = Answered
		s.rest(b.on(r), b.Due)
		s.step(b.on(r), b.Term)
	} else if s.State == Assigned { // who answers without having signed has it
		s.begin("")
	}
	return []string{"unit " + key}, thing.Join(thing.Join(s.Who[key].Name, words.ClassName(b.Class)), b.Text), bounded(len(s.Answers) + len(s.Promises))
}
