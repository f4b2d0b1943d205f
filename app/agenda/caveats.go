package agenda

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app/agenda/turn"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/thing"
	"lianluo.local/data/view"
)

// Caveats is what is odd about a session and holds all the same, a sentence each.
func (a *Agenda) Caveats(ctx context.Context, s session.Session) ([]string, error) {
	odd, err := a.Odd(ctx, []session.Session{s})
	return odd[s.ID], err
}

// Odd gives of some sessions what is odd about each and holds all the same, by ID: a notice that is late or says what no
// longer holds, somebody who is to be at two places at one hour (also where an exchange brought the other), a deputy who
// is called and can not come any more, with who could stand in by the rule that chose him, guests on no roster, a box
// that one person opened or whose slips are not as many as the matters, a reception of which nobody was told, two values
// of one field.
func (a *Agenda) Odd(ctx context.Context, list []session.Session) (map[string][]string, error) {
	w, err := a.watch(ctx, list)
	if err != nil {
		return nil, err
	}
	odd := map[string][]string{}
	for _, s := range list {
		if s.State == session.Void {
			continue
		}
		for _, say := range []func(session.Session) []string{w.closed, w.notices, w.clashes, w.away, outspoken, w.strangers, w.box} {
			odd[s.ID] = append(odd[s.ID], say(s)...)
		}
		for _, says := range session.Kind.Contests(&s) {
			odd[s.ID] = append(odd[s.ID], thing.Told(says, nil))
		}
	}
	return odd, w.err
}

// watch is what is known around some sessions.
type watch struct {
	*Agenda
	ctx      context.Context
	presence func(id, day string) (listed, is string)
	beside   map[string][]session.Session // by the listed ID of somebody and the day: where he sits, of days with several
	shut     map[string]site.Site         // the stations that are closed, or merged into others
	raised   map[string]int               // how many matters name a session
	sat      map[string][]turn.Sat        // of somebody, as far as it was asked for
	seated   map[string][]person.Person   // who is grouped to a station, as far as it was asked for
	err      error
}

// watch looks around some sessions.
func (a *Agenda) watch(ctx context.Context, list []session.Session) (w *watch, err error) {
	w = &watch{Agenda: a, ctx: ctx, sat: map[string][]turn.Sat{}, seated: map[string][]person.Person{}}
	if w.presence, err = a.Presence(ctx); err != nil {
		return nil, err
	}
	if w.beside, err = w.doubled(list); err != nil {
		return nil, err
	}
	if w.raised, err = w.matters(list); err != nil {
		return nil, err
	}
	w.shut, err = a.shut(ctx)
	return w, err
}

// doubled are the sessions of those who sit at several on one day of a list.
func (w *watch) doubled(list []session.Session) (map[string][]session.Session, error) {
	if len(list) == 0 {
		return nil, nil
	}
	from, to := list[0].Day, list[0].Day
	asked := map[string]bool{}
	for _, s := range list {
		from, to = min(from, s.Day), max(to, s.Day)
		for _, c := range sat(s) {
			who, _ := w.presence(c.Person, s.Day)
			asked[who+" "+s.Day] = true
		}
	}
	rows, err := w.Store.Query(w.ctx, "SELECT id, day, people FROM session WHERE day BETWEEN ? AND ? AND people <> '' AND state NOT IN (?, ?, ?)",
		from, to, int(session.Void), int(session.Cancelled), int(session.Told))
	if err != nil {
		return nil, fmt.Errorf("sessions of a day: %w", err)
	}
	defer rows.Close()
	at := map[string][]string{}
	for rows.Next() {
		var id, day, people string
		if err := rows.Scan(&id, &day, &people); err != nil {
			return nil, fmt.Errorf("sessions of a day: %w", err)
		}
		for _, who := range strings.Fields(people) {
			who, _ = w.presence(who, day)
			if key := who + " " + day; asked[key] && !slices.Contains(at[key], id) {
				at[key] = append(at[key], id)
			}
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("sessions of a day: %w", err)
	}
	beside, known := map[string][]session.Session{}, map[string]session.Session{}
	for key, ids := range at {
		for _, id := range ids {
			if len(ids) < 2 {
				break
			}
			if _, read := known[id]; !read {
				if known[id], err = w.Session(w.ctx, id); err != nil {
					return nil, err
				}
			}
			beside[key] = append(beside[key], known[id])
		}
		slices.SortFunc(beside[key], func(a, b session.Session) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID)) })
	}
	return beside, nil
}

// matters counts those that name the boxes of a list.
func (w *watch) matters(list []session.Session) (map[string]int, error) {
	raised := map[string]int{}
	for _, s := range list {
		if !emptied(s) {
			continue
		}
		n := 0
		err := w.Store.QueryRow(w.ctx, "SELECT count(*) FROM matter WHERE session = ? AND state <> ?", s.ID, int(matter.Void)).Scan(&n)
		if err != nil {
			return nil, fmt.Errorf("matters of a box: %w", err)
		}
		raised[s.ID] = n
	}
	return raised, nil
}

// emptied says whether a session is an opened box.
func emptied(s session.Session) bool { return s.Type == "box" && s.State == session.Held }

// shut are the stations that are closed, by code.
func (a *Agenda) shut(ctx context.Context) (map[string]site.Site, error) {
	ls, err := view.Things[site.Site](ctx, a.Store, site.Name, "state = ?1 AND code NOT IN (SELECT code FROM unit WHERE state = ?2)", int(site.Closed), int(site.Open))
	shut := map[string]site.Site{}
	for _, l := range ls {
		shut[l.Thing.Code] = l.Thing
	}
	return shut, err
}

// closed tells of what is still to come at a station that is no more.
func (w *watch) closed(s session.Session) []string {
	at, is := w.shut[s.Station]
	switch {
	case !is || !s.Ahead():
		return nil
	case at.Successor != "":
		return []string{"这个站点已经并入" + places.Of(at.Successor).Where + "，请取消这一场，到那里另外安排"}
	}
	return []string{"这个站点已经撤销，请取消这一场"}
}

func (w *watch) notices(s session.Session) (odd []string) {
	if s.Owes() {
		odd = append(odd, "公告以后改过，请贴一张更正公告")
	}
	for _, n := range s.Notices {
		day, _, _ := strings.Cut(n.Tells, " ") // for which it was put up
		if on, err := time.Parse(time.DateOnly, day); err == nil && !n.Amends && s.State != session.Cancelled &&
			n.Day > on.AddDate(0, 0, -w.Profile.Notice).Format(time.DateOnly) {
			why := fmt.Sprintf("公告离这一场不到 %d 天", w.Profile.Notice)
			if n.Reason == "" {
				why += "，请写明原因"
			}
			odd = append(odd, why)
		}
	}
	if s.Counts() && s.Announces() && len(s.Notices) == 0 {
		odd = append(odd, "这一场没有公告就举行了")
	}
	return odd
}

// clashes tells of those who are to be elsewhere at the same hour, or were.
func (w *watch) clashes(s session.Session) (odd []string) {
	if !s.Ahead() && !s.Counts() {
		return nil
	}
	for _, c := range sat(s) {
		who, _ := w.presence(c.Person, s.Day)
		for _, other := range w.beside[who+" "+s.Day] {
			if other.ID == s.ID || !overlap(s.Facts, other.Facts) || !slices.ContainsFunc(sat(other), func(o turn.Sat) bool {
				listed, _ := w.presence(o.Person, s.Day)
				return listed == who
			}) {
				continue
			}
			called, _ := s.Person(c.Person)
			where := places.Of(other.Station).Where + "（" + strings.Trim(other.From+"–"+other.To, "–") + "）"
			if s.Ahead() {
				odd = append(odd, called.Name+"同一时间还安排在"+where+"，请换一位或换个时间")
			} else {
				odd = append(odd, called.Name+"同一时间还记在"+where+"，请核对")
			}
		}
	}
	return odd
}

// amiss is why somebody who is called does not come.
var amiss = map[string]string{"leave": "请假", "suspended": "暂停执行代表职务", "ended": "的代表职务已经终止", "said": "答复请假"}

// away tells of those who are called to what is still to come, and may not be called any more.
func (w *watch) away(s session.Session) (odd []string) {
	if !s.Ahead() {
		return nil
	}
	for _, c := range s.Awaited() {
		if c.Part == "guest" || c.Person() == "" {
			continue
		}
		_, is := w.presence(c.Person(), s.Day)
		if is == "" && c.Reply == "leave" {
			is = "said"
		}
		if is == "" {
			continue
		}
		why := c.Name + amiss[is]
		if is == "leave" {
			why = c.Name + "这一天请假"
		}
		odd = append(odd, why+w.instead(s, c))
	}
	return odd
}

// instead says who could stand in for somebody, chosen as he was: of the station's deputies, for a leader of those of
// his tier.
func (w *watch) instead(s session.Session, gone session.Called) string {
	if s.Kind == "activity" {
		return "，请换一位"
	}
	pool, led, err := w.pool(s, gone)
	var taken []turn.Sat
	for _, p := range pool {
		if err == nil {
			taken = append(taken, w.sittings(p.ID, s.Day)...)
		}
	}
	if err != nil {
		w.err = cmp.Or(w.err, err)
		return ""
	}
	var names []string
	for _, chosen := range turn.Fill([]turn.Evening{{Station: s.Station, Day: s.Day, From: s.From, To: s.To, Seats: 2}}, pool, taken) {
		for _, c := range chosen {
			names = append(names, c.Person.Name+"（"+c.Why+"）")
		}
	}
	switch {
	case len(names) > 0:
		return "，可以换成" + strings.Join(names, "、")
	case led:
		return "，这一级没有别的领导空着"
	}
	return "，本站点没有别的代表空着"
}

// pool are those who may stand in for somebody, each as if he were grouped to the station; led where he is a leader.
func (w *watch) pool(s session.Session, gone session.Called) (pool []person.Person, led bool, err error) {
	tier := ""
	if s.Tier != "" && gone.Part == "lead" {
		p, err := w.Person(w.ctx, gone.Person())
		if err != nil {
			return nil, false, err
		}
		if led = p.Tier == s.Tier; led {
			tier = p.Tier
		}
	}
	from := s.Station
	if led {
		from = ""
	}
	all, read := w.seated[from]
	if !read {
		if all, err = w.People(w.ctx, from); err != nil {
			return nil, led, err
		}
		w.seated[from] = all
	}
	for _, p := range all {
		county, _ := countyOf(p)
		if led && (p.Tier != tier || !strings.HasPrefix(s.Station, county)) || slices.ContainsFunc(s.Called, func(c session.Called) bool {
			listed, _ := w.presence(c.Person(), s.Day)
			return listed == p.ID
		}) {
			continue
		}
		if led {
			p.Seats = []person.Seat{{Station: s.Station}}
		}
		pool = append(pool, p)
	}
	return pool, led, nil
}

// sittings are where somebody sits in the year of a day and the one before.
func (w *watch) sittings(person, day string) []turn.Sat {
	year := day[:4]
	if list, read := w.sat[person+year]; read {
		return list
	}
	on, _ := time.Parse(time.DateOnly, day)
	ss, err := view.Things[session.Session](w.ctx, w.Store, session.Name, "day BETWEEN ? AND ? AND instr(people, ?) > 0 AND state NOT IN (?, ?, ?)",
		fmt.Sprintf("%d-01-01", on.Year()-1), year+"-12-31", " "+person+" ", int(session.Void), int(session.Cancelled), int(session.Told))
	w.err = cmp.Or(w.err, err)
	var list []turn.Sat
	for _, l := range ss {
		for _, one := range sat(l.Thing) {
			if one.Person == person {
				list = append(list, one)
			}
		}
	}
	w.sat[person+year] = list
	return list
}

// strangers tells of those who are on no roster: nothing of theirs is counted.
func (w *watch) strangers(s session.Session) []string {
	var names []string
	for _, c := range s.Called {
		if c.Person() == "" && c.Instead == "" {
			names = append(names, c.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{strings.Join(names, "、") + "不在名册上，按特邀登记，不计入履职记录"}
}

// box tells of a box that is not opened by two, or whose slips do not become as many matters.
func (w *watch) box(s session.Session) (odd []string) {
	if s.Type != "box" || !s.Ahead() && !s.Counts() {
		return nil
	}
	there, word := len(s.Present()), "签到的"
	if s.Ahead() {
		there, word = len(sat(s)), "安排的"
	}
	if s.Liaison != "" && !slices.ContainsFunc(s.Called, func(c session.Called) bool { return c.Name == s.Liaison }) {
		there++
	}
	if there < 2 && s.State != session.Open {
		odd = append(odd, fmt.Sprintf("开意见箱要两个人在场，%s只有 %d 人", word, there))
	}
	if n := w.raised[s.ID]; emptied(s) && n != s.Slips {
		odd = append(odd, fmt.Sprintf("意见条 %d 张，登记了 %d 件，请核对", s.Slips, n))
	}
	return odd
}
