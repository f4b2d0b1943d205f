package matter

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
)

// Kind is the journal's word for entries about matters, Schema the version of their bodies that this program writes.
const (
	Kind   = "matter"
	Schema = 1
)

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
	Unit      string     `json:"unit"` // whose table it came in at; only this unit may change the report and speak with the citizen
	Report               // open to every level
	Handling             // open, too: the offices' work and what the citizen made of it
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

// Apply gives the matter after one more entry, or says why the entry cannot follow; then the matter is as before. It is
// pure: the same entries in fold order give the same matter everywhere.
func (m Matter) Apply(r journal.Record) (Matter, error) {
	act, err := m.rule(r)
	if err != nil {
		return m, fmt.Errorf("%s: %w", r.Do, err)
	}
	r = legible(r)
	next := m
	next.State = act.to[0]
	if act.to[0] == same {
		next.State = m.State
	}
	if next.State == Void {
		next.Was = m.State
	}
	fields, note, err := act.write(&next, r)
	switch {
	case errors.Is(err, ErrNotNow):
		return m, fmt.Errorf("%s: %w", r.Do, err)
	case err != nil:
		return m, fmt.Errorf("%s: %w: %v", r.Do, ErrBody, err)
	}
	next.Conflicts = m.conflicts(r, fields)
	next.Trail = append(slices.Clip(m.Trail), Mark{r.ID, r.Seen, fields})
	next.History = append(slices.Clip(next.History), Event{r.ID, r.At, r.Unit, r.By, r.Do, note})
	return next, nil
}

// conflicts gives what stands against each other after r: every field that r writes and that an entry it has not seen
// wrote, too. Whoever writes a field after having seen both sides has settled it.
func (m Matter) conflicts(r journal.Record, fields []string) []Conflict {
	if len(fields)+len(m.Conflicts) == 0 {
		return nil
	}
	seen := map[journal.ID]bool{}
	for _, id := range r.Seen {
		seen[id] = true
	}
	for _, k := range slices.Backward(m.Trail) { // whoever was seen stands behind those whom he saw
		if seen[k.ID] {
			for _, id := range k.Seen {
				seen[id] = true
			}
		}
	}
	var open []Conflict
	for _, c := range m.Conflicts {
		if !slices.Contains(fields, c.Field) && c.Field != Handled || !seen[c.Entries[0]] || !seen[c.Entries[1]] {
			open = append(open, c)
		}
	}
	for _, f := range fields {
		for _, k := range m.Trail {
			switch {
			case seen[k.ID]:
			case slices.Contains(k.Fields, f):
				open = append(open, Conflict{f, []journal.ID{k.ID, r.ID}})
			case f == "state" && len(k.Fields) > 0: // voided or taken back while somebody worked on it
				open = append(open, Conflict{Handled, []journal.ID{k.ID, r.ID}})
			}
		}
	}
	return open
}

// Contested says whether two people changed a field without knowing of each other, or, of the day or the urgency, whether the promise
// reckoned from the two is such a field: then it is as it follows from one of them only.
func (m Matter) Contested(field string) bool {
	return slices.ContainsFunc(m.Conflicts, func(c Conflict) bool {
		return c.Field == field || c.Field == "due" && (field == "occurred" || field == "urgency")
	})
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
			next = m.missed(r, err)
		}
		m = next
	}
	return m, refused
}

// missed is the matter after an act that could not follow. Where its author did not know what had happened elsewhere, it is no
// mistake of his: it stands in the history, and as a conflict that somebody who sees both has to look at.
func (m Matter) missed(r journal.Record, why error) Matter {
	last := len(m.Trail) - 1
	for last >= 0 && m.Trail[last].Fields == nil {
		last--
	}
	next := m
	if errors.Is(why, ErrNotNow) && last >= 0 && len(m.conflicts(r, m.Trail[last].Fields)) > len(m.Conflicts) {
		var said Move
		r = legible(r)
		_ = json.Unmarshal(r.Body, &said) // of a newer program: then nothing is told of it
		next.Conflicts = append(slices.Clip(m.Conflicts), Conflict{Handled, []journal.ID{m.Trail[last].ID, r.ID}})
		next.History = append(slices.Clip(m.History), Event{r.ID, r.At, r.Unit, r.By, r.Do, with(NoEffect, with(said.Answer, said.Note))})
	}
	next.Trail = append(slices.Clip(m.Trail), Mark{r.ID, r.Seen, nil}) // whoever saw it saw what it saw
	return next
}

// NoEffect begins the note of an act that somebody did while it could not follow any more.
const NoEffect = "别处同时已经办理，这一步没有生效"

// Handled is the field of a conflict between two acts of which only one could take effect.
const Handled = "handling"

// Limit is the day by which somebody has to act: the present clock's, or that of the promise to the citizen where it is nearer
// and he was not told yet; "" for none.
func (m Matter) Limit() string {
	if m.State.Open() && m.Due != "" && (m.Term == "" || m.Due < m.Term) && m.State != Told {
		return m.Due
	}
	return m.Term
}
