package courier_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/data/view"
)

var recordsFile = flag.String("records", "", "where the benchmark leaves the records it exchanges, a JSON object a line")

// leave writes the records of all, for another program to exchange.
func leave(c *apptest.Crowd, file string) {
	if file == "" {
		return
	}
	out, err := os.Create(file)
	c.Must(err)
	b := bufio.NewWriter(out)
	for _, m := range c.Members {
		for _, r := range m.Records {
			line, err := r.MarshalJSON()
			c.Must(err)
			_, _ = b.Write(append(line, '\n')) // an error stays until Flush
		}
	}
	c.Must(errors.Join(b.Flush(), out.Close()))
}

// BenchmarkExchange is a county's week: bundles of so many stations, a hundred entries each, are verified, decrypted,
// stored and worked into the list, and then the same again under other names. Answering 708 stations is part of the
// first.
func BenchmarkExchange(b *testing.B) {
	for _, n := range []int{177, 354, 708} {
		b.Run(fmt.Sprint(n, " stations"), func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				w := &apptest.World{T: b, Now: apptest.Evening, Folder: filepath.Join(b.TempDir(), "folder")}
				w.Must(os.Mkdir(w.Folder, 0o700))
				c := apptest.Gather(w, n, 100)
				c.Send()
				leave(c, *recordsFile)
				runtime.GC()
				b.StartTimer()
				begun, rules := time.Now(), c.County.Courier.Rules
				c.County.Courier.Rules = func(ctx context.Context) (map[string]string, error) { // asked for once all is collected
					b.ReportMetric(time.Since(begun).Seconds(), "s/collected")
					return rules(ctx)
				}
				r := c.County.Sync()
				b.ReportMetric(time.Since(begun).Seconds(), "s/fresh")
				c.County.Courier.Rules = rules
				matters, err := view.Count(ctx, c.County.Store, view.Filter{})
				w.Must(err)
				if r.Processed != n*100 || matters != n*34 {
					b.Fatalf("%d entries and %d matters of %d stations, aside %v", r.Processed, matters, n, r.Aside[:min(3, len(r.Aside))])
				}
				b.StopTimer()
				c.Send()
				b.StartTimer()
				begun = time.Now()
				if r := c.County.Sync(); r.Collected != 0 || len(r.Aside) > 0 {
					b.Fatalf("again: %d collected, %d aside", r.Collected, len(r.Aside))
				}
				b.ReportMetric(time.Since(begun).Seconds(), "s/again")
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.Sys)/(1<<20), "MB")
				b.StopTimer()
				w.Must(c.County.Close())
				b.StartTimer()
			}
		})
	}
}
