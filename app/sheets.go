package app

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/roster"
	"lianluo.local/app/roster/batch"
	"lianluo.local/app/sheet"
	"lianluo.local/app/sheet/grid"
	"lianluo.local/data/clerk"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
)

// Keeping is what a sheet is of: its columns, what it would do.
type Keeping struct {
	Name    string
	Columns []sheet.Column
	Lists   bool // a sheet of it has all of them, so that whoever is missing in it is told
	try     func(context.Context, *App, batch.Handout) (batch.Trial, error)
	sites   bool                            // a column of stations takes those of this unit alone
	whole   func(*Intake) map[string]string // what the sheet's title says of all rows
	undo    func(context.Context, *App, clerk.Clerk, string) (int, error)
}

// People, Units and Plans are the kinds of sheets that come in.
var (
	People = Keeping{Name: "代表名册", Columns: columns(batch.Columns), Lists: true, try: listed(batch.Try), whole: (*Intake).titled}
	Units  = Keeping{Name: "站点名册", Columns: columns(batch.Units), Lists: true, try: listed(batch.TryUnits)}
	Plans  = Keeping{Name: "接待安排表", Columns: planned, try: plans}
)

// listed is the trial of a sheet for the roster.
func listed(try func(context.Context, *roster.Roster, batch.Handout) (batch.Trial, error)) func(context.Context, *App, batch.Handout) (batch.Trial, error) {
	return func(ctx context.Context, a *App, h batch.Handout) (batch.Trial, error) { return try(ctx, a.Roster, h) }
}

func columns(list []batch.Column) (cs []sheet.Column) {
	for _, c := range list {
		cs = append(cs, sheet.Column{Code: c.Code, Name: c.Name, Synonyms: c.Also, Words: c.Words, Value: c.Value,
			Required: c.Must,
			Kind: []sheet.Kind{sheet.Text, sheet.Name, sheet.Phone, sheet.Day, sheet.Choice, sheet.Tick, sheet.List,
				sheet.Code, sheet.Number}[c.Sort]})
	}
	return cs
}

// Said is what a person says about a sheet: a file, too (roster import --map). Answers to who somebody is, by the cell
// that was asked about, stand among the others: an ID, another cell, "new" or "skip"; "*": "skip" leaves out all that
// is asked or wrong.
type Said struct {
	sheet.Mapping
	Default map[string]string `json:"default,omitempty"` // what holds where a row says nothing: level, congress
}

// ParseSaid reads it. What it does not say of titles and columns is guessed.
func (k Keeping) ParseSaid(b []byte) (s Said, err error) {
	var parts map[string]json.RawMessage
	if json.Unmarshal(b, &parts) != nil {
		return s, problem.Decode(b, &s.Mapping)
	}
	if raw, ok := parts["default"]; ok {
		if json.Unmarshal(raw, &s.Default) != nil {
			return s, problem.Problems{"default": `写法不对，请写成 {"level":"县","congress":"十四届"}`}
		}
		delete(parts, "default")
	}
	rest, err := json.Marshal(parts)
	if err != nil {
		return s, fmt.Errorf("what is said of a sheet: %w", err)
	}
	s.Mapping, err = sheet.Parse(rest, k.Columns)
	return s, err
}

// Intake is a sheet that somebody hands in: as it was read, and what it would do.
type Intake struct {
	Of   Keeping
	Book *sheet.Book
	Grid *sheet.Grid
	Said
	Plan  sheet.Plan
	Again bool // it was taken before
	// by the cell that is asked about, who may be meant: his ID is the answer
	Who map[string][]batch.Likely

	memory sheet.Memory
	trial  batch.Trial
}

// whose is an answer that says who somebody is, and not what a cell means.
var whose = regexp.MustCompile(`^(?:new|skip|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|.+![A-Z]+\d+|\d{12}[ZDJ]\d{1,2}-?.?|\d{6}-\d{2,})$`)

// Intake reads a sheet of a book and says what it would do; nothing is written before Take.
func (a *App) Intake(ctx context.Context, k Keeping, book *sheet.Book, said Said) (in Intake, err error) {
	if err := a.guard.Sits(ctx, right.Import); err != nil {
		return in, err
	}
	in = Intake{Of: k, Book: book, Said: said}
	if in.memory, err = sheet.Remember(a.Home); err != nil {
		return in, err
	}
	if in.Grid, err = book.Read(said.Sheet); err != nil {
		return in, err
	}
	if k.sites {
		if k.Columns, err = a.sited(ctx, k.Columns); err != nil {
			return in, err
		}
	}
	guess := in.memory.Guess(in.Grid, k.Columns)
	if said.Head > 0 {
		guess = in.memory.At(in.Grid, k.Columns, said.Head)
		guess.Depth = cmp.Or(said.Depth, guess.Depth)
	}
	for letter, key := range said.Columns {
		guess.Columns[letter] = key
	}
	in.Sheet, in.Head, in.Depth, in.Columns = in.Grid.Sheet, guess.Head, guess.Depth, guess.Columns
	h := batch.Handout{Default: in.Default, Answers: map[string]string{}}
	if k.whole != nil {
		h.Default = k.whole(&in)
	}
	if h.Default == nil {
		h.Default = map[string]string{}
	}
	in.Default = h.Default
	reading := in.Mapping
	reading.Answers = map[string]string{}
	for cell, answer := range in.Answers {
		if answer = strings.TrimSpace(answer); whose.MatchString(answer) {
			h.Answers[cell] = answer
		} else {
			reading.Answers[cell] = answer
		}
	}
	read := sheet.Read(in.Grid, reading, k.Columns)
	before := len(reading.Answers)
	for _, f := range read.Doubtful { // who it is was said, so the name is one
		if answer := h.Answers[f.Cell]; answer != "" && answer != "skip" {
			reading.Answers[f.Cell] = in.text(f)
		}
	}
	if len(reading.Answers) > before {
		read = sheet.Read(in.Grid, reading, k.Columns)
	}
	skipped := map[int]bool{}
	for cell, answer := range h.Answers {
		if answer == "skip" {
			skipped[rowOf(cell)] = true
		}
	}
	left := func(fs []sheet.Finding) []sheet.Finding {
		for i, f := range fs { // one question for many rows stands at the first that is not left out
			for _, one := range f.Also {
				if h.Answers["*"] == "skip" || h.Answers[f.Cell] == "skip" {
					skipped[one.Row] = true
				}
			}
			for _, one := range f.Years {
				if h.Answers["*"] == "skip" {
					skipped[one.Row] = true
				} else if fs[i].Cell = one.Cell; !skipped[one.Row] {
					fs[i].Row = one.Row
					break
				}
			}
		}
		return slices.DeleteFunc(fs, func(f sheet.Finding) bool {
			if h.Answers["*"] == "skip" && f.Row > 0 {
				skipped[f.Row] = true
			}
			return f.Row > 0 && skipped[f.Row]
		})
	}
	in.Plan.Doubtful, in.Plan.Errors, in.Plan.Notes = left(read.Doubtful), left(read.Wrong), append(in.Plan.Notes,
		read.Notes...)
	for _, row := range read.Rows {
		if skipped[row.N] {
			continue
		}
		one := batch.Row{}
		for code, f := range row.Fields {
			one[code] = batch.Cell{Text: strings.Join(f.Values, "、"), At: f.Cell}
		}
		h.Rows = append(h.Rows, one)
	}
	h.Batch = in.batch()
	if in.trial, err = k.try(ctx, a, h); err != nil {
		return in, err
	}
	in.plan()
	return in, nil
}

// text is what stands in the cell of a finding.
func (in *Intake) text(f sheet.Finding) string {
	letter := strings.TrimRight(f.Cell[strings.LastIndexByte(f.Cell, '!')+1:], "0123456789")
	for _, r := range in.Grid.Rows {
		if r.N == f.Row {
			return r.Cell(grid.Column(letter)).Text
		}
	}
	return ""
}

// batch names a file as it is read: the same file, read otherwise, is another batch.
func (in *Intake) batch() string {
	read := in.Mapping
	read.Answers = nil
	b, _ := json.Marshal(Said{read, in.Default}) // strings and maps of strings
	sum := sha256.Sum256(b)
	return fmt.Sprintf("%s-%x", in.Book.Sum[:12], sum[:2])
}

// plan tells the trial as sheets do.
func (in *Intake) plan() {
	t, p := in.trial, &in.Plan
	p.Batch, p.Sum, in.Again = t.Batch, in.Book.Sum, t.Again
	if in.Again {
		p.Doubtful, p.Errors = nil, nil
	}
	items := func(list []batch.Told) (all []sheet.Item) {
		for _, o := range list {
			one := sheet.Item{Cell: o.Cell, Row: rowOf(o.Cell), ID: o.ID, Name: o.Name}
			for _, c := range o.Changes {
				one.Changes = append(one.Changes, sheet.Change{Code: c.Code, Name: c.Name, Was: c.Was, Is: c.Is})
			}
			all = append(all, one)
		}
		return all
	}
	in.Who = map[string][]batch.Likely{}
	findings := func(list []batch.Remark) (all []sheet.Finding) {
		for _, r := range list {
			for _, at := range slices.Compact(cells.FindAllString(r.Why, -1)) {
				in.Who[r.Cell] = append(in.Who[r.Cell], batch.Likely{ID: at, Name: at, Note: "表里的这一格"})
			}
			in.Who[r.Cell] = append(in.Who[r.Cell], r.Who...)
			for _, w := range r.Who {
				r.Why += "；" + w.Name + "（" + w.Note + "）编号 " + w.ID
			}
			all = append(all, sheet.Finding{Cell: cmp.Or(r.Cell, in.Grid.Sheet), Why: r.Why, Row: rowOf(r.Cell)})
		}
		return all
	}
	p.New, p.Changed, p.Same = items(t.New), items(t.Changed), items(t.Same)
	p.Doubtful = append(p.Doubtful, findings(t.Doubtful)...)
	p.Errors = append(p.Errors, findings(t.Errors)...)
	p.Notes = append(p.Notes, findings(t.Notes)...)
	for _, m := range t.Missing {
		p.Missing = append(p.Missing, sheet.Item{ID: m.ID, Name: m.Name + "（" + m.Note + "）"})
	}
}

// cells are the addresses that a sentence names.
var cells = regexp.MustCompile(`[^\s“”，；]+![A-Z]+\d+`)

// rowOf is the row of a cell's address, 0 for none.
func rowOf(cell string) int {
	return atoi(cell[len(strings.TrimRight(cell, "0123456789")):])
}

func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

var titled = regexp.MustCompile(`(全国|省|市|[县区]|[乡镇])(?:人民代表大会|人大)?第?([一二三四五六七八九十]{1,3}|\d{1,2})届|第([一二三四五六七八九十]{1,3})届(全国|省|市|[县区]|[乡镇])`)

// titled adds to what a person said which congress the sheet's title names, where it names one: 离石区第十四届人大代表名册.
func (in *Intake) titled() map[string]string {
	said := in.Default
	if said["level"] != "" || said["congress"] != "" {
		return said
	}
	for _, text := range in.over() {
		m := titled.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		level := map[string]string{"区": "县", "镇": "乡"}[m[1]+m[4]]
		congress, ok := person.Congress(m[2] + m[3])
		if level = cmp.Or(level, m[1]+m[4]); !ok {
			continue
		}
		all := map[string]string{"level": level, "congress": congress}
		for code, v := range said {
			all[code] = v
		}
		in.Plan.Notes = append(in.Plan.Notes, sheet.Finding{Cell: in.Grid.Sheet,
			Why: "按标题当作" + congress + level + "人大代表；不是的，导入时说明"})
		return all
	}
	return said
}

// over are the texts that stand over the titles of the columns, without blanks.
func (in *Intake) over() (texts []string) {
	for _, r := range in.Grid.Rows {
		if r.N >= max(in.Head, 1) {
			break
		}
		for _, c := range r.Cells {
			if text := strings.Join(strings.Fields(c.Text), ""); text != "" {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// Take writes what a sheet would do, all of it or nothing, and remembers how it was read. It fails with
// batch.ErrDoubtful.
func (a *App) Take(ctx context.Context, by clerk.Clerk, in Intake) error {
	if err := a.guard.Ask(ctx, by, right.Import); err != nil {
		return err
	}
	if !in.Plan.Clear() {
		return batch.ErrDoubtful
	}
	if err := batch.Take(ctx, a.Roster, by, in.trial); err != nil {
		return err
	}
	return in.memory.Keep(a.Home, in.Grid, in.Mapping)
}

// Undo takes back what a sheet of a kind brought, by the name of its batch, all of it or nothing, and says how many that
// were. It fails with problem.Problems that name those on which somebody worked since.
func (a *App) Undo(ctx context.Context, k Keeping, by clerk.Clerk, which string) (n int, err error) {
	if err := a.guard.Ask(ctx, by, right.Import); err != nil {
		return 0, err
	}
	if k.undo != nil {
		return k.undo(ctx, a, by, which)
	}
	return batch.Undo(ctx, a.Roster, by, which)
}

// SaveWrong writes the rows of which something is asked or wrong into a sheet of their own, with the reasons.
func (a *App) SaveWrong(ctx context.Context, in Intake, file string) error {
	if err := a.guard.Sits(ctx, right.Import); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := sheet.Back(&b, in.Grid, in.Mapping, slices.Concat(in.Plan.Doubtful, in.Plan.Errors)); err != nil {
		return err
	}
	return a.write(file, b.Bytes())
}
