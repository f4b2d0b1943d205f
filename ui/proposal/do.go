package proposal

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"lianluo.local/app/docket"
	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// likely are the acts that usually follow a state, the likeliest first.
var likely = map[suggestion.State][]string{
	suggestion.Draft:      {suggestion.Change, suggestion.Invite, suggestion.Cosign, suggestion.Submit},
	suggestion.Inviting:   {suggestion.Cosign, suggestion.Submit, suggestion.Decline, suggestion.Change},
	suggestion.Submitted:  {suggestion.Register},
	suggestion.Registered: {suggestion.Accept, suggestion.Join, suggestion.Refuse},
	suggestion.Accepted:   {suggestion.Assign, suggestion.Supervise},
	suggestion.Assigned:   {suggestion.Sign, suggestion.Return, suggestion.Urge},
	suggestion.Returned:   {suggestion.Assign},
	suggestion.InHand:     {suggestion.Reply, suggestion.Meet, suggestion.Help, suggestion.Urge},
	suggestion.Answered:   {suggestion.Review},
	suggestion.Reviewed:   {suggestion.Deliver},
	suggestion.Delivered:  {suggestion.Rate, suggestion.Deliver},
	suggestion.Redo:       {suggestion.Again}, suggestion.Meeting: {suggestion.Again},
	suggestion.Promised: {suggestion.Keep, suggestion.Urge}, suggestion.Closed: {suggestion.Publish},
}

// usual is the act that usually follows now, "" where none of them is for this unit to do.
func (p *Page) usual(s suggestion.Suggestion) string {
	may := p.docket.Acts(s)
	can := func(do string) bool { return slices.ContainsFunc(may, func(w words.Word) bool { return w.Code == do }) }
	first := func(dos ...string) string {
		for _, do := range dos {
			if can(do) {
				return do
			}
		}
		return ""
	}
	leads, signed := s.Delegation != "", s.Delegation != ""
	for _, g := range s.Signers {
		leads, signed = leads || g.Lead, signed || g.Lead && g.Signed != ""
	}
	switch n := len(s.Extensions); {
	case s.State <= suggestion.Inviting && (s.Title == "" || s.Case == "" || s.Proposal == "" || s.Congress == "" || !leads):
		return first(suggestion.Change)
	case s.State <= suggestion.Inviting && !signed:
		return first(suggestion.Cosign)
	case s.State <= suggestion.Inviting:
		return first(suggestion.Submit)
	case p.basket == "double" && p.open == nil && can(suggestion.Register): // another one bears its number, too
		return suggestion.Register
	case s.Paused():
		return first(suggestion.Resume)
	case n > 0 && s.Extensions[n-1].Granted+s.Extensions[n-1].Refused == "" && can(suggestion.Grant):
		return suggestion.Grant
	case s.State == suggestion.Closed:
		return ""
	}
	return first(likely[s.State]...)
}

// about is the one that an act is about: the open one, or the chosen one.
func (p *Page) about() (suggestion.Suggestion, bool) {
	if p.open != nil {
		return p.open.Suggestion, true
	}
	return p.table.Chosen()
}

// proceed does what usually follows: at once where nothing has to be said about it, else on its sheet.
func (p *Page) proceed() {
	s, ok := p.about()
	do := ""
	if ok {
		do = p.usual(s)
	}
	switch {
	case !ok:
		p.host.Say(kit.Plain, "请先用 ↑↓ 选一件。")
	case do == "":
		p.host.Say(kit.Plain, "这件现在是“"+s.State.String()+"”，没有轮到本单位的下一步。")
	case acts[do].once && len(s.Mains()) < 2 && (do != suggestion.Register || s.Number == ""):
		p.attempt(do, s)
	default:
		p.ask(do, s)
	}
}

// attempt does an act that asks nothing.
func (p *Page) attempt(do string, s suggestion.Suggestion) {
	p.after(s)
	type done struct {
		s   suggestion.Suggestion
		odd []string
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (d done, err error) {
		d.s, d.odd, err = p.docket.Act(ctx, p.by, s.ID, docket.Order{Do: do})
		return d, err
	}, func(d done, err error) {
		if err != nil {
			p.next = nil
			p.host.Say(kit.Bad, p.host.Explain(err))
			p.Shown()
			return
		}
		p.tell(do, d.s, d.odd)
	})
}

// after remembers where somebody goes on in the list.
func (p *Page) after(s suggestion.Suggestion) {
	p.next = []string{}
	for _, o := range p.table.Others(func(o suggestion.Suggestion) bool { return same(o, s) }) {
		p.next = append(p.next, o.ID)
	}
	if p.basket == "" { // it stays in sight
		p.next = append([]string{s.ID}, p.next...)
	}
}

// tell says what was done, and what is odd about it.
func (p *Page) tell(do string, s suggestion.Suggestion, odd []string) {
	said := acts[do].said
	if do == suggestion.Register {
		said = "已登记为 " + s.Number + " 号。"
	}
	tone := kit.Good
	if len(odd) > 0 {
		tone = kit.Soon
		said += "请留意：" + strings.Join(odd, "；") + "。"
	}
	p.host.Say(tone, said)
	p.Shown()
}

// ask opens the sheet of an act.
func (p *Page) ask(do string, s suggestion.Suggestion) {
	a := acts[do]
	begin := field.Values{}
	if a.begin != nil {
		maps.Copy(begin, a.begin(p, s))
	}
	fields := p.fields(do, s)
	p.host.Say(kit.Plain, "")
	var after suggestion.Suggestion
	var odd []string
	name := suggestion.Acts.Name(do)
	p.form = p.sheets.Open(show.Sheet{Title: strings.TrimSpace(name + " " + brief(s)), Of: s.ID, Hint: a.hint, Yes: name,
		Fields: fields, More: a.more, Begin: begin,
		Own: func(f field.Field, changed func()) (kit.Input, bool) { return p.input(do, s, f, changed) },
		Do: func(ctx context.Context, now, changed field.Values) (err error) {
			if do == suggestion.Write {
				changed = now
			}
			after, odd, err = p.docket.Act(ctx, p.by, s.ID, order(do, now, changed))
			return placed(err, fields)
		}, Done: func() {
			p.after(after)
			p.tell(do, after, odd)
			if do == suggestion.Write {
				p.Open(after)
			}
		}})
}

// write opens the sheet on which a new one is written.
func (p *Page) write() { p.ask(suggestion.Write, suggestion.Suggestion{}) }

// placed tells what is wrong at a field that is there: what is promised, and by when, at the promises.
func placed(err error, fields field.List) error {
	var wrong problem.Problems
	is := errors.As(err, &wrong)
	if _, asks := fields.Field("promises"); !is || !asks {
		return err
	}
	moved := problem.Problems{}
	for code, says := range wrong.Bare() {
		if code == "what" || code == "by" {
			code = "promises"
		}
		moved[code] = says
	}
	return moved
}

// brief tells which one it is, in a title.
func brief(s suggestion.Suggestion) string {
	if s.Number != "" {
		return s.Number + " 号"
	}
	return short(s.Title, 14)
}
