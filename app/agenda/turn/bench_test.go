package turn

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"lianluo.local/assets/workday"
	"lianluo.local/data/person"
	"lianluo.local/data/rota"
)

// city is its stations' rules with their deputies, of whom every tenth sits at two: as many as the newspaper counts.
func city(stations, deputies int) (rules []rota.Rule, people []person.Person) {
	for i := range stations {
		r := rota.Rule{Every: "month", Day: 1 + i%28, Shift: "next", Start: "19:30", End: "21:00", Deputies: 2, Since: "2026-01-01"}
		switch i % 4 {
		case 1:
			r.Every, r.Day, r.Weekday = "week", 0, []int{1 + i%5}
		case 2:
			r.Nth, r.Day, r.Weekday = 2, 0, []int{1 + i%5}
		case 3:
			r.Every, r.Day, r.Days, r.Lunar, r.Shift = "cycle", 5, 10, true, "keep"
		}
		rules = append(rules, r)
	}
	for i := range deputies {
		p := deputy(fmt.Sprintf("%05d", i), fmt.Sprint("S", i%stations))
		if i%10 == 0 {
			p.Seats = append(p.Seats, person.Seat{Station: fmt.Sprint("S", (i+1)%stations)})
		}
		if i%25 == 0 {
			p.Leaves = []person.Leave{{From: "2027-05-01", To: "2027-06-30"}}
		}
		people = append(people, p)
	}
	return rules, people
}

func year(rules []rota.Rule) (evenings []Evening) {
	for i, r := range rules {
		for _, s := range Days(r, at("2027-01-01"), at("2027-12-31"), workday.Official()) {
			evenings = append(evenings, Evening{Station: fmt.Sprint("S", i), Day: s.Day, From: r.Start, To: r.End, Seats: r.Deputies})
		}
	}
	return evenings
}

// naive is how it is usually written: for every evening it looks at all deputies, and at all that they do.
func naive(evenings []Evening, people []person.Person) (chosen [][]string) {
	sats := map[string][]Sat{}
	for _, e := range evenings {
		type one struct {
			id    string
			times int
			last  string
		}
		var free []one
		for _, p := range people {
			if !p.Seated(e.Station) || !p.Active(e.Day) {
				continue
			}
			o, busy := one{id: p.ID}, false
			for _, s := range sats[p.ID] {
				o.times++
				o.last = max(o.last, s.Day)
				busy = busy || s.Day == e.Day && Meet(s.From, s.To, e.From, e.To)
			}
			if !busy {
				free = append(free, o)
			}
		}
		slices.SortFunc(free, func(a, b one) int {
			return cmp.Or(a.times-b.times, cmp.Compare(a.last, b.last), cmp.Compare(a.id, b.id))
		})
		var ids []string
		for _, o := range free[:min(len(free), e.Seats)] {
			ids = append(ids, o.id)
			sats[o.id] = append(sats[o.id], Sat{o.id, e.Day, e.From, e.To, true})
		}
		chosen = append(chosen, ids)
	}
	return chosen
}

// A year for the whole city, beside the usual way, and for a half and a quarter of it: it grows as the evenings do.
func BenchmarkYear(b *testing.B) {
	for _, part := range []int{4, 2, 1} {
		rules, people := city(708/part, 10000/part)
		b.Run(fmt.Sprintf("stations=%d", 708/part), func(b *testing.B) {
			n := 0
			for b.Loop() {
				evenings := year(rules)
				n = len(Fill(evenings, people, nil))
			}
			b.ReportMetric(float64(n), "evenings")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/evening")
		})
	}
	rules, people := city(708, 10000)
	b.Run("naive", func(b *testing.B) {
		for b.Loop() {
			evenings := year(rules)
			slices.SortFunc(evenings, before)
			naive(evenings, people)
		}
	})
}

// Both ways choose the same deputies.
func TestYear(t *testing.T) {
	rules, people := city(60, 800)
	evenings := year(rules)
	slices.SortFunc(evenings, before)
	want := naive(evenings, people)
	for i, chosen := range Fill(evenings, people, nil) {
		var ids []string
		for _, c := range chosen {
			ids = append(ids, c.Person.ID)
		}
		if !slices.Equal(ids, want[i]) {
			t.Fatalf("%+v: %v, looking at all of them %v", evenings[i], ids, want[i])
		}
	}
}
