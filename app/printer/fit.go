package printer

import (
	"image"
	"math"
	"slices"
)

// finest is how many dots an inch the pictures have at most: a page of A4 takes 35 MB then.
const finest = 300

// Papers of Windows, by its numbers (dmPaperSize), in millimetres, upright.
var papers = []struct {
	number int16
	w, h   float64
}{{8, 297, 420}, {9, 210, 297}, {11, 148, 210}}

// own is the number of a paper whose size is said beside it.
const own = 256

// wish is the paper that a page wants: by its number, or for own, as a roll is, so many tenths of a millimetre wide and
// long; across where the page lies on its side.
type wish struct {
	paper, wide, long int16
	across            bool
}

func (s Sheet) wish() wish {
	for _, p := range papers {
		if math.Abs(min(s.W, s.H)-p.w) < 1 && math.Abs(max(s.W, s.H)-p.h) < 1 {
			return wish{paper: p.number, across: s.W > s.H}
		}
	}
	tenths := func(mm float64) int16 { return int16(min(math.Ceil(mm*10), math.MaxInt16)) }
	return wish{paper: own, wide: tenths(s.W), long: tenths(s.H)}
}

// taken is what a printer says of the paper that it has taken, which need not be the one wished for: its dots an inch,
// the paper in dots, and how far from its corner the first dot lies that it can print.
type taken struct{ dpiX, dpiY, wide, high, left, top int }

// strip is how much of a roll's width must be there for its page to stay as it is: the margins of 4 mm are what a till
// printer leaves white anyhow, and some say of a roll of 80 mm that it is 72 wide.
const strip = .895

// place tells at how many dots an inch a page is to be drawn, and which dots its picture covers, counted from the first
// that can be printed: in its own size, at the top and in the middle, smaller where the paper is too small for it.
// No dot of the picture is finer than one of the printer.
func (t taken) place(s Sheet) (dpi float64, on image.Rectangle) {
	w, h := s.W/25.4*float64(t.dpiX), s.H/25.4*float64(t.dpiY)
	across, k := float64(t.wide)/w, float64(t.high)/h
	if s.wish().paper != own || across < strip {
		k = min(k, across)
	}
	if k > .99 { // sizes of paper are rounded
		k = 1
	}
	dot := func(v float64) int { return int(math.Round(v)) }
	x, y := dot((float64(t.wide)-w*k)/2)-t.left, -t.top
	return float64(min(finest, t.dpiX, t.dpiY)) * k, image.Rect(x, y, x+dot(w*k), y+dot(h*k))
}

// high is how many lines of a picture are handed over at a time.
const high = 256

// band is lines of a picture as Windows takes them: three bytes a dot, blue first, the lowest line first, each line
// filled up to four bytes. It is nil where all of it is white: paper is.
func band(img *image.RGBA, from, to int) []byte {
	w := img.Rect.Dx()
	stride := (3*w + 3) &^ 3
	out := slices.Repeat([]byte{255}, stride*(to-from))
	ink := false
	for y := from; y < to; y++ {
		line, put := img.Pix[y*img.Stride:], out[(to-1-y)*stride:]
		for x := range w {
			p := line[4*x : 4*x+3]
			put[3*x], put[3*x+1], put[3*x+2] = p[2], p[1], p[0]
			ink = ink || p[0]&p[1]&p[2] != 255
		}
	}
	if !ink {
		return nil
	}
	return out
}

// lines tells which of the printer's lines a picture's lines cover, on its place: together all of them, each once.
func lines(on image.Rectangle, of, from, to int) (y, n int) {
	y = from * on.Dy() / of
	return on.Min.Y + y, to*on.Dy()/of - y
}

// What Windows says of a printer (Status and Attributes of PRINTER_INFO_2) and of a job in its queue (Status of
// JOB_INFO_1) that keeps it from printing, the plainest first.
var troubles = []struct {
	printer, attributes, job uint32
	says                     string
}{
	{0x10, 0, 0x40, "打印机没有纸了，或者要换成这张表单的纸"},
	{0x8, 0, 0, "打印机卡纸了"},
	{0x400000, 0, 0, "打印机的盖子没有关好"},
	{0x40000, 0, 0, "打印机没有墨粉或者墨水了"},
	{0x800, 0, 0, "打印机出纸的地方满了"},
	{0x80 | 0x1000, 0x400, 0x20, "打印机没有开机，或者没有接好"},
	{0x1, 0, 0x1, "打印机暂停了"},
	{0x2 | 0x100000, 0, 0x2 | 0x200 | 0x400, "打印机在等人处理，请看它的指示灯"},
}

// trouble is what keeps a printer from printing a job; "" for nothing.
func trouble(printer, attributes, job uint32) string {
	for _, t := range troubles {
		if printer&t.printer|attributes&t.attributes|job&t.job != 0 {
			return t.says
		}
	}
	return ""
}
