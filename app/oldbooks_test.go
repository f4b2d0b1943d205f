package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	sheets "lianluo.local/app/sheet"
	"lianluo.local/data/matter"
	"lianluo.local/data/view"
)

// cells are rows of a sheet, from A1 on; nil is an empty cell.
type cells [][]any

// oldBook makes a workbook of the sheet 簿; more is done to it at the end.
func oldBook(t testing.TB, rows cells, more func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	errs := []error{f.SetSheetName("Sheet1", "簿")}
	for i, row := range rows {
		errs = append(errs, f.SetSheetRow("簿", fmt.Sprint("A", i+1), &row))
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

// entered are the matters of a home, in the order in which they were entered, each as "2023-03-05 李福生 13812345678 路灯".
func entered(t *testing.T, o *apptest.Seat) (all []string) {
	t.Helper()
	ls, err := view.Things[matter.Matter](ctx, o.Store, matter.Name, "state <> ? ORDER BY row", int(matter.Void))
	o.World.Must(err)
	for _, l := range ls {
		m := l.Thing
		all = append(all, strings.Join(strings.Fields(fmt.Sprint(m.Occurred.In(o.Now().Location()).Format(time.DateOnly), " ",
			m.Name, " ", m.Phone, " ", m.Title)), " "))
	}
	return all
}

func why(list []sheets.Finding) (all []string) {
	for _, f := range list {
		all = append(all, strings.TrimPrefix(f.Cell, "簿!")+" "+f.Why)
	}
	return all
}

// silentNote is what is said of every sheet without outcomes.
const silentNote = "没有写办得怎样"

// The ways in which people's old registers are a mess, by the numbers of the list that the reader of people has, too,
// and what becomes of each.
var oldMesses = []struct {
	name  string
	file  []byte // instead of rows
	rows  cells
	more  func(f *excelize.File) error
	said  app.Said
	want  []string
	ask   []string
	wrong []string
	notes []string
}{
	{name: "1 titles under a title and a note", rows: cells{{strings.Repeat(" ", 60) + "接待群众登记簿"}, {"填报单位：凤山街道"}, {"日期", "反映人", "反映问题"}, {"2023-03-05", "王明", "路灯"}},
		more: func(f *excelize.File) error {
			return errors.Join(f.MergeCell("簿", "A1", "C1"), f.MergeCell("簿", "A2", "C2"))
		},
		want: []string{"2023-03-05 王明 路灯"}},
	{name: "2 titles in two rows", rows: cells{{"日期", "反映人", nil, "反映问题"}, {nil, "姓名", "电话", nil}, {"2023-03-05", "王明", "13811112222", "路灯"}},
		more: func(f *excelize.File) error {
			return errors.Join(f.MergeCell("簿", "A1", "A2"), f.MergeCell("簿", "D1", "D2"), f.MergeCell("簿", "B1", "C1"))
		},
		want: []string{"2023-03-05 王明 13811112222 路灯"}},
	{name: "2 titles under what is told at length", rows: cells{{"日期", "来访群众", nil, nil, "反映的问题", nil, "办理情况", nil, nil},
		{nil, "姓名", "年龄", "住址", "类别", "内容", "承办部门", "时间", "结果"},
		{"2023-03-05", "王明", "61", "七巷3号", "农村道路", "路灯", "住建局", "2023-03-09", "已办结"}, {"5月", "李强", "", "", "教育", "井盖"}},
		more: func(f *excelize.File) error {
			return errors.Join(f.MergeCell("簿", "A1", "A2"), f.MergeCell("簿", "B1", "D1"), f.MergeCell("簿", "E1", "F1"), f.MergeCell("簿", "G1", "I1"))
		},
		ask: []string{"A4 “5月”读不出是哪一天，请写成 2021-03-05", "E4 “教育”不知道是哪一种类别，可以写：入学招生、学校建设、"}, notes: []string{"H1 “办理情况 时间”这一列没有导入"}},
	{name: "3 merged over many rows", rows: cells{{"日期", "反映人", "反映问题"}, {"2023-03-05", "王明", "路灯"}, {nil, "李强", "井盖"}, {"2023-03-06", "赵云", "公厕"}},
		more: func(f *excelize.File) error { return f.MergeCell("簿", "A2", "A3") },
		want: []string{"2023-03-05 王明 路灯", "2023-03-05 李强 井盖", "2023-03-06 赵云 公厕"}},
	{name: "4 rows of different lengths, nothing after fifty blank ones", rows: append(append(cells{{"日期", "反映人", "反映问题", "备注"}, {"2023-03-05", "王明", "路灯"}}, make(cells, 60)...), []any{"2023-03-06", "赵云", "公厕"}),
		want: []string{"2023-03-05 王明 路灯"}, notes: []string{"簿 第 2 行以后空了 50 行"}},
	{name: "5 blanks that nobody sees", rows: cells{{"日\n期", "反 映　人", "\u200b反映问题\u00a0"}, {" 　\u00a0", "\u200b"}, {"2023-03-05\u00a0", "　王明\u200b", " 路灯 "}},
		want: []string{"2023-03-05 王明 路灯"}},
	{name: "6 sums and signatures", rows: cells{{"序号", "日期", "反映人", "反映问题"}, {1, "2023-03-05", "王明", "路灯"}, {"小计", nil, "1件"}, {"合　计", nil, 3}, {"制表人：王明"}, {"注：含上年"}},
		ask: []string{"A4 这里写的是 3，表里读到 1 行"}},
	{name: "7 blanks inside names", rows: cells{{"日期", "反映人", "反映问题"}, {"2023-03-05", "王  明", "路灯"}, {"2023-03-05", "王　强", "井盖"}},
		want: []string{"2023-03-05 王明 路灯", "2023-03-05 王强 井盖"}},
	{name: "8 middle dots", rows: cells{{"日期", "反映人", "反映问题"}, {"2023-03-05", "阿依古丽•买买提", "路灯"}},
		want: []string{"2023-03-05 阿依古丽·买买提 路灯"}},
	{name: "9 brackets behind names", rows: cells{{"日期", "反映人", "反映问题", "性别"}, {"2023-03-05", "王明（女）", "路灯"}, {"2023-03-05", "李强（匿名）", "井盖"}, {"2023-03-05", "赵云（等5人）", "公厕"}},
		want: []string{"2023-03-05 王明 路灯", "2023-03-05 李强 井盖", "2023-03-05 赵云 公厕"}, notes: []string{"B2 姓名后面的“（女）”记到了“性别”"}},
	{name: "10 no people, and several", rows: cells{{"日期", "反映人", "反映问题"}, {"2023-03-05", "袁家庄村民", "路灯"}, {"2023-03-05", "王明、李强", "井盖"}, {"2023-03-05", "匿名", "公厕"}},
		want: []string{"2023-03-05 袁家庄村民 路灯", "2023-03-05 王明、李强 井盖", "2023-03-05 公厕"}},
	{name: "11 the same name, day and words", rows: cells{{"日期", "反映人", "反映问题"}, {"2023-03-05", "王明", "路灯"}, {"2023-03-05", "王明", "路灯"}, {"2023-03-05", "王明", "井盖"}},
		ask: []string{"A3 和 簿!A2 写的一样"}},
	{name: "12 telephones as numbers", rows: cells{{"日期", "反映人", "电话", "反映问题"}, {"2023-03-05", "王明", 13811112222, "路灯"}, {"2023-03-05", "李强", "13811112222.0", "井盖"}},
		want: []string{"2023-03-05 王明 13811112222 路灯", "2023-03-05 李强 13811112222 井盖"}},
	{name: "12 telephones that lost their digits", rows: cells{{"日期", "反映人", "电话", "反映问题"}, {"2023-03-05", "王明", "1.38E+10", "路灯"}},
		ask: []string{"C2 电话被表格写成了 1.38E+10"}},
	{name: "13 telephones of all kinds", rows: cells{{"日期", "反映人", "电话", "反映问题"}, {"2023-03-05", "王明", "13811112222、0358-8221321", "路灯"}, {"2023-03-05", "李强", "1381111222", "井盖"}, {"2023-03-05", "赵云", "8221321转8012", "公厕"}},
		want:  []string{"2023-03-05 王明 13811112222、0358-8221321 路灯", "2023-03-05 李强 1381111222 井盖", "2023-03-05 赵云 8221321转8012 公厕"},
		notes: []string{"C3 手机号是 11 位", "C3 手机号是 11 位"}},
	{name: "14 identity numbers", rows: cells{{"日期", "反映人", "身份证号", "反映问题", "备注"}, {"2023-03-05", "王明", 141102197503070000, "路灯", nil}, {"2023-03-05", "李强141102197503070017", nil, "井盖", nil}, {"2023-03-05", "赵云", nil, "公厕", "证号141102197503070017"}},
		wrong: []string{"B3 这里写的是身份证号，本程序不登记身份证号，请删掉", "E4 这里写的是身份证号，本程序不登记身份证号，请删掉"}, notes: []string{"C1 本程序不登记身份证号"}},
	{name: "15 days", rows: cells{{"日期", "反映人", "反映问题"}, {"2023.3.5", "王明", "一"}, {20230306, "王明", "二"}, {"2023年3月7日", "王明", "三"}, {day15(8), "王明", "四"}, {44994, "王明", "五"}, {"20230310 00:00:00", "王明", "六"},
		{"2023-03-11（星期六） 晚上7点半", "王明", "七"}, {"2023/3/12 19:30-21:00", "王明", "八"}},
		want: []string{"2023-03-05 王明 一", "2023-03-06 王明 二", "2023-03-07 王明 三", "2023-03-08 王明 四", "2023-03-09 王明 五", "2023-03-10 王明 六", "2023-03-11 王明 七", "2023-03-12 王明 八"}},
	{name: "15 days that are asked about or refused", rows: cells{{"日期", "反映人", "反映问题"}, {"2023-03", "王明", "一"}, {"yyyy-mm-dd", "王明", "二"}, {"3月5日", "王明", "三"}, {"2027-03-05", "王明", "四"}, {"1970-03-05", "王明", "五"}, {"23.3.5", "王明", "六"}},
		ask: []string{"A2 “2023-03”没有写到哪一天", "A7 “23.3.5”的年份只写了两位", "A4 这张表有 1 个日期没有写年份"}, wrong: []string{"A3 “yyyy-mm-dd”是日期的样子", "A5 这个时间还没有到", "A6 年份不对"}},
	{name: "15 the year of the title", rows: cells{{"2023年接待群众登记簿"}, {"日期", "反映人", "反映问题"}, {"3月5日", "王明", "路灯"}},
		want: []string{"2023-03-05 王明 路灯"}, notes: []string{"簿 没有写年份的日子，按标题当作2023年的"}},
	{name: "15 days from 1904 on", rows: cells{{"日期", "反映人", "反映问题"}, {43528, "王明", "路灯"}},
		more: func(f *excelize.File) error {
			yes, own := true, "yyyy-mm-dd"
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &own})
			return errors.Join(err, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}), f.SetCellStyle("簿", "A2", "A2", id))
		},
		want: []string{"2023-03-05 王明 路灯"}},
	{name: "16 running numbers", rows: cells{{"序号", "日期", "反映人", "反映问题"}, {"1、", "2023-03-05", "王明", "路灯"}, {7, "2023-03-05", "李强", "井盖"}},
		want: []string{"2023-03-05 王明 路灯", "2023-03-05 李强 井盖"}, notes: []string{"A3 序号从 1 到 7，中间不连着"}},
	{name: "17 codes and ticks", rows: cells{{"日期", "反映人", "性别", "保密", "反映问题"}, {"2023-03-05", "王明", 1, "√", "路灯"}, {"2023-03-05", "李秀英", "F", "", "井盖"}},
		want: []string{"2023-03-05 王明 保密事项", "2023-03-05 李秀英 井盖"}},
	{name: "18 words for one thing, asked once", rows: cells{{"日期", "反映问题", "类别", "来源渠道"}, {"2023-03-05", "一", "下水道", "电话"}, {"2023-03-05", "二", "城乡建设·路灯井盖", "微信群"}, {"2023-03-05", "三", "杂项", "来访"}, {"2023-03-05", "四", "杂项", "来访"}},
		ask: []string{"C4 “杂项”不知道是哪一种类别"}},
	{name: "18 the answer holds for all", rows: cells{{"日期", "反映问题", "类别"}, {"2023-03-05", "三", "杂项"}, {"2023-03-05", "四", "杂项"}},
		said: app.Said{Mapping: sheets.Mapping{Answers: map[string]string{"簿!C2": "其他"}}}, want: []string{"2023-03-05 三", "2023-03-05 四"}},
	{name: "18 one left out leaves all out", rows: cells{{"日期", "反映问题", "类别"}, {"2023-03-05", "三", "杂项"}, {"2023-03-05", "四", "杂项"}, {"2023-03-05", "五", "路灯"}},
		said: app.Said{Mapping: sheets.Mapping{Answers: map[string]string{"簿!C2": "skip"}}}, want: []string{"2023-03-05 五"}},
	{name: "19 hidden rows and columns", rows: cells{{"日期", "反映人", "电话", "反映问题"}, {"2023-03-05", "王明", "8221321", "路灯"}, {"2023-03-05", "李强", "8221322", "井盖"}},
		more: func(f *excelize.File) error {
			return errors.Join(f.SetColVisible("簿", "C", false), f.SetRowVisible("簿", 3, false))
		},
		want: []string{"2023-03-05 王明 路灯"}, notes: []string{"C1 这一列（电话）藏着，没有读", "簿 有 1 行藏着"}},
	{name: "20 titles in two languages", rows: cells{{"日期_date", "反 映 人*", "联系电话（手机）", "反映问题/Issue"}, {"2023-03-05", "王明", "8221321", "路灯"}},
		want: []string{"2023-03-05 王明 8221321 路灯"}},
	{name: "21 text of GBK", file: gbk("日期,反映人,反映问题\r\n2023-03-05,王明,路灯\r\n"), want: []string{"2023-03-05 王明 路灯"}},
	{name: "22 errors, formulas without a value, rich text", rows: cells{{"日期", "反映人", "反映问题", "备注"}, {"2023-03-05", nil, nil}, {"2023-03-05", "李强", "井盖"}},
		more: func(f *excelize.File) error {
			return errors.Join(f.SetCellFormula("簿", "B2", "A1"), f.SetCellRichText("簿", "C2", []excelize.RichTextRun{{Text: "路"}, {Text: "灯"}}))
		},
		wrong: []string{"B2 这是公式，文件里没有算好的值"}},
	{name: "23 characters of one computer alone", rows: cells{{"日期", "反映人", "反映问题"}, {"2023-03-05", "王\ue863明", "路灯"}, {"2023-03-05", "王𠅤明", "井盖"}},
		ask: []string{"B2 名字里有一个造字"}},
	{name: "24 full width in numbers, not in words", rows: cells{{"编号", "日期", "反映人", "反映问题"}, {"２０２３～１", "２０２３．３．５", "Ａ明", "１班～２班"}},
		want: []string{"2023-03-05 Ａ明 １班～２班"}},
}

func day15(d int) time.Time { return time.Date(2023, 3, d, 0, 0, 0, 0, time.UTC) }

func gbk(s string) []byte {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func TestOldBooksInAMess(t *testing.T) {
	for _, c := range oldMesses {
		t.Run(c.name, func(t *testing.T) {
			o := apptest.Begin(t).SetUp("station", apptest.Yuanjia)
			file := c.file
			if file == nil {
				file = oldBook(t, c.rows, c.more)
			}
			in := handIn(t, o, app.Books["reception"], "簿.xlsx", file, c.said)
			err := o.Take(ctx, o.Clerk(), in)
			if clear := len(c.ask)+len(c.wrong) == 0; clear != (err == nil) {
				t.Errorf("taken: %v", err)
			}
			if got := entered(t, o); !slices.Equal(got, c.want) {
				t.Errorf("entered\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			notes := slices.DeleteFunc(in.Plan.Notes, func(f sheets.Finding) bool { return strings.Contains(f.Why, silentNote) })
			for what, pair := range map[string][2][]string{"asked": {why(in.Plan.Doubtful), c.ask}, "wrong": {why(in.Plan.Errors), c.wrong}, "noted": {why(notes), c.notes}} {
				if !slices.EqualFunc(pair[0], pair[1], strings.HasPrefix) {
					t.Errorf("%s\n%s\nwant\n%s", what, strings.Join(pair[0], "\n"), strings.Join(pair[1], "\n"))
				}
			}
			if err == nil { // the same file, and the same rows in another file
				again := handIn(t, o, app.Books["reception"], "簿.xlsx", file, c.said)
				if p := again.Plan; !again.Again || len(p.New)+len(p.Changed) > 0 {
					t.Errorf("the same file again: %+v", p)
				}
				o.Healthy()
			}
		})
	}
}
