package desk

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

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
