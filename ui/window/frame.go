package window

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/courier"
	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/data/right"
	"lianluo.local/ui/exchange"
	"lianluo.local/ui/help"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/show"
)

// opened is a page in the window: its content once it was opened, and its line of the rail, nil where it has none.
type opened struct {
	page
	content content
	item    *item
}

// frame is the window around the pages. What it has to say stands over the line on top, which holds no
// control, until the next act or page: nothing below moves or is covered.
type frame struct {
	w      *Window
	pages  []*opened
	here   *opened
	from   string // the page to which Esc leads back from this one; "" for the first
	aside  bool   // something was opened here for that page: Esc leads back at once
	rail   *container.Scroll
	body   *fyne.Container
	notice *kit.Notice
	date   *widget.Label
	parcel *widget.Label
	object fyne.CanvasObject
}

func newFrame(w *Window) *frame {
	f := &frame{w: w, body: container.NewStack(), notice: kit.NewNotice(), date: widget.NewLabel(""),
		parcel: widget.NewLabel("")}
	for _, p := range w.pages {
		if (p.roles == nil || p.roles(w.app.Settings.Role)) && w.may(p) {
			f.pages = append(f.pages, &opened{page: p})
		}
	}
	who := kit.Line(w.app.Settings.Name)
	who.TextStyle.Bold = true
	if w.app.Settings.Practice {
		who.SetText(who.Text + "（练习）")
	}
	if by := w.app.Clerk(); by.User != "" {
		who.SetText(who.Text + "　" + by.Name)
	}
	top := container.NewStack(kit.Ground(look.Card), container.New(topLine{}, who, f.date, f.parcel))
	f.rail = container.NewVScroll(f.lines())
	left := container.NewStack(kit.Ground(look.Rail), container.New(layout.NewCustomPaddedLayout(8, 8, 0, 0), f.rail))
	f.object = kit.Over(f.notice, kit.Heed(container.NewBorder(top, nil, left, nil, container.NewScroll(f.body))))
	return f
}

// may says whether who sits here has a page.
func (w *Window) may(p page) bool {
	if p.staffed && w.app.Clerk().User == "" {
		return false
	}
	rights := strings.Fields(p.rights)
	return len(rights) == 0 || slices.ContainsFunc(rights, func(r string) bool { return w.app.May(w.ctx, right.Right(r)) })
}

// first is the page that Esc leads to: that of the day, or what somebody has who has no other work here.
func (f *frame) first() string {
	for _, p := range f.titled() {
		if p.rights != "" {
			return p.code
		}
	}
	return f.pages[0].code
}

// topLine has who sits here at the left, the day in the middle as far as there is room, the exchange at the right. A
// long name ends in …: it stands whole in the title of the window.
type topLine struct{}

func (topLine) MinSize(os []fyne.CanvasObject) fyne.Size {
	who, date, parcel := os[0].MinSize(), os[1].MinSize(), os[2].MinSize()
	return fyne.NewSize(who.Width+date.Width+parcel.Width, max(who.Height, date.Height, parcel.Height))
}

func (topLine) Layout(os []fyne.CanvasObject, size fyne.Size) {
	date, parcel := os[1].MinSize().Width, os[2].MinSize().Width
	who := min(fyne.MeasureText(os[0].(*widget.Label).Text, os[0].(*widget.Label).Theme().Size("text"),
		fyne.TextStyle{Bold: true}).Width+24,
		size.Width-date-parcel)
	x := min(max((size.Width-date)/2, who), size.Width-parcel-date)
	for i, at := range [][2]float32{{0, who}, {x, date}, {size.Width - parcel, parcel}} {
		os[i].Move(fyne.NewPos(at[0], 0))
		os[i].Resize(fyne.NewSize(at[1], size.Height))
	}
}

// open brings a page to the front, if who sits here has it, or says that it is another's; its keys hold with those of the
// frame.
func (f *frame) open(code string) {
	i := slices.IndexFunc(f.pages, func(p *opened) bool { return p.code == code })
	if i < 0 {
		if slices.ContainsFunc(f.w.pages, func(p page) bool { return p.code == code && !f.w.may(p) }) {
			f.w.say(kit.Bad, "这一页不归您办。要办的，请换有权限的人来，或请系统管理员改角色。")
		}
		return
	}
	p := f.pages[i]
	f.from, f.aside = "", false
	for _, other := range f.pages {
		if other.item != nil {
			other.item.choose(other == p)
		}
	}
	if f.here != nil && f.here != p {
		if l, ok := f.here.content.(interface{ Left() }); ok {
			l.Left()
		}
	}
	if f.here = p; p.content == nil {
		p.content = p.make(f.w)
	}
	f.body.Objects = []fyne.CanvasObject{p.content.Object()}
	f.body.Refresh()
	f.reveal(p.item)
	f.keys()
	f.w.win.Canvas().Unfocus()
	f.notice.Say(kit.Plain, "")
	f.refresh()
	if s, ok := p.content.(interface{ Start() }); ok {
		s.Start()
	}
}

// keys gives the window's keys, then the page's own, their meaning.
func (f *frame) keys() {
	clear(kit.Keys)
	set := func(name fyne.KeyName, ctrl bool, do func()) { kit.Keys[kit.Key{Name: name, Ctrl: ctrl}] = do }
	for i, p := range f.titled() {
		if i < len(digits) {
			set(digits[i], true, func() { f.open(p.code) })
		} else {
			set(fyne.KeyK, true, f.find)
		}
	}
	for _, p := range f.pages {
		if p.key != "" {
			set(p.key, false, func() {
				if f.open(p.code); p.keyed != nil {
					p.keyed(p.content)
				}
			})
		}
	}
	set(fyne.KeyF1, false, func() {
		help.Show(f.w.host(), f.here.code, f.here.title, f.w.app.Settings.Role, len(f.titled()),
			func() { f.open("preferences") })
	})
	set(fyne.KeyEscape, false, func() {
		if b, ok := f.here.content.(interface{ Back() bool }); ok && b.Back() && !f.aside {
			return
		}
		f.open(cmp.Or(f.from, f.first()))
	})
	set(fyne.KeyP, true, func() {
		if p, ok := f.here.content.(interface{ Print() }); ok {
			p.Print()
		}
	})
	if own, ok := f.here.content.(interface{ Keys() map[kit.Key]func() }); ok {
		maps.Copy(kit.Keys, own.Keys())
	}
}

// refresh asks again what the page and the top line show.
func (f *frame) refresh() {
	w := f.w
	now := w.app.Now()
	f.date.SetText("今天 " + now.Format("1月2日") + " " + show.Weekday(now))
	f.here.content.Shown()
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
