package office

import (
	"slices"
	"strings"

	"lianluo.local/data/pinyin"
	"lianluo.local/data/spelling"
)

// Named gives those of a list of units or people that what is typed may stand for: the one of that name, however it is
// written; else those of which it is a part, or the first letters of their sounds.
func Named(list []string, typed string) (found []string) {
	form := spelling.Letters(typed)
	for _, name := range list {
		sounds := append(pinyin.Names(name), pinyin.Initials(name))
		switch {
		case spelling.Letters(name) == form:
			return []string{name}
		case strings.Contains(spelling.Letters(name), form),
			slices.ContainsFunc(sounds, func(key string) bool { return pinyin.Match(key, form) }):
			found = append(found, name)
		}
	}
	return found
}
