// Package people is the page 代表名册: who is a deputy where, to find, to open and to keep. The list asks for a page of
// rows at a time, however many people there are; it stays as it was left while a person is open in its place.
//
// Telephone, birth and address are covered until somebody asks to see them: a screen at a table is read from both sides.
package people

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/office"
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Actions are what the page asks of the window around it; nil ones are not offered.
type Actions struct {
	Matter func(number string)                       // shows one whole
	Print  func(kind string, people []person.Person) // a paper about some, nil for all that are here, after a preview
	Sheet  func()                                    // people come from a sheet
	Export func(name string)                         // a sheet of that name goes out
	Record *Record                                   // nil where there are no records of duty
	Reveal func(context.Context, string) error       // of an ID: before somebody's contact is shown in full
	// Signs are the suggestions that somebody signs, by any of his IDs, the newest first; Proposed shows one whole.
	Signs    func(ctx context.Context, ids []string) ([]suggestion.Suggestion, error)
	Proposed func(id string)
}

// Page is the page.
type Page struct {
	host    kit.Host
	roster  *roster.Roster
	by      clerk.Clerk
	role    journal.Level
	actions Actions

	list                  *fyne.Container
	stage                 *show.Stage
	search                *kit.Entry
	level                 *kit.Chips
	station, field, about *kit.Picker // station is nil at a station
	table                 *kit.Table[person.Person]
	further               *kit.Button
	count, quota, wrong   *kit.Label      // wrong: quotas that do not hold
	marked                []person.Person // in the order in which they were ticked
	sheets                *show.Sheets
	form                  *kit.Form               // on the sheet that was opened last
	places                map[string]roster.Place // by code
	fields                []string
	quotas                []roster.Balance
	strange               []roster.Asked // names in matters of which nobody can tell who they are
	unclear               *kit.Button
	asked                 int // how often the list was asked for: only the last answer is shown
	got                   roster.Filter
	all                   int
	open                  *open // the person that is open; nil for none
}

// step is how many more are asked for at a time.
const step = 50

// ended stands beside the levels: those of whom no mandate is left.
const ended = "ended"

// waiting stands there, too: those whom a station added and of whom its office said nothing yet.
const waiting = "waiting"

// New makes the page; by is who sits there.
func New(h kit.Host, r *roster.Roster, by clerk.Clerk, a Actions) *Page {
	p := &Page{host: h, roster: r, by: by, role: r.Settings.Role, actions: a, search: kit.NewEntry("姓名或首字母"),
		level: kit.NewChips(false, kit.Option{Text: "全部"}), count: kit.Hint(""), quota: kit.Bold(""), wrong: kit.Bold(""),
		places: map[string]roster.Place{}}
	p.level.SetOptions(append(append(p.level.Options(), show.Options(words.Levels)...),
		kit.Option{Code: ended, Text: "已届满"}, kit.Option{Code: waiting, Text: "待确认"}))
	p.level.Choose("")
	p.level.OnChanged = func() {
		p.level.Choose(p.level.One()) // the chosen one chosen again: the first stands for all
		p.find(step)
	}
	p.search.OnChanged = func(string) { p.find(step) }
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
	p.table = kit.NewTable("", p.columns()...)
	p.table.OnOpen = p.Open
	p.field = p.picker("按专业", func(typed string) []kit.Option { return named(p.fields, typed) })
	p.about = p.picker("按层级、职责", func(typed string) []kit.Option {
		return worded(slices.Concat(words.Tiers, words.Roles), typed)
	})
	find := []fyne.CanvasObject{container.NewVBox(p.search), p.field.Container, p.about.Container}
	if p.role != journal.Station {
		p.station = p.picker("按站点", p.stations)
		find = slices.Insert(find, 1, fyne.CanvasObject(p.station.Container))
	}
	p.wrong.Importance = kit.Bad.Importance()
	p.quota.Hide()
	p.wrong.Hide()
	p.further = kit.NewButton(fmt.Sprintf("再看%d位", step), "", false, func() { p.find(len(p.table.Rows()) + step) })
	top := container.NewVBox(container.NewGridWithColumns(len(find), find...), p.level, p.wrong, p.quota)
	p.list = container.NewStack(kit.Page("代表名册", "写姓名或首字母就找到；按 ↓ 到名单里，空格打勾，回车看全部。",
		container.NewBorder(top, container.NewVBox(p.count, p.buttons()), nil, nil,
			p.table.Container)))
	p.stage, p.sheets = show.NewStage(h, p.list), show.NewSheets(h)
	return p
}

func (p *Page) picker(hint string, find func(string) []kit.Option) *kit.Picker {
	pick := kit.NewPicker(hint, find)
	pick.OnChosen = func(kit.Option) { p.find(step) }
	return pick
}

// named offers those whose names are meant by what somebody typed.
func named(names []string, typed string) (found []kit.Option) {
	for _, n := range office.Named(names, typed) {
		found = append(found, kit.Option{Code: n, Text: n})
	}
	return found
}

// worded offers those words of a list that are meant by what somebody typed.
func worded(list words.List, typed string) (found []kit.Option) {
	var names []string
	for _, w := range list {
		names = append(names, w.Name)
	}
	for _, o := range named(names, typed) {
		code, _ := list.Parse(o.Code)
		found = append(found, kit.Option{Code: code, Text: o.Text})
	}
	return found
}

// stations finds some of the places where people are grouped.
func (p *Page) stations(typed string) (found []kit.Option) {
	for _, as := range append([]string{typed}, roster.Stems(typed)...) {
		for _, code := range slices.Sorted(maps.Keys(p.places)) {
			if place := p.places[code]; unit.LevelOf(code) == journal.Station && place.Fits(as) {
				found = append(found, kit.Option{Code: code, Text: place.Called(), Note: fmt.Sprintf("%d 位", place.People)})
			}
		}
		if len(found) > 0 {
			break
		}
	}
	return found
}

// buttons are what is done from the list.
func (p *Page) buttons() *fyne.Container {
	row := kit.NewFlow()
	p.unclear = kit.NewButton("", "", false, p.doubts)
	p.unclear.Hide()
	for _, b := range []*kit.Button{kit.NewButton("编入站点…", "G", false, p.group),
		kit.NewButton("表格…", "I", false, p.sheet), kit.NewButton("换届…", "", false, p.turnover), p.unclear, p.further} {
		row.Add(b)
	}
	if p.role == journal.Station { // that is for offices
		row.Remove(row.Objects[2])
		row.Remove(row.Objects[0])
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(kit.NewButton("登记一位…", "N", true, p.add)), row)
}

// sheet asks whether people come from a sheet or go into one.
func (p *Page) sheet() {
	if p.open != nil || p.actions.Sheet == nil {
		return
	}
	const in = "in"
	options := []kit.Option{{Code: in, Text: "从表格导入…"}}
	options = append(options, []kit.Option{{Code: "代表名册（填写用的空表）.xlsx", Text: "要一张填写用的空表…"}, {Code: "代表名册.xlsx", Text: "导出名册（电话遮住）…"},
		{Code: "代表名册（带联系方式）.xlsx", Text: "导出名册（带联系方式）…"}, {Code: "代表名册（打印）.xlsx", Text: "导出打印用的表…"}}...)
	p.choose("表格", options, func(o kit.Option) {
		if o.Code == in {
			p.actions.Sheet()
			return
		}
		p.actions.Export(o.Code)
	})
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.stage.Container }

// Start lets somebody type a name at once.
func (p *Page) Start() {
	if p.open == nil {
		kit.Focus(p.search)
	}
}

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	keys := map[kit.Key]func(){
		{Name: fyne.KeySpace}: p.mark, {Name: fyne.KeyA, Ctrl: true}: p.markAll, {Name: fyne.KeyN}: p.add,
		{Name: fyne.KeyI}: p.sheet, {Name: fyne.KeyR}: func() { p.record(p.roster.Now().Year()) },
	}
	for _, a := range acts {
		if a.key != "" {
			keys[kit.Key{Name: a.key}] = func() { p.do(a) }
		}
	}
	keys[kit.Key{Name: fyne.KeyG}] = p.group
	return keys
}

// mark ticks the chosen one, or takes the tick away, and goes on to the next.
func (p *Page) mark() {
	v, ok := p.table.Chosen()
	if !ok || p.open != nil {
		return
	}
	p.tick(v)
	p.table.Choose(slices.IndexFunc(p.table.Rows(), func(o person.Person) bool { return o.ID == v.ID }) + 1)
}

// tick ticks somebody, or takes the tick away.
func (p *Page) tick(v person.Person) {
	if p.ticked(v) {
		p.marked = slices.DeleteFunc(p.marked, func(o person.Person) bool { return o.ID == v.ID })
	} else {
		p.marked = append(p.marked, v)
	}
	p.redraw()
}

func (p *Page) ticked(v person.Person) bool {
	return slices.ContainsFunc(p.marked, func(o person.Person) bool { return o.ID == v.ID })
}

// markAll ticks all that are shown, or takes all ticks away.
func (p *Page) markAll() {
	if p.open != nil {
		return
	}
	had := len(p.marked)
	for _, v := range p.table.Rows() {
		if !p.ticked(v) {
			p.marked = append(p.marked, v)
		}
	}
	if len(p.marked) == had {
		p.marked = nil
	}
	p.redraw()
}

// Shown asks again for what is shown: the rows first, then what is said beside them.
func (p *Page) Shown() {
	p.find(max(step, len(p.table.Rows())))
	p.again()
	type known struct {
		places  []roster.Place
		fields  []string
		quotas  []roster.Balance
		strange []roster.Asked
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (k known, err error) {
		if k.places, err = p.roster.Places(ctx, true); err == nil {
			k.fields, err = p.roster.Expertise(ctx)
		}
		if err == nil {
			k.quotas, err = p.roster.Quota(ctx)
		}
		if err == nil {
			k.strange, err = p.roster.Doubts(ctx)
		}
		for _, f := range p.roster.Profile.Fields {
			if !slices.Contains(k.fields, f.Name) {
				k.fields = append(k.fields, f.Name)
			}
		}
		return k, err
	}, func(k known, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		clear(p.places)
		for _, place := range k.places {
			p.places[place.Code] = place
		}
		p.fields, p.quotas, p.strange = k.fields, k.quotas, k.strange
		p.unclear.SetText(fmt.Sprintf("认不出的姓名 %d…", len(p.strange)))
		p.unclear.Hidden = len(p.strange) == 0
		p.redraw()
	})
}

func (p *Page) filter() roster.Filter {
	f := roster.Filter{Query: strings.TrimSpace(p.search.Text), Level: p.level.One(), Field: p.field.Chosen().Code}
	if f.Level == ended || f.Level == waiting {
		f.Level, f.State = "", f.Level
	}
	if p.station != nil {
		f.Station = p.station.Chosen().Code
	}
	switch about := p.about.Chosen(); {
	case words.Tiers.Name(about.Code) != about.Code:
		f.Tier = about.Code
	default:
		f.Role = about.Code
	}
	return f
}

// Waiting lists whom stations added and of whom their office said nothing yet.
func (p *Page) Waiting() {
	if p.open != nil {
		p.Back()
	}
	p.search.SetText("")
	for _, pick := range []*kit.Picker{p.station, p.field, p.about} {
		if pick != nil {
			pick.Choose(kit.Option{})
		}
	}
	p.level.Choose(waiting)
	p.find(step)
}

func (p *Page) find(limit int) {
	f := p.filter()
	p.asked++
	n := p.asked
	type answer struct {
		people []person.Person
		all    int
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (a answer, err error) {
		page := f
		page.Limit = limit
		a.people, a.all, err = p.roster.People(ctx, page)
		return a, err
	}, func(a answer, err error) {
		switch {
		case n != p.asked:
			return
		case err != nil:
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		case f == p.got:
			p.table.Update(a.people, same)
		default:
			p.table.Set(a.people)
		}
		p.got, p.all = f, a.all
		p.counts()
	})
}

func same(a, b person.Person) bool { return a.ID == b.ID }

// redraw shows ticks, and what stations are called by now.
func (p *Page) redraw() {
	p.table.Update(p.table.Came(), same)
	p.counts()
}

// counts says how many there are, and what else is known of all.
func (p *Page) counts() {
	shown := len(p.table.Rows())
	text := fmt.Sprintf("一共 %d 位。", p.all)
	if shown < p.all {
		text = fmt.Sprintf("一共 %d 位，这里是前 %d 位。", p.all, shown)
	}
	if len(p.marked) > 0 {
		text += fmt.Sprintf("已勾 %d 位，Esc 取消。", len(p.marked))
	}
	if p.further.Hidden = shown >= p.all; p.got == (roster.Filter{}) {
		p.table.Nothing("名册还是空的。登记一位，或者从表格导入。")
	} else {
		p.table.Nothing("没有找到。换一个字，或选“全部”再看。")
	}
	p.count.SetText(text)
	p.balance()
	p.list.Refresh()
}
