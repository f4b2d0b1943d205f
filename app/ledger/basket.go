package ledger

import (
	"context"
	"fmt"
	"slices"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Basket is a pile of matters that wait for the same thing, as pages and cards show them.
type Basket struct {
	Code, Name string
	Hint       string // what to do with them, one sentence
	Filter     Filter
}

// Baskets gives the piles of our unit, most pressing first. At a table they are what the citizen is still owed and
// what waits to be sorted; at an office what came in, what came back, and what is handled, here and below.
func (l *Ledger) Baskets() []Basket {
	today, tomorrow := l.Now().Format(time.DateOnly), l.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	here := func(states ...matter.State) Filter { return Filter{Holder: l.Unit, States: states} }
	mine := func(states ...matter.State) Filter { return Filter{Unit: l.Unit, States: states} }
	late := func(f Filter) Filter { f.Overdue = today; return f }
	handled := []matter.State{matter.Guiding, matter.Consulting, matter.Assigned, matter.InHand, matter.Suggested}
	kept := Basket{"promises", "承诺到期", "答应办的日子到了，请办理单位再答复一次。", here(matter.Promised)}
	kept.Filter.Overdue = tomorrow // on the promised day itself
	adrift := Basket{"adrift", "并案落空", "并到的那一件已经作废、撤回或者也并走了，请分开（并案），另行办理。", Filter{Holder: l.Unit, Adrift: true}}
	expired := Basket{"expired", "过了保存期", fmt.Sprintf("办完已满 %d 个月，不该再留姓名电话了，请核对后隐去。", l.Retain),
		Filter{Unit: l.Unit, Expired: l.Expiry()}}
	redo := Basket{"redo", "不满意重办", "群众不满意，一个月内重新办理并再答复。", here(matter.Redoing)}
	if unit.LevelOf(l.Unit) == journal.Station {
		return []Basket{
			{"tell", "可以告诉群众了", "答复到了，请打印反馈卡，当面或打电话告诉群众。", mine(matter.Replied, matter.ToldDeputy)},
			{"moved", "改期没告诉", "回执上答应的日子改了，请告诉群众，或者给他换一张回执。", Filter{Unit: l.Unit, Untold: true}},
			{"unreached", "暂时联系不上", "请换个时间再联系；实在联系不上的可以归档。", mine(matter.Unreached)},
			{"rate", "请群众评议", "已经告诉群众，请收回评议卡。", mine(matter.Told)},
			redo, kept, adrift, expired,
			{"collate", "等着梳理", "请看看有没有同一件事，补全类别和拟办意见。", here(matter.Registered)},
			{"wished", "点单没人接", "请一位代表接单；两位都没接的，请站长定。", Filter{Holder: l.Unit, Wishes: []matter.Wish{matter.Wished, matter.Refused}}},
			{"offered", "等代表答复", "已经请了代表接单，请在期限前问他接不接。", Filter{Holder: l.Unit, Wishes: []matter.Wish{matter.Offered}}},
			{"new", "等着交办", "已经梳理，请交给代表或部门办理，办不了的上报。", here(matter.Collated, matter.Escalated, matter.Returned)},
			{"handled", "正在办理", "本站交办的，快到期的请催一催。", here(handled...)},
			{"late", "超期", "期限已过，请催办。", late(Filter{})},
		}
	}
	return []Basket{
		{"new", "新来的", "各站报上来的，请定办理方式和承办单位。", here(matter.Escalated, matter.Collated)},
		{"returned", "部门退回", "部门说不归它管，请重新交办。", here(matter.Returned)},
		redo, kept, adrift,
		{"sign", "等着签收", fmt.Sprintf("已交办，部门还没有签收；应在 %d 个工作日内签收。", l.Sign), here(matter.Assigned)},
		{"handled", "正在办理", "部门答复来了，在这里录入。", here(matter.InHand, matter.Guiding, matter.Consulting, matter.Suggested)},
		{"late", "超期", "期限已过，请催办或督办。", late(Filter{})},
		{"below", "下级正在办", "还在站里、下级手里的，上级能看、能催。", Filter{Beneath: l.Unit, States: matter.OpenStates()}},
	}
}

// Expiry is the day (a date) before which a matter must have ended for its citizen's data to be kept too long.
func (l *Ledger) Expiry() string { return l.Now().AddDate(0, -l.Retain, 0).Format(time.DateOnly) }

// Counts says how many matters lie in each basket.
func (l *Ledger) Counts(ctx context.Context, bs []Basket) (ns []int, err error) {
	for _, b := range bs {
		if _, err := l.narrowed(ctx, &b.Filter, ""); err != nil {
			return nil, err
		}
		n, err := view.Count(ctx, l.Store, b.Filter)
		if err != nil {
			return nil, err
		}
		ns = append(ns, n)
	}
	return ns, nil
}

// Lapsed counts what our table told its citizens and nobody rated within the time for it.
func (l *Ledger) Lapsed(ctx context.Context) (int, error) {
	over := Filter{Unit: l.Unit, States: []matter.State{matter.Told}, Overdue: l.Now().Format(time.DateOnly)}
	return view.Count(ctx, l.Store, over)
}

// Match is a matter that may be about the same thing as another.
type Match struct {
	View
	Why []string // 同一地点, 同一类别, 说法相近
}

// early are the states of a matter that nobody answered yet.
func early() []matter.State {
	return matter.Choose(func(s matter.State) bool { return s.Open() && s.Step() < 6 })
}

// Alike gives open matters that may be about the same thing as one, the likeliest first: the same place, the same
// category, words in common. One reason alone is not enough unless it is the words.
func (l *Ledger) Alike(ctx context.Context, v View, limit int) (ms []Match, err error) {
	e, err := l.eyes(ctx)
	if err != nil || !e.all {
		return nil, err
	}
	near := view.Filter{Station: v.Station[:min(9, len(v.Station))], States: early()}
	fs, err := view.Page(ctx, l.Store, near, 0, 500)
	if err != nil {
		return nil, err
	}
	own := grams(v.Title + v.Words)
	var scores []int
	for _, f := range fs {
		if f.ID == v.ID || f.Into == v.ID {
			continue
		}
		m, score := Match{View: l.view(e, f)}, 0
		if v.Place != "" && f.Place != "" && shared(grams(v.Place), grams(f.Place)) >= 50 {
			m.Why, score = append(m.Why, "同一地点"), score+1
		}
		if v.Category != "" && v.Category == f.Category {
			m.Why, score = append(m.Why, "同一类别"), score+1
		}
		words := shared(grams(v.Title), grams(f.Title))
		if words = max(words, shared(own, grams(f.Title+f.Words))); words >= 30 {
			m.Why, score = append(m.Why, "说法相近"), score+2+words/34
		}
		if score < 2 {
			continue
		}
		at := len(ms)
		for at > 0 && scores[at-1] < score {
			at--
		}
		ms, scores = slices.Insert(ms, at, m), slices.Insert(scores, at, score)
	}
	return ms[:min(limit, len(ms))], nil
}

// Mergeable gives the matters that one may be merged with, limit at most: those that are alike, with the reasons,
// then the others that wait at the same desk, newest first.
func (l *Ledger) Mergeable(ctx context.Context, v View, limit int) (ms []Match, err error) {
	e, err := l.eyes(ctx)
	if err != nil || !e.all {
		return nil, err
	}
	if ms, err = l.Alike(ctx, v, limit); err != nil {
		return nil, err
	}
	fs, err := view.Page(ctx, l.Store, view.Filter{Holder: v.Holder, States: early()}, 0, limit)
	for _, f := range fs {
		if !slices.ContainsFunc(ms, func(m Match) bool { return m.ID == f.ID }) {
			ms = append(ms, Match{View: l.view(e, f)})
		}
	}
	ms = slices.DeleteFunc(ms, func(m Match) bool {
		return m.ID == v.ID || m.State == matter.Merged || m.State.Citizen() || m.Confidential != v.Confidential
	})
	return ms[:min(limit, len(ms))], err
}

// grams are the pairs of neighbouring letters of a text.
func grams(s string) map[string]bool {
	rs, set := []rune(spelling.Letters(s)), map[string]bool{}
	for i := 0; i+1 < len(rs); i++ {
		set[string(rs[i:i+2])] = true
	}
	return set
}

// shared says how many per cent of the smaller set the other has, too.
func shared(a, b map[string]bool) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for g := range a {
		if b[g] {
			n++
		}
	}
	return 100 * n / max(len(a), 4)
}
