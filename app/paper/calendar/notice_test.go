package calendar

import (
	"strings"
	"testing"

	"lianluo.local/data/session"
)

// Who passes a notice at three metres reads when, where and who: the day and hour are twelve
// millimetres high at least, place and names ten, or eight where twelve deputies and all that may be said stand on it; nothing
// else is smaller than what citizens are given.
func TestANoticeIsReadFromThreeMetres(t *testing.T) {
	moved, gone, longest := evening(2), evening(2), crowded()
	moved.Sessions[0].State, moved.Sessions[0].Day = session.Altered, "2027-01-12"
	was := evening(2).Sessions[0]
	moved.Sessions[0].Notices = []session.Notice{{Day: "2027-01-08", Tells: was.Tells()}}
	moved.Sessions[0].Moves = []session.Shift{{Day: "2027-01-11", From: "19:30", To: "21:00", Place: was.Place, Reason: "大雪，道路结冰"}}
	gone.Sessions[0].State, gone.Sessions[0].Cause = session.Cancelled, "大雪"
	longest.Sessions[0].Moves, longest.Sessions[0].State = moved.Sessions[0].Moves, session.Altered
	longest.Sessions[0].Notices = moved.Sessions[0].Notices
	for name, c := range map[string]Calendar{"usual": evening(2), "alone": evening(1), "nobody": evening(0), "crowded": crowded(), "moved": moved, "gone": gone,
		"longest": longest} {
		for paper, sheet := range map[string]Poster{"a4": A4, "a3": A3} {
			d, err := Notices(c, office(), sheet)
			if err != nil || len(d.Pages) != 1 || d.Pages[0].W != sheet.w {
				t.Fatalf("%s: %d pages, %v", name, len(d.Pages), err)
			}
			ps := read(t, "notice-"+name+"-"+paper, d, 14)
			const mm = 72 / 25.4
			big := map[string]float64{"星期": 12, "19:30—21:00": 12, "袁家庄": 7.7}
			if name == "usual" || name == "moved" {
				big["袁家庄"], big[c.Sessions[0].Called[1].Name[:9]] = 9.8, 9.8
			}
			switch name {
			case "gone":
				big = map[string]float64{"更正公告": 25, "原定": 12}
			case "moved", "longest":
				big["更正公告"] = 25
			}
			for says, least := range big {
				size := 0.0
				for _, p := range ps {
					if strings.Contains(p.Text, says) {
						size = max(size, p.Size/mm)
					}
				}
				if size < least*sheet.k-.01 {
					t.Errorf("%s on %s: %q is %.1f mm high", name, paper, says, size)
				}
			}
			for _, who := range c.Sessions[0].Called[:min(1, len(c.Sessions[0].Called))] {
				for _, p := range ps {
					if strings.Contains(p.Text, who.Name) && p.Size/mm < 7.7*sheet.k && name != "gone" {
						t.Errorf("%s on %s: %s is %.1f mm high", name, paper, who.Name, p.Size/mm)
					}
				}
			}
		}
	}
}

// One line for a chat group says what the poster says.
func TestPosting(t *testing.T) {
	c := evening(2)
	s := c.Sessions[0]
	want := "【凤山街道袁家庄社区人大代表联络点】1月11日（星期一）19:30—21:00，凤山街道袁家庄社区人大代表联络点（袁家庄社区党群服务中心一层），" + s.Called[0].Name +
		"、阿卜杜热合曼·买买提艾力·吐尔逊江代表接待群众，主题：冬季供暖和燃气入户。有事请来说，没事也欢迎来坐坐。咨询电话 0358-8221321。"
	if got := Posting(s, office()); got != want {
		t.Errorf("%s", got)
	}
	s.Notices = []session.Notice{{Day: "2027-01-08", Tells: s.Tells()}}
	s.State, s.Day, s.Moves = session.Altered, "2027-01-12", []session.Shift{{Day: "2027-01-11", From: "19:30", To: "21:00", Place: s.Place, Reason: "大雪"}}
	if got := Posting(s, office()); !strings.HasPrefix(got, "【更正】") || !strings.Contains(got, "原定1月11日（星期一）19:30—21:00的进站接待改期（大雪）：现改到1月12日（星期二）") {
		t.Errorf("%s", got)
	}
	s.Day, s.Moves = "2027-01-13", append(s.Moves, session.Shift{Day: "2027-01-12", From: "19:30", To: "21:00", Place: s.Place, Reason: "停电"})
	if got := Posting(s, office()); !strings.Contains(got, "原定1月11日（星期一）19:30—21:00的进站接待改期（停电）：现改到1月13日（星期三）") {
		t.Errorf("moved twice since the notice: %s", got)
	}
	s.State, s.Cause = session.Cancelled, "大雪\n封路"
	if got := Posting(s, office()); !strings.Contains(got, "原定1月11日（星期一）") || !strings.Contains(got, "取消（大雪 封路）。") || strings.Contains(got, "\n") {
		t.Errorf("%s", got)
	}
	d, err := Notices(Calendar{Sessions: []session.Session{s}}, office(), A4)
	if err != nil {
		t.Fatal(err)
	}
	if says := text(read(t, "notice-gone-after", d, 9)); !strings.Contains(says, "原定 1月11日") {
		t.Errorf("citizens know of the 11th, the poster says %s", says)
	}
	s = c.Sessions[0] // moved before anybody was told, and to another room afterwards
	s.Moves = []session.Shift{{Day: "2027-01-04", From: "19:30", To: "21:00", Place: s.Place, Reason: "开会"}}
	s.Notices, s.State, s.Place = []session.Notice{{Day: "2027-01-08", Tells: s.Tells()}}, session.Altered, "活动室"
	if got := Posting(s, office()); strings.Contains(got, "1月4日") || !strings.Contains(got, "原定1月11日（星期一）19:30—21:00的进站接待换地点：1月11日") {
		t.Errorf("another room: %s", got)
	}
}
