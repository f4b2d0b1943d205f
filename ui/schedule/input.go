package schedule

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"lianluo.local/app/office"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/session"
	"lianluo.local/data/unit"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// input makes what this page knows more of than the list of fields does: who is called, the roster, the stations.
func (p *Page) input(a act, s session.Session, f field.Field, changed func()) (kit.Input, bool) {
	switch f.Code {
	case "who":
		return one(f, named(a, s), changed), true
	case "result":
		return one(f, unanswered(s), changed), true
	case "with":
		return show.Picked(kit.NewPicker(f.Hint, p.deputies), f.Code, func(id string) string { return id }, changed), true
	case "station":
		return show.Picked(kit.NewPicker(f.Hint, p.stations), f.Code, p.month.place, changed), true
	case "planned", "besides":
		return p.seated(s, f, changed), true
	}
	return kit.Input{}, false
}

// one chooses one of a few; an only one is chosen at once.
func one(f field.Field, options []kit.Option, changed func()) kit.Input {
	c := kit.NewChips(false)
	c.SetOptions(options)
	c.OnChanged = changed
	return kit.Input{Object: c, First: c, Get: func() any { return c.One() }, Put: func(v field.Values) {
		if c.Choose(v.Text(f.Code)); v.Text(f.Code) == "" && len(options) == 1 {
			c.Choose(options[0].Code)
		}
	}}
}

// deputies finds those who may be called.
func (p *Page) deputies(typed string) []kit.Option {
	return show.Deputies(p.offers, typed, func(string) bool { return false })
}

// stations finds some of those that we may write for.
func (p *Page) stations(typed string) (found []kit.Option) {
	codes, list := map[string]string{}, []string(nil)
	for code, name := range p.month.called {
		if unit.LevelOf(code) != journal.Station {
			continue
		}
		if strings.HasPrefix(code, strings.ToUpper(typed)) && typed != "" {
			return []kit.Option{{Code: code, Text: name}}
		}
		codes[name], list = code, append(list, name)
	}
	slices.Sort(list)
	for _, name := range office.Named(list, typed) {
		found = append(found, kit.Option{Code: codes[name], Text: name})
	}
	return found
}

// seated offers the deputies who are grouped here, and finds all others: each is kept by his ID. Who was awaited did not
// come besides.
func (p *Page) seated(s session.Session, f field.Field, changed func()) kit.Input {
	c := kit.NewChips(true)
	var options []kit.Option
	put := func(id, name string) {
		awaited := f.Code == "besides" && slices.ContainsFunc(expected(s), func(c session.Called) bool { return c.Key == id })
		if id != "" && !awaited && !slices.ContainsFunc(options, func(o kit.Option) bool { return o.Code == id }) {
			options = append(options, kit.Option{Code: id, Text: name})
		}
	}
	for _, who := range s.Awaited() {
		put(who.Key, who.Name)
	}
	for _, o := range p.offers {
		if o.Here && o.Deputy() && o.Sign == "" && len(options) < 12 {
			put(o.ID, o.Name)
		}
	}
	c.SetOptions(options)
	c.OnChanged = changed
	pick := kit.NewPicker(f.Hint, p.deputies)
	pick.Stay, pick.OnGrown = true, changed
	pick.OnChosen = func(o kit.Option) {
		if o.Code == "" {
			return
		}
		pick.Choose(kit.Option{})
		put(o.Code, o.Text)
		c.SetOptions(options)
		c.Choose(append(c.Chosen(), o.Code)...)
		changed()
	}
	return kit.Input{Object: container.NewVBox(c, pick.Container), First: pick.Entry,
		Get: func() any { return append([]string{}, c.Chosen()...) },
		Put: func(v field.Values) {
			for _, id := range v.List(f.Code) {
				for _, o := range p.offers {
					if o.ID == id {
						put(id, o.Name)
					}
				}
			}
			c.SetOptions(options)
			c.Choose(v.List(f.Code)...)
		}}
}
