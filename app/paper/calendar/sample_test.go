package calendar

import (
	"fmt"
	"testing"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/assets/names"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/profile"
	"lianluo.local/data/session"
	"lianluo.local/data/settings"
	"lianluo.local/data/site"
)

const yuanjia = "141102002003D1-A"

var today = time.Date(2027, 1, 8, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

// office is who prints.
func office() form.Issuer {
	return form.Issuer{Today: today, Profile: profile.Default(), Sites: map[string]site.Site{yuanjia: {Code: yuanjia, Kind: "point", Facts: site.Facts{
		Name: "凤山街道袁家庄社区人大代表联络点", Address: "袁家庄社区党群服务中心一层", Phone: "0358-8221321", Liaisons: []string{"赵晖"}}}},
		Settings: settings.Settings{Unit: yuanjia, Name: "凤山街道袁家庄社区人大代表联络点", Organisation: "离石区人大常委会", Phone: "0358-8221321", Clerk: "赵晖"}}
}

// evening is a reception to which so many are called, the second with a difficult name; odd ones are deputies of two levels.
func evening(n int) Calendar {
	s := session.Session{State: session.Announced, Station: yuanjia, Facts: session.Facts{Kind: "reception", Day: "2027-01-11", From: "19:30", To: "21:00",
		Topic: "冬季供暖和燃气入户"}}
	s.ID = "019ab0c0-0000-7000-8000-000000000001"
	c := Calendar{People: map[string]person.Person{}, From: "2027-01-01", To: "2027-01-31"}
	for i := range n {
		p := person.Person{State: person.Here, Facts: person.Facts{Name: names.All()[i]}, Mandates: []person.Mandate{
			{Level: "county", Congress: "六届", Standing: "office"}}, Seats: []person.Seat{{Station: yuanjia}}}
		p.ID = fmt.Sprintf("%036d", i+1)
		if i == 1 {
			p.Name = "阿卜杜热合曼·买买提艾力·吐尔逊江"
		}
		if i%2 == 1 {
			p.Mandates = append(p.Mandates, person.Mandate{Level: "province", Congress: "十四届", Standing: "office"})
		}
		c.People[p.ID] = p
		part := "join"
		if i == 0 {
			part = "lead"
		}
		s.Called = append(s.Called, session.Called{Key: p.ID, Name: p.Name, Part: part})
	}
	c.Sessions = []session.Session{s}
	return c
}

// crowded is the largest evening: twelve deputies, two guests, the longest words.
func crowded() Calendar {
	c := evening(12)
	s := &c.Sessions[0]
	s.Called = append(s.Called, session.Called{Key: "成玉兰", Name: "成玉兰", Part: "guest", Unit: "离石区住房和城乡建设局物业管理服务中心"},
		session.Called{Key: "高建国", Name: "高建国", Part: "guest", Unit: "凤山街道办事处"})
	s.Place = "吕梁市离石区凤山街道袁家庄社区党群服务中心一层东侧第二会议室（人大代表联络点、老年人日间照料中心对面）请走南门"
	s.Topic = "冬季供暖、燃气入户、老旧小区雨污分流改造和七巷道路硬化、路灯安装、养老服务、医保缴费、义务教育入学等群众关心的十件实事"
	return c
}

// raise adds so many matters to the first session.
func (c Calendar) raise(n int) Calendar {
	for i := range n {
		m := matter.Matter{Report: matter.Report{Number: fmt.Sprintf("02-002003-27-A%04d-7", i+1), Register: "reception", Title: "七巷雨水倒灌，盼望尽早疏通排水管道",
			Occurred: today.AddDate(0, 0, 3).Add(time.Duration(i) * 4 * time.Minute), Session: c.Sessions[0].ID, OnSpot: "answered", Station: yuanjia},
			Private: matter.Private{Name: "单志远", Words: "一下雨院里就进水，去年淹了两回", OnSpotAnswer: "已告诉社区，本周内先清一次淤，管网改造列入今年计划"}, State: matter.Registered}
		switch i % 4 {
		case 1:
			m.OnSpot, m.Mode, m.OnSpotAnswer, m.Anonymous = "register", "department", "", true
		case 2:
			m.Confidential = true
		}
		c.Raised = append(c.Raised, m)
	}
	return c
}

// read gives what a paper says, and holds that nothing stands outside its pages or over something else, and nothing is
// smaller than so many points. With SHOW set to a folder it leaves the paper there to be looked at.
func read(t *testing.T, name string, d typeset.Document, least float64) []papertest.Piece {
	t.Helper()
	ps := papertest.Print(t, d, name)
	for _, p := range ps {
		if page := d.Pages[p.Page]; !p.Within(page.W, page.H, 3) && p.Text != "练习" {
			t.Errorf("%s: %q stands outside page %d", name, p.Text, p.Page+1)
		}
		if p.Size < least-.01 {
			t.Errorf("%s: %q is printed in %.1f points", name, p.Text, p.Size)
		}
	}
	for _, o := range papertest.Overlaps(ps) {
		t.Errorf("%s: %s", name, o)
	}
	return ps
}

// text is all that a paper says.
func text(ps []papertest.Piece) (all string) {
	for _, p := range ps {
		all += p.Text + "\n"
	}
	return all
}
