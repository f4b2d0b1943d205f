package proposal

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/apptest"
	"lianluo.local/data/field"
	"lianluo.local/data/suggestion"
)

// An office goes through what waits with one key: the next number, taken up, handed on, signed for; the arrows choose,
// baskets count, and the numbers that are missing stand in one line.
func TestTriage(t *testing.T) {
	w := newWorld(apptest.Alone(t, "county", apptest.County))
	deputies(t, w.Seat, []string{"王明", "李慧敏"})
	old := w.begun(t, "关于疏通七巷排水沟的建议")
	w.do(t, old.ID, `{"do":"register","number":"3"}`)
	for i := range 3 {
		w.begun(t, fmt.Sprintf("关于给%d号院装路灯的建议", i+1))
	}
	w.show(t, wide, 18)
	w.says(t, "待登记", "待审查", "十四届七次　缺 1、2 号。", "一共 4 件。")
	w.Basket("register")
	w.win.Shot("register")
	if s, ok := w.table.Chosen(); !ok || s.Title != "关于给3号院装路灯的建议" || len(w.table.Rows()) != 3 {
		t.Fatalf("chosen is %q of %d", s.Title, len(w.table.Rows()))
	}
	for _, want := range []string{"4", "5", "6"} {
		w.win.Press(fyne.KeySpace)
		if !strings.Contains(w.last(), "已登记为 "+want+" 号") {
			t.Errorf("it says %s", w.last())
		}
	}
	w.says(t, "这一栏里没有等着办的")
	w.win.Press(fyne.KeyRight)
	if w.basket != "examine" || len(w.table.Rows()) != 4 {
		t.Fatalf("→ leads to %s of %d", w.basket, len(w.table.Rows()))
	}
	w.win.Press(fyne.KeyDown, fyne.KeySpace)
	if s, _ := w.Docket.Find(ctx, "5"); s.State != suggestion.Accepted {
		t.Errorf("the second one is %v, it says %s", s.State, w.last())
	}
	if s, ok := w.table.Chosen(); !ok || s.Number != "4" && s.Number != "6" {
		t.Errorf("nobody goes on to the next: %s", s.Number)
	}
	w.Basket("assign")
	w.win.Press(fyne.KeySpace)
	w.win.Shot("assign")
	w.says(t, "交办 5 号", "主办单位")
	w.send()
	w.says(t, "请写主办单位") // at its field
	w.win.Shot("assign-refused")
	w.form.Fill(field.Values{"to": []string{"住房和城乡建设局"}, "help": []string{"财政局"}})
	w.send()
	s, _ := w.Docket.Find(ctx, "5")
	if s.State != suggestion.Assigned || hands(s) != "住房和城乡建设局" || len(s.Helpers()) != 1 {
		t.Errorf("it is %v with %s: %s", s.State, hands(s), w.last())
	}
	w.Basket("sign")
	w.win.Press(fyne.KeySpace)
	if s, _ = w.Docket.Find(ctx, "5"); s.State != suggestion.InHand {
		t.Errorf("it is %v: %s", s.State, w.last())
	}
	w.win.Press(fyne.KeySpace)
	if !strings.Contains(w.last(), "请先用 ↑↓ 选一件") {
		t.Errorf("it says %s", w.last())
	}
	w.Basket("")
	w.win.Press(fyne.KeyReturn)
	w.win.Shot("whole")
	if w.open == nil || !w.Back() || w.open != nil {
		t.Error("Enter does not open, or Esc does not lead back")
	}
	w.Print()
	w.win.Tap("2026年 代表建议办理情况")
	if fmt.Sprint(w.printed) != "[suggestion-table of 2026]" {
		t.Errorf("printed %v", w.printed)
	}
	w.search.SetText("排水沟")
	if len(w.table.Rows()) != 1 {
		t.Errorf("found %d", len(w.table.Rows()))
	}
	w.win.Shot("found")
	if !w.Back() || len(w.table.Rows()) != 4 {
		t.Error("Esc does not take back what was looked for")
	}
}

// A station makes one of what citizens said: those that are alike stand beside the chosen one, the draft counts and covers
// them, what is wanting is said beside it, and each citizen is shown with whether he was told.
func TestFromMatters(t *testing.T) {
	w := newWorld(apptest.Alone(t, "station", apptest.Yuanjia))
	deputies(t, w.Seat, []string{"王明", "李慧敏"}, apptest.Yuanjia)
	ms := w.received(7)
	w.show(t, wide, 18)
	w.says(t, "还没有代表建议")
	v, err := w.Ledger.Show(ctx, ms[0].ID)
	w.World.Must(err)
	w.From(nil, nil) // the newest stand there before a word is written
	if rows := w.gather.table.Rows(); len(rows) != 7 || rows[0].ID != ms[6].ID {
		t.Errorf("%d are offered", len(rows))
	}
	w.says(t, "已选 0 件")
	w.win.Press(fyne.KeyEscape)
	w.From([]lv{v}, nil)
	if len(w.gather.table.Rows()) != 7 {
		t.Fatalf("%d are alike", len(w.gather.table.Rows())-1)
	}
	w.says(t, "说法相近", "已选 1 件")
	w.win.Press(fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	w.win.Shot("gather")
	w.says(t, "已选 3 件")
	w.gather.search.SetText("没有这样的事")
	w.says(t, "没有找到“没有这样的事”", "已选 3 件")
	w.gather.search.SetText("5号楼")
	w.says(t, "5号楼没有通天然气")
	w.send()
	w.win.Shot("draft")
	if w.open == nil || len(w.open.Matters) != 3 || w.win.Canvas().Overlays().Top() != nil {
		t.Fatalf("open is %+v: %s", w.open, w.win.Words())
	}
	w.says(t, "由 3 件事项形成", "郝**", "等答复", "还没有领衔代表", "请代表写清请谁做什么")
	if strings.Contains(w.win.Words(), "郝春生") {
		t.Error("a citizen is named")
	}
	w.win.Tap("修改")
	w.form.Fill(w.form.Values().With(field.Values{"congress": "十四届七次", "proposal": "请住建局明年采暖季前接通管道，并公布时间表。"}))
	w.send()
	if s := w.open; s.Congress != "十四届七次" || s.Untouched {
		t.Errorf("%+v: %s", s.Facts, w.win.Words())
	}
}

// One suggestion stands whole: how far it is, what it says as it will print, what it grew from, and the correspondence.
// Who handles it cannot rate it; one that is confidential shows number, state and days where its words are not known.
func TestWhole(t *testing.T) {
	w := newWorld(apptest.Alone(t, "county", apptest.County))
	deputies(t, w.Seat, []string{"王明", "李慧敏"})
	past := w.begun(t, "关于给老旧小区装路灯的建议")
	w.do(t, past.ID, `{"do":"register"}`)
	for _, body := range []string{`{"do":"accept"}`, `{"do":"assign","to":["城市管理局"]}`, `{"do":"sign"}`, `{"do":"answer","class":"B","answer":"已列入明年计划。","promises":[{"what":"装40盏灯","by":"2027-10-31"}]}`} {
		w.do(t, "1", body)
	}
	s := w.begun(t, "关于给老旧小区补装路灯的建议")
	w.show(t, wide, 18)
	w.Page.Open(s)
	w.win.Shot("whole-submitted")
	w.says(t, "以前相近的建议", "已列入明年计划", "③", "立案交办", "二、具体建议", "提交")
	w.do(t, s.ID, `{"do":"register"}`)
	for _, body := range []string{`{"do":"accept"}`, `{"do":"assign","to":["住房和城乡建设局"],"help":["财政局"]}`, `{"do":"sign"}`,
		`{"do":"contact","way":"当面","note":"和王明代表看了现场"}`, `{"do":"help","unit":"财政局","answer":"资金已安排"}`} {
		w.do(t, "2", body)
	}
	w.Shown()
	w.says(t, "资金已安排", "和王明代表看了现场", "答复…")
	w.win.Press(fyne.KeySpace)
	w.form.Fill(field.Values{"class": "3", "answer": "先装主巷，其余明年装。"})
	w.send()
	w.says(t, "请写承诺什么")
	w.win.Shot("answer-refused")
	w.form.Fill(field.Values{"class": "3", "answer": "先装主巷，其余明年装。", "promises": promisesOf("其余路灯装完", "2027-06-30")})
	w.send()
	w.win.Shot("whole-answered")
	if w.open.State != suggestion.Answered || len(w.open.Promises) != 1 {
		t.Errorf("%v %+v: %s", w.open.State, w.open.Promises, w.win.Words())
	}
	for _, do := range []string{"核定", "送达"} {
		w.says(t, do+"…")
		w.win.Press(fyne.KeySpace)
		w.send()
	}
	w.win.Press(fyne.KeySpace)
	w.win.Shot("rate")
	w.form.Fill(field.Values{"work": "satisfied", "result": "basically", "paper": "征询意见表"})
	w.send()
	if w.open.State != suggestion.Promised {
		t.Errorf("%v: %s", w.open.State, w.win.Words())
	}
	w.says(t, "办理结果 基本满意", "其余路灯装完")
	w.win.Shot("whole-promised")
}

// On an old screen with the largest letters and on the largest screen nothing ends outside.
func TestSizes(t *testing.T) {
	w := newWorld(apptest.Alone(t, "county", apptest.County))
	deputies(t, w.Seat, []string{"王明", "李慧敏"})
	for i := range 12 {
		s := w.begun(t, fmt.Sprintf("关于解决凤山街道袁家庄社区第%d片区停车难和排水不畅问题的建议", i+1))
		if i%2 == 0 {
			w.do(t, s.ID, `{"do":"register"}`)
		}
	}
	w.do(t, "1", `{"do":"accept"}`)
	w.do(t, "1", `{"do":"assign","to":["住房和城乡建设局"],"help":["财政局"]}`)
	for _, size := range []fyne.Size{usual, wide, fyne.NewSize(3600, 2080)} {
		for _, text := range []float32{18, 26} {
			name := fmt.Sprintf("%.0f-%.0f", size.Width, text)
			w.show(t, size, text)
			w.win.Press(fyne.KeyDown)
			w.win.Shot(name)
			w.win.Inside(name)
			one, _ := w.Docket.Find(ctx, "1")
			w.Page.Open(one)
			w.win.Shot(name + "-whole")
			w.win.Inside(name + " whole")
		}
	}
}

// Where a suggestion is confidential and its words are not for this computer, it shows number, state and days.
func TestConfidential(t *testing.T) {
	point, town, county, city := apptest.New(t).Chain()
	deputies(t, county, []string{"王明"}, apptest.Yuanjia)
	round := func() {
		for range 2 {
			for _, o := range []*apptest.Seat{point, town, county, city, point} {
				o.World.Later(time.Minute)
				o.World.Must(apptest.Err(o.Round(ctx, o.Clerk())))
			}
		}
	}
	round()
	at := newWorld(point)
	s := at.do(t, "", `{"title":"关于查处某企业排污的建议","congress":"十四届七次","level":"县","facts":"夜里偷排，群众怕报复。","proposal":"请生态环境局夜查。","confidential":true,"lead":"王明"}`)
	at.do(t, s.ID, `{"do":"cosign","who":"王明","paper":"附议签名页"}`)
	at.do(t, s.ID, `{"do":"submit"}`)
	round()
	above := newWorld(county)
	above.do(t, s.ID, `{"do":"register","number":"5"}`)
	round()
	for o, knows := range map[*apptest.Seat]bool{county: true, city: false} {
		w := newWorld(o).show(t, wide, 18)
		w.says(t, "【保密】")
		w.win.Press(fyne.KeyDown)
		got, err := w.Docket.Find(ctx, s.ID)
		w.World.Must(err)
		w.Page.Open(got)
		w.win.Shot("confidential-" + string(o.Settings.Role))
		w.says(t, "第 5 号", "待审查", "2026年11月21日")
		if said := w.win.Words(); strings.Contains(said, "排污") != knows || strings.Contains(said, "王明") != knows {
			t.Errorf("%v: %s", o.Settings.Role, said)
		}
	}
}

// The row that stands where somebody chose it stays when others come in, and what is typed on a sheet that was left is
// there again.
func TestNothingMoves(t *testing.T) {
	w := newWorld(apptest.Alone(t, "county", apptest.County))
	deputies(t, w.Seat, []string{"王明", "李慧敏"})
	first := w.begun(t, "关于给一号院装路灯的建议")
	w.show(t, wide, 18)
	w.win.Press(fyne.KeyDown)
	w.begun(t, "关于给二号院装路灯的建议")
	w.Shown()
	if s, ok := w.table.Chosen(); !ok || s.ID != first.ID || len(w.table.Rows()) != 2 {
		t.Errorf("chosen is %q of %d", s.Title, len(w.table.Rows()))
	}
	w.win.Press(fyne.KeyM)
	w.win.Tap("撤回")
	w.form.Fill(field.Values{"reason": "代表不提了"})
	w.win.Press(fyne.KeyEscape)
	w.win.Press(fyne.KeyM)
	w.win.Tap("撤回")
	w.says(t, "代表不提了", "上次写了还没有办的，都还在")
}

// A button that is gone does nothing any more: once its act was done elsewhere, the keyboard is on what is likely next.
func TestWhatWasDoneElsewhere(t *testing.T) {
	w := newWorld(apptest.Alone(t, "county", apptest.County))
	deputies(t, w.Seat, []string{"王明", "李慧敏"})
	s := w.begun(t, "关于给一号院装路灯的建议")
	w.show(t, wide, 18)
	w.Page.Open(s)
	w.do(t, s.ID, `{"do":"register"}`)
	w.Shown()
	w.win.Press(fyne.KeyReturn)
	w.says(t, "立案 1 号", "符合代表建议的条件")
}
