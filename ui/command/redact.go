package command

import (
	"flag"
	"fmt"

	"lianluo.local/app/ledger"
	"lianluo.local/data/session"
	"lianluo.local/data/words"
)

type redactOptions struct {
	reason       string
	expired, dry bool
}

func redactFlags(fs *flag.FlagSet) *redactOptions {
	o := &redactOptions{}
	fs.StringVar(&o.reason, "reason", "", "")
	fs.BoolVar(&o.expired, "expired", false, "")
	fs.BoolVar(&o.dry, "dry-run", false, "")
	return o
}

// redact takes what is known of citizens away: of the matters that are named, or of all that are past their time.
func redact(e *env, o *redactOptions) error {
	if o.expired == (len(e.args) > 0) {
		return usage("写编号，或者只写 --expired（过了保存期的全部）")
	}
	var list []ledger.View
	var rounds []session.Session
	var err error
	if o.expired {
		o.reason = "term"
		list, rounds, err = e.app.Redactable(e.ctx)
	}
	for _, number := range e.args {
		var v ledger.View
		if v, err = e.app.Ledger.Show(e.ctx, number); err == nil {
			err = e.app.Desk.Redactable(v.Matter)
		}
		if err != nil {
			break
		}
		list = append(list, v)
	}
	if err != nil {
		return err
	}
	ids, numbers := []string{}, []string{}
	for _, v := range list {
		ids, numbers = append(ids, v.ID), append(numbers, v.Number)
		if o.dry && !e.json {
			fmt.Fprintf(e.out, "%s  %s  %s\n", v.Number, v.State, v.Title)
		}
	}
	for _, s := range rounds {
		numbers = append(numbers, s.ID)
		if o.dry && !e.json {
			fmt.Fprintf(e.out, "%s  走访  %s\n", s.Day, s.Title())
		}
	}
	if o.dry {
		return e.say(map[string]any{"numbers": numbers, "dry": true}, "共 %d 件，没有动。隐去以后谁也找不回来：去掉 --dry-run 再执行。", len(numbers))
	}
	if o.expired {
		_, err = e.app.RedactExpired(e.ctx, e.app.Clerk())
	} else {
		err = e.app.Redact(e.ctx, e.app.Clerk(), o.reason, ids...)
	}
	if err != nil {
		return err
	}
	return e.say(map[string]any{"numbers": numbers}, "%d 件的姓名、电话、住址、原话已经隐去（%s），本机的备份也重写了；编号和统计都没有变。报送以后，收到过的各级也隐去。",
		len(numbers), words.Redactions.Name(parsed(o.reason)))
}

// parsed is the code of a reason.
func parsed(reason string) string {
	code, _ := words.Redactions.Parse(reason)
	return code
}
