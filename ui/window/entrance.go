package window

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app"
	"lianluo.local/app/explain"
	"lianluo.local/app/ledger"
	"lianluo.local/app/trust"
	divisions "lianluo.local/assets/places"
	"lianluo.local/data/problem"
	"lianluo.local/data/settings"
	"lianluo.local/ui/act"
	"lianluo.local/ui/aid"
	"lianluo.local/ui/entrance"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/reception"
)

// idle is for how long nobody sits here before a veil lies over the window.
const idle = 5 * time.Minute

// chair is what somebody has before him: his frame as he left it, with what he was filling in.
type chair struct {
	frame    *frame
	attempts *act.Attempts
	focused  fyne.Focusable
	back     func()      // lays his dialogs on the window again
	asks     *kit.Dialog // for a code or a password; it may lie below the veil
}

// locked shows the page of a home that nobody has unlocked.
func (w *Window) locked() {
	s, err := settings.Load(w.home)
	if err != nil {
		w.fail(err)
		return
	}
	w.win.SetTitle("联络站 · " + s.Name)
	var in *app.App // that the right password opened
	do := entrance.Actions{Unit: s.Name, Name: s.Clerk, Wait: w.wait,
		Judge: func(name, password string) string { return app.Judge(w.home, name, password) },
		Enter: func(ctx context.Context, name, password string) (err error) {
			p, err := app.Unlock(w.home, name, password, w.clock())
			if err == nil {
				in, err = w.admit(ctx, p)
			}
			return err
		},
		Sheet: func(ctx context.Context, characters, name, password string) error {
			p, err := app.UnlockBySheet(w.home, characters, w.clock())
			if err == nil {
				p, err = app.Replace(w.home, p, name, password, w.clock())
			}
			if err == nil {
				in, err = w.admit(ctx, p)
			}
			return err
		},
		Done: func() {
			w.door = nil
			if w.app = in; in == nil {
				w.enter()
				return
			}
			w.furnish()
		}}
	if s.Parent != "" {
		do.Help = &entrance.Help{Office: ledger.Called(s.Parent),
			Asked: func() string { return app.AskedHelp(w.home) },
			Ask: func(_ context.Context, dir, name, password string) error {
				_, err := app.AskHelp(w.home, name, password, filepath.Join(dir, helpAsked+s.Unit+".json"), w.clock())
				return err
			},
			Take: func(ctx context.Context, dir, password string) error {
				p, err := app.TakeHelp(w.home, password, filepath.Join(dir, helpGiven+s.Unit+".json"), w.clock())
				if errors.Is(err, fs.ErrNotExist) {
					return errNoAnswer
				}
				if err == nil {
					in, err = w.admit(ctx, p)
				}
				return err
			}}
	}
	w.door = entrance.New(w.host(), do)
	clear(kit.Keys)
	maps.Copy(kit.Keys, w.door.Keys())
	w.win.SetContent(w.door.Object())
	w.door.Shown()
}

// bare says whether everybody can read the records, so that a first password is asked for: whenever the program starts.
func (w *Window) bare() bool {
	s, err := settings.Load(w.home)
	return err == nil && !s.Practice && !w.putOff && !app.Locked(w.home)
}

// first asks for the first password of all, and seals the records.
func (w *Window) first() {
	s, err := settings.Load(w.home)
	if err != nil {
		w.fail(err)
		return
	}
	w.win.SetTitle("联络站 · " + s.Name)
	var pass app.Pass
	p := entrance.NewFirst(w.host(), entrance.Protecting{Name: s.Clerk,
		Judge: func(name, password string) string { return app.Judge(w.home, name, password) },
		Do: func(ctx context.Context, name, password string) error {
			a, err := app.Open(w.ctx, app.Options{Home: w.home, Now: w.now})
			if err != nil {
				return err
			}
			defer a.Close() // which sealing does, too
			user, err := a.First(ctx, name)
			if err != nil {
				return err
			}
			pass = app.Pass{User: user, Name: name}
			pass.Key, err = a.Protect(ctx, app.Person{User: user, Name: name}, password)
			return err
		},
		Done: func(string) {
			w.pass, w.who = pass, pass.User
			w.enter()
		},
		Later: func() {
			w.putOff = true
			w.enter()
		}})
	clear(kit.Keys)
	maps.Copy(kit.Keys, p.Keys())
	w.win.SetContent(p.Object())
	p.Shown()
}

// protect leaves what is open for the page of the first password.
func (w *Window) protect() {
	w.shut()
	w.putOff = false
	w.enter()
}

// renew gives the records another key, when somebody was asked: old copies of the file with the keys open nothing then.
func (w *Window) renew() {
	kit.Ask(w.win.Canvas(), "换钥匙", "记录会重新锁一遍，要一两分钟，断电也不要紧。各人的密码不变；停用了的人以前拷走的钥匙文件从此作废。以前的备份仍用当时的密码打开。",
		"换钥匙", func() {
			w.shut()
			w.win.SetContent(container.NewCenter(kit.Bold("正在换钥匙，请稍等。")))
			kit.Do(w.run, w.ctx, func(ctx context.Context) (key app.Key, err error) {
				a, err := app.Open(w.ctx, app.Options{Home: w.home, Now: w.now, Key: w.pass.Key, Seats: w.seats})
				if err != nil {
					return key, err
				}
				defer a.Close() // which sealing does, too
				if _, err = a.Sit(ctx, w.who); err == nil {
					key, err = a.Renew(ctx, func(app.Opener) bool { return true })
				}
				return key, err
			}, func(key app.Key, err error) {
				tone, says := kit.Bad, w.explain(err)
				if err == nil {
					w.pass.Key, tone, says = key, kit.Good, "换好了钥匙，各人的密码不变。"
				}
				w.enter()
				w.say(tone, says)
			})
		})
}

// wait is for how long nobody may try a password under a name.
func (w *Window) wait(name string) time.Duration { return app.Wait(w.home, name, w.clock()) }

// clock is the time on the wall, or that of a practice home.
func (w *Window) clock() time.Time {
	if w.now != nil {
		return w.now()
	}
	return time.Now()
}

// admit opens the home to a person by what he got. Where the records themselves do not open it gives nil: who has the key
// sees why, and puts a copy back (enter).
func (w *Window) admit(ctx context.Context, p app.Pass) (*app.App, error) {
	a, err := app.Open(w.ctx, app.Options{Home: w.home, Now: w.now, Key: p.Key, Seats: w.seats})
	if err != nil {
		w.pass, w.who, w.lent = p, p.User, lent(p)
		return nil, nil
	}
	if _, err := a.Sit(ctx, p.User); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	w.pass, w.lent = p, lent(p)
	return a, nil
}

// lent is who has a password that somebody else chose for him; "" for nobody.
func lent(p app.Pass) string {
	if p.Lent {
		return p.User
	}
	return ""
}

// uncoded asks who gave his password for a code for the rest of the day, unless he has one; whose password somebody else
// chose has to choose another first.
func (w *Window) uncoded() {
	if w.pass.Once {
		w.pass.Once = false
		w.say(kit.Good, "您改了姓名，密码不变。以后登录输“"+w.pass.Name+"”。")
	}
	c := w.chairs[w.who]
	if !w.pass.Given() || c.asks != nil && c.asks.Open() {
		return
	}
	if by := w.app.Clerk(); w.lent != "" && w.lent == by.User {
		c.asks = entrance.AskPassword(w.host(), by.Name,
			func(name, password string) string { return app.Judge(w.home, name, password) },
			func(_ context.Context, password string) error {
				return w.app.SetPassword(by.User, by.Name, password, true)
			},
			func() { w.lent = ""; w.uncoded() })
		return
	}
	for _, s := range w.app.Seats() {
		if s.User == w.app.Clerk().User && !s.Coded {
			c.asks = entrance.AskCode(w.host(), s.Name, w.app.SetCode)
		}
	}
}

// tick is done every second: what counts down, and whether somebody still sits here.
func (w *Window) tick() {
	switch {
	case w.door != nil:
		w.door.Tick()
	case kit.Covered() && w.box != nil:
		w.box.Tick()
	case w.app != nil && w.pass.Given() && kit.Idle() >= idle:
		_, registers := w.frame.here.content.(*reception.Page)
		w.cover(registers)
	}
}

// cover lays a veil over the window until its user, or another, says who he is; dim lets the page be read.
func (w *Window) cover(dim bool) {
	if w.app == nil || !w.pass.Given() || kit.Covered() {
		return
	}
	w.box = entrance.NewBox(w.host(), entrance.Again{Wait: w.wait, Done: w.returned,
		People: func() (people []entrance.Person) {
			for _, s := range w.app.Seats() {
				people = append(people, entrance.Person{ID: s.User, Name: s.Name, Coded: s.Coded})
			}
			return people
		},
		Code: func(ctx context.Context, id, code string) error {
			_, err := w.app.SitByCode(ctx, id, code)
			return err
		},
		Password: func(ctx context.Context, name, password string) error {
			p, err := app.Unlock(w.home, name, password, w.clock())
			if err == nil {
				_, err = w.app.Sit(ctx, p.User)
			}
			if err == nil {
				w.lent, w.pass.Once, w.pass.Name = lent(p), p.Once, p.Name
			}
			return err
		}})
	w.box.Veil = kit.Cover(w.win.Canvas(), dim, w.box.Object(), w.box.First())
}

// returned lifts the veil for who sits here now: before him stands what he left, and before somebody else what is his.
func (w *Window) returned() {
	kit.Uncover()
	w.box = nil
	if now := w.app.Clerk().User; now != w.who {
		on := w.win.Canvas()
		was := w.chairs[w.who]
		was.focused, was.back = on.Focused(), kit.Aside(on)
		w.sit(now)
	}
	w.uncoded()
	w.given()
}

// sit shows what somebody has before him.
func (w *Window) sit(user string) {
	w.who = user
	c := w.chairs[user]
	if c == nil {
		c = &chair{attempts: act.New(w.host(), w.app.Office, w.app.Ledger, w.app.Roster, w.app.Clerk())}
		c.attempts.Answered, c.attempts.Reveal = w.answered, w.app.Reveal
		w.chairs[user] = c
		w.frame = newFrame(w)
		c.frame = w.frame
		w.win.SetContent(w.frame.object)
		w.frame.open(w.frame.first())
		return
	}
	w.frame = c.frame
	w.win.SetContent(w.frame.object)
	w.frame.keys()
	w.frame.refresh()
	if c.focused != nil {
		w.win.Canvas().Focus(c.focused)
	}
	if c.back != nil {
		c.back()
		c.back = nil
	}
}

// What goes over the stick to the office above and back has the code of the unit behind these.
const helpAsked, helpGiven = "求助-", "求助答复-"

// errNoAnswer says that the office above did not answer yet.
var errNoAnswer = problem.New("no answer on the stick", "U盘上还没有上级的答复。请确认拿回来的是这个U盘，上级放好了答复。")

// aid is the page 帮下级打开.
func (w *Window) aid() content {
	given := func(unit, asked string) string {
		return filepath.Join(filepath.Dir(asked), helpGiven+filepath.Base(unit)+".json")
	}
	return aid.New(w.host(), aid.Actions{Digits: 16,
		Judge: func(typed string) string {
			_, err := trust.Typed(typed)
			return explain.Sentence(err)
		},
		Requests: func(_ context.Context, dir string) (list []aid.Request, err error) {
			entries, err := os.ReadDir(dir)
			for _, e := range entries {
				if !strings.HasPrefix(e.Name(), helpAsked) || !strings.HasSuffix(e.Name(), ".json") {
					continue
				}
				file := filepath.Join(dir, e.Name())
				r, err := w.app.ReadHelp(file)
				if err != nil { // a file of another
					continue
				}
				_, err = os.Lstat(given(r.Unit, file))
				list = append(list, aid.Request{File: file, Unit: cmp.Or(divisions.Of(r.Unit).Where, r.Unit),
					Made: r.Made.In(w.app.Now().Location()), Done: err == nil, In: r})
			}
			return list, err
		},
		Help: func(ctx context.Context, asked aid.Request, digits string) error {
			r := asked.In.(app.Request)
			return w.app.AnswerHelp(ctx, r, digits, given(r.Unit, asked.File))
		}})
}
