// Package unit is the unit of a unit (单位): a city's, a county's or a station's, and what follows from it: its level,
// the unit that it reports to, which units stand above which. An office has twelve digits, those of its place (GB/T
// 2260, 统计用区划代码); a station has them and its kind, an ordinal and a check character: 141102002003D1-A.
package unit

import (
	"strings"

	"lianluo.local/data/journal"
)

// Parent gives the office that a unit reports to where nothing else was said: a station to its county, a county to its
// city; "" for a city.
func Parent(unit string) string {
	switch {
	case len(unit) > 12:
		return unit[:6] + "000000"
	case len(unit) == 12 && unit[4:6] != "00":
		return unit[:4] + "00000000"
	}
	return ""
}

// LevelOf tells a unit's level by its unit.
func LevelOf(unit string) journal.Level {
	switch {
	case len(unit) > 12:
		return journal.Station
	case len(unit) == 12 && unit[4:6] != "00":
		return journal.County
	}
	return journal.City
}

// Top gives the city above a unit, or itself.
func Top(unit string) string { return unit[:min(len(unit), 4)] + "00000000" }

// Above says whether a unit is an office or township station over another one: 141102000000 over everything in 141102.
func Above(unit, other string) bool { return unit != other && strings.HasPrefix(other, Stem(unit)) }

// Stem is what the codes of a unit and of all that it may be over begin with.
func Stem(unit string) string {
	switch LevelOf(unit) {
	case journal.City:
		return unit[:min(len(unit), 4)]
	case journal.County:
		return unit[:6]
	}
	if unit[9:12] != "000" { // a village's table has nobody under it
		return unit
	}
	return unit[:9]
}

// Path gives the units that a thing of a table concerns which reports via an office ("" for its county): from the table
// up to the city.
func Path(table, via string) (units []string) {
	for u := table; u != ""; {
		units = append(units, u)
		if len(units) == 1 && via != "" { // which may be anything, where a stranger wrote it
			u = via
			continue
		}
		u = Parent(u)
	}
	return units
}

// Serves says whether a table writes for a point by its own right: it is its own, or lies below it.
func Serves(unit, point string) bool { return unit == point || Above(unit, point) }
