// Package book is the page 台账: every matter of this computer, newest first, to find and to open. The list stays as it was
// left (what was searched, chosen and scrolled) while a matter is open in its place.
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
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// Actions are what others do with a matter; nil ones are not offered. done is called on the main thread, with
// problem.Problems where something typed is not right.
type Actions struct {
	Acts    func(matter.Matter) matter.Words                                          // what may be done with a matter now
	Ask     func(do string, vs []ledger.View, done func([]office.Outcome))            // the sheet of an act
	Papers  func(matter.Matter) []paper.Kind                                          // the papers that make sense of it now
	Print   func(kind string, vs []ledger.View)                                       // a paper, after a preview
	Lists   []paper.Kind                                                              // books, lists and blank forms
	List    func(paper.Kind, ledger.Filter, paper.Wish)                               // one of them, of some days, after a preview
	Letter  func(class int) string                                                    // what the county prints for a class of results
	Steps   [7]string                                                                 // the county's words for the seven steps
	Correct func(v ledger.View, changes map[string]json.RawMessage, done func(error)) // as desk.Correct takes them
	Void    func(v ledger.View, reason string, done func(error))
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
	basket          ledger.Basket // the one that was asked for, beside the usual choices
	station         *kit.Picker
	stations        []ledger.Station
	table           *kit.Table[ledger.View]
	foot            *fyne.Container
	count           *widget.Label
	asked           int   // how often the list was asked for: only the last answer is shown
	got             asked // what the list shows
	matter          *details
}

// asked is what somebody wants to see.
type asked struct{ state, register, station, text string }

const step = 50

// New makes the page; h.Run does its questions.
func New(h kit.Host, l *ledger.Ledger, role journal.Level, actions Actions) *Page {
	p := &Page{host: h, ledger: l, role: role, actions: actions, search: kit.NewEntry("F3　找姓名、电话、编号、事由"),
		state: kit.NewChips(false, kit.Option{Text: "全部"}, kit.Option{Code: "open", Text: "未办结"},
			kit.Option{Code: "late", Text: "快到期·超期"}, kit.Option{Code: "spot", Text: "现场办结"}),
		register: kit.NewChips(false, kit.Option{Text: "全部三簿"}), count: kit.Hint("")}
	for _, w := range matter.Registers {
		p.register.SetOptions(append(p.register.Options(), kit.Option{Code: w.Code, Text: w.Name}))
	}
	for _, c := range []*kit.Chips{p.state, p.register} {
		c.Choose("")
		c.OnChanged = func() {
			c.Choose(c.One()) // the chosen one chosen again: the first stands for all
			p.ask(step)
		}
	}
	p.search.OnChanged = func(string) { p.ask(step) }
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
	find := fyne.CanvasObject(p.search)
	if role != journal.Station {
		p.station = kit.NewPicker("按站看：站名或首字母", p.find)
		p.station.OnChosen = func(kit.Option) { p.ask(step) }
		find = container.NewGridWithColumns(2, container.NewVBox(p.search), p.station.Container)
	}
	p.foot = container.NewBorder(nil, nil, nil, kit.NewButton(fmt.Sprintf("再看%d件", step), "", false, func() { p.ask(len(p.table.Rows()) + step) }), p.count)
	p.foot.Hide()
	top := container.NewVBox(find, container.NewGridWithColumns(2, p.state, p.register))
	var acts []fyne.CanvasObject
	if len(actions.Lists) > 0 {
		acts = append(acts, kit.NewButton("打印簿册…", "", false, p.chooseList))
	}
	p.list = container.NewStack(kit.Page("台账", "点一件（或用↑↓选好按回车）看全部内容。", container.NewBorder(top, p.foot, nil, nil, p.table.Container), acts...))
	p.object = container.NewStack(p.list)
	return p
}

func (p *Page) columns() []kit.Column[ledger.View] {
	type view = ledger.View
	cols := []kit.Column[view]{
		{Title: "编号", Width: 12, Text: func(v view) string { return v.Number }},
		{Title: "日期", Width: 5.5, Spare: true, Text: func(v view) string { return p.ledger.Day(v.Occurred) }},
		{Title: "反映人", Width: 3.5, Text: view.Masked},
		{Title: "事由", Text: title},
		{Title: "类别", Width: 7, Spare: true, Text: func(v view) string { return kindOf(v.Category) }},
		{Title: "状态", Width: 6.2, Text: func(v view) string { return v.State.String() }},
		{Title: "期限", Width: 8.5, Text: view.Left, Tone: tone},
	}
	if p.role != journal.Station {
		cols[4] = kit.Column[view]{Title: "联络站", Width: 9, Spare: true, Text: func(v view) string { return ledger.PlaceName(v.Station) }}
	}
	return cols
}

func title(v ledger.View) string {
	if v.Confidential && v.Title != desk.SealedTitle {
		return "【保密】" + v.Title
	}
	return v.Title
}

func kindOf(code string) string {
	_, name, _ := strings.Cut(ledger.CategoryName(code), " · ")
	return name
}

func tone(v ledger.View) kit.Tone {
	switch {
	case v.Overdue:
		return kit.Bad
	case v.Soon():
		return kit.Soon
	case v.State == matter.Answered:
		return kit.Good
	}
	return kit.Plain
}

func (p *Page) find(query string) (found []kit.Option) {
	query = strings.ToLower(strings.TrimSpace(query))
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
	p.ask(max(step, len(p.table.Rows())))
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
func (p *Page) Pressing() {
	p.Back()
	p.search.SetText("")
	p.state.Choose("late")
	p.register.Choose("")
	p.ask(step)
}

// Basket shows what lies in a basket.
func (p *Page) Basket(b ledger.Basket) {
	p.Back()
	options := p.state.Options()[:4]
	if !slices.ContainsFunc(options, func(o kit.Option) bool { return o.Code == b.Code }) {
		options = append(options[:4:4], kit.Option{Code: b.Code, Text: b.Name})
	}
	p.basket = b
	p.search.SetText("")
	p.state.SetOptions(options)
	p.state.Choose(b.Code)
	p.register.Choose("")
	p.ask(step)
}

func (p *Page) query(w asked, limit int) ledger.Query {
	q := ledger.Query{Text: w.text, Limit: limit}
	switch w.state {
	case "open":
		q.Filter = p.ledger.Pending()
	case "late":
		q.Filter = p.ledger.Pressing()
	case "spot":
		q.Step = matter.Answered.Step()
	}
	if w.state != "" && w.state == p.basket.Code {
		q.Filter = p.basket.Filter
	}
	if w.register != "" {
		q.Register = w.register
	}
	if w.station != "" {
		q.Station = w.station
	}
	return q
}

func (p *Page) ask(limit int) {
	w := asked{p.state.One(), p.register.One(), "", strings.TrimSpace(p.search.Text)}
	if p.station != nil {
		w.station = p.station.Chosen().Code
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
			p.table.Update(page.Matters, func(a, b ledger.View) bool { return a.ID == b.ID })
		default:
			p.table.Set(page.Matters)
			p.got = w
		}
		p.count.SetText(fmt.Sprintf("这里是最新的 %d 件，后面还有。", len(page.Matters)))
		p.foot.Hidden = !page.More
		p.list.Refresh()
	})
}
