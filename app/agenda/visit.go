package agenda

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/spelling"
)

// visit notes a household of a round; what is not said of one that is noted already stays.
func (d *desk) visit() (any, any) {
	stop, home := session.Stop{}, session.Home{}
	if key := strings.TrimSpace(d.o.Stop); key != "" {
		i := d.s.Visited(key)
		if i < 0 {
			d.wrong["stop"] = "没有记过这一户，请核对"
			return nil, nil
		}
		stop, home = d.s.Stops[i], d.s.Homes[d.s.Stops[i].Key]
	} else if len(d.s.Stops) == session.Most {
		d.wrong["stop"] = fmt.Sprintf("一次走访最多 %d 户，请再安排一次", session.Most)
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
		home := session.Home{Name: m.Name, Phone: m.Phone, Address: m.Address}
		if m.Confidential { // what is told in confidence the county does not hear; a visit it does
			home = session.Home{}
		}
		add(home, m.ID)
		for _, name := range m.Called() {
			if id := m.Persons[name]; id != "" && d.o.Planned == nil {
				d.o.Planned = append(d.o.Planned, Person{Who: id})
			}
		}
	}
	if len(b.Stops)+len(d.o.Stops) > session.Most {
		d.wrong["stops"] = fmt.Sprintf("一次走访最多 %d 户，请分成几次", session.Most)
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

// outspoken tells of a household that is named where everybody whom the session concerns, and the wall, can read it.
func outspoken(s session.Session) (odd []string) {
	for _, f := range []struct{ code, said string }{{"topic", s.Topic}, {"place", s.Place}, {"minutes", s.Minutes}, {"explained", s.Explained}} {
		for _, h := range s.Homes {
			if h.Name != "" && strings.Contains(f.said, h.Name) || h.Address != "" && strings.Contains(f.said, h.Address) ||
				h.Phone != "" && strings.Contains(f.said, h.Phone) {
				odd = append(odd, "“"+session.Fields.Name(f.code)+"”里写了走访户的姓名、电话或住址，市里和日历上都看得到，请改掉（可以只写小区、村名）")
				break
			}
		}
	}
	return odd
}

// hand notes what was found and to whom it was handed, or what that unit replied.
func (d *desk) hand() (any, any) {
	r := session.Result{Day: d.today()}
	if key := strings.TrimSpace(d.o.Result); key != "" {
		i := d.s.Handed(key)
		if i < 0 {
			d.wrong["result"] = "没有交办过这一条，请核对"
			return nil, nil
		}
		r = d.s.Results[i]
	}
	if r.Key == "" && len(d.s.Results) == session.Most {
		d.wrong["result"] = fmt.Sprintf("一场最多记 %d 条，请另记一场", session.Most)
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
	switch {
	case d.wrong["date"] != "":
	case max(r.Day, r.On) > d.today():
		d.wrong["date"] = "这一天还没有到，请核对"
	case r.Day < d.s.Day || r.On != "" && r.On < r.Day:
		d.wrong["date"] = "交办不会早于这一场，答复不会早于交办，请核对日期"
	}
	for code, said := range map[string]string{"unit": r.Unit, "what": r.What} {
		if said == "" {
			d.wrong[code] = map[string]string{"unit": "请写交给哪个单位", "what": "请写交办的意见"}[code]
		}
	}
	return session.Said{Result: &r, Note: d.note()}, nil
}
