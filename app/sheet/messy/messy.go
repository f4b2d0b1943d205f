// Package messy makes tables as offices really keep them, for tests: a county's roster with everything that trips up who
// reads it, beside what it says to a person. All people in it are invented.
package messy

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/xuri/excelize/v2"

	"lianluo.local/assets/names"
)

// Person is what one row of a roster says to a person.
type Person struct {
	Row                                                 int // in the sheet
	Delegation, Name, Sex, Nation, Birth, Party, School string
	Employer, Post                                      string
	Phones                                              []string
	Number, Station, Since                              string
	Fields                                              []string
}

// Roster is a workbook: 在职 with the people, 离任 with other columns, 旧名单 hidden.
type Roster struct {
	File    []byte
	People  []Person          // those of 在职 that are shown, in the order of their rows
	Hidden  []Person          // those in rows that are not
	Left    []Person          // those of 离任: name, birth and number alone
	Answers map[string]string // to what a person has to be asked, by cell
	Year    int               // of the days that have none
	Bodies  []string          // cells with an organisation in place of a name
}

// Sheet is the sheet with the people, Total where its last row of sums stands.
const Sheet = "在职"

// Title is the row of titles, of which there are two.
const Title = 3

var (
	given = strings.Fields(`建国 秀英 志强 丽华 文斌 桂兰 海龙 玉珍 晓东 春梅 永胜 慧敏 俊杰 雪莲 振华 巧玲 国栋 爱萍 成功 彩霞 立新 凤英 少华 月娥 学文
瑞芳 宏伟 淑贞 明亮 翠花 勇 芳 磊 敏 静 涛 娟 军 霞 强`)
	family  = strings.Fields("王 李 张 刘 陈 杨 赵 郭 高 武 任 薛 冯 康 白 曹 闫 贾 侯 段 欧阳 尉迟")
	schools = []string{"初中", "高中", "中专", "大专", "本科", "研究生"}
	parties = []string{"中共", "群众", "民盟", "民建", "无党派"}
	fields  = []string{"农业农村", "教育", "医疗卫生", "财政经济", "城建环保"}
)

// written is how each word is written instead now and then.
var written = map[string][]string{"男": {"男", "1", "M", "男 "}, "女": {"女", "2", "F", "　女"}, "汉族": {"汉族", "汉", "汉 族"}, "回族": {"回族", "回"},
	"维吾尔族": {"维吾尔族", "维吾尔"}, "中共": {"中共", "中共党员", "党员", "中国共产党"}, "群众": {"群众"}, "无党派": {"无党派", "无党派人士"}, "民盟": {"民盟", "中国民主同盟"},
	"民建": {"民建", "民建会员"}, "大专": {"大专", "大学专科", "专科"}, "本科": {"本科", "大学本科", "大学", "本科（在职）"}, "研究生": {"研究生", "硕士研究生"}}

// sheet writes cells until one fails.
type sheet struct {
	f    *excelize.File
	name string
	err  error
}

func (s *sheet) set(column string, row int, v any) {
	s.err = errors.Join(s.err, s.f.SetCellValue(s.name, fmt.Sprint(column, row), v))
}

func (s *sheet) style(column string, row, style int) {
	cell := fmt.Sprint(column, row)
	s.err = errors.Join(s.err, s.f.SetCellStyle(s.name, cell, cell, style))
}

// County makes the roster of a county with so many people at these stations; one seed makes one roster.
func County(people int, stations []string, seed uint64) Roster {
	r := rand.New(rand.NewPCG(seed, 14))
	f := excelize.NewFile()
	defer f.Close()
	s := &sheet{f: f, name: Sheet}
	s.err = f.SetSheetName("Sheet1", Sheet)
	out := Roster{Answers: map[string]string{}, Year: 2021}
	s.heads()
	text := func(style excelize.Style) int {
		id, err := f.NewStyle(&style)
		s.err = errors.Join(s.err, err)
		return id
	}
	own := func(code string) excelize.Style { return excelize.Style{CustomNumFmt: &code} }
	styles := map[string]int{"day": text(excelize.Style{NumFmt: 14}), "month": text(own(`yyyy"年"m"月"`)), "yearless": text(own(`m"月"d"日"`)),
		"code": text(excelize.Style{NumFmt: 49})}

	row, n, counted := Title+2, 0, 0
	group := max(people/12, 3)
	taken := map[string]bool{}
	for n < people {
		first := row
		delegation := fmt.Sprintf("第%d代表团", n/group+1)
		for k := 0; k < group && n < people; k++ {
			p := person(r, n, stations, taken)
			p.Row, p.Delegation = row, delegation
			switch n % 97 {
			case 31: // a blank row, a row of blanks
				row++
				s.set("C", row, " 　\u00a0\u200b ")
				row++
				p.Row = row
			case 53: // an organisation among the people
				cell := fmt.Sprint("C", row)
				s.set("C", row, []string{"县财政局", "凤山街道办事处", "红旗合作社", "第三小组"}[r.IntN(4)])
				s.set("D", row, "男")
				out.Bodies = append(out.Bodies, Sheet+"!"+cell)
				row++
				p.Row = row
			}
			s.person(r, p, n, styles, out.Answers)
			if n%89 == 40 {
				s.err = errors.Join(s.err, f.SetRowVisible(Sheet, row, false))
				out.Hidden = append(out.Hidden, p)
			} else {
				out.People = append(out.People, p)
			}
			row, n = row+1, n+1
		}
		s.set("B", first, delegation)
		if row-1 > first {
			s.err = errors.Join(s.err, f.MergeCell(Sheet, fmt.Sprint("B", first), fmt.Sprint("B", row-1)))
		}
		s.set("A", row, "小  计")
		s.set("C", row, fmt.Sprintf("%d人", shown(out)-counted))
		counted = shown(out)
		row++
	}
	s.set("A", row, fmt.Sprintf("合　计：%d 人", counted))
	s.set("A", row+1, "制表人：")
	s.set("C", row+1, "武拴牛")
	s.set("A", row+2, "注：本表截至2026年11月；加“√”的为少数民族代表。")
	s.err = errors.Join(s.err, f.SetColVisible(Sheet, "R", false), f.AutoFilter(Sheet, fmt.Sprintf("A%d:R%d", Title+1, row-1), nil))
	out.Left = s.left(r)
	s.hidden()
	var b bytes.Buffer
	if err := errors.Join(s.err, f.Write(&b)); err != nil {
		panic(err) // a test's own table
	}
	out.File = b.Bytes()
	return out
}

// shown is how many rows an office counts.
func shown(out Roster) int { return len(out.People) + len(out.Bodies) }

// heads writes the title, a note and two rows of titles.
func (s *sheet) heads() {
	s.set("A", 1, strings.Repeat(" ", 60)+"离石区第十四届人民代表大会代表花名册"+strings.Repeat(" ", 60))
	s.set("A", 2, "填报单位：区人大常委会代表工委　　　　填报日期：2026年11月")
	for column, title := range map[string]string{"A": "序号", "B": "代表团", "C": "姓 名*", "D": "性别\n（1男2女）", "E": "民族", "F": "出生年月", "G": "党派_party",
		"H": "学历/学位", "I": "单位", "K": "联系方式", "M": "身份证号", "N": "代表证号 No.", "O": "所在联络站", "P": "当选日期", "Q": "专业小组", "R": "备注"} {
		s.set(column, Title, title)
	}
	for column, title := range map[string]string{"I": "名  称", "J": "职务", "K": "手机", "L": "办公电话"} {
		s.set(column, Title+1, title)
	}
	for _, area := range []string{"A1:R1", "A2:R2", "I3:J3", "K3:L3"} {
		from, to, _ := strings.Cut(area, ":")
		s.err = errors.Join(s.err, s.f.MergeCell(s.name, from, to))
	}
	for _, column := range "ABCDEFGHMNOPQR" {
		s.err = errors.Join(s.err, s.f.MergeCell(s.name, fmt.Sprintf("%c%d", column, Title), fmt.Sprintf("%c%d", column, Title+1)))
	}
}

// person invents the n-th of them.
func person(r *rand.Rand, n int, stations []string, taken map[string]bool) Person {
	p := Person{Sex: "男", Nation: "汉族", Party: parties[r.IntN(len(parties))], School: schools[r.IntN(len(schools))],
		Employer: fmt.Sprintf("凤山街道第%d社区居民委员会", n%40+1), Post: []string{"书记", "教师", "村民", "医生"}[r.IntN(4)],
		Number: fmt.Sprintf("LS14%04d", n+1), Birth: fmt.Sprintf("%d-%02d", 1955+r.IntN(45), 2+r.IntN(11)),
		Since: "2021-06-01", Fields: []string{fields[r.IntN(len(fields))]}}
	if p.Birth[5:] == "10" { // 1975.10 is written as one who asks
		p.Birth = p.Birth[:5] + "11"
	}
	if r.IntN(3) == 0 {
		p.Sex = "女"
	}
	if len(stations) > 0 {
		p.Station = stations[n%len(stations)]
	}
	all := names.All()
	switch {
	case n < len(all):
		p.Name = all[n]
	case n%83 == 5:
		p.Name, p.Nation = "阿依古丽·买买提"+given[n/83%len(given)], "维吾尔族"
	default:
		for tries := 0; p.Name == "" || taken[p.Name] && tries < 20; tries++ { // there are not so many names as people
			p.Name = family[r.IntN(len(family))] + given[r.IntN(len(given))]
			if n := len([]rune(p.Name)); n == 2 && r.IntN(2) == 0 {
				p.Name += string([]rune(given[r.IntN(30)])[1:])
			}
		}
		if n%300 == 299 { // of the same name as another, and somebody else
			p.Name = all[n/300]
		}
	}
	taken[p.Name] = true
	if n%61 == 7 {
		p.Nation = "回族"
	}
	p.Phones = []string{fmt.Sprintf("138%08d", 35800000+n)}
	if n%5 == 4 {
		p.Phones = append(p.Phones, fmt.Sprintf("0358-82%05d", n))
	}
	return p
}
