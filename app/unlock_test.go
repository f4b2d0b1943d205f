package app_test

import (
	"errors"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
)

// What others know of somebody is no password, in whatever way he types it; a sentence that is his own is.
func TestJudge(t *testing.T) {
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	h := o.Home
	for _, p := range []string{"短", "password123", "李慧敏的电脑", "lhm-1980-01", "我在" + o.Settings.Name, "141102002003d1-a",
		"03588221321ok"} {
		if why := app.Judge(h, "李慧敏", p); why == "" {
			t.Errorf("%q is taken", p)
		}
	}
	if why := app.Judge(h, "李慧敏", "院里的槐树开花了"); why != "" {
		t.Error(why)
	}
}

// A home that is not protected needs no password, and says so.
func TestOpenHome(t *testing.T) {
	apptest.Plain(t)
	w := apptest.Begin(t)
	o := w.SetUp("station", apptest.Yuanjia)
	if app.Locked(o.Home) || app.Wait(o.Home, "李慧敏", time.Time{}) != 0 {
		t.Error("it is locked")
	}
	if _, err := app.Unlock(o.Home, "李慧敏", "院里的槐树开花了", w.Now); !errors.Is(err, app.ErrOpened) {
		t.Error(err)
	}
	if err := o.SetPassword("user-1", "李慧敏", "院里的槐树开花了", true); !errors.Is(err, app.ErrUnprotected) {
		t.Error(err)
	}
}
