package app_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/bundle"
	"lianluo.local/data/keyring"
	"lianluo.local/data/sealed"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
)

// sheet makes a recovery sheet for a home, in the place of one that it has, and gives its words.
func sheet(o *apptest.Seat) string {
	o.World.T.Helper()
	s, err := o.NewSheet(ctx, rand.Reader, true)
	o.World.Must(err)
	o.World.Must(o.Hold(ctx, s))
	return strings.Join(s.Words(), " ")
}

// secret is what somebody says in confidence.
func secret(title string) desk.Draft {
	return desk.Draft{Title: title, Name: "单志远", Phone: "13812345678", Words: title + "的原话", Confidential: true}
}

// burn destroys a station's computer without a copy; another one takes its place and gets what the county holds.
func burn(w *apptest.World, station, county *apptest.Seat) *apptest.Seat {
	w.T.Helper()
	w.Must(station.Close())
	fresh := w.SetUp("station", apptest.Yuanjia)
	fresh.Sync()
	w.Must(fresh.Courier.Follow(ctx, county.Courier.Print()))
	w.Must(apptest.Err(county.Courier.Replace(ctx, apptest.Yuanjia, fresh.Courier.Print())))
	w.Settle(fresh, county)
	return fresh
}

// absent counts the matters of a home that lack words, by where these are.
func absent(o *apptest.Seat) map[string]int {
	o.World.T.Helper()
	list, err := o.Store.Absences(ctx, "")
	o.World.Must(err)
	n := map[string]int{}
	for _, a := range list {
		n[a.Where()]++
	}
	return n
}

func opens(o *apptest.Seat, words string) store.Unlocked {
	o.World.T.Helper()
	u, err := o.OpenSheet(ctx, o.Clerk(), words)
	o.World.Must(err)
	return u
}

// What was said in confidence comes back on a new computer by the sheet alone, in both suites: before and after the sheet was made,
// corrections and what was said under the seal, and it is found again. Nothing is locked away twice.
func TestSheetOnANewComputer(t *testing.T) {
	for _, name := range []string{"", "sm"} {
		t.Run("suite "+name, func(t *testing.T) {
			w := apptest.Begin(t)
			w.Suite = name
			county, station, city := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia), w.SetUp("city", apptest.City)
			w.Enrol(county, city)
			w.Enrol(station, county)
			first := station.Receive(secret("甲乙"))
			words := sheet(station)
			next := station.Receive(secret("丙丁"))
			ordinary := station.Receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
			later := station.Receive(desk.Draft{Title: "后来", Name: "赵后来", Words: "后来的话"})
			w.Settle(station, county, city)
			w.Must(apptest.Err(station.Desk.Correct(ctx, station.Clerk(), next.ID, map[string]json.RawMessage{"phone": json.RawMessage(`"13900001111"`)})))
			w.Must(apptest.Err(station.Desk.Correct(ctx, station.Clerk(), later.ID, map[string]json.RawMessage{"confidential": json.RawMessage(`true`)})))
			station.Do(first, `{"do":"collate","mode":"代表引导","proposal":"锁里的意见"}`)
			w.Settle(station, county, city)
			before := map[string]any{}
			for _, v := range station.List() {
				before[v.Number] = v.Matter
			}
			held := county.Entries()
			w.Must(station.Store.Preserve(ctx, w.Now))
			w.Settle(station, county, city)
			if n := county.Entries(); n != held {
				t.Errorf("%d entries more: locked away twice", n-held)
			}
			for _, o := range []*apptest.Seat{county, city} {
				o.Healthy()
				for _, v := range o.List() {
					if v.Confidential && v.Known() || len(o.List()) != 4 {
						t.Errorf("%s knows %+v", o.Settings.Unit, v.Private)
					}
				}
				for _, text := range []string{"原话", "锁里的意见", "13900001111"} {
					if page, err := o.Ledger.Page(ctx, ledger.Query{Text: text}); err != nil || len(page.Matters) > 0 {
						t.Errorf("%s finds %q: %v", o.Settings.Unit, text, err)
					}
				}
			}

			fresh := burn(w, station, county)
			w.Settle(fresh, county, city)
			if n := absent(fresh); n["sheet"] != 3 || len(n) != 1 {
				t.Fatalf("before it is opened: %v", n)
			}
			if rep, err := fresh.Store.Check(ctx, apptest.Yuanjia); err != nil || rep.OK || len(rep.Problems) != 3 {
				t.Errorf("check: %+v %v", rep, err)
			}
			if got := fresh.Show(ordinary); !reflect.DeepEqual(got, before[ordinary.Number]) {
				t.Errorf("an ordinary one: %+v", got)
			}
			if _, err := fresh.OpenSheet(ctx, fresh.Clerk(), "的的的的的的的的的的的在"); !errors.Is(err, keyring.ErrOtherSheet) {
				t.Errorf("the words of another sheet: %v", err)
			}
			if _, err := fresh.Held(); !errors.Is(err, app.ErrNoSheet) {
				t.Errorf("the home has taken a sheet over that opens nothing: %v", err)
			}
			if u := opens(fresh, words); u.Opened < 5 || u.Spoilt > 0 || u.Sheets != nil {
				t.Errorf("%+v", u)
			}
			for _, v := range fresh.List() {
				if !reflect.DeepEqual(v.Matter, before[v.Number]) {
					t.Errorf("came back as\n%+v\nwas\n%+v", v.Matter, before[v.Number])
				}
			}
			for _, text := range []string{"甲乙的原话", "13900001111", "锁里的意见", "赵后来"} {
				if page, err := fresh.Ledger.Page(ctx, ledger.Query{Text: text}); err != nil || len(page.Matters) != 1 {
					t.Errorf("%q is not found: %d %v", text, len(page.Matters), err)
				}
			}
			fresh.Healthy()
			held = fresh.Entries()
			w.Settle(fresh, county, city)
			if n := fresh.Entries(); n != held || county.Entries() != n {
				t.Errorf("locked away twice: %d, %d", n-held, county.Entries())
			}

			// the sheet is the new computer's, too
			third := fresh.Receive(secret("戊己"))
			w.Settle(fresh, county, city)
			want := fresh.Show(third)
			again := burn(w, fresh, county)
			if u := opens(again, words); u.Opened < 6 || !reflect.DeepEqual(again.Show(third), want) {
				t.Errorf("%+v\n%+v", u, again.Show(third))
			}
			again.Healthy()
			city.Healthy()
			county.Healthy()
		})
	}
}

// A sheet that took another's place opens what was said before, too; the old one opens no more than it did.
func TestSheetReplaced(t *testing.T) {
	w, county, station := apptest.Pair(t)
	old := sheet(station)
	station.Receive(secret("甲乙"))
	w.Settle(station, county)
	words := sheet(station)
	station.Receive(secret("丙丁"))
	w.Settle(station, county)
	fresh := burn(w, station, county)
	if u := opens(fresh, old); u.Opened != 1 || len(u.Sheets) != 1 {
		t.Errorf("the old sheet: %+v", u)
	}
	if u := opens(fresh, words); u.Opened != 1 || u.Here != 1 || u.Sheets != nil {
		t.Errorf("the sheet in its place: %+v", u)
	}
	fresh.Healthy()
}

// Two computers of one table have a sheet each. Neither is troubled by what only the other knows. Both are lost: each sheet opens what
// its own computer wrote, and what came back is locked for the sheet of the successor.
func TestTwoComputersTwoSheets(t *testing.T) {
	w, county, a := apptest.Pair(t)
	b := w.SetUp("station", apptest.Yuanjia)
	b.Sync()
	w.Must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, b.Courier.Print())))
	wordsA, wordsB := sheet(a), sheet(b)
	a.Receive(secret("甲乙"))
	b.Receive(secret("丙丁"))
	w.Settle(a, b, county)
	for _, o := range []*apptest.Seat{a, b} {
		o.Healthy()
		if n := absent(o); n["computer"] != 1 || len(n) != 1 {
			t.Errorf("%v", n)
		}
	}
	w.Must(b.Close())
	fresh := burn(w, a, county)
	if n := absent(fresh); n["sheet"] != 2 {
		t.Errorf("%v", n)
	}
	if u := opens(fresh, wordsA); u.Opened != 1 || len(u.Sheets) != 1 {
		t.Errorf("%+v", u)
	}
	if u := opens(fresh, wordsB); u.Opened != 1 || u.Sheets != nil {
		t.Errorf("%+v", u)
	}
	fresh.Healthy()
	w.Settle(fresh, county)
	again := burn(w, fresh, county)
	if u := opens(again, wordsA); u.Opened != 2 || u.Sheets != nil {
		t.Errorf("the first sheet does not open all: %+v", u)
	}
	again.Healthy()
}

// The county's recovery key opens every bundle of its stations, and in none of them a word that was said in confidence, before a
// sheet is made or after.
func TestRecoveryKeyOpensNothingConfidential(t *testing.T) {
	w, county, station := apptest.Pair(t)
	safe := filepath.Join(t.TempDir(), "safe")
	w.Must(os.Mkdir(safe, 0o700))
	w.Must(county.Courier.Recovery(safe, rand.Reader))
	w.Settle(station, county)
	m := station.Receive(secret("甲乙"))
	w.Settle(station, county)
	sheet(station)
	station.Receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
	w.Must(apptest.Err(station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"words": json.RawMessage(`"另一句原话"`)})))
	var kinds []string
	open := func() {
		keys, err := keyring.Load(safe, sealed.Key{})
		w.Must(err)
		for _, file := range w.Bundles(apptest.County, apptest.Yuanjia) {
			f, err := os.Open(file)
			w.Must(err)
			defer f.Close()
			info, err := f.Stat()
			w.Must(err)
			known := func(h bundle.Header) ([]suite.Signer, error) {
				return []suite.Signer{{Suite: h.Suite, Key: h.Key}}, nil
			}
			_, rs, err := bundle.Open(f, info.Size(), apptest.County, known, keys.Keys()...)
			if err != nil {
				continue // of before the key was made
			}
			for _, r := range rs {
				line, err := json.Marshal(r)
				w.Must(err)
				kinds = append(kinds, r.Kind)
				for _, word := range []string{"原话", "单志远", "13812345678", "甲乙"} {
					if strings.Contains(string(line), word) {
						t.Errorf("%q is opened by the county's recovery key: %s", word, line)
					}
				}
				if strings.Contains(string(line), "郝来福") {
					kinds = append(kinds, "ordinary")
				}
			}
		}
	}
	station.Sync()
	open()
	if !slices.Contains(kinds, "keepsake") || !slices.Contains(kinds, "ordinary") {
		t.Errorf("opened only %v", kinds)
	}
}
