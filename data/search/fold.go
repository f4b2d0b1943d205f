package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianluo.local/data/numbers"
	"lianluo.local/data/pinyin"
	"lianluo.local/data/spelling"
)

// fold brings text and questions into the one form in which they are compared: letters and digits in their plain form
// (spelling.Plain), in runs with one blank between them. A hyphen inside a number goes, so that 02-002003-26-A0042-7 is
// found with hyphens and without. What is no letter, digit or mark of one ends a run: punctuation, NUL, broken bytes.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap, hyphen := false, false
	var last rune
	for _, c := range spelling.Plain(text) {
		switch {
		case c == '-' && !gap && !hyphen && alphanumeric(last):
			hyphen = true
			continue
		case !word(c):
			gap = true
			continue
		}
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

// body gives the folded text of a document: what was written, and beside it the forms by which names, telephones and
// numbers are compared and the first letters of people and words, so that they are found as any other text.
func body(d Doc) string {
	text := []string{d.Text}
	for _, field := range d.People {
		text = append(text, field)
		for _, name := range append(spelling.Names(field), spelling.Aliases(field)...) {
			text = append(append(text, name), pinyin.Names(name)...)
		}
	}
	for _, words := range d.Initials {
		text = append(text, words, spelling.Letters(words), pinyin.Initials(words))
	}
	phones, _ := spelling.Phones(d.Phone)
	text = append(text, d.Phone)
	for _, p := range phones {
		text = append(text, p.Number)
	}
	for _, number := range d.Numbers {
		text = append(text, number, spelling.Number(number), spelling.Slip(number))
	}
	return once(fold(strings.Join(text, "\n")))
}

// once leaves out the runs that stand whole among those before them.
func once(folded string) string {
	met := map[string]bool{}
	var b strings.Builder
	b.Grow(len(folded))
	for run := range strings.FieldsSeq(folded) {
		if met[run] {
			continue
		}
		met[run] = true
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(run)
	}
	return b.String()
}

// readings are what a question may mean, the likeliest first: a telephone, the number that stands in what a scanner
// read, the words as they are; else somebody's name, else a number with O for 0. All terms of a reading must be in a
// text.
func readings(query string) (all [][]string) {
	if len(query) > 8*longest {
		query = query[:8*longest]
	}
	add := func(question string) {
		if ts := terms(question); len(ts) > 0 && !slices.ContainsFunc(all,
			func(r []string) bool { return slices.Equal(r, ts) }) {
			all = append(all, ts)
		}
	}
	if number, ok := numbers.In(query); ok {
		add(number)
	} else if slip := spelling.SlipIn(query); slip != "" {
		add(slip)
	} else if phones, wrong := spelling.Phones(query); wrong == spelling.Sound &&
		!strings.ContainsFunc(query, unicode.IsLetter) {
		var local []string
		for _, p := range phones {
			local = append(local, p.Local)
		}
		add(strings.Join(local, " "))
	}
	add(query)
	for _, way := range spelling.Housed(query) {
		add(way)
	}
	if strings.ContainsFunc(spelling.Plain(query), unicode.IsDigit) {
		add(spelling.Name(query)) // a digit may be all that tells one from another
	} else {
		add(strings.Join(spelling.Names(query), " "))
	}
	if number := spelling.Number(query); len(number) > 3 && strings.ContainsAny(number, "0123456789") {
		add(number)
	}
	return all
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

// longest bounds a question, in bytes of its folded form; nobody types more, and a pasted page must not stall the
// index.
const longest = 600

// terms gives the runs of a question, each once; all of them must be in a text.
func terms(query string) []string {
	folded := fold(query)
	if len(folded) > longest {
		folded = strings.ToValidUTF8(folded[:longest], "")
	}
	out := strings.Fields(folded)
	slices.Sort(out)
	return slices.Compact(out)
}

// match writes terms as a question to FTS4. There is no letter in a folded term that its syntax knows, and the quotes
// keep words such as "or" from being read as one.
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
