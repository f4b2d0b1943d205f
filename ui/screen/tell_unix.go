//go:build !windows && !nowindow

package screen

import (
	"context"
	"errors"
	"fmt"
	"html"
	"os"
	"os/exec"
	"time"

	"github.com/godbus/dbus/v5"
	"golang.org/x/term"
)

const title = "联络站"

// boxes are the programs of a desktop that show a sentence and wait until it is read, as one of them is there; the sentence
// comes last.
var boxes = [][]string{
	{"zenity", "--error", "--no-markup", "--width=460", "--title=" + title, "--text"},
	{"kdialog", "--title", title, "--error"},
}

// Tell says why there is no window: where nobody reads what a program writes, since it was started from a menu or an icon, in a
// box, or, where the desktop has no program for one, as its notice.
func Tell(sentence string) {
	fmt.Fprintln(os.Stderr, sentence)
	if term.IsTerminal(int(os.Stderr.Fd())) || os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	for _, box := range boxes {
		if exec.Command(box[0], append(box[1:], sentence)...).Run() == nil {
			return
		}
	}
	_ = notify(sentence)
}

// notify asks the desktop for a notice that stays until it is read (Desktop Notifications Specification 1.2).
func notify(sentence string) error {
	bus, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return err
	}
	defer bus.Close()
	if err := errors.Join(bus.Auth(nil), bus.Hello()); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	const service, forever = "org.freedesktop.Notifications", int32(0)
	return bus.Object(service, "/org/freedesktop/Notifications").CallWithContext(ctx, service+".Notify", 0, title, uint32(0),
		"lianluo", title, html.EscapeString(sentence), []string{}, map[string]dbus.Variant{"urgency": dbus.MakeVariant(byte(2))},
		forever).Err
}
