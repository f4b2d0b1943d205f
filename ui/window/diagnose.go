package window

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app"
	"lianluo.local/ui/kit"
)

// unwell says why the home does not open, with the way to tell whoever mends it.
func (w *Window) unwell(why error) fyne.CanvasObject {
	door := kit.NewButton("诊断…", "", false, func() { w.diagnose(why) })
	return kit.Card(container.NewBorder(nil, nil, nil, container.NewCenter(door), kit.Bold(w.explain(why))))
}

// diagnose shows what whoever mends the program is told, so that everybody sees that nobody is named, and keeps it as a file;
// why the home does not open, nil where it is open.
func (w *Window) diagnose(why error) {
	now := w.clock()
	kit.Do(w.run, w.ctx, func(ctx context.Context) (app.Diagnosis, error) {
		return app.Diagnose(ctx, w.home, w.app, why, now), nil
	}, func(d app.Diagnosis, _ error) {
		var on *kit.Dialog
		on = kit.Show(w.win.Canvas(), "诊断", kit.Scroll(kit.Text(d.Text())), fyne.NewSize(1000, 2000),
			kit.NewButton("关闭", "Esc", false, func() { on.Close() }),
			kit.NewButton("存成文件…", "", true, func() {
				on.Close()
				kit.Browse(w.win.Canvas(), "诊断存到哪里", "", func(dir string) {
					w.kept(d, filepath.Join(dir, "联络站诊断-"+now.Format("0102-1504")+".txt"))
				})
			}))
	})
}

func (w *Window) kept(d app.Diagnosis, file string) {
	kit.Do(w.run, w.ctx, func(context.Context) (any, error) { return nil, d.Save(w.home, file) }, func(_ any, err error) {
		says := "诊断已存到 " + file + "，可以交给技术人员。"
		if err != nil {
			says = w.explain(err)
		}
		var on *kit.Dialog
		on = kit.Show(w.win.Canvas(), "诊断", kit.Text(says), fyne.NewSize(720, 0),
			kit.NewButton("知道了", "Esc", true, func() { on.Close() }))
	})
}
