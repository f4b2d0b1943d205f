// Package intake is the page on which a sheet of people, units or old matters comes in, in three steps on one page: the file, with
// our guess over its columns; what it would do, each row with the address of its cell; and what was done, which can be
// taken back. Nothing is written before the last, and nothing that is doubtful is chosen: it is asked.
package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/roster/batch"
	"lianluo.local/app/sheet"
	"lianluo.local/data/field"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Said is what a person says of a sheet: which one of the file, where its titles are and what its columns say, what
// holds where a row says nothing, and what is meant where it was asked.
type Said struct {
	sheet.Mapping
	Default map[string]string
}

// Trial is a sheet as it was understood, and what it would do.
type Trial struct {
	Said
	Grid  *sheet.Grid
	Plan  sheet.Plan
	Again bool                      // it was taken before
	Who   map[string][]batch.Likely // by the cell that is asked about, who may be meant
	In    any                       // what whoever tried it needs to take it
}

// Actions are what the page asks of the window around it.
type Actions struct {
	Columns []sheet.Column // what columns of such a sheet can say
	Lists   bool           // who is missing in a sheet is told
	Whole   field.List     // what may hold for all rows that do not say it themselves; nil for nothing
	Try     func(ctx context.Context, book *sheet.Book, said Said) (Trial, error)
	Take    func(ctx context.Context, t Trial) error
	Undo    func(ctx context.Context, batch string) (int, error)
	Wrong   func(ctx context.Context, t Trial, dir string) (file string, err error) // the rows to be put right, as a sheet
	Open    func(id string)                                                         // shows one of those who are missing; nil for not
	Back    func()                                                                  // to the list
}

// Page is the page.
type Page struct {
	host    kit.Host
	name    string // of what comes in: 代表名册
	actions Actions

	object            fyne.CanvasObject
	file              *kit.Label
	sheets, tabs      *kit.Chips
	table             *kit.Table[row]
	note              *kit.Notice
	take, skip, wrong *kit.Button
	undo              *kit.Button
	answers           *show.Sheets
	where             string // the file
	book              *sheet.Book
	said              Said
	trial             Trial
	tried, done, busy bool
	asked             int
}

// row is a line of the list: where it stands, who or what it is, what is said of it.
type row struct {
	at, name, text string
	tone           kit.Tone
	title          sheet.Title   // of a column
	whole          bool          // it is about all rows
	id             string        // of whoever it is about, where he is here
	finding        sheet.Finding // what is asked
}

// The parts of the list.
const (
	columns  = "columns"
	fresh    = "new"
	changed  = "changed"
	same     = "same"
	doubtful = "doubtful"
	faulty   = "errors"
	missing  = "missing"
	notes    = "notes"
)

// New makes the page for what is called so.
func New(h kit.Host, name string, a Actions) *Page {
	p := &Page{host: h, name: name, actions: a, file: kit.Text(""), sheets: kit.NewChips(false), tabs: kit.NewTabs(), note: kit.NewNotice(), answers: show.NewSheets(h)}
	p.sheets.Always = true
	p.sheets.OnChanged = func() {
		p.said = Said{Mapping: sheet.Mapping{Sheet: p.sheets.One()}}
		p.try()
	}
	p.tabs.OnChanged = p.list
	p.table = kit.NewTable("", kit.Column[row]{Title: "位置", Width: 6, Text: func(r row) string { return r.at }},
		kit.Column[row]{Title: "姓名、名称", Width: 8, Text: func(r row) string { return r.name }},
		kit.Column[row]{Title: "是什么", Least: 10, Text: func(r row) string { return r.text }, Tone: func(r row) kit.Tone { return r.tone }})
	p.table.ClickOpens, p.table.OnOpen = true, p.open
	choose := kit.NewButton("选择文件…", "O", false, p.choose)
	p.wrong = kit.NewButton("要改的行另存…", "", false, p.apart)
	p.skip = kit.NewButton("要问的和有错的先不导", "", false, p.pass)
	p.undo = kit.NewButton("撤销这一批", "", false, p.takeBack)
	p.take = kit.NewButton("导入", "Ctrl+Enter", true, p.commit)
	top := container.NewVBox(container.NewBorder(nil, nil, nil, choose, p.file), p.sheets, p.note.Container, p.tabs)
	p.object = kit.Page("从表格导入"+name, "选文件，看一遍，再导入；导入以前什么也不改。",
		container.NewBorder(top, nil, nil, nil, p.table.Container), p.undo, p.wrong, p.skip, p.take)
	p.draw()
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown does nothing: what lies in a file does not change by itself.
func (p *Page) Shown() {}

// Start asks for a file where there is none.
func (p *Page) Start() {
	if p.book == nil {
		p.choose()
	}
}

// Back leads to the list that the sheet belongs to.
func (p *Page) Back() bool {
	p.actions.Back()
	return true
}

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyO}: p.choose, {Name: fyne.KeyReturn, Ctrl: true}: p.commit,
		{Name: fyne.KeyEnter, Ctrl: true}: p.commit, {Name: fyne.KeyLeft}: func() { p.leaf(-1) }, {Name: fyne.KeyRight}: func() { p.leaf(1) }}
}

// leaf turns to a part beside the present one.
func (p *Page) leaf(by int) {
	options := p.tabs.Options()
	i := slices.IndexFunc(options, func(o kit.Option) bool { return o.Code == p.tabs.One() })
	if i >= 0 {
		p.tabs.Choose(options[(i+by+len(options))%len(options)].Code)
		p.list()
	}
}

func (p *Page) choose() {
	kit.BrowseFile(p.host.Canvas(), "选择表格", p.where, []string{".xlsx", ".xlsm", ".csv", ".txt", ".xls", ".et"}, p.Open)
}

// Open reads a file and says what it would do.
func (p *Page) Open(file string) {
	p.host.Say(kit.Plain, "正在读表格…")
	kit.Do(p.host.Run, p.host.Context, func(context.Context) (*sheet.Book, error) { return sheet.Open(file) },
		func(b *sheet.Book, err error) {
			p.where, p.book, p.said, p.tried, p.done = file, b, Said{}, false, false
			if err != nil {
				p.book = nil
				p.host.Say(kit.Bad, p.host.Explain(err))
				p.draw()
				return
			}
			var options []kit.Option
			for _, l := range b.Sheets {
				name := l.Name
				if l.Hidden {
					name += "（隐藏）"
				}
				options = append(options, kit.Option{Code: l.Name, Text: name})
			}
			p.sheets.SetOptions(options)
			p.tabs.Choose(columns)
			p.try()
		})
}

// try says what the sheet would do as it is read now.
func (p *Page) try() { p.attempt(p.said, p.tell) }

// tell shows what a sheet would do.
func (p *Page) tell(t Trial) {
	p.trial, p.tried, p.done = t, true, false
	p.sheets.Choose(t.Sheet)
	p.draw()
}

// attempt finds out what the sheet would do if that were said of it.
func (p *Page) attempt(said Said, then func(Trial)) {
	p.asked++
	n := p.asked
	said.Columns, said.Answers, said.Default = maps.Clone(said.Columns), maps.Clone(said.Answers), maps.Clone(said.Default)
	p.host.Say(kit.Plain, "正在核对…")
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (Trial, error) { return p.actions.Try(ctx, p.book, said) },
		func(t Trial, err error) {
			if n != p.asked {
				return
			}
			p.host.Say(kit.Plain, "")
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			then(t)
		})
}

// draw shows how far the sheet has come.
func (p *Page) draw() {
	t := p.trial
	p.file.SetText("先选一个文件：.xlsx、.csv。旧的 .xls 请先另存为 .xlsx。")
	if p.book != nil {
		p.file.SetText(p.book.Name)
	}
	p.sheets.Hidden = p.book == nil || len(p.sheets.Options()) < 2
	p.tabs.Hidden, p.table.Hidden = !p.tried, !p.tried
	var options []kit.Option
	add := func(code, name string, n int) {
		if n > 0 {
			options = append(options, kit.Option{Code: code, Text: fmt.Sprintf("%s %d", name, n)})
		}
	}
	if p.tried {
		add(columns, "各栏", len(t.Titles(t.Grid)))
		add(doubtful, "要问", len(t.Plan.Doubtful))
		add(faulty, "有错", len(t.Plan.Errors))
		add(fresh, "新", len(t.Plan.New))
		add(changed, "变", len(t.Plan.Changed))
		add(same, "同", len(t.Plan.Same))
		add(missing, "表里没有", len(t.Plan.Missing))
		add(notes, "说明", len(sheet.Together(t.Plan.Notes)))
	}
	here := p.tabs.One()
	p.tabs.SetOptions(options)
	if !slices.ContainsFunc(options, func(o kit.Option) bool { return o.Code == here }) {
		here = columns
	}
	p.tabs.Choose(here)
	p.say()
	open := !p.tried || p.done
	p.wrong.Hidden = open || t.Plan.Clear()
	p.skip.Hidden = open || t.Plan.Clear()
	p.take.Hidden = open || t.Again || len(t.Plan.New)+len(t.Plan.Changed) == 0
	p.undo.Hidden = !p.tried || !p.done && !t.Again
	if p.take.Disable(); t.Plan.Clear() {
		p.take.Enable()
	}
	p.list()
	p.object.Refresh()
}

// say says in a sentence what the sheet would do, or did.
func (p *Page) say() {
	t := p.trial.Plan
	sum := fmt.Sprintf("新 %d · 变 %d · 同 %d", len(t.New), len(t.Changed), len(t.Same))
	ask := fmt.Sprintf("要问 %d · 有错 %d", len(t.Doubtful), len(t.Errors))
	switch {
	case !p.tried:
		p.note.Say(kit.Plain, "")
	case p.done:
		p.note.Say(kit.Good, "导入好了："+sum+"。弄错了可以撤销这一批。")
	case p.trial.Again:
		p.note.Say(kit.Good, "这份表已经导入过，没有要改的。导错了可以撤销那一批。")
	case !t.Clear():
		p.note.Say(kit.Soon, sum+" · "+ask+"。点一下（或按回车）回答或改正；也可以改好表格再选一次，或者先不导。")
	case len(t.New)+len(t.Changed) == 0:
		p.note.Say(kit.Good, "和这里的一样，没有要改的。")
	case p.actions.Lists:
		p.note.Say(kit.Plain, sum+"。看好了就导入；名册里有、表里没有的 "+fmt.Sprint(len(t.Missing))+" 条不动。")
	default:
		p.note.Say(kit.Plain, sum+"。看好了就导入。")
	}
}

// list shows a part.
func (p *Page) list() {
	t := p.trial
	var rows []row
	items := func(list []sheet.Item) {
		for _, i := range list {
			rows = append(rows, row{at: i.Cell, name: i.Name, text: changes(i), id: i.ID})
		}
	}
	findings := func(list []sheet.Finding, tone kit.Tone) {
		for _, f := range list {
			rows = append(rows, row{at: f.Cell, name: p.rowName(f), text: p.why(f), tone: tone, finding: f})
		}
	}
	switch p.tabs.One() {
	case columns:
		rows = p.titles()
	case fresh:
		items(t.Plan.New)
	case changed:
		items(t.Plan.Changed)
	case same:
		items(t.Plan.Same)
	case missing:
		items(t.Plan.Missing)
	case doubtful:
		findings(t.Plan.Doubtful, kit.Soon)
	case faulty:
		findings(t.Plan.Errors, kit.Bad)
	case notes:
		findings(sheet.Together(t.Plan.Notes), kit.Plain)
	}
	p.table.Set(rows)
}

// changes tells what a row would change.
func changes(i sheet.Item) string {
	var list []string
	for _, c := range i.Changes {
		was := c.Was
		if was == "" {
			was = "没有写"
		}
		list = append(list, c.Name+"："+was+" → "+c.Is)
	}
	return strings.Join(list, "；")
}

// titles are the columns of the sheet, with what they were taken for.
func (p *Page) titles() (rows []row) {
	if p.trial.Grid == nil {
		return nil
	}
	if p.actions.Whole != nil {
		r := row{at: "整张表", name: "没有写的按", text: "→ 没有定", whole: true}
		var said []string
		for _, f := range p.actions.Whole {
			if v := p.trial.Default[f.Code]; v != "" {
				said = append(said, f.Name+" "+v)
			}
		}
		if len(said) > 0 {
			r.text, r.tone = "→ "+strings.Join(said, "，"), kit.Good
		}
		rows = append(rows, r)
	}
	for _, t := range p.trial.Titles(p.trial.Grid) {
		r := row{at: t.Column, name: t.Text, title: t}
		if over := strings.LastIndex(t.Text, " "); over > 0 { // of titles over each other the lowest says most
			r.name = t.Text[over+1:] + "（" + t.Text[:over] + "）"
		}
		called := "不导入"
		for _, c := range p.actions.Columns {
			if c.Key() == t.Key {
				called, r.tone = c.Name, kit.Good
			}
		}
		r.text = "→ " + called
		switch {
		case t.Refused != "":
			r.text, r.tone = "→ 不导入："+t.Refused, kit.Soon
		case t.Hidden:
			r.text += "（隐藏的栏）"
		}
		if t.Example != "" {
			r.text += "　　例如 " + t.Example
		}
		rows = append(rows, r)
	}
	return rows
}
