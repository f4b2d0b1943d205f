package act

import (
	"fmt"
	"slices"
	"strings"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/show"
)

// act is what one act asks, and what is said about it.
type act struct {
	hint  string                      // what it does, one sentence
	begin func(*attempt) office.Order // what stands in the fields at first; nil for nothing
	asks  []ask
	said  func(*Attempts, matter.Matter) (did, next string) // what was done with a matter, and what is next
}

// says says the same of every matter.
func says(did, next string) func(*Attempts, matter.Matter) (string, string) {
	return func(*Attempts, matter.Matter) (string, string) { return did, next }
}

func mode(codes ...string) func(*attempt, office.Order) bool {
	return func(_ *attempt, o office.Order) bool {
		for _, code := range codes {
			if o.Mode == code && o.Reason == "" {
				return true
			}
		}
		return false
	}
}

func inScope(_ *attempt, o office.Order) bool { return o.Reason == "" }

// any says whether one of the matters is in one of the states.
func (s *attempt) any(states ...matter.State) bool {
	for _, v := range s.vs {
		for _, state := range states {
			if v.State == state {
				return true
			}
		}
	}
	return false
}

// law stands wherever deputies are to guide.
var law = ask{when: mode("guide"), with: list(look.Small, func(*attempt) string { return office.Law })}

// byTerm offers a usual term and, where hardly is said, a longer one.
func byTerm(usually, hardly func(*attempt) string) func(*attempt) []kit.Option {
	return func(s *attempt) []kit.Option {
		os := []kit.Option{{Code: usual, Text: usually(s)}}
		if hardly != nil {
			os = append(os, kit.Option{Code: hard, Text: hardly(s)})
		}
		return os
	}
}

var urging = []ask{
	until("哪天前答复", byTerm(func(s *attempt) string { return fmt.Sprintf("%d 个工作日内", s.office.Profile.Urge) }, nil), nil),
	note("说明", "可以不写", false),
}

// acts are what the units that handle a matter do.
var acts = map[string]act{
	"collate": {
		hint: "定下处理方式，补全类别，写上拟办意见。",
		begin: func(s *attempt) office.Order {
			m := s.vs[0]
			return office.Order{Mode: m.Mode, Category: same(s, m.Category), Proposal: same(s, m.Proposal)}
		},
		asks: []ask{
			{name: "mode", label: "处理方式", when: inScope,
				with: among(words.Modes, func(o *office.Order) *string { return &o.Mode })},
			law,
			{name: "category", label: "类别", with: whichCategory},
			{name: "proposal", label: "拟办意见", when: inScope,
				with: area("站里打算怎么办", 3, func(o *office.Order) *string { return &o.Proposal })},
			{name: "reason", label: "受理范围", with: refuse},
			{name: "door", label: "应找的部门", when: func(_ *attempt, o office.Order) bool { return o.Reason != "" },
				with: line("部门、地址、电话、上班时间", func(o *office.Order) *string { return &o.Door })},
		},
		said: func(_ *Attempts, m matter.Matter) (string, string) {
			if m.State == matter.Guided {
				return "已记为不属受理范围", "请告诉群众应找哪个部门"
			}
			return "已梳理", "接着可以交办，办不了的上报"
		},
	},
	"merge": {
		hint: "是同一件事的并在一起办，答复时每位群众都有自己的一份。",
		asks: []ask{{name: "into", label: "并入", must: true, with: target}},
		said: func(_ *Attempts, m matter.Matter) (string, string) {
			return "已并案", "一起办到 " + m.IntoNumber + " 里，答复时各有一份"
		},
	},
	"assign": {
		hint: "定下由谁办、哪天前办完。",
		begin: func(s *attempt) office.Order {
			o := office.Order{Mode: s.vs[0].Mode}
			if o.Mode == "" || o.Mode == "suggestion" {
				o.Mode = "department"
			}
			return o
		},
		asks: []ask{
			{name: "mode", label: "处理方式", must: true,
				with: oneOf(words.Modes[:3], func(o *office.Order) *string { return &o.Mode })},
			law,
			{name: "to", label: "承办单位", must: true, when: mode("department"), with: departments},
			{name: "deputies", label: "代表", must: true, when: mode("guide", "consult"), with: people(
				func(o *office.Order) *[]string { return &o.Deputies })},
			until("期限", byTerm(func(s *attempt) string { return fmt.Sprintf("一般，%d 个工作日", s.office.Profile.Ordinary) },
				func(s *attempt) string { return fmt.Sprintf("较复杂，%d 个工作日", s.office.Profile.Complex) }),
				func(s *attempt, o office.Order) string {
					if len(o.To) > 1 && o.Due == "" {
						return fmt.Sprintf("（几个单位一起办，%d 个月）", s.office.Profile.Joint)
					}
					return ""
				}),
			note("说明", "给承办单位的话，可以不写", false),
		},
		said: func(_ *Attempts, m matter.Matter) (string, string) {
			switch m.State {
			case matter.Guiding:
				return "已交代表引导", "引导有了结果，请录入答复"
			case matter.Consulting:
				return "已交代表协商", "协商有了结果，请录入答复和纪要"
			}
			return "已交办", "请打印交办单"
		},
	},
	"sign": {
		hint: "部门在交办单上签收了，记下签收的日子。",
		asks: []ask{happened},
		said: says("已签收", "部门答复来了，请录入答复"),
	},
	"return": {
		hint: "退回后要重新交办，或由下一级再办。",
		asks: []ask{note("原因", "例如：不属本单位职责，应由水利局办理", true)},
		said: says("已退回", "请看看该由谁办，重新交办"),
	},
	"extend": {
		hint: "只能延一次，最多再延一个同样长的期限。",
		asks: []ask{
			until("延到哪天", byTerm(func(*attempt) string { return "能延到的最晚一天" }, nil),
				func(s *attempt, _ office.Order) string {
					if len(s.vs) > 1 {
						return "（这是第一件的；每件按自己的期限算）"
					}
					return "（现在的期限是 " + show.Spoken(s.vs[0].Term) + "）"
				}),
			note("原因", "例如：冬天不能开挖路面", true),
		},
		said: says("已延期", "请告诉群众新的期限"),
	},
	"answer": {
		hint:  "写给群众看的答复：办了什么、结果怎样、以后找谁。",
		begin: ofSuggestion,
		asks: []ask{
			{name: "class", label: "办理结果", must: true, with: resultClass},
			{name: "answer", label: "答复内容", must: true,
				with: area("用群众看得懂的话写", 4, func(o *office.Order) *string { return &o.Answer })},
			{name: "minutes", label: "协商纪要", must: true,
				when: func(s *attempt, _ office.Order) bool { return s.any(matter.Consulting) },
				with: area("谁参加、议定了什么", 3, func(o *office.Order) *string { return &o.Minutes })},
			{name: "promise", label: "承诺事项", when: ongoing,
				with: line("还要办的是什么", func(o *office.Order) *string { return &o.Promise })},
			{name: "promiseBy", label: "哪天办完", must: true, when: ongoing,
				with: line("如 2026-12-31", func(o *office.Order) *string { return &o.PromiseBy })},
			{name: "answeredBy", label: "谁答复的", with: func(s *attempt) input {
				return line("不写就是"+answerer(s), func(o *office.Order) *string { return &o.AnsweredBy })(s)
			}},
			happened,
		},
		said: func(s *Attempts, m matter.Matter) (string, string) {
			if m.Unit == s.office.Settings.Unit {
				return "已答复", "请打印反馈卡，告诉代表和群众"
			}
			return "已答复", "下次报送就到联络站，由站里告诉群众"
		},
	},
	"escalate": {
		hint: "本级办不了的，连同拟办意见报上一级。",
		asks: []ask{
			{name: "unit", label: "报给", when: func(s *attempt, _ office.Order) bool { return skips(s) },
				with: choice(above, func(o *office.Order) *string { return &o.Unit })},
			note("说明", "为什么本级办不了、建议怎么办", false),
		},
		said: func(_ *Attempts, m matter.Matter) (string, string) {
			return "已上报" + places.Of(m.Holder).Where, "下次报送就送到"
		},
	},
	"urge":      {hint: "请办理的单位快办，并定一个答复的日子。", asks: urging, said: says("已催办", "请打印催办单")},
	"supervise": {hint: "由本机关督办，并定一个答复的日子。", asks: urging, said: says("已督办", "请打印督办单")},
	"lead": {
		hint: "由一位领导领办，一直跟到群众评议。",
		asks: []ask{{name: "leader", label: "领办领导", must: true,
			with: line("姓名和职务", func(o *office.Order) *string { return &o.Leader })},
			note("说明", "可以不写", false)},
		said: func(_ *Attempts, m matter.Matter) (string, string) { return "已定由" + m.Leader + "领办", "" },
	},
	"offer": {
		hint: "请一位代表接这一单，三个工作日内答复接不接。",
		asks: []ask{{name: "who", label: "代表", must: true, with: who}, note("说明", "群众希望什么时候、在哪里见面，可以不写", false)},
		said: func(_ *Attempts, m matter.Matter) (string, string) {
			o, _ := m.Asking()
			return "已请" + o.Who + "接单", "请在" + show.Date(o.Until) + "前问他接不接"
		},
	},
	"accept": {
		hint: "代表答应接这一单。",
		asks: []ask{note("说明", "约好的时间地点，可以不写", false)},
		said: func(_ *Attempts, m matter.Matter) (string, string) {
			return m.Taker() + "已接单", "请告诉群众，约好见面的时间"
		},
	},
	"pass": {
		hint: "代表自己不接，推荐另一位；接着请被推荐的代表。",
		asks: []ask{{name: "deputies", label: "推荐的代表", must: true, with: people(func(o *office.Order) *[]string { return &o.Deputies })},
			note("说明", "可以不写", false)},
		said: func(_ *Attempts, m matter.Matter) (string, string) {
			o, _ := m.Asking()
			return "已改请" + o.Who + "接单", "请在" + show.Date(o.Until) + "前问他接不接"
		},
	},
	"decline": {
		hint: "代表这一件不方便办，记下原因，再找别的代表。",
		asks: []ask{
			{name: "who", label: "代表", must: true, with: who},
			{name: "reason", label: "原因", must: true,
				with: line("例如：出差；和自己有关，要回避", func(o *office.Order) *string { return &o.Reason })},
		},
		said: says("已记下代表推辞", "请再找一位代表"),
	},
}

// part takes a merged matter out again.
var part = act{
	hint: "原来并在别的事项里，分开后单独办理、单独答复。",
	said: says("已分开", "现在是已梳理，可以单独交办或上报"),
}

// same is a value that all the matters have, "" otherwise: what is right for one would be wrong for the others.
func same(s *attempt, value string) string {
	if len(s.vs) > 1 {
		return ""
	}
	return value
}

func ongoing(_ *attempt, o office.Order) bool { return words.Ongoing(int(o.Class)) }

// answerer is who answers where nobody else is named.
func answerer(s *attempt) string {
	switch m := s.vs[0]; {
	case len(s.vs) > 1:
		return "各件的承办单位"
	case len(m.Units) > 0:
		return m.Units[0]
	case len(m.Guides) > 0:
		return strings.Join(m.Guides, "、")
	}
	return "本单位"
}

// skips says whether a level may be skipped: only what is urgent does.
func skips(s *attempt) bool {
	for _, v := range s.vs {
		if v.Urgency == "normal" {
			return false
		}
	}
	return len(above(s)) > 1
}

// above are the units over the one that has the first matter.
func above(s *attempt) (os []kit.Option) {
	m := s.vs[0].Matter
	for unit := m.Up(m.Holder); unit != ""; unit = m.Up(unit) {
		os = append(os, kit.Option{Code: unit, Text: places.Of(unit).Where})
	}
	return os
}

// ofSuggestion begins an answer with that of the one suggestion in which the matters were gathered.
func ofSuggestion(s *attempt) office.Order {
	of := s.vs[0].Suggestion
	if s.Answered == nil || of == "" || slices.ContainsFunc(s.vs, func(v ledger.View) bool { return v.Suggestion != of }) {
		return office.Order{}
	}
	return s.Answered(s.vs[0].Matter)
}
