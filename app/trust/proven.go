package trust

import (
	"crypto/sha256"
	"fmt"

	"lianluo.local/data/bundle"
	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
)

// Unproven gives the records of a bundle, by their place in it, of which it is not shown that they are by who they
// say; and why. The others are not to suffer for them.
//
// Whoever is below passes on its own words, those of units below it, and those of others that it holds, for whoever
// lost them; all must be signed by their writers. The office above passes on what others wrote, and is believed in that,
// but not against a signature that we can verify ourselves, and not in the words of our unit and of those below it. Of
// each run of numbers the last that is proven vouches for those before it.
func (pic Picture) Unproven(h bundle.Header, records []journal.Record) map[int]error {
	var out map[int]error
	run := func(places []int) {
		for i := len(places) - 1; i >= 0; i-- {
			err := pic.vouch(h, records[places[i]])
			if err == nil {
				return
			}
			if out == nil {
				out = map[int]error{}
			}
			out[places[i]] = err
		}
	}
	runs := map[journal.ID][]int{}
	for i, r := range records {
		life := journal.ID{Replica: r.ID.Replica, Incarnation: r.ID.Incarnation}
		if places := runs[life]; len(places) > 0 {
			before := records[places[len(places)-1]]
			if before.Unit != r.Unit || journal.Follow(before.ID, before.Hash, r) != nil {
				run(places)
				runs[life] = nil
			}
		}
		runs[life] = append(runs[life], i)
	}
	for _, places := range runs {
		run(places)
	}
	return out
}

// vouch fails where a record cannot be proven.
func (pic Picture) vouch(h bundle.Header, r journal.Record) error {
	by := Author{h.From, h.Replica}
	if h.From == pic.parent && r.Unit != pic.unit && !unit.Above(pic.unit, r.Unit) {
		known := pic.knows(r.ID.Replica) || pic.foreign(r.Unit, r.ID.Replica) || pic.disowned(r.Unit, r.ID.Replica)
		if !known && (len(r.Signature) == 0 || len(pic.Signers(by, r.Unit, r.ID.Replica)) == 0) {
			return nil
		}
	}
	return pic.Prove(by, r)
}

// Ground is what it rests on whether words of an author are proven that somebody passed on: another one where they
// are to be tried again.
func (pic Picture) Ground(by, author Author) string {
	r := journal.Record{Entry: journal.Entry{Unit: author.Unit, ID: journal.ID{Replica: author.Replica}}}
	sum := sha256.Sum256(fmt.Append(nil, pic.Signers(by, author.Unit, author.Replica), pic.succeeded(r),
		author.Unit == pic.unit && pic.told(author.Replica)))
	return fmt.Sprintf("%x", sum[:8])
}
