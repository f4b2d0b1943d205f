package command

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/agenda"
	"lianluo.local/data/day"
	"lianluo.local/data/field"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/spelling"
	"lianluo.local/data/words"
)

type agendaOptions struct {
	from, to, station, state string
	private                  bool
	sheetOptions
}

func agendaFlags(fs *flag.FlagSet) *agendaOptions {
	o := &agendaOptions{}
	fs.StringVar(&o.from, "from", "", "")
	fs.StringVar(&o.to, "to", "", "")
	fs.StringVar(&o.station, "station", "", "")
	fs.StringVar(&o.state, "state", "", "")
	o.comes(fs)
	fs.StringVar(&o.out, "out", "", "")
	fs.BoolVar(&o.private, "private", false, "")
	return o
}

// agendas are what is done with the calendar.
var agendas = map[string]part[*agendaOptions]{
	"list": {0, 0, agendaList}, "show": {1, 1, agendaShow}, "act": {2, 2, agendaAct},
	"rule": {1, 1, agendaRule}, "rules": {0, 0, agendaRules}, "plan": {0, 0, agendaPlan},
	"import": {1, 1, func(e *env, o *agendaOptions) error { return e.take(app.Plans, o.sheetOptions) }},
	"ics":    written(agendaCalendar, func(o *agendaOptions) string { return o.out }),
}

// span reads the days of --from and --to.
func (o *agendaOptions) span(now time.Time, wrong problem.Problems) (from, to string) {
	read := func(code, s string) string {
		on, why := day.Date(s, now)
		if why != "" {
			wrong[code] = why
		}
		return on
	}
	from, to = read("from", o.from), read("to", o.to)
	if from != "" && to != "" && to < from {
		wrong["to"] = "早于 --from 的日子，请核对"
	}
	return from, to
}

func (e *env) filter(o *agendaOptions) (f agenda.Filter, err error) {
	wrong := problem.Problems{}
	f.From, f.To = o.span(e.app.Now(), wrong)
	if s := wrong.Choose("state", o.state, "", session.States); s != "" {
		for state := session.Planned; state <= session.Told; state++ {
			if state.Code() == s {
				f.States = []session.State{state}
			}
		}
	}
	if err := wrong.Or(); err != nil {
		return f, err
	}
	if o.station != "" {
		f.Station, err = e.app.Roster.Station(e.ctx, o.station)
		if err != nil {
			f.Station, err = spelling.Code(o.station), nil
		}
	}
	return f, err
}

func agendaList(e *env, o *agendaOptions) error {
	f, err := e.filter(o)
	if err != nil {
		return err
	}
	list, all, err := e.app.Agenda.Sessions(e.ctx, f)
	if err != nil {
		return err
	}
	odd, err := e.app.Agenda.Odd(e.ctx, list)
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := e.session(s, odd[s.ID]); err != nil {
			return err
		}
	}
	if n := len(agenda.Doubled(list)); n > 0 {
		e.warn([]string{fmt.Sprintf("有 %d 场和另一场是同一场：两处都照规则安排了。收到对方的以后再安排一次（agenda plan），多的自己收回。", n)})
	}
	if all == 0 && !e.json {
		fmt.Fprintln(e.out, "没有找到。")
	}
	return nil
}

// session prints one as a line of a list, and below it what is odd.
func (e *env) session(s session.Session, odd []string) error {
	if !e.json {
		said := []string{s.Day, s.From, e.unit(s.Station), s.Title(), names(s.Awaited()), s.State.String()}
		said = slices.DeleteFunc(said, func(s string) bool { return s == "" })
		_, err := fmt.Fprintln(e.out, strings.Join(said, "  "))
		for _, why := range odd {
			fmt.Fprintln(e.out, "    注意："+why)
		}
		return err
	}
	line, err := e.app.SessionLine(e.ctx, s)
	if err != nil {
		return err
	}
	if len(odd) > 0 {
		line["warnings"] = odd
	}
	return e.print(line)
}

func names(cs []session.Called) string {
	var list []string
	for _, c := range cs {
		list = append(list, c.Name)
	}
	return strings.Join(list, "、")
}

func agendaShow(e *env, o *agendaOptions) error {
	s, err := e.app.Agenda.Session(e.ctx, e.args[0])
	if err != nil {
		return err
	}
	odd, err := e.app.Agenda.Caveats(e.ctx, s)
	if err != nil {
		return err
	}
	return e.evening(s, o.private, odd)
}

// evening prints all that is known of a session; what was said at households only where that was asked for.
func (e *env) evening(s session.Session, private bool, odd []string) error {
	if private {
		if err := e.app.Reveal(e.ctx, s.ID); err != nil {
			return err
		}
	}
	e.warn(odd)
	whole, err := e.app.SessionWhole(e.ctx, s, private)
	if err != nil {
		return err
	}
	posting, err := e.app.Posting(e.ctx, s)
	if err != nil {
		return err
	}
	if e.json {
		if posting != "" {
			whole["posting"] = posting
		}
		if len(odd) > 0 {
			whole["warnings"] = odd
		}
		return e.print(whole)
	}
	say := func(name, value string) {
		if value != "" {
			fmt.Fprintf(e.out, "%s：%s\n", name, value)
		}
	}
	say("现在", s.State.String())
	say("站点", e.unit(s.Station)+" "+s.Station)
	for _, f := range session.Fields.Show(s.Values(), field.Names{}, nil) {
		say(f.Name, f.Text)
	}
	for _, c := range s.Called {
		say(words.Callings.Name(c.Part), strings.Join(slices.DeleteFunc([]string{c.Name, c.Unit, stood(c), c.Why},
			func(s string) bool { return s == "" }), "，"))
	}
	for _, n := range s.Notices {
		say("公告", strings.Join(append([]string{n.Day}, n.Places...), " "))
	}
	numbers := whole["matters"].([]string)
	say("这一场的事项", strings.Join(numbers, "、"))
	for i, stop := range s.Stops {
		h := s.Homes[stop.Key]
		if private {
			say(fmt.Sprintf("第%d户", i+1), strings.Join([]string{h.Name, h.Address, h.Words}, " "))
		}
	}
	for _, c := range s.Checks {
		if s.State == session.Held && !c.Done {
			continue // what was to be prepared for it
		}
		say(map[bool]string{true: "已办", false: "还没办"}[c.Done], c.What)
	}
	for _, r := range s.Results {
		say("交办", strings.TrimSpace(r.Unit+"："+r.What+" "+r.Reply))
	}
	say("发到群里", posting)
	say("编号", s.ID)
	e.history(&session.Kind, &s, session.Acts)
	return nil
}

// stood is what became of somebody who was called.
func stood(c session.Called) string {
	switch {
	case c.Instead != "":
		return "由" + c.Instead + "代"
	case c.Came:
		return strings.TrimSpace("到场 " + c.Arrived)
	case c.Absent:
		return strings.TrimSpace("缺席 " + c.Excuse)
	case c.Reply != "":
		return words.Replies.Name(c.Reply)
	case c.For != "":
		return "代" + c.For
	}
	return ""
}

func agendaAct(e *env, o *agendaOptions) error {
	b, err := e.source(e.args[1])
	if err != nil {
		return err
	}
	order, err := agenda.Parse(b)
	if err != nil {
		return err
	}
	id := e.args[0]
	if order.Do == "raise" || order.Do == "登记成事项" { // joins the calendar and the table
		m, err := e.app.Raise(e.ctx, e.app.Clerk(), id, order.Stop)
		if err != nil {
			return err
		}
		e.args = []string{m.Number}
		return show(e)
	}
	if id == "-" {
		id = ""
	}
	s, err := e.app.Agenda.Act(e.ctx, e.app.Clerk(), id, order)
	if err != nil {
		return err
	}
	odd, err := e.app.Agenda.Caveats(e.ctx, s)
	if err != nil {
		return err
	}
	return e.evening(s, o.private, odd)
}

// agendaCalendar writes the calendar that phones open.
func agendaCalendar(e *env, o *agendaOptions) error {
	f, err := e.filter(o)
	if err != nil {
		return err
	}
	return e.app.WriteCalendar(e.ctx, o.out, f)
}
