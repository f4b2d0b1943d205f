package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// A keepsake is an entry that carries the private part of another one, sealed to the recovery sheet of the unit that
// wrote both. It is written for what no office above may have, because that stands on no other computer; the office
// above holds and gives back what it cannot read. Nobody sees a keepsake: it belongs to no matter, and a person who
// holds the sheet turns it into what it was made of (Unlock).

// Keepsakes is their kind.
var Keepsakes = thing.Kind{Name: "keepsake", Schema: 1, Reaches: ToCounty}

// ToCounty is for a kind whose private parts no city has but what it wrote itself.
func ToCounty(author, reader string) bool {
	return author == reader || unit.LevelOf(reader) != journal.City
}

// Sheet is the recovery sheet of this home.
type Sheet struct {
	Number string                             // by which people tell it from others
	Seal   func(plain []byte) ([]byte, error) // so that its words alone open it
}

// keeping is the body of a keepsake: which private part it keeps, by the hash in its entry's core, and the sheet that
// opens it.
type keeping struct {
	Of    journal.Hash `json:"of"`
	Sheet string       `json:"sheet"`
}

// locked is its private part.
type locked struct {
	Sealed []byte `json:"sealed"` // base64
}

// keeps notes what a keepsake that came in keeps, so that it is found.
func keeps(tx *sql.Tx, r journal.Record, row int64) error {
	var k keeping
	if r.Kind != Keepsakes.Name || json.Unmarshal(r.Body, &k) != nil { // of a newer program
		return nil
	}
	_, err := tx.Exec("INSERT OR IGNORE INTO keepsake VALUES (?,?,?)", row, k.Of[:], k.Sheet)
	return err
}

// sheet is the one of this home, nil for none. What is amiss with it keeps nobody from registering; Preserve tells of
// it.
func (s *Store) sheet() (*Sheet, error) {
	if s.Sheet == nil {
		return nil, nil
	}
	return s.Sheet()
}

// preserve writes a keepsake of every private part of a matter that this unit wrote, that nobody else may have, and
// that the present sheet does not keep yet. It gives the number of the last entry written, or last.
func (s *Store) preserve(tx *sql.Tx, w whole, sheet *Sheet, at time.Time, last uint64) (uint64, error) {
	if sheet == nil {
		return last, nil
	}
	for _, k := range w.ks {
		if k.Unit != s.Unit || k.Secret == nil || !w.reserved(k.Record) {
			continue
		}
		sheets, err := opening(tx, s.Unit, *k.Private, nil)
		if err != nil || slices.Contains(sheets, sheet.Number) {
			if err != nil {
				return last, err
			}
			continue
		}
		sealed, err := sheet.Seal(k.Secret)
		if err == nil {
			last, err = s.keepsake(tx, w.units, keeping{*k.Private, sheet.Number}, locked{sealed}, at)
		}
		if err != nil {
			return last, fmt.Errorf("keepsake: %w", err)
		}
	}
	return last, nil
}

// reserved says whether nobody else may have the private part of what a table wrote.
func (w whole) reserved(r journal.Record) bool {
	return r.Level == journal.Station && !slices.ContainsFunc(w.units,
		func(unit string) bool { return unit != r.Unit && w.privy(r, unit) })
}

// Preserve writes the keepsakes that are wanting: after a sheet was made or replaced, and of what came in by a copy. It
// costs little where nothing changed.
func (s *Store) Preserve(ctx context.Context, at time.Time) error {
	sheet, err := s.sheet()
	if err != nil || sheet == nil || unit.LevelOf(s.Unit) != journal.Station {
		return err
	}
	version, err := s.Version(ctx)
	if err != nil {
		return err
	}
	was, err := s.Noted(ctx, preserved)
	if err != nil {
		return err
	}
	life := fmt.Sprintf("%s, %d: ", sheet.Number, s.Self().Incarnation) // a copy that was put back begins again
	var looked int64
	if at, same := strings.CutPrefix(was, life); same {
		looked, _ = strconv.ParseInt(at, 10, 64)
	}
	if looked >= version {
		return nil
	}
	state := life + strconv.FormatInt(version, 10)
	var seq uint64
	err = s.Transact(ctx, func(tx *sql.Tx) error {
		if d := (Doubt{}); errors.As(s.doubting(tx, at), &d) { // its word would be as wrong
			state = ""
			return nil
		}
		for _, k := range s.kinds.folded() {
			things, err := column(tx, "SELECT id FROM "+k.Name+" WHERE version>? AND unit=? AND sealed", looked, s.Unit)
			if err != nil {
				return err
			}
			for _, thing := range things {
				ks, err := load(tx, thing)
				if err != nil {
					return err
				}
				w, err := s.kinds.digest(ks)
				if err != nil { // set aside
					continue
				}
				if seq, err = s.preserve(tx, w, sheet, at, seq); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("preserve: %w", err)
	}
	if seq > 0 {
		s.noted(seq)
	}
	return s.Note(ctx, preserved, state, at)
}

// keepsake writes one, for the units of a matter above us. All hold it up to the county; the city has the core alone,
// so that it misses nothing.
func (s *Store) keepsake(tx *sql.Tx, units []string, k keeping, l locked, at time.Time) (seq uint64, err error) {
	units = units[max(slices.Index(units, s.Unit), 0):]
	e := journal.Envelope{Way: journal.Upwards, Audience: units}
	for _, u := range units {
		if u != s.Unit && ToCounty(s.Unit, u) {
			e.Privy = append(e.Privy, u)
		}
	}
	_, seq, err = s.do(tx, Act{Kind: Keepsakes.Name, Do: "keep", Body: k, Private: l,
		Unit: s.Unit, At: at, Envelope: e})
	return seq, err
}

// Unlocked is what became of keepsakes.
type Unlocked struct {
	Opened int      // private parts that are here again
	Here   int      // that were here already
	Spoilt int      // that do not belong to their entry
	Fits   bool     // the sheet opens keepsakes at all
	Sheets []string // those that open what is still locked
}

// Unlock fills in the private parts of our unit's entries from the keepsakes that a sheet opens, each verified against
// the hash in the signed core of its entry, and works them into the list. Whatever derives from the list of matters is
// to be derived anew then, which is noted (Unsearched) until it was done.
func (s *Store) Unlock(ctx context.Context, sheet string, open func(sealed []byte) ([]byte, error),
	at time.Time) (u Unlocked, err error) {
	err = s.Transact(ctx, func(tx *sql.Tx) error {
		lacking := map[journal.Hash]bareEntry{}
		all, err := s.kinds.bare(tx, s.Unit, "")
		if err != nil {
			return err
		}
		for _, b := range all {
			lacking[*b.Private] = b
		}
		rows, err := column(tx, "SELECT row FROM keepsake WHERE sheet=? ORDER BY row", sheet)
		if err != nil {
			return err
		}
		filled := map[string]bool{}
		for _, row := range rows {
			var core, secret []byte
			if err := tx.QueryRow("SELECT core, secret FROM entry WHERE row=?", row).Scan(&core, &secret); err != nil {
				return err
			}
			r, err := journal.Open(core, secret)
			var k keeping
			var l locked
			if err = errors.Join(err, json.Unmarshal(r.Body, &k), r.Read(&l)); err != nil ||
				r.Unit != s.Unit || l.Sealed == nil {
				continue
			}
			u.Fits = true
			b, bare := lacking[k.Of]
			if !bare {
				u.Here++
				continue
			}
			plain, err := open(l.Sealed)
			if err == nil {
				_, err = journal.Open(b.Core, plain)
			}
			if err != nil {
				u.Spoilt++
				continue
			}
			if _, err := tx.Exec("UPDATE entry SET secret=? WHERE row=?", plain, b.row); err != nil {
				return err
			}
			delete(lacking, k.Of)
			filled[b.Thing] = true
			u.Opened++
		}
		for thing := range filled {
			if _, _, err := s.fold(tx, thing, nil, ""); err != nil {
				return err
			}
		}
		for of := range lacking {
			if u.Sheets, err = opening(tx, s.Unit, of, u.Sheets); err != nil {
				return err
			}
		}
		if u.Opened == 0 {
			return nil
		}
		if _, err := tx.Exec("DELETE FROM memo WHERE id=?", preserved); err != nil {
			return err
		}
		_, err = tx.Exec("INSERT OR REPLACE INTO memo VALUES (?, ?, 'yes')", unlocked, When(at))
		return err
	})
	if err != nil {
		return Unlocked{}, fmt.Errorf("unlock: %w", err)
	}
	return u, nil
}

// What is noted: how far everything was locked for which sheet; and that words came back which nobody finds yet.
const preserved, unlocked = "preserved", "unlocked"

// Unsearched says whether private words came back of which what derives from the list of matters does not know;
// Searched takes note that it does.
func (s *Store) Unsearched(ctx context.Context) (bool, error) {
	said, err := s.Noted(ctx, unlocked)
	return said != "", err
}

// Searched is for Unsearched.
func (s *Store) Searched(ctx context.Context, at time.Time) error {
	return s.Note(ctx, unlocked, "", at)
}
