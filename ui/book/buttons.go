package book

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
)

// best is the paper that is usually wanted in a state.
func (p *Page) best(ks []paper.Kind) string {
	m := p.matter
	want := "receipt"
	switch {
	case m.State == matter.Guided:
		want = "guide"
	case m.State.Citizen():
		want = "answer-card"
	case p.role != journal.Station:
		want = "assignment"
	}
	for _, k := range ks {
		if k.Code == want {
			return want
		}
	}
	if len(ks) > 0 {
		return ks[0].Code
	}
	return ""
}

// buttons are what is to be done next, the likeliest in red, the papers, and a way to what is rare.
func (p *Page) buttons() fyne.CanvasObject {
	m, now, rare := p.matter, words.List{}, words.List{}
	acts := p.actions.Acts(m.Matter)
	if p.actions.Propose != nil {
		acts = slices.DeleteFunc(acts, func(w words.Word) bool { return w.Code == "suggest" }) // that is what comes of it
	}
	for _, w := range acts {
		if slices.Contains(likely[m.State], w.Code) || w.Code == "urge" && m.Overdue || w.Code == "inform-term" || slices.Contains(wishes, w.Code) {
			now = append(now, w)
		} else {
			rare = append(rare, w)
		}
	}
	rank := func(w words.Word) int {
		return (slices.Index(likely[m.State], w.Code) + len(matter.Acts)) % len(matter.Acts)
	}
	slices.SortStableFunc(now, func(a, b words.Word) int { return rank(a) - rank(b) })
	m.row = nil
	for i, w := range now {
		m.row = append(m.row, kit.NewButton(w.Name+"…", "", i == 0 && m.State.Open(), func() { p.do(w.Code) }))
	}
	switch {
	case !p.proposes(m.View):
	case m.Mode == "suggestion" && m.State.Open():
		m.row = append(m.row, kit.NewButton("形成代表建议…", "", false, p.propose))
	default:
		rare = append(rare, words.Word{Code: propose, Name: "形成代表建议"})
	}
	if p.prints() {
		m.row = append(m.row, kit.NewButton("打印…", "Ctrl+P", false, p.choosePaper))
	}
	if p.actions.Return != nil && m.State != matter.Void {
		m.row = append(m.row, kit.NewButton("安排回访…", "", false, func() { p.actions.Return(m.View) }))
	}
	if m.Known() {
		m.row = append(m.row, m.reveal)
		if p.actions.Held != nil {
			rare = append(rare, words.Word{Code: held, Name: "查本人信息"})
		}
	}
	if len(rare) > 0 {
		m.row = append(m.row, kit.NewButton("更多…", "", false, func() { p.more(rare) }))
	}
	row := kit.NewFlow()
	for _, b := range m.row {
		row.Add(b)
	}
	return row
}

// proposes says whether a suggestion may grow from a matter.
func (p *Page) proposes(v ledger.View) bool {
	return p.actions.Propose != nil && v.State != matter.Void && v.Suggestion == ""
}

// propose is the code of what is no act of the matter itself.
const propose = "propose"

// held is the code of the paper of all that is kept about somebody.
const held = "held"

// propose makes a suggestion of the open matter, or of the chosen one.
func (p *Page) propose() {
	v, ok := p.table.Chosen()
	if p.matter != nil {
		v, ok = p.matter.View, true
	}
	switch {
	case p.actions.Propose == nil:
	case ok && p.proposes(v):
		p.actions.Propose([]ledger.View{v})
	case ok:
		p.host.Say(kit.Plain, v.Number+" 现在是“"+v.State.String()+"”，不用再形成建议。")
	default:
		p.actions.Propose(nil)
	}
}

// do opens the sheet of an act.
func (p *Page) do(act string) {
	p.host.Say(kit.Plain, "") // what came of the last
	switch act {
	case "correct":
		p.correct()
	case "void":
		p.void()
	case "redact":
		p.redact()
	case held:
		p.actions.Held(p.matter.View)
	case propose:
		p.propose()
	default:
		p.actions.Ask(act, []ledger.View{p.matter.View}, func([]office.Outcome) {
			if p.matter != nil {
				p.matter.acted = true
			}
			p.Shown()
		})
	}
}

// more offers what is rarely done with the open matter.
func (p *Page) more(rare words.List) {
	m := p.matter
	box := container.NewVBox()
	var first *kit.Button
	for _, w := range rare {
		b := kit.NewButton(w.Name+"…", "", false, func() {
			m.sheet.Close()
			p.do(w.Code)
		})
		if box.Add(b); first == nil {
			first = b
		}
	}
	m.sheet = kit.Show(p.host.Canvas(), "更多 "+m.Number, kit.Scroll(box), fyne.NewSize(520, 560),
		kit.NewButton("不办了", "Esc", false, func() { m.sheet.Close() }))
	kit.Focus(first)
}

// choosePaper offers the papers that make sense of the open matter, the likeliest with the focus.
func (p *Page) choosePaper() {
	m := p.matter
	ks := p.actions.Papers(m.Matter)
	best := p.best(ks)
	slices.SortStableFunc(ks, func(a, b paper.Kind) int {
		return map[bool]int{true: 1}[b.Code == best] - map[bool]int{true: 1}[a.Code == best]
	})
	box := container.NewVBox()
	var first *kit.Button
	for _, k := range ks {
		b := kit.NewButton(k.Name, "", k.Code == best, func() {
			m.sheet.Close()
			p.actions.Print(k.Code, []ledger.View{m.View})
		})
		if box.Add(b); first == nil {
			first = b
		}
	}
	m.sheet = kit.Show(p.host.Canvas(), "打印 "+m.Number, kit.Scroll(box), fyne.NewSize(520, 560),
		kit.NewButton("不打了", "Esc", false, func() { m.sheet.Close() }))
	kit.Focus(first)
}
