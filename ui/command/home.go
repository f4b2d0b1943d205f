package command

import (
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/archive"
	"lianluo.local/app/courier"
	"lianluo.local/app/explain"
	"lianluo.local/app/setup"
	"lianluo.local/app/trust"
	"lianluo.local/data/home"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
)

func setupFlags(fs *flag.FlagSet) any {
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

func initHome(e *env, opts any) error {
	a := *opts.(*setup.Answers)
	if _, err := home.Default(); err != nil && e.home == "" {
		return setup.Unwritable{Err: err}
	}
	s, err := setup.Home(e.ctx, e.where(), a, rand.Reader)
	if err != nil {
		return err
	}
	return e.say(map[string]any{"unit": s.Unit, "name": s.Name, "role": s.Role, "parent": s.Parent, "home": string(e.where())},
		"已建好：%s（%s）。资料在 %s%s", s.Name, s.Unit, e.where(), map[bool]string{true: "\n再做一张恢复单，打印了锁进保险柜：lianluo recovery sheet --out 文件.pdf"}[s.Role == journal.Station])
}

type syncOptions struct {
	watch  bool
	folder string
}

func syncFlags(fs *flag.FlagSet) any {
	o := &syncOptions{}
	fs.BoolVar(&o.watch, "watch", false, "")
	fs.StringVar(&o.folder, "folder", "", "")
	return o
}

func syncNow(e *env, opts any) error {
	o := opts.(*syncOptions)
	if o.folder != "" {
		if err := setup.SetFolder(e.app.Home, e.app.Settings, o.folder); err != nil {
			return err
		}
	}
	if o.watch {
		ctx, stop := signal.NotifyContext(e.ctx, os.Interrupt)
		defer stop()
		e.app.Watch(ctx, e.app.Clerk(), nil, func(r app.Round, err error) {
			e.logged(r.Lapse, r.Copy, err)
			if err != nil {
				fmt.Fprintln(e.err, explain.Sentence(err))
				return
			}
			_ = e.round(r.Round)
		})
		return nil
	}
	r, err := e.app.Round(e.ctx, e.app.Clerk())
	if e.logged(r.Copy); r.Doubt != nil {
		fmt.Fprintln(e.err, explain.Sentence(r.Doubt))
	}
	if err == nil {
		err = e.round(r.Round)
	}
	return errors.Join(r.Lapse, err)
}

func (e *env) round(r courier.Round) error {
	if e.json {
		return e.print(r)
	}
	fmt.Fprintf(e.out, "收到 %d 条，其中 %d 条已进台账；送出 %d 条。\n", r.Collected, r.Processed, r.Sent)
	if err := e.above(r.Asked, e.app.Now().Format(time.DateOnly)); err != nil {
		return err
	}
	e.asked()
	e.refused("", r.Aside, r.More)
	peers, err := e.app.Courier.Status(e.ctx)
	for _, p := range peers {
		for _, fault := range p.Faults {
			fmt.Fprintf(e.out, "%s：%s\n", p.Name, explain.Sentence(courier.Reason(fault)))
		}
		if p.Out {
			fmt.Fprintf(e.out, "%s已停用本机（换了电脑，或电脑报失）：它写的送不出去，请不要再用这台登记；弄错了的请打电话给它。\n", p.Name)
		}
	}
	return err
}

// asked says how many wait to be accepted; nothing where the folder is not connected, which sync says.
func (e *env) asked() {
	asking, _ := e.app.Courier.Requests(e.ctx)
	if asking = slices.DeleteFunc(asking, func(a trust.Asking) bool { return a.Out }); len(asking) > 0 {
		fmt.Fprintf(e.out, "有 %d 份申请等您打电话核对、确认（lianluo enrol list）。\n", len(asking))
	}
	earlier, _ := e.app.Courier.Earlier(e.ctx)
	if n := len(slices.DeleteFunc(earlier, func(was trust.Earlier) bool { return was.Believed || was.Refused })); n > 0 {
		fmt.Fprintf(e.out, "下级说本单位以前有过另外的电脑（%d 台）。确实换过电脑的，请核对旧接入单上的校验号，它的记录就收回来（lianluo enrol list）；没有换过的，可能有人冒充，不要确认。\n", n)
	}
}

// refused names the files that were set aside, a line for each reason, and counts those that are not named.
func (e *env) refused(indent string, files []courier.Aside, more int) {
	defer func() {
		if more > 0 {
			fmt.Fprintf(e.out, "%s另有 %d 个文件没有采用，不再一一列出。请看一看共享文件夹里是不是有人放了别的东西。\n", indent, more)
		}
	}()
	for _, r := range courier.Refusals(files) {
		name := r.Files[0]
		if n := len(r.Files); n > 1 {
			name = fmt.Sprintf("%s 等 %d 个文件", name, n)
		}
		fmt.Fprintf(e.out, "%s%s：%s\n", indent, name, explain.Sentence(courier.Reason(r.Why)))
	}
}

func status(e *env, _ any) error {
	peers, err := e.app.Courier.Status(e.ctx)
	if err != nil {
		return err
	}
	afar, err := e.app.Courier.Afar(e.ctx)
	if err != nil {
		return err
	}
	if e.json {
		return e.print(map[string]any{"peers": peers, "afar": afar})
	}
	if len(peers) == 0 {
		fmt.Fprintln(e.out, "还没有和任何单位接上。")
	}
	above, err := e.app.Courier.Above(e.ctx)
	if err != nil {
		return err
	}
	if words := joining(above, true, "上级"); e.app.Settings.Parent != "" && words != "" {
		fmt.Fprintln(e.out, words)
	}
	if says := e.noSheet(); says != "" && e.app.Settings.Role == journal.Station {
		fmt.Fprintln(e.out, says)
	}
	e.asked()
	for _, p := range peers {
		fmt.Fprintf(e.out, "%s %s：共 %d 条，对方已收到 %d 条，已进台账 %d 条；%s", p.Unit, p.Name, p.Sent, p.Stored, p.Processed, e.heard(p.LastHeard))
		for _, g := range p.Gaps {
			fmt.Fprintf(e.out, "；缺第 %d 到 %d 条", g.First, g.Last)
		}
		if p.Waiting > 0 {
			fmt.Fprintf(e.out, "；%d 条在等前面的", p.Waiting)
		}
		if p.Stored > p.Sent {
			fmt.Fprint(e.out, "；对方收到的比本机的还多，本机可能放回了旧备份，请先不要登记，打电话给县里")
		}
		for _, t := range []struct {
			holds bool
			words string
		}{
			{p.Conflicts > 0, fmt.Sprintf("；%d 件两边都改过，两份都留着，请用 lianluo show 看一看：%s", p.Conflicts, strings.Join(p.Disputed[:min(3, len(p.Disputed))], "、"))},
			{p.Clock > 0, "；它的时钟快了，请对一下时间"},
			{p.Clock < 0, "；它的时钟慢了，请对一下时间"},
			{p.Program != "" && p.Program != courier.Program, "；它的程序是 " + p.Program},
			{p.Forks > 0, fmt.Sprintf("；有 %d 条记录重名，可能两台电脑用了同一份资料，都已留着，请只留一台，另一台重新建站接入", p.Forks)},
			{p.Diverged != "", "；两边台账对不上，请两边都用 lianluo check --rebuild 核对"},
			{p.Renewing, "；已换新密钥"},
			{p.Out, "；已停用本机（换了电脑，或电脑报失），请不要再用这台登记，弄错了的请打电话给它"},
			{p.Silent, "；很久没有消息，请打电话问一问"},
			{p.Revoked, "；已停用"},
		} {
			if t.holds {
				fmt.Fprint(e.out, t.words)
			}
		}
		fmt.Fprintln(e.out)
		for _, fault := range p.Faults {
			fmt.Fprintf(e.out, "  %s\n", explain.Sentence(courier.Reason(fault)))
		}
		e.refused("  ", p.Aside, p.More)
	}
	if e.app.Courier.Crowded() {
		fmt.Fprintln(e.out, "没有采用的文件，副本只留最近的一部分（aside 文件夹，最多 200 份、64 MB），更早的不再留；原件都还在共享文件夹里，没有动。")
	}
	for _, far := range afar {
		fmt.Fprintf(e.out, "%s %s（经 %s）：%s", far.Unit, far.Name, far.Via, e.heard(far.Last))
		if far.Silent {
			fmt.Fprint(e.out, "；很久没有消息，请向 ", far.Via, " 问一问")
		}
		fmt.Fprintln(e.out)
	}
	return nil
}

// heard says when somebody was heard last, for people.
func (e *env) heard(last string) string {
	at, err := time.Parse(time.RFC3339, last)
	if err != nil {
		return "还没有联系过"
	}
	return "最近联系 " + at.In(e.app.Now().Location()).Format("2006-01-02 15:04")
}

type checkOptions struct {
	rebuild bool
	today   string
}

func checkFlags(fs *flag.FlagSet) any {
	o := &checkOptions{}
	fs.BoolVar(&o.rebuild, "rebuild", false, "")
	fs.StringVar(&o.today, "today", "", "")
	return o
}

func check(e *env, opts any) error {
	o := opts.(*checkOptions)
	if o.today != "" {
		if err := e.app.Today(e.ctx, o.today); err != nil {
			return err
		}
		return e.say(map[string]string{"today": e.app.Now().Format(time.DateOnly)}, "记下了：今天是 %s，可以接着办。", e.app.Now().Format(time.DateOnly))
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
	case app.Altered:
		return app.ErrAltered
	}
	return problem.New("check found problems", "资料有不一致的地方，请不要删除任何文件，先用 lianluo check --rebuild 重做台账；还有问题请交给县里。")
}

func backup(e *env, opts any) error {
	out := *opts.(*string)
	if err := e.app.Backup(e.ctx, out); err != nil {
		return err
	}
	abs, err := filepath.Abs(out)
	if err != nil {
		abs = out
	}
	return e.say(map[string]string{"file": abs}, "已备份到 %s，并核对无误。", abs)
}

func restore(e *env, _ any) error {
	replaced, err := archive.Restore(e.ctx, e.where(), e.args[0], computer())
	if err != nil {
		return err
	}
	return e.say(map[string]string{"replaced": replaced}, "已恢复。原来的资料留在 %s。\n下一步：插上U盘或连好共享文件夹，报送一次（lianluo sync）；原来的资料里还读得出的已经补进来了；其余报送过的会自动补回来，编号不会重。", replaced)
}
