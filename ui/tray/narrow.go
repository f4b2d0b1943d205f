package tray

import (
	"fmt"
	"maps"
	"strings"

	"fyne.io/fyne/v2"

	"lianluo.local/ui/kit"
)

// stand is what can be taken back: the basket, what the list is narrowed by, what is ticked.
type stand struct {
	basket, words string
	marked        map[string]bool
}

// remember keeps where things stand, before they change.
func (p *Page) remember() {
	p.before = append(p.before[max(0, len(p.before)-99):], stand{p.basket, p.words, maps.Clone(p.marked)})
}

// undo takes back the last tick, narrowing or turn to another basket. What was done with a matter stays done.
func (p *Page) undo() {
	if len(p.before) == 0 {
		p.host.Say(kit.Plain, "没有可以撤销的。已经办了的不能撤销，可以再办一次。")
		return
	}
	last := p.before[len(p.before)-1]
	p.before = p.before[:len(p.before)-1]
	turned := last.basket != p.basket
	p.words, p.marked = last.words, last.marked
	if turned {
		p.show(last.basket)
		return
	}
	p.list()
}

func (p *Page) mark() {
	v, ok := p.table.Chosen()
	if !ok {
		return
	}
	if p.remember(); p.marked[v.ID] {
		delete(p.marked, v.ID)
	} else {
		p.marked[v.ID] = true
	}
	p.moved = true
	p.redraw()
}

func (p *Page) markAll() {
	p.remember()
	for _, v := range p.table.Rows() {
		p.marked[v.ID] = true
	}
	p.moved = true
	p.redraw()
}

// Back takes the ticks away, then what the list is narrowed by; false where there is neither.
func (p *Page) Back() bool {
	switch {
	case len(p.marked) > 0:
		p.remember()
		clear(p.marked)
		p.redraw()
	case p.words != "":
		p.only("")
	default:
		return false
	}
	return true
}

// only narrows the list to what has some words.
func (p *Page) only(words string) {
	p.remember()
	p.words = strings.TrimSpace(words)
	p.list()
}

// narrow asks what the list is to be narrowed by.
func (p *Page) narrow() {
	found := kit.Bold("")
	count := func(words string) {
		n := 0
		for _, v := range p.all {
			if v.Has(words) {
				n++
			}
		}
		found.SetText(fmt.Sprintf("这个篮子里 %d 件，有这些的 %d 件。", len(p.all), n))
	}
	e := kit.NewEntry("例如：紧急　袁家庄　pspw")
	e.SetText(p.words)
	e.OnChanged = count
	count(p.words)
	var s *kit.Dialog
	take := func(words string) {
		s.Close()
		p.only(words)
		p.table.Focus()
	}
	e.OnEnter = func() { take(e.Text) }
	s = kit.Show(p.host.Canvas(), "筛选", kit.Rows(kit.Hint("写联络站、类别、紧急程度、承办单位、事由或编号中的字，首字母也行；几样用空格分开。"), e, found),
		fyne.NewSize(640, 340), kit.NewButton("不筛了", "Esc", false, func() { s.Close(); p.table.Focus() }),
		kit.NewButton("看全部", "", false, func() { take("") }), kit.NewButton("筛选", "Enter", true,
			func() { take(e.Text) }))
	kit.Focus(e)
}

// copy puts the numbers of the ticked matters, or of the chosen one, where they can be pasted from.
func (p *Page) copy() {
	var numbers []string
	for _, v := range p.with() {
		numbers = append(numbers, v.Number)
	}
	if numbers != nil {
		fyne.CurrentApp().Clipboard().SetContent(strings.Join(numbers, "\n"))
		p.host.Say(kit.Plain, "已复制编号 "+strings.Join(numbers[:min(3, len(numbers))],
			"、")+map[bool]string{true: fmt.Sprintf(" 等 %d 个", len(numbers))}[len(numbers) > 3])
	}
}
