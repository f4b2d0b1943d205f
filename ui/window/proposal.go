package window

import (
	"cmp"
	"context"
	"slices"

	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper"
	"lianluo.local/data/matter"
	"lianluo.local/data/profile"
	"lianluo.local/data/suggestion"
	"lianluo.local/ui/proposal"
)

// proposals makes the page 代表建议.
func (w *Window) proposals() content {
	return proposal.New(w.host(), w.app.Docket, w.app.Ledger, w.app.Roster, w.app.Clerk(),
		proposal.Actions{Matter: w.number, Print: w.dated, List: func(kind string, year int) {
			if k, ok := paper.ByCode(kind); ok {
				w.list(k, paper.Wish{Year: year})
			}
		}})
}

// docket brings the page 代表建议 to the front.
func (w *Window) docket() *proposal.Page {
	w.open("proposal")
	return w.frame.here.content.(*proposal.Page)
}

// propose lets somebody make a suggestion of some matters; who leaves it is where he was.
func (w *Window) propose(vs []ledger.View) {
	from := w.frame.here.code
	w.docket().From(vs, func() { w.open(from) })
}

// proposed shows the suggestion of an ID whole.
func (w *Window) proposed(id string) {
	whole(w, func(ctx context.Context) (suggestion.Suggestion, error) { return w.app.Docket.Find(ctx, id) },
		func(s suggestion.Suggestion) { w.docket().Open(s) })
}

// signs gives the suggestions that somebody signs, of any of his IDs, the newest first.
func (w *Window) signs(ctx context.Context, ids []string) (all []suggestion.Suggestion, err error) {
	for _, id := range ids {
		list, _, err := w.app.Docket.List(ctx, docket.Filter{Person: id})
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	slices.SortStableFunc(all, func(a, b suggestion.Suggestion) int { return cmp.Compare(b.Submitted, a.Submitted) })
	return all, nil
}

// grew gives the suggestions that grew from a matter.
func (w *Window) grew(ctx context.Context, id string) ([]suggestion.Suggestion, error) {
	list, _, err := w.app.Docket.List(ctx, docket.Filter{Matter: id})
	return list, err
}

// answered is what the answer to a suggestion that grew from a matter comes to for its citizen, as far as this computer was
// told.
func (w *Window) answered(m matter.Matter) (o office.Order) {
	list, err := w.grew(w.ctx, m.ID)
	if err != nil {
		w.log.Error("answer of a suggestion", "error", err.Error())
	}
	for _, s := range list {
		if s, err = w.app.Docket.Answering(w.ctx, s); err != nil {
			w.log.Error("answer of a suggestion", "error", err.Error())
			continue
		}
		class, text, promise, by, who := docket.Answer(s, func(key string) string { return s.Who[key].Name })
		if class > 0 {
			o.Class, o.Answer, o.Promise, o.PromiseBy, o.AnsweredBy = profile.Class(class), text, promise, by, who
			return o
		}
	}
	return o
}
