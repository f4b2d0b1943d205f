package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper/held"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/places"
	"lianluo.local/data/audit"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// Asker is who asks what is kept about him: by the number of a matter of his, or by name and telephone, both, because
// each of them alone may be another's.
type Asker struct{ Number, Name, Phone string }

// Holding gathers all that is kept here about one person, of every kind: matters with who was told of them and until when
// that is kept, visits, what the roster and suggestions say where he is a deputy. It fails with problem.Problems where
// it is not said whom it is about.
func (a *App) Holding(ctx context.Context, who Asker) (s held.Sheet, err error) {
	for _, r := range []right.Right{right.Find, right.Contact} {
		if err := a.guard.Sits(ctx, r); err != nil {
			return s, err
		}
	}
	var own []ledger.View
	defer func() {
		which := "" // never what was asked for
		if len(own) > 0 {
			which = own[0].Number
		}
		a.note(a.Clerk(), audit.Held, which, err)
	}()
	if who.Number != "" {
		v, err := a.Ledger.Show(ctx, who.Number)
		if err != nil {
			return s, err
		}
		own, who.Name, who.Phone = append(own, v), v.Name, v.Phone
	}
	names, phones := thing.People(who.Name), thing.Phones(who.Phone)
	if len(own) == 0 && (len(names) == 0 || len(phones) == 0) {
		return s, problem.Problems{"name": "请写编号，或者姓名和电话都写：只写一样，查出来的可能是别人的"}
	}
	if s.Who = who.Name; len(names) > 0 && len(phones) > 0 {
		page, err := a.Ledger.Page(ctx, ledger.Query{Filter: view.Filter{Labels: slices.Concat(names, phones)}, Limit: 1000})
		if err != nil {
			return s, err
		}
		for _, v := range page.Matters {
			switch {
			case len(own) > 0 && own[0].ID == v.ID:
			case among(names, thing.People(v.Name)) && among(phones, thing.Phones(v.Phone)):
				own = append(own, v)
			default:
				s.Apart++
			}
		}
	}
	for _, v := range own {
		s.Parts = append(s.Parts, a.raised(v))
	}
	for _, more := range []func(context.Context, []thing.Label, []thing.Label) ([]held.Part, error){a.visited, a.enrolled} {
		if len(names) == 0 || len(phones) == 0 {
			break
		}
		parts, err := more(ctx, names, phones)
		if err != nil {
			return s, err
		}
		s.Parts = append(s.Parts, parts...)
	}
	return s, nil
}

// HoldingPaper draws what Holding gathers.
func (a *App) HoldingPaper(ctx context.Context, who Asker) (d typeset.Document, err error) {
	s, err := a.Holding(ctx, who)
	if err != nil {
		return d, err
	}
	o, err := a.Issuer(ctx)
	if err != nil {
		return d, err
	}
	return held.Document(s, o), nil
}

// among says whether one of some labels is one of others.
func among(some, others []thing.Label) bool {
	return slices.ContainsFunc(some, func(l thing.Label) bool { return slices.Contains(others, l) })
}

// told are what a matter's fields say, in the order of a register.
var told = matter.Fields.In("name", "phone", "sex", "ageBand", "address", "occurred", "station", "channel", "category", "title",
	"words", "place", "deputies", "onSpot", "onSpotAnswer", "proposal").Without("register", "paperNumber", "anonymous", "confidential",
	"people", "purpose", "urgency", "mode")

// raised is what is kept of a matter.
func (a *App) raised(v ledger.View) held.Part {
	p := held.Part{Title: "事项 " + v.Number + "（" + v.State.String() + "）"}
	add := func(what, says string) {
		if says = strings.TrimSpace(says); says != "" {
			p.Lines = append(p.Lines, held.Line{What: what, Says: says})
		}
	}
	for _, f := range told.Show(v.Values(), ledger.Names, map[string]string{"station": places.Of(v.Station).Where,
		"occurred": v.Occurred.In(beijing).Format("2006-01-02 15:04"), "channel": words.Channels.Name(v.Channel)}) {
		add(f.Name, f.Text)
	}
	add("答复", v.Answer)
	add("评议", strings.TrimSpace(words.Ratings.Name(v.Result)+" "+v.Complaint))
	for _, said := range v.Sealed {
		add("保密内容", strings.Join(strings.Fields(strings.Join([]string{said.Proposal, said.Note, said.Answer, said.Minutes,
			said.Promise, said.Reason}, " ")), " "))
	}
	add("代表建议", v.Suggests)
	knows, hears := []string{}, []string{}
	privy := v.Matter.Envelope(v.Unit).Privy
	for _, u := range v.Path() {
		if u == v.Unit || slices.Contains(privy, u) {
			knows = append(knows, places.Of(u).Full)
		} else {
			hears = append(hears, places.Of(u).Full)
		}
	}
	switch {
	case v.Redacted != "" && !v.Known():
		add("已经隐去", v.Redacted+" 起，各级都不再留有姓名、电话、住址和原话；标题、地点、办理和答复的文字还留着，里面写着您的，可以要求更正")
	default:
		add("谁知道是您", strings.Join(knows, "、"))
	}
	add("只知道事情的", strings.Join(hears, "、"))
	add("交给谁办", strings.Join(slices.Concat(v.Units, v.Guides), "、"))
	switch until := v.KeptUntil(a.Profile.Retain); {
	case until != "":
		add("保存到", until+"，以后隐去姓名、电话、住址和原话")
	case v.State.Open():
		add("保存到", fmt.Sprintf("办完以后 %d 个月，以后隐去姓名、电话、住址和原话", a.Profile.Retain))
	}
	return p
}

// visited is what was written down of him at his door and did not become a matter.
func (a *App) visited(ctx context.Context, names, phones []thing.Label) (parts []held.Part, err error) {
	list, err := view.Things[session.Session](ctx, a.Store, session.Name, "told ORDER BY row DESC")
	for _, l := range list {
		for _, h := range l.Thing.Homes {
			if !among(names, thing.People(h.Name)) || !among(phones, thing.Phones(h.Phone)) {
				continue
			}
			p := held.Part{Title: "走访记录 " + l.Thing.Title()}
			for _, line := range [][2]string{{"姓名", h.Name}, {"电话", h.Phone}, {"住址", h.Address}, {"您说的", h.Words},
				{"当场的解释", h.Said}} {
				if line[1] != "" {
					p.Lines = append(p.Lines, held.Line{What: line[0], Says: line[1]})
				}
			}
			parts = append(parts, p)
		}
	}
	return parts, err
}

// enrolled is what the roster says of him, where he is a deputy, and how many suggestions bear his name.
func (a *App) enrolled(ctx context.Context, names, phones []thing.Label) (parts []held.Part, err error) {
	labels, err := json.Marshal(values(phones))
	if err != nil {
		return nil, err
	}
	list, err := view.Things[person.Person](ctx, a.Store, person.Name,
		"id IN (SELECT thing FROM label WHERE kind = ? AND value IN (SELECT value FROM json_each(?)))",
		thing.ByPhone, string(labels))
	if err != nil {
		return nil, err
	}
	for _, l := range list {
		if !among(names, thing.People(l.Thing.Name)) {
			continue
		}
		p := held.Part{Title: "代表名册 " + l.Thing.Name}
		for _, f := range person.Fields.Show(l.Thing.Values(), field.Names{}, nil) {
			p.Lines = append(p.Lines, held.Line{What: f.Name, Says: f.Text})
		}
		signed, err := view.Things[suggestion.Suggestion](ctx, a.Store, suggestion.Name, "instr(open || private, ?) > 0",
			l.Thing.ID)
		if err != nil {
			return nil, err
		}
		if len(signed) > 0 {
			p.Lines = append(p.Lines, held.Line{What: "代表建议",
				Says: fmt.Sprintf("提出、附议或受邀附议的 %d 件；履职记录由签到和办理得出，另有履职档案", len(signed))})
		}
		parts = append(parts, p)
	}
	return parts, nil
}

func values(ls []thing.Label) (vs []string) {
	for _, l := range ls {
		vs = append(vs, l.Value)
	}
	return vs
}
