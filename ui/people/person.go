package people

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// open is a person shown in place of the list.
type open struct {
	person.Person
	bare   bool            // what is private is shown
	joined []person.Person // the other IDs of his

	matters []matter.Matter // the newest
	inHand  int             // how many are open
	photo   []byte          // nil for none
	year    *year           // his record of this one; nil where there is none
	signs   []suggestion.Suggestion
}

// Open shows a person in place of the list.
func (p *Page) Open(v person.Person) {
	p.open = &open{Person: v}
	p.host.Say(kit.Plain, "")
	p.draw()
	p.again()
}

// Back goes from a person to the list, and there takes back ticks; false where there is nothing to take back.
func (p *Page) Back() bool {
	if p.stage.Back() {
		p.open = nil
		p.host.Say(kit.Plain, "")
		p.table.Focus()
		return true
	}
	if len(p.marked) > 0 {
		p.marked = nil
		p.redraw()
		return true
	}
	return false
}

// again asks for the open person; he is drawn anew only where he has changed.
func (p *Page) again() {
	o := p.open
	if o == nil {
		return
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (open, error) {
		return p.known(ctx, o.ID)
	}, func(now open, err error) {
		if err != nil || p.open != o {
			return
		}
		if now.bare = o.bare; reflect.DeepEqual(now, *o) {
			return
		}
		p.open = &now
		p.draw()
	})
}

func (p *Page) draw() {
	o := p.open
	reveal := kit.NewButton("显示联系方式", "", false, func() {
		turn := func() {
			o.bare = !o.bare
			p.draw()
		}
		if o.bare {
			turn()
			return
		}
		show.Reveal(p.host, p.actions.Reveal, o.ID, turn)
	})
	if o.bare {
		reveal.SetText("遮住联系方式")
	}
	line := kit.Text(strings.Trim(p.standing(o.Person)+"　"+o.Employer+o.Post, "　"))
	line.Importance = p.tone(o.Person).Importance()
	named := "事项"
	if o.inHand > 0 {
		named = fmt.Sprintf("事项，手头 %d 件", o.inHand)
	}
	beside := container.NewVBox(p.matters())
	p.signs(beside)
	beside.Add(kit.Bold("经过"))
	beside.Add(show.Talk(o.History, p.roster.Settings.Unit, p.roster.Now().Location(), p.story))
	if o.year != nil {
		beside.Objects = append([]fyne.CanvasObject{o.year.lines(), kit.Bold(named)}, beside.Objects...)
		named = "今年的履职"
	}
	w := show.Whole{Title: o.Name, Known: container.NewBorder(nil, nil, nil, show.Portrait(o.photo), kit.Facts(p.facts())), Called: named, Beside: beside}
	w.Over = append(append(w.Over, line), show.Contests(&person.Kind, &o.Person, p.place)...)
	var rare []act
	for _, a := range acts {
		switch {
		case !p.may(a, o.Person):
		case a.key == "":
			rare = append(rare, a)
		default:
			w.Acts = append(w.Acts, kit.NewButton(a.word+"…", string(a.key), false, func() { p.do(a) }))
		}
	}
	if p.actions.Record != nil {
		w.Acts = append(w.Acts, kit.NewButton("履职记录…", "R", false, func() { p.record(p.roster.Now().Year()) }))
	}
	if p.actions.Print != nil {
		w.Acts = append(w.Acts, kit.NewButton("打印联系卡…", "Ctrl+P", false, p.Print))
	}
	if o.Known() {
		w.Acts = append(w.Acts, reveal)
	}
	if len(rare)+len(o.joined) > 0 || o.May(person.Picture, p.roster.Settings.Unit) {
		w.Acts = append(w.Acts, kit.NewButton("更多…", "", false, func() { p.more(rare) }))
	}
	p.stage.Put(w, func() { p.Back() })
}

func (p *Page) today() string { return p.roster.Now().Format(time.DateOnly) }

// place is what a station is called.
func (p *Page) place(code string) string {
	if s, known := p.places[code]; known {
		return s.Called()
	}
	return places.Of(code).Where
}

// more offers what is rarely done with the open person.
func (p *Page) more(rare []act) {
	var options []kit.Option
	for _, a := range rare {
		options = append(options, kit.Option{Code: a.do, Text: a.word + "…"})
	}
	if p.open.May(person.Picture, p.roster.Settings.Unit) {
		options = append(options, kit.Option{Code: person.Picture, Text: "换照片…"})
	}
	for _, v := range p.open.joined {
		options = append(options, kit.Option{Code: v.ID, Text: "和" + p.place(v.Unit) + "登记的那一位分开"})
	}
	p.choose("更多 "+p.open.Name, options, func(o kit.Option) {
		for _, a := range rare {
			if a.do == o.Code {
				p.do(a)
			}
		}
		if o.Code == person.Picture {
			p.picture()
		}
		for _, v := range p.open.joined {
			if v.ID == o.Code {
				p.part(v)
			}
		}
	})
}

// facts are those of the open person that are known: the mandates first, one line each.
func (p *Page) facts() (known []field.Shown) {
	o := p.open
	tell := func(name string, lines []string) {
		if len(lines) > 0 {
			known = append(known, field.Shown{Name: name, Text: strings.Join(lines, "\n"), Wide: true})
		}
	}
	var mandates, seats, leaves []string
	for _, m := range slices.Concat(o.Held(), over(o.Person)) {
		mandates = append(mandates, told(m))
	}
	for _, s := range o.Seats {
		seats = append(seats, strings.Trim(p.place(s.Station)+"　"+words.Parts.Name(s.Part)+"　"+from(s.Since), "　"))
	}
	for _, l := range o.Leaves {
		if l.To == "" || l.To >= p.today() {
			leaves = append(leaves, l.String())
		}
	}
	tell("代表", mandates)
	tell("站点", seats)
	tell("请假", leaves)
	var joined []string
	for _, v := range o.joined {
		joined = append(joined, p.place(v.Unit)+"登记的"+v.Name)
	}
	tell("并在一起", joined)
	v := o.Values()
	if !o.bare {
		v = person.Fields.Masked(v)
	}
	return append(known, person.Fields.Without("name").Show(v, nil, nil)...)
}

// over are the mandates that ended, the last first.
func over(v person.Person) (ms []person.Mandate) {
	for _, m := range v.Mandates {
		if m.Standing == "ended" {
			ms = append(ms, m)
		}
	}
	slices.SortStableFunc(ms, func(a, b person.Mandate) int { return cmp.Compare(b.Until, a.Until) })
	return ms
}

// told is a mandate with all that is known of it.
func told(m person.Mandate) string {
	parts := []string{m.String(), m.District, m.Delegation}
	if m.Number != "" {
		parts = append(parts, "证号 "+m.Number)
	}
	for _, o := range m.Offices {
		parts = append(parts, words.Offices.Name(o))
	}
	parts = append(parts, from(m.Since), words.Elections.Name(m.How))
	switch m.Standing {
	case "ended":
		parts = append(parts, show.Date(m.Until)+"终止", words.Ends.Name(m.Reason))
	case "suspended":
		parts = append(parts, words.Standings.Name(m.Standing), words.Suspensions.Name(m.Reason))
	default:
		parts = append(parts, words.Standings.Name(m.Standing))
	}
	if !m.Owned {
		parts = append(parts, "待"+words.Levels.Name(m.Level)+"人大核对")
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "　")
}

func from(day string) string {
	if day == "" {
		return ""
	}
	return show.Date(day) + "起"
}

// story says in one line what was done with a person.
func (p *Page) story(e thing.Event) string {
	return strings.Trim(person.Acts.Name(e.Do)+"："+e.Told(func(id string) string {
		return map[bool]string{false: p.place(id)}[thing.ID(id)] // who others are comes from the roster, a moment later
	}), "：")
}
