package courier

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"lianluo.local/data/folder"
)

// How much is kept of files that were set aside; they cost whoever laid them down nothing. The greatest damaged bundle has a copy.
const (
	mostCopies = 200
	mostCopied = 64 << 20 // bytes of all
	mostCopy   = 12 << 20 // bytes of one, by the size that it says it has
)

// keepCopy copies a file that was set aside into the home.
func (c *Courier) keepCopy(f *folder.Folder, file folder.File) {
	in, size, err := f.OpenFile(c.Settings.Unit, file.From, file.Name)
	if err != nil {
		return // the original stays where it is
	}
	defer in.Close()
	sum := sha256.Sum256([]byte(file.From + "/" + file.Name)) // the name itself may be too long for a disk
	_ = c.copyAside(fmt.Sprintf("%s-%x%s", file.From, sum[:6], filepath.Ext(file.Name)), io.LimitReader(in, min(size, mostCopy)))
}

func (c *Courier) copyAside(name string, in io.Reader) error {
	if err := os.MkdirAll(c.Aside, 0o700); err != nil {
		return fmt.Errorf("set aside: %w", err)
	}
	root, err := os.OpenRoot(c.Aside)
	if err != nil {
		return fmt.Errorf("set aside: %w", err)
	}
	defer root.Close()
	out, err := root.OpenFile(filepath.Base(name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// copies lists what is kept, the newest first.
func (c *Courier) copies() (list []os.FileInfo) {
	entries, _ := os.ReadDir(c.Aside) // none yet
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			list = append(list, info)
		}
	}
	slices.SortFunc(list, func(a, b os.FileInfo) int {
		return cmp.Or(b.ModTime().Compare(a.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	return list
}

// giveUp lets go of the oldest copies where there are too many.
func (c *Courier) giveUp() {
	size := int64(0)
	for i, info := range c.copies() {
		if size += info.Size(); i >= mostCopies || size > mostCopied {
			_ = os.Remove(filepath.Join(c.Aside, info.Name()))
		}
	}
}

// Crowded says whether older copies of files that were set aside were given up, or are with the next one.
func (c *Courier) Crowded() bool {
	size, list := int64(0), c.copies()
	for _, info := range list {
		size += info.Size()
	}
	return len(list) >= mostCopies || size > mostCopied-mostCopy
}
