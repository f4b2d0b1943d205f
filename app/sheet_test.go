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
	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/bundle"
	"lianluo.local/data/keyring"
	"lianluo.local/data/store"
	"lianluo.local/data/suite"
)

// sheet makes a recovery sheet for a home, in the place of one that it has, and gives its words.
func (o *office) sheet() string {
	o.w.t.Helper()
	s, err := o.NewSheet(rand.Reader, true)
	o.w.must(err)
	o.w.must(o.Hold(ctx, s))
	return strings.Join(s.Words(), " ")
}

// secret is what somebody says in confidence.
func secret(title string) desk.Draft {
	return desk.Draft{Title: title, Name: "单志远", Phone: "13812345678", Words: title + "的原话", Confidential: true}
}

// burn destroys a station's computer without a copy; another one takes its place and gets what the county holds.
func (w *world) burn(station, county *office) *office {
	w.t.Helper()
	w.must(station.Close())
	fresh := w.setUp("station", yuanjia)
	fresh.sync()
	w.must(fresh.Courier.Follow(ctx, county.Courier.Print()))
	w.must(second(county.Courier.Replace(ctx, yuanjia, fresh.Courier.Print())))
	w.settle(fresh, county)
	return fresh
}

// absent counts the matters of a home that lack words, by where these are.
func (o *office) absent() map[string]int {
	o.w.t.Helper()
	list, err := o.Store.Absences(ctx, "")
	o.w.must(err)
	n := map[string]int{}
	for _, a := range list {
		n[a.Where()]++
	}
	return n
}

func (o *office) opens(words string) store.Unlocked {
	o.w.t.Helper()
	u, err := o.OpenSheet(ctx, o.Clerk(), words)
	o.w.must(err)
	return u
}

// What was said in confidence comes back on a new computer by the sheet alone, in both suites: before and after the sheet was made,
// corrections and what was said under the seal, and it is found again. Nothing is locked away twice.
func TestSheetOnANewComputer(t *testing.T) {
	for _, name := range []string{"", "sm"} {
		t.Run("suite "+name, func(t *testing.T) {
			w := begin(t)
			w.suite = name
			county, station, city := w.setUp("county", countyUnit), w.setUp("station", yuanjia), w.setUp("city", cityUnit)
			w.enrol(county, city)
			w.enrol(station, county)
			first := station.receive(secret("甲乙"))
			words := station.sheet()
			next := station.receive(secret("丙丁"))
			ordinary := station.receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
			later := station.receive(desk.Draft{Title: "后来", Name: "赵后来", Words: "后来的话"})
			w.settle(station, county, city)
			w.must(second(station.Desk.Correct(ctx, station.Clerk(), next.ID, map[string]json.RawMessage{"phone": json.RawMessage(`"13900001111"`)})))
			w.must(second(station.Desk.Correct(ctx, station.Clerk(), later.ID, map[string]json.RawMessage{"confidential": json.RawMessage(`true`)})))
			station.do(first, `{"do":"collate","mode":"代表引导","proposal":"锁里的意见"}`)
			w.settle(station, county, city)
			before := map[string]any{}
			for _, v := range station.list() {
				before[v.Number] = v.Matter
			}
			held := county.entries()
			w.must(station.Store.Preserve(ctx, w.now))
			w.settle(station, county, city)
			if n := county.entries(); n != held {
				t.Errorf("%d entries more: locked away twice", n-held)
			}
			for _, o := range []*office{county, city} {
				o.healthy()
				for _, v := range o.list() {
					if v.Confidential && v.Known() || len(o.list()) != 4 {
						t.Errorf("%s knows %+v", o.Settings.Unit, v.Private)
					}
				}
				for _, text := range []string{"原话", "锁里的意见", "13900001111"} {
					if page, err := o.Ledger.Page(ctx, ledger.Query{Text: text}); err != nil || len(page.Matters) > 0 {
						t.Errorf("%s finds %q: %v", o.Settings.Unit, text, err)
					}
				}
			}

			fresh := w.burn(station, county)
			w.settle(fresh, county, city)
			if n := fresh.absent(); n["sheet"] != 3 || len(n) != 1 {
				t.Fatalf("before it is opened: %v", n)
			}
			if rep, err := fresh.Store.Check(ctx, yuanjia); err != nil || rep.OK || len(rep.Problems) != 3 {
				t.Errorf("check: %+v %v", rep, err)
			}
			if got := fresh.show(ordinary); !reflect.DeepEqual(got, before[ordinary.Number]) {
				t.Errorf("an ordinary one: %+v", got)
			}
			if _, err := fresh.OpenSheet(ctx, fresh.Clerk(), "的的的的的的的的的的的在"); !errors.Is(err, keyring.ErrOtherSheet) {
				t.Errorf("the words of another sheet: %v", err)
			}
			if _, err := fresh.Held(); !errors.Is(err, app.ErrNoSheet) {
				t.Errorf("the home has taken a sheet over that opens nothing: %v", err)
			}
			if u := fresh.opens(words); u.Opened < 5 || u.Spoilt > 0 || u.Sheets != nil {
				t.Errorf("%+v", u)
			}
			for _, v := range fresh.list() {
				if !reflect.DeepEqual(v.Matter, before[v.Number]) {
					t.Errorf("came back as\n%+v\nwas\n%+v", v.Matter, before[v.Number])
				}
			}
			for _, text := range []string{"甲乙的原话", "13900001111", "锁里的意见", "赵后来"} {
				if page, err := fresh.Ledger.Page(ctx, ledger.Query{Text: text}); err != nil || len(page.Matters) != 1 {
					t.Errorf("%q is not found: %d %v", text, len(page.Matters), err)
				}
			}
			fresh.healthy()
			held = fresh.entries()
			w.settle(fresh, county, city)
			if n := fresh.entries(); n != held || county.entries() != n {
				t.Errorf("locked away twice: %d, %d", n-held, county.entries())
			}

			// the sheet is the new computer's, too
			third := fresh.receive(secret("戊己"))
			w.settle(fresh, county, city)
			want := fresh.show(third)
			again := w.burn(fresh, county)
			if u := again.opens(words); u.Opened < 6 || !reflect.DeepEqual(again.show(third), want) {
				t.Errorf("%+v\n%+v", u, again.show(third))
			}
			again.healthy()
			city.healthy()
			county.healthy()
		})
	}
}

// A sheet that took another's place opens what was said before, too; the old one opens no more than it did.
func TestSheetReplaced(t *testing.T) {
	w, county, station := pair(t)
	old := station.sheet()
	station.receive(secret("甲乙"))
	w.settle(station, county)
	words := station.sheet()
	station.receive(secret("丙丁"))
	w.settle(station, county)
	fresh := w.burn(station, county)
	if u := fresh.opens(old); u.Opened != 1 || len(u.Sheets) != 1 {
		t.Errorf("the old sheet: %+v", u)
	}
	if u := fresh.opens(words); u.Opened != 1 || u.Here != 1 || u.Sheets != nil {
		t.Errorf("the sheet in its place: %+v", u)
	}
	fresh.healthy()
}

// Two computers of one table have a sheet each. Neither is troubled by what only the other knows. Both are lost: each sheet opens what
// its own computer wrote, and what came back is locked for the sheet of the successor.
func TestTwoComputersTwoSheets(t *testing.T) {
	w, county, a := pair(t)
	b := w.setUp("station", yuanjia)
	b.sync()
	w.must(b.Courier.Follow(ctx, county.Courier.Print()))
	w.must(second(county.Courier.Accept(ctx, yuanjia, b.Courier.Print())))
	wordsA, wordsB := a.sheet(), b.sheet()
	a.receive(secret("甲乙"))
	b.receive(secret("丙丁"))
	w.settle(a, b, county)
	for _, o := range []*office{a, b} {
		o.healthy()
		if n := o.absent(); n["computer"] != 1 || len(n) != 1 {
			t.Errorf("%v", n)
		}
	}
	w.must(b.Close())
	fresh := w.burn(a, county)
	if n := fresh.absent(); n["sheet"] != 2 {
		t.Errorf("%v", n)
	}
	if u := fresh.opens(wordsA); u.Opened != 1 || len(u.Sheets) != 1 {
		t.Errorf("%+v", u)
	}
	if u := fresh.opens(wordsB); u.Opened != 1 || u.Sheets != nil {
		t.Errorf("%+v", u)
	}
	fresh.healthy()
	w.settle(fresh, county)
	again := w.burn(fresh, county)
	if u := again.opens(wordsA); u.Opened != 2 || u.Sheets != nil {
		t.Errorf("the first sheet does not open all: %+v", u)
	}
	again.healthy()
}

// Where nobody made a sheet the words are gone: the matter and check say so, until a person says that he knows; then check is at peace,
// and still tells. A home that was put back from a copy remembers that.
func TestWordsGoneForGood(t *testing.T) {
	w, county, station := pair(t)
	m := station.receive(secret("甲乙"))
	ordinary := station.receive(desk.Draft{Title: "路灯", Name: "郝来福"})
	w.settle(station, county)
	fresh := w.burn(station, county)
	says := func() string {
		t.Helper()
		v, err := fresh.Ledger.Show(ctx, m.Number)
		w.must(err)
		return v.Lacking()
	}
	if s := says(); !strings.Contains(s, "不在了") || strings.Contains(s, "已知") {
		t.Error(s)
	}
	if _, err := fresh.OpenSheet(ctx, fresh.Clerk(), "的的的的的的的的的的的在"); !errors.Is(err, app.ErrNothingLocked) {
		t.Error(err)
	}
	rep, err := fresh.Store.Check(ctx, yuanjia)
	w.must(err)
	if rep.OK || len(rep.Problems) != 1 || !strings.Contains(rep.Problems[0], m.Number) {
		t.Errorf("%+v", rep)
	}
	if _, err := fresh.KnownGone(ctx, []string{ordinary.Number}); err == nil {
		t.Error("a matter that lacks nothing is taken for one that does")
	}
	if list, err := fresh.KnownGone(ctx, nil); err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	told := func() {
		t.Helper()
		rep, err := fresh.Store.Check(ctx, yuanjia)
		w.must(err)
		if !rep.OK || len(rep.Gone) != 1 || !strings.Contains(says(), "已知") {
			t.Errorf("%+v %s", rep, says())
		}
	}
	told()
	copied := fresh.keepCopy()
	w.must(fresh.putBack(copied))
	w.settle(fresh, county)
	told()
	county.healthy()
}

// A program that ends at any point of it loses nothing: the sheet is kept and nothing is locked yet; the words are back and nobody
// finds them yet.
func TestSheetCutShort(t *testing.T) {
	w, county, station := pair(t)
	m := station.receive(secret("甲乙"))
	s, err := station.NewSheet(rand.Reader, false)
	w.must(err)
	w.must(keyring.SaveSheet(string(station.Home), s.Holder))
	w.must(station.Close())
	station.open(station.Home)
	w.settle(station, county)
	fresh := w.burn(station, county)
	own, err := s.Keys(suite.Age)
	w.must(err)
	kind, err := suite.Named(suite.Age)
	w.must(err)
	u, err := fresh.Store.Unlock(ctx, s.Number(), func(sealed []byte) ([]byte, error) { return kind.Decrypt(sealed, []suite.Secret{own}) }, w.now)
	if err != nil || u.Opened != 1 {
		t.Fatal(u, err)
	}
	w.must(fresh.Close())
	fresh.open(fresh.Home)
	page, err := fresh.Ledger.Page(ctx, ledger.Query{Text: "甲乙的原话"})
	if err != nil || len(page.Matters) != 1 || page.Matters[0].ID != m.ID {
		t.Errorf("not found after the words came back: %d %v", len(page.Matters), err)
	}
	fresh.healthy()
}

// A copy from before a confidential matter is put back on a new computer: the gap is filled from the county with the sheet.
func TestSheetFillsAnOldCopy(t *testing.T) {
	w, county, station := pair(t)
	words := station.sheet()
	station.receive(secret("甲乙"))
	w.settle(station, county)
	copied := filepath.Join(t.TempDir(), "copy.db")
	w.copy(station.keepCopy(), copied)
	m := station.receive(secret("丙丁"))
	w.settle(station, county)
	want := station.show(m)
	w.must(station.Close())
	fresh := w.setUp("station", yuanjia)
	w.must(fresh.Close())
	w.must(second(archive.Restore(ctx, fresh.Home, copied, w.now)))
	fresh.open(fresh.Home)
	fresh.sync()
	w.must(fresh.Courier.Follow(ctx, county.Courier.Print()))
	w.must(second(county.Courier.Replace(ctx, yuanjia, fresh.Courier.Print())))
	w.settle(fresh, county)
	if n := fresh.absent(); n["sheet"] != 1 || len(n) != 1 {
		t.Errorf("%v", n)
	}
	if u := fresh.opens(words); u.Opened != 1 || !reflect.DeepEqual(fresh.show(m), want) {
		t.Errorf("%+v\n%+v", u, fresh.show(m))
	}
	fresh.healthy()
}

// The county's recovery key opens every bundle of its stations, and in none of them a word that was said in confidence, before a
// sheet is made or after.
func TestRecoveryKeyOpensNothingConfidential(t *testing.T) {
	w, county, station := pair(t)
	safe := filepath.Join(t.TempDir(), "safe")
	w.must(os.Mkdir(safe, 0o700))
	w.must(county.Courier.Recovery(safe, rand.Reader))
	w.settle(station, county)
	m := station.receive(secret("甲乙"))
	w.settle(station, county)
	station.sheet()
	station.receive(desk.Draft{Title: "路灯", Name: "郝来福", Words: "不亮"})
	w.must(second(station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"words": json.RawMessage(`"另一句原话"`)})))
	var kinds []string
	open := func() {
		keys, err := keyring.Load(safe)
		w.must(err)
		for _, file := range w.bundles(countyUnit, yuanjia) {
			f, err := os.Open(file)
			w.must(err)
			defer f.Close()
			info, err := f.Stat()
			w.must(err)
			known := func(h bundle.Header) ([]suite.Signer, error) {
				return []suite.Signer{{Suite: h.Suite, Key: h.Key}}, nil
			}
			_, rs, err := bundle.Open(f, info.Size(), countyUnit, known, keys.Keys()...)
			if err != nil {
				continue // of before the key was made
			}
			for _, r := range rs {
				line, err := json.Marshal(r)
				w.must(err)
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
	station.sync()
	open()
	if !slices.Contains(kinds, "keepsake") || !slices.Contains(kinds, "ordinary") {
		t.Errorf("opened only %v", kinds)
	}
}

// A disk is put back as it was: what was said in confidence since comes back with the sheet that the home has already.
func TestSheetAfterAnImage(t *testing.T) {
	w, county, station := pair(t)
	words := station.sheet()
	station.receive(secret("甲乙"))
	w.settle(station, county)
	back := station.imaged()
	m := station.receive(secret("丙丁"))
	w.settle(station, county)
	want := station.show(m)
	back()
	w.settle(station, county)
	if n := station.absent(); n["sheet"] != 1 || len(n) != 1 {
		t.Errorf("%v", n)
	}
	if u := station.opens(words); u.Opened != 1 || !reflect.DeepEqual(station.show(m), want) {
		t.Errorf("%+v\n%+v", u, station.show(m))
	}
	station.healthy()
	county.healthy()
}

// What a county answers under the seal has a second holder of itself, the station: its successor lacks nothing, and needs no sheet.
func TestSealedAnswerOfABurntCounty(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	m := station.receive(secret("甲乙"))
	station.do(m, `{"do":"collate","mode":"部门联动","proposal":"请办"}`)
	station.do(m, `{"do":"escalate","note":"站里办不了"}`)
	w.settle(station, county, city)
	county.do(m, `{"do":"answer","class":"已解决","answer":"锁里的答复"}`)
	w.settle(station, county, city)
	want := county.show(m)
	w.must(county.Close())
	fresh := w.setUp("county", countyUnit)
	fresh.sync()
	w.must(second(city.Courier.Replace(ctx, countyUnit, fresh.Courier.Print())))
	w.must(fresh.Courier.Follow(ctx, city.Courier.Print()))
	w.must(second(fresh.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	station.sync()
	w.must(station.Courier.Follow(ctx, fresh.Courier.Print()))
	w.settle(station, fresh, city)
	if got := fresh.show(m); !reflect.DeepEqual(got, want) {
		t.Errorf("came back as\n%+v\nwas\n%+v", got, want)
	}
	if n := fresh.absent(); len(n) > 0 {
		t.Errorf("it lacks %v", n)
	}
	fresh.healthy()
}

// A point reports to its township's station: what it locked comes back through that one.
func TestSheetThroughATownship(t *testing.T) {
	w, point, town, county, city := chain(t)
	words := point.sheet()
	m := point.receive(secret("甲乙"))
	w.settle(point, town, county, city)
	want := point.show(m)
	for _, o := range []*office{town, county, city} {
		o.healthy()
		if n := o.absent(); len(n) > 0 {
			t.Errorf("%s misses %v", o.Settings.Unit, n)
		}
	}
	w.must(point.Close())
	fresh := w.under("station", yuanjia, fengshan)
	fresh.sync()
	w.must(fresh.Courier.Follow(ctx, town.Courier.Print()))
	w.must(second(town.Courier.Replace(ctx, yuanjia, fresh.Courier.Print())))
	w.settle(fresh, town, county, city)
	if u := fresh.opens(words); u.Opened != 1 || !reflect.DeepEqual(fresh.show(m), want) {
		t.Errorf("%+v\n%+v", u, fresh.show(m))
	}
	fresh.healthy()
}
