package sheet

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/sheet/grid"
	"lianluo.local/data/spelling"
)

// Finding is what has to be looked at, and where: 花名册!C7.
type Finding struct {
	Cell string `json:"cell"`
	Why  string `json:"why"`
	Row  int    `json:"-"` // the row in the sheet, 0 for all of it

	Years []Finding `json:"-"` // all days that have no year, where one is asked for
	Also  []Finding `json:"-"` // all other cells that say the same, where it is asked once for all
}

// Field is what a row says of one code.
type Field struct {
	Values []string // as they are kept
	Cell   string   // where it stands
}

// Row is one row of a sheet by the codes of its columns. A code that nothing is said of is missing.
type Row struct {
	N      int
	Fields map[string]Field
}

// Text gives a field's value, several of them with 、 between.
func (r Row) Text(code string) string { return strings.Join(r.Fields[code].Values, "、") }

// Rows is a sheet as it was understood. Where something is doubtful, the row has no value for it; where that is what
// every row has to have, there is no row.
type Rows struct {
	Rows     []Row
	Doubtful []Finding // to be asked
	Wrong    []Finding // not to be taken
	Notes    []Finding // to be known
}

var (
	sums    = regexp.MustCompile(`^(?:(?:合计|总计|共计|累计|总人数)(?:$|[:：\d(（]|人)|共\d+[人名])`)
	partly  = regexp.MustCompile(`^(?:小计|本页(?:合计|小计)?)(?:$|[:：\d(（]|人)`)
	signed  = regexp.MustCompile(`^(?:(?:制表|填表|填报|审核|复核)(?:人|单位|日期|时间|[:：]|$)|(?:单位负责人|联系人|注|备注|说明|附注)[:：])`)
	single  = regexp.MustCompile(`^\s*\d+\s*[人名位个条件]?\s*$`)
	numbers = regexp.MustCompile(`\d+`)
)

// reader is a sheet while it is read.
type reader struct {
	g       *Grid
	m       Mapping
	columns []Column
	used    []column
	filled  map[[2]int]int // of cells that a merged one covers, the row in which its text stands
	titles  titles
	known   map[said]value
	spans   map[int]bool // rows with a cell that was merged over several columns
	serial  int          // the column of running numbers, -1 for none

	out        Rows
	rows, part int // rows in all, and since the last subtotal
	hidden     int // rows that were left out
	number     int // the last running number
	noYear     []Finding
	above      map[int]grid.Cell
	asked      map[said]string // of what is asked once, the first cell that says it
}

// column is a mapped column of the sheet.
type column struct {
	Column
	at int
}

// Read understands the rows under the titles.
func Read(g *Grid, m Mapping, columns []Column) Rows {
	r := reading(g, m, columns)
	if !r.prepare() {
		return r.out
	}
	for _, row := range g.Rows {
		if row.N <= m.last() {
			continue
		}
		if row.Hidden && !m.HiddenRows {
			r.hidden++
			continue
		}
		r.row(row)
	}
	r.close()
	return r.out
}

func reading(g *Grid, m Mapping, columns []Column) *reader {
	return &reader{g: g, m: m, columns: columns, titles: newTitles(columns), known: map[said]value{}, serial: -1,
		filled: map[[2]int]int{}, spans: map[int]bool{}, above: map[int]grid.Cell{}, asked: map[said]string{}}
}

// prepare finds the columns, and fills in what was merged over several rows.
func (r *reader) prepare() bool {
	for _, note := range r.g.Notes {
		r.note(0, 0, note)
	}
	for _, t := range r.m.Titles(r.g) {
		at := grid.Column(t.Column)
		c, ok := called(t.Key, r.columns)
		switch {
		case t.Hidden && !r.m.HiddenColumns:
			r.note(r.m.Head, at, "这一列（"+t.Text+"）藏着，没有读")
		case ok:
			r.used = append(r.used, column{c, at})
		case t.Refused != "":
			r.note(r.m.Head, at, t.Refused)
		case serial.MatchString(spelling.Letters(t.Text)) && r.serial < 0:
			r.serial = at
		case t.Text != "" && t.Text != reason:
			r.note(r.m.Head, at, "“"+t.Text+"”这一列没有导入；要导入，请指明它是哪一栏")
		}
	}
	for _, c := range r.columns {
		if c.Required && !slices.ContainsFunc(r.used, func(u column) bool { return u.Code == c.Code }) {
			r.refuse(r.g.Address(max(r.m.Head, 1), 0), 0, "没有找到“"+c.Name+"”这一列，请指出标题在哪一行、哪一列是"+c.Name)
		}
	}
	if len(r.out.Wrong) > 0 {
		return false
	}
	budget := 4_000_000 // steps for areas that lie over each other
	for _, a := range r.g.Merged {
		if a.Bottom == a.Top {
			r.spans[a.Top] = true
		}
		if a.Top <= r.m.last() || a.Bottom == a.Top {
			continue
		}
		from, _ := slices.BinarySearchFunc(r.g.Rows, a.Top+1, byNumber)
		for _, row := range r.g.Rows[from:] {
			if budget--; row.N > a.Bottom || budget < 0 {
				break
			}
			r.filled[[2]int{row.N, a.Left}] = a.Top
		}
	}
	return true
}

// cell gives what a cell of a row says, and the row in which it stands.
func (r *reader) cell(row grid.Row, at int) (grid.Cell, int) {
	c := row.Cell(at)
	if c.Text != "" || c.Wrong != "" {
		return c, row.N
	}
	if top, ok := r.filled[[2]int{row.N, at}]; ok {
		return rowAt(r.g, top).Cell(at), top
	}
	return c, row.N
}

// ask puts a question, once for a cell that was merged over many rows.
func (r *reader) ask(cell string, row int, why string) {
	once(&r.out.Doubtful, Finding{Cell: cell, Why: why, Row: row})
}

// refuse says that something cannot be taken.
func (r *reader) refuse(cell string, row int, why string) {
	once(&r.out.Wrong, Finding{Cell: cell, Why: why, Row: row})
}

func once(list *[]Finding, f Finding) {
	if n := len(*list); n == 0 || (*list)[n-1].Cell != f.Cell || (*list)[n-1].Why != f.Why {
		*list = append(*list, f)
	}
}

func (r *reader) note(row, at int, why string) {
	cell := r.g.Sheet
	if row > 0 {
		cell = r.g.Address(row, at)
	}
	r.out.Notes = append(r.out.Notes, Finding{Cell: cell, Why: why, Row: row})
}

// row understands a row, or says why it is none.
func (r *reader) row(row grid.Row) {
	first, at, filled := "", 0, 0
	for i, c := range row.Cells {
		if text := strings.Join(strings.Fields(spelling.Clean(c.Text)), ""); text != "" || c.Wrong != "" {
			if first == "" && text != "" {
				first, at = text, i
			}
			filled++
		}
	}
	switch {
	case filled == 0:
		return
	case sums.MatchString(first):
		r.check(row, at, r.rows)
		return
	case partly.MatchString(first):
		r.check(row, at, r.part)
		r.part = 0
		return
	case signed.MatchString(first), r.again(row):
		return
	case filled == 1 && r.spans[row.N]:
		r.note(row.N, at, "这一行只有“"+first+"”，当作小标题，没有读")
		return
	}
	one := Row{N: row.N, Fields: map[string]Field{}}
	var beside []string
	named, masked := -1, false
	doubts, wrongs, years := len(r.out.Doubtful), len(r.out.Wrong), len(r.noYear)
	for _, c := range r.used {
		cell, n := r.cell(row, c.at)
		if slices.Contains(r.m.Down, grid.Letter(c.at)) {
			if cell == (grid.Cell{}) {
				cell = r.above[c.at]
			}
			r.above[c.at] = cell
		}
		address := r.g.Address(n, c.at)
		answer, answered := r.m.Answers[address]
		if c.Once {
			v := r.clean(c, cell)
			first, met := r.asked[said{c.at, cell}]
			switch {
			case v.Doubt == "":
			case !met:
				r.asked[said{c.at, cell}] = address
			case answered:
			default:
				if answer, answered = r.m.Answers[first]; !answered && r.also(first, Finding{Cell: address, Why: v.Doubt,
					Row: row.N}) {
					continue
				}
			}
		}
		if answered {
			cell = grid.Cell{Text: answer}
		}
		v := r.clean(c, cell)
		switch {
		case v.Doubt != "" && answered && c.Kind != Choice && c.Kind != Day && c.Kind != Tick && len(v.Values) > 0:
			v.Doubt = "" // a person looked at it
		case v.Doubt == noYear:
			r.noYear = append(r.noYear, Finding{Cell: address, Why: v.Doubt, Row: row.N})
			continue
		}
		if v.Doubt != "" {
			r.ask(address, row.N, v.Doubt)
			continue
		}
		if v.Wrong != "" {
			r.refuse(address, row.N, v.Wrong)
			continue
		}
		masked = masked || v.Hidden && c.Required
		if v.Note != "" {
			r.out.Notes = append(r.out.Notes, Finding{Cell: address, Why: v.Note, Row: row.N})
		}
		if (c.Kind == Name || c.Kind == Names) && named < 0 {
			named = c.at
			if !answered {
				beside = v.Beside
			}
		}
		r.put(&one, c.Column, v.Values, address)
	}
	for _, word := range beside {
		r.beside(&one, word, r.g.Address(row.N, named))
	}
	asked := len(r.out.Doubtful) > doubts || len(r.out.Wrong) > wrongs || len(r.noYear) > years
	for _, c := range r.used {
		switch {
		case !c.Required || one.Text(c.Code) != "":
			continue
		case masked:
			r.note(row.N, c.at, "名字遮住了，认不出是谁，这一行没有读")
			r.count(row)
		case asked: // it is a row, of which the most important is not known yet
			r.count(row)
		case filled == 1 || len(one.Fields) == 0:
			r.note(row.N, at, "这一行只有“"+first+"”，当作小标题，没有读")
		default:
			r.refuse(r.g.Address(row.N, c.at), row.N, "没有写"+c.Name)
			r.count(row)
		}
		return
	}
	r.count(row)
	r.out.Rows = append(r.out.Rows, one)
}

// also lets a cell be asked about together with the first that says the same.
func (r *reader) also(first string, f Finding) bool {
	i := slices.IndexFunc(r.out.Doubtful, func(d Finding) bool { return d.Cell == first })
	if i < 0 {
		return false
	}
	r.out.Doubtful[i].Also = append(r.out.Doubtful[i].Also, f)
	return true
}

// clean reads a cell; what is written again and again is read once.
func (r *reader) clean(c column, cell grid.Cell) value {
	key := said{c.at, cell}
	v, ok := r.known[key]
	if !ok {
		v = c.clean(cell, around{r.m.Year, r.g.Day, r.says})
		if c.Words != nil && len(r.known) < 10_000 {
			r.known[key] = v
		}
	}
	return v
}

// said is what a cell of a column says.
type said struct {
	at   int
	cell grid.Cell
}

// again says whether a row is the titles once more, as on each page of a print.
func (r *reader) again(row grid.Row) bool {
	same := 0
	for _, c := range r.used {
		if text := row.Cell(c.at).Text; text != "" {
			if r.titles.key(text) != c.Key() {
				return false
			}
			same++
		}
	}
	return same > 1
}

// check compares the number in a row of sums with how many rows there are.
func (r *reader) check(row grid.Row, at, rows int) {
	var said []int
	for i, c := range row.Cells {
		text := c.Text
		if i != at && !single.MatchString(text) {
			continue
		}
		for _, n := range numbers.FindAllString(text, -1) {
			v, _ := strconv.Atoi(n)
			said = append(said, v)
		}
	}
	address := r.g.Address(row.N, at)
	if _, answered := r.m.Answers[address]; len(said) == 1 && said[0] != rows && !answered {
		r.ask(address, row.N, fmt.Sprintf("这里写的是 %d，表里读到 %d 行，请核对是不是少了行", said[0], rows))
	}
}

// count counts a row, and looks for gaps in the running numbers.
func (r *reader) count(row grid.Row) {
	r.rows, r.part = r.rows+1, r.part+1
	if r.serial < 0 {
		return
	}
	n, err := strconv.Atoi(numbers.FindString(row.Cell(r.serial).Text))
	if err != nil {
		return
	}
	if n != r.number+1 && n != 1 {
		r.note(row.N, r.serial, fmt.Sprintf("序号从 %d 到 %d，中间不连着", r.number, n))
	}
	r.number = n
}

// close asks and tells once what concerns the whole sheet.
func (r *reader) close() {
	if n := len(r.noYear); n > 0 {
		why := fmt.Sprintf("这张表有 %d 个日期没有写年份，请说是哪一年的", n)
		r.out.Doubtful = append(r.out.Doubtful, Finding{Cell: r.noYear[0].Cell, Why: why, Row: r.noYear[0].Row,
			Years: r.noYear})
	}
	for i, f := range r.out.Doubtful {
		if n := len(f.Also); n > 0 {
			r.out.Doubtful[i].Why += fmt.Sprintf("（有 %d 行这样写，答一次就行）", n+1)
		}
	}
	if r.hidden > 0 {
		r.note(0, 0, fmt.Sprintf("有 %d 行藏着（或被筛选掉了），没有读", r.hidden))
	}
	if r.g.Leaving {
		r.note(0, 0, "列太多，后面的列没有读")
	}
}
