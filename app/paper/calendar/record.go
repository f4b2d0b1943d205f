package calendar

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"lianluo.local/app/paper/directory"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/person"
	"lianluo.local/data/words"
)

// Record is what one deputy did in a stretch of days, as it was derived from what is kept elsewhere.
type Record struct {
	Person   person.Person
	From, To string
	Items    []Item // by day
	Goals    []Goal // none where the county has none, or these are not for who prints
}

// Item is one thing that a deputy did. Kind is of words.Duties, ID that of the session or matter behind it.
type Item struct{ Day, Kind, What, ID string }

// Goal is a quota of the county: so many done of so many.
type Goal struct {
	Name       string
	Done, Aims int
}

// filed is how the pages of a record stand: an official paper.
var filed = table.Layout{Body: 11, Head: form.Official, Note: form.Official, Least: 9}

// around is what stands around a page of a record.
func (r Record) around(o form.Issuer, title string) table.Notes {
	return table.Notes{Organisation: form.Line(cmp.Or(o.Organisation, o.Name)), Title: title, Practice: o.Practice,
		Part: form.Line(r.Person.Name) + "　" + Period(r.From, r.To), Day: "截至 " + form.Day(o.Today), Treatment: "由签到和办理记录自动汇总"}
}

// rows are the items from one number on that some choose, each with its number in the whole record.
func (r Record) rows(choose func(Item) bool) (rows []table.Row) {
	for i, it := range r.Items {
		if choose(it) {
			rows = append(rows, table.Row{Cells: []string{strconv.Itoa(i + 1), form.Date(it.Day), words.Duties.Name(it.Kind), form.Line(it.What), it.ID}})
		}
	}
	return rows
}

func columns() []table.Column {
	return []table.Column{mid("序号", 13), mid("日期", 32), mid("类别", 26), left("内容", 128), left("记录编号", 78)}
}

// chapters are the parts of a record, each with the kinds of words.Duties that stand in it.
var chapters = []struct{ name, kinds string }{
	{"接待群众", "reception"}, {"走访选民", "visit"},
	{"参加活动", "talk forum training survey inspection group salon account box congress guest deed other"},
	{"办理事项", "guided consulted taken led"}, {"代表建议", "suggestion"},
}

// sums count the items of a record by kind, and its goals.
func (r Record) sums() (list []string) {
	for _, w := range words.Duties {
		n := 0
		for _, it := range r.Items {
			if it.Kind == w.Code {
				n++
			}
		}
		if n > 0 {
			list = append(list, fmt.Sprintf("%s　%d", w.Name, n))
		}
	}
	return list
}

func (r Record) goals() (list []string) {
	for _, g := range r.Goals {
		list = append(list, fmt.Sprintf("%s　%d / %d", g.Name, g.Done, g.Aims))
	}
	return list
}

// DutyBook is 履职档案 of one deputy, bound: cover, contents, one page that says all in short, what he did chapter by chapter,
// and a last page that counts what is bound. The pages are numbered through, and each item has the number that it has in
// the record, with the ID under which it is kept.
func DutyBook(r Record, o form.Issuer) typeset.Document {
	type part struct {
		name  string
		count int
		at    int
	}
	title, name := form.Names["duty-book"], form.Line(r.Person.Name)
	parts := []part{{name: "履职情况一览", count: len(r.Items), at: 3}}
	sides := []table.Side{r.cover(o), nil, r.glance(o)}
	for _, c := range chapters {
		rows := r.rows(func(it Item) bool { return strings.Contains(" "+c.kinds+" ", " "+it.Kind+" ") })
		parts = append(parts, part{c.name, len(rows), len(sides) + 1})
		t := table.Table{Notes: r.around(o, c.name), Keys: 2, Columns: columns(), Rows: rows,
			Sums: []table.Row{{Cells: []string{fmt.Sprintf("共 %d 条", len(rows))}}}}
		sides = append(sides, filed.Sides(t)...)
	}
	sides = append(sides, func(p *typeset.Page, n, of int) {
		filed.Around(r.around(o, "全册统计"), p, n, of)
		l := form.Leaf{Page: p, K: 1.2}
		p.Text(p.W/2, 52, typeset.Centre, l.Style(typeset.Song, 22), fmt.Sprintf("全册共 %d 条、%d 页", len(r.Items), of))
		y := 70.0
		for i, c := range parts[1:] {
			p.Text(p.W/2, y+float64(i)*9, typeset.Centre, l.Style(typeset.Kai, 11), fmt.Sprintf("%s　%d 条，第 %d 页起", c.name, c.count, c.at))
		}
		l.Sign(50, 150, p.W-100, "代表签名", "编制人", "日期")
		l.Box(p.W-92, 118, 52, 48, "（盖章）")
	})
	sides[1] = func(p *typeset.Page, n, of int) {
		filed.Around(r.around(o, "目录"), p, n, of)
		entries := append(append([]part{}, parts...), part{"全册统计", len(r.Items), of})
		for i, c := range entries {
			entry(p, 48+float64(i)*15, c.name, strconv.Itoa(c.count)+" 条", c.at)
		}
	}
	return table.Bind(title+" "+name, o.Today, o.Practice, sides)
}

// entry is a line of contents: what, how many, dots, the page.
func entry(p *typeset.Page, y float64, name, count string, at int) {
	l := form.Leaf{Page: p, K: 1}
	in := 28 + (p.W-210)*.37
	style, text := l.Style(typeset.Kai, 16).Fit(name, p.W-2*in-50)
	x := in + p.Text(in, y, typeset.Left, style, text)
	x += 4 + p.Text(x+4, y, typeset.Left, l.Note(11), count)
	w := p.Text(p.W-in, y, typeset.Right, l.Style(typeset.Kai, 16), strconv.Itoa(at))
	p.Dashes(x+4, y+1.5, p.W-in-w-4-x-4, .5, .25, form.Grey)
}

// cover is the first page.
func (r Record) cover(o form.Issuer) table.Side {
	return func(p *typeset.Page, n, of int) {
		l := form.Leaf{Page: p, K: 1}
		room := p.W - 60
		org, text := l.Note(16).Fit(form.Line(cmp.Or(o.Organisation, o.Name)), room)
		p.Text(p.W/2, 48, typeset.Centre, org, text)
		title := l.Style(typeset.Song, 42)
		title.Ink, title.Track = form.Red, .2
		p.Text(p.W/2, 82, typeset.Centre, title, "人大代表履职档案")
		p.Rule(60, 102, p.W-120, 1, form.Red)
		p.Rule(60, 103.5, p.W-120, .3, form.Red)
		name, text := l.Style(typeset.Song, 28).Fit(form.Line(r.Person.Name), room)
		p.Text(p.W/2, 120, typeset.Centre, name, text)
		post, text := l.Style(typeset.Kai, 15).Fit(directory.Titles(r.Person), room)
		p.Text(p.W/2, 134, typeset.Centre, post, text)
		p.Text(p.W/2, 150, typeset.Centre, l.Style(typeset.Kai, 18), Period(r.From, r.To))
		p.Text(p.W/2, 164, typeset.Centre, l.Note(12), fmt.Sprintf("共 %d 条 · %d 页", len(r.Items), of))
	}
}

// glance is the one page that says a record in short.
func (r Record) glance(o form.Issuer) table.Side {
	return func(p *typeset.Page, n, of int) {
		filed.Around(r.around(o, "履职情况一览"), p, n, of)
		l := form.Leaf{Page: p, K: 1, Margin: 24, Least: form.Official}
		g := form.Grid{Page: p, X: l.Margin, Y: 36, W: l.Width(), Label: l.Note(11), Value: l.Style(typeset.Kai, 13), Column: 34, Pad: 2.4}
		var seats []string
		for _, s := range r.Person.Seats {
			seats = append(seats, o.Named(s.Station))
		}
		for _, c := range [][2]string{{"姓名", r.Person.Name}, {"代表职务", directory.Titles(r.Person)}, {"单位职务", r.Person.Employer + r.Person.Post},
			{"所在站点", strings.Join(seats, "、")}, {"专业领域", strings.Join(r.Person.Fields, "、")},
			{"履职情况", cmp.Or(strings.Join(r.sums(), "；"), "还没有记录")}, {"履职目标", strings.Join(r.goals(), "；")}} {
			if c[0] != "履职目标" || c[1] != "" {
				g.Row(form.Cell{Label: c[0], Value: form.Or(form.Line(c[1])), Lines: 4})
			}
		}
		g.Close()
		p.Text(l.Margin, g.Y+8, typeset.Left, l.Note(11), fmt.Sprintf("合计 %d 条，逐条见后。不计分，不排名；本人有异议的，可以提出，写在该条后面。", len(r.Items)))
	}
}

// DutyChecks are 履职核对单 of deputies, one after the other: what is on record of a quarter, to be checked and signed.
func DutyChecks(rs []Record, o form.Issuer) (sides []table.Side) {
	for _, r := range rs {
		t := table.Table{Notes: r.around(o, form.Names["duty-check"]), Keys: 2, Columns: []table.Column{
			mid("序号", 13), mid("日期", 34), mid("类别", 26), left("内容", 112), mid("核对", 36), left("异议说明", 56)}}
		if who := directory.Titles(r.Person); who != "" {
			t.Part += "　" + who
		}
		for _, row := range r.rows(func(Item) bool { return true }) {
			row.Cells = append(row.Cells[:4:4], "□ 对　□ 不对", "")
			t.Rows = append(t.Rows, row)
		}
		sum := "没有记录"
		if len(r.Items) > 0 {
			sum = fmt.Sprintf("共 %d 条：%s", len(r.Items), strings.Join(r.sums(), "；"))
		}
		for _, text := range append([]string{sum}, r.goals()...) {
			t.Sums = append(t.Sums, table.Row{Cells: []string{text}})
		}
		t.Sums = append(t.Sums, table.Row{Cells: []string{"漏记的（日期、内容、组织单位）：\n　\n　"}},
			table.Row{Cells: []string{"代表签名：　　　　　　　　　　　核对日期：　　　年　　月　　日　　　　　　联络员签名：　　　　　　　　　"}})
		l := filed
		l.Written = true
		sides = append(sides, l.Sides(t)...)
	}
	return sides
}
