package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Rules are what an office tells everybody below it: the terms and words of a county, the days off of a year. They
// travel as entries of their own kind, to every unit below and on to those below that; the newest of the nearest office
// holds.

// Rules is their kind.
var Rules = thing.Kind{Name: "rules", Single: true, Schema: 1}

type rule struct {
	Text string `json:"text"`
}

// Publish tells the readers below us all rules: what this office says now (by name, where it says something else than
// before), and what came from above; and so whatever else was said for all below.
func (s *Store) Publish(ctx context.Context, said map[string]string, code string,
	readers []string, at time.Time) error {
	var wrote uint64
	err := s.Transact(ctx, func(tx *sql.Tx) error {
		if d := (Doubt{}); errors.As(s.doubting(tx, at), &d) { // what is new is said when the day is known
			said = nil
		}
		for name, text := range said {
			seq, err := s.publish(tx, name, text, code, at)
			if err != nil {
				return err
			}
			wrote = max(wrote, seq)
		}
		for _, reader := range readers {
			for office := code; office != ""; office = unit.Parent(office) {
				if err := enqueueAll(tx, reader, "thing=? OR thing IN (SELECT thing FROM entry WHERE way<>'' AND way=?)",
					Rules.Name+" "+office, string(journal.Below)+" "+office); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("publish rules: %w", err)
	}
	if wrote > 0 {
		s.noted(wrote)
	}
	return nil
}

func (s *Store) publish(tx *sql.Tx, name, text, code string, at time.Time) (seq uint64, err error) {
	known, err := load(tx, Rules.Name+" "+code)
	if err != nil {
		return 0, err
	}
	if held, ok := s.kinds.newest(known, name); ok && held == text {
		return 0, nil
	}
	_, seq, err = s.do(tx, Act{Kind: Rules.Name, Do: name, Body: rule{text}, Unit: code, At: at,
		Envelope: journal.Envelope{Way: journal.Below, Audience: []string{code}}})
	return seq, err
}

// newest gives what one office last said under a name.
func (ks kinds) newest(list []kept, name string) (text string, ok bool) {
	rs := ks.total(list).ready
	for _, r := range slices.Backward(rs) {
		var body rule
		if r.Do == name && json.Unmarshal(r.Body, &body) == nil {
			return body.Text, true
		}
	}
	return "", false
}

// Published gives the rules of a name that hold for a unit: those of the nearest office above it, "" where none said
// any.
func (s *Store) Published(ctx context.Context, code, name string) (string, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return "", fmt.Errorf("rules: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	for office := unit.Parent(code); office != ""; office = unit.Parent(office) {
		ks, err := load(tx, Rules.Name+" "+office)
		if err != nil {
			return "", errors.Join(fmt.Errorf("rules of %s", office), err)
		}
		if text, ok := s.kinds.newest(ks, name); ok {
			return text, nil
		}
	}
	return "", nil
}

// A pulse is an entry that says only "I am here". It is written where nothing else was for a week, and goes all the way
// up: an office two floors above, which hears of a station through others only, sees by its absence that somebody is
// silent or that something is withheld.

// Pulses is their kind.
var Pulses = thing.Kind{Name: "pulse", Single: true, Schema: 1}

// Pulse writes one, for the office above, where this computer has written nothing since the given moment, in whichever
// of its lives; before its first words the moment when it met that office counts.
func (s *Store) Pulse(ctx context.Context, unit, above string, met, since, now time.Time) error {
	var wrote uint64
	err := s.Transact(ctx, func(tx *sql.Tx) error {
		lives, err := lastWords(tx, s.Self().Replica)
		if err != nil {
			return err
		}
		if len(lives) == 0 {
			lives = []lastWord{{at: met.Format(time.RFC3339)}}
		}
		for _, l := range lives {
			if at, err := time.Parse(time.RFC3339, l.at); err == nil && !at.Before(since) && !at.After(now) {
				return nil
			}
		}
		if d := (Doubt{}); errors.As(s.doubting(tx, now), &d) { // its word would be as wrong
			return nil
		}
		_, wrote, err = s.do(tx, Act{Kind: Pulses.Name, Do: "here", Body: struct{}{}, Unit: unit, At: now,
			Envelope: journal.Envelope{Way: journal.Upwards, Audience: line(unit, above)}})
		return err
	})
	if err != nil {
		return fmt.Errorf("pulse: %w", err)
	}
	if wrote > 0 {
		s.noted(wrote)
	}
	return nil
}
