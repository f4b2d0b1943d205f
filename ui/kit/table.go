package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Column is one column of a table: its title, its width in characters of the text (0 shares what is left, Least
// characters at least, twelve where nothing is said), what it shows of a row, and in which order it puts rows (nil: in
// none). Tone marks a cell beyond its words. Click is what a click on a cell does once its row is chosen (nil: nothing
// more). Spare columns are left out, the last first, where a sharing one would be
// too narrow.
type Column[T any] struct {
	Title        string
	Width, Least float32
	Text         func(T) string
	Tone         func(T) Tone
	Less         func(a, b T) bool
	Click        func(T)
	Spare        bool
}

// Table shows rows under titles. ↑ and ↓ choose, Enter opens. A click on a title sorts by its column, a second one
// turns the order round, a third gives back the order in which the rows came; S goes from one column to the next, T
// turns.
//
// The row that is lit, the one that Chosen gives and the one that was told to OnChosen last are the same at any time.
type Table[T any] struct {
	*fyne.Container
	OnChosen   func(T)
	OnOpen     func(T)
	OnSorted   func() // the order is another
	ClickOpens bool   // a click chooses and opens

	columns []Column[T]
	came    []T   // the rows as they came
	order   []int // of those, as they are shown
	rows    []T
	by      int // the column that rows are sorted by, -1 for none
	down    bool
	head    *fyne.Container
	list    *keyList
	chosen  int
	gap     int  // where the chosen row was that is no longer here: the arrows go on from there
	quiet   bool // chosen by the keyboard or by the program
	still   bool // nobody chose: the same row is lit again in another place
	empty   *Label
}

// NewTable makes an empty table; nothing is the sentence shown while there are no rows.
func NewTable[T any](nothing string, columns ...Column[T]) *Table[T] {
	t := &Table[T]{columns: columns, chosen: -1, by: -1, empty: Hint(nothing)}
	t.empty.Alignment = fyne.TextAlignCenter
	t.list = &keyList{open: t.open, move: t.move, sort: t.sortNext, turn: func() { t.Sort(t.by, !t.down) }}
	t.list.Length = func() int { return len(t.rows) }
	t.list.CreateItem = func() fyne.CanvasObject { return t.line() }
	t.list.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { t.fill(i, o.(*fyne.Container)) }
	t.list.OnSelected = func(i widget.ListItemID) {
		if i < len(t.rows) && !t.still {
			t.chosen = i
			if t.OnChosen != nil {
				t.OnChosen(t.rows[i])
			}
			if t.quiet {
				return
			}
			if t.ClickOpens && !soon() {
				t.open()
			}
			clicked()
		}
	}
	t.list.ExtendBaseWidget(t.list)
	t.head = t.line()
	for i, c := range columns {
		t.head.Objects[i] = newHeading(func() { t.title(i) }, c.Less != nil)
	}
	t.titles()
	t.Container = container.NewBorder(container.NewStack(Ground(look.Rail), t.head), nil, nil, nil,
		container.NewStack(t.list, container.NewVBox(t.empty)))
	return t
}

// Nothing is the sentence shown while there are no rows.
func (t *Table[T]) Nothing(sentence string) { t.empty.SetText(sentence) }

// Set shows other rows, from the top, nothing chosen.
func (t *Table[T]) Set(rows []T) {
	t.put(rows)
	t.chosen, t.gap = -1, 0
	t.light()
	t.list.ScrollToTop()
}

// Update shows rows asked for anew. What is seen stays where it is, and so does the chosen row as far as same finds it;
// where that one is gone, none is chosen until somebody chooses.
func (t *Table[T]) Update(rows []T, same func(a, b T) bool) {
	chosen, had := t.Chosen()
	height, offset := t.height(), t.list.GetScrollOffset()
	at := int(offset / height) // the first row in sight, or the chosen one where that is in sight, stays in its place
	if had && t.chosen >= at && float32(t.chosen)*height < offset+t.list.Size().Height {
		at = t.chosen
	}
	var stays T
	if at < len(t.rows) {
		stays = t.rows[at]
	}
	var below []T // the chosen row and what follows
	if had {
		below = t.rows[t.chosen:]
	}
	t.put(rows)
	find := func(row T) int { return slices.IndexFunc(t.rows, func(r T) bool { return same(row, r) }) }
	if t.chosen = -1; had {
		if t.chosen, t.gap = find(chosen), len(rows); t.chosen < 0 {
			for i := len(below) - 1; i > 0; i-- {
				if now := find(below[i]); now >= 0 {
					t.gap = now
				}
			}
		}
	}
	t.light()
	if now := find(stays); now >= 0 {
		offset += float32(now-at) * height
	}
	t.list.ScrollToOffset(offset)
}

// put takes rows and puts them in their order.
func (t *Table[T]) put(rows []T) {
	t.came, t.order = rows, make([]int, len(rows))
	for i := range t.order {
		t.order[i] = i
	}
	if t.by >= 0 {
		less := t.columns[t.by].Less
		slices.SortStableFunc(t.order, func(i, j int) int {
			a, b := rows[i], rows[j]
			if t.down {
				a, b = b, a
			}
			switch {
			case less(a, b):
				return -1
			case less(b, a):
				return 1
			}
			return 0
		})
	}
	t.rows = make([]T, len(rows))
	for i, o := range t.order {
		t.rows[i] = rows[o]
	}
	t.empty.Hidden = len(rows) > 0
	t.empty.Refresh()
}

// light lights the chosen row, or none, and tells nobody.
func (t *Table[T]) light() {
	t.still = true
	t.list.UnselectAll()
	if t.chosen >= 0 {
		t.list.Highlight(t.chosen)
		t.list.Select(t.chosen)
	} else {
		t.list.Highlight(len(t.rows)) // behind the last: none
	}
	t.still = false
	t.list.Refresh()
}

// height of a row, with the line below it.
func (t *Table[T]) height() float32 {
	return t.line().MinSize().Height + fyne.CurrentApp().Settings().Theme().Size(theme.SizeNamePadding)
}

// Sort puts the rows in the order of a column, -1 for the order in which they came; the chosen one stays chosen.
func (t *Table[T]) Sort(column int, down bool) {
	if column >= 0 && t.columns[column].Less == nil {
		return
	}
	t.by, t.down = column, down && column >= 0
	t.titles()
	t.again(t.came)
	if t.OnSorted != nil {
		t.OnSorted()
	}
}

// again shows the rows that came, and perhaps more behind them, in their order; the chosen one stays chosen.
func (t *Table[T]) again(rows []T) {
	place := -1
	if t.chosen >= 0 {
		place = t.order[t.chosen]
	}
	t.put(rows)
	t.chosen = slices.Index(t.order, place)
	if t.light(); t.chosen < 0 {
		t.list.ScrollToOffset(0)
	}
}

// Sorted says by which column the rows are sorted, -1 for the order in which they came.
func (t *Table[T]) Sorted() (column int, down bool) { return t.by, t.down }

// title is what a click on a title does.
func (t *Table[T]) title(column int) {
	switch {
	case t.by != column:
		t.Sort(column, false)
	case !t.down:
		t.Sort(column, true)
	default:
		t.Sort(-1, false)
	}
}

// sortNext sorts by the next column that is in sight, after the last one by none.
func (t *Table[T]) sortNext() {
	for column := t.by + 1; column < len(t.columns); column++ {
		if t.columns[column].Less != nil && t.head.Objects[column].Visible() {
			t.Sort(column, false)
			return
		}
	}
	t.Sort(-1, false)
}

// titles writes the titles, with a mark where rows are sorted.
func (t *Table[T]) titles() {
	for i, c := range t.columns {
		text := c.Title
		if i == t.by {
			text += map[bool]string{false: "↑", true: "↓"}[t.down]
		}
		t.head.Objects[i].(*heading).SetText(text)
	}
}

// Append shows more rows: below, or where their order puts them.
func (t *Table[T]) Append(rows []T) {
	t.again(append(t.came, rows...))
}

// Came gives the rows in the order in which they came.
func (t *Table[T]) Came() []T { return t.came }

// Rows gives the rows in the order in which they are shown.
func (t *Table[T]) Rows() []T { return t.rows }

// Others gives the rows that are not among some, in the order in which somebody goes on from the first of those: what
// lies below it, then what lies above, the nearest first.
func (t *Table[T]) Others(among func(T) bool) (others []T) {
	at := max(0, slices.IndexFunc(t.rows, among))
	above := slices.Clone(t.rows[:at])
	slices.Reverse(above)
	return slices.DeleteFunc(append(slices.Clone(t.rows[at:]), above...), among)
}

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

func (t *Table[T]) move(by int) {
	from := t.chosen
	if from < 0 && by > 0 {
		from = t.gap - 1
	} else if from < 0 {
		from = t.gap
	}
	t.Choose(min(max(from+by, 0), len(t.rows)-1))
}

func (t *Table[T]) line() *fyne.Container {
	cells := make([]fyne.CanvasObject, len(t.columns))
	for i := range cells {
		if cells[i] = Line(""); t.columns[i].Click != nil {
			cells[i] = newCell()
		}
	}
	return container.New(columns[T]{t}, cells...)
}

func (t *Table[T]) fill(row int, c *fyne.Container) {
	if row >= len(t.rows) {
		return
	}
	for i, col := range t.columns {
		l, plain := c.Objects[i].(*widget.Label)
		if !plain {
			live := c.Objects[i].(*cell)
			l, live.tap = &live.Label, func(second bool) {
				if second && t.chosen == row { // of a double click
					return
				}
				t.Choose(row)
				col.Click(t.rows[row])
			}
		}
		l.Importance = widget.MediumImportance
		if col.Tone != nil {
			l.Importance = col.Tone(t.rows[row]).Importance()
		}
		l.SetText(col.Text(t.rows[row]))
	}
}

// cell is one that does something by itself when it is clicked.
type cell struct {
	widget.Label
	tap func(second bool)
}

func newCell() *cell {
	c := &cell{}
	c.Truncation = fyne.TextTruncateEllipsis
	c.ExtendBaseWidget(c)
	return c
}

// Tapped implements fyne.Tappable.
func (c *cell) Tapped(*fyne.PointEvent) {
	c.tap(soon())
	clicked()
}

// keyList is a list whose arrows choose and whose Enter opens.
type keyList struct {
	widget.List
	held
	open, sort, turn func()
	move             func(int)
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
	case fyne.KeyS:
		l.sort()
	case fyne.KeyT:
		l.turn()
	}
}
