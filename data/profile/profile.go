// Package profile is how one county does things: its terms, the letters that it prints for results, its words for the
// seven steps, the departments it assigns to. The defaults are those of the regulations named beside them; a county
// writes what differs into HOME/profile.json. What a matter is and what may follow what are the same everywhere.
package profile

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

// Profile of a county. Days are working days, months calendar months.
type Profile struct {
	Steps       [7]string         `json:"steps"`       // the words of the seven steps
	Promise     map[string]int    `json:"promise"`     // within how many days a citizen is told the outcome, by urgency
	KeyIn       int               `json:"keyIn"`       // from paper to the book
	Collate     int               `json:"collate"`     // sorted and handed on
	Sign        int               `json:"sign"`        // signed for
	GiveBack    int               `json:"giveBack"`    // returned as not theirs, and assigned again
	Ordinary    int               `json:"ordinary"`    // handled by one department
	Complex     int               `json:"complex"`     // a difficult one
	Joint       int               `json:"joint"`       // several departments, in months
	Suggestion  int               `json:"suggestion"`  // a deputy's suggestion, in months
	Hard        int               `json:"hard"`        // one of wide concern, in months
	Inform      int               `json:"inform"`      // after the answer came, the citizen is told
	Rate        int               `json:"rate"`        // the citizen rates, else it counts as not rated
	Redo        int               `json:"redo"`        // done again after 不满意, in months
	Urge        int               `json:"urge"`        // an urged answer
	Notice      int               `json:"notice"`      // a reception is announced before, in calendar days
	Retain      int               `json:"retain"`      // after its end, who a citizen is stays known, in months
	Silent      int               `json:"silent"`      // after how many calendar days a station counts as silent
	Audit       int               `json:"audit"`       // for how many months it is kept who looked at what
	Letters     [9]string         `json:"letters"`     // what is printed for the classes 1–9
	Meanings    [][2]string       `json:"meanings"`    // the letters with their meanings, in order
	Departments []string          `json:"departments"` // offered when a matter is assigned, behind those that are units
	Doors       map[string]string `json:"doors"`       // where to go with what is out of scope, by reason
	Fields      []Field           `json:"fields"`      // what deputies know about, and which matters belong there
	Quotas      []Quota           `json:"quotas"`      // how many deputies a congress has
	Goals       []Goal            `json:"goals"`       // what a deputy is to do in a year; none unless a county says so
	Texts       []Text            `json:"texts"`       // the rules of stations (制度), which hang on their walls
	Clocks      Clocks            `json:"clocks"`      // the terms of deputies' suggestions
	Week        int               `json:"week"`        // the first day of a week in reports: 1 Monday … 7 Sunday
	Congress    string            `json:"congress"`    // a day on which a congress began; each lasts five years
	Templates   []Template        `json:"templates"`   // what offices above want matters written as; none unless a county says so
	Fangsong    string            `json:"fangsong"`    // the file of the 仿宋 in which letters are set; "" for the computer's own
}

// Default gives the terms and letters that hold where a county said nothing else.
//
// Five days to hand over and five to return: 山东 article 10, 青岛 14, 信访工作条例 23. Ten days for an ordinary matter and
// twenty for a difficult one: 湘潭, 抚州 (12345). A month to do it again: 河南, 山东, 浙江, 上海. Three and six months for a
// suggestion: 代表法 (2025) article 51. Two days' notice: 吕梁.
// Two years until who the citizen was is redacted: 个人信息保护法 article 19 asks for the shortest time that the purpose
// needs; a matter is taken up again and reported on within the next year. A–D: 全国人大常委会办公厅.
func Default() Profile {
	return Profile{
		Steps:   matter.Steps,
		Promise: map[string]int{"normal": 15, "urgent": 5, "critical": 1},
		KeyIn:   3, Collate: 5, Sign: 1, GiveBack: 5, Ordinary: 10, Complex: 20, Joint: 1, Suggestion: 3,
		Hard: 6, Inform: 3, Rate: 15,
		Redo: 1, Urge: 5, Notice: 2, Silent: 10, Retain: 24,
		Audit:   36,
		Letters: [9]string{"A", "A", "B", "B", "C", "C", "C", "D", ""},
		Meanings: [][2]string{
			{"A", "已经解决或者基本解决"}, {"B", "正在解决或者列入规划逐步解决"}, {"C", "因目前条件限制或者其他原因需待以后解决"}, {"D", "留作参考"},
		},
		Departments: []string{
			"住房和城乡建设局", "城市管理局", "自然资源局", "交通运输局", "水利局", "农业农村局", "教育科技局", "卫生健康局", "民政局",
			"人力资源和社会保障局", "公安局", "市场监督管理局", "文化和旅游局", "应急管理局", "生态环境分局", "司法局", "退役军人事务局",
			"医疗保障局", "发展和改革局", "财政局",
		},
		Doors: map[string]string{
			"court":      "当地人民法院、人民检察院或司法所；诉讼服务热线 12368，法律咨询热线 12348",
			"petition":   "原受理的信访部门（当地信访局），请带上信访回执",
			"discipline": "当地纪委监委；举报电话 12388",
			"own":        "按普通群众的办法向主管部门反映；政务服务热线 12345",
			"trade":      "招标投标、市场监管部门；投诉举报热线 12315",
			"secret":     "请不要在这里讲，直接找有关机关的保密工作部门",
			"emergency":  "报警 110，火警 119，急救 120，请马上打",
			"again":      "原来受理的联络站，请报原回执的编号",
			"market":     "请双方协商，或找行业组织、公证、仲裁；法律咨询热线 12348",
		},
		Fields: usual(),
		Texts:  hung(),
		Clocks: Law(),
		Week:   1, Congress: "2021-06-01",
	}
}

// ErrBroken says that a profile cannot be read; the error around it says why.
var ErrBroken = errors.New("not a profile")

// Read gives the defaults with what b (JSON) says over them. Unknown keys, terms below one, empty words and half
// characters are ErrBroken.
func Read(b []byte) (Profile, error) {
	if fields := problem.Torn(b); fields != nil {
		return Default(), fmt.Errorf("%w: half a character in %s", ErrBroken, fields[0])
	}
	p, strange, err := read(json.NewDecoder(bytes.NewReader(b)))
	strange = cmp.Or(misnamed(b), strange)
	if err == nil {
		var said struct {
			Templates json.RawMessage `json:"templates"`
		}
		_ = json.Unmarshal(b, &said) // it was read just now
		if fault := strict(said.Templates); fault != nil {
			return p, fmt.Errorf("%w: %w", ErrBroken, fault)
		}
	}
	if err == nil && strange != "" {
		return p, fmt.Errorf("%w: %w", ErrBroken, Unknown(strange))
	}
	return p, err
}

// misnamed gives a key that no profile has, "" for none.
func misnamed(b []byte) string {
	var said, known map[string]json.RawMessage
	whole, _ := json.Marshal(Default())
	_ = json.Unmarshal(whole, &known)
	_ = json.Unmarshal(b, &said) // what is no JSON was found already
	for _, key := range slices.Sorted(maps.Keys(said)) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(known)),
			func(k string) bool { return strings.EqualFold(k, key) }) {
			return key
		}
	}
	return ""
}

// Unknown is a word of a profile that means nothing.
type Unknown string

func (u Unknown) Error() string { return "the word " + string(u) }

// Sentence is what a person hears.
func (u Unknown) Sentence() string {
	return "办理规则（profile.json）里的“" + string(u) + "”不认得，先照原来的用，资料没有动。请改回来，或把这个文件挪走，再打开程序。"
}

// Told is Read for what an office told, whose program may know more: unknown keys are passed over. A key that cannot
// be read keeps its default, and it alone; the error, ErrBroken, names it.
func Told(b []byte) (Profile, error) {
	p, unread := Default(), []string{}
	var said map[string]json.RawMessage
	if err := json.Unmarshal(b, &said); err != nil {
		return p, fmt.Errorf("%w: %v", ErrBroken, err)
	}
	good := map[string]json.RawMessage{}
	for _, key := range slices.Sorted(maps.Keys(said)) {
		good[key] = said[key]
		whole, _ := json.Marshal(good) // it is made of what was read
		if next, _, err := read(json.NewDecoder(bytes.NewReader(whole))); err == nil {
			p = next
			continue
		}
		delete(good, key)
		unread = append(unread, key)
	}
	if len(unread) > 0 {
		return p, fmt.Errorf("%w: %s", ErrBroken, strings.Join(unread, ", "))
	}
	return p, nil
}

// coded puts what stands under a Chinese word of a closed list under its code, and gives a word that the list does
// not know, "" for none.
func coded[V any](m map[string]V, list words.List) (strange string) {
	for _, word := range slices.Sorted(maps.Keys(m)) {
		switch code, ok := list.Parse(word); {
		case !ok:
			strange = word
		case code != word:
			m[code] = m[word]
			delete(m, word)
		}
	}
	return strange
}

func read(dec *json.Decoder) (p Profile, strange string, err error) {
	p = Default()
	p.Fields, p.Texts = nil, nil // decoding into the old ones would mix them
	said := struct {
		*Profile
		Clocks json.RawMessage `json:"clocks"`
	}{&p, []byte("{}")}
	if err := dec.Decode(&said); err != nil {
		return p, "", fmt.Errorf("%w: %v", ErrBroken, err)
	}
	if p.Fields == nil {
		p.Fields = usual()
	}
	if p.Texts == nil {
		p.Texts = hung()
	}
	if dec.More() {
		return p, "", fmt.Errorf("%w: more than one", ErrBroken)
	}
	law := Law()
	law.Answer, law.Hard = Term(strconv.Itoa(p.Suggestion)+"m"), Term(strconv.Itoa(p.Hard)+"m") // as counties said it before
	if p.Clocks, strange, err = clocks(said.Clocks, law); err != nil {
		return p, "", fmt.Errorf("%w: %w", ErrBroken, err)
	}
	strange = cmp.Or(strange, coded(p.Promise, words.Urgencies), coded(p.Doors, words.Reasons), levels(p.Quotas), aimed(p.Goals))
	if err := cmp.Or(fields(p.Fields), quotas(p.Quotas), goals(p.Goals), texts(p.Texts), templates(p.Templates)); err != nil {
		return p, "", fmt.Errorf("%w: %w", ErrBroken, err)
	}
	for _, n := range []int{p.KeyIn, p.Collate, p.Sign, p.GiveBack, p.Ordinary, p.Complex, p.Joint, p.Suggestion,
		p.Hard, p.Inform, p.Rate,
		p.Redo, p.Urge, p.Silent, p.Retain, p.Promise["normal"], p.Promise["urgent"], p.Promise["critical"]} {
		if n < 1 || n > 400 {
			return p, "", fmt.Errorf("%w: a term of %d days or months", ErrBroken, n)
		}
	}
	if p.Audit < 6 || p.Audit > 240 { // 网络安全法 (2017) article 21: logs are kept for six months at least
		return p, "", fmt.Errorf("%w: a log kept for %d months", ErrBroken, p.Audit)
	}
	if _, err := time.Parse(time.DateOnly, p.Congress); err != nil || p.Week < 1 || p.Week > 7 {
		return p, "", fmt.Errorf("%w: where weeks or congresses begin", ErrBroken)
	}
	for _, s := range p.Steps {
		odd := func(r rune) bool { return !unicode.IsPrint(r) }
		if s == "" || s != strings.TrimSpace(s) || strings.ContainsFunc(s, odd) || len([]rune(s)) > 20 {
			return p, "", fmt.Errorf("%w: the words of a step", ErrBroken)
		}
	}
	return p, strange, nil
}

// Letter gives what is printed for a class of results, "" for none.
func (p Profile) Letter(class int) string {
	if class < 1 || class > len(p.Letters) {
		return ""
	}
	return p.Letters[class-1]
}

// Meaning gives what a letter means in this county.
func (p Profile) Meaning(letter string) string {
	for _, m := range p.Meanings {
		if m[0] == letter {
			return m[1]
		}
	}
	return ""
}
