package matter

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lianluo.local/data/journal"
	"lianluo.local/data/thing"
)

var update = flag.Bool("update", false, "write testdata/table.txt anew")

// said is what each act says when nothing else is asked for.
var said = map[string]Move{
	"collate": {Mode: "department", Term: "2026-11-27"}, "merge": {Into: "another", IntoNumber: "02-002003-26-A0001-X"},
	"assign": {To: []string{"区住建局", "区水利局"}, Term: "2026-12-04"}, "sign": {}, "return": {Note: "不归我们管"},
	"extend": {Term: "2027-03-01", Note: "要等管材"}, "answer": {Class: 1, Answer: "管道已疏通", Minutes: "议定先疏通", Term: "2026-12-09"},
	"escalate": {Note: "涉及两个县"}, "suggest": {Suggestion: "s1", Title: "关于七巷排水的建议", Deputies: []string{"李慧敏"}, Congress: "county", Term: "2027-02-21"},
	"urge": {Term: "2026-12-10"}, "supervise": {Term: "2026-12-10"}, "lead": {Leader: "市领导甲"}, "inform-deputy": {Way: "phone"},
	"inform": {Way: "visit", Term: "2026-12-30"}, "rate": {Attitude: "satisfied", Result: "basically"}, "redo": {Note: "又积水了", Term: "2027-01-10"},
	"withdraw": {Note: "自己解决了"}, "reckon": {Due: "2026-12-21", Note: "更正了反映时间"}, "inform-term": {Way: "phone"},
	"decline": {Who: "李慧敏", Reason: "出差"}, "know": {Persons: Persons{"李慧敏": "p1"}},
	"offer": {Who: "李慧敏", Term: "2026-11-26"}, "accept": {Who: "李慧敏"}, "session": {Session: "s1"},
	"pass":   {Who: "李慧敏", Deputies: []string{"王建国"}, Term: "2026-11-26"},
	"redact": {Reason: "term"},
	"reopen": {Note: "又来反映", Due: "2026-12-21", Term: "2026-11-30"},
}

// words gives the body of an act.
func list(do string) any {
	switch do {
	case "receive":
		r := report("register")
		r.Via = township
		return Opening{Report: r, Term: "2026-11-27"}
	case "correct":
		return set{"title": "七巷排水"}
	case "void":
		return set{"note": "登记重了"}
	case "carry":
		return Carry{Set: []byte(`{"title":"七巷排水"}`)}
	}
	return said[do]
}

// step is one act on a way to a state; a Move without words says the usual.
type step struct {
	unit, do string
	Move
}

// walk goes a way from the first entry on.
func walk(t *testing.T, way ...step) (m Matter, rs []journal.Record) {
	t.Helper()
	for i, s := range way {
		body := list(s.do)
		if !reflect.DeepEqual(s.Move, Move{}) {
			body = s.Move
		}
		r := deed(t, s.unit, 1, uint64(i+1), s.do, body, nil, rs...)
		next, err := m.Apply(r)
		if err != nil {
			t.Fatalf("step %d %s by %s in %v: %v", i+1, s.do, s.unit, m.State, err)
		}
		m, rs = next, append(rs, r)
	}
	return m, rs
}

// wayTo gives a way to a state with a unit that has it to handle.
func wayTo(s State, at string) []step {
	first := []step{{unit: point, do: "receive"}}
	sorted := append([]step{}, first[0], step{unit: point, do: "collate"})
	for _, up := range []struct{ from, to string }{{point, township}, {township, bureau}, {bureau, city}} {
		if at == up.to || at == city || at == bureau && up.to == township {
			sorted = append(sorted, step{unit: up.from, do: "escalate"})
		}
	}
	then := func(way []step, more ...step) []step { return append(slices.Clip(way), more...) }
	assigned := then(sorted, step{unit: at, do: "assign"})
	replied := then(assigned, step{unit: at, do: "sign"}, step{unit: at, do: "answer"})
	told := then(replied, step{unit: point, do: "inform"})
	rated := func(m Move) []step { return then(told, step{point, "rate", m}) }
	lost := then(replied, step{point, "inform", Move{Way: "unreachable"}})
	switch s {
	case Registered:
		return first
	case Collated:
		return then(sorted, step{unit: at, do: "collate"})
	case Merged:
		return then(sorted, step{unit: at, do: "merge"})
	case Guiding:
		return then(sorted, step{at, "assign", Move{Mode: "guide", Deputies: []string{"李慧敏"}}})
	case Consulting:
		return then(sorted, step{at, "assign", Move{Mode: "consult", Deputies: []string{"李慧敏", "王建国"}}})
	case Assigned:
		return assigned
	case Suggested:
		return then(sorted, step{unit: at, do: "suggest"})
	case Escalated:
		return sorted
	case InHand:
		return then(assigned, step{unit: at, do: "sign"})
	case Returned:
		return then(assigned, step{unit: at, do: "return"})
	case Replied:
		return replied
	case ToldDeputy:
		return then(replied, step{unit: point, do: "inform-deputy"})
	case Told:
		return told
	case Unreached:
		return lost
	case Redoing:
		return rated(Move{Result: "unsatisfied", Reason: "没有修"})
	case Closed:
		return rated(Move{})
	case Promised:
		return then(assigned, step{at, "answer", Move{Class: 4, Answer: "明年修", Promise: "列入明年计划", PromiseBy: "2027-06-30"}}, step{unit: point, do: "inform"}, step{unit: point, do: "rate"})
	case Unrated:
		return rated(Move{Result: "unrated"})
	case Lost:
		return then(lost, step{point, "rate", Move{Result: "unreachable"}})
	case Withdrawn:
		return then(sorted, step{unit: point, do: "withdraw"})
	case Void:
		return then(first, step{unit: point, do: "void"})
	}
	return nil
}

// reach gives a matter in a state and the entries that led there.
func reach(t *testing.T, s State, at string) (Matter, []journal.Record) {
	t.Helper()
	if onSpot := map[State]string{Answered: "answered", Guided: "out-of-scope"}[s]; onSpot != "" {
		r := deed(t, point, 1, 1, "receive", report(onSpot), nil)
		return fold(t, r), []journal.Record{r}
	}
	m, rs := walk(t, wayTo(s, at)...)
	if m.State != s {
		t.Fatalf("reached %v instead of %v", m.State, s)
	}
	return m, rs
}

// The whole table, walked: every state, held by the point, the county and the city, with every act by every level. What may
// follow stands in testdata/table.txt for people to read; all else must be refused for the right reason and change nothing.
func TestWhatMayFollowWhat(t *testing.T) {
	var out strings.Builder
	out.WriteString("# state, who has it to handle, act: who may do it and what then holds. Everything else is refused.\n")
	units := []struct{ unit, name string }{{point, "point"}, {township, "station"}, {bureau, "county"}, {city, "city"}}
	covered := map[string]bool{}
	for _, s := range append([]State{None}, Choose(func(State) bool { return true })...) {
		holders := units
		if s == None || s == Registered || s == Answered || s == Guided || s == Void {
			holders = units[:1]
		}
		if s == Escalated {
			holders = units[1:]
		}
		for _, at := range holders {
			before, rs := reach(t, s, at.unit)
			if s != None && before.Holder != at.unit && s != Answered && s != Guided {
				t.Fatalf("%v is held by %s instead of %s", s, before.Holder, at.unit)
			}
			for _, act := range Acts {
				var may []string
				body := list(act.Code)
				if before.Into != "" && act.Code == "merge" {
					body = Move{} // parts what was merged
				}
				before := before
				if act.Code == "accept" || act.Code == "pass" {
					before.Offers = []Offer{{Who: "李慧敏"}}
				}
				if act.Code == "inform-term" {
					before.Moves = []Moved{{From: "2026-12-14", To: "2026-12-21"}}
				}
				for _, by := range units {
					r := deed(t, by.unit, 9, 1, act.Code, body, nil, rs...)
					after, err := before.Apply(r)
					if allowed := before.May(act.Code, by.unit); err == nil && !allowed {
						t.Errorf("%s by %s in %v is done though it may not be", act.Code, by.name, s)
					}
					if err == nil {
						if !slices.ContainsFunc(rules, func(r rule) bool {
							return r.Do == act.Code && (slices.Contains(r.To, after.State) || r.To[0] == same && after.State == s)
						}) {
							t.Errorf("%s in %v leads to %v, which its rows do not name", act.Code, s, after.State)
						}
						for _, f := range after.Trail[len(after.Trail)-1].Fields {
							if name := thing.Told(Kind.Names(&after, f), nil); name == "" || strings.ContainsAny(name, "abcdefghijklmnopqrstuvwxyz") {
								t.Errorf("what %s writes is called %q", act.Code, name)
							}
						}
						may = append(may, fmt.Sprintf("%s→%d %v", by.name, after.State, after.State))
						if last := after.History[len(after.History)-1]; last.Do != act.Code || len(after.History) != len(before.History)+1 {
							t.Errorf("%s in %v is not in the history: %+v", act.Code, s, after.History)
						}
						continue
					}
					if !errors.Is(err, thing.ErrNotYours) && !errors.Is(err, thing.ErrNotNow) {
						t.Errorf("%s by %s in %v: %v", act.Code, by.name, s, err)
					}
					if !reflect.DeepEqual(before, after) {
						t.Errorf("refused %s by %s in %v changed the matter", act.Code, by.name, s)
					}
				}
				r := deed(t, "141121103200D1-2", 9, 1, act.Code, list(act.Code), nil, rs...)
				if _, err := before.Apply(r); s != None && !errors.Is(err, thing.ErrNotYours) {
					t.Errorf("%s by a stranger in %v: %v", act.Code, s, err)
				}
				if may != nil {
					covered[act.Code] = true
					fmt.Fprintf(&out, "%d %v, %s: %s %s: %s\n", s, s, at.name, act.Code, act.Name, strings.Join(may, "  "))
				}
			}
		}
	}
	for _, r := range rules {
		if !covered[r.Do] {
			t.Errorf("%s is never allowed", r.Do)
		}
	}
	const file = "testdata/table.txt"
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != out.String() {
		t.Errorf("what may follow what is no longer as in %s (%v)", file, err)
	}
}

// What the table cannot show: acts that depend on what was said.
func TestGuards(t *testing.T) {
	urgent := report("register")
	urgent.Urgency, urgent.Via = "urgent", township
	sealed := set{"answer": "管道已疏通"}
	guided := []step{{unit: point, do: "receive"}, {unit: point, do: "collate"}, {point, "assign", Move{Mode: "guide", Deputies: []string{"李慧敏"}}}}
	consulted := append([]step{}, append(guided[:2:2], step{point, "assign", Move{Mode: "consult", Deputies: []string{"李慧敏", "王建国"}}})...)
	inHand := wayTo(InHand, bureau)
	for name, c := range map[string]struct {
		way  []step
		unit string
		do   string
		body any
		priv any
		want error
	}{
		"an answer without a class":          {inHand, bureau, "answer", Move{Answer: "好了"}, nil, thing.ErrBody},
		"an answer of class 9":               {inHand, bureau, "answer", Move{Answer: "好了", Class: 9}, nil, thing.ErrBody},
		"an answer without words":            {inHand, bureau, "answer", Move{Class: 1}, nil, thing.ErrBody},
		"an answer with sealed words":        {inHand, bureau, "answer", Move{Class: 1}, sealed, nil},
		"a return without a reason":          {inHand, bureau, "return", Move{}, nil, thing.ErrBody},
		"an extension without a reason":      {inHand, bureau, "extend", Move{Term: "2027-03-01"}, nil, thing.ErrBody},
		"an extension backwards":             {inHand, bureau, "extend", Move{Term: "2026-12-01", Note: "x"}, nil, thing.ErrBody},
		"a second extension":                 {append(inHand[:len(inHand):len(inHand)], step{unit: bureau, do: "extend"}), bureau, "extend", Move{Term: "2027-04-01", Note: "x"}, nil, thing.ErrNotNow},
		"no department":                      {wayTo(Collated, point), point, "assign", Move{Mode: "department"}, nil, thing.ErrBody},
		"guidance by nobody":                 {guided[:2], point, "assign", Move{Mode: "guide"}, nil, thing.ErrBody},
		"consultation of one":                {guided[:2], point, "assign", Move{Mode: "consult", Deputies: []string{"李慧敏"}}, nil, thing.ErrBody},
		"consultation without minutes":       {consulted, point, "answer", Move{Class: 1, Answer: "说好了"}, nil, thing.ErrBody},
		"a suggestion of nobody":             {guided[:2], point, "suggest", Move{Suggestion: "s", Title: "t"}, nil, thing.ErrBody},
		"merged with itself":                 {guided[:2], point, "merge", Move{Into: matterID}, nil, thing.ErrBody},
		"parted without having been merged":  {guided[:2], point, "merge", Move{}, nil, thing.ErrNotNow},
		"over a level, not urgent":           {guided[:2], point, "escalate", Move{Unit: bureau}, nil, thing.ErrNotNow},
		"to a unit beside":                   {guided[:2], point, "escalate", Move{Unit: "141121000000"}, nil, thing.ErrNotNow},
		"before it is sorted, not urgent":    {guided[:1], point, "escalate", Move{}, nil, thing.ErrNotNow},
		"a leader without a name":            {guided, point, "lead", Move{}, nil, thing.ErrBody},
		"a rating of nothing":                {wayTo(Told, point), point, "rate", Move{}, nil, thing.ErrBody},
		"a score of six":                     {wayTo(Told, point), point, "rate", Move{Result: "satisfied", Score: 6}, nil, thing.ErrBody},
		"unreachable though told":            {wayTo(Told, point), point, "rate", Move{Result: "unreachable"}, nil, thing.ErrNotNow},
		"rated though never reached":         {wayTo(Unreached, point), point, "rate", Move{Result: "satisfied"}, nil, thing.ErrNotNow},
		"not rated for a second time":        {wayTo(Unrated, point), point, "rate", Move{Result: "unrated"}, nil, thing.ErrNotNow},
		"opened again without a reason":      {wayTo(Closed, point), point, "redo", Move{}, nil, thing.ErrBody},
		"taken up anew without a reason":     {wayTo(Withdrawn, point), point, "reopen", Move{Due: "2026-12-21"}, nil, thing.ErrBody},
		"told of a promise that stands":      {inHand, point, "inform-term", Move{Way: "phone"}, nil, thing.ErrNotNow},
		"declined by nobody":                 {guided, point, "decline", Move{Reason: "出差"}, nil, thing.ErrBody},
		"declined without a reason":          {guided, point, "decline", Move{Who: "李慧敏"}, nil, thing.ErrBody},
		"declined for a sealed reason":       {guided, point, "decline", Move{Who: "李慧敏"}, set{"reason": "出差"}, nil},
		"nobody is known":                    {guided, point, "know", Move{}, nil, thing.ErrBody},
		"withdrawn without a reason":         {guided, point, "withdraw", Move{}, nil, thing.ErrBody},
		"redone by nobody who had it":        {append(wayTo(Collated, point), step{unit: point, do: "answer"}, step{unit: point, do: "inform"}, step{point, "rate", Move{Result: "unsatisfied", Reason: "没有修"}}), point, "redo", Move{}, nil, thing.ErrNotNow},
		"the answer of another's department": {inHand, point, "answer", Move{Class: 1, Answer: "好了"}, nil, thing.ErrNotYours},
		"the rating by the county":           {wayTo(Told, bureau), bureau, "rate", Move{Result: "satisfied"}, nil, thing.ErrNotYours},
	} {
		m, rs := walk(t, c.way...)
		after, err := m.Apply(deed(t, c.unit, 9, 1, c.do, c.body, c.priv, rs...))
		if !errors.Is(err, c.want) || c.want != nil && !reflect.DeepEqual(m, after) {
			t.Errorf("%s: %v %v", name, after.State, err)
		}
	}
	r := deed(t, point, 1, 1, "receive", Opening{Report: urgent}, nil)
	m := fold(t, r, deed(t, point, 1, 2, "escalate", Move{Unit: bureau, Note: "房子要塌"}, nil, r))
	if m.State != Escalated || m.Holder != bureau {
		t.Errorf("what is urgent went to %s, %v", m.Holder, m.State)
	}
}

// What was taken back is taken up as though it came in today; what was done before stays in the history only.
func TestTakenUpAnew(t *testing.T) {
	for _, s := range []State{Withdrawn, Void, Guided} {
		m, rs := reach(t, s, bureau)
		if s == Guided {
			m, rs = reach(t, s, point)
		}
		m = fold(t, append(slices.Clip(rs), deed(t, point, 9, 1, "reopen", said["reopen"], nil, rs...))...)
		if m.State != Registered || m.Holder != point || m.Due != "2026-12-21" || m.Term != "2026-11-30" || m.Class != 0 || m.OnSpot != "register" ||
			m.Units != nil || len(m.Untold()) > 0 {
			t.Errorf("%v: %v with %s, due %s, %+v", s, m.State, m.Holder, m.Due, m.Handling)
		}
	}
}

// What was at its end and was voided by mistake stands there again, with all that was done; it may be handled again from there.
func TestVoidedByMistake(t *testing.T) {
	for _, s := range []State{Answered, Closed, Promised, Unrated, Lost} {
		m, rs := reach(t, s, point)
		void := deed(t, point, 9, 1, "void", list("void"), nil, rs...)
		again := deed(t, point, 9, 2, "reopen", list("reopen"), nil, void)
		got := fold(t, append(slices.Clip(rs), void, again)...)
		if got.State != s || !reflect.DeepEqual(got.Handling, m.Handling) || !reflect.DeepEqual(got.Report, m.Report) {
			t.Errorf("%v came back as %v\n%+v\n%+v", s, got.State, m.Handling, got.Handling)
		}
		if _, err := got.Apply(deed(t, point, 9, 3, "redo", list("redo"), nil, again)); err != nil {
			t.Errorf("%v: %v", s, err)
		}
	}
}

// What a confidential matter's offices say travels sealed: a level that was not given it folds the same open matter.
func TestSealedWords(t *testing.T) {
	m, rs := walk(t, wayTo(InHand, bureau)...)
	r := deed(t, bureau, 9, 1, "answer", Move{Class: 1, Term: "2026-12-09"}, Move{Answer: "已谈话提醒"}, rs...)
	told, err := m.Apply(r)
	if err != nil || told.Answer != "" || len(told.Sealed) != 1 || told.Sealed[0].Answer != "已谈话提醒" || strings.Contains(fmt.Sprint(told.History), "谈话") {
		t.Fatalf("%v %+v", err, told.Sealed)
	}
	bare, err := journal.Open(r.Core, nil)
	if err != nil {
		t.Fatal(err)
	}
	other, err := m.Apply(bare)
	if err != nil || !reflect.DeepEqual(other.Handling, told.Handling) || other.Known() != m.Known() {
		t.Errorf("%v %+v", err, other)
	}
}
