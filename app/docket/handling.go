package docket

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/docket/clock"
	"lianluo.local/data/problem"
	"lianluo.local/data/suggestion"
	"lianluo.local/data/words"
)

func (t *typed) register() {
	number := serial(t.wrong.Line("number", t.o.Number, 20))
	office, congress := t.s.Office, t.s.Congress
	if number == "" && t.s.Number != "" && t.wrong["number"] == "" {
		number = t.s.Number // it has one; another one has to be said
	}
	if number == "" && t.wrong["number"] == "" {
		next, err := t.Next(t.ctx, SeriesOf(t.s))
		if err != nil {
			t.err = err
		}
		number = fmt.Sprint(next)
	}
	other, err := t.things(t.ctx, "office = ? AND congress = ? AND serial = ? AND serial <> '' AND id <> ? AND state <> ?",
		office, congress, number, t.s.ID, int(suggestion.Void))
	if err != nil {
		t.err = err
	}
	for _, o := range other {
		if o.Kind == t.s.Kind && o.Level == t.s.Level {
			t.wrong["number"] = congress + "已有 " + number + " 号“" + o.Title + "”，请换一个案号"
		}
	}
	if number == t.s.Number {
		t.wrong["number"] = "已经是 " + number + " 号，没有改动；要换案号，请写新的案号"
	}
	t.said.Number, t.told.Text = number, t.note()
	t.odd = append(t.odd, t.doubts()...)
	t.clocks()
}

func (t *typed) accept() {
	t.clocks()
	t.told.Text = t.note()
}

func (t *typed) join() {
	other, err := t.Find(t.ctx, t.o.Into)
	var wrong problem.Problems
	isProblem := errors.As(err, &wrong)
	switch {
	case strings.TrimSpace(t.o.Into) == "":
		t.wrong["into"] = "请写并入哪一件（案号）"
	case isProblem:
		t.wrong["into"] = wrong["suggestion"]
	case err != nil:
		t.err = err
	case other.ID == t.s.ID:
		t.wrong["into"] = "不能并入自己"
	case other.Office != t.s.Office || other.State == suggestion.Joined || !other.State.Open():
		t.wrong["into"] = "第 " + other.Number + " 号现在是“" + other.State.String() + "”，不能并进去"
	}
	t.said.Into, t.said.IntoNum, t.told.Text = other.ID, other.Number, t.note()
}

// assign hands it to units, the first time or anew.
func (t *typed) assign() {
	names := t.o.To
	if t.o.Do == suggestion.Again && len(names)+len(t.o.Help) == 0 { // the same ones
		for _, u := range t.s.Units {
			t.said.Units = append(t.said.Units, suggestion.Unit{Key: u.Key, Code: u.Code, Help: u.Help})
		}
	}
	for i, n := range names {
		t.hand("to", n, i > 0 && !t.o.Split)
	}
	for _, n := range t.o.Help {
		t.hand("help", n, true)
	}
	if !slices.ContainsFunc(t.said.Units, func(u suggestion.Unit) bool { return !u.Help }) && t.wrong["to"] == "" {
		t.wrong["to"] = "请写主办单位"
	}
	if t.s.Confidential && t.said.Guests != nil { // what was said in confidence before is kept from them
		t.restate()
	}
	t.said.Hard = t.o.Hard || t.o.Do == suggestion.Again && t.s.Hard
	t.clocks()
	if due := t.date("due", t.o.Due); due != "" && t.wrong["due"] == "" {
		switch {
		case due <= t.on():
			t.wrong["due"] = "答复期限要晚于交办的日子，请核对"
		case t.said.Due != "" && due > t.said.Due:
			t.wrong["due"] = "答复期限不能晚于 " + t.said.Due + "（代表法第五十一条）"
		default:
			t.said.Due = due
		}
	}
	if t.s.State != suggestion.Returned && t.o.Do == suggestion.Assign && t.same() && t.said.Due == t.s.Due && t.said.Hard == t.s.Hard && len(t.wrong) == 0 {
		t.wrong["to"] = "已经交给这些单位，期限也一样，没有改动"
	}
	for i := range t.said.Units {
		if t.said.Units[i].Help {
			t.said.Units[i].Due = clock.Help(t.on(), t.Profile.Clocks, t.Calendar)
		}
	}
	t.told.Text = t.note()
}

// same says whether an order hands it to those who have it.
func (t *typed) same() bool {
	return slices.EqualFunc(t.said.Units, t.s.Units, func(a, b suggestion.Unit) bool { return a.Key == b.Key && a.Help == b.Help })
}

// hand adds a unit to those that it is handed to.
func (t *typed) hand(field, name string, help bool) {
	u := t.unit(field, name, help)
	switch {
	case u.Key == "":
	case slices.ContainsFunc(t.said.Units, func(had suggestion.Unit) bool { return had.Key == u.Key }):
		t.wrong[field] = "“" + strings.TrimSpace(name) + "”写了两次"
	default:
		t.said.Units = append(t.said.Units, u)
		if u.Code != "" {
			t.said.Guests = append(t.said.Guests, suggestion.Guest{Station: u.Code})
		}
	}
}

func (t *typed) sign() {
	t.said.Unit, t.told.Text = t.handler(), t.note()
	t.clocks()
	for _, u := range t.s.Units {
		if u.Key == t.said.Unit && u.Signed != "" {
			t.wrong["unit"] = t.s.Who[u.Key].Name + "已经在 " + u.Signed + " 签收，没有再记"
		}
	}
}

func (t *typed) giveBack() {
	t.said.Unit, t.told.Text = t.handler(), t.reason("请写退回的理由")
	t.clocks()
}

func (t *typed) ask() {
	t.said.Unit, t.said.More, t.told.Text = t.handler(), t.o.More, t.reason("请写申请改办或增办的理由，和应由哪个单位办")
}

func (t *typed) meet() {
	t.said.Unit, t.said.Way, t.told.Text = t.handler(), t.wrong.Choose("way", t.o.Way, "meet", words.Contacts), t.note()
	if t.told.Text == "" && t.wrong["note"] == "" {
		t.wrong["note"] = "请写面商的情况：和哪位代表、谈了什么"
	}
}

func (t *typed) help() {
	t.said.Unit, t.said.Number = t.handler(), t.wrong.Line("number", t.o.Number, 60)
	t.told.Text = t.wrong.Text("answer", cmp.Or(t.o.Answer, t.o.Note), 6000)
	if t.told.Text == "" && t.wrong["answer"] == "" {
		t.wrong["answer"] = "请写会办意见"
	}
	for _, u := range t.s.Units {
		if u.Key == t.said.Unit && !u.Help {
			t.wrong["unit"] = t.s.Who[u.Key].Name + "是主办单位，请用“答复”（answer）"
		}
	}
}

func (t *typed) class() int {
	c := t.Profile.Class(t.o.Class)
	if c < 1 || c > 8 {
		var names []string
		for i, n := range words.Classes[:8] {
			names = append(names, strings.TrimSpace(t.Profile.Letter(i+1)+" "+n))
		}
		t.wrong["class"] = "请选答复分类：" + strings.Join(names, "、")
	}
	return c
}

func (t *typed) reply() {
	t.said.Unit, t.said.Class, t.said.Number = t.handler(), t.class(), t.wrong.Line("number", t.o.Number, 60)
	t.told.Text = t.wrong.Text("answer", cmp.Or(t.o.Answer, t.o.Note), 10000)
	if t.told.Text == "" && t.wrong["answer"] == "" {
		t.wrong["answer"] = "请写答复内容"
	}
	for _, u := range t.s.Units {
		switch {
		case u.Key != t.said.Unit:
		case u.Help:
			t.wrong["unit"] = t.s.Who[u.Key].Name + "是协办单位，请用“会办意见”（help）"
		case u.Answered != "":
			t.wrong["unit"] = t.s.Who[u.Key].Name + "已经在 " + u.Answered + " 答复"
		}
	}
	for _, p := range t.o.Promises {
		what, by := t.wrong.Text("what", p.What, 500), t.date("by", p.By)
		switch {
		case t.wrong["by"] != "" || t.wrong["what"] != "":
		case what == "" || by == "":
			t.wrong["promises"] = "承诺要写做什么、什么时候做完"
		case by <= t.on():
			t.wrong["by"] = "承诺的日子要在答复以后，请核对"
		case by > t.now.AddDate(10, 0, 0).Format(time.DateOnly):
			t.wrong["by"] = "承诺的日子太远了，请核对年份"
		}
		t.said.Promises, t.told.Promised = append(t.said.Promises, suggestion.Promise{By: by}), append(t.told.Promised, what)
	}
	if words.Ongoing(t.said.Class) && len(t.o.Promises) == 0 {
		t.wrong["promises"] = "正在解决或列入计划的，请写承诺什么、什么时候办完"
	}
	for _, u := range t.s.Helpers() {
		if u.Helped == "" {
			t.odd = append(t.odd, t.s.Who[u.Key].Name+"还没有给会办意见")
		}
	}
	if !slices.ContainsFunc(t.s.Contacts, func(c suggestion.Contact) bool { return c.On >= t.s.Handed }) {
		t.odd = append(t.odd, "还没有和代表面商过")
	}
	if t.s.Due != "" && t.on() > t.s.Due {
		t.odd = append(t.odd, "答复期限是 "+t.s.Due+"，已经过了")
	}
	t.clocks()
}

func (t *typed) review() {
	t.said.No = t.o.No
	if t.o.Unit != "" || len(t.s.Mains()) == 1 {
		t.said.Unit = t.handler()
	}
	if t.o.No {
		t.told.Text = t.reason("请写答复哪里不行，要承办单位怎么改")
		t.clocks()
		return
	}
	if t.o.Class != 0 {
		if t.said.Class = t.class(); words.Ongoing(t.said.Class) && !words.Ongoing(t.s.Class()) && len(t.s.Promises) == 0 {
			t.wrong["class"] = "答复里没有承诺，不能核定为正在解决或列入计划；请退回承办单位，写上承诺什么、什么时候办完"
		}
	} else {
		t.said.Class = t.s.Class()
	}
	t.clocks()
	t.told.Text = t.note()
}

func (t *typed) deliver() {
	names := t.o.Who
	if len(names) == 0 { // all who signed
		for _, g := range t.s.Signed() {
			t.said.Signs = append(t.said.Signs, g.Key)
		}
	}
	for _, n := range names {
		if key := t.signed(n); key != "" {
			t.said.Signs = append(t.said.Signs, key)
		}
	}
	joined, err := t.things(t.ctx, "joined = ? AND state = ?", t.s.ID, int(suggestion.Joined))
	if err != nil {
		t.err = err
	}
	for _, o := range joined {
		t.odd = append(t.odd, strings.TrimSpace("第 "+o.Number+" 号并在这一件里，答复也请送给它的代表 "+o.Lead()))
	}
	t.said.Way = t.wrong.Choose("way", t.o.Way, "letter", words.Ways)
	t.clocks()
	t.told.Text = t.note()
}

func (t *typed) rate() {
	t.said.Work = t.wrong.Choose("work", t.o.Work, "", words.Verdicts)
	t.said.Result = t.wrong.Choose("result", t.o.Result, "", words.Verdicts)
	for code, v := range map[string]string{"work": t.said.Work, "result": t.said.Result} {
		if v == "" && t.wrong[code] == "" {
			t.wrong[code] = "请照代表填的选：满意、基本满意、不满意；没有填的选未表态"
		}
	}
	t.said.Taken, t.said.Paper = t.wrong.Choose("taken", t.o.Taken, "", words.Takings), t.wrong.Line("paper", t.o.Paper, 60)
	if t.said.Paper == "" && t.wrong["paper"] == "" {
		t.wrong["paper"] = "请写是照哪份纸质件录入的，如 征询意见表"
	}
	if len(t.o.Who) == 1 {
		t.said.Signer = t.signed(t.o.Who[0])
	} else if len(t.o.Who) > 1 {
		t.wrong["who"] = "一次录入一份评价，请写一位代表，或不写"
	}
	t.told.Text = t.note()
	if bad := t.said.Work == "unsatisfied" || t.said.Result == "unsatisfied"; bad && t.told.Text == "" {
		t.odd = append(t.odd, "代表不满意，没有写原因")
	}
	t.clocks()
}

func (t *typed) keep() {
	open := t.s.Pending()
	for _, n := range t.o.Kept {
		if n < 1 || n > len(open) {
			t.wrong["kept"] = fmt.Sprintf("还没有兑现的承诺有 %d 项，请写 1 到 %d", len(open), len(open))
			continue
		}
		t.said.Kept = append(t.said.Kept, open[n-1].Mark)
	}
	if t.o.Class != 0 {
		if t.said.Class = t.class(); words.Ongoing(t.said.Class) {
			t.wrong["class"] = "承诺办完了才录入；还没有办完的，等办完再录"
		}
	}
	t.said.Number = t.wrong.Line("number", t.o.Number, 60)
	t.told.Text = t.wrong.Text("answer", cmp.Or(t.o.Answer, t.o.Note), 10000)
	if t.told.Text == "" && t.wrong["answer"] == "" {
		t.wrong["answer"] = "请写承诺办得怎样了（第二次答复）"
	}
	t.clocks()
}

func (t *typed) supervise() {
	t.said.No, t.said.Leader, t.told.Text = t.o.No, t.wrong.Line("leader", t.o.Leader, 30), t.note()
	if t.said.Leader == "" && !t.o.No && t.wrong["leader"] == "" {
		t.wrong["leader"] = "请写由哪位领导督办"
	}
}

func (t *typed) urge() { t.told.Text = t.note() }

func (t *typed) publish() {
	t.said.Public, t.told.Text = t.wrong.Choose("public", t.o.Set.Text("public"), t.s.Public, words.Openness), t.note()
	switch {
	case t.s.Confidential && t.said.Public != "no":
		t.wrong["public"] = "代表要求保密的建议不公开"
	case t.said.Public == "no" && t.told.Text == "":
		t.told.Text = t.reason("不公开的请写理由")
	case t.s.Class() == 0:
		t.wrong["do"] = "还没有答复，不能公开"
	}
}
