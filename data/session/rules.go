package session

import (
	"encoding/json"
	"slices"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// The acts, as entries say them.
const (
	Plan    = "plan"
	Change  = "change"
	Call    = "call"
	Swap    = "swap"
	Post    = "notice"
	Move    = "move"
	Cancel  = "cancel"
	Reply   = "reply"
	Attend  = "attend"
	Hold    = "hold"
	Close   = "close"
	Visit   = "visit"
	Tick    = "check"
	Hand    = "result"
	Confirm = "confirm"
	Contest = "object"
	Abandon = "void"
	Redact  = "redact"
)

// Acts are the acts by their words.
var Acts = words.Of(Plan, "安排", Change, "更正", Call, "增减人员", Swap, "换人", Post, "公告", Move, "改期", Cancel, "取消", Reply, "答复邀请",
	Attend, "签到", Hold, "开始", Close, "结束", Visit, "记录走访", Tick, "准备事项", Hand, "交办意见", Confirm, "确认", Contest, "提出异议",
	Abandon, "作废", Redact, "隐去")

// Opening is the body of a session's first entry.
type Opening struct {
	Facts
	Station string   `json:"station"`
	Via     string   `json:"via,omitempty"`
	Guests  []Guest  `json:"guests,omitempty"`
	Rule    string   `json:"rule,omitempty"`
	Slot    string   `json:"slot,omitempty"` // the day of the rule, where a holiday moved it; "" for Day
	Called  []Called `json:"called,omitempty"`
	Checks  []Check  `json:"checks,omitempty"`
	Stops   []Stop   `json:"stops,omitempty"`   // the households to be visited, each with a key; who they are is private
	Becomes State    `json:"becomes,omitempty"` // Open: it is held without a plan; Told: it was elsewhere; else Planned
	Began   string   `json:"began,omitempty"`   // Open
	Note    string   `json:"note,omitempty"`
}

// Said is the body of any other act: each takes the members that it needs. Change has the fields that it changes beside
// them, by their codes.
type Said struct {
	Called []Called `json:"called,omitempty"` // call: those who are called as well, or otherwise; attend, close: whole
	Off    []string `json:"off,omitempty"`    // call: the keys of those who are not called any more; attend: of who did not come, after all
	Guests []Guest  `json:"guests,omitempty"` // call: the stations whose deputies an office calls, all of them
	Who    string   `json:"who,omitempty"`    // swap, reply, object: the key of whom it is about
	With   *Called  `json:"with,omitempty"`   // swap: who stands in
	Notice *Notice  `json:"notice,omitempty"`
	Shift  *Shift   `json:"shift,omitempty"` // move: what it becomes, and why
	Reply  string   `json:"reply,omitempty"`
	Reason string   `json:"reason,omitempty"` // cancel, swap, reply
	At     string   `json:"at,omitempty"`     // hold, close: 19:32
	Stop   *Stop    `json:"stop,omitempty"`   // visit; without a key it is a new one
	Gone   bool     `json:"gone,omitempty"`   // visit: that stop was none
	Checks []Check  `json:"checks,omitempty"` // check: those that are ticked, not any more, or new
	Result *Result  `json:"result,omitempty"` // result; without a key it is a new one
	Object string   `json:"object,omitempty"` // object
	Answer string   `json:"answer,omitempty"` // object: what is answered to that of Who
	ByRule bool     `json:"byRule,omitempty"` // call, change, void: planning by rule does it, no hand
	Note   string   `json:"note,omitempty"`
}

// who says which unit may do an act.
type who string

const (
	anyone who = "every unit that it concerns"
	both   who = "the unit whose it is, or an office above it"
	holder who = "the unit whose it is"
	office who = "an office above the unit whose it is, or the office whose it is"
)

// Is says whether the author of an entry is one of them.
func (w who) Is(s *Session, r journal.Record) bool {
	if r.Level != unit.LevelOf(r.Unit) {
		return false
	}
	switch w {
	case both:
		return s.State == None || s.Sits(r.Unit) || unit.Above(r.Unit, s.Station)
	case holder:
		return s.Sits(r.Unit)
	case office:
		return r.Level != journal.Station && (r.Unit == s.Station || unit.Above(r.Unit, s.Station))
	}
	return true
}

const same State = -1

var (
	ahead  = []State{Planned, Announced, Altered}
	coming = []State{Planned, Announced, Altered, Open}
	held   = []State{Open, Held}
	stay   = []State{same}

	standing = []State{Planned, Announced, Altered, Open, Held, Cancelled, Told}
	every    = []State{Planned, Announced, Altered, Open, Held, Cancelled, Void, Told}
)

type rule = thing.Rule[Session, State]

// table is all that may happen to a session.
var table = thing.Table[Session, State]{Kind: Name, Schema: Schema, Same: same, Rules: []rule{
	{Do: Plan, By: both, From: []State{None}, To: []State{Planned, Open, Told}, Write: plan},
	{Do: Change, By: both, From: []State{Planned, Announced, Altered}, To: []State{same, Altered}, Write: change},
	{Do: Change, By: holder, From: []State{Open, Held, Told}, To: stay, Write: change},
	{Do: Call, By: both, From: coming, To: stay, Write: call},
	{Do: Swap, By: both, From: coming, To: stay, Write: swap},
	{Do: Post, By: both, From: ahead, To: []State{Announced, Altered}, Write: post},
	{Do: Post, By: both, From: []State{Cancelled}, To: stay, Write: post},
	{Do: Move, By: both, From: []State{Planned}, To: stay, Write: move},
	{Do: Move, By: both, From: []State{Announced, Altered}, To: []State{Altered}, Write: move},
	{Do: Cancel, By: both, From: ahead, To: []State{Cancelled}, Write: cancel},
	{Do: Reply, By: anyone, From: coming, To: stay, Write: reply},
	{Do: Hold, By: holder, From: ahead, To: []State{Open}, Write: hold},
	{Do: Attend, By: holder, From: ahead, To: []State{Open}, Write: attend},
	{Do: Attend, By: holder, From: held, To: stay, Write: attend},
	{Do: Close, By: holder, From: coming, To: []State{Held}, Write: closed},
	{Do: Visit, By: holder, From: []State{Planned, Announced, Altered, Open, Held}, To: stay, Write: visit},
	{Do: Tick, By: both, From: []State{Planned, Announced, Altered, Open, Held}, To: stay, Write: tick},
	{Do: Hand, By: both, From: held, To: stay, Write: hand},
	{Do: Confirm, By: both, From: []State{Told}, To: []State{Held}, Write: confirm},
	{Do: Contest, By: anyone, From: standing, To: stay, Write: contest},
	{Do: Abandon, By: both, From: standing, To: []State{Void}, Write: abandon},
	{Do: Redact, By: holder, From: every, To: stay, Write: redact},
},
	Paragraphs: []string{"note", "minutes", "explained", "words", "said", "what", "reply", "answer"},
	Of:         func(s *Session) (*thing.Base, *State) { return &s.Base, &s.State },
}

// told is the table with what follows besides where its author did not know better: what was held is held, also where
// another one cancelled it meanwhile, what hands did to an evening is not undone by planning, and of two who close one both
// say who came.
var told = func() thing.Table[Session, State] {
	t, off := table, []State{Cancelled}
	t.Rules = append(slices.Clip(t.Rules),
		rule{Do: Hold, By: holder, From: off, To: []State{Open}, Write: unaware(hold, thing.State)},
		rule{Do: Attend, By: holder, From: off, To: []State{Open}, Write: unaware(attend, thing.State)},
		rule{Do: Close, By: holder, From: off, To: []State{Held}, Write: unaware(closed, thing.State)},
		rule{Do: Visit, By: holder, From: off, To: stay, Write: unaware(visit, thing.State)},
		rule{Do: Close, By: holder, From: []State{Held}, To: stay, Write: unaware(closed, "closed")})
	for _, row := range table.Rules {
		if !slices.Contains(row.From, Planned) || slices.Contains([]string{Reply, Tick, Abandon, Redact}, row.Do) {
			continue
		}
		if row.From = []State{Void}; row.To[0] == same {
			row.To = []State{Planned}
		}
		row.Write = unaware(revive(row.Write), thing.State)
		t.Rules = append(t.Rules, row)
	}
	return t
}()

type write = func(*Session, journal.Record) ([]string, string, error)

// unaware is an act of somebody who had not seen that another one wrote a field.
func unaware(act write, field string) write {
	return func(s *Session, r journal.Record) ([]string, string, error) {
		if !s.atOnce(r, field) {
			return nil, "", thing.ErrNotNow
		}
		fields, note, err := act(s, r)
		if s.State != Cancelled {
			s.Cause = ""
		}
		return append(fields, thing.Handled), note, err
	}
}

// revive is an act of a hand on what planning took back.
func revive(act write) write {
	return func(s *Session, r journal.Record) ([]string, string, error) {
		var b Said
		if err := json.Unmarshal(r.Body, &b); err != nil {
			return nil, "", err
		}
		if s.Hand || b.ByRule {
			return nil, "", thing.ErrNotNow
		}
		return act(s, r)
	}
}

// Apply gives the session after one more entry, or says why the entry cannot follow.
func (s Session) Apply(r journal.Record) (Session, error) { return told.Apply(s, r) }

// May says whether a unit may do an act now, knowing all that happened, as far as the table tells.
func (s Session) May(do, code string) bool {
	return table.May(s, journal.Record{Entry: journal.Entry{Do: do, Unit: code, Level: unit.LevelOf(code)}})
}
