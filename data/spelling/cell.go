package spelling

import (
	"regexp"
	"strings"
)

var figure = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// Figure says whether a cell is a number in digits: -5, 0.25.
func Figure(cell string) bool { return figure.MatchString(cell) }

// Harmless keeps a program that opens a file of cells from taking somebody's words for a formula: what begins like one has
// an apostrophe before it.
func Harmless(cell string) string {
	if rest := strings.TrimLeft(cell, " \n\u00a0\u3000"); strings.IndexAny(rest, "=+-@\t\r＝＋－＠") == 0 && !figure.MatchString(rest) {
		return "'" + cell
	}
	return cell
}
