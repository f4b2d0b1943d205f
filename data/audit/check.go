package audit

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"lianluo.local/data/disk"
)

// Fault is what is wrong with some lines.
type Fault string

// The faults.
const (
	Changed Fault = "changed" // a line is not as it was written
	Hole    Fault = "hole"    // lines are not there
	Forged  Fault = "forged"  // signed by a key that is none of this computer's
	Cut     Fault = "cut"     // the last lines are gone, or all
	Other   Fault = "other"   // it is not the log that was here before: an older copy of it that went on, or another
)

// Finding is a fault and the numbers of the lines.
type Finding struct {
	Fault    Fault
	From, To uint64
}

func (f Finding) String() string { return fmt.Sprintf("%s %d-%d", f.Fault, f.From, f.To) }

// Report is what a check of the log found.
type Report struct {
	Lines    int
	Problems []Finding
	Known    []Finding // that somebody accepted
}

// fit reads a line and says whether it stands where it should, behind the last and its bytes (nil for the first of a
// piece). What cannot be read is taken for the next.
func fit(last Line, before, b []byte) (Line, Finding) {
	line, err := read(b)
	switch {
	case err != nil:
		return Line{N: last.N + 1}, Finding{Changed, last.N + 1, last.N + 1}
	case before == nil:
	case line.N > last.N+1:
		return line, Finding{Hole, last.N + 1, line.N - 1}
	case line.N <= last.N:
		return line, Finding{Changed, line.N, last.N}
	case !follows(line, before):
		return line, Finding{Changed, last.N, last.N}
	}
	return line, Finding{}
}

// run is a piece of the log that is one chain; its last signature covers all that stands before it.
type run struct {
	last, before signature // the one before it, for where the last line is changed itself
	says         []Line    // what the log says of itself in it
}

type signature struct {
	n          uint64 // number of its line
	what, sign []byte
}

// end gives what the log said of itself and nobody else, and the number of a line that was signed by another.
func (r run) end(changed uint64, verify func(message, signature []byte) bool) (says []Line, forged uint64) {
	last := r.last
	if last.n == changed {
		last = r.before
	}
	if last.n > 0 && !verify(last.what, last.sign) {
		return nil, last.n
	}
	for _, line := range r.says {
		if line.N <= last.n {
			says = append(says, line)
		}
	}
	return says, 0
}

// Check reads the whole log. Remembered is the last line that somebody saw; verify says whether a signature is this
// computer's.
func (l Log) Check(remembered Head, verify func(message, signature []byte) bool) (rep Report, err error) {
	names, err := l.names()
	if err != nil {
		return rep, err
	}
	var (
		before      []byte
		start, last Line
		now         run
		found       []Finding
		says        []Line
	)
	add := func(f Finding) {
		if i := len(found) - 1; i >= 0 && found[i].Fault == f.Fault && found[i].From <= f.From && f.From <= found[i].To+1 {
			found[i].To = max(found[i].To, f.To)
			return
		}
		found = append(found, f)
	}
	finish := func(changed uint64) {
		more, forged := now.end(changed, verify)
		if says = append(says, more...); forged > 0 {
			add(Finding{Forged, forged, forged})
		}
		now = run{}
	}
	seen := remembered.N == 0
	err = l.walk(names, func(b []byte) error {
		line, wrong := fit(last, before, b)
		if rep.Lines++; before == nil {
			start = line
		}
		if wrong.Fault != "" {
			add(wrong)
			finish(wrong.To)
		}
		if what, s := signed(b); s != nil {
			now.before, now.last = now.last, signature{line.N, what, s}
		}
		if line.Do == accept || line.Do == prune {
			now.says = append(now.says, line)
		}
		if line.N == remembered.N {
			if seen = true; sum(suiteOf(remembered.Hash), b) != remembered.Hash {
				add(Finding{Other, line.N, line.N})
			}
		}
		before, last = b, line
		return nil
	})
	if err != nil {
		return rep, err
	}
	finish(0)
	headless := start.N > 1
	for _, line := range says {
		var f Finding
		var h Head
		if _, err := fmt.Sscanf(line.What, "%s %d-%d", &f.Fault, &f.From, &f.To); err == nil && line.Do == accept {
			rep.Known = append(rep.Known, f)
		}
		if _, err := fmt.Sscanf(line.What, "%d %s", &h.N, &h.Hash); err == nil && line.Do == prune {
			headless = headless && h.N < start.N && (h.N != start.N-1 || h.Hash != start.Prev)
		}
	}
	if headless {
		add(Finding{Hole, 1, start.N - 1})
	}
	if !seen && remembered.N > last.N {
		add(Finding{Cut, last.N + 1, remembered.N})
	}
	for _, f := range found {
		if !slices.Contains(rep.Known, f) {
			rep.Problems = append(rep.Problems, f)
		}
	}
	return rep, nil
}

// Accept writes that somebody knows of what was found, and took it as it is.
func (l Log) Accept(by string, at time.Time, found []Finding) (Head, error) {
	if l.Sign == nil {
		return Head{}, ErrUnsigned
	}
	var lines []Line
	for _, f := range found {
		lines = append(lines, Line{At: at, User: by, Do: accept, What: f.String(), Result: Done})
	}
	return l.Append(lines...)
}

// Prune takes away the files of which every line is older than a day, and says so in a signed line first: killed in
// between, what is still there goes the next time.
func (l Log) Prune(before, now time.Time) error {
	if l.Sign == nil {
		return ErrUnsigned
	}
	err := l.alone(func() error {
		names, err := l.names()
		if err != nil {
			return err
		}
		n, e := 0, end{}
		for ; n < len(names)-1; n++ {
			at, err := l.endOf(names[n])
			if err != nil {
				return err
			}
			if at.last == nil || !at.at.Before(before) {
				break
			}
			e = at
		}
		if n == 0 {
			return nil
		}
		if _, err := l.append([]Line{{At: now, Do: prune, What: fmt.Sprintf("%d %s", e.n, sum(l.Suite, e.last)), Result: Done}}); err != nil {
			return err
		}
		if err := l.Flush(); err != nil {
			return err
		}
		for _, name := range names[:n] {
			if err := disk.Remove(filepath.Join(l.Dir, name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("prune audit: %w", err)
	}
	return nil
}

// Each gives the lines, read and as they stand in the file, from one moment until before another, either of them zero for
// no bound, in the order in which they were written. A line that cannot be read is passed over: Check tells of it.
func (l Log) Each(from, until time.Time, each func(Line, []byte) error) error {
	names, err := l.names()
	if err != nil {
		return err
	}
	return l.walk(names, func(b []byte) error {
		line, err := read(b)
		if err != nil || line.At.Before(from) || !until.IsZero() && !line.At.Before(until) {
			return nil
		}
		return each(line, b)
	})
}
