// Package office is what happens to a matter once it stands in the book: sorting, merging, handing to those who
// handle it, answering, urging, and at the table that faced the citizen, telling him and asking for his rating.
//
// Every act goes the same way: an Order, as somebody typed it, is checked against the matter and the county's profile
// (Prepare), becomes a matter.Move, and is recorded. What may follow what is decided by the one table in data/matter,
// never here.
package office

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lianluo.local/assets/workday"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/right"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// Office is the desk work of one unit: point, station, county or city.
type Office struct {
	Guard    right.Guard
	Store    *store.Store
	Settings *settings.Settings
	Calendar *workday.Calendar
	Profile  profile.Profile
	Now      func() time.Time
}

// Law stands beside the mode 代表引导 wherever it is offered.
const Law = "代表听取意见、提出建议，不直接处理问题（代表法第三十一条）；不干预具体执法司法案件和招标投标（第五十九条）。"

// Acts are the acts that this unit may do with a matter now, in the order of a matter's life.
func (o *Office) Acts(m matter.Matter) (acts words.List) {
	_, asking := m.Asking()
	useless := map[string]bool{ // what the rules allow and makes no sense of this one, or is no act of a person
		"escalate":    m.Up(m.Holder) == "" || m.State == matter.Registered && m.Urgency == "normal",
		"extend":      m.Extended,
		"redo":        m.State == matter.Redoing && m.Units == nil && m.Guides == nil,
		"return":      m.Units == nil && m.Down(m.Holder) == "",
		"inform-term": len(m.Untold()) == 0,
		"offer":       m.Channel != "order" || m.Wish() == matter.Taken || m.Wish() == matter.Offered && !m.Late(o.Now()),
		"accept":      !asking,
		"pass":        !asking,
		"redact":      m.State.Open() || !m.Known(),
		"reckon":      true, "disclose": true, "carry": true, "know": true, "session": true,
	}
	for _, w := range matter.Acts {
		if m.May(w.Code, o.Settings.Unit) && !useless[w.Code] {
			acts = append(acts, w)
		}
	}
	return acts
}

// Refused says that an act may not follow: its unit may not do it, or not in this state.
type Refused struct {
	Matter matter.Matter
	Do     string
	May    words.List // what the unit may do instead
	Err    error      // thing.ErrNotNow or thing.ErrNotYours
}

func (r Refused) Error() string {
	return fmt.Sprintf("%s in state %d: %v", r.Do, r.Matter.State, r.Err)
}

// Unwrap gives the reason.
func (r Refused) Unwrap() error { return r.Err }

// Sentence is what a person hears.
func (r Refused) Sentence() string {
	var names []string
	for _, w := range r.May {
		if !slices.Contains([]string{"correct", "void", "redact"}, w.Code) {
			names = append(names, w.Name)
		}
	}
	if slices.ContainsFunc(r.May, func(w words.Word) bool { return w.Code == r.Do }) {
		return fmt.Sprintf("%s 现在是“%s”，不能这样“%s”，没有改动。请核对写的单位和内容。", r.Matter.Number,
			r.Matter.State, matter.ActName(r.Do))
	}
	why := fmt.Sprintf("%s 现在是“%s”，本单位不能“%s”。", r.Matter.Number, r.Matter.State, matter.ActName(r.Do))
	if len(names) == 0 {
		return why + "现在不用本单位办什么。"
	}
	return why + "现在可以：" + strings.Join(names, "、") + "。"
}

// Do does what an order says with a matter, and, where it is an answer, with those merged into it and those of the
// same suggestion that wait here: each citizen gets an answer of his own. It fails with problem.Problems or Refused;
// then nothing has changed.
func (o *Office) Do(ctx context.Context, by clerk.Clerk, id string, order Order) (matter.Matter, error) {
	if err := o.asked(ctx, by, order.Do); err != nil {
		return matter.Matter{}, err
	}
	f, err := view.ByID(ctx, o.Store, id)
	if err != nil {
		return matter.Matter{}, err
	}
	if err := o.Guard.Whose(ctx, by, f.Named()...); err != nil {
		return matter.Matter{}, err
	}
	return o.do(ctx, by, f.Matter, order)
}

// do does it, whoever may.
func (o *Office) do(ctx context.Context, by clerk.Clerk, m matter.Matter, order Order) (_ matter.Matter, err error) {
	if order.Do, err = o.act(m, order.Do); err != nil {
		return matter.Matter{}, err
	}
	move, err := o.Prepare(ctx, m, order)
	if err != nil {
		return matter.Matter{}, err
	}
	switch order.Do {
	case "withdraw":
		within, err := o.merged(ctx, m)
		if err == nil && within {
			err = problem.Problems{"": "还有别的事项并在这一件里，请先分开（并案），再撤回"}
		}
		if err != nil {
			return matter.Matter{}, err
		}
	case "answer": // the others first: where this stops half-way, answering once more reaches the rest
		others, err := o.joined(ctx, m)
		if err != nil {
			return matter.Matter{}, err
		}
		for _, m := range others {
			with := &typed{Office: o, m: m, order: order, problems: problem.Problems{}}
			if with.answered(); with.problems["date"] != "" {
				return matter.Matter{}, problem.Problems{"date": "一起答复的 " + m.Number + "：" + with.problems["date"]}
			}
			if m.Guides != nil && m.Mode == "consult" && move.Minutes == "" {
				return matter.Matter{}, problem.Problems{"minutes": "一起答复的 " + m.Number + " 是代表协商的，请写协商的纪要"}
			}
		}
		for _, m := range others {
			if _, err := o.record(ctx, by, m, order.Do, move); err != nil {
				return matter.Matter{}, err
			}
		}
	case "suggest":
		met := map[string]bool{m.ID: true}
		for _, number := range order.With {
			other, wrong, err := o.one(ctx, number)
			if err != nil {
				return matter.Matter{}, err
			}
			if wrong != "" {
				return matter.Matter{}, problem.Problems{"with": wrong}
			}
			if met[other.ID] {
				continue
			}
			met[other.ID] = true
			if _, err := o.record(ctx, by, other, order.Do, move); err != nil {
				return matter.Matter{}, err
			}
		}
	}
	return o.record(ctx, by, m, order.Do, move)
}

// asked asks for the right that an act takes; of what is no act the problem is told (act).
func (o *Office) asked(ctx context.Context, by clerk.Clerk, do string) error {
	code, known := matter.Acts.Parse(strings.TrimSpace(do))
	if !known {
		return o.Guard.Ask(ctx, by, right.Look, right.Mine)
	}
	return o.Guard.Ask(ctx, by, right.To(matter.Name, code))
}

// act says whether this unit may do what a code or its Chinese word names.
func (o *Office) act(m matter.Matter, do string) (string, error) {
	code, known := matter.Acts.Parse(strings.TrimSpace(do))
	if _, ok := acts[code]; !known || !ok {
		var names []string
		for _, w := range matter.Acts {
			if _, ok := acts[w.Code]; ok {
				names = append(names, w.Code+"（"+w.Name+"）")
			}
		}
		return "", problem.Problems{"do": "请写其中一个：" + strings.Join(names, "、") + "，或 correct（更正）、void（作废）、redact（隐去）"}
	}
	if code == "redo" && m.May("reopen", o.Settings.Unit) { // to whoever sits at the table it is one thing
		code = "reopen"
	}
	if !m.May(code, o.Settings.Unit) {
		err := thing.ErrNotYours
		for _, s := range matter.Choose(func(matter.State) bool { return true }) {
			other := m
			if other.State = s; other.May(code, o.Settings.Unit) {
				err = thing.ErrNotNow
			}
		}
		return "", Refused{m, code, o.Acts(m), err}
	}
	return code, nil
}

// record writes one act; what is said about a confidential matter goes into the private part.
func (o *Office) record(
	ctx context.Context, by clerk.Clerk, m matter.Matter, do string, move matter.Move) (matter.Matter, error) {
	a := store.Act{Kind: matter.Name, Thing: m.ID, Do: do, Body: move, Unit: o.Settings.Unit, By: by.Name, User: by.User,
		At: o.Now()}
	if m.Confidential {
		sealed := matter.Move{Note: move.Note, Answer: move.Answer, Minutes: move.Minutes, Promise: move.Promise,
			Proposal: move.Proposal}
		if do == "rate" || do == "decline" {
			sealed.Reason = move.Reason
			move.Reason = ""
		}
		if move.Note, move.Answer, move.Minutes, move.Promise, move.Proposal = "", "", "", "", ""; !empty(sealed) {
			a.Body, a.Private = move, sealed
		}
	}
	after, err := store.RecordOne[matter.Matter](ctx, o.Store, a)
	if errors.Is(err, store.ErrTaken) {
		return after, problem.Problems{"": "纸质编号 " + m.PaperNumber + " 后来登记在另一件上了，请在那一件上办理"}
	}
	if errors.Is(err, thing.ErrNotNow) || errors.Is(err, thing.ErrNotYours) {
		return after, Refused{m, do, o.Acts(m), err}
	}
	return after, err
}

func empty(m matter.Move) bool {
	return m.Note+m.Answer+m.Minutes+m.Promise+m.Proposal+m.Reason == ""
}

// joined gives the matters that are answered together with one: merged into it, or of its suggestion. Those who asked
// for confidence are answered apart from the others: what is said about one must not be read on another.
func (o *Office) joined(ctx context.Context, m matter.Matter) (list []matter.Matter, err error) {
	filters := []view.Filter{joinedTo(m.ID)}
	if m.State == matter.Replied || m.State == matter.ToldDeputy { // a better answer, for those who were not told yet
		filters[0].States = append(filters[0].States, matter.Replied, matter.ToldDeputy)
	}
	if m.State == matter.Suggested {
		filters = append(filters, view.Filter{Suggests: m.Suggestion, States: []matter.State{matter.Suggested}})
	}
	for _, f := range filters {
		fs, err := view.Page(ctx, o.Store, f, 0, 1000)
		if err != nil {
			return nil, err
		}
		for _, other := range fs {
			if other.ID != m.ID && other.Confidential == m.Confidential && other.May("answer", o.Settings.Unit) {
				list = append(list, other.Matter)
			}
		}
	}
	return list, nil
}

// one finds a matter by its number, or says why there is not exactly one (wrong). It fails where the book cannot be
// read.
func (o *Office) one(ctx context.Context, number string) (m matter.Matter, wrong string, err error) {
	fs, err := view.ByNumber(ctx, o.Store, number)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return m, "", err
	}
	if len(fs) != 1 {
		return m, "没有找到编号 " + number + "，请写完整的编号", nil
	}
	return fs[0].Matter, "", nil
}

// merged says whether others are merged into a matter.
func (o *Office) merged(ctx context.Context, m matter.Matter) (bool, error) {
	fs, err := view.Page(ctx, o.Store, joinedTo(m.ID), 0, 1)
	return len(fs) > 0, err
}

// fresh names a new suggestion.
func fresh() (string, error) {
	id, err := uuid.NewV7()
	return id.String(), err
}

func joinedTo(id string) view.Filter {
	return view.Filter{Into: id, States: []matter.State{matter.Merged}}
}
