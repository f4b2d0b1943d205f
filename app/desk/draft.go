// Package desk is the table at which a citizen sits: what was typed is checked field by field, and when it is right it
// becomes the first entry of a matter, with a number and a promised date.
package desk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/problem"
	"lianluo.local/data/trace"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Draft is a matter as somebody types it or as a file brings it. Closed lists take a code or its Chinese word; only a
// title or the citizen's words are needed.
type Draft struct {
	Register     string   `json:"register"`
	Channel      string   `json:"channel"`
	Occurred     string   `json:"occurred"` // as day.Read takes it: 2026-11-21 19:42, 2026年11月21日, …; "" for now
	Station      string   `json:"station"`  // "" for this station
	PaperNumber  string   `json:"paperNumber"`
	Name         string   `json:"name"`
	Anonymous    bool     `json:"anonymous"`
	Confidential bool     `json:"confidential"`
	Phone        string   `json:"phone"`
	Sex          string   `json:"sex"`
	AgeBand      string   `json:"ageBand"`
	Address      string   `json:"address"`
	People       int      `json:"people"`
	Purpose      string   `json:"purpose"`
	Category     string   `json:"category"`
	Title        string   `json:"title"`
	Words        string   `json:"words"`
	Place        string   `json:"place"`
	Urgency      string   `json:"urgency"`
	Deputies     []string `json:"deputies"` // nil: who was at the table then
	Persons      Persons  `json:"persons"`  // who on the roster they are, as far as somebody said so
	OnSpot       string   `json:"onSpot"`
	OnSpotAnswer string   `json:"onSpotAnswer"`
	Mode         string   `json:"mode"`
	Proposal     string   `json:"proposal"`
	Reason       string   `json:"reason"`  // out of scope: why
	Door         string   `json:"door"`    // out of scope: who is in charge, where, telephone, hours
	Session      string   `json:"session"` // the ID of the session at which it was raised; "" for that which was held then
	Wanted       string   `json:"wanted"`  // 点单: the field
	Asked        string   `json:"asked"`   // or the deputy
}

// Persons are IDs of people by their names as written.
type Persons = matter.Persons

// Parse reads one JSON object. Unknown keys, values of another kind and broken text are Problems.
func Parse(b []byte) (d Draft, err error) {
	err = problem.Decode(b, &d)
	return d, err
}

// Typed is a draft of what a form says.
func Typed(v field.Values) (d Draft) {
	v = v.With(nil)
	for _, f := range matter.Fields {
		if f.Input == field.Number { // words that are no number are a wrong one, so that it is not silently none
			v[f.Code] = v.Number(f.Code)
		}
	}
	v.Into(&d)
	return d
}

// SealedTitle is the title of every confidential matter.
const SealedTitle = "保密事项"

// maxLine is how much may be written into a line, in characters.
const maxLine = 200

// Check says what is wrong with a draft as typed now at a station; with no problems, it gives what is to be kept. The
// due date is still open.
func (d Draft) Check(now time.Time, station string) (r matter.Report, p matter.Private, problems problem.Problems) {
	return d.check(now, station, oldest)
}

// CheckOld is Check of what an old book says, which may be as old as the stations are.
func (d Draft) CheckOld(now time.Time, station string) (r matter.Report, p matter.Private, problems problem.Problems) {
	return d.check(now, station, ancient)
}

func (d Draft) check(now time.Time, station string, oldest int) (r matter.Report, p matter.Private, problems problem.Problems) {
	problems = problem.Problems{}
	if book, _ := words.Registers.Parse(d.Register); d.Channel == "" {
		d.Channel = words.ChannelOf(book)
	}
	v := matter.Fields.Check(field.From(d), now, category.Parse, problems)
	if v.Text("title") == "" && v.Text("words") == "" {
		problems["words"] = "请写下群众反映的事，写一句话也可以"
	} else if d.Confidential {
		seal(v)
	}
	v.Into(&r, &p)
	r.Persons = d.Persons.Of(r.Deputies)
	if r.Title == "" {
		r.Title = titled(p)
	}
	if r.Register == "" {
		r.Register = words.RegisterOf(r.Channel)
	}
	if r.OnSpot != "out-of-scope" { // nobody asks for these then
		r.Reason, r.Door = "", ""
		delete(problems, "reason")
		delete(problems, "door")
	}
	if d.Anonymous && p.Name != "" {
		problems["name"] = "已选匿名，请删去姓名；要留姓名就不选匿名"
	}
	r.Anonymous = p.Name == ""
	if r.Station = station; d.Station != "" {
		code, ok := unit.Station(d.Station)
		_, known := places.ByCode(code[:min(len(code), 12)])
		if r.Station = code; !ok || !known || code[:6] != station[:6] {
			problems["station"] = "没有这个联络站，请核对代码"
		}
	}
	if numbers.Mistyped(r.Station, r.PaperNumber) {
		problems["paperNumber"] = "和本站空白登记簿上印的编号对不上，请逐个字核对"
	}
	if at, said := v["occurred"].(time.Time); !said {
		r.Occurred = now.Truncate(time.Minute)
	} else if r.Occurred = at; problems["occurred"] != "" { // no day
	} else if at.After(now.Add(10 * time.Minute)) {
		problems["occurred"] = "这个时间还没有到，请核对日期"
	} else if at.Before(now.AddDate(-oldest, 0, 0)) {
		problems["occurred"] = fmt.Sprintf("这是%d年前的日子，请核对年份", now.Year()-at.Year())
	}
	return r, p, problems
}

// sealed are the fields that say nothing of a confidential matter.
var sealed = matter.Fields.Where(func(f field.Field) bool { return f.Sealed })

// seal puts what every level may read behind the citizen's words, which lie in the private part.
func seal(v field.Values) {
	for _, f := range sealed {
		if open := v.Text(f.Code); open != "" && open != SealedTitle {
			v["words"] = strings.TrimSpace(v.Text("words") + "\n" + f.Name + "：" + open)
		}
		v[f.Code] = ""
	}
	v["title"] = SealedTitle
}

// unseal puts back into the open what Check put under the seal.
func (d *Draft) unseal() {
	v := field.From(d)
	if d.Title == SealedTitle {
		v["title"] = ""
	}
	var words []string
	for _, line := range strings.Split(d.Words, "\n") {
		name, said, _ := strings.Cut(line, "：")
		i := slices.IndexFunc(sealed, func(f field.Field) bool { return f.Name == name })
		if i < 0 || v.Text(sealed[i].Code) != "" {
			words = append(words, line)
			continue
		}
		v[sealed[i].Code] = said
	}
	v["words"] = strings.Join(words, "\n")
	v.Into(d)
}

// oldest is how many years ago something may have been raised that is registered today: a station keeps its paper
// books for that long.
const oldest = 10

// ancient is the same of what comes from an old book: nobody received citizens at a station before.
const ancient = 40

// maxTitle is how many characters a title has at most.
var maxTitle = longest("title")

func longest(code string) int {
	f, _ := matter.Fields.Field(code)
	return f.Most
}

// head is as much of the words as a title can come from.
func head(words string) string {
	rs := []rune(words)
	return string(rs[:min(len(rs), 10*maxTitle)])
}

// titled is the title made of a citizen's words, without what tells who he is.
func titled(p matter.Private) string {
	return headline(trace.Hide(head(p.Words), p, func(trace.Found) string { return "…" }))
}

// headline makes a title of the citizen's words: the first sentence, at most as long as a title may be.
func headline(words string) string {
	end := strings.IndexFunc(words, func(r rune) bool { return strings.ContainsRune("。！？；\n!?;", r) })
	if end > 0 {
		words = words[:end]
	}
	rs := []rune(strings.Join(strings.Fields(words), " "))
	if len(rs) > maxTitle {
		return string(rs[:maxTitle-1]) + "…"
	}
	return string(rs)
}
