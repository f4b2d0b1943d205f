package dossier

import (
	"cmp"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

// Contacts are 面商记录, one of each talk between a unit and those who signed; where there was none yet, one to be filled in.
func Contacts(d Dossier, o form.Issuer) (typeset.Document, error) {
	return each(d, "contact-record", o, func(s suggestion.Suggestion) (pages []*typeset.Page, err error) {
		list := s.Contacts
		if len(list) == 0 {
			c := suggestion.Contact{}
			if mains := s.Mains(); len(mains) == 1 {
				c.Unit = mains[0].Key
			}
			list = []suggestion.Contact{c}
		}
		for _, c := range list {
			more, err := contact(s, c, o)
			if err != nil {
				return nil, err
			}
			pages = append(pages, more...)
		}
		return pages, nil
	})
}

func contact(s suggestion.Suggestion, c suggestion.Contact, o form.Issuer) ([]*typeset.Page, error) {
	unit := form.Line(s.Who[c.Unit].Name)
	body, session := meeting(s)
	f := folio(o, form.Head{Organisation: cmp.Or(unit, body+session), Title: "代表建议面商记录", Note: "答复前与代表商量"})
	f.Row(form.Cell{Label: "案号", Value: number(s), Lines: 2}, form.Cell{Label: "日期", Value: form.Date(c.On)})
	f.Row(form.Cell{Label: "标题", Value: form.Line(s.Title), Lines: 6})
	f.Row(form.Cell{Label: "届次", Value: met(s), Lines: 2})
	f.Row(form.Cell{Label: "提出代表", Value: proposers(s, 12), Lines: 6})
	f.Row(form.Cell{Label: "承办单位", Value: unit, Lines: 2})
	f.Choose(form.Choice{Label: "方式", Ticks: form.Ticks(words.Contacts, c.Way)})
	f.Row(form.Cell{Label: "地点"})
	f.Row(form.Cell{Label: "参加人员", Value: "\n", Lines: 2})
	text := mark(s, c.Mark)
	n := white(f, 30)
	long(f, "商量的内容", text, n/2)
	long(f, "代表的意见", "", min(white(f, 30), n/2))
	f.Need(26)
	f.Close()
	f.Sign(f.Margin, f.Y+14, f.Right(), "代表签名", "承办单位经办人", "日期")
	return f.Pages, f.Err
}

// OpinionForms are 征询意见表, one for each who signed and is to have the answer (profile.Clocks.Everyone). Everything is filled in but what he alone
// says: what was taken, how he rates work and result, his words, his name.
func OpinionForms(d Dossier, o form.Issuer) (typeset.Document, error) {
	return each(d, "opinion-form", o, func(s suggestion.Suggestion) (pages []*typeset.Page, err error) {
		if len(s.Standing()) == 0 {
			return nil, why(s, "opinion-form", "还没有答复，没有可以征询的。")
		}
		list := signers(s)
		if s.Delegation != "" || len(list) == 0 || !o.Profile.Clocks.Everyone { // whoever leads asks the others
			list = []suggestion.Signer{{}}
			for _, g := range s.Signers {
				if g.Lead {
					list[0] = g
				}
			}
		}
		for _, g := range list {
			more, err := d.opinion(s, g, o)
			if err != nil {
				return nil, err
			}
			pages = append(pages, more...)
		}
		return pages, nil
	})
}

func (d Dossier) opinion(s suggestion.Suggestion, g suggestion.Signer, o form.Issuer) ([]*typeset.Page, error) {
	body, session := meeting(s)
	f := folio(o, form.Head{Organisation: body + session, Title: "代表建议办理情况征询意见表", Note: "请代表本人填写"})
	who, phone, _ := d.deputy(s, g)
	name := form.Line(who.Name)
	if s.Delegation != "" {
		name = strings.TrimSpace(form.Line(s.Delegation) + "　" + name)
	}
	answered := s.Standing()
	var letters, days, classes []string
	for _, a := range answered {
		if a.Again != answered[len(answered)-1].Again { // the form is about the last ones
			continue
		}
		for list, text := range map[*[]string]string{&letters: form.Line(a.Number), &days: form.Date(a.On), &classes: letterOf(a.As(), o)} {
			if text != "" {
				*list = append(*list, text)
			}
		}
	}
	f.Row(form.Cell{Label: "案号", Value: number(s), Lines: 2}, form.Cell{Label: "答复类别", Value: strings.Join(unique(classes), "、")})
	f.Row(form.Cell{Label: "案由", Value: form.Line(s.Title), Lines: 6})
	f.Row(form.Cell{Label: "提出代表", Value: name, Lines: 2}, form.Cell{Label: "联系电话", Value: phone})
	handlers(f, s)
	cells := []form.Cell{{Label: "答复文号", Value: strings.Join(letters, "、"), Lines: 12}, {Label: "答复日期", Value: strings.Join(unique(days), "、"), Lines: 4}}
	if len(letters) > 1 {
		f.Row(cells[0])
		f.Row(cells[1])
	} else {
		f.Row(cells...)
	}
	var ways []string
	for _, c := range s.Contacts {
		ways = append(ways, c.Way)
	}
	f.Choose(form.Choice{Label: "协商方式", Ticks: form.Ticks(words.Contacts, ways...)})
	f.Choose(form.Choice{Label: "采纳情况", Ticks: form.Ticks(words.Takings)})
	f.Choose(form.Choice{Label: "对办理工作", Ticks: form.Ticks(words.Verdicts)})
	f.Choose(form.Choice{Label: "对办理结果", Ticks: form.Ticks(words.Verdicts)})
	n := white(f, 62)
	f.Row(form.Cell{Label: "意见建议", Value: strings.Repeat("\n", n-1), Lines: n})
	f.Row(form.Cell{Label: "代表签名"}, form.Cell{Label: "填表日期", Value: "　　　年　　月　　日"})
	back := o.Named(s.Office)
	if at := form.Line(o.Sites[s.Office].Address); at != "" {
		back += "，" + at
	}
	f.Row(form.Cell{Label: "寄回", Value: back, Lines: 3}, form.Cell{Label: "邮编"})
	f.Close()
	y := f.Y + 1
	note := f.Note(8.2)
	for _, text := range []string{"1. 本表由代表本人填写，承办单位不得代填，也不得在场等候填写。",
		"2. 不满意的，请写明理由；可以邮寄、传真或者通过联络站交回，不必交给承办单位。", "3. 没有填的评价按“未表态”统计。"} {
		for _, l := range note.Wrap(text, f.Width()) {
			y += note.Size * form.Pt * 1.35
			f.Leaf.Page.Line(f.Margin, y, note, l)
		}
	}
	return f.Pages, f.Err
}

// unique drops what was said before.
func unique(list []string) (out []string) {
	had := map[string]bool{}
	for _, text := range list {
		if !had[text] {
			had[text] = true
			out = append(out, text)
		}
	}
	return out
}
