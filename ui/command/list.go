package command

import (
	"flag"
	"fmt"
	"math"
	"strings"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/assets/category"
	"lianluo.local/assets/places"
	"lianluo.local/data/day"
	"lianluo.local/data/mask"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
	"lianluo.local/data/unit"
	"lianluo.local/data/words"
)

type listOptions struct {
	query, station, register, category, from, to, basket string
	step, limit                                          number
	overdue, private                                     bool
}

func listFlags(fs *flag.FlagSet) *listOptions {
	o := &listOptions{}
	o.choice(fs)
	fs.Var(&o.limit, "limit", "")
	fs.BoolVar(&o.private, "private", false, "")
	return o
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

func (o *listOptions) ask(l *ledger.Ledger) (q ledger.Query, err error) {
	wrong := problem.Problems{}
	q = ledger.Query{Text: o.query, Late: o.overdue, Filter: ledger.Filter{Step: o.step.n}}
	if o.step.out(1, 7) {
		wrong["step"] = "请写 1 到 7"
	}
	if o.limit.out(1, math.MaxInt) {
		wrong["limit"] = "最少写 1"
	}
	if o.station != "" {
		code, ok := unit.Station(o.station)
		if q.Station = code; !ok {
			wrong["station"] = "没有这个联络站，请核对代码"
		}
	}
	if o.register != "" {
		code, ok := words.Registers.Parse(o.register)
		if q.Register = code; !ok {
			wrong["register"] = "请写 reception（接待群众）、visit（走访选民）或 opinion（社情民意）"
		}
	}
	if o.category != "" {
		code, ok := category.Parse(spelling.Plain(o.category))
		if !ok {
			code, ok = category.ParseGroup(spelling.Plain(o.category))
		}
		if q.Category = code; !ok {
			wrong["category"] = "没有“" + o.category + "”这个类别，请写类别的代码或名称"
		}
	}
	now := l.Now()
	date := func(field, s string, plus int) time.Time {
		if strings.TrimSpace(s) == "" {
			return time.Time{}
		}
		t, _, why := day.Read(s, now)
		if why != "" {
			wrong[field] = why
		}
		return time.Date(t.Year(), t.Month(), t.Day()+plus, 0, 0, 0, 0, t.Location())
	}
	if o.basket != "" {
		var names []string
		for _, b := range l.Baskets() {
			if names = append(names, b.Code+"（"+b.Name+"）"); b.Code == o.basket || b.Name == o.basket {
				f := b.Filter
				f.Step, f.Category, f.Station, f.Register = q.Step, q.Category, q.Station, q.Register
				q.Filter, names = f, nil
				break
			}
		}
		if names != nil {
			wrong["basket"] = "请写其中一个：" + strings.Join(names, "、")
		}
	}
	q.From, q.To = date("from", o.from, 0), date("until", o.to, 1)
	if !q.From.IsZero() && !q.To.IsZero() && !q.From.Before(q.To) {
		wrong["until"] = "早于开始的日子，请核对"
	}
	return q, wrong.Or()
}

func list(e *env, o *listOptions) error {
	q, err := o.ask(e.app.Ledger)
	if err != nil {
		return err
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
