package docx

import (
	"bytes"
	"embed"
	"fmt"
	"strings"
	"time"
)

// parts are the files of a document by their names, with places for what it says.
//
//go:embed all:parts
var parts embed.FS

// The type area of a page that stands upright (版心) and what is left free over it and beside it, in millimetres, as GB/T 9704
// has them, and how wide it is on a page across.
const (
	Width, Height = 156.0, 225.0
	top, left     = 37.0, 28.0
	Long          = 225.0
)

// said puts what the document says into its parts.
func (f *File) said() *strings.Replacer {
	pictures, practice := "", ""
	for i := range f.pictures {
		pictures += fmt.Sprintf(`<Relationship Id="p%d" Target="media/%d.png" `+
			`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>`, i+1, i+1)
	}
	if f.Practice {
		practice = "练习"
	}
	end := "" // a table may not be the last thing in a document
	if bytes.HasSuffix(f.body.Bytes(), []byte("</w:tbl>")) {
		end = `<w:p><w:pPr><w:pStyle w:val="Break"/></w:pPr></w:p>`
	}
	return strings.NewReplacer("{body}", f.body.String()+end+f.section(), "{pictures}", pictures, "{practice}", practice,
		"{title}", escaped(f.title), "{made}", f.made.UTC().Format(time.RFC3339))
}

// section is how the pages stand that end here, with their heads and feet; 22 lines fill one.
func (f *File) section() string {
	w, h, turned := twips(210), twips(297), ""
	over, right, under, beside := top, 210-left-Width, 297-top-Height, left
	if f.across {
		w, h, turned = h, w, ` w:orient="landscape"`
		over, right, under, beside = left, 297-top-Long, 210-left-Width, top
	}
	return fmt.Sprintf(`<w:sectPr>
<w:headerReference w:type="default" r:id="header"/><w:headerReference w:type="even" r:id="header"/>
<w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>
<w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/>
<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>
<w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr>`,
		w, h, turned, twips(over), twips(right), twips(under), twips(beside), twips(15), twips(under-11), twips(Height)/22)
}
