package tray

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// decision is what one key does.
type decision struct {
	key        fyne.KeyName
	mark, word string
	do         string // an act, with its mode where it has one; "" prints
	paper      string // what it prints, or what the act is printed on afterwards
}

// department hands a matter over to those who handle it; assignments prints what they get.
var (
	department  = decision{fyne.Key3, "3", "交部门", "assign department", "assignment"}
	assignments = decision{fyne.KeyP, "P", "打印交办单", "", "assignment"}
)

// decisions are all of them, in the order of the buttons.
var decisions = []decision{
	{fyne.Key1, "1", "引导", "assign guide", ""}, {fyne.Key2, "2", "协商", "assign consult", ""}, department,
	{fyne.Key4, "4", "代表建议", "suggest", ""}, {fyne.Key5, "5", "上报", "escalate", ""},
	{fyne.KeyR, "R", "退回", "return", ""},
	{fyne.KeyM, "M", "并案", "merge", ""}, {fyne.KeyG, "G", "签收", "sign", ""}, {fyne.KeyA, "A", "录入答复", "answer", ""},
	{fyne.KeyO, "O", "重办", "redo", ""}, {fyne.KeyL, "L", "延期", "extend", ""}, {fyne.KeyU, "U", "催办", "urge", "urging"},
	{fyne.KeyV, "V", "督办", "supervise", "supervision"}, {fyne.KeyN, "N", "领办", "lead", ""}, assignments,
	{fyne.KeyI, "I", "打印催办单", "", "urging"}, {fyne.KeyJ, "J", "打印督办单", "", "supervision"},
}

// act is the bare act of a decision.
func (d decision) act() string {
	do, _, _ := strings.Cut(d.do, " ")
	return do
}

// with are the matters that a decision is about: the marked ones, else the chosen one.
func (p *Page) with() (vs []ledger.View) {
	for _, v := range p.table.Rows() {
		if p.marked[v.ID] {
			vs = append(vs, v)
		}
	}
	if v, ok := p.table.Chosen(); ok && vs == nil {
		vs = []ledger.View{v}
	}
	return vs
}

// about are the matters that a decision is about now. What was just done goes to another basket, and its paper is
// printed from here all the same, until somebody turns to others that have one.
func (p *Page) about(d decision) (vs []ledger.View, fresh bool) {
	vs = p.with()
	if d.do == "" && d.paper == p.kind && len(p.fresh) > 0 && (!p.moved || !p.lit(d, vs)) {
		return p.fresh, true
	}
	return vs, false
}

// lit says whether a decision may be taken about all of them.
func (p *Page) lit(d decision, vs []ledger.View) bool {
	for _, v := range vs {
		if d.do != "" && !v.May(d.act(), p.office.Settings.Unit) {
			return false
		}
		if d.do == "" {
			if k, ok := paper.ByCode(d.paper); !ok || !k.Fits(v.Matter) {
				return false
			}
		}
	}
	return len(vs) > 0
}

func (p *Page) decide(d decision) {
	vs, _ := p.about(d)
	if !p.lit(d, vs) {
		if len(vs) > 0 {
			p.host.Say(kit.Plain, fmt.Sprintf("%s 现在是“%s”，不能“%s”。", vs[0].Number, vs[0].State, d.word))
		} else if len(p.table.Rows()) > 0 {
			p.host.Say(kit.Plain, "请先用 ↑↓ 选一件。")
		}
		return
	}
	if d.do == "" {
		p.actions.Print(d.paper, vs)
		return
	}
	p.actions.Ask(d.do, vs, func(list []office.Outcome) { p.done(d, vs, list) })
}

// done goes on to the next matter, and keeps what was done to be printed.
func (p *Page) done(d decision, vs []ledger.View, list []office.Outcome) {
	p.fresh, p.kind = nil, d.paper
	for i, v := range vs {
		if i < len(list) && list[i].Err == nil {
			if v = p.ledger.After(v, list[i].Matter); p.lit(decision{paper: d.paper}, []ledger.View{v}) {
				p.fresh = append(p.fresh, v)
			}
		}
	}
	p.next = show.After(p.table, vs)
	clear(p.marked)
	p.Shown()
	p.table.Focus()
}
