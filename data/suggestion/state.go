package suggestion

import "lianluo.local/data/words"

// State is how far a suggestion has come.
type State int

// The states.
const (
	None       State = 0
	Draft      State = 1
	Inviting   State = 2 // others are asked to sign it
	Submitted  State = 3 // it waits for its number
	Registered State = 4 // it waits for somebody to look whether it is one
	Accepted   State = 5 // 立案: it waits to be handed to units
	Assigned   State = 6 // it waits for units to sign for it
	Returned   State = 7 // a unit says that it is not its own
	InHand     State = 8
	Answered   State = 9  // all who had to answer did; the office looks at the answer
	Reviewed   State = 10 // the answer is to be delivered
	Delivered  State = 11 // its deputies are to rate it
	Redo       State = 12 // they were not content: it is to be handed on again
	Meeting    State = 13 // nor a second time: the congress's organ calls a meeting
	Promised   State = 14 // they were content, and something is promised
	Closed     State = 15
	Joined     State = 16 // 并案: it is handled with another one
	Refused    State = 17 // 不予立案
	Withdrawn  State = 18
	Void       State = 19 // entered by mistake
)

// States are the states as people read them; the codes are those of files.
var States = words.Of("draft", "起草", "inviting", "附议中", "submitted", "待登记", "registered", "待审查", "accepted", "待交办",
	"assigned", "待签收", "returned", "退回待重交", "in-hand", "办理中", "answered", "已答复待核定", "reviewed", "待送达", "delivered", "待评价",
	"redo", "待重办", "meeting", "待开会研究", "promised", "承诺办理中", "closed", "办结", "joined", "已并案", "refused", "不予立案", "withdrawn", "已撤回",
	"void", "作废")

// Code is the state's word in files.
func (s State) Code() string {
	if s <= None || int(s) > len(States) {
		return ""
	}
	return States[s-1].Code
}

// String is the state as people read it.
func (s State) String() string { return States.Name(s.Code()) }

// Step is one of the seven that a strip shows, 1–7: 起草附议, 提交登记, 立案交办, 办理, 答复, 评价, 办结.
func (s State) Step() int {
	switch s {
	case Draft, Inviting:
		return 1
	case Submitted, Registered:
		return 2
	case Accepted, Assigned, Returned, Redo, Meeting:
		return 3
	case InHand:
		return 4
	case Answered, Reviewed:
		return 5
	case Delivered:
		return 6
	}
	return 7
}

// Steps are what a strip calls them.
var Steps = [7]string{"起草附议", "提交登记", "立案交办", "承办办理", "答复送达", "代表评价", "办结"}

// Open says whether something is still to be done about it.
func (s State) Open() bool { return s != None && s < Closed }
