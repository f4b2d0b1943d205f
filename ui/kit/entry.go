package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lianluo.local/ui/look"
)

// Entry is a field for text. Enter goes on to the next field (Shift+Enter begins a new line where there are several),
// and so does Tab. It is never bound to data: input methods lose characters then.
type Entry struct {
	widget.Entry
	OnEnter func() // instead of going on
	OnLeave func() // when the focus goes
	OnKey   func(fyne.KeyName) bool
	Only    func(rune) bool   // whether it takes a character; nil: all
	below   fyne.CanvasObject // comes into sight with it; nil for nothing
	shift   bool
	plain   bool // no input method composes in it
}

// NewEntry makes a field of one line with a hint of what to write.
func NewEntry(hint string) *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	e.PlaceHolder = hint
	return e
}

// NewArea makes a field of several lines.
func NewArea(hint string, lines int) *Entry {
	e := NewEntry(hint)
	e.MultiLine, e.Wrapping = true, fyne.TextWrapBreak
	e.SetMinRowsVisible(lines)
	return e
}

// NewSecret makes a field of one line that shows dots. Input methods do not compose there: what they make is not what was
// typed.
func NewSecret(hint string) *Entry {
	e := NewEntry(hint)
	e.Password, e.plain = true, true
	return e
}

// AcceptsTab keeps Tab for going on.
func (e *Entry) AcceptsTab() bool { return false }

// KeyDown notices Shift.
func (e *Entry) KeyDown(k *fyne.KeyEvent) {
	down(k.Name)
	e.shift = e.shift || k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight
	e.Entry.KeyDown(k)
}

// KeyUp notices Shift.
func (e *Entry) KeyUp(k *fyne.KeyEvent) {
	up(k.Name)
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		e.shift = false
	}
	e.Entry.KeyUp(k)
}

// TypedKey walks on Enter.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if repeated(k.Name) || e.OnKey != nil && e.OnKey(k.Name) || !writes(k.Name) && does(Key{k.Name, false}) {
		return
	}
	if (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && (!e.MultiLine || !e.shift) {
		if e.OnEnter != nil {
			e.OnEnter()
			return
		}
		Next(e)
		return
	}
	e.Entry.TypedKey(k)
}

// TypedRune writes a character, unless its key was pressed for something else.
func (e *Entry) TypedRune(r rune) {
	if !swallowed(r) && (e.Only == nil || e.Only(r)) {
		e.Entry.TypedRune(r)
	}
}

// TypedShortcut lets the window's keys work while somebody writes.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier == fyne.KeyModifierControl && withCtrl(c.KeyName) {
		return
	}
	e.Entry.TypedShortcut(s)
}

// FocusGained brings the field into sight.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	if e.below != nil {
		reveal(e.below)
	}
	reveal(e)
	if e.plain {
		followCaret(nil)
	} else {
		followCaret(e.caret)
	}
}

// FocusLost tells who wants to know.
func (e *Entry) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
	followCaret(nil)
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// Next gives the focus to what follows; on a dialog, after the last field, to the button that does what it is for.
func Next(o fyne.CanvasObject) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		c.FocusNext()
		past(c)
	}
}

// Focus gives the focus to something that is shown, even before it was painted for the first time.
func Focus(o fyne.Focusable) {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if w.Canvas().Focus(o); w.Canvas().Focused() == o {
			return
		}
	}
}

// Field is a label beside something to fill in, with the problem below it. Lay out its Container: Fyne draws nothing of
// a container that is wrapped in something else. The same holds for Notice, Picker, Table and Folder.
type Field struct {
	*fyne.Container
	problem *Label
}

// NewField makes one; a required one says so in a word.
func NewField(label string, required bool, content fyne.CanvasObject) *Field {
	name := widget.NewLabel(label)
	name.TextStyle.Bold = true
	head := container.NewVBox(name)
	if required {
		must := widget.NewLabel("必填")
		must.Importance, must.SizeName = widget.DangerImportance, look.Small
		head = container.NewHBox(name, must)
	}
	f := &Field{problem: Text("")}
	f.problem.Importance = widget.DangerImportance
	f.problem.Hide()
	f.Container = container.New(beside{}, head, container.NewVBox(content, f.problem))
	return f
}

// Say shows what is wrong; "" that nothing is.
func (f *Field) Say(problem string) {
	f.problem.SetText(problem)
	if f.problem.Hidden == (problem != "") {
		f.problem.Hidden = problem == ""
		f.Refresh()
	}
}

// Problem is what is shown to be wrong.
func (f *Field) Problem() string { return f.problem.Text }

// beside puts the label, eight characters wide, to the left of the content, which is no broader than the eye follows.
type beside struct{}

func (beside) width() float32 {
	return fyne.MeasureText("必填必填必填一二", fyne.CurrentApp().Settings().Theme().Size("text"),
		fyne.TextStyle{Bold: true}).Width
}

func (b beside) MinSize(os []fyne.CanvasObject) fyne.Size {
	m := os[1].MinSize()
	return fyne.NewSize(b.width()+m.Width, max(m.Height, os[0].MinSize().Height))
}

func (b beside) Layout(os []fyne.CanvasObject, size fyne.Size) {
	w := b.width()
	os[0].Resize(fyne.NewSize(w, os[0].MinSize().Height))
	os[1].Move(fyne.NewPos(w, 0))
	os[1].Resize(fyne.NewSize(min(size.Width-w, broadest*fyne.CurrentApp().Settings().Theme().Size("text")),
		size.Height))
}

// Folder is a field for a folder: its path is typed, or looked for with the button beside it.
type Folder struct {
	*fyne.Container
	Entry  *Entry
	Button *Button
	Chosen bool // with the button, perhaps the same as before
}

// NewFolder makes one; on is where the folders are shown.
func NewFolder(hint string, on func() fyne.Canvas) *Folder {
	f := &Folder{Entry: NewEntry(hint)}
	f.Button = NewButton("选择…", "", false, func() { f.find(on()) })
	f.Entry.OnEnter = func() { // past the button, which Tab reaches
		Next(f.Entry)
		Next(f.Entry)
	}
	f.Container = container.NewBorder(nil, nil, nil, f.Button, f.Entry)
	return f
}

// Choose takes a folder that was looked for.
func (f *Folder) Choose(dir string) {
	f.Entry.SetText(dir)
	f.Chosen = true
}

func (f *Folder) find(on fyne.Canvas) {
	Browse(on, "选择文件夹", f.Entry.Text, func(dir string) {
		f.Choose(dir)
		Focus(f.Entry)
	})
}
