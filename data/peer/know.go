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

// Know adds a peer, or replaces what it told of itself; one that was put out of use is in use again. Such a one, or a
// new one, gets all of its unit's matters from us.
func Know(ctx context.Context, s *store.Store, p Peer) error {
	return s.Transact(ctx, func(tx *sql.Tx) error {
		var known bool
		err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM peer WHERE replica=? AND NOT revoked)",
			p.Replica[:]).Scan(&known)
		if err == nil {
			err = meet(tx, s, p)
		}
		if err != nil || known {
			return err
		}
		return s.Echo(tx, p.Unit)
	})
}

func meet(tx *sql.Tx, s *store.Store, p Peer) error {
	_, err := tx.Exec(`INSERT INTO peer (replica, unit, name, card, compared, sworn) VALUES (?,?,?,?,?,?)
		ON CONFLICT DO UPDATE SET unit=excluded.unit, name=excluded.name, card=excluded.card, revoked=0, until='',
		sworn=excluded.sworn,
		compared=iif(excluded.compared='', compared, excluded.compared)`,
		p.Replica[:], p.Unit, p.Name, p.Card, p.Compared, swear(s, p.Card))
	if err != nil {
		return fmt.Errorf("know: %w", err)
	}
	return nil
}

// Belief is what a home signs of a card that is believed in it.
func Belief(card string) []byte { return []byte("lianluo believed 1\n" + card) }

// swear signs a card; where nothing signs, nothing is sworn.
func swear(s *store.Store, card string) []byte {
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
func Swear(ctx context.Context, s *store.Store) error {
	ps, err := Peers(ctx, s)
	for _, p := range ps {
		if err == nil && !p.Revoked && len(p.Sworn) == 0 {
			err = Rekey(ctx, s, p.Replica, p.Card)
		}
	}
	return err
}

// Unknow forgets a computer; what it wrote stays.
func Unknow(ctx context.Context, s *store.Store, r journal.Replica) error {
	if err := exec(ctx, s, "DELETE FROM peer WHERE replica=?", r[:]); err != nil {
		return fmt.Errorf("unknow: %w", err)
	}
	return nil
}

// Rekey replaces the card of a computer, in use or not.
func Rekey(ctx context.Context, s *store.Store, r journal.Replica, card string) error {
	if err := exec(ctx, s, "UPDATE peer SET card=?, sworn=? WHERE replica=?", card, swear(s, card), r[:]); err != nil {
		return fmt.Errorf("rekey: %w", err)
	}
	return nil
}

// Bar puts one computer out of use from a number on that was said before; one that we do not know stays unknown.
func Bar(ctx context.Context, s *store.Store, until journal.ID) error {
	return s.Transact(ctx, func(tx *sql.Tx) error { return bar(tx, until) })
}

func bar(tx *sql.Tx, until journal.ID) error {
	if _, err := tx.Exec("UPDATE peer SET revoked=1, until=?, diverged='' WHERE replica=? AND NOT revoked", until.String(),
		until.Replica[:]); err != nil {
		return fmt.Errorf("revoke: %w", err)
	}
	return nil
}

// Revoke puts a computer out of use: what it wrote up to now is believed, whenever it comes, nothing later is. Numbers
// tell, not dates: clocks lie.
func Revoke(ctx context.Context, s *store.Store, r journal.Replica) error {
	return s.Transact(ctx, func(tx *sql.Tx) error {
		until := journal.ID{Replica: r, Incarnation: 1}
		err := tx.QueryRow(
			"SELECT incarnation, seq FROM entry WHERE replica=? ORDER BY incarnation DESC, seq DESC LIMIT 1",
			r[:]).Scan(&until.Incarnation, &until.Seq)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("revoke: %w", err)
		}
		return bar(tx, until)
	})
}

// Blame keeps that something is wrong with a peer, or is right again.
func Blame(ctx context.Context, s *store.Store, p *Peer, what string, wrong bool, at time.Time) error {
	if slices.Contains(p.Faults, what) == wrong {
		return nil
	}
	do, args := "DELETE FROM fault WHERE replica=? AND what=?", []any{p.Replica[:], what}
	if wrong {
		do, args = "INSERT OR IGNORE INTO fault VALUES (?,?,?)", append(args, store.When(at))
	}
	if err := exec(ctx, s, do, args...); err != nil {
		return fmt.Errorf("fault of a peer: %w", err)
	}
	if p.Faults = slices.DeleteFunc(slices.Clone(p.Faults), func(f string) bool { return f == what }); wrong {
		p.Faults = append(p.Faults, what)
	}
	return nil
}

// Acknowledged keeps what a peer says it holds of our stream, and when and in which life it said so. It is obeyed when
// it moves backwards: the peer's computer may have been restored.
func Acknowledged(ctx context.Context, s *store.Store, replica journal.Replica, stored, processed uint64, life uint32,
	said, at time.Time) error {
	err := exec(ctx, s, "UPDATE peer SET acked=?, acted=?, life=?, said=?, heard=?, mute=0 WHERE replica=?",
		int64(stored), int64(processed), life, store.When(said), store.When(at), replica[:])
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
func Sent(ctx context.Context, s *store.Store, all []Sending, at time.Time) error {
	err := s.Transact(ctx, func(tx *sql.Tx) error {
		for _, one := range all {
			if _, err := tx.Exec("UPDATE peer SET sent=?, sent_mark=?, sent_at=? WHERE replica=?", int64(one.Last),
				one.Mark, store.When(at), one.Replica[:]); err != nil {
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

// Agrees keeps whether a peer's list is the same as ours.
func Agrees(ctx context.Context, s *store.Store, r journal.Replica, same bool, at time.Time) error {
	since := ""
	if !same {
		since = store.When(at)
	}
	err := exec(ctx, s, "UPDATE peer SET diverged = iif(?1 = '' OR diverged = '', ?1, diverged) WHERE replica=?2",
		since, r[:])
	if err != nil {
		return fmt.Errorf("peer's list: %w", err)
	}
	return nil
}

// Lost begins a new life because somebody holds words of ours that we do not. Nothing is sent before those have come
// back: what we wrote since then may bear their names.
func Lost(ctx context.Context, s *store.Store) error {
	if err := s.Reborn(ctx); err != nil {
		return err
	}
	if err := exec(ctx, s, "UPDATE peer SET mute=1"); err != nil {
		return fmt.Errorf("new life: %w", err)
	}
	return nil
}
