// Package figures is the page 统计报表: four numbers, a chart, and the table of a report over a period, by an axis or two.
// Every number opens the matters and sessions behind it, every head of a column its definition.
//
// What is shown is counted away from the main thread, and kept as long as nothing on which it depends has changed.
package figures

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper/brief"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/ui/kit"
)

// Actions are what the page asks of the window around it; nil ones are not offered.
type Actions struct {
	Matter  func(v ledger.View)                                       // shows one whole; Esc leads back here
	Session func(id string)                                           // the same of a session
	Named   func(id string)                                           // the same of a matter
	Brief   func(context.Context, report.Report) (brief.Brief, error) // what a leader has to know of the week of a report
	Issue   func(context.Context, report.Ask) (report.Report, error)  // issues a report
	Unit    func(code string)                                         // what is known of a unit that has not reported
	// A report on paper, after a preview, and as a file of some kind: pdf xlsx docx csv; given is one that was issued, else nil.
	Print func(a report.Ask, given *report.Report)
	Save  func(a report.Ask, given *report.Report, as string)
}

// Page is the page.
type Page struct {
	host    kit.Host
	desk    *report.Desk
	ledger  *ledger.Ledger
	actions Actions

	object, main *fyne.Container
	periods      *kit.Chips
	span         *kit.Label
	numbers      []*kit.Number
	bars         *bars
	grid         *kit.Grid
	chosen       *kit.Label // the chosen cell, in words
	received     *kit.Label
	missing      *kit.Button
	body         *body
	want         asked
	got          table
	kept         []answer // those that were shown before, the last one at the end
	count        int      // how often it was asked for: only the last answer is shown
	stop         context.CancelFunc
	busy, later  bool            // it is counted just now, and is to be asked for once more then
	code         string          // of the indicator whose column was chosen last
	sheet        *fyne.Container // what a leader has to know
	doors        []*kit.Door     // its lines
	told         *brief.Brief    // what it says
	last         asked           // the report before the page for a leader
	left         int             // how often somebody went to another page
	feet         *fyne.Container // what is done with the table
	footed       string          // what that is for
	over         *over           // what is shown in place of the page; nil for nothing
	behind       *behind         // the list that is it
}

// New makes the page.
func New(h kit.Host, d *report.Desk, l *ledger.Ledger, a Actions) *Page {
	p := &Page{host: h, desk: d, ledger: l, actions: a, span: kit.Bold(""), chosen: kit.Text(""), received: kit.Text(""),
		bars: newBars(), sheet: container.NewVBox(), feet: container.NewStack(), code: "collected", stop: func() {}}
	if p.want = p.usual(); unit.LevelOf(d.Unit) == journal.City && a.Brief != nil {
		p.last, p.want.kind, p.want.period = p.want, onePage, figure.Week
		p.want.span = d.Calendar.Due(figure.Week, p.today())
	}
	p.periods = kit.NewTabs(periods...)
	p.periods.OnChanged = func() { p.turn(figure.Period(p.periods.One())) }
	four := container.NewGridWithColumns(2)
	for i := range matters {
		n := kit.NewNumber(func() { p.number(i) })
		p.numbers = append(p.numbers, n)
		four.Add(n.Door)
	}
	p.grid = kit.NewGrid(p.tone)
	p.grid.OnMove, p.grid.OnOpen, p.grid.OnOut = p.tell, p.open, p.unfocus
	p.missing = kit.NewButton("看缺的", "Q", false, p.lacking)
	rolled := kit.Scroll(four)
	p.body = &body{numbers: rolled.Content, wanted: p.bars.wanted}
	turn := container.NewHBox(kit.NewButton("←", "", false, func() { p.step(-1) }), kit.NewButton("→", "", false, func() { p.step(1) }))
	head := container.NewBorder(nil, nil, turn, nil, container.New(control{p.span}, p.span, p.periods))
	p.main = container.NewStack(kit.Page("统计报表", "←→ 换期，↓ 进表；每个数、每个栏目名，回车都能打开。",
		container.NewBorder(head,
			container.NewVBox(container.NewBorder(nil, nil, nil, container.NewVBox(p.missing), p.received), p.feet), nil, nil,
			container.New(p.body, rolled, p.bars, p.grid, p.chosen, kit.Scroll(p.sheet)))))
	p.object = container.NewStack(p.main)
	p.foot()
	return p
}

// usual is what is shown at first: the month's report.
func (p *Page) usual() asked {
	kind := map[bool]string{true: "station", false: "month"}[unit.LevelOf(p.desk.Unit) == journal.Station]
	return asked{kind: kind, period: figure.Month, compare: report.Before, span: p.desk.Calendar.Due(figure.Month, p.today())}
}

// foot has what is done with the table.
func (p *Page) foot() {
	now := fmt.Sprint(p.got.Issued == nil, len(p.acts()))
	if now == p.footed { // a button that has the keyboard keeps it
		return
	}
	p.footed = now
	row := kit.NewFlow()
	p.feet.Objects = []fyne.CanvasObject{row}
	for _, a := range p.acts() {
		if a.often {
			row.Add(kit.NewButton(a.name, string(a.key), false, a.do))
		}
	}
	row.Add(kit.NewButton("更多…", "M", false, p.more))
	if p.actions.Print != nil {
		p.feet.Objects[0] = container.NewBorder(nil, nil, nil, container.NewVBox(kit.NewButton("打印…", "P", true, p.Print)), row)
	}
}

// act is one thing that can be done here.
type act struct {
	name  string
	key   fyne.KeyName
	often bool // it has a button of its own
	do    func()
}

// acts are what can be done with the table.
func (p *Page) acts() []act {
	if p.got.Issued != nil {
		return p.keeping()
	}
	return p.living()
}

// living are what can be done with numbers of today.
func (p *Page) living() []act {
	list := []act{{"换报表…", fyne.KeyR, true, p.kinds}, {"按什么分…", fyne.KeyA, true, p.axis}, {"交叉…", fyne.KeyB, true, p.second},
		{"和什么比", fyne.KeyC, false, p.compare}, {"怎样算…", fyne.KeyE, false, p.explain}, {"看哪个数…", fyne.KeyI, false, p.indicators},
		{"看任意一段日子…", fyne.KeyD, false, p.between}, {"周、月、季、半年、年、届，换下一个", fyne.KeyW, false, p.next},
		{"图放大／还原", fyne.KeyT, false, p.enlarge}}
	if p.actions.Issue != nil {
		list = append(list, act{"印发…", fyne.KeyF, true, p.issue})
	}
	list = append(list, act{"印发过的…", fyne.KeyG, false, p.editions})
	if p.actions.Save != nil {
		list = append(list, act{"报表另存为…", fyne.KeyS, false, p.save})
	}
	if p.actions.Brief != nil {
		list = append(list, act{"一张纸／报表", fyne.KeyL, unit.LevelOf(p.desk.Unit) == journal.City, p.leader})
	}
	return list
}

// act does what a key stands for now.
func (p *Page) act(key fyne.KeyName) {
	for _, a := range p.acts() {
		if a.key == key {
			a.do()
			return
		}
	}
	p.host.Say(kit.Plain, asIssued)
}

// more offers what has no button of its own.
func (p *Page) more() {
	var list []choice
	for _, a := range p.acts() {
		if !a.often {
			list = append(list, choice{string(a.key), a.name, string(a.key)})
		}
	}
	p.choose("还可以", list, "", func(key string) { p.act(fyne.KeyName(key)) })
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Keys are the page's own while the table is shown; over a list those of the list.
func (p *Page) Keys() map[kit.Key]func() {
	if p.over != nil {
		return p.over.keys
	}
	return p.keys()
}

func (p *Page) keys() map[kit.Key]func() {
	keys := map[kit.Key]func(){}
	for name, do := range map[fyne.KeyName]func(){fyne.KeyLeft: func() { p.step(-1) }, fyne.KeyRight: func() { p.step(1) },
		fyne.KeyDown: p.walk, fyne.KeyQ: p.lacking, fyne.KeyM: p.more, fyne.KeyP: p.Print} {
		keys[kit.Key{Name: name}] = do
	}
	for _, a := range append(p.living(), p.keeping()...) {
		keys[kit.Key{Name: a.key}] = func() { p.act(a.key) }
	}
	for i := range matters {
		keys[kit.Key{Name: fyne.KeyName(rune('1' + i))}] = func() { p.number(i) }
	}
	return keys
}

// turned gives the window the keys of what is shown now: a list has the arrows to itself.
func (p *Page) turned() {
	for k := range p.keys() {
		delete(kit.Keys, k)
	}
	maps.Copy(kit.Keys, p.Keys())
}

// Back goes from a list to its cell, out of what is still counted, and out of the table to the page; false where there is
// nothing to go out of.
func (p *Page) Back() bool {
	switch {
	case p.over != nil:
		p.close()
	case p.counting():
		p.leave()
	case p.walks():
		p.unfocus()
	case p.got.Issued != nil:
		p.look(p.want)
	default:
		return false
	}
	return true
}

// Left ends what is still counted.
func (p *Page) Left() {
	p.left++
	if p.counting() {
		p.leave()
	}
}

// walk lets the arrows walk in the table, or from line to line of the page for a leader.
func (p *Page) walk() {
	switch {
	case p.body.large:
	case !p.body.words:
		p.grid.Focus()
	case len(p.doors) > 0:
		kit.Focus(p.doors[0])
	}
}

// walks says whether they do.
func (p *Page) walks() bool {
	d, _ := p.host.Canvas().Focused().(*kit.Door)
	return p.grid.Focused() || d != nil && slices.Contains(p.doors, d)
}

func (p *Page) unfocus() {
	if c := p.host.Canvas(); c != nil {
		c.Unfocus()
	}
}

func (p *Page) today() int { return thing.DaysAt(p.desk.Now()) }

// draw shows what was counted.
func (p *Page) draw() {
	r := p.got.Report
	p.label()
	p.four()
	p.received.SetText(p.standing())
	p.body.words = p.got.brief != nil
	p.words(p.got.brief)
	p.missing.Hidden = len(r.Missing) == 0
	p.foot()
	code := p.code
	p.grid.Set(p.got.sides, p.got.heads, len(p.got.rows()), p.got.sums(), p.got.row)
	if i := slices.IndexFunc(p.got.Indicators, func(i figure.Indicator) bool { return i.Code == code }); i >= 0 && !p.got.crosses() {
		row, _ := p.grid.Chosen()
		p.grid.Choose(row, i)
	}
	p.object.Refresh()
}

// label says what is wanted, over the table and beside the arrows.
func (p *Page) label() {
	p.span.SetText(p.desk.Calendar.Name(p.want.span))
	p.periods.Choose(string(p.want.period))
}

// called is what is shown: 月报，按县（市、区）.
func (p *Page) called() string {
	said, by := p.got.Kind.Name, []string{}
	if p.got.crosses() {
		said = p.got.indicator(0).Name
	}
	for _, a := range p.got.By() {
		by = append(by, a.Name)
	}
	if len(by) > 0 && p.got.brief == nil {
		said += "，按" + strings.Join(by, "和")
	}
	return said
}

// tone is red for what is late or dissatisfied.
func (p *Page) tone(row, column int) kit.Tone {
	if p.got.cell(row, column).bad {
		return kit.Bad
	}
	return kit.Plain
}

// tell says the chosen cell in words, since the table may have shortened its row, and draws its column.
func (p *Page) tell() {
	row, column := p.grid.Chosen()
	if len(p.got.heads) == 0 {
		return
	}
	i := p.got.indicator(column)
	p.code = i.Code
	if p.bars.show(p.got, row, column, p.desk.Calendar); row < 0 {
		p.chosen.SetText(i.Name + "：" + i.Definition)
		return
	}
	c := p.got.cell(row, column)
	p.chosen.SetText(c.name + "　" + c.of.Name + "：" + with(c.text, c.of))
}

// with is a number with its unit.
func with(text string, i figure.Indicator) string {
	switch {
	case text == "—":
		return "还没有可以算的"
	case i.Unit == "%":
		return text
	}
	return text + " " + i.Unit
}
