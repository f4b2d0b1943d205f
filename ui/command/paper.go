package command

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/printer"
	"lianluo.local/data/home"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
)

type paperOptions struct {
	size, out, printer string
	list               bool
}

func paperFlags(fs *flag.FlagSet) any {
	o := &paperOptions{}
	fs.StringVar(&o.size, "size", "", "")
	fs.StringVar(&o.out, "out", "", "")
	fs.StringVar(&o.printer, "printer", "", "")
	fs.BoolVar(&o.list, "list", false, "")
	return o
}

func (e *env) pdf(v ledger.View, size string) ([]byte, error) {
	if v.State == matter.Void {
		return nil, problem.Problems{"": "这件事项已经作废，不再打印回执"}
	}
	if size == "" {
		size = e.app.Settings.Paper
	}
	switch paper.Size(size) {
	case paper.A5, paper.A4, paper.Roll:
		return paper.Of(v.Matter, *e.app.Settings).PDF(paper.Size(size))
	}
	return nil, problem.Problems{"size": "纸张请写 a5、a4 或 80mm"}
}

func receipt(e *env, opts any) error {
	o := opts.(*paperOptions)
	if len(e.args) != 1 || o.out == "" {
		return e.use("receipt")
	}
	v, err := e.find()
	if err != nil {
		return err
	}
	pdf, err := e.pdf(v, o.size)
	if err != nil {
		return err
	}
	if err := e.app.Home.Outside(o.out); err != nil {
		return err
	}
	if err := home.WriteWhole(o.out, pdf, 0o600); err != nil {
		return err
	}
	return e.say(map[string]string{"number": v.Number, "file": o.out}, "回执在 %s", o.out)
}

func papers(e *env, opts any) error {
	if opts.(*paperOptions).list {
		return e.say(map[string]string{"kind": "receipt", "name": "受理回执"}, "receipt  受理回执")
	}
	if len(e.args) != 2 || e.args[0] != "receipt" {
		return e.use("paper")
	}
	e.args = e.args[1:]
	return receipt(e, opts)
}

func printOut(e *env, opts any) error {
	o := opts.(*paperOptions)
	if len(e.args) != 1 {
		return e.use("print")
	}
	name, pdf := filepath.Base(e.args[0]), []byte(nil)
	var err error
	if strings.HasSuffix(strings.ToLower(name), ".pdf") {
		pdf, err = os.ReadFile(e.args[0])
	} else {
		var v ledger.View
		if v, err = e.find(); err == nil {
			name = v.Number + ".pdf"
			pdf, err = e.pdf(v, o.size)
		}
	}
	if err != nil {
		return err
	}
	to := o.printer
	if to == "" {
		to = e.app.Settings.Printer
	}
	ctx, cancel := context.WithTimeout(e.ctx, time.Minute)
	defer cancel()
	file, err := printer.Print(ctx, e.app.Home.Papers(), name, to, pdf)
	if err != nil {
		return err
	}
	return e.say(map[string]string{"file": file}, "已送到打印机，文件也存在 %s", file)
}
