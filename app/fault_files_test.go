package app_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/journal"
	"lianluo.local/data/suite"
)

// The thirty faults that an exchange over folders and sticks has to survive are numbered; each test says which protection it
// guards. What other tests hold already carries its number in their names. Nothing may be lost, doubled, or go wrong without
// a word.

// parts seals every entry of a station apart, and gives the files in the order of their stream. The folder is left empty of its bundles.
func (w *world) parts(from *office, to *office, records ...journal.Record) (files [][]byte) {
	w.t.Helper()
	self := from.Store.Self()
	st, err := from.Store.Since(ctx, to.Settings.Unit, 0, 1<<20)
	w.must(err)
	if records == nil {
		records = st.Records
	}
	var head journal.Hash
	for i, r := range records {
		var b bytes.Buffer
		h, err := bundle.Seal(&b, bundle.Header{Program: courier.Program, From: from.Settings.Unit, To: to.Settings.Unit, Replica: self.Replica, Incarnation: self.Incarnation,
			Stream: "up", First: uint64(i + 1), Prev: head, End: uint64(i + 1), Made: w.now}, []journal.Record{r}, []suite.Public{to.Courier.Keys.Public()}, from.Courier.Keys.Current)
		w.must(err)
		head = h.Head
		files = append(files, b.Bytes())
	}
	for _, f := range w.bundles(to.Settings.Unit, from.Settings.Unit) {
		w.must(os.Remove(f))
	}
	return files
}

// put lays a file between two units.
func (w *world) put(to, from, name string, b []byte) string {
	w.t.Helper()
	file := filepath.Join(w.folder, to, from, name)
	w.must(os.MkdirAll(filepath.Dir(file), 0o700))
	w.must(os.WriteFile(file, b, 0o600))
	return file
}

// Positions in a stream tell what was stored before, whatever a file is called.
func TestFault01SameBundleManyTimes(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二")
	station.sync()
	all := w.bundles(countyUnit, yuanjia)
	last, err := os.ReadFile(all[len(all)-1])
	w.must(err)
	for i := range 100 {
		w.put(countyUnit, yuanjia, fmt.Sprint("第", i, "份.bundle"), last)
		w.put(countyUnit, yuanjia, fmt.Sprintf("up.sync-conflict-20261121-%06d-ABCDEFG.bundle", i), last)
	}
	if r := county.sync(); r.Collected != 2 || r.Processed != 2 || len(r.Aside) > 0 {
		t.Errorf("200 copies: %+v", r)
	}
	station.sync()
	w.agree(county, station)
}

// What comes too early waits for what is missing, and is read again.
func TestFault02EveryOrder(t *testing.T) {
	dir := born(t, "station "+yuanjia, "station "+fengshan)
	w, all := again(t, dir, 1)
	county, a, b := all[0], all[1], all[2]
	for i := range 5 {
		a.titles(fmt.Sprint("甲", i))
	}
	b.titles("乙0", "乙1")
	files, others := w.parts(a, county), w.parts(b, county)
	for n, order := range permutations(len(files)) {
		if n%7 != 0 && n != 119 { // eighteen of the hundred and twenty
			continue
		}
		v, homes := again(t, dir, uint64(n))
		c := homes[0]
		for step, i := range order {
			v.put(countyUnit, yuanjia, fmt.Sprint(n, "-", i, ".bundle"), files[i])
			if step < len(others) {
				v.put(countyUnit, fengshan, fmt.Sprint(n, "-", step, ".bundle"), others[len(others)-1-step])
			}
			c.sync()
		}
		if got := len(c.list()); got != 7 {
			t.Errorf("order %v: %d matters", order, got)
		}
		for _, unit := range []string{yuanjia, fengshan} {
			if p := progress(t, c, unit); len(p.Gaps)+len(p.Aside) > 0 {
				t.Errorf("order %v: %+v", order, p)
			}
		}
		c.healthy()
		w.must(c.Close())
	}
}

func permutations(n int) (all [][]int) {
	if n == 0 {
		return [][]int{nil}
	}
	for _, p := range permutations(n - 1) {
		for at := range n {
			all = append(all, slices.Insert(slices.Clone(p), at, n-1))
		}
	}
	return all
}

// Every file tells how far its writer has come, so that a missing tail shows itself; everything unacknowledged comes again.
func TestFault03LostForEver(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二", "三")
	self := station.Store.Self()
	files := w.parts(station, county)
	for i := range files {
		if i != 1 {
			w.put(countyUnit, yuanjia, fmt.Sprint(i, ".bundle"), files[i])
		}
	}
	county.sync()
	if p := progress(t, county, yuanjia); p.Stored != 1 || !slices.Equal(p.Gaps, []courier.Gap{{First: 2, Last: 3}}) {
		t.Errorf("the middle one is lost: %+v", p)
	}
	w.settle(station, county)
	w.agree(county, station)
	// The last one is lost; a file without entries tells.
	station.titles("四")
	st, err := station.Store.Since(ctx, countyUnit, 4, 1<<20)
	w.must(err)
	h := bundle.Header{Program: courier.Program, From: yuanjia, To: countyUnit, Replica: self.Replica, Incarnation: self.Incarnation, Stream: "up",
		First: st.End + 1, Prev: st.Head, End: st.End, Made: w.now}
	if got := w.smuggle(county, h, nil, station.Courier.Keys.Current); !slices.Equal(got, []string{"gap"}) {
		t.Errorf("the tail is missing: %v", got)
	}
	if p := progress(t, county, yuanjia); len(p.Gaps) != 1 {
		t.Errorf("the tail is missing: %+v", p)
	}
	w.settle(station, county)
	w.agree(county, station)
}

// A file that is still growing under its name is damaged today and read again when it has changed.
func TestFault06StillGrowing(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	file := w.parts(station, county)[0]
	for _, n := range []int{1, len(file) / 2, len(file) - 1} {
		w.put(countyUnit, yuanjia, "up-1-1.bundle", file[:n])
		if r := county.sync(); r.Collected != 0 || len(r.Aside) != 1 {
			t.Errorf("%d bytes of it: %+v", n, r)
		}
	}
	w.put(countyUnit, yuanjia, "up-1-1.bundle", file)
	if r := county.sync(); r.Collected != 1 || len(r.Aside) > 0 {
		t.Errorf("all of it: %+v", r)
	}
	if p := progress(t, county, yuanjia); len(p.Aside) > 0 {
		t.Errorf("still put aside: %+v", p)
	}
}

// Names of other programs are known, directories and links are no files, and a bundle is one by what is in it.
func TestFault07OtherProgramsFiles(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二")
	files := w.parts(station, county)
	for _, name := range []string{".syncthing.up-1-1.bundle.tmp", "~syncthing~up-1-1.bundle.tmp", ".up-1-1.bundle.part", "up-1-1.bundle.part", "~$up-1-1.bundle", ".stignore", "Thumbs.db"} {
		w.put(countyUnit, yuanjia, name, files[0][:100])
	}
	dir := filepath.Join(w.folder, countyUnit, yuanjia)
	w.must(os.Mkdir(filepath.Join(dir, "directory.bundle"), 0o700))
	w.must(os.Symlink("/etc/passwd", filepath.Join(dir, "link.bundle")))
	if r := county.sync(); r.Collected != 0 || slices.ContainsFunc(r.Aside, func(a courier.Aside) bool { return a.Why != "not-a-file" }) {
		t.Errorf("strange files: %+v", r)
	}
	w.put(countyUnit, yuanjia, "零.bundle", nil)
	w.put(countyUnit, yuanjia, "é"+strings.Repeat("长", 70)+".BUNDLE", files[0])
	w.put(countyUnit, yuanjia, "e\u0301.Bundle", files[1])
	if r := county.sync(); r.Collected != 2 || len(r.Aside) > 3 {
		t.Errorf("odd names: %+v", r)
	}
}

// A marker tells whose a folder is; what is empty or another's is not connected, never deleted.
func TestFault25AnothersFolder(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	ours := w.folder
	for name, make := range map[string]func() string{
		"empty":   func() string { return t.TempDir() },
		"missing": func() string { return filepath.Join(t.TempDir(), "none") },
		"another city's": func() string {
			dir := t.TempDir()
			w.must(second(folder.Prepare(dir, "019ab0c0-0000-7000-8000-0000000000ff")))
			return dir
		},
	} {
		station.Settings.Folder = make()
		_, err := station.Courier.Sync(ctx)
		if err == nil {
			t.Errorf("%s: it was taken for ours", name)
		}
		if list, _ := filepath.Glob(filepath.Join(station.Settings.Folder, "*", "*", "*")); len(list) > 0 {
			t.Errorf("%s: %v lie there now", name, list)
		}
	}
	station.Settings.Folder = ours
	w.settle(station, county)
	w.agree(county, station)
}

// An outbox that somebody cleaned is filled again; last year's folder brings nothing new and takes nothing away.
func TestFault26CleanedAndReplayed(t *testing.T) {
	w, county, station := pair(t)
	var old [][]byte
	for i := range 3 {
		station.titles(fmt.Sprint("旧", i))
		station.sync()
		for _, f := range w.bundles(countyUnit, yuanjia) {
			b, err := os.ReadFile(f)
			w.must(err)
			old = append(old, b)
		}
		county.sync()
	}
	station.sync()
	station.titles("新")
	station.sync()
	w.must(os.RemoveAll(filepath.Join(w.folder, countyUnit)))
	w.must(os.RemoveAll(filepath.Join(w.folder, yuanjia)))
	w.settle(station, county)
	w.agree(county, station)
	w.later(300 * 24 * time.Hour)
	for i := range 3000 {
		w.put(countyUnit, yuanjia, fmt.Sprintf("%04d.bundle", i), old[i%len(old)])
	}
	if r := county.sync(); r.Collected != 0 || len(r.Aside) > 0 {
		t.Errorf("last year's folder: %+v", r)
	}
	w.settle(station, county)
	w.agree(county, station)
}

// Who wrote a bundle, for whom, with which key and how far that key holds is verified before anything is believed.
func TestFault27NotToBeBelieved(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二")
	self := station.Store.Self()
	st, err := station.Store.Since(ctx, countyUnit, 0, 1<<20)
	w.must(err)
	h := bundle.Header{Program: courier.Program, From: yuanjia, To: countyUnit, Replica: self.Replica, Incarnation: self.Incarnation, Stream: "up", First: 1, End: 2, Made: w.now}
	own := station.Courier.Keys.Current
	s, err := suite.Named(suite.Age)
	w.must(err)
	thief, err := s.Make(rand.Reader)
	w.must(err)
	sm, err := suite.Named(suite.SM)
	w.must(err)
	foreign, err := sm.Make(rand.Reader)
	w.must(err)
	with := func(change func(*bundle.Header)) bundle.Header { g := h; change(&g); return g }
	for _, c := range []struct {
		what string
		h    bundle.Header
		own  suite.Secret
		why  string
	}{
		{"for somebody else", with(func(h *bundle.Header) { h.To = cityUnit }), own, "not-for-us"},
		{"signed by a stranger's key", h, thief, "other-key"},
		{"from a computer that nobody knows", with(func(h *bundle.Header) { h.Replica[0]++ }), own, "stranger"},
		{"a thousand million entries ahead", with(func(h *bundle.Header) { h.First, h.End = 1_000_000_000, 1_000_000_001 }), own, "gap"},
	} {
		if got := w.smuggle(county, c.h, st.Records, c.own); !slices.Equal(got, []string{c.why}) {
			t.Errorf("%s: %v", c.what, got)
		}
	}
	var b bytes.Buffer
	public, err := sm.Public(foreign)
	w.must(err)
	g, err := bundle.Seal(&b, h, st.Records, []suite.Public{public}, foreign)
	w.must(err)
	w.put(countyUnit, yuanjia, bundle.Name(g), b.Bytes())
	if r := county.sync(); r.Collected != 0 || !slices.ContainsFunc(r.Aside, func(a courier.Aside) bool { return filepath.Base(a.File) == bundle.Name(g) }) {
		t.Errorf("in another suite: %+v", r)
	}
	if len(county.list()) > 0 {
		t.Error("something of it was believed")
	}
	if p := progress(t, county, yuanjia); len(p.Aside) != 5 {
		t.Errorf("not all of it is named: %+v", p.Aside)
	}
	w.settle(station, county)
	if len(county.list()) != 2 {
		t.Error("what is true does not come through any more")
	}
}

// A scan decides what lies there, however much came at once and whether anybody noticed.
func TestFault29NobodyNoticed(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一", "二", "三")
	files := w.parts(station, county)
	for i := range 5000 {
		w.put(countyUnit, yuanjia, fmt.Sprintf("垃圾%05d.bundle.tmp", i), nil)
	}
	for i, f := range files {
		w.put(countyUnit, yuanjia, fmt.Sprint(i, ".bundle"), f)
	}
	poke, done := make(chan struct{}, 1), make(chan courier.Round, 9)
	go county.Courier.Watch(t.Context(), poke, func(r courier.Round, err error) {
		if err == nil {
			done <- r
		}
	})
	if r := <-done; r.Collected != 3 {
		t.Errorf("the first look brought %+v", r)
	}
	poke <- struct{}{}
	<-done
}
