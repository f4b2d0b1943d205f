package window

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"

	"lianluo.local/app"
	"lianluo.local/app/sheet"
	"lianluo.local/data/field"
	"lianluo.local/data/home"
	"lianluo.local/ui/intake"
)

// intake is the page on which a sheet of a kind comes in; whole is what may hold for all of its rows, back is the list that it belongs to.
func (w *Window) intake(k app.Keeping, whole field.List, back string) content {
	return intake.New(w.host(), k.Name, intake.Actions{Columns: k.Columns, Whole: whole,
		Try: func(ctx context.Context, book *sheet.Book, said intake.Said) (intake.Trial, error) {
			in, err := w.app.Intake(ctx, k, book, app.Said{Mapping: said.Mapping, Default: said.Default})
			return intake.Trial{Said: intake.Said{Mapping: in.Mapping, Default: in.Default}, Grid: in.Grid, Plan: in.Plan,
				Again: in.Again, Who: in.Who, In: in}, err
		},
		Take: func(ctx context.Context, t intake.Trial) error {
			return w.app.Take(ctx, w.app.Clerk(), t.In.(app.Intake))
		},
		Undo: func(ctx context.Context, batch string) (int, error) {
			return w.app.Roster.Undo(ctx, w.app.Clerk(), batch)
		},
		Wrong: func(_ context.Context, t intake.Trial, dir string) (string, error) {
			in := t.In.(app.Intake)
			file := filepath.Join(dir, strings.TrimSuffix(in.Book.Name, filepath.Ext(in.Book.Name))+"（要改的行）.xlsx")
			var b bytes.Buffer
			return file, errors.Join(in.Wrong(&b), home.WriteWhole(file, b.Bytes(), 0o600))
		},
		Back: func() { w.open(back) },
	})
}
