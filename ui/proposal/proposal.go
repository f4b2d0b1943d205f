// Package proposal is the page 代表建议: what deputies propose to their congress, from the first line to the promise that
// is kept. At the left what waits for whom, then the docket, the newest first, then what is known of the chosen one; one
// is shown whole in place of the list. The list asks for a page of rows at a time, however many suggestions there are.
package proposal

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/suggestion"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Actions are what the page asks of the window around it; nil ones are not offered.
type Actions struct {
	Matter func(id string)                  // shows one whole
	Print  func(kind string, ids ...string) // a paper about suggestions, after a preview
	List   func(kind string, year int)      // one about all that were handed in in a year
}

// Page is the page.
type Page struct {
	host    kit.Host
	docket  *docket.Desk
	ledger  *ledger.Ledger
	roster  *roster.Roster
	by      clerk.Clerk
	role    journal.Level
	actions Actions

	list        *fyne.Container
	stage       *show.Stage
	sheets      *show.Sheets
	form        *kit.Form // on the sheet that was opened last
	search      *kit.Entry
	baskets     *kit.Table[docket.Basket]
	table       *kit.Table[suggestion.Suggestion]
	side        *fyne.Container
	count, gaps *kit.Label // gaps: the numbers that are missing
	onward      *kit.Button
	enter, more *kit.Button
	further     *kit.Button
	basket      string   // the chosen one's code, "" for all
	next        []string // the IDs of those that somebody goes on to, the first that is there; nil to stay
	offers      roster.Offers
	units       []string // names of those that suggestions are handed to
	asked       int      // how often the list was asked for: only the last answer is shown
	got         docket.Filter
	all         int
	open        *open   // that is shown whole; nil for none
	gather      *gather // the dialog in which matters are chosen
}

// step is how many more are asked for at a time.
const step = 50

// New makes the page; by is who sits there.
func New(h kit.Host, d *docket.Desk, l *ledger.Ledger, r *roster.Roster, by clerk.Clerk, a Actions) *Page {
	p := &Page{host: h, docket: d, ledger: l, roster: r, by: by, role: d.Settings.Role, actions: a, next: []string{""},
		search: kit.NewEntry("F　找案号、标题、代表、单位、内容"), count: kit.Hint(""), gaps: kit.Bold(""), side: container.NewStack()}
	p.search.OnChanged = func(string) { p.find(step) }
	p.search.OnKey = func(k fyne.KeyName) bool {
		if k != fyne.KeyDown && k != fyne.KeyReturn && k != fyne.KeyEnter {
			return false
		}
		typed := strings.TrimSpace(p.search.Text)
		exact := func(s suggestion.Suggestion) bool { return typed != "" && s.Number == typed }
		p.table.Choose(max(slices.IndexFunc(p.table.Rows(), exact), 0))
		p.table.Focus()
		return true
	}
	p.baskets = kit.NewTable("",
		kit.Column[docket.Basket]{Title: "等着办的", Least: 5, Text: func(b docket.Basket) string { return b.Name }},
		kit.Column[docket.Basket]{Title: "件", Width: 2.2, Tone: urgent,
			Text: func(b docket.Basket) string { return map[bool]string{false: fmt.Sprint(b.Count)}[b.Count == 0] }})
	p.baskets.Set([]docket.Basket{{Name: "全部"}})
	p.baskets.Choose(0)
	p.baskets.OnChosen = func(b docket.Basket) { p.turn(b.Code) }
	p.table = kit.NewTable("", p.columns()...)
	p.table.OnOpen, p.table.OnChosen = p.Open, func(suggestion.Suggestion) { p.chosen() }
	p.gaps.Importance = kit.Bad.Importance()
	p.gaps.Hide()
	p.sheets = show.NewSheets(h)
	hint := "←→ 换一栏，↑↓ 选一件，回车打开，空格办下一步。"
	if p.role == journal.Station {
		hint = "↑↓ 选一件，回车打开，空格办下一步；N 新起草，D 由事项形成。"
	}
	whole := kit.Page("代表建议", hint,
		container.NewBorder(container.NewBorder(nil, nil, nil, nil, container.NewVBox(p.search, p.gaps)), p.foot(), nil, nil,
			container.New(thirds{}, p.baskets.Container, p.table.Container, p.side)))
	p.list = container.NewStack(whole)
	p.stage = show.NewStage(h, p.list)
	return p
}

// urgent marks what is late.
func urgent(b docket.Basket) kit.Tone {
	if b.Count > 0 && (b.Code == "due" || b.Code == "untold") {
		return kit.Bad
	}
	return kit.Plain
}

// foot is how many there are, and what is done from the list.
func (p *Page) foot() fyne.CanvasObject {
	p.onward = kit.NewButton("下一步", "空格", true, p.proceed)
	p.enter = kit.NewButton("打开", "回车", false, p.openChosen)
	p.more = kit.NewButton("更多…", "M", false, p.others)
	p.further = kit.NewButton(fmt.Sprintf("再看%d件", step), "", false, func() { p.find(len(p.table.Rows()) + step) })
	row := kit.NewFlow()
	for _, b := range []*kit.Button{kit.NewButton("新起草…", "N", false, p.write),
		kit.NewButton("由事项形成…", "D", false, func() { p.From(nil, nil) }),
		p.enter, p.more, p.further} {
		row.Add(b)
	}
	if p.actions.Print != nil {
		row.Add(kit.NewButton("打印…", "Ctrl+P", false, p.Print))
	}
	return container.NewVBox(p.count, container.NewBorder(nil, nil, nil, container.NewVBox(p.onward), row))
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.stage.Container }

// Start lets the arrows move in the list at once.
func (p *Page) Start() {
	if p.open == nil {
		p.table.Focus()
	}
}

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeySpace}: p.proceed, {Name: fyne.KeyM}: p.others, {Name: fyne.KeyN}: p.listed(p.write),
		{Name: fyne.KeyD}: p.listed(func() { p.From(nil, nil) }), {Name: fyne.KeyF}: p.listed(func() { kit.Focus(p.search) }),
		{Name: fyne.KeyLeft}: p.listed(func() { p.leaf(-1) }), {Name: fyne.KeyRight}: p.listed(func() { p.leaf(1) })}
}

// listed is what a key does while the list is shown.
func (p *Page) listed(do func()) func() {
	return func() {
		if p.open == nil {
			do()
		}
	}
}

// leaf goes to a basket beside the present one.
func (p *Page) leaf(by int) {
	rows := p.baskets.Rows()
	at := slices.IndexFunc(rows, func(b docket.Basket) bool { return b.Code == p.basket })
	p.baskets.Choose((at + by + len(rows)) % len(rows))
}

// turn shows what lies in a basket, from its first one.
func (p *Page) turn(code string) {
	p.basket, p.next = code, []string{""}
	p.table.Set(nil)
	p.chosen()
	p.find(step)
	p.table.Focus()
}

// Basket shows what lies in a basket ("" for all), whatever was looked for before.
func (p *Page) Basket(code string) {
	p.Back()
	p.search.SetText("")
	p.basket = code
	if i := slices.IndexFunc(p.baskets.Rows(), func(b docket.Basket) bool { return b.Code == code }); i >= 0 {
		p.baskets.Choose(i)
	} else { // the baskets were not asked for yet
		p.turn(code)
	}
}

// Shown asks again for what is shown: the rows first, then what is said beside them.
func (p *Page) Shown() {
	p.find(max(step, len(p.table.Rows())))
	type known struct {
		baskets []docket.Basket
		gaps    string
		offers  roster.Offers
		units   []string
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (k known, err error) {
		if k.baskets, err = p.docket.Baskets(ctx); err != nil {
			return k, err
		}
		if k.gaps, err = p.missing(ctx); err != nil {
			return k, err
		}
		if k.offers, err = p.roster.Offers(ctx, p.docket.Settings.Unit); err != nil {
			return k, err
		}
		k.units, err = p.handlers(ctx)
		return k, err
	}, func(k known, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.offers, p.units = k.offers, k.units
		waiting := slices.DeleteFunc(k.baskets, func(b docket.Basket) bool { return b.Count == 0 && b.Code != p.basket })
		all := append([]docket.Basket{{Name: "全部"}}, waiting...)
		p.baskets.Update(all, func(a, b docket.Basket) bool { return a.Code == b.Code })
		if chosen, ok := p.baskets.Chosen(); !ok || chosen.Code != p.basket {
			p.light()
		}
		p.gaps.Hidden = k.gaps == ""
		p.gaps.SetText(k.gaps)
		p.list.Refresh()
	})
	if p.open != nil {
		p.again()
	}
}

// light lights the basket that is shown and asks for nothing.
func (p *Page) light() {
	turn := p.baskets.OnChosen
	p.baskets.OnChosen = nil
	p.baskets.Choose(slices.IndexFunc(p.baskets.Rows(), func(b docket.Basket) bool { return b.Code == p.basket }))
	p.baskets.OnChosen = turn
}

// missing names the numbers that are missing in the session of our congress of which one was registered last.
func (p *Page) missing(ctx context.Context) (string, error) {
	last, err := p.docket.Latest(ctx, p.docket.Settings.Unit)
	if err != nil || last.Congress == "" {
		return "", err
	}
	gaps, err := p.docket.Gaps(ctx, last)
	if len(gaps) == 0 {
		return "", err
	}
	return last.Congress + "　" + docket.Missing(gaps), err
}

func (p *Page) find(limit int) {
	f := docket.Filter{Basket: p.basket, Query: strings.TrimSpace(p.search.Text)}
	p.asked++
	n := p.asked
	type answer struct {
		list []suggestion.Suggestion
		all  int
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (a answer, err error) {
		page := f
		page.Limit = limit
		a.list, a.all, err = p.docket.List(ctx, page)
		return a, err
	}, func(a answer, err error) {
		switch {
		case n != p.asked:
			return
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		case reflect.DeepEqual(f, p.got):
			p.table.Update(a.list, same)
		default:
			p.table.Set(a.list)
		}
		p.got, p.all = f, a.all
		for _, id := range p.next {
			if i := slices.IndexFunc(p.table.Rows(), func(s suggestion.Suggestion) bool { return id == "" || s.ID == id }); i >= 0 {
				p.table.Choose(i)
				break
			}
		}
		p.next = nil
		p.counts()
		p.chosen()
	})
}

func same(a, b suggestion.Suggestion) bool { return a.ID == b.ID }

func (p *Page) counts() {
	shown := len(p.table.Rows())
	text := fmt.Sprintf("一共 %d 件。", p.all)
	if shown < p.all {
		text = fmt.Sprintf("一共 %d 件，这里是最新的 %d 件。", p.all, shown)
	}
	switch p.further.Hidden = shown >= p.all; {
	case p.got.Query != "":
		p.table.Nothing("没有找到。换几个字再找。")
	case p.basket != "":
		p.table.Nothing("这一栏里没有等着办的，可以歇一歇。")
	default:
		p.table.Nothing("还没有代表建议。N 新起草一件，D 由群众反映的事项形成一件。")
	}
	p.count.SetText(text)
	p.list.Refresh()
}

// columns are those of the list, the most telling ones first to stay where there is little room.
func (p *Page) columns() []kit.Column[suggestion.Suggestion] {
	type column = kit.Column[suggestion.Suggestion]
	text := func(of func(suggestion.Suggestion) string) func(a, b suggestion.Suggestion) bool {
		return func(a, b suggestion.Suggestion) bool { return of(a) < of(b) }
	}
	leads := func(s suggestion.Suggestion) string { return s.Lead() }
	due := func(s suggestion.Suggestion) string { return cmp.Or(s.Term, "9") }
	return []column{
		{Title: "案号", Width: 3.4, Text: func(s suggestion.Suggestion) string { return s.Number },
			Less: func(a, b suggestion.Suggestion) bool {
				return cmp.Or(cmp.Compare(a.Congress, b.Congress), len(a.Number)-len(b.Number), cmp.Compare(a.Number, b.Number)) < 0
			}},
		{Title: "标题", Least: 14, Text: title, Less: text(title)},
		{Title: "状态", Width: 6.2, Text: func(s suggestion.Suggestion) string { return s.State.String() },
			Less: func(a, b suggestion.Suggestion) bool { return a.State < b.State }},
		{Title: "期限", Width: 5.6, Text: p.left, Tone: p.tone, Less: text(due)},
		{Title: "领衔", Width: 4.2, Spare: true, Text: leads, Less: text(leads)},
		{Title: "承办", Width: 6.5, Spare: true, Text: hands, Less: text(hands)},
		{Title: "届次", Width: 6, Spare: true, Text: func(s suggestion.Suggestion) string { return s.Congress }},
	}
}

// title is what one is about, which says where it is confidential or pressed for.
func title(s suggestion.Suggestion) string {
	t := s.Title
	if t == "" {
		t = map[bool]string{true: "内容不在本机", false: "还没有标题"}[s.Confidential]
	}
	if s.Confidential {
		t = "【保密】" + t
	}
	if s.Key {
		t = "【重点】" + t
	}
	return t
}

// hands are those who have to answer.
func hands(s suggestion.Suggestion) string {
	var names []string
	for _, u := range s.Mains() {
		names = append(names, s.Who[u.Key].Name)
	}
	return strings.Join(names, "、")
}
