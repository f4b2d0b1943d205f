package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"lianluo.local/app/sheet"
)

// table is rows of cells, from A1 on; nil is an empty cell.
type table [][]any

// file makes a workbook of the sheet 表; more is done to it at the end.
func file(t testing.TB, rows table, more func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	errs := []error{f.SetSheetName("Sheet1", "表")}
	for i, row := range rows {
		errs = append(errs, f.SetSheetRow("表", fmt.Sprint("A", i+1), &row))
	}
	if more != nil {
		errs = append(errs, more(f))
	}
	var b bytes.Buffer
	if err := errors.Join(append(errs, f.Write(&b))...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// styled gives cells a format of one's own.
func styled(f *excelize.File, format string, cells ...string) error {
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	for _, c := range cells {
		err = errors.Join(err, f.SetCellStyle("表", c, c, id))
	}
	return err
}

func merged(f *excelize.File, areas ...string) (err error) {
	for _, a := range areas {
		from, to, _ := strings.Cut(a, ":")
		err = errors.Join(err, f.MergeCell("表", from, to))
	}
	return err
}

// told gives each row as "3 name=王明 sex=女".
func told(rows sheet.Rows) (all []string) {
	for _, r := range rows.Rows {
		s := fmt.Sprint(r.N)
		for _, code := range slices.Sorted(maps.Keys(r.Fields)) {
			s += " " + code + "=" + r.Text(code)
		}
		all = append(all, s)
	}
	return all
}

// found gives findings as "C7 why", the sheet's name left out.
func found(all []sheet.Finding) (s []string) {
	for _, f := range all {
		s = append(s, strings.TrimPrefix(f.Cell, "表!")+" "+f.Why)
	}
	return s
}

// day is a day as a program keeps it.
func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// The ways in which people's tables are a mess, and what becomes of each. What is doubtful, wrong or to be known is a
// cell and the words in which it is told.
var messes = []struct {
	name  string
	rows  table
	more  func(f *excelize.File) error
	said  func(m *sheet.Mapping)
	want  []string
	ask   []string
	wrong []string
	notes []string
}{
	{name: "1 titles under a title and a note", rows: table{{strings.Repeat(" ", 60) + "代表花名册"}, {"填报单位：凤山街道"}, {}, {"姓名", "性别", "职务"}, {"王明", "男", "教师"}},
		more: func(f *excelize.File) error { return merged(f, "A1:C1", "A2:C2") },
		want: []string{"5 name=王明 post=教师 sex=男"}},
	{name: "1 titles where a person says", rows: table{{"姓名", "性别", "民族"}, {"名册"}, {"姓名", "职务"}, {"王明", "教师"}},
		said: func(m *sheet.Mapping) { m.Head, m.Columns = 3, map[string]string{"A": "name", "B": "post"} },
		want: []string{"4 name=王明 post=教师"}},
	{name: "2 titles in two rows", rows: table{{"姓名", "单位", nil, "联系方式", nil, "性别"}, {nil, "名称", "电话", "手机", "办公电话"}, {"王明", "一中", "8221321", "13811112222", "0358-8221320", "男"}},
		more:  func(f *excelize.File) error { return merged(f, "A1:A2", "F1:F2", "B1:C1", "D1:E1") },
		want:  []string{"3 employer=一中 name=王明 phone=13811112222、0358-8221320 sex=男"}, // the unit's telephone is not his
		notes: []string{"C1 “单位 电话”这一列没有导入；要导入，请指明它是哪一栏"}},
	{name: "2 two rows that a program took apart", rows: table{{"姓名", "单位", nil, "性别"}, {nil, "名称", "职务", nil}, {"王明", "一中", "教师", "男"}},
		want: []string{"3 employer=一中 name=王明 post=教师 sex=男"}},
	{name: "2 groups that say nothing", rows: table{{"基本情况", nil, "代表情况", nil}, {"姓名", "性别", "代表证号", "代表团"}, {"王明", "男", "12", "一团"}},
		more: func(f *excelize.File) error { return merged(f, "A1:B1", "C1:D1") },
		want: []string{"3 delegation=一团 name=王明 number=12 sex=男"}},
	{name: "3 merged over many rows", rows: table{{"代表团", "姓名", "性别"}, {"一团", "王明", "男"}, {nil, "李强", "男"}, {nil, "张三山", "男"}, {nil, "赵云", "女"}},
		more: func(f *excelize.File) error { return merged(f, "A2:A4") },
		want: []string{"2 delegation=一团 name=王明 sex=男", "3 delegation=一团 name=李强 sex=男", "4 delegation=一团 name=张三山 sex=男", "5 name=赵云 sex=女"}},
	{name: "3 blanks that mean the same as above, where a person says so", rows: table{{"代表团", "姓名", "性别"}, {"一团", "王明", "男"}, {nil, "李强", "男"}},
		said: func(m *sheet.Mapping) { m.Down = []string{"A"} },
		want: []string{"2 delegation=一团 name=王明 sex=男", "3 delegation=一团 name=李强 sex=男"}},
	{name: "4 rows of different lengths, blank ones, and nothing after fifty", rows: append(table{{"姓名", "性别", "职务"}, {"王明"}, {}, {"李强", "男", "教师", nil, nil}, {nil, " "}}, append(make(table, 60), []any{"赵云"})...),
		want: []string{"2 name=王明", "4 name=李强 post=教师 sex=男"}, notes: []string{"表 第 4 行以后空了 50 行"}},
	{name: "5 blanks that nobody sees", rows: table{{"姓\n名", "性　别", "\u200b职务\u00a0"}, {"　王明\u200b", "男\u00a0", " 教　师 "}, {" 　\u00a0", "\u200b"}},
		want: []string{"2 name=王明 post=教 师 sex=男"}},
	{name: "6 sums and signatures", rows: table{{"序号", "姓名", "性别", "职务"}, {1, "王明", "男", "教师"}, {2, "李强", "男", "医生"}, {"小　计", "2人"}, {3, "赵云", "女", "教师"}, {"合　计", nil, 4}, {"制表人：王明"}, {"注：含机动"}},
		want: []string{"2 name=王明 post=教师 sex=男", "3 name=李强 post=医生 sex=男", "5 name=赵云 post=教师 sex=女"},
		ask:  []string{"A6 这里写的是 4，表里读到 3 行"}},
	{name: "7 blanks inside names", rows: table{{"姓名", "性别", "职务"}, {"王  明"}, {"王　明"}, {"欧阳 建国"}, {"Tom  Lee"}, {"王\u00a0𠅤"}},
		want: []string{"2 name=王明", "3 name=王明", "4 name=欧阳建国", "5 name=Tom Lee", "6 name=王𠅤"}},
	{name: "8 middle dots", rows: table{{"姓名", "性别", "职务"}, {"阿依古丽•买买提"}, {"阿依古丽．买买提"}, {"阿依古丽・买买提"}, {"阿依古丽.买买提"}, {"阿依古丽 · 买买提"}, {"阿·买·提"}},
		want: []string{"2 name=阿依古丽·买买提", "3 name=阿依古丽·买买提", "4 name=阿依古丽·买买提", "5 name=阿依古丽·买买提", "6 name=阿依古丽·买买提", "7 name=阿·买·提"}},
	{name: "9 brackets behind names", rows: table{{"姓名", "性别", "民族"}, {"王明（女，回族）"}, {"李秀英(女)", "女"}, {"赵云（女）", "男"}, {"张三山（兼）"}, {"刘芳 女"}},
		want:  []string{"2 name=王明 nationality=回族 sex=女", "3 name=李秀英 sex=女", "4 name=赵云 sex=男", "5 name=张三山"},
		ask:   []string{"A4 这里是“女”，表!B4 是“男”", "A5 姓名后面的“（兼）”不知道记到哪一栏", "A6 “刘芳 女”后面的“女”是不是名字里的字"},
		notes: []string{"A2 姓名后面的“（女）”记到了“性别”", "A2 姓名后面的“（回族）”记到了“民族”"}},
	{name: "9 brackets that were asked about", rows: table{{"姓名", "性别", "民族"}, {"张三山（兼）"}, {"刘芳 女"}},
		said: func(m *sheet.Mapping) { m.Answers = map[string]string{"表!A2": "张三山", "表!A3": "刘芳"} },
		want: []string{"2 name=张三山", "3 name=刘芳"}},
	{name: "10 no people", rows: table{{"姓名", "性别", "职务"}, {"县财政局"}, {"凤山街道办事处"}, {"红旗公司"}, {"第三小组"}, {"石油局"}, {"刘建院"}, {"县医院"}, {"王明"}},
		want: []string{"7 name=刘建院", "9 name=王明"},
		ask:  []string{"A2 “县财政局”像是单位", "A3 “凤山街道办事处”像是单位", "A4 “红旗公司”像是单位", "A5 “第三小组”像是单位", "A6 “石油局”像是单位", "A8 “县医院”像是单位"}},
	{name: "10 several people, and what is no name", rows: table{{"姓名", "性别", "职务"}, {"王明、李强"}, {"王建国 李四海"}, {"王"}, {"1.王明"}, {"王明先生"}},
		ask: []string{"A2 这一格里像是有几个人", "A3 这一格里像是有几个人", "A4 名字的字数不对", "A5 名字里有数字", "A6 “王明先生”除了名字像是还有别的字"}},
	{name: "11 two of one name", rows: table{{"姓名", "出生年月", "代表证号"}, {"王明", "1975-03", "A1"}, {"王明", "1980-11", "A2"}},
		want: []string{"2 birth=1975-03 name=王明 number=A1", "3 birth=1980-11 name=王明 number=A2"}}, // two rows; who they are says who knows people
	{name: "12 telephones as numbers", rows: table{{"姓名", "电话", "职务"}, {"王明", 13811112222}, {"李强", 13811112222.0}, {"赵云", "13811112222.0"}, {"张三山", "1.38E+10"}, {"刘芳", "1.3811112222E+10"}},
		want: []string{"2 name=王明 phone=13811112222", "3 name=李强 phone=13811112222", "4 name=赵云 phone=13811112222", "5 name=张三山", "6 name=刘芳 phone=13811112222"},
		ask:  []string{"B5 电话被表格写成了 1.38E+10，后几位已经丢了"}},
	{name: "13 telephones of all kinds", rows: table{{"姓名", "电话", "职务"}, {"王明", "13811112222、0358-8221321"}, {"李强", "13811112222 8221321"}, {"赵云", "8221321；13811112222"}, {"张三山", "035 8-8221321 "},
		{"刘芳", "660123"}, {"高强", "1381111222"}, {"任敏", "138111122223"}, {"薛军", "+86 138-1111-2222"}, {"冯娟", "8221321转8012"}, {"康静", "无"}, {"白雪", "１３８１１１１２２２２"}},
		want: []string{"2 name=王明 phone=13811112222、0358-8221321", "3 name=李强 phone=13811112222、8221321", "4 name=赵云 phone=8221321、13811112222", "5 name=张三山 phone=0358-8221321",
			"6 name=刘芳 phone=660123", "7 name=高强 phone=1381111222", "8 name=任敏 phone=138111122223", "9 name=薛军 phone=13811112222", "10 name=冯娟 phone=8221321转8012", "11 name=康静", "12 name=白雪 phone=13811112222"},
		notes: []string{"B7 手机号是 11 位", "B8 手机号是 11 位"}},
	{name: "14 identity numbers", rows: table{{"姓名", "身份证号", "备注", "代表证号"}, {"王明", 141102197503070000, "141102197503070017", 141102197503070000}},
		want: []string{"2 name=王明"}, notes: []string{"B1 本程序不登记身份证号"},
		wrong: []string{"C2 这里写的是身份证号，本程序不登记身份证号，请删掉", "D2 这里写的是身份证号，本程序不登记身份证号，请删掉（它还被表格当成数字，后几位已经变成 0 了）"}},
	{name: "15 days, as far as they are known", rows: table{{"姓名", "出生年月", "当选日期"}, {"王明", "2021.3.5", "2021.03"}, {"李强", "1975-3", 20210305}, {"赵云", "1975年3月", 198503}, {"张三山", day(1975, 3, 1), day(2021, 3, 5)},
		{"刘芳", "1975", 44260}, {"高强", "长期", "20200422 00:00:00"}, {"任敏", "1975.10", "2021年3月5日"}},
		more: func(f *excelize.File) error {
			return errors.Join(styled(f, `yyyy"年"m"月"`, "B5"), styled(f, "yyyy/m/d", "C5"))
		},
		want: []string{"2 birth=2021-03-05 name=王明 since=2021-03", "3 birth=1975-03 name=李强 since=2021-03-05", "4 birth=1975-03 name=赵云 since=1985-03", "5 birth=1975-03 name=张三山 since=2021-03-05",
			"6 birth=1975 name=刘芳 since=2021-03-05", "7 name=高强 since=2020-04-22", "8 birth=1975-10 name=任敏 since=2021-03-05"},
		notes: []string{"B7 “长期”没有日子"}},
	{name: "15 days that are asked about or refused", rows: table{{"姓名", "出生年月", "当选日期"}, {"王明", 1975.1, "3月5日"}, {"李强", "75.3", day(2026, 6, 1)}, {"赵云", "yyyy-m-dd", "2021-13-01"}, {"张三山", "1975-02-30", "3.5"}},
		more:  func(f *excelize.File) error { return styled(f, `m"月"d"日"`, "C3") },
		want:  []string{"2 name=王明", "3 name=李强", "4 name=赵云", "5 name=张三山"},
		ask:   []string{"B2 分不清是 1975.1 还是 1975.10", "B3 “75.3”的年份只写了两位", "C4 “2021-13-01”：没有这个月", "B5 “1975-02-30”：没有这一天", "C2 这张表有 3 个日期没有写年份"},
		wrong: []string{"B4 “yyyy-m-dd”是日期的样子"}},
	{name: "15 the year that a person says", rows: table{{"姓名", "出生年月", "当选日期"}, {"王明", 1975.1, "3月5日"}},
		said: func(m *sheet.Mapping) { m.Year, m.Answers = 2021, map[string]string{"表!B2": "1975-10"} },
		want: []string{"2 birth=1975-10 name=王明 since=2021-03-05"}},
	{name: "15 days from 1904 on", rows: table{{"姓名", "出生年月", "当选日期"}, {"王明", 25993, 42798}},
		more: func(f *excelize.File) error {
			yes := true
			return errors.Join(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}), styled(f, "yyyy-mm-dd", "C2"))
		},
		want: []string{"2 birth=1975-03-02 name=王明 since=2021-03-05"}},
	{name: "16 running numbers", rows: table{{"序号", "姓名", "性别", "职务"}, {"1、", "王明"}, {2, "李强"}, {5, "赵云"}, {1, "张三山"}, {2, "刘芳"}},
		want: []string{"2 name=王明", "3 name=李强", "4 name=赵云", "5 name=张三山", "6 name=刘芳"}, notes: []string{"A4 序号从 2 到 5，中间不连着"}},
	{name: "17 codes and ticks", rows: table{{"姓名", "性别", "党员", "少数民族"}, {"王明", 1, "√", "✓"}, {"李秀英", "F", nil, "是"}, {"赵云", "女 ", "否", "×"}, {"张三山", "3", "大概", nil}},
		want: []string{"2 classes=少数民族 name=王明 party=中共 sex=男", "3 classes=少数民族 name=李秀英 sex=女", "4 name=赵云 sex=女", "5 name=张三山"},
		ask:  []string{"B5 “3”不知道是哪一种性别，可以写：男、女", "C5 “大概”不知道算不算打了勾"}},
	{name: "17 a tick for what another column says otherwise", rows: table{{"姓名", "女", "性别", "职务"}, {"王明", "√", "男"}, {"李秀英", "√", "女"}},
		want: []string{"2 name=王明 sex=女", "3 name=李秀英 sex=女"}, ask: []string{"C2 这里是“男”，表!B2 是“女”"}},
	{name: "18 words for one thing", rows: table{{"姓名", "民族", "党派", "学历"}, {"王明", "汉", "中共党员", "大学专科"}, {"李强", "汉族", "无", "本科（在职）"}, {"赵云", "满", "农民党", "私塾"}},
		want:  []string{"2 education=大专 name=王明 nationality=汉族 party=中共", "3 education=本科 name=李强 nationality=汉族 party=无党派", "4 name=赵云"},
		ask:   []string{"B4 “满”不知道是哪一种民族", "C4 “农民党”不知道是哪一种党派", "D4 “私塾”不知道是哪一种学历"},
		notes: []string{"D3 “本科（在职）”记作“本科”"}},
	{name: "19 hidden rows and columns", rows: table{{"姓名", "性别", "电话", "职务"}, {"王明", "男", "8221321", "教师"}, {"李强", "男", "8221322", "医生"}},
		more: func(f *excelize.File) error {
			return errors.Join(f.SetColVisible("表", "C", false), f.SetRowVisible("表", 3, false))
		},
		want: []string{"2 name=王明 post=教师 sex=男"}, notes: []string{"C1 这一列（电话）藏着，没有读", "表 有 1 行藏着"}},
	{name: "19 hidden rows and columns that were ticked", rows: table{{"姓名", "性别", "电话", "职务"}, {"王明", "男", "8221321", "教师"}, {"李强", "男", "8221322", "医生"}},
		more: func(f *excelize.File) error {
			return errors.Join(f.SetColVisible("表", "C", false), f.SetRowVisible("表", 3, false))
		},
		said: func(m *sheet.Mapping) { m.HiddenRows, m.HiddenColumns = true, true },
		want: []string{"2 name=王明 phone=8221321 post=教师 sex=男", "3 name=李强 phone=8221322 post=医生 sex=男"}},
	{name: "12 what somebody covered says nothing", rows: table{{"姓名", "电话", "出生年月", "代表证号"}, {"王明", "138****5678", "已遮住", "01**"}, {"王*明", "13811112222"}, {"李**", "13811113333"}, {"赵云", "139****1111、0358-****321"}},
		want: []string{"2 name=王明", "5 name=赵云"}, notes: []string{"A3 名字遮住了", "A4 名字遮住了"}},
	{name: "20 titles in two languages", rows: table{{"姓名_name", "性 别*", "联系电话（手机）", "职务/Post"}, {"王明", "男", "8221321", "教师"}},
		want: []string{"2 name=王明 phone=8221321 post=教师 sex=男"}},
	{name: "22 errors, formulas without a value, rich text", rows: table{{"姓名", "性别", "职务", "备注"}, {"王明", "男", nil, "#REF!"}, {nil, "男"}},
		more: func(f *excelize.File) error {
			return errors.Join(f.SetCellFormula("表", "C2", "A1"), f.SetCellRichText("表", "A3", []excelize.RichTextRun{{Text: "李"}, {Text: "强", Font: &excelize.Font{Bold: true}}}))
		},
		want: []string{"2 name=王明 note=#REF! sex=男", "3 name=李强 sex=男"}, wrong: []string{"C2 这是公式，文件里没有算好的值"}},
	{name: "23 characters of one computer alone", rows: table{{"姓名", "性别", "职务"}, {"王\ue863明"}, {"李□"}, {"王𠅤明"}, {"𰻞𬺞"}},
		want: []string{"4 name=王𠅤明", "5 name=𰻞𬺞"}, ask: []string{"A2 名字里有一个造字", "A3 名字里有一个造字"}},
	{name: "24 full width in codes, not in names", rows: table{{"姓名", "代表证号", "职务"}, {"Ａ明", "ＬＳ１４～０１", "１班～２班"}},
		want: []string{"2 name=Ａ明 number=LS14-01 post=１班～２班"}},
	{name: "heads of groups", rows: table{{"姓名", "性别", "职务"}, {"凤山街道"}, {"王明", "男", "教师"}}, more: func(f *excelize.File) error { return merged(f, "A2:C2") },
		want: []string{"3 name=王明 post=教师 sex=男"}, notes: []string{"A2 这一行只有“凤山街道”，当作小标题"}},
	{name: "no row without a name, no title taken for a person", rows: table{{"姓名", "性别", "职务"}, {"第一代表团"}, {"王明", "男", "教师"}, {nil, "男", "医生"}, {"姓名", "性别", "职务"}, {"李强", "男", "教师"}},
		want: []string{"3 name=王明 post=教师 sex=男", "6 name=李强 post=教师 sex=男"}, ask: []string{"A2 “第一代表团”像是单位"}, wrong: []string{"A4 没有写姓名"}},
}

func TestMesses(t *testing.T) {
	for _, c := range messes {
		t.Run(c.name, func(t *testing.T) {
			_, _, rows := read(t, file(t, c.rows, c.more), "", c.said)
			if got := told(rows); !slices.Equal(got, c.want) {
				t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			for what, pair := range map[string][2][]string{"asked": {found(rows.Doubtful), c.ask}, "wrong": {found(rows.Wrong), c.wrong}, "noted": {found(rows.Notes), c.notes}} {
				if !slices.EqualFunc(pair[0], pair[1], strings.HasPrefix) {
					t.Errorf("%s\n%s\nwant\n%s", what, strings.Join(pair[0], "\n"), strings.Join(pair[1], "\n"))
				}
			}
		})
	}
}

// 19 Sheets of one book have columns in another order; what is hidden is listed, and read where a person says so.
func TestSheetsOfOneBook(t *testing.T) {
	b := file(t, table{{"姓名", "性别", "职务"}, {"王明", "男", "教师"}}, func(f *excelize.File) error {
		_, err1 := f.NewSheet("离任")
		_, err2 := f.NewSheet("旧")
		return errors.Join(err1, err2, f.SetSheetRow("离任", "A1", &[]any{"职务", "姓名", "性别"}), f.SetSheetRow("离任", "A2", &[]any{"医生", "李强", "男"}),
			f.SetSheetRow("旧", "A1", &[]any{"性别", "姓名", "民族"}), f.SetSheetRow("旧", "A2", &[]any{"女", "赵云", "汉"}), f.SetSheetVisible("旧", false))
	})
	book, err := sheet.New("名册.xlsx", b)
	if err != nil || len(book.Sheets) != 3 || book.Sheets[1].Hidden || !book.Sheets[2].Hidden {
		t.Fatalf("%+v %v", book, err)
	}
	for name, want := range map[string]string{"表": "2 name=王明 post=教师 sex=男", "离任": "2 name=李强 post=医生 sex=男", "旧": "2 name=赵云 nationality=汉族 sex=女"} {
		if _, _, rows := read(t, b, name, nil); strings.Join(told(rows), "") != want {
			t.Errorf("%s: %v", name, told(rows))
		}
	}
	if _, err := book.Read("没有"); err == nil || !strings.Contains(err.(interface{ Sentence() string }).Sentence(), "里面有：表、离任、旧") {
		t.Error(err)
	}
}

// 21 Text of GBK is read like a workbook, whatever its name says.
func TestTextLikeAWorkbook(t *testing.T) {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte("姓名,性别,电话\r\n王  明,男,13811112222\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, rows := read(t, b, "", nil); strings.Join(told(rows), "") != "2 name=王明 phone=13811112222 sex=男" {
		t.Error(told(rows))
	}
}

// Whatever stands in a sheet, it is read, or asked about by its cell, and its rows can be given back.
func FuzzRows(f *testing.F) {
	f.Add("姓名,性别,电话\n王  明（女）,男,1.38E+10\n合计,1\n", 3)
	f.Add("a\t姓名\t单位\n\t名称\t电话\n1975.1,阿·依,、\n", 0)
	f.Add("姓名;出生年月;当选日期\n王.明;3.1;长期\n", 1)
	f.Fuzz(func(t *testing.T, s string, head int) {
		book, err := sheet.New("x", []byte(s))
		if err != nil {
			return
		}
		g, err := book.Read("")
		if err != nil {
			return
		}
		for _, m := range []sheet.Mapping{sheet.Memory{}.Guess(g, columns), sheet.Memory{}.At(g, columns, head)} {
			rows := sheet.Read(g, m, columns)
			for _, fs := range [][]sheet.Finding{rows.Doubtful, rows.Wrong} {
				for _, f := range fs {
					if !strings.Contains(f.Cell, "!") || f.Why == "" {
						t.Errorf("%+v", f)
					}
				}
			}
			for _, r := range rows.Rows {
				for code, field := range r.Fields {
					if r.Text(code) == "" || field.Cell == "" {
						t.Errorf("row %d says %q of %s", r.N, field, code)
					}
				}
			}
			if err := sheet.Back(io.Discard, g, m, slices.Concat(rows.Doubtful, rows.Wrong)); err != nil {
				t.Error(err)
			}
		}
	})
}
