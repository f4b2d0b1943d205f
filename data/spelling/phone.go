package spelling

import (
	"regexp"
	"slices"
	"strings"
)

// Phone is one telephone of a field.
type Phone struct {
	Number string // its digits: eleven of a mobile, with the area code where a fixed one was written with it
	Local  string // its digits without the area code: what is compared, since people leave it out at home
}

// Fault is what is wrong with what stands in a field of telephones.
type Fault int

// What can be wrong: letters among the digits (138l234…), a mobile that is too long or too short, eleven digits that no
// mobile begins with (12345678901), a length that no telephone has.
const (
	Sound Fault = iota
	Lettered
	MobileLength
	NoMobile
	Length
)

// Sentence says to a person what is wrong, "" for nothing.
func (f Fault) Sentence() string {
	return [...]string{"", "电话里有字母（比如把 1 写成 l，把 0 写成 O），请核对", "手机号是 11 位，写的位数不对，请核对；有两个请用顿号隔开", "手机号没有这样开头的，请核对",
		"电话号码的位数不对，请核对；没有电话就空着，有两个请用顿号隔开"}[f]
}

var (
	extension = regexp.MustCompile(`\s*(?:转接|转|分机号|分机|ext\.?|x|#)\s*[:.]?\s*\d{1,6}\s*$`)
	mobile    = regexp.MustCompile(`^(?:\+?86|0086|0)?(1[3-9]\d{9})$`)
	fixed     = regexp.MustCompile(`^(?:(?:\+86|0086)0?(10|2\d|[3-9]\d\d)|0(10|2\d|[3-9]\d\d))?([2-9]\d{6,7})$`)
	// 400, 95588, 12345, short numbers of a unit
	served  = regexp.MustCompile(`^(?:[48]00\d{7}|9[56]\d{3,6}|11[09]|12[02]|1[02]\d{3}|[2-9]\d{4,5})$`)
	abroad  = regexp.MustCompile(`^(?:\+|00)\d{7,15}$`)
	slipped = regexp.MustCompile(`[0-9][a-z]+[0-9]|^[1l][a-z0-9]{9,11}$`)
	endings = regexp.MustCompile(`(\d)(?:/\d{1,3})+\b`) // 8221321/2 is dialled as its first
	spoken  = regexp.MustCompile(`\p{Han}|[:=]|^(?:tel|phone|mobile|mob|[tpm])\b[. ]*`)
)

// Phones gives the telephones of a field, each once, and what is wrong with the first that is none; of that one the
// digits are given. Blanks, hyphens, dots and brackets do not count, nor do +86 before a number, an extension behind
// it, or the words beside it (家里 8221321). Two numbers may be parted by 、 or by a blank.
func Phones(s string) (phones []Phone, wrong Fault) {
	add := func(p Phone) {
		if !slices.Contains(phones, p) && p.Number != "" {
			phones = append(phones, p)
		}
	}
	for _, part := range strings.FieldsFunc(endings.ReplaceAllString(Plain(s), "$1"),
		func(r rune) bool { return hard(r) && r != '+' || r == '和' || r == '或' || r == '及' }) {
		part = strings.Trim(extension.ReplaceAllString(part, ""), " ")
		part = strings.TrimSpace(spoken.ReplaceAllString(part, " "))
		if part == "" {
			continue
		}
		one, ok := telephone(part)
		if ok {
			add(one)
			continue
		}
		if several, ok := telephones(part); ok {
			for _, p := range several {
				add(p)
			}
			continue
		}
		digits := dialled(part)
		if wrong == Sound {
			switch bare := strings.TrimPrefix(strings.TrimPrefix(digits, "+"), "86"); {
			case slipped.MatchString(only(func(r rune) bool { return letter(r) && r < 0x80 }, part)) &&
				strings.ContainsFunc(part, func(r rune) bool { return r >= 'a' && r <= 'z' }):
				wrong = Lettered
			case len(bare) == 11 && bare[0] == '1':
				wrong = NoMobile
			case len(bare) >= 9 && len(bare) <= 13 && bare[0] == '1':
				wrong = MobileLength
			default:
				wrong = Length
			}
		}
		digits = strings.TrimPrefix(digits, "+")
		add(Phone{digits, digits})
	}
	if phones == nil && wrong == Sound && strings.TrimSpace(s) != "" {
		wrong = Length
	}
	return phones, wrong
}

// dialled leaves what is dialled.
func dialled(s string) string {
	return only(func(r rune) bool { return r >= '0' && r <= '9' || r == '+' }, s)
}

// telephone reads one number, with an extension behind a last hyphen or without.
func telephone(s string) (Phone, bool) {
	if strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return Phone{}, false
	}
	digits := dialled(s)
	if m := mobile.FindStringSubmatch(digits); m != nil {
		return Phone{m[1], m[1]}, true
	}
	if m := fixed.FindStringSubmatch(digits); m != nil {
		area := m[1] + m[2]
		if area != "" {
			area = "0" + area
		}
		return Phone{area + m[3], m[3]}, true
	}
	if served.MatchString(digits) || abroad.MatchString(digits) && !strings.HasPrefix(strings.TrimLeft(digits, "+0"),
		"86") {
		digits = strings.TrimPrefix(digits, "+")
		return Phone{digits, digits}, true
	}
	if at := strings.LastIndexByte(s, '-'); at > 0 && len(dialled(s[at:])) <= 6 && len(dialled(s[:at])) >= 7 {
		return telephone(s[:at])
	}
	return Phone{}, false
}

// telephones reads numbers with nothing but blanks between them: 13812345678 0358 8221321.
func telephones(s string) (phones []Phone, ok bool) {
	words := slices.DeleteFunc(strings.Fields(s), func(w string) bool { return dialled(w) == "" })
	for len(words) > 0 {
		taken := 0
		for n := 1; n <= min(len(words), 4); n++ {
			if p, ok := telephone(strings.Join(words[:n], " ")); ok && len(p.Number) >= 7 {
				phones, taken = append(phones, p), n
				break
			}
		}
		if taken == 0 {
			return nil, false
		}
		words = words[taken:]
	}
	return phones, true
}
