package command

import (
	"errors"
	"flag"
	"fmt"
	"strings"

	"lianluo.local/app/explain"
	"lianluo.local/app/trust"
)

type stickOptions struct{ wipe bool }

func stickFlags(fs *flag.FlagSet) *stickOptions {
	o := &stickOptions{}
	fs.BoolVar(&o.wipe, "wipe", false, "")
	return o
}

// sticks lists the sticks that were registered, registers the one that is put in, takes one off the list, or tells of their
// trips.
func sticks(e *env, o *stickOptions) error {
	name := strings.Join(e.args[1:], " ")
	switch {
	case e.args[0] == "list" && name == "":
		return sticksListed(e)
	case e.args[0] == "log" && name == "":
		return trips(e)
	case e.args[0] == "add" && name != "":
		s, err := e.app.Register(e.ctx, name, o.wipe)
		if err != nil {
			return err
		}
		does := "送到的留着，过些日子自己清"
		if s.Wipe {
			does = "对方收到的就从U盘上清掉"
		}
		return e.say(s, "登记好了：%s，%s。从现在起只用登记过的U盘。", s.Name, does)
	case e.args[0] == "drop" && name != "":
		if err := e.app.Unregister(e.ctx, name); err != nil {
			return err
		}
		return e.say(map[string]string{"dropped": name}, "%s不再用了。它上面的文件没有动。", name)
	}
	return usage("请写 stick list、stick add 名字、stick drop 名字 或 stick log")
}

func sticksListed(e *env) error {
	l, here, away, err := e.app.Sticks(e.ctx)
	if err != nil {
		return err
	}
	for _, s := range l.Sticks {
		note := map[bool]string{true: "　收到就清", false: ""}[s.Wipe] + map[bool]string{true: "　正插着", false: ""}[s.ID == here.ID]
		told := map[string]any{"id": s.ID, "name": s.Name, "wipe": s.Wipe, "added": s.Added, "here": s.ID == here.ID}
		if err := e.say(told, "%s　%s登记%s", s.Name, s.Added.In(e.app.Now().Location()).Format("2006-01-02"), note); err != nil {
			return err
		}
	}
	if len(l.Sticks) == 0 && !e.json {
		fmt.Fprintln(e.out, "还没有登记过U盘，本市的U盘（共享文件夹）都可以用。登记：插好U盘，写 stick add 名字。")
	}
	if away != nil && !e.json && !errors.Is(away, trust.ErrNoFolder) {
		fmt.Fprintln(e.err, explain.Sentence(away))
	}
	return nil
}

func trips(e *env) error {
	l, _, _, err := e.app.Sticks(e.ctx)
	if err != nil {
		return err
	}
	for _, t := range l.Trips {
		told := map[string]any{"at": t.At, "stick": t.Stick, "name": l.Called(t.Stick), "collected": t.Collected, "sent": t.Sent,
			"wiped": t.Wiped}
		if err := e.say(told, "%s", l.Says(t, e.app.Now().Location())); err != nil {
			return err
		}
	}
	if len(l.Trips) == 0 && !e.json {
		fmt.Fprintln(e.out, "登记过的U盘还没有来往。")
	}
	return nil
}
