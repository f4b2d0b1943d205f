package courier

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/assets/version"
	"lianluo.local/data/bundle"
	"lianluo.local/data/disk"
	"lianluo.local/data/folder"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
)

// heartbeat is how long a computer is silent at most, so that silence itself says something. It is less than a week, so that
// who exchanges once a week, some hours earlier than the last time, is heard of in each.
const heartbeat = 6 * 24 * time.Hour

// lying is how long a file stays in the folder at least: a stick may be away for weeks.
const lying = 60 * 24 * time.Hour

// Program is what bundles name as their writer.
const Program = "lianluo " + version.Number

// send writes, for each peer, what it has not acknowledged, and what we have of its stream; nothing where the last
// file says the same already and is less than a week old. What goes wrong with one peer is told about that peer and
// the others get theirs; it fails where that is so with all of them, or where the storage is at fault.
func (c *Courier) send(ctx context.Context, f *folder.Folder, r *Round) error {
	ps, err := c.Peers(ctx)
	if err != nil {
		return err
	}
	late, err := c.late(ctx)
	if err != nil {
		return err
	}
	unsaid := c.publish(ctx, ps) // what cannot be said keeps nobody from hearing the rest
	papers, err := c.Papers(ctx)
	unsaid = errors.Join(unsaid, err)
	pic, err := c.Picture(ctx)
	if err != nil {
		return err
	}
	var sent []peer.Sending // if it is lost, the same is sent again
	var failed []error
	above, reached, broken := false, false, false
	for _, p := range ps {
		if p.Revoked && (p.Card.Unit == c.Settings.Parent || slices.ContainsFunc(ps,
			func(o trust.Peer) bool { return o.Card.Unit == p.Card.Unit && !o.Revoked })) {
			continue
		}
		switch {
		case p.Revoked:
			err = c.layPapers(f, p.Card.Unit, papers) // nobody else there would hear of it
		case p.Card.Unit == c.Settings.Parent:
			above = true
			unsaid = errors.Join(unsaid, c.Store.Pulse(ctx, c.Settings.Unit, c.Settings.Parent, p.Asked,
				c.Now().Add(-heartbeat), c.Now()))
			fallthrough
		default:
			err = c.sendTo(ctx, f, p, papers, pic.List(p.By()).Version, late[p.Card.Unit], r, &sent)
		}
		if err != nil && ours(ctx, err) {
			return errors.Join(err, peer.Sent(ctx, c.Store, sent, c.Now()))
		}
		if err != nil {
			failed, broken = append(failed, fmt.Errorf("for %s: %w", p.Card.Unit, err)), broken || storage(err)
		} else {
			reached = true
		}
		if err := peer.Blame(ctx, c.Store, &p.Peer, code(errUnsent), err != nil, c.Now()); err != nil {
			return errors.Join(err, peer.Sent(ctx, c.Store, sent, c.Now()))
		}
	}
	if c.Wipes != nil && c.Wipes(f.Stick()) {
		r.Wiped = c.wipe(f, ps)
	}
	err = unsaid
	if broken || !reached {
		err = errors.Join(append(failed, err)...)
	}
	if len(sent) > 0 {
		err = errors.Join(err, peer.Sent(ctx, c.Store, sent, c.Now()))
	}
	if c.Settings.Parent == "" {
		return err
	}
	r.Asked = !above
	return errors.Join(err, c.Ask(f))
}

// storage says whether an error is that of the whole folder rather than of one directory in it.
func storage(err error) bool {
	return slices.Contains([]error{disk.ErrFull, disk.ErrReadOnly, disk.ErrBroken, disk.ErrAway}, disk.Fault(err)) ||
		errors.Is(err, folder.ErrUnread)
}

// publish tells those below us the rules that hold.
func (c *Courier) publish(ctx context.Context, ps []trust.Peer) error {
	var readers []string
	for _, p := range ps {
		if p.Card.Unit != c.Settings.Parent && !p.Revoked && !slices.Contains(readers, p.Card.Unit) {
			readers = append(readers, p.Card.Unit)
		}
	}
	if len(readers) == 0 {
		return nil
	}
	said, err := c.Rules(ctx)
	if err != nil {
		return err
	}
	return c.Store.Publish(ctx, said, c.Settings.Unit, readers, c.Now())
}

// late names by sender the files that begin too late for us. Their writer believes that we have more than we do (our
// book was set back), so each is a reason to say once more what we have.
func (c *Courier) late(ctx context.Context) (map[string][]string, error) {
	files, err := peer.SetAside(ctx, c.Store)
	late := map[string][]string{}
	for _, f := range files {
		if f.Why == code(peer.ErrGap) || f.Why == code(peer.ErrDiverged) {
			late[f.Sender] = append(late[f.Sender], f.Name)
		}
	}
	return late, err
}

func (c *Courier) sendTo(ctx context.Context, f *folder.Folder, p trust.Peer, papers map[string][]byte, list uint64,
	late []string, r *Round, sent *[]peer.Sending) error {
	self, now := c.Store.Self(), c.Now()
	waiting, err := c.Store.Waiting(ctx, p.Card.Replica)
	if err != nil {
		return err
	}
	lives := p.Recent(100) // a header has room for no more
	if len(lives) == 0 {   // the card tells the life: a book set back to before the first bundle says so
		lives = []peer.Life{{Incarnation: p.Incarnation}}
	}
	var acks []bundle.Ack
	for _, l := range lives {
		acks = append(acks, bundle.Ack{Replica: p.Card.Replica, Incarnation: l.Incarnation,
			Stream: c.theirs(p.Card.Unit),
			Stored: l.Stored, Hash: l.Hash, Processed: l.Stored - min(l.Stored, uint64(waiting)), Proof: l.Proof})
	}
	st, err := c.Store.Since(ctx, p.Card.Unit, p.Acked, bundle.Full*3/4)
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(papers))
	if p.Mute {
		st.Records, st.End = nil, st.First-1
	}
	mark := markOf(st.First, st.End, self.Incarnation, acks, late, names)
	if mark == p.SentMark && now.Sub(moment(p.SentAt)) < heartbeat && c.lies(f, p.Card.Unit,
		self.Incarnation, st.First, st.End) {
		return nil
	}
	// first: they may tell with which key the bundles are signed
	if err := c.layPapers(f, p.Card.Unit, papers); err != nil {
		return err
	}
	lower, upper := c.pair(p.Card.Unit)
	digests, err := c.Store.Digests(ctx, lower, upper)
	if err != nil {
		return err
	}
	for {
		h := bundle.Header{KeyList: list, Program: Program, From: c.Settings.Unit, To: p.Card.Unit,
			Replica: self.Replica, Incarnation: self.Incarnation,
			Stream: c.stream(p.Card.Unit), First: st.First, Prev: st.Prev, End: st.End, Made: now.UTC(), Acks: acks}
		h.Say(digests)
		var file bytes.Buffer
		if h, err = bundle.Seal(&file, h, st.Records, c.Keys().To(p.Card), c.Keys().Current); err != nil {
			return err
		}
		if err := f.Drop(p.Card.Unit, c.Settings.Unit, bundle.Name(h),
			func(w io.Writer) error { _, err := w.Write(file.Bytes()); return err }); err != nil {
			return err
		}
		r.Sent += h.Entries
		if h.Last >= st.End {
			*sent = append(*sent, peer.Sending{Replica: p.Card.Replica, Last: h.Last, Mark: mark})
			_ = c.clear(f, p, st.End, names) // what cannot be taken away stays
			return nil
		}
		if st, err = c.Store.Since(ctx, p.Card.Unit, h.Last, bundle.Full*3/4); err != nil {
			return err
		}
	}
}

func (c *Courier) layPapers(f *folder.Folder, to string, papers map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(papers)) {
		good := func(there []byte) bool { return bytes.Equal(there, papers[name]) }
		if err := f.Lay(to, c.Settings.Unit, name, papers[name], keyring.MaxList, good); err != nil {
			return err
		}
	}
	return nil
}

// clear takes away what we put into the folder long ago and nobody needs any more: bundles that were acknowledged, or
// were sent in an earlier life all of whose words are acknowledged in this one, and key lists that newer ones
// replaced. What another computer of our unit wrote is its own.
func (c *Courier) clear(f *folder.Folder, p trust.Peer, end uint64, papers []string) error {
	files, err := f.List(p.Card.Unit, c.Settings.Unit)
	if err != nil {
		return err
	}
	self := c.Store.Self()
	mine := func(file folder.File) bool {
		in, _, err := f.OpenFile(p.Card.Unit, c.Settings.Unit, file.Name)
		if err != nil {
			return false
		}
		defer in.Close()
		if filepath.Ext(file.Name) == ".keylist" {
			b, err := io.ReadAll(io.LimitReader(in, keyring.MaxList+1))
			l, bad := keyring.ReadList(b)
			return err == nil && bad == nil && l.By.Replica == self.Replica
		}
		h, err := bundle.Peek(in)
		return err == nil && h.Replica == self.Replica
	}
	newest := time.Time{} // the storage's own clock is asked, not ours: it may be a year ahead today
	for _, file := range files {
		if file.Modified.After(newest) {
			newest = file.Modified
		}
	}
	for _, file := range files {
		l, isBundle := bundle.ParseName(file.Name)
		done := isBundle && l.Incarnation == self.Incarnation && l.Last <= p.Acked ||
			isBundle && l.Incarnation != self.Incarnation && p.Acked == end ||
			filepath.Ext(file.Name) == ".keylist" && !slices.Contains(papers, file.Name)
		if done && newest.Sub(file.Modified) > lying && mine(file) {
			if err := f.Remove(p.Card.Unit, c.Settings.Unit, file.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Courier) theirs(unit string) string {
	if c.stream(unit) == "up" {
		return "down"
	}
	return "up"
}

// markOf is what a sending says, whenever it is made.
func markOf(first, end uint64, incarnation uint32, acks []bundle.Ack, late, papers []string) string {
	said := slices.Clone(acks)
	for i := range said {
		said[i].Proof = nil // of one position there may be many
	}
	b, _ := json.Marshal([]any{first, end, incarnation, said, late, papers})
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

// lies says whether what was sent still lies in the folder, its beginning and its end: somebody may have cleaned it,
// or a stick came back as it was before.
func (c *Courier) lies(f *folder.Folder, to string, incarnation uint32, first, last uint64) bool {
	dir, sent := path.Join(to, c.Settings.Unit), fmt.Sprint(incarnation, first, last)
	if _, still := f.Still(dir, "sent", sent); still {
		return true
	}
	names, err := f.Names(to, c.Settings.Unit)
	begun, ended := false, false
	for _, name := range names {
		if l, ok := bundle.ParseName(name); ok && l.Incarnation == incarnation {
			begun, ended = begun || l.First == first && (l.Last >= l.First || last < first), ended || l.Last == last
		}
	}
	if err != nil || !begun || !ended {
		return false
	}
	f.Found(dir, "sent", sent)
	return true
}

func moment(s string) time.Time {
	t, _ := time.Parse(time.RFC3339, s) // never sent: the zero time, long ago
	return t
}
