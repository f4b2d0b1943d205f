package home

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"lianluo.local/data/disk"
)

// ErrText says that a file holds no text in any of the ways in which Chinese editors save one.
var ErrText = errors.New("not a text")

// MaxText is the greatest size in bytes of a file that people write: a county's rules have a few thousand.
const MaxText = 1 << 20

// Large is the name of a file that is too large to be one that people write.
type Large string

func (l Large) Error() string { return string(l) + " is too large" }

// Sentence is what a person hears.
func (l Large) Sentence() string {
	return string(l) + " 太大了（最多 1 MB），没有读，先照原来的用，资料没有动。请把它改小，或把这个文件挪走，再打开程序。"
}

// Text reads a file that people write, however their editor saved it: see Plain. It fails with ErrText, Large or as
// os.ReadFile does.
func Text(name string) (string, error) {
	f, err := disk.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, MaxText+1))
	if err != nil {
		return "", err
	}
	if len(b) > MaxText {
		return "", Large(filepath.Base(name))
	}
	return Plain(b)
}

// Plain gives the text of bytes in UTF-8 or UTF-16 with or without a mark at the start, or in GB 18030 (GBK), with \n
// at the ends of lines. It fails with ErrText.
func Plain(b []byte) (string, error) {
	from := unicode.UTF8
	zero := bytes.IndexByte(b[:min(len(b), 2)], 0) // of UTF-16 that begins with an ASCII character
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), zero == 1:
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}), zero == 0:
		from = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case !utf8.Valid(b):
		from = simplifiedchinese.GB18030
	}
	s, err := from.NewDecoder().Bytes(b)
	if text := string(s); err == nil && !strings.ContainsAny(text, "\ufffd\x00") {
		return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(text, "\ufeff")), nil
	}
	return "", fmt.Errorf("%w: %d bytes", ErrText, len(b))
}
