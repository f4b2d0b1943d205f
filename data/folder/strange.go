package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// Nothing in a folder is ever started or followed. What a system or a careless person would start is named, because it
// came from somewhere: programs, scripts, documents with macros, shortcuts, links.
var runs = []string{".exe", ".com", ".scr", ".pif", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".wsh",
	".hta", ".msi", ".msp", ".cpl", ".dll", ".sys", ".reg", ".jar", ".lnk", ".url", ".desktop", ".sh", ".command",
	".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".chm", ".iso", ".img", ".vhd", ".inf"}

// mostLooked is how many names of a folder are looked at for what is strange.
const mostLooked = 5000

// Strange names what can be started, shortcuts and links, of the folder and of the directories of units in it; so many at most,
// and how many more there are. A folder that cannot be read has nothing strange: whoever reads it says so.
func (f *Folder) Strange(most int) (names []string, more int) {
	left := mostLooked
	var look func(parts ...string)
	look = func(parts ...string) {
		dir, err := f.root.Open(path.Join(parts...))
		if err != nil {
			return
		}
		defer dir.Close()
		var within []string
		for left > 0 {
			here, err := dir.ReadDir(min(left, 500))
			left -= len(here)
			for _, e := range here {
				switch name := path.Join(path.Join(parts[1:]...), e.Name()); {
				case e.IsDir() && len(parts) < 3 && unit.MatchString(e.Name()):
					within = append(within, e.Name())
				case e.Type()&fs.ModeSymlink != 0 || startable(e.Name()):
					names = append(names, name)
				}
			}
			if err != nil || len(here) == 0 {
				break
			}
		}
		slices.Sort(within)
		for _, d := range within {
			look(append(slices.Clone(parts), d)...)
		}
	}
	look(".")
	slices.Sort(names)
	if len(names) > most {
		names, more = names[:most], len(names)-most
	}
	return names, more
}

// startable says whether a system starts a file of that name; Windows passes over dots and blanks at its end.
func startable(name string) bool {
	name = strings.ToLower(strings.TrimRight(name, ". "))
	return slices.Contains(runs, path.Ext(name))
}

// Wipe overwrites a file that the unit from wrote itself and removes it. good looks at its contents first, and what lies under
// the name by then is what is overwritten, or nothing. On a worn stick the cells may keep what was written over; the
// contents are sealed besides. It fails with ErrNotRegular where good says no, and as OpenFile does.
func (f *Folder) Wipe(to, from, name string, good func(contents []byte) bool) error {
	there, err := f.Lying(to, from, name)
	if err != nil {
		return err
	}
	if there.Size > MaxFile {
		return fmt.Errorf("%s: %w", name, ErrTooLarge)
	}
	at := path.Join(to, from, name)
	before, err := f.root.Lstat(at)
	if err != nil {
		return err
	}
	file, err := f.root.OpenFile(at, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	b, err := io.ReadAll(io.LimitReader(file, MaxFile))
	if err != nil {
		return err
	}
	if !os.SameFile(before, info) || !info.Mode().IsRegular() || int64(len(b)) != info.Size() || !good(b) {
		return fmt.Errorf("%s: %w", name, ErrNotRegular)
	}
	if _, err := file.WriteAt(make([]byte, len(b)), 0); err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	return f.remove(at)
}
