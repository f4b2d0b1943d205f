package spelling

import (
	"regexp"
	"strconv"
	"strings"
)

const numerals = "〇一二三四五六七八九"

var (
	chinese = regexp.MustCompile(`[〇零一二三四五六七八九十百]+`)
	housed  = regexp.MustCompile(`(?:\d{1,3}|[〇零一二三四五六七八九十百]{1,5})(?:号|巷|楼|栋|幢|单元|组|排|室|院)`)
)

// arabic writes the numerals of a plain text as digits: 二十六 as 26, 二〇二六 as 2026.
func arabic(s string) string { return chinese.ReplaceAllStringFunc(s, digits) }

func digits(numeral string) string {
	var b strings.Builder
	if !strings.ContainsAny(numeral, "十百") {
		for _, r := range strings.ReplaceAll(numeral, "零", "〇") {
			b.WriteByte('0' + byte(strings.Index(numerals, string(r))/len("〇")))
		}
		return b.String()
	}
	n, last := 0, 0
	for _, r := range numeral {
		switch r {
		case '十':
			n, last = n+10*max(last, 1), 0
		case '百':
			n, last = n+100*max(last, 1), 0
		case '零', '〇':
		default:
			last = strings.Index(numerals, string(r)) / len("〇")
		}
	}
	return strconv.Itoa(n + last)
}

// numeral writes a number below 1000 as people write a house's: 26 as 二十六, 105 as 一百零五.
func numeral(digits string) string {
	n, _ := strconv.Atoi(digits)
	one := func(d int) string { return numerals[d*len("〇") : (d+1)*len("〇")] }
	s := ""
	if n >= 100 {
		s = one(n/100) + "百"
	}
	switch tens := n / 10 % 10; {
	case tens == 1 && n < 20:
		s += "十"
	case tens > 0:
		s += one(tens) + "十"
	case n > 100 && n%10 > 0:
		s += "零"
	}
	if n%10 > 0 || n == 0 {
		s += one(n % 10)
	}
	return s
}

// Housed gives the other ways to write the numbers of lanes, houses and floors in a text, in figures and in words, at
// most the first three of them: 七巷3号 for 七巷三号.
func Housed(s string) (ways []string) {
	s = Plain(s)
	sites := housed.FindAllStringIndex(s, 3)
	ways = []string{""}
	at := 0
	for _, site := range sites {
		said := strings.TrimRight(s[site[0]:site[1]], "号巷楼栋幢单元组排室院")
		figures, words := arabic(said), said
		if said == figures {
			words = numeral(said)
		}
		var next []string
		for _, way := range ways {
			for _, n := range []string{figures, words} {
				next = append(next, way+s[at:site[0]]+n+s[site[0]+len(said):site[1]])
			}
		}
		ways, at = next, site[1]
	}
	for i := range ways {
		ways[i] += s[at:]
	}
	return ways
}
