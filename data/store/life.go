package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/numbers"
	"lianluo.local/data/unit"
)

// A computer lives once for every time that its database begins anew: when it was set up, restored, copied. Names of
// entries carry the life, so none is ever given twice; the new life's streams are sent from their beginning, and
// whoever has an entry already passes it over.

// Reborn begins a new life. A counter and chance make its number, so that the same backup restored twice lives two
// different lives; its letter is none of those that were used here, so numbers of matters are not given twice either.
func (s *Store) Reborn(ctx context.Context) error {
	if err := s.Transact(ctx, s.reborn); err != nil {
		return fmt.Errorf("new life: %w", err)
	}
	return nil
}

func (s *Store) reborn(tx *sql.Tx) error {
	used, err := s.usedLetters(tx)
	if err != nil {
		return err
	}
	l := *s.life.Load()
	next := (l.self.Incarnation>>16 + 1) << 16
	l.letters += string(l.series())
	for try := 0; ; try++ {
		var b [2]byte
		if _, err := io.ReadFull(s.Random, b[:]); err != nil {
			return err
		}
		l.self.Incarnation = next + uint32(binary.BigEndian.Uint16(b[:]))
		// after two dozen lives letters come again
		if !strings.ContainsRune(l.letters+used, rune(l.series())) || try == 1000 {
			break
		}
	}
	s.life.Store(&l)
	if _, err := tx.Exec("UPDATE self SET incarnation=?", l.self.Incarnation); err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE peer SET acked=0, acted=0, sent=0, said='', life=0, sent_mark=''")
	return err
}

// usedLetters are those in the numbers of our stations, by whomever.
func (s *Store) usedLetters(tx *sql.Tx) (used string, err error) {
	places, err := column(tx, "SELECT DISTINCT station FROM serial")
	if err != nil {
		return "", err
	}
	for _, k := range s.kinds.folded() {
		for _, place := range places {
			var letters string
			begin := numbers.Begin(place)
			if err := tx.QueryRow(
				"SELECT coalesce(group_concat(DISTINCT substr(rtrim(substr(number, 1, length(number)-2), "+
					"'0123456789'), -1)), '') FROM "+k.Name+
					" WHERE number >= ?1 AND number < ?1 || '~'", begin).Scan(&letters); err != nil {
				return "", err
			}
			used += letters
		}
	}
	return used, nil
}

// Yield begins a new life, with another letter in the numbers of matters, where another computer of this table gives
// its numbers with the same one (among taken) and this computer gave none yet.
func (s *Store) Yield(ctx context.Context, taken func() string) error {
	var given bool
	if err := s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM serial)").Scan(&given); err != nil {
		return fmt.Errorf("numbers: %w", err)
	}
	if given {
		return nil
	}
	letters, l := taken(), s.life.Load()
	news := strings.Map(func(r rune) rune {
		if strings.ContainsRune(l.letters, r) {
			return -1
		}
		return r
	}, letters)
	s.turn(func(l *life) { l.letters += news }) // no later life takes them either
	if strings.ContainsRune(letters, rune(s.Series())) {
		return s.Reborn(ctx)
	}
	if news == "" {
		return nil
	}
	head, err := s.Head(ctx)
	if err == nil {
		s.noted(head)
	}
	return err
}

// rename gives new names to what this computer wrote under a name of its own that turns out to be another entry's, and
// to all that it wrote after it in that life: it was set back and did not know. What it wrote since it knows, and told
// nobody yet, follows on those and goes with them. The entries keep what they say.
func (s *Store) rename(tx *sql.Tx, from journal.ID) error {
	until := s.Self().Incarnation
	var untold bool
	if err := tx.QueryRow("SELECT NOT EXISTS (SELECT 1 FROM peer WHERE sent>0)").Scan(&untold); err != nil {
		return err
	}
	if !untold {
		until = from.Incarnation
	}
	if until == s.Self().Incarnation {
		if err := s.reborn(tx); err != nil {
			return err
		}
	}
	rows, err := tx.Query(
		`SELECT row, core, secret FROM entry WHERE replica=?1 AND (incarnation=?2 AND seq>=?3 OR incarnation=?4 AND ?4>?2)
		ORDER BY incarnation, seq`, from.Replica[:], from.Incarnation, int64(from.Seq), until)
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
		id := s.Self()
		id.Seq = last
		fresh, err := old.Rename(id, prev, named)
		if err != nil {
			return err
		}
		named[old.ID], prev = fresh.ID, fresh.Hash
		if fresh.Signature, err = s.signature(fresh); err != nil {
			return err
		}
		if _, err := tx.Exec(
			"UPDATE entry SET incarnation=?, seq=?, hash=?, core=?, signature=?, fate='waiting' WHERE row=?",
			fresh.ID.Incarnation, int64(fresh.ID.Seq), fresh.Hash[:], fresh.Core, fresh.Signature, l.row); err != nil {
			return err
		}
		moved[old.Thing] = true
	}
	for thing := range moved {
		if _, _, err := s.fold(tx, thing, nil, ""); err != nil {
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
		hashes, err := column(tx,
			"SELECT hex(e.hash) FROM stream s JOIN entry e ON e.row=s.entry WHERE s.reader=? ORDER BY s.position",
			reader)
		if err != nil {
			return err
		}
		var at, h journal.Hash
		for i, text := range hashes {
			if _, err := hex.Decode(h[:], []byte(text)); err != nil {
				return err
			}
			at = journal.Advance(at, uint64(i+1), h)
			if _, err := tx.Exec("UPDATE stream SET hash=? WHERE reader=? AND position=?", at[:],
				reader, i+1); err != nil {
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
		s.replica(), s.Self().Incarnation).Scan(&last, &b)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	copy(h[:], b)
	return uint64(last.Int64), h, err
}

// apart is how many of this life's entries, up to one, are kept from those at the top (journal.Envelope.Apart).
func (s *Store) apart(q querier, code string, last uint64) (n uint64, err error) {
	var core []byte
	err = q.QueryRow("SELECT core FROM entry WHERE replica=? AND incarnation=? AND seq=?", s.replica(),
		s.Self().Incarnation, int64(last)).Scan(&core)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	var e journal.Entry
	if err == nil {
		err = json.Unmarshal(core, &e)
	}
	if err != nil || e.Envelope == nil || !e.Envelope.Kept(unit.Top(code)) {
		return 0, err
	}
	return e.Envelope.Apart + 1, nil
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

// note is what a computer writes down beside its database: how far it came, and where. A database that knows less was
// set back; one that finds itself on another computer was copied or moved there.
type note struct {
	Replica     journal.Replica `json:"replica"`
	Incarnation uint32          `json:"incarnation"`
	Seq         uint64          `json:"seq"`
	Machine     string          `json:"machine"`
	Letters     string          `json:"letters"` // of the lives before
}

// Begin compares the database with the note in a file beside it, begins a new life where they do not agree, and keeps
// the note from now on. machine tells computers apart; "" where it is not known. It says whether a new life began.
func (s *Store) Begin(ctx context.Context, file, machine string) (reborn bool, err error) {
	head, err := s.Head(ctx)
	if err != nil {
		return false, err
	}
	was, err := readNote(file)
	if l := *s.life.Load(); err == nil && was.Replica == l.self.Replica {
		known := l.self.Incarnation
		l.letters = was.Letters
		if was.Incarnation != known {
			l.letters += string(numbers.Series(was.Replica[0], was.Incarnation))
		}
		used := was.Incarnation != known && strings.ContainsRune(l.letters, rune(l.series()))
		l.self.Incarnation = max(known, was.Incarnation)
		s.life.Store(&l)
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
	l := s.life.Load()
	b, err := json.Marshal(note{l.self.Replica, l.self.Incarnation, seq, s.machine, l.letters})
	if err == nil && os.WriteFile(s.beside+".part", b, 0o600) == nil {
		_ = os.Rename(s.beside+".part", s.beside)
	}
}

// Next tells the name of the entry that this computer writes next, while nobody writes one: until do has ended, saves
// wait.
func (s *Store) Next(ctx context.Context, do func(next journal.ID) error) error {
	return s.Transact(ctx, func(tx *sql.Tx) error {
		seq, _, err := s.head(tx)
		if err != nil {
			return err
		}
		next := s.Self()
		next.Seq = seq + 1
		return do(next)
	})
}
