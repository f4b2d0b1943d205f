package window

import (
	"context"
	"crypto/rand"
	"fmt"

	"lianluo.local/app"
	"lianluo.local/app/ledger"
	"lianluo.local/app/paper"
	"lianluo.local/app/trust"
	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/ui/exchange"
	"lianluo.local/ui/kit"
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

// joins are what is still to be done so that others and we believe each other.
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
		}
	}
	return notes, nil
}

// conflict opens the newest matter that was changed in two places, of a unit below or else of ours.
func (w *Window) conflict(unit string) {
	kit.Do(w.run, w.ctx, func(ctx context.Context) (ledger.View, error) {
		if unit == w.app.Settings.Parent {
			unit = w.app.Settings.Unit
		}
		return w.app.Ledger.Conflict(ctx, unit)
	}, func(v ledger.View, err error) {
		switch {
		case err != nil:
			w.say(kit.Bad, w.explain(err))
		case v.ID == "":
			w.open("book")
		default:
			w.show(v)
		}
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
	return err
}

// errUnsound says that a check after a rebuild still found something.
var errUnsound = problem.New("check found problems", "资料有不一致的地方，记录都在。请不要删除任何文件，先放回最近的备份（设置帮助里的“备份和恢复”）；还有问题请打电话给上级。")
