package roster

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/day"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Acts are what may be done with a person, by the words of orders.
var Acts = append(append(words.List{}, person.Acts...), words.Of("field", "定专业领域", "post", "改职务", "contact", "改联系方式")...)

// offered lists what may be written.
func offered(acts words.List) string {
	var names []string
	for _, w := range acts {
		names = append(names, w.Code+"（"+w.Name+"）")
	}
	return strings.Join(names, "、")
}

// Desk is where orders are checked: who asks, as of when, and what there is to know. One is made for an act, or for all
// acts of a sheet.
type Desk struct {
	Unit    string
	Now     time.Time
	Through func(station string) string // what a station reports through (Roster.Through)
	Sites   map[string]site.Site        // by code, closed ones, too

	r       *Roster
	by      clerk.Clerk
	named   map[string][]string  // stations by what they are called; nil: not asked yet
	numbers map[string][2]string // who has a 代表证号, by mandate and number; nil: not asked yet
}

// Desk gives one as of now, for who asks.
func (r *Roster) Desk(ctx context.Context, by clerk.Clerk) (*Desk, error) {
	d := &Desk{r: r, by: by, Unit: r.Settings.Unit, Now: r.Now(), Sites: map[string]site.Site{}, Through: func(string) string { return "" }}
	if r.Through != nil {
		through, err := r.Through(ctx)
		if err != nil {
			return nil, err
		}
		d.Through = through
	}
	list, err := r.Sites(ctx, true)
	for _, s := range list {
		d.Sites[s.Code] = s
	}
	return d, err
}

func (d *Desk) act(kind, id, do string, body, private any) store.Act {
	return store.Act{Kind: kind, Thing: id, Do: do, Body: body, Private: private, Unit: d.Unit, By: d.by.Name, At: d.Now}
}

// date reads a day; "" for today where something has to stand.
func (d *Desk) date(field, s string, today bool, problems problem.Problems) string {
	on, why := day.Date(s, d.Now)
	if why != "" {
		problems[field] = why
	}
	if on == "" && today {
		return d.Now.Format(time.DateOnly)
	}
	return on
}

// partial reads a day of which less may be known.
func (d *Desk) partial(field, s string, problems problem.Problems) string {
	on, why := day.Partial(s, d.Now)
	if why != "" {
		problems[field] = why
	}
	return on
}

// Station gives the code of a station by its code or name, which must lie below us or be ours.
func (d *Desk) Station(field, typed string, problems problem.Problems) (code string) {
	wrong := func(why string) string { problems[field] = why; return "" }
	code, ok := unit.Station(typed)
	if !ok {
		found := d.Bearing(typed)
		if len(found) > 1 {
			return wrong("叫“" + typed + "”的站点不止一个，请写代码")
		}
		if len(found) == 0 {
			return wrong("没有“" + typed + "”这个站点，请写站点的代码或名册里的名称")
		}
		code = found[0]
	}
	s, known := d.Sites[code]
	switch {
	case code != d.Unit && !unit.Above(d.Unit, code):
		return wrong("站点 " + typed + " 不归本单位管，不能写在这里")
	case known && s.State == site.Closed && s.Successor != "":
		return wrong(s.Called() + " 已经并入 " + d.Called(s.Successor) + "，请写 " + s.Successor)
	case known && s.State == site.Closed:
		return wrong(s.Called() + " 已经撤销，请写别的站点")
	}
	return code
}

// Bearing gives the open stations of a name, else those of a place that is called so.
func (d *Desk) Bearing(typed string) []string {
	if d.named == nil {
		own, placed := map[string][]string{}, map[string][]string{}
		for _, code := range slices.Sorted(maps.Keys(d.Sites)) {
			s, place := d.Sites[code], places.Of(code)
			if unit.LevelOf(code) != journal.Station || s.State != site.Open {
				continue
			}
			put := func(to map[string][]string, names ...string) {
				for _, name := range names {
					if form := spelling.Letters(name); form != "" && !slices.Contains(to[form], code) {
						to[form] = append(to[form], code)
					}
				}
			}
			put(own, s.Facts.Name, s.Short)
			put(placed, place.Full, place.Brief, place.Where)
		}
		maps.Copy(placed, own)
		d.named = placed
	}
	return d.named[spelling.Letters(typed)]
}

// route is what a station reports through, as far as we or the unit's own thing tell.
func (d *Desk) route(station string) string {
	if unit.Parent(station) == d.Unit || unit.LevelOf(d.Unit) == journal.Station {
		return d.Through(station)
	}
	return cmp.Or(d.Through(station), d.Sites[station].Via)
}

// Called is what a unit is called here.
func (d *Desk) Called(code string) string {
	if s, ok := d.Sites[code]; ok {
		return s.Called()
	}
	return code
}
