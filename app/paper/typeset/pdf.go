package typeset

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"
)

// Document is pages to print together. Title and Made go into the file's description; nothing else of the moment does.
type Document struct {
	Title string
	Code  string // its kind and number, by which a log may call it
	Made  time.Time
	Pages []*Page
}

// family is all small letters because gofpdf writes it as a PDF name as it stands.
const family = "lianluo"

// PDF writes the document. gofpdf writes the font and the frame of the file; text is in codes of one small font (see
// merge). Afterwards the pages, which it leaves empty, and its table of what the codes mean, which says that they mean
// themselves, are put in place.
func (d Document) PDF() ([]byte, error) {
	if len(d.Pages) == 0 {
		return nil, errors.New("a document without pages")
	}
	a, photos := newAlphabet(), &album{}
	var desk Page
	for _, p := range d.Pages {
		for _, layer := range p.drawn(&desk).marks {
			for _, m := range layer {
				if m.photo != nil {
					photos.add(m.photo)
				}
				for _, r := range m.text {
					a.code(m.style.Face, r)
				}
			}
		}
	}
	if len(a.codes)*apart >= 0xD800 { // surrogates are no runes
		return nil, fmt.Errorf("a document of %d different characters", len(a.codes))
	}
	list, runes := make([]glyph, len(a.codes)), make([]rune, len(a.codes))
	for i, c := range a.codes {
		list[i], runes[i] = c.glyph, rune(i*apart)
	}
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: d.Pages[0].W, Ht: d.Pages[0].H}})
	f.SetAutoPageBreak(false, 0)
	f.SetCompression(false)
	f.SetCatalogSort(true)
	if d.Made.IsZero() {
		d.Made = time.Unix(0, 0).UTC() // for none gofpdf takes the moment
	}
	f.SetCreationDate(d.Made)
	f.SetModificationDate(d.Made)
	f.SetProducer("Lianluo", false)
	f.SetTitle(strings.Map(basic, d.Title), true)
	f.AddUTF8FontFromBytes(family, "", merge(list))
	// gofpdf writes photos of one width in any order, so it is given one that is wider by a dot for each
	for i := range photos.photos {
		var place bytes.Buffer
		_ = png.Encode(&place, image.NewGray(image.Rect(0, 0, i+1, 1))) // a buffer takes everything
		f.RegisterImageOptionsReader(strconv.Itoa(i), gofpdf.ImageOptions{ImageType: "PNG"}, &place)
	}
	// gofpdf keeps of a font what its own Text has printed, so it prints all of it once, on a template that no page
	// uses; there it also tells the names of the font and of the photos.
	print := f.CreateTemplate(func(t *gofpdf.Tpl) {
		t.SetFont(family, "", 1)
		t.Text(0, 0, string(runes))
		for i := range photos.photos {
			t.ImageOptions(strconv.Itoa(i), 0, 0, 1, 1, false, gofpdf.ImageOptions{}, 0, "")
		}
	})
	for _, p := range d.Pages {
		f.AddPageFormat("P", gofpdf.SizeType{Wd: p.W, Ht: p.H})
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		return nil, fmt.Errorf("writing PDF: %w", err)
	}
	_, name, _ := bytes.Cut(print.Bytes(), []byte("/F"))
	name, _, _ = bytes.Cut(name, []byte(" "))
	for _, m := range drawn.FindAllSubmatch(print.Bytes(), -1) {
		photos.names = append(photos.names, string(m[1]))
	}
	pages := d.contents(script{alphabet: a, font: "/F" + string(name), photos: photos})
	return finish(out.Bytes(), pages, meaning(a.codes), photos.photos)
}

// drawn finds the name of a photo where gofpdf draws it.
var drawn = regexp.MustCompile(`/(I[0-9a-z]+) Do`)

// contents writes all pages, packed, as many at a time as there are cores.
func (d Document) contents(c script) [][]byte {
	all := make([][]byte, len(d.Pages))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(d.Pages)) {
		wait.Go(func() {
			var desk Page
			var packed bytes.Buffer
			c := c
			z, _ := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
			for i := int(next.Add(1)) - 1; i < len(all); i = int(next.Add(1)) - 1 {
				packed.Reset()
				z.Reset(&packed)
				_, _ = z.Write(c.page(d.Pages[i].drawn(&desk))) // a buffer takes everything
				_ = z.Close()
				all[i] = bytes.Clone(packed.Bytes())
			}
		})
	}
	wait.Wait()
	return all
}

// finish puts into a file of gofpdf what it cannot write: the contents of the pages, the true meaning of every code,
// the photos as they are, the language of the document, and that it is to be printed at its own size. The table of
// where objects lie is made anew.
func finish(pdf []byte, contents [][]byte, meaning []byte, photos [][]byte) ([]byte, error) {
	strange := errors.New("gofpdf writes another kind of file than expected")
	body, table, ok := cutLast(pdf, "\nxref\n0 ")
	if !ok {
		return nil, strange
	}
	count, entries, _ := bytes.Cut(table, []byte("\n"))
	n, err := strconv.Atoi(string(count))
	if err != nil || len(entries) < 20*n {
		return nil, strange
	}
	at := make([]int, 0, n) // where objects begin, and the end of the last
	for i := 1; i < n; i++ {
		from, _ := strconv.Atoi(string(entries[20*i : 20*i+10]))
		at = append(at, from)
	}
	order := slices.Clone(at)
	slices.Sort(order)
	order = append(order, len(body)+1)
	size := len(pdf) + len(meaning) + 1024
	for _, c := range append(photos[:len(photos):len(photos)], contents...) {
		size += len(c) + 256
	}
	out := bytes.NewBuffer(make([]byte, 0, size))
	out.Write(pdf[:order[0]])
	moved := map[int]int{}
	stream := func(head, data []byte) {
		fmt.Fprintf(out, "%s obj\n<</Length %d/Filter /FlateDecode>>\nstream\n%s\nendstream\nendobj\n", head,
			len(data), data)
	}
	done, shown, replaced, page := 0, 0, 0, false
	for i, from := range order[:n-1] {
		object := pdf[from:order[i+1]]
		moved[from] = out.Len()
		head, rest, _ := bytes.Cut(object, []byte(" obj\n"))
		switch {
		case page && done < len(contents):
			stream(head, contents[done])
			done++
		case bytes.Contains(rest[:min(len(rest), 200)], []byte("stream\n/CIDInit /ProcSet")):
			stream(head, meaning)
			replaced++
		case bytes.HasPrefix(rest, []byte("<</Type /XObject\n/Subtype /Image\n")) && shown < len(photos):
			fmt.Fprintf(out, "%s obj\n%s\nendstream\nendobj\n", head, picture(photos[shown]))
			shown++
		case bytes.Contains(rest[:min(len(rest), 200)], []byte("/Type /Catalog\n")):
			catalog, end, _ := cutLast(object, ">>")
			out.Write(catalog)
			fmt.Fprintf(out, "/Lang (zh-CN)\n/ViewerPreferences <</PrintScaling /None>>\n>>%s", end)
			replaced++
		default:
			out.Write(object)
		}
		page = bytes.HasPrefix(rest, []byte("<</Type /Page\n"))
	}
	trailer, _, ok := bytes.Cut(entries[20*n:], []byte("startxref\n"))
	if done != len(contents) || shown != len(photos) || replaced != 2 || !ok {
		return nil, strange
	}
	xref := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n%s", n, entries[:20])
	for _, from := range at {
		fmt.Fprintf(out, "%010d 00000 n \n", moved[from])
	}
	fmt.Fprintf(out, "%sstartxref\n%d\n%%%%EOF\n", trailer, xref)
	return out.Bytes(), nil
}

// picture is a photo as it stands in a file.
func picture(photo []byte) []byte {
	c, _ := jpeg.DecodeConfig(bytes.NewReader(photo)) // Page.Photo looked before
	space := "DeviceRGB"
	if c.ColorModel == color.GrayModel {
		space = "DeviceGray"
	}
	return fmt.Appendf(nil, "<</Type /XObject\n/Subtype /Image\n/Width %d\n/Height %d\n/ColorSpace /%s\n/BitsPerComponent 8\n"+
		"/Filter /DCTDecode\n/Length %d>>\nstream\n%s", c.Width, c.Height, space, len(photo), photo)
}

func cutLast(b []byte, sep string) (before, after []byte, ok bool) {
	at := bytes.LastIndex(b, []byte(sep))
	if at < 0 {
		return b, nil, false
	}
	return b[:at], b[at+len(sep):], true
}

// meaning is the packed table of what the codes mean.
func meaning(codes []code) []byte {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	fmt.Fprint(w, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"+
		"<</Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n"+
		"/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for from := 1; from < len(codes); from += 100 {
		to := min(from+100, len(codes))
		fmt.Fprintf(w, "%d beginbfchar\n", to-from)
		for i := from; i < to; i++ {
			fmt.Fprintf(w, "<%04X> <%s>\n", i*apart, utf16hex(codes[i].means))
		}
		fmt.Fprint(w, "endbfchar\n")
	}
	fmt.Fprint(w, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	_ = w.Close()
	return z.Bytes()
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
