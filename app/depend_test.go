package app_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// skips are the tests that may be skipped although .ci/system has been run, and why. Programs are asked for with
// outside.Needs.
var skips = map[string]string{
	"app/apptest/world.go":              "make test-sealed protects homes that a test begins with unprotected",
	"app/outside/outside.go":            "under CI it fails",
	"app/old_test.go":                   "make old builds the programs of before",
	"app/outside/office.go":             "LibreOffice is half a gigabyte that nothing installs for tests",
	"app/report/bench_test.go":          "make bench-reports installs DuckDB",
	"app/courier/transport_test.go":     "make test-transport installs Syncthing",
	"app/fault_disk_linux_test.go":      "only root may mount a disk",
	"app/fault_crash_test.go":           "a container may forbid to trace",
	"app/paper/typeset/typeset_test.go": "a fuzz test passes over what is no text",
	"data/folder/folder_test.go":        "links need a privilege on Windows",
	"data/home/place_linux_test.go":     "only root may mount",
	"ui/command/installed_test.go":      "make test-dist installs the program",
	"data/home/place_test.go":           "links need a privilege on Windows",
	"data/home/place_windows_test.go":   "wine has no junctions",
	"ui/window/screen_test.go":          "-short",
	"ui/window/recovery_test.go":        "Windows prints another way",
	"ui/window/compose_test.go":         "fcitx5 speaks for ibus, too",
}

// clocks are the tests that look at the computer's clock, to measure how long something takes.
var clocks = map[string]string{
	"app/courier/exchange_test.go": "measurements",
	"app/roster/bench_test.go":     "measurements",
	"app/kill_test.go":             "how long a program lives until it is killed",
	"app/years_test.go":            "measurements",
	"data/search/speed_test.go":    "measurements",
	"ui/window/start_test.go":      "measurements",
	"ui/window/screen_test.go":     "a window on a display is asked until it answers",
}

// Tests depend on no day and on no skipping: a clock is given to them, what they wait for they ask for again and again,
// and what .ci/system installs is there.
func TestTestsDependOnNothing(t *testing.T) {
	beside := regexp.MustCompile(`\bapptest\.(Begin|Pair|Chain)\(|\.Parallel\(\)`)
	takes := regexp.MustCompile(`\btime\.(Now|Since|Until|Sleep|After|Local)\b|\.Skip(f|Now)?\(`)
	found := map[string]bool{}
	err := filepath.WalkDir(root(t), func(file string, d os.DirEntry, err error) error {
		name, _ := filepath.Rel(root(t), file)
		name = filepath.ToSlash(name)
		if err != nil || d.IsDir() || !strings.HasSuffix(name, "_test.go") && !fortests.MatchString(filepath.ToSlash(filepath.Dir(name))) || name == "app/depend_test.go" {
			return err
		}
		b, err := os.ReadFile(file)
		for i, line := range strings.Split(string(b), "\n") {
			code, _, _ := strings.Cut(line, "//")
			word := takes.FindString(code)
			if strings.HasPrefix(word, ".Skip") && skips[name] != "" || strings.HasPrefix(word, "time.") && clocks[name] != "" {
				found[name] = true
			} else if word != "" {
				t.Errorf("%s:%d: %s", name, i+1, strings.TrimSpace(line))
			}
			if beside.MatchString(code) && strings.HasPrefix(name, "ui/") && !strings.HasPrefix(name, "ui/command/") {
				t.Errorf("%s:%d: pages are shown by one test at a time: %s", name, i+1, strings.TrimSpace(line))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, listed := range []map[string]string{skips, clocks} {
		for name := range listed {
			if !found[name] {
				t.Errorf("%s neither skips nor looks at the clock any more", name)
			}
		}
	}
}
