package agenda

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/clerk"
	"lianluo.local/data/day"
	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/rota"
	"lianluo.local/data/spelling"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
)

// RuleOrder is one act on a rule as somebody asks for it, on a page or in a file: {"station":"…","every":"month","day":11}.
type RuleOrder struct {
	Do      string `json:"do"`      // a code of rota.Acts; "" to set a new rule
	ID      string `json:"id"`      // change, stop: of the rule; "" where the station has one alone
	Station string `json:"station"` // a code or name; "" for our own
	Note    string `json:"note"`

	// Set is what is said of rota.Fields by their codes; for change what is not in it stays, unless the rule becomes one by
	// other days.
	Set field.Values `json:"-"`
}

// ParseRule reads one order about a rule. Unknown keys, values of another kind and broken text are problem.Problems.
func ParseRule(b []byte) (o RuleOrder, err error) {
	var whole struct {
		RuleOrder
		Every    string   `json:"every"`
		Day      int      `json:"day"`
		Weekday  any      `json:"weekday"` // 三, 一、四, ["一","四"], 3
		Nth      any      `json:"nth"`     // 2, -1, 最后
		Days     int      `json:"days"`
		Lunar    bool     `json:"lunar"`
		Dates    []string `json:"dates"`
		Start    string   `json:"start"`
		End      string   `json:"end"`
		Shift    string   `json:"shift"`
		Deputies int      `json:"deputies"`
		Topic    string   `json:"topic"`
		Place    string   `json:"place"`
		Tier     string   `json:"tier"`
		Since    string   `json:"since"`
		Until    string   `json:"until"`
	}
	if err := problem.Decode(b, &whole); err != nil {
		return o, err
	}
	var said map[string]json.RawMessage
	_ = json.Unmarshal(b, &said) // it was read just now
	o, o.Set = whole.RuleOrder, field.Values{}
	for code, value := range field.From(whole) {
		if _, is := rota.Fields.Field(code); is && said[code] != nil {
			o.Set[code] = value
		}
	}
	return o, nil
}

// SetRule does an order: it sets a rule, changes or stops one. What is wrong is problem.Problems by field; then nothing
// is written.
func (a *Agenda) SetRule(ctx context.Context, by clerk.Clerk, o RuleOrder) (r rota.Rota, err error) {
	if err := a.Guard.Ask(ctx, by, right.Agenda); err != nil {
		return r, err
	}
	act, err := a.rule(ctx, o)
	if err != nil {
		return r, err
	}
	act.Kind, act.Unit, act.By, act.User, act.At = rota.Name, a.Settings.Unit, by.Name, by.User, a.Now()
	if r, err = store.RecordOne[rota.Rota](ctx, a.Store, act); errors.Is(err, thing.ErrNotNow) {
		err = problem.Problems{"do": "这条规则已经停用了，没有改动"}.Of(rota.Name)
	}
	return r, err
}

func (a *Agenda) rule(ctx context.Context, o RuleOrder) (act store.Act, err error) {
	wrong := problem.Problems{}
	do := wrong.Choose("do", o.Do, rota.Set, rota.Acts)
	note := wrong.Line("note", o.Note, 200)
	station := a.unit(ctx, o.Station, wrong)
	if do == rota.Set && strings.TrimSpace(o.ID) != "" {
		wrong["id"] = "定的是新的一条规则，不用写编号；改原来的，写明改规则（change）"
	}
	if len(wrong) > 0 {
		return act, wrong.Of(rota.Name)
	}
	act = store.Act{Do: do}
	body := rota.Opening{Note: note}
	var had rota.Rota
	rules, err := a.Rules(ctx, "")
	if err != nil {
		return act, err
	}
	if do != rota.Set {
		if had, err = a.ruled(ctx, o.ID, station, rules); err != nil {
			return act, err
		}
		act.Thing, station = had.ID, had.Station
	}
	if do != rota.Stop {
		body.Rule = a.checked(o.Set, had.Rule, station, wrong)
	}
	if do == rota.Set {
		through, err := a.Through(ctx)
		if err != nil {
			return act, err
		}
		body.Station = station
		if body.Via = through(station); body.Via != "" && !unit.Above(body.Via, station) {
			body.Via = ""
		}
		if slices.ContainsFunc(rules, func(r rota.Rota) bool { return r.Station == station && alike(r.Rule, body.Rule) }) {
			wrong["every"] = "这里已经有一条一样的规则，没有再记"
		}
	}
	act.Body = body
	return act, wrong.Of(rota.Name).Or()
}

// alike says whether two rules give the same evenings, whenever they began.
func alike(a, b rota.Rule) bool {
	if a.Every != "cycle" || a.Day > 0 {
		a.Since, b.Since = "", ""
	}
	return reflect.DeepEqual(a, b)
}

// ruled is the rule that an order is about.
func (a *Agenda) ruled(ctx context.Context, id, station string, rules []rota.Rota) (r rota.Rota, err error) {
	if id = strings.ToLower(strings.TrimSpace(id)); id != "" {
		ls, err := view.Things[rota.Rota](ctx, a.Store, rota.Name, "id = ?", id)
		if err != nil {
			return r, err
		}
		if len(ls) == 0 {
			return r, problem.Problems{"id": "没有这条规则，请核对编号"}.Of(rota.Name)
		}
		r = ls[0].Thing
	} else {
		rules = slices.DeleteFunc(rules, func(r rota.Rota) bool { return r.Station != station })
		switch len(rules) {
		case 0:
			return r, problem.Problems{"station": "这个站点还没有规则"}.Of(rota.Name)
		case 1:
			r = rules[0]
		default:
			return r, problem.Problems{"id": "这个站点的规则不止一条，请写是哪一条的编号"}.Of(rota.Name)
		}
	}
	if !rota.Writes(a.Settings.Unit, r.Station) {
		return r, problem.Problems{"id": "这条规则不归本单位管，不能改"}.Of(rota.Name)
	}
	return r, nil
}

// unit is the code of whose days or session an order is about: ours where nothing is said, an office below us or ours, a
// station that we may write of.
func (a *Agenda) unit(ctx context.Context, typed string, wrong problem.Problems) string {
	if typed = strings.TrimSpace(typed); typed == "" {
		return a.Settings.Unit
	}
	if code, ok := unit.Parse(typed); ok && unit.LevelOf(code) != journal.Station && rota.Writes(a.Settings.Unit, code) {
		return code
	}
	return a.Station(ctx, "station", typed, wrong)
}

// days are the fields by which each rhythm names its days.
var days = map[string][]string{"month": {"day", "weekday", "nth", "lunar"}, "week": {"weekday"}, "cycle": {"day", "days", "lunar"}, "day": {"dates"}}

// checked gives the rule that is asked for; what is not said is as it was.
func (a *Agenda) checked(said field.Values, was rota.Rule, station string, wrong problem.Problems) (r rota.Rule) {
	now, old := a.Now(), field.From(was)
	every := wrong.Choose("every", said.Text("every"), was.Every, rota.Fields[0].Words)
	if every == "" && wrong["every"] == "" {
		wrong["every"] = "请选频率：每月、每周、集日或指定日期"
	}
	if every != was.Every {
		for _, code := range slices.Concat(days["month"], days["cycle"], days["day"]) {
			delete(old, code)
		}
	}
	v := old.With(said)
	for _, code := range []string{"weekday", "nth", "dates"} { // read below
		delete(v, code)
	}
	for code, value := range rota.Fields.Check(v, now, nil, wrong) {
		v[code] = value
	}
	all := old.With(said)
	v["weekday"], v["nth"] = weekdays(all["weekday"], wrong), nth(all["nth"], wrong)
	v["dates"] = a.dates(all.List("dates"), was.Dates, wrong)
	if !v.Yes("lunar") {
		v["lunar"] = false
	}
	for _, code := range []string{"start", "end"} {
		at, timed, why := day.Read("2027-01-01 "+v.Text(code), now)
		if why != "" || !timed {
			wrong[code] = "时间读不出来，请写成 19:30"
			continue
		}
		v[code] = at.Format("15:04")
	}
	for _, code := range []string{"since", "until"} {
		v[code] = dated(code, v.Text(code), now, wrong)
	}
	if v.Text("since") == "" {
		v["since"] = now.Format(time.DateOnly)
	}
	if all.Text("shift") == "" && (every == "cycle" || every == "day") {
		v["shift"] = "keep" // a market is where it is, and so is a day that somebody chose
	}
	if v.Text("tier") != "" && all.Number("deputies") == 0 {
		v["deputies"] = 0
	}
	v.Into(&r)
	r.Every = every
	a.consistent(r, station, wrong)
	return r
}

// consistent says what is wrong with a rule whose fields are right each for itself.
func (a *Agenda) consistent(r rota.Rule, station string, wrong problem.Problems) {
	say := func(code, why string) { wrong[code] = cmp.Or(wrong[code], why) }
	named := map[string]bool{"day": r.Day > 0, "weekday": len(r.Weekday) > 0, "nth": r.Nth != 0, "days": r.Days > 0, "lunar": r.Lunar, "dates": len(r.Dates) > 0}
	for code, is := range named {
		if is && r.Every != "" && !slices.Contains(days[r.Every], code) {
			say(code, "按“"+rota.Fields[0].Words.Name(r.Every)+"”安排的不写这一项")
		}
	}
	switch r.Every {
	case "month":
		switch {
		case r.Nth == 0 && len(r.Weekday) == 0 && r.Day == 0:
			say("day", "请写每月几号，或者第几个星期几")
		case r.Day > 0 && (r.Nth != 0 || len(r.Weekday) > 0):
			say("nth", "几号和第几个星期几只写一样")
		case r.Day == 0 && r.Nth == 0:
			say("nth", "请写第几个，最后一个写 -1")
		case r.Day == 0 && len(r.Weekday) == 0:
			say("weekday", "请写星期几，如 三")
		case r.Nth != 0 && r.Lunar:
			say("lunar", "农历只能按几号，不能按星期几")
		case r.Lunar && r.Day > 30:
			say("day", "农历一个月最多 30 天")
		}
	case "week":
		if len(r.Weekday) == 0 {
			say("weekday", "请写星期几，如 三，或 一、四")
		}
	case "cycle":
		switch {
		case r.Days == 0:
			say("days", "请写几天一集，如 3、5、10")
		case r.Lunar && r.Day == 0:
			say("day", "请写农历每月头一集是初几，如逢三逢八写 3")
		case r.Day > 30:
			say("day", "头一集请写 1 到 30")
		}
	case "day":
		if len(r.Dates) == 0 {
			say("dates", "请写日期，如 2027-03-05")
		}
	}
	if r.End <= r.Start && wrong["start"] == "" {
		say("end", "结束时间要晚于开始时间")
	}
	if r.Until != "" && r.Until < r.Since {
		say("until", "不能早于开始的那天 "+r.Since)
	}
	office := unit.LevelOf(station) != journal.Station
	switch {
	case office && r.Tier == "":
		say("tier", "机关的规则是领导轮流进站，请选领导层级；站点的规则请写站点")
	case !office && r.Tier != "":
		say("tier", "领导轮流进站的规则写在机关名下，站点请写机关的代码，或者空着")
	}
}

// weekdays reads days of the week, however they are written, as 1 Monday to 7 Sunday.
func weekdays(said any, wrong problem.Problems) (list []int) {
	var text string
	switch v := said.(type) {
	case []any:
		for _, one := range v {
			list = append(list, weekdays(one, wrong)...)
		}
	case []string:
		text = strings.Join(v, "、")
	case []int:
		list = append(list, v...)
	case float64:
		text = strconv.FormatFloat(v, 'f', -1, 64)
	case int:
		text = strconv.Itoa(v)
	case string:
		text = v
	case nil:
	default:
		text = fmt.Sprint(v)
	}
	text = strings.NewReplacer("星期", "", "礼拜", "", "周", "", "天", "日").Replace(spelling.Plain(text))
	for _, c := range text {
		switch i := strings.IndexRune("一二三四五六日", c) / len("一"); {
		case strings.ContainsRune(" ,，、;；和\n", c):
		case c >= '1' && c <= '7':
			list = append(list, int(c-'0'))
		case strings.ContainsRune("一二三四五六日", c):
			list = append(list, i+1)
		default:
			wrong["weekday"] = "星期几请写 一 到 日，如 三，或 一、四"
			return nil
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// nth reads which weekday of a month is meant, -1 for the last.
func nth(said any, wrong problem.Problems) int {
	n := field.Values{"n": said}.Number("n")
	if text, is := said.(string); is && strings.Contains(text, "最后") {
		return -1
	} else if text = strings.TrimSpace(text); n < 0 && is && text != "-1" || n < -1 || n > 5 {
		wrong["nth"] = "第几个请写 1 到 5，最后一个写 -1"
	}
	return n
}

// dates reads days that are chosen by hand: each with its year, and none that has gone but those that were chosen before.
func (a *Agenda) dates(typed, before []string, wrong problem.Problems) (list []string) {
	today := a.Now().Format(time.DateOnly)
	for _, s := range typed {
		d := dated("dates", s, a.Now(), wrong)
		if d != "" && d < today && !slices.Contains(before, d) && wrong["dates"] == "" {
			wrong["dates"] = s + " 已经过去了，请写今后的日期"
		}
		if d != "" && !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	if len(list) > 366 {
		wrong["dates"] = "最多写 366 天"
	}
	slices.Sort(list)
	return list
}

// dated reads a day that must name its year: a plan of last year, taken over, would else mean other days.
func dated(code, s string, now time.Time, wrong problem.Problems) string {
	d, why := day.Date(s, now)
	if _, partly := day.Partial(s, now); why == "" && d != "" && partly != "" {
		why = "“" + strings.TrimSpace(s) + "”没有写年份，请写成 " + d + " 这样"
	} else if why != "" {
		why = "“" + strings.TrimSpace(s) + "”：" + why
	}
	if why != "" {
		wrong[code] = cmp.Or(wrong[code], why)
		return ""
	}
	return d
}
