package figures

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/ui/kit"
)

// Print shows the report as it will print.
func (p *Page) Print() {
	if p.behind == nil && p.actions.Print != nil {
		p.actions.Print(p.want.ask())
	}
}

// files are those that a report is kept as.
var files = []struct{ ending, name string }{
	{"pdf", "PDF，打印用"}, {"xlsx", "Excel 表，合计是公式"}, {"docx", "Word 文档，可以改字"}, {"csv", "CSV，给别的程序"},
}

// save asks as what to keep the report.
func (p *Page) save() {
	if p.actions.Save == nil {
		return
	}
	var s *kit.Dialog
	box := container.NewVBox()
	for _, f := range files {
		box.Add(kit.NewButton(f.name, "", false, func() {
			s.Close()
			p.actions.Save(p.want.ask(), f.ending)
		}))
	}
	s = kit.Show(p.host.Canvas(), "报表另存为", box, fyne.NewSize(560, 0), kit.NewButton("不存了", "Esc", false, func() { s.Close() }))
	if first, ok := box.Objects[0].(*kit.Button); ok {
		kit.Focus(first)
	}
}
