package window

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/office"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// digits are the keys of the first pages of the rail, with Ctrl: that of the tenth is 0.
var digits = []fyne.KeyName{
	fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9, fyne.Key0,
}

// titled are the pages that stand in the rail, those of a group together, in the order of the table. The first ten
// have a number.
func (f *frame) titled() (list []*opened) {
	for _, first := range f.pages {
		if first.group == "" || slices.ContainsFunc(list, func(p *opened) bool { return p.group == first.group }) {
			continue
		}
		for _, p := range f.pages {
			if p.group == first.group {
				list = append(list, p)
			}
		}
	}
	return list
}

// lines makes the rail: what has no room is scrolled to. The titles of the groups stand there where there is more than
// one.
func (f *frame) lines() *fyne.Container {
	rail, titled := container.NewVBox(), f.titled()
	for i, p := range titled {
		if titled[0].group != titled[len(titled)-1].group && (i == 0 || titled[i-1].group != p.group) {
			group := widget.NewLabel(p.group)
			group.SizeName, group.Importance = look.Small, widget.LowImportance
			rail.Add(group)
		}
		key := ""
		if i < len(digits) {
			key = fmt.Sprintf("Ctrl+%d", (i+1)%10)
		}
		p.item = newItem(p.title, p.icon(), key, func() { f.open(p.code) })
		rail.Add(p.item)
	}
	return rail
}

// reveal scrolls a line of the rail into sight, and above the first all that stands over it. A rail that is lower than a
// line has not got its place yet.
func (f *frame) reveal(i *item) {
	if i == nil || f.rail.Size().Height < i.Size().Height {
		return
	}
	top, bottom := i.Position().Y, i.Position().Y+i.Size().Height
	if i == f.titled()[0].item {
		top = 0
	}
	if top < f.rail.Offset.Y {
		f.rail.ScrollToOffset(fyne.NewPos(0, top))
	} else if bottom > f.rail.Offset.Y+f.rail.Size().Height {
		f.rail.ScrollToOffset(fyne.NewPos(0, bottom-f.rail.Size().Height))
	}
}

// find asks for a page by its name or the first letters of it.
func (f *frame) find() {
	pages := map[string]*opened{}
	var titles []string
	for _, p := range f.titled() {
		titles, pages[p.title] = append(titles, p.title), p
	}
	pick := kit.NewPicker("页名中的几个字或首字母", func(typed string) (found []kit.Option) {
		for _, title := range office.Named(titles, typed) {
			found = append(found, kit.Option{Code: pages[title].code, Text: title, Note: pages[title].group})
		}
		return found
	})
	var s *kit.Dialog
	s = kit.Show(f.w.win.Canvas(), "去哪一页", pick.Container, fyne.NewSize(640, 480),
		kit.NewButton("不去了", "Esc", false, func() { s.Close() }))
	pick.OnChosen = func(o kit.Option) {
		if o.Code != "" {
			s.Close()
			f.open(o.Code)
		}
	}
	kit.Focus(pick.Entry)
}

// item is one line of the rail.
type item struct {
	widget.BaseWidget
	tapped func()
	chosen bool
	over   bool
	bar    *canvas.Rectangle
	ground *canvas.Rectangle
	text   *canvas.Text
	key    *canvas.Text
	icon   *widget.Icon
}

func newItem(title string, icon fyne.Resource, key string, tapped func()) *item {
	i := &item{tapped: tapped, bar: canvas.NewRectangle(nil), ground: canvas.NewRectangle(nil),
		text: canvas.NewText(title, nil),
		key:  canvas.NewText(key, nil), icon: widget.NewIcon(theme.NewThemedResource(icon))}
	i.ExtendBaseWidget(i)
	return i
}

func (i *item) choose(yes bool) {
	i.chosen = yes
	i.text.TextStyle.Bold = yes
	i.Refresh()
}

// Tapped opens the page.
func (i *item) Tapped(*fyne.PointEvent) { i.tapped() }

// MouseIn, MouseMoved and MouseOut show where the mouse is.
func (i *item) MouseIn(*desktop.MouseEvent) { i.over = true; i.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (i *item) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (i *item) MouseOut() { i.over = false; i.Refresh() }

// CreateRenderer implements fyne.Widget.
func (i *item) CreateRenderer() fyne.WidgetRenderer { return &itemRenderer{i} }

type itemRenderer struct{ *item }

func (r *itemRenderer) Destroy() {}
func (r *itemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.bar, r.icon, r.text, r.key}
}

func (r *itemRenderer) MinSize() fyne.Size {
	r.colour()
	text := r.text.MinSize()
	return fyne.NewSize(16+28+text.Width+12+r.key.MinSize().Width+12, max(48, text.Height+16))
}

func (r *itemRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.bar.Resize(fyne.NewSize(5, size.Height))
	r.icon.Move(fyne.NewPos(14, (size.Height-24)/2))
	r.icon.Resize(fyne.NewSize(24, 24))
	m, k := r.text.MinSize(), r.key.MinSize()
	r.text.Move(fyne.NewPos(46, (size.Height-m.Height)/2))
	r.key.Move(fyne.NewPos(size.Width-k.Width-10, (size.Height-k.Height)/2))
}

func (r *itemRenderer) colour() {
	th := r.Theme()
	r.text.TextSize, r.key.TextSize = th.Size(theme.SizeNameText), th.Size(theme.SizeNameCaptionText)-3
	r.text.Color, r.key.Color = look.Color(theme.ColorNameForeground), look.Color(look.Ink2)
	r.ground.FillColor, r.bar.FillColor = look.Color(look.Rail), look.Color(look.Rail)
	if r.over {
		r.ground.FillColor = look.Color(look.Card)
	}
	if r.chosen {
		r.ground.FillColor, r.bar.FillColor = look.Color(look.Tint), look.Color(look.Accent)
		r.text.Color = look.Color(look.Accent)
	}
}

func (r *itemRenderer) Refresh() {
	r.colour()
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.item)
}
