package window

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lianluo.local/app"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/directory"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/ui/book"
	"lianluo.local/ui/collate"
	"lianluo.local/ui/evening"
	"lianluo.local/ui/exchange"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/people"
	"lianluo.local/ui/preferences"
	"lianluo.local/ui/reception"
	"lianluo.local/ui/schedule"
	"lianluo.local/ui/show"
	"lianluo.local/ui/station"
	"lianluo.local/ui/today"
	"lianluo.local/ui/tray"
)

// page is a page of the program: a line of the table pages.
type page struct {
	code, title string
	group       string                   // of the rail that it stands in; "" for one that is opened from another page
	icon        func() fyne.Resource     // drawn by an app that runs
	key         fyne.KeyName             // opens it from anywhere, as Ctrl and its number do; "" for none
	keyed       func(content)            // what its key does besides; nil for nothing
	roles       func(journal.Level) bool // which office has it; nil for all
	rights      string                   // any of which opens it to somebody there; "" for all
	staffed     bool                     // only where somebody was made a user
	make        func(*Window) content    // when it is first opened
}

// content is what a page shows, and all that each can do.
type content interface {
	Object() fyne.CanvasObject
	Shown()
}

func atStation(role journal.Level) bool { return role == journal.Station }
func atOffice(role journal.Level) bool  { return role != journal.Station }

// work is the group of what is done day by day, places that of who and where, numbers that of what it adds up to, machine
// that of this computer.
const (
	work    = "办事"
	places  = "人和站"
	numbers = "数字"
	machine = "本机"
)

// pages are all of them, in the order of the rail. The first that a role has is the one that Esc leads to.
var pages = []page{
	{code: "home", title: "今天", rights: "look mine", group: work, icon: theme.HomeIcon, roles: atStation,
		make: func(w *Window) content {
			p := today.New(w.host(), w.app.Desk, w.app.Ledger, w.counts)
			p.Basket = func(b ledger.Basket) { w.book().Basket(b) }
			p.Orders = &today.Orders{Menu: func() { w.about("order-menu", nil) }, Text: w.app.Wishes, List: func() {
				if k, ok := paper.ByCode("order-list"); ok {
					w.list(k, paper.Wish{})
				}
			}}
			return w.day(p)
		}},
	{code: "home", title: "今天", rights: "look mine", group: work, icon: theme.HomeIcon, roles: atOffice,
		make: func(w *Window) content {
			p := today.NewOffice(w.host(), w.app.Ledger, w.lately)
			p.Basket = func(b ledger.Basket) {
				w.open("tray")
				w.frame.here.content.(*tray.Page).Basket(b.Code)
			}
			p.Waiting = func() {
				w.open("roster")
				w.frame.here.content.(*people.Page).Waiting()
			}
			return w.day(p)
		}},
	{code: "reception", title: "登记来访", rights: "register", group: work, icon: theme.DocumentCreateIcon, key: fyne.KeyF2,
		roles: atStation,
		make: func(w *Window) content {
			return reception.New(w.host(), w.app.Desk, w.app.Ledger, w.app.Roster, w.app.Clerk(),
				func(m matter.Matter, said func(kit.Tone, string)) {
					if from := w.frame.from; from != "" { // there it is said how far the paper has come
						w.open(from)
						w.say(kit.Good, "已登记，编号 "+m.Number+"。")
						said = w.say
					}
					w.registered(m, said)
				})
		}},
	{code: "collate", title: "汇总梳理", rights: "collate", group: work, icon: theme.ContentPasteIcon, roles: atStation,
		make: func(w *Window) content {
			return collate.New(w.host(), w.app.Ledger, w.app.Office,
				collate.Actions{Ask: w.ask, Open: w.show, Print: w.paper, Fits: show.Fitting(w.app.Roster)})
		}},
	{code: "tray", title: "收件", rights: "look mine", group: work, icon: theme.MailReplyAllIcon, roles: atOffice,
		make: func(w *Window) content {
			return tray.New(w.host(), w.app.Ledger, w.app.Office,
				tray.Actions{Ask: w.ask, Open: w.show, Print: w.paper, Silent: w.silent, Fits: show.Fitting(w.app.Roster)})
		}},
	{code: "book", title: "台账", rights: "look mine", group: work, icon: theme.ListIcon, key: fyne.KeyF3,
		keyed: func(c content) { c.(*book.Page).FocusSearch() },
		make: func(w *Window) content {
			return book.New(w.host(), w.app.Ledger, w.app.Settings.Role, book.Actions{
				Acts: w.app.Office.Acts, Ask: w.ask, Papers: paper.For, Print: w.paper, Lists: w.lists(), List: w.list,
				Letter: w.app.Profile.Letter, Steps: w.app.Profile.Steps, Correct: w.correct, Void: w.void, Redact: w.redact,
				Held: w.holding, Return: w.goBack, Propose: w.propose, Grew: w.grew, Proposed: w.proposed,
				Export: w.exportList, Reveal: w.app.Reveal,
			})
		}},
	{code: "proposal", title: "代表建议", rights: "look mine", group: work, icon: theme.DocumentIcon, key: fyne.KeyF6,
		make: (*Window).proposals},
	{code: "exchange", title: "报送", rights: "exchange", group: work, icon: theme.MailSendIcon, key: fyne.KeyF9,
		keyed: func(c content) { c.(*exchange.Page).Sync() },
		make:  func(w *Window) content { return exchange.New(w.host(), w.app.Courier, w.exchanged()) }},
	{code: "preferences", title: "设置帮助", group: work, icon: theme.SettingsIcon,
		make: func(w *Window) content {
			own := *w.app.Settings // the parts at work keep what they were given
			w.own = &own
			return preferences.New(w.host(), w.home, &own, min(len(w.frame.titled()), len(digits)), w.app.Clerk().User != "", w.has,
				w.app.Present, func() { w.changed(own) }, preferences.Doors{Verify: w.verify, Sticks: w.sticks,
					Diagnose: func() { w.diagnose(nil) }, Newer: w.seek, Paper: w.handed})
		}},
	{code: "roster", title: "代表名册", rights: "roster", group: places, icon: theme.AccountIcon,
		make: func(w *Window) content {
			return people.New(w.host(), w.app.Roster, w.app.Clerk(),
				people.Actions{Matter: w.number, Print: w.about, Sheet: func() { w.open("people-sheet") }, Export: w.export,
					Record: &people.Record{Agenda: w.app.Agenda, Of: w.app.Duty, Session: w.sitting, Print: w.record},
					Signs:  w.signs, Proposed: w.proposed, Reveal: w.app.Reveal})
		}},
	{code: "station", title: "站点", rights: "roster sites", group: places, icon: theme.StorageIcon,
		make: func(w *Window) content {
			return station.New(w.host(), w.app.Roster, w.app.Clerk(), station.Actions{Silent: w.unheard, Person: w.person, Print: w.unit,
				Sheet: func() { w.open("unit-sheet") }, Export: w.export})
		}},
	{code: "agenda", title: "进站日程", rights: "look agenda hold", group: places, icon: theme.CalendarIcon,
		make: func(w *Window) content {
			acts := schedule.Actions{Print: w.dated, Matter: w.number, Raise: w.raise, Text: w.app.Posting}
			if w.app.Settings.Role == journal.Station {
				acts.Evening = func() { w.open("evening") }
			}
			return schedule.New(w.host(), w.app.Agenda, w.app.Roster, w.app.Clerk(), acts)
		}},
	{code: "figures", title: "统计报表", rights: "report", group: numbers, icon: theme.GridIcon, key: fyne.KeyF7,
		make: (*Window).figures},
	{code: "users", title: "用户", group: machine, icon: theme.LoginIcon, rights: "users", staffed: true, make: (*Window).users},
	{code: "trail", title: "审计记录", group: machine, icon: theme.HistoryIcon, rights: "audit", staffed: true, make: (*Window).trail},
	// opened from 今天 and 进站日程
	{code: "evening", title: "今晚接待", rights: "hold", key: fyne.KeyF4, roles: atStation, make: func(w *Window) content {
		return evening.New(w.host(), w.app.Agenda, w.app.Ledger, w.app.Roster, w.app.Clerk(), evening.Actions{Print: w.dated, Matter: w.number,
			Register: func() {
				w.open("reception")
				w.frame.from = "evening"
			}})
	}},
	{code: "people-sheet", title: "从表格导入代表名册", rights: "import",
		make: func(w *Window) content { return w.intake(app.People, "roster", person.Terms[:2], w.byID) }},
	{code: "unit-sheet", title: "从表格导入站点", rights: "import",
		make: func(w *Window) content { return w.intake(app.Units, "station", nil, nil) }},
	{code: "old-reception", title: "导入接待群众旧登记簿", rights: "import", roles: atStation,
		make: func(w *Window) content { return w.oldBook("reception") }},
	{code: "old-visit", title: "导入走访选民旧登记簿", rights: "import", roles: atStation,
		make: func(w *Window) content { return w.oldBook("visit") }},
	{code: "old-opinion", title: "导入社情民意旧登记簿", rights: "import", roles: atStation,
		make: func(w *Window) content { return w.oldBook("opinion") }},
	{code: "copies", title: "备份和恢复", rights: "backup", make: func(w *Window) content { return w.copies() }}, // opened from 设置帮助
	{code: "takeout", title: "导出", rights: "export", make: func(w *Window) content { return w.takeout() }},
	{code: "lost", title: "丢了电脑、U盘", rights: "export", make: func(w *Window) content { return w.lost() }},
	{code: "aid", title: "帮下级打开", rights: "trust", roles: atOffice, make: (*Window).aid},
	{code: "sheet", title: "恢复单", rights: "backup", make: func(w *Window) content { return w.sheet() }},
}

// has says whether who sits here has a page.
func (w *Window) has(code string) bool {
	return slices.ContainsFunc(w.frame.pages, func(p *opened) bool { return p.code == code })
}

// day gives the page 今天 what it has at a station as at an office.
func (w *Window) day(p *today.Page) *today.Page {
	p.Open = w.show
	p.Has = w.has
	p.Pressing = func() { w.book().Pressing() }
	p.Exchange = w.joins
	p.Coming = w.app.Agenda.Coming
	p.Docket, p.Proposals = w.app.Docket.Baskets, func(basket string) { w.docket().Basket(basket) }
	p.Lapse = func(ctx context.Context) (int, error) { return w.app.Office.Lapse(ctx, w.app.Clerk()) }
	p.Redact = func(ctx context.Context) (int, error) { return w.app.RedactExpired(ctx, w.app.Clerk()) }
	p.Rounds = w.app.ExpiredRounds
	if w.app.Settings.Practice {
		p.Practice(w.earnest)
	}
	return p
}

// ask shows the sheet of an act, with what was typed on it before it was left.
// That matters become suggested follows from the suggestion that grows from them.
func (w *Window) ask(do string, vs []ledger.View, done func([]office.Outcome)) {
	if do == "suggest" {
		w.propose(vs)
		return
	}
	w.chairs[w.who].attempts.Ask(do, vs, done)
}

// show opens one matter whole.
func (w *Window) show(v ledger.View) { w.book().Open(v) }

// book brings the ledger's page to the front.
func (w *Window) book() *book.Page {
	w.open("book")
	return w.frame.here.content.(*book.Page)
}

// lately is what came in and who was heard of in the last seven days.
func (w *Window) lately(ctx context.Context) (today.Arrivals, error) {
	n, err := w.app.Lately(ctx)
	return today.Arrivals(n), err
}

// lists are the books, lists and blank forms that this office prints.
func (w *Window) lists() (ks []paper.Kind) {
	for _, k := range paper.Kinds() {
		elsewhere := k.About == paper.One || k.Takes(paper.Digits) || k.Anywhere // which are printed where they are needed
		if k.Of == matter.Name && !elsewhere && (k.Blank == "" || w.app.Settings.Role == journal.Station) {
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

// unheard says of the units below that were not heard of for too long for how many days.
func (w *Window) unheard(ctx context.Context) (map[string]string, error) {
	ps, err := w.app.Courier.Status(ctx)
	said := map[string]string{}
	for _, s := range w.app.Courier.Silences(ps) {
		said[s.Unit] = fmt.Sprintf("%d 天没有消息", s.Days)
	}
	return said, err
}

// person shows one whole on the roster.
func (w *Window) person(v person.Person) {
	w.open("roster")
	w.frame.here.content.(*people.Page).Open(v)
}

// byID shows the person of an ID whole.
func (w *Window) byID(id string) {
	whole(w, func(ctx context.Context) (person.Person, error) { return w.app.Roster.Person(ctx, id) }, w.person)
}

// number shows the matter of a number or an ID whole.
func (w *Window) number(number string) {
	whole(w, func(ctx context.Context) (ledger.View, error) { return w.app.Ledger.Show(ctx, number) }, w.show)
}

// about shows a paper about people as it will print, nil for all.
func (w *Window) about(kind string, ps []person.Person) {
	if k, ok := paper.ByCode(kind); ok {
		w.gather(k, paper.Things{Directory: directory.Directory{People: ps}}, paper.Wish{})
	}
}

// record shows a paper about somebody's record of duty from one day to another, both counted.
func (w *Window) record(kind string, v person.Person, from, to string) {
	wish := paper.Wish{Named: true}
	wish.Which.From, _ = time.Parse("2006-01-02 -0700", from+" +0800")
	if last, err := time.Parse("2006-01-02 -0700", to+" +0800"); err == nil {
		wish.Which.To = last.AddDate(0, 0, 1)
	}
	if k, ok := paper.ByCode(kind); ok {
		w.gather(k, paper.Things{Directory: directory.Directory{People: []person.Person{v}}}, wish)
	}
}

// goBack asks when a matter's household is visited again; Esc leads back to the matter.
func (w *Window) goBack(v ledger.View) {
	w.open("agenda")
	w.frame.from = "book"
	w.frame.here.content.(*schedule.Page).Return(v.Matter)
}

// unit shows a paper about a unit as it will print, "" for all.
func (w *Window) unit(kind, code string) {
	k, ok := paper.ByCode(kind)
	if !ok {
		return
	}
	kit.Do(w.run, w.ctx, func(ctx context.Context) (paper.Things, error) {
		if code == "" {
			return paper.Things{}, nil
		}
		return w.app.Named(ctx, k, []string{code})
	}, func(t paper.Things, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		w.gather(k, t, paper.Wish{})
	})
}

// raise makes a matter of what a household said.
func (w *Window) raise(s session.Session, stop string, done func()) {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (matter.Matter, error) { return w.app.Raise(ctx, w.app.Clerk(), s.ID, stop) },
		func(m matter.Matter, err error) {
			if err != nil {
				w.say(kit.Bad, w.explain(err))
				return
			}
			done()
			w.say(kit.Good, "已登记成事项，编号 "+m.Number+"。")
		})
}

// dated shows a paper about sessions as it will print.
func (w *Window) dated(kind string, ids ...string) {
	k, ok := paper.ByCode(kind)
	if !ok {
		return
	}
	kit.Do(w.run, w.ctx, func(ctx context.Context) (paper.Things, error) { return w.app.Named(ctx, k, ids) },
		func(t paper.Things, err error) {
			if err != nil {
				w.say(kit.Bad, w.explain(err))
				return
			}
			w.gather(k, t, paper.Wish{})
		})
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
	w.act(func(ctx context.Context) (matter.Matter, error) {
		return w.app.Correct(ctx, v.Matter, changes)
	}, done)
}

func (w *Window) void(v ledger.View, reason string, done func(error)) {
	w.act(func(ctx context.Context) (matter.Matter, error) {
		return w.app.Desk.Void(ctx, w.app.Clerk(), v.ID, reason)
	}, done)
}

func (w *Window) act(do func(context.Context) (matter.Matter, error), done func(error)) {
	kit.Do(w.run, w.ctx, do, func(_ matter.Matter, err error) {
		done(err)
		w.frame.refresh()
	})
}
