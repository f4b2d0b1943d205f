package app_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/numbers"
	"lianluo.local/data/unit"
)

// deed is what a traitor does.
type deed struct {
	name string
	who  []string // where he sits
	late bool     // it hurts files that are under way, so it is done when all is said
	do   func(*liar)
}

var (
	enrolled = []string{"station", "county", "alone", "city"}
	anybody  = []string{"station", "county", "folder", "alone", "city"}
)

// acts are bodies that the offices' program writes.
var acts = map[string]string{
	"receive": `{}`, "correct": `{"title":"改了"}`, "void": `{"note":"不要了"}`, "collate": `{"mode":"department","category":"0203","proposal":"x"}`,
	"assign": `{"mode":"department","to":["区住建局"],"term":"2027-12-20"}`, "sign": `{}`, "return": `{"note":"退"}`, "answer": `{"class":1,"answer":"假答复","term":"2027-12-20"}`,
	"escalate": `{"note":"x"}`, "urge": `{"note":"快"}`, "supervise": `{"note":"快"}`, "lead": `{"leader":"某"}`, "inform": `{"way":"phone","date":"2026-11-22"}`, "rate": `{"result":"satisfied"}`,
	"withdraw": `{"note":"撤"}`, "disclose": `{"sealed":[]}`, "reopen": `{"note":"再"}`, "merge": `{"into":""}`, "redo": `{"note":"重"}`, "extend": `{"term":"2028-01-01","note":"x"}`,
	"suggest": `{"title":"x"}`, "reckon": `{"due":"2028-01-01"}`, "vanish": `{}`,
}

var deeds = []deed{
	{"honest words of his own", enrolled, false, func(l *liar) { l.says(l.mine(), l.mine()) }},
	{"first word under another's id", enrolled, false, func(l *liar) {
		m, _ := l.another()
		e := l.mine()
		e.Thing = m.ID
		l.says(e)
	}},
	{"first word under another's id, in a body like its own", enrolled, false, func(l *liar) {
		m, rs := l.another()
		e := l.mine()
		e.Thing, e.Body, e.At = m.ID, rs[0].Body, rs[0].At
		l.says(e)
		l.live(true)
		l.says(l.mine())
	}},
	{"first word under another's id after its own", enrolled, false, func(l *liar) {
		e := l.about("receive", "")
		e.private = matter.Private{Name: "贼"}
		l.says(e)
	}},
	{"act on another's matter", enrolled, false, func(l *liar) {
		for range 3 {
			do := pick(l, keys(acts)...)
			l.says(l.about(do, acts[do]))
		}
	}},
	{"act in another's name", enrolled, false, func(l *liar) {
		for range 3 {
			do := pick(l, keys(acts)...)
			e := l.about(do, acts[do])
			e.Unit = pick(l, apptest.Yuanjia, apptest.County, apptest.City, village)
			e.Level = unit.LevelOf(e.Unit)
			l.says(e)
		}
	}},
	{"act at another's level", enrolled, false, func(l *liar) {
		do := pick(l, keys(acts)...)
		e := l.about(do, acts[do])
		e.Level = pick(l, journal.Station, journal.County, journal.City, "heaven", "")
		l.says(e)
		own := l.mine()
		own.Level = e.Level
		l.says(own)
	}},
	{"another's number", enrolled, false, func(l *liar) {
		m, _ := l.another()
		l.says(l.opening(func(r *matter.Report) { r.Number = m.Number }))
	}},
	{"another's station", enrolled, false, func(l *liar) {
		m, _ := l.another()
		l.says(l.opening(func(r *matter.Report) { r.Station = m.Station }), l.opening(func(r *matter.Report) { r.Station, r.Number = m.Station, numbers.Make(m.Station, 2026, 'P', 99) }))
	}},
	{"another's number taken before", enrolled, false, func(l *liar) {
		l.says(l.opening(func(r *matter.Report) {
			r.Station, r.Number = apptest.Yuanjia, numbers.Make(apptest.Yuanjia, 2026, 'A', 3)
		}))
	}},
	{"another's way", enrolled, false, func(l *liar) {
		l.says(l.opening(func(r *matter.Report) {
			r.Via = pick(l, apptest.Yuanjia, apptest.Fengshan, neighbour, "x", apptest.City)
		}))
	}},
	{"depth without measure", enrolled, false, func(l *liar) {
		for _, depth := range []int{math.MaxInt64, 1 << 40, 7, 2} {
			e := l.mine()
			e.Depth = depth
			l.says(e)
			other := l.about("lead", acts["lead"])
			other.Depth = depth
			l.says(other)
		}
	}},
	{"depth without measure on rules and pulses", enrolled, false, func(l *liar) {
		for _, thing := range []string{"rules " + apptest.County, "pulse " + apptest.County, "pulse " + apptest.Yuanjia, "rules " + apptest.City, "pulse " + apptest.City} {
			e := l.mine()
			e.Thing, e.Depth, e.private, e.Body = thing, pick(l, math.MaxInt64, math.MaxInt64-1, 1<<62), nil, json.RawMessage(`{"text":"{}"}`)
			e.Kind, e.Do = strings.Fields(thing)[0], pick(l, "profile.json", "here", "holidays.csv")
			l.says(e)
		}
	}},
	{"depth below one", enrolled, false, func(l *liar) {
		e := l.mine()
		e.Depth = pick(l, 0, -1, math.MinInt64)
		l.says(e)
	}},
	{"rules of others", enrolled, false, func(l *liar) {
		for _, code := range []string{apptest.County, apptest.City, apptest.Yuanjia} {
			for _, rule := range [][2]string{{"profile.json", `{"terms":{"sort":1}}`}, {"holidays.csv", "2026-11-25,休\n"}} {
				e := l.mine()
				body, _ := json.Marshal(map[string]string{"text": rule[1]})
				e.Thing, e.Kind, e.Do, e.private, e.Body = "rules "+code, "rules", rule[0], nil, body
				l.says(e)
				e.Unit, e.Level = code, unit.LevelOf(code)
				l.says(e)
			}
		}
	}},
	{"pulses of others", enrolled, false, func(l *liar) {
		for _, code := range []string{apptest.County, apptest.City, apptest.Yuanjia, apptest.Fengshan, village} {
			e := l.mine()
			e.Thing, e.Kind, e.Do, e.private, e.Body = "pulse "+code, "pulse", "here", nil, nil
			l.says(e)
			e.Unit, e.Level = code, unit.LevelOf(code)
			l.says(e)
		}
	}},
	{"kinds and things that do not belong together", enrolled, false, func(l *liar) {
		m, _ := l.another()
		for range 4 {
			e := l.mine()
			e.Kind, e.Thing = pick(l, "rules", "pulse", "matter", "visit", "keepsake"), pick(l, m.ID, "rules "+apptest.County, "pulse "+apptest.Yuanjia, "keepsake "+apptest.Yuanjia, "matter", "rules", " ", "../x")
			l.says(e)
		}
	}},
	{"parents that never come", enrolled, false, func(l *liar) {
		e := l.mine()
		e.Seen, e.Depth = []journal.ID{{Replica: journal.Replica{1}, Incarnation: 1, Seq: 9}}, 2
		other := l.about("lead", acts["lead"])
		other.Seen = append(other.Seen, journal.ID{Replica: l.self.Replica, Incarnation: 1 << 30, Seq: 5})
		l.says(e, other)
	}},
	{"parents in a ring", enrolled, false, func(l *liar) {
		e, f := l.mine(), l.mine()
		next := l.self
		f.Thing, e.Depth, f.Depth = e.Thing, 2, 2
		next.Seq++
		f.Seen = []journal.ID{next}
		next.Seq++
		e.Seen = []journal.ID{next}
		l.says(e, f)
		g := l.mine() // of itself
		next.Seq++
		g.Seen = []journal.ID{next}
		l.says(g)
	}},
	{"parents of other things", enrolled, false, func(l *liar) {
		_, rs := l.another()
		e := l.mine()
		e.Seen, e.Depth = journal.Heads(rs)
		l.says(e)
	}},
	{"parents without number", enrolled, false, func(l *liar) {
		e := l.mine()
		for i := range 5000 {
			e.Seen = append(e.Seen, journal.ID{Replica: journal.Replica{1}, Incarnation: 1, Seq: uint64(i + 1)})
		}
		l.says(e)
	}},
	{"kinds that nobody knows, with an envelope for all", enrolled, false, func(l *liar) {
		m, _ := l.another()
		for _, thing := range []string{m.ID, "01bbbbbb-bbbb-7bbb-8bbb-000000000001", "visit " + apptest.Yuanjia} {
			e := l.mine()
			e.Kind, e.Do, e.Thing, e.extra = "visit", "plan", thing, l.envelope()
			l.says(e)
		}
	}},
	{"envelopes for everybody", enrolled, false, func(l *liar) {
		for range 4 {
			e := l.mine()
			e.extra = l.envelope()
			other := l.about("lead", acts["lead"])
			other.extra = l.envelope()
			l.says(e, other)
		}
	}},
	{"another's id in an envelope for himself", enrolled, false, func(l *liar) {
		m, _ := l.another()
		e := l.mine()
		e.Thing, e.extra = m.ID, fmt.Sprintf(`"envelope":{"way":"path","audience":[%q,%q,%q],"privy":[%q],"born":"%032x"}`, l.unit, apptest.County, apptest.City, l.unit, 7)
		l.says(e)
		l.live(true)
		l.says(l.mine())
	}},
	{"a program of the future", enrolled, false, func(l *liar) {
		e, other := l.mine(), l.about("correct", acts["correct"])
		e.Schema, other.Schema = pick(l, 2, math.MaxInt64, 0, -5), pick(l, 2, 1<<40)
		l.says(e, other)
	}},
	{"times far off", enrolled, false, func(l *liar) {
		for _, at := range []time.Time{{}, time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), l.w.Now.AddDate(3, 0, 0)} {
			e := l.opening(func(r *matter.Report) { r.Occurred = at })
			e.At = at
			l.says(e)
		}
	}},
	{"odd bodies", enrolled, false, func(l *liar) {
		for _, body := range []string{"null", "[]", `"x"`, "7", "1e400", `{"number":{}}`, strings.Repeat("[", 9000) + strings.Repeat("]", 9000), `{"a":"\u0000\u202e"}`,
			`{"Title":"大小写","title":"x","TITLE":"y"}`} {
			e, other := l.mine(), l.about(pick(l, keys(acts)...), body)
			e.Body = json.RawMessage(body)
			l.says(e, other)
		}
	}},
	{"huge bodies", enrolled, false, func(l *liar) {
		e := l.opening(func(r *matter.Report) { r.Title = strings.Repeat("长", 300_000) })
		f := l.mine()
		f.private = matter.Private{Words: strings.Repeat("长", 400_000)}
		l.says(e, f)
	}},
	{"odd private parts", enrolled, false, func(l *liar) {
		e := l.mine()
		e.private = pick[any](l, 7, []int{1}, map[string]any{"name": 7}, "x", map[string]any{"sealed": []any{map[string]any{"entry": "x"}}})
		r, f := l.seal(e), l.mine()
		sum := journal.Hash{1}
		f.private, f.Private = nil, &sum // one that is not there
		l.passes(r, l.seal(f))
		g := l.seal(l.mine())
		g.Secret = r.Secret // another's
		l.passes(g)
	}},
	{"words that he fetched from others", enrolled, false, func(l *liar) {
		_, rs := l.another()
		l.passes(rs...)
	}},
	{"words of others, altered", enrolled, false, func(l *liar) {
		_, rs := l.another()
		r := rs[0]
		e := entry{Entry: r.Entry, own: true}
		e.Body = json.RawMessage(strings.Replace(string(r.Body), `"people":1`, `"people":9`, 1))
		l.passes(l.seal(e)) // signed by himself
		e.sign = func([]byte) ([]byte, error) { return r.Signature, nil }
		l.passes(l.seal(e))
		e.sign = func([]byte) ([]byte, error) { return nil, nil }
		l.passes(l.seal(e))
	}},
	{"words in the place of others", enrolled, false, func(l *liar) {
		for _, o := range l.all {
			if o == l.home {
				continue
			}
			e := l.mine()
			e.own, e.ID = true, o.Store.Self()
			e.ID.Seq = second2(o.Store.Head(ctx)) + uint64(l.dice.IntN(2))
			e.ID.Seq = max(e.ID.Seq, 1)
			e.Unit = pick(l, l.unit, o.Settings.Unit)
			l.passes(l.seal(e))
		}
	}},
	{"two words in one place", enrolled, false, func(l *liar) {
		e := l.seal(l.mine())
		l.self.Seq--
		l.passes(e, l.seal(l.mine()))
		l.live(true)
		l.passes(l.seal(l.mine()))
	}},
	{"a broken chain", enrolled, false, func(l *liar) {
		l.self.Seq += pick(l, 5, uint64(1)<<40, uint64(1)<<62)
		l.prev = journal.Hash{9}
		l.says(l.mine(), l.mine())
	}},
	{"lives without end", enrolled, false, func(l *liar) {
		for range 6 {
			l.live(true)
			l.says(l.mine())
		}
		l.self, l.prev, l.to = journal.ID{Replica: l.self.Replica, Incarnation: math.MaxUint32}, journal.Hash{}, nil
		l.live(false)
		l.self.Incarnation = math.MaxUint32
		l.says(l.mine())
	}},
	{"merged into another's", enrolled, false, func(l *liar) {
		m, _ := l.another()
		e := l.mine()
		first := l.seal(e)
		f := l.mine()
		f.Thing, f.Do, f.private, f.Body = e.Thing, "merge", nil, fmt.Appendf(nil, `{"into":%q}`, m.ID)
		f.Seen, f.Depth = []journal.ID{first.ID}, 2
		l.passes(first, l.seal(f))
	}},
	{"confidence lifted in another's name", enrolled, false, func(l *liar) {
		for range 3 {
			e := l.about(pick(l, "correct", "disclose"), pick(l, `{"confidential":false}`, `{"sealed":[]}`))
			e.Unit = pick(l, apptest.Yuanjia, apptest.Fengshan, village)
			e.Level, e.Envelope = unit.LevelOf(e.Unit), nil
			e.extra = fmt.Sprintf(`"envelope":{"way":"path","audience":[%q,%q,%q],"privy":[%q,%q,%q]}`, e.Unit, e.Unit[:6]+"000000", apptest.City, e.Unit[:6]+"000000", apptest.City, l.unit)
			l.says(e)
		}
		l.heads(l.acks(0, journal.Hash{}))
	}},
	{"anything", enrolled, false, func(l *liar) {
		for range 8 {
			l.says(l.anything())
		}
	}},
}

// keys are those of a table, in order.
func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// opening is his first word, changed.
func (l *liar) opening(change func(*matter.Report)) entry {
	e := l.mine()
	var o matter.Opening
	l.w.Must(json.Unmarshal(e.Body, &o))
	change(&o.Report)
	b, err := json.Marshal(o)
	l.w.Must(err)
	e.Body = b
	return e
}

// envelope is one that nobody should write.
func (l *liar) envelope() string {
	units := []string{l.unit, apptest.Yuanjia, apptest.Fengshan, apptest.County, apptest.City, neighbour, village, "", "x", thief}
	var audience, privy []string
	for range l.dice.IntN(6) {
		audience, privy = append(audience, pick(l, units...)), append(privy, pick(l, units...))
	}
	if l.dice.IntN(5) == 0 {
		for i := range 3000 {
			audience = append(audience, fmt.Sprintf("1411%08d", i))
		}
	}
	b, err := json.Marshal(map[string]any{"way": pick(l, "path", "up", "below", "sideways", ""), "audience": audience, "privy": privy, "born": pick(l, strings.Repeat("0", 32), "", "zz")})
	l.w.Must(err)
	return `"envelope":` + string(b)
}

// anything is an entry each of whose members may be wrong.
func (l *liar) anything() entry {
	m, rs := l.another()
	do := pick(l, keys(acts)...)
	e := l.mine()
	if l.dice.IntN(2) == 0 {
		e.Body = json.RawMessage(acts[do])
	}
	may := func(change func()) {
		if l.dice.IntN(3) == 0 {
			change()
		}
	}
	e.Do = do
	may(func() { e.Thing = pick(l, m.ID, m.ID, "rules "+apptest.County, "pulse "+apptest.Yuanjia, "x") })
	may(func() { e.Kind = pick(l, "rules", "pulse", "visit", "matter", "keepsake") })
	may(func() { e.Schema = pick(l, 0, 2, -1, 1<<40) })
	may(func() { e.Seen, e.Depth = journal.Heads(rs) })
	may(func() { e.Seen = []journal.ID{pick(l, rs...).ID} })
	may(func() { e.Depth = pick(l, 1, 2, 3, 1<<40, math.MaxInt64) })
	may(func() {
		e.Unit = pick(l, apptest.Yuanjia, apptest.County, apptest.City, village, neighbour, "141102002009", "x")
	})
	may(func() { e.Level = pick(l, journal.Station, journal.County, journal.City) })
	may(func() { e.private = pick[any](l, nil, matter.Private{Name: "贼"}, []int{}) })
	may(func() { e.extra = l.envelope() })
	may(func() { e.Body = rs[0].Body })
	may(func() { e.By = pick(l, "", strings.Repeat("长", 9000), "\x1b[2J\n") })
	return e
}
