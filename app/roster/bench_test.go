package roster_test

import (
	"fmt"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/assets/names"
)

// crowd is so many rows of people, each of his own.
func crowd(n int) (list []roster.Row) {
	all := names.All()
	for i := range n {
		row := roster.Row{}
		for c, cell := range map[string]string{"name": all[i%len(all)][:3] + string(rune(0x4e00+i/500)) + string(rune(0x5e00+i%500)), "birth": fmt.Sprintf("19%02d-%02d", 50+i/12%50, i%12+1),
			"employer": fmt.Sprintf("第%d村", i/60), "phone": fmt.Sprintf("138%08d", i), "number": fmt.Sprintf("%05d", i+1), "district": fmt.Sprintf("第%d选区", i/3)} {
			row[c] = roster.Cell{Text: cell, At: fmt.Sprintf("%s%d", c, i+2)}
		}
		list = append(list, row)
	}
	return list
}

func BenchmarkTake(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				o := apptest.New(b).SetUp("county", apptest.County)
				rows := crowd(n)
				b.StartTimer()
				tr, err := o.Roster.Try(ctx, roster.Handout{Batch: "a", Rows: rows, Default: fourteenth})
				if err != nil || len(tr.New) != n {
					b.Fatal(err, len(tr.New), tr.Doubtful[:min(3, len(tr.Doubtful))], tr.Errors[:min(3, len(tr.Errors))])
				}
				b.Logf("tried in %v", b.Elapsed())
				if err := o.Roster.Take(ctx, o.Clerk(), tr); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
