package matter

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
)

// Kind is the journal's word for entries about matters, Schema the version of their bodies that this program writes.
const (
	Kind   = "matter"
	Schema = 1
)

// Report is what the station wrote down and every level may know. Codes are those of the closed lists.
type Report struct {
	Number       string    `json:"number"`
	Register     string    `json:"register"`
	Channel      string    `json:"channel"`
	Occurred     time.Time `json:"occurred"` // when the citizen said it, to the minute
	Station      string    `json:"station"`
	PaperNumber  string    `json:"paperNumber"` // pre-printed number, when it was first written on paper
	Anonymous    bool      `json:"anonymous"`
	Confidential bool      `json:"confidential"`
	People       int       `json:"people"`
	Purpose      string    `json:"purpose"`
	Category     string    `json:"category"` // four digits
	Title        string    `json:"title"`
	Place        string    `json:"place"`
	Urgency      string    `json:"urgency"`
	Deputies     []string  `json:"deputies"`
	OnSpot       string    `json:"onSpot"`
	Mode         string    `json:"mode"`
	Proposal     string    `json:"proposal"`
	Due          string    `json:"due"` // promised date, 2026-12-14; "" where nothing was promised
}

// Private is what only those may know who need it: who the citizen is, where he lives, his own words.
type Private struct {
	Name         string `json:"name"`
	Phone        string `json:"phone"`
	Sex          string `json:"sex"`
	AgeBand      string `json:"ageBand"`
	Address      string `json:"address"`
	Words        string `json:"words"`
	OnSpotAnswer string `json:"onSpotAnswer"`
}

// Event is one line of a matter's history.
type Event struct {
	ID   journal.ID `json:"entry"`
	At   time.Time  `json:"at"`
	Unit string     `json:"unit"`
	By   string     `json:"by"`
	Do   string     `json:"do"`
	Note string     `json:"note"`
}

// Conflict says that two people changed one field without knowing of each other: the last in fold order stands, both
// entries stay to be compared.
type Conflict struct {
	Field   string       `json:"field"`
	Entries []journal.ID `json:"entries"`
}

// Matter is the sum of its entries.
type Matter struct {
	ID        string     `json:"id"`
	Unit      string     `json:"unit"` // whose table it came in at; only this unit may change the report
	Report               // open to every level
	Private   `json:"-"` // kept and carried apart
	State     State      `json:"state"`
	History   []Event    `json:"history"`
	Conflicts []Conflict `json:"conflicts"`
	Trail     []Mark     `json:"trail"`
}

// Mark remembers which fields an entry wrote (none where it was refused) and what its author had seen.
type Mark struct {
	ID     journal.ID   `json:"id"`
	Seen   []journal.ID `json:"seen"`
	Fields []string     `json:"fields,omitempty"`
}

// Why an entry cannot follow. Test with errors.Is.
var (
	ErrUnknown  = errors.New("act is unknown to this program")
	ErrNotYours = errors.New("act belongs to another unit")
	ErrNotNow   = errors.New("act cannot follow in this state")
	ErrBody     = errors.New("act's words cannot be read")
)

// rule is one row of the table: who may do it, after what, what then holds, and how the fields change.
type rule struct {
	name  string
	by    []journal.Level
	from  []State
	write func(m *Matter, r journal.Record) (fields []string, note string, err error)
}

var standing = []State{Answered, Registered, Guided}

// rules is all that may happen to a matter.
var rules = map[string]rule{
	"receive": {"登记", []journal.Level{journal.Station}, []State{None}, receive},
	"correct": {"更正", []journal.Level{journal.Station}, standing, correct},
	"void":    {"作废", []journal.Level{journal.Station}, standing, void},
}

// ActName is the Chinese word of an act.
func ActName(do string) string { return rules[do].name }

// Apply gives the matter after one more entry, or says why the entry cannot follow; then the matter is as before. It is
// pure: the same entries in fold order give the same matter everywhere.
func (m Matter) Apply(r journal.Record) (Matter, error) {
	act, known := rules[r.Do]
	switch {
	case !known || r.Kind != Kind || r.Schema > Schema:
		return m, fmt.Errorf("%s %d: %w", r.Do, r.Schema, ErrUnknown)
	case !slices.Contains(act.by, r.Level) || m.State != None && r.Unit != m.Unit:
		return m, fmt.Errorf("%s: %w", r.Do, ErrNotYours)
	case !slices.Contains(act.from, m.State):
		return m, fmt.Errorf("%s: %w", r.Do, ErrNotNow)
	}
	next := m
	fields, note, err := act.write(&next, r)
	if err != nil {
		return m, fmt.Errorf("%s: %w: %v", r.Do, ErrBody, err)
	}
	next.Conflicts = m.conflicts(r, fields)
	next.Trail = append(slices.Clip(m.Trail), Mark{r.ID, r.Seen, fields})
	next.History = append(slices.Clip(m.History), Event{r.ID, r.At, r.Unit, r.By, r.Do, note})
	return next, nil
}

// conflicts gives what stands against each other after r: every field that r writes and that an entry it has not seen
// wrote, too. Whoever writes a field after having seen both sides has settled it.
func (m Matter) conflicts(r journal.Record, fields []string) []Conflict {
	seen := map[journal.ID]bool{}
	for stack := slices.Clone(r.Seen); len(stack) > 0; {
		id := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		if i := slices.IndexFunc(m.Trail, func(k Mark) bool { return k.ID == id }); i >= 0 {
			stack = append(stack, m.Trail[i].Seen...)
		}
	}
	var open []Conflict
	for _, c := range m.Conflicts {
		if !slices.Contains(fields, c.Field) || !seen[c.Entries[0]] || !seen[c.Entries[1]] {
			open = append(open, c)
		}
	}
	for _, f := range fields {
		for _, k := range m.Trail {
			if !seen[k.ID] && slices.Contains(k.Fields, f) {
				open = append(open, Conflict{f, []journal.ID{k.ID, r.ID}})
			}
		}
	}
	return open
}

// Refusal is an entry that could not follow: kept, listed, without effect.
type Refusal struct {
	ID  journal.ID
	Err error
}

// Fold sums up the entries of one matter, all of whose parents are among them, in whatever order they come.
func Fold(rs []journal.Record) (m Matter, refused []Refusal) {
	rs = slices.Clone(rs)
	journal.Order(rs)
	for _, r := range rs {
		next, err := m.Apply(r)
		if err != nil {
			refused = append(refused, Refusal{r.ID, err})
			next.Trail = append(slices.Clip(m.Trail), Mark{r.ID, r.Seen, nil}) // whoever saw it saw what it saw
		}
		m = next
	}
	return m, refused
}

func receive(m *Matter, r journal.Record) ([]string, string, error) {
	if err := json.Unmarshal(r.Body, &m.Report); err != nil {
		return nil, "", err
	}
	if err := r.Read(&m.Private); err != nil {
		return nil, "", err
	}
	if !ValidNumber(m.Number) || m.Station == "" {
		return nil, "", errors.New("number or station is missing")
	}
	m.ID, m.Unit = r.Thing, r.Unit
	switch m.OnSpot {
	case "answered", "resolved":
		m.State = Answered
	case "out-of-scope":
		m.State = Guided
	default:
		m.State = Registered
	}
	return nil, m.State.String(), nil
}

// Correctable names the fields that a station may put right later, with their Chinese names.
var Correctable = Words{
	{"name", "姓名"}, {"phone", "电话"}, {"sex", "性别"}, {"ageBand", "年龄段"}, {"address", "住址"}, {"words", "原话"},
	{"onSpotAnswer", "现场答复"}, {"title", "标题"}, {"category", "类别"}, {"purpose", "诉求目的"}, {"place", "地点"},
	{"urgency", "紧急程度"}, {"deputies", "接待代表"}, {"people", "人数"}, {"proposal", "拟办意见"}, {"mode", "处理方式"},
	{"confidential", "保密"}, {"anonymous", "匿名"}, {"occurred", "反映时间"},
}

// personal are the fields that belong into the private part alone.
var personal = map[string]bool{"name": true, "phone": true, "sex": true, "ageBand": true, "address": true, "words": true, "onSpotAnswer": true}

func correct(m *Matter, r journal.Record) ([]string, string, error) {
	var set, private map[string]json.RawMessage
	if err := json.Unmarshal(r.Body, &set); err != nil {
		return nil, "", err
	}
	if err := r.Read(&private); err != nil {
		return nil, "", err
	}
	old := m.Deputies
	var fields, names []string
	for _, w := range Correctable {
		_, open := set[w.Code]
		_, hidden := private[w.Code]
		if open && personal[w.Code] || hidden && !personal[w.Code] {
			return nil, "", errors.New("a field in the wrong part")
		}
		if open || hidden {
			fields, names = append(fields, w.Code), append(names, w.Name)
		}
	}
	if len(fields) < len(set)+len(private) {
		return nil, "", errors.New("a field that cannot be corrected")
	}
	m.Deputies = nil // decoding into the old slice would change the matter as it was
	if _, ok := set["deputies"]; !ok {
		m.Deputies = old
	}
	if err := json.Unmarshal(r.Body, &m.Report); err != nil {
		return nil, "", err
	}
	if err := r.Read(&m.Private); err != nil {
		return nil, "", err
	}
	return fields, strings.Join(names, "、"), nil
}

func void(m *Matter, r journal.Record) ([]string, string, error) {
	var b struct{ Note string }
	if err := json.Unmarshal(r.Body, &b); err != nil {
		return nil, "", err
	}
	if strings.TrimSpace(b.Note) == "" {
		return nil, "", errors.New("a reason is missing")
	}
	m.State = Void
	return []string{"state"}, b.Note, nil
}
