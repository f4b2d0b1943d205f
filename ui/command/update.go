package command

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/explain"
	"lianluo.local/assets/version"
)

type updateOptions struct{ key, notes, out, release string }

func updateFlags(fs *flag.FlagSet) *updateOptions {
	o := &updateOptions{}
	texts(fs, map[string]*string{"key": &o.key, "notes": &o.notes, "out": &o.out, "release": &o.release})
	return o
}

// updates are what is done with releases; making one takes no home.
var updates = map[string]part[*updateOptions]{
	"make": {1, 20, updateMake},
	"show": {0, 0, opened(updateShow)}, "publish": {0, 1, opened(updatePublish)},
	"take": {0, 1, opened(updateTake)}, "install": {0, 0, opened(updateInstall)},
}

// opened is one of them that takes a home.
func opened(do func(*env) error) func(*env, *updateOptions) error {
	return func(e *env, _ *updateOptions) error {
		if err := e.open(); err != nil {
			return err
		}
		return do(e)
	}
}

// updateMake makes a release of packages, signed by the publisher. Its day is that of SOURCE_DATE_EPOCH, where that is set, so
// that the same input gives the same bytes.
func updateMake(e *env, o *updateOptions) error {
	for name, value := range map[string]string{"key": o.key, "out": o.out} {
		if value == "" {
			return usage("没有写 --" + name)
		}
	}
	m := app.Making{Version: cmp.Or(o.release, version.Number), At: computer(), Key: o.key, Packages: e.args}
	if o.notes != "" {
		b, err := e.source(o.notes)
		if err != nil {
			return err
		}
		m.Notes = string(b)
	}
	if epoch, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		m.At = time.Unix(epoch, 0)
	}
	if err := app.MakeRelease(o.out, m); err != nil {
		return err
	}
	return e.say(map[string]any{"version": m.Version, "file": o.out, "packages": len(e.args)},
		"做好了：%s，%d 个安装包。县里、市里用 update publish 放进共享文件夹。", o.out, len(e.args))
}

// updateShow tells of the newest release, and of what passes for one.
func updateShow(e *env) error {
	u, err := e.app.Update(e.ctx)
	if err != nil {
		return err
	}
	strange := []map[string]string{}
	for _, s := range u.Strange {
		why := explain.Sentence(s.Why)
		if strange = append(strange, map[string]string{"file": s.File, "why": why}); !e.json {
			fmt.Fprintf(e.err, "%s：%s\n", s.File, why)
		}
	}
	if u.Away != nil && !e.json {
		fmt.Fprintln(e.err, explain.Sentence(u.Away))
	}
	told := map[string]any{"here": version.Number, "version": u.Version, "lies": u.Lies, "kept": u.Kept, "strange": strange}
	if u.Version == "" {
		return e.say(told, "本机是 %s，没有更新的版本。", version.Number)
	}
	told["notes"], told["package"], told["size"] = u.Notes, u.Package.File, u.Package.Size
	next := map[bool]string{true: "已拷到本机，可以装：lianluo update install", false: "先拷到本机：lianluo update take"}[u.Kept]
	return e.say(told, "有新版本 %s（%s），本机是 %s；安装包 %s，%.1f MB。\n%s\n%s", u.Version,
		u.At.In(e.app.Now().Location()).Format("2006-01-02"), version.Number,
		u.Package.File, float64(u.Package.Size)/1e6, u.Notes, next)
}

func updateTake(e *env) error {
	fetch := e.app.Fetch
	if len(e.args) > 0 {
		fetch = func(ctx context.Context) (app.Update, error) { return e.app.FetchFile(ctx, e.args[0]) }
	}
	u, err := fetch(e.ctx)
	if err != nil {
		return err
	}
	return e.say(map[string]string{"version": u.Version, "package": u.Package.File},
		"%s 已拷到本机，核对过签名和校验值。请在没有接待的时候装：lianluo update install", u.Version)
}

func updatePublish(e *env) error {
	m, err := e.app.Publish(e.ctx, strings.Join(e.args, ""))
	if err != nil {
		return err
	}
	return e.say(map[string]string{"version": m.Version}, "%s 已放进共享文件夹，下面的单位会看到有新版本。", m.Version)
}

func updateInstall(e *env) error {
	m, ahead, err := e.app.Install(e.ctx, false)
	if err != nil {
		return err
	}
	says := "%s 的安装程序已经启动，别的命令在办的，它等半分钟。装好没有，过一会儿用 lianluo-cli version 看。资料没有动。"
	if ahead {
		says = "%s 装好了，开着的窗口请关掉再打开。资料没有动。"
	}
	return e.say(map[string]any{"version": m.Version, "installed": ahead}, says, m.Version)
}
