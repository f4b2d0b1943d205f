package courier

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/bundle"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
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
	Waiting   int     `json:"waiting"`
	Conflicts int     `json:"conflicts"`
	SentAt    string  `json:"sentAt"`             // when the last file was put into the folder
	Unacked   uint64  `json:"unacked"`            // of our entries for it, how many it has not acknowledged
	Program   string  `json:"program"`            // that wrote its last file
	Clock     int     `json:"clock"`              // seconds by which its clock is off at least, ahead positive
	Silent    bool    `json:"silent"`             // nothing heard for longer than Quiet
	Diverged  string  `json:"diverged"`           // since when its list differs from ours though both hold the same entries; "" for not
	Forks     int     `json:"forks"`              // entries under names that others had
	Renewing  bool    `json:"renewing,omitempty"` // it announced new keys and does not use them yet
	Revoked   bool    `json:"revoked,omitempty"`
	Out       bool    `json:"out,omitempty"`         // it put this computer out of use
	Print     string  `json:"fingerprint,omitempty"` // of the upper unit, to be compared by telephone

	LastWord time.Time `json:"-"` // when it was heard last, or else when it asked
}

// Quiet is how long somebody may be silent before it is said: a week's heartbeat and some days' grace.
const Quiet = 10 * 24 * time.Hour

// Gap is a stretch of a stream that is known to exist and is not here.
type Gap struct {
	First uint64 `json:"first"`
	Last  uint64 `json:"last"`
}

// Status tells what was exchanged: at the lower unit how much of ours the upper one has, at the upper unit how much of
// each lower one's we have.
func (c *Courier) Status(ctx context.Context) ([]Progress, error) {
	ps, err := c.peers(ctx)
	if err != nil {
		return nil, err
	}
	files, err := c.Store.Files(ctx)
	if err != nil {
		return nil, err
	}
	lies := c.present()
	forks, err := c.Store.Forks(ctx)
	if err != nil {
		return nil, err
	}
	said, err := c.Store.KeyLists(ctx)
	if err != nil {
		return nil, err
	}
	above, _ := keyring.ReadList(said[c.Settings.Parent].File) // verified when it came
	out := slices.ContainsFunc(above.Revoked, func(r keyring.Revocation) bool { return r.Replica == c.Store.Self().Replica })
	list := []Progress{}
	for _, p := range ps {
		g := Progress{Unit: p.Card.Unit, Name: p.Card.Name, LastHeard: p.Heard, SentAt: p.SentAt, Revoked: p.Revoked,
			Gaps: []Gap{}, Aside: []Aside{}, Program: p.Program, Clock: clock(p.Skew), Diverged: p.Diverged, Renewing: p.Next != nil, Out: out && p.Card.Unit == c.Settings.Parent,
			LastWord: moment(p.Heard)}
		if p.Asked.After(g.LastWord) {
			g.LastWord = p.Asked
		}
		g.Silent = !p.Revoked && c.Now().Sub(g.LastWord) > Quiet
		for _, fork := range forks {
			if fork.Unit == p.Card.Unit {
				g.Forks++
			}
		}
		st, err := c.Store.Since(ctx, p.Card.Unit, 1<<62, 0, store.NoOne)
		if err != nil {
			return nil, err
		}
		if !p.Revoked {
			g.Unacked = st.End - min(st.End, p.Acked)
		}
		if g.Waiting, err = c.Store.Waiting(ctx, p.Card.Replica); err != nil {
			return nil, err
		}
		if g.Conflicts, err = c.Store.Conflicts(ctx, p.Card.Unit); err != nil {
			return nil, err
		}
		if p.Card.Unit == c.Settings.Parent {
			g.Sent, g.Stored, g.Processed, g.Print = st.End, p.Acked, p.Acted, keyring.Fingerprint(p.Card)
		} else {
			g.Sent, g.Stored = p.Life().Head, p.Life().Stored
			g.Processed = g.Stored - min(g.Stored, uint64(g.Waiting))
		}
		for _, l := range p.Lives { // what an earlier life still had to say the newest says again, if it comes that far
			if have := max(l.Stored, p.Life().Stored); l.Head > have {
				g.Gaps = append(g.Gaps, Gap{have + 1, l.Head})
			}
		}
		replaced := p.Revoked && slices.ContainsFunc(ps, func(o peer) bool { return o.Card.Unit == p.Card.Unit && !o.Revoked })
		for _, file := range files {
			name := file.Sender + "/" + file.Name
			if !replaced && file.Sender == p.Card.Unit && file.Why != "" && !settled(ps, file.Sender, file.Name, file.Why) && (lies == nil || lies[name]) {
				g.Aside = append(g.Aside, Aside{name, file.Why})
			}
		}
		list = append(list, g)
	}
	return list, nil
}

// Week is how far the records of one week have come.
type Week struct {
	Monday                  string `json:"monday"` // 2026-11-23
	Entries                 int    `json:"entries"`
	Sent, Stored, Processed bool   // all of them: put into the folder, in the other's book, in the other's list
}

// Weeks gives the newest weeks of what we have for the upper unit, the newest first.
func (c *Courier) Weeks(ctx context.Context, count int) ([]Week, error) {
	ps, err := c.peers(ctx)
	if err != nil {
		return nil, err
	}
	var up store.Peer
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
		list = append(list, Week{w.Monday.Format(time.DateOnly), int(w.Last - w.First + 1), up.Sent >= w.Last, up.Acked >= w.Last, up.Acted >= w.Last})
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

// Far is a computer two floors below or more, which we hear of through others.
type Far struct {
	Unit   string `json:"unit"`
	Name   string `json:"name"`
	Via    string `json:"via"`  // the office that vouches for it
	Last   string `json:"last"` // the date on its newest word here; "" for none
	Silent bool   `json:"silent"`
}

// Afar lists them: whoever is named in the lists of the offices below us. One that is silent for long, while its office is not,
// has stopped, or is withheld from us.
func (c *Courier) Afar(ctx context.Context) ([]Far, error) {
	b, err := c.book(ctx)
	if err != nil {
		return nil, err
	}
	words, err := c.Store.Words(ctx)
	if err != nil {
		return nil, err
	}
	list := []Far{}
	for _, office := range slices.Sorted(maps.Keys(b.lists)) {
		if office == c.Settings.Unit || office == c.Settings.Parent {
			continue
		}
		l := b.lists[office]
		for _, card := range l.Cards {
			out := slices.ContainsFunc(l.Revoked, func(r keyring.Revocation) bool { return r.Replica == card.Replica })
			if out || !matter.Above(office, card.Unit) {
				continue
			}
			far := Far{Unit: card.Unit, Name: card.Name, Via: office, Silent: c.Now().Sub(card.Asked) > Quiet}
			for _, w := range words {
				if w.ID.Replica == card.Replica {
					far.Last, far.Silent = w.At.UTC().Format(time.RFC3339), c.Now().Sub(w.At) > Quiet
				}
			}
			list = append(list, far)
		}
	}
	slices.SortFunc(list, func(a, b Far) int { return strings.Compare(a.Unit, b.Unit) })
	return list, nil
}

// settled says that a file of a unit which was set aside needs nobody's attention: the same words of the same life came in another
// file, or its writer, who had been set back without knowing it, says them again in a later life, or it is of a computer before it,
// or before us. A name does not tell which of a unit's computers wrote it, so it must hold of all that it may be of.
func settled(ps []peer, from, name, why string) bool {
	l, ok := bundle.ParseName(name)
	found := false
	for _, p := range ps {
		at := slices.IndexFunc(p.Lives, func(life store.Life) bool { return life.Incarnation == l.Incarnation })
		switch {
		case p.Card.Unit != from:
		case why == code(errBefore), why == code(keyring.ErrStranger) && filepath.Ext(name) == ".keychange": // what keys sign, bundles show
			return true
		case !ok:
			return false
		case at < 0:
		case why == code(store.ErrDiverged) && l.Incarnation == p.Life().Incarnation,
			why != code(store.ErrDiverged) && (l.Last > p.Lives[at].Stored || !slices.Contains([]string{"damaged", "not-for-us", "gap", "unreadable", "revoked"}, why)):
			return false
		default:
			found = true
		}
	}
	return found
}

// present names the files that lie in the folder for us, nil where the folder cannot be read now.
func (c *Courier) present() map[string]bool {
	f, err := c.connect()
	if err != nil {
		return nil
	}
	defer f.Close()
	files, err := f.Inbox(c.Settings.Unit)
	if err != nil {
		return nil
	}
	names := map[string]bool{}
	for _, file := range files {
		names[file.From+"/"+file.Name] = true
	}
	return names
}

// Unsent counts our entries for the upper unit that it has not acknowledged.
func (c *Courier) Unsent(ctx context.Context) (int, error) {
	st, err := c.Store.Since(ctx, c.Settings.Parent, 1<<62, 0, store.NoOne)
	if err != nil {
		return 0, err
	}
	ps, err := c.peers(ctx)
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
