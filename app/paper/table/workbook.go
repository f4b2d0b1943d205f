package table

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
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
func (t Table) Sheet(w io.Writer, use Use) error {
	f := excelize.NewFile()
	defer f.Close()
	b := book{f: f, t: t, name: sheetName(t), styles: map[look]int{}}
	b.keep(f.SetSheetName("Sheet1", b.name))
	b.page(use)
	var err error
	if b.s, err = f.NewStreamWriter(b.name); err != nil {
		return fmt.Errorf("table as a workbook: %w", err)
	}
	wide := t.wide()
	stretch := 1.0
	if use == Print {
		stretch = max(1, across/total(wide))
	}
	for i, width := range wide {
		b.keep(b.s.SetColWidth(i+1, i+1, width*stretch))
	}
	if use == Print {
		b.print()
	} else {
		b.titles()
		for _, r := range t.plain() {
			b.row(r, look{})
		}
	}
	b.keep(b.s.Flush())
	if use == Rows && b.at > 1 {
		b.keep(f.AutoFilter(b.name, "A1:"+cell(len(t.Columns), b.at), nil))
	}
	if err := errors.Join(append(b.errs, f.Write(w))...); err != nil {
		return fmt.Errorf("table as a workbook: %w", err)
	}
	return nil
}

// across is how many characters of half width stand side by side on the page.
const across = 128

// book is a workbook while it is written.
type book struct {
	f      *excelize.File
	s      *excelize.StreamWriter
	t      Table
	name   string
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
	size                              float64
	bold, boxed, struck, day, centred bool
	align                             typeset.Align
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
	if l.day {
		st.NumFmt, st.CustomNumFmt = 0, new(string)
		*st.CustomNumFmt = "yyyy-mm-dd"
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

// page sets up paper: A4 across, as wide as the page, the titles on each, numbers at the foot.
func (b *book) page(use Use) {
	size, across, wide, high, yes := 9, "landscape", 1, 0, true
	margin, narrow, edge := .4, .6, .3
	b.keep(b.f.SetPageLayout(b.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &across, FitToWidth: &wide,
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
	first := 1
	if use == Print {
		first = b.t.above() + 1
	}
	b.keep(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: b.name,
		RefersTo: fmt.Sprintf("'%s'!$%d:$%d", b.name, first, first)}))
	b.keep(b.f.SetPanes(b.name, &excelize.Panes{Freeze: true, YSplit: first, XSplit: b.t.Keys,
		TopLeftCell: cell(b.t.Keys+1, first+1), ActivePane: "bottomRight"}))
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
		b.row(r, look{boxed: true, bold: true})
	}
	b.over(t.Gist.Title, look{bold: true})
	for _, s := range t.Gist.Texts {
		b.over(s, look{})
	}
}

// over writes a line over all columns.
func (b *book) over(text string, l look) {
	if strings.TrimSpace(strings.Trim(text, "　")) == "" {
		return
	}
	rows := 1 + broad(text)*int(max(l.size, 11))/(across*11)
	b.line([]any{excelize.Cell{StyleID: b.style(l), Value: flat(text)}},
		excelize.RowOpts{Height: 1.6 * max(l.size, 11) * float64(rows)})
	if len(b.t.Columns) > 1 {
		b.keep(b.s.MergeCell(cell(1, b.at), cell(len(b.t.Columns), b.at)))
	}
}

func (b *book) titles() {
	var cells []any
	for _, title := range b.t.titles() {
		cells = append(cells, excelize.Cell{StyleID: b.style(heading), Value: flat(title)})
	}
	b.line(cells)
}

// row writes a row; where it is short, its last cell reaches over the columns that are left.
func (b *book) row(r Row, l look) {
	cells := make([]any, len(b.t.Columns))
	for i, c := range b.t.Columns {
		one := l
		one.align = c.Align
		if i < len(r.Cells) {
			one.struck = r.Struck && i < len(r.Cells)-1
			value, day := c.value(flat(r.Cells[i]))
			one.day = day
			cells[i] = excelize.Cell{StyleID: b.style(one), Value: value}
		} else {
			cells[i] = excelize.Cell{StyleID: b.style(one)}
		}
	}
	b.line(cells)
	if n := len(r.Cells); n > 0 && n < len(b.t.Columns) {
		b.keep(b.s.MergeCell(cell(n, b.at), cell(len(b.t.Columns), b.at)))
	}
}

func (b *book) line(cells []any, opts ...excelize.RowOpts) {
	b.at++
	b.keep(b.s.SetRow(cell(1, b.at), cells, opts...))
}

// value is what a program takes a cell for: text as it stands, or the number of a day or a count.
func (c Column) value(s string) (v any, day bool) {
	switch c.Holds {
	case Days:
		if at, err := time.Parse(time.DateOnly, s); err == nil && at.Year() >= 1901 {
			return int(at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24), true
		}
	case Count:
		if n, err := strconv.Atoi(s); err == nil {
			return n, false
		}
	}
	return s, false
}

// wide gives the columns the widths of what they hold, in characters of half width.
func (t Table) wide() (ws []float64) {
	const least, widest = 6, 42
	for i, title := range t.titles() {
		w := broad(title)
		for _, r := range t.plain() {
			if i < len(r.Cells) && len(r.Cells) == len(t.Columns) {
				w = max(w, broad(flat(r.Cells[i])))
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
