package window

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"lianluo.local/app"
	"lianluo.local/app/ledger"
	"lianluo.local/app/sheet"
	"lianluo.local/data/field"
	"lianluo.local/ui/intake"
	"lianluo.local/ui/kit"
)

// intake is the page on which a sheet of a kind comes in; back is the list that it belongs to, whole what may hold for
// all of its rows, open shows one of those who are missing in it.
func (w *Window) intake(k app.Keeping, back string, whole field.List, open func(id string)) content {
	return intake.New(w.host(), k.Name, intake.Actions{Columns: k.Columns, Lists: k.Lists, Whole: whole, Open: open,
		Try: func(ctx context.Context, book *sheet.Book, said intake.Said) (intake.Trial, error) {
			in, err := w.app.Intake(ctx, k, book, app.Said{Mapping: said.Mapping, Default: said.Default})
			return intake.Trial{Said: intake.Said{Mapping: in.Mapping, Default: in.Default}, Grid: in.Grid, Plan: in.Plan,
				Again: in.Again, Who: in.Who, In: in}, err
		},
		Take: func(ctx context.Context, t intake.Trial) error {
			return w.app.Take(ctx, w.app.Clerk(), t.In.(app.Intake))
		},
		Undo: func(ctx context.Context, which string) (int, error) {
			return w.app.Undo(ctx, k, w.app.Clerk(), which)
		},
		Wrong: func(ctx context.Context, t intake.Trial, dir string) (string, error) {
			in := t.In.(app.Intake)
			file := filepath.Join(dir, strings.TrimSuffix(in.Book.Name, filepath.Ext(in.Book.Name))+"（要改的行）.xlsx")
			return file, w.app.SaveWrong(ctx, in, file)
		},
		Back: func() { w.open(back) },
	})
}

// silentEnd is what may hold for the matters of an old register of which it tells no outcome.
var silentEnd = field.Of("oldbook", field.Field{Code: "ended", Name: "没有写办得怎样的", Input: field.Chips, Words: app.Ended})

// oldBook is the page on which an old register comes in.
func (w *Window) oldBook(register string) content {
	return w.intake(app.Books[register], "preferences", silentEnd, nil)
}

// outgoing are the sheets that go out: their names, and what writes one.
func (w *Window) outgoing() map[string]func(ctx context.Context, file string) error {
	people := func(o app.Export) func(context.Context, string) error {
		return func(ctx context.Context, file string) error { return w.app.ExportPeople(ctx, file, o) }
	}
	return map[string]func(context.Context, string) error{
		"代表名册.xlsx":         people(app.Export{}),
		"代表名册（带联系方式）.xlsx":  people(app.Export{Contact: true}),
		"代表名册（打印）.xlsx":     people(app.Export{Print: true}),
		"代表名册（填写用的空表）.xlsx": w.app.Template,
		"站点名册（填写用的空表）.xlsx": w.app.UnitTemplate,
		"站点名册.xlsx":         func(ctx context.Context, file string) error { return w.app.ExportUnits(ctx, file, app.Export{}) },
	}
}

// export writes one of the sheets that go out into a folder that somebody chooses.
func (w *Window) export(name string) {
	kit.Browse(w.win.Canvas(), name+"存到哪里", "", func(dir string) {
		file := filepath.Join(dir, name)
		kit.Do(w.run, w.ctx, func(ctx context.Context) (struct{}, error) {
			if err := w.app.Home.Outside(file, w.app.Settings.Folder); err != nil {
				return struct{}{}, err
			}
			return struct{}{}, w.outgoing()[name](ctx, file)
		}, func(_ struct{}, err error) {
			if err != nil {
				w.say(kit.Bad, w.explain(err))
				return
			}
			w.say(kit.Good, "已存到 "+file)
		})
	})
}

// exportList writes a list of matters as a table into a folder that somebody chooses; citizens are covered.
func (w *Window) exportList(name string, q ledger.Query) {
	kit.Browse(w.win.Canvas(), name+"存到哪里", "", func(dir string) {
		file := filepath.Join(dir, name+".xlsx")
		kit.Do(w.run, w.ctx, func(ctx context.Context) (int, error) { return w.app.ExportMatters(ctx, file, name, q, false) },
			func(n int, err error) {
				if err != nil {
					w.say(kit.Bad, w.explain(err))
					return
				}
				w.say(kit.Good, fmt.Sprintf("%d 件已存到 %s", n, file))
			})
	})
}
