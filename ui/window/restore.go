package window

import (
	"context"
	"time"

	"fyne.io/fyne/v2/container"

	"lianluo.local/app/archive"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/restore"
)

// copies is the page 备份和恢复; where the records cannot be opened it can put a copy back only.
func (w *Window) copies() *restore.Page {
	do := restore.Actions{
		Copies: func(dir string) []archive.Copy { return archive.Copies(w.home, dir) },
		Look: func(ctx context.Context, file string) (archive.Contents, error) {
			return archive.Look(ctx, w.home, file)
		},
		Put: w.put,
	}
	if a := w.app; a != nil {
		do.Second = a.Settings.Second
		do.Take = func(ctx context.Context, dir string) (string, error) {
			return archive.Take(ctx, a.Store, a.Home, *a.Settings, dir, a.Now())
		}
		do.Keep = func(dir string) {
			a.Settings.Second = dir
			if err := a.Settings.Save(w.home); err != nil {
				w.say(kit.Bad, w.explain(err))
			}
			for _, p := range w.frame.pages {
				if p.name == "preferences" { // it keeps settings of its own
					p.page = nil
				}
			}
		}
	}
	return restore.New(w.host(), do)
}

// put closes the home, puts a copy back, and opens it again.
func (w *Window) put(file string) {
	w.stop()
	if w.app != nil {
		_ = w.app.Close()
	}
	w.app, w.frame = nil, nil
	w.ctx, w.stop = context.WithCancel(context.Background())
	now := w.now
	if now == nil {
		now = time.Now
	}
	w.win.SetContent(container.NewCenter(kit.Bold("正在放回备份，请稍等，不要关机。")))
	kit.Do(w.run, w.ctx, func(ctx context.Context) (string, error) { return archive.Put(ctx, w.home, file, now()) }, func(replaced string, err error) {
		w.enter()
		w.open("copies")
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		w.log.Info("copy put back", "replaced", replaced)
		w.say(kit.Good, "备份已放回，原来的资料也留着。请照第④步报送一次。")
	})
}
