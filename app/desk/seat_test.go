package desk

import (
	"errors"
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
