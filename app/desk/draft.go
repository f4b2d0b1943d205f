// Package desk is the table at which a citizen sits: what was typed is checked field by field, and when it is right it
// becomes the first entry of a matter, with a number and a promised date.
package desk

import (
	"fmt"
	"strings"
	"time"

	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/day"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
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
	Deputies     []string `json:"deputies"`
	OnSpot       string   `json:"onSpot"`
	OnSpotAnswer string   `json:"onSpotAnswer"`
	Mode         string   `json:"mode"`
	Proposal     string   `json:"proposal"`
	Reason       string   `json:"reason"` // out of scope: why
	Door         string   `json:"door"`   // out of scope: who is in charge, where, telephone, hours
}

// Parse reads one JSON object. Unknown keys, values of another kind and broken text are Problems.
func Parse(b []byte) (d Draft, err error) {
	err = problem.Decode(b, &d)
	return d, err
}

// SealedTitle is the title of every confidential matter.
const SealedTitle = "保密事项"

// How much may be written, in characters.
const (
	maxName, maxTitle, maxLine, maxText = 60, 30, 200, 20000
	maxDeputies                         = 20
)

// Check says what is wrong with a draft as typed now at a station; with no problems, it gives what is to be kept. The
// due date is still open.
func (d Draft) Check(now time.Time, station string) (r matter.Report, p matter.Private, problems problem.Problems) {
	problems = problem.Problems{}
	r = matter.Report{
		Channel: problems.Choose("channel", d.Channel, "walk-in", words.Channels), PaperNumber: problems.Line("paperNumber", d.PaperNumber, 40),
		Anonymous: d.Anonymous, Confidential: d.Confidential, People: max(d.People, 1),
		Purpose: problems.Choose("purpose", d.Purpose, "", words.Purposes), Title: problems.Line("title", d.Title, maxTitle), Place: problems.Line("place", d.Place, maxLine),
		Urgency: problems.Choose("urgency", d.Urgency, "normal", words.Urgencies), OnSpot: problems.Choose("onSpot", d.OnSpot, "register", words.OnSpots),
		Mode: problems.Choose("mode", d.Mode, "", words.Modes), Proposal: problems.Text("proposal", d.Proposal, maxText), Deputies: []string{}, Station: station,
	}
	if r.OnSpot == "out-of-scope" {
		r.Reason, r.Door = problems.Choose("reason", d.Reason, "", words.Reasons), problems.Line("door", d.Door, maxLine)
	}
	r.Register = problems.Choose("register", d.Register, words.RegisterOf(r.Channel), words.Registers)
	p = matter.Private{
		Name: problems.Line("name", d.Name, maxName), Phone: problems.Line("phone", d.Phone, 60), Sex: problems.Choose("sex", d.Sex, "", words.Sexes),
		AgeBand: problems.Choose("ageBand", d.AgeBand, "", words.AgeBands), Address: problems.Line("address", d.Address, maxLine),
		Words: problems.Text("words", d.Words, maxText), OnSpotAnswer: problems.Text("onSpotAnswer", d.OnSpotAnswer, maxText),
	}
	switch {
	case r.Title == "" && p.Words == "":
		problems["words"] = "请写下群众反映的事，写一句话也可以"
	case d.Confidential: // what every level may read says nothing; what was said lies sealed
		for _, open := range []struct {
			name  string
			value *string
		}{{"标题", &r.Title}, {"地点", &r.Place}, {"拟办意见", &r.Proposal}} {
			if *open.value != "" && *open.value != SealedTitle {
				p.Words = strings.TrimSpace(p.Words + "\n" + open.name + "：" + *open.value)
			}
			*open.value = ""
		}
		r.Title = SealedTitle
	case r.Title == "":
		r.Title = titled(p)
	}
	if d.Anonymous && p.Name != "" {
		problems["name"] = "已选匿名，请删去姓名；要留姓名就不选匿名"
	}
	r.Anonymous = p.Name == ""
	if _, wrong := spelling.Phones(p.Phone); wrong != spelling.Sound {
		problems["phone"] = wrong.Sentence()
	}
	if d.People < 0 || d.People > 99999 {
		problems["people"] = "人数请写 1 到 99999"
	}
	r.Category = problems.Category("category", d.Category, category.Parse)
	if d.Station != "" {
		code, ok := unit.Station(d.Station)
		_, known := places.ByCode(code[:min(len(code), 12)])
		if r.Station = code; !ok || !known || code[:6] != station[:6] {
			problems["station"] = "没有这个联络站，请核对代码"
		}
	}
	if matter.MistypedPaper(r.Station, r.PaperNumber) {
		problems["paperNumber"] = "和本站空白登记簿上印的编号对不上，请逐个字核对"
	}
	people := spelling.People(strings.Join(d.Deputies, "\n"))
	r.Deputies = append(r.Deputies, problems.Names("deputies", people, spelling.Name, maxDeputies, "位代表")...)
	r.Occurred = now.Truncate(time.Minute)
	if strings.TrimSpace(d.Occurred) != "" {
		at, _, why := day.Read(d.Occurred, now)
		if why == "" && at.After(now.Add(10*time.Minute)) {
			why = "这个时间还没有到，请核对日期"
		}
		if why == "" && at.Before(now.AddDate(-oldest, 0, 0)) {
			why = fmt.Sprintf("这是%d年前的日子，请核对年份", now.Year()-at.Year())
		}
		if r.Occurred = at; why != "" {
			problems["occurred"] = why
		}
	}
	return r, p, problems
}

// oldest is how many years ago something may have been raised that is registered today: a station keeps its paper books for that long.
const oldest = 10

// head is as much of the words as a title can come from.
func head(words string) string {
	rs := []rune(words)
	return string(rs[:min(len(rs), 10*maxTitle)])
}

// unseal puts back into the open what Check put under the seal.
func (d *Draft) unseal() {
	if d.Title == SealedTitle {
		d.Title = ""
	}
	var words []string
	for _, line := range strings.Split(d.Words, "\n") {
		name, said, _ := strings.Cut(line, "：")
		field := map[string]*string{"标题": &d.Title, "地点": &d.Place, "拟办意见": &d.Proposal}[name]
		if field == nil || *field != "" {
			words = append(words, line)
			continue
		}
		*field = said
	}
	d.Words = strings.Join(words, "\n")
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
