package collate

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/view"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/show"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "赵晖"}

// words gives all that can be read in an object, and the buttons in it.
func list(o fyne.CanvasObject, buttons map[string]*kit.Button) string {
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		return o.Text + "\n"
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		if b, ok := o.(*kit.Button); ok {
			buttons[b.Text] = b
		}
		parts = test.WidgetRenderer(o).Objects()
	}
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(list(part, buttons))
	}
	return b.String()
}

// A week's work: two matters that are one, one that is another; sorted, merged, sent up.
func TestAWeeksWork(t *testing.T) {
	ctx := context.Background()
	seat := apptest.Alone(t, "station", apptest.Yuanjia)
	seat.World.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	d, o := seat.Desk, seat.Office
	var ms []matter.Matter
	for _, draft := range []desk.Draft{{Title: "修一所公厕", Category: "0205"},
		{Title: "七巷雨水倒灌", Place: "袁家庄社区七巷", Category: "0203"},
		{Title: "七巷下雨积水", Place: "袁家庄社区七巷", Category: "0203", Name: "单志远"}} {
		m, err := d.Receive(ctx, someone, draft)
		if err != nil {
			t.Fatal(err)
		}
		ms = append(ms, m)
	}
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	orders := map[string]office.Order{"merge": {Into: ms[1].Number}}
	opened := ""
	h := kit.Host{Context: ctx, Run: kit.Inline, Canvas: func() fyne.Canvas { return nil }, Go: func(string) {},
		Explain: error.Error, Say: func(kit.Tone, string) {}}
	p := New(h, seat.Ledger, o, Actions{
		Ask: func(do string, vs []ledger.View, done func([]office.Outcome)) {
			var ids []string
			for _, v := range vs {
				ids = append(ids, v.ID)
			}
			order := orders[do]
			order.Do = do
			done(o.Each(ctx, someone, ids, order, nil))
		},
		Open:  func(v ledger.View) { opened = v.Number },
		Print: func(kind string, vs []ledger.View) { opened = fmt.Sprint(kind, len(vs)) },
	})
	win := test.NewTempWindow(t, p.Object())
	win.Resize(fyne.NewSize(1186, 700))
	press := func(button string) {
		t.Helper()
		buttons := map[string]*kit.Button{}
		list(p.Object(), buttons)
		if buttons[button] == nil {
			t.Fatalf("no button %s", button)
		}
		buttons[button].OnTapped()
	}
	p.Shown()
	text := list(p.Object(), map[string]*kit.Button{})
	for _, want := range []string{"还有 3 件没有梳理", "单**", "可能是同一件事的有 1 件", "同一地点", "同一类别", ms[1].Number} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not said", want)
		}
	}
	press("并案…")
	press("梳理好了…") // the next one is chosen
	press("梳理好了…")
	if !strings.Contains(p.count.Text, "0 件没有梳理，2 件") {
		t.Error(p.count.Text)
	}
	press("补全更正　Enter")
	if opened == "" {
		t.Error("nothing was opened")
	}
	if p.Print(); opened != "summary2" {
		t.Errorf("printed %s", opened)
	}
	buttons := map[string]*kit.Button{}
	list(p.Object(), buttons)
	win.Canvas().Focus(buttons["上报…"])
	side := p.side.Objects[0]
	p.Shown() // as after a round of exchange
	if win.Canvas().Focused() != buttons["上报…"] || !strings.Contains(list(side, map[string]*kit.Button{}),
		p.side.Shown().Title) {
		t.Errorf("the focus went to %T", win.Canvas().Focused())
	}
	orders["assign"] = office.Order{To: []string{"水利局"}}
	press("交办…")
	if press("打印刚交办的 1 件"); opened != "assignment1" || len(p.table.Rows()) != 1 {
		t.Errorf("printed %s, %d rows", opened, len(p.table.Rows()))
	}
	last, _ := p.table.Chosen()
	if _, err := o.Do(ctx, someone, last.ID, office.Order{Do: "escalate"}); err != nil { // from another computer
		t.Fatal(err)
	}
	p.Shown()
	if len(p.table.Rows()) != 0 {
		t.Errorf("%d rows are left", len(p.table.Rows()))
	}
	for i, want := range []matter.State{matter.Escalated, matter.Assigned, matter.Merged} {
		if f, err := view.ByID(ctx, seat.Store, ms[i].ID); err != nil || f.State != want {
			t.Errorf("%s is %v: %v", ms[i].Title, f.State, err)
		}
	}
}

// Beside the chosen matter stands who fits it, with the reason; a person chooses.
func TestWhoFitsStandsBeside(t *testing.T) {
	ctx := context.Background()
	seat := apptest.Alone(t, "station", apptest.Yuanjia)
	for _, p := range []string{`"name":"王明","fields":["水利水务"]`, `"name":"李慧敏"`} {
		o, err := roster.Parse([]byte(`{"do":"add",` + p + `,"mandates":[{"level":"县","congress":"十四届"}],"stations":["` + apptest.Yuanjia + `"]}`))
		if err == nil {
			_, err = seat.Roster.Act(ctx, someone, "", o)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	seat.Receive(desk.Draft{Title: "七巷雨水倒灌", Category: "0203"})
	test.NewTempApp(t).Settings().SetTheme(look.New("light", 18))
	h := kit.Host{Context: ctx, Run: kit.Inline, Canvas: func() fyne.Canvas { return nil }, Go: func(string) {},
		Explain: error.Error, Say: func(kit.Tone, string) {}}
	p := New(h, seat.Ledger, seat.Office, Actions{Fits: show.Fitting(seat.Roster)})
	win := test.NewTempWindow(t, p.Object())
	win.Resize(fyne.NewSize(1186, 700))
	p.Shown()
	p.table.Choose(0)
	said := list(p.Object(), map[string]*kit.Button{})
	if at, next := strings.Index(said, "王明：水利水务组，本站"), strings.Index(said, "李慧敏：本站"); at < 0 || next < at || !strings.Contains(said, "由您来定") {
		t.Error(said)
	}
	if dir := os.Getenv("SHOTS"); dir != "" {
		f, err := os.Create(filepath.Join(dir, "collate.png"))
		if err == nil {
			err = errors.Join(png.Encode(f, win.Canvas().Capture()), f.Close())
		}
		if err != nil {
			t.Error(err)
		}
	}
}
