package station

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lianluo.local/app/roster"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// open is a unit shown in place of the list, with who is grouped there.
type open struct {
	roster.Place
	people []person.Person // all who are grouped there
	photo  []byte          // nil for none
}

// most is how many deputies, and how many others, are named on a unit's page: the others stand in the roster.
const most = 60

// Open shows a unit in place of the list.
func (p *Page) Open(v roster.Place) {
	if v.ID == "" { // nobody registered it
		p.ask(opening(v.Kind), site.Site{}, field.Values{"name": v.Name})
		return
	}
	p.open = &open{Place: v}
	p.host.Say(kit.Plain, "")
	p.draw()
	p.again()
}

// Back goes from a unit to the list; false where the list is shown already.
func (p *Page) Back() bool {
	if !p.stage.Back() {
		return false
	}
	p.open = nil
	p.host.Say(kit.Plain, "")
	p.table.Focus()
	return true
}

// again asks for the open unit and who is grouped there.
func (p *Page) again() {
	o := p.open
	if o == nil {
		return
	}
	type known struct {
		people []person.Person
		photo  []byte
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (k known, err error) {
		if unit.LevelOf(o.Code) == journal.Station {
			k.people, _, err = p.roster.People(ctx, roster.Filter{Station: o.Code})
		}
		if o.Photo.Seq > 0 {
			k.photo, _ = p.roster.Photo(ctx, o.Photo) // it may not have come yet
		}
		return k, err
	}, func(k known, err error) {
		if err != nil || p.open != o {
			return
		}
		o.people, o.photo = k.people, k.photo
		for _, v := range p.all {
			if v.ID == o.ID {
				o.Place = v
			}
		}
		p.draw()
	})
}

// called is what a unit is called.
func (p *Page) called(code string) string {
	for _, v := range p.all {
		if v.Code == code {
			return v.Called()
		}
	}
	return places.Of(code).Where
}

func (p *Page) draw() {
	o := p.open
	kind := words.Sites.Name(o.Kind)
	if o.Opened != "" {
		kind += "　" + show.Date(o.Opened) + "设立"
	}
	line := kit.Text(strings.Trim(kind+"　"+o.County+o.Town+"　"+o.Code, "　"))
	w := show.Whole{Title: o.Name, Over: []fyne.CanvasObject{line}, Called: "经过",
		Known:  container.NewBorder(nil, nil, nil, show.Portrait(o.photo), kit.Facts(p.facts())),
		Beside: show.Talk(o.History, p.roster.Settings.Unit, p.roster.Now().Location(), p.done)}
	w.Over = append(w.Over, show.Contests(&site.Kind, &o.Site, p.called)...)
	if said := p.amiss(o.Place); said != "" {
		n := kit.NewNotice()
		n.Say(p.tone(o.Place), said+"。")
		w.Over = append(w.Over, n.Container)
	}
	if unit.LevelOf(o.Code) == journal.Station {
		w.Called, w.Beside = strings.TrimSpace("代表 "+number(o.People)), container.NewVBox(p.people(), kit.Bold("经过"), w.Beside)
	}
	var rare []act
	for _, a := range acts {
		switch {
		case !p.may(a, o.Site):
		case a.key == "":
			rare = append(rare, a)
		default:
			w.Acts = append(w.Acts, kit.NewButton(a.word+"…", string(a.key), false, func() { p.do(a) }))
		}
	}
	for _, a := range rare { // few: each has its button
		w.Acts = append(w.Acts, kit.NewButton(a.word+"…", "", false, func() { p.do(a) }))
	}
	if o.May(site.Picture, p.roster.Settings.Unit) {
		w.Acts = append(w.Acts, kit.NewButton("换照片…", "", false, p.picture))
	}
	if p.actions.Print != nil && unit.LevelOf(o.Code) == journal.Station {
		w.Acts = append(w.Acts, kit.NewButton("打印站点基本信息表…", "Ctrl+P", false, p.Print),
			kit.NewButton("打印代表公示栏…", "", false, func() { p.actions.Print("deputy-board", o.Code) }))
	}
	p.stage.Put(w, func() { p.Back() })
}

// people names those in office who are grouped there, apart from them the others; each can be opened.
func (p *Page) people() fyne.CanvasObject {
	serving, others := kit.NewFlow(), kit.NewFlow()
	deputies, rest := 0, 0
	for _, v := range p.open.people {
		box, n := others, &rest
		if len(v.Serving()) > 0 {
			box, n = serving, &deputies
		}
		if *n++; *n <= most {
			box.Add(kit.NewButton(v.Name, "", false, func() {
				if p.actions.Person != nil {
					p.actions.Person(v)
				}
			}))
		}
	}
	all := container.NewVBox()
	if deputies > 0 {
		all.Add(serving)
	} else {
		all.Add(kit.Hint("还没有在任代表编入这里。"))
	}
	if rest > 0 {
		all.Add(kit.Hint(fmt.Sprintf("其他人员 %d（不算在代表里）", rest)))
		all.Add(others)
	}
	if max(deputies, rest) > most {
		all.Add(kit.Hint("还有的在代表名册里。"))
	}
	return container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), all)
}

func (p *Page) facts() []field.Shown {
	o := p.open
	known := site.Fields.Without("name").Show(o.Values(), nil, nil)
	if o.Via != "" {
		known = append(known, field.Shown{Name: "上级", Text: p.called(o.Via)})
	}
	return known
}

// done says in one line what was done with a unit.
func (p *Page) done(e thing.Event) string {
	return strings.Trim(site.Acts.Name(e.Do)+"："+e.Told(p.called), "：")
}
