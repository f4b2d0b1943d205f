package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/app/roster"
	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// TryUnits says what a sheet of units would do, as Try does: a unit is known by its code, else by its place and name.
func TryUnits(ctx context.Context, r *roster.Roster, h Handout) (t Trial, err error) {
	t.Batch = h.Batch
	d, err := r.Desk(ctx, clerk.Clerk{})
	if err != nil {
		return t, err
	}
	for _, code := range slices.Sorted(maps.Keys(d.Sites)) {
		if s := d.Sites[code]; slices.Contains(s.Batches, h.Batch) {
			t.Same = append(t.Same, Told{ID: s.ID, Name: s.Called()})
		}
	}
	if t.Again = len(t.Same) > 0; t.Again {
		return t, nil
	}
	a, first := asking{Trial: &t, Desk: d, h: h}, map[string]string{}
	for _, row := range h.Rows {
		for code, said := range h.Default {
			if _, ok := row[code]; !ok {
				row[code] = Cell{said, row.at()}
			}
		}
		answer := strings.TrimSpace(h.Answers[row.at()])
		if answer == "skip" {
			continue
		}
		asked, wrong := len(t.Doubtful), len(t.Errors)
		code, o := a.about(row, answer)
		if len(t.Doubtful) == asked && len(t.Errors) == wrong {
			if at, twice := first[code]; twice {
				a.wrong(row.at(), "和 "+at+" 是同一个单位（"+code+"），请核对")
			} else if first[code] = row.at(); true {
				err = a.tell(ctx, row, code, o)
			}
		}
		if err != nil {
			return t, err
		}
		if h.Answers["*"] == "skip" {
			t.Doubtful, t.Errors = t.Doubtful[:asked], t.Errors[:wrong]
		}
	}
	return t, nil
}

// about reads a row: which unit it is about, and what is said of it.
func (a asking) about(row Row, answer string) (code string, o roster.SiteOrder) {
	o = roster.SiteOrder{Do: site.Change, Set: field.Values{}, Batch: a.h.Batch, Opened: row["opened"].Text}
	for _, f := range site.Fields {
		c, said := row[f.Code]
		switch {
		case !said || strings.Contains(c.Text, "*"):
		case f.Input == field.People:
			o.Set[f.Code] = spelling.Listed(c.Text)
		default:
			o.Set[f.Code] = c.Text
		}
	}
	if c, said := row["parent"]; said {
		over := c.Text
		if found := a.Bearing(over); len(found) == 1 {
			over = found[0]
		}
		o.Parent = &over
	}
	o.Kind = a.choose(row["kind"], words.Sites)
	name := row["name"].Text
	if o.Kind == "" {
		switch {
		case strings.Contains(name, "基地"):
			o.Kind = "base"
		case strings.Contains(name, "联络点"):
			o.Kind = "point"
		}
	}
	if answer != "" && answer != "new" {
		return spelling.Code(answer), o
	}
	if c, said := row["code"]; said {
		typed := c.Text
		if digits := spelling.Code(typed); o.Kind != "" && o.Kind != "office" && o.Kind != "department" &&
			(len(digits) == 9 || len(digits) == 12) {
			typed = (digits + "000")[:12] + letters[o.Kind] + "1"
		}
		if parsed, ok := unit.Parse(typed); ok {
			return parsed, o
		}
		if site.Numbered(spelling.Code(typed)) {
			return spelling.Code(typed), o
		}
		a.wrong(c.At, "看不懂这个代码，请写成 141102002003D1-A，或只写乡镇、村名")
		return "", o
	}
	if o.Kind == "department" || o.Kind == "office" {
		for _, code := range slices.Sorted(maps.Keys(a.Sites)) {
			if s := a.Sites[code]; (s.Kind == "department" || s.Kind == "office") &&
				spelling.Department(s.Name) == spelling.Department(name) {
				return code, o
			}
		}
		return a.fresh(row, "", o)
	}
	place, ok := a.stands(row, name)
	if !ok {
		return "", o
	}
	if o.Kind == "" {
		o.Kind = "station"
		if place[9:] != "000" {
			o.Kind = "point"
		}
	}
	var there []string
	for _, code := range slices.Sorted(maps.Keys(a.Sites)) {
		s := a.Sites[code]
		if !strings.HasPrefix(code, place) || s.Kind != o.Kind || s.State != site.Open {
			continue
		}
		if spelling.Letters(s.Name) == spelling.Letters(name) {
			return code, o
		}
		there = append(there, code)
	}
	if len(there) > 0 && answer != "new" {
		var who []Likely
		for _, code := range there {
			who = append(who, Likely{code, a.Called(code), a.Sites[code].Address})
		}
		a.doubt(&entrant{}, row.at(), fmt.Sprintf("“%s”分不清是不是已有的%s：是的答它的代码，另外一个的答 new，不导入的答 skip", name,
			words.Sites.Name(o.Kind)), who...)
		return "", o
	}
	return a.fresh(row, place, o)
}

// letters are those of the kinds of stations in their codes.
var letters = map[string]string{"station": "Z", "point": "D", "base": "J"}

// fresh gives the code of a unit that is not here yet.
func (a asking) fresh(row Row, place string, o roster.SiteOrder) (string, roster.SiteOrder) {
	wrong := problem.Problems{}
	o.Place = place
	code := a.Next(o, wrong)
	for _, why := range wrong {
		a.wrong(row.at(), why)
	}
	return code, o
}

// stands gives the twelve digits of the place that a row names, in its own columns or in its name.
func (a asking) stands(row Row, name string) (string, bool) {
	within, at := places.Place{Code: a.Unit[:12]}, row.at()
	for _, level := range []string{"county", "township", "village"} {
		c, said := row[level]
		if !said || level == "county" && unit.LevelOf(a.Unit) != journal.City {
			continue
		}
		at = c.At
		var found, exact []places.Place
		for _, p := range places.Find(c.Text, within.Code, 0) {
			switch {
			case p.Level != level:
			case p.Name == c.Text || places.Short(p) == c.Text:
				exact = append(exact, p)
			case strings.HasPrefix(p.Name, c.Text):
				found = append(found, p)
			}
		}
		if len(exact) > 0 {
			found = exact
		}
		switch {
		case len(found) == 0:
			a.wrong(c.At, "没有找到“"+c.Text+"”，请写全名，或写代码")
			return "", false
		case len(found) > 1:
			var may []string
			for _, p := range found[:min(len(found), 5)] {
				may = append(may, places.Local(p.Code)+" "+p.Code)
			}
			a.wrong(c.At, "“"+c.Text+"”不止一个："+strings.Join(may, "、")+"。请写明乡镇，或写代码")
			return "", false
		}
		within = found[0]
	}
	if within.Level == "township" || within.Level == "village" {
		return within.Code, true
	}
	place := name
	for _, end := range []string{"人大代表", "代表", "联络站", "联络点", "基地", "人大"} {
		if i := strings.Index(place, end); i > 0 {
			place = place[:i]
		}
	}
	var exact []string
	for _, p := range below(within.Code) {
		for _, called := range []string{places.Local(p.Code), p.Name, places.Short(p)} {
			if spelling.Letters(called) == spelling.Letters(place) {
				exact = append(exact, p.Code)
				break
			}
		}
	}
	if len(exact) == 1 {
		return exact[0], true
	}
	a.wrong(at, "没有写在哪个乡镇、村，名称也认不出：请加一列“乡镇（街道）”和“村（社区）”，或写代码")
	return "", false
}

// below are all townships and villages of a county or city.
func below(code string) (all []places.Place) {
	for _, p := range places.Children(code) {
		if p.Level != "county" {
			all = append(all, p)
		}
		all = append(all, below(p.Code)...)
	}
	return all
}

// tell says what an order of a row would do.
func (a asking) tell(ctx context.Context, row Row, code string, o roster.SiteOrder) error {
	s, known := a.Sites[code]
	if !known {
		o.Do = site.Begin
	} else {
		o.Kind = "" // goes with the code
	}
	acts, _, err := a.Alter(ctx, code, o)
	var wrong problem.Problems
	switch {
	case errors.As(err, &wrong):
		wrong = wrong.Bare()
		if known && len(wrong) == 1 && wrong[""] != "" { // nothing is said otherwise
			a.Same = append(a.Same, Told{Cell: row.at(), ID: s.ID, Name: s.Called()})
			return nil
		}
		for _, f := range slices.Sorted(maps.Keys(wrong)) {
			a.wrong(cmp.Or(row[f].At, row.at()), wrong[f])
		}
		return nil
	case err != nil:
		return err
	}
	one := Told{Cell: row.at(), ID: s.ID, Name: cmp.Or(s.Called(), row["name"].Text)}
	if known {
		now, was := s.Values().With(o.Set), s.Values()
		for _, f := range site.Fields {
			if is := f.Text(now, nil); is != f.Text(was, nil) && row[f.Code].Text != "" {
				one.Changes = append(one.Changes, Change{row[f.Code].At, f.Code, f.Name, f.Text(was, nil), is})
			}
		}
		a.Changed = append(a.Changed, one)
	} else {
		a.New = append(a.New, one)
		facts := site.Facts{Name: row["name"].Text}
		a.Sites[code] = site.Site{Code: code, Kind: o.Kind, Facts: facts, State: site.Open}
	}
	a.acts = append(a.acts, acts...)
	return nil
}
