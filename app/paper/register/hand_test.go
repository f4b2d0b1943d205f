package register

import (
	"strconv"
	"strings"
	"testing"

	"lianluo.local/app/paper/form"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/words"
)

func TestBlank(t *testing.T) {
	o := desk()
	for _, v := range volumes {
		blank, err := Blank(v.code, o, 'C', 41, 20)
		if err != nil {
			t.Fatal(err)
		}
		p := drawn(t, Blanks, blank)
		p.numbered(1, v.name)
		s, err := BlankSlips(v.code, o, 'C', 41, 3)
		q := read(t, s, err)
		for n := 41; n < 61; n++ {
			number := numbers.Paper(station, v.code, 2026, 'C', n)
			p.has(number)
			if n < 44 {
				q.has(number)
				if got := strings.Count(q.page(n-40), number); got != 3 { // the heads of both parts, the tear line
					t.Errorf("%s stands %d times on its slip", number, got)
				}
				torn := false // what stands under the tear line is the citizen's
				for _, x := range q.pieces {
					if torn = torn || strings.Contains(x.Text, "沿虚线撕开"); x.Page == n-41 && x.Text != "练习" &&
						x.Size < map[bool]float64{true: form.Given, false: form.Official}[torn]-.01 {
						t.Errorf("slip %s: %q has %.1f points", number, x.Text, x.Size)
					}
					torn = torn && x.Page == n-41
				}
				if !strings.Contains(q.page(n-40), o.Phone) {
					t.Errorf("slip %s lacks the telephone", number)
				}
			}
		}
		p.hasNot(numbers.Paper(station, v.code, 2026, 'C', 40), numbers.Paper(station, v.code, 2026, 'C', 61))
		for _, list := range []words.List{words.Channels, words.Purposes, words.Urgencies, words.Sexes,
			words.AgeBands, words.OnSpots, words.Modes, words.Reasons} {
			for i, w := range list {
				q.has(strconv.Itoa(i+1) + w.Name)
			}
		}
	}
	if _, err := Blank("reception", o, 'A', 1, 0); err == nil {
		t.Error("no lines at all are printed")
	}
	o.Unit = "141102000000"
	if _, err := BlankSlips("visit", o, 'A', 1, 1); err == nil {
		t.Error("a county prints numbers of a station")
	}
}

func TestByHand(t *testing.T) {
	o := desk()
	p := drawn(t, Rounds, Household(nil, o))
	p.numbered(1, "入户意见汇总表", "意见汇总")
	rows := sample(60)
	for i := range rows {
		rows[i].People = 3471 // who raised it together says nothing about who lives there
	}
	p = drawn(t, Rounds, Household(rows, o))
	p.hasNot("3471")
	p.numbered(1, "意见汇总", "征求到的意见建议")
	for i := range rows {
		switch m := &rows[i]; {
		case m.State == matter.Void, m.Channel != "home-visit": // nobody was at their home
			p.hasNot(m.Number, m.Phone)
		case m.Confidential:
			p.has(m.Number)
			p.hasNot(m.Phone, m.Address)
		default:
			p.has(m.Name, m.Phone, m.Address, m.Title+m.Words)
		}
	}
}
