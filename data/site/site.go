// Package site is the units that matter to a liaison station, as things: the stations, points and bases where citizens
// are received, the offices that assign and supervise, the departments that handle and answer (what a unit's code says
// by itself is data/unit). A county keeps its own; what a station knows best about itself it says itself.
package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Name is the journal's word for entries about units, Schema the version of their bodies that this program writes.
const (
	Name   = "unit"
	Schema = 1
)

// State is whether a unit counts.
type State int

// The states.
const (
	None   State = 0
	Open   State = 1
	Closed State = 2
	Void   State = 3 // entered by mistake
)

// Site is the sum of a unit's entries.
type Site struct {
	thing.Base
	Facts
	Code      string     `json:"code"` // a station's by its place, an office's twelve digits, a department's 141102-07
	Kind      string     `json:"kind"` // words.Sites
	State     State      `json:"state"`
	Parent    string     `json:"parent"`        // the unit that it is under, where that is not its county
	Via       string     `json:"via,omitempty"` // what its computer, or who keeps its book, exchanges with, where not its county
	Opened    string     `json:"opened"`        // 2021-03-20
	Closed    string     `json:"closed"`
	Successor string     `json:"successor"`      // the code of the unit that goes on with its work, "" for none
	Heir      string     `json:"heir,omitempty"` // what that one exchanges with
	Confirmed bool       `json:"confirmed"`      // an office has said something of it
	Photo     journal.ID `json:"photo,omitzero"`
	Batches   []string   `json:"batches"`
}

// Facts are what is known of a unit. Nothing of it is private: it hangs on the wall.
type Facts struct {
	Name       string   `json:"name"`
	Short      string   `json:"short"`
	Address    string   `json:"address"`
	Phone      string   `json:"phone"`
	Opening    string   `json:"opening"` // when somebody answers the phone, as printed
	Area       string   `json:"area"`    // in square metres
	Equipment  []string `json:"equipment"`
	Head       string   `json:"head"`
	Liaisons   []string `json:"liaisons"`
	Field      string   `json:"field"` // a base's
	Network    string   `json:"network"`
	Letterhead string   `json:"letterhead"` // of an office: what stands over its letters
	Contact    string   `json:"contact"`    // of a department: who is asked for
}

// Fields are what is written down of a unit, in the order of the form: members of Facts by their codes.
var Fields = field.Of(Name, []field.Field{
	{Code: "name", Name: "名称", Most: 60, Must: true, Correctable: true, Wide: true},
	{Code: "short", Name: "简称", Most: 20, Correctable: true},
	{Code: "phone", Name: "电话", Most: 60, Correctable: true},
	{Code: "opening", Name: "接听时间", Hint: "如 工作日 8:00–12:00", Most: 60, Correctable: true},
	{Code: "address", Name: "地址", Most: 100, Correctable: true, Wide: true},
	{Code: "head", Name: "站长", Most: 30, Correctable: true},
	{Code: "liaisons", Name: "联络员", Input: field.People, Most: 6, Counted: "位联络员", Correctable: true},
	{Code: "area", Name: "面积", Hint: "平方米", Most: 10, More: true, Correctable: true},
	{Code: "equipment", Name: "设备", Input: field.People, Most: 30, Counted: "件设备", More: true, Correctable: true, Wide: true},
	{Code: "network", Name: "网络", Most: 30, More: true, Correctable: true},
	{Code: "field", Name: "专业领域", Hint: "基地的领域", Most: 30, More: true, Correctable: true},
	{Code: "letterhead", Name: "发文名称", Hint: "机关的信头", Most: 60, More: true, Correctable: true},
	{Code: "contact", Name: "联系人", Hint: "部门的联系人", Most: 30, More: true, Correctable: true},
}...)

// What else an act on a unit says.
var _ = field.Of(Name, []field.Field{
	{Code: "code", Name: "代码"}, {Code: "kind", Name: "类型"}, {Code: "place", Name: "地点"}, {Code: "parent", Name: "上级"},
	{Code: "opened", Name: "设立日期"}, {Code: "day", Name: "日期"}, {Code: "successor", Name: "接续的单位"}, {Code: "photo", Name: "照片"},
	{Code: "note", Name: "说明"}, {Code: "batch", Name: "批次"}, {Code: "do", Name: "办理动作"},
}...)

// Own are the fields that a station says of itself.
var Own = []string{"phone", "opening", "address", "head", "liaisons", "area", "equipment", "network"}

// The acts, as entries say them.
const (
	Begin   = "open"
	Change  = "change"
	Merge   = "merge"
	End     = "close"
	Picture = "photo"
	Cancel  = "void"
)

// Acts are the acts by their words.
var Acts = words.Of(Begin, "设立", Change, "更正", Merge, "并入", End, "撤销", Picture, "换照片", Cancel, "作废")

// Opening is the body of a unit's first entry.
type Opening struct {
	Facts
	Code   string `json:"code"`
	Kind   string `json:"kind"`
	Opened string `json:"opened,omitempty"`
	Parent string `json:"parent,omitempty"`
	Via    string `json:"via,omitempty"`
	Batch  string `json:"batch,omitempty"`
}

// Move is the body of any other act besides the fields that it changes.
type Move struct {
	Day       string  `json:"day,omitempty"`       // merge, close
	Successor string  `json:"successor,omitempty"` // merge, and close where there is one
	Opened    string  `json:"opened,omitempty"`    // change
	Parent    *string `json:"parent,omitempty"`    // change
	Via       *string `json:"via,omitempty"`       // change: the unit's; merge, close: its successor's
	Note      string  `json:"note,omitempty"`
	Batch     string  `json:"batch,omitempty"`
}

type who string

const (
	anyone who = "the office that it is one of, or the station itself"
	office who = "the office that it is one of, or one above"
	itself who = "the station itself"
)

// Is says whether the author of an entry is one of them.
func (w who) Is(p *Site, r journal.Record) bool {
	level := r.Level == unit.LevelOf(r.Unit)
	switch w {
	case office:
		return level && r.Level != journal.Station && (r.Unit == p.Code || unit.Above(r.Unit, p.Code))
	case itself:
		return level && r.Unit == p.Code
	}
	return level
}

const same State = -1

var stay = []State{same}

type rule = thing.Rule[Site, State]

var table = thing.Table[Site, State]{Kind: Name, Schema: Schema, Same: same, Rules: []rule{
	{Do: Begin, By: anyone, From: []State{None}, To: []State{Open}, Write: open},
	{Do: Change, By: office, From: []State{Open}, To: stay, Write: change},
	{Do: Change, By: itself, From: []State{Open}, To: stay, Write: change},
	{Do: Picture, By: office, From: []State{Open}, To: stay, Write: picture},
	{Do: Picture, By: itself, From: []State{Open}, To: stay, Write: picture},
	{Do: Merge, By: office, From: []State{Open}, To: []State{Closed}, Write: end},
	{Do: End, By: office, From: []State{Open}, To: []State{Closed}, Write: end},
	{Do: Begin, By: office, From: []State{Closed, Void}, To: []State{Open}, Write: again},
	{Do: Cancel, By: office, From: []State{Open, Closed}, To: []State{Void}, Write: end},
},
	Paragraphs: []string{"note"},
	Of:         func(p *Site) (*thing.Base, *State) { return &p.Base, &p.State },
}

// Apply gives the unit after one more entry, or says why the entry cannot follow.
func (p Site) Apply(r journal.Record) (Site, error) { return table.Apply(p, r) }

// May says whether a unit may do an act now, as far as the table tells.
func (p Site) May(do, code string) bool {
	return table.May(p, journal.Record{Entry: journal.Entry{Do: do, Unit: code, Level: unit.LevelOf(code)}})
}

func (p *Site) said(r journal.Record, batch string) {
	p.Confirmed = p.Confirmed || r.Level != journal.Station
	p.Batches = thing.Batches(p.Batches, batch)
}

// Numbered says whether a code is one that an office gave to a department, or to an office beside it: its own first six
// digits, a hyphen and an ordinal.
func Numbered(code string) bool {
	office, n, ok := strings.Cut(code, "-")
	return ok && len(office) == 6 && len(n) >= 2 && strings.Trim(office+n, "0123456789") == ""
}

func open(p *Site, r journal.Record) ([]string, string, error) {
	var first Opening
	if err := json.Unmarshal(r.Body, &first); err != nil {
		return nil, "", err
	}
	code, ok := unit.Parse(first.Code)
	switch {
	case Numbered(first.Code) && (first.Kind == "department" || first.Kind == "office") && r.Level != journal.Station &&
		len(r.Unit) == 12 && strings.HasPrefix(first.Code, r.Unit[:6]):
	case first.Kind == "department" || first.Kind != "office" && unit.LevelOf(first.Code) != journal.Station:
		return nil, "", fmt.Errorf("%s %q", first.Kind, first.Code)
	case !ok || code != first.Code || code != r.Unit && !unit.Above(r.Unit, code):
		return nil, "", fmt.Errorf("unit %q by %s", first.Code, r.Unit)
	}
	switch {
	case strings.TrimSpace(first.Name) == "":
		return nil, "", errors.New("a unit without a name")
	case first.Via != "" && !unit.Above(first.Via, code), first.Parent != "" && !unit.Above(first.Parent, code):
		return nil, "", errors.New("a unit that reports to none above it")
	}
	if _, known := words.Sites.Parse(first.Kind); !known {
		return nil, "", fmt.Errorf("kind %q", first.Kind)
	}
	p.ID, p.Unit, p.Code, p.Kind, p.Facts = r.Thing, r.Unit, first.Code, first.Kind, first.Facts
	p.Opened, p.Parent, p.Via = first.Opened, first.Parent, first.Via
	p.said(r, first.Batch)
	return nil, p.Name, nil
}

func change(p *Site, r journal.Record) ([]string, string, error) {
	var set map[string]json.RawMessage
	var b Move
	if err := errors.Join(json.Unmarshal(r.Body, &set), json.Unmarshal(r.Body, &b)); err != nil {
		return nil, "", err
	}
	var fields, names []string
	for _, f := range Fields {
		if _, said := set[f.Code]; said {
			if r.Level == journal.Station && !slices.Contains(Own, f.Code) {
				return nil, "", fmt.Errorf("%s: %w", f.Code, thing.ErrNotYours)
			}
			fields, names = append(fields, f.Code), append(names, f.Name)
		}
	}
	if r.Level == journal.Station && (b.Opened != "" || b.Parent != nil || b.Via != nil) {
		return nil, "", thing.ErrNotYours
	}
	p.Equipment, p.Liaisons = slices.Clone(p.Equipment), slices.Clone(p.Liaisons)
	if err := json.Unmarshal(r.Body, &p.Facts); err != nil {
		return nil, "", err
	}
	if strings.TrimSpace(p.Name) == "" {
		return nil, "", errors.New("a unit without a name")
	}
	if b.Opened != "" {
		p.Opened, fields, names = b.Opened, append(fields, "opened"), append(names, "设立日期")
	}
	for _, over := range []struct {
		said, kept *string
	}{{b.Parent, &p.Parent}, {b.Via, &p.Via}} {
		switch {
		case over.said == nil:
		case *over.said != "" && !unit.Above(*over.said, p.Code):
			return nil, "", errors.New("a unit that reports to none above it")
		default:
			*over.kept = *over.said
		}
	}
	if b.Parent != nil {
		fields, names = append(fields, "parent"), append(names, "上级")
	}
	p.said(r, b.Batch)
	return fields, thing.Join(strings.Join(names, "、"), b.Note), nil
}

func read(p *Site, r journal.Record) (b Move, err error) {
	if err = json.Unmarshal(r.Body, &b); err == nil {
		p.said(r, b.Batch)
	}
	return b, err
}

func picture(p *Site, r journal.Record) ([]string, string, error) {
	b, err := read(p, r)
	p.Photo = r.ID
	return []string{"photo"}, b.Note, err
}

func end(p *Site, r journal.Record) ([]string, string, error) {
	b, err := read(p, r)
	if err == nil && (b.Successor == p.Code || r.Do == Merge && b.Successor == "") {
		err = errors.New("a unit that goes on as itself")
	}
	p.Closed, p.Successor, p.Heir = b.Day, b.Successor, ""
	if b.Via != nil && unit.Above(*b.Via, b.Successor) {
		p.Heir = *b.Via
	}
	return []string{thing.State, "successor"}, thing.Join(thing.Join(b.Successor, b.Day), b.Note), err
}

func again(p *Site, r journal.Record) ([]string, string, error) {
	b, err := read(p, r)
	p.Closed, p.Successor, p.Heir = "", "", ""
	return []string{thing.State, "successor"}, thing.Join("恢复", b.Note), err
}

// Claim says whose word holds where several wrote of one code, the smallest first: that of the office to which it
// belongs, of one above, its own, that of a station beside it.
func (p Site) Claim() int {
	switch {
	case unit.LevelOf(p.Unit) == journal.Station && p.Unit == p.Code:
		return 2
	case unit.LevelOf(p.Unit) == journal.Station:
		return 3
	case p.Code[:6] == p.Unit[:6]:
		return 0
	}
	return 1
}

// Values are what is known of a unit's fields.
func (p Site) Values() field.Values { return field.From(p.Facts) }

// Called is its short name, where it has one.
func (p Site) Called() string {
	if p.Short != "" {
		return p.Short
	}
	return p.Name
}

// Bears says whether a unit has a name, in full or short, however it is written.
func (p Site) Bears(name string) bool {
	form := spelling.Department(name)
	return form != "" && (spelling.Department(p.Name) == form || spelling.Department(p.Short) == form)
}

// Kind is what the store has to know of units.
var Kind = thing.Kind{Name: Name, Version: 2, Schema: Schema, Knows: table.Knows,
	New: func() thing.Sum { return &Site{} },
	Fold: func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
		p, refused := table.Fold(rs)
		if p.State == None {
			return nil, refused
		}
		return &p, refused
	},
	Doc: func(s thing.Sum, _ string) thing.Doc {
		p := s.(*Site)
		return thing.Doc{People: append([]string{p.Head}, p.Liaisons...), Phone: p.Phone, Numbers: []string{p.Code},
			Initials: []string{p.Name, p.Short, p.Field},
			Text:     strings.Join(append([]string{p.Address}, p.Equipment...), "\n")}
	},
	Field: func(_ thing.Sum, code string) string {
		return Fields.Beside(words.Of("opened", "设立日期", "parent", "上级", "photo", "照片", "successor", "接续的单位", thing.State, "状态"), code)
	},
	Called: func(s thing.Sum) string { return s.(*Site).Called() },
	Columns: []thing.Column{
		column("state", func(p *Site) any { return int(p.State) }),
		column("code", func(p *Site) any { return p.Code }),
		column("kind", func(p *Site) any { return p.Kind }),
		column("name", func(p *Site) any { return spelling.Department(p.Name) }),
		column("confirmed", func(p *Site) any { return p.Confirmed }),
		column("batches", func(p *Site) any {
			if len(p.Batches) == 0 {
				return ""
			}
			return " " + strings.Join(p.Batches, " ") + " "
		}),
	},
	Indexes: []string{"code", "name", "batches WHERE batches <> ''"},
	Digest:  []string{"state", "code"},
}

func column(name string, of func(*Site) any) thing.Column {
	return thing.Column{Name: name, Of: func(s thing.Sum) any { return of(s.(*Site)) }}
}

// Parts are the unit, of which nothing is kept apart but its photo.
func (p *Site) Parts() (open, private any) { return p, &struct{}{} }

// Label gives nothing: its code is a column, and two may say that it is theirs.
func (p *Site) Label() (string, []thing.Label) { return "", nil }

// Secret says that a unit never is.
func (p *Site) Secret() bool { return false }

// Known says that nothing private is told of it.
func (p *Site) Known() bool { return false }

// Envelope of an office or department goes to all below whoever keeps it; that of a station along its line.
func (p *Site) Envelope(author string) journal.Envelope {
	if p.Kind == "department" || p.Kind == "office" {
		return journal.Envelope{Way: journal.Below, Audience: []string{p.Unit}}
	}
	e := journal.Envelope{Way: journal.Along, Audience: unit.With(unit.Path(p.Code, p.Via), p.Unit, "")}
	if unit.LevelOf(p.Successor) == journal.Station && unit.Above(p.Unit, p.Successor) { // by whom the old code is still opened
		e.Audience = unit.With(e.Audience, p.Successor, p.Heir)
	}
	e.Privy = slices.DeleteFunc(slices.Clone(e.Audience), func(u string) bool { return u == author })
	return e
}
