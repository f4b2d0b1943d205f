package profile

import (
	"encoding/json"
	"strings"
	"unicode"

	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

// Class is a class of results, 1–8: in files a number, its Chinese words, or a letter as the county prints it.
type Class int

// lettered is where classes stand that were written as letters until a county's profile tells which they are.
const lettered = 1000

// UnmarshalJSON reads any of the three.
func (c *Class) UnmarshalJSON(b []byte) error {
	var n int
	if json.Unmarshal(b, &n) == nil {
		*c = Class(n)
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s = spelling.Letters(s); s == "" {
		return nil
	}
	if rs := []rune(s); len(rs) == 1 && (rs[0] < '0' || rs[0] > '9') {
		*c = Class(lettered + unicode.ToUpper(rs[0]))
	}
	for i, name := range words.Classes {
		if s == spelling.Letters(name) || s == string(rune('1'+i)) {
			*c = Class(i + 1)
		}
	}
	if *c == 0 {
		*c = -1 // refused with the field's name
	}
	return nil
}

// Class gives the number of a class; of one that was written as a letter the first that the county prints so. What is none
// stays out of 1–9.
func (p Profile) Class(c Class) int {
	for i, printed := range p.Letters[:8] {
		if c >= lettered && strings.ToUpper(printed) == string(rune(c-lettered)) {
			return i + 1
		}
	}
	return int(c)
}
