package app_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/papertest"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
)

// says makes an office do an order with a unit.
func says(o *apptest.Seat, code, body string) site.Site {
	o.World.T.Helper()
	order, err := roster.ParseSite([]byte(body))
	o.World.Must(err)
	s, err := o.Roster.Alter(ctx, o.Clerk(), code, order)
	o.World.Must(err)
	return s
}

// enters makes an office do an order with a person.
func enters(o *apptest.Seat, id, body string) person.Person {
	o.World.T.Helper()
	order, err := roster.Parse([]byte(body))
	o.World.Must(err)
	p, err := o.Roster.Act(ctx, o.Clerk(), id, order)
	o.World.Must(err)
	return p
}

// printed is a paper as its reader finds it, by what a command names.
func printed(o *apptest.Seat, code string, wish paper.Wish, names ...string) string {
	o.World.T.Helper()
	k, ok := paper.ByCode(code)
	if !ok {
		o.World.T.Fatal(code)
	}
	things, err := o.Named(ctx, k, names)
	o.World.Must(err)
	p, err := o.Paper(ctx, k, things, wish)
	o.World.Must(err)
	d, err := o.Draw(ctx, p)
	o.World.Must(err)
	pdf, err := d.PDF()
	o.World.Must(err)
	ps, err := papertest.Read(pdf)
	o.World.Must(err)
	return papertest.All(ps)
}

// What a paper says of a station is what is known of the unit, wherever it is printed: its county's word for its name,
// its own for its telephone. Where nothing is known it is what its settings say.
func TestPapersSayWhatIsKnownOfTheUnit(t *testing.T) {
	w, county, station := apptest.Pair(t)
	m := station.Receive(desk.Draft{Title: "七巷雨水倒灌"})
	w.Settle(county, station)
	before := printed(station, "receipt", paper.Wish{}, m.Number)
	if own := station.Settings.Name; !strings.Contains(before, papertest.Squeeze(own)) {
		t.Fatalf("%s is not on it: %s", own, before)
	}
	says(county, station.Settings.Unit, `{"do":"open","name":"袁家庄社区为民联络点","phone":"0358-8200001","opening":"周一上午"}`)
	w.Settle(county, station)
	for name, o := range map[string]*apptest.Seat{"station": station, "county": county} {
		if text := printed(o, "receipt", paper.Wish{}, m.Number); !strings.Contains(text, "袁家庄社区为民联络点") ||
			!strings.Contains(text, "0358-8200001") || !strings.Contains(text, "周一上午") {
			t.Errorf("%s: %s", name, text)
		}
	}
	next := *station.Settings
	next.Phone = "0358-8200002"
	w.Must(station.Present(ctx, next))
	w.Settle(county, station)
	for name, o := range map[string]*apptest.Seat{"station": station, "county": county} {
		if text := printed(o, "receipt", paper.Wish{}, m.Number); !strings.Contains(text, "0358-8200002") {
			t.Errorf("%s does not print the telephone that the station changed: %s", name, text)
		}
	}
	if s, err := county.Roster.Site(ctx, station.Settings.Unit); err != nil || s.Phone != "0358-8200002" || s.Opening != "周一上午" {
		t.Errorf("%+v %v", s.Facts, err)
	}
}

// The papers about people take a name, an ID or a unit; a photo is on them where its owner agreed, and only there.
func TestPapersOfPeople(t *testing.T) {
	w, county, station := apptest.Pair(t)
	unit := station.Settings.Unit
	says(county, unit, `{"do":"open","name":"袁家庄社区为民联络点","phone":"0358-8200001"}`)
	p := enters(county, "", `{"do":"add","name":"李慧敏","phone":"13935812345","birth":"1975-03","address":"七巷3号",
		"mandates":[{"level":"县","congress":"六届","district":"第三选区"}],"stations":["`+unit+`"]}`)
	enters(county, "", `{"do":"add","name":"王明","mandates":[{"level":"乡","congress":"十届"}],"stations":["`+unit+`"]}`)
	var photo bytes.Buffer
	m := image.NewGray(image.Rect(0, 0, 600, 800))
	m.Set(1, 1, color.White)
	w.Must(jpeg.Encode(&photo, m, nil))
	_, err := county.Roster.Act(ctx, county.Clerk(), p.ID, roster.Order{Do: person.Picture, Photo: photo.Bytes()})
	w.Must(err)
	w.Settle(county, station)
	for _, o := range []*apptest.Seat{county, station} {
		for _, names := range [][]string{{"李慧敏"}, {p.ID}, {unit}} {
			text := printed(o, "contact-card", paper.Wish{}, names...)
			if !strings.Contains(text, "李慧敏") || !strings.Contains(text, "0358-8200001") || !strings.Contains(text, "第三选区") ||
				strings.Contains(text, "王明") != (names[0] == unit) || strings.Contains(text, "七巷") || strings.Contains(text, "13935812345") {
				t.Errorf("%v: %s", names, text)
			}
		}
	}
	shows := func() bool {
		k, _ := paper.ByCode("deputy-board")
		things, err := station.Named(ctx, k, []string{"袁家庄社区为民联络点"})
		w.Must(err)
		p, err := station.Paper(ctx, k, things, paper.Wish{})
		w.Must(err)
		d, err := station.Draw(ctx, p)
		w.Must(err)
		pdf, err := d.PDF()
		w.Must(err)
		return bytes.Contains(pdf, []byte("/DCTDecode"))
	}
	if shows() {
		t.Error("a photo hangs on the wall that nobody agreed to")
	}
	enters(county, p.ID, `{"do":"correct","shown":true}`)
	w.Settle(county, station)
	if !shows() {
		t.Error("the photo is missing")
	}
	for code, want := range map[string]string{"station-sheet": "李慧敏", "station-list": "袁家庄社区为民联络点"} {
		if text := printed(county, code, paper.Wish{}, unit); !strings.Contains(text, want) {
			t.Errorf("%s: %s", code, text)
		}
	}
	if text := printed(county, "roster", paper.Wish{}); !strings.Contains(text, "139****2345") || strings.Contains(text, "1975") {
		t.Error(text)
	}
	if text := printed(county, "roster", paper.Wish{Contact: true}); !strings.Contains(text, "13935812345") || !strings.Contains(text, "1975-03") {
		t.Error(text)
	}
	k, _ := paper.ByCode("contact-card")
	if _, err := station.Named(ctx, k, []string{"查无此人"}); err == nil {
		t.Error("somebody whom nobody knows")
	}
}
