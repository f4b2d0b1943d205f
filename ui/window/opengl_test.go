//go:build linux

package window

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianluo.local/app/explain"
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

// A home that cannot be opened is named, with what is in the way.
func TestNoHome(t *testing.T) {
	file := filepath.Join(t.TempDir(), "资料")
	must(t, os.WriteFile(file, nil, 0o600))
	for _, c := range []struct {
		h    home.Home
		want string
	}{
		{home.Home(file), "打不开放资料的文件夹 " + file + "：那里该是文件夹的地方是一个文件。"},
		{"/proc/self/nothing", "打不开放资料的文件夹 /proc/self/nothing：找不到"},
		{"lianluo", "没有给您留放资料的位置"},
	} {
		if _, err := lock(c.h); err == nil || !strings.Contains(explain.Sentence(err), c.want) {
			t.Errorf("%s: %v, %s", c.h, err, explain.Sentence(err))
		}
	}
	h := home.Home(t.TempDir())
	free, err := lock(h)
	must(t, err)
	defer free()
	if _, err := lock(h); !errors.Is(err, home.ErrOpen) {
		t.Errorf("a second window: %v", err)
	}
}
