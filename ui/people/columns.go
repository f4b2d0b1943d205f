package people

import (
	"cmp"
	"slices"
	"strings"

	"lianluo.local/data/person"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
)

func (p *Page) columns() []kit.Column[person.Person] {
	type column = kit.Column[person.Person]
	return []column{
		{Title: "选", Width: 1.2, Text: func(v person.Person) string {
			return map[bool]string{true: "✓"}[p.ticked(v)]
		}, Click: p.tick},
		{Title: "姓名", Width: 4.6, Text: func(v person.Person) string { return v.Name }},
		{Title: "级别", Width: 5, Text: levels},
		{Title: "站点", Least: 8, Text: p.seats},
		{Title: "状态", Width: 4.4, Text: p.standing, Tone: p.tone},
		{Title: "专业", Width: 5, Spare: true, Text: func(v person.Person) string { return strings.Join(v.Fields, "、") }},
		{Title: "单位职务", Width: 9, Spare: true, Text: func(v person.Person) string { return v.Employer + v.Post }},
		{Title: "层级", Width: 5, Spare: true, Text: func(v person.Person) string { return words.Tiers.Name(v.Tier) }},
	}
}

// levels are those of the congresses that somebody sits in, or sat in.
func levels(v person.Person) string {
	ms := v.Held()
	if len(ms) == 0 {
		ms = v.Mandates
	}
	var names []string
	for _, m := range ms {
		if name := words.Levels.Name(m.Level); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "·")
}

// seats are the stations where somebody is grouped, the main ones first.
func (p *Page) seats(v person.Person) string {
	var names []string
	list := slices.Clone(v.Seats)
	slices.SortStableFunc(list, func(a, b person.Seat) int { return cmp.Compare(a.Part, b.Part) }) // main, part
	for _, s := range list {
		names = append(names, p.place(s.Station))
	}
	return strings.Join(names, "、")
}

// standing says in a word whether somebody may be called, and why not.
func (p *Page) standing(v person.Person) string {
	switch held := v.Held(); {
	case v.State == person.Void:
		return "已作废"
	case v.Ended():
		return "已届满"
	case v.Away(p.today()):
		return "请假"
	case len(held) == 0:
		return "无职务"
	case !slices.ContainsFunc(held, func(m person.Mandate) bool { return m.Standing == "office" }):
		return "暂停执行"
	case !v.Confirmed:
		return "待确认"
	}
	return "在任"
}

func (p *Page) tone(v person.Person) kit.Tone {
	switch p.standing(v) {
	case "暂停执行":
		return kit.Bad
	case "请假", "待确认":
		return kit.Soon
	}
	return kit.Plain
}
