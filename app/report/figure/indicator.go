package figure

import (
	"cmp"
	"slices"
)

// Indicator is what is counted or held against each other.
type Indicator struct {
	Code, Name string
	Definition string // one sentence
	Day        string // which day decides whether it belongs to a span
	Unit       string // 件 件次 人 人次 场 户次 % 天
	Source     string
	Over       string // of a rate or an average: the code of what is divided
	Under      string // and of what it is divided by; "" for a number of its own
}

// Rate says whether it is one number divided by another; a part of a whole unless its unit is 天.
func (i Indicator) Rate() bool { return i.Under != "" }

// The numbers, by their place in Numbers.
const (
	sessions = iota
	planned
	cancelled
	empty
	deputies
	persons
	seated
	people
	visits
	homes
	activities
	attended
	collected
	cases
	citizens
	late
	onSpot
	outOfScope
	accepted
	responded
	closed
	closedOf
	handled
	days
	carried
	open
	moved
	overdue
	assigned
	returned
	due
	answeredOf
	dueClosed
	inTime
	lateClosed
	answered
	ratedOf
	finished
	solved
	rated
	satisfied
	dissatisfied
	redone
	suggested
	led
	promised
	keptOf
	kept
	size
)

// Numbers are those of a cell.
type Numbers [size]int64

const (
	seed = "吕梁市人大代表联络站的做法"
	own  = "本程序的口径"
)

// Indicators are all of them, in the order in which a table has them.
var Indicators = []Indicator{
	count(sessions, "sessions", "接待场次", "场", "举行日", seed, "已经举行（含正在进行）的进站接待场数"),
	count(planned, "planned", "安排场次", "场", "安排日", own, "安排了的进站接待场数，取消了的也在内，作废的不算"),
	count(cancelled, "cancelled", "取消场次", "场", "安排日", own, "安排了又取消的进站接待场数"),
	count(empty, "empty", "无人来访场次", "场", "举行日", own, "已经举行、到场群众登记为零的进站接待场数"),
	count(deputies, "deputies", "进站代表人次", "人次", "举行日", seed, "各场进站接待到场代表人数之和，一位代表一场算一次，特邀人员不算"),
	count(persons, "persons", "参与代表人数", "人", "举行日", seed, "到场参加接待、走访或活动的代表，一人不论来几次、有几个代表职务只算一个"),
	count(seated, "seated", "编入代表数", "人", "截止日", own, "名册上编入站点的代表，一人只算一个；只在按地方、层级、级别分的表里有"),
	rate("coverage", "代表参与率", "persons", "seated", own, "参与代表人数除以编入代表数；编入以外的代表也来了时可能多于百分之百"),
	count(people, "people", "接待群众人次", "人次", "举行日或反映日", seed, "各场进站接待登记的到场群众（没有反映事情的也算），加上不在场次里登记的接待事项写的人数"),
	count(visits, "visits", "走访次数", "次", "举行日", seed, "已经举行的走访次数"),
	count(homes, "homes", "走访户次", "户次", "举行日", seed, "各次走访登记的户数之和，同一户两次算两次"),
	count(activities, "activities", "活动次数", "次", "举行日", seed, "已经举行的代表活动次数"),
	count(attended, "attended", "活动代表人次", "人次", "举行日", seed, "走访和活动到场代表人数之和，一位代表一次算一次"),
	count(carried, "carried", "上期结转", "件次", "反映日、结束日", own, "反映日在本期以前、到本期开始还没有办结也没有移出的"),
	count(collected, "collected", "收集意见件次", "件次", "反映日", seed, "群众反映日在本期的事项，并案的各算一次，作废的不算"),
	count(cases, "cases", "收集意见件数", "件", "反映日", seed, "群众反映日在本期的事项，并在一起办的只算一件"),
	count(citizens, "citizens", "反映人次", "人次", "反映日", own, "本期收集的事项登记的人数之和，几个人反映一件的按人数算"),
	count(late, "late", "补报件次", "件次", "反映日、登记日", own, "反映日在本期、本期结束以后才登记的，已经在收集意见件次里"),
	count(led, "led", "领办件次", "件次", "反映日", seed, "本期收集的当中有领导领办的"),
	count(onSpot, "onSpot", "现场办结", "件次", "反映日", seed, "本期收集的当中当场答复或者当场解决、以后也没有重办的"),
	count(outOfScope, "outOfScope", "不受理", "件次", "反映日", "信访工作条例", "本期收集的当中不属受理范围、已经告知去处的"),
	count(accepted, "accepted", "受理数", "件次", "反映日", seed, "收集意见件次减去不受理"),
	count(responded, "responded", "响应数", "件次", "反映日", "北京市接诉即办工作条例第三十二条", "本期受理的当中到期末已经交办、已经告诉群众或者已经办结的"),
	rate("responseRate", "响应率", "responded", "accepted", "北京市接诉即办工作条例第三十二条", "响应数除以受理数"),
	count(closed, "closed", "办结数", "件次", "办结日", seed, "办结日在本期的：现场办结，告诉群众并且评议了，或者评议期满；答复了还没有告诉、没有评议的不算办结"),
	count(closedOf, "closedOf", "本期受理已办结", "件次", "反映日", seed, "本期受理的当中到期末已经办结的"),
	rate("closedRate", "办结率", "closedOf", "accepted", seed, "本期受理的当中到期末已经办结的，除以受理数"),
	count(open, "open", "在办", "件次", "截止日", own, "到期末还没有办结也没有移出的"),
	count(moved, "moved", "移出", "件次", "移出日", own, "本期内告知去处、群众撤回、联系不上归档的"),
	count(overdue, "overdue", "超期数", "件次", "截止日", own, "到期末还要办、期限已经过了的（承诺跟踪过了日子的也算）"),
	count(handled, "handled", "登记办结", "件次", "办结日", own, "办结数减去当场就办结的"),
	count(days, "daysOf", "办理天数", "天", "办结日", own, "登记办结的各件从反映日到办结日的天数之和"),
	average("days", "平均办理天数", "daysOf", "handled", own, "办理天数除以登记办结数"),
	count(assigned, "assigned", "交办件次", "件次", "交办日", own, "交给部门办理的次数，退回又交办的再算一次；按承办单位分时算给当时的主办单位"),
	count(returned, "returned", "退回件次", "件次", "退回日", own, "部门退回的次数"),
	rate("returnRate", "退回率", "returned", "assigned", own, "退回件次除以交办件次；上期交办、本期退回的多时可能多于百分之百"),
	count(due, "due", "到期应答复", "件次", "承诺答复日", seed, "承诺答复日在本期的，移出了的不算"),
	count(answeredOf, "answeredOf", "到期已反馈", "件次", "承诺答复日", seed, "到期应答复的当中到期末已经告诉群众的"),
	rate("answerRate", "答复率", "answeredOf", "due", seed, "到期已反馈除以到期应答复"),
	count(dueClosed, "dueClosed", "到期已办结", "件次", "承诺答复日", seed, "到期应答复的当中到期末已经办结的"),
	count(inTime, "inTime", "按期办结", "件次", "承诺答复日", seed, "到期已办结的当中，在承诺答复日或以前告诉群众结果的"),
	count(lateClosed, "lateClosed", "超期办结", "件次", "承诺答复日", seed, "到期已办结减去按期办结"),
	rate("inTimeRate", "按期办结率", "inTime", "dueClosed", seed, "按期办结除以到期已办结"),
	count(answered, "answered", "已反馈群众", "件次", "反馈日", seed, "本期告诉群众结果的次数，重办以后再告诉的再算一次"),
	count(finished, "finished", "有结果", "件次", "反馈日", seed, "最后一次告诉群众在本期的"),
	count(solved, "solved", "已解决", "件次", "反馈日", seed, "最后一次告诉群众在本期、结果是已经解决或者基本解决的（A 类）"),
	rate("solvedRate", "解决率", "solved", "finished", seed, "已解决除以有结果"),
	count(rated, "rated", "评价数", "件次", "评议日", seed, "本期群众评议满意、基本满意、不满意的次数，现场办结的评议也算，未评价的不算"),
	count(ratedOf, "ratedOf", "反馈已评价", "件次", "反馈日", seed, "本期告诉群众的当中到期末群众已经评议的"),
	rate("ratedRate", "评价率", "ratedOf", "answered", seed, "反馈已评价除以已反馈群众"),
	count(satisfied, "satisfied", "满意数", "件次", "评议日", seed, "评价数当中满意和基本满意的"),
	rate("satisfiedRate", "满意率", "satisfied", "rated", seed, "满意数除以评价数，要和评价率一起看"),
	count(dissatisfied, "dissatisfied", "不满意数", "件次", "评议日", seed, "评价数当中不满意的"),
	rate("dissatisfiedRate", "不满意率", "dissatisfied", "rated", seed, "不满意数除以评价数"),
	count(redone, "redone", "重办件次", "件次", "重办日", seed, "因为不满意或者又出现而重新办理的次数"),
	rate("redoneRate", "重办率", "redone", "answered", seed, "重办件次除以已反馈群众；上期反馈、本期重办的多时可能多于百分之百"),
	count(promised, "promised", "到期承诺", "件次", "承诺兑现日", seed, "答应本期办成的（结果是正在解决或者列入计划的）"),
	count(keptOf, "keptOf", "到期已兑现", "件次", "承诺兑现日", seed, "到期承诺当中到期末已经再次答复的"),
	count(kept, "kept", "兑现承诺", "件次", "再次答复日", seed, "答应过、本期再次答复了的"),
	rate("keptRate", "承诺兑现率", "keptOf", "promised", seed, "到期已兑现除以到期承诺"),
	count(suggested, "suggested", "转代表建议", "件次", "转建议日", seed, "本期转为代表建议督办的事项，几件并成一件建议的各算一次"),
}

// places are those of the numbers, by the codes of the indicators that say them.
var places = map[string]int{}

func count(n int, code, name, unit, day, source, says string) Indicator {
	places[code] = n
	return Indicator{Code: code, Name: name, Definition: says + "。", Day: day, Unit: unit, Source: source}
}

func rate(code, name, over, under, source, says string) Indicator {
	return Indicator{Code: code, Name: name, Definition: says + "。", Unit: "%", Source: source, Over: over, Under: under}
}

func average(code, name, over, under, source, says string) Indicator {
	i := rate(code, name, over, under, source, says)
	i.Unit = "天"
	return i
}

// ByCode gives an indicator.
func ByCode(code string) (Indicator, bool) {
	at := slices.IndexFunc(Indicators, func(i Indicator) bool { return i.Code == code })
	if at < 0 {
		return Indicator{}, false
	}
	return Indicators[at], true
}

// ByName gives an indicator by its code or its name.
func ByName(typed string) (Indicator, bool) {
	at := slices.IndexFunc(Indicators, func(i Indicator) bool { return i.Code == typed || i.Name == typed })
	if at < 0 {
		return Indicator{}, false
	}
	return Indicators[at], true
}

// Some are those of some codes, in their order, each once; codes that are none are left out.
func Some(codes ...string) (list []Indicator) {
	for at, code := range codes {
		if i, ok := ByCode(code); ok && !slices.Contains(codes[:at], code) {
			list = append(list, i)
		}
	}
	return list
}

// of is what an indicator says of numbers that are found by their codes; nothing where one is not there or nothing is divided by.
func (i Indicator) of(numbers func(code string) (int64, bool)) (v float64, ok bool) {
	if !i.Rate() {
		n, ok := numbers(i.Code)
		return float64(n), ok
	}
	over, ok := numbers(i.Over)
	under, _ := numbers(i.Under)
	if !ok || under == 0 {
		return 0, false
	}
	return float64(over) / float64(under), true
}

// none is the place of a number that nobody counts.
const none = -1

// place is that of the number that an indicator says, of a rate of the one by which is divided.
func (i Indicator) place() int {
	if at, counted := places[cmp.Or(i.Under, i.Code)]; counted {
		return at
	}
	return none
}

// by is the number of a code; there is none of a code that nobody counts.
func (n *Numbers) by(code string) (int64, bool) {
	at, counted := places[code]
	if !counted {
		return 0, false
	}
	return n[at], true
}

// Balanced says whether 上期结转 + 新收 = 办结 + 在办 + 移出.
func (n *Numbers) Balanced() bool {
	return n[carried]+n[collected] == n[closed]+n[open]+n[moved]
}

// OfSessions says whether it tells of sessions, or of who came to them, so that only what parts these can part it.
func (i Indicator) OfSessions() bool {
	at, counted := places[cmp.Or(i.Over, i.Code)]
	return counted && at < collected
}
