package window

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/courier"
	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/ui/exchange"
	"lianluo.local/ui/help"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// page is what every page can do.
type page interface {
	Object() fyne.CanvasObject
	Shown()
}

// named is a page in its place of the rail; one without a title is opened from another page.
type named struct {
	name, title string
	icon        fyne.Resource
	make        func() page
	page        page // nil until it is opened
	item        *item
}

// frame is the window around the pages. What it has to say stands over the line on top, which holds no
// control, until the next act or page: nothing below moves or is covered.
type frame struct {
	w      *Window
	pages  []*named
	here   *named
	body   *fyne.Container
	notice *kit.Notice
	date   *widget.Label
	parcel *widget.Label
	object fyne.CanvasObject
}

func newFrame(w *Window) *frame {
	f := &frame{w: w, body: container.NewStack(), notice: kit.NewNotice(), date: widget.NewLabel(""), parcel: widget.NewLabel("")}
	f.pages = pages(w)
	rail := container.NewVBox()
	for i, p := range f.pages {
		if p.title == "" {
			continue
		}
		p.item = newItem(p.title, p.icon, fmt.Sprintf("Ctrl+%d", i+1), func() { f.open(p.name) })
		rail.Add(p.item)
	}
	who := kit.Line(w.app.Settings.Name)
	who.TextStyle.Bold = true
	if w.app.Settings.Practice {
		who.SetText(who.Text + "（练习）")
	}
	top := container.NewStack(kit.Ground(look.Card), container.New(topLine{}, who, f.date, f.parcel))
	left := container.NewStack(kit.Ground(look.Rail), container.New(layout.NewCustomPaddedLayout(8, 8, 0, 0), container.NewVScroll(rail)))
	f.object = kit.Over(f.notice, container.NewBorder(top, nil, left, nil, container.NewScroll(f.body)))
	return f
}

// topLine has who sits here at the left, the day in the middle as far as there is room, the exchange at the right. A long
// name ends in …: it stands whole in the title of the window.
type topLine struct{}

func (topLine) MinSize(os []fyne.CanvasObject) fyne.Size {
	who, date, parcel := os[0].MinSize(), os[1].MinSize(), os[2].MinSize()
	return fyne.NewSize(who.Width+date.Width+parcel.Width, max(who.Height, date.Height, parcel.Height))
}

func (topLine) Layout(os []fyne.CanvasObject, size fyne.Size) {
	date, parcel := os[1].MinSize().Width, os[2].MinSize().Width
	who := min(fyne.MeasureText(os[0].(*widget.Label).Text, os[0].(*widget.Label).Theme().Size("text"), fyne.TextStyle{Bold: true}).Width+24,
		size.Width-date-parcel)
	x := min(max((size.Width-date)/2, who), size.Width-parcel-date)
	for i, at := range [][2]float32{{0, who}, {x, date}, {size.Width - parcel, parcel}} {
		os[i].Move(fyne.NewPos(at[0], 0))
		os[i].Resize(fyne.NewSize(at[1], size.Height))
	}
}

// open brings a page to the front; its keys hold with those of the frame.
func (f *frame) open(name string) {
	for _, p := range f.pages {
		if p.item != nil {
			p.item.choose(p.name == name)
		}
		if p.name != name {
			continue
		}
		if f.here != nil && f.here != p {
			if l, ok := f.here.page.(interface{ Left() }); ok {
				l.Left()
			}
		}
		if f.here = p; p.page == nil {
			p.page = p.make()
		}
		f.body.Objects = []fyne.CanvasObject{p.page.Object()}
		f.body.Refresh()
		f.keys()
		f.w.win.Canvas().Unfocus()
		f.notice.Say(kit.Plain, "")
		f.refresh()
		if s, ok := p.page.(interface{ Start() }); ok {
			s.Start()
		}
	}
}

// keys gives the window's keys, then the page's own, their meaning.
func (f *frame) keys() {
	clear(kit.Keys)
	set := func(name fyne.KeyName, ctrl bool, do func()) { kit.Keys[kit.Key{Name: name, Ctrl: ctrl}] = do }
	for i, p := range f.pages {
		if p.item != nil {
			set(digits[i], true, func() { f.open(p.name) })
		}
		switch p.name {
		case "reception":
			set(fyne.KeyF2, false, func() { f.open(p.name) })
		case "book":
			set(fyne.KeyF3, false, func() {
				f.open(p.name)
				if s, ok := p.page.(interface{ FocusSearch() }); ok {
					s.FocusSearch()
				}
			})
		case "exchange":
			set(fyne.KeyF9, false, func() {
				f.open(p.name)
				if s, ok := p.page.(interface{ Sync() }); ok {
					s.Sync()
				}
			})
		}
	}
	set(fyne.KeyF1, false, func() {
		help.Show(f.w.host(), f.here.name, cmp.Or(f.here.title, "备份和恢复"), f.w.app.Settings.Role, func() { f.open("preferences") })
	})
	set(fyne.KeyEscape, false, func() {
		if b, ok := f.here.page.(interface{ Back() bool }); ok && b.Back() {
			return
		}
		f.open(f.pages[0].name)
	})
	set(fyne.KeyP, true, func() {
		if p, ok := f.here.page.(interface{ Print() }); ok {
			p.Print()
		}
	})
	if own, ok := f.here.page.(interface{ Keys() map[kit.Key]func() }); ok {
		for k, do := range own.Keys() {
			kit.Keys[k] = do
		}
	}
}

// refresh asks again what the page and the top line show.
func (f *frame) refresh() {
	w := f.w
	now := w.app.Now()
	f.date.SetText("今天 " + now.Format("1月2日") + " " + weekday(now))
	f.here.page.Shown()
	type standing struct {
		peers []courier.Progress
		above trust.Above
	}
	kit.Do(w.run, w.ctx, func(ctx context.Context) (s standing, err error) {
		if s.peers, err = w.app.Courier.Status(ctx); err == nil {
			s.above, err = w.app.Courier.Above(ctx)
		}
		return s, err
	}, func(s standing, err error) {
		if err != nil {
			return
		}
		f.exchange(s.peers, s.above)
	})
}

// exchange says on the top line how the exchange stands.
func (f *frame) exchange(ps []courier.Progress, a trust.Above) {
	set := f.w.app.Settings
	says, tone := exchange.TopLine(ps, a, set.Parent, set.Role == journal.Station, set.Folder != "")
	f.parcel.Importance = tone.Importance()
	f.parcel.SetText(says)
}

func weekday(t time.Time) string {
	return "星期" + string([]rune("日一二三四五六")[t.Weekday()])
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
	i := &item{tapped: tapped, bar: canvas.NewRectangle(nil), ground: canvas.NewRectangle(nil), text: canvas.NewText(title, nil),
		key: canvas.NewText(key, nil), icon: widget.NewIcon(theme.NewThemedResource(icon))}
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
		r.ground.FillColor, r.bar.FillColor, r.text.Color = look.Color(look.Tint), look.Color(look.Accent), look.Color(look.Accent)
	}
}

func (r *itemRenderer) Refresh() {
	r.colour()
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.item)
}
