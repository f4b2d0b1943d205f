package slip

import (
	"cmp"
	"fmt"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
)

// longForm is a form that goes on over as many pages as its rows need, each under the head of the paper.
type longForm struct {
	form.Grid
	head   form.Head
	k      float64 // size of print
	sheets []form.Leaf
	open   func(form.Leaf, float64) form.Grid // the form on a new page, from a height
	bottom float64                            // where rows must end
	name   string                             // of the section that begins with the next row
	err    error                              // the first thing that went wrong
}

// turn closes the page and begins another.
func (f *longForm) turn() {
	if f.Page != nil {
		f.Close()
	}
	s := form.A4(1.05, registrationMargin)
	head := f.head
	if len(f.sheets) > 0 {
		head.Note = "续页"
	}
	y, err := s.Head(head)
	s.K = f.k
	f.sheets = append(f.sheets, s)
	f.Grid, f.err = f.open(s, y), cmp.Or(f.err, err)
}

// put draws rows that stay together, on a new page if this one has no room for them.
func (f *longForm) put(draw func(*form.Grid)) {
	trial := f.Grid
	trial.Page = typeset.NewPage(f.Page.W, f.Page.H)
	if draw(&trial); trial.Y+f.barred() > f.bottom {
		f.turn()
	}
	f.bar(&f.Grid)
	f.name = ""
	draw(&f.Grid)
}

// row and choose add one row.
func (f *longForm) row(cells ...form.Cell)        { f.put(func(t *form.Grid) { t.Row(cells...) }) }
func (f *longForm) choose(choices ...form.Choice) { f.put(func(t *form.Grid) { t.Choose(choices...) }) }

// text adds a value in full, however long, at least so many lines high; it goes on over the pages.
func (f *longForm) text(label, text string, least int) {
	inset, step := f.Value.Size*form.Pt*.5, f.Value.Size*form.Pt*form.Leading
	lines := f.Value.Wrap(text, f.W-f.Column-2*inset)
	for {
		room := int((f.bottom - f.Y - f.barred() - 2*f.Pad) / step)
		if room < min(max(len(lines), least), 3) {
			f.turn()
			continue
		}
		f.bar(&f.Grid)
		f.name = ""
		n := min(len(lines), room)
		if len(lines)-n == 1 && n > 3 { // no line alone on a page
			n--
		}
		height := max(float64(max(n, min(least, room)))*step, step) + 2*f.Pad
		f.Begin()
		f.Title(f.X, height, label, false)
		for i, l := range lines[:n] {
			f.Page.Line(f.X+f.Column+inset, f.Y+f.Pad+(float64(i)+.5)*step, f.Value, l)
		}
		f.End(height)
		if lines = lines[n:]; len(lines) == 0 {
			return
		}
		label, least = "续前页", 0
	}
}

// section names the rows that follow; it is drawn with the first of them, so that it never stands last on a page.
func (f *longForm) section(name string) { f.name = name }

// bar draws the name of a section.
func (f *longForm) bar(t *form.Grid) {
	if f.name == "" {
		return
	}
	style := f.heading()
	height := f.barred()
	t.Begin()
	t.Page.Tint(t.X, t.Y, t.W, height, form.Pale)
	t.Page.Text(t.X+2, t.Y+height/2, typeset.Left, style, f.name)
	t.End(height)
}

func (f *longForm) heading() typeset.Style {
	return typeset.Style{Face: typeset.Bold, Size: f.Label.Size * 1.06, Ink: form.Ink}
}

// barred is the height of the name that is still to be drawn.
func (f *longForm) barred() float64 {
	if f.name == "" {
		return 0
	}
	return f.heading().Size * form.Pt * 1.55
}

// pages closes the last page and numbers them all.
func (f *longForm) pages(note string) (list []*typeset.Page) {
	for i, s := range f.sheets {
		y := s.Page.H - 10
		style, text := s.Note(8).Fit(note, s.Width()*.7)
		s.Page.Text(s.Margin, y, typeset.Left, style, text)
		s.Page.Text(s.Right(), y, typeset.Right, s.Note(8), fmt.Sprintf("第 %d 页 共 %d 页", i+1, len(f.sheets)))
		list = append(list, s.Page)
	}
	return list
}
