package app

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/agenda"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/public"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/audit"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
)

// openly are the indicators that the page of a web site tells, and those of its groups.
var (
	openly = strings.Fields("sessions people carried collected cases onSpot outOfScope accepted closed moved open closedRate answered answerRate " +
		"inTimeRate rated satisfiedRate")
	byGroup = strings.Fields("carried collected closed moved open satisfiedRate")
)

// PublicPage writes the page of a web site (package public) about a span of days into a file; where none is said, about the
// month whose report is due. It fails with Doubt, because the page bears the day, and with paper.Unchecked until somebody
// looked through the titles, as before the wall list.
func (a *App) PublicPage(ctx context.Context, file, from, to string, checked bool) (err error) {
	defer func() { a.note(a.Clerk(), audit.Export, "public", err) }()
	if err := a.guard.Sits(ctx, right.Publish); err != nil {
		return err
	}
	if ext := strings.ToLower(filepath.Ext(file)); ext != ".html" && ext != ".htm" {
		return problem.Problems{"out": "请写成 .html 文件"}
	}
	p, err := a.public(ctx, from, to)
	if err != nil {
		return err
	}
	if found := p.Checked(); len(found) > 0 && !checked {
		return paper.Unchecked(found)
	}
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		return err
	}
	return a.write(file, b.Bytes())
}

// public gathers what the page tells.
func (a *App) public(ctx context.Context, from, to string) (p public.Page, err error) {
	if err := a.Doubts(ctx); err != nil {
		return p, err
	}
	if p.Issuer, err = a.Issuer(ctx); err != nil {
		return p, err
	}
	month, _ := report.KindByCode("month")
	ask := report.Ask{Kind: month, From: from, To: to, Codes: openly}
	r, err := a.Report.Make(ctx, ask)
	if err != nil {
		return p, err
	}
	p.Span = r.Name
	if len(r.Heard) > 0 {
		p.Received = r.Received()
	}
	p.Figures = figures(r)
	if group, known := figure.AxisByCode("group"); known {
		ask.By, ask.Codes = []figure.Axis{group}, byGroup
		parted, err := a.Report.Make(ctx, ask)
		if err != nil {
			return p, err
		}
		for _, row := range parted.Rows {
			g := public.Group{Name: row.Labels[0]}
			for _, i := range figure.Some(byGroup...) {
				g.Values = append(g.Values, parted.Cell(row, i))
			}
			p.Groups = append(p.Groups, g)
		}
	}
	first := civil(r.Span.First(), 0)
	for code, put := range map[string]func(matter.Matter){
		"collected": func(m matter.Matter) { p.Raised = append(p.Raised, m) },
		"answered": func(m matter.Matter) {
			if m.Occurred.Before(first) {
				p.Answered = append(p.Answered, m)
			}
		},
	} {
		i, _ := figure.ByCode(code)
		behind, err := a.Report.Behind(ctx, r.Part, i)
		if err != nil {
			return p, err
		}
		ms, err := a.Ledger.Rows(ctx, ledger.Query{Filter: ledger.Filter{Rows: append([]int64{}, behind.Rows()...)}})
		if err != nil {
			return p, err
		}
		for _, m := range ms {
			put(m)
		}
	}
	now := a.Now()
	today, last := now.Format(time.DateOnly), time.Date(now.Year(), now.Month()+2, 0, 0, 0, 0, 0, beijing)
	p.Coming = form.Day(now) + "至" + form.Day(last)
	p.Sessions, _, err = a.Agenda.Sessions(ctx, agenda.Filter{From: today, To: last.Format(time.DateOnly), Station: a.Settings.Unit, Kind: "reception", Limit: public.Most})
	return p, err
}

// figures are the numbers of a report with what they count, rates with what is divided by what.
func figures(r report.Report) (list []public.Figure) {
	for _, i := range r.Indicators {
		f := public.Figure{Name: i.Name, Value: r.Cell(r.Total, i), Definition: i.Definition}
		if !i.Rate() {
			f.Value += " " + i.Unit
		} else if over, known := figure.ByCode(i.Over); known {
			if under, known := figure.ByCode(i.Under); known {
				f.Of = fmt.Sprintf("%s %s ÷ %s %s", over.Name, amount(r, over), under.Name, amount(r, under))
			}
		}
		list = append(list, f)
	}
	return list
}

// amount is a number of a whole report, also one that it has no column of.
func amount(r report.Report, i figure.Indicator) string {
	v, ok := r.Total.Says(i)
	if !ok {
		return "—"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
