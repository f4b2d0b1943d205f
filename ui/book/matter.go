package book

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/show"
)

// details is one matter, open.
type details struct {
	ledger.View
	bare   bool // name, phone and address are shown whole
	acted  bool // something was done with it here that the page does not show yet
	object fyne.CanvasObject
	back   *kit.Button
	reveal *kit.Button
	row    []*kit.Button // all at the foot, what is most likely done next first
	known  *container.Scroll
	talk   *container.Scroll
	sheet  *kit.Dialog
	grew   []suggestion.Suggestion // from it
	doors  []*kit.Button           // to those
}

// Open shows a matter in place of the list.
func (p *Page) Open(v ledger.View) {
	if p.matter != nil {
		p.object.Remove(p.matter.object)
	}
	p.matter = &details{View: v}
	p.draw()
	p.list.Hide()
	p.host.Say(kit.Plain, "")
	p.onward()
	p.suggested()
	if v.Confidential || v.Session != "" { // a list does not know what it lacks, or where it was raised
		p.again()
	}
}

// suggested asks for the suggestions that grew from the open matter.
func (p *Page) suggested() {
	m := p.matter
	if p.actions.Grew == nil {
		return
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) ([]suggestion.Suggestion, error) {
		return p.actions.Grew(ctx, m.ID)
	}, func(list []suggestion.Suggestion, err error) {
		if err != nil || p.matter != m || reflect.DeepEqual(list, m.grew) {
			return
		}
		c := p.host.Canvas()
		answered := slices.ContainsFunc(list, func(s suggestion.Suggestion) bool { return s.Class() > 0 })
		waits := m.grew == nil && m.State == matter.Suggested && !answered && c != nil && len(m.row) > 0 && c.Focused() == m.row[0]
		m.grew = list
		if p.redraw(); waits { // what is next is done there
			kit.Focus(p.matter.doors[0])
		}
	})
}

// grown are the suggestions that grew from the open matter; Enter on its button opens one.
func (p *Page) grown(top *fyne.Container) {
	m := p.matter
	m.doors = nil
	for _, s := range m.grew {
		open := kit.NewButton("看代表建议", "", false, func() { p.actions.Proposed(s.ID) })
		m.doors = append(m.doors, open)
		top.Add(container.NewBorder(nil, nil, nil, open, kit.Text("代表建议　"+suggestion.Kind.Called(&s)+"　"+s.State.String())))
	}
}

// onward gives the keyboard to what is likely done next.
func (p *Page) onward() {
	if kit.Focus(p.matter.back); len(p.matter.row) > 0 {
		kit.Focus(p.matter.row[0])
	}
}

// Back goes from a matter to the list; false where the list is shown already.
func (p *Page) Back() bool {
	if p.matter == nil {
		return false
	}
	p.object.Remove(p.matter.object)
	p.matter = nil
	p.host.Say(kit.Plain, "")
	p.list.Show()
	p.table.Focus()
	return true
}

// Print does what the button 打印 of the open matter does.
func (p *Page) Print() {
	switch {
	case p.matter == nil:
		p.host.Say(kit.Plain, "请先打开一件，再按 Ctrl+P 打印它的单据。")
	case p.prints():
		p.choosePaper()
	}
}

// prints says whether there are papers of the open matter now.
func (p *Page) prints() bool {
	m := p.matter
	return m.State != matter.Void && len(p.actions.Papers(m.Matter)) > 0
}

// again asks for the open matter; it is drawn anew only where it has changed, and then the focus and what is scrolled
// to stay.
func (p *Page) again() {
	m := p.matter
	p.suggested()
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (ledger.View, error) {
		return p.ledger.Show(ctx, m.Number)
	}, func(v ledger.View, err error) {
		if err == nil && p.matter == m && (v.Version != m.Version || v.DaysLeft != m.DaysLeft ||
			v.Lacking() != m.Lacking() || v.Sitting != m.Sitting) {
			m.View = v
			p.redraw()
		}
	})
}

func (p *Page) redraw() {
	m := p.matter
	held := ""
	for _, b := range slices.Concat(m.row, m.doors, []*kit.Button{m.back, m.reveal}) {
		if p.host.Canvas() != nil && p.host.Canvas().Focused() == b {
			held = b.Text
		}
	}
	known, talk := m.known.Offset, m.talk.Offset
	p.draw()
	m.known.ScrollToOffset(known)
	m.talk.ScrollToOffset(talk)
	for _, b := range slices.Concat(m.row, m.doors, []*kit.Button{m.back, m.reveal}) {
		if held != "" && b.Text == held && !m.acted {
			kit.Focus(b)
			return
		}
	}
	if held != "" || m.acted { // what had it cannot be done any more
		m.acted = false
		p.onward()
	}
}

func (p *Page) draw() {
	m := p.matter
	if m.object != nil {
		p.object.Remove(m.object)
	}
	m.back = kit.NewButton("返回", "Esc", false, func() { p.Back() })
	head := kit.Bold(named(m.View))
	head.SizeName = look.Title
	top := container.NewVBox(container.NewBorder(nil, nil, container.NewVBox(m.back), nil, head), p.standing())
	if moves := m.Untold(); len(moves) > 0 && p.role == journal.Station {
		n := kit.NewNotice()
		n.Say(kit.Soon, fmt.Sprintf("回执上答应的 %s 改到了 %s，群众还不知道。请告诉他，或者重打一张回执给他。", show.Date(moves[0].From),
			show.Date(m.Due)))
		top.Add(n.Container)
	}
	for _, c := range m.Conflicts {
		n := kit.NewNotice()
		if c.Field == thing.Handled {
			n.Say(kit.Bad, "别处同时也办了这件，其中一步没有生效，都写在经过里。请核对，需要的话再办一次。")
			top.Add(n.Container)
			continue
		}
		n.Say(kit.Bad, fmt.Sprintf("“%s”在两台电脑上都改过，现在用的是后一次的。请核对，不对就再更正一次。", matter.Kind.Names(&m.Matter, c.Field)))
		top.Add(n.Container)
	}
	p.grown(top)
	m.reveal = kit.NewButton("显示全部信息", "", false, func() {
		turn := func() {
			m.bare = !m.bare
			p.redraw()
			kit.Focus(p.matter.reveal)
		}
		if m.bare {
			turn()
			return
		}
		show.Reveal(p.host, p.actions.Reveal, m.Number, turn)
	})
	if m.bare {
		m.reveal.SetText("遮住个人信息")
	}
	talk := container.NewVBox()
	for _, e := range m.Timeline() {
		talk.Add(p.said(e))
	}
	m.known, m.talk = kit.Scroll(kit.Facts(p.facts())), kit.Scroll(container.NewPadded(talk))
	work := kit.Shares(kit.Card(m.known),
		kit.Card(container.NewBorder(kit.Bold("经过"), nil, nil, nil, m.talk)))
	m.object = container.New(layout.NewCustomPaddedLayout(4, 8, 16, 16),
		container.NewBorder(top, p.buttons(), nil, nil, work))
	p.object.Add(m.object)
	p.object.Refresh() // adding alone asks for no new picture
}

// standing is the strip of the seven steps under one sentence.
func (p *Page) standing() fyne.CanvasObject {
	m := p.matter
	line := kit.Text(m.Number + "　" + m.Status())
	line.Importance = show.Tone(m.View).Importance()
	if m.State == matter.Void {
		return line
	}
	if m.Owner() != "" {
		line.SetText(fmt.Sprintf("%s　%s，%s。", m.Number, p.turn(), m.Status()))
	}
	box := container.NewVBox(line, show.Steps(m.View, p.actions.Steps))
	if m.Mode == "guide" && m.State.Open() {
		box.Add(kit.Hint(office.Law))
	}
	return box
}

// turn says whose turn it is.
func (p *Page) turn() string {
	m := p.matter
	who := p.unit(m.Owner())
	switch {
	case (m.State == matter.Assigned || m.State == matter.InHand) && len(m.Units) > 0:
		return "由" + m.Units[0] + "办理，" + who + "跟踪"
	case m.State == matter.Merged:
		return "并入 " + m.IntoNumber + " 一起办，" + who + "跟踪"
	case (m.State == matter.Guiding || m.State == matter.Consulting) && len(m.Guides) > 0:
		return "由" + strings.Join(m.Guides, "、") + "办理"
	}
	return "轮到" + who
}

// said is one line of the history, as somebody said it.
func (p *Page) said(e thing.Event) fyne.CanvasObject {
	who := p.unit(e.Unit)
	if e.By != "" {
		who += " " + e.By
	}
	head := kit.Hint(e.At.In(p.matter.Occurred.Location()).Format("2006年1月2日 15:04") + "　" + who)
	head.SizeName = look.Small
	return container.NewStack(kit.Ground(look.Rail), kit.Snug(head, kit.Text(show.Done(e))))
}

func (p *Page) unit(code string) string {
	if code == p.ledger.Unit {
		return map[bool]string{true: "本站", false: "本单位"}[p.role == journal.Station]
	}
	return places.Of(code).Brief
}

// likely are the acts that usually follow a state, the likeliest first.
var likely = map[matter.State][]string{
	matter.Registered: {"collate"}, matter.Answered: {"rate"}, matter.Collated: {"assign", "escalate"},
	matter.Escalated: {"assign", "return"}, matter.Returned: {"assign"},
	matter.Assigned: {"sign", "answer"}, matter.InHand: {"answer", "extend"}, matter.Guiding: {"answer"},
	matter.Consulting: {"answer"}, matter.Suggested: {"answer"},
	matter.Replied: {"inform", "inform-deputy"}, matter.ToldDeputy: {"inform"}, matter.Told: {"rate"},
	matter.Unreached: {"inform", "rate"},
	matter.Redoing:   {"redo", "assign"}, matter.Promised: {"answer"}, matter.Unrated: {"rate"},
	matter.Guided: {"reopen"}, matter.Withdrawn: {"reopen"}, matter.Void: {"reopen"},
}

// wishes are the acts by which deputies take on what citizens order: they are offered only then.
var wishes = []string{"offer", "accept", "pass"}
