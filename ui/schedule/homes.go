package schedule

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/agenda"
	"lianluo.local/data/field"
	"lianluo.local/data/session"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// home is what is asked of a household or site of a round of visits.
var home = field.List{{Code: "address", Name: "住址", Hint: "哪一户、哪一处", Most: 200}, {Code: "name", Name: "姓名", Most: 60},
	{Code: "phone", Name: "电话", Most: 60}, {Code: "words", Name: "说了什么", Input: field.Area, Lines: 4, Most: 4000},
	{Code: "said", Name: "宣传解释", Input: field.Area, Lines: 2, Most: 1000, More: true}, {Code: "again", Name: "回访日期", Hint: "要再去的写", Most: 20, More: true}}

// homes are the households of a round, one after another.
func (p *Page) homes(s session.Session) fyne.CanvasObject {
	box := container.NewVBox()
	for _, stop := range s.Stops {
		h, known := s.Homes[stop.Key]
		line := strings.Trim(strings.Join([]string{h.Address, h.Name, h.Words}, "　"), "　")
		if !known {
			line = "这一户的内容不在本机"
		}
		text := kit.Text(line)
		row := kit.NewFlow()
		if s.May(session.Visit, p.agenda.Settings.Unit) && known {
			row.Add(kit.NewButton("再写…", "", false, func() { p.visit(s, stop) }))
		}
		switch {
		case stop.Matter != "" && p.actions.Matter != nil:
			row.Add(kit.NewButton("看登记的事项", "", false, func() { p.actions.Matter(stop.Matter) }))
		case stop.Matter == "" && h.Words != "" && p.actions.Raise != nil && s.May(session.Visit, p.agenda.Settings.Unit):
			row.Add(kit.NewButton("登记成事项", "", false, func() { p.actions.Raise(s, stop.Key, p.Shown) }))
		}
		box.Add(text)
		if stop.Again != "" {
			box.Add(kit.Hint(show.Date(stop.Again) + "回访"))
		}
		box.Add(row)
	}
	if s.May(session.Visit, p.agenda.Settings.Unit) {
		box.Add(kit.NewButton("记一户…", "V", true, p.another))
	}
	return box
}

// another notes one more household of the open round.
func (p *Page) another() {
	if p.open != nil && p.open.Kind == "visit" && p.open.May(session.Visit, p.agenda.Settings.Unit) {
		p.visit(*p.open, session.Stop{})
	}
}

func (p *Page) visit(s session.Session, stop session.Stop) {
	title, begin := "记一户", field.Values{}
	if stop.Key != "" {
		title, begin = "再写 "+s.Homes[stop.Key].Address, field.From(s.Homes[stop.Key])
		begin["again"] = stop.Again
	}
	p.form = p.sheets.Open(show.Sheet{Title: title, Yes: "记下", Fields: home, Begin: begin, More: "更多：宣传解释、回访…",
		Do: func(ctx context.Context, now, _ field.Values) error {
			_, err := p.agenda.Act(ctx, p.by, s.ID, agenda.Order{Do: session.Visit, Stop: stop.Key, Name: now.Text("name"), Phone: now.Text("phone"),
				Address: now.Text("address"), Words: now.Text("words"), Said: now.Text("said"), Again: now.Text("again")})
			return err
		}, Done: func() {
			p.host.Say(kit.Good, "已记下。下一户按 V。")
			p.Shown()
		}})
}
