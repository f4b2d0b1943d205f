package register

import (
	"cmp"
	"slices"
	"strconv"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/trace"
	"lianluo.local/data/words"
)

// The lists in this file leave the station's hands: a citizen is masked on them, and nothing stands there that the
// office above did not get (个人信息保护法 articles 25 and 51).

func stationName(m *matter.Matter) string { return places.Of(m.Station).Where }

// listed are the notes of a list that leaves the station: they say when it was true.
func listed(o form.Issuer, title string, rows []matter.Matter) table.Notes {
	return noted(o, title, form.Line(o.Name)+"　"+span(rows), "截至 "+form.Day(o.Today), "姓名已作脱敏处理")
}

// Ledger is 汇总台账 (form F12) of a station or of all stations of a county, as of the office's day, with totals by state
// that add up to the number of rows.
func Ledger(rows []matter.Matter, o form.Issuer) table.Table {
	ms := ordered(rows, nil)
	t := table.Table{Notes: listed(o, "汇总台账", rows), Keys: 2, Sums: sum(tally(ms) + satisfied(ms))}
	t.Columns = []table.Column{mid("序号", 8), mid("编号", 18.8), mid("反映日期", 18.8), left("联络站", 26), mid("反映人", 12),
		left("事项", 46), left("类别", 22), mid("处理方式", 15), left("承办单位", 28), mid("办理期限", 18.8), mid("状态", 16),
		mid("结果", 8), mid("反馈群众", 18.8), mid("评议", 14)}
	t.Rows = each(ms, func(i int, m *matter.Matter) table.Row {
		if r, ok := shortRow(m, strconv.Itoa(i+1), number(m.Number), day(m.Occurred)); ok {
			return r
		}
		return table.Row{Cells: []string{strconv.Itoa(i + 1), number(m.Number), day(m.Occurred), stationName(m),
			masked(m), m.Title, kind(m), mode(m), units(m), cmp.Or(m.Term, m.Due), m.State.String(),
			o.Profile.Letter(m.Class), m.Told, rating(m)}}
	})
	return t
}

// Opinion says whether a matter is one; a void one is none.
func Opinion(m matter.Matter) bool { return m.State != matter.Void }

// Summary is 意见汇总表, what the station sends up after its sorting: the opinions by kind, with a line over each kind.
func Summary(rows []matter.Matter, o form.Issuer) table.Table {
	ms := ordered(rows, Opinion)
	group := func(m *matter.Matter) string { return form.Cut(m.Category, 2) }
	slices.SortStableFunc(ms, func(a, b *matter.Matter) int { return cmp.Compare(group(a), group(b)) })
	names := map[string]string{"": "未分类"}
	for _, c := range category.All() {
		names[c.Group] = c.GroupName
	}
	counts := map[string]int{}
	for _, m := range ms {
		counts[group(m)]++
	}
	t := table.Table{Notes: listed(o, "意见汇总表", rows), Keys: 2, Sums: sum(tally(ms))}
	t.Columns = []table.Column{mid("序号", 8), mid("编号", 18.8), mid("反映日期", 18.8), mid("反映人", 13), left("所在村居", 26),
		left("意见建议", 60), left("类别", 22), left("地点", 24), mid("接待代表", 15), left("拟办意见", 27), left("承办单位", 28),
		mid("状态", 16)}
	for i, m := range ms {
		if i == 0 || group(m) != group(ms[i-1]) {
			over := cmp.Or(names[group(m)], group(m)) + "　" + strconv.Itoa(counts[group(m)]) + " 件"
			t.Rows = append(t.Rows, table.Row{Cells: []string{over}, Group: true})
		}
		r, ok := shortRow(m, strconv.Itoa(i+1), number(m.Number), day(m.Occurred))
		if !ok {
			r = table.Row{Cells: []string{strconv.Itoa(i + 1), number(m.Number), day(m.Occurred), masked(m),
				form.Village(m.Station, m.Address), m.Title, kind(m), m.Place, lines(m.Deputies...),
				lines(mode(m), m.Proposal), units(m), m.State.String()}}
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// Posted is how a list hangs on a wall: in type that is read from a step away.
var Posted = table.Layout{Body: 14, Head: 14, Note: 14, Least: 13}

// Wall is 公开栏 for the notice board: what was raised, by its title alone, by whom (王**) and from which village, how it
// is handled, what came of it in plain words, what the citizen made of it. No confidential or void matter is on it,
// no number, and nothing of the citizen's own words. Ask WallCheck first.
func Wall(rows []matter.Matter, o form.Issuer) table.Table {
	ps := Posts(rows, o)
	ask := "如有疑问，请到站或致电 " + cmp.Or(form.Line(o.Phone), "联络站")
	t := table.Table{Notes: noted(o, "群众意见办理情况公开栏", form.Line(o.Name), "公布日期 "+form.Day(o.Today), ask),
		Sums: sum("合计 " + strconv.Itoa(len(ps)) + " 件" + satisfied(ordered(rows, Public))), Columns: []table.Column{
			mid("序号", 13), mid("反映人", 21), left("所在村居", 48), left("反映事项", 84), mid("办理方式", 33), mid("办理结果", 48),
			mid("群众评价", 30)}}
	for i, p := range ps {
		t.Rows = append(t.Rows, table.Row{Cells: []string{strconv.Itoa(i + 1), p.Who, p.Village,
			cmp.Or(p.Title, "（未写标题）"), p.Mode, p.Result, p.Rating}})
	}
	return t
}

// Post is a matter as everybody may read it: on the notice board, and on the page of a web site.
type Post struct {
	Matter                                    *matter.Matter
	Who, Village, Title, Mode, Result, Rating string
}

// Posts are the matters that everybody may read of (Public), the oldest first.
func Posts(rows []matter.Matter, o form.Issuer) (list []Post) {
	for _, m := range ordered(rows, Public) {
		who := "匿名"
		if !m.Anonymous {
			who = cmp.Or(mask.Name(m.Name), "群众")
		}
		list = append(list, Post{m, who, form.Village(m.Station, m.Address), m.Title, plainMode(m), result(m), opinion(m)})
	}
	return list
}

// Public says whether a matter may hang on a wall at all. What was not taken up is nobody's business but the
// citizen's: he was shown his door.
func Public(m matter.Matter) bool {
	return !m.Confidential && m.State != matter.Void && m.State != matter.Guided
}

func plainMode(m *matter.Matter) string {
	if m.OnSpot == "answered" || m.OnSpot == "resolved" {
		return "当场办理"
	}
	return cmp.Or(mode(m), "—")
}

// result is how far a matter is, in words for everybody.
func result(m *matter.Matter) string {
	switch {
	case m.State == matter.Answered:
		return words.OnSpots.Name(m.OnSpot)
	case m.State == matter.Withdrawn:
		return m.State.String()
	case m.State == matter.Redoing:
		return "正在重新办理"
	case m.Class > 0:
		return words.ClassName(m.Class)
	}
	return "正在办理"
}

func opinion(m *matter.Matter) string {
	if m.Result == "" {
		return "—"
	}
	return words.Ratings.Name(m.Result)
}

// Finding is something in a matter's title that should not hang on a wall: what it seems to be, and the words
// themselves.
type Finding struct {
	Number string // of the matter
	What   string // as trace.Find says
	Text   string
}

// WallCheck finds in the titles of those matters that Wall would print what seems to tell who the citizen is, for a
// person to decide about before the list is hung up.
func WallCheck(rows []matter.Matter) (found []Finding) {
	withheld := false
	for _, m := range ordered(rows, Public) {
		for _, f := range trace.Find(m.Title, m.Private) {
			found = append(found, Finding{m.Number, f.What, f.Text})
		}
		if m.Name == "" && !m.Anonymous && !withheld {
			withheld = true
			found = append(found, Finding{m.Number, trace.Name, "本级看不到群众姓名，标题请逐行看一遍"})
		}
	}
	return found
}
