package courier_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/data/folder"
)

// A directory into which somebody threw thousands of files is not listed again while it stands still. What comes in is
// read at once, whether it is written or renamed there; what changes where it lies, within the hour, or when whom we
// believe or the clock changes.
func TestCrowdedDirectoryStandsStill(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Settle(station, county)
	dir := filepath.Join(apptest.County, apptest.Yuanjia)
	junk(w, folder.Many+100, dir, "j#.bundle", []byte("x"))
	rest := func(n int) {
		for range n {
			county.Sync()
		}
	}
	fresh := func(title string) string { // a bundle that lies elsewhere
		lay := map[string]bool{}
		for _, name := range w.Bundles(apptest.County, apptest.Yuanjia) {
			lay[name] = true
		}
		station.Titles(title)
		station.Sync()
		for _, name := range w.Bundles(apptest.County, apptest.Yuanjia) {
			if !lay[name] {
				w.Must(os.Rename(name, filepath.Join(w.Folder, "away")))
				return name
			}
		}
		t.Fatal("nothing was sent")
		return ""
	}
	over := func(junk string) { // copies it over a file that was refused
		b, err := os.ReadFile(filepath.Join(w.Folder, "away"))
		w.Must(err)
		w.Must(os.WriteFile(filepath.Join(w.Folder, dir, junk), b, 0o600))
	}
	for i, come := range []func(from, to string) error{os.Rename, os.Link} {
		title := []string{"一", "二"}[i]
		name := fresh(title)
		rest(3)
		w.Must(come(filepath.Join(w.Folder, "away"), name))
		if rest(1); !county.Known(title) {
			t.Errorf("%s came in and was not read", title)
		}
		_ = os.Remove(filepath.Join(w.Folder, "away"))
	}
	for i, change := range []func(){
		func() { w.Now = w.Now.Add(time.Hour) },
		func() { w.Now = w.Now.Add(-30 * time.Minute) },
		func() {
			other := w.SetUp("station", apptest.Fengshan)
			other.Sync()
			_, err := county.Courier.Accept(ctx, apptest.Fengshan, other.Courier.Print())
			w.Must(err)
		},
	} {
		title := []string{"三", "四", "五"}[i]
		fresh(title)
		rest(3)
		over([]string{"j1.bundle", "j2.bundle", "j3.bundle"}[i])
		if rest(1); county.Known(title) {
			t.Errorf("%s was read from a directory that stood still", title)
		}
		change()
		county.Sync()
		if !county.Known(title) {
			t.Errorf("%s was not read after change %d", title, i)
		}
	}
	w.Settle(station, county)
	w.Agree(county, station)
}

// Among thousands of directories of strangers somebody who asks is heard of at once, and still in later rounds.
func TestAskingAmongThousandsOfDirectories(t *testing.T) {
	w, county, _ := apptest.Pair(t)
	for i := range folder.Many + 100 {
		w.Must(os.MkdirAll(filepath.Join(w.Folder, apptest.County, "0"+time.Unix(int64(i), 0).UTC().Format("150405")), 0o755))
	}
	county.Sync()
	other := w.SetUp("station", apptest.Fengshan)
	other.Sync()
	for range 4 {
		county.Sync()
		if asking, err := county.Courier.Requests(ctx); err != nil || len(asking) != 1 || asking[0].Unit != apptest.Fengshan {
			t.Errorf("asking: %v, %v", asking, err)
		}
	}
}
