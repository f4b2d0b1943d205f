package table

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"lianluo.local/data/spelling"
)

// number is what a cell says as a number, exactly.
func (c Column) number(cell string) (float64, bool) {
	if c.Holds < Count || !spelling.Figure(cell) {
		return 0, false
	}
	v, err := strconv.ParseFloat(cell, 64)
	return v, err == nil
}

// Shown is a cell of the column as people read it: 63.2% for 0.632173. What is no number stays as it stands.
func (c Column) Shown(cell string) string {
	v, ok := c.number(cell)
	switch {
	case ok && c.Holds == Share:
		return tenth(100*v) + "%"
	case ok && c.Holds == Decimal:
		return tenth(v)
	}
	return cell
}

// tenth is a number with one decimal, a half rounded up as workbooks do.
func tenth(v float64) string { return strconv.FormatFloat(math.Round(10*v+1e-9)/10, 'f', 1, 64) }

// Exact is a number as a cell has it: six decimals at most.
func Exact(v float64) string { return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64) }

// shown is all that stands under the titles, as people read it: rows, totals, remarks.
func (t Table) shown() []Row {
	rows := slices.Concat(t.Rows, t.Sums, t.Held)
	for c, column := range t.Columns {
		if column.Holds < Decimal {
			continue
		}
		for i, r := range rows {
			if c < len(r.Cells) {
				rows[i].Cells = slices.Clone(r.Cells)
				rows[i].Cells[c] = column.Shown(r.Cells[c])
			}
		}
	}
	for _, s := range t.Remarks {
		rows = append(rows, Row{Cells: []string{s}})
	}
	return rows
}

// counts says whether the table has numbers.
func (t Table) counts() bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Holds >= Count })
}

// formats are how workbooks show what is no text.
var formats = map[Content]string{Days: "yyyy-mm-dd", Count: "0", Decimal: "0.0", Share: "0.0%"}

// value is what a program takes a cell for, and how it shows it: text as it stands, or the number of a day, or a number.
func (c Column) value(s string) (v any, format string) {
	if c.Holds == Days {
		if at, err := time.Parse(time.DateOnly, s); err == nil && at.Year() >= 1901 {
			return int(at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24), formats[Days]
		}
	}
	if n, ok := c.number(s); ok {
		return n, formats[c.Holds]
	}
	return s, ""
}

// formula is that by which a workbook comes to a cell of the row that is written next, "" where there is none, or where it
// would come to another number than the one that is printed.
func (b *book) formula(r Row, c int, sum bool) string {
	column := b.t.Columns[c]
	is, counted := column.number(r.Cells[c])
	at := func(code string) int {
		return slices.IndexFunc(b.t.Columns, func(c Column) bool { return code != "" && c.Code == code })
	}
	if over, under := at(column.Over), at(column.Under); over >= 0 && under >= 0 && len(r.Cells) == len(b.t.Columns) {
		x, ok1 := b.t.Columns[over].number(r.Cells[over])
		y, ok2 := b.t.Columns[under].number(r.Cells[under])
		if ok1 && ok2 && (y == 0 && !counted || y != 0 && counted && near(x/y, is)) {
			return fmt.Sprintf(`IFERROR(%s/%s,"%s")`, cell(over+1, b.at+1), cell(under+1, b.at+1), none)
		}
		return ""
	}
	if !counted || column.Holds != Count {
		return ""
	}
	added := 0.0
	if first := b.first + 1; sum && b.at >= first {
		for _, r := range b.t.plain() {
			if c < len(r.Cells) {
				v, _ := column.number(r.Cells[c])
				added += v
			}
		}
		if near(added, is) {
			return fmt.Sprintf("SUM(%s:%s)", cell(c+1, first), cell(c+1, b.first+len(b.t.Rows)))
		}
	}
	if added = 0; column.Across && c > b.t.Keys {
		for i := b.t.Keys; i < c; i++ {
			v, _ := b.t.Columns[i].number(r.Cells[i])
			added += v
		}
		if near(added, is) {
			return fmt.Sprintf("SUM(%s:%s)", cell(b.t.Keys+1, b.at+1), cell(c, b.at+1))
		}
	}
	return ""
}

// none stands where nothing is divided by.
const none = "—"

func near(a, b float64) bool { return math.Abs(a-b) < 2e-6 }

// Parted is the table as several of so many columns at most, the keys in each.
func (t Table) Parted(most int) (parts []Table) {
	if len(t.Columns) <= most {
		return []Table{t}
	}
	n := len(t.Columns) - t.Keys
	times := (n + most - t.Keys - 1) / (most - t.Keys)
	for i := range times {
		from, to := t.Keys+n*i/times, t.Keys+n*(i+1)/times
		part := t
		part.Columns = append(slices.Clone(t.Columns[:t.Keys]), t.Columns[from:to]...)
		cut := func(rows []Row) []Row {
			rows = slices.Clone(rows)
			for i, r := range rows {
				if len(r.Cells) == len(t.Columns) {
					rows[i].Cells = append(slices.Clone(r.Cells[:t.Keys]), r.Cells[from:to]...)
				}
			}
			return rows
		}
		part.Rows, part.Sums, part.Held = cut(t.Rows), cut(t.Sums), cut(t.Held)
		if part.Part += "　" + strconv.Itoa(i+1) + "/" + strconv.Itoa(times); i < times-1 {
			part.Remarks = nil
		}
		parts = append(parts, part)
	}
	return parts
}
