package window

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	"lianluo.local/app/courier"
	"lianluo.local/app/desk"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// thread is a main thread of a test: what is to be shown waits in line until it is shown.
type thread struct {
	lock sync.Mutex
	line []func()
	more chan struct{}
}

func (m *thread) show(f func()) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.line = append(m.line, f)
	select {
	case m.more <- struct{}{}:
	default:
	}
}

// shows shows what waits.
func (m *thread) shows() {
	m.lock.Lock()
	line := m.line
	m.line = nil
	m.lock.Unlock()
	for _, f := range line {
		f()
	}
}

// A window at work: rounds of exchange and the index go on behind its pages while each page asks what it shows, while
// somebody registers, looks for something, makes papers, takes another place for copies, puts comparing off, and
// changes settings, with which the home is closed and opened again in the midst of all. Nothing looks at what another
// one is changing (make race), and nothing is lost.
func TestAllAtOnceInAWindow(t *testing.T) {
	world := apptest.New(t)
	county, station := world.Pair()
	station.Titles("一", "二", "三")
	world.Settle(station, county)
	world.Must(station.Close())
	now := world.Now
	main := &thread{more: make(chan struct{}, 1)}
	w := New(test.NewTempApp(t), station.Home, func() time.Time { return now }, kit.Behind(main.show), true)
	w.win.Resize(fyne.NewSize(1366, 720))
	w.started = true
	w.background()
	receipt, _ := paper.ByCode("receipt")
	book, _ := paper.ByCode("reception-book")
	for i := range 12 {
		w.open(w.frame.pages[i%len(w.frame.pages)].code)
		a := w.app
		kit.Do(w.run, w.ctx, func(ctx context.Context) (matter.Matter, error) {
			return a.Desk.Receive(ctx, a.Clerk(), desk.Draft{Title: fmt.Sprint("边用边登记", i), Name: "单志远"})
		}, func(m matter.Matter, err error) {
			world.Must(err)
			w.gather(receipt, paper.Things{Matters: []matter.Matter{m}}, paper.Wish{})
		})
		kit.Do(w.run, w.ctx, func(ctx context.Context) (ledger.Page, error) {
			return a.Ledger.Page(ctx, ledger.Query{Text: "登记", Limit: 20})
		}, func(_ ledger.Page, err error) { world.Must(err) })
		w.list(book, paper.Wish{})
		w.sync(func(_ courier.Round, err error) { world.Must(err) })
		w.frame.refresh()
		switch i {
		case 3:
			world.Must(w.app.SetSecond(t.TempDir()))
		case 5:
			w.later = true
		case 7:
			next := *w.app.Settings
			next.Clerk = "李小燕"
			world.Must(next.Save(w.home))
			w.changed(next)
		}
		for range 3 {
			<-main.more
			main.shows()
		}
	}
	w.stop()
	w.run.Rest(nil)
	main.shows()
	w.Close()
	station.Open(station.Home)
	world.Settle(station, county)
	world.Agree(county, station)
	if len(county.List()) < 4 {
		t.Error("nothing was registered")
	}
}
