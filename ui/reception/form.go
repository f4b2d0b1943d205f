package reception

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/office"
	"lianluo.local/data/field"
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

// whoSits offers the deputies who often sit at the table, with a line for one more. Whoever sits there stays for the
// next citizen.
func (p *Page) whoSits(f field.Field, changed func()) kit.Input {
	p.deputies = kit.NewChips(true)
	p.deputies.OnChanged = changed
	p.deputy = kit.NewEntry("再加一位，按 Enter")
	p.deputy.OnEnter = func() {
		if strings.TrimSpace(p.deputy.Text) == "" {
			kit.Next(p.deputy)
			return
		}
		p.seat(nil, append(p.deputies.Chosen(), strings.TrimSpace(p.deputy.Text)))
		p.deputy.SetText("")
		changed()
	}
	return kit.Input{Object: container.NewVBox(p.deputies, p.deputy), First: p.deputy,
		Get: func() any { return p.deputies.Chosen() },
		Put: func(v field.Values) {
			p.deputy.SetText("")
			if names := v.List(f.Code); len(names) > 0 {
				p.seat(names, names)
			}
		}}
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
