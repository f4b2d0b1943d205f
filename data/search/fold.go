package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianluo.local/data/pinyin"
)

// fold brings text and questions into the one form in which they are compared: letters and digits, in lower case and of
// plain width, in runs with one blank between them. A hyphen inside a number goes, so that 02-002003-26-A0042-7 is found
// with hyphens and without. What is no letter, digit or mark of one ends a run: punctuation, NUL, bytes that are no UTF-8.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap, hyphen := false, false
	var last rune
	for _, c := range text {
		if c >= '！' && c <= '～' {
			c -= '！' - '!'
		}
		switch {
		case c == '\u200b' || c >= '\ufe00' && c <= '\ufe0f' || c >= 0xe0100 && c <= 0xe01ef:
			continue // invisible: zero-width space, variants of a character's shape
		case c == '-' && !gap && !hyphen && alphanumeric(last):
			hyphen = true
			continue
		case !word(c):
			gap = true
			continue
		}
		c = unicode.ToLower(c)
		if (gap || hyphen && !alphanumeric(c)) && b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
		gap, hyphen, last = false, false, c
	}
	return b.String()
}

// word says whether c is part of a run. Private characters are: rare names were long written with them.
func word(c rune) bool {
	return alphanumeric(c) || c >= '一' && c <= '龥' ||
		c >= 0x80 && c != unicode.ReplacementChar && unicode.In(c, unicode.L, unicode.N, unicode.M, unicode.Co)
}

func alphanumeric(c rune) bool {
	return c < 0x80 && (c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z')
}

// body gives the folded text of a document: its words, then the keys of its name, so that first letters are found as any
// other text.
func body(d Doc) string {
	return fold(strings.Join(append([]string{d.Name, d.Text, d.Station}, pinyin.Names(d.Name)...), "\n"))
}

// pairs cuts folded text into what the index holds: of each run the overlapping pairs of characters and the last
// character alone: "路灯坏 7" → "路灯 灯坏 坏 7". The lone character keeps pairs of two runs apart, and lets every character
// be the head of something.
func pairs(folded string) string {
	var b strings.Builder
	b.Grow(3 * len(folded))
	for run := range strings.FieldsSeq(folded) {
		head := 0
		for i, c := range run {
			if i > 0 {
				b.WriteString(run[head : i+utf8.RuneLen(c)])
				b.WriteByte(' ')
			}
			head = i
		}
		b.WriteString(run[head:])
		b.WriteByte(' ')
	}
	return b.String()
}

// longest bounds a question, in bytes of its folded form; nobody types more, and a pasted page must not stall the index.
const longest = 600

// terms gives the runs of a question, each once; all of them must be in a text.
func terms(query string) []string {
	if len(query) > 8*longest {
		query = query[:8*longest]
	}
	folded := fold(query)
	if len(folded) > longest {
		folded = strings.ToValidUTF8(folded[:longest], "")
	}
	out := strings.Fields(folded)
	slices.Sort(out)
	return slices.Compact(out)
}

// match writes terms as a question to FTS4. There is no letter in a folded term that its syntax knows, and the quotes keep
// words such as "or" from being read as one.
func match(terms []string) string {
	var b strings.Builder
	for _, term := range terms {
		cut := strings.TrimSuffix(pairs(term), " ")
		if last := strings.LastIndexByte(cut, ' '); last >= 0 {
			cut = cut[:last] // the lone last character stands only at the end of a run
		} else {
			cut += "*"
		}
		b.WriteString(`"` + cut + `" `)
	}
	return b.String()
}
