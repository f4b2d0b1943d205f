// Package grid reads files of tables, whoever wrote them with whatever program, into plain cells: what a person sees in
// each, where it stands, and what of it is hidden or cannot be read.
//
//	b, err := grid.Open("花名册.xlsx")     // err is a sentence: what the file is, and how to save it so that it is read
//	g, err := b.Read(b.Sheets[0].Name)
//	g.Rows[6].Cells[2].Text, g.Address(7, 2) // "王明", "花名册!C7"
//
// A file is what its content says, not its name: a workbook (.xlsx, .xlsm), or text with commas or tabs in UTF-8, UTF-16
// or GB 18030. Nothing of it is run and no link in it is followed.
//
// Workbooks are read here and not by excelize, with which they are written: that tells either texts alone, or takes all
// of a sheet into memory to tell what is merged, hidden, a day or a formula without a value: 7 GB and half a minute for
// a sheet whose million empty rows have a border. Here a sheet passes by once, and what stays is bounded (see limits).
package grid

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"lianluo.local/data/home"
	"lianluo.local/data/problem"
)

// What is read at most; what is more is refused in words, or left out with a note.
const (
	largest   = 64 << 20  // bytes of a file
	unpacked  = 1 << 30   // bytes that a part of a workbook may unpack to
	packed    = 10_000    // parts of a workbook
	held      = 96 << 20  // bytes of text in memory
	each      = 48        // bytes that a text takes besides its own, be it ever so short
	deepest   = 100_000   // rows that hold anything
	most      = 4_000_000 // cells that hold anything
	widest    = 512       // columns
	blank     = 50        // rows without anything, after which nothing more is looked for
	areas     = 200_000   // merged areas
	lastRow   = 1_048_576 // of any program's sheets
	lastLong  = 32_767    // characters in a cell, of any program's
	tokenSize = 16 << 20  // bytes of one mark or text in a part
)

// Book is a file of tables.
type Book struct {
	Name   string // the file's
	Sum    string // SM3 of the file, hexadecimal
	Sheets []Leaf // in the file's order

	notes []string // what a person should know of the file, in Chinese
	read  func(Leaf) (*Grid, error)
}

// Leaf is a sheet of a book before it is read.
type Leaf struct {
	Name   string
	Hidden bool
	part   string
}

// Grid is a sheet.
type Grid struct {
	Sheet   string
	Rows    []Row // those that hold anything, from the top
	Merged  []Area
	Hidden  []int    // columns that are not shown
	Epoch   int      // days that a day's number counts from: 0 for the usual, 1462 where 1904 is the first year
	Notes   []string // what a person should know of it, in Chinese
	Leaving bool     // whether columns were left out
}

// Row is a row: its number from 1 on, and its cells from column A on, without the empty ones at its end.
type Row struct {
	N      int
	Hidden bool
	Cells  []Cell
}

// Cell is what a cell says: a text as it stands; a number in full, without marks of thousands; a day as 2021-03-05,
// 2021-03, 2021 or 3月5日, as far as the sheet shows it, with 19:30 behind it where there is a time.
type Cell struct {
	Text   string
	Number bool   // whether a program took it for a number: zeros at its ends may be lost
	Wrong  string // why it cannot be read, for people
}

// Area is cells that were merged into one: rows from 1, columns from 0 on, the last ones included.
type Area struct{ Top, Left, Bottom, Right int }

// Cell gives what stands in a column of the row, nothing where it ends before.
func (r Row) Cell(column int) Cell {
	if column < len(r.Cells) {
		return r.Cells[column]
	}
	return Cell{}
}

// Empty says whether nothing stands in a row.
func (r Row) Empty() bool { return len(r.Cells) == 0 }

// Address is where a cell stands, as people and programs say it: 花名册!C7.
func (g *Grid) Address(row, column int) string {
	return g.Sheet + "!" + Letter(column) + strconv.Itoa(row)
}

// Letter is what a column is called, from 0 on: A, B, … Z, AA.
func Letter(column int) string {
	s := ""
	for column++; column > 0; column = (column - 1) / 26 {
		s = string(rune('A'+(column-1)%26)) + s
	}
	return s
}

// Column is the column of a letter, -1 for none.
func Column(letter string) int {
	n, row := reference(strings.ToUpper(strings.TrimSpace(letter)) + "1")
	if row != 1 {
		return -1
	}
	return n
}

// reference reads C7 as column 2, row 7; -1, 0 for none.
func reference(s string) (column, row int) {
	i := 0
	for ; i < len(s) && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		if column = column*26 + int(s[i]-'A') + 1; column > 1<<14 {
			return -1, 0
		}
	}
	for j := i; j < len(s); j++ {
		if s[j] < '0' || s[j] > '9' {
			return -1, 0
		}
		if row = row*10 + int(s[j]-'0'); row > lastRow {
			return -1, 0
		}
	}
	if i == 0 || row == 0 {
		return -1, 0
	}
	return column - 1, row
}

// Open reads a file. What is no table that can be read fails with a sentence that says what it is.
func Open(name string) (*Book, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("sheet: %w", home.ErrFolder)
	}
	if info.Size() > largest {
		return nil, ErrLarge
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	return New(filepath.Base(name), b)
}

// New reads what a file of this name holds.
func New(name string, b []byte) (*Book, error) {
	if len(b) > largest {
		return nil, ErrLarge
	}
	sum := sm3.Sum(b)
	book := &Book{Name: name, Sum: hex.EncodeToString(sum[:])}
	return book, book.open(b)
}

// Read gives a sheet of the book; its first one that is shown where name is empty.
func (b *Book) Read(name string) (*Grid, error) {
	for _, s := range b.Sheets {
		if s.Name == name || name == "" && !s.Hidden {
			g, err := b.read(s)
			if err != nil {
				return nil, err
			}
			g.Sheet, g.Notes = s.Name, slices.Concat(b.notes, g.Notes)
			return g, nil
		}
	}
	var names []string
	for _, s := range b.Sheets {
		names = append(names, s.Name)
	}
	return nil, problem.New("no such sheet", fmt.Sprintf("这个文件里没有叫“%s”的工作表。里面有：%s。", name, strings.Join(names, "、")))
}

// utf16 is an ASCII text as old programs keep it, two bytes a letter.
func utf16(s string) []byte {
	var b bytes.Buffer
	for _, c := range []byte(s) {
		b.Write([]byte{c, 0})
	}
	return b.Bytes()
}

// gather keeps a row as it comes, and says when enough was seen.
type gather struct {
	g            *Grid
	last, voids  int // the row before, and how many without anything end with it
	cells, bytes int
}

// add takes the next row; done says that nothing more is to be looked for.
func (k *gather) add(r Row) (done bool, err error) {
	for n := len(r.Cells); n > 0 && r.Cells[n-1] == (Cell{}); n-- {
		r.Cells = r.Cells[:n-1]
	}
	if len(r.Cells) > widest {
		r.Cells, k.g.Leaving = r.Cells[:widest], true
	}
	k.voids += max(r.N-k.last-1, 0)
	k.last = r.N
	if k.voids >= blank { // and stays so
		return true, nil
	}
	if r.Empty() {
		k.voids++
		return k.voids >= blank, nil
	}
	k.voids = 0
	for i := range r.Cells {
		if len(r.Cells[i].Text) > 4*lastLong {
			return true, ErrMuch
		}
		k.bytes += len(r.Cells[i].Text)
	}
	k.cells += len(r.Cells)
	if k.g.Rows = append(k.g.Rows, r); len(k.g.Rows) > deepest || k.cells > most || k.bytes > held {
		return true, ErrMuch
	}
	return false, nil
}
