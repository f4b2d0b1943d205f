//go:build linux

package window

import (
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"lianluo.local/app/apptest"
	"lianluo.local/app/outside"
)

// BenchmarkStart says how many milliseconds it takes from starting the program until letters stand on a screen, and
// how many a program takes that shows one label of Fyne in the same font (testdata/label, of Fyne as it comes): medians of
// starts by turns. -benchtime 11x makes eleven of each.
func BenchmarkStart(b *testing.B) {
	frame := b.TempDir()
	s := server(b, "-screen", "0", "1366x768x24", "-fbdir", frame)
	frame = filepath.Join(frame, "Xvfb_screen0")
	outside.Needs(b, "go")
	label := filepath.Join(b.TempDir(), "label")
	out, err := exec.Command("go", "build", "-tags", "x11,migrated_fynedo", "-o", label, "./testdata/label").CombinedOutput()
	if err != nil {
		b.Fatalf("%v %s", err, out)
	}
	s.env = append(s.env, "LIANLUO_WINDOW="+string(alone(b, "station", apptest.Yuanjia)))
	took := map[string][]float64{}
	for b.Loop() {
		for what, program := range map[string]string{"label": label, "window": os.Args[0]} {
			took[what] = append(took[what], s.first(frame, program))
		}
	}
	for what, ms := range took {
		slices.Sort(ms)
		b.ReportMetric(ms[len(ms)/2], "ms/"+what)
	}
	b.ReportMetric(0, "ns/op")
}

// first says after how many milliseconds a program shows letters on the screen that a file holds.
func (s *screen) first(frame, program string) float64 {
	s.until("empty screen", func() bool { return !s.written(frame) })
	c := exec.Command(program)
	c.Env = s.env
	start := time.Now()
	if err := c.Start(); err != nil {
		s.Fatal(err)
	}
	for !s.written(frame) {
		if time.Since(start) > awhile {
			s.Fatal("nothing on the screen")
		}
		time.Sleep(2 * time.Millisecond)
	}
	took := time.Since(start)
	_ = c.Process.Signal(syscall.SIGTERM)
	_ = c.Wait()
	return took.Seconds() * 1000
}

// written says whether letters stand there: their edges have more shades than frames and grounds.
func (s *screen) written(frame string) bool {
	const width, height = 1366, 768
	f, err := os.Open(frame)
	if err != nil {
		s.Fatal(err)
	}
	defer f.Close()
	all, err := f.Stat()
	if err != nil {
		s.Fatal(err)
	}
	shades, row := map[uint32]bool{}, make([]byte, 4*width)
	for y := int64(8); y < height; y += 6 {
		if _, err := f.ReadAt(row, all.Size()-4*width*(height-y)); err != nil {
			s.Fatal(err)
		}
		for i := 0; i < len(row); i += 4 {
			shades[binary.LittleEndian.Uint32(row[i:])] = true
		}
	}
	return len(shades) >= 14
}

// BenchmarkEvening says how many megabytes the window holds when thirty citizens were registered in it and each page was
// opened, as the system counts them (Rss, and the part of it that is in no file).
func BenchmarkEvening(b *testing.B) {
	s := display(b, "1366x768")
	s.registering()
	pid := s.x("getwindowpid", s.win)
	for b.Loop() {
		for i := range 30 {
			s.x("key", "F2")
			s.until("empty form", func() bool { v := s.look(); return v.Focus == 0 && len(v.Fields) > 5 && v.Fields[4] == "" })
			s.x("type", fmt.Sprint("wang ", i))
			s.x("key", "Return")
			s.x("type", fmt.Sprint(13900001000+i))
			at := s.look().At[4]
			s.x("mousemove", "--window", s.win, fmt.Sprint(at[0]+at[2]/2), fmt.Sprint(at[1]+at[3]/2), "click", "1")
			s.until("field of words", func() bool { return s.look().Focus == 4 })
			s.x("type", fmt.Sprint("what citizen ", i, " said of drains"))
			s.until("words", func() bool { return strings.HasSuffix(s.look().Fields[4], "drains") })
			s.x("key", "ctrl+Return")
			s.until("registered", func() bool { return s.look().Fields[4] == "" })
		}
		for _, key := range strings.Fields("ctrl+1 ctrl+3 ctrl+4 ctrl+5 ctrl+6 ctrl+7 ctrl+8 ctrl+9 F7 F4 F3 ctrl+1") {
			s.x("key", key)
			for range 3 { // what it shows comes, and is drawn
				s.look()
			}
		}
	}
	s.held(pid, "")
	b.ReportMetric(0, "ns/op")
}

// held reports how many megabytes a program holds, and held at most.
func (s *screen) held(pid, when string) {
	s.Helper()
	for file, names := range map[string]string{"smaps_rollup": "Rss: Anonymous:", "status": "VmHWM:"} {
		b, err := os.ReadFile(filepath.Join("/proc", pid, file))
		if err != nil {
			s.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			var name string
			var kilobytes float64
			if _, err := fmt.Sscan(line, &name, &kilobytes); err == nil && strings.Contains(names, name) {
				s.TB.(*testing.B).ReportMetric(kilobytes/1024, "MB/"+strings.ToLower(strings.TrimSuffix(name, ":"))+when)
			}
		}
	}
}

var countyStations, countyMatters = flag.Int("county", 50, "how many stations reported to the county of the benchmark"),
	flag.Int("each", 80, "how many matters each of them did")

// BenchmarkCounty says how many megabytes the window of a county holds to which fifty stations reported four thousand matters,
// when somebody looked at all of its pages, looked for words, opened matters and saw papers, a book of the year and reports:
// then, a minute and a half later, and at most (vmhwm).
func BenchmarkCounty(b *testing.B) {
	s := display(b, "1366x768")
	c := apptest.Gather(apptest.New(b), *countyStations, 3**countyMatters)
	c.Send()
	c.County.Sync()
	pid := fmt.Sprint(s.open(shut(c.County)).Process.Pid)
	keys := func(list string) {
		for _, key := range strings.Fields(list) {
			s.x("key", key)
			for range 3 {
				s.look()
			}
		}
	}
	preview := func(called string) {
		s.until("preview", func() bool { return strings.HasPrefix(s.look().Over, called) })
		for range 10 {
			s.x("mousemove", "683", "400", "click", "--repeat", "20", "--delay", "1", "5")
			s.look()
		}
		keys("Escape")
		s.until("page", func() bool { return !s.look().Overlay })
	}
	s.held(pid, "/first")
	for b.Loop() {
		for range 2 {
			keys("ctrl+1 ctrl+2 Down Down Prior Next Next End ctrl+3 Down Next Next Next End Home")
			for _, word := range strings.Fields("yushui daoguan ludeng") {
				keys("F3")
				s.x("type", word)
				keys("Down Down Next Next F3 ctrl+a BackSpace")
			}
			s.until("list", func() bool { keys("ctrl+3 Down"); return s.look().Row != nil })
			keys("Return Next Next Escape Down Return Next Escape")
			for _, paper := range []string{"年度合订本", "接待群众登记簿", "汇总台账"} {
				keys("ctrl+3")
				s.ask("打印簿册")
				s.ask(paper)
				preview(paper)
			}
			keys("ctrl+4 ctrl+5 ctrl+6 ctrl+7 Down Down ctrl+8 Down Next ctrl+9 F7 p")
			preview("月报")
			keys("ctrl+1")
		}
	}
	s.held(pid, "/worked")
	start := time.Now()
	s.until("rest", func() bool { return s.look().Title != "" && time.Since(start) > 90*time.Second })
	s.held(pid, "/rested")
	b.ReportMetric(0, "ns/op")
}
