package show

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
	"lianluo.local/app/roster"
	"lianluo.local/ui/kit"
)

// Beside is what stands beside a list of matters: the chosen one, with those that may be about the same thing.
type Beside struct {
	*fyne.Container
	host   kit.Host
	ledger *ledger.Ledger
	table  *kit.Table[ledger.View]
	most   int // of those that may be the same
	draw   func(v ledger.View, alike []ledger.Match) fyne.CanvasObject
	fits   Fits
	asked  int
	shown  ledger.View
	scroll *container.Scroll
}

// Fits gives the deputies who fit a matter, each with the reason, the best first; none where nobody is to be asked.
type Fits func(ctx context.Context, v ledger.View) (lines []string, err error)

// Fitting asks the roster for the best few.
func Fitting(r *roster.Roster) Fits {
	return func(ctx context.Context, v ledger.View) (lines []string, err error) {
		if !v.State.Owing() || len(v.Units) > 0 {
			return nil, nil
		}
		fits, err := r.Fit(ctx, v.Matter, 3)
		for _, f := range fits {
			lines = append(lines, f.Person.Name+"："+f.Why)
		}
		return lines, err
	}
}

// NewBeside makes an empty one; draw makes what is shown of a matter, beside so many others at most, as far as they are
// known. Below stand the deputies who fit it (fits, nil for none).
func NewBeside(h kit.Host, l *ledger.Ledger, table *kit.Table[ledger.View], most int,
	draw func(ledger.View, []ledger.Match) fyne.CanvasObject, fits Fits) *Beside {
	return &Beside{Container: container.NewStack(), host: h, ledger: l, table: table, most: most, draw: draw, fits: fits}
}

// Shown is the matter that is shown; a zero View for none.
func (s *Beside) Shown() ledger.View { return s.shown }

// Follow shows what is chosen in the list now.
func (s *Beside) Follow() {
	s.asked++
	v, ok := s.table.Chosen()
	if !ok {
		s.Objects, s.shown = nil, ledger.View{}
		if len(s.table.Rows()) > 0 {
			gone := kit.Hint("没有选中的。原来选的那一件已不在这里，用 ↑↓ 接着选。")
			s.Objects = []fyne.CanvasObject{kit.Card(gone)}
		}
		s.Refresh()
		return
	}
	if !Same(v, s.shown) {
		s.put(v, nil, nil)
	}
	type found struct {
		alike []ledger.Match
		fits  []string
	}
	asked := s.asked
	kit.Do(s.host.Run, s.host.Context, func(ctx context.Context) (f found, err error) {
		if f.alike, err = s.ledger.Alike(ctx, v, s.most); err == nil && s.fits != nil {
			f.fits, err = s.fits(ctx, v)
		}
		return f, err
	}, func(f found, err error) {
		if err == nil && asked == s.asked {
			s.put(v, f.alike, f.fits)
		}
	})
}

// put shows a matter. Drawn anew, it stays where somebody had scrolled to.
func (s *Beside) put(v ledger.View, alike []ledger.Match, fits []string) {
	all := container.NewVBox(s.draw(v, alike))
	if len(fits) > 0 {
		all.Add(kit.Bold("合适的代表，由您来定："))
		for _, line := range fits {
			all.Add(kit.Text(line))
		}
	}
	scroll := kit.Scroll(all)
	s.Objects = []fyne.CanvasObject{kit.Card(scroll)}
	s.Refresh()
	if Same(v, s.shown) && s.scroll != nil {
		scroll.ScrollToOffset(s.scroll.Offset)
	}
	s.shown, s.scroll = v, scroll
}
