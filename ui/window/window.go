// Package window is the frame: one line on top (who, when, how the exchange stands), the list of pages at the left, the
// page, and one sentence over the line on top. Which role has which pages is a table (pages.go).
//
// Nine files: the frame, its rail and the table of its pages, and what the pages ask of the window, a file each.
package window

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"lianluo.local/app"
	"lianluo.local/app/courier"
	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/assets/icons"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/settings"
	"lianluo.local/ui/entrance"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
	"lianluo.local/ui/place"
	"lianluo.local/ui/restore"
	"lianluo.local/ui/welcome"
)

// Window is the program's one window.
type Window struct {
	home     home.Home
	now      func() time.Time
	fyne     fyne.App
	win      fyne.Window
	ctx      context.Context
	run      kit.Runner
	app      *app.App // nil until the home is set up
	log      *slog.Logger
	poke     chan struct{}                // asks the courier for a round now
	after    []func(courier.Round, error) // whoever waits for that round
	stop     context.CancelFunc
	pages    []page // those of the program
	frame    *frame
	seats    *app.Seats         // who signed in today
	pass     app.Pass           // by which the home was unlocked; none where it needs none
	who      string             // the user before whom the frame stands; "" where there are none
	chairs   map[string]*chair  // by user
	door     *entrance.Page     // of a home that nobody has unlocked; else nil
	box      *entrance.Box      // on the veil that was laid last
	putOff   bool               // a first password was not set, until the next start
	lent     string             // the user whose password somebody else chose, until he has another; "" for nobody
	then     func()             // what goes on once a home that was just set up is open
	calendar *kit.Dialog        // asks for today's date
	rescue   *restore.Page      // where the records cannot be opened; else nil
	strange  string             // what was said last of files on a stick that could be started
	own      *settings.Settings // those that the page 设置帮助 has at hand; nil until it is opened
	carry    bool               // index and bundles are seen to in the background
	started  bool               // the window is on the screen
	renewed  string             // the newer program that was installed from here, while this one goes on
	brought  []string           // files with which the program was opened, until they are taken in
	breaths  int                // drawn so far
	memory   uint64             // bytes that Go held after the last breath
	later    bool               // comparing with an office that was joined before was put off until the next start
}

// Run opens the window, in which files are taken in (given), and returns when it is closed. now is nil but on practice homes.
func Run(h home.Home, now func() time.Time, files ...string) error {
	if err := place.Ready(); err != nil {
		return fmt.Errorf("%w: %w", unseen(), err)
	}
	release, err := lock(h)
	if errors.Is(err, home.ErrOpen) {
		if place.Raised(h, files...) {
			return nil
		}
		return err
	}
	if err != nil {
		return fmt.Errorf("open window: %w", err)
	}
	defer release()
	// A window waits for people most of the time, on a computer that has little memory.
	debug.SetGCPercent(50)
	for _, system := range []fyne.Locale{"zh-Hans", "en"} { // Fyne's own few words, whatever the system speaks
		_ = lang.AddTranslationsForLocale([]byte(chinese), system)
	}
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(dir, 0o700) // Fyne's own lies in it, and of a new user's it complains
	}
	a := fyneapp.NewWithID("cn.lianluo.station")
	a.SetIcon(fyne.NewStaticResource("lianluo.png", icons.App()))
	kit.Clock = time.Now
	w := New(a, h, now, kit.Live, true)
	defer w.Close()
	w.win.Resize(fyne.NewSize(float32(place.Usual.Width), float32(place.Usual.Height)))
	closed := make(chan struct{})
	defer close(closed)
	a.Lifecycle().SetOnStarted(func() { // the first picture comes first
		place.Settle(w.win, h)
		go w.beats(closed)
		go place.Heed(w.win, h, closed, w.given)
		if w.started = true; w.app != nil {
			w.background()
		}
		w.given(files...)
	})
	a.Lifecycle().SetOnExitedForeground(func() { place.Remember(w.win, h) })
	w.win.SetCloseIntercept(func() {
		place.Remember(w.win, h)
		a.Quit() // not win.Close: asked to close once more meanwhile, Fyne takes the first time back and stays, drawing nothing
	})
	w.win.Show()
	if !place.Shown(w.win) { // Fyne would wait for ever without it
		w.log.Error("open window", "error", ErrNoOpenGL.Error())
		return ErrNoOpenGL
	}
	a.Run()
	return nil
}

// beats counts the seconds until the window is closed, and draws breath now and then.
func (w *Window) beats(closed <-chan struct{}) {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	breath := time.NewTicker(15 * time.Second)
	defer breath.Stop()
	for {
		select {
		case <-closed:
			return
		case <-second.C:
			w.run.Show(w.tick)
		case <-breath.C:
			w.run.Show(w.breathe)
		}
	}
}

// New makes the window without showing it; carry says whether bundles and the index are seen to in the background.
func New(a fyne.App, h home.Home, now func() time.Time, run kit.Runner, carry bool) *Window {
	w := &Window{home: h, now: now, fyne: a, run: run, carry: carry, pages: pages, poke: make(chan struct{}, 1),
		seats: &app.Seats{}}
	w.ctx, w.stop = context.WithCancel(context.Background())
	w.log = explain.Log(logFile{h})
	s, err := settings.Load(h)
	a.Settings().SetTheme(look.New(s.Theme, s.TextSize))
	w.win = a.NewWindow("联络站")
	w.win.SetMaster()
	w.keys()
	switch {
	case errors.Is(err, settings.ErrNone):
		w.welcome()
	case err != nil:
		w.fail(err)
	default:
		w.enter()
	}
	return w
}

// logFile appends to the home's log, which a home that is not set up does not have yet.
type logFile struct{ home.Home }

func (l logFile) Write(b []byte) (int, error) {
	if !l.Exists() {
		return len(b), nil
	}
	f, err := os.OpenFile(l.Log(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.Write(b)
}

// Close ends what goes on in the background and lets go of the home.
func (w *Window) Close() {
	w.stop()
	if w.app != nil {
		_ = w.app.Close()
	}
}

func (w *Window) host() kit.Host {
	return kit.Host{Context: w.ctx, Run: w.run, Canvas: w.win.Canvas, Go: w.open, Explain: w.explain, Say: w.say}
}

func (w *Window) explain(err error) string {
	if err != nil {
		w.log.Error("shown to a person", "error", err.Error())
		w.doubted(err)
	}
	return explain.Sentence(err)
}

func (w *Window) say(tone kit.Tone, s string) {
	if w.frame != nil {
		w.frame.notice.Say(tone, s)
	}
}

func (w *Window) welcome() {
	p := welcome.New(w.host(), w.home, rand.Reader, func(restoring bool, office string) {
		w.putOff = restoring // the copy brings passwords of its own
		w.then = func() {
			if restoring {
				w.open("copies")
				w.frame.here.content.(*restore.Page).Begin("单位建好了。请插好备份U盘，选它的位置，再照下面的步骤放回。")
				return
			}
			if office != "" {
				w.follow(office)
			}
			if w.app.Settings.Role == journal.Station {
				w.begin()
			}
		}
		w.enter()
	})
	maps.Copy(kit.Keys, p.Keys())
	w.win.SetContent(p.Object())
	p.Shown()
}

func (w *Window) fail(err error) {
	w.win.SetContent(container.NewBorder(w.unwell(err), nil, nil, nil))
}

// enter opens the home and shows its first page, or asks who is there.
func (w *Window) enter() {
	if w.bare() {
		w.first()
		return
	}
	a, err := app.Open(w.ctx, app.Options{Home: w.home, Now: w.now, Key: w.pass.Key, Seats: w.seats})
	if w.app = a; errors.Is(err, app.ErrLocked) {
		w.locked()
		return
	}
	if err != nil {
		w.broken(err)
		return
	}
	if w.who != "" {
		if _, err := a.Sit(w.ctx, w.who); err != nil { // he works here no more
			_ = a.Close()
			w.app, w.pass, w.who = nil, app.Pass{}, ""
			w.locked()
			return
		}
	}
	w.furnish()
}

// furnish shows an open home to who sits here.
func (w *Window) furnish() {
	a := w.app
	w.win.SetTitle("联络站 · " + a.Settings.Name)
	w.chairs = map[string]*chair{}
	w.sit(a.Clerk().User)
	for _, err := range a.Amiss {
		w.say(kit.Bad, w.explain(err))
	}
	w.date()
	if then := w.then; then != nil {
		w.then = nil
		then()
	}
	w.uncoded()
	if w.carry && w.started {
		w.background()
	}
	w.given()
}

// background begins what goes on behind the pages: the index, and rounds of exchange.
func (w *Window) background() {
	ctx := w.ctx
	a := w.app
	w.run.Work(func() { w.index(ctx, a) })
	each := func(r app.Round, err error) {
		for _, beside := range []error{r.Lapse, r.Group, r.Copy, r.Scrub, r.Pass, r.Trip} {
			if beside != nil && ctx.Err() == nil {
				w.log.Error("beside a round", "error", beside.Error())
			}
		}
		w.run.Show(func() {
			if ctx.Err() == nil { // or the home was closed meanwhile, and perhaps opened again
				w.round(r.Round, err)
			}
		})
	}
	w.run.Work(func() { a.Watch(ctx, a.Machine(ctx), w.poke, each) })
}

func (w *Window) open(page string) {
	if w.frame != nil {
		w.frame.open(page)
	}
}

// index keeps full text up to date behind the saves, until the window is closed.
func (w *Window) index(ctx context.Context, a *app.App) {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := a.Fill(ctx); err != nil && ctx.Err() == nil {
			w.log.Error("behind the saves", "error", err.Error())
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// round shows what a round of the courier did.
func (w *Window) round(r courier.Round, err error) {
	after := w.after
	w.after = nil
	for _, done := range after {
		done(r, err)
	}
	if says := r.Warning(); says != w.strange {
		w.strange = says
		w.say(kit.Soon, says)
	}
	if r.Collected > 0 && len(after) == 0 {
		w.say(kit.Good, fmt.Sprintf("刚收到 %d 条新记录。", r.Collected))
	}
	w.frame.refresh()
}

// sync asks for a round now; done is told what it did.
func (w *Window) sync(done func(courier.Round, error)) {
	w.after = append(w.after, done)
	select {
	case w.poke <- struct{}{}:
	default:
	}
}

// keys gives the keys of the frame to the widgets of the kit and to the canvas.
func (w *Window) keys() {
	kit.Keys = map[kit.Key]func(){}
	kit.Always = map[kit.Key]func(){{Name: fyne.KeyL, Ctrl: true}: func() { w.cover(false) }}
	kit.Listen(w.win.Canvas())
}

// chinese are the few words that Fyne's own dialogs show.
const chinese = `{"Cancel":"取消","Save":"保存","Open":"打开","Quit":"退出","Copy":"复制","Cut":"剪切","Paste":"粘贴",
"Select all":"全选","Undo":"撤销","Redo":"重做"}`

// earnest ends practice: what was practised is laid aside, and the first page of all asks who sits here.
func (w *Window) earnest() {
	now := w.app.Now()
	w.shut()
	if err := setup.EndPractice(w.home, now); err != nil {
		w.enter()
		w.say(kit.Bad, w.explain(err))
		return
	}
	w.now, w.pass, w.who, w.seats = nil, app.Pass{}, "", &app.Seats{} // real homes keep real time
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
