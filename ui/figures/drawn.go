package figures

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/app/paper/chart"
	"lianluo.local/app/report/figure"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// bars is the chart beside the table: what one column says of each row, from zero, its value at the end of each bar. Of many
// rows it shows the greatest, and says how many there are besides.
type bars struct {
	widget.BaseWidget
	question string
	list     []bar
	line     *chart.Chart // over time; nil for bars
	red      bool
}

// bar is one row.
type bar struct {
	label, value string
	much         float64
}

func newBars() *bars {
	b := &bars{}
	b.ExtendBaseWidget(b)
	return b
}

// show draws a column of a table, as a line where its rows are parts of time; or the chosen row, where its columns are.
func (b *bars) show(t table, row, column int, c figure.Calendar) {
	i, of := t.indicator(column), ""
	b.list, b.line, b.red = nil, nil, slices.Contains(bad, i.Code)
	if drawn, whose, ok := t.course(row, column, c); ok {
		b.line, of = &drawn, whose
		for n, v := range drawn.Series[0].Values {
			if !math.IsNaN(v) {
				b.list = append(b.list, bar{drawn.Labels[n], drawn.Value(v), v})
			}
		}
	} else {
		if t.crosses() && column < len(t.heads)-1 {
			of = t.heads[column]
		}
		for at, row := range t.rows() {
			if v, ok := number(t.cell(at, column).text); ok {
				b.list = append(b.list, bar{strings.Join(row.Labels, " · "), t.cell(at, column).text, v})
			}
		}
		if !t.timely() {
			slices.SortStableFunc(b.list, func(a, b bar) int { return cmp.Compare(b.much, a.much) })
		}
	}
	if b.question = t.asks(i, of, b.line != nil); len(b.list) == 0 {
		b.question, b.line = i.Name+"：还没有可以画的", nil
	}
	b.Refresh()
}

// number is what a cell says, a rate as its percents.
func number(text string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	return v, err == nil
}

// wanted is how high it has to be to show all its bars.
func (b *bars) wanted(wide float32) float32 {
	if b.line != nil {
		return b.high(wide-24, b.look(1)) + 4*em()
	}
	return float32(len(b.list)+1)*b.Theme().Size(look.Small)*1.7 + 4*em()
}

// CreateRenderer implements fyne.Widget.
func (b *bars) CreateRenderer() fyne.WidgetRenderer {
	return &barsRenderer{b: b, ground: kit.Ground(look.Card), head: kit.Bold("")}
}

type barsRenderer struct {
	b       *bars
	ground  fyne.CanvasObject
	head    *kit.Label
	objects []fyne.CanvasObject
}

func (r *barsRenderer) Destroy()                     {}
func (r *barsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *barsRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, 0) }

// Refresh implements fyne.WidgetRenderer.
func (r *barsRenderer) Refresh() { r.Layout(r.b.Size()); canvas.Refresh(r.b) }

func (r *barsRenderer) text(s string, x, y, size float32, c color.Color) *canvas.Text {
	t := canvas.NewText(s, c)
	t.TextSize = size
	t.Move(fyne.NewPos(x, y))
	t.Resize(t.MinSize())
	r.objects = append(r.objects, t)
	return t
}

// Layout draws it anew.
func (r *barsRenderer) Layout(size fyne.Size) {
	b := r.b
	r.ground.Resize(size)
	if r.head.Text != b.question {
		r.head.SetText(b.question)
	}
	for range 2 { // a text knows how high it is once it was as wide as it will be
		r.head.Resize(fyne.NewSize(size.Width, r.head.MinSize().Height))
	}
	r.objects = []fyne.CanvasObject{r.ground, r.head}
	text := b.Theme().Size(look.Small)
	y, line := r.head.MinSize().Height, text*1.7
	ink, ink2, tint := look.Color(theme.ColorNameForeground), look.Color(look.Ink2), look.Color(look.Ink2)
	if b.red {
		tint = look.Color(look.Accent)
	}
	if b.line != nil {
		if drawn := b.drawn(size.Width-24, size.Height-y); drawn != nil {
			drawn.Move(fyne.NewPos(12, y))
			r.objects = append(r.objects, drawn)
			return
		}
	}
	room := int((size.Height - y - 8) / line)
	list := b.list
	if len(list) > room {
		list = list[:max(room-1, 0)]
	}
	top, names, values := 0.0, float32(0), float32(0)
	measure := func(s string) float32 { return fyne.MeasureText(s, text, fyne.TextStyle{}).Width }
	for _, one := range list {
		top, names, values = max(top, one.much), max(names, measure(one.label)), max(values, measure(one.value))
	}
	names = min(names, size.Width*0.42)
	broad := size.Width - names - values - 36
	for _, one := range list {
		label := one.label
		for rs := []rune(label); measure(label) > names && len(rs) > 1; label = string(rs) + "…" {
			rs = rs[:len(rs)-1]
		}
		r.text(label, 12, y+text*0.15, text, ink)
		long := float32(0)
		if top > 0 {
			long = float32(one.much/top) * broad
		}
		box := canvas.NewRectangle(tint)
		box.Move(fyne.NewPos(names+18, y+line*0.18))
		box.Resize(fyne.NewSize(max(long, 1), line*0.64))
		r.objects = append(r.objects, box)
		r.text(one.value, names+18+long+6, y+text*0.15, text, ink)
		y += line
	}
	if n := len(b.list) - len(list); n > 0 && room > 0 {
		r.text(fmt.Sprintf("还有 %d 行，见表", n), 12, y+text*0.15, text, ink2)
	}
}

// enlarge gives the chart the room of the table, and back.
func (p *Page) enlarge() {
	p.body.large = !p.body.large
	p.unfocus()
	p.object.Refresh()
	p.main.Refresh()
}

func em() float32 { return fyne.CurrentApp().Settings().Theme().Size(theme.SizeNameText) }

// body has the four numbers over the chart at the left, as far as there is room for both, at the right the table over the
// chosen cell in words. Large, the chart has the room of all.
type body struct {
	numbers fyne.CanvasObject // rolled
	large   bool
	words   bool                       // the page for a leader stands in place of the table
	wanted  func(wide float32) float32 // how high the chart has to be to show all
}

// MinSize has the table and a line; the numbers roll where they are higher.
func (b *body) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, os[2].MinSize().Height+2.2*em())
}

func (b *body) Layout(os []fyne.CanvasObject, size fyne.Size) {
	numbers, bars, grid, chosen, words := os[0], os[1], os[2], os[3], os[4]
	side := min(size.Width*0.34, 40*em())
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	high := float32(0)
	for range 2 { // a text knows how high it is once it was as wide as it will be
		high = min(b.numbers.MinSize().Height, size.Height)
		place(numbers, 0, 0, side-12, high)
	}
	room := size.Height - high - 8
	for o, seen := range map[fyne.CanvasObject]bool{numbers: !b.large, bars: b.large || room > 6*em(), grid: !b.large && !b.words,
		chosen: !b.large && !b.words, words: !b.large && b.words} {
		if o.Hide(); seen {
			o.Show()
		}
	}
	if b.large {
		place(bars, 0, 0, size.Width, size.Height)
		return
	}
	place(bars, 0, high+8, side-12, min(room, b.wanted(side-12)))
	rest, below := size.Width-side, float32(0)
	place(words, side, 0, rest, size.Height)
	for range 2 {
		chosen.Resize(fyne.NewSize(rest, below))
		below = max(2.2*em(), chosen.MinSize().Height)
	}
	place(grid, side, 0, rest, max(size.Height-below, 0))
	place(chosen, side, size.Height-below, rest, below)
}

// control has the name of the period as wide as it is, and the tabs beside it.
type control struct{ name *kit.Label }

func (c control) wide() float32 {
	return max(fyne.MeasureText(c.name.Text, em(), fyne.TextStyle{Bold: true}).Width+2*em(), 9*em())
}

func (c control) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.wide()+os[1].MinSize().Width, max(os[0].MinSize().Height, os[1].MinSize().Height))
}

func (c control) Layout(os []fyne.CanvasObject, size fyne.Size) {
	name := min(c.wide(), size.Width*0.45)
	os[0].Resize(fyne.NewSize(name, size.Height))
	os[1].Move(fyne.NewPos(name, 0))
	os[1].Resize(fyne.NewSize(max(size.Width-name, 0), size.Height))
}
