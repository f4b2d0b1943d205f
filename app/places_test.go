package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/archive"
	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
)

// Nothing with names in it is put where every office reads: not the home, not the folder into the home, no copy, and
// none is taken from there; a folder beside them is as good as ever.
func TestNothingOfTheHomeIsShared(t *testing.T) {
	w := apptest.Begin(t)
	station := w.SetUp("station", apptest.Yuanjia)
	station.Titles("一")
	link := filepath.Join(apptest.Dir(t), "link")
	w.Must(os.Symlink(w.Folder, link))
	before := w.Files()
	for _, shared := range []string{w.Folder, link} {
		for _, place := range []string{filepath.Join(w.Folder, "home"), filepath.Join(link, "home"), w.Folder} {
			_, err := setup.Home(ctx, home.Home(place), setup.Answers{Role: "station", Unit: apptest.Fengshan, Folder: shared, Practice: true}, station.Random)
			if !errors.Is(err, home.ErrExposed) || !strings.Contains(explain.Sentence(err), "不能一个放在另一个里面") {
				t.Errorf("a home in %s: %v", place, err)
			}
		}
		inside := home.Home(filepath.Dir(w.Folder))
		if _, err := setup.Home(ctx, inside, setup.Answers{Role: "station", Unit: apptest.Fengshan, Folder: shared, Practice: true}, station.Random); !errors.Is(err, home.ErrHolds) {
			t.Errorf("a folder in the home: %v", err)
		}
		if _, err := archive.Take(ctx, station.Store, station.Home, *station.Settings, shared, w.Now); !errors.Is(err, home.ErrShared) {
			t.Errorf("a copy: %v", err)
		}
		s := *station.Settings
		s.Second = filepath.Join(shared, "backup")
		if err := os.Mkdir(s.Second, 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Weekly(ctx, station.Store, station.Home, s, w.Now); !errors.Is(err, settings.ErrSecond) {
			t.Errorf("the weekly copy: %v", err)
		}
		w.Must(os.Remove(s.Second)) // nothing lies in it
		w.Must(os.RemoveAll(filepath.Join(station.Home.Backups(), w.Now.Format("weekly-2006-01-02.db"))))
	}
	if got := w.Files(); strings.Join(got, "\n") != strings.Join(before, "\n") {
		t.Errorf("in the folder: %v", got)
	}
	own := string(station.Home)
	for _, dir := range []string{filepath.Join(own, "share"), own, filepath.Dir(own)} {
		w.Must(os.MkdirAll(dir, 0o700))
		if err := setup.SetFolder(station.Home, station.Settings, dir); explain.Sentence(err) == "" || station.Settings.Folder != w.Folder {
			t.Errorf("the folder is %s: %v", dir, err)
		}
	}
	station.Settings.Second = apptest.Dir(t)
	if err := setup.SetFolder(station.Home, station.Settings, station.Settings.Second); !errors.Is(err, settings.ErrSecond) {
		t.Errorf("the folder is where the copies go: %v", err)
	}
	w.Must(setup.SetFolder(station.Home, station.Settings, apptest.Dir(t)))

	copied := filepath.Join(station.Settings.Folder, "copy.db")
	w.Copy(station.KeepCopy(), copied)
	if _, err := station.Records().Look(ctx, copied); !errors.Is(err, archive.ErrExposed) {
		t.Errorf("looked at: %v", err)
	}
	if err := station.PutBack(copied); !errors.Is(err, archive.ErrExposed) {
		t.Errorf("put back: %v", err)
	}
	beside := filepath.Join(apptest.Dir(t), "copy.db")
	w.Must(os.Rename(copied, beside))
	w.Must(station.PutBack(beside))
}

// A home that lies wrong since before opens, says so and exchanges nothing until it is put right.
func TestMisplacedHomeExchangesNothing(t *testing.T) {
	w := apptest.Begin(t)
	station := w.SetUp("station", apptest.Yuanjia)
	station.Titles("一")
	w.Must(station.Close())
	before := w.Files()
	h := station.Home
	inside := home.Home(filepath.Join(w.Folder, "home"))
	w.Must(os.Rename(string(h), string(inside)))
	station.Open(inside)
	if len(station.Amiss) != 1 || !errors.Is(station.Amiss[0], home.ErrExposed) || !station.Known("一") {
		t.Errorf("it says %v", station.Amiss)
	}
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, home.ErrExposed) || !strings.Contains(explain.Sentence(err), "没有报送") {
		t.Errorf("it exchanges: %v", err)
	}
	w.Must(station.Close())
	w.Must(os.Rename(string(inside), string(h)))
	if got := w.Files(); strings.Join(got, "\n") != strings.Join(before, "\n") {
		t.Errorf("in the folder: %v", got)
	}
	station.Open(h)
	if station.Sync(); len(station.Amiss) != 0 {
		t.Errorf("beside it: %v", station.Amiss)
	}
}
