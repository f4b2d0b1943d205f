package figure

import (
	"cmp"
	"slices"
	"strings"

	"lianluo.local/assets/category"
	"lianluo.local/data/journal"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// World is what a report has to know besides what it counts.
type World struct {
	Calendar
	Today   int                               // as of which day it is made
	People  map[string]Person                 // by their IDs, also by those under which they were known before
	Leaders map[string]string                 // the tiers of those who have one, by their names
	Tiers   map[string]string                 // and those of sessions, by their IDs
	Sites   map[string]Site                   // by their codes
	Who     func(station, name string) string // the ID of a deputy by his name, "" where nobody or several bear it; nil: so
	Named   func(unit string) string          // what a unit is called; nil: as Sites has it
}

// Person is a deputy as a report has to know him.
type Person struct {
	ID       string // under which he counts, however he was known
	Name     string
	Tier     string   // words.Tiers
	Levels   []string // of his mandates, the highest first
	Stations []string // where he is grouped
}

// Site is a unit that is open.
type Site struct{ Name, Kind string }

// Axis parts what is counted.
type Axis struct {
	Code, Name string
	Other      string // what those are called that have none
	Period     Period // of an axis of time
	// Overlaps says why the rows of a table may add up to more than its total; "" where they never do.
	Overlaps string

	matter  func(*World, Matter, []string) []string
	session func(*World, *Session, []string) []string // nil: sessions are not parted by it
	person  func(*World, string, []string) []string   // where each one who came stands in a row of his own
	seats   func(*World, Person) []string             // where he counts as grouped; nil: nowhere
	all     func(*World) []string                     // rows that are there with nothing in them
	rank    func(key string) int                      // nil: by the key
	called  func(w *World, key string) string
}

func list(ws words.List) (rank func(string) int, called func(*World, string) string) {
	return func(key string) int {
			if at := slices.IndexFunc(ws, func(w words.Word) bool { return w.Code == key }); at >= 0 {
				return at
			}
			return len(ws)
		}, func(_ *World, key string) string {
			return ws.Name(key)
		}
}

// one parts matters by a word of a closed list.
func one(code, name, other string, ws words.List, of func(Matter) string) Axis {
	a := Axis{Code: code, Name: name, Other: other,
		matter: func(_ *World, m Matter, to []string) []string { return append(to, of(m)) }}
	a.rank, a.called = list(ws)
	return a
}

// placed parts matters, sessions and deputies by the head of a station's code.
func placed(code, name, other string, of func(*World, string) string, kinds ...string) Axis {
	return Axis{Code: code, Name: name, Other: other,
		matter:  func(w *World, m Matter, to []string) []string { return append(to, of(w, m.Station)) },
		session: func(w *World, s *Session, to []string) []string { return append(to, of(w, s.Station)) },
		seats: func(w *World, p Person) (list []string) {
			for _, s := range p.Stations {
				if key := of(w, s); !slices.Contains(list, key) {
					list = append(list, key)
				}
			}
			return list
		},
		all: func(w *World) (list []string) {
			for code, s := range w.Sites {
				if slices.Contains(kinds, s.Kind) {
					list = append(list, of(w, code))
				}
			}
			return list
		},
		called: func(w *World, key string) string { return w.name(key) }}
}

func (w *World) name(unit string) string {
	if s := w.Sites[unit]; s.Kind == "base" { // it is called by its field, and lies where a station does
		return s.Name
	}
	if w.Named != nil {
		return w.Named(unit)
	}
	return cmp.Or(w.Sites[unit].Name, unit)
}

func head(n int) func(*World, string) string {
	return func(_ *World, code string) string {
		if len(code) < n {
			return ""
		}
		return code[:n] + "000000000000"[n:]
	}
}

var sitting = []string{"station", "point", "base"}

// Deputy is the tier of a deputy who is no leader.
const Deputy = "deputy"

var tiers = append(slices.Clone(words.Tiers), words.Word{Code: Deputy, Name: "各级代表"})

const (
	severally = "同一件事项、同一场次有几个层级的人在场，在每个层级各算一次，所以各行相加可以大于合计；合计里只算一次。"
	mandates  = "一位代表有几个级别的代表职务，在每个级别各算一次，所以各行相加可以大于合计；合计里只算一次。"
	present   = "同一场次有几个级别的代表在场，场次在每个级别各算一次，所以各行相加可以大于合计；合计里只算一次。"
	personal  = "同一件事项、同一场次有几位代表在场，在每一位各算一次，所以各行相加可以大于合计；合计里只算一次。"
	handed    = "交办以后换了承办单位的，交办、退回算给当时的单位，其余算给现在的单位。"
)

// Axes are all by which a report may part its numbers.
var Axes = []Axis{
	tierAxis(), levelAxis("level", "代表级别", present, false), levelAxis("levels", "代表级别（按身份）", mandates, true),
	placed("county", "县（市、区）", "没有写站点", head(6), sitting...),
	placed("township", "乡镇（街道）", "没有写站点", head(9), sitting...),
	placed("station", "站点", "没有写站点", func(_ *World, code string) string { return code }, sitting...),
	placed("base", "基地", "不在基地", func(w *World, code string) string {
		if w.Sites[code].Kind == "base" {
			return code
		}
		return ""
	}, "base"),
	{Code: "group", Name: "大类", Other: "没有分类",
		matter: func(_ *World, m Matter, to []string) []string {
			return append(to, m.Category[:min(2, len(m.Category))])
		},
		called: func(_ *World, key string) string {
			c, _ := category.ByCode(key + "01")
			return cmp.Or(c.GroupName, key)
		}},
	{Code: "category", Name: "类别", Other: "没有分类",
		matter: func(_ *World, m Matter, to []string) []string { return append(to, m.Category) },
		called: func(_ *World, key string) string {
			if c, ok := category.ByCode(key); ok {
				return c.GroupName + " · " + c.Name
			}
			return key
		}},
	one("purpose", "诉求目的", "没有写", words.Purposes, func(m Matter) string { return m.Purpose }),
	one("channel", "来源渠道", "没有写", words.Channels, func(m Matter) string { return m.Channel }),
	one("register", "登记簿", "没有写", words.Registers, func(m Matter) string { return m.Register }),
	one("mode", "处理方式", "还没有定", words.Modes, func(m Matter) string { return m.Mode }),
	one("urgency", "紧急程度", "没有写", words.Urgencies, func(m Matter) string { return m.Urgency }),
	holding(),
	{Code: "department", Name: "承办单位", Other: "没有交给部门", Overlaps: handed,
		matter: func(_ *World, m Matter, to []string) []string {
			to = append(to, m.Department)
			for _, h := range m.Happened {
				if h.Who != "" && !slices.Contains(to, h.Who) {
					to = append(to, h.Who)
				}
			}
			return to
		}},
	promising(),
	{Code: "person", Name: "代表", Other: "名册上没有", Overlaps: personal,
		matter: func(w *World, m Matter, to []string) []string {
			for _, id := range m.Persons {
				to = once(to, w.deputy(m, id).ID)
			}
			return to
		},
		session: func(w *World, s *Session, to []string) []string {
			for _, a := range s.Present {
				if !a.Guest {
					to = once(to, w.person(a.Key))
				}
			}
			return to
		},
		person: func(w *World, id string, to []string) []string { return append(to, w.person(id)) },
		called: func(w *World, key string) string { return cmp.Or(w.People[key].Name, key) }},
	{Code: "week", Name: "周", Period: Week}, {Code: "month", Name: "月", Period: Month}, {Code: "quarter", Name: "季", Period: Quarter},
	{Code: "half", Name: "半年", Period: Half}, {Code: "year", Name: "年", Period: Year}, {Code: "congress", Name: "届", Period: Term},
}

func once(list []string, key string) []string {
	if slices.Contains(list, key) {
		return list
	}
	return append(list, key)
}

// deputy is one who received a matter, nobody where he is not known.
func (w *World) deputy(m Matter, called string) Person {
	if p, known := w.People[called]; known || w.Who == nil {
		return p
	}
	return w.People[w.Who(m.Station, called)]
}

// person is the ID under which somebody counts, "" for one on no roster.
func (w *World) person(id string) string { return w.People[id].ID }

// who tells two who came apart, also those who are on no roster.
func (w *World) who(key string) string { return cmp.Or(w.person(key), key) }

func (p Person) tier() string { return cmp.Or(p.Tier, Deputy) }

func tierAxis() Axis {
	a := Axis{Code: "tier", Name: "领导层级", Other: "没有代表在场", Overlaps: severally,
		matter: func(w *World, m Matter, to []string) []string {
			for _, t := range []string{w.Tiers[m.Session], w.Leaders[m.Leader]} {
				if t != "" {
					to = once(to, t)
				}
			}
			for _, id := range m.Persons {
				to = once(to, w.deputy(m, id).tier())
			}
			if len(to) == 0 {
				to = append(to, "")
			}
			return to
		},
		session: func(w *World, s *Session, to []string) []string {
			if s.Tier != "" {
				to = append(to, s.Tier)
			}
			for _, a := range s.Present {
				if !a.Guest {
					to = once(to, w.People[a.Key].tier())
				}
			}
			if len(to) == 0 {
				to = append(to, "")
			}
			return to
		},
		person: func(w *World, id string, to []string) []string { return append(to, w.People[id].tier()) },
		seats:  func(_ *World, p Person) []string { return []string{p.tier()} }}
	a.rank, a.called = list(tiers)
	return a
}

// levelAxis parts by the levels of mandates: a person stands at his highest, or at each that he has.
func levelAxis(code, name, overlaps string, each bool) Axis {
	a := Axis{Code: code, Name: name, Other: "名册上没有代表职务", Overlaps: overlaps}
	var higher func(string) int
	higher, a.called = list(words.Levels)
	of := func(p Person, to []string) []string {
		levels := p.Levels
		switch {
		case len(levels) == 0:
			return once(to, "")
		case !each:
			levels = levels[:1]
		}
		for _, l := range levels {
			to = once(to, l)
		}
		return to
	}
	a.rank = higher
	a.person = func(w *World, id string, to []string) []string { return of(w.People[id], to) }
	a.seats = func(_ *World, p Person) []string { return of(p, nil) }
	a.matter = func(w *World, m Matter, to []string) []string {
		for _, id := range m.Persons {
			to = of(w.deputy(m, id), to)
		}
		if len(to) == 0 {
			to = append(to, "")
		}
		if !each { // it stands at the highest of those who were there
			slices.SortFunc(to, func(a, b string) int { return higher(a) - higher(b) })
			to = to[:1]
		}
		return to
	}
	a.session = func(w *World, s *Session, to []string) []string {
		for _, p := range s.Present {
			if !p.Guest {
				to = of(w.People[p.Key], to)
			}
		}
		if len(to) == 0 {
			to = append(to, "")
		}
		return to
	}
	return a
}

func holding() Axis {
	levels := words.Of(string(journal.Station), "站", "township", "乡镇站", string(journal.County), "县级", string(journal.City), "市级")
	return one("holder", "责任层级", "没有写", levels, func(m Matter) string {
		l := string(unit.LevelOf(m.Holder))
		if l == string(journal.Station) && len(m.Holder) >= 12 && m.Holder[9:12] == "000" {
			return "township"
		}
		return l
	})
}

// promising parts by how long a citizen was told that he will wait.
func promising() Axis {
	terms := words.Of("7", "七日以内", "15", "八至十五日", "31", "十六日至一个月", "92", "一个月至三个月", "183", "三个月至半年", "more", "半年以上")
	limits := []int{7, 15, 31, 92, 183}
	return one("term", "承诺期限", "没有承诺（现场答复、不受理）", terms, func(m Matter) string {
		if m.Due == 0 {
			return ""
		}
		for i, most := range limits {
			if m.Due-m.Raised <= most {
				return terms[i].Code
			}
		}
		return "more"
	})
}

// AxisByCode gives an axis by its code or its name, also without what stands in it in brackets: 乡镇.
func AxisByCode(typed string) (Axis, bool) {
	typed = strings.TrimSpace(typed)
	for _, is := range []func(Axis) bool{
		func(a Axis) bool { return a.Code == typed || a.Name == typed },
		func(a Axis) bool { short, _, _ := strings.Cut(a.Name, "（"); return short == typed },
	} {
		if at := slices.IndexFunc(Axes, is); at >= 0 {
			return Axes[at], true
		}
	}
	return Axis{}, false
}
