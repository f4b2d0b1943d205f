package thing

import (
	"errors"
	"fmt"
	"slices"

	"lianluo.local/data/journal"
)

// Why an entry cannot follow. Test with errors.Is.
var (
	ErrUnknown  = errors.New("act is unknown to this program")
	ErrNotYours = errors.New("act belongs to another unit")
	ErrNotNow   = errors.New("act cannot follow in this state")
	ErrBody     = errors.New("act's words cannot be read")
)

// Who says which units may do an act, by where they stand to a thing.
type Who[T any] interface {
	// Is says whether the author of an entry is one of them.
	Is(t *T, r journal.Record) bool
}

// Rule is one row of the table: an act, who may do it, after what, what may then hold (the first is the usual), and how
// the fields change.
type Rule[T any, S ~int] struct {
	Do    string
	By    Who[T]
	From  []S
	To    []S
	Write func(*T, journal.Record) (fields []string, note string, err error)
}

// Table is all that may happen to the things of a kind. An act that stands in two rows may be done by two kinds of
// units.
type Table[T any, S ~int] struct {
	Kind       string
	Schema     int // the newest version of bodies that this program reads
	Rules      []Rule[T, S]
	Same       S                           // in To: the state stays
	Paragraphs []string                    // members of bodies and private parts that may have several lines
	Of         func(*T) (*Base, *S)        // where a thing keeps what all share, and its state
	Enters     func(t *T, from S)          // after the state of t changed and before the fields do; nil for none
	Told       func(journal.Record) string // what an act says that could not follow, for the history; nil for nothing
}

// Rule finds the row that an entry follows, or says why there is none.
func (t *Table[T, S]) rule(v *T, r journal.Record) (*Rule[T, S], error) {
	err := ErrUnknown
	if r.Kind != t.Kind || r.Schema > t.Schema {
		return nil, err
	}
	_, state := t.Of(v)
	for i := range t.Rules {
		row := &t.Rules[i]
		if row.Do != r.Do {
			continue
		}
		if !row.By.Is(v, r) {
			if !errors.Is(err, ErrNotNow) {
				err = ErrNotYours
			}
			continue
		}
		if slices.Contains(row.From, *state) {
			return row, nil
		}
		err = ErrNotNow
	}
	return nil, err
}

// May says whether an entry of this act and author could follow, as far as the table tells; an act's own words may
// still be wanting.
func (t *Table[T, S]) May(v T, r journal.Record) bool {
	r.Kind, r.Schema = t.Kind, t.Schema
	_, err := t.rule(&v, r)
	return err == nil
}

// Knows says whether this program knows what an entry of the kind means.
func (t *Table[T, S]) Knows(r journal.Record) bool {
	return r.Schema <= t.Schema && slices.ContainsFunc(t.Rules, func(row Rule[T, S]) bool { return row.Do == r.Do })
}

// Apply gives the thing after one more entry, or says why the entry cannot follow; then the thing is as before. It is
// pure: the same entries in fold order give the same thing everywhere.
func (t *Table[T, S]) Apply(v T, r journal.Record) (T, error) {
	row, err := t.rule(&v, r)
	if err != nil {
		return v, fmt.Errorf("%s: %w", r.Do, err)
	}
	r = Legible(r, t.Paragraphs)
	next := v
	base, state := t.Of(&next)
	was, before := *state, *base
	if row.To[0] != t.Same {
		*state = row.To[0]
	}
	if t.Enters != nil {
		t.Enters(&next, was)
	}
	fields, note, err := row.Write(&next, r)
	switch {
	case errors.Is(err, ErrNotNow):
		return v, fmt.Errorf("%s: %w", r.Do, err)
	case err != nil:
		return v, fmt.Errorf("%s: %w: %v", r.Do, ErrBody, err)
	}
	base.Conflicts = before.conflicts(r, fields)
	base.mark(r, fields)
	base.note(r, note)
	return next, nil
}

// Refusal is an entry that could not follow: kept, listed, without effect.
type Refusal struct {
	ID  journal.ID
	Err error
}

// Fold sums up the entries of one thing, all of whose parents are among them, in whatever order they come.
func (t *Table[T, S]) Fold(rs []journal.Record) (v T, refused []Refusal) {
	rs = slices.Clone(rs)
	journal.Order(rs)
	for _, r := range rs {
		next, err := t.Apply(v, r)
		if err != nil {
			refused = append(refused, Refusal{r.ID, err})
			next = t.missed(v, r, err)
		}
		v = next
	}
	return v, refused
}

// missed is the thing after an act that could not follow. Where its author did not know what had happened elsewhere, it
// is no mistake of his: it stands in the history, and as a conflict that somebody who sees both has to look at.
func (t *Table[T, S]) missed(v T, r journal.Record, why error) T {
	base, _ := t.Of(&v)
	last := len(base.Trail) - 1
	for last >= 0 && base.Trail[last].Fields == nil {
		last--
	}
	if errors.Is(why, ErrNotNow) && last >= 0 && len(base.conflicts(r, base.Trail[last].Fields)) > len(base.Conflicts) {
		base.Conflicts = append(slices.Clip(base.Conflicts), Conflict{Handled, []journal.ID{base.Trail[last].ID, r.ID}})
		r, note := Legible(r, t.Paragraphs), NoEffect
		if t.Told != nil {
			note = Join(note, t.Told(r))
		}
		base.note(r, note)
	}
	base.mark(r, nil) // whoever saw it saw what it saw
	return v
}

// Join puts two parts of a note together.
func Join(text, note string) string {
	if text == "" || note == "" {
		return text + note
	}
	return text + "；" + note
}
