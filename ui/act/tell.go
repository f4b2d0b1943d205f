package act

import (
	"strings"

	"lianluo.local/app/office"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/show"
)

var way = ask{name: "way", label: "方式", must: true,
	with: among(words.Ways, func(o *office.Order) *string { return &o.Way })}

// reached is way without the one that says that nobody was.
var reached = ask{name: "way", label: "方式", must: true,
	with: among(words.Ways[:3], func(o *office.Order) *string { return &o.Way })}

// moved is what is read to a citizen whose promise was moved.
func moved(s *attempt) string {
	m := s.vs[0]
	moves := m.Untold()
	if len(s.vs) > 1 || len(moves) == 0 {
		return ""
	}
	return "原来答应 " + show.Spoken(moves[0].From) + "前答复，现在改到 " + show.Spoken(m.Due) + "前（" + moves[len(moves)-1].Why +
		"）。"
}

// told are what only the table that faced the citizen does: telling, asking for his rating, opening again.
var told = map[string]act{
	"inform-deputy": {
		hint:  "把答复告诉接待这位群众的代表。",
		begin: func(*attempt) office.Order { return office.Order{Way: "visit"} },
		asks:  []ask{way, happened},
		said:  says("已反馈代表", "接着请告诉群众"),
	},
	"inform": {
		hint:  "把答复告诉群众，当面或打电话都可以读给他听。",
		begin: func(*attempt) office.Order { return office.Order{Way: "visit"} },
		asks:  []ask{{with: list(look.Title, aloud)}, way, {when: byPhone, with: list(look.Title, numbers)}, happened},
		said: func(_ *Attempts, m matter.Matter) (string, string) {
			if m.State == matter.Unreached {
				return "已记下没有联系上", "请换个时间再联系"
			}
			return "已反馈群众", "请收回评议卡，录入评议"
		},
	},
	"inform-term": {
		hint:  "回执上答应的日子改了，告诉群众新的日子。",
		begin: func(*attempt) office.Order { return office.Order{Way: "phone"} },
		asks: []ask{{with: list(look.Title, moved)}, reached, {when: byPhone, with: list(look.Title, numbers)},
			happened},
		said: says("已记下告诉了群众", "回执可以换一张新的"),
	},
	"reopen": {
		hint: "群众又来反映，重新登记办理，编号不变；以前的经过都留着。",
		asks: []ask{note("原因", "照群众的话写", true)},
		said: func(_ *Attempts, m matter.Matter) (string, string) {
			if m.State.Over() {
				return "已恢复为“" + m.State.String() + "”", "以前的经过都在"
			}
			return "已重新受理", "请打印新的回执，" + show.Spoken(m.Due) + "前答复"
		},
	},
	"rate": {
		hint: "照评议卡上群众勾的录入。",
		begin: func(s *attempt) office.Order {
			if os := ratings(s); len(os) == 1 {
				return office.Order{Result: os[0].Code}
			}
			return office.Order{}
		},
		asks: []ask{
			{name: "result", label: "办理结果", must: true,
				with: choice(ratings, func(o *office.Order) *string { return &o.Result })},
			{name: "attitude", label: "办理态度", when: func(_ *attempt, o office.Order) bool { return given(o) },
				with: among(words.Ratings[:3], func(o *office.Order) *string { return &o.Attitude })},
			{name: "reason", label: "不满原因", must: true,
				when: func(_ *attempt, o office.Order) bool {
					return given(o) && (o.Result == "unsatisfied" || o.Attitude == "unsatisfied")
				},
				with: area("照群众的话写", 3, func(o *office.Order) *string { return &o.Reason })},
			{name: "score", label: "打分", when: func(_ *attempt, o office.Order) bool { return given(o) }, with: score},
			happened,
		},
		said: func(s *Attempts, m matter.Matter) (string, string) {
			switch m.State {
			case matter.Promised:
				return "已评议", "答应办的还要办完，" + show.Spoken(m.PromiseBy) + "再答复一次"
			case matter.Redoing:
				return "已评议", "群众不满意，" + show.Spoken(m.Term) + "前重新办理"
			case matter.Escalated:
				return "已评议", "几次都不满意，已报" + places.Of(m.Holder).Where
			case matter.Lost:
				return "已归档", "以后联系上了，可以重办"
			}
			return "已评议", "这件办结了"
		},
	},
	"redo": {
		hint: "重新办理，一个月内再答复一次。",
		asks: []ask{again(false, "原因", "照群众的话写"), again(true, "说明", "交给原来办理的；有话带给他们就写，可以不写")},
		said: says("已重办", "请办理的单位重新答复"),
	},
	"withdraw": {
		hint: "群众自己要求不办了，才用撤回。",
		asks: []ask{note("原因", "照群众的话写", true)},
		said: says("已撤回", "不再办理，记录都留着"),
	},
}

// again asks why a matter is opened once more, or, where it is open for that already, what else there is to say.
func again(open bool, label, hint string) ask {
	a := note(label, hint, !open)
	a.when = func(s *attempt, _ office.Order) bool { return s.any(matter.Redoing) == open }
	return a
}

// given says that a citizen gave a rating.
func given(o office.Order) bool { return o.Result != "unrated" && o.Result != "unreachable" }

// aloud is what is read to a citizen; of a confidential matter it lies in the private part, which only his table has.
func aloud(s *attempt) string {
	m := s.vs[0]
	if len(s.vs) > 1 {
		return "这几件的答复各不相同，请照反馈卡读。"
	}
	answer, promise := m.Answer, m.Promise
	for _, said := range m.Sealed {
		if said.Answer != "" {
			answer, promise = said.Answer, said.Promise
		}
	}
	if m.PromiseBy != "" {
		promise = strings.TrimSpace(promise + "（" + show.Spoken(m.PromiseBy) + "前）")
	}
	return strings.TrimSpace(answer + "\n" + promise)
}

func byPhone(_ *attempt, o office.Order) bool { return o.Way == "phone" }

// numbers are those to call, as the citizens gave them; only their own table does this act.
func numbers(s *attempt) string {
	var lines []string
	for _, v := range s.vs {
		phone := v.Phone
		if phone == "" {
			phone = "没有留电话，请上门，或托接待的代表告诉"
		}
		line := "电话　" + phone
		if len(s.vs) > 1 {
			line = v.Number + "　" + v.Masked() + "　" + phone
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// ratings are those that may be given now: a citizen who could not be reached gives none, and who was told may yet.
func ratings(s *attempt) (os []kit.Option) {
	if s.any(matter.Answered, matter.Told, matter.Unrated) {
		os = show.Options(words.Ratings[:3])
	}
	if s.any(matter.Told) {
		os = append(os, kit.Option{Code: "unrated", Text: "评议期满，未评价"})
	}
	if s.any(matter.Unreached) {
		os = append(os, kit.Option{Code: "unreachable", Text: "多次联系不上，归档"})
	}
	return os
}
