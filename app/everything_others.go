package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"lianluo.local/app/agenda"
	"lianluo.local/app/docket"
	"lianluo.local/app/export"
	"lianluo.local/app/roster"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

func joined(list []string) string { return strings.Join(list, "、") }

// rowed are the values of fields as a table has them, behind some others.
func rowed(first []string, fs field.List, v field.Values) []string {
	for _, f := range fs {
		first = append(first, export.Told(f, v))
	}
	return first
}

// recorded is a thing as a record.
func recorded(whole map[string]any, line []string) (export.Record, error) {
	b, err := json.Marshal(whole)
	if err != nil {
		return export.Record{}, fmt.Errorf("export: %w", err)
	}
	return export.Record{Cells: line, Object: b}, nil
}

// unsaid is a text outside matters as the masked folder has it.
func (o *outgoing) unsaid(texts ...*string) {
	for _, text := range texts {
		if !o.wish.Private {
			*text = hidden(*text, matter.Private{})
		}
	}
}

func sessionColumns() []export.Column {
	return append(append(headed("id 场次标识", "stateName 状态", "station 站点代码", "stationName 站点"), fielded(session.Fields)...),
		headed("planned 安排的代表", "present 到场", "noticed 公告日期", "matters 事项", "households #走访户数")...)
}

// sessions writes the calendar.
func (o *outgoing) sessions(ctx context.Context) error {
	if len(o.sheets) == 0 {
		return nil
	}
	for f := (agenda.Filter{From: o.wish.From, To: o.wish.To, Void: true, Limit: outgoingBatch}); ; f.After += f.Limit {
		list, all, err := o.Agenda.Sessions(ctx, f)
		if err != nil {
			return err
		}
		var rs, links []export.Record
		for _, s := range list {
			o.unsaid(&s.Topic, &s.Minutes, &s.Explained, &s.Cause)
			for i := range s.Results {
				o.unsaid(&s.Results[i].What, &s.Results[i].Reply)
			}
			for i := range s.Objects {
				o.unsaid(&s.Objects[i].Note, &s.Objects[i].Answer)
			}
			for i := range s.History {
				o.unsaid(&s.History[i].Note)
			}
			whole, err := o.SessionWhole(ctx, s, o.wish.Private)
			if err != nil {
				return err
			}
			var awaited, present []string
			for _, c := range s.Awaited() {
				awaited = append(awaited, c.Name)
			}
			add := func(is, kind, other, name string) {
				links = append(links, export.Record{Cells: []string{"场次", s.ID, is, kind, other, name}})
			}
			add("开在", "单位", s.Station, places.Of(s.Station).Where)
			for _, c := range s.Called {
				is := "安排"
				if c.Came {
					is, present = "到场", append(present, c.Name)
				}
				add(is, "代表", c.Person(), c.Name)
			}
			noticed, _ := whole["noticed"].(string)
			numbers, _ := whole["matters"].([]string)
			line := rowed([]string{s.ID, s.State.String(), s.Station, places.Of(s.Station).Where}, session.Fields, s.Values())
			r, err := recorded(whole, append(line, joined(awaited), joined(present), noticed, joined(numbers), figureOf(len(s.Stops))))
			if err != nil {
				return err
			}
			rs = append(rs, r)
		}
		if err := cmp.Or(o.add("sessions", rs), o.add("links", links)); err != nil {
			return err
		}
		if f.After+len(list) >= all || len(list) == 0 {
			return nil
		}
	}
}

func personColumns() []export.Column {
	return append(append(headed("id 代表标识"), fielded(person.Fields)...),
		headed("mandates 代表职务", "stationCodes 站点代码", "stations 站点", "leaves 请假")...)
}

// people writes the roster, those whose mandates ended, too.
func (o *outgoing) people(ctx context.Context) error {
	if len(o.sheets) == 0 {
		return nil
	}
	now, _, err := o.Roster.People(ctx, roster.Filter{})
	if err != nil {
		return err
	}
	ended, _, err := o.Roster.People(ctx, roster.Filter{Ended: true})
	if err != nil {
		return err
	}
	var rs, links []export.Record
	for _, p := range append(now, ended...) {
		if !o.wish.Private {
			p.Remark = ""
			for i := range p.History {
				o.unsaid(&p.History[i].Note)
			}
		}
		whole, err := PersonWhole(p, o.wish.Private)
		if err != nil {
			return err
		}
		v := p.Values()
		if !o.wish.Private {
			v = person.Fields.Masked(v)
		}
		var mandates, codes, stations, leaves []string
		for _, m := range p.Mandates {
			mandates = append(mandates, strings.TrimSpace(m.String()+" "+words.Standings.Name(m.Standing)+" "+m.Since+map[bool]string{true: "—" + m.Until}[m.Until != ""]))
		}
		for _, s := range p.Seats {
			codes, stations = append(codes, s.Station), append(stations, places.Of(s.Station).Where)
			links = append(links, export.Record{Cells: []string{"代表", p.ID, "编入", "单位", s.Station, places.Of(s.Station).Where}})
		}
		for _, l := range p.Leaves {
			leaves = append(leaves, l.String())
		}
		r, err := recorded(whole, append(rowed([]string{p.ID}, person.Fields, v), joined(mandates), joined(codes), joined(stations), joined(leaves)))
		if err != nil {
			return err
		}
		rs = append(rs, r)
	}
	return cmp.Or(o.add("people", rs), o.add("links", links))
}

func unitColumns() []export.Column {
	return append(append(headed("code 代码", "kind 类型", "state 现状"), fielded(site.Fields)...),
		headed("parent 上级", "opened 设立日期", "closed 撤销日期", "successor 接续的单位")...)
}

// units writes them, closed ones, too.
func (o *outgoing) units(ctx context.Context) error {
	if len(o.sheets) == 0 {
		return nil
	}
	all, err := o.Roster.Sites(ctx, true)
	if err != nil {
		return err
	}
	var rs, links []export.Record
	for _, s := range all {
		whole, err := UnitWhole(s)
		if err != nil {
			return err
		}
		state := map[site.State]string{site.Open: "在用", site.Closed: "已撤销", site.Void: "作废"}[s.State]
		line := rowed([]string{s.Code, words.Sites.Name(s.Kind), state}, site.Fields, s.Values())
		r, err := recorded(whole, append(line, s.Parent, s.Opened, s.Closed, s.Successor))
		if err != nil {
			return err
		}
		rs = append(rs, r)
		for _, other := range [][2]string{{"上级", s.Parent}, {"接续", s.Successor}} {
			if other[1] != "" {
				links = append(links, export.Record{Cells: []string{"单位", s.Code, other[0], "单位", other[1], ""}})
			}
		}
	}
	return cmp.Or(o.add("units", rs), o.add("links", links))
}

func suggestionColumns() []export.Column {
	return append(append(headed("id 建议标识", "number 案号", "stateName 状态"), fielded(suggestion.Fields)...),
		headed("categoryName 类别名称", "leadName 领衔", "cosigners 附议", "matters 事项", "units 承办单位", "due 答复期限", "term 这一步期限", "letter 结果字母", "work 对办理工作的评价",
			"result 对办理结果的评价", "submitted 提交日期", "registered 登记日期", "accepted 立案日期", "ended 办结日期")...)
}

// suggestions writes the docket, the newest first. Of one that is confidential there is nothing but where it stands, unless
// this home was told what it says and that is asked for.
func (o *outgoing) suggestions(ctx context.Context) error {
	if len(o.sheets) == 0 {
		return nil
	}
	for f := (docket.Filter{From: o.wish.From, To: o.wish.To, Limit: outgoingBatch / 4}); ; f.After += f.Limit {
		list, all, err := o.Docket.List(ctx, f)
		if err != nil {
			return err
		}
		var rs, answers, links []export.Record
		for _, s := range list {
			r, told, joins, err := o.suggestion(s)
			if err != nil {
				return err
			}
			rs, answers, links = append(rs, r), append(answers, told...), append(links, joins...)
		}
		if err := cmp.Or(o.add("suggestions", rs), o.add("answers", answers), o.add("links", links)); err != nil {
			return err
		}
		if f.After+len(list) >= all || len(list) == 0 {
			return nil
		}
	}
}

func (o *outgoing) suggestion(s suggestion.Suggestion) (r export.Record, answers, links []export.Record, err error) {
	if s.Salt = ""; !o.wish.Private && s.Confidential {
		s.Words = suggestion.Words{Wording: suggestion.Wording{Title: "保密件"}}
		for i := range s.History {
			s.History[i].Note = ""
		}
	}
	o.unsaid(&s.Title, &s.Case, &s.Proposal)
	for mark, text := range s.Texts {
		o.unsaid(&text)
		s.Texts[mark] = text
	}
	for i := range s.History {
		o.unsaid(&s.History[i].Note)
	}
	whole, err := o.SuggestionWhole(s)
	if err != nil {
		return r, nil, nil, err
	}
	name := strings.TrimSpace(s.Congress + " " + cmp.Or(s.Number, s.ID))
	add := func(is, kind, other, called string) {
		links = append(links, export.Record{Cells: []string{"代表建议", s.ID, is, kind, other, called}})
	}
	var matters, cosigners, units []string
	for _, m := range s.Matters {
		matters = append(matters, m.Number)
		add("来自", "事项", m.Number, "")
	}
	for _, g := range s.Signers {
		who := s.Who[g.Key]
		is := "附议"
		if g.Lead {
			is = "领衔"
		} else if who.Name != "" && g.Declined == "" {
			cosigners = append(cosigners, who.Name)
		}
		if who.Name != "" && g.Declined == "" {
			add(is, "代表", who.Person, who.Name)
		}
	}
	for _, u := range s.Units {
		if who := s.Who[u.Key].Name; who != "" {
			units = append(units, who)
			add(map[bool]string{true: "协办", false: "主办"}[u.Help], "单位", u.Code, who)
		}
	}
	if s.Into != "" {
		add("并入", "代表建议", s.Into, s.IntoNumber)
	}
	for _, a := range s.Answers {
		if a.Back {
			continue
		}
		var what, by, kept []string
		for _, p := range s.Promises {
			if p.Unit == a.Unit {
				what, by, kept = append(what, s.Texts[p.Mark]), append(by, p.By), append(kept, p.Kept)
			}
		}
		answers = append(answers, export.Record{Cells: []string{"代表建议", name, strconv.Itoa(a.Round), a.On, s.Who[a.Unit].Name, a.Number, figureOf(a.As()),
			o.Profile.Letter(a.As()), s.Texts[a.Mark], joined(what), joined(by), strings.Trim(joined(kept), "、")}})
	}
	group := ""
	if c, ok := category.ByCode(s.Category); ok {
		group = c.GroupName + " · " + c.Name
	}
	last := s.Rating()
	line := rowed([]string{s.ID, s.Number, s.State.String()}, suggestion.Fields, s.Values())
	r, err = recorded(whole, append(line, group, s.Lead(), joined(cosigners), joined(matters), joined(units), s.Due, s.Term, o.Profile.Letter(s.Class()),
		words.Verdicts.Name(last.Work), words.Verdicts.Name(last.Result), s.Submitted, s.Registered, s.Accepted, s.Ended))
	return r, answers, links, err
}
