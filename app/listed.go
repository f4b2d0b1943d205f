package app

import (
	"context"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper/form"
	tables "lianluo.local/app/paper/table"
	"lianluo.local/assets/places"
	"lianluo.local/data/audit"
	"lianluo.local/data/right"
	"lianluo.local/data/words"
)

// ExportMatters writes the matters that a query chooses into a file, newest first, as a workbook or as text by the end of its
// name. Citizens are covered, and nothing is said of a confidential one, unless private is asked for. It fails with
// problem.Problems.
func (a *App) ExportMatters(ctx context.Context, file, title string, q ledger.Query, private bool) (n int, err error) {
	defer func() { a.note(a.Clerk(), audit.Export, taken("matters", n, private), err) }()
	if err := a.guard.Sits(ctx, right.Export); err != nil {
		return 0, err
	}
	o, err := a.Issuer(ctx)
	if err != nil {
		return 0, err
	}
	t := tables.Table{Notes: tables.Notes{Organisation: form.Line(o.Organisation), Title: title, Part: form.Line(o.Name),
		Day: "截至 " + a.Now().Format("2006年1月2日 15:04"), Maker: form.Line(o.Clerk), Practice: o.Practice}, Keys: 1, Columns: []tables.Column{
		{Title: "编号", Width: 34}, {Title: "反映日期", Width: 22, Holds: tables.Days}, {Title: "站点", Width: 40}, {Title: "群众", Width: 16}, {Title: "电话", Width: 26},
		{Title: "来源", Width: 16}, {Title: "类别", Width: 40}, {Title: "事项", Width: 60}, {Title: "承办单位", Width: 30}, {Title: "领办", Width: 14},
		{Title: "状态", Width: 22}, {Title: "期限", Width: 22, Holds: tables.Days}, {Title: "剩余", Width: 16}, {Title: "评议", Width: 14}}}
	if q, err = a.Ledger.Narrow(ctx, q); err != nil {
		return 0, err
	}
	for q.Before, q.Limit = 0, 1000; ; {
		page, err := a.Ledger.Page(ctx, q)
		if err != nil {
			return 0, err
		}
		for _, v := range page.Matters {
			if !private {
				v = masked(v)
			}
			title := v.Title
			if v.Confidential && !private {
				title = "保密件"
			}
			t.Rows = append(t.Rows, tables.Row{Cells: []string{v.Number, v.Occurred.In(a.Now().Location()).Format(time.DateOnly), places.Of(v.Station).Where,
				v.Name, v.Phone, words.Channels.Name(v.Channel), ledger.CategoryName(v.Category), title, unitsOf(v), v.Leader, v.State.String(),
				v.Limit(), v.Rest(), words.Ratings.Name(v.Result)}})
		}
		if !page.More {
			return len(t.Rows), a.saved(t, file, tables.Print)
		}
		q.Before = page.Matters[len(page.Matters)-1].Row
	}
}
