package vault

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// guessing is somebody at a computer of which the test knows how long it has been running.
type guessing struct {
	*testing.T
	Waits
	now   time.Time
	up    time.Duration
	tried int
}

func guess(t *testing.T) *guessing {
	g := &guessing{T: t, now: made, up: time.Hour}
	g.Waits = Waits{filepath.Join(t.TempDir(), "tries"), func() time.Duration { return g.up }}
	return g
}

// later lets time go by.
func (g *guessing) later(d time.Duration) { g.now, g.up = g.now.Add(d), g.up+d }

// wrong tries a wrong one under a name and says how long to wait before it is tried at all.
func (g *guessing) wrong(name string) (w Wait) {
	g.Helper()
	err := g.Try(g.now, name, func() error { g.tried++; return ErrWrong })
	if !errors.As(err, &w) && !errors.Is(err, ErrWrong) {
		g.Fatal(err)
	}
	if left := g.Left(g.now, name); w.Left > 0 && left != w.Left {
		g.Errorf("%s are left, or %s", w.Left, left)
	}
	return w
}

// Five wrong ones cost nothing, then each costs twice the wait of the one before, up to an hour; the right one ends it, and
// a day.
func TestWaits(t *testing.T) {
	g := guess(t)
	for range 5 {
		if w := g.wrong("王明"); w.Left != 0 {
			t.Fatal("one of five waits")
		}
	}
	for _, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute,
		16 * time.Minute, 32 * time.Minute, time.Hour, time.Hour} {
		before := g.tried
		if w := g.wrong("王 明"); w.Left != want || g.tried != before {
			t.Fatalf("waits %s, want %s; tried %d", w.Left, want, g.tried-before)
		}
		g.later(want - time.Second)
		if w := g.wrong("王明"); w.Left != time.Second {
			t.Fatalf("a second before the end %s are left", w.Left)
		}
		g.later(time.Second)
		if w := g.wrong("王明"); w.Left != 0 {
			t.Fatal("waits after the end")
		}
	}
	g.later(time.Hour)
	if err := g.Try(g.now, "王明", func() error { return errors.New("disk") }); err == nil || g.wrong("王明").Left != 0 {
		t.Errorf("what is not wrong is counted: %v", err)
	}
	g.later(25 * time.Hour)
	for range 5 {
		if g.wrong("王明").Left != 0 {
			t.Fatal("a day ended nothing")
		}
	}
	g.later(time.Minute)
	if err := g.Try(g.now, "王明", func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(g.File); err == nil {
		t.Error("the right one ended nothing")
	}
}

// Who guesses at one name keeps nobody else out, and ends no wait by a password of his own; who guesses at many keeps
// everybody waiting, for minutes.
func TestWaitsAreOfANameAndOfAll(t *testing.T) {
	g := guess(t)
	for range 10 {
		g.wrong("王明")
		g.later(g.Left(g.now, "王明"))
	}
	g.wrong("王明")
	if w := g.wrong("王明"); w.Left != 32*time.Minute {
		t.Errorf("he waits %s", w.Left)
	}
	for range 3 { // she is in, whatever he does
		if err := g.Try(g.now, "李慧敏", func() error { return nil }); err != nil {
			t.Error(err)
		}
	}
	if w := g.wrong("王明"); w.Left != 32*time.Minute {
		t.Errorf("her password leaves him %s", w.Left)
	}
	g = guess(t)
	for i := range 20 {
		if w := g.wrong(fmt.Sprint("某人", i)); w.Left != 0 {
			t.Fatalf("%d: %s", i, w.Left)
		}
	}
	for i, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 5 * time.Minute,
		5 * time.Minute} {
		if w := g.wrong("李慧敏"); w.Left != want || !w.All {
			t.Fatalf("everybody waits %s, want %s", w.Left, want)
		}
		g.later(want)
		g.wrong(fmt.Sprint("别人", i))
	}
}

// Setting the clock on or back ends no wait, and makes none longer. Where the computer was started anew the clock is
// believed, and if it was set back, no more than the time since.
func TestClockEndsNoWait(t *testing.T) {
	for what, c := range map[string]struct {
		clock, up time.Duration // how far they are from where they were
		left      time.Duration
	}{
		"nothing":                      {0, 0, 30 * time.Second},
		"ten seconds":                  {10 * time.Second, 10 * time.Second, 20 * time.Second},
		"set on":                       {365 * 24 * time.Hour, 10 * time.Second, 20 * time.Second},
		"set back":                     {-365 * 24 * time.Hour, 10 * time.Second, 20 * time.Second},
		"started anew":                 {20 * time.Second, 5*time.Second - time.Hour, 10 * time.Second},
		"started anew, and a night":    {12 * time.Hour, 5*time.Second - time.Hour, 0},
		"started anew, and set back":   {-24 * time.Hour, 5*time.Second - time.Hour, 25 * time.Second},
		"set back, and long since":     {-24 * time.Hour, time.Minute, 0},
		"nobody knows how long it ran": {10 * time.Second, -time.Hour, 20 * time.Second},
	} {
		g := guess(t)
		for range 5 {
			g.wrong("王明")
		}
		g.now, g.up = g.now.Add(c.clock), g.up+c.up
		if left := g.Left(g.now, "王明"); left != c.left {
			t.Errorf("%s: %s are left, want %s", what, left, c.left)
		}
	}
	if a, b := ran(), ran(); a <= 0 || b < a {
		t.Errorf("it ran for %s, then %s", a, b)
	}
}

// A program that is killed while it tries has counted the try.
func TestKilledTryCounts(t *testing.T) {
	g := guess(t)
	for range 5 {
		func() {
			defer func() { _ = recover() }()
			_ = g.Try(made, "王明", func() error { panic("killed") })
		}()
	}
	if err := g.Try(made, "王明", func() error { return nil }); !errors.As(err, new(Wait)) {
		t.Error(err)
	}
}

// Nobody reads from the file who mistyped: what stands there fits one name in some ten thousand.
func TestTriesNameNobody(t *testing.T) {
	if h := hashed("王明"); len(h) != 4 || h != hashed("王 明") || h == hashed("李慧敏") {
		t.Error(h)
	}
}
