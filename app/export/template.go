package export

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
)

// Fit writes matters as a template wants them, and remembers what does not fit.
type Fit struct {
	profile.Template
	fields []field.Field // of its columns
	wants  map[string]*want
}

// want is what one column could not write: how often, and the first matters.
type want struct {
	column, what string
	n            int
	first        []string // their numbers
}

// NewFit begins to fit matters to a template.
func NewFit(t profile.Template) *Fit {
	f := &Fit{Template: t, wants: map[string]*want{}}
	for _, c := range t.Columns {
		one, _ := matter.Columns.Field(c.From)
		f.fields = append(f.fields, one)
	}
	return f
}

// Kind is the table that the template makes.
func (f *Fit) Kind() Kind {
	k := Kind{Code: f.Name, Name: f.Name}
	for _, c := range f.Columns {
		k.Columns = append(k.Columns, Column{Code: cmp.Or(c.From, c.Title), Name: c.Title})
	}
	return k
}

// Cells are a matter as the template writes it, by the values of its columns; number is by which people know it.
func (f *Fit) Cells(number string, v field.Values) []string {
	cells := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		cell := f.cell(number, c, f.fields[i], v)
		switch {
		case cell == "" && c.Required:
			f.lacks(number, c.Title, "是空的")
		case c.Most > 0 && utf8.RuneCountInString(cell) > c.Most:
			f.lacks(number, c.Title, fmt.Sprintf("超过 %d 个字", c.Most))
		}
		cells[i] = cell
	}
	return cells
}

func (f *Fit) cell(number string, c profile.Column, of field.Field, v field.Values) string {
	if c.From == "" {
		return c.Text
	}
	said := Told(of, v)
	if said == "" {
		return c.Otherwise
	}
	switch {
	case c.Date != "":
		for _, layout := range []string{time.DateOnly, "2006-01-02 15:04"} {
			if t, err := time.Parse(layout, said); err == nil {
				return c.Written(t)
			}
		}
		return c.Otherwise // what was typed is no day
	case c.Table != nil:
		var code string
		if _, day := v[c.From].(time.Time); !day {
			code = v.Text(c.From)
		}
		for _, key := range []string{code, said, code[:min(2, len(code))]} {
			if written, ok := c.Table[key]; ok {
				return written
			}
		}
		if c.Otherwise == "" {
			f.lacks(number, c.Title, "的“"+said+"”在代码表（table）里没有")
		}
		return c.Otherwise
	}
	return said
}

func (f *Fit) lacks(number, column, what string) {
	w := f.wants[column+what]
	if w == nil {
		w = &want{column: column, what: what}
		f.wants[column+what] = w
	}
	if w.n++; len(w.first) < 5 {
		w.first = append(w.first, number)
	}
}

// Amiss is problem.Problems about what could not be written as the template wants it, nil where all could.
func (f *Fit) Amiss() error {
	wrong := problem.Problems{}
	for _, key := range slices.Sorted(maps.Keys(f.wants)) {
		w := f.wants[key]
		more := ""
		if w.n > len(w.first) {
			more = fmt.Sprintf(" 等 %d 件", w.n)
		}
		says := "“" + f.Name + "”的“" + w.column + "”" + w.what + "：" + strings.Join(w.first, "、") + more
		if wrong[w.column] != "" {
			says = wrong[w.column] + "；" + says
		}
		wrong[w.column] = says
	}
	return wrong.Or()
}

// Told is a value as a table has it: the word for a code, days as 2026-11-21, "" for nothing.
func Told(f field.Field, v field.Values) string {
	if f.Input == field.Number {
		if n := v.Number(f.Code); n > 0 {
			return fmt.Sprint(n)
		}
		return ""
	}
	return f.Text(v, nil)
}
