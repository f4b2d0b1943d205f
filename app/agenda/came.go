package agenda

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/field"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
)

func (d *desk) reply() (any, any) {
	c, _ := d.one("who", d.o.Who)
	r := d.wrong.Choose("reply", d.o.Reply, "", words.Replies)
	if r == "leave" && d.reason() == "" {
		d.wrong["reason"] = "请写请假的原因"
	}
	return session.Said{Who: c.Key, Reply: r, Reason: d.reason(), Note: d.note()}, nil
}

// small ends the small hours, which are an evening's that goes on past midnight.
const small = "06:00"

// at is when something happens on the session's day: the hour that was said, else now where it is today.
func (d *desk) at(otherwise string) string {
	switch {
	case strings.TrimSpace(d.o.At) != "":
		return d.hour("at", d.o.At, d.s.Day)
	case d.s.Day == d.today(), d.s.Day == d.now.AddDate(0, 0, -1).Format(time.DateOnly) && d.now.Format("15:04") < small:
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
			if cs[i].Left = d.hour("present", p.Left, d.s.Day); cs[i].Left < cs[i].Arrived && (cs[i].Left >= small || cs[i].Arrived < "18:00") {
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
	d.both("off", b)
	if len(b.Called)+len(b.Off) == 0 && len(d.wrong) == 0 {
		d.wrong["present"] = "请写谁到了、谁没有来"
	}
	return b, nil
}

func (d *desk) closing() (any, any) {
	d.come()
	v := d.facts(d.s.Day)
	for code := range v {
		if _, rated := session.Counts.Field(code); !rated && !slices.Contains([]string{"explained", "citizens", "slips", "minutes"}, code) {
			d.wrong[code] = "结束时不改这一项，请用“更正”（change）改"
		}
	}
	d.rated(v)
	return merged(session.Said{Called: d.attendance(), At: d.at(d.s.To), Note: d.note()}, v), nil
}

// rated says that ballots, which v says anew, add up: no more came back than were given out, and each says something.
func (d *desk) rated(v field.Values) {
	f := d.s.Facts
	v.Into(&f)
	said := ""
	for _, c := range session.Counts {
		if v.Number(c.Code) > 0 {
			said = cmp.Or(said, c.Code)
		}
	}
	b := f.Ballots
	switch {
	case b == session.Ballots{}:
	case f.Type != "account":
		d.wrong[cmp.Or(said, "type")] = "只有述职评议记测评票"
	case b.Collected > b.Issued:
		d.wrong["collected"] = fmt.Sprintf("收回 %d 票，比发出的 %d 票多，请核对", b.Collected, b.Issued)
	case b.Sum() != b.Collected:
		d.wrong["collected"] = fmt.Sprintf("满意 %d、基本满意 %d、不满意 %d、弃权 %d、无效 %d，合起来 %d 票，和收回的 %d 票不一样，请核对",
			b.Satisfied, b.Basically, b.Unsatisfied, b.Abstained, b.Spoiled, b.Sum(), b.Collected)
	}
}

func (d *desk) tick() (any, any) {
	what := d.wrong.Line("what", d.o.What, 100)
	if what == "" {
		d.wrong["what"] = "请写是哪一项"
	} else if len(d.s.Checks) == session.Most && !slices.ContainsFunc(d.s.Checks, func(c session.Check) bool { return c.What == what }) {
		d.wrong["what"] = fmt.Sprintf("一场最多 %d 项", session.Most)
	}
	return session.Said{Checks: []session.Check{{What: what, Done: d.o.Done == nil || *d.o.Done}}, Note: d.note()}, nil
}

func (d *desk) confirm() (any, any) { return session.Said{Note: d.note()}, nil }

// contest keeps an objection, or what is answered to it.
func (d *desk) contest() (any, any) {
	c, _ := d.one("who", d.o.Who)
	b := session.Said{Who: c.Key, Object: d.wrong.Line("object", d.o.Object, 500), Answer: d.wrong.Line("answer", d.o.Answer, 500), Note: d.note()}
	open := slices.ContainsFunc(d.s.Objects, func(o session.Object) bool { return o.Key == c.Key && o.Answer == "" })
	switch {
	case b.Object != "" || b.Answer != "":
	case open:
		d.wrong["answer"] = "请写怎样答复他的异议"
	default:
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
