package table

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/sheet"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// deputies is a table with all that trips up spreadsheets.
func deputies() Table {
	return Table{Notes: Notes{Organisation: "离石区人大常委会", Title: "代表名册/2026", Part: "凤山街道", Day: "截至 2026-11-28", Treatment: "内部 & 资料", Maker: "编制人 刘昞", Practice: true}, Keys: 2,
		Columns: []Column{{Title: "代表\n证号", Width: 20}, {Title: "姓名", Width: 16}, {Title: "电话", Width: 26, Hint: "手机或座机"}, {Title: "当选日期", Width: 20, Holds: Days},
			{Title: "件数", Width: 10, Align: typeset.Right, Holds: Count}, {Title: "党派", Width: 10, Choices: []string{"中共党员", "群众"}}},
		Rows: []Row{{Cells: []string{"凤山街道　2 人"}, Group: true}, {Cells: []string{"007" + Fold + "12", "王𠅤明", "013811112222", "2021-06-01", "3", "中共党员"}},
			{Cells: []string{"00713", "=1+1", "+86 138\x07", "2021-06", "-", "@群众"}, Struck: true}, {Cells: []string{"00714", "李强", "无"}}},
		Sums: []Row{{Cells: []string{"合计 3 人"}}}}
}

// opened gives the workbook that was written.
func opened(t *testing.T, write func(b *bytes.Buffer) error) (*excelize.File, string) {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return f, f.GetSheetName(0)
}

// A workbook of rows has its titles in the first row; no zero and no word is lost, nothing is a formula, days are days.
func TestWorkbookOfRows(t *testing.T) {
	f, name := opened(t, func(b *bytes.Buffer) error { return deputies().Sheet(b, Rows) })
	if name != "练习 代表名册2026" {
		t.Errorf("sheet %q", name)
	}
	rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	want := [][]string{{"代表证号", "姓名", "电话", "当选日期", "件数", "党派"}, {"00712", "王𠅤明", "013811112222", "44348", "3", "中共党员"},
		{"00713", "=1+1", "+86 138", "2021-06", "-", "@群众"}, {"00714", "李强", "无"}}
	if err != nil || !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("%q, want %q", rows, want)
	}
	for at, want := range map[string]string{"A2": "@", "C2": "@", "B3": "@", "D2": "yyyy-mm-dd"} {
		id, err := f.GetCellStyle(name, at)
		st, err2 := f.GetStyle(id)
		if err != nil || err2 != nil || want == "@" != (st.NumFmt == 49) || want != "@" && *st.CustomNumFmt != want {
			t.Errorf("%s: %+v, want %s", at, st, want)
		}
		if formula, _ := f.GetCellFormula(name, at); formula != "" {
			t.Errorf("%s is a formula", at)
		}
	}
	if shown, _ := f.GetCellValue(name, "D2"); shown != "2021-06-01" {
		t.Errorf("a day is shown as %s", shown)
	}
	if panes, err := f.GetPanes(name); err != nil || !panes.Freeze || panes.YSplit != 1 || panes.XSplit != 2 {
		t.Errorf("%+v %v", panes, err)
	}
}

// A workbook to print has the title over all columns, groups, sums, and the titles again on each page.
func TestWorkbookToPrint(t *testing.T) {
	f, name := opened(t, func(b *bytes.Buffer) error { return deputies().Sheet(b, Print) })
	rows, err := f.GetRows(name)
	if err != nil || len(rows) != 9 || rows[1][0] != "代表名册/2026" || rows[3][0] != "代表证号" || rows[4][0] != "凤山街道　2 人" || rows[8][0] != "合计 3 人" {
		t.Errorf("%q %v", rows, err)
	}
	areas, err := f.GetMergeCells(name)
	var spans []string
	for _, a := range areas {
		spans = append(spans, a.GetStartAxis()+":"+a.GetEndAxis())
	}
	if slices.Sort(spans); err != nil || strings.Join(spans, " ") != "A1:F1 A2:F2 A3:F3 A5:F5 A9:F9 C8:F8" {
		t.Errorf("%v %v", spans, err)
	}
	page, err := f.GetPageLayout(name)
	if err != nil || *page.Orientation != "landscape" || *page.Size != 9 || *page.FitToWidth != 1 {
		t.Errorf("%+v %v", page, err)
	}
	foot, err := f.GetHeaderFooter(name)
	if names := f.GetDefinedName(); err != nil || len(names) != 1 || !strings.HasSuffix(names[0].RefersTo, "$4:$4") || !strings.Contains(foot.OddHeader, "练习") || !strings.Contains(foot.OddFooter, "内部 && 资料") {
		t.Errorf("%+v %+v", names, foot)
	}
}

// Text is known by Excel as UTF-8, and what begins like a formula is none.
func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := deputies().CSV(&b); err != nil {
		t.Fatal(err)
	}
	const want = "\ufeff代表证号,姓名,电话,当选日期,件数,党派\r\n00712,王𠅤明,013811112222,2021-06-01,3,中共党员\r\n00713,'=1+1,'+86 138,2021-06,'-,'@群众\r\n00714,李强,无,,,\r\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

// Whatever sign of a formula a text begins with, also a broad one or behind white, no program takes it for one; numbers stay
// numbers.
func TestTextIsNoFormula(t *testing.T) {
	for said, want := range map[string]string{"=1+1": "'=1+1", "＝1+1": "'＝1+1", "＋86 138": "'＋86 138", "－": "'－", "＠SUM(A1)": "'＠SUM(A1)", "-2": "-2", "-2.5": "-2.5", "-2+3": "'-2+3",
		"+3": "'+3", "\t=1": "'\t=1", "\r=1": "'\r=1", "—": "—", "": "", "0.632173": "0.632173", "@a": "'@a", "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0"} {
		if got := spelling.Harmless(said); got != want {
			t.Errorf("%q is written as %q, want %q", said, got, want)
		}
	}
	var b bytes.Buffer // a title may be anybody's name: a station that crosses another axis
	if err := (Table{Columns: []Column{{Title: "类别＼站点"}, {Title: "=1+1站"}}}).CSV(&b); err != nil || b.String() != "\ufeff类别＼站点,'=1+1站\r\n" {
		t.Errorf("%q %v", b.String(), err)
	}
}

// What is written is read again as it was, from either kind of file.
func TestWrittenIsRead(t *testing.T) {
	columns := []sheet.Column{{Code: "number", Name: "代表证号", Kind: sheet.Code}, {Code: "name", Name: "姓名", Kind: sheet.Name}, {Code: "phone", Name: "电话", Kind: sheet.Phone},
		{Code: "since", Name: "当选日期", Kind: sheet.Day}, {Code: "n", Name: "件数", Kind: sheet.Number}, {Code: "party", Name: "党派", Words: words.Parties}}
	v := deputies()
	v.Rows[2].Cells = []string{"0071", "李秀英", "0358-8221321", "1975-03", "0", "=群众"}
	for what, write := range map[string]func(b *bytes.Buffer) error{"workbook": func(b *bytes.Buffer) error { return v.Sheet(b, Rows) }, "print": func(b *bytes.Buffer) error { return v.Sheet(b, Print) },
		"text": func(b *bytes.Buffer) error { return v.CSV(b) }} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		book, err := sheet.New("x", b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		g, err := book.Read("")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		read := sheet.Read(g, sheet.Memory{}.Guess(g, columns), columns)
		for _, r := range read.Rows {
			got = append(got, strings.Join([]string{r.Text("number"), r.Text("name"), r.Text("phone"), r.Text("since"), r.Text("n"), r.Text("party")}, "|"))
		}
		if want := []string{"00712|王𠅤明|13811112222|2021-06-01|3|中共党员", "0071|李秀英|0358-8221321|1975-03|0|群众", "00714|李强||||"}; !slices.Equal(got, want) || len(read.Doubtful)+len(read.Wrong) > 0 {
			t.Errorf("%s: %q, want %q\n%v %v", what, got, want, read.Doubtful, read.Wrong)
		}
	}
}

// A sheet to be filled in offers what may be chosen, keeps what is typed as it is, and says what to write.
func TestTemplate(t *testing.T) {
	v := deputies()
	v.Rows, v.Sums, v.Practice = nil, nil, false
	for i := range 56 { // more than fits into a list's own text
		v.Columns[5].Choices = append(v.Columns[5].Choices, fmt.Sprintf("中国少数民族第%d党派", i))
	}
	f, name := opened(t, func(b *bytes.Buffer) error { return v.Template(b) })
	lists, err := f.GetDataValidations(name)
	if err != nil || len(lists) != 1 || lists[0].Sqref != "F2:F5000" || lists[0].Formula1 != "'可选内容'!$F$1:$F$58" {
		t.Fatalf("%+v %v", lists, err)
	}
	choice, _ := f.GetCellValue("可选内容", "F58")
	hint, _ := f.GetCellValue("填写说明", "B4")
	hidden, _ := f.GetSheetVisible("可选内容")
	if choice != "中国少数民族第55党派" || hint != "手机或座机" || hidden {
		t.Errorf("%q %q %v", choice, hint, hidden)
	}
	if id, err := f.GetCellStyle(name, "C77"); err != nil || id == 0 {
		t.Error("a telephone would lose its first zero")
	}
}
