package window

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"lianluo.local/app"
	"lianluo.local/data/right"
	"lianluo.local/ui/kit"
)

// given takes in the files with which somebody opened the program, bundles and releases, and those with which he did before,
// as soon as it is known who sits here.
func (w *Window) given(files ...string) {
	w.brought = append(w.brought, files...)
	if w.app == nil || w.frame == nil || kit.Covered() {
		return
	}
	var bundles []string
	for _, file := range w.brought {
		if strings.EqualFold(filepath.Ext(file), ".release") {
			w.release(file)
		} else {
			bundles = append(bundles, file)
		}
	}
	w.brought = nil
	if bundles == nil {
		return
	}
	w.open("exchange")
	if !w.app.May(w.ctx, right.Exchange) {
		return // the frame said so
	}
	w.say(kit.Plain, "正在收下报送包，请稍等。")
	kit.Do(w.run, w.ctx, func(ctx context.Context) (n int, err error) {
		for _, file := range bundles {
			r, err := w.app.TakeIn(ctx, w.app.Clerk(), file)
			if n += r.Collected; err != nil {
				return n, fmt.Errorf("%s: %w", filepath.Base(file), err)
			}
		}
		return n, nil
	}, func(n int, err error) {
		if w.frame.refresh(); err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		says := "里面没有新的记录，以前都收过了。"
		if n > 0 {
			says = fmt.Sprintf("收下了 %d 条新记录。下次报送时对方就知道收到了。", n)
		}
		w.say(kit.Good, "打开的报送包："+says)
	})
}

// release keeps a newer program that lies in a file, and tells of it.
func (w *Window) release(file string) {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (app.Update, error) { return w.app.FetchFile(ctx, file) },
		func(u app.Update, err error) {
			if err != nil {
				w.say(kit.Bad, w.explain(err))
				return
			}
			w.update(u)
		})
}
