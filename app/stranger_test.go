package app_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
)

// junk lays files into a directory of the folder that nobody can believe, and gives their names.
func (w *world) junk(n int, dir, name string, b []byte) (names []string) {
	w.t.Helper()
	w.must(os.MkdirAll(filepath.Join(w.folder, dir), 0o755))
	for i := range n {
		sum := sha256.Sum256(fmt.Append(nil, dir, name, i))
		file := strings.NewReplacer("#", fmt.Sprint(i), "@", fmt.Sprintf("%x", sum[:8])).Replace(name)
		w.must(os.WriteFile(filepath.Join(w.folder, dir, file), b, 0o600))
		names = append(names, file)
	}
	return names
}

// Whoever throws files of all kinds into the folder, under whatever names, in his own directory or in another's, keeps nobody from
// hearing: the honest file among them is read in the round in which it comes, a few are named and the rest is counted, and the home
// does not grow with them.
func TestHonestFileAmongJunk(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	b, err := os.ReadFile(w.bundles(countyUnit, yuanjia)[0])
	w.must(err)
	mine := filepath.Join(countyUnit, yuanjia)
	for dir, names := range map[string][]string{
		mine:                                {"j#.bundle", "up-1-1-5-@.bundle", "up-1-3-3-@.bundle", "keys-@.keylist", "keys-@.keychange", "enrol-@.request", "enrol-@.certificate"},
		filepath.Join(countyUnit, fengshan): {"j#.bundle", "enrol-@.request", "keys-@.keylist"},
		filepath.Join(countyUnit, "999999999999"): {"j#.bundle"},
		countyUnit:                            {"j#.bundle"},
		"":                                    {"j#.bundle"},
		filepath.Join(yuanjia, countyUnit):    {"keys-@.keylist", "down-1-1-9-@.bundle"},
		filepath.Join(yuanjia, "14110000000"): {"enrol-@.certificate"},
	} {
		for _, name := range names {
			w.junk(150, dir, name, []byte("x\n"))
		}
	}
	w.junk(150, mine, "kopie #.bundle", b)
	w.junk(150, mine, "up-1-1-1-@.bundle", append(bytes.Clone(b[:len(b)-1]), b[len(b)-1]^1))
	w.junk(150, mine, "up-2-1-1-@.bundle", b[:len(b)/2])
	station.titles("二")
	station.sync()
	if r := county.sync(); !county.known("二") || len(r.Aside) > 1000 || r.More == 0 {
		t.Errorf("二 is known: %v; %d are named, %d counted", county.known("二"), len(r.Aside), r.More)
	}
	county.do(county.list()[0].Matter, `{"do":"urge","note":"快"}`)
	w.settle(station, county)
	if n := len(station.list()[0].History); n != 2 {
		t.Errorf("the station knows of %d acts", n)
	}
	p := progress(t, county, yuanjia)
	if len(p.Aside) > 101+100 || p.More < 1000 {
		t.Errorf("%d are named, %d counted", len(p.Aside), p.More)
	}
	copies, err := os.ReadDir(county.Home.Aside())
	w.must(err)
	if len(copies) == 0 || len(copies) > 200 {
		t.Errorf("%d copies are kept", len(copies))
	}
	w.agree(county, station)
}

// What was refused is not opened again as it lies; when it has grown, or something else came in its place, it is.
func TestRefusedFilesStayClosed(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	good := w.bundles(countyUnit, yuanjia)[0]
	for _, name := range w.bundles(countyUnit, yuanjia) {
		if b, _ := os.ReadFile(name); len(b) > 0 {
			if h, err := bundle.Peek(bytes.NewReader(b)); err == nil && h.Last > 0 {
				good = name
			}
		}
	}
	whole, err := os.ReadFile(good)
	w.must(err)
	w.must(os.WriteFile(good, whole[:len(whole)-10], 0o600)) // it is still being copied
	told := func() (list []courier.Aside) { return county.sync().Aside }
	if got := told(); len(got) != 1 || got[0].Why != "damaged" || county.known("一") {
		t.Fatalf("half a file: %v", got)
	}
	info, err := os.Stat(good)
	w.must(err)
	w.must(os.WriteFile(good, append(bytes.Clone(whole[:len(whole)-11]), 'x'), 0o600)) // whoever opened it would not know
	w.must(os.Chtimes(good, info.ModTime(), info.ModTime()))
	before := told()
	if len(before) != 1 || before[0].Why != "damaged" {
		t.Errorf("a round later: %v", before)
	}
	w.must(os.WriteFile(good, whole, 0o600)) // the rest has come
	if got := told(); len(got) != 0 || !county.known("一") {
		t.Errorf("the whole file: %v", got)
	}
	for i, again := range [][]byte{[]byte("x"), []byte("y"), whole} { // another one is copied over it, or in its place
		station.titles(fmt.Sprint("又", i))
		w.must(os.WriteFile(filepath.Join(filepath.Dir(good), "x.bundle"), again, 0o600))
		later := w.now.Add(time.Duration(i+1) * time.Hour)
		w.must(os.Chtimes(filepath.Join(filepath.Dir(good), "x.bundle"), later, later))
		if got := told(); (len(got) == 1) != (i < 2) {
			t.Errorf("replaced %d times: %v", i, got)
		}
	}
	w.settle(station, county)
	w.agree(county, station)
}

// A stranger's files are read as soon as he is let in; a file that came too early, as soon as the one before it is here.
func TestRefusedFilesAreReadWhenTheirTimeComes(t *testing.T) {
	w, county, station := pair(t)
	other := w.setUp("station", fengshan)
	other.sync()
	w.must(other.Courier.Follow(ctx, county.Courier.Print()))
	old := county.keepCopy()
	station.titles("一")
	w.settle(station, county)
	away := filepath.Join(w.folder, "away")
	dir := filepath.Join(w.folder, countyUnit, yuanjia)
	w.must(os.Rename(dir, away))
	county.setBack(old)
	station.titles("二")
	station.sync()
	if r := county.sync(); !slices.ContainsFunc(r.Aside, func(a courier.Aside) bool { return a.Why == "gap" }) {
		t.Fatalf("what came too early: %+v", r)
	}
	county.sync()
	files, err := filepath.Glob(filepath.Join(away, "*"))
	w.must(err)
	for _, file := range files {
		w.copy(file, filepath.Join(dir, filepath.Base(file)))
	}
	if r := county.sync(); !county.known("一") || !county.known("二") {
		t.Errorf("in the round in which the first came: %+v", r)
	}
	w.must(second(county.Courier.Accept(ctx, fengshan, other.Courier.Print())))
	other.titles("三")
	w.settle(other, county, station)
	w.agree(county, station, other)
}

// Copies of what was set aside have a limit, in number and in bytes by what they would become; large ones are not copied.
func TestCopiesAsideHaveALimit(t *testing.T) {
	w, county, _ := pair(t)
	w.junk(300, filepath.Join(countyUnit, yuanjia), "a#.bundle", []byte("x"))
	for i := range 20 {
		file := filepath.Join(w.folder, countyUnit, fmt.Sprintf("1411020020%02d", i), "sparse.bundle")
		w.must(os.MkdirAll(filepath.Dir(file), 0o755))
		w.must(os.WriteFile(file, nil, 0o600))
		w.must(os.Truncate(file, map[bool]int64{true: 64 << 20, false: 10 << 20}[i%2 == 0]))
	}
	for range 4 {
		county.sync()
	}
	copies, err := os.ReadDir(county.Home.Aside())
	w.must(err)
	size := int64(0)
	for _, c := range copies {
		info, err := c.Info()
		w.must(err)
		if size += info.Size(); info.Size() > 12<<20 {
			t.Errorf("%s of %d bytes was copied", c.Name(), info.Size())
		}
	}
	if len(copies) == 0 || len(copies) > 200 || size > 64<<20 {
		t.Errorf("%d copies of %d bytes", len(copies), size)
	}
}

// BenchmarkRoundAmongJunk is a round in a folder of which nothing is ours but a hundred thousand files; "empty" is one without them.
func BenchmarkRoundAmongJunk(b *testing.B) {
	for _, n := range []int{0, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := &world{t: b, now: evening, folder: fast(b)}
			county, station := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
			w.enrol(station, county)
			w.settle(station, county)
			w.junk(n/2, filepath.Join(countyUnit, yuanjia), "j#.bundle", []byte("x\n"))
			w.junk(n/2, filepath.Join(countyUnit, yuanjia), "up-1-1-5-@.bundle", []byte("x\n"))
			county.sync()
			for b.Loop() {
				county.sync()
			}
		})
	}
}
