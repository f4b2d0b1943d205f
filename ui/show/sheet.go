package show

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
)

// Sheet is what one act needs to hear, and one button: it stands over the page until the act is done or left.
type Sheet struct {
	Title, Hint, Yes string
	Of               string // the thing that it is about, where things may have one title
	Fields           field.List
	More             string       // what folds away the fields that are rarely needed
	Begin            field.Values // what stands in the fields at first
	// Own makes the inputs of which the page knows more than the list of fields does; nil for none.
	Own func(f field.Field, changed func()) (kit.Input, bool)
	// Do does it, away from the main thread; changed are the fields that say something else than at first.
	Do   func(ctx context.Context, now, changed field.Values) error
	Done func() // once it is done and the sheet is closed
}

// Sheets opens sheets and keeps what was typed on one that was left, until it is opened again.
type Sheets struct {
	host kit.Host
	kept map[string]field.Values // by title, and what it is about
}

// NewSheets makes them ready.
func NewSheets(h kit.Host) *Sheets { return &Sheets{host: h, kept: map[string]field.Values{}} }

// Open shows a sheet, and gives the form that stands on it.
func (s *Sheets) Open(w Sheet) *kit.Form {
	o := &sheet{Sheet: w, sheets: s, said: kit.NewNotice()}
	o.form = kit.NewForm(w.Fields, w.More, func(f field.Field, changed func()) (kit.Input, bool) {
		if w.Own == nil {
			return kit.Input{}, false
		}
		return w.Own(f, func() { changed(); o.settle() })
	})
	o.body = kit.Rows()
	if w.Hint != "" {
		o.body.Add(kit.Hint(w.Hint))
	}
	o.body.Add(o.said.Container)
	o.body.Add(o.form.Container)
	o.form.Fill(w.Begin)
	o.first = o.form.Values()
	if kept, was := s.kept[w.Title+w.Of]; was {
		o.form.Fill(w.Begin.With(kept))
		o.said.Say(kit.Plain, "上次写了还没有办的，都还在。")
	}
	o.no = kit.NewButton("不办了", "Esc", false, o.leave)
	o.yes = kit.NewButton(w.Yes, "Ctrl+Enter", true, o.send)
	on := s.host.Canvas()
	width := min(54*fyne.CurrentApp().Settings().Theme().Size(theme.SizeNameText), on.Size().Width-16)
	for range 2 { // a text knows how high it is once it was as wide as it will be
		o.body.Resize(fyne.NewSize(width-56, o.body.MinSize().Height))
	}
	high := o.body.MinSize().Height + 5*o.yes.MinSize().Height + 32 // title, buttons, what may be wrong
	o.scroll = kit.Scroll(o.body)
	o.on = kit.Show(on, w.Title, o.scroll, fyne.NewSize(width, high), o.no, o.yes)
	kit.Keys[kit.Key{Name: fyne.KeyEscape}] = o.leave
	kit.Keys[kit.Key{Name: fyne.KeyReturn, Ctrl: true}] = o.send
	kit.Keys[kit.Key{Name: fyne.KeyEnter, Ctrl: true}] = o.send
	o.form.OnGrown = o.settle
	if len(w.Fields) > 0 {
		o.focus(w.Fields[0].Code)
	}
	return o.form
}

// sheet is one that is open.
type sheet struct {
	Sheet
	sheets  *Sheets
	form    *kit.Form
	first   field.Values
	said    *kit.Notice
	body    *fyne.Container
	scroll  *container.Scroll
	on      *kit.Dialog
	no, yes *kit.Button
	busy    bool
}

func (o *sheet) focus(code string) { kit.Focus(o.form.Input(code).First) }

// settle lays the fields out again after one grew.
func (o *sheet) settle() {
	if o.on == nil {
		return
	}
	o.body.Refresh()
	o.scroll.Refresh()
}

// changes are the fields that say something else than at first.
func (o *sheet) changes() field.Values {
	now := o.form.Values()
	maps.DeleteFunc(now, func(code string, v any) bool { return fmt.Sprint(v) == fmt.Sprint(o.first[code]) })
	return now
}

// leave closes the sheet and keeps what was typed.
func (o *sheet) leave() {
	if o.busy {
		return
	}
	if said := o.changes(); len(said) > 0 {
		o.sheets.kept[o.Title+o.Of] = said
	}
	o.on.Close()
}

// send does the act. A second press while it is under way does nothing.
func (o *sheet) send() {
	if o.busy {
		return
	}
	o.busy = true
	o.yes.Disable()
	now, changed := o.form.Values(), o.changes()
	kit.Do(o.sheets.host.Run, o.sheets.host.Context, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, o.Do(ctx, now, changed)
	}, func(_ struct{}, err error) {
		o.busy = false
		o.yes.Enable()
		if err != nil {
			o.refused(err)
			return
		}
		delete(o.sheets.kept, o.Title+o.Of)
		o.on.Close()
		o.Done()
	})
}

// refused shows at its field what is wrong, and above the fields what belongs to none. What was typed stays.
func (o *sheet) refused(err error) {
	var wrong problem.Problems
	if !errors.As(err, &wrong) {
		o.said.Say(kit.Bad, o.sheets.host.Explain(err))
		o.settle()
		kit.Focus(o.yes)
		return
	}
	at := o.form.Say(wrong)
	var rest []string
	bare := wrong.Bare()
	for _, code := range slices.Sorted(maps.Keys(bare)) {
		if o.form.Field(code) == nil {
			rest = append(rest, bare[code])
		}
	}
	if o.said.Say(kit.Bad, strings.Join(rest, "\n")); len(rest) == 0 {
		o.said.Say(kit.Bad, "红字写明了怎么改，写的都还在。")
	}
	o.settle()
	if at != "" {
		o.focus(at)
	} else {
		o.scroll.ScrollToTop()
		kit.Focus(o.yes)
	}
}

// Picked is an input for one of many: the code of what was chosen, or else what was typed, which whoever is asked may
// still know; called names what stands there at first, changed hears of each letter.
func Picked(pick *kit.Picker, code string, called func(string) string, changed func()) kit.Input {
	pick.OnGrown = changed
	return kit.Input{Object: pick.Container, First: pick.Entry, Get: func() any {
		if c := pick.Chosen().Code; c != "" {
			return c
		}
		return strings.TrimSpace(pick.Entry.Text)
	}, Put: func(v field.Values) {
		if said := v.Text(code); said != "" {
			pick.Choose(kit.Option{Code: said, Text: called(said)})
		} else {
			pick.Choose(kit.Option{})
		}
	}}
}
