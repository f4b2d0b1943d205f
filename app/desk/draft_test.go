package desk

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"lianluo.local/assets/category"
	"lianluo.local/assets/names"
	"lianluo.local/data/field"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
)

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
		{"with the country's code", Draft{Phone: "+86 138 1234 5678"}, ""},
		{"two numbers", Draft{Phone: "0358-8221321、13812345678"}, ""},
		{"two numbers and a blank", Draft{Phone: "13812345678 8221321"}, ""},
		{"a number and whose it is", Draft{Phone: "13812345678（女儿）"}, ""},
		{"l for 1", Draft{Phone: "138l2345678"}, "phone"},
		{"O for 0", Draft{Phone: "13812345O78"}, "phone"},
		{"a mobile of ten digits", Draft{Phone: "1381234567"}, "phone"},
		{"a mobile of twelve digits", Draft{Phone: "138 1234 56789"}, "phone"},
		{"one of two mistyped", Draft{Phone: "13812345678、1381234567"}, "phone"},
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
		{"year 2000", Draft{Occurred: "2000-01-01"}, "occurred"}, {"ten years ago", Draft{Occurred: "2016-12-01"}, ""},
		{"year 1999", Draft{Occurred: "1999-12-31 23:59"}, "occurred"},
		{"year 1", Draft{Occurred: "0001-01-01T00:00:00Z"}, "occurred"},
		{"year 0", Draft{Occurred: "0000-01-01"}, "occurred"},
		{"year 9999", Draft{Occurred: "9999-12-31"}, "occurred"},
		{"30 February", Draft{Occurred: "2026-02-30"}, "occurred"},
		{"the American way", Draft{Occurred: "11/5/2026"}, "occurred"},
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
	if _, p, _ := (Draft{Title: "七巷", Phone: "１３８－１２３４　５６７８"}).Check(now, table); mask.Phone(p.Phone) != "138****5678" {
		t.Errorf("full-width phone became %q", p.Phone)
	}
}

// A draft has a member for every field of a matter, and for nothing else but who the deputies are; each comes back as it
// was.
func TestDraftIsTheFieldsOfAMatter(t *testing.T) {
	v := field.From(Draft{})
	if _, known := v["persons"]; !known || len(v) != len(matter.Fields)+1 {
		t.Errorf("%d members, %d fields", len(v), len(matter.Fields))
	}
	for _, f := range matter.Fields {
		if _, ok := v[f.Code]; !ok {
			t.Errorf("no member for %s", f.Code)
		}
	}
	said := Draft{Register: "visit", Occurred: "2026-11-20T09:00:00+08:00", Name: "王明", Confidential: true, People: 3, Deputies: []string{"李慧敏"},
		Persons: Persons{"李慧敏": "p"}, Words: "一\n二"}
	if got := Typed(field.From(said)); !reflect.DeepEqual(got, said) {
		t.Errorf("%+v", got)
	}
	for written, people := range map[string]int{"": 0, "１２": 12, "12人": -1, "-3": -3} {
		if got := Typed(field.Values{"people": written}); got.People != people {
			t.Errorf("%q are %d people, want %d", written, got.People, people)
		}
	}
}

func TestEveryListTakesCodesAndWords(t *testing.T) {
	for name, c := range map[string]struct {
		words words.List
		set   func(*Draft, string)
		get   func(matter.Report, matter.Private) string
	}{
		"register": {words.Registers, func(d *Draft, s string) { d.Register = s }, func(r matter.Report, _ matter.Private) string { return r.Register }},
		"channel":  {words.Channels, func(d *Draft, s string) { d.Channel = s }, func(r matter.Report, _ matter.Private) string { return r.Channel }},
		"purpose":  {words.Purposes, func(d *Draft, s string) { d.Purpose = s }, func(r matter.Report, _ matter.Private) string { return r.Purpose }},
		"urgency":  {words.Urgencies, func(d *Draft, s string) { d.Urgency = s }, func(r matter.Report, _ matter.Private) string { return r.Urgency }},
		"onSpot":   {words.OnSpots, func(d *Draft, s string) { d.OnSpot = s }, func(r matter.Report, _ matter.Private) string { return r.OnSpot }},
		"mode":     {words.Modes, func(d *Draft, s string) { d.Mode = s }, func(r matter.Report, _ matter.Private) string { return r.Mode }},
		"sex":      {words.Sexes, func(d *Draft, s string) { d.Sex = s }, func(_ matter.Report, p matter.Private) string { return p.Sex }},
		"ageBand":  {words.AgeBands, func(d *Draft, s string) { d.AgeBand = s }, func(_ matter.Report, p matter.Private) string { return p.AgeBand }},
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
	for _, c := range words.Channels {
		if r, _, _ := (Draft{Title: "七巷", Channel: c.Name}).Check(now, table); r.Register != words.RegisterOf(c.Code) {
			t.Errorf("%s goes into %s", c.Name, r.Register)
		}
	}
	for _, w := range words.Registers { // a book without a channel has its usual one, which leads to the same book
		if r, _, _ := (Draft{Title: "七巷", Register: w.Name}).Check(now, table); r.Register != w.Code || words.RegisterOf(r.Channel) != w.Code {
			t.Errorf("%s without a channel came by %q", w.Name, r.Channel)
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
	for in, want := range map[string][]string{"单桂花（县、乡人大代表）、解玉兰": {"单桂花（县、乡人大代表）", "解玉兰"}, "单桂花、单 桂花，单桂花（女）": {"单桂花"}, "单桂花 解玉兰": {"单桂花", "解玉兰"},
		"欧阳 建国": {"欧阳 建国"}} {
		if r, _, _ := (Draft{Title: "七巷", Deputies: []string{in}}).Check(now, table); !slices.Equal(r.Deputies, want) {
			t.Errorf("%q are %q, want %q", in, r.Deputies, want)
		}
	}
}

// A title that is made of the words names nobody: it is read by many, the words by few.
func TestTitleMadeOfWordsHidesTheCitizen(t *testing.T) {
	s := sit(t)
	m := s.receive(t, Draft{Name: "李四明", Phone: "138 1234 5678", Words: "我叫李四明，电话138 1234 5678，路灯坏了"})
	if strings.Contains(m.Title, "李四明") || strings.Contains(m.Title, "1234") || !strings.Contains(m.Title, "路灯坏了") {
		t.Errorf("title %q", m.Title)
	}
	for words, d := range map[string]Draft{"…家院墙倒了": {Name: "张三山、李四海", Words: "李四海家院墙倒了"}, "…家漏雨": {Name: "阿依古丽·买买提（女）", Words: "阿依古丽•买买提家漏雨"},
		"…说路灯不亮": {Name: "王　明", Words: "王明说路灯不亮"}, "袁家庄…停水": {Words: "袁家庄3号楼2单元停水"}, "请写信到…": {Words: "请写信到 Wang@Example.com。"},
		"请打…": {Phone: "（0358）8221321", Words: "请打822-1321。"}, "2026年3月起3次停水，涉及30户": {Name: "王", Words: "2026年3月起3次停水，涉及30户"}} {
		if m := s.receive(t, d); strings.ReplaceAll(strings.ReplaceAll(m.Title, " ", ""), "……", "…") != words {
			t.Errorf("%q is headed %q, want %q", d.Words, m.Title, words)
		}
	}
	if m := s.receive(t, Draft{Confidential: true, Words: "举报某人"}); m.Title != "保密事项" {
		t.Errorf("confidential title %q", m.Title)
	}
}
