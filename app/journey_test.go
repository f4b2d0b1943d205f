package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/setup"
	"lianluo.local/assets/names"
	"lianluo.local/data/folder"
	"lianluo.local/data/home"
	"lianluo.local/data/keyring"
	"lianluo.local/data/matter"
)

const (
	countyUnit = "141102000000"
	yuanjia    = "141102002003D1-A" // 凤山街道袁家庄社区
	fengshan   = "141102002000Z1-G" // 凤山街道
)

var ctx = context.Background()

// world is one county on one evening: a clock for all, a folder, and the homes of whoever is there.
type world struct {
	t      *testing.T
	now    time.Time
	folder string
	seed   byte
}

func begin(t *testing.T) *world {
	t.Helper()
	t.Parallel() // they wait for the disk more than they work
	return &world{t: t, now: time.Date(2026, 11, 21, 19, 30, 0, 0, time.FixedZone("CST", 8*3600)), folder: t.TempDir()}
}

// office is one home, open.
type office struct {
	*app.App
	w      *world
	random io.Reader
}

func (w *world) setUp(role, unit string) *office {
	w.t.Helper()
	w.seed++
	o := &office{w: w, random: rand.NewChaCha8([32]byte{w.seed})}
	h := home.Home(filepath.Join(w.t.TempDir(), "home"))
	if _, err := setup.Home(ctx, h, setup.Answers{Role: role, Unit: unit, Folder: w.folder, Clerk: names.All()[w.seed], Phone: "0358-8221321", Practice: true}, o.random); err != nil {
		w.t.Fatal(err)
	}
	o.open(h)
	w.t.Cleanup(func() { o.Close() })
	return o
}

func (o *office) open(h home.Home) {
	o.w.t.Helper()
	var err error
	if o.App, err = app.Open(ctx, app.Options{Home: h, Now: func() time.Time { return o.w.now }, Random: o.random}); err != nil {
		o.w.t.Fatal(err)
	}
}

func (w *world) later(d time.Duration) { w.now = w.now.Add(d) }

func (o *office) receive(d desk.Draft) matter.Matter {
	o.w.t.Helper()
	o.w.later(time.Minute)
	m, err := o.Desk.Receive(ctx, d)
	if err != nil {
		o.w.t.Fatal(err)
	}
	return m
}

// titles registers a matter for each title.
func (o *office) titles(list ...string) {
	o.w.t.Helper()
	for _, title := range list {
		o.receive(desk.Draft{Title: title, Name: "单志远", Phone: "13812345678"})
	}
}

func (o *office) sync() courier.Round {
	o.w.t.Helper()
	o.w.later(time.Minute)
	r, err := o.Courier.Sync(ctx)
	if err != nil {
		o.w.t.Fatal(err)
	}
	return r
}

// enrol is the telephone call: the station asks, the county reads its digits out and accepts.
func (w *world) enrol(station, county *office) {
	w.t.Helper()
	station.sync()
	if _, err := county.Courier.Accept(ctx, station.Settings.Unit, station.Courier.Print()); err != nil {
		w.t.Fatal(err)
	}
	station.sync()
}

// pair is a county with one enrolled station.
func pair(t *testing.T) (w *world, county, station *office) {
	t.Helper()
	w = begin(t)
	county, station = w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	w.enrol(station, county)
	return w, county, station
}

// list is what an office sees, by number, newest first.
func (o *office) list() []ledger.View {
	o.w.t.Helper()
	page, err := o.Ledger.Page(ctx, ledger.Query{Limit: 1000})
	if err != nil {
		o.w.t.Fatal(err)
	}
	return page.Matters
}

func (o *office) known(title string) bool {
	o.w.t.Helper()
	return slices.ContainsFunc(o.list(), func(v ledger.View) bool { return v.Title == title })
}

// agree fails unless the county has every matter of the stations exactly once and field for field, and every book is in
// order.
func (w *world) agree(county *office, stations ...*office) {
	w.t.Helper()
	have := map[string]matter.Matter{}
	for _, v := range county.list() {
		if _, twice := have[v.Number]; twice {
			w.t.Errorf("%s stands twice in the county's list", v.Number)
		}
		have[v.Number] = v.Matter
	}
	total := 0
	for _, s := range stations {
		for _, v := range s.list() {
			total++
			if got, ok := have[v.Number]; !ok {
				w.t.Errorf("%s %s is missing at the county", v.Number, v.Title)
			} else if !reflect.DeepEqual(got, v.Matter) {
				w.t.Errorf("%s differs:\ncounty  %+v\nstation %+v", v.Number, got, v.Matter)
			}
		}
		if n, err := s.Courier.Unsent(ctx); n != 0 || err != nil {
			w.t.Errorf("%s still has %d unsent: %v", s.Settings.Unit, n, err)
		}
	}
	if len(have) != total {
		w.t.Errorf("the county lists %d matters, the stations %d", len(have), total)
	}
	for _, o := range append(stations, county) {
		o.healthy()
	}
}

func (o *office) healthy() {
	o.w.t.Helper()
	if rep, err := o.Store.Check(ctx); err != nil || !rep.OK {
		o.w.t.Errorf("check of %s: %v %v", o.Settings.Unit, rep.Problems, err)
	}
}

// files lists what lies in the folder, with size and time of change.
func (w *world) files() (list []string) {
	w.t.Helper()
	err := filepath.WalkDir(w.folder, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			info, err := d.Info()
			if err != nil {
				return err
			}
			list = append(list, fmt.Sprint(path, " ", info.Size(), " ", info.ModTime().UnixNano()))
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// bundles lists the bundles from one unit to another, oldest last.
func (w *world) bundles(to, from string) []string {
	w.t.Helper()
	list, err := filepath.Glob(filepath.Join(w.folder, to, from, "*.bundle"))
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) copy(from, to string) {
	w.t.Helper()
	b, err := os.ReadFile(from)
	w.must(err)
	w.must(os.WriteFile(to, b, 0o600))
}

func progress(t *testing.T, o *office, unit string) courier.Progress {
	t.Helper()
	ps, err := o.Courier.Status(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range ps {
		if p.Unit == unit {
			return p
		}
	}
	t.Fatalf("%s does not know %s", o.Settings.Unit, unit)
	return courier.Progress{}
}

// The whole life as far as it goes: a citizen comes, gets a receipt, the station asks to be let in, the county compares
// digits, and everything registered stands in the county's list.
func TestJourney(t *testing.T) {
	w := begin(t)
	county, a, b := w.setUp("county", countyUnit), w.setUp("station", yuanjia), w.setUp("station", fengshan)

	var matters []matter.Matter
	for i, name := range names.All() {
		s := []*office{a, b}[i%2]
		matters = append(matters, s.receive(desk.Draft{Name: name, Phone: fmt.Sprint(13800000000 + i), Words: name + "反映：七巷一下雨就倒灌😭。" + strings.Repeat("𰻞", i*20),
			Category: "0203", Deputies: []string{names.All()[(i+7)%len(names.All())]}, Urgency: "紧急", AgeBand: "60-79"}))
	}
	for _, size := range []paper.Size{paper.A5, paper.A4, paper.Roll} {
		pdf, err := paper.Of(matters[0], *a.Settings).PDF(size)
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 2000 || len(pdf) > 300<<10 {
			t.Errorf("receipt %s: %d bytes %v", size, len(pdf), err)
		}
	}
	if n, err := a.Courier.Unsent(ctx); n != (len(matters)+1)/2 || err != nil {
		t.Errorf("unsent before anything was sent: %d %v", n, err)
	}

	for _, s := range []*office{a, b} { // nobody knows them yet: they ask, and send nothing
		if r := s.sync(); !r.Asked || r.Sent != 0 {
			t.Errorf("first round %+v", r)
		}
		if found := w.bundles(countyUnit, s.Settings.Unit); found != nil {
			t.Errorf("sent to a county that is not known: %v", found)
		}
	}
	asking, err := county.Courier.Requests(ctx)
	if err != nil || len(asking) != 2 || asking[0].Print == asking[1].Print {
		t.Fatalf("requests %+v %v", asking, err)
	}
	for _, r := range asking {
		s := map[string]*office{yuanjia: a, fengshan: b}[r.Unit]
		if r.Print != s.Courier.Print() || r.Name != s.Settings.Name || r.Phone != "0358-8221321" {
			t.Errorf("asked %+v", r)
		}
		digits := r.Print[:5] + " " + r.Print[5:] // as people write it down
		if _, err := county.Courier.Accept(ctx, r.Unit, digits); err != nil {
			t.Fatal(err)
		}
	}
	if asking, err := county.Courier.Requests(ctx); len(asking) != 0 || err != nil {
		t.Errorf("still asking: %+v %v", asking, err)
	}

	for _, s := range []*office{a, b} {
		if r := s.sync(); r.Asked || r.Sent == 0 || len(r.Aside) > 0 {
			t.Errorf("after the certificate: %+v", r)
		}
		if n, _ := s.Courier.Unsent(ctx); n == 0 {
			t.Error("sent is not yet stored at the county")
		}
		if p := progress(t, s, countyUnit); p.Print != county.Courier.Print() || p.Sent == 0 || p.Stored != 0 {
			t.Errorf("status at the station before the county looked: %+v", p)
		}
	}
	if r := county.sync(); r.Collected != len(matters) || r.Processed != len(matters) || len(r.Aside) > 0 {
		t.Errorf("the county collected %+v of %d", r, len(matters))
	}
	a.sync()
	b.sync()
	w.agree(county, a, b)
	for _, m := range matters {
		v, err := county.Ledger.Show(ctx, m.Number)
		if err != nil || v.Name != m.Name || v.Words != m.Words || v.Phone != m.Phone || v.Due == "" || v.State != matter.Registered {
			t.Errorf("%s at the county: %+v %v", m.Number, v.Matter, err)
		}
	}

	// A correction and a void follow the same road.
	_, err = a.Desk.Void(ctx, matters[0].ID, "登记重了")
	w.must(err)
	_, err = b.Desk.Correct(ctx, matters[1].ID, map[string]json.RawMessage{"name": json.RawMessage(`"刘𬺞生"`), "title": json.RawMessage(`"七巷🌧️井盖"`)})
	w.must(err)
	a.sync()
	b.sync()
	if r := county.sync(); r.Collected != 2 || r.Processed != 2 {
		t.Errorf("corrections: %+v", r)
	}
	a.sync()
	b.sync()
	w.agree(county, a, b)
	if v, _ := county.Ledger.Show(ctx, matters[1].Number); v.Name != "刘𬺞生" || v.Title != "七巷🌧️井盖" || len(v.History) != 2 {
		t.Errorf("corrected: %+v", v.Matter)
	}

	// The county finds it by a few characters, and may not change what the station wrote.
	if _, err := county.Ledger.Fill(ctx); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"井盖", "刘𬺞生", matters[1].Number} {
		page, err := county.Ledger.Page(ctx, ledger.Query{Text: text})
		if err != nil || !slices.ContainsFunc(page.Matters, func(v ledger.View) bool { return v.Number == matters[1].Number }) || len(page.Matters) > 3 {
			t.Errorf("%s found %d matters: %v", text, len(page.Matters), err)
		}
	}
	if _, err := county.Desk.Void(ctx, matters[2].ID, "不归我管"); !errors.Is(err, matter.ErrNotYours) {
		t.Errorf("the county voided a station's matter: %v", err)
	}
	if _, err := county.Desk.Receive(ctx, desk.Draft{Title: "甲"}); !errors.Is(err, desk.ErrNotStation) {
		t.Errorf("the county received: %v", err)
	}

	// Then there is nothing new, and nothing is written.
	before := w.files()
	for range 3 {
		for _, o := range []*office{a, county, b} {
			if r := o.sync(); r.Collected+r.Processed+r.Sent != 0 || len(r.Aside) > 0 {
				t.Errorf("%s again: %+v", o.Settings.Unit, r)
			}
		}
	}
	if after := w.files(); !slices.Equal(before, after) {
		t.Errorf("idle rounds wrote files:\n%s\nwas\n%s", strings.Join(after, "\n"), strings.Join(before, "\n"))
	}
	for _, s := range []*office{a, b} {
		n := uint64(len(s.list()) + 1)
		up, down := progress(t, s, countyUnit), progress(t, county, s.Settings.Unit)
		for _, p := range []courier.Progress{up, down} {
			if p.Sent != n || p.Stored != n || p.Processed != n || p.Waiting+p.Conflicts+len(p.Gaps)+len(p.Aside) != 0 || p.LastHeard == "" || p.SentAt == "" || p.Revoked {
				t.Errorf("status of %s: %+v, want %d entries", p.Unit, p, n)
			}
		}
	}

	// A week of silence, and each says that it is still there.
	w.later(8 * 24 * time.Hour)
	a.sync()
	if r := county.sync(); r.Collected != 0 || len(r.Aside) > 0 {
		t.Errorf("heartbeat: %+v", r)
	}
	if got := progress(t, county, yuanjia).LastHeard; got != w.now.UTC().Format("2006-01-02T15:04:05Z") {
		t.Errorf("last heard %s, now %v", got, w.now)
	}
}

// What synchronisers, sticks and people do to files between two offices does no harm.
func TestFilesGoAstray(t *testing.T) {
	for name, disturb := range map[string]func(w *world, to string){
		"twice": func(w *world, to string) {
			for _, f := range w.bundles(to, yuanjia) {
				w.copy(f, strings.TrimSuffix(f, ".bundle")+"-2.bundle")
			}
		},
		"renamed": func(w *world, to string) {
			for i, f := range w.bundles(to, yuanjia) {
				w.must(os.Rename(f, filepath.Join(filepath.Dir(f), fmt.Sprint("报送 ", i, ".BUNDLE"))))
			}
		},
		"as conflict copies": func(w *world, to string) {
			for _, f := range w.bundles(to, yuanjia) {
				stem := strings.TrimSuffix(f, ".bundle")
				w.copy(f, stem+" - 副本.bundle")
				w.copy(f, stem+" (1).bundle")
				w.copy(f, stem+".sync-conflict-20261121-193000-ABCDEFG.bundle")
			}
		},
		"in reverse order": func(w *world, to string) {
			list := w.bundles(to, yuanjia)
			for i, f := range list {
				name := filepath.Join(filepath.Dir(f), fmt.Sprintf("%03d.bundle", len(list)-i))
				w.must(os.Rename(f, name))
				when := w.now.Add(-time.Duration(i) * time.Hour)
				w.must(os.Chtimes(name, when, when))
			}
		},
		"the middle one lost": func(w *world, to string) { w.must(os.Remove(w.bundles(to, yuanjia)[1])) },
		"only the last one left": func(w *world, to string) {
			for _, f := range w.bundles(to, yuanjia) {
				if !strings.Contains(filepath.Base(f), "-1-4-") {
					w.must(os.Remove(f))
				}
			}
		},
		"beside strange files": func(w *world, to string) {
			dir := filepath.Join(w.folder, to, yuanjia)
			for _, n := range []string{"Thumbs.db", ".DS_Store", "desktop.ini", "~$x.bundle", ".up-1.bundle.part", "报送说明.txt"} {
				w.must(os.WriteFile(filepath.Join(dir, n), []byte("x"), 0o600))
			}
			w.must(os.MkdirAll(filepath.Join(dir, "x.bundle"), 0o700))
			w.must(os.MkdirAll(filepath.Join(w.folder, "System Volume Information"), 0o700))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			for _, title := range []string{"一", "二", "三", "四"} {
				station.titles(title)
				station.sync() // without an acknowledgement each file holds all the ones before
			}
			disturb(w, countyUnit)
			if r := county.sync(); r.Collected != 4 || r.Processed != 4 || len(r.Aside) > 0 {
				t.Errorf("collected %+v", r)
			}
			station.sync()
			w.agree(county, station)
			station.titles("五")
			station.sync()
			county.sync()
			station.sync()
			w.agree(county, station)
		})
	}
}

// What the county never saw comes again with the next file, whatever else happened to the first.
func TestLostFileIsSentAgain(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	for _, f := range w.bundles(countyUnit, yuanjia) {
		w.must(os.Remove(f))
	}
	if r := station.sync(); r.Sent != 1 { // noticed at once: it does not lie there any more
		t.Errorf("the file was deleted, the station sent %+v", r)
	}
	county.sync()
	station.sync()
	w.agree(county, station)
}

// setBack puts an old copy of an office's book in the place of the present one.
func (o *office) setBack(copied string) {
	o.w.t.Helper()
	h := o.Home
	o.w.must(o.Close())
	for _, suffix := range []string{"", "-wal", "-shm"} {
		o.w.must(os.RemoveAll(h.Database() + suffix))
	}
	o.w.copy(copied, h.Database())
	o.open(h)
}

// A county whose book was set back to an old copy says what it has, the station obeys, and sends the rest again.
func TestCountySetBack(t *testing.T) {
	for name, early := range map[string]bool{"before it knew of anything": true, "when it knew a part": false} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			copied := filepath.Join(t.TempDir(), "copy.db")
			round := func() {
				station.sync()
				county.sync()
				station.sync()
			}
			if !early {
				station.titles("〇")
				round()
			}
			w.must(county.Store.Backup(ctx, copied))
			station.titles("一", "二")
			round()
			w.agree(county, station)
			county.setBack(copied)
			for _, f := range w.bundles(countyUnit, yuanjia) { // and somebody cleaned the folder
				w.must(os.Remove(f))
			}
			station.titles("三")
			station.sync()
			if r := county.sync(); r.Collected != 0 || len(r.Aside) != 1 || r.Aside[0].Why != "gap" {
				t.Errorf("a file that begins too late: %+v", r)
			}
			if county.known("三") {
				t.Error("what came too early was taken")
			}
			round()
			round()
			w.agree(county, station)
			if p := progress(t, county, yuanjia); len(p.Aside)+len(p.Gaps) > 0 {
				t.Errorf("still put aside: %+v", p)
			}
		})
	}
}

// Where the folder still has everything, an old copy of the book catches up in one round, whatever the files are called.
func TestCountySetBackReadsTheFolderInOrder(t *testing.T) {
	w, county, station := pair(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	w.must(county.Store.Backup(ctx, copied))
	for _, title := range []string{"一", "二", "三"} {
		station.titles(title)
		station.sync()
		county.sync()
		station.sync()
	}
	county.setBack(copied)
	files := w.bundles(countyUnit, yuanjia) // by name: by first position
	for i, f := range files {
		w.must(os.Rename(f, filepath.Join(filepath.Dir(f), fmt.Sprintf("%03d.bundle", len(files)-i))))
	}
	if r := county.sync(); r.Collected != 3 || len(r.Aside) > 0 {
		t.Errorf("one round brought %+v of %d files", r, len(files))
	}
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)
}

// A damaged file is named and kept aside; other stations' files and later ones are not held up by it.
func TestDamagedFile(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"a bit":          func(b []byte) []byte { b[len(b)-20] ^= 1; return b },
		"a header bit":   func(b []byte) []byte { b[40] ^= 1; return b },
		"half":           func(b []byte) []byte { return b[:len(b)/2] },
		"nothing left":   func([]byte) []byte { return nil },
		"zeros":          func(b []byte) []byte { clear(b); return b },
		"something more": func(b []byte) []byte { return append(b, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			other := w.setUp("station", fengshan)
			w.enrol(other, county)
			station.titles("一", "二")
			other.titles("三")
			station.sync()
			other.sync()
			files := w.bundles(countyUnit, yuanjia)
			file := files[slices.IndexFunc(files, func(f string) bool { return strings.Contains(f, "-1-2-") })]
			b, err := os.ReadFile(file)
			w.must(err)
			w.must(os.WriteFile(file, damage(b), 0o600))
			r := county.sync()
			want := yuanjia + "/" + filepath.Base(file)
			if r.Collected != 1 || len(r.Aside) != 1 || r.Aside[0].File != want || r.Aside[0].Why != "damaged" && r.Aside[0].Why != "forged" && r.Aside[0].Why != "stranger" {
				t.Errorf("the round says %+v", r)
			}
			if !county.known("三") || county.known("一") {
				t.Error("the other station waits, or the damaged file was believed")
			}
			if p := progress(t, county, yuanjia); len(p.Aside) != 1 || p.Aside[0].File != want || p.Stored != 0 {
				t.Errorf("status %+v", p)
			}
			if kept, _ := filepath.Glob(filepath.Join(county.Home.Aside(), "*")); len(kept) != 1 {
				t.Errorf("kept aside: %v", kept)
			}
			if n, _ := station.Courier.Unsent(ctx); n != 2 {
				t.Errorf("the station believes that %d are to be sent", n)
			}
			station.titles("四")
			station.sync()
			if r := county.sync(); r.Collected != 3 {
				t.Errorf("the next file brought %+v", r)
			}
			station.sync()
			other.sync()
			w.agree(county, station, other)
		})
	}
}

// A damaged copy that nobody notices is made good by the weekly file at the latest.
func TestDamagedFileHealsWithinAWeek(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	for _, f := range w.bundles(countyUnit, yuanjia) {
		w.must(os.Truncate(f, 300))
	}
	county.sync()
	w.later(7*24*time.Hour + time.Minute)
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)
}

func TestEnrolmentIsRefused(t *testing.T) {
	w := begin(t)
	county, station := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	print := station.Courier.Print()
	if _, err := county.Courier.Accept(ctx, yuanjia, print); !errors.Is(err, courier.ErrNoRequest) {
		t.Errorf("before it asked: %v", err)
	}
	station.titles("一")
	station.sync()
	wrong := []byte(print)
	wrong[9] = '0' + (wrong[9]-'0'+1)%10
	for _, p := range []string{string(wrong), "", print[:9], print + "0"} {
		if _, err := county.Courier.Accept(ctx, yuanjia, p); !errors.Is(err, courier.ErrPrint) {
			t.Errorf("fingerprint %q: %v", p, err)
		}
	}
	if _, err := county.Courier.Accept(ctx, fengshan, print); !errors.Is(err, courier.ErrNoRequest) {
		t.Errorf("another unit: %v", err)
	}
	if r := station.sync(); !r.Asked || r.Sent != 0 {
		t.Errorf("a refused station: %+v", r)
	}
	if r := county.sync(); r.Collected != 0 {
		t.Errorf("the county took %+v", r)
	}

	// A request that another unit's directory holds, or that somebody changed, is put aside and not offered.
	requests, _ := filepath.Glob(filepath.Join(w.folder, countyUnit, yuanjia, "*.request"))
	if len(requests) != 1 {
		t.Fatalf("requests %v", requests)
	}
	strange := filepath.Join(w.folder, countyUnit, fengshan)
	w.must(os.MkdirAll(strange, 0o700))
	w.copy(requests[0], filepath.Join(strange, "enrol.request"))
	b, err := os.ReadFile(requests[0])
	w.must(err)
	w.must(os.WriteFile(filepath.Join(filepath.Dir(requests[0]), "x.request"), bytes.Replace(b, []byte("0358-8221321"), []byte("0358-8221322"), 1), 0o600))
	w.must(os.WriteFile(filepath.Join(filepath.Dir(requests[0]), "y.request"), []byte("{"), 0o600))
	if asking, err := county.Courier.Requests(ctx); err != nil || len(asking) != 1 || asking[0].Unit != yuanjia || asking[0].Phone != "0358-8221321" {
		t.Errorf("offered %+v %v", asking, err)
	}
	files, err := county.Store.Files(ctx)
	w.must(err)
	why := map[string]string{}
	for _, f := range files {
		why[f.Name] = f.Why
	}
	if want := map[string]string{"enrol.request": "paper-forged", "x.request": "paper-forged", "y.request": "paper-damaged"}; !reflect.DeepEqual(why, want) {
		t.Errorf("aside %v, want %v", why, want)
	}
	w.enrol(station, county)
	county.sync()
	station.sync()
	w.agree(county, station)
}

// What a station sends while the county does not know it (yet, or any more) waits in the folder and is taken afterwards.
func TestStrangersWait(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	county.sync()
	w.must(county.Courier.Revoke(ctx, yuanjia))
	if p := progress(t, county, yuanjia); !p.Revoked {
		t.Errorf("status %+v", p)
	}
	station.titles("二")
	station.sync()
	sent := len(w.bundles(yuanjia, countyUnit))
	for range 2 {
		w.later(8 * 24 * time.Hour) // not even that it is still there
		if r := county.sync(); r.Collected != 0 || len(r.Aside) != 1 || r.Aside[0].Why != "stranger" {
			t.Errorf("a revoked station: %+v", r)
		}
	}
	if county.known("二") || !county.known("一") {
		t.Error("what came before stays, what comes after does not enter")
	}
	if now := len(w.bundles(yuanjia, countyUnit)); now != sent {
		t.Error("the county still writes to a revoked station")
	}
	if _, err := county.Courier.Accept(ctx, yuanjia, station.Courier.Print()); err != nil {
		t.Fatal(err)
	}
	if r := county.sync(); r.Collected != 1 || len(r.Aside) > 0 {
		t.Errorf("accepted again: %+v", r)
	}
	station.sync()
	w.agree(county, station)
	if p := progress(t, county, yuanjia); p.Revoked || len(p.Aside) > 0 {
		t.Errorf("status %+v", p)
	}

	// A county that lost its book does not know the station: the files wait until it is accepted anew.
	fresh := w.setUp("county", countyUnit)
	if r := fresh.sync(); r.Collected != 0 || len(r.Aside) == 0 {
		t.Errorf("a stranger's files were taken: %+v", r)
	}
	if err := fresh.Courier.Revoke(ctx, yuanjia); err == nil {
		t.Error("revoked whom nobody knows")
	}
}

// Nobody else can step into the county's place: its certificate under another key is put aside.
func TestAnotherCountyKeyIsRefused(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	station.sync()
	county.sync()
	station.sync()
	theirs := filepath.Join(t.TempDir(), "stick")
	w.must(os.CopyFS(theirs, os.DirFS(w.folder)))
	w.must(os.RemoveAll(filepath.Join(theirs, yuanjia)))
	real := w.folder
	w.folder = theirs
	impostor := w.setUp("county", countyUnit)
	if _, err := impostor.Courier.Accept(ctx, yuanjia, station.Courier.Print()); err != nil {
		t.Fatal(err)
	}
	impostor.sync()
	w.folder = real
	w.must(filepath.WalkDir(filepath.Join(theirs, yuanjia), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			w.copy(path, filepath.Join(w.folder, yuanjia, countyUnit, "x-"+d.Name()))
		}
		return err
	}))
	r := station.sync()
	var why []string
	for _, a := range r.Aside {
		why = append(why, filepath.Ext(a.File)+" "+a.Why)
	}
	slices.Sort(why)
	if want := []string{".bundle stranger", ".certificate stranger"}; !slices.Equal(why, want) {
		t.Errorf("put aside %v, want %v", why, want)
	}
	if p := progress(t, station, countyUnit); p.Print != county.Courier.Print() || p.Print == impostor.Courier.Print() {
		t.Errorf("the station believes %s", p.Print)
	}
	if ps, _ := station.Courier.Status(ctx); len(ps) != 1 {
		t.Errorf("%d counties", len(ps))
	}
	station.titles("二")
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)

	// A certificate for another computer lets nobody in.
	other := w.setUp("station", fengshan)
	other.sync()
	w.must(os.MkdirAll(filepath.Join(w.folder, fengshan, countyUnit), 0o700))
	cert, _ := filepath.Glob(filepath.Join(w.folder, yuanjia, countyUnit, "enrol-*.certificate"))
	w.copy(cert[0], filepath.Join(w.folder, fengshan, countyUnit, "enrol.certificate"))
	if r := other.sync(); len(r.Aside) != 1 || r.Aside[0].Why != "paper-stranger" || !r.Asked {
		t.Errorf("another station's certificate: %+v", r)
	}
}

// A folder that is away, or another one, stops nobody from working, and nothing is lost or written astray.
func TestFolderAway(t *testing.T) {
	w, county, station := pair(t)
	away := w.folder + "-away"
	w.must(os.Rename(w.folder, away))
	station.titles("一")
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, folder.ErrNotConnected) {
		t.Errorf("no folder: %v", err)
	}
	w.must(os.Mkdir(w.folder, 0o700)) // the drive letter is there, the drive is not
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, folder.ErrNotConnected) {
		t.Errorf("an empty folder: %v", err)
	}
	if left := w.files(); left != nil {
		t.Errorf("written into an empty folder: %v", left)
	}
	_, err := folder.Prepare(w.folder, "019ab0c0-0000-7000-8000-0000000000ff")
	w.must(err)
	before := w.files()
	for _, o := range []*office{station, county} {
		if _, err := o.Courier.Sync(ctx); !errors.Is(err, folder.ErrOther) {
			t.Errorf("another county's stick: %v", err)
		}
	}
	if after := w.files(); !slices.Equal(before, after) {
		t.Errorf("written onto another county's stick: %v", after)
	}
	if n, err := station.Courier.Unsent(ctx); n != 1 || err != nil {
		t.Errorf("unsent %d %v", n, err)
	}
	w.must(os.RemoveAll(w.folder))
	w.must(os.Rename(away, w.folder))
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)

	// A new stick for the same county.
	w.folder = t.TempDir()
	for _, o := range []*office{station, county} {
		w.must(setup.SetFolder(o.Home, o.Settings, w.folder, o.random))
	}
	station.titles("二")
	station.sync()
	county.sync()
	station.sync()
	w.agree(county, station)
	w.must(setup.SetFolder(station.Home, station.Settings, "", station.random))
	if _, err := station.Courier.Sync(ctx); !errors.Is(err, courier.ErrNoFolder) {
		t.Errorf("no folder chosen: %v", err)
	}
}

// A home is made once, whole, and keeps its keys; its clock is its own unless it is for practice.
func TestHome(t *testing.T) {
	w := begin(t)
	station := w.setUp("station", yuanjia)
	h := station.Home
	if _, err := setup.Home(ctx, h, setup.Answers{Role: "station", Unit: fengshan}, station.random); !errors.Is(err, setup.ErrExists) {
		t.Errorf("set up twice: %v", err)
	}
	if again, err := keyring.Load(string(h)); err != nil || !again.Public().Equal(station.Courier.Keys.Public()) {
		t.Errorf("keys changed: %v", err)
	}
	station.Settings.Practice = false
	w.must(station.Settings.Save(h))
	if a, err := app.Open(ctx, app.Options{Home: h, Now: func() time.Time { return w.now }}); !errors.Is(err, app.ErrRealClock) {
		t.Errorf("a real home took another time: %v %v", a, err)
	}
	a, err := app.Open(ctx, app.Options{Home: h})
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
}

// Whatever happens to the files, in any order and however often, in the end both sides have the same.
func TestAnythingMayHappen(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w, county, a := pair(t)
			b := w.setUp("station", fengshan)
			w.enrol(b, county)
			dice := rand.New(rand.NewPCG(seed, 7))
			var log []string
			defer func() {
				if t.Failed() {
					t.Log(strings.Join(log, "\n"))
				}
			}()
			for step := range 60 {
				s := []*office{a, b}[dice.IntN(2)]
				to, from := countyUnit, s.Settings.Unit
				if dice.IntN(4) == 0 {
					to, from = from, to
				}
				files := w.bundles(to, from)
				what := dice.IntN(9)
				if what > 4 && len(files) == 0 {
					continue
				}
				file := ""
				if len(files) > 0 {
					file = files[dice.IntN(len(files))]
				}
				log = append(log, fmt.Sprintf("%d: %d %s %s", step, what, s.Settings.Unit, file))
				switch what {
				case 0, 1:
					s.titles(fmt.Sprint("第", step, "件"))
				case 2:
					if list := s.list(); len(list) > 0 {
						m := list[dice.IntN(len(list))]
						_, err := s.Desk.Correct(ctx, m.ID, map[string]json.RawMessage{"title": json.RawMessage(fmt.Sprintf(`"改%d"`, step))})
						w.must(err)
					}
				case 3:
					s.sync()
				case 4:
					county.sync()
				case 5:
					w.must(os.Remove(file))
				case 6:
					w.must(os.Rename(file, filepath.Join(filepath.Dir(file), fmt.Sprintf("%d.bundle", dice.IntN(1000)))))
				case 7:
					w.copy(file, filepath.Join(filepath.Dir(file), fmt.Sprintf("%d (1).bundle", dice.IntN(1000))))
				case 8:
					w.must(os.Truncate(file, int64(dice.IntN(1500))))
				}
			}
			for range 3 { // then nobody touches the files for some weeks
				w.later(8 * 24 * time.Hour)
				a.sync()
				b.sync()
				county.sync()
			}
			a.sync()
			b.sync()
			w.agree(county, a, b)
		})
	}
}
