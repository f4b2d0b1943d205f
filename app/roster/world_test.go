package roster_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/jpeg"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/roster"
)

const (
	wenshui = "141121000000"
	far     = "141121103000Z1-A" // a station of it
)

// district is a city with two counties, of which each has a station.
func district(t *testing.T) (w *apptest.World, city, county, other, point, station *apptest.Seat) {
	t.Helper()
	w = apptest.Begin(t)
	city, county, other = w.SetUp("city", apptest.City), w.SetUp("county", apptest.County), w.SetUp("county", wenshui)
	point, station = w.SetUp("station", apptest.Yuanjia), w.SetUp("station", far)
	w.Enrol(county, city)
	w.Enrol(other, city)
	w.Enrol(point, county)
	w.Enrol(station, other)
	w.Settle(point, station, county, other, city)
	return w, city, county, other, point, station
}

// round is what a window or a command does by itself.
func round(all ...*apptest.Seat) {
	for range 4 {
		for _, o := range all {
			o.World.Later(1e9)
			r, err := o.Round(ctx, o.Clerk())
			o.World.Must(err)
			o.World.Must(r.Group)
		}
	}
}

// listed are those whom a seat lists, each with his levels and stations.
func listed(o *apptest.Seat) (list []string) {
	o.World.T.Helper()
	for _, ended := range []bool{false, true} {
		people, all, err := o.Roster.People(ctx, roster.Filter{Ended: ended})
		o.World.Must(err)
		if all != len(people) {
			o.World.T.Errorf("%d of %d", len(people), all)
		}
		for _, p := range people {
			var levels, stations []string
			for _, m := range p.Mandates {
				levels = append(levels, m.Level+" "+m.Standing)
			}
			for _, s := range p.Seats {
				stations = append(stations, s.Station)
			}
			slices.Sort(levels)
			slices.Sort(stations)
			list = append(list, fmt.Sprint(p.Name, " ", p.Phone, " ", levels, " ", stations))
		}
	}
	return list
}

func lists(t *testing.T, want string, all ...*apptest.Seat) {
	t.Helper()
	for _, o := range all {
		if got := strings.Join(listed(o), "\n"); got != want {
			t.Errorf("%s lists\n%s\nwant\n%s", o.Settings.Unit, got, want)
		}
	}
}

// heard says whether anything of what a home keeps, or of what lies for it in the folder, holds some words.
func heard(o *apptest.Seat, words string) (where string) {
	o.World.T.Helper()
	for _, dir := range []string{string(o.Home)} {
		o.World.Must(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if err == nil && bytes.Contains(b, []byte(words)) {
				where = path
			}
			return nil // a file that goes while we look says nothing
		}))
	}
	return where
}

// Somebody who is village secretary, county, city and provincial deputy at once is one person everywhere, and counted once.
func TestDeputyOfFourLevelsIsOne(t *testing.T) {
	w, city, county, other, point, station := district(t)
	all := []*apptest.Seat{point, station, county, other, city}
	a := must(county, "", wang)
	w.Settle(all...)
	b := must(city, "", `{"do":"add","name":"王明","post":"袁家庄社区党支部书记","phone":"13900001111","stations":["141102002003D1-A"],
		"mandates":[{"level":"市","congress":"五届","number":"105"},{"level":"省","congress":"十四届"}]}`)
	w.Settle(all...)
	if _, n, _ := county.Roster.People(ctx, roster.Filter{}); n != 2 {
		t.Fatalf("the county lists %d before", n)
	}
	_, err := order(county, a.ID, `{"do":"same","with":"`+b.ID+`"}`)
	wrong(t, "a county joins", err, "with", "上级并")
	must(city, a.ID, `{"do":"same","with":"`+b.ID+`"}`)
	w.Settle(all...)
	want := "王明 13900001111 [city office county office province office] [141102002003D1-A]"
	lists(t, want, city, county, point)
	lists(t, "", other, station)
	for _, o := range []*apptest.Seat{city, county, point} {
		for _, id := range []string{a.ID, b.ID} {
			if p, err := o.Roster.Person(ctx, id); err != nil || len(p.Held()) != 3 {
				t.Errorf("%s by %s: %v %v", o.Settings.Unit, id, p.Held(), err)
			}
		}
		if p, err := o.Roster.Find(ctx, "王明"); err != nil || p.ID != b.ID {
			t.Errorf("%s by name: %v %v", o.Settings.Unit, p.ID, err)
		}
		for _, f := range []roster.Filter{{Level: "county"}, {Level: "province"}, {Field: "农业农村"}, {Query: "wm"}} {
			if _, n, err := o.Roster.People(ctx, f); n != 1 || err != nil {
				t.Errorf("%s finds %d by %+v: %v", o.Settings.Unit, n, f, err)
			}
		}
		for level, congress := range map[string]string{"county": "十四届", "city": "五届", "province": "十四届"} {
			if ps, err := o.Roster.Deputies(ctx, level, congress, ""); len(ps) != 1 || err != nil {
				t.Errorf("%s counts %d of %s: %v", o.Settings.Unit, len(ps), level, err)
			}
		}
		o.Healthy()
	}
	if where := heard(other, "13900001111") + heard(station, "13812345678"); where != "" {
		t.Errorf("who may not know has it in %s", where)
	}
	// each mandate is its office's, by either ID
	must(county, b.ID, `{"do":"suspend","level":"县","reason":"custody"}`)
	w.Settle(all...)
	lists(t, strings.Replace(want, "county office", "county suspended", 1), city, county, point)
	_, err = order(county, b.ID, `{"do":"end","level":"市","reason":"辞职"}`)
	wrong(t, "a county ends the city's", err, "level", "市级人大")
	if p := must(city, a.ID, `{"do":"post","post":"袁家庄社区党委书记"}`); p.ID != b.ID || p.Post != "袁家庄社区党委书记" {
		t.Errorf("by the ID that was joined: %s %s", p.ID, p.Post)
	}
	_, err = order(city, b.ID, `{"do":"same","with":""}`)
	wrong(t, "parted from whom", err, "with", a.ID)
	must(city, a.ID, `{"do":"same","with":""}`)
	w.Settle(all...)
	if _, n, _ := point.Roster.People(ctx, roster.Filter{}); n != 2 {
		t.Errorf("parted, the station lists %d", n)
	}
}

// Who comes in gets all that is known of somebody, who goes out sees him no more; nobody else hears of him.
func TestWhoMayKnow(t *testing.T) {
	w, city, county, other, point, station := district(t)
	all := []*apptest.Seat{point, station, county, other, city}
	var pic bytes.Buffer
	w.Must(jpeg.Encode(&pic, image.NewGray(image.Rect(0, 0, 60, 80)), nil))
	p := must(point, "", `{"do":"add","name":"单志远","phone":"13812345678","birth":"1975-03","mandates":[{"level":"市","congress":"五届"}]}`)
	p = must(point, p.ID, `{"do":"photo","photo":"`+base64.StdEncoding.EncodeToString(pic.Bytes())+`"}`)
	w.Settle(all...)
	if got, err := county.Roster.Person(ctx, p.ID); err != nil || got.Confirmed || got.Phone != "13812345678" {
		t.Fatalf("%+v %v", got, err)
	}
	lists(t, "", other, station)
	waiting := func() int {
		_, n, err := county.Roster.People(ctx, roster.Filter{State: "waiting", Limit: 1})
		w.Must(err)
		return n
	}
	if n := waiting(); n != 1 {
		t.Errorf("%d wait for the county", n)
	}
	must(county, p.ID, `{"do":"correct"}`)
	w.Settle(all...)
	if n := waiting(); n != 0 {
		t.Errorf("%d wait for the county that confirmed", n)
	}
	if _, err := order(point, p.ID, `{"do":"correct","post":"书记"}`); err == nil {
		t.Error("the station corrects what its county confirmed")
	}
	must(city, p.ID, `{"do":"group","stations":["`+far+`"]}`)
	w.Settle(all...)
	lists(t, "单志远 13812345678 [city office] [141102002003D1-A 141121103000Z1-A]", all...)
	for _, o := range all {
		p, err := o.Roster.Person(ctx, p.ID)
		w.Must(err)
		if photo, err := o.Roster.Photo(ctx, p.Photo); err != nil || len(photo) == 0 {
			t.Errorf("%s has no photo: %v", o.Settings.Unit, err)
		}
	}
	must(other, p.ID, `{"do":"ungroup","stations":["`+far+`"]}`)
	w.Settle(all...)
	must(county, p.ID, `{"do":"contact","phone":"13900001111"}`)
	w.Settle(all...)
	lists(t, "单志远 13900001111 [city office] [141102002003D1-A]", point, county, city)
	lists(t, "", station)
	w.Must(station.PutBack(station.KeepCopy())) // what a copy holds is listed as before
	lists(t, "", station)
	if where := heard(station, "13900001111"); where != "" {
		t.Errorf("who went out hears of it in %s", where)
	}
	for _, o := range all {
		o.Healthy()
		o.Quiet()
	}
}

// What is said at two offices at once is said everywhere: who is grouped by one stays grouped, whatever the other says.
func TestGroupedWhileCorrected(t *testing.T) {
	w, city, county, other, point, station := district(t)
	all := []*apptest.Seat{point, station, county, other, city}
	p := must(county, "", `{"do":"add","name":"单志远","phone":"13812345678"}`)
	w.Settle(all...)
	must(city, p.ID, `{"do":"group","stations":["`+far+`"]}`)
	must(county, p.ID, `{"do":"group","stations":["141102002003D1-A"]}`)
	must(county, p.ID, `{"do":"contact","phone":"13900001111"}`)
	w.Settle(all...)
	lists(t, "单志远 13900001111 [] [141102002003D1-A 141121103000Z1-A]", county, point)
	round(all...) // the county says again what it said of him before it knew of them
	lists(t, "单志远 13900001111 [] [141102002003D1-A 141121103000Z1-A]", all...)
	for _, o := range all {
		p, err := o.Roster.Person(ctx, p.ID)
		if w.Must(err); len(p.Owes)+len(p.Conflicts) > 0 {
			t.Errorf("%s: %v %v", o.Settings.Unit, p.Owes, p.Conflicts)
		}
		o.Healthy()
	}
}

// People go by the way that a station exchanges with: through its township's station, to who keeps the book of a point without
// a computer, and another way when that is put out of use.
func TestByWhatWay(t *testing.T) {
	w, point, town, county, city := apptest.Chain(t)
	all := []*apptest.Seat{point, town, county, city}
	const bare = "141102002004D1-2" // a village of the township, without a computer
	must(county, "", `{"do":"add","name":"单志远","phone":"13812345678","stations":["141102002003D1-A"]}`)
	must(county, "", `{"do":"add","name":"李慧敏","stations":["`+bare+`"]}`)
	round(all...)
	lists(t, "单志远 13812345678 [] [141102002003D1-A]", point)
	lists(t, "单志远 13812345678 [] [141102002003D1-A]\n李慧敏  [] [141102002004D1-2]", town, county)
	lists(t, "单志远  [] [141102002003D1-A]\n李慧敏  [] [141102002004D1-2]", city)
	w.Must(county.Courier.Revoke(ctx, apptest.Fengshan, ""))
	round(county, city)
	people, _, err := county.Roster.People(ctx, roster.Filter{})
	w.Must(err)
	for _, p := range people {
		if slices.Contains(p.Audience(), apptest.Fengshan) {
			t.Errorf("%s still goes through a station that is out of use: %v", p.Name, p.Audience())
		}
	}
	for _, o := range []*apptest.Seat{county, city} {
		o.Healthy()
	}
}

// A station that a computer came to hears of its people, who were there before.
func TestComputerComesToAStation(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	must(county, "", wang)
	town := w.SetUp("station", apptest.Fengshan)
	w.Enrol(town, county)
	round(county, town)
	lists(t, "王明 13812345678 [county office] [141102002003D1-A]", town)
	point := w.SetUp("station", apptest.Yuanjia)
	w.Enrol(point, county)
	round(county, town, point)
	lists(t, "王明 13812345678 [county office] [141102002003D1-A]", point)
	lists(t, "", town)
	county.Healthy()
	town.Healthy()
}

// A station is merged into another with its people; both computers know where its work goes on, numbers stay.
func TestStationMerges(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	point, town := w.SetUp("station", apptest.Yuanjia), w.SetUp("station", apptest.Fengshan)
	w.Enrol(point, county)
	w.Enrol(town, county)
	mustAlter(county, apptest.Yuanjia, `{"do":"open","name":"袁家庄联络点"}`)
	mustAlter(county, apptest.Fengshan, `{"do":"open","name":"凤山街道联络站"}`)
	must(county, "", wang)
	w.Settle(point, town, county)
	point.Titles("路灯不亮")
	w.Settle(point, town, county)
	before := county.List()[0].Number
	mustAlter(county, apptest.Yuanjia, `{"do":"merge","successor":"141102002000","day":"2026-11-20"}`)
	w.Settle(point, town, county)
	lists(t, "王明 13812345678 [county office] [141102002000Z1-G]", town, county)
	lists(t, "", point)
	for _, o := range []*apptest.Seat{point, town, county} {
		if s, err := o.Roster.Site(ctx, apptest.Yuanjia); err != nil || s.Successor != apptest.Fengshan {
			t.Errorf("%s opens the old code as %+v %v", o.Settings.Unit, s, err)
		}
		o.Healthy()
	}
	if m := county.List(); len(m) != 1 || m[0].Number != before || m[0].Station != apptest.Yuanjia {
		t.Errorf("its matters: %+v", m)
	}
}

// Two that open one unit without knowing of each other: everybody shows the same one, the county's, and is told.
func TestOneCodeTwice(t *testing.T) {
	w, city, county, other, point, station := district(t)
	all := []*apptest.Seat{point, station, county, other, city}
	mustAlter(point, apptest.Yuanjia, `{"do":"change","phone":"8221321"}`)
	mustAlter(city, apptest.Yuanjia, `{"do":"open","name":"市里登记的"}`)
	mustAlter(county, apptest.Yuanjia, `{"do":"open","name":"县里登记的"}`)
	w.Settle(all...)
	for _, o := range []*apptest.Seat{point, county, city} {
		s, err := o.Roster.Site(ctx, apptest.Yuanjia)
		w.Must(err)
		list, err := o.Roster.Units(ctx, roster.SiteFilter{})
		w.Must(err)
		odd, err := o.Roster.SiteCaveats(ctx, s)
		if w.Must(err); s.Name != "县里登记的" || len(list) != 1 || !strings.Contains(strings.Join(odd, ""), "两处同时") {
			t.Errorf("%s: %s, %d listed, %v", o.Settings.Unit, s.Name, len(list), odd)
		}
		o.Healthy()
	}
	if s := mustAlter(point, apptest.Yuanjia, `{"do":"change","phone":"8221000"}`); s.Name != "县里登记的" || s.Phone != "8221000" {
		t.Errorf("%+v", s.Facts)
	}
}

// One station is somebody's main one: another that becomes it, or one more, leaves the others to be his, too.
func TestOneMainStation(t *testing.T) {
	w := apptest.Begin(t)
	county := w.SetUp("county", apptest.County)
	p := must(county, "", `{"do":"add","name":"王明","stations":["141102002003D1-A","141102002000Z1-G"]}`)
	is := func(want string) {
		t.Helper()
		got, err := county.Roster.Person(ctx, p.ID)
		w.Must(err)
		said := ""
		for _, s := range got.Seats {
			said += s.Station + " " + s.Part + "\n"
		}
		if said != want {
			t.Errorf("is grouped as\n%s", said)
		}
	}
	is("141102002003D1-A main\n141102002000Z1-G part\n")
	must(county, p.ID, `{"do":"group","stations":["141102002006D1-J"],"part":"main"}`)
	is("141102002003D1-A part\n141102002000Z1-G part\n141102002006D1-J main\n")
}
