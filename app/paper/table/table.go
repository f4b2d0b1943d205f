// Package table is a table as a plain value, and the writers that put it on paper and into files.
//
//	t := table.Table{
//		Notes:   table.Notes{Title: "汇总台账", Day: "截至 2026年12月31日"},
//		Columns: []table.Column{{Title: "编号", Width: 19}, {Title: "事项", Width: 60}},
//		Rows:    []table.Row{{Cells: []string{"02-002003-26-A0042-7", "路灯不亮"}}},
//		Sums:    []table.Row{{Cells: []string{"合计 1 件"}}},
//	}
//	pdf, err := table.Layout{Body: 8, Head: 8, Least: 9}.Document(t, today).PDF()
//
// A Table says what there is to read and nothing about a page; who makes one has decided what may be shown before. A
// Layout says how it stands on paper, and is the one place that draws rows and columns: heads again on each page, rows
// broken into lines once, on all cores, pages drawn when they are written. Sheet and Book write the same Table as a workbook to
// be printed or one to be worked with, CSV as text, Template as a workbook to be filled in: they leave out Fold and the
// line ends in titles, and have no need of widths.
package table

import (
	"slices"

	"lianluo.local/app/paper/typeset"
)

// Table is rows under columns with what is noted around them.
type Table struct {
	Notes
	Columns []Column
	Keys    int // so many columns at the left say which row it is
	Rows    []Row
	Sums    []Row    // totals, under all rows
	Held    []Row    // totals of other spans, which they are held against
	Remarks []string // what a reader has to know to add it up, under everything
	Gist    Gist
}

// Filled is a table without the columns in which nothing stands, or a dash in every row; those that say which row it is stay.
func (t Table) Filled() Table {
	if len(t.Rows) == 0 {
		return t
	}
	all := [][]Row{t.Rows, t.Sums, t.Held}
	empty := func(column int) bool {
		return column >= t.Keys && !slices.ContainsFunc(slices.Concat(all...), func(r Row) bool {
			return column < len(r.Cells) && r.Cells[column] != "" && r.Cells[column] != "—"
		})
	}
	keep := t.Columns
	t.Columns = nil
	for i, c := range keep {
		if !empty(i) {
			t.Columns = append(t.Columns, c)
		}
	}
	var filled [3][]Row
	for n, rows := range all {
		for _, r := range rows {
			cells := r.Cells
			r.Cells = nil
			for i, c := range cells {
				if !empty(i) {
					r.Cells = append(r.Cells, c)
				}
			}
			filled[n] = append(filled[n], r)
		}
	}
	t.Rows, t.Sums, t.Held = filled[0], filled[1], filled[2]
	return t
}

// Column is one column: its title, whose line ends are for narrow columns alone, its share of the width, in whatever
// unit the others have theirs, and where its texts stand when they are short.
//
// In a workbook the total of a column of counts adds up its rows, and a rate divides by formula, wherever that comes to what
// is printed; where it does not (what stands in several rows is counted once in the total) the number itself stands there.
type Column struct {
	Code    string // by which others know it
	Title   string
	Width   float64
	Align   typeset.Align
	Holds   Content  // what a program takes its cells for
	Over    string   // of a rate: the code of the column that is divided
	Under   string   // and of the one by which it is
	Across  bool     // it adds up the columns between it and the keys
	Choices []string // in a sheet to be filled in, what may be chosen
	Hint    string   // in a sheet to be filled in, what to write
	Example string   // and how one row has it
}

// Content is what a program takes the cells of a column for.
type Content int

// Everything is text as it stands, so that no zero of a telephone or code is lost, unless it is said to be else.
const (
	Words   Content = iota
	Days            // 2021-03-05 is a day, 2021-03 stays text
	Count           // a whole number
	Decimal         // a number, of which one decimal is printed: 12.4567
	Share           // a part of a whole, printed as per cent: 0.632173
)

// Row is one row, a text for each column from the left. Where there are fewer, the last one reaches over the columns
// that are left.
type Row struct {
	Cells  []string
	Struck bool // what the cells before the last one number is void
	Group  bool // the head of a group, over the rows of it
}

// Fold is the place in a cell where a narrow column breaks a long number; elsewhere it stands for nothing. It is one
// of the code points that Unicode keeps out of texts.
const Fold = "\ufdd0"

// Notes are what stands around a table, each on one line; what is empty is left out.
type Notes struct {
	Organisation string // whose it is, over the title
	Title        string
	Part         string // which part it is, and of when
	Day          string // when it was made, or up to when it is true
	Treatment    string // how it is to be treated
	Maker        string // who made it
	Practice     bool   // it is for practice and counts for nothing
	Black        bool   // its head is black, not red: it goes to offices, whose heads alone are red
}

// Gist is what rows add up to in words, beside the table; without a Title there is none. Without Texts it is left to be
// written by hand.
type Gist struct {
	Title string
	Texts []string
}
