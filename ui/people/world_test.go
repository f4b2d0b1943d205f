package people

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
	"lianluo.local/assets/names"
	"lianluo.local/data/clerk"
	"lianluo.local/data/field"
	"lianluo.local/data/person"
	"lianluo.local/data/site"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// someone is who acts in tests.
var someone = clerk.Clerk{Name: "赵晖"}

var ctx = context.Background()

// world is one computer with people, the page on it, and what it said.
type world struct {
	*apptest.Seat
	*Page
	host kit.Host
	win  fyne.Window
	said []string

	shown, printed []string
	handed         int // how often a sheet was asked for
}

// newWorld is an office or station with so many people in three stations.
func newWorld(t testing.TB, role, code string, people int) *world {
	t.Helper()
	w := &world{Seat: apptest.Alone(t, role, code)}
	w.World.Now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	w.host = kit.Host{Context: ctx, Run: kit.Inline, Go: func(string) {}, Explain: error.Error,
		Say: func(_ kit.Tone, s string) { w.said = append(w.said, s) }}
	var acts []store.Act
	act := func(kind, do string, body, private any) {
		acts = append(acts, store.Act{Kind: kind, Do: do, Body: body, Private: private, Unit: w.Settings.Unit, By: someone.Name,
			At: w.World.Now.AddDate(0, -1, 0)})
	}
	stations := []string{apptest.Yuanjia, apptest.Fengshan, "141102003000Z1-P"}
	for i, s := range stations {
		stations[i], _ = unit.Station(s[:14])
	}
	if role == "station" {
		stations = []string{w.Settings.Unit}
	}
	for i, s := range stations {
		act(site.Name, site.Begin, site.Opening{Code: s, Kind: map[byte]string{'Z': "station", 'D': "point"}[s[12]],
			Facts: site.Facts{Name: []string{"凤山街道袁家庄社区代表联络点", "凤山街道代表联络站", "莲花池街道代表联络站"}[i],
				Short: []string{"袁家庄点", "凤山站", "莲花池站"}[i]}}, nil)
	}
	all := names.All()
	for i := range people {
		name := all[i%len(all)]
		if i >= len(all) {
			name = name[:len("王")] + all[(i*7)%len(all)][len("王"):]
		}
		b := person.Opening{Facts: person.Facts{Name: name, Sex: []string{"male", "female"}[i%2], Employer: fmt.Sprintf("第%d小学", i%9+1),
			Post: []string{"教师", "校长"}[i%2], Fields: []string{[]string{"教育", "农业", "城建"}[i%3]},
			Tier: map[int]string{0: "county"}[i%40]}}
		b.Mandates = []person.Mandate{{Level: words.Levels[4-i%4].Code, Congress: "十四届", District: fmt.Sprintf("第%d选区", i%30+1),
			Delegation: "凤山代表团", Number: fmt.Sprintf("%04d", i+1), Since: "2021-06-18", How: "general"}}
		if i%5 == 0 {
			b.Mandates = append(b.Mandates, person.Mandate{Level: "city", Congress: "十三届", Since: "2022-01-10", How: "general"})
		}
		if i%11 == 10 {
			b.Mandates = []person.Mandate{{Level: "county", Congress: "十三届", Standing: "ended", Reason: "term", Until: "2021-06-18"}}
		}
		b.Seats = []person.Seat{{Station: stations[i%len(stations)], Part: "main", Since: "2022-03-01"}}
		act(person.Name, person.Add, b, person.Private{Phone: fmt.Sprintf("1381234%04d", i), Birth: "1975-03", Address: "凤山街道袁家庄社区七巷3号"})
	}
	if _, err := w.Store.Write(ctx, acts...); err != nil {
		t.Fatal(err)
	}
	return w
}

// show puts the page into a window.
func (w *world) show(t testing.TB, size fyne.Size, text float32) *world {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New("light", text))
	w.host.Canvas = func() fyne.Canvas { return w.win.Canvas() }
	w.Page = New(w.host, w.Roster, someone, Actions{Matter: func(number string) { w.shown = append(w.shown, number) },
		Print: func(kind string, people []person.Person) {
			w.printed = append(w.printed, fmt.Sprint(kind, " ", len(people)))
		}, Sheet: func() { w.handed++ }, Reveal: w.Reveal, Export: func(name string) { w.printed = append(w.printed, name) },
		Record: &Record{Agenda: w.Agenda, Of: w.Duty, Session: func(id string) { w.shown = append(w.shown, id) },
			Print: func(kind string, v person.Person, from, to string) {
				w.printed = append(w.printed, strings.Join([]string{kind, v.Name, from, to}, " "))
			}}})
	w.win = test.NewTempWindow(t, w.Object())
	w.win.Resize(size)
	kit.Keys = w.Keys()
	w.Shown()
	w.Start()
	return w
}

// usual is what a window of 1366×768 leaves to a page.
var usual = fyne.NewSize(1186, 700)

// shot keeps a picture where SHOTS says.
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

// seen are all the words that can be read in an object.
func seen(o fyne.CanvasObject) string {
	if o == nil || !o.Visible() {
		return ""
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		return o.Text + "\n"
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(seen(part))
	}
	return b.String()
}

// words are all that can be read in the window, the dialogs over it, too.
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

func (w *world) typed(s string) { test.Type(w.win.Canvas().Focused(), s) }

// tap presses the button that is called so, on the page or on what lies over it.
func (w *world) tap(t testing.TB, called string) {
	t.Helper()
	var find func(fyne.CanvasObject) *kit.Button
	find = func(o fyne.CanvasObject) (b *kit.Button) {
		if o == nil || !o.Visible() {
			return nil
		}
		var parts []fyne.CanvasObject
		switch o := o.(type) {
		case *kit.Button:
			if strings.HasPrefix(o.Text, called) {
				return o
			}
		case *fyne.Container:
			parts = o.Objects
		case fyne.Widget:
			parts = test.WidgetRenderer(o).Objects()
		}
		for _, part := range parts {
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

// fill writes into the sheet that is open.
func (w *world) fill(v field.Values) { w.form.Fill(w.form.Values().With(v)) }

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
