package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/app/desk"
	"lianluo.local/app/desk/oldbook"
	"lianluo.local/app/roster"
	"lianluo.local/app/roster/batch"
	"lianluo.local/app/sheet"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// sited are columns in which that of stations takes the stations at whose table this home sits.
func (a *App) sited(ctx context.Context, columns []sheet.Column) ([]sheet.Column, error) {
	sites, err := a.Roster.Sites(ctx, false, "station", "point", "base")
	if err != nil {
		return nil, err
	}
	own := a.Settings.Unit
	forms := words.Forms{}
	for _, s := range sites {
		if unit.Serves(own, s.Code) {
			forms = append(forms, words.Form{Name: s.Code, Also: []string{s.Called(), s.Name, s.Short, places.Local(s.Code)}})
		}
	}
	if !slices.ContainsFunc(forms, func(f words.Form) bool { return f.Name == own }) {
		forms = append(forms, words.Form{Name: own, Also: []string{places.Local(own)}})
	}
	for i, f := range forms {
		if f.Name == own {
			forms[i].Also = append(slices.Clip(f.Also), a.Settings.Name)
		}
	}
	columns = slices.Clone(columns)
	for i := range columns {
		if columns[i].Code == "station" {
			columns[i].Words = forms
		}
	}
	return columns, nil
}

// oldBook tries a sheet that is an old register.
type oldBook struct{ register string }

func (o *oldBook) try(ctx context.Context, a *App, h batch.Handout) (t batch.Trial, err error) {
	if a.Settings.Role != journal.Station {
		return t, desk.ErrNotStation
	}
	t.Batch = h.Batch + "-" + o.register[:1]
	taken, err := a.brought(ctx, t.Batch)
	if err != nil {
		return t, err
	}
	if len(taken) > 0 {
		for _, l := range taken {
			t.Same = append(t.Same, batch.Told{ID: l.Thing.ID, Name: l.Thing.Number})
		}
		t.Again = true
		return t, nil
	}
	k := keying{Trial: &t, app: a, h: h, register: o.register, named: map[string]namesake{},
		offers: map[string]roster.Offers{}}
	return k.all(ctx)
}

// brought are the matters of which a batch tells.
func (a *App) brought(ctx context.Context, which string) ([]view.Line[matter.Matter], error) {
	return view.Things[matter.Matter](ctx, a.Store, matter.Name, "instr(batches, ?) > 0 AND state <> ? ORDER BY row",
		" "+which+" ",
		int(matter.Void))
}

// namesake is who somebody is whom a book names as a deputy.
type namesake struct {
	id    string
	known bool
}

// keying is an old register while it is tried.
type keying struct {
	*batch.Trial
	app      *App
	h        batch.Handout
	register string
	named    map[string]namesake
	offers   map[string]roster.Offers
	acts     []store.Act
	err      error
}

// deputies says who on the roster some names are.
func (k *keying) deputies(ctx context.Context, station string, names []string) (known []string, persons matter.Persons,
	others []string) {
	for _, name := range names {
		key := station + " " + name
		n, met := k.named[key]
		if !met {
			offers, had := k.offers[station]
			if !had {
				var err error
				if offers, err = k.app.Roster.Offers(ctx, station); err != nil {
					k.err = err
				}
				k.offers[station] = offers
			}
			if o, ok := offers.Named(name); ok {
				n.known = true
				if o.Here {
					n.id = o.ID
				}
			}
			k.named[key] = n
		}
		if persons = persons.With(matter.Persons{name: n.id}); n.known {
			known = append(known, name)
		} else {
			others = append(others, name)
		}
	}
	return known, persons, others
}

// keyedRow is a row with what was understood of it.
type keyedRow struct {
	oldbook.Line
	row    batch.Row
	at     string
	before int // how many rows before say the very same
}

func (k *keying) all(ctx context.Context) (t batch.Trial, err error) {
	var rows []keyedRow
	said, silent := map[string]int{}, 0
	first := map[string]string{}
	told := 0
	about := oldbook.About{Desk: k.app.Desk, Station: k.app.Settings.Unit, Register: k.register, Ended: k.h.Default["ended"],
		Deputies: func(station string, names []string) ([]string, matter.Persons, []string) {
			return k.deputies(ctx, station, names)
		}}
	for _, row := range k.h.Rows {
		texts := oldbook.Row{}
		for code, c := range row {
			texts[code] = c.Text
		}
		line, wrong, notes := oldbook.Read(texts, about)
		if k.err != nil {
			return t, k.err
		}
		one := keyedRow{Line: line, row: row, at: leftmost(row)}
		for _, code := range slices.Sorted(maps.Keys(notes)) {
			k.Notes = append(k.Notes, batch.Remark{Cell: one.cell(code), Why: notes[code]})
		}
		for _, code := range slices.Sorted(maps.Keys(wrong)) {
			if k.h.Answers["*"] != "skip" {
				k.Errors = append(k.Errors, batch.Remark{Cell: one.cell(code), Why: wrong[code]})
			}
		}
		if len(wrong) > 0 {
			continue
		}
		if line.Struck == "" {
			key := line.Key(0)
			one.before = said[key]
			if said[key]++; one.before == 0 {
				first[key] = one.at
			}
			switch line.Ending {
			case oldbook.Silent:
				silent++
			case oldbook.Told:
				told++
			}
		}
		rows = append(rows, one)
	}
	here, err := k.app.known(ctx, rows)
	if err != nil {
		return t, err
	}
	papers := map[string]string{}
	for _, one := range rows {
		k.one(one, here, first, papers)
	}
	if silent > 0 && k.h.Default["ended"] == "" {
		k.Notes = append(k.Notes, batch.Remark{Why: fmt.Sprintf("有 %d 件没有写办得怎样，照“在办”登记，不限期、不算超期；都办完了的，"+
			"导入时说明：没有写结果的按“办结”", silent)})
	}
	if told > 0 {
		k.Notes = append(k.Notes, batch.Remark{Why: fmt.Sprintf("有 %d 件写了结果、没有写是不是办结，照“办结”登记", told)})
	}
	return k.With(k.acts...), nil
}

// cell is where a row says something of a code, its first cell otherwise.
func (r keyedRow) cell(code string) string {
	if c, ok := r.row[code]; ok {
		return c.At
	}
	for _, near := range map[string][]string{"name": {"host", "source"}, "phone": {"host", "source"},
		"words": {"title"}}[code] {
		if c, ok := r.row[near]; ok {
			return c.At
		}
	}
	return r.at
}

// leftmost is the first cell of a row.
func leftmost(row batch.Row) (at string) {
	for _, c := range row {
		if at == "" || len(c.At) < len(at) || len(c.At) == len(at) && c.At < at {
			at = c.At
		}
	}
	return at
}

// one says what a row would do.
func (k *keying) one(r keyedRow, here kept, first, papers map[string]string) {
	told := batch.Told{Cell: r.at, Name: r.Report.Title}
	m := here.byNumber[spelling.Number(r.Number)]
	if r.Number == "" {
		m = nil
	}
	if r.Struck != "" {
		if m != nil {
			told.ID, told.Name = m.ID, m.Number
			k.Same = append(k.Same, told)
		} else if r.Number == "" || !strings.HasPrefix(r.Struck, "已作废") {
			k.Notes = append(k.Notes, batch.Remark{Cell: r.at, Why: "这一行只写了“" + r.Struck + "”，没有导入"})
		}
		return
	}
	doubt := func(cell, why string) {
		if k.h.Answers["*"] != "skip" {
			k.Doubtful = append(k.Doubtful, batch.Remark{Cell: cell, Why: why})
		}
	}
	answer := strings.TrimSpace(k.h.Answers[r.at])
	paper := r.Report.PaperKey()
	if r.Number != "" && m != nil {
		paper = ""
	}
	if paper != "" {
		cell := r.cell(map[bool]string{true: "paper", false: "number"}[r.row["paper"].Text != ""])
		if before := papers[paper]; before != "" {
			k.Errors = append(k.Errors, batch.Remark{Cell: cell,
				Why: "编号“" + r.Report.PaperNumber + "”和 " + before + " 重了，请核对"})
			return
		}
		papers[paper] = cell
		if m == nil {
			m = here.byPaper[paper]
			if m != nil && !r.Like(*m) && !r.Same(*m) {
				doubt(cell, "纸质编号“"+r.Report.PaperNumber+"”在这里登记的是另一件事（"+m.Number+"），请核对编号和年份；这一行不导入的答 skip")
				return
			}
		}
	}
	if m == nil {
		m = here.byRow[r.Key(r.before)]
	}
	if m == nil && answer != "new" {
		m = k.alike(r, here)
	}
	if m == nil && answer == first[r.Key(0)] && answer != "" { // written twice
		return
	}
	if m == nil && r.before > 0 && answer != "new" && paper == "" {
		doubt(r.at, "和 "+first[r.Key(0)]+" 写的一样（同一天、同一人、同一件事）：是两件事的答 new，写重了的答 skip")
		return
	}
	if m == nil {
		opening, private := r.Opening(k.Batch, r.before)
		k.New = append(k.New, told)
		k.acts = append(k.acts, store.Act{Kind: matter.Name, Do: "receive", Body: &opening, Private: private,
			Schema: matter.Booked})
		return
	}
	told.ID, told.Name = m.ID, m.Number+" "+m.Title
	if before := here.taken[m.ID]; before != "" && answer == before {
		return
	} else if before != "" {
		doubt(r.at, "和 "+before+" 都像是已经登记的 "+m.Number+"：是另一件的答 new，写重了的答 skip")
		return
	}
	here.taken[m.ID] = r.at
	set, hidden, book, changes, other := r.Differs(*m)
	if other {
		k.Notes = append(k.Notes, batch.Remark{Cell: r.at, Why: m.Number + " 已经在这里办理，表里写的办理情况没有改它"})
	}
	if len(set)+len(hidden) == 0 && book == nil {
		k.Same = append(k.Same, told)
		return
	}
	if m.Unit != k.app.Settings.Unit {
		k.Errors = append(k.Errors, batch.Remark{Cell: r.at, Why: m.Number + " 是别的站点登记的，这里不能改"})
		return
	}
	for _, c := range changes {
		told.Changes = append(told.Changes, batch.Change{Cell: r.cell(c.Code), Code: c.Code, Name: c.Name, Was: c.Was,
			Is: c.Is})
	}
	k.Changed = append(k.Changed, told)
	k.acts = append(k.acts, again(m.ID, matter.Carry{Batch: k.Batch, Book: book}, set, hidden))
}

// alike is the one matter of the same day, words and citizen that no other row tells of.
func (k *keying) alike(r keyedRow, here kept) (found *matter.Matter) {
	for _, m := range here.byDay[r.Report.Station+" "+r.Day()] {
		if here.taken[m.ID] == "" && r.Same(*m) && (m.Row == "" || r.before == 0) {
			if found != nil {
				return nil
			}
			found = m
		}
	}
	return found
}

// again is the act by which a sheet tells of a matter once more.
func again(id string, said matter.Carry, set, hidden map[string]json.RawMessage) store.Act {
	act := store.Act{Kind: matter.Name, Thing: id, Do: "carry"}
	if len(set) > 0 {
		said.Set, _ = json.Marshal(set) // of texts and lists of them
	}
	if len(hidden) > 0 {
		act.Private = hidden
	}
	act.Body = said
	return act
}
