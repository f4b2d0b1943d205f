package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"lianluo.local/assets/category"
	"lianluo.local/data/matter"
	"lianluo.local/data/session"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/trace"
	"lianluo.local/data/unit"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// What is to be said where a matter is sorted, merged, and given to those who handle it.

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

func merge(ctx context.Context, t *typed) error {
	if strings.TrimSpace(t.order.Into) == "" {
		if t.m.Into == "" {
			t.problems["into"] = "请写要并入哪一件的编号"
		}
		return nil
	}
	into, wrong, err := t.one(ctx, t.order.Into)
	if err != nil {
		return err
	}
	within, err := t.merged(ctx, t.m)
	if err != nil {
		return err
	}
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
	case within:
		t.problems["into"] = "已有别的事项并在这一件里，请先分开，或把那一件并进来"
	}
	t.move.Into, t.move.IntoNumber = into.ID, into.Number
	return nil
}

func assign(t *typed) {
	t.move.To = t.departments("to", t.order.To)
	if len(t.move.To) > 0 && len(t.m.Units) > 0 && spelling.Department(t.move.To[0]) == spelling.Department(
		t.m.Units[0]) {
		t.move.To[0] = t.m.Units[0] // the same unit however it is written: it extends once
	}
	t.deputies()
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

// deputies reads those who are to handle a matter or to propose, and who they are on the roster.
func (t *typed) deputies() {
	t.move.Deputies = t.people("deputies", t.order.Deputies)
	t.move.Persons = t.order.Persons.Of(t.move.Deputies)
}

func decline(t *typed) {
	t.move.Who = t.required("who", t.order.Who, maxName, "请写是哪位代表推辞了")
	t.move.Reason = t.problems.Line("reason", t.order.Reason, maxLine)
	if t.move.Reason == "" {
		t.problems["reason"] = "请写明推辞的原因"
	}
	t.move.Persons = t.order.Persons.Of([]string{t.move.Who})
}

// replies is within how many working days a deputy who is asked says whether he takes a matter on (people.md's rule of 点单).
const replies = 3

// offer asks a deputy to take a matter on; while another one is asked and his time has not passed, nobody else is.
func offer(t *typed) {
	t.move.Who = t.required("who", t.order.Who, maxName, "请写请哪位代表接单")
	t.move.Persons = t.order.Persons.Of([]string{t.move.Who})
	t.term(t.after(replies))
	if t.m.Channel != "order" {
		t.problems["who"] = "这一件不是点单，请用交办交给代表"
		return
	}
	if asked, open := t.m.Asking(); open && !t.m.Late(t.Now()) {
		t.problems["who"] = "已经请了" + asked.Who + "，" + asked.Until + " 前答复。请先记下他接不接，再请别人"
	} else if t.m.Taker() != "" {
		t.problems["who"] = t.m.Taker() + "已经接单，不用再请"
	}
}

// asked says who was asked and has not said anything.
func (t *typed) asked() {
	switch asked, open := t.m.Asking(); {
	case !open:
		t.problems["who"] = "现在没有等着答复的代表，请先请一位代表接单"
	case t.order.Who != "" && spelling.Name(t.order.Who) != spelling.Name(asked.Who):
		t.problems["who"] = "等着答复的是" + asked.Who + "，请核对姓名"
	default:
		t.move.Who = asked.Who
	}
}

func accept(t *typed) { t.asked() }

// pass asks the deputy whom the one who was asked recommends.
func pass(t *typed) {
	t.asked()
	if t.move.Deputies = t.people("deputies", t.order.Deputies); len(t.move.Deputies) != 1 {
		t.problems["deputies"] = "请写推荐的是哪一位代表，写一位"
		return
	}
	t.move.Persons = t.order.Persons.Of(t.move.Deputies)
	t.term(t.after(replies))
}

// reseat moves a matter to another session of its station, or to none.
func reseat(ctx context.Context, t *typed) error {
	if t.move.Session = strings.ToLower(strings.TrimSpace(t.order.Session)); t.move.Session == "" {
		return nil
	}
	ls, err := view.Things[session.Session](ctx, t.Store, session.Name, "id = ?", t.move.Session)
	switch {
	case err != nil:
		return err
	case len(ls) == 0 || ls[0].Thing.State == session.Void:
		t.problems["session"] = "没有这一场，请核对编号"
	case ls[0].Thing.Station != t.m.Station && !ls[0].Thing.Sits(t.m.Unit):
		t.problems["session"] = "这一场不是本站点的，请核对编号"
	default:
		s := ls[0].Thing
		t.move.Note = thing.Join(s.Day+" "+s.Title(), t.move.Note)
	}
	return nil
}

// know takes who on the roster those are whom a matter names.
func know(t *typed) {
	t.move.Persons = matter.Persons{}
	for name, id := range t.order.Persons {
		if t.move.Persons[name] = id; !slices.Contains(t.m.Called(), name) {
			t.problems["persons"] = "这一件没有写到“" + name + "”，请照原来写的姓名写"
		}
	}
	if len(t.order.Persons) == 0 {
		t.problems["persons"] = "请写明是名册上的哪位代表"
	}
}

func urge(t *typed) { t.term(t.after(t.Profile.Urge)) }

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

func suggest(ctx context.Context, t *typed) error {
	t.move.Title = t.order.Title
	if t.move.Title == "" && !t.m.Confidential {
		t.move.Title = Suggestion(t.m)
	}
	t.move.Title = t.required("title", t.move.Title, maxName, "请写建议的题目")
	if t.deputies(); len(t.move.Deputies) == 0 {
		t.problems["deputies"] = "请写提出建议的代表"
	}
	t.move.To = t.departments("to", t.order.To)
	usual := map[bool]string{true: "city", false: "county"}[unit.LevelOf(t.Settings.Unit) == "city"]
	t.move.Congress = t.problems.Choose("congress", t.order.Congress, usual, words.Congresses)
	months := t.Profile.Suggestion
	if t.order.Hard {
		months = t.Profile.Hard
	}
	t.term(t.months(months))
	for _, number := range t.order.With {
		other, wrong, err := t.one(ctx, number)
		if err != nil {
			return err
		}
		if wrong != "" {
			t.problems["with"] = wrong
		} else if !other.May("suggest", t.Settings.Unit) {
			t.problems["with"] = Refused{other, "suggest", t.Acts(other), thing.ErrNotNow}.Sentence()
		}
	}
	var err error
	t.move.Suggestion, err = fresh()
	return err
}
