package paper

import (
	"slices"
	"strconv"

	"lianluo.local/app/paper/calendar"
	"lianluo.local/app/paper/directory"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/register"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
)

// wallSet is all that hangs at a station in a month, as one paper with contents: the plan, the notices of what is still to
// come, contact cards, the wall list, the rules. What is empty is left out. A person looks through the list before.
func wallSet() Kind {
	k := kind("wall-set", func(t Things, o form.Issuer, w Wish) (typeset.Document, error) {
		if found := register.WallCheck(t.Matters); len(found) > 0 && !w.Checked {
			return typeset.Document{}, Unchecked(found)
		}
		return hangs(t, o)
	})
	k.Of, k.About, k.takes, k.Pictured = session.Name, Many, []Pick{Days, OfYear, Station, Looked}, true
	return k
}

// hangs puts the set together.
func hangs(t Things, o form.Issuer) (doc typeset.Document, err error) {
	doc.Made = o.Today
	var pages []*typeset.Page
	var parts []calendar.Part
	var across []func(of int) // pages of tables, which say of how many they are
	put := func(name string, n int, unit string) {
		parts = append(parts, calendar.Part{Name: name, Count: strconv.Itoa(n) + " " + unit, At: len(pages) + 2})
	}
	tables := func(sides []table.Side) {
		for _, draw := range sides {
			n, at := len(pages)+2, len(pages)
			pages = append(pages, nil)
			across = append(across, func(of int) {
				pages[at] = table.Bind("", o.Today, o.Practice, []table.Side{func(p *typeset.Page, _, _ int) { draw(p, n, of) }}).Pages[0]
			})
		}
	}
	upright := func(ps []*typeset.Page) {
		for _, p := range ps {
			n := len(pages) + 2
			number := form.Leaf{Page: p, K: 1}
			p.Text(p.W-20, p.H-6, typeset.Right, number.Note(form.Official), "— "+strconv.Itoa(n)+" —")
			pages = append(pages, p)
		}
	}
	if ss := t.Calendar.Sessions; len(ss) > 0 {
		put("接待和活动安排", len(ss), "场")
		tables(calendar.Plan(t.Calendar, o))
	}
	coming := t.Calendar
	coming.Sessions = slices.DeleteFunc(slices.Clone(coming.Sessions), func(s session.Session) bool { return !s.Announces() || !s.Ahead() && !s.Owes() })
	if n := len(coming.Sessions); n > 0 {
		d, err := calendar.Notices(coming, o, calendar.A4)
		if err != nil {
			return doc, err
		}
		put("接待公告", n, "张")
		upright(d.Pages)
	}
	d := t.Directory
	d.People = slices.DeleteFunc(slices.Clone(d.People), func(p person.Person) bool { return len(p.Serving()) == 0 })
	if n := len(d.People); n > 0 {
		cards, err := directory.Cards(d, o, false)
		if err != nil {
			return doc, err
		}
		put("代表联系卡", n, "位")
		upright(cards.Pages)
	}
	if ms := slices.DeleteFunc(slices.Clone(t.Matters), func(m matter.Matter) bool { return !register.Public(m) }); len(ms) > 0 {
		put("公开栏", len(ms), "件")
		tables(register.Posted.Sides(register.Wall(t.Matters, o)))
	}
	for _, r := range t.Rules {
		ps := r.Pages(o)
		put(form.Line(r.Title), len(ps), "张")
		upright(ps)
	}
	of := len(pages) + 1
	for _, draw := range across {
		draw(of)
	}
	first := calendar.Contents(o, calendar.Period(t.Calendar.From, t.Calendar.To), parts, of)
	doc.Pages = append([]*typeset.Page{first}, pages...)
	return doc, nil
}
