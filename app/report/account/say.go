package account

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"lianluo.local/app/report"
	"lianluo.local/app/report/figure"
)

// How much there must be for a percentage to be said of it, and on both sides for a rise or fall in per cent.
const (
	shared = 10
	enough = 20
)

// writer writes one account.
type writer struct {
	Facts
	now, after string          // 本周, 下周
	held       []held          // what it may be held against
	used       map[string]bool // the indicators of which it tells
}

// held is a span that another is held against, which of the two it is, and what it is called.
type held struct {
	part func(report.Report) *report.Part
	name string
}

// called is what a period, those around it and the same of a year before are called.
var called = map[figure.Period][4]string{
	figure.Week: {"本周", "上周", "下周", ""}, figure.Month: {"本月", "上月", "下月", "上年同月"}, figure.Quarter: {"本季度", "上季度", "下季度", "上年同季"},
	figure.Half: {"本半年", "", "下一步", "上年同期"}, figure.Year: {"本年", "上年", "下一步", ""}, figure.Term: {"本届", "上届", "下一步", ""},
}

func newWriter(f Facts) *writer {
	w := &writer{Facts: f, now: "本期", after: "下一步", used: map[string]bool{}}
	names := [4]string{}
	if f.Regular {
		names = called[f.Kind.Period]
		w.now, w.after = names[0], names[2]
	}
	r := f.Reports[whole]
	if !w.finished() {
		return w
	}
	for i, part := range []func(report.Report) *report.Part{func(r report.Report) *report.Part { return r.Before }, func(r report.Report) *report.Part { return r.Year }} {
		if p := part(r); p != nil && !vacant(*p) {
			name := names[1+2*i]
			if name == "" {
				name = p.Name
			}
			w.held = append(w.held, held{part, name})
		}
	}
	return w
}

// finished says whether the span was over when it was counted, so that it may be held against others.
func (w *writer) finished() bool {
	r := w.Reports[whole]
	return r.AsOf.Format("2006-01-02") > r.Span.Last()
}

// vacant says whether nothing was recorded in a span.
func vacant(p report.Part) bool {
	for _, code := range []string{"sessions", "visits", "activities", "collected"} {
		if number(p.Total, code) > 0 {
			return false
		}
	}
	return true
}

func by(code string) figure.Indicator { i, _ := figure.ByCode(code); return i }

// number is what a row says of an indicator that counts; 0 where it says nothing.
func number(row figure.Row, code string) int {
	if row.Cell == nil {
		return 0
	}
	v, _ := row.Says(by(code))
	return int(v)
}

// n is the number of everything.
func (w *writer) n(code string) int { return number(w.Reports[whole].Total, code) }

// counted is an indicator with its number and unit, after so many words; "" where it is zero.
func (w *writer) counted(words, code string) string {
	if n := w.n(code); n > 0 {
		w.used[code] = true
		return words + strconv.Itoa(n) + by(code).Unit
	}
	return ""
}

// share is a part of a whole as it is printed; "" where the whole is too small for one.
func share(part, all int) string {
	if all < shared {
		return ""
	}
	return report.Tenth(100*float64(part)/float64(all)) + "%"
}

// rate is a rate as it is printed; "" where what it is a part of is too small.
func (w *writer) rate(code string) string {
	i := by(code)
	if w.n(i.Under) < shared {
		return ""
	}
	r := w.Reports[whole]
	w.used[code] = true
	return r.Cell(r.Total, i)
}

// change is how an indicator differs from another span, as it is printed: by how much, and of a count in per cent where it is
// large enough.
type change struct {
	up       int // 1, 0, -1
	by, rate string
}

// tenths is a value as its printed form has it, so that what is printed adds up.
func tenths(v float64) float64 { return math.Round(1000*v+1e-9) / 10 }

// differs holds an indicator in a row against the same in another; not ok where either says nothing, or what a rate is a part
// of is too small.
func differs(i figure.Indicator, now, then figure.Row) (c change, ok bool) {
	if now.Cell == nil || then.Cell == nil {
		return c, false
	}
	a, ok1 := now.Says(i)
	b, ok2 := then.Says(i)
	if !ok1 || !ok2 || i.Unit == "天" {
		return c, false
	}
	d := a - b
	if i.Rate() {
		if number(now, i.Under) < enough || number(then, i.Under) < enough {
			return c, false
		}
		d = math.Round(10*(tenths(a)-tenths(b))) / 10
		c.by = report.Tenth(math.Abs(d))
	} else {
		c.by = strconv.FormatFloat(math.Abs(d), 'f', 0, 64)
		if d != 0 && b >= enough {
			c.rate = report.Tenth(100*math.Abs(d)/b) + "%"
		}
	}
	switch {
	case d > 0:
		c.up = 1
	case d < 0:
		c.up = -1
	}
	return c, true
}

// signed is a change as a table has it.
func (c change) signed() string { return []string{"-", "", "+"}[c.up+1] + c.by }

// against says how an indicator of a report's total differs from what it may be held against: 比上月多12件次（增长11.1%）.
func (w *writer) against(code string) string {
	r, i := w.Reports[whole], by(code)
	var list []string
	for _, h := range w.held {
		c, ok := differs(i, r.Total, h.part(r).Total)
		if was := h.part(r).Total; !ok || !i.Rate() && (number(r.Total, code) == 0 || number(was, code) == 0) {
			continue
		}
		switch {
		case c.up == 0:
			list = append(list, "和"+h.name+"持平")
		case i.Rate():
			list = append(list, "比"+h.name+map[int]string{1: "上升", -1: "下降"}[c.up]+c.by+"个百分点")
		default:
			text := "比" + h.name + map[int]string{1: "多", -1: "少"}[c.up] + c.by + i.Unit
			if c.rate != "" {
				text += "（" + map[int]string{1: "增长", -1: "下降"}[c.up] + c.rate + "）"
			}
			list = append(list, text)
		}
	}
	return strings.Join(list, "，")
}

// sentence joins what there is to say; "" where there is nothing.
func sentence(clauses ...string) string {
	var list []string
	for _, c := range clauses {
		if c != "" {
			list = append(list, c)
		}
	}
	if list == nil {
		return ""
	}
	return strings.Join(list, "，") + "。"
}

// behind puts words before what there is to say.
func behind(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}

// counting is the column of numbers.
func counting(name string, width float64) Column {
	return Column{Name: name, Width: width, Number: true}
}

// ranked are rows with the greatest number first, those without left out and those of what nobody wrote down (Other) last.
type ranked []figure.Row

// leading is how many of the first rows, at most three, stand apart from all that follow: who comes first of equals is not said.
func (list ranked) leading(code string) int {
	n := min(3, len(list))
	for ; n > 0 && n < len(list) && number(list[n-1], code) == number(list[n], code); n-- {
	}
	return n
}

func rank(rows []figure.Row, code string) (list ranked) {
	for _, row := range rows {
		if number(row, code) > 0 && row.Keys[0] != "" {
			list = append(list, row)
		}
	}
	sortBy(list, code)
	return list
}

// firsts names the first of those that are ranked with their numbers, and the part of a whole that they are where it is large
// enough; begun with the words for three and those for fewer. "" where none stands apart.
func firsts(list ranked, code string, all int, three, fewer string) string {
	n := list.leading(code)
	if n == 0 {
		return ""
	}
	words := fewer
	switch {
	case n == len(list): // they are all that there are
		if words = strings.Replace(words, "较多的", "的", 1); strings.HasPrefix(words, "的是") {
			words = ""
		}
	case n == 3:
		words = three
	}
	var said []string
	for _, row := range list[:n] {
		k := number(row, code)
		text := label(row) + strconv.Itoa(k) + by(code).Unit
		if s := share(k, all); s != "" {
			text += "（占" + s + "）"
		}
		said = append(said, text)
	}
	return words + strings.Join(said, "、")
}

func label(row figure.Row) string { return row.Labels[len(row.Labels)-1] }

// Most is how many rows a table among the words has.
const Most = 12

func serial(i int) string { return fmt.Sprint(i + 1) }
