package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/sheet"
	"lianluo.local/app/sheet/messy"
	"lianluo.local/data/home"
	"lianluo.local/data/words"

	"github.com/xuri/excelize/v2"
)

// columns are what a roster may say of a person, as who keeps one would tell it.
var columns = []sheet.Column{
	{Code: "name", Name: "姓名", Kind: sheet.Name, Required: true, Synonyms: []string{"名字", "代表姓名"}},
	{Code: "sex", Name: "性别", Kind: sheet.Choice, Words: words.Forms{{Name: "男", Also: []string{"1", "M"}}, {Name: "女", Also: []string{"2", "F"}}}},
	{Code: "sex", Name: "女", Kind: sheet.Tick, Value: "女"},
	{Code: "nationality", Name: "民族", Kind: sheet.Choice, Words: words.Forms{{Name: "汉族", Also: []string{"汉"}}, {Name: "回族", Also: []string{"回"}},
		{Name: "维吾尔族", Also: []string{"维吾尔"}}}},
	{Code: "birth", Name: "出生年月", Kind: sheet.Day, Synonyms: []string{"出生日期", "生日"}},
	{Code: "party", Name: "党派", Kind: sheet.Choice, Synonyms: []string{"政治面貌"}, Words: words.Forms{{Name: "中共", Also: []string{"中共党员", "党员", "中国共产党"}},
		{Name: "群众"}, {Name: "民盟", Also: []string{"中国民主同盟"}}, {Name: "民建", Also: []string{"民建会员"}}, {Name: "无党派", Also: []string{"无党派人士", "无"}}}},
	{Code: "party", Name: "党员", Kind: sheet.Tick, Value: "中共"},
	{Code: "education", Name: "学历", Kind: sheet.Choice, Synonyms: []string{"文化程度", "学历学位"}, Words: words.Forms{{Name: "初中"}, {Name: "高中"}, {Name: "中专"},
		{Name: "大专", Also: []string{"大学专科", "专科"}}, {Name: "本科", Also: []string{"大学本科", "大学"}}, {Name: "研究生", Also: []string{"硕士研究生"}}}},
	{Code: "employer", Name: "工作单位", Synonyms: []string{"单位", "单位名称"}},
	{Code: "post", Name: "职务", Synonyms: []string{"单位职务"}},
	{Code: "phone", Name: "电话", Kind: sheet.Phone, Synonyms: []string{"手机", "联系电话", "联系方式", "办公电话", "手机号码"}},
	{Code: "number", Name: "代表证号", Kind: sheet.Code, Synonyms: []string{"证号"}},
	{Code: "delegation", Name: "代表团"},
	{Code: "station", Name: "联络站", Synonyms: []string{"所在联络站"}},
	{Code: "since", Name: "当选日期", Kind: sheet.Day},
	{Code: "fields", Name: "专业小组", Kind: sheet.List},
	{Code: "classes", Name: "少数民族", Kind: sheet.Tick, Value: "少数民族"},
	{Code: "note", Name: "备注"},
}

// stations are so many invented names.
func stations(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprintf("第%d号联络站", i+1))
	}
	return all
}

// read opens a file, and understands a sheet of it with what a person said.
func read(t testing.TB, file []byte, name string, said func(*sheet.Mapping)) (*sheet.Grid, sheet.Mapping, sheet.Rows) {
	t.Helper()
	book, err := sheet.New("表.xlsx", file)
	if err != nil {
		t.Fatal(err)
	}
	g, err := book.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	m := sheet.Memory{}.Guess(g, columns)
	if said != nil {
		said(&m)
	}
	return g, m, sheet.Read(g, m, columns)
}

// same says in what a row differs from the person it is about.
func same(p messy.Person, r sheet.Row) (differs []string) {
	for code, want := range map[string]string{"name": p.Name, "sex": p.Sex, "nationality": p.Nation, "birth": p.Birth, "party": p.Party, "education": p.School,
		"employer": p.Employer, "post": p.Post, "phone": strings.Join(p.Phones, "、"), "number": p.Number, "delegation": p.Delegation, "station": p.Station,
		"since": p.Since, "fields": strings.Join(p.Fields, "、"), "note": "", "classes": ""} {
		if got := r.Text(code); got != want {
			differs = append(differs, fmt.Sprintf("row %d %s: %q, want %q", p.Row, code, got, want))
		}
	}
	return differs
}

// A county's roster with all that is wrong in it comes out as its 900 people, each value as it was meant; what cannot
// be known is asked, cell by cell, and nothing else is.
func TestCountyRoster(t *testing.T) {
	county := messy.County(900, stations(55), 1)
	_, m, rows := read(t, county.File, "", nil)
	if m.Sheet != messy.Sheet || m.Head != messy.Title || m.Depth != 2 {
		t.Fatalf("titles in row %d, %d deep, of %s", m.Head, m.Depth, m.Sheet)
	}
	want := map[string]string{"B": "delegation", "C": "name", "D": "sex", "E": "nationality", "F": "birth", "G": "party", "H": "education", "I": "employer",
		"J": "post", "K": "phone", "L": "phone", "N": "number", "O": "station", "P": "since", "Q": "fields", "R": "note"}
	for letter, key := range want {
		if m.Columns[letter] != key {
			t.Errorf("column %s is taken for %q, want %q", letter, m.Columns[letter], key)
		}
	}
	if len(m.Columns) != len(want) {
		t.Errorf("columns: %v", m.Columns)
	}
	asked := map[string]bool{}
	for _, f := range rows.Doubtful {
		asked[f.Cell] = true
	}
	for cell := range county.Answers {
		if !asked[cell] {
			t.Errorf("%s was not asked about", cell)
		}
	}
	for _, cell := range county.Bodies {
		if !asked[cell] {
			t.Errorf("%s, an organisation, was not asked about", cell)
		}
	}
	for _, f := range rows.Wrong {
		t.Errorf("wrong: %s %s", f.Cell, f.Why)
	}
	_, _, rows = read(t, county.File, "", func(m *sheet.Mapping) { m.Year, m.Answers = county.Year, county.Answers })
	for _, f := range rows.Doubtful {
		if !slices.Contains(county.Bodies, f.Cell) {
			t.Errorf("asked again: %s %s %v", f.Cell, f.Why, county.People[min(f.Row-10, 800)].Name)
		}
	}
	byRow := map[int]sheet.Row{}
	for _, r := range rows.Rows {
		byRow[r.N] = r
	}
	for _, p := range county.People {
		for _, d := range same(p, byRow[p.Row]) {
			t.Error(d)
		}
	}
	if want := len(county.People); len(rows.Rows) != want {
		t.Errorf("%d rows, want %d", len(rows.Rows), want)
	}
}

// What was mapped by hand is known again by its titles, in the same home and for the rows that came back; a file that
// cannot be read asks again.
func TestMappingIsRemembered(t *testing.T) {
	h := home.Home(t.TempDir())
	b := file(t, table{{"姓名", "性别", "民族", "手上的事"}, {"王明", "男", "汉", "教师"}}, nil)
	g, m, _ := read(t, b, "", nil)
	if m.Columns["D"] != "" {
		t.Fatalf("%v", m.Columns)
	}
	m.Columns["D"] = "post"
	memory, err := sheet.Remember(h)
	if err == nil {
		err = memory.Keep(h, g, m)
	}
	if err != nil {
		t.Fatal(err)
	}
	if memory, err = sheet.Remember(h); err != nil || memory.Guess(g, columns).Columns["D"] != "post" {
		t.Errorf("%v %v", memory, err)
	}
	other, _, _ := read(t, file(t, table{{"姓名", "性别", "手上的事", "民族"}, {"王明", "男", "教师", "汉"}}, nil), "", nil)
	if memory.Guess(other, columns).Columns["C"] != "" {
		t.Error("another sheet was taken for this one")
	}
	if err := os.WriteFile(h.Sheets(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if memory, err = sheet.Remember(h); err != nil || len(memory) > 0 {
		t.Errorf("a broken file: %v %v", memory, err)
	}
}

// Wrong rows come back as a sheet of their own with the reasons, titles of two rows among them; put right there, they
// are read like the sheet they came from.
func TestRowsComeBack(t *testing.T) {
	b := file(t, table{{"花名册"}, {"代表团", "姓名", "单位", nil, "出生年月", "电话"}, {nil, nil, "名称", "职务", nil, nil}, {"一团", "王明", "一中", "教师", "1975.13", 13811112222},
		{nil, "李强", "二中", "教师", "1980-11", "8221321"}, {nil, "县财政局"}}, func(f *excelize.File) error {
		return merged(f, "A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "A4:A6")
	})
	g, m, rows := read(t, b, "", nil)
	if len(rows.Doubtful) != 2 {
		t.Fatal(rows.Doubtful)
	}
	var w bytes.Buffer
	if err := sheet.Back(&w, g, m, rows.Doubtful); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(w.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	name := f.GetSheetName(0)
	why, err1 := f.GetCellValue(name, "G3")
	style, err2 := f.GetCellStyle(name, "G3")
	red, err3 := f.GetStyle(style)
	if err := errors.Join(err1, err2, err3); err != nil || why != "E4 “1975.13”：没有这个月，请核对日期" || red.Font.Color != "C00000" {
		t.Errorf("%q in %q, %v", why, red.Font.Color, err)
	}
	if err := errors.Join(f.SetCellValue(name, "E3", "1975.12"), f.SetCellValue(name, "B4", "赵云")); err != nil {
		t.Fatal(err)
	}
	w.Reset()
	if err := f.Write(&w); err != nil {
		t.Fatal(err)
	}
	back, again, rows := read(t, w.Bytes(), "", nil)
	if got, want := told(rows), []string{"3 birth=1975-12 delegation=一团 employer=一中 name=王明 phone=13811112222 post=教师", "4 delegation=一团 name=赵云"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	memory := sheet.Memory{}
	if err := memory.Keep(home.Home(t.TempDir()), g, m); err != nil {
		t.Fatal(err)
	}
	if len(again.Columns) != len(m.Columns) || len(rows.Doubtful) > 0 || len(memory) != 1 {
		t.Errorf("%v %v", again.Columns, rows.Doubtful)
	}
	if err := memory.Keep(home.Home(t.TempDir()), back, again); err != nil || len(memory) != 1 {
		t.Errorf("the rows that came back are another sheet: %v %v", memory, err)
	}
}

// A mapping is a file, too, in which columns may be named as people call them.
func TestMappingFromAFile(t *testing.T) {
	m, err := sheet.Parse([]byte(`{"head":3,"columns":{"B":"姓名","c":"手机","D":"sex","E":""},"year":2021,"answers":{"表!B4":"王明"}}`), columns)
	if err != nil || m.Columns["B"] != "name" || m.Columns["C"] != "phone" || m.Columns["D"] != "sex" || m.Columns["E"] != "" || m.Year != 2021 {
		t.Errorf("%+v %v", m, err)
	}
	for _, wrong := range []string{`{"columns":{"B":"没有的栏目"}}`, `{"columns":{"12":"姓名"}}`, `{"colums":{}}`, `[`} {
		if _, err := sheet.Parse([]byte(wrong), columns); err == nil {
			t.Errorf("%s is taken", wrong)
		}
	}
}

// Every cell of a messy book is read as excelize reads it, which tells texts alone; days, which it tells as numbers, aside.
func TestCellsAsExcelizeReadsThem(t *testing.T) {
	county := messy.County(300, stations(55), 2)
	f, err := excelize.OpenReader(bytes.NewReader(county.File))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	texts, err := f.GetRows(messy.Sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	g, _, _ := read(t, county.File, "", nil)
	compared := 0
	for _, r := range g.Rows {
		for c, cell := range r.Cells {
			want := ""
			if c < len(texts[r.N-1]) {
				want = strings.TrimSpace(texts[r.N-1][c])
			}
			if strings.ContainsAny(cell.Text, "-月") && !strings.ContainsAny(want, "-月") {
				continue
			}
			if compared++; cell.Text != want {
				t.Errorf("%s: %q, want %q", g.Address(r.N, c), cell.Text, want)
			}
		}
	}
	if compared < 4000 {
		t.Errorf("%d cells compared", compared)
	}
}
