package roster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/day"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/site"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// SiteActs are what may be done with a unit, by the words of orders.
var SiteActs = append(append(words.List{}, site.Acts...), words.Of("rename", "改名称")...)

// Alter does what an order says with the unit of a code, all of it or nothing, and gives it as it is then. With code ""
// a new one is opened: a department gets the next code of its office, a station that of its place. It fails with
// problem.Problems.
func (r *Roster) Alter(ctx context.Context, by clerk.Clerk, code string, o SiteOrder) (s site.Site, err error) {
	if err := r.Guard.Ask(ctx, by, right.Sites); err != nil {
		return s, err
	}
	d, err := r.Desk(ctx, by)
	if err != nil {
		return s, err
	}
	acts, _, err := d.Alter(ctx, code, o)
	if err != nil {
		return s, err
	}
	sums, err := r.Store.Write(ctx, acts...)
	if errors.Is(err, thing.ErrNotYours) || errors.Is(err, thing.ErrNotNow) {
		return s, problem.Problems{"do": "现在不能这样办，没有改动。请看这个单位的现状再办"}
	}
	if err != nil {
		return s, err
	}
	return *sums[0].(*site.Site), nil
}

// Alter gives the acts by which an order about a unit is done, and its code; it fails with problem.Problems.
func (d *Desk) Alter(ctx context.Context, typed string, o SiteOrder) (acts []store.Act, code string, err error) {
	do, ok := SiteActs.Parse(o.Do)
	if !ok {
		return nil, "", problem.Problems{"do": "请写其中一个：" + offered(SiteActs)}
	}
	problems := problem.Problems{}
	o.Do = do
	s, known := site.Site{}, false
	if code = d.coded(typed, o, problems); code != "" {
		s, known = d.Sites[code]
	}
	switch {
	case len(problems) > 0:
	case !known && o.Do == site.Begin, !known && o.Do == site.Change && code == d.Unit && unit.LevelOf(code) == journal.Station:
		acts = d.begin(code, o, problems)
	case !known:
		problems["code"] = "站点名册里没有 " + code + "，请核对；还没有设立的，先设立（open）"
	default:
		acts, err = d.move(ctx, s, o, problems)
	}
	if len(problems) > 0 {
		return nil, code, problems.Of(site.Name)
	}
	return acts, code, err
}

// coded gives the code that an order is about, in its one written form.
func (d *Desk) coded(typed string, o SiteOrder, problems problem.Problems) string {
	typed = strings.TrimSpace(typed)
	if code := spelling.Code(typed); site.Numbered(code) {
		if o.Do != "" && d.Unit[:6] != code[:6] {
			problems["code"] = typed + " 不是本单位的部门"
		}
		return code
	}
	if typed == "" && o.Do == site.Begin {
		return d.Next(o, problems)
	}
	code, ok := unit.Parse(typed)
	if !ok {
		var found []string
		for _, s := range d.Sites {
			if typed != "" && (spelling.Department(s.Name) == spelling.Department(typed) || spelling.Department(s.Short) == spelling.Department(typed)) {
				found = append(found, s.Code)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
		problems["code"] = "没有“" + typed + "”这个单位，请写代码，如 141102002003D1-A、141102-07"
		return ""
	}
	if code != d.Unit && !unit.Above(d.Unit, code) {
		problems["code"] = typed + " 不归本单位管"
	}
	return code
}

// Next gives the code of a new unit: the next of our departments, or of the stations of a place.
func (d *Desk) Next(o SiteOrder, problems problem.Problems) string {
	kind := problems.Choose("kind", o.Kind, "station", words.Sites)
	if problems["kind"] != "" {
		return ""
	}
	if kind == "department" || kind == "office" {
		if unit.LevelOf(d.Unit) == journal.Station {
			problems["kind"] = "部门由县、市登记"
			return ""
		}
		for n := 1; ; n++ {
			if code := fmt.Sprintf("%s-%02d", d.Unit[:6], n); d.Sites[code].Code == "" {
				return code
			}
		}
	}
	place := spelling.Code(o.Place)
	if strings.Trim(place, "0123456789") != "" || len(place) != 9 && len(place) != 12 {
		found := places.Find(strings.TrimSpace(o.Place), strings.TrimRight(d.Unit[:6], "0"), 2)
		if len(found) != 1 || found[0].Level != "township" && found[0].Level != "village" {
			problems["place"] = "没有认出是哪个乡镇、村，请写代码或全名"
			return ""
		}
		place = found[0].Code
	}
	place = (place + "000")[:12]
	letter := map[string]string{"station": "Z", "point": "D", "base": "J"}[kind]
	for n := 1; n < 100; n++ {
		code, ok := unit.Station(fmt.Sprintf("%s%s%d", place, letter, n))
		if ok && d.Sites[code].Code == "" {
			return code
		}
	}
	problems["place"] = "这里的站点太多了，请核对"
	return ""
}

// kindOf is what a code says of the kind of its unit.
func kindOf(code string) string {
	switch {
	case site.Numbered(code):
		return "department"
	case unit.LevelOf(code) != journal.Station:
		return "office"
	}
	return map[byte]string{'Z': "station", 'D': "point", 'J': "base"}[code[12]]
}

// facts gives what is said of a unit's fields, as it is kept.
func (d *Desk) facts(o SiteOrder, problems problem.Problems) field.Values {
	asked := site.Fields.Where(func(f field.Field) bool { _, said := o.Set[f.Code]; return said })
	for code := range o.Set {
		if _, ok := asked.Field(code); !ok {
			problems[code] = "没有这一项，请检查名称的写法"
		}
	}
	return asked.Check(o.Set, d.Now, nil, problems)
}

// parent reads the unit that a station is under; "" for its county.
func (d *Desk) parent(code string, o SiteOrder, problems problem.Problems) string {
	if o.Parent == nil || strings.TrimSpace(*o.Parent) == "" {
		return ""
	}
	over, ok := unit.Parse(*o.Parent)
	switch {
	case !ok:
		problems["parent"] = "请写上级的代码，如 141102000000"
	case over == code:
		problems["parent"] = "站点不能报给自己，请写它的上级"
	case !unit.Above(over, code):
		problems["parent"] = over + " 不在它上面，请写它的乡镇站或县的代码"
	case d.Sites[over].Parent == code:
		problems["parent"] = d.Called(over) + " 的上级正是它，两个站点不能互为上级"
	case over != unit.Parent(code):
		return over
	}
	return ""
}

// begin gives the act that opens a unit.
func (d *Desk) begin(code string, o SiteOrder, problems problem.Problems) []store.Act {
	b := site.Opening{Code: code, Kind: problems.Choose("kind", o.Kind, kindOf(code), words.Sites), Batch: o.Batch}
	d.facts(o, problems).Into(&b.Facts)
	if b.Name == "" && code == d.Unit {
		b.Name = d.r.Settings.Name
	}
	if b.Name == "" && problems["name"] == "" {
		problems["name"] = "请写名称"
	}
	if of := kindOf(code); b.Kind != of && (!site.Numbered(code) || b.Kind != "office") && problems["kind"] == "" {
		problems["kind"] = "代码 " + code + " 是" + words.Sites.Name(of) + "的，请核对代码和类型"
	}
	if unit.LevelOf(code) == journal.Station && !site.Numbered(code) {
		b.Parent, b.Via = d.parent(code, o, problems), d.Through(code)
	} else if o.Parent != nil {
		problems["parent"] = "只有站点要写上级"
	}
	b.Opened = d.partial("opened", o.Opened, problems)
	return []store.Act{d.act(site.Name, "", site.Begin, b, nil)}
}

// move gives the acts by which something is done with a unit that is there.
func (d *Desk) move(ctx context.Context, s site.Site, o SiteOrder, problems problem.Problems) (acts []store.Act, err error) {
	note := problems.Line("note", o.Note, 200)
	do := func(do string, body, private any) { acts = append(acts, d.act(site.Name, s.ID, do, body, private)) }
	switch o.Do {
	case site.Begin:
		if s.State == site.Open {
			problems["code"] = s.Code + " 已经是“" + s.Called() + "”，不能再设一个"
		}
		do(site.Begin, site.Move{Note: note, Batch: o.Batch}, nil)
	case site.Change, "rename":
		body := d.changed(s, o, problems)
		if len(body) == 0 && len(problems) == 0 && s.State == site.Open && (s.Confirmed || unit.LevelOf(d.Unit) == journal.Station) {
			problems[""] = "没有改动，和原来一样"
		}
		for name, said := range map[string]string{"note": note, "batch": o.Batch} {
			if said != "" {
				body[name], _ = json.Marshal(said)
			}
		}
		do(site.Change, body, nil)
	case site.Picture:
		do(site.Picture, site.Move{Note: note, Batch: o.Batch}, person.Image{Photo: shrunk(o.Photo, o.File, problems)})
	case site.Merge, site.End:
		return d.close(ctx, s, o, note, problems)
	case site.Cancel:
		if note == "" {
			problems["note"] = "请写作废的原因"
		}
		people, err := d.r.seated(ctx, s.Code)
		if err != nil {
			return nil, err
		}
		if n := len(people); n > 0 {
			problems["code"] = fmt.Sprintf("还有 %d 人编在这里，先把他们调出，或并入别的站点", n)
		}
		do(site.Cancel, site.Move{Note: note}, nil)
	}
	d.may(s, acts, problems)
	return acts, nil
}

// may says whether we may do all that.
func (d *Desk) may(s site.Site, acts []store.Act, problems problem.Problems) {
	for _, a := range acts {
		if a.Kind == site.Name && problems["do"] == "" && problems["code"] == "" && !s.May(a.Do, d.Unit) {
			problems["do"] = s.Called() + "现在不能“" + site.Acts.Name(a.Do) + "”，没有改动"
			if s.State == site.Closed {
				problems["do"] = s.Called() + "已经撤销，不能再“" + site.Acts.Name(a.Do) + "”"
			}
		}
	}
}

// changed gives what an order says differently than before.
func (d *Desk) changed(s site.Site, o SiteOrder, problems problem.Problems) map[string]json.RawMessage {
	body, was := d.facts(o, problems).Raw(), s.Values().Raw()
	maps.DeleteFunc(body, func(code string, said json.RawMessage) bool {
		same := string(said) == string(was[code]) || empty(string(said)) && empty(string(was[code]))
		return same && !s.Contested(code)
	})
	if name, said := body["name"]; said && empty(string(name)) {
		problems["name"] = "请写名称"
	}
	station := unit.LevelOf(d.Unit) == journal.Station
	for code := range body {
		if station && !slices.Contains(site.Own, code) && problems[code] == "" {
			problems[code] = "这一项由县里登记，本站不能改"
		}
	}
	if opened := d.partial("opened", o.Opened, problems); opened != "" && opened != s.Opened {
		body["opened"], _ = json.Marshal(opened)
	}
	if o.Parent != nil {
		if over := d.parent(s.Code, o, problems); over != s.Parent {
			body["parent"], _ = json.Marshal(over)
		}
	}
	for _, code := range []string{"opened", "parent"} {
		if _, said := body[code]; said && station {
			problems[code] = "这一项由县里登记，本站不能改"
		}
	}
	if o.Kind != "" {
		if kind := problems.Choose("kind", o.Kind, s.Kind, words.Sites); kind != s.Kind && problems["kind"] == "" {
			problems["kind"] = "类型跟着代码走，不能改；错了的请作废再设"
		}
	}
	return body
}

// close gives the acts by which a unit ends: who is grouped there is grouped to its successor in the same write.
func (d *Desk) close(ctx context.Context, s site.Site, o SiteOrder, note string, problems problem.Problems) ([]store.Act, error) {
	b := site.Move{Day: d.date("day", o.Day, true, problems), Note: note, Batch: o.Batch}
	if s.Opened != "" && day.Before(b.Day, s.Opened) && problems["day"] == "" {
		problems["day"] = "比设立的日期（" + s.Opened + "）还早，请核对"
	}
	b.Successor = d.successor(s, o, problems)
	if b.Successor != "" {
		via := d.route(b.Successor)
		b.Via = &via
	}
	people, err := d.r.seated(ctx, s.Code)
	if err != nil {
		return nil, err
	}
	if n := len(people); n > 0 && b.Successor == "" && problems["successor"] == "" {
		problems["successor"] = fmt.Sprintf("还有 %d 人编在这里，请写由哪个站点接续；没有接续的，先把他们调出", n)
	}
	acts := []store.Act{d.act(site.Name, s.ID, o.Do, b, nil)}
	if d.may(s, acts, problems); len(problems) > 0 {
		return nil, nil
	}
	why := "原站点并入 " + d.Called(b.Successor)
	for _, p := range people {
		i := slices.IndexFunc(p.Seats, func(seat person.Seat) bool { return seat.Station == s.Code })
		if !p.Seated(b.Successor) {
			seat := p.Seats[i]
			seat.Station, seat.Via = b.Successor, *b.Via
			acts = append(acts, d.Group(ctx, p, []person.Seat{seat}, why, o.Batch))
		}
		acts = append(acts, d.act(person.Name, p.ID, person.Ungroup, person.Move{Station: s.Code, Note: why, Batch: o.Batch}, nil))
	}
	return acts, nil
}

// successor reads who goes on with the work of a unit.
func (d *Desk) successor(s site.Site, o SiteOrder, problems problem.Problems) string {
	if strings.TrimSpace(o.Successor) == "" {
		if o.Do == site.Merge {
			problems["successor"] = "请写并入哪个单位"
		}
		return ""
	}
	wrong := problem.Problems{}
	code := d.coded(o.Successor, o, wrong)
	if why := wrong["code"]; why != "" {
		problems["successor"] = why
		return ""
	}
	other, known := d.Sites[code]
	station := func(code string) bool { return !site.Numbered(code) && unit.LevelOf(code) == journal.Station }
	switch {
	case code == s.Code:
		problems["successor"] = "不能并入它自己"
	case !known:
		problems["successor"] = "站点名册里还没有 " + code + "，请先设立"
	case other.State != site.Open:
		problems["successor"] = other.Called() + " 已经撤销，请写别的单位"
	case station(code) != station(s.Code):
		problems["successor"] = "站点只能并入站点，部门只能并入部门"
	}
	return code
}

// seated gives what is kept of each who is grouped at a station.
func (r *Roster) seated(ctx context.Context, station string) (ps []person.Person, err error) {
	ls, err := view.Things[person.Person](ctx, r.Store, person.Name, "state = ? AND instr(stations, ?) > 0 ORDER BY name, row",
		int(person.Here), " "+station+" ")
	for _, l := range ls {
		ps = append(ps, l.Thing)
	}
	return ps, err
}
