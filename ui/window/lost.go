package window

import (
	"context"
	"fmt"
	"path/filepath"

	"lianluo.local/app"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/lost"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/loss"
)

func (w *Window) redact(v ledger.View, reason string, done func(error)) {
	w.act(func(ctx context.Context) (m matter.Matter, _ error) {
		return m, w.app.Redact(ctx, w.app.Clerk(), reason, v.ID)
	}, done)
}

// holding shows the paper of all that is kept about the citizen of a matter.
func (w *Window) holding(v ledger.View) {
	w.drawn(func(ctx context.Context) (typeset.Document, error) {
		return w.app.HoldingPaper(ctx, app.Asker{Number: v.Number})
	})
}

// drawn shows a paper that is none of paper.Kinds.
func (w *Window) drawn(draw func(context.Context) (typeset.Document, error)) {
	kit.Do(w.run, w.ctx, draw, func(d typeset.Document, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		w.preview(paper.Kind{Code: "told", Name: d.Title}, d)
	})
}

// lost is the page of what to do where a computer or a stick is lost.
func (w *Window) lost() *loss.Page {
	a := w.app
	return loss.New(w.host(), loss.Actions{Back: "preferences",
		Count: func(ctx context.Context) (lost.Loss, error) { return a.Loss(ctx, "") },
		Paper: func() {
			w.drawn(func(ctx context.Context) (typeset.Document, error) { return a.LossPaper(ctx, "") })
		},
		List: func() {
			kit.Browse(w.win.Canvas(), "名单存到哪里", "", func(dir string) {
				file := filepath.Join(dir, "涉及的人员名单.xlsx")
				kit.Do(w.run, w.ctx, func(ctx context.Context) (int, error) { return a.ListConcerned(ctx, file, "") },
					func(n int, err error) {
						if err != nil {
							w.say(kit.Bad, w.explain(err))
							return
						}
						w.say(kit.Good, fmt.Sprintf("%d 行已存到 %s", n, file))
					})
			})
		}})
}
