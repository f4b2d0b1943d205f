// Package tray is the page 收件 of a county or a city: what came in and what is under way, in baskets, sorted by one key
// a decision. ↑ and ↓ choose, Space marks, a letter or a digit does an act with the marked matters or the chosen one;
// then the next one is chosen, so that a clerk with fifty stations never takes his hands off the keys.
package tray

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Actions are what the page asks of the window around it.
type Actions struct {
	Ask    show.Ask
	Open   func(ledger.View)                       // shows one matter whole
	Print  func(kind string, vs []ledger.View)     // prints papers of a kind, after a preview
	Silent func(context.Context) ([]string, error) // the stations not heard of for too long; nil for none
	Fits   show.Fits
}

// Page is the page.
type Page struct {
	host    kit.Host
	ledger  *ledger.Ledger
	office  *office.Office
	actions Actions

	object  fyne.CanvasObject
	tabs    *kit.Chips
	hint    *kit.Label
	silent  *kit.Notice
	table   *kit.Table[ledger.View]
	top     *fyne.Container
	work    *fyne.Container
	side    *show.Beside
	bar     *fyne.Container
	buttons []*kit.Button
	count   *widget.Label
	line    *fyne.Container // of the hint and the count

	basket string
	marked map[string]bool
	words  string        // what the list is narrowed by
	before []stand       // what Ctrl+Z goes back to
	next   show.Onward   // of the list
	fresh  []ledger.View // what the last act was done with, to be printed
	kind   string        // on this paper
	moved  bool          // somebody chose or ticked since
	all    []ledger.View // what lies in the basket
	asked  int
	more   bool
	left   bool // since it was asked last
}

const nothing = "这里没有等着办的，可以歇一歇。"

// New makes the page.
func New(h kit.Host, l *ledger.Ledger, o *office.Office, a Actions) *Page {
	p := &Page{host: h, ledger: l, office: o, actions: a, tabs: kit.NewTabs(), hint: kit.Hint(""), count: kit.Line(""),
		marked: map[string]bool{}, next: show.Onward{""}, bar: kit.NewFlow()}
	p.count.Importance = widget.LowImportance
	p.silent = kit.NewNotice(kit.NewButton("去看看", "", false, func() { h.Go("exchange") }))
	p.tabs.OnChanged = func() { p.turn(p.tabs.One()) }
	p.table = kit.NewTable(nothing, p.columns()...)
	p.side = show.NewBeside(h, l, p.table, 4, draw, a.Fits)
	p.table.OnOpen = a.Open
	p.table.OnChosen = func(ledger.View) { p.moved = true; p.chosen() }
	for _, d := range decisions {
		p.buttons = append(p.buttons, kit.NewButton(d.word, d.mark, false, func() { p.decide(d) }))
	}
	narrow := kit.NewButton("筛选", "F", false, p.narrow)
	p.line = container.New(beside{}, p.hint, p.count, narrow)
	p.top = container.NewVBox(p.tabs, p.line, p.silent.Container)
	p.work = container.NewBorder(p.top, p.bar, nil, nil, container.New(halves{}, p.table.Container, p.side.Container))
	p.object = kit.Page("收件", "↑↓ 选一件，空格打勾，一个键定办法；Enter 看全部，S 排序。", p.work)
	return p
}

// columns are those of the list, the most telling ones first to stay where there is little room.
func (p *Page) columns() []show.Trait {
	tick := show.Trait{Title: "选", Width: 1.2,
		Text:  func(v ledger.View) string { return map[bool]string{true: "✓"}[p.marked[v.ID]] },
		Click: func(ledger.View) { p.mark() }}
	in := show.Trait{Title: "承办", Width: 7, Text: hands,
		Less: func(a, b ledger.View) bool { return hands(a) < hands(b) }}
	urgent := show.Urgent()
	urgent.Tone = urgency
	return append([]show.Trait{tick, show.Number(11.2), show.Title(7), show.Rest(show.Light)},
		show.Spare(urgent, show.Site(), show.Kind(), in, show.Day(p.ledger, 5))...)
}

func hands(v ledger.View) string {
	switch {
	case len(v.Units) > 0:
		return v.Units[0]
	case len(v.Guides) > 0:
		return strings.Join(v.Guides, "、")
	}
	return words.Modes.Name(v.Mode)
}

func urgency(v ledger.View) kit.Tone {
	return map[string]kit.Tone{"urgent": kit.Soon, "critical": kit.Bad}[v.Urgency]
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Start lets the arrows move in the list.
func (p *Page) Start() { p.table.Focus() }

// Keys are the page's own: the decisions, ticking, narrowing, copying, taking back, and ← → for the baskets.
func (p *Page) Keys() map[kit.Key]func() {
	keys := map[kit.Key]func(){
		{Name: fyne.KeySpace}: p.mark, {Name: fyne.KeyA, Ctrl: true}: p.markAll,
		{Name: fyne.KeyD}:    func() { p.decide(department) },
		{Name: fyne.KeyLeft}: func() { p.leaf(-1) }, {Name: fyne.KeyRight}: func() { p.leaf(1) },
		{Name: fyne.KeyF}: p.narrow, {Name: fyne.KeyC, Ctrl: true}: p.copy, {Name: fyne.KeyZ, Ctrl: true}: p.undo,
	}
	for _, d := range decisions {
		keys[kit.Key{Name: d.key}] = func() { p.decide(d) }
	}
	return keys
}

// Print prints the assignments of what was just assigned, marked or chosen.
func (p *Page) Print() { p.decide(assignments) }

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
	p.remember()
	clear(p.marked)
	p.show(basket)
}

// show shows a basket from its first matter. Until it is asked for nothing is shown, so that no key acts on what lay in
// another one.
func (p *Page) show(basket string) {
	p.basket, p.all, p.next, p.fresh = basket, nil, show.Onward{""}, nil
	p.tabs.Choose(basket)
	p.table.Nothing("")
	p.table.Set(nil)
	p.redraw()
	p.table.Focus()
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
	back    bool // somebody turned here
}

// Left is told when another page comes to the front.
func (p *Page) Left() { p.left = true }

// Shown asks again for what is shown; the place in the list stays.
func (p *Page) Shown() {
	back := p.left || p.next != nil
	p.left = false
	p.asked++
	asked := p.asked
	want := p.basket
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (n news, err error) {
		n.back = back
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
		p.take(n)
	})
}

func (p *Page) take(n news) {
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
	p.basket, p.more, p.all = n.basket, n.page.More, n.page.Matters
	p.tabs.SetOptions(options)
	p.tabs.Choose(n.basket)
	// a notice that comes or goes by itself would move the list
	if k := len(n.silent); k > 0 && (n.back || p.silent.Said() != "") {
		p.silent.Say(kit.Soon, fmt.Sprintf("%d 个站超过 %d 天没有消息：%s%s", k, p.office.Profile.Silent,
			strings.Join(n.silent[:min(k, 3)], "、"), map[bool]string{true: "…"}[k > 3]))
	} else if n.back {
		p.silent.Say(kit.Plain, "")
	} else if p.silent.Said() != "" {
		p.silent.Say(kit.Plain, "各站最近都有消息。")
	}
	p.list()
}

// list shows what lies in the basket as far as it is asked for. After an act or on another basket a row is chosen;
// otherwise the one that somebody chose stays, and none is chosen where that one is gone.
func (p *Page) list() {
	var rows []ledger.View
	for _, v := range p.all {
		if v.Has(p.words) {
			rows = append(rows, v)
		}
	}
	here := map[string]bool{}
	for _, v := range rows {
		here[v.ID] = true
	}
	maps.DeleteFunc(p.marked, func(id string, _ bool) bool { return !here[id] })
	if p.table.Nothing(nothing); p.words != "" {
		p.table.Nothing("这个篮子里没有“" + p.words + "”的。按 Esc 看全部。")
	}
	p.table.Update(rows, show.Same)
	p.next.Choose(p.table)
	if p.next != nil {
		p.next, p.moved = nil, false
	}
	p.redraw()
}

// redraw shows marks, counts and lit buttons.
func (p *Page) redraw() {
	p.table.Update(p.table.Came(), show.Same)
	words := ""
	switch n := len(p.marked); {
	case n > 0:
		words = fmt.Sprintf("已勾 %d 件　Esc 取消", n)
	case p.words != "":
		words = fmt.Sprintf("只看“%s”的 %d / %d 件　Esc 看全部", p.words, len(p.table.Rows()), len(p.all))
	case p.more:
		words = fmt.Sprintf("先列出最新的 %d 件", pageful)
	case len(p.table.Rows()) > 1:
		words = "Ctrl+A 全勾　Ctrl+C 复制编号"
	}
	p.count.SetText(words)
	p.line.Refresh()
	p.chosen()
}
