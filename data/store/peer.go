package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
)

// Peer is a computer we exchange with.
type Peer struct {
	Replica  journal.Replica
	Unit     string
	Name     string
	Card     string // what it told of itself, as signed
	Revoked  bool
	Heard    string // "" for never
	Lives    []Life // what we hold of its streams, one a life, the newest last
	Acked    uint64 // positions of our stream that it holds
	Acted    uint64 // … and has worked into its list
	Sent     uint64 // our last position that lies in the folder
	SentAt   string
	SentMark string        // what the last file said, so that the same is not said again
	Program  string        // what its last file was written by
	Skew     time.Duration // how far its clock is off at least; positive where it is ahead
	Said     time.Time     // when its newest acknowledgement was made, by its own clock
	Now      uint32        // the life in which it said so
	Mute     bool          // it is to hear nothing from us before it told what it holds of ours
	Diverged string        // since when its list differs from ours; "" for not
	Until    journal.ID    // of a revoked computer: the last entry that is believed
	Faults   []string      // what is wrong with it, by the courier's codes
	Compared string        // when a person here compared its digits; "" for one that a program of before believed
	Sworn    []byte        // our signature on Belief of its card
}

// Life is one incarnation of a computer and what we hold of the stream that it wrote in it for us.
type Life struct {
	Incarnation uint32
	Stored      uint64 // positions that we hold
	Hash        journal.Hash
	Head        uint64 // its last position as far as we know
	Proof       []byte // what it signed of the position that we hold; nil where its program did not
}

// MostLives is how many lives of one computer are kept count of: nobody restores a computer so often.
const MostLives = 1000

// ErrLives says that a computer begins one more.
var ErrLives = errors.New("a computer begins too many lives")

// Recent are the lives that a bundle's header has room for: the one that the computer lives now, and the newest.
func (p Peer) Recent(most int) []Life {
	ls := slices.Clone(p.Lives)
	for at := 0; len(ls) > most; {
		if ls[at].Incarnation == p.Now {
			at++
			continue
		}
		ls = slices.Delete(ls, at, at+1)
	}
	return ls
}

// Life gives the life that the computer lives now as far as we know, the zero one where nothing was received yet.
func (p Peer) Life() (now Life) {
	for _, l := range p.Lives {
		if now = l; l.Incarnation == p.Now {
			break
		}
	}
	return now
}

// Missing gives what the computer had to say in each life and we do not hold. What an earlier life told of, a later one may say again:
// it has come as far, its new words not counted.
func (s *Store) Missing(ctx context.Context, p Peer) (gaps []Life, err error) {
	for i, l := range p.Lives {
		if l.Head <= l.Stored {
			continue
		}
		var fresh, said uint64
		if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM entry WHERE replica=? AND incarnation>?", p.Replica[:], l.Incarnation).Scan(&fresh); err != nil {
			return nil, fmt.Errorf("missing: %w", err)
		}
		for _, later := range p.Lives[i+1:] {
			said = max(said, later.Stored)
		}
		var own bool // its own words came in another way, all that there can be of them
		if err := s.read.QueryRowContext(ctx, "SELECT count(*)=ifnull(max(seq), 0) AND count(*)>=? FROM entry WHERE replica=? AND incarnation=?",
			int64(l.Head), p.Replica[:], l.Incarnation).Scan(&own); err != nil {
			return nil, fmt.Errorf("missing: %w", err)
		}
		if said < fresh+l.Head && !own {
			gaps = append(gaps, l)
		}
	}
	return gaps, nil
}

// Lived says whether we heard of a life before.
func (p Peer) Lived(incarnation uint32) bool {
	return slices.ContainsFunc(p.Lives, func(l Life) bool { return l.Incarnation == incarnation })
}

// Know adds a peer, or replaces what it told of itself; one that was put out of use is in use again. Such a one, or a new one, gets all
// of its unit's matters from us.
func (s *Store) Know(ctx context.Context, p Peer) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		var known bool
		err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM peer WHERE replica=? AND NOT revoked)", p.Replica[:]).Scan(&known)
		if err == nil {
			err = s.meet(tx, p)
		}
		if err != nil || known {
			return err
		}
		return s.echo(tx, p.Unit)
	})
}

func (s *Store) meet(tx *sql.Tx, p Peer) error {
	_, err := tx.Exec(`INSERT INTO peer (replica, unit, name, card, compared, sworn) VALUES (?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET unit=excluded.unit, name=excluded.name, card=excluded.card, revoked=0, until='', sworn=excluded.sworn,
		compared=iif(excluded.compared='', compared, excluded.compared)`, p.Replica[:], p.Unit, p.Name, p.Card, p.Compared, s.swear(p.Card))
	if err != nil {
		return fmt.Errorf("know: %w", err)
	}
	return nil
}

// Belief is what a home signs of a card that is believed in it.
func Belief(card string) []byte { return []byte("lianluo believed 1\n" + card) }

// swear signs a card; where nothing signs, nothing is sworn.
func (s *Store) swear(card string) []byte {
	if s.Sign == nil {
		return []byte{}
	}
	signature, err := s.Sign(Belief(card))
	if err != nil {
		return []byte{}
	}
	return signature
}

// Swear signs the cards of computers in use that a program of before believed.
func (s *Store) Swear(ctx context.Context) error {
	ps, err := s.Peers(ctx)
	for _, p := range ps {
		if err == nil && !p.Revoked && len(p.Sworn) == 0 {
			err = s.Rekey(ctx, p.Replica, p.Card)
		}
	}
	return err
}

// Unknow forgets a computer; what it wrote stays.
func (s *Store) Unknow(ctx context.Context, r journal.Replica) error {
	if _, err := s.write.ExecContext(ctx, "DELETE FROM peer WHERE replica=?", r[:]); err != nil {
		return fmt.Errorf("unknow: %w", err)
	}
	return nil
}

// Rekey replaces the card of a computer, in use or not.
func (s *Store) Rekey(ctx context.Context, r journal.Replica, card string) error {
	if _, err := s.write.ExecContext(ctx, "UPDATE peer SET card=?, sworn=? WHERE replica=?", card, s.swear(card), r[:]); err != nil {
		return fmt.Errorf("rekey: %w", err)
	}
	return nil
}

// Holds says whether an entry is here.
func (s *Store) Holds(ctx context.Context, h journal.Hash) (held bool, err error) {
	if err := s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM entry WHERE hash=?)", h[:]).Scan(&held); err != nil {
		return false, fmt.Errorf("entry: %w", err)
	}
	return held, nil
}

// Bar puts one computer out of use from a number on that was said before; one that we do not know stays unknown.
func (s *Store) Bar(ctx context.Context, until journal.ID) error {
	return s.transact(ctx, func(tx *sql.Tx) error { return bar(tx, until) })
}

func bar(tx *sql.Tx, until journal.ID) error {
	if _, err := tx.Exec("UPDATE peer SET revoked=1, until=? WHERE replica=? AND NOT revoked", until.String(), until.Replica[:]); err != nil {
		return fmt.Errorf("revoke: %w", err)
	}
	return nil
}

// Revoke puts a computer out of use: what it wrote up to now is believed, whenever it comes, nothing later is. Numbers tell, not
// dates: clocks lie.
func (s *Store) Revoke(ctx context.Context, r journal.Replica) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		until := journal.ID{Replica: r, Incarnation: 1}
		err := tx.QueryRow("SELECT incarnation, seq FROM entry WHERE replica=? ORDER BY incarnation DESC, seq DESC LIMIT 1", r[:]).Scan(&until.Incarnation, &until.Seq)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("revoke: %w", err)
		}
		return bar(tx, until)
	})
}

// Peers lists the computers we know, by unit.
func (s *Store) Peers(ctx context.Context) ([]Peer, error) {
	lives, err := s.lives(ctx)
	if err != nil {
		return nil, fmt.Errorf("peers: %w", err)
	}
	faults, err := s.faults(ctx)
	if err != nil {
		return nil, fmt.Errorf("peers: %w", err)
	}
	rows, err := s.read.QueryContext(ctx, `SELECT replica, unit, name, card, revoked, heard, acked, acted, sent, sent_at, sent_mark,
		program, skew, diverged, said, life, mute, until, compared, sworn FROM peer ORDER BY unit, replica`)
	if err != nil {
		return nil, fmt.Errorf("peers: %w", err)
	}
	defer rows.Close()
	var ps []Peer
	for rows.Next() {
		var p Peer
		var replica []byte
		var skew int64
		var said, until string
		if err := rows.Scan(&replica, &p.Unit, &p.Name, &p.Card, &p.Revoked, &p.Heard, &p.Acked, &p.Acted, &p.Sent, &p.SentAt, &p.SentMark,
			&p.Program, &skew, &p.Diverged, &said, &p.Now, &p.Mute, &until, &p.Compared, &p.Sworn); err != nil {
			return nil, fmt.Errorf("peers: %w", err)
		}
		copy(p.Replica[:], replica)
		p.Said, _ = time.Parse(stamp, said) // never: long ago
		p.Skew = time.Duration(skew) * time.Second
		if p.Revoked {
			p.Until = journal.ID{Replica: p.Replica, Incarnation: 1} // put out of use before this was kept: nothing is believed
			if until != "" {
				if err := p.Until.UnmarshalText([]byte(until)); err != nil {
					return nil, fmt.Errorf("peers: %w", err)
				}
			}
		}
		p.Lives, p.Faults = lives[p.Replica], faults[p.Replica]
		ps = append(ps, p)
	}
	return ps, rows.Err()
}

func (s *Store) lives(ctx context.Context) (map[journal.Replica][]Life, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT replica, incarnation, stored, hash, head, proof FROM heard ORDER BY replica, incarnation")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	lives := map[journal.Replica][]Life{}
	for rows.Next() {
		var l Life
		var replica, hash []byte
		if err := rows.Scan(&replica, &l.Incarnation, &l.Stored, &hash, &l.Head, &l.Proof); err != nil {
			return nil, err
		}
		copy(l.Hash[:], hash)
		r := journal.Replica(replica)
		lives[r] = append(lives[r], l)
	}
	return lives, rows.Err()
}

func (s *Store) faults(ctx context.Context) (map[journal.Replica][]string, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT replica, what FROM fault ORDER BY replica, what")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[journal.Replica][]string{}
	for rows.Next() {
		var replica []byte
		var what string
		if err := rows.Scan(&replica, &what); err != nil {
			return nil, err
		}
		r := journal.Replica(replica)
		all[r] = append(all[r], what)
	}
	return all, rows.Err()
}

// Blame keeps that something is wrong with a peer, or is right again.
func (s *Store) Blame(ctx context.Context, p *Peer, what string, wrong bool, at time.Time) error {
	if slices.Contains(p.Faults, what) == wrong {
		return nil
	}
	do, args := "DELETE FROM fault WHERE replica=? AND what=?", []any{p.Replica[:], what}
	if wrong {
		do, args = "INSERT OR IGNORE INTO fault VALUES (?,?,?)", append(args, when(at))
	}
	if _, err := s.write.ExecContext(ctx, do, args...); err != nil {
		return fmt.Errorf("fault of a peer: %w", err)
	}
	if p.Faults = slices.DeleteFunc(slices.Clone(p.Faults), func(f string) bool { return f == what }); wrong {
		p.Faults = append(p.Faults, what)
	}
	return nil
}

// Acknowledged keeps what a peer says it holds of our stream, and when and in which life it said so. It is obeyed when it moves backwards: the
// peer's computer may have been restored.
func (s *Store) Acknowledged(ctx context.Context, replica journal.Replica, stored, processed uint64, life uint32, said, at time.Time) error {
	_, err := s.write.ExecContext(ctx, "UPDATE peer SET acked=?, acted=?, life=?, said=?, heard=?, mute=0 WHERE replica=?",
		int64(stored), int64(processed), life, when(said), when(at), replica[:])
	if err != nil {
		return fmt.Errorf("acknowledge: %w", err)
	}
	return nil
}

// Sending is what we have put into the folder for a peer.
type Sending struct {
	Replica journal.Replica
	Last    uint64
	Mark    string
}

// Sent keeps what was put into the folder.
func (s *Store) Sent(ctx context.Context, all []Sending, at time.Time) error {
	err := s.transact(ctx, func(tx *sql.Tx) error {
		for _, one := range all {
			if _, err := tx.Exec("UPDATE peer SET sent=?, sent_mark=?, sent_at=? WHERE replica=?", int64(one.Last), one.Mark, when(at), one.Replica[:]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("sent: %w", err)
	}
	return nil
}

// Stretch is a piece of our stream for a reader.
type Stretch struct {
	First, Last uint64       // Last = First-1 when empty
	Prev, Head  journal.Hash // hashes before First and at Last
	End         uint64       // the stream's last position
	Records     []journal.Record
}

// Since gives our stream for a reader after a position with the private parts that it may have, at most about limit bytes
// of it, cut at entry borders.
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
	rows, err := tx.Query(`SELECT s.position, s.hash, e.core, e.secret, e.signature FROM stream s JOIN entry e ON e.row = s.entry WHERE s.reader=? AND s.position>? ORDER BY s.position`, reader, int64(after))
	if err != nil {
		return st, fmt.Errorf("stream: %w", err)
	}
	defer rows.Close()
	for size := 0; size < limit && rows.Next(); {
		var core, secret, hash, signature []byte
		if err := rows.Scan(&st.Last, &hash, &core, &secret, &signature); err != nil {
			return st, fmt.Errorf("stream: %w", err)
		}
		r, err := journal.Open(core, secret)
		if err != nil {
			return st, fmt.Errorf("stream: %w", err)
		}
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

// Waiting counts the entries of a computer that are stored and wait for a parent or a newer program.
func (s *Store) Waiting(ctx context.Context, replica journal.Replica) (n int, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT count(*) FROM entry WHERE fate<>'applied' AND fate='waiting' AND replica=?", replica[:]).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("waiting entries: %w", err)
	}
	return n, nil
}

// Week is what went into a reader's stream in seven days, the first of which is a Monday.
type Week struct {
	Monday      time.Time
	First, Last uint64 // positions
}

// Weeks gives the newest weeks of a reader's stream in which anything was written, the newest first.
func (s *Store) Weeks(ctx context.Context, reader string, count int, zone *time.Location) (ws []Week, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT s.position, json_extract(e.core, '$.at') FROM stream s JOIN entry e ON e.row = s.entry
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
