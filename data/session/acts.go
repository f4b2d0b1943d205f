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
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// most is how many people, households or results one session may have: more than any hall holds.
const most = 1000

func plan(s *Session, r journal.Record) ([]string, string, error) {
	var first Opening
	if err := errors.Join(json.Unmarshal(r.Body, &first), r.Read(&s.Private)); err != nil {
		return nil, "", err
	}
	code, ok := unit.Parse(first.Station)
	s.Station = code
	switch {
	case !ok || code != first.Station || !s.Sits(r.Unit) && !unit.Above(r.Unit, code):
		return nil, "", fmt.Errorf("a session of %q by %s", first.Station, r.Unit)
	case first.Via != "" && !unit.Above(first.Via, code):
		return nil, "", errors.New("a station that reports to none above it")
	case !has(words.Sessions, first.Kind) || len(first.Day) != len("2027-01-11"):
		return nil, "", fmt.Errorf("a session %q on %q", first.Kind, first.Day)
	case len(first.Called) > most || len(first.Stops) > most:
		return nil, "", errors.New("too many are called")
	case first.Becomes == Open || first.Becomes == Told:
		s.State = first.Becomes
	}
	s.ID, s.Unit, s.Via, s.Facts = r.Thing, r.Unit, first.Via, first.Facts
	s.Rule, s.Checks, s.Began = first.Rule, first.Checks, first.Began
	if s.Rule != "" {
		if s.Slot = cmp.Or(first.Slot, s.Day); len(s.Slot) != len(s.Day) {
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

func has(list words.List, code string) bool {
	return slices.ContainsFunc(list, func(w words.Word) bool { return w.Code == code })
}

// invite sets the stations whose deputies an office calls besides.
func (s *Session) invite(r journal.Record, stations []string) error {
	for _, code := range stations {
		if unit.LevelOf(code) != journal.Station || !unit.Above(r.Unit, code) {
			return fmt.Errorf("deputies of %s: %w", code, thing.ErrNotYours)
		}
	}
	if len(stations) > most {
		return errors.New("too many stations are called")
	}
	s.Guests = stations
	return nil
}

// put calls somebody, or says more of who is called.
func (s *Session) put(c Called) error {
	if c.Key = cmp.Or(c.Key, c.Name); c.Name == "" {
		return errors.New("somebody without a name")
	}
	if c.Part = cmp.Or(c.Part, "join"); !has(words.Callings, c.Part) {
		return fmt.Errorf("somebody who is called as %q", c.Part)
	}
	s.Called = slices.Clone(s.Called)
	switch i := slices.IndexFunc(s.Called, func(had Called) bool { return had.Key == c.Key }); {
	case i >= 0:
		s.Called[i] = c
	case len(s.Called) == most:
		return errors.New("one is too many")
	default:
		s.Called = append(s.Called, c)
	}
	return nil
}

func read(s *Session, r journal.Record) (b Said, err error) {
	err = json.Unmarshal(r.Body, &b)
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
	if s.Kind, s.Followed = was.Kind, was.Followed; len(s.Day) != len(was.Day) {
		return nil, "", fmt.Errorf("a session on %q", s.Day)
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
		if err := s.put(c); err != nil {
			return nil, "", err
		}
		fields, in = append(fields, "called "+cmp.Or(c.Key, c.Name)), append(in, c.Name)
	}
	for _, key := range b.Off {
		i := slices.IndexFunc(s.Called, func(c Called) bool { return c.Key == key })
		if i < 0 {
			return nil, "", thing.ErrNotNow
		}
		fields, out = append(fields, "called "+key), append(out, s.Called[i].Name)
		s.Called = slices.Delete(slices.Clone(s.Called), i, i+1)
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
	s.Notices = append(slices.Clip(s.Notices), n)
	what := "公告"
	if n.Amends {
		what = "更正公告"
	}
	return []string{"notice"}, thing.Join(thing.Join(what+" "+n.Day, strings.Join(n.Places, "、")), thing.Join(n.Reason, b.Note)), nil
}

func move(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	if err == nil && (b.Shift == nil || len(b.Shift.Day) != len(s.Day)) {
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
		fields = append(fields, "came "+key)
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
		fields = append(fields, "came "+key)
		s.Called = slices.Clone(s.Called)
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
	s.Explained, s.Citizens, s.Slips, s.Minutes = now.Explained, now.Citizens, now.Slips, now.Minutes
	s.Ended = b.At
	for i, c := range s.Called {
		if !c.Came && !c.Absent && c.Instead == "" {
			s.Called = slices.Clone(s.Called)
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
	return append(fields, "closed", "citizens", "minutes"), thing.Join(thing.Join(seen, note), b.Note), nil
}

// visit notes a stop of a round of visits.
func visit(s *Session, r journal.Record) ([]string, string, error) {
	var private Private
	b, err := read(s, r)
	if err = errors.Join(err, r.Read(&private)); err == nil && b.Stop == nil {
		err = errors.New("no stop")
	}
	if err != nil {
		return nil, "", err
	}
	stop, note := *b.Stop, "更正走访记录"
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
		s.Stops[i] = stop
	case len(s.Stops) == most:
		return nil, "", errors.New("one household is too many")
	default:
		stop.Key, note = r.ID.String(), fmt.Sprintf("第 %d 户", len(s.Stops)+1)
		s.Stops = append(s.Stops, stop)
	}
	if home, told := private.Homes[b.Stop.Key]; told {
		if s.Homes == nil {
			s.Homes = map[string]Home{}
		}
		s.Homes[stop.Key] = home
	}
	return []string{"stop " + stop.Key}, thing.Join(note, b.Note), nil
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
		case len(s.Checks) == most || c.What == "":
			return nil, "", errors.New("nothing to check")
		default:
			s.Checks = append(s.Checks, c)
		}
		if fields = append(fields, "check "+c.What); c.Done {
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
	case len(s.Results) == most:
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

func abandon(s *Session, r journal.Record) ([]string, string, error) {
	b, err := read(s, r)
	return []string{thing.State}, thing.Join(b.Reason, b.Note), err
}
