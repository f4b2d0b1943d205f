// Package password says which passwords somebody else would try first.
//
// What stands in common.txt was written down for this program from what is commonly known of habits: English favourites,
// rows of keys, numbers that sound lucky or like a word of love (520, 1314, 168), sentences in pinyin (woaini), family
// names with 123, what offices call themselves, and what a default password looks like. No list of anybody's leaked
// passwords was taken. That the length counts most, that a list is asked and that no mixture of signs is demanded follows
// NIST SP 800-63B, 3.1.1.
package password

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed common.txt
var list string

// Least is how many characters a password has at least, and Digits where they are digits alone.
const (
	Least  = 8
	Digits = 12
)

var common = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[fold(word)] = true
	}
	return set
})

// rows are what stands side by side: in the alphabet, among numbers, on a keyboard.
var rows = []string{"01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"}

// Weak says in Chinese why a password must not be taken, "" where it may be. own is what others know of its owner and
// his office: names, and the first letters of their sounds.
func Weak(typed string, own ...string) string {
	p := fold(typed)
	n := utf8.RuneCountInString(p)
	core := strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
	switch {
	case n < Least:
		return "密码至少要 8 个字，一句自己记得住的话最好"
	case strings.Trim(p, "0123456789") == "" && n < Digits:
		return "只有数字的密码太好猜（生日、电话都会被试到），请加上几个字或字母"
	case common()[p], common()[core]:
		return "这个密码太常见，别人头几下就会试到，请换一句"
	case row(p), repeats(p):
		return "这是键盘上、数字里连着的一串，或者重复的几个字，请换一句"
	}
	for _, o := range own {
		if o = fold(o); o == "" {
			continue
		}
		if short := len(o) < 4; core == o || !short && strings.Contains(p, o) {
			return "密码里不要有自己的姓名、单位或电话"
		}
	}
	return ""
}

// fold is what two passwords have alike that are the same to whoever tries them.
func fold(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(s)), ""))
}

func row(p string) bool {
	back := []rune(p)
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	for _, r := range rows {
		if strings.Contains(r+r, p) || strings.Contains(r+r, string(back)) {
			return true
		}
	}
	return false
}

// repeats says whether a word is one of at most four characters again and again, or of three different ones.
func repeats(p string) bool {
	rs := []rune(p)
	different := map[rune]bool{}
	for _, r := range rs {
		different[r] = true
	}
	for n := 1; n <= 4 && n < len(rs); n++ {
		i := n
		for i < len(rs) && rs[i] == rs[i-n] {
			i++
		}
		if i == len(rs) {
			return true
		}
	}
	return len(different) <= 3
}
