package dossier

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/paper/typeset/official"
	"lianluo.local/data/suggestion"
)

// begin sets what stands over a letter about a suggestion: its number where it has one, and its title, 关于…的答复.
func begin(p *official.Paper, s suggestion.Suggestion, about, number, what string) {
	p.Blank(2)
	if n := form.Line(number); n != "" {
		p.Put(typeset.Centre, 0, official.Ink(p.Body, 16), n)
		p.Blank(1)
	}
	body, session := meeting(s)
	p.Title("关于"+about+body, session, whole(s)+what)
}

// whole is a suggestion as titles call it: 第12号代表建议.
func whole(s suggestion.Suggestion) string { return number(s) + proposal(s) }

// cited is a suggestion as letters call it at first: whose, of which session, its title and number.
func cited(s suggestion.Suggestion) string {
	text := proposers(s, many) + "在" + met(s) + "提出的《" + strings.Trim(form.Line(s.Title), "《》") + "》"
	if n := number(s); n != "" {
		text += "（" + n + "）"
	}
	return text
}

const act = "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》"

// ask is where who gets a letter may ask, where this office sends it itself.
func ask(s suggestion.Suggestion, o form.Issuer) string {
	if s.Office == o.Unit && form.Line(o.Phone) != "" {
		return "联系人：" + form.Or(form.Line(o.Clerk)) + "　联系电话：" + form.Line(o.Phone)
	}
	return "联系人：　　　　　　联系电话：　　　　　　　　"
}

// items numbers points as the standard does, and ends each as a sentence.
func items(list ...string) string {
	var b strings.Builder
	for i, text := range list {
		b.WriteString(strconv.Itoa(i+1) + ". " + strings.TrimRight(text, "。；") + "。\n")
	}
	return b.String()
}

// Handovers are 交办函: what is handed to whom, by when it is signed for, talked over and answered.
func Handovers(d Dossier, o form.Issuer) (typeset.Document, error) {
	return each(d, "handover-letter", o, func(s suggestion.Suggestion) ([]*typeset.Page, error) {
		if len(s.Units) == 0 {
			return nil, why(s, "handover-letter", "还没有交办，没有交办函可以打印。")
		}
		p := paper(o)
		begin(p, s, "交办", "", "的函")
		p.Address(named(s, s.Units))
		opening := cited(s) + "，已于" + form.Date(s.Accepted) + "立案。"
		if s.Accepted == "" {
			opening = cited(s) + "收悉。"
		}
		if s.Key {
			opening += "该件列为重点督办"
			if l := form.Line(s.Leader); l != "" {
				opening += "，由" + l + "督办"
			}
			opening += "。"
		}
		if s.Round > 1 {
			opening += "代表对前次答复不满意，现作第" + strconv.Itoa(s.Round) + "次交办。"
		}
		p.Say(opening + "根据" + act + "的规定，现交你单位办理，请按以下要求办好：")
		mains := s.Mains()
		how := "主办单位："
		if len(mains) > 1 {
			how = "分办单位："
		}
		list := []string{how + form.Or(named(s, mains))}
		if helpers := s.Helpers(); len(helpers) > 0 {
			list[0] += "；协办单位：" + named(s, helpers)
			by := ""
			for _, h := range helpers {
				by = max(by, h.Due)
			}
			if by != "" {
				by = "于" + form.Date(by) + "前"
			}
			list = append(list, "协办单位请"+by+"将会办意见送主办单位")
		}
		receive := "收到后请签收；认为不属于本单位职责的，请书面说明理由退回，不要自行转办"
		if s.State == suggestion.Assigned && s.Term != "" {
			receive = "请于" + form.Date(s.Term) + "前签收；认为不属于本单位职责的，请在这之前书面说明理由退回，不要自行转办"
		}
		talk := "答复前请主动与代表见面商量，并做好面商记录"
		if t := o.Profile.Clocks.Contact.Name(); t != "" {
			talk = "签收后" + t + "内请主动与代表首次联系，答复前见面商量，并做好面商记录"
		}
		list = append(list, receive, talk)
		by, whom := "", "每一位签名的代表"
		if s.Due != "" {
			by = "于" + form.Date(s.Due) + "前"
		}
		if !o.Profile.Clocks.Everyone {
			whom = "领衔的代表，由其转告其他签名的代表"
		}
		answer := "请" + by + "书面答复" + whom + "，同时抄送本机关"
		var classes []string
		for _, m := range o.Profile.Meanings {
			classes = append(classes, m[0]+"为"+m[1])
		}
		list = append(list, answer+"；答复函首页右上角标明办理结果的类别（"+strings.Join(classes, "，")+"），并附征询意见表",
			"列入计划逐步解决的，请写明解决的时限；兑现以后再次答复代表")
		p.Say(items(list...))
		p.Attached(form.Line(s.Title))
		p.Sign(o.Named(s.Office), form.Date(s.Handed))
		p.Note(ask(s, o))
		if g := government(s); g != "" {
			p.Copies(g)
		}
		return p.Pages(1), nil
	})
}

// late says how far a day is away, as a letter says it.
func late(day string, today time.Time) string {
	by, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	y, m, d := today.Date()
	n := int(by.Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)).Hours() / 24)
	switch {
	case n < 0:
		return "，已超过期限" + strconv.Itoa(-n) + "天"
	case n == 0:
		return "，今天到期"
	}
	return "，离期限还有" + strconv.Itoa(n) + "天"
}

// owing are the units that still have to do something, and what.
func owing(s suggestion.Suggestion, o form.Issuer) (units []suggestion.Unit, what string) {
	if s.State == suggestion.Promised {
		pending := s.Pending()
		day := o.Today.Format(time.DateOnly)
		if over := slices.DeleteFunc(slices.Clone(pending), func(p suggestion.Promise) bool { return p.By >= day }); len(over) > 0 {
			pending = over
		}
		var list []string
		for _, p := range pending {
			text := form.Line(s.Texts[p.Mark])
			if text != "" {
				text = "“" + text + "”"
			}
			list = append(list, "承诺于"+form.Date(p.By)+"前办好"+text+late(p.By, o.Today))
		}
		for _, u := range s.Units {
			if slices.ContainsFunc(pending, func(p suggestion.Promise) bool { return p.Unit == u.Key }) {
				units = append(units, u)
			}
		}
		return units, strings.Join(list, "；") + "，至今没有收到再次答复。"
	}
	for _, u := range s.Mains() {
		if u.Answered == "" {
			units = append(units, u)
		}
	}
	what = "于" + form.Date(s.Handed) + "交你单位办理"
	if s.Due != "" {
		what += "，应在" + form.Date(s.Due) + "前答复" + late(s.Due, o.Today)
	}
	if s.State == suggestion.Assigned {
		return units, what + "，至今没有签收。"
	}
	return units, what + "，至今没有收到答复。"
}

// Urgings are 催办函, to those who still have to answer or to keep what they promised.
func Urgings(d Dossier, o form.Issuer) (typeset.Document, error) {
	return each(d, "urge-suggestion", o, func(s suggestion.Suggestion) ([]*typeset.Page, error) {
		units, what := owing(s, o)
		if len(units) == 0 || !s.State.Open() {
			return nil, why(s, "urge-suggestion", "没有单位要催办。")
		}
		p := paper(o)
		begin(p, s, "催办", "", "的函")
		p.Address(named(s, units))
		p.Say(cited(s) + "，" + what)
		p.Say("请抓紧办理，按期答复代表；确实不能按期办好的，请在期限之前书面说明原因，申请延期。")
		p.Sign(o.Named(s.Office), form.Day(o.Today))
		p.Note(ask(s, o))
		return p.Pages(1), nil
	})
}

// Supervisions are 督办函, about a key suggestion or one that is late: who watches over it, and what is expected.
func Supervisions(d Dossier, o form.Issuer) (typeset.Document, error) {
	return each(d, "supervise-suggestion", o, func(s suggestion.Suggestion) ([]*typeset.Page, error) {
		units, what := owing(s, o)
		over := s.Term != "" && s.Term < o.Today.Format(time.DateOnly) || s.State == suggestion.Redo || s.State == suggestion.Meeting
		if len(s.Units) == 0 || !s.State.Open() || !s.Key && !over {
			return nil, why(s, "supervise-suggestion", "没有列为重点督办，也没有超期，没有督办函可以打印。")
		}
		p := paper(o)
		begin(p, s, "督办", "", "的函")
		if units == nil {
			units = s.Mains()
		}
		p.Address(named(s, units))
		text := cited(s)
		if s.Key {
			text += "，列为重点督办"
			if l := form.Line(s.Leader); l != "" {
				text += "，由" + l + "领衔督办"
			}
		}
		switch s.State {
		case suggestion.Redo, suggestion.Meeting:
			text += "。代表对第" + strconv.Itoa(s.Round) + "次办理的结果不满意。"
		case suggestion.Answered, suggestion.Reviewed, suggestion.Delivered:
			text += "。现已答复，等候代表评价。"
		default:
			text += "。该件" + what
		}
		p.Say(text)
		p.Say("现予督办，请做好以下工作：")
		p.Say(items("单位主要负责人亲自过问，明确办理的人员和时限", "与代表面对面商量，听取意见，把能够解决的问题解决好",
			"收到本函后十日内书面报告办理的进展；不能按期办好的，说明原因和打算"))
		p.Sign(o.Named(s.Office), form.Day(o.Today))
		p.Note(ask(s, o))
		if g := government(s); g != "" {
			p.Copies(g)
		}
		return p.Pages(1), nil
	})
}
