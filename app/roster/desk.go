package roster

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/roster/photo"
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
	"lianluo.local/data/words"
)

// Order is one act on a person as somebody asks for it, on a page or in a file: {"do":"group","stations":["…"]}. Closed
// lists take a code or its Chinese word, days whatever package day reads, stations a code or a name.
type Order struct {
	Do string `json:"do"` // a code of person.Acts, or one of field, post, contact: which put right what is named so

	// Set is what is said of person.Fields by their codes, for add, correct, field, post and contact; what is not in it
	// stays. In a file its members stand beside do, or in set.
	Set field.Values `json:"-"`

	person.Mandate                  // mandate: one; suspend, resume, end: by level and congress, with Reason and Notice
	Mandates       []person.Mandate `json:"mandates"` // add, mandate

	Station  string   `json:"station"`  // add, group, ungroup: one
	Stations []string `json:"stations"` // or several
	Part     string   `json:"part"`     // group: words.Parts

	Day  string `json:"day"`  // suspend, resume, end; "" for today
	From string `json:"from"` // leave
	To   string `json:"to"`
	With string `json:"with"` // same: the ID or name of who he is, too; "" parts them

	Photo []byte `json:"photo"` // photo: a JPEG or PNG
	File  string `json:"file"`  // photo: or the file that holds it
	Note  string `json:"note"`
	Batch string `json:"batch"` // the sheet that says it
}

// SiteOrder is one act on a unit as somebody asks for it: {"do":"merge","successor":"…","day":"2026-12-01"}.
type SiteOrder struct {
	Do string `json:"do"` // a code of site.Acts, or rename

	// Set is what is said of site.Fields by their codes, for open, change and rename; what is not in it stays. In a file
	// its members stand beside do.
	Set field.Values `json:"-"`

	Kind      string  `json:"kind"`      // open: words.Sites; "" by the code
	Place     string  `json:"place"`     // open without a code: 12 digits of a place, or its name
	Parent    *string `json:"parent"`    // open, change: what a station reports through; "" for its county
	Opened    string  `json:"opened"`    // open, change
	Day       string  `json:"day"`       // merge, close; "" for today
	Successor string  `json:"successor"` // merge, close: who goes on with its work
	Photo     []byte  `json:"photo"`     // photo: a JPEG or PNG
	File      string  `json:"file"`      // photo: or the file that holds it
	Note      string  `json:"note"`
	Batch     string  `json:"batch"`
}

// Parse reads one order about a person. Unknown keys, values of another kind and broken text are Problems.
func Parse(b []byte) (o Order, err error) {
	o.Set, err = field.Parse(b, &o, person.Fields)
	if err == nil && o.Mandates != nil {
		var list struct{ Mandates []json.RawMessage }
		_ = json.Unmarshal(b, &list) // it was read just now
		for i, raw := range list.Mandates {
			o.Mandates[i] = person.Mandate{}
			if err := problem.Decode(raw, &o.Mandates[i]); err != nil {
				return o, within("mandates", err)
			}
		}
	}
	return o, err
}

// ParseSite reads one order about a unit, as Parse does.
func ParseSite(b []byte) (o SiteOrder, err error) {
	o.Set, err = field.Parse(b, &o, site.Fields)
	return o, err
}

// within tells what is wrong inside a member.
func within(member string, err error) error {
	var wrong problem.Problems
	ok := errors.As(err, &wrong)
	if !ok {
		return err
	}
	code := slices.Sorted(maps.Keys(wrong))[0]
	said := wrong[code]
	if code != "" {
		said = problem.Field(code) + "：" + said
	}
	return problem.Problems{member: said}
}

// shrunk is a photo as it is kept, or a problem; without one it is read from a file.
func shrunk(taken []byte, file string, problems problem.Problems) []byte {
	take := func() ([]byte, error) { return photo.Shrink(taken) }
	if len(taken) == 0 && file != "" {
		take = func() ([]byte, error) { return photo.Read(file) }
	}
	small, err := take()
	if wrong := (problem.Problems{}); errors.As(err, &wrong) {
		maps.Copy(problems, wrong)
	}
	return small
}

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
	Unit    string // whose desk it is
	Now     time.Time
	Through func(station string) string // what a station reports through (Roster.Through)
	Sites   map[string]site.Site        // by code, closed ones, too

	r       *Roster
	by      clerk.Clerk
	named   map[string][]string  // stations by what they are called; nil: not asked yet
	over    map[string]bool      // congresses, by key and place: whether they ended as a whole
	numbers map[string][2]string // who has a 代表证号, by mandate and number; nil: not asked yet
}

// Desk gives one as of now, for who asks.
func (r *Roster) Desk(ctx context.Context, by clerk.Clerk) (*Desk, error) {
	d := &Desk{r: r, by: by, Unit: r.Settings.Unit, Now: r.Now(), Sites: map[string]site.Site{}, over: map[string]bool{}, Through: func(string) string { return "" }}
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
	return store.Act{Kind: kind, Thing: id, Do: do, Body: body, Private: private, Unit: d.Unit, By: d.by.Name, User: d.by.User,
		At: d.Now}
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
			return wrong(d.unheard(typed))
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
			put(own, s.Name, s.Short)
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

// Act does what an order says with a person (id "" for add), all of it or nothing, and gives him as he is then. A whole
// congress ends with id "" and do end; then nobody is given (Ending says of whom). It fails with problem.Problems, and
// with store.ErrNotFound for an unknown ID. What is odd and was done all the same is told by Caveats.
func (r *Roster) Act(ctx context.Context, by clerk.Clerk, id string, o Order) (p person.Person, err error) {
	if err := r.Guard.Ask(ctx, by, right.People); err != nil {
		return p, err
	}
	d, err := r.Desk(ctx, by)
	if err != nil {
		return p, err
	}
	acts, err := d.orders(ctx, id, o)
	if err != nil {
		return p, err
	}
	sums, err := store.Record[person.Person](ctx, r.Store, acts...)
	if errors.Is(err, thing.ErrNotYours) || errors.Is(err, thing.ErrNotNow) {
		return p, problem.Problems{"do": "现在不能这样办，没有改动。请看这位的现状再办"}
	}
	if err != nil || id == "" && len(sums) != 1 {
		return p, err
	}
	if id == "" {
		id = sums[0].ID
	}
	if p, err = r.Person(ctx, id); errors.Is(err, store.ErrNotFound) { // he is none of ours any more
		return sums[len(sums)-1], nil
	}
	return p, err
}

// orders gives the acts by which an order is done.
func (d *Desk) orders(ctx context.Context, id string, o Order) ([]store.Act, error) {
	code, ok := Acts.Parse(o.Do)
	if !ok {
		return nil, problem.Problems{"do": "请写其中一个：" + offered(Acts)}
	}
	switch o.Do = code; {
	case o.Do == person.Add && id != "":
		return nil, problem.Problems{"do": "登记的是新的人，不用写编号"}
	case o.Do == person.Add:
		return d.add(ctx, o)
	case o.Do == person.End && id == "":
		return d.ending(ctx, o)
	case id == "":
		return nil, problem.Problems{"person": "请写是哪一位"}
	}
	if o.Do != person.Join { // who was joined to another is that other
		known, err := d.r.known(ctx)
		if err != nil {
			return nil, err
		}
		id = cmp.Or(known.roots[id], id)
	}
	parts, err := d.r.parts(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.prepare(ctx, parts, o)
}
