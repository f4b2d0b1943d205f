package figures

import (
	"slices"
	"strings"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/ui/kit"
)

// table is an answer as it is shown: a column for each indicator, or, of two axes crossed for one indicator, a column for each
// key of the second. Below the rows stands their total, then those that it is held against.
type table struct {
	answer
	sides, heads []string
	against      []report.Part
	places       map[string]figure.Row // of two axes: the cells by their keys
}

// cell is a number of the table, and all that is needed to open it.
type cell struct {
	of         figure.Indicator
	part       report.Part
	keys       []string // none for the total
	name, text string
	bad        bool
}

// crosses says whether an indicator is crossed by two axes.
func (t table) crosses() bool { return t.Margins[0] != nil }

func tableOf(a answer) (t table) {
	t.answer = a
	for _, part := range []*report.Part{a.Before, a.Year} {
		if part != nil {
			t.against = append(t.against, *part)
		}
	}
	by := a.By()
	for _, axis := range by {
		t.sides = append(t.sides, axis.Name)
	}
	if len(by) == 0 {
		t.sides = []string{"范围"}
	}
	if t.crosses() {
		t.sides, t.places = []string{by[0].Name + "＼" + by[1].Name}, map[string]figure.Row{}
		for _, row := range a.Rows {
			t.places[strings.Join(row.Keys, "\n")] = row
		}
		for _, row := range a.Margins[1] {
			t.heads = append(t.heads, row.Labels[0])
		}
		t.heads = append(t.heads, "合计")
	} else {
		for _, i := range a.Indicators {
			t.heads = append(t.heads, i.Name)
		}
	}
	return t
}

// rows are those over the sums.
func (t table) rows() []figure.Row {
	if t.crosses() {
		return t.Margins[0]
	}
	return t.Rows
}

// sums are how many rows stand below.
func (t table) sums() int { return 1 + len(t.against) }

// row is one as it is shown.
func (t table) row(i int) (row kit.GridRow) {
	switch n := i - len(t.rows()); {
	case n < 0:
		row.Labels = t.rows()[i].Labels
	case n == 0:
		row.Labels = []string{"合计"}
	default:
		row.Labels = []string{t.against[n-1].Name}
	}
	for column := range t.heads {
		row.Cells = append(row.Cells, t.cell(i, column).text)
	}
	return row
}

// indicator is that of a column.
func (t table) indicator(column int) figure.Indicator {
	if t.crosses() {
		column = 0
	}
	return t.Indicators[column]
}

// cell is the one in a place.
func (t table) cell(i, column int) cell {
	part, n := t.Part, i-len(t.rows())
	if n > 0 {
		part = t.against[n-1]
	}
	c := cell{of: t.indicator(column), part: part, name: part.Name}
	if !t.crosses() {
		row := part.Total
		if n < 0 {
			row = t.Rows[i]
			c.name += "　" + strings.Join(row.Labels, "　")
		}
		return t.filled(c, row, true)
	}
	last := column == len(t.heads)-1
	switch {
	case last && n >= 0:
		return t.filled(c, part.Total, true)
	case last:
		c.part = part.Margin(0)
		c.name += "　" + t.Margins[0][i].Labels[0]
		return t.filled(c, t.Margins[0][i], true)
	}
	head := t.Margins[1][column]
	if n >= 0 {
		c.part = part.Margin(1)
		c.name += "　" + head.Labels[0]
		at := slices.IndexFunc(c.part.Rows, func(r figure.Row) bool { return r.Keys[0] == head.Keys[0] })
		if at < 0 {
			return t.filled(c, figure.Row{Keys: head.Keys}, false)
		}
		return t.filled(c, c.part.Rows[at], true)
	}
	c.name += "　" + t.Margins[0][i].Labels[0] + "　" + head.Labels[0]
	keys := []string{t.Margins[0][i].Keys[0], head.Keys[0]}
	row, has := t.places[strings.Join(keys, "\n")]
	row.Keys = keys
	return t.filled(c, row, has)
}

// bad are the indicators of which there should be none.
var bad = strings.Fields("overdue dissatisfied dissatisfiedRate lateClosed redone redoneRate")

// filled is a cell with what its row says, if there is one.
func (t table) filled(c cell, row figure.Row, has bool) cell {
	c.keys = row.Keys
	told := row.Keys == nil || c.part.Sits() || !c.of.OfSessions()
	switch {
	case has && told:
		c.text = t.Cell(row, c.of)
		v, _ := row.Says(c.of)
		c.bad = v > 0 && slices.Contains(bad, c.of.Code)
	case told && !c.of.Rate():
		c.text = "0"
	default:
		c.text = "—"
	}
	return c
}
