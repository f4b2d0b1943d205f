package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lianluo.local/data/day"
	"lianluo.local/data/spelling"
)

var (
	endless  = regexp.MustCompile(`^(?:长期|至今|现在|目前|今)$`)
	pattern  = regexp.MustCompile(`(?i)^[ymd年月日/.\-]+$`)
	timed    = regexp.MustCompile(`(\d)[ T]+\d{1,2}:\d{2}(?::\d{2})?$`)
	serialNo = regexp.MustCompile(`^[1-7]\d{4}$`)
	yearless = regexp.MustCompile(`^(\d{1,2}) ?[.月/-] ?(\d{1,2}) ?[日号]?$`)
	century  = regexp.MustCompile(`^[1-9]\d ?年|^(?:1[3-9]|[2-9]\d)[.-]\d{1,2}(?:[.-]\d{1,2})?$`)
	tenth    = regexp.MustCompile(`^(?:\d{4}\.1|\d{1,2}\.[123])$`)
)

var (
	weekday = regexp.MustCompile(`\s*[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?\s*`)
	oclock  = regexp.MustCompile(`^(.*?\d ?[日号]?)[ T,，]+((?:上午|下午|晚上|晚|早上|凌晨|中午|傍晚)?\s*\d{1,2} ?[:时点].*)$`)
)

// moment reads a day with the hour that stands behind it, where one does.
func (a around) moment(text string, number bool) value {
	plain := strings.TrimSpace(weekday.ReplaceAllString(strings.Join(strings.Fields(spelling.Plain(text)), " "), " "))
	hour := ""
	if m := oclock.FindStringSubmatch(plain); m != nil {
		from, _, _ := strings.Cut(strings.NewReplacer("—", "-", "~", "-", "至", "-", "到", "-").Replace(m[2]), "-")
		if at, timed, why := day.Read("2000-01-01 "+from, time.Time{}); why == "" && timed {
			plain, hour = m[1], at.Format(" 15:04")
		}
	}
	v := a.read(plain, number)
	switch {
	case strings.HasPrefix(v.Doubt, "“"+plain+"”："): // as of a day of which a part is enough
		return value{Doubt: "“" + text + "”读不出是哪一天，请写成 2021-03-05"}
	case len(v.Values) == 0:
		return v
	case len(v.Values[0]) < len(day.Written):
		return value{Doubt: "“" + text + "”没有写到哪一天，请写成 2021-03-05"}
	}
	v.Values[0] += hour
	return v
}

// noYear is asked once for a sheet.
const noYear = "没有写年份"

// read reads a day as far as it is known. One that a program keeps as a number may have lost a zero at its end.
func (a around) read(text string, number bool) value {
	plain := timed.ReplaceAllString(strings.TrimSpace(spelling.Plain(text)), "$1")
	switch {
	case endless.MatchString(plain):
		return value{Note: "“" + text + "”没有日子，空着"}
	case pattern.MatchString(plain) && !strings.ContainsAny(plain, "0123456789"):
		return value{Wrong: "“" + text + "”是日期的样子，不是日期"}
	case number && tenth.MatchString(plain):
		return value{Doubt: fmt.Sprintf("分不清是 %s 还是 %s0（表格会丢掉末尾的 0），请写成 1975-01 或 1975-10 这样的", plain, plain)}
	case century.MatchString(plain):
		if _, why := day.Partial("20"+plain, time.Time{}); why != "" { // in whichever century
			return value{Doubt: "“" + text + "”：" + why}
		}
		return value{Doubt: "“" + text + "”的年份只写了两位，请写四位"}
	case serialNo.MatchString(plain):
		n, _ := strconv.Atoi(plain)
		plain = a.day(n)
	case yearless.MatchString(plain):
		within := strings.NewReplacer(".", "月", "/", "月", "-", "月").Replace(plain)
		if _, why := day.Partial("2000年"+within, time.Time{}); why != "" { // not in a leap year either
			return value{Doubt: "“" + text + "”：" + why}
		}
		if a.year == 0 {
			return value{Doubt: noYear}
		}
		plain = fmt.Sprintf("%d年%s", a.year, within)
	}
	date, why := day.Partial(plain, time.Time{}) // no day is without its year here
	if why != "" {
		return value{Doubt: "“" + text + "”：" + why}
	}
	return value{Values: []string{date}}
}
