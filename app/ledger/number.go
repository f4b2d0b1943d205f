package ledger

import (
	"context"
	"fmt"
	"strings"

	"lianluo.local/data/session"
	"lianluo.local/data/view"
)

// Show gives one matter by its number or an unmistakable part of it. It fails with store.ErrNotFound, or with Ambiguous
// or Doubled where two have that part.
func (l *Ledger) Show(ctx context.Context, number string) (View, error) {
	fs, err := view.ByNumber(ctx, l.Store, number)
	if err != nil {
		return View{}, err
	}
	if len(fs) > 1 {
		if fs[0].Number == fs[1].Number {
			return View{}, Doubled{fs[0].Number, fs[0].ID, fs[1].ID}
		}
		return View{}, Ambiguous{number, fs[0].Number, fs[1].Number}
	}
	e, err := l.eyes(ctx)
	if err == nil {
		err = l.Guard.Whose(ctx, e.by, fs[0].Named()...)
	}
	if err != nil {
		return View{}, err
	}
	v := l.view(e, fs[0])
	if v.Session != "" {
		at, err := view.Things[session.Session](ctx, l.Store, session.Name, "id = ?", v.Session)
		if err != nil {
			return View{}, err
		}
		for _, s := range at {
			v.Sitting = strings.Join(strings.Fields(s.Thing.Day+" "+s.Thing.From+" "+s.Thing.Title()), " ")
		}
	}
	if v.Unit == l.Unit {
		absent, err := l.Store.Absences(ctx, v.ID)
		if err != nil {
			return View{}, err
		}
		for _, a := range absent {
			v.Absent = &a
		}
	}
	return v, nil
}

// Ambiguous says that a part of a number stands for more than one matter.
type Ambiguous struct{ Part, One, Other string }

func (a Ambiguous) Error() string {
	return fmt.Sprintf("%s stands for %s and %s", a.Part, a.One, a.Other)
}

// Sentence is what a person hears.
func (a Ambiguous) Sentence() string {
	return fmt.Sprintf("“%s”对得上不止一件，比如 %s 和 %s。请把编号写全。", a.Part, a.One, a.Other)
}

// Doubled says that one number was given to more than one matter.
type Doubled struct{ Number, One, Other string }

func (d Doubled) Error() string { return fmt.Sprintf("%s is %s and %s", d.Number, d.One, d.Other) }

// Sentence is what a person hears.
func (d Doubled) Sentence() string {
	return fmt.Sprintf("编号 %s 给过不止一件事项，每件都在。请把编号换成其中一件的 id：%s 或 %s。", d.Number, d.One, d.Other)
}
