package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/report/figure"
	"lianluo.local/data/issued"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
	"lianluo.local/data/view"
)

// Edition is an issued report as it is listed.
type Edition struct {
	ID, Unit, Kind, Title string
	From, To              string   // days
	By                    []string // codes of axes
	Number, Edition       int      // the edition is counted as it is known here: 1, 2, …
	Made                  time.Time
	Maker, Hash           string // the hash whole
	// Told is the edition that its paper says; another one than Edition where two computers issued without knowing of each other.
	Told int
	Twin bool // another report of its unit, kind and year has its number
}

// Heading is what stands over its paper: 第3号（第2版）.
func (e Edition) Heading() string { return issued.Heading(e.Number, e.Edition) }

// Mark is as much of the hash as is printed: the first 16 digits in fours.
func (e Edition) Mark() string {
	h := e.Hash[:min(16, len(e.Hash))]
	var fours []string
	for each := range slices.Chunk([]byte(h), 4) {
		fours = append(fours, string(each))
	}
	return strings.Join(fours, " ")
}

// Odd says in a sentence what is to be known of it besides; "" for nothing.
func (e Edition) Odd() string {
	switch {
	case e.Told != e.Edition:
		return fmt.Sprintf("两台电脑同时印发了同一份，都留着：这一份纸上印的是%s，按先后算第%d版。", issued.Heading(e.Number, max(e.Told, 2)), e.Edition)
	case e.Twin:
		return "两台电脑同时印发，另有一份报告也是这个编号，请按校验值区分。"
	}
	return ""
}

// Issued gives the reports that were issued, ours and those of others that came here, the newest first.
func (d *Desk) Issued(ctx context.Context) (list []Edition, err error) {
	rows, err := d.Store.Query(ctx, "SELECT id, unit, kind, title, day, until, axes, serial, edition, made, maker, hash FROM "+issued.Name)
	if err != nil {
		return nil, fmt.Errorf("issued reports: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e Edition
		var axes, made string
		if err := rows.Scan(&e.ID, &e.Unit, &e.Kind, &e.Title, &e.From, &e.To, &axes, &e.Number, &e.Told, &made, &e.Maker, &e.Hash); err != nil {
			return nil, fmt.Errorf("issued reports: %w", err)
		}
		e.By = strings.Fields(axes)
		if e.Made, err = time.Parse(time.RFC3339, made); err != nil {
			return nil, fmt.Errorf("issued report %s: %w", e.ID, err)
		}
		list = append(list, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("issued reports: %w", err)
	}
	series := func(e Edition) string {
		return strings.Join(append([]string{e.Unit, e.Kind, e.From, e.To}, e.By...), " ")
	}
	slices.SortFunc(list, func(a, b Edition) int {
		return cmp.Or(cmp.Compare(series(a), series(b)), cmp.Compare(a.Told, b.Told), cmp.Compare(a.ID, b.ID))
	})
	numbered := map[string]string{}
	for i := range list {
		e := &list[i]
		if e.Edition = 1; i > 0 && series(list[i-1]) == series(*e) {
			e.Edition = list[i-1].Edition + 1
		}
		number := fmt.Sprint(e.Unit, " ", e.Kind, " ", e.To[:4], " ", e.Number)
		if had, met := numbered[number]; met && had != series(*e) {
			e.Twin = true
		}
		numbered[number] = series(*e)
	}
	slices.SortStableFunc(list, func(a, b Edition) int {
		return cmp.Or(b.Made.Compare(a.Made), cmp.Compare(b.Edition, a.Edition), cmp.Compare(b.ID, a.ID))
	})
	return list, nil
}

// Edition gives an issued report by its ID, the beginning of its hash (six digits and more), or its number, with its kind or without
// (周报第3号, week-3, 3), of which the newest edition is meant. It fails with problem.Problems.
func (d *Desk) Edition(ctx context.Context, typed string) (e Edition, err error) {
	list, err := d.Issued(ctx)
	if err != nil {
		return e, err
	}
	key := strings.ToLower(strings.Join(strings.Fields(typed), ""))
	of := func(is func(Edition) bool) []Edition {
		return slices.DeleteFunc(slices.Clone(list), func(e Edition) bool { return !is(e) })
	}
	found := of(func(e Edition) bool { return e.ID == key || len(key) >= 6 && strings.HasPrefix(e.Hash, key) })
	if len(found) == 0 {
		digits := strings.TrimSuffix(key, "号")
		name := strings.TrimRight(digits, "0123456789")
		k, named := KindByCode(strings.Trim(strings.TrimSuffix(name, "第"), "- "))
		found = of(func(e Edition) bool {
			return fmt.Sprint(e.Number) == digits[len(name):] && e.Unit == d.Unit && (e.Kind == k.Code || !named && strings.Trim(name, "第") == "")
		})
		if len(found) > 1 && !slices.ContainsFunc(found[1:], func(e Edition) bool { return e.Title != found[0].Title }) {
			found = found[:1]
		}
	}
	switch {
	case key == "" || len(found) == 0:
		return e, problem.Problems{"id": "没有印发过这一份报告，请核对编号或校验值"}.Of(issued.Name)
	case len(found) > 1:
		return e, problem.Problems{"id": "不止一份报告是这个编号，请写明哪一种（周报第3号），或者写校验值的前几位"}.Of(issued.Name)
	}
	return found[0], nil
}

func (d *Desk) kept(ctx context.Context, id string) (r issued.Report, err error) {
	ls, err := view.Things[issued.Report](ctx, d.Store, issued.Name, "id = ?", id)
	if err == nil && len(ls) == 0 {
		err = fmt.Errorf("issued report %s: %w", id, store.ErrNotFound)
	}
	if err != nil {
		return r, err
	}
	return ls[0].Thing, nil
}

// Issue is what a report has besides that was issued.
type Issue struct {
	Edition
	Since []Change          // what it says otherwise than the edition before
	Late  []issued.Item     // what that one did not know, as far as it is named
	More  int               // how many others there are
	knew  map[string]uint64 // how far each journal was known
}

// Kept gives a report as it was issued, from its entry alone.
func (d *Desk) Kept(ctx context.Context, e Edition) (r Report, err error) {
	said, err := d.kept(ctx, e.ID)
	if err != nil {
		return r, err
	}
	i := &Issue{Edition: e, Late: said.Late, More: said.More, knew: said.Knew}
	r = d.restored(said)
	r.Issued = i
	before := said.Before
	if e.Edition > 1 && e.Told != e.Edition { // its author did not know of the one before
		if before, err = d.previous(ctx, e); err != nil {
			return r, err
		}
	}
	if before != "" {
		had, err := d.kept(ctx, before)
		if errors.Is(err, store.ErrNotFound) {
			return r, nil
		}
		if err != nil {
			return r, err
		}
		i.Since = Compare(d.restored(had), r)
	}
	return r, nil
}

// previous is the ID of the edition before one.
func (d *Desk) previous(ctx context.Context, e Edition) (string, error) {
	list, err := d.Issued(ctx)
	at := slices.IndexFunc(list, func(o Edition) bool {
		return o.Edition == e.Edition-1 && o.Unit == e.Unit && o.Kind == e.Kind && o.From == e.From && o.To == e.To && slices.Equal(o.By, e.By)
	})
	if err != nil || at < 0 {
		return "", err
	}
	return list[at].ID, nil
}

// Changed compares what was issued with what the same report says today: each cell that differs, and what came late.
func (d *Desk) Changed(ctx context.Context, r Report) (changes []Change, late []issued.Item, more int, err error) {
	i := r.Issued
	a := Ask{From: i.From, To: i.To, By: []figure.Axis{}}
	known := false
	if a.Kind, known = KindByCode(i.Kind); !known || i.Unit != d.Unit {
		return nil, nil, 0, problem.Problems{"id": "这份报告不是本单位用这个程序印发的，不能和现在的数比"}.Of(issued.Name)
	}
	for _, code := range i.By {
		axis, known := figure.AxisByCode(code)
		if !known {
			return nil, nil, 0, problem.Problems{"id": "这份报告是更新的程序印发的，请更新程序再比"}.Of(issued.Name)
		}
		a.By = append(a.By, axis)
	}
	for _, is := range r.Indicators {
		a.Codes = append(a.Codes, is.Code)
	}
	now, err := d.Make(ctx, a)
	if err != nil {
		return nil, nil, 0, err
	}
	late, more, err = d.late(ctx, now.Part, i.knew)
	return Compare(r, now), late, more, err
}

// parted is a table of an issued report.
func (d *Desk) parted(said issued.Report, from, to string, t issued.Table) Part {
	row := func(kept issued.Row) figure.Row { return figure.Kept(kept.Keys, kept.Labels, said.Codes, kept.Numbers) }
	span := figure.Days(from, to)
	p := Part{Span: span, Name: d.Calendar.Name(span), Total: row(t.Total)}
	for _, kept := range t.Rows {
		p.Rows = append(p.Rows, row(kept))
	}
	for i, margin := range t.Margins {
		for _, kept := range margin {
			p.Margins[i] = append(p.Margins[i], row(kept))
		}
	}
	for _, code := range said.By {
		axis, known := figure.AxisByCode(code)
		if !known {
			axis = figure.Axis{Code: code, Name: code}
		}
		p.kept = append(p.kept, axis)
	}
	return p
}

// restored is what an issued report says, as a report.
func (d *Desk) restored(said issued.Report) (r Report) {
	kind, known := KindByCode(said.Kind)
	if !known {
		kind = Kind{Code: said.Kind, Name: said.Title}
	}
	r = Report{Kind: kind, Title: said.Title, Unit: said.Unit, Notes: said.Notes, Part: d.parted(said, said.From, said.To, said.Table)}
	zone := d.Now().Location()
	at := func(s string) time.Time {
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return time.Time{}
		}
		return t.In(zone)
	}
	r.AsOf = at(said.AsOf)
	for _, i := range said.Shown {
		r.Indicators = append(r.Indicators, figure.Indicator{Code: i.Code, Name: i.Name, Definition: i.Definition, Day: i.Day, Unit: i.Unit, Source: i.Source,
			Over: i.Over, Under: i.Under})
	}
	for _, h := range said.Held {
		p := d.parted(said, h.From, h.To, h.Table)
		if h.What == Year {
			r.Year = &p
		} else {
			r.Before = &p
		}
	}
	for _, a := range said.Missing {
		r.Missing = append(r.Missing, Heard{Unit: a.Unit, Name: a.Name, Last: at(a.Last)})
	}
	r.Heard = slices.Clone(r.Missing)
	for range said.Reporting - len(r.Missing) { // those who had, whom nobody names
		r.Heard = append(r.Heard, Heard{Last: at(said.Until)})
	}
	for _, i := range said.Items {
		m := Item{Title: i.Title}
		m.Number, m.ID, m.Station, m.State, m.Term = i.Number, i.ID, i.Where, matter.State(i.State), i.Limit
		m.Leader = i.Leader
		if i.Who != "" {
			m.Units = []string{i.Who}
		}
		r.Items = append(r.Items, m)
	}
	return r
}

// Change is a cell of which two reports say something else; Was or Is is "—" where its row is in one of them alone.
type Change struct {
	Labels    []string
	Indicator figure.Indicator
	Was, Is   string
}

// Compare gives the cells in which a report differs from one before it, row by row, the total last.
func Compare(was, is Report) (list []Change) {
	key := func(r figure.Row) string { return strings.Join(r.Keys, "\n") }
	had := map[string]figure.Row{}
	for _, row := range was.Rows {
		had[key(row)] = row
	}
	say := func(labels []string, a, b *figure.Row) {
		for _, i := range is.Indicators {
			if !slices.ContainsFunc(was.Indicators, func(had figure.Indicator) bool { return had.Code == i.Code }) {
				continue // of which that one did not tell
			}
			before, now := "—", "—"
			if a != nil {
				before = was.Cell(*a, i)
			}
			if b != nil {
				now = is.Cell(*b, i)
			}
			if before != now && (a != nil && b != nil || before != "0" && now != "0") {
				list = append(list, Change{labels, i, before, now})
			}
		}
	}
	for _, row := range is.Rows {
		old, there := had[key(row)]
		delete(had, key(row))
		if there {
			say(row.Labels, &old, &row)
		} else {
			say(row.Labels, nil, &row)
		}
	}
	for _, row := range was.Rows {
		if old, gone := had[key(row)]; gone {
			say(old.Labels, &old, nil)
		}
	}
	say(is.Total.Labels, &was.Total, &is.Total)
	return list
}

// Verify gives the issued reports whose numbers do not add up, or are not those of their hash.
func (d *Desk) Verify(ctx context.Context) (uneven []Edition, err error) {
	list, err := d.Issued(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		r, err := d.kept(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		if r.Verify() != nil {
			uneven = append(uneven, e)
		}
	}
	return uneven, nil
}
