package office

import (
	"slices"
	"strings"

	"lianluo.local/data/pinyin"
	"lianluo.local/data/spelling"
)

// Named gives those of a list of units or people that what is typed may stand for: a part of a name, or the first letters
// of its sounds.
func Named(list []string, typed string) (found []string) {
	typed = spelling.Letters(typed)
	for _, name := range list {
		sounds := append(pinyin.Names(name), pinyin.Initials(name))
		if strings.Contains(spelling.Letters(name), typed) || slices.ContainsFunc(sounds, func(key string) bool { return pinyin.Match(key, typed) }) {
			found = append(found, name)
		}
	}
	return found
}

// Stranger says that a county's list of departments has none of a name. Where a county keeps no list, nobody is one.
func (o *Office) Stranger(department string) bool {
	return len(o.Profile.Departments) > 0 && !slices.ContainsFunc(o.Profile.Departments, func(known string) bool {
		return spelling.Department(known) == spelling.Department(department)
	})
}
