package roster_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/app/roster/batch"
	"lianluo.local/app/sheet"
	"lianluo.local/app/sheet/messy"
	"lianluo.local/assets/names"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
)

// crowd is so many rows of people, each of his own, at some stations.
func crowd(n int, stations ...string) (list []batch.Row) {
	all := names.All()
	for i := range n {
		row := batch.Row{}
		said := map[string]string{"name": all[i%len(all)][:3] + string(rune(0x4e00+i/500)) + string(rune(0x5e00+i%500)),
			"birth": fmt.Sprintf("19%02d-%02d", 50+i/12%50, i%12+1), "employer": fmt.Sprintf("第%d村", i/60),
			"phone": fmt.Sprintf("138%08d", i), "number": fmt.Sprintf("%05d", i+1), "district": fmt.Sprintf("第%d选区", i/3)}
		if len(stations) > 0 {
			said["stations"] = stations[i%len(stations)]
		}
		for c, cell := range said {
			row[c] = batch.Cell{Text: cell, At: fmt.Sprintf("%s%d", c, i+2)}
		}
		list = append(list, row)
	}
	return list
}

func imported(b *testing.B, o *apptest.Seat, rows []batch.Row) {
	b.Helper()
	tr, err := batch.Try(ctx, o.Roster, batch.Handout{Batch: "a", Rows: rows,
		Default: map[string]string{"level": "县", "congress": "十四届"}})
	if err == nil && len(tr.New) != len(rows) {
		err = fmt.Errorf("%d new: %v %v", len(tr.New), tr.Doubtful, tr.Errors)
	}
	if err == nil {
		err = batch.Take(ctx, o.Roster, o.Clerk(), tr)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// A city's ten thousand from a file as offices keep them: read, asked, taken.
func BenchmarkSheet(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			kept := messy.County(n, nil, 5)
			said := app.Said{Mapping: sheet.Mapping{Year: kept.Year, Answers: kept.Answers}}
			for _, cell := range kept.Bodies {
				said.Answers[cell] = "skip"
			}
			said.Answers["*"] = "skip" // of so many some of one name cannot be told apart
			most := uint64(0)
			for range b.N {
				b.StopTimer()
				o := apptest.New(b).SetUp("county", apptest.County)
				runtime.GC()
				done := make(chan bool)
				go func() { // what the Go program holds at most
					for {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						most = max(most, m.Sys)
						select {
						case <-done:
							done <- true
							return
						case <-time.After(20 * time.Millisecond):
						}
					}
				}()
				b.StartTimer()
				book, err := sheet.New("名册.xlsx", kept.File)
				if err != nil {
					b.Fatal(err)
				}
				in, err := o.Intake(ctx, app.People, book, said)
				if err == nil {
					b.Logf("%d new, tried in %v", len(in.Plan.New), b.Elapsed())
					err = o.Take(ctx, o.Clerk(), in)
				}
				if err != nil || len(in.Plan.New) < n*9/10 {
					b.Fatal(err, len(in.Plan.New))
				}
				b.StopTimer()
				done <- true
				<-done
				b.StartTimer()
			}
			b.ReportMetric(float64(most)/(1<<20), "MB")
		})
	}
}

// A county's 900 people at 55 stations, each of which has its own computer: taken, and sent for the first time.
func BenchmarkFirstSend(b *testing.B) {
	for _, n := range []int{90, 900} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				c := apptest.Gather(apptest.New(b), 55, 3)
				var stations []string
				for _, m := range c.Members {
					stations = append(stations, m.Card.Unit)
				}
				rows := crowd(n, stations...)
				c.County.Sync()
				b.StartTimer()
				imported(b, c.County, rows)
				took := b.Elapsed()
				c.County.Sync()
				b.Logf("taken in %v, sent in %v", took, b.Elapsed()-took)
			}
		})
	}
}

// The first page and a search by initials among a city's ten thousand.
func BenchmarkPeople(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		o := apptest.New(b).SetUp("county", apptest.County)
		imported(b, o, crowd(n))
		for name, f := range map[string]roster.Filter{"page": {Limit: 50}, "initials": {Query: "wy", Limit: 50}} {
			b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) {
				for range b.N {
					if _, all, err := o.Roster.People(ctx, f); err != nil || all == 0 {
						b.Fatal(all, err)
					}
				}
			})
		}
	}
}

// A city's 708 stations and points, by the names of their places.
func BenchmarkUnits(b *testing.B) {
	var rows []batch.Row
	for _, county := range places.Children(apptest.City) {
		for _, town := range places.Children(county.Code) {
			for i, p := range append([]places.Place{town}, places.Children(town.Code)...) {
				if i == 5 || len(rows) == 708 {
					break
				}
				row := batch.Row{}
				said := map[string]string{"county": county.Name, "township": town.Name, "name": places.Local(p.Code) + "代表联络站"}
				if i > 0 {
					said["village"] = p.Name
				}
				for code, text := range said {
					row[code] = batch.Cell{Text: text, At: fmt.Sprintf("%s%d", code, len(rows)+2)}
				}
				rows = append(rows, row)
			}
		}
	}
	for range b.N {
		b.StopTimer()
		o := apptest.New(b).SetUp("city", apptest.City)
		b.StartTimer()
		tr, err := batch.TryUnits(ctx, o.Roster, batch.Handout{Batch: "u", Rows: rows})
		b.Logf("tried in %v", b.Elapsed())
		if err == nil {
			err = batch.Take(ctx, o.Roster, o.Clerk(), tr)
		}
		if err != nil || len(tr.New) != len(rows) {
			b.Fatal(err, len(tr.New), tr.Errors[:min(3, len(tr.Errors))], tr.Doubtful[:min(3, len(tr.Doubtful))])
		}
	}
}

// Who fits a matter, among so many.
func BenchmarkFit(b *testing.B) {
	for _, n := range []int{1000, 10000, 50000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			o := apptest.New(b).SetUp("county", apptest.County)
			imported(b, o, crowd(n, apptest.Yuanjia))
			m := matter.Matter{Report: matter.Report{Station: apptest.Yuanjia, Category: "0203", Title: "七巷雨水倒灌"}}
			b.ResetTimer()
			for range b.N {
				if fits, err := o.Roster.Fit(ctx, m, 9); err != nil || len(fits) != 9 {
					b.Fatal(len(fits), err)
				}
			}
		})
	}
}
