package command

import (
	"flag"
	"fmt"
	"strings"

	"lianluo.local/app/ledger"
)

// views are what is done with the choices that somebody keeps.
var views = map[string]part[*listOptions]{"list": {0, 0, viewList}, "save": {1, 1, viewSave}, "drop": {1, 1, viewDrop}}

func viewFlags(fs *flag.FlagSet) *listOptions {
	o := &listOptions{}
	o.choice(fs)
	o.further(fs)
	return o
}

func viewList(e *env, _ *listOptions) error {
	list, err := e.app.Ledger.Watch(e.ctx)
	if err != nil {
		return err
	}
	for _, w := range list {
		said := fmt.Sprintf("%s  %d 件", w.Name, w.N)
		if w.Late > 0 {
			said += fmt.Sprintf("，超期 %d 件", w.Late)
		}
		if w.N < 0 {
			said = w.Name + "  " + w.Why
		}
		about := map[string]any{"name": w.Name, "choice": w.Choice, "matters": w.N, "overdue": w.Late}
		if err := e.say(about, "%s（%s）", said, strings.Join(e.app.Ledger.Told(w.Choice), "，")); err != nil {
			return err
		}
	}
	if len(list) == 0 && !e.json {
		fmt.Fprintln(e.out, "还没有关注。记一个：lianluo view save 名称，后面写 list 的条件。")
	}
	return nil
}

func viewSave(e *env, o *listOptions) error {
	s := ledger.Saved{Name: e.args[0], Choice: o.chosen()}
	if err := e.app.Ledger.Save(e.ctx, s); err != nil {
		return err
	}
	return e.say(map[string]any{"name": s.Name, "choice": s.Choice}, "已记下关注“%s”：%s。", strings.TrimSpace(s.Name), strings.Join(e.app.Ledger.Told(s.Choice), "，"))
}

func viewDrop(e *env, _ *listOptions) error {
	if err := e.app.Ledger.Drop(e.ctx, e.args[0]); err != nil {
		return err
	}
	return e.say(map[string]any{"name": e.args[0]}, "已去掉关注“%s”，事项没有动。", strings.TrimSpace(e.args[0]))
}
