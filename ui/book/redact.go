package book

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// redact asks why what is known of the citizen is to go, and says that it does not come back.
func (p *Page) redact() {
	m := p.matter
	var options []kit.Option
	for _, w := range words.Redactions {
		options = append(options, kit.Option{Code: w.Code, Text: w.Name})
	}
	why := kit.NewChips(false, options...)
	field := kit.NewField("为什么隐去", true, why)
	yes := func() {
		if why.One() == "" {
			field.Say("请选一个原因。")
			kit.Focus(why)
			return
		}
		p.actions.Redact(m.View, why.One(), func(err error) { p.done(field, err, "reason", "已隐去，报送以后各级也隐去。") })
	}
	content := container.NewVBox(kit.Text(show.Redacts), field.Container)
	p.sheet("隐去 "+m.Number, content, fyne.NewSize(720, 420), "隐去", yes)
	kit.Focus(why)
}
