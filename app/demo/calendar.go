package demo

import (
	"fmt"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/agenda"
	"lianluo.local/data/field"
	"lianluo.local/data/session"
)

// topics are what evenings are about, in turn.
var topics = []string{"冬季供暖", "雨水排水", "道路出行", "养老和医疗"}

// told is what is explained first on an evening.
var told = []string{"今冬供暖的价格和报修电话", "雨季排水抢险的联系办法", "非机动车充电的规定", "医保缴费的时间和办法"}

// sat are the deputies who sit at a station on the evening of a week: two of its members in turn.
func (p *play) sat(station string, week int) (ps []agenda.Person) {
	all := p.members[station]
	for i := range 2 {
		ps = append(ps, agenda.Person{Who: all[(2*week+i)%len(all)].id})
	}
	return ps
}

// plan has the county plan next week's evenings of all stations, in the order of their deputies.
func (p *play) plan(county *app.App, stations []*app.App, week int) error {
	on := start.AddDate(0, 0, 7*week).Format(time.DateOnly)
	for _, a := range stations {
		set := field.Values{"day": on, "topic": topics[week%len(topics)], "liaison": a.Settings.Clerk}
		if week%4 == 1 {
			set["tier"] = "county" // a leader comes once a month
		}
		o := agenda.Order{Do: session.Plan, Station: a.Settings.Unit, Set: set, Planned: p.sat(a.Settings.Unit, week)}
		if _, err := county.Agenda.Act(p.ctx, county.Clerk(), "", o); err != nil {
			return fmt.Errorf("demo: plan: %w", err)
		}
	}
	return nil
}

// rule has the county set the article's rule at a station, the 11th of each month, and plan the winter by it.
func (p *play) rule(county *app.App, station string) error {
	o := agenda.RuleOrder{Station: station, Set: field.Values{"every": "month", "day": 11, "deputies": 2, "since": "2026-12-01", "topic": "接待日"}}
	if _, err := county.Agenda.SetRule(p.ctx, county.Clerk(), o); err != nil {
		return fmt.Errorf("demo: rule: %w", err)
	}
	if _, err := county.Agenda.Plan(p.ctx, county.Clerk(), agenda.Span{From: "2026-12-01", To: "2027-03-31", Station: station}); err != nil {
		return fmt.Errorf("demo: plan: %w", err)
	}
	return nil
}

// announce puts up the notices of the evenings that are planned, two days before (吕梁's rule).
func (p *play) announce(stations []*app.App, monday time.Time) error {
	p.now = monday.AddDate(0, 0, 5).Add(-9 * time.Hour) // Saturday morning
	for i, a := range stations {
		p.now = p.now.Add(time.Minute)
		list, _, err := a.Agenda.Sessions(p.ctx, agenda.Filter{From: p.now.Format(time.DateOnly),
			To: p.now.AddDate(0, 0, 3).Format(time.DateOnly), States: []session.State{session.Planned}})
		if err != nil {
			return err
		}
		for _, s := range list {
			o := agenda.Order{Do: session.Post, Places: []string{"村（社区）公开栏", "代表联络群"}[:1+i%2]}
			if _, err := a.Agenda.Act(p.ctx, a.Clerk(), s.ID, o); err != nil {
				return fmt.Errorf("demo: notice: %w", err)
			}
		}
	}
	return nil
}

// sit begins a station's evening: that which is planned, or one without a plan.
func (p *play) sit(a *app.App, week int) (id string, err error) {
	today := p.now.Format(time.DateOnly)
	s, ok, err := a.Agenda.Tonight(p.ctx, a.Settings.Unit, today)
	if err != nil {
		return "", err
	}
	present := p.sat(a.Settings.Unit, week)
	if !ok {
		set := field.Values{"day": today, "topic": topics[week%len(topics)], "liaison": a.Settings.Clerk}
		if s, err = a.Agenda.Act(p.ctx, a.Clerk(), "", agenda.Order{Do: session.Plan, Becomes: "open", Set: set, Planned: present}); err != nil {
			return "", fmt.Errorf("demo: evening: %w", err)
		}
	}
	o := agenda.Order{Do: session.Attend, Present: present}
	if week%3 == 2 {
		o.Present, o.Absent = present[:1], []agenda.Absence{{Who: present[1].Who, Why: "到县里开会"}}
	}
	if s, err = a.Agenda.Act(p.ctx, a.Clerk(), s.ID, o); err != nil {
		return "", fmt.Errorf("demo: sign in: %w", err)
	}
	return s.ID, nil
}

// rise ends it.
func (p *play) rise(a *app.App, id string, week, citizens int) error {
	o := agenda.Order{Do: session.Close, Set: field.Values{"citizens": citizens, "explained": told[week%len(told)]}}
	if _, err := a.Agenda.Act(p.ctx, a.Clerk(), id, o); err != nil {
		return fmt.Errorf("demo: end of an evening: %w", err)
	}
	return nil
}

// rounds are the article's two rounds of visits, kept from paper: their days, households and what was said there.
var rounds = []struct {
	day, topic, place string
	homes             []agenda.Order
}{
	{"2020-08-09", "保温墙施工安全", "留义新苑", []agenda.Order{
		{Name: "薛改兰", Address: "留义新苑3号楼", Words: "外墙保温施工没有围挡，孩子放学从下面走", Said: "当场请工地先拉警戒线"},
		{Name: "任志刚", Address: "留义新苑5号楼", Words: "脚手架的扣件掉下来过", Said: "记下来交住建局"},
	}},
	{"2020-10-19", "电动车充电安全", "滨江花园", []agenda.Order{
		{Name: "郝春生", Address: "滨江花园2号楼", Words: "有人从楼上拉电线给电动车充电", Said: "讲了私拉电线的危险"},
	}},
}

// visited keeps the rounds of visits in the first station's calendar.
func (p *play) visited(a *app.App) error {
	for _, r := range rounds {
		set := field.Values{"kind": "visit", "day": r.day, "from": "9:00", "to": "11:30", "topic": r.topic, "place": r.place}
		s, err := a.Agenda.Act(p.ctx, a.Clerk(), "", agenda.Order{Do: session.Plan, Becomes: "open", Set: set, Planned: p.sat(a.Settings.Unit, 0)})
		if err != nil {
			return fmt.Errorf("demo: visit: %w", err)
		}
		orders := []agenda.Order{{Do: session.Attend, Present: p.sat(a.Settings.Unit, 0)}}
		for _, h := range r.homes {
			h.Do = session.Visit
			orders = append(orders, h)
		}
		for _, o := range append(orders, agenda.Order{Do: session.Close}) {
			if _, err := a.Agenda.Act(p.ctx, a.Clerk(), s.ID, o); err != nil {
				return fmt.Errorf("demo: visit: %w", err)
			}
		}
	}
	return nil
}
