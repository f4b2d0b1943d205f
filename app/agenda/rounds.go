package agenda

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"lianluo.local/app/agenda/turn"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// round sends the leaders of a rule's tier to stations.
func (d *draft) round(r rota.Rota) {
	var leaders []person.Person
	goes := map[string]bool{}
	for _, p := range d.people {
		if p.Tier == r.Tier {
			leaders, goes[p.ID] = append(leaders, p), true
		}
	}
	slots := slices.DeleteFunc(d.days(r), func(s turn.Slot) bool { return s.Day < d.today })
	var visits []turn.Visit
	for _, s := range d.had {
		if s.Kind != "reception" || s.State == session.Told || unit.LevelOf(s.Station) != journal.Station {
			continue
		}
		for _, c := range s.Called {
			if goes[c.Person()] {
				visits = append(visits, turn.Visit{Leader: c.Person(), Station: s.Station, Day: cmp.Or(s.Slot, s.Day)})
			}
		}
	}
	stations := d.visited(r)
	if len(leaders) == 0 {
		d.out.Odd = append(d.out.Odd, "名册里没有人标明是“"+words.Tiers.Name(r.Tier)+"”，领导轮流进站没有安排")
	} else if len(stations) == 0 {
		d.out.Odd = append(d.out.Odd, "名录里还没有站点，领导轮流进站没有安排")
	}
	sent, missed := turn.Round(leaders, stations, slots, r.Start, r.End, visits, d.taken)
	for _, s := range sent {
		d.send(r, s)
	}
	if len(stations) > 0 {
		d.out.Kept += visitsDue(leaders, slots) - len(sent) - len(missed)
	}
	for _, m := range missed {
		t, _ := time.Parse("2006-01", m.Month)
		d.out.Odd = append(d.out.Odd, m.Leader.Name+t.Format(" 2006年1月")+"的进站日都来不了，由次序在后的接上")
	}
}

// visitsDue is how many visits leaders owe in the months of slots: each one in each.
func visitsDue(leaders []person.Person, slots []turn.Slot) int {
	months := map[string]bool{}
	for _, s := range slots {
		months[s.Rule[:7]] = true
	}
	return len(leaders) * len(months)
}

// visited are the stations to which a round goes: those that are open below its office.
func (d *draft) visited(r rota.Rota) (codes []string) {
	for _, code := range slices.Sorted(maps.Keys(d.sites)) {
		if unit.LevelOf(code) == journal.Station && d.sites[code].State == site.Open && unit.Above(r.Station, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// send puts a leader at the head of an evening: of that which the station has at that hour, where no hand touched it or
// another leader comes to it, else of one of his own.
func (d *draft) send(r rota.Rota, s turn.Sent) {
	d.taken = append(d.taken, turn.Sat{Person: s.Leader.ID, Day: s.Slot.Day, From: r.Start, To: r.End, Receives: true})
	for _, o := range d.at[s.Station+" "+s.Slot.Day] {
		if turn.Meet(o.From, o.To, r.Start, r.End) {
			o.call(s.Leader, s.Why)
			return
		}
	}
	for _, had := range d.tables[s.Station+" "+s.Slot.Day] {
		if untouched(had) && turn.Meet(had.From, had.To, r.Start, r.End) {
			d.joined = append(d.joined, joined{had, session.Called{Key: s.Leader.ID, Name: s.Leader.Name, Part: "lead", Why: s.Why}, r.Tier})
			return
		}
	}
	d.open(r, s.Station, s.Slot).call(s.Leader, s.Why)
}
