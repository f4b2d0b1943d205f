package slip

import (
	"strconv"
	"time"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
)

// urging is what a unit that is late may read; the citizen is nothing to it.
type urging struct {
	imprint
	Kind, Reference                    string // Kind is 催办 or 督办
	To, Assignment, Assigned, Term, By string
	Late, Count                        int // days, and for the how manieth time
	Title, Copy                        string
}

// NoUrging says why there is no letter that urges; nil where there is one.
func NoUrging(m matter.Matter) error { return noUrging(m, "催办", m.Urged) }

// NoSupervision says why there is no letter of supervision; nil where there is one.
func NoSupervision(m matter.Matter) error { return noUrging(m, "督办", m.Supervised) }

func noUrging(m matter.Matter, kind string, count int) error {
	if err := standing(m, kind+"通知单"); err != nil {
		return err
	}
	switch {
	case count == 0:
		return problem.New("a letter before the act", m.Number+" 还没有"+kind+"，不能打印"+kind+"通知单。请先登记"+kind+"，写明要求答复的日期。")
	case m.State == matter.Told, m.State != matter.None && !m.State.Open():
		return problem.New("a letter after the end",
			m.Number+" 现在是“"+m.State.String()+"”，不用再"+kind+
				"。请打印"+form.Names["answer-card"]+"或"+form.Names["registration"]+"。")
	}
	return nil
}

func urgingOf(m matter.Matter, o form.Issuer, kind string, count int) urging {
	u := urging{imprint: imprintOf(m, o), Kind: kind, Count: count, Assigned: form.Date(m.Assigned),
		Term: form.Date(m.Term), By: form.Date(m.UrgedFor)}
	u.Reference = reference(kind[:len("催")], m.Number+"-"+strconv.Itoa(count), strconv.Itoa(o.Today.Year()))
	switch { // whoever's turn it is
	case m.State.Citizen():
		u.To = o.Named(m.Unit)
	case len(m.Units) > 0 && m.State != matter.Returned && m.State != matter.Escalated:
		u.To = join(m.Units)
	case m.State == matter.Guiding, m.State == matter.Consulting:
		u.To = join(m.Guides)
	default:
		u.To = o.Named(m.Holder)
	}
	if m.Assigned != "" && len(m.Units) > 0 {
		u.Assignment = reference("交", m.Number, year(m.Assigned, o))
	}
	if term, err := time.Parse(time.DateOnly, m.Term); err == nil {
		y, month, d := o.Today.Date()
		u.Late = int(time.Date(y, month, d, 0, 0, 0, 0, time.UTC).Sub(term).Hours() / 24)
	}
	var copies []string
	for i, code := range m.Path() {
		if name := o.Named(code); code != o.Unit && name != u.To && (i == 0 || kind == "督办") {
			copies = append(copies, name)
		}
	}
	u.Copy = join(copies)
	if !m.Confidential {
		u.Title = form.Line(m.Title)
	}
	return u
}

// Urging (催办通知单) asks for an answer that is late or soon will be.
func Urging(m matter.Matter, o form.Issuer) (typeset.Document, error) {
	if err := NoUrging(m); err != nil {
		return typeset.Document{}, err
	}
	return urgingOf(m, o, "催办", m.Urged).draw()
}

// Supervision (督办通知单) is Urging by an office that watches over others; the units above get a copy.
func Supervision(m matter.Matter, o form.Issuer) (typeset.Document, error) {
	if err := NoSupervision(m); err != nil {
		return typeset.Document{}, err
	}
	return urgingOf(m, o, "督办", m.Supervised).draw()
}

func (u urging) draw() (typeset.Document, error) {
	const part = 92.0
	s := office(1.25)
	y, err := s.Head(form.Head{Organisation: u.Organisation, Title: u.Kind + "通知单", Note: u.Reference,
		Number: u.Number, Code: u.Number})
	if err != nil {
		return typeset.Document{}, err
	}
	f := table(s, y, 9.4, 10.8, 25)
	f.Pad = 1.3 * s.K
	f.Row(form.Cell{Label: "发往单位", Value: form.Or(u.To), Lines: 3})
	f.Row(form.Cell{Label: "原交办单", Value: form.Or(u.Assignment)})
	f.Row(form.Cell{Label: "反映时间", Value: u.Raised}, form.Cell{Label: "交办日期", Value: form.Or(u.Assigned)})
	f.Row(form.Cell{Label: "办理期限", Value: form.Or(u.Term)}, form.Cell{Label: u.Kind + "次数", Value: times(u.Count)})
	if u.Confidential {
		f.Row(form.Cell{Label: "事项", Value: sealed, Lines: 2})
	} else {
		f.Row(form.Cell{Label: "事项", Value: form.Or(u.Title), Lines: 3, Tail: inFile})
	}
	late, text := "尚未超期", "请按期办结，书面答复。"
	if u.Late > 0 {
		late, text = "已超期 "+strconv.Itoa(u.Late)+" 天", "期限 "+u.Term+"，至今没有答复。"
	}
	fact(s, &f, "超期情况", late, text, 20)
	demand := "请尽快书面答复；不能办结的，说明原因、进展和预计完成日期。"
	if u.By != "" {
		demand = "请于 " + u.By + "前书面答复；不能办结的，说明原因、进展和预计完成日期。"
	}
	f.Row(form.Cell{Label: "要求答复", Value: demand, Lines: 3})
	f.Row(form.Cell{Label: "抄送", Value: form.Or(u.Copy), Lines: 2})
	f.Row(form.Cell{Label: "联系人", Value: form.Or(u.Clerk)}, form.Cell{Label: "电话", Value: form.Or(u.Phone)})
	f.Close()
	tear := s.Page.H - part - 8
	at := (f.Y + tear) / 2
	s.Sign(s.Margin, at, s.Margin+s.Width()*.42, "签发人")
	seal := s.Style(typeset.Kai, 11)
	seal, office := seal.Fit(u.Station+"（盖章）", s.Width()*.54)
	s.Page.Text(s.Right(), at-3*s.K, typeset.Right, seal, office)
	s.Page.Text(s.Right(), at+2.6*s.K, typeset.Right, seal, form.Day(u.Today))

	s.Tear(u.Number, tear)
	top := s.Part(tear+1, u.Kind+"回执", "由收文单位填写后退回", u.Number)
	const side = 18.0
	if err := s.Page.QR(s.Right()-side, top+2*s.K, side, u.Number, form.Black); err != nil {
		return typeset.Document{}, err
	}
	r := table(s, top+1.6*s.K, 9.4, 10.8, 25)
	r.W = s.Width() - side - 4*s.K
	r.Row(form.Cell{Label: "单号", Value: u.Reference})
	blank(&r, 8*s.K, "收到日期", "预计办结")
	r.Close()
	rest := table(s, max(r.Y, top+side+2*s.K)+1.6*s.K, 9.4, 10.8, 25)
	low := s.Page.H - 14
	blank(&rest, max(low-rest.Y-7*s.K, 12), "办理情况")
	blank(&rest, 7*s.K, "承办人", "单位盖章")
	rest.Close()
	if u.Practice {
		s.Practice(0, tear, 30, 80)
		s.Practice(tear, s.Page.H-tear, 15, 46)
	}
	return u.document(u.Kind+"通知单", s.Page), nil
}
