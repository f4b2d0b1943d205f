package today

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/ui/kit"
)

// dates are the cards of the calendar.
func (p *Page) dates(ctx context.Context) (cards []card, err error) {
	if p.Coming == nil {
		return nil, nil
	}
	c, err := p.Coming(ctx)
	if err != nil {
		return nil, err
	}
	agenda := func() { p.host.Go("agenda") }
	for _, s := range c.Tonight {
		var names []string
		for _, who := range s.Awaited() {
			names = append(names, who.Name)
		}
		one := card{"今天 " + s.From + " " + s.Title(), strings.Join(names, "、"), "看安排", false, "agenda", agenda}
		if s.Kind == "reception" && p.station {
			one.button, one.page, one.do = "今晚接待", "evening", func() { p.host.Go("evening") }
		}
		cards = append(cards, one)
	}
	if c.Late > 0 {
		cards = append(cards, card{fmt.Sprintf("%d 场没有按时公告", c.Late), "接待要提前公告，改期、取消的要贴更正公告", "去公告", true, "agenda", agenda})
	}
	if c.Due > 0 {
		cards = append(cards, card{fmt.Sprintf("%d 场明天前要公告", c.Due), "打印公告，贴出来以后在日程里记一下", "去公告", false, "agenda", agenda})
	}
	if n := len(c.Wanting); n > 0 {
		cards = append(cards, card{fmt.Sprintf("%d 处安排要换人", n), c.Wanting[0], "去换人", true, "agenda", agenda})
	}
	if len(c.Silent) > 0 {
		names := strings.Join(c.Silent[:min(3, len(c.Silent))], "、")
		cards = append(cards, card{fmt.Sprintf("%d 位代表还没答复来不来", len(c.Silent)), names, "去看看", false, "agenda", agenda})
	}
	return cards, nil
}

// counted are the baskets that are told on cards, with what to say of n matters and what the button says.
var counted = []struct {
	code, says, button string
	bad                bool
}{
	{"tell", "有 %d 件可以告诉群众了", "去告诉", false}, {"moved", "%d 件要告诉群众：答应的日子改了", "去告诉", true},
	{"redo", "%d 件群众不满意，要重办", "去看看", true},
	{"late", "%d 件超期", "去催办", true}, {"promises", "%d 件答应办的日子到了", "去看看", true}, {"returned", "%d 件部门退回", "重新交办", true},
	{"new", "%d 件等着交办", "去办", false},
	{"collate", "%d 件等着梳理", "去梳理", false}, {"unreached", "%d 件联系不上群众", "再联系", false},
	{"rate", "%d 件等群众评议", "登记评议", false}, {"expired", "%d 件过了保存期", "核对后隐去", false},
}

// most is how many cards a volunteer can take in at once.
const most = 6

// waiting are the cards of the baskets that are not empty, and of what nobody rated in time.
func (p *Page) waiting(ctx context.Context) (cards []card, err error) {
	bs := p.ledger.Baskets()
	ns, err := p.ledger.Counts(ctx, bs)
	if err != nil {
		return nil, err
	}
	rounds, err := p.rounds(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range counted {
		for i, b := range bs {
			if b.Code == "expired" && c.code == b.Code {
				ns[i] += len(rounds)
			}
			// a table's own card tells what is late
			if b.Code != c.code || ns[i] == 0 || b.Code == "late" && p.station {
				continue
			}
			do, page := func() { p.open(b) }, map[bool]string{true: "book", false: "tray"}[p.station]
			if b.Code == "collate" {
				page = b.Code
			}
			if b.Code == "expired" && p.Redact != nil {
				do = func() { p.expired(b) }
			}
			cards = append(cards, card{fmt.Sprintf(c.says, ns[i]), b.Hint, c.button, c.bad, page, do})
		}
	}
	over, err := p.ledger.Lapsed(ctx)
	if err == nil && over > 0 && p.Lapse != nil {
		cards = append(cards, card{fmt.Sprintf("%d 件评议期已满", over), "群众没有评，按“未评价”归档", "一键归档", false, "book", p.lapse})
	}
	return cards, err
}

// exchange are the cards of what is to be seen to on the page 报送.
func (p *Page) exchange(ctx context.Context) (cards []card, err error) {
	if p.Exchange == nil {
		return nil, nil
	}
	notes, err := p.Exchange(ctx)
	for _, n := range notes {
		page := cmp.Or(n.Page, "exchange")
		do := n.Do
		if do == nil {
			do = func() { p.host.Go(page) }
		}
		cards = append(cards, card{n.Says, n.Takes, n.Button, n.Grave, page, do})
	}
	return cards, err
}

func (p *Page) open(b ledger.Basket) {
	switch {
	case b.Code == "collate":
		p.host.Go("collate")
	case p.Basket != nil:
		p.Basket(b)
	}
}

func (p *Page) lapse() {
	kit.Do(p.host.Run, p.host.Context, p.Lapse, func(n int, err error) {
		if err != nil {
			p.host.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.host.Say(kit.Good, fmt.Sprintf("%d 件已归档，群众以后交来评议卡还可以登记。", n))
		p.Shown()
	})
}

func (p *Page) pressing() {
	if p.Pressing != nil {
		p.Pressing()
		return
	}
	p.host.Go("book")
}

func (p *Page) unconfirmed() {
	if p.Waiting != nil {
		p.Waiting()
		return
	}
	p.host.Go("roster")
}

// termed are the baskets of suggestions by how near their end they are, proposed those of what is to be done at a station and
// at an office, what is pressing first.
var (
	termed   = []string{"due", "ten", "soon", "half"}
	proposed = map[bool][]string{true: {"untold", "unrated", "inviting", "drafting"},
		false: {"promises", "untold", "double", "register", "examine", "assign", "sign", "unreviewed", "deliver", "unrated"}}
)

// docketed are the cards of what waits among suggestions: by its term, and to be done.
func (p *Page) docketed(ctx context.Context) (cards []card, err error) {
	if p.Docket == nil {
		return nil, nil
	}
	bs, err := p.Docket(ctx)
	if err != nil {
		return nil, err
	}
	for _, list := range [][]string{termed, proposed[p.station]} {
		var says []string
		var first docket.Basket
		for _, code := range list {
			for _, b := range bs {
				if b.Code == code && b.Count > 0 {
					if says = append(says, fmt.Sprintf("%s %d", b.Name, b.Count)); len(says) == 1 {
						first = b
					}
				}
			}
		}
		if len(says) > 0 {
			do := func() { p.Proposals(first.Code) }
			cards = append(cards, card{"代表建议：" + strings.Join(says[:min(4, len(says))], "、"), first.What, "去看看",
				first.Code == "due" || first.Code == "untold", "proposal", do})
		}
	}
	return cards, nil
}
