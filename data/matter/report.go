package matter

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/numbers"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
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
	Persons      Persons   `json:"persons,omitempty"`
	OnSpot       string    `json:"onSpot"`
	Mode         string    `json:"mode"`
	Proposal     string    `json:"proposal"`
	Due          string    `json:"due"`               // promised date, 2026-12-14; "" where nothing was promised
	Via          string    `json:"via,omitempty"`     // the office that the table reports to, where it is not its county
	Reason       string    `json:"reason,omitempty"`  // why it was not taken up
	Door         string    `json:"door,omitempty"`    // the right door: who, where, telephone, hours
	Session      string    `json:"session,omitempty"` // the ID of the session of the calendar at which it was raised
	Wanted       string    `json:"wanted,omitempty"`  // 点单: the field of the deputy whom the citizen wishes for
	Asked        string    `json:"asked,omitempty"`   // or his name
}

// Opening is the body of a matter's first entry: the report, and the day by which it is to be sorted.
type Opening struct {
	Report
	Term  string `json:"term,omitempty"`
	Book  *Book  `json:"book,omitempty"`  // where it came from an old book: what became of it
	Batch string `json:"batch,omitempty"` // and the sheet that brought it
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
	Sealed       []Said `json:"sealed,omitempty"` // what was said since, of a confidential matter
	Row          string `json:"row,omitempty"`    // what tells the row of an old book from all others (RowKey)
}

// Said is what an act on a confidential matter says: it travels in the private part.
type Said struct {
	Entry journal.ID `json:"entry"`
	Move
}

// Known says whether this computer was told anything private.
func (p Private) Known() bool {
	if len(p.Sealed) == 0 {
		p.Sealed = nil
	}
	p.Row = ""
	return !reflect.ValueOf(p).IsZero()
}

// Disclosed is the body of the act that opens what was said under the seal: every level may know it now.
type Disclosed struct {
	Sealed []Said `json:"sealed"`
}

func receive(m *Matter, r journal.Record) ([]string, string, error) {
	var first Opening
	if err := json.Unmarshal(r.Body, &first); err != nil {
		return nil, "", err
	}
	thing.Hear(r, &m.Private)
	m.Report = first.Report
	if !numbers.Valid(m.Number) || m.Station == "" {
		return nil, "", errors.New("number or station is missing")
	}
	m.ID, m.Unit, m.Holder, m.Persons = r.Thing, r.Unit, r.Unit, m.Persons.Of(m.Deputies)
	switch m.OnSpot {
	case "answered", "resolved":
		m.State = Answered
	case "out-of-scope":
		m.State = Guided
	default:
		m.State = Registered
		m.Since, m.Term = day(r.At), first.Term
	}
	if first.Book != nil {
		m.Batches = batches(nil, first.Batch)
		note, err := m.carried(*first.Book, r)
		return nil, note, err
	}
	return nil, m.State.String(), nil
}

func correct(m *Matter, r journal.Record) ([]string, string, error) {
	var set map[string]json.RawMessage
	if err := json.Unmarshal(r.Body, &set); err != nil {
		return nil, "", err
	}
	hidden := m.hear(r)
	old := m.Deputies
	var fields, names []string
	opened := 0
	for _, f := range Correctable {
		_, open := set[f.Code]
		if open && f.Private {
			return nil, "", errors.New("a field in the wrong part")
		}
		if open {
			opened++
		}
		if open || slices.Contains(hidden, f.Code) {
			fields = append(fields, f.Code)
		}
	}
	if opened < len(set) {
		return nil, "", errors.New("a field that cannot be corrected")
	}
	m.Deputies = nil // decoding into the old slice would change the matter as it was
	if _, ok := set["deputies"]; !ok {
		m.Deputies = old
	}
	if err := json.Unmarshal(r.Body, &m.Report); err != nil {
		return nil, "", err
	}
	for _, f := range Correctable { // what goes under the seal or comes out of it is not put right
		if slices.Contains(fields, f.Code) && (set["confidential"] == nil || !f.Private) {
			names = append(names, f.Name)
		}
	}
	return fields, strings.Join(names, "、"), nil
}

// hear takes the private fields that an entry corrects, and names them. Where anything else stands among them nothing is
// heard, as of a private part that cannot be read.
func (m *Matter) hear(r journal.Record) (codes []string) {
	var hidden map[string]json.RawMessage
	thing.Hear(r, &hidden)
	for code := range hidden {
		if !slices.ContainsFunc(Correctable, func(f field.Field) bool { return f.Code == code && f.Private }) {
			return nil
		}
		codes = append(codes, code)
	}
	if r.Read(new(Private)) != nil {
		return nil
	}
	thing.Hear(r, &m.Private)
	return codes
}

// disclose puts what was said while a matter was confidential where it stands of any other matter; it was withheld from
// those above.
func disclose(m *Matter, r journal.Record) ([]string, string, error) {
	var said Disclosed
	if err := json.Unmarshal(r.Body, &said); err != nil {
		return nil, "", err
	}
	thing.Hear(r, &said) // where programs of before put it
	told := map[journal.ID]Move{}
	for _, s := range said.Sealed {
		told[s.Entry] = s.Move
	}
	m.Sealed = slices.DeleteFunc(slices.Clone(m.Sealed), func(s Said) bool { _, open := told[s.Entry]; return open })
	m.History = slices.Clone(m.History)
	var answer, rating Move // those that stand
	for i, e := range m.History {
		s := told[e.ID]
		m.History[i].Note = thing.Join(thing.Join(thing.Join(thing.Join(e.Note, s.Proposal), s.Answer), s.Reason),
			s.Note)
		switch m.Proposal = or(s.Proposal, m.Proposal); {
		case strings.HasPrefix(e.Note, thing.NoEffect):
		case e.Do == "answer":
			answer, rating = s, Move{}
		case e.Do == "rate":
			rating = s
		case e.Do == "reopen":
			answer, rating = Move{}, Move{}
		}
	}
	m.Answer, m.Minutes, m.Promise = or(m.Answer, answer.Answer), or(m.Minutes, answer.Minutes),
		or(m.Promise, answer.Promise)
	m.Complaint = or(m.Complaint, rating.Reason)
	return nil, "", nil
}

// redact takes away who the citizen is and what he said; what others said of him in private they take from themselves,
// wherever it is (store). Which row of an old book it was stays, so that the book does not bring it once more.
func redact(m *Matter, r journal.Record) ([]string, string, error) {
	var said Move
	if err := json.Unmarshal(r.Body, &said); err != nil {
		return nil, "", err
	}
	if _, known := words.Redactions.Parse(said.Reason); !known {
		return nil, "", errors.New("the reason is missing")
	}
	m.Private, m.Redacted = Private{}, day(r.At)
	var kept Private
	thing.Hear(r, &kept)
	m.Row = kept.Row
	return nil, words.Redactions.Name(said.Reason), nil
}

func void(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if err := need(r, strings.TrimSpace(b.Note) != "", "a reason"); err != nil {
		return nil, "", err
	}
	return []string{"state"}, open.Note, nil
}
