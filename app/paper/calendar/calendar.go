// Package calendar makes the papers of a station's calendar: the notice of a session and what is written of it into a chat
// group, the plan of a month, a quarter or a year, the sheets that lie on the table (session, sign-in, households), and
// a deputy's record of duty.
//
//	d, err := calendar.Notices(calendar.Calendar{Sessions: ss, People: ps}, office, calendar.A3)
//
// What hangs where everybody reads names deputies and nobody else. What a household said stands only on the pages of
// the visit sheet that are kept; its summary has no names.
package calendar

import (
	"cmp"
	"strings"
	"time"

	"lianluo.local/app/paper/directory"
	"lianluo.local/app/paper/form"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
)

// Calendar is what a paper is about: sessions, what was raised at them, who is called, and the days from which to which
// it looks (2027-01-01, both counted).
type Calendar struct {
	Sessions []session.Session
	Raised   []matter.Matter
	People   map[string]person.Person // by ID
	From, To string
	Records  []Record
}

// place is where a session is.
func place(s session.Session, o form.Issuer) string {
	if s.Place != "" {
		return form.Line(s.Place)
	}
	name := o.Named(s.Station)
	if at := form.Line(o.Sites[s.Station].Address); at != "" && at != name {
		name += "（" + at + "）"
	}
	return name
}

// reached are who is asked about a session, and by which telephone.
func reached(s session.Session, o form.Issuer) (who, phone string) {
	at := o.Sites[s.Station]
	who, phone = cmp.Or(form.Line(s.Liaison), form.Line(strings.Join(at.Liaisons, "、"))), form.Line(at.Phone)
	if s.Station == o.Unit {
		phone = cmp.Or(form.Line(o.Phone), phone)
	}
	return who, phone
}

// contact is both on one line.
func contact(s session.Session, o form.Issuer) string {
	who, phone := reached(s, o)
	return strings.TrimSpace(who + "　" + phone)
}

// title is what somebody who is called is: his mandates, else the unit that he comes from.
func (c Calendar) title(who session.Called) string {
	if p, known := c.People[who.Person()]; known {
		if t := directory.Titles(p); t != "" {
			return t
		}
	}
	return form.Line(who.Unit)
}

// called are the names of those who are awaited in a part, each as a line prints it.
func called(s session.Session, guests bool) (list []session.Called) {
	for _, c := range s.Awaited() {
		if (c.Part == "guest") == guests {
			list = append(list, c)
		}
	}
	return list
}

// named are people's names on one line, with the unit of who comes as a guest.
func named(cs []session.Called) string {
	var list []string
	for _, c := range cs {
		name := form.Line(c.Name)
		if c.Part == "guest" && c.Unit != "" {
			name += "（" + form.Line(c.Unit) + "）"
		}
		list = append(list, name)
	}
	return strings.Join(list, "、")
}

// weekday is the day of the week of 2027-01-11: 星期一; "" for no day.
func weekday(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return "星期" + string([]rune("日一二三四五六")[t.Weekday()])
}

// short is a day without its year: 1月11日.
func short(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return form.Line(day)
	}
	return t.Format("1月2日")
}

// hours are from when to when.
func hours(from, to string) string {
	if from == "" || to == "" {
		return from + to
	}
	return from + "—" + to
}

// does is what kind of session it is, in words.
func does(s session.Session) string {
	if s.Kind == "activity" && s.Type != "" {
		return words.Activities.Name(s.Type)
	}
	return words.Sessions.Name(s.Kind)
}
