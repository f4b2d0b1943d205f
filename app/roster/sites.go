package roster

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/pinyin"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Sites gives the units that this home lists, of some kinds or all, by code; closed ones only where they are asked for.
func (r *Roster) Sites(ctx context.Context, closed bool, kinds ...string) (list []site.Site, err error) {
	all, err := r.sites(ctx, "")
	for _, s := range all {
		if (closed || s.State == site.Open) && (len(kinds) == 0 || slices.Contains(kinds, s.Kind)) {
			list = append(list, s)
		}
	}
	return list, err
}

// Site gives the unit of a code, also a closed one. It fails with store.ErrNotFound.
func (r *Roster) Site(ctx context.Context, code string) (s site.Site, err error) {
	list, err := r.sites(ctx, code)
	if err == nil && len(list) == 0 {
		err = store.ErrNotFound
	}
	if err != nil {
		return s, fmt.Errorf("unit %s: %w", code, err)
	}
	return list[0], nil
}

// sites gives the unit of a code, or those of all, each once. Where two opened one without knowing of each other, its
// county's word stands before its city's, and that before its own, the same on every computer.
func (r *Roster) sites(ctx context.Context, code string) (list []site.Site, err error) {
	ls, err := view.Things[site.Site](ctx, r.Store, site.Name, "state IN (1, 2) AND (?1 = '' OR code = ?1) ORDER BY code", code)
	slices.SortStableFunc(ls, func(a, b view.Line[site.Site]) int {
		return cmp.Or(cmp.Compare(a.Thing.Code, b.Thing.Code), a.Thing.Claim()-b.Thing.Claim(),
			cmp.Compare(a.Thing.ID, b.Thing.ID))
	})
	for _, l := range ls {
		if len(list) == 0 || list[len(list)-1].Code != l.Thing.Code {
			list = append(list, l.Thing)
		}
	}
	return list, err
}

// SiteFilter chooses units; what is empty chooses all that are not closed.
type SiteFilter struct {
	Kind, County, Query string // words.Sites; twelve digits; as Place.Fits takes it
	Closed              bool   // the closed ones, too
}

// Units gives those whom a filter chooses, in the order of Places.
func (r *Roster) Units(ctx context.Context, f SiteFilter) (list []Place, err error) {
	var kinds []string
	if f.Kind != "" {
		kinds = []string{f.Kind}
	}
	all, err := r.Places(ctx, f.Closed, kinds...)
	for _, p := range all {
		if (f.County == "" || p.Code[:6] == f.County[:6]) && (f.Query == "" || p.Fits(f.Query)) {
			list = append(list, p)
		}
	}
	return list, err
}

// FindSite gives the unit of a code or of a name that one alone has, also a closed one. It fails with problem.Problems.
func (r *Roster) FindSite(ctx context.Context, typed string) (s site.Site, err error) {
	d, err := r.Desk(ctx, clerk.Clerk{})
	if err != nil {
		return s, err
	}
	problems := problem.Problems{}
	code := d.coded(typed, SiteOrder{}, problems)
	if problems["code"] == "" || code != "" { // whose it is does not matter to who reads
		if s, known := d.Sites[code]; known {
			r.told(ctx, &s.Base)
			return s, nil
		}
		return s, problem.Problems{"code": "站点名册里没有“" + typed + "”，请核对代码或名称"}
	}
	return s, problems.Of(site.Name)
}

// Station gives the code of a station by its code or its name. It fails with problem.Problems.
func (r *Roster) Station(ctx context.Context, typed string) (string, error) {
	if code, ok := unit.Station(typed); ok {
		return code, nil
	}
	s, err := r.FindSite(ctx, typed)
	if err == nil {
		return s.Code, nil
	}
	d, err := r.Desk(ctx, clerk.Clerk{})
	if err != nil {
		return "", err
	}
	return "", problem.Problems{"station": d.unheard(typed)}
}

// unheard says that no station is called so, and which have it in their names; none of them is taken for it.
func (d *Desk) unheard(typed string) string {
	near := d.near(typed)
	if len(near) == 0 {
		return "没有“" + typed + "”这个站点，请写站点的代码或名册里的名称"
	}
	var may []string
	for _, code := range near {
		may = append(may, d.Called(code)+"（"+code+"）")
	}
	return "没有“" + typed + "”这个站点，是不是 " + strings.Join(may, "、") + "？是的请照写名称或代码"
}

var stationed = regexp.MustCompile(`(?:[村乡镇]|社区|街道)?(?:人大)?(?:代表)?(?:联络)?[站点]?$`)

// Stems are what a station may be found by that somebody names in other words: those that he typed, and the place in
// them: 袁家庄 of 袁家庄村联络站.
func Stems(typed string) (forms []string) {
	form := spelling.Letters(typed)
	for _, part := range []string{form, stationed.ReplaceAllString(form, "")} {
		if utf8.RuneCountInString(part) > 1 && !slices.Contains(forms, part) {
			forms = append(forms, part)
		}
	}
	return forms
}

// near gives open stations, three at most, in whose names stands what was typed or the place in it: those of the own
// county first.
func (d *Desk) near(typed string) (codes []string) {
	for _, part := range Stems(typed) {
		for _, code := range slices.Sorted(maps.Keys(d.Sites)) {
			s := d.Sites[code]
			if unit.LevelOf(code) == journal.Station && s.State == site.Open && !slices.Contains(codes, code) &&
				slices.ContainsFunc([]string{s.Name, s.Short, places.Of(code).Brief},
					func(name string) bool { return strings.Contains(spelling.Letters(name), part) }) {
				codes = append(codes, code)
			}
		}
		if len(codes) > 0 {
			break
		}
	}
	own := func(code string) int { return map[bool]int{false: 1}[code[:6] == d.Unit[:6]] }
	slices.SortStableFunc(codes, func(a, b string) int { return own(a) - own(b) })
	return codes[:min(len(codes), 3)]
}

// SiteCaveats says what is odd about a unit and was written all the same.
func (r *Roster) SiteCaveats(ctx context.Context, s site.Site) (odd []string, err error) {
	if s.State == site.Closed {
		n, err := view.Count(ctx, r.Store, view.Filter{Station: s.Code, States: matter.OpenStates()})
		if err != nil {
			return nil, err
		}
		if n > 0 {
			odd = append(odd, fmt.Sprintf("那里还有 %d 件事项没有办结，编号不变，仍在原来的台账里，请接着办", n))
		}
	}
	var twice int
	if err := r.Store.QueryRow(ctx, "SELECT count(*) FROM unit WHERE state IN (1, 2) AND code = ?", s.Code).Scan(&twice); err != nil {
		return nil, fmt.Errorf("unit %s: %w", s.Code, err)
	}
	if twice > 1 {
		odd = append(odd, "两处同时登记了 "+s.Code+"，照县里登记的显示；多登的那一个请登记的单位作废")
	}
	same, err := r.Sites(ctx, false, s.Kind)
	for _, o := range same {
		if o.Code != s.Code && s.State == site.Open && spelling.Department(o.Name) == spelling.Department(s.Name) {
			odd = append(odd, o.Code+" 也叫“"+o.Name+"”，请核对是不是同一个")
		}
	}
	if !s.Confirmed {
		odd = append(odd, r.Waits())
	}
	return odd, err
}

// Place is a unit with what is known around it.
type Place struct {
	site.Site
	People  int      // how many deputies in office are grouped there, as far as this home knows
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
		[]string{p.Name, p.Short, p.County, p.Town, p.Head}, func(s string) bool { return strings.Contains(s, typed) })
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
		if n.serving == "" {
			continue
		}
		for _, code := range strings.Fields(n.stations) {
			seated[code]++
		}
	}
	for _, s := range sites {
		p := Place{Site: s, People: seated[s.Code], initials: pinyin.Initials(s.Name)}
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

// OtherWay is the note of an act by which nothing changes but the way to a station.
const OtherWay = "报送的路变了"

// Regroup has people and units go by the way that stations exchange with as of now, where it is another than before:
// a computer was let in, or put out of use. A county does that for its stations. Every unit says again what it said
// privately of somebody while others let in a station of which it knew nothing.
func (r *Roster) Regroup(ctx context.Context, by clerk.Clerk) error {
	if err := r.Guard.Ask(ctx, by, right.Exchange); err != nil {
		return err
	}
	acts, err := r.owing(ctx, by)
	if err == nil && unit.LevelOf(r.Settings.Unit) == journal.County {
		var more []store.Act
		more, err = r.rerouted(ctx, by)
		acts = append(acts, more...)
	}
	if err == nil && len(acts) > 0 {
		_, err = r.Store.Write(ctx, acts...)
	}
	if err != nil {
		return fmt.Errorf("regroup: %w", err)
	}
	return nil
}

// owing gives the acts by which we say again what we know.
func (r *Roster) owing(ctx context.Context, by clerk.Clerk) (acts []store.Act, err error) {
	people, err := view.Things[person.Person](ctx, r.Store, person.Name, "owes <> '' AND instr(owes, ?) > 0 AND state = ?",
		" "+r.Settings.Unit+" ", int(person.Here))
	for _, l := range people {
		known := field.From(l.Thing.Private)
		maps.DeleteFunc(known, func(code string, _ any) bool { return known.Text(code) == "" })
		body := person.Move{Hides: slices.Sorted(maps.Keys(known)), Tells: true, Note: "告诉后来有权知道的单位"}
		if photo, err := r.Photo(ctx, l.Thing.Photo); err == nil {
			known["photo"], body.Shows = photo, true
		}
		if len(known) > 0 {
			acts = append(acts, store.Act{Kind: person.Name, Thing: l.Thing.ID, Do: person.Correct, Private: known, Unit: r.Settings.Unit,
				Body: body, By: by.Name, User: by.User, At: r.Now()})
		}
	}
	return acts, err
}

// rerouted gives the acts by which people and units go another way.
func (r *Roster) rerouted(ctx context.Context, by clerk.Clerk) (acts []store.Act, err error) {
	d, err := r.Desk(ctx, by)
	if err != nil {
		return nil, err
	}
	people, err := view.Things[person.Person](ctx, r.Store, person.Name, "state = ? AND stations <> ''", int(person.Here))
	if err != nil {
		return nil, err
	}
	for _, l := range people {
		var seats []person.Seat
		for _, s := range l.Thing.Seats {
			if via, other := d.elsewhere(s.Station, s.Via); other {
				s.Via = via
				seats = append(seats, s)
			}
		}
		if len(seats) > 0 {
			acts = append(acts, d.Group(ctx, l.Thing, seats, OtherWay, ""))
		}
	}
	for _, s := range d.Sites {
		if via, other := d.elsewhere(s.Code, s.Via); other && s.State == site.Open {
			acts = append(acts, d.act(site.Name, s.ID, site.Change, site.Move{Via: &via, Note: OtherWay}, nil))
		}
	}
	return acts, nil
}

// elsewhere says whether one of our stations exchanges with another one than before; what a city says of one that
// reports to it is the city's.
func (d *Desk) elsewhere(station, before string) (via string, other bool) {
	if unit.Parent(station) != d.Unit || before != "" && unit.LevelOf(before) != journal.Station {
		return before, false
	}
	via = d.Through(station)
	return via, via != before
}
