package table_test

import (
	"fmt"
	"testing"
	"time"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/table"
)

// Short tables stand under each other on one page, each under its title; a long one keeps its own pages; none is lost.
func TestStack(t *testing.T) {
	short := func(title string, rows int) table.Table {
		x := table.Table{Notes: table.Notes{Title: title}, Columns: []table.Column{{Title: "站点", Width: 60}, {Title: "件次", Width: 20}}}
		for i := range rows {
			x.Rows = append(x.Rows, table.Row{Cells: []string{fmt.Sprint(title, i), "1"}})
		}
		return x
	}
	l := table.Layout{Body: 10.5, Head: 10.5, Least: 8}
	list := []table.Table{short("甲表", 3), short("乙表", 4), short("长表", 60), short("丙表", 2), short("丙表", 1), short("丁表", 18)}
	sides := l.Stack(list...)
	ps := papertest.Print(t, table.Bind("表", time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), false, sides), "")
	on := map[string]int{}
	for _, p := range ps {
		on[p.Text] = p.Page + 1
	}
	for _, x := range list {
		for _, r := range x.Rows {
			if on[r.Cells[0]] == 0 {
				t.Errorf("%s is lost", r.Cells[0])
			}
		}
	}
	if on["甲表0"] != on["乙表3"] || on["乙表0"] == on["长表0"] || on["丙表0"] == on["长表59"] || on["丁表17"] != on["丁表0"] {
		t.Errorf("they stand on the pages %v", on)
	}
	if o := papertest.Overlaps(ps); o != nil {
		t.Error(o)
	}
}
