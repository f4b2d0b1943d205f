package session

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Most is how many people, households or results one session may have: more than any hall holds.
const Most = 1000

func plan(s *Session, r journal.Record) ([]string, string, error) {
	var first Opening
	if err := json.Unmarshal(r.Body, &first); err != nil {
		return nil, "", err
	}
	thing.Hear(r, &s.Private)
	code, ok := unit.Parse(first.Station)
	s.Station = code
	switch {
	case !ok || code != first.Station || !s.Sits(r.Unit) && !unit.Above(r.Unit, code):
		return nil, "", fmt.Errorf("a session of %q by %s", first.Station, r.Unit)
	case first.Via != "" && !unit.Above(first.Via, code):
		return nil, "", errors.New("a station that reports to none above it")
	case !has(words.Sessions, first.Kind) || !first.dated():
		return nil, "", fmt.Errorf("a session %q on %q from %q to %q", first.Kind, first.Day, first.From, first.To)
	case max(len(first.Called), len(first.Stops), len(first.Checks)) > Most:
		return nil, "", errors.New("too many are called")
	case first.Becomes == Open || first.Becomes == Told:
		s.State = first.Becomes
	}
	s.ID, s.Unit, s.Via, s.Facts = r.Thing, r.Unit, first.Via, first.Facts
	s.Rule, s.Checks, s.Began = first.Rule, first.Checks, first.Began
	if s.Rule != "" {
		if s.Slot = cmp.Or(first.Slot, s.Day); !(Facts{Day: s.Slot}).dated() {
			return nil, "", fmt.Errorf("a slot %q", s.Slot)
		}
	}
	for _, stop := range first.Stops {
		if stop.Key == "" || slices.ContainsFunc(s.Stops, func(had Stop) bool { return had.Key == stop.Key }) {
			return nil, "", errors.New("a household without a key of its own")
		}
		s.Stops = append(s.Stops, stop)
	}
	for _, c := range first.Called {
		if err := s.put(c); err != nil {
			return nil, "", err
		}
	}
	err := s.invite(r, first.Guests)
	return nil, thing.Join(strings.TrimSpace(s.Day+" "+s.From+" "+s.Title()), first.Note), err
}

// dated says whether day and hours are some; it may have no hour.
func (f Facts) dated() bool {
	_, err := time.Parse(time.DateOnly, f.Day)
	for _, hour := range []string{f.From, f.To} {
		if _, wrong := time.Parse("15:04", hour); hour != "" && (wrong != nil || len(hour) != len("19:30")) {
			return false
		}
	}
	return err == nil
}

func has(list words.List, code string) bool {
	return slices.ContainsFunc(list, func(w words.Word) bool { return w.Code == code })
}

// invite sets the stations whose deputies are called besides.
func (s *Session) invite(r journal.Record, stations []Guest) error {
	if len(stations) > Most {
		return errors.New("too many stations are called")
	}
	for _, g := range stations {
		if g.Via != "" && !unit.Above(g.Via, g.Station) {
			return errors.New("a station that reports to none above it")
		}
	}
	for _, g := range s.Moved(stations) {
		if !Invites(r.Unit, g) {
			return fmt.Errorf("deputies of %s: %w", g.Station, thing.ErrNotYours)
		}
	}
	s.Guests = stations
	return nil
}

// Moved gives the guests who come or go where others are called.
func (s Session) Moved(to []Guest) (moved []Guest) {
	for i, list := range [][]Guest{s.Guests, to} {
		for _, g := range list {
			if !slices.Contains([][]Guest{to, s.Guests}[i], g) {
				moved = append(moved, g)
			}
		}
	}
	return moved
}

// Invites says whether a unit may call the deputies of a station, or not any more: an office above it, or the station
// through which it reports.
func Invites(code string, g Guest) bool {
	return unit.LevelOf(g.Station) == journal.Station && unit.Above(code, g.Station) &&
		(unit.LevelOf(code) != journal.Station || g.Via == code)
}

// put calls somebody, or says more of who is called; the list is the act's own (read).
func (s *Session) put(c Called) error {
	if c.Key = cmp.Or(c.Key, c.Name); c.Name == "" {
		return errors.New("somebody without a name")
	}
	if c.Part = cmp.Or(c.Part, "join"); !has(words.Callings, c.Part) {
		return fmt.Errorf("somebody who is called as %q", c.Part)
	}
	switch i := slices.IndexFunc(s.Called, func(had Called) bool { return had.Key == c.Key }); {
	case i >= 0:
		s.Called[i] = c
	case len(s.Called) == Most:
		return errors.New("one is too many")
	default:
		s.Called = append(s.Called, c)
	}
	return nil
}

// once adds the field of somebody who may be named twice.
func once(fields []string, f string) []string {
	if slices.Contains(fields, f) {
		return fields
	}
	return append(fields, f)
}

func read(s *Session, r journal.Record) (b Said, err error) {
	if err = json.Unmarshal(r.Body, &b); err == nil && max(len(b.Called), len(b.Off), len(b.Checks)) > Most {
		err = errors.New("one is too many")
	}
	s.Called = slices.Clone(s.Called)
	if r.Do != Reply && r.Do != Post && r.Do != Tick && !b.ByRule {
		s.Hand = true
	}
	return b, err
}

func change(s *Session, r journal.Record) ([]string, string, error) {
	var set map[string]json.RawMessage
	b, err := read(s, r)
	if err = errors.Join(err, json.Unmarshal(r.Body, &set)); err != nil {
		return nil, "", err
	}
	was := s.Facts
	var fields, names []string
	for _, f := range Fields {
		if _, said := set[f.Code]; said && f.Correctable {
			fields, names = append(fields, f.Code), append(names, f.Name)
		} else if said {
			return nil, "", fmt.Errorf("%s stays", f.Code)
		}
	}
	if err := json.Unmarshal(r.Body, &s.Facts); err != nil {
		return nil, "", err
	}
	if s.Kind, s.Followed = was.Kind, was.Followed; !s.dated() {
		return nil, "", fmt.Errorf("a session on %q from %q to %q", s.Day, s.From, s.To)
	}
	if s.State == Announced && (s.Day != was.Day || s.From != was.From || s.To != was.To || s.Place != was.Place) {
		s.State = Altered
	}
	return fields, thing.Join(strings.Join(names, "、"), b.Note), nil
}

func call(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err != nil {
		return nil, "", err
	}
	var fields, in, out []string
	for _, c := range b.Called {
		if had, is := s.Person(cmp.Or(c.Key, c.Name)); is { // what became of him stays
			if had.Name, had.Part, had.Unit, had.Why = c.Name, c.Part, c.Unit, c.Why; had.Instead != "" {
				had.Instead, had.Excuse = "", ""
			}
			c = had
		}
		if err := s.put(c); err != nil {
			return nil, "", err
		}
		fields, in = once(fields, "called "+cmp.Or(c.Key, c.Name)), append(in, c.Name)
	}
	for _, key := range b.Off {
		i := slices.IndexFunc(s.Called, func(c Called) bool { return c.Key == key })
		if i < 0 {
			return nil, "", thing.ErrNotNow
		}
		fields, out = once(fields, "called "+key), append(out, s.Called[i].Name)
		if s.Called[i].Came {
			s.Called[i].Extra = true
			continue
		}
		s.Called = slices.Delete(s.Called, i, i+1)
	}
	if b.Guests != nil {
		err = s.invite(r, b.Guests)
		fields = append(fields, "guests")
	}
	note := ""
	if in != nil {
		note = "请 " + strings.Join(in, "、")
	}
	if out != nil {
		note = thing.Join(note, "不再请 "+strings.Join(out, "、"))
	}
	return fields, thing.Join(note, b.Note), err
}

// swap has somebody stand in for another; both stay on the list.
func swap(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err == nil && (b.With == nil || cmp.Or(b.With.Key, b.With.Name) == b.Who) {
		err = errors.New("nobody stands in")
	}
	if err != nil {
		return nil, "", err
	}
	i := slices.IndexFunc(s.Called, func(c Called) bool { return c.Key == b.Who })
	if i < 0 || s.Called[i].Instead != "" {
		return nil, "", thing.ErrNotNow
	}
	gone, with := s.Called[i], *b.With
	if had, is := s.Person(cmp.Or(with.Key, with.Name)); is && had.Instead == "" {
		return nil, "", thing.ErrNotNow
	}
	gone.Instead, gone.Excuse = with.Name, b.Reason
	with.For, with.Part = gone.Name, gone.Part
	if err := errors.Join(s.put(gone), s.put(with)); err != nil {
		return nil, "", err
	}
	return []string{"called " + gone.Key}, thing.Join(thing.Join(with.Name+"代"+gone.Name, b.Reason), b.Note), nil
}

func post(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err == nil && (b.Notice == nil || b.Notice.Day == "") {
		err = errors.New("a notice without a day")
	}
	if err != nil {
		return nil, "", err
	}
	n := *b.Notice
	n.Amends = s.State == Cancelled || len(s.Notices) > 0
	if n.Tells = cmp.Or(n.Tells, s.Tells()); s.State == Announced && n.Tells != s.Tells() { // somebody moved it meanwhile
		s.State = Altered
	}
	s.Notices = append(slices.Clip(s.Notices), n)
	what := "公告"
	if n.Amends {
		what = "更正公告"
	}
	return []string{"notice"}, thing.Join(thing.Join(what+" "+n.Day, strings.Join(n.Places, "、")), thing.Join(n.Reason, b.Note)), nil
}

func move(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err == nil && (b.Shift == nil || !Facts{Day: b.Shift.Day, From: b.Shift.From, To: b.Shift.To}.dated()) {
		err = errors.New("moved to no day")
	}
	if err != nil {
		return nil, "", err
	}
	to := *b.Shift
	s.Moves = append(slices.Clip(s.Moves), Shift{s.Day, s.From, s.To, s.Place, to.Reason})
	was := s.Day
	s.Day, s.From, s.To, s.Place = to.Day, to.From, to.To, to.Place
	return []string{"day", "from", "to", "place"},
		thing.Join(thing.Join("由 "+was+" 改到 "+strings.TrimSpace(s.Day+" "+s.From), to.Reason), b.Note), nil
}

func cancel(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	s.Cause = b.Reason
	return []string{thing.State}, thing.Join(b.Reason, b.Note), err
}

func abandon(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if b.ByRule && (s.Hand || len(s.Notices) > 0) { // planning takes back what nobody touched
		return nil, "", thing.ErrNotNow
	}
	return []string{thing.State}, thing.Join(b.Reason, b.Note), err
}
