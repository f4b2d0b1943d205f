package paper

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/calendar"
	"lianluo.local/app/paper/directory"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/view"
)

// lists are the options by which matters are chosen for a list.
const lists = "numbers from year station register category query basket step overdue "

// books are those of a list of one register.
var books = strings.Replace(lists, "register ", "", 1)

// taken says which options each kind takes.
var taken = map[string]string{
	"receipt": "numbers size", "registration": "numbers", "answer-card": "numbers", "guide": "numbers",
	"assignment": "numbers", "urging": "numbers", "supervision": "numbers", "joining-slip": "digits up", "install-guide": "", "user-guide": "",
	"reception-book": books, "visit-book": books, "opinion-book": books, "summary": lists, "household": lists,
	"ledger": lists,
	"wall":   lists + "checked", "order-list": lists + "checked", "order-menu": "numbers station", "year": strings.Replace(lists, "numbers from ", "", 1),
	"blank-reception": "first count letter", "blank-visit": "first count letter", "blank-opinion": "first count letter",
	"blank-slips":  "first count letter",
	"contact-card": "numbers station qr", "deputy-board": "numbers size", "roster": "numbers station contact",
	"station-sheet": "numbers", "station-list": "numbers",
	"notice": "numbers size", "plan": "numbers from year station", "session-sheet": "numbers", "sign-in": "numbers", "visit-sheet": "numbers",
	"suggestion": "numbers", "cosign-sheet": "numbers", "handover-letter": "numbers", "contact-record": "numbers", "help-letter": "numbers",
	"answer-letter": "numbers", "opinion-form": "numbers", "urge-suggestion": "numbers", "supervise-suggestion": "numbers",
	"suggestion-table": "numbers from year", "promise-list": "numbers from year", "suggestion-volume": "numbers from year",
	"duty-book": "numbers from year", "duty-check": "numbers from year station", "wall-set": "from year station checked",
}

// wishes has one wish of each option.
var wishes = map[Pick]Wish{
	Numbers: {Named: true}, Days: {Which: view.Filter{From: evening}}, OfYear: {Year: 2025},
	Station: {Which: view.Filter{Station: point}}, Register: {Which: view.Filter{Register: "visit"}},
	Category: {Which: view.Filter{Category: "05"}}, Words: {Text: "路灯"}, Basket: {Which: view.Filter{Holder: point}},
	Step: {Which: view.Filter{Step: 3}}, Late: {Which: view.Filter{Overdue: "2026-11-30"}},
	Format: {Size: A4}, First: {First: 7}, Count: {Count: 3}, Looked: {Checked: true}, Coded: {Coded: true}, Contact: {Contact: true},
	Letter: {Letter: 'B'}, Digits: {Digits: "1234567890123456"}, Upward: {Up: true},
}

// Every kind of paper makes use of every option or refuses it in one sentence that names it and what may be chosen
// instead.
func TestTakesOrRefuses(t *testing.T) {
	if len(wishes) != len(names) || len(taken) != len(Kinds()) {
		t.Fatalf("%d of %d options, %d of %d kinds", len(wishes), len(names), len(taken), len(Kinds()))
	}
	m := matterOf(t)
	m.State, m.Register, m.Channel, m.OnSpot, m.Units = matter.Assigned, "reception", "home-visit", "register",
		[]string{"区住建局"}
	m.Assigned = "2026-11-21"
	for _, k := range Kinds() {
		takes := strings.Fields(taken[k.Code])
		for o, wish := range wishes {
			var about Things
			if k.About == One || o == Numbers {
				about = Things{Matters: []matter.Matter{m}, Directory: directory.Directory{People: []person.Person{{}}, Sites: []site.Site{{Code: point}}},
					Calendar: calendar.Calendar{Sessions: []session.Session{{}}}, Suggestions: []suggestion.Suggestion{{}}}
			}
			_, err := k.Make(about, met, wish)
			var not NotTaken
			refused := errors.As(err, &not)
			if want := !slices.Contains(takes, string(o)); refused != want || k.Takes(o) == want {
				t.Errorf("%s with %s: refused %v, %v", k.Code, o, refused, err)
			}
			if !refused {
				continue
			}
			says := not.Sentence()
			can, told := "", false
			if i := strings.Index(says, "可以选的是"); i >= 0 {
				can, told = says[i:], true
			}
			if !strings.Contains(says, k.Name) || !strings.Contains(strings.TrimSuffix(says, can), k.named([]Pick{o})) ||
				strings.ContainsAny(says, "\n！") {
				t.Errorf("%s with %s: %s", k.Code, o, says)
			}
			for _, may := range takes {
				if o := Pick(may); !slices.Contains(own, o) && !strings.Contains(can, k.named([]Pick{o})) {
					t.Errorf("%s with %s does not say that %s may be chosen: %s", k.Code, o, may, says)
				}
			}
			if wanted := slices.ContainsFunc(takes,
				func(s string) bool { return !slices.Contains(own, Pick(s)) }); told != wanted {
				t.Errorf("%s: %s", k.Code, says)
			}
		}
	}
}

// Two choices of which one would be passed over are refused, too, and so is a matter that a list does not have.
func TestNothingIsPassedOver(t *testing.T) {
	m := matterOf(t)
	m.Register, m.Channel = "reception", "walk-in"
	void, secret := m, m
	void.State, secret.Confidential = matter.Void, true
	named := func(w Wish) Wish { w.Named = true; return w }
	for code, x := range map[string]struct {
		Wish
		m    matter.Matter
		says string
	}{
		"ledger":       {Wish{Year: 2026, Which: view.Filter{From: evening}}, m, "年份"},
		"summary":      {named(Wish{}), void, "作废"},
		"wall":         {named(Wish{}), secret, "保密的"},
		"visit-book":   {named(Wish{}), m, "登记在别的簿里"},
		"household":    {named(Wish{}), m, "入户"},
		"opinion-book": {named(Wish{Text: "路灯"}), m, "查找"},
		"receipt":      {Wish{Which: view.Filter{Step: 2}}, m, "步骤"},
	} {
		k, _ := ByCode(code)
		_, err := k.Make(Things{Matters: []matter.Matter{x.m}}, met, x.Wish)
		var said interface{ Sentence() string }
		if !errors.As(err, &said) || !strings.Contains(said.Sentence(), x.says) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// A list is about a whole year where nothing else was chosen: that which was asked for, or this one.
func TestWhichMattersAListIsAbout(t *testing.T) {
	k, _ := ByCode("visit-book")
	for year, want := range map[int]string{0: "2026", 2024: "2024"} {
		f := k.Narrow(Wish{Year: year}, evening)
		if f.From.Format(time.DateOnly) != want+"-01-01" || !f.To.Equal(f.From.AddDate(1, 0, 0)) ||
			f.Register != "visit" {
			t.Errorf("%d: %+v", year, f)
		}
	}
	if f := k.Narrow(Wish{Which: view.Filter{From: evening}}, evening); !f.From.Equal(evening) || !f.To.IsZero() {
		t.Errorf("%+v", f)
	}
}
