package app_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/home"
	"lianluo.local/data/sealed"
	"lianluo.local/data/sealed/pages"
	"lianluo.local/data/vault"
)

const (
	phrase = "院里的槐树开花了"
	alone  = "单志远独此一家"
)

// protect seals a home with one person in it and closes it.
func protect(t *testing.T, o *apptest.Seat) {
	t.Helper()
	o.Settings.Practice = false
	if err := o.Settings.Save(o.Home); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Protect(ctx, app.Person{Name: "李慧敏"}, phrase); err != nil {
		t.Fatal(err)
	}
}

// real opens a home that is no practice home any more.
func real(t *testing.T, w *apptest.World, h home.Home, p app.Pass) *app.App {
	t.Helper()
	a, err := app.Open(ctx, app.Options{Home: h, Clock: func() time.Time { return w.Now }, Key: p.Key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// views are the matters of an open home.
func views(t *testing.T, a *app.App) []ledger.View {
	t.Helper()
	page, err := a.Ledger.Page(ctx, ledger.Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return page.Matters
}

// bare names the files below a folder in which words stand, in UTF-8 or UTF-16.
func bare(t *testing.T, dir string, words ...string) (files []string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		for _, w := range words {
			var wide []byte
			for _, u := range utf16.Encode([]rune(w)) {
				wide = append(wide, byte(u), byte(u>>8))
			}
			if bytes.Contains(b, []byte(w)) || bytes.Contains(b, wide) {
				files = append(files, name)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

// A home that is protected opens for its person alone, holds all that it held, and nobody reads a word of it; on another
// computer it opens with nothing.
func TestProtect(t *testing.T) {
	apptest.Plain(t)
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	if _, err := o.Desk.Receive(ctx, o.Clerk(), desk.Draft{Title: "雨水倒灌", Name: alone, Phone: "13812345678",
		Words: "院子里就是污泥"}); err != nil {
		t.Fatal(err)
	}
	words := []string{alone, "13812345678", "院子里就是污泥"}
	if err := os.MkdirAll(o.Home.Aside(), 0o700); err != nil {
		t.Fatal(err)
	}
	w.Must(os.WriteFile(filepath.Join(o.Home.Aside(), "a.bundle"), []byte(alone), 0o600))
	w.Must(os.MkdirAll(filepath.Join(o.Home.Papers(), alone), 0o700))
	for _, name := range []string{"paper-1.pdf", alone + ".pdf", alone + "/" + alone + ".pdf"} {
		w.Must(os.WriteFile(filepath.Join(o.Home.Papers(), name), []byte(alone), 0o600))
	}
	w.Must(o.Fill(ctx))
	if len(bare(t, string(o.Home), words...)) == 0 {
		t.Fatal("nothing could be read before")
	}
	before := o.List()
	protect(t, o)
	if files := bare(t, string(o.Home), append(words, "李慧敏", phrase, "PRIVATE KEY", "AGE-SECRET")...); len(files) > 0 {
		t.Errorf("anybody reads %q", files)
	}
	if papers, err := filepath.Glob(filepath.Join(o.Home.Papers(), "paper-*.pdf")); err != nil || len(papers) != 3 {
		t.Errorf("papers: %v %v", papers, err)
	}
	w.Must(filepath.WalkDir(string(o.Home), func(name string, d fs.DirEntry, err error) error {
		if !d.IsDir() && strings.Contains(d.Name(), alone) {
			t.Errorf("its name tells of whom it is: %s", name)
		}
		return err
	}))
	if !app.Locked(o.Home) {
		t.Error("it is not locked")
	}
	if _, err := app.Open(ctx, app.Options{Home: o.Home}); !errors.Is(err, app.ErrLocked) {
		t.Errorf("it opens with nothing: %v", err)
	}
	elsewhere := home.Home(filepath.Join(t.TempDir(), "copied"))
	w.Must(os.CopyFS(string(elsewhere), os.DirFS(string(o.Home))))
	for _, h := range []home.Home{o.Home, elsewhere} {
		if _, err := app.Unlock(h, "李慧敏", "院里的槐树开花", w.Now); !errors.Is(err, app.ErrWrong) {
			t.Errorf("a wrong password: %v", err)
		}
		if _, err := app.UnlockItself(h); !errors.Is(err, app.ErrLocked) {
			t.Errorf("it opens by itself: %v", err)
		}
	}
	p, err := app.Unlock(o.Home, "李 慧敏", phrase, w.Now)
	w.Must(err)
	a := real(t, w, o.Home, p)
	if after := views(t, a); len(after) != len(before) {
		t.Errorf("%d matters, %d before", len(after), len(before))
	}
	if rep, verdict, err := a.Check(ctx); err != nil || verdict != app.Sound {
		t.Errorf("%+v %v", rep, err)
	}
	if _, err := a.Protect(ctx, app.Person{Name: "李慧敏"}, phrase); !errors.Is(err, app.ErrProtected) {
		t.Errorf("protected twice: %v", err)
	}
}

// Whatever kills a program that seals a home, or seals it anew, the home is as it was or sealed, with all that it held;
// what is left of the other does not stay.
func TestProtectStruck(t *testing.T) {
	apptest.Plain(t)
	for _, does := range []string{"protect", "renew"} {
		struck(t, "signal=KILL", func(w *apptest.World, county, station *apptest.Seat) (*apptest.Seat, string) {
			station.Receive(desk.Draft{Title: "一", Name: alone})
			w.Settle(station, county)
			if does == "renew" {
				w.Must(apptest.Err(station.Protect(ctx, app.Person{}, "")))
				station.Open(station.Home)
			}
			return station, does
		}, func(w *apptest.World, county, station *apptest.Seat, told string) {
			if !station.Known("一") {
				t.Errorf("it is lost; %s", told)
			}
			if files := bare(t, string(station.Home), alone); len(files) > 0 && app.Locked(station.Home) {
				t.Errorf("%s: sealed, and anybody reads %q", does, files)
			}
			if left, _ := filepath.Glob(filepath.Join(string(station.Home), "next*")); len(left) > 0 {
				t.Errorf("%q is left", left)
			}
			station.Titles("二")
			w.Settle(station, county)
			w.Agree(county, station)
		})
	}
}

// Homes that programs of before left are sealed with all that they held.
func TestHomesOfBeforeAreProtected(t *testing.T) {
	files, err := filepath.Glob("testdata/*.zip")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			w := homesOfBefore(t, file, time.Date(2026, 11, 22, 9, 30, 0, 0, apptest.Evening.Location()))
			homes, err := filepath.Glob(filepath.Join(w.dir, "*", "settings.json"))
			if err != nil || len(homes) == 0 {
				t.Fatal(homes, err)
			}
			for _, s := range homes {
				o := w.open(filepath.Base(filepath.Dir(s)))
				before, entries := len(o.List()), o.Entries()
				w.Must(apptest.Err(o.Protect(ctx, app.Person{}, "")))
				if b, err := os.ReadFile(o.Home.Database()); err != nil || bytes.HasPrefix(b, []byte("SQLite")) {
					t.Errorf("%s begins with %q", s, b[:16])
				}
				o.Open(o.Home)
				if len(o.List()) != before || o.Entries() != entries {
					t.Errorf("%s holds %d matters, %d before; %d entries, %d before", s, len(o.List()), before, o.Entries(), entries)
				}
				o.Healthy()
			}
		})
	}
}

// Copies from before are named as readable until they are sealed, and then put back as ever; a copy of a sealed home
// opens elsewhere with the password that it was made with.
func TestCopiesOfBefore(t *testing.T) {
	apptest.Plain(t)
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	o.Receive(desk.Draft{Title: "一", Name: alone})
	w.Must(o.Copy(ctx, ""))
	protect(t, o)
	p, err := app.Unlock(o.Home, "李慧敏", phrase, w.Now)
	w.Must(err)
	a := real(t, w, o.Home, p)
	if list := a.Readable(); len(list) != 1 || len(bare(t, o.Home.Backups(), alone)) != 1 {
		t.Errorf("readable: %v", list)
	}
	if n, left, err := a.SealCopies(ctx); n != 1 || len(left) > 0 || err != nil {
		t.Errorf("%d sealed, %q left: %v", n, left, err)
	}
	if list := a.Readable(); len(list) > 0 || len(bare(t, o.Home.Backups(), alone)) > 0 {
		t.Errorf("readable: %v", list)
	}
	taken := a.Copies()
	if len(taken) != 1 {
		t.Fatal(taken)
	}
	if c, err := a.Records().Look(ctx, taken[0].File); err != nil || c.Matters != 1 {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := app.ByPassword("李慧敏", phrase)(ctx, wrapped(t, taken[0].File)); err != nil {
		t.Errorf("with the password: %v", err)
	}
	if _, err := app.ByPassword("李慧敏", "院里的槐树")(ctx, wrapped(t, taken[0].File)); !errors.Is(err, app.ErrThen) {
		t.Errorf("with another: %v", err)
	}
}

func wrapped(t *testing.T, file string) []byte {
	t.Helper()
	b, err := pages.Wraps(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A new key takes the place of the old one, which opens nothing any more; passwords stay, those of whom it says no go.
func TestRenew(t *testing.T) {
	apptest.Plain(t)
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	o.Receive(desk.Draft{Title: "一", Name: alone})
	protect(t, o)
	p, err := app.Unlock(o.Home, "李慧敏", phrase, w.Now)
	w.Must(err)
	a := real(t, w, o.Home, p)
	w.Must(a.SetPassword("user-2", "王明", "quiet-river-9", true))
	key, err := a.Renew(ctx, func(h vault.Holder) bool { return h.Name != "王明" })
	w.Must(err)
	if _, err := app.Open(ctx, app.Options{Home: o.Home, Key: p.Key}); !errors.Is(err, sealed.ErrKey) {
		t.Errorf("the old key: %v", err)
	}
	if _, err := app.Unlock(o.Home, "王明", "quiet-river-9", w.Now); !errors.Is(err, app.ErrWrong) {
		t.Errorf("who was taken out: %v", err)
	}
	again, err := app.Unlock(o.Home, "李慧敏", phrase, w.Now)
	if err != nil || !bytes.Equal(again.Bytes(), key.Bytes()) {
		t.Errorf("who stays: %v", err)
	}
	if a := real(t, w, o.Home, again); len(views(t, a)) != 1 {
		t.Error("it is lost")
	}
}
