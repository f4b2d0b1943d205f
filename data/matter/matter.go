package matter

import (
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

// Name is the journal's word for entries about matters, Schema the version of their bodies that this program writes.
const (
	Name   = "matter"
	Schema = 1
)

// Matter is the sum of its entries.
type Matter struct {
	// its unit is the table it came in at: only that may change the report and speak with the citizen
	thing.Base
	Report              // open to every level
	Handling            // open, too: the offices' work and what the citizen made of it
	Private  `json:"-"` // kept and carried apart
	State    State      `json:"state"`
	Book     *Book      `json:"book,omitempty"`     // what an old book told of it, from which it was keyed in
	Redacted string     `json:"redacted,omitempty"` // the day on which who the citizen is was redacted last, "" for never
	Batches  []string   `json:"batches,omitempty"`  // the sheets that told of it
}

// Apply gives the matter after one more entry, or says why the entry cannot follow; then the matter is as before.
func (m Matter) Apply(r journal.Record) (Matter, error) { return table.Apply(m, r) }

// Fold sums up the entries of one matter, all of whose parents are among them, in whatever order they come.
func Fold(rs []journal.Record) (Matter, []thing.Refusal) { return table.Fold(rs) }

// Contested says whether two people changed a field without knowing of each other, or, of the day or the urgency,
// whether the promise reckoned from the two is such a field: then it is as it follows from one of them only.
func (m Matter) Contested(field string) bool {
	return m.Base.Contested(field) || (field == "occurred" || field == "urgency") && m.Base.Contested("due")
}

// Limit is the day by which somebody has to act: the present clock's, or that of the promise to the citizen where it is
// nearer and he was not told yet; "" for none.
func (m Matter) Limit() string {
	if m.State.Open() && m.Due != "" && (m.Term == "" || m.Due < m.Term) && m.State != Told {
		return m.Due
	}
	return m.Term
}
