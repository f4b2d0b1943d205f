package act

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"fyne.io/fyne/v2"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
)

// send does it. A second press while the first is under way does nothing.
func (s *attempt) send() {
	if s.stop != nil || s.doubtful() {
		return
	}
	order, vs := s.order(), s.vs
	if s.do == "merge" && len(vs) > 1 { // the one that the others go into may be chosen with them
		vs = nil
		for _, v := range s.vs {
			if spelling.Number(v.Number) != spelling.Number(order.Into) {
				vs = append(vs, v)
			}
		}
	}
	var ids []string
	for _, v := range vs {
		ids = append(ids, v.ID)
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(s.host.Context)
	s.yes.Disable()
	s.host.Canvas().Unfocus() // what somebody in a hurry types now is meant for the page, and changes nothing here
	progress := func(int) {}
	if len(ids) > 1 {
		s.no.SetText("停下　Esc")
		progress = func(n int) {
			s.host.Run.Show(func() {
				if s.stop != nil {
					s.said.Say(kit.Plain, fmt.Sprintf("正在%s：%d / %d 件…", s.word, n, len(ids)))
					s.settle()
				}
			})
		}
		progress(0)
	}
	kit.Do(s.host.Run, s.host.Context, func(context.Context) ([]office.Outcome, error) {
		if err := s.check(ctx, vs, order); err != nil {
			return nil, err
		}
		return s.office.Each(ctx, s.by, ids, order, progress), nil
	}, func(list []office.Outcome, err error) {
		s.stop()
		s.stop = nil
		s.yes.Enable()
		s.no.SetText("不办了　Esc")
		if err == nil && len(list) == 1 {
			err = list[0].Err
		}
		if err != nil {
			s.refused(err)
			return
		}
		s.finish(list, len(ids))
	})
}

// doubtful asks at its field about what is unlikely.
func (s *attempt) doubtful() bool {
	for _, r := range s.rows {
		if r.doubt != nil && r.object.Visible() && r.doubt() {
			s.said.Say(kit.Soon, "还没有办：“"+r.label+"”下面问的，请先回答。没有写错按 Enter，写错了就改。")
			s.settle()
			s.show(r)
			return true
		}
	}
	return false
}

// show scrolls a row into sight and begins to write there.
func (s *attempt) show(r *row) {
	s.scroll.ScrollToOffset(fyne.NewPos(0, max(0, r.object.Position().Y-8)))
	kit.Focus(r.first)
}

// check is nil where the words of an order are right for one of the matters at least; then the others are not kept
// waiting.
func (s *attempt) check(ctx context.Context, vs []ledger.View, order office.Order) (first error) {
	for _, v := range vs {
		_, err := s.office.Prepare(ctx, v.Matter, order)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// refused shows at its field what is wrong, and above the fields what belongs to none. What was typed stays.
func (s *attempt) refused(err error) {
	var wrong problem.Problems
	if !errors.As(err, &wrong) {
		s.said.Say(kit.Bad, s.host.Explain(err))
		s.settle()
		kit.Focus(s.yes)
		return
	}
	rest, at := maps.Clone(wrong), (*row)(nil)
	for _, r := range s.rows {
		if r.field == nil || !r.object.Visible() {
			continue
		}
		if r.field.Say(wrong[r.name]); wrong[r.name] != "" {
			if delete(rest, r.name); at == nil {
				at = r
			}
		}
	}
	if len(rest) > 0 {
		s.said.Say(kit.Bad, rest.Error())
	} else {
		s.said.Say(kit.Bad, fmt.Sprintf("还有 %d 处要改，红字写明了怎么改。写的都还在。", len(wrong)))
	}
	s.settle()
	if at != nil {
		s.show(at)
	} else {
		kit.Focus(s.yes)
	}
}

// finish closes the sheet and says what came of it.
func (s *attempt) finish(list []office.Outcome, asked int) {
	s.on.Close()
	sentence, tone, lines := s.result(list, asked)
	if tone != kit.Bad {
		delete(s.kept, s.key())
	}
	s.host.Say(tone, sentence)
	if lines != nil {
		s.list(sentence, lines)
	}
	s.done(list)
}

// result is one sentence on what came of an act and what is next, and a line for each matter where some were refused or
// left out.
func (s *attempt) result(list []office.Outcome, asked int) (sentence string, tone kit.Tone, lines []string) {
	var refused []string
	did, next, caveat, done := "已"+s.word, "", "", 0
	for _, o := range list {
		switch {
		case errors.Is(o.Err, context.Canceled): // those not reached
		case o.Err != nil:
			why := s.host.Explain(o.Err)
			if !strings.HasPrefix(why, o.Matter.Number) {
				why = o.Matter.Number + " " + o.Matter.Title + "：" + why
			}
			refused = append(refused, "没有办：　"+why)
		default:
			if done == 0 && s.act.said != nil {
				did, next = s.act.said(s.Attempts, o.Matter)
			}
			caveat = cmp.Or(caveat, s.office.Calendar.Caveat(o.Matter.Due, o.Matter.Limit()))
			done++
			lines = append(lines, "办好了：　"+o.Matter.Number+" "+o.Matter.Title)
		}
	}
	left := asked - done - len(refused)
	switch {
	case done == 0:
		return fmt.Sprintf("%d 件都没有办成，原因写在后面。", asked), kit.Bad, refused
	case asked == 1:
		sentence = did + " " + list[0].Matter.Number
	default:
		sentence = fmt.Sprintf("%s %d 件", did, done)
	}
	if tone = kit.Good; len(refused) > 0 {
		sentence, tone = sentence+fmt.Sprintf("，%d 件没有办成", len(refused)), kit.Soon
	}
	if left > 0 {
		sentence, tone = sentence+fmt.Sprintf("，停下时还有 %d 件没有办", left), kit.Soon
	}
	if next != "" {
		sentence += "；" + next
	}
	if sentence += "。" + caveat; len(refused) == 0 {
		return sentence, tone, nil
	}
	return sentence, tone, append(refused, lines...)
}

// list shows which matters were done and which were refused, and why.
func (s *attempt) list(sentence string, lines []string) {
	texts := []fyne.CanvasObject{kit.Bold(sentence)}
	for _, l := range lines {
		texts = append(texts, kit.Text(l))
	}
	var on *kit.Dialog
	on = kit.Show(s.host.Canvas(), s.word+"的结果", kit.Scroll(kit.Rows(texts...)), fyne.NewSize(wide(), 560),
		kit.NewButton("知道了", "Esc", true, func() { on.Close() }))
}
