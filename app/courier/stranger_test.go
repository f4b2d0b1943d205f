package courier_test

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

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/data/bundle"
)

// junk lays files into a directory of the folder that nobody can believe, and gives their names.
func junk(w *apptest.World, n int, dir, name string, b []byte) (names []string) {
	w.T.Helper()
	w.Must(os.MkdirAll(filepath.Join(w.Folder, dir), 0o755))
	for i := range n {
		sum := sha256.Sum256(fmt.Append(nil, dir, name, i))
		file := strings.NewReplacer("#", fmt.Sprint(i), "@", fmt.Sprintf("%x", sum[:8])).Replace(name)
		w.Must(os.WriteFile(filepath.Join(w.Folder, dir, file), b, 0o600))
		names = append(names, file)
	}
	return names
}

// Whoever throws files of all kinds into the folder, under whatever names, in his own directory or in another's, keeps
// nobody from hearing: the honest file among them is read in the round in which it comes, a few are named and the rest
// is counted, and the home does not grow with them.
func TestHonestFileAmongJunk(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	b, err := os.ReadFile(w.Bundles(apptest.County, apptest.Yuanjia)[0])
	w.Must(err)
	mine := filepath.Join(apptest.County, apptest.Yuanjia)
	for dir, names := range map[string][]string{
		mine: {"j#.bundle", "up-1-1-5-@.bundle", "up-1-3-3-@.bundle", "keys-@.keylist", "keys-@.keychange", "enrol-@.request", "enrol-@.certificate"},
		filepath.Join(apptest.County, apptest.Fengshan): {"j#.bundle", "enrol-@.request", "keys-@.keylist"},
		filepath.Join(apptest.County, "999999999999"):   {"j#.bundle"},
		apptest.County: {"j#.bundle"},
		"":             {"j#.bundle"},
		filepath.Join(apptest.Yuanjia, apptest.County): {"keys-@.keylist", "down-1-1-9-@.bundle"},
		filepath.Join(apptest.Yuanjia, "14110000000"):  {"enrol-@.certificate"},
	} {
		for _, name := range names {
			junk(w, 150, dir, name, []byte("x\n"))
		}
	}
	junk(w, 150, mine, "kopie #.bundle", b)
	junk(w, 150, mine, "up-1-1-1-@.bundle", append(bytes.Clone(b[:len(b)-1]), b[len(b)-1]^1))
	junk(w, 150, mine, "up-2-1-1-@.bundle", b[:len(b)/2])
	station.Titles("二")
	station.Sync()
	if r := county.Sync(); !county.Known("二") || len(r.Aside) > 1000 || r.More == 0 {
		t.Errorf("二 is known: %v; %d are named, %d counted", county.Known("二"), len(r.Aside), r.More)
	}
	county.Do(county.List()[0].Matter, `{"do":"urge","note":"快"}`)
	w.Settle(station, county)
	if n := len(station.List()[0].History); n != 2 {
		t.Errorf("the station knows of %d acts", n)
	}
	p := apptest.Progress(t, county, apptest.Yuanjia)
	if len(p.Aside) > 101+100 || p.More < 1000 {
		t.Errorf("%d are named, %d counted", len(p.Aside), p.More)
	}
	copies, err := os.ReadDir(county.Home.Aside())
	w.Must(err)
	if len(copies) == 0 || len(copies) > 200 {
		t.Errorf("%d copies are kept", len(copies))
	}
	w.Agree(county, station)
}

// What was refused is not opened again as it lies; when it has grown, or something else came in its place, it is.
func TestRefusedFilesStayClosed(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	station.Sync()
	good := w.Bundles(apptest.County, apptest.Yuanjia)[0]
	for _, name := range w.Bundles(apptest.County, apptest.Yuanjia) {
		if b, _ := os.ReadFile(name); len(b) > 0 {
			if h, err := bundle.Peek(bytes.NewReader(b)); err == nil && h.Last > 0 {
				good = name
			}
		}
	}
	whole, err := os.ReadFile(good)
	w.Must(err)
	w.Must(os.WriteFile(good, whole[:len(whole)-10], 0o600)) // it is still being copied
	told := func() (list []courier.Aside) { return county.Sync().Aside }
	if got := told(); len(got) != 1 || got[0].Why != "damaged" || county.Known("一") {
		t.Fatalf("half a file: %v", got)
	}
	info, err := os.Stat(good)
	w.Must(err)
	w.Must(os.WriteFile(good, append(bytes.Clone(whole[:len(whole)-11]), 'x'), 0o600)) // whoever opened it would not know
	w.Must(os.Chtimes(good, info.ModTime(), info.ModTime()))
	before := told()
	if len(before) != 1 || before[0].Why != "damaged" {
		t.Errorf("a round later: %v", before)
	}
	w.Must(os.WriteFile(good, whole, 0o600)) // the rest has come
	if got := told(); len(got) != 0 || !county.Known("一") {
		t.Errorf("the whole file: %v", got)
	}
	for i, again := range [][]byte{[]byte("x"), []byte("y"), whole} { // another one is copied over it, or in its place
		station.Titles(fmt.Sprint("又", i))
		w.Must(os.WriteFile(filepath.Join(filepath.Dir(good), "x.bundle"), again, 0o600))
		later := w.Now.Add(time.Duration(i+1) * time.Hour)
		w.Must(os.Chtimes(filepath.Join(filepath.Dir(good), "x.bundle"), later, later))
		if got := told(); (len(got) == 1) != (i < 2) {
			t.Errorf("replaced %d times: %v", i, got)
		}
	}
	w.Settle(station, county)
	w.Agree(county, station)
}

// A stranger's files are read as soon as he is let in; a file that came too early, as soon as the one before it is
// here.
func TestRefusedFilesAreReadWhenTheirTimeComes(t *testing.T) {
	w, county, station := apptest.Pair(t)
	other := w.SetUp("station", apptest.Fengshan)
	other.Sync()
	w.Must(other.Courier.Follow(ctx, county.Courier.Print()))
	old := county.KeepCopy()
	station.Titles("一")
	w.Settle(station, county)
	away := filepath.Join(w.Folder, "away")
	dir := filepath.Join(w.Folder, apptest.County, apptest.Yuanjia)
	w.Must(os.Rename(dir, away))
	county.SetBack(old)
	station.Titles("二")
	station.Sync()
	if r := county.Sync(); !slices.ContainsFunc(r.Aside, func(a courier.Aside) bool { return a.Why == "gap" }) {
		t.Fatalf("what came too early: %+v", r)
	}
	county.Sync()
	files, err := filepath.Glob(filepath.Join(away, "*"))
	w.Must(err)
	for _, file := range files {
		w.Copy(file, filepath.Join(dir, filepath.Base(file)))
	}
	if r := county.Sync(); !county.Known("一") || !county.Known("二") {
		t.Errorf("in the round in which the first came: %+v", r)
	}
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Fengshan, other.Courier.Print())))
	other.Titles("三")
	w.Settle(other, county, station)
	w.Agree(county, station, other)
}

// Copies of what was set aside have a limit, in number and in bytes by what they would become; large ones are not
// copied.
func TestCopiesAsideHaveALimit(t *testing.T) {
	w, county, _ := apptest.Pair(t)
	junk(w, 300, filepath.Join(apptest.County, apptest.Yuanjia), "a#.bundle", []byte("x"))
	for i := range 20 {
		file := filepath.Join(w.Folder, apptest.County, fmt.Sprintf("1411020020%02d", i), "sparse.bundle")
		w.Must(os.MkdirAll(filepath.Dir(file), 0o755))
		w.Must(os.WriteFile(file, nil, 0o600))
		w.Must(os.Truncate(file, map[bool]int64{true: 64 << 20, false: 10 << 20}[i%2 == 0]))
	}
	for range 4 {
		county.Sync()
	}
	copies, err := os.ReadDir(county.Home.Aside())
	w.Must(err)
	size := int64(0)
	for _, c := range copies {
		info, err := c.Info()
		w.Must(err)
		if size += info.Size(); info.Size() > 12<<20 {
			t.Errorf("%s of %d bytes was copied", c.Name(), info.Size())
		}
	}
	if len(copies) == 0 || len(copies) > 200 || size > 64<<20 {
		t.Errorf("%d copies of %d bytes", len(copies), size)
	}
}

// BenchmarkRoundAmongJunk is a round in a folder of which nothing is ours but a hundred thousand files; "empty" is one
// without them.
func BenchmarkRoundAmongJunk(b *testing.B) {
	for _, n := range []int{0, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := &apptest.World{T: b, Now: apptest.Evening, Folder: apptest.Dir(b)}
			county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
			w.Enrol(station, county)
			w.Settle(station, county)
			junk(w, n/2, filepath.Join(apptest.County, apptest.Yuanjia), "j#.bundle", []byte("x\n"))
			junk(w, n/2, filepath.Join(apptest.County, apptest.Yuanjia), "up-1-1-5-@.bundle", []byte("x\n"))
			county.Sync()
			for b.Loop() {
				county.Sync()
			}
		})
	}
}
