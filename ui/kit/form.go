package kit

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
)

// Input is what a field is filled in with.
type Input struct {
	Object fyne.CanvasObject
	First  fyne.Focusable     // where writing begins
	Get    func() any         // the value as field.Values has it; words that are no number stay words
	Put    func(field.Values) // shows what they say of the field
}

// NewInput makes what a field is filled in with as its list says; changed hears that somebody wrote or chose something.
func NewInput(f field.Field, changed func()) Input {
	switch {
	case f.Input == field.Tick && f.Hint != "":
		c := NewCheck(f.Hint, func(bool) { changed() })
		return Input{c, c, func() any { return c.Checked }, func(v field.Values) { c.SetChecked(v.Yes(f.Code)) }}
	case f.Input == field.Tick || f.Input == field.Chips:
		var options []Option
		for _, w := range f.Words {
			options = append(options, Option{Code: w.Code, Text: w.Name})
		}
		c := NewChips(false, options...)
		c.OnChanged = changed
		if f.Input == field.Tick {
			return Input{c, c, func() any { return c.One() == "true" },
				func(v field.Values) { c.Choose(strconv.FormatBool(v.Yes(f.Code))) }}
		}
		return Input{c, c, func() any { return c.One() }, func(v field.Values) {
			if c.Choose(v.Text(f.Code)); v.Text(f.Code) == "" {
				c.Choose(f.Otherwise)
			}
		}}
	}
	if f.Input == field.People && len(f.Words) > 0 { // their words, as they would be typed
		c := NewChips(true)
		for _, w := range f.Words {
			c.options = append(c.options, Option{Code: w.Name, Text: w.Name})
		}
		c.OnChanged = changed
		return Input{c, c, func() any { return append([]string{}, c.Chosen()...) },
			func(v field.Values) { c.Choose(v.List(f.Code)...) }}
	}
	e := NewEntry(f.Hint)
	if f.Lines > 0 {
		e = NewArea(f.Hint, f.Lines)
	}
	e.OnChanged = func(string) { changed() }
	in := Input{e, e, func() any { return e.Text }, func(v field.Values) { e.SetText(f.Text(v, nil)) }}
	switch f.Input {
	case field.Number:
		in.Get = func() any {
			if n, err := strconv.Atoi(strings.TrimSpace(spelling.Plain(e.Text))); err == nil {
				return n
			}
			return e.Text
		}
		in.Put = func(v field.Values) {
			if e.SetText(""); v.Number(f.Code) > 0 {
				e.SetText(strconv.Itoa(v.Number(f.Code)))
			}
		}
	case field.People:
		in.Get = func() any { return append([]string{}, spelling.People(e.Text)...) }
	}
	return in
}

// Form is the fields of a kind to be filled in, in the order of its list, with what is wrong below each.
type Form struct {
	*fyne.Container
	OnChanged func(code string) // somebody wrote or chose something
	OnLeave   func(code string) // the cursor left a line or an area
	OnGrown   func()            // something in it appeared or went

	fields  field.List
	inputs  map[string]Input
	asked   map[string]*Field
	more    *fyne.Container
	filling bool
}

// NewForm makes one. The fields that are folded away stand below a button that says more. A page makes the inputs of
// which it knows more than the list does: own is asked first (nil: for none).
func NewForm(fields field.List, more string, own func(f field.Field, changed func()) (Input, bool)) *Form {
	f := &Form{fields: fields.Where(func(f field.Field) bool { return !f.Unasked }),
		inputs: map[string]Input{}, asked: map[string]*Field{}}
	for _, row := range f.fields {
		changed := func() { f.changed(row.Code) }
		in, made := Input{}, false
		if own != nil {
			in, made = own(row, changed)
		}
		if !made {
			in = NewInput(row, changed)
		}
		if e, ok := in.First.(*Entry); ok {
			e.OnLeave = func() {
				if f.OnLeave != nil {
					f.OnLeave(row.Code)
				}
			}
		}
		f.inputs[row.Code] = in
	}
	f.Container, f.more = container.NewVBox(), container.NewVBox()
	for _, row := range f.fields {
		if row.Beside != "" {
			continue
		}
		f.asked[row.Code] = NewField(row.Asked(), row.Must, f.beside(row))
		if row.More {
			f.more.Add(f.asked[row.Code].Container)
		} else {
			f.Add(f.asked[row.Code].Container)
		}
	}
	if len(f.more.Objects) > 0 {
		f.more.Hide()
		fold := NewButton(more, "", false, func() {
			f.more.Hidden = !f.more.Hidden
			f.grown()
			if !f.more.Hidden { // what came below the edge is seen, and can be written into
				Focus(f.inputs[f.folded()].First)
			}
		})
		f.Add(container.NewHBox(fold, layout.NewSpacer()))
		f.Add(f.more)
	}
	f.ask()
	return f
}

// folded is the first field that is folded away.
func (f *Form) folded() string {
	for _, row := range f.fields {
		if asked := f.asked[row.Code]; row.More && asked != nil && !asked.Hidden {
			return row.Code
		}
	}
	return ""
}

// beside is the input of a field with those that stand beside it: Enter passes them by, they are for Tab.
func (f *Form) beside(row field.Field) fyne.CanvasObject {
	o := f.inputs[row.Code].Object
	for _, other := range f.fields {
		if other.Beside != row.Code {
			continue
		}
		o = container.NewBorder(nil, nil, nil, f.inputs[other.Code].Object, o)
		if e, ok := f.inputs[row.Code].First.(*Entry); ok {
			e.OnEnter = func() {
				Next(e)
				Next(e)
			}
		}
	}
	return o
}

func (f *Form) changed(code string) {
	if f.filling {
		return
	}
	f.ask()
	if f.OnChanged != nil {
		f.OnChanged(code)
	}
}

func (f *Form) grown() {
	if f.OnGrown != nil {
		f.OnGrown()
	}
}

// ask shows the fields that are asked for now.
func (f *Form) ask() {
	now := f.all()
	for _, row := range f.fields {
		if asked := f.asked[row.Code]; row.When != nil && asked != nil && asked.Hidden == row.When(now) {
			asked.Hidden = !asked.Hidden
			f.grown()
		}
	}
}

func (f *Form) all() field.Values {
	v := field.Values{}
	for code, in := range f.inputs {
		v[code] = in.Get()
	}
	return v
}

// Values are what the form says now; it says nothing of what it does not ask for.
func (f *Form) Values() field.Values {
	now := f.all()
	for _, row := range f.fields {
		if row.When != nil && !row.When(now) {
			delete(now, row.Code)
		}
	}
	return now
}

// Fill shows values and tells nobody. Where nothing is said of a field, it is empty or says what stands there
// otherwise.
func (f *Form) Fill(v field.Values) {
	f.filling = true
	for _, in := range f.inputs {
		in.Put(v)
	}
	f.filling = false
	f.ask()
}

// Say shows what is wrong under each field, unfolds what has to be seen, and gives the code of the first wrong field,
// "" for none.
func (f *Form) Say(problems problem.Problems) (first string) {
	problems = problems.Bare()
	for _, row := range f.fields {
		asked := f.asked[row.Code]
		if asked == nil {
			continue
		}
		if asked.Say(problems[row.Code]); problems[row.Code] == "" {
			continue
		}
		if first == "" {
			first = row.Code
		}
		if row.More {
			f.more.Show()
		}
	}
	return first
}

// Ease takes back what is right by now, where something was said to be wrong; check tells what still is.
func (f *Form) Ease(check func() problem.Problems) {
	var problems problem.Problems
	for _, row := range f.fields {
		if asked := f.asked[row.Code]; asked != nil && asked.Problem() != "" {
			if problems == nil {
				problems = check()
			}
			asked.Say(problems[row.Code])
		}
	}
	if problems != nil {
		f.grown()
	}
}

// Field is a field as it is laid out; nil where it is not asked for in a place of its own.
func (f *Form) Field(code string) *Field { return f.asked[code] }

// Input is what a field is filled in with.
func (f *Form) Input(code string) Input { return f.inputs[code] }

// Entry is the line or area in which a field is written, Chips those of which one is chosen, Folded what is below the
// button.
func (f *Form) Entry(code string) *Entry { return f.inputs[code].First.(*Entry) }

// Chips are those of which a field is one.
func (f *Form) Chips(code string) *Chips { return f.inputs[code].First.(*Chips) }

// Unfolded says whether what is folded away is shown.
func (f *Form) Unfolded() bool { return f.more.Visible() }
