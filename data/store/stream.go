package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

// Stretch is a piece of our stream for a reader.
type Stretch struct {
	First, Last uint64       // Last = First-1 when empty
	Prev, Head  journal.Hash // hashes before First and at Last
	End         uint64       // the stream's last position
	Records     []journal.Record
}

// Since gives our stream for a reader after a position with the private parts that it may have, at most about limit
// bytes of it, cut at entry borders.
func (s *Store) Since(ctx context.Context, reader string, after uint64, limit int) (st Stretch, err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return st, fmt.Errorf("stream: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	if st.End, _, err = end(tx, reader); err != nil {
		return st, fmt.Errorf("stream: %w", err)
	}
	after = min(after, st.End)
	st.First, st.Last = after+1, after
	var b []byte
	err = tx.QueryRow("SELECT hash FROM stream WHERE reader=? AND position=?", reader, int64(after)).Scan(&b)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return st, fmt.Errorf("stream: %w", err)
	}
	copy(st.Prev[:], b)
	st.Head = st.Prev
	rows, err := tx.Query(
		`SELECT s.position, s.hash, e.core, e.secret, e.signature
			FROM stream s JOIN entry e ON e.row = s.entry WHERE s.reader=? AND s.position>? ORDER BY s.position`,
		reader, int64(after))
	if err != nil {
		return st, fmt.Errorf("stream: %w", err)
	}
	defer rows.Close()
	thing := ""
	for size := 0; size < limit*8/7 && rows.Next(); {
		var core, secret, hash, signature []byte
		var position uint64
		if err := rows.Scan(&position, &hash, &core, &secret, &signature); err != nil {
			return st, fmt.Errorf("stream: %w", err)
		}
		r, err := journal.Open(core, secret)
		if err != nil {
			return st, fmt.Errorf("stream: %w", err)
		}
		if size >= limit && r.Thing != thing { // what somebody is let into comes to him whole
			break
		}
		st.Last, thing = position, r.Thing
		copy(st.Head[:], hash)
		r.Signature = signature
		st.Records = append(st.Records, r)
		size += len(core) + len(secret)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return st, fmt.Errorf("stream: %w", err)
	}
	may := secrets{s.kinds, tx, reader, map[string]func(journal.Record) bool{}, s.Unit, s.Self().Replica}
	for i := range st.Records {
		if err := may.withhold(&st.Records[i]); err != nil {
			return st, fmt.Errorf("stream: %w", err)
		}
	}
	return st, nil
}

// Week is what went into a reader's stream in seven days, the first of which is a Monday.
type Week struct {
	Monday      time.Time
	First, Last uint64 // positions
}

// Weeks gives the newest weeks of a reader's stream in which anything was written, the newest first.
func (s *Store) Weeks(ctx context.Context, reader string, count int, zone *time.Location) (ws []Week, err error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT s.position, json_extract(e.core, '$.at') FROM stream s JOIN entry e ON e.row = s.entry
		WHERE s.reader=? ORDER BY s.position DESC`, reader)
	if err != nil {
		return nil, fmt.Errorf("weeks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var position uint64
		var text string
		if err := rows.Scan(&position, &text); err != nil {
			return nil, fmt.Errorf("weeks: %w", err)
		}
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return nil, fmt.Errorf("weeks: %w", err)
		}
		at = at.In(zone)
		monday := time.Date(at.Year(), at.Month(), at.Day()-(int(at.Weekday())+6)%7, 0, 0, 0, 0, zone)
		if n := len(ws); n > 0 && !monday.Before(ws[n-1].Monday) { // a clock that jumped opens no week of its own
			ws[n-1].First = position
			continue
		}
		if len(ws) == count {
			break
		}
		ws = append(ws, Week{monday, position, position})
	}
	return ws, rows.Err()
}

// Continues says whether a position of our stream for a reader, and its hash there, are ours: not where the reader
// holds more than we have, or something else, because this database was set back. wrote is when we wrote the entry
// there ourselves; long ago where another did.
func (s *Store) Continues(ctx context.Context, reader string, position uint64, h journal.Hash) (wrote time.Time,
	ours bool, err error) {
	if position == 0 {
		return wrote, true, nil
	}
	var core []byte
	err = s.read.QueryRowContext(ctx, `SELECT iif(e.replica=?, e.core, '') FROM stream s JOIN entry e ON e.row=s.entry
		WHERE s.reader=? AND s.position=? AND s.hash=?`, s.replica(), reader, int64(position), h[:]).Scan(&core)
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

// Echo puts everything that concerns a unit into its stream which is not in it yet: its own words and those of others.
func (s *Store) Echo(tx *sql.Tx, reader string) error {
	for _, k := range s.kinds.folded() {
		if k.Opens == nil { // its entries say themselves where they go
			continue
		}
		paths, err := column(tx, "SELECT DISTINCT path FROM "+k.Name+" WHERE unit >= ?1 AND unit < ?1 || '~'",
			unit.Stem(reader))
		if err != nil {
			return err
		}
		for _, path := range paths {
			units := strings.Fields(path)
			if !slices.Contains(units, reader) {
				continue
			}
			if err := enqueueAll(tx, reader, "thing IN (SELECT id FROM "+k.Name+" WHERE unit=? AND path=?)",
				units[0], path); err != nil {
				return err
			}
		}
	}
	// of before there were envelopes
	if err := enqueueAll(tx, reader, "thing IN (?,?)", Rules.Name+" "+reader, Pulses.Name+" "+reader); err != nil {
		return err
	}
	things, err := column(tx,
		"SELECT DISTINCT thing FROM entry INDEXED BY entry_way WHERE way<>'' "+
			"AND instr(way || ' ', ' ' || ? || ' ') > 0", reader)
	if err != nil {
		return err
	}
	for _, thing := range things {
		where := "thing=? AND instr(way || ' ', ' ' || ? || ' ') > 0"
		if _, _, single := named(thing); !single {
			ks, err := load(tx, thing)
			if err != nil {
				return err
			}
			c, _ := s.kinds.door(ks)
			if c.ever != nil {
				if err := c.echo(tx, reader, ks); err != nil {
					return err
				}
			}
			if c.ever != nil || !slices.Contains(c.units, reader) {
				continue
			}
			where = "thing=? AND ?<>''"
		}
		if err := enqueueAll(tx, reader, where, thing, reader); err != nil {
			return err
		}
	}
	return nil
}

// echo puts what a unit is or was to have of a thing whose circle changed into its stream.
func (c circle) echo(tx *sql.Tx, reader string, ks []kept) error {
	ends := tails{}
	for _, k := range ordered(ks) {
		if k.barred == 0 && c.has(reader, k.ID) {
			if err := ends.put(tx, reader, k.row, k.Hash); err != nil {
				return err
			}
		}
	}
	return nil
}

// enqueueAll puts all entries that a condition chooses into a reader's stream, as far as they are not in it.
func enqueueAll(tx *sql.Tx, reader, where string, args ...any) error {
	rows, err := tx.Query(`SELECT row, hash FROM entry e WHERE (`+where+`)
		AND barred=0 AND NOT EXISTS (SELECT 1 FROM stream WHERE reader=? AND entry=e.row) ORDER BY row`,
		append(args, reader)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	type line struct {
		row int64
		h   journal.Hash
	}
	var lines []line
	for rows.Next() {
		var l line
		var h []byte
		if err := rows.Scan(&l.row, &h); err != nil {
			return err
		}
		copy(l.h[:], h)
		lines = append(lines, l)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, l := range lines {
		if err := enqueue(tx, reader, l.row, l.h); err != nil {
			return err
		}
	}
	return nil
}

// enqueue puts an entry at the end of a reader's stream, once; "" is nobody.
func enqueue(tx *sql.Tx, reader string, row int64, entry journal.Hash) error {
	return tails{}.put(tx, reader, row, entry)
}

// tails are the ends of streams within one transaction, so that each is looked for once.
type tails map[string]tail

type tail struct {
	position uint64
	hash     journal.Hash
}

func (t tails) put(tx *sql.Tx, reader string, row int64, entry journal.Hash) (err error) {
	if reader == "" {
		return nil
	}
	last, known := t[reader]
	if !known {
		if last.position, last.hash, err = end(tx, reader); err != nil {
			return err
		}
	}
	next := tail{last.position + 1, journal.Advance(last.hash, last.position+1, entry)}
	res, err := tx.Exec("INSERT INTO stream VALUES (?,?,?,?) ON CONFLICT (reader, entry) DO NOTHING", reader,
		int64(next.position), row, next.hash[:])
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		next = last
	}
	t[reader] = next
	return err
}

// end gives the last position of a reader's stream and the hash there.
func end(q querier, reader string) (position uint64, h journal.Hash, err error) {
	var b []byte
	err = q.QueryRow("SELECT position, hash FROM stream WHERE reader=? ORDER BY position DESC LIMIT 1",
		reader).Scan(&position, &b)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, h, nil
	}
	copy(h[:], b)
	return position, h, err
}
