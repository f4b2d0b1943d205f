package docket_test

import (
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/data/profile"
	"lianluo.local/data/store"
	"lianluo.local/data/suggestion"
)

// A county that follows 重庆 sees by its baskets what is near its end: the first talk, half of the time, a month, ten days, and what is
// over; a pause for a listed reason and a granted extension move it, nothing else does; a poor opinion is given anew. The days are
// worked out by hand.
func TestTermsOfACounty(t *testing.T) {
	w, county, station := apptest.Pair(t)
	p, err := profile.Read([]byte(`{"clocks":{"preset":"重庆"}}`))
	w.Must(err)
	county.Docket.Profile, station.Docket.Profile = p, p
	deputy(t, county, "王明", apptest.Yuanjia)
	round(station, county)
	s := act(t, station, "", `{"title":"关于通气的建议","facts":"没有天然气","proposal":"明年通气","congress":"十四届七次","lead":"王明"}`)
	on := func(day string) {
		at, err := time.ParseInLocation(time.DateOnly, day, time.FixedZone("CST", 8*3600))
		w.Must(err)
		w.Now = at.Add(9 * time.Hour)
	}
	on("2026-11-23")
	act(t, station, s.ID, `{"do":"cosign","who":["王明"],"paper":"附议签名页"}`)
	if s = act(t, station, s.ID, `{"do":"submit"}`); s.Term != "2026-12-07" {
		t.Errorf("handed on by %s", s.Term)
	}
	round(station, county)
	act(t, county, s.ID, `{"do":"register","number":"12"}`)
	act(t, county, "12", `{"do":"accept"}`)
	if s = act(t, county, "12", `{"do":"assign","to":["住房和城乡建设局"],"help":["财政局"]}`); s.Term != "2026-12-07" || s.Due != "2027-02-23" || s.Units[1].Due != "2027-01-05" {
		t.Errorf("signed by %s, answered by %s, an opinion by %s", s.Term, s.Due, s.Units[1].Due)
	}
	if s = act(t, county, "12", `{"do":"sign"}`); s.Term != "2026-12-21" {
		t.Errorf("talked with by %s", s.Term)
	}
	waits := func(day, want string) {
		t.Helper()
		on(day)
		var in []string
		for _, code := range []string{"half", "soon", "ten", "due"} {
			if basket(t, county, code) == 1 {
				in = append(in, code)
			}
		}
		if got := strings.Join(in, " "); got != want {
			t.Errorf("%s: in %q, want %q", day, got, want)
		}
	}
	waits("2026-12-21", "")
	waits("2026-12-22", "due") // nobody talked with him
	act(t, county, "12", `{"do":"contact","way":"当面","note":"到片区看了管线"}`)
	waits("2026-12-22", "")
	act(t, county, "12", `{"do":"help","unit":"财政局","answer":"没有意见"}`)
	if s = act(t, county, "12", `{"do":"review","unit":"财政局","no":true,"reason":"没有说资金从哪里来"}`); s.State != suggestion.InHand || s.Units[1].Helped != "" ||
		s.Units[1].Due != "2027-01-05" || !s.Opinions[0].Back {
		t.Errorf("%v %+v", s.State, s.Units[1])
	}
	waits("2027-01-07", "")
	waits("2027-01-08", "half")
	waits("2027-01-23", "half soon")
	if _, _, err := try(county, "12", `{"do":"pause","reason":"等会办单位"}`); err == nil || !strings.Contains(err.Error(), "只有这些情况可以暂停") {
		t.Errorf("%v", err)
	}
	act(t, county, "12", `{"do":"pause","reason":"等上级批准"}`)
	waits("2027-02-02", "")
	if s = act(t, county, "12", `{"do":"resume"}`); s.Due != "2027-03-05" || s.Term != s.Due { // ten days
		t.Errorf("due %s, %s", s.Due, s.Term)
	}
	waits("2027-02-04", "half")
	waits("2027-02-05", "half soon")
	waits("2027-02-23", "half soon ten")
	waits("2027-03-06", "half due")
	act(t, county, "12", `{"do":"extend","due":"2027-04-30","reason":"管线要穿过铁路"}`)
	waits("2027-03-06", "half due")
	if s = act(t, county, "12", `{"do":"grant"}`); s.Due != "2027-04-30" {
		t.Errorf("due %s", s.Due)
	}
	waits("2027-03-06", "half")
	waits("2027-03-30", "half soon")
	waits("2027-05-01", "half due")
}

// Two computers of an office give one number to two suggestions: once they know of each other both wait in a basket, until one of them
// has another number. A motion has its own series.
func TestNumbersTwice(t *testing.T) {
	_, county, _ := apptest.Pair(t)
	deputy(t, county, "王明")
	var ids []string
	for _, kind := range []string{"建议", "建议", "议案"} {
		s := act(t, county, "", `{"kind":"`+kind+`","title":"关于通气的建议","facts":"没有天然气","proposal":"明年通气","congress":"十四届七次","lead":"王明"}`)
		act(t, county, s.ID, `{"do":"cosign","who":["王明"],"paper":"附议签名页"}`)
		for _, a := range []store.Act{{Do: suggestion.Submit, Body: suggestion.Said{}}, {Do: suggestion.Register, Body: suggestion.Said{Number: "12"}}} {
			a.Kind, a.Thing, a.Unit, a.By, a.At = suggestion.Name, s.ID, apptest.County, "赵晖", county.World.Now
			county.World.Must(apptest.Err(county.Store.Write(ctx, a)))
		}
		ids = append(ids, s.ID)
	}
	if basket(t, county, "double") != 2 {
		t.Error("nobody sees that two bear one number")
	}
	act(t, county, ids[1], `{"do":"register","number":"13"}`)
	if basket(t, county, "double") != 0 {
		t.Error("one has another number")
	}
}
