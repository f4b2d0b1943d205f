// Package command is the house without a window: everything a page can do, a command can do. It never needs a display,
// never loads Fyne and never asks.
//
// It has a file for each group of commands, which share the table and the way in which an answer is given.
//
// Each command is a row of the table; flags may stand before or after its words. It ends with 0 done, 1 failed (one
// Chinese sentence on standard error), 2 wrong use, 3 refused input.
package command

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/assets/version"
	"lianluo.local/data/field"
	"lianluo.local/data/home"
	"lianluo.local/data/problem"
	"lianluo.local/data/spelling"
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
	row      row // the command that was named; none: the zero row
	flags    *flag.FlagSet
	args     []string // the words that are no flags
	home     string
	json     bool
	now      string
	user     string
	// the file of passwords that was named, and what of it was not asked for yet
	passwords string
	secrets   []string
	app       *app.App // open where the command needs one
	said      []string // to a person, when it was opened
}

// row is one command.
type row struct {
	name, use, does string
	do              work
	least, most     int              // how many words it takes; most < 0: as many as one likes
	needs           []string         // the flags without which it does nothing
	kinds           func(*env) error // answers --list, without a home
	bare            bool             // works without an open home
	anywhere        func(*env) bool  // does so with these words
	fields          field.List       // what a body may say, as help names it
}

// work registers the flags of a command and gives what it does.
type work func(*flag.FlagSet) func(*env) error

// with is the work of a command that takes flags: they say where they go, and it is given that.
func with[T any](flags func(*flag.FlagSet) T, run func(*env, T) error) work {
	return func(fs *flag.FlagSet) func(*env) error {
		o := flags(fs)
		return func(e *env) error { return run(e, o) }
	}
}

// alone is that of one without any.
func alone(run func(*env) error) work {
	return func(*flag.FlagSet) func(*env) error { return run }
}

// texts registers flags that take words.
func texts(fs *flag.FlagSet, of map[string]*string) {
	for name, into := range of {
		fs.StringVar(into, name, "", "")
	}
}

// usage is an error that says what is wrong with the words of a command; its usage is shown after it.
type usage string

func (u usage) Error() string { return string(u) }

// Window says whether a command line asks for the window: it holds no command. Then home and now are what it says of
// them, now nil for the computer's own clock, and files the absolute paths of what is to be taken in there: bundles and releases,
// which the system opens with this program.
func Window(args []string) (h home.Home, now func() time.Time, files []string, ok bool) {
	e := &env{flags: flag.NewFlagSet("lianluo", flag.ContinueOnError)}
	e.flags.SetOutput(io.Discard)
	e.common(e.flags)
	if e.flags.Parse(args) != nil || e.json {
		return "", nil, nil, false
	}
	for _, name := range e.flags.Args() {
		file, err := filepath.Abs(name)
		if end := strings.ToLower(filepath.Ext(name)); err != nil || end != ".bundle" && end != ".release" {
			return "", nil, nil, false
		}
		files = append(files, file)
	}
	now, err := e.clock()
	return e.where(), now, files, err == nil
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
	case errors.Is(err, errUntaken):
		return refused
	case errors.As(err, &use):
		fmt.Fprintf(errs, "参数不对：%s。\n%s\n", string(use), e.how())
		return misused
	case errors.As(err, &wrong):
		if e.json {
			_ = e.print(map[string]any{"problems": wrong.Bare()})
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
		e.logged(err)
	}
	if says := explain.Sentence(err); !slices.Contains(e.said, says) { // once is enough
		fmt.Fprintln(errs, says)
	}
	if errors.As(err, new(setup.Unwritable)) {
		fmt.Fprintln(errs, "用命令的，写 lianluo --home 文件夹 init …，或设 LIANLUO_HOME。")
	}
	if errors.As(err, new(app.Doubt)) {
		fmt.Fprintln(errs, "用命令的，写 lianluo check --today 今天的日期。")
	}
	return failed
}

func (e *env) dispatch(args []string) error {
	e.flags = flag.NewFlagSet("lianluo", flag.ContinueOnError)
	e.flags.SetOutput(io.Discard)
	e.common(e.flags)
	asked := e.flags.Bool("version", false, "")
	err := parse(e.flags, args)
	words := e.flags.Args()
	if *asked {
		words = []string{"version"}
	}
	if err == nil && len(words) > 0 && words[0] == "help" {
		err, words = flag.ErrHelp, words[1:]
	}
	rows := commands()
	if i := slices.IndexFunc(rows, func(r row) bool { return len(words) > 0 && r.name == words[0] }); i >= 0 {
		e.row, words = rows[i], words[1:]
	}
	switch {
	case err == nil && e.row.name != "":
		err = e.run(words)
	case err == nil && len(words) > 0:
		return usage(fmt.Sprintf("没有“%s”这个命令", words[0]))
	case err == nil:
		err = flag.ErrHelp
	}
	if errors.Is(err, flag.ErrHelp) {
		e.help()
	}
	return err
}

func (e *env) common(fs *flag.FlagSet) {
	fs.StringVar(&e.home, "home", e.home, "")
	fs.BoolVar(&e.json, "json", e.json, "")
	fs.StringVar(&e.now, "now", e.now, "")
	fs.StringVar(&e.passwords, "password-file", e.passwords, "")
	fs.StringVar(&e.user, "user", cmp.Or(e.user, os.Getenv("LIANLUO_USER")), "")
}

func (e *env) run(words []string) error {
	r := e.row
	fs := flag.NewFlagSet(r.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	e.common(fs)
	kinds := r.kinds != nil && fs.Bool("list", false, "") != nil
	do := r.do(fs)
	e.flags = fs
	for len(words) > 0 { // flags and words in any order
		if err := parse(fs, words); err != nil {
			return err
		}
		if words = fs.Args(); len(words) > 0 {
			e.args, words = append(e.args, words[0]), words[1:]
		}
	}
	if kinds && fs.Lookup("list").Value.String() == "true" {
		return r.kinds(e)
	}
	if err := e.whole(); err != nil {
		return err
	}
	if _, err := e.clock(); err != nil {
		return err
	}
	defer func() {
		if e.app != nil {
			_ = e.app.Close()
		}
	}()
	if !r.bare && (r.anywhere == nil || !r.anywhere(e)) {
		if err := e.open(); err != nil {
			return err
		}
		for _, err := range e.app.Amiss {
			e.said = append(e.said, explain.Sentence(err))
			fmt.Fprintln(e.err, explain.Sentence(err))
		}
	}
	if err := do(e); err != nil || e.app == nil {
		return err
	}
	if err := e.app.Unnoted(); err != nil {
		fmt.Fprintln(e.err, explain.Sentence(err))
	}
	return nil
}

// whole says whether a command has all the words and flags that it needs, and no word more.
func (e *env) whole() error {
	if n := len(e.args); n < e.row.least {
		return usage("没有写全")
	} else if e.row.most >= 0 && n > e.row.most {
		return usage(fmt.Sprintf("多了“%s”", e.args[e.row.most]))
	}
	for _, name := range e.row.needs {
		if e.flags.Lookup(name).Value.String() == "" {
			return usage("没有写 --" + name)
		}
	}
	return nil
}

// number is what a flag says in digits, full-width ones too.
type number struct {
	n     int
	asked bool
}

func (n *number) String() string { return strconv.Itoa(n.n) }

// Set is of flag.Value.
func (n *number) Set(s string) (err error) {
	n.asked = true
	if n.n, err = strconv.Atoi(strings.TrimSpace(spelling.Plain(s))); err != nil {
		return errors.New("parse error") // as package flag says it
	}
	return nil
}

// out says that a number was asked for which does not lie between two others.
func (n *number) out(least, most int) bool { return n.asked && (n.n < least || n.n > most) }

// parse is flag.FlagSet.Parse with a sentence in Chinese.
func parse(fs *flag.FlagSet, words []string) error {
	err := fs.Parse(words)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		return usage(amiss.Replace(err.Error()))
	}
	return err
}

// amiss says in Chinese what package flag finds amiss.
var amiss = strings.NewReplacer("flag needs an argument: ", "后面没有写内容的是 -",
	"flag provided but not defined: ", "没有 -", "bad flag syntax: ", "看不懂 ", "invalid value ", "", "invalid boolean value ", "",
	" for flag ", " 不能写在 -", " for ", " 不能写在 -", ": parse error", "", ": value out of range", "")

// help tells of the command that was named, of all where none was.
func (e *env) help() {
	if r := e.row; r.name != "" {
		for i, one := range strings.Split(r.use, " | ") {
			fmt.Fprintln(e.out, strings.TrimRight(map[bool]string{true: "用法：", false: "　　　"}[i == 0]+"lianluo "+r.name+" "+one, " "))
		}
		for _, one := range strings.Split(r.does, "；") {
			fmt.Fprintf(e.out, "  %s\n", one)
		}
		var names []string
		for _, f := range r.fields {
			names = append(names, f.Code+" "+f.Name)
		}
		if names != nil {
			fmt.Fprintf(e.out, "可以写的项：%s\n", strings.Join(names, "、"))
		}
		return
	}
	fmt.Fprintf(e.out, "联络站\n\n%s\n不写命令就打开窗口；只写报送包（.bundle）或发布文件（.release）的，打开窗口收下它。\n", e.how())
	for _, r := range commands() {
		fmt.Fprintf(e.out, "  %s %s\n      %s\n", r.name, r.use, r.does)
	}
}

// which says which program this is.
func which(e *env) error {
	return e.say(map[string]any{"version": version.Number, "build": version.Build}, "联络站 %s", version.Number)
}

// how is the usage of the command that was named, of the program where none was.
func (e *env) how() string {
	if e.row.name == "" {
		return "用法：lianluo [--home 文件夹] [--json] [--now 2026-11-21T19:30:00+08:00] [--user 姓名 [--password-file 文件]] " +
			"命令 …（lianluo help 列出命令，lianluo --version 说出版本；--now 只用于练习）"
	}
	return strings.TrimSpace("用法：lianluo " + e.row.name + " " + e.row.use)
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

// logged keeps the words of errors for a maintainer, nil ones left out; they name acts and files, never a citizen.
func (e *env) logged(list ...error) {
	h, list := e.where(), slices.DeleteFunc(list, func(err error) bool { return err == nil })
	if !h.Exists() || len(list) == 0 {
		return
	}
	f, ferr := os.OpenFile(h.Log(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if ferr != nil {
		return
	}
	defer f.Close()
	for _, err := range list {
		explain.Log(f).Error("command failed", "command", e.flags.Name(), "error", err.Error())
	}
}
