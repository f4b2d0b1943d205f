// Package field is the fields of a kind of things: what is typed about it, each in one row. The list of a kind drives
// all that asks for its fields or tells them: the form in which they are filled in (kit.Form), the check of what was
// typed (List.Check), the showing of what is kept (List.Show), and what is put right later. Who adds a row adds a
// field; the member of the kind's struct that keeps it is named by its code.
package field

import (
	"slices"
	"strings"

	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

// Input is how a field is filled in, and so what its value is.
type Input int

// What a value is: a string but of Tick (bool), Number (int), People ([]string) and Day (time.Time once it was
// checked).
const (
	Line     Input = iota // a line; where the field has Lines, it is typed in so many
	Area                  // several lines
	Chips                 // one of a closed list, kept as its code
	Tick                  // yes or no
	Number                // a whole number from 1 on; 0 says nothing
	People                // names of people
	Place                 // a line, for which places are offered
	Category              // one of the categories, kept as its code
	Day                   // a day, with or without a time of day
)

// Field is what there is to know of a field.
type Field struct {
	Code  string // in files, in entries and for programs
	Name  string // for people
	Label string // what the form calls it; "" for Name
	Hint  string // what stands in the empty input, or beside the box to tick
	Input Input
	Words words.List // Chips: the closed list; Tick: what "true" and "false" are called; People: their words, chosen from

	Otherwise   string                        // what stands where nothing was said
	Most        int                           // how many characters or people, or the highest number; 0 for any
	Counted     string                        // what a Number or People are counted in
	Lines       int                           // how many lines are shown to write in
	Wrong       func(value string) string     // what else is wrong with a text, for people; "" for nothing
	When        func(now Values) (asked bool) // whether the form asks, by what it says; nil: always
	Mask        func(value string) string     // what of a value is shown where others look on; nil for all of it
	Beside      string                        // the field in whose place on the form this one is asked, too
	Must        bool                          // the form says that it is needed
	More        bool                          // the form folds it away
	Unasked     bool                          // only files bring it
	Private     bool                          // it lies in the private part
	Sealed      bool                          // it goes into the private part where the thing is confidential
	Correctable bool                          // it may be put right later
	Wide        bool                          // where it is shown it has a line of its own
}

// Asked is what the form calls it.
func (f Field) Asked() string {
	if f.Label != "" {
		return f.Label
	}
	return f.Name
}

// Correction is the field as it is asked for when it is put right: the value that stands there needs no hint, a yes
// needs its no, and nothing stands where nothing was said.
func (f Field) Correction() Field {
	f.Otherwise = ""
	if f.Input != Category { // of those it says how one is found
		f.Hint = ""
	}
	if f.Input == Area {
		f.Lines = 5
	}
	return f
}

// List is the fields of a kind in the order of its form, or some of them in an order of their own.
type List []Field

// Of makes the list of a kind and tells data/problem what its fields are called.
func Of(kind string, fields ...Field) List {
	for _, f := range fields {
		problem.Name(kind, f.Code, f.Name)
	}
	return fields
}

// Field gives the field of a code, and whether there is one.
func (l List) Field(code string) (Field, bool) {
	i := slices.IndexFunc(l, func(f Field) bool { return f.Code == code })
	if i < 0 {
		return Field{}, false
	}
	return l[i], true
}

// Name gives the name of a field, or the code itself where there is none.
func (l List) Name(code string) string {
	if f, ok := l.Field(code); ok {
		return f.Name
	}
	return code
}

// Beside gives the name of a field, or of what else acts write besides those of the form.
func (l List) Beside(others words.List, code string) string {
	if f, ok := l.Field(code); ok {
		return f.Name
	}
	return others.Name(code)
}

// Where gives the fields of which something is true.
func (l List) Where(is func(Field) bool) (some List) {
	for _, f := range l {
		if is(f) {
			some = append(some, f)
		}
	}
	return some
}

// In puts fields first in another order: a code, or a code and what the field is called there ("name 反映人"). Those
// that are not named follow as they stood.
func (l List) In(order ...string) List {
	var arranged List
	for _, o := range order {
		code, called, _ := strings.Cut(o, " ")
		if f, ok := l.Field(code); ok {
			if called != "" {
				f.Name = called
			}
			arranged = append(arranged, f)
		}
	}
	return append(arranged, l.Where(func(f Field) bool { _, named := arranged.Field(f.Code); return !named })...)
}

// Without leaves fields out.
func (l List) Without(codes ...string) List {
	return l.Where(func(f Field) bool { return !slices.Contains(codes, f.Code) })
}
