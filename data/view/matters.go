package view

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/matter"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
)

// Filter chooses matters; zero fields choose all.
type Filter struct {
	Step     int    // 1–7
	Overdue  string // a date: still open and promised for an earlier day
	States   []matter.State
	Holder   string // the unit that has it to handle
	Beneath  string // somebody else than this unit has it to handle
	Unit     string // the table it came in at
	Into     string // merged into this matter
	Untold   bool   // the day promised to the citizen was moved, and he does not know
	Adrift   bool   // merged into one that is not handled any more, or was merged itself
	Suggests string // gathered by this suggestion
	Session  string // raised at this session of the calendar
	Led      bool   // somebody took it on himself
	Wishes   []matter.Wish
	Station  string // a station's whole code, or the beginning of one for all stations of a place
	Register string
	Category string // four digits, or two for a whole group
	Urgent   bool   // more urgent than usual
	// Expired is a date: at its end or voided before that day, and something is still known here of its citizen.
	Expired string
	// Department is one of those who handle it, as spelling.Department gives it.
	Department string
	From, To   time.Time
	Labels     []thing.Label // any of these: people or telephones, as People and Phones give them
	Rows       []int64       // only these, as a search found them
}

// Found is a matter with its place in this computer's list; a greater row is newer here.
type Found struct {
	Row     int64
	Version int64
	matter.Matter
}

func (f Filter) where() (string, []any) {
	var conds []string
	var args []any
	add := func(cond string, arg ...any) { conds, args = append(conds, cond), append(args, arg...) }
	if f.Step > 0 {
		add("state IN " + among(matter.StatesOf(f.Step)))
	}
	if f.Overdue != "" {
		add("due <> '' AND due < ? AND state IN "+among(matter.OpenStates()), f.Overdue)
	}
	if f.States != nil {
		add("state IN " + among(f.States))
	}
	for column, value := range map[string]string{"holder": f.Holder, "unit": f.Unit, "joined": f.Into,
		"suggestion": f.Suggests, "session": f.Session} {
		if value != "" {
			add(column+" = ?", value)
		}
	}
	if f.Led {
		add("json_extract(open, '$.leader') <> ''")
	}
	if f.Wishes != nil {
		list, _ := json.Marshal(f.Wishes)
		add("wish IN (SELECT value FROM json_each(?))", string(list))
	}
	if f.Beneath != "" {
		add("holder <> ?", f.Beneath)
	}
	if f.Untold {
		add("state IN " + among(matter.Choose(matter.State.Owing)) +
			" AND EXISTS (SELECT 1 FROM json_each(open, '$.moves') WHERE json_extract(value, '$.told') IS NULL)")
	}
	if f.Adrift {
		add(
			fmt.Sprintf(
				"state = %d AND NOT EXISTS (SELECT 1 FROM matter t WHERE t.id = matter.joined AND t.state <> %d "+
					"AND t.state IN %s)",
				matter.Merged, matter.Merged, among(matter.OpenStates())))
	}
	if f.Station != "" {
		add("station >= ? AND station < ?", f.Station, f.Station+"~")
	}
	if f.Register != "" {
		add("register = ?", f.Register)
	}
	if f.Category != "" {
		add("category >= ? AND category < ?", f.Category, f.Category+"~")
	}
	if f.Department != "" {
		add("id IN (SELECT thing FROM label WHERE kind = ? AND value = ?)", matter.ByDepartment, f.Department)
	}
	if f.Expired != "" {
		add("ended > 0 AND ended < ?", thing.Days(f.Expired))
	}
	if f.Urgent {
		add("json_extract(open, '$.urgency') <> 'normal'")
	}
	if !f.From.IsZero() {
		add("occurred >= ?", matter.When(f.From))
	}
	if !f.To.IsZero() {
		add("occurred < ?", matter.When(f.To))
	}
	if f.Labels != nil {
		each := strings.TrimSuffix(strings.Repeat("(?,?),", len(f.Labels)), ",")
		var values []any
		for _, l := range f.Labels {
			values = append(values, l.Kind, l.Value)
		}
		add("id IN (SELECT thing FROM label WHERE (kind, value) IN (VALUES "+each+"))", values...)
	}
	if f.Rows != nil {
		list, _ := json.Marshal(f.Rows)
		add("row IN (SELECT value FROM json_each(?))", string(list))
	}
	if conds == nil {
		return "1", nil
	}
	return strings.Join(conds, " AND "), args
}

func among(ss []matter.State) string {
	list := make([]string, len(ss))
	for i, s := range ss {
		list[i] = strconv.Itoa(int(s))
	}
	return "(" + strings.Join(list, ",") + ")"
}

// Page gives the newest matters that a filter chooses, at most limit of them, older than row before (0: from the
// newest).
func Page(ctx context.Context, s *store.Store, f Filter, before int64, limit int) ([]Found, error) {
	cond, args := f.where()
	if before > 0 {
		cond, args = cond+" AND row < ?", append(args, before)
	}
	return matters(Things[matter.Matter](ctx, s, matter.Name, cond+" ORDER BY row DESC LIMIT ?",
		append(args, limit)...))
}

func matters(ls []Line[matter.Matter], err error) (fs []Found, _ error) {
	for _, l := range ls {
		fs = append(fs, Found{l.Row, l.Version, l.Thing})
	}
	return fs, err
}

// Count says how many matters a filter chooses.
func Count(ctx context.Context, s *store.Store, f Filter) (n int, err error) {
	cond, args := f.where()
	err = count(ctx, s, []any{&n}, "SELECT count(*) FROM matter WHERE "+cond, args...)
	return n, err
}

// CountLate counts what a filter chooses, and what of it is still open and promised for an earlier day than one.
func CountLate(ctx context.Context, s *store.Store, f Filter, day string) (n, late int, err error) {
	cond, args := f.where()
	over, when := Filter{Overdue: day}.where()
	err = count(ctx, s, []any{&n, &late}, "SELECT count(*), count(*) FILTER (WHERE "+over+") FROM matter WHERE "+cond,
		append(when, args...)...)
	return n, late, err
}

// ByID gives a matter. It fails with store.ErrNotFound.
func ByID(ctx context.Context, s *store.Store, id string) (Found, error) {
	fs, err := matters(Things[matter.Matter](ctx, s, matter.Name, "id = ?", id))
	if err == nil && len(fs) == 0 {
		err = fmt.Errorf("matter %s: %w", id, store.ErrNotFound)
	}
	if err != nil {
		return Found{}, err
	}
	return fs[0], nil
}

// ByNumber finds a matter by its number (Named). It fails with store.ErrNotFound.
func ByNumber(ctx context.Context, s *store.Store, number string) ([]Found, error) {
	return matters(Named[matter.Matter](ctx, s, matter.Name, number))
}

// Keyed gives the number of the matter that was keyed in from a paper (matter.Report.PaperKey), "" where none was.
func Keyed(ctx context.Context, s *store.Store, paper string) (number string, err error) {
	err = count(ctx, s, []any{&number},
		"SELECT number FROM matter JOIN label ON thing = id WHERE kind = ? AND value = ? LIMIT 1", thing.ByPaper, paper)
	return number, err
}

// usual are the questions of Usual over the newest thousand matters.
var usual = map[string]string{
	"category": "SELECT category FROM (SELECT category FROM matter ORDER BY row DESC LIMIT 1000)",
	"station":  "SELECT station FROM (SELECT station FROM matter ORDER BY row DESC LIMIT 1000)",
	"deputy": "SELECT value FROM (SELECT open FROM matter " +
		"ORDER BY row DESC LIMIT 1000), json_each(open, '$.deputies')",
}

// Usual tells which values (of "category", "station" or "deputy") the newest matters have, most frequent first.
func Usual(ctx context.Context, s *store.Store, column string, limit int) ([]Tally, error) {
	from, ok := usual[column]
	if !ok {
		return nil, fmt.Errorf("usual %s: %w", column, store.ErrNotFound)
	}
	return tallies(ctx, s,
		"WITH v(v) AS ("+from+") SELECT v, count(*) FROM v WHERE v <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", limit)
}

// Stations counts the matters of each station.
func Stations(ctx context.Context, s *store.Store) ([]Tally, error) {
	return tallies(ctx, s, "SELECT station, count(*) FROM matter GROUP BY station ORDER BY station")
}
