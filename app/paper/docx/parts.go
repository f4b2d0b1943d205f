package docx

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// The type area of a page that stands upright (版心) and what is left free over it and beside it, in millimetres, as GB/T 9704
// has them, and how wide it is on a page across.
const (
	Width, Height = 156.0, 225.0
	top, left     = 37.0, 28.0
	Long          = 225.0
)

const (
	declared = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	words    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	office   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packaged = "http://schemas.openxmlformats.org/package/2006/"
)

// parts are the files of a document by their names, pictures apart.
func (f *File) parts() [][2]string {
	pictures := ""
	for i := range f.pictures {
		pictures += fmt.Sprintf(`<Relationship Id="p%d" Type="%s/image" Target="media/%d.png"/>`, i+1, office, i+1)
	}
	return [][2]string{
		{"[Content_Types].xml", declared + `<Types xmlns="` + packaged + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` + types("document.main", "document") +
			types("styles", "styles") + types("settings", "settings") + types("fontTable", "fontTable") + types("header", "header") +
			types("footer", "odd") + types("footer", "even") +
			`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
		{"_rels/.rels", declared + `<Relationships xmlns="` + packaged + `relationships"><Relationship Id="r1" Type="` + office + `/officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="r2" Type="` + packaged + `relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
		{"docProps/core.xml", declared + `<cp:coreProperties xmlns:cp="` + packaged + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
			`xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + escaped(f.title) +
			`</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">` + f.made.UTC().Format(time.RFC3339) + `</dcterms:created></cp:coreProperties>`},
		{"word/_rels/document.xml.rels", declared + `<Relationships xmlns="` + packaged + `relationships">` + related("styles", "styles") + related("settings", "settings") +
			related("fontTable", "fontTable") + related("header", "header") + related("footer", "odd") + related("footer", "even") + pictures + `</Relationships>`},
		{"word/document.xml", declared + `<w:document xmlns:w="` + words + `" xmlns:r="` + office + `" ` +
			`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
			`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>` + f.body.String() + f.end() + f.section() + `</w:body></w:document>`},
		{"word/settings.xml", declared + `<w:settings xmlns:w="` + words + `"><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>` +
			`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`},
		{"word/fontTable.xml", declared + `<w:fonts xmlns:w="` + words + `">` + font("仿宋", "FangSong") + font("楷体", "KaiTi") + font("黑体", "SimHei") + font("宋体", "SimSun") +
			font("方正小标宋简体", "宋体") + `</w:fonts>`},
		{"word/header.xml", declared + `<w:hdr xmlns:w="` + words + `"><w:p><w:pPr><w:pStyle w:val="Plain"/><w:jc w:val="center"/></w:pPr>` + f.practice() + `</w:p></w:hdr>`},
		{"word/odd.xml", declared + numbered("right")}, {"word/even.xml", declared + numbered("left")},
		{"word/styles.xml", declared + styles()},
	}
}

// end is a paragraph behind a last table, which may not end a document.
func (f *File) end() string {
	if !bytes.HasSuffix(f.body.Bytes(), []byte("</w:tbl>")) {
		return ""
	}
	return `<w:p><w:pPr><w:pStyle w:val="Break"/></w:pPr></w:p>`
}

func types(of, name string) string {
	return `<Override PartName="/word/` + name + `.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` + of + `+xml"/>`
}

func related(of, name string) string {
	return `<Relationship Id="` + name + `" Type="` + office + `/` + of + `" Target="` + name + `.xml"/>`
}

func font(name, other string) string {
	return `<w:font w:name="` + name + `"><w:altName w:val="` + other + `"/><w:charset w:val="86"/></w:font>`
}

func (f *File) practice() string {
	if !f.Practice {
		return ""
	}
	return `<w:r><w:rPr><w:color w:val="9A938A"/></w:rPr><w:t>练习</w:t></w:r>`
}

// numbered is the foot of a page: — 1 —, a character in from the outer edge, in 14 points (4 号).
func numbered(outside string) string {
	const look = `<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>`
	return `<w:ftr xmlns:w="` + words + `"><w:p><w:pPr><w:pStyle w:val="Plain"/><w:ind w:left="280" w:right="280"/><w:jc w:val="` + outside + `"/></w:pPr>` +
		`<w:r>` + look + `<w:t xml:space="preserve">— </w:t></w:r><w:r>` + look + `<w:fldChar w:fldCharType="begin"/></w:r><w:r>` + look +
		`<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r>` + look + `<w:fldChar w:fldCharType="separate"/></w:r><w:r>` + look +
		`<w:t>1</w:t></w:r><w:r>` + look + `<w:fldChar w:fldCharType="end"/></w:r><w:r>` + look + `<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
}

// section is how the pages stand that end here. 22 lines fill one.
func (f *File) section() string {
	w, h, turned := twips(210), twips(297), ""
	margins := [4]float64{top, 210 - left - Width, 297 - top - Height, left} // top, right, bottom, left
	if f.across {
		w, h, turned = h, w, ` w:orient="landscape"`
		margins = [4]float64{left, 297 - top - Long, 210 - left - Width, top}
	}
	return fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:headerReference w:type="even" r:id="header"/>`+
		`<w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/><w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr>`,
		w, h, turned, twips(margins[0]), twips(margins[1]), twips(margins[2]), twips(margins[3]), twips(15), twips(margins[2]-11), twips(Height)/22)
}

// styles are those of the standard: 仿宋 of 16 points (3 号), titles in 小标宋 of 22, headings in 黑体 and 楷体.
func styles() string {
	var b strings.Builder
	b.WriteString(`<w:styles xmlns:w="` + words + `"><w:docDefaults><w:rPrDefault><w:rPr>` + face("仿宋", 32) + `<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault/></w:docDefaults>`)
	const indented = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`
	for _, s := range []struct {
		id         Style
		name, next string
		para, look string
	}{
		{Body, "Normal", "Normal", `<w:widowControl/>` + indented + `<w:jc w:val="both"/>`, `<w:spacing w:val="-5"/>`}, // so that 28 characters fill a line
		{Plain, "正文顶格", "Normal", `<w:ind w:firstLineChars="0" w:firstLine="0"/>`, ""},
		{Title, "Title", "Normal", `<w:keepNext/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/><w:outlineLvl w:val="9"/>`, face("方正小标宋简体", 44)},
		{Centred, "Subtitle", "Normal", `<w:keepNext/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>`, face("楷体", 32)},
		{Heading, "heading 1", "Normal", `<w:keepNext/>` + indented + `<w:outlineLvl w:val="0"/>`, face("黑体", 32)},
		{Minor, "heading 2", "Normal", `<w:keepNext/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/><w:outlineLvl w:val="1"/>`, bolder},
		{Item, "附件", "Normal", `<w:ind w:leftChars="500" w:left="1600" w:hangingChars="300" w:hanging="960"/>`, ""},
		{Items, "附件（续）", "Normal", `<w:ind w:leftChars="500" w:left="1600" w:firstLineChars="0" w:firstLine="0"/>`, ""},
		{Right, "落款", "Normal", `<w:ind w:rightChars="400" w:right="1280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>`, ""},
		{Small, "说明", "Small", `<w:snapToGrid w:val="0"/><w:spacing w:before="40"/><w:ind w:firstLineChars="0" w:firstLine="0"/>`, face("楷体", 24)},
		{cellText, "表格", "Cell", `<w:snapToGrid w:val="0"/><w:ind w:firstLineChars="0" w:firstLine="0"/>`, strings.Replace(face("仿宋", 21), "<w:sz ", `<w:spacing w:val="0"/><w:sz `, 1)},
		{"Picture", "图", "Normal", `<w:snapToGrid w:val="0"/><w:spacing w:before="120" w:after="120"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>`, ""},
		{"Break", "分节", "Normal", `<w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>`, `<w:sz w:val="2"/>`},
	} {
		based := `<w:basedOn w:val="Normal"/>`
		if s.id == Body {
			based = ""
		}
		fmt.Fprintf(&b, `<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/>%s<w:next w:val="%s"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`,
			map[bool]string{true: ` w:default="1"`}[s.id == Body], s.id, s.name, based, s.next, s.para, s.look)
	}
	b.WriteString(`<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="40" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return b.String()
}

var bolder = strings.Replace(face("楷体", 28), "<w:sz ", "<w:b/><w:sz ", 1)

// face is a font with its size in half points.
func face(name string, size int) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:cs="%s"/><w:sz w:val="%d"/><w:szCs w:val="%d"/>`, name, name, name, name, size, size)
}
