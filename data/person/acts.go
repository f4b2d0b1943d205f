package person

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

func add(p *Person, r journal.Record) ([]string, string, error) {
	var first Opening
	if err := json.Unmarshal(r.Body, &first); err != nil {
		return nil, "", err
	}
	thing.Hear(r, &p.Private)
	switch {
	case strings.TrimSpace(first.Name) == "":
		return nil, "", errors.New("a person without a name")
	case first.Via != "" && !unit.Above(first.Via, r.Unit):
		return nil, "", errors.New("a station that reports to none above it")
	}
	p.ID, p.Unit, p.Facts, p.Via = r.Thing, r.Unit, first.Facts, first.Via
	p.said(r, first.Batch)
	for _, m := range first.Mandates {
		if err := p.hold(r, m); err != nil {
			return nil, "", err
		}
	}
	for _, s := range first.Seats {
		if err := p.seat(r, s); err != nil {
			return nil, "", err
		}
	}
	return nil, p.Name, p.reaches()
}

// reaches says that he concerns no more units than a thing may.
func (p *Person) reaches() error {
	units := p.Audience()
	for _, s := range p.Seats {
		if !slices.Contains(units, s.Station) {
			return fmt.Errorf("station %s is one too many", s.Station)
		}
	}
	return nil
}

func correct(p *Person, r journal.Record) ([]string, string, error) {
	var set, private map[string]json.RawMessage
	var b Move
	if err := errors.Join(json.Unmarshal(r.Body, &set), json.Unmarshal(r.Body, &b)); err != nil {
		return nil, "", err
	}
	thing.Hear(r, &private)
	var fields, names []string
	for _, f := range Fields {
		_, open := set[f.Code]
		_, hidden := private[f.Code]
		hidden = hidden || slices.Contains(b.Hides, f.Code)
		if open && f.Private {
			return nil, "", errors.New("a field in the wrong part")
		}
		if open || hidden && f.Private {
			fields, names = append(fields, f.Code), append(names, f.Name)
		}
	}
	p.Structures, p.Roles, p.Fields = slices.Clone(p.Structures), slices.Clone(p.Roles), slices.Clone(p.Fields)
	if err := json.Unmarshal(r.Body, &p.Facts); err != nil {
		return nil, "", err
	}
	if strings.TrimSpace(p.Name) == "" {
		return nil, "", errors.New("a person without a name")
	}
	thing.Hear(r, &p.Private)
	if b.Shows {
		p.Photo, fields = r.ID, append(fields, "photo")
	}
	if len(names) == 0 && !p.Confirmed && r.Level != journal.Station {
		names = append(names, "核对无误")
	}
	p.said(r, b.Batch)
	return fields, thing.Join(strings.Join(names, "、"), b.Note), nil
}

func move(p *Person, r journal.Record) (b Move, err error) {
	var again Private
	if err = json.Unmarshal(r.Body, &b); err == nil {
		thing.Hear(r, &again)
		p.learn(r, again)
		p.said(r, b.Batch)
	}
	return b, err
}

// learn takes what an act says again for those to whom nobody said it: it never stands against what is known, or what
// was put right meanwhile.
func (p *Person) learn(r journal.Record, again Private) {
	known, told, unseen := field.From(p.Private), field.From(again), p.Unseen(r)
	for code := range told {
		if known.Text(code) != "" || told.Text(code) == "" ||
			slices.ContainsFunc(unseen, func(k thing.Mark) bool { return slices.Contains(k.Fields, code) }) {
			delete(told, code)
		}
	}
	told.Into(&p.Private)
}

// mostMandates is how many somebody may have in a life: more than anybody.
const mostMandates = 60

// hold gives him a mandate, or says more of one that he has: what is said by the office of its level holds.
func (p *Person) hold(r journal.Record, m Mandate) error {
	if _, known := words.Levels.Parse(m.Level); !known || m.Congress == "" {
		return fmt.Errorf("a mandate of %q, %q", m.Level, m.Congress)
	}
	if m.Place != "" && (len(m.Place) != 12 || strings.Trim(m.Place, "0123456789") != "") {
		return fmt.Errorf("a mandate of the place %q", m.Place)
	}
	m.Unit, m.Owned = r.Unit, m.Keeps(r.Unit)
	if m.Standing == "" {
		m.Standing = "office"
	}
	p.Mandates = slices.Clone(p.Mandates)
	i := slices.IndexFunc(p.Mandates, func(had Mandate) bool { return had.Key() == m.Key() })
	switch {
	case i >= 0 && p.Mandates[i].Owned && p.Mandates[i].Unit != r.Unit:
		return thing.ErrNotYours
	case i >= 0 && m.Owned && !p.Mandates[i].Keeps(r.Unit): // it is of another place
		return thing.ErrNotYours
	case i >= 0 && m.Standing == Mistaken:
		p.Mandates = slices.Delete(p.Mandates, i, i+1)
	case i >= 0:
		p.Mandates[i] = m
	case m.Standing == Mistaken:
		return thing.ErrNotNow
	case len(p.Mandates) == mostMandates:
		return fmt.Errorf("%s is one too many", m.Key())
	default:
		p.Mandates = append(p.Mandates, m)
	}
	return nil
}

func named(p *Person, r journal.Record) ([]string, string, error) {
	b, err := move(p, r)
	if err == nil && b.Mandate == nil {
		err = errors.New("no mandate")
	}
	if err == nil {
		err = p.hold(r, *b.Mandate)
	}
	if err != nil {
		return nil, "", err
	}
	what := b.Mandate.String()
	if b.Mandate.Standing == Mistaken {
		what = "没有这一职务：" + what
	} else if b.Mandate.Standing != "" && b.Mandate.Standing != "office" {
		what += "，" + words.Standings.Name(b.Mandate.Standing)
	}
	return []string{b.Mandate.Key()}, thing.Join(what, b.Note), nil
}

// standing has a mandate rest, go on or end.
func standing(becomes string) func(*Person, journal.Record) ([]string, string, error) {
	return func(p *Person, r journal.Record) ([]string, string, error) {
		b, err := move(p, r)
		if err != nil {
			return nil, "", err
		}
		if b.Mandate == nil {
			return nil, "", errors.New("no mandate")
		}
		i := slices.IndexFunc(p.Mandates, func(m Mandate) bool { return m.Key() == b.Mandate.Key() })
		if i < 0 {
			return nil, "", errors.New("a mandate that he does not have")
		}
		m := p.Mandates[i]
		if m.Owned && m.Unit != r.Unit {
			return nil, "", thing.ErrNotYours
		}
		if m.Standing == becomes || m.Standing == "ended" {
			return nil, "", thing.ErrNotNow
		}
		m.Standing, m.Reason, m.Notice = becomes, b.Reason, b.Notice
		if becomes == "ended" {
			m.Until = b.Day
		}
		p.Mandates = slices.Clone(p.Mandates)
		p.Mandates[i] = m
		why := words.Ends
		if becomes == "suspended" {
			why = words.Suspensions
		}
		return []string{m.Key()}, thing.Join(thing.Join(m.String(), b.Day), thing.Join(why.Name(b.Reason), b.Note)), nil
	}
}

func away(p *Person, r journal.Record) ([]string, string, error) {
	b, err := move(p, r)
	if err != nil {
		return nil, "", err
	}
	if b.Leave == nil || b.Leave.From == "" || b.Leave.To != "" && b.Leave.To < b.Leave.From {
		return nil, "", errors.New("no days of leave")
	}
	p.Leaves = append(slices.DeleteFunc(slices.Clone(p.Leaves), func(l Leave) bool { return l.From == b.Leave.From }), *b.Leave)
	return []string{"leave"}, thing.Join(b.Leave.String(), b.Note), nil
}

// seat groups him to a station that lies below the author, or is his.
func (p *Person) seat(r journal.Record, s Seat) error {
	if unit.LevelOf(s.Station) != journal.Station || s.Station != r.Unit && !unit.Above(r.Unit, s.Station) {
		return fmt.Errorf("station %s: %w", s.Station, thing.ErrNotYours)
	}
	if s.Via != "" && !unit.Above(s.Via, s.Station) {
		return errors.New("a station that reports to none above it")
	}
	others := slices.DeleteFunc(slices.Clone(p.Seats), func(had Seat) bool { return had.Station == s.Station })
	main := slices.IndexFunc(others, func(had Seat) bool { return had.Part == "main" })
	switch {
	case s.Part == "" && main >= 0:
		s.Part = "part"
	case s.Part == "main" && main >= 0: // there is one
		others[main].Part = "part"
	}
	s.Part = cmp.Or(s.Part, "main")
	if s.Station == p.Unit {
		p.Via = s.Via
	}
	p.Gone = slices.DeleteFunc(slices.Clone(p.Gone), func(g string) bool { return g == s.Station })
	others = append(others, s)
	p.Seats = others
	return nil
}

func group(p *Person, r journal.Record) ([]string, string, error) {
	b, err := move(p, r)
	if err == nil && len(b.Seats) == 0 {
		err = errors.New("no station")
	}
	var fields []string
	for _, s := range b.Seats {
		s.Part = cmp.Or(s.Part, "main")
		i := slices.IndexFunc(p.Seats, func(had Seat) bool { had.Via = s.Via; return had == s })
		if err = errors.Join(err, p.seat(r, s)); i < 0 { // else it goes by another way, which is nobody's opinion
			fields = append(fields, "seat "+s.Station)
		}
	}
	if b.Shows {
		p.Photo = r.ID
		fields = append(fields, "photo")
	}
	return fields, thing.Join(where(b.Seats), b.Note), errors.Join(err, p.reaches())
}

// where tells to which stations, by their codes, and how he belongs to each.
func where(seats []Seat) string {
	var list []string
	for _, s := range seats {
		list = append(list, s.Station+map[bool]string{true: "（" + words.Parts.Name(s.Part) + "）"}[s.Part != ""])
	}
	return strings.Join(list, "、")
}

func ungroup(p *Person, r journal.Record) ([]string, string, error) {
	b, err := move(p, r)
	switch {
	case err != nil:
		return nil, "", err
	case !unit.Above(r.Unit, b.Station):
		return nil, "", thing.ErrNotYours
	case !p.Seated(b.Station):
		return nil, "", thing.ErrNotNow
	}
	p.Seats = slices.DeleteFunc(slices.Clone(p.Seats), func(s Seat) bool { return s.Station == b.Station })
	p.Gone = append(slices.Clip(p.Gone), b.Station)
	return []string{"seat " + b.Station}, thing.Join(b.Station, b.Note), nil
}

func picture(p *Person, r journal.Record) ([]string, string, error) {
	b, err := move(p, r)
	if err != nil {
		return nil, "", err
	}
	p.Photo = r.ID
	return []string{"photo"}, b.Note, nil
}

func join(p *Person, r journal.Record) ([]string, string, error) {
	b, err := move(p, r)
	switch {
	case err != nil:
		return nil, "", err
	case b.With == p.ID, b.With == p.Same:
		return nil, "", thing.ErrNotNow
	case r.Unit != p.Unit && !unit.Above(r.Unit, p.Unit):
		return nil, "", thing.ErrNotYours
	}
	with := "和" + b.With
	if b.With == "" {
		with = "和" + p.Same + "分开"
	}
	p.Same, p.Joiner = b.With, r.Unit
	return []string{"same"}, thing.Join(with, b.Note), nil
}

// again takes back that he was entered by mistake; whoever corrects him without knowing of that does not.
func again(p *Person, r journal.Record) ([]string, string, error) {
	b, err := move(p, r)
	if err == nil && !b.Again {
		err = thing.ErrNotNow
	}
	if err != nil {
		return nil, "", err
	}
	fields, note, err := correct(p, r)
	return append(fields, thing.State), thing.Join("恢复", note), err
}

func cancel(p *Person, r journal.Record) ([]string, string, error) {
	b, err := move(p, r)
	return []string{thing.State}, b.Note, err
}
