package paper

import (
	"fmt"
	"image"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/register"
	"lianluo.local/app/paper/slip"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
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
	Fits       func(matter.Matter) bool  // whether it makes sense of a matter now
	Register   string                    // the book whose matters it lists, "" for all
	Blank      string                    // the register whose numbers are printed on it, "" for none
	why        func(matter.Matter) error // why it does not, for people
	make       func([]matter.Matter, form.Issuer, Wish) (typeset.Document, error)
}

// Wish is what somebody may choose about a paper.
type Wish struct {
	Size Size // receipts: "" for the office's own
	Year int  // the year's bound book; 0 for this one
	// Of blank books and slips: the letter of this computer, the first number, how many.
	Letter       byte
	First, Count int

	Digits string // of a joining slip: the sixteen of this computer
	Up     bool   // it goes to the office above

	Checked bool // somebody looked through what the wall list may tell of people
}

// one makes a kind that is about one matter.
func one(code string, why func(matter.Matter) error, draw func(matter.Matter, form.Issuer) (typeset.Document, error)) Kind {
	return Kind{Code: code, Name: form.Names[code], Fits: func(m matter.Matter) bool { return why(m) == nil }, why: why, make: func(ms []matter.Matter, o form.Issuer, _ Wish) (all typeset.Document, err error) {
		for _, m := range ms {
			d, err := draw(m, o)
			if err != nil {
				return all, err
			}
			all.Made = d.Made
			all.Pages = append(all.Pages, d.Pages...)
		}
		return all, nil
	}}
}

func many(code string, draw func([]matter.Matter, form.Issuer, Wish) (typeset.Document, error)) Kind {
	return Kind{Code: code, Name: form.Names[code], About: Many, make: draw}
}

// listed draws a list that nobody chooses anything about.
func listed(l table.Layout, of func([]matter.Matter, form.Issuer) table.Table) func([]matter.Matter, form.Issuer, Wish) (typeset.Document, error) {
	return func(ms []matter.Matter, o form.Issuer, _ Wish) (typeset.Document, error) {
		return l.Document(of(ms, o), o.Today), nil
	}
}

// registerOf is one of the three books (三簿).
func registerOf(code string) Kind {
	k := many(code+"-book", func(ms []matter.Matter, o form.Issuer, _ Wish) (typeset.Document, error) {
		return register.Filed.Document(register.Book(code, ms, o), o.Today), nil
	})
	k.Register = code
	return k
}

// blank is one of the books with numbers and nothing else, for days without power.
func blank(code string) Kind {
	return Kind{Code: "blank-" + code, Name: form.Names["blank-"+code], About: Nothing, Blank: code, make: func(_ []matter.Matter, o form.Issuer, w Wish) (typeset.Document, error) {
		t, err := register.Blank(code, o, w.Letter, w.First, w.Count)
		return register.Blanks.Document(t, o.Today), err
	}}
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

func standing(m matter.Matter) bool { return m.State != matter.Void }

// Kinds are all papers, in the order in which they are offered.
func Kinds() []Kind {
	return []Kind{
		{Code: "receipt", Name: form.Names["receipt"], Fits: standing, make: func(ms []matter.Matter, o form.Issuer, w Wish) (all typeset.Document, err error) {
			size := w.Size
			if size == "" {
				size = Size(o.Paper)
			}
			for _, m := range ms {
				r := Of(m, o.Settings).again(m, o)
				page, err := r.page(size)
				if err != nil {
					return all, err
				}
				all.Made = r.Occurred
				all.Pages = append(all.Pages, page)
			}
			return all, nil
		}},
		one("registration", slip.NoRegistration, slip.Registration),
		one("answer-card", slip.NoAnswerCard, slip.AnswerCard),
		one("guide", slip.NoGuide, slip.Guide),
		one("assignment", slip.NoAssignment, slip.Assignment),
		one("urging", slip.NoUrging, slip.Urging),
		one("supervision", slip.NoSupervision, slip.Supervision),
		registerOf("reception"), registerOf("visit"), registerOf("opinion"),
		many("schedule", func(_ []matter.Matter, o form.Issuer, _ Wish) (typeset.Document, error) {
			// nobody plans evenings in the program yet: a form to fill in
			return register.Evenings.Document(register.Schedule("", nil, o), o.Today), nil
		}),
		many("summary", listed(register.Filed, register.Summary)),
		many("household", listed(register.Rounds, register.Household)),
		many("ledger", listed(register.Filed, register.Ledger)),
		many("wall", func(ms []matter.Matter, o form.Issuer, w Wish) (typeset.Document, error) {
			if found := register.WallCheck(ms); len(found) > 0 && !w.Checked {
				return typeset.Document{}, Unchecked(found)
			}
			return register.Posted.Document(register.Wall(ms, o), o.Today), nil
		}),
		many("year", func(ms []matter.Matter, o form.Issuer, w Wish) (typeset.Document, error) {
			if w.Year == 0 {
				w.Year = o.Today.Year()
			}
			return register.Year(w.Year, ms, o)
		}),
		blank("reception"), blank("visit"), blank("opinion"),
		{Code: "blank-slips", Name: form.Names["blank-slips"], About: Nothing, Blank: "reception", make: func(_ []matter.Matter, o form.Issuer, w Wish) (typeset.Document, error) {
			return register.BlankSlips("reception", o, w.Letter, w.First, w.Count)
		}},
		{Code: "joining-slip", Name: form.Names["joining-slip"], About: Nothing, make: func(_ []matter.Matter, o form.Issuer, w Wish) (typeset.Document, error) {
			return slip.Joining(w.Digits, o, w.Up)
		}},
	}
}

// ByCode finds a kind by its code or its name.
func ByCode(code string) (Kind, bool) {
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
		if k.About == One && k.Fits(m) {
			ks = append(ks, k)
		}
	}
	return ks
}

// Make draws a paper about matters. It fails with a sentence where the paper makes no sense of one of them.
func (k Kind) Make(ms []matter.Matter, o form.Issuer, w Wish) (typeset.Document, error) {
	if k.About == One && len(ms) == 0 {
		return typeset.Document{}, problem.New("no matter for a paper", "没有选要打印的事项，请先选一件。")
	}
	for _, m := range ms {
		if k.why != nil && k.why(m) != nil {
			return typeset.Document{}, k.why(m)
		}
		if k.About == One && !k.Fits(m) {
			return typeset.Document{}, problem.New(fmt.Sprintf("%s of a matter in state %d", k.Code, m.State),
				fmt.Sprintf("%s 现在是“%s”，不能打印%s。", m.Number, m.State, k.Name))
		}
	}
	d, err := k.make(ms, o, w)
	if d.Title = k.Name; k.About == One {
		d.Title += " " + ms[0].Number
		if n := len(ms); n > 1 {
			d.Title += fmt.Sprintf(" 等%d件", n)
		}
	}
	return d, err
}

// Pictures draws pages of a paper as they will print, at most so many.
func Pictures(d typeset.Document, most int, dpi float64) (list []image.Image) {
	for _, p := range d.Pages[:min(most, len(d.Pages))] {
		list = append(list, p.Image(dpi))
	}
	return list
}

// Narrow says which matters a list is about: those of its register in a year (0: this one) where nothing else was chosen.
func (k Kind) Narrow(f store.Filter, year int, now time.Time) store.Filter {
	if k.Register != "" {
		f.Register = k.Register
	}
	if f.From.IsZero() && f.To.IsZero() {
		if year == 0 {
			year = now.Year()
		}
		f.From = time.Date(year, 1, 1, 0, 0, 0, 0, now.Location())
		f.To = f.From.AddDate(1, 0, 0)
	}
	return f
}
