package entrance

import (
	"context"
	"fmt"
	"time"

	"lianluo.local/ui/kit"
)

// gate is a field for a secret with the button that tries it. One try is under way at a time; what is wrong stands below
// the field until the next one, and while nobody may try, for how long that is.
type gate struct {
	host   kit.Host
	wait   func() time.Duration
	field  *kit.Field
	secret *kit.Entry
	open   *kit.Button
	wrong  func(says string) // tells what is wrong
	busy   bool
	waits  bool // what stands below the field is how long to wait
}

// atOnce is the wait of what may be tried at once: the characters of a sheet, which nobody guesses, and a code, which counts
// its tries itself.
func atOnce() time.Duration { return 0 }

func newGate(h kit.Host, wait func() time.Duration, field *kit.Field, secret *kit.Entry, open *kit.Button) *gate {
	g := &gate{host: h, wait: wait, field: field, secret: secret, open: open}
	g.wrong = g.say
	return g
}

// try tries what was typed, unless nobody may now.
func (g *gate) try(do func(context.Context) error, done func()) {
	if g.tick(); g.busy || g.waits {
		return
	}
	if g.secret.Text == "" {
		kit.Focus(g.secret)
		return
	}
	g.busy = true
	g.open.Disable()
	g.field.Say("")
	kit.Do(g.host.Run, g.host.Context, func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) },
		func(_ struct{}, err error) {
			g.busy = false
			g.open.Enable()
			if err == nil {
				g.secret.SetText("")
				done()
				return
			}
			g.secret.SetText("")
			g.wrong(g.host.Explain(err))
		})
}

// say shows what is wrong, or how long to wait for it, and puts the keyboard where it is put right.
func (g *gate) say(wrong string) {
	g.field.Say(wrong)
	g.tick()
	kit.Focus(g.secret)
}

// tick says for how long nobody may try.
func (g *gate) tick() {
	left := g.wait()
	switch {
	case left > 0:
		g.waits = true
		g.open.Disable()
		g.field.Say("错得多了，请等 " + span(left) + "再试。记录都在，一条也不会少。")
	case g.waits:
		g.waits = false
		g.open.Enable()
		g.field.Say("可以再试了。")
	}
}

// leave is for another gate with the same button.
func (g *gate) leave() {
	if g.waits {
		g.waits = false
		g.open.Enable()
		g.field.Say("")
	}
}

// span is a time as people say it, a part of a second counted whole.
func span(d time.Duration) string {
	s := int((d + time.Second - 1) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%d 秒", s)
	case s < 3600:
		return fmt.Sprintf("%d 分 %d 秒", s/60, s%60)
	}
	return fmt.Sprintf("%d 小时 %d 分", s/3600, s%3600/60)
}
