package spelling

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// before is what people write in front of a number: 编号：, 回执编号, 登记号, 序号, 第, No.
var before = regexp.MustCompile(`^(?:\p{Han}*?(?:编号|单号|号码|登记号|序号|流水号|第)\s*[:=]*\s*(?:是|为)?|no[.: ]*)([0-9a-z]|\p{Han})`)

// alike makes the characters one that are read for each other on paper and over the telephone.
var alike = strings.NewReplacer("O", "0", "I", "1", "L", "1")

// Number is the form of the number of a matter, or of a part of one: capitals and digits without hyphens, blanks and
// what stands around it, O as 0, I and l as 1. Two numbers that this program gives never have one form: they would
// differ in their check character alone.
func Number(s string) string {
	return alike.Replace(code(unlabelled(Plain(s))))
}

// Code is a code of letters and digits as it is printed, with plain hyphens, without blanks, in capitals.
func Code(s string) string {
	return strings.ToUpper(only(func(r rune) bool { return r != ' ' }, Plain(s)))
}

func code(plain string) string {
	return strings.ToUpper(only(func(r rune) bool { return r < 0x80 && letter(r) }, plain))
}

// marks may stand inside a number and say nothing at its ends.
const marks = "-/._: "

// unlabelled takes a number out of 编号：12 and 第12号.
func unlabelled(s string) string {
	for {
		was := s
		s = strings.Trim(s, marks)
		if at := before.FindStringSubmatchIndex(s); at != nil && (s[0] != 'n' || s[at[2]] <= '9') {
			s = s[at[2]:]
		}
		if bare := strings.TrimSuffix(s, "号"); bare != "" {
			s = bare
		}
		if s == was {
			return s
		}
	}
}

// printed is the shape of what this program prints into blank books and slips, J26-A0001-7, in the form of Number.
var printed = regexp.MustCompile(`^[JZS]\d\d[A-HJKMNP-Z1]\d{4,6}[0-9A-Z]$`)

// Printed says whether the form of a slip's number is that of one which this program printed, not of a station's own
// book.
func Printed(slip string) bool { return printed.MatchString(slip) }

// yearly is a year that stands before a number: 2026年第15号.
var yearly = regexp.MustCompile(`^([12]\d{3}) *年 *第?`)

// scanned is a printed number among other text, as what a scanner reads from the code of a slip.
var scanned = regexp.MustCompile(`\b[JZS][0-9OIL]{2}[- ]*[A-HJ-NP-Z1][0-9OIL]{4,6}[- ]*[0-9A-Z]\b`)

// SlipIn gives the form of the first number in a text that this program printed on a slip, "" where there is none.
func SlipIn(text string) string {
	for _, s := range scanned.FindAllString(strings.ToUpper(Plain(text)), -1) {
		if n := Number(s); Printed(n) {
			return n
		}
	}
	return ""
}

// Slip is the form of a number on paper. One that this program printed is compared as a matter's number (Number). In a
// station's own book, hyphens keep numbers apart (1-12 is not 11-2) and zeros before a number say nothing (007 is 7);
// O, I and l beside digits are digits, and 十七 is 17.
func Slip(s string) string {
	if n := SlipIn(s); n != "" {
		return n
	}
	p := unlabelled(yearly.ReplaceAllString(
		only(func(r rune) bool { return letter(r) || strings.ContainsRune(marks, r) }, arabic(Plain(s))), "$1-"))
	rs := []rune(strings.ToUpper(only(func(r rune) bool { return r != ' ' && r != ':' }, p)))
	digit := func(i int) bool { return i >= 0 && i < len(rs) && rs[i] >= '0' && rs[i] <= '9' }
	for i, r := range rs {
		if digit(i-1) && strings.ContainsRune("OIL", r) {
			rs[i] = []rune(alike.Replace(string(r)))[0]
		}
	}
	for i := len(rs) - 1; i >= 0; i-- {
		if digit(i+1) && strings.ContainsRune("OI", rs[i]) {
			rs[i] = []rune(alike.Replace(string(rs[i])))[0]
		}
	}
	var b strings.Builder
	gap := false
	for i, r := range rs {
		switch {
		case strings.ContainsRune(marks, r):
			gap = b.Len() > 0
			continue
		case r == '0' && !zeroCounts(b.String(), gap) && digit(i+1):
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// zeroCounts says whether a zero that follows stands inside a number, not before it.
func zeroCounts(s string, gap bool) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return !gap && last >= '0' && last <= '9'
}
