package matter

import (
	"errors"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// What the table that faced the citizen does, and nobody else: telling, asking for his rating, opening again.

func tellDeputy(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	m.DeputyTold, m.DeputyWay = or(b.Date, day(r.At)), b.Way
	return nil, thing.Join(words.Ways.Name(b.Way), open.Note), nil
}

func tell(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if b.Way == "unreachable" {
		m.State = Unreached
		m.clock(r, b.Term)
		return nil, thing.Join("没有联系上", open.Note), nil
	}
	m.Told, m.TellWay = or(b.Date, day(r.At)), b.Way
	m.happened(WasTold, m.Told, "", "")
	m.clock(r, b.Term)
	return []string{"told"}, thing.Join(words.Ways.Name(b.Way), open.Note), nil
}

func rate(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if _, known := words.Ratings.Parse(b.Result); !known || b.Score < 0 || b.Score > 5 {
		return nil, "", errors.New("the rating is missing")
	}
	m.Attitude, m.Result, m.Score, m.Complaint, m.RatedOn = or(b.Attitude, b.Result), b.Result, b.Score,
		open.Reason, or(b.Date, day(r.At))
	if what, said := ratedAs(b.Result); said {
		m.happened(what, m.RatedOn, "", "")
	}
	note := "办理结果" + words.Ratings.Name(m.Result) + "，办理态度" + words.Ratings.Name(m.Attitude)
	switch b.Result {
	case "unreachable":
		return nil, "", thing.ErrNotNow
	case "unsatisfied":
		note += m.handBack(r, b.Term)
		return []string{"rating"}, thing.Join(note, open.Reason), nil
	case "unrated":
		m.State, note = Unrated, "评议期满，未评价"
	}
	m.end(r)
	return []string{"rating"}, thing.Join(note, open.Note), nil
}

// rateLate takes a card that comes back after the time for rating was over.
func rateLate(m *Matter, r journal.Record) ([]string, string, error) {
	if m.Result != "unrated" {
		return nil, "", thing.ErrNotNow
	}
	fields, note, err := rate(m, r)
	if err == nil && m.Result == "unrated" {
		err = thing.ErrNotNow
	}
	return fields, note, err
}

// lose files what nobody could be told.
func lose(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if b.Result != "unreachable" {
		return nil, "", thing.ErrNotNow
	}
	m.Attitude, m.Result, m.RatedOn = b.Result, b.Result, or(b.Date, day(r.At))
	m.end(r)
	return []string{"rating"}, thing.Join("多次联系不上，归档", open.Note), nil
}

// end stops the clock, or starts that of a promise: what was promised is answered again when it is due.
func (m *Matter) end(r journal.Record) {
	if m.Term = ""; words.Ongoing(m.Class) && m.PromiseBy != "" {
		m.State = Promised
		m.stretch(r, m.PromiseBy)
		m.heard(day(r.At)) // with the answer
	}
}

// handBack opens a matter once more: twice for whoever handled it, then for the office above; the city, which has none
// above, keeps it.
func (m *Matter) handBack(r journal.Record, term string) (told string) {
	m.State = Redoing
	if m.Redone >= Redos {
		m.State, m.Units, m.Guides = Escalated, nil, nil
		m.Holder = or(m.Up(m.Holder), m.Holder)
	}
	m.Redone++
	m.happened(WasRedone, day(r.At), "", "")
	told = m.stretch(r, term)
	m.heard(day(r.At)) // he sits at the table
	return told
}

func again(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if err := need(r, b.Note != "", "a reason"); err != nil {
		return nil, "", err
	}
	return []string{"rating"}, open.Note + m.handBack(r, b.Term), nil
}

// redo hands a matter that is to be done again to those who had it before.
func redo(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if m.Units == nil && m.Guides == nil {
		return nil, "", thing.ErrNotNow
	}
	note, err := m.hand(m.Mode, m.Units, m.Guides)
	if err != nil {
		return nil, "", err
	}
	m.Assigned, m.Signed, m.Extended = day(r.At), "", false
	m.assigned(r)
	if b.Term != "" {
		note += m.stretch(r, b.Term)
	}
	return []string{"units"}, thing.Join(note, open.Note), nil
}

func withdraw(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if err := need(r, b.Note != "", "a reason"); err != nil {
		return nil, "", err
	}
	m.Class, m.Term = 9, ""
	return []string{"state"}, open.Note, nil
}

// reopen takes a matter up anew that was taken back, shown another door or entered by mistake: the citizen stands there
// again with its number. What was done with it before stays in the history. One that was at its end when it was voided
// stands there again.
func reopen(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if err := need(r, b.Note != "", "a reason"); err != nil {
		return nil, "", err
	}
	if m.Was.Over() {
		m.State, m.Was = m.Was, None
		return []string{"state"}, thing.Join("恢复为"+m.State.String(), open.Note), nil
	}
	m.Handling = Handling{Holder: m.Unit, Leader: m.Leader, Redone: m.Redone, Moves: m.Moves, Happened: m.Happened}
	m.OnSpot, m.Reason, m.Door = "register", "", ""
	m.clock(r, b.Term)
	if m.Due == "" {
		m.Due = b.Due
		return []string{"state"}, open.Note, nil
	}
	note := open.Note + m.promise(r, b.Due, ActName(r.Do))
	m.heard(day(r.At))
	return []string{"state"}, note, nil
}

// tellTerm notes that the citizen was told by which day he will hear of his matter now.
func tellTerm(m *Matter, r journal.Record) ([]string, string, error) {
	b, open, err := m.read(r)
	if err != nil {
		return nil, "", err
	}
	if len(m.Untold()) == 0 {
		return nil, "", thing.ErrNotNow
	}
	m.heard(or(b.Date, day(r.At)))
	return nil, thing.Join("已告诉群众答复改到 "+m.Due+"，"+words.Ways.Name(b.Way), open.Note), nil
}
