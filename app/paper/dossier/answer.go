package dossier

import (
	"regexp"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/suggestion"
)

// received finds whether who answers says himself that he received it.
var received = regexp.MustCompile(`收悉|现答复如下|现将.{0,20}答复`)

// many is how many deputies are addressed by name; of more, the names follow on a list.
const many = 6

// Answers are 答复函, one of each unit that answered, and the second one where what was promised is done: the class of the
// result in the upper right corner, thanks, what the unit says point by point, what it promises and by when, and copies.
func Answers(d Dossier, o form.Issuer) (typeset.Document, error) {
	return each(d, "answer-letter", o, func(s suggestion.Suggestion) (pages []*typeset.Page, err error) {
		for _, a := range s.Standing() {
			pages = append(pages, reply(s, a, o)...)
		}
		if pages == nil {
			return nil, why(s, "answer-letter", "还没有答复，没有答复函可以打印。")
		}
		return pages, nil
	})
}

// reply is one letter.
func reply(s suggestion.Suggestion, a suggestion.Answer, o form.Issuer) []*typeset.Page {
	p, unit := paper(o), form.Or(form.Line(s.Who[a.Unit].Name))
	p.Corner = letterOf(a.As(), o)
	what := "的答复"
	if a.Again {
		what = "承诺事项办理结果的答复"
	}
	begin(p, s, "", a.Number, what)
	p.Address(proposers(s, many))
	text, you := mark(s, a.Mark), "您"
	if len(signers(s)) > 1 || s.Delegation != "" {
		you = "你们"
	}
	if !received.MatchString(text) {
		opening := you + "在" + met(s) + "提出的《" + strings.Trim(form.Line(s.Title), "《》") + "》"
		if n := number(s); n != "" {
			opening += "（" + n + "）"
		}
		opening += "收悉。感谢" + you + "对我们工作的关心和监督。"
		switch {
		case a.Again:
			opening += "我们在答复中承诺的事项已经办理，现将结果再次答复如下："
		case s.Round > 1:
			opening += "我们重新研究办理，现答复如下："
		default:
			opening += "经研究办理，现答复如下："
		}
		p.Say(opening)
	}
	if text == "" {
		p.Blank(6) // to be written
	}
	p.Say(text)
	if list := promised(s, a); len(list) > 0 {
		p.Say("我们承诺：")
		p.Say(items(list...))
	}
	if a.Again {
		p.Say("以上办理结果，请" + you + "再次评价。感谢" + you + "的理解和支持。")
	} else {
		p.Say("对以上答复，请" + you + "填写征询意见表，寄回" + o.Named(s.Office) + "。感谢" + you + "的理解和支持。")
	}
	attached := []string{"征询意见表"}
	names := called(s, signers(s))
	if len(names) > many && s.Delegation == "" {
		attached = append(attached, "提出建议的代表名单")
	}
	p.Attached(attached...)
	p.Sign(unit, form.Date(a.On))
	if !strings.Contains(text, "联系电话") {
		p.Note("联系人：　　　　　　联系电话：　　　　　　　　")
	}
	copies := []string{o.Named(s.Office)}
	if g := government(s); g != "" {
		copies = append(copies, g)
	}
	p.Copies(strings.Join(copies, "，"))
	pages := p.Pages(1)
	if len(attached) > 1 {
		list := paper(o)
		list.Put(typeset.Left, 0, heading(), "附件2")
		list.Blank(1)
		list.Title("提出建议的代表名单")
		list.Say(strings.Join(names, "、") + "，共" + strconv.Itoa(len(names)) + "位。")
		pages = append(pages, list.Pages(len(pages)+1)...)
	}
	return pages
}

// promised is what a first answer promises, each by when.
func promised(s suggestion.Suggestion, a suggestion.Answer) (list []string) {
	if a.Again {
		return nil
	}
	for _, p := range s.Promises {
		if p.Unit == a.Unit {
			text := strings.TrimRight(form.Line(s.Texts[p.Mark]), "。；")
			if text == "" {
				text = "办好以上事项"
			}
			list = append(list, text+"，"+form.Date(p.By)+"前办好")
		}
	}
	return list
}

// Opinions are 会办意见, by which each helper tells those who answer what it can do. They have numbers of their own.
func Opinions(d Dossier, o form.Issuer) (typeset.Document, error) {
	return each(d, "help-letter", o, func(s suggestion.Suggestion) (pages []*typeset.Page, err error) {
		for _, x := range s.Opinions {
			p := paper(o)
			begin(p, s, "", x.Number, "的会办意见")
			p.Address(form.Or(named(s, s.Mains())))
			p.Say(cited(s) + "，由你单位主办、我单位协办。经研究，提出会办意见如下：")
			text := mark(s, x.Mark)
			if p.Say(text); text == "" {
				p.Blank(6) // to be written
			}
			p.Say("以上意见，请在答复代表时一并考虑。")
			p.Sign(form.Or(form.Line(s.Who[x.Unit].Name)), form.Date(x.On))
			p.Note("联系人：　　　　　　联系电话：　　　　　　　　")
			p.Copies(o.Named(s.Office))
			pages = append(pages, p.Pages(1)...)
		}
		if pages == nil {
			return nil, why(s, "help-letter", "还没有协办单位提出会办意见。")
		}
		return pages, nil
	})
}
