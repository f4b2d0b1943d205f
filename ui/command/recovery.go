package command

import (
	"bufio"
	"cmp"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"lianluo.local/app"
	"lianluo.local/app/explain"
	"lianluo.local/data/problem"
)

type recoveryOptions struct {
	out     string
	replace bool
}

func recoveryFlags(fs *flag.FlagSet) *recoveryOptions {
	o := &recoveryOptions{}
	fs.StringVar(&o.out, "out", "", "")
	fs.BoolVar(&o.replace, "replace", false, "")
	return o
}

// recovery makes and uses the recovery sheet. Its words come from a file or from standard input, never from an
// argument, which others on the computer could read.
func recovery(e *env, o *recoveryOptions) error {
	what, words := e.args[0], e.args[1:]
	switch typed := what == "try" || what == "open"; {
	case typed && len(words) != 1:
		return usage("没有写文件；从键盘输入写 -")
	case !typed && what != "gone" && len(words) > 0:
		return usage("多了“" + words[0] + "”")
	}
	switch what {
	case "show":
		list, err := e.app.Absences(e.ctx)
		if err != nil {
			return err
		}
		for _, one := range list {
			if !e.json {
				fmt.Fprintln(e.out, explain.Absent(one)+"。")
			}
		}
		h, err := e.app.Held()
		if err != nil {
			return err
		}
		made, tried := e.app.SheetDays(e.ctx, h)
		return e.sheet(h, "恢复单 %s，%s做的，%s。", h.Number(), made, cmp.Or(tried, "还没有试过"))
	case "sheet":
		return e.makeSheet(o)
	case "try":
		typed, err := e.typed(words[0])
		if err != nil {
			return err
		}
		h, err := e.app.TrySheet(e.ctx, e.app.Clerk(), typed)
		if err != nil {
			return err
		}
		return e.sheet(h, "对的，就是恢复单 %s，已记下今天试过。请把纸封好，锁回保险柜。", h.Number())
	case "open":
		typed, err := e.typed(words[0])
		if err != nil {
			return err
		}
		u, err := e.app.OpenSheet(e.ctx, e.app.Clerk(), typed)
		if err != nil {
			return err
		}
		left := ""
		if len(u.Sheets) > 0 {
			left = "还锁着的，要用编号 " + strings.Join(u.Sheets, "、") + " 的恢复单打开。"
		}
		if u.Spoilt > 0 {
			left += fmt.Sprintf("有 %d 处和原来的记录对不上，没有用。", u.Spoilt)
		}
		return e.say(map[string]any{"opened": u.Opened, "here": u.Here, "spoilt": u.Spoilt, "sheets": u.Sheets},
			"打开了 %d 处，都和原来的记录核对过，已放回台账；本来就在的 %d 处。%s", u.Opened, u.Here, left)
	case "gone":
		list, err := e.app.KnownGone(e.ctx, words)
		if err != nil {
			return err
		}
		numbers := []string{}
		for _, one := range list {
			numbers = append(numbers, one.Number)
			if !e.json {
				fmt.Fprintln(e.out, explain.Absent(one))
			}
		}
		return e.say(map[string]any{"gone": numbers}, "记下了：这 %d 件缺的内容已经知道，核对时不再当成问题；以后找到恢复单，还可以打开。", len(list))
	}
	return usage("没有“" + what + "”这一项")
}

// typed reads the words of a sheet from a file or, for "-", from standard input: up to the end of the line with the
// last of them where somebody sits at a terminal. What stands in their place in the command is not repeated, here or
// in the log: it may be the words.
func (e *env) typed(name string) (string, error) {
	if f, ok := e.in.(*os.File); ok && name == "-" {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			fmt.Fprintln(e.err, "请输入恢复单上的十二个字，按回车：")
			text := ""
			for lines := bufio.NewScanner(f); !app.SheetTyped(text) && lines.Scan(); {
				text += lines.Text() + "\n"
			}
			return text, nil
		}
	}
	b, err := e.source(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", problem.Problems{"": "没有这个文件。恢复单上的字请写在文件里，或写 - 从键盘输入；不要直接写在命令里，那样会留下来给别人看到。"}
	}
	return string(b), err
}

func (e *env) makeSheet(o *recoveryOptions) error {
	if o.out == "" {
		return usage("没有写 --out")
	}
	s, err := e.app.NewSheet(e.ctx, rand.Reader, o.replace)
	if err == nil {
		err = e.app.SaveSheet(e.ctx, s, o.out)
	}
	if err != nil {
		return err
	}
	return e.say(map[string]any{"sheet": s.Number(), "file": o.out, "made": s.Made},
		"恢复单 %s 在 %s。\n请打印出来锁进保险柜，把这个文件删掉；再照纸上的字试一次：lianluo recovery try -", s.Number(), o.out)
}

// sheet tells of a sheet, without its words.
func (e *env) sheet(h app.Holder, format string, args ...any) error {
	v := map[string]any{"sheet": h.Number()}
	if !h.Made.IsZero() {
		v["made"] = h.Made
	}
	if !h.Tried.IsZero() {
		v["tried"], v["by"] = h.Tried, e.app.SheetTrier(e.ctx, h)
	}
	return e.say(v, format, args...)
}
