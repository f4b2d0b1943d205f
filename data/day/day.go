// Package day reads days and times of day as people write them, files bring them and spreadsheets turn them: one reader
// for every field, file and flag.
//
// It knows 2026-11-05, 2026/11/5, 2026.11.05, 2026年11月5日19:30, 20261105, the same in full-width and Chinese digits,
// with a day of the week beside it and a time of day in words, a spreadsheet's 46331.8125 and 5-Nov-26, and RFC 3339,
// whose moment in another zone is its Beijing day. What may mean two days (11/5/2026) is refused: nobody is promised a
// day that was guessed.
package day

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Beijing is the one civil time of every station, whatever zone a computer was set up with.
var Beijing = time.FixedZone("CST", 8*60*60)

// Written is how a day is kept.
const Written = time.DateOnly

// Years that can be.
const first, last = 2000, 2099

// What is wrong, as a person hears it.
const (
	unread = "日期读不出来，请写成 2026-11-05 或 2026年11月5日"
	twice  = "分不清哪个是月哪个是日，请写成 2026-11-05"
	never  = "没有这一天，请核对日期"
	moon   = "没有这个月，请核对日期"
	year   = "年份不对，请核对日期"
)

var (
	weekday = regexp.MustCompile(`[(（]?(?:星期|礼拜|周)[一二三四五六日天][)）]?`)
	numeral = regexp.MustCompile(`[〇零一二三四五六七八九十廿卅]+`)
	serial  = regexp.MustCompile(`^[2-7]\d{4}(?:\.\d+)?$`)
	solid   = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:[ T]?(\d{2})(\d{2})(?:\d{2})?)?$`)
	foreign = regexp.MustCompile(`^(\d{1,2})([/-])(\d{1,2})[/-](\d{4})(.*)$`)
	english = regexp.MustCompile(
		`(?i)^(\d{1,2})[- ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[- ](\d{4}|\d{2}))?(?:[ ,](.*))?$`)
	usual = regexp.MustCompile(`^(?:(\d{4}|\d{2}) ?[-/.年] ?)?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?(.*)$`)
	hour  = regexp.MustCompile(`(?i)^[T, ]*(上午|凌晨|早上|早晨|中午|下午|傍晚|晚上|am|pm)? ?(\d{1,2}) ?[:时点] ?(\d{1,2})?(半)? ?分?` +
		`(?::?(\d{1,2})(?:\.\d+)? ?秒?)? ?(am|pm)? ?((?:Z|UTC|GMT)?(?:([+-])(\d{2}):?(\d{2}))?)$`)
)

// Read gives the moment that s names, in Beijing time, midnight where it tells no time of day (timed). A day without a
// year is the one nearest to now. why is a sentence for people where s names none, "" otherwise.
func Read(s string, now time.Time) (at time.Time, timed bool, why string) {
	now = now.In(Beijing)
	if at, timed, why = read(plain(s), now); why == "" && (at.Year() < first || at.Year() > last) {
		why = year
	}
	return at, timed, why
}

func read(s string, now time.Time) (at time.Time, timed bool, why string) {
	if serial.MatchString(s) {
		days, _ := strconv.ParseFloat(s, 64)
		minutes := int(days*24*60 + 0.5)
		return time.Date(1899, 12, 30, 0, minutes, 0, 0, Beijing), minutes%(24*60) != 0, ""
	}
	var y, m, d, rest string
	switch {
	case solid.MatchString(s):
		p := solid.FindStringSubmatch(s)
		if y, m, d = p[1], p[2], p[3]; p[4] != "" {
			rest = p[4] + ":" + p[5]
		}
	case english.MatchString(s):
		p := english.FindStringSubmatch(s)
		d, y, rest = p[1], p[3], p[4]
		m = strconv.Itoa(strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(p[2]))/3 + 1)
	case foreign.MatchString(s):
		p := foreign.FindStringSubmatch(s)
		if m, d, y, rest = p[1], p[3], p[4], p[5]; number(d) <= 12 {
			return now, false, twice
		}
	case usual.MatchString(s):
		p := usual.FindStringSubmatch(s)
		if y, m, d, rest = p[1], p[2], p[3], p[4]; len(y) == 2 && number(y) <= 12 && !strings.Contains(s, "年") {
			return now, false, twice
		}
	default:
		return now, false, unread
	}
	minutes, timed, ok := clock(rest)
	if !ok {
		return now, false, unread
	}
	on, why := date(y, number(m), number(d), now)
	if why != "" {
		return now, false, why
	}
	return on.Add(time.Duration(minutes) * time.Minute), timed, ""
}

// Date is Read for a field that holds a day alone: 2026-11-05. What is empty stays empty.
func Date(s string, now time.Time) (date, why string) {
	if strings.TrimSpace(s) == "" {
		return "", ""
	}
	at, _, why := Read(s, now)
	if why != "" {
		return "", why
	}
	return at.Format(Written), ""
}

// date puts a day together.
func date(y string, m, d int, now time.Time) (on time.Time, why string) {
	years := []int{number(y)}
	switch len(y) {
	case 0:
		years = []int{now.Year(), now.Year() - 1, now.Year() + 1}
	case 2:
		years[0] += 2000
	}
	if why = never; m < 1 || m > 12 {
		return on, moon
	}
	for _, year := range years {
		t := time.Date(year, time.Month(m), d, 0, 0, 0, 0, Beijing)
		if t.Day() != d || int(t.Month()) != m {
			continue
		}
		if why != "" || t.Sub(now).Abs() < on.Sub(now).Abs() {
			on, why = t, ""
		}
	}
	return on, why
}

// clock reads what stands behind a day, nothing or a time of day with or without a zone, as minutes after midnight in
// Beijing.
func clock(s string) (minutes int, timed, ok bool) {
	if s = strings.TrimSpace(s); s == "" {
		return 0, false, true
	}
	p := hour.FindStringSubmatch(s)
	if p == nil {
		return 0, false, false
	}
	hours, half := number(p[2]), strings.ToLower(p[1]+p[6])
	minutes = number(p[3])
	if p[4] != "" {
		minutes += 30
	}
	if hours > 23 || minutes > 59 || number(p[5]) > 59 || half == "晚上" && hours == 12 {
		return 0, false, false
	}
	switch half {
	case "下午", "傍晚", "晚上", "pm":
		hours = hours%12 + 12
	case "中午":
		hours = (hours+2)%12 + 10 // from ten to two
	case "凌晨", "am":
		hours %= 12
	}
	minutes += hours * 60
	if p[7] != "" { // another zone's time, eight hours before ours where it is UTC's
		z := number(p[9])*60 + number(p[10])
		if p[8] == "-" {
			z = -z
		}
		minutes += 8*60 - z
	}
	return minutes, true, true
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // groups of digits alone come here; "" is none
	return n
}

// plain writes a day in ordinary characters, without the day of the week.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case strings.ContainsRune("–—―−‐‑‒", r):
			return '-'
		case strings.ContainsRune("。·・", r):
			return '.'
		case r == 0xfeff || r == 0x200b || r == 0x200e || r == 0x200f:
			return -1
		}
		return r
	}, s)
	s = numeral.ReplaceAllStringFunc(weekday.ReplaceAllString(s, " "), arabic)
	return strings.Join(strings.Fields(s), " ")
}

// arabic writes Chinese digits: 二〇二六 digit by digit, 十一 and 二十三 as the number they count.
func arabic(s string) string {
	s = strings.NewReplacer("廿", "二十", "卅", "三十", "〇", "0", "零", "0", "一", "1", "二", "2", "三", "3", "四",
		"4", "五", "5", "六", "6",
		"七", "7", "八", "8", "九", "9").Replace(s)
	if tens, ones, counted := strings.Cut(strings.NewReplacer("二十", "2十", "三十", "3十").Replace(s), "十"); counted {
		if tens == "" {
			tens = "1"
		}
		return strconv.Itoa(number(tens)*10 + number(ones))
	}
	return s
}
