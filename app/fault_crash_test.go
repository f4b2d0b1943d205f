package app_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/apptest"
	"lianluo.local/app/archive"
	"lianluo.local/app/desk"
	"lianluo.local/app/explain"
	"lianluo.local/app/outside"
	"lianluo.local/data/home"
	"lianluo.local/data/matter"
	"lianluo.local/data/vault"
)

var every = flag.Bool("every", false, "kill and fail at every system call rather than at some")

// TestMain lets the test's own program be the one that is killed: with LIANLUO_DOES set it does one thing in a home.
func TestMain(m *testing.M) {
	if os.Getenv("LIANLUO_DOES") == "" {
		os.Exit(m.Run())
	}
	runtime.LockOSThread() // calls are counted by thread
	if err := victim(home.Home(os.Getenv("LIANLUO_HOME")), os.Getenv("LIANLUO_DOES")); err != nil {
		fmt.Println(explain.Sentence(err))
		os.Exit(1)
	}
}

// victim does what a verb says; what it acknowledged stands on its output.
func victim(h home.Home, does string) error {
	verb, file, _ := strings.Cut(does, " ")
	now := func() time.Time { return apptest.Evening.Add(2 * time.Hour) }
	if verb == "restore" {
		_, err := archive.Records{Home: h, Kinds: app.Kinds, Key: apptest.Sealing()}.Restore(ctx, file, now())
		return err
	}
	a, err := app.Open(ctx, app.Options{Home: h, Now: now, Key: apptest.Sealing()})
	if err != nil {
		return err
	}
	defer a.Close()
	switch verb {
	case "sync":
		_, err = a.Courier.Sync(ctx)
	case "backup":
		err = a.Store.Backup(ctx, file)
	case "protect":
		_, err = a.Protect(ctx, app.Person{}, "")
	case "renew":
		_, err = a.Renew(ctx, func(vault.Holder) bool { return true })
	case "receive":
		var m matter.Matter
		if m, err = a.Desk.Receive(ctx, a.Clerk(), desk.Draft{Title: "断电时", Name: "单志远"}); err == nil {
			fmt.Println(m.Number)
		}
	}
	return err
}

// calls are the system calls through which anything reaches a disk; each is counted on its own.
var calls = []string{"fsync", "fdatasync", "?renameat", "linkat", "?unlink", "unlinkat", "write", "pwrite64", "openat"}

// strike lets a victim work until its n-th call of some kind, at which it is struck. It says what the victim told, and
// whether it came that far.
func strike(t *testing.T, h home.Home, does, calls, blow string, n int) (told string, struck bool) {
	t.Helper()
	log := filepath.Join(t.TempDir(), "calls")
	cmd := exec.Command("strace", "-f", "-qq", "-o", log, "-e", "trace="+calls, "-e", fmt.Sprintf("inject=%s:%s:when=%d", calls, blow, n), os.Args[0])
	cmd.Env = append(os.Environ(), "LIANLUO_DOES="+does, "LIANLUO_HOME="+string(h), "GOMAXPROCS=1")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "goroutine ") {
		t.Errorf("%s struck at %s %d: %s", does, calls, n, out)
	}
	b, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	return string(out), strings.Contains(string(b), "INJECTED") || strings.Contains(string(b), "killed by")
}

// struck strikes at one place after the other, until the victim comes to its end unharmed. Each time is a world of its
// own.
func struck(t *testing.T, blow string, prepare func(w *apptest.World, county, station *apptest.Seat) (victim *apptest.Seat, does string), after func(w *apptest.World, county, station *apptest.Seat, told string)) {
	t.Helper()
	outside.Needs(t, "strace")
	if out, err := exec.Command("strace", "-e", "trace=none", "true").CombinedOutput(); err != nil {
		t.Skipf("strace may not trace here: %v %s", err, out)
	}
	dir := apptest.Born(t, "station "+apptest.Yuanjia)
	var blows atomic.Int32
	t.Cleanup(func() {
		if blows.Load() == 0 {
			t.Error("nobody was ever struck")
		}
	})
	for _, c := range calls {
		t.Run(strings.TrimPrefix(c, "?"), func(t *testing.T) {
			t.Parallel()
			step := 1
			for n := 1; ; n += step {
				w, all := apptest.Again(t, dir, uint64(n))
				county, station := all[0], all[1]
				o, does := prepare(w, county, station)
				h := o.Home
				w.Must(o.Close())
				told, hit := strike(t, h, does, c, blow, n)
				o.Open(h)
				w.Later(3 * time.Hour)
				after(w, county, station, told)
				for _, o := range all {
					w.Must(o.Close())
				}
				if t.Failed() {
					t.Fatalf("struck at %s %d", c, n)
				}
				if !hit {
					t.Logf("%s came through at %d", does, n)
					return
				}
				blows.Add(1)
				if !*every {
					step = n/2 + 1
				}
			}
		})
	}
}

// A bundle appears whole or not at all, and what was sent is told from what lies there.
func TestFault08KilledWhileSending(t *testing.T) {
	struck(t, "signal=KILL", func(_ *apptest.World, _, station *apptest.Seat) (*apptest.Seat, string) {
		station.Titles("一", "二")
		return station, "sync"
	}, func(w *apptest.World, county, station *apptest.Seat, _ string) {
		w.Settle(station, county)
		w.Agree(county, station)
		if len(county.List()) != 2 {
			t.Errorf("%d matters", len(county.List()))
		}
	})
}

// What a bundle brings, that it was read, and what is acknowledged are one transaction.
func TestFault09KilledWhileReceiving(t *testing.T) {
	struck(t, "signal=KILL", func(w *apptest.World, county, station *apptest.Seat) (*apptest.Seat, string) {
		station.Titles("一", "二")
		station.Sync()
		station.Titles("三")
		station.Sync()
		return county, "sync"
	}, func(w *apptest.World, county, station *apptest.Seat, _ string) {
		w.Settle(station, county)
		w.Agree(county, station)
	})
}

// What was acknowledged is there, a copy is whole or not there, and a half-done restore is done again.
func TestFault10KilledAtHome(t *testing.T) {
	var file string
	struck(t, "signal=KILL", func(_ *apptest.World, _, station *apptest.Seat) (*apptest.Seat, string) { return station, "receive" },
		func(w *apptest.World, county, station *apptest.Seat, told string) {
			if number := strings.TrimSpace(told); strings.HasPrefix(number, "02-") != station.Known("断电时") && number != "" {
				t.Errorf("told %q", told)
			}
			station.Titles("后来")
			w.Settle(station, county)
			w.Agree(county, station)
		})
	struck(t, "signal=KILL", func(w *apptest.World, _, station *apptest.Seat) (*apptest.Seat, string) {
		station.Titles("一")
		file = filepath.Join(filepath.Dir(w.Folder), "copy.db")
		return station, "backup " + file
	}, func(w *apptest.World, county, station *apptest.Seat, _ string) {
		if _, err := os.Stat(filepath.Join(filepath.Dir(w.Folder), "copy.db")); err == nil {
			if _, err := station.Records().Look(ctx, filepath.Join(filepath.Dir(w.Folder), "copy.db")); err != nil {
				t.Errorf("half a copy lies under its name: %v", err)
			}
		}
		station.Healthy()
	})
	struck(t, "signal=KILL", func(w *apptest.World, county, station *apptest.Seat) (*apptest.Seat, string) {
		station.Titles("一")
		w.Settle(station, county)
		copied := filepath.Join(filepath.Dir(w.Folder), "old.db")
		w.Must(station.Store.Backup(ctx, copied))
		station.Titles("二")
		w.Settle(station, county)
		return station, "restore " + copied
	}, func(w *apptest.World, county, station *apptest.Seat, _ string) {
		station.Titles("三")
		w.Settle(station, county)
		w.Agree(county, station)
		if len(county.List()) != 3 {
			t.Errorf("%d matters", len(county.List()))
		}
	})
}

// A log that was torn by a power cut loses nothing that was acknowledged before.
func TestFault10TornLog(t *testing.T) {
	w, county, station := apptest.Pair(t)
	type moment struct {
		log  int64
		have int
	}
	var moments []moment
	for i := range 4 {
		station.Titles(fmt.Sprint("第", i, "件"))
		info, err := os.Stat(station.Home.Database() + "-wal")
		w.Must(err)
		moments = append(moments, moment{info.Size(), i + 1})
	}
	db, err := os.ReadFile(station.Home.Database())
	w.Must(err)
	wal, err := os.ReadFile(station.Home.Database() + "-wal")
	w.Must(err)
	note, err := os.ReadFile(station.Home.Note())
	w.Must(err)
	for cut := int64(len(wal)); cut > moments[0].log; cut -= 3001 {
		w.Must(station.Close())
		w.Must(os.RemoveAll(station.Home.Database() + "-shm"))
		w.Must(os.WriteFile(station.Home.Database(), db, 0o600))
		w.Must(os.WriteFile(station.Home.Database()+"-wal", wal[:cut], 0o600))
		w.Must(os.WriteFile(station.Home.Note(), note, 0o600))
		station.Open(station.Home)
		want := 0
		for _, m := range moments {
			if m.log <= cut {
				want = m.have
			}
		}
		if got := len(station.List()); got < want {
			t.Errorf("cut at %d: %d matters, %d were synced before", cut, got, want)
		}
		station.Healthy()
	}
	station.Titles("后来")
	w.Settle(station, county)
	w.Agree(county, station)
}

// Whatever call fails, one sentence is told and nothing is half-written.
func TestFault11CallsThatFail(t *testing.T) {
	for _, blow := range []string{"error=ENOSPC", "error=EIO"} {
		struck(t, blow, func(w *apptest.World, county, station *apptest.Seat) (*apptest.Seat, string) {
			titles2(county, station)
			return station, "sync"
		}, func(w *apptest.World, county, station *apptest.Seat, told string) {
			if strings.Count(strings.TrimSpace(told), "\n") > 1 {
				t.Errorf("told %q", told)
			}
			w.Settle(station, county)
			w.Agree(county, station)
		})
	}
}

// titles2 lets a station and its county both have something to say.
func titles2(o *apptest.Seat, station *apptest.Seat) {
	o.World.T.Helper()
	station.Titles("一")
	o.World.Settle(station, o)
	o.Do(o.List()[0].Matter, `{"do":"urge","note":"请抓紧"}`)
	o.Sync()
	station.Titles("二")
}

// Databases of every format that was ever used open, with all they held; a program that is killed meanwhile does it
// again, and a newer database is refused.
func TestFault24EveryFormat(t *testing.T) {
	goldens, err := filepath.Glob("../data/store/testdata/format-*.db")
	if err != nil || len(goldens) < 3 {
		t.Fatal(goldens, err)
	}
	formats, err := filepath.Glob("../data/store/migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for i, golden := range goldens {
		t.Run(filepath.Base(golden), func(t *testing.T) {
			w := apptest.Begin(t)
			county, station := w.SetUp("county", apptest.County), w.SetUp("station", apptest.Yuanjia)
			mine := filepath.Join(apptest.Dir(t), "golden.db") // nobody has its keys any more
			w.Golden(golden, mine)
			if i >= 2 {
				w.Sqlite(mine, "UPDATE entry SET signature=NULL")
			}
			w.Must(os.Remove(station.Home.Note()))
			station.SetBack(mine)
			titles := map[string]string{}
			for _, v := range station.List() {
				titles[v.Title] = v.State.String() + v.Words
				if deputies := strings.Join(v.Deputies, "、"); v.Title == "路灯不亮" && i < 5 && (deputies != "李慧敏" || v.Session != "") {
					t.Errorf("%s names %s of %q", v.Title, deputies, v.Session)
				}
			}
			state := "已梳理"
			if i == 0 {
				state = "已登记"
			}
			if len(titles) != 4 || titles["七巷七号雨水倒灌"] != state+"一下雨就倒灌" || titles["问政策"] != "已作废" || titles["保密事项"] != "已登记反映一件事，请保密" {
				t.Errorf("it holds %v", titles)
			}
			before, _ := filepath.Glob(filepath.Join(station.Home.Backups(), "before-format-*.db"))
			if (len(before) == 0) != (i == len(formats)-1) {
				t.Errorf("copies before the change: %v", before)
			}
			station.Healthy()
			station.Titles("新的")
			w.Enrol(station, county)
			w.Settle(station, county)
			if n, err := station.Courier.Unsent(ctx); len(county.List()) != 5 || n != 0 || err != nil {
				t.Errorf("%d matters came to the county, %d are to come", len(county.List()), n)
			}
			county.Healthy()
		})
	}
	struck(t, "signal=KILL", func(w *apptest.World, _, station *apptest.Seat) (*apptest.Seat, string) {
		w.Must(station.Close())
		w.Golden(goldens[0], station.Home.Database())
		for _, beside := range []string{station.Home.Database() + "-wal", station.Home.Database() + "-shm", station.Home.Note()} {
			w.Must(os.RemoveAll(beside))
		}
		return station, "open"
	}, func(_ *apptest.World, _, station *apptest.Seat, _ string) {
		if n := len(station.List()); n != 4 {
			t.Errorf("%d matters", n)
		}
		station.Healthy()
	})
}
