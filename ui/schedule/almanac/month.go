// Package almanac draws a calendar: a month as seven columns, and a month of many stations as one line each. Both are shown
// what a day is and what stands in it, and tell which was chosen; the keys are the page's.
package almanac

import (
	"fmt"
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Day is one day at the edge of one.
type Day struct {
	On    time.Time
	Out   bool // of the month before or after
	Today bool
	Mark  string // 休, 班
}

// Line is what stands in a day.
type Line struct {
	Text   string
	Late   bool // red, with a red edge
	Quiet  bool // grey
	Struck bool
}

// Weekday is what a day is called: 一 for Monday.
func Weekday(on time.Time) string { return string([]rune("日一二三四五六")[on.Weekday()]) }

// Month shows whole weeks, Monday first. A click chooses a day, on the chosen one it opens.
type Month struct {
	widget.BaseWidget
	Days     []Day
	Chosen   int                      // -1 for none
	Lines    func(i, room int) []Line // those of a day, as many as there is room for
	OnChosen func(i int)
	OnOpen   func()
}

// NewMonth makes one.
func NewMonth(lines func(i, room int) []Line) *Month {
	g := &Month{Lines: lines}
	g.ExtendBaseWidget(g)
	return g
}

// Tapped chooses a day.
func (g *Month) Tapped(e *fyne.PointEvent) {
	head, cell := g.cell()
	i := int((e.Position.Y-head)/cell.Height)*7 + int(e.Position.X/cell.Width)
	switch {
	case e.Position.Y < head || i < 0 || i >= len(g.Days):
	case i == g.Chosen:
		g.OnOpen()
	default:
		g.OnChosen(i)
	}
}

// Cursor shows that it can be pressed.
func (g *Month) Cursor() desktop.Cursor { return desktop.PointerCursor }

// cell is how high the line of weekdays is, and how large a day.
func (g *Month) cell() (head float32, cell fyne.Size) {
	head = g.Theme().Size(look.Small) * 1.8
	weeks := max(len(g.Days)/7, 1)
	return head, fyne.NewSize(g.Size().Width/7, (g.Size().Height-head)/float32(weeks))
}

// CreateRenderer implements fyne.Widget.
func (g *Month) CreateRenderer() fyne.WidgetRenderer { return &monthRenderer{g: g} }

type monthRenderer struct {
	sheet
	g *Month
}

// MinSize implements fyne.WidgetRenderer.
func (r *monthRenderer) MinSize() fyne.Size { return fyne.NewSize(280, 240) }

// Refresh implements fyne.WidgetRenderer.
func (r *monthRenderer) Refresh() { r.Layout(r.g.Size()); canvas.Refresh(r.g) }

// Layout draws all anew: a month is small.
func (r *monthRenderer) Layout(fyne.Size) {
	g, th := r.g, r.g.Theme()
	r.objects = nil
	head, cell := g.cell()
	small := th.Size(look.Small)
	ink, ink2, red := look.Color(theme.ColorNameForeground), look.Color(look.Ink2), look.Color(look.Accent)
	for i := range 7 {
		r.text("周"+string([]rune("一二三四五六日")[i]), float32(i)*cell.Width+6, 2, small, ink2, true)
	}
	step := max(min(small*1.5, (cell.Height-6)/3), small*1.25) // two lines below the number, as far as they can be read
	for i, d := range g.Days {
		x, y := float32(i%7)*cell.Width, head+float32(i/7)*cell.Height
		box := r.box(x, y, cell.Width, cell.Height, look.Color(look.Card), look.Color(theme.ColorNameSeparator), 1)
		if d.Out {
			box.FillColor = look.Color(look.Rail)
		}
		number, c := fmt.Sprint(d.On.Day()), ink
		if d.Out {
			c = ink2
		}
		if d.Today {
			number += " 今天"
		}
		r.text(number, x+7, y+3, small, c, true)
		if d.Mark != "" {
			mark, m := d.Mark, ink2
			if d.Mark == "班" {
				m = ink
			}
			w := fyne.MeasureText(mark, small, fyne.TextStyle{Bold: true}).Width
			r.text(mark, x+cell.Width-w-7, y+3, small, m, true)
		}
		room := int((cell.Height - step - 6) / step)
		lines, rows := g.Lines(i, max(room, 1)), 0
		for n, l := range lines {
			c := ink
			if l.Quiet || d.Out {
				c = ink2
			}
			if l.Late {
				c = red
			}
			for _, text := range fold(l.Text, cell.Width-15, small, max(room-rows-(len(lines)-n-1), 1)) {
				ly := y + 3 + float32(rows+1)*step
				if rows++; ly+step > y+cell.Height+2 {
					break
				}
				if l.Late {
					r.box(x+2, ly, 4, step-2, red, color.Transparent, 0)
				}
				t := r.text(text, x+10, ly, small, c, l.Late)
				if l.Struck {
					s := canvas.NewLine(c)
					s.StrokeWidth = 1
					s.Position1, s.Position2 = fyne.NewPos(x+10, ly+step*0.47), fyne.NewPos(x+10+t.MinSize().Width, ly+step*0.47)
					r.objects = append(r.objects, s)
				}
			}
		}
		if i == g.Chosen {
			r.box(x+1, y+1, cell.Width-2, cell.Height-2, color.Transparent, look.Color(look.Ring), 3)
		}
	}
}

// sheet is what was drawn.
type sheet struct{ objects []fyne.CanvasObject }

func (r *sheet) Destroy()                     {}
func (r *sheet) Objects() []fyne.CanvasObject { return r.objects }

func (r *sheet) box(x, y, w, h float32, fill, stroke color.Color, width float32) *canvas.Rectangle {
	b := canvas.NewRectangle(fill)
	b.StrokeColor, b.StrokeWidth = stroke, width
	b.Move(fyne.NewPos(x, y))
	b.Resize(fyne.NewSize(w, h))
	r.objects = append(r.objects, b)
	return b
}

func (r *sheet) text(s string, x, y, size float32, c color.Color, bold bool) *canvas.Text {
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
