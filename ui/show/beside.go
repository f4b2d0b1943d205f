package show

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/ledger"
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
	asked  int
	shown  ledger.View
	scroll *container.Scroll
}

// NewBeside makes an empty one; draw makes what is shown of a matter, beside so many others at most, as far as they are
// known.
func NewBeside(h kit.Host, l *ledger.Ledger, table *kit.Table[ledger.View], most int,
	draw func(ledger.View, []ledger.Match) fyne.CanvasObject) *Beside {
	return &Beside{Container: container.NewStack(), host: h, ledger: l, table: table, most: most, draw: draw}
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
		s.put(v, nil)
	}
	asked := s.asked
	kit.Do(s.host.Run, s.host.Context, func(ctx context.Context) ([]ledger.Match, error) {
		return s.ledger.Alike(ctx, v, s.most)
	}, func(ms []ledger.Match, err error) {
		if err == nil && asked == s.asked {
			s.put(v, ms)
		}
	})
}

// put shows a matter. Drawn anew, it stays where somebody had scrolled to.
func (s *Beside) put(v ledger.View, alike []ledger.Match) {
	scroll := kit.Scroll(s.draw(v, alike))
	s.Objects = []fyne.CanvasObject{kit.Card(scroll)}
	s.Refresh()
	if Same(v, s.shown) && s.scroll != nil {
		scroll.ScrollToOffset(s.scroll.Offset)
	}
	s.shown, s.scroll = v, scroll
}
