package app_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/data/home"
)

// An old register on a full disk is entered whole or not at all, and is entered when there is room.
func TestAnOldBookOnAFullDisk(t *testing.T) {
	w := apptest.Begin(t)
	place := t.TempDir()
	disk(t, place, "9m")
	o := w.Settled("station", apptest.Yuanjia, "", home.Home(filepath.Join(place, "home")))
	lines := "日期,反映人,反映问题,办理结果\n"
	for i := range 1500 {
		lines += fmt.Sprintf("2023-03-05,单志远,旧簿第%d件，一下雨院子里就是污泥,已解决\n", i)
	}
	in := handIn(t, o, app.Books["reception"], "簿.csv", []byte(lines), app.Said{})
	free := full(t, place)
	plain(t, "import", o.Take(ctx, o.Clerk(), in))
	if n := len(matters(t, o)); n != 0 {
		t.Errorf("%d of 1500 were entered", n)
	}
	free()
	w.Must(o.Close())
	o.Open(o.Home)
	o.Healthy()
	in = handed(t, o, app.Books["reception"], "簿.csv", []byte(lines), app.Said{})
	if n := len(matters(t, o)); n != 1500 || len(in.Plan.New) != 1500 {
		t.Errorf("%d of 1500 were entered", n)
	}
	o.Healthy()
}
