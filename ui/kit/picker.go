package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Picker finds one of many: what is typed narrows a short list below the field. ↑ and ↓ move, Enter takes, Esc closes, the
// mouse does too. No input method is needed where Find knows initials.
type Picker struct {
	*fyne.Container
	Entry    *Entry
	Find     func(query string) []Option
	OnChosen func(Option)
	OnGrown  func() // the list below appeared, changed or went

	chosen Option
	found  []Option
	cursor int
	list   *fyne.Container
	quiet  bool
}

const offered = 6

// NewPicker makes one with a hint of what to type.
func NewPicker(hint string, find func(string) []Option) *Picker {
	p := &Picker{Entry: NewEntry(hint), Find: find, list: container.NewVBox()}
	p.Container = container.NewVBox(p.Entry, p.list)
	p.Entry.OnChanged = func(s string) {
		if p.quiet {
			return
		}
		p.chosen, p.cursor = Option{}, 0
		p.offer(p.Find(s))
		if s == "" && p.OnChosen != nil {
			p.OnChosen(Option{})
		}
	}
	p.Entry.OnKey = p.key
	return p
}

// Chosen is what was taken; a zero Option where nothing was.
func (p *Picker) Chosen() Option { return p.chosen }

// Choose sets what is taken and tells nobody.
func (p *Picker) Choose(o Option) {
	p.quiet = true
	p.Entry.SetText(o.Text)
	p.quiet = false
	p.chosen = o
	p.offer(nil)
}

// Offered is the list as it is shown.
func (p *Picker) Offered() []Option { return p.found }

func (p *Picker) key(k fyne.KeyName) bool {
	if len(p.found) == 0 {
		return false
	}
	switch k {
	case fyne.KeyDown:
		p.cursor = min(p.cursor+1, len(p.found)-1)
	case fyne.KeyUp:
		p.cursor = max(p.cursor-1, 0)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.take(p.found[p.cursor])
		return true
	case fyne.KeyEscape:
		p.offer(nil)
		return true
	default:
		return false
	}
	p.show()
	return true
}

func (p *Picker) take(o Option) {
	p.Choose(o)
	if p.OnChosen != nil {
		p.OnChosen(o)
	}
	Next(p.Entry)
}

func (p *Picker) offer(found []Option) {
	p.found = found[:min(len(found), offered)]
	p.show()
}

func (p *Picker) show() {
	p.list.RemoveAll()
	for i, o := range p.found {
		p.list.Add(newChoice(o, i == p.cursor, func() { p.take(o) }))
	}
	p.Refresh()
	if p.OnGrown != nil {
		p.OnGrown()
	}
}

// choice is one line of a picker's list.
type choice struct {
	widget.BaseWidget
	body *fyne.Container
	take func()
}

func newChoice(o Option, here bool, take func()) *choice {
	text, note := Line(o.Text), widget.NewLabel(o.Note)
	note.Importance = widget.LowImportance
	ground := look.Card
	if here {
		ground, text.TextStyle.Bold = look.Tint, true
	}
	mark := fyne.CanvasObject(widget.NewLabel("▸"))
	if !here {
		room := canvas.NewRectangle(color.Transparent)
		room.SetMinSize(mark.MinSize())
		mark = room
	}
	c := &choice{take: take, body: container.NewStack(newGround(ground), container.NewBorder(nil, nil, mark, note, text))}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped takes it.
func (c *choice) Tapped(*fyne.PointEvent) { c.take() }

// CreateRenderer implements fyne.Widget.
func (c *choice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.body) }

// Button is a button whose Enter presses it, too. The primary one is red and shows its key beside the word.
type Button struct{ widget.Button }

// NewButton makes one; key ("" for none) is written beside the word, the window gives it its meaning.
func NewButton(text, key string, primary bool, tapped func()) *Button {
	if key != "" {
		text += "　" + key
	}
	b := &Button{}
	b.ExtendBaseWidget(b)
	b.Text, b.OnTapped = text, tapped
	if primary {
		b.Importance = widget.HighImportance
	}
	return b
}

// TypedKey presses on Enter.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		if !b.Disabled() {
			b.OnTapped()
		}
		return
	}
	if !pressed(k.Name) {
		b.Button.TypedKey(k)
	}
}

// Steps is a strip of steps: those done, the one where things stand, those to come, in words and not by colour alone.
// here counts from 1; note is written over that one. With no note it was the last: all is done, nothing is to come.
func Steps(names []string, here int, note string) fyne.CanvasObject {
	row := container.New(layout.NewGridLayoutWithColumns(len(names)))
	for i, name := range names {
		word, ground, importance := "以后", look.Rail, widget.LowImportance
		if note == "" {
			word = "不需要"
		}
		switch {
		case i+1 < here:
			word, importance = "已过", widget.SuccessImportance
		case i+1 == here && note == "":
			word, importance = "办完", widget.SuccessImportance
		case i+1 == here:
			word, ground, importance = note, look.Tint, widget.DangerImportance
		}
		top := widget.NewLabel(string(rune('①'+i)) + " " + word)
		top.Importance, top.SizeName, top.TextStyle.Bold = importance, look.Small, i+1 == here
		top.Truncation = fyne.TextTruncateEllipsis
		text := Text(name)
		text.SizeName, text.TextStyle.Bold = look.Small, i+1 == here
		row.Add(container.NewStack(newGround(ground), container.New(tight{}, top, text)))
	}
	return row
}

// tight stacks two labels closer than a box would.
type tight struct{}

func (tight) MinSize(os []fyne.CanvasObject) fyne.Size {
	a, b := os[0].MinSize(), os[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height-8)
}

func (tight) Layout(os []fyne.CanvasObject, size fyne.Size) {
	h := os[0].MinSize().Height
	os[0].Resize(fyne.NewSize(size.Width, h))
	os[1].Move(fyne.NewPos(0, h-8))
	os[1].Resize(fyne.NewSize(size.Width, size.Height-h+8))
}
