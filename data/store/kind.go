package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

// The list of a kind is a table by the kind's name, with the columns that every kind has and its own: a projection of
// the journal, made by what the kind declares and not by a migration. Which version of a kind it was made by stands in
// the table kind: where it is another one, the list is made anew, and the things concerned are folded again. The list
// of a kind that this program does not know is left as it is, and noted to be made anew by one that does.

// kinds are those that this program knows, by name.
type kinds map[string]*kind

// kind is one of them, with the statements of its list.
type kind struct {
	thing.Kind
	shape []string // what makes its table
	keep  string   // writes a row
	same  string   // says whether a row is as it would be written
}

// register makes kinds ready for use.
func register(list []thing.Kind) kinds {
	ks := kinds{}
	for _, k := range list {
		one := &kind{Kind: k}
		ks[k.Name] = one
		if k.Fold == nil {
			continue
		}
		names, made := slices.Clone(common), strings.Join(commonly, ", ")
		for _, c := range k.Columns {
			names = append(names, c.Name)
			made += ", " + c.Name + " ANY NOT NULL"
		}
		one.shape = []string{fmt.Sprintf("CREATE TABLE %s (%s) STRICT", k.Name, made)}
		for _, on := range slices.Concat([]string{"number", "unit, path"}, k.Indexes) {
			on, where, partly := strings.Cut(on, " WHERE ")
			first, _, _ := strings.Cut(on, ",")
			s := fmt.Sprintf("CREATE INDEX %s_%s ON %s (%s)", k.Name, first, k.Name, on)
			if partly {
				s += " WHERE " + where
			}
			one.shape = append(one.shape, s)
		}
		marks := strings.TrimSuffix(strings.Repeat("?,", len(names)), ",")
		var set, same []string
		for _, n := range names {
			if n != "row" && n != "id" {
				set = append(set, n+"=excluded."+n)
			}
			same = append(same, n+"=?")
		}
		one.keep = fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (id) DO UPDATE SET %s", k.Name,
			strings.Join(names, ", "), marks, strings.Join(set, ", "))
		one.same = fmt.Sprintf("SELECT %s FROM %s WHERE row=?", strings.Join(same, " AND "), k.Name)
	}
	return ks
}

// What the list of every kind has: the rows of the first entry that arrived and of the last, the thing's name and
// number, whose it is, the units that it concerns, whether it is confidential and anything private is known of it, and
// its two parts. The private one lies apart, so that a list never touches it.
var (
	common   = []string{"row", "version", "id", "number", "unit", "path", "sealed", "told", "open", "private"}
	commonly = []string{"row INTEGER PRIMARY KEY", "version INTEGER NOT NULL UNIQUE", "id TEXT NOT NULL UNIQUE",
		"number TEXT NOT NULL", "unit TEXT NOT NULL",
		"path TEXT NOT NULL", "sealed INTEGER NOT NULL", "told INTEGER NOT NULL", "open TEXT NOT NULL",
		"private TEXT NOT NULL"}
)

// folded are the kinds that have a list, in order.
func (ks kinds) folded() []*kind {
	return slices.SortedFunc(maps.Values(maps.Collect(func(yield func(string, *kind) bool) {
		for name, k := range ks {
			if k.Fold != nil && !yield(name, k) {
				return
			}
		}
	})), func(a, b *kind) int { return cmp.Compare(a.Name, b.Name) })
}

// version is what is kept of a kind whose list was made.
func (k *kind) version() string {
	return fmt.Sprintf("%d %d %s", k.Version, k.Schema, strings.Join(k.shape, "; "))
}

// knows says whether this program knows what an entry means.
func (ks kinds) knows(r journal.Record) bool {
	k := ks[r.Kind]
	return k != nil && !k.Newer(r)
}

// speaks gives whom a first entry speaks for besides its author, and the number that it gives.
func (ks kinds) speaks(r journal.Record) (code, number string) {
	if k := ks[r.Kind]; k != nil && k.Speaks != nil && !k.Newer(r) {
		return k.Speaks(r)
	}
	return "", ""
}

// left says whether a thing is none of a unit's any more, which stays among those whom it concerns.
func (k *kind) left(sum thing.Sum, code string) bool {
	return k != nil && k.Left != nil && sum != nil && k.Left(sum, code)
}

// row is a sum as it is kept.
type row struct {
	values []any // of common and of the kind's own columns, but for row and version
	labels []thing.Label
}

func (k *kind) row(sum thing.Sum, units []string) (r row, err error) {
	defer aside(&err)
	open, private := sum.Parts()
	said, err := json.Marshal(open)
	if err != nil {
		return r, err
	}
	hidden, err := json.Marshal(private)
	if err != nil {
		return r, err
	}
	number, _ := sum.Label()
	base := sum.Shared()
	r.labels = thing.Labels(sum)
	r.values = append(make([]any, 0, len(common)+len(k.Columns)), base.ID, number, base.Unit, strings.Join(units, " "),
		sum.Secret(), sum.Known(), string(said), string(hidden))
	for _, c := range k.Columns {
		r.values = append(r.values, c.Of(sum))
	}
	return r, nil
}

// put writes what a thing adds up to, which has no labels, into its list.
func (k *kind) put(tx *sql.Tx, r row, first, version int64) error {
	if _, err := tx.Exec(k.keep, append([]any{first, version}, r.values...)...); err != nil {
		return err
	}
	return label(tx, r.values[0].(string), r.labels)
}

// drop takes a thing, and what it is found by, out of all lists but that of its kind, nil for none: what arrives may tell
// that it is of another kind than was believed.
func (ks kinds) drop(tx *sql.Tx, id string, of *kind) error {
	for _, k := range ks.folded() {
		if k == of {
			continue
		}
		if _, err := tx.Exec("DELETE FROM "+k.Name+" WHERE id=?", id); err != nil {
			return err
		}
	}
	return unlabel(tx, id)
}

// otherwise names the kinds that are not kept as this program knows them, and those of them that some program knew.
func (s *Store) otherwise(q querier) (other, gone []string, err error) {
	rows, err := q.Query("SELECT name, version FROM kind ORDER BY name")
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	have := map[string]string{}
	for rows.Next() {
		var name, version string
		if err := rows.Scan(&name, &version); err != nil {
			return nil, nil, err
		}
		have[name] = version
		if k := s.kinds[name]; k == nil && version != "" || k != nil && k.version() != version {
			gone = append(gone, name)
		}
	}
	other = slices.Clone(gone)
	for _, name := range slices.Sorted(maps.Keys(s.kinds)) {
		if _, known := have[name]; !known {
			other = append(other, name)
		}
	}
	return other, gone, rows.Err()
}

// listed says whether all lists are as this program makes them; who opens a database without kinds leaves them as they
// are.
func (s *Store) listed(ctx context.Context) bool {
	if len(s.kinds) == 0 {
		return true
	}
	other, _, err := s.otherwise(s.write)
	return err == nil && len(other) == 0 && ctx.Err() == nil
}

// list makes the lists of kinds where they are not as this program makes them.
func (s *Store) list(tx *sql.Tx) error {
	if len(s.kinds) == 0 {
		return nil
	}
	other, gone, err := s.otherwise(tx)
	if err != nil {
		return err
	}
	var before int // a database of before there was the table kind is found by what its list of matters said
	if err := tx.QueryRow("SELECT count(*) FROM kind").Scan(&before); err != nil {
		return err
	}
	kept, err := shapeOf(FormatNow(), nil)
	if err != nil {
		return err
	}
	for _, name := range gone {
		if s.kinds[name] == nil { // its list stays for the program that knows it, which makes it anew
			if _, err := tx.Exec("UPDATE kind SET version='' WHERE name=?", name); err != nil {
				return err
			}
			continue
		}
		if _, err := tx.Exec("DELETE FROM kind WHERE name=?", name); err != nil {
			return err
		}
	}
	for _, name := range other {
		k := s.kinds[name]
		if k == nil {
			continue
		}
		if kept[object{"table", name}] == "" { // else it is of a kind that has no list
			if err := vanish(tx, name); err != nil {
				return err
			}
		}
		for _, statement := range k.shape {
			if _, err := tx.Exec(statement); err != nil {
				return err
			}
		}
		if _, err := tx.Exec("INSERT INTO kind VALUES (?,?)", name, k.version()); err != nil {
			return err
		}
	}
	names, err := json.Marshal(other)
	if err != nil {
		return err
	}
	things, err := column(tx,
		"SELECT DISTINCT thing FROM entry WHERE json_extract(core, '$.kind') IN (SELECT value FROM json_each(?))",
		string(names))
	if err != nil {
		return err
	}
	for _, thing := range things {
		if _, _, err := s.fold(tx, thing, nil, ""); err != nil {
			return err
		}
	}
	if len(things) > 0 && before > 0 { // what derives from the lists is to be derived anew
		_, err = tx.Exec("INSERT OR REPLACE INTO memo VALUES (?, '', 'yes')", unlocked)
	}
	return err
}

// vanish takes a list out of the database, or whatever somebody else put there by its name.
func vanish(tx *sql.Tx, name string) error {
	kinds, err := column(tx, "SELECT type FROM sqlite_schema WHERE name=? COLLATE NOCASE AND type IN ('table', 'view')", name)
	for _, kind := range kinds {
		if _, err := tx.Exec("DROP " + kind + " " + quoted(name)); err != nil {
			return err
		}
	}
	return err
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// label keeps what a thing is found by that has no labels.
func label(tx *sql.Tx, id string, labels []thing.Label) error {
	for _, l := range labels {
		if _, err := tx.Exec("INSERT INTO label VALUES (?,?,?)", l.Kind, l.Value, id); err != nil {
			return err
		}
	}
	return nil
}

func unlabel(tx *sql.Tx, id string) error {
	_, err := tx.Exec("DELETE FROM label WHERE thing=?", id)
	return err
}

// unused fails with ErrTaken where something else has one of the labels that are given once and that a thing did not
// have before.
func unused(tx *sql.Tx, before, labels []thing.Label) error {
	for _, l := range labels {
		if !l.Once || slices.Contains(before, l) {
			continue
		}
		var taken bool
		err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM label WHERE kind=? AND value=?)", l.Kind, l.Value).Scan(&taken)
		if err == nil && taken {
			err = fmt.Errorf("%s %s: %w", l.Kind, l.Value, ErrTaken)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Listed are the kinds that have a list, in order.
func (s *Store) Listed() (list []thing.Kind) {
	for _, k := range s.kinds.folded() {
		list = append(list, k.Kind)
	}
	return list
}

// Changed is a thing whose entries became more.
type Changed struct {
	Row, Version int64 // of its first entry and of its last
	Kind         thing.Kind
	Sum          thing.Sum
}

// Changed gives things of all kinds that changed after a version, oldest change first, for whoever derives something
// from them.
func (s *Store) Changed(ctx context.Context, version int64, limit int) (cs []Changed, err error) {
	query, args := "", []any{}
	for i, k := range s.kinds.folded() {
		if i > 0 {
			query += " UNION ALL "
		}
		query += "SELECT * FROM (SELECT row, version, ?, open, private FROM " + k.Name +
			" WHERE version > ? ORDER BY version LIMIT ?)"
		args = append(args, k.Name, version, limit)
	}
	rows, err := s.read.QueryContext(ctx, query+" ORDER BY version LIMIT ?", append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("changed things: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c Changed
		var name string
		var open, private []byte
		if err := rows.Scan(&c.Row, &c.Version, &name, &open, &private); err != nil {
			return nil, fmt.Errorf("changed things: %w", err)
		}
		c.Kind = s.kinds[name].Kind
		c.Sum = c.Kind.New()
		said, hidden := c.Sum.Parts()
		if err := errors.Join(json.Unmarshal(open, said), json.Unmarshal(private, hidden)); err != nil {
			return nil, fmt.Errorf("changed things: row %d: %w", c.Row, err)
		}
		cs = append(cs, c)
	}
	return cs, rows.Err()
}

// Version is that of the newest change.
func (s *Store) Version(ctx context.Context) (v int64, err error) {
	for _, k := range s.kinds.folded() {
		var newest int64
		if err := s.read.QueryRowContext(ctx, "SELECT ifnull(max(version), 0) FROM "+k.Name).Scan(&newest); err != nil {
			return 0, fmt.Errorf("newest change: %w", err)
		}
		v = max(v, newest)
	}
	return v, nil
}
