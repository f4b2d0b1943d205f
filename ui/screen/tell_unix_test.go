//go:build !windows && !nowindow

package screen

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"lianluo.local/app/outside"
)

const says = "窗口打不开：<这里> 没有。请重新安装程序。"

// Where a desktop has a program for boxes, the sentence stands in one, whole, and it is asked for once.
func TestTellInABox(t *testing.T) {
	bin := t.TempDir()
	asked := filepath.Join(bin, "asked")
	fake := "#!/bin/sh\nprintf '%s\\n' \"${0##*/}\" \"$@\" >>" + asked + "\n"
	for _, name := range []string{"zenity", "kdialog"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(fake), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin)
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("DISPLAY", "")
	if Tell(says); read(asked) != "" {
		t.Errorf("without a screen: %s", read(asked))
	}
	t.Setenv("DISPLAY", ":99")
	if Tell(says); !strings.HasPrefix(read(asked), "zenity\n") || !strings.HasSuffix(read(asked), "\n"+says+"\n") ||
		strings.Contains(read(asked), "kdialog") {
		t.Errorf("asked for %s", read(asked))
	}
	if err := os.Remove(filepath.Join(bin, "zenity")); err != nil {
		t.Fatal(err)
	}
	if Tell(says); !strings.Contains(read(asked), "\nkdialog\n") {
		t.Errorf("without zenity: %s", read(asked))
	}
}

func read(name string) string {
	b, _ := os.ReadFile(name)
	return string(b)
}

// desktop is one that shows notices.
type desktop struct{ told chan []any }

// Notify is of the Desktop Notifications Specification.
func (d desktop) Notify(_ string, _ uint32, icon, title, body string, _ []string, hints map[string]dbus.Variant,
	forMilliseconds int32) (uint32, *dbus.Error) {
	d.told <- []any{icon, title, body, hints["urgency"].Value(), forMilliseconds}
	return 1, nil
}

// Where it has none, the sentence is a notice that stays.
func TestTellAsANotice(t *testing.T) {
	outside.Needs(t, "dbus-daemon")
	bus := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address", "--address=unix:tmpdir="+t.TempDir())
	out, err := bus.StdoutPipe()
	if err == nil {
		err = bus.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = bus.Process.Kill()
		_ = bus.Wait()
	}()
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "wayland-0")
	t.Setenv("PATH", t.TempDir())
	Tell(says) // nobody is there, and nobody waits
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	d := desktop{make(chan []any, 1)}
	if err := conn.Export(d, "/org/freedesktop/Notifications", "org.freedesktop.Notifications"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName("org.freedesktop.Notifications", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	Tell(says)
	got := <-d.told
	if want := []any{"lianluo", "联络站", "窗口打不开：&lt;这里&gt; 没有。请重新安装程序。", byte(2), int32(0)}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}
