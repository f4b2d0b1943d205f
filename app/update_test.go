package app_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianluo.local/app"
	"lianluo.local/app/agenda"
	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/explain"
	"lianluo.local/app/installer"
	"lianluo.local/assets/version"
	"lianluo.local/data/audit"
	"lianluo.local/data/home"
	"lianluo.local/data/release"
)

// ours and theirs are the keys of the publisher, and of somebody who would like to be him.
var ours, theirs = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32)), ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, 32))

// upkeep is a world of a county and a station whose programs know the publisher, on a Debian computer that remembers what it
// was told to run.
type upkeep struct {
	*apptest.World
	county, station *apptest.Seat
	ran             [][]string
}

func renewing(t *testing.T) *upkeep {
	t.Helper()
	u := &upkeep{}
	u.World, u.county, u.station = apptest.Pair(t)
	der, err := x509.MarshalPKIXPublicKey(ours.Public())
	u.Must(err)
	for _, o := range []*apptest.Seat{u.county, u.station} {
		o.Publisher = base64.StdEncoding.EncodeToString(der)
		run := func(line []string, _ bool) error { u.ran = append(u.ran, line); return nil }
		o.System = installer.System{OS: "linux", Arch: "amd64", Kind: "deb", Run: run}
		u.again(o)
	}
	return u
}

// again closes a home and opens it.
func (u *upkeep) again(o *apptest.Seat) {
	u.T.Helper()
	u.Must(o.Close())
	o.Open(o.Home)
}

// shelf is where a file lies in the shared folder.
func (u *upkeep) shelf(name string) string { return filepath.Join(u.Folder, "release", name) }

// packages are the bytes of what a version installs.
func packages(v string) map[string]string {
	return map[string]string{"lianluo_" + v + "-1_amd64.deb": "Debian " + v,
		"lianluo_" + v + "-1_arm64.deb": "Debian on ARM " + v, "lianluo-" + v + "-1.x86_64.rpm": "Fedora " + v, "lianluo-setup.exe": "Windows " + v}
}

// made is a release of a version, of the packages whose names hold a word.
func made(t testing.TB, key ed25519.PrivateKey, v, holding string) []byte {
	t.Helper()
	dir := apptest.Dir(t)
	var files []string
	for name, text := range packages(v) {
		if strings.Contains(name, holding) {
			files = append(files, filepath.Join(dir, name))
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	slices.Sort(files)
	var b bytes.Buffer
	m := release.Manifest{Version: v, At: apptest.Evening, Notes: "打印更快了。"}
	if err := release.Make(&b, key, m, files...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// write writes a file that somebody carries about.
func (u *upkeep) write(b []byte) (file string) {
	file = filepath.Join(apptest.Dir(u.T), "carried.release")
	u.Must(home.WriteWhole(file, b, 0o600))
	return file
}

// kept are the files of releases in a home.
func (u *upkeep) kept(o *apptest.Seat) (names []string) {
	files, err := os.ReadDir(o.Home.Release())
	if !errors.Is(err, os.ErrNotExist) {
		u.Must(err)
	}
	for _, f := range files {
		names = append(names, f.Name())
	}
	return names
}

// A county puts a release into the shared folder; the station sees it, copies what it installs itself, and installs it when
// nobody is received: by one command line, of a file that is what was signed. Meanwhile they exchange, and the county hands the
// release on in another folder.
func TestUpdate(t *testing.T) {
	u := renewing(t)
	const v, mine = "99.0.0", "lianluo_99.0.0-1_amd64.deb"
	if got, err := u.station.Update(ctx); err != nil || got.Version != "" || got.Strange != nil {
		t.Fatalf("before anybody published: %+v %v", got, err)
	}
	if _, err := u.station.Fetch(ctx); !errors.Is(err, app.ErrUpToDate) {
		t.Errorf("there is nothing to take: %v", err)
	}
	file := u.write(made(t, ours, v, ""))
	if _, err := u.station.Publish(ctx, file); !errors.Is(err, app.ErrBelow) {
		t.Errorf("a station publishes: %v", err)
	}
	if m, err := u.county.Publish(ctx, file); err != nil || m.Version != v {
		t.Fatalf("%+v %v", m, err)
	}
	u.Must(apptest.Err(u.county.Publish(ctx, file))) // once more is no harm

	got, err := u.station.Update(ctx)
	if err != nil || got.Version != v || got.Notes != "打印更快了。" || got.Package.File != mine || !got.Lies || got.Kept {
		t.Fatalf("%+v %v", got, err)
	}
	if _, _, err := u.station.Install(ctx, false); !errors.Is(err, app.ErrUntaken) && !errors.As(err, new(app.NotNow)) {
		t.Errorf("what was not taken is installed: %v", err)
	}
	u.Must(apptest.Err(u.station.Fetch(ctx)))
	u.Must(apptest.Err(u.county.Fetch(ctx)))
	var sizes []int64
	for _, o := range []*apptest.Seat{u.station, u.county} {
		info, err := os.Stat(filepath.Join(o.Home.Release(), release.Name(v)))
		u.Must(err)
		sizes = append(sizes, info.Size())
	}
	if sizes[0] >= sizes[1] {
		t.Errorf("a station keeps %d bytes, its county %d", sizes[0], sizes[1])
	}
	u.Must(os.RemoveAll(u.shelf(""))) // the stick is gone, and what was taken is enough
	if got, err := u.station.Update(ctx); err != nil || got.Version != v || !got.Kept || got.Lies {
		t.Fatalf("taken: %+v %v", got, err)
	}

	// in the middle of an evening nothing is installed
	plan, err := agenda.Parse([]byte(`{"do":"plan","kind":"reception","day":"2026-11-21","from":"19:30","to":"21:00",` +
		`"topic":"议水管"}`))
	u.Must(err)
	evening, err := u.station.Agenda.Act(ctx, u.station.Clerk(), "", plan)
	u.Must(err)
	u.refuses("21:00")
	open, err := agenda.Parse([]byte(`{"do":"hold"}`))
	u.Must(err)
	u.Must(apptest.Err(u.station.Agenda.Act(ctx, u.station.Clerk(), evening.ID, open)))
	u.Later(2 * time.Hour)
	u.refuses("正在进行")
	closing, err := agenda.Parse([]byte(`{"do":"close","citizens":0}`))
	u.Must(err)
	u.Must(apptest.Err(u.station.Agenda.Act(ctx, u.station.Clerk(), evening.ID, closing)))
	u.Must(u.station.Desk.Keep(ctx, desk.Draft{Title: "写到一半"}))
	u.refuses("没写完")
	u.Must(u.station.Desk.Forget(ctx))
	m, ahead, err := u.station.Install(ctx, false)
	if err != nil || m.Version != v || !ahead {
		t.Fatalf("%+v %v %v", m, ahead, err)
	}
	want := filepath.Join(u.station.Home.Release(), mine)
	if len(u.ran) != 1 || !slices.Equal(u.ran[0], []string{"pkexec", "dpkg", "-i", want}) {
		t.Fatalf("ran %q", u.ran)
	}
	if b, err := os.ReadFile(want); err != nil || string(b) != packages(v)[mine] {
		t.Errorf("installs %q, %v", b, err)
	}

	// the county hands it on from its own copy, and nobody who exchanges is disturbed by it
	u.Must(apptest.Err(u.county.Publish(ctx, "")))
	if got, err := u.station.Update(ctx); err != nil || !got.Lies {
		t.Errorf("handed on: %+v %v", got, err)
	}
	matter := u.station.Receive(desk.Draft{Title: "七巷雨水倒灌", Name: "单志远"})
	u.Settle(u.station, u.county)
	u.Same(matter, u.station, u.county)
	u.station.Quiet()
	u.county.Quiet()
	if kept := u.kept(u.station); !slices.Contains(kept, release.Name(v)) {
		t.Errorf("a round took away what was not installed yet: %q", kept)
	}
	u.noted("take "+v, "publish "+v, "install "+v)
}

// refuses fails unless the station refuses to install now, with a word.
func (u *upkeep) refuses(says string) {
	u.T.Helper()
	_, _, err := u.station.Install(ctx, false)
	if !errors.As(err, new(app.NotNow)) || !strings.Contains(explain.Sentence(err), says) || u.ran != nil {
		u.T.Errorf("installed in the middle of it: %v %s, ran %q", err, explain.Sentence(err), u.ran)
	}
}

// noted fails unless the logs of the homes say that this was done.
func (u *upkeep) noted(whats ...string) {
	u.T.Helper()
	for _, what := range whats {
		found := false
		for _, o := range []*apptest.Seat{u.county, u.station} {
			u.Must(o.Log().Each(time.Time{}, time.Time{}, func(l audit.Line, _ []byte) error {
				found = found || l.Do == audit.Update && l.What == what && l.Result == audit.Done
				return nil
			}))
		}
		if !found {
			u.T.Errorf("%q is in no log", what)
		}
	}
}

// Nothing goes back: what is older or as new is neither published nor offered nor installed, and what is kept goes once the
// program is as new. Of two releases the newer one counts, and publishing it takes the other away.
func TestNeverBack(t *testing.T) {
	u := renewing(t)
	if _, err := u.county.Publish(ctx, t.TempDir()); !errors.Is(err, home.ErrFolder) { // nor a pipe, which would wait for who writes
		t.Errorf("a folder: %v", err)
	}
	if _, err := u.county.Publish(ctx, u.write(made(t, ours, "0.9.0", ""))); !errors.Is(err, app.ErrOlder) {
		t.Errorf("an older one is published: %v", err)
	}
	if _, err := u.county.Publish(ctx, u.write(made(t, theirs, "99.0.0", ""))); !errors.Is(err, release.ErrUnsigned) {
		t.Errorf("somebody else's is published: %v", err)
	}
	if _, err := u.county.Publish(ctx, u.write(u.thin(made(t, ours, "99.0.0", "")))); !errors.Is(err, release.ErrLeft) {
		t.Errorf("a part is published: %v", err)
	}
	if names, err := os.ReadDir(u.shelf("")); err == nil && len(names) > 0 {
		t.Errorf("%v is left in the folder", names)
	}
	u.Must(apptest.Err(u.county.Publish(ctx, u.write(made(t, ours, version.Number, ""))))) // for stations that are behind
	if got, err := u.station.Update(ctx); err != nil || got.Version != "" || got.Strange != nil {
		t.Errorf("what is here already: %+v %v", got, err)
	}
	u.Must(os.MkdirAll(u.shelf("lianluo-98.0.0.release/in the way"), 0o700))
	u.Must(apptest.Err(u.county.Publish(ctx, u.write(made(t, ours, "98.0.0", "")))))
	before, err := os.ReadFile(u.shelf("lianluo-98.0.0.release"))
	u.Must(err)
	u.Must(apptest.Err(u.station.Fetch(ctx)))
	u.Must(os.WriteFile(u.shelf("lianluo-97.0.0.release"), []byte("somebody's"), 0o600))
	u.Must(u.laid(made(t, theirs, "99.0.0", ""))(u.shelf("lianluo-99.0.0.release"))) // in the way of the true one
	var both sync.WaitGroup
	file, errs := u.write(made(t, ours, "99.0.0", "")), make([]error, 4)
	for i := range errs {
		both.Go(func() { errs[i] = apptest.Err(u.county.Publish(ctx, file)) })
	}
	both.Wait()
	if !slices.Contains(errs, nil) { // who is second may find it in his way
		t.Fatal(errs)
	}
	files, err := filepath.Glob(u.shelf("*"))
	u.Must(err)
	for i := range files {
		files[i] = filepath.Base(files[i])
	}
	if !slices.Equal(files, []string{"lianluo-97.0.0.release", "lianluo-99.0.0.release"}) {
		t.Errorf("%q lie there", files)
	}
	if got, err := u.station.Update(ctx); err != nil || got.Version != "99.0.0" || got.Kept {
		t.Errorf("%+v %v", got, err)
	}
	u.Must(apptest.Err(u.station.Fetch(ctx)))
	if kept := u.kept(u.station); !slices.Equal(kept, []string{"lianluo-99.0.0.release"}) {
		t.Errorf("%q are kept", kept)
	}

	// who lays an older one there again, and takes the newer away, is not followed
	u.Must(os.RemoveAll(u.shelf("")))
	u.Must(os.MkdirAll(u.shelf(""), 0o700))
	u.Must(os.WriteFile(u.shelf("lianluo-98.0.0.release"), before, 0o600))
	if _, err := u.station.Fetch(ctx); !errors.Is(err, app.ErrTaken) {
		t.Errorf("an older one is taken: %v", err)
	}
	if got, err := u.station.Update(ctx); err != nil || got.Version != "99.0.0" || !got.Kept || got.Lies {
		t.Errorf("%+v %v", got, err)
	}

	// what was changed in the home is not installed, either
	at := filepath.Join(u.station.Home.Release(), "lianluo-99.0.0.release")
	b, err := os.ReadFile(at)
	u.Must(err)
	u.Must(os.WriteFile(at, bytes.Replace(b, []byte("Debian 99"), []byte("Trojan 99"), 1), 0o600))
	if _, _, err := u.station.Install(ctx, false); !errors.Is(err, release.ErrForm) || u.ran != nil {
		t.Errorf("%v, ran %q", err, u.ran)
	}
	if kept := u.kept(u.station); !slices.Equal(kept, []string{"lianluo-99.0.0.release"}) {
		t.Errorf("%q are kept", kept)
	}
	u.Must(os.RemoveAll(u.station.Home.Release()))
	u.Must(os.MkdirAll(u.station.Home.Release(), 0o700))
	u.Must(u.laid(made(t, ours, version.Number, ""))(filepath.Join(u.station.Home.Release(), release.Name(version.Number))))
	if _, _, err := u.station.Install(ctx, false); !errors.Is(err, app.ErrUntaken) {
		t.Errorf("installed again: %v", err)
	}
	u.Must(apptest.Err(u.station.Round(ctx, u.station.Clerk())))
	if kept := u.kept(u.station); len(kept) > 0 {
		t.Errorf("%q are kept although the program is as new", kept)
	}
}

// Who takes or installs a newer program does so alone: a round takes nothing away meanwhile, and who comes second is told. What
// a killed program left goes.
func TestOneAtATime(t *testing.T) {
	u := renewing(t)
	u.Must(apptest.Err(u.county.Publish(ctx, u.write(made(t, ours, "99.0.0", "")))))
	u.Later(24 * time.Hour)
	u.Must(os.MkdirAll(u.station.Home.Release(), 0o700))
	u.Must(os.WriteFile(filepath.Join(u.station.Home.Release(), ".part-1"), []byte("half"), 0o600))
	done, err := u.station.Home.Renew()
	u.Must(err)
	u.Must(apptest.Err(u.station.Round(ctx, u.station.Clerk())))
	_, take := u.station.Fetch(ctx)
	_, _, install := u.station.Install(ctx, false)
	for _, err := range []error{take, install} {
		if !errors.Is(err, home.ErrRenewing) || !strings.Contains(explain.Sentence(err), "请等它做完再试") {
			t.Errorf("%v: %s", err, explain.Sentence(err))
		}
	}
	if kept := u.kept(u.station); !slices.Equal(kept, []string{".part-1"}) {
		t.Errorf("what another takes is %q", kept)
	}
	done()
	u.Must(apptest.Err(u.station.Round(ctx, u.station.Clerk())))
	if kept := u.kept(u.station); kept != nil {
		t.Errorf("%q are left", kept)
	}
	var all sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		all.Go(func() { errs[i] = apptest.Err(u.station.Fetch(ctx)) })
	}
	u.Must(apptest.Err(u.station.Round(ctx, u.station.Clerk())))
	all.Wait()
	for _, err := range errs {
		if err != nil && !errors.Is(err, home.ErrRenewing) {
			t.Error(err)
		}
	}
	if kept := u.kept(u.station); !slices.Contains(errs, nil) || !slices.Equal(kept, []string{"lianluo-99.0.0.release"}) {
		t.Errorf("%q are kept, %v", kept, errs)
	}
}
