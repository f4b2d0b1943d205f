//go:build linux

package window

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/outside"
	"lianluo.local/data/home"
)

// TestMain lets the test's own program be the window: with LIANLUO_WINDOW set it opens that home, and tells on its
// output what stands in the window whenever a line comes in; first it presses the button whose words begin as the line.
func TestMain(m *testing.M) {
	dir := os.Getenv("LIANLUO_WINDOW")
	if dir == "" {
		os.Exit(m.Run())
	}
	go func() {
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			fyne.DoAndWait(func() {
				if called := in.Text(); called != "" {
					pressed(called)
				}
				_ = json.NewEncoder(os.Stdout).Encode(stands())
			})
		}
	}()
	if err := Run(home.Home(dir), func() time.Time { return dusk }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// screen is a display of X11 with a window manager, and whatever was started on it.
type screen struct {
	testing.TB
	env []string
	to  io.Writer
	in  *bufio.Reader
	win string // the window, as X11 knows it
}

// patience of a test with a machine that is busy with others.
const awhile = 2 * time.Minute

// display starts one of a size.
func display(t testing.TB, size string, env ...string) *screen {
	t.Helper()
	s := server(t, "-screen", "0", size+"x24")
	s.env = append(s.env, env...)
	outside.Needs(t, "openbox", "xdotool")
	s.start("openbox")
	s.until("a window manager", func() bool { return strings.Contains(s.x("get_num_desktops"), "4") })
	return s
}

// server starts a display without a window manager.
func server(t testing.TB, args ...string) *screen {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: it takes a display, and seconds")
	}
	outside.Needs(t, "Xvfb")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	own, err := os.MkdirTemp("", "screen")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(own) }) // what a bus has started may still write
	s := &screen{TB: t, env: append(os.Environ(), "LC_ALL=C.UTF-8", "XMODIFIERS=", "HOME="+own, "XDG_RUNTIME_DIR="+own)}
	x := exec.Command("Xvfb", append([]string{"-displayfd", "3", "-nolisten", "tcp", "-noreset"}, args...)...)
	x.ExtraFiles = []*os.File{w}
	s.run(x)
	w.Close()
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal("no display: ", err)
	}
	s.env = append(s.env, "DISPLAY=:"+strings.TrimSpace(number))
	return s
}

// run starts a program that is ended with the test.
func (s *screen) run(c *exec.Cmd) {
	s.Helper()
	if c.Env == nil {
		c.Env = s.env
	}
	if err := c.Start(); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
}

func (s *screen) start(name string, args ...string) { s.Helper(); s.run(exec.Command(name, args...)) }

// say gives what a program says.
func (s *screen) say(name string, args ...string) string {
	c := exec.Command(name, args...)
	c.Env = s.env
	out, _ := c.Output()
	return strings.TrimSpace(string(out))
}

// x lets xdotool do something.
func (s *screen) x(args ...string) string { return s.say("xdotool", args...) }

// until waits for something to hold.
func (s *screen) until(what string, holds func() bool) {
	s.Helper()
	for end := time.Now().Add(awhile); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			if dir := os.Getenv("SHOTS"); dir != "" {
				s.say("import", "-window", "root", filepath.Join(dir, s.Name()+".png"))
			}
			s.Fatalf("still no %s: %+v", what, s.look())
		}
	}
}

// open starts the window of a practice station and waits until it takes keys.
func (s *screen) open(h home.Home) *exec.Cmd {
	s.Helper()
	c := exec.Command(os.Args[0])
	c.Env = slices.Concat(s.env, []string{"LIANLUO_WINDOW=" + string(h)})
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		s.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		s.Fatal(err)
	}
	s.run(c)
	s.to, s.in = in, bufio.NewReader(out)
	s.until("window", func() bool {
		s.win, _, _ = strings.Cut(s.x("search", "--onlyvisible", "--pid", fmt.Sprint(c.Process.Pid), "--name", "联络站"),
			"\n")
		return s.win != ""
	})
	s.until("window in front", func() bool { // nothing is asked of it that may come when a test has begun
		if s.x("getwindowfocus") != s.win {
			s.x("windowactivate", "--sync", s.win)
		}
		return s.x("getwindowfocus") == s.win && s.look().Title != ""
	})
	return c
}

// look asks the window what stands in it.
func (s *screen) look() sight { return s.ask("") }

// ask lets the window press a button, whose words begin so, and asks what stands in it then.
func (s *screen) ask(button string) (v sight) {
	if s.to == nil {
		return v
	}
	if _, err := fmt.Fprintln(s.to, button); err != nil {
		return v
	}
	line, err := s.in.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &v)
	}
	if err != nil {
		s.Logf("the window tells nothing: %v", err)
	}
	return v
}

// registering opens the page 登记来访 of a station, and waits for its first field.
func (s *screen) registering() {
	s.Helper()
	s.open(alone(s.TB, "station", apptest.Yuanjia))
	s.until("first field", func() bool {
		s.x("key", "--window", "0", "F2")
		v := s.look()
		return v.Focus == 0 && len(v.Fields) > 5
	})
}

// A touch screen moves the pointer and presses in one moment: what is tapped gets the keyboard, not what was under the
// pointer before.
func TestTapLandsWhereItIs(t *testing.T) {
	s := display(t, "1366x768")
	s.registering()
	tap := func(field int, key string) {
		at := s.look().At[field]
		s.x("mousemove", "--window", s.win, fmt.Sprint(at[0]+at[2]/2), fmt.Sprint(at[1]+at[3]/2), "click", "1")
		s.until("focus", func() bool { return s.look().Focus == field })
		before := s.look().Fields[field]
		s.x("type", key)
		s.until("letter", func() bool { return s.look().Fields[field] == before+key })
	}
	for range 3 {
		tap(0, "a")
		tap(1, "1")
	}
	if v := s.look(); v.Fields[0] != "aaa" || v.Fields[1] != "111" {
		t.Errorf("tapped into %q", v.Fields)
	}
}

// A matter's page that was acted on by a double click shows what came of it, and the likely act takes
// clicks.
func TestActedMatterIsDrawn(t *testing.T) {
	s := display(t, "1366x768")
	h := alone(t, "station", apptest.Yuanjia)
	a := far(t, h)
	if _, err := a.Desk.Receive(t.Context(), a.Clerk(),
		desk.Draft{Title: "七巷雨水倒灌", Category: "0203", Mode: "department"}); err != nil {
		t.Fatal(err)
	}
	a.Close()
	s.open(h)
	s.x("key", "ctrl+4")
	s.until("row", func() bool { s.x("key", "Down"); return slices.Contains(s.look().Row, "七巷雨水倒灌") })
	s.x("key", "Return")
	s.until("matter", func() bool { return s.look().Button == "梳理…" })
	on := s.look().On
	s.x("mousemove", "--window", s.win, fmt.Sprint(on[0]+on[2]/2), fmt.Sprint(on[1]+on[3]/2),
		"click", "--repeat", "2", "--delay", "90", "1")
	s.until("sheet", func() bool { return s.look().Overlay })
	s.x("key", "ctrl+Return")
	s.until("likely act", func() bool { return s.look().Button == "交办…" })
	// no third of a double click
	s.x("mousemove", "--window", s.win, fmt.Sprint(on[0]+10), fmt.Sprint(on[1]+on[3]/2), "click", "1")
	s.until("sheet of the likely act", func() bool { return s.look().Overlay })
}

// A program that is started twice comes forward instead, and opens where it was closed.
func TestStartedTwiceAndPlaced(t *testing.T) {
	s := display(t, "1366x768")
	h := alone(t, "station", apptest.Yuanjia)
	s.open(h)
	before := [4]int{}
	s.until("size", func() bool { // the first size of a window that is just opened may come after the one asked for
		s.x("windowsize", s.win, "1000", "600")
		s.x("windowmove", s.win, "120", "60")
		before = s.look().Place
		return before[2] == 1000 && before[3] == 600 && before[1] > 40
	})
	s.x("windowminimize", s.win)
	s.until("window put away", func() bool { return s.x("search", "--onlyvisible", "--name", "联络站") == "" })
	second := exec.Command(os.Args[0])
	second.Env = slices.Concat(s.env, []string{"LIANLUO_WINDOW=" + string(h)})
	if out, err := second.CombinedOutput(); err != nil {
		t.Fatalf("a second start: %v %s", err, out)
	}
	s.until("window in front", func() bool {
		return s.x("getactivewindow") == s.win && s.x("search", "--onlyvisible", "--name", "联络站") == s.win
	})
	s.until("place where it was", func() bool { return s.look().Place == before })
	for range 2 { // it does not wander
		s.x("key", "alt+F4")
		s.until("end", func() bool { return free(h) })
		s.to = nil
		s.open(h)
		s.until("place where it was", func() bool { return s.look().Place == before })
	}
}

// Somebody who asks to close it again, because a slow computer has not done so yet, does not keep it open.
func TestClosedTwice(t *testing.T) {
	s := display(t, "1366x768")
	h := alone(t, "station", apptest.Yuanjia)
	c := s.open(h)
	if err := c.Process.Signal(syscall.SIGSTOP); err != nil { // what is asked meanwhile comes at once
		t.Fatal(err)
	}
	for range 3 {
		s.x("key", "alt+F4")
	}
	if err := c.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	s.until("end", func() bool { return free(h) })
}

// free says that no window is open on a home.
func free(h home.Home) bool {
	release, err := h.Lock()
	if err == nil {
		release()
	}
	return err == nil
}
