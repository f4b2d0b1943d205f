package command

import (
	"flag"
	"fmt"

	"lianluo.local/app"
)

type heldOptions struct{ name, phone, out string }

func heldFlags(fs *flag.FlagSet) *heldOptions {
	o := &heldOptions{}
	texts(fs, map[string]*string{"name": &o.name, "phone": &o.phone, "out": &o.out})
	return o
}

// heldOf tells somebody what is kept about him, as lines or as a paper for his hand.
func heldOf(e *env, o *heldOptions) error {
	who := app.Asker{Name: o.name, Phone: o.phone}
	if len(e.args) > 0 {
		if who != (app.Asker{}) {
			return usage("写编号，或者写 --name 和 --phone，不要都写")
		}
		who.Number = e.args[0]
	}
	s, err := e.app.Holding(e.ctx, who)
	if err != nil {
		return err
	}
	if o.out == "" && !e.json {
		for _, p := range s.Parts {
			fmt.Fprintln(e.out, p.Title)
			for _, l := range p.Lines {
				fmt.Fprintf(e.out, "  %s：%s\n", l.What, l.Says)
			}
		}
	}
	told := map[string]any{"parts": s.Parts, "apart": s.Apart}
	if o.out != "" {
		d, err := e.app.HoldingPaper(e.ctx, who)
		if err != nil {
			return err
		}
		if told["file"], err = e.app.Save(d, o.out, false); err != nil {
			return err
		}
	}
	return e.say(told, "查到 %d 处%s%s。", len(s.Parts),
		map[bool]string{true: fmt.Sprintf("；另有 %d 处只是姓名或电话相同，没有列出", s.Apart)}[s.Apart > 0],
		map[bool]string{true: "，已写到 " + o.out}[o.out != ""])
}
