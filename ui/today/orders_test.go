package today

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// The open wishes stand on one card, which says what waits for whom, and leads to them, to their papers and to the text
// for the group, in which nobody's name is.
func TestOrders(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t, "station", 0)
	var ms []matter.Matter
	for _, title := range []string{"想请代表看看排水", "想请代表讲讲社保", "想请代表看看路灯", "想请代表来调解"} {
		m, err := w.Desk.Receive(ctx, someone, desk.Draft{Name: "单志远", Title: title, Channel: "order"})
		if err != nil {
			t.Fatal(err)
		}
		ms = append(ms, m)
	}
	do := func(m matter.Matter, o office.Order) {
		t.Helper()
		if _, err := w.Office.Do(ctx, someone, m.ID, o); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []string{"王建英", "李福生"} { // two refuse
		do(ms[1], office.Order{Do: "offer", Who: who})
		do(ms[1], office.Order{Do: "decline", Who: who, Reason: "出差"})
	}
	do(ms[2], office.Order{Do: "offer", Who: "王建英"})
	w.World.Now = w.World.Now.Add(7 * 24 * time.Hour)
	do(ms[3], office.Order{Do: "offer", Who: "李福生"})
	p := New(w.host, w.Desk, w.Ledger, func(context.Context) (Waiting, error) { return Waiting{}, nil })
	went := ""
	p.Orders = &Orders{Menu: func() { went += "menu " }, List: func() { went += "list " }, Text: w.Wishes}
	c := open(t, p)
	p.host.Canvas = func() fyne.Canvas { return c }
	buttons := map[string]*kit.Button{}
	said := read(p.Object(), buttons)
	for _, want := range []string{"点单 4 件", "1 件代表过了期限没答复", "1 件两位都没接，请站长定", "1 件等着请代表接", "1 件等代表答复"} {
		if !strings.Contains(strings.ReplaceAll(said, "\n", ""), want) {
			t.Errorf("%s is not said: %s", want, said)
		}
	}
	for _, door := range []string{"打印代表点单菜单…", "打印点单公示单…", "复制发到群里的文字"} {
		buttons["点单…"].OnTapped()
		doors := map[string]*kit.Button{}
		read(c.Overlays().Top(), doors)
		if doors[door] == nil {
			t.Fatalf("there is no %s among %v", door, doors)
		}
		doors[door].OnTapped()
	}
	text := fyne.CurrentApp().Clipboard().Content()
	if went != "menu list " || !strings.Contains(text, "想请代表看看排水") || strings.Contains(text, "单志远") {
		t.Errorf("went to %s, copied %s", went, text)
	}
}
