package register

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/category"
	"lianluo.local/data/numbers"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

// Blank papers are for days without power: what is written on them by hand is keyed in later under the number that is
// printed on them. Their boxes carry the numbers by which a closed list is keyed.

// ticks writes the words from one place of a closed list to another as boxes under each other, with the codes by which
// they are keyed in: their places in the whole list.
func ticks(ws words.List, from, to int) string {
	var all []string
	for i, w := range ws[from:to] {
		all = append(all, "□"+strconv.Itoa(from+i+1)+w.Name)
	}
	return lines(all...)
}

func papers(register string, o form.Issuer, first, count int) error {
	if _, ok := words.Registers.Parse(register); !ok || first < 1 || count < 1 || len(o.Unit) < 15 {
		return problem.New(fmt.Sprintf("blank papers %q from %d, %d of them, for %q", register, first, count, o.Unit),
			"空白簿册要说明是哪一本簿、从几号起、印几张，并且只有联络站、联络点能印。")
	}
	return nil
}

// Blanks is how an empty book stands: with rows as high as a hand needs.
var Blanks = table.Layout{Body: Filed.Body, Head: Filed.Head, Least: 26.2, Written: true}

// Blank is count lines of an empty register (code as in words.Registers) with the numbers from first on that letter,
// this computer's, makes for the station in the office's year. Who calls it sees to it that no number is printed
// twice.
func Blank(code string, o form.Issuer, letter byte, first, count int) (table.Table, error) {
	if err := papers(code, o, first, count); err != nil {
		return table.Table{}, err
	}
	v := volumeOf(code)
	part := fmt.Sprintf("%s　%d年　空白簿　第 %d—%d 号", form.Line(o.Name), o.Today.Year(), first, first+count-1)
	keyed := fmt.Sprintf("停电时手写，来电后 %d 个工作日内按编号录入 · 写错的不要撕，写“作废”和原因", o.Profile.KeyIn)
	t := table.Table{Notes: noted(o, v.name, part, "印制日期 "+form.Day(o.Today), keyed), Keys: 2,
		Columns: slices.Clone(v.columns)}
	for c, text := range v.blank {
		t.Columns[c].Align = typeset.Left
		for l := range strings.SplitSeq(text, "\n") {
			t.Columns[c].Width = max(t.Columns[c].Width, 3.3*float64(utf8.RuneCountInString(l)))
		}
	}
	for i := range count {
		cells := make([]string, len(v.columns))
		cells[0], cells[2] = strconv.Itoa(i+1), "　月　日\n　时　分"
		cells[1] = number(numbers.Paper(o.Unit, code, o.Today.Year(), letter, first+i))
		for c, text := range v.blank {
			cells[c] = text
		}
		t.Rows = append(t.Rows, table.Row{Cells: cells})
	}
	return t, nil
}

// BlankSlips prints count empty registrations, one an A4 sheet: above, what the station keeps, with boxes for every
// closed list; under the tear line, the receipt for the citizen; the number on both. Numbers are as those of Blank.
func BlankSlips(register string, o form.Issuer, letter byte, first, count int) (typeset.Document, error) {
	if err := papers(register, o, first, count); err != nil {
		return typeset.Document{}, err
	}
	d := typeset.Document{Title: words.Registers.Name(register) + "登记单（空白）", Made: o.Today}
	for n := range count {
		s := form.A4(1.15, 14)
		s.Least = form.Official
		number := numbers.Paper(o.Unit, register, o.Today.Year(), letter, first+n)
		if err := slip(s, o, register, number); err != nil {
			return typeset.Document{}, err
		}
		d.Pages = append(d.Pages, s.Page)
	}
	return d, nil
}

// groups are the boxes of the first-level categories with their codes; the citizen's exact one is written behind them.
func groups() (ts []form.Tick) {
	for _, c := range category.All() {
		if len(ts) == 0 || ts[len(ts)-1].Code != c.Group {
			ts = append(ts, form.Tick{Code: c.Group, Name: c.GroupName})
		}
	}
	return ts
}

// slip draws one sheet.
func slip(s form.Leaf, o form.Issuer, register, number string) error {
	const tear = 217.0
	y, err := s.Head(form.Head{Organisation: form.Line(cmp.Or(o.Organisation, o.Name)), Number: number,
		Title: words.Registers.Name(register) + "登记单", Note: "联络站留存 · 框后的数字是录入代码"})
	if err != nil {
		return err
	}
	scratch := s
	scratch.Page = typeset.NewPage(s.Page.W, s.Page.H)
	white := tear - 12 - boxes(scratch, y, o, 0) // what is left is for the citizen's words
	s.Sign(s.Margin, boxes(s, y, o, white)+5, s.Right(), "反映人签名", "接待代表签名", "经办人", "日期")
	s.K, s.Least = 1, form.Given
	s.Tear(number, tear)
	if o.Practice {
		s.Practice(0, tear, 30, 96)
		s.Practice(tear, s.Page.H-tear, 15, 60)
	}
	return given(s, o, number, tear)
}

// boxes draws what is filled in at the table, the words of the citizen so many millimetres high, and tells where it
// ends.
func boxes(s form.Leaf, y float64, o form.Issuer, said float64) float64 {
	f := form.Grid{Page: s.Page, X: s.Margin, Y: y, W: s.Width(), Label: s.Note(9), Value: s.Style(typeset.Kai, 10),
		Column: 21, Pad: .4, Leading: 1.32}
	open := func(h float64, labels ...string) {
		f.Begin()
		for i, label := range labels {
			f.Title(f.X+float64(i)*f.W/float64(len(labels)), h, label, i > 0)
		}
		f.End(h)
	}
	f.Row(form.Cell{Label: "反映时间", Value: "　　 年　　 月　　 日　　 时　　 分", Share: .55},
		form.Cell{Label: "联络站", Value: form.Line(o.Name), Share: .45, Lines: 2})
	open(7.5, "姓名", "联系电话")
	open(7.5, "家庭住址")
	f.Choose(form.Choice{Label: "性别", Share: .3, Ticks: form.Ticks(words.Sexes)},
		form.Choice{Label: "年龄段", Share: .7, Ticks: form.Ticks(words.AgeBands)})
	f.Choose(form.Choice{Label: "要求", Share: .46, Ticks: []form.Tick{{Code: "1", Name: "匿名"}, {Code: "2", Name: "保密"}}},
		form.Choice{Label: "紧急程度", Share: .54, Ticks: form.Ticks(words.Urgencies)})
	open(7.5, "接待代表", "反映人数")
	f.Choose(form.Choice{Label: "来源渠道", Ticks: form.Ticks(words.Channels)})
	f.Choose(form.Choice{Label: "诉求目的", Ticks: form.Ticks(words.Purposes)})
	f.Choose(form.Choice{Label: "类别", Ticks: append(groups(), form.Tick{Name: "细类代码 ________"})})
	open(8, "事项标题")
	open(said, "反映内容")
	open(8, "发生地点")
	f.Choose(form.Choice{Label: "现场处理", Ticks: form.Ticks(words.OnSpots)})
	open(8, "现场答复")
	f.Choose(form.Choice{Label: "处理方式", Ticks: form.Ticks(words.Modes)})
	f.Choose(form.Choice{Label: "不予受理", Ticks: form.Ticks(words.Reasons)})
	f.Close()
	return f.Y
}

// given draws the citizen's part under the tear line.
func given(s form.Leaf, o form.Issuer, number string, y float64) error {
	p, left, right := s.Page, s.Margin, s.Right()
	y = s.Part(y+1, "受理回执", "回执联 · 请您妥善保管", number)
	const side = 27.0
	phone := form.Line(o.Phone)
	code := "编号 " + number + "\n" + form.Cut(form.Line(o.Name), 30) + " " + phone
	if err := p.QR(right-side, y+2.5, side, code, form.Black); err != nil {
		return err
	}
	p.Text(right-side/2, y+side+6.5, typeset.Centre, s.Note(8.5), "扫码存电话")
	kai := s.Style(typeset.Kai, 14)
	for _, l := range []string{"反映时间　　　　 年　　 月　　 日", "反映事项", "承诺答复　　　　 年　　 月　　 日前，当面或电话告诉您"} {
		y += 10.4
		p.Text(left, y, typeset.Left, kai, l)
		p.Rule(left+22, y+4, right-left-22-side-5, .15, form.Grey)
	}
	y += 9
	ask := "询问请持本回执到" + form.Line(o.Name)
	if phone != "" {
		ask = "询问请打电话 " + phone + "，报编号即可；也可持本回执到站"
	}
	kai, lines := kai.Block(ask+"。", right-left, 2, "…")
	for _, l := range lines {
		y += 6.6
		p.Line(left, y, kai, l)
	}
	s.Sign(left, y+8.4, right, "经办人", "联络站（盖章）")
	return nil
}
