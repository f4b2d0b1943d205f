package typeset

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"
)

// Document is pages to print together. Title and Made go into the file's description; nothing else of the moment does.
type Document struct {
	Title string
	Made  time.Time
	Pages []*Page
}

// code names a glyph of the document's font and what it means.
type code struct {
	glyph glyph
	means rune
}

// alphabet gives every rune of every face that a document prints a code of its own, the apart-th after the one before.
type alphabet struct {
	known map[code]rune
	codes []code
}

// encode writes text in codes.
func (a *alphabet) encode(f Face, text string) string {
	var b strings.Builder
	for _, r := range text {
		g, means := f.glyph(r)
		c := code{g, means}
		n, ok := a.known[c]
		if !ok {
			n = rune(len(a.codes) * apart)
			a.known[c], a.codes = n, append(a.codes, c)
		}
		b.WriteRune(n)
	}
	return b.String()
}

// family is all small letters because gofpdf writes it as a PDF name as it stands.
const family = "lianluo"

// PDF writes the document. gofpdf writes pages, fonts and the frame of the file; text reaches it in codes of one small font
// (see merge), and afterwards its table of what the codes mean, which says that they mean themselves, is replaced.
func (d Document) PDF() ([]byte, error) {
	if len(d.Pages) == 0 {
		return nil, errors.New("a document without pages")
	}
	blank, _ := Sans.find(' ')
	a := &alphabet{known: map[code]rune{}, codes: []code{{glyph{blank.font, 0}, 0}}}
	var lines []string
	for m := range d.marks() {
		lines = append(lines, a.encode(m.style.Face, m.text))
	}
	if len(a.codes)*apart >= 0xD800 { // surrogates are no runes
		return nil, fmt.Errorf("a document of %d different characters", len(a.codes))
	}
	list := make([]glyph, len(a.codes))
	for i, c := range a.codes {
		list[i] = c.glyph
	}
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: d.Pages[0].W, Ht: d.Pages[0].H}})
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true)
	f.SetCreationDate(d.Made)
	f.SetModificationDate(d.Made)
	f.SetProducer("Lianluo", false)
	f.SetTitle(strings.Map(basic, d.Title), true)
	f.AddUTF8FontFromBytes(family, "", merge(list))
	for _, p := range d.Pages {
		f.AddPageFormat("P", gofpdf.SizeType{Wd: p.W, Ht: p.H})
		for _, layer := range p.marks {
			for _, m := range layer {
				if m.rects != nil {
					f.RawWriteStr(m.path(p.H))
					continue
				}
				m.put(f, lines[0])
				lines = lines[1:]
			}
		}
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		return nil, fmt.Errorf("writing PDF: %w", err)
	}
	return meaning(out.Bytes(), a.codes)
}

// marks walks over the lines of text in the order of printing.
func (d Document) marks() func(func(mark) bool) {
	return func(yield func(mark) bool) {
		for _, p := range d.Pages {
			for _, layer := range p.marks {
				for _, m := range layer {
					if m.rects == nil && !yield(m) {
						return
					}
				}
			}
		}
	}
}

// path writes all rectangles of a shape as one path, so that no seams show between them.
func (m mark) path(height float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, "q %.3f %.3f %.3f rg", float64(m.ink.R)/255, float64(m.ink.G)/255, float64(m.ink.B)/255)
	for _, r := range m.rects {
		fmt.Fprintf(&b, " %.3f %.3f %.3f %.3f re", r.x/mm, (height-r.y-r.h)/mm, r.w/mm, r.h/mm)
	}
	b.WriteString(" f Q")
	return b.String()
}

// put writes a line of text in codes. A widely spaced one carries its plain text too, or readers would hear blanks.
func (m mark) put(f *gofpdf.Fpdf, codes string) {
	f.SetFont(family, "", m.style.Size)
	f.SetTextColor(int(m.ink.R), int(m.ink.G), int(m.ink.B))
	spread := m.track > .1*m.style.em()
	if spread {
		f.RawWriteStr("/Span <</ActualText <FEFF" + utf16hex([]rune(m.text)...) + ">>> BDC")
	}
	if m.track != 0 {
		f.RawWriteStr(fmt.Sprintf("%.4f Tc", m.track/mm))
	}
	if m.angle != 0 {
		f.TransformBegin()
		f.TransformRotate(m.angle, m.x, m.base)
	}
	f.Text(m.x, m.base, codes)
	if m.angle != 0 {
		f.TransformEnd()
	}
	if m.track != 0 {
		f.RawWriteStr("0 Tc")
	}
	if spread {
		f.RawWriteStr("EMC")
	}
}

// object gives number and text of the last object of a PDF that holds mark.
func object(pdf []byte, mark string) (number, body string, err error) {
	at := bytes.LastIndex(pdf, []byte(mark))
	if at < 0 {
		return "", "", fmt.Errorf("gofpdf writes another kind of file than expected: no %q", mark)
	}
	head := bytes.LastIndex(pdf[:at], []byte(" 0 obj\n"))
	line := bytes.LastIndexByte(pdf[:head], '\n') + 1
	end := at + bytes.Index(pdf[at:], []byte("endobj"))
	return string(pdf[line:head]), string(pdf[head+len(" 0 obj\n") : end]), nil
}

// meaning appends an update to a PDF of gofpdf: the true meaning of every code, the language of the document, and that
// it is to be printed at its own size.
func meaning(pdf []byte, codes []code) ([]byte, error) {
	table, _, err := object(pdf, "\nstream\n/CIDInit /ProcSet")
	if err != nil {
		return nil, err
	}
	root, catalog, err := object(pdf, "\n/Type /Catalog\n")
	if err != nil {
		return nil, err
	}
	_, tail, _ := bytes.Cut(pdf[bytes.LastIndex(pdf, []byte("\ntrailer\n")):], []byte("<<\n"))
	trailer, rest, ok := strings.Cut(string(tail), ">>\nstartxref\n")
	if !ok {
		return nil, errors.New("gofpdf writes another kind of file than expected: no trailer")
	}
	before, _, _ := strings.Cut(rest, "\n")
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	fmt.Fprint(w, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"+
		"<</Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"+
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for from := 1; from < len(codes); from += 100 {
		to := min(from+100, len(codes))
		fmt.Fprintf(w, "%d beginbfchar\n", to-from)
		for i := from; i < to; i++ {
			fmt.Fprintf(w, "<%04X> <%s>\n", i*apart, utf16hex(codes[i].means))
		}
		fmt.Fprint(w, "endbfchar\n")
	}
	fmt.Fprint(w, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	w.Close()

	out := bytes.NewBuffer(bytes.TrimRight(pdf, "\n"))
	out.WriteByte('\n')
	mapAt := out.Len()
	fmt.Fprintf(out, "%s 0 obj\n<</Length %d/Filter /FlateDecode>>\nstream\n%s\nendstream\nendobj\n", table, z.Len(), z.Bytes())
	rootAt := out.Len()
	fmt.Fprintf(out, "%s 0 obj\n%s/Lang (zh-CN)\n/ViewerPreferences <</PrintScaling /None>>\n>>\nendobj\n", root,
		strings.TrimSuffix(catalog, ">>\n"))
	xref := out.Len()
	fmt.Fprintf(out, "xref\n%s 1\n%010d 00000 n \n%s 1\n%010d 00000 n \n", table, mapAt, root, rootAt)
	fmt.Fprintf(out, "trailer\n<<\n%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n", trailer, before, xref)
	return out.Bytes(), nil
}

func utf16hex(rs ...rune) string {
	var b strings.Builder
	for _, u := range utf16.Encode(rs) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// basic drops what gofpdf cannot write into a title.
func basic(r rune) rune {
	if r < ' ' || r > math.MaxUint16 {
		return -1
	}
	return r
}
