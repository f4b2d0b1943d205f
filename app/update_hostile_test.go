package app_test

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"lianluo.local/app/explain"
	"lianluo.local/assets/version"
	"lianluo.local/data/release"
)

// Whatever somebody lays into the shared folder: it is not taken, is said by its name, keeps an honest release beside it from
// nothing, and nothing of it is left in the home or run.
func TestHostileReleases(t *testing.T) {
	u := renewing(t)
	const v, honest = "99.0.0", "98.0.0"
	name := release.Name(v)
	good := made(t, ours, v, "")
	spoilt := bytes.Replace(good, []byte("Debian 99.0.0"), []byte("Trojan 99.0.0"), 1)
	outside := u.write(good)
	for _, c := range []struct {
		what string
		name string
		lay  func(at string) error
		want error // nil: whatever
	}{
		{"somebody else's", name, u.laid(made(t, theirs, v, "")), release.ErrUnsigned},
		{"cut short", name, u.laid(good[:len(good)-1]), release.ErrForm},
		{"half copied", name, u.laid(good[:len(good)/2]), release.ErrForm},
		{"empty", name, u.laid(nil), release.ErrForm},
		{"an older one under a newer name", name, u.laid(made(t, ours, "0.9.0", "")), nil},
		{"this one under a newer name", name, u.laid(made(t, ours, version.Number, "")), nil},
		{"for other computers", name, u.laid(made(t, ours, v, "arm64")), release.ErrForeign},
		{"without our package", name, u.laid(u.thin(good)), release.ErrLeft},
		{"another package in it", name, u.laid(spoilt), release.ErrForm},
		{"a link", name, func(at string) error { return os.Symlink(outside, at) }, nil},
		{"a folder", name, func(at string) error { return os.Mkdir(at, 0o700) }, nil},
		{"five gigabytes", name, func(at string) error {
			return errors.Join(os.WriteFile(at, nil, 0o600), os.Truncate(at, 5<<30))
		}, nil},
		{"a bomb", name, u.laid(bomb(t)), release.ErrForm},
		{"many", "", func(string) error {
			for n := range 49 {
				if err := u.laid(made(t, theirs, v, "exe"))(u.shelf(release.Name(fmt.Sprintf("99.1.%d", n)))); err != nil {
					return err
				}
			}
			return nil
		}, release.ErrUnsigned},
	} {
		u.Must(os.RemoveAll(u.shelf("")))
		u.Must(os.MkdirAll(u.shelf(""), 0o700))
		u.Must(c.lay(u.shelf(c.name)))
		if _, err := u.station.Fetch(ctx); err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: taken, %v", c.what, err)
		} else if says := explain.Sentence(err); !strings.Contains(says, "。") || strings.Contains(says, "没有料到") {
			t.Errorf("%s: %v says %s", c.what, err, says)
		}
		if got := u.kept(u.station); len(got) > 0 {
			t.Errorf("%s: %q is left", c.what, got)
		}
		if c.what == "another package in it" { // only who reads all of it can know
			continue
		}
		if got, err := u.station.Update(ctx); err != nil || got.Version != "" || len(got.Strange) == 0 {
			t.Errorf("%s: offered as %+v, %v", c.what, got, err)
		}
		u.Must(u.laid(made(t, ours, honest, ""))(u.shelf(release.Name(honest))))
		if got, err := u.station.Update(ctx); err != nil || got.Version != honest || len(got.Strange) == 0 {
			t.Errorf("beside %s an honest one is %+v, %v", c.what, got, err)
		}
	}
	if u.ran != nil {
		t.Errorf("ran %q", u.ran)
	}
}

// laid gives who lays these bytes somewhere.
func (u *upkeep) laid(b []byte) func(at string) error {
	return func(at string) error { return os.WriteFile(at, b, 0o600) }
}

// thin is a release with the packages of others alone.
func (u *upkeep) thin(b []byte) []byte {
	o, err := release.Open(bytes.NewReader(b), int64(len(b)), ours.Public().(ed25519.PublicKey))
	u.Must(err)
	exe, err := o.For("windows", "amd64", "exe")
	u.Must(err)
	var out bytes.Buffer
	u.Must(o.Copy(&out, exe))
	return out.Bytes()
}

// bomb is a small zip that unpacks to much.
func bomb(t testing.TB) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("manifest.json")
	if err == nil {
		_, err = io.CopyN(w, zeros{}, 64<<20)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
