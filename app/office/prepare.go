package office

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/day"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
)

// How much may be written, in characters.
const (
	maxName, maxLine, maxText = 60, 200, 20000
	maxUnits                  = 12
)

// typed is an order on its way to a move: what it says is cleaned and checked field by field.
type typed struct {
	*Office
	m        matter.Matter
	order    Order
	move     matter.Move
	problems problem.Problems
	dated    bool // the act has a day of its own
}

// acts say what each act needs to hear, and when the next step is due then. They fail only where the book cannot be
// read.
var acts = map[string]func(context.Context, *typed) error{
	"collate":   alone(collate),
	"merge":     merge,
	"assign":    alone(assign),
	"sign":      alone(func(t *typed) { t.day(step{"交办", t.m.Assigned}) }),
	"return":    alone(giveBack),
	"extend":    alone(extend),
	"answer":    alone(answer),
	"escalate":  alone(escalate),
	"suggest":   suggest,
	"urge":      alone(urge),
	"supervise": alone(urge),
	"lead": alone(func(t *typed) {
		t.move.Leader = t.required("leader", t.order.Leader, maxName, "请写领办领导的姓名和职务")
	}),
	"decline":       alone(decline),
	"session":       reseat,
	"offer":         alone(offer),
	"accept":        alone(accept),
	"pass":          alone(pass),
	"know":          alone(know),
	"inform-deputy": alone(func(t *typed) { t.day(step{"答复", t.m.AnsweredOn}); t.way() }),
	"inform":        alone(inform),
	"inform-term":   alone(informTerm),
	"rate":          alone(rate),
	"reopen":        alone(reopen),
	"redo":          alone(redo),
	"withdraw":      alone(func(t *typed) { t.reason("请写明群众撤回的原因") }),
}

// alone is an act that asks the book for nothing.
func alone(act func(*typed)) func(context.Context, *typed) error {
	return func(_ context.Context, t *typed) error { act(t); return nil }
}

// Prepare gives the move that an order stands for, or problem.Problems. It does not ask whether it may follow.
func (o *Office) Prepare(ctx context.Context, m matter.Matter, order Order) (matter.Move, error) {
	t := &typed{Office: o, m: m, order: order, problems: problem.Problems{}}
	t.move.Note = t.problems.Text("note", order.Note, maxText)
	if err := acts[order.Do](ctx, t); err != nil {
		return matter.Move{}, fmt.Errorf("%s: %w", order.Do, err)
	}
	if !t.dated && strings.TrimSpace(order.Date) != "" {
		t.problems["date"] = "这一步按今天记，请不写日期"
	}
	return t.move, t.problems.Or()
}

func (t *typed) required(field, s string, most int, missing string) string {
	if s = t.problems.Line(field, s, most); s == "" {
		t.problems[field] = missing
	}
	return s
}

func (t *typed) reason(missing string) {
	if t.move.Note == "" {
		t.problems["note"] = missing
	}
}

// people and departments read lists as they are written, each name once however it is spelled.
func (t *typed) people(field string, list []string) []string {
	return t.problems.Names(field, spelling.People(strings.Join(list, "\n")), spelling.Name, maxUnits, "个")
}

func (t *typed) departments(field string, list []string) []string {
	return t.problems.Names(field, spelling.Listed(strings.Join(list, "\n")), spelling.Department, maxUnits, "个")
}

// date reads a day; "" stays "".
func (t *typed) date(field, s string) string {
	date, why := day.Date(s, t.Now())
	if why != "" {
		t.problems[field] = why
	}
	return date
}

func (t *typed) today() string { return t.Now().Format(time.DateOnly) }

// step is what was done before, and on which day; "" where it was not.
type step struct{ what, on string }

// day reads the day on which something truly happened: not before the matter was raised, nor before the steps that it
// follows, not in the future.
func (t *typed) day(follows ...step) {
	last := slices.MaxFunc(follows, func(a, b step) int { return strings.Compare(a.on, b.on) })
	t.dated, t.move.Date = true, t.date("date", t.order.Date)
	switch {
	case t.move.Date > t.today():
		t.problems["date"] = "这一天还没有到，请核对日期"
	case t.move.Date != "" && t.move.Date < t.m.Occurred.In(t.Now().Location()).Format(time.DateOnly):
		t.problems["date"] = "这一天群众还没有来反映，请核对日期"
	case t.move.Date != "" && t.move.Date < last.on:
		t.problems["date"] = "这一天还没有" + last.what + "（" + last.on + "才" + last.what + "），请核对日期"
	}
}

func (t *typed) after(workdays int) string {
	return t.Calendar.Add(t.Now(), workdays).Format(time.DateOnly)
}

// months is the same day so many months later, or the last of a shorter month.
func (t *typed) months(n int) string {
	now := t.Now()
	begin := time.Date(now.Year(), now.Month()+time.Month(n), 1, 0, 0, 0, 0, now.Location())
	last := begin.AddDate(0, 1, -1).Day()
	return begin.AddDate(0, 0, min(now.Day(), last)-1).Format(time.DateOnly)
}

// term sets when the next step is due: as ordered, else the usual day.
func (t *typed) term(usual string) {
	if t.move.Term = t.date("due", t.order.Due); t.move.Term == "" {
		t.move.Term = usual
	}
	if t.problems["due"] == "" && t.move.Term < t.today() {
		t.problems["due"] = "期限已经过了，请写今天以后的日子"
	} else if t.problems["due"] == "" && t.move.Term > t.Now().AddDate(5, 0, 0).Format(time.DateOnly) {
		t.problems["due"] = "期限太远了，请核对年份"
	}
}
