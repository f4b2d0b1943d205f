package app_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/archive"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
)

// homesOfBefore opens the homes of a station, its county and the city as the program of an earlier commit left them,
// with keys of which the county's were renewed, a profile, a table of holidays, a copy of the station's records and a
// folder in which bundles lie that nobody has read yet.
func homesOfBefore(t *testing.T, file string) (w *apptest.World, copied string, station, county, city *apptest.Seat) {
	t.Helper()
	w = apptest.Begin(t)
	packed, err := zip.OpenReader(file)
	w.Must(err)
	defer packed.Close()
	dir := apptest.Dir(t)
	w.Must(os.CopyFS(dir, packed))
	w.Folder, w.Now = filepath.Join(dir, "folder"), time.Date(2026, 11, 22, 9, 30, 0, 0, w.Now.Location())
	open := func(name string) *apptest.Seat {
		h := home.Home(filepath.Join(dir, name))
		s, err := settings.Load(h)
		w.Must(err)
		s.Folder = w.Folder
		w.Must(s.Save(h))
		o := &apptest.Seat{World: w}
		o.Open(h)
		t.Cleanup(func() { o.Close() })
		return o
	}
	return w, filepath.Join(dir, "copy.db"), open("station"), open("county"), open("city")
}

// What programs of before wrote opens with all that it held, bundles that lay unread are read, and work goes on; so
// does their copy.
func TestHomesOfBefore(t *testing.T) {
	files, err := filepath.Glob("testdata/homes-*.zip")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			w, copied, station, county, city := homesOfBefore(t, file)
			var stands []string
			for _, v := range station.List() {
				stands = append(stands, v.Title+" "+v.State.String()+" "+v.Due+" "+station.Show(v.Matter).Name)
			}
			if want := []string{"后来的事 已登记 2026-12-14 郝来福", "问政策 现场办结  王𠅤亮", "保密事项 已登记 2026-12-11 车玉柱", "七巷路灯不亮 已登记 2026-11-27 成玉兰",
				"七巷雨水倒灌 已上报 2026-12-11 郝来福"}; !slices.Equal(stands, want) {
				t.Errorf("the station holds %q", stands)
			}
			if len(county.Amiss)+len(station.Amiss) > 0 || county.Profile.Collate != 4 || len(county.Trust.Keys().Past) != 1 {
				t.Errorf("the county: %v, sorts within %d days, %d keys of before", county.Amiss, county.Profile.Collate, len(county.Trust.Keys().Past))
			}
			if c, err := archive.Look(ctx, app.Kinds, station.Home, copied); err != nil || c.Matters != 5 {
				t.Errorf("the copy holds %+v: %v", c, err)
			}
			all := []*apptest.Seat{station, county, city}
			for _, o := range all {
				o.Healthy()
			}
			if r := station.Sync(); r.Collected != 1 || len(r.Aside) > 0 {
				t.Errorf("of what lay in the folder the station read %+v", r)
			}
			alike := func(n int) {
				w.Settle(all...)
				for _, v := range station.List() {
					w.Same(v.Matter, all...)
				}
				for _, o := range all {
					if len(o.List()) != n {
						t.Errorf("%s lists %d of %d", o.Settings.Unit, len(o.List()), n)
					}
					o.Healthy()
					o.Quiet()
				}
			}
			alike(5)
			w.Must(station.PutBack(copied))
			station.Titles("放回以后")
			alike(6)
		})
	}
}
