package command

import (
	"flag"
	"fmt"
	"strings"

	"lianluo.local/app/agenda/duty"
	"lianluo.local/app/paper"
	"lianluo.local/app/roster"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

func dutyFlags(fs *flag.FlagSet) *agendaOptions {
	o := &agendaOptions{}
	fs.StringVar(&o.from, "from", "", "")
	fs.StringVar(&o.to, "to", "", "")
	fs.StringVar(&o.station, "station", "", "")
	fs.StringVar(&o.out, "out", "", "")
	return o
}

// dutyOf tells the record of duty of one person, or how often each of a station did what.
func dutyOf(e *env, o *agendaOptions) error {
	wrong := problem.Problems{}
	from, to := o.span(e.app.Now(), wrong)
	each := e.args[0] == "list"
	if each && o.station == "" {
		wrong["station"] = "请写是哪个站点的代表（--station 代码）"
	}
	if !each && o.station != "" {
		wrong["station"] = "已经写了是哪一位，站点就不用写了，请去掉一样"
	}
	if !each && o.out != "" {
		wrong["out"] = "一位代表的档案用 paper duty-book 印成文件；这里请去掉 --out"
	}
	if err := wrong.Or(); err != nil {
		return err
	}
	if !each {
		r, err := e.app.Duty(e.ctx, e.args[0], from, to)
		if err != nil {
			return err
		}
		return e.record(r)
	}
	station, err := e.app.Roster.Station(e.ctx, o.station)
	if err != nil {
		return err
	}
	ps, _, err := e.app.Roster.People(e.ctx, roster.Filter{Station: station})
	if err != nil {
		return err
	}
	for _, p := range ps {
		r, err := e.app.Duty(e.ctx, p.ID, from, to)
		if err != nil {
			return err
		}
		if err := e.say(map[string]any{"person": r.Person, "name": p.Name, "from": r.From, "to": r.To, "counts": r.Counts}, "%s  %s", p.Name, counted(r)); err != nil {
			return err
		}
	}
	if len(ps) == 0 && !e.json {
		fmt.Fprintln(e.out, "这里没有编入代表。")
	}
	if o.out == "" || len(ps) == 0 {
		return nil
	}
	return e.dutySheets(ps, o)
}

// dutySheets writes the sheets to check of some people into a file.
func (e *env) dutySheets(ps []person.Person, o *agendaOptions) error {
	k, _ := paper.ByCode("duty-check")
	p := &paperOptions{listOptions: listOptions{from: o.from, to: o.to}}
	if err := p.wished(e.app.Ledger); err != nil {
		return err
	}
	if p.wish.Which.From.IsZero() && p.wish.Which.To.IsZero() {
		p.wish.Year = e.app.Now().Year()
	}
	t := paper.Things{}
	t.People = ps
	made, err := e.app.Paper(e.ctx, k, t, p.wish)
	if err != nil {
		return err
	}
	d, err := e.app.Draw(e.ctx, made)
	if err != nil {
		return err
	}
	_, err = e.app.Save(d, o.out, false)
	return err
}

// record prints a whole record.
func (e *env) record(r duty.Record) error {
	if e.json {
		return e.print(r)
	}
	for _, it := range r.Items {
		what := words.Duties.Name(it.Kind)
		if it.What != what {
			what += "  " + it.What
		}
		fmt.Fprintf(e.out, "%s  %s\n", it.Day, what)
	}
	fmt.Fprintf(e.out, "%s 至 %s：%s\n", r.From, r.To, counted(r))
	for _, g := range r.Goals {
		name := words.Duties.Name(g.Kind)
		if g.Kind == "days" {
			name = "履职天数"
		}
		fmt.Fprintf(e.out, "目标 %s：%d / %d\n", name, g.Done, g.Of)
	}
	return nil
}

// counted are the counts of a record in words.
func counted(r duty.Record) string {
	var list []string
	for _, w := range words.Duties {
		if n := r.Counts[w.Code]; n > 0 {
			list = append(list, fmt.Sprintf("%s %d", w.Name, n))
		}
	}
	if list == nil {
		return "还没有记录"
	}
	return fmt.Sprintf("%s，共 %d 天", strings.Join(list, "，"), r.Counts["days"])
}
