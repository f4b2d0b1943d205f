package app_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/data/folder"
	"lianluo.local/data/stick"
)

// trip is one of a home, with all that belongs to it.
func trip(o *apptest.Seat) app.Round {
	o.World.T.Helper()
	r, err := o.Round(ctx, o.Clerk())
	o.World.Must(errors.Join(err, r.Trip))
	return r
}

// bundles names the bundles that an office wrote, with their contents.
func bundles(w *apptest.World, to, by string) map[string]string {
	return maps.Collect(func(yield func(string, string) bool) {
		for name, contents := range w.Lies(filepath.Join(w.Folder, to, by)) {
			if strings.HasSuffix(name, ".bundle") && !yield(name, contents) {
				return
			}
		}
	})
}

// From the first stick that is registered on no other is used: what another one holds is not read, and nothing is written on it.
func TestOnlyRegisteredSticks(t *testing.T) {
	w, county, station := apptest.Pair(t)
	if _, err := station.Register(ctx, "  ", false); !errors.Is(err, stick.ErrName) {
		t.Errorf("a stick without a name: %v", err)
	}
	blue, err := station.Register(ctx, "蓝色的", false)
	w.Must(err)
	station.Titles("甲")
	trip(station)
	if r := trip(county); r.Collected == 0 { // where nothing is registered any stick will do
		t.Error("the county cannot read the station's stick")
	}
	l, _, _, err := station.Sticks(ctx)
	w.Must(err)
	if len(l.Trips) != 1 || l.Trips[0].Stick != blue.ID || l.Trips[0].Sent == 0 || !l.Trips[0].At.Equal(w.Now) {
		t.Errorf("%+v", l.Trips)
	}

	good, other := station.Settings.Folder, t.TempDir()
	_, err = folder.Prepare(other, station.Settings.FolderID)
	w.Must(err)
	station.Settings.Folder = other
	before := w.Lies(other)
	_, err = station.Round(ctx, station.Clerk())
	var not stick.Unregistered
	if !errors.As(err, &not) || !strings.Contains(not.Sentence(), "蓝色的") || !maps.Equal(w.Lies(other), before) {
		t.Errorf("another stick is used: %v", err)
	}
	red, err := station.Register(ctx, "红色的", true)
	w.Must(err)
	if _, s, _, err := station.Sticks(ctx); err != nil || s.ID != red.ID || red.ID == blue.ID || !s.Wipe {
		t.Errorf("%+v %v", s, err)
	}
	trip(station)
	if _, err := station.Register(ctx, "蓝色的", true); !errors.Is(err, stick.ErrTaken) {
		t.Errorf("two sticks of one name: %v", err)
	}
	if s, err := station.Register(ctx, "红的", false); err != nil || s.ID != red.ID || s.Wipe || s.Name != "红的" {
		t.Errorf("renamed: %+v %v", s, err)
	}
	w.Must(station.Unregister(ctx, "红的"))
	if _, _, err, _ := station.Sticks(ctx); !errors.As(err, &not) {
		t.Errorf("taken off the list it is still used: %v", err)
	}
	w.Must(station.Unregister(ctx, "蓝色的"))
	trip(station) // as before there were any
	station.Settings.Folder = good
	trip(station)
	if err := station.Unregister(ctx, "蓝色的"); !errors.Is(err, stick.ErrNone) {
		t.Errorf("taken off twice: %v", err)
	}
}

// What arrived goes from a stick of which that is wished: ours, and only what the other side says it has; the office that loses
// it again gets it again.
func TestStickIsWiped(t *testing.T) {
	w, county, station := apptest.Pair(t)
	_, err := station.Register(ctx, "蓝色的", true)
	w.Must(err)
	station.Titles("甲")
	trip(station)
	sent := bundles(w, apptest.County, apptest.Yuanjia)
	if trip(station); !maps.Equal(bundles(w, apptest.County, apptest.Yuanjia), sent) || len(sent) == 0 {
		t.Error("something went that nobody acknowledged")
	}
	strange := filepath.Join(w.Folder, apptest.County, apptest.Yuanjia, "up-1-1-1-0123456789abcdef.bundle")
	w.Must(os.WriteFile(strange, []byte("别人的"), 0o600))
	kept := county.KeepCopy()
	altered(county, apptest.Yuanjia, `{"do":"open","name":"袁家庄社区代表联络点"}`)
	trip(county)
	theirs := bundles(w, apptest.Yuanjia, apptest.County)
	r := trip(station)
	left := bundles(w, apptest.County, apptest.Yuanjia)
	gone := slices.DeleteFunc(slices.Collect(maps.Keys(sent)), func(name string) bool { return left[name] != "" })
	if r.Wiped == 0 || len(gone) != r.Wiped {
		t.Errorf("%d files are wiped, of %v are gone %v", r.Wiped, slices.Collect(maps.Keys(sent)), gone)
	}
	if b, err := os.ReadFile(strange); err != nil || string(b) != "别人的" {
		t.Errorf("somebody else's file: %q %v", b, err)
	}
	if !maps.Equal(bundles(w, apptest.Yuanjia, apptest.County), theirs) {
		t.Error("files of the county were touched")
	}
	l, _, _, err := station.Sticks(ctx)
	w.Must(err)
	if last := l.Trips[len(l.Trips)-1]; last.Wiped != r.Wiped || last.Collected == 0 {
		t.Errorf("%+v", last)
	}
	if r := trip(station); r.Wiped != 0 || r.Sent != 0 {
		t.Errorf("a quiet round sends %d and wipes %d", r.Sent, r.Wiped)
	}
	w.Must(os.Remove(strange))
	county.SetBack(kept)
	for range 3 {
		trip(county)
		trip(station)
	}
	trip(county)
	if !county.Known("甲") {
		t.Error("what was wiped did not come again to who lost it")
	}
	county.Healthy()
	station.Healthy()
}

// A stick full of what could be started is told of, and read as if it were not there.
func TestStrangeFilesOnAStick(t *testing.T) {
	w, county, station := apptest.Pair(t)
	for _, name := range []string{"autorun.inf", "照片.exe", "打开.lnk"} {
		w.Must(os.WriteFile(filepath.Join(w.Folder, name), []byte("MZ"), 0o600))
	}
	station.Titles("甲")
	r := trip(station)
	if says := r.Warning(); !strings.Contains(says, "3 个") || !strings.Contains(says, "autorun.inf") ||
		!strings.Contains(says, "查毒") {
		t.Error(says)
	}
	if r := trip(county); r.Collected == 0 || !county.Known("甲") {
		t.Error("they keep the others from reading")
	}
}
