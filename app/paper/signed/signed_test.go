package signed_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/pkcs7"

	"lianluo.local/app/outside"
	"lianluo.local/app/paper/signed"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/data/journal"
	"lianluo.local/data/keyring"
	"lianluo.local/data/sealed"
	"lianluo.local/data/suite"
)

var evening = time.Date(2026, 11, 21, 19, 42, 7, 0, time.FixedZone("CST", 8*60*60))

// seed is randomness that is the same each time.
type seed struct{ *rand.ChaCha8 }

func (s seed) Read(b []byte) (int, error) { return s.ChaCha8.Read(b) }

// signer is a county of invented name in a suite.
func signer(t testing.TB, name string, n byte) signed.Signer {
	t.Helper()
	id, err := keyring.Create(t.TempDir(), name, sealed.Key{}, seed{rand.NewChaCha8([32]byte{n})})
	if err != nil {
		t.Fatal(err)
	}
	return signed.Signer{Card: keyring.Card{Unit: "141102000000", Name: "离石区人大常委会𠅤", Role: "county", Replica: journal.Replica{n},
		Incarnation: 1, Public: id.Public(), Asked: evening}, Sign: id.Signature}
}

// letter is a paper of two pages.
func letter(t testing.TB, words ...string) []byte {
	t.Helper()
	var pages []*typeset.Page
	for i := range 2 {
		p := typeset.NewPage(210, 297)
		p.Text(20, 40, typeset.Left, typeset.Style{Face: typeset.Kai, Size: 16},
			fmt.Sprintf("交办函%s 第 %d 页", strings.Join(words, ""), i+1))
		pages = append(pages, p)
	}
	pdf, err := typeset.Document{Title: "交办函", Made: evening, Pages: pages}.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func sign(t testing.TB, pdf []byte, s signed.Signer) []byte {
	t.Helper()
	out, err := signed.PDF(pdf, s, evening)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A signed paper says who signed it and when, keeps the bytes of the unsigned one in front, and is no other the second time.
func TestWhoAndWhen(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		by, pdf := signer(t, name, 1), letter(t)
		out := sign(t, pdf, by)
		got, err := signed.Open(out)
		if err != nil || got.Unit != by.Unit || got.Name != by.Name || got.Hash() != by.Hash() || !got.At.Equal(evening) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if !bytes.HasPrefix(out, pdf) {
			t.Errorf("%s: the paper itself was changed", name)
		}
		if again := sign(t, pdf, by); name == suite.Age && !bytes.Equal(out, again) {
			t.Error("the same paper signed in the same moment is another file")
		}
		if _, err := signed.PDF(out, by, evening); err == nil {
			t.Errorf("%s: a second signature was added", name)
		}
	}
	if _, err := signed.Open(letter(t)); !errors.Is(err, signed.ErrNone) {
		t.Errorf("an unsigned paper: %v", err)
	}
}

// Other programs find the signature where it is, covering the whole file, and the text of the page as it was.
func TestOtherReaders(t *testing.T) {
	outside.Needs(t, "pdfsig", "pdftotext")
	for _, name := range []string{suite.Age, suite.SM} {
		file := filepath.Join(t.TempDir(), "letter.pdf")
		if err := os.WriteFile(file, sign(t, letter(t), signer(t, name, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		told, _ := exec.Command("pdfsig", "-nocert", file).CombinedOutput() // it fails for keys that it does not know
		for _, want := range []string{"Signature #1", "Lianluo", "Total document signed", "离石区人大常委会𠅤", "SHA-512"} {
			if name == suite.SM && want == "离石区人大常委会𠅤" { // it reads no SM2
				break
			}
			if !strings.Contains(string(told), want) {
				t.Errorf("%s: pdfsig does not say %q:\n%s", name, want, told)
			}
		}
		text, err := exec.Command("pdftotext", file, "-").CombinedOutput()
		if err != nil || !strings.Contains(string(text), "交办函 第 2 页") || strings.Contains(string(text), "Error") {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
}

// Another reader of GB/T 35275 finds the signature to be that of the bytes around it, by the certificate in it.
func TestOtherLibrary(t *testing.T) {
	pdf := sign(t, letter(t), signer(t, suite.SM, 1))
	_, hole, end := parts(pdf)
	der, err := hex.DecodeString(string(pdf[hole+1 : end-1]))
	if err != nil {
		t.Fatal(err)
	}
	p7, err := pkcs7.Parse(der)
	if err != nil {
		t.Fatal(err)
	}
	p7.Content = append(bytes.Clone(pdf[:hole]), pdf[end:]...)
	if err := p7.Verify(); err != nil {
		t.Error(err)
	}
	p7.Content[0]++
	if err := p7.Verify(); err == nil {
		t.Error("it takes other bytes, too")
	}
}

// parts are where the parts of a signed file begin: what was added, the place of the signature, and its end.
func parts(pdf []byte) (added, hole, end int) {
	added = bytes.Index(pdf, []byte("%%EOF\n")) + 6
	hole = bytes.Index(pdf, []byte("/Contents <")) + 10
	return added, hole, hole + bytes.IndexByte(pdf[hole:], '>') + 1
}

// No byte can be another one, in the paper, in what was added and in the signature itself; nor can one be missing or too many.
func TestEveryByteCounts(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		pdf := sign(t, letter(t), signer(t, name, 1))
		added, _, _ := parts(pdf)
		for at := 0; at < len(pdf); at++ {
			if at < added && at%97 != 0 {
				continue
			}
			bad := bytes.Clone(pdf)
			bad[at] ^= 0x20 // also turns the case of a letter
			if s, err := signed.Open(bad); err == nil {
				t.Fatalf("%s: byte %d is %q instead of %q, and the file whole: %v", name, at, bad[at], pdf[at], s.Unit)
			}
		}
		for _, at := range []int{0, 1, 100, added - 1, added, added + 1, len(pdf) / 2, len(pdf) - 1} {
			if _, err := signed.Open(pdf[:at]); err == nil {
				t.Errorf("%s: whole after %d bytes", name, at)
			}
			if _, err := signed.Open(append(append(bytes.Clone(pdf[:at]), ' '), pdf[at:]...)); err == nil {
				t.Errorf("%s: whole with a byte more at %d", name, at)
			}
		}
	}
}

// Ten thousand files with bytes exchanged, cut, doubled or put elsewhere are never whole, and stop nobody.
func TestMutated(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, name := range []string{suite.Age, suite.SM} {
		pdf := sign(t, letter(t), signer(t, name, 1))
		added, _, _ := parts(pdf)
		for i := range 5000 {
			bad := bytes.Clone(pdf)
			from := random.IntN(len(bad))
			if i%2 == 0 {
				from = added + random.IntN(len(bad)-added)
			}
			n := min(1+random.IntN(40), len(bad)-from)
			switch random.IntN(5) {
			case 0:
				bad[from] = byte(random.IntN(256))
			case 1:
				bad = append(bad[:from], bad[from+n:]...)
			case 2:
				bad = append(bad[:from+n], append(bytes.Clone(pdf[from:from+n]), bad[from+n:]...)...)
			case 3:
				copy(bad[from:from+n], pdf[random.IntN(len(pdf)-n):])
			case 4:
				digits := []byte("0123456789")
				for j := from; j < from+n; j++ {
					if bytes.IndexByte(digits, bad[j]) >= 0 {
						bad[j] = digits[random.IntN(10)]
					}
				}
			}
			if _, err := signed.Open(bad); err == nil && !bytes.Equal(bad, pdf) {
				t.Fatalf("%s: file %d is whole though it was changed at %d", name, i, from)
			}
		}
	}
}

// What is done to signed files so that readers show something else than was signed is told as what it is.
func TestShadows(t *testing.T) {
	us, them := signer(t, suite.Age, 1), signer(t, suite.Age, 2)
	pdf := sign(t, letter(t), us)
	_, hole, end := parts(pdf)
	put := func(old, new string) []byte {
		if !bytes.Contains(pdf, []byte(old)) {
			t.Fatalf("no %q in the file", old)
		}
		return bytes.Replace(pdf, []byte(old), []byte(new), 1)
	}
	length := fmt.Sprintf("%010d]", len(pdf)-end)
	for what, c := range map[string]struct {
		file []byte
		why  error
	}{
		"another page behind":        {append(bytes.Clone(pdf), "9 0 obj\n<</Type /Page>>\nendobj\n%%EOF\n"...), signed.ErrBehind},
		"a line feed behind":         {append(bytes.Clone(pdf), '\n'), signed.ErrBehind},
		"the signature again behind": {append(bytes.Clone(pdf), pdf[hole-80:]...), signed.ErrSeveral},
		"signed text and ours":       {append(bytes.Clone(pdf), sign(t, letter(t), them)...), signed.ErrSeveral},
		"covers less":                {put(length, fmt.Sprintf("%010d]", len(pdf)-end-10)), signed.ErrChanged},
		"covers more":                {put(length, "9999999999]"), signed.ErrChanged},
		"a hole of its own":          {put("[0 00000", "[1 00000"), signed.ErrForeign},
		"a hole elsewhere":           {put(fmt.Sprintf("[0 %010d", hole), "[0 0000000100"), signed.ErrForeign},
		"a huge hole":                {put(fmt.Sprintf("[0 %010d", hole), "[0 9999999999"), signed.ErrForeign},
		"numbers beyond all":         {put(fmt.Sprintf("[0 %010d", hole), "[0 99999999999999999999999"), signed.ErrForeign},
		"negative":                   {put(fmt.Sprintf("[0 %010d", hole), "[0 -000000001"), signed.ErrForeign},
		"four ranges":                {put("]/Contents", " 0 1]/Contents"), signed.ErrForeign},
		"words in the hole":          {put("0000>>>\n", "00ab>>>\n"), signed.ErrForeign},
		"another spelling": {append(append(bytes.Clone(pdf[:hole]), bytes.ToUpper(pdf[hole:end])...), pdf[end:]...),
			signed.ErrForeign},
		"another paper before it":   {append([]byte("%PDF-1.3\n"), pdf...), signed.ErrForeign},
		"nothing":                   {nil, signed.ErrNone},
		"somebody else's signature": {[]byte("%PDF-1.7\n/ByteRange [0 840 960 240]/Contents <3082>"), signed.ErrForeign},
		"cut in the signature":      {pdf[:hole+400], signed.ErrChanged},
	} {
		if s, err := signed.Open(c.file); !errors.Is(err, c.why) {
			t.Errorf("%s: %v %v", what, s.Unit, err)
		} else if errors.Is(err, signed.ErrBehind) && s.Hash() != us.Hash() {
			t.Errorf("%s: nobody is named", what)
		}
	}
	// A signature that is taken over to another paper is not that paper's.
	other := sign(t, letter(t, "另一份"), them)
	_, there, _ := parts(other)
	copy(other[there:], pdf[hole:end])
	if _, err := signed.Open(other); !errors.Is(err, signed.ErrChanged) {
		t.Errorf("signature of another paper: %v", err)
	}
	// A card that names somebody else, with a key of one's own, is his who has the key: its digits are others.
	liar := signed.Signer{Card: us.Card, Sign: them.Sign}
	liar.Public = them.Public
	if s, err := signed.Open(sign(t, letter(t), liar)); err != nil || s.Hash() == us.Hash() {
		t.Errorf("who names himself as another: %v", err)
	}
	liar.Public = us.Public
	if forged, err := signed.PDF(letter(t), liar, evening); err == nil {
		if _, err := signed.Open(forged); err == nil {
			t.Error("signed with a key that is not the card's")
		}
	}
}

// What was signed once is whole for every later program.
func TestKept(t *testing.T) {
	for _, name := range []string{suite.Age, suite.SM} {
		pdf, err := os.ReadFile(filepath.Join("testdata", name+".pdf"))
		if err != nil {
			t.Fatal(err)
		}
		if s, err := signed.Open(pdf); err != nil || s.Suite() != name || s.Unit != "141102000000" || !s.At.Equal(evening) {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

// FuzzOpen: nothing that is no signed paper stops who looks at it, and nothing becomes whole.
func FuzzOpen(f *testing.F) {
	pdf := sign(f, letter(f), signer(f, suite.Age, 1))
	f.Add(pdf)
	f.Add([]byte("/ByteRange [0 1 2 3]/Contents <>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := signed.Open(b); err == nil && !bytes.Equal(b, pdf) {
			t.Error("whole")
		}
	})
}
