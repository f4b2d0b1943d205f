package person

import (
	"regexp"
	"strconv"
	"strings"

	"lianluo.local/data/spelling"
)

var congress = regexp.MustCompile(`^第?(\d{1,2}|[一二三四五六七八九十]{1,3})届?$`)

var digits = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// Congress gives the one written form of a congress's ordinal: 十四届 of 第十四届, 14届 and 14.
func Congress(s string) (string, bool) {
	m := congress.FindStringSubmatch(strings.Join(strings.Fields(spelling.Plain(s)), ""))
	if m == nil {
		return "", false
	}
	if n, err := strconv.Atoi(m[1]); err == nil {
		if n < 1 {
			return "", false
		}
		return Ordinal(n), true
	}
	for n := 1; n < 100; n++ {
		if Ordinal(n) == m[1]+"届" {
			return Ordinal(n), true
		}
	}
	return "", false
}

// Ordinal writes the n-th congress, from 1 to 99: 十四届.
func Ordinal(n int) string {
	tens := ""
	if n >= 20 {
		tens = digits[n/10]
	}
	if n >= 10 {
		tens += "十"
	}
	return tens + digits[n%10] + "届"
}
