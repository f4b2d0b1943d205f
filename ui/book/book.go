// Package book is the page 台账: every matter of this computer, newest first, to find and to open. The list stays as it
// was left (what was searched, chosen and scrolled) while a matter is open in its place.
//
// A citizen is covered on the list (王**) and on the matter until somebody asks to see all of it: a screen at a table is
// read from both sides.
package book

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/spelling"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Actions are what others do with a matter; nil ones are not offered. done is called on the main thread, with
// problem.Problems where something typed is not right.
type Actions struct {
	Acts   func(matter.Matter) words.List // what may be done with a matter now
	Ask    show.Ask
	Papers func(matter.Matter) []paper.Kind    // the papers that make sense of it now
	Print  func(kind string, vs []ledger.View) // a paper, after a preview
	Lists  []paper.Kind                        // books, lists and blank forms
	List   func(paper.Kind, paper.Wish)        // one of them, after a preview
	Letter func(class int) string              // what the county prints for a class of results
	Steps  [7]string                           // the county's words for the seven steps
	Reveal func(context.Context, string) error // of a number: before a citizen's contact is shown in full

	// as desk.Correct takes them
	Correct func(v ledger.View, changes map[string]json.RawMessage, done func(error))
	Void    func(v ledger.View, reason string, done func(error))
	Redact  func(v ledger.View, reason string, done func(error)) // by a code of words.Redactions

	Held     func(v ledger.View)                                                   // the paper of all kept about its citizen
	Propose  func(vs []ledger.View)                                                // makes a suggestion of some
	Grew     func(ctx context.Context, id string) ([]suggestion.Suggestion, error) // those that grew from a matter
	Proposed func(id string)                                                       // shows one whole
	Return   func(v ledger.View)                                                   // plans a visit that goes back to it
	Export   func(name string, q ledger.Query)                                     // writes a list into a table
}

// Page is the page.
type Page struct {
	host    kit.Host
	ledger  *ledger.Ledger
	role    journal.Level
	actions Actions

	object, list    *fyne.Container
	search          *kit.Entry
	state, register *kit.Chips
	views           *kit.Chips // 我的关注, each with how many it chooses now
	watched         []ledger.Watched
	drop            *kit.Button
	basket          ledger.Basket // the one that was asked for, beside the usual choices
	station         *kit.Picker   // nil at a station
	category        *kit.Picker
	stations        []ledger.Station
	table           *kit.Table[ledger.View]
	further         *kit.Button
	count           *kit.Label
	asked           int   // how often the list was asked for: only the last answer is shown
	got             asked // what the list shows
	before          []asked
	back            bool // what was asked for last is what was looked at before
	matter          *details
}

// asked is what somebody wants to see.
type asked struct {
	view, state, register, text string // view: the name of what is watched
	station, category           kit.Option
}

// step is how many more are asked for at a time, and sorted how many are looked through where they are to be in an
// order of their own.
const step, sorted = 50, 1000

// New makes the page; h.Run does its questions.
func New(h kit.Host, l *ledger.Ledger, role journal.Level, actions Actions) *Page {
	p := &Page{host: h, ledger: l, role: role, actions: actions, search: kit.NewEntry("F3　找姓名、电话、事由"),
		state: kit.NewChips(false, kit.Option{Text: "全部"}, kit.Option{Code: "open", Text: "未办结"},
			kit.Option{Code: "late", Text: "快到期·超期"}, kit.Option{Code: "urgent", Text: "紧急"},
			kit.Option{Code: "spot", Text: "现场办结"}),
		register: kit.NewChips(false, kit.Option{Text: "全部三簿"}), count: kit.Hint(""), views: kit.NewChips(false)}
	p.views.Hide()
	p.views.OnChanged = func() { p.ask(p.many()) }
	p.register.SetOptions(append(p.register.Options(), show.Options(words.Registers)...))
	for _, c := range []*kit.Chips{p.state, p.register} {
		c.Choose("")
		c.OnChanged = func() {
			c.Choose(c.One()) // the chosen one chosen again: the first stands for all
			p.ask(p.many())
		}
	}
	p.search.OnChanged = func(string) { p.ask(p.many()) }
	p.search.OnKey = func(k fyne.KeyName) bool {
		if k != fyne.KeyDown && k != fyne.KeyReturn && k != fyne.KeyEnter {
			return false
		}
		if _, ok := p.table.Chosen(); !ok {
			p.table.Choose(0)
		}
		p.table.Focus()
		return true
	}
	p.table = kit.NewTable("没有找到。换一个字，或选“全部”再看。", p.columns()...)
	p.table.ClickOpens, p.table.OnOpen = true, p.Open
	p.table.OnSorted = func() { p.ask(p.many()) }
	p.category = kit.NewPicker("按类别看：名称或首字母", show.Categories)
	find := container.NewGridWithColumns(2, container.NewVBox(p.search), p.category.Container)
	if role != journal.Station {
		p.station = kit.NewPicker("按站看：站名或首字母", p.find)
		p.station.OnChosen = func(kit.Option) { p.ask(p.many()) }
		find = container.NewGridWithColumns(3, container.NewVBox(p.search), p.station.Container, p.category.Container)
	}
	p.category.OnChosen = func(kit.Option) { p.ask(p.many()) }
	p.further = kit.NewButton(fmt.Sprintf("再看%d件", step), "", false, func() { p.ask(len(p.table.Rows()) + step) })
	p.drop = kit.NewButton("不再关注", "", false, p.forget)
	p.drop.Hide()
	foot := container.NewHBox(p.further, p.drop, kit.NewButton("记下关注…", "W", false, p.keep))
	if actions.Export != nil {
		foot.Add(kit.NewButton("导出表格…", "X", false, p.export))
	}
	if actions.Propose != nil {
		foot.Add(kit.NewButton("形成代表建议…", "J", false, p.propose))
	}
	if len(actions.Lists) > 0 {
		foot.Add(kit.NewButton("打印簿册…", "", false, p.chooseList))
	}
	top := container.NewVBox(find, container.NewGridWithColumns(2, p.state, p.register), p.views)
	p.list = container.NewStack(kit.Page("台账", "点一件（或用 ↑↓ 选好按回车）看全部内容；点栏目名或按 S 排序。",
		container.NewBorder(top, container.NewBorder(nil, nil, nil, foot, p.count), nil, nil, p.table.Container)))
	p.object = container.NewStack(p.list)
	return p
}

// many is how many are asked for at first.
func (p *Page) many() int {
	if by, _ := p.table.Sorted(); by >= 0 {
		return sorted
	}
	return step
}

// Keys are the page's own on the list.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyC, Ctrl: true}: p.copy, {Name: fyne.KeyZ, Ctrl: true}: p.undo,
		{Name: fyne.KeyJ}: p.propose, {Name: fyne.KeyW}: p.keep, {Name: fyne.KeyX}: p.export}
}

// copy puts the number of the chosen or open matter where it can be pasted from.
func (p *Page) copy() {
	v, ok := p.table.Chosen()
	if p.matter != nil {
		v, ok = p.matter.View, true
	}
	if !ok {
		p.host.Say(kit.Plain, "请先选一件，再复制它的编号。")
	} else {
		fyne.CurrentApp().Clipboard().SetContent(v.Number)
		p.host.Say(kit.Plain, "已复制编号 "+v.Number)
	}
}

// want puts what somebody wants to see into the fields, and asks for it.
func (p *Page) want(w asked) {
	p.Back()
	p.asked++ // what is on its way is not wanted any more
	p.views.Choose(w.view)
	p.state.Choose(w.state)
	p.register.Choose(w.register)
	p.category.Choose(w.category)
	if p.station != nil {
		p.station.Choose(w.station)
	}
	p.search.OnChanged = nil
	p.search.SetText(w.text)
	p.search.OnChanged = func(string) { p.ask(p.many()) }
	p.ask(p.many())
}

// undo goes back to what was looked for before.
func (p *Page) undo() {
	if len(p.before) == 0 || p.matter != nil {
		p.host.Say(kit.Plain, "没有可以撤销的。记错了的可以更正，记录不会丢。")
		return
	}
	last := p.before[len(p.before)-1]
	p.before = p.before[:len(p.before)-1]
	p.back = true
	p.want(last)
}

func (p *Page) columns() []show.Trait {
	title := show.Title(8)
	title.Text = named
	number, day, citizen := show.Number(11.2), show.Day(p.ledger, 4.8), show.Citizen()
	cols := append([]show.Trait{title, show.State(6.2), show.Rest(show.Tone)}, show.Spare(show.Urgent())...)
	if p.role == journal.Station { // what a table knows its citizens by
		return append(append([]show.Trait{number, day, citizen}, cols...), show.Spare(show.Kind())...)
	}
	return append(append([]show.Trait{number}, cols...), show.Spare(show.Site(), show.Kind(), day, citizen)...)
}

// named is the title of a matter, which says where it is confidential.
func named(v ledger.View) string {
	if v.Confidential && v.Title != desk.SealedTitle {
		return "【保密】" + v.Title
	}
	return v.Title
}

func (p *Page) find(query string) (found []kit.Option) {
	query = spelling.Letters(query)
	for _, s := range p.stations {
		if strings.Contains(s.Name, query) || strings.Contains(s.Initials, query) || strings.HasPrefix(s.Code, query) {
			found = append(found, kit.Option{Code: s.Code, Text: s.Name, Note: fmt.Sprintf("%d 件", s.Matters)})
		}
	}
	return found
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown asks again for what is shown.
func (p *Page) Shown() {
	p.ask(max(p.many(), len(p.table.Rows())))
	p.watch()
	if p.station != nil {
		kit.Do(p.host.Run, p.host.Context, p.ledger.Stations, func(ss []ledger.Station, err error) {
			if err == nil {
				p.stations = ss
			}
		})
	}
	if p.matter != nil {
		p.again()
	}
}

// Start lets the arrows move in the list at once.
func (p *Page) Start() {
	if p.matter == nil {
		p.table.Focus()
	}
}

// FocusSearch goes to the search field, back on the list.
func (p *Page) FocusSearch() {
	p.Back()
	kit.Focus(p.search)
}

// Pressing shows what is overdue or soon will be.
func (p *Page) Pressing() { p.want(asked{state: "late"}) }

// Basket shows what lies in a basket.
func (p *Page) Basket(b ledger.Basket) {
	options := p.state.Options()[:5]
	if !slices.ContainsFunc(options, func(o kit.Option) bool { return o.Code == b.Code }) {
		options = append(options[:5:5], kit.Option{Code: b.Code, Text: b.Name})
	}
	p.basket = b
	p.state.SetOptions(options)
	p.want(asked{state: b.Code})
}

func (p *Page) query(w asked, limit int) ledger.Query {
	if w.view != "" {
		if q, err := p.ledger.Asked(p.choice(w)); err == nil {
			q.Limit = limit
			return q
		}
	}
	q := ledger.Query{Text: w.text, Limit: limit}
	switch w.state {
	case "open":
		q.Filter = p.ledger.Pending()
	case "late":
		q.Filter = p.ledger.Pressing()
	case "urgent":
		q.Filter = ledger.Filter{Urgent: true, States: matter.OpenStates()}
	case "spot":
		q.Step = matter.Answered.Step()
	}
	if w.state != "" && w.state == p.basket.Code {
		q.Filter = p.basket.Filter
	}
	if w.register != "" {
		q.Register = w.register
	}
	if w.station.Code != "" {
		q.Station = w.station.Code
	}
	if w.category.Code != "" {
		q.Category = w.category.Code
	}
	return q
}

func (p *Page) ask(limit int) {
	w := asked{view: p.views.One(), state: p.state.One(), register: p.register.One(), text: strings.TrimSpace(p.search.Text),
		category: p.category.Chosen()}
	if p.station != nil {
		w.station = p.station.Chosen()
	}
	p.asked++
	n := p.asked
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (ledger.Page, error) {
		return p.ledger.Page(ctx, p.query(w, limit))
	}, func(page ledger.Page, err error) {
		switch {
		case n != p.asked:
			return
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		case w == p.got:
			p.table.Update(page.Matters, show.Same)
		default:
			p.table.Set(page.Matters)
			more := w // letters typed one after another are one step
			if more.text = p.got.text; !p.back && (more != p.got || p.got.text == "") {
				p.before = append(p.before[max(0, len(p.before)-99):], p.got)
			}
			p.got, p.back = w, false
		}
		p.drop.Hidden = p.got.view == ""
		text := fmt.Sprintf("一共 %d 件。", len(page.Matters))
		switch p.further.Hidden = !page.More; {
		case page.More && p.many() == sorted:
			text = fmt.Sprintf("排的是最新的 %d 件，后面还有。", len(page.Matters))
		case page.More:
			text = fmt.Sprintf("这里是最新的 %d 件，后面还有。", len(page.Matters))
		}
		p.count.SetText(text)
		p.list.Refresh()
	})
}
