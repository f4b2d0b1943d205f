package command

import (
	"fmt"
	"strings"

	"lianluo.local/app"
	"lianluo.local/app/agenda"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
)

func agendaRule(e *env, _ *agendaOptions) error {
	b, err := e.source(e.args[0])
	if err != nil {
		return err
	}
	order, err := agenda.ParseRule(b)
	if err != nil {
		return err
	}
	r, err := e.app.Agenda.SetRule(e.ctx, e.app.Clerk(), order)
	if err != nil {
		return err
	}
	return e.rule(r)
}

func agendaRules(e *env, o *agendaOptions) error {
	station := ""
	if o.station != "" {
		var err error
		if station, err = e.app.Roster.Station(e.ctx, o.station); err != nil {
			return err
		}
	}
	rules, err := e.app.Agenda.Rules(e.ctx, station)
	for _, r := range rules {
		if err := e.rule(r); err != nil {
			return err
		}
	}
	if err == nil && len(rules) == 0 && !e.json {
		fmt.Fprintln(e.out, "还没有规则。")
	}
	return err
}

// rule prints a rule as a line.
func (e *env) rule(r rota.Rota) error {
	stopped := ""
	if r.State == rota.Stopped {
		stopped = "（已停用）"
	}
	e.warn(rota.Kind.Contests(&r))
	return e.say(struct {
		ID      string `json:"id"`
		Station string `json:"station"`
		rota.Rule
		Stopped bool   `json:"stopped"`
		Words   string `json:"words"`
	}{r.ID, r.Station, r.Rule, r.State == rota.Stopped, r.String()}, "%s  %s%s  %s", e.unit(r.Station), r.String(), stopped, r.ID)
}

func agendaPlan(e *env, o *agendaOptions) error {
	done, err := e.app.Agenda.Plan(e.ctx, e.app.Clerk(), agenda.Span{From: o.from, To: o.to, Station: o.station})
	if err != nil {
		return err
	}
	type line struct {
		ID      string        `json:"id"`
		Station string        `json:"station"`
		Day     string        `json:"day"`
		From    string        `json:"from"`
		To      string        `json:"to"`
		Planned []app.Awaited `json:"planned"`
	}
	lines := func(list []session.Session) []line {
		all := []line{}
		for _, s := range list {
			all = append(all, line{s.ID, s.Station, s.Day, s.From, s.To, app.AwaitedAt(s)})
		}
		return all
	}
	if e.json {
		return e.print(map[string]any{"made": done.Made, "kept": done.Kept, "doubled": done.Doubled, "dropped": done.Dropped, "past": done.Past,
			"sessions": lines(done.Sessions), "without": lines(done.Without), "warnings": append([]string{}, done.Odd...)})
	}
	e.warn(done.Odd)
	for _, s := range done.Sessions {
		var names []string
		for _, c := range s.Awaited() {
			names = append(names, strings.TrimSuffix(c.Name+"（"+c.Why+"）", "（）"))
		}
		fmt.Fprintf(e.out, "%s %s–%s  %s  %s\n", s.Day, s.From, s.To, e.unit(s.Station), strings.Join(names, "、"))
	}
	for _, s := range done.Without {
		fmt.Fprintf(e.err, "%s %s 没有足够的代表可以安排，请核对名册里编到这个站的代表。\n", s.Day, e.unit(s.Station))
	}
	fmt.Fprintln(e.out, done.Sentence())
	return nil
}
