package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"lianluo.local/app/ledger"
	"lianluo.local/data/person"
	"lianluo.local/data/right"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/data/suggestion"
)

// What a program is told of things: a line of their list, and the whole of one. Commands print it, Hand writes it out.

// object is what some values are as JSON, put together; each list that is named is there, an empty one where it was none.
func object(lists []string, parts ...any) (map[string]any, error) {
	whole := map[string]any{}
	for _, part := range parts {
		b, err := json.Marshal(part)
		if err == nil {
			err = json.Unmarshal(b, &whole)
		}
		if err != nil {
			return nil, fmt.Errorf("as JSON: %w", err)
		}
	}
	delete(whole, "trail")
	for _, list := range lists {
		if whole[list] == nil {
			whole[list] = []any{}
		}
	}
	return whole, nil
}

// mandated is a mandate as a line of the list has it.
type mandated struct {
	Level      string `json:"level"`
	Congress   string `json:"congress"`
	District   string `json:"district"`
	Delegation string `json:"delegation"`
	Number     string `json:"number"`
	Since      string `json:"since"`
	Until      string `json:"until"`
	State      string `json:"state"`
}

// PersonLine is somebody as a line of the roster, with his telephone and what else is private only where it is asked for.
func PersonLine(p person.Person, private bool) any {
	line := struct {
		ID       string     `json:"id"`
		Name     string     `json:"name"`
		Mandates []mandated `json:"mandates"`
		Stations []string   `json:"stations"`
		Fields   []string   `json:"fields"`
		Tier     string     `json:"tier"`
		*person.Private
	}{p.ID, p.Name, []mandated{}, grouped(p), append([]string{}, p.Fields...), p.Tier, nil}
	for _, m := range p.Mandates {
		line.Mandates = append(line.Mandates, mandated{m.Level, m.Congress, m.District, m.Delegation, m.Number, m.Since, m.Until, m.Standing})
	}
	if private {
		line.Private = &p.Private
	}
	return line
}

// grouped are the stations of somebody, by code.
func grouped(p person.Person) []string {
	codes := []string{}
	for _, s := range p.Seats {
		codes = append(codes, s.Station)
	}
	return codes
}

// PersonWhole is all that is known of somebody; what is private is masked unless it is asked for.
func PersonWhole(p person.Person, private bool) (map[string]any, error) {
	v := p.Values()
	if !private {
		v = person.Fields.Masked(v)
	}
	whole, err := object([]string{"structures", "roles", "fields", "mandates", "seats", "leaves", "batches", "history", "conflicts"}, p)
	if err != nil {
		return nil, err
	}
	whole["stations"] = grouped(p)
	for _, f := range person.Fields {
		if f.Private {
			whole[f.Code] = v.Text(f.Code)
		}
	}
	return whole, nil
}

// UnitLine is a unit as a line of the list of units.
func UnitLine(s site.Site) (map[string]any, error) {
	told, err := object([]string{"equipment", "liaisons"}, s.Facts)
	if err != nil {
		return nil, err
	}
	told["code"], told["kind"], told["parent"], told["opened"], told["closed"], told["successor"] =
		s.Code, s.Kind, s.Parent, s.Opened, s.Closed, s.Successor
	told["state"] = map[site.State]string{site.Open: "open", site.Closed: "closed", site.Void: "void"}[s.State]
	return told, nil
}

// UnitWhole is all that is known of a unit.
func UnitWhole(s site.Site) (map[string]any, error) {
	told, err := UnitLine(s)
	if err == nil {
		told["history"], told["conflicts"] = s.History, s.Conflicts
	}
	return told, err
}

// Awaited is somebody who is called, as a line of the calendar has him.
type Awaited struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Why  string `json:"why"`
}

// AwaitedAt are those who are called to a session.
func AwaitedAt(s session.Session) []Awaited {
	list := []Awaited{}
	for _, c := range s.Awaited() {
		list = append(list, Awaited{c.Person(), c.Name, c.Why})
	}
	return list
}

// Attended is somebody who came to a session; Part tells a guest from a deputy.
type Attended struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Part string `json:"part"`
}

// SessionLine is a session as a line of the calendar, with the numbers of what was raised there, the first first.
func (a *App) SessionLine(ctx context.Context, s session.Session) (map[string]any, error) {
	present, attended, noticed, hung, numbers := []string{}, []Attended{}, "", []string{}, []string{}
	for _, c := range s.Present() {
		present, attended = append(present, c.Name), append(attended, Attended{c.Person(), c.Name, c.Part})
	}
	if len(s.Notices) > 0 {
		last := s.Notices[len(s.Notices)-1]
		noticed, hung = last.Day, append(hung, last.Places...)
	}
	ms, err := a.Ledger.Rows(ctx, ledger.Query{Filter: ledger.Filter{Session: s.ID}})
	for _, m := range ms {
		numbers = append(numbers, m.Number)
	}
	slices.Reverse(numbers)
	return map[string]any{"id": s.ID, "kind": s.Kind, "station": s.Station, "day": s.Day, "from": s.From, "to": s.To, "topic": s.Topic,
		"state": s.State.Code(), "planned": AwaitedAt(s), "present": present, "citizens": s.Citizens, "matters": numbers, "noticed": noticed,
		"places": hung, "tier": s.Tier, "type": s.Type, "homes": len(s.Stops), "attended": attended}, err
}

// SessionWhole is all that is known of a session; what was said at households only where it is asked for.
func (a *App) SessionWhole(ctx context.Context, s session.Session, private bool) (map[string]any, error) {
	whole, err := object([]string{"called", "notices", "moves", "stops", "checks", "results", "objects", "history", "conflicts"}, s)
	if err != nil {
		return nil, err
	}
	line, err := a.SessionLine(ctx, s)
	maps.Copy(whole, line)
	if private && a.guard.May(ctx, right.Contact) {
		whole["homes"] = s.Homes
	}
	return whole, err
}

// SuggestionLine is a suggestion as a line of the docket.
func (a *App) SuggestionLine(s suggestion.Suggestion) map[string]any {
	lead, cosigners := "", []string{}
	for _, g := range s.Signers {
		switch name := s.Who[g.Key].Name; {
		case g.Lead:
			lead = name
		case name != "" && g.Declined == "":
			cosigners = append(cosigners, name)
		}
	}
	if s.Delegation != "" {
		lead = s.Delegation
	}
	matters, units, promises := []string{}, []string{}, []map[string]any{}
	for _, l := range s.Matters {
		matters = append(matters, l.Number)
	}
	for _, u := range s.Units {
		if name := s.Who[u.Key].Name; name != "" {
			units = append(units, name)
		}
	}
	for _, p := range s.Promises {
		promises = append(promises, map[string]any{"what": s.Texts[p.Mark], "by": p.By, "kept": p.Kept})
	}
	last := s.Rating()
	return map[string]any{"id": s.ID, "number": s.Number, "title": s.Title, "state": s.State.Code(), "level": s.Level, "congress": s.Congress, "lead": lead,
		"cosigners": cosigners, "matters": matters, "units": units, "due": s.Due, "term": s.Term, "light": a.Docket.Light(s).Code(),
		"class": a.Profile.Letter(s.Class()), "work": last.Work, "result": last.Result, "promises": promises}
}

// SuggestionWhole is all that is known of a suggestion.
func (a *App) SuggestionWhole(s suggestion.Suggestion) (map[string]any, error) {
	whole, err := object(nil, s, s.Words)
	if err != nil {
		return nil, err
	}
	whole["handling"] = whole["units"]
	maps.Copy(whole, a.SuggestionLine(s))
	for _, list := range []string{"history", "conflicts", "handling", "signers", "requests", "contacts", "extensions", "pauses", "opinions", "answers",
		"ratings", "wanted"} {
		if whole[list] == nil {
			whole[list] = []any{}
		}
	}
	return whole, nil
}
