package messy

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// say writes a word in one of the ways in which it is written.
func say(r *rand.Rand, word string) string {
	if ways := written[word]; ways != nil {
		return ways[r.IntN(len(ways))]
	}
	return word
}

// person writes a row.
func (s *sheet) person(r *rand.Rand, p Person, n int, styles map[string]int, answers map[string]string) {
	row := p.Row
	address := func(column string) string { return fmt.Sprint(Sheet, "!", column, row) }
	s.set("A", row, []any{n + 1, strconv.Itoa(n+1) + "、", fmt.Sprint(n + 1)}[n%3])
	name, sex, nation := p.Name, say(r, p.Sex), say(r, p.Nation)
	rs := []rune(p.Name)
	switch {
	case len(rs) == 2 && n%3 > 0:
		name = string(rs[0]) + []string{"  ", "　", "\u00a0 "}[r.IntN(3)] + string(rs[1])
	case strings.Contains(name, "·"):
		name = strings.ReplaceAll(name, "·", []string{"•", "．", "・", ".", " · "}[r.IntN(5)])
	case n%71 == 11:
		name, sex = name+"（"+p.Sex+"）", ""
	case n%71 == 12 && p.Nation == "汉族":
		name, nation = name+"(汉族)", ""
	case n == 13:
		name += "（兼）"
		answers[address("C")] = p.Name
	case n == 14:
		name = string(rs[0]) + "\ue863" + string(rs[len(rs)-1])
		answers[address("C")] = p.Name
	}
	s.set("C", row, name)
	s.set("D", row, sex)
	s.set("E", row, nation)
	s.born(r, p, n, styles, answers)
	s.set("G", row, say(r, p.Party))
	s.set("H", row, say(r, p.School))
	s.set("I", row, p.Employer+strings.Repeat(" ", r.IntN(3)))
	s.set("J", row, p.Post)
	s.phones(r, p, n, answers)
	if n%4 == 0 { // digits beyond the fifteenth are lost
		s.set("M", row, 141102197503070000+float64(n))
	}
	s.set("N", row, []string{p.Number, strings.ToLower(p.Number), wide(p.Number), p.Number + " "}[r.IntN(4)])
	s.set("O", row, p.Station)
	since, _ := time.Parse(time.DateOnly, p.Since)
	switch n % 6 {
	case 0:
		s.set("P", row, since)
		s.style("P", row, styles["day"])
	case 1:
		s.set("P", row, "2021.6.1")
	case 2:
		s.set("P", row, 20210601)
	case 3:
		s.set("P", row, "6月1日")
	case 4:
		s.set("P", row, since)
		s.style("P", row, styles["yearless"])
	case 5:
		s.set("P", row, "20210601 00:00:00")
	}
	switch n % 50 {
	case 49: // rich text
		s.err = errors.Join(s.err, s.f.SetCellRichText(Sheet, fmt.Sprint("Q", row), []excelize.RichTextRun{{Text: p.Fields[0][:6],
			Font: &excelize.Font{Bold: true}}, {Text: p.Fields[0][6:]}}))
	default:
		s.set("Q", row, strings.Join(p.Fields, "、"))
	}
	s.set("R", row, "内部")
}

// wide writes letters and digits in full width.
func wide(s string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, s)
}

// born writes a month in one of the ways of keeping it.
func (s *sheet) born(r *rand.Rand, p Person, n int, styles map[string]int, answers map[string]string) {
	at, _ := time.Parse("2006-01", p.Birth)
	y, m := at.Year(), int(at.Month())
	switch n % 8 {
	case 0:
		s.set("F", p.Row, fmt.Sprintf("%d.%d", y, m))
	case 1:
		s.set("F", p.Row, fmt.Sprintf("%d.%02d", y, m))
	case 2:
		s.set("F", p.Row, y*100+m)
	case 3:
		s.set("F", p.Row, fmt.Sprintf("%d年%d月", y, m))
	case 4:
		s.set("F", p.Row, at)
		s.style("F", p.Row, styles["month"])
	case 5:
		s.set("F", p.Row, fmt.Sprintf("%d-%d", y, m))
	case 6:
		s.set("F", p.Row, fmt.Sprintf("%d/%02d", y, m))
	case 7:
		if v := float64(y) + float64(m)/100; m > 9 && n%16 == 7 {
			s.set("F", p.Row, v)
		} else {
			s.set("F", p.Row, p.Birth)
		}
	}
	if n == 21 { // was 1964.10 before a program took it for a number
		s.set("F", p.Row, float64(y)+.1)
		answers[fmt.Sprint(Sheet, "!F", p.Row)] = p.Birth
	}
}

// phones writes telephones in one of the ways of keeping them.
func (s *sheet) phones(r *rand.Rand, p Person, n int, answers map[string]string) {
	mobile := p.Phones[0]
	digits, _ := strconv.Atoi(mobile)
	switch n % 6 {
	case 0:
		s.set("K", p.Row, digits)
	case 1:
		s.set("K", p.Row, mobile+" ")
	case 2:
		s.set("K", p.Row, mobile[:3]+"-"+mobile[3:7]+"-"+mobile[7:])
	case 3:
		s.set("K", p.Row, "+86 "+mobile)
	case 4:
		s.set("K", p.Row, wide(mobile))
	case 5:
		s.set("K", p.Row, mobile+".0")
	}
	if n == 22 {
		s.set("K", p.Row, "1.38E+10")
		answers[fmt.Sprint(Sheet, "!K", p.Row)] = mobile
	}
	for _, more := range p.Phones[1:] {
		if n%2 == 0 {
			s.set("K", p.Row, mobile+[]string{"、", "；", " ", "/"}[r.IntN(4)]+more)
		} else {
			s.set("L", p.Row, more)
		}
	}
}

// left writes those who have left office, with the columns in another order.
func (s *sheet) left(r *rand.Rand) (all []Person) {
	s.name = "离任"
	_, err := s.f.NewSheet(s.name)
	s.err = errors.Join(s.err, err)
	for column, title := range map[string]string{"A": "证号", "B": "出生年月", "C": "姓名", "D": "离任原因"} {
		s.set(column, 1, title)
	}
	for n := range 7 {
		p := Person{Row: n + 2, Name: family[n] + given[n], Birth: fmt.Sprint(1950 + n), Number: fmt.Sprintf("LS13%04d", n+1)}
		s.set("A", p.Row, p.Number)
		s.set("B", p.Row, []any{1950 + n, fmt.Sprint(1950+n, "年")}[n%2])
		s.set("C", p.Row, p.Name)
		s.set("D", p.Row, "调离")
		all = append(all, p)
	}
	return all
}

// hidden writes a sheet that is not shown.
func (s *sheet) hidden() {
	s.name = "旧名单"
	_, err := s.f.NewSheet(s.name)
	s.set("A", 1, "姓名")
	s.set("A", 2, "康建国")
	s.err = errors.Join(s.err, err, s.f.SetSheetVisible(s.name, false))
}
