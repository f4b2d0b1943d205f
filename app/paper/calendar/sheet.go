package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
)

// Sheets are 场次记录单: what a session was, who was there from when to when and who was not, what was raised and answered on
// the spot, and places to sign. What is not known yet is left to be written.
func Sheets(c Calendar, o form.Issuer) (typeset.Document, error) {
	doc := typeset.Document{Title: form.Names["session-sheet"], Made: o.Today}
	for _, s := range c.Sessions {
		pages, err := c.sheet(s, o)
		if err != nil {
			return doc, err
		}
		doc.Pages = append(doc.Pages, pages...)
	}
	return doc, nil
}

// sheet draws one.
func (c Calendar) sheet(s session.Session, o form.Issuer) ([]*typeset.Page, error) {
	f := form.Folio{Foot: 14, Begin: func(part int) (l form.Leaf, g form.Grid, err error) {
		l = form.A4(1.3, 18)
		l.Least = form.Official
		note := form.Date(s.Day) + " " + weekday(s.Day) + " " + s.State.String()
		if part > 1 {
			note += "（续 " + strconv.Itoa(part) + "）"
		}
		y, err := l.Head(form.Head{Organisation: o.Named(s.Station), Title: does(s) + "记录单", Note: note})
		if o.Practice {
			l.Practice(0, l.Page.H, 50, 70)
		}
		return l, form.Grid{Page: l.Page, X: l.Margin, Y: y, W: l.Width(), Label: l.Note(8.5), Value: l.Style(typeset.Kai, 9.5), Column: 27, Pad: 1.8}, err
	}}
	row := func(label, value string) {
		for i, part := range parts(value) {
			if i > 0 {
				label = "（续）"
			}
			f.Row(form.Cell{Label: label, Value: part, Lines: 60})
		}
	}
	blank := func(s string) string { return cmp.Or(form.Text(s), "\n\n") } // room to write
	held := s.State == session.Held || s.State == session.Cancelled
	f.Row(form.Cell{Label: "原定时间", Value: form.Or(hours(s.From, s.To))}, form.Cell{Label: "实际时间", Value: strings.Trim(hours(s.Began, s.Ended), "—")})
	row("地点", place(s, o))
	row("主题", form.Or(form.Line(s.Topic)))
	row("安排的代表", form.Or(named(s.Awaited())))
	present, missed := who(s)
	row("到场", cmp.Or(present, map[bool]string{true: "无", false: "\n\n"}[held]))
	if missed != "" || !held {
		row("缺席", cmp.Or(missed, "\n"))
	}
	if s.Kind != "visit" {
		row("政策宣讲", cmp.Or(form.Text(s.Explained), map[bool]string{true: "—", false: "\n\n"}[held]))
	}
	c.counts(&f, s, held)
	ms := c.raised(s)
	for i, m := range ms {
		row("第 "+strconv.Itoa(i+1)+" 件", raised(m))
	}
	for i := len(ms); !held && s.Kind == "reception" && i < 3; i++ {
		row("第 "+strconv.Itoa(i+1)+" 件", "\n\n")
	}
	if s.Kind != "reception" || s.Minutes != "" {
		row("记录", blank(s.Minutes))
	}
	for _, r := range s.Results {
		reply := "等回复"
		if r.Reply != "" {
			reply = "回复（" + form.Date(r.On) + "）：" + r.Reply
		}
		row("交办意见", r.Unit+"　"+form.Date(r.Day)+"\n"+r.What+"\n"+reply)
	}
	c.sign(&f, s)
	return f.Pages, f.Err
}

// parts are a long text in pieces that break well at the foot of a page, each after a sentence or a name where it can.
func parts(text string) (list []string) {
	const most, near = 400, 80
	rs := []rune(text)
	for len(rs) > most {
		at := most
		for at > most-near && !strings.ContainsRune("。；、！？\n", rs[at-1]) {
			at--
		}
		if at == most-near {
			at = most
		}
		list, rs = append(list, strings.Trim(string(rs[:at]), "\n")), rs[at:]
	}
	return append(list, string(rs))
}

// who says who was there from when to when, and who was not and why.
func who(s session.Session) (present, missed string) {
	var here, not []string
	for _, c := range s.Called {
		name := form.Line(c.Name)
		if c.Part == "guest" && c.Unit != "" {
			name += "·" + form.Line(c.Unit)
		}
		var more []string
		if c.For != "" {
			more = append(more, "代"+form.Line(c.For))
		}
		if c.Extra {
			more = append(more, "临时到场")
		}
		if at := strings.Trim(hours(c.Arrived, c.Left), "—"); at != "" {
			more = append(more, at)
		}
		if c.Absent || c.Instead != "" {
			more = append(more, cmp.Or(form.Line(c.Excuse), "未说明原因"))
		}
		if len(more) > 0 {
			name += "（" + strings.Join(more, "，") + "）"
		}
		switch {
		case c.Came:
			here = append(here, name)
		case c.Instead != "":
			not = append(not, name+"由"+form.Line(c.Instead)+"代")
		case c.Absent:
			not = append(not, name)
		}
	}
	return strings.Join(here, "、"), strings.Join(not, "、")
}

// counts says how many citizens came, and what became of what they raised.
func (c Calendar) counts(f *form.Folio, s session.Session, held bool) {
	ms := c.raised(s)
	n := map[string]int{}
	for _, m := range ms {
		n[m.OnSpot]++
	}
	said := ""
	if len(ms) > 0 {
		said = fmt.Sprintf("提出 %d 件", len(ms))
		for _, w := range words.OnSpots {
			if n[w.Code] > 0 {
				said += fmt.Sprintf("，%s %d 件", w.Name, n[w.Code])
			}
		}
	}
	citizens := fmt.Sprintf("来访 %d 人", s.Citizens)
	switch {
	case s.Kind == "visit":
		citizens = fmt.Sprintf("走访 %d 户", len(s.Stops))
	case s.Type == "box":
		citizens = fmt.Sprintf("意见条 %d 张", s.Slips)
	case s.Citizens == 0 && len(ms) == 0 && held && s.Kind == "reception":
		citizens = "无人来访"
	case s.Citizens == 0 && !held:
		citizens = "来访　　　人（无人来访的写 0）"
	case s.Citizens == 0 && (s.Kind == "activity" || len(ms) > 0):
		citizens = ""
	}
	if s.Type == "account" {
		f.Row(form.Cell{Label: "测评票", Value: rated(s.Ballots, held), Lines: 4})
	}
	if text := strings.Trim(citizens+"；"+said, "；"); text != "" {
		f.Row(form.Cell{Label: "群众", Value: text, Lines: 3})
	}
}

// rated says how deputies were rated, or leaves room to count it.
func rated(b session.Ballots, held bool) string {
	if b == (session.Ballots{}) && !held {
		return "发出　　票，收回　　票，有效　　票\n满意　　票，基本满意　　票，不满意　　票，弃权　　票"
	} else if b == (session.Ballots{}) {
		return "没有记"
	}
	return fmt.Sprintf("发出 %d 票，收回 %d 票，有效 %d 票\n满意 %d 票，基本满意 %d 票，不满意 %d 票，弃权 %d 票", b.Issued, b.Collected,
		b.Collected-b.Spoiled, b.Satisfied, b.Basically, b.Unsatisfied, b.Abstained)
}

// raised is a matter as its session's sheet has it: the citizen covered, for those who sign it are many.
func raised(m matter.Matter) string {
	if m.Confidential {
		return m.Number + "　保密件，内容另存"
	}
	who := "匿名"
	if !m.Anonymous {
		who = form.Or(mask.Name(m.Name))
	}
	done := "登记办理"
	if m.OnSpot != "" && m.OnSpot != "register" {
		done = words.OnSpots.Name(m.OnSpot)
	}
	if m.OnSpotAnswer != "" {
		done += "：" + form.Line(m.OnSpotAnswer)
	} else if m.Mode != "" {
		done += "，" + words.Modes.Name(m.Mode)
	}
	return m.Number + "　" + who + "\n" + form.Line(cmp.Or(m.Title, "（未写标题）")) + "\n现场：" + done
}

// sign leaves a place for the name of each deputy who was there, and for who wrote the sheet.
func (c Calendar) sign(f *form.Folio, s session.Session) {
	var names []string
	for _, p := range s.Present() {
		names = append(names, form.Line(p.Name))
	}
	if len(names) == 0 {
		for _, p := range s.Awaited() {
			names = append(names, form.Line(p.Name))
		}
	}
	across, step := 3, 13.0
	if slices.ContainsFunc(names, func(n string) bool { return len([]rune(n)) > 6 }) {
		across = 2
	}
	room := f.Leaf.Page.H - f.Foot
	f.Need(min(float64((len(names)+across-1)/across+2)*step+4, room/2)) // all of it on one page, unless they are very many
	f.Close()
	y := f.Y + step
	head := func() { f.Leaf.Page.Text(f.Margin, y-3, typeset.Left, f.Style(typeset.Bold, 9), "到场代表签名") }
	head()
	for row := range slices.Chunk(names, across) {
		if y += step; y+step > room { // the last of them stand with who wrote the sheet
			f.Turn()
			y = f.Y + step
			head()
			y += step
		}
		f.Sign(f.Margin, y-3, f.Margin+f.Width()*float64(len(row))/float64(across), row...)
	}
	f.Sign(f.Margin, y+step-3, f.Right(), "记录人", "站长", "日期")
}
