package paper

import (
	"cmp"
	"fmt"
	"image"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/manual"
	"lianluo.local/app/paper/register"
	"lianluo.local/app/paper/slip"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/view"
)

// Subject says what a paper is about.
type Subject int

// A paper is about one matter (of several, it prints one after the other), about a list of them, or about none.
const (
	One Subject = iota
	Many
	Nothing
)

// Kind is one of the papers, by the code that commands and pages use.
type Kind struct {
	Code, Name string
	About      Subject
	Of         string                   // the kind of thing that it is about: matter.Name, person.Name, site.Name, session.Name, suggestion.Name
	Fits       func(matter.Matter) bool // whether a matter belongs on it now
	Pictured   bool                     // people's photos are on it
	Anywhere   bool                     // it says the same everywhere, and needs no home
	Register   string                   // the book whose matters it lists, "" for all
	Blank      string                   // the register whose numbers are printed on it, "" for none
	takes      []Pick
	why        func(matter.Matter) error // why a matter does not belong on it, a sentence; nil for the usual one
	holds      string                    // which matters a list has, a sentence
	make       func(Things, form.Issuer, Wish) (typeset.Document, error)
}

// kind is a paper that is about nothing and takes nothing.
func kind(code string, make func(Things, form.Issuer, Wish) (typeset.Document, error)) Kind {
	return Kind{Code: code, Name: form.Names[code], About: Nothing, Of: matter.Name, Fits: anyhow, make: make}
}

func anyhow(matter.Matter) bool { return true }

// receipt is the one that citizens take home, which comes on several sizes of paper.
func receipt() Kind {
	k := kind("receipt", func(t Things, o form.Issuer, w Wish) (all typeset.Document, err error) {
		size := w.Size
		if size == "" {
			size = Size(o.Paper)
		}
		for _, m := range t.Matters {
			r := Of(m, o).again(m, o)
			page, err := r.page(size)
			if err != nil {
				return all, err
			}
			all.Made = r.Occurred
			all.Pages = append(all.Pages, page)
		}
		return all, nil
	})
	k.About, k.takes = One, []Pick{Numbers, Format}
	k.Fits = func(m matter.Matter) bool { return m.State != matter.Void }
	return k
}

// single draws a paper about one matter, list makes the table of one about many.
type (
	single func(matter.Matter, form.Issuer) (typeset.Document, error)
	list   func([]matter.Matter, form.Issuer) table.Table
)

// one is a kind that is about one matter.
func one(code string, why func(matter.Matter) error, draw single) Kind {
	k := kind(code, func(t Things, o form.Issuer, _ Wish) (all typeset.Document, err error) {
		for _, m := range t.Matters {
			d, err := draw(m, o)
			if err != nil {
				return all, err
			}
			all.Made = d.Made
			all.Pages = append(all.Pages, d.Pages...)
		}
		return all, nil
	})
	k.About, k.takes, k.why = One, []Pick{Numbers}, why
	k.Fits = func(m matter.Matter) bool { return why(m) == nil }
	return k
}

// many is a list of the matters that fit, chosen by anything.
func many(code, holds string, fits func(matter.Matter) bool, l table.Layout, of list) Kind {
	k := kind(code, func(t Things, o form.Issuer, _ Wish) (typeset.Document, error) {
		return l.Document(of(t.Matters, o), o.Today), nil
	})
	k.About, k.Fits, k.holds = Many, fits, holds
	k.takes = []Pick{Numbers, Days, OfYear, Station, Register, Category, Words, Basket, Step, Late}
	return k
}

// book is one of the three books (三簿).
func book(code string) Kind {
	k := many(code+"-book", "它登记在别的簿里。", func(m matter.Matter) bool { return m.Register == code }, register.Filed,
		func(ms []matter.Matter, o form.Issuer) table.Table { return register.Book(code, ms, o) })
	k.Register, k.takes = code, []Pick{Numbers, Days, OfYear, Station, Category, Words, Basket, Step, Late}
	return k
}

// wall is the list for the notice board, orders that of the open wishes.
func wall() Kind {
	return hung(many("wall", "保密的、已作废的、不属受理范围的不上墙。", register.Public, register.Posted, register.Wall))
}

func orders() Kind {
	return hung(many("order-list", "只有还没有代表接的点单在里面，保密的不上墙。", register.Open, register.Posted, register.Wishes))
}

// hung is a list that a person looks through before it hangs.
func hung(k Kind) Kind {
	draw := k.make
	k.takes = append(k.takes, Looked)
	k.make = func(t Things, o form.Issuer, w Wish) (typeset.Document, error) {
		if found := register.WallCheck(t.Matters); len(found) > 0 && !w.Checked {
			return typeset.Document{}, Unchecked(found)
		}
		return draw(t, o, w)
	}
	return k
}

// year is the bound book of a whole year.
func year() Kind {
	k := kind("year", func(t Things, o form.Issuer, w Wish) (typeset.Document, error) {
		if w.Year == 0 {
			w.Year = o.Today.Year()
		}
		return register.Year(w.Year, t.Matters, o), nil
	})
	k.About, k.takes = Many, []Pick{OfYear, Station, Register, Category, Words, Basket, Step, Late}
	return k
}

// blank is one of the books with numbers and nothing else, for days without power.
func blank(code string) Kind {
	k := kind("blank-"+code, func(_ Things, o form.Issuer, w Wish) (typeset.Document, error) {
		t, err := register.Blank(code, o, w.Letter, w.First, w.Count)
		return register.Blanks.Document(t, o.Today), err
	})
	k.Blank, k.takes = code, []Pick{First, Count, Letter}
	return k
}

// slips are blank ones of the first book.
func slips() Kind {
	k := kind("blank-slips", func(_ Things, o form.Issuer, w Wish) (typeset.Document, error) {
		return register.BlankSlips("reception", o, w.Letter, w.First, w.Count)
	})
	k.Blank, k.takes = "reception", []Pick{First, Count, Letter}
	return k
}

// joining is the slip with the digits of this computer.
func joining() Kind {
	k := kind("joining-slip", func(_ Things, o form.Issuer, w Wish) (typeset.Document, error) {
		return slip.Joining(w.Digits, o, w.Up)
	})
	k.takes = []Pick{Digits, Upward}
	return k
}

// handed is a page that is handed over with the program.
func handed(code string, draw func(time.Time) (typeset.Document, error)) Kind {
	k := kind(code, func(_ Things, o form.Issuer, _ Wish) (typeset.Document, error) { return draw(o.Today) })
	k.Anywhere = true
	return k
}

// Unchecked says that what goes to the notice board may still tell who somebody is; a person decides about each.
type Unchecked []register.Finding

func (u Unchecked) Error() string { return fmt.Sprintf("%d titles may tell who somebody is", len(u)) }

// Sentence is what a person hears.
func (u Unchecked) Sentence() string {
	var lines []string
	for _, f := range u {
		lines = append(lines, fmt.Sprintf("%s　%s：%s", f.Number, f.What, f.Text))
	}
	return "上墙前请先看一看，这些标题里可能有个人信息；不妥的请先更正标题：\n" + strings.Join(lines, "\n")
}

// Kinds are all papers, in the order in which they are offered.
func Kinds() []Kind {
	return slices.Concat([]Kind{
		receipt(),
		one("registration", slip.NoRegistration, slip.Registration),
		one("answer-card", slip.NoAnswerCard, slip.AnswerCard),
		one("guide", slip.NoGuide, slip.Guide),
		one("assignment", slip.NoAssignment, slip.Assignment),
		one("urging", slip.NoUrging, slip.Urging),
		one("supervision", slip.NoSupervision, slip.Supervision),
		book("reception"), book("visit"), book("opinion"),
		many("summary", "作废的不汇总。", register.Opinion, register.Filed, register.Summary),
		many("household", "只有入户走访听到的才在里面。", register.AtHome, register.Rounds, register.Household),
		many("ledger", "", anyhow, register.Filed, register.Ledger),
		wall(), orders(), year(),
		cards(), menu(), board(), rosters(), stationSheet(), stationList(),
		notices(), plan(), sessionSheets(), signIn(), visitSheets(), dutyBook(), dutyCheck(), wallSet(),
	}, suggestions(), []Kind{
		blank("reception"), blank("visit"), blank("opinion"), slips(),
		joining(), handed("install-guide", manual.Install), handed("user-guide", manual.Use),
	})
}

// formerly are papers by what they were called before, where another took their form over: the empty schedule is a plan
// of nothing.
var formerly = map[string]string{"schedule": "plan", "接待安排表": "plan", "走访征求意见表": "visit-sheet"}

// ByCode finds a kind by its code or its name, also by that of before.
func ByCode(code string) (Kind, bool) {
	code = cmp.Or(formerly[code], code)
	for _, k := range Kinds() {
		if k.Code == code || k.Name == code {
			return k, true
		}
	}
	return Kind{}, false
}

// TakenHome is the paper that a citizen takes home from the table: the receipt, or the way to the right door.
func TakenHome(m matter.Matter) Kind {
	code := "receipt"
	if m.OnSpot == "out-of-scope" && m.Reason != "" {
		code = "guide"
	}
	k, _ := ByCode(code)
	return k
}

// For gives the papers that make sense of a matter now.
func For(m matter.Matter) (ks []Kind) {
	for _, k := range Kinds() {
		if k.Of == matter.Name && k.About == One && k.Fits(m) {
			ks = append(ks, k)
		}
	}
	return ks
}

// Make draws a paper about things. It fails as Refuses does, and with Unchecked.
func (k Kind) Make(t Things, o form.Issuer, w Wish) (typeset.Document, error) {
	if err := k.Refuses(t, w); err != nil {
		return typeset.Document{}, err
	}
	titles := k.titles(t)
	if k.About == One && len(titles) == 0 {
		return typeset.Document{}, problem.New("nothing for a paper", "没有选要打印的"+k.counted().thing+"，请先选一"+k.counted().by+"。")
	}
	d, err := k.make(t, o, w)
	if d.Title = k.Name; len(titles) > 0 && (k.About == One || k.Of == person.Name && w.Named) {
		d.Title += " " + titles[0]
		if n := len(titles); n > 1 {
			d.Title += fmt.Sprintf(" 等%d%s", n, k.counted().by)
		}
	}
	return d, err
}

// Pictures draws pages of a paper as they will print, at most so many, each so many pixels wide.
func Pictures(d typeset.Document, most, wide int) (list []image.Image) {
	for _, p := range d.Pages[:min(most, len(d.Pages))] {
		list = append(list, p.Image(float64(wide)*25.4/p.W))
	}
	return list
}

// Narrow says which matters a list is about: those of its register, in this year where no other time was chosen.
func (k Kind) Narrow(w Wish, now time.Time) view.Filter {
	f := w.Which
	if k.Register != "" {
		f.Register = k.Register
	}
	if f.From.IsZero() && f.To.IsZero() {
		if w.Year == 0 {
			w.Year = now.Year()
		}
		f.From = time.Date(w.Year, 1, 1, 0, 0, 0, 0, now.Location())
		f.To = f.From.AddDate(1, 0, 0)
	}
	return f
}
