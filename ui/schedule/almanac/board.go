package almanac

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Row is one station of a board.
type Row struct {
	Name, Sum string // what it is called; what its month adds up to, in a few letters
	Late      bool   // both red: something is missing
	Ticked    bool
}

// Board shows stations by days: a row each, a column a day, in each cell a letter. Only the rows that are seen are drawn.
// A click chooses a cell, on the chosen one it opens; on a name it ticks the row.
type Board struct {
	widget.BaseWidget
	Days     []Day
	Rows     []Row
	Cell     func(row, day int) Line
	Row, Day int // the chosen one
	OnChosen func(row, day int)
	OnTicked func(row int)
	OnOpen   func()

	top int // the first row that is seen
}

// NewBoard makes one.
func NewBoard(cell func(row, day int) Line) *Board {
	b := &Board{Cell: cell}
	b.ExtendBaseWidget(b)
	return b
}

// measure is how large the parts of a board are: the letters, the head, a row, the column of names, a day, the column of sums.
type measure struct{ text, head, row, name, day, sum float32 }

func (b *Board) measure() measure {
	m := measure{text: b.Theme().Size(look.Small)}
	m.head, m.row = m.text*3, m.text*1.9
	broad := func(s string) float32 { return fyne.MeasureText(s, m.text, fyne.TextStyle{Bold: true}).Width + 14 }
	m.sum = broad("无接待")
	for _, r := range b.Rows {
		m.name = max(m.name, broad("✓ "+r.Name))
	}
	m.name = min(m.name, (b.Size().Width-m.sum)*0.26)
	m.day = (b.Size().Width - m.name - m.sum - 8) / float32(max(len(b.Days), 1))
	return m
}

// Room says whether the letters of a board have their whole size in a width.
func (b *Board) Room(width float32) bool {
	small := b.Theme().Size(look.Small)
	return width >= 31*small*1.3+13*small
}

// rows is how many have room.
func (b *Board) rows(m measure) int { return max(int((b.Size().Height-m.head)/m.row), 1) }

// Choose chooses a cell and moves its row into sight.
func (b *Board) Choose(row, day int) {
	b.Row, b.Day = row, day
	n := b.rows(b.measure())
	b.top = min(b.top, row)
	b.top = max(b.top, row-n+1)
	b.Refresh()
}

// Scrolled moves the rows.
func (b *Board) Scrolled(e *fyne.ScrollEvent) {
	step := int(e.Scrolled.DY / 12)
	if step == 0 && e.Scrolled.DY != 0 {
		step = int(e.Scrolled.DY / max(e.Scrolled.DY, -e.Scrolled.DY))
	}
	b.top = max(min(b.top-step, len(b.Rows)-b.rows(b.measure())), 0)
	b.Refresh()
}

// Tapped chooses a cell.
func (b *Board) Tapped(e *fyne.PointEvent) {
	m := b.measure()
	row, day := b.top+int((e.Position.Y-m.head)/m.row), int((e.Position.X-m.name)/m.day)
	switch {
	case e.Position.Y < m.head || row >= len(b.Rows):
	case e.Position.X < m.name:
		b.OnTicked(row)
	case day >= len(b.Days):
		b.OnChosen(row, b.Day)
	case row == b.Row && day == b.Day:
		b.OnOpen()
	default:
		b.OnChosen(row, day)
	}
}

// Cursor shows that it can be pressed.
func (b *Board) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (b *Board) CreateRenderer() fyne.WidgetRenderer { return &boardRenderer{b: b} }

type boardRenderer struct {
	sheet
	b *Board
}

// MinSize implements fyne.WidgetRenderer.
func (r *boardRenderer) MinSize() fyne.Size { return fyne.NewSize(480, 200) }

// Refresh implements fyne.WidgetRenderer.
func (r *boardRenderer) Refresh() { r.Layout(r.b.Size()); canvas.Refresh(r.b) }

// Layout draws what is seen anew.
func (r *boardRenderer) Layout(size fyne.Size) {
	b, m := r.b, r.b.measure()
	r.objects = nil
	n := min(b.rows(m), len(b.Rows)-b.top)
	ink, ink2, red, line := look.Color(theme.ColorNameForeground), look.Color(look.Ink2), look.Color(look.Accent), look.Color(theme.ColorNameSeparator)
	letters := min(m.text, m.day*0.72)
	broad := float32(len(b.Days)) * m.day
	foot := m.head + float32(n)*m.row
	r.box(0, m.head, m.name+broad+m.sum, foot-m.head, look.Color(look.Card), line, 1)
	for i, d := range b.Days {
		x, c, day := m.name+float32(i)*m.day, ink, fmt.Sprint(d.On.Day())
		if off := d.Mark == "休" || d.Mark == "" && (d.On.Weekday() == 0 || d.On.Weekday() == 6); off {
			c = ink2
			r.box(x, 0, m.day, foot, look.Color(look.Rail), color.Transparent, 0)
		}
		if d.Today {
			r.box(x+1, 1, m.day-2, m.head-2, color.Transparent, look.Color(look.Ring), 2)
		}
		r.middle(day, x, m.text*0.1, m.day, letters, c, d.Today)
		mark := Weekday(d.On)
		if d.Mark != "" {
			mark = d.Mark
		}
		r.middle(mark, x, m.text*1.45, m.day, letters, c, d.Mark == "班")
	}
	for i := range n {
		at := b.top + i
		row, y := b.Rows[at], m.head+float32(i)*m.row
		r.box(0, y, m.name+broad+m.sum, 1, line, color.Transparent, 0)
		if at == b.Row {
			r.box(0, y, m.name, m.row, look.Color(look.Tint), color.Transparent, 0)
		}
		c, name := ink, row.Name
		if row.Late {
			c = red
		}
		if row.Ticked {
			name = "✓ " + name
		}
		r.text(fold(name, m.name-10, m.text, 1)[0], 6, y+m.text*0.2, m.text, c, row.Late || row.Ticked)
		r.text(row.Sum, m.name+broad+8, y+m.text*0.2, m.text, c, row.Late)
		for day := range b.Days {
			l := b.Cell(at, day)
			if l.Text == "" {
				continue
			}
			x, c := m.name+float32(day)*m.day, ink
			switch {
			case l.Late:
				c = red
				r.box(x+1, y+1, m.day-2, m.row-1, look.Color(look.Tint), red, 1)
			case l.Quiet:
				c = ink2
			}
			t := r.middle(l.Text, x, y+m.text*0.2, m.day, letters, c, l.Late)
			if l.Struck {
				r.box(t.Position().X, y+m.row/2, t.MinSize().Width, 1, c, color.Transparent, 0)
			}
		}
	}
	if i := b.Row - b.top; i >= 0 && i < n {
		r.box(m.name+float32(b.Day)*m.day, m.head+float32(i)*m.row, m.day, m.row, color.Transparent, look.Color(look.Ring), 3)
	}
	if n < len(b.Rows) { // how far down it is
		part, high := float32(n)/float32(len(b.Rows)), foot-m.head
		r.box(size.Width-6, m.head+high*float32(b.top)/float32(len(b.Rows)), 6, high*part, look.Color(theme.ColorNameScrollBar), color.Transparent, 0)
	}
}

// middle puts a text into the middle of a width.
func (r *sheet) middle(s string, x, y, width, size float32, c color.Color, bold bool) *canvas.Text {
	t := r.text(s, x, y, size, c, bold)
	t.Move(fyne.NewPos(x+(width-t.MinSize().Width)/2, y))
	return t
}
