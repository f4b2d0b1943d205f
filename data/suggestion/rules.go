package suggestion

import (
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// The acts, as entries say them.
const (
	Write     = "draft"
	Change    = "change"
	Invite    = "invite"
	Cosign    = "cosign"
	Decline   = "decline"
	Submit    = "submit"
	Register  = "register"
	Accept    = "accept"
	Join      = "join"
	Refuse    = "refuse"
	Assign    = "assign"
	Sign      = "sign"
	Return    = "return"
	Ask       = "ask"
	Meet      = "contact"
	Help      = "help"
	Extend    = "extend"
	Grant     = "grant"
	Reply     = "answer"
	Review    = "review"
	Deliver   = "deliver"
	Rate      = "rate"
	Again     = "redo"
	Keep      = "keep"
	Supervise = "supervise"
	Urge      = "urge"
	Publish   = "publish"
	Hold      = "pause"
	Resume    = "resume"
	Withdraw  = "withdraw"
	Abandon   = "void"
	Share     = "share" // the program's own: stations come in that it concerns
)

// Acts are the acts by their words.
var Acts = words.Of(Write, "起草", Change, "修改", Invite, "邀请附议", Cosign, "附议", Decline, "不附议", Submit, "提交", Register, "登记案号",
	Accept, "立案", Join, "并案", Refuse, "不予立案", Assign, "交办", Sign, "签收", Return, "退回", Ask, "申请改办增办", Meet, "面商", Help, "会办意见",
	Extend, "申请延期", Grant, "批复延期", Reply, "答复", Review, "核定", Deliver, "送达", Rate, "评价", Again, "重办", Keep, "兑现承诺",
	Supervise, "重点督办", Urge, "催办", Publish, "公开", Hold, "暂停计时", Resume, "恢复计时", Withdraw, "撤回", Abandon, "作废", Share, "告知相关站点")

// who says which unit may do an act, by where it stands to the suggestion.
type who string

const (
	drafter who = "the table that drafts it, or the office that has it"
	author  who = "the table that drafted it"
	office  who = "the office that has it"
	chief   who = "an office above the table that drafted it"
	over    who = "the office that has it, or one above it"
	handler who = "a unit that handles it, or the office that has it, for those without a computer"
	anyone  who = "every unit that it concerns"
	judge   who = "a station that it concerns, or the office that has it, and never one that handles it"
)

// Is says whether the author of an entry is one of them.
func (w who) Is(s *Suggestion, r journal.Record) bool {
	if r.Level != unit.LevelOf(r.Unit) {
		return false
	}
	switch w {
	case drafter:
		return s.State == None || s.Sits(r.Unit) || r.Unit == s.Office
	case author:
		return s.Sits(r.Unit)
	case office:
		return r.Unit == s.Office
	case chief:
		return r.Level != journal.Station && (r.Unit == s.Office || unit.Above(r.Unit, s.Unit))
	case over:
		return r.Unit == s.Office || unit.Above(r.Unit, s.Office)
	case handler:
		return r.Unit == s.Office || s.Handles(r.Unit)
	case judge:
		return !s.Handles(r.Unit) && (r.Unit == s.Office || r.Level == journal.Station)
	}
	return true
}

const same State = -1

var (
	writing = []State{Draft, Inviting}
	early   = []State{Draft, Inviting, Submitted, Registered, Accepted}
	handed  = []State{Assigned, InHand}
	working = []State{Assigned, Returned, InHand, Redo, Meeting}
	after   = []State{Answered, Reviewed, Delivered, Promised, Closed}
	open    = func() (list []State) {
		for s := Draft; s.Open(); s++ {
			list = append(list, s)
		}
		return list
	}()
	entered = append([]State{Refused, Joined, Closed}, open...)
	stay    = []State{same}
)

type rule = thing.Rule[Suggestion, State]

// write is how the fields change after an act.
type write = func(*Suggestion, journal.Record) (fields []string, note string, err error)

// reads is a write of what an act says.
func reads(act func(*Suggestion, journal.Record, Said) ([]string, string, error)) write {
	return func(s *Suggestion, r journal.Record) ([]string, string, error) {
		b, err := read(r)
		if err != nil {
			return nil, "", err
		}
		return act(s, r, b)
	}
}

// byUnit is a write of what one of the units that handle a suggestion does: the i-th of them, which may be written to.
func byUnit(act func(s *Suggestion, r journal.Record, b Said, i int) ([]string, string, error)) write {
	return reads(func(s *Suggestion, r journal.Record, b Said) ([]string, string, error) {
		i, err := s.unit(r, b.Unit)
		if err != nil {
			return nil, "", err
		}
		return act(s, r, b, i)
	})
}

// table is all that may happen to a suggestion.
var table = thing.Table[Suggestion, State]{Kind: Name, Schema: Schema, Same: same, Rules: []rule{
	{Do: Write, By: drafter, From: []State{None}, To: []State{Draft, Submitted, Assigned, Answered}, Write: draft},
	{Do: Change, By: author, From: writing, To: stay, Write: reads(change)},
	{Do: Change, By: office, From: open[2:], To: stay, Write: reads(change)},
	{Do: Invite, By: author, From: writing, To: []State{Inviting}, Write: reads(invite)},
	{Do: Cosign, By: anyone, From: []State{Draft, Inviting, Submitted, Registered}, To: stay, Write: reads(cosign)},
	{Do: Decline, By: anyone, From: []State{Draft, Inviting}, To: stay, Write: reads(decline)},
	{Do: Submit, By: author, From: writing, To: []State{Submitted}, Write: reads(submit)},
	{Do: Register, By: office, From: []State{Submitted}, To: []State{Registered}, Write: reads(register)},
	{Do: Register, By: office, From: append([]State{Refused, Joined, Closed}, open[3:]...), To: stay, Write: reads(register)}, // another number
	{Do: Accept, By: office, From: []State{Registered, Joined, Refused}, To: []State{Accepted}, Write: reads(accept)},
	{Do: Join, By: office, From: []State{Registered, Accepted}, To: []State{Joined}, Write: reads(join)},
	{Do: Refuse, By: office, From: []State{Registered}, To: []State{Refused}, Write: reads(refuse)},
	{Do: Assign, By: office, From: []State{Accepted, Assigned, Returned, InHand}, To: []State{Assigned, InHand}, Write: reads(assign)},
	{Do: Sign, By: handler, From: []State{Assigned}, To: []State{same, InHand}, Write: byUnit(sign)},
	{Do: Return, By: handler, From: handed, To: []State{Returned}, Write: byUnit(giveBack)},
	{Do: Ask, By: handler, From: handed, To: stay, Write: byUnit(ask)},
	{Do: Meet, By: handler, From: slices.Concat(working, after[:4]), To: stay, Write: byUnit(meet)},
	{Do: Help, By: handler, From: handed, To: stay, Write: byUnit(help)},
	{Do: Extend, By: handler, From: handed, To: stay, Write: byUnit(extend)},
	{Do: Grant, By: office, From: handed, To: stay, Write: reads(grant)},
	{Do: Reply, By: handler, From: handed, To: []State{same, Answered}, Write: byUnit(reply)},
	{Do: Review, By: office, From: handed, To: stay, Write: reads(poor)},
	{Do: Review, By: office, From: []State{Answered}, To: []State{Reviewed, InHand}, Write: reads(review)},
	{Do: Deliver, By: handler, From: []State{Reviewed, Delivered}, To: []State{same, Delivered}, Write: reads(deliver)},
	{Do: Rate, By: judge, From: []State{Delivered}, To: []State{Closed, Promised, Redo, Meeting}, Write: reads(rate)},
	{Do: Rate, By: judge, From: []State{Closed, Promised}, To: []State{same, Closed, Promised, Redo, Meeting}, Write: reads(rateLate)},
	{Do: Rate, By: judge, From: []State{Redo, Meeting}, To: stay, Write: reads(rateBeside)},
	{Do: Again, By: office, From: []State{Redo, Meeting}, To: []State{Assigned}, Write: reads(again)},
	{Do: Keep, By: handler, From: []State{Promised}, To: []State{same, Reviewed}, Write: reads(keep)},
	{Do: Supervise, By: over, From: open[4:], To: stay, Write: reads(supervise)},
	{Do: Urge, By: over, From: slices.Concat(working, []State{Promised}), To: stay, Write: reads(urge)},
	{Do: Publish, By: office, From: after, To: stay, Write: reads(publish)},
	{Do: Hold, By: office, From: handed, To: stay, Write: reads(pause)},
	{Do: Resume, By: office, From: handed, To: stay, Write: reads(resume)},
	{Do: Withdraw, By: drafter, From: slices.Concat(early, working[:3]), To: []State{Withdrawn}, Write: reads(withdraw)},
	{Do: Abandon, By: author, From: []State{Draft, Inviting, Submitted}, To: []State{Void}, Write: reads(abandon)},
	{Do: Abandon, By: office, From: entered, To: []State{Void}, Write: reads(abandon)},
	{Do: Share, By: chief, From: entered, To: stay, Write: reads(share)},
},
	Told: func(r journal.Record) string {
		b, err := read(r)
		if err != nil {
			return ""
		}
		verdict := ""
		if r.Do == Rate {
			verdict = thing.Join("办理工作 "+words.Verdicts.Name(b.Work)+"，办理结果 "+words.Verdicts.Name(b.Result), b.Paper)
		}
		return thing.Join(thing.Join(verdict, b.Number), b.Text)
	},
	Paragraphs: []string{"facts", "proposal", "note", "answer", "text"},
	Of:         func(s *Suggestion) (*thing.Base, *State) { return &s.Base, &s.State },
}

// Apply gives the suggestion after one more entry, or says why the entry cannot follow.
func (s Suggestion) Apply(r journal.Record) (Suggestion, error) { return table.Apply(s, r) }

// May says whether a unit may do an act now, as far as the table tells.
func (s Suggestion) May(do, code string) bool {
	return table.May(s, journal.Record{Entry: journal.Entry{Do: do, Unit: code, Level: unit.LevelOf(code)}})
}
