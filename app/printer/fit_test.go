package printer

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
)

// A page gets the paper of its size, lying on its side where it does, and what is no usual size says its own.
func TestPaperOfAPage(t *testing.T) {
	for _, c := range []struct {
		w, h float64
		want wish
	}{
		{210, 297, wish{paper: 9}},
		{297, 210, wish{paper: 9, across: true}},
		{148, 210, wish{paper: 11}},
		{210, 148.5, wish{paper: 11, across: true}},
		{420, 297, wish{paper: 8, across: true}},
		{80, 163.24, wish{paper: own, wide: 800, long: 1633}},
		{80, 62, wish{paper: own, wide: 800, long: 620}}, // a short receipt comes out of the roll the same way
		{80, 9000, wish{paper: own, wide: 800, long: 32767}},
	} {
		if got := (Sheet{W: c.w, H: c.h}).wish(); got != c.want {
			t.Errorf("%v x %v: %+v", c.w, c.h, got)
		}
	}
}

// What stands on paper is as large as it was drawn, wherever the paper has room for it; else the whole page is there,
// smaller. Nothing is drawn finer than 300 dots an inch or than the printer prints.
func TestPlaceOnPaper(t *testing.T) {
	a4 := taken{dpiX: 600, dpiY: 600, wide: 4961, high: 7016, left: 100, top: 120}
	for _, c := range []struct {
		name string
		on   taken
		w, h float64
		dpi  float64
		want image.Rectangle
	}{
		{"A4 on A4", a4, 210, 297, 300, image.Rect(-100, -120, 4861, 6896)},
		{"A5 on A4, in the middle at the top", a4, 148, 210, 300, image.Rect(632, -120, 632+3496, 4961-120)},
		{"A3 on A4", a4, 297, 420, 300 * 4961 / (297 / 25.4 * 600), image.Rect(-100, -120, 4861, 6896)},
		{"one way finer", taken{dpiX: 720, dpiY: 360, wide: 5953, high: 4209}, 210, 297, 300, image.Rect(0, 0, 5953, 4209)},
		{"a till printer", taken{dpiX: 203, dpiY: 203, wide: 639, high: 1400}, 80, 175, 203, image.Rect(0, 0, 639, 1399)},
		{"that says 72 mm", taken{dpiX: 203, dpiY: 203, wide: 576, high: 3000}, 80, 175, 203, image.Rect(-32, 0, 607, 1399)},
		{"of 58 mm", taken{dpiX: 203, dpiY: 203, wide: 464, high: 3000}, 80, 175, 203 * 464 / (80 / 25.4 * 203), image.Rect(0, 0, 464, 1015)},
	} {
		dpi, on := c.on.place(Sheet{W: c.w, H: c.h})
		if dpi < c.dpi-.01 || dpi > c.dpi+.01 || on != c.want {
			t.Errorf("%s: %v dots an inch on %v", c.name, dpi, on)
		}
	}
}

// The bands of a picture, put where they belong, are the picture: every line once, in its colours; what is white is not sent.
func TestBandsAreThePicture(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 5, 700)) // five dots are filled up to sixteen bytes
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for y := range 100 {
		img.Set(y%5, y, color.RGBA{byte(y), 90, 250, 255})
	}
	img.Set(4, 699, color.Black)
	for _, on := range []image.Rectangle{image.Rect(-2, -3, 3, 697), image.Rect(10, 20, 20, 1420), image.Rect(0, 0, 4, 633)} {
		next, sent := on.Min.Y, 0
		for from := 0; from < 700; from += high {
			to := min(from+high, 700)
			y, n := lines(on, 700, from, to)
			if y != next || n <= 0 {
				t.Fatalf("lines %d to %d on %d, %d of them", from, to, y, n)
			}
			next += n
			bits := band(img, from, to)
			if bits == nil {
				continue
			}
			sent++
			if len(bits) != 16*(to-from) {
				t.Fatalf("%d bytes", len(bits))
			}
			for y := from; y < to; y++ {
				for x := range 5 {
					p := bits[16*(to-1-y)+3*x:]
					if got := (color.RGBA{p[2], p[1], p[0], 255}); got != img.RGBAAt(x, y) {
						t.Fatalf("%d, %d is %v", x, y, got)
					}
				}
			}
		}
		if next != on.Max.Y || sent != 2 {
			t.Errorf("%v: ends at %d, %d bands", on, next, sent)
		}
	}
}

// What Windows says of a printer is said in words, the plainest first, and a printer that is well has no trouble.
func TestTroubles(t *testing.T) {
	for _, c := range []struct {
		printer, attributes, job uint32
		want                     string
	}{
		{0, 0, 0, ""},
		{0x400, 0x40 | 0x800, 0x10, ""}, // prints
		{0x20000 | 0x20, 0, 0, ""},      // little toner, fed by hand
		{0, 0, 0x40 | 0x2, "打印机没有纸了，或者要换成这张表单的纸"}, // and so in error
		{0x8 | 0x2, 0, 0, "打印机卡纸了"},
		{0, 0x400, 0, "打印机没有开机，或者没有接好"},
		{0x80, 0, 0x2, "打印机没有开机，或者没有接好"},
		{0x1, 0, 0, "打印机暂停了"},
		{0, 0, 0x400, "打印机在等人处理，请看它的指示灯"},
	} {
		if got := trouble(c.printer, c.attributes, c.job); got != c.want {
			t.Errorf("%x %x %x: %q", c.printer, c.attributes, c.job, got)
		}
	}
}
