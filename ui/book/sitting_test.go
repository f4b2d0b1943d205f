package book

import (
	"context"
	"strings"
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/data/field"
	"lianluo.local/ui/kit/kittest"
)

// A matter that was raised at a session says at which in words, and a visit that goes back to it is planned from there.
func TestWhereItWasRaised(t *testing.T) {
	w := newWorld(t, "station", 0)
	s, err := w.Agenda.Act(context.Background(), someone, "", agenda.Order{Do: "plan", Becomes: "open",
		Set: field.Values{"kind": "reception", "day": "2026-11-23", "from": "08:30", "topic": "冬季供暖"}})
	if err != nil {
		t.Fatal(err)
	}
	w.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "欧阳敏"})
	back := ""
	p, _ := open(t, w)
	p.actions.Return = func(v ledger.View) { back = v.Session }
	p.Open(p.table.Rows()[0])
	text := kittest.Seen(p.Object())
	if !strings.Contains(text, "2026-11-23 08:30 冬季供暖") || strings.Contains(text, s.ID) {
		t.Error(text)
	}
	for _, b := range p.matter.row {
		if strings.HasPrefix(b.Text, "安排回访") {
			b.OnTapped()
		}
	}
	if back != s.ID {
		t.Errorf("the visit goes back to a matter of %q, not of %s", back, s.ID)
	}
}
