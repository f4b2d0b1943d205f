// Package today is the page 今天: it answers "what do I do now". One large button begins a visit, cards stand only where
// something waits, and the last matters lie below. An office, which receives nobody, sees what came in this week
// instead.
package today

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/agenda"
	"lianluo.local/app/desk"
	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/assets/places"
	"lianluo.local/data/session"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/show"
)

// Counts says what waits. It is called away from the main thread.
type Counts func(context.Context) (Waiting, error)

// Waiting is how many matters are soon due, how many overdue, how many entries nobody above has received yet, and why
// none can be received, "" where they can; and what is to be done about the recovery sheet, "" for nothing.
type Waiting struct {
	Soon, Overdue, Unsent int
	Apart                 string
	Sheet, SheetNote      string
}

// Arrivals is how many matters came in during the last seven days, how many units were heard of in them, of how many
// nothing was heard for too long, and how many people stations added whom the county has not confirmed.
type Arrivals struct{ Matters, Heard, Silent, Waiting int }

// Exchange gives what somebody should see to on the page 报送. It is called away from the main thread.
type Exchange func(context.Context) ([]Note, error)

// Note is one such thing: what it is, what it takes, and what the button says.
type Note struct {
	Says, Takes, Button string
	Grave               bool
	Page                string // to which it leads; "" for 报送
	Do                  func() // nil for going there
}

// Page is the page.
type Page struct {
	Open      func(ledger.View)                                // shows a matter; nil does nothing
	Pressing  func()                                           // shows what is overdue or soon will be; nil goes to the page book
	Basket    func(ledger.Basket)                              // shows what lies in a basket; nil does nothing
	Lapse     func(context.Context) (int, error)               // closes what nobody rated in time
	Redact    func(context.Context) (int, error)               // takes away what is known too long of citizens
	Rounds    func(context.Context) ([]session.Session, error) // of visits, where that is so; nil for none
	Exchange  Exchange                                         // nil for nothing to see to
	Waiting   func()                                           // shows whom stations added; nil goes to the page roster
	Coming    func(context.Context) (agenda.Coming, error)
	Docket    func(context.Context) ([]docket.Basket, error) // what waits among suggestions; nil for nothing
	Proposals func(basket string)                            // shows what lies in one of its baskets
	Orders    *Orders                                        // nil where nobody orders
	Has       func(page string) bool                         // whether who sits here has a page; nil for all

	host    kit.Host
	ledger  *ledger.Ledger
	ask     func(context.Context) ([]card, error)
	station bool
	idle    string // what to say where nothing waits
	fresh   string // what to say where nothing was ever written

	real   *kit.Button // ends practice; hidden where this is none
	begin  *kit.Button // nil at an office
	object *fyne.Container
	cards  *fyne.Container
	top    *container.Scroll // around them
	table  *kit.Table[ledger.View]
	shown  string
	left   bool // since it was asked last
}

// canWait is on the button of what has no hurry: what else there is to say is said, too.
const canWait = "恢复单…"

// card is something that waits.
type card struct {
	text, note, button string
	bad                bool
	page               string // to which it leads; "" for none
	do                 func()
}

// New makes the page of a station.
func New(h kit.Host, d *desk.Desk, l *ledger.Ledger, counts Counts) *Page {
	p := &Page{host: h, ledger: l, station: true, idle: "眼下没有等着办的事。有人来，按 F2 就登记。",
		fresh: "这里还没有登记过事项。有人来，按 F2 就登记；写到一半可以停，不会丢。"}
	if d.Settings.Practice {
		p.fresh = "这是练习用的站：按 F2，随便登记几件试试，打印出来的都带“练习”二字。"
	}
	p.ask = func(ctx context.Context) (cards []card, err error) {
		w, err := counts(ctx)
		if err != nil {
			return nil, err
		}
		draft, kept, err := d.Kept(ctx)
		if err != nil {
			return nil, err
		}
		if kept {
			note := "写到一半的内容都在"
			if draft.Title != "" {
				note = brief(draft.Title)
			}
			cards = append(cards, card{"上次没写完的登记", note, "接着写", false, "reception", func() { h.Go("reception") }})
		}
		exchange, err := p.exchange(ctx)
		if err != nil {
			return nil, err
		}
		waiting, err := p.waiting(ctx)
		if err != nil {
			return nil, err
		}
		dates, err := p.dates(ctx)
		if err != nil {
			return nil, err
		}
		orders, err := p.ordered(ctx)
		if err != nil {
			return nil, err
		}
		suggestions, err := p.docketed(ctx)
		if err != nil {
			return nil, err
		}
		cards = slices.Concat(cards, dates, exchange, orders, waiting, suggestions)
		if w.Overdue > 0 {
			cards = append(cards, card{fmt.Sprintf("%d 件已超期", w.Overdue), "办理期限已经过了", "去看看", true, "book", p.pressing})
		}
		if w.Soon > 0 {
			cards = append(cards, card{fmt.Sprintf("%d 件快到期", w.Soon), "三个工作日之内到期", "去看看", false, "book", p.pressing})
		}
		if send := func() { h.Go("exchange") }; w.Unsent > 0 && w.Apart != "" && len(exchange) == 0 {
			cards = append(cards, card{w.Apart, fmt.Sprintf("%d 条记录都存在本机；怎么办，写在“报送”里", w.Unsent), "去报送", false, "exchange", send})
		} else if w.Unsent > 0 && w.Apart == "" {
			cards = append(cards, card{fmt.Sprintf("%s还没有确认收到 %d 条", ledger.Called(d.Settings.Parent), w.Unsent),
				"用U盘的，请插好再报送", "去报送", false, "exchange", send})
		}
		if w.Sheet != "" {
			sheet := card{w.Sheet, w.SheetNote, canWait, false, "sheet", func() { h.Go("sheet") }}
			cards = slices.Insert(cards, min(len(cards), most-1), sheet) // behind the others, and never out of sight
		}
		return cards, nil
	}
	p.begin = kit.NewButton("登记来访", "F2", true, func() { h.Go("reception") })
	p.build("有人来，先登记；下面是等着您办的事。", p.begin)
	return p
}

// NewOffice makes the page of a county or a city; lately is called away from the main thread.
func NewOffice(h kit.Host, l *ledger.Ledger, lately func(context.Context) (Arrivals, error)) *Page {
	p := &Page{host: h, ledger: l, idle: "眼下没有等着办的事，最近七天也没有新的事项。", fresh: "还没有收到各站的事项。请在“报送”里看看哪些单位已经接入。"}
	p.ask = func(ctx context.Context) (cards []card, err error) {
		n, err := lately(ctx)
		if err != nil {
			return nil, err
		}
		if cards, err = p.exchange(ctx); err != nil {
			return nil, err
		}
		waiting, err := p.waiting(ctx)
		if err != nil {
			return nil, err
		}
		dates, err := p.dates(ctx)
		if err != nil {
			return nil, err
		}
		suggestions, err := p.docketed(ctx)
		if err != nil {
			return nil, err
		}
		cards = slices.Concat(cards, dates, waiting, suggestions)
		if n.Waiting > 0 {
			cards = append(cards, card{fmt.Sprintf("站点新登记的 %d 人待确认", n.Waiting), "请核对代表职务，办一次登记或更正就算确认", "去确认", false,
				"roster", p.unconfirmed})
		}
		if n.Matters > 0 {
			cards = append(cards, card{fmt.Sprintf("最近七天群众反映 %d 件", n.Matters), fmt.Sprintf("%d 个单位有消息", n.Heard),
				"看台账", false, "book", func() { h.Go("book") }})
		}
		if n.Silent > 0 {
			cards = append(cards, card{fmt.Sprintf("%d 个单位很久没有消息", n.Silent), "没有来访也会每周来一个文件，请问一问", "去看看", false,
				"exchange", func() { h.Go("exchange") }})
		}
		return cards, nil
	}
	p.build("各站这几天报来的情况。", nil)
	return p
}

func (p *Page) build(hint string, begin *kit.Button) {
	term := show.Trait{Title: "期限", Width: 9.5, Text: ledger.View.Left, Tone: show.Tone}
	cols := []show.Trait{show.Number(12), show.Spare(show.Day(p.ledger, 5.5))[0], show.Citizen(), show.Title(0),
		show.State(6.2), term}
	if begin == nil {
		place := show.Site()
		place.Width, place.Spare = 9, true
		place.Text = func(v ledger.View) string { return places.Of(v.Station).Where }
		cols = append(cols[:4:4], place, cols[4], cols[5])
	}
	for i := range cols {
		cols[i].Less = nil // the newest come first
	}
	p.table = kit.NewTable("登记过的事项会列在这里。", cols...)
	p.table.ClickOpens = true
	p.table.OnOpen = func(v ledger.View) {
		if p.Open != nil {
			p.Open(v)
		}
	}
	p.cards = container.New(&grid{})
	p.top = kit.Scroll(p.cards)
	top := fyne.CanvasObject(p.top)
	if begin != nil {
		top = container.NewBorder(nil, nil, container.New(wide{}, begin), nil, p.top)
	}
	p.real = kit.NewButton("练习完了，正式启用…", "", false, nil)
	p.real.Hide()
	last := kit.Bold(map[bool]string{true: "最近登记", false: "最近收到"}[p.station])
	p.object = container.NewStack(kit.Page("今天", hint, container.New(&day{p.top}, top, last, p.table.Container),
		p.real))
}

// Practice offers to end practice and to begin in earnest.
func (p *Page) Practice(end func()) {
	p.real.OnTapped = func() {
		kit.Ask(p.host.Canvas(), "正式启用", "练习的资料另放一边，不会混进正式的台账；接着请重新填写单位，就可以正式登记了。", "正式启用", end)
	}
	p.real.Show()
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// news is what the page asks for.
type news struct {
	cards []card
	last  []ledger.View
}

// Left is told when another page comes to the front.
func (p *Page) Left() { p.left = true }

// Shown asks again for what is shown. After another page the list begins with the newest; otherwise nothing in it
// moves.
func (p *Page) Shown() {
	back := p.left
	p.left = false
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (n news, err error) {
		if n.cards, err = p.ask(ctx); err != nil {
			return n, err
		}
		page, err := p.ledger.Page(ctx, ledger.Query{Limit: 10})
		n.last = page.Matters
		return n, err
	}, func(n news, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		if back {
			p.table.Set(n.last)
		} else {
			p.table.Update(n.last, show.Same)
		}
		n.cards = slices.DeleteFunc(n.cards, func(c card) bool { return c.page != "" && !p.has(c.page) })
		if p.begin != nil && !p.has("reception") {
			p.begin.Hide()
		}
		p.lay(n.cards[:min(most, len(n.cards))], len(n.last) == 0)
	})
}

// has says whether who sits here has a page: no card leads to one that he has not.
func (p *Page) has(page string) bool { return p.Has == nil || p.Has(page) }

// lay shows the cards; the same ones as before stay as they are, with their focus.
func (p *Page) lay(cards []card, empty bool) {
	shown := fmt.Sprint(empty)
	for _, c := range cards {
		shown += c.text + c.note
	}
	if shown == p.shown {
		return
	}
	p.shown = shown
	p.cards.RemoveAll()
	for _, c := range cards {
		text := kit.Bold(c.text)
		if c.bad {
			text.Importance = widget.DangerImportance
		}
		note := kit.Hint(c.note)
		note.SizeName = look.Small
		p.cards.Add(kit.Card(container.NewBorder(text, nil, nil,
			container.NewCenter(kit.NewButton(c.button, "", false, c.do)), note)))
	}
	if !slices.ContainsFunc(cards, func(c card) bool { return c.button != canWait }) {
		words := p.idle
		if empty {
			words = p.fresh
		}
		p.cards.Add(kit.Card(kit.Text(words)))
	}
	p.object.Refresh()
}

// brief is the beginning of a title, enough to know it again.
func brief(title string) string {
	if rs := []rune(title); len(rs) > 10 {
		return string(rs[:10]) + "…"
	}
	return title
}
