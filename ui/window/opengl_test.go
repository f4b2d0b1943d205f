//go:build linux

package window

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
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

// Where no screen can be reached the program says so and ends, and has made no home.
func TestNoScreen(t *testing.T) {
	for _, c := range []struct {
		env  []string
		want error
	}{
		{[]string{"DISPLAY=", "WAYLAND_DISPLAY="}, ErrNoScreen},
		{[]string{"DISPLAY=:65000", "WAYLAND_DISPLAY="}, ErrNoScreen},
		{[]string{"DISPLAY=", "WAYLAND_DISPLAY=nobody"}, ErrNoX11},
	} {
		h := home.Home(filepath.Join(t.TempDir(), "home"))
		again := exec.Command(os.Args[0])
		again.Env = slices.Concat(os.Environ(), c.env, []string{"LIANLUO_WINDOW=" + string(h)})
		out, err := again.CombinedOutput()
		if again.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), c.want.Error()) {
			t.Errorf("%s: %v: %s", c.env, err, out)
		}
		if _, err := os.Stat(string(h)); err == nil {
			t.Errorf("%s: there is a home", c.env)
		}
	}
}
