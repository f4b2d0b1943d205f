package calendar

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
)

// Poster is the paper of a notice: its size in millimetres, and how much larger than on A4 its type is.
type Poster struct{ w, h, k float64 }

// The papers that a notice comes on.
var (
	A4 = Poster{210, 297, 1}
	A3 = Poster{297, 420, 1.414}
)

// The type of a notice on A4, in points. When, where and who are read from three metres: Han of ten millimetres and
// more; nothing is smaller than what is given to citizens.
const (
	when, far, near = 34.0, 28.0, 18.0
	foot            = 14.0 // millimetres left free at the foot, for the number of a page
)

// Notices are 接待公告 (form F1b), a poster of each session: when, where, which deputies, about what, what may be raised there
// and what not. It is a 更正公告, large, where an earlier one no longer holds.
func Notices(c Calendar, o form.Issuer, paper Poster) (typeset.Document, error) {
	doc := typeset.Document{Title: form.Names["notice"], Made: o.Today}
	for _, s := range c.Sessions {
		if s.State == session.Void || s.State == session.Told {
			return doc, problem.New("a notice of what is not to be held", short(s.Day)+"的"+s.Title()+"是“"+s.State.String()+"”，没有公告可以打印。")
		}
		doc.Pages = append(doc.Pages, c.poster(s, o, paper))
	}
	return doc, nil
}

// tight says how much a poster has to save: its type is so much smaller than on an empty one, so much stands of what may
// be raised; with so many lines of names at most, place and names are smaller.
type tight struct {
	by           float64
	scope, names int
}

// line is one labelled part of a poster.
type line struct {
	label string
	style typeset.Style
	lines []typeset.Line
}

const gapped = 1.3 // distance of lines on a poster, in sizes of type

func (l line) height() float64 { return float64(len(l.lines)) * l.style.Size * form.Pt * gapped }

// poster draws one: as large as everything fits.
func (c Calendar) poster(s session.Session, o form.Issuer, paper Poster) *typeset.Page {
	l := form.Leaf{Page: typeset.NewPage(paper.w, paper.h), K: paper.k, Margin: 15 * paper.k, Least: form.Given}
	y := c.over(l, s, o)
	room := paper.h - foot*paper.k - y
	var ls []line
	var below []string
	white := 0.0
	for _, t := range []tight{{by: 1, scope: 2}, {by: .9, scope: 2}, {by: .8, scope: 2}, {by: .7, scope: 2}, {by: .6, scope: 2}, {by: .6, scope: 1},
		{by: .6, scope: 1, names: 8}, {by: .6, names: 8}} {
		ls, below = c.facts(l, s, o, t), scope(s, t.scope)
		if white = room - heights(ls) - c.end(l, s, o, below, 0, false); white >= float64(len(ls))*1.6*l.K {
			break
		}
	}
	gap := max(0, min(white/float64(len(ls)), 9*l.K))
	column := 34 * l.K
	for i, f := range ls {
		label := l.Note(18)
		step := f.style.Size * form.Pt * gapped
		at := y + gap/2 + step/2
		l.Page.Spread(l.Margin, at, 26*l.K, label, f.label)
		for n, t := range f.lines {
			l.Page.Line(l.Margin+column, at+float64(n)*step, f.style, t)
		}
		y += f.height() + gap
		if i < len(ls)-1 && ls[i+1].label == "" { // of the same one
			y -= gap / 2
			continue
		}
		l.Page.Rule(l.Margin, y, l.Width(), .15*l.K, form.Hair)
	}
	c.end(l, s, o, below, paper.h-foot*l.K, true)
	if o.Practice {
		l.Practice(0, paper.h, 50, 120)
	}
	return l.Page
}

func heights(ls []line) (sum float64) {
	for _, l := range ls {
		sum += l.height()
	}
	return sum
}

// over is the head of a poster; it tells where the poster goes on.
func (c Calendar) over(l form.Leaf, s session.Session, o form.Issuer) float64 {
	k, p := l.K, l.Page
	org, text := l.Note(17).Fit(cmp.Or(form.Line(o.Named(s.Station)), form.Line(o.Name)), l.Width())
	p.Text(p.W/2, 15*k, typeset.Centre, org, text)
	title, size := "代表接待公告", 58.0
	switch {
	case Amends(s):
		title, size = "更正公告", 84
	case s.Kind == "activity":
		title = "代表活动公告"
	case s.Kind == "visit":
		title = "代表走访公告"
	}
	head := l.Style(typeset.Song, size)
	head.Ink, head.Track = form.Red, .08
	high := size * form.Pt * k
	p.Text(p.W/2, 22*k+high/2, typeset.Centre, head, title)
	y := 26*k + high
	p.Rule(l.Margin, y, l.Width(), 1.1*k, form.Red)
	p.Rule(l.Margin, y+1.6*k, l.Width(), .3*k, form.Red)
	y += 4 * k
	if !Amends(s) {
		return y
	}
	said := l.Style(typeset.Bold, 24)
	was, moved := s.Hung()
	if !moved {
		was = session.Shift{Day: s.Day, From: s.From, To: s.To}
	}
	says := "原定 " + short(was.Day) + "（" + weekday(was.Day) + "）" + hours(was.From, was.To) + " 的" + does(s) + "取消，请相互转告。"
	reason := s.Cause
	switch {
	case s.State == session.Cancelled:
		said = l.Style(typeset.Bold, 38)
	case moved:
		says = "原定 " + short(was.Day) + "（" + weekday(was.Day) + "）" + hours(was.From, was.To) + " 的" + does(s) + "有变动，改为："
		reason = was.Reason
	default:
		says = "前次公告的内容有变动，请以本公告为准："
	}
	if reason != "" {
		says += "\n原因：" + form.Line(reason)
	}
	said, lines := said.Block(says, l.Width()-10*k, 5, "…")
	step := said.Size * form.Pt * gapped
	h := float64(len(lines))*step + 6*k
	p.Tint(l.Margin, y, l.Width(), h, form.Blush)
	for i, t := range lines {
		p.Line(l.Margin+5*k, y+3*k+step/2+float64(i)*step, said, t)
	}
	return y + h + 2*k
}

// facts are what a poster says.
func (c Calendar) facts(l form.Leaf, s session.Session, o form.Issuer, t tight) (ls []line) {
	room, by := l.Width()-34*l.K, t.by
	style := func(face typeset.Face, size, least float64) typeset.Style {
		st := l.Style(face, max(size*by, least))
		st.Least = least * l.K
		return st
	}
	add := func(label string, st typeset.Style, text string) {
		if text != "" {
			ls = append(ls, line{label: label, style: st, lines: st.Wrap(text, room)})
		}
	}
	one := func(label, text string) {
		st := style(typeset.Song, 52, when)
		st.Ink = form.Red
		st, text = st.Fit(text, room)
		ls = append(ls, line{label: label, style: st, lines: []typeset.Line{{Text: text}}})
	}
	if s.State != session.Cancelled {
		one("日期", short(s.Day)+" "+weekday(s.Day))
		if at := hours(s.From, s.To); at != "" {
			one("时间", at)
		}
	}
	least := far
	if t.names > 0 {
		least = 22
	}
	add("地点", style(typeset.Bold, 40, least), place(s, o))
	if s.State == session.Cancelled {
		return ls
	}
	label := "接待代表"
	if s.Kind != "reception" {
		label = "参加代表"
	}
	if people := called(s, false); len(people) > 0 && len(people) <= 3 && by > .65 {
		for i, who := range people { // with what they are
			if i > 0 {
				label = ""
			}
			add(label, style(typeset.Song, 40, far), form.Line(who.Name))
			if t := c.title(who); t != "" {
				st := l.Style(typeset.Kai, max(20*by, form.Given))
				ls = append(ls, line{style: st, lines: st.Wrap(t, room)})
			}
		}
	} else if len(people) > 0 {
		st := style(typeset.Song, 40, least)
		ls = append(ls, line{label: label, style: st, lines: flow(st, people, room, t.names)})
	}
	small := func(label string, size float64, text string) {
		st := style(typeset.Kai, size, near)
		if t.names == 0 || text == "" {
			add(label, st, text)
			return
		}
		st, lines := l.Style(typeset.Kai, form.Given).Block(text, room, 2, "…")
		ls = append(ls, line{label: label, style: st, lines: lines})
	}
	small("特邀", 26, named(called(s, true)))
	small("主题", 30, form.Line(s.Topic))
	return ls
}

// flow puts names into lines, none broken that fits into one; where there are more than most, it says how many they are.
func flow(st typeset.Style, people []session.Called, room float64, most int) []typeset.Line {
	set := func(names []string) (lines []typeset.Line) {
		text := ""
		for _, n := range names {
			if next := text + "　" + n; text != "" && st.Width(next) <= room {
				text = next
				continue
			}
			if text != "" {
				lines = append(lines, st.Wrap(text, room)...)
			}
			text = n
		}
		return append(lines, st.Wrap(text, room)...)
	}
	var names []string
	for _, p := range people {
		names = append(names, form.Line(p.Name))
	}
	lines := set(names)
	for n := len(names) - 1; most > 0 && len(lines) > most && n > 0; n-- {
		lines = set(append(slices.Clone(names[:n]), "等 "+strconv.Itoa(len(people))+" 位代表"))
	}
	return lines
}

// scope says under a notice of a reception what may be raised there, and what is somebody else's.
func scope(s session.Session, much int) (list []string) {
	if s.Kind != "reception" || s.State == session.Cancelled || much == 0 {
		return nil
	}
	list = []string{"您对生产生活、身边的难事急事、村（社区）和政府工作有意见建议的，都可以来讲。当场能答复的当场答复，不能的登记在册，办理结果向您反馈。"}
	if much > 1 {
		var not []string
		for _, r := range words.Reasons {
			if r.Code != "emergency" && r.Code != "again" {
				not = append(not, r.Name)
			}
		}
		list = append(list, "不受理："+strings.Join(not, "；")+"。代表不直接处理具体案件，我们会告诉您该找谁。")
	}
	return list
}

// end is what stands under the facts, down to y: what may be raised, whom to ask, who says so and when. Drawn or not,
// it tells its height.
func (c Calendar) end(l form.Leaf, s session.Session, o form.Issuer, scope []string, y float64, draw bool) float64 {
	small, ask := l.Style(typeset.Sans, form.Given), l.Style(typeset.Bold, 22)
	step := small.Size * form.Pt * 1.4
	var lines []typeset.Line
	for _, t := range scope {
		lines = append(lines, small.Wrap(t, l.Width()-8*l.K)...)
	}
	who, phone := reached(s, o)
	text := ""
	if phone != "" {
		text = "咨询电话 " + phone
	}
	if who != "" {
		text = strings.TrimSpace(text + "　联络员 " + who)
	}
	high := 22 * l.K
	if len(lines) > 0 {
		high += float64(len(lines))*step + 6*l.K
	}
	if !draw {
		return high
	}
	top := y - high
	if len(lines) > 0 {
		h := float64(len(lines))*step + 4*l.K
		l.Page.Tint(l.Margin, top, l.Width(), h, form.Cream)
		for i, t := range lines {
			l.Page.Line(l.Margin+4*l.K, top+2*l.K+step/2+float64(i)*step, small, t)
		}
	}
	ask, text = ask.Fit(text, l.Width())
	l.Page.Text(l.Margin, y-14*l.K, typeset.Left, ask, text)
	by, name := l.Note(15).Fit(cmp.Or(form.Line(o.Named(s.Station)), form.Line(o.Name)), l.Width()*.68)
	l.Page.Text(l.Margin, y-3.5*l.K, typeset.Left, by, name)
	l.Page.Text(l.Right(), y-3.5*l.K, typeset.Right, l.Note(15), form.Day(o.Today))
	return high
}
