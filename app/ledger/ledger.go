// Package ledger looks things up: a page of matters by filter and full text, one matter with its whole history, the
// same citizen, similar matters.
//
// Full text and pinyin lie in an index of their own that is filled behind the saves and may be thrown away at any time;
// what it finds is always read from the store.
package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/category"
	"lianluo.local/assets/workday"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/right"
	"lianluo.local/data/search"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Ledger reads one computer's store.
type Ledger struct {
	Guard    right.Guard
	Store    *store.Store
	Index    *search.Index
	Calendar *workday.Calendar
	Unit     string       // ours
	Week     time.Weekday // on which weeks begin
	Sign     int          // working days within which departments are to sign for what they got
	Retain   int          // months for which a citizen is known after his matter has ended
	Now      func() time.Time

	Called func(id string) string // the name of somebody by his ID, or ""; nil: nobody is known
}

// Filter chooses matters by what is written in their rows.
type Filter = view.Filter

// Query asks for a page, newest first.
type Query struct {
	Filter
	Text string // full text, a name, number or phone however written, initials (search.Index.Find)
	Late bool   // only what is overdue today
	// What a citizen came by, who took it on himself (spelling.Name), how it was rated: a code of words.Ratings.
	Channel, Leader, Result string

	Before int64 // the row after which to go on; 0 begins with the newest
	Limit  int   // 0 stands for 50

	rows map[int64]bool // only these; nil for all (Narrow)
}

// View is a matter as it is shown today.
type View struct {
	view.Found
	Light    Light
	Overdue  bool
	DaysLeft int           // working days until somebody must have acted; negative since then, 0 for no such day
	Tied     []string      // who those are who are named otherwise than the roster has them: 赵来客是名册上的王明
	Sitting  string        // the session at which it was raised: 2026-11-16 19:30 道路出行; "" where that is not here, and in lists
	Absent   *store.Absent // private words of our own that are not here; nil where none are, and in lists
}

// Page is a piece of a list.
type Page struct {
	Matters []View
	More    bool // there are older ones
}

// Owner is the unit whose turn it is: the table that faced the citizen where he is to be told or asked, else whoever
// has the matter to handle; "" when nobody has to do anything.
func (v View) Owner() string {
	switch {
	case !v.State.Open():
		return ""
	case v.State.Citizen():
		return v.Unit
	}
	return v.Holder
}

// Page gives the matters that a query chooses.
func (l *Ledger) Page(ctx context.Context, q Query) (p Page, err error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	e, err := l.narrowed(ctx, &q.Filter, strings.TrimSpace(q.Text))
	if err != nil {
		return p, err
	}
	today := l.Now().Format(time.DateOnly)
	if q.Late {
		q.Overdue = today
	}
	if q, err = l.Narrow(ctx, q); err != nil {
		return p, err
	}
	var found []view.Found
	if strings.TrimSpace(q.Text) == "" {
		if found, err = view.Page(ctx, l.Store, q.Filter, q.Before, q.Limit+1); err != nil {
			return p, err
		}
	} else {
		if q.Before == 0 {
			l.Guard.Seeks(q.Text)
		}
		if found, err = l.search(ctx, q); err != nil {
			return p, err
		}
	}
	if p.More = len(found) > q.Limit; p.More {
		found = found[:q.Limit]
	}
	for _, f := range found {
		p.Matters = append(p.Matters, l.view(e, f))
	}
	return p, nil
}

// search walks the index from the newest hit until the filter has let enough of them pass.
func (l *Ledger) search(ctx context.Context, q Query) (found []view.Found, err error) {
	l.catchUp(ctx)
	before := q.Before
	for len(found) <= q.Limit {
		rows, more, err := l.Index.Find(ctx, q.Text, max(200, q.Limit+1), before)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			break
		}
		before = slices.Min(rows)
		q.Rows = slices.DeleteFunc(rows, func(row int64) bool { return q.rows != nil && !q.rows[row] })
		fs, err := view.Page(ctx, l.Store, q.Filter, 0, q.Limit+1-len(found))
		if err != nil {
			return nil, err
		}
		found = append(found, fs...)
		if !more {
			break
		}
	}
	return found, nil
}

// Rows gives all matters that a query chooses, the oldest first, as they stand in a book. Before and Limit of the
// query are not heeded.
func (l *Ledger) Rows(ctx context.Context, q Query) (ms []matter.Matter, err error) {
	if strings.TrimSpace(q.Text) != "" {
		if _, err := l.Fill(ctx); err != nil { // a book lacks nothing
			return nil, err
		}
	}
	if q, err = l.Narrow(ctx, q); err != nil {
		return nil, err
	}
	for q.Before, q.Limit = 0, 1000; ; {
		p, err := l.Page(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, v := range p.Matters {
			ms = append(ms, v.Matter)
		}
		if !p.More {
			slices.Reverse(ms)
			return ms, nil
		}
		q.Before = p.Matters[len(p.Matters)-1].Row
	}
}

// Due counts the open matters that are promised for the next days, and those whose day is over.
func (l *Ledger) Due(ctx context.Context) (near, late int, err error) {
	f := l.Pressing()
	if _, err := l.narrowed(ctx, &f, ""); err != nil {
		return 0, 0, err
	}
	all, late, err := view.CountLate(ctx, l.Store, f, l.Now().Format(time.DateOnly))
	return all - late, late, err
}

func (l *Ledger) view(e eyes, f view.Found) View {
	v := View{Found: f}
	if f.Confidential && f.Unit != l.Unit { // an office may hold what was said before confidence was asked for
		v.Matter = f.Hushed()
	}
	for i, e := range v.History {
		if e.Do == "know" {
			v.History = slices.Clone(v.History)
			v.History[i].Note = e.Told(l.Called)
		}
	}
	for _, name := range v.Called() {
		if id := v.Persons[name]; id != "" && l.Called != nil {
			if who := l.Called(id); who != "" && spelling.Name(who) != spelling.Name(name) {
				v.Tied = append(v.Tied, name+"是名册上的"+who)
			}
		}
	}
	if f.State.Open() {
		v.DaysLeft, v.Light = Clock(l.Calendar, f.Since, f.Limit(), l.Now())
		v.Overdue = v.Light == Red
	}
	return e.cover(v)
}

// Citizen gives the newest matters of the same citizen, however he is written: one of the telephones, or one of the
// names where no telephone is given.
func (l *Ledger) Citizen(ctx context.Context, name, phone string, limit int) ([]View, error) {
	e, err := l.eyes(ctx)
	if err != nil || !e.all || !l.Guard.May(ctx, right.Find) { // who may not search finds nobody
		return nil, err
	}
	labels := thing.Phones(phone)
	if labels == nil {
		labels = thing.People(name)
	}
	if labels == nil {
		return nil, nil
	}
	fs, err := view.Page(ctx, l.Store, view.Filter{Labels: labels}, 0, limit)
	if len(fs) > 0 {
		l.Guard.Seeks(cmp.Or(strings.TrimSpace(phone), name))
	}
	return l.views(e, fs), err
}

// Similar gives newest matters that speak of the same: the longest run of two or more characters of a title that others
// have, of the same category or not.
func (l *Ledger) Similar(ctx context.Context, title string, limit int) ([]View, error) {
	e, err := l.eyes(ctx)
	if err != nil || !e.all {
		return nil, err
	}
	l.catchUp(ctx)
	rs := []rune(spelling.Letters(title))
	for size := min(len(rs), 8); size >= 3; size-- {
		for at := 0; at+size <= len(rs); at++ {
			rows, _, err := l.Index.Find(ctx, string(rs[at:at+size]), limit, 0)
			if err != nil {
				return nil, err
			}
			if len(rows) > 0 {
				fs, err := view.Page(ctx, l.Store, view.Filter{Rows: rows}, 0, limit)
				return l.views(e, fs), err
			}
		}
	}
	return nil, nil
}

func (l *Ledger) views(e eyes, fs []view.Found) (vs []View) {
	for _, f := range fs {
		vs = append(vs, l.view(e, f))
	}
	return vs
}

// batch is how many matters are taken in at a time: few enough for a question to wait for them.
const batch = 500

// CategoryName is a category's Chinese name with its group, 城乡建设 · 排水排污内涝; "" for none.
func CategoryName(code string) string {
	c, ok := category.ByCode(code)
	if !ok {
		return code
	}
	return c.GroupName + " · " + c.Name
}

// Names are those of what a matter's fields keep as codes.
var Names = field.Names{field.Category: CategoryName}

// JSON gives a matter as the command line prints it, with the private part only where it is asked for.
func (v View) JSON(private bool) ([]byte, error) {
	out, err := v.Object(private)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

// Object is what JSON writes.
func (v View) Object(private bool) (map[string]any, error) {
	out := map[string]any{}
	parts := []any{v.Report, v.Handling}
	if private {
		parts = append(parts, v.Private)
	}
	for _, part := range parts {
		b, err := json.Marshal(part)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(b, &out); err != nil {
			return nil, err
		}
	}
	conflicts := v.Conflicts
	if conflicts == nil {
		conflicts = []thing.Conflict{}
	}
	out["id"], out["unit"] = v.ID, v.Unit
	out["step"], out["state"], out["stateName"] = v.State.Step(), int(v.State), v.State.String()
	out["limit"], out["daysLeft"], out["light"] = v.Limit(), v.DaysLeft, v.Light.String()
	out["overdue"], out["owner"], out["history"], out["conflicts"] = v.Overdue, v.Owner(), v.History, conflicts
	if v.Redacted != "" {
		out["redacted"] = v.Redacted
	}
	if a := v.Absent; a != nil {
		out["absent"] = map[string]any{"where": a.Where(), "sheets": a.Sheets, "known": a.Known}
	}
	return out, nil
}
