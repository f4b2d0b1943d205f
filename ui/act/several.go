package act

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// several asks for some of many names, and for names that are not offered. What is typed narrows what is offered; Enter
// takes the first of that, or else the name as it was typed, and, where nothing was typed, goes on.
type several struct {
	sheet   *sheet
	entry   *kit.Entry
	chips   *kit.Chips
	reads   *widget.Label
	offered []string
	chosen  []string // in the order in which they were chosen
}

// some asks for several names; say reads them back.
func some(hint string, offered func(*sheet) []string, say func([]string) string, of func(*office.Order) *[]string) func(*sheet) input {
	return func(s *sheet) input {
		n := &several{sheet: s, entry: kit.NewEntry(hint), chips: kit.NewChips(true), reads: kit.Bold(""), offered: offered(s)}
		n.entry.OnChanged = func(string) { n.narrow(); s.changed() }
		n.entry.OnEnter = n.enter
		n.chips.OnChanged = n.toggled
		n.narrow()
		return input{object: container.NewVBox(n.entry, n.chips, n.reads), first: n.entry,
			put:  func(o office.Order) { n.chosen = slices.Clone(*of(&o)); n.narrow() },
			take: func(o *office.Order) { *of(o) = n.names() },
			told: func(office.Order, matter.Move) {
				names := n.names()
				n.reads.Hidden = len(names) == len(n.chosen) && len(names) < 2 // the chips show that already
				n.reads.SetText(say(names))
			}}
	}
}

// matching are those offered that have what is typed in them.
func (n *several) matching() (list []string) {
	typed := strings.TrimSpace(n.entry.Text)
	for _, name := range n.offered {
		if strings.Contains(name, typed) {
			list = append(list, name)
		}
	}
	return list
}

// typed are the names that stand in the entry and were not taken yet.
func (n *several) typed() []string {
	names := split(n.entry.Text)
	if found := n.matching(); len(names) == 1 && len(found) > 0 {
		return found[:1]
	}
	return names
}

// names are all that is said.
func (n *several) names() []string {
	list := slices.Clone(n.chosen)
	for _, name := range n.typed() {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// enter takes what is typed and stays for the next.
func (n *several) enter() {
	if strings.TrimSpace(n.entry.Text) == "" {
		n.sheet.next(n.entry)
		return
	}
	n.chosen = n.names()
	n.entry.SetText("")
}

// narrow offers what was chosen and what matches.
func (n *several) narrow() {
	list := slices.Clone(n.chosen)
	for _, name := range n.matching() {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	var os []kit.Option
	for _, name := range list {
		os = append(os, kit.Option{Code: name, Text: name})
	}
	n.chips.SetOptions(os)
	n.chips.Choose(n.chosen...)
	n.chips.Hidden = len(os) == 0
}

// toggled follows the chips: who was taken away goes, who was added comes last.
func (n *several) toggled() {
	now := n.chips.Chosen()
	n.chosen = slices.DeleteFunc(n.chosen, func(name string) bool { return !slices.Contains(now, name) })
	for _, name := range now {
		if !slices.Contains(n.chosen, name) {
			n.chosen = append(n.chosen, name)
		}
	}
	n.sheet.changed()
}

// mainFirst reads departments back: the first is responsible, the others help.
func mainFirst(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "主办：" + names[0]
	}
	return "主办：" + names[0] + "　协办：" + strings.Join(names[1:], "、")
}

func together(names []string) string { return strings.Join(names, "、") }

// deputies of the matters are those that received the citizens.
func deputies(s *sheet) (list []string) {
	for _, v := range s.vs {
		for _, name := range v.Deputies {
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}

// split gives the names that one text tells, in its order.
func split(s string) (list []string) {
	for _, name := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) }) {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// target asks which matter others are merged into: one of those chosen, one that is alike, or any by its number.
func target(s *sheet) input {
	var alike []kit.Option
	add := func(v ledger.View, why ...string) {
		alike = append(alike, kit.Option{Code: v.Number, Text: v.Number + " " + v.Title, Note: strings.Join(why, "、")})
	}
	p := kit.NewPicker("写编号，或用 ↑↓ 选下面的一件按回车", func(q string) (found []kit.Option) {
		for _, o := range alike {
			if strings.Contains(o.Text, strings.TrimSpace(q)) {
				found = append(found, o)
			}
		}
		return found
	})
	p.OnGrown = s.settle
	p.OnChosen = func(o kit.Option) {
		if s.changed(); o.Code != "" {
			kit.Focus(s.no) // what follows then is the button that does it
		}
	}
	typed := p.Entry.OnChanged
	p.Entry.OnChanged = func(q string) { typed(q); s.changed() }
	if len(s.vs) > 1 {
		for _, v := range s.vs {
			if v.State != matter.Merged {
				add(v, "选中的")
			}
		}
	}
	kit.Do(s.host.Run, s.host.Context, func(ctx context.Context) ([]ledger.Match, error) {
		return s.ledger.Alike(ctx, s.vs[0], 6)
	}, func(ms []ledger.Match, err error) {
		for _, m := range ms {
			if err == nil && m.State != matter.Merged && !chosen(s.vs, m.ID) {
				add(m.View, m.Why...)
			}
		}
		if s.filling = true; p.Entry.Text == "" {
			typed("") // offers all of them
		}
		s.filling = false
	})
	return input{object: p.Container, first: p.Entry, room: 6 * p.Entry.MinSize().Height, put: func(o office.Order) {
		if o.Into != "" && o.Into != unsaid {
			p.Choose(kit.Option{Code: o.Into, Text: o.Into})
		}
	}, take: func(o *office.Order) {
		if o.Into = p.Chosen().Code; o.Into == "" {
			o.Into = strings.TrimSpace(p.Entry.Text)
		}
		if o.Into == "" { // an order that names none would part them
			o.Into = unsaid
		}
	}}
}

func chosen(vs []ledger.View, id string) bool {
	for _, v := range vs {
		if v.ID == id {
			return true
		}
	}
	return false
}
