package courier_test

import (
	"testing"

	"golang.org/x/sys/windows"

	"lianluo.local/app/apptest"
)

// A bundle that somebody still copies into the folder lets nobody read it: it is not there yet, no fault is told, and the next
// round takes it in.
func TestHeldMeanwhile(t *testing.T) {
	w, county, station := apptest.Pair(t)
	w.Alone = true
	station.Titles("一")
	station.Sync()
	all := w.Bundles(apptest.County, apptest.Yuanjia)
	name, err := windows.UTF16PtrFromString(all[len(all)-1])
	w.Must(err)
	held, err := windows.CreateFile(name, windows.GENERIC_READ, 0, nil, windows.OPEN_EXISTING, 0, 0)
	w.Must(err)
	if r := county.Sync(); r.Collected != 0 || len(r.Aside) > 0 {
		t.Errorf("it is held: %+v", r)
	}
	w.Must(windows.CloseHandle(held))
	if r := county.Sync(); r.Collected != 1 || r.Processed != 1 || len(r.Aside) > 0 {
		t.Errorf("it is free: %+v", r)
	}
}
