package window

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"strings"

	"lianluo.local/app"
	"lianluo.local/data/problem"
	"lianluo.local/ui/recovery"
)

// errAnother says that another sheet was made meanwhile, by a command.
var errAnother = problem.New("no sheet at hand", "这张恢复单已经不在眼前了，请再做一张。")

// sheet is the page 恢复单. The sheet that is being made is nowhere but here.
func (w *Window) sheet() *recovery.Page {
	a := w.app
	var made *app.Sheet
	hold := func(ctx context.Context) error {
		if made == nil {
			return errAnother
		}
		return a.Hold(ctx, *made)
	}
	return recovery.New(w.host(), recovery.Actions{
		Back:  "preferences",
		State: w.held,
		Make: func(replace bool) ([]string, error) {
			s, err := a.NewSheet(w.ctx, rand.Reader, replace)
			if err != nil {
				return nil, err
			}
			made = &s
			return s.Words(), nil
		},
		Print: func(ctx context.Context) error {
			if made == nil {
				return errAnother
			}
			return a.PrintSheet(ctx, *made)
		},
		Save: func(ctx context.Context, dir string) (string, error) {
			if made == nil {
				return "", errAnother
			}
			file := filepath.Join(dir, "恢复单.pdf")
			return file, a.SaveSheet(ctx, *made, file)
		},
		Copy: hold,
		Picture: func() (image.Image, error) {
			if made == nil {
				return nil, errAnother
			}
			d, err := a.SheetPaper(w.ctx, *made)
			if err != nil {
				return nil, err
			}
			return d.Pages[0].Image(110), nil
		},
		Tried: func(ctx context.Context) error {
			if made == nil {
				return errAnother
			}
			_, err := a.Tried(ctx, a.Clerk(), made.Holder)
			if err == nil {
				made = nil
			}
			return err
		},
		Typed: func(ctx context.Context, text string) (string, error) {
			s, err := w.held(ctx)
			if err != nil {
				return "", err
			}
			if s.Opens == "" && s.Number != "" {
				_, err := a.TrySheet(ctx, a.Clerk(), text)
				return "对的，就是这一张。请在单子上记一笔，封好放回去。", err
			}
			u, err := a.OpenSheet(ctx, a.Clerk(), text)
			return fmt.Sprintf("打开了 %d 处，都和原来的记录核对过，已放回台账。", u.Opened), err
		},
		Known: func(ctx context.Context, locked bool) (int, error) {
			var numbers []string
			if locked {
				lacks, err := a.Lacks(ctx)
				if err != nil {
					return 0, err
				}
				numbers = lacks.Locked
			}
			list, err := a.KnownGone(ctx, numbers)
			return len(list), err
		},
	})
}

// held says how it stands with the recovery sheet.
func (w *Window) held(ctx context.Context) (s recovery.State, err error) {
	lacks, err := w.app.Lacks(ctx)
	if err != nil {
		return s, err
	}
	s.Locked, s.Gone, s.Elsewhere = len(lacks.Locked), lacks.Gone, lacks.Elsewhere
	s.Opens = strings.Join(lacks.Sheets, "、")
	h, err := w.app.Held()
	if errors.Is(err, app.ErrNoSheet) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	s.Number = h.Number()
	s.Made, s.Tried = w.app.SheetDays(ctx, h)
	return s, nil
}

// unsheeted says what is to be done first about the recovery sheet, "" for nothing.
func (w *Window) unsheeted(ctx context.Context) (says, note string, err error) {
	ts, err := w.app.Unsealed(ctx)
	if len(ts) == 0 {
		return "", "", err
	}
	switch n := ts[0].N; ts[0].Code {
	case "locked":
		says, note = fmt.Sprintf("%d 件的保密内容锁着", n), "拿恢复单，输入上面的字就打开"
	case "gone":
		says, note = fmt.Sprintf("%d 件的保密内容不在了", n), "刚换了电脑的，先报送一两次"
	case "sheet":
		says, note = "还没有恢复单", "电脑坏了，保密的内容就找不回来了"
	case "untried":
		says, note = "恢复单还没有试过", "照纸上的字输入一遍，看有没有印错"
	}
	return says, note, err
}

// begin goes on from a home that was just set up to its recovery sheet.
func (w *Window) begin() {
	if w.open("sheet"); w.frame != nil {
		if p, ok := w.frame.here.content.(*recovery.Page); ok {
			p.Begin("单位建好了。还有一件事：做一张恢复单。现在没空，可以先按“返回”，“今天”页会再提醒。")
		}
	}
}
