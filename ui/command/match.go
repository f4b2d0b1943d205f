package command

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"lianluo.local/app/roster"
	"lianluo.local/assets/places"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
)

// Which people and units matters mean, and whom a matter fits.

// rosterMatch ranks the deputies who fit a matter.
func rosterMatch(e *env, o *rosterOptions) error {
	v, err := e.find()
	if err != nil {
		return err
	}
	limit := o.limit.n
	if limit < 1 {
		limit = 10
	}
	fits, err := e.app.Roster.Fit(e.ctx, v.Matter, limit)
	if err != nil {
		return err
	}
	for _, f := range fits {
		if err := e.say(map[string]any{"id": f.Person.ID, "name": f.Person.Name, "score": f.Score, "why": f.Why},
			"%s  %d  %s", f.Person.Name, f.Score, f.Why); err != nil {
			return err
		}
	}
	if len(fits) == 0 && !e.json {
		fmt.Fprintln(e.out, "没有找到合适的代表。")
	}
	return nil
}

// rosterAsked lists the names in matters that nobody on the roster bears, or several do.
func rosterAsked(e *env, _ *rosterOptions) error {
	list, err := e.app.Roster.Doubts(e.ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		people, said := []map[string]string{}, []string{}
		for _, p := range a.People {
			people = append(people, map[string]string{"id": p.ID, "name": p.Name})
			said = append(said, p.ID)
		}
		who := "名册上没有"
		if len(said) > 0 {
			who = "是哪一位：" + strings.Join(said, "、")
		}
		if err := e.say(map[string]any{"name": a.Name, "station": a.Station, "number": a.Number, "matters": a.Matters, "people": people},
			"%s  %s %s  %d 件，如 %s  %s", a.Name, places.Of(a.Station).Where, a.Station, a.Matters, a.Number, who); err != nil {
			return err
		}
	}
	if len(list) == 0 && !e.json {
		fmt.Fprintln(e.out, "都对上了。")
	}
	return nil
}

// rosterKnow says who a name in matters means.
func rosterKnow(e *env, o *rosterOptions) error {
	if o.station == "" {
		return problem.Problems{"station": "请写是哪个站点的事项（--station 代码）"}
	}
	station, err := e.app.Roster.Station(e.ctx, o.station)
	if err != nil {
		return err
	}
	n, err := e.app.Roster.Know(e.ctx, e.app.Clerk(), e.args[0], station, e.args[1])
	if err != nil {
		return err
	}
	return e.say(map[string]int{"matters": n}, "已对上 %d 件", n)
}

// unitAsked lists the departments that matters were handed to and that are no units.
func unitAsked(e *env, _ *unitOptions) error {
	list, err := e.app.Roster.Unadopted(e.ctx)
	if err != nil {
		return err
	}
	for _, u := range list {
		if err := e.say(map[string]any{"name": u.Name, "matters": u.Matters, "number": u.Number}, "%s  %d 件，如 %s", u.Name, u.Matters,
			u.Number); err != nil {
			return err
		}
	}
	if len(list) == 0 && !e.json {
		fmt.Fprintln(e.out, "用过的部门都在名录里。")
	}
	return nil
}

// unitAdopt opens a department that somebody wrote as a unit.
func unitAdopt(e *env, _ *unitOptions) error {
	b, err := json.Marshal(map[string]string{"do": "open", "kind": "department", "name": e.args[0]})
	if err != nil {
		return err
	}
	order, err := roster.ParseSite(b)
	if err != nil {
		return err
	}
	s, err := e.app.Roster.Alter(e.ctx, e.app.Clerk(), "", order)
	if err != nil {
		return err
	}
	return e.site(s)
}

// known puts who on the roster they are beside the names that somebody wrote.
func (e *env) known(station string, names []string, persons matter.Persons) ([]string, matter.Persons, error) {
	names, found, err := e.app.Known(e.ctx, station, names)
	all := matter.Persons{}
	maps.Copy(all, found)
	maps.Copy(all, persons) // "" takes back who somebody was said to be
	return names, all, err
}
