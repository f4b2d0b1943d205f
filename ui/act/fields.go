package act

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// ask is one thing that an act asks, or, where it has no label, something to be read before it is done.
type ask struct {
	name  string // of the field, as problems tell it
	label string
	must  bool
	with  func(*attempt) input
	when  func(*attempt, office.Order) bool // it is only asked then; nil for always
}

// input is what a field is filled in with. Each tells the sheet when it was changed.
type input struct {
	object fyne.CanvasObject
	first  fyne.Focusable      // where writing begins; nil where there is nothing to write
	put    func(office.Order)  // shows what an order says
	take   func(*office.Order) // puts what is shown into an order
	// hears what the whole sheet says, and what would come of it, after each change
	told func(office.Order, matter.Move)
	// asks about what is unlikely and true then; nil for what needs no asking. Nothing is sent meanwhile
	doubt func() bool
	room  float32 // that it may need below beyond what it shows at first
}

// unsaid is what an order carries where something was begun and not said: app/office refuses it with its own words.
const unsaid = "？"

// text gives the field of an order that is one text.
type text func(*office.Order) *string

func written(e *kit.Entry, s *attempt, of text) input {
	e.OnEnter = func() { s.next(e) }
	e.OnChanged = func(string) { s.changed() }
	return input{object: e, first: e, put: func(o office.Order) { e.SetText(*of(&o)) }, take: func(o *office.Order) {
		if e.Text != "" { // of two that ask for the same, one is shown and the other is empty
			*of(o) = e.Text
		}
	}}
}

// line asks for a text of one line.
func line(hint string, of text) func(*attempt) input {
	return func(s *attempt) input { return written(kit.NewEntry(hint), s, of) }
}

// area asks for a text of several lines.
func area(hint string, lines int, of text) func(*attempt) input {
	return func(s *attempt) input { return written(kit.NewArea(hint, lines), s, of) }
}

// note asks for what is said beside an act.
func note(label, hint string, must bool) ask {
	return ask{name: "note", label: label, must: must,
		with: area(hint, 2, func(o *office.Order) *string { return &o.Note })}
}

// choice asks for one of a few.
func choice(from func(*attempt) []kit.Option, of text) func(*attempt) input {
	return func(s *attempt) input {
		c := kit.NewChips(false, from(s)...)
		c.OnChanged = s.changed
		return input{object: c, first: c, put: func(o office.Order) { c.Choose(*of(&o)) },
			take: func(o *office.Order) { *of(o) = c.One() }}
	}
}

// oneOf asks for one of a few of which one stands there from the beginning.
func oneOf(ws words.List, of text) func(*attempt) input {
	return func(s *attempt) input {
		i := among(ws, of)(s)
		i.first.(*kit.Chips).Always = true
		return i
	}
}

// among asks for one of a closed list.
func among(ws words.List, of text) func(*attempt) input {
	return choice(func(*attempt) []kit.Option { return show.Options(ws) }, of)
}

// words are only read; size is one of the look.
func list(size fyne.ThemeSizeName, of func(*attempt) string) func(*attempt) input {
	return func(s *attempt) input {
		l := kit.Text(of(s))
		l.SizeName = size
		return input{object: l}
	}
}

// whichCategory asks for a category by name, first letters or code.
func whichCategory(s *attempt) input {
	p := show.NewCategoryPicker()
	p.OnGrown = s.settle
	p.OnChosen = func(kit.Option) { s.changed() }
	typed := p.Entry.OnChanged
	p.Entry.OnChanged = func(q string) { typed(q); s.changed() }
	return input{object: p.Container, first: p.Entry, put: func(o office.Order) { p.Put(o.Category) },
		take: func(o *office.Order) { o.Category = p.Code() }}
}

// refuse asks whether a matter is out of scope after all, and why. Ticked and nothing chosen, it is refused.
func refuse(s *attempt) input {
	why := kit.NewChips(false, show.Options(words.Reasons)...)
	why.OnChanged = s.changed
	no := kit.NewCheck("不属受理范围，告诉群众应找哪里", nil)
	no.OnChanged = func(yes bool) { why.Hidden = !yes; s.changed() }
	why.Hide()
	return input{object: container.NewVBox(no, why), first: no, put: func(o office.Order) {
		no.SetChecked(o.Reason != "")
		why.Choose(o.Reason)
	}, take: func(o *office.Order) {
		if o.Reason = ""; no.Checked {
			if o.Reason = why.One(); o.Reason == "" {
				o.Reason = unsaid
			}
		}
	}}
}

// resultClass asks for the class of a result; below stands what the county prints for it.
func resultClass(s *attempt) input {
	var os []kit.Option
	profile := s.office.Profile
	for i, name := range words.Classes[:8] {
		os = append(os, kit.Option{Code: string(rune('1' + i)), Text: string(rune('1'+i)) + " " + name})
	}
	c, means := kit.NewChips(false, os...), kit.Hint("")
	c.OnChanged = s.changed
	return input{object: container.NewVBox(c, means), first: c, put: func(o office.Order) {
		if o.Class > 0 {
			c.Choose(string(rune('0' + o.Class)))
		}
	}, take: func(o *office.Order) {
		if code := c.One(); code != "" {
			o.Class = office.Class(code[0] - '0')
		}
	}, told: func(o office.Order, _ matter.Move) {
		letter := profile.Letter(int(o.Class))
		says := "按 1 到 8 选。"
		if letter != "" {
			says = "印作 " + letter + "：" + profile.Meaning(letter)
		}
		means.SetText(says)
	}}
}

// score asks for points.
func score(s *attempt) input {
	c := kit.NewChips(false)
	for _, n := range "12345" {
		c.SetOptions(append(c.Options(), kit.Option{Code: string(n), Text: string(n) + " 分"}))
	}
	c.OnChanged = s.changed
	return input{object: c, first: c, put: func(o office.Order) {
		if o.Score > 0 {
			c.Choose(string(rune('0' + o.Score)))
		}
	}, take: func(o *office.Order) {
		if o.Score = 0; c.One() != "" {
			o.Score = int(c.One()[0] - '0')
		}
	}}
}

// happened asks for the day on which something truly happened.
var happened = ask{name: "date", label: "哪一天", with: func(s *attempt) input {
	var os []kit.Option
	for i, word := range []string{"今天", "昨天", "前天"} {
		os = append(os, kit.Option{Code: s.office.Now().AddDate(0, 0, -i).Format(time.DateOnly), Text: word})
	}
	c, e := kit.NewChips(false, os...), kit.NewEntry("如 2026-12-04")
	e.OnChanged = func(date string) { c.Choose(date); s.changed() }
	e.OnEnter = func() { s.next(e) }
	c.OnChanged = func() { e.SetText(c.One()) }
	return input{object: container.NewGridWithColumns(2, c, container.NewVBox(e)), first: c, put: func(o office.Order) {
		if o.Date == "" {
			o.Date = os[0].Code
		}
		e.SetText(o.Date)
		c.Choose(o.Date)
	}, take: func(o *office.Order) { o.Date = e.Text }}
}}

// The ways in which a term is said.
const usual, hard, own = "usual", "hard", "own"

// until asks for the day by which something is to be done. The day that follows is shown before it is sent; more (nil
// for nothing) says what else there is to know about it.
func until(label string, terms func(*attempt) []kit.Option, more func(*attempt, office.Order) string) ask {
	return ask{name: "due", label: label, with: func(s *attempt) input {
		c := kit.NewChips(false, append(terms(s), kit.Option{Code: own, Text: "自定日期"})...)
		e, day := kit.NewEntry("如 2026-12-04"), kit.Bold("")
		e.OnChanged = func(string) { s.changed() }
		c.Always = true
		c.OnChanged = func() {
			if e.Hidden = c.One() != own; !e.Hidden {
				s.settle()
				kit.Focus(e)
			}
			s.changed()
		}
		return input{object: container.NewVBox(c, e, day), first: c, put: func(o office.Order) {
			e.SetText(strings.TrimPrefix(o.Due, unsaid))
			switch e.Hidden = o.Due == ""; {
			case o.Due != "":
				c.Choose(own)
			case o.Hard:
				c.Choose(hard)
			default:
				c.Choose(usual)
			}
		}, take: func(o *office.Order) {
			o.Due, o.Hard = "", c.One() == hard
			if c.One() == own {
				if o.Due = strings.TrimSpace(e.Text); o.Due == "" {
					o.Due = unsaid
				}
			}
		}, told: func(o office.Order, m matter.Move) {
			says := show.Spoken(m.Term)
			if says != "" {
				says = "到 " + says
			}
			if more != nil {
				says += more(s, o)
			}
			day.Hidden = says == ""
			day.SetText(says)
		}}
	}}
}
