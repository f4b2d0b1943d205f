package command

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/data/clerk"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
)

func setupFlags(fs *flag.FlagSet) *setup.Answers {
	a := &setup.Answers{}
	fs.StringVar(&a.Role, "role", "", "")
	fs.StringVar(&a.Unit, "unit", "", "")
	fs.StringVar(&a.Name, "name", "", "")
	fs.StringVar(&a.Phone, "phone", "", "")
	fs.StringVar(&a.Clerk, "clerk", "", "")
	fs.StringVar(&a.Folder, "folder", "", "")
	fs.StringVar(&a.Parent, "parent", "", "")
	fs.StringVar(&a.Suite, "suite", "", "")
	fs.BoolVar(&a.Practice, "practice", false, "")
	return a
}

func initHome(e *env, o *setup.Answers) error {
	if _, err := home.Default(); err != nil && e.home == "" {
		return setup.Unwritable{Err: err}
	}
	name, typed := cmp.Or(e.user, o.Clerk), ""
	if e.passwords != "" {
		var err error
		if typed, err = e.first(name, o.Name, o.Phone); err != nil {
			return err
		}
	}
	s, err := setup.Home(e.ctx, e.where(), *o, rand.Reader)
	if err == nil && (s.Practice || typed != "") {
		if err = e.open(); err == nil {
			err = e.protect(name, typed)
		}
	}
	if err != nil {
		return err
	}
	if !s.Practice && !app.Locked(e.where()) {
		fmt.Fprintln(e.err, "资料还没有上锁，拿到这台电脑的人都能看：lianluo protect on")
	}
	return e.say(
		map[string]any{"unit": s.Unit, "name": s.Name, "role": s.Role, "parent": s.Parent, "home": string(e.where())},
		"已建好：%s（%s）。资料在 %s%s", s.Name, s.Unit, e.where(),
		map[bool]string{true: "\n再做一张恢复单，打印了锁进保险柜：lianluo recovery sheet --out 文件.pdf"}[s.Role == journal.Station])
}

// first gives the first password of a home that is to be made, and refuses a bad one before anything is.
func (e *env) first(name string, own ...string) (string, error) {
	typed, err := e.fresh()
	if why := app.Weak(typed, append(own, name)...); err == nil && why != "" {
		err = problem.Problems{"password": why}
	}
	if err == nil && name == "" {
		err = problem.Problems{"user": "请写第一位用户的姓名（--user）"}
	}
	return typed, err
}

type syncOptions struct {
	watch  bool
	folder string
}

func syncFlags(fs *flag.FlagSet) *syncOptions {
	o := &syncOptions{}
	fs.BoolVar(&o.watch, "watch", false, "")
	fs.StringVar(&o.folder, "folder", "", "")
	return o
}

// rounds is who exchanges: whom the command names, else this computer, which needs nobody for it.
func (e *env) rounds() clerk.Clerk {
	if by := e.app.Clerk(); by.User != "" {
		return by
	}
	return e.app.Machine(e.ctx)
}

func syncNow(e *env, o *syncOptions) error {
	if len(e.args) > 0 {
		if o.watch || o.folder != "" || !strings.EqualFold(filepath.Ext(e.args[0]), ".bundle") {
			return usage("多了“" + e.args[0] + "”")
		}
		r, err := e.app.TakeIn(e.ctx, e.rounds(), e.args[0])
		if err != nil {
			return err
		}
		return e.round(r)
	}
	if o.folder != "" {
		if err := e.app.Ask(e.ctx, right.Exchange, right.Rules); err != nil {
			return err
		}
		if err := setup.SetFolder(e.app.Home, e.app.Settings, o.folder); err != nil {
			return err
		}
	}
	if o.watch {
		ctx, stop := signal.NotifyContext(e.ctx, os.Interrupt)
		defer stop()
		e.app.Watch(ctx, e.rounds(), nil, func(r app.Round, err error) {
			e.logged(r.Lapse, r.Group, r.Copy, r.Scrub, r.Pass, r.Trip, err)
			if err != nil {
				fmt.Fprintln(e.err, explain.Sentence(err))
				return
			}
			_ = e.round(r.Round)
		})
		return nil
	}
	r, err := e.app.Round(e.ctx, e.rounds())
	if e.logged(r.Group, r.Copy, r.Scrub, r.Pass, r.Trip); r.Doubt != nil {
		fmt.Fprintln(e.err, explain.Sentence(r.Doubt))
	}
	if err == nil {
		err = e.round(r.Round)
	}
	return errors.Join(r.Lapse, err)
}

type checkOptions struct {
	rebuild bool
	today   string
}

func checkFlags(fs *flag.FlagSet) *checkOptions {
	o := &checkOptions{}
	fs.BoolVar(&o.rebuild, "rebuild", false, "")
	fs.StringVar(&o.today, "today", "", "")
	return o
}

func check(e *env, o *checkOptions) error {
	if o.today != "" {
		if err := e.app.Today(e.ctx, o.today); err != nil {
			return err
		}
		today := e.app.Now().Format(time.DateOnly)
		return e.say(map[string]string{"today": today}, "记下了：今天是 %s，可以接着办。", today)
	}
	if o.rebuild {
		if err := e.app.Rebuild(e.ctx); err != nil {
			return err
		}
	}
	rep, verdict, err := e.app.Check(e.ctx)
	if err != nil {
		return err
	}
	if verdict == app.Sound {
		if err := e.say(rep, "一切正常：%d 条流水首尾相接，%d 件事项与流水一致，资料库完好。", rep.Entries, rep.Matters); err != nil {
			return err
		}
		for _, says := range rep.Gone {
			fmt.Fprintln(e.err, says+"。")
		}
		if rep.Expired > 0 && !e.json {
			fmt.Fprintf(e.out, "有 %d 件过了保存期，还留着群众的姓名电话；核对后隐去（lianluo redact --expired --dry-run）。\n", rep.Expired)
		}
		if rep.Bare && !e.json {
			fmt.Fprintln(e.out, "这里的资料还没有上锁，拿到这台电脑的人都能看。请设第一个密码：lianluo protect on --user 姓名。")
		}
		if rep.Readable > 0 && !e.json {
			fmt.Fprintf(e.out, "有 %d 份设密码以前的备份没有上锁，拿到的人都能看：封存（lianluo protect copies）。\n", rep.Readable)
		}
		if rep.Stale && !e.json {
			fmt.Fprintln(e.out, staleSays)
		}
		if rep.Doubled == nil {
			return nil
		}
		fmt.Fprintf(e.err, "%s。\n这不是资料的毛病，几件都有效：是同一件事的，请把多登的那一件作废；不是的不用管，找的时候请用姓名、日期分清。\n",
			strings.Join(rep.Doubled, "；\n"))
		return nil
	}
	if err := e.say(rep, "发现 %d 处问题：\n%s", len(rep.Problems), strings.Join(rep.Problems, "\n")); err != nil {
		return err
	}
	switch verdict {
	case app.Behind:
		return problem.New("check found what heals by itself", "记录都完好，没有丢。本机比送出去的旧，请再报送几次（lianluo sync）。")
	case app.Wanting:
		return problem.New("check found absent words", "记录都完好，缺的是只有本单位才有的保密内容。有恢复单的，照单子输入：lianluo recovery open -；"+
			"刚换了电脑的，先报送一两次；确实找不回来的：lianluo recovery gone，以后核对不再当成问题。")
	case app.Tampered:
		return problem.New("check found a log that was tampered with",
			"记录都完好，是审计日志被动过。请查清是谁；查清以后，由审计员确认（lianluo audit accept），以后核对不再当成问题。")
	case app.Altered:
		return app.ErrAltered
	}
	return problem.New("check found problems", "资料有不一致的地方，请不要删除任何文件，先用 lianluo check --rebuild 重做台账；还有问题请交给县里。")
}

func backupFlags(fs *flag.FlagSet) *string { return fs.String("out", "", "") }

func backup(e *env, o *string) error {
	out := *o
	if err := e.app.Backup(e.ctx, out); err != nil {
		return err
	}
	abs, err := filepath.Abs(out)
	if err != nil {
		abs = out
	}
	return e.say(map[string]string{"file": abs}, "已备份到 %s，并核对无误。", abs)
}

func restoreFlags(fs *flag.FlagSet) *string { return fs.String("sheet", "", "") }

// mayRestore asks whether who unlocked the home may put a copy back. Where the records do not open nobody knows who may
// what, and whoever has a password may.
func (e *env) mayRestore(p app.Pass) error {
	err := e.enter(p)
	if e.app == nil {
		return nil
	}
	if err == nil {
		err = e.app.Ask(e.ctx, right.Backup)
	}
	if err != nil {
		app.Restored(e.where(), clerk.Clerk{User: p.User}, computer(), err)
	}
	err = errors.Join(err, e.app.Close())
	e.app = nil
	return err
}

// restore puts a copy back. One that was sealed elsewhere opens with the name and password, or the sheet, of then.
func restore(e *env, sheet *string) error {
	now, err := e.clock()
	if err != nil {
		return err
	}
	p, err := e.unlock()
	if err == nil {
		err = e.mayRestore(p)
	}
	if err != nil {
		return err
	}
	records, err := app.Records(e.where(), p.Key)
	if err != nil {
		return err
	}
	records.Opens = func(ctx context.Context, wraps []byte) (key app.Key, err error) {
		if *sheet != "" {
			words, err := e.typed(*sheet)
			if err != nil {
				return key, err
			}
			return app.BySheet(words)(ctx, wraps)
		}
		typed, err := e.secret("做这份备份时的密码：")
		if err != nil {
			return key, err
		}
		return app.ByPassword(e.user, typed)(ctx, wraps)
	}
	replaced, err := records.Restore(e.ctx, e.args[0], computer())
	app.Restored(e.where(), clerk.Clerk{User: p.User}, computer(), err)
	if err == nil {
		err = app.CatchUp(e.ctx, app.Options{Home: e.where(), Now: now, Clock: computer, Key: p.Key})
	}
	if err != nil {
		return err
	}
	return e.say(map[string]string{"replaced": replaced}, "已恢复。原来的资料留在 %s。\n下一步：插上U盘或连好共享文件夹，报送一次（lianluo sync）；"+
		"原来的资料里还读得出的已经补进来了；其余报送过的会自动补回来，编号不会重。", replaced)
}
