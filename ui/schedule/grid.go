package schedule

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// line is one line in the cell of a day.
type line struct {
	text   string
	late   bool // red, with a red edge
	quiet  bool // grey
	struck bool
}

// grid shows a month as seven columns. Keys are the page's; a click chooses a day, on the chosen one it opens.
type grid struct {
	widget.BaseWidget
	days     []day
	today    string
	chosen   int
	lines    func(d day, room int) []line
	onChosen func(i int)
	onOpen   func()
}

func newGrid(lines func(day, int) []line) *grid {
	g := &grid{lines: lines}
	g.ExtendBaseWidget(g)
	return g
}

// Tapped chooses a day.
func (g *grid) Tapped(e *fyne.PointEvent) {
	head, cell := g.cell()
	i := int((e.Position.Y-head)/cell.Height)*7 + int(e.Position.X/cell.Width)
	switch {
	case e.Position.Y < head || i < 0 || i >= len(g.days):
	case i == g.chosen:
		g.onOpen()
	default:
		g.onChosen(i)
	}
}

// Cursor shows that it can be pressed.
func (g *grid) Cursor() desktop.Cursor { return desktop.PointerCursor }

// cell is how high the line of weekdays is, and how large a day.
func (g *grid) cell() (head float32, cell fyne.Size) {
	head = g.Theme().Size(look.Small) * 1.8
	weeks := max(len(g.days)/7, 1)
	return head, fyne.NewSize(g.Size().Width/7, (g.Size().Height-head)/float32(weeks))
}

// CreateRenderer implements fyne.Widget.
func (g *grid) CreateRenderer() fyne.WidgetRenderer { return &gridRenderer{g: g} }

type gridRenderer struct {
	g       *grid
	objects []fyne.CanvasObject
}

func (r *gridRenderer) Destroy()                     {}
func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *gridRenderer) MinSize() fyne.Size           { return fyne.NewSize(280, 240) }
func (r *gridRenderer) Refresh()                     { r.Layout(r.g.Size()); canvas.Refresh(r.g) }

// Layout draws all anew: a month is small.
func (r *gridRenderer) Layout(fyne.Size) {
	g, th := r.g, r.g.Theme()
	r.objects = nil
	head, cell := g.cell()
	small := th.Size(look.Small)
	ink, ink2, red := look.Color(theme.ColorNameForeground), look.Color(look.Ink2), look.Color(look.Accent)
	for i := range 7 {
		r.text("周"+weekday(i), float32(i)*cell.Width+6, 2, small, ink2, true)
	}
	step := small * 1.5
	for i, d := range g.days {
		x, y := float32(i%7)*cell.Width, head+float32(i/7)*cell.Height
		box := r.box(x, y, cell.Width, cell.Height, look.Color(look.Card), look.Color(theme.ColorNameSeparator), 1)
		if d.out {
			box.FillColor = look.Color(look.Rail)
		}
		number, c := fmt.Sprint(d.on.Day()), ink
		if d.out {
			c = ink2
		}
		if d.date == g.today {
			number += " 今天"
		}
		r.text(number, x+7, y+3, small, c, true)
		if d.mark != "" {
			mark, m := d.mark, ink2
			if d.mark == "班" {
				m = ink
			}
			w := fyne.MeasureText(mark, small, fyne.TextStyle{Bold: true}).Width
			r.text(mark, x+cell.Width-w-7, y+3, small, m, true)
		}
		room := int((cell.Height - step - 6) / step)
		lines, rows := g.lines(d, max(room, 1)), 0
		for n, l := range lines {
			c := ink
			if l.quiet || d.out {
				c = ink2
			}
			if l.late {
				c = red
			}
			for _, text := range fold(l.text, cell.Width-15, small, max(room-rows-(len(lines)-n-1), 1)) {
				ly := y + 3 + float32(rows+1)*step
				if rows++; ly+step > y+cell.Height+2 {
					break
				}
				if l.late {
					r.box(x+2, ly, 4, step-2, red, color.Transparent, 0)
				}
				t := r.text(text, x+10, ly, small, c, l.late)
				if l.struck {
					s := canvas.NewLine(c)
					s.StrokeWidth = 1
					s.Position1, s.Position2 = fyne.NewPos(x+10, ly+step*0.47), fyne.NewPos(x+10+t.MinSize().Width, ly+step*0.47)
					r.objects = append(r.objects, s)
				}
			}
		}
		if i == g.chosen {
			r.box(x+1, y+1, cell.Width-2, cell.Height-2, color.Transparent, look.Color(look.Ring), 3)
		}
	}
}

func (r *gridRenderer) box(x, y, w, h float32, fill, stroke color.Color, width float32) *canvas.Rectangle {
	b := canvas.NewRectangle(fill)
	b.StrokeColor, b.StrokeWidth = stroke, width
	b.Move(fyne.NewPos(x, y))
	b.Resize(fyne.NewSize(w, h))
	r.objects = append(r.objects, b)
	return b
}

func (r *gridRenderer) text(s string, x, y, size float32, c color.Color, bold bool) *canvas.Text {
	t := canvas.NewText(s, c)
	t.TextSize, t.TextStyle.Bold = size, bold
	t.Move(fyne.NewPos(x, y))
	t.Resize(t.MinSize())
	r.objects = append(r.objects, t)
	return t
}

// fold breaks a line, between its words as far as they have room, into at most so many rows. What has no room in the last
// one ends as "…": the whole stands beside the month.
func fold(s string, width, size float32, most int) []string {
	broad := func(s string) float32 { return fyne.MeasureText(s, size, fyne.TextStyle{Bold: true}).Width }
	fits := func(rs []rune, more string) int {
		n := len(rs)
		for n > 1 && broad(string(rs[:n])+more) > width {
			n--
		}
		return n
	}
	cut := func(s string) string {
		rs := []rune(s)
		return strings.TrimRight(string(rs[:fits(rs, "…")]), " ·") + "…"
	}
	rows, dot := []string{""}, ""
	for _, w := range strings.Fields(s) {
		if w == "·" {
			dot = " ·"
			continue
		}
		end := len(rows) - 1
		whole := strings.TrimSpace(rows[end] + dot + " " + w)
		dot = ""
		switch {
		case broad(whole) <= width:
			rows[end] = whole
			continue
		case rows[end] != "" && len(rows) == most:
			rows[end] = cut(whole)
			return rows
		case rows[end] != "":
			rows = append(rows, "")
		}
		for rs := []rune(w); len(rs) > 0; {
			n := fits(rs, "")
			if n < len(rs) && len(rows) == most {
				rows[most-1] = cut(string(rs))
				return rows
			}
			rows[len(rows)-1] = string(rs[:n])
			if rs = rs[n:]; len(rs) > 0 {
				rows = append(rows, "")
			}
		}
	}
	return rows
}
