package store

import (
	"cmp"
	"database/sql"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

// privy says whether a unit may have the private part of an entry. It is the one place where that is decided: of what
// is sent, whatever way it came into a stream, and of what comes.
//
// The author's unit says so itself, by the envelope of the newest that it wrote about the thing: so confidence that is
// lifted opens what was said before, and confidence that is asked for closes it. What was written before there were
// envelopes goes along its author's line: to those below it on the way to the table, and up as far as the kind reaches.
// Nothing goes to anybody but those below of a thing that is confidential, whatever an envelope says, and to nobody
// whom the kind does not reach.
func (w whole) privy(k journal.Record, reader string) bool {
	if k.Unit == reader {
		return true
	}
	c := w.circle
	if _, _, single := named(k.Thing); single && k.Envelope != nil {
		c.units = k.Envelope.Audience
	}
	down := c.beneath(reader, k.Unit)
	if w.fates[k.ID].barred != 0 || c.below || !c.was(k.Unit) || !slices.Contains(c.units, reader) ||
		!down && w.sealed() || !w.reaches(k.Unit, k.Kind, reader) {
		return false
	}
	said := k
	for _, o := range w.ks {
		f := w.fates[o.ID]
		if o.Unit == k.Unit && f.barred == 0 && f.fate != "refused" && cmp.Or(cmp.Compare(o.Depth, said.Depth),
			journal.Compare(o.ID, said.ID)) > 0 {
			said = o.Record
		}
	}
	if said.Envelope == nil {
		return down || w.sum != nil
	}
	return slices.Contains(said.Envelope.Privy, reader)
}

// reaches says whether the kind lets a reader have private parts of what an author wrote.
func (ks kinds) reaches(author, kind, reader string) bool {
	k := ks[kind]
	return k == nil || k.Reaches == nil || k.Reaches(author, reader)
}

// withheld says whether entries have private parts that a unit may not have.
func (w whole) withheld(unit string) bool {
	return slices.ContainsFunc(w.ks, func(k kept) bool { return k.Secret != nil && !w.privy(k.Record, unit) })
}

// drop forgets private parts that came and that the unit may not have.
func (w whole) drop(tx *sql.Tx, came map[int64]bool, code string) (dropped bool, err error) {
	for i, k := range w.ks {
		_, now := came[k.row]
		far := !w.reaches(k.Unit, k.Kind, code) // whatever the thing, of which nothing may be known yet
		early := w.units == nil && w.fates[k.ID].barred == 0 || !w.fixed && slices.ContainsFunc(k.Seen,
			func(id journal.ID) bool { _, here := w.fates[id]; return !here }) // who wrote it may be let in by what is missing
		if !now && k.fate != "waiting" && k.barred == 0 || k.Secret == nil || !far && early || w.privy(k.Record, code) {
			continue
		}
		if _, err := tx.Exec("UPDATE entry SET secret=NULL WHERE row=?", k.row); err != nil {
			return dropped, err
		}
		w.ks[i].Secret, dropped = nil, true
	}
	return dropped, nil
}

// confided says whether what a computer wrote is under the seal as far as that computer and one more, its successor,
// say. Whoever is above names computers of a table, and what he names may be his own: it never lifts the confidence
// that this one was asked for.
func (w whole) confided(by, self journal.Replica) (sealed bool) {
	for _, r := range w.ready {
		if k := w.kinds[r.Kind]; (r.ID.Replica == by || r.ID.Replica == self) && k != nil && k.Seals != nil {
			if now, said := k.Seals(r); said {
				sealed = now
			}
		}
	}
	return sealed
}

// secrets are the private parts that a reader may have of things, each thing looked at once.
type secrets struct {
	kinds
	tx     *sql.Tx
	reader string
	known  map[string]func(journal.Record) bool
	unit   string          // ours
	self   journal.Replica // this computer
}

// withhold takes away the private part of a record where the reader may not have it.
func (s secrets) withhold(r *journal.Record) error {
	switch {
	case r.Secret == nil || r.Unit == s.reader:
		return nil
	case !s.reaches(r.Unit, r.Kind, s.reader): // whatever the thing
		r.Secret = nil
		return nil
	}
	may := s.known[r.Thing]
	if may == nil {
		ks, err := load(s.tx, r.Thing)
		if err != nil {
			return err
		}
		w, err := s.digest(ks)
		may = func(r journal.Record) bool {
			return err == nil && w.privy(r, s.reader) && (r.Unit != s.unit || !unit.Above(s.reader, s.unit) ||
				!w.confided(r.ID.Replica, s.self))
		}
		s.known[r.Thing] = may
	}
	if !may(*r) {
		r.Secret = nil
	}
	return nil
}
