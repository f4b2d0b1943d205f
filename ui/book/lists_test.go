package book

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/ui/kit"
)

// Books and lists are printed for whatever days somebody chooses or writes, in the window; so are numbered blank ones.
func TestBooksOfAnyDays(t *testing.T) {
	w := newWorld(t, "station", 1)
	var got string
	p, c := open(t, w)
	for _, code := range []string{"reception-book", "blank-slips"} {
		k, _ := paper.ByCode(code)
		p.actions.Lists = append(p.actions.Lists, k)
	}
	p.actions.List = func(k paper.Kind, f ledger.Filter, wish paper.Wish) {
		got = fmt.Sprint(k.Code, " ", f.From.Format(time.DateOnly), "–", f.To.Format(time.DateOnly), " ", wish.First, " ", wish.Count)
	}
	button := func(text string) *kit.Button {
		for c.Focused() == nil || !is(c.Focused(), text) {
			c.FocusNext()
		}
		return c.Focused().(*kit.Button)
	}
	for digit, want := range []string{"2026-01-01–2027-01-01", "2025-01-01–2026-01-01", "2026-10-01–2027-01-01", "2026-07-01–2026-10-01",
		"2026-11-01–2026-12-01", "2026-10-01–2026-11-01"} {
		p.chooseList()
		if digit > 0 { // this year stands chosen
			c.Focused().(*kit.Chips).TypedRune(rune('1' + digit))
		}
		if button("接待群众登记簿").OnTapped(); got != "reception-book "+want+" 0 0" {
			t.Errorf("%d: %s, not %s", digit+1, got, want)
		}
	}
	p.chooseList()
	c.Focused().(*kit.Chips).TypedRune('7')
	from := c.Focused().(*kit.Entry)
	if button("接待群众登记簿").OnTapped(); !strings.Contains(list(c.Overlays().Top()), "请写从哪天到哪天") {
		t.Error("no days are taken")
	}
	from.SetText("2026/11/5")
	c.Focus(from)
	c.FocusNext()
	to := c.Focused().(*kit.Entry)
	to.SetText("11月1日")
	if button("接待群众登记簿").OnTapped(); !strings.Contains(list(c.Overlays().Top()), "后一天在前一天以前") {
		t.Error("days the wrong way round are taken")
	}
	to.SetText("11月5日")
	if button("接待群众登记簿").OnTapped(); got != "reception-book 2026-11-05–2026-11-06 0 0" {
		t.Error(got)
	}
	p.chooseList()
	for range 2 {
		c.FocusNext()
	}
	count := c.Focused().(*kit.Entry)
	count.SetText("很多")
	if button("空白登记回执单").OnTapped(); !strings.Contains(list(c.Overlays().Top()), "请写数字") {
		t.Error("a count that is no number is taken")
	}
	count.SetText("25")
	if button("空白登记回执单").OnTapped(); got != "blank-slips 2026-01-01–2027-01-01 0 25" || c.Overlays().Top() != nil {
		t.Error(got)
	}
}

func is(f fyne.Focusable, text string) bool {
	b, ok := f.(*kit.Button)
	return ok && b.Text == text
}
