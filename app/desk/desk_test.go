package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"lianluo.local/assets/category"
	"lianluo.local/assets/names"
	"lianluo.local/assets/workday"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
)

const table, office = "141102002003D1-A", "141102000000"

var (
	ctx   = context.Background()
	china = time.FixedZone("CST", 8*3600)
	now   = time.Date(2026, 11, 21, 19, 42, 30, 0, china)
)

// seat is a desk with a clock that the test moves.
type seat struct {
	*Desk
	clock time.Time
}

func sit(t *testing.T) *seat {
	t.Helper()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "lianluo.db"), t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := &seat{clock: now}
	s.Desk = &Desk{Store: db, Calendar: workday.Official(), Now: func() time.Time { return s.clock },
		Settings: &settings.Settings{Role: journal.Station, Unit: table, Parent: office, Clerk: "赵晖"}}
	return s
}

func (s *seat) receive(t *testing.T, d Draft) matter.Matter {
	t.Helper()
	m, err := s.Receive(ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// fieldsOf names the fields that an error complains about.
func fieldsOf(err error) []string {
	var p problem.Problems
	if err != nil && !errors.As(err, &p) {
		return []string{"no problem but " + err.Error()}
	}
	return slices.Sorted(maps.Keys(p))
}

// spoken fails where a problem is not a Chinese sentence that tells what to do.
func spoken(t *testing.T, err error) {
	t.Helper()
	var p problem.Problems
	errors.As(err, &p)
	for field, why := range p {
		if !strings.ContainsFunc(why, func(r rune) bool { return r >= '一' && r <= '龥' }) || strings.HasSuffix(why, "，") {
			t.Errorf("%s: %q helps nobody", field, why)
		}
	}
}

func TestParse(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for _, c := range []struct{ name, in, wrong string }{
		{"empty object", `{}`, ""},
		{"all kinds", `{"title":"七巷","people":3,"anonymous":true,"deputies":["李慧敏"]}`, ""},
		{"null is nothing", `{"title":"七巷","people":null,"deputies":null,"anonymous":null,"name":null}`, ""},
		{"white space", " {\n\"title\" : \"七巷\"\r\n} ", ""},
		{"escaped characters", `{"name":"\u738b\ud840\udd64\u4eae"}`, ""},
		{"nothing", ``, "[]"},
		{"a word", `"七巷"`, "[]"},
		{"a list", `[{"title":"七巷"}]`, "[]"},
		{"half", `{"title":"七巷`, "[]"},
		{"two", `{"title":"一"}{"title":"二"}`, "[]"},
		{"a comment", `{"title":"一"} // 备注`, "[]"},
		{"single quotes", `{'title':'一'}`, "[]"},
		{"Chinese quotes", `{“title”:“一”}`, "[]"},
		{"broken UTF-8", "{\"title\":\"七\xe5\xb7\"}", "[]"},
		{"GBK", "{\"title\":\"\xc6\xdf\xcf\xef\"}", "[]"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "[]"},
		{"a NUL", "{\"title\":\"七\x00\"}", "[]"},
		{"unknown keys", `{"title":"七巷","tilte":"八巷","编号":"1"}`, "[tilte 编号]"},
		{"a key in capitals", `{"Title":"七巷"}`, "[Title]"},
		{"what only the program gives", `{"number":"1","due":"2026-12-14","id":"x","state":99}`, "[due id number state]"},
		{"text for a number", `{"people":"3"}`, "[people]"},
		{"half a person", `{"people":1.5}`, "[people]"},
		{"too many people", `{"people":99999999999999999999}`, "[people]"},
		{"number for text", `{"phone":13812345678}`, "[phone]"},
		{"text for yes or no", `{"anonymous":"是","confidential":1}`, "[anonymous confidential]"},
		{"text for a list", `{"deputies":"李慧敏"}`, "[deputies]"},
		{"numbers in a list", `{"deputies":["李慧敏",1]}`, "[deputies]"},
		{"an object for text", `{"title":{"a":1},"words":["一"]}`, "[title words]"},
		{"deep", `{"title":` + nested(5000) + `}`, "[title]"},
		{"deeper than anybody", `{"title":` + nested(100000) + `}`, "[]"},
	} {
		_, err := Parse([]byte(c.in))
		got := ""
		if err != nil {
			got = fmt.Sprint(fieldsOf(err))
		}
		if got != c.wrong {
			t.Errorf("%s: problems with %s, want %s: %v", c.name, got, c.wrong, err)
		}
		spoken(t, err)
	}
	d, err := Parse([]byte(`{"name":"\u738b\ud840\udd64\u4eae","people":2,"deputies":["单桂花","解玉兰"],"confidential":true,"occurred":"2026-11-20"}`))
	want := Draft{Name: "王𠅤亮", People: 2, Deputies: []string{"单桂花", "解玉兰"}, Confidential: true, Occurred: "2026-11-20"}
	if err != nil || !reflect.DeepEqual(d, want) {
		t.Errorf("read %+v %v", d, err)
	}
}

// What is wrong with a draft, each case beside a title that is right.
func TestCheckNamesTheField(t *testing.T) {
	rare := []rune("𠅤𫝎𰻞𬺞")
	long := func(n int) (s string) {
		for i := range n {
			s += string(rare[i%len(rare)])
		}
		return s
	}
	for _, c := range []struct {
		name  string
		draft Draft
		wrong string
	}{
		{"title alone", Draft{}, ""},
		{"name of 60 characters", Draft{Name: long(60)}, ""},
		{"name of 61", Draft{Name: long(61)}, "name"},
		{"title of 30", Draft{Title: long(30)}, ""},
		{"title of 31", Draft{Title: long(31)}, "title"},
		{"words of 10,000", Draft{Words: long(10000)}, ""},
		{"words of 20,000", Draft{Words: strings.Repeat("𰻞", 20000)}, ""},
		{"words of 20,001", Draft{Words: strings.Repeat("𰻞", 20001)}, "words"},
		{"answer of 20,001", Draft{OnSpotAnswer: strings.Repeat("答", 20001)}, "onSpotAnswer"},
		{"proposal of 20,001", Draft{Proposal: strings.Repeat("办", 20001)}, "proposal"},
		{"address of 201", Draft{Address: strings.Repeat("巷", 201)}, "address"},
		{"place of 201", Draft{Place: strings.Repeat("巷", 201)}, "place"},
		{"paper number of 41", Draft{PaperNumber: strings.Repeat("1", 41)}, "paperNumber"},
		{"hidden characters do not count", Draft{Name: long(60) + strings.Repeat("\u200b\u202e", 100)}, ""},
		{"anonymous", Draft{Anonymous: true}, ""},
		{"anonymous with a name", Draft{Anonymous: true, Name: "单志远"}, "name"},
		{"anonymous with a blank name", Draft{Anonymous: true, Name: " \u200b "}, ""},
		{"mobile", Draft{Phone: "138 1234-5678"}, ""},
		{"fixed line", Draft{Phone: "（0358）8221321转802"}, ""},
		{"full-width digits", Draft{Phone: "１３８１２３４５６７８"}, ""},
		{"four digits", Draft{Phone: "1381"}, "phone"},
		{"twenty-one digits", Draft{Phone: strings.Repeat("1", 21)}, "phone"},
		{"no digit", Draft{Phone: "没有电话"}, "phone"},
		{"a crowd", Draft{People: 99999}, ""},
		{"too large a crowd", Draft{People: 100000}, "people"},
		{"less than nobody", Draft{People: -1}, "people"},
		{"category by code", Draft{Category: "0203"}, ""},
		{"category by name", Draft{Category: " " + category.All()[7].Name + " "}, ""},
		{"a group is no category", Draft{Category: "02"}, "category"},
		{"no such category", Draft{Category: "9999"}, "category"},
		{"category in other words", Draft{Category: "下水道"}, "category"},
		{"this station", Draft{Station: table}, ""},
		{"this station, its place", Draft{Station: "141102002003"}, ""},
		{"another of the county", Draft{Station: "141102002006"}, ""},
		{"another county's", Draft{Station: "141181005009D1"}, "station"},
		{"no such place", Draft{Station: "141102999999"}, "station"},
		{"wrong check character", Draft{Station: "141102002003D1-B"}, "station"},
		{"a county is no station", Draft{Station: office}, "station"},
		{"a name is no code", Draft{Station: "袁家庄"}, "station"},
		{"a blank is no code", Draft{Station: " "}, "station"},
		{"twenty deputies", Draft{Deputies: names.All()[:20]}, ""},
		{"twenty-one deputies", Draft{Deputies: names.All()[:21]}, "deputies"},
		{"a deputy of 61 characters", Draft{Deputies: []string{"单桂花", long(61)}}, "deputies"},
		{"ten minutes ahead", Draft{Occurred: now.Add(10 * time.Minute).Format(time.RFC3339)}, ""},
		{"eleven minutes ahead", Draft{Occurred: now.Add(11 * time.Minute).Format(time.RFC3339)}, "occurred"},
		{"tomorrow", Draft{Occurred: "2026-11-22"}, "occurred"},
		{"today", Draft{Occurred: "2026-11-21"}, ""},
		{"today, later", Draft{Occurred: "2026-11-21 23:59"}, "occurred"},
		{"in Chinese", Draft{Occurred: "2026年3月5日 9:05"}, ""},
		{"in Chinese, a day", Draft{Occurred: "2026年3月5日"}, ""},
		{"another zone", Draft{Occurred: "2026-11-21T11:42:00Z"}, ""},
		{"another zone, ahead", Draft{Occurred: "2026-11-21T12:42:00Z"}, "occurred"},
		{"year 2000", Draft{Occurred: "2000-01-01"}, ""},
		{"year 1999", Draft{Occurred: "1999-12-31 23:59"}, "occurred"},
		{"year 1", Draft{Occurred: "0001-01-01T00:00:00Z"}, "occurred"},
		{"year 0", Draft{Occurred: "0000-01-01"}, "occurred"},
		{"year 9999", Draft{Occurred: "9999-12-31"}, "occurred"},
		{"30 February", Draft{Occurred: "2026-02-30"}, "occurred"},
		{"the American way", Draft{Occurred: "11/21/2026"}, "occurred"},
		{"yesterday, in words", Draft{Occurred: "昨天"}, "occurred"},
		{"lists", Draft{Register: "走访", Channel: "电话", Purpose: "求", Urgency: "急", Sex: "女性", AgeBand: "60", OnSpot: "办", Mode: "转"},
			"ageBand channel mode onSpot purpose register sex urgency"},
	} {
		if c.draft.Title == "" {
			c.draft.Title = "七巷雨水倒灌"
		}
		_, _, problems := c.draft.Check(now, table)
		if got := strings.Join(fieldsOf(problems.Or()), " "); got != c.wrong {
			t.Errorf("%s: problems with %q, want %q: %v", c.name, got, c.wrong, problems)
		}
		spoken(t, problems.Or())
	}
	for _, empty := range []Draft{{}, {Title: " \n\t", Words: "\u200b\u202e\x00"}, {Words: "\xff\xfe"}} {
		if _, _, problems := empty.Check(now, table); !slices.Equal(fieldsOf(problems.Or()), []string{"words"}) {
			t.Errorf("%q %q: %v", empty.Title, empty.Words, problems)
		}
	}
}

// Nobody loses a character of his name, and nobody hides one in it.
func TestCharactersStayAsTheyWereSaid(t *testing.T) {
	for _, name := range names.All() {
		_, p, problems := Draft{Title: "七巷", Name: name, Words: name}.Check(now, table)
		if p.Name != name || p.Words != name || len(problems) > 0 {
			t.Errorf("%s became %q: %v", name, p.Name, problems)
		}
	}
	for n := 1; n <= 60; n++ {
		name := strings.Repeat("𬺞", n)
		if _, p, problems := (Draft{Title: "七巷", Name: name}).Check(now, table); p.Name != name || len(problems) > 0 {
			t.Errorf("%d characters: %q %v", n, p.Name, problems)
		}
	}
	for in, want := range map[string]string{
		"👨‍👩‍👧‍👦 一家":            "👨‍👩‍👧‍👦 一家",
		"☎️ 8221321":            "☎️ 8221321",
		"祁󠄀县":                   "祁󠄀县", // a variation selector belongs to some names
		"é e\u0301":             "é e\u0301",
		"阿卜杜·热合曼":               "阿卜杜·热合曼",
		"王\x00\x07明\x7f\u0085":  "王明",
		"王\u202e明\u2066\u200f亮": "王明亮",
		"\ufeff王\u200b明\u00ad":  "王明",
		"王\xff明\xed\xa0\x80":    "王明",
		"王\ufffd明\uffff":        "王明",
		" \t 王 明 　":             "王 明",
		"一行\r\n二行\r三行\u2028四行":  "一行 二行 三行 四行",
	} {
		if _, p, _ := (Draft{Title: "七巷", Name: in}).Check(now, table); p.Name != want {
			t.Errorf("%+q became %+q, want %+q", in, p.Name, want)
		}
	}
	if _, p, _ := (Draft{Title: "七巷", Words: " 一行\r\n二行\t空\r三行\n"}).Check(now, table); p.Words != "一行\n二行 空\n三行" {
		t.Errorf("lines became %q", p.Words)
	}
	if _, p, _ := (Draft{Title: "七巷", Phone: "１３８－１２３４　５６７８"}).Check(now, table); matter.MaskPhone(p.Phone) != "138****5678" {
		t.Errorf("full-width phone became %q", p.Phone)
	}
}

func TestEveryListTakesCodesAndWords(t *testing.T) {
	for name, c := range map[string]struct {
		words matter.Words
		set   func(*Draft, string)
		get   func(matter.Report, matter.Private) string
	}{
		"register": {matter.Registers, func(d *Draft, s string) { d.Register = s }, func(r matter.Report, _ matter.Private) string { return r.Register }},
		"channel":  {matter.Channels, func(d *Draft, s string) { d.Channel = s }, func(r matter.Report, _ matter.Private) string { return r.Channel }},
		"purpose":  {matter.Purposes, func(d *Draft, s string) { d.Purpose = s }, func(r matter.Report, _ matter.Private) string { return r.Purpose }},
		"urgency":  {matter.Urgencies, func(d *Draft, s string) { d.Urgency = s }, func(r matter.Report, _ matter.Private) string { return r.Urgency }},
		"onSpot":   {matter.OnSpots, func(d *Draft, s string) { d.OnSpot = s }, func(r matter.Report, _ matter.Private) string { return r.OnSpot }},
		"mode":     {matter.Modes, func(d *Draft, s string) { d.Mode = s }, func(r matter.Report, _ matter.Private) string { return r.Mode }},
		"sex":      {matter.Sexes, func(d *Draft, s string) { d.Sex = s }, func(_ matter.Report, p matter.Private) string { return p.Sex }},
		"ageBand":  {matter.AgeBands, func(d *Draft, s string) { d.AgeBand = s }, func(_ matter.Report, p matter.Private) string { return p.AgeBand }},
	} {
		for _, w := range c.words {
			for _, said := range []string{w.Code, w.Name, " " + w.Name + "\n"} {
				d := Draft{Title: "七巷"}
				c.set(&d, said)
				if r, p, problems := d.Check(now, table); c.get(r, p) != w.Code || len(problems) > 0 {
					t.Errorf("%s %q became %q: %v", name, said, c.get(r, p), problems)
				}
			}
		}
	}
}

func TestWhatIsNotSaid(t *testing.T) {
	r, p, problems := Draft{Words: "七巷一下雨就倒灌。请代表来看看！"}.Check(now, table)
	want := matter.Report{Register: "reception", Channel: "walk-in", Occurred: now.Truncate(time.Minute), Station: table, Anonymous: true,
		People: 1, Title: "七巷一下雨就倒灌", Urgency: "normal", Deputies: []string{}, OnSpot: "register"}
	if !reflect.DeepEqual(r, want) || p.Words != "七巷一下雨就倒灌。请代表来看看！" || len(problems) > 0 {
		t.Errorf("got %+v\nwant %+v\n%v", r, want, problems)
	}
	for _, c := range matter.Channels {
		if r, _, _ := (Draft{Title: "七巷", Channel: c.Name}).Check(now, table); r.Register != matter.RegisterOf(c.Code) {
			t.Errorf("%s goes into %s", c.Name, r.Register)
		}
	}
	if r, _, _ := (Draft{Title: "七巷", Channel: "入户", Register: "社情民意"}).Check(now, table); r.Register != "opinion" {
		t.Errorf("a register that was chosen became %s", r.Register)
	}
	for words, title := range map[string]string{
		"一句话":                   "一句话",
		"头一句\n第二句":              "头一句",
		"急！快来":                  "急",
		"。。。":                   "。。。",
		strings.Repeat("长", 30): strings.Repeat("长", 30),
		strings.Repeat("𰻞", 31): strings.Repeat("𰻞", 29) + "…",
	} {
		if r, _, problems := (Draft{Words: words}).Check(now, table); r.Title != title || utf8.RuneCountInString(r.Title) > maxTitle || len(problems) > 0 {
			t.Errorf("%q is headed %q, want %q: %v", words, r.Title, title, problems)
		}
	}
	r, _, _ = Draft{Title: "七巷", Deputies: []string{" 单桂花 ", "", "解玉兰", "单桂花"}, Category: category.All()[3].Name}.Check(now, table)
	if !slices.Equal(r.Deputies, []string{"单桂花", "解玉兰"}) || r.Category != category.All()[3].Code {
		t.Errorf("%v %s", r.Deputies, r.Category)
	}
}

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
		Confidential: true, Phone: "13812345678", Sex: "男", AgeBand: "60-79", Address: "凤山街道七巷3号", People: 12, Purpose: "求助", Category: "0203",
		Title: "七巷雨水倒灌😭", Words: strings.Repeat("雨𰻞", 5000), Place: "七巷口", Urgency: "紧急", Deputies: []string{"单桂花"},
		OnSpot: "登记办理", OnSpotAnswer: "已记下", Mode: "部门联动", Proposal: "请踏勘"}
	m := s.receive(t, d)
	fs, err := s.Store.ByID(ctx, m.ID)
	if err != nil || !reflect.DeepEqual(fs.Report, m.Report) || fs.Private != m.Private {
		t.Fatalf("kept %+v\nsaid %+v\n%v", fs.Matter, m, err)
	}
	want := matter.Report{Number: m.Number, Register: "visit", Channel: "household", Occurred: time.Date(2026, 11, 20, 1, 30, 0, 0, time.UTC),
		PaperNumber: "簿1-3", Confidential: true, People: 12, Purpose: "help", Category: "0203", Title: "七巷雨水倒灌😭",
		Place: "七巷口", Urgency: "urgent", Deputies: []string{"单桂花"}, OnSpot: "register", Mode: "department", Proposal: "请踏勘", Due: "2026-11-27"}
	want.Station, _ = matter.Station("141102002006")
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
	if _, err := s.Receive(ctx, Draft{Title: "七巷", Phone: "1"}); !slices.Equal(fieldsOf(err), []string{"phone"}) {
		t.Errorf("%v", err)
	}
	m := s.receive(t, Draft{Title: "甲", PaperNumber: "簿1-3"})
	if _, err := s.Receive(ctx, Draft{Title: "乙", PaperNumber: " 簿1-3\u200b"}); !slices.Equal(fieldsOf(err), []string{"paperNumber"}) {
		t.Errorf("paper number twice: %v", err)
	}
	if !s.Used(ctx, Draft{PaperNumber: "簿1-3 ", Station: "141102002003"}) || s.Used(ctx, Draft{PaperNumber: "簿1-4"}) || s.Used(ctx, Draft{}) {
		t.Error("which paper numbers were used is not known")
	}
	other := s.receive(t, Draft{Title: "丙", PaperNumber: "簿1-3", Station: "141102002006"}) // another point has its own book
	if n, err := s.Store.Count(ctx, store.Filter{}); n != 2 || err != nil {
		t.Errorf("%d matters %v", n, err)
	}
	if next := s.receive(t, Draft{Title: "丁"}); next.Number[14:18] != "0002" {
		t.Errorf("refused drafts used up numbers: %s then %s (%s)", m.Number, next.Number, other.Number)
	}
	s.Settings.Role, s.Settings.Unit = journal.County, office
	if _, err := s.Receive(ctx, Draft{Title: "七巷"}); !errors.Is(err, ErrNotStation) {
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
		{"hidden and open", raw("phone", `"１３９０００１１１１２"`, "category", `"0205"`), func(m matter.Matter) bool { return m.Phone == "13900011112" && m.Category == "0205" }, "电话、类别"},
		{"a Chinese word", raw("urgency", `"紧急"`, "sex", `"女"`), func(m matter.Matter) bool { return m.Urgency == "urgent" && m.Sex == "female" }, "性别、紧急程度"},
		{"fewer deputies", raw("deputies", `["车玉柱"]`), func(m matter.Matter) bool { return slices.Equal(m.Deputies, []string{"车玉柱"}) }, "接待代表"},
		{"no deputies", raw("deputies", `[]`), func(m matter.Matter) bool { return len(m.Deputies) == 0 }, "接待代表"},
		{"empty clears", raw("category", `""`, "phone", `""`), func(m matter.Matter) bool { return m.Category == "" && m.Phone == "" }, "电话、类别"},
		{"an empty title is made of the words", raw("title", `""`), func(m matter.Matter) bool { return m.Title == "一下雨就倒灌" }, "标题"},
		{"a name withdrawn", raw("name", `""`), func(m matter.Matter) bool { return m.Name == "" && m.Anonymous }, "姓名、匿名"},
		{"a name given", raw("name", `"王𠅤亮"`), func(m matter.Matter) bool { return m.Name == "王𠅤亮" && !m.Anonymous }, "姓名、匿名"},
		{"the time", raw("occurred", `"2026-11-20 08:00"`), func(m matter.Matter) bool { return m.Occurred.Equal(time.Date(2026, 11, 20, 8, 0, 0, 0, china)) }, "反映时间"},
	} {
		got, err := s.Correct(ctx, m.ID, c.changes)
		if err != nil || !c.check(got) || got.Number != m.Number || got.State != matter.Registered {
			t.Errorf("%s: %+v %v", c.name, got, err)
			continue
		}
		last := got.History[len(got.History)-1]
		if last.Do != "correct" || last.Note != c.note || !last.At.Equal(s.clock.Truncate(time.Second)) {
			t.Errorf("%s: history %+v", c.name, last)
		}
		if kept, err := s.Store.ByID(ctx, m.ID); err != nil || !c.check(kept.Matter) {
			t.Errorf("%s was not kept: %v", c.name, err)
		}
	}
	before, _ := s.Store.ByID(ctx, m.ID)
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
		_, err := s.Correct(ctx, m.ID, c.changes)
		if got := strings.Join(fieldsOf(err), " "); err == nil || got != c.wrong {
			t.Errorf("%s: %v", name, err)
		}
		spoken(t, err)
	}
	if after, _ := s.Store.ByID(ctx, m.ID); !reflect.DeepEqual(before, after) {
		t.Errorf("refused corrections changed\n%+v\nto\n%+v", before, after)
	}
	if _, err := s.Correct(ctx, "019ab0c0-0000-7000-8000-00000000ffff", raw("title", `"甲"`)); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown matter: %v", err)
	}
	s.Settings.Unit = "141102002006D1-6"
	if _, err := s.Correct(ctx, m.ID, raw("title", `"甲"`)); !errors.Is(err, matter.ErrNotYours) {
		t.Errorf("another station: %v", err)
	}
}

func TestVoid(t *testing.T) {
	s := sit(t)
	m := s.receive(t, Draft{Title: "七巷雨水倒灌"})
	for _, blank := range []string{"", "  ", "\n", "\u200b", strings.Repeat("长", 201)} {
		if _, err := s.Void(ctx, m.ID, blank); !slices.Equal(fieldsOf(err), []string{"note"}) {
			t.Errorf("reason of %d bytes %.10q: %v", len(blank), blank, err)
		}
	}
	got, err := s.Void(ctx, m.ID, " 和上一件登记重了\u202e ")
	if err != nil || got.State != matter.Void || got.History[1].Note != "和上一件登记重了" {
		t.Fatalf("%+v %v", got.History, err)
	}
	if _, err := s.Void(ctx, m.ID, "再作废"); !errors.Is(err, matter.ErrNotNow) {
		t.Errorf("twice: %v", err)
	}
	if _, err := s.Correct(ctx, m.ID, raw("title", `"甲"`)); !errors.Is(err, matter.ErrNotNow) {
		t.Errorf("corrected afterwards: %v", err)
	}
	if kept, err := s.Store.ByID(ctx, m.ID); err != nil || kept.Title != "七巷雨水倒灌" || len(kept.History) != 2 {
		t.Errorf("it is not kept: %+v %v", kept, err)
	}
	if n, _ := s.Store.Count(ctx, store.Filter{Overdue: "2099-01-01"}); n != 0 {
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
}
