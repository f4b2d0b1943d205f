package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lianluo.local/app/agenda"
	"lianluo.local/app/paper/bulletin"
	"lianluo.local/app/paper/chart"
	"lianluo.local/app/paper/form"
	tables "lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/report"
	"lianluo.local/app/report/account"
	"lianluo.local/app/report/figure"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/session"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Bulletin is a report in words, with the tables that are attached to it; not ok for one that is a table and nothing else, or
// that was asked for in another way than its kind has it.
func (a *App) Bulletin(ctx context.Context, r report.Report) (b bulletin.Bulletin, ok bool, err error) {
	switch told, err := a.worded(ctx, r); {
	case err != nil || !told:
		return b, false, err
	case r.Kind.Code == "leader":
		said, err := a.Brief(ctx, r)
		return spelled(said), true, err
	}
	b, err = a.inWords(ctx, r)
	return b, true, err
}

// inWords is a report in words of which it is known that it is told in them.
func (a *App) inWords(ctx context.Context, r report.Report) (b bulletin.Bulletin, err error) {
	o, err := a.Issuer(ctx)
	if err != nil {
		return b, err
	}
	asks := account.Asks(r.Kind, r.Span.First(), r.Span.Last()) // and what is attached, all counted in one reading
	words := len(asks)
	made, err := a.again(ctx, r, append(asks, attachable(r)...)...)
	if err != nil {
		return b, err
	}
	f, err := a.facts(ctx, r, made[:words])
	if err != nil {
		return b, err
	}
	all := f.Reports[0]
	b = bulletin.Bulletin{Issuer: form.Line(o.Name), Title: title(o, r.Kind), Span: all.Name,
		AsOf: "截至" + all.AsOf.Format("2006年1月2日15:04"), Day: all.AsOf.Format("2006年1月2日"), Practice: o.Practice, Made: all.AsOf}
	sections, told := account.Write(f)
	for _, s := range sections {
		b.Sections = append(b.Sections, printed(s))
	}
	all.Indicators = told
	if b.Attached, err = a.attached(ctx, r, all, made[words:]); err != nil {
		return b, err
	}
	if i := r.Issued; i != nil { // and what it says otherwise than the edition before
		b.Issue = bulletin.Issue{Number: i.Number, Version: i.Edition.Edition, Hash: i.Mark()}
		laid, err := a.Lay(ctx, r)
		if err != nil {
			return b, err
		}
		b.Attached = append(b.Attached, laid.Since...)
	}
	b.Notes = append(slices.Clone(all.Notes),
		"件次是并在一起办的各算一次。数字按事情发生的日子算，期末以后才登记的是补报。各个指标怎么算，见后面的指标说明。")
	return b, nil
}

// again counts what the words of a report are written from; of one that was issued as of the moment at which it was, with who
// had reported then.
func (a *App) again(ctx context.Context, r report.Report, asks ...report.Ask) (made []report.Report, err error) {
	made, err = a.Report.Together(ctx, asks...)
	if r.Issued != nil {
		for i := range made {
			made[i].AsOf, made[i].Heard, made[i].Missing = r.AsOf, r.Heard, r.Missing
		}
	}
	return made, err
}

// title is what a report in words is called.
func title(o form.Issuer, k report.Kind) string {
	if k.Code == "station" {
		return form.Line(o.Name) + "工作月报"
	}
	return places.Organisation(o.Unit) + "工作" + k.Name
}

// facts are what the words of a report are written from: what was made for them, and what is ahead.
func (a *App) facts(ctx context.Context, r report.Report, made []report.Report) (f account.Facts, err error) {
	calendar := a.Report.Calendar
	f = account.Facts{Kind: r.Kind, Calendar: calendar, Reports: made, Over: func(unit string) string { return places.Of(unit).Where }}
	f.Regular = calendar.Of(r.Kind.Period, r.Span.From) == r.Span
	after := figure.Span{From: r.Span.To + 1, To: r.Span.To + 30}
	if f.Regular && (r.Kind.Period == figure.Week || r.Kind.Period == figure.Month) {
		after = calendar.Of(r.Kind.Period, r.Span.To+1)
	}
	if after.To < thing.DaysAt(r.AsOf) { // it is over, and nothing is ahead of it
		return f, nil
	}
	// in the order of their days
	list, _, err := a.Agenda.Sessions(ctx, agenda.Filter{From: after.First(), To: after.Last(), Kind: "reception"})
	for _, s := range list {
		if s.State == session.Cancelled {
			continue
		}
		x := account.Session{Day: s.Day, Begins: s.From, Station: places.Of(s.Station).Where, Topic: s.Topic}
		for _, c := range s.Called {
			if c.Name != "" {
				x.Deputies = append(x.Deputies, c.Name)
			}
		}
		f.Next = append(f.Next, x)
	}
	return f, err
}

// printed is a section of an account as a paper has it.
func printed(s account.Section) bulletin.Section {
	out := bulletin.Section{Head: s.Head, Paragraphs: s.Paragraphs}
	for _, c := range s.Charts {
		drawn := chart.Chart{Title: c.Title, Unit: c.Unit, Labels: c.Labels}
		if c.Lines {
			drawn.Kind = chart.Lines
		}
		for _, x := range c.Series {
			drawn.Series = append(drawn.Series, chart.Series(x))
		}
		out.Charts = append(out.Charts, drawn)
	}
	for _, t := range s.Tables {
		set := tables.Table{Notes: tables.Notes{Title: t.Title}, Keys: 1}
		for _, c := range t.Columns {
			column := tables.Column{Title: c.Name, Width: c.Width}
			if c.Number {
				column.Align = typeset.Right
			}
			set.Columns = append(set.Columns, column)
		}
		for _, cells := range t.Rows {
			set.Rows = append(set.Rows, tables.Row{Cells: cells})
		}
		if t.Sum != nil {
			set.Sums = []tables.Row{{Cells: t.Sum}}
		}
		out.Tables = append(out.Tables, set.Filled())
	}
	return out
}

// mostAttached is how many rows of a table are attached to a report at most; the table itself has all.
const mostAttached = 400

// attachable are the tables that may be attached to a report: of a week the lists that its words may be too short for, else
// all nine of them.
func attachable(r report.Report) (asks []report.Ask) {
	for _, k := range report.Kinds {
		week := slices.Contains([]string{"overdue", "dissatisfied", "led"}, k.Code) || k.Code == "counties"
		if !strings.HasPrefix(k.Name, "附表") || r.Kind.Code == "station" || r.Kind.Code == "week" && !week ||
			k.Code == "counties" && unit.LevelOf(r.Unit) != journal.City {
			continue
		}
		asks = append(asks, report.Ask{Kind: k, From: r.Span.First(), To: r.Span.Last()})
	}
	return asks
}

// attached lays out the tables that are attached to a report, those that have no rows left out, of a week the lists that fit
// into its words, too; at last what all indicators mean, those of which the words tell (told) among them.
func (a *App) attached(ctx context.Context, r, told report.Report, reports []report.Report) (list []tables.Table, err error) {
	var defined tables.Table
	few := 0 // so many matters need no list of their own
	if r.Kind.Code == "week" {
		few = account.Most
	}
	for i, x := range append([]report.Report{told}, reports...) {
		if i > 0 && (len(x.Rows) == 0 || x.Kind.List != "" && len(x.Items) <= few) {
			continue
		}
		laid, err := a.Lay(ctx, x)
		if err != nil {
			return nil, err
		}
		for _, row := range laid.Defined.Rows {
			if !slices.ContainsFunc(defined.Rows, func(had tables.Row) bool { return had.Cells[0] == row.Cells[0] }) {
				defined.Rows = append(defined.Rows, row)
			}
		}
		laid.Defined.Rows = defined.Rows
		if defined = laid.Defined; i == 0 {
			continue
		}
		t := laid.Numbers
		if laid.List != nil {
			t = *laid.List
			t.Title = x.Title
			t.Remarks = laid.Numbers.Remarks
		}
		if n := len(t.Rows); n > mostAttached {
			t.Rows = t.Rows[:mostAttached:mostAttached]
			t.Remarks = append(slices.Clone(t.Remarks),
				"这里列出前 400 行，合计是全部的；全部见单独印出的"+strings.Fields(x.Kind.Name)[0]+"。")
		}
		list = append(list, t)
		if x.Kind.Code == "activity" && len(laid.Missing.Rows) > 0 {
			silent := laid.Missing
			silent.Title = "附表八 零报送（期末一周内没有报送的单位）"
			list = append(list, silent)
		}
	}
	return append(list, defined.Filled()), nil
}

// worded says whether a report is told in words: where its kind has any, it was asked for by the axes of its kind, and, of
// one that was issued, nothing came since. Words say more than the numbers that it keeps: they are its own as long as they
// are the same.
func (a *App) worded(ctx context.Context, r report.Report) (bool, error) {
	usual := slices.EqualFunc(r.By(), a.Report.Axes(report.Ask{Kind: r.Kind}),
		func(x, y figure.Axis) bool { return x.Code == y.Code })
	if !usual || r.Kind.Code != "leader" && !account.Tells(r.Kind) {
		return false, nil
	}
	return a.Report.Untouched(ctx, r)
}

// reportPaper is a report as it is printed: 本周一张纸, in words where its kind has any, else its tables.
func (a *App) reportPaper(ctx context.Context, r report.Report) (d typeset.Document, err error) {
	told, err := a.worded(ctx, r)
	if err != nil {
		return d, err
	}
	if told && r.Kind.Code == "leader" {
		b, err := a.Brief(ctx, r)
		return b.Document(), err
	}
	if told {
		b, err := a.inWords(ctx, r)
		if err != nil {
			return d, err
		}
		return b.Document(typeset.Fangsong(a.Profile.Fangsong)), nil
	}
	t, err := a.tabled(ctx, r)
	return t.Document(), err
}

// tabled is a report in tables and no words; those in which nothing stands are left out.
func (a *App) tabled(ctx context.Context, r report.Report) (t bulletin.Tables, err error) {
	laid, err := a.Lay(ctx, r)
	if err != nil {
		return t, err
	}
	t = bulletin.Tables{Title: cmp.Or(laid.Numbers.Title, r.Title), Practice: laid.Numbers.Practice, Made: r.AsOf}
	for _, x := range laid.All() {
		if len(x.Rows)+len(x.Sums) > 0 {
			t.List = append(t.List, x)
		}
	}
	return t, nil
}
