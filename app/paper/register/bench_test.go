package register

import (
	"bytes"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"
	"lianluo.local/assets/fonts"
	"lianluo.local/data/matter"
)

func BenchmarkRegister1000(b *testing.B)  { measure(b, 1000, printed) }
func BenchmarkRegister10000(b *testing.B) { measure(b, 10000, printed) }

// The same table as gofpdf's manual makes it, to be compared.
func BenchmarkStock1000(b *testing.B)  { measure(b, 1000, stock) }
func BenchmarkStock10000(b *testing.B) { measure(b, 10000, stock) }

// stock sets the cells of the book with MultiCell in gofpdf's own way: the whole font, SplitText to learn the height
// of a row, an alias for the number of pages. Characters on which gofpdf panics become 〓; that it swallows one at
// each line end stays as it is.
func stock(rows []matter.Matter) ([]byte, error) {
	const long, short, margin = 297.0, 210.0, 10.0
	v, o := volumes[0], desk()
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: long, Ht: short}})
	f.SetMargins(margin, margin, margin)
	f.SetAutoPageBreak(false, 0)
	f.AliasNbPages("")
	f.AddUTF8FontFromBytes("kai", "", bytes.Clone(fonts.Kai()))
	ws, titles, sum := make([]float64, len(v.columns)), make([]string, len(v.columns)), 0.0
	for _, c := range v.columns {
		sum += c.Width
	}
	for i, c := range v.columns {
		ws[i], titles[i] = c.Width*(long-2*margin)/sum, c.Title
	}
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > 0xFFFF {
				return '〓'
			}
			return r
		}, s)
	}
	y := short
	put := func(cells []string) {
		most := 1
		for c, text := range cells {
			most = max(most, len(f.SplitText(plain(text), ws[c])))
		}
		h, x := float64(most)*3.8, margin
		for c, text := range cells {
			f.Rect(x, y, ws[c], h, "D")
			f.SetXY(x, y)
			f.MultiCell(ws[c], 3.8, plain(text), "", "L", false)
			x += ws[c]
		}
		y += h
	}
	for i, m := range ordered(rows, nil) {
		if y > short-40 {
			f.AddPage()
			f.SetFont("kai", "", 18)
			f.SetXY(margin, 12)
			f.CellFormat(long-2*margin, 8, v.name, "", 1, "C", false, 0, "")
			f.SetFont("kai", "", 8)
			f.SetXY(margin, short-10)
			f.CellFormat(long-2*margin, 4, "第 "+strconv.Itoa(f.PageNo())+" 页 共 {nb} 页", "", 0, "C", false, 0, "")
			y = 29
			put(titles)
		}
		cells := []string{strconv.Itoa(i + 1), number(m.Number), sealed}
		if Public(*m) {
			cells = append(cells[:2], v.cells(m, o.Profile)...)
		}
		put(cells)
	}
	var out bytes.Buffer
	err := f.Output(&out)
	return out.Bytes(), err
}

func printed(rows []matter.Matter) ([]byte, error) {
	return Filed.Document(Book("reception", rows, desk()), desk().Today).PDF()
}

// measure reports the time of one book of n rows and the most heap that it takes beyond the matters themselves.
func measure(b *testing.B, n int, print func([]matter.Matter) ([]byte, error)) {
	rows := sample(n)
	for i := range rows {
		rows[i].Register = "reception"
	}
	b.ReportAllocs()
	most, size := 0.0, 0
	for b.Loop() {
		most = max(most, peak(func() {
			out, err := print(rows)
			if err != nil {
				b.Fatal(err)
			}
			size = len(out)
		}))
	}
	b.ReportMetric(most, "peak-MB")
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/book")
	b.ReportMetric(float64(size), "PDF-bytes")
}

// peak is the most heap that is in use while f runs, in MB over what was in use before.
func peak(f func()) float64 {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	read := func() uint64 { metrics.Read(heap); return heap[0].Value.Uint64() }
	runtime.GC()
	before, most := read(), uint64(0)
	stop, done := make(chan bool), make(chan bool)
	go func() {
		tick := time.NewTicker(time.Millisecond)
		for {
			select {
			case <-tick.C:
				most = max(most, read())
			case <-stop:
				close(done)
				return
			}
		}
	}()
	f()
	stop <- true
	<-done
	return float64(most-min(before, most)) / (1 << 20)
}
