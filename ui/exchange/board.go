package exchange

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/courier"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// board shows the units that send to us, and what is said and done about the chosen one.
type board struct {
	p      *Page
	place  *fyne.Container // of the table
	table  *kit.Table[courier.Progress]
	titles []string // of the columns that are shown
	name   *kit.Label
	phone  *kit.Label
	revoke *kit.Button
	lines  *lines
	well   *kit.Label
	said   *container.Scroll
	foot   *fyne.Container // about the chosen one
}

func newBoard(p *Page) *board {
	b := &board{p: p, place: container.NewStack(), name: kit.Bold(""), phone: kit.Hint(""), lines: newLines(p),
		well: kit.Hint("")}
	b.revoke = kit.NewButton("停用…", "", false, b.ask)
	b.shape(nil)
	b.said = kit.Scroll(container.NewVBox(b.lines.Container, b.well))
	return b
}

func (b *board) side() *side {
	head := container.NewBorder(nil, nil, nil, container.NewCenter(b.revoke),
		container.NewGridWithColumns(2, b.name, b.phone))
	b.foot = kit.Card(container.NewBorder(head, nil, nil, nil, b.said))
	return &side{"units", container.NewBorder(nil, b.foot, nil, nil, b.place), b.text, b.show}
}

// column is a column of the board, left out while it is empty for all.
type column struct {
	kit.Column[courier.Progress]
	empty func(courier.Progress) bool // nil for one that always stands
}

func (b *board) columns() []column {
	now := b.p.courier.Now()
	count := func(title string, n func(courier.Progress) uint64) column {
		return column{kit.Column[courier.Progress]{Title: title, Width: 3, Spare: true,
			Text: func(g courier.Progress) string {
				if n(g) == 0 {
					return ""
				}
				return fmt.Sprint(n(g))
			}}, func(g courier.Progress) bool { return n(g) == 0 }}
	}
	word := func(title string, width float32, text func(courier.Progress) string) column {
		return column{kit.Column[courier.Progress]{Title: title, Width: width, Text: text, Spare: true},
			func(g courier.Progress) bool { return text(g) == "" }}
	}
	return []column{
		{kit.Column[courier.Progress]{Title: "单位", Text: func(g courier.Progress) string { return g.Name }}, nil},
		{kit.Column[courier.Progress]{Title: "最近联系", Width: 5.5,
			Text: func(g courier.Progress) string { return cmp.Or(ago(g.LastHeard, now), "还没有") }}, nil},
		{kit.Column[courier.Progress]{Title: "收到/共", Width: 4.5,
			Text: func(g courier.Progress) string { return fmt.Sprintf("%d/%d", g.Stored, g.Sent) }}, nil},
		count("缺", courier.Progress.Missing),
		count("等待", func(g courier.Progress) uint64 { return uint64(g.Waiting) }),
		count("冲突", func(g courier.Progress) uint64 { return uint64(g.Conflicts) }),
		word("程序", 3, older),
		word("时钟", 5, func(g courier.Progress) string {
			if g.Clock == 0 {
				return ""
			}
			return clock(g.Clock)
		}),
		word("密钥", 5, func(g courier.Progress) string {
			switch {
			case g.Revoked:
				return "停用"
			case g.Renewing:
				return "已换新密钥"
			}
			return ""
		}),
		{kit.Column[courier.Progress]{Title: "问题", Text: func(g courier.Progress) string {
			var words []string
			for _, t := range b.troubles(g) {
				words = append(words, t.short)
			}
			return cmp.Or(strings.Join(words, "；"), "✓ 正常")
		}, Tone: b.tone}, nil},
	}
}

// shape makes the table anew where other columns have something to show than before.
func (b *board) shape(rows []courier.Progress) {
	var shown []kit.Column[courier.Progress]
	var titles []string
	for _, c := range b.columns() {
		if c.empty == nil || slices.ContainsFunc(rows, func(g courier.Progress) bool { return !c.empty(g) }) {
			shown, titles = append(shown, c.Column), append(titles, c.Title)
		}
	}
	if slices.Equal(titles, b.titles) {
		return
	}
	b.titles = titles
	b.table = kit.NewTable("还没有单位接入。怎么接入，看“等待接入”。", shown...)
	b.table.OnChosen = b.tell
	b.place.Objects = []fyne.CanvasObject{b.table.Container}
	b.place.Refresh()
}

func (b *board) troubles(g courier.Progress) []trouble { return troubles(g, "它", b.p.courier.Now()) }

// tone is red where somebody should do something, amber where it is enough to know.
func (b *board) tone(g courier.Progress) kit.Tone {
	switch list := b.troubles(g); {
	case g.Revoked:
		return kit.Plain
	case grave(list):
		return kit.Bad
	case len(list) > 0:
		return kit.Soon
	}
	return kit.Good
}

func (b *board) text(s seen) string {
	if len(s.below) == 0 && b.p.courier.Settings.Role == journal.Station { // most stations have nobody below
		return ""
	}
	used, bad := map[string]bool{}, 0
	for _, g := range s.below {
		if !g.Revoked {
			used[g.Unit] = true
		}
		if b.tone(g) == kit.Bad {
			bad++
		}
	}
	switch {
	case len(used) == 0:
		return "还没有单位接入"
	case bad > 0:
		return fmt.Sprintf("已接入 %d 个，%d 个要看一看", len(used), bad)
	}
	return fmt.Sprintf("已接入 %d 个", len(used))
}

func (b *board) show(s seen) {
	chosen, ok := b.table.Chosen()
	b.shape(s.below)
	b.table.Update(s.below, func(x, y courier.Progress) bool { return x.Replica == y.Replica })
	at := slices.IndexFunc(s.below, func(g courier.Progress) bool { return ok && g.Replica == chosen.Replica })
	if _, still := b.table.Chosen(); !still {
		b.table.Choose(max(at, 0)) // the most urgent
	}
	g, ok := b.table.Chosen()
	if b.foot.Hidden = !ok; ok {
		b.tell(g)
	}
}

// tell says about the chosen unit what its line cannot.
func (b *board) tell(g courier.Progress) {
	b.name.SetText(g.Name)
	b.phone.SetText("电话 " + cmp.Or(b.p.seen.phones[g.Unit], "没有留"))
	b.revoke.Hidden = g.Revoked
	list := b.troubles(g)
	b.lines.show(g.Unit, g.Name, list)
	b.well.SetText("")
	if b.well.Hidden = len(list) > 0; !b.well.Hidden {
		b.well.SetText("✓ 一切正常，不用做什么。")
	}
	height := kit.Bold("国\n国").MinSize().Height // of one sentence; the table gets the rest
	if len(list) > 1 {
		height *= 1.6
	}
	b.said.SetMinSize(fyne.NewSize(0, height))
	b.said.ScrollToTop()
}

func (b *board) ask() {
	g, ok := b.table.Chosen()
	if !ok {
		return
	}
	says := "电脑丢了、换了才要停用。停用以后这台电脑写的都不再收，以前收到的都还在；要恢复，重新核对校验号接入。"
	if slices.ContainsFunc(b.p.seen.below, func(o courier.Progress) bool {
		return o.Unit == g.Unit && !o.Revoked &&
			o.Replica != g.Replica
	}) {
		says += "这个单位还有别的电脑在用，只停用选中的这一台"
		if g.Compared != "" && g.Print != "" {
			says += "（校验号 " + kit.Fours(g.Print) + "）"
		}
		says += "，请先打电话核对。"
	}
	kit.Ask(b.p.host.Canvas(), "停用 "+g.Name, says, "停用", func() {
		b.p.act(func(ctx context.Context) error { return b.p.courier.Out(ctx, g.Replica) },
			func() string { return "已停用 " + g.Name + "，以前收到的都还在。" }, b.p.failed)
	})
}

// afar shows who is heard of through others only, and who of them is silent.
type afar struct {
	p     *Page
	table *kit.Table[courier.Far]
	lines *lines
	well  *kit.Label
}

func newAfar(p *Page) *afar {
	a := &afar{p: p, lines: newLines(p), well: kit.Hint("")}
	a.table = kit.NewTable("下级的下面还没有单位。",
		kit.Column[courier.Far]{Title: "单位", Text: func(f courier.Far) string { return f.Name }},
		kit.Column[courier.Far]{Title: "经由", Text: func(f courier.Far) string { return a.via(f) }},
		kit.Column[courier.Far]{Title: "最近消息", Width: 5.5,
			Text: func(f courier.Far) string { return cmp.Or(ago(f.Last, p.courier.Now()), "还没有") }},
		kit.Column[courier.Far]{Title: "情况", Width: 6.5, Text: func(f courier.Far) string {
			if f.Silent {
				return "很久没消息"
			}
			return "✓ 正常"
		}, Tone: func(f courier.Far) kit.Tone { return map[bool]kit.Tone{true: kit.Bad, false: kit.Good}[f.Silent] }})
	a.table.OnChosen = a.tell
	return a
}

func (a *afar) side() *side {
	return &side{"far", container.NewBorder(nil, kit.Card(container.NewVBox(a.lines.Container, a.well)), nil, nil,
		a.table.Container), a.text, a.show}
}

// via names the office through which we hear of one.
func (a *afar) via(f courier.Far) string {
	for _, g := range a.p.seen.below {
		if g.Unit == f.Via {
			return g.Name
		}
	}
	return f.Via
}

func (a *afar) text(s seen) string {
	silent := 0
	for _, f := range s.far {
		if f.Silent {
			silent++
		}
	}
	switch {
	case len(s.far) == 0:
		return ""
	case silent > 0:
		return fmt.Sprintf("更下一级 %d 个，%d 个没消息", len(s.far), silent)
	}
	return fmt.Sprintf("更下一级 %d 个", len(s.far))
}

func (a *afar) show(s seen) {
	rows := slices.Clone(s.far)
	slices.SortStableFunc(rows, func(x, y courier.Far) int {
		silent := func(f courier.Far) int { return map[bool]int{true: 0, false: 1}[f.Silent] }
		return cmp.Or(silent(x)-silent(y), strings.Compare(x.Unit, y.Unit))
	})
	a.table.Update(rows, func(x, y courier.Far) bool { return x.Unit == y.Unit })
	if _, ok := a.table.Chosen(); !ok {
		a.table.Choose(0)
	}
	if f, ok := a.table.Chosen(); ok {
		a.tell(f)
	}
}

// tell says about the chosen one whom to ask.
func (a *afar) tell(f courier.Far) {
	var list []trouble
	if now := a.p.courier.Now(); f.Silent {
		since := "从来没有消息"
		if f.Last != "" {
			since = "最近的消息是" + ago(f.Last, now)
		}
		list = []trouble{{"", f.Name + "：" + since + "。请问一问" + a.via(f) + "：是它停了，还是没有转上来。", false, courier.Call}}
	}
	a.lines.show(f.Via, a.via(f), list)
	if a.well.Hidden = f.Silent; !a.well.Hidden {
		a.well.SetText(f.Name + "：✓ 一切正常，不用做什么。")
	}
}
