package schedule

import (
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/agenda"
	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
)

// attendances are what is said of somebody who was awaited: that he came, or why he did not.
var attendances = words.Of("came", "到了", "请假", "请假", "公务", "公务", "生病", "生病", "没有说明", "没有来")

// closed is what is said of a session once it is over, by kind; a round of visits has its households.
var closed = map[string][]string{"reception": {"citizens", "explained"}, "activity": {"slips", "minutes"}}

// over says who came to a session and ends it: each who was awaited has a line of his own.
var over = act{do: session.Close, word: "结束", key: fyne.KeyD, hint: "按数字选各位到了没有。记完，这一场就算举行过了。",
	said: "已记下，这一场举行过了。要签字的，按 Ctrl+P 打印。",
	asks: func(s session.Session) (list field.List) {
		for _, c := range expected(s) {
			list = append(list, field.Field{Code: "came " + c.Key, Name: c.Name, Input: field.Chips, Words: attendances, Must: true})
		}
		list = append(list, field.Field{Code: "besides", Name: "又来了", Hint: "再加一位：姓名或首字母，按 Enter", Input: field.People})
		for _, f := range session.Fields {
			_, rated := session.Counts.Field(f.Code)
			if slices.Contains(closed[s.Kind], f.Code) && (f.Code != "slips" || s.Type == "box") || rated && s.Type == "account" {
				f.More, f.When = false, nil
				list = append(list, f)
			}
		}
		return list
	},
	begin: func(_ *Page, s session.Session) field.Values {
		v := s.Values()
		for _, c := range expected(s) {
			switch {
			case c.Came, c.Reply == "yes":
				v["came "+c.Key] = "came"
			case c.Reply == "leave":
				v["came "+c.Key] = "请假"
			}
		}
		return v
	},
	wrong: func(now field.Values) problem.Problems {
		wrong := problem.Problems{}
		for code := range now {
			if strings.HasPrefix(code, "came ") && now.Text(code) == "" {
				wrong[code] = "请选到了没有"
			}
		}
		return wrong
	},
	order: func(now, changed field.Values) (o agenda.Order) {
		for _, code := range slices.Sorted(maps.Keys(now)) {
			who, of := strings.CutPrefix(code, "came ")
			switch {
			case of && now.Text(code) == "came":
				o.Present = append(o.Present, agenda.Person{Who: who})
			case of:
				o.Absent = append(o.Absent, agenda.Absence{Who: who, Why: now.Text(code)})
			}
		}
		for _, who := range now.List("besides") {
			o.Present = append(o.Present, agenda.Person{Who: who})
		}
		o.Set = maps.Clone(changed)
		maps.DeleteFunc(o.Set, func(code string, _ any) bool { return code == "besides" || strings.HasPrefix(code, "came ") })
		return o
	}}

// expected are those who were awaited at a session, and those who came besides.
func expected(s session.Session) (list []session.Called) {
	for _, c := range s.Called {
		if c.Instead == "" || c.Came {
			list = append(list, c)
		}
	}
	return list
}

// ends says whether a session can be ended here: its day has come, and it is not the reception of tonight, which has a
// page of its own.
func (p *Page) ends(s session.Session) bool {
	today := p.agenda.Now().Format(time.DateOnly)
	return s.Day < today || s.Day == today && (s.Kind != "reception" || !s.Sits(p.agenda.Settings.Unit) || p.actions.Evening == nil)
}
