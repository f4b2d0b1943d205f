package desk

import (
	"time"

	"lianluo.local/assets/workday"
	"lianluo.local/data/clerk"
	"lianluo.local/data/matter"
	"lianluo.local/data/problem"
	"lianluo.local/data/profile"
	"lianluo.local/data/right"
	"lianluo.local/data/settings"
	"lianluo.local/data/store"
)

// Desk is the table of one station.
type Desk struct {
	Guard    right.Guard
	Store    *store.Store
	Settings *settings.Settings
	Calendar *workday.Calendar
	Profile  profile.Profile
	Now      func() time.Time
}

// ErrNotStation says that only a station receives citizens.
var ErrNotStation = problem.New("only a station receives citizens", "这台电脑是上级机关用的，不登记来访。请到联络站（点）的电脑上登记。")

// Check gives the problems of a draft as of now; none when it may be received.
func (d *Desk) Check(draft Draft) problem.Problems {
	_, _, problems := draft.Check(d.Now(), d.Settings.Unit)
	return problems
}

// promise gives the day by which the citizen is told the outcome, and that by which his matter is sorted, begun being
// when it was registered.
func (d *Desk) promise(r matter.Report, begun time.Time) (due, term string) {
	days := d.Profile.Promise[r.Urgency]
	return d.Calendar.Add(r.Occurred, days).Format(time.DateOnly), d.Calendar.Add(begun, min(d.Profile.Collate,
		days)).Format(time.DateOnly)
}

// Caveat says that the date promised, or that of the next step, was counted without the official holidays of its
// year; "" where they are known.
func (d *Desk) Caveat(m matter.Matter) string { return d.Calendar.Caveat(m.Due, m.Limit()) }

func (d *Desk) act(by clerk.Clerk, id, do string, body, private any) store.Act {
	return store.Act{Kind: matter.Name, Thing: id, Do: do, Body: body, Private: private, Unit: d.Settings.Unit,
		By: by.Name, User: by.User, At: d.Now()}
}
