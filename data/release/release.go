// Package release is a published version of the program as it travels through shared folders: one file with a package for
// each system, and the publisher's signature.
//
//	lianluo-1.1.0.release        a zip whose files are stored, not compressed; any tool opens it
//	  manifest.json              version, day, notes, and of each package its system, size and SHA-256
//	  manifest.sig               64 bytes: the publisher's Ed25519 signature over the bytes of manifest.json
//	  lianluo_1.1.0-1_amd64.deb  the packages, all of them or some: a station keeps its own alone
//
// It comes through a folder that anybody can write to. So nothing in it is believed before the signature holds, sizes are
// bounded before anything is read, nothing is unpacked by a name that the zip says, and of a package no byte counts before
// the last one was hashed. The signature can be looked at with
//
//	openssl pkeyutl -verify -pubin -inkey publisher.pub -rawin -in manifest.json -sigfile manifest.sig
package release

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/problem"
)

// Most is the greatest size in bytes of a release: five packages are a third of it.
const Most = 1 << 30

// Errors of this package.
var (
	ErrForm     = problem.New("not a whole release", "发布文件不完整，或者被人改过，没有采用。请等它拷完整，或向上级要一份新的。")
	ErrUnsigned = problem.New("release is not signed by the publisher", "发布文件不是发布单位签发的，没有采用。请查一查是谁放进来的。")
	ErrKeyless  = problem.New("the program knows no publisher", "这个程序是自己编译的，不认任何发布文件。要更新，请装发布单位的安装包。")
	ErrForeign  = problem.New("no package for this system", "这个新版本里没有这种电脑用的安装包，请向上级要。")
	ErrLeft     = problem.New("package was left out", "这份发布文件里没有带上要用的安装包，请从共享文件夹重新拷一份。")
)

// Package is one file that a system installs.
type Package struct {
	File   string `json:"file"`
	OS     string `json:"os"`   // linux, windows
	Arch   string `json:"arch"` // amd64, arm64
	Kind   string `json:"kind"` // deb, rpm, exe
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// Manifest is what the publisher signed. What a later program adds to it is passed over.
type Manifest struct {
	Version  string    `json:"version"` // 1.1.0
	At       time.Time `json:"at"`
	Notes    string    `json:"notes,omitempty"` // what is new, in Chinese
	Packages []Package `json:"packages"`
}

// Name is that of the file of a version.
func Name(version string) string { return "lianluo-" + version + ".release" }

// Version is what the name of a file says it holds, "" for what is no name of a release.
func Version(name string) string {
	v := strings.TrimSuffix(strings.TrimPrefix(name, "lianluo-"), ".release")
	if Name(v) != name || numbers(v) == nil {
		return ""
	}
	return v
}

// Newer says whether a version comes after another. What is no version comes after none.
func Newer(version, than string) bool {
	return numbers(version) != nil && slices.Compare(numbers(version), numbers(than)) > 0
}

// Later orders names of releases, the newest first.
func Later(a, b string) int { return slices.Compare(numbers(Version(b)), numbers(Version(a))) }

var three = regexp.MustCompile(`^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$`)

func numbers(version string) (ns []int) {
	if !three.MatchString(version) {
		return nil
	}
	for part := range strings.SplitSeq(version, ".") {
		n, _ := strconv.Atoi(part)
		ns = append(ns, n)
	}
	return ns
}

// For is the package of a system. It fails with ErrForeign.
func (m Manifest) For(system, arch, kind string) (Package, error) {
	for _, p := range m.Packages {
		if p.OS == system && p.Arch == arch && p.Kind == kind {
			return p, nil
		}
	}
	return Package{}, ErrForeign
}

// names are those that a package may have: a name on every system, and no path.
var names = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._+~-]{0,100}\.(deb|rpm|exe)$`)

// read reads a manifest and looks whether it can be one.
func read(b []byte) (m Manifest, err error) {
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("%w: %w", ErrForm, err)
	}
	if numbers(m.Version) == nil || len(m.Packages) == 0 || len(m.Packages) > mostPackages {
		return m, fmt.Errorf("%w: version %q, %d packages", ErrForm, m.Version, len(m.Packages))
	}
	seen := map[string]bool{}
	for _, p := range m.Packages {
		same := strings.ToLower(p.File)
		if !names.MatchString(p.File) || path.Ext(p.File) != "."+p.Kind || p.Size <= 0 || p.Size > Most || seen[same] {
			return m, fmt.Errorf("%w: package %q of %d bytes", ErrForm, p.File, p.Size)
		}
		seen[same] = true
	}
	return m, nil
}

// Key reads a public key as publisher.Key has it. It fails with ErrKeyless for "".
func Key(text string) (ed25519.PublicKey, error) {
	if text == "" {
		return nil, ErrKeyless
	}
	der, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("publisher's key: %w", err)
	}
	key, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, fmt.Errorf("publisher's key: %w", err)
	}
	public, ok := key.(ed25519.PublicKey)
	if !ok {
		return nil, fmt.Errorf("publisher's key is a %T", key)
	}
	return public, nil
}
