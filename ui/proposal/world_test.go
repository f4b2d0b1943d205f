package proposal

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/docket"
	"lianluo.local/app/ledger"
	"lianluo.local/app/roster"
	"lianluo.local/data/matter"
	"lianluo.local/data/suggestion"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/kit/kittest"
	"lianluo.local/ui/look"
)

var ctx = context.Background()

// world is one computer with a docket, the page on it, and what it said.
type world struct {
	*apptest.Seat
	*Page
	win     kittest.Window
	said    []string
	printed []string
	opened  []string // matters
}

// newWorld is a seat with a page that is not shown yet.
func newWorld(o *apptest.Seat) *world { return &world{Seat: o} }

// deputies puts people on the roster of an office, grouped at some stations.
func deputies(t testing.TB, o *apptest.Seat, names []string, stations ...string) {
	t.Helper()
	for _, name := range names {
		var list []string
		for _, s := range stations {
			list = append(list, fmt.Sprintf("%q", s))
		}
		order, err := roster.Parse(fmt.Appendf(nil, `{"do":"add","name":%q,"post":"工人","mandates":[{"level":"县","congress":"十四届","number":"%d"}],"stations":[%s]}`,
			name, []rune(name)[0], strings.Join(list, ",")))
		o.World.Must(err)
		o.World.Must(apptest.Err(o.Roster.Act(ctx, o.Clerk(), "", order)))
	}
}

func (w *world) do(t testing.TB, id, body string) suggestion.Suggestion {
	t.Helper()
	order, err := docket.Parse([]byte(body))
	w.World.Must(err)
	w.World.Later(time.Minute)
	s, _, err := w.Docket.Act(ctx, w.Clerk(), id, order)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return s
}

// begun is one that is drafted, signed and handed in.
func (w *world) begun(t testing.TB, title string, matters ...string) suggestion.Suggestion {
	t.Helper()
	var list []string
	for _, m := range matters {
		list = append(list, fmt.Sprintf("%q", m))
	}
	s := w.do(t, "", fmt.Sprintf(`{"title":%q,"congress":"十四届七次","facts":"巷子里晚上没有灯，老人出门不便，群众多次反映，涉及三个小区二百多户，已经两年了。","proposal":"请住建局今年年底前装上路灯，并公布时间表。","lead":"王明","cosigners":["李慧敏"],"matters":[%s]}`,
		title, strings.Join(list, ",")))
	w.do(t, s.ID, `{"do":"cosign","who":["王明","李慧敏"],"paper":"附议签名页"}`)
	return w.do(t, s.ID, `{"do":"submit"}`)
}

// received are matters that were registered here.
func (w *world) received(n int) (ms []matter.Matter) {
	for i := range n {
		ms = append(ms, w.Receive(desk.Draft{Title: fmt.Sprintf("%d号楼没有通天然气", i+1), Name: "郝春生", Phone: "13812345678", Category: "0203", Deputies: []string{"王明"}, People: 12 + i}))
	}
	return ms
}

// show puts the page into a window.
func (w *world) show(t testing.TB, size fyne.Size, text float32) *world {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New(os.Getenv("LOOK"), text))
	host := kit.Host{Context: ctx, Run: kit.Inline, Go: func(string) {}, Explain: error.Error,
		Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	host.Canvas = func() fyne.Canvas {
		if w.win.Window == nil {
			return nil
		}
		return w.win.Canvas()
	}
	w.win = kittest.Window{}
	w.Page = New(host, w.Docket, w.Ledger, w.Roster, w.Clerk(), Actions{Matter: func(id string) { w.opened = append(w.opened, id) },
		Print: func(kind string, ids ...string) { w.printed = append(w.printed, fmt.Sprint(kind, " ", len(ids))) },
		List:  func(kind string, year int) { w.printed = append(w.printed, fmt.Sprint(kind, " of ", year)) }})
	w.win = kittest.Open(t, w.Object(), size)
	kit.Keys = w.Keys()
	w.Shown()
	w.Start()
	return w
}

// usual is the room that a window on an old screen leaves to a page.
var wide, usual = fyne.NewSize(1366, 700), fyne.NewSize(1150, 680)

// says fails where some words cannot be read.
func (w *world) says(t testing.TB, wanted ...string) {
	t.Helper()
	said := w.win.Words()
	for _, want := range wanted {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not said: %s", want, said)
		}
	}
}

// last is what was said last.
func (w *world) last() string {
	for i := len(w.said) - 1; i >= 0; i-- {
		if w.said[i] != "" {
			return w.said[i]
		}
	}
	return ""
}

// send presses Ctrl+Enter.
func (w *world) send() { kit.Keys[kit.Key{Name: fyne.KeyReturn, Ctrl: true}]() }

type lv = ledger.View

func promisesOf(what, by string) []docket.Promise { return []docket.Promise{{What: what, By: by}} }
