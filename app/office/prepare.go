package office

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/category"
	"lianluo.local/data/day"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/trace"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// How much may be written, in characters.
const (
	maxName, maxLine, maxText = 60, 200, 20000
	maxUnits                  = 12
)

// typed is an order on its way to a move: what it says is cleaned and checked field by field.
type typed struct {
	*Office
	context.Context
	m        matter.Matter
	order    Order
	move     matter.Move
	problems problem.Problems
	dated    bool // the act has a day of its own
}

// acts say what each act needs to hear, and when the next step is due then.
var acts = map[string]func(*typed){
	"collate":   collate,
	"merge":     merge,
	"assign":    assign,
	"sign":      func(t *typed) { t.day(step{"交办", t.m.Assigned}) },
	"return":    giveBack,
	"extend":    extend,
	"answer":    answer,
	"escalate":  escalate,
	"suggest":   suggest,
	"urge":      func(t *typed) { t.term(t.after(t.Profile.Urge)) },
	"supervise": func(t *typed) { t.term(t.after(t.Profile.Urge)) },
	"lead": func(t *typed) {
		t.move.Leader = t.required("leader", t.order.Leader, maxName, "请写领办领导的姓名和职务")
	},
	"inform-deputy": func(t *typed) { t.day(step{"答复", t.m.AnsweredOn}); t.way() },
	"inform":        inform,
	"inform-term":   informTerm,
	"rate":          rate,
	"reopen":        reopen,
	"redo":          redo,
	"withdraw":      func(t *typed) { t.reason("请写明群众撤回的原因") },
}

// Prepare gives the move that an order stands for, or problem.Problems. It does not ask whether it may follow.
func (o *Office) Prepare(ctx context.Context, m matter.Matter, order Order) (matter.Move, error) {
	t := &typed{Office: o, Context: ctx, m: m, order: order, problems: problem.Problems{}}
	t.move.Note = t.problems.Text("note", order.Note, maxText)
	acts[order.Do](t)
	if !t.dated && strings.TrimSpace(order.Date) != "" {
		t.problems["date"] = "这一步按今天记，请不写日期"
	}
	return t.move, t.problems.Or()
}

func (t *typed) required(field, s string, most int, missing string) string {
	if s = t.problems.Line(field, s, most); s == "" {
		t.problems[field] = missing
	}
	return s
}

func (t *typed) reason(missing string) {
	if t.move.Note == "" {
		t.problems["note"] = missing
	}
}

// people and departments read lists as they are written, each name once however it is spelled.
func (t *typed) people(field string, list []string) []string {
	return t.problems.Names(field, spelling.People(strings.Join(list, "\n")), spelling.Name, maxUnits, "个")
}

func (t *typed) departments(field string, list []string) []string {
	return t.problems.Names(field, spelling.Listed(strings.Join(list, "\n")), spelling.Department, maxUnits, "个")
}

// date reads a day; "" stays "".
func (t *typed) date(field, s string) string {
	date, why := day.Date(s, t.Now())
	if why != "" {
		t.problems[field] = why
	}
	return date
}

func (t *typed) today() string { return t.Now().Format(time.DateOnly) }

// step is what was done before, and on which day; "" where it was not.
type step struct{ what, on string }

// day reads the day on which something truly happened: not before the matter was raised, nor before the steps that it follows,
// not in the future.
func (t *typed) day(follows ...step) {
	last := slices.MaxFunc(follows, func(a, b step) int { return strings.Compare(a.on, b.on) })
	t.dated, t.move.Date = true, t.date("date", t.order.Date)
	switch {
	case t.move.Date > t.today():
		t.problems["date"] = "这一天还没有到，请核对日期"
	case t.move.Date != "" && t.move.Date < t.m.Occurred.In(t.Now().Location()).Format(time.DateOnly):
		t.problems["date"] = "这一天群众还没有来反映，请核对日期"
	case t.move.Date != "" && t.move.Date < last.on:
		t.problems["date"] = "这一天还没有" + last.what + "（" + last.on + "才" + last.what + "），请核对日期"
	}
}

// answered reads the day of an answer. One that was sent back, or taken up anew, is answered after that.
func (t *typed) answered() {
	follows := []step{{"交办", t.m.Assigned}, {"签收", t.m.Signed}, {"评议", t.m.RatedOn}}
	for _, e := range t.m.History {
		if (e.Do == "redo" || e.Do == "reopen") && !strings.HasPrefix(e.Note, matter.NoEffect) {
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

func (t *typed) after(workdays int) string {
	return t.Calendar.Add(t.Now(), workdays).Format(time.DateOnly)
}

// months is the same day so many months later, or the last of a shorter month.
func (t *typed) months(n int) string {
	now := t.Now()
	begin := time.Date(now.Year(), now.Month()+time.Month(n), 1, 0, 0, 0, 0, now.Location())
	last := begin.AddDate(0, 1, -1).Day()
	return begin.AddDate(0, 0, min(now.Day(), last)-1).Format(time.DateOnly)
}

// term sets when the next step is due: as ordered, else the usual day.
func (t *typed) term(usual string) {
	if t.move.Term = t.date("due", t.order.Due); t.move.Term == "" {
		t.move.Term = usual
	}
	if t.problems["due"] == "" && t.move.Term < t.today() {
		t.problems["due"] = "期限已经过了，请写今天以后的日子"
	} else if t.problems["due"] == "" && t.move.Term > t.Now().AddDate(5, 0, 0).Format(time.DateOnly) {
		t.problems["due"] = "期限太远了，请核对年份"
	}
}

func collate(t *typed) {
	t.move.Mode = t.problems.Choose("mode", t.order.Mode, "", words.Modes)
	t.move.Proposal = t.problems.Text("proposal", t.order.Proposal, maxText)
	t.move.Category = t.problems.Category("category", t.order.Category, category.Parse)
	t.move.Reason = t.problems.Choose("reason", t.order.Reason, "", words.Reasons)
	if t.move.Reason != "" && t.Settings.Role != "station" {
		t.problems["reason"] = "不属受理范围的，请写明原因退回站点（退回），由站点当面引导群众"
	}
	if t.move.Door = t.problems.Line("door", t.order.Door, maxLine); t.move.Door == "" {
		t.move.Door = t.Profile.Doors[t.move.Reason]
	}
	if t.move.Reason == "" {
		t.term(t.after(t.Profile.Collate))
	}
}

func merge(t *typed) {
	if strings.TrimSpace(t.order.Into) == "" {
		if t.m.Into == "" {
			t.problems["into"] = "请写要并入哪一件的编号"
		}
		return
	}
	into, wrong := t.one(t, t.order.Into)
	switch {
	case wrong != "":
		t.problems["into"] = wrong
	case into.ID == t.m.ID:
		t.problems["into"] = "不能并入它自己，请写另一件的编号"
	case into.State == matter.Merged:
		t.problems["into"] = "那一件已经并入 " + into.IntoNumber + "，请直接并到那里"
	case !into.State.Open() || into.State.Citizen():
		t.problems["into"] = "那一件现在是“" + into.State.String() + "”，请换一件"
	case into.Confidential != t.m.Confidential:
		t.problems["into"] = "保密件不能和不保密的并在一起"
	default:
		if fs, err := t.Store.Page(t, joinedTo(t.m.ID), 0, 1); err != nil || len(fs) > 0 {
			t.problems["into"] = "已有别的事项并在这一件里，请先分开，或把那一件并进来"
		}
	}
	t.move.Into, t.move.IntoNumber = into.ID, into.Number
}

func assign(t *typed) {
	t.move.To = t.departments("to", t.order.To)
	if len(t.move.To) > 0 && len(t.m.Units) > 0 && spelling.Department(t.move.To[0]) == spelling.Department(t.m.Units[0]) {
		t.move.To[0] = t.m.Units[0] // the same unit however it is written: it extends once
	}
	t.move.Deputies = t.people("deputies", t.order.Deputies)
	usual := t.m.Mode
	if len(t.move.To) > 0 || usual == "suggestion" || usual == "" {
		usual = "department"
	}
	switch t.move.Mode = t.problems.Choose("mode", t.order.Mode, usual, words.Modes); {
	case t.move.Mode == "suggestion":
		t.problems["mode"] = "转代表建议请用“转代表建议”（suggest）"
	case t.move.Mode == "department" && len(t.move.To) == 0:
		t.problems["to"] = "请写主办单位；有协办的写在后面"
	case t.move.Mode == "guide" && len(t.move.Deputies) == 0:
		t.problems["deputies"] = "请写由哪位代表引导"
	case t.move.Mode == "consult" && len(t.move.Deputies) < 2:
		t.problems["deputies"] = "代表协商至少要两位代表"
	}
	switch {
	case len(t.move.To) > 1:
		t.term(t.months(t.Profile.Joint))
	case t.order.Hard:
		t.term(t.after(t.Profile.Complex))
	default:
		t.term(t.after(t.Profile.Ordinary))
	}
}

func giveBack(t *typed) {
	t.reason("请写明退回的原因")
	t.term(t.after(t.Profile.GiveBack))
}

func extend(t *typed) {
	t.reason("请写明延期的原因")
	if t.m.Extended {
		t.problems["due"] = "已经延期过一次，不能再延"
		return
	}
	begin, err1 := time.Parse(time.DateOnly, t.m.Since)
	end, err2 := time.Parse(time.DateOnly, t.m.Term)
	if err1 != nil || err2 != nil {
		t.problems["due"] = "这件事项没有期限，不用延期"
		return
	}
	most := t.Calendar.Add(end, t.Calendar.Between(begin, end)).Format(time.DateOnly)
	if t.term(most); t.problems["due"] == "" && t.move.Term <= t.m.Term {
		t.problems["due"] = "新期限要晚于 " + t.m.Term
	} else if t.move.Term > most {
		t.problems["due"] = "最多再延一个同样长的期限，到 " + most
	}
}

// ruling are words of a decision, which deputies do not take.
var ruling = regexp.MustCompile(`处理决定|处罚|裁定|裁决|判决|责令|强制执行`)

func answer(t *typed) {
	t.move.Class = int(t.order.Class)
	for i := 7; i >= 0 && t.order.Class >= letter; i-- { // the first class that the county prints so
		if strings.ToUpper(t.Profile.Letters[i]) == string(rune(t.order.Class-letter)) {
			t.move.Class = i + 1
		}
	}
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

func escalate(t *typed) {
	if s := strings.TrimSpace(t.order.Unit); s != "" {
		unit, ok := unit.Parse(s)
		if t.move.Unit = unit; !ok {
			t.problems["unit"] = "没有这个单位，请核对代码"
		} else if t.m.Urgency == "normal" && unit != t.m.Up(t.m.Holder) {
			t.problems["unit"] = "只有紧急的事项才能越级上报"
		}
	}
	t.term(t.after(t.Profile.Collate))
}

// Suggestion is the title of a suggestion about a matter: what it is about, not whom.
func Suggestion(m matter.Matter) string {
	return "关于" + trace.Hide(m.Title, m.Private, func(trace.Found) string { return "…" }) + "的建议"
}

func suggest(t *typed) {
	t.move.Title = t.order.Title
	if t.move.Title == "" && !t.m.Confidential {
		t.move.Title = Suggestion(t.m)
	}
	t.move.Title = t.required("title", t.move.Title, maxName, "请写建议的题目")
	if t.move.Deputies = t.people("deputies", t.order.Deputies); len(t.move.Deputies) == 0 {
		t.problems["deputies"] = "请写提出建议的代表"
	}
	t.move.To = t.departments("to", t.order.To)
	t.move.Congress = t.problems.Choose("congress", t.order.Congress, map[bool]string{true: "city", false: "county"}[unit.LevelOf(t.Settings.Unit) == "city"], words.Congresses)
	months := t.Profile.Suggestion
	if t.order.Hard {
		months = t.Profile.Hard
	}
	t.term(t.months(months))
	for _, number := range t.order.With {
		other, wrong := t.one(t, number)
		if wrong != "" {
			t.problems["with"] = wrong
		} else if !other.May("suggest", t.Settings.Unit) {
			t.problems["with"] = Refused{other, "suggest", t.Acts(other), matter.ErrNotNow}.Sentence()
		}
	}
	var err error
	if t.move.Suggestion, err = fresh(); err != nil {
		t.problems[""] = "现在做不了，请再试一次"
	}
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

// reopen promises a day anew, counted from today.
func reopen(t *typed) {
	t.reason("请写明为什么重新受理")
	days := t.Profile.Promise[t.m.Urgency]
	t.move.Due = t.after(days)
	t.term(t.after(min(t.Profile.Collate, days)))
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

func redo(t *typed) {
	if t.m.State != matter.Redoing {
		t.reason("请写明为什么要重办")
		t.term(t.months(t.Profile.Redo))
	}
}
