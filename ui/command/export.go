package command

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"lianluo.local/app"
	"lianluo.local/app/export"
	"lianluo.local/app/paper"
	"lianluo.local/data/day"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
)

type exportOptions struct {
	out, format, from, to string
	private               bool
}

func exportFlags(fs *flag.FlagSet) *exportOptions {
	o := &exportOptions{}
	fs.StringVar(&o.out, "out", "", "")
	fs.StringVar(&o.format, "format", "", "")
	fs.StringVar(&o.from, "from", "", "")
	fs.StringVar(&o.to, "to", "", "")
	fs.BoolVar(&o.private, "private", false, "")
	return o
}

// wish reads what is asked for.
func (o *exportOptions) wish(e *env) (w export.Wish, err error) {
	if err := w.Parse(o.format); err != nil {
		return w, err
	}
	wrong := problem.Problems{}
	read := func(code, s string) string {
		on, why := day.Date(s, e.app.Now())
		if why != "" {
			wrong[code] = why
		}
		return on
	}
	w.From, w.To, w.Private = read("from", o.from), read("to", o.to), o.private
	if w.From != "" && w.To != "" && w.To < w.From {
		wrong["to"] = "早于 --from 的日子，请核对"
	}
	return w, wrong.Or()
}

func exportAll(e *env, o *exportOptions) error {
	w, err := o.wish(e)
	if err != nil {
		return err
	}
	var told func(int)
	if f, ok := e.err.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			told = func(n int) { fmt.Fprintf(f, "\r已写 %d 件", n) }
			defer fmt.Fprintln(f)
		}
	}
	ctx, stop := signal.NotifyContext(e.ctx, os.Interrupt, syscall.SIGTERM) // then nothing of it stays
	defer stop()
	folder, err := e.app.Everything(ctx, o.out, w, told)
	if err != nil {
		return err
	}
	if e.json {
		list := []map[string]any{}
		for _, f := range folder.Files {
			list = append(list, map[string]any{"name": f.Name, "records": f.Records, "size": f.Size, "sha256": f.SHA256, "sm3": f.SM3})
		}
		return e.print(map[string]any{"out": o.out, "private": w.Private, "files": list})
	}
	for _, f := range folder.Files {
		if f.About != "" {
			fmt.Fprintf(e.out, "%-28s %7d  %s\n", f.Name, f.Records, f.About)
		}
	}
	hint := "已经遮挡；发给别人以前请先看一遍。"
	if w.Private {
		hint = "里面有群众的姓名、电话、住址和原话，请加密保管，用完就删。"
	}
	fmt.Fprintln(e.out, "写在 "+o.out+"。"+hint+"各文件是什么，见 README.txt。"+folder.Cleared())
	return nil
}

// exportKinds lists the formats, what each file has, and what templates may take.
func exportKinds(e *env) error {
	for _, f := range export.Formats {
		if err := e.say(map[string]any{"format": f.Code, "name": f.Name}, "%-10s %s", f.Code, f.Name); err != nil {
			return err
		}
	}
	for _, k := range app.Outgoing {
		var codes, names []string
		for _, c := range k.Columns {
			codes, names = append(codes, c.Code), append(names, c.Code+" "+c.Name)
		}
		if err := e.say(map[string]any{"file": k.Code, "name": k.Name, "columns": codes}, "%s %s：%s", k.Code, k.Name, strings.Join(names, "、")); err != nil {
			return err
		}
	}
	if e.json {
		return nil
	}
	var names []string
	for _, f := range matter.Columns {
		names = append(names, f.Code+" "+f.Name)
	}
	fmt.Fprintln(e.out, "模板（profile.json 的 templates）的 from 可以写："+strings.Join(names, "、"))
	return nil
}

// publicPage writes the page of a web site.
func publicPage(e *env, o *reportOptions) error {
	if o.by+o.of+o.compare != "" {
		return usage("网站公开页只能加 --from、--to、--checked 和 --out 文件.html")
	}
	if o.out == "" {
		return usage("没有写 --out")
	}
	a, err := (&reportOptions{from: o.from, to: o.to}).ask("month", e.app.Now())
	if err != nil {
		return err
	}
	err = e.app.PublicPage(e.ctx, o.out, a.From, a.To, o.checked)
	var look paper.Unchecked
	if errors.As(err, &look) {
		return problem.Problems{"checked": look.Sentence() + "\n都看过了、可以公开，再加 --checked；这些字在页上会写成 **。"}
	}
	if err != nil {
		return err
	}
	return e.say(map[string]string{"out": o.out}, "写在 %s。发布以前请再打开看一遍。", o.out)
}
