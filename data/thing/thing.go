// Package thing is what every kind of things shares: a thing is what its entries add up to (Base: its history, its
// conflicts, its trail), by a table of rules that says who may do what after what (Table), and a kind tells the store
// what it has to know of it (Kind).
//
// A kind is a package of words: its fields, its rules, its columns. It writes
//
//	var table = thing.Table[Parcel, State]{…}
//	var Kind = thing.Kind{Name: "parcel", Fold: table.Sums, …}
//
// and is registered in one place (app.Kinds). The package is pure: no clock, no disk.
package thing

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
)

// Event is one line of a thing's history.
type Event struct {
	ID   journal.ID `json:"entry"`
	At   time.Time  `json:"at"`
	Unit string     `json:"unit"`
	By   string     `json:"by"`
	User string     `json:"user,omitempty"`
	Do   string     `json:"do"`
	Note string     `json:"note"`
}

// coded is the code of a unit, or the ID of a thing, in a note.
var coded = regexp.MustCompile(`\b(\d{12}(?:[A-Z]\d-[A-Z])?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b`)

// Told is the note with the names of units and people (Told).
func (e Event) Told(called func(id string) string) string { return Told(e.Note, called) }

// Told is a text with the names of units and people instead of their codes and IDs, as far as called gives them (nil:
// none): somebody else is 一位这里不知道的人, a unit its code.
func Told(text string, called func(id string) string) string {
	return coded.ReplaceAllStringFunc(text, func(id string) (name string) {
		if called != nil {
			name = called(id)
		}
		switch {
		case name != "":
			return name
		case strings.Count(id, "-") > 1:
			return "一位这里不知道的人"
		}
		return id
	})
}

// ID says whether a word is written as the ID of a thing is.
func ID(s string) bool { return strings.Count(s, "-") > 1 && coded.FindString(s) == s }

// Conflict says that two people changed one field without knowing of each other: the last in fold order stands, both
// entries stay to be compared.
type Conflict struct {
	Field   string       `json:"field"`
	Entries []journal.ID `json:"entries"`
}

// Mark remembers which fields an entry wrote (none where it was refused) and what its author had seen.
type Mark struct {
	ID     journal.ID   `json:"id"`
	Seen   []journal.ID `json:"seen"`
	Fields []string     `json:"fields,omitempty"`
}

// Base is what the sum of every thing's entries has.
type Base struct {
	ID        string     `json:"id"`
	Unit      string     `json:"unit"` // whose it is: that of the first entry's author
	History   []Event    `json:"history"`
	Conflicts []Conflict `json:"conflicts"`
	Trail     []Mark     `json:"trail"`
}

// Shared gives it.
func (b *Base) Shared() *Base { return b }

// Of a conflict: State is the field that an act writes after which nobody can go on as before; Handled that of one
// between two acts of which only one could take effect.
const (
	State   = "state"
	Handled = "handling"
)

// NoEffect begins the note of an act that somebody did while it could not follow any more.
const NoEffect = "别处同时已经办理，这一步没有生效"

// conflicts gives what stands against each other after r: every field that r writes and that an entry it has not seen
// wrote, too. Whoever writes a field after having seen both sides has settled it.
func (b Base) conflicts(r journal.Record, fields []string) []Conflict {
	if len(fields)+len(b.Conflicts) == 0 {
		return nil
	}
	seen := b.seen(r)
	var open []Conflict
	for _, c := range b.Conflicts {
		if !slices.Contains(fields, c.Field) && c.Field != Handled || !seen[c.Entries[0]] || !seen[c.Entries[1]] {
			open = append(open, c)
		}
	}
	wrote := map[string][]Conflict{} // by the field, in the order of the trail
	for _, k := range b.Trail {
		if seen[k.ID] || len(k.Fields) == 0 {
			continue
		}
		for i, f := range k.Fields {
			if !slices.Contains(k.Fields[:i], f) {
				wrote[f] = append(wrote[f], Conflict{f, []journal.ID{k.ID, r.ID}})
			}
		}
		if slices.Contains(k.Fields, State) { // done all the same
			wrote[Handled] = append(wrote[Handled], Conflict{Handled, []journal.ID{k.ID, r.ID}})
		} else { // voided or taken back while somebody worked on it
			wrote[State] = append(wrote[State], Conflict{Handled, []journal.ID{k.ID, r.ID}})
		}
	}
	for _, f := range fields {
		if open = append(open, wrote[f]...); len(open) > mostConflicts {
			return open[:mostConflicts]
		}
	}
	return open
}

// mostConflicts is how many conflicts of one thing are kept: more than anybody compares.
const mostConflicts = 1000

// seen are the entries that the author of one had seen, and those that they had.
func (b Base) seen(r journal.Record) map[journal.ID]bool {
	seen := map[journal.ID]bool{}
	for _, id := range r.Seen {
		seen[id] = true
	}
	for _, k := range slices.Backward(b.Trail) { // whoever was seen stands behind those whom he saw
		if seen[k.ID] {
			for _, id := range k.Seen {
				seen[id] = true
			}
		}
	}
	return seen
}

// Unseen are the entries before one of which its author knew nothing.
func (b Base) Unseen(r journal.Record) (ms []Mark) {
	seen := b.seen(r)
	for _, k := range b.Trail {
		if !seen[k.ID] {
			ms = append(ms, k)
		}
	}
	return ms
}

// Contested says whether two people changed a field without knowing of each other.
func (b Base) Contested(field string) bool {
	return slices.ContainsFunc(b.Conflicts, func(c Conflict) bool { return c.Field == field })
}

// note adds a line to the history.
func (b *Base) note(r journal.Record, note string) {
	b.History = append(slices.Clip(b.History), Event{r.ID, r.At, r.Unit, r.By, r.User, r.Do, note})
}

// mark remembers what an entry wrote.
func (b *Base) mark(r journal.Record, fields []string) {
	b.Trail = append(slices.Clip(b.Trail), Mark{r.ID, r.Seen, fields})
}

// Batches gives the sheets that said something of a thing after one more entry that names a sheet ("" for none), with a
// hyphen before it where what it said is taken back.
func Batches(had []string, batch string) []string {
	back, taken := strings.CutPrefix(batch, "-")
	switch {
	case taken:
		return slices.DeleteFunc(slices.Clone(had), func(b string) bool { return b == back })
	case batch != "" && !slices.Contains(had, batch):
		return append(slices.Clip(had), batch)
	}
	return had
}

// Hear reads the private part of an entry, as far as it is here. Of one that cannot be read nothing is heard, as where it
// was withheld: what the entry says openly is the same for all who have it, whatever its author put apart.
func Hear[T any](r journal.Record, to *T) {
	if r.Read(new(T)) == nil { // half of one that cannot be read would stay in what to shares with others
		_ = r.Read(to)
	}
}
