package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/export"
	"lianluo.local/data/home"
)

// disk mounts a small disk in memory over a directory.
func disk(t *testing.T, dir, size string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("only root may mount a small disk here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
}

// full fills a disk to the last byte; the returned function frees it.
func full(t *testing.T, dir string) (free func()) {
	t.Helper()
	name := filepath.Join(dir, "ballast")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{1 << 16, 1} {
		for b := make([]byte, size); ; {
			if _, err := f.Write(b); err != nil {
				break
			}
		}
	}
	return func() { _ = os.Remove(name) }
}

// Every verb is one transaction and every file appears whole or not at all: a disk that is full loses nothing and says
// so.
func TestFault11DiskFull(t *testing.T) {
	w := apptest.Begin(t)
	place := t.TempDir()
	disk(t, place, "6m")
	county := w.SetUp("county", apptest.County)
	station := w.Settled("station", apptest.Yuanjia, "", home.Home(filepath.Join(place, "home")))
	w.Enrol(station, county)
	station.Titles("一")
	w.Settle(station, county)
	county.Do(county.List()[0].Matter, `{"do":"urge","note":"请抓紧"}`)
	county.Sync()
	free := full(t, place)
	done := 1
	var err error
	for err == nil && done < 1000 { // the log has a little room left
		if _, err = station.Desk.Receive(ctx, station.Clerk(), desk.Draft{Title: "盘满了", Words: strings.Repeat("一下雨院子里就是污泥。", 100)}); err == nil {
			done++
		}
	}
	plain(t, "register", err)
	_, err = station.Courier.Sync(ctx)
	plain(t, "sync", err)
	plain(t, "backup", station.Store.Backup(ctx, filepath.Join(place, "copy.db")))
	if left, _ := filepath.Glob(filepath.Join(place, "copy.db*")); len(left) > 0 {
		t.Errorf("half a copy: %v", left)
	}
	w.Must(station.Close())
	free()
	station.Open(station.Home)
	if n := len(station.List()); n != done {
		t.Errorf("%d matters, %d were acknowledged", n, done)
	}
	station.Titles("有地方了")
	w.Settle(station, county)
	w.Agree(county, station)
	// A change of the format without room for the copy before it.
	old := filepath.Join(apptest.Dir(t), "old.db")
	w.Golden("../data/store/testdata/format-1.db", old)
	w.Must(os.Remove(station.Home.Note())) // another computer's, once
	station.SetBack(old)
	w.Must(station.Close())
	for _, log := range []string{"", "-wal", "-shm"} {
		w.Must(os.RemoveAll(station.Home.Database() + log))
	}
	w.Copy(old, station.Home.Database())
	free = full(t, place)
	_, err = app.Open(ctx, app.Options{Key: apptest.Sealing(), Home: station.Home, Now: func() time.Time { return w.Now }})
	plain(t, "another format", err)
	free()
	station.Open(station.Home)
	if n := len(station.List()); n != 4 {
		t.Errorf("%d matters of the older format", n)
	}
	station.Healthy()
}

// What was not read back was not sent: a stick that is protected, pulled or comes back as it was takes nothing with it.
func TestFault12Sticks(t *testing.T) {
	w := apptest.Begin(t)
	disk(t, w.Folder, "8m")
	county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
	w.Enrol(station, county)
	w.Settle(station, county)
	station.Titles("一")
	if err := syscall.Mount("", w.Folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	_, err := station.Courier.Sync(ctx)
	plain(t, "a protected stick", err)
	if err := syscall.Mount("", w.Folder, "", syscall.MS_REMOUNT, ""); err != nil {
		t.Fatal(err)
	}
	before := filepath.Join(t.TempDir(), "stick")
	w.Must(os.CopyFS(before, os.DirFS(w.Folder)))
	station.Sync()
	// Pulled before it was written: it comes back as it was, with half a file.
	w.Must(os.RemoveAll(filepath.Join(w.Folder, apptest.County)))
	w.Must(os.CopyFS(filepath.Join(w.Folder, apptest.County), os.DirFS(filepath.Join(before, apptest.County))))
	w.Put(apptest.County, apptest.Yuanjia, ".up-1-1.bundle.0123abcd.part", []byte("half"))
	county.Sync()
	if county.Known("一") {
		t.Error("it came from nowhere")
	}
	// Gone altogether.
	w.Must(syscall.Unmount(w.Folder, syscall.MNT_DETACH))
	_, err = station.Courier.Sync(ctx)
	plain(t, "no stick", err)
	w.Must(os.CopyFS(w.Folder, os.DirFS(before)))
	w.Settle(station, county)
	w.Agree(county, station)
}

// A folder that the disk is too full for is not there, in whole or in part, and the sentence says why.
func TestFaultExportDiskFull(t *testing.T) {
	w := apptest.Begin(t)
	station := w.SetUp("station", apptest.Yuanjia)
	for range 40 {
		station.Receive(desk.Draft{Title: "七巷雨水倒灌", Words: strings.Repeat("一下雨院子里都是污泥。", 400)})
	}
	place := t.TempDir()
	disk(t, place, "32k")
	for _, f := range export.Formats[:3] {
		_, err := station.Everything(t.Context(), filepath.Join(place, "all"), export.Wish{Formats: []export.Format{f}, Private: true}, nil)
		plain(t, f.Code, err)
		if !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s: %v", f.Code, err)
		}
		if es, err := os.ReadDir(place); err != nil || len(es) != 0 {
			t.Errorf("%s: %v lies there, %v", f.Code, es, err)
		}
	}
}

// A disk that is full while a home is sealed leaves the home as it was, and says so.
func TestDiskFullWhileProtecting(t *testing.T) {
	apptest.Plain(t)
	w := apptest.Begin(t)
	place := t.TempDir()
	disk(t, place, "6m")
	o := w.Settled("station", apptest.Yuanjia, "", home.Home(filepath.Join(place, "home")))
	o.Titles("一")
	free := full(t, place)
	_, err := o.Protect(ctx, app.Person{}, "")
	plain(t, "protect", err)
	free()
	if left, _ := filepath.Glob(filepath.Join(string(o.Home), "next*")); len(left) > 0 || app.Locked(o.Home) {
		t.Errorf("%q is left", left)
	}
	o.Open(o.Home)
	if !o.Known("一") {
		t.Error("it is lost")
	}
	if _, err := o.Protect(ctx, app.Person{}, ""); err != nil {
		t.Error(err)
	}
	o.Open(o.Home)
	if !o.Known("一") || !app.Locked(o.Home) {
		t.Error("it is not sealed")
	}
}
