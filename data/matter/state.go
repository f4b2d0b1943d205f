package matter

import "slices"

// Steps are the seven steps, the only map that people see; index 0 is step 1.
var Steps = [7]string{
	"群众反映情况", "现场解决回复群众", "现场不能解决的登记在册", "站点汇总梳理", "分级分类处理", "向代表和群众反馈", "群众评议打分",
}

// State is where a matter stands; the numbers are kept in files.
type State int

// The states that a matter can be in.
const (
	None       State = 0
	Answered   State = 20 // answered or resolved at the table
	Registered State = 30 // written into the book, to be handled
	Collated   State = 40 // sorted, completed, proposed
	Merged     State = 41 // handled together with another, answered on its own
	Guiding    State = 51 // deputies guide and mediate
	Consulting State = 52 // deputies consult with each other
	Assigned   State = 53 // handed to departments, not signed for yet
	Suggested  State = 54 // became a deputy's suggestion that is watched over
	Escalated  State = 55 // given to the office above
	InHand     State = 56 // signed for by the departments
	Returned   State = 57 // given back by the departments, to be assigned again
	Guided     State = 59 // out of scope, the right door was shown
	Replied    State = 60 // an answer is there, nobody was told yet
	ToldDeputy State = 61 // the deputies know the answer, the citizen does not
	Told       State = 62 // the citizen knows it, his rating is awaited
	Unreached  State = 63 // the citizen could not be reached
	Redoing    State = 71 // the citizen was not satisfied: to be handled again
	Closed     State = 80 // told and rated
	Promised   State = 81 // told and rated, but what was promised is still to come
	Unrated    State = 82 // told, the time for rating is over
	Lost       State = 83 // answered, the citizen could not be reached, filed
	Withdrawn  State = 85 // taken back by the citizen
	Void       State = 99 // entered by mistake; kept with its reason
)

// states gives each state its word, its step among the seven, and whether somebody still has to do something.
var states = map[State]struct {
	name string
	step int
	open bool
}{
	Answered: {"现场办结", 2, false}, Registered: {"已登记", 3, true}, Collated: {"已梳理", 4, true}, Merged: {"已并案", 4, true},
	Guiding: {"代表引导中", 5, true}, Consulting: {"代表协商中", 5, true}, Assigned: {"已交办", 5, true},
	Suggested: {"代表建议督办", 5, true},
	Escalated: {"已上报", 5, true}, InHand: {"部门办理中", 5, true}, Returned: {"部门已退回", 5, true}, Guided: {"不受理已告知", 2, false},
	Replied: {"已答复待反馈", 6, true}, ToldDeputy: {"已反馈代表", 6, true}, Told: {"已反馈群众", 6, true},
	Unreached: {"暂时联系不上", 6, true},
	Redoing:   {"不满意重办", 7, true}, Closed: {"办结", 7, false}, Promised: {"承诺跟踪", 7, true}, Unrated: {"未评价办结", 7, false},
	Lost: {"无法联系归档", 7, false}, Withdrawn: {"群众撤回", 7, false}, Void: {"已作废", 1, false},
}

// String is the state's Chinese word.
func (s State) String() string { return states[s].name }

// Step is the state's place among the seven, 1–7.
func (s State) Step() int { return states[s].step }

// Open says whether somebody still has to do something, so that a term can run out.
func (s State) Open() bool { return states[s].open }

// Citizen says that it is the station's turn, which alone speaks with the citizen: an answer is to be brought, a rating
// to be asked for.
func (s State) Citizen() bool { return s >= Replied && s <= Unreached }

// Owing says that the citizen was promised an outcome which is not there yet.
func (s State) Owing() bool { return s.Open() && !s.Citizen() && s != Promised }

// Done says whether a matter counts as 办结: the citizen was told and has rated, or the time for rating is over. Answered
// is not done.
func (s State) Done() bool { return s == Closed || s == Promised || s == Unrated }

// Over says that a matter was brought to its end, at the table or after an answer.
func (s State) Over() bool { return s == Answered || s == Lost || s.Done() }

// StatesOf gives the states of a step.
func StatesOf(step int) []State { return Choose(func(s State) bool { return s.Step() == step }) }

// OpenStates gives the states in which somebody still has to do something.
func OpenStates() []State { return Choose(State.Open) }

// Choose gives the states that want says yes to, in order.
func Choose(want func(State) bool) (ss []State) {
	for s := range states {
		if want(s) {
			ss = append(ss, s)
		}
	}
	slices.Sort(ss)
	return ss
}
