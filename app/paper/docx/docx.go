// Package docx writes a report as a document that people go on working on, in WPS, Word or LibreOffice: paragraphs in named
// styles, headings that an outline shows, tables whose titles stand on each page again, pictures, numbers of pages.
//
//	f := docx.New("周报", made)
//	f.Say(docx.Title, "代表联络站工作周报")
//	f.Say(docx.Body, "本周各站接待群众 12 人次。")
//	f.Turn() // what follows stands on pages across
//	f.Table(t, 10.5)
//	err := f.Write(w)
//
// The pages are those of GB/T 9704: 22 lines of 28 characters, the number of a page outside. It names the fonts of the
// standard and carries none: an office has them. All texts are cleaned here, and none of them is a field or a formula.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/table"
	"lianluo.local/app/paper/typeset"
)

// Style is a named style of a paragraph.
type Style string

// The styles that documents have.
const (
	Body     Style = "Normal"
	Title    Style = "Title"
	Heading  Style = "Heading1" // 一、
	Minor    Style = "Heading2" // the title of a table
	Centred  Style = "Subtitle" // under the title
	Plain    Style = "Plain"    // from the edge, as an addressee
	Item     Style = "Item"     // of what is attached, the first
	Items    Style = "Items"    // and the others
	Right    Style = "Right"    // a signature
	Small    Style = "Small"    // a note
	Over     Style = "Over"     // a note that stands over a table
	cellText Style = "Cell"
)

// File is a document while it is written.
type File struct {
	Practice bool // it is for practice and counts for nothing
	title    string
	made     time.Time
	body     bytes.Buffer
	pictures [][]byte
	across   bool
	turned   bool // the next paragraph begins a page
}

// New begins a document.
func New(title string, made time.Time) *File { return &File{title: form.Line(title), made: made} }

// Say adds a paragraph, for each line of the text one.
func (f *File) Say(s Style, text string) {
	for l := range strings.SplitSeq(typeset.Clean(text), "\n") {
		if l = strings.TrimSpace(l); l != "" {
			fmt.Fprintf(&f.body, `<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`,
				s, map[bool]string{true: "<w:pageBreakBefore/>"}[f.turned], escaped(l))
			f.turned = false
		}
	}
}

// Blank adds an empty line.
func (f *File) Blank() { f.body.WriteString(`<w:p/>`) }

// Turn ends the pages that stand upright, or those across, if there are any; what follows stands the other way round.
func (f *File) Turn() {
	if f.body.Len() > 0 {
		fmt.Fprintf(&f.body, `<w:p><w:pPr><w:pStyle w:val="Break"/>%s</w:pPr></w:p>`, f.section())
	}
	f.across = !f.across
}

// Page lets the next paragraph begin a new page.
func (f *File) Page() { f.turned = true }

// Picture adds a picture, so many millimetres wide, with what it shows in words for those who do not see it.
func (f *File) Picture(img image.Image, width float64, says string) error {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return fmt.Errorf("picture in a document: %w", err)
	}
	f.pictures = append(f.pictures, b.Bytes())
	const emu = 36000
	size := img.Bounds()
	w, h := strconv.Itoa(int(width*emu)), strconv.Itoa(int(width*emu*float64(size.Dy())/float64(size.Dx())))
	said := strings.NewReplacer("{n}", strconv.Itoa(len(f.pictures)), "{wide}", w, "{high}", h, "{says}", escaped(form.Line(says)))
	f.body.WriteString(said.Replace(drawing))
	return nil
}

// drawing is a picture among paragraphs.
const drawing = `<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing>
<wp:inline><wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{n}" name="图{n}" descr="{says}"/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="{n}" name="{n}.png"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="p{n}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`

// Table adds a table in type of so many points, as wide as the page; its titles stand on each page again, and no row is broken.
// Under it stand its remarks.
func (f *File) Table(t table.Table, size float64) {
	room := float64(twips(Width))
	if f.across {
		room = float64(twips(Long))
	}
	wide := widths(t, room, size)
	f.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/>` +
		`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range wide {
		fmt.Fprintf(&f.body, `<w:gridCol w:w="%.0f"/>`, w)
	}
	f.body.WriteString(`</w:tblGrid>`)
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = strings.ReplaceAll(c.Title, "\n", "")
	}
	f.row(t, titles, wide, size, heads)
	for _, r := range t.Rows {
		f.row(t, r.Cells, wide, size, map[bool]look{true: bold}[r.Group])
	}
	for _, r := range t.Sums {
		f.row(t, r.Cells, wide, size, bold)
	}
	for _, r := range t.Held {
		f.row(t, r.Cells, wide, size, 0)
	}
	f.body.WriteString(`</w:tbl>`)
	for _, s := range t.Remarks {
		f.Say(Small, s)
	}
}

// widths share out the room among the columns, in twips: to each what its longest number or code needs, the rest by what they
// hold.
func widths(t table.Table, room, size float64) []float64 {
	needs, more := make([]float64, len(t.Columns)), t.Wide()
	left, sum := room, 0.0
	for i, c := range t.Columns {
		n := 6
		for _, r := range slices.Concat(t.Rows, t.Sums, t.Held) {
			if len(r.Cells) != len(t.Columns) {
				continue
			}
			for word := range strings.FieldsFuncSeq(c.Shown(r.Cells[i]), breaks) {
				n = max(n, len(word))
			}
		}
		needs[i] = 11*size*float64(n) + 2*beside
		more[i] = max(1, more[i]-float64(n))
		left, sum = left-needs[i], sum+more[i]
	}
	for i := range needs {
		if needs[i] += left * more[i] / sum; left < 0 {
			needs[i] = room / float64(len(needs))
		}
		needs[i] = math.Floor(needs[i])
	}
	return needs
}

// breaks says whether a line may be broken at a character.
func breaks(r rune) bool { return r > unicode.MaxASCII || unicode.IsSpace(r) }

// beside is the white beside the text of a cell, in twips.
const beside = 40

// look is how a row looks: bold, or also that it stands on each page again.
type look int

const (
	bold look = 1 + iota
	heads
)

// row writes a row; where it is short, its last cell reaches over the columns that are left.
func (f *File) row(t table.Table, cells []string, wide []float64, size float64, l look) {
	b := &f.body
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if l == heads {
		b.WriteString(`<w:tblHeader/>`)
	}
	b.WriteString(`</w:trPr>`)
	if len(cells) == 0 {
		cells = []string{""}
	}
	for i, text := range cells {
		c, w, span := t.Columns[i], wide[i], 1
		if i == len(cells)-1 {
			for ; i+span < len(wide); span++ {
				w += wide[i+span]
			}
		}
		align := map[typeset.Align]string{typeset.Left: "left", typeset.Centre: "center", typeset.Right: "right"}[c.Align]
		if l == heads {
			align = "center"
		} else if text = c.Shown(text); span > 1 {
			align = "left"
		}
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%.0f" w:type="dxa"/><w:gridSpan w:val="%d"/>`, w, span)
		if l == heads {
			b.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="F2EEE6"/>`)
		}
		b.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
		for part := range strings.SplitSeq(typeset.Clean(strings.ReplaceAll(text, table.Fold, "")), "\n") {
			fmt.Fprintf(b, `<w:p><w:pPr><w:pStyle w:val="%s"/><w:jc w:val="%s"/></w:pPr><w:r><w:rPr>`, cellText, align)
			if l >= bold {
				b.WriteString(`<w:b/>`)
			}
			fmt.Fprintf(b, `<w:sz w:val="%.0f"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, 2*size, escaped(part))
		}
		b.WriteString(`</w:tc>`)
	}
	b.WriteString(`</w:tr>`)
}

// Write writes the document.
func (f *File) Write(w io.Writer) error {
	z := zip.NewWriter(w)
	put := func(name, content string) error {
		part, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: f.made})
		if err == nil {
			_, err = io.WriteString(part, content)
		}
		return err
	}
	said := f.said()
	err := fs.WalkDir(parts, "parts", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := parts.ReadFile(name)
		if err != nil {
			return err
		}
		return put(strings.TrimPrefix(name, "parts/"), said.Replace(string(text)))
	})
	for i := 0; i < len(f.pictures) && err == nil; i++ {
		err = put("word/media/"+strconv.Itoa(i+1)+".png", string(f.pictures[i]))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		return fmt.Errorf("document: %w", err)
	}
	return nil
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}

// twips are twentieths of a point.
func twips(mm float64) int { return int(math.Round(mm / 25.4 * 1440)) }
