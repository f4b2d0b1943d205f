package command_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/ui/command"
)

// tells gives the lines of a command at a closed home.
func tells(t *testing.T, now time.Time, home string) func(args ...string) []map[string]any {
	return func(args ...string) (list []map[string]any) {
		t.Helper()
		var out, wrong bytes.Buffer
		args = slices.Concat([]string{"--home", home, "--now", now.Format(time.RFC3339), "--json"}, args)
		if code := command.Run(ctx, args, strings.NewReader(""), &out, &wrong); code != 0 {
			t.Fatalf("%v: %d %s", args, code, wrong.String())
		}
		for line := range bytes.Lines(out.Bytes()) {
			one := map[string]any{}
			if err := json.Unmarshal(line, &one); err != nil {
				t.Fatal(err)
			}
			list = append(list, one)
		}
		return list
	}
}

// ended says on which day a matter was settled or removed, 0 for neither.
func ended(m telling) (day int, removed bool) {
	raised, state := dayOf(word(m, "occurred")), whole(m, "state")
	last := func(do string) (day int) {
		for _, h := range lines(m, "history") {
			if word(h, "do") == do {
				day = dayOf(word(h, "at"))
			}
		}
		return max(raised, day)
	}
	atOnce := word(m, "onSpot") == "answered" || word(m, "onSpot") == "resolved"
	switch state {
	case 20:
		return raised, false
	case 80, 81, 82:
		if atOnce && !happened(m, "d") {
			return raised, false
		}
		return max(raised, dayOf(word(m, "ratedOn"))), false
	case 83:
		return max(raised, dayOf(word(m, "ratedOn"))), true
	case 85:
		return last("withdraw"), true
	case 59:
		if word(m, "onSpot") == "out-of-scope" {
			return raised, true
		}
		return last("collate"), true
	}
	return 0, false
}

func happened(m telling, what string) bool {
	return slices.ContainsFunc(lines(m, "happened"), func(h telling) bool { return word(h, "what") == what })
}

// counts is what a matter counts as in some days.
func (l *lists) counts(m telling, in stretch) map[string]float64 {
	n := map[string]float64{}
	say := func(code string, yes bool) {
		if yes {
			n[code]++
		}
	}
	state, raised, due, told := whole(m, "state"), dayOf(word(m, "occurred")), dayOf(word(m, "due")), dayOf(word(m, "told"))
	end, removed := ended(m)
	if raised > in.to {
		return n
	}
	by := min(in.to, l.today)
	over, working := end != 0 && end <= by, state != 20 && state != 59 && state != 80 && state < 82 || state == 71
	spot := (word(m, "onSpot") == "answered" || word(m, "onSpot") == "resolved") && !removed && end == raised && !happened(m, "d")
	say("carried", raised < in.from && (end == 0 || end >= in.from))
	say("open", end == 0 || end > in.to)
	say("moved", removed && in.has(end))
	say("closed", !removed && in.has(end))
	if !removed && in.has(end) && !spot {
		n["handled"]++
		n["daysOf"] += float64(min(end-raised, 3660))
	}
	limit := dayOf(word(m, "limit"))
	say("overdue", working && limit != 0 && limit < by)
	if in.has(raised) {
		history := lines(m, "history")
		people := float64(max(1, whole(m, "people")))
		n["collected"]++
		n["citizens"] += people
		say("late", dayOf(word(history[0], "at")) > in.to)
		say("led", word(m, "leader") != "")
		if word(m, "register") == "reception" && word(m, "session") == "" {
			n["people"] += people
		}
		say("outOfScope", state == 59)
		if state != 59 {
			n["accepted"]++
			say("onSpot", spot)
			say("closedOf", over && !removed)
			answered := over
			for _, h := range lines(m, "happened") {
				answered = answered || slices.Contains(strings.Fields("a t g"), word(h, "what")) && dayOf(word(h, "on")) <= by
			}
			say("responded", answered)
		}
	}
	if in.has(due) && !removed {
		n["due"]++
		say("answeredOf", told != 0 && told <= by)
		say("dueClosed", over)
		say("inTime", over && told != 0 && told <= due)
		say("lateClosed", over && (told == 0 || told > due))
	}
	say("finished", in.has(told))
	say("solved", in.has(told) && (whole(m, "class") == 1 || whole(m, "class") == 2))
	say("promised", state == 81 && in.has(dayOf(word(m, "promiseBy"))))
	awaits := false
	for _, h := range lines(m, "happened") {
		on := dayOf(word(h, "on"))
		what := map[string]string{"a": "assigned", "r": "returned", "t": "answered", "s": "satisfied", "b": "satisfied", "u": "dissatisfied",
			"d": "redone", "g": "suggested", "k": "kept"}[word(h, "what")]
		say(what, in.has(on))
		switch what {
		case "answered":
			awaits = in.has(on)
		case "satisfied", "dissatisfied":
			say("rated", in.has(on))
			say("ratedOf", awaits && on <= in.to)
			awaits = false
		case "kept":
			say("promised", in.has(dayOf(word(h, "by"))))
			say("keptOf", in.has(dayOf(word(h, "by"))) && on <= in.to)
		}
	}
	return n
}

// handed leaves to a department its own of what was handed on and given back, and the rest only to that which has the matter.
func handed(n map[string]float64, m telling, who string, in stretch) map[string]float64 {
	if who != lead(m) {
		n = map[string]float64{}
	}
	delete(n, "assigned")
	delete(n, "returned")
	for _, h := range lines(m, "happened") {
		if word(h, "who") == who && in.has(dayOf(word(h, "on"))) {
			switch word(h, "what") {
			case "a":
				n["assigned"]++
			case "r":
				n["returned"]++
			}
		}
	}
	return n
}

// cells adds up everything, by axes; under "" stands the total.
func (l *lists) cells(in stretch, axes []string) map[string]*cell {
	all := map[string]*cell{}
	at := func(key string) *cell {
		if all[key] == nil {
			all[key] = &cell{map[string]float64{}, map[string]bool{}, map[string]bool{}}
		}
		return all[key]
	}
	// over goes through the cells in which something stands that says where it does on each axis
	over := func(where func(axis string) []place, do func(key string, keys []string, in stretch)) {
		do("total", nil, in)
		if len(axes) == 0 {
			return
		}
		for _, a := range where(axes[0]) {
			if len(axes) == 1 {
				do("="+a.key, []string{a.key}, a.in)
				continue
			}
			for _, b := range where(axes[1]) {
				if in := (stretch{max(a.in.from, b.in.from), min(a.in.to, b.in.to)}); in.from <= in.to {
					do("="+a.key+"|"+b.key, []string{a.key, b.key}, in)
				}
			}
		}
	}
	for _, m := range l.matters {
		if whole(m, "state") == 99 { // entered by mistake
			continue
		}
		over(func(axis string) []place { return l.stands(axis, m, in) }, func(key string, keys []string, in stretch) {
			n := l.counts(m, in)
			if i := slices.Index(axes, "department"); i >= 0 && keys != nil {
				n = handed(n, m, keys[i], in)
			}
			if len(n) == 0 {
				return
			}
			at(key).add(n)
			if n["collected"] > 0 {
				at(key).roots[l.roots[word(m, "id")]] = true
			}
		})
	}
	l.sat(in, axes, over, at)
	for _, p := range l.people {
		stations := many(p, "stations")
		if len(stations) == 0 || len(lines(p, "mandates")) == 0 {
			continue
		}
		at("total").n["seated"]++
		if len(axes) != 1 || axes[0] == "person" {
			continue
		}
		var keys []string
		for _, s := range stations {
			if slices.Contains(placed, axes[0]) {
				keys = append(keys, l.head(axes[0], s.(string)))
			}
		}
		if slices.Contains(personal, axes[0]) {
			keys = l.person(axes[0], word(p, "id"))
		}
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			at("=" + key).n["seated"]++
		}
	}
	for _, c := range all {
		c.n["cases"], c.n["persons"] = float64(len(c.roots)), float64(len(c.who))
		maps.DeleteFunc(c.n, func(_ string, v float64) bool { return v == 0 })
	}
	return all
}

// sat adds up the sessions and who came to them.
func (l *lists) sat(in stretch, axes []string, over func(func(string) []place, func(string, []string, stretch)), cell func(string) *cell) {
	parted := true
	for _, a := range axes {
		parted = parted && (slices.Contains(times, a) || slices.Contains(placed, a) || slices.Contains(personal, a))
	}
	for _, s := range l.sessions {
		held := word(s, "state") == "open" || word(s, "state") == "held"
		day, kind := dayOf(word(s, "day")), word(s, "kind")
		var came []string
		for _, a := range lines(s, "attended") {
			if word(a, "part") != "guest" {
				came = append(came, cmp.Or(word(a, "id"), word(a, "name")))
			}
		}
		stands := func(axis, who string) []place {
			switch {
			case slices.Contains(times, axis):
				return parts(axis, in)
			case slices.Contains(placed, axis):
				return at(in, l.head(axis, word(s, "station")))
			case who != "":
				return at(in, l.person(axis, who)...)
			}
			var keys []string
			for _, who := range came {
				keys = append(keys, l.person(axis, who)...)
			}
			if axis == "tier" && word(s, "tier") != "" {
				keys = append(keys, word(s, "tier"))
			}
			if len(keys) == 0 && axis != "person" {
				keys = []string{""}
			}
			return at(in, keys...)
		}
		over(func(axis string) []place { return stands(axis, "") }, func(key string, keys []string, in stretch) {
			if !in.has(day) || keys != nil && !parted {
				return
			}
			n := map[string]float64{}
			switch {
			case kind == "reception":
				if held || slices.Contains(strings.Fields("planned announced altered cancelled"), word(s, "state")) {
					n["planned"]++
				}
				if word(s, "state") == "cancelled" {
					n["cancelled"]++
				}
				if held {
					n["sessions"]++
					n["people"] += float64(whole(s, "citizens"))
				}
				if word(s, "state") == "held" && whole(s, "citizens") == 0 {
					n["empty"]++
				}
			case kind == "visit" && held:
				n["visits"]++
				n["homes"] += float64(whole(s, "homes"))
			case kind == "activity" && held:
				n["activities"]++
			}
			if len(n) > 0 {
				cell(key).add(n)
			}
		})
		if !held {
			continue
		}
		for _, who := range came {
			over(func(axis string) []place { return stands(axis, who) }, func(key string, keys []string, in stretch) {
				if in.has(day) && (keys == nil || parted) {
					cell(key).add(map[string]float64{map[bool]string{true: "deputies", false: "attended"}[kind == "reception"]: 1})
					cell(key).who[who] = true
				}
			})
		}
	}
}
