package figures

import (
	"context"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/paper/brief"
	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
	"lianluo.local/ui/kit"
)

// onePage is the code of the report that is a page for a leader, and stands in words where others have their table.
const onePage = "leader"

// leader shows 本周一张纸 of the week in which the present period ends, as far as that is over; on it again the report before.
func (p *Page) leader() {
	if p.want.kind == onePage {
		p.look(p.report())
		return
	}
	p.last = p.want
	w := p.want
	w.kind, w.by, w.code, w.period = onePage, "", "", figure.Week
	w.span = p.desk.Calendar.Of(figure.Week, min(w.span.To, p.today()))
	p.look(w)
}

// report is the one that was shown before the page for a leader.
func (p *Page) report() asked {
	if p.last.kind == "" {
		return p.usual()
	}
	return p.last
}

// tabled is what is wanted, of a report that has a table: the page for a leader is always of a week, and is parted by nothing.
func (p *Page) tabled() asked {
	w := p.want
	if w.kind == onePage {
		w.kind = p.report().kind
	}
	return w
}

// words shows what a leader has to know, each line a door to what it tells of.
func (p *Page) words(b *brief.Brief) {
	if b == nil || reflect.DeepEqual(b, p.told) {
		return
	}
	at := -1 // the line that has the keyboard
	if c := p.host.Canvas(); c != nil {
		at = slices.IndexFunc(p.doors, func(d *kit.Door) bool { return c.Focused() == d })
	}
	p.told, p.sheet.Objects, p.doors = b, nil, nil
	parts := b.Parts()
	if len(parts) == 0 {
		p.sheet.Add(kit.Text("这一周没有要告诉您的。"))
	}
	for _, part := range parts {
		p.sheet.Add(kit.Bold(part.Head))
		for _, l := range part.Lines {
			d := kit.NewDoor(told(l), func() { p.follow(l) })
			p.doors = append(p.doors, d)
			p.sheet.Add(d)
		}
	}
	p.sheet.Refresh()
	if at >= 0 && at < len(p.doors) {
		kit.Focus(p.doors[at])
	}
}

// told is a line: what it is, how much or whose at the right, what more there is to say below.
func told(l brief.Line) fyne.CanvasObject {
	note := widget.NewLabel(l.Note)
	note.TextStyle.Bold = true
	if l.Bad {
		note.Importance = kit.Bad.Importance()
	}
	top := container.NewBorder(nil, nil, nil, note, kit.Text(l.What))
	more := l.Sign
	if more != "" && l.More != "" {
		more += "　"
	}
	if more += l.More; more == "" {
		return top
	}
	return kit.Snug(top, kit.Hint(more))
}

// follow opens what a line tells of: a matter, or the list behind its number.
func (p *Page) follow(l brief.Line) {
	if l.Of.Matter != "" {
		if p.actions.Named != nil {
			p.actions.Named(l.Of.Matter)
		}
		return
	}
	axis, known := figure.AxisByCode(l.Of.Axis)
	i, counted := figure.ByCode(l.Of.Indicator)
	if !known || !counted {
		return
	}
	a := p.want.ask()
	a.By, a.Codes, a.Compare = []figure.Axis{axis}, []string{i.Code}, nil
	later(p, func(ctx context.Context) (report.Report, error) { return p.desk.Make(ctx, a) }, func(r report.Report) {
		for _, row := range r.Rows {
			if row.Keys[0] == l.Of.Key || row.Labels[0] == l.Of.Key {
				c := cell{of: i, part: r.Part, name: r.Name + "　" + row.Labels[0]}
				p.reveal(table{answer: answer{Report: r}}.filled(c, row, true))
				return
			}
		}
	})
}
