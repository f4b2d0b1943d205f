package book

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lianluo.local/app/ledger"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// details is one matter, open.
type details struct {
	ledger.View
	bare   bool // name, phone and address are shown whole
	object fyne.CanvasObject
	back   *kit.Button
	reveal *kit.Button
	sheet  *kit.Sheet
}

// Open shows a matter in place of the list.
func (p *Page) Open(v ledger.View) {
	if p.matter != nil {
		p.object.Remove(p.matter.object)
	}
	p.matter = &details{View: v}
	p.draw()
	p.list.Hide()
	kit.Focus(p.matter.back)
}

// Back goes from a matter to the list; false where the list is shown already.
func (p *Page) Back() bool {
	if p.matter == nil {
		return false
	}
	p.object.Remove(p.matter.object)
	p.matter = nil
	p.list.Show()
	p.table.Focus()
	return true
}

// Print prints the receipt of the matter that is open.
func (p *Page) Print() {
	switch {
	case p.matter == nil:
		p.host.Say(kit.Plain, "请先打开一件，再按 Ctrl+P 打印它的回执。")
	case p.actions.Print != nil && p.matter.State != matter.Void:
		p.actions.Print(p.matter.View)
	}
}

// again asks for the open matter; it is drawn anew only where it has changed.
func (p *Page) again() {
	m := p.matter
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (ledger.View, error) {
		return p.ledger.Show(ctx, m.Number)
	}, func(v ledger.View, err error) {
		if err == nil && p.matter == m && (v.Version != m.Version || v.DaysLeft != m.DaysLeft) {
			m.View = v
			p.draw()
		}
	})
}

func (p *Page) draw() {
	m := p.matter
	if m.object != nil {
		p.object.Remove(m.object)
	}
	m.back = kit.NewButton("返回", "Esc", false, func() { p.Back() })
	head := kit.Bold(title(m.View))
	head.SizeName = look.Title
	top := container.NewVBox(container.NewBorder(nil, nil, container.NewVBox(m.back), nil, head), p.standing())
	for _, c := range m.Conflicts {
		n := kit.NewNotice()
		n.Say(kit.Bad, fmt.Sprintf("“%s”在两台电脑上都改过，现在用的是后一次的。请核对，不对就再更正一次。", problem.Field(c.Field)))
		top.Add(n.Container)
	}
	m.reveal = kit.NewButton("显示全部信息", "", false, func() {
		m.bare = !m.bare
		p.draw()
		kit.Focus(p.matter.reveal)
	})
	if m.bare {
		m.reveal.SetText("遮住个人信息")
	}
	talk := container.NewVBox()
	for _, e := range m.History {
		talk.Add(p.said(e))
	}
	work := container.New(shares{}, kit.Card(container.NewVScroll(facts(p.facts()))),
		kit.Card(container.NewBorder(kit.Bold("经过"), nil, nil, nil, container.NewVScroll(container.NewPadded(talk)))))
	m.object = container.New(layout.NewCustomPaddedLayout(4, 8, 16, 16), container.NewBorder(top, p.buttons(), nil, nil, work))
	p.object.Add(m.object)
}

// standing is the strip of the seven steps under one sentence.
func (p *Page) standing() fyne.CanvasObject {
	m := p.matter
	line := kit.Text(m.Number + "　" + m.Status())
	line.Importance = tone(m.View).Importance()
	if m.State == matter.Void {
		return line
	}
	note := ""
	if m.Owner() != "" {
		who := "本站"
		if p.role != journal.Station {
			who = ledger.PlaceName(m.Unit)
		}
		line.SetText(fmt.Sprintf("%s　现在由%s办理，%s。", m.Number, who, m.Status()))
		switch {
		case m.Due == "":
			note = "正在办"
		case m.Overdue:
			note = fmt.Sprintf("超期%d天", -m.DaysLeft)
		case m.DaysLeft == 0:
			note = "今天到期"
		default:
			note = fmt.Sprintf("剩%d天", m.DaysLeft)
		}
	}
	return container.NewVBox(line, kit.Steps(matter.Steps[:], m.State.Step(), note))
}

// said is one line of the history, as somebody said it.
func (p *Page) said(e matter.Event) fyne.CanvasObject {
	who := p.unit(e.Unit)
	if e.By != "" {
		who += " " + e.By
	}
	head := kit.Hint(e.At.In(p.matter.Occurred.Location()).Format("2006年1月2日 15:04") + "　" + who)
	head.SizeName = look.Small
	act := matter.ActName(e.Do)
	if act == "" {
		act = e.Do
	}
	if e.Note != "" {
		act += "：" + e.Note
	}
	return container.NewStack(kit.Ground(look.Rail), container.New(snug{}, head, kit.Text(act)))
}

func (p *Page) unit(code string) string {
	switch {
	case len(code) == 12: // an office
		place, _ := places.ByCode(code)
		return place.Name + "人大"
	case p.role == journal.Station && code == p.matter.Unit:
		return "本站"
	}
	return ledger.PlaceName(code)
}

func (p *Page) buttons() fyne.CanvasObject {
	m, row := p.matter, container.NewHBox()
	if m.Private != (matter.Private{}) {
		row.Add(m.reveal)
	}
	row.Add(layout.NewSpacer())
	add := func(offered bool, text, key string, primary bool, do func()) {
		if offered && m.State != matter.Void {
			row.Add(kit.NewButton(text, key, primary, do))
		}
	}
	station := p.role == journal.Station
	add(station && p.actions.Void != nil, "作废…", "", false, p.void)
	add(station && p.actions.Correct != nil, "更正…", "", false, p.correct)
	add(p.actions.Preview != nil, "预览回执", "", false, func() { p.actions.Preview(m.View) })
	add(p.actions.Print != nil, "打印回执", "Ctrl+P", true, p.Print)
	return row
}

// shares gives three fifths of the width to the first and what is left to the second.
type shares struct{}

func (shares) MinSize(os []fyne.CanvasObject) fyne.Size {
	a, b := os[0].MinSize(), os[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+8, max(a.Height, b.Height, 160))
}

func (shares) Layout(os []fyne.CanvasObject, size fyne.Size) {
	w := (size.Width - 8) * 0.62
	os[0].Resize(fyne.NewSize(w, size.Height))
	os[1].Move(fyne.NewPos(w+8, 0))
	os[1].Resize(fyne.NewSize(size.Width-w-8, size.Height))
}
