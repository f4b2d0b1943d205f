package table

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"lianluo.local/app/paper/typeset"
)

// Use is what a workbook is for.
type Use int

// A workbook of Rows has the titles in its first row and the rows under them, for whoever counts or sorts on; one to
// Print has all that the paper has, with the titles again on each page.
const (
	Rows Use = iota
	Print
)

// Sheet writes the table as a workbook of one sheet.
func (t Table) Sheet(w io.Writer, use Use) error { return Book(w, use, t) }

// Book writes tables as a workbook, a sheet each.
func Book(w io.Writer, use Use, ts ...Table) error {
	f := excelize.NewFile()
	defer f.Close()
	styles, names := map[look]int{}, map[string]bool{}
	var errs []error
	for i, t := range ts {
		b := book{f: f, t: t, name: sheetName(t), styles: styles, first: 1}
		for n := 2; names[strings.ToLower(b.name)]; n++ {
			b.name = sheetName(t) + strconv.Itoa(n)
		}
		if names[strings.ToLower(b.name)] = true; i == 0 {
			b.keep(f.SetSheetName("Sheet1", b.name))
		} else {
			_, err := f.NewSheet(b.name)
			b.keep(err)
		}
		b.sheet(use)
		errs = append(errs, b.errs...)
	}
	if err := errors.Join(append(errs, f.Write(w))...); err != nil {
		return fmt.Errorf("table as a workbook: %w", err)
	}
	return nil
}

// sheet writes one sheet.
func (b *book) sheet(use Use) {
	b.wide, b.use = b.t.Wide(), use
	if use == Print {
		stretch := max(1, across/total(b.wide))
		for i := range b.wide {
			b.wide[i] *= stretch
		}
		b.first = b.t.above() + 1
	}
	b.page()
	var err error
	if b.s, err = b.f.NewStreamWriter(b.name); err != nil {
		b.keep(err)
		return
	}
	for i, width := range b.wide {
		b.keep(b.s.SetColWidth(i+1, i+1, width))
	}
	if use == Print {
		b.print()
	} else {
		b.titles()
		for _, r := range b.t.plain() {
			b.row(r, look{})
		}
	}
	b.keep(b.s.Flush())
	if use == Rows && b.at > 1 {
		b.keep(b.f.AutoFilter(b.name, "A1:"+cell(len(b.t.Columns), b.at), nil))
	}
}

// across is how many characters of half width stand side by side on the page, roomiest how many do at most where numbers are
// not to be made smaller.
const across, roomiest = 128, 1.7 * 128

// book is a workbook while it is written.
type book struct {
	f      *excelize.File
	s      *excelize.StreamWriter
	t      Table
	name   string
	wide   []float64 // of the columns
	first  int       // the row of the titles
	use    Use
	beside int // so many columns stand on the first page
	at     int // the last row
	styles map[look]int
	errs   []error
}

func (b *book) keep(err error) {
	if err != nil {
		b.errs = append(b.errs, err)
	}
}

// look is how a cell looks.
type look struct {
	size                         float64
	bold, boxed, struck, centred bool
	align                        typeset.Align
	format                       string // of a number
}

// heading is how the title of a column looks.
var heading = look{bold: true, boxed: true, centred: true}

// style gives the number of a look in the workbook.
func (b *book) style(l look) int {
	if id, ok := b.styles[l]; ok {
		return id
	}
	st := &excelize.Style{NumFmt: 49,
		Font:      &excelize.Font{Family: "宋体", Size: max(l.size, 11), Bold: l.bold, Strike: l.struck},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true, Horizontal: "left"}}
	switch {
	case l.align == typeset.Centre || l.centred:
		st.Alignment.Horizontal = "center"
	case l.align == typeset.Right:
		st.Alignment.Horizontal = "right"
	}
	if l.format != "" {
		st.NumFmt, st.CustomNumFmt = 0, &l.format
	}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		if l.boxed {
			st.Border = append(st.Border, excelize.Border{Type: side, Color: "26231F", Style: 1})
		}
	}
	id, err := b.f.NewStyle(st)
	b.keep(err)
	b.styles[l] = id
	return id
}

// page sets up paper: A4 across, as wide as the page, the titles on each, numbers at the foot. More numbers than can be read
// on one page go on on further ones, with the keys again.
func (b *book) page() {
	size, lying, wide, high, yes := 9, "landscape", 1, 0, true
	keys, most := "", total(b.wide)
	if b.t.counts() && most > roomiest {
		last, _ := excelize.ColumnNumberToName(max(b.t.Keys, 1))
		wide, keys = int(most/roomiest)+1, fmt.Sprintf("'%s'!$A:$%s,", b.name, last)
		most /= float64(wide)
	}
	for b.beside = 1; b.beside < len(b.wide) && total(b.wide[:b.beside+1]) <= most+1; b.beside++ {
	}
	margin, narrow, edge := .4, .6, .3
	b.keep(b.f.SetPageLayout(b.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &lying, FitToWidth: &wide,
		FitToHeight: &high}))
	b.keep(b.f.SetSheetProps(b.name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	b.keep(b.f.SetPageMargins(b.name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &narrow,
		Bottom: &narrow, Header: &edge, Footer: &edge, Horizontally: &yes}))
	head := ""
	if b.t.Practice {
		head = "&C练习"
	}
	literal := strings.NewReplacer("&", "&&")
	b.keep(b.f.SetHeaderFooter(b.name, &excelize.HeaderFooterOptions{OddHeader: head,
		OddFooter: "&L" + literal.Replace(b.t.Treatment) + "&C第 &P 页　共 &N 页&R" + literal.Replace(b.t.Maker)}))
	b.keep(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: b.name,
		RefersTo: fmt.Sprintf("%s'%s'!$%d:$%d", keys, b.name, b.first, b.first)}))
	b.keep(b.f.SetPanes(b.name, &excelize.Panes{Freeze: true, YSplit: b.first, XSplit: b.t.Keys,
		TopLeftCell: cell(b.t.Keys+1, b.first+1), ActivePane: "bottomRight"}))
}

// above is how many rows stand over the titles where all is printed.
func (t Table) above() (n int) {
	for _, s := range []string{t.Organisation, t.Title, t.Part + t.Day} {
		if s != "" {
			n++
		}
	}
	return n
}

// print writes what stands around the rows, and them.
func (b *book) print() {
	t := b.t
	b.over(t.Organisation, look{size: 12})
	b.over(t.Title, look{size: 18, bold: true, centred: true})
	b.over(strings.TrimSpace(t.Part+"　　"+t.Day), look{centred: true})
	b.titles()
	for _, r := range t.Rows {
		b.row(r, look{boxed: true, bold: r.Group})
	}
	for _, r := range t.Sums {
		b.sum(r, look{boxed: true, bold: true})
	}
	for _, r := range t.Held {
		b.row(r, look{boxed: true})
	}
	for _, s := range t.Remarks {
		b.over(s, look{})
	}
	b.over(t.Gist.Title, look{bold: true})
	for _, s := range t.Gist.Texts {
		b.over(s, look{})
	}
}

// over writes a line over all columns of the first page.
func (b *book) over(text string, l look) {
	if strings.TrimSpace(strings.Trim(text, "　")) == "" {
		return
	}
	rows := 1 + int(float64(broad(text))*max(l.size, 11)/(total(b.wide[:b.beside])*11))
	from := 1
	if b.beside < len(b.wide) { // the keys stand on each page, what stands over them would, too
		from += b.t.Keys
	}
	b.at++
	b.keep(b.s.SetRow(cell(from, b.at), []any{excelize.Cell{StyleID: b.style(l), Value: flat(text)}},
		excelize.RowOpts{Height: min(1.6*max(l.size, 11)*float64(rows), excelize.MaxRowHeight)}))
	if b.beside > from {
		b.keep(b.s.MergeCell(cell(from, b.at), cell(b.beside, b.at)))
	}
}

func (b *book) titles() {
	var cells []any
	for _, title := range b.t.titles() {
		cells = append(cells, excelize.Cell{StyleID: b.style(heading), Value: flat(title)})
	}
	b.line(cells, b.high(b.t.titles())...)
}

// high gives a row the height of the lines of its cells, where they are several: not every program does by itself.
func (b *book) high(cells []string) []excelize.RowOpts {
	most := 1
	for i, text := range cells {
		width := b.wide[i]
		if i == len(cells)-1 {
			width = total(b.wide[i:])
		}
		lines := 0
		for l := range strings.SplitSeq(flat(text), "\n") {
			lines += max(1, int(math.Ceil(float64(broad(l))/(width-1))))
		}
		most = max(most, lines)
	}
	if most == 1 || b.use != Print {
		return nil
	}
	return []excelize.RowOpts{{Height: min(16.5*float64(most), excelize.MaxRowHeight)}}
}

// row writes a row.
func (b *book) row(r Row, l look) { b.cells(r, l, false) }

// sum writes a row of totals.
func (b *book) sum(r Row, l look) { b.cells(r, l, true) }

// cells writes a row; where it is short, its last cell reaches over the columns that are left.
func (b *book) cells(r Row, l look, sum bool) {
	cells, shown := make([]any, len(b.t.Columns)), make([]string, len(r.Cells))
	for i, c := range b.t.Columns {
		one := l
		one.align = c.Align
		if i < len(r.Cells) {
			one.struck = r.Struck && i < len(r.Cells)-1
			value, formula := any(nil), ""
			shown[i] = c.Shown(r.Cells[i])
			value, one.format = c.value(flat(r.Cells[i]))
			if formula = b.formula(r, i, sum); formula != "" {
				one.format = formats[c.Holds]
			}
			cells[i] = excelize.Cell{StyleID: b.style(one), Value: value, Formula: formula}
		} else {
			cells[i] = excelize.Cell{StyleID: b.style(one)}
		}
	}
	b.line(cells, b.high(shown)...)
	if n := len(r.Cells); n > 0 && n < len(b.t.Columns) {
		b.keep(b.s.MergeCell(cell(n, b.at), cell(len(b.t.Columns), b.at)))
	}
}

func (b *book) line(cells []any, opts ...excelize.RowOpts) {
	b.at++
	b.keep(b.s.SetRow(cell(1, b.at), cells, opts...))
}

// Wide gives the columns the widths of what they hold, in characters of half width.
func (t Table) Wide() (ws []float64) {
	const least, widest = 6, 42
	for i, title := range t.titles() {
		w := broad(title)
		if t.Columns[i].Holds >= Count { // a title may stand in two lines, a number may not
			w = (w + 1) / 2
		}
		for _, r := range slices.Concat(t.plain(), t.Sums, t.Held) {
			if i < len(r.Cells) && len(r.Cells) == len(t.Columns) {
				w = max(w, broad(flat(t.Columns[i].Shown(r.Cells[i]))))
			}
		}
		ws = append(ws, float64(min(max(w, least), widest)+2))
	}
	return ws
}

// broad counts characters of half width in the longest line of a text.
func broad(s string) (most int) {
	for line := range strings.SplitSeq(s, "\n") {
		n := utf8.RuneCountInString(line)
		for _, r := range line {
			if unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0xffef {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// sheetName is what a sheet of the table may be called.
func sheetName(t Table) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return -1
		}
		return r
	}, flat(t.Title))
	if t.Practice {
		name = "练习 " + name
	}
	if at := strings.LastIndex(name, "（"); at > 0 && utf8.RuneCountInString(name) > 25 {
		name = name[:at] // which days it is on stands in the sheet, too
	}
	rs := []rune(strings.TrimSpace(name))
	if len(rs) == 0 {
		return "表"
	}
	return string(rs[:min(len(rs), 25)])
}

func cell(column, row int) string {
	s, _ := excelize.CoordinatesToCellName(max(column, 1), max(row, 1))
	return s
}
