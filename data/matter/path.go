package matter

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianluo.local/data/journal"
	"lianluo.local/data/numbers"
	"lianluo.local/data/thing"
	"lianluo.local/data/unit"
)

// Path gives the units that a matter concerns, from the table it came in at up to the city.
func (m Matter) Path() []string { return unit.Path(m.Unit, m.Via) }

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

// Opened reads what a matter's first entry says of where it came in: the office that the table reports to, where it is
// not its county, and the point where the citizen sat. It fails with ErrClaimed where the number is not one of that
// point, the office is not above the author, or the author is no table; and with thing.ErrBody where nobody can read
// it. Whether the author may write for that point is not said: a table may serve others (Serves).
func Opened(r journal.Record) (via, station string, err error) {
	var said struct {
		Number, Station, Via string
	}
	if err := json.Unmarshal(r.Body, &said); err != nil {
		return "", "", fmt.Errorf("%w: %v", thing.ErrBody, err)
	}
	code, ok := unit.Station(said.Station)
	switch {
	case r.Do != "receive" || unit.LevelOf(r.Unit) != journal.Station:
		err = fmt.Errorf("%w: %s by %s", ErrClaimed, r.Do, r.Unit)
	case !ok || code != said.Station || code[:6] != r.Unit[:6]:
		err = fmt.Errorf("%w: a station that is none of its county", ErrClaimed)
	case said.Via != "" && !unit.Above(said.Via, r.Unit):
		err = fmt.Errorf("%w: an office that is not above it", ErrClaimed)
	case !strings.HasPrefix(said.Number, numbers.Begin(code)):
		err = fmt.Errorf("%w: a number of another station", ErrClaimed)
	}
	return said.Via, said.Station, err
}
