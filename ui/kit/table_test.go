package kit

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// matter is a row of a table in a test.
type matter struct {
	number int
	place  string
}

func same(a, b matter) bool { return a.number == b.number }

// matters makes rows in the order of their numbers, from the highest down.
func matters(from, to int) (ms []matter) {
	for n := from; n >= to; n-- {
		ms = append(ms, matter{n, fmt.Sprintf("站%d", n%3)})
	}
	return ms
}

func standing(t *testing.T) *Table[matter] {
	tb := NewTable("没有",
		Column[matter]{Title: "编号", Width: 6, Text: func(m matter) string { return fmt.Sprintf("第%d件", m.number) },
			Less: func(a, b matter) bool { return a.number < b.number }},
		Column[matter]{Title: "事由", Text: func(m matter) string { return "事由" }},
		Column[matter]{Title: "站", Width: 4, Text: func(m matter) string { return m.place },
			Less: func(a, b matter) bool { return a.place < b.place }})
	w := stand(t)
	w.SetContent(tb.Container)
	tb.Set(matters(66, 1))
	tb.Focus()
	return tb
}

// lit are the rows with a coloured ground, by what stands in their first cell, and where they are in sight.
func lit(o fyne.CanvasObject) (rows map[string]float32) {
	rows = map[string]float32{}
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *fyne.Container:
			for _, part := range o.Objects {
				walk(part)
			}
		case fyne.Widget:
			parts := test.WidgetRenderer(o).Objects()
			if len(parts) == 2 {
				ground, box := parts[0], parts[1]
				if r, ok := ground.(*canvas.Rectangle); ok && r.Visible() {
					if c, ok := box.(*fyne.Container); ok {
						if l, ok := c.Objects[0].(*widget.Label); ok {
							rows[l.Text] = fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
							return
						}
					}
				}
			}
			for _, part := range parts {
				walk(part)
			}
		}
	}
	walk(o)
	return rows
}

func press(t *Table[matter], names ...fyne.KeyName) {
	for _, n := range names {
		t.list.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

// The row that is lit, the chosen one and the one that was told last are one, and stand where they stood, whatever
// comes from outside: new rows above, the chosen one gone, all of them gone.
func TestNewRowsMoveNothing(t *testing.T) {
	tb := standing(t)
	told := matter{}
	tb.OnChosen = func(m matter) { told = m }
	for range 31 {
		press(tb, fyne.KeyDown)
	}
	tb.list.ScrollToOffset(tb.list.GetScrollOffset() + 130) // read on with the wheel
	check := func(when string) float32 {
		t.Helper()
		m, ok := tb.Chosen()
		rows := lit(tb.list)
		if !ok || m != told || len(rows) != 1 {
			t.Fatalf("%s: %v is chosen, %v was told, %v are lit", when, m, told, rows)
		}
		y, here := rows[fmt.Sprintf("第%d件", m.number)]
		if !here {
			t.Fatalf("%s: %v is chosen and %v are lit", when, m, rows)
		}
		return y
	}
	before := check("at first")
	tb.Update(matters(69, 1), same) // three new ones
	if y := check("after new ones"); told.number != 36 || y != before {
		t.Errorf("%v is chosen and moved from %v to %v", told, before, y)
	}
	tb.Update(slices.DeleteFunc(matters(69, 1), func(m matter) bool { return m.number == 40 }), same)
	if y := check("after one above has gone"); y != before {
		t.Errorf("it moved from %v to %v", before, y)
	}
	tb.Update(slices.DeleteFunc(matters(69, 1), func(m matter) bool { return m.number == 36 }), same)
	if m, ok := tb.Chosen(); ok || len(lit(tb.list)) > 0 {
		t.Errorf("the chosen one is gone and %v is chosen, lit are %v", m, lit(tb.list))
	}
	press(tb, fyne.KeyDown) // the one that took its place
	if check("after ↓"); told.number != 35 {
		t.Errorf("↓ chose %v", told)
	}
	tb.Update(nil, same)
	tb.Update(matters(5, 1), same)
	if m, ok := tb.Chosen(); ok || len(lit(tb.list)) > 0 {
		t.Errorf("%v is chosen by nobody, lit are %v", m, lit(tb.list))
	}
}

// On a very wide screen a row ends where it can still be read; what there is room for beyond that goes to the spare
// columns.
func TestLinesEndAtAReadableWidth(t *testing.T) {
	col := func(width float32, spare bool) Column[int] {
		return Column[int]{Width: width, Spare: spare, Text: func(int) string { return "" }}
	}
	tb := NewTable("", col(6, false), col(0, false), col(4, true), col(5, true))
	stand(t)
	em := fyne.MeasureText("国", 18, fyne.TextStyle{}).Width
	for _, c := range []struct {
		total float32
		want  []float32
	}{
		{3000, []float32{6*em + 20, 40 * em, 2 * (4*em + 20), 2 * (5*em + 20)}},
		{31 * em, []float32{6*em + 20, 16*em - 60, 4*em + 20, 5*em + 20}},
		{17 * em, []float32{6*em + 20, 11*em - 20, -1, -1}},
	} {
		got := columns[int]{tb}.widths(c.total)
		for i, w := range c.want {
			if d := got[i] - w; d > 0.1 || d < -0.1 {
				t.Errorf("%v wide: %v, not %v", c.total, got, c.want)
				break
			}
		}
	}
}

// Sorted while none is chosen, a table shows its first rows.
func TestSortedFromTheTop(t *testing.T) {
	tb := standing(t)
	press(tb, fyne.KeyS)
	if y := tb.list.GetScrollOffset(); y != 0 || len(lit(tb.list)) > 0 {
		t.Errorf("scrolled by %v, lit are %v", y, lit(tb.list))
	}
}

// Rows are sorted by any column that has an order, by key or click, and the chosen one stays chosen.
func TestSorting(t *testing.T) {
	tb := standing(t)
	tb.Choose(20)
	chosen, _ := tb.Chosen()
	first := func(want string) {
		t.Helper()
		got := fmt.Sprint(tb.rows[0].number, tb.rows[1].number, tb.rows[65].number)
		if m, _ := tb.Chosen(); got != want || m != chosen || len(lit(tb.list)) != 1 {
			t.Errorf("%s, not %s; %v is chosen, %v are lit", got, want, m, lit(tb.list))
		}
	}
	first("66 65 1")
	press(tb, fyne.KeyS)
	first("1 2 66")
	press(tb, fyne.KeyS)
	first("66 63 2")
	press(tb, fyne.KeyT)
	first("65 62 3")
	if text := tb.head.Objects[2].(*heading).Text; text != "站↓" {
		t.Errorf("the title says %s", text)
	}
	tb.Update(append(matters(67, 67), matters(66, 1)...), same)
	if tb.rows[0].number != 65 {
		t.Errorf("new rows are not in order: %v", tb.rows[:3])
	}
	press(tb, fyne.KeyS)
	if tb.rows[0].number != 67 {
		t.Errorf("%v comes first after the last column", tb.rows[0])
	}
	for _, want := range []int{1, 67, 67} { // up, down, as they came
		test.Tap(tb.head.Objects[0].(*heading))
		if tb.rows[0].number != want {
			t.Errorf("%v comes first, not %d", tb.rows[0], want)
		}
	}
	if test.Tap(tb.head.Objects[1].(*heading)); tb.rows[0].number != 67 {
		t.Error("a column without an order sorts")
	}
}

// A click on a cell that does something chooses its row and does it, once where it is a double click; elsewhere on the
// row it only chooses.
func TestACellIsClicked(t *testing.T) {
	ticked := map[int]int{}
	tb := NewTable("没有", Column[matter]{Title: "选", Width: 2, Text: func(matter) string { return "✓" },
		Click: func(m matter) { ticked[m.number]++ }},
		Column[matter]{Title: "事由", Text: func(m matter) string { return "事由" }})
	w := stand(t)
	w.SetContent(tb.Container)
	tb.Set(matters(9, 1))
	now := time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)
	was := Clock
	Clock = func() time.Time { return now }
	t.Cleanup(func() { Clock = was })
	head := tb.head.Size().Height
	click := func(row int, x float32) {
		test.TapCanvas(w.Canvas(), fyne.NewPos(x, head+tb.height()*(float32(row)+0.6)))
		now = now.Add(50 * time.Millisecond)
	}
	click(2, 12)
	click(2, 12)
	now = now.Add(time.Minute)
	click(0, 300)
	if got, _ := tb.Chosen(); got.number != 9 || len(ticked) != 1 || ticked[7] != 1 {
		t.Errorf("row %d is chosen, ticked %v", got.number, ticked)
	}
	click(1, 12)
	if got, _ := tb.Chosen(); got.number != 8 || ticked[8] != 1 {
		t.Errorf("row %d is chosen, ticked %v", got.number, ticked)
	}
}
