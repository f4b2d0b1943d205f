package command

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"strings"

	"lianluo.local/app"
	"lianluo.local/app/roster/batch"
	"lianluo.local/app/sheet"
)

// sheetOptions say how a sheet comes in or goes out.
type sheetOptions struct {
	sheet, mapping, wrong, out string
	year                       int
	dry                        bool
	export                     app.Export
	whole                      map[string]string // what holds where a row says nothing
}

func (o *sheetOptions) file() string { return o.out }

// reads are the flags with which a sheet comes in or goes out.
func (o *sheetOptions) reads(fs *flag.FlagSet) {
	o.comes(fs)
	fs.StringVar(&o.out, "out", "", "")
	fs.BoolVar(&o.export.Print, "print", false, "")
}

// comes are those with which it comes in.
func (o *sheetOptions) comes(fs *flag.FlagSet) {
	fs.StringVar(&o.sheet, "sheet", "", "")
	fs.StringVar(&o.mapping, "map", "", "")
	fs.IntVar(&o.year, "year", 0, "")
	fs.StringVar(&o.wrong, "wrong", "", "")
	fs.BoolVar(&o.dry, "dry-run", false, "")
}

// written is a part of a command that writes a file which it is told.
func written[T any](write func(e *env, o T) error, out func(T) string) part[T] {
	return part[T]{0, 0, func(e *env, o T) error {
		if out(o) == "" {
			return usage("没有写 --out")
		}
		if err := write(e, o); err != nil {
			return err
		}
		return e.say(map[string]string{"file": out(o)}, "已写好 %s", out(o))
	}}
}

// errUntaken says that a sheet was not taken, after all that is asked was told.
var errUntaken = errors.New("sheet was not taken")

// take reads a sheet of a kind, says what it would do, and does it where nothing is asked or wrong.
func (e *env) take(k app.Keeping, o sheetOptions) error {
	said := app.Said{}
	if o.mapping != "" {
		b, err := e.source(o.mapping)
		if err != nil {
			return err
		}
		if said, err = k.ParseSaid(b); err != nil {
			return err
		}
	}
	if o.sheet != "" {
		said.Sheet = o.sheet
	}
	said.Year = cmp.Or(o.year, said.Year)
	for code, value := range o.whole {
		if said.Default == nil {
			said.Default = map[string]string{}
		}
		said.Default[code] = value
	}
	book, err := sheet.Open(e.args[0])
	if err != nil {
		return err
	}
	in, err := e.app.Intake(e.ctx, k, book, said)
	if err != nil {
		return err
	}
	if !in.Plan.Clear() && o.wrong != "" {
		if err := e.app.SaveWrong(e.ctx, in, o.wrong); err != nil {
			return err
		}
	}
	if in.Plan.Clear() && !o.dry {
		if err := e.app.Take(e.ctx, e.app.Clerk(), in); err != nil {
			return err
		}
	}
	if err := e.tell(in, o); err != nil {
		return err
	}
	if !in.Plan.Clear() {
		return errUntaken
	}
	return nil
}

// listed is how many lines of each sort a person is told.
const listed = 30

// tell says what a sheet does, or would do.
func (e *env) tell(in app.Intake, o sheetOptions) error {
	p := in.Plan
	if o.dry && !in.Again || !p.Clear() { // there is nothing to take back
		p.Batch = ""
	}
	if e.json {
		return e.print(p)
	}
	head := map[bool]string{true: "试读，没有写入：", false: "已导入："}[o.dry || !p.Clear()]
	if in.Again {
		head = "这份表已经导入过，没有改动："
	}
	lacks := ""
	if in.Of.Lists {
		lacks = fmt.Sprintf("，名册里有而表里没有 %d", len(p.Missing))
	}
	fmt.Fprintf(e.out, "%s新增 %d，更改 %d，不变 %d，要核对 %d，有错 %d%s\n", head, len(p.New), len(p.Changed),
		len(p.Same), len(p.Doubtful), len(p.Errors), lacks)
	if p.Batch != "" {
		fmt.Fprintf(e.out, "批次 %s\n", p.Batch)
	}
	for _, f := range []struct {
		what string
		list []sheet.Finding
	}{{"有错", p.Errors}, {"要核对", p.Doubtful}, {"说明", sheet.Together(p.Notes)}} {
		for i, one := range f.list {
			if i == listed {
				fmt.Fprintf(e.out, "  …还有 %d 处\n", len(f.list)-listed)
				break
			}
			fmt.Fprintf(e.out, "  %s %s %s\n", f.what, one.Cell, one.Why)
		}
	}
	for _, one := range p.Changed[:min(len(p.Changed), listed)] {
		var changes []string
		for _, c := range one.Changes {
			changes = append(changes, fmt.Sprintf("%s：%s → %s", c.Name, c.Was, c.Is))
		}
		fmt.Fprintf(e.out, "  更改 %s %s %s\n", one.Cell, one.Name, strings.Join(changes, "；"))
	}
	for _, one := range p.Missing[:min(len(p.Missing), listed)] {
		fmt.Fprintf(e.out, "  表里没有 %s（不会删除，终止的请另办）\n", one.Name)
	}
	if more := len(p.Missing) - listed; more > 0 {
		fmt.Fprintf(e.out, "  …表里没有的还有 %d 位\n", more)
	}
	if !p.Clear() {
		fmt.Fprintln(e.out, "一行也没有写入。改好表格，或用 --map 文件回答（年份用 --year）以后再导入；--wrong 把要改的行另存一份。")
	}
	return nil
}

// undo takes back what a sheet brought.
func undo[T any](e *env, _ T) error {
	which := e.args[0]
	n, err := batch.Undo(e.ctx, e.app.Roster, e.app.Clerk(), which)
	if err != nil {
		return err
	}
	return e.say(map[string]any{"batch": which, "undone": n}, "已撤回 %d 条", n)
}
