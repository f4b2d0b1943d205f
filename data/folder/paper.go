package folder

import (
	"bytes"
	"errors"
	"io"
)

// Read gives the contents of a small file, of one that is longer the first limit+1 bytes.
func (f *Folder) Read(to string, file File, limit int64) ([]byte, error) {
	in, _, err := f.OpenFile(to, file.From, file.Name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(io.LimitReader(in, limit+1))
}

// Lay drops a small file, in the place of what lies there under its name and is not good; of what lies there good hears
// the first limit+1 bytes.
func (f *Folder) Lay(to, from, name string, b []byte, limit int64, good func(there []byte) bool) error {
	there, err := f.Read(to, File{From: from, Name: name}, limit)
	if err == nil && good(there) {
		return nil
	}
	if err == nil || errors.Is(err, ErrTooLarge) {
		if err := f.Remove(to, from, name); err != nil {
			return err
		}
	}
	return f.Drop(to, from, name, func(w io.Writer) error { _, err := io.Copy(w, bytes.NewReader(b)); return err })
}
