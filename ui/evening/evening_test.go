package evening

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/data/clerk"
	"lianluo.local/data/field"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/data/store"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

var (
	ctx     = context.Background()
	someone = clerk.Clerk{Name: "赵晖"}
)

// world is a station at 19:28 on 11 January 2027, the page on it, and what it said.
type world struct {
	*apptest.Seat
	*Page
	win           fyne.Window
	said, printed []string
}

func newWorld(t testing.TB, size fyne.Size, text float32, planned bool) *world {
	t.Helper()
	w := &world{Seat: apptest.Alone(t, "station", "141102002003")}
	w.World.Now = time.Date(2027, 1, 11, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	var ids []agenda.Person
	for _, name := range []string{"王建英", "李福生", "高小宝"} {
		sums, err := w.Store.Write(ctx, store.Act{Kind: person.Name, Do: person.Add, Unit: w.Settings.Unit, By: someone.Name, At: w.World.Now,
			Body: person.Opening{Facts: person.Facts{Name: name}, Seats: []person.Seat{{Station: w.Settings.Unit, Part: "main"}},
				Mandates: []person.Mandate{{Level: "county", Congress: "十四届"}}}, Private: person.Private{}})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, agenda.Person{Who: sums[0].(*person.Person).ID})
	}
	if planned {
		if _, err := w.Agenda.Act(ctx, someone, "", agenda.Order{Do: session.Plan, Planned: ids[:2],
			Set: field.Values{"kind": "reception", "day": "2027-01-11"}}); err != nil {
			t.Fatal(err)
		}
	}
	w.World.Now = time.Date(2027, 1, 11, 19, 28, 0, 0, time.FixedZone("CST", 8*3600))
	test.NewTempApp(t).Settings().SetTheme(look.New("light", text))
	h := kit.Host{Context: ctx, Run: kit.Inline, Go: func(string) {}, Explain: error.Error,
		Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) },
		Canvas: func() fyne.Canvas {
			return map[bool]func() fyne.Canvas{true: func() fyne.Canvas { return w.win.Canvas() }, false: func() fyne.Canvas { return nil }}[w.win != nil]()
		}}
	w.Page = New(h, w.Agenda, w.Ledger, w.Roster, someone, Actions{Register: func() { w.said = append(w.said, "登记") },
		Print: func(kind string, ids ...string) { w.printed = append(w.printed, fmt.Sprint(kind, " ", len(ids))) }})
	w.win = test.NewTempWindow(t, w.Object())
	w.win.Resize(size)
	kit.Keys = w.Keys()
	w.Shown()
	return w
}

var usual = fyne.NewSize(1110, 640)

func (w *world) press(keys ...kit.Key) {
	for _, k := range keys {
		if do, ok := kit.Keys[k]; ok {
			do()
		}
	}
}

func plain(k fyne.KeyName) kit.Key { return kit.Key{Name: k} }

var finish = kit.Key{Name: fyne.KeyReturn, Ctrl: true}

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

func (w *world) tonight(t testing.TB) session.Session {
	t.Helper()
	s, ok, err := w.Agenda.Tonight(ctx, w.Settings.Unit, "2027-01-11")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return s
}

// A whole evening is kept by keys alone: who came, how many citizens, why somebody did not come; the sheet is offered.
func TestAWholeEvening(t *testing.T) {
	w := newWorld(t, usual, 18, true)
	w.press(plain(fyne.Key1))
	if s := w.tonight(t); s.State != session.Open || len(s.Present()) != 1 || s.Present()[0].Arrived != "19:28" {
		t.Fatalf("after 1: %v %+v", s.State, s.Called)
	}
	for i := range 20 {
		w.Receive(desk.Draft{Title: fmt.Sprintf("第%d件", i+1), Name: "单志远", Words: "积水"})
	}
	w.Shown()
	if len(w.now.matters) != 20 || w.came() != 20 {
		t.Fatalf("%d matters, %d citizens", len(w.now.matters), w.came())
	}
	w.press(plain(fyne.KeyEqual), plain(fyne.KeyEqual), plain(fyne.KeyMinus))
	w.explained.SetText("讲了垃圾分类")
	w.Shown() // as after another page
	if w.came() != 21 || w.explained.Text != "讲了垃圾分类" {
		t.Errorf("%d citizens, explained %q", w.came(), w.explained.Text)
	}
	w.shot(t, "evening")
	w.press(plain(fyne.KeyF2))
	w.press(finish)
	w.shot(t, "evening-end")
	w.press(finish)
	s := w.tonight(t)
	c, _ := s.Person(s.Called[1].Key)
	if s.State != session.Held || s.Citizens != 21 || s.Explained != "讲了垃圾分类" || !c.Absent || c.Excuse != "没有说明" || !s.Called[0].Came {
		t.Errorf("closed: %v, %d citizens, %q, %+v; said %q", s.State, s.Citizens, s.Explained, s.Called, w.said)
	}
	if w.again.Hidden || !w.more.Hidden {
		t.Error("of an evening that was ended the sheet is not offered again, or somebody may still come")
	}
	if fmt.Sprint(w.printed) != "[session-sheet 1]" || w.said[0] != "登记" {
		t.Errorf("printed %v, said %v", w.printed, w.said)
	}
}

// Where nobody came one key says so.
func TestNobodyCame(t *testing.T) {
	w := newWorld(t, usual, 18, true)
	w.press(plain(fyne.Key1), plain(fyne.Key2), plain(fyne.KeyW))
	if s := w.tonight(t); s.State != session.Held || s.Citizens != 0 || len(s.Present()) != 2 {
		t.Errorf("%v %d %+v: %q", s.State, s.Citizens, s.Called, w.said)
	}
}

// Where nothing was planned an evening is begun with one key, and whoever sits there is found by first letters.
func TestUnplanned(t *testing.T) {
	w := newWorld(t, usual, 18, false)
	w.shot(t, "evening-none")
	w.press(plain(fyne.KeyReturn))
	w.more.Entry.SetText("gxb")
	found := w.deputies("gxb")
	if len(found) != 1 {
		t.Fatalf("found %v: %q", found, w.said)
	}
	w.more.OnChosen(found[0])
	if s := w.tonight(t); s.State != session.Open || len(s.Present()) != 1 || !s.Present()[0].Extra {
		t.Errorf("%v %+v: %q", s.State, s.Called, w.said)
	}
}

// With the largest letters on an old screen nothing ends outside.
func TestSizes(t *testing.T) {
	for _, size := range []fyne.Size{usual, fyne.NewSize(3600, 2080)} {
		w := newWorld(t, size, 26, true)
		w.press(plain(fyne.Key1))
		w.shot(t, fmt.Sprintf("evening-%.0f", size.Width))
		if need := w.Object().MinSize(); need.Width > 550 || need.Height > size.Height {
			t.Errorf("it wants %v", need)
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject
		for _, o := range test.LaidOutObjects(w.win.Content()) {
			switch o := o.(type) {
			case *canvas.Text:
				if x := at(o).X + o.MinSize().Width; o.Text != "" && o.Visible() && x > size.Width+1 {
					t.Errorf("%s ends at %.0f of %.0f", o.Text, x, size.Width)
				}
			case *kit.Button:
				if end := at(o).AddXY(o.Size().Width, o.Size().Height); o.Visible() && end.X > size.Width+1 {
					t.Errorf("the button %s ends at %v of %v", o.Text, end, size)
				}
			}
		}
	}
}
