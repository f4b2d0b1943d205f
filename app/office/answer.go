package office

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"lianluo.local/data/matter"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

// What is to be said where a matter is answered, and where the citizen hears of it and rates it.

// ruling are words of a decision, which deputies do not take.
var ruling = regexp.MustCompile(`处理决定|处罚|裁定|裁决|判决|责令|强制执行`)

func answer(t *typed) {
	t.move.Class = t.Profile.Class(t.order.Class)
	switch {
	case t.move.Class == 9:
		t.problems["class"] = "群众撤回请用“撤回”（withdraw）"
	case t.move.Class < 1 || t.move.Class > 8:
		var names []string
		for i, name := range words.Classes[:8] {
			names = append(names, fmt.Sprintf("%d %s", i+1, name))
		}
		t.problems["class"] = "请选办理结果：" + strings.Join(names, "、")
	}
	if t.move.Answer = t.problems.Text("answer", t.order.Answer, maxText); t.move.Answer == "" {
		t.problems["answer"] = "请写答复内容，用群众看得懂的话"
	}
	t.move.Minutes = t.problems.Text("minutes", t.order.Minutes, maxText)
	if t.m.Guides != nil && t.m.Mode == "consult" && t.move.Minutes == "" {
		t.problems["minutes"] = "请写代表协商的纪要：谁参加、议定了什么"
	}
	if word := ruling.FindString(t.move.Answer); word != "" && (t.m.State == matter.Guiding || t.m.Mode == "guide") {
		t.problems["answer"] = "代表只作引导，不作决定；请不要用“" + word + "”，改写成引导和建议"
	}
	t.move.AnsweredBy = t.problems.Line("answeredBy", t.order.AnsweredBy, maxName)
	if t.move.AnsweredBy == "" && len(t.m.Units) == 0 {
		if t.move.AnsweredBy = strings.Join(t.m.Guides, "、"); t.move.AnsweredBy == "" {
			t.move.AnsweredBy = t.Settings.Name
		}
	}
	t.move.Promise = t.problems.Text("promise", t.order.Promise, maxText)
	t.move.PromiseBy = t.date("promiseBy", t.order.PromiseBy)
	switch {
	case !words.Ongoing(t.move.Class):
		t.move.Promise, t.move.PromiseBy = "", ""
	case t.problems["promiseBy"] != "":
	case t.move.PromiseBy == "":
		t.problems["promiseBy"] = "还没有办完的，请写预计哪一天完成"
	case t.move.PromiseBy < t.today():
		t.problems["promiseBy"] = "预计完成的日子已经过了，请核对"
	case t.move.PromiseBy > t.Now().AddDate(10, 0, 0).Format(time.DateOnly):
		t.problems["promiseBy"] = "预计完成的日子太远了，请核对年份"
	}
	t.answered()
	t.term(t.after(t.Profile.Inform))
}

// answered reads the day of an answer. One that was sent back, or taken up anew, is answered after that.
func (t *typed) answered() {
	follows := []step{{"交办", t.m.Assigned}, {"签收", t.m.Signed}, {"评议", t.m.RatedOn}}
	for _, e := range t.m.History {
		if (e.Do == "redo" || e.Do == "reopen") && !strings.HasPrefix(e.Note, thing.NoEffect) {
			follows = append(follows, step{matter.ActName(e.Do), e.At.In(t.Now().Location()).Format(time.DateOnly)})
		}
	}
	t.day(follows...)
}

// tried is when the citizen could not be reached, where that was so lately.
func (t *typed) tried() step {
	if t.m.State != matter.Unreached {
		return step{}
	}
	return step{"记下联系不上", t.m.Since}
}

func (t *typed) way() {
	t.move.Way = t.problems.Choose("way", t.order.Way, "visit", words.Ways)
}

func inform(t *typed) {
	t.day(step{"答复", t.m.AnsweredOn}, t.tried())
	if t.way(); t.move.Way == "unreachable" {
		if t.move.Date != "" && t.move.Date != t.today() {
			t.problems["date"] = "没有联系上的按今天记，请不写日期"
		}
		t.term(t.after(t.Profile.Inform))
		return
	}
	t.term(t.after(t.Profile.Rate))
}

func informTerm(t *typed) {
	if moves := t.m.Untold(); len(moves) > 0 {
		t.day(step{"改期", moves[len(moves)-1].On})
	}
	if t.way(); t.move.Way == "unreachable" {
		t.problems["way"] = "还没有联系上的，告诉群众以后再记"
	}
}

func rate(t *typed) {
	t.move.Result = t.problems.Choose("result", t.order.Result, "", words.Ratings)
	if t.move.Result == "" {
		t.problems["result"] = "请选办理结果：满意、基本满意、不满意"
	}
	t.move.Attitude = t.problems.Choose("attitude", t.order.Attitude, t.move.Result, words.Ratings)
	if t.move.Attitude == "unreachable" && t.move.Result != "unreachable" {
		t.problems["attitude"] = "请选办理态度：满意、基本满意、不满意"
	}
	if t.move.Score = t.order.Score; t.move.Score < 0 || t.move.Score > 5 {
		t.problems["score"] = "打分请写 1 到 5"
	}
	t.move.Reason = t.problems.Text("reason", t.order.Reason, maxText)
	if t.move.Reason == "" && (t.move.Result == "unsatisfied" || t.move.Attitude == "unsatisfied") {
		if t.move.Reason = t.move.Note; t.move.Reason == "" {
			t.problems["reason"] = "请写群众不满意的原因"
		}
	}
	t.day(step{"答复", t.m.AnsweredOn}, t.tried(), step{"反馈群众", t.m.Told})
	if t.move.Result == "unsatisfied" {
		t.term(t.months(t.Profile.Redo))
	}
	if t.move.Result == "unrated" && t.m.State == matter.Told && t.m.Term >= t.today() {
		t.problems["result"] = "评议期还没有满（到 " + t.m.Term + "），请先问一问群众"
	}
}

// reopen promises a day anew, counted from today.
func reopen(t *typed) {
	t.reason("请写明为什么重新受理")
	days := t.Profile.Promise[t.m.Urgency]
	t.move.Due = t.after(days)
	t.term(t.after(min(t.Profile.Collate, days)))
}

func redo(t *typed) {
	if t.m.State != matter.Redoing {
		t.reason("请写明为什么要重办")
		t.term(t.months(t.Profile.Redo))
	}
}
