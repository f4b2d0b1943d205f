package figures

import (
	"context"
	"slices"
	"strings"

	"lianluo.local/app/paper/brief"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/ui/kit"
)

// asked is what somebody wants to see.
type asked struct {
	kind    string
	period  figure.Period
	span    figure.Span
	by      string // codes of axes with blanks between, "" for those of the kind
	code    string // of the indicator that two axes cross, "" for those of the kind
	compare string
	edition string // ID of one that was issued, "" for the numbers of today
}

// answer is what was counted.
type answer struct {
	asked
	report.Report
	brief *brief.Brief    // of the page for a leader
	given *report.Edition // as which it was issued last; nil where it was not
	state string          // on which it stands (report.Desk.State)
}

// keeps is how many answers are kept, and of how many rows together.
const keeps, keepsRows = 24, 20000

// keep keeps an answer, and of those before it the newest for which there is room.
func keep(list []answer, a answer) []answer {
	list = append(slices.DeleteFunc(list, func(k answer) bool { return k.asked == a.asked }), a)
	from, rows := len(list), 0
	for from > 0 && len(list)-from < keeps && (rows == 0 || rows+len(list[from-1].Rows) <= keepsRows) {
		from--
		rows += len(list[from].Rows)
	}
	return list[from:]
}

// ask is what the report desk is asked for.
func (w asked) ask() (a report.Ask) {
	a.Kind, _ = report.KindByCode(w.kind)
	a.From, a.To = w.span.First(), w.span.Last()
	for _, code := range strings.Fields(w.by) {
		if axis, ok := figure.AxisByCode(code); ok {
			a.By = append(a.By, axis)
		}
	}
	if w.code != "" {
		a.Codes = []string{w.code}
	}
	if w.compare != "" {
		a.Compare = []string{w.compare}
	}
	return a
}

// axes are those of what is wanted.
func (p *Page) axes() []figure.Axis { return p.desk.Axes(p.want.ask()) }

// counting says whether something else is wanted than what is shown.
func (p *Page) counting() bool { return p.got.Title != "" && p.got.asked != p.want }

// leave wants again what is shown.
func (p *Page) leave() {
	p.stop()
	p.count++
	p.busy, p.want = false, p.got.asked
	p.draw()
}

// Shown asks whether what is shown still holds, and for another where it does not; what is counted just now is counted to
// its end before.
func (p *Page) Shown() {
	if p.busy {
		p.later = true
	} else {
		p.again()
	}
	if p.over != nil {
		p.over.again()
	}
}

// look wants something else, of today.
func (p *Page) look(w asked) {
	w.edition = ""
	p.want = w
	p.again()
}

// again shows what is wanted: what was counted before, as long as nothing has changed since. What was issued stays as it is.
func (p *Page) again() {
	if p.want.edition != "" {
		return
	}
	p.stop()
	p.count++
	n, w, kept := p.count, p.want, slices.Clone(p.kept)
	ctx, stop := context.WithCancel(p.host.Context)
	p.stop, p.busy, p.later = stop, true, false
	if p.got.asked != w {
		p.received.SetText("正在数" + p.desk.Calendar.Name(w.span) + "的，请稍等；不想等了按 Esc。")
		p.label()
	}
	kit.Do(p.host.Run, ctx, func(ctx context.Context) (a answer, err error) {
		if a.state, err = p.desk.State(ctx); err != nil {
			return a, err
		}
		for _, k := range kept {
			if k.asked == w && k.state == a.state {
				return k, nil
			}
		}
		a.asked = w
		if _, a.given, err = p.desk.Next(ctx, w.ask()); err != nil {
			return a, err
		}
		if a.Report, err = p.desk.Make(ctx, w.ask()); err == nil && w.kind == onePage && p.actions.Brief != nil {
			var b brief.Brief
			b, err = p.actions.Brief(ctx, a.Report)
			a.brief = &b
		}
		return a, err
	}, func(a answer, err error) {
		if n != p.count {
			return
		}
		if p.busy = false; p.later {
			defer p.again()
		}
		switch {
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
			if p.got.Title == "" {
				p.received.SetText("这一期没有数出来，请换一期，或者重新打开程序再试。")
				return
			}
			p.want = p.got.asked
		case p.got.asked == a.asked && p.got.state == a.state:
			return
		default:
			p.kept, p.got = keep(kept, a), tableOf(a)
		}
		p.draw()
	})
}
