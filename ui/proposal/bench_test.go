package proposal

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
)

var crowd = flag.Int("suggestions", 100_000, "how crowd suggestions a docket has that is measured")

// filled is an office with many suggestions, each with a deputy who signs and a unit that has it.
func filled(b *testing.B, n int) *apptest.Seat {
	o := apptest.Alone(b, "county", apptest.County)
	start := time.Date(2012, 1, 10, 9, 0, 0, 0, time.UTC)
	for at := 0; at < n; {
		var list []store.Act
		for ; at < n && len(list) < 500; at++ {
			on := start.AddDate(0, 0, at*5400/n)
			p, u := suggestion.KeyOf(fmt.Sprint("p", at%900)), suggestion.KeyOf(fmt.Sprint("u", at%40))
			first := suggestion.Opening{Facts: suggestion.Facts{Kind: "suggestion", Level: "county", Congress: fmt.Sprintf("十%d届%d次", 1+at*5/n, 1+at%5), Public: "full"},
				Told: suggestion.Told{Wording: &suggestion.Wording{Title: fmt.Sprintf("关于解决%d号院用气问题的建议", at), Category: "0203", Case: "没有通天然气，老人搬煤。", Proposal: "请住建局接通。"},
					Names: map[string]suggestion.Who{p: {Name: fmt.Sprint("代表", at%900)}, u: {Name: fmt.Sprint("单位", at%40)}}},
				Office: apptest.County, On: on.Format(time.DateOnly), Due: on.AddDate(0, 3, 0).Format(time.DateOnly), Becomes: suggestion.Assigned,
				Signers: []suggestion.Signer{{Key: p, Lead: true, Signed: on.Format(time.DateOnly)}}, Units: []suggestion.Unit{{Key: u}}}
			list = append(list, store.Act{Kind: suggestion.Name, Do: suggestion.Write, Body: first, Unit: apptest.County, By: "赵晖", At: o.World.Now})
		}
		o.World.Must(apptest.Err(o.Store.Write(ctx, list...)))
	}
	return o
}

// The page of a docket of fifteen years is opened, with its baskets and the numbers that are missing; another basket is
// turned to.
func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{*crowd / 10, *crowd} {
		w := newWorld(filled(b, n))
		b.Run(fmt.Sprintf("page/%d", n), func(b *testing.B) {
			for b.Loop() {
				w.show(b, wide, 18)
			}
			if len(w.table.Rows()) != step || w.all != n {
				b.Fatal(len(w.table.Rows()), w.all)
			}
		})
		b.Run(fmt.Sprintf("again/%d", n), func(b *testing.B) {
			w.show(b, wide, 18)
			for b.Loop() {
				w.Shown()
			}
		})
		b.Run(fmt.Sprintf("rows/%d", n), func(b *testing.B) {
			w.show(b, wide, 18)
			for b.Loop() {
				w.find(step)
			}
		})
		b.Run(fmt.Sprintf("basket/%d", n), func(b *testing.B) {
			w.show(b, wide, 18)
			for i := 0; b.Loop(); i++ {
				w.turn([]string{"sign", "due"}[i%2])
			}
		})
	}
}
