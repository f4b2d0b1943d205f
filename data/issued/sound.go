package issued

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// How much a report may say: more than any does, and less than an entry can carry.
const (
	MostRows  = 20_000
	MostItems = 2_000
	MostBytes = 1_500_000 // of an opening as JSON
	most      = 1_000_000_000_000
	longest   = 200   // bytes of a word
	MostText  = 2_000 // bytes of a sentence
)

// balance are the numbers that must add up in each row where all of them are there: carried + collected = closed + open + moved.
var balance = []string{"carried", "collected", "closed", "open", "moved"}

// ErrUneven says that numbers do not add up to what stands beside them.
var ErrUneven = errors.New("numbers do not add up")

// Sum is the hash of what a report counts: SHA-256 over the JSON of its unit, kind, days, axes, moment, the codes of its numbers, and the
// keys and numbers of all rows and totals, in hexadecimal digits.
func (r *Report) Sum() string {
	type line struct {
		Keys    []string
		Numbers []int64
	}
	said := struct {
		Unit, Kind, From, To string
		By                   []string
		AsOf                 string
		Codes                []string
		Lines                []line
	}{r.Unit, r.Kind, r.From, r.To, r.By, r.AsOf, r.Codes, nil}
	rows := r.All()
	for _, h := range r.Held {
		rows = append(rows, h.All()...)
	}
	for _, row := range rows {
		said.Lines = append(said.Lines, line{row.Keys, row.Numbers})
	}
	b, _ := json.Marshal(said)
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// Verify fails where the hash is not that of the numbers, and with ErrUneven where the rows do not add up to the total of a number
// that says so, or a row is not in balance that does not say so.
func (r *Report) Verify() error {
	if sum := r.Sum(); r.Hash != sum {
		return fmt.Errorf("report %s: its hash is %.16s, that of its numbers %.16s", r.ID, r.Hash, sum)
	}
	for i, code := range r.Codes {
		if !slices.Contains(r.Sums, code) || len(r.Rows) == 0 {
			continue
		}
		var sum int64
		for _, row := range r.Rows {
			sum += row.Numbers[i]
		}
		if sum != r.Total.Numbers[i] {
			return fmt.Errorf("report %s: %s adds up to %d, not %d: %w", r.ID, code, sum, r.Total.Numbers[i], ErrUneven)
		}
	}
	for _, row := range append(slices.Clip(r.Rows), r.Total) {
		if r.Balanced(row) == row.Odd {
			return fmt.Errorf("report %s: balance of %q: %w", r.ID, row.Labels, ErrUneven)
		}
	}
	return nil
}

// Balanced says whether what was carried and came in is what was closed, is open and was moved, in a row in which all of it is counted.
func (o Opening) Balanced(row Row) bool {
	var n int64
	for i, code := range balance {
		at := slices.Index(o.Codes, code)
		if at < 0 {
			return true
		}
		if i < 2 {
			n += row.Numbers[at]
		} else {
			n -= row.Numbers[at]
		}
	}
	return n == 0
}

// bounded fails where a report says more than one does, or what cannot be.
func (o Opening) bounded() error {
	for _, day := range []string{o.From, o.To} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fmt.Errorf("a report on %q", day)
		}
	}
	for i, moment := range []string{o.AsOf, o.Until} {
		if _, err := time.Parse(time.RFC3339, moment); err != nil && (i == 0 || moment != "") {
			return fmt.Errorf("a report as of %q", moment)
		}
	}
	words := slices.Concat([]string{o.Kind, o.Title, o.Before, o.Via}, o.By, o.Codes, o.Sums)
	for _, i := range o.Shown {
		words = append(words, i.Code, i.Name, i.Unit, i.Day, i.Source, i.Over, i.Under)
	}
	rows := o.All()
	for _, h := range o.Held {
		rows = append(rows, h.All()...)
	}
	for _, row := range rows {
		words = append(append(words, row.Keys...), row.Labels...)
	}
	for _, a := range o.Missing {
		words = append(words, a.Unit, a.Name, a.Last)
	}
	for _, h := range o.Held {
		words = append(words, h.What, h.From, h.To)
	}
	for journal := range o.Knew {
		words = append(words, journal)
	}
	for _, i := range slices.Concat(o.Items, o.Late) {
		words = append(words, i.Number, i.ID, i.Where, i.Limit)
	}
	long := slices.Clone(o.Notes)
	for _, i := range o.Shown {
		long = append(long, i.Definition)
	}
	for _, i := range slices.Concat(o.Items, o.Late) {
		long = append(long, i.Title, i.Who, i.Leader)
	}
	over := func(n int) func(string) bool { return func(s string) bool { return len(s) > n } }
	switch {
	case o.Kind == "" || o.Title == "" || o.To < o.From || len(o.By) > 2 || len(rows) > 2*MostRows || len(o.Codes) > 100 || len(o.Shown) > 100 || len(o.Sums) > 100,
		len(o.Rows) > MostRows || len(o.Items) > MostItems || len(o.Late) > MostItems || len(o.Missing) > MostRows || len(o.Notes) > MostRows,
		len(o.Knew) > MostRows || len(o.Held) > 2:
		return errors.New("a report that says too much or nothing")
	case o.Number < 1 || o.Number > 1e6 || o.Edited < 1 || o.Edited > 1e6 || o.Reporting < 0 || o.Reporting > MostRows || o.More < 0 || o.More > most:
		return errors.New("a report of a number that is none")
	case slices.ContainsFunc(words, over(longest)) || slices.ContainsFunc(long, over(MostText)):
		return errors.New("a report of words that are too long")
	}
	for _, row := range rows {
		if len(row.Keys) > len(o.By) || len(row.Labels) > 2 || len(row.Labels) == 0 || o.wild(row.Numbers) {
			return fmt.Errorf("a row %.40q of a report", row.Labels)
		}
	}
	return nil
}

// wild says whether numbers are not those of the codes, or greater than anything that is counted.
func (o Opening) wild(ns []int64) bool {
	return len(ns) != len(o.Codes) || slices.ContainsFunc(ns, func(n int64) bool { return n < 0 || n > most })
}
