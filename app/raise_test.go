package app_test

import (
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/data/session"
)

// What a household said becomes one matter, which names the visit and is named there; asked twice it stays one.
func TestAHouseholdsWordsBecomeAMatter(t *testing.T) {
	w := apptest.Begin(t)
	point := w.SetUp("station", apptest.Yuanjia)
	do := func(id, body string) session.Session {
		o, err := agenda.Parse([]byte(body))
		w.Must(err)
		s, err := point.Agenda.Act(ctx, point.Clerk(), id, o)
		w.Must(err)
		return s
	}
	s := do("", `{"do":"plan","kind":"visit","becomes":"open","day":"`+w.Now.Format("2006-01-02")+`","from":"09:00","to":"","stops":[{"name":"王建国","address":"七巷三号"}]}`)
	s = do(s.ID, `{"do":"visit","stop":"1","words":"七巷没有路灯"}`)
	m, err := point.Raise(ctx, point.Clerk(), s.ID, "1")
	w.Must(err)
	if _, err := point.Raise(ctx, point.Clerk(), s.ID, "1"); err == nil || len(point.List()) != 1 {
		t.Errorf("raised twice: %v, %d matters", err, len(point.List()))
	}
	s, err = point.Agenda.Session(ctx, s.ID)
	if w.Must(err); s.Stops[0].Matter != m.ID || m.Session != s.ID || m.Register != "visit" || m.Name != "王建国" || s.Homes["1"].Words == "" {
		t.Errorf("%+v %+v", s.Stops, m.Report)
	}
	back := do("", `{"do":"plan","kind":"visit","day":"`+w.Now.AddDate(0, 1, 0).Format("2006-01-02")+`","matter":"`+m.Number+`"}`)
	if back.Followed != m.ID || back.Homes["1"].Address != "七巷三号" || back.Topic == "" {
		t.Errorf("a return visit: %+v %+v", back.Facts, back.Homes)
	}
	point.Healthy()
}
