// Package peer is whom we exchange with: the computers that we know and what we hold of each and they of us, whose
// digits a person compared, the key lists of offices, the files that were met, and what a bundle brings.
//
// It stands on the store and keeps its own tables there: peer, heard, fault, awaited, predecessor, keylist, file,
// passed, unproven. Of the journal it only reads; what comes goes into it through store.Arrivals, but for records that
// nobody proves, which lie apart, each alone; Store.Echo says again what a computer may have lost. The store asks these
// tables itself where an entry is let in, passed on or named anew, and where all is checked.
package peer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/store"
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

// Lived says whether we heard of a life before.
func (p Peer) Lived(incarnation uint32) bool {
	return slices.ContainsFunc(p.Lives, func(l Life) bool { return l.Incarnation == incarnation })
}

// Peers lists the computers we know, by unit.
func Peers(ctx context.Context, s *store.Store) ([]Peer, error) {
	lives, err := lives(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("peers: %w", err)
	}
	faults, err := faults(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("peers: %w", err)
	}
	rows, err := s.Query(ctx, `SELECT replica, unit, name, card, revoked, heard, acked, acted, sent, sent_at, sent_mark,
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
		if err := rows.Scan(&replica, &p.Unit, &p.Name, &p.Card, &p.Revoked, &p.Heard, &p.Acked, &p.Acted,
			&p.Sent, &p.SentAt, &p.SentMark,
			&p.Program, &skew, &p.Diverged, &said, &p.Now, &p.Mute, &until, &p.Compared, &p.Sworn); err != nil {
			return nil, fmt.Errorf("peers: %w", err)
		}
		copy(p.Replica[:], replica)
		p.Said, _ = time.Parse(store.Stamp, said) // never: long ago
		p.Skew = time.Duration(skew) * time.Second
		if p.Revoked {
			// put out of use before this was kept: nothing is believed
			p.Until = journal.ID{Replica: p.Replica, Incarnation: 1}
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

func lives(ctx context.Context, s *store.Store) (map[journal.Replica][]Life, error) {
	rows, err := s.Query(ctx,
		"SELECT replica, incarnation, stored, hash, head, proof FROM heard ORDER BY replica, incarnation")
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

func faults(ctx context.Context, s *store.Store) (map[journal.Replica][]string, error) {
	rows, err := s.Query(ctx, "SELECT replica, what FROM fault ORDER BY replica, what")
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

// Missing gives what the computer had to say in each life and we do not hold. What an earlier life told of, a later one
// may say again: it has come as far, its new words not counted.
func Missing(ctx context.Context, s *store.Store, p Peer) (gaps []Life, err error) {
	for i, l := range p.Lives {
		if l.Head <= l.Stored {
			continue
		}
		var fresh, said uint64
		if err := s.QueryRow(ctx, "SELECT count(*) FROM entry WHERE replica=? AND incarnation>?", p.Replica[:],
			l.Incarnation).Scan(&fresh); err != nil {
			return nil, fmt.Errorf("missing: %w", err)
		}
		for _, later := range p.Lives[i+1:] {
			said = max(said, later.Stored)
		}
		var own bool // its own words came in another way, all that there can be of them
		if err := s.QueryRow(ctx,
			"SELECT count(*)=ifnull(max(seq), 0) AND count(*)>=? FROM entry WHERE replica=? AND incarnation=?",
			int64(l.Head), p.Replica[:], l.Incarnation).Scan(&own); err != nil {
			return nil, fmt.Errorf("missing: %w", err)
		}
		if said < fresh+l.Head && !own {
			gaps = append(gaps, l)
		}
	}
	return gaps, nil
}

// exec runs one statement.
func exec(ctx context.Context, s *store.Store, statement string, args ...any) error {
	return s.Transact(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(statement, args...)
		return err
	})
}
