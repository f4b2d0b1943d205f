package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/words"
)

// Saved is a choice that somebody keeps under a name (我的关注): his home's own, which travels to nobody and lies in its
// copies.
type Saved struct {
	Name string `json:"name"`
	Choice
}

// Watched is one with how many matters it chooses now, and how many of them are overdue; N is -1 where it asks for what is
// no more: Why says what.
type Watched struct {
	Saved
	N, Late int
	Why     string
}

// What somebody keeps: where it lies, and how many at most.
const (
	kept = "views"
	most = 50
)

var _ = field.Of(kept, field.Field{Code: "name", Name: "名称"})

// Views gives what is kept, in the order in which it was; of it what asks for words, a name among them, to nobody who may not
// search.
func (l *Ledger) Views(ctx context.Context) ([]Saved, error) {
	list, err := l.all(ctx)
	if !l.Guard.May(ctx, right.Find) {
		list = slices.DeleteFunc(list, func(s Saved) bool { return s.Text != "" })
	}
	return list, err
}

func (l *Ledger) all(ctx context.Context) (list []Saved, err error) {
	text, err := l.Store.Kept(ctx, kept)
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &list)
	}
	if err != nil {
		return nil, fmt.Errorf("saved views: %w", err)
	}
	return list, nil
}

// Saved gives the one of a name. It fails with problem.Problems.
func (l *Ledger) Saved(ctx context.Context, name string) (Saved, error) {
	list, err := l.Views(ctx)
	at := named(list, name)
	if err == nil && at < 0 {
		err = problem.Problems{"name": "没有“" + strings.TrimSpace(name) + "”这个关注，请核对名称"}.Of(kept)
	}
	if err != nil {
		return Saved{}, err
	}
	return list[at], nil
}

func named(list []Saved, name string) int {
	return slices.IndexFunc(list, func(s Saved) bool { return s.Name == strings.TrimSpace(name) })
}

// Save keeps a choice under a name, instead of the one that had it. It fails with right.Denied and problem.Problems.
func (l *Ledger) Save(ctx context.Context, s Saved) error {
	err := l.Guard.Sits(ctx, right.Look, right.Mine)
	if err == nil && s.Text != "" {
		err = l.Guard.Sits(ctx, right.Find)
	}
	if err != nil {
		return err
	}
	wrong := problem.Problems{}
	if s.Name = wrong.Line("name", s.Name, 20); s.Name == "" && wrong["name"] == "" {
		wrong["name"] = "请起一个名称，如 住建局超期的"
	}
	if s.Choice == (Choice{}) {
		wrong["query"] = "请至少写一个条件"
	}
	var asked problem.Problems
	if _, err := l.Asked(s.Choice); errors.As(err, &asked) {
		for field, why := range asked {
			wrong[field] = why
		}
	} else if err != nil {
		return err
	}
	list, err := l.all(ctx)
	if err != nil {
		return err
	}
	at := named(list, s.Name)
	if at < 0 && len(list) >= most {
		wrong["name"] = fmt.Sprintf("已经有 %d 个关注了，请先去掉不用的", len(list))
	}
	if len(wrong) > 0 {
		return wrong.Of(kept)
	}
	if at < 0 {
		list = append(list, s)
	} else {
		list[at] = s
	}
	return l.keep(ctx, list)
}

// Drop forgets the one of a name. It fails with right.Denied and problem.Problems.
func (l *Ledger) Drop(ctx context.Context, name string) error {
	if err := l.Guard.Sits(ctx, right.Look, right.Mine); err != nil {
		return err
	}
	if _, err := l.Saved(ctx, name); err != nil {
		return err
	}
	list, err := l.all(ctx)
	if err != nil {
		return err
	}
	at := named(list, name)
	return l.keep(ctx, slices.Delete(list, at, at+1))
}

func (l *Ledger) keep(ctx context.Context, list []Saved) error {
	if len(list) == 0 {
		return l.Store.Keep(ctx, kept, "", l.Now())
	}
	b, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return l.Store.Keep(ctx, kept, string(b), l.Now())
}

// Watch counts what is kept; the list is looked through once for all of them.
func (l *Ledger) Watch(ctx context.Context) (list []Watched, err error) {
	saved, err := l.Views(ctx)
	if err != nil {
		return nil, err
	}
	qs, ask := make([]Query, len(saved)), make([]*Query, len(saved))
	for i, s := range saved {
		list = append(list, Watched{Saved: s})
		var wrong problem.Problems
		if qs[i], err = l.Asked(s.Choice); errors.As(err, &wrong) { // a basket or a category that is no more
			list[i].N, list[i].Why, qs[i] = -1, wrong.Sentence(), Query{}
		} else if err != nil {
			return nil, err
		}
		ask[i] = &qs[i]
	}
	if err := l.narrow(ctx, ask...); err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].N < 0 {
			continue
		}
		if list[i].N, list[i].Late, err = l.Count(ctx, qs[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Told says what a choice asks for, a part of a sentence each.
func (l *Ledger) Told(c Choice) (says []string) {
	add := func(what, said string) {
		if said != "" {
			says = append(says, what+said)
		}
	}
	name := func(list words.List, typed string) string {
		if code, ok := list.Parse(typed); ok {
			return list.Name(code)
		}
		return typed
	}
	q, _ := l.Asked(c) // what is no more is told as it was written
	add("找 ", c.Text)
	for _, b := range l.Baskets() {
		if b.Code == c.Basket || b.Name == c.Basket {
			add("", b.Name)
		}
	}
	add("", name(States, c.State))
	if c.Step > 0 {
		add("", fmt.Sprintf("第 %d 步", c.Step))
	}
	if c.Overdue {
		add("", "超期")
	}
	if c.Urgent {
		add("", "紧急")
	}
	add("", cmp.Or(places.Of(q.Station).Where, c.Station))
	add("", name(words.Registers, c.Register))
	add("来源 ", name(words.Channels, c.Channel))
	kind := ""
	if q.Category != "" {
		kind = groupOr(q.Category)
	}
	add("", kind)
	add("承办 ", c.Department)
	add("领办 ", c.Leader)
	add("评议 ", name(words.Ratings, c.Result))
	add("", name(Periods, c.Period))
	add("从 ", c.From)
	add("到 ", c.To)
	return says
}

// groupOr is the name of a category or of a group of them.
func groupOr(code string) string {
	if len(code) > 2 {
		return CategoryName(code)
	}
	c, _ := category.ByCode(code + "01")
	return cmp.Or(c.GroupName, code)
}
