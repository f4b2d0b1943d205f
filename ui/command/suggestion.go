package command

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/data/problem"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

type suggestionOptions struct {
	basket, congress, level, query, person, unit, state string
	limit                                               int
}

func suggestionFlags(fs *flag.FlagSet) *suggestionOptions {
	o := &suggestionOptions{}
	fs.StringVar(&o.basket, "basket", "", "")
	fs.StringVar(&o.congress, "congress", "", "")
	fs.StringVar(&o.level, "level", "", "")
	fs.StringVar(&o.query, "query", "", "")
	fs.StringVar(&o.person, "person", "", "")
	fs.StringVar(&o.unit, "unit", "", "")
	fs.StringVar(&o.state, "state", "", "")
	fs.IntVar(&o.limit, "limit", 0, "")
	return o
}

// suggestions are what is done with deputies' suggestions.
var suggestions = map[string]part[*suggestionOptions]{
	"draft": {1, 500, suggestionDraft}, "new": {1, 1, suggestionNew}, "list": {0, 0, suggestionList}, "show": {1, 1, suggestionShow},
	"act": {2, 2, suggestionAct}, "baskets": {0, 0, suggestionBaskets}, "similar": {1, 1, suggestionSimilar},
}

func suggestionDraft(e *env, _ *suggestionOptions) error {
	s, odd, err := e.app.Docket.Draft(e.ctx, e.app.Clerk(), e.args...)
	if err != nil {
		return err
	}
	return e.suggestion(s, append(odd, docket.Hints(s)...))
}

func suggestionNew(e *env, _ *suggestionOptions) error { return e.suggestionOrder("", e.args[0]) }

func suggestionAct(e *env, _ *suggestionOptions) error {
	return e.suggestionOrder(e.args[0], e.args[1])
}

func (e *env) suggestionOrder(id, file string) error {
	b, err := e.source(file)
	if err != nil {
		return err
	}
	o, err := docket.Parse(b)
	if err != nil {
		return err
	}
	s, odd, err := e.app.Docket.Act(e.ctx, e.app.Clerk(), id, o)
	if err != nil {
		return err
	}
	if s.State <= suggestion.Inviting {
		odd = append(odd, docket.Hints(s)...)
	}
	return e.suggestion(s, odd)
}

func suggestionShow(e *env, _ *suggestionOptions) error {
	s, err := e.app.Docket.Find(e.ctx, e.args[0])
	if err != nil {
		return err
	}
	return e.suggestion(s, nil)
}

func suggestionSimilar(e *env, _ *suggestionOptions) error {
	s, err := e.app.Docket.Find(e.ctx, e.args[0])
	if err != nil {
		return err
	}
	list, err := e.app.Docket.Similar(e.ctx, s, 10)
	if err != nil {
		return err
	}
	for _, o := range list {
		if err := e.suggestionLine(o); err != nil {
			return err
		}
	}
	if len(list) == 0 && !e.json {
		fmt.Fprintln(e.out, "没有找到相近的建议。")
	}
	return nil
}

func suggestionList(e *env, o *suggestionOptions) error {
	wrong := problem.Problems{}
	f := docket.Filter{Basket: o.basket, Congress: o.congress, Query: o.query, Unit: o.unit, Limit: o.limit}
	f.Level = wrong.Choose("level", o.level, "", words.Levels)
	if s := wrong.Choose("state", o.state, "", suggestion.States); s != "" {
		for state := suggestion.Draft; state <= suggestion.Void; state++ {
			if state.Code() == s {
				f.States = []suggestion.State{state}
			}
		}
	}
	if err := wrong.Or(); err != nil {
		return err
	}
	if o.person != "" {
		p, err := e.app.Roster.Find(e.ctx, o.person)
		if err != nil {
			return err
		}
		f.Person = p.ID
	}
	list, all, err := e.app.Docket.List(e.ctx, f)
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := e.suggestionLine(s); err != nil {
			return err
		}
	}
	if e.json {
		return nil
	}
	if all == 0 {
		fmt.Fprintln(e.out, "没有找到。")
	} else if all > len(list) {
		fmt.Fprintf(e.out, "还有 %d 件没有列出（--limit）。\n", all-len(list))
	}
	if o.congress == "" {
		return nil
	}
	var told []docket.Series
	for _, s := range list {
		r := docket.SeriesOf(s)
		if r.Office != e.app.Settings.Unit || slices.Contains(told, r) {
			continue
		}
		told = append(told, r)
		gaps, err := e.app.Docket.Gaps(e.ctx, r)
		if err != nil {
			return err
		}
		if len(gaps) > 0 {
			fmt.Fprintln(e.out, words.Levels.Name(r.Level)+words.Proposals.Name(r.Kind)+docket.Missing(gaps))
		}
	}
	return nil
}

func suggestionBaskets(e *env, _ *suggestionOptions) error {
	bs, err := e.app.Docket.Baskets(e.ctx)
	for _, b := range bs {
		line := struct {
			Code  string `json:"code"`
			Name  string `json:"name"`
			Count int    `json:"count"`
		}{b.Code, b.Name, b.Count}
		if err := e.say(line, "%s  %d  %s", b.Name, b.Count, b.What); err != nil {
			return err
		}
	}
	return err
}

func (e *env) suggestionLine(s suggestion.Suggestion) error {
	if e.json {
		return e.print(e.app.SuggestionLine(s))
	}
	said := []string{s.Congress, s.Number, s.Title, s.Lead(), s.State.String()}
	if s.State.Open() && s.Term != "" {
		said = append(said, "限 "+s.Term, e.app.Docket.Light(s).String())
	}
	if s.Confidential && s.Title == "" {
		said = append(said, "（保密）")
	}
	said = append(said, s.ID)
	_, err := fmt.Fprintln(e.out, strings.Join(slices.DeleteFunc(said, func(s string) bool { return s == "" }), "  "))
	return err
}

// suggestion prints all that is known of one.
func (e *env) suggestion(s suggestion.Suggestion, odd []string) error {
	e.warn(odd)
	from, err := e.app.Docket.Answering(e.ctx, s)
	if err != nil {
		return err
	}
	class, text, promise, by, who := docket.Answer(from, func(key string) string { return from.Who[key].Name })
	if e.json {
		whole, err := e.app.SuggestionWhole(s)
		if err != nil {
			return err
		}
		if len(odd) > 0 {
			whole["warnings"] = odd
		}
		if class > 0 { // as an order to answer each of its matters has it
			whole["proposed"] = map[string]any{"class": class, "answer": text, "promise": promise, "promiseBy": by, "answeredBy": who}
		}
		return e.print(whole)
	}
	say := func(name, value string) {
		if value != "" {
			fmt.Fprintf(e.out, "%s：%s\n", name, value)
		}
	}
	now := s.State.String()
	if s.Paused() {
		now += "（暂停计时）"
	}
	say("现在", now)
	if s.Number != "" {
		say("案号", "第 "+s.Number+" 号")
	}
	for _, f := range suggestion.Fields.Show(s.Values(), ledger.Names, nil) {
		say(f.Name, f.Text)
	}
	for _, g := range s.Signers {
		what := "附议"
		if g.Lead {
			what = "领衔"
		}
		state := "未签名"
		switch {
		case g.Signed != "":
			state = g.Signed + " 签名"
		case g.Declined != "":
			state = "不附议"
		case g.Until != "":
			state = "请在 " + g.Until + " 前附议"
		}
		say(what, strings.TrimSpace(s.Who[g.Key].Name+"  "+state))
	}
	for _, l := range s.Matters {
		say("来自事项", l.Number)
	}
	for _, u := range s.Units {
		what, state := "主办", ""
		if u.Help {
			what = "协办"
		}
		for _, step := range []struct{ name, on string }{{"答复", u.Answered}, {"会办意见", u.Helped}, {"签收", u.Signed}, {"交办", u.On}} {
			if step.on != "" && state == "" {
				state = step.on + " " + step.name
			}
		}
		if u.Help && u.Helped == "" && u.Due != "" {
			state += "，会办意见限 " + u.Due
		}
		say(what, strings.TrimSpace(s.Who[u.Key].Name+"  "+state))
	}
	say("答复期限", s.Due)
	if s.State.Open() {
		say("下一步期限", strings.TrimSpace(s.Term+"  "+e.app.Docket.Light(s).String()))
	}
	for _, p := range s.Pauses {
		say("暂停计时", p.From+" 至 "+cmp.Or(p.To, "现在")+"  "+words.Pauses.Name(p.Why))
	}
	for _, a := range s.Answers {
		say(fmt.Sprintf("第%d次答复", a.Round), strings.TrimSpace(a.On+" "+s.Who[a.Unit].Name+" "+e.app.Profile.Letter(a.As())+" "+s.Texts[a.Mark]))
	}
	for _, p := range s.Promises {
		kept := "还没有兑现"
		if p.Kept != "" {
			kept = p.Kept + " 兑现"
		}
		say("承诺", p.By+" 前 "+s.Texts[p.Mark]+"（"+kept+"）")
	}
	for _, v := range s.Ratings {
		say("评价", fmt.Sprintf("%s 办理工作%s、办理结果%s %s", v.On, words.Verdicts.Name(v.Work), words.Verdicts.Name(v.Result), s.Texts[v.Mark]))
	}
	if class > 0 && len(s.Matters) > 0 {
		say("告诉群众", strings.Join(slices.DeleteFunc([]string{text, promise, by}, func(s string) bool { return s == "" }), "；"))
	}
	say("督办领导", s.Leader)
	say("编号", s.ID)
	e.history(&suggestion.Kind, &s, suggestion.Acts)
	return nil
}
