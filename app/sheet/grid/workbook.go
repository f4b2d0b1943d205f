package grid

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// workbook is an Office Open XML workbook (ECMA-376), of either of its two namespaces.
type workbook struct {
	parts   map[string]*zip.File // by their paths in small letters
	epoch   int
	shown   []shape // of each style of cells, how it shows a number
	shared  string  // the part of texts that many cells have
	strings []string
}

// related is what a part says of another.
type related struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// is says whether the relation is of a kind.
func (r related) is(kind string) bool { return strings.HasSuffix(r.Type, "/"+kind) }

// open reads what the workbook says of its sheets.
func (w *workbook) open(b *Book) error {
	main := "xl/workbook.xml"
	rels, err := w.relations("")
	if err != nil {
		return err
	}
	for _, r := range rels {
		if r.is("officeDocument") {
			main = r.Target
		}
	}
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			Rel   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.decode(main, &book); err != nil {
		return err
	}
	if yes(book.Properties.Date1904) {
		w.epoch = 1462
	}
	if rels, err = w.relations(main); err != nil {
		return err
	}
	parts := map[string]string{}
	links := false
	for _, r := range rels {
		switch {
		case r.is("worksheet"):
			parts[r.ID] = r.Target
		case r.is("styles"):
			if err := w.styles(r.Target); err != nil {
				return err
			}
		case r.is("sharedStrings"):
			w.shared = r.Target
		case r.is("vbaProject"):
			b.notes = append(b.notes, "这个表格带宏；宏没有运行，只读了格子里的内容")
		case r.is("externalLink"):
			links = true
		}
	}
	if links {
		b.notes = append(b.notes, "这个表格引用了别的文件；没有去打开它们，用的是上次存下的值")
	}
	for _, s := range book.Sheets {
		if part := parts[s.Rel]; w.parts[part] != nil { // charts have none
			b.Sheets = append(b.Sheets, Leaf{s.Name, s.State == "hidden" || s.State == "veryHidden", part})
		}
	}
	if len(b.Sheets) == 0 {
		return ErrDamaged
	}
	b.read = w.grid
	return nil
}

// relations gives what a part points to inside the file, with the paths of what is pointed to.
func (w *workbook) relations(part string) ([]related, error) {
	dir, base := path.Split(part)
	var all struct {
		Relations []related `xml:"Relationship"`
	}
	name := dir + "_rels/" + base + ".rels"
	if w.parts[strings.ToLower(name)] == nil {
		return nil, nil
	}
	if err := w.decode(name, &all); err != nil {
		return nil, err
	}
	var inside []related
	for _, r := range all.Relations {
		if r.Mode == "External" {
			continue
		}
		target := strings.ReplaceAll(r.Target, `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		r.Target = strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
		inside = append(inside, r)
	}
	return inside, nil
}

// decode reads a small part of the file.
func (w *workbook) decode(part string, v any) error {
	f := w.parts[strings.ToLower(part)]
	if f == nil {
		return ErrDamaged
	}
	r, err := f.Open()
	if err != nil {
		return ErrDamaged
	}
	defer r.Close()
	limited := &io.LimitedReader{R: r, N: tokenSize}
	if err := xml.NewDecoder(limited).Decode(v); limited.N <= 0 {
		return ErrBomb
	} else if err != nil {
		return ErrDamaged
	}
	return nil
}

// shape is how a style shows a number.
type shape int

// A number is shown as such, or as a day of which so much is seen.
const (
	plain    shape = iota
	wholeDay       // 2021-03-05
	month          // 2021-03
	year           // 2021
	yearless       // 3月5日
	hours          // 19:30
	moment         // 2021-03-05 19:30
)

// styles reads how each style shows numbers.
func (w *workbook) styles(part string) error {
	var all struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decode(part, &all); err != nil {
		return err
	}
	own := map[int]string{}
	for _, f := range all.Formats {
		own[f.ID] = f.Code
	}
	for _, s := range all.Styles {
		if code, ok := own[s.ID]; ok {
			w.shown = append(w.shown, shaped(code))
		} else {
			w.shown = append(w.shown, builtin(s.ID))
		}
	}
	return nil
}

// builtin is what the formats show that have a number and no code (ECMA-376 part 1, 18.8.30, those of zh-cn included).
func builtin(id int) shape {
	switch id {
	case 14, 15, 30, 31:
		return wholeDay
	case 17, 27, 36, 50, 52, 57:
		return month
	case 16, 28, 29, 51, 53, 54, 58:
		return yearless
	case 18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56:
		return hours
	case 22:
		return moment
	}
	return plain
}

var besides = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|(?i:general|e[+-]|am/pm|a/p)`)

// shaped is what a format of one's own shows.
func shaped(code string) shape {
	code, _, _ = strings.Cut(strings.ToLower(besides.ReplaceAllString(code, "")), ";")
	y, d, h := strings.ContainsAny(code, "ye"), strings.Contains(code, "d"), strings.ContainsAny(code, "hs")
	m := strings.Contains(code, "m") && (!h || y || d)
	switch {
	case y && d && h:
		return moment
	case y && d, d && !m:
		return wholeDay
	case y && m:
		return month
	case y:
		return year
	case m && d:
		return yearless
	case h:
		return hours
	case m: // a month alone: the year is not shown either
		return month
	}
	return plain
}

// texts reads the texts that many cells have, once.
func (w *workbook) texts() error {
	if w.strings != nil {
		return nil
	}
	w.strings = []string{}
	in, err := w.stream(w.shared)
	if err != nil {
		return err
	}
	defer in.Close()
	var text strings.Builder
	reading, sounds, size := false, 0, 0
	for {
		t, err := in.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				text.Reset()
			case "rPh": // how it is read aloud
				sounds++
			case "t":
				reading = sounds == 0
			}
		case xml.CharData:
			if reading {
				text.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "rPh":
				sounds--
			case "t":
				reading = false
			case "si":
				s := unescaped(text.String())
				if size += len(s) + each; size > held {
					return ErrMuch
				}
				w.strings = append(w.strings, s)
			}
		}
	}
}

var escape = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescaped writes the characters that XML cannot hold, as workbooks name them.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escape.ReplaceAllStringFunc(s, func(m string) string {
		n, _ := strconv.ParseUint(m[2:6], 16, 16)
		return string(rune(n))
	})
}

func yes(s string) bool { return s == "1" || s == "true" }
