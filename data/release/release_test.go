package release_test

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianluo.local/data/problem"
	"lianluo.local/data/release"
)

const deb, exe = "lianluo_99.0.0-1_amd64.deb", "lianluo-setup.exe"

var (
	publisher = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
	public    = publisher.Public().(ed25519.PublicKey)
	contents  = map[string]string{deb: "what Debian installs", exe: "what Windows installs"}
)

// made is the release 99.0.0 of two packages.
func made(t testing.TB, key ed25519.PrivateKey) []byte {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for _, name := range slices.Sorted(maps.Keys(contents)) {
		files = append(files, filepath.Join(dir, name))
		if err := os.WriteFile(filepath.Join(dir, name), []byte(contents[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	m := release.Manifest{Version: "99.0.0", At: time.Unix(1796000000, 0), Notes: "打印更快了。\n"}
	if err := release.Make(&b, key, m, files...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(b []byte) (*release.Release, error) {
	return release.Open(bytes.NewReader(b), int64(len(b)), public)
}

// extracted are the packages of a release as they come out, or why one does not.
func extracted(b []byte) (map[string]string, error) {
	o, err := open(b)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, p := range o.Packages {
		var one bytes.Buffer
		if err := o.Extract(&one, p); err != nil {
			return nil, err
		}
		out[p.File] = one.String()
	}
	return out, nil
}

// A release says what was signed, gives every package back, can be handed on whole to the byte or with one package alone, and
// is the same whenever it is made.
func TestRelease(t *testing.T) {
	b := made(t, publisher)
	if !bytes.Equal(b, made(t, publisher)) {
		t.Error("made twice it differs")
	}
	o, err := open(b)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := extracted(b); err != nil || !maps.Equal(got, contents) || o.Version != "99.0.0" || o.Notes != "打印更快了。" {
		t.Errorf("%q, %+v, %v", got, o.Manifest, err)
	}
	var all, one bytes.Buffer
	if err := o.Copy(&all, o.Packages...); err != nil || !bytes.Equal(all.Bytes(), b) {
		t.Errorf("handed on it differs: %v", err)
	}
	mine, err := o.For("linux", "amd64", "deb")
	if err != nil || mine.File != deb {
		t.Fatalf("%+v %v", mine, err)
	}
	if err := o.Copy(&one, mine); err != nil {
		t.Fatal(err)
	}
	thin, err := open(one.Bytes())
	if err != nil || !thin.Holds(mine) {
		t.Fatalf("with one package: %v", err)
	}
	for _, p := range thin.Packages {
		if err := thin.Extract(io.Discard, p); p.File != deb && !errors.Is(err, release.ErrLeft) || p.File == deb && err != nil {
			t.Errorf("%s: %v", p.File, err)
		}
	}
	if _, err := o.For("linux", "arm64", "deb"); !errors.Is(err, release.ErrForeign) {
		t.Errorf("another processor: %v", err)
	}
}

// file is one with a text, for packed.
func file(name, text string) zip.FileHeader { return zip.FileHeader{Name: name, Comment: text} }

// small is one that is compressed.
func small(name, text string) zip.FileHeader {
	return zip.FileHeader{Name: name, Method: zip.Deflate, Comment: text}
}

// packed is a zip of files, as they are said, with a signature where one is missing.
func packed(t testing.TB, files ...zip.FileHeader) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		text := f.Comment
		f.Comment = ""
		w, err := z.CreateHeader(&f)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// signed is a release of a manifest that somebody with the publisher's key wrote by mistake, and more files.
func signed(t testing.TB, manifest string, more ...zip.FileHeader) []byte {
	return packed(t, append([]zip.FileHeader{file("manifest.json", manifest),
		file("manifest.sig", string(ed25519.Sign(publisher, []byte(manifest))))}, more...)...)
}

func manifest(version, file, kind string) string {
	return fmt.Sprintf(`{"version":%q,"packages":[{"file":%q,"os":"linux","arch":"amd64","kind":%q,"size":4,"sha256":"%x"}]}`,
		version, file, kind, sha256.Sum256([]byte("deb!")))
}

// What is no whole release of the publisher is none, whatever it pretends to be, and takes no memory to say so.
func TestHostile(t *testing.T) {
	whole := made(t, publisher)
	good := manifest("99.0.0", deb, "deb")
	zeros := string(make([]byte, 8<<20))
	var crowd []zip.FileHeader
	for n := range 5000 {
		crowd = append(crowd, zip.FileHeader{Name: fmt.Sprint(n)})
	}
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{
		"honest":              {signed(t, good, file(deb, "deb!")), nil},
		"empty":               {nil, release.ErrForm},
		"no zip":              {bytes.Repeat([]byte("联络站"), 1000), release.ErrForm},
		"somebody else's key": {made(t, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, 32))), release.ErrUnsigned},
		"no signature":        {packed(t, file("manifest.json", good)), release.ErrForm},
		"a signature of nothing": {packed(t, file("manifest.json", good), file("manifest.sig", zeros[:64])),
			release.ErrUnsigned},
		"another package":           {signed(t, good, file(deb, "bad!")), release.ErrForm},
		"a longer package":          {signed(t, good, file(deb, "deb! and more")), release.ErrForm},
		"the package twice":         {signed(t, good, file(deb, "deb!"), file(deb, "bad!")), release.ErrForm},
		"two manifests":             {signed(t, good, zip.FileHeader{Name: "manifest.json", Comment: "{}"}), release.ErrForm},
		"a path":                    {signed(t, good, file("../../autostart.desktop", "deb!")), release.ErrForm},
		"a file besides":            {signed(t, good, file("autorun.inf", "deb!")), release.ErrForm},
		"a bomb":                    {signed(t, good, small(deb, zeros)), release.ErrForm},
		"a bomb for a manifest":     {packed(t, small("manifest.json", zeros)), release.ErrForm},
		"a manifest without an end": {packed(t, file("manifest.json", zeros)), release.ErrForm},
		"a crowd of files":          {signed(t, good, crowd...), release.ErrForm},
		"two releases in one":       {append(slices.Clone(whole), whole...), release.ErrForm},
		"something behind":          {append(slices.Clone(whole), 0), release.ErrForm},
		"signed, a path":            {signed(t, manifest("99.0.0", "../"+deb, "deb")), release.ErrForm},
		"signed, a Windows path":    {signed(t, manifest("99.0.0", `..\`+deb, "deb")), release.ErrForm},
		"signed, another kind":      {signed(t, manifest("99.0.0", deb, "exe")), release.ErrForm},
		"signed, no version":        {signed(t, manifest("99", deb, "deb")), release.ErrForm},
		"signed, no manifest":       {signed(t, "[]"), release.ErrForm},
		"signed, a newer program's": {signed(t, `{"asks":"more",`+good[1:], file(deb, "deb!")), nil},
	} {
		if _, err := extracted(c.b); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v, not %v", name, err, c.want)
		}
	}
}

// A byte that is changed anywhere, and a release that is cut anywhere: what comes out is what was signed, or nothing.
func TestEveryByte(t *testing.T) {
	whole := made(t, publisher)
	told, err := open(whole)
	if err != nil {
		t.Fatal(err)
	}
	matters := func(i int) bool { // of the zip itself some bytes say nothing
		for _, part := range []string{`"version"`, contents[deb], contents[exe]} {
			if at := bytes.Index(whole, []byte(part)); at <= i && i < at+len(part) {
				return true
			}
		}
		return false
	}
	for i := range whole {
		if _, err := extracted(whole[:i]); err == nil {
			t.Errorf("cut at %d it is believed", i)
		}
		for _, mask := range []byte{1, 0x80, 0xff} {
			b := slices.Clone(whole)
			b[i] ^= mask
			got, err := extracted(b)
			if err != nil {
				continue
			}
			if o, _ := open(b); matters(i) || !maps.Equal(got, contents) || o.Notes != told.Notes || o.Version != told.Version {
				t.Errorf("byte %d changed something: %q", i, got)
			}
		}
	}
}

// broken is a stick that is pulled out once so many bytes were read.
type broken struct {
	io.ReaderAt
	left int
}

var errPulled = errors.New("pulled out")

func (b *broken) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errPulled
	}
	return b.ReaderAt.ReadAt(p, at)
}

// Where the stick is pulled out in between no release is read, or no package; a file of five gigabytes is not read at all.
func TestPulledOut(t *testing.T) {
	whole := made(t, publisher)
	failed := 0
	for left := 0; ; left += 64 {
		o, err := release.Open(&broken{bytes.NewReader(whole), left}, int64(len(whole)), public)
		if err == nil {
			err = o.Extract(io.Discard, o.Packages[0])
		}
		if err == nil {
			break
		}
		failed++
	}
	if failed < 10 {
		t.Errorf("it was read out of nothing, %d times not", failed)
	}
	if _, err := release.Open(&broken{}, 5<<30, public); !errors.Is(err, release.ErrForm) {
		t.Errorf("five gigabytes: %v", err)
	}
}

func TestVersions(t *testing.T) {
	for _, c := range []struct {
		version, than string
		newer         bool
	}{
		{"1.1.0", "1.0.0", true}, {"1.0.10", "1.0.9", true}, {"2.0.0", "1.9.9", true},
		{"1.0.0", "1.0.0", false}, {"1.0.0", "1.1.0", false},
		{"1.1", "1.0.0", false}, {"01.1.0", "1.0.0", false}, {"v1.1.0", "1.0.0", false}, {"1.1.0-rc1", "1.0.0", false},
		{"9999999.0.0", "1.0.0", false}, {"1.0.0", "", true},
	} {
		if got := release.Newer(c.version, c.than); got != c.newer {
			t.Errorf("%s after %s: %v", c.version, c.than, got)
		}
	}
	for name, want := range map[string]string{"lianluo-1.1.0.release": "1.1.0", "lianluo-1.1.0 (1).release": "",
		"lianluo-1.1.release": "", ".lianluo-1.1.0.release.0123abcd.part": "", "Lianluo-1.1.0.release": ""} {
		if got := release.Version(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}

// Who makes a release is told when a package is of another version, or no package.
func TestMake(t *testing.T) {
	dir := t.TempDir()
	for name, ok := range map[string]bool{deb: true, exe: true, "lianluo-99.0.0-1.aarch64.rpm": true,
		"lianluo_99.0.0_arm64.deb": true, "lianluo_98.0.0-1_amd64.deb": false, "lianluo_99.0.0-1_mips.deb": false, "lianluo.zip": false} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte("package"), 0o600); err != nil {
			t.Fatal(err)
		}
		err := release.Make(io.Discard, publisher, release.Manifest{Version: "99.0.0"}, file)
		if wrong := (problem.Problems{}); (err == nil) != ok || err != nil && !errors.As(err, &wrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := release.Make(io.Discard, publisher, release.Manifest{Version: "99.0.0"}); err == nil {
		t.Error("a release of nothing")
	}
}

// A public key is read as openssl prints it; without one nothing is believed.
func TestKey(t *testing.T) {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	if key, err := release.Key(base64.StdEncoding.EncodeToString(der) + "\n"); err != nil || !key.Equal(public) {
		t.Errorf("%v", err)
	}
	if _, err := release.Key(""); !errors.Is(err, release.ErrKeyless) {
		t.Errorf("none: %v", err)
	}
	if _, err := release.Key("AAAA"); err == nil {
		t.Error("no key is read as one")
	}
	file := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(file, []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := release.Secret(file); !errors.Is(err, release.ErrSecret) {
		t.Errorf("a private key: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(made(f, publisher))
	f.Add(signed(f, manifest("99.0.0", deb, "deb"), file(deb, "deb!")))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := extracted(b); err == nil && got[deb] != contents[deb] && got[deb] != "deb!" {
			t.Errorf("%q was never signed", got)
		}
	})
}
