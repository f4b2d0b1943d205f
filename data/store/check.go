package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Report is what Check found. Problems are sentences for people; they name numbers, units and rows of the journal, never a citizen.
type Report struct {
	OK       bool     `json:"ok"`
	Entries  int      `json:"entries"`
	Matters  int      `json:"matters"`
	Problems []string `json:"problems"`
	Bare     int      `json:"-"`                 // how many of them say that private words of our own are not here: they came back from who may not know them
	Behind   int      `json:"-"`                 // how many of them say that others hold more of us than we do: it comes back by itself
	Altered  int      `json:"-"`                 // how many of them say that the database has another schema than this program makes
	Missing  int      `json:"-"`                 // … and how many that entries between others never came
	Gone     []string `json:"gone,omitempty"`    // private words of our own that are not here, as a person said that he knows, or because another computer has them
	Doubled  []string `json:"doubled,omitempty"` // numbers that stand on two matters, each of them whole: nothing is wrong with the records
}

// Witness tells what the store does not know by itself.
type Witness struct {
	// Proof fails where the signature of an entry is not its author's; nil believes all.
	Proof func(journal.Record) error
	// InUse says whether another computer of this unit is in use; nil knows of none.
	InUse func(journal.Replica) bool
}

// ErrAltered says that SQLite obeys what this program did not put into the database.
var ErrAltered = problem.New("database has another schema than this program makes",
	"资料库里有不是本程序放的东西，或者被改过，请先不要登记。请备份一份，再放回这份备份：只有记录会回来，别的不会。")

// Altered fails with ErrAltered where the schema is not the one that our migrations make; Check names what differs.
func (s *Store) Altered(ctx context.Context) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	var rep Report
	if err := s.schema(tx, &rep, func(string, ...any) {}); err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	if rep.Altered > 0 {
		return ErrAltered
	}
	return nil
}

// Check verifies that the schema is the one that our migrations make, SQLite's own integrity, the foreign keys, every entry's hash, the chains and the signatures that close them,
// the streams, and that the projections are what the journal adds up to. unit is ours: of what it and the units below it
// wrote, nothing may be missing, so it names what an office between us did not pass on; of what is written above us we see
// what concerns us. It changes nothing.
func (s *Store) Check(ctx context.Context, unit string) (rep Report, err error) {
	rep.Problems = []string{}
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return rep, fmt.Errorf("check: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // a read has nothing to lose
	found := func(format string, args ...any) { rep.Problems = append(rep.Problems, fmt.Sprintf(format, args...)) }
	for _, part := range []func(*sql.Tx, *Report, func(string, ...any)) error{
		s.schema, sqlites, func(tx *sql.Tx, rep *Report, found func(string, ...any)) error {
			return s.chains(tx, unit, rep, found)
		}, streams, s.projections,
		func(tx *sql.Tx, rep *Report, found func(string, ...any)) error {
			return s.whole(tx, unit, rep, found)
		},
	} {
		if err := part(tx, &rep, found); err != nil {
			found("资料库读不下去：%v", err) // a file too damaged to be read further is a finding, too
		}
	}
	rep.OK = len(rep.Problems) == 0
	return rep, ctx.Err()
}

// schema names what somebody added to the database, took out of it or changed: SQLite would obey it.
func (s *Store) schema(tx *sql.Tx, rep *Report, found func(string, ...any)) error {
	var format, id int
	if err := tx.QueryRow("SELECT user_version, application_id FROM pragma_user_version, pragma_application_id").Scan(&format, &id); err != nil {
		return err
	}
	altered := func(format string, args ...any) {
		rep.Altered++
		found(format, args...)
	}
	if format != formatNow() || id != applicationID {
		altered("资料库的格式号是 %d、程序号是 %x，应当是 %d、%x", format, id, formatNow(), applicationID)
	}
	ours, err := shapeOf(formatNow(), s.kinds)
	if err != nil {
		return err
	}
	have, err := shapeIn(tx)
	if err != nil {
		return err
	}
	foreign, err := column(tx, "SELECT name FROM kind")
	if err != nil {
		return err
	}
	for _, name := range foreign { // the list of a kind that another program knows
		if s.kinds[name] == nil {
			maps.DeleteFunc(have, func(o object, made string) bool {
				return o.kind == "table" && o.name == name || o.kind == "index" && (strings.Contains(made, " ON "+name+" (") || strings.HasPrefix(o.name, "sqlite_autoindex_"+name+"_"))
			})
		}
	}
	names := map[string]string{"table": "表", "index": "索引", "view": "视图", "trigger": "触发器"}
	for _, o := range slices.SortedFunc(maps.Keys(have), object.compare) {
		if made, ok := ours[o]; !ok {
			altered("资料库里多了%s %s，不是本程序放的", names[o.kind], o.name)
		} else if made != have[o] {
			altered("资料库里的%s %s 被改过", names[o.kind], o.name)
		}
	}
	for _, o := range slices.SortedFunc(maps.Keys(ours), object.compare) {
		if _, ok := have[o]; !ok {
			altered("资料库里少了%s %s", names[o.kind], o.name)
		}
	}
	return nil
}

func sqlites(tx *sql.Tx, _ *Report, found func(string, ...any)) error {
	for _, pragma := range []string{"integrity_check", "foreign_key_check"} {
		rows, err := tx.Query("SELECT * FROM pragma_" + pragma)
		if err != nil {
			return err
		}
		defer rows.Close()
		cols, err := rows.Columns()
		if err != nil {
			return err
		}
		for rows.Next() {
			vals, ptrs := make([]any, len(cols)), make([]any, len(cols))
			for i := range vals {
				ptrs[i] = &vals[i]
			}
			if err := rows.Scan(ptrs...); err != nil {
				return err
			}
			if said := fmt.Sprint(vals...); said != "ok" {
				found("资料库 %s：%s", pragma, said)
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) chains(tx *sql.Tx, code string, rep *Report, found func(string, ...any)) error {
	var self []byte
	if err := tx.QueryRow("SELECT replica FROM self").Scan(&self); err != nil { // a database that does not know whose it is
		return err
	}
	rows, err := tx.Query("SELECT row, replica, incarnation, seq, hash, thing, core, secret, signature FROM entry ORDER BY replica, incarnation, seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	var last journal.Record
	prove := func() { // the last of a run vouches for those before it
		if s.Proof != nil && last.Hash != (journal.Hash{}) {
			if err := s.Proof(last); err != nil {
				found("%s 的第 %d 条记录和它前面的核对不上，证明不了是它写的（电脑 %x，第 %d 世）", last.Unit, last.ID.Seq, last.ID.Replica[:4], last.ID.Incarnation)
			}
		}
	}
	defer prove()
	for rows.Next() {
		var row int64
		var id journal.ID
		var replica, hash, core, secret, signature []byte
		var thing string
		if err := rows.Scan(&row, &replica, &id.Incarnation, &id.Seq, &hash, &thing, &core, &secret, &signature); err != nil {
			return err
		}
		rep.Entries++
		copy(id.Replica[:], replica)
		r, err := journal.Open(core, secret)
		r.Signature = signature
		switch {
		case err != nil:
			found("流水第 %d 行读不出：%v", row, err)
			continue
		case r.ID != id || r.Thing != thing || !bytes.Equal(r.Hash[:], hash):
			found("流水第 %d 行和它自己的内容不一致", row)
		}
		var before journal.ID
		var beforeHash journal.Hash
		if last.ID.Replica == r.ID.Replica && last.ID.Incarnation == r.ID.Incarnation {
			before, beforeHash = last.ID, last.Hash
		}
		whole := r.Unit == code || unit.Above(code, r.Unit) && // of whoever does not report to us we see what he sends us
			(r.Envelope == nil || !slices.Contains(r.Envelope.Audience, code) || unit.Beneath(r.Envelope.Audience, r.Unit, code))
		switch err := journal.Follow(before, beforeHash, r); {
		case err != nil && r.ID.Seq > before.Seq+1:
			prove()
			if whole {
				rep.Missing++
				found("%s 的第 %d 到 %d 条记录没有收到（电脑 %x，第 %d 世）", r.Unit, before.Seq+1, r.ID.Seq-1, replica[:4], r.ID.Incarnation)
			}
		case err != nil:
			found("流水第 %d 行和前一条接不上：%v", row, err)
		case before == journal.ID{}:
			prove()
		}
		last = r
	}
	return rows.Err()
}

// whole names the matters of which private words of our own are not here.
func (s *Store) whole(tx *sql.Tx, unit string, rep *Report, found func(string, ...any)) error {
	list, err := s.absences(tx, unit, "")
	for _, l := range list {
		if l.Known || l.Elsewhere {
			rep.Gone = append(rep.Gone, l.Words())
			continue
		}
		rep.Bare++
		found("%s", l.Words())
	}
	return err
}

func streams(tx *sql.Tx, rep *Report, found func(string, ...any)) error {
	rows, err := tx.Query("SELECT s.reader, s.position, s.hash, e.hash FROM stream s JOIN entry e ON e.row=s.entry ORDER BY s.reader, s.position")
	if err != nil {
		return err
	}
	defer rows.Close()
	var reader string
	var position uint64
	var at journal.Hash
	for rows.Next() {
		var r string
		var p uint64
		var hash, entry []byte
		if err := rows.Scan(&r, &p, &hash, &entry); err != nil {
			return err
		}
		if r != reader {
			reader, position, at = r, 0, journal.Hash{}
		}
		if position++; p != position {
			found("送给 %s 的流水缺第 %d 条", r, position)
			position = p
		}
		var h journal.Hash
		copy(h[:], entry)
		if at = journal.Advance(at, p, h); !bytes.Equal(at[:], hash) {
			found("送给 %s 的流水第 %d 条和前一条接不上", r, p)
			copy(at[:], hash)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	older, err := column(tx, `SELECT unit FROM peer p WHERE acked > ifnull((SELECT max(position) FROM stream WHERE reader = p.unit), 0)`)
	for _, unit := range older {
		rep.Behind++
		found("%s 手里有本机没有的记录：这份资料比送出去的旧，报送几次就会补回来", unit)
	}
	return err
}

// projections compares what is kept with what the journal adds up to, by the kinds of this program.
func (s *Store) projections(tx *sql.Tx, rep *Report, found func(string, ...any)) error {
	things, err := column(tx, "SELECT DISTINCT thing FROM entry")
	if err != nil {
		return err
	}
	for _, thing := range things {
		ks, err := load(tx, thing)
		if err != nil {
			found("一件事项读不出：%v", err)
			continue
		}
		if err := s.projected(tx, s.kinds.total(ks), rep, found); err != nil {
			return err
		}
	}
	for _, k := range s.kinds.folded() {
		twice, err := column(tx, "SELECT number FROM "+k.Name+" WHERE number<>'' GROUP BY number HAVING count(*) > 1")
		if err != nil {
			return err
		}
		for _, number := range twice {
			rep.Doubled = append(rep.Doubled, fmt.Sprintf("编号 %s 给了不止一件事项，每件都在", number))
		}
		strays, err := column(tx, "SELECT row FROM "+k.Name+" WHERE id NOT IN (SELECT thing FROM entry)")
		if err != nil {
			return err
		}
		for _, row := range strays {
			found("台账第 %s 行没有流水", row)
		}
	}
	papers, err := column(tx, "SELECT value FROM label WHERE kind=? GROUP BY value HAVING count(*) > 1", thing.ByPaper)
	for _, number := range papers {
		rep.Doubled = append(rep.Doubled, fmt.Sprintf("纸质编号 %s 登记了不止一件，每件都在", number[strings.LastIndexByte(number, ' ')+1:]))
	}
	return err
}

func (s *Store) projected(tx *sql.Tx, w whole, rep *Report, found func(string, ...any)) error {
	var version int64
	for _, k := range w.ks {
		if f := w.fates[k.ID]; f.fate != k.fate || f.barred != k.barred {
			found("流水第 %d 行的处理结果是 %s，应当是 %s", k.row, k.fate, f.fate)
		}
		version = max(version, k.row)
	}
	if w.sum == nil {
		return nil
	}
	rep.Matters++
	r, err := w.kind.row(w.sum, w.units)
	if err != nil {
		return err
	}
	var labels []string
	for _, l := range r.labels {
		labels = append(labels, l.Kind+l.Value)
	}
	var same bool
	var have string
	first := w.ks[0].row
	err = tx.QueryRow(w.kind.same, append(append([]any{first, version}, r.values...), first)...).Scan(&same)
	if err == nil {
		err = tx.QueryRow("SELECT ifnull(group_concat(kind || value), '') FROM (SELECT kind, value FROM label WHERE thing=? ORDER BY kind || value)", r.values[0]).Scan(&have)
	}
	if err != nil || !same || have != strings.Join(labels, ",") {
		found("流水第 %d 行登记的事项，台账和流水不一致", first)
	}
	return nil
}

func column(tx *sql.Tx, query string, args ...any) (vs []string, err error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		vs = append(vs, v)
	}
	return vs, rows.Err()
}

// Rebuild makes the projections again from the journal, in one transaction.
func (s *Store) Rebuild(ctx context.Context) error {
	if err := s.Transact(ctx, s.rebuild); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	return nil
}

func (s *Store) rebuild(tx *sql.Tx) error {
	if _, err := tx.Exec("DELETE FROM label"); err != nil {
		return err
	}
	for _, k := range s.kinds.folded() {
		if _, err := tx.Exec("DELETE FROM " + k.Name); err != nil {
			return err
		}
	}
	things, err := column(tx, "SELECT DISTINCT thing FROM entry")
	if err != nil {
		return err
	}
	for _, thing := range things {
		if _, _, err := s.fold(tx, thing, nil, ""); err != nil {
			return err
		}
	}
	return nil
}
