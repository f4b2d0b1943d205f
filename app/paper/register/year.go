package register

import (
	"cmp"
	"fmt"
	"strconv"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
)

// Year prints the bound book of a year (年度合订本) of the matters of that year among rows: cover, contents, the three
// registers, a record of each matter with its history, and a last page that counts what is bound, to be signed and
// sealed. Pages are numbered through.
func Year(year int, rows []matter.Matter, o form.Issuer) typeset.Document {
	var mine []matter.Matter
	for i := range rows {
		if rows[i].Occurred.Year() == year {
			mine = append(mine, rows[i])
		}
	}
	title := strconv.Itoa(year) + "年度合订本"
	type part struct {
		name  string
		count int
		sides []table.Side
		at    int
	}
	var parts []part
	for _, v := range volumes {
		n := 0
		for i := range mine {
			if mine[i].Register == v.code {
				n++
			}
		}
		parts = append(parts, part{name: v.name, count: n, sides: Filed.Sides(v.book(mine, o, strconv.Itoa(year)+"年"))})
	}
	parts = append(parts, part{name: "事项档案", count: len(mine), sides: Filed.Sides(records(mine, o, year))})
	sides := []table.Side{front(o, year, len(mine)), nil}
	for i := range parts {
		parts[i].at = len(sides) + 1
		sides = append(sides, parts[i].sides...)
	}
	sides[1] = func(p *typeset.Page, n, of int) {
		Filed.Around(kept(o, "目录", form.Line(o.Name)+"　"+title), p, n, of)
		y := 48.0
		line := func(name, count string, at int) {
			x := 60 + p.Text(60, y, typeset.Left, leaf(p).Style(typeset.Kai, 16), name)
			x += 4 + p.Text(x+4, y, typeset.Left, leaf(p).Note(11), count)
			page := leaf(p).Style(typeset.Kai, 16)
			w := p.Text(p.W-60, y, typeset.Right, page, strconv.Itoa(at))
			p.Dashes(x+4, y+1.5, p.W-60-w-4-x-4, .5, .25, form.Grey)
			y += 16
		}
		for _, part := range parts {
			line(part.name, strconv.Itoa(part.count)+" 件", part.at)
		}
		line("全册统计", "", of)
	}
	counts := make([]string, 0, len(parts))
	for _, part := range parts[:len(volumes)] {
		counts = append(counts, fmt.Sprintf("%s　%d 件，第 %d—%d 页", part.name, part.count, part.at,
			part.at+len(part.sides)-1))
	}
	sides = append(sides, closing(o, title, len(mine), append(counts, tally(ordered(mine, nil)))))
	return table.Bind(title, o.Today, o.Practice, sides)
}

// leaf is a page as it is, to write on.
func leaf(p *typeset.Page) form.Leaf { return form.Leaf{Page: p, K: 1} }

// front is the cover.
func front(o form.Issuer, year, count int) table.Side {
	return func(p *typeset.Page, n, of int) {
		room := p.W - 60
		org, text := leaf(p).Note(16).Fit(form.Line(cmp.Or(o.Organisation, o.Name)), room)
		org.Track = .15
		p.Text(p.W/2, 48, typeset.Centre, org, text)
		title := leaf(p).Style(typeset.Song, 40)
		title.Ink, title.Track = form.Red, .2
		p.Text(p.W/2, 78, typeset.Centre, title, "群众意见建议")
		p.Text(p.W/2, 97, typeset.Centre, title, "年度合订本")
		p.Rule(60, 112, p.W-120, 1, form.Red)
		p.Rule(60, 113.5, p.W-120, .3, form.Red)
		p.Text(p.W/2, 126, typeset.Centre, leaf(p).Style(typeset.Song, 24), strconv.Itoa(year)+"年")
		name, text := leaf(p).Style(typeset.Kai, 18).Fit(form.Line(o.Name), room)
		p.Text(p.W/2, 146, typeset.Centre, name, text)
		p.Text(p.W/2, 160, typeset.Centre, leaf(p).Note(12), fmt.Sprintf("共 %d 件 · %d 页", count, of))
		p.Text(p.W/2, 184, typeset.Centre, leaf(p).Note(10), "内部资料 · 含个人信息 · 请妥善保管")
	}
}

// records are the matters one after the other, with all that is known of them and what happened to them.
func records(rows []matter.Matter, o form.Issuer, year int) table.Table {
	ms := ordered(rows, nil)
	t := table.Table{Notes: kept(o, "事项档案", form.Line(o.Name)+"　"+strconv.Itoa(year)+"年"), Keys: 1,
		Sums: sum(tally(ms)), Columns: []table.Column{
			left("编号", 27), left("反映人", 40), left("事项与原话", 78), left("办理与反馈", 64), left("经过", 68)}}
	t.Rows = each(ms, func(_ int, m *matter.Matter) table.Row {
		if r, ok := shortRow(m, lines(number(m.Number), moment(m.Occurred))); ok {
			return r
		}
		who := flat(name(m), people(m), words.Sexes.Name(m.Sex), words.AgeBands.Name(m.AgeBand))
		what := flat(before("地点：", m.Place), before("类别：", kind(m)), before("目的：", words.Purposes.Name(m.Purpose)))
		how := flat(before("来源：", words.Channels.Name(m.Channel)), before("接待代表：", list(m.Deputies)))
		return table.Row{Cells: []string{
			lines(number(m.Number), moment(m.Occurred), m.State.String()),
			lines(words.Registers.Name(m.Register), who, m.Phone, m.Address),
			lines(issue(m), what, how),
			lines(before("现场：", flat(onSpot(m))), before("处理：", flat(mode(m), m.Proposal)),
				before("去向：", flat(gone(m))),
				before("结果：", flat(outcome(m, o.Profile.Letter(m.Class)), m.AnsweredBy)),
				flat(before("承诺答复：", m.Due), before("反馈：", told(m)), before("评议：", rating(m))), flat(remark(m))),
			history(m),
		}}
	})
	return t
}

func history(m *matter.Matter) string {
	all := make([]string, len(m.History))
	for i, e := range m.History {
		who := e.By
		if who == "" && len(e.Unit) >= 12 {
			who = places.Local(e.Unit)
		}
		all[i] = day(e.At) + " " + cmp.Or(matter.ActName(e.Do), e.Do) + before("　", who) + before("：", e.Note)
	}
	return lines(all...)
}

// closing is the last page: what is bound here, who says so, and the place for the seal.
func closing(o form.Issuer, title string, count int, notes []string) table.Side {
	return func(p *typeset.Page, n, of int) {
		Filed.Around(kept(o, "全册统计", form.Line(o.Name)+"　"+title), p, n, of)
		big := leaf(p).Style(typeset.Song, 26)
		p.Text(p.W/2, 52, typeset.Centre, big, fmt.Sprintf("全册共 %d 件、%d 页", count, of))
		y := 72.0
		for _, note := range notes {
			for _, l := range leaf(p).Style(typeset.Kai, 13).Wrap(note, p.W-120) {
				p.Line(60, y, leaf(p).Style(typeset.Kai, 13), l)
				y += 8
			}
		}
		s := form.Leaf{Page: p, K: 1.2}
		s.Sign(60, 160, p.W-90, "编制人", "日期")
		s.Box(p.W-88, 130, 48, 48, "联络站（盖章）")
	}
}
