package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/lost"
	tables "lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/places"
	"lianluo.local/data/audit"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// somebody is one of whom this home knows more than nothing: in what that stands, and how he is reached.
type somebody struct {
	kind                                            string // matter.Name, session.Name (a household) or person.Name (a deputy)
	thing, day, name, phone, address, secret, state string // thing: a number, or what people call it
	shut                                            bool   // who sits here may not see who he is
}

// concerned are those whom it concerns where this home, or a copy of it, comes into other hands, whoever asks; of one
// table, or whose contact that table was told, where a unit is named.
func (a *App) concerned(ctx context.Context, unit string) (list []somebody, err error) {
	contact, secret := a.guard.May(ctx, right.Contact), a.guard.May(ctx, right.Secret)
	for before, more := int64(0), true; more; {
		page, err := view.Page(ctx, a.Store, view.Filter{Unit: unit}, before, 1000)
		if err != nil {
			return nil, err
		}
		for _, f := range page {
			before = f.Row
			if f.Known() {
				list = append(list, somebody{matter.Name, f.Number, f.Occurred.In(beijing).Format(time.DateOnly), f.Name, f.Phone,
					f.Address, map[bool]string{true: "保密"}[f.Confidential], f.State.String(),
					!contact || f.Confidential && (!secret || f.Unit != a.Settings.Unit)})
			}
		}
		more = len(page) == 1000
	}
	rounds, err := view.Things[session.Session](ctx, a.Store, session.Name, "told ORDER BY row DESC")
	if err != nil {
		return nil, err
	}
	for _, l := range rounds {
		for _, key := range slices.Sorted(maps.Keys(l.Thing.Homes)) {
			if h := l.Thing.Homes[key]; unit == "" || l.Thing.May(session.Redact, unit) {
				list = append(list, somebody{session.Name, "走访 " + l.Thing.Title(), l.Thing.Day, h.Name, h.Phone, h.Address, "", "",
					!contact})
			}
		}
	}
	people, err := view.Things[person.Person](ctx, a.Store, person.Name, "told ORDER BY row DESC")
	for _, l := range people {
		if p := l.Thing; unit == "" || slices.Contains(p.Privy(), unit) {
			list = append(list, somebody{person.Name, "代表名册", "", p.Name, p.Phone, p.Address, "", "", !contact})
		}
	}
	return list, err
}

// Loss is what the loss of a unit's computer comes to, of this home for "": numbers, of all that is kept, whoever asks.
func (a *App) Loss(ctx context.Context, unit string) (l lost.Loss, err error) {
	if err := a.guard.Sits(ctx, right.Look); err != nil {
		return l, err
	}
	list, err := a.concerned(ctx, unit)
	l.Code = cmp.Or(unit, a.Settings.Unit)
	l.Unit, l.Sealed = places.Of(l.Code).Full, a.Settings.Unit == l.Code && !a.Settings.Practice && Locked(a.Home)
	citizens := map[string]bool{}
	for i, s := range list {
		switch s.kind {
		case matter.Name:
			l.Matters++
			l.Confidential += len(s.secret) / len("保密")
		case session.Name:
			l.Visits++
		case person.Name:
			l.Deputies++
			continue
		}
		who := fmt.Sprint(i)
		if ls := slices.Concat(thing.People(s.name), thing.Phones(s.phone)); len(ls) > 0 {
			who = fmt.Sprint(ls) // who gave another telephone may be another
		}
		citizens[who] = true
	}
	l.Citizens = len(citizens)
	return l, err
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

// ListConcerned writes those whom it concerns into a workbook or a text, with what is needed to reach them; of those whom
// who sits here may not know it says in what they stand. It gives how many lines that are.
func (a *App) ListConcerned(ctx context.Context, file, unit string) (n int, err error) {
	defer func() { a.note(a.Clerk(), audit.Export, taken("concerned", n, true), err) }()
	if err := a.guard.Sits(ctx, right.Export); err != nil {
		return 0, err
	}
	list, err := a.concerned(ctx, unit)
	if err != nil {
		return 0, err
	}
	o, err := a.Issuer(ctx)
	if err != nil {
		return 0, err
	}
	t := tables.Table{Notes: tables.Notes{Organisation: form.Line(o.Organisation), Title: "涉及的人员名单", Part: form.Line(o.Name),
		Day: "截至 " + a.Now().Format("2006年1月2日 15:04"), Treatment: "内部资料 · 含个人信息 · 请妥善保管", Maker: form.Line(o.Clerk),
		Practice: o.Practice}, Keys: 1,
		Columns: []tables.Column{{Title: "编号或出处", Width: 34}, {Title: "日期", Width: 22, Holds: tables.Days}, {Title: "姓名", Width: 20},
			{Title: "电话", Width: 28}, {Title: "住址", Width: 50}, {Title: "保密", Width: 10}, {Title: "状态", Width: 22},
			{Title: "怎样通知、哪天", Width: 34}}}
	for _, s := range list {
		if s.shut {
			s.name, s.phone, s.address = "（您看不到）", "", ""
		}
		t.Rows = append(t.Rows, tables.Row{Cells: []string{s.thing, s.day, s.name, s.phone, s.address, s.secret, s.state, ""}})
	}
	return len(list), a.saved(t, file, tables.Print)
}
