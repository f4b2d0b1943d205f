package courier_test

import (
	"context"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/data/bundle"
)

// carrier is one Syncthing, on this computer alone.
type carrier struct {
	home, folder, id string
	port, gui        int
	cmd              *exec.Cmd
}

const syncthingConfig = `<configuration version="35">
<folder id="lianluo" path="%s" type="sendreceive" rescanIntervalS="1" fsWatcherEnabled="true" fsWatcherDelayS="1" ignorePerms="true" autoNormalize="true">
<filesystemType>basic</filesystemType><maxConflicts>10</maxConflicts><device id="%s"></device><device id="%s"></device></folder>
<device id="%s" name="own"><address>dynamic</address></device>
<device id="%s" name="other"><address>%s</address></device>
<gui enabled="true"><address>127.0.0.1:%d</address><apikey>lianluo</apikey></gui>
<options><listenAddress>tcp://127.0.0.1:%d</listenAddress><globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
<relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH>
<crashReportingEnabled>false</crashReportingEnabled><startBrowser>false</startBrowser><reconnectionIntervalS>1</reconnectionIntervalS></options></configuration>`

// couple makes two carriers that know each other, not running yet.
func couple(t *testing.T) (a, b *carrier) {
	t.Helper()
	var cs []*carrier
	for range 2 {
		c := &carrier{home: t.TempDir(), folder: t.TempDir()}
		for _, port := range []*int{&c.port, &c.gui} {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			*port = l.Addr().(*net.TCPAddr).Port
			defer l.Close()
		}
		if out, err := exec.Command("syncthing", "generate", "--home="+c.home, "--no-default-folder", "--skip-port-probing").CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		id, err := exec.Command("syncthing", "--home="+c.home, "--device-id").Output()
		if err != nil {
			t.Fatal(err)
		}
		c.id = strings.TrimSpace(string(id))
		if err := os.Mkdir(filepath.Join(c.folder, ".stfolder"), 0o700); err != nil {
			t.Fatal(err)
		}
		cs = append(cs, c)
	}
	for i, c := range cs { // the second calls the first: where both call, each hangs up on the other
		o := cs[1-i]
		config := fmt.Sprintf(syncthingConfig, c.folder, c.id, o.id, c.id, o.id, []string{"dynamic", fmt.Sprint("tcp://127.0.0.1:", o.port)}[i], c.gui, c.port)
		if err := os.WriteFile(filepath.Join(c.home, "config.xml"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cs[0], cs[1]
}

func (c *carrier) start(t *testing.T) {
	t.Helper()
	c.cmd = exec.Command("syncthing", "serve", "--home="+c.home, "--no-browser", "--no-restart", "--no-upgrade")
	c.cmd.Env = append(os.Environ(), "STNOUPGRADE=1", "STMONITORED=1", "HOME="+c.home) // not one process that watches another
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.stop)
}

func (c *carrier) stop() {
	if c.cmd != nil {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
		c.cmd = nil
	}
}

// holds lists the files of a carrier's folder, with their sizes, but its own.
func (c *carrier) holds(t *testing.T) (list []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(c.folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, ".st") || strings.HasPrefix(d.Name(), ".syncthing.") {
			return nil // a temporary one, which may be gone already
		}
		if info, err := d.Info(); err == nil {
			list = append(list, fmt.Sprint(name, " ", info.Size()))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// until waits for something that another program does, however slow the computer is.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	end, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	for ; !done(); <-tick.C {
		if end.Err() != nil {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// Two real synchronisers carry a station's folder to its county's and back: with one of them away, with a file deleted
// at one side, and with a name that was changed at both sides at once.
func TestSyncthing(t *testing.T) {
	if _, err := exec.LookPath("syncthing"); err != nil {
		t.Skip("Syncthing is not installed; make test-transport installs it")
	}
	w := apptest.Begin(t)
	a, b := couple(t)
	w.Folder = b.folder
	county := w.SetUp("county", apptest.County)
	a.start(t)
	b.start(t)
	carried := func() {
		t.Helper()
		until(t, "both folders hold the same", func() bool { return slices.Equal(a.holds(t), b.holds(t)) })
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("here %q\nthere %q", a.holds(t), b.holds(t))
		}
	})
	carried()
	w.Folder = a.folder
	station := w.SetUp("station", apptest.Yuanjia)
	round := func() {
		t.Helper()
		for _, o := range []*apptest.Seat{station, county} {
			o.Sync()
			carried()
		}
	}
	round()
	w.Must(apptest.Err(county.Courier.Accept(ctx, apptest.Yuanjia, station.Courier.Print())))
	carried()
	station.Titles("一", "二")
	round()
	round()
	station.Sync()
	w.Agree(county, station)

	b.stop()
	station.Titles("三")
	station.Sync()
	m := county.List()[0].Matter
	county.Do(m, `{"do":"urge","note":"请抓紧"}`)
	county.Sync()
	b.start(t)
	carried()
	round()
	round()
	station.Sync()
	w.Same(m, station, county)
	w.Agree(county, station)

	station.Titles("四")
	station.Sync()
	carried()
	list, err := filepath.Glob(filepath.Join(b.folder, apptest.County, apptest.Yuanjia, "*.bundle"))
	w.Must(err)
	slices.SortFunc(list, func(x, y string) int { // by what they bring
		p, _ := bundle.ParseName(filepath.Base(x))
		q, _ := bundle.ParseName(filepath.Base(y))
		return int(p.Last) - int(q.Last)
	})
	newest := list[len(list)-1]
	w.Must(os.Remove(newest))
	carried()
	if r := station.Sync(); r.Sent == 0 {
		t.Error("nobody noticed that it was deleted")
	}
	carried()
	round()
	station.Sync()
	w.Agree(county, station)

	carried()
	a.stop()
	b.stop()
	name, err := filepath.Rel(b.folder, list[len(list)-2])
	w.Must(err)
	for i, c := range []*carrier{a, b} {
		file := filepath.Join(c.folder, name)
		w.Must(os.WriteFile(file, fmt.Append(nil, strings.Repeat("changed by hand ", i+1)), 0o600))
		w.Aged(file, time.Duration(i+1)*time.Minute)
	}
	station.Titles("五")
	station.Sync()
	a.start(t)
	b.start(t)
	until(t, "a conflict copy", func() bool {
		return slices.ContainsFunc(b.holds(t), func(s string) bool { return strings.Contains(s, ".sync-conflict-") })
	})
	carried()
	round()
	round()
	station.Sync()
	w.Agree(county, station)
	if p := apptest.Progress(t, county, apptest.Yuanjia); len(p.Aside) == 0 || len(p.Gaps) > 0 {
		t.Errorf("what was changed by hand is not named: %+v", p)
	}
}
