// Package category is what citizens come about: 16 kinds (城乡建设) with 97 matters among them (排水排污内涝), each with a code
// that stays. A matter keeps the code; the words may be bettered. The list was put together from the published lists of
// several cities' hotlines and from the newspaper's cases; it follows no single standard.
package category

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"
)

//go:embed categories.csv
var categories string

// Category is one second-level category.
type Category struct {
	Code      string // four digits, 0203; the first two are the group's
	Name      string // 排水排污内涝
	Group     string // code of the first level, 02
	GroupName string // 城乡建设
	Initials  string // first letters of the sounds of Name: pspwnl
}

var load = sync.OnceValue(func() []Category {
	rows, err := csv.NewReader(strings.NewReader(categories)).ReadAll()
	if err != nil {
		panic(err) // the file is built in, a test reads it
	}
	var all []Category
	var group string
	for _, row := range rows[1:] {
		if code := row[0]; len(code) == 2 {
			group = row[1]
		} else {
			all = append(all, Category{Code: code, Name: row[1], Group: code[:2], GroupName: group, Initials: row[2]})
		}
	}
	return all
})

// All gives every category by code, so those of a group stand together.
func All() []Category { return slices.Clone(load()) }

// ByCode gives the category of a four-digit code.
func ByCode(code string) (Category, bool) {
	all := load()
	i, ok := slices.BinarySearchFunc(all, code, func(c Category, code string) int { return cmp.Compare(c.Code, code) })
	if !ok {
		return Category{}, false
	}
	return all[i], true
}

// Parse accepts a category's code, its name or both (城乡建设 · 排水排污内涝) and gives the code.
func Parse(s string) (code string, ok bool) {
	s = strings.Join(strings.Fields(s), "")
	for _, c := range load() {
		if s == c.Code || s == c.Name || s == c.GroupName+"·"+c.Name || s == c.Code+c.Name {
			return c.Code, true
		}
	}
	return s, false
}

// ParseGroup accepts the code or the name of a whole group, 02 or 城乡建设, and gives the code.
func ParseGroup(s string) (code string, ok bool) {
	s = strings.TrimSpace(s)
	for _, c := range load() {
		if s == c.Group || s == c.GroupName {
			return c.Group, true
		}
	}
	return s, false
}

// Find gives the categories that a few characters, first letters or digits of the code may mean, at most limit (0: all):
// those that begin so first, then those that contain it, then all of a group so named. An empty query gives nothing.
func Find(query string, limit int) []Category {
	query = strings.ToLower(strings.Join(strings.Fields(query), ""))
	if query == "" {
		return nil
	}
	var ranks [3][]Category
	for _, c := range load() {
		switch {
		case strings.HasPrefix(c.Name, query) || strings.HasPrefix(c.Initials, query) || strings.HasPrefix(c.Code, query):
			ranks[0] = append(ranks[0], c)
		case strings.Contains(c.Name, query) || strings.Contains(c.Initials, query):
			ranks[1] = append(ranks[1], c)
		case strings.Contains(c.GroupName, query):
			ranks[2] = append(ranks[2], c)
		}
	}
	found := slices.Concat(ranks[:]...)
	if limit > 0 && len(found) > limit {
		found = found[:limit]
	}
	return found
}
