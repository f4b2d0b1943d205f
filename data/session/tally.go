package session

import (
	"fmt"
	"strconv"
	"strings"

	"lianluo.local/data/thing"
)

// Tally is what one has to know of a session to count it. A list keeps it as text (String).
type Tally struct {
	Station, Kind, Type, Tier string

	State    State
	Day      int // thing.Days
	Citizens int // how many came, with those who raised nothing
	Homes    int // the households of a round of visits
	Present  []Attended
}

// Attended is who came.
type Attended struct {
	Key   string // a person's ID, or the name of who is on no roster
	Guest bool   // 特邀: not called as a deputy
}

// Tally gives what is counted of it.
func (s *Session) Tally() Tally {
	t := Tally{Station: s.Station, Kind: s.Kind, Type: s.Type, Tier: s.Tier, State: s.State, Day: thing.Days(s.Day),
		Citizens: min(max(0, s.Citizens), 99999), Homes: len(s.Stops)}
	for _, c := range s.Present() {
		t.Present = append(t.Present, Attended{c.Key, c.Part == "guest"})
	}
	return t
}

// String is a tally as a list keeps it.
func (t Tally) String() string {
	word := func(s string) string { // a computer may write anything where a code belongs
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune("|,:\n", r) {
				return -1
			}
			return r
		}, s)
	}
	var present []string
	for _, a := range t.Present {
		guest := ""
		if a.Guest {
			guest = ":1"
		}
		present = append(present, word(a.Key)+guest)
	}
	return strings.Join([]string{word(t.Station), word(t.Kind), word(t.Type), word(t.Tier), strconv.Itoa(int(t.State)), strconv.Itoa(t.Day),
		strconv.Itoa(t.Citizens), strconv.Itoa(t.Homes), strings.Join(present, ",")}, "|")
}

// tallied is how many parts a tally has as text.
const tallied = 9

// ReadTally reads what String wrote.
func ReadTally(text string) (t Tally, err error) {
	p := strings.SplitN(text, "|", tallied)
	if len(p) < tallied {
		return t, fmt.Errorf("a tally of %d parts", len(p))
	}
	t = Tally{Station: p[0], Kind: p[1], Type: p[2], Tier: p[3]}
	var n [4]int
	for i := range n {
		if n[i], err = strconv.Atoi(p[4+i]); err != nil {
			return t, fmt.Errorf("a tally: %w", err)
		}
	}
	t.State, t.Day, t.Citizens, t.Homes = State(n[0]), n[1], n[2], n[3]
	for each := range strings.SplitSeq(p[8], ",") {
		if key, guest, _ := strings.Cut(each, ":"); key != "" {
			t.Present = append(t.Present, Attended{key, guest != ""})
		}
	}
	return t, nil
}
