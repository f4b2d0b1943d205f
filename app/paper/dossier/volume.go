package dossier

import (
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/paper/typeset/official"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

// Volume is the year's volume: a title page, the contents, then each suggestion with its answers and what its deputies
// said of them, in the order of their numbers. It is meant to be bound, so each begins on a page of its own.
func Volume(d Dossier, o form.Issuer) (typeset.Document, error) {
	doc := typeset.Document{Title: form.Names["suggestion-volume"], Made: o.Today}
	front := paper(o)
	front.Blank(5)
	front.Title("代表建议", "年度汇编")
	front.Blank(1)
	style := official.Ink(front.Body, 16)
	front.Put(typeset.Centre, 0, style, d.span())
	front.Put(typeset.Centre, 0, style, "共"+strconv.Itoa(len(d.Suggestions))+"件")
	front.Blank(9)
	front.Put(typeset.Centre, 0, style, o.Named(o.Unit))
	front.Put(typeset.Centre, 0, style, form.Day(o.Today))
	bodies := make([]*official.Paper, len(d.Suggestions))
	for i, s := range d.Suggestions {
		bodies[i] = bound(s, o)
	}
	lines := func(at []int) *official.Paper {
		p := paper(o)
		p.Title("目　　录")
		for i, s := range d.Suggestions {
			p.Entry(entry(s), at[i])
		}
		return p
	}
	at := make([]int, len(bodies))
	next := 2 + len(lines(at).Pages(2)) // as many pages whatever stands in it: an entry is as long with any number
	var pages []*typeset.Page
	for i, b := range bodies {
		at[i] = next
		more := b.Pages(next)
		pages, next = append(pages, more...), next+len(more)
	}
	doc.Pages = append(append(front.Bare(), lines(at).Pages(2)...), pages...)
	if o.Practice {
		for _, p := range doc.Pages {
			form.Leaf{Page: p, K: 1}.Practice(0, p.H, 50, 96)
		}
	}
	return doc, nil
}

// entry is a suggestion in the contents.
func entry(s suggestion.Suggestion) string {
	title := form.Line(s.Title)
	if s.Confidential || !s.Known() {
		title = "（保密件）"
	}
	return strings.TrimSpace(number(s) + "　" + title)
}

// bound is one suggestion in the volume.
func bound(s suggestion.Suggestion, o form.Issuer) *official.Paper {
	p := paper(o)
	if s.Confidential || !s.Known() {
		p.Title(number(s) + proposal(s) + "（保密件）")
		p.Say(met(s) + "提出，现在的状态是“" + s.State.String() + "”。")
		for _, x := range dates(s) {
			p.Say(x[0] + "：" + form.Date(x[1]))
		}
		return p
	}
	p.Title(cutTitle(form.Line(s.Title))...)
	facts := []string{number(s) + "　" + met(s), "提出：" + proposers(s, 12)}
	if c := kindOf(s); c != "" {
		facts = append(facts, "类别："+c)
	}
	if mains := named(s, s.Mains()); mains != "" {
		facts = append(facts, "主办单位："+mains)
	}
	if helpers := named(s, s.Helpers()); helpers != "" {
		facts = append(facts, "协办单位："+helpers)
	}
	var days []string
	for _, x := range dates(s) {
		days = append(days, strings.TrimSuffix(x[0], "日期")+" "+form.Date(x[1]))
	}
	if days != nil {
		facts = append(facts, "经过："+strings.Join(days, "，"))
	}
	if s.Key {
		facts = append(facts, strings.TrimSuffix("重点督办："+form.Line(s.Leader), "："))
	}
	facts = append(facts, "状态："+s.State.String())
	p.Say(strings.Join(facts, "\n"))
	if s.Case != "" {
		p.Heading("案由和情况")
		p.Say(covered(s.Case))
	}
	if s.Proposal != "" {
		p.Heading("具体建议")
		p.Say(covered(s.Proposal))
	}
	said := false
	for _, a := range s.Answers {
		if a.Back {
			continue
		}
		if !said {
			p.Heading("办理和答复")
			said = true
		}
		head := form.Line(s.Who[a.Unit].Name) + "　" + form.Date(a.On)
		if l := letterOf(a.As(), o); l != "" {
			head += "　" + l + "类"
		}
		if a.Round > 1 {
			head += "　第" + strconv.Itoa(a.Round) + "次办理"
		}
		if a.Again {
			head += "　再次答复"
		}
		p.Heading(strings.TrimSpace(head))
		p.Say(mark(s, a.Mark))
	}
	if len(s.Promises) > 0 {
		p.Heading("承诺和兑现")
		for _, x := range s.Promises {
			text := form.Line(s.Texts[x.Mark]) + "（期限" + form.Date(x.By)
			if x.Kept != "" {
				text += "，" + form.Date(x.Kept) + "兑现"
			}
			p.Say(text + "）")
		}
	}
	if len(s.Ratings) > 0 {
		p.Heading("代表评价")
		for _, r := range s.Ratings {
			text := form.Date(r.On) + "：对办理工作" + words.Verdicts.Name(r.Work) + "，对办理结果" + words.Verdicts.Name(r.Result) + "。"
			p.Say(text + mark(s, r.Mark))
		}
	}
	return p
}
