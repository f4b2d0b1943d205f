package evening

import (
	"context"

	"lianluo.local/app/agenda"
	"lianluo.local/data/field"
	"lianluo.local/data/session"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// nobody closes an evening to which nobody came.
func (p *Page) nobody() {
	switch {
	case !p.going():
	case len(p.now.matters) > 0:
		p.host.Say(kit.Plain, "今晚登记过事项，请按“今晚结束”。")
	default:
		p.now.kept.Citizens = 0
		p.end()
	}
}

// end closes the evening: of each who was awaited and did not come it is asked why, and of nothing else.
func (p *Page) end() {
	if !p.going() {
		return
	}
	var fields field.List
	begin := field.Values{}
	for _, c := range p.now.s.Awaited() {
		if c.Came {
			continue
		}
		code := "absent " + c.Key
		fields = append(fields, field.Field{Code: code, Name: c.Name, Input: field.Chips, Words: absences, Otherwise: "没有说明"})
		if c.Reply == "leave" {
			begin[code] = "请假"
		}
	}
	if len(fields) == 0 {
		p.close(nil)
		return
	}
	p.form = p.sheets.Open(show.Sheet{Title: "今晚结束", Hint: "没有打勾的，是什么原因没有来？", Yes: "今晚结束", Fields: fields, Begin: begin,
		Do: func(ctx context.Context, now, _ field.Values) error {
			var absent []agenda.Absence
			for _, c := range p.now.s.Awaited() {
				if !c.Came {
					absent = append(absent, agenda.Absence{Who: c.Key, Why: now.Text("absent " + c.Key)})
				}
			}
			return p.closed(ctx, absent)
		}, Done: p.sheet})
}

func (p *Page) closed(ctx context.Context, absent []agenda.Absence) error {
	_, err := p.agenda.Act(ctx, p.by, p.now.s.ID, agenda.Order{Do: session.Close, Absent: absent,
		Set: field.Values{"citizens": p.came(), "explained": p.now.kept.Explained}})
	return err
}

func (p *Page) close(absent []agenda.Absence) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, p.closed(ctx, absent) },
		func(_ struct{}, err error) {
			if err != nil {
				p.host.Say(kit.Bad, p.host.Explain(err))
				return
			}
			p.sheet()
		})
}

// sheet offers the session sheet of the evening that was closed.
func (p *Page) sheet() {
	id := p.now.s.ID
	p.host.Say(kit.Good, "今晚的接待已记下。请打印情况登记表，请各位签字。")
	p.Shown()
	if p.actions.Print != nil {
		p.actions.Print("session-sheet", id)
	}
}

// Print prints the session sheet.
func (p *Page) Print() {
	if p.now.on && p.actions.Print != nil {
		p.actions.Print("session-sheet", p.now.s.ID)
	}
}
