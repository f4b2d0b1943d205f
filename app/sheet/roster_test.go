package sheet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/sheet"
	"lianluo.local/app/sheet/messy"
)

// columns are what a roster may say of a person, as who keeps one would tell it.
var columns = []sheet.Column{
	{Code: "name", Name: "姓名", Kind: sheet.Name, Required: true, Synonyms: []string{"名字", "代表姓名"}},
	{Code: "sex", Name: "性别", Kind: sheet.Choice, Choices: []sheet.Word{{Value: "男", Says: []string{"1", "M"}}, {Value: "女", Says: []string{"2", "F"}}}},
	{Code: "sex", Name: "女", Kind: sheet.Tick, Value: "女"},
	{Code: "nationality", Name: "民族", Kind: sheet.Choice, Choices: []sheet.Word{{Value: "汉族", Says: []string{"汉"}}, {Value: "回族", Says: []string{"回"}},
		{Value: "维吾尔族", Says: []string{"维吾尔"}}}},
	{Code: "birth", Name: "出生年月", Kind: sheet.Day, Synonyms: []string{"出生日期", "生日"}},
	{Code: "party", Name: "党派", Kind: sheet.Choice, Synonyms: []string{"政治面貌"}, Choices: []sheet.Word{{Value: "中共", Says: []string{"中共党员", "党员", "中国共产党"}},
		{Value: "群众"}, {Value: "民盟", Says: []string{"中国民主同盟"}}, {Value: "民建", Says: []string{"民建会员"}}, {Value: "无党派", Says: []string{"无党派人士", "无"}}}},
	{Code: "party", Name: "党员", Kind: sheet.Tick, Value: "中共"},
	{Code: "education", Name: "学历", Kind: sheet.Choice, Synonyms: []string{"文化程度", "学历学位"}, Choices: []sheet.Word{{Value: "初中"}, {Value: "高中"}, {Value: "中专"},
		{Value: "大专", Says: []string{"大学专科", "专科"}}, {Value: "本科", Says: []string{"大学本科", "大学"}}, {Value: "研究生", Says: []string{"硕士研究生"}}}},
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
	if want := len(county.People) + len(county.Bodies); len(rows.Rows) != want {
		t.Errorf("%d rows, want %d", len(rows.Rows), want)
	}
}
