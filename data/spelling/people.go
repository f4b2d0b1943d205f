package spelling

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names gives the forms of the people who stand in one field, each once: 张三山、李四海 are two, also with a blank, 和 or
// nothing between them, or numbered; 欧阳 建国, 王　明 and 李和平 are one. What stands beside them (女, 村民, 父亲, 二组, 等3人, a
// telephone) does not count.
func Names(s string) []string {
	names, _ := read(s)
	return names
}

// Possible gives the forms in which a person of a field may be named in a text where the field says something that is
// not understood: each run of two and three characters that begins with a common family name (one more behind one of
// two), as 王明 and 王明他 of 王明他爹; whole names in brackets, and the parts of a long name: 木合塔尔 of 木合塔尔·马木提.
func Possible(s string) (names []string) {
	_, unread := read(s)
	add := func(name string) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, remark := range bracketed.FindAllString(Plain(s), -1) {
		if people, rest := people(remark); rest == nil {
			for _, name := range people {
				add(name)
			}
		}
	}
	for _, words := range unread {
		for _, word := range words {
			rs := []rune(word)
			if len(words) > 1 && len(rs) > 2 && len(rs) <= 8 {
				add(word)
			}
			for i := range rs {
				for n := 2; n <= 4 && i+n <= len(rs); n++ {
					if part := string(rs[i : i+n]); Complete(part) {
						add(part)
					}
				}
			}
		}
	}
	return names
}

// Given is the given name of two characters in a form of Names: 建国 of 王建国; "" where there is none.
func Given(name string) string {
	if given := strings.TrimPrefix(name, Family(name)); Complete(name) && utf8.RuneCountInString(given) == 2 {
		return given
	}
	return ""
}

// longest is how long a field may be that names people: a stranger's may be of any length, and is a word then.
const longest = 1000

// read gives the forms of the people of a field, and the words of each part of it that is not understood.
func read(s string) (names []string, unread [][]string) {
	if alone(s) {
		return []string{s}, nil
	}
	if utf8.RuneCountInString(s) > longest {
		return nil, nil
	}
	for _, part := range strings.FieldsFunc(bracketed.ReplaceAllString(Plain(s), " "), hard) {
		part = andOthers.ReplaceAllString(part, "")
		all, rest := []string{}, [][]string{}
		for _, one := range numbered(part) {
			people, words := people(one)
			if all = append(all, people...); words != nil {
				rest = append(rest, words)
			}
		}
		if len(rest) > 0 {
			unread, all = append(unread, rest...), []string{part}
		}
		for _, name := range all {
			if name = person(name); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if name := Name(s); names == nil && name != "" {
		return []string{name}, unread
	}
	return names, unread
}

// alone says whether a field is a name of two or three plain characters as most are, from which nothing can be taken
// away.
func alone(s string) bool {
	return utf8.RuneCountInString(s) <= 3 && Complete(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return r < 0x4e00 || r > 0x9fff || strings.ContainsRune("等共计", r)
	})
}

// numbered parts 1.王明 2.李强 and leaves out digits, unless a name is written with Latin letters.
func numbered(s string) []string {
	if strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return []string{s}
	}
	return strings.FieldsFunc(s, unicode.IsDigit)
}

// Aliases gives what else the people of a field are called, where it says so: 王明（小名二蛋）.
func Aliases(s string) (names []string) {
	for _, m := range alias.FindAllStringSubmatch(Plain(s), -1) {
		if name := only(letter, m[1]); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// Listed parts a list as it is written at 、，；and line ends, but not inside brackets: 李慧敏（省、市人大代表）、王建国 are two.
func Listed(s string) (parts []string) {
	depth, from := 0, 0
	cut := func(to int) {
		if part := strings.TrimSpace(s[from:to]); part != "" {
			parts = append(parts, part)
		}
	}
	for at, r := range s {
		switch {
		case strings.ContainsRune("(（[［〔【", r):
			depth++
		case strings.ContainsRune(")）]］〕】", r):
			depth = max(0, depth-1)
		case depth == 0 && strings.ContainsRune("、，,；;\n", r):
			cut(at)
			from = at + utf8.RuneLen(r)
		}
	}
	cut(len(s))
	return parts
}

// People parts a list of people as it is written: as Listed, and at blanks between whole names. 欧阳 建国 is one.
func People(s string) (parts []string) {
	for _, part := range Listed(s) {
		if words := strings.Fields(part); len(words) > 1 && len(Names(part)) == len(words) {
			parts = append(parts, words...)
		} else {
			parts = append(parts, part)
		}
	}
	return parts
}

// hard is what only stands between two people, or two numbers.
func hard(r rune) bool { return strings.ContainsRune("、,;/|&+\n。", r) }

// people parts a field at blanks, dots, hyphens, 和, 与, 及 and 代, where each of its parts is a whole name or a family
// name with its given name beside it; otherwise all of it is one, and its words are not understood.
func people(s string) (names, unread []string) {
	var words []string
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !letter(r) }) {
		if !beside.MatchString(word) {
			words = append(words, conjoined(word)...)
		}
	}
	for i := 0; i < len(words); i++ {
		word := words[i]
		n := utf8.RuneCountInString(word)
		switch {
		case slices.Contains(conjunctions, word):
		case (n == 1 && family(word) || n == 2 && doubled(word)) && i+1 < len(words) &&
			utf8.RuneCountInString(words[i+1]) <= 2:
			names = append(names, word+words[i+1])
			i++
		case Complete(word):
			names = append(names, word)
		default:
			bare := person(word)
			if all := abreast(bare); all != nil {
				names = append(names, all...)
			} else if bare = person(living.ReplaceAllString(bare, "")); Complete(bare) {
				names = append(names, bare)
			} else {
				return nil, words
			}
		}
	}
	return names, nil
}

// abreast parts names that are written without anything between them: 王建国李四海. Four characters are one name, of two
// families or of none of ours.
func abreast(s string) (names []string) {
	rs := []rune(s)
	last := len(rs)
	first := make([]int, last+1) // how long the first of those is who stand from here on, 0 where they cannot be parted
	for at := last - 2; at >= 0; at-- {
		left := last - at
		if left <= 4 && Complete(string(rs[at:])) {
			first[at] = left
			continue
		}
		for n := min(4, left-2); n >= 2 && left >= 5 && first[at] == 0; n-- {
			if first[at+n] > 0 && Complete(string(rs[at:at+n])) {
				first[at] = n
			}
		}
	}
	if first[0] == 0 {
		return nil
	}
	for at := 0; at < last; at += first[at] {
		names = append(names, string(rs[at:at+first[at]]))
	}
	return names
}

var conjunctions = []string{"和", "与", "及", "代", "替"}

// conjoined parts 张三和李四, but not 李和平.
func conjoined(s string) []string {
	from := map[int][]string{} // what stands from a place on
	for at := len(s); at >= 0; at-- {
		if r, _ := utf8.DecodeLastRuneInString(s[:at]); at > 0 && !slices.Contains(conjunctions, string(r)) {
			continue
		}
		from[at] = []string{s[at:]}
		for i, r := range s[at:] {
			if i > most {
				break
			}
			tail, behind := from[at+i+utf8.RuneLen(r)]
			if behind && slices.Contains(conjunctions, string(r)) && Complete(s[at:at+i]) &&
				!slices.ContainsFunc(tail, func(t string) bool { return !Complete(person(t)) }) {
				from[at] = append([]string{s[at : at+i]}, tail...)
				break
			}
		}
	}
	return from[0]
}

// most is of how many bytes a whole name is.
const most = 4 * utf8.UTFMax
