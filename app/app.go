package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/denisbrodbeck/machineid"

	"lianluo.local/app/agenda"
	"lianluo.local/app/courier"
	"lianluo.local/app/crew"
	"lianluo.local/app/desk"
	"lianluo.local/app/docket"
	"lianluo.local/app/installer"
	"lianluo.local/app/ledger"
	"lianluo.local/app/office"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/report"
	"lianluo.local/app/roster"
	"lianluo.local/app/trust"
	"lianluo.local/assets/publisher"
	"lianluo.local/assets/workday"
	"lianluo.local/data/clerk"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/peer"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/right"
	"lianluo.local/data/sealed"
	"lianluo.local/data/search"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
	"lianluo.local/data/thing"
	"lianluo.local/data/vault"
)

// App is the parts of one installation, put together; each does its work under its own name.
type App struct {
	Home     home.Home
	Settings *settings.Settings
	Store    *store.Store
	Index    *search.Index
	Calendar *workday.Calendar
	Profile  profile.Profile
	Now      func() time.Time
	Reborn   bool    // the database was set back or copied, and begins a new life
	Signing  string  // how files are signed that are written here: Unsigned, Inside, Beside
	Amiss    []error // what does not keep the home from being used, and is said whenever it is opened

	key   sealed.Key // of a protected home
	noted witness

	publisher string
	system    installer.System

	release func()                 // of the records
	second  atomic.Pointer[string] // where the weekly copy goes, too, since it was changed
	newer   atomic.Pointer[Update] // what was last found of a newer program

	sits  atomic.Pointer[clerk.Clerk] // who said who he is
	seats *Seats                      // who did today
	guard right.Guard

	Crew    *crew.Crew
	Desk    *desk.Desk
	Office  *office.Office
	Ledger  *ledger.Ledger
	Roster  *roster.Roster
	Agenda  *agenda.Agenda
	Docket  *docket.Desk
	Report  *report.Desk
	Trust   *trust.Trust
	Courier *courier.Courier
}

// Options are what an installation is given rather than takes.
type Options struct {
	Home   home.Home
	Now    func() time.Time // nil: Clock; anything else only on a practice home
	Clock  func() time.Time // nil: the computer's clock
	Random io.Reader        // nil: the system's randomness
	Kinds  []thing.Kind     // nil: Kinds
	Seats  *Seats           // of a home that was open before; nil: nobody signed in yet
	// Key opens the records of a protected home and seals what is written (Unlock); none is needed where a home opens by
	// itself. Open fails with sealed.ErrKey where it is not the home's, with store.ErrPlain where nothing is sealed.
	Key sealed.Key

	Publisher string           // whose releases are believed; "": publisher.Key
	System    installer.System // what installs them; zero: installer.Here
}

// beijing is the one civil time of every station, whatever zone a computer was set up with.
var beijing = time.FixedZone("CST", 8*60*60)

// ErrNoDatabase says that a home that was set up has lost its records; an empty book must never take their place.
var ErrNoDatabase = problem.New("database is missing", "资料库文件不见了或是空的。请先不要登记，放回最近的备份（“备份和恢复”）；没有备份的，联系上级。")

// errOther says that something else lies in their place.
var errOther = problem.New("another database lies here", "资料文件不是本程序的，或已经损坏，或者是别的电脑的，没有动它。"+
	"请先不要登记，放回最近的备份（“备份和恢复”）；没有备份的，联系上级。")

// ErrNewer says that a newer program wrote the records: no older copy helps, a newer program does.
var ErrNewer = store.ErrNewer

// ErrRealClock says that the time of a real home cannot be set.
var ErrRealClock = problem.New("a real home keeps real time", "只有练习用的站才能改时间（--now）。")

// ErrMadePractice says that the settings of a real home were changed: on a practice home the clock can be set, and what is
// compared by telephone is short.
var ErrMadePractice = problem.New("settings call a real home practice", "设置文件被人改过：这里不是练习用的，settings.json 里却写着练习。没有打开，也没有改动。"+
	"请把 practice 改回 false，再查查谁动过这台电脑。")

// wraps is what a copy of a protected home opens with elsewhere: its vault as it is at that time.
func (o Options) wraps() ([]byte, error) {
	v, err := vault.Load(o.Home)
	if errors.Is(err, vault.ErrNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return v.Bytes(), nil
}

// Open opens a home. It fails with settings.ErrNone where nothing was set up yet, and with ErrLocked where it is
// protected and no key is given.
func Open(ctx context.Context, o Options) (a *App, err error) {
	s, err := settings.Load(o.Home)
	if err == nil {
		o.Key, err = opened(o.Home, o.Key)
	}
	if err != nil {
		return nil, err
	}
	if o.Now != nil && !s.Practice {
		return nil, ErrRealClock
	}
	if s.Practice && o.Key.Given() {
		if _, err := UnlockItself(o.Home); errors.Is(err, ErrLocked) {
			return nil, ErrMadePractice
		}
	}
	clock := o.Now
	if clock == nil {
		clock = o.Clock
	}
	if clock == nil {
		clock = time.Now
	}
	o.Now = func() time.Time { return clock().In(beijing) }
	if o.Kinds == nil {
		o.Kinds = Kinds
	}
	if o.Seats == nil {
		o.Seats = &Seats{}
	}
	if o.System.Run == nil {
		o.System = installer.Here()
	}
	a = &App{Home: o.Home, Settings: &s, Now: o.Now, Signing: s.Sign, key: o.Key, seats: o.Seats,
		publisher: cmp.Or(o.Publisher, publisher.Key), system: o.System}
	defer func() {
		if err != nil {
			a.Close()
			a = nil
		}
	}()
	keys, err := keyring.Load(string(o.Home), o.Key)
	if err != nil {
		return a, fmt.Errorf("open home: %w", err)
	}
	if a.release, err = enter(ctx, o.Home, s.Unit, keys, o.Key); err != nil {
		return a, fmt.Errorf("open home: %w", err)
	}
	a.Trust = trust.New(nil, a.Settings, keys, string(o.Home), o.Key, o.Now)
	a.Trust.Admits = a.admits
	if a.Store, err = store.Open(ctx, store.Options{Path: o.Home.Database(), Backups: o.Home.Backups(),
		Kinds: o.Kinds, Random: o.Random, Key: o.Key, Wraps: o.wraps,
		Sign: a.Trust.Sign, Sheet: a.sealing, Unit: s.Unit, Earliest: workday.Since(),
		Latest: workday.Until()}); err != nil {
		return a, err
	}
	a.Trust.Store = a.Store
	a.Store.Witness = store.Witness{Proof: a.Trust.Prove, InUse: func(r journal.Replica) bool {
		pic, err := a.Trust.Picture(context.Background()) // whoever asks is reading already
		return err == nil && pic.Sibling(r)
	}}
	machine, _ := machineid.ProtectedID("lianluo") // not every computer tells
	if a.Reborn, err = a.Store.Begin(ctx, o.Home.Note(), machine); err != nil {
		return a, err
	}
	if err = a.heed(ctx); err != nil {
		return a, err
	}
	if a.Index, err = search.Open(o.Home.Search(), o.Key); err != nil {
		return a, err
	}
	if err := os.Chmod(o.Home.Search(), 0o600); err != nil {
		return a, fmt.Errorf("open home: %w", err)
	}
	a.Crew = &crew.Crew{Store: a.Store, Unit: s.Unit, Now: o.Now, Through: a.through, Changed: a.changed}
	a.guard = right.Guard{Of: a.Crew.Guard, Here: a.Clerk, Sought: a.seeks, Self: a.self}
	a.Trust.Guard = a.guard
	a.Desk = &desk.Desk{Guard: a.guard, Store: a.Store, Settings: a.Settings, Calendar: a.Calendar, Profile: a.Profile, Now: o.Now}
	a.Office = &office.Office{Guard: a.guard, Store: a.Store, Settings: a.Settings, Calendar: a.Calendar,
		Profile: a.Profile, Now: o.Now}
	a.Ledger = &ledger.Ledger{Guard: a.guard, Store: a.Store, Index: a.Index, Calendar: a.Calendar, Unit: s.Unit,
		Sign: a.Profile.Sign, Retain: a.Profile.Retain, Week: time.Weekday(a.Profile.Week % 7),
		Now: o.Now, Called: func(id string) string { return a.Roster.Called(context.Background(), id) }}
	a.Roster = &roster.Roster{Guard: a.guard, Store: a.Store, Settings: a.Settings, Calendar: a.Calendar, Profile: a.Profile,
		Now: o.Now, Through: a.through}
	a.Agenda = &agenda.Agenda{Guard: a.guard, Store: a.Store, Settings: a.Settings, Calendar: a.Calendar, Profile: a.Profile,
		Now: o.Now, Through: a.through,
		Person: a.Roster.Find, Station: func(ctx context.Context, field, typed string, wrong problem.Problems) string {
			d, err := a.Roster.Desk(ctx, clerk.Clerk{})
			if err != nil {
				wrong[field] = "站点名录读不出来，请重新打开程序再试"
				return ""
			}
			return d.Station(field, typed, wrong)
		}, Matter: a.matter,
		People: func(ctx context.Context, station string) ([]person.Person, error) {
			ps, _, err := a.Roster.People(ctx, roster.Filter{Station: station})
			return ps, err
		}, Presence: a.Roster.Presence}
	a.Docket = &docket.Desk{Guard: a.guard, Store: a.Store, Index: a.Index, Settings: a.Settings, Calendar: a.Calendar,
		Profile: a.Profile, Now: o.Now, Person: a.Roster.Find, Presence: a.Roster.Presence, Matter: a.matter, Through: a.through,
		Fill: a.Fill}
	a.Report = a.reports()
	own, err := a.Roster.Site(ctx, s.Unit)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return a, fmt.Errorf("open home: %w", err)
	}
	s = form.Own(s, own)
	a.Courier = &courier.Courier{Trust: a.Trust, Aside: o.Home.Aside(), Key: o.Key, Rules: a.rules, Wipes: a.wipes,
		Quiet: time.Duration(a.Profile.Silent) * 24 * time.Hour}
	if err := peer.Swear(ctx, a.Store); err != nil {
		a.Amiss = append(a.Amiss, err)
	}
	for _, err := range []error{placed(o.Home, s), a.altered(ctx), a.remember(ctx, false)} {
		if err != nil {
			a.Amiss = append(a.Amiss, fmt.Errorf("open home: %w", err))
		}
	}
	if err := a.searched(ctx); err != nil {
		a.Amiss = append(a.Amiss, err)
	}
	if err := a.Scrub(ctx); err != nil {
		a.Amiss = append(a.Amiss, err)
	}
	if err := a.recount(ctx); err != nil { // a full disk keeps nobody from reading
		a.Amiss = append(a.Amiss, fmt.Errorf("recount: %w", err))
	}
	return a, nil
}

// Close lets go of the home.
func (a *App) Close() error {
	var errs []error
	a.noted.Wait()
	if a.Index != nil {
		errs = append(errs, a.Index.Close())
	}
	if a.Store != nil {
		errs = append(errs, a.Store.Close())
	}
	if a.release != nil {
		a.release()
	}
	return errors.Join(errs...)
}
