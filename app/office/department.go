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

// Stranger says that a county's list of departments has none of a name. Where a county keeps no list, nobody is one.
func (o *Office) Stranger(department string) bool {
	list := o.Profile.Departments
	is := func(name string) bool { return spelling.Department(name) == spelling.Department(department) }
	return len(list) > 0 && !slices.ContainsFunc(list, is)
}
