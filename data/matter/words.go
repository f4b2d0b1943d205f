package matter

import "slices"

// Word is one value of a closed list: its code in files and the Chinese that people read.
type Word struct{ Code, Name string }

// Words is a closed list in the order in which it is offered.
type Words []Word

// Name gives the Chinese of a code, or the code itself where it is unknown (a newer program's word).
func (ws Words) Name(code string) string {
	for _, w := range ws {
		if w.Code == code {
			return w.Name
		}
	}
	return code
}

// Parse accepts a code or its Chinese word and gives the code.
func (ws Words) Parse(s string) (code string, ok bool) {
	for _, w := range ws {
		if s == w.Code || s == w.Name {
			return w.Code, true
		}
	}
	return "", false
}

// The closed lists of a matter. Chinese words are those used at the stations: the three registers (三簿), the ways in,
// the purposes of the 12345 lines, the four ways of handling.
var (
	Registers = Words{{"reception", "接待群众"}, {"visit", "走访选民"}, {"opinion", "社情民意"}}
	Channels  = Words{
		{"walk-in", "来访"}, {"home-visit", "走访"}, {"household", "入户"}, {"liaison", "联络员收集"}, {"box", "意见箱"},
		{"hotline", "代表热线"}, {"group", "代表联络群"}, {"leader", "领导进站座谈"}, {"referred", "上级转来"}, {"other", "其他"},
	}
	Purposes = Words{
		{"help", "求助"}, {"suggestion", "建议"}, {"inquiry", "咨询"}, {"complaint", "投诉"}, {"report", "举报"},
		{"praise", "表扬"}, {"other", "其他"},
	}
	Urgencies = Words{{"normal", "一般"}, {"urgent", "紧急"}, {"critical", "特急"}}
	Sexes     = Words{{"male", "男"}, {"female", "女"}}
	AgeBands  = Words{
		{"<14", "14岁以下"}, {"14-17", "14至17岁"}, {"18-34", "18至34岁"}, {"35-59", "35至59岁"},
		{"60-79", "60至79岁"}, {"80+", "80岁以上"},
	}
	OnSpots = Words{
		{"register", "登记办理"}, {"answered", "当场答复"}, {"resolved", "当场解决"}, {"out-of-scope", "不属受理范围"},
	}
	Modes = Words{
		{"guide", "代表引导"}, {"consult", "代表协商"}, {"department", "部门联动"}, {"suggestion", "代表建议督办"},
	}
)

// RegisterOf gives the book that a way in is written into: visits into 走访选民, what a liaison, a box or a line brought
// into 社情民意, everything else into 接待群众.
func RegisterOf(channel string) string {
	switch channel {
	case "home-visit", "household":
		return "visit"
	case "liaison", "box", "hotline", "group":
		return "opinion"
	}
	return "reception"
}

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
	Guided     State = 59 // out of scope, the right door was shown
	Void       State = 99 // entered by mistake; kept with its reason
)

var states = map[State]struct {
	name string
	step int
}{
	Answered: {"现场办结", 2}, Registered: {"已登记", 3}, Guided: {"不受理已告知", 2}, Void: {"已作废", 1},
}

// String is the state's Chinese word.
func (s State) String() string { return states[s].name }

// Step is the state's place among the seven, 1–7.
func (s State) Step() int { return states[s].step }

// Open says whether somebody still has to do something, so that a promised date can be overdue.
func (s State) Open() bool { return s == Registered }

// StatesOf gives the states of a step.
func StatesOf(step int) []State { return choose(func(s State) bool { return s.Step() == step }) }

// OpenStates gives the states in which somebody still has to do something.
func OpenStates() []State { return choose(State.Open) }

func choose(want func(State) bool) (ss []State) {
	for s := range states {
		if want(s) {
			ss = append(ss, s)
		}
	}
	slices.Sort(ss)
	return ss
}
