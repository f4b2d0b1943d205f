package desk

import (
	"context"
	"fmt"

	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// Redactable says why what is known of a matter's citizen cannot be redacted at this table, nil where it can: not
// before the matter has ended, because he is still to be told; not at another table; not twice.
func (d *Desk) Redactable(m matter.Matter) error {
	switch {
	case m.Unit != d.Settings.Unit:
		return fmt.Errorf("redact: %w", thing.ErrNotYours)
	case m.State.Open():
		return problem.Problems{"": m.Number + " 还没有办完，还要告诉群众结果；办结或群众撤回以后才能隐去"}
	case !m.Known():
		return problem.Problems{"": m.Number + " 没有可以隐去的内容：已经隐去过，或者本来就没有记"}
	}
	return nil
}

// Redact takes what is known of the citizens of matters away for good: name, telephone, address, words, what was said in
// confidence. It is done here at once and at everybody else when he hears of it; the number, the category and all that
// is counted stay. reason is one of words.Redactions. It fails where one of them is not Redactable; then nothing has
// changed. The files are rid of it by App.Scrub.
func (d *Desk) Redact(ctx context.Context, by clerk.Clerk, reason string, ids ...string) error {
	if err := d.Guard.Ask(ctx, by, right.Correct); err != nil {
		return err
	}
	code, known := words.Redactions.Parse(reason)
	if !known {
		return problem.Problems{"reason": "请写明为什么隐去：保存期满、本人要求或不该收集"}
	}
	var acts []store.Act
	for _, id := range ids {
		f, err := view.ByID(ctx, d.Store, id)
		if err == nil {
			err = d.Redactable(f.Matter)
		}
		if err != nil {
			return err
		}
		var kept any
		if f.Private.Row != "" {
			kept = matter.Private{Row: f.Private.Row}
		}
		acts = append(acts, d.act(by, id, "redact", matter.Move{Reason: code}, kept))
	}
	_, err := d.Store.Write(ctx, acts...)
	return err
}
