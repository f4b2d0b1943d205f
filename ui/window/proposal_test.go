package window

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/roster"
	"lianluo.local/data/matter"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
	"lianluo.local/ui/kit/kittest"
)

// A suggestion is reached from whatever it has to do with: what waits stands on the first page, the matter it grew from
// opens it and is answered with its answer, the deputy who signs has it on his page, and matters that are to become one are
// chosen beside those that are alike.
func TestSuggestionsHaveDoors(t *testing.T) {
	w := sit(t, "station", apptest.Yuanjia)
	ctx := context.Background()
	at := kittest.Window{Window: w.win, TB: t}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	order, err := roster.Parse([]byte(`{"do":"add","name":"王明","mandates":[{"level":"县","congress":"十四届"}],"stations":["` + apptest.Yuanjia + `"]}`))
	must(err)
	wang, err := w.app.Roster.Act(ctx, w.app.Clerk(), "", order)
	must(err)
	var ms []matter.Matter
	for _, title := range []string{"一号楼没有通天然气", "二号楼没有通天然气", "七巷雨水倒灌"} {
		m, err := w.app.Desk.Receive(ctx, w.app.Clerk(), desk.Draft{Title: title, Category: "0203", Deputies: []string{"王明"}})
		must(err)
		ms = append(ms, m)
	}
	first, _, err := w.app.Docket.Draft(ctx, w.app.Clerk(), ms[0].ID)
	must(err)
	_, _, err = w.app.Docket.Act(ctx, w.app.Clerk(), first.ID, docket.Order{Do: suggestion.Change, Lead: "王明"})
	must(err)

	w.open("home")
	if said := at.Words(); !strings.Contains(said, "代表建议：起草 1") {
		t.Errorf("the first page says %s", said)
	}
	w.number(ms[0].ID)
	at.Tap("看代表建议")
	if w.frame.here.code != "proposal" || !strings.Contains(at.Words(), "由 1 件事项形成") {
		t.Errorf("%s says %s", w.frame.here.code, at.Words())
	}
	w.byID(wang.ID)
	if said := at.Words(); !strings.Contains(said, "代表建议 1 件") {
		t.Errorf("the deputy's page says %s", said)
	}
	shot(t, w, "deputy")

	second, err := w.app.Ledger.Show(ctx, ms[1].ID)
	must(err)
	w.ask("suggest", []ledger.View{second}, func([]office.Outcome) {})
	if said := at.Words(); w.frame.here.code != "proposal" || !strings.Contains(said, "由哪些事项形成代表建议") || !strings.Contains(said, "已经形成建议") && !strings.Contains(said, "说法相近") {
		t.Errorf("it says %s", said)
	}
	press(w, fyne.KeyEscape, false)

	// one that was answered elsewhere, of which the citizen is still to be told
	u, p := suggestion.KeyOf("住房和城乡建设局"), suggestion.KeyOf(wang.ID)
	_, err = w.app.Store.Write(ctx, store.Act{Kind: suggestion.Name, Do: suggestion.Write, Unit: w.app.Settings.Unit, By: "赵晖", At: dusk, Body: suggestion.Opening{
		Facts: suggestion.Facts{Kind: "suggestion", Level: "county", Congress: "十四届七次"}, Office: apptest.County, Becomes: suggestion.Answered,
		On: dusk.Format(time.DateOnly), Signers: []suggestion.Signer{{Key: p, Lead: true}}, Units: []suggestion.Unit{{Key: u}},
		Matters: []suggestion.Link{{ID: ms[2].ID, Number: ms[2].Number, Station: ms[2].Unit}}, Answer: &suggestion.Answer{Unit: u, On: dusk.Format(time.DateOnly), Class: 1},
		Told: suggestion.Told{Wording: &suggestion.Wording{Title: "关于疏通七巷排水管的建议"}, Text: "七巷的排水管已经换新。",
			Names: map[string]suggestion.Who{u: {Name: "住房和城乡建设局"}, p: {Person: wang.ID, Name: "王明"}}}}})
	must(err)
	for _, o := range []office.Order{{Do: "collate", Mode: "suggestion"}, {Do: "suggest", Deputies: []string{"王明"}, Title: "关于疏通七巷排水管的建议"}} {
		_, err = w.app.Office.Do(ctx, w.app.Clerk(), ms[2].ID, o)
		must(err)
	}
	third, err := w.app.Ledger.Show(ctx, ms[2].ID)
	must(err)
	w.show(third)
	shot(t, w, "answered-matter")
	w.ask("answer", []ledger.View{third}, func([]office.Outcome) {})
	shot(t, w, "answer-begun")
	if said := at.Sheet(); !strings.Contains(said, "七巷的排水管已经换新。") || !strings.Contains(said, "住房和城乡建设局") {
		t.Errorf("the answer begins with %s", said)
	}
	press(w, fyne.KeyReturn, true)
	if m, err := w.app.Ledger.Show(ctx, ms[2].ID); err != nil || m.State != matter.Replied || m.Answer != "七巷的排水管已经换新。" || m.Class != 1 {
		t.Errorf("%v %v %q", err, m.State, m.Answer)
	}
}
