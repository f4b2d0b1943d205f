package slip

import (
	"strings"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

// given is an empty sheet for a citizen.
func given() form.Leaf {
	s := form.A4(1.48, 15.4)
	s.Least = form.Given
	return s
}

// atStation says where the rest of a text is to be read.
const atStation = "…（全文到站查看）"

// answer is what an answer card may show: the citizen masked, and nothing that was said in private but the answer.
type answer struct {
	imprint
	Citizen, Title, Mode, By, Due, On string
	Letter, Meaning                   string // of the result: its letter or its word, and what that means
	Answer, Promise                   string
}

// NoAnswerCard says why a matter has no answer card now; nil where it has one.
func NoAnswerCard(m matter.Matter) error {
	if err := standing(m, form.Names["answer-card"]); err != nil {
		return err
	}
	spot := m.OnSpot == "answered" || m.OnSpot == "resolved"
	step := m.State.Step()
	switch again := m.State == matter.Redoing || step >= 3 && step <= 5; {
	case m.Answer == "" && m.AnsweredOn == "" && !spot:
		return problem.New("an answer card without an answer",
			m.Number+" 还没有答复，不能打印"+form.Names["answer-card"]+"。请先登记答复。")
	case again, m.State == matter.Withdrawn:
		return problem.New("an answer card of a matter in hand",
			m.Number+" 现在是“"+m.State.String()+"”，上次的答复已不作数。请在新的答复登记后再打印"+form.Names["answer-card"]+"。")
	}
	return nil
}

func answerOf(m matter.Matter, o form.Issuer) answer {
	a := answer{imprint: imprintOf(m, o.Met(m)), Due: promised(m), On: form.Date(m.AnsweredOn)}
	if a.On == "" {
		a.On = form.Day(m.Occurred)
	}
	if m.Confidential {
		return a
	}
	a.Citizen, a.Title = citizen(m), form.Line(m.Title)
	a.Answer = form.Line(m.Answer)
	a.By, a.Mode = form.Line(m.AnsweredBy), words.Modes.Name(m.Mode)
	if a.By == "" {
		a.By = join(m.Guides)
	}
	if m.AnsweredOn == "" { // at the table
		a.Answer, a.Mode = form.Line(m.OnSpotAnswer), words.OnSpots.Name(m.OnSpot)
		if a.By = join(m.Deputies); a.By == "" {
			a.By = a.Station
		}
	}
	if a.Letter = form.Line(o.Profile.Letter(m.Class)); a.Letter != "" {
		a.Meaning = form.Line(o.Profile.Meaning(a.Letter))
	}
	switch name := words.ClassName(m.Class); {
	case a.Letter == "" && name == "":
		a.Letter, a.Meaning = a.Mode, "已在现场向您说明。"
	case a.Letter == "":
		a.Letter = name
	case a.Meaning == "":
		a.Meaning = name
	default:
		a.Meaning += "\n本件：" + name
	}
	a.Promise = form.Line(m.Promise)
	if by := form.Date(m.PromiseBy); by != "" {
		a.Promise = strings.TrimSpace(a.Promise + "（" + by + "前完成，届时再向您反馈）")
	}
	return a
}

// AnswerCard (意见建议处理反馈卡, 卡二) brings the answer to the citizen, who keeps the upper part; the lower comes back with
// his rating of 办理态度 and 办理结果, which are two things (山东 article 23).
func AnswerCard(m matter.Matter, o form.Issuer) (typeset.Document, error) {
	if err := NoAnswerCard(m); err != nil {
		return typeset.Document{}, err
	}
	a := answerOf(m, o)
	const most = 24
	for lines := most; ; lines-- {
		s := given()
		stub, err := a.rating(given(), 0)
		if err != nil {
			return typeset.Document{}, err
		}
		used, err := a.given(given(), lines, 0)
		if err != nil {
			return typeset.Document{}, err
		}
		tear := s.Page.H - stub - 8
		if used > tear-5 && lines > 1 {
			continue
		}
		if _, err := a.given(s, lines, max(tear-5-used, 0)); err != nil {
			return typeset.Document{}, err
		}
		s.Tear(a.Number, tear)
		if _, err := a.rating(s, tear+1); err != nil {
			return typeset.Document{}, err
		}
		if a.Practice {
			s.Practice(0, tear, 30, 80)
			s.Practice(tear, s.Page.H-tear, 15, 46)
		}
		return a.document("意见建议处理反馈卡", s.Page), nil
	}
}

// given draws what the citizen keeps, the answer in so many lines, sharing out rest millimetres of white.
func (a answer) given(s form.Leaf, lines int, rest float64) (float64, error) {
	y, err := s.Head(form.Head{Organisation: a.Organisation, Title: "意见建议处理反馈卡", Note: "群众联 · 请您保管", Number: a.Number,
		Code: a.code()})
	if err != nil {
		return 0, err
	}
	f := table(s, y, 9.5, 10.2, 26)
	f.Pad = .35*s.K + min(rest*.04, 1.4*s.K)
	f.Row(form.Cell{Label: "反映时间", Value: a.Raised, Share: .52, Lines: 2},
		form.Cell{Label: "联络站", Value: a.Station, Share: .48, Lines: 2})
	switch {
	case a.Confidential:
		f.Row(form.Cell{Label: "承诺答复", Value: form.Or(a.Due), Lines: 2}, form.Cell{Label: "答复日期", Value: a.On})
		f.Row(form.Cell{Label: "说明", Value: sealed + "办理结果由联络站当面向您说明。", Lines: 3})
	default:
		f.Row(form.Cell{Label: "反映群众", Value: form.Or(a.Citizen), Share: .52},
			form.Cell{Label: "办理方式", Value: form.Or(a.Mode), Share: .48})
		f.Row(form.Cell{Label: "反映事项", Value: form.Or(a.Title), Lines: 2, Tail: atStation})
		fact(s, &f, "办理结果", a.Letter, a.Meaning, 21)
		f.Row(form.Cell{Label: "答复要点", Value: form.Or(a.Answer), Lines: lines, Tail: atStation})
		if a.Promise != "" {
			f.Row(form.Cell{Label: "承诺事项", Value: a.Promise, Lines: 2, Tail: atStation})
		}
		f.Row(form.Cell{Label: "答复单位", Value: form.Or(a.By)})
		f.Row(form.Cell{Label: "承诺答复", Value: form.Or(a.Due), Lines: 2}, form.Cell{Label: "实际答复", Value: a.On})
	}
	f.Close()
	y = paragraph(s, f.Y+1.2*s.K+min(rest*.1, 3*s.K), s.Style(typeset.Sans, 9.6), "对答复有疑问，"+a.ask(), 2)
	y += 3.6*s.K + min(rest*.2, 6*s.K)
	s.Sign(s.Margin, y, s.Right(), "反馈人签名", "联络站（盖章）")
	return y + 2*s.K, nil
}

// rating draws the part that comes back, its top at y, and tells how high it is.
func (a answer) rating(s form.Leaf, y float64) (float64, error) {
	top := s.Part(y, "群众评议", "请填好交回联络站", a.Number)
	const side = 21.0
	if err := s.Page.QR(s.Right()-side, top+2.6*s.K, side, a.Number, form.Black); err != nil {
		return 0, err
	}
	f := table(s, top+2*s.K, 9.5, 10.2, 26)
	f.Pad, f.W = 1.1*s.K, s.Width()-side-4*s.K
	var pleased []form.Tick // without codes: the citizen ticks, and three are told apart at a glance
	for _, w := range words.Ratings[:3] {
		pleased = append(pleased, form.Tick{Name: w.Name})
	}
	f.Choose(form.Choice{Label: "办理态度", Ticks: pleased})
	f.Choose(form.Choice{Label: "办理结果", Ticks: pleased})
	f.Choose(form.Choice{Label: "得分", Ticks: []form.Tick{{Name: "5分"}, {Name: "4分"}, {Name: "3分"}, {Name: "2分"},
		{Name: "1分"}}})
	f.Close()
	rest := table(s, f.Y+2*s.K, 9.5, 10.2, 26)
	blank(&rest, 11*s.K, "意见")
	blank(&rest, 9.5*s.K, "群众签名", "手印")
	blank(&rest, 6.6*s.K, "回收日期", "回收人")
	rest.Close()
	return rest.Y - y, nil
}
