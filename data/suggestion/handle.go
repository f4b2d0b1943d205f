package suggestion

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

func register(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err == nil && b.Number == "" {
		err = errors.New("no number")
	}
	if err != nil {
		return nil, "", err
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

func accept(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	s.Accepted, s.Into, s.IntoNumber, s.Ended = b.on(r), "", "", ""
	s.step(s.Accepted, b.Term)
	return []string{thing.State}, b.Text, nil
}

func join(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err == nil && (b.Into == "" || b.Into == s.ID) {
		err = errors.New("joined to none, or to itself")
	}
	if err != nil {
		return nil, "", err
	}
	s.Into, s.IntoNumber, s.Ended = b.Into, b.IntoNum, b.on(r)
	s.step(s.Ended, "")
	return []string{thing.State}, thing.Join("并入 "+b.IntoNum, b.Text), nil
}

func refuse(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	s.Ended = b.on(r)
	s.step(s.Ended, "")
	return []string{thing.State}, b.Text, nil
}

// hand gives it to units. Who had it before and has it again keeps what he did.
func (s *Suggestion) hand(on string, units []Unit) error {
	var list []Unit
	mains := 0
	for _, u := range units {
		if u.Key == "" || slices.ContainsFunc(list, func(had Unit) bool { return had.Key == u.Key }) {
			return fmt.Errorf("a unit %q", u.Key)
		}
		if u.Code != "" {
			if code, ok := unit.Parse(u.Code); !ok || code != u.Code || u.Code == s.Office || !unit.Above(s.Office, u.Code) {
				return fmt.Errorf("a unit %q", u.Code)
			}
		}
		fresh := Unit{Key: u.Key, Code: u.Code, Help: u.Help, On: on, Due: u.Due}
		if i := slices.IndexFunc(s.Units, func(had Unit) bool { return had.Key == u.Key && had.Help == u.Help }); i >= 0 {
			fresh.On, fresh.Signed, fresh.Helped, fresh.Answered = s.Units[i].On, s.Units[i].Signed, s.Units[i].Helped, s.Units[i].Answered
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
	return nil
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

func assign(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	s.name(b.Names)
	again := s.Round > 0 // it was returned, or others have it now: its term runs on where the office says nothing else
	if err := errors.Join(s.hand(b.on(r), b.Units), s.invited(r, b.Guests)); err != nil {
		return nil, "", err
	}
	s.Handed, s.Hard = b.on(r), b.Hard
	if !again {
		s.FirstHand, s.FirstDue, s.Round = s.Handed, b.Due, 1
	}
	s.Due = b.Due
	s.step(s.Handed, b.Term)
	s.begin()
	return []string{"units"}, s.handNote(b), nil
}

func sign(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	i, err := s.unit(r, b.Unit)
	if err != nil {
		return nil, "", err
	}
	if s.Units[i].Signed != "" {
		return nil, "", thing.ErrNotNow
	}
	s.Units[i].Signed = b.on(r)
	s.begin()
	return []string{"unit " + s.Units[i].Key}, thing.Join(s.Who[s.Units[i].Key].Name, b.Text), nil
}

// begin says that those who have to answer have it, where all of them signed.
func (s *Suggestion) begin() {
	if !slices.ContainsFunc(s.Mains(), func(u Unit) bool { return u.Signed == "" }) {
		s.State = InHand
		s.step(s.Handed, s.Due)
	}
}

func giveBack(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	i, err := s.unit(r, b.Unit)
	if err != nil {
		return nil, "", err
	}
	u := s.Units[i]
	if u.Answered != "" {
		return nil, "", thing.ErrNotNow
	}
	s.step(b.on(r), b.Term)
	s.Units[i].Signed = ""
	return []string{"units"}, thing.Join(s.Who[u.Key].Name, b.Text), nil
}

func ask(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	i, err := s.unit(r, b.Unit)
	if err != nil {
		return nil, "", err
	}
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

func meet(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err == nil && !has(words.Contacts, b.Way) {
		err = fmt.Errorf("a contact %q", b.Way)
	}
	if err != nil {
		return nil, "", err
	}
	i, err := s.unit(r, b.Unit)
	if err != nil {
		return nil, "", err
	}
	key := s.Units[i].Key
	s.Contacts = append(slices.Clip(s.Contacts), Contact{key, b.Way, b.on(r), s.tell(b.Text)})
	return nil, thing.Join(s.Who[key].Name+words.Contacts.Name(b.Way), b.Text), bounded(len(s.Contacts))
}

func help(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	i, err := s.unit(r, b.Unit)
	if err != nil {
		return nil, "", err
	}
	if !s.Units[i].Help {
		return nil, "", thing.ErrNotNow
	}
	s.Units[i].Helped = b.on(r)
	key := s.Units[i].Key
	s.Opinions = append(slices.Clip(s.Opinions), Opinion{key, b.on(r), b.Number, s.tell(b.Text)})
	return []string{"unit " + key}, thing.Join(s.Who[key].Name, b.Text), bounded(len(s.Opinions))
}

func extend(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err == nil && len(b.To) != len("2026-12-31") {
		err = fmt.Errorf("longer till %q", b.To)
	}
	if err != nil {
		return nil, "", err
	}
	i, err := s.unit(r, b.Unit)
	if err != nil {
		return nil, "", err
	}
	if n := len(s.Extensions); b.To <= s.Due || n > 0 && s.Extensions[n-1].Granted+s.Extensions[n-1].Refused == "" {
		return nil, "", thing.ErrNotNow
	}
	key := s.Units[i].Key
	s.Extensions = append(slices.Clip(s.Extensions), Extension{Unit: key, On: b.on(r), To: b.To, Mark: s.tell(b.Text)})
	return nil, thing.Join(s.Who[key].Name+"申请延到 "+b.To, b.Text), bounded(len(s.Extensions))
}

func grant(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	n := len(s.Extensions) - 1
	if n < 0 || s.Extensions[n].Granted+s.Extensions[n].Refused != "" {
		return nil, "", thing.ErrNotNow
	}
	s.Extensions = slices.Clone(s.Extensions)
	x := &s.Extensions[n]
	if b.No {
		x.Refused = b.on(r)
		return []string{"due"}, thing.Join("不同意延期", b.Text), nil
	}
	if len(b.To) == len(x.To) {
		x.To = b.To
	}
	if x.To <= s.Due {
		return nil, "", thing.ErrNotNow
	}
	x.Granted, s.Due = b.on(r), x.To
	if s.State == InHand {
		s.Term = s.Due
	}
	return []string{"due"}, thing.Join("延到 "+x.To, b.Text), nil
}

func pause(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err == nil && !has(words.Pauses, b.Why) {
		err = fmt.Errorf("a pause for %q", b.Why)
	}
	if err != nil {
		return nil, "", err
	}
	if s.Paused() {
		return nil, "", thing.ErrNotNow
	}
	s.Pauses = append(slices.Clip(s.Pauses), Pause{From: b.on(r), Why: b.Why})
	return []string{"due"}, thing.Join(words.Pauses.Name(b.Why), b.Text), bounded(len(s.Pauses))
}

// resume ends a pause: the entry says by which day the answer is due now, and the next step done.
func resume(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err != nil {
		return nil, "", err
	}
	n := len(s.Pauses) - 1
	if !s.Paused() || b.on(r) < s.Pauses[n].From || b.Due < s.Due {
		return nil, "", thing.ErrNotNow
	}
	s.Pauses = slices.Clone(s.Pauses)
	s.Pauses[n].To, s.Due = b.on(r), b.Due
	s.Term = max(s.Term, b.Term)
	return []string{"due"}, thing.Join(until(b.Due), b.Text), nil
}

func reply(s *Suggestion, r journal.Record) ([]string, string, error) {
	b, err := read(r)
	if err == nil && (b.Class < 1 || b.Class > 8) {
		err = fmt.Errorf("class %d of result", b.Class)
	}
	if err != nil {
		return nil, "", err
	}
	i, err := s.unit(r, b.Unit)
	if err != nil {
		return nil, "", err
	}
	if s.Units[i].Help || s.Units[i].Answered != "" {
		return nil, "", thing.ErrNotNow
	}
	key := s.Units[i].Key
	if s.Units[i].Signed == "" { // who answers has it
		s.Units[i].Signed = b.on(r)
	}
	s.Units[i].Answered = b.on(r)
	s.Answers = append(slices.Clip(s.Answers), Answer{Unit: key, Round: s.Round, On: b.on(r), Class: b.Class, Number: b.Number, Mark: s.tell(b.Text)})
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
		s.step(b.on(r), b.Term)
	}
	return []string{"unit " + key}, thing.Join(thing.Join(s.Who[key].Name, words.ClassName(b.Class)), b.Text), bounded(len(s.Answers) + len(s.Promises))
}
