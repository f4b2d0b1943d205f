package schedule

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/data/session"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/schedule/almanac"
	"lianluo.local/ui/show"
)

// legend tells what the letters of a month across all stations mean.
const legend = "排=已安排 告=已公告 在=进行中 毕=已举行 消=已取消 访=走访 活=活动；红的：缺=缺公告 空=缺代表 更=待更正公告"

// letter is what stands in a cell: what is amiss before all else, how many there are where there are several.
func letter(ks []agenda.Mark) (l almanac.Line) {
	for _, k := range ks {
		switch {
		case k.Late && k.State == session.Planned:
			return almanac.Line{Text: "缺", Late: true}
		case k.Late:
			l = almanac.Line{Text: "更", Late: true}
		case k.Empty && l.Text == "":
			l = almanac.Line{Text: "空", Late: true}
		}
	}
	if l.Late || len(ks) == 0 {
		return l
	}
	done := !slices.ContainsFunc(ks, func(k agenda.Mark) bool { return k.State != session.Held && k.State != session.Cancelled })
	if len(ks) > 1 {
		return almanac.Line{Text: fmt.Sprint(len(ks)), Quiet: done}
	}
	l = almanac.Line{Text: map[string]string{"visit": "访", "activity": "活"}[ks[0].Kind], Quiet: done, Struck: ks[0].State == session.Cancelled}
	if l.Text == "" || ks[0].State == session.Cancelled || ks[0].State == session.Told {
		l.Text = map[session.State]string{session.Planned: "排", session.Announced: "告", session.Open: "在", session.Held: "毕",
			session.Cancelled: "消", session.Told: "待"}[ks[0].State]
	}
	return l
}

// row is that of the chosen station, the first where there is none.
func (p *Page) row() int {
	return max(slices.IndexFunc(p.month.rows, func(r row) bool { return r.code == p.station }), 0)
}

// rows shows the months of all stations.
func (p *Page) rows() {
	b, m := p.board, p.month
	b.Rows = nil
	for _, r := range m.rows {
		b.Rows = append(b.Rows, almanac.Row{Name: m.place(r.code), Sum: r.sum(), Late: r.gap(), Ticked: p.ticked[r.code]})
	}
	if i := p.row(); i < len(m.rows) {
		p.station = m.rows[i].code
	}
	b.Days = p.days()
	b.Choose(p.row(), max(m.at(p.at.Format(time.DateOnly)), 0))
}

// cell asks for the sessions of the chosen station on the chosen day.
func (p *Page) cell(then func([]session.Session)) {
	date, code := p.at.Format(time.DateOnly), p.station
	type answer struct {
		ss  []session.Session
		odd map[string][]string
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (a answer, err error) {
		ss, _, err := p.agenda.Sessions(ctx, agenda.Filter{From: date, To: date, Station: code})
		if a.ss = slices.DeleteFunc(ss, func(s session.Session) bool { return s.Station != code }); err == nil && len(a.ss) > 0 {
			a.odd, err = p.agenda.Odd(ctx, a.ss)
		}
		return a, err
	}, func(a answer, err error) {
		switch {
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
		case p.view.across && date == p.at.Format(time.DateOnly) && code == p.station: // else somebody has gone on
			p.month.odd = a.odd
			then(a.ss)
		}
	})
}

// tell shows the chosen cell: beside the stations whole, below them in words.
func (p *Page) tell() {
	title := strings.TrimSpace(p.month.place(p.station) + "　" + show.Spoken(p.at.Format(time.DateOnly)))
	p.cell(func(ss []session.Session) {
		p.lay(title, ss)
		said := []string{title}
		for _, s := range ss {
			said = append(said, p.month.told(s, p.station)+" "+p.stands(s))
		}
		if len(ss) == 0 {
			said = append(said, "没有安排")
		}
		p.brief.SetText(strings.Join(said, "；"))
	})
}

// look changes what of a month is shown.
func (p *Page) look(v view) {
	p.view = v
	if p.finder.Choose(kit.Option{}); v.only != "" {
		p.finder.Choose(kit.Option{Code: v.only, Text: p.month.place(v.only)})
	}
	if c := p.host.Canvas(); c != nil {
		c.Unfocus()
	}
	p.again()
}

// other goes from all stations to a calendar of them, and back.
func (p *Page) other() {
	if p.finder != nil {
		p.look(view{across: !p.view.across})
	}
}

// alone shows the calendar of the chosen station.
func (p *Page) alone() {
	if p.view.across && p.station != "" {
		p.look(view{only: p.station})
	}
}

// seek leaves the keys to who looks for a station.
func (p *Page) seek() {
	if p.finder != nil {
		kit.Focus(p.finder.Entry)
	}
}

// gap goes on to the next station at which something is missing, to the day of it.
func (p *Page) gap() {
	rows := p.month.rows
	for i := range rows {
		r := rows[(p.row()+1+i)%len(rows)]
		if !r.gap() {
			continue
		}
		p.station = r.code
		if day := slices.IndexFunc(r.days, func(ks []agenda.Mark) bool { return letter(ks).Late }); day >= 0 {
			p.at = p.month.days[day].on
		}
		p.choose(p.at)
		return
	}
	if p.view.across {
		p.host.Say(kit.Good, "这个月没有空缺。")
	}
}

// tick chooses a station to be planned with others.
func (p *Page) tick(i int) {
	if !p.view.across || i >= len(p.month.rows) {
		return
	}
	code := p.month.rows[i].code
	if p.ticked[code] = !p.ticked[code]; !p.ticked[code] {
		delete(p.ticked, code)
	}
	p.rows()
}
