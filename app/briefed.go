package app

import (
	"context"
	"strings"

	"lianluo.local/app/paper/brief"
	"lianluo.local/app/paper/bulletin"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/report"
	"lianluo.local/app/report/account"
)

// Brief is 本周一张纸 of the week of a report.
func (a *App) Brief(ctx context.Context, r report.Report) (b brief.Brief, err error) {
	o, err := a.Issuer(ctx)
	if err != nil {
		return b, err
	}
	made, err := a.again(ctx, r, account.Asks(r.Kind, r.Span.First(), r.Span.Last())...)
	if err != nil {
		return b, err
	}
	f, err := a.facts(ctx, r, made)
	if err != nil {
		return b, err
	}
	all := f.Reports[0]
	b = brief.Brief{Issuer: form.Line(o.Name), Title: r.Kind.Name, Span: all.Name,
		AsOf: "截至" + all.AsOf.Format("2006年1月2日15:04"), Received: all.Came(), Practice: o.Practice, Made: all.AsOf}
	if i := r.Issued; i != nil {
		b.AsOf += "　" + i.Heading() + "　校验值 " + i.Mark()
	}
	said := f.Brief()
	for _, s := range said.Says {
		sign := []string{"↓", "→", "↑"}[s.Up+1]
		if s.Change == "" {
			sign = ""
		}
		b.Says = append(b.Says, brief.Line{What: s.What, Note: s.Count, Sign: sign, More: s.Change,
			Of: brief.Source{Indicator: "collected", Axis: "category", Key: s.Category}})
	}
	for _, l := range said.Led {
		b.Led = append(b.Led, brief.Line{What: l.What, Note: l.Leader, More: strings.Trim(l.State+"，"+l.Days, "，"), Bad: l.Late,
			Of: brief.Source{Matter: l.ID}})
	}
	for _, l := range said.Late {
		b.Late = append(b.Late, brief.Line{What: l.Unit, Note: l.Count, More: l.Longest, Bad: true,
			Of: brief.Source{Indicator: "overdue", Axis: "department", Key: l.Key}})
	}
	for _, c := range said.Dissatisfied {
		b.Against = append(b.Against, brief.Line{What: c.What, Note: c.Unit, More: "“" + c.Words + "”", Of: brief.Source{Matter: c.ID}})
	}
	for _, v := range said.Visits {
		b.Visits = append(b.Visits, brief.Line{What: v.What, Sign: v.Why, More: v.Where + "；" + v.When, Of: brief.Source{Matter: v.ID}})
	}
	return b, nil
}

// spelled is a brief as a report in words, for those who go on writing.
func spelled(b brief.Brief) bulletin.Bulletin {
	w := bulletin.Bulletin{Issuer: b.Issuer, Title: b.Title, Span: b.Span, AsOf: b.AsOf, Day: b.Made.Format("2006年1月2日"), Practice: b.Practice, Made: b.Made}
	for _, p := range b.Parts() {
		s := bulletin.Section{Head: p.Head}
		for _, l := range p.Lines {
			s.Paragraphs = append(s.Paragraphs, l.String())
		}
		w.Sections = append(w.Sections, s)
	}
	return w
}
