package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/matter"
	"lianluo.local/data/trace"
	"lianluo.local/data/view"
)

// Item is a matter of a list.
type Item struct {
	matter.Matter
	Title string // Hidden; 保密件 where confidence was asked for
}

func shown(f view.Found) Item {
	m := Item{Matter: f.Matter, Title: "保密件"}
	if !f.Confidential {
		m.Title = m.Hidden(f.Title)
	}
	return m
}

// Hidden is a text of a matter for a paper that many read: without what tells who the citizen is, and nothing at all where
// confidence was asked for.
func (m Item) Hidden(text string) string {
	if m.Confidential {
		return ""
	}
	text = strings.Join(strings.Fields(text), " ")
	return trace.Hide(text, m.Private, func(trace.Found) string { return "**" })
}

// mostItems is how many matters a list names at most.
const mostItems = 2000

// items gives the matters of a kind that lists, which its table noted; where another report made with it lists them, too, those of that.
func (d *Desk) items(ctx context.Context, r *Report, others []Report) error {
	rows := r.table.Behind
	slices.Sort(rows)
	if n := len(rows); n > mostItems {
		rows = rows[:mostItems:mostItems]
		r.Notes = append(r.Notes, fmt.Sprintf("清单共 %d 件，这里列出先登记的 %d 件。", n, mostItems))
	}
	if i := slices.IndexFunc(others, func(o Report) bool { return o.Kind.List == r.Kind.List && o.Span == r.Span }); i >= 0 {
		r.Items = others[i].Items
		return nil
	}
	for each := range slices.Chunk(rows, 500) {
		found, err := view.Page(ctx, d.Store, view.Filter{Rows: each}, 0, len(each))
		if err != nil {
			return err
		}
		for _, f := range found {
			r.Items = append(r.Items, shown(f))
		}
	}
	slices.SortFunc(r.Items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Limit(), b.Limit()), cmp.Compare(a.Number, b.Number))
	})
	return nil
}
