package figures

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/app/report/figure"
)

// At a city the page begins with what a leader has to know of the week: each line opens the matter that it tells of, or the
// list behind its number; P prints that page, L leads to the reports and back.
func TestLeader(t *testing.T) {
	w, _ := played(t)
	city := &world{Seat: w.above}
	city.show(t, usual, 18)
	city.win.Press(fyne.KeyLeft)
	city.win.Shot("figures-leader")
	city.says(t, "群众在说什么", "截至", "本周一张纸", "件次")
	b := city.got.brief
	if b == nil || len(b.Says) == 0 {
		t.Fatalf("a leader is told nothing: %s", city.win.Words())
	}
	city.win.Press(fyne.KeyDown, fyne.KeyReturn)
	if much, _ := city.sum(); fmt.Sprintf("%d件次", much) != b.Says[0].Note || !strings.Contains(city.win.Words(), b.Says[0].What) {
		t.Errorf("%s of %s opens %d", b.Says[0].What, b.Says[0].Note, much)
	}
	city.win.Press(fyne.KeyEscape)
	if city.Back(); city.behind != nil {
		t.Fatal("the list does not close")
	}
	lines := 0
	for _, part := range b.Parts() {
		for _, l := range part.Lines {
			city.doors[lines].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			if lines++; l.Of.Matter != "" && (len(city.opened) == 0 || city.opened[len(city.opened)-1] != l.Of.Matter) {
				t.Errorf("%s opens %v", l.What, city.opened)
			} else if l.Of.Matter == "" && (city.behind == nil || len(city.behind.table.Rows()) == 0) {
				t.Errorf("%s opens nothing", l.What)
			}
			if city.behind != nil {
				city.Back()
			}
		}
	}
	if len(city.doors) != lines || len(city.opened) == 0 {
		t.Errorf("%d lines have %d doors, %d matters are opened", lines, len(city.doors), len(city.opened))
	}
	city.unfocus()
	city.win.Press(fyne.KeyP, fyne.KeyL)
	if len(city.printed) != 1 || city.printed[0].Kind.Code != "leader" || city.got.brief != nil {
		t.Errorf("printed %v, shown is %s", city.printed, city.got.Kind.Code)
	}
	city.says(t, "月报，按县（市、区）", "离石区", "合计")
	if city.win.Press(fyne.KeyL); city.got.brief == nil {
		t.Error("L does not lead back")
	}
	if city.win.Press(fyne.KeyW); city.got.brief != nil || city.got.period != figure.Month {
		t.Errorf("a month has %v", city.got.brief)
	}
}
