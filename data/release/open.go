package release

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"time"
)

const (
	manifest, signature = "manifest.json", "manifest.sig"
	mostPackages        = 20
	mostManifest        = 256 << 10 // bytes
	mostDirectory       = 64 << 10  // bytes that the zip's own list of files may take
)

// Release is an open release whose signature holds.
type Release struct {
	Manifest
	signed, sig []byte
	files       map[string]*zip.File
}

// Open opens the release in so many bytes, and believes it if key signed it. Nothing is read of the packages. It fails with
// ErrForm, ErrUnsigned or what reading failed with.
func Open(r io.ReaderAt, size int64, key ed25519.PublicKey) (*Release, error) {
	if err := bounded(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrForm, err)
	}
	o := &Release{files: map[string]*zip.File{}}
	for _, f := range z.File {
		if o.files[f.Name] != nil || f.Method != zip.Store || !f.Mode().IsRegular() ||
			f.CompressedSize64 != f.UncompressedSize64 {
			return nil, fmt.Errorf("%w: %q is not stored once", ErrForm, f.Name)
		}
		o.files[f.Name] = f
	}
	if o.signed, err = o.small(manifest, mostManifest); err != nil {
		return nil, err
	}
	if o.sig, err = o.small(signature, ed25519.SignatureSize); err != nil {
		return nil, err
	}
	if !ed25519.Verify(key, o.signed, o.sig) {
		return nil, ErrUnsigned
	}
	if o.Manifest, err = read(o.signed); err != nil {
		return nil, err
	}
	for name, f := range o.files {
		at := slices.IndexFunc(o.Packages, func(p Package) bool { return p.File == name })
		if name != manifest && name != signature && (at < 0 || f.UncompressedSize64 != uint64(o.Packages[at].Size)) {
			return nil, fmt.Errorf("%w: %q is not what was signed", ErrForm, name)
		}
	}
	return o, nil
}

// bounded looks at the last bytes of a zip: a short list of files that ends there, so that reading it takes no memory to
// speak of. A file that is cut short has none.
func bounded(r io.ReaderAt, size int64) error {
	end := make([]byte, 22)
	if size < int64(len(end)) || size > Most {
		return fmt.Errorf("%w: %d bytes", ErrForm, size)
	}
	if _, err := r.ReadAt(end, size-int64(len(end))); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read release: %w", err)
	}
	files, long := binary.LittleEndian.Uint16(end[10:]), binary.LittleEndian.Uint32(end[12:])
	begins := binary.LittleEndian.Uint32(end[16:])
	if !bytes.HasPrefix(end, []byte("PK\x05\x06")) || files > mostPackages+2 || long > mostDirectory ||
		int64(begins)+int64(long)+int64(len(end)) != size {
		return fmt.Errorf("%w: it does not end as it should", ErrForm)
	}
	return nil
}

func (o *Release) small(name string, most uint64) ([]byte, error) {
	f := o.files[name]
	if f == nil || f.UncompressedSize64 > most {
		return nil, fmt.Errorf("%w: %s is missing or too long", ErrForm, name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrForm, name, err)
	}
	defer in.Close()
	b, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrForm, name, err)
	}
	return b, nil
}

// Holds says whether a package came along.
func (o *Release) Holds(p Package) bool { return o.files[p.File] != nil }

// Extract writes a package. Where it fails, with ErrLeft, ErrForm or what reading or writing failed with, what was written is
// not to be used.
func (o *Release) Extract(w io.Writer, p Package) error {
	f := o.files[p.File]
	if f == nil {
		return fmt.Errorf("%w: %s", ErrLeft, p.File)
	}
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrForm, p.File, err)
	}
	defer in.Close()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, sum), in); err != nil {
		if errors.Is(err, zip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = fmt.Errorf("%w: %w", ErrForm, err)
		}
		return fmt.Errorf("read %s: %w", p.File, err)
	}
	if spell(sum) != p.SHA256 {
		return fmt.Errorf("%w: %s has another sum", ErrForm, p.File)
	}
	return nil
}

func spell(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)) }

// Copy writes the release with some of its packages. It fails as Extract does.
func (o *Release) Copy(w io.Writer, of ...Package) error {
	z := zip.NewWriter(w)
	if err := o.head(z); err != nil {
		return err
	}
	for _, p := range of {
		out, err := stored(z, p.File)
		if err == nil {
			err = o.Extract(out, p)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// head writes what was signed and the signature.
func (o *Release) head(z *zip.Writer) error {
	for _, f := range []struct {
		name string
		b    []byte
	}{{manifest, o.signed}, {signature, o.sig}} {
		out, err := stored(z, f.name)
		if err == nil {
			_, err = out.Write(f.b)
		}
		if err != nil {
			return fmt.Errorf("write release: %w", err)
		}
	}
	return nil
}

// day is that of every file in a release: the same input gives the same bytes.
var day = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func stored(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: day})
}
