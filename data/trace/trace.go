// Package trace finds in words that many may read what tells who a citizen is: his name, his telephone, his address,
// and what looks like anybody's telephone, identity card, e-mail or house number. It compares by the forms of
// data/spelling, so that a blank, a middle dot or brackets hide nothing from it.
package trace

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"lianluo.local/data/matter"
	"lianluo.local/data/spelling"
)

// What a trace can be.
const (
	Name     = "姓名"
	Phone    = "电话"
	Address  = "住址"
	Identity = "身份证号"
	Number   = "号码" // of a bank card, a file, whatever has so many digits
	Mail     = "邮箱"
	Account  = "微信或QQ号"
	House    = "门牌号"
	Plate    = "车牌号"
)

// Found is one trace: what it seems to be, the words as they are written, and the bytes where they stand.
type Found struct {
	What, Text string
	From, To   int
}

const (
	dots    = `·•・‧∙⋅`
	numeral = `[0-9〇零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]`
)

// What looks like a trace of anybody, in a text in its plain form (spelling.Plain).
var (
	dates = regexp.MustCompile(
		`(?:19|20)\d\d(?:[-./](?:1[0-2]|0?[1-9])(?:[-./](?:3[01]|[12]\d|0?[1-9]))?|-(?:19|20)\d\d)\b`)
	mail    = regexp.MustCompile(`[a-z0-9._%+-]+ ?@ ?[a-z0-9-]+(?:\.[a-z0-9-]+)*`)
	account = regexp.MustCompile(`(?:微信|qq|vx|wx)(?:号码|号|群)?[: ]*(?:是|为)? *[a-z0-9_-]{5,}`)
	flat    = regexp.MustCompile(`\b\d{1,3}-\d{1,2}-\d{3,4}\b|\b\d{1,2}-\d{1,2}-\d{1,2}\b`)
	digits  = regexp.MustCompile(`[+(]*\d[\d() _` + dots + `.-]{4,}[\dx]`)
	plate   = regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[a-z][ ` + dots + `-]*[0-9a-z]{5,6}\b`)
	said    = regexp.MustCompile(`[〇零一二三四五六七八九幺]{7,}`)
	house   = regexp.MustCompile(`月?` + numeral + `+(?:(?:号楼|单元|栋|幢)(?:\d{3,4}(?:[室户]|\b))?|号院|室|号|排|#)(?:` + numeral +
		`+户)?`)
)

// Find gives the traces of p and of anybody in a text, in the order in which they stand there; none overlaps another.
func Find(text string, p matter.Private) (found []Found) {
	add := func(what string, from, to int) {
		if !slices.ContainsFunc(found, func(f Found) bool { return from < f.To && f.From < to }) {
			found = append(found, Found{what, strings.TrimSpace(text[from:to]), from, to})
		}
	}
	form := func(what, form string) {
		for _, span := range spelling.Mentions(text, form) {
			add(what, span[0], span[1])
		}
	}
	strict, loose := named(p.Name)
	for _, name := range strict {
		form(Name, name)
	}
	for _, family := range families(strict) {
		for _, span := range spelling.Mentions(text, family) {
			if title := addressed.FindString(text[span[1]:]); title != "" {
				add(Name, span[0], span[1]+len(title))
			}
		}
	}
	for _, name := range loose {
		for _, span := range spelling.Mentions(text, name) {
			if personal(name, text[span[1]:]) {
				add(Name, span[0], span[1])
			}
		}
	}
	// a village alone is no address
	if address := spelling.Letters(p.Address); strings.ContainsAny(address, "0123456789") ||
		utf8.RuneCountInString(address) > 8 {
		form(Address, address)
	}
	phones, _ := spelling.Phones(p.Phone)
	all := spelling.Read(text, func(rune) bool { return true })
	plain := dates.ReplaceAllStringFunc(all.Text,
		func(day string) string { return strings.Repeat("年", len(day)/3) + strings.Repeat("~", len(day)%3) })
	each := func(looks *regexp.Regexp, what func(string) string) {
		for _, at := range looks.FindAllStringIndex(plain, -1) {
			if what := what(plain[at[0]:at[1]]); what != "" {
				from, to := all.Written(at[0], at[1])
				add(what, from, to)
			}
		}
	}
	always := func(what string) func(string) string { return func(string) string { return what } }
	each(mail, always(Mail))
	each(account, always(Account))
	each(flat, always(House))
	each(plate, always(Plate))
	each(digits, func(s string) string { return number(s, phones) })
	each(said, always(Phone))
	each(house, func(s string) string {
		if strings.HasPrefix(s, "月") && strings.HasSuffix(s, "号") { // 12月5号
			return ""
		}
		return House
	})
	for _, p := range phones { // a short one stands between other digits, too
		each(regexp.MustCompile(`\b`+regexp.QuoteMeta(p.Local)+`\b`), always(Phone))
	}
	slices.SortFunc(found, func(a, b Found) int { return cmp.Compare(a.From, b.From) })
	return found
}

// number says what a run of digits with what stands between them is.
func number(s string, own []spelling.Phone) string {
	n := 0
	var bare strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' {
			bare.WriteRune(r)
			n++
		}
	}
	card := strings.HasSuffix(s, "x")
	switch {
	case n == 17 && card, n == 18, n == 15:
		return Identity
	case slices.ContainsFunc(own, func(p spelling.Phone) bool { return strings.Contains(bare.String(), p.Local) }):
		return Phone
	case n > 13:
		return Number
	case n >= 7:
		return Phone
	}
	return ""
}

// Hide gives a text with what instead says in the place of each trace.
func Hide(text string, p matter.Private, instead func(Found) string) string {
	var b strings.Builder
	at := 0
	for _, f := range Find(text, p) {
		b.WriteString(text[at:f.From])
		b.WriteString(instead(f))
		at = f.To
	}
	b.WriteString(text[at:])
	return b.String()
}
