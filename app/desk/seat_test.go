package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/store"
)

// What a citizen says at the table while it is open stands under that evening by itself; what is said at another hour, by
// telephone or at a door does not, and a session that somebody names must be the station's.
func TestMatterKnowsItsEvening(t *testing.T) {
	d := sit(t)
	held := func(o session.Opening) string {
		t.Helper()
		sums, err := d.Store.Write(ctx, store.Act{Kind: session.Name, Do: session.Plan, Unit: d.Settings.Unit, At: d.Now(), Body: o})
		if err != nil {
			t.Fatal(err)
		}
		return sums[0].Shared().ID
	}
	on := d.Now().Format(time.DateOnly)
	at := func(hour int) string { return d.Now().Add(time.Duration(hour) * time.Hour).Format("2006-01-02 15:04") }
	clock := func(hour int) string { return d.Now().Add(time.Duration(hour) * time.Hour).Format("15:04") }
	open := session.Opening{Facts: session.Facts{Kind: "reception", Day: on, From: clock(-4), To: clock(-2)}, Station: d.Settings.Unit, Becomes: session.Open}
	evening := held(open)
	open.Kind = "visit"
	round := held(open)
	for _, c := range []struct{ channel, occurred, want string }{
		{"", at(-3), evening}, {"order", at(-3), evening}, {"home-visit", at(-3), round}, {"hotline", at(-3), ""}, {"", at(-6), ""}, {"", at(-1), evening}, {"", at(0), evening},
		{"", d.Now().AddDate(0, 0, -1).Format("2006-01-02 15:04"), ""},
	} {
		m, err := d.Receive(ctx, someone, Draft{Title: "七巷积水", Channel: c.channel, Occurred: c.occurred})
		if err != nil || m.Session != c.want {
			t.Errorf("%q at %s: %q, %v; want %q", c.channel, c.occurred, m.Session, err, c.want)
		}
	}
	midnight := time.Date(d.Now().Year(), d.Now().Month(), d.Now().Day(), 0, 30, 0, 0, d.Now().Location())
	for _, late := range []struct {
		day, from, to, at string
		state             session.State
		want              bool
	}{
		{on, clock(-9), clock(-8), at(-3), session.Open, true}, // it goes on, whatever was planned
		{d.Now().AddDate(0, 0, -1).Format(time.DateOnly), "19:30", "21:00", midnight.Format("2006-01-02 15:04"), session.Open, true},
		{d.Now().AddDate(0, 0, -1).Format(time.DateOnly), "19:30", "21:00", midnight.Add(8 * time.Hour).Format("2006-01-02 15:04"), session.Open, false}, // nobody closed it
	} {
		next := sit(t)
		sums, err := next.Store.Write(ctx, store.Act{Kind: session.Name, Do: session.Plan, Unit: next.Settings.Unit, At: next.Now(), Body: session.Opening{
			Facts: session.Facts{Kind: "reception", Day: late.day, From: late.from, To: late.to}, Station: next.Settings.Unit, Becomes: late.state}})
		if err != nil {
			t.Fatal(err)
		}
		m, err := next.Receive(ctx, someone, Draft{Title: "七巷积水", Occurred: late.at})
		if err != nil || (m.Session == sums[0].Shared().ID) != late.want {
			t.Errorf("%+v: %q, %v", late, m.Session, err)
		}
	}
	m, err := d.Receive(ctx, someone, Draft{Title: "七巷积水", Session: round})
	if err != nil || m.Session != round {
		t.Error(m.Session, err)
	}
	_, err = d.Receive(ctx, someone, Draft{Title: "七巷积水", Session: "019ab0c0-0000-7000-8000-000000000001"})
	var wrong problem.Problems
	if !errors.As(err, &wrong) || wrong["session"] == "" {
		t.Errorf("a session of nobody: %v", err)
	}
}

// Who was ticked at the table received the citizen, without anybody's name being typed: in the form as long as he is there,
// and on a matter whose draft says nothing of it; who says that nobody did is believed.
func TestMatterKnowsWhoSatThere(t *testing.T) {
	d := sit(t)
	clock := func(minutes int) string { return d.Now().Add(time.Duration(minutes) * time.Minute).Format("15:04") }
	id := "019ab0c0-0000-7000-8000-0000000000a1"
	evening := session.Opening{Facts: session.Facts{Kind: "reception", Day: d.Now().Format(time.DateOnly), From: clock(-60), To: clock(30)},
		Station: d.Settings.Unit, Becomes: session.Open, Called: []session.Called{{Key: id, Name: "解玉兰"}, {Key: "单桂花", Name: "单桂花"}, {Key: "郭来喜", Name: "郭来喜"},
			{Key: "任建平", Name: "任建平", Part: "guest"}}}
	sums, err := d.Store.Write(ctx, store.Act{Kind: session.Name, Do: session.Plan, Unit: d.Settings.Unit, At: d.Now(), Body: evening})
	if err != nil {
		t.Fatal(err)
	}
	came := session.Said{Called: []session.Called{{Key: id, Name: "解玉兰", Came: true, Arrived: clock(-55)},
		{Key: "单桂花", Name: "单桂花", Came: true, Arrived: clock(-50), Left: clock(-20)},
		{Key: "任建平", Name: "任建平", Part: "guest", Came: true, Arrived: clock(-58)}}}
	if _, err := d.Store.Write(ctx, store.Act{Kind: session.Name, Thing: sums[0].Shared().ID, Do: session.Attend, Unit: d.Settings.Unit, At: d.Now(), Body: came}); err != nil {
		t.Fatal(err)
	}
	if list, err := d.Present(ctx); err != nil || len(list) != 1 || list[0].Person() != id {
		t.Error(list, err)
	}
	for _, c := range []struct {
		minutes int
		said    []string
		want    string
	}{{-40, nil, "解玉兰 单桂花"}, {-5, nil, "解玉兰"}, {-5, []string{}, ""}, {-5, []string{"郭来喜"}, "郭来喜"}} {
		m, err := d.Receive(ctx, someone, Draft{Title: "七巷积水", Occurred: d.Now().Format("2006-01-02 ") + clock(c.minutes), Deputies: c.said})
		if err != nil || strings.Join(m.Deputies, " ") != c.want || slices.Contains(m.Deputies, "解玉兰") != (m.Persons["解玉兰"] == id) {
			t.Errorf("%+v: %v %v %v", c, m.Deputies, m.Persons, err)
		}
	}
}
