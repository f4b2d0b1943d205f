package schedule

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/agenda"
	"lianluo.local/app/desk"
	"lianluo.local/data/field"
	"lianluo.local/data/session"
	"lianluo.local/ui/kit"
)

// sitting is what a sheet made of the session that is open.
func (w *world) sitting(t testing.TB) session.Session {
	t.Helper()
	s, err := w.Agenda.Session(ctx, w.open.ID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fill writes into the sheet that is open and does what it asks for.
func (w *world) fill(t testing.TB, v field.Values, yes string) {
	t.Helper()
	w.form.Fill(w.form.Values().With(v))
	w.tap(t, yes)
}

// Each act with a session has its sheet: what is written on it is what the session says afterwards.
func TestSheets(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	id := w.sits(t, "2027-01-11", 0, nil)
	w.show(t, wide, 18)
	s, err := w.Agenda.Session(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	w.Page.Open(s)
	for _, step := range []struct {
		button string
		wrong  string // what is said where nothing is written; "" where nothing has to be
		fill   field.Values
		holds  func(s session.Session) bool
	}{
		{"公告", "", field.Values{"date": "2027-01-08", "places": []string{"村务公开栏", "微信群"}},
			func(s session.Session) bool {
				return s.State == session.Announced && fmt.Sprint(s.Notices[0].Places) == "[村务公开栏 微信群]"
			}},
		{"答复邀请", "reply", field.Values{"who": w.people[0], "reply": "leave", "reason": "出差"},
			func(s session.Session) bool { return s.Called[0].Reply == "leave" && s.Called[0].Excuse == "出差" }},
		{"换人", "with", field.Values{"who": w.people[0], "with": w.people[2], "reason": "出差"},
			func(s session.Session) bool {
				return s.Called[0].Instead != "" && s.Called[2].Key == w.people[2] && s.Called[2].For != ""
			}},
		{"增减人员", "", field.Values{"planned": []string{w.people[2], w.people[3]}, "invited": []string{"市住建局 老孙"}},
			func(s session.Session) bool {
				_, gone := s.Person(w.people[1])
				_, new := s.Person(w.people[3])
				return !gone && new && len(s.Awaited()) == 3
			}},
		{"更正", "", field.Values{"topic": "七巷排水"}, func(s session.Session) bool { return s.Topic == "七巷排水" }},
		{"改期", "reason", field.Values{"day": "2027-01-13", "reason": "大雪"},
			func(s session.Session) bool {
				return s.State == session.Altered && s.Day == "2027-01-13" && s.Moves[0].Reason == "大雪"
			}},
		{"提出异议", "object", field.Values{"who": w.people[3], "object": "那天在省里开会"},
			func(s session.Session) bool { return len(s.Objects) == 1 && s.Objects[0].Key == w.people[3] }},
		{"答复异议", "answer", field.Values{"who": w.people[3], "answer": "已核对"},
			func(s session.Session) bool { return s.Objects[0].Answer == "已核对" }},
		{"取消", "reason", field.Values{"reason": "停电"},
			func(s session.Session) bool { return s.State == session.Cancelled && s.Cause == "停电" && s.Owes() }},
		{"公告", "", field.Values{"places": []string{"微信群"}}, func(s session.Session) bool { return !s.Owes() }},
		{"作废", "reason", field.Values{"reason": "写错了"}, func(s session.Session) bool { return s.State == session.Void }},
	} {
		before := w.sitting(t)
		w.tap(t, step.button)
		if step.wrong != "" {
			w.tap(t, step.button)
			if now := w.sitting(t); now.State != before.State || len(now.History) != len(before.History) || !strings.Contains(w.words(), "红字写明") {
				t.Errorf("%s: without anything written it says %s", step.button, w.words())
			}
		}
		w.shot(t, "sheet-"+step.button)
		w.fill(t, step.fill, step.button)
		if s := w.sitting(t); !step.holds(s) {
			t.Fatalf("%s: %+v\nsaid %q: %s", step.button, s, w.said, w.words())
		}
		w.reopen()
	}
}

// What an activity found is handed to a unit, which replies; what a deputy did elsewhere counts when it was confirmed.
func TestAfterwards(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	id := w.sits(t, "2027-01-06", 0, func(b *session.Opening) { b.Kind, b.Type, b.Becomes = "activity", "survey", session.Open })
	told := w.sits(t, "2027-01-05", 0, func(b *session.Opening) {
		b.Kind, b.Type, b.Becomes, b.Called = "activity", "training", session.Told, b.Called[:1]
	})
	w.show(t, wide, 18)
	open := func(id string) {
		s, err := w.Agenda.Session(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		w.Page.Open(s)
	}
	open(id)
	w.tap(t, "交办意见")
	w.fill(t, field.Values{"unit": "街道办", "what": "修好七巷的路灯"}, "交办意见")
	w.reopen()
	w.tap(t, "单位答复")
	w.shot(t, "sheet-单位答复")
	w.fill(t, field.Values{"answer": "已修好"}, "单位答复")
	if r := w.sitting(t).Results; len(r) != 1 || r[0].Unit != "街道办" || r[0].Reply != "已修好" {
		t.Errorf("handed %+v, said %q", r, w.said)
	}
	w.Back()
	open(told)
	w.tap(t, "确认")
	w.fill(t, field.Values{"note": "看过通知"}, "确认")
	if s := w.sitting(t); s.State != session.Held || s.Confirmer == "" {
		t.Errorf("%v %q: %q", s.State, s.Confirmer, w.said)
	}
}

// A check on the list of what is to be done is ticked with one press, beside the month too.
func TestChecks(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	id := w.sits(t, "2027-01-08", 0, nil)
	w.show(t, wide, 18)
	var tick func(o fyne.CanvasObject) bool
	tick = func(o fyne.CanvasObject) bool {
		if c, ok := o.(*kit.Check); ok && c.Text == "贴出公告" {
			c.SetChecked(true)
			return true
		}
		for _, part := range parts(o) {
			if tick(part) {
				return true
			}
		}
		return false
	}
	if s, err := w.Agenda.Session(ctx, id); !tick(w.side) || err != nil {
		t.Fatalf("no check beside the month of %+v: %v", s.Checks, err)
	}
	if s, err := w.Agenda.Session(ctx, id); err != nil || !s.Checks[1].Done {
		t.Errorf("%+v %v", s.Checks, err)
	}
}

// U sets a rule and changes it; P shows what it would make, and makes it only when that is confirmed.
func TestRuleAndPlan(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	w.show(t, wide, 18)
	w.press(fyne.KeyU)
	w.shot(t, "rules")
	w.tap(t, "定一条新的")
	w.shot(t, "rule")
	w.tap(t, "记下规则")
	if !strings.Contains(w.words(), "红字写明") {
		t.Errorf("a rule without days says %s", w.words())
	}
	w.fill(t, field.Values{"every": "week", "weekday": "一", "deputies": "2"}, "记下规则")
	if list, err := w.Agenda.Rules(ctx, ""); err != nil || len(list) != 1 || list[0].Every != "week" {
		t.Fatalf("%+v %v: %q", list, err, w.said)
	}
	w.press(fyne.KeyU, fyne.KeyReturn)
	w.shot(t, "rule-change")
	w.fill(t, field.Values{"weekday": "一、四"}, "记下规则")
	if list, err := w.Agenda.Rules(ctx, ""); err != nil || len(list) != 1 || len(list[0].Weekday) != 2 {
		t.Fatalf("%+v %v: %q", list, err, w.said)
	}
	w.press(fyne.KeyP)
	w.shot(t, "plan")
	w.fill(t, field.Values{"from": "2027-01-08", "to": "2027-03-31"}, "看会安排什么")
	w.shot(t, "plan-sure")
	if n := len(w.month.shown); n != 0 || !strings.Contains(w.words(), "会新安排 22 场") {
		t.Fatalf("%d are there before anybody said so: %s", n, w.words())
	}
	w.tap(t, "先不安排")
	w.press(fyne.KeyP)
	w.fill(t, field.Values{"from": "2027-01-08", "to": "2027-03-31"}, "看会安排什么")
	w.tap(t, "安排这 22 场")
	if len(w.month.marks) != 6 || !strings.Contains(fmt.Sprint(w.said), "新安排 22 场") {
		t.Errorf("%d in January: %q", len(w.month.marks), w.said)
	}
}

// An office ticks stations with Space and plans for those alone.
func TestPlanForSeveral(t *testing.T) {
	w := newWorld(t, "county", "141102", 3)
	w.show(t, wide, 18)
	for i := range 3 {
		w.press(fyne.KeyU)
		w.tap(t, "定一条新的")
		w.fill(t, field.Values{"station": nth(i), "every": "month", "day": "20", "deputies": "2"}, "记下规则")
	}
	w.press(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace, fyne.KeyP)
	w.shot(t, "plan-several")
	if !strings.Contains(w.words(), "只排勾选的 2 个站：第1站、第3站") {
		t.Errorf("it says %s", w.words())
	}
	w.tap(t, "看会安排什么")
	w.tap(t, "安排这 2 场")
	var sits []int
	for _, r := range w.month.rows {
		sits = append(sits, r.sits)
	}
	if fmt.Sprint(sits) != "[1 0 1]" {
		t.Errorf("planned %v: %q", sits, w.said)
	}
}

// A round of visits: a household is noted, written again, becomes a matter; a return visit is planned from a matter.
func TestVisits(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	id := w.sits(t, "2027-01-08", 0, func(b *session.Opening) { b.Kind, b.From, b.To = "visit", "09:00", "11:00" })
	w.show(t, wide, 18)
	raised := ""
	w.actions.Raise = func(s session.Session, stop string, done func()) { raised = s.ID + " " + stop; done() }
	w.press(fyne.KeyReturn, fyne.KeyV)
	w.shot(t, "visit")
	w.fill(t, field.Values{"address": "七巷3号", "name": "单志远", "words": "门口没有路灯"}, "记下")
	w.shot(t, "visit-whole")
	if s := w.sitting(t); len(s.Stops) != 1 || s.Homes[s.Stops[0].Key].Words != "门口没有路灯" {
		t.Fatalf("%+v %+v: %q", s.Stops, s.Homes, w.said)
	}
	w.tap(t, "再写")
	w.fill(t, field.Values{"again": "2027-01-15"}, "记下")
	if s := w.sitting(t); len(s.Stops) != 1 || s.Stops[0].Again != "2027-01-15" {
		t.Errorf("written again: %+v", s.Stops)
	}
	w.tap(t, "登记成事项")
	if s := w.sitting(t); raised != id+" "+s.Stops[0].Key {
		t.Errorf("raised %q", raised)
	}
	w.Back()
	m := w.Receive(desk.Draft{Title: "七巷没有路灯", Name: "单志远", Words: "没有路灯"})
	w.Return(m)
	w.shot(t, "return")
	w.fill(t, field.Values{"day": "2027-01-20", "planned": []string{w.people[1]}}, "安排回访")
	i := w.month.at("2027-01-20")
	if ss := w.month.days[i].sessions; len(ss) != 1 || ss[0].Kind != "visit" || ss[0].Followed != m.ID || ss[0].Called[0].Key != w.people[1] {
		t.Errorf("%+v: %q", ss, w.said)
	}
}

// What was held without this computer is written down afterwards: a day that is over is said to be held already, who came
// has a line each, and it stands in the records of those who came. What is still to come cannot be ended.
func TestEnded(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	w.show(t, wide, 18)
	w.press(fyne.KeyN)
	day := w.World.Now.AddDate(0, 0, -1).Format(time.DateOnly)
	round := field.Values{"kind": "visit", "day": day, "from": "09:00", "to": "11:00", "planned": w.people[:2]}
	w.fill(t, round, "安排一场")
	if !strings.Contains(w.words(), "请选“已经举行”") || strings.Contains(w.words(), "becomes") {
		t.Error(w.words())
	}
	w.fill(t, field.Values{"open": true}, "安排一场")
	if said := w.said[len(w.said)-1]; !strings.Contains(said, "按 D") {
		t.Errorf("what is to be done next is not said: %q", said)
	}
	w.Page.Open(w.month.shown[0])
	w.press(fyne.KeyD)
	w.shot(t, "ended")
	w.fill(t, field.Values{"came " + w.people[0]: "came"}, "结束")
	if now := w.sitting(t); now.State != session.Open || !strings.Contains(w.words(), "请选到了没有") {
		t.Errorf("%v, though nobody said whether the other came: %s", now.State, w.words())
	}
	w.fill(t, field.Values{"came " + w.people[1]: "生病", "besides": w.people[2:3]}, "结束")
	now := w.sitting(t)
	first, _ := now.Person(w.people[0])
	second, _ := now.Person(w.people[1])
	third, _ := now.Person(w.people[2])
	if now.State != session.Held || !first.Came || !second.Absent || second.Excuse != "生病" || !third.Came || !third.Extra {
		t.Errorf("%v %+v: %q", now.State, now.Called, w.said)
	}
	w.Back()
	for kind, want := range map[string]string{"reception": "来访群众", "activity": "活动记录"} {
		w.sits(t, w.World.Now.AddDate(0, 0, -2).Format(time.DateOnly), 0, func(b *session.Opening) { b.Kind, b.Type = kind, "" })
		ss, _, err := w.Agenda.Sessions(ctx, agenda.Filter{Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		w.Page.Open(ss[0])
		w.press(fyne.KeyD)
		if !strings.Contains(w.words(), want) {
			t.Errorf("%s: %s", kind, w.words())
		}
		w.tap(t, "不办了")
		w.Back()
	}
	w.sits(t, w.World.Now.AddDate(0, 0, 3).Format(time.DateOnly), 0, func(b *session.Opening) { b.Kind = "visit" })
	ss, _, err := w.Agenda.Sessions(ctx, agenda.Filter{From: w.World.Now.AddDate(0, 0, 1).Format(time.DateOnly)})
	if err != nil || w.may(over, ss[0]) {
		t.Errorf("%+v may be ended: %v", ss, err)
	}
}

// Whoever is taken away while he writes finds it again: what was typed on a sheet stays.
func TestLeftAndBack(t *testing.T) {
	w := newWorld(t, "station", "141102002003", 1)
	w.show(t, wide, 18)
	w.press(fyne.KeyN)
	w.form.Fill(w.form.Values().With(field.Values{"topic": "七巷排水"}))
	w.tap(t, "不办了") // as before another page opens
	w.Shown()
	w.press(fyne.KeyN)
	w.shot(t, "left-and-back")
	if got := w.form.Values().Text("topic"); got != "七巷排水" || !strings.Contains(w.words(), "都还在") {
		t.Errorf("the topic is %q: %s", got, w.words())
	}
	w.fill(t, field.Values{"planned": w.people[:1]}, "安排一场")
	if len(w.month.shown) != 1 || w.month.shown[0].Topic != "七巷排水" {
		t.Errorf("%+v: %q", w.month.shown, w.said)
	}
	w.Page.Open(w.month.shown[0])
	w.World.Now = w.World.Now.Add(time.Minute)
	w.Shown() // another page was shown in between
	if w.open == nil || !strings.Contains(w.words(), "七巷排水") {
		t.Errorf("the session is not open any more: %s", w.words())
	}
}
