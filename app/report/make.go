package report

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lianluo.local/app/report/figure"
	"lianluo.local/data/right"
)

// Make makes a report.
func (d *Desk) Make(ctx context.Context, a Ask) (r Report, err error) {
	list, err := d.Together(ctx, a)
	if err != nil {
		return r, err
	}
	return list[0], nil
}

// Together makes several reports, which read what they count together, once for all spans and axes: many take little longer than one.
func (d *Desk) Together(ctx context.Context, asks ...Ask) (list []Report, err error) {
	if err := d.Guard.Sits(ctx, right.Report, right.Issue); err != nil {
		return nil, err
	}
	for _, a := range asks {
		if _, err := d.Span(a); err != nil {
			return nil, err
		}
	}
	w, sites, err := d.world(ctx)
	if err != nil {
		return nil, err
	}
	c := counting{desk: d, world: w, on: map[figure.Span][]*figure.Table{}}
	drafts := make([]draft, len(asks))
	for i, a := range asks {
		drafts[i] = c.draft(a)
	}
	if err := c.count(ctx); err != nil {
		return nil, err
	}
	heard, err := d.heard(ctx, sites)
	if err != nil {
		return nil, err
	}
	for _, x := range drafts {
		r := d.finish(x)
		r.Heard, r.Missing = heard, missing(r, heard)
		if err := d.items(ctx, &r, list); err != nil {
			return nil, err
		}
		r.Notes = append(notes(r, r.By()), r.Notes...)
		list = append(list, r)
	}
	return list, nil
}

// Blank is a report of which nothing is counted yet: what it is, its span and the axes that part it. It fails with problem.Problems.
func (d *Desk) Blank(a Ask) (r Report, err error) {
	r = Report{Kind: a.Kind, Unit: d.Unit, AsOf: d.Now(), Part: Part{kept: d.Axes(a)}}
	r.Span, err = d.Span(a)
	return r, err
}

// draft is a report whose tables are not counted yet.
type draft struct {
	Report
	tables, before, year []*figure.Table // of its span and of those that it is held against; by each of two axes alone, too, where it has margins
}

// counting is the tables that are to be counted, by their spans.
type counting struct {
	desk  *Desk
	world *figure.World
	on    map[figure.Span][]*figure.Table
}

func (c *counting) draft(a Ask) (x draft) {
	d := c.desk
	s, _ := d.Span(a) // which was right before
	axes := d.Axes(a)
	x.Report = Report{Kind: a.Kind, Unit: d.Unit, AsOf: d.Now(), Indicators: figure.Some(a.Codes...)}
	if a.Codes == nil {
		x.Indicators = indicators(a.Kind, figure.New(c.world, s, axes...))
	}
	tables := func(s figure.Span) (list []*figure.Table) {
		list = []*figure.Table{figure.New(c.world, s, axes...)}
		if len(axes) == 2 && len(x.Indicators) == 1 {
			list = append(list, figure.New(c.world, s, axes[0]), figure.New(c.world, s, axes[1]))
		}
		c.on[s] = append(c.on[s], list...)
		return list
	}
	x.tables = tables(s)
	if i, lists := figure.ByCode(a.Kind.List); lists {
		x.tables[0].Lists(i)
	}
	if slices.Contains(a.Compare, Before) {
		x.before = tables(d.Calendar.Before(s))
	}
	if slices.Contains(a.Compare, Year) {
		x.year = tables(d.Calendar.YearBefore(s))
	}
	return x
}

// count reads what is counted once, for the tables of all spans.
func (c *counting) count(ctx context.Context) error {
	over := figure.Span{From: math.MaxInt, To: math.MinInt}
	for s := range c.on {
		over = figure.Span{From: min(over.From, s.From), To: max(over.To, s.To)}
	}
	return c.desk.all(ctx, over, func(m figure.Matter) {
		for s, tables := range c.on {
			if m.Within(s) {
				for _, t := range tables {
					t.Matter(m)
				}
			}
		}
	}, func(x *figure.Session) {
		for _, tables := range c.on {
			for _, t := range tables {
				t.Session(x)
			}
		}
	})
}

// finish takes the rows of a draft out of its tables.
func (d *Desk) finish(x draft) Report {
	part := func(tables []*figure.Table) *Part {
		if tables == nil {
			return nil
		}
		t := tables[0]
		p := Part{Span: t.Span, Name: d.Calendar.Name(t.Span), Rows: t.Rows(), Total: t.Total(), table: t, margins: tables[1:]}
		for i, t := range tables[1:] {
			p.Margins[i] = t.Rows()
		}
		return &p
	}
	r := x.Report
	r.Part, r.Before, r.Year = *part(x.tables), part(x.before), part(x.year)
	r.Title = r.Kind.Name + "（" + r.Name + "）"
	if i, ok := figure.ByCode(r.Kind.Sorted); ok {
		slices.SortStableFunc(r.Rows, func(a, b figure.Row) int {
			x, _ := a.Says(i)
			y, _ := b.Says(i)
			return cmp.Compare(y, x)
		})
	}
	return r
}

// indicators are those of a kind that the axes of its table can tell.
func indicators(k Kind, t *figure.Table) []figure.Indicator {
	list := figure.Some(k.Codes...)
	if t.Sits() {
		return list
	}
	return slices.DeleteFunc(list, func(i figure.Indicator) bool { return i.OfSessions() })
}
