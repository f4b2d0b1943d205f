//go:build linux

package window

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"lianluo.local/data/home"
)

// Where nothing draws the window the program says so and ends, and the home is free for the next start.
func TestNoOpenGL(t *testing.T) {
	s, h := server(t, "-extension", "GLX"), home.Home(t.TempDir())
	ctx, cancel := context.WithTimeout(context.Background(), awhile)
	defer cancel()
	c := exec.CommandContext(ctx, os.Args[0])
	c.Env = append(slices.Clone(s.env), "LIANLUO_WINDOW="+string(h))
	out, err := c.CombinedOutput()
	if c.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), ErrNoOpenGL.Error()) {
		t.Errorf("%v: %s", err, out)
	}
	free, err := h.Lock()
	if err != nil {
		t.Fatal(err)
	}
	free()
}
