package courier_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/data/bundle"
	"lianluo.local/data/home"
)

// A bundle that came by another way is taken in under whatever name, without the shared folder and once only; what the checks
// of a round refuse is refused, changes nothing, and nothing of it is left.
func TestTake(t *testing.T) {
	w, county, station := apptest.Pair(t)
	other := w.SetUp("station", apptest.Fengshan)
	county.Sync()
	old := bundles(w)
	apart := func(titles ...string) string { // what the station writes of them, on a stick of another kind
		station.Titles(titles...)
		station.Sync()
		fresh := slices.DeleteFunc(bundles(w), func(name string) bool { return slices.Contains(old, name) })
		if len(fresh) != 1 {
			t.Fatalf("%d bundles: %v", len(fresh), fresh)
		}
		old = append(old, fresh...)
		b, err := os.ReadFile(fresh[0])
		w.Must(err)
		name := filepath.Join(t.TempDir(), "收到的 报送包 (1).bundle")
		w.Must(errors.Join(os.WriteFile(name, b, 0o600), os.Remove(fresh[0])))
		return name
	}
	first, second := apart("七巷雨水倒灌"), apart("八巷路灯不亮")
	away := w.Folder + ".away"
	w.Must(os.Rename(w.Folder, away))
	take := func(o *apptest.Seat, name string) (int, error) {
		r, err := o.Courier.Take(context.Background(), name)
		if left, _ := filepath.Glob(filepath.Join(o.Home.Aside(), ".taken-*")); left != nil {
			t.Errorf("%s is left", left)
		}
		return r.Collected, err
	}
	whole, err := os.ReadFile(first)
	w.Must(err)
	written := func(b []byte) string {
		name := filepath.Join(t.TempDir(), "x.bundle")
		w.Must(os.WriteFile(name, b, 0o600))
		return name
	}
	spoilt := slices.Clone(whole)
	spoilt[len(spoilt)-9] ^= 1
	for _, c := range []struct {
		what, file string
		by         *apptest.Seat
		want       error
	}{
		{"words", written([]byte("你好")), county, bundle.ErrDamaged},
		{"nothing", written(nil), county, bundle.ErrDamaged},
		{"half", written(whole[:len(whole)/2]), county, bundle.ErrDamaged},
		{"spoilt", written(spoilt), county, bundle.ErrDamaged},
		{"another's", first, other, bundle.ErrStranger},
		{"a folder", t.TempDir(), county, home.ErrFolder},
		{"gone", first + "x", county, os.ErrNotExist},
	} {
		if n, err := take(c.by, c.file); !errors.Is(err, c.want) || n > 0 {
			t.Errorf("%s: %d entries, %v", c.what, n, err)
		}
	}
	for _, c := range []struct {
		file, title string
		n           int
	}{{first, "七巷雨水倒灌", 1}, {first, "七巷雨水倒灌", 0}, {second, "八巷路灯不亮", 1}, {first, "八巷路灯不亮", 0}} {
		if n, err := take(county, c.file); err != nil || n != c.n || !county.Known(c.title) {
			t.Errorf("%s: %d entries, %v", c.title, n, err)
		}
	}
	w.Must(os.Rename(away, w.Folder))
	county.Sync()
	station.Sync()
	w.Agree(county, station)
}

// bundles are those that lie in the shared folder.
func bundles(w *apptest.World) []string {
	files, err := filepath.Glob(filepath.Join(w.Folder, "*", "*", "*.bundle"))
	w.Must(err)
	return files
}
