package paper

import (
	"lianluo.local/app/paper/calendar"
	"lianluo.local/app/paper/directory"
	"lianluo.local/app/paper/dossier"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/suggestion"
)

// Things are what a paper is about: matters, people and units, sessions, or suggestions.
type Things struct {
	Matters []matter.Matter
	directory.Directory
	Calendar calendar.Calendar
	Rules    []calendar.Rule // that hang on a wall

	Suggestions []suggestion.Suggestion
	Dossier     dossier.Dossier // what a paper about those has to know besides
}

// social is a paper about people or units.
func social(code, of string, about Subject, takes []Pick, make func(Things, form.Issuer, Wish) (typeset.Document, error)) Kind {
	k := kind(code, make)
	k.Of, k.About, k.takes = of, about, append([]Pick{Numbers}, takes...)
	return k
}

func cards() Kind {
	k := social("contact-card", person.Name, Many, []Pick{Station, Coded},
		func(t Things, o form.Issuer, w Wish) (typeset.Document, error) {
			return directory.Cards(t.Directory, o, w.Coded)
		})
	k.Pictured = true
	return k
}

func menu() Kind {
	return social("order-menu", person.Name, Many, []Pick{Station},
		func(t Things, o form.Issuer, _ Wish) (typeset.Document, error) {
			return directory.Chosen.Document(directory.Menu(t.Directory, o), o.Today), nil
		})
}

func board() Kind {
	k := social("deputy-board", site.Name, One, []Pick{Format},
		func(t Things, o form.Issuer, w Wish) (typeset.Document, error) {
			sheets := map[Size]directory.Sheet{"": directory.A3, A3: directory.A3, A4: directory.A4}
			sheet, ok := sheets[w.Size]
			if !ok {
				return typeset.Document{}, problem.Problems{string(Format): "公示栏印在 a3 或 a4 纸上，请写其中一种"}
			}
			return directory.Boards(t.Directory, o, sheet)
		})
	k.Pictured = true
	return k
}

func rosters() Kind {
	return social("roster", person.Name, Many, []Pick{Station, Contact},
		func(t Things, o form.Issuer, w Wish) (typeset.Document, error) {
			return directory.Listed.Document(directory.Roster(t.Directory, o, w.Contact), o.Today), nil
		})
}

func stationSheet() Kind {
	return social("station-sheet", site.Name, One, nil,
		func(t Things, o form.Issuer, _ Wish) (typeset.Document, error) {
			return directory.Sheets(t.Directory, o)
		})
}

func stationList() Kind {
	return social("station-list", site.Name, Many, nil,
		func(t Things, o form.Issuer, _ Wish) (typeset.Document, error) {
			return directory.Listed.Document(directory.Stations(t.Directory, o), o.Today), nil
		})
}

// counting is how things of a kind are called and counted, and what they are named by.
type counting struct{ thing, by, numbers string }

func (k Kind) counted() counting {
	switch k.Of {
	case person.Name:
		return counting{"人", "位", "姓名或站点代码"}
	case site.Name:
		return counting{"站点", "个", "站点代码"}
	case session.Name:
		return counting{"场次", "场", "场次编号"}
	case suggestion.Name:
		return counting{"代表建议", "件", "案号或编号"}
	}
	return counting{"事项", "件", names[Numbers]}
}

// titles are the names of the things that a paper is about.
func (k Kind) titles(t Things) (list []string) {
	switch k.Of {
	case person.Name:
		for _, p := range t.People {
			list = append(list, p.Name)
		}
	case site.Name:
		for _, s := range t.Sites {
			list = append(list, s.Called())
		}
	case session.Name:
		for _, s := range t.Calendar.Sessions {
			list = append(list, s.Day+" "+s.Title())
		}
	case suggestion.Name:
		for _, s := range t.Suggestions {
			list = append(list, dossier.Called(s))
		}
	default:
		for _, m := range t.Matters {
			list = append(list, m.Number)
		}
	}
	return list
}
