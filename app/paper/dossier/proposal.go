package dossier

import (
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/paper/typeset/official"
	"lianluo.local/data/person"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

// heading is 黑体 as official papers have it.
func heading() typeset.Style { return official.Ink(typeset.Bold, 16) }

// Forms are what a suggestion is handed in on: its cover, what it says, the sheet that its deputies sign, and the slip on
// which the office writes to whom it is handed.
func Forms(d Dossier, o form.Issuer) (typeset.Document, error) {
	return each(d, "suggestion", o, func(s suggestion.Suggestion) ([]*typeset.Page, error) {
		pages, err := d.cover(s, o)
		if err != nil {
			return nil, err
		}
		pages = append(pages, said(s, o)...)
		pages = append(pages, d.cosigning(s, o)...)
		slip, err := handing(s, o)
		return append(pages, slip...), err
	})
}

// deputy is what is known of who signs: by the suggestion, else by the roster of this home.
func (d Dossier) deputy(s suggestion.Suggestion, g suggestion.Signer) (who suggestion.Who, phone, delegation string) {
	who = s.Who[g.Key]
	p, known := d.People[who.Person]
	if !known {
		return who, "", ""
	}
	for _, m := range p.Mandates {
		if m.Level != s.Level || !strings.HasPrefix(strings.TrimPrefix(s.Congress, "第"), strings.TrimPrefix(m.Congress, "第")) {
			continue
		}
		delegation = m.Delegation
		if who.Number == "" {
			who.Number = m.Number
		}
	}
	if who.Post == "" {
		who.Post = post(p)
	}
	return who, form.Line(p.Phone), form.Line(delegation)
}

func post(p person.Person) string { return form.Line(p.Employer + p.Post) }

// cover is the first page.
func (d Dossier) cover(s suggestion.Suggestion, o form.Issuer) ([]*typeset.Page, error) {
	title := "代表建议、批评和意见"
	if s.Kind == "motion" {
		title = "代表议案"
	}
	note := "提出日期 " + form.Or(form.Date(s.Submitted))
	if s.Untouched {
		note = "草稿 · 未经代表修改"
	} else if s.Confidential {
		note = "保密件 · 请专人保管"
	}
	body, session := meeting(s)
	f := folio(o, form.Head{Organisation: body + session, Title: title, Note: note, Heavy: s.Untouched || s.Confidential})
	lead := suggestion.Signer{}
	for _, g := range s.Signers {
		if g.Lead {
			lead = g
		}
	}
	who, phone, delegation := d.deputy(s, lead)
	others := called(s, signers(s))
	if len(others) > 0 && others[0] == form.Line(who.Name) {
		others = others[1:]
	}
	f.Row(form.Cell{Label: "案号", Value: number(s), Lines: 2}, form.Cell{Label: "类别", Value: kindOf(s), Lines: 2})
	f.Row(form.Cell{Label: "标题", Value: form.Line(s.Title), Lines: 6})
	f.Row(form.Cell{Label: "领衔代表", Value: form.Line(who.Name), Lines: 2}, form.Cell{Label: "代表证号", Value: form.Line(who.Number)})
	if s.Delegation != "" {
		delegation = s.Delegation
	}
	f.Row(form.Cell{Label: "代表团", Value: form.Line(delegation), Lines: 2}, form.Cell{Label: "联系电话", Value: phone})
	f.Row(form.Cell{Label: "单位职务", Value: form.Line(who.Post), Lines: 3})
	f.Row(form.Cell{Label: "通讯地址"})
	switch n := len(others); {
	case n == 0:
		f.Row(form.Cell{Label: "附议代表"})
	case n <= 24:
		f.Row(form.Cell{Label: "附议代表", Value: strings.Join(others, "、") + "，共" + strconv.Itoa(n) + "位", Lines: 12})
	default:
		f.Row(form.Cell{Label: "附议代表", Value: strings.Join(others[:12], "、") + "等，共" + strconv.Itoa(n) + "位，见附议签名页", Lines: 12})
	}
	f.Choose(form.Choice{Label: "提出时间", Ticks: form.Ticks(words.Occasions, s.Held)})
	f.Choose(form.Choice{Label: "产生方式", Ticks: form.Ticks(words.Origins, s.Origin)})
	var from []string
	for _, m := range s.Matters {
		from = append(from, form.Line(m.Number))
	}
	if n := len(from); n > 12 {
		from = append(from[:12], "等")
		f.Row(form.Cell{Label: "联络站事项", Value: strings.Join(from, "、") + "，共" + strconv.Itoa(n) + "件", Lines: 9})
	} else {
		f.Row(form.Cell{Label: "联络站事项", Value: strings.Join(from, "、"), Lines: 9})
	}
	if s.Confidential {
		f.Row(form.Cell{Label: "是否公开", Value: public(s)})
	} else {
		f.Choose(form.Choice{Label: "是否公开", Ticks: form.Ticks(words.Openness, s.Public)})
	}
	var wanted []string
	for _, w := range s.Wanted {
		wanted = append(wanted, form.Line(w))
	}
	f.Row(form.Cell{Label: "希望承办单位", Value: strings.Join(wanted, "、"), Lines: 8})
	f.Row(form.Cell{Label: "签名原件", Value: form.Date(s.Original)}, form.Cell{Label: "经办人", Value: form.Line(o.Clerk)})
	f.Close()
	rules := "一事一议；每位提出的代表亲笔签名，不代签；内容后附。"
	style, rules := f.Note(9).Fit(rules, f.Width())
	f.Leaf.Page.Text(f.Margin, f.Y+5, typeset.Left, style, rules)
	return f.Pages, f.Err
}

// said is what it says, in the official layout.
func said(s suggestion.Suggestion, o form.Issuer) []*typeset.Page {
	p := paper(o)
	if s.Untouched {
		p.Put(typeset.Left, 0, heading(), "草稿，未经代表修改")
		p.Blank(1)
	}
	p.Title(cutTitle(form.Line(s.Title))...)
	write(p, "案由和情况", covered(s.Case), 6)
	write(p, "具体建议", covered(s.Proposal), 8)
	if s.Delegation == "" {
		p.Blank(1)
		p.Put(typeset.Right, 1, official.Ink(p.Body, 16), "提出代表（亲笔签名）：　　　　　　　年　　月　　日")
	}
	return p.Pages(1)
}

// write sets a part with its heading, lines free where nothing is written yet.
func write(p *official.Paper, title, text string, free int) {
	p.Heading(title)
	if p.Say(text); text == "" {
		p.Blank(free)
	}
}

// cutTitle parts a title where one is best broken: behind 关于, and before 的建议.
func cutTitle(title string) []string {
	for _, end := range []string{"的建议、批评和意见", "的建议", "的议案", "的意见"} {
		if rest, ok := strings.CutSuffix(title, end); ok && len([]rune(rest)) > 19 {
			rs := []rune(rest)
			return []string{string(rs[:len(rs)-4]), string(rs[len(rs)-4:]) + end}
		}
	}
	return []string{title}
}

// Cosigning are 附议签名页: those who are asked to sign, each with a place for his name by his own hand.
func Cosigning(d Dossier, o form.Issuer) (typeset.Document, error) {
	return each(d, "cosign-sheet", o, func(s suggestion.Suggestion) ([]*typeset.Page, error) { return d.cosigning(s, o), nil })
}

func (d Dossier) cosigning(s suggestion.Suggestion, o form.Issuer) []*typeset.Page {
	body, session := meeting(s)
	last := ""
	t := table.Table{Keys: 2, Columns: []table.Column{column("序号", 12), column("姓名", 34), column("代表证号", 26), plain("单位职务", 62), column("联系电话", 30),
		column("签名（亲笔）", 46), column("日期", 26), plain("备注", 41)}}
	title := form.Line(s.Title)
	if len([]rune(title)) > 30 { // more than fits over the table
		t.Rows = append(t.Rows, table.Row{Cells: []string{title}, Group: true})
	}
	n := 0
	for _, g := range s.Signers {
		if g.Declined != "" {
			continue
		}
		n++
		who, phone, _ := d.deputy(s, g)
		last = max(last, g.Until)
		var more []string
		if g.Lead {
			more = append(more, "领衔")
		}
		switch {
		case g.Signed != "" && g.Paper:
			more = append(more, form.Date(g.Signed)+"已签，原件另存")
		case g.Signed != "":
			more = append(more, form.Date(g.Signed)+"已附议")
		}
		t.Rows = append(t.Rows, table.Row{Cells: []string{strconv.Itoa(n), form.Line(who.Name), form.Line(who.Number), form.Line(who.Post), phone,
			"", "", strings.Join(more, "\n")}})
	}
	t.Notes = table.Notes{Organisation: body + session, Title: "附议签名页", Part: strings.TrimSpace(number(s) + "　" + form.Cut(title, 30)),
		Treatment: "含代表联系方式 · 请妥善保管", Maker: "请每位代表亲笔签名，不代签", Black: true}
	if last != "" {
		t.Day = "请在" + form.Date(last) + "前签"
	}
	l := table.Layout{Body: 12, Head: 11, Note: 11, Least: 13, Written: true, Fill: make([]string, 8)}
	sides := l.Sides(t)
	pages := make([]*typeset.Page, len(sides))
	for i, draw := range sides {
		pages[i] = typeset.NewPage(297, 210)
		draw(pages[i], i+1, len(sides))
	}
	return pages
}

func column(title string, width float64) table.Column {
	return table.Column{Title: title, Width: width, Align: typeset.Centre}
}

func plain(title string, width float64) table.Column {
	return table.Column{Title: title, Width: width}
}

// handing is the slip on which the office says who handles it; what is not decided is left to be written.
func handing(s suggestion.Suggestion, o form.Issuer) ([]*typeset.Page, error) {
	f := folio(o, form.Head{Organisation: o.Named(s.Office), Title: "代表建议交办单", Note: "受理机关存档"})
	f.Row(form.Cell{Label: "案号", Value: number(s), Lines: 2}, form.Cell{Label: "种类", Value: words.Proposals.Name(s.Kind)})
	f.Row(form.Cell{Label: "届次", Value: met(s), Lines: 2})
	f.Row(form.Cell{Label: "标题", Value: form.Line(s.Title), Lines: 6})
	f.Row(form.Cell{Label: "提出代表", Value: proposers(s, 12), Lines: 6})
	f.Row(form.Cell{Label: "登记日期", Value: form.Date(s.Registered)}, form.Cell{Label: "登记人"})
	accepted := ""
	switch {
	case s.State == suggestion.Refused:
		accepted = "不予立案"
	case s.Into != "":
		accepted = "并案，并入第" + form.Line(s.IntoNumber) + "号"
	case s.Accepted != "":
		accepted = "立案，" + form.Date(s.Accepted)
	}
	f.Row(form.Cell{Label: "审核意见", Value: accepted + "\n", Lines: 3})
	handlers(f, s)
	f.Row(form.Cell{Label: "交办日期", Value: form.Date(s.Handed)}, form.Cell{Label: "答复期限", Value: form.Date(s.Due)})
	key := ""
	if s.Key {
		key = "是　" + form.Line(s.Leader)
	}
	f.Row(form.Cell{Label: "重点督办", Value: key, Lines: 2}, form.Cell{Label: "交办人"})
	f.Row(form.Cell{Label: "交办意见", Value: "\n\n", Lines: 3})
	for _, u := range s.Units {
		f.Row(form.Cell{Label: "签收", Value: form.Line(s.Who[u.Key].Name), Lines: 2}, form.Cell{Label: "签收日期", Value: form.Date(u.Signed)})
	}
	if len(s.Units) == 0 {
		f.Row(form.Cell{Label: "签收"}, form.Cell{Label: "签收日期"})
	}
	f.Close()
	return f.Pages, f.Err
}

// handlers adds who answers and who helps, side by side where both are short.
func handlers(f *form.Folio, s suggestion.Suggestion) {
	mains, label := s.Mains(), "主办单位"
	if len(mains) > 1 {
		label = "分办单位"
	}
	cells := []form.Cell{{Label: label, Value: named(s, mains), Lines: 20}, {Label: "协办单位", Value: named(s, s.Helpers()), Lines: 20}}
	if len([]rune(cells[0].Value)) <= 14 && len([]rune(cells[1].Value)) <= 14 {
		f.Row(cells...)
		return
	}
	f.Row(cells[0])
	f.Row(cells[1])
}
