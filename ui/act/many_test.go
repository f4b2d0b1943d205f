package act

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// Ticked ones go into the oldest of them with nothing but the key that does it; without ticks what may be the same is
// listed, and what else waits at this desk.
func TestTickedOnesAreMerged(t *testing.T) {
	w := newWorld(t)
	var vs []ledger.View
	for i := range 3 {
		vs = append(vs, w.receive(desk.Draft{Title: fmt.Sprintf("七巷第%d处积水", i+1)}))
		if i > 0 { // the first two came at once
			w.World.Now = w.World.Now.Add(time.Hour)
		}
	}
	apart := w.receive(desk.Draft{Title: "修一所公厕", Category: "0205"})
	w.sheets[table].Ask("merge", []ledger.View{vs[2], vs[1], vs[0]}, func([]office.Outcome) {})
	w.do()
	for i := range vs {
		vs[i] = w.view(vs[i].Number)
	}
	if vs[1].IntoNumber != vs[0].Number || vs[2].IntoNumber != vs[0].Number || vs[0].State == matter.Merged {
		t.Fatalf("%v %v %v, said %q", vs[0].State, vs[1].State, vs[2].State, w.said)
	}
	w.sheets[table].Ask("merge", []ledger.View{apart}, func([]office.Outcome) {})
	if text := w.win.Sheet(); !strings.Contains(text, vs[0].Number) || strings.Contains(text, vs[1].Number) {
		t.Errorf("not what waits at this desk is listed:\n%s", text)
	}
}

// A department that no list has is taken only after somebody said that it is meant so, whichever way he goes on.
func TestStrangeDepartmentIsAskedAbout(t *testing.T) {
	const question = "没有“甲公司”这个单位，就这样写？"
	w := newWorld(t)
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted, up)
	s := w.sheets[above1]
	s.Ask("assign", []ledger.View{v}, never(t))
	w.fill("\nslj\n")
	if text := w.win.Sheet(); strings.Contains(text, "就这样写") || !strings.Contains(text, "水利局") {
		t.Fatalf("slj is not 水利局:\n%s", text)
	}
	w.fill("甲公司")
	for range 2 { // sent, and sent again: it is still a question
		w.do()
		if text := w.win.Sheet(); !strings.Contains(text, question) || strings.Contains(text, "协办：甲公司") ||
			!strings.Contains(text, "还没有办") {
			t.Fatalf("it is taken silently:\n%s", text)
		}
	}
	w.win.Press(fyne.KeyEscape)
	s.Ask("assign", []ledger.View{v}, func([]office.Outcome) {})
	w.do()
	if !strings.Contains(w.win.Sheet(), question) {
		t.Fatalf("left and opened again, it is taken silently:\n%s", w.win.Sheet())
	}
	w.fill("\n") // the field has the focus, Enter says yes
	if text := w.win.Sheet(); !strings.Contains(text, "协办：甲公司") || strings.Contains(text, "还没有办") {
		t.Errorf("answered, the sheet says\n%s", text)
	}
	w.do()
	if m := w.view(v.Number); !slices.Equal(m.Units, []string{"水利局", "甲公司"}) {
		t.Errorf("%v are assigned, the sheet says\n%s", m.Units, w.win.Sheet())
	}
}

// A part of a name that several departments have chooses none of them by itself.
func TestPartOfSeveralNamesIsAskedAbout(t *testing.T) {
	w := newWorld(t)
	v := w.already(w.receive(desk.Draft{Title: "七巷雨水倒灌"}), sorted, up)
	w.sheets[above1].Ask("assign", []ledger.View{v}, never(t))
	w.fill("\n农业、管理局")
	w.do()
	if text := w.win.Sheet(); !strings.Contains(text, "“管理局”对得上 3 个") {
		t.Error(text)
	}
}

// Of many, what may not follow is told afterwards with its reason, and stops nobody.
func TestManyWithOneRefused(t *testing.T) {
	w := newWorld(t)
	var vs []ledger.View
	for i := range 4 {
		vs = append(vs, w.receive(desk.Draft{Title: fmt.Sprintf("第%d件路灯不亮", i+1)}))
	}
	for _, i := range []int{0, 1, 3} {
		vs[i] = w.already(vs[i], sorted, up)
	}
	var got []office.Outcome
	w.sheets[above1].Ask("assign", vs, func(os []office.Outcome) { got = os })
	if text := w.win.Sheet(); !strings.Contains(text, "交办 4 件") || !strings.Contains(text, "第1件路灯不亮") {
		t.Error(text)
	}
	w.do()
	if text := w.win.Sheet(); got != nil || !strings.Contains(text, "请写主办单位") {
		t.Fatalf("%v\n%s", got, text)
	}
	w.fill("城市管理局\n") // the field that is wrong has the focus
	w.do()
	text := w.win.Sheet()
	if len(got) != 4 || len(w.said) != 1 || w.said[0] != "已交办 3 件，1 件没有办成；请打印交办单。" {
		t.Errorf("%v %q", got, w.said)
	}
	for _, want := range []string{vs[2].Number, "不能“交办”", "没有办：", "办好了：　" + vs[0].Number} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on\n%s", want, text)
		}
	}
	w.win.Shot("list")
	if w.win.Press(fyne.KeyEscape); w.win.Sheet() != "" || len(kit.Keys) > 0 {
		t.Error("the list stays")
	}
	if v := w.view(vs[2].Number); v.State != matter.Registered {
		t.Errorf("%v", v.State)
	}
}

// Several are merged into one of themselves and parted again.
func TestManyBecomeOne(t *testing.T) {
	w := newWorld(t)
	var vs []ledger.View
	for i := range 3 {
		vs = append(vs, w.receive(desk.Draft{Title: fmt.Sprintf("七巷第%d处积水", i+1)}))
	}
	again := func() {
		for i := range vs {
			vs[i] = w.view(vs[i].Number)
		}
	}
	s, nothing := w.sheets[table], func([]office.Outcome) {}
	s.Ask("merge", vs, nothing)
	w.fill("2") // the second of them
	w.do()
	again()
	if vs[0].IntoNumber != vs[1].Number || vs[2].IntoNumber != vs[1].Number || vs[1].State == matter.Merged ||
		!strings.HasPrefix(w.said[0], "已并案 2 件") {
		t.Fatalf("%v %v %v, said %q", vs[0].State, vs[1].State, vs[2].State, w.said)
	}
	s.Ask("merge", []ledger.View{vs[0], vs[2]}, nothing)
	if strings.Contains(w.win.Sheet(), "必填") {
		t.Error("parting asks something")
	}
	w.do()
	again()
	if vs[0].State != matter.Collated || vs[2].Into != "" || !strings.HasPrefix(w.said[1], "已分开 2 件") {
		t.Errorf("%v, said %q", vs[0].State, w.said)
	}
}

// A long batch says how far it is, and can be stopped: what is done stays done.
func TestStopHalfWay(t *testing.T) {
	w := newWorld(t)
	var vs []ledger.View
	for i := range 5 {
		vs = append(vs, w.receive(desk.Draft{Title: fmt.Sprintf("第%d件", i+1)}))
	}
	s := w.sheets[table]
	read := ""
	s.host.Run.Show = func(show func()) {
		if show(); strings.Contains(w.win.Sheet(), "2 / 5 件") && read == "" {
			read = w.win.Sheet()
			kit.Keys[kit.Key{Name: fyne.KeyEscape}]()
		}
	}
	s.Ask("urge", vs, func([]office.Outcome) {})
	w.do()
	if !strings.Contains(read, "正在催办") || !strings.Contains(read, "停下") {
		t.Errorf("while it goes on: %q", read)
	}
	if len(w.said) != 1 || !strings.HasPrefix(w.said[0], "已催办 2 件，停下时还有 3 件没有办") {
		t.Errorf("said %q", w.said)
	}
	if w.view(vs[1].Number).Urged != 1 || w.view(vs[2].Number).Urged != 0 {
		t.Error("not the first two were done")
	}
}
