package matter

import (
	"slices"
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

// LevelOf tells a unit's level by its code.
func LevelOf(unit string) journal.Level {
	switch {
	case len(unit) > 12:
		return journal.Station
	case len(unit) == 12 && unit[4:6] != "00":
		return journal.County
	}
	return journal.City
}

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

// Path gives the units that a matter concerns, from the table it came in at up to the city.
func (m Matter) Path() (units []string) {
	for u := m.Unit; u != ""; {
		units = append(units, u)
		if u == m.Unit && m.Via != "" {
			u = m.Via
			continue
		}
		u = Parent(u)
	}
	return units
}

// Up gives the unit above one on the matter's path, "" for the last.
func (m Matter) Up(unit string) string {
	path := m.Path()
	if i := slices.Index(path, unit); i >= 0 && i+1 < len(path) {
		return path[i+1]
	}
	return ""
}

// Down gives the unit below one on the matter's path, "" for the first.
func (m Matter) Down(unit string) string {
	if i := slices.Index(m.Path(), unit); i > 0 {
		return m.Path()[i-1]
	}
	return ""
}

// higher says whether a lies above b on the path.
func (m Matter) higher(a, b string) bool {
	path := m.Path()
	i, j := slices.Index(path, a), slices.Index(path, b)
	return i > j && j >= 0
}
