package command

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianluo.local/data/day"
	"lianluo.local/data/problem"
)

// audits are what is done with the log of who looked at what.
var audits = map[string]part[*auditOptions]{"list": {0, 0, auditList}, "accept": {0, 0, auditAccept}}

type auditOptions struct{ from, to, who, out string }

func auditFlags(fs *flag.FlagSet) *auditOptions {
	o := &auditOptions{}
	fs.StringVar(&o.from, "from", "", "")
	fs.StringVar(&o.to, "to", "", "")
	fs.StringVar(&o.who, "who", "", "")
	fs.StringVar(&o.out, "out", "", "")
	return o
}

// span is the time that is asked for, zero for no bound; the last day belongs to it.
func (o *auditOptions) span(now time.Time) (from, until time.Time, err error) {
	wrong := problem.Problems{}
	read := func(code, s string) (t time.Time) {
		on, why := day.Date(s, now)
		if why != "" {
			wrong[code] = why
		} else if on != "" {
			t, _ = time.ParseInLocation(time.DateOnly, on, now.Location())
		}
		return t
	}
	if from, until = read("from", o.from), read("to", o.to); !until.IsZero() {
		until = until.AddDate(0, 0, 1)
	}
	if !until.IsZero() && until.Before(from) {
		wrong["to"] = "早于 --from 的日子，请核对"
	}
	return from, until, wrong.Or()
}

// auditList tells who looked at what, the oldest first, or writes it into a file.
func auditList(e *env, o *auditOptions) error {
	from, until, err := o.span(e.app.Now())
	if err != nil {
		return err
	}
	if o.out != "" {
		if err := e.app.WriteAudit(e.ctx, o.out, from, until); err != nil {
			return err
		}
		return e.say(map[string]string{"file": o.out}, "审计记录在 %s", o.out)
	}
	list, err := e.app.Audit(e.ctx, from, until)
	if err != nil {
		return err
	}
	n := 0
	for _, l := range slices.Backward(list) {
		if o.who != "" && l.Who != o.who && l.User != o.who {
			continue
		}
		says := fmt.Sprintf("%s  %s  %s  %s  %s", l.At.Format("2006-01-02 15:04:05"), l.Who, l.Act, l.Which, l.Came)
		if err := e.say(l, "%s", strings.ReplaceAll(says, "    ", "  ")); err != nil {
			return err
		}
		n++
	}
	if n == 0 && !e.json {
		fmt.Fprintln(e.out, "没有记录。")
	}
	return nil
}

// auditAccept takes note of what is amiss with the log.
func auditAccept(e *env, _ *auditOptions) error {
	n, err := e.app.AcceptAudit(e.ctx)
	if err != nil {
		return err
	}
	if n == 0 {
		return e.say(map[string]int{"accepted": 0}, "审计日志没有缺损，不用确认。")
	}
	return e.say(map[string]int{"accepted": n}, "已确认 %d 处缺损，也记进了日志；以后核对不再当成问题。", n)
}
