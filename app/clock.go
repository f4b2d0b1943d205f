package app

import (
	"context"
	"fmt"
	"strings"

	"lianluo.local/data/day"
	"lianluo.local/data/problem"
	"lianluo.local/data/store"
)

// Doubt says that the computer's clock and the newest record that it wrote lie too far apart; nothing is recorded
// until one of them is put right.
type Doubt = store.Doubt

// Doubts fails with Doubt where the computer's clock cannot be believed: what bears a day waits until it can.
func (a *App) Doubts(ctx context.Context) error { return a.Store.Doubts(ctx, a.Now()) }

// Today takes today's date as somebody reads it from the calendar on the wall. Where the computer says so, too, it
// was the newest record that was wrong, and work goes on. It fails with problem.Problems where the computer says
// another day.
func (a *App) Today(ctx context.Context, date string) error {
	now := a.Now()
	said, why := day.Date(date, now)
	switch {
	case why == "" && strings.TrimSpace(said) == "":
		why = "请写今天的日期，如 2026-11-28"
	case why == "" && said != now.Format(day.Written):
		why = fmt.Sprintf("电脑的日期是 %s，和墙上的日历对不上。请先把电脑的日期和时间改对；资料没有动", now.Format(day.Written))
	}
	if why != "" {
		return problem.Problems{"today": why}
	}
	return a.Store.Confirm(ctx, now)
}
