package agenda

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/agenda/turn"
	"lianluo.local/assets/places"
	"lianluo.local/data/journal"
	"lianluo.local/data/person"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

// round sends the leaders of a rule's tier to stations, those of a county to its own.
func (d *draft) round(r rota.Rota) {
	parties := map[string][]person.Person{} // by the county whose stations they go to, "" for all
	goes := map[string]bool{}
	var lost []string
	for _, p := range d.people {
		if p.Tier != r.Tier {
			continue
		}
		county, bound := countyOf(p)
		if goes[p.ID] = true; bound && county == "" {
			lost = append(lost, p.Name)
			continue
		}
		parties[county] = append(parties[county], p)
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
	if len(goes) == 0 {
		d.out.Odd = append(d.out.Odd, "名册里没有人标明是“"+words.Tiers.Name(r.Tier)+"”，领导轮流进站没有安排")
	}
	if len(lost) > 0 {
		d.out.Odd = append(d.out.Odd, strings.Join(lost, "、")+"在名册里没有写明是哪个县的，没有安排进站；请写明是哪个县的代表，或者编到一个站")
	}
	for _, county := range slices.Sorted(maps.Keys(parties)) {
		d.send(r, parties[county], county, slots, visits)
	}
}

// send sends leaders to the stations of a county, or to all where none is named.
func (d *draft) send(r rota.Rota, leaders []person.Person, county string, slots []turn.Slot, visits []turn.Visit) {
	stations := slices.DeleteFunc(d.visited(r), func(code string) bool { return !strings.HasPrefix(code, county) })
	if len(stations) == 0 {
		if county == "" || strings.HasPrefix(county, unit.Stem(r.Station)) {
			place, _ := places.ByCode(county + "000000")
			d.out.Odd = append(d.out.Odd, place.Name+"名录里还没有站点，领导轮流进站没有安排")
		}
		return
	}
	sent, missed := turn.Round(leaders, stations, slots, r.Start, r.End, visits, d.taken)
	for _, s := range sent {
		d.seat(r, s)
	}
	d.out.Kept += visitsDue(leaders, slots) - len(sent) - len(missed)
	for _, m := range missed {
		t, _ := time.Parse("2006-01", m.Month)
		d.out.Odd = append(d.out.Odd, m.Leader.Name+t.Format(" 2006年1月")+"的进站日都来不了，由次序在后的接上")
	}
}

// countyOf is the county to which a leader belongs, as six digits, and whether he goes to its stations alone: who leads a
// county, and who is at the head of its court or procuratorate. It is that of his mandate, of the unit that wrote him
// down, of the station to which he is grouped; "" where nothing tells.
func countyOf(p person.Person) (county string, bound bool) {
	held := p.Held()
	below := len(held) > 0 && (held[0].Level == "county" || held[0].Level == "township")
	switch {
	case p.Tier == "county" || p.Tier == "justice" && below:
	case p.Tier == "justice" && len(held) == 0 && unit.LevelOf(p.Unit) != journal.City:
	default:
		return "", false
	}
	codes := []string{p.Unit}
	for _, m := range held {
		if m.Level == "county" || m.Level == "township" {
			codes = append([]string{m.Place}, codes...)
		}
	}
	for _, s := range p.Seats {
		codes = append(codes, s.Station)
	}
	for _, code := range codes {
		if len(code) >= 6 && code[4:6] != "00" {
			return code[:6], true
		}
	}
	return "", true
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

// seat puts a leader at the head of an evening: of that which the station has at that hour, where no hand touched it or
// another leader comes to it, else of one of his own.
func (d *draft) seat(r rota.Rota, s turn.Sent) {
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
