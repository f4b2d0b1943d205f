package command

import (
	"flag"
	"fmt"

	"lianluo.local/app"
	"lianluo.local/app/explain"
)

func diagnoseFlags(fs *flag.FlagSet) *string { return fs.String("out", "", "") }

// diagnose writes down how the program and its computer are, and of the records what there is to say where they open.
func diagnose(e *env, out *string) error {
	why := e.open()
	if why != nil {
		fmt.Fprintln(e.err, explain.Sentence(why))
	}
	if err := app.Diagnose(e.ctx, e.where(), e.app, why, computer()).Save(e.where(), *out); err != nil {
		return err
	}
	return e.say(map[string]string{"file": *out}, "诊断在 %s，里面没有人名、电话，也没有事项的内容，可以放心交给技术人员。", *out)
}
