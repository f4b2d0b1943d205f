package reception

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/session"
	"lianluo.local/data/store"
	"lianluo.local/ui/kit"
)

func TestDeputiesStayForTheEvening(t *testing.T) {
	tb := sit(t, t.TempDir())
	tb.deputy.Entry.SetText("李慧敏（市人大代表）")
	tb.deputy.Entry.OnKey(fyne.KeyReturn)
	tb.form.Entry("words").SetText("甲")
	tb.Save()
	tb.form.Entry("words").SetText("乙")
	tb.Save()
	if len(tb.printed) != 2 || len(tb.printed[1].Deputies) != 1 {
		t.Errorf("second visitor sits before %v", tb.printed)
	}
	tb.shot(t, "deputies")
}

// Who was ticked at the evening is lit for each citizen without being chosen; somebody who leaves or comes changes that, and
// else stays whom the last citizen was with.
func TestWhoWasTickedIsLit(t *testing.T) {
	tb := sit(t, t.TempDir())
	write := func(id, do string, body any) string {
		t.Helper()
		sums, err := tb.Store.Write(context.Background(), store.Act{Kind: session.Name, Thing: id, Do: do, Unit: tb.Settings.Unit, At: evening, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		return sums[0].Shared().ID
	}
	a, b := session.Called{Key: "单桂花", Name: "单桂花", Came: true, Arrived: "19:25"}, session.Called{Key: "解玉兰", Name: "解玉兰", Came: true, Arrived: "19:28"}
	id := write("", session.Plan, session.Opening{Facts: session.Facts{Kind: "reception", Day: "2026-11-23", From: "19:30", To: "21:00"},
		Station: tb.Settings.Unit, Becomes: session.Open})
	for _, c := range []struct {
		said session.Said
		only string // whom alone somebody lights then
		want string
	}{{session.Said{Called: []session.Called{a}}, "", "单桂花"}, {session.Said{Called: []session.Called{b}}, "", "单桂花 解玉兰"},
		{session.Said{Note: "宣讲完了"}, "解玉兰", "解玉兰"}, {session.Said{Off: []string{"解玉兰"}}, "", "单桂花"}} {
		write(id, session.Attend, c.said)
		tb.Shown()
		if on := strings.Join(tb.know.latest.Deputies, " "); c.only == "" && on != c.want {
			t.Errorf("%+v: on the paper beside the form stands %q", c.said, on)
		}
		if c.only != "" {
			tb.deputies.Choose(c.only)
		}
		tb.form.Entry("words").SetText("甲" + c.want)
		tb.Save()
		if m := tb.printed[len(tb.printed)-1]; strings.Join(m.Deputies, " ") != c.want || m.Session != id {
			t.Errorf("%+v: %v at %q", c.said, m.Deputies, m.Session)
		}
	}
}

// add puts somebody on the roster who is grouped here, as the station itself may.
func (tb *table) add(t *testing.T, name, more string) string {
	t.Helper()
	o, err := roster.Parse([]byte(`{"do":"add","name":"` + name + `","stations":["` + apptest.Yuanjia + `"]` + more + `}`))
	if err != nil {
		t.Fatal(err)
	}
	p, err := tb.Roster.Act(context.Background(), someone, "", o)
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// Deputies who are grouped here are chosen by a digit, others by the first letters of their names, who sits here today
// stands first; a name that nobody bears is taken as it is written. The matter knows whom it names.
func TestDeputiesAreChosen(t *testing.T) {
	dir := t.TempDir()
	tb := sit(t, dir)
	ids := map[string]string{}
	for _, name := range []string{"李慧敏", "王建国", "任丽萍", "宋玉峰", "阿依古丽·买买提", "解福生", "单志远", "欧阳建国", "曾庆红梅", "查文斌", "赵一鸣", "钱多多"} {
		ids[name] = tb.add(t, name, mandated)
	}
	ids["孙联络"] = tb.add(t, "孙联络", `,"roles":["联络员"]`)
	tb.Shown()
	tb.shot(t, "roster")
	if got := tb.deputies.Options(); len(got) != 12 || slices.Contains(got, kit.Option{Code: "孙联络", Text: "孙联络"}) {
		t.Errorf("offered %v", got)
	}
	second := tb.deputies.Options()[1].Text
	c := tb.window.Canvas()
	c.Focus(tb.deputies)
	tb.typed("2")
	c.Focus(tb.deputy.Entry)
	tb.typed("slm") // nobody
	if got := tb.deputy.Offered(); len(got) != 1 || got[0].Text != "slm" {
		t.Errorf("nobody's letters find %v", got)
	}
	tb.press(fyne.KeyEscape)
	tb.deputy.Entry.SetText("")
	tb.typed("szl") // 孙联络 = sll
	tb.deputy.Entry.SetText("")
	tb.typed("sll")
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject
	if end := where(tb.deputy.Container).Y + tb.deputy.Container.MinSize().Height; end > where(tb.scroll).Y+tb.scroll.Size().Height {
		t.Error("what is offered is out of sight")
	}
	tb.shot(t, "letters")
	tb.press(fyne.KeyReturn)
	if c.Focused() != tb.deputy.Entry || tb.deputy.Entry.Text != "" {
		t.Errorf("after one was chosen the cursor is in %T", c.Focused())
	}
	tb.typed("孙联")
	if got := tb.deputy.Offered(); len(got) != 2 || got[0].Note != "名册上没有，照写" || got[1].Text != "孙联络" {
		t.Errorf("a part of a name finds %v", got)
	}
	tb.deputy.Entry.SetText("")
	tb.typed("赵来客")
	tb.shot(t, "guest")
	tb.press(fyne.KeyReturn)
	tb.form.Entry("words").SetText("甲")
	tb.Save()
	if len(tb.printed) != 1 {
		t.Fatal(tb.Said())
	}
	m := tb.printed[0]
	if !slices.Equal(m.Deputies, []string{second, "孙联络", "赵来客"}) || len(m.Persons) != 2 || m.Persons[second] != ids[second] ||
		m.Persons["孙联络"] != ids["孙联络"] {
		t.Errorf("%v are %v", m.Deputies, m.Persons)
	}
	again := sit(t, dir) // the same evening
	if got := again.deputies.Options(); got[0].Text != second || got[1].Text != "孙联络" || got[2].Text != "赵来客" || !slices.Equal(again.draft().Deputies, m.Deputies) ||
		len(again.draft().Persons) != 2 {
		t.Errorf("today's stand %v, chosen %v", got, again.draft().Deputies)
	}
}

// Two of one name who sit at one table are told apart, and each is himself.
func TestTwoDeputiesOfOneName(t *testing.T) {
	tb := sit(t, t.TempDir())
	one, two := tb.add(t, "王明", mandated), tb.add(t, "王明", `,"mandates":[{"level":"乡","congress":"九届","place":"凤山街道"}],"sex":"女"`)
	tb.Shown()
	if got := tb.deputies.Options(); len(got) != 2 || got[0].Text != "王明（县人大代表）" || got[1].Text != "王明（乡人大代表）" {
		t.Fatalf("offered %v", got)
	}
	tb.deputy.Entry.SetText("wm")
	tb.deputy.Entry.OnKey(fyne.KeyDown)
	tb.deputy.Entry.OnKey(fyne.KeyReturn)
	if d := tb.draft(); d.Persons["王明（乡人大代表）"] != two || one == two {
		t.Errorf("%v %v", d.Deputies, d.Persons)
	}
	tb.deputies.Choose()
	tb.deputy.Entry.SetText("王明")
	if got := tb.deputy.Offered(); len(got) != 2 {
		t.Errorf("by name %v", got)
	}
}

// Who is on leave today is offered last, with a sign; who left, or was only invited, is not, and is taken where somebody
// writes him all the same: what is odd about him is said then.
func TestWhoIsAwayIsOfferedLast(t *testing.T) {
	tb := sit(t, t.TempDir())
	act := func(id, body string) {
		t.Helper()
		o, err := roster.Parse([]byte(body))
		if err == nil {
			_, err = tb.Roster.Act(context.Background(), someone, id, o)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	away := tb.add(t, "安在外", mandated)
	act(away, `{"do":"leave","from":"2026-11-20","to":"2026-11-30"}`)
	tb.add(t, "李慧敏", mandated)
	tb.add(t, "王特邀", `,"roles":["特邀"]`)
	tb.add(t, "王明", mandated)
	tb.add(t, "曾当过", `,"mandates":[{"level":"县","congress":"十三届","state":"已终止","until":"2026-10-01","reason":"换届"}]`)
	tb.Shown()
	tb.shot(t, "away")
	said := func(os []kit.Option) string {
		var all []string
		for _, o := range os {
			all = append(all, strings.TrimSuffix(o.Text+" "+o.Note, " "))
		}
		return strings.Join(all, "、")
	}
	if got := said(tb.deputies.Options()); got != "李慧敏、王明、安在外（今天请假）" {
		t.Errorf("offered %s", got)
	}
	for typed, want := range map[string]string{"azw": "安在外 县人大代表，今天请假", "wty": "wty 名册上没有，照写", "cdg": "cdg 名册上没有，照写",
		"曾当过": "曾当过 代表职务已终止，照写", "王特邀": "王特邀 不是在任代表，照写"} {
		tb.deputy.Entry.SetText(typed)
		if got := said(tb.deputy.Offered()); got != want {
			t.Errorf("%s finds %s", typed, got)
		}
	}
	tb.shot(t, "away found")
	tb.deputy.Entry.SetText("")
	tb.form.Entry("words").SetText("路灯不亮")
	tb.deputies.Choose("安在外", "王明")
	tb.Save()
	if !strings.Contains(tb.Said(), "安在外在 2026-11-23 请假") || strings.Contains(tb.Said(), "王明") || tb.printed[0].Persons["安在外"] != away {
		t.Errorf("said %q of %v", tb.Said(), tb.printed[0].Persons)
	}
	tb.shot(t, "away saved")
}
