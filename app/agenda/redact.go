package agenda

import (
	"context"

	"lianluo.local/data/session"
	"lianluo.local/data/view"
	"lianluo.local/data/words"
)

// redact takes away who was visited on a round, once it is over.
func (d *desk) redact() (body, private any) {
	code, known := words.Redactions.Parse(d.o.Reason)
	switch {
	case !known:
		d.wrong["reason"] = "请写明为什么隐去：保存期满、本人要求或不该收集"
	case d.s.Day >= d.today():
		d.wrong["do"] = "这一场还没有过去，走访完了才能隐去"
	case !d.s.Known():
		d.wrong["do"] = "这一场没有可以隐去的内容：已经隐去过，或者本来就没有记"
	}
	return session.Said{Reason: code}, nil
}

// Expired are the rounds before a day of whose households somebody is still known here, at the unit's own places.
func (a *Agenda) Expired(ctx context.Context, day string) (list []session.Session, err error) {
	lines, err := view.Things[session.Session](ctx, a.Store, session.Name, "told AND day < ? ORDER BY row", day)
	for _, l := range lines {
		if l.Thing.May(session.Redact, a.Settings.Unit) {
			list = append(list, l.Thing)
		}
	}
	return list, err
}
