package console

import (
	"os"

	"golang.org/x/sys/windows"
)

var attach = windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")

// ofParent is who has the console (ATTACH_PARENT_PROCESS).
const ofParent = ^uintptr(0)

// Attach lets os.Stdin, os.Stdout and os.Stderr be the console of who started this program, each where it leads nowhere.
func Attach() {
	var lost []func()
	for _, s := range []struct {
		which uint32
		name  string
		file  **os.File
	}{{windows.STD_INPUT_HANDLE, "CONIN$", &os.Stdin}, {windows.STD_OUTPUT_HANDLE, "CONOUT$", &os.Stdout},
		{windows.STD_ERROR_HANDLE, "CONOUT$", &os.Stderr}} {
		if h, err := windows.GetStdHandle(s.which); err == nil {
			if kind, err := windows.GetFileType(h); err == nil && kind != windows.FILE_TYPE_UNKNOWN {
				continue
			}
		}
		lost = append(lost, func() {
			if f, err := os.OpenFile(s.name, os.O_RDWR, 0); err == nil {
				*s.file = f
			}
		})
	}
	if len(lost) == 0 {
		return
	}
	_, _, _ = attach.Call(ofParent) // fails where there is none, or it is ours already
	for _, open := range lost {
		open()
	}
}
