package window

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app"
	"lianluo.local/app/explain"
	"lianluo.local/app/trust"
	"lianluo.local/ui/kit"
)

// verify lets somebody choose a file, and says whose it is and whether it was changed.
func (w *Window) verify() {
	kit.BrowseFile(w.win.Canvas(), "核对哪一个文件的签名", "", []string{".pdf", ".docx", ".xlsx", ".csv", ".json"}, func(file string) {
		w.verified(file, nil, nil)
	})
}

// verified shows what a signature comes to. before is the dialog that asked for the digits of who signed, and typed where they
// were typed; nil where nobody was asked yet.
func (w *Window) verified(file string, before *kit.Dialog, typed *kit.Digits) {
	digits := ""
	if typed != nil {
		var ok bool
		if digits, ok = typed.Take(); !ok {
			return
		}
	}
	kit.Do(w.run, w.ctx, func(ctx context.Context) (app.Verified, error) {
		return w.app.Verify(ctx, file, digits)
	}, func(v app.Verified, err error) {
		switch {
		case err != nil && typed != nil:
			typed.Say(w.explain(err))
			return
		case err != nil:
			w.say(kit.Bad, w.explain(err))
			return
		case before != nil:
			before.Close()
		}
		w.judged(v)
	})
}

func (w *Window) judged(v app.Verified) {
	var s *kit.Dialog
	doubt, notice := v.Doubt(), kit.NewNotice()
	box := container.NewVBox(notice.Container, kit.Text("文件："+filepath.Base(v.File)))
	if says := v.Says(); says != "" {
		box.Add(kit.Text(says))
	}
	acts := []*kit.Button{kit.NewButton("关闭", "Esc", doubt == nil, func() { s.Close() })}
	if notice.Head(kit.Good, "可以当真", ""); doubt != nil {
		notice.Head(kit.Bad, "不能当真", explain.Sentence(doubt))
	}
	if doubt != nil && v.Whole() && v.Standing == trust.Unheard {
		typed := kit.NewDigits("对方念的十六位", 16, func(typed string) string {
			_, err := trust.Typed(typed)
			return explain.Sentence(err)
		})
		box.Add(typed.Container)
		acts = append(acts, kit.NewButton("核对", "", true, func() { w.verified(v.File, s, typed) }))
	}
	s = kit.Show(w.win.Canvas(), "核对签名", box, fyne.NewSize(760, 560), acts...)
}
