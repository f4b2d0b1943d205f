package figure

import "slices"

// Counted are the codes of the numbers of which some indicators are made, each once, with those of the balance: what is to be
// kept of a row so that it says the same later.
func Counted(list []Indicator) (all []string) {
	add := func(code string) {
		if !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	for _, n := range []int{carried, collected, closed, open, moved} {
		add(codes[n])
	}
	for _, i := range list {
		if i.Rate() {
			add(i.Over)
			add(i.Under)
		} else {
			add(i.Code)
		}
	}
	return all
}

// Counts are the numbers of a row by their codes.
func (r Row) Counts(of []string) []int64 {
	ns := make([]int64, len(of))
	for n, code := range codes {
		if at := slices.Index(of, code); at >= 0 {
			ns[at] = r.Cell.numbers[n]
		}
	}
	return ns
}

// Kept is a row of numbers that were kept, by their codes.
func Kept(keys, labels, of []string, ns []int64) Row {
	c := &Cell{kept: make(map[string]int64, len(of))}
	for i, code := range of {
		c.kept[code] = ns[i]
	}
	return Row{Keys: keys, Labels: labels, Cell: c}
}

// of is Value of numbers by their codes.
func (i Indicator) of(kept map[string]int64) (float64, bool) {
	if !i.Rate() {
		n, ok := kept[i.Code]
		return float64(n), ok
	}
	if kept[i.Under] == 0 {
		return 0, false
	}
	return float64(kept[i.Over]) / float64(kept[i.Under]), true
}
