//go:build linux && caret

package window

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"lianluo.local/app/outside"
)

// method is an input method as a test starts it: what it is called by X, its programs, what shows its candidates.
type method struct {
	name     string
	programs []string
	start    func(s *screen)
	on       func(s *screen) // writes pinyin from now on
	class    string          // of the window with the candidates
}

var methods = []method{
	{"fcitx", []string{"fcitx5", "fcitx5-remote"}, func(s *screen) {
		dir := filepath.Join(s.home(), ".config", "fcitx5")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			s.Fatal(err)
		}
		profile := "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n\n[Groups/0/Items/0]\nName=keyboard-us\n\n" +
			"[Groups/0/Items/1]\nName=pinyin\n\n[GroupOrder]\n0=Default\n"
		if err := os.WriteFile(filepath.Join(dir, "profile"), []byte(profile), 0o600); err != nil {
			s.Fatal(err)
		}
		s.start("fcitx5", "-D", "--disable",
			"cloudpinyin,notifications,notificationitem,kimpanel,wayland,ibusfrontend,fcitx4frontend")
		s.until("fcitx5", func() bool { return s.say("fcitx5-remote") != "" })
	}, func(s *screen) {
		s.until("pinyin", func() bool {
			s.say("fcitx5-remote", "-s", "pinyin")
			return s.say("fcitx5-remote",
				"-n") == "pinyin"
		})
	}, "fcitx"},
	{"ibus", []string{"ibus-daemon", "ibus"}, func(s *screen) {
		s.start("ibus-daemon", "--xim", "--replace")
		s.until("ibus", func() bool { return strings.Contains(s.say("ibus", "list-engine"), "libpinyin") })
	}, func(s *screen) {
		s.until("pinyin", func() bool {
			s.say("ibus", "engine", "libpinyin")
			return s.say("ibus",
				"engine") == "libpinyin"
		})
	}, "ibus-ui-gtk3"},
}

// A composition keeps its keys: Enter, Tab, BackSpace, Escape, the arrows and digits that it takes neither act on the
// page nor on what was written before. Outside it they are whole. The candidates stand at the caret, and where nobody
// writes the keys are the page's.
func TestComposing(t *testing.T) {
	for _, m := range methods {
		t.Run(m.name, func(t *testing.T) {
			if m.name == "ibus" && os.Getenv("CI") == "true" {
				if _, err := exec.LookPath("ibus-daemon"); err != nil {
					t.Skip("ibus is missing; fcitx5 speaks for both")
				}
			}
			outside.Needs(t, m.programs...)
			outside.Needs(t, "dbus-daemon")
			compose(t, m)
		})
	}
}

func compose(t *testing.T, m method) {
	s := display(t, "1366x768", "XMODIFIERS=@im="+m.name)
	s.bus()
	m.start(s)
	s.registering()
	m.on(s)
	panel := func() string {
		id, _, _ := strings.Cut(s.x("search", "--onlyvisible", "--class", m.class), "\n")
		return id
	}
	// begin writes letters into a composition and waits until they are there.
	begin := func(letters string) {
		t.Helper()
		s.until("pinyin for "+letters, func() bool {
			s.x("type", "--delay", "30", letters)
			s.until("composition", func() bool {
				return panel() != "" || s.look().Fields[0] != "" && strings.HasSuffix(s.look().Fields[0], letters)
			})
			return panel() != ""
		})
	}
	is := func(what, name string) {
		t.Helper()
		s.until(what+" "+name, func() bool {
			v := s.look()
			return v.Focus == 0 && v.Fields[0] == name &&
				panel() == ""
		})
		if v := s.look(); strings.Join(v.Fields[1:], "") != "" {
			t.Errorf("%s: letters went into other fields: %q", what, v.Fields)
		}
	}
	begin("nihao")
	at := s.look().At[0]
	s.until("candidates at the caret", func() bool {
		x, y := s.at(panel())
		_, top := s.at(s.win)
		return x >= at[0] && x < at[0]+at[2] && y > top+at[1] && y < top+at[1]+3*at[3]
	})
	s.x("key", "space")
	is("space takes a word", "你好")
	begin("lijun")
	s.x("key", "Return")
	is("Enter takes the letters", "你好lijun")
	begin("nihao")
	for range len("nihao") {
		s.x("key", "BackSpace")
	}
	is("BackSpace eats the composition only", "你好lijun")
	begin("nihao")
	s.x("key", "Escape")
	is("Escape ends the composition only", "你好lijun")
	begin("shi")
	s.x("key", "Tab")
	s.x("key", "Down")
	s.x("key", "Escape")
	is("Tab and arrows stay in the composition", "你好lijun")
	s.x("key", "BackSpace")
	is("BackSpace deletes outside it", "你好liju")
	s.x("key", "Return")
	s.until("next field", func() bool { return s.look().Focus == 1 })
	// Nobody writes: a letter is the page's key, and no composition begins.
	s.until("page without a field", func() bool { s.x("key", "Escape"); return len(s.look().Fields) == 0 })
	s.x("type", "--delay", "30", "nihao")
	s.until("page's key", func() bool { s.x("key", "F2"); return s.look().Focus == 0 })
	if panel() != "" {
		t.Error("something is composed where nobody writes")
	}
}

// at is where a window stands on the screen.
func (s *screen) at(window string) (x, y int) {
	for _, line := range strings.Split(s.x("getwindowgeometry", "--shell", window), "\n") {
		name, value, _ := strings.Cut(line, "=")
		n, _ := strconv.Atoi(value)
		switch name {
		case "X":
			x = n
		case "Y":
			y = n
		}
	}
	return x, y
}

// home is that of the programs on the screen.
func (s *screen) home() (dir string) {
	for _, e := range s.env {
		if v, ok := strings.CutPrefix(e, "HOME="); ok {
			dir = v
		}
	}
	return dir
}

// bus starts the bus over which input methods talk.
func (s *screen) bus() {
	s.Helper()
	c := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address=1")
	c.Env = s.env
	out, err := c.StdoutPipe()
	if err != nil {
		s.Fatal(err)
	}
	s.run(c)
	buf := make([]byte, 4096)
	n, err := out.Read(buf)
	if err != nil {
		s.Fatal("no bus: ", err)
	}
	s.env = append(s.env, "DBUS_SESSION_BUS_ADDRESS="+strings.TrimSpace(string(buf[:n])))
}
