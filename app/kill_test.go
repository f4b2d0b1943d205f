package app_test

import (
	"bytes"
	crand "crypto/rand"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/desk"
	"lianluo.local/app/outside"
)

var kills = flag.Int("kills", 6, "how often the real program is killed at each verb")

// program builds the real program; its commands alone start at once, and no death strikes while a window is made ready.
func program(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lianluo")
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	build := exec.Command("go", "build", "-tags", "nowindow", "-buildvcs=false", "-o", file, "lianluo.local")
	outside.Needs(t, "go")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	return file
}

// scene is one world in which the program is killed; its homes are closed while the program runs.
type scene struct {
	*apptest.World
	program, dir    string
	county, station *apptest.Seat
	told            map[string]string // numbers that were acknowledged, by title
}

// run lets the program do something in an office's home, and kills it after a while, if that is not 0. It says what the
// program told; a file outlives a program.
func (s *scene) run(o *apptest.Seat, after time.Duration, args ...string) (told string, died bool) {
	s.T.Helper()
	out, err := os.Create(filepath.Join(s.dir, "told"))
	s.Must(err)
	defer out.Close()
	var wrong bytes.Buffer
	cmd := exec.Command(s.program, append([]string{"--home", string(o.Home), "--now", s.Now.Format(time.RFC3339)}, args...)...)
	cmd.Stdout, cmd.Stderr = out, &wrong
	s.Must(cmd.Start())
	if after > 0 {
		defer time.AfterFunc(after, func() { _ = cmd.Process.Kill() }).Stop()
	}
	err = cmd.Wait()
	died = after > 0 && cmd.ProcessState.ExitCode() < 0
	if err != nil && !died {
		s.T.Errorf("%s: %v %s", args, err, wrong.String())
	}
	b, err := os.ReadFile(out.Name())
	s.Must(err)
	return string(b), died
}

// has is what an office lists, numbers by title.
func (s *scene) has(o *apptest.Seat) map[string]string {
	s.T.Helper()
	o.Open(o.Home)
	list := map[string]string{}
	for _, v := range o.List() {
		if list[v.Title] != "" {
			s.T.Errorf("%s stands twice in the list of %s", v.Title, o.Settings.Unit)
		}
		list[v.Title] = v.Number
	}
	s.Must(o.Close())
	return list
}

func (s *scene) copied() string { return filepath.Join(s.dir, "copies", "out.db") }

// whole fails where a copy lies under its name and is not one.
func (s *scene) whole() (there bool) {
	s.T.Helper()
	if _, err := os.Stat(s.copied()); err != nil {
		return false
	}
	if c, err := s.station.Records().Look(ctx, s.copied()); err != nil || c.Matters != len(s.told) {
		s.T.Errorf("the copy holds %+v: %v", c, err)
	}
	return true
}

const atOnce = 60

var acknowledged = regexp.MustCompile(`编号 (\S+)，`)

// receive registers a batch, whole or not at all, unless it is registered already.
func (s *scene) receive(after time.Duration) bool {
	s.T.Helper()
	have := s.has(s.station)
	var titles []string
	var lines bytes.Buffer
	for i := range atOnce {
		if title := fmt.Sprintf("整批第%d件", i); have[title] == "" {
			titles = append(titles, title)
			s.Must(json.NewEncoder(&lines).Encode(desk.Draft{Title: title, Name: "单志远"}))
		}
	}
	if len(titles) == 0 {
		return false
	}
	file := filepath.Join(s.dir, "batch.ndjson")
	s.Must(os.WriteFile(file, lines.Bytes(), 0o600))
	out, died := s.run(s.station, after, "receive", file)
	told := acknowledged.FindAllStringSubmatch(out, -1)
	for i, m := range told {
		s.told[titles[i]] = m[1]
	}
	have = s.has(s.station)
	for i, title := range titles {
		if i < len(told) && have[title] != told[i][1] || (have[title] == "") != (have[titles[0]] == "") || have[title] == "" && !died {
			s.T.Errorf("%s, the %dth of %d that were told, stands as %q", title, i+1, len(told), have[title])
		}
	}
	return died
}

// enterBook brings in an old register, whole or not at all.
func (s *scene) enterBook(after time.Duration) bool {
	s.T.Helper()
	entered := func() (n int) {
		for title, number := range s.has(s.station) {
			if strings.HasPrefix(title, "旧簿") {
				s.told[title] = number
				n++
			}
		}
		return n
	}
	if entered() > 0 {
		return false
	}
	lines := "日期,反映人,反映问题,办理结果\n"
	for i := range 5 * atOnce {
		lines += fmt.Sprintf("2023-03-05,单志远,旧簿第%d件,已解决\n", i)
	}
	file := filepath.Join(s.dir, "旧簿.csv")
	s.Must(os.WriteFile(file, []byte(lines), 0o600))
	_, died := s.run(s.station, after, "import", file, "--book", "reception")
	if n := entered(); n != 5*atOnce && (n != 0 || !died) {
		s.T.Errorf("%d rows of %d were entered", n, 5*atOnce)
	}
	return died
}

func (s *scene) exported() string { return filepath.Join(s.dir, "copies", "all") }

// export writes everything out, whole or not at all.
func (s *scene) export(after time.Duration) bool {
	s.T.Helper()
	if _, err := os.Stat(s.exported()); err == nil {
		return false
	}
	s.Must(os.MkdirAll(filepath.Dir(s.exported()), 0o700))
	_, died := s.run(s.station, after, "export", "--out", s.exported(), "--private")
	return died
}

// verbs are what the program does when it is killed; each goes on where it was killed before, and then does nothing
// more.
var verbs = map[string]struct {
	ready, does func(s *scene, after time.Duration) (died bool)
}{
	"send": {nil, func(s *scene, after time.Duration) bool {
		_, died := s.run(s.station, after, "sync")
		return died
	}},
	"collect": {func(s *scene, _ time.Duration) bool {
		_, died := s.run(s.station, 0, "sync")
		return died
	}, func(s *scene, after time.Duration) bool {
		_, died := s.run(s.county, after, "sync")
		return died
	}},
	"backup": {nil, func(s *scene, after time.Duration) bool {
		if s.whole() {
			return false
		}
		if err := os.MkdirAll(filepath.Dir(s.copied()), 0o700); err != nil {
			s.T.Fatal(err)
		}
		_, died := s.run(s.station, after, "backup", "--out", s.copied())
		return died
	}},
	"restore": {func(s *scene, _ time.Duration) bool {
		for _, o := range []*apptest.Seat{s.station, s.county, s.station} {
			s.run(o, 0, "sync")
		}
		return false
	}, func(s *scene, after time.Duration) bool {
		_, died := s.run(s.station, after, "restore", filepath.Join(s.dir, "half.db"))
		return died
	}},
	"receive": {nil, (*scene).receive},
	"import":  {nil, (*scene).enterBook},
	"export":  {nil, (*scene).export},
}

// The real program is killed at any moment, once or more often. What it acknowledged is at the county once, and what
// was begun is done by doing it again.
func TestKilled(t *testing.T) {
	t.Parallel()
	bin := program(t)
	w, all := apptest.Again(t, apptest.Born(t, "station "+apptest.Yuanjia), 0)
	county, station := all[0], all[1]
	titles := func(n int) {
		for range n {
			station.Titles(fmt.Sprintf("第%d件", w.Now.Unix()))
		}
	}
	titles(100)
	w.Settle(station, county)
	dir := filepath.Dir(w.Folder)
	w.Must(station.Store.Backup(ctx, filepath.Join(dir, "half.db")))
	titles(200)
	for _, o := range all {
		w.Must(o.Close())
	}
	for name, verb := range verbs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dice := rand.New(rand.NewPCG(uint64(len(name)), 26))
			var lasts time.Duration // about as long as it works
			struck := 0
			for n := 0; n == 0 || struck < *kills; n++ {
				if n > 10*(*kills) {
					t.Fatal("it is never caught at work")
				}
				w, all := apptest.Again(t, dir, uint64(n))
				s := &scene{World: w, program: bin, dir: filepath.Dir(w.Folder), county: all[0], station: all[1]}
				for _, o := range all {
					w.Must(o.Close())
				}
				s.told = s.has(s.station)
				if verb.ready != nil {
					verb.ready(s, 0)
				}
				for range min(n, 1+dice.IntN(3)) {
					died := verb.does(s, lasts/5+time.Duration(dice.Int64N(int64(lasts))*4/5))
					s.run(map[bool]*apptest.Seat{true: s.county, false: s.station}[name == "collect"], 0, "check")
					if !died { // it was quicker, and has done it
						lasts = lasts * 3 / 4
						break
					}
					lasts = lasts * 9 / 8
					struck++
				}
				begun := time.Now()
				verb.does(s, 0)
				if n == 0 {
					lasts = time.Since(begun)
				}
				s.end(t, name)
				if t.Failed() {
					t.Fatalf("in the %dth world", n)
				}
			}
			t.Logf("killed %d times within %v", struck, lasts.Round(time.Millisecond))
		})
	}
}

// end is what must be true when all is over.
func (s *scene) end(t *testing.T, name string) {
	t.Helper()
	if name == "backup" && !s.whole() {
		t.Error("there is no copy")
	}
	if _, err := os.Stat(filepath.Join(s.exported(), "README.txt")); name == "export" && err != nil {
		t.Error(err)
	}
	for _, pattern := range []string{filepath.Join(s.dir, "copies", "out.db?*"), filepath.Join(s.dir, "copies", ".*-????????"),
		filepath.Join(string(s.station.Home), "*", "*.part"), s.station.Home.Database() + ".*"} {
		if left, err := filepath.Glob(pattern); err != nil || len(left) > 0 {
			t.Errorf("%q is left: %v", left, err)
		}
	}
	for _, o := range []*apptest.Seat{s.station, s.county} {
		o.Open(o.Home)
	}
	s.station.Close()
	s.station.Random = crand.Reader // what this world drew when it was made names its things
	s.station.Open(s.station.Home)
	s.station.Titles("后来")
	s.Settle(s.station, s.county)
	s.Agree(s.county, s.station)
	if p := apptest.Progress(t, s.county, apptest.Yuanjia); len(p.Aside) > 0 {
		t.Errorf("half a file was read: %+v", p.Aside)
	}
	for _, o := range []*apptest.Seat{s.station, s.county} {
		s.Must(o.Close())
	}
	have := s.has(s.county)
	for title, number := range s.told {
		if have[title] != number {
			t.Errorf("%s was acknowledged as %s and stands as %q at the county", title, number, have[title])
		}
	}
	if want := len(s.told) + 1; len(have) < want || name != "receive" && len(have) > want {
		t.Errorf("the county has %d, %d were acknowledged", len(have), want)
	}
}
