package table

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
)

var today = time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC)

// office is a layout in the type of files.
var office = Layout{Body: 8, Head: 8, Least: 9}

// streets has so many rows, each with a text.
func streets(n int, text string) Table {
	t := Table{Notes: Notes{Organisation: "离石区人大常委会", Title: "路灯", Part: "凤山街道　2026年", Day: "截至 2026年12月31日",
		Treatment: "内部资料", Maker: "编制人 刘昞"}, Keys: 1,
		Columns: []Column{{Title: "编号", Width: 19, Align: typeset.Centre}, {Title: "反映\n事项", Width: 60},
			{Title: "件数", Width: 10, Align: typeset.Right, Holds: Count}},
		Sums: []Row{{Cells: []string{"合计"}}}}
	for range n {
		t.Rows = append(t.Rows, Row{Cells: []string{"02-002003-" + Fold + "26-A0042-7", text, "3"}})
	}
	return t
}

// written is what stands on paper, one piece a line of text.
func written(t *testing.T, l Layout, v Table) []papertest.Piece {
	t.Helper()
	return papertest.Print(t, l.Document(v, today), "")
}

// Everything that a table says stands on its paper, a folded number in two lines and nothing of the fold.
func TestEverythingIsWritten(t *testing.T) {
	v := streets(3, "路灯不亮")
	v.Rows[1].Struck = true
	v.Rows = append([]Row{{Cells: []string{"城建　3 件"}, Group: true}}, v.Rows...)
	v.Gist = Gist{Title: "意见汇总", Texts: []string{"1. 城乡建设（3件）：路灯不亮。"}}
	beside := office
	beside.Aside = 78
	ps := written(t, beside, v)
	all := papertest.All(ps)
	for _, want := range []string{"离石区人大常委会", "路灯", "凤山街道2026年", "截至2026年12月31日", "内部资料", "编制人刘昞", "第1页共1页",
		"反映事项", "城建3件", "02-002003-26-A0042-7", "合计", "意见汇总", "城乡建设（3件）"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing", want)
		}
	}
	halves := 0
	for _, p := range ps {
		if p.Text == "02-002003-" || p.Text == "26-A0042-7" {
			halves++
		}
	}
	if halves != 6 || strings.Contains(all, Fold) {
		t.Errorf("of three folded numbers %d halves are printed", halves)
	}
}

// Texts stand where their column says: at its left, in its middle, at its right.
func TestWhereTextsStand(t *testing.T) {
	v := streets(1, "亮")
	v.Columns = []Column{{Title: "一二三四", Align: typeset.Left}, {Title: "五六七八", Align: typeset.Centre},
		{Title: "九十百千", Align: typeset.Right}}
	for c := range v.Columns {
		v.Columns[c].Width = 1
	}
	v.Rows = []Row{{Cells: []string{"左", "中", "右"}}}
	place := office
	place.Written = true // a third of the width each
	at := map[string]papertest.Piece{}
	for _, p := range written(t, place, v) {
		at[p.Text] = p
	}
	middle := func(p papertest.Piece) float64 { return p.X + p.Width/2 }
	if !(middle(at["左"]) < middle(at["一二三四"])-50 && math.Abs(middle(at["中"])-middle(at["五六七八"])) < 1 &&
		middle(at["右"]) > middle(at["九十百千"])+50) {
		t.Error(at)
	}
}

// A column of long texts gets the room that others do not need, and all of them the whole width.
func TestColumnsShareTheWidth(t *testing.T) {
	width := func(text string) float64 {
		g := office.galley(streets(30, text), 277)
		if sum := total(g.ws); math.Abs(sum-277) > .01 {
			t.Errorf("columns are %.1f mm wide", sum)
		}
		return g.ws[1]
	}
	if long, short := width(strings.Repeat("坡道太陡，轮椅上不去。", 30)), width("坡"); long < short*1.3 {
		t.Errorf("long words get %.1f mm, short ones %.1f", long, short)
	}
}

// A table is not changed by being drawn, and is drawn alike each time.
func TestDrawnAlike(t *testing.T) {
	v := streets(90, "坡道太陡，轮椅上不去。")
	first, err := office.Document(v, today).PDF()
	again, err2 := office.Document(v, today).PDF()
	if err != nil || err2 != nil || !bytes.Equal(first, again) || len(v.Rows) != 90 || len(v.Sums) != 1 {
		t.Error(err, err2, len(v.Rows))
	}
}

// Columns in which no row says anything are left out, those that say which row it is are not; what goes over all columns stays whole.
func TestFilled(t *testing.T) {
	row := func(cells ...string) Row { return Row{Cells: cells} }
	made := Table{Keys: 1, Columns: []Column{{Title: "类别"}, {Title: "件次"}, {Title: "占比"}, {Title: "分子"}},
		Rows: []Row{row("", "2", "—", ""), row("", "1", "—", "")}, Sums: []Row{row("合计", "3", "—", ""), row("合计 2 场")}}
	got := made.Filled()
	if len(got.Columns) != 2 || !reflect.DeepEqual([][]Row{got.Rows, got.Sums}, [][]Row{{row("", "2"), row("", "1")}, {row("合计", "3"), row("合计 2 场")}}) {
		t.Errorf("%v %v %v", got.Columns, got.Rows, got.Sums)
	}
	if made.Rows[0].Cells[3] != "" || len(made.Columns) != 4 {
		t.Error("the table itself changed")
	}
}
