package station

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/roster"
	"lianluo.local/app/roster/photo"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/site"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// act is what one act with a unit asks, and what is said about it.
type act struct {
	do, word string
	key      fyne.KeyName // does it with the open unit; "" for none
	hint     string
	fields   func(p *Page, s site.Site) field.List
	begin    func(s site.Site) field.Values // what stands there at first; nil for nothing
	order    func(now, changed field.Values) roster.SiteOrder
	said     string // when it is done
}

// What acts ask besides the fields of units.
var (
	opened    = field.Field{Code: "opened", Name: "设立日期", Hint: "如 2021-03-20", More: true}
	over      = field.Field{Code: "parent", Name: "报送给", Hint: "不写就是县里；报给乡镇站的选乡镇站", Input: field.Place, More: true}
	successor = field.Field{Code: "successor", Name: "并入哪里", Hint: "名称、首字母或代码", Input: field.Place, Must: true}
	day       = field.Field{Code: "day", Name: "哪一天", Hint: "不写就是今天"}
	note      = field.Field{Code: "note", Name: "说明", Hint: "可以不写", Input: field.Area, Lines: 2}
	why       = field.Field{Code: "note", Name: "原因", Input: field.Area, Lines: 2, Must: true}
)

func these(list ...field.Field) func(*Page, site.Site) field.List {
	return func(*Page, site.Site) field.List { return list }
}

// acts are all that are done with one unit that is there, the likeliest first.
var acts = []act{
	{do: site.Change, word: "更正", key: fyne.KeyE, said: "已更正。原来写的也留着，可以查。", fields: asked,
		begin: func(s site.Site) field.Values {
			return s.Values().With(field.Values{"opened": s.Opened, "parent": s.Via})
		},
		order: func(now, changed field.Values) roster.SiteOrder { return said(changed) }},
	{do: site.Merge, word: "并入", hint: "这里的代表转到接续的单位；以前的事项、编号、数字都不变。", fields: these(successor, day, note), said: "已并入。",
		order: ends},
	{do: site.End, word: "撤销", hint: "撤销以后不再登记、不再派活；以前的记录都在。", fields: these(day, note), said: "已撤销，记录都在“已撤并”里。", order: ends},
	{do: site.Begin, word: "恢复", hint: "撤并或作废错了的，恢复以后照常用。", fields: these(note), said: "已恢复。", order: ends},
	{do: site.Cancel, word: "作废", hint: "登记错了才作废。不办了的，请办撤销。", fields: these(why), said: "已作废，原因留着。", order: ends},
}

// asked are the fields that somebody may put right here.
func asked(p *Page, s site.Site) field.List {
	if p.role == journal.Station {
		return site.Fields.Where(func(f field.Field) bool { return slices.Contains(site.Own, f.Code) })
	}
	return fieldsOf(s.Kind)
}

// fieldsOf are the fields that make sense of a kind.
func fieldsOf(kind string) field.List {
	switch kind {
	case "department":
		return site.Fields.Where(func(f field.Field) bool {
			return slices.Contains([]string{"name", "short", "phone", "address", "contact"}, f.Code)
		}).In("name", "short", "contact", "phone", "address")
	case "office":
		return site.Fields.Where(func(f field.Field) bool {
			return slices.Contains([]string{"name", "short", "phone", "address", "letterhead", "head"}, f.Code)
		}).In("name", "short", "letterhead", "phone", "address", "head 负责人")
	}
	fields := site.Fields.Without("letterhead", "contact")
	if kind != "base" {
		fields = fields.Without("field")
	}
	return append(fields, opened, over)
}

func said(changed field.Values) (o roster.SiteOrder) {
	o.Set = field.Values{}
	for code, v := range changed {
		if _, is := site.Fields.Field(code); is {
			o.Set[code] = v
		}
	}
	o.Opened, o.Kind, o.Place, o.Note = changed.Text("opened"), changed.Text("kind"), changed.Text("place"), changed.Text("note")
	if via, is := changed["parent"].(string); is {
		o.Parent = &via
	}
	return o
}

func ends(now, _ field.Values) roster.SiteOrder {
	return roster.SiteOrder{Day: now.Text("day"), Successor: now.Text("successor"), Note: now.Text("note")}
}

// may says whether an act can be done with a unit now, as far as this page knows.
func (p *Page) may(a act, s site.Site) bool {
	return s.May(a.do, p.roster.Settings.Unit) && (a.do != site.Merge || s.Kind != "office")
}

// do opens the sheet of an act with the open unit.
func (p *Page) do(a act) {
	if p.open == nil || !p.may(a, p.open.Site) {
		return
	}
	s := p.open.Site
	begin := field.Values{}
	if a.begin != nil {
		begin = a.begin(s)
	}
	p.host.Say(kit.Plain, "") // what came of the last
	p.ask(a, s, begin)
}

// ask opens the sheet of an act.
func (p *Page) ask(a act, s site.Site, begin field.Values) {
	p.form = p.sheets.Open(show.Sheet{Title: strings.TrimSpace(a.word + " " + s.Called()), Hint: a.hint, Yes: a.word,
		Fields: a.fields(p, s), More: "更多", Begin: begin, Own: p.input, Do: func(ctx context.Context, now, changed field.Values) error {
			o := a.order(begin.With(now), changed)
			o.Do = a.do
			_, err := p.roster.Alter(ctx, p.by, s.Code, o)
			return err
		}, Done: func() {
			p.host.Say(kit.Good, a.said)
			p.Shown()
		}})
}

// picture asks for a file with a photo of the open unit, and keeps it.
func (p *Page) picture() {
	s := p.open.Site
	kit.BrowseFile(p.host.Canvas(), "选择 "+s.Called()+" 的照片", "", []string{".jpg", ".jpeg", ".png"}, func(file string) {
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (site.Site, error) {
			small, err := photo.Read(file)
			if err != nil {
				return s, err
			}
			return p.roster.Alter(ctx, p.by, s.Code, roster.SiteOrder{Do: site.Picture, Photo: small})
		}, func(_ site.Site, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.host.Say(kit.Good, "照片已换好。")
			p.Shown()
		})
	})
}

// Opening: a unit's kind is chosen first, for that says what is asked.
func opening(kind string) act {
	fields := fieldsOf(kind)
	if kind != "department" && kind != "office" {
		fields = append(field.List{{Code: "place", Name: "在哪里", Hint: "村、社区或乡镇的名称、首字母", Input: field.Place, Must: true}}, fields...)
	}
	return act{do: site.Begin, word: "登记" + words.Sites.Name(kind), fields: these(fields...), said: "已登记。",
		order: func(now, _ field.Values) roster.SiteOrder { return said(now.With(field.Values{"kind": kind})) }}
}

// add asks what kind of unit is to be registered, then for the unit. A station registers itself.
func (p *Page) add() {
	if p.open != nil {
		return
	}
	if i := slices.IndexFunc(p.all, p.own); i >= 0 {
		p.Open(p.all[i])
		return
	}
	if p.role == journal.Station {
		p.ask(act{do: site.Begin, word: "登记本站", said: "已登记。", order: func(now, _ field.Values) roster.SiteOrder { return said(now) },
			fields: these(site.Fields.Where(func(f field.Field) bool { return f.Code == "name" || slices.Contains(site.Own, f.Code) })...)},
			site.Site{Code: p.roster.Settings.Unit}, field.Values{"name": p.roster.Settings.Name, "phone": p.roster.Settings.Phone,
				"opening": p.roster.Settings.Hours})
		return
	}
	box := container.NewVBox()
	var on *kit.Dialog
	var first *kit.Button
	for _, w := range words.Sites {
		b := kit.NewButton(w.Name+"…", "", false, func() {
			on.Close()
			p.ask(opening(w.Code), site.Site{Kind: w.Code}, field.Values{})
		})
		if box.Add(b); first == nil {
			first = b
		}
	}
	on = kit.Show(p.host.Canvas(), "登记哪一类", kit.Scroll(box), fyne.NewSize(520, 480),
		kit.NewButton("不办了", "Esc", false, func() { on.Close() }))
	kit.Focus(first)
}

// own says of a station whether a unit is it.
func (p *Page) own(v roster.Place) bool {
	return p.role == journal.Station && v.Code == p.roster.Settings.Unit
}

// input makes what this page knows more of than the list of fields does: units and places.
func (p *Page) input(f field.Field, changed func()) (kit.Input, bool) {
	find := map[string]func(string) []kit.Option{"successor": p.others, "parent": p.towns, "place": p.where}[f.Code]
	if find == nil {
		return kit.Input{}, false
	}
	return show.Picked(kit.NewPicker(f.Hint, find), f.Code, func(code string) string {
		if place, known := places.ByCode(code); known {
			return place.Name
		}
		return p.called(code)
	}, changed), true
}

// others finds units that may go on with the work of the open one.
func (p *Page) others(typed string) (found []kit.Option) {
	for _, v := range p.all {
		if o := p.open; v.State == site.Open && v.Fits(typed) && o != nil && v.Code != o.Code &&
			(unit.LevelOf(v.Code) == journal.Station) == (unit.LevelOf(o.Code) == journal.Station) {
			found = append(found, kit.Option{Code: v.Code, Text: v.Name, Note: words.Sites.Name(v.Kind)})
		}
	}
	return found
}

// towns finds stations of townships, which those of villages may report to.
func (p *Page) towns(typed string) (found []kit.Option) {
	for _, v := range p.all {
		if v.State == site.Open && v.Kind == "station" && v.Fits(typed) && (p.open == nil || unit.Above(v.Code, p.open.Code)) {
			found = append(found, kit.Option{Code: v.Code, Text: v.Name})
		}
	}
	return found
}

// where finds villages and townships below this office.
func (p *Page) where(typed string) (found []kit.Option) {
	for _, place := range places.Find(typed, p.roster.Settings.Unit, 6) {
		if place.Level == "village" || place.Level == "township" {
			found = append(found, kit.Option{Code: place.Code, Text: places.Local(place.Code), Note: place.Name})
		}
	}
	return found
}
