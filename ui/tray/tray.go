// Package tray is the page 收件 of a county or a city: what came in and what is under way, in baskets, sorted by one key a
// decision. ↑ and ↓ choose, Space marks, a letter or a digit does an act with the marked matters or the chosen one; then the
// next one is chosen, so that a clerk with fifty stations never takes his hands off the keys.
package tray

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// Actions are what the page asks of the window around it.
type Actions struct {
	Ask    func(do string, vs []ledger.View, done func([]office.Outcome)) // the sheet of an act
	Open   func(ledger.View)                                              // shows one matter whole
	Print  func(kind string, vs []ledger.View)                            // prints papers of a kind, after a preview
	Silent func(context.Context) ([]string, error)                        // the stations not heard of for too long; nil for none
}

// decision is what one key does.
type decision struct {
	key        fyne.KeyName
	mark, word string
	do         string // an act, with its mode where it has one; "" prints
	paper      string
}

var decisions = []decision{
	{fyne.Key1, "1", "引导", "assign guide", ""}, {fyne.Key2, "2", "协商", "assign consult", ""}, {fyne.Key3, "3", "交部门", "assign department", ""},
	{fyne.Key4, "4", "代表建议", "suggest", ""}, {fyne.Key5, "5", "上报", "escalate", ""}, {fyne.KeyR, "R", "退回", "return", ""},
	{fyne.KeyM, "M", "并案", "merge", ""}, {fyne.KeyG, "G", "签收", "sign", ""}, {fyne.KeyA, "A", "录入答复", "answer", ""},
	{fyne.KeyO, "O", "重办", "redo", ""}, {fyne.KeyL, "L", "延期", "extend", ""}, {fyne.KeyU, "U", "催办", "urge", ""},
	{fyne.KeyV, "V", "督办", "supervise", ""}, {fyne.KeyN, "N", "领办", "lead", ""}, {fyne.KeyP, "P", "打印交办单", "", "assignment"},
	{fyne.KeyI, "I", "打印催办单", "", "urging"},
}

// act is the bare act of a decision.
func (d decision) act() string {
	do, _, _ := strings.Cut(d.do, " ")
	return do
}

// Page is the page.
type Page struct {
	host    kit.Host
	ledger  *ledger.Ledger
	office  *office.Office
	actions Actions

	object  fyne.CanvasObject
	tabs    *kit.Chips
	hint    *widget.Label
	silent  *kit.Notice
	quiet   []string
	table   *kit.Table[ledger.View]
	top     *fyne.Container
	side    *fyne.Container
	bar     *fyne.Container
	buttons []*kit.Button
	count   *widget.Label

	basket string
	marked map[string]bool
	next   int // the row to choose after an act; -1 for the same one
	asked  int
	more   bool
}

// New makes the page.
func New(h kit.Host, l *ledger.Ledger, o *office.Office, a Actions) *Page {
	p := &Page{host: h, ledger: l, office: o, actions: a, tabs: kit.NewTabs(), hint: kit.Hint(""), count: widget.NewLabel(""),
		marked: map[string]bool{}, next: -1, side: container.NewStack(), bar: container.New(&flow{})}
	p.silent = kit.NewNotice(kit.NewButton("去看看", "", false, func() { h.Go("exchange") }))
	p.tabs.OnChanged = func() {
		if p.tabs.One() == "" { // the chosen one chosen again
			p.tabs.Choose(p.basket)
		}
		p.turn(p.tabs.One())
	}
	type view = ledger.View
	p.table = kit.NewTable("这里没有等着办的，可以歇一歇。",
		kit.Column[view]{Title: "选", Width: 1.2, Text: func(v view) string { return map[bool]string{true: "✓"}[p.marked[v.ID]] }},
		kit.Column[view]{Title: "编号", Width: 11.5, Text: func(v view) string { return v.Number }},
		kit.Column[view]{Title: "日期", Width: 5, Spare: true, Text: func(v view) string { return l.Day(v.Occurred) }},
		kit.Column[view]{Title: "事由", Text: func(v view) string { return v.Title }},
		kit.Column[view]{Title: "联络站", Width: 9, Spare: true, Text: func(v view) string { return ledger.PlaceName(v.Station) }},
		kit.Column[view]{Title: "承办", Width: 7, Spare: true, Text: hands},
		kit.Column[view]{Title: "期限", Width: 8.5, Text: ledger.View.Left, Tone: tone},
	)
	p.table.OnOpen = a.Open
	p.table.OnChosen = func(view) { p.chosen() }
	for _, d := range decisions {
		b := kit.NewButton(d.word, d.mark, false, func() { p.decide(d) })
		p.buttons = append(p.buttons, b)
		p.bar.Add(b)
	}
	p.top = container.NewVBox(p.tabs, container.NewBorder(nil, nil, nil, p.count, p.hint), p.silent.Container)
	p.object = kit.Page("收件", "↑↓ 选一件，空格打勾，一个键定办法；Enter 看全部。", container.NewBorder(p.top, p.bar, nil, nil,
		container.New(halves{}, p.table.Container, p.side)))
	return p
}

func hands(v ledger.View) string {
	switch {
	case len(v.Units) > 0:
		return v.Units[0]
	case len(v.Guides) > 0:
		return strings.Join(v.Guides, "、")
	}
	return matter.Modes.Name(v.Mode)
}

func tone(v ledger.View) kit.Tone {
	return map[ledger.Light]kit.Tone{ledger.Red: kit.Bad, ledger.Yellow: kit.Soon, ledger.Green: kit.Good}[v.Light]
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Start lets the arrows move in the list.
func (p *Page) Start() { p.table.Focus() }

// Keys are the page's own: the decisions, marking, and ← → for the baskets.
func (p *Page) Keys() map[kit.Key]func() {
	keys := map[kit.Key]func(){
		{Name: fyne.KeySpace}: p.mark, {Name: fyne.KeyA, Ctrl: true}: p.markAll, {Name: fyne.KeyD}: func() { p.decide(decisions[2]) },
		{Name: fyne.KeyLeft}: func() { p.leaf(-1) }, {Name: fyne.KeyRight}: func() { p.leaf(1) },
	}
	for _, d := range decisions {
		keys[kit.Key{Name: d.key}] = func() { p.decide(d) }
	}
	return keys
}

// Back takes the marks away; false where there are none.
func (p *Page) Back() bool {
	if len(p.marked) == 0 {
		return false
	}
	clear(p.marked)
	p.redraw()
	return true
}

// Print prints the assignments of what is marked or chosen.
func (p *Page) Print() { p.decide(decisions[14]) }

// Basket shows what lies in a basket.
func (p *Page) Basket(code string) { p.turn(code) }

// leaf goes to a basket beside the present one.
func (p *Page) leaf(by int) {
	options := p.tabs.Options()
	for i, o := range options {
		if o.Code == p.basket {
			p.turn(options[(i+by+len(options))%len(options)].Code)
			return
		}
	}
}

func (p *Page) turn(basket string) {
	p.basket, p.next = basket, 0
	clear(p.marked)
	p.tabs.Choose(basket)
	p.Shown()
}

// pageful is how many rows are asked for at a time.
const pageful = 1000

// news is what the page asks for.
type news struct {
	baskets []ledger.Basket
	counts  []int
	page    ledger.Page
	basket  string
	silent  []string
}

// Shown asks again for what is shown; the place in the list stays.
func (p *Page) Shown() {
	p.asked++
	asked := p.asked
	want := p.basket
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (n news, err error) {
		n.baskets = p.ledger.Baskets()
		if n.counts, err = p.ledger.Counts(ctx, n.baskets); err != nil {
			return n, err
		}
		n.basket = want
		for i, b := range n.baskets {
			if n.basket == "" && n.counts[i] > 0 {
				n.basket = b.Code
			}
		}
		if n.basket == "" {
			n.basket = n.baskets[0].Code
		}
		for _, b := range n.baskets {
			if b.Code == n.basket {
				if n.page, err = p.ledger.Page(ctx, ledger.Query{Filter: b.Filter, Limit: pageful}); err != nil {
					return n, err
				}
			}
		}
		if p.actions.Silent != nil {
			n.silent, err = p.actions.Silent(ctx)
		}
		return n, err
	}, func(n news, err error) {
		if asked != p.asked {
			return
		}
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.show(n)
	})
}

func (p *Page) show(n news) {
	var options []kit.Option
	for i, b := range n.baskets {
		text := b.Name
		if n.counts[i] > 0 {
			text += fmt.Sprintf(" %d", n.counts[i])
		}
		options = append(options, kit.Option{Code: b.Code, Text: text})
		if b.Code == n.basket {
			p.hint.SetText(b.Hint)
		}
	}
	p.basket, p.more = n.basket, n.page.More
	p.tabs.SetOptions(options)
	p.tabs.Choose(n.basket)
	p.top.Refresh()
	p.table.Update(n.page.Matters, func(a, b ledger.View) bool { return a.ID == b.ID })
	if _, ok := p.table.Chosen(); p.next >= 0 || !ok {
		p.table.Choose(min(max(p.next, 0), len(n.page.Matters)-1))
	}
	p.next = -1
	p.quiet = n.silent
	if k := len(n.silent); k > 0 {
		p.silent.Say(kit.Soon, fmt.Sprintf("%d 个站 %d 天没有消息：%s%s", k, p.office.Profile.Silent, strings.Join(n.silent[:min(k, 3)], "、"), map[bool]string{true: "…"}[k > 3]))
	} else {
		p.silent.Say(kit.Plain, "")
	}
	p.redraw()
}

// with are the matters that a decision is about: the marked ones, else the chosen one.
func (p *Page) with() (vs []ledger.View) {
	for _, v := range p.table.Rows() {
		if p.marked[v.ID] {
			vs = append(vs, v)
		}
	}
	if v, ok := p.table.Chosen(); ok && vs == nil {
		vs = []ledger.View{v}
	}
	return vs
}

// lit says whether a decision may be taken about all of them.
func (p *Page) lit(d decision, vs []ledger.View) bool {
	for _, v := range vs {
		switch {
		case d.do != "" && !v.May(d.act(), p.office.Settings.Unit):
			return false
		case d.paper == "assignment" && len(v.Units) == 0, d.paper == "urging" && v.Urged == 0:
			return false
		}
	}
	return len(vs) > 0
}

func (p *Page) decide(d decision) {
	vs := p.with()
	if !p.lit(d, vs) {
		if len(vs) > 0 {
			p.host.Say(kit.Plain, fmt.Sprintf("%s 现在是“%s”，不能“%s”。", vs[0].Number, vs[0].State, d.word))
		}
		return
	}
	if d.paper != "" {
		p.actions.Print(d.paper, vs)
		return
	}
	p.actions.Ask(d.do, vs, func([]office.Outcome) {
		row := 0
		for i, v := range p.table.Rows() {
			if v.ID == vs[0].ID {
				row = i
			}
		}
		p.next = row
		if v, ok := p.table.Chosen(); ok && p.keeps(v) { // still in this basket: on to the one below
			p.next = row + 1
		}
		clear(p.marked)
		p.Shown()
		p.table.Focus()
	})
}

// keeps says whether a matter stays in the basket that is shown after an act that left its state as it was.
func (p *Page) keeps(ledger.View) bool { return p.basket == "late" || p.basket == "below" }

func (p *Page) mark() {
	v, ok := p.table.Chosen()
	if !ok {
		return
	}
	if p.marked[v.ID] {
		delete(p.marked, v.ID)
	} else {
		p.marked[v.ID] = true
	}
	p.redraw()
}

func (p *Page) markAll() {
	for _, v := range p.table.Rows() {
		p.marked[v.ID] = true
	}
	p.redraw()
}

// redraw shows marks, counts and lit buttons.
func (p *Page) redraw() {
	p.table.Update(p.table.Rows(), func(a, b ledger.View) bool { return a.ID == b.ID })
	words := ""
	switch n := len(p.marked); {
	case n > 0:
		words = fmt.Sprintf("已勾 %d 件　Esc 取消", n)
	case p.more:
		words = fmt.Sprintf("先列出最新的 %d 件", pageful)
	case len(p.table.Rows()) > 1:
		words = "Ctrl+A 全勾"
	}
	p.count.SetText(words)
	p.chosen()
}
