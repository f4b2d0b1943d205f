package grid

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// workbookOf makes a workbook.
func workbookOf(t testing.TB, make func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	var b bytes.Buffer
	if err := errors.Join(make(f), f.Write(&b)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// packedAs makes a zip file of parts, name and content in turn.
func packedAs(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ooxml makes a workbook of one sheet by hand, for what no usual program writes; more are other parts.
func ooxml(t testing.TB, sheet string, more ...string) []byte {
	return packedAs(t, append([]string{"[Content_Types].xml", "<Types/>",
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", sheet}, more...)...)
}

func rows(b []byte) (*Grid, error) {
	book, err := New("表.xlsx", b)
	if err != nil {
		return nil, err
	}
	return book.Read("")
}

// told gives all that a grid says, a line a row.
func told(g *Grid) string {
	var b strings.Builder
	for _, r := range g.Rows {
		fmt.Fprint(&b, r.N, ":")
		for _, c := range r.Cells {
			b.WriteString(c.Text)
			if c.Wrong != "" {
				b.WriteString("!")
			}
			b.WriteByte('|')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// What cannot be read is named, and told how to save it.
func TestWhatAFileIs(t *testing.T) {
	gbk := func(s string) []byte {
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	ole := func(stream string) []byte {
		return append(append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), utf16(stream)...)
	}
	secret := workbookOf(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "姓名") })
	secret, err := excelize.Encrypt(secret, &excelize.Options{Password: "8221321"})
	if err != nil {
		t.Fatal(err)
	}
	whole := workbookOf(t, func(f *excelize.File) error { return f.SetCellValue("Sheet1", "A1", "姓名") })
	for what, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":               {nil, ErrEmpty},
		"blanks":                {[]byte(" \r\n"), ErrEmpty},
		"old .xls":              {ole("Workbook"), ErrOld},
		".xls of 1995":          {[]byte("\x09\x08\x08\x00\x00\x05\x05\x00"), ErrOld},
		"password":              {secret, ErrPassword},
		"Word":                  {ole("WordDocument"), ErrWord},
		"docx":                  {packedAs(t, "[Content_Types].xml", "", "word/document.xml", ""), ErrWord},
		"slides":                {packedAs(t, "[Content_Types].xml", "", "ppt/presentation.xml", ""), ErrSlides},
		"xlsb":                  {packedAs(t, "[Content_Types].xml", "", "xl/workbook.bin", ""), ErrBinary},
		"ods":                   {packedAs(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", ""), ErrODS},
		"zip of a sheet":        {packedAs(t, "花名册.xlsx", string(whole)), ErrArchive},
		"rar":                   {[]byte("Rar!\x1a\x07\x00"), ErrArchive},
		"web page":              {[]byte("\xef\xbb\xbf\n<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><table><tr><td>姓名"), ErrPage},
		"web page in GBK":       {gbk("<table><tr><td>姓名</td></tr></table>"), ErrPage},
		"web archive":           {[]byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n"), ErrPage},
		"XML of 2003":           {[]byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), ErrXML},
		"PDF":                   {[]byte("%PDF-1.7\n"), ErrPaper},
		"photo":                 {[]byte("\xff\xd8\xff\xe0\x00\x10JFIF"), ErrPaper},
		"RTF":                   {[]byte(`{\rtf1 `), ErrWord},
		"program":               {[]byte("\x7fELF\x02\x01\x01\x00\x00"), ErrNoTable},
		"no charset":            {[]byte("\xff\xffabc,\x80\x80"), ErrCharset},
		"half a workbook":       {whole[:len(whole)/2], ErrDamaged},
		"workbook of no sheets": {packedAs(t, "[Content_Types].xml", "", "xl/workbook.xml", "<workbook/>"), ErrDamaged},
		"half a sheet":          {ooxml(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`), ErrDamaged},
		"text that is not there": {ooxml(t, `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>`,
			"xl/sharedStrings.xml", "<sst/>"), ErrDamaged},
	} {
		_, err := rows(c.file)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", what, err, c.want)
			continue
		}
		var own interface{ Sentence() string }
		if !errors.As(err, &own) || !strings.HasSuffix(own.Sentence(), "。") {
			t.Errorf("%s is not told in a sentence", what)
		}
	}
}

// Text is read whatever its charset, what parts its cells and the name of its file; addresses are those of its rows.
func TestTextFiles(t *testing.T) {
	const s = "名册,,\r\n\r\n姓名,\"单位\n名称\",电话\r\n王𠅤明,\"一,二\",=\"0358\"\r\n李四海,'=1+1,#REF!\r\n"
	const want = "1:名册|\n3:姓名|单位\n名称|电话|\n4:王𠅤明|一,二|0358|\n5:李四海|=1+1|#REF!!|\n"
	gb, err1 := simplifiedchinese.GB18030.NewEncoder().String(s)
	wide, err2 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.NewReplacer("一,二", "一，二", ",", "\t").Replace(s))
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	for what, file := range map[string]string{"UTF-8": s, "UTF-8 with a mark": "\xef\xbb\xbf" + s, "GB 18030": gb, "tabs in UTF-16": wide,
		"semicolons": strings.NewReplacer("一,二", "一，二", ",", ";").Replace(s)} {
		g, err := rows([]byte(file))
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if got := strings.ReplaceAll(told(g), "一，二", "一,二"); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	if g, err := rows([]byte("姓名,电话\n\"王明,138\n" + strings.Repeat("李四海,139\n", 40))); err != nil || !strings.Contains(told(g), "!") {
		t.Errorf("a quote without its other half: %v", err)
	}
}

// What workbooks say is read as excelize reads it, and what it does not tell beside: days as they are shown, formulas
// without a value, what is hidden and merged.
func TestWorkbook(t *testing.T) {
	file := workbookOf(t, func(f *excelize.File) error {
		month := `yyyy"年"m"月"`
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &month})
		day, err2 := f.NewStyle(&excelize.Style{NumFmt: 14})
		return errors.Join(err, err2, f.SetSheetName("Sheet1", "花名册"),
			f.SetSheetRow("花名册", "A1", &[]any{"姓名", 13812345678, 31413, 44260.5, "=1", true, 0.1}),
			f.SetCellStyle("花名册", "C1", "C1", style), f.SetCellStyle("花名册", "D1", "D1", day),
			f.SetCellFormula("花名册", "A2", "1+1"), f.SetCellValue("花名册", "A3", " 　"), f.SetCellValue("花名册", "C4", "_x000D_"),
			f.MergeCell("花名册", "A4", "B6"), f.SetColVisible("花名册", "B", false), f.SetRowVisible("花名册", 4, false))
	})
	g, err := rows(file)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(g), "1:姓名|13812345678|1986-01|2021-03-05|=1|TRUE|0.1|\n2:!|\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if len(g.Merged) != 1 || g.Merged[0] != (Area{4, 0, 6, 1}) || len(g.Hidden) != 1 || g.Hidden[0] != 1 || g.Address(2, 27) != "花名册!AB2" {
		t.Errorf("%+v %v %s", g.Merged, g.Hidden, g.Address(2, 27))
	}
}

// Parts of workbooks as other programs write them.
func TestOtherPrograms(t *testing.T) {
	g, err := rows(ooxml(t, `<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>王</x:t></x:r><x:r><x:t>明</x:t></x:r>`+
		`<x:rPh><x:t>wang</x:t></x:rPh></x:is></x:c><x:c><x:v>1.38E+10</x:v></x:c><x:c t="s"><x:v>0</x:v></x:c></x:row>`+
		`<x:row r="9"><x:c r="C9" t="e"><x:v>#REF!</x:v></x:c><x:c t="d"><x:v>2021-03-05T00:00:00</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
		"xl/sharedStrings.xml", `<sst><si><r><t>李</t></r><r><t xml:space="preserve"> 四</t></r><rPh sb="0" eb="1"><t>li</t></rPh></si></sst>`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(g), "1:王明|1.38E+10|李 四|\n9:||#REF!!|2021-03-05|\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Macros are not run and links not followed, and a person is told.
func TestMacrosAndLinks(t *testing.T) {
	const rels = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="a" Type="x/vbaProject" Target="vbaProject.bin"/><Relationship Id="b" Type="x/externalLink" Target="externalLinks/1.xml"/>` +
		`<Relationship Id="c" Type="x/worksheet" Target="http://example.org/sheet1.xml" TargetMode="External"/></Relationships>`
	g, err := rows(packedAs(t, "[Content_Types].xml", "<Types/>", "xl/_rels/workbook.xml.rels", rels, "xl/vbaProject.bin", "x",
		"xl/workbook.xml", `<workbook><sheets><sheet name="网上的" id="c"/><sheet name="表" id="rId1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c><f>[1]表!A1</f><v>王明</v></c></row></sheetData></worksheet>`))
	if err != nil || told(g) != "1:王明|\n" || len(g.Notes) != 2 || !strings.Contains(g.Notes[0], "宏没有运行") || !strings.Contains(g.Notes[1], "引用了别的文件") {
		t.Errorf("%+v %v", g, err)
	}
}

// A million rows with borders and nothing in them are passed by, and what stands behind many empty ones is told of.
func TestManyEmptyRows(t *testing.T) {
	var sheet strings.Builder
	sheet.WriteString(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>`)
	for n := 2; n <= lastRow; n++ {
		fmt.Fprintf(&sheet, `<row r="%d" s="1"><c r="A%d" s="1"/></row>`, n, n)
	}
	const end = `</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`
	g, err := rows(ooxml(t, sheet.String()+end))
	if err != nil || len(g.Rows) != 1 || len(g.Merged) != 1 || len(g.Notes) > 0 {
		t.Errorf("%d rows, %v, %v", len(g.Rows), g.Notes, err)
	}
	for _, last := range []string{`<row r="99"><c r="A99"><v>1</v></c></row>`, `<row r="2"/><row r="60"/><row r="99"><c r="A99" t="inlineStr"><is><t>王明</t></is></c></row>`} {
		g, err = rows(ooxml(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>`+last+end))
		if err != nil || len(g.Rows) != 1 || len(g.Notes) != 1 {
			t.Errorf("something far below: %+v, %v", g, err)
		}
	}
}

// endless is a text without end, in which nothing is packed away.
func endless(t *testing.T, part, start, again string, times int) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": `<workbook><sheets><sheet name="表" id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<R><Relationship Id="a" Type="x/worksheet" Target="sheet.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="s.xml"/></R>`,
		"xl/sheet.xml":               `<w><sheetData><row><c t="s"><v>0</v></c></row></sheetData></w>`, "xl/s.xml": "<sst/>", part: ""} {
		w, err := z.Create(name)
		if name == part {
			text = start
		}
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		for i := 0; i < times && name == part && err == nil; i++ {
			_, err = io.WriteString(w, again)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A file that unpacks to far more than a sheet is left before it fills the memory.
func TestBombs(t *testing.T) {
	blanks := strings.Repeat(" ", 1<<20)
	for what, c := range map[string]struct {
		file []byte
		want error
	}{
		"a text without end":       {endless(t, "xl/sheet.xml", "<w><sheetData><row><c><v>", blanks, 40), ErrBomb},
		"a mark without end":       {endless(t, "xl/sheet.xml", "<w><sheetData ", blanks, 40), ErrBomb},
		"one shared text":          {endless(t, "xl/s.xml", "<sst><si><t>", blanks, 40), ErrBomb},
		"many shared texts":        {endless(t, "xl/s.xml", "<sst>", "<si><t>"+strings.Repeat("王", 1<<14)+"</t></si>", 2100), ErrMuch},
		"a list of sheets":         {endless(t, "xl/workbook.xml", "<workbook>", blanks, 40), ErrBomb},
		"rows without end":         {endless(t, "xl/sheet.xml", "<w><sheetData>", "<row><c><v>1</v></c></row>", deepest+1), ErrMuch},
		"rows of one cell's width": {endless(t, "xl/sheet.xml", "<w><sheetData><row>", "<c><v>1</v></c>", 300_000), ErrDamaged},
	} {
		if _, err := rows(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s (%d KB): %v, want %v", what, len(c.file)>>10, err, c.want)
		}
	}
}

func FuzzBook(f *testing.F) {
	f.Add([]byte("姓名,电话\n王明,1"))
	f.Add(ooxml(f, `<worksheet><cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>`+
		`<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`, "xl/sharedStrings.xml", "<sst><si><t>王</t></si></sst>"))
	f.Add([]byte("\xd0\xcf\x11\xe0"))
	f.Fuzz(func(t *testing.T, b []byte) {
		g, err := rows(b)
		if err != nil && !refused(err) {
			t.Errorf("not told in a sentence: %v", err)
		}
		for last := 0; err == nil && len(g.Rows) > 0; g.Rows = g.Rows[1:] {
			if r := g.Rows[0]; r.N <= last || len(r.Cells) == 0 || len(r.Cells) > widest {
				t.Errorf("row %d after %d with %d cells", r.N, last, len(r.Cells))
			}
			last = g.Rows[0].N
		}
	})
}

// FuzzSheet feeds the part in which the cells stand.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="B2" t="s" s="9"><f>A1</f><v>0</v></c><c t="e"/></row></sheetData></worksheet>`))
	f.Add([]byte(`<sheetData><row r="1048576"/><row><c r="XFD1"><is><t>a<rPh/></t></is></c></row></sheetData>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := rows(ooxml(t, string(b), "xl/sharedStrings.xml", "<sst><si><t>王</t></si></sst>")); err != nil && !refused(err) {
			t.Errorf("not told in a sentence: %v", err)
		}
	})
}
