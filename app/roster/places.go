package roster

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/pinyin"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
)

// Place is a unit with what is known around it.
type Place struct {
	site.Site
	People  int      // how many are grouped there, as far as this home knows
	Missing []string // what a place of its kind has to have, and has not, in the words of the list
	County  string   // where it lies: 离石区
	Town    string   // 凤山街道; "" for an office or a department of the county

	initials string
}

// Fits says whether a place is meant by what somebody typed: a part of its name, of where it lies or of who leads it,
// the first letters of its name, or the beginning of its code.
func (p Place) Fits(typed string) bool {
	typed = spelling.Letters(typed)
	return strings.HasPrefix(p.Code, typed) || pinyin.Match(p.initials, typed) || slices.ContainsFunc(
		[]string{p.Facts.Name, p.Short, p.County, p.Town, p.Head}, func(s string) bool { return strings.Contains(s, typed) })
}

// Places gives the units that this home lists, of some kinds or all, county after county: its office, the places where
// citizens are received by township, its departments. Closed ones come only where they are asked for.
func (r *Roster) Places(ctx context.Context, closed bool, kinds ...string) (list []Place, err error) {
	sites, err := r.Sites(ctx, closed, kinds...)
	if err != nil {
		return nil, err
	}
	people, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	seated := map[string]int{}
	for _, n := range people.list {
		for _, code := range strings.Fields(n.stations) {
			seated[code]++
		}
	}
	for _, s := range sites {
		p := Place{Site: s, People: seated[s.Code], initials: pinyin.Initials(s.Facts.Name)}
		if where, known := places.ByCode(s.Code[:min(6, len(s.Code))]); known {
			p.County = where.Name
		}
		if unit.LevelOf(s.Code) == journal.Station && !site.Numbered(s.Code) {
			where, _ := places.ByCode(s.Code[:9])
			p.Town = where.Name
		}
		p.Missing = p.missing()
		list = append(list, p)
	}
	slices.SortStableFunc(list, func(a, b Place) int {
		last := func(p Place) int { return map[bool]int{true: 1}[site.Numbered(p.Code)] }
		return cmp.Or(cmp.Compare(a.Code[:min(6, len(a.Code))], b.Code[:min(6, len(b.Code))]), last(a)-last(b))
	})
	return list, nil
}

// missing says what a place has not: where citizens are received somebody answers for it, can be called and comes to
// (《代表联络站（点）建设规范》); a department can be called.
func (p Place) missing() (list []string) {
	need := func(has bool, word string) {
		if !has {
			list = append(list, word)
		}
	}
	switch {
	case p.State != site.Open:
	case p.Kind == "department":
		need(p.Phone != "", "电话")
	case p.Kind != "office":
		need(p.Head != "", "站长")
		need(p.Phone != "", "电话")
		need(p.Address != "", "地址")
		need(p.People > 0, "代表")
	}
	return list
}

// Expertise gives the fields that people here are known for, in order.
func (r *Roster) Expertise(ctx context.Context) (fields []string, err error) {
	people, err := r.known(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range people.list {
		for _, f := range strings.Split(n.fields, "、") {
			if f != "" && !slices.Contains(fields, f) {
				fields = append(fields, f)
			}
		}
	}
	slices.Sort(fields)
	return fields, nil
}
