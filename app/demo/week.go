package demo

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/agenda"
	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/data/suggestion"
)

// week is what the desks do from Tuesday to Friday: the stations sort and hand on, everything travels, the county
// assigns and answers, the answers come down; and what came down last week is brought to the citizens, who rate it.
func (p *play) week(monday time.Time, stations []*app.App, county, city *app.App, n int) error {
	p.now = monday.AddDate(0, 0, 1).Add(-10 * time.Hour) // Tuesday morning
	for _, a := range stations {
		for _, step := range []struct {
			basket string
			orders func(n int, m matter.Matter) []office.Order
		}{
			{"tell", func(_ int, m matter.Matter) []office.Order {
				return []office.Order{{Do: "inform-deputy", Way: "phone"}, {Do: "inform", Way: "visit"}}
			}},
			{"rate", func(n int, m matter.Matter) []office.Order {
				switch n % 5 {
				case 3:
					return []office.Order{{Do: "rate", Attitude: "satisfied", Result: "unsatisfied", Reason: handlingOf(m).complaint}}
				case 4:
					return nil // the card has not come back yet
				}
				return []office.Order{{Do: "rate", Attitude: "satisfied", Result: []string{"satisfied", "basically"}[n%2], Score: 5 - n%2}}
			}},
			{"collate", func(n int, m matter.Matter) []office.Order { return p.sorted(m) }},
		} {
			if err := p.basket(a, step.basket, step.orders); err != nil {
				return err
			}
		}
	}
	p.now = monday.AddDate(0, 0, 4) // Friday
	all := append(append([]*app.App{}, stations...), county, city)
	if err := p.carry(all...); err != nil {
		return err
	}
	for _, step := range []struct {
		basket string
		orders func(n int, m matter.Matter) []office.Order
	}{
		{"handled", func(n int, m matter.Matter) []office.Order {
			if m.State == matter.Suggested || p.now.Sub(day(m.Assigned)) < 7*24*time.Hour {
				return nil
			}
			answers := handlingOf(m).answers
			return []office.Order{answers[n%len(answers)]}
		}},
		{"redo", func(int, matter.Matter) []office.Order { return []office.Order{{Do: "redo"}, {Do: "sign"}} }},
		{"new", func(n int, m matter.Matter) []office.Order {
			h := handlingOf(m)
			switch {
			case n%3 == 1 && h.city != "":
				return []office.Order{{Do: "escalate", Note: h.why}}
			case n%9 == 5:
				title := ""
				if m.Confidential {
					title = "关于办好群众反映事项的建议"
				}
				return []office.Order{{Do: "suggest", Title: title, Deputies: []string{p.members[m.Unit][1].printed}, Congress: "county"}}
			}
			return []office.Order{{Do: "assign", To: h.to[:1+n%len(h.to)]}, {Do: "sign"}}
		}},
	} {
		if err := p.basket(county, step.basket, step.orders); err != nil {
			return err
		}
	}
	if err := p.basket(city, "new", func(_ int, m matter.Matter) []office.Order {
		return []office.Order{{Do: "lead", Leader: "市领导甲"}, {Do: "assign", To: []string{handlingOf(m).city}}, {Do: "sign"}}
	}); err != nil {
		return err
	}
	for _, a := range append([]*app.App{county}, stations...) {
		if err := a.Docket.Upkeep(p.ctx, a.Clerk()); err != nil {
			return err
		}
	}
	if err := p.handed(county); err != nil {
		return err
	}
	if err := p.plan(county, stations, n+1); err != nil {
		return err
	}
	if n == 0 {
		if err := p.rule(county, stations[len(stations)-1].Settings.Unit); err != nil {
			return err
		}
	}
	if err := p.carry(append([]*app.App{city, county}, append(stations[:len(stations):len(stations)], county, city, county)...)...); err != nil {
		return err
	}
	return p.rated(stations[0])
}

// sorted is how a station sorts a matter and hands it on: to its deputies where that is enough, else up.
func (p *play) sorted(m matter.Matter) []office.Order {
	collate := office.Order{Do: "collate", Mode: m.Mode, Proposal: m.Proposal}
	switch m.Mode {
	case "consult":
		two, _ := p.called(m.Unit, []string{first[0].name, first[1].name})
		return []office.Order{collate, {Do: "assign", Mode: "consult", Deputies: two},
			{Do: "answer", Class: 1, Answer: "与物业和老人家属商定，中午开伙，每周三有人送菜。", Minutes: "参加：" + strings.Join(two, "、") + "、物业。议定由社区食堂供午饭。"}}
	case "guide":
		return []office.Order{collate, {Do: "assign", Mode: "guide", Deputies: m.Deputies}, {Do: "answer", Class: 1, Answer: "两家都愿意各让一步。"}}
	}
	collate.Mode = "department"
	return []office.Order{collate, {Do: "escalate", Note: "本站办不了"}}
}

// basket does with every matter of a basket what orders says.
func (p *play) basket(a *app.App, code string, orders func(n int, m matter.Matter) []office.Order) error {
	for _, b := range a.Ledger.Baskets() {
		if b.Code != code {
			continue
		}
		ms, err := a.Ledger.Rows(p.ctx, ledger.Query{Filter: b.Filter})
		if err != nil {
			return err
		}
		for n, m := range ms {
			for _, order := range orders(n, m) {
				p.now = p.now.Add(time.Minute)
				if _, err := a.Office.Do(p.ctx, a.Clerk(), m.ID, order); err != nil {
					return fmt.Errorf("demo: %s of %s: %w", order.Do, m.Number, err)
				}
			}
		}
	}
	return nil
}

func (p *play) carry(all ...*app.App) error {
	for range 2 {
		for _, a := range all {
			if _, err := a.Courier.Sync(p.ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

func day(date string) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, date, start.Location())
	return t
}

// social leaves a paper about people, places or sessions.
func (p *play) social(a *app.App, k paper.Kind, who string) error {
	var names []string
	switch {
	case k.Of == session.Name && (k.About == paper.One || k.Code == "visit-sheet"):
		f := agenda.Filter{Kind: "reception", States: []session.State{session.Held}}
		if k.Code == "visit-sheet" {
			f.Kind = "visit"
		}
		if k.Code == "notice" {
			f.States = []session.State{session.Planned, session.Announced}
		}
		list, _, err := a.Agenda.Sessions(p.ctx, f)
		if err != nil || len(list) == 0 {
			return err
		}
		names = []string{list[len(list)-1].ID}
	case k.Of == suggestion.Name:
		list, all, err := a.Docket.List(p.ctx, docket.Filter{})
		if err != nil || all == 0 {
			return err
		}
		if k.About != paper.One {
			break
		}
		for _, s := range list { // the first that has what the paper is about
			if err = p.about(a, k, []string{s.ID}, who); err == nil {
				break
			}
		}
		return nil
	case k.Of == person.Name && k.About == paper.One:
		names = []string{p.members[p.units()[0]][0].id}
	case k.About == paper.One && a.Settings.Role != "station":
		names = []string{p.units()[0]}
	}
	return p.about(a, k, names, who)
}

// about leaves a paper about those that are named.
func (p *play) about(a *app.App, k paper.Kind, names []string, who string) error {
	things, err := a.Named(p.ctx, k, names)
	if err != nil {
		return fmt.Errorf("demo: %s: %w", k.Code, err)
	}
	about, err := a.Paper(p.ctx, k, things, paper.Wish{})
	if err != nil {
		return fmt.Errorf("demo: %s: %w", k.Code, err)
	}
	d, err := a.Draw(p.ctx, about)
	if err != nil {
		return fmt.Errorf("demo: %s: %w", k.Code, err)
	}
	return p.file(d, k, who)
}

// file leaves a paper.
func (p *play) file(d typeset.Document, k paper.Kind, who string) error {
	pdf, err := d.PDF()
	if err != nil {
		return fmt.Errorf("demo: %s: %w", k.Code, err)
	}
	return p.leave(filepath.Join("papers", "kinds", who+"-"+k.Code+".pdf"), pdf)
}

// papers leaves one of each kind.
func (p *play) papers(a *app.App, who string) error {
	from, err := a.Issuer(p.ctx)
	if err != nil {
		return err
	}
	rows, err := a.Ledger.Rows(p.ctx, ledger.Query{})
	if err != nil {
		return err
	}
	for _, k := range paper.Kinds() {
		var wish paper.Wish
		var ms []matter.Matter
		switch {
		case k.Of != matter.Name:
			if err := p.social(a, k, who); err != nil {
				return err
			}
			continue
		case k.Blank != "" && a.Settings.Role != "station":
			continue
		case k.Blank != "":
			if wish.Letter, wish.First, wish.Count, err = a.Desk.Blanks(p.ctx, k.Blank, 1, 20); err != nil {
				return err
			}
		case k.About == paper.One:
			for _, m := range rows {
				if k.Fits(m) && !m.Confidential {
					ms = []matter.Matter{m}
				}
			}
			if ms == nil {
				continue
			}
		case k.About == paper.Many:
			if ms, err = a.Ledger.Rows(p.ctx, ledger.Query{Filter: k.Narrow(wish, p.now)}); err != nil {
				return err
			}
		}
		d, err := k.Make(paper.Things{Matters: ms}, from, wish)
		if err != nil {
			return fmt.Errorf("demo: %s: %w", k.Code, err)
		}
		if err := p.file(d, k, who); err != nil {
			return err
		}
	}
	return nil
}
