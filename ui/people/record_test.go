package people

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/app/agenda"
	"lianluo.local/assets/names"
	"lianluo.local/data/field"
	"lianluo.local/data/profile"
	"lianluo.local/data/session"
)

// A deputy's page shows what he did this year by month, what waits and what he has against it; from his record sessions
// are opened, sheets printed, and what he did elsewhere is added.
func TestRecord(t *testing.T) {
	w := newWorld(t, "county", "141102", 3)
	w.Profile.Goals = []profile.Goal{{Kind: "reception", Times: 12}}
	p, err := w.Roster.Find(ctx, names.All()[0])
	if err != nil {
		t.Fatal(err)
	}
	act := func(id string, o agenda.Order) session.Session {
		t.Helper()
		s, err := w.Agenda.Act(ctx, someone, id, o)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	who := []agenda.Person{{Who: p.ID}}
	var held session.Session
	for _, day := range []string{"2026-10-12", "2026-11-11"} {
		held = act("", agenda.Order{Do: session.Plan, Becomes: "open", Planned: who, Set: field.Values{"kind": "activity", "type": "training", "topic": "代表法", "day": day}})
		held = act(held.ID, agenda.Order{Do: session.Close, Present: who})
	}
	act(held.ID, agenda.Order{Do: session.Contest, Who: p.ID, Object: "是两天"})
	w.show(t, usual, 18)
	w.Page.Open(p)
	w.shot(t, "person-record")
	for _, want := range []string{"今年的履职", "10月　学习培训 1", "11月　学习培训 1", "共 2 天", "有异议：是两天（还没有答复）"} {
		if said := w.words(); !strings.Contains(said, want) {
			t.Errorf("%s is not said: %s", want, said)
		}
	}
	w.tap(t, "履职记录")
	w.tap(t, "记别处的履职")
	w.fill(field.Values{"type": "survey", "day": "2026-11-20", "topic": "省里视察水库", "place": "太原"})
	w.shot(t, "record-away")
	w.tap(t, "记下")
	if said := w.words(); !strings.Contains(said, "别处的履职 1 条待确认") {
		t.Fatalf("said %q: %s", w.said, said)
	}
	w.tap(t, "履职记录")
	w.shot(t, "record")
	for _, want := range []string{"2026年的履职记录", "代表法", "省里视察水库，太原", "待确认", "2026-10-12"} {
		if said := w.words(); !strings.Contains(said, want) {
			t.Errorf("%s is not said: %s", want, said)
		}
	}
	w.press(fyne.KeyDown, fyne.KeyReturn)
	if !slices.Equal(w.shown, []string{held.ID}) {
		t.Errorf("Enter shows %v, not %s", w.shown, held.ID)
	}
	w.tap(t, "履职记录")
	w.tap(t, "履职档案")
	w.tap(t, "履职记录")
	w.tap(t, "上一年")
	if said := w.words(); !strings.Contains(said, "2025年的履职记录") || !strings.Contains(said, "还没有记录") {
		t.Errorf("of the year before: %s", said)
	}
	w.tap(t, "季度核对表")
	w.tap(t, "第四季度")
	if want := fmt.Sprintf("[duty-book %s 2026-01-01 2026-12-31 duty-check %[1]s 2025-10-01 2025-12-31]", p.Name); fmt.Sprint(w.printed) != want {
		t.Errorf("printed %v", w.printed)
	}
}

// Goals stand on the page of a deputy at the office that keeps his mandate, and nowhere else.
func TestGoals(t *testing.T) {
	for role, unit := range map[string]string{"county": "141102", "station": "141102002003"} {
		w := newWorld(t, role, unit, 2)
		w.Profile.Goals = []profile.Goal{{Kind: "reception", Times: 12}}
		p, err := w.Roster.Find(ctx, names.All()[1])
		if err != nil {
			t.Fatal(err)
		}
		w.show(t, usual, 26)
		w.Page.Open(p)
		w.inside(t, role)
		if shown := strings.Contains(w.words(), "0 / 12"); shown != (role == "county") {
			t.Errorf("at a %s: %v: %s", role, shown, w.words())
		}
		w.press(fyne.KeyR)
		w.shot(t, "record-"+role)
	}
}
