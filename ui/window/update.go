package window

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app"
	"lianluo.local/assets/version"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/today"
)

// newer is the note of a newer program. Who may not install one, and who has none, sees none.
func (w *Window) newer(ctx context.Context) []today.Note {
	u, err := w.app.Newer(ctx)
	if err != nil || u.Version == "" {
		return nil
	}
	if u.Version == w.renewed {
		return []today.Note{{Says: "新版本 " + u.Version + " 装好了", Takes: "关掉程序，再打开就是新的", Button: "关掉程序", Page: "home",
			Do: fyne.CurrentApp().Quit}}
	}
	first, _, _ := strings.Cut(u.Notes, "\n")
	return []today.Note{{Says: "有新版本 " + u.Version, Takes: first, Button: "看一看…", Page: "home", Do: w.seek}}
}

// seek looks for a newer program, and says what is in the way of one.
func (w *Window) seek() {
	kit.Do(w.run, w.ctx, w.app.Update, func(u app.Update, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		if u.Version != "" {
			w.update(u)
			return
		}
		box := container.NewVBox(kit.Text("本机是 " + version.Number + "，没有找到更新的版本。"))
		for _, s := range u.Strange {
			box.Add(kit.Hint(s.File + "：" + w.explain(s.Why)))
		}
		if u.Away != nil {
			box.Add(kit.Hint(w.explain(u.Away)))
		}
		var on *kit.Dialog
		on = kit.Show(w.win.Canvas(), "新版本", box, fyne.NewSize(680, 340), kit.NewButton("关闭", "Esc", true, func() { on.Close() }))
	})
}

// update tells of a newer program, and installs it where a person says so.
func (w *Window) update(u app.Update) {
	var on *kit.Dialog
	later := kit.NewButton("以后再说", "Esc", false, func() { on.Close() })
	now := kit.NewButton("现在更新", "", true, func() { on.Close(); w.install(u) })
	acts := []*kit.Button{later, now}
	if office := w.app.Settings.Role != journal.Station; office && u.Kept && !u.Lies && u.Away == nil {
		acts = []*kit.Button{later, kit.NewButton("放进共享文件夹", "", false, func() { on.Close(); w.hand(u) }), now}
	}
	box := container.NewVBox(kit.Text(u.Notes), kit.Hint(fmt.Sprintf(
		"发布日期 %s，本机现在是 %s。安装包 %.1f MB，装的时候核对发布单位的签名；登记的资料不动。没有接待的时候再装，装好了重新打开程序。",
		u.At.In(w.app.Now().Location()).Format("2006年1月2日"), version.Number, float64(u.Package.Size)/1e6)))
	on = kit.Show(w.win.Canvas(), "新版本 "+u.Version, box, fyne.NewSize(680, 340), acts...)
}

// errChanged says that what was taken is not what a person agreed to.
var errChanged = problem.New("another release came in its place", "共享文件夹里刚换成了另一个版本，没有装。请再看一看。")

// install copies what was not copied yet, and installs it; the program ends where it must be closed for that.
func (w *Window) install(u app.Update) {
	w.say(kit.Soon, "正在准备新版本，请稍等…")
	kit.Do(w.run, w.ctx, func(ctx context.Context) (ahead bool, err error) {
		if !u.Kept {
			got, err := w.app.Fetch(ctx)
			if err == nil && got.Version != u.Version {
				err = errChanged
			}
			if err != nil {
				return false, err
			}
		}
		_, ahead, err = w.app.Install(ctx, true)
		return ahead, err
	}, func(ahead bool, err error) {
		switch {
		case err != nil:
			w.say(kit.Bad, w.explain(err))
		case ahead:
			w.renewed = u.Version
			w.frame.refresh()
			w.say(kit.Good, u.Version+" 装好了。请关掉程序，再打开就是新的；资料没有动。")
		default:
			fyne.CurrentApp().Quit()
		}
	})
}

// hand puts the newer program that was taken into the shared folder of those below.
func (w *Window) hand(u app.Update) {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (struct{}, error) {
		_, err := w.app.Publish(ctx, "")
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		w.say(kit.Good, u.Version+" 已放进共享文件夹，下面的单位会看到有新版本。")
		w.frame.refresh()
	})
}
