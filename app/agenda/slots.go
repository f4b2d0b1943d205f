package agenda

import (
	"cmp"
	"slices"
	"time"

	"lianluo.local/app/agenda/turn"
	"lianluo.local/data/journal"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/unit"
)

// unravel takes back what is doubled and what no rule gives any more, and notes what remains.
func (d *draft) unravel() {
	given := map[string]map[string]session.Facts{} // what rules give, by slots
	for _, r := range d.rules {
		given[r.ID] = map[string]session.Facts{}
		for _, s := range d.days(r) {
			given[r.ID][s.Rule] = facts(r, s)
		}
	}
	same := map[string][]session.Session{}
	var kept []session.Session
	for _, s := range d.had {
		if s.Withdrawn() {
			continue
		}
		slots, planned := given[s.Rule]
		now, has := slots[s.Slot]
		was := session.Facts{Kind: s.Kind, Day: s.Day, From: s.From, To: s.To, Place: s.Place, Topic: s.Topic}
		now.Tier = ""
		mine := planned && d.from.Format(time.DateOnly) <= s.Slot && s.Slot <= d.to.Format(time.DateOnly) || d.gone[s.Rule]
		if mine && untouched(s) && s.Day >= d.today && (!has || now != was) && s.May(session.Abandon, d.Settings.Unit) {
			d.withdraw, d.why = append(d.withdraw, s), append(d.why, "规则改了，重新安排")
			d.out.Dropped++
			continue
		}
		kept = append(kept, s)
		if has && s.Kind == "reception" { // whatever hands did to it since, the hour that it stands for is not planned again
			d.spoken[s.Station+" "+now.Day] = append(d.spoken[s.Station+" "+now.Day], now)
		}
		if key := d.key(s); key != "" && s.State != session.Void && s.State != session.Cancelled {
			same[key] = append(same[key], s)
		}
	}
	double := map[string]bool{}
	for _, list := range same {
		slices.SortFunc(list, stands)
		for _, s := range list[1:] {
			if untouched(s) && s.Unit == d.Settings.Unit {
				double[s.ID] = true
			}
		}
	}
	d.had = nil
	for _, s := range kept {
		if double[s.ID] {
			d.withdraw, d.why = append(d.withdraw, s), append(d.why, "同一场别处已经安排")
			d.out.Doubled++
			continue
		}
		d.keep(s)
	}
}

// untouched says whether a session is as it was planned: no hand changed it, and nobody was told.
func untouched(s session.Session) bool { return s.State == session.Planned && !s.Hand }

// key tells which sessions are one that two computers planned: those of a slot, of a round those of a leader.
func (d *draft) key(s session.Session) string {
	if s.Rule == "" {
		return ""
	}
	if !d.rounds[s.Rule] {
		return s.Rule + " " + s.Slot
	}
	if len(s.Called) == 0 || len(s.Slot) < len("2027-01") {
		return ""
	}
	return s.Rule + " " + s.Slot[:len("2027-01")] + " " + s.Called[0].Key
}

// stands puts that first which stays of two: what hands touched, what an office planned, the lower ID.
func stands(a, b session.Session) int {
	rank := func(s session.Session) int {
		n := map[journal.Level]int{journal.City: 0, journal.County: 1, journal.Station: 2}[unit.LevelOf(s.Unit)]
		if untouched(s) {
			n += 10
		}
		return n
	}
	return cmp.Or(rank(a)-rank(b), cmp.Compare(a.ID, b.ID))
}

// Doubled says which of some sessions stand beside another of the same slot, which two computers planned before they heard
// of each other, by ID: all but the one that stays. Planning at the unit that planned it takes such a one back.
func Doubled(list []session.Session) map[string]bool {
	doubled, same := map[string]bool{}, map[string]bool{}
	for _, s := range slices.SortedFunc(slices.Values(list), stands) {
		if s.Rule == "" || s.State == session.Void || s.State == session.Cancelled {
			continue
		}
		key := s.Rule + " " + s.Slot + " " + s.Station
		if same[key] {
			doubled[s.ID] = true
		}
		same[key] = true
	}
	return doubled
}

// keep notes a session that is there.
func (d *draft) keep(s session.Session) {
	d.had = append(d.had, s)
	if s.Rule != "" {
		d.slots[s.Rule+" "+s.Slot] = true
	}
	if s.State == session.Void || s.State == session.Cancelled || s.State == session.Told {
		return
	}
	if s.Kind == "reception" {
		d.tables[s.Station+" "+s.Day] = append(d.tables[s.Station+" "+s.Day], s)
	}
	d.taken = append(d.taken, sat(s)...)
}

// sat are those on the roster who are awaited at a session, or were at it.
func sat(s session.Session) (list []turn.Sat) {
	for _, c := range s.Called {
		if id := c.Person(); id != "" && c.Instead == "" && !c.Absent && c.Reply != "leave" {
			list = append(list, turn.Sat{Person: id, Day: s.Day, From: s.From, To: s.To, Receives: s.Kind == "reception"})
		}
	}
	return list
}

func (d *draft) days(r rota.Rota) []turn.Slot { return turn.Days(r.Rule, d.from, d.to, d.Calendar) }

func facts(r rota.Rota, s turn.Slot) session.Facts {
	return session.Facts{Kind: "reception", Day: s.Day, From: r.Start, To: r.End, Place: r.Place, Topic: r.Topic, Tier: r.Tier}
}

// open notes a session that a rule gives at a station.
func (d *draft) open(r rota.Rota, station string, s turn.Slot) *opened {
	o := &opened{session.Opening{Facts: facts(r, s), Station: station, Rule: r.ID, Slot: s.Rule}, r.Deputies}
	if via := d.through(station); via != "" && unit.Above(via, station) {
		o.Via = via
	}
	if l := d.sites[station].Liaisons; len(l) > 0 {
		o.Liaison = l[0]
	}
	o.Checks = checklist(o.Facts)
	d.made, d.at[station+" "+s.Day] = append(d.made, o), append(d.at[station+" "+s.Day], o)
	return o
}

// evenings notes those that the rules of stations give.
func (d *draft) evenings() {
	for _, r := range d.rules {
		if d.rounds[r.ID] {
			continue
		}
		for _, s := range d.days(r) {
			switch {
			case d.slots[r.ID+" "+s.Rule]:
				d.out.Kept++
			case s.Day < d.today:
				d.out.Past++
			case d.occupied(r, s):
				d.out.Kept++
			default:
				d.open(r, r.Station, s)
			}
		}
	}
}

// occupied says whether the table of a rule's station is taken on a slot, or was by an evening that hands took away; of a
// leader's evening the rule's deputies are part.
func (d *draft) occupied(r rota.Rota, s turn.Slot) bool {
	for _, f := range d.spoken[r.Station+" "+s.Day] {
		if turn.Meet(f.From, f.To, r.Start, r.End) {
			return true
		}
	}
	for _, had := range d.tables[r.Station+" "+s.Day] {
		if turn.Meet(had.From, had.To, r.Start, r.End) {
			return true
		}
	}
	for _, o := range d.at[r.Station+" "+s.Day] {
		if turn.Meet(o.From, o.To, r.Start, r.End) {
			if o.Tier != "" {
				o.seats = max(o.seats, r.Deputies)
			}
			return true
		}
	}
	return false
}
