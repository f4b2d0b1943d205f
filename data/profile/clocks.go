package profile

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Term is how long something may take: "5wd" working days, "20d" days of the calendar, "3m" months, "" no term at all.
// Files may write it as people do, too: 5个工作日, 20日, 3个月.
type Term string

// units of a term, each with how files may write it and the most that it may be.
var units = []struct {
	code   string
	spoken []string
	most   int
}{{"wd", []string{"个工作日", "工作日"}, 400}, {"m", []string{"个月", "月"}, 24}, {"d", []string{"日", "天"}, 400}}

// UnmarshalText reads a term.
func (t *Term) UnmarshalText(b []byte) error {
	s := strings.ToLower(strings.TrimSpace(string(b)))
	for _, u := range units {
		for _, end := range append([]string{u.code}, u.spoken...) {
			number, is := strings.CutSuffix(s, end)
			if n, err := strconv.Atoi(strings.TrimSpace(number)); is && err == nil && n > 0 && n <= u.most {
				*t = Term(strconv.Itoa(n) + u.code)
				return nil
			}
		}
	}
	if s != "" {
		return fmt.Errorf("a term of %q", s)
	}
	*t = ""
	return nil
}

// Parts are a term's number and its unit: wd, d, m; 0 where there is none.
func (t Term) Parts() (n int, unit string) {
	for _, u := range units {
		if number, is := strings.CutSuffix(string(t), u.code); is {
			n, _ = strconv.Atoi(number)
			return n, u.code
		}
	}
	return 0, ""
}

// Name is the term as people say it, "" where there is none.
func (t Term) Name() string {
	n, unit := t.Parts()
	for _, u := range units {
		if u.code == unit && n > 0 {
			return strconv.Itoa(n) + u.spoken[0]
		}
	}
	return ""
}

// Clocks are within what time each step of a deputies' suggestion is to be done. What neither the county nor its preset
// says holds as Law gives it.
type Clocks struct {
	Preset   string `json:"preset"`   // the regulation that a county follows: 山西 (Law), or another of Presets
	Notice   Term   `json:"notice"`   // from its submission until deputies hear whether it was taken up
	Hand     Term   `json:"hand"`     // from its submission until units have it (交办)
	Return   Term   `json:"return"`   // from then until a unit says that it is not its own
	Rehand   Term   `json:"rehand"`   // from its return until other units have it
	Contact  Term   `json:"contact"`  // from a unit's signature until it first talked with the deputies
	Help     Term   `json:"help"`     // from the handing over until those who help give their opinion
	Mend     Term   `json:"mend"`     // from the day that an opinion or an answer was sent back as poor
	Answer   Term   `json:"answer"`   // from the handing over
	Hard     Term   `json:"hard"`     // the same, of wide concern or difficult
	Township Term   `json:"township"` // the same, to the congress of a township; "" as Answer
	Review   Term   `json:"review"`   // from the last answer until the office looked at it
	Deliver  Term   `json:"deliver"`  // from then until all who signed have it
	Rate     Term   `json:"rate"`     // from then until they rated it
	Redo     Term   `json:"redo"`     // handled anew where they were not content
	Again    Term   `json:"again"`    // the second rating, after what was promised is kept; "" as Rate
	Publish  Term   `json:"publish"`  // from the answer until it is made public
	Cosign   Term   `json:"cosign"`   // from an invitation until its last day, where it names none
	Everyone bool   `json:"everyone"` // each who signed receives the answer; else whoever leads may pass it on

	// Blank are the keys of what holds by Law alone, since neither the county nor its preset says it.
	Blank map[string]bool `json:"-"`
}

// Law gives the terms that hold where nobody says others: three and six months to answer (代表法 (2025) article 51); five
// working days to hand over, to return and to hand over again (青岛 14, 信访工作条例 23; the days of 山东 10), a month for
// those who help (山东, 青岛, 上海), fifteen working days to rate (北京 23), a month to do it again (河南, 山东, 浙江, 上海),
// twenty working days to make it public (国办发〔2014〕46号). No rule says how long the office may look at an answer and
// deliver it, how long an opinion sent back may take outside 重庆 (article 20), nor how long others may think whether they
// sign: those are ours, as for matters.
func Law() Clocks {
	return Clocks{Preset: "山西", Hand: "5wd", Return: "5wd", Rehand: "5wd", Help: "1m", Mend: "5wd", Answer: "3m", Hard: "6m",
		Review: "5wd", Deliver: "3wd", Rate: "15wd", Redo: "1m", Publish: "20wd", Cosign: "5wd", Everyone: true, Blank: keys()}
}

// presets are what regulations say besides the law, as a county would write it.
var presets = []struct{ name, says string }{
	{"山西", `{}`}, // 实施办法 of 2021: nothing of its terms is known but the law's
	// 重庆市人大代表建议批评和意见工作条例 (2017) articles 13, 16, 18, 20, 27, 28
	{"重庆", `{"hand":"10wd","return":"10wd","rehand":"10wd","contact":"20wd","help":"30wd","mend":"5wd","township":"2m",
		"rate":"20wd","redo":"2m","again":"20wd","everyone":true}`},
	{"青岛", `{"hand":"5wd","return":"5wd","help":"1m","everyone":false}`}, // (2021) articles 11–14
	// 浙江省…办理的规定 (2016) articles 10, 14, 18, 22, 24: seven days until deputies hear that it was taken up
	{"浙江", `{"notice":"7d","return":"10d","help":"2m","redo":"1m","everyone":true}`},
	{"河南", `{"return":"10wd","rehand":"10wd","help":"2m","rate":"10wd","redo":"1m","everyone":true}`}, // articles 19–22
	{"北京", `{"rate":"15wd","redo":"2m"}`},                                                             // article 23
	// 上海市…的规定 (2015) articles 11, 14, 17, 20, 21
	{"上海", `{"hand":"7wd","return":"7wd","help":"1m","redo":"1m","everyone":true}`},
	{"山东", `{"hand":"5d","return":"5d","help":"1m","redo":"1m","everyone":false}`}, // articles 10, 18–23
}

// Presets are the clocks of the regulations that the program knows, that of the law first, each with what it leaves to
// the law (Blank).
func Presets() (list []Clocks) {
	for _, p := range presets {
		c, _, _ := clocks([]byte(`{"preset":"`+p.name+`"}`), Law()) // all of them are read in a test
		list = append(list, c)
	}
	return list
}

// clocks gives what a county says of clocks (JSON) over its preset, and that over the law. A preset or a key that nobody
// knows is strange, and passed over.
func clocks(b []byte, law Clocks) (c Clocks, strange string, err error) {
	c = law
	c.Blank = keys()
	over := func(says []byte) error {
		said := map[string]json.RawMessage{}
		if err := cmp.Or(json.Unmarshal(says, &said), json.Unmarshal(says, &c)); err != nil {
			return err
		}
		for _, key := range slices.Sorted(maps.Keys(said)) {
			if key = strings.ToLower(key); !keys()[key] && key != "preset" {
				strange = key
			}
			delete(c.Blank, key)
		}
		return nil
	}
	var named struct{ Preset string }
	if err := json.Unmarshal(b, &named); err != nil {
		return law, "", err
	}
	i := slices.IndexFunc(presets, func(p struct{ name, says string }) bool { return p.name == named.Preset })
	if i >= 0 {
		err = over([]byte(presets[i].says))
	}
	if err = cmp.Or(err, over(b)); err != nil {
		return law, "", err
	}
	if i < 0 && named.Preset != "" {
		strange = named.Preset
	}
	if c.Preset == "" || i < 0 {
		c.Preset = law.Preset
	}
	if c.Answer == "" || c.Hard == "" || c.Redo == "" {
		return law, "", errors.New("no time to answer")
	}
	return c, strange, nil
}

// keys are those of the terms, and of who receives the answer.
func keys() map[string]bool {
	b, _ := json.Marshal(Clocks{}) // nothing in it fails
	set := map[string]bool{}
	var said map[string]json.RawMessage
	_ = json.Unmarshal(b, &said)
	for key := range said {
		set[key] = true
	}
	delete(set, "preset")
	return set
}
