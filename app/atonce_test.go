package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"

	"path/filepath"
	"sync"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/data/matter"
)

// All that a window does behind its pages goes on at once on one home: rounds of exchange, the status of all, saves,
// acts, the index, lists, papers, keys that are renewed, copies, digits and a check, while the computer finds out that
// its disk was put back and begins another life. Nothing is lost, and nothing looks at what another one is changing
// (make race).
func TestAllAtOnce(t *testing.T) {
	w, county, station := apptest.Pair(t)
	station.Titles("一", "二")
	w.Settle(station, county)
	back := station.Imaged()
	station.Titles("三")
	w.Settle(station, county)
	county.Do(county.List()[0].Matter, `{"do":"urge","note":"快"}`)
	back() // what it said since lies in the folder
	before := station.Store.Self().Incarnation
	const times = 12
	who := form.Issuer{Settings: *station.Settings, Profile: station.Profile, Today: station.Now()}
	listed := station.List()[0]
	first := listed.Matter
	poke := make(chan struct{})
	watching, ended := context.WithCancel(ctx)
	var jobs, watch sync.WaitGroup
	watch.Go(func() {
		station.Watch(watching, station.Clerk(), poke, func(_ app.Round, err error) {
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
	})
	receipt, _ := paper.ByCode("receipt")
	dice := rand.NewChaCha8([32]byte{77})
	for name, does := range map[string]func(i int) error{
		"rounds":  func(int) error { poke <- struct{}{}; return nil },
		"theirs":  func(int) error { return apptest.Err(county.Courier.Sync(ctx)) },
		"status":  func(int) error { return apptest.Err(station.Courier.Status(ctx)) },
		"above":   func(int) error { return apptest.Err(station.Courier.Above(ctx)) },
		"earlier": func(int) error { return apptest.Err(station.Courier.Requests(ctx)) },
		"print":   func(int) error { station.Courier.Print(); return nil },
		"unsent":  func(int) error { return apptest.Err(station.Courier.Unsent(ctx)) },
		"saves": func(i int) error {
			return apptest.Err(station.Desk.Receive(ctx, station.Clerk(), desk.Draft{Title: fmt.Sprint("边报送边登记", i), Name: "单志远"}))
		},
		"acts": func(i int) error {
			_, err := station.Desk.Correct(ctx, station.Clerk(), first.ID, map[string]json.RawMessage{"title": json.RawMessage(fmt.Sprintf(`"改%d"`, i))})
			return err
		},
		"drafts": func(int) error { return station.Desk.Keep(ctx, desk.Draft{Title: "还没写完"}) },
		"index":  func(int) error { return apptest.Err(station.Ledger.Fill(ctx)) },
		"lists":  func(int) error { return apptest.Err(station.Ledger.Page(ctx, ledger.Query{Text: "登记", Limit: 20})) },
		"alike":  func(int) error { return apptest.Err(station.Ledger.Alike(ctx, listed, 4)) },
		"papers": func(int) error {
			d, err := receipt.Make(paper.Things{Matters: []matter.Matter{first}}, who, paper.Wish{})
			if err == nil {
				_, err = d.PDF()
			}
			return err
		},
		"keys": func(i int) error {
			if i > 0 {
				return nil
			}
			return station.Courier.Renew(ctx, dice)
		},
		"copies": func(i int) error {
			return station.Store.Backup(ctx, filepath.Join(apptest.Dir(t), "copy.db"))
		},
		"lapse": func(int) error { return apptest.Err(station.Office.Lapse(ctx, station.Clerk())) },
		"check": func(int) error { return apptest.Err(station.Store.Check(ctx, station.Settings.Unit)) },
	} {
		jobs.Go(func() {
			for i := range times {
				if err := does(i); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
	jobs.Wait()
	ended()
	watch.Wait()
	w.Settle(station, county)
	for _, o := range []*apptest.Seat{station, county} {
		have := map[string]bool{}
		for _, v := range o.List() {
			have[v.Title] = true
		}
		for i := range times {
			if title := fmt.Sprint("边报送边登记", i); !have[title] {
				t.Errorf("%s does not have %s", o.Settings.Unit, title)
			}
		}
		if len(have) != times+3 || !have["三"] {
			t.Errorf("%s has %d matters", o.Settings.Unit, len(have))
		}
		o.Healthy() // but for the number that was given twice before anybody could know: see TestFault17CopiedAndBothUsed
		o.Quiet()
	}
	if before == station.Store.Self().Incarnation {
		t.Error("it lives its old life")
	}
}
