package app_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"lianluo.local/app/apptest"
	"lianluo.local/app/explain"
	"lianluo.local/data/bundle"
	"lianluo.local/data/peer"
	"lianluo.local/data/suite"
	"lianluo.local/data/unit"
)

// refused are the deeds of which nothing is taken, whatever the dice say: the office above him names him for each.
var refused = []string{"act on another's matter", "first word under another's id", "another's number taken before", "depth without measure", "words of others, altered"}

// namesHim fails where the office above does not say of him that something is wrong, in a life of his own: of files
// that stand against those of his own program nothing needs to be said once the words of that one are here.
func (l *liar) namesHim(t *testing.T, d deed) {
	if l.who != "station" || l.self.Incarnation == l.home.Store.Self().Incarnation || !slices.Contains(refused, d.name) {
		return
	}
	p := apptest.Progress(t, l.office(l.home.Settings.Parent), l.unit)
	if len(p.Faults)+len(p.Aside)+len(p.Gaps)+p.Forks+p.Waiting == 0 && p.Diverged == "" {
		l.w.T.Errorf("nothing is said of him: %+v", p)
	}
}

func union(a, b map[string]string) map[string]bool {
	all := map[string]bool{}
	for _, m := range []map[string]string{a, b} {
		for k := range m {
			all[k] = true
		}
	}
	return all
}

// unharmed fails where an honest home's page or check says something of an honest one, where a number stands twice, or
// where the traitor's words stand in a name that is not his; but an office is believed in what computers there are
// below it.
func unharmed(o *apptest.Seat, l *liar) {
	w := o.World
	rep, err := o.Store.Check(ctx, o.Settings.Unit)
	w.Must(err)
	for _, f := range rep.Problems {
		p := explain.Finding(f)
		if !slices.ContainsFunc([]string{thief, neighbour, village}, func(unit string) bool { return strings.Contains(p, unit) && !honestly(unit, l.who) }) && !strings.Contains(p, l.unit) {
			w.T.Errorf("check of %s: %s", o.Settings.Unit, p)
		}
	}
	ps, err := o.Courier.Status(ctx)
	w.Must(err)
	for _, p := range ps {
		if l.home != nil && p.Unit == l.unit {
			continue
		}
		p.Aside = slices.DeleteFunc(p.Aside, l.laid)
		if p.Diverged != "" || p.Waiting > 0 || len(p.Gaps) > 0 || len(p.Aside) > 0 || p.Unacked > 0 || p.Forks > 0 || p.Revoked || p.Out || p.Silent {
			w.T.Errorf("%s about %s: %+v", o.Settings.Unit, p.Unit, p)
		}
	}
	for _, p := range second2(peer.Peers(ctx, o.Store)) {
		if p.Mute && p.Unit != l.unit {
			w.T.Errorf("%s tells %s nothing", o.Settings.Unit, p.Unit)
		}
	}
	numbers := map[string]string{}
	for _, v := range o.List() {
		if unit := numbers[v.Number]; unit != "" && (honestly(unit, l.who) || honestly(v.Unit, l.who)) {
			w.T.Errorf("%s: %s stands twice", o.Settings.Unit, v.Number)
		}
		if numbers[v.Number] = v.Unit; v.Station != v.Unit && l.office(v.Station) != nil || !slices.Contains([]string{apptest.Yuanjia, apptest.Fengshan, thief, village}, v.Unit) {
			w.T.Errorf("%s: a matter of %s at %s", o.Settings.Unit, v.Unit, v.Station)
		}
		for _, e := range v.History {
			if by := l.office(e.Unit); by != l.home && o.Settings.Parent != l.unit && (!l.named[e.ID.Replica] || !unit.Above(l.unit, e.Unit)) && (by == nil || by.Store.Self().Replica != e.ID.Replica) {
				w.T.Errorf("%s: a word of %s in %s that it did not write: %s", o.Settings.Unit, e.Unit, v.Number, e.Do)
			}
		}
	}
}

func second2[T any](v T, _ error) T { return v }

// leaks fails where private words of an honest station lie in a home that may not have them, or open in the folder, or
// sealed for the traitor.
func (l *liar) leaks() {
	w := l.w
	reads := func(dir string) (all []byte) {
		w.Must(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !strings.HasPrefix(d.Name(), "search") {
				var b []byte
				if b, err = os.ReadFile(path); len(b) < 4<<20 {
					all = append(all, b...)
				}
			}
			if errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
			return err
		}))
		return all
	}
	for _, o := range l.all {
		b := reads(o.Courier.Home)
		for _, unit := range []string{apptest.Yuanjia, apptest.Fengshan, village} {
			for _, sealed := range []bool{false, true} {
				above := unit[:6]+"000000" == o.Settings.Unit
				for _, m := range marks(unit, sealed) {
					if may := unit == o.Settings.Unit || above && !sealed; !may && bytes.Contains(b, []byte(m)) {
						w.T.Errorf("%s has private words of %s: %s", o.Settings.Unit, unit, m)
					}
				}
			}
		}
	}
	opened := append(reads(w.Folder), l.opens()...)
	for _, unit := range []string{apptest.Yuanjia, apptest.Fengshan, village} {
		for _, m := range append(marks(unit, true), marks(unit, false)...) {
			if ordinary := slices.Contains(marks(unit, false), m); bytes.Contains(opened, []byte(m)) && (!ordinary || l.unit != unit[:6]+"000000") {
				w.T.Errorf("the traitor can read of %s: %s", unit, m)
			}
		}
	}
}

// opens is what all bundles of the folder say to who has the traitor's keys.
func (l *liar) opens() (all []byte) {
	files, err := filepath.Glob(filepath.Join(l.w.Folder, "*", "*", "*.bundle"))
	l.w.Must(err)
	s := second2(suite.Named(suite.Age))
	z := second2(zstd.NewReader(nil, zstd.WithDecoderMaxMemory(8<<20)))
	defer z.Close()
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			continue // a directory of that name
		}
		h, err := bundle.Peek(bytes.NewReader(b))
		if err != nil || h.Replica == l.card.Replica || int64(len(b)) < h.Size {
			continue
		}
		if packed, err := s.Decrypt(b[int64(len(b))-h.Size:], l.keys.Keys()); err == nil {
			plain, _ := z.DecodeAll(packed, nil)
			all = append(all, plain...)
		}
	}
	return all
}
