package sealed

import (
	"path/filepath"

	"lianluo.local/data/disk"
	"lianluo.local/data/home"
)

// Files of a home are read and written here, so that each is sealed where the home is protected and as it always was
// where not. The key of a file is derived under what the file is for ("keys", "papers"), never under a path: a home may
// be moved.

// ReadFile reads a file: with a key one that it sealed, without one what lies open. It fails with ErrKey for one that is
// sealed, and not with this key for this use; and with ErrNoSeal where a key is given and the file lies open: whoever can
// write into a protected home and has not its key puts nothing there that is believed.
func (k Key) ReadFile(use, path string) ([]byte, error) {
	b, err := disk.ReadFile(path)
	switch {
	case err != nil:
		return nil, err
	case k.Given():
		return k.For(use).Open(filepath.Base(path), b)
	case Is(b):
		return nil, ErrKey
	}
	return b, nil
}

// Sealed gives what is to be written into a file: what is given, where the key is none.
func (k Key) Sealed(use, path string, plain []byte) []byte {
	if !k.Given() {
		return plain
	}
	return k.For(use).Seal(filepath.Base(path), plain)
}

// WriteFile writes a file whole or not at all, for nobody else to read.
func (k Key) WriteFile(use, path string, plain []byte) error {
	return home.WriteWhole(path, k.Sealed(use, path, plain), 0o600)
}
