package window

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/form"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/printer"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// registered prints what a citizen takes home: the receipt, or the way to the right door; the matter is kept whatever
// comes of it. said is told how far the paper has come.
func (w *Window) registered(m matter.Matter, said func(kit.Tone, string)) {
	k := paper.TakenHome(m)
	kit.Do(w.run, w.ctx, func(context.Context) (typeset.Document, error) {
		return k.Make([]matter.Matter{m}, w.who(), paper.Wish{})
	}, func(d typeset.Document, err error) {
		if err != nil {
			said(kit.Bad, w.explain(err))
			return
		}
		w.send(k, m.Number+".pdf", d, func(tone kit.Tone, s string) {
			if tone == kit.Good {
				s = k.Name + "已送到打印机，打好后请交给群众。"
			}
			said(tone, s)
		})
	})
}

// paper shows the papers of a kind as they will print, with the ways to print or keep them.
func (w *Window) paper(kind string, vs []ledger.View) {
	k, ok := paper.ByCode(kind)
	if !ok {
		return
	}
	ms := make([]matter.Matter, len(vs))
	for i, v := range vs {
		ms[i] = v.Matter
	}
	w.make(k, ms, paper.Wish{})
}

// list shows a list of the matters that f chooses, or a blank book with the numbers that are wished for.
func (w *Window) list(k paper.Kind, f ledger.Filter, wish paper.Wish) {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (ms []matter.Matter, err error) {
		if k.Blank != "" {
			wish.Letter, wish.First, wish.Count, err = w.app.Desk.Blanks(ctx, k.Blank, wish.First, wish.Count)
		}
		if err == nil && k.About == paper.Many {
			ms, err = w.app.Ledger.Rows(ctx, k.Narrow(f, 0, w.app.Now()))
		}
		return ms, err
	}, func(ms []matter.Matter, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		w.make(k, ms, wish)
	})
}

// make draws a paper and shows it.
func (w *Window) make(k paper.Kind, ms []matter.Matter, wish paper.Wish) {
	w.say(kit.Plain, "正在做"+k.Name+"…")
	kit.Do(w.run, w.ctx, func(ctx context.Context) (typeset.Document, error) {
		if err := w.app.Doubts(ctx); err != nil { // papers bear the day
			return typeset.Document{}, err
		}
		return k.Make(ms, w.who(), wish)
	}, func(d typeset.Document, err error) {
		var look paper.Unchecked
		switch {
		case errors.As(err, &look) && !wish.Checked:
			w.say(kit.Plain, "")
			kit.Ask(w.win.Canvas(), "上墙前看一看", look.Sentence(), "都看过了，可以上墙", func() {
				wish.Checked = true
				w.make(k, ms, wish)
			})
		case err != nil:
			w.say(kit.Bad, w.explain(err))
		default:
			w.say(kit.Plain, "")
			w.preview(k, d)
		}
	})
}

func (w *Window) who() form.Issuer {
	return form.Issuer{Settings: *w.app.Settings, Profile: w.app.Profile, Today: w.app.Now()}
}

// shown is how many pages of a long paper are drawn on the screen.
const shown = 12

func (w *Window) preview(k paper.Kind, d typeset.Document) {
	kit.Do(w.run, w.ctx, func(context.Context) ([]image.Image, error) {
		return paper.Pictures(d, shown, 110), nil
	}, func(pages []image.Image, _ error) {
		title := k.Name
		if n := len(d.Pages); n > shown {
			title += fmt.Sprintf("（共 %d 页，这里看前 %d 页）", n, shown)
		} else if n > 1 {
			title += fmt.Sprintf("（共 %d 页）", n)
		}
		name := strings.Map(func(r rune) rune {
			if strings.ContainsRune(`/\:*?"<>| `, r) {
				return '-'
			}
			return r
		}, d.Title) + ".pdf"
		var s *kit.Dialog
		s = kit.Show(w.win.Canvas(), title, kit.Pictures(pages, 640), fyne.NewSize(860, 2000),
			kit.NewButton("关闭", "Esc", false, func() { s.Close() }),
			kit.NewButton("另存为…", "", false, func() { s.Close(); w.save(k, name, d) }),
			kit.NewButton("打印", "", true, func() { s.Close(); w.send(k, name, d, w.say) }))
	})
}

// send hands a paper to the printer and says how far it has come.
func (w *Window) send(k paper.Kind, name string, d typeset.Document, said func(kit.Tone, string)) {
	said(kit.Plain, fmt.Sprintf("正在打印%s，共 %d 页…", k.Name, len(d.Pages)))
	kit.Do(w.run, w.ctx, func(ctx context.Context) (string, error) {
		pdf, err := d.PDF()
		if err != nil {
			return "", err
		}
		return printer.Print(ctx, w.home.Papers(), printer.Job{Paper: k.Name, File: name, Printer: w.app.Settings.Printer}, pdf)
	}, func(file string, err error) {
		if err != nil {
			said(kit.Bad, w.explain(err))
			return
		}
		said(kit.Good, fmt.Sprintf("%s已送到打印机，共 %d 页，也存在 %s", k.Name, len(d.Pages), file))
	})
}

// save writes a paper into a folder that somebody chooses; a file of that name that lies there stays.
func (w *Window) save(k paper.Kind, name string, doc typeset.Document) {
	kit.Browse(w.win.Canvas(), k.Name+"存到哪里", "", func(dir string) {
		kit.Do(w.run, w.ctx, func(context.Context) (string, error) {
			pdf, err := doc.PDF()
			if err != nil {
				return "", err
			}
			file := filepath.Join(dir, name)
			if err := w.home.Outside(file, w.app.Settings.Folder); err != nil {
				return "", err
			}
			for n := 2; ; n++ {
				f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
				if errors.Is(err, os.ErrExist) {
					file = filepath.Join(dir, fmt.Sprintf("%s（%d）.pdf", strings.TrimSuffix(name, ".pdf"), n))
					continue
				}
				if err != nil {
					return "", fmt.Errorf("save paper: %w", err)
				}
				_, err = f.Write(pdf)
				return file, errors.Join(err, f.Close())
			}
		}, func(file string, err error) {
			if err != nil {
				w.say(kit.Bad, w.explain(err))
				return
			}
			w.say(kit.Good, k.Name+"已存在 "+file)
		})
	})
}
