package command

import (
	"flag"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/roster"
	"lianluo.local/assets/places"
	"lianluo.local/data/field"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/thing"
	"lianluo.local/data/words"
)

type rosterOptions struct {
	query, level, station, field, tier, state string
	ended, private                            bool
	limit                                     number
	sheetOptions
}

func rosterFlags(fs *flag.FlagSet) *rosterOptions {
	o := &rosterOptions{}
	o.reads(fs)
	fs.BoolVar(&o.export.Contact, "contact", false, "")
	fs.StringVar(&o.query, "query", "", "")
	fs.StringVar(&o.level, "level", "", "")
	fs.StringVar(&o.station, "station", "", "")
	fs.StringVar(&o.field, "field", "", "")
	fs.StringVar(&o.tier, "tier", "", "")
	fs.StringVar(&o.state, "state", "", "")
	fs.BoolVar(&o.ended, "ended", false, "")
	fs.BoolVar(&o.private, "private", false, "")
	fs.Var(&o.limit, "limit", "")
	return o
}

// part is one of the things that a command of several does, and how many words it takes behind its own.
type part[T any] struct {
	least, most int
	do          func(*env, T) error
}

// parted is the work of such a command.
func parted[T any](parts map[string]part[T]) func(*env, T) error {
	return func(e *env, o T) error {
		p, ok := parts[e.args[0]]
		about := e.args[1:]
		switch {
		case !ok:
			return usage("没有“" + e.args[0] + "”这一项")
		case len(about) < p.least:
			return usage("没有写全")
		case len(about) > p.most:
			return usage("多了“" + about[p.most] + "”")
		}
		e.args = about
		return p.do(e, o)
	}
}

// rosters are what is done with people.
var rosters = map[string]part[*rosterOptions]{
	"list": {0, 0, rosterList}, "show": {1, 1, rosterShow}, "act": {2, 2, rosterAct},
	"import": {1, 1, func(e *env, o *rosterOptions) error { return e.take(app.People, o.sheetOptions) }}, "undo": {1, 1, undo[*rosterOptions]},
	"export":   written(func(e *env, o *rosterOptions) error { return e.app.ExportPeople(e.ctx, o.out, o.export) }, (*rosterOptions).file),
	"template": written(func(e *env, o *rosterOptions) error { return e.app.Template(e.ctx, o.out) }, (*rosterOptions).file),
	"match":    {1, 1, rosterMatch}, "asked": {0, 0, rosterAsked}, "know": {2, 2, rosterKnow},
}

func (o *rosterOptions) filter() (f roster.Filter, err error) {
	wrong := problem.Problems{}
	f = roster.Filter{Query: o.query, Station: spelling.Code(o.station), Field: o.field, Ended: o.ended, Limit: o.limit.n}
	f.Level = wrong.Choose("level", o.level, "", words.Levels)
	f.State = wrong.Choose("state", o.state, "", words.Presences)
	f.Tier = wrong.Choose("tier", o.tier, "", words.Tiers)
	if o.limit.out(1, math.MaxInt) {
		wrong["limit"] = "最少写 1"
	}
	return f, wrong.Or()
}

func rosterList(e *env, o *rosterOptions) error {
	f, err := o.filter()
	if err == nil && o.station != "" {
		f.Station, err = e.app.Roster.Station(e.ctx, o.station)
	}
	if err != nil {
		return err
	}
	people, all, err := e.app.Roster.People(e.ctx, f)
	if err != nil {
		return err
	}
	for _, p := range people {
		if o.private {
			if err := e.app.Reveal(e.ctx, p.ID); err != nil {
				return err
			}
		}
		if err := e.person(p, o.private); err != nil {
			return err
		}
	}
	if all == 0 && !e.json {
		fmt.Fprintln(e.out, "没有找到。")
	}
	return nil
}

// person prints somebody as a line of a list.
func (e *env) person(p person.Person, private bool) error {
	if e.json {
		return e.print(app.PersonLine(p, private))
	}
	said := []string{p.Name, strings.TrimSpace(p.Employer + p.Post), held(p)}
	for _, s := range p.Seats {
		said = append(said, places.Of(s.Station).Where)
	}
	if private {
		said = append(said, p.Phone)
	}
	said = slices.DeleteFunc(said, func(s string) bool { return s == "" })
	_, err := fmt.Fprintln(e.out, strings.Join(said, "  "))
	return err
}

// held tells the mandates that somebody holds, else that he had some.
func held(p person.Person) string {
	var names []string
	for _, m := range p.Held() {
		name := m.String()
		if m.Standing != "office" {
			name += "（" + words.Standings.Name(m.Standing) + "）"
		}
		names = append(names, name)
	}
	if len(names) == 0 && p.Ended() {
		return "代表职务已终止"
	}
	return strings.Join(names, "、")
}

func rosterShow(e *env, o *rosterOptions) error {
	p, err := e.app.Roster.Find(e.ctx, e.args[0])
	if err != nil {
		return err
	}
	return e.entire(p, o.private, nil)
}

// entire prints all that is known of somebody, contact masked unless it was asked for.
func (e *env) entire(p person.Person, private bool, odd []string) error {
	if private {
		if err := e.app.Reveal(e.ctx, p.ID); err != nil {
			return err
		}
	}
	e.warn(odd)
	v := p.Values()
	if !private {
		v = person.Fields.Masked(v)
	}
	if e.json {
		whole, err := app.PersonWhole(p, private)
		if err != nil {
			return err
		}
		if len(odd) > 0 {
			whole["warnings"] = odd
		}
		return e.print(whole)
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(e.out, "%s：%s\n", name, value)
		}
	}
	for _, f := range person.Fields.Show(v, field.Names{}, nil) {
		line(f.Name, f.Text)
	}
	if !p.Confirmed {
		line("待确认", e.app.Roster.Waits())
	}
	if p.Away(e.app.Now().Format(time.DateOnly)) {
		line("现在", "请假")
	}
	for _, m := range p.Mandates {
		place, _ := places.ByCode(m.Place)
		said := []string{m.String(), place.Name, m.District, m.Delegation, m.Number, m.Since, m.Until, words.Standings.Name(m.Standing)}
		line("代表职务", strings.Join(slices.DeleteFunc(said, func(s string) bool { return s == "" }), " "))
	}
	for _, s := range p.Seats {
		line("站点", strings.TrimSpace(e.unit(s.Station)+" "+words.Parts.Name(s.Part)))
	}
	for _, l := range p.Leaves {
		line("请假", l.String())
	}
	line("编号", p.ID)
	e.history(&person.Kind, &p, person.Acts)
	return nil
}

// warn says what is odd and was done all the same.
func (e *env) warn(odd []string) {
	for _, why := range odd {
		fmt.Fprintln(e.err, why)
	}
}

// history tells what became of a thing, and where two did not know of each other.
func (e *env) history(k *thing.Kind, s thing.Sum, acts words.List) {
	called := func(id string) string { return e.app.Roster.Called(e.ctx, id) }
	for _, h := range s.Shared().History {
		fmt.Fprintf(e.out, "  %s %s %s %s %s\n", h.At.In(e.app.Now().Location()).Format("2006-01-02 15:04"), e.unit(h.Unit), h.By, acts.Name(h.Do),
			h.Told(called))
	}
	for _, says := range k.Contests(s) {
		fmt.Fprintln(e.out, "  "+thing.Told(says, called))
	}
}

func rosterAct(e *env, o *rosterOptions) error {
	b, err := e.source(e.args[1])
	if err != nil {
		return err
	}
	order, err := roster.Parse(b)
	if err != nil {
		return err
	}
	var was person.Person
	id := ""
	if e.args[0] != "-" {
		if was, err = e.app.Roster.Find(e.ctx, e.args[0]); err != nil {
			return err
		}
		id = was.ID
		if typed := strings.ToLower(strings.TrimSpace(e.args[0])); thing.ID(typed) { // it may be another of his
			id = typed
		}
	}
	code, _ := roster.Acts.Parse(order.Do)
	if code == person.End && id == "" {
		return e.congressEnds(order)
	}
	p, err := e.app.Roster.Act(e.ctx, e.app.Clerk(), id, order)
	if err != nil {
		return err
	}
	if code == person.Resume { // that is what is done
		was = p
	}
	odd, err := e.app.Roster.Caveats(e.ctx, was, p)
	if err != nil {
		return err
	}
	return e.entire(p, o.private, odd)
}

// congressEnds ends a whole congress, and lists the open work that is to be handed over.
func (e *env) congressEnds(o roster.Order) error {
	r := e.app.Roster
	level, _ := words.Levels.Parse(o.Level)
	congress, _ := person.Congress(o.Congress)
	before, err := r.Deputies(e.ctx, level, congress, "")
	if err != nil {
		return err
	}
	if _, err := r.Act(e.ctx, e.app.Clerk(), "", o); err != nil {
		return err
	}
	after, err := r.Deputies(e.ctx, level, congress, "")
	if err != nil {
		return err
	}
	gone := slices.DeleteFunc(before, func(p person.Person) bool {
		return slices.ContainsFunc(after, func(q person.Person) bool { return q.ID == p.ID })
	})
	work, err := r.Work(e.ctx, gone...)
	if err != nil {
		return err
	}
	if e.json {
		open := []map[string]any{}
		for _, m := range work {
			open = append(open, map[string]any{"number": m.Number, "title": m.Title, "deputies": append([]string{}, m.Called()...)})
		}
		return e.print(map[string]any{"ended": len(gone), "open": open})
	}
	fmt.Fprintf(e.out, "%d 位的代表职务已终止。\n", len(gone))
	if len(work) > 0 {
		fmt.Fprintf(e.out, "还没有办结、要移交的 %d 件：\n", len(work))
	}
	for _, m := range work {
		fmt.Fprintln(e.out, handover(m))
	}
	return nil
}

func handover(m matter.Matter) string {
	return fmt.Sprintf("  %s  %s（%s）", m.Number, m.Title, strings.Join(m.Called(), "、"))
}
