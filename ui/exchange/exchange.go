// Package exchange is the page 报送: what has gone out, what the other side has, and what to do now.
//
// A station sees one line and three ticks; a county or the city sees a board of its units and who waits to be accepted.
// The rounds themselves run in the background and are the window's; the page asks what they came to, and may ask for one
// more. Nobody is accepted by a click alone: the ten digits must be heard by telephone and typed.
package exchange

import (
	"context"

	"fyne.io/fyne/v2"

	"lianluo.local/app/courier"
	"lianluo.local/data/journal"
	"lianluo.local/ui/kit"
)

// Page is the page 报送.
type Page struct {
	host    kit.Host
	courier *courier.Courier
	role    journal.Level
	sync    func(done func(courier.Round, error))

	seen   seen
	aside  []courier.Aside // of the last round asked for here
	notice *kit.Notice
	now    *kit.Button
	view   interface{ show(seen) }
	object fyne.CanvasObject
}

// New makes the page. sync asks for a round now and tells what it came to, on whatever thread.
func New(h kit.Host, c *courier.Courier, role journal.Level, sync func(done func(courier.Round, error))) *Page {
	p := &Page{host: h, courier: c, role: role, sync: sync, notice: kit.NewNotice()}
	p.now = kit.NewButton("现在报送", "F9", true, p.Sync)
	if role == journal.Station {
		p.view, p.object = newStation(p)
	} else {
		p.view, p.object = newBoard(p)
	}
	p.view.show(seen{})
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
		p.seen = s
		p.view.show(s)
	})
}

// Sync asks for a round now; it is what F9 does.
func (p *Page) Sync() {
	if p.now.Disabled() {
		return
	}
	p.now.Disable()
	p.notice.Say(kit.Plain, "正在报送，请稍等。")
	p.sync(func(r courier.Round, err error) {
		p.host.Run.Show(func() {
			p.now.Enable()
			p.aside = r.Aside
			switch {
			case err != nil:
				p.notice.Say(kit.Bad, p.host.Explain(err))
			case len(r.Aside) > 0:
				p.notice.Say(kit.Bad, told(r, above(p.role)))
			default:
				p.notice.Say(kit.Good, told(r, above(p.role)))
			}
			p.Shown()
		})
	})
}

// look gathers what the page shows. A folder that cannot be read is something to show, not a failure.
func (p *Page) look(ctx context.Context) (s seen, err error) {
	list, err := p.courier.Status(ctx)
	if err != nil {
		return s, err
	}
	unsent, err := p.courier.Unsent(ctx)
	if err != nil {
		return s, err
	}
	s.print, s.total = p.courier.Print(), uint64(unsent)
	parent := p.courier.Settings.Parent
	for _, g := range list {
		switch {
		case parent == "" || g.Unit != parent:
			s.below = append(s.below, g)
		case s.up == nil || g.LastHeard > s.up.LastHeard: // the computer it has now
			s.up, s.total = &g, g.Sent
		}
	}
	s.asking, s.folder = p.courier.Requests(ctx)
	return s, nil
}

// act is one act of this page: done in the background, told in one sentence, shown anew.
func (p *Page) act(work func(context.Context) error, done string, failed func(string)) {
	kit.Do(p.host.Run, p.host.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			if err != nil {
				failed(p.host.Explain(err))
				return
			}
			p.notice.Say(kit.Good, done)
			p.Shown()
		})
}
