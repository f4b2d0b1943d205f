package demo

import (
	"fmt"
	"slices"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/suggestion"
)

// gathered has a station draft a suggestion from what it cannot solve, and its deputies of the county sign it.
func (p *play) gathered(a *app.App) error {
	rows, err := a.Ledger.Rows(p.ctx, ledger.Query{})
	if err != nil {
		return err
	}
	var numbers []string
	about := ""
	for _, m := range rows {
		if m.State != matter.Registered || m.Confidential || m.Category == "" || about != "" && m.Category != about {
			continue
		}
		about = m.Category
		if _, err := a.Office.Do(p.ctx, a.Clerk(), m.ID, office.Order{Do: "collate", Mode: "suggestion"}); err != nil {
			return fmt.Errorf("demo: suggestion: %w", err)
		}
		numbers = append(numbers, m.Number)
	}
	if numbers == nil {
		return nil
	}
	s, _, err := a.Docket.Draft(p.ctx, a.Clerk(), numbers...)
	if err != nil {
		return fmt.Errorf("demo: suggestion: %w", err)
	}
	lead, other := p.members[a.Settings.Unit][1].id, p.members[a.Settings.Unit][3].id
	return p.suggestion(a, s.ID, docket.Order{Do: suggestion.Change, Lead: lead, Cosigners: docket.Several{other}, Set: field.Values{"congress": "六届五次",
		"proposal": "一、请主管部门会同街道到现场查看，一个月内提出办法和时间表。\n二、列入明年的民生实事，落实经费，由联络站向群众公布进度。"}},
		docket.Order{Do: suggestion.Cosign, Who: docket.Several{lead, other}, Paper: "附议签名页"}, docket.Order{Do: suggestion.Submit})
}

// suggestion does some acts on a suggestion, a minute each.
func (p *play) suggestion(a *app.App, id string, orders ...docket.Order) error {
	for _, o := range orders {
		p.now = p.now.Add(time.Minute)
		if _, _, err := a.Docket.Act(p.ctx, a.Clerk(), id, o); err != nil {
			return fmt.Errorf("demo: %s a suggestion: %w", o.Do, err)
		}
	}
	return nil
}

// handed has the county number the suggestions that came, hand them on, and a week later tell what was answered.
func (p *play) handed(county *app.App) error {
	list, _, err := county.Docket.List(p.ctx, docket.Filter{States: []suggestion.State{suggestion.Submitted, suggestion.InHand}})
	if err != nil {
		return err
	}
	slices.Reverse(list) // the oldest first
	for _, s := range list {
		orders := []docket.Order{{Do: suggestion.Register}, {Do: suggestion.Accept},
			{Do: suggestion.Assign, To: docket.Several{"住房和城乡建设局"}, Help: docket.Several{"财政局"}}, {Do: suggestion.Sign}}
		if s.Congress == "" {
			orders = append([]docket.Order{{Do: suggestion.Change, Set: field.Values{"congress": "六届五次"}}}, orders...)
		}
		switch {
		case s.State == suggestion.InHand && p.now.Sub(day(s.Handed)) < 7*24*time.Hour:
			continue
		case s.State == suggestion.InHand:
			orders = []docket.Order{{Do: suggestion.Meet, Way: "site", Note: "和领衔代表到现场看了情况，当面听了意见。"},
				{Do: suggestion.Help, Answer: "同意列入明年预算草案，请主办单位报送概算。"},
				{Do: suggestion.Reply, Class: 4, Number: "离住建函〔2026〕18号", Answer: "一、已会同街道到现场查看，提出分两期解决的办法。\n二、第一期列入明年的民生实事，资金已报预算草案。",
					Promises: []docket.Promise{{What: "完成第一期工程并向群众公布", By: "2027-10-31"}}},
				{Do: suggestion.Review}, {Do: suggestion.Deliver, Way: "visit"}}
		}
		if err := p.suggestion(county, s.ID, orders...); err != nil {
			return err
		}
	}
	return nil
}

// rated has a station key in what its deputies wrote on the form.
func (p *play) rated(a *app.App) error {
	list, _, err := a.Docket.List(p.ctx, docket.Filter{States: []suggestion.State{suggestion.Delivered}})
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Unit == a.Settings.Unit {
			if err := p.suggestion(a, s.ID, docket.Order{Do: suggestion.Rate, Work: "satisfied", Result: "basically", Taken: "taken", Paper: "征询意见表"}); err != nil {
				return err
			}
		}
	}
	return nil
}
