package courier_test

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

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
	"lianluo.local/data/folder"
	"lianluo.local/data/suite"
)

// The thirty faults that an exchange over folders and sticks has to survive are numbered; each test says which
// protection it guards. What other tests hold already carries its number in their names. Nothing may be lost, doubled,
// or go wrong without a word.

// Positions in a stream tell what was stored before, whatever a file is called.
func TestFault01SameBundleManyTimes(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Alone = true
	station.Titles("一", "二")
	station.Sync()
	all := w.Bundles(apptest.County, apptest.Yuanjia)
	last, err := os.ReadFile(all[len(all)-1])
	w.Must(err)
	for i := range 100 {
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprint("第", i, "份.bundle"), last)
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprintf("up.sync-conflict-20261121-%06d-ABCDEFG.bundle", i), last)
	}
	if r := county.Sync(); r.Collected != 2 || r.Processed != 2 || len(r.Aside) > 0 {
		t.Errorf("200 copies: %+v", r)
	}
	station.Sync()
	w.Agree(county, station)
}

// What comes too early waits for what is missing, and is read again.
func TestFault02EveryOrder(t *testing.T) {
	dir := apptest.Born(t, "station "+apptest.Yuanjia, "station "+apptest.Fengshan)
	w, all := apptest.Again(t, dir, 1)
	w.Alone = true
	county, a, b := all[0], all[1], all[2]
	for i := range 5 {
		a.Titles(fmt.Sprint("甲", i))
	}
	b.Titles("乙0", "乙1")
	files, others := w.Parts(a, county), w.Parts(b, county)
	for n, order := range permutations(len(files)) {
		if n%7 != 0 && n != 119 { // eighteen of the hundred and twenty
			continue
		}
		v, homes := apptest.Again(t, dir, uint64(n))
		c := homes[0]
		for step, i := range order {
			v.Put(apptest.County, apptest.Yuanjia, fmt.Sprint(n, "-", i, ".bundle"), files[i])
			if step < len(others) {
				v.Put(apptest.County, apptest.Fengshan, fmt.Sprint(n, "-", step, ".bundle"), others[len(others)-1-step])
			}
			c.Sync()
		}
		if got := len(c.List()); got != 7 {
			t.Errorf("order %v: %d matters", order, got)
		}
		for _, unit := range []string{apptest.Yuanjia, apptest.Fengshan} {
			if p := apptest.Progress(t, c, unit); len(p.Gaps)+len(p.Aside) > 0 {
				t.Errorf("order %v: %+v", order, p)
			}
		}
		c.Healthy()
		w.Must(c.Close())
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

// Every file tells how far its writer has come, so that a missing tail shows itself; everything unacknowledged comes
// again.
func TestFault03LostForEver(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Alone = true
	station.Titles("一", "二", "三")
	self := station.Store.Self()
	files := w.Parts(station, county)
	for i := range files {
		if i != 1 {
			w.Put(apptest.County, apptest.Yuanjia, fmt.Sprint(i, ".bundle"), files[i])
		}
	}
	county.Sync()
	if p := apptest.Progress(t, county, apptest.Yuanjia); p.Stored != 1 || !slices.Equal(p.Gaps, []courier.Gap{{First: 2, Last: 3}}) {
		t.Errorf("the middle one is lost: %+v", p)
	}
	w.Settle(station, county)
	w.Agree(county, station)
	// The last one is lost; a file without entries tells.
	station.Titles("四")
	st, err := station.Store.Since(ctx, apptest.County, 4, 1<<20)
	w.Must(err)
	h := bundle.Header{Program: courier.Program, From: apptest.Yuanjia, To: apptest.County, Replica: self.Replica, Incarnation: self.Incarnation, Stream: "up",
		First: st.End + 1, Prev: st.Head, End: st.End, Made: w.Now}
	if got := w.Smuggle(county, h, nil, station.Courier.Keys().Current); !slices.Equal(got, []string{"gap"}) {
		t.Errorf("the tail is missing: %v", got)
	}
	if p := apptest.Progress(t, county, apptest.Yuanjia); len(p.Gaps) != 1 {
		t.Errorf("the tail is missing: %+v", p)
	}
	w.Settle(station, county)
	w.Agree(county, station)
}

// A file that is still growing under its name is damaged today and read again when it has changed.
func TestFault06StillGrowing(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	file := w.Parts(station, county)[0]
	for _, n := range []int{1, len(file) / 2, len(file) - 1} {
		w.Put(apptest.County, apptest.Yuanjia, "up-1-1.bundle", file[:n])
		if r := county.Sync(); r.Collected != 0 || len(r.Aside) != 1 {
			t.Errorf("%d bytes of it: %+v", n, r)
		}
	}
	w.Put(apptest.County, apptest.Yuanjia, "up-1-1.bundle", file)
	if r := county.Sync(); r.Collected != 1 || len(r.Aside) > 0 {
		t.Errorf("all of it: %+v", r)
	}
	if p := apptest.Progress(t, county, apptest.Yuanjia); len(p.Aside) > 0 {
		t.Errorf("still put aside: %+v", p)
	}
}

// Names of other programs are known, directories and links are no files, and a bundle is one by what is in it.
func TestFault07OtherProgramsFiles(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一", "二")
	files := w.Parts(station, county)
	for _, name := range []string{".syncthing.up-1-1.bundle.tmp", "~syncthing~up-1-1.bundle.tmp", ".up-1-1.bundle.part", "up-1-1.bundle.part", "~$up-1-1.bundle", ".stignore", "Thumbs.db"} {
		w.Put(apptest.County, apptest.Yuanjia, name, files[0][:100])
	}
	dir := filepath.Join(w.Folder, apptest.County, apptest.Yuanjia)
	w.Must(os.Mkdir(filepath.Join(dir, "directory.bundle"), 0o700))
	w.Must(os.Symlink("/etc/passwd", filepath.Join(dir, "link.bundle")))
	if r := county.Sync(); r.Collected != 0 || slices.ContainsFunc(r.Aside, func(a courier.Aside) bool { return a.Why != "not-a-file" }) {
		t.Errorf("strange files: %+v", r)
	}
	w.Put(apptest.County, apptest.Yuanjia, "零.bundle", nil)
	w.Put(apptest.County, apptest.Yuanjia, "é"+strings.Repeat("长", 70)+".BUNDLE", files[0])
	w.Put(apptest.County, apptest.Yuanjia, "e\u0301.Bundle", files[1])
	if r := county.Sync(); r.Collected != 2 || len(r.Aside) > 3 {
		t.Errorf("odd names: %+v", r)
	}
}

// A marker tells whose a folder is; what is empty or another's is not connected, never deleted.
func TestFault25AnothersFolder(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	ours := w.Folder
	for name, make := range map[string]func() string{
		"empty":   func() string { return t.TempDir() },
		"missing": func() string { return filepath.Join(t.TempDir(), "none") },
		"another city's": func() string {
			dir := t.TempDir()
			w.Must(apptest.Err(folder.Prepare(dir, "019ab0c0-0000-7000-8000-0000000000ff")))
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
	w.Settle(station, county)
	w.Agree(county, station)
}

// An outbox that somebody cleaned is filled again; last year's folder brings nothing new and takes nothing away.
func TestFault26CleanedAndReplayed(t *testing.T) {
	w, county, station := apptest.Pair(t)
	var old [][]byte
	for i := range 3 {
		station.Titles(fmt.Sprint("旧", i))
		station.Sync()
		for _, f := range w.Bundles(apptest.County, apptest.Yuanjia) {
			b, err := os.ReadFile(f)
			w.Must(err)
			old = append(old, b)
		}
		county.Sync()
	}
	station.Sync()
	station.Titles("新")
	station.Sync()
	w.Must(os.RemoveAll(filepath.Join(w.Folder, apptest.County)))
	w.Must(os.RemoveAll(filepath.Join(w.Folder, apptest.Yuanjia)))
	w.Settle(station, county)
	w.Agree(county, station)
	w.Later(300 * 24 * time.Hour)
	for i := range 3000 {
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprintf("%04d.bundle", i), old[i%len(old)])
	}
	if r := county.Sync(); r.Collected != 0 || len(r.Aside) > 0 {
		t.Errorf("last year's folder: %+v", r)
	}
	w.Settle(station, county)
	w.Agree(county, station)
}

// Who wrote a bundle, for whom, with which key and how far that key holds is verified before anything is believed.
func TestFault27NotToBeBelieved(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一", "二")
	self := station.Store.Self()
	st, err := station.Store.Since(ctx, apptest.County, 0, 1<<20)
	w.Must(err)
	h := bundle.Header{Program: courier.Program, From: apptest.Yuanjia, To: apptest.County, Replica: self.Replica, Incarnation: self.Incarnation, Stream: "up", First: 1, End: 2, Made: w.Now}
	own := station.Courier.Keys().Current
	s, err := suite.Named(own.Suite)
	w.Must(err)
	thief, err := s.Make(rand.Reader)
	w.Must(err)
	other, err := suite.Named(map[string]string{suite.Age: suite.SM, suite.SM: suite.Age}[own.Suite])
	w.Must(err)
	foreign, err := other.Make(rand.Reader)
	w.Must(err)
	with := func(change func(*bundle.Header)) bundle.Header { g := h; change(&g); return g }
	for _, c := range []struct {
		what string
		h    bundle.Header
		own  suite.Secret
		why  string
	}{
		{"for somebody else", with(func(h *bundle.Header) { h.To = apptest.City }), own, "not-for-us"},
		{"signed by a stranger's key", h, thief, "other-key"},
		{"from a computer that nobody knows", with(func(h *bundle.Header) { h.Replica[0]++ }), own, "stranger"},
		{"a thousand million entries ahead", with(func(h *bundle.Header) { h.First, h.End = 1_000_000_000, 1_000_000_001 }), own, "gap"},
	} {
		if got := w.Smuggle(county, c.h, st.Records, c.own); !slices.Equal(got, []string{c.why}) {
			t.Errorf("%s: %v", c.what, got)
		}
	}
	var b bytes.Buffer
	public, err := other.Public(foreign)
	w.Must(err)
	g, err := bundle.Seal(&b, h, st.Records, []suite.Public{public}, foreign)
	w.Must(err)
	w.Put(apptest.County, apptest.Yuanjia, bundle.Name(g), b.Bytes())
	if r := county.Sync(); r.Collected != 0 || !slices.ContainsFunc(r.Aside, func(a courier.Aside) bool { return filepath.Base(a.File) == bundle.Name(g) }) {
		t.Errorf("in another suite: %+v", r)
	}
	if len(county.List()) > 0 {
		t.Error("something of it was believed")
	}
	if p := apptest.Progress(t, county, apptest.Yuanjia); len(p.Aside) != 5 {
		t.Errorf("not all of it is named: %+v", p.Aside)
	}
	w.Settle(station, county)
	if len(county.List()) != 2 {
		t.Error("what is true does not come through any more")
	}
}

// A scan decides what lies there, however much came at once and whether anybody noticed.
func TestFault29NobodyNoticed(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Alone = true
	station.Titles("一", "二", "三")
	files := w.Parts(station, county)
	for i := range 5000 {
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprintf("垃圾%05d.bundle.tmp", i), nil)
	}
	for i, f := range files {
		w.Put(apptest.County, apptest.Yuanjia, fmt.Sprint(i, ".bundle"), f)
	}
	poke, done := make(chan struct{}, 1), make(chan courier.Round, 9)
	go county.Watch(t.Context(), county.Clerk(), poke, func(r app.Round, err error) {
		if err == nil {
			done <- r.Round
		}
	})
	if r := <-done; r.Collected != 3 {
		t.Errorf("the first look brought %+v", r)
	}
	poke <- struct{}{}
	<-done
}
