package day

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A day may be known in part: 1975, 1975-03 or 1975-03-07. What is not known is left away, and never made up.

// What is wrong with a day known in part, for people.
const (
	NoYear  = "没有写年份"
	century = "年份只写了两位，分不清哪个世纪，请写四位"
)

var (
	parts  = regexp.MustCompile(`^(\d{4}|\d{2}) ?(?:[-/.年] ?(?:(\d{1,2}) ?(?:[-/.月] ?(?:(\d{1,2}) ?[日号]?)?)?)?)?(?: \d{1,2}:\d{2}(?::\d{2})?)?$`)
	joined = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?(?: \d{1,2}:\d{2}(?::\d{2})?)?$`)
	bare   = regexp.MustCompile(`^(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?$`)
	days   = regexp.MustCompile(`^[1-7]\d{4}(?:\.0+)?$`)
	born   = regexp.MustCompile(` ?(?:出生|生|起|止)$`)
)

// Part reads a day of 1900 to 2099 that may be known in part. 3月5日 takes the year, where it is not 0; epoch is added to
// a spreadsheet's number (1462 where its first year is 1904). why is a sentence for people, NoYear where that alone is
// missing.
func Part(s string, year, epoch int) (date, why string) {
	s = born.ReplaceAllString(plain(s), "")
	var y, m, d string
	switch {
	case s == "":
		return "", ""
	case days.MatchString(s):
		n, _ := strconv.ParseFloat(s, 64)
		at := time.Date(1899, 12, 30+int(n)+epoch, 0, 0, 0, 0, time.UTC)
		y, m, d = at.Format("2006"), at.Format("01"), at.Format("02")
	case joined.MatchString(s):
		p := joined.FindStringSubmatch(s)
		y, m, d = p[1], p[2], p[3]
	case bare.MatchString(s) && !strings.Contains(s, "年") && (strings.Contains(s, "月") || number(bare.FindStringSubmatch(s)[1]) <= 12):
		p := bare.FindStringSubmatch(s)
		if !strings.Contains(s, "月") && !strings.ContainsAny(s, "日号") {
			return "", twice
		}
		if year == 0 {
			return "", NoYear
		}
		y, m, d = strconv.Itoa(year), p[1], p[2]
	case parts.MatchString(s):
		p := parts.FindStringSubmatch(s)
		y, m, d = p[1], p[2], p[3]
		if len(y) == 2 {
			return "", century
		}
	default:
		return "", "日期读不出来，请写成 1975-03-07、1975-03 或 1975"
	}
	switch at := time.Date(number(y), time.Month(max(number(m), 1)), max(number(d), 1), 0, 0, 0, 0, time.UTC); {
	case number(y) < 1900 || number(y) > last:
		return "", never
	case m == "":
		return y, ""
	case int(at.Month()) != number(m) || d != "" && at.Day() != number(d):
		return "", never
	case d == "":
		return fmt.Sprintf("%s-%02d", y, number(m)), ""
	default:
		return at.Format(Written), ""
	}
}
