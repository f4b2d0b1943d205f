package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Correct puts fields right, by their names in a draft; an empty value clears a field. What says the same as before
// is left out. "persons" says who on the roster the deputies are. The promise follows a corrected day or urgency, and so
// does the term for sorting while nobody has sorted it; a matter that is confidential no longer sends what was withheld.
// It fails with problem.Problems, also where nothing would change.
func (d *Desk) Correct(ctx context.Context, by clerk.Clerk, id string,
	changes map[string]json.RawMessage) (matter.Matter, error) {
	f, err := view.ByID(ctx, d.Store, id)
	if err != nil {
		return matter.Matter{}, err
	}
	if err := d.own(ctx, by, f.Matter); err != nil {
		return matter.Matter{}, err
	}
	switch {
	case f.State == matter.Void:
		return matter.Matter{}, fmt.Errorf("correct: %w", thing.ErrNotNow)
	case len(changes) == 0:
		return matter.Matter{}, problem.Problems{"": "请写明要更正什么"}
	}
	changes, persons, err := known(changes)
	if err != nil {
		return matter.Matter{}, err
	}
	draft, problems := put(draftOf(f.Matter), changes)
	// it follows what it was made of
	if _, asked := changes["title"]; !asked && draft.Words != "" && f.Title == titled(f.Private) {
		changes, draft.Title = maps.Clone(changes), ""
		changes["title"] = nil
	}
	opened := f.Confidential && !draft.Confidential
	if opened {
		draft.unseal()
	}
	report, private, wrong := draft.Check(d.Now(), d.Settings.Unit)
	for field, why := range wrong {
		if _, asked := changes[field]; asked || field == "name" || field == "words" { // these two follow from others
			problems[field] = why
		}
	}
	if _, asked := changes["occurred"]; asked && problems["occurred"] == "" {
		if step, on := before(f.Matter, report.Occurred.Format(time.DateOnly)); step != "" {
			problems["occurred"] = "晚于" + step + "的日子（" + on + "），请核对日期"
		}
	}
	if len(problems) > 0 {
		return matter.Matter{}, problems
	}
	if _, ok := changes["name"]; ok {
		changes = maps.Clone(changes)
		changes["anonymous"] = nil
	}
	if report.Confidential || opened { // what was open so far goes under the seal, too, and comes back
		changes = maps.Clone(changes)
		changes["words"] = nil
		for _, s := range sealed {
			changes[s.Code] = nil
		}
	}
	open, hidden := differing(report, f.Report, changes, f.Contested),
		differing(private, f.Private, changes, f.Contested)
	persons = persons.Of(report.Deputies)
	maps.DeleteFunc(persons, func(name, id string) bool { return f.Persons[name] == id })
	if len(open)+len(hidden)+len(persons) == 0 {
		return matter.Matter{}, problem.Problems{"": "没有改动，和原来一样"}
	}
	if opened {
		whole := only(private, nil)
		maps.DeleteFunc(whole, func(_ string, value json.RawMessage) bool { return string(value) == `""` })
		maps.Copy(hidden, whole)
	}
	var acts []store.Act
	if len(open)+len(hidden) > 0 {
		acts = append(acts, d.act(by, id, "correct", open, nil))
	}
	if len(hidden) > 0 {
		acts[0].Private = hidden
	}
	if len(persons) > 0 {
		acts = append(acts, d.act(by, id, "know", matter.Move{Persons: persons}, nil))
	}
	if opened && len(f.Sealed) > 0 {
		acts = append(acts, d.act(by, id, "disclose", matter.Disclosed{Sealed: f.Sealed}, nil))
	}
	if move, ok := d.reckon(f.Matter, report, open); ok {
		acts = append(acts, d.act(by, id, "reckon", move, nil))
	}
	ms, err := store.Record[matter.Matter](ctx, d.Store, acts...)
	if errors.Is(err, store.ErrTaken) {
		return matter.Matter{}, problem.Problems{"occurred": fmt.Sprintf("%d年的簿子里，纸质编号 %s 已经登记过别的事，请核对年份",
			report.Occurred.Year(), f.PaperNumber)}
	}
	if err != nil {
		return matter.Matter{}, err
	}
	return ms[len(ms)-1], nil
}

// known takes out of changes who on the roster the deputies are.
func known(changes map[string]json.RawMessage) (rest map[string]json.RawMessage, persons Persons, err error) {
	said, ok := changes["persons"]
	if !ok {
		return changes, nil, nil
	}
	if rest = maps.Clone(changes); json.Unmarshal(said, &persons) != nil {
		return rest, nil, problem.Problems{"persons": "写法不对，请检查"}
	}
	delete(rest, "persons")
	return rest, persons, nil
}

// put gives a draft with changes by the names of their fields, and what can be no value of its field.
func put(draft Draft, changes map[string]json.RawMessage) (Draft, problem.Problems) {
	problems := problem.Problems{}
	for field, value := range changes {
		if _, ok := matter.Correctable.Field(field); !ok {
			problems[field] = "这一项不能更正"
		} else if err := json.Unmarshal([]byte(fmt.Sprintf("{%q:%s}", field, value)), &draft); err != nil {
			problems[field] = "写法不对，请检查"
		}
	}
	return draft, problems
}

// before gives the first step that was done before a day, and when; "" for none.
func before(m matter.Matter, day string) (step, on string) {
	for _, done := range [][2]string{{m.Assigned, "交办"}, {m.Signed, "签收"}, {m.AnsweredOn, "答复"},
		{m.DeputyTold, "反馈代表"}, {m.Told, "反馈群众"}, {m.RatedOn, "评议"}} {
		if done[0] != "" && day > done[0] {
			return done[1], done[0]
		}
	}
	return "", ""
}

// reckon gives the days that follow from a report put right, as though it had been registered so; corrected names the
// fields.
func (d *Desk) reckon(m matter.Matter, r matter.Report,
	corrected map[string]json.RawMessage) (move matter.Move, ok bool) {
	if m.Due == "" || m.Told != "" || !m.State.Open() { // he has heard
		return move, false
	}
	begun, err := time.Parse(time.DateOnly, m.Since)
	if now := d.Now(); begun.After(now) { // written by a clock that was ahead
		begun = now
	}
	due, term := d.promise(r, begun)
	for _, field := range []string{"occurred", "urgency"} {
		if corrected[field] != nil {
			move.Note, move.Due = "更正了"+matter.Fields.Name(field), due
		}
	}
	if move.Due != "" && err == nil && m.State == matter.Registered && m.Holder == m.Unit && term != m.Term {
		move.Term, move.From = term, m.Term
	}
	return move, move.Due != "" && (move.Due != m.Due || move.Term != "" || m.Contested("due"))
}

// differing gives the named fields of v that say something else than before, or that somebody else changed, too: to
// say so once more settles it.
func differing(v, before any, names map[string]json.RawMessage,
	contested func(string) bool) map[string]json.RawMessage {
	was := only(before, names)
	now := only(v, names)
	maps.DeleteFunc(now, func(name string, value json.RawMessage) bool {
		return bytes.Equal(value, was[name]) && !contested(name)
	})
	return now
}

// draftOf is a matter as a draft that says the same.
func draftOf(m matter.Matter) (d Draft) {
	for _, part := range []any{m.Report, m.Private} {
		b, _ := json.Marshal(part)
		_ = json.Unmarshal(b, &d)
	}
	d.Anonymous = false // it follows from the name
	return d
}

// only gives the named fields of v as a body has them; all of them for nil names.
func only(v any, names map[string]json.RawMessage) map[string]json.RawMessage {
	b, _ := json.Marshal(v)
	all := map[string]json.RawMessage{}
	_ = json.Unmarshal(b, &all)
	maps.DeleteFunc(all, func(name string, _ json.RawMessage) bool { _, ok := names[name]; return names != nil && !ok })
	return all
}

// Void takes a matter that was entered by mistake out of the list; it stays in the journal with the reason.
func (d *Desk) Void(ctx context.Context, by clerk.Clerk, id, reason string) (matter.Matter, error) {
	problems := problem.Problems{}
	if reason = problems.Line("note", reason, maxLine); reason == "" {
		problems["note"] = "请写明作废的原因"
	}
	if len(problems) > 0 {
		return matter.Matter{}, problems
	}
	f, err := view.ByID(ctx, d.Store, id)
	if err != nil {
		return matter.Matter{}, err
	}
	if err := d.own(ctx, by, f.Matter); err != nil {
		return matter.Matter{}, err
	}
	within, err := view.Page(ctx, d.Store, view.Filter{Into: f.ID, States: []matter.State{matter.Merged}}, 0, 1)
	if err == nil && len(within) > 0 {
		err = problem.Problems{"": "还有别的事项并在这一件里，请先分开（并案），再作废"}
	}
	if err != nil {
		return matter.Matter{}, err
	}
	said := matter.Move{Note: reason}
	if f.Confidential {
		return store.RecordOne[matter.Matter](ctx, d.Store, d.act(by, id, "void", matter.Move{}, said))
	}
	return store.RecordOne[matter.Matter](ctx, d.Store, d.act(by, id, "void", said, nil))
}

// own asks whether somebody may put a matter right: any, or what he registered himself within a day.
func (d *Desk) own(ctx context.Context, by clerk.Clerk, m matter.Matter) error {
	if m.RegisteredBy(by.User, d.Now()) {
		return d.Guard.Ask(ctx, by, right.Correct, right.Own)
	}
	return d.Guard.Ask(ctx, by, right.Correct)
}
