package matter

import (
	"errors"
	"fmt"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// What the units that handle a matter do. Each changes the matter as its row of the table says, and gives the fields
// that it wrote and a line for the history.

func collate(m *Matter, r journal.Record) (fields []string, note string, err error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	var names []string
	for _, f := range []struct {
		name, value, says string
		field             *string
	}{
		{"category", b.Category, "", &m.Category}, {"mode", b.Mode, words.Modes.Name(b.Mode), &m.Mode},
		{"proposal", b.Proposal, open.Proposal, &m.Proposal},
	} {
		if f.value != "" {
			*f.field = f.value
			fields = append(fields, f.name)
			if f.says != "" {
				names = append(names, f.says)
			}
		}
	}
	m.Holder = r.Unit
	m.clock(r, b.Term)
	if b.Reason != "" {
		if r.Level != journal.Station { // the citizen sits at a table, and is shown the door there
			return nil, "", thing.ErrNotNow
		}
		m.State, m.Reason, m.Door, m.Term = Guided, b.Reason, b.Door, ""
		return append(fields, "reason"), thing.Join("不属受理范围："+words.Reasons.Name(b.Reason), open.Note), nil
	}
	return fields, thing.Join(strings.Join(names, "；"), open.Note), nil
}

func merge(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	m.Holder = r.Unit
	switch {
	case b.Into == m.ID:
		return nil, "", errors.New("merged with itself")
	case b.Into == "" && m.Into == "":
		return nil, "", thing.ErrNotNow
	case b.Into == "":
		note := "与 " + m.IntoNumber + " 分开办理"
		m.Into, m.IntoNumber, m.State = "", "", Collated
		return []string{"into"}, thing.Join(note, open.Note), nil
	case m.Into != "":
		return nil, "", thing.ErrNotNow
	}
	m.Into, m.IntoNumber = b.Into, b.IntoNumber
	return []string{"into"}, thing.Join("并入 "+b.IntoNumber+" 一起办理，分别答复", open.Note), nil
}

// hand gives a matter to those who are to handle it: departments, or deputies who guide (one at least) or consult
// (two).
func (m *Matter) hand(mode string, units, guides []string) (string, error) {
	switch mode {
	case "guide", "consult":
		m.State = Guiding
		if mode == "consult" {
			m.State = Consulting
		}
		if len(guides) == 0 || mode == "consult" && len(guides) < 2 {
			return "", errors.New("deputies are missing")
		}
		m.Mode, m.Units, m.Guides = mode, nil, guides
		return strings.Join(guides, "、"), nil
	}
	if len(units) == 0 {
		return "", errors.New("a department is missing")
	}
	m.State, m.Mode, m.Units, m.Guides = Assigned, "department", units, nil
	note := "主办 " + units[0]
	if len(units) > 1 {
		note += "，协办 " + strings.Join(units[1:], "、")
	}
	return note, nil
}

func assign(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	mode := b.Mode
	if mode == "" && len(b.To) == 0 && m.Mode != "suggestion" {
		mode = m.Mode
	}
	before := m.Units
	note, err := m.hand(mode, b.To, b.Deputies)
	if err != nil {
		return nil, "", err
	}
	again := m.Extended && len(before) > 0 && len(m.Units) > 0 && before[0] == m.Units[0] // the same unit extends once
	m.Persons = m.Persons.With(b.Persons.Of(b.Deputies))
	m.Holder, m.Assigned, m.Signed, m.Extended = r.Unit, day(r.At), "", again
	m.assigned(r)
	note += until(b.Term) + m.order(r, b.Term)
	return []string{"units"}, thing.Join(note, open.Note), nil
}

// assigned notes that departments got it to handle.
func (m *Matter) assigned(r journal.Record) {
	if len(m.Units) > 0 {
		m.happened(WasAssigned, day(r.At), m.Units[0], "")
	}
}

func sign(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	m.Signed = or(b.Date, day(r.At))
	return []string{"signed"}, thing.Join(m.Units[0], open.Note), nil
}

func giveBack(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if err := need(r, b.Note != "", "a reason"); err != nil {
		return nil, "", err
	}
	who := m.Units[0]
	m.happened(WasReturned, day(r.At), who, "")
	m.Signed, m.Assigned = "", ""
	m.clock(r, b.Term)
	return []string{"units"}, thing.Join(who, open.Note), nil
}

func sendDown(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	down := m.Down(m.Holder)
	if down == "" || m.Redone > Redos { // it came up because those below could not content the citizen
		return nil, "", thing.ErrNotNow
	}
	if err := need(r, b.Note != "", "a reason"); err != nil {
		return nil, "", err
	}
	m.Holder = down
	m.clock(r, b.Term)
	return []string{"holder"}, thing.Join("退给下一级", open.Note), nil
}

func extend(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if m.Extended {
		return nil, "", thing.ErrNotNow
	}
	if err := need(r, b.Note != "", "a reason"); err != nil {
		return nil, "", err
	}
	if b.Term <= m.Term {
		return nil, "", errors.New("the new term is not later")
	}
	since := m.Since
	note := "延到 " + b.Term + m.stretch(r, b.Term)
	m.Since, m.Extended = since, true
	return []string{"term"}, thing.Join(note, open.Note), nil
}

func answer(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if b.Class < 1 || b.Class > 8 {
		return nil, "", fmt.Errorf("class %d of result", b.Class)
	}
	if err := need(r, b.Answer != "", "the answer"); err != nil {
		return nil, "", err
	}
	if m.Guides != nil && m.Mode == "consult" {
		if err := need(r, b.Minutes != "", "what was agreed on"); err != nil {
			return nil, "", err
		}
	}
	if m.Units == nil && m.Guides == nil && m.Suggestion == "" {
		m.Mode = "" // what was only proposed was not used
	}
	promised := ""
	if words.Ongoing(m.Class) && m.Result != "" { // he was told and rated: what was promised is there now
		promised = m.PromiseBy
	}
	m.Class, m.Answer, m.Minutes, m.Promise, m.PromiseBy = b.Class, open.Answer, open.Minutes, open.Promise, b.PromiseBy
	if m.AnsweredBy = b.AnsweredBy; m.AnsweredBy == "" && len(m.Units) > 0 {
		m.AnsweredBy = m.Units[0]
	}
	m.AnsweredOn = or(b.Date, day(r.At))
	if promised != "" {
		m.happened(WasKept, m.AnsweredOn, "", promised)
	}
	m.DeputyTold, m.DeputyWay, m.Told, m.TellWay = "", "", "", ""
	m.RatedOn, m.Attitude, m.Result, m.Score, m.Complaint = "", "", "", 0, ""
	m.clock(r, b.Term)
	return []string{"answer"}, thing.Join(thing.Join(m.AnsweredBy, words.ClassName(b.Class)), open.Answer), nil
}

func escalate(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	next := m.Up(m.Holder)
	to := or(b.Unit, next)
	switch {
	case next == "", !m.higher(to, m.Holder):
		return nil, "", thing.ErrNotNow
	case m.Urgency == "normal" && to != next: // only what is urgent skips a level
		return nil, "", thing.ErrNotNow
	}
	m.Holder, m.Units, m.Guides = to, nil, nil
	m.clock(r, b.Term)
	return []string{"holder"}, open.Note, nil
}

// escalateAtOnce skips the sorting, for what is urgent only.
func escalateAtOnce(m *Matter, r journal.Record) ([]string, string, error) {
	if m.Urgency == "normal" {
		return nil, "", thing.ErrNotNow
	}
	return escalate(m, r)
}

func suggest(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if len(b.Deputies) == 0 || b.Suggestion == "" {
		return nil, "", errors.New("the deputy who proposes, or the suggestion, is missing")
	}
	m.Holder, m.Mode, m.Units, m.Guides = r.Unit, "suggestion", b.To, nil
	m.Suggestion, m.Suggests, m.Proposers, m.Congress = b.Suggestion, b.Title, b.Deputies, b.Congress
	m.Persons = m.Persons.With(b.Persons.Of(b.Deputies))
	m.Assigned, m.Extended = day(r.At), false
	m.happened(WasSuggested, day(r.At), "", "")
	note := "“" + b.Title + "”，由" + strings.Join(b.Deputies, "、") + "提出" + until(b.Term) + m.order(r, b.Term)
	return []string{"suggestion"}, thing.Join(note, open.Note), nil
}

func urge(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	m.Urged, m.UrgedFor = m.Urged+1, b.Term
	return nil, thing.Join(fmt.Sprintf("第%d次", m.Urged)+until(b.Term), open.Note), nil
}

func supervise(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	m.Supervised, m.UrgedFor = m.Supervised+1, b.Term
	return nil, thing.Join(fmt.Sprintf("第%d次", m.Supervised)+until(b.Term), open.Note), nil
}

func lead(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if b.Leader == "" {
		return nil, "", errors.New("the leader is missing")
	}
	m.Leader = b.Leader
	return []string{"leader"}, thing.Join(b.Leader, open.Note), nil
}
