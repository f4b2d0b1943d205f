// Package courier carries entries between this computer and those above or below it, through a shared folder.
//
// A round is: connect, collect (what others wrote for us), send (what others have not acknowledged). Every file is
// immutable and everything not acknowledged is sent again, so it does no harm when a file comes twice, late, in
// another order or not at all. Nobody waits for somebody else's fault: a file that cannot be believed is set aside
// with its reason and the round goes on, and what is wrong with one peer is told about that peer and changes nothing
// for the others.
//
// Anybody may write to the folder, so a stranger's work is bounded. What was refused is not opened again as it lies:
// a damaged file never, one of somebody unknown when the keys that we know change, one that came too early when what
// comes before it is here. A few of each sender are named, the others counted; copies have a limit in number and
// bytes. Of what is new, what continues a stream that we hold comes first, and what is too much for one round waits
// for the next. A directory with thousands of files that were refused is not listed again while its date is the same,
// for an hour at most.
//
// It has more files than most: the round (courier, send, open, heed, revoke), what is looked at in the folder (shelf,
// order), and what is told of it (status, trouble, reasons, silence); all walk over one round's picture.
//
// Siblings meet here: bundle knows the format, folder the medium, trust whom we believe, store the facts; courier
// passes plain values between them.
package courier

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/numbers"
	"lianluo.local/data/peer"
	"lianluo.local/data/sealed"
)

// Courier belongs to one home. It carries for those whom its Trust believes.
type Courier struct {
	*trust.Trust
	Key   sealed.Key                                       // seals those copies in a protected home
	Aside string                                           // directory for copies of files that were not believed
	Quiet time.Duration                                    // how long somebody may be silent before it is said
	Rules func(context.Context) (map[string]string, error) // what this office tells those below it, by name
	Wipes func(stick string) bool                          // whether a stick keeps nothing of ours that has arrived; nil: none

	alone sync.Mutex // whoever reads or writes the folder: a person's act beside the watch waits for its round
}

// Aside is a file that was not believed, and why.
type Aside struct {
	File string `json:"file"`
	Why  string `json:"why"` // a code of the table in reasons.go
}

// Round is what one round did.
type Round struct {
	Collected int     `json:"collected"` // entries that are new here
	Processed int     `json:"processed"` // entries that were worked into the list
	Sent      int     `json:"sent"`      // entries put into the folder
	Asked     bool    `json:"-"`         // a request to be accepted lies in the folder
	Aside     []Aside `json:"aside"`
	More      int     `json:"more,omitempty"` // files that were set aside besides

	Stick   string   `json:"-"`                 // the id of the stick, "" for none
	Wiped   int      `json:"wiped,omitempty"`   // files of ours that were taken off the stick because they have arrived
	Strange []string `json:"strange,omitempty"` // what could be started in the folder, shortcuts and links: nobody here does
	Others  int      `json:"others,omitempty"`  // such besides
}

// mostStrange are told by name.
const mostStrange = 20

// Sync does one round. It fails only where the folder or the store does; a bad file is named in the round.
func (c *Courier) Sync(ctx context.Context) (Round, error) {
	c.alone.Lock()
	defer c.alone.Unlock()
	r := Round{Aside: []Aside{}}
	f, err := c.Connect()
	if err != nil {
		return r, fmt.Errorf("sync: %w", err)
	}
	defer f.Close()
	r.Stick = f.Stick()
	r.Strange, r.Others = f.Strange(mostStrange)
	if err := c.Recall(ctx, f); err != nil {
		return r, fmt.Errorf("sync: %w", err)
	}
	if err := c.yield(ctx, f); err != nil {
		return r, fmt.Errorf("sync: %w", err)
	}
	// What cannot be read does not keep us from sending.
	err = errors.Join(c.collect(ctx, f, &r), c.Store.Preserve(ctx, c.Now()), c.Store.Renewed(ctx, c.Settings.Parent,
		c.Now()), c.send(ctx, f, &r), c.Retain(ctx, f))
	ps, unread := c.Peers(ctx)
	r.Aside = slices.DeleteFunc(r.Aside, func(a Aside) bool { // another file brought the same meanwhile
		from, name := path.Split(a.File)
		known := slices.ContainsFunc(ps, func(p trust.Peer) bool { return p.Card.Unit == path.Clean(from) })
		return known && settled(ps, c.glance(f, folder.File{From: path.Clean(from), Name: name}), a.Why)
	})
	if err := errors.Join(err, unread); err != nil {
		return r, fmt.Errorf("sync: %w", err)
	}
	return r, nil
}

// Watch does a round now and then again: shortly after the folder changed, when poke is poked, and every minute,
// because a watcher's silence proves nothing. It ends with the context.
func (c *Courier) Watch(ctx context.Context, poke <-chan struct{}, round func()) {
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	dir, hint := "", (<-chan struct{})(nil)
	stop := context.CancelFunc(func() {})
	for ctx.Err() == nil {
		if dir != c.Settings.Folder {
			stop()
			var watched context.Context
			watched, stop = context.WithCancel(ctx)
			dir, hint = c.Settings.Folder, folder.Watch(watched, c.Settings.Folder)
		}
		round()
		select {
		case <-ctx.Done():
		case <-minute.C:
		case <-poke:
		case <-hint:
			select { // let a copy that is under way come to its end
			case <-ctx.Done():
			case <-time.After(2 * time.Second):
			}
		}
	}
	stop()
}

// yield gives this computer another letter for its numbers than those that were at its table before it have, as far
// as the folder tells.
func (c *Courier) yield(ctx context.Context, f *folder.Folder) error {
	if c.Settings.Role != journal.Station {
		return nil
	}
	return c.Store.Yield(ctx, func() (taken string) {
		dir, self := path.Join(c.Settings.Parent, c.Settings.Unit), fmt.Sprint(c.Store.Self().Replica)
		if found, still := f.Still(dir, "series", self); still {
			return strings.Join(found, "")
		}
		files, _ := f.List(c.Settings.Parent, c.Settings.Unit)
		for _, file := range files {
			var by keyring.Card
			if b, err := f.Read(c.Settings.Parent, file, bundle.MaxHeader); err == nil &&
				filepath.Ext(file.Name) == ".request" {
				by, _ = keyring.OpenRequest(b)
			} else if h, err := bundle.Peek(bytes.NewReader(b)); err == nil {
				by.Replica, by.Incarnation = h.Replica, h.Incarnation
			}
			if by.Replica != c.Store.Self().Replica && by.Incarnation > 0 {
				taken += string(numbers.Series(by.Replica[0], by.Incarnation))
			}
		}
		f.Found(dir, "series", self, taken)
		return taken
	})
}

// The directions of the two streams between a lower and an upper unit.
func (c *Courier) stream(to string) string {
	if to == c.Settings.Parent {
		return "up"
	}
	return "down"
}

// collect reads what lies in the folder for us.
func (c *Courier) collect(ctx context.Context, f *folder.Folder, r *Round) error {
	for _, name := range f.Strays(c.Settings.Unit) {
		r.tell(Aside{name, code(errStray)})
	}
	if err := c.Recognise(ctx, false); err != nil {
		return err
	}
	met, err := peer.Files(ctx, c.Store)
	if err != nil {
		return err
	}
	if err := c.Remember(ctx, f, met); err != nil {
		return err
	}
	pic, err := c.Picture(ctx)
	if err != nil {
		return err
	}
	s, files, unreadable, err := c.shelf(ctx, f, pic, met)
	if err != nil {
		return err
	}
	if unreadable == nil {
		c.forget(files, met, s)
	}
	papers, letters := c.sort(f, files, pic, s, r)
	err = c.learnAll(ctx, f, papers, pic, s, r)
	if err == nil {
		err = c.open(ctx, f, letters, s, r)
	}
	c.giveUp()
	if err = errors.Join(err, c.putBack(ctx, s, unreadable == nil)); err == nil {
		s.settle(f)
	}
	return errors.Join(err, c.reconsider(ctx, r), c.Recognise(ctx, true), unreadable)
}

// sort parts what is to be looked at from what is passed over, and papers about keys from bundles. Of whom we do not
// know, a request may be worth a look and nothing else is.
func (c *Courier) sort(f *folder.Folder, files []folder.File, pic trust.Picture, s *shelf,
	r *Round) (papers, letters []folder.File) {
	for _, m := range s.aside {
		if s.unseen(m.Sender) {
			s.again(m, r)
		}
	}
	for _, file := range s.parted(files, func(file folder.File) { s.lying(file, r) }) {
		s.anew(file)
		switch paper := kind(file) != ".bundle"; {
		case kind(file) == ".request", paper && s.known[file.From]:
			papers = append(papers, file)
		case s.known[file.From]:
			letters = append(letters, file)
		case paper:
			c.setAside(f, s, letter{File: file}, keyring.ErrStranger, r)
		default:
			c.setAside(f, s, letter{File: file}, bundle.ErrStranger, r)
		}
	}
	plausible(pic, letters)
	return papers, letters
}

// learnAll takes papers about keys, the newest lists first, so that none is heeded that a newer one has overtaken; a
// request waits for a person. One may be understood only after another, whatever their names are.
func (c *Courier) learnAll(ctx context.Context, f *folder.Folder, papers []folder.File, pic trust.Picture,
	s *shelf, r *Round) (err error) {
	papers = c.newestFirst(f, papers)
	for learned := true; learned; {
		learned = false
		var left []folder.File
		var why []error
		for _, file := range papers {
			switch err := c.Learn(ctx, f, file, pic); {
			case ours(ctx, err):
				return errors.Join(ctx.Err(), err)
			case err != nil && s.under(file, err) == always:
				c.setAside(f, s, letter{File: file}, err, r)
			case err != nil:
				left, why = append(left, file), append(why, err)
			default:
				s.pass(file, good)
				if kind(file) != ".request" {
					if pic, err = c.Picture(ctx); err != nil {
						return err
					}
					learned = learned || pic.Stamp(c.Now()) != s.keys
					s.keys = pic.Stamp(c.Now())
				}
			}
		}
		if !learned {
			for i, file := range left {
				c.setAside(f, s, letter{File: file}, why[i], r)
			}
		}
		papers = left
	}
	return nil
}

// newestFirst puts lists of keys in an order, small papers before large ones, and leaves for the next round what is
// too much for one.
func (c *Courier) newestFirst(f *folder.Folder, papers []folder.File) []folder.File {
	slices.SortFunc(papers,
		func(a, b folder.File) int { return cmp.Or(cmp.Compare(a.Size, b.Size), folder.ByName(a, b)) })
	versions, size := map[folder.File]uint64{}, int64(0)
	for i, file := range papers {
		if size += min(file.Size, keyring.MaxList); i == mostPapers || size > mostRead {
			papers = papers[:i]
			break
		}
		if kind(file) == ".keylist" {
			if b, err := f.Read(c.Settings.Unit, file, keyring.MaxList); err == nil {
				l, _ := keyring.ReadList(b)
				versions[file] = l.Version
			}
		}
	}
	slices.SortStableFunc(papers, func(a, b folder.File) int { return cmp.Compare(versions[b], versions[a]) })
	return papers
}

// forget keeps the ledger of files from growing for ever.
func (c *Courier) forget(files []folder.File, met []peer.File, s *shelf) {
	lies := map[[2]string]bool{}
	for _, f := range files {
		lies[[2]string{f.From, f.Name}] = true
	}
	gone := slices.DeleteFunc(slices.Clone(met), func(f peer.File) bool {
		return f.Sender == c.Settings.Unit || f.Why != "" || s.unseen(f.Sender) || lies[[2]string{f.Sender, f.Name}]
	})
	if len(gone) >= 5000 { // weeks of a county
		s.gone = append(s.gone, gone...)
	}
}

// key tells files met before from new ones. A bundle's own name tells its contents; a copy with another date is the
// same.
func key(f folder.File) string {
	if _, ok := bundle.ParseName(f.Name); ok {
		return fmt.Sprint(f.From, "/", f.Name, f.Size)
	}
	return fmt.Sprint(f.From, "/", f.Name, f.Size, f.Modified.UnixNano())
}

// pair is the lower and the upper one of a unit and ours.
func (c *Courier) pair(unit string) (lower, upper string) {
	if lower = c.lower(unit); lower == unit {
		return lower, c.Settings.Unit
	}
	return lower, unit
}

// lower is the lower one of a unit and ours.
func (c *Courier) lower(unit string) string {
	if unit == c.Settings.Parent {
		return c.Settings.Unit
	}
	return unit
}
