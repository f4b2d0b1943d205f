package disk

import (
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"unicode/utf16"
)

var (
	// volume is what stands before the names of a path: a drive, a share (\\server\share), either after \\?\. A name after a drive
	// without a separator (a:b.pdf) lies wherever that drive was last looked at, which nobody means.
	volume = regexp.MustCompile(`(?i)^(?:[\\/]{2}[?.][\\/](?:unc[\\/][^\\/]+[\\/][^\\/]+|[a-z]:)|` +
		`[\\/]{2}[^\\/?.][^\\/]*[\\/][^\\/]+|[a-z]:)(?:[\\/]|$)`)
	// device is a name that Windows keeps for itself, whatever ends it has
	// (learn.microsoft.com/windows/win32/fileio/naming-a-file).
	device = regexp.MustCompile(`(?i)^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)`)
)

// mostName is the greatest length of a name, in the 16-bit units in which Windows counts.
const mostName = 255

// Named fails with ErrName where a name in a path is one that this system refuses or, worse, takes for something else: on
// Windows "a:b.pdf" hides the contents behind an empty file "a", "con.pdf" is a device, and "a.pdf." loses its end.
func Named(path string) error {
	if runtime.GOOS != "windows" {
		return nil
	}
	return named(path)
}

func named(path string) error {
	names := path[len(volume.FindString(path)):]
	for _, name := range strings.FieldsFunc(names, func(r rune) bool { return r == '\\' || r == '/' }) {
		bad := strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || strings.ContainsRune(`<>:"|?*`, r) })
		if name == "." || name == ".." {
			continue
		}
		if bad || strings.TrimRight(name, ". ") != name || device.MatchString(name) || len(utf16.Encode([]rune(name))) > mostName {
			return fmt.Errorf("%w: %q", ErrName, name)
		}
	}
	return nil
}
