package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
)

// A computer lives once for every time that its database begins anew: when it was set up, restored, copied. Names of
// entries carry the life, so none is ever given twice; the new life's streams are sent from their beginning, and whoever
// has an entry already passes it over.

// Lost begins a new life because somebody holds words of ours that we do not. Nothing is sent before those have come back:
// what we wrote since then may bear their names.
func (s *Store) Lost(ctx context.Context) error {
	if err := s.Reborn(ctx); err != nil {
		return err
	}
	if _, err := s.write.ExecContext(ctx, "UPDATE peer SET mute=1"); err != nil {
		return fmt.Errorf("new life: %w", err)
	}
	return nil
}

// Reborn begins a new life. A counter and chance make its number, so that the same backup restored twice lives two
// different lives; its letter is none of those that were used here, so numbers of matters are not given twice either.
func (s *Store) Reborn(ctx context.Context) error {
	if err := s.transact(ctx, s.reborn); err != nil {
		return fmt.Errorf("new life: %w", err)
	}
	s.noted(0)
	return nil
}

func (s *Store) reborn(tx *sql.Tx) error {
	next := (s.self.Incarnation>>16 + 1) << 16
	s.letters += string(s.Series())
	var used string // in the numbers of our stations, by whomever
	if err := tx.QueryRow(`SELECT coalesce(group_concat(DISTINCT substr(rtrim(substr(number, 1, length(number)-2), '0123456789'), -1)), '')
		FROM matter WHERE station IN (SELECT station FROM serial)`).Scan(&used); err != nil {
		return err
	}
	for try := 0; ; try++ {
		var b [2]byte
		if _, err := io.ReadFull(s.random, b[:]); err != nil {
			return err
		}
		s.self.Incarnation = next + uint32(binary.BigEndian.Uint16(b[:]))
		if !strings.ContainsRune(s.letters+used, rune(s.Series())) || try == 1000 { // after two dozen lives letters come again
			break
		}
	}
	if _, err := tx.Exec("UPDATE self SET incarnation=?", s.self.Incarnation); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE peer SET acked=0, acted=0, sent=0, said='', life=0, sent_mark=''")
	return err
}

// rename gives new names to what this computer wrote under a name of its own that turns out to be another entry's, and to
// all that it wrote after it in that life: it was set back and did not know. The entries keep what they say.
func (s *Store) rename(tx *sql.Tx, from journal.ID) error {
	if from.Incarnation == s.self.Incarnation {
		if err := s.reborn(tx); err != nil {
			return err
		}
	}
	rows, err := tx.Query("SELECT row, core, secret FROM entry WHERE replica=? AND incarnation=? AND seq>=? ORDER BY seq",
		from.Replica[:], from.Incarnation, int64(from.Seq))
	if err != nil {
		return err
	}
	defer rows.Close()
	type line struct {
		row          int64
		core, secret []byte
	}
	var lines []line
	for rows.Next() {
		var l line
		if err := rows.Scan(&l.row, &l.core, &l.secret); err != nil {
			return err
		}
		lines = append(lines, l)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	last, prev, err := s.head(tx)
	if err != nil {
		return err
	}
	named := map[journal.ID]journal.ID{}
	moved := map[string]bool{}
	for _, l := range lines {
		old, err := journal.Open(l.core, l.secret)
		if err != nil {
			return err
		}
		last++
		fresh, err := old.Rename(journal.ID{Replica: s.self.Replica, Incarnation: s.self.Incarnation, Seq: last}, prev, named)
		if err != nil {
			return err
		}
		named[old.ID], prev = fresh.ID, fresh.Hash
		if fresh.Signature, err = s.signature(fresh); err != nil {
			return err
		}
		if _, err := tx.Exec("UPDATE entry SET incarnation=?, seq=?, hash=?, core=?, signature=?, fate='waiting' WHERE row=?",
			fresh.ID.Incarnation, int64(fresh.ID.Seq), fresh.Hash[:], fresh.Core, fresh.Signature, l.row); err != nil {
			return err
		}
		moved[old.Thing] = true
	}
	for thing := range moved {
		if _, _, _, err := s.fold(tx, thing); err != nil {
			return err
		}
	}
	return rechain(tx)
}

// rechain makes the hashes of all streams again after entries in them got other names.
func rechain(tx *sql.Tx) error {
	readers, err := column(tx, "SELECT DISTINCT reader FROM stream")
	if err != nil {
		return err
	}
	for _, reader := range readers {
		hashes, err := column(tx, "SELECT hex(e.hash) FROM stream s JOIN entry e ON e.row=s.entry WHERE s.reader=? ORDER BY s.position", reader)
		if err != nil {
			return err
		}
		var at, h journal.Hash
		for i, text := range hashes {
			if _, err := hex.Decode(h[:], []byte(text)); err != nil {
				return err
			}
			at = journal.Advance(at, uint64(i+1), h)
			if _, err := tx.Exec("UPDATE stream SET hash=? WHERE reader=? AND position=?", at[:], reader, i+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// head gives number and hash of the last entry of this life, zero where there is none.
func (s *Store) head(q querier) (seq uint64, h journal.Hash, err error) {
	var last sql.NullInt64
	var b []byte
	err = q.QueryRow("SELECT seq, hash FROM entry WHERE replica=? AND incarnation=? ORDER BY seq DESC LIMIT 1",
		s.self.Replica[:], s.self.Incarnation).Scan(&last, &b)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	copy(h[:], b)
	return uint64(last.Int64), h, err
}

// Head is the number of the last entry that this computer wrote in its present life.
func (s *Store) Head(ctx context.Context) (uint64, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, fmt.Errorf("head: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	seq, _, err := s.head(tx)
	return seq, err
}

// Continues says whether a position of our stream for a reader, and its hash there, are ours: not where the reader holds more
// than we have, or something else, because this database was set back. wrote is when we wrote the entry there ourselves; long
// ago where another did.
func (s *Store) Continues(ctx context.Context, reader string, position uint64, h journal.Hash) (wrote time.Time, ours bool, err error) {
	if position == 0 {
		return wrote, true, nil
	}
	var core []byte
	err = s.read.QueryRowContext(ctx, `SELECT iif(e.replica=?, e.core, '') FROM stream s JOIN entry e ON e.row=s.entry
		WHERE s.reader=? AND s.position=? AND s.hash=?`, s.self.Replica[:], reader, int64(position), h[:]).Scan(&core)
	if errors.Is(err, sql.ErrNoRows) {
		return wrote, false, nil
	}
	if err == nil && len(core) > 0 {
		var r journal.Record
		r, err = journal.Open(core, nil)
		wrote = r.At
	}
	if err != nil {
		return wrote, false, fmt.Errorf("stream of %s: %w", reader, err)
	}
	return wrote, true, nil
}

// Fork is an entry under a name that another entry has: a computer was copied and both copies are used.
type Fork struct {
	ID   journal.ID
	Unit string
	Met  time.Time
}

// Forks lists them.
func (s *Store) Forks(ctx context.Context) (fs []Fork, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT core, met FROM fork ORDER BY met")
	if err != nil {
		return nil, fmt.Errorf("forks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var core []byte
		var met string
		if err := rows.Scan(&core, &met); err != nil {
			return nil, fmt.Errorf("forks: %w", err)
		}
		r, err := journal.Open(core, nil)
		if err != nil {
			return nil, fmt.Errorf("forks: %w", err)
		}
		at, _ := time.Parse(stamp, met)
		fs = append(fs, Fork{r.ID, r.Unit, at})
	}
	return fs, rows.Err()
}

// note is what a computer writes down beside its database: how far it came, and where. A database that knows less was set
// back; one that finds itself on another computer was copied or moved there.
type note struct {
	Replica     journal.Replica `json:"replica"`
	Incarnation uint32          `json:"incarnation"`
	Seq         uint64          `json:"seq"`
	Machine     string          `json:"machine"`
	Letters     string          `json:"letters"` // of the lives before
}

// Begin compares the database with the note in a file beside it, begins a new life where they do not agree, and keeps the
// note from now on. machine tells computers apart; "" where it is not known. It says whether a new life began.
func (s *Store) Begin(ctx context.Context, file, machine string) (reborn bool, err error) {
	head, err := s.Head(ctx)
	if err != nil {
		return false, err
	}
	known := s.self.Incarnation
	var was note
	b, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, &was)
	}
	if err == nil && was.Replica == s.self.Replica {
		s.letters = was.Letters
		if was.Incarnation != known {
			s.letters += string(matter.Series(was.Replica[0], was.Incarnation))
		}
		used := was.Incarnation != known && strings.ContainsRune(s.letters, rune(s.Series()))
		s.self.Incarnation = max(known, was.Incarnation)
		back := used || was.Incarnation > known || was.Incarnation == known && was.Seq > head
		moved := machine != "" && was.Machine != "" && was.Machine != machine
		if back || moved {
			if err := s.Reborn(ctx); err != nil {
				return false, err
			}
			reborn, head = true, 0
		}
	}
	s.beside, s.machine = file, machine
	s.noted(head)
	return reborn, nil
}

// noted writes the note. Without one there is no harm but a later discovery, so nobody waits for the disk or hears of a
// failure.
func (s *Store) noted(seq uint64) {
	if s.beside == "" {
		return
	}
	b, err := json.Marshal(note{s.self.Replica, s.self.Incarnation, seq, s.machine, s.letters})
	if err == nil && os.WriteFile(s.beside+".part", b, 0o600) == nil {
		_ = os.Rename(s.beside+".part", s.beside)
	}
}

// Author is the unit in whose name this computer wrote, "" where it wrote nothing yet.
func (s *Store) Author(ctx context.Context) (unit string, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT json_extract(core, '$.unit') FROM entry WHERE replica=? LIMIT 1", s.self.Replica[:]).Scan(&unit)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("author: %w", err)
	}
	return unit, nil
}

// become gives the database to another computer of the same unit, whose keys others know under that name.
func (s *Store) become(ctx context.Context, r journal.Replica) error {
	_, err := s.write.ExecContext(ctx, "UPDATE self SET replica=?", r[:])
	if err == nil {
		s.self.Replica = r
	}
	return err
}

// Inherit gives the database to the computer of the same unit whose other database this is, and takes over what that one holds and
// this one does not: entries with their private parts, each in the streams in which it lay there; the computers that it knows, and
// who of them is out of use; key lists, alarms, and what was typed. What cannot be read there any more is passed over. unit is ours.
func (s *Store) Inherit(ctx context.Context, from *Store, unit string, at time.Time) error {
	rows, err := s.lacking(ctx, from)
	if err != nil {
		return fmt.Errorf("inherit: %w", err)
	}
	same := s.self.Replica == from.self.Replica
	if err := s.become(ctx, from.self.Replica); err != nil {
		return fmt.Errorf("inherit: %w", err)
	}
	err = s.transact(ctx, func(tx *sql.Tx) error {
		if err := s.acquaint(ctx, tx, from, unit, same); err != nil {
			return err
		}
		way := passing{tails: tails{}, self: s.self.Replica, unit: unit, known: map[string][]journal.Replica{}}
		things := map[string]map[int64]bool{}
		for _, theirs := range rows {
			r, readers, err := from.at(ctx, theirs)
			if err != nil {
				continue // a page is damaged there
			}
			row, known, err := s.keep(tx, r, fate{fate: "waiting"}, at)
			if err != nil {
				return err
			}
			if row == 0 {
				continue
			}
			for _, reader := range readers {
				if err := way.put(tx, reader, row, r.Hash); err != nil {
					return err
				}
			}
			if things[r.Thing] == nil {
				things[r.Thing] = map[int64]bool{}
			}
			if !known {
				things[r.Thing][row] = true
			}
		}
		for _, thing := range slices.Sorted(maps.Keys(things)) {
			if _, err := s.arrive(tx, thing, nil, things[thing], way); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("inherit: %w", err)
	}
	return nil
}

// lacking lists the rows of another database's journal that hold more than ours does. Where a page of it is damaged it goes on
// behind that.
func (s *Store) lacking(ctx context.Context, from *Store) (list []int64, err error) {
	have := map[journal.Hash]bool{} // whether with the private part
	each := func(db *sql.DB, after int64, do func(row int64, h journal.Hash, secret bool)) error {
		rows, err := db.QueryContext(ctx, "SELECT row, hash, secret IS NOT NULL FROM entry WHERE row>? ORDER BY row", after)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var row int64
			var b []byte
			var secret bool
			if err := rows.Scan(&row, &b, &secret); err != nil {
				return err
			}
			var h journal.Hash
			copy(h[:], b)
			do(row, h, secret)
		}
		return rows.Err()
	}
	if err := each(s.read, 0, func(_ int64, h journal.Hash, secret bool) { have[h] = secret }); err != nil {
		return nil, err
	}
	var last int64
	if from.read.QueryRowContext(ctx, "SELECT ifnull(max(row), 0) FROM entry").Scan(&last) != nil {
		return nil, nil
	}
	for after := int64(0); after < last; after++ {
		if each(from.read, after, func(row int64, h journal.Hash, secret bool) {
			if whole, known := have[h]; !known || secret && !whole {
				list = append(list, row)
			}
			after = row
		}) == nil {
			break
		}
	}
	return list, ctx.Err()
}

// at reads a row of the journal, and in whose streams it lies.
func (s *Store) at(ctx context.Context, row int64) (r journal.Record, readers []string, err error) {
	var hash, core, secret, signature []byte
	if err := s.read.QueryRowContext(ctx, "SELECT hash, core, secret, signature FROM entry WHERE row=?", row).Scan(&hash, &core, &secret, &signature); err != nil {
		return r, nil, err
	}
	if r, err = journal.Open(core, secret); err != nil {
		return r, nil, err
	}
	if !bytes.Equal(r.Hash[:], hash) {
		return r, nil, ErrDamaged
	}
	r.Signature = signature
	rows, err := s.read.QueryContext(ctx, "SELECT reader FROM stream WHERE entry=? ORDER BY reader", row)
	if err != nil {
		return r, nil, nil // the entry itself is whole
	}
	defer rows.Close()
	for rows.Next() {
		var reader string
		if rows.Scan(&reader) == nil {
			readers = append(readers, reader)
		}
	}
	_ = rows.Err() // as far as they can be read
	return r, readers, nil
}

// acquaint takes over what another database knows besides entries. Of two that say different things of a computer the one with the
// newer list of ours is believed, which is theirs where there is none. It may be the same computer's.
func (s *Store) acquaint(ctx context.Context, tx *sql.Tx, from *Store, unit string, same bool) error {
	ours, err := s.Peers(ctx)
	if err != nil {
		return err
	}
	said, err := s.KeyLists(ctx)
	if err != nil {
		return err
	}
	theirs, _ := from.KeyLists(ctx)
	for _, key := range slices.Sorted(maps.Keys(theirs)) {
		if l := theirs[key]; l.Version > said[key].Version {
			if err := keepKeyList(tx, key, l); err != nil {
				return err
			}
		}
	}
	peers, _ := from.Peers(ctx)
	for _, p := range peers {
		known := slices.ContainsFunc(ours, func(o Peer) bool { return o.Replica == p.Replica })
		if known && theirs[unit].Version < said[unit].Version {
			continue
		}
		if err := know(tx, p); err != nil {
			return err
		}
		if p.Revoked {
			if err := bar(tx, p.Until); err != nil {
				return err
			}
		}
		if !known {
			if err := echo(tx, p.Unit); err != nil {
				return err
			}
		}
	}
	if same { // what was typed since, or has been registered
		if _, err := tx.Exec("DELETE FROM draft"); err != nil {
			return err
		}
	}
	for _, table := range []string{"draft VALUES (?,?,?)", "fork VALUES (?,?,?,?,?,?,?)"} {
		name, marks, _ := strings.Cut(table, " ")
		rows, err := from.read.QueryContext(ctx, "SELECT * FROM "+name)
		if err != nil {
			continue
		}
		defer rows.Close()
		vals, ptrs := make([]any, strings.Count(marks, "?")), []any{}
		for i := range vals {
			ptrs = append(ptrs, &vals[i])
		}
		for rows.Next() && rows.Scan(ptrs...) == nil {
			if _, err := tx.Exec("INSERT OR REPLACE INTO "+table, vals...); err != nil {
				return err
			}
		}
		_ = rows.Err() // as far as they can be read
	}
	return nil
}
