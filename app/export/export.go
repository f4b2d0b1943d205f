// Package export writes what a home keeps into a folder of open formats, which any program reads in twenty years.
//
//	f, err := export.Begin("/media/stick/2026")
//	s, err := f.Sheet(export.Kind{Code: "matters", Name: "事项", Columns: …}, export.CSV, export.JSON)
//	err = s.Add([]export.Record{{Cells: …, Object: …}})
//	err = s.Close()
//	err = f.Finish(readme)
//
// It knows nothing of matters or sessions: who asks gives kinds of records (Kind), one after the other as much as he likes
// at a time, and has decided before what may be shown. Nothing is held in memory but the records of one call, so a million
// of them need no more room than a hundred; and the folder stands under its name when all of it is written, or not at all.
//
// Open311 (GeoReport v2) is written besides by its own fields (Request, Service), and what a province wants by those of a
// template of the county's profile (Fit).
package export

import (
	"slices"
	"strings"

	"lianluo.local/data/problem"
)

// Format is a form of files.
type Format struct{ Code, Name string }

// The formats. A Template fits matters to what an office above wants: its files are xlsx and csv.
var (
	XLSX     = Format{"xlsx", "Excel 工作簿（.xlsx）"}
	CSV      = Format{"csv", "文本表格（.csv，UTF-8 带标记）"}
	JSON     = Format{"json", "一行一条的 JSON（.jsonl）"}
	Open311  = Format{"open311", "Open311 GeoReport v2（open311/ 里的 JSON）"}
	Template = Format{"template", "县里办理规则写的上报模板（.xlsx 和 .csv）"}
)

// Formats are all, as help lists them.
var Formats = []Format{XLSX, CSV, JSON, Open311, Template}

// Wish is what somebody wants written.
type Wish struct {
	Formats   []Format
	Templates []string // of Template: the names of those; none stands for all
	From, To  string   // days: matters by the day they were raised, sessions by theirs, suggestions by that of their submission; "" for all
	Private   bool     // names, telephones, addresses and words as they are
}

// Has says whether a format is wanted.
func (w Wish) Has(f Format) bool { return slices.Contains(w.Formats, f) }

// Sheets are the wanted formats that have a file for each kind.
func (w Wish) Sheets() []Format {
	return slices.DeleteFunc(slices.Clone(w.Formats), func(f Format) bool { return f == Open311 || f == Template })
}

// Parse reads formats as they are typed, separated by commas; "" stands for all but templates. A template is named behind
// a colon: template:省平台.
func (w *Wish) Parse(typed string) error {
	w.Formats, w.Templates = nil, nil
	for _, word := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",， 、", r) }) {
		code, name, named := strings.Cut(strings.Replace(word, "：", ":", 1), ":")
		i := slices.IndexFunc(Formats, func(f Format) bool { return strings.EqualFold(f.Code, code) })
		switch {
		case i < 0, named && Formats[i] != Template:
			return problem.Problems{"format": "没有“" + word + "”这种格式，请写 xlsx、csv、json、open311、template 里的几种，用逗号隔开"}
		case named:
			w.Templates = append(w.Templates, name)
		}
		if !w.Has(Formats[i]) {
			w.Formats = append(w.Formats, Formats[i])
		}
	}
	if w.Formats == nil {
		w.Formats = []Format{XLSX, CSV, JSON, Open311}
	}
	return nil
}

// Column is one column of a kind's tables.
type Column struct {
	Code, Name string
	Number     bool    // its cells are whole numbers
	Width      float64 // in characters of half width; 0 for the usual
}

// Kind is a kind of records: one file of each format, named by its code.
type Kind struct {
	Code, Name string
	Columns    []Column
}

// Record is one: a cell for each column, and the whole of it as JSON, nil for an object of its cells.
type Record struct {
	Cells  []string
	Object []byte
}
