package app_test

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/explain"
	"lianluo.local/app/installer"
	"lianluo.local/data/release"
)

// A program that somebody built himself believes nobody; where the system refuses, a person hears what an administrator can do.
func TestUpdateByHand(t *testing.T) {
	u := renewing(t)
	u.Must(apptest.Err(u.county.Publish(ctx, u.write(made(t, ours, "99.0.0", "")))))
	u.Later(24 * time.Hour)
	u.Must(apptest.Err(u.station.Fetch(ctx)))
	for kind, want := range map[string]string{"deb": "sudo dpkg -i '", "rpm": "sudo rpm -U '", "exe": "双击 lianluo-setup.exe"} {
		u.station.System.Kind, u.station.System.OS = kind, map[bool]string{true: "windows", false: "linux"}[kind == "exe"]
		u.station.System.Run = func([]string, bool) error { return errors.New("no such program") }
		u.again(u.station)
		u.Must(apptest.Err(u.station.Fetch(ctx)))
		_, _, err := u.station.Install(ctx, false)
		if says := explain.Sentence(err); !errors.As(err, new(installer.ByHand)) || !strings.Contains(says, want) {
			t.Errorf("%s: %v: %s", kind, err, says)
		}
	}
	u.station.Publisher = ""
	u.again(u.station)
	if _, err := u.station.Fetch(ctx); !errors.Is(err, release.ErrKeyless) {
		t.Errorf("a program without a key takes it: %v", err)
	}
}

// Who may install is asked for nobody's password; on Windows the setup program shows itself to who sits before a window, and
// commands begin none while that window is open, which would have to be closed.
func TestHowItIsInstalled(t *testing.T) {
	u := renewing(t)
	u.Must(apptest.Err(u.county.Publish(ctx, u.write(made(t, ours, "99.0.0", "")))))
	u.Later(24 * time.Hour)
	for _, c := range []struct {
		kind       string
		root, seen bool
		want       string
	}{
		{"deb", false, true, "pkexec dpkg -i FILE"}, {"deb", true, false, "dpkg -i FILE"}, {"rpm", true, true, "rpm -U FILE"},
		{"exe", false, false, "FILE /S"}, {"exe", false, true, "FILE /UPDATE"},
	} {
		u.ran = nil
		s := &u.station.System
		s.Kind, s.Root, s.OS = c.kind, c.root, map[bool]string{true: "windows", false: "linux"}[c.kind == "exe"]
		u.again(u.station)
		u.Must(apptest.Err(u.station.Fetch(ctx)))
		free, err := u.station.Home.Lock()
		u.Must(err)
		if c.kind == "exe" && !c.seen {
			u.refuses("窗口还开着")
			free()
		}
		if _, _, err := u.station.Install(ctx, c.seen); err != nil || len(u.ran) != 1 {
			t.Fatalf("%+v: %v, ran %q", c, err, u.ran)
		}
		line := slices.Clone(u.ran[0])
		line[slices.IndexFunc(line, filepath.IsAbs)] = "FILE"
		if got := strings.Join(line, " "); got != c.want {
			t.Errorf("%+v: ran %q", c, got)
		}
		free()
	}
}
