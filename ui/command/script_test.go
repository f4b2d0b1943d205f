package command

import (
	"bytes"
	"cmp"
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"lianluo.local/app/paper/papertest"
	"lianluo.local/assets/publisher"
	"lianluo.local/data/home"
	"lianluo.local/data/settings"
	"lianluo.local/data/vault"
)

// TestMain is the program itself where a script calls for it.
func TestMain(m *testing.M) {
	if os.Getenv(program) == "" {
		os.Exit(m.Run())
	}
	now, err := time.Parse(time.RFC3339, os.Getenv(clock))
	if err != nil {
		panic(err)
	}
	computer = func() time.Time { return now }
	publisher.Key = released
	vault.Usual = vault.Stretch{Time: 1, Memory: 64} // a script asks for a password again and again
	os.Exit(Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// program names the variable that says which program scripts run. Only this test binary reads it.
const program = "LIANLUO_TEST_PROGRAM"

// clock names the variable that says what the computer's clock shows in scripts, evening if nothing is said. Only
// this test binary reads it. A script that speaks of days says itself, in its first line, which day it is.
const (
	clock   = "LIANLUO_TEST_CLOCK"
	evening = "2026-11-21T19:42:00+08:00"
)

// released is the key of testdata/update.txtar's publisher.
const released = "MCowBQYDK2VwAyEAwBdiT8ePvtkoKVgrX1fEuum5860Dfpf9NdoftYuvySQ="

// TestScripts plays testdata/*.txtar, each a story at a keyboard. Beside the usual commands a script may say
//
//	lianluo …              runs the program
//	exits N lianluo …      runs it and wants exactly this exit code
//	keep VAR KEY           puts a value of the last JSON line on standard output into a variable
//	lines N                wants so many lines on standard output
//	pdf FILE               wants a whole PDF
//	saved HOW FILE TO      writes a file as an editor saves it: utf8 and utf16 with their mark, gbk
//	words PDF FILE         writes the large characters of a recovery sheet into a file
//	spoil FILE OLD NEW     exchanges bytes of a file for as many others, as a bad disk would
func TestScripts(t *testing.T) {
	itself, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	stories(t, itself, cmp.Or(os.Getenv(clock), evening), func(string) bool { return true })
}

// whole says that the commands alone play every story, too.
var whole = flag.Bool("whole", false, "play every story with the program of commands alone, too")

// The same stories with the two programs that are shipped, each on another day: the window's, and that of commands
// alone, which holds nothing of a screen. They are of the same sources but for the door to the window, so the second
// plays some stories only where -whole does not ask for all: how it is called, how it begins, and one over several
// homes. Where the system speaks no language, as under a scheduler, they say nothing of that.
func TestPrograms(t *testing.T) {
	some := []string{"exchange", "files", "init", "usage"}
	if *whole {
		some = nil
	}
	sources := map[string]string{} // of the program before
	for _, p := range []struct {
		name, tags, now string
		stories         []string
	}{
		{"window", "x11,migrated_fynedo", "2028-02-29T23:59:30+08:00", nil},
		{"commands", "nowindow", "2031-12-31T23:59:30+08:00", some},
	} {
		t.Run(p.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "lianluo.exe")
			build := exec.Command("go", "build", "-tags", p.tags, "-buildvcs=false", "-o", file,
				"-ldflags", "-X lianluo.local/assets/publisher.Key="+released, "lianluo.local")
			if out, err := build.CombinedOutput(); err != nil {
				t.Fatalf("%v %s", err, out)
			}
			for _, language := range []string{"", "LANG=C.UTF-8", "LANG=POSIX", "LC_ALL=C.UTF-8", "LANG=xx-nowhere"} {
				help := exec.Command(file, "help")
				if help.Env = []string{"HOME=" + t.TempDir()}; language != "" {
					help.Env = append(help.Env, language)
				}
				var wrong bytes.Buffer
				help.Stderr = &wrong
				if err := help.Run(); err != nil || wrong.Len() > 0 {
					t.Errorf("%q: %v %s", language, err, wrong.String())
				}
			}
			info, err := buildinfo.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			drawn := slices.ContainsFunc(info.Deps, func(m *debug.Module) bool { return m.Path == "fyne.io/fyne/v2" })
			if drawn != (p.name == "window") {
				t.Errorf("Fyne is in it: %v", drawn)
			}
			list := exec.Command("go", "list", "-deps", "-tags", p.tags,
				"-f", "{{.ImportPath}} {{.GoFiles}} {{.CgoFiles}} {{.EmbedFiles}}", "lianluo.local")
			out, err := list.Output()
			if err != nil {
				t.Fatal(err)
			}
			before := sources
			sources = map[string]string{}
			for line := range strings.Lines(string(out)) {
				name, files, _ := strings.Cut(line, " ")
				sources[name] = files
				if before[name] != files && len(before) > 0 && name != "lianluo.local/ui/screen" {
					t.Errorf("%s is of %s, and of %s in the other program", name, files, before[name])
				}
			}
			stories(t, file, p.now, func(name string) bool { return p.stories == nil || slices.Contains(p.stories, name) })
		})
	}
}

// A command takes the flags that its usage names, and no others.
func TestUsageNamesEveryFlag(t *testing.T) {
	named := regexp.MustCompile(`--([a-z-]+)`)
	common := &env{}
	for _, r := range commands() {
		want, have := map[string]bool{}, map[string]bool{}
		use := r.use
		if strings.Contains(use, "list 的条件") {
			use += " --query --step --overdue --station --register --basket --category --from --to"
		}
		for _, m := range named.FindAllStringSubmatch(use, -1) {
			want[m[1]] = true
		}
		fs := flag.NewFlagSet(r.name, flag.ContinueOnError)
		common.common(fs)
		r.do(fs)
		fs.VisitAll(func(f *flag.Flag) { have[f.Name] = true })
		delete(have, "home")
		delete(have, "json")
		delete(have, "now")
		delete(have, "password-file")
		for _, user := range []map[string]bool{have, want} { // usage names it where it means somebody else
			delete(user, "user")
		}
		if r.kinds != nil {
			have["list"] = true
		}
		if !maps.Equal(want, have) {
			t.Errorf("%s: usage names %v, it takes %v", r.name, want, have)
		}
	}
}

// stories runs stories with a program, those that it is to play by their names.
func stories(t *testing.T, file, now string, plays func(name string) bool) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(f string) bool {
		return !plays(strings.TrimSuffix(filepath.Base(f), ".txtar"))
	})
	testscript.Run(t, testscript.Params{
		Files: files,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("CUPS_SERVER", os.DevNull) // no story prints on the printer of whoever plays it
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir+"/config")
			env.Setenv("LOCALAPPDATA", filepath.Join(env.WorkDir, "config")) // and so on Windows
			env.Setenv("APPDATA", filepath.Join(env.WorkDir, "roaming"))
			env.Setenv("EVENING", evening)
			env.Setenv(clock, now)
			env.Setenv(program, file)
			env.Setenv("LANG", "C.UTF-8")
			env.Setenv("GOGC", "400")                 // a command is over before it is worth while
			env.Setenv("GORACE", "atexit_sleep_ms=0") // under -race each command would wait a second at its end
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"lianluo": lianluo, "exits": exits, "keep": keep, "lines": lines, "pdf": pdf, "saved": saved, "spoil": spoil, "words": wordsOf,
		},
	})
}

// call runs the program. One that was built of the whole is given the clock of a practice home as anybody would give it.
func call(ts *testscript.TestScript, args []string) error {
	file := ts.Getenv(program)
	if itself, err := os.Executable(); err != nil || file != itself {
		e := &env{flags: flag.NewFlagSet("lianluo", flag.ContinueOnError)}
		e.flags.SetOutput(io.Discard)
		e.common(e.flags)
		if err := e.flags.Parse(args); err == nil && e.now == "" {
			dir := home.Home(ts.MkAbs(cmp.Or(e.home, ts.Getenv("LIANLUO_HOME"), "config/lianluo")))
			if s, err := settings.Load(dir); err == nil && s.Practice {
				args = append([]string{"--now", ts.Getenv(clock)}, args...)
			}
		}
	}
	err := ts.Exec(file, args...)
	for n := 0; n < 3 && err != nil && strings.HasSuffix(err.Error(), "Internal error."); n++ { // wine began no program: it was too busy
		err = ts.Exec(file, args...)
	}
	return err
}

func lianluo(ts *testscript.TestScript, neg bool, args []string) {
	if err := call(ts, args); neg != (err != nil) {
		ts.Fatalf("it ended with %v", err)
	}
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || args[1] != "lianluo" {
		ts.Fatalf("usage: exits N lianluo …")
	}
	code := 0
	if err := call(ts, args[2:]); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if args[0] != strconv.Itoa(code) {
		ts.Fatalf("exit %d, want %s", code, args[0])
	}
}

func keep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keep VAR KEY")
	}
	out := strings.Split(strings.TrimSpace(ts.ReadFile("stdout")), "\n")
	var object map[string]any
	ts.Check(json.Unmarshal([]byte(out[len(out)-1]), &object))
	value, ok := object[args[1]].(string)
	if !ok || value == "" {
		ts.Fatalf("no %s in %s", args[1], out[len(out)-1])
	}
	ts.Setenv(args[0], value)
}

func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lines N")
	}
	if n := strings.Count(ts.ReadFile("stdout"), "\n"); args[0] != strconv.Itoa(n) {
		ts.Fatalf("%d lines, want %s", n, args[0])
	}
}

func pdf(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pdf FILE")
	}
	b := ts.ReadFile(args[0])
	if !strings.HasPrefix(b, "%PDF-") || !strings.HasSuffix(strings.TrimSpace(b), "%%EOF") {
		ts.Fatalf("%s is no whole PDF", args[0])
	}
}

func wordsOf(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: words PDF FILE")
	}
	text, err := largest([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

// largest are the large characters of a recovery sheet.
func largest(pdf []byte) (string, error) {
	ps, err := papertest.Read(pdf)
	text := ""
	for _, p := range ps {
		if p.Size > 40 && len([]rune(p.Text)) == 1 {
			text += p.Text + " "
		}
	}
	return text + "\n", err
}

func spoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 || len(args[1]) != len(args[2]) {
		ts.Fatalf("usage: spoil FILE OLD NEW, both of one length")
	}
	file := ts.MkAbs(args[0])
	b, err := os.ReadFile(file)
	ts.Check(err)
	if !bytes.Contains(b, []byte(args[1])) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(file, bytes.ReplaceAll(b, []byte(args[1]), []byte(args[2])), 0o600))
}

func saved(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: saved HOW FILE TO")
	}
	how := map[string]encoding.Encoding{"utf8": unicode.UTF8BOM,
		"utf16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "gbk": simplifiedchinese.GBK}[args[0]]
	text := strings.ReplaceAll(ts.ReadFile(args[1]), "\n", "\r\n")
	b, err := how.NewEncoder().String(text)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(b), 0o600))
}
