package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
	"lianluo.local/data/view"
)

// undoBook takes back what an old register brought, all of it or nothing: what was new becomes void, all else is as it
// was. It fails with problem.Problems that name those on which somebody worked since. It says how many it took back.
func undoBook(ctx context.Context, a *App, by clerk.Clerk, which string) (n int, err error) {
	which = strings.TrimSpace(which)
	list, err := a.brought(ctx, which)
	if err != nil {
		return 0, err
	}
	var acts []store.Act
	var since []string
	for _, l := range list {
		act, free, err := a.without(ctx, l.Thing, which)
		if err != nil {
			return 0, err
		}
		if !free {
			since = append(since, l.Thing.Number)
			continue
		}
		act.Unit, act.By, act.User, act.At = a.Settings.Unit, by.Name, by.User, a.Now()
		acts = append(acts, act)
	}
	switch {
	case len(since) > 0:
		return 0, problem.Problems{"batch": fmt.Sprintf("导入以后又有人办过 %d 件，一件也没有撤回：%s。要改的请在事项里改，或者一件一件作废", len(since),
			strings.Join(since[:min(len(since), 20)], "、"))}
	case len(acts) == 0:
		return 0, problem.Problems{"batch": "没有这个批次，或已经撤回了"}
	}
	if _, err := a.Store.Write(ctx, acts...); err != nil {
		return 0, fmt.Errorf("undo book %s: %w", which, err)
	}
	return len(acts), nil
}

// without is the act by which a matter is again what it was before a batch told of it; not free where somebody worked on
// it since.
func (a *App) without(ctx context.Context, m matter.Matter, which string) (act store.Act, free bool, err error) {
	rs, err := a.Store.Entries(ctx, m.ID) // in fold order
	if err != nil {
		return act, false, err
	}
	within, err := view.Count(ctx, a.Store, view.Filter{Into: m.ID, States: []matter.State{matter.Merged}})
	if err != nil || within > 0 {
		return act, false, err
	}
	from := -1
	var said matter.Carry
	for i, r := range rs {
		var body matter.Carry
		_ = json.Unmarshal(r.Body, &body) // what cannot be read named no batch
		switch {
		case body.Batch == which:
			from, said = i, body
		case body.Batch == "-"+which:
			from = -1
		case from >= 0 && r.Do != "know" && r.Do != "reckon":
			return act, false, nil
		}
	}
	switch {
	case from < 0:
		return act, false, nil
	case rs[from].First():
		reason := matter.Move{Note: "撤回导入的旧登记簿"}
		act = store.Act{Kind: matter.Name, Thing: m.ID, Do: "void", Body: reason}
		if m.Confidential {
			act.Body, act.Private = matter.Move{}, reason
		}
		return act, true, nil
	}
	before, _ := matter.Fold(rs[:from])
	var private map[string]json.RawMessage
	_ = rs[from].Read(&private) // none was said
	hidden, _ := json.Marshal(private)
	set, back := fields(before.Report, said.Set), fields(before.Private, hidden)
	was := matter.Carry{Batch: "-" + which}
	if said.Book != nil {
		was.Book = before.Book
	}
	return again(m.ID, was, set, back), true, nil
}

// fields are those of a part that stand in a body, too.
func fields(part any, body []byte) map[string]json.RawMessage {
	var said, all map[string]json.RawMessage
	_ = json.Unmarshal(body, &said)
	b, _ := json.Marshal(part)
	_ = json.Unmarshal(b, &all)
	maps.DeleteFunc(all, func(name string, _ json.RawMessage) bool { _, ok := said[name]; return !ok })
	return all
}
