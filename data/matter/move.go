package matter

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

// Move is the body of every act after the report; each act reads what concerns it. Dates are written 2026-12-04.
type Move struct {
	Note     string   `json:"note,omitempty"`
	Term     string   `json:"term,omitempty"` // the day by which the next step is due
	From     string   `json:"from,omitempty"` // reckon: the term that Term takes the place of
	Due      string   `json:"due,omitempty"`  // reckon, reopen: the day promised to the citizen
	Mode     string   `json:"mode,omitempty"` // collate, assign: one of Modes
	Category string   `json:"category,omitempty"`
	Proposal string   `json:"proposal,omitempty"`
	Reason   string   `json:"reason,omitempty"` // collate: out of scope after all, one of Reasons
	Door     string   `json:"door,omitempty"`
	To       []string `json:"to,omitempty"`       // assign: departments, the main one first
	Deputies []string `json:"deputies,omitempty"` // assign: who guides or consults; suggest: who proposes; pass: who is recommended
	Persons  Persons  `json:"persons,omitempty"`  // assign, suggest, know: who those named are
	Who      string   `json:"who,omitempty"`      // decline, offer, accept, pass: the deputy
	Session  string   `json:"session,omitempty"`  // session: its ID, "" for none
	// merge: the ID of the matter that it is handled with; "" parts them
	Into       string `json:"into,omitempty"`
	IntoNumber string `json:"intoNumber,omitempty"`
	Unit       string `json:"unit,omitempty"` // escalate: the office, where it is not the next one
	Class      int    `json:"class,omitempty"`
	Answer     string `json:"answer,omitempty"`
	AnsweredBy string `json:"answeredBy,omitempty"`
	Minutes    string `json:"minutes,omitempty"` // answer: what the deputies agreed on
	Promise    string `json:"promise,omitempty"`
	PromiseBy  string `json:"promiseBy,omitempty"`
	Leader     string `json:"leader,omitempty"`
	Way        string `json:"way,omitempty"`  // inform: one of Ways
	Date       string `json:"date,omitempty"` // the day it truly happened
	Attitude   string `json:"attitude,omitempty"`
	Result     string `json:"result,omitempty"`
	Score      int    `json:"score,omitempty"` // 1–5, where the county asks for one
	Suggestion string `json:"suggestion,omitempty"`
	Title      string `json:"title,omitempty"` // suggest
	Congress   string `json:"congress,omitempty"`
}

// Handling is what the offices do with a matter and what comes of it. Every level may know it.
type Handling struct {
	Holder     string     `json:"holder"`           // the unit that has it to handle
	Since      string     `json:"since,omitempty"`  // when the present clock began
	Term       string     `json:"term,omitempty"`   // and when it runs out; "" for none
	Units      []string   `json:"units,omitempty"`  // departments, the main one first
	Guides     []string   `json:"guides,omitempty"` // deputies who guide or consult
	Assigned   string     `json:"assigned,omitempty"`
	Signed     string     `json:"signed,omitempty"`
	Extended   bool       `json:"extended,omitempty"`
	Into       string     `json:"into,omitempty"`
	IntoNumber string     `json:"intoNumber,omitempty"`
	Suggestion string     `json:"suggestion,omitempty"` // one for all matters that it gathers
	Suggests   string     `json:"suggests,omitempty"`   // its title
	Proposers  []string   `json:"proposers,omitempty"`
	Congress   string     `json:"congress,omitempty"`
	Leader     string     `json:"leader,omitempty"` // who took it on himself
	Class      int        `json:"class,omitempty"`  // of the result, 1–9
	Answer     string     `json:"answer,omitempty"`
	AnsweredBy string     `json:"answeredBy,omitempty"`
	AnsweredOn string     `json:"answeredOn,omitempty"`
	Minutes    string     `json:"minutes,omitempty"`
	Promise    string     `json:"promise,omitempty"`
	PromiseBy  string     `json:"promiseBy,omitempty"`
	Urged      int        `json:"urged,omitempty"`
	Supervised int        `json:"supervised,omitempty"`
	UrgedFor   string     `json:"urgedFor,omitempty"` // the day an answer was last urged for
	DeputyTold string     `json:"deputyTold,omitempty"`
	DeputyWay  string     `json:"deputyWay,omitempty"`
	Told       string     `json:"told,omitempty"`
	TellWay    string     `json:"tellWay,omitempty"`
	RatedOn    string     `json:"ratedOn,omitempty"`
	Attitude   string     `json:"attitude,omitempty"`
	Result     string     `json:"result,omitempty"`
	Score      int        `json:"score,omitempty"`
	Complaint  string     `json:"complaint,omitempty"` // why the citizen is not satisfied
	Redone     int        `json:"redone,omitempty"`
	Moves      []Moved    `json:"moves,omitempty"` // of the day promised to the citizen, the oldest first
	Declines   []Declined `json:"declines,omitempty"`
	Offers     []Offer    `json:"offers,omitempty"` // 点单: the deputies who were asked, one after the other
	Was        State      `json:"was,omitempty"`    // of what was voided, where it stood
	Own        string     `json:"own,omitempty"`    // what the table itself promises, where a term outran it
	Happened   []Happened `json:"happened,omitempty"`
}

// Moved is one time that the day promised to the citizen was moved. His receipt has the day before.
type Moved struct {
	From string `json:"from"` // 2026-12-14
	To   string `json:"to"`
	On   string `json:"on"`             // the day on which it was moved
	Do   string `json:"do"`             // the act that moved it
	Why  string `json:"why"`            // 更正了反映时间, 延期
	Told string `json:"told,omitempty"` // the day on which he was told
}

// Untold gives the moves of the promise that the citizen does not know of. One who is to be told an answer, or was,
// needs no other day.
func (m Matter) Untold() (moves []Moved) {
	if !m.State.Owing() {
		return nil
	}
	for _, v := range m.Moves {
		if v.Told == "" {
			moves = append(moves, v)
		}
	}
	return moves
}

// Redos is how often a matter is handled again before it goes up.
const Redos = 2

// read gives what an act says, whichever part it stands in; what came sealed is kept sealed.
func (m *Matter) read(r journal.Record) (said, open Move, err error) {
	if err = json.Unmarshal(r.Body, &open); err != nil {
		return
	}
	said = open
	if r.Secret != nil {
		var sealed Move
		thing.Hear(r, &sealed)
		m.Sealed = append(slices.Clip(m.Sealed), Said{r.ID, sealed})
	}
	return
}

// clock starts the clock that an act brings. The day promised to the citizen stays.
func (m *Matter) clock(r journal.Record, term string) { m.Since, m.Term = day(r.At), term }

// stretch starts the clock of those who are to handle a matter. A promise to the citizen that it outruns follows it,
// and somebody has to tell him: his receipt has the old day.
func (m *Matter) stretch(r journal.Record, term string) (told string) {
	m.clock(r, term)
	if m.Due != "" && term > m.Due && !m.State.Citizen() {
		m.Own = or(m.Own, m.Due)
		return m.promise(r, term, ActName(r.Do))
	}
	return ""
}

// order is stretch for an order that takes the place of those before it: what they made of the promise falls back,
// unless the citizen was told.
func (m *Matter) order(r journal.Record, term string) (told string) {
	m.clock(r, term)
	if m.Due == "" {
		return ""
	}
	was, moves := m.Due, []Moved{}
	from, due := m.Due, max(or(m.Own, m.Due), term)
	if len(m.Moves) > 0 {
		from = m.Moves[0].From
	}
	for _, v := range m.Moves {
		if v.Told == "" && !v.own() {
			continue
		}
		if !v.own() {
			due = max(due, v.To)
		}
		v.From, from = from, v.To
		moves = append(moves, v)
	}
	if due == was {
		return ""
	}
	m.Own, m.Moves, m.Due = or(m.Own, was), moves, from
	if told = m.promise(r, due, ActName(r.Do)); told == "" {
		told = "；答应群众的 " + was + " 改回 " + due
	}
	return told
}

// own says that a promise was moved by the table itself.
func (v Moved) own() bool { return v.Do == "reckon" || v.Do == "reopen" }

// promise moves the day promised to the citizen.
func (m *Matter) promise(r journal.Record, to, why string) (told string) {
	if m.Due == to {
		return ""
	}
	m.Moves = append(slices.Clip(m.Moves), Moved{From: m.Due, To: to, On: day(r.At), Do: r.Do, Why: why})
	told, m.Due = "；回执上答应的 "+m.Due+" 改到 "+to, to
	if m.State.Owing() {
		told += "，请告诉群众"
	}
	return told
}

// heard notes that the citizen knows of all moves of the promise.
func (m *Matter) heard(date string) {
	m.Moves = slices.Clone(m.Moves)
	for i := range m.Moves {
		m.Moves[i].Told = or(m.Moves[i].Told, date)
	}
}

// reckon moves days that follow from what was put right, or from days off that were published later: the promise, of
// which the table is the master, and the end of the present clock, unless somebody set another meanwhile. What an
// office moved a promise to stands: the promise is never nearer. It is the program's own act: where nothing is left to
// move it changes nothing.
func reckon(m *Matter, r journal.Record) (fields []string, note string, err error) {
	_, b, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	note = b.Note
	if b.Due != "" && m.Due != "" && r.Unit == m.Unit {
		m.Own = b.Due
		for _, v := range m.Moves {
			if !v.own() {
				b.Due = max(b.Due, v.To)
			}
		}
		if told := m.promise(r, b.Due, b.Note); told != "" || m.Contested("due") {
			note, fields = note+told, append(fields, "due")
		}
	}
	turn := m.Holder
	if m.State.Citizen() {
		turn = m.Unit
	}
	if b.Term != "" && m.Term == b.From && m.Term != b.Term && r.Unit == turn {
		m.Term, fields = b.Term, append(fields, "term")
		note += "；期限 " + b.From + " 改到 " + b.Term
	}
	return fields, note, nil
}

// beijing is the civil time of every station.
var beijing = time.FixedZone("CST", 8*60*60)

func day(t time.Time) string { return t.In(beijing).Format(time.DateOnly) }

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// need is nil where all of what an act needs was said; what was sealed counts as said.
func need(r journal.Record, ok bool, what string) error {
	if ok || r.Private != nil {
		return nil
	}
	return errors.New(what + " is missing")
}

func until(date string) string {
	if t, err := time.Parse(time.DateOnly, date); err == nil {
		return "，限" + t.Format("1月2日") + "前"
	}
	return ""
}
