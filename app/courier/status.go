package courier

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/right"
	"lianluo.local/data/view"
)

// Progress is one line of what was exchanged with a peer.
type Progress struct {
	Unit      string  `json:"unit"`
	Name      string  `json:"name"`
	LastHeard string  `json:"lastHeard"` // "" for never
	Sent      uint64  `json:"sent"`      // entries that the sender has for the receiver
	Stored    uint64  `json:"stored"`    // of these, how many the receiver has
	Processed uint64  `json:"processed"` // and how many stand in its list
	Gaps      []Gap   `json:"gaps"`
	Aside     []Aside `json:"aside"`
	More      int     `json:"more,omitempty"` // files of its unit that were set aside besides
	Waiting   int     `json:"waiting"`
	Conflicts int     `json:"conflicts"` // things that two people changed at once
	// their numbers, or what they are called (thing.Told), the newest first; none for who may look at no list
	Disputed []string `json:"disputed,omitempty"`
	SentAt   string   `json:"sentAt"`  // when the last file was put into the folder
	Unacked  uint64   `json:"unacked"` // of our entries for it, how many it has not acknowledged
	Program  string   `json:"program"` // that wrote its last file
	Clock    int      `json:"clock"`   // seconds by which its clock is off at least, ahead positive
	Silent   bool     `json:"silent"`  // nothing heard for longer than Quiet
	// since when its list differs from ours though both hold the same entries; "" for not
	Diverged string   `json:"diverged"`
	Forks    int      `json:"forks"`              // entries under names that others had
	Renewing bool     `json:"renewing,omitempty"` // it announced new keys and does not use them yet
	Revoked  bool     `json:"revoked,omitempty"`
	Faults   []string `json:"faults,omitempty"` // what is wrong with it alone: codes of the table in reasons.go
	Out      bool     `json:"out,omitempty"`    // it put this computer out of use
	Before   int      `json:"before,omitempty"` // files in the folder that are of an earlier computer of the unit
	Print    string   `json:"fingerprint"`      // its digits; "" where nobody asked for them here
	// when a person here compared them; "" for one that a program of before believed
	Compared string `json:"compared"`

	Replica  journal.Replica `json:"-"`
	LastWord time.Time       `json:"-"` // when it was heard last, or else when it asked
}

// Disputed gives the kind and the ID of the newest thing that two people changed at once and that Status tells of a unit,
// "" where there is none.
func (c *Courier) Disputed(ctx context.Context, unit string) (kind, id string, err error) {
	disputes, err := view.Conflicts(ctx, c.Store)
	for _, d := range disputes {
		if d.Of(c.lower(unit)) {
			return d.Kind, d.ID, err
		}
	}
	return "", "", err
}

// Gap is a stretch of a stream that is known to exist and is not here.
type Gap struct {
	First uint64 `json:"first"`
	Last  uint64 `json:"last"`
}

// Unheard counts those whom this computer had heard of when its records were put back or set back, and who have not said since
// what they hold of it: what they have of its past is still to come. Nobody is waited for to whom there was nothing to say.
func (c *Courier) Unheard(ctx context.Context) (n int, err error) {
	if c.Store.Self().Incarnation>>16 == 0 { // its first life
		return 0, nil
	}
	ps, err := c.Peers(ctx)
	for _, p := range ps {
		if p.Heard != "" && !p.Revoked && p.Said.IsZero() && (p.Sent > 0 || p.SentMark == "") {
			n++
		}
	}
	return n, err
}

// Status tells what was exchanged: at the lower unit how much of ours the upper one has, at the upper unit how much of
// each lower one's we have.
func (c *Courier) Status(ctx context.Context) ([]Progress, error) {
	ps, err := c.Peers(ctx)
	if err != nil {
		return nil, err
	}
	files, strays, err := c.present(ctx)
	if err != nil {
		return nil, err
	}
	more, err := c.unnamed(ctx, files)
	if err != nil {
		return nil, err
	}
	missing := map[journal.Replica][]peer.Life{}
	for i, p := range ps {
		if missing[p.Card.Replica], err = peer.Missing(ctx, c.Store, p.Peer); err != nil {
			return nil, err
		}
		if now := p.Life(); p.Card.Unit == c.Settings.Parent && now.Stored >= now.Head {
			// Among what it said before were our own words, which it gave back to us; how many, nothing tells.
			missing[p.Card.Replica] = nil
		}
		for at, l := range p.Lives { // what came in another way, or is said again, is here
			if !slices.ContainsFunc(missing[p.Card.Replica],
				func(gap peer.Life) bool { return gap.Incarnation == l.Incarnation }) {
				ps[i].Lives[at].Stored = max(l.Stored, l.Head)
			}
		}
	}
	forks, err := c.Store.Forks(ctx)
	if err != nil {
		return nil, err
	}
	pic, err := c.Picture(ctx)
	if err != nil {
		return nil, err
	}
	disputes, err := view.Conflicts(ctx, c.Store)
	if err != nil {
		return nil, err
	}
	list := []Progress{}
	for _, p := range ps {
		g := Progress{Replica: p.Card.Replica, Unit: p.Card.Unit, Name: p.Card.Name, LastHeard: p.Heard,
			SentAt: p.SentAt, Revoked: p.Revoked, Faults: p.Faults,
			Gaps: []Gap{}, Aside: []Aside{}, Program: p.Program, Clock: clock(p.Skew), Diverged: p.Diverged,
			Renewing: p.Next != nil,
			LastWord: moment(p.Heard), Print: c.Noted(ctx, p.Turned()), Compared: p.Compared}
		// by a clock of ours that was put right since
		if ago := c.Now().Sub(g.LastWord); ago < -10*time.Minute || ago > 300*24*time.Hour {
			g.Clock = 0
		}
		if p.Asked.After(g.LastWord) && !p.Asked.After(c.Now()) { // a clock that ran ahead then tells nothing
			g.LastWord = p.Asked
		}
		g.Out = p.Card.Unit == c.Settings.Parent && pic.Outs(p.By())
		g.Silent = !p.Revoked && c.silent(g.LastWord)
		for _, fork := range forks {
			if fork.Unit == p.Card.Unit {
				g.Forks++
			}
		}
		st, err := c.Store.Since(ctx, p.Card.Unit, 1<<62, 0)
		if err != nil {
			return nil, err
		}
		if !p.Revoked {
			g.Unacked = st.End - min(st.End, p.Acked)
		}
		if g.Waiting, err = c.Store.Waiting(ctx, p.Card.Replica); err != nil {
			return nil, err
		}
		for _, d := range disputes {
			if d.Of(c.lower(p.Card.Unit)) {
				g.Disputed = append(g.Disputed, d.Name)
			}
		}
		if g.Conflicts = len(g.Disputed); !c.Guard.May(ctx, right.Look) {
			g.Disputed = nil
		}
		if p.Card.Unit == c.Settings.Parent {
			g.Sent, g.Stored, g.Processed = st.End, p.Acked, p.Acted
		} else {
			g.Sent, g.Stored = p.Life().Head, p.Life().Stored
			g.Processed = g.Stored - min(g.Stored, uint64(g.Waiting))
		}
		replaced := p.Revoked && slices.ContainsFunc(ps,
			func(o trust.Peer) bool { return o.Card.Unit == p.Card.Unit && !o.Revoked })
		for _, l := range missing[p.Card.Replica] {
			if !replaced || c.Now().Sub(g.LastWord) < lying { // no stick comes later
				g.Gaps = append(g.Gaps, Gap{l.Stored + 1, l.Head})
			}
		}
		for _, file := range files[p.Card.Unit] {
			l := letter{File: folder.File{From: file.Sender, Name: file.Name},
				Header: bundle.Header{Replica: file.Replica}}
			switch {
			case replaced, quiet(file.Why) && file.Why != code(trust.ErrBefore):
			case file.Why == code(trust.ErrBefore):
				g.Before++
			case !settled(ps, l, file.Why) && others(ps, p, l):
				g.Aside = append(g.Aside, Aside{file.Sender + "/" + file.Name, file.Why})
			}
		}
		if !replaced {
			g.More = more[p.Card.Unit]
		}
		list = append(list, g)
	}
	for _, name := range strays { // shown with whoever may have laid them there
		if at := slices.IndexFunc(list, func(g Progress) bool { return !g.Revoked }); at >= 0 {
			list[at].Aside = append(list[at].Aside, Aside{name, code(errStray)})
		}
	}
	return list, nil
}

// Week is how far the records of one week have come.
type Week struct {
	Monday                  string // 2026-11-23
	Entries                 int
	Sent, Stored, Processed int // how many of them: put into the folder, in the other's book, in the other's list
}

// Weeks gives the newest weeks of what we have for the upper unit, the newest first.
func (c *Courier) Weeks(ctx context.Context, count int) ([]Week, error) {
	ps, err := c.Peers(ctx)
	if err != nil {
		return nil, err
	}
	var up peer.Peer
	for _, p := range ps {
		if p.Card.Unit == c.Settings.Parent && !p.Revoked && p.Heard >= up.Heard {
			up = p.Peer
		}
	}
	weeks, err := c.Store.Weeks(ctx, c.Settings.Parent, count, c.Now().Location())
	if err != nil {
		return nil, err
	}
	list := []Week{}
	for _, w := range weeks {
		upTo := func(position uint64) int { return int(min(max(position+1, w.First), w.Last+1) - w.First) }
		list = append(list, Week{w.Monday.Format(time.DateOnly), upTo(w.Last), upTo(up.Sent),
			upTo(up.Acked), upTo(up.Acted)})
	}
	return list, nil
}

// clock is a deviation in seconds that is worth a word: above ten minutes.
func clock(d time.Duration) int {
	if d.Abs() < 10*time.Minute {
		return 0
	}
	return int(d / time.Second)
}

// settled says that a file of a unit which was set aside needs nobody's attention: the same words of the same life
// came in another file, or its writer, who had been set back without knowing it, says them again in a later life, or
// it is of a computer before it, or before us. Where its outside cannot be read nothing tells which of a unit's
// computers wrote it, so it must hold of all.
func settled(ps []trust.Peer, l letter, why string) bool {
	named, ok := bundle.ParseName(l.Name)
	by := func(p trust.Peer) bool {
		return p.Card.Unit == l.File.From && (l.Replica == p.Card.Replica || l.Replica == journal.Replica{})
	}
	if !slices.ContainsFunc(ps, by) { // by none that we know
		by = func(p trust.Peer) bool { return p.Card.Unit == l.File.From }
	}
	found := false
	for _, p := range ps {
		at := slices.IndexFunc(p.Lives, func(life peer.Life) bool { return life.Incarnation == named.Incarnation })
		switch {
		case !by(p):
		// what keys sign, bundles show
		case why == code(keyring.ErrStranger) && slices.Contains([]string{".keychange", ".keylist"},
			filepath.Ext(l.Name)):
			return true
		case !ok:
			return false
		case why == code(bundle.ErrRevoked) && named.Last < named.First: // nothing is in it
			return true
		case at < 0 && !p.Revoked && (len(p.Lives) == 0 || named.Incarnation > p.Lives[len(p.Lives)-1].Incarnation):
			return false // it may be the first that this one writes in a life
		case at < 0:
		case why == code(peer.ErrDiverged) && named.Incarnation == p.Life().Incarnation,
			why != code(peer.ErrDiverged) && (named.Last > p.Lives[at].Stored ||
				!slices.Contains([]string{"damaged", "not-for-us", "gap", "unreadable", "revoked"}, why)):
			return false
		default:
			found = true
		}
	}
	return found
}

// others says whether a file may be shown with a computer: it is its own, or of one that has no line of its own.
func others(ps []trust.Peer, p trust.Peer, l letter) bool {
	return l.Replica == p.Card.Replica || !slices.ContainsFunc(ps, func(o trust.Peer) bool {
		return o.By() == trust.Author{Unit: l.File.From, Replica: l.Replica} && !o.Revoked
	})
}

// present are the files that lie in the folder for us and were set aside by name, by their senders, and those that
// lie in a wrong place; all that are known where the folder cannot be read now.
func (c *Courier) present(ctx context.Context) (files map[string][]peer.File, strays []string, err error) {
	set, err := peer.SetAside(ctx, c.Store)
	if err != nil {
		return nil, nil, err
	}
	f, away := c.Connect()
	if away == nil {
		defer f.Close()
		if err := c.Recall(ctx, f); err != nil {
			return nil, nil, err
		}
		strays = f.Strays(c.Settings.Unit)
	}
	files = map[string][]peer.File{}
	still := map[string]bool{}
	for _, file := range set {
		if _, asked := still[file.Sender]; !asked && away == nil {
			_, still[file.Sender] = f.Still(path.Join(c.Settings.Unit, file.Sender), trust.Papers, "")
		}
		if away != nil || still[file.Sender] || f.Lies(c.Settings.Unit, file.Sender, file.Name) {
			files[file.Sender] = append(files[file.Sender], file)
		}
	}
	return files, strays, nil
}

// unnamed counts the files of each sender that are passed over besides those that are named.
func (c *Courier) unnamed(ctx context.Context, named map[string][]peer.File) (map[string]int, error) {
	passed, err := peer.CountPassed(ctx, c.Store)
	if err != nil {
		return nil, err
	}
	more := map[string]int{}
	for p, n := range passed {
		if p.Under != good && !strings.HasPrefix(p.Under, peer.Unsaid) {
			more[p.Sender] += n
		}
	}
	for sender, files := range named {
		for _, file := range files {
			if !quiet(file.Why) {
				more[sender]--
			}
		}
	}
	for sender, n := range more {
		more[sender] = max(0, n)
	}
	return more, nil
}

// Unsent counts our entries for the upper unit that it has not acknowledged.
func (c *Courier) Unsent(ctx context.Context) (int, error) {
	st, err := c.Store.Since(ctx, c.Settings.Parent, 1<<62, 0)
	if err != nil {
		return 0, err
	}
	ps, err := c.Peers(ctx)
	if err != nil {
		return 0, err
	}
	acked := uint64(0)
	for _, p := range ps {
		if p.Card.Unit == c.Settings.Parent && !p.Revoked {
			acked = max(acked, p.Acked)
		}
	}
	return int(st.End - min(st.End, acked)), nil
}
