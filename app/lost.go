package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/lost"
	tables "lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/places"
	"lianluo.local/data/audit"
	"lianluo.local/data/matter"
	"lianluo.local/data/right"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Concerned are the matters of whose citizens this home knows something: whom it concerns where it, or a copy of it, comes
// into other hands; those of one table where a unit is named.
func (a *App) Concerned(ctx context.Context, unit string) (list []ledger.View, err error) {
	for q := (ledger.Query{Filter: view.Filter{Unit: unit}, Limit: 1000}); ; {
		page, err := a.Ledger.Page(ctx, q)
		if err != nil {
			return nil, err
		}
		list = append(list, slices.DeleteFunc(slices.Clone(page.Matters), func(v ledger.View) bool { return !v.Known() })...)
		if !page.More {
			return list, nil
		}
		q.Before = page.Matters[len(page.Matters)-1].Row
	}
}

// Loss is what the loss of a unit's computer comes to, of this home for "".
func (a *App) Loss(ctx context.Context, unit string) (l lost.Loss, err error) {
	if err := a.guard.Sits(ctx, right.Look); err != nil {
		return l, err
	}
	list, err := a.Concerned(ctx, unit)
	if l.Code = unit; unit == "" {
		l.Code = a.Settings.Unit
	}
	l.Unit, l.Matters = places.Of(l.Code).Full, len(list)
	people := map[string]bool{}
	for _, v := range list {
		people[citizen(v.Matter)] = true
		if v.Confidential {
			l.Confidential++
		}
	}
	l.Citizens, l.Sealed = len(people), a.Settings.Unit == l.Code && !a.Settings.Practice && Locked(a.Home)
	return l, err
}

// citizen tells the citizen of a matter from others; who gave another telephone may be another.
func citizen(m matter.Matter) string {
	ls := slices.Concat(thing.People(m.Name), thing.Phones(m.Phone))
	if len(ls) == 0 {
		return m.ID
	}
	return fmt.Sprint(ls)
}

// LossPaper draws the page of what to do then.
func (a *App) LossPaper(ctx context.Context, unit string) (d typeset.Document, err error) {
	l, err := a.Loss(ctx, unit)
	if err != nil {
		return d, err
	}
	o, err := a.Issuer(ctx)
	if err != nil {
		return d, err
	}
	return lost.Document(l, o), nil
}

// ListConcerned writes those whom it concerns into a workbook or a text, with what is needed to reach them. It gives how
// many matters that are.
func (a *App) ListConcerned(ctx context.Context, file, unit string) (n int, err error) {
	defer func() { a.note(a.Clerk(), audit.Export, taken("concerned", n, true), err) }()
	if err := a.guard.Sits(ctx, right.Export); err != nil {
		return 0, err
	}
	if err := a.Home.Outside(file, a.Settings.Folder); err != nil {
		return 0, err
	}
	list, err := a.Concerned(ctx, unit)
	if err != nil {
		return 0, err
	}
	o, err := a.Issuer(ctx)
	if err != nil {
		return 0, err
	}
	t := tables.Table{Notes: tables.Notes{Organisation: form.Line(o.Organisation), Title: "涉及的群众名单", Part: form.Line(o.Name),
		Day: "截至 " + a.Now().Format("2006年1月2日 15:04"), Treatment: "内部资料 · 含个人信息 · 请妥善保管", Maker: form.Line(o.Clerk), Practice: o.Practice}, Keys: 1,
		Columns: []tables.Column{{Title: "编号", Width: 34}, {Title: "反映日期", Width: 22, Holds: tables.Days}, {Title: "姓名", Width: 20}, {Title: "电话", Width: 28},
			{Title: "住址", Width: 50}, {Title: "保密", Width: 10}, {Title: "状态", Width: 22}, {Title: "怎样通知、哪天", Width: 34}}}
	for _, v := range list {
		t.Rows = append(t.Rows, tables.Row{Cells: []string{v.Number, v.Occurred.In(beijing).Format(time.DateOnly), v.Name, v.Phone, v.Address,
			map[bool]string{true: "保密"}[v.Confidential], v.State.String(), ""}})
	}
	return len(list), saved(t, file, tables.Print)
}
