// Package sheet brings tables that people keep in Excel and WPS into lists, and asks about everything in them that is
// not beyond doubt. It knows no kind of things: who calls it says what the columns are.
//
//	book, err := sheet.Open("花名册.xlsx")             // err is a sentence: what the file is, how to save it
//	g, err := book.Read("")                           // the first sheet that is shown
//	m := memory.Guess(g, columns)                     // which column is what; shown, put right, remembered
//	read := sheet.Read(g, m, columns)                 // rows of clean values; what is doubtful or wrong, by cell
//	plan := sheet.Plan{Doubtful: read.Doubtful, …}    // the dry run, filled in by who knows what there is already
//	memory.Keep(g, m)
//
// What is sure is put into its one form: 王  明 is 王明, 1975.03 is 1975-03, 汉 is 汉族. What might be something else is
// never chosen: it is a finding with the cell's address, and the answer to it (Mapping.Answers) takes the place of what
// the cell says. A blank cell says nothing.
package sheet

import (
	"lianluo.local/app/sheet/grid"
	"lianluo.local/data/words"
)

// Book is a file, Grid a sheet of it.
type (
	Book = grid.Book
	Grid = grid.Grid
)

// Open reads a file of tables by what it holds, whatever it is called.
func Open(name string) (*Book, error) { return grid.Open(name) }

// New reads what a file of this name holds.
func New(name string, b []byte) (*Book, error) { return grid.New(name, b) }

// Kind is how the cells of a column are read.
type Kind int

// What stands in the cells of a column.
const (
	Text   Kind = iota
	Name        // of one person; what stands in brackets behind it goes to the column that knows it
	Phone       // telephones, one or several, each as it is dialled
	Day         // a day that may be known in part: 1975, 1975-03, 1975-03-07
	Choice      // one of a list
	Tick        // √ says the column's Value for its Code, nothing says nothing
	List        // several texts, or several of the Words where there are some
	Code        // letters and digits, in capitals and half width
	Number      // a number, its unit left out
	Names       // of one or several people, or what stands for a name: 王明、李强; 某村民
	Lines       // a text whose lines are kept
	Moment      // a day that is known to the day, with the hour where one is told: 2021-03-05 19:30
)

// Column is what a sheet may say of a thing.
type Column struct {
	Code     string   // of the field
	Name     string   // what it is called for people, and in a template
	Synonyms []string // what else people call it
	Kind     Kind
	Words    words.Forms // Choice and List: what may be chosen; Text: what has one form among others
	Value    string      // Tick: what a tick says
	Required bool        // without it a row is not taken
	Once     bool        // what nobody understands is asked once for all cells that say it
}

// Key names a column among the others: its code, and of several for one code what a tick says: sex=女.
func (c Column) Key() string {
	if c.Kind == Tick {
		return c.Code + "=" + c.Value
	}
	return c.Code
}

// called gives the column of a key.
func called(key string, columns []Column) (Column, bool) {
	for _, c := range columns {
		if c.Key() == key {
			return c, true
		}
	}
	return Column{}, false
}
