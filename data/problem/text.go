package problem

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean takes away what nobody can see and printers choke on: control characters but line ends, direction marks, zero
// width spaces, and half characters. Every other character stays as it was said.
func Clean(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n").Replace(strings.ToValidUTF8(s, ""))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\u200d': // the joiner belongs to some names of people and to emoji
			return r
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar, r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, s)
}

// Line gives what was typed into a field of one line, cleaned; more than most characters are a problem of the field.
func (p Problems) Line(field, s string, most int) string {
	return p.Text(field, strings.ReplaceAll(Clean(s), "\n", " "), most)
}

// Text is Line for a field of several lines.
func (p Problems) Text(field, s string, most int) string {
	s = strings.TrimSpace(Clean(s))
	if n := utf8.RuneCountInString(s); n > most {
		p[field] = fmt.Sprintf("写了 %d 个字，最多 %d 个字，请缩短", n, most)
	}
	return s
}
