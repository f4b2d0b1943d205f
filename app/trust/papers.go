package trust

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/data/folder"
	"lianluo.local/data/keyring"
	"lianluo.local/data/store"
)

// Anybody may lay down as many papers as he likes. What was found to be none is passed over; of the rest the newest are read.
const (
	mostOf     = 500  // papers of one kind by one sender
	mostPapers = 2000 // of all
)

// papers are those of a kind among files that are worth reading.
func (t *Trust) papers(ctx context.Context, files []folder.File, kind string) ([]folder.File, error) {
	files = slices.DeleteFunc(slices.Clone(files), func(file folder.File) bool { return !strings.EqualFold(filepath.Ext(file.Name), kind) })
	if len(files) == 0 {
		return nil, nil
	}
	passed, err := t.Store.Passed(ctx)
	if err != nil {
		return nil, err
	}
	none := map[[16]byte]bool{}
	for p, sums := range passed {
		for _, sum := range sums {
			none[sum] = p.Kind() != store.Good && p.Kind() != store.Again
		}
	}
	files = slices.DeleteFunc(files, func(file folder.File) bool { return none[Ledger(file, "").Sum()] })
	slices.SortFunc(files, func(a, b folder.File) int { return cmp.Or(b.Modified.Compare(a.Modified), folder.ByName(a, b)) })
	of := map[string]int{}
	files = slices.DeleteFunc(files, func(file folder.File) bool {
		of[file.From]++
		return of[file.From] > mostOf
	})
	files = files[:min(len(files), mostPapers)]
	slices.SortFunc(files, folder.ByName)
	return files, nil
}

// statements are what the computers of a unit say of new keys.
func (t *Trust) statements(ctx context.Context, f *folder.Folder, unit string) (all [][]byte, err error) {
	files, err := f.List(t.Settings.Unit, unit, ".keychange")
	if err == nil {
		files, err = t.papers(ctx, files, ".keychange")
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

// Stamp is another one where we believe somebody else, or somebody under other keys, or hear of somebody for the first time: then
// files that were refused are looked at again.
func (pic Picture) Stamp() string {
	h := sha256.New()
	fmt.Fprintln(h, pic.self, pic.unit, pic.parent, pic.mine.Version, pic.began.Unix(), len(pic.confirmed))
	for _, c := range pic.confirmed {
		fmt.Fprintln(h, c.believed, c.said)
	}
	for _, own := range pic.own.Publics() {
		fmt.Fprintln(h, own)
	}
	for _, p := range pic.peers {
		fmt.Fprintln(h, p.Peer.Card, p.Revoked, p.Until, len(p.Lives) > 0, pic.lists[p.By()].Version)
	}
	return fmt.Sprintf("keys %x", h.Sum(nil)[:8])
}
