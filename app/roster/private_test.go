package roster_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
)

// privy says how many private parts of entries about somebody a seat holds.
func privy(o *apptest.Seat, id string) (n int) {
	o.World.T.Helper()
	o.World.Must(o.Store.QueryRow(ctx, "SELECT count(*) FROM entry WHERE thing = ? AND secret IS NOT NULL", id).Scan(&n))
	return n
}

// photo is an order that brings one.
func photo(t *testing.T) string {
	t.Helper()
	var pic bytes.Buffer
	if err := jpeg.Encode(&pic, image.NewGray(image.Rect(0, 0, 60, 80)), nil); err != nil {
		t.Fatal(err)
	}
	return `{"do":"photo","photo":"` + base64.StdEncoding.EncodeToString(pic.Bytes()) + `"}`
}

// shows says whether a seat has somebody's photo.
func shows(o *apptest.Seat, id string) bool {
	o.World.T.Helper()
	p, err := o.Roster.Person(ctx, id)
	o.World.Must(err)
	b, err := o.Roster.Photo(ctx, p.Photo)
	return err == nil && len(b) > 0
}

// A city has what is private of its own deputies, of others only where it alone can tell it to a station; who may know
// later gets all that was said before, the photo, too.
func TestCityKnowsItsOwn(t *testing.T) {
	_, city, county, other, point, station := district(t)
	all := []*apptest.Seat{point, station, county, other, city}
	a := must(county, "", `{"do":"add","name":"王明","phone":"13800000001","birth":"1975-03","remark":"血压高","stations":["`+apptest.Yuanjia+`"],
		"mandates":[{"level":"县","congress":"十四届"},{"level":"乡","congress":"十四届"}]}`)
	b := must(point, "", `{"do":"add","name":"李慧敏","phone":"13800000002"}`)
	must(county, a.ID, photo(t))
	must(point, b.ID, photo(t))
	round(all...)
	for _, id := range []string{a.ID, b.ID} {
		if n := privy(city, id); n != 0 {
			t.Errorf("the city holds %d private parts of somebody who is none of its deputies", n)
		}
		if !shows(county, id) || !shows(point, id) || shows(city, id) {
			t.Error("a photo is where it is none of anybody's business, or not where it is")
		}
	}
	lists(t, "王明  [county office township office] [141102002003D1-A]\n李慧敏  [] [141102002003D1-A]", city)

	must(city, a.ID, `{"do":"mandate","level":"市","congress":"五届"}`)
	must(city, b.ID, `{"do":"group","stations":["`+far+`"]}`)
	round(all...)
	round(all...)
	lists(t, "王明 13800000001 [city office county office township office] [141102002003D1-A]\n李慧敏 13800000002 [] [141102002003D1-A 141121103000Z1-A]", city, county, point)
	lists(t, "李慧敏 13800000002 [] [141102002003D1-A 141121103000Z1-A]", other, station)
	if p, err := city.Roster.Person(ctx, a.ID); err != nil || p.Birth != "1975-03" || p.Remark != "血压高" || len(p.Owes) > 0 {
		t.Errorf("%+v %v %v", p.Private, p.Owes, err)
	}
	for _, o := range []*apptest.Seat{city, county, point} {
		if !shows(o, a.ID) || !shows(o, b.ID) {
			t.Errorf("%s lacks a photo", o.Settings.Unit)
		}
	}
	if !shows(other, b.ID) || !shows(station, b.ID) {
		t.Error("who came in lacks the photo")
	}
	for _, o := range all {
		o.Healthy()
	}
}

// A station that named somebody and where he is grouped no more lists him no more and hears nothing new that is private.
func TestStationThatNamedHimLosesHim(t *testing.T) {
	w, _, county, _, point, _ := district(t)
	town := w.SetUp("station", apptest.Fengshan)
	w.Enrol(town, county)
	p := must(point, "", `{"do":"add","name":"单志远","phone":"13800000001"}`)
	w.Settle(point, town, county)
	must(county, p.ID, `{"do":"group","stations":["`+apptest.Fengshan+`"]}`)
	must(county, p.ID, `{"do":"ungroup","stations":["`+apptest.Yuanjia+`"]}`)
	must(county, p.ID, `{"do":"contact","phone":"13900009999"}`)
	w.Settle(point, town, county)
	lists(t, "", point)
	lists(t, "单志远 13900009999 [] [141102002000Z1-G]", town, county)
	if n := privy(point, p.ID); n != 1 { // its own
		t.Errorf("the station holds %d private parts", n)
	}
	if _, err := point.Roster.Find(ctx, "单志远"); err == nil {
		t.Error("he is found by name")
	}
	if os, err := point.Roster.Offers(ctx, apptest.Yuanjia); err != nil || len(os) > 0 {
		t.Errorf("he is offered: %v %v", os, err)
	}
	if _, n, err := point.Roster.People(ctx, roster.Filter{Query: "dzy"}); n != 0 || err != nil {
		t.Errorf("he is found: %d %v", n, err)
	}
	point.Healthy()
	must(county, p.ID, `{"do":"group","stations":["`+apptest.Yuanjia+`"]}`)
	round(point, town, county)
	lists(t, "单志远 13900009999 [] [141102002000Z1-G 141102002003D1-A]", point, town, county)
	point.Healthy()
}
