package act

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/roster"
	"lianluo.local/data/matter"
)

// add puts a deputy on the roster who is grouped to a station.
func (w *world) add(name, station, more string) string {
	w.t.Helper()
	o, err := roster.Parse([]byte(`{"do":"add","name":"` + name + `","mandates":[{"level":"县","congress":"十四届"}],"stations":["` + station + `"]` + more + `}`))
	if err != nil {
		w.t.Fatal(err)
	}
	p, err := w.Roster.Act(context.Background(), someone, "", o)
	if err != nil {
		w.t.Fatal(err)
	}
	return p.ID
}

// Who fits stands first, with the reason; a digit chooses him, letters find everybody else, and who is on no roster is
// written where somebody says so. The matter knows those whom somebody chose.
func TestDeputiesAreRanked(t *testing.T) {
	w := newWorld(t)
	li, wang := w.add("李慧敏", table, ""), w.add("王明", table, `,"fields":["水利水务"]`)
	w.add("周文", table, "")
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted)
	var got []office.Outcome
	w.sheets[table].Ask("assign consult", []ledger.View{v}, func(list []office.Outcome) { got = list })
	text := w.win.Sheet()
	at := []int{strings.Index(text, "王明：水利水务组，本站"), strings.Index(text, "周文：本站"), strings.Index(text, "李慧敏：本站")}
	if slices.Min(at) < 0 || at[0] > at[1] || at[0] > at[2] {
		t.Errorf("the sheet says\n%s", text)
	}
	w.win.Shot("ranked")
	w.fill("lhm\n")
	w.fill("赵来客")
	w.fill("\n")
	if !strings.Contains(w.win.Sheet(), "名册上没有“赵来客”，就这样写？") {
		t.Errorf("a stranger is taken without a word:\n%s", w.win.Sheet())
	}
	w.win.Shot("stranger")
	w.fill("\n")
	w.fill("wm\n")
	w.do()
	if len(got) != 1 || got[0].Err != nil {
		t.Fatalf("%v, the sheet says\n%s", got, w.win.Sheet())
	}
	m := got[0].Matter
	if !slices.Equal(m.Guides, []string{"李慧敏", "赵来客", "王明"}) || m.Persons["李慧敏"] != li || m.Persons["王明"] != wang || m.Persons["赵来客"] != "" {
		t.Errorf("%v are %v", m.Guides, m.Persons)
	}
	w.sheets[table].Ask("decline", []ledger.View{w.view(v.Number)}, func(list []office.Outcome) { got = list })
	w.win.Shot("decline")
	w.fill("wm\n\n\n出差")
	w.do()
	if why, declined := got[0].Matter.Declining(wang, ""); !declined || why != "出差" {
		t.Errorf("%+v, the sheet says\n%s", got[0].Matter.Declines, w.win.Sheet())
	}
	w.sheets[table].Ask("assign consult", []ledger.View{w.view(v.Number)}, func([]office.Outcome) {})
	if text := w.win.Sheet(); !strings.Contains(text, "王明：水利水务组，本站，这一件推辞了：出差") {
		t.Errorf("the sheet says\n%s", text)
	}
	w.win.Press(fyne.KeyEscape)
}

// Who is on leave or rests stands on the sheets of all acts by which deputies are named with what a table says of him.
func TestWhoIsOnLeave(t *testing.T) {
	w := newWorld(t)
	away := w.add("李慧敏", table, "")
	o, err := roster.Parse([]byte(`{"do":"leave","from":"2026-11-20","to":"2026-11-30"}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Roster.Act(context.Background(), someone, away, o); err != nil {
		t.Fatal(err)
	}
	w.add("王明", table, "")
	for _, do := range []string{"assign guide", "assign consult"} {
		v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted)
		w.sheets[table].Ask(do, []ledger.View{v}, func([]office.Outcome) {})
		w.fill("lhm")
		if text := w.win.Sheet(); !strings.Contains(text, "李慧敏（今天请假）") || strings.Contains(text, "王明（") {
			t.Errorf("%s says\n%s", do, text)
		}
		w.win.Shot("leave")
		w.win.Press(fyne.KeyEscape)
	}
}

// A department that is a unit is found by its short name, too, and written by its name.
func TestDepartmentsOfUnits(t *testing.T) {
	w := newWorld(t)
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted)
	s := w.sheets[table]
	county := roster.Roster{Store: w.Store, Settings: w.office[above1].Settings, Calendar: w.Calendar, Profile: w.Profile, Now: w.Now}
	o, err := roster.ParseSite([]byte(`{"do":"open","kind":"部门","name":"离石区水务中心","short":"水务"}`))
	if err == nil {
		_, err = county.Alter(context.Background(), someone, "", o)
	}
	if err != nil {
		t.Fatal(err)
	}
	var m matter.Matter
	s.Ask("assign", []ledger.View{v}, func(list []office.Outcome) { m = list[0].Matter })
	w.fill("\t水务\n")
	w.do()
	if !slices.Equal(m.Units, []string{"离石区水务中心"}) {
		t.Errorf("%v, the sheet says\n%s", m.Units, w.win.Sheet())
	}
}
