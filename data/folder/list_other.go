//go:build !linux

package folder

import (
	"os"
	"time"
)

// each tells of the ordinary files of a directory whose names are wanted, which is asked of every name.
func each(dir *os.File, wanted func(string) bool, do func(name string, size int64, modified time.Time)) error {
	entries, err := dir.ReadDir(-1)
	for _, e := range entries {
		if !wanted(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil { // gone in between: as if it had never been
			do(e.Name(), info.Size(), info.ModTime())
		}
	}
	return err
}
