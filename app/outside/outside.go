// Package outside is for tests that look at our work with programs which others wrote: what they read, type and draw
// must be what we say it is.
package outside

import (
	"os"
	"os/exec"
	"testing"
)

// Needs skips a test where one of the programs is not installed. Under CI=true, after .ci/system has installed what
// tests need, it fails instead: what was not looked at there would be looked at nowhere.
func Needs(t testing.TB, programs ...string) {
	t.Helper()
	for _, p := range programs {
		_, err := exec.LookPath(p)
		switch {
		case err == nil:
		case os.Getenv("CI") == "true":
			t.Fatalf("%s is not installed; .ci/system has to install it", p)
		default:
			t.Skipf("%s is not installed (make system installs it)", p)
		}
	}
}
