package store

import (
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

// Report is what Check found.
type Report struct {
	OK       bool // nothing is wrong
	Entries  int
	Things   map[string]int // on the lists, by the names of their kinds
	Problems []Finding
	// Private words of our own that are not here, as a person said that he knows, or because another computer has them.
	Gone []Absent
	// Numbers that stand on two matters, papers and rows of old books that are two, each of them whole: nothing is wrong
	// with the records.
	Doubled []Finding
}

// Finding is one thing that Check found: what, and what of the rest tells where. It names numbers, units and rows,
// never a citizen.
type Finding struct {
	What   What
	Row    int64      // of the journal, or of the list
	ID     journal.ID // of the entry; of those that are missing the first
	Last   uint64     // of those that are missing
	Unit   string     // whose the entries are, whom a stream is for, who holds more
	At     uint64     // a position in that stream
	Name   string     // of a part of the schema, of a test of SQLite's; the number that stands twice
	Part   string     // which sort of part it is: table, index, view, trigger
	Is     string     // what is said of it, or found
	Must   string     // what is right
	Absent Absent     // private words
}

// What sort of thing a finding is.
type What int

// The sorts, as Check looks for them.
const (
	Unread     What = iota // Check could not go on: Is
	Format                 // the file's numbers are Is, not Must
	Added                  // a part of the schema is not ours
	Remade                 // … is not as we made it
	Removed                // … is missing
	Broken                 // SQLite says Is of its file
	Unsigned               // the last of a run of entries is not proven
	Unreadable             // an entry
	Belied                 // an entry is not what its row says
	Missed                 // entries between others never came
	Loose                  // an entry does not follow the one before it
	Skipped                // a position of a stream is missing
	Parted                 // … does not follow the one before it
	Behind                 // others hold more of us than we do: it comes back by itself
	Garbled                // the entries of a thing cannot be read
	Stray                  // a row of a list has no entries of its kind
	Misjudged              // what became of an entry is Is and should be Must
	Apart                  // a row of a list is not what its entries add up to
	Bare                   // private words of our own are not here: they came back from who may not know them
	Numbered               // a number that stands on two matters
	Keyed                  // a number on paper that was keyed in twice
	Copied                 // a row of an old book that came in twice, of which no paper tells
)

// Only says whether all that is wrong is of these sorts.
func (r Report) Only(sorts ...What) bool {
	return !slices.ContainsFunc(r.Problems, func(f Finding) bool { return !slices.Contains(sorts, f.What) })
}

// Altered says whether somebody else put something into the database.
func (r Report) Altered() bool {
	return slices.ContainsFunc(r.Problems, func(f Finding) bool { return f.What >= Format && f.What <= Removed })
}

func (r *Report) found(f Finding) { r.Problems = append(r.Problems, f) }

// stray notes rows of a list that should not be there.
func (r *Report) stray(rows []string) {
	for _, text := range rows {
		row, _ := strconv.ParseInt(text, 10, 64) // it is a number
		r.found(Finding{What: Stray, Row: row})
	}
}

// doubles names what stands twice in the lists.
func (s *Store) doubles(tx *sql.Tx) (list []Finding, err error) {
	for _, k := range s.kinds.folded() {
		twice, err := column(tx, "SELECT number FROM "+k.Name+" WHERE number<>'' GROUP BY number HAVING count(*) > 1")
		if err != nil {
			return nil, err
		}
		for _, number := range twice {
			list = append(list, Finding{What: Numbered, Name: number})
		}
		copies, err := column(tx, "SELECT group_concat(number, '、' ORDER BY number) FROM "+k.Name+
			" JOIN label r ON r.thing = id AND r.kind = ? LEFT JOIN label p ON p.thing = id AND p.kind = ?"+
			" GROUP BY r.value HAVING count(*) > 1 AND count(p.value) < count(*)", thing.ByRow, thing.ByPaper)
		if err != nil {
			return nil, err
		}
		for _, numbers := range copies {
			list = append(list, Finding{What: Copied, Name: numbers})
		}
	}
	papers, err := column(tx, "SELECT value FROM label WHERE kind=? GROUP BY value HAVING count(*) > 1", thing.ByPaper)
	for _, number := range papers {
		list = append(list, Finding{What: Keyed, Name: number[strings.LastIndexByte(number, ' ')+1:]})
	}
	return list, err
}
