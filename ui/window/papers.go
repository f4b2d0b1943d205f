package window

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"lianluo.local/app"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/paper/typeset"
	"lianluo.local/app/printer"
	"lianluo.local/data/matter"
	"lianluo.local/ui/kit"
)

// registered prints what a citizen takes home: the receipt, or the way to the right door; the matter is kept whatever
// comes of it. said is told how far the paper has come.
func (w *Window) registered(m matter.Matter, said func(kit.Tone, string)) {
	k := paper.TakenHome(m)
	kit.Do(w.run, w.ctx, func(ctx context.Context) (typeset.Document, error) {
		return w.app.Draw(ctx, app.Paper{Kind: k, Things: paper.Things{Matters: []matter.Matter{m}}})
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
	w.gather(k, paper.Things{Matters: ms}, paper.Wish{})
}

// list shows a list of the matters that a wish chooses, or a blank book with the numbers that are wished for.
func (w *Window) list(k paper.Kind, wish paper.Wish) { w.gather(k, paper.Things{}, wish) }

// handed shows a paper that is handed over with the program.
func (w *Window) handed(kind string) {
	k, _ := paper.ByCode(kind)
	w.list(k, paper.Wish{})
}

func (w *Window) gather(k paper.Kind, t paper.Things, wish paper.Wish) {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (app.Paper, error) { return w.app.Paper(ctx, k, t, wish) },
		func(p app.Paper, err error) {
			if err != nil {
				w.say(kit.Bad, w.explain(err))
				return
			}
			w.make(p)
		})
}

// make draws a paper and shows it.
func (w *Window) make(p app.Paper) {
	w.say(kit.Plain, "正在做"+p.Name+"…")
	kit.Do(w.run, w.ctx, func(ctx context.Context) (typeset.Document, error) {
		return w.app.Draw(ctx, p)
	}, func(d typeset.Document, err error) {
		var look paper.Unchecked
		switch {
		case errors.As(err, &look) && !p.Wish.Checked:
			w.say(kit.Plain, "")
			kit.Ask(w.win.Canvas(), "上墙前看一看", look.Sentence(), "都看过了，可以上墙", func() {
				p.Wish.Checked = true
				w.make(p)
			})
		case err != nil:
			w.say(kit.Bad, w.explain(err))
		default:
			w.say(kit.Plain, "")
			w.preview(p.Kind, d)
		}
	})
}

// shown is how many pages of a long paper are drawn on the screen.
const shown = 12

func (w *Window) preview(k paper.Kind, d typeset.Document) {
	const wide = 640
	pixels := int(wide * w.win.Canvas().Scale()) // no more than are seen: a page more is megabytes more
	kit.Do(w.run, w.ctx, func(context.Context) ([]image.Image, error) {
		return paper.Pictures(d, shown, pixels), nil
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
		s = kit.Show(w.win.Canvas(), title, kit.Pictures(pages, wide), fyne.NewSize(860, 2000),
			kit.NewButton("关闭", "Esc", false, func() { s.Close() }),
			kit.NewButton("另存为…", "", false, func() { s.Close(); w.save(k, name, d) }),
			kit.NewButton("打印", "", true, func() { s.Close(); w.send(k, name, d, w.say) }))
	})
}

// send hands a paper to the printer and says how far it has come.
func (w *Window) send(k paper.Kind, name string, d typeset.Document, said func(kit.Tone, string)) {
	said(kit.Plain, fmt.Sprintf("正在打印%s，共 %d 页…", k.Name, len(d.Pages)))
	kit.Do(w.run, w.ctx, func(ctx context.Context) (string, error) {
		return w.app.Print(ctx, printer.Job{Paper: k.Name, File: name}, d)
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
			return w.app.Save(doc, filepath.Join(dir, name), true)
		}, func(file string, err error) {
			if err != nil {
				w.say(kit.Bad, w.explain(err))
				return
			}
			w.say(kit.Good, k.Name+"已存到 "+file)
		})
	})
}
