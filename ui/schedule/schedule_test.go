package schedule

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/agenda"
	"lianluo.local/app/roster"
	"lianluo.local/data/field"
	"lianluo.local/data/session"
)

// A month shows each session in its day: red in words and edge where no notice hangs in time, done, cancelled.
func TestMonth(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	late := w.sits(t, "2027-01-09", 0, nil)
	w.sits(t, "2027-01-25", 0, func(b *session.Opening) { b.Topic = "七巷排水" })
	w.sits(t, "2027-01-04", 0, func(b *session.Opening) { b.Becomes = session.Open })
	gone := w.sits(t, "2027-01-18", 0, nil)
	if _, err := w.Agenda.Act(ctx, someone, gone, agenda.Order{Do: session.Cancel, Reason: "停电"}); err != nil {
		t.Fatal(err)
	}
	w.show(t, wide, 18)
	w.shot(t, "month")
	said := w.words()
	for _, want := range []string{"2027年1月", "周一", "缺公告", "取消", "正在", "1 场没有按时公告", "休"} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not said: %s", want, said)
		}
	}
	w.press(fyne.KeyRight) // to the ninth
	w.shot(t, "month-day")
	for _, want := range []string{"1月9日", "今年 1 次，3 个月前", "通知代表", "未答"} {
		if said := w.words(); !strings.Contains(said, want) {
			t.Errorf("%s is not said of the day: %s", want, said)
		}
	}
	w.press(fyne.KeyReturn)
	w.shot(t, "session")
	if w.open == nil || w.open.ID != late {
		t.Fatalf("open is %v", w.open)
	}
	if !w.Back() || w.Back() {
		t.Error("Esc does not lead back to the month")
	}
	w.press(fyne.KeyPageDown)
	if !strings.Contains(w.words(), "2027年2月") || w.at.Day() != 9 {
		t.Errorf("after PgDn it is %v", w.at)
	}
	w.press(fyne.KeyT)
	if w.at.Day() != 8 || w.at.Month() != 1 {
		t.Errorf("after T it is %v", w.at)
	}
	w.Print()
	if fmt.Sprint(w.printed) != "[plan 4]" {
		t.Errorf("printed %v", w.printed)
	}
}

// Who was planned and is on leave since is told beside the month and on the session's own page, with who could come.
func TestWhoCanNotCome(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	id := w.sits(t, "2027-01-20", 0, nil)
	w.show(t, wide, 18)
	w.choose(w.at.AddDate(0, 0, 12))
	if said := w.words(); strings.Contains(said, "请假") {
		t.Errorf("all can come: %s", said)
	}
	leave, err := roster.Parse([]byte(`{"do":"leave","from":"2027-01-19","to":"2027-01-21"}`))
	if err == nil {
		_, err = w.Roster.Act(ctx, someone, w.people[0], leave)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.Shown()
	w.shot(t, "away")
	p, _ := w.Roster.Person(ctx, w.people[0])
	want := p.Name + "这一天请假，可以换成"
	if said := w.words(); !strings.Contains(said, want) {
		t.Errorf("%s is not said beside the month: %s", want, said)
	}
	s, err := w.Agenda.Session(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	w.Page.Open(s)
	w.shot(t, "away-session")
	if said := w.words(); !strings.Contains(said, want) {
		t.Errorf("%s is not said on its page: %s", want, said)
	}
}

// Where there is no room for seven columns the month is a list, in which the arrows go from one session to the next.
func TestNarrow(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	w.sits(t, "2027-01-09", 0, nil)
	w.sits(t, "2027-01-25", 0, func(b *session.Opening) { b.Topic = "七巷排水" })
	w.show(t, usual, 18)
	if w.body.listed {
		t.Error("with usual letters an old screen has room for seven columns")
	}
	w.show(t, usual, 26)
	w.press(fyne.KeyDown, fyne.KeyDown)
	w.shot(t, "list")
	if s, ok := w.list.Chosen(); !ok || s.Day != "2027-01-25" || !w.body.listed || !strings.Contains(w.words(), "七巷排水") {
		t.Errorf("chosen is %v: %s", s.Day, w.words())
	}
	w.press(fyne.KeyReturn)
	if w.open == nil || w.open.Day != "2027-01-25" {
		t.Errorf("open is %v", w.open)
	}
}

// An office sees the month of all its stations on one page: how many sit on a day, what is amiss, who is missing.
func TestMonthOfACounty(t *testing.T) {
	w := newWorld(t, "county", "141102", 12)
	for i := range 10 {
		w.sits(t, "2027-01-11", i, nil)
		w.sits(t, fmt.Sprintf("2027-01-%02d", i%5+8), i, nil)
	}
	w.show(t, wide, 18)
	w.shot(t, "county")
	for _, want := range []string{"4 场没有按时公告", "2 个站本月没有安排接待", "缺 1", "2 场", "无接待", "毕=已举行"} {
		if said := w.words(); !strings.Contains(said, want) {
			t.Errorf("%s is not said: %s", want, said)
		}
	}
}

// On the month of all stations arrows choose a station and a day, J goes from gap to gap, Enter opens, N plans there, S and
// the finder show one station alone, Esc goes back.
func TestStationsByDays(t *testing.T) {
	w := newWorld(t, "county", "141102", 12)
	for i := range 11 {
		w.sits(t, "2027-01-11", i, nil)
	}
	late := w.sits(t, "2027-01-09", 2, nil)
	w.show(t, wide, 18)
	w.press(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
	if w.station != nth(1) || w.at.Day() != 11 || !strings.Contains(w.words(), "第2站　2027年1月11日") {
		t.Fatalf("chosen is %s on the %dth: %s", w.station, w.at.Day(), w.words())
	}
	w.press(fyne.KeyReturn)
	if w.open == nil || w.open.Station != nth(1) {
		t.Fatalf("open is %v", w.open)
	}
	w.Back()
	w.press(fyne.KeyJ)
	w.shot(t, "county-gap")
	if w.station != nth(2) || w.at.Day() != 9 {
		t.Errorf("the first gap is %s on the %dth", w.station, w.at.Day())
	}
	w.press(fyne.KeyReturn)
	if w.open == nil || w.open.ID != late {
		t.Errorf("open is %v", w.open)
	}
	w.Back()
	w.press(fyne.KeyJ)
	if w.station != nth(11) {
		t.Errorf("the second gap is %s", w.station)
	}
	w.press(fyne.KeyN)
	w.shot(t, "county-add")
	w.form.Fill(w.form.Values().With(field.Values{"planned": w.people[44:46]}))
	w.tap(t, "安排一场")
	if row := w.month.rows[11]; row.sits != 1 || len(row.days[w.at.Day()-1]) != 1 {
		t.Errorf("after N: %+v, said %q", row, w.said)
	}
	w.press(fyne.KeyS)
	w.shot(t, "county-one")
	if len(w.month.shown) != 1 || !strings.Contains(w.words(), "2027年1月　第12站") {
		t.Errorf("alone it shows %d: %s", len(w.month.shown), w.words())
	}
	if !w.Back() || !w.view.across {
		t.Error("Esc does not lead back to all stations")
	}
	found := w.stations("第3站")
	w.press(fyne.KeyF)
	test.Type(w.win.Canvas().Focused(), "第3站")
	w.press(fyne.KeyReturn)
	if len(found) != 1 || w.win.Canvas().Focused() != nil {
		t.Errorf("found %v, the keys are still %v's", found, w.win.Canvas().Focused())
	}
	if len(w.month.shown) != 2 || w.month.shown[0].Station != nth(2) {
		t.Errorf("found %v: %d", found, len(w.month.shown))
	}
}

// On an old screen with the largest letters and on the largest screen nothing ends outside.
func TestSizes(t *testing.T) {
	for _, home := range []struct {
		role, unit string
		stations   int
	}{{"station", "141102002003", 1}, {"county", "141102", 30}} {
		w := newWorld(t, home.role, home.unit, home.stations)
		for i := range home.stations {
			w.sits(t, "2027-01-11", i, func(b *session.Opening) { b.Topic = "听一听小区停车和七巷排水怎么办" })
		}
		for _, size := range []fyne.Size{usual, fyne.NewSize(1186, 700), wide, fyne.NewSize(3600, 2080)} {
			for _, text := range []float32{18, 26} {
				name := fmt.Sprintf("%s-%.0f-%.0f", home.role, size.Width, text)
				w.show(t, size, text)
				w.shot(t, name)
				w.inside(t, name)
				s, err := w.Agenda.Session(ctx, w.month.marks[0].ID)
				if err != nil {
					t.Fatal(err)
				}
				w.Page.Open(s)
				w.shot(t, name+"-session")
				w.inside(t, name+" session")
			}
		}
	}
}
