package grid

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	kept    = regexp.MustCompile(`^="([^"]*)"$`) // ="00123", a text as programs keep it from being a number
	counted = regexp.MustCompile(`^[0-9.]+$`)
	fault   = regexp.MustCompile(`^#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$`)
)

// text opens a file of lines.
func (b *Book) text(file []byte) error {
	s, err := decoded(file)
	if err != nil {
		return err
	}
	name := strings.TrimSpace(b.Name)
	if at := strings.LastIndexByte(name, '.'); at > 0 {
		name = name[:at]
	}
	if name == "" {
		name = "表"
	}
	b.Sheets = []Leaf{{Name: name}}
	b.read = func(Leaf) (*Grid, error) { return lines(s) }
	return nil
}

// lines reads rows whose cells are parted by what parts most of the first lines.
func lines(s string) (*Grid, error) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	r := csv.NewReader(strings.NewReader(s))
	r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord, r.Comma = true, -1, true, parted(s)
	g := &Grid{}
	keep := gather{g: g}
	row, line := 0, 0 // the row before, and the line on which it ended: a cell may have several
	for {
		fields, err := r.Read()
		if err == io.EOF {
			return g, nil
		}
		if err != nil {
			return nil, ErrNoTable
		}
		from, _ := r.FieldPos(0)
		row += from - line
		to, _ := r.FieldPos(len(fields) - 1)
		line = to + strings.Count(fields[len(fields)-1], "\n")
		one := Row{N: row, Cells: make([]Cell, min(len(fields), widest+1))}
		for i := range one.Cells {
			one.Cells[i] = written(fields[i])
		}
		if done, err := keep.add(one); err != nil {
			return nil, err
		} else if done && strings.TrimSpace(strings.Join(fields, "")) != "" {
			g.rest()
			return g, nil
		}
	}
}

// written is a cell of a text file. The apostrophe that keeps a text from being taken for a formula is none of it.
func written(s string) Cell {
	if m := kept.FindStringSubmatch(s); m != nil {
		s = m[1]
	} else if sign, _ := utf8.DecodeRuneInString(strings.TrimPrefix(s, "'")); s != "" && s[0] == '\'' && strings.ContainsRune("=+-@＝＋－＠", sign) {
		s = s[1:]
	}
	if s = strings.TrimSpace(s); fault.MatchString(s) {
		return Cell{Text: s, Wrong: "单元格里是错误值 " + s}
	}
	if strings.Count(s, "\n") > 20 {
		return Cell{Text: s[:strings.IndexByte(s, '\n')], Wrong: "这一格的引号没有成对，后面的行都连进来了"}
	}
	return Cell{Text: s, Number: counted.MatchString(s)}
}

// parted gives what parts the cells of most of the first lines.
func parted(s string) rune {
	var head strings.Builder
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		if n++; n > 20 {
			break
		}
		head.WriteString(line)
	}
	best, much := ',', 0
	for _, c := range "\t,;|" {
		if k := strings.Count(head.String(), string(c)); k > much {
			best, much = c, k
		}
	}
	return best
}

// rest notes that a sheet was not looked at to its end.
func (g *Grid) rest() {
	last := 0
	if len(g.Rows) > 0 {
		last = g.Rows[len(g.Rows)-1].N
	}
	g.Notes = append(g.Notes, fmt.Sprintf("第 %d 行以后空了 %d 行，后面还有内容，没有读；要读的请把空行删掉", last, blank))
}
