package window

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"

	"lianluo.local/app"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/roster"
	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/data/matter"
	"lianluo.local/data/person"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
	"lianluo.local/data/rota"
	"lianluo.local/data/session"
	"lianluo.local/data/site"
	"lianluo.local/ui/exchange"
	"lianluo.local/ui/kit"
	"lianluo.local/ui/schedule"
	"lianluo.local/ui/station"
	"lianluo.local/ui/today"
)

// exchanged is what the page 报送 asks of the window.
func (w *Window) exchanged() exchange.Actions {
	return exchange.Actions{Sync: w.sync, Conflict: w.conflict, Rebuild: w.rebuild, Slip: w.slip, Later: &w.later,
		Random: rand.Reader}
}

// slip shows the slip with our digits, which is handed to the office above, or to those below.
func (w *Window) slip(up bool) {
	k, _ := paper.ByCode("joining-slip")
	w.gather(k, paper.Things{}, paper.Wish{Up: up})
}

// follow keeps the digits of the office above that were filled in at set-up, until its certificate comes.
func (w *Window) follow(digits string) {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, w.app.Courier.Follow(ctx, digits)
	}, func(_ struct{}, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
		}
		w.frame.refresh()
	})
}

// joins are what is still to be done so that others and we believe each other, and a newer program where there is one.
func (w *Window) joins(ctx context.Context) (notes []today.Note, err error) {
	ts, err := w.app.Waiting(ctx)
	if err != nil {
		return nil, err
	}
	up, there := ledger.Called(w.app.Settings.Parent), w.app.Settings.Folder != ""
	for _, t := range ts {
		switch t.Code {
		case "compare":
			says, grave := exchange.Comparing(t.Stage, up, w.later)
			apart := t.Stage == trust.First || t.Stage == trust.Noted
			if apart && there && w.app.Settings.Role == journal.Station {
				says = "还没有接上" + up
			}
			if says != "" {
				notes = append(notes, today.Note{Says: says, Takes: "打一个电话就好；怎么做，写在“报送”里", Button: "去报送", Grave: grave})
			}
		case "asking":
			notes = append(notes, today.Note{Says: fmt.Sprintf("%d 个单位等着接入", len(t.Asking)), Takes: "打电话核对校验号，再接入",
				Button: "去接入"})
		case "restored":
			notes = append(notes, today.Note{Says: "隐去的可能又在这里，先交换一次", Grave: true, Button: "去报送",
				Takes: fmt.Sprintf("放回备份以后，还有 %d 个单位没有回音：各级隐去过的，和它们交换一次才会再隐去", t.N)})
		case "bare":
			notes = append(notes, today.Note{Says: "这里的记录谁都能看", Takes: "还没有设密码：电脑丢了、送修了，别人就看得到", Button: "设密码…",
				Page: "preferences", Do: w.protect})
		case "founders":
			note := today.Note{Says: "两台电脑各设过第一位系统管理员", Takes: "以先有的那位为准，另一位其余的角色不变；请那位到“用户”里定下来",
				Button: "去用户", Page: "users"}
			if err := w.app.Ask(ctx, right.Users); err != nil {
				note.Button, note.Do = "找谁…", func() { w.say(kit.Soon, w.explain(err)) }
			}
			notes = append(notes, note)
		case "stale":
			notes = append(notes, today.Note{Says: "有人停用了，钥匙还没有换", Takes: "他以前拷走的钥匙文件放回来还能打开这里，换了就作废",
				Button: "换钥匙…", Page: "preferences", Do: w.renew})
		case "readable":
			notes = append(notes, today.Note{Says: fmt.Sprintf("%d 份旧备份没有上锁", t.N), Takes: "设密码以前做的，拿到的人都能看", Button: "去封存",
				Page: "copies"})
		}
	}
	return append(notes, w.newer(ctx)...), nil
}

// conflict opens the newest thing that was changed in two places, of a unit below or else of ours.
func (w *Window) conflict(unit string) {
	type found struct{ kind, id string }
	kit.Do(w.run, w.ctx, func(ctx context.Context) (f found, err error) {
		f.kind, f.id, err = w.app.Courier.Disputed(ctx, unit)
		return f, err
	}, func(f found, err error) {
		switch open, known := w.openers()[f.kind]; {
		case err != nil:
			w.say(kit.Bad, w.explain(err))
		case !known:
			w.open("book")
		default:
			open(f.id)
		}
	})
}

// openers show a thing of a kind whole, by its ID.
func (w *Window) openers() map[string]func(id string) {
	return map[string]func(id string){matter.Name: w.number, person.Name: w.byID,
		rota.Name:    func(string) { w.open("agenda") },
		session.Name: w.session,
		site.Name:    w.site,
	}
}

// session shows the session of an ID whole.
func (w *Window) session(id string) {
	whole(w, func(ctx context.Context) (session.Session, error) { return w.app.Agenda.Session(ctx, id) }, func(s session.Session) {
		w.open("agenda")
		w.frame.here.content.(*schedule.Page).Open(s)
	})
}

// site shows the unit of an ID whole.
func (w *Window) site(id string) {
	whole(w, func(ctx context.Context) (roster.Place, error) {
		all, err := w.app.Roster.Places(ctx, true)
		if at := slices.IndexFunc(all, func(v roster.Place) bool { return v.ID == id }); at >= 0 {
			return all[at], err
		}
		return roster.Place{}, err
	}, func(v roster.Place) {
		if w.open("station"); v.ID != "" {
			w.frame.here.content.(*station.Page).Open(v)
		}
	})
}

// whole looks a thing up and shows it.
func whole[T any](w *Window, find func(context.Context) (T, error), show func(T)) {
	kit.Do(w.run, w.ctx, find, func(v T, err error) {
		if err != nil {
			w.say(kit.Bad, w.explain(err))
			return
		}
		show(v)
	})
}

// rebuild makes the projections and the index again from the journal, and checks them.
func (w *Window) rebuild(ctx context.Context) error {
	if err := w.app.Rebuild(ctx); err != nil {
		return err
	}
	rep, v, err := w.app.Check(ctx)
	if err == nil && v != app.Sound {
		w.log.Error("check found problems", "problems", rep.Problems)
		err = errUnsound
	}
	if v == app.Tampered {
		err = app.ErrLogCut
	}
	return err
}

// errUnsound says that a check after a rebuild still found something.
var errUnsound = problem.New("check found problems", "资料有不一致的地方，记录都在。请不要删除任何文件，先放回最近的备份（设置帮助里的“备份和恢复”）；还有问题请打电话给上级。")
