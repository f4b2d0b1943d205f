package docket_test

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/docket"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
)

var many = flag.Int("suggestions", 100_000, "how many suggestions a docket has that is measured")

// filled is a county with many suggestions, each with three who sign, two units and two matters.
func filled(b *testing.B, n int) *apptest.Seat {
	b.Helper()
	o := apptest.Alone(b, "county", apptest.County)
	start := time.Date(2012, 1, 10, 9, 0, 0, 0, time.UTC)
	for at := 0; at < n; {
		var list []store.Act
		for ; at < n && len(list) < 500; at++ {
			on := start.AddDate(0, 0, at*5400/n)
			first := suggestion.Opening{Facts: suggestion.Facts{Kind: "suggestion", Level: "county", Congress: fmt.Sprintf("十%d届%d次", 1+at*5/n, 1+at%5), Public: "full"},
				Told:   suggestion.Told{Wording: &suggestion.Wording{Title: fmt.Sprintf("关于解决%d号院用气问题的建议", at), Category: "0203", Case: "没有通天然气，老人搬煤。", Proposal: "请住建局接通。"}, Names: map[string]suggestion.Who{}},
				Office: apptest.County, On: on.Format(time.DateOnly), Due: on.AddDate(0, 3, 0).Format(time.DateOnly), Becomes: suggestion.Assigned + suggestion.State(at%2)*(suggestion.Answered-suggestion.Assigned)}
			for i := range 3 {
				key := suggestion.KeyOf(fmt.Sprint("p", (at+i)%900))
				first.Names[key] = suggestion.Who{Person: fmt.Sprintf("019ab0c0-0000-7000-8000-%012d", (at+i)%900), Name: fmt.Sprint("代表", (at+i)%900)}
				first.Signers = append(first.Signers, suggestion.Signer{Key: key, Lead: i == 0, Signed: first.On})
				if i < 2 {
					first.Units = append(first.Units, suggestion.Unit{Key: suggestion.KeyOf(fmt.Sprint("u", (at+i)%40)), Help: i > 0})
					first.Matters = append(first.Matters, suggestion.Link{ID: fmt.Sprintf("019ab0c1-0000-7000-8000-%012d", 2*at+i), Number: "02-002003-26-A0042-7", Station: apptest.Yuanjia})
				}
			}
			first.Answer = &suggestion.Answer{Unit: first.Units[0].Key, On: first.Due, Class: 1 + at%8}
			list = append(list, store.Act{Kind: suggestion.Name, Do: suggestion.Write, Body: first, Unit: apptest.County, By: "赵晖", At: o.World.Now})
		}
		o.World.Must(apptest.Err(o.Store.Write(ctx, list...)))
	}
	return o
}

// A docket of fifteen years: its first page, its baskets, the missing numbers, the suggestions of one deputy.
func BenchmarkDocket(b *testing.B) {
	for _, n := range []int{*many / 10, *many} {
		o := filled(b, n)
		for _, c := range []struct {
			name string
			do   func() error
		}{
			{"page", func() error { _, _, err := o.Docket.List(ctx, docket.Filter{Limit: 60}); return err }},
			{"basket", func() error { _, _, err := o.Docket.List(ctx, docket.Filter{Basket: "due", Limit: 60}); return err }},
			{"figures", func() error {
				_, _, err := o.Docket.Figures(ctx, docket.Filter{From: "2012-01-01", To: "2027-12-31"})
				return err
			}},
			{"baskets", func() error { return apptest.Err(o.Docket.Baskets(ctx)) }},
			{"gaps", func() error {
				return apptest.Err(o.Docket.Gaps(ctx, docket.Series{Office: apptest.County, Congress: "十3届2次", Level: "county", Kind: "suggestion"}))
			}},
			{"deputy", func() error {
				_, _, err := o.Docket.List(ctx, docket.Filter{Person: "019ab0c0-0000-7000-8000-000000000007", Limit: 60})
				return err
			}},
			{"matter", func() error {
				_, _, err := o.Docket.List(ctx, docket.Filter{Matter: "019ab0c1-0000-7000-8000-000000000007", Limit: 60})
				return err
			}},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				for b.Loop() {
					if err := c.do(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
