package entrance

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/data/spelling"
	"lianluo.local/ui/kit"
)

// Person is somebody who may sit here.
type Person struct {
	ID, Name string
	Coded    bool // a code of today opens the window again
}

// Again is what the box on the veil asks of the window. What takes a context is called away from the main thread.
type Again struct {
	People   func() []Person // who signed in here today; who sits here now is the first
	Code     func(ctx context.Context, id, code string) error
	Password func(ctx context.Context, name, password string) error
	Wait     func(name string) time.Duration // for how long nobody may try under a name
	Done     func()                          // somebody may go on; the window knows who
}

// Box is what stands on the veil: who sits here opens it by his code, somebody else by his own, and whoever has none today
// by his name and password.
type Box struct {
	Veil *kit.Veil // on which it stands; the window gives it

	host     kit.Host
	do       Again
	says     *kit.Label
	who      *kit.Chips
	code     *kit.Entry
	name     *kit.Entry
	password *kit.Entry
	coded    *kit.Field
	named    *kit.Field
	secret   *kit.Field
	gates    [2]*gate // of the code and of the password
	switches *kit.Button
	object   *fyne.Container
}

// NewBox makes one.
func NewBox(h kit.Host, do Again) *Box {
	b := &Box{host: h, do: do, says: kit.Bold(""), who: kit.NewChips(false), code: kit.NewEntry("几位数字"),
		name: kit.NewEntry("您的姓名"), password: kit.NewSecret("")}
	b.code.Password = true
	b.code.Only = b.digit
	b.code.OnEnter, b.password.OnEnter = b.enter, b.enter
	b.coded, b.named = kit.NewField("开锁码", false, b.code), kit.NewField("姓名", false, b.name)
	b.secret = kit.NewField("密码", false, b.password)
	open := kit.NewButton("打开", "Enter", true, b.enter)
	b.switches = kit.NewButton("换人…", "", false, b.choose)
	b.gates = [2]*gate{newGate(h, atOnce, b.coded, b.code, open), newGate(h, func() time.Duration { return do.Wait(b.name.Text) },
		b.secret, b.password, open)}
	b.gates[0].wrong = func(says string) {
		if !b.person().Coded { // it was wrong too often, and counts no more
			b.turn()
		}
		b.gate().say(says)
	}
	b.who.OnChanged = func() { b.turn(); kit.Focus(b.First()) }
	b.object = kit.Rows(b.says, b.who, b.coded.Container, b.named.Container, b.secret.Container, kit.Acts(b.switches, open))
	b.who.Hide()
	b.list()
	return b
}

// Object is what the veil shows.
func (b *Box) Object() fyne.CanvasObject { return b.object }

// First is what has the keyboard.
func (b *Box) First() fyne.Focusable {
	switch {
	case b.person().Coded:
		return b.code
	case b.name.Text == "":
		return b.name
	}
	return b.password
}

// Tick counts down for how long nobody may try; the window calls it every second.
func (b *Box) Tick() { b.gate().tick() }

// list offers who may sit here.
func (b *Box) list() {
	was := b.who.One()
	var options []kit.Option
	for _, p := range b.do.People() {
		options = append(options, kit.Option{Code: p.ID, Text: p.Name})
	}
	b.who.SetOptions(append(options, kit.Option{Code: "another", Text: "别的人"}))
	if was == "" {
		was = b.who.Options()[0].Code
	}
	b.who.Choose(was)
	b.turn()
}

// person is who is to open it, as far as that is known.
func (b *Box) person() Person {
	for _, p := range b.do.People() {
		if p.ID == b.who.One() {
			return p
		}
	}
	return Person{}
}

func (b *Box) turn() {
	p := b.person()
	b.name.SetText(p.Name)
	b.coded.Hidden, b.secret.Hidden, b.named.Hidden = !p.Coded, p.Coded, p.ID != ""
	says := "锁上了。输入您的姓名和密码。"
	switch {
	case p.Coded:
		says = p.Name + "，锁上了。输入开锁码接着做，写到一半的都在。"
	case p.ID != "":
		says = p.Name + "，锁上了。今天没有开锁码，输入密码接着做。"
	}
	b.says.SetText(says)
	for _, g := range b.gates {
		g.leave()
	}
	b.gate().tick()
	b.object.Refresh()
}

func (b *Box) gate() *gate {
	if b.person().Coded {
		return b.gates[0]
	}
	return b.gates[1]
}

// choose shows who else may sit here.
func (b *Box) choose() {
	b.who.Show()
	b.switches.Hide()
	b.object.Refresh()
	kit.Focus(b.who)
}

func (b *Box) enter() {
	if p := b.person(); p.Coded {
		code := spelling.Plain(b.code.Text)
		b.gate().try(func(ctx context.Context) error {
			return b.do.Code(ctx, p.ID, code)
		}, b.do.Done)
		return
	}
	if b.name.Text == "" {
		kit.Focus(b.name)
		return
	}
	name, password := b.name.Text, b.password.Text
	b.gate().try(func(ctx context.Context) error { return b.do.Password(ctx, name, password) }, b.do.Done)
}

// digit says whether a character belongs to a code. What an input method makes belongs to the field below the veil.
func (b *Box) digit(r rune) bool {
	if number(r) {
		return true
	}
	if r > 0x7f && b.Veil != nil {
		b.Veil.Pass(r)
	}
	return false
}
