// Package station is the page 站点: the units that this home knows, by county and township, with what is missing there,
// and one of them whole. A map would need a network, and shows less: the question is who has no telephone, and where
// nobody was heard of.
package station

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Actions are what the page asks of the window around it; nil ones are not offered.
type Actions struct {
	Silent func(context.Context) (map[string]string, error) // by code, what is to be said of a unit that is not heard of
	Person func(person.Person)                              // shows one whole
	Print  func(kind, code string)                          // a paper about a unit, "" for all, after a preview
	Sheet  func()                                           // units come from a sheet
	Export func(name string)                                // a sheet of that name goes out
}

// Page is the page.
type Page struct {
	host    kit.Host
	roster  *roster.Roster
	by      clerk.Clerk
	role    journal.Level
	actions Actions

	list    *fyne.Container
	stage   *show.Stage
	search  *kit.Entry
	kind    *kit.Chips
	lacks   *kit.Chips
	table   *kit.Table[roster.Place]
	count   *kit.Label
	all     []roster.Place
	strange []roster.Unadopted // departments that matters were handed to and that are no units
	silent  map[string]string
	open    *open // the unit that is open; nil for none
	sheets  *show.Sheets
	form    *kit.Form // on the sheet that was opened last
	foot    *fyne.Container
}

// What stands beside the kinds: units that are no more, and departments that matters were handed to and that are none.
const (
	closed    = "closed"
	unadopted = "unadopted"
)

// What a list is narrowed to besides its kind.
const (
	lacking = "lacking"
	unheard = "unheard"
)

// New makes the page; by is who sits there.
func New(h kit.Host, r *roster.Roster, by clerk.Clerk, a Actions) *Page {
	p := &Page{host: h, roster: r, by: by, role: r.Settings.Role, actions: a, search: kit.NewEntry("名称、首字母、乡镇或站长"),
		kind: kit.NewChips(false, kit.Option{Text: "全部"}), count: kit.Hint(""), lacks: kit.NewChips(true,
			kit.Option{Code: lacking, Text: "资料不全"}, kit.Option{Code: unheard, Text: "没有消息"})}
	p.kinds()
	p.kind.Choose("")
	p.kind.OnChanged = func() {
		p.kind.Choose(p.kind.One()) // the chosen one chosen again: the first stands for all
		p.narrow()
	}
	p.lacks.OnChanged = p.narrow
	p.search.OnChanged = func(string) { p.narrow() }
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
	p.foot = container.NewHBox()
	if a.Sheet != nil && p.role != journal.Station {
		p.foot.Add(kit.NewButton("从表格导入…", "I", false, p.sheet))
		p.foot.Add(kit.NewButton("导出…", "", false, func() { a.Export("站点名册.xlsx") }))
		p.foot.Add(kit.NewButton("空表…", "", false, func() { a.Export("站点名册（填写用的空表）.xlsx") }))
	}
	p.foot.Add(kit.NewButton(map[bool]string{true: "登记本站…", false: "登记一个…"}[p.role == journal.Station], "N",
		true, p.add))
	find := container.NewGridWithColumns(2, container.NewVBox(p.search), p.lacks)
	if p.role == journal.Station {
		find = container.NewGridWithColumns(1, container.NewVBox(p.search))
	}
	p.list = container.NewStack(kit.Page("站点", "点一个（或用 ↑↓ 选好按回车）看全部；按 S 排序。",
		container.NewBorder(container.NewVBox(find, p.kind), container.NewBorder(nil, nil, nil, p.foot, p.count), nil, nil,
			p.table.Container)))
	p.stage, p.sheets = show.NewStage(h, p.list), show.NewSheets(h)
	return p
}

// kinds offers those that a list can be narrowed to.
func (p *Page) kinds() {
	options := append(append([]kit.Option{{Text: "全部"}}, show.Options(words.Sites)...), kit.Option{Code: closed, Text: "已撤并"})
	if n := len(p.strange); n > 0 {
		options = append(options, kit.Option{Code: unadopted, Text: fmt.Sprintf("还没有登记的部门 %d", n)})
	}
	p.kind.SetOptions(options)
	p.kind.Choose(p.kind.One())
}

func (p *Page) columns() []kit.Column[roster.Place] {
	type place = roster.Place
	by := func(of func(place) string) func(a, b place) bool {
		return func(a, b place) bool { return of(a) < of(b) }
	}
	kind := func(v place) string { return words.Sites.Name(v.Kind) }
	where := func(v place) string {
		if p.role == journal.City {
			return v.County + v.Town
		}
		return cmp.Or(v.Town, v.County)
	}
	return []kit.Column[place]{
		{Title: "名称", Least: 9, Text: func(v place) string { return v.Name }},
		{Title: "类别", Width: 3.4, Text: kind, Less: by(kind)},
		{Title: "在哪里", Width: 5.4, Text: where, Less: by(func(v place) string { return v.Code })},
		{Title: "代表", Width: 2.4, Text: func(v place) string { return number(v.People) },
			Less: func(a, b place) bool { return a.People < b.People }},
		{Title: "缺什么", Width: 8.4, Text: p.amiss, Tone: p.tone,
			Less: func(a, b place) bool { return len(p.amiss(a)) < len(p.amiss(b)) }},
		{Title: "站长", Width: 4, Spare: true, Text: func(v place) string { return v.Head }},
		{Title: "电话", Width: 7, Spare: true, Text: func(v place) string { return v.Phone }},
		{Title: "地址", Width: 9, Spare: true, Text: func(v place) string { return v.Address }},
	}
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// amiss says what a unit has not, or what became of it.
func (p *Page) amiss(v roster.Place) string {
	switch {
	case v.State == site.Closed && v.Successor != "":
		return "已并入" + p.called(v.Successor)
	case v.State == site.Closed:
		return "已撤销"
	}
	said := p.silent[v.Code]
	if len(v.Missing) > 0 {
		said = strings.Trim("缺"+strings.Join(v.Missing, "、")+"，"+said, "，")
	}
	return said
}

func (p *Page) tone(v roster.Place) kit.Tone {
	if v.State == site.Closed {
		return kit.Plain
	}
	return kit.Soon
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
	keys := map[kit.Key]func(){{Name: fyne.KeyN}: p.add, {Name: fyne.KeyI}: p.sheet}
	for _, a := range acts {
		if a.key != "" {
			keys[kit.Key{Name: a.key}] = func() { p.do(a) }
		}
	}
	return keys
}

func (p *Page) sheet() {
	if p.open == nil && p.actions.Sheet != nil && p.role != journal.Station {
		p.actions.Sheet()
	}
}

// Print prints what there is to know of the open unit, or the list of all.
func (p *Page) Print() {
	switch {
	case p.actions.Print == nil:
	case p.open == nil:
		p.actions.Print("station-list", "")
	case unit.LevelOf(p.open.Code) == journal.Station:
		p.actions.Print("station-sheet", p.open.Code)
	}
}

// Shown asks again for what is shown.
func (p *Page) Shown() {
	type known struct {
		places []roster.Place
		others []roster.Unadopted
		silent map[string]string
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (k known, err error) {
		if k.places, err = p.roster.Places(ctx, true); err == nil && p.actions.Silent != nil {
			k.silent, err = p.actions.Silent(ctx)
		}
		if err == nil && p.role != journal.Station {
			k.others, err = p.roster.Unadopted(ctx)
		}
		return k, err
	}, func(k known, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.all, p.strange, p.silent = k.places, k.others, k.silent
		p.kinds()
		p.narrow()
		p.again()
	})
}

// strangers are the departments that nobody registered, as they stand in the list.
func (p *Page) strangers() (rows []roster.Place) {
	for _, o := range p.strange {
		v := roster.Place{Site: site.Site{Kind: "department"}}
		v.Name, v.Missing = o.Name, []string{fmt.Sprintf("登记（%d 件写了它，如 %s）", o.Matters, o.Number)}
		rows = append(rows, v)
	}
	return rows
}

// narrow shows those that are asked for.
func (p *Page) narrow() {
	lacks := p.lacks.Chosen()
	var rows []roster.Place
	short := 0
	if p.kind.One() == unadopted {
		p.table.Set(p.strangers())
		p.count.SetText("这些部门写在事项的承办单位里，还没有登记。按回车登记，以后就能选。")
		p.list.Refresh()
		return
	}
	for _, v := range p.all {
		kind := p.kind.One()
		switch is := v.State == site.Closed; {
		case is != (kind == closed), kind != "" && kind != closed && v.Kind != kind,
			slices.Contains(lacks, lacking) && len(v.Missing) == 0, slices.Contains(lacks, unheard) && p.silent[v.Code] == "",
			!v.Fits(p.search.Text):
			continue
		}
		if rows = append(rows, v); len(v.Missing) > 0 {
			short++
		}
	}
	if p.table.Nothing("没有找到。换一个字，或选“全部”再看。"); len(p.all) == 0 {
		p.table.Nothing(map[bool]string{true: "县里还没有登记站点，可以先登记本站。", false: "还没有登记站点。登记一个，或者从表格导入。"}[p.role == journal.Station])
	}
	p.table.Update(rows, func(a, b roster.Place) bool { return a.ID == b.ID })
	text := fmt.Sprintf("一共 %d 个", len(rows))
	if short > 0 {
		text += fmt.Sprintf("，资料不全的 %d 个", short)
	}
	p.count.SetText(text + "。")
	p.foot.Hidden = slices.ContainsFunc(p.all, p.own)
	p.list.Refresh()
}
