package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
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
	if !reflect.DeepEqual(got, want) || fs.Words != d.Words || fs.Name != d.Name || !matter.ValidNumber(m.Number) {
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

func raw(pairs ...string) map[string]json.RawMessage {
	m := map[string]json.RawMessage{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = json.RawMessage(pairs[i+1])
	}
	return m
}

func TestCorrect(t *testing.T) {
	s := sit(t)
	m := s.receive(t, Draft{Title: "七巷雨水倒灌", Words: "一下雨就倒灌。", Name: "李福生", Phone: "13812345678", Deputies: []string{"单桂花", "解玉兰"}, Category: "0203"})
	s.clock = now.Add(time.Hour)
	for _, c := range []struct {
		name    string
		changes map[string]json.RawMessage
		check   func(matter.Matter) bool
		note    string
	}{
		{"title", raw("title", `"七巷 排水\u200b"`), func(m matter.Matter) bool { return m.Title == "七巷 排水" && m.Phone == "13812345678" }, "标题"},
		{"hidden and open", raw("phone", `"１３９０００１１１１２"`, "category", `"0205"`), func(m matter.Matter) bool {
			return m.Phone == "１３９０００１１１１２" && m.Category == "0205"
		}, "电话、类别"},
		{"a Chinese word", raw("urgency", `"紧急"`, "sex", `"女"`), func(m matter.Matter) bool { return m.Urgency == "urgent" && m.Sex == "female" }, "性别、紧急程度"},
		{"fewer deputies", raw("deputies", `["车玉柱"]`), func(m matter.Matter) bool { return slices.Equal(m.Deputies, []string{"车玉柱"}) }, "接待代表"},
		{"as many others", raw("deputies", `["刘玉梅"]`, "place", `"七巷口"`), func(m matter.Matter) bool {
			return slices.Equal(m.Deputies, []string{"刘玉梅"}) && m.Place == "七巷口"
		}, "地点、接待代表"},
		{"another alone", raw("deputies", `["解玉兰"]`), func(m matter.Matter) bool { return slices.Equal(m.Deputies, []string{"解玉兰"}) }, "接待代表"},
		{"no deputies", raw("deputies", `[]`), func(m matter.Matter) bool { return len(m.Deputies) == 0 }, "接待代表"},
		{"empty clears", raw("category", `""`, "phone", `""`), func(m matter.Matter) bool { return m.Category == "" && m.Phone == "" }, "电话、类别"},
		{"an empty title is made of the words", raw("title", `""`), func(m matter.Matter) bool { return m.Title == "一下雨就倒灌" }, "标题"},
		{"a name withdrawn", raw("name", `""`), func(m matter.Matter) bool { return m.Name == "" && m.Anonymous }, "姓名、匿名"},
		{"a name given", raw("name", `"王𠅤亮"`), func(m matter.Matter) bool { return m.Name == "王𠅤亮" && !m.Anonymous }, "姓名、匿名"},
		{"the time", raw("occurred", `"2026-11-20 08:00"`), func(m matter.Matter) bool { return m.Occurred.Equal(time.Date(2026, 11, 20, 8, 0, 0, 0, china)) }, "反映时间"},
	} {
		got, err := s.Correct(ctx, someone, m.ID, c.changes)
		if err != nil || !c.check(got) || got.Number != m.Number || got.State != matter.Registered {
			t.Errorf("%s: %+v %v", c.name, got, err)
			continue
		}
		done := slices.DeleteFunc(slices.Clone(got.History), func(e thing.Event) bool { return e.Do == "reckon" }) // which follows it
		last := done[len(done)-1]
		if last.Do != "correct" || last.Note != c.note || !last.At.Equal(s.clock.Truncate(time.Second)) {
			t.Errorf("%s: history %+v", c.name, last)
		}
		if kept, err := view.ByID(ctx, s.Store, m.ID); err != nil || !c.check(kept.Matter) {
			t.Errorf("%s was not kept: %v", c.name, err)
		}
	}
	before, _ := view.ByID(ctx, s.Store, m.ID)
	for name, c := range map[string]struct {
		changes map[string]json.RawMessage
		wrong   string
	}{
		"nothing":              {nil, ""},
		"the number":           {raw("number", `"1"`), "number"},
		"the station":          {raw("station", `"141102002006"`), "station"},
		"the register":         {raw("register", `"visit"`), "register"},
		"the due date":         {raw("due", `"2027-01-01"`), "due"},
		"a name in Chinese":    {raw("标题", `"甲"`), "标题"},
		"a quote in the name":  {raw(`a"b`, `1`), `a"b`},
		"a wrong kind":         {raw("people", `"3"`), "people"},
		"a long title":         {raw("title", `"`+strings.Repeat("长", 31)+`"`), "title"},
		"one right, one wrong": {raw("title", `"甲"`, "phone", `"1"`), "phone"},
		"nothing left":         {raw("title", `""`, "words", `""`), "words"},
		"a later day":          {raw("occurred", `"2027-01-01"`), "occurred"},
		"anonymous, but named": {raw("anonymous", `true`), "name"},
	} {
		_, err := s.Correct(ctx, someone, m.ID, c.changes)
		if got := strings.Join(fieldsOf(err), " "); err == nil || got != c.wrong {
			t.Errorf("%s: %v", name, err)
		}
		spoken(t, err)
	}
	if after, _ := view.ByID(ctx, s.Store, m.ID); !reflect.DeepEqual(before, after) {
		t.Errorf("refused corrections changed\n%+v\nto\n%+v", before, after)
	}
	if _, err := s.Correct(ctx, someone, "019ab0c0-0000-7000-8000-00000000ffff", raw("title", `"甲"`)); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown matter: %v", err)
	}
	s.Settings.Unit = "141102002006D1-6"
	if _, err := s.Correct(ctx, someone, m.ID, raw("title", `"甲"`)); !errors.Is(err, thing.ErrNotYours) {
		t.Errorf("another station: %v", err)
	}
}

func TestVoid(t *testing.T) {
	s := sit(t)
	m := s.receive(t, Draft{Title: "七巷雨水倒灌"})
	for _, blank := range []string{"", "  ", "\n", "\u200b", strings.Repeat("长", 201)} {
		if _, err := s.Void(ctx, someone, m.ID, blank); !slices.Equal(fieldsOf(err), []string{"note"}) {
			t.Errorf("reason of %d bytes %.10q: %v", len(blank), blank, err)
		}
	}
	got, err := s.Void(ctx, someone, m.ID, " 和上一件登记重了\u202e ")
	if err != nil || got.State != matter.Void || got.History[1].Note != "和上一件登记重了" {
		t.Fatalf("%+v %v", got.History, err)
	}
	if _, err := s.Void(ctx, someone, m.ID, "再作废"); !errors.Is(err, thing.ErrNotNow) {
		t.Errorf("twice: %v", err)
	}
	if _, err := s.Correct(ctx, someone, m.ID, raw("title", `"甲"`)); !errors.Is(err, thing.ErrNotNow) {
		t.Errorf("corrected afterwards: %v", err)
	}
	if kept, err := view.ByID(ctx, s.Store, m.ID); err != nil || kept.Title != "七巷雨水倒灌" || len(kept.History) != 2 {
		t.Errorf("it is not kept: %+v %v", kept, err)
	}
	if n, _ := view.Count(ctx, s.Store, view.Filter{Overdue: "2099-01-01"}); n != 0 {
		t.Error("what is void is still promised")
	}
}

func TestDraftIsKeptAndForgotten(t *testing.T) {
	s := sit(t)
	if d, ok, err := s.Kept(ctx); ok || err != nil {
		t.Errorf("before: %+v %v", d, err)
	}
	for _, d := range []Draft{{Name: "王𠅤亮", Words: "写了一半…", People: -3, Occurred: "昨天"}, {Title: "又改", Deputies: []string{"单桂花"}}} {
		if err := s.Keep(ctx, d); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := s.Kept(ctx); !ok || err != nil || !reflect.DeepEqual(got, d) {
			t.Errorf("kept %+v %v", got, err)
		}
	}
	s.receive(t, Draft{Title: "别的事"})
	if _, ok, _ := s.Kept(ctx); !ok {
		t.Error("another matter took the draft away")
	}
	if err := s.Forget(ctx); err != nil {
		t.Fatal(err)
	}
	if d, ok, err := s.Kept(ctx); ok || err != nil {
		t.Errorf("after: %+v %v", d, err)
	}
}

func TestWhoSitsHereToday(t *testing.T) {
	s := sit(t)
	if who, err := s.Present(ctx); who != nil || err != nil {
		t.Errorf("before: %v %v", who, err)
	}
	want := []string{"单桂花", "解玉兰"}
	if err := s.SetPresent(ctx, want); err != nil {
		t.Fatal(err)
	}
	for when, here := range map[string]bool{"2026-11-21 23:59": true, "2026-11-21 00:00": true, "2026-11-22 00:00": false, "2027-11-21 19:42": false} {
		s.clock, _ = time.ParseInLocation("2006-01-02 15:04", when, china)
		if who, err := s.Present(ctx); err != nil || slices.Equal(who, want) != here || len(who) > 0 != here {
			t.Errorf("%s: %v %v", when, who, err)
		}
	}
	if err := s.SetPresent(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if who, err := s.Present(ctx); len(who) > 0 || err != nil {
		t.Errorf("nobody: %v %v", who, err)
	}
}

func TestUsual(t *testing.T) {
	s := sit(t)
	for i, c := range []string{"0203", "0205", "0203", ""} {
		s.receive(t, Draft{Title: fmt.Sprint("第", i, "件"), Category: c, Deputies: []string{"单桂花", "解玉兰"}[:1+i%2]})
	}
	for column, want := range map[string][]string{"category": {"0203", "0205"}, "deputy": {"单桂花", "解玉兰"}, "station": {table}} {
		if got, err := s.Usual(ctx, column, 5); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v %v", column, got, err)
		}
	}
	if got, err := s.Usual(ctx, "category", 1); err != nil || len(got) != 1 {
		t.Errorf("one: %v %v", got, err)
	}
	for range 3 {
		s.receive(t, Draft{Title: "又一件", Category: "0205"})
	}
	if got, err := s.Usual(ctx, "category", 5); err != nil || !slices.Equal(got, []string{"0203", "0205"}) {
		t.Errorf("later that day: %v %v", got, err)
	}
	s.clock = s.clock.AddDate(0, 0, 1)
	if got, err := s.Usual(ctx, "category", 5); err != nil || !slices.Equal(got, []string{"0205", "0203"}) {
		t.Errorf("the day after: %v %v", got, err)
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

// A title that was made of the words goes on saying what they say, and nothing of who the citizen is; one that was typed stays.
func TestTitleFollowsWhatItWasMadeOf(t *testing.T) {
	s := sit(t)
	for _, c := range []struct {
		draft   Draft
		changes map[string]json.RawMessage
		title   string
	}{
		{Draft{Words: "李四海家院墙倒了"}, raw("name", `"李四海"`), "…家院墙倒了"},
		{Draft{Words: "李四海家院墙倒了", Name: "李四海"}, raw("name", `"王玉山"`), "李四海家院墙倒了"},
		{Draft{Words: "井盖坏了。"}, raw("words", `"井盖丢了。"`), "井盖丢了"},
		{Draft{Words: "井盖坏了。"}, raw("place", `"七巷口"`), "井盖坏了"},
		{Draft{Words: "井盖坏了。", Title: "井盖"}, raw("words", `"井盖丢了。"`), "井盖"},
		{Draft{Words: "井盖坏了。"}, raw("words", `""`), "井盖坏了"},
		{Draft{Words: "井盖坏了。"}, raw("words", `"井盖丢了。"`, "title", `"七巷井盖"`), "七巷井盖"},
	} {
		if m, err := s.Correct(ctx, someone, s.receive(t, c.draft).ID, c.changes); err != nil || m.Title != c.title {
			t.Errorf("%+v: %q %v", c.changes, m.Title, err)
		}
	}
}

// did does what an office or the table does with a matter.
func (s *seat) did(t *testing.T, m matter.Matter, do string, move matter.Move) {
	t.Helper()
	if _, err := store.RecordOne[matter.Matter](ctx, s.Store, s.act(someone, m.ID, do, move, nil)); err != nil {
		t.Fatal(err)
	}
}

// A corrected day lies before every day that is written after it; where the citizen has heard, nothing more is promised.
func TestDayPutRightAmongItsNeighbours(t *testing.T) {
	s := sit(t)
	m := s.receive(t, Draft{Title: "井盖", Occurred: "2026-11-10"})
	s.did(t, m, "collate", matter.Move{Term: "2026-12-01"})
	for _, c := range []struct {
		do    string
		move  matter.Move
		wrong string // the day that lies after it
		said  string
	}{
		{"assign", matter.Move{To: []string{"区住建局"}, Term: "2026-12-01"}, "", ""},
		{"sign", matter.Move{Date: "2026-11-12"}, "2026-11-13", "签收"},
		{"answer", matter.Move{Class: 1, Answer: "好了", Date: "2026-11-14", Term: "2026-12-01"}, "2026-11-13", "签收"},
		{"inform-deputy", matter.Move{Way: "phone", Date: "2026-11-15"}, "2026-11-16", "签收"},
		{"inform", matter.Move{Way: "phone", Date: "2026-11-15", Term: "2026-12-01"}, "2026-11-16", "签收"},
	} {
		if s.did(t, m, c.do, c.move); c.wrong == "" {
			continue
		}
		_, err := s.Correct(ctx, someone, m.ID, raw("occurred", `"`+c.wrong+`"`))
		var p problem.Problems
		if !errors.As(err, &p) || !strings.Contains(p["occurred"], c.said) {
			t.Errorf("after %s: %v", c.do, err)
		}
	}
	got, err := s.Correct(ctx, someone, m.ID, raw("occurred", `"2026-11-11"`))
	if err != nil || got.Due != m.Due || strings.Contains(got.History[len(got.History)-1].Note, "请告诉") {
		t.Errorf("%s was %s: %v %+v", got.Due, m.Due, err, got.History)
	}
	loose := s.receive(t, Draft{Title: "路灯", Occurred: "2026-11-10"}) // answered without an office
	s.did(t, loose, "collate", matter.Move{Term: "2026-12-01"})
	s.did(t, loose, "answer", matter.Move{Class: 1, Answer: "好了", Date: "2026-11-14", Term: "2026-12-01"})
	if got, err := s.Correct(ctx, someone, loose.ID, raw("occurred", `"2026-11-12"`)); err != nil || got.Due == loose.Due ||
		strings.Contains(got.History[len(got.History)-1].Note, "请告诉") {
		t.Errorf("%s: %v", got.Due, err)
	}
	for _, day := range []string{"2026-11-15", "2026-11-16"} {
		if _, err := s.Correct(ctx, someone, loose.ID, raw("occurred", `"`+day+`"`)); err == nil {
			t.Errorf("raised on %s, answered on the 14th", day)
		}
	}
}

// What a clock far ahead wrote is counted from today, once it is put right.
func TestTermOfAClockThatWasAhead(t *testing.T) {
	s := sit(t)
	s.clock = time.Date(2062, 1, 2, 9, 0, 0, 0, china)
	m := s.receive(t, Draft{Title: "井盖"})
	s.clock = now
	if err := s.Store.Confirm(ctx, s.clock); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Correct(ctx, someone, m.ID, raw("occurred", `"2026-11-20"`)); err != nil || got.Term != "2026-11-27" || got.Due != "2026-12-11" {
		t.Errorf("due %s, term %s: %v", got.Due, got.Term, err)
	}
}

// What was written of a confidential matter goes under the seal, at the table and when confidence is asked for later.
func TestConfidenceSealsWhatIsOpen(t *testing.T) {
	s := sit(t)
	d := Draft{Title: "举报村主任", Place: "七巷口", Proposal: "请纪检了解", Words: "照原话写"}
	d.Confidential = true
	at := s.receive(t, d)
	d.Confidential = false
	m := s.receive(t, d)
	later, err := s.Correct(ctx, someone, m.ID, map[string]json.RawMessage{"confidential": json.RawMessage("true")})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []matter.Matter{at, later} {
		if m.Title != "保密事项" || m.Place != "" || m.Proposal != "" || m.Words != "照原话写\n标题：举报村主任\n地点：七巷口\n拟办意见：请纪检了解" {
			t.Errorf("%q %q %q %q", m.Title, m.Place, m.Proposal, m.Words)
		}
	}
	again, err := s.Correct(ctx, someone, at.ID, map[string]json.RawMessage{"phone": json.RawMessage(`"13812345678"`)})
	if err != nil || again.Words != at.Words {
		t.Errorf("sealed twice: %q %v", again.Words, err)
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
