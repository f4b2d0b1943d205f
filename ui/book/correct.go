package book

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// input is what a field is corrected with.
func input(f field.Field) kit.Input {
	f = f.Correction()
	if f.Input == field.Category {
		pick := show.NewCategoryPicker()
		return kit.Input{Object: pick.Container, First: pick.Entry, Get: func() any { return pick.Code() },
			Put: func(v field.Values) { pick.Put(v.Text(f.Code)) }}
	}
	return kit.NewInput(f, func() {})
}

// correct asks which field is wrong and what is right.
func (p *Page) correct() {
	m := p.matter
	which := kit.NewChips(false)
	var options []kit.Option
	for _, f := range matter.Correctable {
		options = append(options, kit.Option{Code: f.Code, Text: f.Name})
	}
	which.SetOptions(options)
	asked := kit.NewField("改成", false, kit.Hint("先选上面的一项。"))
	place := container.NewVBox(asked.Container)
	var in kit.Input
	which.OnChanged = func() {
		f, ok := matter.Correctable.Field(which.One())
		if !ok {
			return
		}
		in = input(f)
		in.Put(m.Values())
		asked = kit.NewField(f.Name+"改成", false, in.Object)
		place.Objects = []fyne.CanvasObject{asked.Container}
		place.Refresh()
	}
	yes := func() {
		code := which.One()
		if code == "" {
			asked.Say("请先选要更正的一项。")
			return
		}
		p.actions.Correct(m.View, field.Values{code: in.Get()}.Raw(), func(err error) {
			p.done(asked, err, code, "已更正。原来写的也留着，可以查。")
		})
	}
	content := kit.Scroll(container.NewVBox(kit.Hint("哪一项写错了？"), which, place))
	p.sheet("更正 "+m.Number, content, fyne.NewSize(900, 560), "更正", yes)
	kit.Focus(which)
}

// void asks for a reason.
func (p *Page) void() {
	m := p.matter
	reason := kit.NewArea("例如：同一件登记了两次", 3)
	field := kit.NewField("原因", true, reason)
	yes := func() {
		if strings.TrimSpace(reason.Text) == "" {
			field.Say("请写明作废的原因。")
			kit.Focus(reason)
			return
		}
		p.actions.Void(m.View, reason.Text, func(err error) { p.done(field, err, "note", "已作废，原因记在台账里。") })
	}
	content := container.NewVBox(kit.Text("登记错了才作废。作废后不再办理，但记录和原因一直留着，上级也看得到。"), field.Container)
	p.sheet("作废 "+m.Number, content, fyne.NewSize(720, 380), "作废", yes)
	kit.Focus(reason)
}

func (p *Page) sheet(title string, content fyne.CanvasObject, size fyne.Size, yes string, do func()) {
	m := p.matter
	no := kit.NewButton("不改了", "Esc", false, func() { m.sheet.Close() })
	m.sheet = kit.Show(p.host.Canvas(), title, content, size, no, kit.NewButton(yes, "", true, do))
}

// done closes the sheet where all went well, else it says at the field what did not.
func (p *Page) done(asked *kit.Field, err error, name, well string) {
	var wrong problem.Problems
	switch {
	case err == nil:
		if p.matter != nil && p.matter.sheet != nil {
			p.matter.sheet.Close()
		}
		p.host.Say(kit.Good, well)
		p.Shown()
	case errors.As(err, &wrong) && wrong[name] != "":
		asked.Say(wrong[name])
	default:
		asked.Say(p.host.Explain(err))
	}
}
