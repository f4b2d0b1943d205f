package courier

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/trust"
	"lianluo.local/data/bundle"
	"lianluo.local/data/disk"
	"lianluo.local/data/folder"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
)

// Anybody may lay files into the folder, so what they cost is bounded: what was refused is not opened again as it
// lies, a few of each sender are named, and the rest is counted.
const (
	mostStrangers = 100     // senders whom nobody knows and into whose directories each round looks
	mostNamed     = 100     // files of one sender that are set aside by name
	mostTold      = 1000    // that one round tells of
	mostAgain     = 1000    // that are tried again in each round, in turn
	mostPapers    = 100_000 // about keys, that one round reads
	mostOpened    = 100_000 // bundles whose outside one round looks at
	mostRead      = 256 << 20
	mostOf        = 5000 // bundles of one sender that one round reads
)

// Under what files are passed over, besides the pictures of keys and positions.
const (
	always = "" // as they lie they never are anything else
	good   = peer.Good
	again  = peer.Again
)

// pile is a sender's files that were passed over so far, and which of them still lie there.
type pile struct {
	sums  [][16]byte
	lies  []bool
	fresh [][16]byte
}

// mark is where a file that is passed over stands.
type mark struct {
	*pile
	kind  string
	at    int
	waits bool // for what comes before it
}

// shelf is what a round knows of the files in the folder.
type shelf struct {
	me, keys string
	place    map[string]string // of a sender: the picture of keys and of what we hold of it
	looked   map[string]*heap  // senders whose directories were listed, and
	still    map[string]bool   // those whose directories stood still since they were
	some     bool              // there are thousands of strangers, of whom but some were looked at
	read     map[string]bool   // by key
	contents map[string]bool   // of bundles that were read, by the sum in their names
	piles    map[peer.Passing]*pile
	passed   map[[16]byte]mark
	aside    map[[2]string]peer.File
	known    map[string]bool // senders of whom we know a computer
	named    map[string]int  // files of a sender, and under "" of all strangers
	meet     []peer.File     // to be kept
	gone     []peer.File
	copies   int
}

// heap is a sender's directory as it was listed.
type heap struct {
	under string        // what its files were looked at by
	read  int           // files that were read before
	left  int           // that are not dealt with
	asks  []folder.File // papers that a person may be asked about
}

// add keeps a paper that is passed over, where it may be worth something.
func (h *heap) add(file folder.File, kind string) {
	switch ext := strings.ToLower(filepath.Ext(file.Name)); {
	case ext == ".keychange" && kind != always, (ext == ".request" || ext == ".certificate") && (kind == good || kind == again):
		h.asks = append(h.asks, file)
	}
}

// shelf lists what lies there and gives what is known of it, for a picture of whom we believe. One sender's directory
// may be unreadable; the others are not to wait.
func (c *Courier) shelf(ctx context.Context, f *folder.Folder, pic trust.Picture, met []peer.File) (s *shelf, files []folder.File, unreadable, err error) {
	s = &shelf{me: c.Settings.Unit, keys: pic.Stamp(c.Now()), place: map[string]string{}, read: map[string]bool{}, contents: map[string]bool{},
		looked: map[string]*heap{}, still: map[string]bool{},
		piles: map[peer.Passing]*pile{}, passed: map[[16]byte]mark{}, aside: map[[2]string]peer.File{}, named: map[string]int{},
		known: map[string]bool{c.Settings.Parent: true}}
	for _, p := range pic.Peers() {
		s.known[p.Card.Unit] = true
		h := sha256.New()
		fmt.Fprint(h, s.place[p.Card.Unit], s.keys)
		for _, l := range p.Lives {
			_ = binary.Write(h, binary.BigEndian, []uint64{uint64(l.Incarnation), l.Stored})
		}
		s.place[p.Card.Unit] = fmt.Sprintf("place %x", h.Sum(nil)[:8])
	}
	for _, m := range met {
		if m.Why != "" {
			s.aside[[2]string{m.Sender, m.Name}] = m
			continue
		}
		s.read[key(folder.File{From: m.Sender, Name: m.Name, Size: m.Size, Modified: time.Unix(0, m.Mtime)})] = true
		if l, ok := bundle.ParseName(m.Name); ok {
			s.contents[l.Sum] = true
		}
	}
	files, unreadable = s.list(f)
	senders := slices.Collect(maps.Keys(s.still))
	if s.some {
		senders = slices.Collect(maps.Keys(s.looked))
	}
	passed, err := peer.Passed(ctx, c.Store, !s.some, senders...)
	if err != nil {
		return nil, nil, nil, err
	}
	for p, sums := range passed {
		heap := &pile{sums: sums, lies: make([]bool, len(sums))}
		s.piles[p] = heap
		kind := p.Kind()
		if p.Sender != s.me && !slices.Contains([]string{always, good, again, s.keys, s.place[p.Sender]}, kind) { // of another picture
			continue
		}
		first := 0
		if kind == again { // these have their turn; refused once more they come last
			first = min(len(sums), mostAgain)
		}
		for i, sum := range sums[first:] {
			s.passed[sum] = mark{heap, kind, first + i, kind != s.keys && kind == s.place[p.Sender]}
		}
	}
	return s, files, unreadable, nil
}

// list lists the files, but where all that lay there is known and the directory stood still since.
func (s *shelf) list(f *folder.Folder) (files []folder.File, err error) {
	_, s.some = f.Still(s.me, "units", "")
	senders, err := f.Senders(s.me)
	for from := range s.known {
		if s.some && from != "" && !slices.Contains(senders, from) {
			senders = append(senders, from)
		}
	}
	for _, from := range senders {
		under := cmp.Or(s.place[from], s.keys)
		if _, still := f.Still(path.Join(s.me, from), letters, under); still {
			s.still[from] = true
			continue
		}
		s.looked[from] = &heap{under: under}
		part, wrong := f.List(s.me, from)
		files, err = append(files, part...), errors.Join(err, wrong)
	}
	return files, err
}

// letters are what senders' directories are looked at for.
const letters = "letters"

// settle keeps which of the directories hold nothing but what was refused and papers, and of thousands of strangers
// those who ask.
func (s *shelf) settle(f *folder.Folder) {
	asking, others := slices.Collect(maps.Keys(s.still)), []string{}
	strewn, most := folder.Few*len(s.still), folder.Many // how much is refused everywhere, and may lie in one directory
	for from, h := range s.looked {
		strewn += max(f.Held(path.Join(s.me, from))-h.read, 0)
	}
	if strewn > folder.Many {
		most = folder.Few
	}
	for from, h := range s.looked {
		if dir := path.Join(s.me, from); h.left == 0 && f.Held(dir)-h.read > most {
			slices.SortFunc(h.asks, func(a, b folder.File) int { return b.Modified.Compare(a.Modified) })
			var names []string
			for _, file := range h.asks {
				names = append(names, file.Name)
			}
			f.Keep(dir, letters, h.under)
			f.Keep(dir, trust.Papers, "", names...)
		}
		switch {
		case s.known[from]:
		case len(h.asks) > 0:
			asking = append(asking, from)
		default:
			others = append(others, from)
		}
	}
	if !s.some {
		all := slices.Concat(asking, others)
		f.Found(s.me, "units", "", all[:min(len(all), mostStrangers)]...)
	}
}

// unseen says whether a sender's files were not looked at in this round.
func (s *shelf) unseen(sender string) bool {
	return s.still[sender] || s.some && s.looked[sender] == nil
}

// parted are the files that nobody knows, and those that wait for such ones of their sender, apart from those that
// are passed over as they lie; keep is called for these.
func (s *shelf) parted(files []folder.File, keep func(folder.File)) (open []folder.File) {
	waiting, fresh := map[string][]folder.File{}, map[string]bool{}
	stay := func(file folder.File, m mark) {
		m.lies[m.at] = true
		s.looked[file.From].add(file, m.kind)
		keep(file)
	}
	for _, file := range files {
		switch m, passed := s.passed[trust.Ledger(file, "").Sum()]; {
		case passed && m.waits:
			waiting[file.From] = append(waiting[file.From], file)
		case passed:
			stay(file, m)
		case s.read[key(file)]:
			s.looked[file.From].read++
		default:
			open, fresh[file.From] = append(open, file), true
		}
	}
	for from, files := range waiting {
		for _, file := range files {
			if fresh[from] {
				open = append(open, file)
			} else {
				stay(file, s.passed[trust.Ledger(file, "").Sum()])
			}
		}
	}
	for _, file := range open {
		s.looked[file.From].left++
	}
	return open
}

func (s *shelf) pass(file folder.File, under string) {
	p := peer.Passing{Sender: file.From, Under: under}
	s.looked[file.From].left--
	s.looked[file.From].add(file, p.Kind())
	if s.piles[p] == nil {
		s.piles[p] = &pile{}
	}
	s.piles[p].fresh = append(s.piles[p].fresh, trust.Ledger(file, "").Sum())
}

// under is what has to change before a refused file is opened again as it lies.
func (s *shelf) under(file folder.File, why error) string {
	of := func(errs ...error) bool {
		return slices.ContainsFunc(errs, func(err error) bool { return errors.Is(why, err) })
	}
	switch {
	case of(bundle.ErrNewer, keyring.ErrNewer, errUnread) || code(why) == "unread",
		kind(file) == ".certificate" && of(trust.ErrUncompared, trust.ErrOtherDigits, trust.ErrOtherOffice):
		return again
	case of(bundle.ErrDamaged, bundle.ErrTooLarge, keyring.ErrDamaged, keyring.ErrTooLarge, folder.ErrTooLarge, folder.ErrNotRegular):
		return always
	case of(peer.ErrGap, peer.ErrDiverged, bundle.ErrRevoked):
		return cmp.Or(s.place[file.From], s.keys)
	}
	return s.keys
}

// lying tells of a file that was set aside by name before and is passed over.
func (s *shelf) lying(file folder.File, r *Round) {
	if m, ok := s.aside[[2]string{file.From, file.Name}]; ok && m.Sum() == trust.Ledger(file, "").Sum() {
		s.again(m, r)
	}
}

func (s *shelf) again(m peer.File, r *Round) {
	s.names(m.Sender)
	delete(s.aside, [2]string{m.Sender, m.Name})
	if !quiet(m.Why) {
		r.tell(Aside{m.Sender + "/" + m.Name, m.Why})
	}
}

// names says whether one more file of a sender is named.
func (s *shelf) names(from string) bool {
	if !s.known[from] {
		from = ""
	}
	s.named[from]++
	return s.named[from] <= mostNamed || from == "" && s.named[from] <= mostTold
}

// anew forgets why a file that is looked at again was set aside.
func (s *shelf) anew(file folder.File) {
	at := [2]string{file.From, file.Name}
	if m, ok := s.aside[at]; ok {
		s.gone = append(s.gone, m)
		delete(s.aside, at)
	}
}

func (r *Round) tell(a Aside) {
	if len(r.Aside) < mostTold {
		r.Aside = append(r.Aside, a)
	} else {
		r.More++
	}
}

// setAside refuses a file and keeps a copy of it where there is room; the original is its writer's and stays. A few
// of each sender are named. One that is gone again, or that a program which copies it here has not let go of yet (Windows), is
// as if it were not there: the next round looks.
func (c *Courier) setAside(f *folder.Folder, s *shelf, l letter, why error, r *Round) {
	if errors.Is(why, fs.ErrNotExist) || errors.Is(disk.Fault(why), disk.ErrHeld) {
		return
	}
	file, code := l.File, code(why)
	under := s.under(file, why)
	if quiet(code) {
		under = peer.Unsaid + under
	}
	s.pass(file, under)
	if !s.names(file.From) {
		if !quiet(code) {
			r.More++
		}
		return
	}
	m := trust.Ledger(file, code)
	m.Replica = l.Replica
	s.meet = append(s.meet, m)
	if !quiet(code) {
		r.tell(Aside{file.From + "/" + file.Name, code})
	}
	if s.copies < mostCopies && file.Size <= mostCopy {
		s.copies++
		c.keepCopy(f, file)
	}
}

// putBack keeps what the round learned of the files. Where not all could be listed, what was not seen may lie there
// all the same.
func (c *Courier) putBack(ctx context.Context, s *shelf, whole bool) error {
	changed := map[peer.Passing][][16]byte{}
	for p, heap := range s.piles {
		left := make([][16]byte, 0, len(heap.sums)+len(heap.fresh))
		for i, sum := range heap.sums {
			if heap.lies[i] || p.Sender == s.me || !whole && s.passed[sum].pile != nil {
				left = append(left, sum)
			}
		}
		if left = append(left, heap.fresh...); len(left) != len(heap.sums) || len(heap.fresh) > 0 {
			changed[p] = left
		}
	}
	if whole {
		for _, m := range s.aside { // they lie there no more, or as something else
			if m.Sender != s.me {
				s.gone = append(s.gone, m)
			}
		}
	}
	return errors.Join(peer.Pass(ctx, c.Store, changed), peer.Forget(ctx, c.Store, s.gone), peer.Met(ctx, c.Store, c.Now(), s.meet...))
}
