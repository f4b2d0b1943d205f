package agenda

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/day"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Act does what an order says with a session (id "" for plan), all of it or nothing, and gives it as it is then. It fails
// with problem.Problems. What is odd and was done all the same is told by
// Caveats.
func (a *Agenda) Act(ctx context.Context, by clerk.Clerk, id string, o Order) (session.Session, error) {
	code, known := session.Acts.Parse(strings.TrimSpace(o.Do))
	if !known { // which desk tells
		code = session.Plan
	}
	if err := a.Guard.Ask(ctx, by, right.To(session.Name, code)); err != nil {
		return session.Session{}, err
	}
	d, act, err := a.desk(ctx, id, o, nil)
	if err != nil {
		return session.Session{}, err
	}
	act.By, act.User = by.Name, by.User
	after, err := store.RecordOne[session.Session](ctx, a.Store, act)
	if errors.Is(err, thing.ErrNotNow) || errors.Is(err, thing.ErrNotYours) {
		return d.s, d.refused()
	}
	return after, err
}

// desk checks an order, beside what is there and what is planned with it, and gives the act that it becomes.
func (a *Agenda) desk(ctx context.Context, id string, o Order, beside []session.Session) (d *desk, act store.Act, err error) {
	code, known := session.Acts.Parse(strings.TrimSpace(o.Do))
	var s session.Session
	switch o.Do = code; {
	case !known:
		var names []string
		for _, w := range session.Acts {
			names = append(names, w.Code+"（"+w.Name+"）")
		}
		return d, act, problem.Problems{"do": "请写其中一个：" + strings.Join(names, "、")}
	case code == session.Plan && id != "":
		return d, act, problem.Problems{"do": "安排的是新的一场，不用写编号"}
	case code != session.Plan && id == "":
		return d, act, problem.Problems{"do": "请写是哪一场"}
	case id != "":
		if s, err = a.session(ctx, id); err != nil {
			return d, act, err
		}
	}
	d = &desk{Agenda: a, ctx: ctx, s: s, o: o, now: a.Now(), beside: beside, wrong: problem.Problems{}}
	body, private := acts[code](d)
	switch {
	case d.err != nil:
		err = d.err
	case code != session.Plan && !s.May(code, a.Settings.Unit):
		err = d.refused()
	case len(d.wrong) > 0:
		err = d.wrong.Of(session.Name)
	}
	return d, store.Act{Kind: session.Name, Thing: s.ID, Do: code, Body: body, Private: private, Unit: a.Settings.Unit, At: d.now}, err
}

// desk is an order on its way to an entry.
type desk struct {
	*Agenda
	ctx    context.Context
	s      session.Session
	o      Order
	now    time.Time
	beside []session.Session // what is planned with it
	wrong  problem.Problems
	err    error // what kept us from looking something up

	presence func(id, day string) (listed, is string)
}

// refused says why an act does not follow.
func (d *desk) refused() error {
	name := session.Acts.Name(d.o.Do)
	for s := session.Planned; s <= session.Told; s++ {
		other := d.s
		if other.State = s; other.May(d.o.Do, d.Settings.Unit) {
			return problem.Problems{"do": "这一场现在是“" + d.s.State.String() + "”，不能“" + name + "”，没有改动"}
		}
	}
	return problem.Problems{"do": "“" + name + "”不归本单位办，没有改动。请由" + places.Of(d.s.Station).Where + "办"}
}

// acts give the body and the private part of each act.
var acts = map[string]func(*desk) (body, private any){
	session.Plan: (*desk).plan, session.Change: (*desk).change, session.Call: (*desk).call, session.Swap: (*desk).swap,
	session.Post: (*desk).post, session.Move: (*desk).move, session.Cancel: reasoned("请写取消的原因"),
	session.Reply: (*desk).reply, session.Hold: (*desk).hold, session.Attend: (*desk).attend, session.Close: (*desk).closing,
	session.Visit: (*desk).visit, session.Tick: (*desk).tick, session.Hand: (*desk).hand, session.Confirm: (*desk).confirm,
	session.Contest: (*desk).contest, session.Abandon: reasoned("请写作废的原因"),
	session.Redact: (*desk).redact,
}

func (d *desk) note() string { return d.wrong.Line("note", d.o.Note, 200) }

func (d *desk) reason() string { return d.wrong.Line("reason", d.o.Reason, 200) }

func (d *desk) today() string { return d.now.Format(time.DateOnly) }

// facts are the fields that were said, checked; of a session on a day.
func (d *desk) facts(on string) field.Values {
	for code := range d.o.Set {
		if _, ok := session.Fields.Field(code); !ok {
			d.wrong[code] = "没有这一项，请检查名称的写法"
		}
	}
	asked := session.Fields.Where(func(f field.Field) bool { _, said := d.o.Set[f.Code]; return said || d.o.Do == session.Plan })
	v := asked.Check(d.o.Set, d.now, nil, d.wrong)
	if _, said := v["day"]; said {
		v["day"] = d.date("day", v.Text("day"))
		on = v.Text("day")
	}
	for _, code := range []string{"from", "to"} {
		if v.Text(code) != "" {
			v[code] = d.hour(code, v.Text(code), on)
		}
	}
	return v
}

// date reads a day, within what can be meant.
func (d *desk) date(field, s string) string {
	on, why := day.Date(s, d.now)
	switch {
	case why != "":
		d.wrong[field] = why
	case on == "":
		d.wrong[field] = "请写日期，如 2027-01-11"
	case on > d.now.AddDate(3, 0, 0).Format(time.DateOnly):
		d.wrong[field] = "日期太远了，请核对年份"
	}
	return on
}

// hour reads a time of day: 19:30 of 晚上7点半.
func (d *desk) hour(field, s, on string) string {
	if len(on) != len(time.DateOnly) {
		on = d.today()
	}
	at, timed, why := day.Read(on+" "+strings.TrimSpace(s), d.now)
	if why != "" || !timed {
		d.wrong[field] = "时间读不出来，请写成 19:30"
		return s
	}
	return at.Format("15:04")
}

// span says that it ends after it began.
func (d *desk) span(f session.Facts) {
	if f.From != "" && f.To != "" && f.To <= f.From && d.wrong["to"] == "" && d.wrong["from"] == "" {
		d.wrong["to"] = "结束时间不晚于开始时间，请核对"
	}
}

// plan opens a session.
func (d *desk) plan() (any, any) {
	var b session.Opening
	d.facts("").Into(&b.Facts)
	b.Station = d.unit(d.ctx, d.o.Station, d.wrong)
	if via, err := d.Through(d.ctx); err != nil {
		d.err = err
	} else if b.Station != "" && unit.LevelOf(b.Station) == journal.Station {
		b.Via = via(b.Station)
	}
	becomes := words.Of("planned", "已安排", "open", "已经举行", "told", "待确认")
	switch d.wrong.Choose("becomes", d.o.Becomes, "planned", becomes) {
	case "open":
		b.Becomes, b.Began = session.Open, b.From
	case "told":
		b.Becomes = session.Told
	}
	if b.Kind == "activity" {
		b.Type = cmp.Or(b.Type, "other")
	} else {
		b.Type = ""
	}
	switch {
	case d.wrong["day"] != "":
	case b.Becomes == session.None && d.over(b.Facts):
		past := "这一天已经过去了"
		if b.Day == d.today() {
			past = "今天这个时间已经过去了"
		}
		d.wrong["day"] = past + "。已经举行了的，请选“已经举行”"
	case b.Becomes != session.None && b.Day > d.today():
		d.wrong["day"] = "这一天还没有到，请先安排"
	}
	d.span(b.Facts)
	d.s.Facts, d.s.Station = b.Facts, b.Station
	d.rated(d.s.Values())
	homes := d.homes(&b)
	b.Called = d.called("planned", d.o.Planned, b.Becomes == session.None)
	if b.Becomes == session.Told && len(b.Called) != 1 {
		d.wrong["planned"] = "别处履职记一位代表，请写是谁"
	}
	for i := range b.Called {
		b.Called[i].Came = b.Becomes == session.Told
	}
	b.Guests, b.Rule, b.Note = d.guests(), d.o.Rule, d.note()
	b.Checks = checklist(b.Facts)
	return b, session.Private{Homes: homes}
}

// guests are the stations whose deputies are called besides, each with what it reports through.
func (d *desk) guests() (gs []session.Guest) {
	if d.o.Guests == nil {
		return nil
	}
	via, err := d.Through(d.ctx)
	if err != nil {
		d.err = err
		return nil
	}
	for _, typed := range d.o.Guests {
		code := d.Station(d.ctx, "guests", typed, d.wrong)
		switch {
		case code == "":
		case code == d.Settings.Unit:
			d.wrong["guests"] = "本站点的代表直接请，不用写站点"
		case !slices.ContainsFunc(gs, func(g session.Guest) bool { return g.Station == code }):
			gs = append(gs, session.Guest{Station: code, Via: via(code)})
		}
	}
	for _, g := range d.s.Moved(gs) {
		if !session.Invites(d.Settings.Unit, g) && d.wrong["guests"] == "" {
			d.wrong["guests"] = places.Of(g.Station).Where + "的代表由县里邀请，请和县里联系"
		}
	}
	return gs
}

// called gives those who are named, each once; ahead says that they are called to what is still to come.
func (d *desk) called(field string, list []Person, ahead bool) (cs []session.Called) {
	for _, p := range list {
		c, who, ok := d.person(field, p)
		if !ok {
			continue
		}
		if slices.ContainsFunc(cs, func(had session.Called) bool { return had.Key == c.Key }) {
			d.wrong[field] = c.Name + "写了两次，请删去一个"
		}
		if ahead && who != nil {
			d.free(field, *who)
		}
		cs = append(cs, c)
	}
	if more := slices.DeleteFunc(slices.Clone(cs), func(c session.Called) bool { _, had := d.s.Person(c.Key); return had }); len(d.s.Called)+len(more) > session.Most {
		d.wrong[field] = fmt.Sprintf("一场最多 %d 人，请分成几场", session.Most)
	}
	if len(cs) > 0 && !slices.ContainsFunc(cs, func(c session.Called) bool { return c.Part == "lead" }) && d.o.Do == session.Plan && cs[0].Part == "join" {
		cs[0].Part = "lead"
	}
	return cs
}

// person is who is named: somebody on the roster, else a guest where that is said.
func (d *desk) person(field string, p Person) (c session.Called, who *person.Person, ok bool) {
	c = session.Called{Unit: d.wrong.Line(field, p.Unit, 60), Why: p.Why}
	c.Part = d.wrong.Choose(field, p.Part, "join", words.Callings)
	typed := d.wrong.Line(field, p.Who, 60)
	if typed == "" {
		d.wrong[field] = "请写姓名"
		return c, nil, false
	}
	if named := d.named(typed); len(named) > 1 {
		d.wrong[field] = several(typed)
		return c, nil, false
	} else if len(named) == 1 && p.Part == "" {
		had := named[0]
		return session.Called{Key: had.Key, Name: had.Name, Part: had.Part, Unit: had.Unit, Why: had.Why, Reply: had.Reply, Excuse: had.Excuse}, nil, true
	}
	found, err := d.Person(d.ctx, typed)
	var wrong problem.Problems
	switch {
	case err == nil:
		c.Key, c.Name = found.ID, found.Name
		if had := d.named(found.ID); len(had) == 1 { // by another ID of his
			c.Key = had[0].Key
		}
		return c, &found, true
	case !errors.As(err, &wrong):
		d.err = errors.Join(d.err, err)
		return c, nil, false
	case c.Part == "guest" || field == "present":
		c.Key, c.Name, c.Part = typed, typed, "guest"
		return c, nil, true
	}
	for _, why := range wrong {
		d.wrong[field] = why + "；不在名册上的，写明是特邀"
	}
	return c, nil, false
}

// free says that a deputy may be called: he is in office, of here, and sits nowhere else at that hour.
func (d *desk) free(field string, p person.Person) {
	held := p.Held()
	ours := unit.Stem(d.s.Station)[:min(6, len(unit.Stem(d.s.Station)))]
	elsewhere := len(held) > 0 && len(ours) == 6
	for _, m := range held {
		near := m.Level != "county" && m.Level != "township" || m.Place == "" || strings.HasPrefix(m.Place, ours)
		elsewhere = elsewhere && !near
	}
	for _, s := range p.Seats {
		elsewhere = elsewhere && !strings.HasPrefix(s.Station, ours)
	}
	switch {
	case elsewhere:
		d.wrong[field] = p.Name + "是别的县的代表，不能安排在这里；请来的写明是特邀"
	case p.Ended():
		d.wrong[field] = p.Name + "的代表职务已经终止，不能安排；请来的写明是特邀"
	case len(held) > 0 && !slices.ContainsFunc(held, func(m person.Mandate) bool { return m.Standing == "office" }):
		d.wrong[field] = p.Name + "暂停执行代表职务，不能安排"
	}
	other := d.meets(p.ID, d.s)
	if other.Day != "" && !d.o.Anyway {
		d.wrong[field] = fmt.Sprintf("%s %s %s 已经安排在%s，请换一位或换个时间；确实都去的，加 anyway（照样安排）", p.Name, other.Day, other.From, places.Of(other.Station).Where)
	}
}

// meets gives another session at which somebody is awaited at the same hour, under whichever of his IDs.
func (d *desk) meets(person string, s session.Session) session.Session {
	_ = d.same(person, "") // before rows are open
	states := []any{s.Day, int(session.Planned), int(session.Announced), int(session.Altered), int(session.Open)}
	rows, err := d.Store.Query(d.ctx, "SELECT id, people FROM session WHERE day = ? AND people <> '' AND state IN (?, ?, ?, ?) ORDER BY start, station, id", states...)
	if err != nil {
		d.err = errors.Join(d.err, fmt.Errorf("sessions of a day: %w", err))
		return session.Session{}
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id, people string
		d.err = errors.Join(d.err, rows.Scan(&id, &people))
		if id != s.ID && slices.ContainsFunc(strings.Fields(people), func(id string) bool { return d.same(id, person) }) {
			ids = append(ids, id)
		}
	}
	d.err = errors.Join(d.err, rows.Err())
	list := slices.DeleteFunc(slices.Clone(d.beside), func(o session.Session) bool {
		return o.Day != s.Day || !slices.ContainsFunc(o.Called, func(c session.Called) bool { return d.same(c.Person(), person) })
	})
	for _, id := range ids {
		other, err := d.Session(d.ctx, id)
		d.err = errors.Join(d.err, err)
		list = append(list, other)
	}
	for _, other := range list {
		if overlap(s.Facts, other.Facts) {
			return other
		}
	}
	return session.Session{}
}

// same says whether two IDs are one person's.
func (d *desk) same(id, other string) bool {
	if d.presence == nil && d.err == nil {
		d.presence, d.err = d.Presence(d.ctx)
	}
	if id == "" || other == "" || id == other || d.err != nil {
		return id == other
	}
	one, _ := d.presence(id, d.today())
	two, _ := d.presence(other, d.today())
	return one == two
}

// overlap says whether two sessions of a day are at one hour; one without an end lasts to the evening's.
func overlap(a, b session.Facts) bool {
	return a.From < cmp.Or(b.To, "24:00") && b.From < cmp.Or(a.To, "24:00")
}
