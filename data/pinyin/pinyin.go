// Package pinyin turns Chinese into the first letters of its sounds: 袁家庄 → yjz. A clerk who has never set up an input
// method still has those letters, so every list that can be chosen from can also be narrowed by them.
//
// A letter is not a fact about a character alone. 单 is d in a list (清单) and s at the head of a family; 乐 is l in 永乐村
// and may be l or y in a given name, where only the bearer knows. So there are two readings here: Names gives every key
// a person may be looked for under, Initials gives the one key of a place or a category. The dictionary is
// github.com/mozillazg/go-pinyin (42,000 characters, MIT); what it gets wrong for names and for the places of 吕梁 stands
// in words.go. A character that no table knows (𬺞) gives no letter, and the letters around it still match.
package pinyin

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	dictionary "github.com/mozillazg/go-pinyin"

	"lianluo.local/data/spelling"
)

// most keeps a name of many readings from filling an index.
const most = 4

// Names gives the keys of a personal name, 1 to 4 of them, the likeliest first: 单乐 → sl, sy. The family name has the
// reading of a family name (单 s, 尉迟 yc), a given name every reading in use. Letters and digits stay, in lower case;
// marks such as · are passed over. A name without any letter gives none.
func Names(name string) []string {
	chars := words(name)
	if len(chars) == 0 {
		return nil
	}
	tables := readings()
	letters := make([]string, 0, len(chars))
	if len(chars) > 2 {
		if double, ok := tables.double[string(chars[:2])]; ok {
			letters = append(letters, double...)
			chars = chars[2:]
		}
	}
	if len(letters) == 0 {
		family, ok := tables.family[chars[0]]
		if !ok {
			family = letter(chars[0])
		}
		letters = append(letters, family)
		chars = chars[1:]
	}
	for _, c := range chars {
		given, ok := tables.given[c]
		if !ok {
			given = letter(c)
		}
		letters = append(letters, given)
	}
	return keys(letters)
}

// keys multiplies out the letters that each character may have; the last character varies first.
func keys(letters []string) []string {
	out := []string{""}
	for _, choice := range letters {
		if choice == "" {
			continue
		}
		var next []string
		for _, key := range out {
			for i := 0; i < len(choice) && len(next) < most; i++ {
				next = append(next, key+choice[i:i+1])
			}
		}
		out = next
	}
	if out[0] == "" {
		return nil
	}
	return out
}

// Initials gives the one key of a place, a category or other plain words: 凤山街道 → fsjd, 长治 → cz, 校长 → xz. Letters and
// digits stay, in lower case; marks and blanks are passed over, and so is a character whose reading nobody knows.
func Initials(text string) string {
	tables := readings()
	chars := words(text)
	var b strings.Builder
	for i := 0; i < len(chars); i++ {
		if i+1 < len(chars) {
			if pair, ok := tables.pair[string(chars[i:i+2])]; ok {
				b.WriteString(pair)
				i++
				continue
			}
		}
		if local, ok := tables.local[chars[i]]; ok {
			b.WriteString(local)
		} else {
			b.WriteString(letter(chars[i]))
		}
	}
	return b.String()
}

// Match says whether the letters of query stand in initials one after another, at the head or further in; capitals,
// full width and blanks do not count: "JZ" and "y j" match yjz, "yz" does not. An empty query matches everything.
func Match(initials, query string) bool {
	return strings.Contains(strings.ToLower(initials), spelling.Letters(query))
}

// words leaves the characters that can have a reading, in their plain form; marks go.
func words(text string) []rune {
	return slices.DeleteFunc([]rune(spelling.Plain(text)),
		func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
}

// letter gives the first letter of a character's commonest reading, a plain letter or digit itself, else "".
func letter(c rune) string {
	if c < utf8.RuneSelf {
		return string(c)
	}
	if extra, ok := readings().extra[c]; ok {
		return extra
	}
	first, _ := utf8.DecodeRuneInString(dictionary.PinyinDict[int(c)])
	switch {
	case first < utf8.RuneSelf && unicode.IsLetter(first):
		return string(first)
	case strings.ContainsRune("āáǎà", first):
		return "a"
	case strings.ContainsRune("ēéěèếề", first):
		return "e"
	case strings.ContainsRune("ōóǒò", first):
		return "o"
	case strings.ContainsRune("ńňǹ", first):
		return "n"
	case first == 'ḿ':
		return "m"
	}
	return ""
}
