package matter

import (
	"encoding/json"
	"errors"
	"fmt"
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

// Line says whether units stand one above the other, the lowest first: each reports to the next or lies below it.
func Line(units []string) bool {
	for i := 1; i < len(units); i++ {
		if Parent(units[i-1]) != units[i] && !Above(units[i], units[i-1]) {
			return false
		}
	}
	return len(units) > 0 && len(units) <= 8
}

// Path gives the units that a matter concerns, from the table it came in at up to the city.
func (m Matter) Path() (units []string) {
	for u := m.Unit; u != ""; {
		units = append(units, u)
		if len(units) == 1 && m.Via != "" { // which may be anything, where a stranger wrote it
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

// ErrClaimed says that a first entry speaks in the name of somebody else than its author. Test with errors.Is.
var ErrClaimed = errors.New("first entry speaks in another's name")

// Opened reads what a matter's first entry says of where it came in: the office that the table reports to, where it is not its
// county, and the point where the citizen sat. It fails with ErrClaimed where the number is not one of that point, the office is
// not above the author, or the author is no table; and with ErrBody where nobody can read it. Whether the author may write for
// that point is not said: a table may serve others (Serves).
func Opened(r journal.Record) (via, station string, err error) {
	var said struct {
		Number, Station, Via string
	}
	if err := json.Unmarshal(r.Body, &said); err != nil {
		return "", "", fmt.Errorf("%w: %v", ErrBody, err)
	}
	code, ok := Station(said.Station)
	switch {
	case r.Do != "receive" || LevelOf(r.Unit) != journal.Station:
		err = fmt.Errorf("%w: %s by %s", ErrClaimed, r.Do, r.Unit)
	case !ok || code != said.Station || code[:6] != r.Unit[:6]:
		err = fmt.Errorf("%w: a station that is none of its county", ErrClaimed)
	case said.Via != "" && !Above(said.Via, r.Unit):
		err = fmt.Errorf("%w: an office that is not above it", ErrClaimed)
	case !strings.HasPrefix(said.Number, place(code)):
		err = fmt.Errorf("%w: a number of another station", ErrClaimed)
	}
	return said.Via, said.Station, err
}

// Serves says whether a table writes for a point by its own right: it is its own, or lies below it.
func Serves(unit, point string) bool { return unit == point || Above(unit, point) }

// Newer says whether only a newer program knows what an entry about a matter means.
func Newer(r journal.Record) bool { return r.Schema > Schema || !known[r.Do] }

// known are the acts of the table.
var known = func() map[string]bool {
	acts := map[string]bool{}
	for _, row := range rules {
		acts[row.do] = true
	}
	return acts
}()
