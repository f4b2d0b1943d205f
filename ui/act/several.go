package act

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
)

// several asks for some of many names, and for names that are not offered. What is typed narrows what is offered; Enter
// takes the first of that, or else the name as it was typed, and, where nothing was typed, goes on.
type several struct {
	attempt  *attempt
	entry    *kit.Entry
	chips    *kit.Chips
	reads    *kit.Label
	reasons  *kit.Label                  // what speaks for those offered
	question *kit.Notice                 // whether a name that is on no list is meant so
	say      func([]string) string       // reads names back
	offers   func() []string             // what is offered, as far as it is known
	find     func(typed string) []string // those that what is typed may stand for
	strange  func(string) bool           // a name is only taken after somebody said that it is meant so; nil for none
	sign     func(string) string         // why somebody is not to be called today, "" for nothing; nil for none
	form     func(string) string         // in which two ways to write one name are the same
	doubts   string                      // asks whether it is, %s the name
	list     []string                    // what is offered
	why      map[string]string           // of those offered
	ids      office.Persons              // who they are on the roster
	chosen   []string                    // in the order in which they were chosen
}

// rows is how high, in letters, what the roster offers may be: it is asked once the sheet stands.
const rows = 12

func newSeveral(s *attempt, hint string, say func([]string) string) *several {
	n := &several{attempt: s, entry: kit.NewEntry(hint), chips: kit.NewChips(true), reads: kit.Bold(""), reasons: kit.Hint(""), say: say}
	n.question = kit.NewNotice(kit.NewButton("就这样写", "Enter", false, func() { n.accept(); kit.Focus(n.entry) }))
	n.entry.OnChanged = func(string) {
		if n.question.Said() != "" {
			n.question.Say(kit.Plain, "")
			s.said.Say(kit.Plain, "")
		}
		n.narrow()
		s.changed()
	}
	n.entry.OnEnter = n.enter
	n.chips.OnChanged = n.toggled
	s.hears = append(s.hears, func() {
		if n.list = n.offers(); n.entry.Text == "" {
			n.put(n.chosen)
		} else {
			n.narrow()
		}
	})
	return n
}

// input is what the field is filled in with; persons (nil for none) says who those named are.
func (n *several) input(of func(*office.Order) *[]string, persons func([]string) office.Persons) input {
	n.list = n.offers()
	n.narrow()
	return input{object: container.NewVBox(n.entry, n.question.Container, n.chips, n.reasons, n.reads), first: n.entry,
		doubt: n.doubt, room: rows * fyne.CurrentApp().Settings().Theme().Size(theme.SizeNameText),
		put: func(o office.Order) { n.put(*of(&o)) },
		take: func(o *office.Order) {
			if *of(o) = n.names(); persons != nil {
				o.Persons = o.Persons.With(persons(*of(o)))
			}
		},
		told: func(office.Order, matter.Move) {
			names := n.names()
			if n.unclear() != "" { // nothing of it is taken yet
				names = n.chosen
			}
			n.reads.Hidden = len(names) == len(n.chosen) && len(names) < 2 // the chips show that already
			n.reads.SetText(n.say(names))
		}}
}

// put shows names: those that nobody knows stand in the entry, so that they are asked about.
func (n *several) put(names []string) {
	n.chosen = slices.DeleteFunc(slices.Clone(names), n.stranger)
	n.entry.SetText(strings.Join(slices.DeleteFunc(slices.Clone(names),
		func(name string) bool { return !n.stranger(name) }), "、"))
	n.narrow()
}

func (n *several) stranger(name string) bool { return n.strange != nil && n.strange(name) }

// matching are those offered that what is typed may stand for; where there are none, those it has in it.
func (n *several) matching() []string {
	if n.entry.Text == "" {
		return n.list
	}
	found := n.find(n.entry.Text)
	if len(found) == 0 {
		for _, name := range n.list {
			if strings.Contains(n.entry.Text, name) {
				found = append(found, name)
			}
		}
	}
	return found
}

// typed are the names that stand in the entry and were not taken yet.
func (n *several) typed() (names []string) {
	for _, name := range spelling.Listed(n.entry.Text) {
		if found := n.find(name); len(found) > 0 {
			name = found[0]
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
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
	switch {
	case n.entry.Text == "":
		n.attempt.next(n.entry)
	case n.question.Said() != "" || !n.unknown():
		n.accept()
	}
}

// doubt asks what is unclear; false where there is nothing to ask.
func (n *several) doubt() bool { return n.ask(n.unclear()) }

// unknown asks about names that no list has; of several that a part of a name stands for, Enter takes the first.
func (n *several) unknown() bool { return n.ask(n.strangers()) }

func (n *several) ask(question string) bool {
	if question != "" {
		n.question.Say(kit.Soon, question)
		n.attempt.settle()
	}
	return question != ""
}

// unclear is the question whether names that no list has are meant so, or which of several a part of a name stands for;
// "" for none.
func (n *several) unclear() string {
	if question := n.strangers(); question != "" {
		return question
	}
	for _, name := range spelling.Listed(n.entry.Text) {
		if found := n.find(name); len(found) > 1 {
			return fmt.Sprintf("“%s”对得上 %d 个，就写“%s”？", name, len(found), found[0])
		}
	}
	return ""
}

func (n *several) strangers() string {
	names := slices.DeleteFunc(n.typed(), func(name string) bool { return !n.stranger(name) })
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(n.doubts, strings.Join(names, "、"))
}

func (n *several) accept() {
	n.chosen = n.names()
	n.entry.SetText("")
}

// narrow offers what was chosen and what matches.
func (n *several) narrow() {
	list := slices.Clone(n.chosen)
	for _, name := range n.matching() {
		if !slices.ContainsFunc(n.chosen, func(had string) bool { return n.one(had, name) }) && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	var os []kit.Option
	var reasons []string
	for _, name := range list {
		o := kit.Option{Code: name, Text: name}
		if n.sign != nil && n.sign(name) != "" {
			o.Text += "（" + n.sign(name) + "）"
		}
		os = append(os, o)
		if why := n.why[name]; why != "" {
			reasons = append(reasons, name+"："+why)
		}
	}
	n.reasons.Hidden = len(reasons) == 0
	n.reasons.SetText(strings.Join(reasons, "\n"))
	n.chips.SetOptions(os)
	n.chips.Choose(n.chosen...)
	n.chips.Hidden = len(os) == 0
}

// one says whether two names are ways to write one, as far as nobody knows two people of it.
func (n *several) one(a, b string) bool {
	x, y := n.ids[a], n.ids[b]
	return n.form(a) == n.form(b) && (x == y || x == "" || y == "")
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
	n.attempt.changed()
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
func deputies(s *attempt) (list []string) {
	for _, v := range s.vs {
		for _, name := range v.Deputies {
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}
