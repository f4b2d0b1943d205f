package directory

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/places"
	"lianluo.local/data/mask"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/words"
)

// Listed is how the tables of people and places stand: for officials, in type that an official paper may go down to.
var Listed = table.Layout{Body: form.Official, Head: form.Official, Note: form.Official, Least: 9}

func left(title string, width float64) table.Column { return table.Column{Title: title, Width: width} }

func mid(title string, width float64) table.Column {
	return table.Column{Title: title, Width: width, Align: typeset.Centre}
}

// noted is what stands around a table of an office, as of its day.
func noted(o form.Issuer, title, treatment string) table.Notes {
	return table.Notes{Organisation: form.Line(cmp.Or(o.Organisation, o.Name)), Title: title, Part: form.Line(o.Name),
		Day: "截至 " + form.Day(o.Today), Treatment: treatment, Maker: maker(o), Practice: o.Practice}
}

func maker(o form.Issuer) string {
	if o.Clerk == "" {
		return ""
	}
	return "编制人 " + form.Line(o.Clerk)
}

// Roster is 代表名册: everybody once, with all that he is and where. Telephones are masked and birthdays left out unless
// contact is asked for; addresses are never in it.
func Roster(d Directory, o form.Issuer, contact bool) table.Table {
	treatment := "电话已作脱敏处理"
	if contact {
		treatment = "内部资料 · 含个人信息 · 请妥善保管"
	}
	t := table.Table{Notes: noted(o, form.Names["roster"], treatment), Keys: 2}
	if len(d.Sites) == 1 {
		t.Part = named(d.Sites[0], o)
	}
	t.Columns = []table.Column{mid("序号", 9), mid("姓名", 18), mid("性别", 9), mid("民族", 11)}
	if contact {
		t.Columns = append(t.Columns, mid("出生年月", 18))
	}
	t.Columns = append(t.Columns, left("工作单位及职务", 38), left("代表职务", 44), left("选区\n（选举单位）", 26), left("所在站点", 34),
		left("专业领域", 20), mid("电话", 25), left("备注", 16))
	for i, p := range d.People {
		cells := []string{strconv.Itoa(i + 1), p.Name, words.Sexes.Name(p.Sex), p.Nationality}
		phone := mask.Phone(p.Phone)
		if contact {
			cells, phone = append(cells, p.Birth), p.Phone
		}
		ms := p.Held()
		var stations []string
		for _, s := range p.Seats {
			stations = append(stations, o.Named(s.Station))
		}
		t.Rows = append(t.Rows, table.Row{Cells: append(cells, lines(p.Employer, p.Post),
			titles(p, ms), chosen(ms), lines(stations...),
			list(p.Fields), phone, lines(standing(ms), roles(p)))})
	}
	t.Sums = []table.Row{{Cells: []string{count(d.People)}}}
	return t
}

// count says how many people there are and of which levels: each once, by his highest.
func count(ps []person.Person) string {
	n := map[string]int{}
	for _, p := range ps {
		n[highest(p)]++
	}
	var parts []string
	for _, w := range words.Levels {
		if n[w.Code] > 0 {
			parts = append(parts, w.Name+"级 "+strconv.Itoa(n[w.Code])+" 人")
		}
	}
	if n[""] > 0 {
		parts = append(parts, "没有在任代表职务 "+strconv.Itoa(n[""])+" 人")
	}
	text := "合计 " + strconv.Itoa(len(ps)) + " 人"
	if len(parts) > 0 {
		text += "，按最高职务计：" + strings.ReplaceAll(strings.Join(parts, "，"), "全国级", "全国")
	}
	return text
}

// highest is the level of the highest mandate that somebody exercises, "" for none.
func highest(p person.Person) string {
	if ms := acting(p); len(ms) > 0 {
		return ms[0].Level
	}
	return ""
}

// standing says which mandates rest.
func standing(ms []person.Mandate) string {
	return each(ms, func(m person.Mandate) string {
		if m.Standing == "office" {
			return ""
		}
		return words.Levels.Name(m.Level) + "代表职务" + words.Standings.Name(m.Standing)
	})
}

func roles(p person.Person) string {
	var names []string
	for _, r := range p.Roles {
		names = append(names, words.Roles.Name(r))
	}
	if t := words.Tiers.Name(p.Tier); t != "" {
		names = append(names, t)
	}
	return list(names)
}

// lines are the texts that say something, each on a line of its own.
func lines(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), "\n")
}

// Stations is 联络站点一览表: all that are open, by county and township, with how many deputies in office are grouped at each; totals by
// kind.
func Stations(d Directory, o form.Issuer) table.Table {
	t := table.Table{Notes: noted(o, form.Names["station-list"], ""), Keys: 2}
	t.Columns = []table.Column{mid("序号", 10), left("名称", 62), mid("类别", 16), left("地址", 56), left("电话", 30), mid("站长", 18),
		left("联络员", 26), mid("代表", 12), left("代码", 36)}
	counties := map[string]bool{}
	var sites []site.Site
	for _, s := range d.Sites {
		if s.Kind == "station" || s.Kind == "point" || s.Kind == "base" {
			sites = append(sites, s)
			counties[s.Code[:6]] = true
		}
	}
	slices.SortStableFunc(sites, func(a, b site.Site) int { return cmp.Compare(a.Code, b.Code) })
	here := map[string]int{}
	serving := slices.DeleteFunc(slices.Clone(d.People), func(p person.Person) bool { return len(acting(p)) == 0 })
	for _, p := range serving {
		for _, s := range p.Seats {
			here[s.Station]++
		}
	}
	for i, s := range sites {
		group := func(digits int) bool { return i == 0 || sites[i-1].Code[:digits] != s.Code[:digits] }
		if len(counties) > 1 && group(6) {
			t.Rows = append(t.Rows, over(sites, s.Code[:6], places.Of(s.Code[:6]+"000000").Site))
		}
		if group(9) {
			at, _ := places.ByCode(s.Code[:9] + "000")
			t.Rows = append(t.Rows, over(sites, s.Code[:9], at.Name))
		}
		phone, _ := reached(s, o)
		t.Rows = append(t.Rows, table.Row{Cells: []string{strconv.Itoa(i + 1), named(s, o), words.Sites.Name(s.Kind),
			s.Address, phone, s.Head, list(s.Liaisons), strconv.Itoa(here[s.Code]), s.Code}})
	}
	total := over(sites, "", "合计")
	total.Group = false
	total.Cells[0] += "；代表 " + strconv.Itoa(len(serving)) + " 人"
	t.Sums = []table.Row{total}
	return t
}

// over is the line over the stations whose codes begin alike, with how many there are of each kind.
func over(sites []site.Site, stem, name string) table.Row {
	text := name + "　"
	all, sign := 0, "："
	var kinds string
	for _, w := range words.Sites {
		n := 0
		for _, s := range sites {
			if s.Kind == w.Code && strings.HasPrefix(s.Code, stem) {
				n++
			}
		}
		if all += n; n > 0 {
			kinds += sign + w.Name + " " + strconv.Itoa(n) + " 个"
			sign = "，"
		}
	}
	return table.Row{Cells: []string{text + strconv.Itoa(all) + " 个" + kinds}, Group: true}
}
