package session

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

func reply(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err != nil {
		return nil, "", err
	}
	c, is := s.Person(b.Who)
	if !is || c.Instead != "" {
		return nil, "", thing.ErrNotNow
	}
	if b.Reply != "" && !has(words.Replies, b.Reply) {
		return nil, "", fmt.Errorf("a reply %q", b.Reply)
	}
	c.Reply, c.Excuse = b.Reply, b.Reason
	return []string{"reply " + c.Key}, thing.Join(c.Name+cmp.Or(words.Replies.Name(b.Reply), "未答"), thing.Join(b.Reason, b.Note)), s.put(c)
}

func hold(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	s.Began = b.At
	return []string{"began"}, thing.Join(b.At, b.Note), err
}

// attend ticks who came and who did not.
func attend(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err != nil {
		return nil, "", err
	}
	if s.Began == "" {
		s.Began = b.At
	}
	fields, note, err := s.tick(b)
	return fields, thing.Join(note, b.Note), err
}

func (s *Session) tick(b Said) (fields []string, note string, err error) {
	var came, missed []string
	for _, c := range b.Called {
		key := cmp.Or(c.Key, c.Name)
		had, is := s.Person(key)
		if is { // why he was called stays as it was
			had.Came, had.Absent, had.Arrived, had.Left, had.Excuse = c.Came, c.Absent, c.Arrived, c.Left, c.Excuse
			c = had
		} else {
			c.Extra = true
		}
		if c.Came && c.Absent {
			return nil, "", errors.New("somebody who came and was absent")
		}
		if err := s.put(c); err != nil {
			return nil, "", err
		}
		fields = once(fields, "came "+key)
		switch {
		case c.Came:
			came = append(came, c.Name)
		case c.Absent:
			missed = append(missed, thing.Join(c.Name, c.Excuse))
		}
	}
	for _, key := range b.Off {
		i := slices.IndexFunc(s.Called, func(c Called) bool { return c.Key == key })
		if i < 0 {
			return nil, "", thing.ErrNotNow
		}
		fields = once(fields, "came "+key)
		if s.Called[i].Extra {
			s.Called = slices.Delete(s.Called, i, i+1)
		} else {
			c := &s.Called[i]
			c.Came, c.Absent, c.Arrived, c.Left = false, false, "", ""
		}
	}
	if came != nil {
		note = "到场 " + strings.Join(came, "、")
	}
	if missed != nil {
		note = thing.Join(note, "缺席 "+strings.Join(missed, "、"))
	}
	return fields, note, nil
}

// closed ends a session: what is known of it is told whole, with what else the fields say.
func closed(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err != nil {
		return nil, "", err
	}
	fields, note, err := s.tick(b)
	if err != nil {
		return nil, "", err
	}
	was := s.Facts
	if err := json.Unmarshal(r.Body, &s.Facts); err != nil {
		return nil, "", err
	}
	now := s.Facts
	s.Facts = was
	s.Explained, s.Citizens, s.Slips, s.Minutes, s.Ballots = now.Explained, now.Citizens, now.Slips, now.Minutes, now.Ballots
	s.Ended = b.At
	for i, c := range s.Called {
		if !c.Came && !c.Absent && c.Instead == "" {
			s.Called[i].Absent = true
		}
	}
	seen := "无人来访"
	switch {
	case s.Kind != "reception":
		seen = ""
	case s.Citizens > 0:
		seen = fmt.Sprintf("来访 %d 人", s.Citizens)
	}
	return append(fields, "closed", "citizens", "minutes", "collected"), thing.Join(thing.Join(seen, note), b.Note), nil
}

// visit notes a stop of a round of visits.
func visit(s *Session, r journal.Record) ([]string, string, error) {
	var private Private
	b, err := read(s, r)
	if thing.Hear(r, &private); err == nil && b.Stop == nil {
		err = errors.New("no stop")
	}
	if err != nil {
		return nil, "", err
	}
	stop, note, beside := *b.Stop, "更正走访记录", false
	s.Stops, s.Homes = slices.Clone(s.Stops), maps.Clone(s.Homes)
	i := slices.IndexFunc(s.Stops, func(had Stop) bool { return had.Key == stop.Key })
	switch {
	case stop.Key != "" && i < 0:
		return nil, "", thing.ErrNotNow
	case b.Gone && i >= 0:
		s.Stops = slices.Delete(s.Stops, i, i+1)
		delete(s.Homes, stop.Key)
		return []string{"stop " + stop.Key}, thing.Join("删去一户", b.Note), nil
	case i >= 0:
		if beside = s.atOnce(r, "stop "+stop.Key); beside {
			stop.Matter, stop.Again = cmp.Or(stop.Matter, s.Stops[i].Matter), cmp.Or(stop.Again, s.Stops[i].Again)
		}
		s.Stops[i] = stop
	case len(s.Stops) == Most:
		return nil, "", errors.New("one household is too many")
	default:
		stop.Key, note = r.ID.String(), fmt.Sprintf("第 %d 户", len(s.Stops)+1)
		s.Stops = append(s.Stops, stop)
	}
	if home, told := private.Homes[b.Stop.Key]; told {
		if s.Homes == nil {
			s.Homes = map[string]Home{}
		}
		if had := s.Homes[stop.Key]; beside {
			home = had.with(home)
		}
		s.Homes[stop.Key] = home
	}
	return []string{"stop " + stop.Key}, thing.Join(note, b.Note), nil
}

// atOnce says whether an entry wrote a field before that the author of this one had not seen.
func (s *Session) atOnce(r journal.Record, field string) bool {
	return slices.ContainsFunc(s.Unseen(r), func(m thing.Mark) bool { return slices.Contains(m.Fields, field) })
}

// together is what two wrote down of one thing at once: what is part of the other is left out.
func together(one, other, parted string) string {
	switch {
	case strings.Contains(one, other):
		return one
	case strings.Contains(other, one):
		return other
	}
	return one + parted + other
}

// with is what two wrote down of one household at once.
func (h Home) with(other Home) Home {
	return Home{together(h.Name, other.Name, "、"), together(h.Phone, other.Phone, "、"), together(h.Address, other.Address, "、"),
		together(h.Words, other.Words, "\n"), together(h.Said, other.Said, "\n")}
}

func tick(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err != nil {
		return nil, "", err
	}
	s.Checks = slices.Clone(s.Checks)
	var fields, done []string
	for _, c := range b.Checks {
		i := slices.IndexFunc(s.Checks, func(had Check) bool { return had.What == c.What })
		switch {
		case i >= 0:
			s.Checks[i] = c
		case len(s.Checks) == Most || c.What == "":
			return nil, "", errors.New("nothing to check")
		default:
			s.Checks = append(s.Checks, c)
		}
		if fields = once(fields, "check "+c.What); c.Done {
			done = append(done, c.What)
		}
	}
	return fields, thing.Join(strings.Join(done, "、"), b.Note), nil
}

func hand(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err == nil && (b.Result == nil || b.Result.Unit == "" || b.Result.What == "") {
		err = errors.New("nothing was handed to anybody")
	}
	if err != nil {
		return nil, "", err
	}
	res := *b.Result
	s.Results = slices.Clone(s.Results)
	i := slices.IndexFunc(s.Results, func(had Result) bool { return had.Key == res.Key })
	switch {
	case res.Key != "" && i < 0:
		return nil, "", thing.ErrNotNow
	case i >= 0:
		s.Results[i] = res
	case len(s.Results) == Most:
		return nil, "", errors.New("one result is too many")
	default:
		res.Key = r.ID.String()
		s.Results = append(s.Results, res)
	}
	note := res.Unit
	if res.Reply != "" {
		note += "已反馈"
	}
	return []string{"result " + res.Key}, thing.Join(note, b.Note), nil
}

func confirm(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	s.Confirmer = thing.Join(r.Unit, r.By)
	return []string{thing.State}, b.Note, err
}

// contest keeps what a deputy says against what is written of him, and what is answered.
func contest(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err != nil {
		return nil, "", err
	}
	c, is := s.Person(b.Who)
	if !is {
		return nil, "", thing.ErrNotNow
	}
	s.Objects = slices.Clone(s.Objects)
	i := slices.IndexFunc(s.Objects, func(o Object) bool { return o.Key == c.Key })
	switch {
	case b.Object != "":
		o := Object{Key: c.Key, Name: c.Name, Note: b.Object}
		if i >= 0 {
			s.Objects[i] = o
		} else {
			s.Objects = append(s.Objects, o)
		}
		return []string{"object " + c.Key}, thing.Join(c.Name, b.Object), nil
	case i < 0 || b.Answer == "":
		return nil, "", thing.ErrNotNow
	}
	s.Objects[i].Answer = b.Answer
	return []string{"object " + c.Key}, thing.Join("答复"+c.Name, b.Answer), nil
}
