package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/store"
)

// putBack is the command restore, and the program opened again.
func (o *office) putBack(file string) error {
	o.w.t.Helper()
	o.w.must(o.Close())
	_, err := archive.Restore(ctx, o.Home, file, o.w.now)
	o.open(o.Home)
	return err
}

// What a citizen said in confidence lies at his own table only: the copy that is put back over it takes it over, and is good for
// further copies.
func TestConfidenceOutlivesACopy(t *testing.T) {
	w, county, station := pair(t)
	old := station.keepCopy()
	m := station.receive(desk.Draft{Title: "密", Words: "请保密的原话", Name: "车玉柱", Phone: "13912345678", Confidential: true})
	w.settle(station, county)
	w.must(station.putBack(old))
	w.settle(station, county)
	if v := station.show(m); v.Name != "车玉柱" || !strings.HasPrefix(v.Words, "请保密的原话") || v.Number != m.Number {
		t.Errorf("came back as %q %q %s", v.Name, v.Words, v.Number)
	}
	station.healthy()
	w.must(station.putBack(station.keepCopy()))
}

// Where confidence is lifted, the office above gets what was withheld from it: who it is, his words, the title, what was noted.
func TestLiftedConfidenceSendsWhatWasWithheld(t *testing.T) {
	w, county, station := pair(t)
	m := station.receive(desk.Draft{Title: "低保被冒领", Words: "请保密的原话", Name: "车玉柱", Phone: "13912345678", Confidential: true})
	station.do(m, `{"do":"collate","mode":"department","note":"本人不愿露面"}`)
	w.settle(station, county)
	if v := county.show(m); v.Known() || v.Title != desk.SealedTitle {
		t.Fatalf("known above: %q %q", v.Name, v.Title)
	}
	w.must(second(station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"confidential": json.RawMessage("false")})))
	w.settle(station, county)
	v, own := county.show(m), station.show(m)
	if v.Name != "车玉柱" || v.Phone != "13912345678" || v.Words != "请保密的原话" || v.Title != "低保被冒领" || !strings.HasSuffix(v.History[1].Note, "本人不愿露面") {
		t.Errorf("the office knows %+v of %q", v.Private, v.Title)
	}
	if note := own.History[2].Note; note != "标题、保密" || len(own.Conflicts)+len(v.Conflicts) > 0 {
		t.Errorf("history says %q", note)
	}
	station.healthy()
	county.healthy()
}

// The same where the confidence was lifted later: the office above never got what it had covered.
func TestLiftedConfidenceOutlivesACopy(t *testing.T) {
	w, county, station := pair(t)
	old := station.keepCopy()
	m := station.receive(desk.Draft{Title: "密", Words: "请保密的原话", Name: "车玉柱", Phone: "13912345678", Confidential: true})
	w.settle(station, county)
	w.must(second(station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"confidential": json.RawMessage("false")})))
	w.settle(station, county)
	w.must(station.putBack(old))
	w.settle(station, county)
	if v := station.show(m); v.Name != "车玉柱" || !strings.HasPrefix(v.Words, "请保密的原话") {
		t.Errorf("came back as %q %q", v.Name, v.Words)
	}
}

// Who was put out of use stays out of it, and who was let in again, in; what is being typed stays, what was registered does not
// come back as a draft.
func TestWhatElseOutlivesACopy(t *testing.T) {
	w, county, station := pair(t)
	other := w.setUp("station", fengshan)
	w.enrol(other, county)
	w.must(county.Courier.Revoke(ctx, fengshan, ""))
	w.must(county.Store.Keep(ctx, "reception", "登记过的", w.now))
	old := county.keepCopy()
	w.must(second(county.Courier.Accept(ctx, fengshan, other.Courier.Print())))
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	w.must(errors.Join(county.Store.Keep(ctx, "reception", "", w.now), county.Store.Keep(ctx, "note", "正在写的", w.now)))
	w.must(county.putBack(old))
	if !progress(t, county, yuanjia).Revoked || progress(t, county, fengshan).Revoked {
		t.Error("who is in use?")
	}
	past, err := county.Store.Kept(ctx, "reception")
	now, no := county.Store.Kept(ctx, "note")
	if err != nil || no != nil || past != "" || now != "正在写的" {
		t.Errorf("drafts: %q %q", past, now)
	}
	station.titles("偷来的")
	other.titles("一")
	w.settle(station, other, county)
	if county.known("偷来的") || !county.known("一") {
		t.Error("who is believed?")
	}
}

// What is known of the citizens of a burnt station only its county knows; the city that has the rest of it never will.
func TestNamesOfABurntStationOutliveACopy(t *testing.T) {
	w, county, station := pair(t)
	city := w.setUp("city", cityUnit)
	w.enrol(county, city)
	w.settle(station, county, city)
	old := county.keepCopy()
	m := station.receive(desk.Draft{Title: "三", Words: "原话", Name: "单志远", Phone: "13812345678"})
	w.settle(station, county, city)
	w.must(station.Close())
	w.must(county.Courier.Revoke(ctx, yuanjia, ""))
	w.clear()
	w.must(county.putBack(old))
	w.settle(county, city)
	if v := county.show(m); v.Name != "单志远" || v.Words != "原话" {
		t.Errorf("came back as %q %q", v.Name, v.Words)
	}
	w.same(m, county, city)
}

// Where the records are gone or empty the copy's computer goes on: others know it by its name.
func TestCopyWhereNothingIs(t *testing.T) {
	for name, lose := range map[string]func(file string) error{"gone": os.Remove, "empty": func(file string) error { return os.Truncate(file, 0) }} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			station.titles("一")
			w.settle(station, county)
			weekly := station.keepCopy()
			station.titles("二")
			w.settle(station, county)
			w.must(station.Close())
			w.must(lose(station.Home.Database()))
			w.must(second(archive.Restore(ctx, station.Home, weekly, w.now)))
			station.open(station.Home)
			station.titles("三")
			w.settle(station, county)
			if !station.known("二") || !county.known("三") {
				t.Errorf("二 came back: %v, 三 arrived: %v", station.known("二"), county.known("三"))
			}
		})
	}
}

// A burnt county's new computer puts the weekly copy back, in which its stations are accepted long ago: to accept one says so anew.
func TestCountySuccessorWithACopy(t *testing.T) {
	w, county, station := pair(t)
	station.titles("一")
	w.settle(station, county)
	weekly := county.keepCopy()
	w.must(county.Close())
	w.later(time.Hour)
	fresh := w.setUp("county", countyUnit)
	w.must(fresh.putBack(weekly))
	fresh.sync()
	w.must(second(fresh.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
	station.sync()
	w.must(station.Courier.Follow(ctx, fresh.Courier.Print()))
	station.titles("二")
	w.settle(station, fresh)
	w.agree(fresh, station)
}

// The files of a burnt computer are not its successor's, though both live their first life: one that is damaged stays named, and
// one that nobody read stays.
func TestFilesOfABurntComputerAreItsOwn(t *testing.T) {
	w, county, station := pair(t)
	fresh := w.setUp("station", yuanjia)
	w.enrol(fresh, county)
	fresh.titles("甲", "乙", "丙")
	w.settle(station, fresh, county)
	before := map[string]bool{}
	for _, f := range w.bundles(countyUnit, yuanjia) {
		before[f] = true
	}
	station.titles("一")
	station.sync()
	w.must(station.Close())
	var last string
	for _, f := range w.bundles(countyUnit, yuanjia) {
		w.aged(f, 61*24*time.Hour)
		if !before[f] {
			last = f
		}
	}
	w.later(8 * 24 * time.Hour)
	fresh.titles("丁")
	fresh.sync()
	if _, err := os.Stat(last); err != nil {
		t.Fatalf("it was taken away: %v", err)
	}
	w.must(os.WriteFile(last, []byte("lianluo bundle 1\n{"), 0o600))
	w.settle(fresh, county)
	w.must(second(county.Courier.Replace(ctx, yuanjia, fresh.Courier.Print())))
	fresh.titles("戊", "己")
	w.settle(fresh, county)
	ps, err := county.Courier.Status(ctx)
	w.must(err)
	named := 0
	for _, p := range ps {
		named += len(p.Aside)
	}
	if county.known("一") || named != 1 {
		t.Errorf("the loss is named %d times: %+v", named, ps)
	}
}

// No copy of another office is put back, of whatever kind and however little that wrote itself, nor what is no copy at all; nothing
// has changed then.
func TestWhatIsNotPutBack(t *testing.T) {
	w, _, _, county, city := chain(t)
	station := w.setUp("station", yuanjia)
	w.enrol(station, county)
	station.titles("还没有送出的")
	empty := filepath.Join(t.TempDir(), "empty.db")
	w.must(os.WriteFile(empty, nil, 0o600))
	for file, want := range map[string]error{county.keepCopy(): archive.ErrOther, empty: archive.ErrBad, t.TempDir(): home.ErrFolder, os.DevNull: archive.ErrBad} {
		if err := station.putBack(file); !errors.Is(err, want) {
			t.Errorf("%s was put back: %v", file, err)
		}
	}
	if err := county.putBack(city.keepCopy()); !errors.Is(err, archive.ErrOther) {
		t.Errorf("the city's was put back: %v", err)
	}
	w.settle(station, county, city)
	if !city.known("还没有送出的") {
		t.Error("it is lost")
	}
}

// Whoever wrote it and whoever had it once: what nobody else has outlives the copy that is put back, and reaches who comes next.
func TestOnlyCopyOutlivesAnother(t *testing.T) {
	for name, play := range map[string]func(w *world, county, station *office) (old string, last *office, others []*office){
		"it was not sent yet": func(_ *world, county, station *office) (string, *office, []*office) {
			old := station.keepCopy()
			station.titles("三")
			return old, station, []*office{county}
		},
		"the county that had it burnt": func(w *world, county, station *office) (string, *office, []*office) {
			old := station.keepCopy()
			station.titles("三")
			w.settle(station, county)
			w.must(county.Close())
			fresh := w.setUp("county", countyUnit)
			fresh.sync()
			w.must(second(fresh.Courier.Accept(ctx, yuanjia, station.Courier.Print())))
			station.sync()
			w.must(station.Courier.Follow(ctx, fresh.Courier.Print()))
			return old, station, []*office{fresh}
		},
		"the station that wrote it burnt": func(w *world, county, station *office) (string, *office, []*office) {
			old := county.keepCopy()
			station.titles("三")
			w.settle(station, county)
			w.must(station.Close())
			city := w.setUp("city", cityUnit)
			w.enrol(county, city)
			w.must(county.Courier.Revoke(ctx, yuanjia, ""))
			return old, county, []*office{city}
		},
		"a new computer took it from the old one's late copy": func(w *world, county, station *office) (string, *office, []*office) {
			old := station.keepCopy()
			station.titles("三")
			late := station.keepCopy()
			w.must(station.Close())
			fresh := w.setUp("station", yuanjia)
			w.enrol(fresh, county)
			w.must(fresh.putBack(late))
			return old, fresh, []*office{county}
		},
		"nobody is there any more": func(w *world, county, station *office) (string, *office, []*office) {
			old := station.keepCopy()
			station.titles("三")
			w.must(county.Courier.Revoke(ctx, yuanjia, ""))
			return old, station, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := pair(t)
			station.titles("一")
			w.settle(station, county)
			old, last, others := play(w, county, station)
			w.later(time.Minute)
			w.must(last.putBack(old))
			w.must(last.putBack(old))
			w.must(last.putBack(last.keepCopy()))
			w.settle(append(others, last)...)
			for _, o := range append(others, last) {
				if !o.known("三") {
					t.Errorf("%s has lost it", o.Settings.Unit)
				}
				o.healthy()
			}
		})
	}
}

// Of records that are damaged in the middle, what can be read outlives the copy.
func TestDamagedRecordsOutliveACopy(t *testing.T) {
	w, county, station := pair(t)
	old := station.keepCopy()
	for i := range 200 {
		station.titles(fmt.Sprint("第", i, "件"))
	}
	w.must(station.Close())
	db := station.Home.Database()
	b, err := os.ReadFile(db)
	w.must(err)
	for at := 4096 * (len(b) / 8192); at < 4096*(len(b)/8192+3); at++ {
		b[at] ^= 0xa5
	}
	w.must(os.WriteFile(db, b, 0o600))
	w.must(second(archive.Restore(ctx, station.Home, old, w.now)))
	station.open(station.Home)
	w.settle(station, county)
	if n := len(station.list()); n < 150 || n == 200 || len(county.list()) != n {
		t.Errorf("%d of 200 are left, %d at the county", n, len(county.list()))
	}
	w.must(station.putBack(station.keepCopy())) // what never came is no reason against it
}

// Whom somebody compared and which earlier computers he owned to is what he said last here, never what a copy says.
func TestWhatSomebodySaidOutlivesACopy(t *testing.T) {
	w := begin(t)
	county, station := w.setUp("county", countyUnit), w.setUp("station", yuanjia)
	before := station.keepCopy()
	w.enrol(station, county)
	station.titles("一")
	w.settle(station, county)
	after := station.keepCopy()
	w.must(station.putBack(before))
	if progress(t, station, countyUnit).Compared == "" {
		t.Error("the call is forgotten")
	}
	w.must(errors.Join(station.Close(), os.Remove(station.Home.Database())))
	w.must(second(archive.Restore(ctx, station.Home, after, w.now)))
	station.open(station.Home)
	if progress(t, station, countyUnit).Compared != "" {
		t.Error("a copy says who was compared")
	}
	station.titles("二")
	w.settle(station, county)
	w.agree(county, station)

	earlier := store.Predecessor{Replica: journal.Replica{7}, Card: "{}", Believed: true}
	w.must(county.Store.Own(ctx, earlier, w.now))
	copied := county.keepCopy()
	w.later(time.Hour)
	earlier.Believed = false
	w.must(county.Store.Own(ctx, earlier, w.now))
	for range 2 {
		w.must(county.putBack(copied))
		if list, err := county.Store.Predecessors(ctx); err != nil || len(list) != 1 || list[0].Believed {
			t.Errorf("believed again: %v %v", list, err)
		}
		w.later(time.Hour)
	}
}
