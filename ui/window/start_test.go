//go:build linux

package window

import (
	"encoding/binary"
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
	held, err := os.ReadFile("/proc/" + pid + "/smaps_rollup")
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(held)) {
		var name string
		var kilobytes float64
		if _, err := fmt.Sscan(line, &name, &kilobytes); err == nil && (name == "Rss:" || name == "Anonymous:") {
			b.ReportMetric(kilobytes/1024, "MB/"+strings.ToLower(strings.TrimSuffix(name, ":")))
		}
	}
	b.ReportMetric(0, "ns/op")
}
