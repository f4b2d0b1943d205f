package day

import (
	"regexp"
	"strings"
	"time"
)

// eldest is the first year in which somebody may have been born.
const eldest = 1900

var partial = regexp.MustCompile(`^(\d{4})(?: ?年?|(?: ?[-/.年] ?|)(\d{2})月?| ?[-/.年] ?(\d)月?)$`)

// short is a year of two digits, perhaps with a month.
var short = regexp.MustCompile(`^\d{2} ?年 ?(?:(\d{1,2}) ?月?)?$`)

// Partial reads a day of which perhaps only the year, or the year and the month, is known: 1975, 1975-03, 1975-03-07.
// It has a year always. What is empty stays empty; why is a sentence for people where s names none.
func Partial(s string, now time.Time) (date, why string) {
	if s = plain(s); s == "" {
		return "", ""
	}
	year4 := len(s) >= 4 && strings.Trim(s[:4], "0123456789") == ""
	if m := partial.FindStringSubmatch(s); m != nil {
		date, month := m[1], m[2]+m[3]
		switch n := number(month); {
		case number(date) < eldest || number(date) > last:
			return "", year
		case month == "":
			return date, ""
		case n < 1 || n > 12:
			return "", moon
		}
		return date + "-" + ("0" + month)[len(month)-1:], ""
	}
	if m := short.FindStringSubmatch(s); m != nil {
		if n := number(m[1]); m[1] != "" && (n < 1 || n > 12) {
			return "", moon
		}
		return "", "年份请写四位，如 1975-03"
	}
	at, _, why := read(s, now.In(Beijing))
	switch {
	case why == "" && !year4 && !serial.MatchString(s):
		return "", "请写年份，如 1975-03"
	case why == unread:
		return "", "日期读不出来，请写成 1975、1975-03 或 1975-03-07"
	case why != "":
		return "", why
	case at.Year() < eldest || at.Year() > last:
		return "", year
	}
	return at.Format(Written), ""
}

// Before says whether one day is before another as far as both are known: 2021-06 is not before 2021.
func Before(one, other string) bool {
	n := min(len(one), len(other))
	return one[:n] < other[:n]
}
