package sheet

import (
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/spelling"
)

// What a cell says goes to the code of its column; what stands beside a name, to the column that knows it.

// says tells whether some column knows a word.
func (r *reader) says(word string) bool {
	for _, c := range r.columns {
		if _, ok := c.takes(word); ok {
			return true
		}
	}
	return false
}

// named says whether a word is what the column is called, or what a tick in it says.
func (c Column) named(word string) bool {
	form := spelling.Letters(word)
	return form == spelling.Letters(c.Name) || form == spelling.Letters(c.Value)
}

// takes gives the value that a word beside a name says of the column.
func (c Column) takes(word string) (string, bool) {
	switch {
	case c.Kind == Tick && c.named(word):
		return c.Value, true
	case (c.Kind == Choice || c.Kind == List || c.Kind == Text) && strings.ContainsFunc(word, isHan):
		return c.Words.Read(word)
	}
	return "", false
}

func isHan(r rune) bool { return r >= 0x3400 }

// put adds values to a row; two columns that say different things of one code are asked about.
func (r *reader) put(one *Row, c Column, values []string, address string) {
	if len(values) == 0 {
		return
	}
	had, ok := one.Fields[c.Code]
	switch {
	case !ok:
		one.Fields[c.Code] = Field{values, address}
	case r.many(c):
		for _, v := range values {
			if !slices.Contains(had.Values, v) {
				had.Values = append(slices.Clip(had.Values), v)
			}
		}
		one.Fields[c.Code] = had
	case !slices.Equal(had.Values, values):
		r.ask(address, one.N, fmt.Sprintf("这里是“%s”，%s 是“%s”，请核对", strings.Join(values, "、"), had.Cell,
			strings.Join(had.Values, "、")))
	}
}

// many says whether a code may have several values.
func (r *reader) many(c Column) bool {
	for _, other := range r.columns {
		if other.Code == c.Code && (other.Kind == List || other.Kind == Phone) {
			return true
		}
	}
	return false
}

// beside gives a word that stood behind a name to the one column that knows it.
func (r *reader) beside(one *Row, word, address string) {
	var to Column
	value, found := "", false
	for _, c := range r.columns {
		if v, ok := c.takes(word); ok {
			if found && c.Code != to.Code {
				found = false
				break
			}
			to, value, found = c, v, true
		}
	}
	if _, asked := r.m.Answers[address]; asked {
		return
	}
	if !found {
		r.ask(address, one.N, "姓名后面的“（"+word+"）”不知道记到哪一栏，请写在该写的栏里，或者只留姓名")
		return
	}
	name := to.Name
	for _, c := range r.columns {
		if c.Code == to.Code && c.Kind != Tick {
			name = c.Name
		}
	}
	had := one.Fields[to.Code]
	if len(had.Values) == 0 {
		r.out.Notes = append(r.out.Notes, Finding{Cell: address, Why: "姓名后面的“（" + word + "）”记到了“" + name + "”", Row: one.N})
	}
	r.put(one, to, []string{value}, address)
}
