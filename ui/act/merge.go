package act

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
)

// target asks which matter others are merged into. Several that were ticked go into the oldest of them, unless another
// is chosen; for one by itself those are listed that are alike, then the others that wait at the same desk.
func target(s *attempt) input {
	if len(s.vs) > 1 {
		return targetAmong(s)
	}
	var candidates []kit.Option
	p := kit.NewPicker("写编号或事由中的几个字，用 ↑↓ 选一件按回车", func(q string) (found []kit.Option) {
		for _, o := range candidates {
			if strings.Contains(spelling.Letters(o.Text), spelling.Letters(q)) {
				found = append(found, o)
			}
		}
		return found
	})
	p.OnGrown = s.settle
	p.OnChosen = func(kit.Option) { s.changed() }
	typed := p.Entry.OnChanged
	p.Entry.OnChanged = func(q string) { typed(q); s.changed() }
	kit.Do(s.host.Run, s.host.Context, func(ctx context.Context) ([]ledger.Match, error) {
		return s.ledger.Mergeable(ctx, s.vs[0], 200)
	}, func(ms []ledger.Match, err error) {
		if err != nil {
			s.said.Say(kit.Bad, s.host.Explain(err))
		}
		for _, m := range ms {
			candidates = append(candidates, kit.Option{Code: m.Number, Text: m.Number + " " + m.Title,
				Note: strings.Join(m.Why, "、")})
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
		into(o)
	}}
}

// targetAmong asks which of the ticked ones the others go into, or takes the number of another.
func targetAmong(s *attempt) input {
	vs := slices.DeleteFunc(slices.Clone(s.vs), func(v ledger.View) bool { return v.State == matter.Merged })
	slices.SortFunc(vs, func(a, b ledger.View) int {
		return cmp.Or(a.Occurred.Compare(b.Occurred), cmp.Compare(a.Row, b.Row))
	})
	var os []kit.Option
	for _, v := range vs[:min(9, len(vs))] {
		title := []rune(v.Title)
		if len(title) > 14 {
			title = append(title[:13:13], '…')
		}
		os = append(os, kit.Option{Code: v.Number, Text: v.Number + " " + string(title)})
	}
	c, e := kit.NewChips(false, os...), kit.NewEntry("或写另一件的编号")
	e.OnEnter = func() { s.next(e) }
	e.OnChanged = func(number string) { c.Choose(strings.TrimSpace(number)); s.changed() }
	c.OnChanged = func() { e.SetText(c.One()) }
	return input{object: container.NewVBox(c, e), first: c, put: func(o office.Order) {
		if o.Into = strings.TrimPrefix(o.Into, unsaid); o.Into == "" {
			o.Into = os[0].Code
		}
		e.SetText(o.Into)
		c.Choose(o.Into)
	}, take: func(o *office.Order) {
		o.Into = strings.TrimSpace(e.Text)
		into(o)
	}}
}

// into keeps an order that names none from parting what was merged.
func into(o *office.Order) {
	if o.Into == "" {
		o.Into = unsaid
	}
}
