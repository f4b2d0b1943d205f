package sheet

import (
	"slices"
	"strings"

	"lianluo.local/app/sheet/grid"
)

// Titles stand over each other in two or three rows: 单位 over 名称 and 电话, 姓名 beside them over both rows.

// tallest is how many rows titles take at most.
const tallest = 3

// rowAt gives a row by its number, an empty one where nothing stands in it.
func rowAt(g *Grid, n int) grid.Row {
	if i, ok := slices.BinarySearchFunc(g.Rows, n, byNumber); ok {
		return g.Rows[i]
	}
	return grid.Row{N: n}
}

func byNumber(r grid.Row, n int) int { return r.N - n }

// tiers gives the first row of the titles of which one row is known, and how many they are.
func tiers(g *Grid, t titles, n int) (head, depth int) {
	if n == 0 {
		return 0, 0
	}
	head, depth = n, 1
	width := len(rowAt(g, n).Cells)
	if n > 1 && (groups(g, n-1, width) > 0 || reaches(g, n-1, n)) {
		head, depth = n-1, 2
	}
	for depth < tallest {
		next := head + depth
		if !reaches(g, head, next) && !under(g, t, next, groups(g, next-1, width) > 0) {
			break
		}
		depth++
	}
	return head, depth
}

// groups counts the cells of a row that were merged over some of the columns; over most of them it is the sheet's title.
func groups(g *Grid, row, width int) (n int) {
	for _, a := range g.Merged {
		if a.Top == row && a.Bottom == row && a.Right > a.Left && (a.Right-a.Left+1)*3 <= width*2 {
			n++
		}
	}
	return n
}

// reaches says whether a cell between the rows from and to was merged down to the row to.
func reaches(g *Grid, from, to int) bool {
	for _, a := range g.Merged {
		if a.Top >= from && a.Top < to && a.Bottom == to && a.Left == a.Right {
			return true
		}
	}
	return false
}

// under says whether a row stands under titles as a part of them: where they were merged, one of its texts is known;
// otherwise its texts stand under blanks and the first of each group alone, and two of them are known.
func under(g *Grid, t titles, n int, merged bool) bool {
	over, row := rowAt(g, n-1), rowAt(g, n)
	names, free := 0, true
	for c := range row.Cells {
		if row.Cells[c].Text == "" {
			continue
		}
		if t.key(row.Cells[c].Text) != "" || t.key(over.Cell(c).Text+row.Cells[c].Text) != "" {
			names++
		}
		parent := over.Cell(c+1).Text == "" && row.Cell(c+1).Text != ""
		free = free && (over.Cell(c).Text == "" || parent)
	}
	return merged && names > 0 || free && names > 1
}

// joined gives the titles of each column, from the top; what was merged or left blank under a group is filled in.
func joined(g *Grid, m Mapping) (all [][]string) {
	if m.Head == 0 {
		return nil
	}
	for n := m.Head; n <= m.last(); n++ {
		row, group := rowAt(g, n), ""
		for c, cell := range row.Cells {
			for len(all) <= c {
				all = append(all, nil)
			}
			text := strings.Join(strings.Fields(cell.Text), "")
			if text != "" {
				group = text
			} else if n < m.last() && rowAt(g, m.last()).Cell(c).Text != "" {
				text = group
			}
			if k := len(all[c]); text != "" && (k == 0 || all[c][k-1] != text) {
				all[c] = append(all[c], text)
			}
		}
	}
	for _, a := range g.Merged { // a row ends with its last text, a group may go on
		if a.Top < m.Head || a.Bottom >= m.last() || a.Right == a.Left {
			continue
		}
		text := strings.Join(strings.Fields(rowAt(g, a.Top).Cell(a.Left).Text), "")
		for c := a.Left + 1; c <= a.Right && c < len(all) && text != ""; c++ {
			if len(all[c]) == 0 || all[c][0] != text {
				all[c] = append([]string{text}, all[c]...)
			}
		}
	}
	return all
}
