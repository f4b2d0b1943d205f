// Package rota is by which rule a station receives (轮值规则): on which days, from when to when, how many deputies. A rule
// is a thing of its own, which the station or an office above it writes; the days and the deputies that follow from it
// are worked out where sessions are planned (app/agenda).
package rota

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// Name is the journal's word for entries about rules, Schema the version of their bodies that this program writes.
const (
	Name   = "rota"
	Schema = 1
)

// State is whether a rule holds.
type State int

// The states.
const (
	None    State = 0
	Kept    State = 1
	Stopped State = 2
)

// Rule is by which days a station receives, and who sits there.
type Rule struct {
	Every    string   `json:"every"`             // words.Rhythms
	Day      int      `json:"day,omitempty"`     // month: its date; cycle: the first of the month's days, 0 to count from Since
	Weekday  []int    `json:"weekday,omitempty"` // month with Nth: one; week: some; 1 Monday to 7 Sunday
	Nth      int      `json:"nth,omitempty"`     // month: the n-th such weekday, -1 the last
	Days     int      `json:"days,omitempty"`    // cycle: from one to the next
	Lunar    bool     `json:"lunar,omitempty"`   // month, cycle: by the lunar calendar
	Dates    []string `json:"dates,omitempty"`   // day: 2027-01-11
	Start    string   `json:"start"`             // 19:30
	End      string   `json:"end"`
	Shift    string   `json:"shift"` // words.Shifts
	Deputies int      `json:"deputies"`
	Topic    string   `json:"topic,omitempty"`
	Place    string   `json:"place,omitempty"` // "" for the station
	Tier     string   `json:"tier,omitempty"`  // words.Tiers: leaders who go round the stations of an office
	Since    string   `json:"since"`
	Until    string   `json:"until,omitempty"`
}

// Rota is the sum of a rule's entries.
type Rota struct {
	thing.Base
	Rule
	State   State  `json:"state"`
	Station string `json:"station"`       // whose days they are; an office: those of its leaders' round
	Via     string `json:"via,omitempty"` // what the station reports through, where it is not its county
}

// Fields are what is written down of a rule, in the order of the form.
var Fields = field.Of(Name, []field.Field{
	{Code: "every", Name: "频率", Input: field.Chips, Words: words.Rhythms, Must: true},
	{Code: "day", Name: "几号", Input: field.Number, Most: 31},
	{Code: "weekday", Name: "星期几", Hint: "如 三，或 一、四"},
	{Code: "nth", Name: "第几个星期几", Hint: "如 2，最后一个写 -1"},
	{Code: "days", Name: "几天一集", Input: field.Number, Most: 30},
	{Code: "lunar", Name: "农历", Input: field.Tick, Hint: "按农历算", Words: words.Of("true", "按农历", "false", "按公历")},
	{Code: "dates", Name: "日期", Input: field.People, Most: 366, Counted: "天"},
	{Code: "start", Name: "开始时间", Hint: "如 19:30", Otherwise: "19:30"},
	{Code: "end", Name: "结束时间", Hint: "如 21:00", Otherwise: "21:00"},
	{Code: "shift", Name: "遇节假日", Input: field.Chips, Words: words.Shifts, Otherwise: "next"},
	{Code: "deputies", Name: "每场代表", Input: field.Number, Most: 20, Counted: "名", Otherwise: "2"},
	{Code: "topic", Name: "主题", Most: 60, Wide: true},
	{Code: "place", Name: "地点", Most: 60, More: true},
	{Code: "tier", Name: "领导层级", Input: field.Chips, Words: words.Tiers, More: true},
	{Code: "since", Name: "从哪天起", Hint: "如 2027-01-01"},
	{Code: "until", Name: "到哪天止", More: true},
}...)

// What else an act on a rule says.
var _ = field.Of(Name, []field.Field{
	{Code: "id", Name: "规则"}, {Code: "station", Name: "站点"}, {Code: "note", Name: "说明"}, {Code: "do", Name: "办理动作"},
}...)

// The acts, as entries say them.
const (
	Set    = "rule"
	Change = "change"
	Stop   = "stop"
)

// Acts are the acts by their words.
var Acts = words.Of(Set, "定规则", Change, "改规则", Stop, "停用")

// Opening is the body of a rule's first entry, and of one that changes it: the rule is told whole.
type Opening struct {
	Rule
	Station string `json:"station,omitempty"`
	Via     string `json:"via,omitempty"`
	Note    string `json:"note,omitempty"`
}

type who string

const concerned who = "the station whose days they are, or an office above it"

// Is says whether the author of an entry is one of them.
func (w who) Is(p *Rota, r journal.Record) bool {
	return r.Level == unit.LevelOf(r.Unit) && (p.State == None || Writes(r.Unit, p.Station))
}

// Writes says whether a unit may write of the days of a station: its own, those of a point that it serves, those of
// whoever is below it.
func Writes(code, station string) bool { return code == station || unit.Above(code, station) }

const same State = -1

var table = thing.Table[Rota, State]{Kind: Name, Schema: Schema, Same: same, Rules: []thing.Rule[Rota, State]{
	{Do: Set, By: concerned, From: []State{None}, To: []State{Kept}, Write: set},
	{Do: Change, By: concerned, From: []State{Kept, Stopped}, To: []State{Kept}, Write: change},
	{Do: Stop, By: concerned, From: []State{Kept}, To: []State{Stopped}, Write: stop},
},
	Paragraphs: []string{"note"},
	Of:         func(p *Rota) (*thing.Base, *State) { return &p.Base, &p.State },
}

// Apply gives the rule after one more entry, or says why the entry cannot follow.
func (p Rota) Apply(r journal.Record) (Rota, error) { return table.Apply(p, r) }

// May says whether a unit may do an act now, as far as the table tells.
func (p Rota) May(do, code string) bool {
	return table.May(p, journal.Record{Entry: journal.Entry{Do: do, Unit: code, Level: unit.LevelOf(code)}})
}

func set(p *Rota, r journal.Record) ([]string, string, error) {
	var first Opening
	if err := json.Unmarshal(r.Body, &first); err != nil {
		return nil, "", err
	}
	code, ok := unit.Parse(first.Station)
	switch {
	case !ok || code != first.Station || !Writes(r.Unit, code):
		return nil, "", fmt.Errorf("a rule of %q by %s", first.Station, r.Unit)
	case first.Via != "" && !unit.Above(first.Via, code):
		return nil, "", errors.New("a station that reports to none above it")
	}
	p.ID, p.Unit, p.Station, p.Via, p.Rule = r.Thing, r.Unit, code, first.Via, first.Rule
	return nil, thing.Join(p.String(), first.Note), p.known()
}

func change(p *Rota, r journal.Record) ([]string, string, error) {
	var b Opening
	if err := json.Unmarshal(r.Body, &b); err != nil {
		return nil, "", err
	}
	p.Rule = b.Rule
	return []string{"rule"}, thing.Join(p.String(), b.Note), p.known()
}

func stop(p *Rota, r journal.Record) ([]string, string, error) {
	var b Opening
	err := json.Unmarshal(r.Body, &b)
	return []string{"rule"}, b.Note, err
}

func (r Rule) known() error {
	for list, code := range map[*words.List]string{&words.Rhythms: r.Every, &words.Shifts: r.Shift} {
		if !slices.ContainsFunc(*list, func(w words.Word) bool { return w.Code == code }) {
			return fmt.Errorf("a rule by %q", code)
		}
	}
	for _, hour := range []string{r.Start, r.End} {
		if _, err := time.Parse("15:04", hour); err != nil || len(hour) != len("19:30") {
			return fmt.Errorf("a rule at %q", hour)
		}
	}
	for _, on := range append(slices.DeleteFunc([]string{r.Since, r.Until}, func(day string) bool { return day == "" }), r.Dates...) {
		if _, err := time.Parse(time.DateOnly, on); err != nil {
			return fmt.Errorf("a rule on %q", on)
		}
	}
	within := func(n, least, most int) bool { return least <= n && n <= most }
	if !within(r.Day, 0, 31) || !within(r.Nth, -1, 5) || !within(r.Days, 0, 31) || !within(r.Deputies, 0, 1000) || len(r.Dates) > 366 ||
		len(r.Weekday) > 7 || slices.ContainsFunc(r.Weekday, func(d int) bool { return !within(d, 1, 7) }) {
		return errors.New("a rule of days that are none")
	}
	return nil
}

var weekdays = []string{"一", "二", "三", "四", "五", "六", "日"}

// Weekday writes a day of the week, 1 Monday to 7 Sunday: 三.
func Weekday(n int) string {
	if n < 1 || n > 7 {
		return ""
	}
	return weekdays[n-1]
}

// String is the rule as people read it: 每月11日 19:30–21:00，2 名代表，遇节假日顺延.
func (r Rule) String() string {
	days, calendar := "", ""
	if r.Lunar {
		calendar = "农历"
	}
	var on []string
	for _, n := range r.Weekday {
		on = append(on, Weekday(n))
	}
	switch r.Every {
	case "month":
		switch {
		case r.Nth < 0:
			days = "每月最后一个星期" + strings.Join(on, "、")
		case r.Nth > 0:
			days = fmt.Sprintf("每月第%d个星期%s", r.Nth, strings.Join(on, "、"))
		default:
			days = fmt.Sprintf("%s每月%d日", calendar, r.Day)
		}
	case "week":
		days = "每周" + strings.Join(on, "、")
	case "cycle":
		days = fmt.Sprintf("每%d天一次", r.Days)
		if r.Day > 0 {
			var dates []string
			for d := r.Day; d <= 30 && r.Days > 0; d += r.Days {
				dates = append(dates, fmt.Sprint(d))
			}
			days = calendar + "每月" + strings.Join(dates, "、") + "日"
		}
	case "day":
		days = fmt.Sprintf("指定的%d天", len(r.Dates))
	}
	s := days + " " + r.Start + "–" + r.End
	switch {
	case r.Tier != "":
		s += "，" + words.Tiers.Name(r.Tier) + "每人每月一次"
	case r.Deputies > 0:
		s += fmt.Sprintf("，%d名代表", r.Deputies)
	}
	if r.Shift != "keep" {
		s += "，遇节假日" + words.Shifts.Name(r.Shift)
	}
	return s
}

// Kind is what the store has to know of rules.
var Kind = thing.Kind{Name: Name, Version: 1, Schema: Schema, Knows: table.Knows,
	New: func() thing.Sum { return &Rota{} },
	Fold: func(rs []journal.Record) (thing.Sum, []thing.Refusal) {
		p, refused := table.Fold(rs)
		if p.State == None {
			return nil, refused
		}
		return &p, refused
	},
	Field: func(_ thing.Sum, code string) string {
		if code == "rule" {
			return "轮值规则"
		}
		return Fields.Name(code)
	},
	Called: func(s thing.Sum) string { return "轮值规则 · " + s.(*Rota).Station },
	Columns: []thing.Column{
		{Name: "state", Of: func(s thing.Sum) any { return int(s.(*Rota).State) }},
		{Name: "station", Of: func(s thing.Sum) any { return s.(*Rota).Station }},
	},
	Indexes: []string{"station"},
	Digest:  []string{"state", "station"},
}

// Parts are the rule, of which nothing is kept apart.
func (p *Rota) Parts() (open, private any) { return p, &struct{}{} }

// Label gives nothing: a rule is found by its station.
func (p *Rota) Label() (string, []thing.Label) { return "", nil }

// Secret says that a rule never is.
func (p *Rota) Secret() bool { return false }

// Known says that nothing private is told of it.
func (p *Rota) Known() bool { return false }

// Envelope goes along the station's line.
func (p *Rota) Envelope(string) journal.Envelope {
	return journal.Envelope{Way: journal.Along, Audience: unit.With(unit.Path(p.Station, p.Via), p.Unit, "")}
}
