package command

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"math"

	"lianluo.local/app/ledger"
	"lianluo.local/assets/places"
	"lianluo.local/data/mask"
	"lianluo.local/data/problem"
)

type listOptions struct {
	query, station, register, category, from, to, basket          string
	state, channel, department, leader, result, period, view, out string
	step, limit                                                   number
	overdue, urgent, private                                      bool
}

func listFlags(fs *flag.FlagSet) *listOptions {
	o := &listOptions{}
	o.choice(fs)
	o.further(fs)
	fs.Var(&o.limit, "limit", "")
	fs.BoolVar(&o.private, "private", false, "")
	fs.StringVar(&o.view, "view", "", "")
	fs.StringVar(&o.out, "out", "", "")
	return o
}

// further are those by which a list is narrowed that no paper takes.
func (o *listOptions) further(fs *flag.FlagSet) {
	for name, to := range map[string]*string{"state": &o.state, "channel": &o.channel, "department": &o.department, "leader": &o.leader,
		"result": &o.result, "period": &o.period} {
		fs.StringVar(to, name, "", "")
	}
	fs.BoolVar(&o.urgent, "urgent", false, "")
}

// choice are the flags that choose matters.
func (o *listOptions) choice(fs *flag.FlagSet) {
	fs.StringVar(&o.query, "query", "", "")
	fs.StringVar(&o.station, "station", "", "")
	fs.StringVar(&o.register, "register", "", "")
	fs.StringVar(&o.category, "category", "", "")
	fs.StringVar(&o.from, "from", "", "")
	fs.StringVar(&o.to, "to", "", "")
	fs.StringVar(&o.basket, "basket", "", "")
	fs.Var(&o.step, "step", "")
	fs.BoolVar(&o.overdue, "overdue", false, "")
}

// choice is what the flags choose.
func (o *listOptions) chosen() ledger.Choice {
	return ledger.Choice{Text: o.query, Basket: o.basket, State: o.state, Step: o.step.n, Overdue: o.overdue, Urgent: o.urgent, Station: o.station,
		Register: o.register, Category: o.category, Channel: o.channel, Department: o.department, Leader: o.leader, Result: o.result, Period: o.period,
		From: o.from, To: o.to}
}

func (o *listOptions) ask(l *ledger.Ledger) (ledger.Query, error) { return o.asked(l, o.chosen()) }

// viewed is the query of the choice that is kept under a name, or of the flags where none is named.
func (o *listOptions) viewed(e *env) (q ledger.Query, err error) {
	if o.view == "" {
		return o.ask(e.app.Ledger)
	}
	if o.chosen() != (ledger.Choice{}) {
		return q, usage("--view 已经记着条件，不能再写别的条件")
	}
	saved, err := e.app.Ledger.Saved(e.ctx, o.view)
	if err != nil {
		return q, err
	}
	return o.asked(e.app.Ledger, saved.Choice)
}

func (o *listOptions) asked(l *ledger.Ledger, c ledger.Choice) (q ledger.Query, err error) {
	q, err = l.Asked(c)
	wrong := problem.Problems{}
	if err != nil && !errors.As(err, &wrong) {
		return q, err
	}
	if o.step.out(1, 7) {
		wrong["step"] = "请写 1 到 7"
	}
	if o.limit.out(1, math.MaxInt) {
		wrong["limit"] = "最少写 1"
	}
	return q, wrong.Or()
}

func list(e *env, o *listOptions) error {
	q, err := o.viewed(e)
	if err != nil {
		return err
	}
	if q, err = e.app.Ledger.Narrow(e.ctx, q); err != nil {
		return err
	}
	if o.out != "" {
		n, err := e.app.ExportMatters(e.ctx, o.out, cmp.Or(o.view, "台账"), q, o.private)
		if err != nil {
			return err
		}
		return e.say(map[string]any{"file": o.out, "matters": n}, "%d 件在 %s", n, o.out)
	}
	if q.Text != "" {
		if _, err := e.app.Ledger.Fill(e.ctx); err != nil {
			return err
		}
	}
	q.Limit = 500
	for n := 0; ; {
		page, err := e.app.Ledger.Page(e.ctx, q)
		if err != nil {
			return err
		}
		for _, v := range page.Matters {
			if o.private {
				if err := e.app.Reveal(e.ctx, v.Number); err != nil {
					return err
				}
			}
			if err := e.one(v, o.private); err != nil {
				return err
			}
			if n++; n == o.limit.n {
				return nil
			}
		}
		if !page.More {
			if n == 0 && !e.json {
				fmt.Fprintln(e.out, "没有找到。")
			}
			return nil
		}
		q.Before = page.Matters[len(page.Matters)-1].Row
	}
}

// one prints a matter as a line of a list.
func (e *env) one(v ledger.View, private bool) error {
	if e.json {
		b, err := v.JSON(private)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(e.out, "%s\n", b)
		return err
	}
	due := v.State.String()
	if limit := v.Limit(); limit != "" && v.State.Open() {
		due += "，限 " + limit
	}
	if v.Overdue {
		due += "，" + v.Days()
	}
	name, title := mask.Name(v.Name), v.Title
	if v.Confidential && !private {
		name, title = "", "保密件"
	}
	if private {
		name = v.Name + " " + v.Phone
	}
	_, err := fmt.Fprintf(e.out, "%s  %s  %s  %s  %s（%s）\n",
		v.Number, v.Occurred.In(e.app.Now().Location()).Format("2006-01-02"), places.Of(v.Station).Where, name, title, due)
	return err
}
