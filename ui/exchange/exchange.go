// Package exchange is the page 报送: what has gone out, what the other side has, and what to do now.
//
// It has a side for each direction: the way up (the last weeks with three ticks), the units that send to us, who waits
// to be accepted, and whoever is heard of through others only. A station without anybody below sees the first alone.
// Whatever is not well is one sentence and one button. The rounds themselves run in the background and are the
// window's; the page asks what they came to, and may ask for one more. Nobody is believed by a click alone: sixteen
// digits must be heard by telephone, or read from a slip of paper, and typed.
package exchange

import (
	"context"
	"io"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/courier"
	"lianluo.local/app/explain"
	"lianluo.local/app/ledger"
	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// Actions are what the page asks of the window.
type Actions struct {
	Sync     func(done func(courier.Round, error)) // a round now; done hears what it came to, on whatever thread
	Conflict func(unit string)                     // opens a matter of a unit that was changed in two places
	Rebuild  func(context.Context) error           // makes our list again from the journal and checks it
	Slip     func(up bool)                         // shows our slip, for the office above or for those below
	Later    *bool                                 // comparing with an office was put off until the next start
	Random   io.Reader                             // for new keys
}

// Page is the page 报送.
type Page struct {
	host    kit.Host
	courier *courier.Courier
	do      Actions
	up      string // what the office above is called; "" for none

	seen   seen
	looked bool            // at how things stand
	aside  []courier.Aside // of the last round asked for here
	notice *kit.Notice
	wrong  string      // why the round that was asked for failed, until the page was looked at again
	folder *kit.Notice // why the shared folder cannot be read
	settle *kit.Button // what can be done about it
	now    *kit.Button
	keys   *keys
	way    *way
	board  *board
	door   *door
	afar   *afar
	was    *former
	sides  []*side
	chips  *kit.Chips
	object fyne.CanvasObject
}

// side is one of the page's sides.
type side struct {
	code   string
	object fyne.CanvasObject
	text   func(seen) string // its chip; "" where it has nothing to show
	show   func(seen)
}

// weeks is how many weeks the way up shows.
const weeks = 8

// New makes the page.
func New(h kit.Host, c *courier.Courier, do Actions) *Page {
	p := &Page{host: h, courier: c, do: do, up: ledger.Called(c.Settings.Parent), notice: kit.NewNotice(),
		chips: kit.NewChips(false)}
	p.now = kit.NewButton("现在报送", "F9", true, p.Sync)
	p.settle = kit.NewButton("去选共享文件夹", "", false, func() { p.host.Go("preferences") })
	p.folder = kit.NewNotice(p.settle)
	p.keys = &keys{p: p}
	p.way, p.board, p.door, p.afar = newWay(p), newBoard(p), newDoor(p), newAfar(p)
	p.was = newFormer(p)
	p.sides = []*side{p.way.side(), p.board.side(), p.door.side(), p.afar.side(), p.was.side()}
	if c.Settings.Role != journal.Station { // an office's work is what comes from below
		p.sides = append(p.sides[1:], p.sides[0])
	}
	sides := container.NewStack()
	for _, s := range p.sides {
		sides.Add(s.object)
	}
	p.choose(p.sides[0].code)
	p.chips.OnChanged = p.turn
	hint := "看看记录送到了没有。程序开着、共享文件夹连着，就会自动报送。"
	if c.Settings.Role != journal.Station {
		hint = "看看各单位的记录收齐了没有，有没有新的单位要接入。"
	}
	p.object = kit.Page("报送", hint, container.NewBorder(kit.Rows(p.notice.Container, p.folder.Container, p.chips), nil,
		nil, nil, sides),
		kit.NewButton("密钥…", "", false, p.keys.open), p.now)
	p.show(seen{})
	return p
}

// Object is what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown asks again how things stand.
func (p *Page) Shown() {
	kit.Do(p.host.Run, p.host.Context, p.look, func(s seen, err error) {
		if err != nil {
			p.notice.Say(kit.Bad, p.host.Explain(err))
			return
		}
		p.show(s)
	})
}

// Sync asks for a round now; it is what F9 does.
func (p *Page) Sync() {
	if p.now.Disabled() {
		return
	}
	p.now.Disable()
	p.notice.Say(kit.Plain, "正在报送，请稍等，先不要拔U盘。")
	p.do.Sync(func(r courier.Round, err error) {
		p.host.Run.Show(func() {
			p.now.Enable()
			p.aside = r.Aside
			switch {
			case err != nil:
				p.wrong = p.host.Explain(err)
				p.notice.Say(kit.Bad, p.wrong)
			case len(r.Aside) > 0:
				p.notice.Say(kit.Soon, told(r, p.up))
			default:
				p.notice.Say(kit.Good, told(r, p.up))
			}
			p.Shown()
		})
	})
}

// look gathers what the page shows. A folder that cannot be read is something to show, not a failure.
func (p *Page) look(ctx context.Context) (s seen, err error) {
	c := p.courier
	list, err := c.Status(ctx)
	if err != nil {
		return s, err
	}
	unsent, err := c.Unsent(ctx)
	if err != nil {
		return s, err
	}
	if s.far, err = c.Afar(ctx); err != nil {
		return s, err
	}
	known, err := c.Peers(ctx)
	if err != nil {
		return s, err
	}
	s.phones = phones(known, func(trust.Peer) bool { return true })
	s.compared = phones(known, func(k trust.Peer) bool { return k.Compared != "" })
	if s.above, err = c.Above(ctx); err != nil {
		return s, err
	}
	s.print, s.total = c.Print(), uint64(unsent)
	for _, g := range list {
		switch {
		case p.up == "" || g.Unit != c.Settings.Parent:
			s.below = append(s.below, g)
		case !g.Revoked && (s.up == nil || g.LastHeard > s.up.LastHeard): // the computer it has now
			s.up, s.total = &g, g.Sent
		}
	}
	slices.SortStableFunc(s.below, p.urgency)
	if p.up != "" {
		if s.weeks, err = c.Weeks(ctx, weeks); err != nil {
			return s, err
		}
	}
	if s.earlier, err = c.Earlier(ctx); err != nil {
		return s, err
	}
	s.asking, s.folder = c.Requests(ctx)
	return s, nil
}

func (p *Page) show(s seen) {
	first := len(s.below) == 0 && (!p.looked || len(p.seen.asking) == 0 && len(s.asking) > 0)
	p.seen, p.looked = s, p.looked || s.print != ""
	away := explain.Sentence(s.folder)
	p.folder.Say(kit.Bad, away)
	if away != "" && away == p.wrong { // once is enough
		p.notice.Say(kit.Plain, "")
	}
	p.wrong = ""
	p.settle.Hidden = !noFolder(s.folder)
	var options []kit.Option
	for _, side := range p.sides {
		side.show(s)
		if text := side.text(s); text != "" {
			options = append(options, kit.Option{Code: side.code, Text: text})
		}
	}
	p.chips.SetOptions(options)
	p.chips.Hidden = len(options) < 2
	switch here := p.chips.One(); {
	case first && p.sides[0].code == "units": // nobody is accepted yet
		p.choose("asking")
	case here == "":
		p.choose(p.sides[0].code)
	default:
		p.choose(here)
	}
}

// turn shows the side whose chip was pressed.
func (p *Page) turn() {
	if p.chips.One() == "" {
		for _, s := range p.sides {
			if s.object.Visible() {
				p.choose(s.code)
			}
		}
	}
	p.choose(p.chips.One())
}

func (p *Page) choose(code string) {
	p.chips.Choose(code)
	for _, s := range p.sides {
		if s.code == code {
			s.object.Show()
		} else {
			s.object.Hide()
		}
	}
	if p.object != nil {
		p.object.Refresh()
	}
}

// act is one act of this page: done in the background, told in one sentence, shown anew.
func (p *Page) act(work func(context.Context) error, done func() string, failed func(string)) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			if err != nil {
				failed(p.host.Explain(err))
				return
			}
			p.notice.Say(kit.Good, done())
			p.Shown()
		})
}

// failed says why an act came to nothing.
func (p *Page) failed(s string) { p.notice.Say(kit.Bad, s) }
