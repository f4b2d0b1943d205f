package book

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/paper"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
)

// Books and lists are printed for whatever days somebody chooses or writes, in the window; so are numbered blank ones.
func TestBooksOfAnyDays(t *testing.T) {
	w := newWorld(t, "station", 1)
	var got string
	p, c := open(t, w)
	for _, code := range []string{"reception-book", "joining-slip", "year", "blank-slips"} {
		k, _ := paper.ByCode(code)
		p.actions.Lists = append(p.actions.Lists, k)
	}
	p.actions.List = func(k paper.Kind, wish paper.Wish) {
		if err := k.Refuses(paper.Things{}, wish); err != nil {
			t.Error(err)
		}
		got = fmt.Sprint(k.Code, " ", wish.Year, " ", wish.First, " ", wish.Count)
		if f := wish.Which; k.Takes(paper.Days) {
			got = fmt.Sprint(k.Code, " ", f.From.Format(time.DateOnly), "–", f.To.Format(time.DateOnly))
		}
	}
	button := func(text string) *kit.Button {
		for c.Focused() == nil || !is(c.Focused(), text) {
			c.FocusNext()
		}
		return c.Focused().(*kit.Button)
	}
	for digit, want := range []string{"2026-01-01–2027-01-01", "2025-01-01–2026-01-01", "2026-10-01–2027-01-01",
		"2026-07-01–2026-10-01",
		"2026-11-01–2026-12-01", "2026-10-01–2026-11-01"} {
		p.chooseList()
		if digit > 0 { // this year stands chosen
			c.Focused().(*kit.Chips).TypedRune(rune('1' + digit))
		}
		if button("接待群众登记簿").OnTapped(); got != "reception-book "+want {
			t.Errorf("%d: %s, not %s", digit+1, got, want)
		}
	}
	p.chooseList()
	c.Focused().(*kit.Chips).TypedRune('7')
	from := c.Focused().(*kit.Entry)
	if button("接待群众登记簿").OnTapped(); !strings.Contains(kittest.Seen(c.Overlays().Top()), "请写从哪天到哪天") {
		t.Error("no days are taken")
	}
	from.SetText("2026/11/5")
	c.Focus(from)
	c.FocusNext()
	to := c.Focused().(*kit.Entry)
	to.SetText("11月1日")
	if button("接待群众登记簿").OnTapped(); !strings.Contains(kittest.Seen(c.Overlays().Top()), "后一天在前一天以前") {
		t.Error("days the wrong way round are taken")
	}
	to.SetText("11月5日")
	if button("接待群众登记簿").OnTapped(); got != "reception-book 2026-11-05–2026-11-06" {
		t.Error(got)
	}
	p.chooseList()
	for range 4 { // past the book and the year's
		c.FocusNext()
	}
	count := c.Focused().(*kit.Entry)
	count.SetText("很多")
	if button("空白登记回执单").OnTapped(); !strings.Contains(kittest.Seen(c.Overlays().Top()), "请写数字") {
		t.Error("a count that is no number is taken")
	}
	count.SetText("25")
	if button("空白登记回执单").OnTapped(); got != "blank-slips 0 0 25" || c.Overlays().Top() != nil {
		t.Error(got)
	}
}

// A list is offered with what it takes alone: the year's book where a whole year is chosen, and what takes nothing by
// itself.
func TestOfferedWithWhatItTakes(t *testing.T) {
	w := newWorld(t, "station", 1)
	p, c := open(t, w)
	for _, code := range []string{"reception-book", "joining-slip", "year", "blank-visit"} {
		k, _ := paper.ByCode(code)
		p.actions.Lists = append(p.actions.Lists, k)
	}
	var got []string
	p.actions.List = func(k paper.Kind, wish paper.Wish) {
		if err := k.Refuses(paper.Things{}, wish); err != nil {
			t.Error(err)
		}
		got = append(got, fmt.Sprint(k.Code, " ", wish.Year, " ", wish.Which.From.IsZero(), " ", wish.First, " ",
			wish.Count))
	}
	offered := func(digit int, text string) *kit.Button {
		p.chooseList()
		when := c.Focused()
		if digit > 0 {
			when.(*kit.Chips).TypedRune(rune('1' + digit))
			c.Focus(when)
		}
		for c.FocusNext(); c.Focused() != nil && c.Focused() != when; c.FocusNext() {
			if is(c.Focused(), text) {
				return c.Focused().(*kit.Button)
			}
		}
		return nil
	}
	offered(0, "年度合订本").OnTapped()
	offered(1, "年度合订本").OnTapped()
	for digit := 2; digit < 7; digit++ {
		if offered(digit, "年度合订本") != nil {
			t.Errorf("with the %d. span a book of a whole year is offered", digit+1)
		}
		c.Overlays().Remove(c.Overlays().Top())
	}
	offered(3, "接入单").OnTapped()
	offered(3, "空白走访选民登记簿").OnTapped()
	want := []string{"year 2026 true 0 0", "year 2025 true 0 0", "joining-slip 0 true 0 0", "blank-visit 0 true 0 0"}
	if !slices.Equal(got, want) {
		t.Error(got)
	}
}

func is(f fyne.Focusable, text string) bool {
	b, ok := f.(*kit.Button)
	return ok && b.Text == text
}
