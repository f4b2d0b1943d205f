package trust

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/folder"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
)

// Anybody may lay down as many papers as he likes. What was found to be none is passed over; of the rest the newest
// are read.
const (
	mostShown  = 30   // requests of one unit, where nobody compares them
	mostOf     = 5000 // papers of one kind by one sender
	mostPapers = 5000 // of all
)

// papers are those of a kind among files that are worth reading, of each sender so many at most. A change of keys
// that says nothing of whom we believe may tell of one who asks.
func (t *Trust) papers(ctx context.Context, files []folder.File, kind string, most int) ([]folder.File, error) {
	files = slices.DeleteFunc(slices.Clone(files),
		func(file folder.File) bool { return !strings.EqualFold(filepath.Ext(file.Name), kind) })
	if len(files) == 0 {
		return nil, nil
	}
	none, senders := map[[16]byte]bool{}, []string{}
	for _, file := range files {
		none[Ledger(file, "").Sum()] = false
		if !slices.Contains(senders, file.From) {
			senders = append(senders, file.From)
		}
	}
	passed, err := peer.Passed(ctx, t.Store, false, senders...)
	if err != nil {
		return nil, err
	}
	for p, sums := range passed {
		for _, sum := range sums {
			if _, lies := none[sum]; !lies {
				continue
			}
			none[sum] = none[sum] || p.Kind() == "" || kind != ".keychange" &&
				p.Kind() != peer.Good && p.Kind() != peer.Again
		}
	}
	files = slices.DeleteFunc(files, func(file folder.File) bool { return none[Ledger(file, "").Sum()] })
	slices.SortFunc(files,
		func(a, b folder.File) int { return cmp.Or(b.Modified.Compare(a.Modified), folder.ByName(a, b)) })
	of := map[string]int{}
	files = slices.DeleteFunc(files, func(file folder.File) bool {
		of[file.From]++
		return of[file.From] > most
	})
	files = files[:min(len(files), mostPapers)]
	slices.SortFunc(files, folder.ByName)
	return files, nil
}

// statements are what the computers of a unit say of new keys.
func (t *Trust) statements(ctx context.Context, f *folder.Folder, unit string) (all [][]byte, err error) {
	files, err := t.lying(f, unit, ".keychange")
	if err == nil {
		files, err = t.papers(ctx, files, ".keychange", mostOf)
	}
	for _, file := range files {
		if said, err := f.Read(t.Settings.Unit, file, keyring.MaxPaper); err == nil {
			all = append(all, said)
		}
	}
	return all, err
}

// since is a card with the keys that its computer has now, as statements tell one after the other.
func since(statements [][]byte, card keyring.Card) keyring.Card {
	for at := 0; at < len(statements); at++ {
		if next, err := card.Follow(statements[at]); err == nil && next.Turned().Hash() != card.Turned().Hash() {
			card, at = next, -1
		}
	}
	return card.Turned()
}

// Stamp is another one where we believe somebody else, or somebody under other keys, or hear of somebody for the
// first time: then files that were refused are looked at again.
func (pic Picture) Stamp(now time.Time) string {
	h := sha256.New()
	fmt.Fprintln(h, pic.self, pic.unit, pic.parent, pic.mine.Version, pic.began.Unix(), len(pic.confirmed))
	for _, c := range pic.confirmed {
		fmt.Fprintln(h, c.believed, c.said)
	}
	for _, own := range pic.own.Publics() {
		fmt.Fprintln(h, own)
	}
	for _, p := range pic.peers {
		fmt.Fprintln(h, p.Peer.Card, p.Revoked, p.Until, len(p.Lives) > 0, p.Asked.After(now),
			pic.lists[p.By()].Version)
	}
	return fmt.Sprintf("keys %x", h.Sum(nil)[:8])
}

// strange are files in our own name that are no lists of ours: they are not read again as they lie, until our keys
// change.
type strange struct {
	under peer.Passing
	old   map[peer.Passing][][16]byte // under other keys
	sums  map[[16]byte]bool           // whether they still lie there
	fresh bool
	some  bool // of some directories it is not asked what lies there
}

// lists are what the directories of our own unit are looked at for.
const lists = "lists"

// underOwn is under what they are passed over.
func underOwn(pic Picture) peer.Passing {
	keys := sha256.Sum256(fmt.Append(nil, pic.own.Publics()))
	return peer.Passing{Sender: pic.unit, Under: fmt.Sprintf("%s %x", lists, keys[:8])}
}

func (t *Trust) strangeLists(ctx context.Context, pic Picture, some bool) (strange, error) {
	s := strange{underOwn(pic), map[peer.Passing][][16]byte{}, map[[16]byte]bool{}, false, some}
	passed, err := peer.Passed(ctx, t.Store, false, pic.unit)
	for p, sums := range passed {
		switch {
		case !strings.HasPrefix(p.Under, lists+" "):
		case p == s.under:
			for _, sum := range sums {
				s.sums[sum] = false
			}
		default:
			s.old[p] = nil
		}
	}
	return s, err
}

func (s *strange) lies(file folder.File) bool {
	sum := Ledger(file, "").Sum()
	_, known := s.sums[sum]
	if known {
		s.sums[sum] = true
	}
	return known
}

func (s *strange) add(file folder.File)  { s.fresh, s.sums[Ledger(file, "").Sum()] = true, true }
func (s *strange) drop(file folder.File) { delete(s.sums, Ledger(file, "").Sum()) }

// changed is what is to be kept of them now.
func (s *strange) changed() map[peer.Passing][][16]byte {
	var left [][16]byte
	for sum, lies := range s.sums {
		if lies || s.some {
			left = append(left, sum)
		}
	}
	if s.fresh || len(left) < len(s.sums) {
		s.old[s.under] = left
	}
	return s.old
}
