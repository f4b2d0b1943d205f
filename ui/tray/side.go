package tray

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/ledger"
	"lianluo.local/assets/places"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/show"
)

// chosen lights what may be done and shows the chosen matter at the side.
func (p *Page) chosen() {
	p.bar.RemoveAll()
	for i, d := range decisions {
		if vs, fresh := p.about(d); p.lit(d, vs) {
			text := d.word + "　" + d.mark
			if len(vs) > 1 {
				text = fmt.Sprintf("%s %d 件　%s", d.word, len(vs), d.mark)
			}
			if fresh {
				text = fmt.Sprintf("打印刚办的 %d 件　%s", len(vs), d.mark)
			}
			p.buttons[i].SetText(text)
			p.bar.Add(p.buttons[i])
		}
	}
	p.work.Refresh()
	p.side.Follow()
}

// draw shows one matter at the side: what it is, what was proposed, which others may be the same, what was done.
func draw(v ledger.View, alike []ledger.Match) fyne.CanvasObject {
	box := container.NewVBox(kit.Bold(v.Title), kit.Hint(fmt.Sprintf("%s　%s", v.Masked(), v.Status())))
	add := func(label, text string) {
		if text != "" {
			box.Add(kit.Text(label + "：" + text))
		}
	}
	if v.Confidential {
		add("保密件", "内容只在站里，需要时请打电话问站里。")
	}
	add("原话", v.Words)
	add("拟办", v.Proposal)
	add("承办", strings.Join(v.Units, "、"))
	add("答复", v.Answer)
	add("领办", v.Leader)
	if len(alike) > 0 {
		box.Add(kit.Bold("可能是同一件事"))
		for _, m := range alike {
			box.Add(kit.Text(fmt.Sprintf("%s　%s（%s）", m.Number, m.Title, strings.Join(m.Why, "、"))))
		}
	}
	box.Add(kit.Bold("经过"))
	for _, e := range v.Timeline() {
		head := kit.Hint(e.At.In(v.Occurred.Location()).Format("1月2日 15:04") + "　" + places.Of(e.Unit).Brief)
		head.SizeName = look.Small
		box.Add(container.NewVBox(head, kit.Text(show.Done(e))))
	}
	return box
}

// halves gives the table most of the width, and all of it where large type leaves no room for a side; the lines at the
// side end where they can still be read.
type halves struct{}

// MinSize has the titles and a row, so that the buttons below stay in sight whatever is said above.
func (halves) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(600, 4*fyne.CurrentApp().Settings().Theme().Size("text"))
}

func (halves) Layout(os []fyne.CanvasObject, size fyne.Size) {
	w, em := size.Width, fyne.CurrentApp().Settings().Theme().Size("text")
	if size.Width > 48*em {
		w -= min(0.28*size.Width, 44*em)
	}
	os[0].Resize(fyne.NewSize(w-8, size.Height))
	os[1].Move(fyne.NewPos(w, 0))
	os[1].Resize(fyne.NewSize(size.Width-w, size.Height))
	if w == size.Width {
		os[1].Hide()
	} else {
		os[1].Show()
	}
}

// beside gives a label, a line and a button one line: the second has what its words need, half at most, the first the
// rest.
type beside struct{}

func (beside) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(400, max(os[0].MinSize().Height, os[1].MinSize().Height, os[2].MinSize().Height))
}

func (beside) Layout(os []fyne.CanvasObject, size fyne.Size) {
	l, button, x := os[1].(*widget.Label), os[2].MinSize().Width, float32(0)
	second := fyne.MeasureText(l.Text, l.Theme().Size("text"), l.TextStyle).Width + 2*l.Theme().Size("innerPadding") + 2
	second = min(second, (size.Width-button)/2)
	for i, w := range []float32{size.Width - button - second, second, button} {
		os[i].Move(fyne.NewPos(x, 0))
		os[i].Resize(fyne.NewSize(w, size.Height))
		x += w
	}
}
