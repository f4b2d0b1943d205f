package app

import (
	"io"
	"path/filepath"
	"time"

	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/release"
)

// Making is what a publisher makes a release of, at no home: the version, what is new in Chinese, the day, and the files of his
// private key and of the packages.
type Making struct {
	Version, Notes string
	At             time.Time
	Key            string
	Packages       []string
}

// MakeRelease writes a release into a file that is named as its version; the same input gives the same bytes. It fails with
// problem.Problems about "out" or "package", with release.ErrSecret, and where reading or writing does.
func MakeRelease(file string, m Making) error {
	if name := release.Name(m.Version); filepath.Base(file) != name || release.Version(name) == "" {
		return problem.Problems{"out": "请写成 lianluo-版本.release，版本像 1.1.0 这样三个数"}
	}
	key, err := release.Secret(m.Key)
	if err != nil {
		return err
	}
	said := release.Manifest{Version: m.Version, Notes: m.Notes, At: m.At}
	return home.WriteFrom(file, 0o644, func(w io.Writer) error { return release.Make(w, key, said, m.Packages...) })
}
