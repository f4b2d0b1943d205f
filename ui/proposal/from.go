package proposal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/data/matter"
	"lianluo.local/data/suggestion"
	"lianluo.local/ui/kit"
)

// gather is the dialog in which the matters are chosen that a suggestion is to grow from.
type gather struct {
	p      *Page
	on     *kit.Dialog
	search *kit.Entry
	table  *kit.Table[ledger.Match]
	said   *kit.Notice
	count  *kit.Label
	ticked map[string]bool
	asked  int
	busy   bool
}

// From lets somebody choose the matters that a suggestion is to grow from: some are chosen already, those that may be
// about the same stand below them, others are searched for. Who leaves it without a draft goes back, where that is anywhere.
func (p *Page) From(vs []ledger.View, back func()) {
	g := &gather{p: p, search: kit.NewEntry("再找别的事项：几个字、编号"), said: kit.NewNotice(), count: kit.Bold(""), ticked: map[string]bool{}}
	p.gather = g
	type column = kit.Column[ledger.Match]
	g.table = kit.NewTable("写几个字，找出要形成建议的事项。",
		column{Title: "选", Width: 1.2, Click: g.tick,
			Text: func(m ledger.Match) string { return map[bool]string{true: "✓"}[g.ticked[m.ID]] }},
		column{Title: "编号", Width: 11.2, Text: func(m ledger.Match) string { return m.Number }},
		column{Title: "事由", Least: 8, Text: func(m ledger.Match) string { return m.Title }},
		column{Title: "状态", Width: 6.2, Text: func(m ledger.Match) string { return m.State.String() }},
		column{Title: "为什么", Width: 9, Spare: true, Text: reasons},
		column{Title: "反映人", Width: 3.5, Spare: true, Text: func(m ledger.Match) string { return m.Masked() }})
	var rows []ledger.Match
	for _, v := range vs {
		g.ticked[v.ID] = true
		rows = append(rows, ledger.Match{View: v})
	}
	g.table.Set(rows)
	g.table.OnOpen = g.tick
	g.search.OnChanged = func(string) { g.find() }
	g.search.OnKey = func(k fyne.KeyName) bool {
		if k != fyne.KeyDown && k != fyne.KeyReturn && k != fyne.KeyEnter {
			return false
		}
		g.focus()
		return true
	}
	content := container.NewBorder(container.NewVBox(kit.Hint("空格（或点一下“选”）打勾。草稿里有件数、人次和遮住姓名的摘要，具体建议留给代表自己写。"),
		g.search, g.said.Container), g.count, nil, nil, g.table.Container)
	leave := func() {
		if g.on.Close(); back != nil {
			back()
		}
	}
	g.on = kit.Show(p.host.Canvas(), "由哪些事项形成代表建议", content, fyne.NewSize(1180, 900),
		kit.NewButton("不办了", "Esc", false, leave),
		kit.NewButton("拟一份草稿", "Ctrl+Enter", true, g.draft))
	kit.Keys[kit.Key{Name: fyne.KeyEscape}] = leave
	kit.Keys[kit.Key{Name: fyne.KeySpace}] = func() {
		if m, ok := g.table.Chosen(); ok {
			g.tick(m)
		}
	}
	for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		kit.Keys[kit.Key{Name: name, Ctrl: true}] = g.draft
	}
	g.counted()
	if kit.Focus(g.search); len(rows) > 0 {
		g.focus()
		g.alike(vs)
	} else {
		g.find()
	}
}

// reasons are why a matter is offered, or that one grew from it already.
func reasons(m ledger.Match) string {
	if m.Suggestion != "" {
		return "已经形成建议"
	}
	return strings.Join(m.Why, "、")
}

// focus lets the arrows move among the matters.
func (g *gather) focus() {
	if _, ok := g.table.Chosen(); !ok {
		g.table.Choose(0)
	}
	g.table.Focus()
}

func (g *gather) tick(m ledger.Match) {
	g.ticked[m.ID] = !g.ticked[m.ID]
	g.table.Update(g.table.Came(), alike)
	g.counted()
}

func alike(a, b ledger.Match) bool { return a.ID == b.ID }

// chosen are those that are ticked.
func (g *gather) chosen() (numbers []string) {
	for _, m := range g.table.Came() {
		if g.ticked[m.ID] {
			numbers = append(numbers, m.ID)
		}
	}
	return numbers
}

func (g *gather) counted() { g.count.SetText(fmt.Sprintf("已选 %d 件。", len(g.chosen()))) }

// most is how many that may be about the same are offered.
const most = 30

// alike offers what may be about the same as some.
func (g *gather) alike(vs []ledger.View) {
	g.ask(func(ctx context.Context) (found []ledger.Match, err error) {
		for _, v := range vs[:min(len(vs), 10)] {
			ms, err := g.p.ledger.Alike(ctx, v, most)
			if err != nil {
				return nil, err
			}
			found = append(found, ms...)
		}
		return found, nil
	})
}

// find offers what has some words; where none are written, the newest of which something may still become.
func (g *gather) find() {
	q := ledger.Query{Text: strings.TrimSpace(g.search.Text), Limit: most}
	if q.Text == "" {
		q.States = matter.Choose(func(s matter.State) bool { return s.Open() && s != matter.Suggested })
	}
	g.ask(func(ctx context.Context) (found []ledger.Match, err error) {
		page, err := g.p.ledger.Page(ctx, q)
		for _, v := range page.Matters {
			found = append(found, ledger.Match{View: v})
		}
		return found, err
	})
}

// ask shows what is found below those that are ticked.
func (g *gather) ask(find func(context.Context) ([]ledger.Match, error)) {
	g.asked++
	n, typed := g.asked, strings.TrimSpace(g.search.Text)
	kit.Do(g.p.host.Run, g.p.host.Context, find, func(found []ledger.Match, err error) {
		if n != g.asked {
			return
		}
		if err != nil {
			g.said.Say(kit.Bad, g.p.host.Explain(err))
			return
		}
		none := ""
		if len(found) == 0 && typed != "" {
			none = "没有找到“" + typed + "”，请换几个字，或写编号。"
		}
		g.said.Say(kit.Plain, none)
		rows := slices.DeleteFunc(slices.Clone(g.table.Came()), func(m ledger.Match) bool { return !g.ticked[m.ID] })
		for _, m := range found {
			if m.State != matter.Void && !slices.ContainsFunc(rows, func(had ledger.Match) bool { return alike(had, m) }) {
				rows = append(rows, m)
			}
		}
		g.table.Update(rows, alike)
		g.counted()
	})
}

// draft makes the draft, and shows it.
func (g *gather) draft() {
	numbers := g.chosen()
	if g.busy {
		return
	}
	g.busy = true
	type made struct {
		s   suggestion.Suggestion
		odd []string
	}
	kit.Do(g.p.host.Run, g.p.host.Context, func(ctx context.Context) (m made, err error) {
		m.s, m.odd, err = g.p.docket.Draft(ctx, g.p.by, numbers...)
		return m, err
	}, func(m made, err error) {
		if g.busy = false; err != nil {
			g.said.Say(kit.Bad, g.p.host.Explain(err))
			return
		}
		g.on.Close()
		g.p.after(m.s)
		g.p.tell(suggestion.Write, m.s, m.odd)
		g.p.Open(m.s)
		g.p.host.Say(kit.Good, "草稿拟好了："+docket.Weigh(g.weighed(numbers)).String()+"。请代表写具体建议。")
	})
}

// weighed are the matters of some IDs.
func (g *gather) weighed(ids []string) (ms []matter.Matter) {
	for _, m := range g.table.Came() {
		if slices.Contains(ids, m.ID) {
			ms = append(ms, m.Matter)
		}
	}
	return ms
}
