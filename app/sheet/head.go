package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lianluo.local/app/sheet/grid"
	"lianluo.local/data/disk"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
)

// Mapping is which column of a sheet is what, and what else a person said about it. It is a file, too (roster import
// --map), in which a column may also be named by what it is called: {"head": 3, "columns": {"B": "姓名"}}.
type Mapping struct {
	Sheet   string            `json:"sheet,omitempty"`
	Head    int               `json:"head"`            // the row of titles, from 1 on; 0 where none was found
	Depth   int               `json:"depth,omitempty"` // how many rows the titles take, 0 for one
	Columns map[string]string `json:"columns"`         // by the column's letter, the key of a Column; "" leaves it out
	Year    int               `json:"year,omitempty"`  // of the days without one
	Down    []string          `json:"down,omitempty"`  // letters of columns in which a blank means the same as above

	HiddenRows    bool              `json:"hiddenRows,omitempty"`    // whether rows that are not shown are read
	HiddenColumns bool              `json:"hiddenColumns,omitempty"` // whether columns that are not shown are read
	Answers       map[string]string `json:"answers,omitempty"`       // by a finding's address, what is meant
}

// Parse reads a mapping as a file has it.
func Parse(b []byte, columns []Column) (m Mapping, err error) {
	if err := problem.Decode(b, &m); err != nil {
		return m, err
	}
	problems := problem.Problems{}
	known := newTitles(columns)
	said := m.Columns
	m.Columns = map[string]string{}
	for letter, said := range said {
		key := said
		if _, ok := called(said, columns); !ok {
			key = known.key(said)
		}
		if grid.Column(letter) < 0 || key == "" && said != "" {
			problems["columns"] = "“" + letter + "”那一列写的“" + said + "”不认识，请写列的字母和栏目名称"
		}
		m.Columns[strings.ToUpper(strings.TrimSpace(letter))] = key
	}
	return m, problems.Or()
}

// Title is a column of a sheet as its head says it.
type Title struct {
	Column  string // its letter
	Text    string
	Key     string // what it was taken for, "" for nothing
	Hidden  bool
	Refused string // why it is never read, for people
	Example string // what stands under it first
}

// refusedTitle is what this program does not keep.
var refusedTitle = regexp.MustCompile(`身份证|公民身份|证件号码`)

const noID = "本程序不登记身份证号，这一列不读"

// within is how many rows are looked at for the titles, and known how many of these have to be known.
const within, known = 15, 3

// titles knows columns by all that they are called.
type titles map[string]string

func newTitles(columns []Column) titles {
	t := titles{}
	for _, c := range columns {
		for _, name := range append([]string{c.Name}, c.Synonyms...) {
			if form := spelling.Letters(name); t[form] == "" {
				t[form] = c.Key()
			}
		}
	}
	return t
}

var (
	inBrackets = regexp.MustCompile(`[(（\[【〔][^)）\]】〕]*[)）\]】〕]?`)
	serial     = regexp.MustCompile(`^(序号?|顺序号?|编?号|no|xh)$`)
)

// key gives the column that a title means, "" for none: as it stands, without what is in brackets, without the Latin
// letters and digits of a second language.
func (t titles) key(title string) string {
	han := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Han, r) {
				return r
			}
			return -1
		}, s)
	}
	short := inBrackets.ReplaceAllString(title, "")
	for _, s := range []string{title, short, han(title), han(short)} {
		if form := spelling.Letters(s); form != "" && t[form] != "" {
			return t[form]
		}
	}
	return ""
}

// Guess finds the titles of a sheet and what they mean: as they were mapped before, or by what they are called.
func (memory Memory) Guess(g *Grid, columns []Column) Mapping {
	t := newTitles(columns)
	best, much := 0, 1
	for _, r := range g.Rows[:min(len(g.Rows), within)] {
		seen := map[string]bool{}
		for _, c := range r.Cells {
			if key := t.key(c.Text); key != "" {
				seen[key] = true
			}
		}
		if len(seen) >= known {
			best = r.N
			break
		}
		if len(seen) > much {
			best, much = r.N, len(seen)
		}
	}
	return memory.At(g, columns, best)
}

// At is Guess where a person says in which row the titles are.
func (memory Memory) At(g *Grid, columns []Column, row int) Mapping {
	t := newTitles(columns)
	m := Mapping{Sheet: g.Sheet, Columns: map[string]string{}}
	if m.Head, m.Depth = tiers(g, t, row); m.Head == 0 {
		return m
	}
	if before, ok := memory[fingerprint(g, m)]; ok {
		for letter, key := range before {
			if _, ok := called(key, columns); ok {
				m.Columns[letter] = key
			}
		}
		return m
	}
	taken := map[string]bool{}
	for c, parts := range joined(g, m) {
		key := t.means(parts, columns)
		if column, _ := called(key, columns); key == "" || refusedTitle.MatchString(strings.Join(parts, "")) ||
			taken[key] && column.Kind != Phone && column.Kind != List {
			continue
		}
		taken[key] = true
		m.Columns[grid.Letter(c)] = key
	}
	return m
}

// means gives what the titles of a column mean that stand over each other. The lowest alone is enough where what stands
// over it means nothing or the same, where it is whom the row is about (反映人 over 住址), or where it is told at length and
// the lowest tells of that (反映问题 over 类别, not over 电话 or 日期): 电话 under 单位 is not a person's.
func (t titles) means(parts []string, columns []Column) string {
	if len(parts) == 0 {
		return ""
	}
	last := parts[len(parts)-1]
	key := t.key(last)
	if whole := t.key(strings.Join(parts, "")); whole != "" {
		if key != "" && t.key(parts[0]) != "" { // 职务 under 单位 is no column of both
			return key
		}
		return whole
	}
	below, _ := called(key, columns)
	for _, over := range parts[:len(parts)-1] {
		k := t.key(over)
		if k == "" || k == key || strings.Contains(over, last) { // 单位及职务 is no more than its parts
			continue
		}
		above, _ := called(k, columns)
		told := above.Kind == Lines && !below.Required && below.Kind != Names && below.Kind != Phone && below.Kind != Name
		if !told && (above.Kind != Names || below.Required) {
			return ""
		}
	}
	return key
}

// Titles gives the columns of a sheet with what they were taken for.
func (m Mapping) Titles(g *Grid) (all []Title) {
	for c, parts := range joined(g, m) {
		title := Title{Column: grid.Letter(c), Text: strings.Join(parts, " "), Hidden: slices.Contains(g.Hidden, c)}
		title.Key = m.Columns[title.Column]
		if refusedTitle.MatchString(title.Text) {
			title.Key, title.Refused = "", noID
		}
		for _, r := range g.Rows {
			if r.N > m.last() && r.Cell(c).Text != "" {
				title.Example = r.Cell(c).Text
				break
			}
		}
		if title.Text != "" || title.Example != "" {
			all = append(all, title)
		}
	}
	return all
}

// last is the last row of the titles.
func (m Mapping) last() int { return m.Head + max(m.Depth, 1) - 1 }

// Memory is how sheets were mapped before: by the print of their titles, the keys of their columns by letter. It holds
// nothing of what stands in them.
type Memory map[string]map[string]string

// fingerprint tells sheets of the same titles in the same columns. 原因, which stands before rows that came back, is none.
func fingerprint(g *Grid, m Mapping) string {
	var all []string
	for _, parts := range joined(g, m) {
		all = append(all, spelling.Letters(strings.Join(parts, "")))
	}
	if len(all) > 0 && all[len(all)-1] == reason {
		all = all[:len(all)-1]
	}
	sum := sha256.Sum256([]byte(strings.Join(all, "\n")))
	return hex.EncodeToString(sum[:16])
}

// Remember gives the memory of a home; an empty one where there is none, or where it cannot be read: it is asked again.
func Remember(h home.Home) (Memory, error) {
	b, err := disk.ReadFile(h.Sheets())
	if errors.Is(err, fs.ErrNotExist) {
		return Memory{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("remembered sheets: %w", err)
	}
	memory := Memory{}
	if json.Unmarshal(b, &memory) != nil || memory == nil {
		return Memory{}, nil
	}
	return memory, nil
}

// remembered is how many kinds of sheets are kept.
const remembered = 200

// Keep remembers how a sheet was mapped.
func (memory Memory) Keep(h home.Home, g *Grid, m Mapping) error {
	for len(memory) >= remembered {
		for old := range memory {
			delete(memory, old)
			break
		}
	}
	memory[fingerprint(g, m)] = m.Columns
	b, err := json.MarshalIndent(memory, "", " ")
	if err != nil {
		return fmt.Errorf("remember sheet: %w", err)
	}
	return home.WriteWhole(h.Sheets(), b, 0o600)
}
