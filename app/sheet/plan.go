package sheet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"lianluo.local/app/sheet/grid"
)

// Plan is what a sheet would change, before anything is written: the dry run.
type Plan struct {
	Batch    string // the name under which it is undone, "" before it is done
	Sum      string // SM3 of the file
	New      []Item
	Changed  []Item
	Same     []Item
	Doubtful []Finding // to be asked; nothing is written while there are any
	Errors   []Finding // not to be taken; nothing is written while there are any
	Missing  []Item    // what is known here and not in the sheet: asked about, never deleted
	Notes    []Finding // to be known
}

// Item is a row of the sheet, or what is missing in it.
type Item struct {
	Cell    string // where its row begins, "" of what is missing
	Row     int
	ID      string // of the thing, "" of a new one
	Name    string
	Changes []Change
}

// Change is what one field was and is to be.
type Change struct {
	Code, Name string
	Was, Is    string
}

// Clear says whether nothing is left to ask or to put right.
func (p Plan) Clear() bool { return len(p.Doubtful) == 0 && len(p.Errors) == 0 }

// MarshalJSON gives the plan as commands tell it.
func (p Plan) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Batch    string    `json:"batch"`
		New      int       `json:"new"`
		Changed  int       `json:"changed"`
		Same     int       `json:"same"`
		Doubtful []Finding `json:"doubtful"`
		Errors   []Finding `json:"errors"`
		Missing  int       `json:"missing"`
		Notes    []Finding `json:"notes"`
	}{p.Batch, len(p.New), len(p.Changed), len(p.Same), append([]Finding{}, p.Doubtful...),
		append([]Finding{}, p.Errors...), len(p.Missing), append([]Finding{}, p.Notes...)})
}

// Together tells what is noted of many cells once, with the first three of them.
func Together(notes []Finding) (list []Finding) {
	cells := map[string][]string{}
	for _, n := range notes {
		if cells[n.Why] == nil {
			list = append(list, n)
		}
		if !slices.Contains(cells[n.Why], n.Cell) {
			cells[n.Why] = append(cells[n.Why], n.Cell)
		}
	}
	for i, n := range list {
		all := cells[n.Why]
		if list[i].Cell = strings.Join(all[:min(3, len(all))], "、"); len(all) > 3 {
			list[i].Cell += fmt.Sprintf(" 等 %d 格", len(all))
		}
	}
	return list
}

// reason is the title of the column that says why a row came back.
const reason = "原因"

// Back writes the rows of a sheet that something was found in as a workbook of their own, under the same titles, with
// the reasons in red behind them: put right, it is read like the sheet itself.
func Back(w io.Writer, g *Grid, m Mapping, found []Finding) error {
	why := map[int][]string{}
	for _, f := range found {
		if f.Row > m.last() {
			why[f.Row] = append(why[f.Row], f.Cell[strings.LastIndexByte(f.Cell, '!')+1:]+" "+f.Why)
		}
	}
	r := reading(g, m, nil)
	r.prepare()
	width := 0
	for _, row := range g.Rows {
		if row.N >= m.Head && (row.N <= m.last() || why[row.N] != nil) {
			width = max(width, len(row.Cells))
		}
	}
	f := excelize.NewFile()
	defer f.Close()
	const name = "要改的行"
	text, err1 := f.NewStyle(&excelize.Style{NumFmt: 49})
	bold, err2 := f.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}})
	red, err3 := f.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Color: "C00000"},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	s, err4 := f.NewStreamWriter("Sheet1")
	if err := errors.Join(err1, err2, err3, err4, f.SetSheetName("Sheet1", name)); err != nil {
		return fmt.Errorf("rows back: %w", err)
	}
	errs := []error{s.SetColWidth(width+1, width+1, 60)}
	at := 0
	put := func(row grid.Row, style int, last string) {
		cells := make([]any, width+1)
		for i := range width {
			cell, _ := r.cell(row, i)
			cells[i] = excelize.Cell{StyleID: style, Value: cell.Text}
		}
		cells[width] = excelize.Cell{StyleID: red, Value: last}
		at++
		errs = append(errs, s.SetRow(fmt.Sprintf("A%d", at), cells))
	}
	for n := m.Head; n <= m.last() && m.Head > 0; n++ {
		put(rowAt(g, n), bold, map[bool]string{true: reason}[n == m.Head])
	}
	for _, row := range g.Rows {
		if reasons := why[row.N]; reasons != nil {
			put(row, text, strings.Join(reasons, "\n"))
		}
	}
	place := func(row, column int) string { return grid.Letter(column) + fmt.Sprint(row-m.Head+1) }
	for _, a := range g.Merged {
		if a.Top >= m.Head && a.Bottom <= m.last() && a.Right < width {
			errs = append(errs, s.MergeCell(place(a.Top, a.Left), place(a.Bottom, a.Right)))
		}
	}
	if m.Depth > 1 {
		errs = append(errs, s.MergeCell(place(m.Head, width), place(m.last(), width)))
	}
	if err := errors.Join(append(errs, s.Flush(), f.Write(w))...); err != nil {
		return fmt.Errorf("rows back: %w", err)
	}
	return nil
}
