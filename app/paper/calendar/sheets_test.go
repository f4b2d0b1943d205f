package calendar

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/session"
)

// bound are pages as a document.
func bound(sides []table.Side) typeset.Document { return table.Bind("", today, false, sides) }

// held is an evening with twelve deputies and twenty matters, closed: one was replaced, one away, one came by himself.
func held() Calendar {
	c := crowded().raise(20)
	s := &c.Sessions[0]
	s.State, s.Began, s.Ended, s.Citizens, s.Explained = session.Held, "19:28", "21:40", 27, "讲了今年冬季清洁取暖补贴的标准和办法，发了明白纸 30 份"
	for i := range s.Called {
		who := &s.Called[i]
		who.Came, who.Arrived, who.Left = true, "19:28", "21:40"
		switch i {
		case 3:
			who.Came, who.Instead, who.Excuse, who.Arrived, who.Left = false, s.Called[4].Name, "出差", "", ""
			s.Called[4].For = who.Name
		case 5:
			who.Came, who.Absent, who.Excuse, who.Arrived, who.Left = false, true, "请假", "", ""
		}
	}
	s.Called = append(s.Called, session.Called{Key: "韩冬梅", Name: "韩冬梅", Part: "join", Came: true, Extra: true, Arrived: "20:10"})
	return c
}

// Who sits with sixty others has a line for his name as well, and who wrote the sheet stands below the last.
func TestSixtySign(t *testing.T) {
	for _, n := range []int{20, 36, 48, 60, 90, 150} {
		c := evening(1)
		s := &c.Sessions[0]
		s.Kind, s.Type, s.Called = "activity", "inspection", nil
		for i := range n {
			s.Called = append(s.Called, session.Called{Name: fmt.Sprintf("第%d位", i+1), Part: "guest"})
		}
		d, err := Sheets(c, office())
		if err != nil {
			t.Fatal(err)
		}
		says := text(read(t, fmt.Sprint("session-sheet-", n), d, 9))
		for i := range n {
			if got := strings.Count(says, fmt.Sprintf("第%d位", i+1)); got != 2 {
				t.Errorf("of %d the %dth stands %d times on the sheet", n, i+1, got)
			}
		}
		if !strings.Contains(says, "记录人") || !strings.Contains(says, "站长") {
			t.Errorf("%d: nobody wrote the sheet", n)
		}
	}
}

// The sheet of an evening says all of it: who was there and when, who not and why, what was raised and answered, and has a
// line for each who signs. No citizen's name, no phone, nothing of a confidential matter is on it.
func TestTheSheetOfAnEvening(t *testing.T) {
	c := held()
	d, err := Sheets(c, office())
	if err != nil || len(d.Pages) < 2 {
		t.Fatal(len(d.Pages), err)
	}
	ps := read(t, "session-sheet-held", d, 10.5)
	says := strings.ReplaceAll(text(ps), "\n", "")
	s := c.Sessions[0]
	for _, want := range []string{"19:28—21:40", "（请假）", s.Called[3].Name + "（出差）由" + s.Called[4].Name + "代", "韩冬梅（临时到场，20:10）", "来访 27 人；提出 20 件", "清洁取暖补贴",
		"第 20 件", "已告诉社区，本周内先清一次淤", "保密件，内容另存", "到场代表签名", "记录人", "单**"} {
		if !strings.Contains(says, want) {
			t.Errorf("the sheet does not say %s", want)
		}
	}
	if strings.Contains(says, "单志远") {
		t.Error("a citizen is named on what many sign")
	}
	if n := strings.Count(says, "保密件"); n != 5 {
		t.Errorf("%d confidential matters", n)
	}
	nobody := evening(2)
	nobody.Sessions[0].State = session.Held
	d, _ = Sheets(nobody, office())
	if says := text(read(t, "session-sheet-nobody", d, 10.5)); !strings.Contains(says, "无人来访") || len(d.Pages) != 1 {
		t.Errorf("%s", says)
	}
	nobody.Sessions[0].State = session.Planned // it is printed before, to be written on
	d, _ = Sheets(nobody, office())
	if says := text(read(t, "session-sheet-blank", d, 10.5)); strings.Contains(says, "无人来访") && !strings.Contains(says, "写 0") || len(d.Pages) != 1 {
		t.Errorf("%s", says)
	}
	c.Sessions[0].Kind, c.Sessions[0].Type, c.Sessions[0].Minutes = "activity", "survey", strings.Repeat("代表们先后察看了七巷排水、燃气调压箱和养老服务中心，听取了汇报，提出了意见。", 100)
	c.Sessions[0].Results = []session.Result{{Unit: "离石区水利局", What: "七巷排水管道年内改造", Day: "2027-01-13", Reply: "已列入计划", On: "2027-02-01"}}
	c.Raised = nil
	d, _ = Sheets(c, office())
	read(t, "session-sheet-activity", d, 10.5)
	rating := evening(2)
	s = rating.Sessions[0]
	s.Kind, s.Type = "activity", "account"
	rating.Sessions[0] = s
	d, _ = Sheets(rating, office())
	if says := text(read(t, "session-sheet-rating-blank", d, 10.5)); !strings.Contains(says, "测评票") {
		t.Errorf("no room to count ballots: %s", says)
	}
	rating.Sessions[0].State, rating.Sessions[0].Ballots = session.Held, session.Ballots{Issued: 30, Collected: 28, Satisfied: 20, Basically: 5, Unsatisfied: 1, Abstained: 1, Spoiled: 1}
	d, _ = Sheets(rating, office())
	if says := text(read(t, "session-sheet-rating", d, 10.5)); !strings.Contains(says, "发出 30 票，收回 28 票，有效 27 票") || !strings.Contains(says, "满意 20 票，基本满意 5 票，不满意 1 票，弃权 1 票") {
		t.Errorf("%s", says)
	}
}

// The sign-in sheet has everybody who is awaited and lines for others; who came is on it with his hours.
func TestSignIn(t *testing.T) {
	c := held()
	ps := read(t, "sign-in", bound(c.SignIn(c.Sessions[0], office())), 10.5)
	says := text(ps)
	for _, who := range c.Sessions[0].Called {
		if who.Instead == "" && !strings.Contains(strings.ReplaceAll(says, "\n", ""), who.Name) {
			t.Errorf("%s is not on it", who.Name)
		}
	}
	if slices.ContainsFunc(ps, func(p papertest.Piece) bool { return p.Text == c.Sessions[0].Called[3].Name }) {
		t.Error("who is replaced is awaited")
	}
}

// The sheet of a round of visits is blank before and filled after; what its first pages add up names nobody.
func TestHouseholds(t *testing.T) {
	c := evening(2)
	s := &c.Sessions[0]
	read(t, "visit-sheet-blank", bound(Calendar{}.Households(session.Session{}, office())), 10.5)
	s.Kind, s.State, s.Homes = "visit", session.Held, map[string]session.Home{}
	for i := range 24 {
		key := fmt.Sprint("home", i)
		s.Stops = append(s.Stops, session.Stop{Key: key})
		s.Homes[key] = session.Home{Name: "成秀莲", Phone: "13835812345", Address: "袁家庄社区七巷3号", Words: "成秀莲说七巷没有路灯，晚上老人出门不方便，电话 13835812345", Said: "讲了医保缴费"}
	}
	s.Stops[0].Matter, s.Stops[0].Again = "m1", "2027-02-11"
	m := matter.Matter{Report: matter.Report{Number: "02-002003-27-A0001-7", Title: "七巷装路灯"}, State: matter.Registered}
	m.ID = "m1"
	c.Raised = []matter.Matter{m}
	all := read(t, "visit-sheet", bound(c.Households(*s, office())), 10.5)
	summary, whole := "", strings.ReplaceAll(text(all), "\n", "")
	for _, p := range all {
		if strings.Contains(p.Text, "户主姓名") {
			break
		}
		summary += p.Text
	}
	for _, private := range []string{"成秀莲", "13835812345", "七巷3号"} {
		if strings.Contains(summary, private) || !strings.Contains(whole, private) {
			t.Errorf("%s: on the summary %v, with the households %v", private, strings.Contains(summary, private), strings.Contains(whole, private))
		}
	}
	if !strings.Contains(summary, "七巷装路灯") || !strings.Contains(summary, "02-002003-27-A0001-7") || !strings.Contains(summary, "2027年2月11日") {
		t.Errorf("%s", summary)
	}
}

// year is a year of receptions of one station with visits and activities.
func year() Calendar {
	one := crowded()
	c := Calendar{From: "2027-01-01", To: "2027-12-31", People: one.People}
	for i := range 24 {
		s := evening(3).Sessions[0]
		s.Day = time.Date(2027, time.Month(i/2+1), 11+i%2*8, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		s.Called = one.Sessions[0].Called[i%9 : i%9+3]
		if i == 4 {
			s = one.Sessions[0]
			s.Day = "2027-03-11"
		}
		if i == 7 {
			s.State = session.Cancelled
		}
		s.Kind = []string{"reception", "visit", "activity"}[max(0, i-21)]
		if i == 23 {
			s.Type = "survey"
		}
		s.Notices = []session.Notice{{Day: "2027-01-09"}}
		c.Sessions = append(c.Sessions, s)
	}
	return c
}

// The plan of a year names each session once, and is set in type that is read on a wall.
func TestPlan(t *testing.T) {
	c := year()
	says := text(read(t, "plan-year", bound(Plan(c, office())), 14))
	for _, want := range []string{"共 24 场", "2027年\n", "视察调研", "已取消", "代表进站接待和活动安排表"} {
		if !strings.Contains(says, want) {
			t.Errorf("the plan does not say %s", want)
		}
	}
	c.Sessions = c.Sessions[:2]
	c.To = "2027-01-31"
	if says := text(read(t, "plan-month", bound(Plan(c, office())), 14)); !strings.Contains(says, "2027年1月\n") || !strings.Contains(says, "代表进站接待安排表") {
		t.Errorf("%s", says)
	}
	c.Sessions = nil
	read(t, "plan-blank", bound(Plan(c, office())), 14)
	if got := Period("2027-04-01", "2027-06-30") + Period("2027-04-02", "2027-06-30") + Period("", ""); got != "2027年第二季度2027年4月2日—2027年6月30日" {
		t.Errorf("%s", got)
	}
}
