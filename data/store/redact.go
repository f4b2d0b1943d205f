package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"lianluo.local/data/disk"
	"lianluo.local/data/journal"
	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
	"lianluo.local/data/thing"
)

// A redaction is an entry after which nobody knows any more what was private of its thing: every computer that folds it
// drops the private parts of all entries of the thing but of those whose author had seen the redaction, and remembers
// their hashes, so that neither a late delivery nor a copy that is put back nor a keepsake brings them again. The chain
// covers the hashes alone and stays sound. What somebody was typing of the same person, by his telephone, or his name where
// no telephone is typed, goes with it. It cannot be taken back. The files of the home are rid of the bytes by Scrub.

// redacts says whether an entry is a redaction that counts.
func (w whole) redacts(r journal.Record) bool {
	k := w.kinds[r.Kind]
	return k != nil && k.Redacts != nil && k.Redacts(r) && w.fates[r.ID].fate == "applied"
}

// covered are the entries of a thing whose private parts are redacted. One of which it is not known yet what its author
// had seen is not among them.
func (w whole) covered() (list []kept) {
	covered := map[journal.ID]bool{}
	for _, r := range w.folded {
		if !w.redacts(r) {
			continue
		}
		after := map[journal.ID]bool{r.ID: true} // whose authors knew of it
		unsure := map[journal.ID]bool{}
		here := map[journal.ID]bool{}
		rs := records(w.ks)
		journal.Order(rs)
		for _, o := range rs {
			for _, id := range o.Seen {
				after[o.ID] = after[o.ID] || after[id]
				unsure[o.ID] = unsure[o.ID] || unsure[id] || !here[id]
			}
			here[o.ID] = true
			if !after[o.ID] && !unsure[o.ID] {
				covered[o.ID] = true
			}
		}
	}
	for _, k := range w.ks {
		if covered[k.ID] && k.Private != nil {
			list = append(list, k)
		}
	}
	return list
}

// redact drops what is redacted of a thing and says whether anything of it was here.
func (s *Store) redact(tx *sql.Tx, w whole) (dropped bool, err error) {
	for _, k := range w.covered() {
		res, err := tx.Exec("INSERT OR IGNORE INTO redacted VALUES (?,?)", k.Private[:], k.Thing)
		if err != nil {
			return dropped, err
		}
		fresh, err := res.RowsAffected()
		if err != nil {
			return dropped, err
		}
		if fresh == 0 && k.Secret == nil {
			continue
		}
		dropped = dropped || k.Secret != nil
		for _, forget := range []string{
			"UPDATE entry SET secret=NULL WHERE row=?1 OR row IN (SELECT row FROM keepsake WHERE of=?2)",
			"UPDATE fork SET secret=NULL WHERE secret IS NOT NULL AND json_extract(core, '$.thing')=?3",
			"UPDATE unproven SET secret=NULL WHERE secret IS NOT NULL AND json_extract(core, '$.private')=lower(hex(?2))",
			// what was typed of him and never became an entry; he is known by the labels that the thing has until it is
			// written anew
			"DELETE FROM draft WHERE CASE WHEN json_valid(body) THEN EXISTS (SELECT 1 FROM label WHERE thing=?3 AND (" +
				"kind='" + thing.ByPhone + "' AND " +
				"instr(replace(replace(json_extract(body, '$.phone'), ' ', ''), '-', ''), value) OR " +
				"kind='" + thing.ByName + "' AND replace(json_extract(body, '$.name'), ' ', '')=value AND " +
				"json_extract(body, '$.phone')='')) END",
			"INSERT OR REPLACE INTO memo VALUES ('" + unscrubbed + "', '', hex(?2))",
		} {
			if _, err := tx.Exec(forget, k.row, k.Private[:], k.Thing); err != nil {
				return dropped, err
			}
		}
	}
	return dropped, nil
}

// blank takes away the private part of a record where it is redacted, or keeps one that is.
func blank(q querier, r *journal.Record) error {
	if r.Secret == nil {
		return nil
	}
	of := *r.Private
	var k keeping
	if r.Kind == Keepsakes.Name && json.Unmarshal(r.Body, &k) == nil {
		of = k.Of
	}
	var gone bool
	if err := q.QueryRow("SELECT EXISTS (SELECT 1 FROM redacted WHERE of=?)", of[:]).Scan(&gone); err != nil {
		return err
	}
	if gone {
		r.Secret = nil
	}
	return nil
}

// redactedParts are the hashes of all private parts that are redacted.
func redactedParts(q querier) (parts map[journal.Hash]bool, err error) {
	rows, err := q.Query("SELECT of FROM redacted")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	parts = map[journal.Hash]bool{}
	for rows.Next() {
		var of []byte
		if err := rows.Scan(&of); err != nil {
			return nil, err
		}
		parts[journal.Hash(of)] = true
	}
	return parts, rows.Err()
}

// unscrubbed is noted while the files of the home may still hold bytes of what was redacted.
const unscrubbed = "unscrubbed"

// Unscrubbed says whether something was redacted that the files of the home may still hold: a mark for Scrub, "" where
// nothing was.
func (s *Store) Unscrubbed(ctx context.Context) (mark string, err error) {
	return s.Noted(ctx, unscrubbed)
}

// Rescrub has everything scrubbed once more where anything was ever redacted: an older copy came to the home.
func (s *Store) Rescrub(ctx context.Context, at time.Time) error {
	gone, err := redactedParts(s.read)
	if err != nil || len(gone) == 0 {
		return err
	}
	return s.Note(ctx, unscrubbed, When(at), at)
}

// Scrub writes the database anew, so that nothing of what was deleted is left in it or in its log; it takes as long as
// copying it. What derives from the database is to be scrubbed before: afterwards the mark is forgotten, unless more was
// redacted meanwhile or somebody reads in the log.
func (s *Store) Scrub(ctx context.Context, mark string) error {
	if _, err := s.write.ExecContext(ctx, "VACUUM"); err != nil {
		return fmt.Errorf("scrub: %w", err)
	}
	var busy, log, moved int
	err := s.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved)
	if err == nil && busy == 0 {
		_, err = s.write.ExecContext(ctx, "DELETE FROM memo WHERE id=? AND body=?", unscrubbed, mark)
	}
	if err != nil {
		return fmt.Errorf("scrub: %w", err)
	}
	return nil
}

// ScrubCopy writes a copy of this computer's database anew without what is redacted here, in the format that it has; one
// that holds nothing of that stays as it is. part is where the new one is made. It says whether it was written anew.
func (s *Store) ScrubCopy(ctx context.Context, file, part string) (anew bool, err error) {
	defer func() {
		err = errors.Join(err, discard(part))
		if err != nil {
			err = fmt.Errorf("scrub copy: %w", err)
		}
	}()
	gone, err := redactedParts(s.read)
	if err != nil || len(gone) == 0 {
		return false, err
	}
	key, wraps := sealed.Key{}, []byte(nil) // a copy of before there was a key stays as open as it was
	is, err := pages.Sealed(file)
	if err == nil && is {
		key = s.Key
		wraps, err = pages.Wraps(file)
	}
	if err != nil {
		return false, err
	}
	if anew, err = holds(ctx, file, key, gone); err != nil || !anew {
		return false, err
	}
	if err := discard(part); err != nil {
		return false, err
	}
	if err := Transcribe(ctx, file, key, part, key); err != nil {
		return false, err
	}
	if err := drain(ctx, part, key, gone); err != nil {
		return false, err
	}
	if is {
		if err := pages.Wrap(part, wraps); err != nil {
			return false, err
		}
	}
	info, err := os.Stat(file)
	if err == nil {
		err = errors.Join(os.Chtimes(part, info.ModTime(), info.ModTime()), flush(part))
	}
	if err != nil {
		return false, err
	}
	return true, disk.Rename(part, file)
}

// holds says whether a database holds a private part that is redacted.
func holds(ctx context.Context, file string, key sealed.Key, gone map[journal.Hash]bool) (bool, error) {
	db := connect(file, key, "mode=ro&_query_only=1", 1)
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	for _, table := range secretive {
		rows, err := goneIn(tx, table, gone)
		if err != nil || len(rows) > 0 {
			return len(rows) > 0, err
		}
	}
	return false, nil
}

// secretive are the tables that hold private parts.
var secretive = []string{"entry", "fork", "unproven"}

// goneIn lists the rows of a table whose private parts are redacted.
func goneIn(tx *sql.Tx, table string, gone map[journal.Hash]bool) (list [][]byte, err error) {
	there, err := column(tx, "SELECT name FROM sqlite_schema WHERE type='table' AND name=?", table)
	if err != nil || len(there) == 0 { // of an older format
		return nil, err
	}
	rows, err := tx.Query("SELECT hash, core FROM " + table + " WHERE secret IS NOT NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var hash, core []byte
		if err := rows.Scan(&hash, &core); err != nil {
			return nil, err
		}
		r, err := journal.Open(core, nil)
		if err != nil || r.Private == nil {
			continue
		}
		var k keeping
		if r.Kind == Keepsakes.Name {
			_ = json.Unmarshal(r.Body, &k) // of a newer program
		}
		if gone[*r.Private] || gone[k.Of] {
			list = append(list, hash)
		}
	}
	return list, rows.Err()
}

// drain takes the private parts that are redacted out of a database that nobody has open, and the bytes out of its file.
func drain(ctx context.Context, file string, key sealed.Key, gone map[journal.Hash]bool) error {
	db := connect(file, key, "_journal_mode=OFF&_txlock=immediate", 1)
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, table := range secretive {
		rows, err := goneIn(tx, table, gone)
		for _, hash := range rows {
			if err == nil {
				_, err = tx.Exec("UPDATE "+table+" SET secret=NULL WHERE hash=?", hash)
			}
		}
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	// whose words those are that somebody was typing then nobody tells
	if _, err := tx.Exec("DELETE FROM draft WHERE " +
		"CASE WHEN json_valid(body) THEN json_extract(body, '$.phone') IS NOT NULL END"); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM")
	return errors.Join(err, db.Close())
}
