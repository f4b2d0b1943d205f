package directory

import (
	"cmp"
	"slices"
	"strconv"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/data/person"
)

// Chosen is how the menu stands: citizens read it.
var Chosen = table.Layout{Body: 14, Head: 14, Note: 14, Least: 14}

// Menu is 代表点单菜单: the deputies whom a citizen may wish for, field by field, with where they may be met. Somebody of two
// fields stands under both; who has none stands at the end. No telephone but the station's is on it.
func Menu(d Directory, o form.Issuer) table.Table {
	ask := "想找哪位代表，请告诉联络员，或致电 " + cmp.Or(form.Line(o.Phone), "联络站")
	t := table.Table{Notes: noted(o, form.Names["order-menu"], ask), Columns: []table.Column{
		left("领域", 40), mid("代表", 26), left("代表职务", 62), left("工作单位及职务", 70), left("在哪里", 62)}}
	if len(d.Sites) == 1 {
		t.Part = named(d.Sites[0], o)
	}
	byField := map[string][]person.Person{}
	for _, p := range d.People {
		if len(acting(p)) == 0 || p.Away(o.Today.Format("2006-01-02")) {
			continue
		}
		fields := p.Fields
		if len(fields) == 0 {
			fields = []string{""}
		}
		for _, f := range fields {
			byField[f] = append(byField[f], p)
		}
	}
	var fields []string
	for f := range byField {
		fields = append(fields, f)
	}
	usual := func(f string) int { // in the order of the county's fields, others behind them
		for i, had := range o.Profile.Fields {
			if had.Name == f {
				return i
			}
		}
		if f == "" {
			return 1 << 20
		}
		return 1 << 10
	}
	slices.SortFunc(fields, func(a, b string) int { return cmp.Or(usual(a)-usual(b), cmp.Compare(a, b)) })
	people := map[string]bool{}
	for _, f := range fields {
		for i, p := range byField[f] {
			people[p.ID] = true
			head := ""
			if i == 0 {
				head = cmp.Or(f, "其他")
			}
			var stations []string
			for _, s := range p.Seats {
				stations = append(stations, o.Named(s.Station))
			}
			t.Rows = append(t.Rows, table.Row{Cells: []string{head, p.Name, titles(p, acting(p)), lines(p.Employer, p.Post), lines(stations...)}})
		}
	}
	t.Sums = []table.Row{{Cells: []string{"共 " + strconv.Itoa(len(people)) + " 位代表"}}}
	return t
}
