package app

import (
	"context"
	"path/filepath"
	"strings"

	"lianluo.local/app/agenda"
	"lianluo.local/app/agenda/ics"
	"lianluo.local/data/problem"
	"lianluo.local/data/right"
)

// WriteCalendar writes the sessions that a filter chooses as a calendar that phones open (.ics). Those that were cancelled, or entered by mistake, stand in it as cancelled.
func (a *App) WriteCalendar(ctx context.Context, file string, f agenda.Filter) error {
	if err := a.guard.Sits(ctx, right.Export, right.Print); err != nil {
		return err
	}
	if !strings.EqualFold(filepath.Ext(file), ".ics") {
		return problem.Problems{"out": "请写成 .ics 文件"}
	}
	f.Void = true
	list, _, err := a.Agenda.Sessions(ctx, f)
	if err != nil {
		return err
	}
	called := func(unit string) string { return a.Roster.Called(ctx, unit) }
	b, err := ics.Write(called(a.Settings.Unit)+"进站日程", a.Now(), list, called)
	if err != nil {
		return err
	}
	return a.write(file, b)
}
