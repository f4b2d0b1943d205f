package archive_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/peer"
)

// What a citizen said in confidence lies at his own table only: the copy that is put back over it takes it over, and is
// good for further copies.
func TestConfidenceOutlivesACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	old := station.KeepCopy()
	m := station.Receive(desk.Draft{Title: "密", Words: "请保密的原话", Name: "车玉柱", Phone: "13912345678", Confidential: true})
	w.Settle(station, county)
	w.Must(station.PutBack(old))
	w.Settle(station, county)
	if v := station.Show(m); v.Name != "车玉柱" || !strings.HasPrefix(v.Words, "请保密的原话") || v.Number != m.Number {
		t.Errorf("came back as %q %q %s", v.Name, v.Words, v.Number)
	}
	station.Healthy()
	w.Must(station.PutBack(station.KeepCopy()))
}

// Where confidence is lifted, the office above gets what was withheld from it: who it is, his words, the title, what
// was noted.
func TestLiftedConfidenceSendsWhatWasWithheld(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "低保被冒领", Words: "请保密的原话", Name: "车玉柱", Phone: "13912345678", Confidential: true})
	station.Do(m, `{"do":"collate","mode":"department","note":"本人不愿露面"}`)
	w.Settle(station, county)
	if v := county.Show(m); v.Known() || v.Title != desk.SealedTitle {
		t.Fatalf("known above: %q %q", v.Name, v.Title)
	}
	w.Must(apptest.Err(station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"confidential": json.RawMessage("false")})))
	w.Settle(station, county)
	v, own := county.Show(m), station.Show(m)
	if v.Name != "车玉柱" || v.Phone != "13912345678" || v.Words != "请保密的原话" || v.Title != "低保被冒领" || !strings.HasSuffix(v.History[1].Note, "本人不愿露面") {
		t.Errorf("the office knows %+v of %q", v.Private, v.Title)
	}
	if note := own.History[2].Note; note != "标题、保密" || len(own.Conflicts)+len(v.Conflicts) > 0 {
		t.Errorf("history says %q", note)
	}
	station.Healthy()
	county.Healthy()
}

// The same where the confidence was lifted later: the office above never got what it had covered.
func TestLiftedConfidenceOutlivesACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	old := station.KeepCopy()
	m := station.Receive(desk.Draft{Title: "密", Words: "请保密的原话", Name: "车玉柱", Phone: "13912345678", Confidential: true})
	w.Settle(station, county)
	w.Must(apptest.Err(station.Desk.Correct(ctx, station.Clerk(), m.ID, map[string]json.RawMessage{"confidential": json.RawMessage("false")})))
	w.Settle(station, county)
	w.Must(station.PutBack(old))
	w.Settle(station, county)
	if v := station.Show(m); v.Name != "车玉柱" || !strings.HasPrefix(v.Words, "请保密的原话") {
		t.Errorf("came back as %q %q", v.Name, v.Words)
	}
}

// Who was put out of use stays out of it, and who was let in again, in; what is being typed stays, what was registered
// does not come back as a draft.
func TestWhatElseOutlivesACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	other := w.SetUp("station", apptest.Fengshan)
	w.Enrol(other, county)
	w.Must(county.Courier.Revoke(ctx, apptest.Fengshan, ""))
	w.Must(county.Store.Keep(ctx, "reception", "登记过的", w.Now))
	old := county.KeepCopy()
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Fengshan, other.Courier.Print())))
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	w.Must(errors.Join(county.Store.Keep(ctx, "reception", "", w.Now), county.Store.Keep(ctx, "note", "正在写的", w.Now)))
	w.Must(county.PutBack(old))
	if !apptest.Progress(t, county, apptest.Yuanjia).Revoked || apptest.Progress(t, county, apptest.Fengshan).Revoked {
		t.Error("who is in use?")
	}
	past, err := county.Store.Kept(ctx, "reception")
	now, no := county.Store.Kept(ctx, "note")
	if err != nil || no != nil || past != "" || now != "正在写的" {
		t.Errorf("drafts: %q %q", past, now)
	}
	station.Titles("偷来的")
	other.Titles("一")
	w.Settle(station, other, county)
	if county.Known("偷来的") || !county.Known("一") {
		t.Error("who is believed?")
	}
}

// What is known of the citizens of a burnt station only its county knows; the city that has the rest of it never will.
func TestNamesOfABurntStationOutliveACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	w.Settle(station, county, city)
	old := county.KeepCopy()
	m := station.Receive(desk.Draft{Title: "三", Words: "原话", Name: "单志远", Phone: "13812345678"})
	w.Settle(station, county, city)
	w.Must(station.Close())
	w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
	w.Clear()
	w.Must(county.PutBack(old))
	w.Settle(county, city)
	if v := county.Show(m); v.Name != "单志远" || v.Words != "原话" {
		t.Errorf("came back as %q %q", v.Name, v.Words)
	}
	w.Same(m, county, city)
}

// Where the records are gone or empty the copy's computer goes on: others know it by its name.
func TestCopyWhereNothingIs(t *testing.T) {
	for name, lose := range map[string]func(file string) error{"gone": os.Remove, "empty": func(file string) error { return os.Truncate(file, 0) }} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			station.Titles("一")
			w.Settle(station, county)
			weekly := station.KeepCopy()
			station.Titles("二")
			w.Settle(station, county)
			w.Must(station.Close())
			w.Must(lose(station.Home.Database()))
			w.Must(apptest.Err(station.Records().Restore(ctx, weekly, w.Now)))
			station.Open(station.Home)
			station.Titles("三")
			w.Settle(station, county)
			if !station.Known("二") || !county.Known("三") {
				t.Errorf("二 came back: %v, 三 arrived: %v", station.Known("二"), county.Known("三"))
			}
		})
	}
}

// A burnt county's new computer puts the weekly copy back, in which its stations are accepted long ago: to accept one
// says so anew.
func TestCountySuccessorWithACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一")
	w.Settle(station, county)
	weekly := county.KeepCopy()
	w.Must(county.Close())
	w.Later(time.Hour)
	fresh := w.SetUp("county", apptest.County)
	w.Must(fresh.PutBack(weekly))
	fresh.Sync()
	w.Must(apptest.Err(fresh.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	station.Sync()
	w.Must(station.Courier.Follow(ctx, fresh.Courier.Print()))
	station.Titles("二")
	w.Settle(station, fresh)
	w.Agree(fresh, station)
}

// The files of a burnt computer are not its successor's, though both live their first life: one that is damaged stays
// named, and one that nobody read stays.
func TestFilesOfABurntComputerAreItsOwn(t *testing.T) {
	w, county, station := apptest.Pair(t)
	fresh := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(fresh, county)
	fresh.Titles("甲", "乙", "丙")
	w.Settle(station, fresh, county)
	before := map[string]bool{}
	for _, f := range w.Bundles(apptest.County, apptest.Yuanjia) {
		before[f] = true
	}
	station.Titles("一")
	station.Sync()
	w.Must(station.Close())
	var last string
	for _, f := range w.Bundles(apptest.County, apptest.Yuanjia) {
		w.Aged(f, 61*24*time.Hour)
		if !before[f] {
			last = f
		}
	}
	w.Later(8 * 24 * time.Hour)
	fresh.Titles("丁")
	fresh.Sync()
	if _, err := os.Stat(last); err != nil {
		t.Fatalf("it was taken away: %v", err)
	}
	w.Must(os.WriteFile(last, []byte("lianluo bundle 1\n{"), 0o600))
	w.Settle(fresh, county)
	w.Must(apptest.Err(county.Courier.Replace(ctx, apptest.Yuanjia, fresh.Courier.Print())))
	fresh.Titles("戊", "己")
	w.Settle(fresh, county)
	ps, err := county.Courier.Status(ctx)
	w.Must(err)
	named := 0
	for _, p := range ps {
		named += len(p.Aside)
	}
	if county.Known("一") || named != 1 {
		t.Errorf("the loss is named %d times: %+v", named, ps)
	}
}

// No copy of another office is put back, of whatever kind and however little that wrote itself, nor what is no copy at
// all; nothing has changed then.
func TestWhatIsNotPutBack(t *testing.T) {
	w, _, _, county, city := apptest.Chain(t)
	station := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(station, county)
	station.Titles("还没有送出的")
	empty := filepath.Join(t.TempDir(), "empty.db")
	w.Must(os.WriteFile(empty, nil, 0o600))
	for file, want := range map[string]error{county.KeepCopy(): archive.ErrOther, empty: archive.ErrBad, t.TempDir(): home.ErrFolder, os.DevNull: archive.ErrBad} {
		if err := station.PutBack(file); !errors.Is(err, want) {
			t.Errorf("%s was put back: %v", file, err)
		}
	}
	if err := county.PutBack(city.KeepCopy()); !errors.Is(err, archive.ErrOther) {
		t.Errorf("the city's was put back: %v", err)
	}
	w.Settle(station, county, city)
	if !city.Known("还没有送出的") {
		t.Error("it is lost")
	}
}

// Whoever wrote it and whoever had it once: what nobody else has outlives the copy that is put back, and reaches who
// comes next.
func TestOnlyCopyOutlivesAnother(t *testing.T) {
	for name, play := range map[string]func(w *apptest.World, county, station *apptest.Seat) (old string, last *apptest.Seat, others []*apptest.Seat){
		"it was not sent yet": func(_ *apptest.World, county, station *apptest.Seat) (string, *apptest.Seat, []*apptest.Seat) {
			old := station.KeepCopy()
			station.Titles("三")
			return old, station, []*apptest.Seat{county}
		},
		"the county that had it burnt": func(w *apptest.World, county, station *apptest.Seat) (string, *apptest.Seat, []*apptest.Seat) {
			old := station.KeepCopy()
			station.Titles("三")
			w.Settle(station, county)
			w.Must(county.Close())
			fresh := w.SetUp("county", apptest.County)
			fresh.Sync()
			w.Must(apptest.Err(fresh.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
			station.Sync()
			w.Must(station.Courier.Follow(ctx, fresh.Courier.Print()))
			return old, station, []*apptest.Seat{fresh}
		},
		"the station that wrote it burnt": func(w *apptest.World, county, station *apptest.Seat) (string, *apptest.Seat, []*apptest.Seat) {
			old := county.KeepCopy()
			station.Titles("三")
			w.Settle(station, county)
			w.Must(station.Close())
			city := w.SetUp("city", apptest.City)
			w.Enrol(county, city)
			w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
			return old, county, []*apptest.Seat{city}
		},
		"a new computer took it from the old one's late copy": func(w *apptest.World, county, station *apptest.Seat) (string, *apptest.Seat, []*apptest.Seat) {
			old := station.KeepCopy()
			station.Titles("三")
			late := station.KeepCopy()
			w.Must(station.Close())
			fresh := w.SetUp("station", apptest.Yuanjia)
			w.Enrol(fresh, county)
			w.Must(fresh.PutBack(late))
			return old, fresh, []*apptest.Seat{county}
		},
		"nobody is there any more": func(w *apptest.World, county, station *apptest.Seat) (string, *apptest.Seat, []*apptest.Seat) {
			old := station.KeepCopy()
			station.Titles("三")
			w.Must(county.Courier.Revoke(ctx, apptest.Yuanjia, ""))
			return old, station, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, county, station := apptest.Pair(t)
			station.Titles("一")
			w.Settle(station, county)
			old, last, others := play(w, county, station)
			w.Later(time.Minute)
			w.Must(last.PutBack(old))
			w.Must(last.PutBack(old))
			w.Must(last.PutBack(last.KeepCopy()))
			w.Settle(append(others, last)...)
			for _, o := range append(others, last) {
				if !o.Known("三") {
					t.Errorf("%s has lost it", o.Settings.Unit)
				}
				o.Healthy()
			}
		})
	}
}

// Of records that are damaged in the middle, what can be read outlives the copy.
func TestDamagedRecordsOutliveACopy(t *testing.T) {
	w, county, station := apptest.Pair(t)
	old := station.KeepCopy()
	for i := range 200 {
		station.Titles(fmt.Sprint("第", i, "件"))
	}
	w.Must(station.Close())
	if apptest.Sealing().Given() { // nobody finds them there
		return
	}
	db := station.Home.Database()
	b, err := os.ReadFile(db)
	w.Must(err)
	for said := []byte("第100件"); bytes.Contains(b, said); { // wherever that one stands, and what stands on the same page
		page := bytes.Index(b, said) / 4096 * 4096
		for at := page; at < page+4096; at++ {
			b[at] ^= 0xa5
		}
	}
	w.Must(os.WriteFile(db, b, 0o600))
	w.Must(apptest.Err(station.Records().Restore(ctx, old, w.Now)))
	station.Open(station.Home)
	w.Settle(station, county)
	if n := len(station.List()); n < 150 || n == 200 || len(county.List()) != n {
		t.Errorf("%d of 200 are left, %d at the county", n, len(county.List()))
	}
	w.Must(station.PutBack(station.KeepCopy())) // what never came is no reason against it
}

// Whom somebody compared and which earlier computers he owned to is what he said last here, never what a copy says.
func TestWhatSomebodySaidOutlivesACopy(t *testing.T) {
	w := apptest.Begin(t)
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	before := station.KeepCopy()
	w.Enrol(station, county)
	station.Titles("一")
	w.Settle(station, county)
	after := station.KeepCopy()
	w.Must(station.PutBack(before))
	if apptest.Progress(t, station, apptest.County).Compared == "" {
		t.Error("the call is forgotten")
	}
	w.Must(errors.Join(station.Close(), os.Remove(station.Home.Database())))
	w.Must(apptest.Err(station.Records().Restore(ctx, after, w.Now)))
	station.Open(station.Home)
	if apptest.Progress(t, station, apptest.County).Compared != "" {
		t.Error("a copy says who was compared")
	}
	station.Titles("二")
	w.Settle(station, county)
	w.Agree(county, station)

	earlier := peer.Predecessor{Replica: journal.Replica{7}, Card: "{}", Believed: true}
	w.Must(peer.Own(ctx, county.Store, earlier, w.Now))
	copied := county.KeepCopy()
	w.Later(time.Hour)
	earlier.Believed = false
	w.Must(peer.Own(ctx, county.Store, earlier, w.Now))
	for range 2 {
		w.Must(county.PutBack(copied))
		if list, err := peer.Predecessors(ctx, county.Store); err != nil || len(list) != 1 || list[0].Believed {
			t.Errorf("believed again: %v %v", list, err)
		}
		w.Later(time.Hour)
	}
}
