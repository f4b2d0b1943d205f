package console

import (
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

const says, code = "今天有 3 件要办", 3

func TestMain(m *testing.M) {
	if os.Getenv("LIANLUO_HOSTED") == "" { // once more, with a console that nobody sees
		again := exec.Command(os.Args[0], os.Args[1:]...)
		again.Env = append(os.Environ(), "LIANLUO_HOSTED=1")
		again.Stdout, again.Stderr = os.Stdout, os.Stderr
		again.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW}
		if err := again.Run(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if os.Getenv("LIANLUO_SAYS") == "" {
		os.Exit(m.Run())
	}
	Attach()
	fmt.Fprintln(os.Stdout, says)
	fmt.Fprintln(os.Stderr, "没有找到")
	os.Exit(code)
}

var (
	kernel = windows.NewLazySystemDLL("kernel32.dll")
	read   = kernel.NewProc("ReadConsoleOutputCharacterW")
)

// What a program with a window says is read on the console from which it was started, and its exit code is the command's.
func TestWordsReachTheConsole(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	b[binary.LittleEndian.Uint32(b[0x3c:])+0x5c] = gui // as -H windowsgui makes it
	exe := filepath.Join(t.TempDir(), "window.exe")
	if err := os.WriteFile(exe, b, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LIANLUO_SAYS", "1")
	name, err := windows.UTF16PtrFromString(exe)
	if err != nil {
		t.Fatal(err)
	}
	var p windows.ProcessInformation
	nowhere := windows.StartupInfo{Flags: windows.STARTF_USESTDHANDLES}
	if err := windows.CreateProcess(name, nil, nil, nil, false, 0, nil, nil, &nowhere, &p); err != nil {
		t.Fatal(err)
	}
	var is uint32
	if _, err := windows.WaitForSingleObject(p.Process, windows.INFINITE); err != nil {
		t.Fatal(err)
	}
	if err := windows.GetExitCodeProcess(p.Process, &is); err != nil || is != code {
		t.Errorf("it ends with %d, %v", is, err)
	}
	screen := seen(t)
	for _, want := range []string{says, "没有找到"} {
		if !strings.Contains(screen, want) {
			t.Errorf("%q is not on the console: %q", want, strings.Join(strings.Fields(screen), " "))
		}
	}
}

// gui is the number of a program with a window among those of what a program runs under (IMAGE_SUBSYSTEM_WINDOWS_GUI).
const gui = 2

// seen is what stands on the console.
func seen(t *testing.T) string {
	t.Helper()
	f, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, n := make([]uint16, 8000), uint32(0)
	ok, _, err := read.Call(f.Fd(), uintptr(unsafe.Pointer(&text[0])), uintptr(len(text)), 0, uintptr(unsafe.Pointer(&n)))
	if ok == 0 {
		t.Fatal(err)
	}
	return strings.ReplaceAll(windows.UTF16ToString(text[:n]), "\x00", "")
}
