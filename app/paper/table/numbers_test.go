package table

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// counted is a table of numbers: 场次 adds up, 人数 does not since one came to both places, and a rate is divided.
func counted() Table {
	count := func(code string) Column { return Column{Code: code, Title: code, Width: 10, Holds: Count} }
	return Table{Notes: Notes{Title: "周报", Day: "截至 2026年11月29日 15:04"}, Keys: 1,
		Columns: []Column{{Title: "站点", Width: 30}, count("场次"), count("人数"), count("受理"), count("办结"),
			{Code: "办结率", Title: "办结率", Holds: Share, Over: "办结", Under: "受理"}, {Code: "别的率", Title: "别的率", Holds: Share, Over: "没有这一列", Under: "受理"},
			{Code: "天数", Title: "天数", Holds: Decimal}},
		Rows: []Row{{Cells: []string{"=1+1站", "3", "2", "0", "0", "—", "0.223457", "12.25"}},
			{Cells: []string{"凤山", "4", "2", "3", "2", "0.666667", "—", "7"}}},
		Sums:    []Row{{Cells: []string{"合计", "7", "3", "3", "2", "0.666667", "0.5", "9.5"}}},
		Held:    []Row{{Cells: []string{"上期", "7", "4", "3", "1", "0.333333", "—", "—"}}},
		Remarks: []string{"人数各行相加是 4，合计是 3：合计里一个人只算一次。"}}
}

// In a workbook a total is the sum of its rows and a rate is divided there, wherever that comes to what is printed; else the
// number itself stands there. What is not recalculated shows the same.
func TestSumsOfWorkbook(t *testing.T) {
	f, name := opened(t, func(b *bytes.Buffer) error { return counted().Sheet(b, Print) })
	for at, want := range map[string]struct{ formula, raw, shown string }{
		"B4": {"", "3", "3"}, "B6": {"SUM(B4:B5)", "7", "7"}, "C6": {"", "3", "3"}, "B7": {"", "7", "7"},
		"F4": {`IFERROR(E4/D4,"—")`, "—", "—"}, "F5": {`IFERROR(E5/D5,"—")`, "0.666667", "66.7%"}, "F6": {`IFERROR(E6/D6,"—")`, "0.666667", "66.7%"},
		"F7": {`IFERROR(E7/D7,"—")`, "0.333333", "33.3%"}, "G4": {"", "0.223457", "22.3%"}, "G6": {"", "0.5", "50.0%"}, "H4": {"", "12.25", "12.3"},
		"A4": {"", "=1+1站", "=1+1站"}} {
		formula, err1 := f.GetCellFormula(name, at)
		raw, err2 := f.GetCellValue(name, at, excelize.Options{RawCellValue: true})
		shown, err3 := f.GetCellValue(name, at)
		if err1 != nil || err2 != nil || err3 != nil || formula != want.formula || raw != want.raw || shown != want.shown {
			t.Errorf("%s: %q %q %q, want %q", at, formula, raw, shown, want)
		}
		if kind, _ := f.GetCellType(name, at); want.raw[0] >= '0' && want.raw[0] <= '9' && kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s is no number: %v", at, kind)
		}
	}
	if said, _ := f.GetCellValue(name, "A8"); !strings.HasPrefix(said, "人数各行相加是 4") {
		t.Errorf("under the table stands %q", said)
	}
	if panes, err := f.GetPanes(name); err != nil || panes.YSplit != 3 || panes.XSplit != 1 {
		t.Errorf("%+v %v", panes, err)
	}
}

// However much is said in a cell or under a table, a workbook can be written, and what stands over several pages beside each
// other says it on the first.
func TestLongAndWide(t *testing.T) {
	v := counted()
	v.Remarks = []string{strings.Repeat("凤山街道袁家庄社区代表联络站（还没有报送过）、", 700)}
	v.Rows[0].Cells[0] = strings.Repeat("很长的名称", 200)
	for range 30 {
		v.Columns = append(v.Columns, Column{Title: "收集意见件次", Holds: Count})
		for _, rows := range [][]Row{v.Rows, v.Sums, v.Held} {
			for i := range rows {
				rows[i].Cells = append(rows[i].Cells, "7")
			}
		}
	}
	f, name := opened(t, func(b *bytes.Buffer) error { return v.Sheet(b, Print) })
	page, err := f.GetPageLayout(name)
	if err != nil || *page.FitToWidth < 2 || !strings.HasPrefix(f.GetDefinedName()[0].RefersTo, "'周报'!$A:$A,") {
		t.Errorf("%+v %+v", page, f.GetDefinedName())
	}
	areas, _ := f.GetMergeCells(name)
	if len(areas) == 0 || areas[0].GetStartAxis() != "B1" || areas[0].GetEndAxis() >= "Z" {
		t.Errorf("%v", areas)
	}
	if high, err := f.GetRowHeight(name, 4); err != nil || high < 100 {
		t.Errorf("the long row is %v high", high)
	}
}

// A workbook of several tables has a sheet for each, also where two have one title.
func TestBookOfTables(t *testing.T) {
	f, _ := opened(t, func(b *bytes.Buffer) error { return Book(b, Print, counted(), deputies(), counted()) })
	if got := strings.Join(f.GetSheetList(), " "); got != "周报 练习 代表名册2026 周报2" {
		t.Errorf("%q", got)
	}
	if formula, _ := f.GetCellFormula("周报2", "B6"); formula != "SUM(B4:B5)" {
		t.Errorf("%q", formula)
	}
}

// A matrix adds up its rows and its columns.
func TestSumsOfMatrix(t *testing.T) {
	v := Table{Notes: Notes{Title: "交叉"}, Keys: 1, Columns: []Column{{Title: "类别"}, {Title: "甲", Holds: Count}, {Title: "乙", Holds: Count}, {Title: "合计", Holds: Count, Across: true}},
		Rows: []Row{{Cells: []string{"水", "1", "2", "3"}}, {Cells: []string{"路", "1", "0", "0"}}}, Sums: []Row{{Cells: []string{"合计", "2", "2", "3"}}}}
	f, name := opened(t, func(b *bytes.Buffer) error { return v.Sheet(b, Print) })
	for at, want := range map[string]string{"D3": "SUM(B3:C3)", "D4": "", "B5": "SUM(B3:B4)", "D5": "SUM(D3:D4)", "C5": "SUM(C3:C4)"} {
		if formula, err := f.GetCellFormula(name, at); err != nil || formula != want {
			t.Errorf("%s: %q, want %q", at, formula, want)
		}
	}
}

// Paper prints a rate as per cent, and below everything what is to be known.
func TestNumbersOnPaper(t *testing.T) {
	text := ""
	for _, p := range written(t, Layout{Body: 9, Head: 9}, counted()) {
		text += p.Text
	}
	for _, want := range []string{"66.7%", "22.3%", "12.3", "9.5", "上期", "人数各行相加是 4，合计是 3"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %q", want, text)
		}
	}
}

// A week's report by all stations of a city is a workbook in less than the report takes.
func BenchmarkBookOfStations(b *testing.B) {
	t := Table{Notes: Notes{Title: "周报"}, Keys: 1, Columns: []Column{{Title: "站点"}}, Sums: []Row{{Cells: []string{"合计"}}}}
	for i := range 30 {
		t.Columns = append(t.Columns, Column{Title: "收集意见件次", Holds: Count})
		if t.Sums[0].Cells = append(t.Sums[0].Cells, "708"); i%3 == 2 {
			t.Columns[i+1] = Column{Title: "办结率", Holds: Share, Over: "a", Under: "b"}
		}
	}
	t.Columns[1].Code, t.Columns[2].Code = "a", "b"
	for range 708 {
		row := []string{"凤山街道袁家庄社区"}
		for range 30 {
			row = append(row, "1")
		}
		t.Rows = append(t.Rows, Row{Cells: row})
	}
	for b.Loop() {
		if err := t.Sheet(io.Discard, Print); err != nil {
			b.Fatal(err)
		}
	}
}
