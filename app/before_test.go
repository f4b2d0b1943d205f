package app_test

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
)

// earlier are homes as the program of an earlier commit left them, with a folder in which bundles lie that nobody has read
// yet.
type earlier struct {
	*apptest.World
	dir string
}

func homesOfBefore(t *testing.T, file string, now time.Time) earlier {
	t.Helper()
	apptest.Plain(t)
	w := apptest.Begin(t)
	packed, err := zip.OpenReader(file)
	w.Must(err)
	defer packed.Close()
	dir := apptest.Dir(t)
	w.Must(os.CopyFS(dir, packed))
	w.Folder, w.Now = filepath.Join(dir, "folder"), now
	return earlier{w, dir}
}

// open opens one of them.
func (b earlier) open(name string) *apptest.Seat {
	b.T.Helper()
	h := home.Home(filepath.Join(b.dir, name))
	s, err := settings.Load(h)
	b.Must(err)
	s.Folder = b.Folder
	b.Must(s.Save(h))
	o := &apptest.Seat{World: b.World}
	o.Open(h)
	b.T.Cleanup(func() { o.Close() })
	return o
}

// What programs of before wrote (with keys of which the county's were renewed, a profile, a table of holidays, a copy of the
// station's records) opens with all that it held, bundles that lay unread are read, and work goes on; so
// does their copy.
func TestHomesOfBefore(t *testing.T) {
	files, err := filepath.Glob("testdata/homes-*.zip")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			w := homesOfBefore(t, file, time.Date(2026, 11, 22, 9, 30, 0, 0, apptest.Evening.Location()))
			copied, station, county, city := filepath.Join(w.dir, "copy.db"), w.open("station"), w.open("county"), w.open("city")
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
			if c, err := station.Records().Look(ctx, copied); err != nil || c.Matters != 5 {
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

// A station and its county with a calendar open as an earlier program left them: sessions with all that was said of them, what
// households said, rules, people with their records of duty, matters with the deputies and the evening they name. What lay
// unread is read, and work goes on.
func TestCalendarsOfBefore(t *testing.T) {
	files, err := filepath.Glob("testdata/calendar-*.zip")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			w := homesOfBefore(t, file, time.Date(2026, 12, 17, 9, 0, 0, 0, apptest.Evening.Location()))
			station, county := w.open("station"), w.open("county")
			evening := ""
			for _, o := range []*apptest.Seat{station, county} {
				o.Healthy()
				list, _, err := o.Agenda.Sessions(ctx, agenda.Filter{})
				w.Must(err)
				var said []string
				for _, s := range list {
					line := fmt.Sprintf("%s %s %s %v %d/%d %d %d %d", s.Day, s.From, s.Title(), s.State, len(s.Called), len(s.Present()), s.Citizens, len(s.Notices), len(s.Moves))
					for _, h := range s.Homes {
						line += " " + h.Name + h.Words
					}
					if said = append(said, line); s.Citizens == 3 {
						evening = s.ID
					}
				}
				if want := []string{"2026-12-11 19:30 冬季供暖 已举行 2/1 3 1 0", "2026-12-12 09:00 走访 已举行 1/1 0 0 0 郝来福雨水倒灌",
					"2026-12-15 09:00 学习交流 已举行 1/1 0 0 0", "2027-01-12 19:30 冬季供暖 已安排 2/0 0 0 1"}; !slices.Equal(said, want) {
					t.Errorf("%s has %q", o.Settings.Unit, said)
				}
				for _, v := range o.List() {
					if v.Title == "七巷路灯不亮" && (!slices.Equal(v.Deputies, []string{"成玉兰"}) || v.Session != evening) {
						t.Errorf("%s: %v at %s", v.Title, v.Deputies, v.Session)
					}
				}
				rules, err := o.Agenda.Rules(ctx, apptest.Yuanjia)
				if w.Must(err); len(o.List()) != 2 || len(rules) != 1 || !strings.HasPrefix(rules[0].String(), "每月11日 19:30–21:00，2名代表") {
					t.Errorf("%s has %d matters and the rules %v", o.Settings.Unit, len(o.List()), rules)
				}
				if r, err := o.Duty(ctx, "成玉兰", "2026-01-01", "2026-12-31"); err != nil || len(r.Items) != 2 {
					t.Errorf("%s: %+v %v", o.Settings.Unit, r.Items, err)
				}
			}
			w.Settle(station, county)
			for _, o := range []*apptest.Seat{station, county} {
				if s, err := o.Agenda.Session(ctx, evening); err != nil || len(s.Objects) != 1 || s.Objects[0].Note != "那天我请过假" {
					t.Errorf("%s: %+v %v", o.Settings.Unit, s.Objects, err)
				}
				done, err := o.Agenda.Plan(ctx, o.Clerk(), agenda.Span{From: "2027-01-01", To: "2027-02-28"})
				if w.Must(err); done.Made != map[*apptest.Seat]int{station: 1}[o] {
					t.Errorf("%s plans %+v", o.Settings.Unit, done)
				}
				w.Settle(station, county)
				o.Healthy()
				o.Quiet()
			}
		})
	}
}
