package window

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/report"
	"lianluo.local/app/roster"
	"lianluo.local/data/session"
	"lianluo.local/ui/figures"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/schedule"
	"lianluo.local/ui/station"
)

// figures makes the page 统计报表.
func (w *Window) figures() content {
	return figures.New(w.host(), w.app.Report, w.app.Ledger, figures.Actions{
		Matter:  func(v ledger.View) { w.show(v); w.aside("figures") },
		Session: func(id string) { w.sat(id, func() { w.aside("figures") }) },
		Named: func(id string) {
			whole(w, func(ctx context.Context) (ledger.View, error) { return w.app.Ledger.Show(ctx, id) },
				func(v ledger.View) { w.show(v); w.aside("figures") })
		}, Brief: w.app.Brief, Print: w.reported, Save: w.keepReport, Unit: w.lacking,
		Issue: func(ctx context.Context, a report.Ask) (report.Report, error) {
			return w.app.IssueReport(ctx, a, "")
		}})
}

// aside lets Esc lead back at once to the page for which something was opened.
func (w *Window) aside(page string) { w.frame.from, w.frame.aside = page, true }

// sitting shows a session whole in the calendar.
func (w *Window) sitting(id string) { w.sat(id, func() {}) }

// sat does the same, and then something more.
func (w *Window) sat(id string, then func()) {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (session.Session, error) { return w.app.Agenda.Session(ctx, id) },
		func(s session.Session, err error) {
			if err != nil {
				w.say(kit.Bad, w.explain(err))
				return
			}
			w.open("agenda")
			w.frame.here.content.(*schedule.Page).Open(s)
			then()
		})
}

// lacking shows the unit of a code that has not reported, or where nothing is known of it the page on which who reports is told.
func (w *Window) lacking(code string) {
	whole(w, func(ctx context.Context) (roster.Place, error) {
		all, err := w.app.Roster.Places(ctx, true)
		if at := slices.IndexFunc(all, func(v roster.Place) bool { return v.Code == code }); at >= 0 {
			return all[at], err
		}
		return roster.Place{}, err
	}, func(v roster.Place) {
		if v.ID == "" {
			w.open("exchange")
		} else {
			w.open("station")
			w.frame.here.content.(*station.Page).Open(v)
		}
		w.aside("figures")
	})
}

// reported shows a report as it will print, one that was issued as it was.
func (w *Window) reported(a report.Ask, given *report.Report) {
	if given != nil {
		a.Kind = given.Kind
	}
	w.say(kit.Plain, "正在做"+a.Kind.Name+"…")
	kit.Do(w.run, w.ctx, func(ctx context.Context) (typeset.Document, error) {
		if given != nil {
			return w.app.IssuedPaper(ctx, *given)
		}
		return w.app.ReportPaper(ctx, a)
	}, func(d typeset.Document, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		w.say(kit.Plain, "")
		w.preview(paper.Kind{Name: a.Kind.Name}, d)
	})
}

// keepReport writes a report into a folder that somebody chooses, as a file whose name ends so, one that was issued as it was.
func (w *Window) keepReport(a report.Ask, given *report.Report, ending string) {
	if given != nil {
		a.Kind = given.Kind
	}
	kit.Browse(w.win.Canvas(), a.Kind.Name+"存到哪里", "", func(dir string) {
		span, err := w.app.Report.Span(a)
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		of := w.app.Now().Format("-截至1月2日1504")
		if given != nil {
			of = "-" + given.Issued.Heading()
		}
		name := strings.ReplaceAll(a.Kind.Name, " ", "-") + "-" + w.app.Report.Calendar.Name(span) + of + "." + ending
		file := filepath.Join(dir, name)
		w.say(kit.Plain, "正在做"+a.Kind.Name+"…")
		write := func(ctx context.Context) error { return w.app.WriteReport(ctx, a, file) }
		if given != nil {
			write = func(ctx context.Context) error { return w.app.WriteIssued(ctx, *given, file) }
		}
		kit.Do(w.run, w.ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, write(ctx) },
			func(_ struct{}, err error) {
				if err != nil {
					w.say(kit.Bad, w.explain(err))
					return
				}
				w.say(kit.Good, a.Kind.Name+"已存到 "+file)
			})
	})
}
