package exchange

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/courier"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// station is the page as a volunteer at a station sees it.
type station struct {
	p       *Page
	line    *widget.Label
	ticks   *fyne.Container
	advice  *widget.Label
	setting *kit.Button
	print   *widget.Label // our ten digits, as large as a title
	theirs  *widget.Label
	aside   *fyne.Container
}

func newStation(p *Page) (*station, fyne.CanvasObject) {
	s := &station{p: p, line: kit.Bold(""), ticks: container.NewGridWithColumns(3), advice: kit.Text(""), print: digits(),
		theirs: kit.Hint(""), aside: container.NewVBox()}
	s.setting = kit.NewButton("去选共享文件夹", "", false, func() { p.host.Go("preferences") })
	todo := container.NewBorder(kit.Bold("现在做什么"), nil, nil, container.NewCenter(s.setting), container.NewVBox(s.advice, s.print))
	work := kit.Scroll(kit.Rows(kit.Card(s.line), s.ticks, kit.Card(todo), s.aside, s.theirs))
	return s, kit.Page("报送", "看看记录送到了没有。平时会自动报送，不用您管。", container.NewBorder(p.notice.Container, nil, nil, nil, work), p.now)
}

// digits is a label for ten digits that are read out by telephone.
func digits() *widget.Label {
	l := widget.NewLabel("")
	l.SizeName, l.TextStyle.Bold, l.Selectable = look.Title, true, true
	return l
}

func (s *station) show(v seen) {
	up, now := above(s.p.role), s.p.courier.Now()
	s.line.SetText(summary(v, up, now))
	s.advice.SetText(advice(v, up, s.p.host.Explain))
	s.print.SetText("本站校验号　" + groups(v.print))
	s.print.Hidden = v.folder != nil || v.up != nil || v.print == ""
	s.setting.Hidden = !errors.Is(v.folder, courier.ErrNoFolder)
	s.ticks.RemoveAll()
	for _, t := range ticks(v, up, now) {
		s.ticks.Add(box(t))
	}
	aside := s.p.aside
	if v.up != nil {
		aside = merge(v.up.Aside, aside)
		s.theirs.SetText(up + "的校验号 " + groups(v.up.Print) + "，有疑问时可以打电话核对。")
	}
	s.theirs.Hidden = v.up == nil
	s.aside.RemoveAll()
	if len(aside) > 0 {
		s.aside.Add(kit.Bold("没有采用的文件"))
	}
	for _, a := range aside {
		s.aside.Add(kit.Text(refused(a, s.p.host.Explain)))
	}
	s.p.object.Refresh()
}

// box shows a tick: a sign, the words, and how many.
func box(t tick) fyne.CanvasObject {
	title := kit.Bold("○ " + t.title)
	if t.done {
		title.SetText("✓ " + t.title)
		title.Importance = widget.SuccessImportance
	}
	return kit.Card(container.NewVBox(title, kit.Hint(t.note)))
}
