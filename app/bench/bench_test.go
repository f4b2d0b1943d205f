package bench

import (
	"context"
	"errors"
	"os"
	"testing"

	"lianluo.local/app/ledger"
)

// A small run goes all the way: both ways find the same, every figure comes once, and nothing is left behind.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	got := map[string]Figure{}
	var b *bench
	b = &bench{matters: 1200, turns: 2, saves: 10, each: func(f Figure) {
		if n := map[string]int{"index": 1200, "check": 1200 + 10 + 2*100}[f.Name]; n > 0 { // filled, received, brought
			for _, text := range []string{"", "02-002003-"} {
				if got, _, err := b.app.Ledger.Count(t.Context(), ledger.Query{Text: text}); got != n || err != nil {
					t.Errorf("%s: %d matters are there under %q, %v, not %d", f.Name, got, text, err, n)
				}
			}
		}
		if _, twice := got[f.Name]; twice || f.What == "" || f.Ours.N < 1 || f.Ours.Median < 0 || f.Ours.Max < f.Ours.Median {
			t.Errorf("figure %+v", f)
		}
		got[f.Name] = f
	}}
	if err := b.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"receipt-first", "receipt", "disk", "import", "index", "register", "search-2-common", "search-2-rare",
		"search-1-common", "search-1-rare", "search-4", "search-pinyin", "list", "bundle-seal", "bundle-open", "bundle-take", "bundle", "check"} {
		if _, ok := got[name]; !ok {
			t.Errorf("no figure %s", name)
		}
	}
	if f := got["register"]; f.Ours.N != 10 || f.Usual.N != 10 || f.Goal == nil {
		t.Errorf("register: %+v", f)
	}
	nothing(t, dir)
}

func TestRunStopped(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	ctx, cancel := context.WithCancel(t.Context())
	b := &bench{matters: 100, turns: 1, saves: 5, each: func(Figure) { cancel() }}
	if err := b.run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped run ends with %v", err)
	}
	nothing(t, dir)
}

func nothing(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestTimes(t *testing.T) {
	var s series
	for i := range 20 {
		s = append(s, float64(20-i))
	}
	if got, want := s.times(), (Times{20, 10, 19, 20}); got != want {
		t.Errorf("times %+v, want %+v", got, want)
	}
	f := s.beside(series{40}, "x", "甲", "乙").atMost(.25)
	if f.Ratio != .25 || !f.Goal.Met || s.plain("x", "甲").below(10).Goal.Met {
		t.Errorf("goals: %+v", f)
	}
}
