package window

import (
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"lianluo.local/app/paper"
	"lianluo.local/app/printer"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

func (w *Window) size() paper.Size { return paper.Size(w.app.Settings.Paper) }

// print sends a receipt to the printer; the matter is kept whatever comes of it.
func (w *Window) print(m matter.Matter) {
	w.say(kit.Plain, "正在打印 "+m.Number+" 的回执…")
	kit.Do(w.run, w.ctx, func(ctx context.Context) (string, error) {
		pdf, err := paper.Of(m, *w.app.Settings).PDF(w.size())
		if err != nil {
			return "", err
		}
		return printer.Print(ctx, w.home.Papers(), m.Number+".pdf", w.app.Settings.Printer, pdf)
	}, func(file string, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		w.say(kit.Good, m.Number+" 的回执已送到打印机，也存在 "+file)
	})
}

// preview shows a receipt as it will print.
func (w *Window) preview(m matter.Matter) {
	kit.Do(w.run, w.ctx, func(context.Context) ([]image.Image, error) {
		return paper.Of(m, *w.app.Settings).Image(w.size(), 150)
	}, func(pages []image.Image, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		var s *kit.Sheet
		s = kit.Show(w.win.Canvas(), "回执 "+m.Number, kit.Pictures(pages, 560), fyne.NewSize(760, 2000),
			kit.NewButton("关闭", "Esc", false, func() { s.Close() }),
			kit.NewButton("另存为…", "", false, func() { s.Close(); w.save(m) }),
			kit.NewButton("打印", "", true, func() { s.Close(); w.print(m) }))
	})
}

// save writes a receipt where somebody wants it.
func (w *Window) save(m matter.Matter) {
	d := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		if err != nil || to == nil {
			return
		}
		name := to.URI().Path()
		_ = to.Close()
		kit.Do(w.run, w.ctx, func(context.Context) (string, error) {
			pdf, err := paper.Of(m, *w.app.Settings).PDF(w.size())
			return name, errors.Join(err, os.WriteFile(name, pdf, 0o600))
		}, func(name string, err error) {
			if err != nil {
				w.say(kit.Bad, w.explain(err))
				return
			}
			w.say(kit.Good, "回执存在 "+filepath.Clean(name))
		})
	}, w.win)
	d.SetFileName(m.Number + ".pdf")
	d.Resize(fyne.NewSize(900, 600))
	d.Show()
}
