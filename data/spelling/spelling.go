// Package spelling brings what people write in many ways into the one form in which it is compared: a name with a blank
// or a middle dot in it, a telephone with its country's code, a number without its hyphens, a character that was copied
// out of a PDF. What was typed is kept as it was typed and shown as it was typed; only comparing goes by these forms:
// full text, "was here before", labels that are given once, what of a citizen stands in a title.
//
// A form is for machines. Making the form of a form changes nothing. A change of a form changes what is kept to find
// matters by: it needs a migration in data/store, which makes the projections again, and another version of
// data/search.
package spelling

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// radicals are those of Unicode's CJK Radicals Supplement that look like whole characters, each with the character:
// PDFs hold one for the other. (Those of the block Kangxi Radicals decompose by themselves.)
const radicals = `⺁厂⺄乙⺇几⺈刀⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺗心⺛旡⺜日⺝月⺞歹⺠民⺢氺⺧牛⺩王⺪疋⺫目⺬示⺮竹⺯糸⺰纟⺱罓⺲罒⺳㓁⺵网⺶羊⺷羊⺸羊⺺肀⺻聿⺼肉⺽臼⻁虎⻃覀⻄西⻅见
⻆角⻇角⻈讠⻉贝⻊足⻋车⻑長⻒镸⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀`

var whole = func() map[rune]rune {
	rs := []rune(strings.ReplaceAll(radicals, "\n", ""))
	m := map[rune]rune{}
	for i := 0; i < len(rs); i += 2 {
		m[rs[i]] = rs[i+1]
	}
	return m
}()

// Plain is text in its plainest form: full width, circled and joined characters taken apart (Unicode's NFKD),
// characters of PDFs put right, every hyphen a hyphen, every blank a blank, in lower case, without what nobody sees.
func Plain(s string) string {
	return strings.Map(plain, norm.NFKD.String(strings.Map(seen, s)))
}

// seen drops what nobody sees: zero-width characters, direction marks, variants of a character's shape, broken bytes.
func seen(r rune) rune {
	if r < 0x80 {
		return r
	}
	if r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef || r == unicode.ReplacementChar ||
		unicode.Is(unicode.Cf, r) ||
		r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0 {
		return -1
	}
	return r
}

func plain(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r < 0x80:
		if r == '\t' || r == '\n' || r == '\v' || r == '\f' || r == '\r' {
			return ' '
		}
		return r
	case r >= 0x2010 && r <= 0x2015, r == '−', r == '⁃', r == '⸺', r == '⸻', r == 'ー', r == '➖':
		return '-'
	case unicode.IsSpace(r):
		return ' '
	case r >= 0x2e80 && r < 0x2f00:
		if c, ok := whole[r]; ok {
			return c
		}
	}
	return unicode.ToLower(r)
}

// letter says whether r is part of what is written, not a mark around it. Private characters are: rare names were long
// written with them.
func letter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' ||
		r >= 0x80 && r != unicode.ReplacementChar && unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.Co)
}

// only leaves the runes of a plain text that keep says; marks that come to stand beside each other get their one order.
func only(keep func(rune) bool, s string) string {
	return norm.NFKD.String(strings.Map(func(r rune) rune {
		if keep(r) {
			return r
		}
		return -1
	}, s))
}

// Letters is the plain form without blanks, dots, brackets and every other mark: two of one place or one department
// differ in nothing else.
func Letters(s string) string { return only(letter, Plain(s)) }

// Department is the form of a department's name: its letters, brackets and blanks not counted.
func Department(s string) string { return Letters(s) }

// Reading is the letters of a text, with the way back to where they stand in it.
type Reading struct {
	Text string
	from []int // of each byte of Text, where its character begins in the writing; and where the writing ends
}

// Read gives a text's plain form, with the runes that keep says, and the way back.
func Read(s string, keep func(rune) bool) Reading {
	var b strings.Builder
	r := Reading{}
	var it norm.Iter
	it.InitString(norm.NFKD, s)
	for !it.Done() {
		at := it.Pos()
		for _, c := range string(it.Next()) {
			if c = seen(c); c < 0 {
				continue
			}
			if c = plain(c); keep(c) {
				n, _ := b.WriteRune(c)
				for range n {
					r.from = append(r.from, at)
				}
			}
		}
	}
	r.Text, r.from = b.String(), append(r.from, len(s))
	return r
}

// Written gives the bytes of the writing in which the bytes i to j of Text stand.
func (r Reading) Written(i, j int) (from, to int) {
	from, to = r.from[i], r.from[len(r.from)-1]
	if j < i {
		return from, from
	}
	last := r.from[j-1]
	for ; j < len(r.from); j++ {
		if r.from[j] > last {
			return from, r.from[j]
		}
	}
	return from, to
}

// Mentions gives where a form made of letters (Letters, Name) stands in a text, however it is written there: bytes
// from, to.
func Mentions(text, form string) (spans [][2]int) {
	if form == "" {
		return nil
	}
	r := Read(text, letter)
	for at := 0; ; {
		i := strings.Index(r.Text[at:], form)
		if i < 0 {
			return spans
		}
		from, last := r.from[at+i], r.from[at+i+len(form)-1]
		spans = append(spans, [2]int{from, last + size(text[last:])})
		at += i + len(form)
	}
}

// size is how many bytes the character takes with which s begins, with the marks on it.
func size(s string) int { return norm.NFKD.NextBoundaryInString(s, true) }

var blanks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n")

// Clean takes away what nobody can see and printers choke on: control characters but line ends, direction marks, zero
// width spaces, and half characters. Every other character stays as it was said.
func Clean(s string) string {
	s = blanks.Replace(strings.ToValidUTF8(s, ""))
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
