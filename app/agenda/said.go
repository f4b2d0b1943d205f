package agenda

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"lianluo.local/data/day"
	"lianluo.local/data/field"
	"lianluo.local/data/session"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
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
	d.rated(v)
	return merged(session.Said{Note: d.note()}, v), nil
}

// over says whether the hour of a session has passed.
func (d *desk) over(f session.Facts) bool {
	return f.Day < d.today() || f.Day == d.today() && f.To != "" && f.To <= d.now.In(day.Beijing).Format("15:04")
}

// later says that what is still to come is not put into the past, and that those who are awaited are free then.
func (d *desk) later(next session.Facts) {
	was := d.s.Facts
	if !d.s.Ahead() && next.Day != was.Day && next.Day > d.today() {
		d.wrong["day"] = "这一天还没有到；已经举行的，请写举行的那天"
	}
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
		if other := d.meets(c.Key, d.s); other.Day != "" && !d.o.Anyway {
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
	d.both("off", b)
	if d.o.Guests != nil {
		b.Guests = append([]session.Guest{}, d.guests()...)
	}
	if len(b.Called)+len(b.Off) == 0 && b.Guests == nil && len(d.wrong) == 0 {
		d.wrong["planned"] = "请写请谁、不再请谁"
	}
	return b, nil
}

// both says who is named on either list of an act.
func (d *desk) both(field string, b session.Said) {
	for _, c := range b.Called {
		if slices.Contains(b.Off, c.Key) {
			d.wrong[field] = c.Name + "两边都写了，请删去一个"
		}
	}
}

// one gives who of those that are called is named by ID or name.
func (d *desk) one(field, typed string) (session.Called, bool) {
	typed = strings.TrimSpace(typed)
	found := d.named(typed)
	switch {
	case typed == "":
		d.wrong[field] = "请写是谁"
	case len(found) == 0:
		d.wrong[field] = "这一场没有“" + typed + "”，请核对姓名"
	case len(found) > 1:
		d.wrong[field] = several(typed)
	default:
		return found[0], true
	}
	return session.Called{}, false
}

// named are those of the session who are meant by an ID or a name.
func (d *desk) named(typed string) (found []session.Called) {
	id := strings.ToLower(typed)
	for _, c := range d.s.Called {
		if thing.ID(id) && d.same(c.Person(), id) || typed != "" && spelling.Name(c.Name) == spelling.Name(typed) {
			found = append(found, c)
		}
	}
	return found
}

func several(typed string) string {
	return "这一场叫“" + typed + "”的不止一位，请用编号指明"
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
	n := session.Notice{Day: d.today(), Reason: d.reason(), Tells: d.s.Tells()}
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
