package courier

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
)

// heartbeat is how long a computer is silent at most, so that silence itself says something.
const heartbeat = 7 * 24 * time.Hour

// Program is what bundles name as their writer.
const Program = "lianluo 1.0"

// send writes, for each peer, what it has not acknowledged, and what we have of its stream; nothing where the last file
// says the same already and is less than a week old.
func (c *Courier) send(ctx context.Context, f *folder.Folder, r *Round) error {
	ps, err := c.peers(ctx)
	if err != nil {
		return err
	}
	late, err := c.late(ctx)
	if err != nil {
		return err
	}
	if err := c.publish(ctx, ps); err != nil {
		return err
	}
	papers, err := c.keyPapers(ctx)
	if err != nil {
		return err
	}
	above := false
	for _, p := range ps {
		if p.Revoked {
			continue
		}
		if p.Card.Unit == c.Settings.Parent {
			above = true
			if err := c.Store.Pulse(ctx, c.Settings.Unit, c.Settings.Parent, c.Now().Add(-heartbeat), c.Now()); err != nil {
				return err
			}
		}
		if err := c.sendTo(ctx, f, p, papers, late[p.Card.Unit], r); err != nil {
			return err
		}
	}
	if !above && c.Settings.Parent != "" {
		r.Asked = true
		return c.ask(f)
	}
	return nil
}

// publish tells those below us the rules that hold.
func (c *Courier) publish(ctx context.Context, ps []peer) error {
	var readers []string
	for _, p := range ps {
		if p.Card.Unit != c.Settings.Parent && !p.Revoked && !slices.Contains(readers, p.Card.Unit) {
			readers = append(readers, p.Card.Unit)
		}
	}
	if len(readers) == 0 {
		return nil
	}
	said, err := c.Rules()
	if err != nil {
		return err
	}
	return c.Store.Publish(ctx, said, c.Settings.Unit, readers, c.Now())
}

// late names by sender the files that begin too late for us. Their writer believes that we have more than we do (our book
// was set back), so each is a reason to say once more what we have.
func (c *Courier) late(ctx context.Context) (map[string][]string, error) {
	files, err := c.Store.Files(ctx)
	late := map[string][]string{}
	for _, f := range files {
		if f.Why == code(store.ErrGap) || f.Why == code(store.ErrDiverged) {
			late[f.Sender] = append(late[f.Sender], f.Name)
		}
	}
	return late, err
}

func (c *Courier) sendTo(ctx context.Context, f *folder.Folder, p peer, papers map[string][]byte, late []string, r *Round) error {
	self, now := c.Store.Self(), c.Now()
	waiting, err := c.Store.Waiting(ctx, p.Card.Replica)
	if err != nil {
		return err
	}
	lives := p.Lives
	if len(lives) == 0 { // the card tells the life: a book set back to before the first bundle says so
		lives = []store.Life{{Incarnation: p.Incarnation}}
	}
	var acks []bundle.Ack
	for _, l := range lives {
		acks = append(acks, bundle.Ack{Replica: p.Card.Replica, Incarnation: l.Incarnation, Stream: c.theirs(p.Card.Unit),
			Stored: l.Stored, Hash: l.Hash, Processed: l.Stored - min(l.Stored, uint64(waiting))})
	}
	st, err := c.Store.Since(ctx, p.Card.Unit, p.Acked, bundle.Full*3/4, c.may(p.Card.Unit))
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(papers))
	mark := markOf(st.First, st.End, self.Incarnation, acks, late, names)
	if mark == p.SentMark && now.Sub(moment(p.SentAt)) < heartbeat && c.lies(f, p.Card.Unit, self.Incarnation, st.First) {
		return nil
	}
	for _, name := range names { // first: they may tell with which key the bundles are signed
		if err := f.Drop(p.Card.Unit, c.Settings.Unit, name, write(papers[name])); err != nil && !errors.Is(err, folder.ErrExists) {
			return err
		}
	}
	digest, whole, err := c.Store.Digest(ctx, c.lower(p.Card.Unit))
	if err != nil {
		return err
	}
	if !whole {
		digest = journal.Hash{}
	}
	for {
		h := bundle.Header{Digest: digest, Program: Program, From: c.Settings.Unit, To: p.Card.Unit, Replica: self.Replica, Incarnation: self.Incarnation,
			Stream: c.stream(p.Card.Unit), First: st.First, Prev: st.Prev, End: st.End, Made: now.UTC(), Acks: acks}
		var file bytes.Buffer
		if h, err = bundle.Seal(&file, h, st.Records, c.Keys.To(p.Card), c.Keys.Current); err != nil {
			return err
		}
		if err := f.Drop(p.Card.Unit, c.Settings.Unit, bundle.Name(h), write(file.Bytes())); err != nil {
			return err
		}
		r.Sent += h.Entries
		if h.Last >= st.End {
			return c.Store.Sent(ctx, p.Card.Replica, h.Last, mark, now)
		}
		if st, err = c.Store.Since(ctx, p.Card.Unit, h.Last, bundle.Full*3/4, c.may(p.Card.Unit)); err != nil {
			return err
		}
	}
}

// may says whose private parts a unit is given: everybody's below us, who wrote most of them; nobody's at a city.
func (c *Courier) may(unit string) store.Secrets {
	switch {
	case unit != c.Settings.Parent:
		return store.All
	case matter.LevelOf(unit) == journal.City:
		return store.NoOne
	}
	return store.Ordinary
}

func (c *Courier) theirs(unit string) string {
	if c.stream(unit) == "up" {
		return "down"
	}
	return "up"
}

// markOf is what a sending says, whenever it is made.
func markOf(first, end uint64, incarnation uint32, acks []bundle.Ack, late, papers []string) string {
	b, _ := json.Marshal([]any{first, end, incarnation, acks, late, papers})
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

// lies says whether what was sent from a position on still lies in the folder: somebody may have cleaned it.
func (c *Courier) lies(f *folder.Folder, to string, incarnation uint32, first uint64) bool {
	files, err := f.List(to, c.Settings.Unit)
	return err == nil && slices.ContainsFunc(files, func(file folder.File) bool {
		l, ok := bundle.ParseName(file.Name)
		return ok && l.Incarnation == incarnation && l.First == first
	})
}

func moment(s string) time.Time {
	t, _ := time.Parse(time.RFC3339, s) // never sent: the zero time, long ago
	return t
}

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
	Print     string  `json:"fingerprint,omitempty"` // of the upper unit, to be compared by telephone
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
	lies := c.lying()
	forks, err := c.Store.Forks(ctx)
	if err != nil {
		return nil, err
	}
	list := []Progress{}
	for _, p := range ps {
		g := Progress{Unit: p.Card.Unit, Name: p.Card.Name, LastHeard: p.Heard, SentAt: p.SentAt, Revoked: p.Revoked,
			Gaps: []Gap{}, Aside: []Aside{}, Program: p.Program, Clock: clock(p.Skew), Diverged: p.Diverged, Renewing: p.Next != nil,
			Silent: !p.Revoked && c.Now().Sub(moment(p.Heard)) > Quiet}
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
		if l := p.Life(); l.Head > l.Stored { // what an earlier life still had to say the newest says again
			g.Gaps = append(g.Gaps, Gap{l.Stored + 1, l.Head})
		}
		for _, file := range files {
			name := file.Sender + "/" + file.Name
			if file.Sender == p.Card.Unit && file.Why != "" && (lies == nil || lies[name]) {
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
			if slices.ContainsFunc(l.Revoked, func(r keyring.Revocation) bool { return r.Replica == card.Replica }) {
				continue
			}
			far := Far{Unit: card.Unit, Name: card.Name, Via: office, Silent: true}
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

// lying names the files that lie in the folder for us, nil where the folder cannot be read now.
func (c *Courier) lying() map[string]bool {
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
