package docket

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/trace"
)

// Draft opens a draft that grows from some matters: what they are about, how many they are, a masked line of each; what is
// to be done about it the deputy writes himself. It fails with problem.Problems.
func (d *Desk) Draft(ctx context.Context, by clerk.Clerk, numbers ...string) (s suggestion.Suggestion, odd []string, err error) {
	if err := d.Guard.Ask(ctx, by, right.Suggest); err != nil {
		return s, nil, err
	}
	if len(numbers) == 0 {
		return s, nil, problem.Problems{"matters": "请写由哪些事项形成建议（编号）"}.Of(suggestion.Name)
	}
	var ms []matter.Matter
	for _, n := range numbers {
		m, err := d.Matter(ctx, n)
		if err != nil {
			return s, nil, err
		}
		if !slices.ContainsFunc(ms, func(had matter.Matter) bool { return had.ID == m.ID }) {
			ms = append(ms, m)
		}
	}
	w := d.Outline(ms)
	return d.Act(ctx, by, "", Order{Do: suggestion.Write, Matters: numbers, Set: field.Values{"title": w.Title, "category": w.Category, "facts": w.Case,
		"origin": "station"}, Untouched: true})
}

// Outline is what a draft says by itself about matters.
func (d *Desk) Outline(ms []matter.Matter) (w suggestion.Wording) {
	often := map[string]int{}
	where := map[string]int{}
	for _, m := range ms {
		if m.Category != "" {
			often[m.Category]++
		}
		where[places.Of(m.Station).Site]++
	}
	w.Category = most(often)
	weight := Weigh(ms)
	site := most(where)
	about := "群众反映的"
	if c, ok := category.ByCode(w.Category); ok {
		about = c.Name
	}
	place := site
	if weight.Places > 1 {
		place += "等地"
	}
	w.Title = "关于解决" + place + about + "问题的建议"
	var b strings.Builder
	when := said(weight.From)
	if weight.To != weight.From {
		when += "至" + said(weight.To)
	}
	fmt.Fprintf(&b, "%s，联络站收到群众反映的同类事项 %s。主要情况是：\n", when, weight)
	hidden, n := 0, 0
	for _, m := range ms {
		if m.Confidential {
			hidden++
			continue
		}
		n++
		line := trace.Hide(strings.Join(strings.Fields(m.Title), ""), m.Private, func(trace.Found) string { return "…" })
		fmt.Fprintf(&b, "%d．%s（%s，%s，%d 人次）\n", n, line, said(m.Occurred.Format(time.DateOnly)), places.Of(m.Station).Site, max(1, m.People))
	}
	if hidden > 0 {
		fmt.Fprintf(&b, "另有 %d 件群众要求保密，没有列出。\n", hidden)
	}
	w.Case = strings.TrimSpace(b.String())
	return w
}

// said is a day as letters have it: 2026年3月1日.
func said(on string) string {
	t, err := time.Parse(time.DateOnly, on)
	if err != nil {
		return on
	}
	return t.Format("2006年1月2日")
}

// most is what occurs most often, of several the first in order.
func most(often map[string]int) (which string) {
	for _, k := range slices.Sorted(func(yield func(string) bool) {
		for k := range often {
			if !yield(k) {
				return
			}
		}
	}) {
		if which == "" || often[k] > often[which] {
			which = k
		}
	}
	return which
}

// Weigh tells what stands behind some matters.
func Weigh(ms []matter.Matter) (w Weight) {
	var sites []string
	for _, m := range ms {
		on := m.Occurred.Format(time.DateOnly)
		w.Matters, w.People = w.Matters+1, w.People+max(1, m.People)
		if w.From == "" || on < w.From {
			w.From = on
		}
		w.To = max(w.To, on)
		if !slices.Contains(sites, m.Station) {
			sites = append(sites, m.Station)
		}
	}
	w.Places = len(sites)
	return w
}

// Similar gives suggestions of this and earlier years that may be about the same, the likeliest first, limit at most.
func (d *Desk) Similar(ctx context.Context, s suggestion.Suggestion, limit int) (list []suggestion.Suggestion, err error) {
	core := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(s.Title, "关于"), "解决"), "的建议"), "问题")
	if err := d.Fill(ctx); err != nil {
		return nil, err
	}
	score := map[int64]int{}
	rs := []rune(core)
	rs = rs[:min(len(rs), 150)] // no title is longer
	for at := 0; at+3 <= len(rs); at++ {
		rows, _, err := d.Index.Find(ctx, string(rs[at:at+3]), 300, 0)
		if err != nil {
			return nil, fmt.Errorf("similar suggestions: %w", err)
		}
		for _, r := range rows {
			score[r]++
		}
	}
	var rows []int64
	for r := range score {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b int64) int { return (score[b]-score[a])*2 + int(max(-1, min(1, b-a))) })
	rows = rows[:min(len(rows), 200)]
	var in []string
	for _, r := range rows {
		in = append(in, fmt.Sprint(r))
	}
	found, err := d.things(ctx, fmt.Sprintf("(row IN (%s) OR category = ? AND category <> '') AND id <> ? AND state NOT IN (%d, %d) ORDER BY row DESC LIMIT 200",
		strings.Join(in, ","), suggestion.Void, suggestion.Draft), s.Category, s.ID)
	if err != nil {
		return nil, err
	}
	like := func(o suggestion.Suggestion) (n int) {
		for at := 0; at+2 <= len(rs); at++ {
			if strings.Contains(o.Title, string(rs[at:at+2])) {
				n++
			}
		}
		if o.Category == s.Category && s.Category != "" {
			n++
		}
		return n
	}
	found = slices.DeleteFunc(found, func(o suggestion.Suggestion) bool { return like(o) < 2 })
	slices.SortStableFunc(found, func(a, b suggestion.Suggestion) int { return like(b) - like(a) })
	return found[:min(limit, len(found))], nil
}

// Answering is the one whose answer a suggestion has: the one with which it is handled (并案), itself where it is handled
// alone, or where this computer does not know the other.
func (d *Desk) Answering(ctx context.Context, s suggestion.Suggestion) (suggestion.Suggestion, error) {
	for range 10 { // those it was joined to may have been joined in turn
		if s.State != suggestion.Joined {
			break
		}
		list, err := d.things(ctx, "id = ?", s.Into)
		if err != nil || len(list) == 0 {
			return s, err
		}
		s = list[0]
	}
	return s, nil
}

// Answer is what a suggestion's answer comes to for the citizen of a matter that it grew from: its class, the words, what
// is promised by when, who answered. The class is 0 while there is none, or where the words are not for this computer.
func Answer(s suggestion.Suggestion, named func(key string) string) (class int, text, promise, by, who string) {
	var said, names, open []string
	for _, a := range s.Standing() {
		t := s.Texts[a.Mark]
		if t == "" {
			return 0, "", "", "", ""
		}
		if a.Again {
			said = nil // the second one says it all
		}
		said, names = append(said, t), append(names, named(a.Unit))
		class = max(a.As()*map[bool]int{true: 0, false: 1}[a.Again], class)
		if a.Again {
			class = a.As()
		}
	}
	for _, p := range s.Pending() {
		open = append(open, s.Texts[p.Mark])
		if by == "" || p.By > by {
			by = p.By
		}
	}
	slices.Sort(names)
	return class, strings.Join(said, "\n"), strings.Join(open, "；"), by, strings.Join(slices.Compact(names), "、")
}
