package report

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/report/figure"
	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/issued"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Issue makes a report and issues it: from now on it says what it says today, whatever comes later. Issued again it is the next
// edition of the same number, which names what came since the one before. It fails with problem.Problems.
func (d *Desk) Issue(ctx context.Context, by clerk.Clerk, a Ask) (given Report, err error) {
	if err := d.Guard.Ask(ctx, by, right.Issue); err != nil {
		return given, err
	}
	r, err := d.Make(ctx, a)
	if err != nil {
		return given, err
	}
	if !r.Sits() {
		r.Indicators = slices.DeleteFunc(r.Indicators, figure.Indicator.OfSessions)
	}
	o, err := d.opening(ctx, a, r)
	if err != nil {
		return given, err
	}
	before, err := d.number(ctx, &o)
	if err == nil && before != nil {
		o.Late, o.More, err = d.late(ctx, r.Part, before.Knew)
	}
	if err != nil {
		return given, err
	}
	said := issued.Report{Opening: o}
	said.Unit = d.Unit
	o.Hash = said.Sum()
	said.Hash = o.Hash
	if b, err := json.Marshal(o); err != nil || len(b) > issued.MostBytes || len(o.Rows) > issued.MostRows {
		return given, errors.Join(err, problem.Problems{"by": "这张表行数太多，印发不了，请少按一样分，或者把日子分短一些"}.Of(issued.Name))
	}
	kept, err := store.RecordOne[issued.Report](ctx, d.Store, store.Act{Kind: issued.Name, Do: issued.Issue, Body: o, Unit: d.Unit,
		By: by.Name, User: by.User, At: d.Now()})
	if err != nil {
		return given, fmt.Errorf("issue report: %w", err)
	}
	e, err := d.Edition(ctx, kept.ID)
	if err != nil {
		return given, err
	}
	return d.Kept(ctx, e)
}

// opening is what a report says, but for its number and hash.
func (d *Desk) opening(ctx context.Context, a Ask, r Report) (o issued.Opening, err error) {
	via, err := d.via(ctx)
	if err != nil {
		return o, err
	}
	axes := d.Axes(a)
	o = issued.Opening{Kind: a.Kind.Code, Title: r.Title, From: r.Span.First(), To: r.Span.Last(), By: []string{}, AsOf: r.AsOf.Format(time.RFC3339),
		Via: via, Until: stamp(r.Until()), Codes: figure.Counted(r.Indicators), Reporting: len(r.Heard), Notes: r.Notes, Sums: []string{}}
	for _, axis := range axes {
		o.By = append(o.By, axis.Code)
	}
	for _, i := range r.Indicators {
		o.Shown = append(o.Shown, issued.Indicator{Code: i.Code, Name: i.Name, Unit: i.Unit, Day: i.Day, Definition: i.Definition, Source: i.Source,
			Over: i.Over, Under: i.Under})
	}
	row := func(r figure.Row) issued.Row {
		kept := issued.Row{Keys: r.Keys, Labels: r.Labels, Numbers: r.Counts(o.Codes)}
		kept.Odd = !o.Balanced(kept)
		return kept
	}
	table := func(p Part) (t issued.Table) {
		for _, line := range p.Rows {
			t.Rows = append(t.Rows, row(line))
		}
		for i, margin := range p.Margins {
			for _, line := range margin {
				t.Margins[i] = append(t.Margins[i], row(line))
			}
		}
		t.Total = row(p.Total)
		return t
	}
	o.Table = table(r.Part)
	for i, code := range o.Codes {
		var sum int64
		for _, line := range o.Rows {
			sum += line.Numbers[i]
		}
		if sum == o.Total.Numbers[i] { // of what is apart a note says so
			o.Sums = append(o.Sums, code)
		}
	}
	for i, p := range []*Part{r.Before, r.Year} {
		if p != nil {
			o.Held = append(o.Held, issued.Held{What: []string{Before, Year}[i], From: p.Span.First(), To: p.Span.Last(), Table: table(*p)})
		}
	}
	for _, h := range r.Missing {
		o.Missing = append(o.Missing, issued.Absent{Unit: h.Unit, Name: h.Name, Last: stamp(h.Last)})
	}
	for _, m := range r.Items {
		o.Items = append(o.Items, item(m))
	}
	if unit.LevelOf(d.Unit) == journal.City {
		for _, h := range r.Heard {
			if unit.LevelOf(h.Unit) == journal.County && unit.Above(d.Unit, h.Unit) && len(o.Whom) < unit.MostUnits-1 {
				o.Whom = append(o.Whom, h.Unit)
			}
		}
	}
	o.Knew, err = d.knows(ctx, "")
	return o, err
}

// via is what we report through, "" for our county.
func (d *Desk) via(ctx context.Context) (string, error) {
	through, err := d.Through(ctx)
	if err != nil {
		return "", err
	}
	return through(d.Unit), nil
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func item(m Item) issued.Item {
	return issued.Item{Number: m.Number, ID: m.ID, Title: m.Title, Where: m.Station, State: int(m.State), Limit: m.Limit(),
		Who: cmp.Or(strings.Join(m.Units, "、"), places.Of(m.Holder).Where), Leader: m.Leader}
}

// number gives an opening its number and edition, and the edition before it, nil for none.
func (d *Desk) number(ctx context.Context, o *issued.Opening) (before *issued.Report, err error) {
	all, err := d.Issued(ctx)
	if err != nil {
		return nil, err
	}
	o.Number, o.Edited = 1, 1
	for _, e := range all {
		if e.Unit != d.Unit || e.Kind != o.Kind || e.To[:4] != o.Year() {
			continue
		}
		if e.From == o.From && e.To == o.To && slices.Equal(e.By, o.By) {
			if e.Edition >= o.Edited {
				o.Edited, o.Before = e.Edition+1, e.ID
			}
		}
		o.Number = max(o.Number, e.Number+1)
	}
	if o.Before == "" {
		return nil, nil
	}
	kept, err := d.kept(ctx, o.Before)
	if err != nil {
		return nil, err
	}
	o.Number = kept.Number
	return &kept, nil
}

// Next says as what a report would be issued now, its number and edition alone, and as which edition it was issued last; nil for none.
func (d *Desk) Next(ctx context.Context, a Ask) (next Edition, last *Edition, err error) {
	s, err := d.Span(a)
	if err != nil {
		return next, nil, err
	}
	o := issued.Opening{Kind: a.Kind.Code, From: s.First(), To: s.Last()}
	for _, axis := range d.Axes(a) {
		o.By = append(o.By, axis.Code)
	}
	before, err := d.number(ctx, &o)
	if err != nil {
		return next, nil, err
	}
	if next.Number, next.Edition = o.Number, o.Edited; before == nil {
		return next, nil, nil
	}
	e, err := d.Edition(ctx, before.ID)
	return next, &e, err
}

// Untouched says whether nothing came here since a report of ours was issued, but reports and that somebody is there, so that
// whatever is told of its span is what was told then; always of one that was not issued.
func (d *Desk) Untouched(ctx context.Context, r Report) (bool, error) {
	i, today := r.Issued, thing.DaysAt(d.Now())
	if i == nil {
		return true, nil
	}
	if made := thing.DaysAt(r.AsOf); i.Unit != d.Unit || made <= r.Span.To && made != today {
		return false, nil
	}
	known, err := d.knows(ctx, "WHERE thing NOT IN (SELECT id FROM "+issued.Name+") AND thing NOT GLOB '"+store.Pulses.Name+" *'")
	for journal, seq := range known {
		if seq > i.knew[journal] {
			return false, err
		}
	}
	return err == nil, err
}

// knows says how far each journal is known here, as far as some of its entries tell.
func (d *Desk) knows(ctx context.Context, of string) (map[string]uint64, error) {
	rows, err := d.Store.Query(ctx, "SELECT lower(hex(replica))||'.'||incarnation, max(seq) FROM entry "+of+" GROUP BY replica, incarnation")
	if err != nil {
		return nil, fmt.Errorf("what is known: %w", err)
	}
	defer rows.Close()
	known := map[string]uint64{}
	for rows.Next() {
		var journal string
		var seq int64
		if err := rows.Scan(&journal, &seq); err != nil {
			return nil, fmt.Errorf("what is known: %w", err)
		}
		known[journal] = uint64(seq)
	}
	return known, rows.Err()
}

// late gives what a table counts as new or as carried over and what was not known when others were told of it: keyed in or
// received since, of its days or, as old books are, of days before them.
// Of many it names the first, more is how many others there are.
func (d *Desk) late(ctx context.Context, p Part, known map[string]uint64) (late []issued.Item, more int, err error) {
	var rows []int64
	for _, code := range []string{"collected", "carried"} {
		counted, _ := figure.ByCode(code)
		l, err := d.Behind(ctx, p, counted)
		if err != nil {
			return nil, 0, err
		}
		rows = append(rows, l.Rows()...)
	}
	slices.Sort(rows)
	rows = slices.Compact(rows)
	fresh, err := d.since(ctx, matter.Name, rows, known)
	if err != nil {
		return nil, 0, err
	}
	if more = len(fresh) - issued.MostItems; more > 0 {
		fresh = fresh[:issued.MostItems]
	}
	for each := range slices.Chunk(fresh, 500) {
		found, err := view.Page(ctx, d.Store, view.Filter{Rows: each}, 0, len(each))
		if err != nil {
			return nil, 0, err
		}
		for _, f := range found {
			late = append(late, item(shown(f)))
		}
	}
	slices.SortFunc(late, func(a, b issued.Item) int { return cmp.Compare(a.Number, b.Number) })
	return late, max(0, more), nil
}

// since are those of some rows of the list of a kind whose first entry was not known.
func (d *Desk) since(ctx context.Context, kind string, rows []int64, known map[string]uint64) (fresh []int64, err error) {
	for each := range slices.Chunk(rows, 5000) {
		list, err := json.Marshal(each)
		if err != nil {
			return nil, err
		}
		err = func() error {
			found, err := d.Store.Query(ctx, "SELECT k.row, lower(hex(replica))||'.'||incarnation, seq FROM "+kind+
				" k JOIN entry e ON e.row = k.row WHERE k.row IN (SELECT value FROM json_each(?)) ORDER BY k.row", string(list))
			if err != nil {
				return err
			}
			defer found.Close()
			for found.Next() {
				var row, seq int64
				var journal string
				if err := found.Scan(&row, &journal, &seq); err != nil {
					return err
				}
				if uint64(seq) > known[journal] {
					fresh = append(fresh, row)
				}
			}
			return found.Err()
		}()
		if err != nil {
			return nil, fmt.Errorf("what came late: %w", err)
		}
	}
	return fresh, nil
}
