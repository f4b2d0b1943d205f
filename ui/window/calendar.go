package window

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app"
	"lianluo.local/app/explain"
	"lianluo.local/data/problem"
	"lianluo.local/ui/kit"
)

// doubted asks for today's date where an error says that the clock and the newest record cannot both be right.
func (w *Window) doubted(err error) {
	if !errors.As(err, new(app.Doubt)) || w.frame == nil || w.calendar != nil && w.calendar.Open() {
		return
	}
	date := kit.NewEntry("照墙上的日历写，如 11月28日")
	field := kit.NewField("今天是", true, date)
	confirm := func() {
		kit.Do(w.run, w.ctx, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, w.app.Today(ctx, date.Text)
		}, func(_ struct{}, err error) {
			var wrong problem.Problems
			switch {
			case errors.As(err, &wrong):
				field.Say(wrong["today"])
				kit.Focus(date)
			case err != nil:
				field.Say(w.explain(err))
			default:
				w.calendar.Close()
				w.say(kit.Good, "今天的日期记下了，可以接着办。")
				w.frame.refresh()
			}
		})
	}
	date.OnEnter = confirm
	w.calendar = kit.Show(w.win.Canvas(), "今天是几号",
		kit.Scroll(container.NewVBox(kit.Text(explain.Sentence(err)), field.Container)), fyne.NewSize(760, 460),
		kit.NewButton("先不填", "Esc", false, func() { w.calendar.Close() }), kit.NewButton("日期对，接着办", "", true, confirm))
	kit.Focus(date)
}

// date asks for today's date when the home was opened by a clock that cannot be right.
func (w *Window) date() {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, w.app.Doubts(ctx)
	}, func(_ struct{}, err error) { w.doubted(err) })
}
