package sheet_test

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianluo.local/app/sheet"
	"lianluo.local/app/sheet/messy"
)

// city is the roster of 10,000 people, made once.
var city = sync.OnceValue(func() []byte { return messy.County(10_000, stations(708), 1).File })

// kept gives how much of the heap something holds that was made, in MB.
func kept(made func() any) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	held := made()
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(held)
	return (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / (1 << 20)
}

// A roster of 10,000 is understood, every cell of it, beside the texts alone as excelize gives them.
func BenchmarkCity(b *testing.B) {
	file := city()
	for _, way := range []struct {
		name string
		run  func() (any, int)
	}{
		{"understood", func() (any, int) {
			g, _, rows := read(b, file, "", func(m *sheet.Mapping) { m.Year = 2021 })
			return []any{g, rows}, len(rows.Rows)
		}},
		{"excelize", func() (any, int) {
			f, err := excelize.OpenReader(bytes.NewReader(file))
			if err != nil {
				b.Fatal(err)
			}
			defer f.Close()
			rows, err := f.GetRows(messy.Sheet)
			if err != nil {
				b.Fatal(err)
			}
			return rows, len(rows)
		}},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, n := way.run(); n < 9_800 {
					b.Fatal(fmt.Sprint(n, " rows"))
				}
			}
			b.ReportMetric(kept(func() any { made, _ := way.run(); return made }), "MB-kept")
		})
	}
}
