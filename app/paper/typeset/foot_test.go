package typeset

import (
	"bytes"
	"image/color"
	"testing"
)

// A line at the foot stands only where nothing else does, in no smaller type than the page has, and not on the page
// that was given.
func TestFoot(t *testing.T) {
	black := color.RGBA{A: 255}
	words := "离石区人大常委会电子签名，可用联络站程序核对"
	plain := func(more func(p *Page)) *Page {
		p := NewPage(210, 297)
		p.Text(105, 40, Centre, Style{Face: Kai, Size: 16, Ink: black}, "交办函")
		more(p)
		return p
	}
	for what, c := range map[string]struct {
		more func(p *Page)
		room bool
	}{
		"nothing":         {func(*Page) {}, true},
		"a page number":   {func(p *Page) { p.Text(105, 286, Centre, Style{Face: Kai, Size: 14, Ink: black}, "— 1 —") }, false},
		"one beside":      {func(p *Page) { p.Text(195, 286, Centre, Style{Face: Kai, Size: 14, Ink: black}, "1") }, true},
		"a frame":         {func(p *Page) { p.Frame(20, 20, 170, 267, .3, black) }, false},
		"a tint":          {func(p *Page) { p.Tint(0, 280, 210, 17, black) }, false},
		"an area":         {func(p *Page) { p.Area(black, []Point{{100, 280}, {110, 280}, {105, 290}}) }, false},
		"text above":      {func(p *Page) { p.Text(105, 270, Centre, Style{Face: Kai, Size: 16, Ink: black}, "抄送") }, true},
		"large type only": {func(p *Page) { p.marks[over][0].style.Size = 40 }, false},
		"across":          {func(p *Page) { p.Across(0, 0, 210, 297, 60, Style{Face: Kai, Size: 200, Ink: black}, "练习") }, true},
	} {
		for _, page := range []*Page{plain(c.more), Later(210, 297, func(p *Page) { plain(c.more).onto(p) })} {
			d := Document{Title: what, Pages: []*Page{plain(func(*Page) {}), page}}
			before, err := d.PDF()
			if err != nil {
				t.Fatal(err)
			}
			footed, room := d.Foot(11, Kai, black, words)
			if room != c.room {
				t.Errorf("%s: room %v", what, room)
			}
			after, err1 := footed.PDF()
			again, err2 := d.PDF()
			if err1 != nil || err2 != nil || bytes.Equal(before, after) == c.room || !bytes.Equal(before, again) {
				t.Errorf("%s: the line is on another page than it should be", what)
			}
		}
	}
}
