//go:build linux && caret

package window

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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
	which    []string // says what it composes
	choose   []string // chooses pinyin
	pinyin   string   // what it calls that
	class    string   // of the window with the candidates
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
	}, []string{"fcitx5-remote", "-n"}, []string{"fcitx5-remote", "-s", "pinyin"}, "pinyin", "fcitx"},
	{"ibus", []string{"ibus-daemon", "ibus"}, func(s *screen) {
		s.start("ibus-daemon", "--xim", "--replace", "--restart") // the panel dies now and then
		s.until("ibus", func() bool { return strings.Contains(s.say("ibus", "list-engine"), "libpinyin") })
	}, []string{"ibus", "engine"}, []string{"ibus", "engine", "libpinyin"}, "libpinyin", "ibus-ui-gtk3"},
}

// A composition keeps its keys: Enter, Tab, BackSpace, Escape, the arrows and digits that it takes neither act on the
// page nor on what was written before. Outside it they are whole. The candidates stand at the caret, and where nobody
// writes the keys are the page's.
func TestComposing(t *testing.T) { each(t, compose) }

// each tries something with every input method.
func each(t *testing.T, try func(*testing.T, method)) {
	for _, m := range methods {
		t.Run(m.name, func(t *testing.T) {
			if m.name == "ibus" && os.Getenv("CI") == "true" {
				if _, err := exec.LookPath("ibus-daemon"); err != nil {
					t.Skip("ibus is missing; fcitx5 speaks for both")
				}
			}
			outside.Needs(t, m.programs...)
			outside.Needs(t, "dbus-daemon")
			try(t, m)
		})
	}
}

func compose(t *testing.T, m method) {
	s := display(t, "1366x768", "XMODIFIERS=@im="+m.name)
	s.bus()
	m.start(s)
	s.registering()
	s.composing(m)
	begin := func(letters string) { t.Helper(); s.begin(m, letters) }
	is := func(what, name string) {
		t.Helper()
		s.until(what+" "+name, func() bool {
			v := s.look()
			return v.Focus == 0 && v.Fields[0] == name && len(s.candidates(m)) == 0
		})
		if v := s.look(); strings.Join(v.Fields[1:], "") != "" {
			t.Errorf("%s: letters went into other fields: %q", what, v.Fields)
		}
	}
	begin("nihao")
	s.until("candidates at the caret", func() bool { return s.atCaret(m) })
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
	if len(s.candidates(m)) > 0 {
		t.Error("something is composed where nobody writes")
	}
}

// candidates are the windows in which an input method shows some.
func (s *screen) candidates(m method) []string {
	return strings.Fields(s.x("search", "--onlyvisible", "--class", m.class))
}

// composing waits until letters are composed and candidates are shown, which may be long after the input method says that
// it is there (what shows candidates chooses another language as it starts), and leaves the first field empty.
func (s *screen) composing(m method) {
	s.Helper()
	s.until("composition", func() bool {
		if s.say(m.which[0], m.which[1:]...) == m.pinyin {
			s.x("type", "n")
		} else {
			s.say(m.choose[0], m.choose[1:]...)
		}
		return len(s.candidates(m)) > 0
	})
	s.until("end of it", func() bool {
		s.x("key", "BackSpace")
		return len(s.candidates(m)) == 0 && s.look().Fields[0] == ""
	})
}

// begin writes letters into a composition and waits until it is there.
func (s *screen) begin(m method, letters string) {
	s.Helper()
	s.x("type", "--delay", "30", letters)
	s.until("composition of "+letters, func() bool { return len(s.candidates(m)) > 0 })
}

// atCaret says whether candidates stand below what is written in the first field, which is empty.
func (s *screen) atCaret(m method) bool {
	left, top := s.at(s.win)
	field := s.look().At[0]
	return slices.ContainsFunc(s.candidates(m), func(w string) bool {
		x, y := s.at(w)
		return x >= left+field[0] && x < left+field[0]+field[2]/4 && y > top+field[1] && y < top+field[1]+3*field[3]
	})
}

// The candidates stand at the caret wherever that has got to since the field got the keyboard, and although the input
// method was started after that.
func TestCandidatesFollow(t *testing.T) {
	each(t, func(t *testing.T, m method) {
		s := display(t, "1366x768", "XMODIFIERS=@im="+m.name)
		s.bus()
		s.registering()
		m.start(s)
		s.composing(m)
		follow := func() bool { s.x("type", "n"); return s.atCaret(m) } // at the latest with the next letter
		s.until("candidates at the caret", follow)
		s.x("key", "Escape")
		s.until("end of it", func() bool { return len(s.candidates(m)) == 0 })
		before := s.look()
		s.until("another place", func() bool {
			s.x("windowsize", s.win, "1000", "600")
			s.x("windowmove", s.win, "200", "100")
			v := s.look()
			return v.Focus == 0 && v.Place[0] >= 200 && v.Place[2] == 1000 && v.At[0] != before.At[0]
		})
		s.until("candidates at the caret that has moved", follow)
	})
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
