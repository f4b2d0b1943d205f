package matter

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"lianluo.local/data/field"
	"lianluo.local/data/journal"
	"lianluo.local/data/spelling"
)

// paragraphs are the members of bodies and private parts that may have several lines.
var paragraphs = paragraph()

func paragraph() []string {
	names := []string{"note", "answer", "minutes", "promise", "reason"}
	for _, f := range Fields {
		if f.Input == field.Area {
			names = append(names, f.Code)
		}
	}
	return names
}

// legible is an entry with words that stand on a screen and on paper as they are, whoever wrote it: its author's program may have left in
// them what moves a cursor, turns the direction of other words, or begins a line that looks like another matter's. What our own programs
// write stays as it is.
func legible(r journal.Record) journal.Record {
	r.By = line(r.By)
	r.Body = clean(r.Body)
	if r.Secret != nil {
		r.Secret = clean(r.Secret)
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
func clean(b []byte) []byte {
	if !bytes.ContainsFunc(b, odd) {
		return b
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return b
	}
	out, err := json.Marshal(cleaned("", v))
	if err != nil {
		return b
	}
	return out
}

// odd says whether a character may be, or begin, what is not to be seen.
func odd(r rune) bool {
	return r == '\\' || r >= 0x7f && (r < 0x2e80 || r >= 0xfe00) && (unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar || r&0xfffe == 0xfffe)
}

// cleaned cleans what stands under a name.
func cleaned(name string, v any) any {
	switch v := v.(type) {
	case string:
		if slices.Contains(paragraphs, name) {
			return spelling.Clean(v)
		}
		return line(v)
	case []any:
		for i := range v {
			v[i] = cleaned(name, v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = cleaned(k, v[k])
		}
	}
	return v
}
