package docket

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/docket/clock"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/day"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/thing"
)

// Act does what an order says with a suggestion (id "" for a new one), all of it or nothing, and gives it as it is then,
// with what is odd and was done all the same. It fails with problem.Problems. When a suggestion is handed in, the matters
// that it grew from and that this unit has to handle become suggested with it, in the same write.
func (d *Desk) Act(ctx context.Context, by clerk.Clerk, id string, o Order) (s suggestion.Suggestion, odd []string, err error) {
	code, known := suggestion.Acts.Parse(strings.TrimSpace(o.Do))
	if o.Do == "" && id == "" {
		code, known = suggestion.Write, true
	}
	if err := d.Guard.Ask(ctx, by, right.To(suggestion.Name, cmp.Or(code, suggestion.Write))); err != nil {
		return s, nil, err
	}
	switch {
	case !known || code == suggestion.Share:
		var names []string
		for _, w := range suggestion.Acts {
			names = append(names, w.Code+"（"+w.Name+"）")
		}
		return s, nil, problem.Problems{"do": "请写其中一个：" + strings.Join(names[:len(names)-1], "、")}
	case code == suggestion.Write && id != "":
		return s, nil, problem.Problems{"do": "起草的是新的一件，不用写编号"}
	case code != suggestion.Write && id == "":
		return s, nil, problem.Problems{"do": "请写是哪一件建议"}
	case id != "":
		if s, err = d.Find(ctx, id); err != nil {
			return s, nil, err
		}
	}
	o.Do = code
	t := &typed{Desk: d, ctx: ctx, s: s, o: o, now: d.Now(), wrong: problem.Problems{}}
	if code != suggestion.Write && !s.May(code, d.Settings.Unit) {
		return s, nil, t.refused()
	}
	if s.ID != "" {
		t.said.Date = t.happened()
	}
	acts[code](t)
	if t.err != nil {
		return s, nil, t.err
	}
	if len(t.wrong) > 0 {
		return s, nil, t.wrong.Of(suggestion.Name)
	}
	after, err := t.write(by)
	if errors.Is(err, thing.ErrNotNow) || errors.Is(err, thing.ErrNotYours) {
		return s, nil, t.refused()
	}
	return after, t.odd, err
}

// typed is an order on its way to an entry.
type typed struct {
	*Desk
	ctx     context.Context
	s       suggestion.Suggestion
	o       Order
	now     time.Time
	wrong   problem.Problems
	err     error // what kept us from looking something up
	odd     []string
	near    bool                       // who was named last is of this table
	opening suggestion.Opening         // of a draft
	said    suggestion.Said            // of any other act
	facts   map[string]json.RawMessage // change: members of Facts
	told    suggestion.Told            // the words, wherever they go
}

// write writes the entry, and what follows from it for matters that this unit has to handle.
func (t *typed) write(by clerk.Clerk) (s suggestion.Suggestion, err error) {
	confidential := t.s.Confidential
	var body, private any
	if v, said := t.facts["confidential"]; said {
		confidential = string(v) == "true"
	}
	leaves := t.o.Do == suggestion.Submit || t.said.Out
	if leaves && !confidential && !t.s.Up { // all hear now what its table alone knew
		t.restate()
	}
	if confidential || t.opening.Confidential || !t.s.Up && !leaves { // nobody knows yet whether a draft stays open
		t.hide()
		private = t.told
	} else {
		t.opening.Told, t.said.Told = t.told, t.told
	}
	if body = t.opening; t.o.Do != suggestion.Write {
		body = t.said
		if t.facts != nil {
			b, err := json.Marshal(t.said)
			if err != nil {
				return s, err
			}
			all := map[string]json.RawMessage{}
			if err := json.Unmarshal(b, &all); err != nil {
				return s, err
			}
			for code, v := range t.facts {
				all[code] = v
			}
			body = all
		}
	}
	list := []store.Act{{Kind: suggestion.Name, Thing: t.s.ID, Do: t.o.Do, Body: body, Private: private, Unit: t.Settings.Unit,
		By: by.Name, User: by.User, At: t.now}}
	if t.o.Do == suggestion.Submit {
		more, err := t.become(t.ctx, t.s, by, t.now)
		if err != nil {
			return s, err
		}
		list = append(list, more...)
	}
	sums, err := t.Store.Write(t.ctx, list...)
	if err != nil {
		return s, err
	}
	return *sums[0].(*suggestion.Suggestion), nil
}

// hide moves what somebody wrote freely from where all see it to the words.
func (t *typed) hide() {
	if t.said.Paper != "" {
		t.told.Text, t.said.Paper = thing.Join(t.said.Paper, t.told.Text), "纸质件"
	}
	if slices.Contains([]string{suggestion.Reply, suggestion.Help, suggestion.Keep}, t.o.Do) {
		t.told.Letter, t.said.Number = t.said.Number, ""
	}
}

// become are the acts by which the matters that a suggestion grew from become suggested, as far as this unit has them.
func (d *Desk) become(ctx context.Context, s suggestion.Suggestion, by clerk.Clerk, now time.Time) (list []store.Act, err error) {
	var names []string
	var persons matter.Persons
	for _, g := range s.Signers {
		if w := s.Who[g.Key]; w.Name != "" && g.Declined == "" {
			names, persons = append(names, w.Name), persons.With(matter.Persons{w.Name: w.Person})
		}
	}
	if s.Delegation != "" {
		names = append(names, s.Delegation)
	}
	if s.Confidential || len(names) == 0 {
		return nil, nil // who proposes it, and that it is about this matter, is not told
	}
	_, due := clock.After(s, suggestion.Assign, suggestion.Said{}, now.Format(time.DateOnly), d.Profile.Clocks, d.Calendar)
	for _, l := range s.Matters {
		m, err := d.Matter(ctx, l.ID)
		var none problem.Problems
		switch {
		case errors.As(err, &none): // it is none of ours
			continue
		case err != nil:
			return nil, err
		case m.Suggestion == s.ID || !m.May("suggest", d.Settings.Unit):
			continue
		}
		body := matter.Move{Suggestion: s.ID, Title: s.Title, Deputies: names, Persons: persons, Congress: s.Level, Term: due}
		list = append(list, store.Act{Kind: matter.Name, Thing: m.ID, Do: "suggest", Body: body, Unit: d.Settings.Unit, By: by.Name,
			User: by.User, At: now})
	}
	return list, nil
}

// refused says why an act does not follow.
func (t *typed) refused() error {
	name := suggestion.Acts.Name(t.o.Do)
	if t.s.May(t.o.Do, t.Settings.Unit) { // not for its state, but for what was done before
		return problem.Problems{"do": "照这件建议现在的经过，不能再“" + name + "”，没有改动"}
	}
	for s := suggestion.Draft; s <= suggestion.Void; s++ {
		other := t.s
		if other.State = s; other.May(t.o.Do, t.Settings.Unit) {
			return problem.Problems{"do": "这件建议现在是“" + t.s.State.String() + "”，不能“" + name + "”，没有改动"}
		}
	}
	if t.s.Handles(t.Settings.Unit) && t.o.Do == suggestion.Rate {
		return problem.Problems{"do": "承办单位不能录入代表的评价，没有改动"}
	}
	return problem.Problems{"do": "“" + name + "”不归本单位办，没有改动。请由" + places.Of(t.s.Office).Where + "办"}
}

func (t *typed) note() string { return t.wrong.Text("note", t.o.Note, 1000) }

func (t *typed) reason(missing string) string {
	r := t.wrong.Text("reason", cmp.Or(t.o.Reason, t.o.Note), 1000)
	if r == "" && t.wrong["reason"] == "" {
		t.wrong["reason"] = missing
	}
	return r
}

// date reads a day of a field; "" stays "".
func (t *typed) date(field, s string) string {
	on, why := day.Date(s, t.now)
	if why != "" {
		t.wrong[field] = why
	}
	return on
}

// happened reads the day on which something truly happened: not in the future, and not before what it follows.
func (t *typed) happened() string {
	on := t.date("date", t.o.Date)
	last := t.follows()
	switch {
	case on == "":
		return ""
	case on > t.today():
		t.wrong["date"] = "这一天还没有到，请核对日期"
	case on < last:
		t.wrong["date"] = "这一天在上一步（" + last + "）以前，请核对日期"
	}
	return on
}

// follows is the day before which an act cannot have happened; "" where there is none.
func (t *typed) follows() string {
	switch t.o.Do {
	case suggestion.Cosign, suggestion.Decline: // keyed in from a sheet
		return ""
	case suggestion.Meet, suggestion.Help: // and these whenever the paper comes
		return t.s.FirstHand
	case suggestion.Deliver:
		if list := t.s.Standing(); len(list) > 0 {
			return list[len(list)-1].On
		}
	}
	return latest(t.s)
}

// latest is the day of the step on which the next one follows.
func latest(s suggestion.Suggestion) string {
	switch s.State {
	case suggestion.Draft, suggestion.Inviting:
		return ""
	case suggestion.Submitted:
		return s.Submitted
	case suggestion.Registered:
		return s.Registered
	case suggestion.Accepted:
		return s.Accepted
	case suggestion.Assigned, suggestion.InHand:
		return s.Handed
	}
	return s.Since
}

// on is the day of the act.
func (t *typed) on() string { return cmp.Or(t.said.Date, t.today()) }

// clocks sets by when the next step is due, and the answer, by what the entry says so far.
func (t *typed) clocks() {
	t.said.Term, t.said.Due = clock.After(t.s, t.o.Do, t.said, t.on(), t.Profile.Clocks, t.Calendar)
}

// values are the fields that were said, checked.
func (t *typed) values() field.Values {
	asked := suggestion.Fields.Where(func(f field.Field) bool { _, said := t.o.Set[f.Code]; return said || t.o.Do == suggestion.Write })
	v := asked.Check(t.o.Set, t.now, category.Parse, t.wrong)
	if v.Text("original") != "" {
		v["original"] = t.date("original", v.Text("original"))
	}
	return v
}
