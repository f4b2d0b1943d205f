package figures

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/desk"
	"lianluo.local/app/report"
	"lianluo.local/data/issued"
)

// F issues what is shown after a question, and the page shows it as it was issued, with its number; what comes late moves no number
// of it. F again first shows cell by cell what has changed and what came late, each of which opens, then makes the next edition.
func TestReportIsIssuedFromThePage(t *testing.T) {
	w, stations := played(t)
	w.show(t, usual, 18)
	w.win.Press(fyne.KeyF)
	if s := w.win.Sheet(); !strings.Contains(s, "印发 月报（2026年11月）") || !strings.Contains(s, "这一份是第1号") || !strings.Contains(s, "还没有过完") {
		t.Errorf("F asks: %s", s)
	}
	w.win.Shot("figures-issue")
	w.win.Press(fyne.KeyEscape)
	if list, err := w.Report.Issued(ctx); err != nil || len(list) != 0 {
		t.Fatalf("Esc issues %v, %v", list, err)
	}
	w.win.Press(fyne.KeyF, fyne.KeyReturn)
	w.says(t, "第1号，", "印发，校验值", "和现在比")
	w.win.Shot("figures-issued")
	was := fmt.Sprint(w.lines())
	w.win.Press(fyne.Key1)
	if w.over != nil || !strings.Contains(w.said[len(w.said)-1], "这是印发时的数") {
		t.Errorf("a number of an issued report opens; said %q", w.said)
	}
	w.win.Press(fyne.KeyP)
	if w.given == nil || w.given.Issued.Heading() != "第1号" {
		t.Errorf("printed is %v", w.given)
	}
	if w.given = nil; w.Back() == false || w.got.Issued != nil {
		t.Fatal("Esc does not lead to the numbers of today")
	}
	w.says(t, "已印发第1号")
	w.win.Press(fyne.KeyP)
	if w.given != nil {
		t.Error("the numbers of today print as issued ones")
	}

	w.World.Later(26 * time.Hour)
	m := stations[0].Receive(desk.Draft{Title: "补报的一件", Words: "补报", Occurred: "2026-11-03T19:30:00+08:00"})
	w.World.Settle(stations[0], stations[1], w.Seat)
	w.Shown()
	w.win.Press(fyne.KeyF)
	w.says(t, "已是第1号，再印发是第1号（第2版）", m.Number, "补报的一件", "还不知道", "收集意见件次", "印发时", "现在", "印发第1号（第2版）")
	w.win.Inside("what has changed")
	w.win.Shot("figures-changed")
	w.over.focus()
	w.win.Press(fyne.KeyReturn)
	if len(w.opened) != 1 || w.opened[0] != m.ID {
		t.Errorf("what came late opens %v", w.opened)
	}
	w.unfocus()
	w.win.Press(fyne.KeyF)
	w.says(t, "第1号（第2版），")
	if w.over != nil || w.got.Issued == nil || len(w.got.Issued.Late) != 1 {
		t.Fatalf("F does not issue the second edition: %s", w.win.Words())
	}
	w.win.Press(fyne.KeyN)
	w.says(t, "和上一版比", "补报的一件", "上一版", "这一版")
	w.Back()
	w.win.Press(fyne.KeyV)
	w.says(t, "和现在比", "没有变化")
	w.Back()

	w.win.Press(fyne.KeyG)
	if s := w.win.Sheet(); !strings.Contains(s, "印发过的报告 2 份") || !strings.Contains(s, "第1号（第2版）") || !strings.Contains(s, "本单位") {
		t.Errorf("G lists %s", s)
	}
	w.win.Shot("figures-editions")
	w.win.Press(fyne.KeyDown, fyne.KeyReturn)
	if got := fmt.Sprint(w.lines()); w.got.Issued == nil || w.got.Issued.Edition.Edition != 1 || got != was {
		t.Errorf("the first edition was\n%s\nand is\n%s", was, got)
	}
	w.Shown()
	w.win.Press(fyne.KeyV)
	w.says(t, "补报的一件")
	w.Back()
	w.win.Press(fyne.KeyS)
	w.win.Tap("Word")
	if w.given == nil || w.given.Issued.Edition.Edition != 1 {
		t.Errorf("kept is %v", w.given)
	}
	w.win.Press(fyne.KeyR)
	if w.win.Canvas().Overlays().Top() != nil {
		t.Error("an issued report becomes another")
	}
	w.win.Press(fyne.KeyLeft)
	if w.got.Issued != nil {
		t.Error("← stays at an issued report")
	}
	w.says(t, "2026年10月")
}

// An office sees what the units below issued, names them, and says that it cannot be compared here; two axes crossed are kept as they were.
func TestIssuedBelowIsSeen(t *testing.T) {
	w, stations := played(t)
	k, _ := report.KindByCode("station")
	given, err := stations[0].Report.Issue(ctx, stations[0].Clerk(), report.Ask{Kind: k, From: "2026-11-01"})
	w.World.Must(err)
	w.World.Settle(stations[0], stations[1], w.Seat)
	w.show(t, usual, 26)
	w.want.by, w.want.code = "station month", "collected"
	w.look(w.want)
	was := fmt.Sprint(w.lines())
	w.win.Press(fyne.KeyF, fyne.KeyReturn)
	if got := fmt.Sprint(w.lines()); w.got.Issued == nil || !w.got.crosses() || got != was {
		t.Errorf("crossed it was\n%s\nand is issued as\n%s", was, got)
	}
	w.win.Inside("issued")
	w.win.Shot("figures-issued-large")
	w.win.Press(fyne.KeyG)
	w.win.Shot("figures-editions-large")
	if s := w.win.Sheet(); !strings.Contains(s, "凤山街道袁") {
		t.Errorf("who issued it is not said: %s", s)
	}
	w.win.Press(fyne.KeyDown, fyne.KeyReturn)
	w.says(t, "站点月报", issued.Heading(1, 1), w.Report.Named(given.Unit))
	w.win.Press(fyne.KeyV)
	if w.over != nil || !strings.Contains(w.said[len(w.said)-1], "不是本单位") {
		t.Errorf("V says %q", w.said[len(w.said)-1])
	}
	if !w.Back() || w.got.Issued != nil {
		t.Error("Esc does not lead back")
	}
}
