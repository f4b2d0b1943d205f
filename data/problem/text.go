package problem

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"lianluo.local/data/spelling"
)

// Line gives what was typed into a field of one line, cleaned; more than most characters are a problem of the field.
func (p Problems) Line(field, s string, most int) string {
	return p.Text(field, strings.ReplaceAll(spelling.Clean(s), "\n", " "), most)
}

// Text is Line for a field of several lines.
func (p Problems) Text(field, s string, most int) string {
	s = strings.TrimSpace(spelling.Clean(s))
	if n := utf8.RuneCountInString(s); n > most {
		p[field] = fmt.Sprintf("写了 %d 个字，最多 %d 个字，请缩短", n, most)
	}
	return s
}
