package command

import (
	"flag"
	"fmt"
	"path/filepath"

	"lianluo.local/app/demo"
)

func demoFlags(fs *flag.FlagSet) *demo.Options {
	o := &demo.Options{}
	fs.StringVar(&o.Out, "out", "", "")
	fs.IntVar(&o.Stations, "stations", 2, "")
	fs.IntVar(&o.Weeks, "weeks", 2, "")
	fs.Uint64Var(&o.Seed, "seed", 1, "")
	return o
}

func play(e *env, o *demo.Options) error {
	if o.Stations < 1 || o.Weeks < 1 {
		return usage("--stations 和 --weeks 至少是 1")
	}
	files, err := demo.Play(e.ctx, *o)
	if err != nil {
		return err
	}
	if e.json {
		return e.print(files)
	}
	dir, err := filepath.Abs(o.Out)
	if err != nil {
		dir = o.Out
	}
	fmt.Fprintf(e.out, "演完了。都在 %s：\n", dir)
	for _, f := range files {
		fmt.Fprintf(e.out, "  %s\n", f)
	}
	return nil
}
