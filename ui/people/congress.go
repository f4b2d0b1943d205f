package people

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"lianluo.local/app/roster"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// line is the seats of a congress as announcements count them: 名额 45 = 实有 43 + 缺额 2.
func line(b roster.Balance) string {
	name := b.Congress + words.Levels.Name(b.Level) + "人大"
	if p, known := places.ByCode(b.Place); known {
		name = p.Name + b.Congress + "人大"
	}
	reserve := ""
	if b.Reserve > 0 {
		reserve = fmt.Sprintf(" + 机动 %d", b.Reserve)
	}
	if b.Wrong {
		return fmt.Sprintf("%s　名额 %d ≠ 实有 %d%s，多了 %d 位，请核对", name, b.Seats, b.Held, reserve, -b.Vacant)
	}
	return fmt.Sprintf("%s　名额 %d = 实有 %d + 缺额 %d%s", name, b.Seats, b.Held, b.Vacant, reserve)
}

// few is how many congresses have their line on the page at once.
const few = 3

// balance shows the lines of the congresses that are looked at: those of the chosen level, or else our own; those that
// do not hold stand there always, in red.
func (p *Page) balance() {
	var wrong, right []string
	for _, b := range p.quotas {
		switch {
		case b.Wrong:
			wrong = append(wrong, line(b))
		case p.got.Level == b.Level || p.got.Level == "" && b.Place == p.roster.Settings.Unit:
			right = append(right, line(b))
		}
	}
	for label, lines := range map[*kit.Label][]string{p.wrong: wrong, p.quota: right} {
		if len(lines) > few {
			lines = append(lines[:few:few], fmt.Sprintf("还有 %d 行", len(lines)-few))
		}
		label.SetText(strings.Join(lines, "\n"))
		label.Hidden = len(lines) == 0
	}
}

// turn is a whole congress that ends: whose mandates, and what they leave undone.
type turn struct {
	order  roster.Order
	name   string
	people []person.Person
	work   []matter.Matter
}

// turnover asks which congress ends on which day (换届), says of how many people, and ends it.
func (p *Page) turnover() {
	if p.open != nil {
		return
	}
	var levels words.List
	for _, w := range words.Levels {
		if person.Keeper(p.roster.Settings.Unit, w.Code) {
			levels = append(levels, w)
		}
	}
	level, _ := terms.Field("level")
	level.Words = levels
	congress, _ := terms.Field("congress")
	where, _ := terms.Field("place")
	where.Hint = "乡镇换届写乡镇名，不写就是全部"
	on := day
	on.Name = "哪一天"
	var t turn
	p.form = p.sheets.Open(show.Sheet{Title: "换届", Hint: "一届的职务在同一天终止，人都留在名册里；新一届从表格导入，或者一位一位登记。先看有多少位，再定。", Yes: "看有多少位",
		Fields: field.List{level, congress, where, on, notice}, Own: p.input,
		Do: func(ctx context.Context, now, _ field.Values) (err error) {
			t, err = p.whose(ctx, now)
			return err
		}, Done: func() { p.sure(t) }})
}

// whose gives who sits in the congress that somebody says, or what is wrong with what he says.
func (p *Page) whose(ctx context.Context, now field.Values) (t turn, err error) {
	t.order = ruled(now, nil)
	t.order.Do, t.order.Place = person.End, now.Text("place")
	if t.people, err = p.roster.Ending(ctx, p.by, t.order); err != nil {
		return t, renamed(err)
	}
	congress, _ := person.Congress(t.order.Congress)
	t.name = congress + words.Levels.Name(t.order.Level) + "人大代表"
	t.work, err = p.roster.Work(ctx, t.people...)
	return t, err
}

// sure says what would happen, and does it once somebody says so.
func (p *Page) sure(t turn) {
	said := fmt.Sprintf("%s %d 位的职务都终止，人留在名册里。", t.name, len(t.people))
	if len(t.work) > 0 {
		said += fmt.Sprintf("他们手头还有 %d 件没有办完，办好以后列出来，请逐件交给新的代表。", len(t.work))
	}
	kit.Ask(p.host.Canvas(), "换届", said, fmt.Sprintf("终止这 %d 位", len(t.people)), func() {
		kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (person.Person, error) {
			return p.roster.Act(ctx, p.by, "", t.order)
		}, func(_ person.Person, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.done(fmt.Sprintf("换届办好了，%d 位的职务已终止。", len(t.people)))
			p.handOver(t)
		})
	})
}

// handOver lists what those who left had in hand.
func (p *Page) handOver(t turn) {
	if len(t.work) == 0 {
		return
	}
	box := kit.Rows(kit.Hint("这些还没有办完，请在台账里打开，交给新的代表或部门。"))
	for _, m := range t.work {
		box.Add(kit.Text(m.Number + "　" + m.Title + "　" + strings.Join(m.Called(), "、")))
	}
	var on *kit.Dialog
	on = kit.Show(p.host.Canvas(), fmt.Sprintf("要交接的 %d 件", len(t.work)), kit.Scroll(box), fyne.NewSize(900, 620),
		kit.NewButton("知道了", "Esc", true, func() { on.Close() }))
}
