package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/report/figure"
	"lianluo.local/data/journal"
	"lianluo.local/data/site"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Heard is a unit below whose words come here, and until when they came.
type Heard struct {
	Unit, Name string
	Last       time.Time // zero: nothing came yet
}

// world gathers what is to be known besides what is counted, and the places that are open below us.
func (d *Desk) world(ctx context.Context) (*figure.World, []site.Site, error) {
	w := &figure.World{Calendar: d.Calendar, Today: thing.DaysAt(d.Now()), Leaders: map[string]string{}, Tiers: map[string]string{},
		Sites: map[string]figure.Site{}, Named: d.Named}
	var err error
	if w.People, w.Who, err = d.People(ctx); err != nil {
		return nil, nil, err
	}
	for _, p := range w.People {
		if p.Tier != "" {
			w.Leaders[p.Name] = p.Tier
		}
	}
	all, err := d.Sites(ctx)
	if err != nil {
		return nil, nil, err
	}
	var below []site.Site
	for _, s := range all {
		w.Sites[s.Code] = figure.Site{Name: cmp.Or(s.Short, s.Name), Kind: s.Kind}
		if slices.Contains([]string{"station", "point", "base"}, s.Kind) && (s.Code == d.Unit || unit.Above(d.Unit, s.Code)) {
			below = append(below, s)
		} else if s.Kind != "office" {
			delete(w.Sites, s.Code)
		}
	}
	rows, err := d.Store.Query(ctx, "SELECT id, tier FROM session WHERE tier <> ''")
	if err != nil {
		return nil, nil, fmt.Errorf("tiers of sessions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, tier string
		if err := rows.Scan(&id, &tier); err != nil {
			return nil, nil, fmt.Errorf("tiers of sessions: %w", err)
		}
		w.Tiers[id] = tier
	}
	return w, below, rows.Err()
}

// heard says who was to report.
func (d *Desk) heard(ctx context.Context, sites []site.Site) (list []Heard, err error) {
	if list, err = d.Heard(ctx); err != nil {
		return nil, err
	}
	for _, s := range sites {
		own := s.Code == d.Unit || unit.LevelOf(d.Unit) == journal.Station && unit.Serves(d.Unit, s.Code)
		if !own && !slices.ContainsFunc(list, func(h Heard) bool {
			return h.Unit == s.Code || unit.LevelOf(h.Unit) == journal.Station && unit.Serves(h.Unit, s.Code)
		}) {
			list = append(list, Heard{Unit: s.Code, Name: s.Name})
		}
	}
	slices.SortFunc(list, func(a, b Heard) int { return strings.Compare(a.Unit, b.Unit) })
	return list, nil
}

// missing are those of them who did not report in the last week of a report's span, as far as that is over.
func missing(r Report, all []Heard) (list []Heard) {
	last := min(r.Span.To, thing.DaysAt(r.AsOf))
	for _, h := range all {
		if h.Last.IsZero() || thing.DaysAt(h.Last.In(r.AsOf.Location())) < max(r.Span.From, last-6) {
			list = append(list, h)
		}
	}
	return list
}

// Until is until when all who were heard of at all have reported; zero where nobody reports to us.
func (r Report) Until() (until time.Time) {
	for _, h := range r.Heard {
		if !h.Last.IsZero() && (until.IsZero() || h.Last.Before(until)) {
			until = h.Last
		}
	}
	return until
}

// notes are the sentences by which a reader can add up the table.
func notes(r Report, axes []figure.Axis) (list []string) {
	for _, a := range axes {
		if a.Overlaps != "" && !slices.Contains(list, a.Overlaps) {
			list = append(list, a.Overlaps)
		}
	}
	var apart []string
	for _, i := range r.Indicators {
		each, total := 0.0, 0.0
		for _, row := range r.Rows {
			v, _ := row.Says(i)
			each += v
		}
		total, _ = r.Total.Says(i)
		if !i.Rate() && (r.Sits() || !i.OfSessions()) && len(r.Rows) > 0 && each != total {
			apart = append(apart, fmt.Sprintf("%s（各行相加 %.0f，合计 %.0f）", i.Name, each, total))
		}
	}
	for each := range slices.Chunk(apart, 12) { // a sentence that can still be read, and issued
		list = append(list, "合计不是各行相加的："+strings.Join(each, "、")+"。")
	}
	if apart != nil {
		list = append(list, "合计里每一件、每一场、每一个人只算一次；按时间分的，上期结转、在办、超期数各算到自己那一段。")
	}
	for _, row := range append(slices.Clone(r.Rows), r.Total) {
		if !row.Balanced() {
			list = append(list, strings.Join(row.Labels, "、")+"：上期结转 + 新收 和 办结 + 在办 + 移出 不相等，请核对。")
		}
	}
	return list
}
