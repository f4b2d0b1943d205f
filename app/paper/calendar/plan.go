package calendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
)

func left(title string, width float64) table.Column { return table.Column{Title: title, Width: width} }

func mid(title string, width float64) table.Column {
	return table.Column{Title: title, Width: width, Align: typeset.Centre}
}

// layout is how a plan stands: citizens read it on a wall. Without a session it is a form to fill in.
func layout(rows int) table.Layout {
	l := table.Layout{Body: form.Given, Head: form.Given, Note: form.Given, Least: form.Given, Written: true}
	if rows == 0 {
		l.Least = 17
		l.Fill = []string{"", "　月　日\n星期　", "", "", "", "", "", ""}
	}
	return l
}

// Plan is 安排表 (form F1) of the sessions of a month, a quarter or a year: receptions, visits, activities. The one of
// activities of a year is what has to be published (代表法 article 43).
func Plan(c Calendar, o form.Issuer) []table.Side {
	t := c.plan(o)
	return layout(len(t.Rows)).Sides(t)
}

// plan is the table of it.
func (c Calendar) plan(o form.Issuer) table.Table {
	ss := slices.DeleteFunc(slices.Clone(c.Sessions), func(s session.Session) bool { return s.State == session.Void || s.State == session.Told })
	var kinds []string
	for _, w := range words.Sessions {
		if slices.ContainsFunc(ss, func(s session.Session) bool { return s.Kind == w.Code }) {
			kinds = append(kinds, w.Code)
		}
	}
	title := "代表进站接待和活动安排表"
	if len(kinds) == 1 {
		title = map[string]string{"reception": "代表进站接待安排表", "visit": "代表走访安排表", "activity": "代表活动计划"}[kinds[0]]
	}
	t := table.Table{Keys: 2, Notes: table.Notes{Organisation: form.Line(o.Organisation), Title: title, Part: form.Line(o.Name) + "　" + Period(c.From, c.To),
		Day: "公布日期 " + form.Day(o.Today), Treatment: "有变动的，以更正公告为准", Practice: o.Practice},
		Columns: []table.Column{mid("序号", 14), mid("日期", 27), mid("时间", 25), left("地点", 53), left("代表", 55), left("主题", 44), left("联络员\n及电话", 38), left("备注", 27)}}
	n := 0
	for _, k := range kinds {
		if len(kinds) > 1 {
			t.Rows = append(t.Rows, table.Row{Group: true, Cells: []string{words.Sessions.Name(k)}})
		}
		for _, s := range ss {
			if s.Kind != k {
				continue
			}
			n++
			t.Rows = append(t.Rows, table.Row{Struck: s.State == session.Cancelled, Cells: []string{strconv.Itoa(n), short(s.Day) + "\n" + weekday(s.Day),
				strings.ReplaceAll(hours(s.From, s.To), "—", "—\n"), place(s, o), people(s), topic(s), strings.ReplaceAll(contact(s, o), "　", "\n"), remark(s)}})
		}
	}
	if n > 0 {
		t.Sums = []table.Row{{Cells: []string{fmt.Sprintf("共 %d 场", n)}}}
	}
	return t
}

// people are who is awaited; the guests behind.
func people(s session.Session) string {
	list := []string{named(called(s, false))}
	if g := named(called(s, true)); g != "" {
		list = append(list, "特邀 "+g)
	}
	return strings.Trim(strings.Join(list, "\n"), "\n")
}

// topic is what a session is about, an activity with its type before.
func topic(s session.Session) string {
	if s.Kind == "activity" && s.Topic != "" {
		return does(s) + "：" + form.Line(s.Topic)
	}
	return form.Line(s.Title())
}

// remark is what else there is to say of a session: a leader comes, it was announced, moved or cancelled.
func remark(s session.Session) string {
	var list []string
	if s.Tier != "" {
		list = append(list, words.Tiers.Name(s.Tier))
	}
	if len(s.Moves) > 0 {
		list = append(list, "由"+short(s.Moves[0].Day)+"\n改来")
	} else if s.Slot != "" && s.Slot != s.Day {
		list = append(list, "由"+short(s.Slot)+"\n改来")
	}
	switch {
	case s.State == session.Cancelled:
		list = append(list, "已取消")
	case len(s.Notices) > 0:
		list = append(list, short(s.Notices[len(s.Notices)-1].Day)+"\n公告")
	}
	return strings.Join(list, "\n")
}

// Period is a stretch of days in words: 2027年, 2027年第一季度, 2027年1月, else from which day to which.
func Period(from, to string) string {
	a, err := time.Parse(time.DateOnly, from)
	b, wrong := time.Parse(time.DateOnly, to)
	if err != nil || wrong != nil {
		return strings.Trim(form.Date(from)+"—"+form.Date(to), "—")
	}
	next := b.AddDate(0, 0, 1)
	if a.Day() == 1 && next.Day() == 1 {
		switch months := int(next.Month()) - int(a.Month()) + 12*(next.Year()-a.Year()); {
		case months == 12 && a.Month() == 1:
			return a.Format("2006年")
		case months == 3 && a.Month()%3 == 1:
			return a.Format("2006年") + "第" + string([]rune("一二三四")[a.Month()/3]) + "季度"
		case months == 1:
			return a.Format("2006年1月")
		}
	}
	return form.Day(a) + "—" + form.Day(b)
}

// Evening is a session as everybody may read of it beforehand, on the page of a web site.
type Evening struct{ Day, Weekday, Hours, Place, People, Topic, Note string }

// Evenings are the sessions of which citizens are told beforehand and that are still to come, and those that were to be and
// are cancelled.
func Evenings(ss []session.Session, o form.Issuer) (list []Evening) {
	for _, s := range ss {
		if !s.Announces() || !s.Ahead() && s.State != session.Cancelled {
			continue
		}
		list = append(list, Evening{form.Date(s.Day), weekday(s.Day), hours(s.From, s.To), place(s, o),
			strings.ReplaceAll(people(s), "\n", "；"), topic(s), strings.ReplaceAll(remark(s), "\n", "")})
	}
	return list
}
