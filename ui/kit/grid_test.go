package kit

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// The arrows walk through a grid of many rows and columns, what is chosen is in sight, Enter and a click open the same, ↑
// above the heads leaves; keys of the window that are no arrows keep their meaning.
func TestGrid(t *testing.T) {
	test.NewTempApp(t)
	opened, out, asked := []string{}, 0, 0
	g := NewGrid(nil)
	g.OnOpen = func(row, column int) { opened = append(opened, fmt.Sprint(row, " ", column)) }
	g.OnOut = func() { out++ }
	var heads []string
	for i := range 26 {
		heads = append(heads, fmt.Sprintf("第%d个指标", i+1))
	}
	g.Set([]string{"站点"}, heads, 700, 2, func(i int) (r GridRow) {
		r.Labels = []string{fmt.Sprintf("第%d站", i+1)}
		for column := range heads {
			r.Cells = append(r.Cells, fmt.Sprint(i*100+column))
		}
		return r
	})
	w := test.NewTempWindow(t, container.NewStack(g))
	w.Resize(fyne.NewSize(900, 500))
	g.Focus()
	Keys = map[Key]func(){{Name: fyne.KeyA}: func() { asked++ }, {Name: fyne.KeyLeft}: func() { t.Error("an arrow is the window's") }}
	press := func(names ...fyne.KeyName) {
		for _, k := range names {
			g.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	seen := func() (all string) {
		for _, o := range test.LaidOutObjects(w.Content()) {
			if t, ok := o.(interface{ MinSize() fyne.Size }); ok {
				all += fmt.Sprintf("%v", t)
			}
		}
		return all
	}
	if n := len(test.WidgetRenderer(g).Objects()); n > 400 {
		t.Errorf("%d things are drawn of what is seen", n)
	}
	press(fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn)
	press(fyne.KeyPageDown, fyne.KeyEnd, fyne.KeyReturn)
	row, column := g.Chosen()
	if column != 25 || row <= 2 || g.top > row || row >= g.top+g.deep() || g.left == 0 {
		t.Errorf("chosen is %d, %d; seen from %d, %d", row, column, g.top, g.left)
	}
	many := g.Row
	g.Set([]string{"站点"}, heads[:2], 700, 2, func(int) GridRow { return GridRow{Labels: []string{"站"}, Cells: []string{"1", "2"}} })
	if _, column := g.Chosen(); column != 1 || g.left != 0 {
		t.Errorf("of two columns the first is hidden: chosen is %d, seen from %d", column, g.left)
	}
	g.Set([]string{"站点"}, heads, 700, 2, many)
	g.Choose(row, column)
	for range 100 {
		press(fyne.KeyPageDown)
	}
	if row, _ = g.Chosen(); row != 701 {
		t.Errorf("the last row is %d", row)
	}
	if said := seen(); !strings.Contains(said, "第702站") || !strings.Contains(said, "第701站") {
		t.Error("the sums are not seen")
	}
	g.Choose(0, 0)
	press(fyne.KeyUp, fyne.KeyReturn, fyne.KeyUp, fyne.KeyA)
	if got := strings.Join(opened, ", "); !strings.HasPrefix(got, "2 1, ") || !strings.HasSuffix(got, ", -1 0") || out != 1 || asked != 1 {
		t.Errorf("opened %s, left %d times, asked %d times", got, out, asked)
	}
	m := g.measure()
	g.Tapped(&fyne.PointEvent{Position: fyne.NewPos(m.side+m.widths[0]+4, m.head+m.line*1.5)})
	g.Tapped(&fyne.PointEvent{Position: fyne.NewPos(m.side+4, m.head+m.line*(float32(g.deep())+0.5))})
	if got := strings.Join(opened[len(opened)-2:], ", "); got != "1 1, 700 0" {
		t.Errorf("clicks open %s", got)
	}
	g.Set([]string{"站点"}, heads[:2], 1, 1, func(int) GridRow { return GridRow{Labels: []string{"站"}, Cells: []string{"1", "2"}} })
	if row, column := g.Chosen(); row > 1 || column > 1 {
		t.Errorf("of fewer numbers %d, %d is chosen", row, column)
	}
}
