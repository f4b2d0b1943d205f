package signed

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"
	"unicode/utf16"
)

// room is how many bytes of CMS a file has room for; one has about 2000.
const room = 6 << 10

// hole stands where the signature will, in hexadecimal.
var hole = "<" + string(bytes.Repeat([]byte("0"), 2*room)) + ">"

// ranges is what the signature covers: the bytes before and those behind it.
const ranges = "/ByteRange [0 %010d %010d %010d]/Contents "

// PDF signs a PDF that package typeset wrote. The same file, signer and moment give the same bytes, where the signatures of the
// suite do. It fails with ErrTooLarge, or where the file is of another kind.
func PDF(pdf []byte, s Signer, at time.Time) ([]byte, error) {
	if len(pdf) > Most-1<<20 {
		return nil, ErrTooLarge
	}
	f, ok := forms[s.Suite()]
	if !ok {
		return nil, fmt.Errorf("sign paper: suite %q", s.Suite())
	}
	out, before, err := update(pdf, s, at)
	if err != nil {
		return nil, fmt.Errorf("sign paper: %w", err)
	}
	after := before + len(hole)
	copy(out[before-len(fmt.Sprintf(ranges, 0, 0, 0)):], fmt.Sprintf(ranges, before, after, len(out)-after))
	cms, err := seal(s, f.sum(out[:before], out[after:]), at)
	if err != nil {
		return nil, fmt.Errorf("sign paper: %w", err)
	}
	if len(cms) > room {
		return nil, fmt.Errorf("sign paper: a signature of %d bytes", len(cms))
	}
	hex.Encode(out[before+1:], cms)
	return out, nil
}

// update adds a signature field, and tells where the place for the signature begins.
func update(pdf []byte, s Signer, at time.Time) (out []byte, before int, err error) {
	l, err := layout(pdf)
	if err != nil {
		return nil, 0, err
	}
	b := bytes.NewBuffer(make([]byte, 0, len(pdf)+len(hole)+8<<10))
	b.Write(pdf)
	offsets := map[int]int{}
	object := func(n int, format string, args ...any) {
		offsets[n] = b.Len()
		fmt.Fprintf(b, "%d 0 obj\n", n)
		fmt.Fprintf(b, format, args...)
		b.WriteString("\nendobj\n")
	}
	field, value := l.size, l.size+1
	object(l.page, "%s/Annots [%d 0 R]\n>>", l.pageBody, field)
	object(l.root, "%s/AcroForm <</Fields [%d 0 R]/SigFlags 3>>\n>>", l.rootBody, field)
	object(field, "<</Type /Annot/Subtype /Widget/FT /Sig/T (Lianluo)/F 132/Rect [0 0 0 0]/P %d 0 R/V %d 0 R>>", l.page, value)
	offsets[value] = b.Len()
	_, zone := at.Zone()
	fmt.Fprintf(b, "%d 0 obj\n<</Type /Sig/Filter /Adobe.PPKLite/SubFilter /adbe.pkcs7.detached/Name <%s>/M (D:%s%+03d'%02d')",
		value, text(s.Name), at.Format("20060102150405"), zone/3600, zone/60%60)
	fmt.Fprintf(b, ranges, 0, 0, 0)
	before = b.Len()
	fmt.Fprintf(b, "%s>>\nendobj\n", hole)
	table := b.Len()
	b.WriteString("xref\n")
	for _, n := range []int{l.page, l.root} {
		fmt.Fprintf(b, "%d 1\n%010d 00000 n \n", n, offsets[n])
	}
	fmt.Fprintf(b, "%d 2\n%010d 00000 n \n%010d 00000 n \n", field, offsets[field], offsets[value])
	fmt.Fprintf(b, "trailer\n<<\n/Size %d\n/Root %d 0 R\n/Info %d 0 R\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n", l.size+2,
		l.root, l.info, l.table, table)
	return b.Bytes(), before, nil
}

// text is words as a string of PDF in hexadecimal.
func text(words string) string {
	out := []byte("feff")
	for _, u := range utf16.Encode([]rune(words)) {
		out = fmt.Appendf(out, "%04x", u)
	}
	return string(out)
}

// laid is what an update has to know of a file.
type laid struct {
	table, size, root, info, page int
	rootBody, pageBody            []byte // without the end of the dictionary
}

var trailer = regexp.MustCompile(
	`^trailer\n<<\n/Size (\d{1,9})\n/Root (\d{1,9}) 0 R\n/Info (\d{1,9}) 0 R\n>>\nstartxref\n(\d{1,9})\n%%EOF\n$`)

// layout reads a file as package typeset writes it: one table, with all objects in it.
func layout(pdf []byte) (l laid, err error) {
	strange := errors.New("not a paper of this program")
	end := bytes.LastIndex(pdf, []byte("\ntrailer\n"))
	if end < 0 {
		return l, strange
	}
	m := trailer.FindSubmatch(pdf[end+1:])
	if m == nil {
		return l, strange
	}
	for i, n := range []*int{&l.size, &l.root, &l.info, &l.table} {
		*n, _ = strconv.Atoi(string(m[i+1]))
	}
	head := fmt.Sprintf("xref\n0 %d\n", l.size)
	if l.table >= end || !bytes.HasPrefix(pdf[l.table:], []byte(head)) || end+1-l.table-len(head) != 20*l.size {
		return l, strange
	}
	entries := pdf[l.table+len(head) : end+1]
	body := func(n int) []byte {
		at, err := strconv.Atoi(string(entries[20*n : 20*n+10]))
		head := fmt.Sprintf("%d 0 obj\n", n)
		if err != nil || at > l.table || !bytes.HasPrefix(pdf[at:l.table], []byte(head)) {
			return nil
		}
		object := pdf[at+len(head) : l.table]
		if end := bytes.Index(object, []byte(">>\nendobj\n")); end >= 0 {
			return object[:end]
		}
		return nil
	}
	for n := 1; n < l.size && l.page == 0; n++ {
		if b := body(n); bytes.HasPrefix(b, []byte("<</Type /Page\n")) {
			l.page, l.pageBody = n, b
		}
	}
	if l.root < l.size {
		l.rootBody = body(l.root)
	}
	if l.page == 0 || l.rootBody == nil || bytes.Contains(l.pageBody, []byte("/Annots")) ||
		bytes.Contains(l.rootBody, []byte("/AcroForm")) {
		return l, strange
	}
	return l, nil
}

var found = regexp.MustCompile(`^/ByteRange \[0 (\d{10}) (\d{10}) (\d{10})\]/Contents <`)

// Open reads who signed a file and when. It fails with ErrNone, ErrChanged, ErrBehind, ErrSeveral, ErrForeign or ErrTooLarge:
// then nothing in the file is to be believed, and whom a signature with ErrBehind names is told all the same.
func Open(pdf []byte) (s Signature, err error) {
	name := []byte("/ByteRange")
	switch n := bytes.Count(pdf, name); {
	case len(pdf) > Most:
		return s, ErrTooLarge
	case n == 0:
		return s, ErrNone
	case n > 1:
		return s, ErrSeveral
	}
	at := bytes.Index(pdf, name)
	m := found.FindSubmatch(pdf[at:])
	if m == nil {
		return s, ErrForeign
	}
	before, _ := strconv.Atoi(string(m[1]))
	after, _ := strconv.Atoi(string(m[2]))
	behind, _ := strconv.Atoi(string(m[3]))
	if before != at+len(m[0])-1 || after != before+len(hole) {
		return s, ErrForeign
	}
	if after+behind > len(pdf) {
		return s, ErrChanged
	}
	cms := make([]byte, room)
	if _, err := hex.Decode(cms, pdf[before+1:after-1]); err != nil || pdf[before] != '<' || pdf[after-1] != '>' ||
		!bytes.Equal(fmt.Appendf(nil, "%x", cms), pdf[before+1:after-1]) {
		return s, ErrForeign
	}
	s, digest, rest, err := open(cms)
	if err != nil {
		return Signature{}, err
	}
	if len(bytes.TrimLeft(rest, "\x00")) > 0 {
		return Signature{}, ErrForeign
	}
	if !bytes.Equal(digest, forms[s.Suite()].sum(pdf[:before], pdf[after:after+behind])) {
		return s, ErrChanged
	}
	if after+behind < len(pdf) {
		return s, ErrBehind
	}
	return s, nil
}
