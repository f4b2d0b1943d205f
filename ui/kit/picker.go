package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Picker finds one of many: what is typed narrows a short list below the field, ↓ opens it before anything is typed. ↑
// and ↓ move, Enter takes, Esc closes what was begun, the mouse does too. No input method is needed where Find knows initials.
type Picker struct {
	*fyne.Container
	Entry    *Entry
	Find     func(query string) []Option
	Ask      func(query string, answer func([]Option)) // instead of Find, where what is found has to be asked for first
	OnChosen func(Option)
	OnGrown  func() // the list below appeared, changed or went
	Stay     bool   // the cursor stays for one more

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
		p.seek()
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
		if k == fyne.KeyDown && p.chosen == (Option{}) {
			p.seek()
		}
		return len(p.found) > 0
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
		if p.Entry.Text == "" { // nothing was begun here: it means the whole
			return false
		}
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
	on := len(dialogs)
	if p.OnChosen != nil {
		p.OnChosen(o)
	}
	if len(dialogs) == on && !p.Stay { // else the dialog was closed on which it stood
		Next(p.Entry)
	}
}

// seek offers what is found for what is typed; an answer that comes after more was typed is passed over.
func (p *Picker) seek() {
	if p.Ask == nil {
		p.offer(p.Find(p.Entry.Text))
		return
	}
	typed := p.Entry.Text
	p.Ask(typed, func(found []Option) {
		if p.Entry.Text == typed && p.chosen == (Option{}) {
			p.offer(found)
		}
	})
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
	if len(p.found) > 0 {
		reveal(p.list)
		reveal(p.Entry)
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
	c := &choice{take: take, body: container.NewStack(newGround(ground),
		container.NewBorder(nil, nil, mark, note, text))}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped takes it.
func (c *choice) Tapped(e *fyne.PointEvent) {
	once(e, c.take)
}

// CreateRenderer implements fyne.Widget.
func (c *choice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.body) }
