package thing

import (
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/spelling"
)

// Kind is what the store has to know of a kind of things. Only Name is wanted of one whose entries add up to nothing:
// they are kept, sent and read as they are.
type Kind struct {
	Name    string // the journal's word
	Version int    // of Fold and of the columns; another one has everything folded again
	Schema  int    // the newest version of bodies that this program reads
	Single  bool   // every unit has one thing of it, named after the two: "rules 141102000000"

	// Fold sums up the entries of one thing, all of whose parents are among them; nil where they open none.
	Fold func([]journal.Record) (Sum, []Refusal)
	// New gives an empty sum, to be read into.
	New func() Sum
	// Doc is what of a thing can be found by its words at a unit; nil: nothing but its labels.
	Doc func(s Sum, at string) Doc
	// Knows says whether this program knows what an entry means; nil: by the schema.
	Knows func(journal.Record) bool

	// Opens gives the units that a first entry is for, the lowest first, by what it says. It fails where the entry
	// speaks in the name of others. nil: by its envelope, and the envelopes of later entries let units in and send
	// others away, as far as their authors may (unit.May); or it is for all below an office, which alone goes on
	// writing, and nothing private.
	Opens func(first journal.Record) ([]string, error)
	// Speaks gives the unit for which a first entry speaks besides its author and the number that it gives, "" for
	// none.
	Speaks func(first journal.Record) (code, number string)
	// Seals says what an entry says of confidence, if anything; nil: nothing is said in confidence.
	Seals func(journal.Record) (sealed, said bool)
	// Redacts says whether an entry is meant to take away what was private of its thing, everywhere and for good, but for
	// what was said by somebody who had seen it; nil: none is.
	Redacts func(journal.Record) bool
	// Reaches says whether a unit may have private parts of the kind that another one wrote, whatever an envelope says;
	// nil: it may.
	Reaches func(author, reader string) bool

	// Left says whether a thing is none of its author's unit any more, which stays among those whom it concerns; nil:
	// it is.
	Left func(s Sum, author string) bool

	// Field is what a field is called that an act writes (Mark), with whom or what it is about where a thing has several:
	// 签到：李国平; nil: by its code. Called is what people call a thing that has no number, with the codes of units in it
	// (Told): 3月11日 19:30 进站接待 · 141102002003D1-A.
	Field  func(s Sum, code string) string
	Called func(s Sum) string

	Columns []Column // of its list, besides those that every kind has
	Indexes []string // by which lists are asked for, in SQL: "station, row", "due WHERE due <> ''"
	Digest  []string // the columns in which two computers that hold the same entries agree
}

// Column is one of the columns of a kind's list.
type Column struct {
	Name string
	Of   func(Sum) any // a string, an int or a bool
}

// Sum is what the entries of a thing add up to.
type Sum interface {
	Shared() *Base
	// Parts are where the two parts are written to and read from, as JSON: what every level may know, and what is kept
	// and carried apart.
	Parts() (open, private any)
	// Label gives by what it is found, each once, in any order; its number first, "" for none.
	Label() (number string, others []Label)
	// Envelope is that of the next that one of its units says about it. Where the kind lets it change the audience
	// (unit.Join, unit.Part) an act that does so follows in every state, since the store asks only who may; and it says
	// again what newcomers must know: what others said privately before stays theirs to give.
	Envelope(author string) journal.Envelope
	// Secret says whether it is confidential; Known whether this computer was told anything private.
	Secret() bool
	Known() bool
}

// Doc is what is written about a thing.
type Doc struct {
	People   []string // fields with names, found by characters, by the name without blanks and dots, by first letters
	Phone    string   // a field of telephones, found however they are written
	Numbers  []string // of the thing and of its paper, found with hyphens and without
	Initials []string // words found by their first letters, too: subject, category, departments
	Text     string   // everything else worth finding, joined by line feeds
}

// Numbered is the body of a first entry that gives the thing a number of a table's series.
type Numbered interface {
	// Series names the table whose series it is.
	Series() string
	// Give takes the serial-th number (from 1) of a year in the series of a computer's letter, and tells how it is
	// written.
	Give(year int, letter byte, serial int) (number string)
}

// Label is something that a thing is found by: its kind and its form.
type Label struct {
	Kind, Value string
	Once        bool // nothing else at this computer may be given it
}

// The kinds of labels.
const (
	ByNumber = "number"
	ByPaper  = "paper"
	ByRow    = "row" // of an old book
	ByName   = "name"
	ByPhone  = "phone"
)

// People gives the labels of the people of a field of names.
func People(field string) (ls []Label) {
	for _, name := range spelling.Names(field) {
		ls = append(ls, Label{Kind: ByName, Value: name})
	}
	return ls
}

// Phones gives the labels of the telephones of a field.
func Phones(field string) (ls []Label) {
	phones, _ := spelling.Phones(field)
	for _, p := range phones {
		ls = append(ls, Label{Kind: ByPhone, Value: p.Local})
	}
	return ls
}

// Labels are those of a sum, in order, each once.
func Labels(s Sum) []Label {
	number, ls := s.Label()
	if number != "" {
		ls = append(ls, Label{Kind: ByNumber, Value: spelling.Number(number)})
	}
	slices.SortFunc(ls, func(a, b Label) int { return strings.Compare(a.Kind+a.Value, b.Kind+b.Value) })
	return slices.Compact(ls)
}

// Contests tell, in a sentence each, where two wrote of a thing without knowing of each other. Codes of units and IDs of
// people may stand in them (Told).
func (k *Kind) Contests(s Sum) (says []string) {
	for _, c := range s.Shared().Conflicts {
		said := "别处同时也办了，其中一步没有生效（见经过），请核对"
		if c.Field != Handled {
			said = "有两处同时改了“" + k.Names(s, c.Field) + "”，请核对"
		}
		if !slices.Contains(says, said) {
			says = append(says, said)
		}
	}
	return says
}

// Names is what a field of a conflict is called (Field).
func (k *Kind) Names(s Sum, code string) string {
	if k.Field == nil {
		return code
	}
	return k.Field(s, code)
}

// Newer says whether only a newer program knows what an entry of the kind means.
func (k *Kind) Newer(r journal.Record) bool {
	if k.Knows != nil {
		return !k.Knows(r)
	}
	return r.Schema > k.Schema
}
