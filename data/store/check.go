package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

// Witness tells what the store does not know by itself.
type Witness struct {
	// Proof fails where the signature of an entry is not its author's; nil believes all.
	Proof func(journal.Record) error
	// InUse says whether another computer of this unit is in use; nil knows of none.
	InUse func(journal.Replica) bool
}

// Altered says whether the schema is another than the one that our migrations make: SQLite would obey it. Check names
// what differs.
func (s *Store) Altered(ctx context.Context) (bool, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return false, fmt.Errorf("schema: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	var rep Report
	if err := s.schema(tx, &rep); err != nil {
		return false, fmt.Errorf("schema: %w", err)
	}
	return rep.Altered(), nil
}

// Check verifies that the schema is the one that our migrations make, SQLite's own integrity, the foreign keys, every
// entry's hash, the chains and the signatures that close them, the streams, and that the projections are what the
// journal adds up to. unit is ours: of what it and the units below it wrote, nothing may be missing, so it names what
// an office between us did not pass on; of what is written above us we see what concerns us. It changes nothing.
func (s *Store) Check(ctx context.Context, unit string) (rep Report, err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return rep, fmt.Errorf("check: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	for _, part := range []func(*sql.Tx, *Report) error{
		s.schema, sqlites, func(tx *sql.Tx, rep *Report) error { return s.chains(tx, unit, rep) },
		streams, s.projections, func(tx *sql.Tx, rep *Report) error { return s.whole(tx, unit, rep) },
	} {
		if err := part(tx, &rep); err != nil {
			rep.found(Finding{What: Unread, Is: err.Error()}) // a file too damaged to be read further is a finding, too
		}
	}
	rep.OK = len(rep.Problems) == 0
	return rep, ctx.Err()
}

// schema names what somebody added to the database, took out of it or changed: SQLite would obey it.
func (s *Store) schema(tx *sql.Tx, rep *Report) error {
	var format, id int
	if err := tx.QueryRow("SELECT user_version, application_id FROM pragma_user_version, pragma_application_id").Scan(
		&format, &id); err != nil {
		return err
	}
	numbers := func(format, id int) string { return fmt.Sprintf("%d/%x", format, id) }
	if is, must := numbers(format, id), numbers(FormatNow(), applicationID); is != must {
		rep.found(Finding{What: Format, Is: is, Must: must})
	}
	ours, err := shapeOf(FormatNow(), s.kinds)
	if err != nil {
		return err
	}
	have, err := shapeIn(tx)
	if err != nil {
		return err
	}
	known, err := json.Marshal(slices.Sorted(maps.Keys(s.kinds)))
	if err != nil {
		return err
	}
	foreign, err := column(tx, `SELECT type || ' ' || name FROM sqlite_schema WHERE type IN ('table', 'index')
		AND tbl_name IN (SELECT name FROM kind WHERE name NOT IN (SELECT value FROM json_each(?)))`, string(known))
	if err != nil {
		return err
	}
	for _, part := range foreign { // the lists of kinds that another program knows
		kind, name, _ := strings.Cut(part, " ")
		delete(have, object{kind, name})
	}
	for _, o := range slices.SortedFunc(maps.Keys(have), object.compare) {
		if made, ok := ours[o]; !ok {
			rep.found(Finding{What: Added, Part: o.kind, Name: o.name})
		} else if made != have[o] {
			rep.found(Finding{What: Remade, Part: o.kind, Name: o.name})
		}
	}
	for _, o := range slices.SortedFunc(maps.Keys(ours), object.compare) {
		if _, ok := have[o]; !ok {
			rep.found(Finding{What: Removed, Part: o.kind, Name: o.name})
		}
	}
	return nil
}

func sqlites(tx *sql.Tx, rep *Report) error {
	for _, pragma := range []string{"integrity_check", "foreign_key_check"} {
		rows, err := tx.Query("SELECT * FROM pragma_" + pragma)
		if err != nil {
			return err
		}
		defer rows.Close()
		cols, err := rows.Columns()
		if err != nil {
			return err
		}
		for rows.Next() {
			vals, ptrs := make([]any, len(cols)), make([]any, len(cols))
			for i := range vals {
				ptrs[i] = &vals[i]
			}
			if err := rows.Scan(ptrs...); err != nil {
				return err
			}
			if said := fmt.Sprint(vals...); said != "ok" {
				rep.found(Finding{What: Broken, Name: pragma, Is: said})
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) chains(tx *sql.Tx, code string, rep *Report) error {
	var self []byte
	// a database that does not know whose it is
	if err := tx.QueryRow("SELECT replica FROM self").Scan(&self); err != nil {
		return err
	}
	rows, err := tx.Query(
		"SELECT row, replica, incarnation, seq, hash, thing, core, secret, signature FROM entry " +
			"ORDER BY replica, incarnation, seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	var last journal.Record
	prove := func() { // the last of a run vouches for those before it
		if s.Proof != nil && last.Hash != (journal.Hash{}) {
			if err := s.Proof(last); err != nil {
				rep.found(Finding{What: Unsigned, Unit: last.Unit, ID: last.ID})
			}
		}
	}
	defer prove()
	for rows.Next() {
		var row int64
		var id journal.ID
		var replica, hash, core, secret, signature []byte
		var thing string
		if err := rows.Scan(&row, &replica, &id.Incarnation, &id.Seq, &hash, &thing, &core, &secret,
			&signature); err != nil {
			return err
		}
		rep.Entries++
		copy(id.Replica[:], replica)
		r, err := journal.Open(core, secret)
		r.Signature = signature
		switch {
		case err != nil:
			rep.found(Finding{What: Unreadable, Row: row, Is: err.Error()})
			continue
		case r.ID != id || r.Thing != thing || !bytes.Equal(r.Hash[:], hash):
			rep.found(Finding{What: Belied, Row: row})
		}
		var before journal.ID
		var beforeHash journal.Hash
		if last.ID.Replica == r.ID.Replica && last.ID.Incarnation == r.ID.Incarnation {
			before, beforeHash = last.ID, last.Hash
		}
		// of whoever does not report to us we see what he sends us, and what we were let into later
		whole := r.Unit == code || unit.Above(code, r.Unit) &&
			(r.Envelope == nil || r.Envelope.Way == journal.Below || unit.Beneath(r.Envelope.Audience, r.Unit, code))
		switch err := journal.Follow(before, beforeHash, r); {
		case err != nil && r.ID.Seq > before.Seq+1:
			prove()
			if whole && (r.Envelope == nil || r.ID.Seq-before.Seq-1 > r.Envelope.Apart) {
				first := journal.ID{Replica: id.Replica, Incarnation: r.ID.Incarnation, Seq: before.Seq + 1}
				rep.found(Finding{What: Missed, Unit: r.Unit, ID: first, Last: r.ID.Seq - 1})
			}
		case err != nil:
			rep.found(Finding{What: Loose, Row: row, Is: err.Error()})
		case before == journal.ID{}:
			prove()
		}
		last = r
	}
	return rows.Err()
}

// whole names the matters of which private words of our own are not here.
func (s *Store) whole(tx *sql.Tx, unit string, rep *Report) error {
	list, err := s.absences(tx, unit, "")
	for _, l := range list {
		if l.Known || l.Elsewhere {
			rep.Gone = append(rep.Gone, l)
			continue
		}
		rep.found(Finding{What: Bare, Absent: l})
	}
	return err
}

func streams(tx *sql.Tx, rep *Report) error {
	rows, err := tx.Query(
		"SELECT s.reader, s.position, s.hash, e.hash FROM stream s JOIN entry e ON e.row=s.entry " +
			"ORDER BY s.reader, s.position")
	if err != nil {
		return err
	}
	defer rows.Close()
	var reader string
	var position uint64
	var at journal.Hash
	for rows.Next() {
		var r string
		var p uint64
		var hash, entry []byte
		if err := rows.Scan(&r, &p, &hash, &entry); err != nil {
			return err
		}
		if r != reader {
			reader, position, at = r, 0, journal.Hash{}
		}
		if position++; p != position {
			rep.found(Finding{What: Skipped, Unit: r, At: position})
			position = p
		}
		var h journal.Hash
		copy(h[:], entry)
		if at = journal.Advance(at, p, h); !bytes.Equal(at[:], hash) {
			rep.found(Finding{What: Parted, Unit: r, At: p})
			copy(at[:], hash)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	older, err := column(tx,
		`SELECT unit FROM peer p WHERE acked > ifnull((SELECT max(position) FROM stream WHERE reader = p.unit), 0)`)
	for _, unit := range older {
		rep.found(Finding{What: Behind, Unit: unit})
	}
	return err
}

// projections compares what is kept with what the journal adds up to, by the kinds of this program.
func (s *Store) projections(tx *sql.Tx, rep *Report) error {
	things, err := column(tx, "SELECT DISTINCT thing FROM entry")
	if err != nil {
		return err
	}
	for _, thing := range things {
		ks, err := load(tx, thing)
		if err != nil {
			rep.found(Finding{What: Garbled, Is: err.Error()})
			continue
		}
		w, err := s.kinds.digest(ks)
		if err != nil {
			rep.found(Finding{What: Garbled, Is: err.Error()})
			continue
		}
		if err := s.projected(tx, thing, w, rep); err != nil {
			return err
		}
	}
	for _, k := range s.kinds.folded() {
		strays, err := column(tx, "SELECT row FROM "+k.Name+" WHERE id NOT IN (SELECT thing FROM entry)")
		if err != nil {
			return err
		}
		rep.stray(strays)
	}
	rep.Doubled, err = s.doubles(tx)
	return err
}

func (s *Store) projected(tx *sql.Tx, id string, w whole, rep *Report) error {
	var version int64
	for _, k := range w.ks {
		if f := w.fates[k.ID]; f.fate != k.fate || f.barred != k.barred {
			rep.found(Finding{What: Misjudged, Row: k.row, Is: k.fate, Must: f.fate})
		}
		version = max(version, k.row)
	}
	for _, k := range s.kinds.folded() {
		if w.sum != nil && k == w.kind && s.lists(w.circle, w.kind, w.sum) {
			continue
		}
		strays, err := column(tx, "SELECT row FROM "+k.Name+" WHERE id=?", id)
		if err != nil {
			return err
		}
		rep.stray(strays)
	}
	if w.sum == nil || !s.lists(w.circle, w.kind, w.sum) {
		return nil
	}
	if rep.Things == nil {
		rep.Things = map[string]int{}
	}
	rep.Things[w.kind.Name]++
	r, err := w.kind.row(w.sum, w.units)
	if err != nil {
		rep.found(Finding{What: Garbled, Is: err.Error()})
		return nil
	}
	var labels []string
	for _, l := range r.labels {
		labels = append(labels, l.Kind+l.Value)
	}
	var same bool
	var have string
	first := w.ks[0].row
	err = tx.QueryRow(w.kind.same, append(append([]any{first, version}, r.values...), first)...).Scan(&same)
	if err == nil {
		err = tx.QueryRow(
			"SELECT ifnull(group_concat(kind || value), '') FROM (SELECT kind, value FROM label "+
				"WHERE thing=? ORDER BY kind || value)", r.values[0]).Scan(&have)
	}
	if err != nil || !same || have != strings.Join(labels, ",") {
		rep.found(Finding{What: Apart, Row: first})
	}
	return nil
}

func column(tx *sql.Tx, query string, args ...any) (vs []string, err error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		vs = append(vs, v)
	}
	return vs, rows.Err()
}

// Rebuild makes the projections again from the journal, in one transaction.
func (s *Store) Rebuild(ctx context.Context) error {
	if err := s.Transact(ctx, s.rebuild); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	return nil
}

func (s *Store) rebuild(tx *sql.Tx) error {
	if _, err := tx.Exec("DELETE FROM label"); err != nil {
		return err
	}
	for _, k := range s.kinds.folded() {
		if _, err := tx.Exec("DELETE FROM " + k.Name); err != nil {
			return err
		}
	}
	things, err := column(tx, "SELECT DISTINCT thing FROM entry")
	if err != nil {
		return err
	}
	for _, thing := range things {
		if _, _, err := s.fold(tx, thing, nil, ""); err != nil {
			return err
		}
	}
	return nil
}
