package proposal

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/assets/places"
	"lianluo.local/data/problem"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// open is a suggestion shown in place of the list, with what it grew from.
type open struct {
	suggestion.Suggestion
	matters []grown
	similar []suggestion.Suggestion // of this and earlier years, as long as it can still be written
}

// grown is a matter that it grew from, as far as this computer knows it.
type grown struct {
	suggestion.Link
	ledger.View
	known bool
}

// Open shows a suggestion in place of the list.
func (p *Page) Open(s suggestion.Suggestion) {
	p.open = &open{Suggestion: s}
	p.host.Say(kit.Plain, "")
	p.whole()
	p.again()
}

func (p *Page) openChosen() {
	if s, ok := p.table.Chosen(); ok && p.open == nil {
		p.Open(s)
	}
}

// Back goes from a suggestion to the list, and there takes back what was looked for; false where there is nothing to take
// back.
func (p *Page) Back() bool {
	switch {
	case p.stage.Back():
		p.open = nil
		p.host.Say(kit.Plain, "")
		p.table.Focus()
	case p.search.Text != "":
		p.search.SetText("")
		p.table.Focus()
	default:
		return false
	}
	return true
}

// again asks for the open one; it is drawn anew only where it has changed.
func (p *Page) again() {
	o := p.open
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (now open, err error) {
		if now.Suggestion, err = p.docket.Find(ctx, o.ID); err != nil {
			return now, err
		}
		if now.State.Step() <= 3 && now.Title != "" {
			if now.similar, err = p.docket.Similar(ctx, now.Suggestion, 5); err != nil {
				return now, err
			}
		}
		for _, l := range now.Matters {
			g := grown{Link: l}
			g.View, err = p.ledger.Show(ctx, l.ID)
			var none problem.Problems
			var spoken interface{ Sentence() string }
			if g.known = err == nil; err != nil && !errors.As(err, &none) && !errors.As(err, &spoken) {
				return now, err
			}
			now.matters = append(now.matters, g)
		}
		slices.SortStableFunc(now.matters, func(a, b grown) int { return a.rank() - b.rank() })
		return now, nil
	}, func(now open, err error) {
		if err != nil || p.open != o || reflect.DeepEqual(now, *o) {
			return
		}
		p.open = &now
		p.whole()
	})
}

// rank puts first those whose citizens wait.
func (g grown) rank() int {
	switch {
	case !g.known:
		return 2
	case g.Told != "":
		return 1
	}
	return 0
}

// told says whether the citizen of a matter was told what became of it.
func (g grown) told(answered bool) string {
	switch {
	case !g.known:
		return "内容不在本机"
	case g.Told != "":
		return g.Masked() + "　" + show.Date(g.Told) + "已告知，" + words.Ways.Name(g.TellWay)
	case !answered:
		return g.Masked() + "　等答复"
	}
	return g.Masked() + "　还没有告知"
}

// hints are what is usually found wanting, as long as it can still be written.
func (p *Page) hints(s suggestion.Suggestion) []string {
	if s.State > suggestion.Inviting {
		return nil
	}
	return docket.Hints(s)
}

func (p *Page) whole() {
	o := p.open
	s := o.Suggestion
	w := show.Whole{Title: title(s), Over: []fyne.CanvasObject{p.standing(s)}}
	if s.State < suggestion.Joined {
		w.Over = append(w.Over, show.Strip(p.strip(s)))
	}
	w.Over = append(w.Over, show.Contests(&suggestion.Kind, &o.Suggestion, place)...)
	w.Known = p.page(s)
	side := container.NewVBox()
	if hints := p.hints(s); len(hints) > 0 {
		side.Add(kit.Bold("请看一看，不影响提交"))
		side.Add(kit.Text("· " + strings.Join(hints, "\n· ")))
	}
	p.similar(side)
	p.grown(side)
	if w.Called = "往来"; len(side.Objects) > 0 {
		w.Called = "由来和往来"
		side.Add(kit.Bold("往来"))
	}
	side.Add(p.talk(s))
	w.Beside = side
	w.Acts = p.buttons(s)
	p.stage.Put(w, func() { p.Back() })
}

func place(code string) string { return places.Of(code).Where }

// strip is how far it has come, a step each.
func (p *Page) strip(s suggestion.Suggestion) (steps []show.Step) {
	days := [7]string{2: s.FirstHand, 1: s.Registered, 6: s.Ended}
	for _, g := range s.Signers {
		days[0] = max(days[0], g.Signed)
	}
	for _, u := range s.Units {
		days[3] = max(days[3], u.Answered)
	}
	for _, g := range s.Signers {
		days[4] = max(days[4], g.Delivered)
	}
	days[5] = s.Rating().On
	for i, called := range suggestion.Steps {
		step := show.Step{Called: called, Word: "未到"}
		switch here := s.State.Step() - 1; {
		case i < here || s.State == suggestion.Closed:
			step.Word, step.Done = strings.TrimSpace("✓ "+strings.TrimPrefix(days[i], p.docket.Now().Format("2006-"))), true
		case i == here:
			step.Word, step.Here, step.Tone = s.State.String(), true, p.tone(s)
		}
		steps = append(steps, step)
	}
	return steps
}

// similar are those that were proposed before about the same, each with what was answered.
func (p *Page) similar(side *fyne.Container) {
	if len(p.open.similar) == 0 {
		return
	}
	side.Add(kit.Bold("以前相近的建议"))
	for _, o := range p.open.similar {
		number := map[bool]string{true: o.Number + " 号"}[o.Number != ""]
		lines := []fyne.CanvasObject{kit.Text(join([]string{strings.TrimSpace(o.Congress + " " + number), title(o), o.State.String()}))}
		for _, a := range o.Standing() {
			lines = append(lines, kit.Hint("答复 "+strings.TrimSpace(p.letter(a.As())+"　"+short(o.Texts[a.Mark], 90))))
		}
		look := kit.NewButton("看", "", false, func() { p.Open(o) })
		side.Add(container.NewBorder(nil, nil, nil, container.NewVBox(look), kit.Snug(lines...)))
	}
}

// few is how many matters stand on the page; of more there is a list.
const few = 5

// grown are the matters that it grew from, those first whose citizens wait.
func (p *Page) grown(side *fyne.Container) {
	o := p.open
	if len(o.Matters) == 0 {
		return
	}
	answered := o.Class() > 0
	head := fmt.Sprintf("由 %d 件事项形成", len(o.Matters))
	waits := 0
	for _, g := range o.matters {
		if g.known && g.Told == "" {
			waits++
		}
	}
	if answered && waits > 0 {
		head += fmt.Sprintf("，%d 件的群众还没有告知", waits)
	}
	top := kit.Bold(head)
	if answered && waits > 0 {
		top.Importance = kit.Bad.Importance()
	}
	side.Add(top)
	for _, g := range o.matters[:min(few, len(o.matters))] {
		side.Add(p.one(g, answered))
	}
	if len(o.matters) > few {
		side.Add(container.NewHBox(kit.NewButton(fmt.Sprintf("全部 %d 件…", len(o.matters)), "", false, p.allGrown)))
	}
}

func (g grown) line() string {
	if !g.known {
		return g.Number + "　" + place(g.Station)
	}
	return g.View.Number + "　" + g.Title + "　" + g.State.String()
}

func (p *Page) one(g grown, answered bool) fyne.CanvasObject {
	told := kit.Hint(g.told(answered))
	if answered && g.rank() == 0 {
		told.Importance = kit.Bad.Importance()
	}
	text := kit.Snug(kit.Text(g.line()), told)
	if p.actions.Matter == nil || !g.known {
		return text
	}
	look := kit.NewButton("看", "", false, func() { p.actions.Matter(g.ID) })
	return container.NewBorder(nil, nil, nil, container.NewVBox(look), text)
}

// allGrown lists all matters that the open one grew from.
func (p *Page) allGrown() {
	o := p.open
	answered := o.Class() > 0
	var on *kit.Dialog
	t := kit.NewTable("", kit.Column[grown]{Title: "编号", Width: 11.2, Text: func(g grown) string { return g.Number }},
		kit.Column[grown]{Title: "事由", Least: 8, Text: func(g grown) string { return g.Title }},
		kit.Column[grown]{Title: "状态", Width: 6.2,
			Text: func(g grown) string { return map[bool]string{true: g.State.String()}[g.known] }},
		kit.Column[grown]{Title: "群众", Width: 15, Text: func(g grown) string { return g.told(answered) },
			Tone: func(g grown) kit.Tone { return map[bool]kit.Tone{true: kit.Bad}[answered && g.rank() == 0] }})
	t.OnOpen = func(g grown) {
		if g.known && p.actions.Matter != nil {
			on.Close()
			p.actions.Matter(g.ID)
		}
	}
	t.Set(o.matters)
	on = kit.Show(p.host.Canvas(), fmt.Sprintf("形成这件建议的 %d 件事项", len(o.matters)), t.Container, fyne.NewSize(1100, 900),
		kit.NewButton("不看了", "Esc", false, func() { on.Close() }))
	t.Choose(0)
	t.Focus()
}

// buttons are what is likely done next, the likeliest in red, the papers, and a way to what is rare.
func (p *Page) buttons(s suggestion.Suggestion) (row []*kit.Button) {
	usual, rare := p.usual(s), words.List{}
	now := words.List{}
	for _, w := range p.docket.Acts(s) {
		switch {
		case w.Code == usual:
			now = slices.Insert(now, 0, w)
		case slices.Contains(likely[s.State], w.Code):
			now = append(now, w)
		default:
			rare = append(rare, w)
		}
	}
	for _, w := range now {
		key := map[bool]string{true: "空格"}[w.Code == usual]
		row = append(row, kit.NewButton(w.Name+"…", key, w.Code == usual, func() { p.ask(w.Code, s) }))
	}
	if p.actions.Print != nil && len(p.papers(s)) > 0 {
		row = append(row, kit.NewButton("打印…", "Ctrl+P", false, p.Print))
	}
	if len(rare) > 0 {
		row = append(row, kit.NewButton("更多…", "M", false, p.others))
	}
	return row
}

// others offers what else may be done with the open or the chosen one.
func (p *Page) others() {
	s, ok := p.about()
	if !ok {
		return
	}
	var options []kit.Option
	for _, w := range p.docket.Acts(s) {
		options = append(options, kit.Option{Code: w.Code, Text: w.Name + "…"})
	}
	if len(options) == 0 {
		p.host.Say(kit.Plain, "这件现在没有本单位要办的。")
		return
	}
	p.pick("办什么 "+brief(s), options, func(do string) { p.ask(do, s) })
}

// pick asks which of a few is meant.
func (p *Page) pick(title string, options []kit.Option, then func(code string)) {
	box := container.NewVBox()
	var on *kit.Dialog
	var first *kit.Button
	for _, o := range options {
		b := kit.NewButton(o.Text, "", false, func() { on.Close(); then(o.Code) })
		if box.Add(b); first == nil {
			first = b
		}
	}
	on = kit.Show(p.host.Canvas(), title, kit.Scroll(box), fyne.NewSize(560, 600),
		kit.NewButton("不办了", "Esc", false, func() { on.Close() }))
	kit.Focus(first)
}
