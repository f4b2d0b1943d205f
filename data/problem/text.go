package problem

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
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

// Choose gives the code of what was chosen from a closed list, by its code or its word; otherwise where nothing was.
func (p Problems) Choose(field, s, otherwise string, from words.List) string {
	if s = strings.TrimSpace(s); s == "" {
		return otherwise
	}
	code, ok := from.Parse(s)
	if !ok {
		var names []string
		for _, w := range from {
			names = append(names, w.Name)
		}
		p[field] = "请从这些里选：" + strings.Join(names, "、")
	}
	return code
}

// Category gives the code of a category that parse knows by what was typed (category.Parse); "" stays "".
func (p Problems) Category(field, s string, parse func(string) (code string, ok bool)) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	code, ok := parse(spelling.Plain(s))
	if !ok {
		p[field] = "没有“" + s + "”这个类别。请写类别的名称、首字母（如 psp）或代码，从给出的里面选一个"
	}
	return code
}

// longest is how many characters a name has at most.
const longest = 60

// Names gives names as they were typed, each once however it is spelled (form); more than most, counted in what, are
// a problem.
func (p Problems) Names(field string, list []string, form func(string) string, most int, what string) (names []string) {
	for _, s := range list {
		s = p.Line(field, s, longest)
		if s != "" && !slices.ContainsFunc(names, func(have string) bool { return form(have) == form(s) }) {
			names = append(names, s)
		}
	}
	if len(names) > most {
		p[field] = fmt.Sprintf("最多写 %d %s", most, what)
	}
	return names
}
