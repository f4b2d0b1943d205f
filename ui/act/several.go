package act

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

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
	question *kit.Notice // whether a name that is on no list is meant so
	offered  []string
	strange  func(string) bool // a name is only taken after somebody said that it is meant so; nil for none
	chosen   []string          // in the order in which they were chosen
}

// some asks for several names; say reads them back.
func some(hint string, offered func(*attempt) []string, say func([]string) string,
	of func(*office.Order) *[]string) func(*attempt) input {
	return func(s *attempt) input { return listed(s, hint, offered(s), nil, say, of) }
}

// departments asks for the units that are to handle a matter; one that the county's list does not have is taken only
// when somebody says so.
func departments(s *attempt) input {
	return listed(s, "单位名中的几个字或首字母，按 Enter 选上；先选的主办", s.office.Profile.Departments, s.office.Stranger, mainFirst,
		func(o *office.Order) *[]string { return &o.To })
}

func listed(s *attempt, hint string, offered []string, strange func(string) bool, say func([]string) string,
	of func(*office.Order) *[]string) input {
	n := &several{attempt: s, entry: kit.NewEntry(hint), chips: kit.NewChips(true), reads: kit.Bold(""),
		offered: offered, strange: strange}
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
	n.narrow()
	return input{object: container.NewVBox(n.entry, n.question.Container, n.chips, n.reads), first: n.entry,
		doubt: n.doubt,
		put: func(o office.Order) {
			n.chosen = slices.DeleteFunc(slices.Clone(*of(&o)), n.stranger)
			n.entry.SetText(strings.Join(slices.DeleteFunc(slices.Clone(*of(&o)),
				func(name string) bool { return !n.stranger(name) }), "、"))
			n.narrow()
		},
		take: func(o *office.Order) { *of(o) = n.names() },
		told: func(office.Order, matter.Move) {
			names := n.names()
			if n.unclear() != "" { // nothing of it is taken yet
				names = n.chosen
			}
			n.reads.Hidden = len(names) == len(n.chosen) && len(names) < 2 // the chips show that already
			n.reads.SetText(say(names))
		}}
}

func (n *several) stranger(name string) bool { return n.strange != nil && n.strange(name) }

// matching are those offered that what is typed may stand for; where there are none, those it has in it.
func (n *several) matching() []string {
	found := office.Named(n.offered, n.entry.Text)
	if len(found) == 0 {
		for _, name := range n.offered {
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
		if found := office.Named(n.offered, name); len(found) > 0 {
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
		if found := office.Named(n.offered, name); len(found) > 1 {
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
	return "没有“" + strings.Join(names, "、") + "”这个单位，就这样写？"
}

func (n *several) accept() {
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
