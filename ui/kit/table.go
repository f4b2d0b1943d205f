package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Column is one column of a table: its title, its width in characters of the text (0 shares what is left), and what it
// shows of a row. Tone marks a cell beyond its words. Spare columns are left out, the last first, where a sharing one
// would be narrower than twelve characters.
type Column[T any] struct {
	Title string
	Width float32
	Text  func(T) string
	Tone  func(T) Tone
	Spare bool
}

// Table shows rows under titles. ↑ and ↓ choose, Enter opens.
type Table[T any] struct {
	*fyne.Container
	OnChosen   func(T)
	OnOpen     func(T)
	ClickOpens bool // a click chooses and opens

	columns []Column[T]
	rows    []T
	list    *keyList
	chosen  int
	quiet   bool // chosen by the keyboard or by the program
	empty   *widget.Label
}

// NewTable makes an empty table; nothing is the sentence shown while there are no rows.
func NewTable[T any](nothing string, columns ...Column[T]) *Table[T] {
	t := &Table[T]{columns: columns, chosen: -1, empty: Hint(nothing)}
	t.empty.Alignment = fyne.TextAlignCenter
	t.list = &keyList{open: t.open, move: t.move}
	t.list.Length = func() int { return len(t.rows) }
	t.list.CreateItem = func() fyne.CanvasObject { return t.line() }
	t.list.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { t.fill(i, o.(*fyne.Container)) }
	t.list.OnSelected = func(i widget.ListItemID) {
		if i < len(t.rows) {
			t.chosen = i
			if t.OnChosen != nil {
				t.OnChosen(t.rows[i])
			}
			if t.ClickOpens && !t.quiet {
				t.open()
			}
		}
	}
	t.list.ExtendBaseWidget(t.list)
	head := t.line()
	for i, o := range head.Objects {
		l := o.(*widget.Label)
		l.Importance, l.TextStyle.Bold = widget.LowImportance, true
		l.SetText(columns[i].Title)
	}
	t.Container = container.NewBorder(container.NewStack(Ground(look.Rail), head), nil, nil, nil, container.NewStack(t.list, container.NewVBox(t.empty)))
	return t
}

// Set shows other rows, from the top, nothing chosen.
func (t *Table[T]) Set(rows []T) {
	t.rows, t.chosen = rows, -1
	t.list.UnselectAll()
	t.empty.Hidden = len(rows) > 0
	t.empty.Refresh()
	t.list.Refresh()
	t.list.ScrollToTop()
}

// Update shows rows asked for anew: the place in the list stays, and so does the chosen row as far as same finds it.
func (t *Table[T]) Update(rows []T, same func(a, b T) bool) {
	if old, ok := t.Chosen(); ok {
		now := slices.IndexFunc(rows, func(r T) bool { return same(old, r) })
		if now != t.chosen {
			t.list.UnselectAll()
		}
		t.chosen = now
	}
	t.rows = rows
	t.empty.Hidden = len(rows) > 0
	t.empty.Refresh()
	t.list.Refresh()
}

// Append shows more rows below.
func (t *Table[T]) Append(rows []T) {
	t.rows = append(t.rows, rows...)
	t.list.Refresh()
}

// Rows gives what is shown.
func (t *Table[T]) Rows() []T { return t.rows }

// Choose chooses a row by its index.
func (t *Table[T]) Choose(i int) {
	if i >= 0 && i < len(t.rows) {
		t.quiet = true
		t.list.Highlight(i)
		t.list.Select(i)
		t.quiet = false
	}
}

// Chosen gives the chosen row.
func (t *Table[T]) Chosen() (row T, ok bool) {
	if t.chosen < 0 || t.chosen >= len(t.rows) {
		return row, false
	}
	return t.rows[t.chosen], true
}

// Focus lets the arrows move in the table.
func (t *Table[T]) Focus() { Focus(t.list) }

// Cell gives what a cell shows.
func (t *Table[T]) Cell(row, column int) string { return t.columns[column].Text(t.rows[row]) }

func (t *Table[T]) open() {
	if row, ok := t.Chosen(); ok && t.OnOpen != nil {
		if t.ClickOpens {
			t.list.UnselectAll() // or a second click on the row would not be told
		}
		t.OnOpen(row)
	}
}

func (t *Table[T]) move(by int) { t.Choose(min(max(t.chosen+by, 0), len(t.rows)-1)) }

func (t *Table[T]) line() *fyne.Container {
	cells := make([]fyne.CanvasObject, len(t.columns))
	for i := range cells {
		cells[i] = Line("")
	}
	return container.New(columns[T]{t}, cells...)
}

func (t *Table[T]) fill(row int, c *fyne.Container) {
	if row >= len(t.rows) {
		return
	}
	for i, col := range t.columns {
		l := c.Objects[i].(*widget.Label)
		l.Importance = widget.MediumImportance
		if col.Tone != nil {
			l.Importance = col.Tone(t.rows[row]).Importance()
		}
		l.SetText(col.Text(t.rows[row]))
	}
}

// columns lays a line out.
type columns[T any] struct{ t *Table[T] }

func (c columns[T]) widths(total float32) []float32 {
	em := fyne.MeasureText("国", fyne.CurrentApp().Settings().Theme().Size("text"), fyne.TextStyle{}).Width
	ws, left, open := make([]float32, len(c.t.columns)), total, 0
	for i, col := range c.t.columns {
		if ws[i] = col.Width*em + 20; col.Width == 0 {
			ws[i], open = 0, open+1
		}
		left -= ws[i]
	}
	for i := len(ws) - 1; i >= 0; i-- {
		if c.t.columns[i].Spare && left < 12*em*float32(open) {
			ws[i], left = -1, left+ws[i]
		}
	}
	for i := range ws {
		if ws[i] == 0 {
			ws[i] = max(left/float32(open), 6*em)
		}
	}
	return ws
}

func (c columns[T]) MinSize(os []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, os[0].MinSize().Height)
}

func (c columns[T]) Layout(os []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, w := range c.widths(size.Width) {
		if w < 0 {
			os[i].Resize(fyne.NewSize(0, 0))
			os[i].Hide()
			continue
		}
		os[i].Show()
		os[i].Move(fyne.NewPos(x, 0))
		os[i].Resize(fyne.NewSize(min(w, max(size.Width-x, 0)), size.Height))
		x += w
	}
}

// keyList is a list whose arrows choose and whose Enter opens.
type keyList struct {
	widget.List
	open func()
	move func(int)
}

// TypedKey implements fyne.Focusable.
func (l *keyList) TypedKey(k *fyne.KeyEvent) {
	if pressed(k.Name) {
		return
	}
	switch k.Name {
	case fyne.KeyDown:
		l.move(1)
	case fyne.KeyUp:
		l.move(-1)
	case fyne.KeyPageDown:
		l.move(10)
	case fyne.KeyPageUp:
		l.move(-10)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.open()
	}
}
