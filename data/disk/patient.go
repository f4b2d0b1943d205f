package disk

import (
	"errors"
	"os"
	"runtime"
	"syscall"
	"time"
)

// Windows renames nothing, replaces nothing and lets nothing go while anybody has it open who does not allow just that, a folder
// not even while a file in it is open. Programs of ours are through in a moment; so are virus scanners, indexers and what copies
// folders to other computers, all of which open what was just written. So what is renamed or removed goes through here, and who
// reads what is replaced.

// Rename is os.Rename for who has the patience.
func Rename(from, to string) error { return Patiently(func() error { return rename(from, to) }) }

// rename says that a file is held where it cannot be replaced for that: Windows says that there is no right to, and tells only who
// renames the file itself.
func rename(from, to string) error {
	err := os.Rename(from, to)
	if runtime.GOOS == "windows" && errors.Is(err, denied) {
		if held := os.Rename(to, to); errors.Is(Fault(held), ErrHeld) {
			return held
		}
	}
	return err
}

// Remove is os.Remove for who has the patience.
func Remove(name string) error { return Patiently(func() error { return os.Remove(name) }) }

// RemoveAll is os.RemoveAll for who has the patience.
func RemoveAll(name string) error { return Patiently(func() error { return os.RemoveAll(name) }) }

// Open is os.Open for who has the patience: of what is replaced nobody reads at that moment.
func Open(name string) (f *os.File, err error) {
	err = Patiently(func() error { f, err = os.Open(name); return err })
	return f, err
}

// ReadFile is os.ReadFile for who has the patience.
func ReadFile(name string) (b []byte, err error) {
	err = Patiently(func() error { b, err = os.ReadFile(name); return err })
	return b, err
}

// Patiently does what fails where another program has a file for a moment, again and again for about two seconds. It fails as
// it did the last time.
func Patiently(do func() error) error { return patiently(do, time.Sleep) }

func patiently(do func() error, wait func(time.Duration)) error {
	err := do()
	for pause := 5 * time.Millisecond; pause < 2*time.Second && runtime.GOOS == "windows" && momentary(err); pause *= 2 {
		wait(pause)
		err = do()
	}
	return err
}

const denied = syscall.Errno(5) // ERROR_ACCESS_DENIED

// momentary says whether an error of Windows may be of a file that another program has for a moment: who renames the folder
// around it hears of no right, too.
func momentary(err error) bool {
	return errors.Is(windows.fault(err), ErrHeld) || errors.Is(err, denied)
}
