package desk

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// The promise counts working days over the State Council's holidays of 2026: 春节 15–23 February with 14 and 28 worked,
// 国庆 1–7 October with 20 September and 10 October worked.
func TestPromisedDate(t *testing.T) {
	for _, c := range []struct{ said, urgency, onSpot, due string }{
		{"2026-11-16 10:00", "", "", "2026-12-07"},
		{"2026-11-16 10:00", "紧急", "", "2026-11-23"},
		{"2026-11-16 10:00", "特急", "", "2026-11-17"},
		{"2026-11-21 10:00", "特急", "", "2026-11-23"}, // a Saturday
		{"2026-02-13 18:00", "一般", "", "2026-03-12"},
		{"2026-02-13 18:00", "紧急", "", "2026-02-27"},
		{"2026-02-13 18:00", "特急", "", "2026-02-14"},
		{"2026-02-14 18:00", "特急", "", "2026-02-24"},
		{"2026-09-28 09:00", "一般", "", "2026-10-23"},
		{"2026-09-28 09:00", "紧急", "", "2026-10-10"},
		{"2026-09-30 09:00", "特急", "", "2026-10-08"},
		{"2026-11-16 10:00", "", "当场答复", ""},
		{"2026-11-16 10:00", "特急", "当场解决", ""},
		{"2026-11-16 10:00", "", "不属受理范围", ""},
	} {
		s := sit(t)
		m := s.receive(t, Draft{Title: "七巷雨水倒灌", Occurred: c.said, Urgency: c.urgency, OnSpot: c.onSpot})
		if m.Due != c.due {
			t.Errorf("%s %s %s: due %q, want %q", c.said, c.urgency, c.onSpot, m.Due, c.due)
		}
	}
}

func TestReceiveKeepsWhatWasSaid(t *testing.T) {
	s := sit(t)
	d := Draft{Register: "走访选民", Channel: "入户", Occurred: "2026-11-20 09:30", Station: "141102002006", PaperNumber: "簿1-3", Name: "王𠅤亮",
		Phone: "13812345678", Sex: "男", AgeBand: "60-79", Address: "凤山街道七巷3号", People: 12, Purpose: "求助", Category: "0203",
		Title: "七巷雨水倒灌😭", Words: strings.Repeat("雨𰻞", 5000), Place: "七巷口", Urgency: "紧急", Deputies: []string{"单桂花"},
		OnSpot: "登记办理", OnSpotAnswer: "已记下", Mode: "部门联动", Proposal: "请踏勘"}
	m := s.receive(t, d)
	fs, err := view.ByID(ctx, s.Store, m.ID)
	if err != nil || !reflect.DeepEqual(fs.Report, m.Report) || !reflect.DeepEqual(fs.Private, m.Private) {
		t.Fatalf("kept %+v\nsaid %+v\n%v", fs.Matter, m, err)
	}
	want := matter.Report{Number: m.Number, Register: "visit", Channel: "household", Occurred: time.Date(2026, 11, 20, 1, 30, 0, 0, time.UTC),
		PaperNumber: "簿1-3", People: 12, Purpose: "help", Category: "0203", Title: "七巷雨水倒灌😭",
		Place: "七巷口", Urgency: "urgent", Deputies: []string{"单桂花"}, OnSpot: "register", Mode: "department", Proposal: "请踏勘", Due: "2026-11-27"}
	want.Station, _ = unit.Station("141102002006")
	got := fs.Report
	got.Occurred = got.Occurred.UTC()
	if !reflect.DeepEqual(got, want) || fs.Words != d.Words || fs.Name != d.Name || !numbers.Valid(m.Number) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if m.History[0].By != "赵晖" || m.Unit != table {
		t.Errorf("%+v", m.History)
	}
	st, err := s.Store.Since(ctx, office, 0, 1<<20)
	if err != nil || len(st.Records) != 1 {
		t.Errorf("%d entries wait for the county: %v", len(st.Records), err)
	}
}

func TestReceiveRefuses(t *testing.T) {
	s := sit(t)
	if _, err := s.Receive(ctx, someone, Draft{Title: "七巷", Phone: "1"}); !slices.Equal(fieldsOf(err), []string{"phone"}) {
		t.Errorf("%v", err)
	}
	m := s.receive(t, Draft{Title: "甲", PaperNumber: "簿1-3"})
	if _, err := s.Receive(ctx, someone, Draft{Title: "乙", PaperNumber: " 簿1-3\u200b"}); !slices.Equal(fieldsOf(err), []string{"paperNumber"}) {
		t.Errorf("paper number twice: %v", err)
	}
	for _, c := range []struct {
		d    Draft
		used bool
	}{{Draft{PaperNumber: "簿1-3 ", Station: "141102002003"}, true}, {Draft{PaperNumber: "簿１－０３"}, true}, {Draft{PaperNumber: "簿1-4"}, false}, {Draft{}, false}} {
		if used, err := s.Used(ctx, s.Preview(c.d)); strings.Contains(used, m.Number) != c.used || (used != "") != c.used || err != nil {
			t.Errorf("%q used: %q %v", c.d.PaperNumber, used, err)
		}
	}
	other := s.receive(t, Draft{Title: "丙", PaperNumber: "簿1-3", Station: "141102002006"}) // another point has its own book
	if n, err := view.Count(ctx, s.Store, view.Filter{}); n != 2 || err != nil {
		t.Errorf("%d matters %v", n, err)
	}
	if next := s.receive(t, Draft{Title: "丁"}); next.Number[14:18] != "0002" {
		t.Errorf("refused drafts used up numbers: %s then %s (%s)", m.Number, next.Number, other.Number)
	}
	s.Settings.Role, s.Settings.Unit = journal.County, office
	if _, err := s.Receive(ctx, someone, Draft{Title: "七巷"}); !errors.Is(err, ErrNotStation) {
		t.Errorf("a county received: %v", err)
	}
}

// A promise of December into a year whose holidays are published lands where they leave it: after New Year of 2027, and around
// the Spring Festival with the weekends that are worked for it. One into a year that nobody published yet counts weekends only, and says so.
func TestPromiseIntoTheNextYear(t *testing.T) {
	s := sit(t)
	for _, c := range [][2]string{{"2026-12-11", "2027-01-04"}, {"2026-12-31", "2027-01-22"}, {"2027-01-18", "2027-02-14"}, {"2027-01-19", "2027-02-15"}} {
		s.clock, _ = time.ParseInLocation(time.DateOnly, c[0], now.Location())
		if m := s.receive(t, Draft{Title: "甲"}); m.Due != c[1] || s.Caveat(m) != "" {
			t.Errorf("%s: %s, want %s %s", c[0], m.Due, c[1], s.Caveat(m))
		}
	}
	s.clock = time.Date(2027, 12, 24, 19, 30, 0, 0, now.Location())
	if err := s.Store.Confirm(ctx, s.clock); err != nil { // nobody came for most of a year
		t.Fatal(err)
	}
	later := s.receive(t, Draft{Title: "乙"})
	if later.Due != "2028-01-14" || !strings.Contains(s.Caveat(later), "2028年的放假安排还没有公布") {
		t.Errorf("%s %q", later.Due, s.Caveat(later))
	}
}

// Nobody registers today what was raised before there were stations; of such a day nobody says that its holidays are not published yet.
func TestARaisedDayLongAgo(t *testing.T) {
	s := sit(t)
	for day, ok := range map[string]bool{"2001-01-01": false, "2016-01-01": false, "2017-05-04": true, "2025-11-20": true} {
		said := s.Check(Draft{Title: "旧事", Occurred: day})["occurred"]
		if ok != (said == "") || !ok && !strings.Contains(said, "请核对年份") {
			t.Errorf("%s: %q", day, said)
		}
	}
	if said := s.Caveat(matter.Matter{Report: matter.Report{Due: "2001-01-22"}}); said != "" {
		t.Error(said)
	}
}
