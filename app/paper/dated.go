package paper

import (
	"lianluo.local/app/paper/calendar"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
)

// dated is a paper about sessions.
func dated(code string, about Subject, takes []Pick, make func(calendar.Calendar, form.Issuer, Wish) (typeset.Document, error)) Kind {
	k := kind(code, func(t Things, o form.Issuer, w Wish) (typeset.Document, error) { return make(t.Calendar, o, w) })
	k.Of, k.About, k.takes = session.Name, about, takes
	return k
}

func notices() Kind {
	return dated("notice", One, []Pick{Numbers, Format}, func(c calendar.Calendar, o form.Issuer, w Wish) (typeset.Document, error) {
		posters := map[Size]calendar.Poster{"": calendar.A4, A4: calendar.A4, A3: calendar.A3}
		poster, ok := posters[w.Size]
		if !ok {
			return typeset.Document{}, problem.Problems{string(Format): "接待公告印在 a3 或 a4 纸上，请写其中一种"}
		}
		return calendar.Notices(c, o, poster)
	})
}

func sessionSheets() Kind {
	return dated("session-sheet", One, []Pick{Numbers}, func(c calendar.Calendar, o form.Issuer, _ Wish) (typeset.Document, error) {
		return calendar.Sheets(c, o)
	})
}

func signIn() Kind {
	return dated("sign-in", One, []Pick{Numbers}, func(c calendar.Calendar, o form.Issuer, _ Wish) (typeset.Document, error) {
		return sheets(c.Sessions, o, form.Names["sign-in"], c.SignIn), nil
	})
}

// visitSheets are blank where no round of visits is named.
func visitSheets() Kind {
	return dated("visit-sheet", Many, []Pick{Numbers}, func(c calendar.Calendar, o form.Issuer, _ Wish) (typeset.Document, error) {
		ss := c.Sessions
		if len(ss) == 0 {
			ss = []session.Session{{}}
		}
		return sheets(ss, o, form.Names["visit-sheet"], c.Households), nil
	})
}

// sheets binds the pages of each session.
func sheets(ss []session.Session, o form.Issuer, title string, of func(session.Session, form.Issuer) []table.Side) typeset.Document {
	var sides []table.Side
	for _, s := range ss {
		sides = append(sides, of(s, o)...)
	}
	return table.Bind(title, o.Today, o.Practice, sides)
}

func plan() Kind {
	return dated("plan", Many, []Pick{Numbers, Days, OfYear, Station}, func(c calendar.Calendar, o form.Issuer, _ Wish) (typeset.Document, error) {
		return table.Bind(form.Names["plan"], o.Today, o.Practice, calendar.Plan(c, o)), nil
	})
}

// dutyBook and dutyCheck are papers about what people did, which the program derives.
func dutyBook() Kind {
	return social("duty-book", person.Name, One, []Pick{Days, OfYear}, func(t Things, o form.Issuer, _ Wish) (all typeset.Document, err error) {
		for _, r := range t.Calendar.Records {
			d := calendar.DutyBook(r, o)
			all.Made, all.Pages = d.Made, append(all.Pages, d.Pages...)
		}
		return all, nil
	})
}

func dutyCheck() Kind {
	return social("duty-check", person.Name, Many, []Pick{Days, OfYear, Station}, func(t Things, o form.Issuer, _ Wish) (typeset.Document, error) {
		if len(t.Calendar.Records) == 0 {
			return typeset.Document{}, problem.New("a check of nobody's duty", "这里还没有编入代表，没有核对单可以打印。请先在代表名册里编入代表。")
		}
		return table.Bind(form.Names["duty-check"], o.Today, o.Practice, calendar.DutyChecks(t.Calendar.Records, o)), nil
	})
}
