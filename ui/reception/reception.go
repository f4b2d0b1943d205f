// Package reception is the page 登记来访: a paper form on screen, in the order of a conversation. Left are the answers,
// right is what the program knows: the same citizen, similar matters, the receipt as it will print.
//
// What is typed is kept as it is typed and found again after a crash. What is wrong, desk says; the form only shows it.
package reception

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/roster"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/show"
)

// Page is the reception page of one station.
type Page struct {
	host       kit.Host
	desk       *desk.Desk
	ledger     *ledger.Ledger
	roster     *roster.Roster
	by         clerk.Clerk
	registered func(matter.Matter, func(kit.Tone, string))

	form            *kit.Form
	address         *kit.Picker
	category        show.CategoryPicker
	usual, deputies *kit.Chips
	deputy          *kit.Picker
	offers          roster.Offers // who may sit at the table
	persons         desk.Persons  // whom somebody chose
	signed          []string      // who was ticked at the evening when it was last asked
	save            *kit.Button

	right  *fyne.Container
	last   matter.Matter // the one just registered
	odd    []string      // what is odd about it
	again  *kit.Button   // prints its paper once more, where that failed
	said   *kit.Notice   // over the right side, where it moves nothing that is being filled in
	scroll *container.Scroll
	know   *knows
	object fyne.CanvasObject

	keep   kit.Pump
	saving bool
	rests  bool // just registered, and nothing was written since
}

// New makes the page; by is who registers, registered is told of each matter once it is kept, to print what the
// citizen takes home, and says how far that has come.
func New(h kit.Host, d *desk.Desk, l *ledger.Ledger, r *roster.Roster, by clerk.Clerk,
	registered func(m matter.Matter, said func(kit.Tone, string))) *Page {
	p := &Page{host: h, desk: d, ledger: l, roster: r, by: by, registered: registered}
	p.form = kit.NewForm(matter.Fields, "更多：来源、目的、紧急、保密、补录纸本…", p.own)
	p.form.OnChanged, p.form.OnLeave, p.form.OnGrown = p.heard, p.left, p.settle
	p.know = newKnows(h, d, l)
	p.save = kit.NewButton("登记并打印", "Ctrl+Enter", true, p.Save)
	clear := kit.NewButton("重填", "", false, func() {
		kit.Ask(h.Canvas(), "重填", "把这一页已经写的都清掉，从头再写？", "清掉重填", p.clear)
	})
	p.said = kit.NewNotice()
	p.again = kit.NewButton("再打一次", "Ctrl+P", false, p.Print)
	p.again.Hide()
	p.scroll = kit.Scroll(p.form.Container)
	p.right = container.NewBorder(container.NewVBox(p.said.Container, container.NewHBox(p.again)), nil, nil, nil,
		p.know.object)
	p.object = kit.Page("登记来访", "按谈话的顺序写；按 Enter 到下一项。写的随时自动保存。", container.New(twoThirds{}, p.scroll, p.right), clear,
		p.save)
	p.fill(desk.Draft{})
	p.recall()
	return p
}

// Object is the page.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Keys are the page's own.
func (p *Page) Keys() map[kit.Key]func() {
	return map[kit.Key]func(){{Name: fyne.KeyReturn, Ctrl: true}: p.Save, {Name: fyne.KeyEnter, Ctrl: true}: p.Save}
}

// Shown asks again what is usual and puts the cursor where writing begins.
func (p *Page) Shown() {
	type choices struct {
		categories, deputies []string
		present              []session.Called
		offers               roster.Offers
	}
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (c choices, err error) {
		var err1, err2, err3, err4 error
		c.categories, err1 = p.desk.Usual(ctx, "category", 8)
		c.deputies, err2 = p.desk.Usual(ctx, "deputy", 8)
		c.present, err3 = p.desk.Present(ctx)
		c.offers, err4 = p.roster.Offers(ctx, p.desk.Settings.Unit)
		return c, errors.Join(err1, err2, err3, err4)
	}, func(c choices, err error) {
		if err != nil {
			p.tell(kit.Bad, p.host.Explain(err))
			return
		}
		p.offers = c.offers
		p.offer(c.categories, c.deputies, c.present)
		p.know.look(p.draft()) // who sits there stands on the paper
	})
}

// Start puts the cursor where writing begins; the one before is done with.
func (p *Page) Start() {
	if p.rests {
		p.tell(kit.Plain, "")
	}
	kit.Focus(p.form.Entry("name"))
}

// common are the categories offered at a station that has registered nothing yet.
var common = []string{"0203", "0202", "0401", "0403", "0501", "0601", "1102", "0208"}

func (p *Page) offer(categories, deputies []string, sitting []session.Called) {
	present, signed := p.sitting(sitting)
	for _, code := range common {
		if len(categories) < 8 && !slices.Contains(categories, code) {
			categories = append(categories, code)
		}
	}
	p.deputies.SetOptions(slices.DeleteFunc(slices.Clone(p.deputies.Options()), func(o kit.Option) bool { // who left meanwhile
		return p.offers.Unoffered(o.Code) != "" && !slices.Contains(p.deputies.Chosen(), o.Code)
	}))
	var options []kit.Option
	for _, code := range categories {
		if c, ok := category.ByCode(code); ok {
			options = append(options, kit.Option{Code: c.Code, Text: c.Name})
		}
	}
	if !slices.Equal(options, p.usual.Options()) {
		p.usual.SetOptions(options)
	}
	chosen := p.deputies.Chosen()
	if len(chosen) == 0 || len(signed) > 0 && !slices.Equal(p.signed, signed) { // somebody came or went meanwhile
		chosen = present
	}
	p.signed = signed
	p.seat(p.likely(deputies, present), chosen)
}

// sitting are the names of those who sit at the table as they are written here, and of those among them who were ticked
// at an evening; who they are on the roster is known of these.
func (p *Page) sitting(list []session.Called) (names, signed []string) {
	for _, c := range list {
		name := c.Name
		if i := slices.IndexFunc(p.offers, func(o roster.Offer) bool { return o.ID == c.Person() }); i >= 0 {
			name = p.called(p.offers[i])
			p.persons = p.persons.With(desk.Persons{name: c.Person()})
		}
		if names = append(names, name); c.Came {
			signed = append(signed, name)
		}
	}
	return names, signed
}

// chairs is how many deputies are offered at once; more are found by the first letters of their names.
const chairs = 12

// likely are those who probably sit at the table: who does so today, who is grouped here, of them who is on leave today
// last, who usually did.
func (p *Page) likely(usual, present []string) (names []string) {
	met := map[string]bool{}
	put := func(key, name string, most int) {
		if !met[key] && len(names) < most {
			met[key], met[name], met[spelling.Name(name)] = true, true, true
			names = append(names, name)
		}
	}
	for _, name := range present {
		put(name, name, len(present))
	}
	for _, o := range p.offers {
		key, name := spelling.Name(o.Name), p.called(o)
		if name != o.Name { // of two of one name, both
			key = name
		}
		if o.Here && o.Deputy() && o.Offered() {
			put(key, name, chairs)
		}
	}
	if slices.ContainsFunc(p.offers, func(o roster.Offer) bool { return o.Here && o.Deputy() && o.Offered() }) {
		return names // who they are is known: whoever was here before and is none of them may have left
	}
	for _, name := range usual {
		if p.offers.Unoffered(name) == "" {
			put(spelling.Name(name), name, 8)
		}
	}
	return names
}

// seat offers deputies besides those who are offered already; whoever has a place keeps it, and with it the digit.
func (p *Page) seat(names, chosen []string) {
	options := slices.Clone(p.deputies.Options())
	for _, n := range append(names, chosen...) {
		if n != "" && !slices.ContainsFunc(options, func(o kit.Option) bool { return o.Code == n }) {
			options = append(options, kit.Option{Code: n})
		}
	}
	for i, o := range options {
		if options[i].Text = o.Code; p.sign(o.Code) != "" {
			options[i].Text += "（" + p.sign(o.Code) + "）"
		}
	}
	if !slices.Equal(options, p.deputies.Options()) {
		p.deputies.SetOptions(options)
	}
	if !slices.Equal(chosen, p.deputies.Chosen()) {
		p.deputies.Choose(chosen...)
	}
	if none := len(options) == 0; none != p.deputies.Hidden {
		p.deputies.Hidden = none
		p.settle()
	}
}

// tell says a sentence beside the form.
func (p *Page) tell(tone kit.Tone, s string) {
	p.again.Hide()
	if p.said.Said() != s {
		p.said.Say(tone, s)
	}
	p.right.Refresh()
}

// settle lays the form out again after something in it appeared, vanished or grew.
func (p *Page) settle() {
	if p.scroll != nil {
		p.form.Refresh()
		p.scroll.Refresh()
	}
}

// reveal scrolls down until the end of something in the form is in sight, as long as its beginning is.
func (p *Page) reveal(o fyne.CanvasObject) {
	if p.scroll == nil {
		return
	}
	where := fyne.CurrentApp().Driver().AbsolutePositionForObject
	top := where(o).Y - where(p.scroll).Y
	below := top + o.MinSize().Height + 8 - p.scroll.Size().Height
	if below = min(below, top); below > 0 {
		p.scroll.ScrollToOffset(p.scroll.Offset.AddXY(0, below))
	}
}

// findPlace finds villages of the station's county; the township tells those of one name apart.
func (p *Page) findPlace(query string) (os []kit.Option) {
	if strings.TrimSpace(query) == "" {
		return nil
	}
	near := p.desk.Settings.Unit[:9] // people come from their own township first
	found := places.Find(spelling.Plain(query), near[:6], 30)
	slices.SortStableFunc(found, func(a, b places.Place) int {
		return cmp.Compare(strings.Index(b.Code, near), strings.Index(a.Code, near))
	})
	for _, pl := range found {
		up, _ := places.ByCode(pl.Parent)
		text := places.Short(pl)
		if pl.Level == "village" {
			text = up.Name + text
		}
		os = append(os, kit.Option{Code: pl.Code, Text: text, Note: up.Name})
	}
	return os
}

// show puts problems under their fields and the cursor on the first.
func (p *Page) show(problems problem.Problems) {
	first := p.form.Say(problems)
	if why := problems[""]; why != "" {
		p.tell(kit.Bad, why)
	} else if len(problems) == 0 {
		p.settle()
		return
	} else {
		p.tell(kit.Bad, "还有 "+strconv.Itoa(len(problems))+" 处要改，红字写明了怎么改。写的都还在。")
	}
	p.settle()
	if first != "" {
		p.scroll.ScrollToOffset(fyne.NewPos(0, max(0, p.form.Field(first).Position().Y-8)))
		kit.Focus(p.form.Input(first).First)
	}
}

// rest keeps the button from being pressed again after it has done its work, until something is written.
func (p *Page) rest(rests bool) {
	if p.rests = rests; rests {
		p.save.Disable()
	} else if !p.saving {
		p.save.Enable()
	}
}

// Save registers what the form says. A second press, while the first is under way or just after it, does nothing.
func (p *Page) Save() {
	if p.saving || p.rests {
		return
	}
	d := p.draft()
	if problems := p.desk.Check(d); len(problems) > 0 {
		p.show(problems)
		return
	}
	p.saving = true
	p.save.Disable()
	var odd []string
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (matter.Matter, error) {
		m, err := p.desk.Receive(ctx, p.by, d)
		if err != nil {
			return m, err
		}
		odd, err = p.roster.Absent(ctx, m, m.Occurred.In(p.desk.Now().Location()).Format(time.DateOnly), m.Deputies...)
		return m, errors.Join(err, p.desk.SetPresent(ctx, d.Deputies), p.desk.Forget(ctx))
	}, func(m matter.Matter, err error) {
		p.saving = false
		p.rest(false)
		var problems problem.Problems
		if errors.As(err, &problems) {
			p.show(problems)
			return
		}
		if m.ID == "" {
			p.tell(kit.Bad, p.host.Explain(err))
			return
		}
		p.fill(desk.Draft{Deputies: d.Deputies})
		p.rest(true)
		p.last, p.odd = m, odd
		p.done(kit.Good, "")
		p.scroll.ScrollToTop()
		p.know.clear()
		p.host.Canvas().Focus(p.form.Entry("name"))
		p.Print()
	})
}

// Print prints the paper of the matter just registered, until she goes on to the next.
func (p *Page) Print() {
	if !p.rests {
		p.host.Say(kit.Plain, "登记好以后自动打印；以前登记的，请在台账里打开，再按 Ctrl+P。")
		return
	}
	p.registered(p.last, func(tone kit.Tone, s string) {
		if p.rests { // else the next one's words stand there
			p.done(tone, s)
		}
	})
}

// done says in one notice that the last one is registered, its number largest, and how far its paper has come. A
// paper that was not printed is something to do: the matter itself is safe.
func (p *Page) done(tone kit.Tone, paper string) {
	failed := tone == kit.Bad
	if tone = kit.Good; failed || len(p.odd) > 0 {
		tone = kit.Soon
	}
	p.said.Head(tone, "已登记，编号 "+p.last.Number, strings.Join(append(slices.Clip(p.odd), p.desk.Caveat(p.last)+paper), "。"))
	p.again.Hidden = !failed
	p.right.Refresh()
}

// Said is what stands beside the form.
func (p *Page) Said() string { return p.said.Said() }
