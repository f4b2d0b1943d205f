package journal

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// Follow says whether next comes right after the entry (last, lastHash) in one journal: same replica and incarnation,
// the next number, the right hash. A zero last stands for the beginning. It fails with ErrBroken.
func Follow(last ID, lastHash Hash, next Record) error {
	want := ID{next.ID.Replica, next.ID.Incarnation, 1}
	if last.Seq > 0 {
		want = ID{last.Replica, last.Incarnation, last.Seq + 1}
	}
	if next.ID != want {
		return fmt.Errorf("%w: %v stands where %v should", ErrBroken, next.ID, want)
	}
	if next.Prev != lastHash {
		return fmt.Errorf("%w: %v does not follow the entry before it", ErrBroken, next.ID)
	}
	return nil
}

// Order sorts the entries of one thing as they are folded: by depth, then replica, then incarnation and number. It is
// the same everywhere, it puts what was seen before what saw it, and it never looks at a clock.
func Order(rs []Record) {
	slices.SortFunc(rs, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.Depth, b.Depth), Compare(a.ID, b.ID))
	})
}

// Compare orders IDs by replica, incarnation, number.
func Compare(a, b ID) int {
	return cmp.Or(bytes.Compare(a.Replica[:], b.Replica[:]),
		cmp.Compare(a.Incarnation, b.Incarnation), cmp.Compare(a.Seq, b.Seq))
}

// Heads gives the entries of one thing that no other of them has seen, in the order of Compare, and the depth of an
// entry that would follow them all.
func Heads(rs []Record) (heads []ID, depth int) {
	seen := map[ID]bool{}
	for _, r := range rs {
		for _, id := range r.Seen {
			seen[id] = true
		}
	}
	for _, r := range rs {
		if !seen[r.ID] {
			heads = append(heads, r.ID)
		}
		depth = max(depth, r.Depth)
	}
	slices.SortFunc(heads, Compare)
	return heads, depth + 1
}

// Advance gives the hash of a stream after one more entry. A stream is what one computer has for one reader: position
// 1, 2, 3 … each an entry; its hash covers every entry up to the position, so two sides at one position can compare all
// that lies before it.
func Advance(before Hash, position uint64, entry Hash) Hash {
	h := sha256.New()
	h.Write([]byte("lianluo stream 1\n"))
	h.Write(before[:])
	h.Write(binary.BigEndian.AppendUint64(nil, position))
	h.Write(entry[:])
	return Hash(h.Sum(nil))
}
