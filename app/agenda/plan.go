package agenda

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/agenda/turn"
	"lianluo.local/assets/category"
	"lianluo.local/data/clerk"
	"lianluo.local/data/day"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// Span is what is planned: the days of rules from one day to another, both counted, as somebody types them.
type Span struct {
	From, To string
	Station  string // whose rules, of several parted by 、; an office: those of all below it; "" for all that we may write
}

const planning = "span" // what problems of a span are told by

var _ = field.Of(planning, []field.Field{{Code: "from", Name: "从哪天起"}, {Code: "to", Name: "到哪天止"}, {Code: "station", Name: "站点"}}...)

// Outcome is what came of planning.
type Outcome struct {
	Made     int               // sessions that are new
	Kept     int               // slots that had theirs, or whose table is taken at that hour
	Doubled  int               // sessions that another computer had planned, too, and that were taken back
	Dropped  int               // sessions that no rule gives any more, and that were taken back
	Past     int               // slots that have gone
	Sessions []session.Session // the new ones, and those to which a leader was sent
	Without  []session.Session // those of them for which there were not deputies enough
	Odd      []string          // what else is to be known, for people
}

// Sentence tells people what came of planning.
func (o Outcome) Sentence() string {
	said := fmt.Sprintf("新安排 %d 场，原有 %d 场没有动", o.Made, o.Kept)
	for _, c := range []struct {
		n    int
		what string
	}{{o.Dropped, "规则不再有的 %d 场收回了"}, {o.Doubled, "和别处重复的 %d 场收回了"}, {o.Past, "有 %d 场的日子已经过去，没有安排"}} {
		if c.n > 0 {
			said += "；" + fmt.Sprintf(c.what, c.n)
		}
	}
	return said + "。"
}

// longest is how many days are planned at once.
const longest = 3 * 366

// Plan makes the sessions that rules give in a span, with deputies in their turn, all of them or none. Those that are
// there stay as they are, and so does whatever hands have changed or taken away: a slot is planned once. Two that two
// computers planned of one slot become one, and what no rule gives any more is taken back, where no hand touched them.
// What is wrong is problem.Problems by field.
func (a *Agenda) Plan(ctx context.Context, by clerk.Clerk, p Span) (o Outcome, err error) {
	if err := a.Guard.Ask(ctx, by, right.Agenda); err != nil {
		return o, err
	}
	d, err := a.worked(ctx, p)
	if err != nil {
		return o, err
	}
	return d.write(ctx, by)
}

// Preview is what Plan would make, and writes nothing: its sessions have no ID yet.
func (a *Agenda) Preview(ctx context.Context, p Span) (o Outcome, err error) {
	d, err := a.worked(ctx, p)
	if err != nil {
		return o, err
	}
	d.order()
	o = d.out
	o.Made = len(d.made)
	for _, m := range d.made {
		s := session.Session{Facts: m.Facts, Station: m.Station, Called: m.Called, State: session.Planned, Rule: m.Rule}
		if o.Sessions = append(o.Sessions, s); len(m.Called) < m.seats || len(m.Called) == 0 {
			o.Without = append(o.Without, s)
		}
	}
	return o, nil
}

// worked is a plan as it would be written.
func (a *Agenda) worked(ctx context.Context, p Span) (*draft, error) {
	d, err := a.draft(ctx, p)
	if err != nil {
		return nil, err
	}
	d.unravel()
	for _, r := range d.rules {
		if d.rounds[r.ID] {
			d.round(r)
		}
	}
	d.evenings()
	d.fill()
	return d, nil
}

// order puts what is to be made by day, hour and station.
func (d *draft) order() {
	slices.SortStableFunc(d.made, func(a, b *opened) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.From, b.From), cmp.Compare(a.Station, b.Station))
	})
}

// draft is a plan while it is made.
type draft struct {
	*Agenda
	out      Outcome
	from, to time.Time
	today    string
	rules    []rota.Rota     // those that hold and are planned
	rounds   map[string]bool // those of them by which leaders go round
	gone     map[string]bool // those that hold no more
	people   []person.Person
	sites    map[string]site.Site
	through  func(station string) string

	had      []session.Session            // all that count, of the years of the span and the one before
	slots    map[string]bool              // rule and slot of those that were planned
	tables   map[string][]session.Session // by station and day
	spoken   map[string][]session.Facts   // the hours for which evenings by rule were planned, by station and day
	taken    []turn.Sat
	withdraw []session.Session
	why      []string // of each of those
	made     []*opened
	at       map[string][]*opened // those by station and day
	joined   []joined
}

// opened is a session that is to be made.
type opened struct {
	session.Opening
	seats int
}

// joined is a leader who is sent to a session that is there.
type joined struct {
	session session.Session
	called  session.Called
	tier    string
}

func (a *Agenda) draft(ctx context.Context, p Span) (*draft, error) {
	d := &draft{Agenda: a, today: a.Now().Format(time.DateOnly), gone: map[string]bool{}, sites: map[string]site.Site{},
		rounds: map[string]bool{}, slots: map[string]bool{}, tables: map[string][]session.Session{}, spoken: map[string][]session.Facts{}, at: map[string][]*opened{}}
	wrong := problem.Problems{}
	var stations []string
	for _, typed := range strings.FieldsFunc(p.Station, func(r rune) bool { return strings.ContainsRune("、，,", r) }) {
		stations = append(stations, a.unit(ctx, typed, wrong))
	}
	d.from, d.to = a.span(p, wrong)
	if len(wrong) > 0 {
		return nil, wrong.Of(planning)
	}
	rules, err := view.Things[rota.Rota](ctx, a.Store, rota.Name, "1 ORDER BY station, id")
	if err != nil {
		return nil, err
	}
	sites, err := view.Things[site.Site](ctx, a.Store, site.Name, "state IN (?, ?) ORDER BY state DESC", int(site.Open), int(site.Closed))
	if err != nil {
		return nil, err
	}
	for _, l := range sites { // the open one of a code last
		d.sites[l.Thing.Code] = l.Thing
	}
	for _, l := range rules {
		r := l.Thing
		switch {
		case !rota.Writes(a.Settings.Unit, r.Station) || stations != nil && !slices.ContainsFunc(stations, func(s string) bool { return s == r.Station || unit.Above(s, r.Station) }):
		case r.State == rota.Stopped || d.sites[r.Station].State == site.Closed:
			d.gone[r.ID] = true
		default:
			d.rules, d.rounds[r.ID] = append(d.rules, r), r.Tier != ""
		}
	}
	if len(d.rules) == 0 && len(d.gone) == 0 {
		return nil, problem.Problems{"station": "还没有规则，请先定接待规则（哪天、几点、几名代表）"}.Of(planning)
	}
	if d.people, err = a.People(ctx, ""); err != nil {
		return nil, err
	}
	if d.through, err = a.Through(ctx); err != nil {
		return nil, err
	}
	f := Filter{From: fmt.Sprintf("%04d-01-01", d.from.Year()-1), To: fmt.Sprintf("%04d-12-31", d.to.Year()+1), Void: true}
	if d.had, _, err = a.sessions(ctx, f); err != nil {
		return nil, err
	}
	return d, d.one(ctx)
}

// one gives everybody who is called the ID under which he is listed, where he has two.
func (d *draft) one(ctx context.Context) error {
	ids := map[string]string{}
	for _, p := range d.people {
		ids[p.ID] = p.ID
	}
	for _, s := range d.had {
		for i, c := range s.Called {
			id := c.Person()
			if id == "" {
				continue
			}
			if ids[id] == "" {
				p, err := d.Person(ctx, id)
				if ctx.Err() != nil {
					return err
				}
				if ids[id] = cmp.Or(p.ID, id); err != nil { // he is not on this roster any more
					ids[id] = id
				}
			}
			s.Called[i].Key = ids[id]
		}
	}
	return nil
}

// span reads the days of a span.
func (a *Agenda) span(p Span, wrong problem.Problems) (from, to time.Time) {
	read := func(field, s string) time.Time {
		d, why := day.Date(s, a.Now())
		if why == "" && d == "" {
			why = map[string]string{"from": "请写从哪天起，如 2027-01-01", "to": "请写到哪天止，如 2027-03-31"}[field]
		}
		if why != "" {
			wrong[field] = why
		}
		t, _ := time.Parse(time.DateOnly, d)
		return t
	}
	from, to = read("from", p.From), read("to", p.To)
	switch {
	case len(wrong) > 0:
	case to.Before(from):
		wrong["to"] = "不能早于开始的那天 " + from.Format(time.DateOnly)
	case to.Format(time.DateOnly) < a.Now().Format(time.DateOnly):
		wrong["to"] = "这段日子已经过去了，请写今后的"
	case to.Sub(from) > longest*24*time.Hour:
		wrong["to"] = "一次最多安排三年，请分几次"
	}
	return from, to
}

// fill chooses the deputies of what is to be made.
func (d *draft) fill() {
	evenings := make([]turn.Evening, len(d.made))
	about := map[string][]string{}
	for i, o := range d.made {
		if _, known := about[o.Topic]; !known {
			about[o.Topic] = d.fields(o.Topic)
		}
		evenings[i] = turn.Evening{Station: o.Station, Day: o.Day, From: o.From, To: o.To, Seats: o.seats, Fields: about[o.Topic], ID: o.Rule}
	}
	for i, chosen := range turn.Fill(evenings, d.people, d.taken) {
		for _, c := range chosen {
			d.made[i].call(c.Person, c.Why)
		}
	}
}

// call puts somebody on the list; who stands first on it leads.
func (o *opened) call(p person.Person, why string) {
	part := "join"
	if len(o.Called) == 0 {
		part = "lead"
	}
	o.Called = append(o.Called, session.Called{Key: p.ID, Name: p.Name, Part: part, Why: why})
}

// fields are the names of those fields that a topic is about.
func (d *draft) fields(topic string) (names []string) {
	if topic == "" {
		return nil
	}
	m := matter.Matter{}
	m.Title = topic
	m.Category, _ = category.Parse(topic)
	for _, f := range d.Profile.Fields {
		if points, _ := f.Match(m); points > 0 {
			names = append(names, f.Name)
		}
	}
	return names
}

// write keeps the plan.
func (d *draft) write(ctx context.Context, by clerk.Clerk) (o Outcome, err error) {
	var acts []store.Act
	add := func(thing, do string, body any) {
		acts = append(acts, store.Act{Kind: session.Name, Thing: thing, Do: do, Body: body, Unit: d.Settings.Unit, By: by.Name,
			User: by.User, At: d.Now()})
	}
	d.order()
	shifts := map[string]bool{} // the rules whose days holidays move
	for _, r := range d.rules {
		shifts[r.ID] = r.Shift != "keep"
	}
	var dates []string
	for _, m := range d.made {
		if add("", session.Plan, m.Opening); shifts[m.Rule] {
			dates = append(dates, m.Day)
		}
	}
	for _, j := range d.joined {
		add(j.session.ID, session.Call, session.Said{Called: []session.Called{j.called}, ByRule: true})
		add(j.session.ID, session.Change, map[string]any{"tier": j.tier, "byRule": true})
	}
	for i, s := range d.withdraw {
		add(s.ID, session.Abandon, session.Said{Reason: d.why[i], ByRule: true})
	}
	if len(acts) == 0 {
		return d.out, nil
	}
	sums, err := store.Record[session.Session](ctx, d.Store, acts...)
	if err != nil {
		return o, err
	}
	d.out.Made = len(d.made)
	for i, m := range d.made {
		if d.out.Sessions = append(d.out.Sessions, sums[i]); len(m.Called) < m.seats || len(m.Called) == 0 {
			d.out.Without = append(d.out.Without, sums[i])
		}
	}
	for i := range d.joined {
		d.out.Sessions = append(d.out.Sessions, sums[len(d.made)+2*i+1])
	}
	if why := d.Calendar.Caveat(dates...); why != "" {
		d.out.Odd = append(d.out.Odd, why)
	}
	return d.out, nil
}
