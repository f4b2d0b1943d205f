package turn

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianluo.local/data/person"
	"lianluo.local/data/thing"
)

// deputy is somebody in office, grouped to stations.
func deputy(id string, stations ...string) person.Person {
	p := person.Person{Base: thing.Base{ID: id}, Facts: person.Facts{Name: "代表" + id}, State: person.Here,
		Mandates: []person.Mandate{{Level: "county", Congress: "十四届", Standing: "office"}}}
	for _, s := range stations {
		p.Seats = append(p.Seats, person.Seat{Station: s})
	}
	return p
}

func with(p person.Person, change func(*person.Person)) person.Person { change(&p); return p }

func evening(station, day string, fields ...string) Evening {
	return Evening{Station: station, Day: day, From: "19:30", To: "21:00", Seats: 1, Fields: fields}
}

// Whose turn it is, each reason for itself, and in what words it is told.
func TestWhoseTurn(t *testing.T) {
	sat := func(id, day string) Sat { return Sat{id, day, "19:30", "21:00", true} }
	a, b := deputy("a", "S"), deputy("b", "S")
	rests := func(p *person.Person) { p.Mandates = []person.Mandate{{Level: "county", Standing: "suspended"}} }
	ended := func(p *person.Person) { p.Mandates = []person.Mandate{{Level: "county", Standing: "ended"}} }
	leave := func(p *person.Person) { p.Leaves = []person.Leave{{From: "2027-04-01", To: "2027-04-12"}} }
	tills := func(p *person.Person) { p.Fields = []string{"农业组"} }
	for _, c := range []struct {
		name   string
		people []person.Person
		taken  []Sat
		want   string
	}{
		{"名册次序", []person.Person{b, a}, nil, "a 今年还没有"},
		{"级别高的在前", []person.Person{a, with(b, func(p *person.Person) { p.Mandates = []person.Mandate{{Level: "city", Standing: "office"}} })}, nil, "b 今年还没有"},
		{"今年最少", []person.Person{a, b}, []Sat{sat("a", "2027-01-12"), sat("a", "2027-02-12"), sat("b", "2027-03-12")}, "b 今年 1 次，1 个月前"},
		{"隔得最久", []person.Person{a, b}, []Sat{sat("a", "2027-03-12"), sat("b", "2027-01-12")}, "b 今年 1 次，3 个月前"},
		{"去年的不算今年", []person.Person{a, b}, []Sat{sat("a", "2026-11-12"), sat("b", "2026-12-12")}, "a 今年还没有，5 个月前"},
		{"后面排了的也算", []person.Person{a, b}, []Sat{sat("a", "2027-10-12")}, "b 今年还没有"},
		{"对口", []person.Person{a, with(b, tills)}, nil, "b 今年还没有，农业组"},
		{"次数比对口要紧", []person.Person{a, with(b, tills)}, []Sat{sat("b", "2027-01-12")}, "a 今年还没有"},
		{"暂停的", []person.Person{with(a, rests), b}, nil, "b 今年还没有"},
		{"终止的", []person.Person{with(a, ended), b}, nil, "b 今年还没有"},
		{"请假的", []person.Person{with(a, leave), b}, nil, "b 今年还没有"},
		{"那时在别处", []person.Person{a, b}, []Sat{{"a", "2027-04-12", "20:00", "21:30", false}}, "b 今年还没有"},
		{"那天在别处但错开", []person.Person{a, b}, []Sat{{"a", "2027-04-12", "15:00", "19:30", false}}, "a 今年还没有"},
		{"不知道几点的活动占一天", []person.Person{a, b}, []Sat{{"a", "2027-04-12", "", "", false}}, "b 今年还没有"},
		{"别站的代表", []person.Person{deputy("a", "T"), b}, nil, "b 今年还没有"},
		{"没有人", []person.Person{with(a, leave)}, nil, ""},
	} {
		got := ""
		for _, ch := range Fill([]Evening{evening("S", "2027-04-12", "农业组")}, c.people, c.taken)[0] {
			got += ch.Person.ID + " " + ch.Why
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for then, want := range map[string]string{"2027-04-11": "1 天前", "2027-03-13": "30 天前", "2027-03-12": "1 个月前", "2025-04-13": "23 个月前", "2025-04-12": "2 年前"} {
		if got := Ago(then, "2027-04-12"); got != want {
			t.Errorf("%s: %s", then, got)
		}
	}
}

// crowd draws stations with their deputies, and evenings of two years at them.
func crowd(t *rapid.T, shared bool) (people []person.Person, evenings []Evening) {
	n := rapid.IntRange(1, 4).Draw(t, "stations")
	for s := range n {
		for i := range rapid.IntRange(1, 7).Draw(t, "deputies") {
			p := deputy(fmt.Sprintf("%d-%02d", s, i), fmt.Sprint("S", s))
			if shared && n > 1 && rapid.Bool().Draw(t, "shared") {
				p = deputy(p.ID, fmt.Sprint("S", s), fmt.Sprint("S", (s+1)%n))
			}
			if rapid.Bool().Draw(t, "field") {
				p.Fields = []string{"农业组"}
			}
			people = append(people, p)
		}
	}
	for i := range rapid.IntRange(1, 60).Draw(t, "evenings") {
		day := at("2027-01-01").AddDate(0, 0, rapid.IntRange(0, 700).Draw(t, "day")).Format("2006-01-02")
		e := evening(fmt.Sprint("S", rapid.IntRange(0, n-1).Draw(t, "station")), day)
		e.Seats, e.ID = rapid.IntRange(1, 3).Draw(t, "seats"), fmt.Sprint(i)
		if rapid.Bool().Draw(t, "topic") {
			e.Fields = []string{"农业组"}
		}
		evenings = append(evenings, e)
	}
	return people, evenings
}

// While nobody is away, the counts of a station's deputies never differ by more than one, whenever one looks.
func TestFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, evenings := crowd(t, false)
		day := map[string]bool{} // one table, one evening a day
		evenings = slices.DeleteFunc(evenings, func(e Evening) bool {
			had := day[e.Station+e.Day]
			day[e.Station+e.Day] = true
			return had
		})
		slices.SortFunc(evenings, before)
		times := map[string]int{}
		for i, chosen := range Fill(evenings, people, nil) {
			year := evenings[i].Day[:4]
			for _, c := range chosen {
				times[year+c.Person.ID]++
			}
			least, most := 1<<30, 0
			for _, p := range people {
				if p.Seated(evenings[i].Station) {
					least, most = min(least, times[year+p.ID]), max(most, times[year+p.ID])
				}
			}
			if most-least > 1 {
				t.Fatalf("after %+v the counts lie between %d and %d", evenings[i], least, most)
			}
		}
	})
}

// Nobody is at two places at one time, and whoever could have come instead had received as often at least, in whichever
// order people and evenings are told.
func TestNobodyTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people, evenings := crowd(t, true)
		var taken []Sat
		for range rapid.IntRange(0, 20).Draw(t, "taken") {
			e, p := rapid.SampledFrom(evenings).Draw(t, "at"), rapid.SampledFrom(people).Draw(t, "who")
			taken = append(taken, Sat{p.ID, e.Day, "20:00", "22:00", rapid.Bool().Draw(t, "counts")})
		}
		chosen := Fill(evenings, people, taken)
		where := map[string]string{}
		for _, s := range taken {
			where[s.Person+s.Day] = "elsewhere"
		}
		for i, e := range evenings {
			for _, c := range chosen[i] {
				if had := where[c.Person.ID+e.Day]; had != "" {
					t.Fatalf("%s sits at %s and %s on %s", c.Person.ID, had, e.Station, e.Day)
				}
				where[c.Person.ID+e.Day] = e.Station
			}
		}
		mixed, order := slices.Clone(people), rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		order.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		at := order.Perm(len(evenings))
		other := make([]Evening, len(evenings))
		for i, j := range at {
			other[j] = evenings[i]
		}
		again := Fill(other, mixed, taken)
		for i, j := range at {
			if !reflect.DeepEqual(chosen[i], again[j]) {
				t.Fatalf("%+v: %v, told otherwise %v", evenings[i], chosen[i], again[j])
			}
		}
	})
}

// Each leader goes once a month; two meet at no station while there are enough, and none comes twice to one before he
// was at all.
func TestRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 6).Draw(t, "leaders"), rapid.IntRange(1, 8).Draw(t, "stations")
		away := rapid.Bool().Draw(t, "away")
		var leaders []person.Person
		for i := range n {
			p := with(deputy(fmt.Sprint("L", i)), func(p *person.Person) { p.Tier, p.Mandates = "county", nil })
			if away && rapid.Bool().Draw(t, "leave") {
				p.Leaves = []person.Leave{{From: "2027-03-05", To: "2027-05-20"}}
			}
			leaders = append(leaders, p)
		}
		var stations []string
		for i := range m {
			stations = append(stations, fmt.Sprint("S", i))
		}
		var slots []Slot
		for month := range 24 {
			for d := range rapid.IntRange(1, 2).Draw(t, "days") {
				day := at("2027-01-11").AddDate(0, month, d*7).Format("2006-01-02")
				slots = append(slots, Slot{day, day})
			}
		}
		sent, missed := Round(leaders, stations, slots, "19:30", "21:00", nil, nil)
		if len(sent)+len(missed) != 24*n || !away && len(missed) > 0 {
			t.Fatalf("%d are sent, %d are not", len(sent), len(missed))
		}
		been, months := map[string]map[string]int{}, map[string]bool{}
		for _, s := range sent {
			key, month := s.Leader.ID, s.Slot.Rule[:7]
			if months[key+month] || !away && n <= m && months[s.Station+month] {
				t.Fatalf("twice in %s: %s to %s", month, key, s.Station)
			}
			months[key+month], months[s.Station+month] = true, true
			if been[key] == nil {
				been[key] = map[string]int{}
			}
			for _, other := range stations {
				if been[key][s.Station] > been[key][other] {
					t.Fatalf("%s comes to %s for the %dth time before %s", key, s.Station, been[key][s.Station]+1, other)
				}
			}
			been[key][s.Station]++
			if s.Leader.Away(s.Slot.Day) {
				t.Fatalf("%s is on leave on %s", key, s.Slot.Day)
			}
		}
		half := slices.IndexFunc(slots, func(s Slot) bool { return s.Rule > "2028" })
		first, _ := Round(leaders, stations, slots[:half], "19:30", "21:00", nil, nil)
		var visits []Visit
		for _, s := range first {
			visits = append(visits, Visit{s.Leader.ID, s.Station, s.Slot.Rule})
		}
		second, _ := Round(leaders, stations, slots, "19:30", "21:00", visits, nil)
		if !away && !reflect.DeepEqual(sent, append(first, second...)) {
			t.Fatal("planned year by year it is another round")
		}
	})
}

// The one who is away misses his month, and the next in turn goes where he would have gone.
func TestLeaderAway(t *testing.T) {
	leader := func(id string) person.Person {
		return with(deputy(id), func(p *person.Person) { p.Tier = "county" })
	}
	ls := []person.Person{leader("L1"), with(leader("L2"), func(p *person.Person) { p.Leaves = []person.Leave{{From: "2027-01-11"}} }), leader("L3")}
	sent, missed := Round(ls, []string{"S1", "S2"}, []Slot{{"2027-01-11", "2027-01-11"}}, "19:30", "21:00", nil, nil)
	var got []string
	for _, s := range sent {
		got = append(got, s.Leader.ID+" "+s.Station+" "+s.Why)
	}
	if strings.Join(got, "；") != "L1 S1 按次序轮到，没有到过这个站；L3 S2 按次序轮到，没有到过这个站" || len(missed) != 1 || missed[0].Leader.ID != "L2" {
		t.Errorf("%v, missed %v", got, missed)
	}
}
