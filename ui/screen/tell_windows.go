//go:build !nowindow

package screen

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

// Tell says why there is no window: in a box, since a program with windows has nobody who reads what it writes.
func Tell(sentence string) {
	fmt.Fprintln(os.Stderr, sentence)
	text, err := windows.UTF16PtrFromString(sentence)
	if err != nil {
		return
	}
	title, _ := windows.UTF16PtrFromString("联络站")
	_, _ = windows.MessageBox(0, text, title, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
}
