// Package batch is people and units from sheets: a sheet is tried first, what is asked is answered, then it is taken as
// a whole, and may be taken back as one.
package batch

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Cell is what stands in a cell of a sheet, in the plain form of its column's Sort, and where: 名册!B17.
type Cell struct{ Text, At string }

// Row is a row of a sheet: its cells by the codes of Columns or Units, those that are empty left out.
type Row map[string]Cell

// at is where a row is spoken of: at its name, else at its first cell.
func (r Row) at() string {
	if c, ok := r["name"]; ok {
		return c.At
	}
	var first string
	for _, c := range r {
		if first == "" || len(c.At) < len(first) || len(c.At) == len(first) && c.At < first {
			first = c.At
		}
	}
	return first
}

// Handout is a sheet as it came: rows, and what a person said of it.
type Handout struct {
	Batch   string // names the file and how it is read
	Rows    []Row
	Default map[string]string // what holds where a row says nothing, by the code of a column
	// Answers say who stands in a row, by the cell that was asked about: the ID of somebody here, the cell of another
	// row (who is the same), "new" or "skip". "*": "skip" leaves out all that is asked or wrong besides.
	Answers map[string]string
}

// Remark is what is asked or wrong at a cell, and who may be meant.
type Remark struct {
	Cell string   `json:"cell"`
	Why  string   `json:"why"`
	Who  []Likely `json:"who,omitempty"`
}

// Likely is somebody who may be meant.
type Likely struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Note string `json:"note"` // by what people tell them apart
}

// Change is what a field was and is to be.
type Change struct{ Cell, Code, Name, Was, Is string }

// Told is somebody, or a unit, of whom a sheet tells: by which cell, and the ID, "" of who is new.
type Told struct {
	Cell, ID, Name string
	Changes        []Change
}

// Trial is what a sheet would do: nothing is written before Take.
type Trial struct {
	Batch              string
	New, Changed, Same []Told
	Doubtful           []Remark // to be answered
	Errors             []Remark // not to be taken
	Notes              []Remark // to be known
	Missing            []Likely // those of its congresses whom it does not name; they stay as they are
	Again              bool     // it was taken before

	acts []store.Act
}

// With has a trial do some acts besides, of any kind.
func (t Trial) With(acts ...store.Act) Trial {
	t.acts = append(slices.Clip(t.acts), acts...)
	return t
}

// ErrDoubtful says that a sheet cannot be taken before what is asked was answered, and what is wrong put right.
var ErrDoubtful = problem.New("sheet has doubts", "表里还有要核对的地方，一行也没有导入。请逐条回答或改好表格，再导入一次。")

// asking collects what is asked and wrong of a handout.
type asking struct {
	*Trial
	*roster.Desk
	h Handout
}

func (a asking) answer(cell string) string { return strings.TrimSpace(a.h.Answers[cell]) }

// doubt asks about somebody, who is left out until it is answered.
func (a asking) doubt(e *entrant, cell, why string, who ...Likely) {
	if e.out { // one question after the other
		return
	}
	e.out = true
	if a.h.Answers["*"] != "skip" {
		a.Doubtful = append(a.Doubtful, Remark{cell, why, who})
	}
}

func (a asking) wrong(cell, why string) { a.Errors = append(a.Errors, Remark{Cell: cell, Why: why}) }
func (a asking) warn(cell, why string)  { a.Notes = append(a.Notes, Remark{Cell: cell, Why: why}) }

// Try says what a sheet of people would do.
func Try(ctx context.Context, r *roster.Roster, h Handout) (t Trial, err error) {
	t.Batch = h.Batch
	here, err := everybody(ctx, r)
	if err != nil {
		return t, err
	}
	a := asking{Trial: &t, h: h}
	if t.Same = here.taken(h.Batch); len(t.Same) > 0 {
		t.Again = true
		return t, nil
	}
	if a.Desk, err = r.Desk(ctx, clerk.Clerk{}); err != nil {
		return t, err
	}
	list := a.merge(a.entrants())
	a.match(list, here, func(a asking, e *entrant) bool {
		acts, _, ok := a.alter(ctx, e, here.parts[e.who.ID])
		return ok && len(acts) == 0
	})
	named := map[string]bool{}
	for _, e := range list {
		if e.out {
			continue
		}
		one := Told{Cell: e.at, Name: e.facts.Name}
		if e.who == nil {
			if act, ok := a.add(e); ok {
				t.New, t.acts = append(t.New, one), append(t.acts, act)
			}
			continue
		}
		one.ID, named[e.who.ID] = e.who.ID, true
		acts, changes, ok := a.alter(ctx, e, here.parts[e.who.ID])
		switch one.Changes = changes; {
		case ok && len(acts) == 0:
			t.Same = append(t.Same, one)
		case ok:
			t.Changed, t.acts = append(t.Changed, one), append(t.acts, acts...)
		}
	}
	t.Missing = here.missing(list, named, r.Settings.Unit)
	return t, nil
}

// Take writes what a trial would do, all of it or nothing. It fails with ErrDoubtful.
func Take(ctx context.Context, r *roster.Roster, by clerk.Clerk, t Trial) error {
	if err := r.Guard.Ask(ctx, by, right.Import); err != nil {
		return err
	}
	if len(t.Doubtful)+len(t.Errors) > 0 {
		return ErrDoubtful
	}
	if err := write(ctx, r, by, t.acts); err != nil {
		return fmt.Errorf("take sheet %s: %w", t.Batch, err)
	}
	return nil
}

func write(ctx context.Context, r *roster.Roster, by clerk.Clerk, acts []store.Act) error {
	if len(acts) == 0 {
		return nil
	}
	now := r.Now()
	for i := range acts {
		acts[i].Unit, acts[i].By, acts[i].User, acts[i].At = r.Settings.Unit, by.Name, by.User, now
	}
	_, err := r.Store.Write(ctx, acts...)
	return err
}

// folk are all people here, each with all his IDs, by what they are found by.
type folk struct {
	list    []*person.Person
	byID    map[string]*person.Person
	byName  map[string][]*person.Person
	byPaper map[string][]*person.Person // level, congress, number
	parts   map[string][]person.Person  // what is kept under the IDs of somebody, by the first
}

func everybody(ctx context.Context, r *roster.Roster) (f folk, err error) {
	ls, err := view.Things[person.Person](ctx, r.Store, person.Name, "state = ? ORDER BY row", int(person.Here))
	if err != nil {
		return f, err
	}
	f.byID, f.byName, f.byPaper = map[string]*person.Person{}, map[string][]*person.Person{}, map[string][]*person.Person{}
	for i := range ls {
		f.byID[ls[i].Thing.ID] = &ls[i].Thing
	}
	roots, err := r.Roots(ctx)
	if err != nil {
		return f, err
	}
	root := func(p *person.Person) *person.Person { return cmp.Or(f.byID[roots[p.ID]], p) }
	others := map[string]*person.Person{}
	f.parts = map[string][]person.Person{}
	for i := range ls {
		if p := &ls[i].Thing; root(p) == p {
			f.parts[p.ID] = []person.Person{*p}
		}
	}
	for i := range ls {
		p := &ls[i].Thing
		if to := root(p); to != p {
			f.parts[to.ID] = append(f.parts[to.ID], *p)
			whole := to.Whole(*p)
			whole.Batches = slices.Concat(whole.Batches, p.Batches)
			*to, others[p.ID] = whole, to
			continue
		}
		f.list = append(f.list, p)
	}
	for id, p := range others {
		f.byID[id] = p
	}
	for _, p := range f.list {
		f.byName[spelling.Name(p.Name)] = append(f.byName[spelling.Name(p.Name)], p)
		for _, m := range p.Mandates {
			if m.Number != "" {
				key := m.Key() + " " + spelling.Code(m.Number)
				f.byPaper[key] = append(f.byPaper[key], p)
			}
		}
	}
	return f, nil
}

// taken are those of whom a batch said something.
func (f folk) taken(batch string) (list []Told) {
	for _, p := range f.list {
		if slices.Contains(p.Batches, batch) {
			list = append(list, Told{ID: p.ID, Name: p.Name})
		}
	}
	return list
}

// missing are those who hold a mandate of the congresses of a sheet, of which the office is the keeper, and whom it does
// not name.
func (f folk) missing(list []*entrant, named map[string]bool, office string) (who []Likely) {
	keys := map[string]bool{}
	for _, e := range list {
		for _, m := range e.mandates {
			keys[m.Key()] = person.Keeper(office, m.Level)
		}
	}
	for _, p := range f.list {
		if !named[p.ID] && slices.ContainsFunc(p.Held(), func(m person.Mandate) bool { return keys[m.Key()] }) {
			who = append(who, likely(*p))
		}
	}
	return who
}

func likely(p person.Person) Likely {
	note := ""
	for _, m := range p.Held() {
		note = thing.Join(note, m.String()+m.Number)
	}
	return Likely{p.ID, p.Name, thing.Join(thing.Join(p.Birth, p.Employer), note)}
}
