// Package command is the house without a window: everything a page can do, a command can do. It never needs a display,
// never loads Fyne and never asks.
//
// Each command is a row of the table; flags may stand before or after its words. It ends with 0 done, 1 failed (one
// Chinese sentence on standard error), 2 wrong use, 3 refused input.
package command

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/explain"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
)

// The exit codes.
const (
	done, failed, misused, refused = 0, 1, 2, 3
)

// computer is the clock of a command that is given no other by --now. Scripts set it, so that they hold on any day.
var computer = time.Now

// env is what a command is given.
type env struct {
	ctx      context.Context
	in       io.Reader
	out, err io.Writer
	flags    *flag.FlagSet
	args     []string // the words that are no flags
	home     string
	json     bool
	now      string
	app      *app.App // open where the command needs one
}

// row is one command.
type row struct {
	name, use, does string
	flags           func(*flag.FlagSet) any // registers flags and returns where they go
	run             func(*env, any) error
	bare            bool // works without an open home
}

// usage is an error that says how a command is used.
type usage string

func (u usage) Error() string { return string(u) }

// Window says whether a command line asks for the window: it holds no command. Then home and now are what it says of
// them, now nil for the computer's own clock.
func Window(args []string) (h home.Home, now func() time.Time, ok bool) {
	e := &env{flags: flag.NewFlagSet("lianluo", flag.ContinueOnError)}
	e.flags.SetOutput(io.Discard)
	e.common(e.flags)
	if e.flags.Parse(args) != nil || e.flags.NArg() > 0 || e.json {
		return "", nil, false
	}
	now, err := e.clock()
	return e.where(), now, err == nil
}

// Run runs one command line (without the program's name) and gives the exit code.
func Run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	e := &env{ctx: ctx, in: in, out: out, err: errs}
	err := e.dispatch(args)
	var use usage
	var wrong problem.Problems
	switch {
	case err == nil:
		return done
	case errors.Is(err, flag.ErrHelp):
		return done
	case errors.As(err, &use):
		fmt.Fprintln(errs, string(use))
		return misused
	case errors.As(err, &wrong):
		if e.json {
			_ = e.print(map[string]any{"problems": wrong})
		}
		fmt.Fprintln(errs, wrong.Sentence())
		return refused
	}
	if code := refusal(err); code != 0 {
		if e.json {
			_ = e.print(map[string]any{"problems": map[string]string{"do": explain.Sentence(err)}})
		}
		fmt.Fprintln(errs, explain.Sentence(err))
		return code
	}
	if !explain.Answer(err) {
		e.log(err)
	}
	fmt.Fprintln(errs, explain.Sentence(err))
	return failed
}

func (e *env) dispatch(args []string) error {
	e.flags = flag.NewFlagSet("lianluo", flag.ContinueOnError)
	e.flags.SetOutput(io.Discard)
	e.common(e.flags)
	if err := e.flags.Parse(args); err != nil {
		return e.misuse(row{}, err)
	}
	words := e.flags.Args()
	if len(words) == 0 || words[0] == "help" {
		e.help()
		return nil
	}
	for _, r := range commands() {
		if r.name == words[0] {
			return e.run(r, words[1:])
		}
	}
	return usage(fmt.Sprintf("没有“%s”这个命令。用 lianluo help 看有哪些命令。", words[0]))
}

func (e *env) common(fs *flag.FlagSet) {
	fs.StringVar(&e.home, "home", e.home, "")
	fs.BoolVar(&e.json, "json", e.json, "")
	fs.StringVar(&e.now, "now", e.now, "")
}

func (e *env) run(r row, words []string) error {
	fs := flag.NewFlagSet(r.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	e.common(fs)
	var opts any
	if r.flags != nil {
		opts = r.flags(fs)
	}
	e.flags = fs
	for len(words) > 0 { // flags and words in any order
		if err := fs.Parse(words); err != nil {
			return e.misuse(r, err)
		}
		if words = fs.Args(); len(words) > 0 {
			e.args, words = append(e.args, words[0]), words[1:]
		}
	}
	now, err := e.clock()
	if err != nil {
		return err
	}
	if !r.bare {
		if e.app, err = app.Open(e.ctx, app.Options{Home: e.where(), Now: now, Clock: computer}); err != nil {
			return err
		}
		defer e.app.Close()
		for _, err := range e.app.Amiss {
			fmt.Fprintln(e.err, explain.Sentence(err))
		}
	}
	return r.run(e, opts)
}

func (e *env) misuse(r row, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		if r.name == "" {
			e.help()
		} else {
			fmt.Fprintf(e.out, "lianluo %s %s\n  %s\n", r.name, r.use, r.does)
		}
		return flag.ErrHelp
	}
	if r.name == "" {
		return usage("参数不对：" + amiss.Replace(err.Error()) + "。用 lianluo help 看用法。")
	}
	return usage(fmt.Sprintf("参数不对：%s。\n用法：lianluo %s %s", amiss.Replace(err.Error()), r.name, r.use))
}

// amiss says in Chinese what package flag finds amiss.
var amiss = strings.NewReplacer("flag needs an argument: ", "后面没有写内容的是 -", "flag provided but not defined: ", "没有 -", "bad flag syntax: ", "看不懂 ",
	"invalid value ", "", "invalid boolean value ", "", " for flag ", " 不能写在 -", " for ", " 不能写在 -", ": parse error", "", ": value out of range", "")

func (e *env) help() {
	fmt.Fprintln(e.out, "联络站\n\n用法：lianluo [--home 文件夹] [--json] [--now 时间] 命令 …\n不写命令就打开窗口。")
	for _, r := range commands() {
		fmt.Fprintf(e.out, "  %s %s\n      %s\n", r.name, r.use, r.does)
	}
}

// use is the error of a command that was used wrongly.
func (e *env) use(name string) error {
	for _, r := range commands() {
		if r.name == name {
			return usage(fmt.Sprintf("用法：lianluo %s %s", r.name, r.use))
		}
	}
	return usage(name)
}

func (e *env) where() home.Home {
	if dir, err := filepath.Abs(e.home); err == nil && e.home != "" {
		return home.Home(dir)
	}
	h, err := home.Default()
	if err != nil {
		return "lianluo"
	}
	return h
}

// clock is a clock that was set by --now and goes on from there, nil for the computer's own.
func (e *env) clock() (func() time.Time, error) {
	if e.now == "" {
		return nil, nil
	}
	t, err := time.Parse(time.RFC3339, e.now)
	if err != nil {
		return nil, usage("--now 请写成 2026-11-21T19:30:00+08:00")
	}
	return func() time.Time { return t }, nil
}

func (e *env) print(v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// say prints the sentence for people, or v under --json.
func (e *env) say(v any, format string, args ...any) error {
	if e.json {
		return e.print(v)
	}
	_, err := fmt.Fprintf(e.out, format+"\n", args...)
	return err
}

// log keeps the words of an error for a maintainer; they name acts and files, never a citizen.
func (e *env) log(err error) {
	h := e.where()
	if !h.Exists() {
		return
	}
	f, ferr := os.OpenFile(h.Log(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if ferr != nil {
		return
	}
	defer f.Close()
	slog.New(slog.NewTextHandler(f, nil)).Error("command failed", "command", e.flags.Name(), "error", err.Error())
}
