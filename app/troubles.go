package app

import (
	"context"
	"errors"
	"slices"

	"lianluo.local/app/courier"
	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/data/staff"
)

// Trouble is one thing that is not well, or waits for a person here: between us and another (the codes of
// courier.Troubles), or of our own. Our own are "compare" (Stage says what is to be compared with the office above),
// "asking" (N requests of those who want to be let in), "earlier" (N computers that others tell of as earlier ones of
// ours), and at a station "sheet" (it has no recovery sheet), "untried" (nobody typed its words yet), "locked" and
// "gone" (N matters whose private words a sheet opens, or nothing gives back); anywhere "expired" (the citizens of N matters
// are known for longer than they may be), "restored" (N of whom nothing was heard since the records here were put back: what
// they know to be redacted may stand here again), "bare" (anybody reads what this computer holds: it has no first password),
// "readable" (N copies of then that anybody reads), "stale" (somebody was kept out, and old copies of the vault let him in:
// Stale) and "founders" (two computers of this unit each made somebody its first administrator: staff.Founded). Of units that
// are heard of through others only there is "afar" (it is silent; Via is whom to ask).
type Trouble struct {
	courier.Trouble
	Stage           trust.Stage
	Asking          []string // the units
	Unit, Name, Via string   // "" for our own
}

// Waiting are the troubles of our own, those that the shared folder is needed for as far as it can be read now.
func (a *App) Waiting(ctx context.Context) (list []Trouble, err error) {
	above, err := a.Courier.Above(ctx)
	if err != nil {
		return nil, err
	}
	if stage := above.Stage(); a.Settings.Parent != "" && stage != trust.Settled {
		compare := counted("compare", 1)
		compare.Stage, compare.Mild, compare.Step = stage, !stage.Grave(), courier.Call
		list = append(list, compare)
	}
	requests, _ := a.Courier.Requests(ctx) // while the folder is away nobody knows
	asking := counted("asking", 0)
	for _, r := range requests {
		if r.Out {
			continue
		}
		if asking.N++; !slices.Contains(asking.Asking, r.Unit) {
			asking.Asking = append(asking.Asking, r.Unit)
		}
	}
	earlier, _ := a.Courier.Earlier(ctx)
	unheard, err := a.Courier.Unheard(ctx)
	if err != nil {
		return nil, err
	}
	crew, err := a.Crew.Staff(ctx, a.Settings.Unit)
	if err != nil {
		return nil, err
	}
	list = append(list, asking, counted("earlier", len(trust.Unanswered(earlier))), counted("restored", unheard),
		counted("founders", map[bool]int{true: 1}[crew.Contested(staff.Founded)]))
	if !a.Settings.Practice {
		stale, err := a.Stale(ctx)
		if err != nil {
			return nil, err
		}
		list = append(list, counted("bare", map[bool]int{false: 1}[a.key.Given()]), counted("readable", len(a.Readable())),
			counted("stale", map[bool]int{true: 1}[stale]))
	}
	sealed, _ := a.Unsealed(ctx) // what cannot be read of that the page of the sheet says
	list = append(list, sealed...)
	return slices.DeleteFunc(list, func(t Trouble) bool { return t.N == 0 }), nil
}

// Unsealed are the troubles of a station with what is said in confidence: there is no recovery sheet, or private
// words are not here.
func (a *App) Unsealed(ctx context.Context) (list []Trouble, err error) {
	if a.Settings.Role != journal.Station {
		return nil, nil
	}
	lacks, err := a.Lacks(ctx)
	if err != nil {
		return nil, err
	}
	list = []Trouble{counted("locked", len(lacks.Locked)), counted("gone", lacks.Gone)}
	switch h, none := a.Held(); {
	case errors.Is(none, ErrNoSheet):
		list = append(list, counted("sheet", 1))
	case none == nil && h.Tried.IsZero():
		list = append(list, counted("untried", 1))
	default:
		err = none
	}
	return slices.DeleteFunc(list, func(t Trouble) bool { return t.N == 0 }), err
}

func counted(code string, n int) Trouble { return Trouble{Trouble: courier.Trouble{Code: code, N: n}} }

// Troubles are all that is not well: our own, those of everybody we exchange with, and who is silent behind them.
func (a *App) Troubles(ctx context.Context) (list []Trouble, err error) {
	if list, err = a.Waiting(ctx); err != nil {
		return nil, err
	}
	expired, err := a.tooLong(ctx)
	if expired > 0 {
		list = append(list, counted("expired", expired))
	}
	if err != nil {
		return nil, err
	}
	ps, err := a.Courier.Status(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range ps {
		for _, t := range p.Troubles() {
			list = append(list, Trouble{Trouble: t, Unit: p.Unit, Name: p.Name})
		}
	}
	afar, err := a.Courier.Afar(ctx)
	for _, far := range afar {
		if far.Silent {
			t := counted("afar", 1)
			t.Unit, t.Name, t.Via, t.Step = far.Unit, far.Name, far.Via, courier.Call
			list = append(list, t)
		}
	}
	return list, err
}
