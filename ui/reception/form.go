package reception

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/desk"
	"lianluo.local/app/office"
	"lianluo.local/app/roster"
	"lianluo.local/data/field"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// own makes the inputs of which the page knows more than the list of fields does.
func (p *Page) own(f field.Field, changed func()) (kit.Input, bool) {
	switch {
	case f.Input == field.Place:
		return p.whichPlace(f, changed), true
	case f.Input == field.Category:
		return p.whichCategory(f, changed), true
	case f.Input == field.People:
		return p.whoSits(f, changed), true
	case f.Code == "mode":
		in := kit.NewInput(f, changed)
		in.Object = container.NewVBox(in.Object, kit.Hint("代表引导："+office.Law))
		return in, true
	}
	return kit.Input{}, false
}

func (p *Page) whichPlace(f field.Field, changed func()) kit.Input {
	p.address = kit.NewPicker(f.Hint, p.findPlace)
	picked := p.address.Entry.OnChanged
	p.address.Entry.OnChanged = func(s string) { picked(s); changed() }
	p.address.OnGrown = p.settle
	return kit.Input{Object: p.address.Container, First: p.address.Entry,
		Get: func() any { return p.address.Entry.Text },
		Put: func(v field.Values) { p.address.Choose(kit.Option{Text: v.Text(f.Code)}) }}
}

// whichCategory offers the usual ones above the picker; the two say the same.
func (p *Page) whichCategory(f field.Field, changed func()) kit.Input {
	p.usual = kit.NewChips(false)
	p.category = show.CategoryPicker{Picker: kit.NewPicker("其他类别，如 psp", show.Categories)}
	follow := func() { p.usual.Choose(p.category.Chosen().Code) }
	put := func(code string) { p.category.Put(code); follow() }
	p.usual.OnChanged = func() { put(p.usual.One()); changed() }
	typed := p.category.Entry.OnChanged
	p.category.Entry.OnChanged = func(s string) { typed(s); follow(); changed() }
	p.category.OnChosen = func(kit.Option) { follow(); changed() }
	p.category.OnGrown = p.settle
	return kit.Input{Object: container.NewVBox(p.usual, p.category.Container), First: p.category.Entry,
		Get: func() any { return strings.TrimSpace(p.category.Code()) },
		Put: func(v field.Values) { put(v.Text(f.Code)) }}
}

// whoSits offers the deputies who sit at the table today and those who are grouped here, with a line that finds all
// others, and takes a name that is not on the roster. Whoever sits there stays for the next citizen.
func (p *Page) whoSits(f field.Field, changed func()) kit.Input {
	p.deputies = kit.NewChips(true)
	p.deputies.OnChanged = changed
	p.deputy = kit.NewPicker("再加一位：姓名或首字母，按 Enter", p.findDeputy)
	p.deputy.OnGrown, p.deputy.Stay = func() { p.settle(); p.reveal(p.deputy.Container) }, true
	add := func(name, id string) {
		if id != "" {
			p.persons = p.persons.With(desk.Persons{name: id})
		}
		p.deputy.Choose(kit.Option{})
		p.seat(nil, append(p.deputies.Chosen(), name))
		changed()
	}
	p.deputy.OnChosen = func(o kit.Option) {
		if o.Text != "" {
			add(o.Text, o.Code)
		}
	}
	p.deputy.Entry.OnEnter = func() {
		if typed := strings.TrimSpace(p.deputy.Entry.Text); typed != "" {
			add(typed, "")
		} else {
			kit.Next(p.deputy.Entry)
		}
	}
	return kit.Input{Object: container.NewVBox(p.deputies, p.deputy.Container), First: p.deputy.Entry,
		Get: func() any { return p.deputies.Chosen() },
		Put: func(v field.Values) {
			p.deputy.Choose(kit.Option{})
			if names := v.List(f.Code); len(names) > 0 {
				p.seat(names, names)
			}
		}}
}

// findDeputy finds people on the roster by a part of the name or first letters, those grouped here first. What is
// written in full and is nobody's name there is offered as it is written, before those of whose name it is a part.
func (p *Page) findDeputy(typed string) (os []kit.Option) {
	if typed = strings.TrimSpace(typed); typed == "" {
		return nil
	}
	form, exact := spelling.Name(typed), false
	for _, o := range p.offers.Find(typed, 20) {
		os = append(os, kit.Option{Code: o.ID, Text: p.called(o), Note: strings.Trim(o.Note+"，"+o.Sign, "，")})
		exact = exact || spelling.Name(o.Name) == form
	}
	if written := strings.ContainsFunc(typed, func(r rune) bool { return r > unicode.MaxLatin1 }); !exact && (written || len(os) == 0) {
		own := kit.Option{Text: typed}
		if len(p.offers) > 0 {
			own.Note = cmp.Or(p.offers.Unoffered(typed), "名册上没有") + "，照写"
		}
		os = slices.Insert(os, 0, own)
	}
	return os
}

// called is how somebody is written: by his name, and by what tells him from others of that name who sit here, too.
func (p *Page) called(o roster.Offer) string {
	if slices.ContainsFunc(p.offers, func(other roster.Offer) bool {
		return other.ID != o.ID && other.Here && o.Here && spelling.Name(other.Name) == spelling.Name(o.Name)
	}) {
		return o.Name + "（" + o.Note + "）"
	}
	return o.Name
}

// sign says why somebody whose name is chosen or offered is not to be called today, "" for nothing.
func (p *Page) sign(name string) string {
	for _, o := range p.offers {
		if o.Here && o.Offered() && p.called(o) == name {
			return o.Sign
		}
	}
	return p.offers.SignOf(name, "")
}

// known says who on the roster those are who sit here: whom somebody chose, and who is written as the only one grouped
// here who bears the name.
func (p *Page) known(names []string) desk.Persons {
	known := p.persons.Of(names)
	for _, name := range names {
		if o, ok := p.offers.Named(name); ok && o.Here && known[name] == "" {
			known = known.With(desk.Persons{name: o.ID})
		}
	}
	return known
}

// heard hears that a field was changed, and what follows from it.
func (p *Page) heard(code string) {
	if code == "reason" { // where to go follows from why, until somebody wrote something else
		doors, door := p.desk.Profile.Doors, p.form.Entry("door")
		if door.Text == "" || slices.Contains(slices.Collect(maps.Values(doors)), door.Text) {
			door.SetText(doors[p.form.Chips(code).One()])
		}
	}
	p.changed()
	p.look(code, "onSpot", "reason", "urgency", "confidential")
}

// left hears that the cursor left a field.
func (p *Page) left(code string) { p.look(code, "name", "phone", "words", "title") }

// look looks again for what is known of the citizen and of the matter, where that follows from a field.
func (p *Page) look(code string, from ...string) {
	if slices.Contains(from, code) {
		p.know.look(p.draft())
	}
}

// twoThirds gives the form what it needs to be written in, as far as lines can be read, and the rest to what is known.
type twoThirds struct{}

func (twoThirds) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(os[0].MinSize().Width+os[1].MinSize().Width+16, 300)
}

func (twoThirds) Layout(os []fyne.CanvasObject, size fyne.Size) {
	em := fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
	right := min(max(size.Width*0.34, 330), 30*em)
	left := min(size.Width-right-16, 54*em)
	os[0].Resize(fyne.NewSize(left, size.Height))
	os[1].Move(fyne.NewPos(left+16, 0))
	os[1].Resize(fyne.NewSize(right, size.Height))
}
