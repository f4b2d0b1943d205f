package window

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianluo.local/app/explain"
	"lianluo.local/app/trust"
	"lianluo.local/ui/kit"
)

// shelf is the sticks as they are shown: each in a line, and the one that is put in.
type shelf struct {
	lines []string
	trips []string // the newest first
	name  string   // "" where it is none of them
	wipe  bool
	away  error // why there is none
}

// sticks shows the sticks over which this home exchanges, and registers the one that is put in.
func (w *Window) sticks() {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (s shelf, err error) {
		l, here, away, err := w.app.Sticks(ctx)
		s.name, s.wipe, s.away = here.Name, here.Wipe, away
		for _, one := range l.Sticks {
			line := one.Name + "　" + one.Added.In(w.app.Now().Location()).Format("2006年1月2日登记")
			if one.Wipe {
				line += "，对方收到就清"
			}
			if one.ID == here.ID {
				line += "，正插着"
			}
			s.lines = append(s.lines, line)
		}
		for _, t := range slices.Backward(l.Trips) {
			s.trips = append(s.trips, l.Says(t, w.app.Now().Location()))
		}
		return s, err
	}, func(s shelf, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		w.shelf(s)
	})
}

// mostTrips are shown; all are told by the command stick log.
const mostTrips = 5

func (w *Window) shelf(s shelf) {
	var on *kit.Dialog
	notice, name, wipe := kit.NewNotice(), kit.NewEntry("给它起个名字，比如“蓝色的”"), kit.NewCheck("对方收到了的，就从U盘上清掉", nil)
	name.SetText(s.name)
	wipe.SetChecked(s.wipe)
	box := container.NewVBox(notice.Container)
	if s.away != nil && !errors.Is(s.away, trust.ErrNoFolder) {
		notice.Say(kit.Soon, explain.Sentence(s.away))
	}
	if len(s.lines) == 0 {
		box.Add(kit.Text("还没有登记过U盘，本市的U盘（共享文件夹）都可以用。登记了一个，就只用登记过的，别的插上来不读也不写。"))
	}
	for _, line := range s.lines {
		box.Add(kit.Text(line))
	}
	box.Add(kit.NewField("正插着的", false, name).Container)
	box.Add(wipe)
	if len(s.trips) > 0 {
		box.Add(kit.Bold("最近的来往"))
	}
	for _, trip := range s.trips[:min(len(s.trips), mostTrips)] {
		box.Add(kit.Text(trip))
	}
	done := func(do func(context.Context) error) {
		kit.Do(w.run, w.ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
			if err != nil {
				notice.Say(kit.Bad, w.explain(err))
				return
			}
			on.Close()
			w.sticks()
		})
	}
	acts := []*kit.Button{kit.NewButton("关闭", "Esc", false, func() { on.Close() })}
	if s.name != "" {
		acts = append(acts, kit.NewButton("不再用它", "", false, func() {
			done(func(ctx context.Context) error { return w.app.Unregister(ctx, s.name) })
		}))
	}
	acts = append(acts, kit.NewButton(map[bool]string{true: "登记这一个", false: "改好了"}[s.name == ""], "", true, func() {
		done(func(ctx context.Context) error {
			_, err := w.app.Register(ctx, name.Text, wipe.Checked)
			return err
		})
	}))
	on = kit.Show(w.win.Canvas(), "报送用的U盘", box, fyne.NewSize(760, 520), acts...)
}
