package window

import (
	"context"
	"testing"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
)

// What two changed at once is opened from 报送, whatever it is, and its page says which field it is.
func TestWhatTwoChangedIsOpened(t *testing.T) {
	ctx := context.Background()
	world := apptest.New(t)
	county, station := world.SetUp("county", apptest.County), world.SetUp("station", apptest.Yuanjia)
	world.Enrol(station, county)
	parsed, err := agenda.Parse([]byte(`{"do":"plan","day":"2026-12-11","station":"` + apptest.Yuanjia + `","topic":"冬季供暖"}`))
	world.Must(err)
	s, err := county.Agenda.Act(ctx, county.Clerk(), "", parsed)
	world.Must(err)
	site, err := roster.ParseSite([]byte(`{"do":"open","name":"袁家庄联络点"}`))
	world.Must(err)
	world.Must(apptest.Err(county.Roster.Alter(ctx, county.Clerk(), apptest.Yuanjia, site)))
	world.Settle(station, county)
	change := func(o *apptest.Seat, topic string) {
		parsed, err := agenda.Parse([]byte(`{"do":"change","topic":"` + topic + `"}`))
		world.Must(err)
		world.Must(apptest.Err(o.Agenda.Act(ctx, o.Clerk(), s.ID, parsed)))
		site, err := roster.ParseSite([]byte(`{"do":"change","phone":"` + map[bool]string{true: "8221001", false: "8221002"}[o == county] + `"}`))
		world.Must(err)
		world.Must(apptest.Err(o.Roster.Alter(ctx, o.Clerk(), apptest.Yuanjia, site)))
	}
	change(county, "暖气")
	change(station, "停水")
	world.Settle(station, county)
	places, err := county.Roster.Places(ctx, false)
	world.Must(err)
	unit := ""
	for _, p := range places {
		if p.Code == apptest.Yuanjia {
			unit = p.ID
		}
	}
	shut(station)
	w := window(t, shut(county))
	for _, c := range []struct{ kind, id, page, says string }{
		{session.Name, s.ID, "agenda", "有两处同时改了“主题”，请核对"},
		{"unit", unit, "station", "有两处同时改了“电话”，请核对。"},
		{rota.Name, "", "agenda", ""},
	} {
		w.openers()[c.kind](c.id)
		if w.frame.here.code != c.page || !w.reads(c.says) {
			t.Errorf("%s leads to %s, which does not say %q", c.kind, w.frame.here.code, c.says)
		}
		shot(t, w, "disputed-"+c.kind)
	}
	if w.conflict(apptest.Yuanjia); w.frame.here.code != "agenda" && w.frame.here.code != "station" {
		t.Errorf("the button leads to %s", w.frame.here.code)
	}
}
