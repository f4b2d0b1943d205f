package official

import (
	"math"
	"strings"

	"lianluo.local/app/paper/typeset"
)

// How ill it looks, in squares of characters, where a title ends a line elsewhere than at the end of a part: anywhere,
// before a particle, inside a number or a word.
const (
	apart    = 12.0
	particle = 100.0
	torn     = 400.0
)

// balanced breaks a title into as few lines as there must be, so that they are about as long as each other.
func balanced(s typeset.Style, parts []string, width float64) []string {
	text := []rune(strings.Join(parts, ""))
	if s.Width(string(text)) <= width {
		return []string{string(text)}
	}
	at, can := make([]float64, len(text)+1), typeset.Ends(text) // in characters
	for i, r := range text {
		at[i+1] = at[i] + s.Width(string(r))/(s.Size*mm)
	}
	ends, n := map[int]bool{}, 0
	for _, p := range parts {
		n += len([]rune(p))
		ends[n] = true
	}
	ugly := func(i int) float64 {
		switch {
		case i == n:
			return 0
		case can[i] == typeset.Never:
			return math.Inf(1)
		case can[i] != typeset.Well:
			return torn
		case ends[i]:
			return 0
		case strings.ContainsRune("的和与及等之了", text[i]):
			return particle
		}
		return apart
	}
	most := width / (s.Size * mm)
	if at[n] > 20*most { // it is none, and would take long
		var lines []string
		for _, l := range s.Wrap(string(text), width) {
			lines = append(lines, l.Text)
		}
		return lines
	}
	for count := int(math.Ceil(at[n] / most)); count < n; count++ {
		ideal := at[n] / float64(count)
		cost, from := make([]float64, n+1), make([][]int, count) // of the best way to set so many characters in so many lines
		for i := range cost[1:] {
			cost[i+1] = math.Inf(1)
		}
		for k := range count {
			next := make([]float64, n+1)
			from[k] = make([]int, n+1)
			for i := range next {
				next[i] = math.Inf(1)
				for j := i - 1; j >= 0 && at[i]-at[j] <= most; j-- {
					long := at[i] - at[j]
					if c := cost[j] + ugly(i) + (long-ideal)*(long-ideal); c <= next[i] {
						next[i], from[k][i] = c, j
					}
				}
			}
			cost = next
		}
		if math.IsInf(cost[n], 1) {
			continue
		}
		lines := make([]string, count)
		for k, i := count-1, n; k >= 0; k-- {
			lines[k] = string(text[from[k][i]:i])
			i = from[k][i]
		}
		return lines
	}
	return []string{string(text)}
}
