package courier

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/peer"
)

// plausible orders bundles by what their names promise, so that honest ones come before what somebody threw in: those
// that continue what we hold of their writers, those that are named as bundles are, the others.
func plausible(pic trust.Picture, files []folder.File) {
	stored := map[peer.Passing]uint64{}
	for _, p := range pic.Peers() {
		for _, l := range p.Lives {
			at := peer.Passing{Sender: p.Card.Unit, Under: fmt.Sprint(l.Incarnation)}
			stored[at] = max(stored[at], l.Stored)
		}
	}
	type promise struct {
		folder.File
		bundle.Label
		rank int
	}
	list := make([]promise, len(files))
	for i, file := range files {
		l, ok := bundle.ParseName(file.Name)
		held := stored[peer.Passing{Sender: file.From, Under: fmt.Sprint(l.Incarnation)}]
		list[i] = promise{file, l, 2}
		switch {
		case ok && l.Last > held && l.First <= held+1:
			list[i].rank = 0
		case ok:
			list[i].rank = 1
		}
	}
	slices.SortFunc(list, func(a, b promise) int {
		return cmp.Or(a.rank-b.rank, cmp.Compare(a.Incarnation, b.Incarnation), cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last),
			folder.ByName(a.File, b.File))
	})
	for i, p := range list {
		files[i] = p.File
	}
}

// kind is the ending of a file's name, which says what it is.
func kind(file folder.File) string { return strings.ToLower(filepath.Ext(file.Name)) }
