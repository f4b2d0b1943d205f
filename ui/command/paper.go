package command

import (
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/printer"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/words"
)

type paperOptions struct {
	listOptions
	wish               paper.Wish
	year, first, count number
	size, out, printer string
	sign               string
}

func receiptFlags(fs *flag.FlagSet) *paperOptions {
	o := &paperOptions{}
	fs.StringVar(&o.size, "size", "", "")
	fs.StringVar(&o.out, "out", "", "")
	fs.Var(signing{&o.sign}, "sign", "")
	return o
}

func printFlags(fs *flag.FlagSet) *paperOptions {
	o := &paperOptions{}
	fs.StringVar(&o.size, "size", "", "")
	fs.StringVar(&o.printer, "printer", "", "")
	fs.Var(signing{&o.sign}, "sign", "")
	return o
}

func paperFlags(fs *flag.FlagSet) *paperOptions {
	o := receiptFlags(fs)
	o.choice(fs)
	fs.BoolVar(&o.wish.Checked, "checked", false, "")
	fs.BoolVar(&o.wish.Coded, "qr", false, "")
	fs.BoolVar(&o.wish.Contact, "contact", false, "")
	fs.Var(&o.year, "year", "")
	fs.Var(&o.first, "first", "")
	fs.Var(&o.count, "count", "")
	return o
}

// draw makes a paper of a kind about the matters that the command names or, for lists, chooses.
func (e *env) draw(code string, numbers []string, o *paperOptions) (k paper.Kind, d typeset.Document, err error) {
	if code == "recovery-sheet" || code == form.Names["recovery-sheet"] { // its words are on no computer
		return k, d, usage("恢复单用 recovery sheet 做")
	}
	k, ok := paper.ByCode(code)
	if !ok {
		return k, d, usage("没有“" + code + "”这种表单，--list 列出种类")
	}
	t, err := e.app.Named(e.ctx, k, numbers)
	if err != nil {
		return k, d, err
	}
	if err := o.wished(e.app.Ledger); err != nil {
		return k, d, err
	}
	o.wish.Up = k.Takes(paper.Upward) && e.app.Settings.Role == journal.Station
	p, err := e.app.Paper(e.ctx, k, t, o.wish)
	if err == nil {
		d, err = e.app.Draw(e.ctx, p)
	}
	var not paper.NotTaken
	if errors.As(err, &not) {
		err = problem.Problems{strings.TrimPrefix(string(not.Not[0]), string(paper.Numbers)): not.Sentence()}
	}
	var look paper.Unchecked
	if errors.As(err, &look) {
		err = problem.Problems{"checked": look.Sentence() + "\n都看过了、可以上墙，再加 --checked。"}
	}
	return k, d, err
}

// wished reads what somebody chose about a paper.
func (o *paperOptions) wished(l *ledger.Ledger) error {
	q, err := o.ask(l)
	if err != nil {
		return err
	}
	if o.wish.Which, o.wish.Text = q.Filter, q.Text; q.Late {
		o.wish.Which.Overdue = l.Now().Format(time.DateOnly)
	}
	sizes := words.List{{Code: ""}, {Code: string(paper.A3)}, {Code: string(paper.A5)}, {Code: string(paper.A4)},
		{Code: string(paper.Roll), Name: "热敏小票"}}
	size, ok := sizes.Parse(o.size)
	switch {
	case !ok:
		return problem.Problems{"size": "请写 a3、a4、a5 或 80mm"}
	case o.year.out(2000, 2099):
		return problem.Problems{"year": "没有这一年，请核对年份"}
	case o.first.out(1, 99999) || o.count.out(1, 1000):
		return problem.Problems{"count": "编号从 1 起，一次最多印 1000 个"}
	}
	o.wish.Size, o.wish.Year, o.wish.First, o.wish.Count = paper.Size(size), o.year.n, o.first.n, o.count.n
	return nil
}

func receipt(e *env, o *paperOptions) error {
	e.args = []string{"receipt", e.args[0]}
	return papers(e, o)
}

// paperKinds lists the papers, and what may be chosen about each.
func paperKinds(e *env) error {
	for _, k := range paper.Kinds() {
		about := map[string]string{"kind": k.Code, "name": k.Name}
		if err := e.say(about, "%-18s %s　%s", k.Code, k.Name, k.Offers()); err != nil {
			return err
		}
	}
	return nil
}

func papers(e *env, o *paperOptions) error {
	if handedOver(e) {
		return e.handed(o.out)
	}
	e.sign(o.sign)
	if err := e.app.Home.Outside(o.out, e.app.Settings.Folder); err != nil { // before a blank paper takes numbers
		return err
	}
	k, d, err := e.draw(e.args[0], e.args[1:], o)
	if err != nil {
		return err
	}
	if _, err := e.app.Save(d, o.out, false); err != nil {
		return err
	}
	n := len(d.Pages)
	return e.say(map[string]any{"kind": k.Code, "file": o.out, "pages": n}, "%s在 %s，共 %d 页", k.Name, o.out, n)
}

func printOut(e *env, o *paperOptions) error {
	e.sign(o.sign)
	file, job := "", printer.Job{Printer: o.printer, File: filepath.Base(e.args[0])}
	var d typeset.Document
	var err error
	if strings.HasSuffix(strings.ToLower(job.File), ".pdf") {
		if o.size != "" {
			return problem.Problems{"size": "文件照原样打印，不能另选纸张；要换纸张，请写编号"}
		}
		if o.sign != "" {
			return problem.Problems{"sign": "文件照原样打印，不能另加签名；要签名的，请写编号"}
		}
		job.Paper = job.File[:len(job.File)-len(".pdf")]
		file, err = e.app.PrintFile(e.ctx, job, e.args[0])
	} else if _, d, err = e.draw("receipt", e.args, o); err == nil {
		job.Paper = strings.ReplaceAll(d.Title, " ", "-")
		job.File = job.Paper + ".pdf"
		file, err = e.app.Print(e.ctx, job, d)
	}
	if err != nil {
		if file != "" {
			fmt.Fprintf(e.err, "文件存在 %s\n", file)
		}
		return err
	}
	return e.say(map[string]string{"file": file}, "%s，文件也存在 %s", printer.Sent(len(d.Pages) == 0), file)
}
