package agenda

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/day"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// merged is a body with fields beside its members.
func merged(b session.Said, fields field.Values) map[string]json.RawMessage {
	raw := map[string]json.RawMessage{}
	whole, _ := json.Marshal(b) // plain values
	_ = json.Unmarshal(whole, &raw)
	maps.Copy(raw, fields.Raw())
	return raw
}

// change puts fields right; those that say the same as before are left out.
func (d *desk) change() (any, any) {
	v := d.facts(d.s.Day)
	was, asked := d.s.Values().Raw(), v.Raw()
	for code := range v {
		if string(asked[code]) == string(was[code]) && !d.s.Contested(code) {
			delete(v, code)
		}
	}
	if _, said := v["kind"]; said {
		d.wrong["kind"] = "类型不能改，请作废这一场，重新安排"
	}
	if len(v) == 0 && len(d.wrong) == 0 {
		d.wrong[""] = "没有改动，和原来一样"
	}
	next := d.s.Facts
	v.Into(&next)
	d.span(next)
	d.later(next)
	return merged(session.Said{Note: d.note()}, v), nil
}

// over says whether the hour of a session has passed.
func (d *desk) over(f session.Facts) bool {
	return f.Day < d.today() || f.Day == d.today() && f.To != "" && f.To <= d.now.In(day.Beijing).Format("15:04")
}

// later says that what is still to come is not put into the past, and that those who are awaited are free then.
func (d *desk) later(next session.Facts) {
	was := d.s.Facts
	if !d.s.Ahead() || next.Day == was.Day && next.From == was.From && next.To == was.To {
		return
	}
	if d.over(next) {
		d.wrong["day"] = "这一天已经过去了，请写今天以后的日子"
		return
	}
	d.s.Facts = next
	for _, c := range d.s.Awaited() {
		if c.Person() == "" {
			continue
		}
		other, err := d.meets(d.ctx, c.Key, d.s)
		if d.err = errors.Join(d.err, err); other.ID != "" && !d.o.Anyway {
			d.wrong["day"] = c.Name + " " + other.Day + " " + other.From + " 已经有别的安排，请先换人或换个时间"
		}
	}
	d.s.Facts = was
}

func (d *desk) call() (any, any) {
	b := session.Said{Called: d.called("planned", d.o.Planned, d.s.Ahead()), Note: d.note()}
	for _, name := range d.o.Off {
		if c, ok := d.one("off", name); ok {
			b.Off = append(b.Off, c.Key)
		}
	}
	if d.o.Guests != nil {
		b.Guests = append([]string{}, d.guests()...)
	}
	if len(b.Called)+len(b.Off) == 0 && b.Guests == nil && len(d.wrong) == 0 {
		d.wrong["planned"] = "请写请谁、不再请谁"
	}
	return b, nil
}

// one gives who of those that are called is named by ID or name.
func (d *desk) one(field, typed string) (session.Called, bool) {
	typed = strings.TrimSpace(typed)
	var found []session.Called
	for _, c := range d.s.Called {
		if typed != "" && (c.Key == strings.ToLower(typed) || spelling.Name(c.Name) == spelling.Name(typed)) {
			found = append(found, c)
		}
	}
	switch {
	case typed == "":
		d.wrong[field] = "请写是谁"
	case len(found) == 0:
		d.wrong[field] = "这一场没有“" + typed + "”，请核对姓名"
	case len(found) > 1:
		d.wrong[field] = "叫“" + typed + "”的不止一位，请用编号指明"
	default:
		return found[0], true
	}
	return session.Called{}, false
}

func (d *desk) swap() (any, any) {
	gone, ok := d.one("who", d.o.Who)
	if ok && gone.Instead != "" {
		d.wrong["who"] = gone.Name + "已经由" + gone.Instead + "代了"
	}
	with := d.called("with", []Person{{Who: d.o.With, Part: gone.Part}}, d.s.Ahead())
	b := session.Said{Who: gone.Key, Reason: d.reason(), Note: d.note()}
	if len(with) == 1 {
		b.With = &with[0]
		if had, is := d.s.Person(with[0].Key); is && had.Instead == "" {
			d.wrong["with"] = with[0].Name + "已经在这一场里，请换一位"
		}
	}
	return b, nil
}

// post notes a notice that was put up.
func (d *desk) post() (any, any) {
	n := session.Notice{Day: d.today(), Reason: d.reason()}
	if strings.TrimSpace(d.o.Date) != "" {
		n.Day = d.date("date", d.o.Date)
	}
	switch {
	case d.wrong["date"] != "":
	case n.Day > d.today():
		d.wrong["date"] = "这一天还没有到，贴出来以后再记"
	case n.Day > d.s.Day && d.s.State != session.Cancelled:
		d.wrong["date"] = "公告的日子在这一场（" + d.s.Day + "）以后，请核对"
	}
	for _, place := range d.o.Places {
		if place = d.wrong.Line("places", place, 60); place != "" && !slices.Contains(n.Places, place) {
			n.Places = append(n.Places, place)
		}
	}
	return session.Said{Notice: &n, Note: d.note()}, nil
}

func (d *desk) move() (any, any) {
	next := d.s.Facts
	d.facts(d.s.Day).Into(&next)
	if d.o.Set["day"] == nil {
		d.wrong["day"] = "请写改到哪一天"
	}
	d.span(next)
	if next.Day == d.s.Day && next.From == d.s.From && next.To == d.s.To && next.Place == d.s.Place {
		d.wrong["day"] = "和原来的时间一样，没有改动"
	}
	d.later(next)
	for code := range d.o.Set {
		if !slices.Contains([]string{"day", "from", "to", "place"}, code) {
			d.wrong[code] = "改期只改时间和地点，这一项请用“更正”（change）改"
		}
	}
	return session.Said{Shift: &session.Shift{Day: next.Day, From: next.From, To: next.To, Place: next.Place, Reason: d.reason()},
		Note: d.note()}, nil
}

// reasoned is an act that asks for its reason and nothing else.
func reasoned(missing string) func(*desk) (any, any) {
	return func(d *desk) (any, any) {
		why := d.reason()
		if why == "" {
			d.wrong["reason"] = missing
		}
		return session.Said{Reason: why, Note: d.note()}, nil
	}
}

func (d *desk) reply() (any, any) {
	c, _ := d.one("who", d.o.Who)
	r := d.wrong.Choose("reply", d.o.Reply, "", words.Replies)
	if r == "leave" && d.reason() == "" {
		d.wrong["reason"] = "请写请假的原因"
	}
	return session.Said{Who: c.Key, Reply: r, Reason: d.reason(), Note: d.note()}, nil
}

// at is when something happens on the session's day: the hour that was said, else now where it is today.
func (d *desk) at(otherwise string) string {
	switch {
	case strings.TrimSpace(d.o.At) != "":
		return d.hour("at", d.o.At, d.s.Day)
	case d.s.Day == d.today():
		return d.now.Format("15:04")
	}
	return otherwise
}

// come says that its day has come.
func (d *desk) come() {
	if d.s.Day > d.today() {
		d.wrong["do"] = "这一场在 " + d.s.Day + "，还没有到，不能" + session.Acts.Name(d.o.Do)
	}
}

func (d *desk) hold() (any, any) {
	d.come()
	return session.Said{At: d.at(d.s.From), Note: d.note()}, nil
}

// attendance is who came and who did not.
func (d *desk) attendance() (cs []session.Called) {
	cs = d.called("present", d.o.Present, false)
	for i := range cs {
		p := d.o.Present[i]
		cs[i].Came, cs[i].Arrived = true, ""
		if p.Arrived != "" {
			cs[i].Arrived = d.hour("present", p.Arrived, d.s.Day)
		} else if d.o.Do == session.Attend {
			cs[i].Arrived = d.at("")
		}
		if had, is := d.s.Person(cs[i].Key); is && had.Came && p.Arrived == "" { // ticked already
			cs[i].Arrived = had.Arrived
		}
		if p.Left != "" {
			if cs[i].Left = d.hour("present", p.Left, d.s.Day); cs[i].Left < cs[i].Arrived {
				d.wrong["present"] = cs[i].Name + "离开的时间在到场之前，请核对"
			}
		}
	}
	for _, ab := range d.o.Absent {
		c, ok := d.one("absent", ab.Who)
		if !ok {
			continue
		}
		if slices.ContainsFunc(cs, func(had session.Called) bool { return had.Key == c.Key }) {
			d.wrong["absent"] = c.Name + "又写了到场，请核对"
		}
		c.Came, c.Absent, c.Arrived, c.Left = false, true, "", ""
		c.Excuse = cmp.Or(d.wrong.Line("absent", ab.Why, 100), c.Excuse)
		cs = append(cs, c)
	}
	return cs
}

func (d *desk) attend() (any, any) {
	d.come()
	b := session.Said{Called: d.attendance(), At: d.at(""), Note: d.note()}
	for _, name := range d.o.Off {
		if c, ok := d.one("off", name); ok {
			b.Off = append(b.Off, c.Key)
		}
	}
	if len(b.Called)+len(b.Off) == 0 && len(d.wrong) == 0 {
		d.wrong["present"] = "请写谁到了、谁没有来"
	}
	return b, nil
}

func (d *desk) closing() (any, any) {
	d.come()
	v := d.facts(d.s.Day)
	for code := range v {
		if !slices.Contains([]string{"explained", "citizens", "slips", "minutes"}, code) {
			d.wrong[code] = "结束时不改这一项，请用“更正”（change）改"
		}
	}
	return merged(session.Said{Called: d.attendance(), At: d.at(d.s.To), Note: d.note()}, v), nil
}

// visit notes a household of a round; what is not said of one that is noted already stays.
func (d *desk) visit() (any, any) {
	stop, home := session.Stop{}, session.Home{}
	if key := strings.TrimSpace(d.o.Stop); key != "" {
		i := slices.IndexFunc(d.s.Stops, func(s session.Stop) bool { return s.Key == key })
		if i < 0 {
			d.wrong["stop"] = "没有记过这一户，请核对"
			return nil, nil
		}
		stop, home = d.s.Stops[i], d.s.Homes[key]
	}
	line := func(code, said string, most int, to *string) {
		if said = d.wrong.Text(code, said, most); said != "" {
			*to = said
		}
	}
	line("name", d.o.Name, 60, &home.Name)
	line("phone", d.o.Phone, 60, &home.Phone)
	line("address", d.o.Address, 200, &home.Address)
	line("words", d.o.Words, 4000, &home.Words)
	line("said", d.o.Said, 1000, &home.Said)
	if _, wrong := spelling.Phones(home.Phone); wrong.Sentence() != "" {
		d.wrong["phone"] = wrong.Sentence()
	}
	if d.o.Again != "" {
		if stop.Again = d.date("again", d.o.Again); stop.Again < d.s.Day && d.wrong["again"] == "" {
			d.wrong["again"] = "回访日期在走访（" + d.s.Day + "）之前，请核对"
		}
	}
	if d.o.Gone && stop.Key == "" {
		d.wrong["stop"] = "请写删去哪一户"
	}
	stop.Matter = cmp.Or(d.matter().ID, stop.Matter)
	if home == (session.Home{}) && !d.o.Gone {
		d.wrong["address"] = "请写走访的是哪一户、说了什么"
	}
	b := session.Said{Stop: &stop, Gone: d.o.Gone, Note: d.note()}
	if d.o.Gone {
		return b, nil
	}
	return b, session.Private{Homes: map[string]session.Home{stop.Key: home}}
}

// matter is that which the order names; none where it names none.
func (d *desk) matter() (m matter.Matter) {
	if strings.TrimSpace(d.o.Matter) == "" {
		return m
	}
	m, err := d.Matter(d.ctx, strings.TrimSpace(d.o.Matter))
	if wrong := (problem.Problems{}); errors.As(err, &wrong) {
		maps.Copy(d.wrong, wrong)
	} else {
		d.err = errors.Join(d.err, err)
	}
	return m
}

// homes are the households to be visited, by the keys of their stops. A visit that goes back to a matter goes to whom
// it was about, with the deputies whom that names.
func (d *desk) homes(b *session.Opening) map[string]session.Home {
	m := d.matter()
	if b.Kind != "visit" && (m.ID != "" || len(d.o.Stops) > 0) {
		d.wrong[map[bool]string{true: "matter", false: "stops"}[m.ID != ""]] = "只有走访（visit）写这一项"
		return nil
	}
	homes := map[string]session.Home{}
	add := func(home session.Home, of string) {
		stop := session.Stop{Key: strconv.Itoa(len(b.Stops) + 1), Matter: of}
		b.Stops, homes[stop.Key] = append(b.Stops, stop), home
	}
	if b.Followed = m.ID; m.ID != "" {
		b.Topic = cmp.Or(b.Topic, "回访 "+m.Number)
		add(session.Home{Name: m.Name, Phone: m.Phone, Address: m.Address}, m.ID)
		for _, name := range m.Called() {
			if id := m.Persons[name]; id != "" && d.o.Planned == nil {
				d.o.Planned = append(d.o.Planned, Person{Who: id})
			}
		}
	}
	for _, h := range d.o.Stops {
		home := session.Home{Name: d.wrong.Line("name", h.Name, 60), Phone: d.wrong.Line("phone", h.Phone, 60),
			Address: d.wrong.Line("address", h.Address, 200)}
		if home == (session.Home{}) {
			d.wrong["stops"] = "请写每一户的姓名或住址"
		}
		add(home, "")
	}
	return homes
}

func (d *desk) tick() (any, any) {
	what := d.wrong.Line("what", d.o.What, 100)
	if what == "" {
		d.wrong["what"] = "请写是哪一项"
	}
	return session.Said{Checks: []session.Check{{What: what, Done: d.o.Done == nil || *d.o.Done}}, Note: d.note()}, nil
}

// hand notes what was found and to whom it was handed, or what that unit replied.
func (d *desk) hand() (any, any) {
	r := session.Result{Day: d.today()}
	if key := strings.TrimSpace(d.o.Result); key != "" {
		i := slices.IndexFunc(d.s.Results, func(had session.Result) bool { return had.Key == key })
		if i < 0 {
			d.wrong["result"] = "没有交办过这一条，请核对"
			return nil, nil
		}
		r = d.s.Results[i]
	}
	r.Unit = cmp.Or(d.wrong.Line("unit", d.o.Unit, 60), r.Unit)
	r.What = cmp.Or(d.wrong.Text("what", d.o.What, 1000), r.What)
	if d.o.Answer != "" {
		r.Reply, r.On = d.wrong.Text("answer", d.o.Answer, 1000), d.today()
		if d.o.Date != "" {
			r.On = d.date("date", d.o.Date)
		}
	} else if d.o.Date != "" {
		r.Day = d.date("date", d.o.Date)
	}
	for code, said := range map[string]string{"unit": r.Unit, "what": r.What} {
		if said == "" {
			d.wrong[code] = map[string]string{"unit": "请写交给哪个单位", "what": "请写交办的意见"}[code]
		}
	}
	return session.Said{Result: &r, Note: d.note()}, nil
}

func (d *desk) confirm() (any, any) { return session.Said{Note: d.note()}, nil }

// contest keeps an objection, or what is answered to it.
func (d *desk) contest() (any, any) {
	c, _ := d.one("who", d.o.Who)
	b := session.Said{Who: c.Key, Object: d.wrong.Line("object", d.o.Object, 500), Answer: d.wrong.Line("answer", d.o.Answer, 500), Note: d.note()}
	if b.Object == "" && b.Answer == "" {
		d.wrong["object"] = "请写有什么异议"
	}
	return b, nil
}

// checklist is what is to be done before a session and on the day, by its kind.
func checklist(f session.Facts) (cs []session.Check) {
	lists := map[string][]string{
		"reception": {"通知代表", "贴出公告", "打印登记表和回执", "准备代表证、桌牌", "打开门，摆好桌椅"},
		"visit":     {"通知代表", "联系村（社区）", "打印入户征求意见表"},
		"activity":  {"发通知，收回执", "定好地点", "准备材料", "打印签到表", "联系被视察单位"},
	}
	list := lists[f.Kind]
	switch f.Type {
	case "training", "talk", "salon", "group", "account":
		list = []string{"发通知，收回执", "定好地点", "请好主讲人", "准备材料", "打印签到表"}
	case "box":
		list = []string{"两个人一起开箱", "当面点清意见条", "逐条登记"}
	case "congress", "guest", "deed", "other":
		list = list[:min(2, len(list))]
	}
	for _, what := range list {
		cs = append(cs, session.Check{What: what})
	}
	return cs
}

// Caveats is what is odd about a session and holds all the same.
func (a *Agenda) Caveats(s session.Session) (odd []string) {
	if s.Owes() {
		odd = append(odd, "公告以后改过，请贴一张更正公告")
	}
	for _, n := range s.Notices {
		if on, err := time.Parse(time.DateOnly, s.Day); err == nil && !n.Amends && s.State != session.Cancelled &&
			n.Day > on.AddDate(0, 0, -a.Profile.Notice).Format(time.DateOnly) {
			why := fmt.Sprintf("公告离这一场不到 %d 天", a.Profile.Notice)
			if n.Reason == "" {
				why += "，请写明原因"
			}
			odd = append(odd, why)
		}
	}
	for _, c := range s.Conflicts {
		odd = append(odd, "两处同时改了“"+problem.Field(c.Field)+"”，请核对")
	}
	return odd
}
