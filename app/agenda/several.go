package agenda

import (
	"context"
	"errors"

	"lianluo.local/data/journal"
	"lianluo.local/data/problem"
	"lianluo.local/data/session"
	"lianluo.local/data/store"
	"lianluo.local/data/unit"
)

// Entered is what one of several plans becomes.
type Entered struct {
	Act   store.Act        // that opens it
	There *session.Session // it is there already: nothing is to be done
	Wrong problem.Problems // by field
}

// Enter says of several plans at once what each becomes, checked beside what is there and beside each other; nothing is
// written. A reception that stands at the same station, day and hour is there already.
func (a *Agenda) Enter(ctx context.Context, orders []Order) (all []Entered, err error) {
	var beside []session.Session
	for _, o := range orders {
		d, act, err := a.desk(ctx, "", o, beside)
		one := Entered{Act: act}
		if !errors.As(err, &one.Wrong) && err != nil {
			return nil, err
		}
		if d == nil {
			all = append(all, one)
			continue
		}
		switch had, in, err := a.stands(ctx, d.s, beside); {
		case err != nil:
			return nil, err
		case had != nil && in:
			one.Wrong = problem.Problems{"day": "表里还有一行也是这个站点这一天这个时间的，请核对"}.Of(session.Name)
		case had != nil:
			one = Entered{There: had}
		case len(o.Station) == 0 && unit.LevelOf(a.Settings.Unit) != journal.Station:
			one.Wrong = with(one.Wrong, "station", "请写是哪个站点")
		}
		if b, is := act.Body.(session.Opening); is && one.There == nil {
			beside = append(beside, session.Session{State: session.Planned, Facts: b.Facts, Station: b.Station, Called: b.Called})
		}
		all = append(all, one)
	}
	return all, nil
}

func with(p problem.Problems, field, why string) problem.Problems {
	all := problem.Problems{}
	for code, said := range p.Bare() {
		all[code] = said
	}
	all[field] = why
	return all.Of(session.Name)
}

// stands gives the session that a station has of a kind at a day and hour, and whether it is one of those beside.
func (a *Agenda) stands(ctx context.Context, s session.Session, beside []session.Session) (had *session.Session, in bool, err error) {
	same := func(o session.Session) bool {
		return o.Station == s.Station && o.Day == s.Day && o.From == s.From && o.Kind == s.Kind && o.State != session.Cancelled
	}
	for _, o := range beside {
		if same(o) {
			return &o, true, nil
		}
	}
	if len(s.Day) != len("2027-01-11") || s.Station == "" {
		return nil, false, nil
	}
	list, _, err := a.sessions(ctx, Filter{From: s.Day, To: s.Day, Station: s.Station})
	for _, o := range list {
		if same(o) {
			return &o, false, err
		}
	}
	return nil, false, err
}
