package release

import (
	"archive/zip"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"lianluo.local/data/problem"
)

// ErrSecret says that a file holds no key to sign with.
var ErrSecret = problem.New("no Ed25519 private key", "签名用的密钥读不出来：要 Ed25519 私钥的 PEM 文件（openssl genpkey -algorithm ed25519）。")

// Secret reads the publisher's private key, a PEM file as openssl writes it. It fails with ErrSecret.
func Secret(file string) (ed25519.PrivateKey, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("publisher's key: %w", err)
	}
	block, _ := pem.Decode(b)
	if block == nil {
		return nil, ErrSecret
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if secret, ok := key.(ed25519.PrivateKey); ok && err == nil {
		return secret, nil
	}
	return nil, ErrSecret
}

var processors = map[string]string{"amd64": "amd64", "x86_64": "amd64", "arm64": "arm64", "aarch64": "arm64"}

// built are the names of packages that say for which version and processor they are.
var built = regexp.MustCompile(`^lianluo[_-](\d+\.\d+\.\d+)(?:-\d+)?[._](amd64|x86_64|arm64|aarch64)\.(deb|rpm)$`)

// setup is the name of the package for Windows.
const setup = "lianluo-setup.exe"

// packed is a file as a package of a version. It fails with problem.Problems where its name does not say what it is, or says
// another version.
func packed(file, version string) (p Package, err error) {
	p.File = filepath.Base(file)
	if name := built.FindStringSubmatch(p.File); name != nil && name[1] == version {
		p.OS, p.Arch, p.Kind = "linux", processors[name[2]], name[3]
	} else if p.File == setup {
		p.OS, p.Arch, p.Kind = "windows", "amd64", "exe"
	} else {
		return p, problem.Problems{"package": p.File + " 的名字不是 " + version + " 的安装包：要 lianluo_" + version +
			"-1_amd64.deb、lianluo-" + version + "-1.x86_64.rpm 这样的，或 " + setup}
	}
	f, err := os.Open(file)
	if err != nil {
		return p, fmt.Errorf("package: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	if p.Size, err = io.Copy(sum, f); err != nil {
		return p, fmt.Errorf("package: %w", err)
	}
	p.SHA256 = spell(sum)
	return p, nil
}

// Make writes the release of a version, with the day and notes of m, out of files of packages. The same input gives the same
// bytes.
func Make(w io.Writer, key ed25519.PrivateKey, m Manifest, files ...string) error {
	m.Packages = nil
	for _, file := range files {
		p, err := packed(file, m.Version)
		if err != nil {
			return err
		}
		m.Packages = append(m.Packages, p)
	}
	m.At, m.Notes = m.At.UTC().Truncate(1e9), strings.TrimSpace(m.Notes)
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return fmt.Errorf("make release: %w", err)
	}
	if _, err := read(b); err != nil {
		return err
	}
	z := zip.NewWriter(w)
	o := &Release{signed: b, sig: ed25519.Sign(key, b)}
	if err := o.head(z); err != nil {
		return err
	}
	for _, file := range files {
		out, err := stored(z, filepath.Base(file))
		if err == nil {
			err = pour(out, file)
		}
		if err != nil {
			return fmt.Errorf("make release: %w", err)
		}
	}
	return z.Close()
}

func pour(w io.Writer, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}
