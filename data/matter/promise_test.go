package matter

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"lianluo.local/data/journal"
)

// Not satisfied: twice it goes back to whoever handled it, then to the office above, and the city keeps it.
func TestThirdTimeUp(t *testing.T) {
	round := func(at string) []step {
		return []step{{unit: at, do: "answer"}, {unit: point, do: "inform"}, {point, "rate", Move{Result: "unsatisfied", Reason: "没有修", Term: "2027-02-01"}}}
	}
	way := wayTo(InHand, bureau)
	for n, want := range []struct {
		holder string
		state  State
	}{{bureau, Redoing}, {bureau, Redoing}, {city, Escalated}, {city, Escalated}} {
		way = append(way, round(map[bool]string{true: bureau, false: city}[n < 3])...)
		m, _ := walk(t, way...)
		if m.State != want.state || m.Holder != want.holder || m.Redone != n+1 || m.Due < "2027-02-01" || m.Term != "2027-02-01" {
			t.Errorf("after %d times not satisfied: %v with %s, due %s, redone %d", n+1, m.State, m.Holder, m.Due, m.Redone)
		}
	}
}

// A promise to the citizen follows a term that outruns it, so that somebody is asked to tell him, and nothing brings it nearer.
func TestPromiseFollowsTheTerm(t *testing.T) {
	m, rs := walk(t, wayTo(InHand, bureau)...)
	if m.Due != "2026-12-14" || m.Term != "2026-12-04" {
		t.Errorf("due %s, term %s", m.Due, m.Term)
	}
	m, _ = m.Apply(deed(t, bureau, 9, 1, "extend", Move{Term: "2027-03-01", Note: "要等管材"}, nil, rs...))
	if m.Due != "2027-03-01" || m.Term != "2027-03-01" || m.Since != "2026-11-22" {
		t.Errorf("extended: due %s, term %s, since %s", m.Due, m.Term, m.Since)
	}
	if told := m.History[len(m.History)-1].Note; !strings.Contains(told, "答应的 2026-12-14 改到 2027-03-01") {
		t.Errorf("nobody hears that the promise moved: %s", told)
	}
}

// A promise that was reckoned anew is known as such until the citizen was told; whatever an office moved it to stands, in whatever
// order the two come together.
func TestPromiseReckonedAnew(t *testing.T) {
	m, rs := walk(t, wayTo(InHand, bureau)...)
	late := Move{Due: "2026-12-21", Note: "更正了反映时间"}
	next := deed(t, point, 9, 1, "reckon", late, nil, rs...)
	told := fold(t, append(slices.Clip(rs), next)...)
	want := []Moved{{From: "2026-12-14", To: "2026-12-21", On: "2026-11-22", Do: "reckon", Why: "更正了反映时间"}}
	if told.Due != "2026-12-21" || told.Term != m.Term || !reflect.DeepEqual(told.Untold(), want) {
		t.Errorf("due %s, term %s, %+v", told.Due, told.Term, told.Moves)
	}
	if note := told.History[len(told.History)-1].Note; note != "更正了反映时间；回执上答应的 2026-12-14 改到 2026-12-21，请告诉群众" {
		t.Error(note)
	}
	heard := deed(t, point, 9, 2, "inform-term", Move{Way: "phone"}, nil, next)
	if m := fold(t, append(slices.Clip(rs), next, heard)...); len(m.Untold()) > 0 || m.Moves[0].Told != "2026-11-22" {
		t.Errorf("%+v", m.Moves)
	}
	extended := deed(t, bureau, 3, 1, "extend", Move{Term: "2027-03-01", Note: "要等管材"}, nil, rs...)
	for _, way := range [][]journal.Record{{next, extended}, {extended, next}} {
		if m := fold(t, append(slices.Clip(rs), way...)...); m.Due != "2027-03-01" || m.Term != "2027-03-01" || len(m.Conflicts) > 0 {
			t.Errorf("due %s, term %s, %v", m.Due, m.Term, m.Conflicts)
		}
	}
	again := deed(t, point, 4, 1, "reckon", late, nil, rs...) // by the table's other computer
	if m := fold(t, append(slices.Clip(rs), next, again)...); len(m.Moves) != 1 || len(m.Conflicts) > 0 {
		t.Errorf("%+v %v", m.Moves, m.Conflicts)
	}
	stale := deed(t, bureau, 5, 1, "reckon", Move{Term: "2026-12-07", From: "2026-11-30"}, nil, rs...)
	if m := fold(t, append(slices.Clip(rs), stale)...); m.Term != "2026-12-04" {
		t.Errorf("a term that stands no longer was moved to %s", m.Term)
	}
}

// An order that takes the place of another takes back what that made of the promise, unless the citizen was told; what the table put
// right meanwhile stands.
func TestPromiseFallsBackWithItsOrder(t *testing.T) {
	_, rs := walk(t, wayTo(Assigned, bureau)...)
	to := func(term string) Move { return Move{To: []string{"区住建局"}, Term: term} }
	right := Move{Due: "2026-12-18", Note: "更正了反映时间"}
	for name, c := range map[string]struct {
		acts []Move // in turn; "" stands for assign
		dos  []string
		due  string
		note string
	}{
		"a mistyped year":         {[]Move{to("2027-12-04"), to("2026-12-04")}, []string{"", ""}, "2026-12-14", "答应群众的 2027-12-04 改回 2026-12-14"},
		"a nearer one":            {[]Move{to("2027-12-04"), to("2026-12-24")}, []string{"", ""}, "2026-12-24", "答应的 2026-12-14 改到 2026-12-24，请告诉群众"},
		"a further one":           {[]Move{to("2026-12-24"), to("2026-12-28")}, []string{"", ""}, "2026-12-28", "答应的 2026-12-14 改到 2026-12-28，请告诉群众"},
		"he was told":             {[]Move{to("2027-12-04"), {Way: "phone"}, to("2026-12-04")}, []string{"", "inform-term", ""}, "2027-12-04", ""},
		"put right before":        {[]Move{right, to("2027-12-04"), to("2026-12-04")}, []string{"reckon", "", ""}, "2026-12-18", "改回 2026-12-18"},
		"put right in between":    {[]Move{to("2027-12-04"), right, to("2026-12-04")}, []string{"", "reckon", ""}, "2026-12-18", "改到 2026-12-18，请告诉群众"},
		"put right after":         {[]Move{to("2027-12-04"), to("2026-12-04"), right}, []string{"", "", "reckon"}, "2026-12-18", "改到 2026-12-18，请告诉群众"},
		"extended in between":     {[]Move{to("2026-12-24"), {Term: "2027-12-24", Note: "等管材"}, to("2026-12-04")}, []string{"", "extend", ""}, "2026-12-14", "改回 2026-12-14"},
		"a suggestion in between": {[]Move{to("2027-12-04"), {Term: "2026-12-04", Deputies: []string{"李慧敏"}, Suggestion: "1", Title: "排水"}}, []string{"", "suggest"}, "2026-12-14", "改回 2026-12-14"},
	} {
		all := slices.Clip(rs)
		for i, move := range c.acts {
			do, unit := or(c.dos[i], "assign"), bureau
			if do == "reckon" || do == "inform-term" {
				unit = point
			}
			all = append(all, deed(t, unit, 9, uint64(i+1), do, move, nil, all...))
		}
		m := fold(t, all...)
		if m.Due != c.due || !strings.Contains(m.History[len(m.History)-1].Note, c.note) {
			t.Errorf("%s: due %s, %q", name, m.Due, m.History[len(m.History)-1].Note)
		}
		for i, v := range m.Moves {
			if i > 0 && v.From != m.Moves[i-1].To || i == len(m.Moves)-1 && v.To != m.Due || v.From == v.To {
				t.Errorf("%s: %+v", name, m.Moves)
			}
		}
	}
}
