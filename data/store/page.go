package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/matter"
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
	Station  string // a station's whole code, or the beginning of one for all stations of a place
	Register string
	Category string // four digits, or two for a whole group
	Urgent   bool   // more urgent than usual
	From, To time.Time
	Labels   []Label // any of these: people or telephones, as People and Phones give them
	Rows     []int64 // only these, as a search found them
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
	for column, value := range map[string]string{"holder": f.Holder, "unit": f.Unit, "joined": f.Into, "suggestion": f.Suggests} {
		if value != "" {
			add(column+" = ?", value)
		}
	}
	if f.Beneath != "" {
		add("holder <> ?", f.Beneath)
	}
	if f.Untold {
		add("state IN " + among(matter.Choose(matter.State.Owing)) + " AND EXISTS (SELECT 1 FROM json_each(open, '$.moves') WHERE json_extract(value, '$.told') IS NULL)")
	}
	if f.Adrift {
		add(fmt.Sprintf("state = %d AND NOT EXISTS (SELECT 1 FROM matter t WHERE t.id = matter.joined AND t.state <> %d AND t.state IN %s)",
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
	if f.Urgent {
		add("json_extract(open, '$.urgency') <> 'normal'")
	}
	if !f.From.IsZero() {
		add("occurred >= ?", when(f.From))
	}
	if !f.To.IsZero() {
		add("occurred < ?", when(f.To))
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

// Page gives the newest matters that a filter chooses, at most limit of them, older than row before (0: from the newest).
func (s *Store) Page(ctx context.Context, f Filter, before int64, limit int) ([]Found, error) {
	cond, args := f.where()
	if before > 0 {
		cond, args = cond+" AND row < ?", append(args, before)
	}
	return s.find(ctx, cond+" ORDER BY row DESC LIMIT ?", append(args, limit)...)
}

// Changed gives matters that changed after a version, oldest change first, for whoever derives something from them.
func (s *Store) Changed(ctx context.Context, version int64, limit int) ([]Found, error) {
	return s.find(ctx, "version > ? ORDER BY version LIMIT ?", version, limit)
}

// Version is that of the newest change.
func (s *Store) Version(ctx context.Context) (v int64, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT ifnull(max(version), 0) FROM matter").Scan(&v)
	return v, err
}

// Count says how many matters a filter chooses.
func (s *Store) Count(ctx context.Context, f Filter) (n int, err error) {
	cond, args := f.where()
	if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM matter WHERE "+cond, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count matters: %w", err)
	}
	return n, nil
}

// ByID gives a matter. It fails with ErrNotFound.
func (s *Store) ByID(ctx context.Context, id string) (Found, error) {
	fs, err := s.find(ctx, "id = ?", id)
	if err == nil && len(fs) == 0 {
		err = fmt.Errorf("matter %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return Found{}, err
	}
	return fs[0], nil
}

func (s *Store) find(ctx context.Context, cond string, args ...any) ([]Found, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT row, version, open, private FROM matter WHERE "+cond, args...)
	if err != nil {
		return nil, fmt.Errorf("find matters: %w", err)
	}
	defer rows.Close()
	var fs []Found
	for rows.Next() {
		var f Found
		var open, private []byte
		if err := rows.Scan(&f.Row, &f.Version, &open, &private); err != nil {
			return nil, fmt.Errorf("find matters: %w", err)
		}
		if err := errors.Join(json.Unmarshal(open, &f.Matter), json.Unmarshal(private, &f.Private)); err != nil {
			return nil, fmt.Errorf("find matters: row %d: %w", f.Row, err)
		}
		fs = append(fs, f)
	}
	return fs, rows.Err()
}

// Tally is a value and how often it occurs.
type Tally struct {
	Value string
	N     int
}

// usual are the questions of Usual over the newest thousand matters.
var usual = map[string]string{
	"category": "SELECT category FROM (SELECT category FROM matter ORDER BY row DESC LIMIT 1000)",
	"station":  "SELECT station FROM (SELECT station FROM matter ORDER BY row DESC LIMIT 1000)",
	"deputy":   "SELECT value FROM (SELECT open FROM matter ORDER BY row DESC LIMIT 1000), json_each(open, '$.deputies')",
}

// Usual tells which values (of "category", "station" or "deputy") the newest matters have, most frequent first.
func (s *Store) Usual(ctx context.Context, column string, limit int) ([]Tally, error) {
	from, ok := usual[column]
	if !ok {
		return nil, fmt.Errorf("usual %s: %w", column, ErrNotFound)
	}
	rows, err := s.read.QueryContext(ctx, "WITH v(v) AS ("+from+") SELECT v, count(*) FROM v WHERE v <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", limit)
	return tallies(rows, err)
}

// Stations counts the matters of each station.
func (s *Store) Stations(ctx context.Context) ([]Tally, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT station, count(*) FROM matter GROUP BY station ORDER BY station")
	return tallies(rows, err)
}

func tallies(rows *sql.Rows, err error) ([]Tally, error) {
	if err != nil {
		return nil, fmt.Errorf("tally: %w", err)
	}
	defer rows.Close()
	var ts []Tally
	for rows.Next() {
		var t Tally
		if err := rows.Scan(&t.Value, &t.N); err != nil {
			return nil, fmt.Errorf("tally: %w", err)
		}
		ts = append(ts, t)
	}
	return ts, rows.Err()
}
