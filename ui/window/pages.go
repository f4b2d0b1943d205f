package window

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"fyne.io/fyne/v2/theme"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/setup"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/settings"
	"lianluo.local/ui/act"
	"lianluo.local/ui/book"
	"lianluo.local/ui/collate"
	"lianluo.local/ui/exchange"
	today "lianluo.local/ui/home"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/preferences"
	"lianluo.local/ui/reception"
	"lianluo.local/ui/tray"
)

// pages are the pages of a role, in the order of the rail; each is made when it is first opened.
func pages(w *Window) []*named {
	a, h := w.app, w.host()
	sheets := act.New(h, a.Office, a.Ledger)
	station := a.Settings.Role == journal.Station
	ps := []*named{{name: "home", title: "今天", icon: theme.HomeIcon(), make: func() page {
		p := today.NewOffice(h, a.Ledger, w.week)
		if station {
			p = today.New(h, a.Desk, a.Ledger, w.counts)
		}
		p.Open = w.show
		p.Pressing = func() { w.book().Pressing() }
		p.Lapse, p.Exchange = a.Office.Lapse, w.joins
		if a.Settings.Practice {
			p.Practice(w.earnest)
		}
		p.Basket = func(b ledger.Basket) {
			if station {
				w.book().Basket(b)
				return
			}
			w.open("tray")
			w.frame.here.page.(*tray.Page).Basket(b.Code)
		}
		return p
	}}}
	if station {
		ps = append(ps, &named{name: "reception", title: "登记来访", icon: theme.DocumentCreateIcon(),
			make: func() page { return reception.New(h, a.Desk, a.Ledger, w.registered) }},
			&named{name: "collate", title: "汇总梳理", icon: theme.ContentPasteIcon(), make: func() page {
				return collate.New(h, a.Ledger, a.Office, collate.Actions{Ask: sheets.Ask, Open: w.show, Print: w.paper})
			}})
	} else {
		ps = append(ps, &named{name: "tray", title: "收件", icon: theme.MailReplyAllIcon(), make: func() page {
			return tray.New(h, a.Ledger, a.Office, tray.Actions{Ask: sheets.Ask, Open: w.show, Print: w.paper, Silent: w.silent})
		}})
	}
	return append(ps,
		&named{name: "book", title: "台账", icon: theme.ListIcon(), make: func() page {
			return book.New(h, a.Ledger, a.Settings.Role, book.Actions{
				Acts: a.Office.Acts, Ask: sheets.Ask, Papers: paper.For, Print: w.paper, Lists: w.lists(), List: w.list, Letter: a.Profile.Letter, Steps: a.Profile.Steps,
				Correct: w.correct, Void: w.void,
			})
		}},
		&named{name: "exchange", title: "报送", icon: theme.MailSendIcon(),
			make: func() page { return exchange.New(h, a.Courier, w.exchanged()) }},
		&named{name: "preferences", title: "设置帮助", icon: theme.SettingsIcon(),
			make: func() page {
				own := *a.Settings // the parts at work keep what they were given
				w.own = &own
				return preferences.New(h, w.home, &own, func() { w.changed(own) })
			}},
		&named{name: "copies", make: func() page { return w.copies() }}, // opened from 设置帮助
		&named{name: "sheet", make: func() page { return w.sheet() }},
	)
}

// show opens one matter whole.
func (w *Window) show(v ledger.View) { w.book().Open(v) }

// book brings the ledger's page to the front.
func (w *Window) book() *book.Page {
	w.open("book")
	return w.frame.here.page.(*book.Page)
}

// week is what an office asks of the last seven days: matters, units heard of, and units silent for too long.
func (w *Window) week(ctx context.Context) (matters, heard, silent int, err error) {
	since := w.app.Now().AddDate(0, 0, -7)
	standing := matter.Choose(func(s matter.State) bool { return s != matter.Void })
	if matters, err = w.app.Store.Count(ctx, ledger.Filter{From: since, States: standing}); err != nil {
		return
	}
	ps, err := w.app.Courier.Status(ctx)
	units := map[string]bool{}
	for _, p := range ps {
		at, err := time.Parse(time.RFC3339, p.LastHeard)
		if p.Unit != w.app.Settings.Parent && !p.Revoked && err == nil && at.After(since) {
			units[p.Unit] = true
		}
	}
	return matters, len(units), len(w.app.Courier.Silences(ps)), err
}

// lists are the books, lists and blank forms that this office prints.
func (w *Window) lists() (ks []paper.Kind) {
	for _, k := range paper.Kinds() {
		if k.About == paper.Many || k.Blank != "" && w.app.Settings.Role == journal.Station {
			ks = append(ks, k)
		}
	}
	return ks
}

// silent names the units below that were not heard of for too long, with the days.
func (w *Window) silent(ctx context.Context) (names []string, err error) {
	ps, err := w.app.Courier.Status(ctx)
	for _, s := range w.app.Courier.Silences(ps) {
		names = append(names, fmt.Sprintf("%s（%d 天）", s.Name, s.Days))
	}
	return names, err
}

// counts are what waits: soon due, overdue, and not yet with the county, with the reason where it cannot be.
func (w *Window) counts(ctx context.Context) (n today.Waiting, err error) {
	if n.Soon, n.Overdue, err = w.app.Ledger.Due(ctx); err != nil {
		return
	}
	if n.Unsent, err = w.app.Courier.Unsent(ctx); err != nil {
		return
	}
	ps, err := w.app.Courier.Status(ctx)
	n.Apart = exchange.Apart(ps, w.app.Settings.Parent)
	if err != nil {
		return n, err
	}
	n.Sheet, n.SheetNote, err = w.unsheeted(ctx)
	return n, err
}

func (w *Window) correct(v ledger.View, changes map[string]json.RawMessage, done func(error)) {
	w.act(func(ctx context.Context) (matter.Matter, error) { return w.app.Desk.Correct(ctx, v.ID, changes) }, done)
}

func (w *Window) void(v ledger.View, reason string, done func(error)) {
	w.act(func(ctx context.Context) (matter.Matter, error) { return w.app.Desk.Void(ctx, v.ID, reason) }, done)
}

func (w *Window) act(do func(context.Context) (matter.Matter, error), done func(error)) {
	kit.Do(w.run, w.ctx, do, func(_ matter.Matter, err error) {
		done(err)
		w.frame.refresh()
	})
}

// earnest ends practice: what was practised is laid aside, and the first page of all asks who sits here.
func (w *Window) earnest() {
	now := w.app.Now()
	w.shut()
	if err := setup.EndPractice(w.home, now); err != nil {
		w.enter()
		w.say(kit.Bad, w.explain(err))
		return
	}
	w.app, w.now = nil, nil // real homes keep real time
	w.win.SetTitle("联络站")
	w.welcome()
}

// changed follows new settings: the look at once; for anything else the home is opened again with them.
func (w *Window) changed(s settings.Settings) {
	w.fyne.Settings().SetTheme(look.New(s.Theme, s.TextSize))
	old := *w.app.Settings
	if old.Theme, old.TextSize = s.Theme, s.TextSize; old == s {
		return
	}
	w.shut()
	w.enter()
	w.open("preferences")
	w.say(kit.Good, "已保存，从现在起就照这样用。")
}
