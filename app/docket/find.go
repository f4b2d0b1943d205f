package docket

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// List gives those whom a filter chooses, the newest first, and how many there are in all.
func (d *Desk) List(ctx context.Context, f Filter) (list []suggestion.Suggestion, all int, err error) {
	if err := d.Guard.Sits(ctx, right.Look, right.Mine); err != nil {
		return nil, 0, err
	}
	if strings.ContainsFunc(f.Query, unicode.IsLetter) && f.After == 0 { // a number finds nobody
		d.Guard.Seeks(f.Query)
	}
	if !d.Guard.May(ctx, right.Look) { // his alone, which are few
		after, limit := f.After, f.Limit
		f.After, f.Limit = 0, 0
		defer func() {
			list = slices.DeleteFunc(list, func(s suggestion.Suggestion) bool { return d.whose(ctx, s) != nil })
			all, list = len(list), list[min(after, len(list)):]
			if limit > 0 {
				list = list[:min(limit, len(list))]
			}
		}()
	}
	cond, args, err := d.where(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	if err := d.Store.QueryRow(ctx, "SELECT count(*) FROM suggestion WHERE "+cond, args...).Scan(&all); err != nil {
		return nil, 0, fmt.Errorf("suggestions: %w", err)
	}
	cond += " ORDER BY row DESC"
	if f.Limit > 0 || f.After > 0 { // those alone are read whole
		cond += fmt.Sprintf(" LIMIT %d OFFSET %d", cmp.Or(f.Limit, -1), f.After)
		cond = "row IN (SELECT row FROM suggestion WHERE " + cond + ") ORDER BY row DESC"
	}
	list, err = d.things(ctx, cond, args...)
	return list, all, err
}

func (d *Desk) things(ctx context.Context, cond string, args ...any) (list []suggestion.Suggestion, err error) {
	ls, err := view.Things[suggestion.Suggestion](ctx, d.Store, suggestion.Name, cond, args...)
	for _, l := range ls {
		list = append(list, l.Thing)
	}
	return list, err
}

// Find gives one by its ID, or by its number, with the session of its congress before it where several bear it: 12,
// 十四届七次 12. It fails with problem.Problems where that is not one.
func (d *Desk) Find(ctx context.Context, idOrNumber string) (s suggestion.Suggestion, err error) {
	typed := strings.TrimSpace(idOrNumber)
	list, err := d.things(ctx, "id = ?", strings.ToLower(typed))
	if err == nil && len(list) == 0 {
		congress, number := "", serial(typed)
		if i := strings.LastIndexAny(typed, " 　-"); i > 0 {
			congress, number = strings.TrimSpace(typed[:i]), serial(strings.Trim(typed[i:], " 　-"))
		}
		list, err = d.things(ctx,
			"serial = ? AND serial <> '' AND (?2 = '' OR congress = ?2) AND state <> ? ORDER BY row DESC LIMIT 20",
			number, congress, int(suggestion.Void))
	}
	switch {
	case err != nil:
		return s, fmt.Errorf("suggestion %s: %w", idOrNumber, err)
	case len(list) == 0:
		return s, problem.Problems{"suggestion": "没有“" + typed + "”这一件建议，请核对编号或案号"}
	case len(list) > 1:
		var which []string
		for _, o := range list {
			which = append(which, strings.TrimSpace(o.Congress+" "+o.Number)+"（"+words.Levels.Name(o.Level)+"，"+o.ID+"）")
		}
		return s, problem.Problems{"suggestion": "案号 " + typed + " 的有几件：" + strings.Join(which, "；") + "。请写届次或编号"}
	}
	if err := d.whose(ctx, list[0]); err != nil {
		return s, err
	}
	return list[0], nil
}

// whose asks whether who sits here may look at a suggestion: at all, or at those that he signs or handles.
func (d *Desk) whose(ctx context.Context, s suggestion.Suggestion) error {
	var named []string
	for _, who := range s.Who {
		named = append(named, cmp.Or(who.Person, who.Name))
	}
	return d.Guard.Whose(ctx, d.Guard.Sitting(), named...)
}
