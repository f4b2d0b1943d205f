package thing

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"lianluo.local/data/journal"
	"lianluo.local/data/spelling"
)

// Legible is an entry with words that stand on a screen and on paper as they are, whoever wrote it: its author's
// program may have left in them what moves a cursor, turns the direction of other words, or begins a line that looks
// like another thing's. What our own programs write stays as it is. paragraphs are the members that may have several
// lines.
func Legible(r journal.Record, paragraphs []string) journal.Record {
	r.By, r.User = line(r.By), line(r.User)
	r.Body = clean(r.Body, paragraphs)
	if r.Secret != nil {
		r.Secret = clean(r.Secret, paragraphs)
	}
	return r
}

func line(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || odd(r) }) {
		return s
	}
	return strings.ReplaceAll(spelling.Clean(s), "\n", " ")
}

// clean cleans all words of a JSON text; what is no JSON it leaves alone.
func clean(b []byte, paragraphs []string) []byte {
	if !bytes.ContainsFunc(b, odd) {
		return b
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return b
	}
	out, err := json.Marshal(cleaned("", v, paragraphs))
	if err != nil {
		return b
	}
	return out
}

// odd says whether a character may be, or begin, what is not to be seen.
func odd(r rune) bool {
	return r == '\\' || r >= 0x7f && (r < 0x2e80 || r >= 0xfe00) && (unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl,
		unicode.Zp) || r == unicode.ReplacementChar || r&0xfffe == 0xfffe)
}

// cleaned cleans what stands under a name.
func cleaned(name string, v any, paragraphs []string) any {
	switch v := v.(type) {
	case string:
		if slices.Contains(paragraphs, name) {
			return spelling.Clean(v)
		}
		return line(v)
	case []any:
		for i := range v {
			v[i] = cleaned(name, v[i], paragraphs)
		}
	case map[string]any:
		for k := range v {
			v[k] = cleaned(k, v[k], paragraphs)
		}
	}
	return v
}
