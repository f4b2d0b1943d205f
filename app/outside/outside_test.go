package outside

import (
	"runtime"
	"testing"
)

// asked is a test that is told to go on, to stop or to fail.
type asked struct {
	testing.TB
	skipped, failed bool
}

func (a *asked) Helper()               {}
func (a *asked) Skipf(string, ...any)  { a.skipped = true; runtime.Goexit() }
func (a *asked) Fatalf(string, ...any) { a.failed = true; runtime.Goexit() }

func TestNothingIsSkippedUnderCI(t *testing.T) {
	for _, c := range []struct {
		ci, program     string
		skipped, failed bool
	}{{"", "go", false, false}, {"true", "go", false, false}, {"", "no-such-program", true, false}, {"true", "no-such-program", false, true}} {
		t.Setenv("CI", c.ci)
		a, done := &asked{}, make(chan struct{})
		go func() { defer close(done); Needs(a, "go", c.program) }()
		if <-done; a.skipped != c.skipped || a.failed != c.failed {
			t.Errorf("CI=%s without %s: skipped %v, failed %v", c.ci, c.program, a.skipped, a.failed)
		}
	}
}
