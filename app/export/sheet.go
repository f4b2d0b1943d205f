package export

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"

	"github.com/xuri/excelize/v2"

	"lianluo.local/data/spelling"
)

// Sheet is the files of one kind, one of each format, while they are written.
type Sheet struct {
	kind    Kind
	writers []writer
}

// writer writes the records of a kind in one format.
type writer interface {
	add([]Record) error
	close() error
}

// Sheet begins the files of a kind.
func (f *Folder) Sheet(k Kind, formats ...Format) (*Sheet, error) {
	s := &Sheet{kind: k}
	for _, format := range formats {
		suffix := format.Code
		if format == JSON {
			suffix = "jsonl"
		}
		file, err := f.Create(k.Code + "." + suffix)
		if err != nil {
			return nil, err
		}
		file.About = k.Name
		var w writer
		switch format {
		case XLSX:
			w, err = newBook(f.part, file, k)
		case CSV:
			w, err = newText(file, k)
		default:
			w = &lines{file, k}
		}
		if err != nil {
			return nil, fmt.Errorf("export %s: %w", file.Name, err)
		}
		s.writers = append(s.writers, w)
	}
	return s, nil
}

// Add writes records, in all formats at once.
func (s *Sheet) Add(rs []Record) error {
	errs := make([]error, len(s.writers))
	var wait sync.WaitGroup
	for i, w := range s.writers {
		wait.Go(func() { errs[i] = w.add(rs) })
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("export %s: %w", s.kind.Code, err)
	}
	return nil
}

// Close ends the files.
func (s *Sheet) Close() error {
	var errs []error
	for _, w := range s.writers {
		errs = append(errs, w.close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("export %s: %w", s.kind.Code, err)
	}
	return nil
}

// lines are JSON, an object a line.
type lines struct {
	file *File
	kind Kind
}

func (l *lines) add(rs []Record) error {
	for _, r := range rs {
		b := r.Object
		if b == nil {
			said := make(map[string]any, len(r.Cells))
			for i, c := range l.kind.Columns {
				if said[c.Code] = r.Cells[i]; c.Number {
					n, _ := strconv.Atoi(r.Cells[i])
					said[c.Code] = n
				}
			}
			var err error
			if b, err = json.Marshal(said); err != nil {
				return err
			}
		}
		if _, err := l.file.Write(append(b, '\n')); err != nil {
			return err
		}
		l.file.Records++
	}
	return nil
}

func (l *lines) close() error { return l.file.Close() }

// text is a csv, as Excel and WPS know it, whose cells no program takes for formulas.
type text struct {
	file *File
	csv  *csv.Writer
}

func newText(file *File, k Kind) (*text, error) {
	t := &text{file, csv.NewWriter(file)}
	t.csv.UseCRLF = true
	_, err := file.Write([]byte("\ufeff")) // the mark by which they know it
	titles := make([]string, len(k.Columns))
	for i, c := range k.Columns {
		titles[i] = spelling.Harmless(c.Name)
	}
	return t, errors.Join(err, t.csv.Write(titles))
}

func (t *text) add(rs []Record) error {
	for _, r := range rs {
		line := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			line[i] = spelling.Harmless(spelling.Clean(c))
		}
		if err := t.csv.Write(line); err != nil {
			return err
		}
		t.file.Records++
	}
	return t.flushed() // what cannot be written is told now, not after a million more
}

func (t *text) flushed() error {
	t.csv.Flush()
	return t.csv.Error()
}

func (t *text) close() error { return errors.Join(t.flushed(), t.file.Close()) }

// book is a workbook. What does not fit into a sheet goes on in the next one.
type book struct {
	file   *File
	kind   Kind
	f      *excelize.File
	s      *excelize.StreamWriter
	at     int // the last row of the present sheet
	sheets int
	head   int // the style of titles
	plain  int // and of what is text
}

// most is how many rows a sheet has: Excel takes 1,048,576, but nobody can work with so many.
const most = 500_000

// newBook begins a workbook, whose sheets lie in a directory as long as they are written.
func newBook(dir string, file *File, k Kind) (b *book, err error) {
	b = &book{file: file, kind: k, f: excelize.NewFile(excelize.Options{TmpDir: dir})}
	// excelize would put the whole file together in memory
	b.f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(file) })
	if b.head, err = b.f.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Family: "宋体", Size: 11, Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3EDE2"}}}); err != nil {
		return nil, err
	}
	if b.plain, err = b.f.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Family: "宋体", Size: 11}}); err != nil {
		return nil, err
	}
	return b, b.sheet()
}

// sheet begins the next sheet.
func (b *book) sheet() (err error) {
	b.sheets++
	name := b.kind.Name
	if b.sheets == 1 {
		err = b.f.SetSheetName("Sheet1", name)
	} else {
		name = fmt.Sprintf("%s %d", name, b.sheets)
		err = errors.Join(b.s.Flush(), later(b.f.NewSheet(name)))
	}
	if err != nil {
		return err
	}
	if b.s, err = b.f.NewStreamWriter(name); err != nil {
		return err
	}
	titles := make([]any, len(b.kind.Columns))
	for i, c := range b.kind.Columns {
		titles[i] = excelize.Cell{StyleID: b.head, Value: c.Name}
		width := c.Width
		if width == 0 {
			width = 16
		}
		err = errors.Join(err, b.s.SetColWidth(i+1, i+1, width))
	}
	b.at = 1
	return errors.Join(err, b.s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, XSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}),
		b.s.SetRow("A1", titles))
}

func later(_ int, err error) error { return err }

func (b *book) add(rs []Record) error {
	for _, r := range rs {
		if b.at > most {
			if err := b.sheet(); err != nil {
				return err
			}
		}
		cells := make([]any, len(r.Cells))
		for i, c := range r.Cells {
			if c == "" {
				continue
			}
			if n, err := strconv.Atoi(c); err == nil && b.kind.Columns[i].Number {
				cells[i] = n
				continue
			}
			cells[i] = excelize.Cell{StyleID: b.plain, Value: short(spelling.Clean(c))}
		}
		b.at++
		if err := b.s.SetRow("A"+strconv.Itoa(b.at), cells); err != nil {
			return err
		}
		b.file.Records++
	}
	return nil
}

// short is as much of a text as a cell takes.
func short(s string) string {
	const full, mark = excelize.TotalCellChars, "……（太长，没有全写）"
	if len(s) <= full { // bytes are never fewer than characters
		return s
	}
	rs := []rune(s)
	if len(rs) > full-2*len([]rune(mark)) {
		rs = append(rs[:full/2], []rune(mark)...)
	}
	return string(rs)
}

func (b *book) close() error {
	err := b.s.Flush()
	if err == nil {
		err = b.f.Write(io.Discard)
	}
	return errors.Join(err, b.f.Close(), b.file.Close())
}
