package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"lianluo.local/app/courier"
	"lianluo.local/ui/kit"
)

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
		kit.Column[courier.Far]{Title: "最近消息", Width: 5.5, Text: func(f courier.Far) string { return cmp.Or(ago(f.Last, p.courier.Now()), "还没有") }},
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
	return &side{"far", container.NewBorder(nil, kit.Card(container.NewVBox(a.lines.Container, a.well)), nil, nil, a.table.Container), a.text, a.show}
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
		list = []trouble{{"", f.Name + "：" + since + "。请问一问" + a.via(f) + "：是它停了，还是没有转上来。", false, call}}
	}
	a.lines.show(f.Via, a.via(f), list)
	if a.well.Hidden = f.Silent; !a.well.Hidden {
		a.well.SetText(f.Name + "：✓ 一切正常，不用做什么。")
	}
}
