package schedule

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/apptest"
	given "lianluo.local/assets/names"
	"lianluo.local/data/clerk"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

var (
	ctx     = context.Background()
	someone = clerk.Clerk{Name: "赵晖"}
)

// world is one computer with a calendar, the page on it, and what it said.
type world struct {
	*apptest.Seat
	*Page
	host    kit.Host
	win     fyne.Window
	said    []string
	printed []string
	people  []string // their IDs
}

// newWorld is a station or an office with so many stations, with some deputies in each, on 8 January 2027.
func newWorld(t testing.TB, role, code string, stations int) *world {
	t.Helper()
	w := &world{Seat: apptest.Alone(t, role, code)}
	w.World.Now = time.Date(2027, 1, 8, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	w.host = kit.Host{Context: ctx, Run: kit.Inline, Go: func(string) {}, Explain: error.Error,
		Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	w.host.Canvas = func() fyne.Canvas {
		if w.win == nil {
			return nil
		}
		return w.win.Canvas()
	}
	all := given.All()
	for i := range stations {
		at := w.Settings.Unit
		if role != "station" {
			at = nth(i)
		}
		w.write(t, store.Act{Kind: site.Name, Do: site.Begin, Body: site.Opening{Code: at, Kind: "station",
			Facts: site.Facts{Name: fmt.Sprintf("第%d街道代表联络站", i+1), Short: fmt.Sprintf("第%d站", i+1)}}})
		for n := range 4 {
			b := person.Opening{Facts: person.Facts{Name: all[(4*i+n)%len(all)]}, Seats: []person.Seat{{Station: at, Part: "main"}},
				Mandates: []person.Mandate{{Level: "county", Congress: "十四届"}}}
			w.people = append(w.people, w.write(t, store.Act{Kind: person.Name, Do: person.Add, Body: b, Private: person.Private{}}))
		}
	}
	return w
}

// nth is the code of the n-th station of an office.
func nth(n int) string {
	code, _ := unit.Station(fmt.Sprintf("141102%03d000Z1", n%20+2))
	if n >= 20 {
		code, _ = unit.Station(fmt.Sprintf("141102002%03dD1", n-19))
	}
	return code
}

func (w *world) write(t testing.TB, a store.Act) string {
	t.Helper()
	a.Unit, a.By, a.At = w.Settings.Unit, someone.Name, w.World.Now
	ids, err := w.Store.Write(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	switch sum := ids[0].(type) {
	case *person.Person:
		return sum.ID
	case *session.Session:
		return sum.ID
	}
	return ""
}

// sits plans a reception with two deputies of the n-th station, and gives its ID.
func (w *world) sits(t testing.TB, day string, n int, more func(*session.Opening)) string {
	t.Helper()
	at := w.Settings.Unit
	if w.Settings.Role != "station" {
		at = nth(n)
	}
	b := session.Opening{Station: at, Facts: session.Facts{Kind: "reception", Day: day, From: "19:30", To: "21:00"},
		Checks: []session.Check{{What: "通知代表"}, {What: "贴出公告"}}}
	for i, part := range []string{"lead", "join"} {
		p, err := w.Roster.Person(ctx, w.people[4*n+i])
		if err != nil {
			t.Fatal(err)
		}
		b.Called = append(b.Called, session.Called{Key: p.ID, Name: p.Name, Part: part, Why: "今年 1 次，3 个月前"})
	}
	if more != nil {
		more(&b)
	}
	return w.write(t, store.Act{Kind: session.Name, Do: session.Plan, Body: b, Private: session.Private{}})
}

// show puts the page into a window.
func (w *world) show(t testing.TB, size fyne.Size, text float32) *world {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New(os.Getenv("LOOK"), text))
	w.Page = New(w.host, w.Agenda, w.Roster, someone, Actions{Evening: func() { w.said = append(w.said, "今晚") },
		Print: func(kind string, ids ...string) { w.printed = append(w.printed, fmt.Sprint(kind, " ", len(ids))) }})
	w.win = test.NewTempWindow(t, w.Object())
	w.win.Resize(size)
	kit.Keys = w.Keys()
	w.Shown()
	w.Start()
	return w
}

// usual is the room that a window on an old screen leaves to a page: with usual letters a month has seven columns there,
// with the largest it is a list.
var wide, usual = fyne.NewSize(1366, 700), fyne.NewSize(1110, 640)

func (w *world) shot(t testing.TB, name string) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size := w.win.Canvas().Size()
	w.win.Resize(size.AddWidthHeight(0, 1))
	w.win.Resize(size)
	if err := png.Encode(f, w.win.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

// parts are those of an object that can be seen.
func parts(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case nil:
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// seen are all the words that can be read in an object.
func seen(o fyne.CanvasObject) string {
	if o == nil || !o.Visible() {
		return ""
	}
	if text, ok := o.(*canvas.Text); ok {
		return text.Text + "\n"
	}
	var b strings.Builder
	for _, part := range parts(o) {
		b.WriteString(seen(part))
	}
	return b.String()
}

func (w *world) words() string {
	said := seen(w.win.Content())
	for _, o := range w.win.Canvas().Overlays().List() {
		said += seen(o)
	}
	return strings.ReplaceAll(said, "\n", "")
}

func (w *world) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		if c := w.win.Canvas(); c.Focused() != nil {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		} else if do, ok := kit.Keys[kit.Key{Name: k}]; ok {
			do()
		}
	}
}

// tap presses the button that is called so, on the page or on what lies over it.
func (w *world) tap(t testing.TB, called string) {
	t.Helper()
	var find func(fyne.CanvasObject) *kit.Button
	find = func(o fyne.CanvasObject) (b *kit.Button) {
		if o == nil || !o.Visible() {
			return nil
		}
		if b, ok := o.(*kit.Button); ok && strings.HasPrefix(b.Text, called) {
			return b
		}
		for _, part := range parts(o) {
			if b := find(part); b != nil {
				return b
			}
		}
		return nil
	}
	over := w.win.Canvas().Overlays().List()
	roots := append([]fyne.CanvasObject{w.win.Content()}, over...)
	b := find(roots[len(roots)-1])
	if b == nil {
		t.Fatalf("there is no button %s: %s", called, w.words())
	}
	b.OnTapped()
}

// inside fails where a text or a button ends outside the window.
func (w *world) inside(t testing.TB, where string) {
	t.Helper()
	size := w.win.Canvas().Size()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject
	for _, o := range test.LaidOutObjects(w.win.Content()) {
		switch o := o.(type) {
		case *canvas.Text:
			if x := at(o).X + o.MinSize().Width; o.Text != "" && o.Visible() && x > size.Width+1 {
				t.Errorf("%s: %s ends at %.0f of %.0f", where, o.Text, x, size.Width)
			}
		case *kit.Button:
			if end := at(o).AddXY(o.Size().Width, o.Size().Height); o.Visible() && (end.X > size.Width+1 || end.Y > size.Height+1) {
				t.Errorf("%s: the button %s ends at %v of %v", where, o.Text, end, size)
			}
		}
	}
}
