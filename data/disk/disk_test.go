package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"
)

// What a number means depends on the system, and what is to be done on the meaning.
func TestFaultByNumber(t *testing.T) {
	for _, c := range []struct {
		n             syscall.Errno
		unix, windows error
	}{
		{5, ErrBroken, nil}, {19, ErrAway, ErrReadOnly}, {20, ErrNoFolder, ErrName}, {267, nil, ErrNoFolder}, {21, nil, ErrAway},
		{23, nil, ErrBroken}, {28, ErrFull, nil},
		{30, ErrReadOnly, ErrBroken}, {32, nil, ErrHeld}, {33, nil, ErrHeld}, {39, nil, ErrFull},
		{53, nil, ErrAway}, {67, nil, ErrAway},
		{112, ErrAway, ErrFull}, {123, ErrAway, ErrName}, {206, nil, ErrName}, {225, nil, ErrBlocked}, {1117, nil, ErrBroken},
		{1167, nil, ErrAway}, {1326, nil, ErrRefused}, {2, nil, nil}, {17, nil, nil},
	} {
		err := fmt.Errorf("act: %w", &fs.PathError{Op: "write", Path: "x", Err: c.n})
		if is := unix.fault(err); !errors.Is(is, c.unix) {
			t.Errorf("%d on Unix: %v", c.n, is)
		}
		if is := windows.fault(err); !errors.Is(is, c.windows) {
			t.Errorf("%d on Windows: %v", c.n, is)
		}
	}
	if err := Fault(errors.New("other")); err != nil {
		t.Error(err)
	}
	for _, system := range []numbers{unix, windows} {
		seen := map[syscall.Errno]bool{}
		for _, row := range system {
			for _, n := range row.of {
				if seen[n] {
					t.Errorf("%d has two meanings", n)
				}
				seen[n] = true
			}
		}
	}
}

// Names that Windows refuses, hides or takes for a device are none, wherever in a path they stand.
func TestNamed(t *testing.T) {
	for _, good := range []string{`C:\zk\a.pdf`, `C:\我的 资料 #1%20\回执.pdf`, `\\server\share\a.pdf`, `\\?\C:\a.pdf`,
		`\\?\UNC\server\share\a.pdf`,
		`\\.\C:\a.pdf`, `..\a.pdf`, `./x/../a.pdf`, `\a.pdf`, `//server/share$/a`,
		`com.pdf`, `com10.pdf`, `console`, `aux1`, `.hidden`, `a.b.c`,
		``, `C:\`, `王𠅤明（2）.pdf`, strings.Repeat("名", 255)} {
		if err := named(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{`C:\zk\a:b.pdf`, `a:b.pdf`, `C:a.pdf`, `a:b.pdf:c`, `ab:c`, `a<b.pdf`, `a>b.pdf`, `a"b`, `a|b`,
		`a?b`, `C:\x*\a.pdf`, "a\nb.pdf", `a.pdf.`, `a.pdf `,
		`x \a.pdf`, `...`, `con`, `CON.pdf`, `Con .pdf`, `nul.tar.gz`, `prn`, `aux.txt`, `COM1`,
		`com¹.pdf`, `lpt9.x`, `LPT0`, `CONIN$`, `\\server\share\con.pdf`,
		`\\?\C:\a:b`, `D:\联络站\nul\a.pdf`, strings.Repeat("名", 256)} {
		if err := named(bad); !errors.Is(err, ErrName) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
