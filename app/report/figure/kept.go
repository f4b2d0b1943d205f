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
	for _, code := range []string{"carried", "collected", "closed", "open", "moved"} {
		add(code)
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
	for at, code := range of {
		ns[at], _ = r.Cell.by(code)
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

// by is the number of a code in a cell.
func (c *Cell) by(code string) (int64, bool) {
	if c.kept != nil {
		n, ok := c.kept[code]
		return n, ok
	}
	return c.numbers.by(code)
}
