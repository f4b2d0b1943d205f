package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"lianluo.local/app"
	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/thing"
)

// marked is what somebody says who is to be known again in any file.
func marked(title string) desk.Draft {
	return desk.Draft{Title: title, Name: "欧阳昭华", Phone: "13987651234", Address: "石榴巷甲九号", Words: "夜里水管爆裂淹了灶台",
		OnSpot: "answered", OnSpotAnswer: "已请站里师傅阚大宝去修", Sex: "male"}
}

var traces = []string{"欧阳昭华", "13987651234", "石榴巷甲九号", "夜里水管爆裂淹了灶台", "阚大宝", "淹了 了灶"}

// leaks names the traces that stand in any file of a folder, as UTF-8, UTF-16 or base64.
func leaks(t *testing.T, dir string) (found []string) {
	t.Helper()
	var forms [][]byte
	for _, m := range traces {
		forms = append(forms, []byte(m))
		var wide []byte
		for _, u := range utf16.Encode([]rune(m)) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		forms = append(forms, wide)
		for cut := range 3 {
			text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", cut) + m))
			forms = append(forms, []byte(text[4:len(text)-4]))
		}
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for i, f := range forms {
			if bytes.Contains(b, f) {
				found = append(found, filepath.Base(path)+": "+traces[i/5])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// hidden fails unless nobody of all knows more of a matter's citizen than nothing, in any file.
func hidden(t *testing.T, m matter.Matter, all ...*apptest.Seat) {
	t.Helper()
	for _, o := range all {
		o.World.Must(o.Scrub(ctx))
		got := o.Show(m)
		if got.Known() || got.Redacted == "" || got.Number != m.Number || got.Category != m.Category {
			t.Errorf("%s knows %+v", o.Settings.Unit, got.Private)
		}
		for _, q := range []string{"欧阳", "1398765", "石榴", "灶台", "oyzh"} {
			page, err := o.Ledger.Page(ctx, ledger.Query{Text: q, Limit: 10})
			if o.World.Must(err); len(page.Matters) > 0 {
				t.Errorf("%s finds it by %s", o.Settings.Unit, q)
			}
		}
		if f := leaks(t, string(o.Home)); len(f) > 0 {
			t.Errorf("%s still holds %v", o.Settings.Unit, f)
		}
		rows, err := o.Store.Query(ctx,
			"SELECT 1 FROM entry JOIN keepsake USING (row) JOIN redacted USING (of) WHERE secret IS NOT NULL")
		if o.World.Must(err); rows.Next() {
			t.Errorf("%s still holds what the recovery sheet opens", o.Settings.Unit)
		}
		o.World.Must(rows.Close())
		o.Healthy()
		o.World.Must(o.Rebuild(ctx))
		if o.Show(m).Known() {
			t.Errorf("%s knows it again after a rebuild", o.Settings.Unit)
		}
	}
}

// What is known of a citizen leaves every home that had it, with all bytes, after the retention or when he asks; what is
// counted stays, and the chain is whole.
func TestRedactedEverywhere(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	m := station.Receive(marked("水管"))
	other := station.Receive(desk.Draft{Title: "路灯", Name: "单志远", Phone: "13812345678", OnSpot: "answered"})
	w.Settle(station, county, city)
	if got := county.Show(m); got.Phone != "13987651234" {
		t.Fatalf("the county knows %+v", got.Private)
	}
	w.Must(apptest.Err(county.Ledger.Fill(ctx)))
	w.Must(apptest.Err(station.Ledger.Fill(ctx)))
	w.Must(station.Copy(ctx, ""))
	w.Must(county.Copy(ctx, ""))
	old := station.KeepCopy()
	if f := leaks(t, string(station.Home)); len(f) < len(traces) && !apptest.Sealing().Given() {
		t.Fatalf("too little is found: %v", f)
	}
	if list, err := station.Expired(ctx); err != nil || len(list) > 0 {
		t.Errorf("expired: %v %v", list, err)
	}
	w.Later(735 * 24 * time.Hour)
	if list, err := station.Expired(ctx); err != nil || len(list) != 2 {
		t.Fatalf("expired: %v %v", list, err)
	}
	station.ReadsCalendar()
	before := county.Show(m)
	for reason, id := range map[string]string{"": m.ID, "随便": m.ID} {
		if err := station.Redact(ctx, station.Clerk(), reason, id); !errors.As(err, new(problem.Problems)) {
			t.Errorf("for %q: %v", reason, err)
		}
	}
	if err := county.Redact(ctx, county.Clerk(), "term", m.ID); !errors.Is(err, thing.ErrNotYours) {
		t.Errorf("by the county: %v", err)
	}
	w.Must(os.MkdirAll(station.Home.Papers(), 0o700))
	w.Must(os.WriteFile(filepath.Join(station.Home.Papers(), "受理回执.pdf"), []byte(m.Name), 0o600)) // as printing leaves it
	w.Must(station.Redact(ctx, station.Clerk(), "term", m.ID))
	w.Settle(station, county, city)
	hidden(t, m, station, county)
	if city.Healthy(); city.Show(m).Redacted == "" {
		t.Error("the city did not hear of it")
	}
	after := county.Show(m)
	if after.Tally().String() != before.Tally().String() {
		t.Errorf("counted otherwise: %s, %s", before.Tally(), after.Tally())
	}
	if got := county.Show(other); got.Phone != "13812345678" {
		t.Errorf("the other one: %+v", got.Private)
	}
	if err := station.Redact(ctx, station.Clerk(), "term", m.ID); !errors.As(err, new(problem.Problems)) {
		t.Errorf("twice: %v", err)
	}
	if list, err := county.Expired(ctx); err != nil || len(list) != 1 || list[0].ID != other.ID {
		t.Errorf("expired: %v %v", list, err)
	}
	// He comes again: what he says then is known.
	again := station.Do(station.Show(m), `{"do":"redo","note":"又漏了"}`)
	w.Must(apptest.Err(station.Desk.Correct(ctx, station.Clerk(), again.ID,
		map[string]json.RawMessage{"phone": []byte(`"13700001111"`)})))
	w.Settle(station, county)
	if got := county.Show(m); got.Phone != "13700001111" || got.Words != "" {
		t.Errorf("afterwards: %+v", got.Private)
	}
	// An old copy that is put back knows no more than that.
	w.Must(station.PutBack(old))
	if got := station.Show(m); got.Phone != "13700001111" || got.Name != "" || got.Words != "" {
		t.Errorf("put back: %+v", got.Private)
	}
	w.Must(station.Scrub(ctx))
	if f := leaks(t, string(station.Home)); len(f) > 0 {
		t.Errorf("put back: %v", f)
	}
	w.Settle(station, county, city)
	w.Same(station.Show(m), station, county)
	station.Healthy()
	if slices.ContainsFunc(station.Amiss, func(err error) bool { return err != nil }) {
		t.Error(station.Amiss)
	}
}

// What was said in confidence goes the same way, and no recovery sheet opens it again: neither here nor what the county
// holds of it, nor on a new computer.
func TestRedactedConfidence(t *testing.T) {
	w, county, station := apptest.Pair(t)
	d := marked("水管")
	d.Confidential = true
	m := station.Receive(d)
	words := sheet(station)
	other := station.Receive(secret("甲乙"))
	station.Do(m, `{"do":"rate","result":"满意","note":"阚大宝的手艺好"}`)
	w.Settle(station, county)
	old := station.KeepCopy()
	w.Must(station.Redact(ctx, station.Clerk(), "本人要求", m.ID))
	w.Settle(station, county)
	hidden(t, m, station, county)
	if h := station.Show(m).History; strings.Contains(fmt.Sprint(h), "阚大宝") || h[len(h)-1].Note != "本人要求" {
		t.Errorf("history: %v", h)
	}
	recent := station.KeepCopy()
	station.SetBack(old)
	w.Must(station.PutBack(recent)) // what lay there is taken over
	w.Settle(station, county)
	hidden(t, m, station, county)
	fresh := burn(w, station, county)
	if n := absent(fresh); n["sheet"] != 1 || len(n) != 1 {
		t.Errorf("wanting: %v", n)
	}
	if u := opens(fresh, words); u.Opened != 1 || u.Spoilt > 0 || u.Sheets != nil {
		t.Errorf("%+v", u)
	}
	if hidden(t, m, fresh, county); fresh.Show(other).Phone == "" {
		t.Error("the other one is not known any more")
	}
	// The old copy comes to the new computer, which heard of the redaction from the county.
	w.Must(fresh.PutBack(old))
	w.Settle(fresh, county)
	hidden(t, m, fresh, county)
}

// What was being typed of him goes with it, here and in the copies, and so do bundles that were set aside; what was typed
// of somebody else stays, be he a namesake, and so does what is kept besides.
func TestRedactedWhatWasTyped(t *testing.T) {
	w, _, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "水管", Name: "单志远", Phone: "13812345678", Words: traces[3], OnSpot: "answered"})
	kept := map[string]any{"his telephone": desk.Draft{Name: "他家里人", Phone: "138-1234-5678", Words: traces[3]},
		"his name": desk.Draft{Name: "单 志远", Words: traces[3]}, "a namesake": desk.Draft{Name: "单志远", Phone: "13700001111"},
		"somebody": desk.Draft{Name: "孔繁星"}, "no draft": []string{"单志远的"}}
	for id, k := range kept {
		b, err := json.Marshal(k)
		w.Must(errors.Join(err, station.Store.Keep(ctx, id, string(b), w.Now)))
	}
	w.Must(station.Store.Keep(ctx, "no json", "单志远{", w.Now))
	w.Must(station.Copy(ctx, ""))
	w.Must(os.MkdirAll(station.Home.Aside(), 0o700))
	for _, name := range []string{"a.bundle", "b.request"} {
		w.Must(os.WriteFile(filepath.Join(station.Home.Aside(), name), []byte(name), 0o600))
	}
	w.Must(station.Redact(ctx, station.Clerk(), "asked", m.ID))
	for id, stays := range map[string]bool{"his telephone": false, "his name": false, "a namesake": true, "somebody": true,
		"no draft": true, "no json": true} {
		if body, err := station.Store.Kept(ctx, id); err != nil || (body != "") != stays {
			t.Errorf("%s is kept: %q %v", id, body, err)
		}
	}
	if f := leaks(t, string(station.Home)); len(f) > 0 {
		t.Error(f)
	}
	if left, err := os.ReadDir(station.Home.Aside()); err != nil || len(left) != 1 || left[0].Name() != "b.request" {
		t.Errorf("set aside: %v %v", left, err)
	}
	station.Healthy()
}

// Whoever did not know of it yet brings nothing back: the station's second computer, which put the telephone right
// meanwhile, and an office between whose older program passes it on.
func TestRedactedLate(t *testing.T) {
	w, county, station := apptest.Pair(t)
	city := w.SetUp("city", apptest.City)
	w.Enrol(county, city)
	twin := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(twin, county)
	older := slices.Clone(apptest.Kinds)
	for i, k := range older {
		if k.Name == matter.Name {
			older[i].Version, older[i].Redacts = k.Version-1, nil
			older[i].Knows = func(r journal.Record) bool { return r.Do != "redact" && k.Knows(r) }
			older[i].Fold = func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
				strange := slices.IndexFunc(rs, func(r journal.Record) bool { return r.Do == "redact" })
				if strange < 0 {
					return k.Fold(rs)
				}
				sum, refused := k.Fold(slices.Delete(slices.Clone(rs), strange, strange+1))
				return sum, append(refused, thing.Refusal{ID: rs[strange].ID, Err: thing.ErrUnknown})
			}
		}
	}
	opened := func(o *apptest.Seat, kinds []thing.Kind) {
		w.Must(o.Close())
		o.Kinds = kinds
		o.Open(o.Home)
	}
	opened(county, older)
	m := station.Receive(marked("水管"))
	w.Settle(station, county, twin, city)
	if twin.Show(m).Phone != "13987651234" {
		t.Fatalf("the second computer knows %+v", twin.Show(m).Private)
	}
	w.Must(station.Redact(ctx, station.Clerk(), "asked", m.ID))
	w.Must(apptest.Err(twin.Desk.Correct(ctx, twin.Clerk(), m.ID, map[string]json.RawMessage{"address": []byte(`"石榴巷甲九号之一"`)})))
	w.Settle(station, county, twin, city)
	hidden(t, m, station, twin)
	if !county.Show(m).Known() {
		t.Error("an older program cannot know what it means")
	}
	opened(county, apptest.Kinds)
	hidden(t, m, county)
	w.Settle(station, county, twin, city)
	hidden(t, m, station, twin, county)
	w.Same(station.Show(m), station, twin, county)
}

// A copy of before is put back: what lies in the folder is taken before anybody looks; what the county alone knows comes with
// the first exchange, and until then it is told that it may stand here again.
func TestRedactedBeforeACopyOfThen(t *testing.T) {
	w, county, station := apptest.Pair(t)
	twin := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(twin, county)
	first, second := station.Receive(marked("水管")),
		station.Receive(desk.Draft{Title: "路灯", Name: "单志远", Phone: "13812345678", OnSpot: "answered"})
	w.Settle(station, county, twin)
	waits := func() bool {
		t.Helper()
		list, err := station.Waiting(ctx)
		w.Must(err)
		return slices.ContainsFunc(list, func(t app.Trouble) bool { return t.Code == "restored" && t.N == 1 })
	}
	old := station.KeepCopy()
	if waits() {
		t.Error("told where nothing was put back")
	}
	for m, lies := range map[*matter.Matter]bool{&first: true, &second: false} {
		w.Must(twin.Redact(ctx, twin.Clerk(), "asked", m.ID))
		twin.Sync()
		county.Sync()
		if !lies {
			w.Clear()
		}
		w.Must(station.PutBack(old))
		if !station.Show(*m).Known() {
			t.Fatal("the copy does not know it")
		}
		w.Must(station.Close())
		w.Must(app.CatchUp(ctx, app.Options{Home: station.Home, Now: func() time.Time { return w.Now }, Random: station.Random,
			Kinds: station.Kinds, Key: apptest.Sealing()}))
		if station.Open(station.Home); station.Show(*m).Known() == lies {
			t.Errorf("lies in the folder: %v, and is known: %v", lies, lies)
		}
		if !waits() {
			t.Error("nobody tells that something may stand here again")
		}
		w.Settle(station, county)
		if waits() || station.Show(*m).Known() {
			t.Error("after the exchange it is still so")
		}
	}
}

// Who was visited at home goes the same way, with what was said there; that he was visited stays.
func TestRedactedVisits(t *testing.T) {
	w, county, station := apptest.Pair(t)
	do := func(id, order string) session.Session {
		t.Helper()
		w.Later(time.Minute)
		o, err := agenda.Parse([]byte(order))
		w.Must(err)
		s, err := station.Agenda.Act(ctx, station.Clerk(), id, o)
		w.Must(err)
		return s
	}
	s := do("", `{"do":"plan","kind":"visit","day":"2026-11-21","from":"18:00","becomes":"open"}`)
	do(s.ID, `{"do":"visit","name":"欧阳昭华","phone":"13987651234","address":"石榴巷甲九号","words":"夜里水管爆裂淹了灶台","said":"请阚大宝去修"}`)
	w.Settle(station, county)
	known := func(o *apptest.Seat) bool {
		t.Helper()
		s, err := o.Agenda.Session(ctx, s.ID)
		if w.Must(err); len(s.Stops) != 1 {
			t.Errorf("%s knows of %d households", o.Settings.Unit, len(s.Stops))
		}
		return s.Known()
	}
	if !known(station) || !known(county) {
		t.Fatal("nobody knows who was visited")
	}
	w.Later(800 * 24 * time.Hour)
	station.ReadsCalendar()
	if n, err := station.RedactExpired(ctx, station.Clerk()); n != 1 || err != nil {
		t.Fatalf("%d are redacted: %v", n, err)
	}
	w.Settle(station, county)
	for _, o := range []*apptest.Seat{station, county} {
		w.Must(o.Scrub(ctx))
		if known(o) {
			t.Errorf("%s knows it still", o.Settings.Unit)
		}
		if f := leaks(t, string(o.Home)); len(f) > 0 {
			t.Errorf("%s still holds %v", o.Settings.Unit, f)
		}
		o.Healthy()
	}
	if n, err := station.RedactExpired(ctx, station.Clerk()); n != 0 || err != nil {
		t.Errorf("once more: %d %v", n, err)
	}
}
