package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/pinyin"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// Kind is the category without its group: 排水排污内涝; "" for none.
func (v View) Kind() string {
	name := CategoryName(v.Category)
	if _, kind, ok := strings.Cut(name, " · "); ok {
		return kind
	}
	return name
}

// Urgent says how urgent a matter is, "" for what is not.
func (v View) Urgent() string {
	if v.Urgency == "normal" {
		return ""
	}
	return words.Urgencies.Name(v.Urgency)
}

// Site is the village or the township of a station, without what lies above it.
func (v View) Site() string { return places.Of(v.Station).Site }

// Rest is how many working days there still are, for a column that says so in its title: 绿　剩 9, 超期 2, over a weekend
// 超期 0; "" where no term runs.
func (v View) Rest() string {
	switch {
	case v.Overdue && v.DaysLeft == 0:
		return "超期 0"
	case v.Light == Off || v.DaysLeft == 0:
		return v.Days()
	case v.Overdue:
		return fmt.Sprintf("超期 %d", -v.DaysLeft)
	}
	return fmt.Sprintf("%s　剩 %d", v.Light, v.DaysLeft)
}

// After is a matter as an act left it.
func (l *Ledger) After(v View, m matter.Matter) View {
	v.Matter = m
	e, _ := l.eyes(context.Background()) // whoever did it may look at what he did
	return l.view(e, v.Found)
}

// The orders in which lists put matters. What is more urgent and what is due sooner comes first, what has no term last.
var (
	ByNumber   = func(a, b View) bool { return a.Number < b.Number }
	ByDay      = func(a, b View) bool { return a.Occurred.Before(b.Occurred) }
	ByTitle    = func(a, b View) bool { return pinyin.Initials(a.Title) < pinyin.Initials(b.Title) }
	ByStation  = func(a, b View) bool { return a.Station < b.Station }
	ByCategory = func(a, b View) bool { return cmp.Or(a.Category, "9999") < cmp.Or(b.Category, "9999") }
	ByState    = func(a, b View) bool { return a.State < b.State }
	ByUrgency  = func(a, b View) bool { return rank(a.Urgency) > rank(b.Urgency) }
	ByTerm     = func(a, b View) bool { return term(a) < term(b) }
)

func rank(urgency string) int {
	return slices.IndexFunc(words.Urgencies, func(w words.Word) bool { return w.Code == urgency })
}

func term(v View) string {
	if v.Light == Off {
		return "9999"
	}
	return cmp.Or(v.Limit(), "9999")
}

// Has says whether a matter has each of the words that somebody narrows a list by: a part of its number, title,
// station, category, urgency, state, or of who handles it, or the first letters of their sounds. From four characters
// on a word may be a number (第1 of a title is none), however that is written.
func (v View) Has(words string) bool {
	texts := []string{v.Number, v.Title, places.Of(v.Station).Where, CategoryName(v.Category), v.Urgent(),
		v.State.String(), v.Leader}
	texts = append(texts, v.Units...)
	texts = append(texts, v.Guides...)
	for _, word := range strings.Fields(spelling.Plain(words)) {
		word, number := spelling.Letters(word), spelling.Number(word)
		if !slices.ContainsFunc(texts, func(text string) bool {
			return strings.Contains(spelling.Letters(text), word) || pinyin.Match(pinyin.Initials(text), word)
		}) && (len(number) < 4 || !strings.Contains(spelling.Number(v.Number), number)) {
			return false
		}
	}
	return true
}
