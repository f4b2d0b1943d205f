package exchange

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/courier"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// way is the way up: how far our records have come, in a sentence and week by week.
type way struct {
	p       *Page
	line    *kit.Label
	advice  *kit.Label
	lines   *lines
	bad     *fyne.Container // around them
	joining *joining
	weeks   *fyne.Container
	card    *fyne.Container // around the weeks
	written []courier.Week
}

func newWay(p *Page) *way {
	w := &way{p: p, line: kit.Bold(""), advice: kit.Text(""), lines: newLines(p), joining: newJoining(p),
		weeks: container.New(columns{})}
	w.card, w.bad = kit.Card(w.weeks), kit.Card(w.lines.Container)
	return w
}

func (w *way) side() *side {
	work := kit.Scroll(container.New(readable{},
		kit.Rows(w.joining.Container, kit.Card(container.NewVBox(w.line, w.advice)), w.bad, w.card)))
	return &side{"up", work, w.text, w.show}
}

// readable is a layout that ends lines where they can still be read.
type readable struct{}

func (readable) MinSize(os []fyne.CanvasObject) fyne.Size { return os[0].MinSize() }

func (readable) Layout(os []fyne.CanvasObject, size fyne.Size) {
	em := fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
	os[0].Resize(fyne.NewSize(min(size.Width, 60*em), size.Height))
}

// digits is a label for what is read out by telephone.
func digits() *widget.Label {
	l := widget.NewLabel("")
	l.SizeName, l.TextStyle.Bold, l.Selectable = look.Title, true, true
	return l
}

func (w *way) text(s seen) string {
	switch says, _ := Comparing(s.above.Stage(), w.p.up, *w.p.do.Later); {
	case w.p.up == "":
		return ""
	case says != "":
		return says
	case s.up == nil:
		return "还没有接上" + w.p.up
	case s.up.Out:
		return w.p.up + "已停用这台电脑"
	case s.total == 0:
		return "已接上" + w.p.up
	}
	return fmt.Sprintf("%s已收到 %d/%d", w.p.up, min(s.up.Stored, s.total), s.total)
}

func (w *way) show(s seen) {
	now := w.p.courier.Now()
	w.line.SetText(summary(s, w.p.up, now))
	w.advice.SetText(advice(s, w.p.up))
	w.advice.Hidden = w.advice.Text == ""
	w.joining.show(s)
	list, name := refused(w.p.aside), w.p.up // until we are accepted, only the round asked for here tells
	if s.up != nil {
		list, name = troubles(*s.up, w.p.up, now), s.up.Name
	}
	w.bad.Hidden = len(list) == 0
	w.lines.show(w.p.courier.Settings.Parent, name, list)
	w.table(s.weeks, now)
}

// table shows the weeks, the newest first.
func (w *way) table(weeks []courier.Week, now time.Time) {
	w.card.Hidden = len(weeks) == 0
	if slices.Equal(weeks, w.written) {
		return
	}
	w.written = weeks
	w.weeks.RemoveAll()
	for _, title := range []string{"哪一周", "条数", "已送出", w.p.up + "已收到", w.p.up + "已进台账"} {
		head := kit.Line(title)
		head.Importance, head.TextStyle.Bold = widget.LowImportance, true
		w.weeks.Add(head)
	}
	for _, week := range weeks {
		w.weeks.Add(kit.Line(span(week.Monday, now)))
		w.weeks.Add(kit.Line(fmt.Sprint(week.Entries)))
		w.weeks.Add(tick(week.Sent, week.Entries, "已送出"))
		w.weeks.Add(tick(week.Stored, week.Entries, "已收到"))
		w.weeks.Add(tick(week.Processed, week.Entries, "已进台账"))
	}
	w.weeks.Refresh()
}

// tick says by a sign and in words of how many something is done.
func tick(done, all int, word string) fyne.CanvasObject {
	switch {
	case done == 0:
		return kit.Line("○ 还没有")
	case done < all:
		return kit.Line(fmt.Sprintf("○ %s %d/%d", word, done, all))
	}
	l := kit.Line("✓ " + word)
	l.Importance = widget.SuccessImportance
	return l
}

// span writes the week that begins with a Monday.
func span(monday string, now time.Time) string {
	from, err := time.ParseInLocation(time.DateOnly, monday, now.Location())
	if err != nil {
		return monday
	}
	to := from.AddDate(0, 0, 6)
	switch {
	case !now.Before(from) && now.Before(from.AddDate(0, 0, 7)):
		return "本周"
	case from.Month() == to.Month():
		return from.Format("1月2日") + "—" + to.Format("2日")
	}
	return from.Format("1月2日") + "—" + to.Format("1月2日")
}

// columns lays five cells in a line: the week, a count, and three that share the rest.
type columns struct{}

func (columns) MinSize(os []fyne.CanvasObject) fyne.Size {
	if len(os) == 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(200, float32(len(os)/5)*os[0].MinSize().Height)
}

func (columns) Layout(os []fyne.CanvasObject, size fyne.Size) {
	em := fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
	share := (size.Width - 14*em) / 3
	widths := []float32{10 * em, 4 * em, share, share, share}
	x := float32(0)
	for i, o := range os {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, float32(i/5)*h))
		o.Resize(fyne.NewSize(widths[i%5], h))
		if x += widths[i%5]; i%5 == 4 {
			x = 0
		}
	}
}
