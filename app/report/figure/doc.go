// Package figure is the numbers of reports: what is counted (Indicators), by what it is parted (Axes), over which days (Span),
// and the table in which both are crossed (Table).
//
// It is pure: it is given tallies of matters and sessions, one after the other, in any order, and gives the same numbers for
// the same ones. One function says what a matter counts as in a span of days; a cell is the sum of what it says, and the list
// behind a cell are those of whom it says anything (Table.Holds), so that the two cannot differ.
//
// 件 is a matter, 件次 a matter as often as it happened (what was merged is one 件 and several 件次), 人 a person, 人次 a person as
// often as he came. Whoever has three mandates is one person, and stands at his highest level unless the axis says otherwise.
package figure
