package unit

import "slices"

// MostUnits is how many units a thing may concern.
const MostUnits = 64

// Tree says whether units stand above each other, the lowest first: each but the last reports to the first behind it
// that is its parent or lies above it. So the order tells whether a village, too, reports to a township that is among
// them, which stands behind it then. Two stations of one township lie above each other: where both report to their
// county, that stands behind each of them. Nobody goes round.
func Tree(units []string) bool {
	if len(units) == 0 || len(units) > MostUnits {
		return false
	}
	top, over := units[len(units)-1], map[string]string{}
	for i, u := range units {
		if _, known := over[u]; !known {
			over[u] = Over(units[i:], u)
		}
		if i > 0 && u == units[i-1] {
			return false
		}
	}
	for u := range over {
		for range units {
			if over[u] != "" {
				u = over[u]
			}
		}
		if u != top || over[u] != "" {
			return false
		}
	}
	return true
}

// Over gives the unit of a tree that stands next above one, "" for the last and for who is not of the tree.
func Over(units []string, code string) string {
	at := slices.Index(units, code)
	if at < 0 {
		return ""
	}
	for _, u := range units[at+1:] {
		if Parent(code) == u || Above(u, code) {
			return u
		}
	}
	return ""
}

// Under gives the units of a tree that stand next below one, each once.
func Under(units []string, code string) (below []string) {
	for _, u := range units {
		if u != code && Over(units, u) == code && !slices.Contains(below, u) {
			below = append(below, u)
		}
	}
	return below
}

// Beneath says whether one unit of a tree stands below another. Of what is no tree it says something, too.
func Beneath(units []string, code, other string) bool {
	for range units {
		if code = Over(units, code); code == other || code == "" {
			break
		}
	}
	return code != "" && code == other
}

// Join gives a tree that a unit came into, so that it reports to a unit of it ("": all others report to it) and
// everybody else to whom they did. It is not ok where that cannot be, or it would be too many.
func Join(units []string, code, over string) ([]string, bool) {
	if at := slices.Index(units, code); at >= 0 {
		return units, Over(units, code) == over
	}
	if over != "" && !slices.Contains(units, over) {
		return units, false
	}
	for _, come := range [][]string{{code}, {code, over}} { // the second where another of the place stands between
		for i := range len(units) + 1 {
			joined := slices.Concat(units[:i], come, units[i:])
			if Tree(joined) && Over(joined, code) == over && alike(units, joined) {
				return joined, true
			}
		}
	}
	return units, false
}

// With gives a tree into which a station came with all above it that are not there yet; via is what it reports through,
// "" for its county. Who cannot come in stays out.
func With(units []string, station, via string) []string {
	path := Path(station, via)
	for i, over := len(path)-1, ""; i >= 0; i-- {
		if !slices.Contains(units, path[i]) {
			units, _ = Join(units, path[i], over)
		}
		over = path[i]
	}
	return units
}

// Part gives a tree that a unit left, with all that stand below it.
func Part(units []string, code string) []string {
	left := slices.DeleteFunc(slices.Clone(units), func(u string) bool { return u == code || Beneath(units, u, code) })
	for i := 0; i < len(left); i++ { // who stood twice because of it stands once
		if less := slices.Delete(slices.Clone(left), i, i+1); slices.Contains(less, left[i]) && alike(left, less) {
			left = less
			i--
		}
	}
	return left
}

// alike says whether everybody of a tree reports in another one to whom he does in this; the last may have got somebody
// above.
func alike(units, other []string) bool {
	return !slices.ContainsFunc(units, func(u string) bool {
		over := Over(units, u)
		return over != "" && over != Over(other, u)
	})
}

// Alike says whether two trees have the same units, each under the same one, in whatever order.
func Alike(units, other []string) bool {
	if slices.Equal(units, other) {
		return true
	}
	same := func(a, b []string) bool {
		return !slices.ContainsFunc(a, func(u string) bool { return !slices.Contains(b, u) || Over(a, u) != Over(b, u) })
	}
	return same(units, other) && same(other, units)
}

// May says whether a unit may change whom a thing concerns, from one tree to another: who comes and who goes stands
// below it; it may go itself, with all who stand below it; and it may let in the office that it reports to and those
// above that. The owner never goes, and nobody is put under somebody else but by who stands above him. Two stations of
// one township are not below each other, whatever a tree says.
func May(from, to []string, by, owner string) bool {
	if !slices.Contains(from, by) || !slices.Contains(to, owner) || !Tree(to) {
		return false
	}
	below := func(units []string, u string) bool { return Beneath(units, u, by) && !Above(u, by) }
	chief := func(u string) bool { return slices.Contains(Path(by, "")[1:], u) && Beneath(to, by, u) }
	gone := !slices.Contains(to, by)
	for _, u := range from {
		if !slices.Contains(to, u) && u != by && !below(from, u) {
			return false
		}
	}
	for _, u := range to {
		was, is := Over(from, u), Over(to, u)
		switch {
		case gone && Beneath(from, u, by): // not with it
			return false
		case !slices.Contains(from, u):
			if !below(to, u) && !chief(u) {
				return false
			}
		case was != is && (was != "" || !chief(is)) && (u != by || !chief(is) || slices.Contains(from, is)) &&
			(!below(from, u) || !below(to, u)):
			return false
		}
	}
	return true
}
