package book

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/ledger"
)

// What is looked at is kept under a name with W, stands as a chip with how many it chooses, red where one of them is overdue, is
// opened by the keyboard and narrowed further, written into a table, and forgotten again.
func TestWatched(t *testing.T) {
	w := newWorld(t, "station", 60)
	exported := ""
	actions := w.actions()
	actions.Export = func(name string, q ledger.Query) {
		n, _, err := w.Ledger.Count(context.Background(), q)
		w.World.Must(err)
		exported = name
		if n == 0 {
			t.Errorf("%d are exported", n)
		}
	}
	p, c := open(t, w)
	p.actions = actions
	if p.views.Visible() {
		t.Error("nothing is watched, and a row stands there")
	}
	p.keep()
	if last := w.said[len(w.said)-1]; !strings.Contains(last, "请先选好") {
		t.Errorf("it says %q", last)
	}
	p.FocusSearch()
	test.Type(c.Focused(), "书法")
	p.state.TypedRune('5')
	p.keep()
	test.Type(c.Focused(), "画展")
	press(c, fyne.KeyReturn)
	list, err := w.Ledger.Views(context.Background())
	if w.World.Must(err); len(list) != 1 || list[0].Name != "画展" || list[0].Text != "书法" || list[0].State != "20" {
		t.Fatalf("kept is %+v", list)
	}
	w.World.Must(w.Ledger.Save(context.Background(), ledger.Saved{Name: "没办完的", Choice: ledger.Choice{State: "open"}}))
	p.want(asked{})
	w.World.Now = w.World.Now.AddDate(0, 2, 0)
	p.Shown()
	options := p.views.Options()
	if len(options) != 2 || options[0].Bad || !options[1].Bad || !strings.Contains(options[1].Text, "超期") || p.drop.Visible() {
		t.Fatalf("%+v", options)
	}
	p.views.TypedRune('1')
	if n := len(p.table.Rows()); !strings.HasSuffix(options[0].Text, " "+strconv.Itoa(n)) || n == 0 || !p.drop.Visible() {
		t.Errorf("%q lists %d", options[0].Text, n)
	}
	p.export()
	if exported != "画展" {
		t.Errorf("exported as %q", exported)
	}
	p.register.TypedRune('3')
	narrowed := len(p.table.Rows())
	p.register.TypedRune('1')
	if all := len(p.table.Rows()); narrowed > all {
		t.Errorf("narrowed %d of %d", narrowed, all)
	}
	p.forget()
	if list, _ := w.Ledger.Views(context.Background()); len(list) != 1 || len(p.views.Options()) != 1 || p.got.view != "" {
		t.Errorf("forgotten, %+v is watched, %+v looked at", list, p.got)
	}
}
