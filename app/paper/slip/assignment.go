package slip

import (
	"fmt"
	"strconv"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/mask"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/trace"
)

// What goes to offices is printed smaller than what goes to citizens.
const (
	officeK      = 1.2
	officeMargin = 17.0
	inFile       = "…（全文存联络站）"
)

// office is an empty sheet for officials.
func office(k float64) form.Leaf {
	s := form.A4(k, officeMargin)
	s.Least = form.Official
	return s
}

// assignment is what a department may read: the matter and its place, the citizen masked and only if this computer
// knows him, and his own words without himself.
type assignment struct {
	imprint
	Reference, Main, Joint, Office, Assigned   string
	From, Citizen, Title, Place, Words, Intent string
	Term                                       string
	GiveBack                                   int
	Classes                                    []form.Tick
}

// NoAssignment says why a matter cannot be handed to departments on paper now; nil where it can.
func NoAssignment(m matter.Matter) error {
	if err := standing(m, form.Names["assignment"]); err != nil {
		return err
	}
	switch {
	case len(m.Units) == 0:
		return problem.New("an assignment without units",
			m.Number+" 还没有承办单位，不能打印"+form.Names["assignment"]+"。请先交办，写明主办单位和期限。")
	case m.State == matter.Returned, m.State == matter.Redoing:
		return problem.New("an assignment of a matter to be assigned again",
			m.Number+" 现在是“"+m.State.String()+"”，要重新交办。请先登记交办，再打印"+form.Names["assignment"]+"。")
	case m.State.Step() > 5:
		return problem.New("an assignment of an answered matter",
			m.Number+" 已经答复，不用再交办。请打印"+form.Names["answer-card"]+"或"+form.Names["registration"]+"。")
	}
	return nil
}

func assignmentOf(m matter.Matter, o form.Issuer) assignment {
	a := assignment{imprint: imprintOf(m, o), Main: form.Line(m.Units[0]), Joint: join(m.Units[1:]),
		Office: form.Line(o.Name), Assigned: form.Date(m.Assigned), Term: form.Date(m.Term),
		GiveBack: o.Profile.GiveBack, Classes: classes(o, 0)}
	a.Reference = reference("交", m.Number, year(m.Assigned, o))
	if m.Confidential {
		return a
	}
	a.From, a.Citizen, a.Title, a.Place = o.Named(m.Unit), citizen(m), form.Line(m.Title), form.Line(m.Place)
	a.Words, a.Intent = without(m, form.Line(m.Words)), form.Line(m.Proposal)
	return a
}

// reference is the number of a letter: 交〔2026〕02-002003-26-A0042-7 号.
func reference(kind, number, year string) string {
	return kind + "〔" + year + "〕" + form.Line(number) + " 号"
}

// year is that of a day in a file, or this one.
func year(date string, o form.Issuer) string {
	if len(date) >= 4 {
		return form.Line(date[:4])
	}
	return strconv.Itoa(o.Today.Year())
}

// without takes the citizen out of his own words.
func without(m matter.Matter, words string) string {
	return trace.Hide(words, m.Private, func(f trace.Found) string {
		switch f.What {
		case trace.Name:
			return form.Line(mask.Name(f.Text))
		case trace.Phone:
			return mask.Phone(f.Text)
		case trace.House:
			return f.Text // where it is
		}
		return "（" + f.What + "）"
	})
}

// Assignment (转办（交办）单) hands a matter to departments: who, what, by when, and a part in which they answer.
func Assignment(m matter.Matter, o form.Issuer) (typeset.Document, error) {
	if err := NoAssignment(m); err != nil {
		return typeset.Document{}, err
	}
	a := assignmentOf(m, o)
	for lines := 9; ; lines-- {
		s := office(officeK)
		y, err := a.task(s, lines)
		if err != nil {
			return typeset.Document{}, err
		}
		if y > s.Page.H-officeMargin-replyLeast && lines > 1 {
			continue
		}
		a.reply(s, y)
		if a.Practice {
			s.Practice(0, s.Page.H, 40, 110)
		}
		return a.document("转办（交办）单", s.Page), nil
	}
}

// task draws what is to be done, long texts in so many lines at most, and tells where it ends.
func (a assignment) task(s form.Leaf, lines int) (float64, error) {
	y, err := s.Head(form.Head{Organisation: a.Organisation, Title: "转办（交办）单", Note: a.Reference, Number: a.Number,
		Code: a.Number})
	if err != nil {
		return 0, err
	}
	f := table(s, y, 9.2, 10.4, 23)
	f.Row(form.Cell{Label: "主办单位", Value: a.Main, Lines: 2}, form.Cell{Label: "协办单位", Value: form.Or(a.Joint),
		Lines: 3})
	f.Row(form.Cell{Label: "交办机关", Value: a.Office, Lines: 2}, form.Cell{Label: "交办日期", Value: form.Or(a.Assigned)})
	if a.Confidential {
		f.Row(form.Cell{Label: "反映时间", Value: a.Raised})
		f.Row(form.Cell{Label: "说明", Value: sealed + "事项由交办机关专人当面交接。", Lines: 2})
	} else {
		f.Row(form.Cell{Label: "反映时间", Value: a.Raised}, form.Cell{Label: "来自", Value: a.From, Lines: 2})
		if a.Citizen != "" {
			f.Row(form.Cell{Label: "反映人", Value: a.Citizen + "（需要当面核实的，请经联系人联系）"})
		}
		f.Row(form.Cell{Label: "事项", Value: form.Or(a.Title), Lines: 2, Tail: inFile})
		if a.Place != "" {
			f.Row(form.Cell{Label: "发生地点", Value: a.Place, Lines: 2})
		}
		if a.Words != "" {
			f.Row(form.Cell{Label: "事项摘要", Value: a.Words, Lines: lines, Tail: inFile})
		}
		f.Row(form.Cell{Label: "拟办意见", Value: form.Or(a.Intent), Lines: (lines + 1) / 2, Tail: inFile})
	}
	big, text := a.Term, "前办结，并书面答复交办机关。"
	if big == "" {
		big, text = "尽快办理", "未定期限；办结后书面答复交办机关。"
	}
	fact(s, &f, "办理时限", big, text, 20)
	f.Row(form.Cell{Label: "退回期限", Value: fmt.Sprintf("不属本单位职责的，收到后%d个工作日内书面说明理由退回，不得自行转送。", a.GiveBack), Lines: 2})
	f.Row(form.Cell{Label: "联系人", Value: form.Or(a.Clerk)}, form.Cell{Label: "电话", Value: form.Or(a.Phone)})
	blank(&f, 13*s.K, "领导批示")
	blank(&f, 7.5*s.K, "签收人", "签收日期")
	f.Close()
	return f.Y, nil
}

// replyLeast is the least height of the part in which a department answers.
const replyLeast = 82.0

// reply leaves the rest of the page, from y, to the department.
func (a assignment) reply(s form.Leaf, y float64) {
	top := s.Part(y+1.5*s.K, "办理回复", "由承办单位填写，办结后退回", a.Number)
	f := table(s, top+1.6*s.K, 9.2, 10, 23)
	f.Choose(form.Choice{Label: "结果分类", Ticks: a.Classes})
	end := s.Page.H - officeMargin
	blank(&f, end-f.Y-7.5*s.K*2, "答复")
	blank(&f, 7.5*s.K, "承办人", "电话")
	blank(&f, 7.5*s.K, "签发人", "日期盖章")
	f.Close()
}
