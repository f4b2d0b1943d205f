// Package act is the sheet on which somebody does one act with one matter or with many: what the act needs to hear, no
// more, and one button.
//
// What each act asks stands in two tables (acts and told). Whether it is right, and when the next step is due then,
// only app/office knows: the sheet shows what that says.
package act

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/roster"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Attempts are the acts that are tried at the windows of one home, each on a sheet of its own.
type Attempts struct {
	Answered func(matter.Matter) office.Order    // what a matter's suggestion was answered, for its citizen; nil for nothing
	Reveal   func(context.Context, string) error // of a number: before its citizen's telephone is shown; nil: everybody may see it

	host   kit.Host
	office *office.Office
	by     clerk.Clerk
	ledger *ledger.Ledger
	roster *roster.Roster
	kept   map[string]office.Order // what was typed on a sheet that was left before it was done, by act and matters
}

// New makes them ready; by is who acts.
func New(h kit.Host, o *office.Office, l *ledger.Ledger, r *roster.Roster, by clerk.Clerk) *Attempts {
	return &Attempts{host: h, office: o, ledger: l, roster: r, by: by, kept: map[string]office.Order{}}
}

// Ask shows the sheet of an act (a code of matter.Acts but receive, correct, void and suggest; "assign guide" with its mode
// chosen) for one matter or many. Once it was done, done hears on the main thread what came of each; it hears nothing
// where somebody left the sheet.
//
// What many matters were refused stands on a list afterwards. What one was refused stands at its field, and the sheet
// stays.
func (s *Attempts) Ask(do string, vs []ledger.View, done func([]office.Outcome)) {
	do, mode, _ := strings.Cut(do, " ")
	a, known := acts[do]
	if !known {
		a, known = told[do]
	}
	if !known || len(vs) == 0 {
		return
	}
	word := matter.ActName(do)
	if do == "merge" && !slices.ContainsFunc(vs, func(v ledger.View) bool { return v.State != matter.Merged }) {
		a, word = part, "分开"
	}
	at := &attempt{Attempts: s, do: do, act: a, word: word, vs: slices.Clone(vs), done: done, mode: mode}
	if s.Reveal == nil || do != "inform" && do != "inform-term" { // those have the telephone on their sheet
		at.open()
		return
	}
	show.Reveal(s.host, func(ctx context.Context, _ string) (err error) {
		for _, v := range at.vs {
			err = errors.Join(err, s.Reveal(ctx, v.Number))
		}
		return err
	}, "", at.open)
}

// subject names the matters in a title: the number of one, how many there are of more.
func subject(vs []ledger.View) string {
	if len(vs) == 1 {
		return vs[0].Number
	}
	return fmt.Sprintf("%d 件", len(vs))
}

// about is what stands above the fields, so that nobody acts on the wrong matter.
func about(vs []ledger.View) string {
	if len(vs) == 1 {
		return vs[0].Title + "　" + vs[0].Status()
	}
	const few = 3
	var titles []string
	for _, v := range vs[:min(few, len(vs))] {
		titles = append(titles, v.Title)
	}
	more := ""
	if len(vs) > few {
		more = " 等"
	}
	return strings.Join(titles, "；") + more
}

// key tells one unfinished sheet from another.
func (s *attempt) key() string {
	ids := []string{s.word}
	for _, v := range s.vs {
		ids = append(ids, v.ID)
	}
	return strings.Join(ids, " ")
}

// wide is how wide a sheet is, where the window is: a label, and as many characters as a line may have.
func wide() float32 {
	return 54 * fyne.CurrentApp().Settings().Theme().Size(theme.SizeNameText)
}

// frame is what a sheet needs round its fields: title, buttons, margins.
func frame() float32 {
	return 3*kit.NewButton("国", "", true, nil).MinSize().Height + 32
}

// size is large enough for the fields that are asked at first and for the highest of those that may be asked later.
func (s *attempt) size(on fyne.Canvas) fyne.Size {
	width := min(wide(), on.Size().Width-16)
	for range 2 { // a text knows how high it is once it was as wide as it will be
		s.form.Resize(fyne.NewSize(width-56, s.form.MinSize().Height))
	}
	later := float32(0)
	for _, r := range s.rows {
		later = max(later, r.room)
		if !r.object.Visible() {
			r.object.Resize(fyne.NewSize(width-56, r.object.MinSize().Height))
			later = max(later, r.object.MinSize().Height)
		}
	}
	return fyne.NewSize(width, s.form.MinSize().Height+later+frame())
}

// attempt is one whose sheet is open.
type attempt struct {
	*Attempts
	do   string
	act  act
	word string // what is done, as people read it
	mode string // chosen beforehand, "" for none
	vs   []ledger.View
	done func([]office.Outcome)

	offered offered
	hears   []func() // what hears of what is offered
	rows    []*row
	form    *fyne.Container
	body    *fyne.Container // the notice above the fields
	scroll  *container.Scroll
	said    *kit.Notice
	on      *kit.Dialog
	no, yes *kit.Button
	filling bool   // fields are being filled in by the program
	stop    func() // ends what is under way; nil while nothing is
}

// row is one line of an open sheet.
type row struct {
	ask
	input
	object fyne.CanvasObject
	field  *kit.Field // nil for what is only to be read
}

func (s *attempt) open() {
	s.form, s.said = kit.Rows(kit.Bold(about(s.vs)), kit.Hint(s.act.hint)), kit.NewNotice()
	for _, a := range s.act.asks {
		r := &row{ask: a, input: a.with(s)}
		if r.object = r.input.object; a.label != "" {
			r.field = kit.NewField(a.label, a.must, r.input.object)
			r.object = r.field.Container
		}
		s.rows = append(s.rows, r)
		s.form.Add(r.object)
	}
	order, kept := s.kept[s.key()]
	if !kept && s.act.begin != nil {
		order = s.act.begin(s)
	}
	if s.mode != "" {
		order.Mode = s.mode
	}
	s.filling = true
	for _, r := range s.rows {
		if r.put != nil {
			r.put(order)
		}
	}
	s.filling = false
	s.scroll = kit.Scroll(s.form)
	s.look()
	if kept {
		s.said.Say(kit.Plain, "上次写了还没有办的，都还在。")
	}
	s.no = kit.NewButton("不办了", "Esc", false, s.leave)
	s.yes = kit.NewButton(s.word, "Ctrl+Enter", true, s.send)
	canvas := s.host.Canvas()
	s.body = container.NewBorder(s.said.Container, nil, nil, nil, s.scroll)
	s.on = kit.Show(canvas, s.word+" "+subject(s.vs), s.body, s.size(canvas), s.no, s.yes)
	kit.Keys[kit.Key{Name: fyne.KeyEscape}] = s.leave
	kit.Keys[kit.Key{Name: fyne.KeyReturn, Ctrl: true}] = s.send
	kit.Keys[kit.Key{Name: fyne.KeyEnter, Ctrl: true}] = s.send
	s.settle()
	s.load(s.hears)
	for _, r := range s.rows {
		if r.first != nil && r.object.Visible() && (r.name != "mode" || s.mode == "") {
			kit.Focus(r.first)
			return
		}
	}
}

// next goes on to the next field.
func (s *attempt) next(from fyne.CanvasObject) {
	kit.Next(from)
	s.reveal()
}

// reveal scrolls what has the focus into sight.
func (s *attempt) reveal() {
	at, ok := s.host.Canvas().Focused().(fyne.CanvasObject)
	if !ok || at == s.no || at == s.yes {
		return
	}
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject
	top := where(at).Y - where(s.scroll).Y
	bottom := top + at.Size().Height - s.scroll.Size().Height
	if top < 0 {
		s.scroll.ScrollToOffset(fyne.NewPos(0, max(0, s.scroll.Offset.Y+top-16)))
	} else if bottom > 0 {
		s.scroll.ScrollToOffset(fyne.NewPos(0, s.scroll.Offset.Y+bottom+16))
	}
}

// leave closes the sheet, or stops what is under way.
func (s *attempt) leave() {
	if s.stop != nil {
		s.stop()
		return
	}
	s.on.Close()
}

// order is what the sheet says: what is not asked now says nothing.
func (s *attempt) order() office.Order {
	whole, o := s.whole(), office.Order{Do: s.do}
	for _, r := range s.rows {
		if r.take != nil && r.asked(s, whole) {
			r.take(&o)
		}
	}
	return o
}

// whole is what stands in all the fields, even in those that are not asked now.
func (s *attempt) whole() office.Order {
	o := office.Order{Do: s.do}
	for _, r := range s.rows {
		if r.take != nil {
			r.take(&o)
		}
	}
	return o
}

// changed keeps what was typed; each input calls it.
func (s *attempt) changed() {
	if s.filling {
		return
	}
	s.kept[s.key()] = s.whole()
	s.look()
	if s.settle(); s.on != nil {
		s.reveal()
	}
}

// look shows the fields that are asked now, when the next step would be due, and takes back what was wrong and is right
// now.
func (s *attempt) look() {
	whole := s.whole()
	for _, r := range s.rows {
		if r.object.Show(); !r.asked(s, whole) {
			r.object.Hide()
		}
	}
	if s.do == "merge" { // who is to be merged with is looked up in the store: only when it is done
		return
	}
	order := s.order()
	move, err := s.office.Prepare(s.host.Context, s.vs[0].Matter, order)
	var wrong problem.Problems
	if errors.As(err, &wrong); wrong["due"] != "" {
		move.Term = ""
	}
	for _, r := range s.rows {
		if r.told != nil {
			r.told(order, move)
		}
		if r.field != nil && r.field.Problem() != "" {
			r.field.Say(wrong[r.name])
		}
	}
}

// settle lays the fields out again after one appeared, vanished or grew.
func (s *attempt) settle() {
	if s.on != nil {
		s.form.Refresh()
		s.scroll.Refresh()
		s.body.Refresh()
	}
}

// asked says whether a row is asked now, as far as the others tell.
func (a ask) asked(s *attempt, o office.Order) bool { return a.when == nil || a.when(s, o) }
