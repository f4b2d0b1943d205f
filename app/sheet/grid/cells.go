package grid

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// stream is a part of a workbook as it passes by, of which no more is ever in memory than one mark or text.
type stream struct {
	*bufio.Reader
	d          *xml.Decoder
	part       io.ReadCloser
	all, since int
}

func (w *workbook) stream(part string) (*stream, error) {
	f := w.parts[part]
	if f == nil {
		return nil, ErrDamaged
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrDamaged
	}
	in := &stream{Reader: bufio.NewReaderSize(r, 1<<16), part: r}
	in.decode()
	return in, nil
}

func (s *stream) Close() error { return s.part.Close() }

// decode makes a decoder that begins where the stream is.
func (s *stream) decode() {
	s.d = xml.NewDecoder(s)
	s.d.Strict = false
}

// ReadByte keeps the decoder from reading without end.
func (s *stream) ReadByte() (byte, error) {
	s.all++
	if s.since++; s.since > tokenSize || s.all > unpacked {
		return 0, ErrBomb
	}
	return s.Reader.ReadByte()
}

// token gives the next mark or text; io.EOF at the end.
func (s *stream) token() (xml.Token, error) {
	s.since = 0
	t, err := s.d.RawToken()
	switch {
	case err == nil, errors.Is(err, io.EOF), refused(err):
		return t, err
	}
	return nil, ErrDamaged
}

// skip goes on behind the end of what it is in, and says whether a value was passed on the way.
func (s *stream) skip(name string) (value bool, err error) {
	for {
		tag, err := s.ReadSlice('>')
		s.all += len(tag)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil:
			return value, ErrDamaged
		case s.all > unpacked:
			return value, ErrBomb
		}
		if at := bytes.LastIndexByte(tag, '<'); at >= 0 {
			mark := string(bytes.TrimSuffix(tag[at+1:], []byte(">")))
			end := strings.HasPrefix(mark, "/")
			mark = strings.TrimPrefix(mark, "/")
			if _, local, ok := strings.Cut(mark, ":"); ok {
				mark = local
			}
			if end && mark == name {
				s.decode()
				return value, nil
			}
			value = value || end && mark == "v" || end && mark == "is"
		}
	}
}

// attributes gives those of a mark by their local names.
func attributes(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// grid reads a sheet.
func (w *workbook) grid(leaf Leaf) (*Grid, error) {
	in, err := w.stream(leaf.part)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	g := &Grid{Epoch: w.epoch}
	keep := gather{g: g}
	var row Row
	var c cell
	inside, aloud, whole := "", false, false // in which part of a cell we are; whether the sheet's rows came to their end
	for {
		t, err := in.token()
		if errors.Is(err, io.EOF) && whole {
			return g, nil
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = ErrDamaged
			}
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "col":
				g.hide(t)
			case "row":
				n, _ := strconv.Atoi(attributes(t, "r"))
				if n < 1 || n > lastRow {
					n = row.N + 1
				}
				row = Row{N: n, Hidden: yes(attributes(t, "hidden")), Cells: make([]Cell, 0, len(row.Cells))}
			case "c":
				c = cell{column: len(row.Cells), kind: attributes(t, "t")}
				if at, n := reference(attributes(t, "r")); n > 0 {
					c.column = at
				}
				c.style, _ = strconv.Atoi(attributes(t, "s"))
			case "f":
				c.formula, inside = true, "f"
			case "v", "t":
				inside, c.said = t.Name.Local, true
			case "rPh": // how it is read aloud
				aloud = true
			case "mergeCell":
				if len(g.Merged) < areas {
					g.merge(attributes(t, "ref"))
				}
			}
		case xml.CharData:
			if inside == "v" || inside == "t" && !aloud {
				c.text = append(c.text, t...)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t", "f":
				inside = ""
			case "rPh":
				aloud = false
			case "c":
				if err := w.put(&row, &c); err != nil {
					return nil, err
				}
			case "row":
				done, err := keep.add(row)
				if err != nil {
					return nil, err
				}
				if done {
					more, err := in.skip("sheetData")
					if err != nil {
						return nil, err
					}
					if more || !row.blank() {
						g.rest()
					}
					whole = true
				}
			case "sheetData":
				whole = true
			}
		}
	}
}

// blank says whether nothing stands in a row, which may have empty cells yet.
func (r Row) blank() bool {
	for _, c := range r.Cells {
		if c != (Cell{}) {
			return false
		}
	}
	return true
}

func (g *Grid) hide(col xml.StartElement) {
	from, _ := strconv.Atoi(attributes(col, "min"))
	to, _ := strconv.Atoi(attributes(col, "max"))
	for i := max(from, 1); i <= min(to, widest) && yes(attributes(col, "hidden")); i++ {
		g.Hidden = append(g.Hidden, i-1)
	}
}

func (g *Grid) merge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	var a Area
	a.Left, a.Top = reference(from)
	if a.Right, a.Bottom = reference(to); ok && a.Top > 0 && a.Bottom >= a.Top && a.Right >= a.Left {
		g.Merged = append(g.Merged, a)
	}
}

// cell is a cell as a workbook has it.
type cell struct {
	column, style int
	kind          string
	formula, said bool // whether there is a formula, and a value, which may be empty
	text          []byte
}

// put adds a cell to its row.
func (w *workbook) put(r *Row, c *cell) error {
	undone := c.formula && len(c.text) == 0 && (c.kind != "str" || !c.said)
	if len(c.text) == 0 && !undone || c.column < 0 {
		return nil
	}
	if c.column > widest { // one more is kept, by which it is known that there are more
		c.column = widest
	}
	for len(r.Cells) <= c.column {
		r.Cells = append(r.Cells, Cell{})
	}
	one := &r.Cells[c.column]
	one.Text = string(c.text)
	switch c.kind {
	case "s":
		if err := w.texts(); err != nil {
			return err
		}
		n, err := strconv.Atoi(strings.TrimSpace(one.Text))
		if err != nil || n < 0 || n >= len(w.strings) {
			return ErrDamaged
		}
		one.Text = w.strings[n]
	case "str", "inlineStr":
		one.Text = unescaped(one.Text)
	case "b":
		one.Text = map[bool]string{true: "TRUE", false: "FALSE"}[yes(one.Text)]
	case "e":
		one.Wrong = "单元格里是错误值 " + one.Text
	case "d":
		one.Text = strings.TrimSuffix(strings.TrimSuffix(strings.Replace(one.Text, "T", " ", 1), ":00"), " 00:00")
	default:
		shows := plain
		if c.style >= 0 && c.style < len(w.shown) {
			shows = w.shown[c.style]
		}
		one.Text, one.Number = number(one.Text, shows, w.epoch), shows == plain
	}
	if undone {
		one.Wrong = "这是公式，文件里没有算好的值；请用 Excel 或 WPS 打开、保存一次，再用这个文件"
	}
	if one.Text = strings.TrimSpace(one.Text); one.Text == "" && one.Wrong == "" {
		*one = Cell{}
	}
	return nil
}

// number writes a number as it is shown, in full. One that has lost its last digits to 1.38E+10 stays so.
func number(s string, shows shape, epoch int) string {
	s = strings.TrimSpace(s)
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return s
	}
	if shows != plain {
		if day := shownDay(f, shows, epoch); day != "" {
			return day
		}
	}
	return Digits(s)
}

var scientific = regexp.MustCompile(`^[0-9](?:\.([0-9]+))?[Ee]\+?([0-9]+)$`)

// Digits writes a number in full: 13811112222.0 and 1.3811112222E+10 as 13811112222. One that has lost its last digits
// to 1.38E+10 stays so, and so does what is no number.
func Digits(s string) string {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || strings.ContainsAny(s, "xXpP_") {
		return s
	}
	if m := scientific.FindStringSubmatch(s); m != nil {
		if n, _ := strconv.Atoi(m[2]); n > len(m[1]) && n >= 9 {
			return s
		}
	} else if !strings.ContainsAny(s, ".eE") {
		return s
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// Day gives the day of a number that no format shows as one.
func (g *Grid) Day(number int) string { return shownDay(float64(number), wholeDay, g.Epoch) }

// shownDay writes a day's number as far as it is shown, "" where there is no such day.
func shownDay(f float64, shows shape, epoch int) string {
	if f < 0 || f > 2_958_465 {
		return ""
	}
	minutes := int(math.Round(f * 24 * 60))
	at := time.Date(1899, 12, 30+epoch, 0, minutes, 0, 0, time.UTC)
	layout := map[shape]string{wholeDay: time.DateOnly, month: "2006-01", year: "2006", yearless: "1月2日", hours: "15:04",
		moment: "2006-01-02 15:04"}[shows]
	return strings.TrimSuffix(at.Format(layout), " 00:00")
}
