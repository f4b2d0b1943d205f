package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/assets/names"
	"lianluo.local/data/matter"
	"lianluo.local/data/thing"
)

// The whole life as far as it goes: a citizen comes, gets a receipt, the station asks to be let in, the county compares
// digits, and everything registered stands in the county's list.
func TestJourney(t *testing.T) {
	w := apptest.Begin(t)
	county, a, b := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia), w.SetUp("station", apptest.Fengshan)

	var matters []matter.Matter
	for i, name := range names.All() {
		s := []*apptest.Seat{a, b}[i%2]
		matters = append(matters, s.Receive(desk.Draft{Name: name, Phone: fmt.Sprint(13800000000 + i), Words: name + "反映：七巷一下雨就倒灌😭。" + strings.Repeat("𰻞", i*20),
			Category: "0203", Deputies: []string{names.All()[(i+7)%len(names.All())]}, Urgency: "紧急", AgeBand: "60-79"}))
	}
	for _, size := range []paper.Size{paper.A5, paper.A4, paper.Roll} {
		pdf, err := paper.Of(matters[0], form.Issuer{Settings: *a.Settings}).PDF(size)
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 2000 || len(pdf) > 300<<10 {
			t.Errorf("receipt %s: %d bytes %v", size, len(pdf), err)
		}
	}
	if n, err := a.Courier.Unsent(ctx); n != (len(matters)+1)/2 || err != nil {
		t.Errorf("unsent before anything was sent: %d %v", n, err)
	}

	for _, s := range []*apptest.Seat{a, b} { // nobody knows them yet: they ask, and send nothing
		if r := s.Sync(); !r.Asked || r.Sent != 0 {
			t.Errorf("first round %+v", r)
		}
		if found := w.Bundles(apptest.County, s.Settings.Unit); found != nil {
			t.Errorf("sent to a county that is not known: %v", found)
		}
	}
	asking, err := county.Courier.Requests(ctx)
	prints := county.Courier.Prints(ctx, asking)
	if err != nil || len(asking) != 2 || prints[0] == prints[1] {
		t.Fatalf("requests %+v %v", asking, err)
	}
	w.Must(a.Courier.Follow(ctx, county.Courier.Print())) // before the certificate is here; the other one waits until it is
	for i, r := range asking {
		s := map[string]*apptest.Seat{apptest.Yuanjia: a, apptest.Fengshan: b}[r.Unit]
		if prints[i] != s.Courier.Print() || r.Name != s.Settings.Name || r.Phone != "" { // the number to call is never the asker's own
			t.Errorf("asked %+v", r)
		}
		digits := prints[i][:4] + " " + prints[i][4:8] + "-" + prints[i][8:] // as people write it down
		if _, err := county.Courier.Accept(ctx, r.Unit, digits); err != nil {
			t.Fatal(err)
		}
	}
	if asking, err := county.Courier.Requests(ctx); len(asking) != 0 || err != nil {
		t.Errorf("still asking: %+v %v", asking, err)
	}

	if r := b.Sync(); !r.Asked || r.Sent != 0 || len(r.Aside) > 0 {
		t.Errorf("nobody at the station has compared: %+v", r)
	}
	w.Must(b.Courier.Follow(ctx, county.Courier.Print()))
	for _, s := range []*apptest.Seat{a, b} {
		if r := s.Sync(); r.Asked || r.Sent == 0 || len(r.Aside) > 0 {
			t.Errorf("after the certificate: %+v", r)
		}
		if n, _ := s.Courier.Unsent(ctx); n == 0 {
			t.Error("sent is not yet stored at the county")
		}
		if p := apptest.Progress(t, s, apptest.County); p.Print != county.Courier.Print() || p.Sent == 0 || p.Stored != 0 {
			t.Errorf("status at the station before the county looked: %+v", p)
		}
	}
	if r := county.Sync(); r.Collected != len(matters) || r.Processed != len(matters) || len(r.Aside) > 0 {
		t.Errorf("the county collected %+v of %d", r, len(matters))
	}
	a.Sync()
	b.Sync()
	w.Agree(county, a, b)
	for _, m := range matters {
		v, err := county.Ledger.Show(ctx, m.Number)
		if err != nil || v.Name != m.Name || v.Words != m.Words || v.Phone != m.Phone || v.Due == "" || v.State != matter.Registered {
			t.Errorf("%s at the county: %+v %v", m.Number, v.Matter, err)
		}
	}

	// A correction and a void follow the same road.
	_, err = a.Desk.Void(ctx, a.Clerk(), matters[0].ID, "登记重了")
	w.Must(err)
	_, err = b.Desk.Correct(ctx, b.Clerk(), matters[1].ID, map[string]json.RawMessage{"name": json.RawMessage(`"刘𬺞生"`), "title": json.RawMessage(`"七巷🌧️井盖"`)})
	w.Must(err)
	a.Sync()
	b.Sync()
	if r := county.Sync(); r.Collected != 2 || r.Processed != 2 {
		t.Errorf("corrections: %+v", r)
	}
	a.Sync()
	b.Sync()
	w.Agree(county, a, b)
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
	if _, err := county.Desk.Void(ctx, county.Clerk(), matters[2].ID, "不归我管"); !errors.Is(err, thing.ErrNotYours) {
		t.Errorf("the county voided a station's matter: %v", err)
	}
	if _, err := county.Desk.Receive(ctx, county.Clerk(), desk.Draft{Title: "甲"}); !errors.Is(err, desk.ErrNotStation) {
		t.Errorf("the county received: %v", err)
	}

	// Then there is nothing new, and nothing is written.
	w.Settle(a, county, b)
	before := w.Files()
	for range 3 {
		for _, o := range []*apptest.Seat{a, county, b} {
			if r := o.Sync(); r.Collected+r.Processed+r.Sent != 0 || len(r.Aside) > 0 {
				t.Errorf("%s again: %+v", o.Settings.Unit, r)
			}
		}
	}
	if after := w.Files(); !slices.Equal(before, after) {
		t.Errorf("idle rounds wrote files:\n%s\nwas\n%s", strings.Join(after, "\n"), strings.Join(before, "\n"))
	}
	for _, s := range []*apptest.Seat{a, b} {
		n := uint64(len(s.List()) + 1)
		up, down := apptest.Progress(t, s, apptest.County), apptest.Progress(t, county, s.Settings.Unit)
		for _, p := range []courier.Progress{up, down} {
			if p.Sent != n || p.Stored != n || p.Processed != n || p.Waiting+p.Conflicts+len(p.Gaps)+len(p.Aside) != 0 || p.LastHeard == "" || p.SentAt == "" || p.Revoked {
				t.Errorf("status of %s: %+v, want %d entries", p.Unit, p, n)
			}
		}
	}

	// A week of silence, and each says that it is still there, in an entry that goes all the way up.
	w.Later(8 * 24 * time.Hour)
	a.Sync()
	if r := county.Sync(); r.Collected != 1 || len(r.Aside) > 0 {
		t.Errorf("heartbeat: %+v", r)
	}
	if got := apptest.Progress(t, county, apptest.Yuanjia).LastHeard; got != w.Now.UTC().Format("2006-01-02T15:04:05Z") {
		t.Errorf("last heard %s, now %v", got, w.Now)
	}
}
