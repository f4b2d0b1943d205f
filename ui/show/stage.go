package show

import (
	"bytes"
	"image"
	_ "image/jpeg" // photos are kept so
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/look"
)

// Whole is one thing, told whole.
type Whole struct {
	Title  string
	Over   []fyne.CanvasObject // below the title: how it stands, what is amiss
	Known  fyne.CanvasObject   // at the left
	Beside fyne.CanvasObject   // at the right, under its own title
	Called string              // that title
	Acts   []*kit.Button       // at the foot, what is likely done next first
}

// Contests tell where two wrote of a thing without knowing of each other; called gives the names of units and people.
func Contests(k *thing.Kind, s thing.Sum, called func(code string) string) (notices []fyne.CanvasObject) {
	for _, says := range k.Contests(s) {
		n := kit.NewNotice()
		n.Say(kit.Bad, thing.Told(says, called)+"。")
		notices = append(notices, n.Container)
	}
	return notices
}

// Stage shows a list, or one of its things in its place.
type Stage struct {
	*fyne.Container
	host          kit.Host
	list          fyne.CanvasObject
	whole         fyne.CanvasObject // nil while the list is shown
	known, beside *container.Scroll
	buttons       []*kit.Button
}

// NewStage shows a list at first.
func NewStage(h kit.Host, list fyne.CanvasObject) *Stage {
	return &Stage{Container: container.NewStack(list), host: h, list: list}
}

// Open says whether a thing is shown.
func (s *Stage) Open() bool { return s.whole != nil }

// Put shows a thing; back goes to the list. Drawn again, what somebody scrolled to stays and so does the focus, as far
// as the button is still there; else what is likely done next has it.
func (s *Stage) Put(w Whole, back func()) {
	held, known, beside := "", fyne.Position{}, fyne.Position{}
	again := s.whole != nil
	if again {
		known, beside = s.known.Offset, s.beside.Offset
		for _, b := range s.buttons {
			if c := s.host.Canvas(); c != nil && c.Focused() == b {
				held = b.Text
			}
		}
		s.Remove(s.whole)
	}
	out := kit.NewButton("返回", "Esc", false, back)
	head := kit.Bold(w.Title)
	head.SizeName = look.Title
	row := kit.NewFlow()
	for _, b := range w.Acts {
		row.Add(b)
	}
	s.buttons = append(slices.Clone(w.Acts), out)
	s.known, s.beside = kit.Scroll(w.Known), kit.Scroll(container.NewPadded(w.Beside))
	top := append([]fyne.CanvasObject{container.NewBorder(nil, nil, container.NewVBox(out), nil, head)}, w.Over...)
	s.whole = container.New(layout.NewCustomPaddedLayout(4, 8, 16, 16), container.NewBorder(container.NewVBox(top...), row,
		nil, nil, kit.Shares(kit.Card(s.known),
			kit.Card(container.NewBorder(kit.Bold(w.Called), nil, nil, nil, s.beside)))))
	s.Add(s.whole)
	s.list.Hide()
	s.Refresh()
	if again {
		s.known.ScrollToOffset(known)
		s.beside.ScrollToOffset(beside)
	}
	if i := slices.IndexFunc(s.buttons, func(b *kit.Button) bool { return b.Text == held }); i >= 0 {
		kit.Focus(s.buttons[i])
	} else if held != "" || !again {
		kit.Focus(s.buttons[0])
	}
}

// Back shows the list; false where it is shown already.
func (s *Stage) Back() bool {
	if s.whole == nil {
		return false
	}
	s.Remove(s.whole)
	s.whole = nil
	s.list.Show()
	return true
}

// Side is where somebody's words stand in a conversation.
type Side int

// The sides: those who ask stand at the left, those who answer at the right, what is noted between them in the middle.
const (
	Middle Side = iota
	Left
	Right
)

// Talk is a history as somebody tells it who sits at a unit, the newest first; done says what an event did.
func Talk(events []thing.Event, our string, at *time.Location, done func(thing.Event) string) *fyne.Container {
	return Converse(events, our, at, done, func(thing.Event) Side { return Middle })
}

// Converse is the same as a conversation; side says where the words of an event stand.
func Converse(events []thing.Event, our string, at *time.Location, done func(thing.Event) string, side func(thing.Event) Side) *fyne.Container {
	talk := container.NewVBox()
	for _, e := range slices.Backward(events) {
		who := places.Of(e.Unit).Brief
		if e.Unit == our {
			who = map[bool]string{true: "本站", false: "本单位"}[unit.LevelOf(our) == journal.Station]
		}
		if e.By != "" {
			who += " " + e.By
		}
		head := kit.Hint(e.At.In(at).Format("2006年1月2日 15:04") + "　" + who)
		head.SizeName = look.Small
		ground, left, right := look.Rail, float32(0), float32(0)
		switch side(e) {
		case Left:
			ground, right = look.Tint, 32
		case Right:
			ground, left = look.Card, 32
		}
		talk.Add(container.New(layout.NewCustomPaddedLayout(0, 0, left, right),
			container.NewStack(kit.Ground(ground), kit.Snug(head, kit.Text(done(e))))))
	}
	return talk
}

// Portrait is a photo as it is kept (JPEG) beside what is known of its subject; nil for none that can be shown.
func Portrait(photo []byte) fyne.CanvasObject {
	m, _, err := image.Decode(bytes.NewReader(photo))
	if err != nil {
		return nil
	}
	img := canvas.NewImageFromImage(m)
	img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
	img.SetMinSize(fyne.NewSize(132, 176))
	return container.NewVBox(img)
}
