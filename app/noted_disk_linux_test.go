package app_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/data/home"
)

// A full disk keeps nobody from working; that it is not written down who looked is told, and the log says how often.
func TestFullDiskIsToldInTheLog(t *testing.T) {
	w := apptest.Begin(t)
	place := t.TempDir()
	disk(t, place, "6m")
	o := w.Settled("station", apptest.Yuanjia, "", home.Home(filepath.Join(place, "home")))
	w.Must(o.Reveal(ctx, "a"))
	free := full(t, place)
	for o.Unnoted() == nil { // the last page of the log has a little room
		w.Must(o.Reveal(ctx, "b"))
	}
	w.Must(o.Reveal(ctx, "c"))
	if err := o.Unnoted(); !errors.Is(err, app.ErrUnnoted) {
		t.Errorf("told: %v", err)
	}
	plain(t, "what is told", o.Unnoted())
	free()
	w.Must(o.Reveal(ctx, "d"))
	w.Must(o.Unnoted())
	list, err := o.Audit(ctx, time.Time{}, time.Time{})
	w.Must(err)
	if list[1].What != "d" || list[2].Do != "lost" || list[2].What != "2" {
		t.Errorf("the log says %+v", list[:3])
	}
	if rep, v, err := o.Check(ctx); err != nil || v != app.Sound {
		t.Errorf("%+v, %v, %v", rep, v, err)
	}
}
