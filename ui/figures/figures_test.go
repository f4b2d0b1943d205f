package figures

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
)

// sum is what the list that is open stands for, as it is listed, and of a rate above what.
func (w *world) sum() (much, above int64) {
	for _, it := range w.behind.table.Rows() {
		much, above = much+it.much, above+it.above
	}
	return much, above
}

// Every cell of the table, each of the four numbers, of a total and of the period that it is held against opens as many
// matters as it says; Esc leads back to it.
func TestEveryNumberOpensWhatItCounts(t *testing.T) {
	w, _ := played(t)
	w.show(t, usual, 18)
	w.win.Shot("figures")
	opens := func(c cell, what string) {
		t.Helper()
		if w.behind == nil {
			t.Fatalf("%s opens nothing", what)
		}
		much, above := w.sum()
		n, _ := number(c.text)
		switch {
		case !c.of.Rate() && c.of.Code != "persons" && much != int64(n):
			t.Errorf("%s says %s and opens %d", what, c.text, much)
		case c.of.Unit == "%" && c.text != "—" && fmt.Sprintf("%.0f", n) != fmt.Sprintf("%.0f", 100*float64(above)/float64(much)):
			t.Errorf("%s says %s and opens %d of %d", what, c.text, above, much)
		}
		if w.Back(); w.behind != nil {
			t.Fatalf("%s does not close", what)
		}
	}
	walk := func(what string, least int) {
		t.Helper()
		w.grid.Focus()
		opened := 0
		for row := range w.grid.Rows + w.grid.Sums {
			for column := range w.grid.Heads {
				w.grid.Choose(row, column)
				c := w.got.cell(row, column)
				w.win.Press(fyne.KeyReturn)
				if n, _ := number(c.text); n > 0 {
					opened++
				}
				opens(c, what+" "+c.name+" "+c.of.Name)
				if r, col := w.grid.Chosen(); r != row || col != column || !w.grid.Focused() {
					t.Fatalf("back at %d, %d of %d, %d", r, col, row, column)
				}
			}
		}
		if opened < least {
			t.Errorf("%s: only %d numbers are not zero: %q", what, opened, w.lines())
		}
	}
	w.look(asked{kind: "quarter", period: figure.Quarter, span: w.desk.Calendar.Of(figure.Quarter, w.today()), compare: report.Before})
	walk("by station", 20)
	for n := range matters {
		i, _ := figure.ByCode(matters[n].code)
		w.win.Press(fyne.KeyEscape)
		w.unfocus()
		w.win.Press(fyne.KeyName(rune('1' + n)))
		opens(w.got.filled(cell{of: i, part: w.got.Part}, w.got.Total, true), matters[n].name)
	}
	for _, code := range []string{"open", "closedRate", "cases"} {
		w.want.by, w.want.code = "station month", code
		w.look(w.want)
		if !w.got.crosses() {
			t.Fatal("nothing is crossed")
		}
		walk("crossed "+code, 3)
	}
	w.win.Shot("figures-crossed")
}

// ←→ turn the period, W goes from months to quarters, A parts by something else, B by something besides, C holds against
// something else: by keyboard alone, and all of it can be read.
func TestPeriodAndAxisByKey(t *testing.T) {
	w, _ := played(t)
	w.show(t, usual, 18)
	w.says(t, "月报，按站点", "2026年11月", "新收", "比上月", "合计", "2026年10月", "收集意", "截至")
	w.win.Press(fyne.KeyLeft)
	w.says(t, "2026年10月")
	if w.got.span != figure.Days("2026-10-01", "2026-10-31") {
		t.Errorf("← leads to %s", w.got.span.First())
	}
	w.win.Press(fyne.KeyRight, fyne.KeyRight)
	if w.got.span != figure.Days("2026-11-01", "2026-11-30") || !strings.Contains(w.said[len(w.said)-1], "还没有到") {
		t.Errorf("→ leads to %s, said %q", w.got.span.First(), w.said)
	}
	w.win.Press(fyne.KeyW)
	w.says(t, "2026年第4季度", "比上季度")
	w.win.Press(fyne.KeyC)
	w.says(t, "上年同期", "2025年第4季度")
	w.win.Press(fyne.KeyA, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // what follows stations is bases, then groups
	w.says(t, "按大类", "城乡建设", "三农")
	w.win.Press(fyne.KeyB, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if got := w.codes(); len(got) != 2 || got[0] != "group" || !w.got.crosses() {
		t.Errorf("parted by %v", got)
	}
	w.win.Press(fyne.KeyI)
	w.says(t, "看哪个数", "进站代表人次")
	w.win.Press(fyne.KeyEscape, fyne.KeyB, fyne.KeyHome)
	w.win.Shot("figures-second")
	w.win.Press(fyne.KeyEscape, fyne.KeyR)
	w.says(t, "看哪一种报表", "季报", "按站点")
	w.win.Press(fyne.KeyDown, fyne.KeyReturn)
	if w.got.Kind.Code != "quarter" || w.got.crosses() {
		t.Errorf("another report is %s", w.got.Kind.Code)
	}
}

// Over time a chart is a line in the order of time, as far as that is over, whether its parts are the rows or the columns; else bars,
// the greatest first.
func TestChartOverTime(t *testing.T) {
	w, _ := played(t)
	w.show(t, usual, 18)
	quarter := w.desk.Calendar.Of(figure.Quarter, w.today())
	line := func(by, code string, row, column int, title string) {
		t.Helper()
		w.look(asked{kind: "quarter", period: figure.Quarter, span: quarter, by: by, code: code})
		w.grid.Focus()
		w.grid.Choose(row, column)
		if b := w.bars; b.line == nil || b.question != title {
			t.Fatalf("%s draws %+v under %q", by, b.list, b.question)
		}
		var drawn []string
		for n, v := range w.bars.line.Series[0].Values {
			drawn = append(drawn, w.bars.line.Value(v))
			if label := w.bars.line.Labels[n]; n > 0 && label == w.bars.line.Labels[0] {
				t.Errorf("%s has %s twice", by, label)
			}
		}
		var wanted []string
		for n := range drawn {
			c := w.got.cell(n, column)
			if by == "station month" {
				c = w.got.cell(row, n)
			}
			wanted = append(wanted, c.text)
		}
		if fmt.Sprint(drawn) != fmt.Sprint(wanted) {
			t.Errorf("%s draws %v, the table says %v", by, drawn, wanted)
		}
		w.win.Shot("figures-line-" + strings.ReplaceAll(by, " ", "-"))
	}
	w.World.Later(30 * 24 * time.Hour)
	line("week", "", 2, 5, "收集意见件次（件次）：各周怎样变")
	if n := len(w.bars.line.Labels); n != 12 { // the thirteenth and the days after are not over
		t.Errorf("%d weeks are drawn: %q", n, w.bars.line.Labels)
	}
	line("week station", "closed", 1, 0, "办结数（件次），凤山街道：各周怎样变")
	line("station month", "open", 0, 1, "在办（件次），凤山街道：各月怎样变")
	w.look(asked{kind: "quarter", period: figure.Quarter, span: quarter, by: "category"})
	w.grid.Choose(0, 5)
	if b := w.bars; b.line != nil || !slices.IsSortedFunc(b.list, func(a, b bar) int { return int(b.much - a.much) }) {
		t.Errorf("categories are drawn as %+v", b.list)
	}
}

// A head says how its numbers are counted, E says it of all and why a total is no sum; Q names who has not reported.
func TestDefinitionsAndWhoIsMissing(t *testing.T) {
	w, stations := played(t)
	w.show(t, usual, 18)
	w.win.Press(fyne.KeyDown, fyne.KeyUp)
	if row, _ := w.grid.Chosen(); row != -1 {
		t.Fatalf("↑ leads to row %d", row)
	}
	w.says(t, "群众反映日在本期的事项")
	w.win.Press(fyne.KeyReturn)
	for _, want := range []string{"收集意见件次", "看哪一天：反映日", "单位：件次", "来源："} {
		if s := w.win.Sheet(); !strings.Contains(s, want) {
			t.Errorf("%s is not said: %s", want, s)
		}
	}
	w.win.Press(fyne.KeyEscape)
	for i, ind := range w.got.Indicators {
		if ind.Code != "satisfiedRate" {
			continue
		}
		w.grid.Choose(-1, i)
		w.win.Press(fyne.KeyReturn)
		s := w.win.Sheet()
		if above := strings.Index(s, "分子：满意数"); above < 0 || strings.Index(s, "分母：评价数") < above {
			t.Errorf("a rate says: %s", s)
		}
		w.win.Press(fyne.KeyEscape)
	}
	if w.grid.Focus(); !w.grid.Focused() {
		t.Fatal("the table has no focus")
	}
	w.win.Press(fyne.KeyUp)
	if w.win.Canvas().Focused() != nil {
		t.Error("↑ does not lead out of the heads")
	}
	w.win.Press(fyne.KeyE)
	if s := w.win.Sheet(); !strings.Contains(s, "上期结转 + 新收") || !strings.Contains(s, "不满意数（看评议日") {
		t.Errorf("E says: %s", s)
	}
	w.win.Press(fyne.KeyEscape)
	w.World.Later(20 * 24 * 60 * 60 * 1e9)
	w.show(t, usual, 18)
	w.says(t, "中 0 个已报送", "看缺的")
	w.win.Press(fyne.KeyQ)
	w.win.Shot("figures-missing")
	for _, want := range []string{"报到哪天", "2026年11月"} {
		if s := w.win.Sheet(); !strings.Contains(s, want) {
			t.Errorf("%s is not said of %s: %s", want, stations[0].Settings.Name, s)
		}
	}
	for _, h := range w.got.Missing {
		if !strings.Contains(w.win.Sheet(), h.Name) {
			t.Errorf("%s is not named", h.Name)
		}
	}
	w.win.Press(fyne.KeyReturn)
	if w.win.Canvas().Overlays().Top() != nil || len(w.opened) != 1 || w.opened[0] != w.got.Missing[0].Unit {
		t.Errorf("Enter on %s opens %v", w.got.Missing[0].Name, w.opened)
	}
}

// From the list behind a number Enter opens a matter, and whoever comes back stands at it; P prints what is shown, S keeps
// it, L prints the page for the leader.
func TestListOpensAndPrints(t *testing.T) {
	w, _ := played(t)
	w.show(t, usual, 18)
	w.win.Press(fyne.Key1, fyne.KeyDown, fyne.KeyReturn)
	second := w.behind.table.Rows()[1].view.Number
	if fmt.Sprint(w.opened) != fmt.Sprint([]string{second}) {
		t.Errorf("opened %v, not %s", w.opened, second)
	}
	w.win.Shot("figures-behind")
	w.says(t, "群众反映日在本期的事项", "一共", "算几件次")
	w.unfocus()
	w.Shown() // back from the matter
	w.Start()
	w.win.Press(fyne.KeyDown, fyne.KeyReturn)
	if third := w.behind.table.Rows()[2].view.Number; w.opened[1] != third {
		t.Errorf("after the way back %v are opened, not %s", w.opened, third)
	}
	if w.win.Press(fyne.KeyP); w.printed != nil {
		t.Error("P prints a list")
	}
	w.Back()
	w.win.Press(fyne.KeyP, fyne.KeyL, fyne.KeyP, fyne.KeyL)
	if len(w.printed) != 2 || w.printed[0].Kind.Code != "month" || w.printed[0].From != "2026-11-01" || w.printed[1].Kind.Code != "leader" {
		t.Errorf("printed %v", w.printed)
	}
	w.win.Press(fyne.KeyS)
	w.win.Tap("Excel")
	if fmt.Sprint(w.saved) != "[month xlsx]" {
		t.Errorf("saved %v", w.saved)
	}
}

// On an old screen with usual and with the largest letters and on the largest screen nothing ends outside.
func TestSizes(t *testing.T) {
	w, _ := played(t)
	for _, c := range []struct {
		name string
		size fyne.Size
		text float32
	}{{"usual", usual, 18}, {"large", usual, 26}, {"small", fyne.NewSize(1090, 640), 22}, {"huge", fyne.NewSize(3600, 2050), 26}} {
		w.show(t, c.size, c.text)
		w.win.Inside(c.name)
		w.win.Shot("figures-" + c.name)
		w.says(t, "新收", "合计", "截至")
		w.win.Press(fyne.KeyT)
		w.win.Inside(c.name + " chart")
		w.win.Shot("figures-chart-" + c.name)
		w.win.Press(fyne.KeyT, fyne.Key1)
		w.win.Inside(c.name + " list")
		city := &world{Seat: w.above}
		city.show(t, c.size, c.text)
		city.win.Press(fyne.KeyLeft)
		city.win.Inside(c.name + " leader")
		city.win.Shot("figures-leader-" + c.name)
	}
}
