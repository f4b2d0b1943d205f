package form

import (
	"fmt"
	"sort"
	"strings"
	"time"
	"unicode"

	"lianluo.local/app/paper/typeset"
)

// Line makes text from anywhere printable on one line.
func Line(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(typeset.Clean(s), "\n", " "))
}

// Text makes text from anywhere printable and keeps its line ends.
func Text(s string) string { return strings.TrimSpace(typeset.Clean(s)) }

// Or gives s, or a dash where nothing is known.
func Or(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// Cut keeps the first n runes.
func Cut(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n])
	}
	return s
}

// Day writes a day as papers do, 2026年4月17日; "" for no day.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006年1月2日")
}

// Moment writes a day and the time of it to the minute; "" for none.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Day(t) + fmt.Sprintf(" %d时%02d分", t.Hour(), t.Minute())
}

// Date writes a day of a file, 2026-04-17, as papers do. What is no such day stays as it is.
func Date(s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return Day(t)
	}
	return Line(s)
}

// Block makes a text fit into n lines as typeset.Style.Block does, but never smaller than least points: what is given to
// a citizen stays readable without glasses and is rather cut, with tail for what is missing.
func Block(s typeset.Style, least float64, text string, width float64, n int, tail string) (typeset.Style, []typeset.Line) {
	rs := []rune(text)
	most := n * int(2+8*width/(s.Size*Pt)) // more is not looked at
	whole := len(rs) <= most
	rs = rs[:min(len(rs), most)]
	for {
		if lines := s.Wrap(string(rs), width); whole && len(lines) <= n {
			return s, lines
		}
		if s.Size <= least {
			break
		}
		s.Size = max(s.Size*.94, least)
	}
	short := func(keep int) []typeset.Line {
		cut := strings.TrimRightFunc(string(rs[:keep]), func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) })
		return s.Wrap(cut+tail, width)
	}
	keep := sort.Search(len(rs), func(k int) bool { return len(short(k+1)) > n })
	for ; keep > 0 && len(short(keep)) > n; keep-- { // the place of a break may shift by a character
	}
	return s, short(keep)
}
